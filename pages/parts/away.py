"""What a reader can do with a view: present it, put it on the list of views, keep and present the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts import filters, frame, markup, plate, playlist, registry, takeaway, views
from pages.parts.markup import escape
from pages.parts.playlist import View
from pages.parts.sheet import Sheet

_LIST = "_playlist"
#: Set once the list of this session is the right one, even where it is empty; until then the browser may know it better.
_TAKEN = "_playlist_taken"
#: More indicators than this would make too long an address.
_MOST_ITEMS = 20


def listed() -> list[View]:
    """The views this session has put on its list."""
    return st.session_state.setdefault(_LIST, [])


def take(views: Sequence[View]) -> None:
    """Put these views on the list of this session in place of what is there."""
    st.session_state[_LIST], st.session_state[_TAKEN] = list(views), True


@cache
def _tab() -> str:
    return (Path(__file__).resolve().parent / "tab.js").read_text(encoding="utf-8")


def _keep_in_tab() -> None:
    """Loading the page anew begins another session: the tab remembers the list and hands it back."""

    def kept() -> None:
        word = st.session_state["list-kept"].get("kept")
        if not isinstance(word, str) or st.session_state.get(_TAKEN):
            return
        try:
            take(playlist.decode(word, views.SHEETS))
        except playlist.Unreadable:  # by an older version, or tampered with: it is of no use to anybody
            take([])

    keeper = st.components.v2.component("planboard_list", js=_tab())
    known = bool(st.session_state.get(_TAKEN))
    word = playlist.encode(listed()) if listed() else ""
    keeper(data={"word": word, "known": known}, key="list-kept", on_kept_change=kept)


def head(view: filters.Selection, page: str, made: Sheet) -> None:
    """The finding, and beside it what can be done with the view."""
    with st.container(key="head", horizontal=True, horizontal_alignment="distribute", vertical_alignment="top"):
        with st.container(key="finding", width="stretch"):
            plate.head(made)
        _buttons(view, views.current(page), made)


def _buttons(view: filters.Selection, here: View, made: Sheet) -> None:
    _keep_in_tab()
    with st.container(key="away", horizontal=True, vertical_alignment="center", width="content", gap="xsmall"):
        st.page_link(registry.path(registry.STAGE.key), label="演示", query_params=_asked([here]))
        st.button(
            "加入放映单",
            key="playlist-add",
            on_click=_add,
            args=(here,),
            disabled=here in listed() or len(listed()) >= playlist.MOST,
            help="已在放映单中" if here in listed() else "把这个画面连同现在的筛选记下来，与别的画面一起放映或导出",
        )
        count = len(listed())
        with st.popover(f"放映单（{count}）" if count else "放映单", key="playlist"):
            _playlist(view)
        files(made, (*takeaway.DATA, *takeaway.PICTURES, *takeaway.DECKS), key="take", more=_rows_address(view, made))


def files(made: Sheet, kinds: Sequence[takeaway.Kind], *, key: str, more: dict[str, list[str]] | None = None) -> None:
    """A button that opens the files of a sheet; ``more`` leads to its facts on the page that hands out all of them."""
    with st.popover("下载", key=key):
        for kind in kinds:
            _download(kind, [made], made.name, key)
        if more:
            st.page_link(registry.path("explore"), label="在明细下载中看这些数", query_params=more)


def _rows_address(view: filters.Selection, made: Sheet) -> dict[str, list[str]]:
    """What 明细下载 is asked for so that it lists the facts of this view."""
    items = list(made.indicators) if len(made.indicators) <= _MOST_ITEMS else []
    asked = {"place": list(view.place_names), "item": items, "in_year": [str(year) for year in made.years]}
    return {name: labels for name, labels in asked.items() if labels}


def _download(kind: takeaway.Kind, sheets: list[Sheet], name: tuple[str, str, str], key: str) -> None:
    """A button for a file that is made when it is pressed. Its ``key`` stays whatever is shown: a session never lets go of
    a button it has had, nor of the sheets behind it."""
    st.download_button(
        kind.name,
        lambda: kind.make(sheets),
        file_name=takeaway.file_name(name, kind),
        mime=kind.mime,
        on_click="ignore",
        key=f"{key}-{kind.ending}",
    )


def _asked(wanted: list[View]) -> dict[str, str]:
    return {"list": playlist.encode(wanted)}


def _add(here: View) -> None:
    if here not in listed():
        take([*listed(), here])


def _playlist(view: filters.Selection) -> None:
    """The views on the list with their order, the way to present them, and the list as a file."""
    found = listed()
    if not found:
        frame.note("放映单是空的。在各页选好画面，点“加入放映单”；也可以打开保存过的放映单。")
    for number, each in enumerate(found):
        with st.container(key=f"list-row-{number}", horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.html(f'<div class="pb-listed">{number + 1}. {_said(view, each)}</div>', width="stretch")
            for sign, words, to in (("↑", "上移", number - 1), ("↓", "下移", number + 1), ("✕", "移除", None)):
                off = to is not None and not 0 <= to < len(found)
                key = f"list-{words}-{number}"
                st.button(sign, key=key, help=words, on_click=_move, args=(number, to), disabled=off)
    if found:
        st.page_link(registry.path(registry.STAGE.key), label=f"放映这{len(found)}个画面", query_params=_asked(found))
        for kind in takeaway.DECKS:
            _download(kind, [views.sheet(view.build, each) for each in found], ("放映单", "", ""), "list")
        st.download_button(
            "保存放映单",
            lambda: playlist.to_file(found),
            file_name="放映单.json",
            mime="application/json",
            on_click="ignore",
            key="list-save",
        )
    given = st.file_uploader("打开保存的放映单（放映单.json）", key="list-file")
    if given is not None and st.session_state.get("_list_read") != given.file_id:
        st.session_state["_list_read"] = given.file_id
        try:
            take(playlist.from_file(given.getvalue(), views.SHEETS))
        except playlist.Unreadable as error:
            st.error(markup.literal(str(error)))  # it may quote the file
        else:
            st.rerun()


def _said(view: filters.Selection, each: View) -> str:
    """A view in a line: 区县对比：地区生产总值 …, as plain text for HTML."""
    return escape(f"{registry.entry(each.page).title}：{views.sheet(view.build, each).title}")


def _move(number: int, to: int | None) -> None:
    found = list(listed())
    moved = found.pop(number)
    if to is not None:
        found.insert(to, moved)
    take(found)
