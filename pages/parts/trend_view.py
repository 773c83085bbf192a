"""五年趋势 as a sheet: one indicator over the years with every gap shown, or several as small multiples."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts import cached, filters, format, outlook, pairs_table, selected, series, sheet, theme
from pages.parts.keep import kept
from pages.parts.sheet import Drawing, Sheet

MOST = 9  # panels on one screen
ACROSS = 3


@dataclass(frozen=True)
class View:
    """The sheet, and the lines of the table of plan targets below it, see outlook.of."""

    sheet: Sheet
    outlook: list[dict]


@kept(32)
def of(view: filters.Selection) -> View | None:
    """The view as a sheet; None when there is no indicator to show."""
    chosen, left_out = selected.indicators(view, MOST)
    if not chosen:
        return None
    ids = tuple(each["indicator_id"] for each in chosen)
    rows, spans = selected.history(view, chosen), cached.spans(view.build, view.place_keys, ids)
    years, by_span = selected.axis_years(rows, spans), selected.grouped(spans, "indicator")
    rest = {"measure": view.measure, "origins": view.origins, "breaks": cached.breaks(view.build, view.place_keys)}
    panels = [
        (series.build(rows[each["indicator"]], by_span.get(each["indicator"], []), years, **rest), each)
        for each in chosen
    ]
    more = f"本专题另有{left_out}项指标，一屏列{MOST}项；在“指标”中可选其他项。"
    hints = (more,) if left_out else ()
    made = _one(view, *panels[0], hints) if len(panels) == 1 else _many(view, panels, hints)
    return View(made, outlook.of(view, rows, by_span))


def _drawing(made: series.Series, indicator: dict, *, large: bool) -> Drawing:
    """One panel; among several its heading says measure and unit, and its axis need not."""
    axis = format.axis(made.measure, [made.unit] if made.unit else [], indicator["unit_change"])
    return Drawing(
        "trend",
        f"trend-{indicator['indicator_id']}",
        series.finding(made) + ("；" + "；".join(made.breaks) if made.breaks else ""),
        {
            "points": made.points,
            "segments": made.segments,
            "years": made.years,
            "axis": axis if large else "",
            "targets": made.targets,
            "spans": made.spans,
            "missing": made.missing if large else None,
            "height": 300 if large else 190,
            "labels": large or len(made.rows) == 1,
        },
        heading="" if large else f"{made.indicator}　{axis}",
    )


def _signs(view: filters.Selection) -> tuple[tuple[str, str, str], ...]:
    """What the marks mean."""
    strokes = {name: theme.STROKES[n][1] for name, n in theme.strokes(view.place_names).items()}
    marks = [
        (theme.GLYPHS[shape], colour, f"{name}（{strokes[name]}）" if strokes[name] else name)
        for name, (colour, shape) in theme.palette(view.place_names).items()
    ]
    extra = [("○", theme.TEXT, "空心为补充来源")] if "supplement" in view.origins else []
    extra += [("◇", theme.TEXT, "菱形为推算值")] if "derived" in view.origins else []
    return (
        *marks,
        *extra,
        ("━", theme.TEXT, "目标"),
        ("┄", theme.TEXT, "虚线为推算或通往规划目标"),
        ("▒", theme.MUTED, "宽带为多年平均"),
    )


def _one(view: filters.Selection, made: series.Series, indicator: dict, hints: tuple[str, ...]) -> Sheet:
    """One indicator, large."""
    shown = [row for rows in made.rows.values() for row in rows]
    drawn = bool(made.points or made.targets or made.spans)
    return Sheet(
        series.finding(made),
        f"{made.years[0]}—{made.years[-1]}年 · {format.measured(indicator, made.measure, made.unit)}",
        "；".join(made.breaks),
        signs=_signs(view) if drawn else (),
        drawings=(_drawing(made, indicator, large=True),) if drawn else (),
        notes=() if drawn else ("各年都没有这样的数，原因见数据表；可在“看什么”中换成自动。",),
        hints=hints,
        rows=tuple(shown),
        source=selected.documents(view, shown),
        build=view.build,
        name=sheet.named(made.indicator, view.place_names, made.years),
        table=_table([made]),
    )


def _many(view: filters.Selection, panels: list[tuple[series.Series, dict]], hints: tuple[str, ...]) -> Sheet:
    """Small multiples, each with an axis of its own."""
    each, years = [made for made, _ in panels], panels[0][0].years
    shown = [row for made in each for rows in made.rows.values() for row in rows]
    return Sheet(
        series.movement(each),
        f"{years[0]}—{years[-1]}年 · {len(panels)}项指标，各图纵轴不同 · 线断开处没有数或口径不同",
        signs=_signs(view),
        drawings=tuple(_drawing(made, indicator, large=False) for made, indicator in panels),
        across=ACROSS,
        hints=hints,
        rows=tuple(shown),
        source=selected.documents(view, shown),
        build=view.build,
        name=sheet.named(view.theme or f"{len(panels)}项指标", view.place_names, years),
        table=_table(each),
    )


def _table(shown: list[series.Series]) -> sheet.Table:
    """The table behind the charts, a row for each year."""
    lines = tuple(
        (
            f"{made.indicator} {year}年" if len(shown) > 1 else f"{year}年",
            "",
            [pairs_table.of([row for row in rows if row["year"] == year]) for rows in made.rows.values()],
        )
        for made in shown
        for year in made.years
        if year in filters.TREND_YEARS
        or any(_said(row) for rows in made.rows.values() for row in rows if row["year"] == year)
    )
    return sheet.Table(lines, tuple((name, "") for name in shown[0].rows), "年份")


def _said(row: dict) -> bool:
    return bool(row["actual_id"] or row["target_id"])
