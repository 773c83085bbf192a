"""Search over all reports: the box, bound to ``?q=``, and what was found, each place in its context."""

from __future__ import annotations

from itertools import groupby

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Container

from pages.parts import cached, filters, follow, format, reader
from pages.parts.markup import escape

EACH, EACH_OF_ONE = 6, 200  # places shown of each report, and of a single one (``?within=``)
LONGEST = 60
KEY = "q"
_NEW = "_new_search"


def box(into: Container) -> None:
    """The search box in the container ``into``; a new search leaves the place in the reports, none stays there."""
    into.text_input(
        "在全部报告中查找",
        key=KEY,
        bind="query-params",
        placeholder="词语或指标名称，几个词用空格隔开",
        max_chars=LONGEST,
        on_change=_begin,
    )
    if st.session_state.pop(_NEW, False) and words() and any(name in st.query_params for name in follow.PLACE):
        follow.go()


def _begin() -> None:
    st.session_state[_NEW] = True


def marks() -> str:
    """The choice which numbers to mark, bound to ``?marks=``: a key of reader.MARKS."""
    all_marks = list(reader.MARKS)
    picked = st.segmented_control(
        "标出", all_marks, default=all_marks[0], key="marks", bind="query-params", required=True
    )
    return picked or all_marks[0]


def asked_text() -> str:
    """What is searched for, empty when nothing is."""
    return (st.session_state.get(KEY) or "").strip()[:LONGEST]


def words() -> tuple[str, ...]:
    """The words searched for, as reader.occurrences takes them."""
    return cached.search_words(asked_text())


def asked() -> bool:
    """Whether the address asks for results: it has a search and no place in a report."""
    return bool(words()) and not any(name in st.query_params for name in ("fact", "report", "line", "from"))


def back() -> str:
    """The way back to the results while a place found is being read, as HTML; empty without a search."""
    if not words():
        return ""
    href = escape(follow.address())
    return f'<p><a href="{href}" target="_self" data-go>← 返回“{escape(asked_text())}”的查找结果</a></p>'


def results(view: filters.Selection) -> None:
    """What was found, by report, each place a link; without any, what to try instead."""
    places, said = cached.narrowed(view.build, asked_text())
    one, after = (_report(view, st.query_params.get(name)) for name in ("within", "after"))
    after = None if one else after
    rows = format.records(cached.search(view.build, said, one, EACH_OF_ONE if one else EACH, after, places))
    ids = tuple(sorted({row["report_id"] for row in rows} | {one, after} - {None}))
    titles = {report["report_id"]: report["title"] for report in cached.reports(view.build, ids=ids)}
    indicator = cached.named_indicator(view.build, said)
    everywhere = _link("在全部报告中查找", follow.address()) if one else _link("从头查找", follow.address()) if after else ""
    names = cached.place_names(view.build)
    here = "、".join(names.get(place, place) for place in places)
    if not rows:
        st.html(f"<div>后面的报告中没有了。{everywhere}</div>" if after else nothing(said, cached.similar_indicators(view.build, said), here))
        return
    total, shown = rows[0]["in_all"], len(rows)
    where = f"《{titles[one]}》" if one else f"{len({row['report_id'] for row in rows})}份报告"
    text = f"接着《{titles[after]}》，" if after else ""
    text += f"按区县次序，{'再' if after else '先'}在{where}中找到{total}段" if rows[0]["rest"] else f"在{where}中找到{total}段"
    text += f"，下面是前{shown}段" if one and shown < total else f"，下面是其中{shown}段" if shown < total else ""
    if here and not one:
        text += f"；写了区县名称，只找{here}的报告"
        everywhere += _everywhere(said)
    if indicator:
        text += f"；“{indicator}”的其他写法也在内"
    text += "；表格一行算一段，一段里可能不止一处"
    st.html(f'<div class="pb-muted" data-total="{total}">{escape(text)}。{everywhere}</div>')
    groups, sought = [], cached.search_words(said)
    for report_id, found in groupby(rows, key=lambda row: row["report_id"]):
        found = list(found)
        count = found[0]["in_report"]
        groups.append(
            {
                "title": titles.get(report_id, report_id),
                "count": count,
                "more": follow.address(within=report_id) if len(found) < count and not one else "",
                "hits": [reader.hit(row, sought, _address(row), indicator or "") for row in found],
            }
        )
    st.html(reader.results(groups))
    if rows[0]["rest"]:
        st.html(f"<p>{_link('查找后面的报告 →', follow.address(after=rows[-1]['report_id']))}</p>")


def _report(view: filters.Selection, named: str | None) -> str | None:
    return named if named and cached.reports(view.build, ids=(named,)) else None


def _link(words: str, href: str) -> str:
    return f' <a href="{escape(href)}" target="_self" data-go>{words}</a>'


def _everywhere(said: str) -> str:
    return _link(f"在全部报告中查找“{escape(said)}”", follow.address(q=said))


def _address(row: dict) -> str:
    if not row["by_words"] and row["fact_id"]:
        return follow.address(fact=row["fact_id"])
    return follow.address(report=row["report_id"], line=row["line"])


def nothing(said: str, similar: list[str], here: str = "") -> str:
    """What to try when nothing was found (in the reports of ``here``, or in all), as HTML."""
    tries = ["用更短的词，或去掉年份和单位", "几个词之间加空格：各词出现在同一段即可"]
    links = "、".join(
        f'<a href="{escape(follow.address(q=name))}" target="_self" data-go>{escape(name)}</a>' for name in similar
    )
    if links:
        tries.append(f"查找相近的指标：{links}")
    items = "".join(f"<li>{each}</li>" for each in tries)
    if here:
        items = f"<li>{_everywhere(said)}</li>{items}"
    return f"<div>{escape(here + '的' * bool(here))}报告中没有找到“{escape(said)}”。可以试试：<ul>{items}</ul></div>"
