"""The screen of 演示: one view after the other as large as the window lets it be, with the keys that presenters use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts import away, cached, filters, frame, plate, playlist, registry, screens, views
from pages.parts.keep import kept
from pages.parts.markup import escape
from pages.parts.playlist import View
from pages.parts.sheet import Sheet

_HERE = Path(__file__).resolve().parent
#: The screen that sizes are made for; a larger window makes everything larger.
WIDTH, HEIGHT = 1280, 720
#: Windows narrower than this, px, are no stage; style.css knows the number too.
NARROW = 600
_SMALLEST = 0.75
_SIZE = "_stage_size"


@dataclass(frozen=True)
class Screen:
    """One screen and the view it belongs to."""

    view: View
    sheet: Sheet


@cache
def _sources() -> tuple[str, str]:
    return (_HERE / "stage.js").read_text(encoding="utf-8"), (_HERE / "stage.css").read_text(encoding="utf-8")


@kept(32)
def _screens(build: str, listed: tuple[View, ...]) -> list[Screen]:
    """Every screen of the list, in order."""
    return [Screen(view, part) for view in listed for part in screens.cut(views.sheet(build, view))]


def read(view: filters.Selection) -> list[Screen] | str:
    """The screens that the address asks for, or why there are none, in words."""
    word = st.query_params.get("list", "")
    if not word:
        return "网址中没有要放映的画面。请在区县对比、五年趋势或目标差距页选好画面，再点“演示”。"
    try:
        listed = tuple(playlist.decode(word, views.SHEETS))
    except playlist.Unreadable as error:
        return str(error)
    if len(listed) > 1 and not away.listed():
        away.take(listed)  # somebody else's list can be changed and kept
    return _screens(view.build, listed) or "放映单是空的。"


def at(count: int) -> int:
    """Which screen the address asks for, from 1; the first or last one where it names none of them."""
    said = st.query_params.get("at", "1")
    return min(max(int(said[:6]) if said.isdecimal() else 1, 1), count)


def show(view: filters.Selection, found: list[Screen]) -> None:
    """The screen and its controls."""
    number, (width, height) = at(len(found)), st.session_state.get(_SIZE, (WIDTH, HEIGHT))
    scale = max(_SMALLEST, min(width / WIDTH, height / HEIGHT))
    screen = found[number - 1]
    made = screen.sheet
    with st.container(key="stage"):
        st.html(f"<style>:root {{ --pb-scale: {scale:.3f} }}</style>")
        _head(made)
        # a telephone held upright shows the charts as the page does: there is no room to fit them in
        room = height / scale - _taken(made), scale, width - 56 * scale
        plate.with_signs(made if width < NARROW else screens.staged(made, *room))
        for words in made.notes:
            frame.note(words)
        source, mark, version = made.signature.rstrip("。").partition("数据版本")
        st.html(
            f'<div class="pb-stage-foot"><span>{escape(source)}<span class="pb-whole">{escape(mark + version)}</span></span>'
            f"<span>{number} / {len(found)}</span></div>"
        )
    _controls(screen, number, len(found))


def _head(made: Sheet) -> None:
    warning = f'<div class="pb-badge" role="note"><b>可比性</b> {escape(made.badge)}</div>' if made.badge else ""
    st.html(
        f'<h1 class="pb-stage-title">{escape(made.numbered)}</h1>'
        f'<div class="pb-stage-subtitle">{escape(made.subtitle)}</div>{warning}'
    )


def _taken(made: Sheet) -> float:
    """Px of height at scale 1 that everything but the charts takes: lines of about 40, 66 and 70 characters."""

    def lines(text: str, most: int) -> int:
        return -(-len(text) // most) if text else 0

    signs = "　　".join(words for _, _, words in made.signs)
    return (
        96
        + 40 * lines(made.numbered, 40)
        + 26 * lines(made.subtitle, 66)
        + 34 * lines(made.badge, 66)
        + 28 * lines(signs, 64)
        + 24 * sum(lines(words, 70) for words in made.notes)
    )


def _controls(screen: Screen, number: int, count: int) -> None:
    """Buttons and keys; they hand back where to go, and how large the window is."""
    js, css = _sources()
    control = st.components.v2.component("planboard_stage", js=js, css=css)

    def go() -> None:
        asked = st.session_state["stage-keys"].get("go")
        if isinstance(asked, int | float):
            st.query_params["at"] = str(int(min(max(asked, 1), count)))

    def sized() -> None:
        size = st.session_state["stage-keys"].get("size") or {}
        if all(isinstance(size.get(side), int | float) for side in ("width", "height")):
            st.session_state[_SIZE] = (max(320, size["width"]), max(320, size["height"]))

    picked = control(
        data={"at": number, "count": count},
        key="stage-keys",
        on_go_change=go,
        on_size_change=sized,
        on_leave_change=lambda: None,
    )
    if picked.leave:
        way_back(screen.view, now=True)


def way_back(view: View | None = None, *, now: bool = False) -> None:
    """Back to the page of a view as it was; without one to the first page. ``now`` goes there at once."""
    path = registry.path(view.page if view else registry.HOME.key)
    query = filters.asked_for(cached.build(), view.query) if view else {}
    if now:
        st.switch_page(path, query_params=query)
    st.page_link(path, label="返回", query_params=query)
