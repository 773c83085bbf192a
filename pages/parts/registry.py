"""The only list of pages: menus, links, tests and titles come from here."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Entry:
    """A page: its address and file name, its name in the menu, the question it answers, the filters it follows.

    ``beside`` stand beside the title, ``filters`` in a row below it, ``more`` behind a button; names of filters.FILTERS.
    """

    key: str
    title: str
    question: str
    beside: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


ENTRIES = (
    Entry("overview", "总览", "各区县主要指标完成得怎样，数据从哪里来？", ("places", "year")),
    Entry(
        "compare",
        "区县对比",
        "同一年、同一指标，各区县相差多少？",
        ("places", "year"),
        ("theme", "indicators", "measure"),
        ("order", "origins"),
    ),
    Entry(
        "trend",
        "五年趋势",
        "一项指标五年来怎样变化，离规划目标还有多远？",
        ("places",),
        ("theme", "indicators", "measure"),
        ("origins",),
    ),
    Entry(
        "target_gap",
        "目标差距",
        "各项指标离目标差多少，哪些没有完成？",
        ("places",),
        ("years", "theme", "states"),
        ("binding", "tolerance", "origins"),
    ),
    Entry(
        "explore",
        "明细下载",
        "怎样筛选和取走全部数据？",
        ("form",),
        ("any_places", "any_indicators", "any_years", "theme", "words", "statuses"),
        ("sort", "preferred", "measures", "sources", "documents", "columns"),
    ),
    Entry("sources", "原文出处", "数字出自报告的哪一句？"),
    Entry("method", "数据说明", "数据覆盖哪些年份和来源，有哪些矛盾和缺口？"),
)
HOME = ENTRIES[0]
#: Not in the menu: a list of views on the whole screen.
STAGE = Entry("present", "演示", "放映选好的画面")
_PAGES = "_pages"


def entry(key: str) -> Entry:
    """The entry with this key; KeyError when there is none."""
    return {e.key: e for e in (*ENTRIES, STAGE)}[key]


def path(key: str) -> str:
    """The page's file, as st.page_link and st.Page take it."""
    return f"pages/{entry(key).key}.py"


def opened(position: int) -> Entry | None:
    """The entry of the page at this place of ``pages()``; None for the one that only leads home."""
    return (*ENTRIES, STAGE, None)[position]


def pages() -> list[st.Page]:
    """Every page for st.navigation, the first as the home page; see ``opened``. Made once for each session.

    The home page's address is empty (and Streamlit reserves its ``url_path``); its name as an address leads there too.
    """
    if _PAGES in st.session_state:
        return st.session_state[_PAGES]
    home, *others = [
        st.Page(path(e.key), title=e.title, url_path="home" if e is HOME else e.key, default=e is HOME) for e in ENTRIES
    ]
    stage = st.Page(path(STAGE.key), title=STAGE.title, url_path=STAGE.key, visibility="hidden")

    def go_home() -> None:
        asked = {key: st.query_params.get_all(key) for key in st.query_params}
        st.switch_page(home, query_params=asked)

    leads_home = st.Page(go_home, title=HOME.title, url_path=HOME.key, visibility="hidden")
    return st.session_state.setdefault(_PAGES, [home, *others, stage, leads_home])
