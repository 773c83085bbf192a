"""数据说明: what the data cover, what became of every number, what people should look at, how status is judged."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from pages.parts import cached, coverage, filters, format, frame, gap, markup


def numbers(view: filters.Selection) -> None:
    """For each report, how many printed numbers became data and why the others did not."""
    found = cached.numbers_accounted(view.build)
    if found.empty:
        return
    reports = {r["report_id"]: format.report(r) for r in format.records(cached.reports(view.build))}
    counts = found.pivot_table(
        index="outcome", columns="report_id", values="numbers", aggfunc="sum", sort=False
    ).fillna(0)
    columns = [report for report in reports if report in counts]
    rows = [[outcome, int(line.sum()), *(int(line[c]) or "—" for c in columns)] for outcome, line in counts.iterrows()]
    st.html(
        markup.table(
            ["去向", "合计", *(reports[c] for c in columns)],
            rows,
            numeric=range(1, len(columns) + 2),
            caption="报告中每个数字的去向：成为数据，或写明为何不是全区数据",
        )
    )


def findings(view: filters.Selection) -> None:
    """The list of findings, by kind."""
    found = format.records(cached.findings(view.build))
    kinds = [words for key, words in format.FINDINGS.items() if any(f["kind"] == key for f in found)]
    if not kinds:
        st.write("没有发现问题。")
        return
    picked = st.segmented_control(
        "问题种类", kinds, default=kinds[0], key="finding", bind="query-params", label_visibility="collapsed"
    )
    reports = format.records(cached.reports(view.build))
    names = {r["report_id"]: format.report(r) for r in reports}
    rows = [
        [
            format.SEVERITIES[f["severity"]],
            format.named(f["message"], reports),
            names.get(f["report_id"], ""),
            f["line"],
            where(f),
        ]
        for f in found
        if picked is None or format.FINDINGS[f["kind"]] == picked
    ]
    st.html(
        markup.table(
            ["程度", "内容", "报告", "行", "出处"], rows, numeric=[3], caption=f"{picked or '全部'}{len(rows)}条"
        )
    )


def where(finding: dict) -> markup.Link | None:
    """The way to the sentences of a finding: its first fact, else its line in the report."""
    if finding["fact_ids"] is not None and len(finding["fact_ids"]):
        return markup.Link("看原句", "./?" + urlencode({"fact": finding["fact_ids"][0]}))
    if finding["report_id"] is None or finding["line"] is None:
        return None
    return markup.Link("看原文", "sources?" + urlencode({"report": finding["report_id"], "line": finding["line"]}))


RULES = {
    "exceeded": "好于目标，超过容差",
    "met": "达到目标，差距在容差内",
    "expected": "目标为“左右”或“与经济增长同步”，相差在容差内",
    "near": "低于目标，差距在容差内",
    "missed": "低于目标，超过容差",
    "told_met": "目标只有文字，以报告对结果的说法为准",
    "neutral": "目录没有规定升降优劣，只列差额",
    "no_target": "没有可比的目标，不作判断",
    "no_actual": "没有实际数，不作判断，也不当作零",
    "result_not_held": "报告该年结果的那一份报告未收录，不是没有公布",
    "not_due": "目标年度还没有报告",
    "incomparable": "计量单位不同，不作比较",
}


def status_rules() -> None:
    """The words for distance to target and the tolerances behind them, from the module that applies them."""
    rows = [[f"{gap.STATES[key].glyph} {gap.STATES[key].words}", meaning] for key, meaning in RULES.items()]
    st.html(markup.table(["状态", "含义"], rows))
    frame.note("差距＝实际－目标，越低越好的指标取相反数；正数表示好于目标，不封顶。不做综合指数和排名。")
    frame.note(gap.tolerances())


view = frame.begin("method")
st.subheader("数据覆盖", anchor=False)
coverage.show(view)
st.subheader("核对中发现的问题", anchor=False)
findings(view)
st.subheader("数字的去向", anchor=False)
numbers(view)
st.subheader("目标差距怎样判断", anchor=False)
status_rules()
