"""A table of figures whose numbers are links to their sentences: real HTML, so it can be read, searched and copied.

The browser builds it from data with textContent only; nothing in the data is ever taken for markup.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts import format

_HERE = Path(__file__).resolve().parent


@cache
def _sources() -> tuple[str, str]:
    return (_HERE / "figures.js").read_text(encoding="utf-8"), (_HERE / "figures.css").read_text(encoding="utf-8")


def line(
    text: str,
    *,
    fact: str | None = None,
    href: str = "",
    soft: bool = False,
    quiet: bool = False,
    colour: str | None = None,
    glyph: str = "",
    title: str = "",
) -> dict:
    """One line of a cell: its text, the fact it leads to, a status glyph in a colour.

    ``soft`` is grey and smaller; ``quiet`` a link without underline until it is pointed at.
    """
    style = " ".join(name for name, on in (("soft", soft), ("quiet", quiet)) if on)
    return {"text": text, "fact": fact, "href": href, "style": style, "colour": colour, "glyph": glyph, "title": title}


def show(*, label: str, corner: str, groups: list[dict], columns: list[str], rows: list[dict], key: str) -> str | None:
    """Draw the table; a click on a figure puts ``?fact=`` into the address and runs the page again.

    groups: {"name", "note", "colour"} for each block of ``columns``. rows: {"name", "note", "cells"} with as many cells
    as groups x columns, each a list of ``line``; with "href" and "hint" the name of the row is a link, and the name that
    was clicked is returned. Narrow screens show one block below the other.
    """
    js, css = _sources()
    table = st.components.v2.component("planboard_figures", js=js, css=css)

    def clicked() -> None:
        fact = st.session_state[key].get("fact")
        if fact:
            st.query_params["fact"] = fact

    data = format.visible({"label": label, "corner": corner, "groups": groups, "columns": columns, "rows": rows})
    return table(data=data, key=key, on_fact_change=clicked, on_row_change=lambda: None).row
