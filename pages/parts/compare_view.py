"""区县对比 as a sheet: one indicator over the districts as bars, or several as dumbbells, each with its target."""

from __future__ import annotations

from dataclasses import replace

from pages.parts import cached, comparison, filters, format, gap, pairs_table, selected, sheet, theme
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


def _in_places(view: filters.Selection, rows: list[dict]) -> tuple[str | None, list[dict], list[gap.Cell]]:
    """The measure in which one indicator is compared, its row for each place, and the cell of the table for each.

    Where nobody has asked for this measure and a place has set its target in another one, its cell and the row's ``by``
    say how far that was met.
    """
    measure = comparison.measure_for(rows, view.measure)
    places, cells = [], []
    for each in selected.grouped(rows, "place").values():
        row = comparison.shown(comparison.in_measure(each, measure), view.origins)
        cell = pairs_table.of([row])
        others = [comparison.shown(other, view.origins) for other in each if other["measure"] != measure]
        judged = [other for other in others if other["target_id"] and other["actual_id"]]
        if judged and row["actual_id"] and not row["target_id"] and not view.measure:
            cell = replace(pairs_table.of(judged), others=(row,))
            row = row | {"by": cell.main}
        places.append(row)
        cells.append(cell)
    return measure, places, cells


def _axis(measure: str | None, rows: list[dict]) -> str:
    return format.axis(measure, {row["actual_unit"] or row["target_unit"] for row in rows} - {None}, rows[0]["unit_change"])


def _doubts(view: filters.Selection, rows: list[dict]) -> str:
    return comparison.doubts(cached.findings_about(view.build, tuple(row["actual_id"] for row in rows if row["actual_id"])))


def _one(view: filters.Selection, indicator: dict, rows: list[dict], hints: tuple[str, ...]) -> Sheet:
    """Bars of one indicator."""
    name = indicator["indicator"]
    measure, places, cells = _in_places(view, rows)
    finding, axis = comparison.finding(places, name, measure, view.year), _axis(measure, places)
    bars = comparison.bars(places, view.order)
    words = "；".join(f"{row['place']}：{row['label']}，目标{row['target_label']}" for row in bars)
    line = (name, indicator["category"], cells)
    return Sheet(
        finding,
        f"{view.year}年 · {format.measured(indicator, measure, comparison.axis_unit(places))} · {axis}",
        "；".join(filter(None, (comparison.differences(places), _doubts(view, places)))),
        signs=(("┃", theme.TEXT, "目标"), ("■", theme.NEUTRAL, "实际")),
        drawings=(Drawing("bars", "bars", f"{finding}。{words}", {"rows": bars, "axis": axis}),),
        hints=(*hints, explained()),
        rows=_behind(cells),
        source=selected.documents(view, _behind(cells)),
        build=view.build,
        name=sheet.named(name, view.place_names, [view.year]),
        table=sheet.Table((line,), _groups(view), f"{view.year}年"),
    )


def _many(view: filters.Selection, found: selected.Rows, hints: tuple[str, ...]) -> Sheet:
    """Dumbbells of several indicators, one chart for each unit."""
    panels: dict[tuple[str, str], list[dict]] = {}
    lines, judged = [], {}
    compared = {name: _in_places(view, rows) for name, rows in found.items()}
    far = comparison.far({name: _reach(places) for name, (measure, places, _) in compared.items() if measure == "growth"})
    for name, rows in found.items():
        measure, places, cells = compared[name]
        for row, cell in zip(places, cells, strict=True):
            judged.setdefault(row["district"], []).append(cell.found)
        # growth rates share an axis; amounts of different things do not
        axis = _axis(measure, places) + ("，数值悬殊，另用刻度" if name in far else "")
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
    shown = _behind([cell for _, _, cells in lines for cell in cells])
    marks = [(theme.GLYPHS[shape], colour, name) for name, (colour, shape) in theme.palette(view.place_names).items()]
    return Sheet(
        comparison.score(judged),
        f"{view.year}年 · {len(found)}项指标 · 连线是实际与目标的差距，线尾写实际、目标、差距和状态",
        signs=(*marks, ("○", theme.TEXT, "空心为目标"), ("●", theme.TEXT, "实心为实际")),
        drawings=tuple(drawings),
        notes=(*((none,) if empty else ()), explained()),
        hints=hints,
        rows=shown,
        source=selected.documents(view, shown),
        build=view.build,
        name=sheet.named(view.theme or f"{len(found)}项指标", view.place_names, [view.year]),
        table=sheet.Table(tuple(lines), _groups(view), f"{view.year}年"),
    )


def _reach(rows: list[dict]) -> float:
    """How far from zero the largest of these results and targets lies."""
    return max((abs(row[side]) for row in rows for side in SIDES if row[side] is not None), default=0)


def _behind(cells: list[gap.Cell]) -> tuple[dict, ...]:
    """The rows that these cells show."""
    return tuple(row for cell in cells for row in (cell.main, *cell.others))


def _groups(view: filters.Selection) -> tuple[tuple[str, str], ...]:
    return tuple((name, "") for name in view.place_names)


def explained() -> str:
    """What the signs of the gaps mean."""
    return f"差距为正数表示好于目标。{gap.tolerances()}"
