"""What the data cover: how many facts for each district, kind of source and year."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, filters, format, markup


def show(view: filters.Selection) -> None:
    """A table of counts; an empty cell says — (nothing in the sources), never 0."""
    found = cached.coverage(view.build)
    years = sorted(found["year"].unique())
    counts = {(r["district"], r["origin"], r["year"]): r["facts"] for r in format.records(found)}
    rows = []
    for district, origin in dict.fromkeys((d, o) for d, o, _ in counts):
        line = [counts.get((district, origin, year)) for year in years]
        rows.append(
            [district, format.ORIGINS[origin], sum(n for n in line if n), *("—" if n is None else n for n in line)]
        )
    st.html(
        markup.table(
            ["区县", "来源", "合计", *(str(year) for year in years)],
            rows,
            numeric=range(2, len(years) + 3),
            caption="按数据所属年份统计的条数（实际和目标合计，同一数据的多处表述分别计数）；— 表示来源中没有",
        )
    )
