"""区县对比: one indicator over the districts as bars, or several as dumbbells, each with its target."""

from __future__ import annotations

import streamlit as st

from pages.parts import comparison, evidence, filters, format, frame, gap, pairs_table, plate, selected, theme

MOST = 12  # indicators on one screen


def in_places(view: filters.Selection, rows: list[dict]) -> tuple[str | None, list[dict]]:
    """The measure in which one indicator is compared, and its row for each place."""
    measure = comparison.measure_for(rows, view.measure)
    places = selected.grouped(rows, "place").values()
    return measure, [comparison.shown(comparison.in_measure(each, measure), view.origins) for each in places]


def one(view: filters.Selection, indicator: dict, rows: list[dict]) -> None:
    """Bars of one indicator."""
    measure, places = in_places(view, rows)
    finding = comparison.finding(places, indicator["indicator"], measure, view.year)
    units = {row["actual_unit"] or row["target_unit"] for row in places} - {None}
    axis, bars = format.axis(measure, units), comparison.bars(places, view.order)
    plate.title(
        finding, f"{view.year}年 · {format.measured(indicator, measure)} · {axis}", comparison.differences(places)
    )
    plate.chart(
        "bars",
        key="bars",
        alt=f"{finding}。" + "；".join(f"{row['place']}：{row['label']}，目标{row['target_label']}" for row in bars),
        rows=bars,
        axis=axis,
    )
    plate.legend([("┃", theme.TEXT, "目标"), ("■", theme.NEUTRAL, "实际")])
    plate.sources(view, places)
    table(view, finding, [(indicator["indicator"], indicator["category"], [pairs_table.of([row]) for row in places])])


def many(view: filters.Selection, found: selected.Rows) -> None:
    """Dumbbells of several indicators, one chart for each unit."""
    panels: dict[tuple[str, str], list[dict]] = {}
    lines, judged = [], {}
    for name, rows in found.items():
        measure, places = in_places(view, rows)
        cells = [pairs_table.of([row]) for row in places]
        for row, cell in zip(places, cells, strict=True):
            judged.setdefault(row["district"], []).append(cell.found)
        units = {row["actual_unit"] or row["target_unit"] for row in places} - {None}
        # growth rates share an axis; amounts of different things do not
        panels.setdefault(("" if measure == "growth" else name, format.axis(measure, units)), []).extend(places)
        lines.append((name, rows[0]["category"], cells))
    finding = comparison.score(judged)
    plate.title(finding, f"{view.year}年 · {len(found)}项指标 · 连线是实际与目标的差距，线尾写差距和状态")
    marks = [(theme.GLYPHS[shape], colour, name) for name, (colour, shape) in theme.palette(view.place_names).items()]
    plate.legend([*marks, ("○", theme.TEXT, "空心为目标"), ("●", theme.TEXT, "实心为实际")])
    for number, ((_, axis), rows) in enumerate(panels.items()):
        dumbbells = comparison.dumbbells(rows)
        plate.chart(
            "dumbbells",
            key=f"dumbbells-{number}",
            alt="；".join(f"{r['place']}{r['indicator']}{r['label']}，目标{r['target_label']}" for r in dumbbells),
            rows=dumbbells,
            axis=axis,
        )
    plate.sources(view, [cell.main for _, _, cells in lines for cell in cells])
    table(view, finding, lines)


def table(view: filters.Selection, finding: str, lines: list) -> None:
    """The table behind the charts."""
    groups = [(name, "") for name in view.place_names]
    pairs_table.show(view, lines, groups, label=finding, corner=f"{view.year}年", key="table")
    frame.note(f"差距为正数表示好于目标。{gap.tolerances()}")


view = frame.begin("compare")
chosen, left_out = selected.indicators(view, MOST)
if view.year is None or not chosen:
    st.info("没有可以对比的指标。请换一个专题、指标或年份。")
else:
    found = selected.pairs(view, [view.year], chosen)
    if len(found) == 1:
        one(view, chosen[0], *found.values())
    else:
        many(view, found)
    if left_out:
        frame.note(f"本专题另有{left_out}项指标，一屏列{MOST}项；在“指标”中可选其他项。")
evidence.open_if_asked(view)
