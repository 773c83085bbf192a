"""目标差距: the heatmap of distance to target, what it sums up to, and how one indicator's target moved."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, drift, evidence, filters, frame, gap, heat, markup, pairs_table, plate, theme


def chart(view: filters.Selection, found: list[heat.Line], finding: str) -> None:
    """The heatmap with its legend; rows grouped by theme."""
    several = len(view.years) > 1
    rows, groups = [], []
    for line in found:
        if line.category not in groups:
            groups.append(line.category)
            rows.append(line.category)
        rows.append(line.name)
    columns = list(dict.fromkeys(heat.column(place, year, several) for line in found for place, year in line.cells))
    plate.chart(
        "heatmap",
        key="heat",
        alt=f"{finding}。"
        + "；".join(f"{place}{year}年{heat.said(all_)}" for (place, year), all_ in heat.by_column(found).items()),
        width=140 + 66 * len(columns),
        cells=heat.cells(found, years=several),
        rows=rows,
        columns=columns,
        groups=groups,
    )


def scale() -> None:
    """The colour scale with its two families of units."""
    steps = "".join(f'<i style="background:{theme.gap_colour(at / 4)[0]}"></i>' for at in range(-4, 5))
    points, share = heat.FULL["points"], heat.FULL["share"]
    st.html(
        f'<div class="pb-legend"><span class="pb-scale">差于目标 {steps} 好于目标</span>'
        f"<span>两端为±{points:g}个百分点，或目标的±{share:.0%}（数字带%的）</span></div>"
    )


def counts(found: list[heat.Line], tolerance: gap.Tolerance) -> None:
    """What each column sums up to, with denominators, how much hangs on the tolerance, and what the signs mean."""
    several = len({year for line in found for _, year in line.cells}) > 1
    rows = [
        [f"{place}{f' {year}年' if several else ''}", *heat.tally(judged)]
        for (place, year), judged in heat.by_column(found).items()
    ]
    st.html(markup.table(["", "有目标", "可比", "达到", "接近", "未完成"], rows, numeric=range(1, 6)))
    frame.note(f"{gap.tolerances(tolerance)}容差减半时，{heat.sensitive(found, tolerance)}格的结论会改变。")
    plate.legend([(s.glyph, theme.STATES.get(s.key, theme.TEXT), s.words) for s in gap.STATES.values() if s.judged])
    plate.legend(
        [
            ("▲▲", theme.TEXT, "超出色阶"),
            ("◇", theme.TEXT, "定性目标，以报告的说法为准"),
            ("▣", theme.TEXT, "深色框：有目标，还没有结果"),
            ("≈", theme.TEXT, "临界：四舍五入可改变结论"),
        ]
    )


def table(view: filters.Selection, found: list[heat.Line], finding: str) -> None:
    """The table behind the heatmap."""
    several = len(view.years) > 1
    columns = list(dict.fromkeys(key for line in found for key in line.cells))
    groups = [(f"{place} {year}年" if several else place, "") for place, year in columns]
    lines = [(line.name, line.category, [line.cells[key] for key in columns]) for line in found]
    pairs_table.show(view, lines, groups, label=finding, corner="指标", key="table")


view = frame.begin("target_gap")
tolerance = gap.HOUSE.scaled(view.tolerance)
pairs = cached.pairs(view.build, view.years, view.place_keys) if view.years else []
every = heat.lines([row for row in pairs if not view.theme or row["category"] == view.theme], tolerance, view.origins)
aimed = heat.kept(heat.aimed(every), view.binding)
wanted = every if set(view.states) & {"no_target", "nothing", "not_held"} else heat.aimed(every)
shown = heat.kept(wanted, view.binding, view.states)
if not shown:
    st.info("没有符合条件的指标。请放宽专题、指标性质或状态，或换一个年份。")
else:
    finding = heat.finding(aimed)
    plate.title(
        finding,
        f"{'、'.join(f'{year}年' for year in view.years)} · 实际与目标的差距，正数为好于目标 · {filters.listed(view, len(shown))}",
    )
    left, right = st.columns([5, 2], gap="medium")
    with left:
        scale()
        chart(view, shown, finding)
    with right:
        counts(aimed, tolerance)
    plate.sources(view, [cell.main for line in shown for cell in line.cells.values()])
    if len(every) > len(shown) and not (view.states or view.binding):
        frame.note(f"另有{len(every) - len(shown)}项指标只有实际数、没有目标，未列出；在“状态”中选“有实际无目标”可看。")
    drift.show(view, [line.cells for line in shown])
    if plate.table_wanted():
        table(view, shown, finding)
evidence.open_if_asked(view)
