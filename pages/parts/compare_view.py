"""区县对比 as a sheet: one indicator over the districts as bars, or several as dumbbells, each with its target."""

from __future__ import annotations

from pages.parts import comparison, filters, format, gap, pairs_table, selected, sheet, theme
from pages.parts.keep import kept
from pages.parts.sheet import Drawing, Sheet

MOST = 12  # indicators on one screen
SIDES = ("actual", "target")


@kept(32)
def of(view: filters.Selection) -> Sheet | None:
    """The view as a sheet; None when there is nothing to compare."""
    chosen, left_out = selected.indicators(view, MOST)
    if view.year is None or not chosen:
        return None
    found = selected.pairs(view, [view.year], chosen)
    more = f"本专题另有{left_out}项指标，一屏列{MOST}项；在“指标”中可选其他项。"
    hints = (more,) if left_out else ()
    return _one(view, chosen[0], *found.values(), hints) if len(found) == 1 else _many(view, found, hints)


def _in_places(view: filters.Selection, rows: list[dict]) -> tuple[str | None, list[dict]]:
    """The measure in which one indicator is compared, and its row for each place."""
    measure = comparison.measure_for(rows, view.measure)
    places = selected.grouped(rows, "place").values()
    return measure, [comparison.shown(comparison.in_measure(each, measure), view.origins) for each in places]


def _axis(measure: str | None, rows: list[dict]) -> str:
    return format.axis(measure, {row["actual_unit"] or row["target_unit"] for row in rows} - {None})


def _one(view: filters.Selection, indicator: dict, rows: list[dict], hints: tuple[str, ...]) -> Sheet:
    """Bars of one indicator."""
    name = indicator["indicator"]
    measure, places = _in_places(view, rows)
    finding, axis = comparison.finding(places, name, measure, view.year), _axis(measure, places)
    bars = comparison.bars(places, view.order)
    words = "；".join(f"{row['place']}：{row['label']}，目标{row['target_label']}" for row in bars)
    line = (name, indicator["category"], [pairs_table.of([row]) for row in places])
    return Sheet(
        finding,
        f"{view.year}年 · {format.measured(indicator, measure)} · {axis}",
        comparison.differences(places),
        signs=(("┃", theme.TEXT, "目标"), ("■", theme.NEUTRAL, "实际")),
        drawings=(Drawing("bars", "bars", f"{finding}。{words}", {"rows": bars, "axis": axis}),),
        hints=(*hints, explained()),
        rows=tuple(places),
        source=selected.documents(view, places),
        build=view.build,
        name=sheet.named(name, view.place_names, [view.year]),
        table=sheet.Table((line,), _groups(view), f"{view.year}年"),
    )


def _many(view: filters.Selection, found: selected.Rows, hints: tuple[str, ...]) -> Sheet:
    """Dumbbells of several indicators, one chart for each unit."""
    panels: dict[tuple[str, str], list[dict]] = {}
    lines, judged = [], {}
    for name, rows in found.items():
        measure, places = _in_places(view, rows)
        cells = [pairs_table.of([row]) for row in places]
        for row, cell in zip(places, cells, strict=True):
            judged.setdefault(row["district"], []).append(cell.found)
        # growth rates share an axis; amounts of different things do not
        axis = _axis(measure, places)
        panels.setdefault(("" if measure == "growth" else name, axis), []).extend(places)
        lines.append((name, rows[0]["category"], cells))
    empty = [
        name for name, _, cells in lines if not any(cell.main[side] is not None for cell in cells for side in SIDES)
    ]
    none = f"{view.year}年没有数字可画的指标：{'、'.join(empty)}；原因见数据表。"
    drawings = []
    for number, ((_, axis), rows) in enumerate(panels.items()):
        dumbbells = comparison.dumbbells([row for row in rows if row["indicator"] not in empty])
        words = "；".join(f"{r['place']}{r['indicator']}{r['label']}，目标{r['target_label']}" for r in dumbbells)
        if dumbbells:
            drawings.append(
                Drawing("dumbbells", f"dumbbells-{number}", words, {"rows": dumbbells, "axis": axis})
            )
    shown = [cell.main for _, _, cells in lines for cell in cells]
    marks = [(theme.GLYPHS[shape], colour, name) for name, (colour, shape) in theme.palette(view.place_names).items()]
    return Sheet(
        comparison.score(judged),
        f"{view.year}年 · {len(found)}项指标 · 连线是实际与目标的差距，线尾写差距和状态",
        signs=(*marks, ("○", theme.TEXT, "空心为目标"), ("●", theme.TEXT, "实心为实际")),
        drawings=tuple(drawings),
        notes=(*((none,) if empty else ()), explained()),
        hints=hints,
        rows=tuple(shown),
        source=selected.documents(view, shown),
        build=view.build,
        name=sheet.named(view.theme or f"{len(found)}项指标", view.place_names, [view.year]),
        table=sheet.Table(tuple(lines), _groups(view), f"{view.year}年"),
    )


def _groups(view: filters.Selection) -> tuple[tuple[str, str], ...]:
    return tuple((name, "") for name in view.place_names)


def explained() -> str:
    """What the signs of the gaps mean."""
    return f"差距为正数表示好于目标。{gap.tolerances()}"
