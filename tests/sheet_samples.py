"""Views of every kind over the real reports, put together as the pages do: what pictures and slides are made from."""

from __future__ import annotations

from pages.parts import comparison, drift, format, gap, heat, selected, series, theme
from pages.parts.sheet import Drawing, Sheet

BUILD = "0123456789abcdef0123"  # pragma: allowlist secret
SOURCE = "綦江2024年度报告、江津2024年度报告、南岸2024年度报告"
HEADLINE = (
    "gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "general_public_budget_revenue",
    "resident_disposable_income",
)  # fmt: skip


def marks(places: list[str]) -> tuple:
    """The districts of a legend."""
    return tuple((theme.GLYPHS[shape], colour, name) for name, (colour, shape) in theme.palette(places).items())


def _pairs(real, years, **wanted) -> selected.Rows:
    return selected.grouped(real.pairs(list(years), **wanted), "indicator")


def bars(real, indicator: str = "地区生产总值", year: int = 2024, measure: str | None = None) -> Sheet:
    """One indicator over the districts."""
    rows = _pairs(real, [year])[indicator]
    measure = comparison.measure_for(rows, measure)
    places = [comparison.in_measure(each, measure) for each in selected.grouped(rows, "place").values()]
    finding = comparison.finding(places, indicator, measure, year)
    axis = format.axis(measure, {row["actual_unit"] or row["target_unit"] for row in places} - {None})
    return Sheet(
        title=finding,
        subtitle=f"{year}年 · {axis}",
        badge=comparison.differences(places),
        signs=(("┃", theme.TEXT, "目标"), ("■", theme.NEUTRAL, "实际")),
        drawings=(Drawing("bars", "bars", finding, {"rows": comparison.bars(places), "axis": axis}),),
        rows=tuple(places),
        source=SOURCE,
        build=BUILD,
        name=f"{indicator}{year}年",
    )


def dumbbells(real, names: list[str] | None = None, year: int = 2024, across: int = 1) -> Sheet:
    """Several indicators, a chart for each unit."""
    found = _pairs(real, [year])
    names = (
        names
        or [
            name for name, rows in found.items() if rows[0]["indicator_id"] in HEADLINE or rows[0]["category"] == "共享"
        ][:9]
    )
    panels: dict = {}
    judged: dict = {}
    for name in names:
        measure = comparison.measure_for(found[name])
        for mine in selected.grouped(found[name], "place").values():
            row = comparison.in_measure(mine, measure)
            judged.setdefault(row["district"], []).append(gap.assess(row))
            units = [row["actual_unit"] or row["target_unit"] for row in found[name] if row["measure"] == measure]
            axis = format.axis(measure, set(units) - {None})
            panels.setdefault(("" if measure == "growth" else name, axis), []).append(row)
    drawings = []
    for number, ((_, axis), rows) in enumerate(panels.items()):
        if all(row["actual"] is None and row["target"] is None for row in rows):
            continue
        made = {"rows": comparison.dumbbells(rows), "axis": axis}
        drawings.append(Drawing("dumbbells", f"dumbbells-{number}", "离目标多远", made))
    return Sheet(
        title=comparison.score(judged),
        subtitle=f"{year}年 · {len(names)}项指标 · 连线是实际与目标的差距，线尾写实际、目标、差距和状态",
        signs=(*marks(list(judged)), ("○", theme.TEXT, "空心为目标"), ("●", theme.TEXT, "实心为实际")),
        drawings=tuple(drawings),
        across=across,
        notes=(gap.tolerances(),),
        rows=tuple(row for rows in panels.values() for row in rows),
        source=SOURCE,
        build=BUILD,
        name="多项指标2024年",
    )


