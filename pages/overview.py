"""总览: the headline indicators of each district, result beside target, and what the data cover."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, coverage, evidence, filters, format, frame, gap, pairs_table, registry, selected


def summary(found: list[gap.Assessment]) -> str:
    """可判定 11/14：超额完成3 完成2 接近1 未完成5."""
    counts = gap.judged(found)
    words = " ".join(f"{name}{count}" for name, count in counts.items())
    return f"可判定 {sum(counts.values())}/{len(found)}" + (f"：{words}" if words else "")


def table(view: filters.Selection) -> None:
    """The headline table; see pairs_table.show."""
    pairs = cached.pairs(view.build, (view.year,), view.place_keys, headline=True)
    lines, judged = [], {}
    for name, rows in selected.grouped(pairs, "indicator").items():
        cells = [pairs_table.of(each) for each in selected.grouped(rows, "place").values()]
        for cell in cells:
            judged.setdefault(cell.main["district"], []).append(cell.found)
        lines.append((name, rows[0]["category"], cells))
    pairs_table.show(
        view,
        lines,
        [(district, summary(found)) for district, found in judged.items()],
        label=f"{view.year}年主要指标完成情况",
        corner=f"{view.year}年",
        key="figures",
    )
    frame.note(f"带正负号的百分数为同比增速。差距为正数表示好于目标。{gap.tolerances()}点数字看报告原句。")


def findings_line(view: filters.Selection) -> None:
    """How many findings there are of each gravity, with the way to the list."""
    counts = cached.findings(view.build)["severity"].value_counts()
    said = "、".join(f"{words}{counts[key]}条" for key, words in format.SEVERITIES.items() if key in counts)
    st.page_link(registry.path("method"), label=f"核对中发现的问题：{said}，查看清单" if said else "核对中没有发现问题")


view = frame.begin("overview")
if view.year is None:
    st.info("数据中还没有主要指标。")
else:
    table(view)
evidence.open_if_asked(view)
st.subheader("数据覆盖", anchor=False)
coverage.show(view)
findings_line(view)
