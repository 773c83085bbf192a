"""The selection shared by the pages: a frozen dataclass, its widgets, and its address.

The widgets are drawn by app.py, not by the pages: a widget bound to the address that each page draws again would be
reset on a change of page. The address holds the labels people see, so labels are public: keep an old one working.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages.parts import cached, format, gap, markup, statements
from pages.parts.keep import kept

_KEY = "_selection"
#: So many places are chosen to begin with, and up to so many stand as buttons instead of in a list.
FIRST_PLACES, MOST_BUTTONS = 3, 6
#: With more reports than this, a list offers those of the chosen places.
MOST_REPORTS = 300
TREND_YEARS = tuple(range(2021, 2026))
ORIGINS = {"supplement": "补充来源", "derived": "推算值"}
ORDERS = {"按数值": "value", "固定次序": "menu"}
#: A factor to the house tolerance.
TOLERANCES = {"不设容差": 0.0, "减半": 0.5, "标准": 1.0, "放宽": 2.5}
AUTO = "自动"


@dataclass(frozen=True)
class Selection:
    """What the reader looks at; a page uses the parts its entry in the registry names.

    build: the build id. query: the address as it stands. year: None when no headline figure has a year. years: for
    several at once. places: (key, name) pairs. theme: a category or None. indicators: ids picked by name, maybe none.
    measure: level, growth, change or None (the one that speaks for each indicator). origins: which of supplement and
    derived are shown. states: keys of gap.STATES to keep, none for all. tolerance: factor to the house tolerance.

    Of the page of facts, where none chosen means all: statuses, measures, sources (of facts.origin), documents
    (report ids), words (in the sentence), preferred (these alone), columns (of the table), form (long or wide), sort
    (a key of queries.STATEMENT_ORDERS, descending).
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
    statuses: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    words: str = ""
    preferred: bool = False
    columns: tuple[str, ...] = statements.FIRST
    form: str = "long"
    sort: tuple[str, bool] = ("menu", False)

    @cached_property
    def unaddressed(self) -> Selection:
        """The selection without its address, which is all that functions see whose answers are kept (keep.kept)."""
        return replace(self, query=())

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


def _nothing(build: str) -> list[str]:
    return []


