"""原文出处: read a report at a fact (``?fact=``) or a line (``?report=&line=``), or search all reports (``?q=``)."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, filters, follow, format, frame, quotes, reader, search

BEFORE, WINDOW = 6, 60  # lines shown before the one asked for, and after the first


def find_place(view: filters.Selection) -> tuple[dict, int | None, dict | None]:
    """Report, line and fact that the address asks for; the first report and no line otherwise."""
    asked = st.query_params
    rows = cached.evidence(view.build, asked.get("fact", ""))
    fact = next((row for row in rows if row["wanted"]), None)
    of_fact = cached.reports(view.build, ids=(fact["report_id"],)) if fact else []
    if of_fact and fact["line_start"] is not None:
        return of_fact[0], fact["line_start"], fact
    if asked.get("fact"):
        st.info("现有数据中没有这个编号的数字，或它不是出自报告。下面从头显示报告。")
    named = cached.reports(view.build, ids=(asked["report"],)) if "report" in asked else []
    if "report" in asked and not named:
        st.info("现有数据中没有网址里的这份报告。下面从头显示另一份。")
    if not named and "district" in asked:  # addresses of other pages name places
        named = cached.reports(view.build, most=1, places=_called(view.build, asked["district"]))
        if not named:
            st.info("网址里的区县没有报告。下面显示的是另一个区县的。")
    (report,) = named or cached.reports(view.build, most=1)
    return report, follow.number("line", report["lines"]) if named or "report" not in asked else None, None


def _called(build: str, district: str) -> tuple[str, ...]:
    """The places of this name that have a report, as the data know them."""
    return tuple(row["place"] for row in cached.report_places(build) if row["district"] == district)


def choose(into: search.Container, view: filters.Selection, report: dict, line: int) -> None:
    """Selectors for report and section in the container ``into``; they follow the address and write to it.

    Where the reports are too many for one list, a place is chosen first.
    """
    many = cached.report_count(view.build) > filters.MOST_REPORTS
    columns = into.columns([2, 5, 5] if many else 2)
    place = report["district_code"] or report["district"]
    reports = cached.reports(view.build, places=(place,)) if many else cached.reports(view.build)
    if many:
        names = {row["place"]: row["district"] for row in cached.report_places(view.build)}
        there = columns[0].selectbox("区县", list(names), index=list(names).index(place), format_func=names.get)
        if there != place:
            follow.go(report=cached.reports(view.build, places=(there,))[0]["report_id"], line=1)
    titles = {each["report_id"]: format.visible(f"{each['district']} · {each['title']}") for each in reports}
    headings = cached.headings(view.build, report["report_id"])
    names = {each["line"]: "　" * (each["section"] or "").count(" / ") + format.visible(each["text"]) for each in headings}
    left, right = columns[-2:]
    ids = list(titles)
    picked = left.selectbox("报告", ids, index=ids.index(report["report_id"]), format_func=titles.get)
    if picked != report["report_id"]:
        follow.go(report=picked, line=1)
    current = max((at for at in names if at <= line), default=None)
    jump = right.selectbox(
        "章节",
        list(names),
        index=None if current is None else list(names).index(current),
        format_func=names.get,
        placeholder="选择章节",
        key=f"jump-{report['report_id']}-{line}",
    )
    if jump is not None and jump != current:
        follow.go(report=report["report_id"], line=jump)


def read(into: search.Container, view: filters.Selection, report: dict, line: int | None, fact: dict | None) -> None:
    """A page of the report around the line, and beside it the facts in it."""
    name, end = report["report_id"], report["lines"]
    first = max(line - BEFORE, 1) if line else follow.number("from", end) or 1
    choose(into, view, report, line or first)
    rows = cached.reading(view.build, name, first, first + WINDOW)
    first = min([first, *(row["line"] for row in rows)])
    last = max([min(first + WINDOW, end), *(row["line"] + row["text"].count("\n") for row in rows)])
    st.html(search.back() + reader.title(report["title"], report["meeting_date"], first, last, end))
    counts = [
        (row["outcome"], row["is_fact"], row["numbers"]) for row in cached.numbers_accounted(view.build, (name,))
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        marks = search.marks()
        st.html(reader.legend(counts, marks), width="content")
    span = (rows[0]["char_start"], rows[-1]["char_end"]) if rows else (0, 0)
    numbers = cached.numbers_between(view.build, name, *span)
    facts = cached.facts_between(view.build, name, *span)

    address, words = follow.addresses(), search.words()

    def to_line(line: int) -> str:
        return address(report=name, line=line)

    def to_fact(fact_id: str) -> str:
        return address(fact=fact_id)

    titles = {row["fact_id"]: quotes.in_words(row) for row in facts}
    found = reader.numbers(numbers, titles, to_fact, marks)
    spans = [span for row in rows for span in reader.occurrences(row["text"], words, row["char_start"])]
    place = reader.Place(line, line) if line else None
    if fact:
        spans, place = spans + quotes.spans(fact), quotes.place(fact)
    listing = reader.facts_list([quotes.listed(row) for row in facts], to_fact, fact and fact["fact_id"])
    others = reader.left_out(numbers, to_line, opened=marks == "未采用")
    panel = [others, listing] if marks == "未采用" else [listing, others]
    if fact:
        panel.insert(0, reader.asked(quotes.in_words(fact), fact["fact_id"]))
    st.html(reader.beside(reader.report(rows, found, spans, place, to_line), "".join(panel)))
    st.html(
        reader.steps(
            address(report=name, **{"from": max(first - WINDOW - 1, 1)}) if first > 1 else "",
            address(report=name, **{"from": last + 1}) if last < end else "",
        )
    )
    if place or "from" in st.query_params:
        follow.show_place(place.last if place else first)


view = frame.begin("sources")
if not cached.report_count(view.build):
    st.info("数据中没有报告原文。")
    st.stop()
follow.links()
left, right = st.columns([2, 5])
search.box(left)
if search.asked():
    search.results(view)
else:
    read(right, view, *find_place(view))
