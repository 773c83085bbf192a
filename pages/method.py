"""数据说明: what the data cover, what became of every number, what people should look at, how status is judged."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, coverage, filters, format, frame, gap, markup


def numbers(view: filters.Selection) -> None:
    """For each report, how many printed numbers became data and why the others did not."""
    found = cached.numbers_accounted(view.build)
    if found.empty:
        return
    reports = {r["report_id"]: format.report(r) for r in format.records(cached.reports(view.build))}
    counts = found.pivot_table(index="outcome", columns="report_id", values="numbers", aggfunc="sum", sort=False).fillna(0)
    columns = [report for report in reports if report in counts]
    rows = [[outcome, int(line.sum()), *(int(line[c]) or "—" for c in columns)] for outcome, line in counts.iterrows()]
    st.html(markup.table(["去向", "合计", *(reports[c] for c in columns)], rows, numeric=range(1, len(columns) + 2),
                         caption="报告中每个数字的去向：成为数据，或写明为何不是全区数据"))


def findings(view: filters.Selection) -> None:
    """The list of findings, by kind."""
    found = format.records(cached.findings(view.build))
    kinds = {key: f"{words}（{sum(f['kind'] == key for f in found)}）" for key, words in format.FINDINGS.items()
             if any(f["kind"] == key for f in found)}
    if not kinds:
        st.write("没有发现问题。")
        return
    picked = st.segmented_control("问题种类", list(kinds), format_func=kinds.get, default=next(iter(kinds)),
                                  label_visibility="collapsed")
    names = {r["report_id"]: format.report(r) for r in format.records(cached.reports(view.build))}
    rows = [[format.SEVERITIES[f["severity"]], f["message"], names.get(f["report_id"], ""), f["line"]] for f in found
            if f["kind"] == picked]
    st.html(markup.table(["程度", "内容", "报告", "行"], rows, numeric=[3]))


def status_rules() -> None:
    """The words for distance to target and the tolerances behind them, from the module that applies them."""
    t = gap.TOLERANCE
    st.html(markup.table(["状态", "含义"], [
        ["▲ 超额完成", "好于目标，超过容差"], ["● 完成", "达到目标，差距在容差内"],
        ["● 符合预期", f"目标为“左右”或“与经济增长同步”，相差不超过{gap.BAND}个百分点"],
        ["◐ 接近", "低于目标，差距在容差内"], ["▼ 未完成", "低于目标，超过容差"],
        ["◇ 定性", "目标只有文字，以报告对结果的说法为准"],
        ["有实际无目标、有目标未报实际、未到期、口径不可比", "不作判断，也不当作零"],
    ]))
    frame.note(f"差距＝（实际－目标），越低越好的指标取相反数；正数表示好于目标，不封顶。容差为内部约定：预期性指标的增速、比率和增减"
               f"{t['points']}个百分点，数量为目标的{t['share']:.0%}，约束性指标为{t['binding']:.0f}。不做综合指数和排名。")


view = frame.begin("method")
st.subheader("数据覆盖", anchor=False)
coverage.show(view)
st.subheader("核对中发现的问题", anchor=False)
findings(view)
st.subheader("数字的去向", anchor=False)
numbers(view)
st.subheader("目标差距怎样判断", anchor=False)
status_rules()
