"""The selection shared by the pages: a frozen dataclass, its widgets, and its address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from pages.parts import cached

_KEY = "_selection"


@dataclass(frozen=True)
class Selection:
    """What the reader looks at: the build and the year (None when no headline figure has a year)."""

    build: str
    year: int | None

    def address(self, **more: str) -> str:
        """The query string of this view with ``more`` in it, for a link that can be copied."""
        return "?" + urlencode({**({"year": self.year} if self.year is not None else {}), **more})


def choose_year(build: str) -> int | None:
    """The year selector, bound to ``?year=``; the latest year reported on unless the address says otherwise.

    It is drawn by app.py: a bound widget that each page draws again would be reset on a change of page.
    """
    found = cached.years(build)
    if found.empty:
        return None
    options = [str(year) for year in found["year"]]
    latest = found["latest"].fillna(False).tolist().index(True)
    return int(st.selectbox("年份", options, index=latest, key="year", bind="query-params", width=110))


def keep(selection: Selection) -> None:
    """Remember the selection of this run for the page."""
    st.session_state[_KEY] = selection


def current() -> Selection:
    """The selection of this run."""
    return st.session_state[_KEY]
