"""目标差距: the heatmap of distance to target, what it sums up to, and how one indicator's target moved."""

from __future__ import annotations

import streamlit as st

from pages.parts import away, completions, drift, evidence, frame, gap_view, heat, markup, plate, theme


def scale() -> None:
    """The colour scale with its two families of units."""
    steps = "".join(f'<i style="background:{theme.gap_colour(at / 4)[0]}"></i>' for at in range(-4, 5))
    points, share = heat.FULL["points"], heat.FULL["share"]
    st.html(
        f'<div class="pb-legend"><span class="pb-scale">差于目标 {steps} 好于目标</span>'
        f"<span>两端为±{points:g}个百分点，或目标的±{share:.0%}（数字带%的）</span></div>"
    )


def counts(made: gap_view.View) -> None:
    """What each column sums up to, with denominators, how much hangs on the tolerance, and what the signs mean."""
    several = len({year for _, year in made.counts}) > 1
    rows = [
        [f"{place}{f' {year}年' if several else ''}", *counted] for (place, year), counted in made.counts.items()
    ]
    st.html(markup.table(["", "有目标", "可比", "达到", "接近", "未完成"], rows, numeric=range(1, 6)))
    frame.note(f"以上按{view.theme or '全部'}指标计；总览只计其中的主要指标，项数因此较少。")
    frame.note(f"容差（不算未完成的差距）减半时，{made.sensitive}格的结论会改变。")
    plate.legend(gap_view.SIGNS)


view = frame.begin("target_gap")
made = gap_view.of(view)
if made is None:
    st.info("没有符合条件的指标。请放宽专题、指标性质或状态，或换一个年份。")
else:
    away.head(view, "target_gap", made.sheet)
    left, right = st.columns([5, 2], gap="medium")
    with left:
        scale()
        plate.drawings(made.sheet)
    with right:
        counts(made)
    plate.foot(made.sheet)
    if made.without_target:
        frame.note(f"另有{made.without_target}项指标只有实际数、没有目标，未列出；在“状态”中选“有实际无目标”可看。")
    drift.show(view, made.shown)
    if plate.table_wanted():
        plate.table(view, made.sheet)
completions.show(view)
evidence.open_if_asked(view)
