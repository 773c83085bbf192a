"""任务完成比例 on the page 目标差距: what the reports themselves say was done of a task, which no target is compared with."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from pages.parts import cached, filters, frame, markup
from pages.parts.markup import escape

#: With more reports than this, or more sentences, a reader looks them up in the reports.
MOST_REPORTS, MOST = 30, 40
_REASON = "completion_ratio"
_BEFORE, _AFTER = 90, 40


def of(view: filters.Selection) -> tuple[dict[str, dict], list[dict]]:
    """The annual reports on the chosen years and places by their ids, and rows of queries.numbers_for_reason of them in their order.

    No row where there are more than MOST_REPORTS reports.
    """
    held = cached.reports(view.build, places=view.place_keys)
    reports = {r["report_id"]: r for r in held if r["kind"] == "annual_plan_report" and r["year_from"] in view.years}
    asked = tuple(reports) if len(reports) <= MOST_REPORTS else ()
    return reports, cached.numbers_for_reason(view.build, _REASON, asked) if asked else []


def card(row: dict, title: str) -> str:
    """A ratio in its sentence as HTML: the number marked, where it stands, the way there."""
    text, at = "", None
    for cell, start in zip(row["texts"], row["starts"], strict=True):
        text += " ｜ " if text else ""
        if start <= row["char_start"] <= start + len(cell):
            at = len(text) + int(row["char_start"] - start)
        text += cell
    end = at + len(row["printed"])
    end += text[end : end + 1] in ("%", "％")
    quote = markup.around(text, at, end, _BEFORE, _AFTER)
    link = markup.Link("在原文出处中查看", "sources?" + urlencode({"report": row["report_id"], "line": row["line"]}))
    place = escape(" · ".join(part for part in (f"{title} 第{row['line']}行", row["section"]) if part))
    return (
        f'<section class="pb-finding"><blockquote class="pb-quote">{quote}</blockquote>'
        f'<div class="pb-muted">{place} · {markup.inline(link)}</div></section>'
    )


def show(view: filters.Selection) -> None:
    """The sentences, looked up when they are unfolded."""
    box = st.expander("报告自述的任务完成比例，如“完成年度目标任务的60%”", key="tasks", on_change="rerun", bind="query-params")
    if not box.open:
        return
    with box:
        reports, rows = of(view)
        if len(reports) > MOST_REPORTS:
            frame.note(f"所选范围有{len(reports)}份报告，不超过{MOST_REPORTS}份时才列出。")
        elif not rows:
            frame.note("所选年份和区县的年度报告没有这样的话。")
        else:
            frame.note(
                f"共{len(rows)}处。报告没有说明对应哪项指标，不参加上面的比较，也不计入达到或未完成；"
                "是上年的结果还是下年的打算，请看所在章节。"
            )
            titles = cached.titles(view.build, reports)
            shown = rows[:MOST]
            st.html("".join(card(row, titles.get(row["report_id"], "")) for row in shown))
            if len(shown) < len(rows):
                frame.note(f"这里是前{len(shown)}处。")
