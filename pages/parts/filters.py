"""The selection shared by the pages: a frozen dataclass, its widgets, and its address.

The widgets are drawn by app.py, not by the pages: a widget bound to the address that each page draws again would be
reset on a change of page. The address holds the labels people see, so labels are public: keep an old one working.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from pages.parts import cached, gap

_KEY = "_selection"
#: So many places are chosen to begin with, and up to so many stand as buttons instead of in a list.
FIRST_PLACES, MOST_BUTTONS = 3, 6
TREND_YEARS = tuple(range(2021, 2026))
ORIGINS = {"supplement": "补充来源", "derived": "推算值"}
ORDERS = {"value": "按数值", "menu": "固定次序"}
#: A factor to the house tolerance.
TOLERANCES = {0.0: "不设容差", 0.5: "减半", 1.0: "标准", 2.5: "放宽"}
AUTO = "自动"


@dataclass(frozen=True)
class Selection:
    """What the reader looks at; a page uses the parts its entry in the registry names.

    build: the build id. query: the address as it stands. year: None when no headline figure has a year. years: for
    several at once. places: (key, name) pairs. theme: a category or None. indicators: ids picked by name, maybe none.
    measure: level, growth, change or None (the one that speaks for each indicator). origins: which of supplement and
    derived are shown. states: keys of gap.STATES to keep, none for all. tolerance: factor to the house tolerance.
    """

    build: str
    query: tuple[tuple[str, str], ...] = ()
    year: int | None = None
    years: tuple[int, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    theme: str | None = None
    indicators: tuple[str, ...] = ()
    measure: str | None = None
    origins: tuple[str, ...] = tuple(ORIGINS)
    order: str = "value"
    binding: str | None = None
    states: tuple[str, ...] = ()
    tolerance: float = 1.0

    @property
    def place_keys(self) -> tuple[str, ...]:
        """The chosen places as queries take them."""
        return tuple(key for key, _ in self.places)

    @property
    def place_names(self) -> tuple[str, ...]:
        """The chosen places as people read them."""
        return tuple(name for _, name in self.places)

    def address(self, **more: str) -> str:
        """The query string of this view with ``more`` in it, for a link that can be copied."""
        own = [(key, value) for key, value in self.query if key not in more]
        if self.year is not None and not any(key == "year" for key, _ in own):
            own.append(("year", str(self.year)))
        return "?" + urlencode([*own, *more.items()])

    def parameters(self, **more: str) -> dict[str, list[str]]:
        """What another page takes over from this view (the places), and ``more``."""
        kept = {"district": [value for key, value in self.query if key == "district"]}
        return {key: value for key, value in kept.items() if value} | {key: [value] for key, value in more.items()}

    def link(self, **more: str) -> str:
        """``parameters`` as a query string."""
        return "?" + urlencode(self.parameters(**more), doseq=True)


def _never_empty(key: str, first: list[str]) -> None:
    """With the last button switched off there would be nothing to look at: the first ones come on again, to be seen."""
    if st.session_state.get(key) == []:
        st.session_state[key] = first


def _places(build: str) -> dict:
    found = cached.places(build)
    names = dict(zip(found["district"], found["place"], strict=True))
    draw = st.pills if len(names) <= MOST_BUTTONS else st.multiselect
    more = (
        {"selection_mode": "multi"}
        if draw is st.pills
        else {"placeholder": "选择区县", "width": 320, "select_all": False}
    )
    _never_empty("district", list(names)[:FIRST_PLACES])
    picked = draw("区县", list(names), default=list(names)[:FIRST_PLACES], key="district", bind="query-params", **more)
    # nothing chosen is no view of anything: show the first ones again
    return {"places": tuple((names[name], name) for name in names if name in (picked or list(names)[:FIRST_PLACES]))}


def _year(build: str) -> dict:
    found = cached.years(build)
    if found.empty:
        return {}
    options = [str(year) for year in found["year"]]
    latest = found["latest"].fillna(False).tolist().index(True)
    return {"year": int(st.selectbox("年份", options, index=latest, key="year", bind="query-params", width=110))}


def _years(build: str) -> dict:
    found = cached.years(build)
    found = found[found["targets"] > 0].sort_values("year")
    if found.empty:
        return {}
    options = [str(year) for year in found["year"]]
    latest = [str(year) for year in found["year"][found["latest"].fillna(False)]] or options[-1:]
    _never_empty("years", latest)
    picked = st.pills("年份", options, selection_mode="multi", default=latest, key="years", bind="query-params")
    return {"years": tuple(sorted(int(year) for year in picked or latest))}


def _theme(build: str) -> dict:
    found = list(dict.fromkeys(row["category"] for row in cached.indicators(build)))
    return {
        "theme": st.selectbox(
            "专题", found, index=None, placeholder="全部", key="theme", bind="query-params", width=130
        )
    }


def _indicators(build: str) -> dict:
    names = {row["indicator"]: row["indicator_id"] for row in cached.indicators(build)}
    picked = st.multiselect(
        "指标",
        list(names),
        key="indicator",
        bind="query-params",
        placeholder="输入名称查找，可选多项",
        select_all=False,
        width=420,
    )
    return {"indicators": tuple(names[name] for name in picked)}


def _one(label: str, options: dict, key: str, field: str, default: object) -> Callable[[str], dict]:
    """A choice of one: ``options`` are value -> label."""

    def draw(build: str) -> dict:
        labels = list(options.values())
        picked = st.segmented_control(
            label, labels, default=options[default], key=key, bind="query-params", required=True
        )
        return {field: {text: value for value, text in options.items()}.get(picked, default)}

    return draw


def _origins(build: str) -> dict:
    picked = st.pills(
        "一并显示",
        list(ORIGINS.values()),
        selection_mode="multi",
        default=list(ORIGINS.values()),
        key="origin",
        bind="query-params",
        help="报告以外的公开数字，和由其他数字算出的数；与报告原有的数标记不同",
    )
    return {"origins": tuple(key for key, words in ORIGINS.items() if words in picked)}


def _states(build: str) -> dict:
    words = {state.words: state.key for state in gap.STATES.values()}
    picked = st.multiselect(
        "状态", list(words), key="state", bind="query-params", placeholder="全部", select_all=False, width=280
    )
    return {"states": tuple(words[each] for each in picked)}


_MEASURES: dict[str | None, str] = {None: AUTO, "growth": "增速", "level": "总量", "change": "增减"}
_BINDINGS: dict[str | None, str] = {None: "全部", "预期性": "预期性", "约束性": "约束性"}
FILTERS: dict[str, Callable[[str], dict]] = {
    "places": _places,
    "year": _year,
    "years": _years,
    "theme": _theme,
    "indicators": _indicators,
    "measure": _one("看什么", _MEASURES, "measure", "measure", None),
    "order": _one("排序", ORDERS, "order", "order", "value"),
    "origins": _origins,
    "binding": _one("指标性质", _BINDINGS, "binding", "binding", None),
    "states": _states,
    "tolerance": _one("容差", TOLERANCES, "tolerance", "tolerance", 1.0),
}


def choose(build: str, names: Sequence[str]) -> dict:
    """Draw these filters; returns fields of Selection."""
    found: dict = {}
    for name in names:
        found |= FILTERS[name](build)
    return found


def listed(view: Selection, count: int) -> str:
    """How many rows stand below, and by which filter: 列出有“未完成”的22项指标."""
    states = "、".join(gap.STATES[key].words for key in view.states)
    return f"列出有“{states}”的{count}项指标" if states else f"{count}项指标"


def keep(selection: Selection) -> None:
    """Remember the selection of this run for the page."""
    st.session_state[_KEY] = selection


def current() -> Selection:
    """The selection of this run."""
    return st.session_state[_KEY]
