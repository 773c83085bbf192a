"""What every page stands in: the guard for deep links, heading, selection, footer, and the page shown without data."""

from __future__ import annotations

import atexit
import gc
import sys
import time
from collections.abc import Callable
from functools import cache

import streamlit as st

from data import log
from pages.parts import cached, filters, follow, registry, sign_in, theme
from pages.parts.markup import escape

_OPENED = "_opened"
#: On a telephone the filters are folded away: they would take half of it. The words never change, so that a fold that was
#: opened stays open while several filters are set; what is set stands beside it.
_FOLD = '<details class="pb-fold"><summary>更改筛选</summary></details>'
# Browsers choose glyph forms, hyphenation and voices by the page's language; Streamlit says "en".
_LANGUAGE = "<script>document.documentElement.lang = 'zh-CN'</script>"


@cache
def start() -> None:
    """Once per server: one form for the log; and what was imported need not be looked at again when garbage is collected."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # or all of it would still be there at the end, of which DuckDB complains
    log.setup("streamlit", "uvicorn", "websockets")


def begin(key: str) -> filters.Selection:
    """The first call of each page: make sure that app.py has opened it in this run; returns the selection.

    The first visit after a server start by a deep link runs the page's file without app.py (Streamlit takes pages/ for
    a page folder until st.navigation has been called once). Then register the pages and start again.
    """
    if not st.session_state.pop(_OPENED, False):
        st.navigation(registry.pages(), position="hidden")
        st.rerun()
    return filters.current()


def show(entry: registry.Entry, page: Callable[[], None]) -> None:
    """Called by app.py: the page in its frame, or words in its place; what happened is said in the log.

    Raises what the page raised, after it has been put into words.
    """
    began, problem = time.monotonic(), None
    try:
        if open_page(entry):
            page()
    except cached.NoBuildError as error:  # gone while it was read
        if _replaced():
            st.rerun()
        problem = error
        _no_build()
    except Exception as error:
        problem = error
        failed(isinstance(error, cached.UnreadableError))
        raise
    finally:
        if sys.exc_info()[0] is None or problem is not None:
            build = close_page()
            log.event("page", problem, page=entry.key, build=build, seconds=time.monotonic() - began)


def _replaced() -> bool:
    """The build that this run began with is no longer the one in place."""
    try:
        return cached.build() != filters.current().build
    except (cached.NoBuildError, KeyError, AttributeError):
        return False


def open_page(entry: registry.Entry) -> bool:
    """Before the page: style, title, question, selection. False when there is no build to show."""
    st.html(f"<style>{theme.CSS}</style>")
    try:
        build = cached.build()
    except cached.NoBuildError:
        _no_build()
        return False
    if entry is registry.STAGE:
        _keep(build, {})
        return True
    names = (*entry.beside, *entry.filters, *entry.more)
    asked = {key: st.query_params.get_all(key) for key in st.query_params}  # before the widgets put it right
    # what the page before has put there goes by itself, and Streamlit lets nobody else touch it
    theirs = filters.adopt(build, names, {key: asked[key] for key in asked if key not in st.session_state})
    strange = filters.unknown(build, names, asked | theirs)
    not_here = filters.elsewhere(build, names, theirs) if names else []
    with st.container(key="top", horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        with st.container(key="question", width="stretch", gap="xsmall"):
            st.title(entry.title, anchor=False)
            note(entry.question)
            if names:
                st.html(_FOLD)
        chosen = filters.choose(build, entry.beside)
    if entry.filters or entry.more:
        with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
            chosen |= filters.choose(build, entry.filters)
            if entry.more:
                with st.popover("更多条件"):
                    chosen |= filters.choose(build, entry.more)
    if names:
        st.html(f'<div class="pb-muted pb-folded">{escape(filters.said(build, entry.beside, names))}</div>')
    _left_out(build, filters.unchosen_places(build, chosen))
    if strange or not_here:
        words = "、".join(strange[:5]) + (f"等{len(strange)}项" if len(strange) > 5 else "")
        parts = [f"{words}在现有数据中没有，未采用"] * bool(strange)
        parts += [f"本页没有“{'”“'.join(not_here)}”这样的条件，未采用"] * bool(not_here)
        st.html(
            f'<div class="pb-badge" role="note"><b>网址</b> {escape("；".join(parts))}；下面是其余条件的结果。</div>'
        )
    _keep(build, chosen)
    return True


def _left_out(build: str, names: list[str]) -> None:
    """Before anybody has chosen, the first places are shown: say that there are others, and let them be taken at once."""
    if not names:
        return
    few = filters.FIRST_PLACES + len(names) <= filters.MOST_BUTTONS
    with st.container(key="left_out", horizontal=True, vertical_alignment="center", gap="small"):
        said = f"先显示前{filters.FIRST_PLACES}个区县，另有{len(names):,}个有数据"
        said += f"：{'、'.join(names)}。" if few else "，可在“区县”里选。"
        st.html(f'<div class="pb-muted" role="note">{escape(said)}</div>', width="content")
        if few:
            st.button("全部显示", key="take_every_place", type="tertiary", on_click=filters.take_every_place, args=(build,))


def _keep(build: str, chosen: dict) -> None:
    query = tuple((key, value) for key in st.query_params for value in st.query_params.get_all(key))
    filters.keep(filters.Selection(build, query, **chosen))
    st.session_state[_OPENED] = True


def close_page() -> str | None:
    """After the page: build stamp, page language, steps of history, a counter of runs for browser tests. Returns the build's id."""
    runs = st.session_state["_runs"] = st.session_state.get("_runs", 0) + 1
    try:
        build = cached.build()
        stamp = f"数据版本 {build[:12]}"
    except cached.NoBuildError:
        build, stamp = None, "没有数据"
    person = sign_in.signed_in()
    way_out = f' · {escape(person)} <a href="{escape(sign_in.leave())}" target="_self">退出登录</a>' if person else ""
    st.html(
        f'<footer class="pb-foot" data-run="{runs}">区县规划看板 · {escape(stamp)} · '
        f"数字取自报告原文和注明的补充来源，点数字看原句{way_out}</footer>" + _LANGUAGE + follow.steps() + follow.menu(),
        unsafe_allow_javascript=True,
    )
    return build


