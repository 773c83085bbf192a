"""原文出处: read a report at a fact (``?fact=``) or at a line (``?report=&line=``), the quote marked."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import cached, evidence, filters, format, frame, markup

BEFORE, WINDOW = 6, 60


def place(view: filters.Selection, reports: list[dict]) -> tuple[dict, int, dict | None]:
    """Report, line and fact that the address asks for; the first report from its first line otherwise."""
    by_id = {report["report_id"]: report for report in reports}
    asked = st.query_params
    fact = next(
        (row for row in format.records(cached.evidence(view.build, asked.get("fact", ""))) if row["wanted"]), None
    )
    if fact and fact["report_id"] in by_id and fact["line_start"] is not None:
        return by_id[fact["report_id"]], fact["line_start"], fact
    if asked.get("fact"):
        st.info("现有数据中没有这个编号的数字，或它不是出自报告。下面从头显示报告。")
    line = asked.get("line", "1")
    report = by_id.get(asked.get("report", ""), reports[0])
    return report, min(int(line), report["lines"]) if line.isdecimal() and line != "0" else 1, None


def go(report_id: str, line: int) -> None:
    """Put report and line into the address instead of a fact."""
    st.query_params.pop("fact", None)
    st.query_params.update({"report": report_id, "line": str(max(line, 1))})


def choose(view: filters.Selection, reports: list[dict], report: dict, line: int) -> None:
    """Selectors for report and section; they follow the address and write to it."""
    titles = {each["report_id"]: f"{each['district']} · {each['title']}" for each in reports}
    headings = {each["line"]: each["text"] for each in format.records(cached.headings(view.build, report["report_id"]))}
    left, right = st.columns(2)
    ids = list(titles)
    picked = left.selectbox("报告", ids, index=ids.index(report["report_id"]), format_func=titles.get)
    if picked != report["report_id"]:
        go(picked, 1)
        st.rerun()
    jump = right.selectbox(
        "跳到章节",
        list(headings),
        index=None,
        format_func=headings.get,
        placeholder="选择章节标题",
        key=f"jump-{report['report_id']}-{line}",
    )
    if jump is not None:
        go(report["report_id"], jump)
        st.rerun()


def passage_rows(rows: list[dict], line: int, fact: dict | None) -> str:
    """The passages as escaped table rows; the quote is marked lightly, its value strongly."""
    out = []
    for row in rows:
        text, here = escape(row["text"]), row["line"] == line
        if fact:
            here = fact["line_start"] <= row["line"] <= fact["line_end"]
            at = row["char_start"]
            value = evidence.value_span(fact)
            text = markup.nested(
                row["text"],
                (fact["char_start"] - at, fact["char_end"] - at),
                value and (value[0] + fact["char_start"] - at, value[1] + fact["char_start"] - at),
            )
        out.append(f'<tr class="{row["kind"]}{" here" if here else ""}"><td>{row["line"]}</td><td>{text}</td></tr>')
    return f'<table class="pb-lines" aria-label="报告原文">{"".join(out)}</table>'


view = frame.begin("sources")
reports = format.records(cached.reports(view.build))
if not reports:
    st.info("数据中没有报告原文。")
    st.stop()
report, line, fact = place(view, reports)
choose(view, reports, report, line)
if fact:
    st.html(f'<div class="pb-head">{escape(evidence.in_words(fact))}</div>')
first = max(line - BEFORE, 1)
last = min(first + WINDOW, report["lines"])
frame.note(
    f"第{first}—{last}行，共{report['lines']}行" + (f"；{report['meeting_date']}提交" if report["meeting_date"] else "")
)
st.html(passage_rows(format.records(cached.passages(view.build, report["report_id"], first, last)), line, fact))
with st.container(horizontal=True):
    st.button("上一段", disabled=first == 1, on_click=go, args=(report["report_id"], first - WINDOW + BEFORE))
    st.button("下一段", disabled=last == report["lines"], on_click=go, args=(report["report_id"], last + 1 + BEFORE))
