"""总览: the headline indicators of each district, result beside target, what is telling, new and covered."""

from __future__ import annotations

import streamlit as st

from pages.parts import (
    cached,
    evidence,
    filters,
    format,
    frame,
    gap,
    highlights,
    markup,
    pairs_table,
    registry,
    selected,
    series,
)

#: New reports named one by one.
MOST_NAMED = 12


def summary(found: list[gap.Assessment]) -> str:
    """可比12项：超额完成4 完成2 未完成6."""
    counts = gap.judged(found)
    if not counts:
        return "没有可比的目标"
    return f"可比{sum(counts.values())}项：" + " ".join(f"{name}{count}" for name, count in counts.items())


def sparks(view: filters.Selection, pairs: list[dict], lines: list) -> dict[tuple[str, str], dict]:
    """The five years of each headline indicator in the measure that the table shows."""
    rows: dict[tuple[str, str], list[dict]] = {}
    for row in pairs:
        if row["year"] in filters.TREND_YEARS:
            rows.setdefault((row["indicator"], row["place"]), []).append(row)
    breaks, found = cached.breaks(view.build, view.place_keys), {}
    for name, _, cells in lines:
        for cell in cells:
            mine = rows[name, cell.main["place"]]
            made = series.build(mine, [], filters.TREND_YEARS, measure=cell.main["measure"], breaks=breaks)
            if drawn := series.spark(made, cell.main["district"]):
                found[name, cell.main["district"]] = drawn
    return found


def headline(view: filters.Selection) -> None:
    """The findings in words, and the table they come from."""
    years = tuple(sorted({view.year, *filters.TREND_YEARS}))
    pairs = cached.pairs(view.build, years, view.place_keys, headline=True)
    lines, judged = [], {}
    for name, rows in selected.grouped([row for row in pairs if row["year"] == view.year], "indicator").items():
        cells = [pairs_table.of(each) for each in selected.grouped(rows, "place").values()]
        for cell in cells:
            judged.setdefault(cell.main["district"], []).append(cell.found)
        lines.append((name, rows[0]["category"], cells))
    said = highlights.of([cell for _, _, cells in lines for cell in cells], view.year)
    st.html(markup.sentences([(each.words, view.address(fact=each.fact) if each.fact else None) for each in said]))
    picked = pairs_table.show(
        view,
        lines,
        [(district, summary(found)) for district, found in judged.items()],
        label=f"{view.year}年主要指标完成情况",
        corner=f"{view.year}年",
        key="figures",
        sparks=sparks(view, pairs, lines),
        link=lambda name: f"trend{view.link(indicator=filters.indicator_label(view.build, name))}",
        hint="看这项指标的五年趋势",
    )
    if picked:
        # the places are bound to the address and go along by themselves
        st.switch_page(registry.path("trend"), query_params={"indicator": filters.indicator_label(view.build, picked)})
    frame.note(
        f"带正负号的百分数为同比增速。差距为正数表示好于目标。{gap.tolerances()}点数字看报告原句。"
        "走势为2021—2025年，各图自有刻度：只看自身的升降，不能拿两图的高低相比；鼠标停在图上看各年的数。"
    )


def ways(view: filters.Selection) -> None:
    """Into the other pages, with the filters of this one."""
    with st.container(horizontal=True):
        for key, label, more in (
            ("compare", f"{view.year}年各区县对比", {"year": str(view.year)}),
            ("trend", "五年走势", {}),
            ("target_gap", f"{view.year}年全部指标的目标差距", {"years": str(view.year)}),
            (
                "target_gap",
                f"{view.year}年全部指标中未完成的",
                {"years": str(view.year), "state": gap.STATES["missed"].words},
            ),
        ):
            st.page_link(registry.path(key), label=label, query_params=view.parameters(**more))


def news(view: filters.Selection) -> None:
    """What this build brought, and what people should look at."""
    since = cached.manifest(view.build).get("since")
    if since:
        reports = cached.titles(view.build, since["reports"][:MOST_NAMED])
        new = "、".join(reports.get(each, each) for each in since["reports"][:MOST_NAMED])
        if len(since["reports"]) > MOST_NAMED:
            new += f"等{len(since['reports']):,}份"
        counts = [
            f"{words}{since[key]}条"
            for key, words in (("come", "新增"), ("gone", "减少"), ("changed", "改动"))
            if since[key]
        ]
        said = "，".join(counts) or "数据没有变化"
        frame.note(
            f"与上一版数据（{since['build_id'][:12]}）相比：{said}；{'新收录' + new if new else '没有新收录的报告'}。"
        )
    else:
        frame.note("这是第一版数据，没有上一版可比。")
    frame.note(
        f"收录{cached.report_count(view.build):,}份报告；"
        f"主要指标{len({row['indicator'] for row in cached.indicators(view.build) if row['headline_order'] is not None})}项，"
        "由看板选定，与各报告自己列的主要指标不尽相同；全部指标见目标差距，覆盖哪些年份和来源见数据说明。"
    )
    counts: dict[str, int] = {}
    for row in cached.findings_counted(view.build):
        counts[row["severity"]] = counts.get(row["severity"], 0) + row["findings"]
    said = "、".join(f"{words}{counts[key]:,}条" for key, words in format.SEVERITIES.items() if key in counts)
    st.page_link(
        registry.path("method"),
        label=f"核对中发现的问题：{said}，查看清单" if said else "核对中没有发现问题",
        query_params={"part": "需要留意"},
    )


view = frame.begin("overview")
if view.year is None:
    st.info("数据中还没有主要指标。")
else:
    headline(view)
    ways(view)
evidence.open_if_asked(view)
frame.heading("本版数据")
news(view)
