"""Links inside the page: addresses that keep the rest of the address, followed without loading the page anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from pages.parts.markup import escape

#: What an address says about the place in the reports.
PLACE = ("fact", "report", "line", "from", "within", "after")
_HERE = Path(__file__).parent
# Brings the place asked for into view, or the head of the text when a page was turned; once for each new place.
# Report text never comes into this block.
_SHOW = """
(() => {
  const show = (left) => {
    const marked = document.querySelector(".pb-lines .asked") || document.querySelector(".pb-lines .here");
    const found = marked || document.querySelector(".pb-report");
    if (!found) return left && setTimeout(show, 100, left - 1);
    const box = found.getBoundingClientRect();
    if (box.top < 70 || box.top > window.innerHeight - 60) found.scrollIntoView({ block: marked ? "center" : "start" });
  };
  setTimeout(show, 100, 20);
})();
"""


@cache
def _script(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def address(**place: object) -> str:
    """The query string of another place with the rest of this view, for links on the same page."""
    kept = {name: value for name, value in st.query_params.items() if name not in PLACE}
    return "?" + urlencode({**kept, **place})


def addresses() -> Callable[..., str]:
    """As ``address``, for many links of one page to places in the reports: the address is read once, now."""
    kept = {name: value for name, value in st.query_params.items() if name not in PLACE}
    start = "?" + urlencode(kept) + "&" * bool(kept)
    return lambda **place: start + urlencode(place)


def go(**place: object) -> None:
    """Leave for another place, as a link would: st.query_params would make a step of history of each name it drops."""
    href = escape(address(**place))
    script = 'window.planboardGo(document.querySelector(".pb-go").dataset.href)'
    st.html(f'<span class="pb-go" data-href="{href}"></span><script>{script}</script>', unsafe_allow_javascript=True)


def number(name: str, most: int) -> int | None:
    """A number from 1 to ``most`` from the address; None when there is none."""
    said = st.query_params.get(name, "")
    # isdecimal also takes digits of other scripts, which int() reads too; nine digits are more than any report's lines
    return min(int(said[:9]), most) or None if said.isdecimal() else None


def links() -> None:
    """Let links with ``data-go`` be followed inside the page."""
    st.html(f"<script>{_script('follow.js')}</script>", unsafe_allow_javascript=True)


def show_place(line: int) -> None:
    """Bring the marked place, else the head of the text, into view when ``line`` or the address has changed."""
    at = escape(address(line=int(line)))
    st.html(f'<script>{_SHOW}</script><span data-place="{at}"></span>', unsafe_allow_javascript=True)


def steps() -> str:
    """The script, for every page, by which one act of the reader is one step of the browser's history."""
    return f"<script>{_script('steps.js')}</script>"


def menu() -> str:
    """The scripts, for every page, that close the menu of a telephone after a page was chosen, and put Streamlit's own
    words into Chinese."""
    return f"<script>{_script('menu.js')}</script><script>{_script('words.js')}</script>"
