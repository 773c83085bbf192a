"""The indicators of the catalogue: what each means, in which unit, which way is good, at which prices it grows."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from data.terms import CATEGORIES
from pages.parts import cached, filters, format, frame, markup

EVERY = "全部专题"


def show(view: filters.Selection) -> None:
    """The catalogue, by theme and by words of the name or the definition."""
    with st.container(horizontal=True):
        theme = st.selectbox("专题", [EVERY, *CATEGORIES], key="theme", bind="query-params", width=160)
        words = st.text_input("查找指标", key="term", bind="query-params", placeholder="如：增加值", width=260)
    asked = (words or "").split()
    every = format.records(cached.catalogue(view.build))
    found = [
        row
        for row in every
        if theme in (EVERY, row["category"])
        and all(word in row["indicator"] + (row["definition"] or "") for word in asked)
    ]
    if not found:
        st.write("没有符合的指标。换一个词，或选“全部专题”。")
        return
    found.sort(key=lambda row: CATEGORIES.index(row["category"]))
    rows: list[object] = []
    for category, each in groupby(found, key=lambda r: r["category"]):
        each = list(each)
        rows += [markup.Group(f"{category}（{len(each)}项）"), *map(_row, each)]
    st.html(
        markup.table(
            ["指标", "定义", "性质", "总量单位", "增减单位", "优劣", "增速口径", "条数"],
            rows,
            numeric=[7],
            css="pb-prose pb-stick",
            caption=f"{len(found)}项，目录共{len(every)}项；专题之内按各页菜单的次序。增速的单位都是%",
        )
    )
    frame.note(
        "定义一栏为“—”的，指标目录没有另写，以原句所在报告的口径为准。增速口径：实际＝扣除价格变动，与两年现价总量之比对不上是正常的；"
        "名义＝按现价计算；—＝不适用或公布时没有写明。条数＝数据中的表述数，同一数的几处表述分别计数。"
    )


def _row(row: dict) -> list[object]:
    return [
        row["indicator"],
        row["definition"] or markup.Soft("—"),
        format.KINDS[row["kind"]],
        row["unit_level"] or "—",
        row["unit_change"] or "—",
        format.DIRECTIONS[row["direction"]],
        format.BASES.get(row["growth_basis"] or "", "—"),
        row["facts"] or "—",
    ]
