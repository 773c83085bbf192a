"""The pages that are sheets, and the sheet behind a view: for presenting it and taking it away without its page."""

from __future__ import annotations

from collections.abc import Callable

from pages.parts import compare_view, filters, gap_view, registry, trend_view
from pages.parts.playlist import View
from pages.parts.sheet import Sheet


def _trend(view: filters.Selection) -> Sheet | None:
    made = trend_view.of(view)
    return made and made.sheet


def _gap(view: filters.Selection) -> Sheet | None:
    made = gap_view.of(view)
    return made and made.sheet


SHEETS: dict[str, Callable[[filters.Selection], Sheet | None]] = {
    "compare": compare_view.of,
    "trend": _trend,
    "target_gap": _gap,
}


def selection(build: str, view: View) -> filters.Selection:
    """What the address of a view selects."""
    entry = registry.entry(view.page)
    return filters.read(build, (*entry.beside, *entry.filters, *entry.more), view.query)


def sheet(build: str, view: View) -> Sheet:
    """The sheet behind a view; one that says so when the view has nothing to show."""
    made = SHEETS[view.page](selection(build, view))
    title = f"{registry.entry(view.page).title}：按所存的筛选没有内容"
    return made or Sheet(title, "数据中没有所选的指标、年份或区县", build=build)


def current(page: str) -> View:
    """The view of this page as its filters stand now."""
    entry = registry.entry(page)
    return View(page, filters.written((*entry.beside, *entry.filters, *entry.more)))