def trend(real, names: tuple[str, ...] = ("地区生产总值",), across: int = 1, last: int = 2030) -> Sheet:
    """One indicator over the years, or several as small multiples."""
    found = _pairs(real, range(2021, last + 1))
    spans = []
    drawings, every, breaks = [], [], []
    for name in names:
        rows = found[name]
        places = sorted({row["place"] for row in rows})
        spans = real.ask("spans", places, [rows[0]["indicator_id"]])
        made = series.build(rows, spans, range(2021, last + 1), breaks=real.breaks())
        every.append(made)
        breaks += made.breaks
        drawings.append(
            Drawing(
                "trend",
                f"trend-{name}",
                series.finding(made),
                {
                    "points": made.points,
                    "segments": made.segments,
                    "years": made.years,
                    "axis": format.axis(made.measure, [made.unit] if made.unit else []),
                    "targets": made.targets,
                    "spans": made.spans,
                    "missing": made.missing if len(names) == 1 else None,
                    "height": 300 if len(names) == 1 else 190,
                    "labels": len(names) == 1,
                },
                heading=name if len(names) > 1 else "",
            )
        )
    return Sheet(
        title=series.finding(every[0]) if len(every) == 1 else series.movement(every),
        subtitle=f"2021—{last}年 · {len(names)}项指标",
        badge="；".join(breaks),
        signs=(
            *marks(list(every[0].rows)),
            ("○", theme.TEXT, "空心为补充来源"),
            ("━", theme.TEXT, "目标"),
            ("┄", theme.TEXT, "虚线为推算或通往规划目标"),
            ("▒", theme.MUTED, "宽带为多年平均"),
        ),
        drawings=tuple(drawings),
        across=across,
        rows=tuple(row for made in every for rows in made.rows.values() for row in rows),
        source=SOURCE,
        build=BUILD,
        name="走势",
    )


def heatmap(real, years: tuple[int, ...] = (2024,), most: int | None = 8, category: str | None = None) -> Sheet:
    """Distance to target: indicators by districts."""
    rows = [row for row in real.pairs(list(years)) if category in (None, row["category"])]
    found = heat.aimed(heat.lines(rows))[:most]
    names, groups = [], []
    for line in found:
        if line.category not in groups:
            groups.append(line.category)
            names.append(line.category)
        names.append(line.name)
    several = len(years) > 1
    columns = list(dict.fromkeys(heat.column(place, year, several) for line in found for place, year in line.cells))
    made = {"cells": heat.cells(found, years=several), "rows": names, "columns": columns, "groups": groups}
    return Sheet(
        title=heat.finding(found),
        subtitle="实际与目标的差距，正数为好于目标",
        signs=tuple((s.glyph, theme.STATES.get(s.key, theme.TEXT), s.words) for s in gap.STATES.values() if s.judged),
        drawings=(Drawing("heatmap", "heat", heat.finding(found), made),),
        notes=(gap.tolerances(),),
        rows=tuple(cell.main for line in found for cell in line.cells.values()),
        source=SOURCE,
        build=BUILD,
        name="目标差距",
    )


def drifting(real, indicator: str = "地区生产总值") -> Sheet:
    """How one target moved."""
    row = real.pairs([2024], indicator=indicator)[0]
    places = sorted({each["place"] for each in real.pairs([2024], indicator=indicator)})
    reports = {report["report_id"]: report for report in real.ask("reports")}
    points, columns, unit = drift.points(real.ask("target_history", places, [row["indicator_id"]]), reports)
    said = drift.finding(indicator, points)
    made = {"points": points, "columns": columns, "axis": format.axis(points[0]["measure"], [unit])}
    return Sheet(
        title=said,
        subtitle="目标的变动",
        signs=marks(list(dict.fromkeys(point["place"] for point in points))),
        drawings=(Drawing("drift", "drift", said, made),),
        source=SOURCE,
        build=BUILD,
        name="目标变动",
    )


PANELS = ("地区生产总值", "固定资产投资", "社会消费品零售总额", "规上工业增加值", "城镇新增就业", "粮食产量")


def all_kinds(real) -> dict[str, Sheet]:
    """One of each."""
    return {
        "bars": bars(real),
        "dumbbells": dumbbells(real),
        "trend": trend(real),
        "panels": trend(real, PANELS[:4], across=2, last=2025),
        "heatmap": heatmap(real),
        "drift": drifting(real),
    }
