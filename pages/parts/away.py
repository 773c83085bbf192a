"""What a reader can do with a view: present it, put it on the list, take it away."""

from __future__ import annotations

from pages.parts import filters
from pages.parts.sheet import Sheet


def show(view: filters.Selection, page: str, made: Sheet) -> None:
    """The row of buttons under a chart."""