@dataclass(frozen=True)
class Filter:
    """One choice of the reader, drawn as a widget or read from an address.

    key: its name in the address. options: label -> value for a build, in order. fields: fields of Selection from the
    chosen values. first: labels chosen where the address names none. look: pills, list, menu or switch; ``many`` for
    several at once. never_empty: with nothing chosen there would be nothing to look at, so the first ones come on again.
    more: further arguments of the widget. also: what other pages call the same choice in their addresses. named: the
    labels are names of indicators, which have others in the catalogue.
    """

    key: str
    label: str
    options: Callable[[str], dict[str, Any]]
    fields: Callable[[list], dict]
    first: Callable[[str], list[str]] = _nothing
    look: str = "menu"
    many: bool = False
    never_empty: bool = False
    more: dict[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    named: bool = False

    def meant(self, build: str, label: str) -> str:
        """The label that a word of an address means: by any name of an indicator; itself where there is no other."""
        options = self.options(build)
        if not self.named or label in options:
            return label
        name = cached.named_indicator(build, label) or label
        # a label may have its short name from a catalogue that was
        found = (indicator_label(build, each) for each in (name, name.rpartition("（")[0]))
        return next((each for each in found if each in options), name)

    def read(self, build: str, query: Mapping[str, Sequence[str]]) -> dict:
        """Fields of Selection as an address states them; words it does not know count for nothing."""
        options = self.options(build)
        picked = [each for label in query.get(self.key, ()) if (each := self.meant(build, label)) in options]
        if self.key not in query or not picked and (self.never_empty or not self.many):
            picked = self.first(build)
        return self._of(options, picked)

    def draw(self, build: str) -> dict:
        """The widget; fields of Selection as it stands."""
        options, first = self.options(build), self.first(build)
        if not options:
            return self._of(options, [])
        if self.never_empty and st.session_state.get(self.key) == []:
            st.session_state[self.key] = first  # to be seen
        bound = {"key": self.key, "bind": "query-params", **self.more}
        look = ("pills" if len(options) <= MOST_BUTTONS else "list") if self.look == "places" else self.look
        if look == "pills":
            picked = st.pills(
                self.label, list(options), selection_mode="multi", default=first, format_func=markup.literal, **bound
            )  # the names of places outside the catalogue come from reports
        elif look == "list":
            bound = {"placeholder": "选择" + self.label if self.never_empty else "全部", "width": 320} | bound
            # a list shows but what is chosen: of the places, those chosen at first look like all there are
            label = f"{self.label}（共{len(options):,}个）" if self.look == "places" else self.label
            picked = st.multiselect(label, list(options), default=first or None, select_all=False, **bound)
        elif look == "switch":
            picked = [st.segmented_control(self.label, list(options), default=first[0], required=True, **bound)]
        else:
            at = list(options).index(first[0]) if first else None
            bound = {"placeholder": "选择" + self.label} | bound
            picked = [st.selectbox(self.label, list(options), index=at, **bound)]
        return self._of(options, picked if any(picked) or not self.never_empty else first)

    def _of(self, options: dict[str, Any], picked: Sequence[str]) -> dict:
        return self.fields([value for label, value in options.items() if label in picked])


@dataclass(frozen=True)
class Words(Filter):
    """A choice in the reader's own words, the field named as the key."""

    def read(self, build: str, query: Mapping[str, Sequence[str]]) -> dict:
        """The words as an address states them."""
        return {self.key: next(iter(query.get(self.key, ())), "").strip()}

    def draw(self, build: str) -> dict:
        """The field for the words."""
        return {self.key: (st.text_input(self.label, key=self.key, bind="query-params", **self.more) or "").strip()}


def _place_options(build: str) -> dict[str, tuple[str, str]]:
    return cached.places(build)


@kept()
def _year_options(build: str) -> dict[str, int]:
    return {str(year): int(year) for year in cached.years(build)["year"]}


@kept()
def _latest(build: str) -> list[str]:
    found = cached.years(build)
    return [str(year) for year in found["year"][found["latest"].fillna(False)]]


@kept()
def _aimed_years(build: str) -> dict[str, int]:
    found = cached.years(build)
    return {str(year): int(year) for year in found[found["targets"] > 0].sort_values("year")["year"]}


def _aimed_latest(build: str) -> list[str]:
    options = list(_aimed_years(build))
    return [year for year in _latest(build) if year in options] or options[-1:]


@kept()
def _theme_options(build: str) -> dict[str, str]:
    return {row["category"]: row["category"] for row in cached.indicators(build)}


@kept(1000)
def indicator_label(build: str, name: str) -> str:
    """An indicator as the menus call it, with the short name that people type: 地区生产总值（GDP）."""
    short = _short(build).get(name)
    return f"{name}（{short}）" if short else name


@kept()
def _short(build: str) -> dict[str, str]:
    """Name of an indicator -> its short name."""
    short = cached.short_names(build)
    return {row["indicator"]: short[row["indicator_id"]] for row in cached.indicators(build) if row["indicator_id"] in short}


def _named(build: str, label: str) -> str:
    """The indicator that such a label calls by both its names; the label itself where it is the whole name."""
    name = label.rpartition("（")[0]
    return name if indicator_label(build, name) == label else label


@kept()
def _indicator_options(build: str) -> dict[str, str]:
    return {indicator_label(build, row["indicator"]): row["indicator_id"] for row in cached.indicators(build)}


@kept()
def _item_options(build: str) -> dict[str, str]:
    return {indicator_label(build, name): item for name, item in cached.every_indicator(build).items()}


@kept()
def _held_years(build: str) -> dict[str, int]:
    return {str(year): year for year in reversed(cached.all_years(build))}


def _documents(build: str) -> dict[str, str]:
    """All reports; where they are too many for a list, those of the chosen places and those the address names."""
    if cached.report_count(build) <= MOST_REPORTS:
        return {format.report(row): row["report_id"] for row in cached.reports(build)}
    places = cached.places(build)
    chosen = [places[name][0] for name in st.session_state.get("place") or () if name in places]
    rows = cached.reports(build, places=tuple(chosen)) if chosen else []
    return {format.report(row): row["report_id"] for row in rows[:MOST_REPORTS]}


def _reverse(labels: Mapping[str, str]) -> Callable[[str], dict[str, str]]:
    return lambda build: {words: key for key, words in labels.items()}


def _all(name: str) -> Callable[[list], dict]:
    return lambda values: {name: tuple(values)}


def _one(name: str) -> Callable[[list], dict]:
    return lambda values: {name: values[0] if values else None}


def _switch(key: str, label: str, options: dict[str, Any], first: str, **more: Any) -> Filter:
    """A choice of one among a few fixed words, label -> value."""
    return Filter(key, label, lambda build: options, _one(key), lambda build: [first], "switch", more=more)


def _list(
    key: str,
    label: str,
    options: Callable[[str], dict[str, Any]],
    name: str,
    also: tuple[str, ...] = (),
    named: bool = False,
    **more: Any,
) -> Filter:
    """A choice of any number from a list, into the field ``name``; none to begin with."""
    return Filter(key, label, options, _all(name), look="list", many=True, more=more, also=also, named=named)


FILTERS: dict[str, Filter] = {
    "places": Filter(
        "district",
        "区县",
        _place_options,
        _all("places"),
        lambda build: list(_place_options(build))[:FIRST_PLACES],
        "places",
        many=True,
        never_empty=True,
        also=("place",),
    ),
    "year": Filter(
        "year", "年份", _year_options, _one("year"), _latest, more={"width": 110}, also=("years", "in_year")
    ),
    "years": Filter(
        "years",
        "年份",
        _aimed_years,
        _all("years"),
        _aimed_latest,
        "pills",
        many=True,
        never_empty=True,
        also=("year", "in_year"),
    ),
    "theme": Filter("theme", "专题", _theme_options, _one("theme"), more={"placeholder": "全部", "width": 130}),
    "indicators": _list(
        "indicator",
        "指标",
        _indicator_options,
        "indicators",
        also=("item",),
        named=True,
        placeholder="输入名称查找，可选多项",
        width=420,
    ),
    "measure": _switch("measure", "看什么", {AUTO: None, "增速": "growth", "总量": "level", "增减": "change"}, AUTO),
    "order": _switch("order", "排序", ORDERS, "按数值"),
    "origins": Filter(
        "origin",
        "一并显示",
        lambda build: {words: key for key, words in ORIGINS.items()},
        _all("origins"),
        lambda build: list(ORIGINS.values()),
        "pills",
        many=True,
        more={"help": "报告以外的公开数字，和由其他数字算出的数；与报告原有的数标记不同"},
    ),
    "binding": _switch("binding", "指标性质", {"全部": None, "预期性": "预期性", "约束性": "约束性"}, "全部"),
    "states": _list(
        "state", "状态", lambda build: {state.words: state.key for state in gap.STATES.values()}, "states", width=280
    ),
    "tolerance": _switch("tolerance", "容差", TOLERANCES, "标准", help=f"{gap.MEANT}；减半、放宽后，各格的结论随之改变"),
    # of the page of facts: none chosen is all, so their names in the address are their own
    "any_places": _list("place", "区县", _place_options, "places", also=("district",), width=200),
    "any_indicators": _list(
        "item",
        "指标",
        _item_options,
        "indicators",
        also=("indicator",),
        named=True,
        placeholder="全部，输入名称查找",
        width=270,
    ),
    "any_years": _list("in_year", "年份", _held_years, "years", also=("year", "years"), width=150),
    "words": Words(
        "words", "原句中的词", lambda build: {}, dict, more={"placeholder": "几个词以空格分开", "width": 180}
    ),
    "statuses": Filter("status", "完成或目标", _reverse(format.STATUSES), _all("statuses"), look="pills", many=True),
    "measures": Filter("measures", "总量或增速", _reverse(format.MEASURES), _all("measures"), look="pills", many=True),
    "sources": Filter("from", "来源", _reverse(format.ORIGINS), _all("sources"), look="pills", many=True),
    "documents": _list("document", "报告", _documents, "documents"),
    "preferred": Filter(
        "take",
        "同一个数的几处陈述",
        lambda build: {"都列出": False, "只列首选": True},
        lambda values: {"preferred": bool(values and values[0])},
        lambda build: ["都列出"],
        "switch",
        more={"help": "首选：同一个数有几处说法时，比较所选用的一条"},
    ),
    "form": _switch("form", "表的样子", {"明细": "long", "宽表": "wide"}, "明细"),
    "sort": Filter(
        "sort",
        "排序",
        lambda build: statements.SORTS,
        lambda values: {"sort": values[0] if values else ("menu", False)},
        lambda build: [next(iter(statements.SORTS))],
        more={"width": 220},
    ),
    "columns": Filter(
        "column",
        "显示的列",
        lambda build: {title: name for name, title in statements.titles(statements.CHOICE).items()},
        lambda values: {"columns": tuple(values) or statements.FIRST},
        lambda build: list(statements.titles(statements.FIRST).values()),
        "list",
        many=True,
        never_empty=True,
        more={"width": 460},
    ),
}


def choose(build: str, names: Sequence[str]) -> dict:
    """Draw these filters; returns fields of Selection."""
    found: dict = {}
    for name in names:
        found |= FILTERS[name].draw(build)
    return found


def unchosen_places(build: str, chosen: Mapping[str, Any]) -> list[str]:
    """Names of the other places with data where the ``chosen`` ones are those that stand there before anybody has chosen."""
    each = FILTERS["places"]
    options, first = each.options(build), each.first(build)
    if chosen.get("places") != tuple(options[name] for name in first):
        return []
    return [name for name in options if name not in first]


def take_every_place(build: str) -> None:
    """Choose all places, as a click on each of them would."""
    st.session_state[FILTERS["places"].key] = list(FILTERS["places"].options(build))


def read(build: str, names: Sequence[str], query: Sequence[tuple[str, str]]) -> Selection:
    """The selection that an address (pairs of key and label) describes for a page with these filters."""
    asked: dict[str, list[str]] = {}
    for key, label in query:
        asked.setdefault(key, []).append(label)
    found: dict = {}
    for name in names:
        found |= FILTERS[name].read(build, asked)
    return Selection(build, tuple(query), **found)


def adopt(build: str, names: Sequence[str], query: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Set these filters to what an address asks of them in other words: under another page's name for the choice, or by
    another name of an indicator (GDP). Returns the address as if it had used the right ones, and puts it right."""
    mine = [FILTERS[name] for name in names]
    keys, asked, again = {each.key for each in mine}, dict(query), False
    for each in mine:
        if each.key in st.session_state:
            continue
        other = each.key if each.key in asked else next((name for name in each.also if name in asked and name not in keys), None)
        if other is None:
            continue
        said = list(asked.pop(other))
        labels = asked[each.key] = [each.meant(build, label) for label in said]
        if other == each.key and labels == said:
            continue
        if other != each.key:
            del st.query_params[other]  # or what is taken back would come again
        if offered := [label for label in labels if label in each.options(build)]:
            st.query_params[each.key] = offered if each.many else offered[0]
            st.session_state[each.key] = offered if each.many else offered[0]
            again = again or other == each.key
    if again:  # the widget would take its first value from the address as it came, and strike out what it does not offer
        st.rerun()
    return asked


def elsewhere(build: str, names: Sequence[str], query: Mapping[str, Sequence[str]]) -> list[str]:
    """Choices of other pages, by their labels, that an address asks of a page with these filters, which has none of them."""
    mine = {key for name in names for key in (FILTERS[name].key, *FILTERS[name].also)}
    asked = [each for each in FILTERS.values() if each.key in query and each.key not in mine]
    # addresses that are passed on gather names of others' making: what no page would understand is not ours
    return list(
        dict.fromkeys(
            each.label for each in asked if {each.meant(build, label) for label in query[each.key]} & {*each.options(build)}
        )
    )


def unknown(build: str, names: Sequence[str], query: Mapping[str, Sequence[str]]) -> list[str]:
    """What an address asks of these filters that they do not offer, as a reader knows it: 指标“没有的指标”."""
    found: list[str] = []
    for each in (FILTERS[name] for name in names):
        if each.key in query and not isinstance(each, Words):
            offered = each.options(build)
            strange = [label for label in query[each.key] if label and each.meant(build, label) not in offered]
            found += [f"{each.label}“{label[:40]}”" for label in strange]
    return found


def asked_for(build: str, query: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """An address (pairs of key and label) as the menus of this build call what it names, for a way to its page."""
    named = {each.key: each for each in FILTERS.values() if each.named}
    found: dict[str, list[str]] = {}
    for key, label in query:
        found.setdefault(key, []).append(named[key].meant(build, label) if key in named else label)
    return found


def written(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """These filters as they are drawn in this run, as pairs of key and label for an address; what is set stays set.

    A choice of nothing is written too where something else would be chosen at first.
    """
    found: list[tuple[str, str]] = []
    for name in names:
        key, picked = FILTERS[name].key, st.session_state.get(FILTERS[name].key)
        if isinstance(picked, list):
            if FILTERS[name].named:  # what is kept must not hang on a short name
                picked = [_named(cached.build(), label) for label in picked]
            found += [(key, label) for label in picked] or ([(key, "")] if FILTERS[name].first is not _nothing else [])
        elif picked is not None:
            found.append((key, picked))
    return tuple(found)


def said(build: str, always: Sequence[str], names: Sequence[str]) -> str:
    """What is chosen of the filters ``names`` as they are drawn in this run, in words: of those that are ``always`` told, and
    of the others where it is not what is chosen at first. 綦江、江津；2024；指标：粮食产量."""
    found = []
    for name in names:
        each = FILTERS[name]
        picked = st.session_state.get(each.key)
        labels = [label for label in (picked if isinstance(picked, list) else [picked]) if label]
        if not labels or name not in always and labels == each.first(build):
            continue
        words = "、".join(labels[:MOST_BUTTONS]) + (f"等{len(labels)}项" if len(labels) > MOST_BUTTONS else "")
        found.append(words if name in always else f"{each.label}：{words}")
    return "；".join(found)


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