def note(text: str) -> None:
    """A line of explanation, plain text. (st.caption is too pale to read on a projector.)"""
    st.html(f'<div class="pb-muted">{escape(text)}</div>')


def heading(text: str) -> None:
    """A heading inside a page, below the finding."""
    st.html(f'<h3 class="pb-heading">{escape(text)}</h3>')


def failed(unreadable: bool = False) -> None:
    """Instead of the rest of a page that broke: what the reader can do. Streamlit's own box, in English, is not shown.

    ``unreadable``: the data behind it could not be read.
    """
    st.html("<style>[data-testid=stException] { display: none }</style>")
    if unreadable:
        st.error(
            "这一页用到的数据读不出来：数据文件缺失、损坏，或与程序的版本不符。其他页面可能仍可使用。"
            "请把下面的数据版本告诉管理员；管理员可在项目目录核对数据，再重新生成，完成后刷新本页。"
        )
        st.code("python -m etl check\npython -m etl build", language="bash")
        return
    st.error(
        "这一页没能显示完整。请刷新页面；若仍不行，请去掉网址中“?”后面的部分再试，并把网址和下面的数据版本告诉管理员。"
    )


def _no_build() -> None:
    st.title("还没有可用的数据", anchor=False)
    st.write("看板读取由报告生成的数据，目前没有找到。请管理员在项目目录运行下面的命令，完成后刷新本页。")
    st.code("python -m etl build", language="bash")
    note("若数据放在别处，请用环境变量 PLANBOARD_DATA 指明其文件夹。")
