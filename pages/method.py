"""数据说明: what the data cover, what figures mean, how they are judged, what to look out for, where they come from."""

from __future__ import annotations

import streamlit as st

from pages.parts import coverage, definitions, evidence, filters, findings, frame, provenance, rules, supplement


def covered(view: filters.Selection) -> None:
    """Headline indicators by year, a matrix for one district, and the count of all facts."""
    coverage.headline(view)
    st.subheader("逐项看：一个区县有哪些指标、哪些年份", anchor=False)
    coverage.matrix(view)
    st.subheader("全部数据的条数", anchor=False)
    coverage.show(view)
    coverage.outside(view)


#: The sections in the order of the index; the label is what stands in the address.
PARTS = {
    "覆盖": covered,
    "指标口径": definitions.show,
    "计算方法": lambda view: rules.show(),
    "需要留意": findings.show,
    "补充来源": supplement.show,
    "数字去向": provenance.numbers,
    "收录报告": provenance.reports,
}

view = frame.begin("method")
part = st.segmented_control(
    "本页各部分",
    list(PARTS),
    default=next(iter(PARTS)),
    required=True,
    key="part",
    bind="query-params",
    label_visibility="collapsed",
)
PARTS[part](view)
evidence.open_if_asked(view)
