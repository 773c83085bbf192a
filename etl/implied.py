"""Units that a report leaves out where a word says them: «授信总额超3000万», «常住人口43万», «42万住户», «低保标准每月700元»."""

from __future__ import annotations

import re

from data.catalog import SCALES, Catalog
from data.terms import TIMED
from etl.lists import JOINED
from etl.numerals import Quantity

#: A standard that is set for a month holds all year long, and is no figure of a part of it.
_PERIODIC = re.compile(
    r"标准(?:分别|统一|由|从|提高|提标|调整|上调|增加|达|[到至为、和与]|\d[\d.]*元|每人?每?[月年])*每人?每?([月年])(?:分别|提高|调整|[到至为、和与]|\d[\d.]*元)*$"
)
_PERIODS = dict(zip("月年", TIMED, strict=True))
_NOTHING_MORE = re.compile(r"\s*(?:左右|以上|以内|以下)?(?:[，。；、：,;:（）()]|$)")


class Implied:
    """What each ending of a name, and each noun that is counted, is measured in; compiled once."""

    def __init__(self, catalog: Catalog):
        self._units = {role: {w: catalog.units[u] for w, u in catalog.comparators[role].items()} for role in ("implied", "counted")}
        self._ending = re.compile("(?:" + "|".join(map(re.escape, catalog.words("implied"))) + ")$")
        self._noun = re.compile("|".join(map(re.escape, catalog.words("counted"))))

    @staticmethod
    def share(text: str, quantities: list[Quantity]) -> None:
        """The quantities of one sentence have the unit that another of them, or the words before them, give to all.

        «提高1.2个、0.6个百分点», «分别增长6.3、5.2%»: the first has the unit of the last. «低保标准分别提高到每人每月700元、600元»: each is
        in 元/月.
        """
        for i in range(len(quantities) - 2, -1, -1):
            a, b = quantities[i], quantities[i + 1]
            if a.ratio or a.high is not None or not JOINED.fullmatch(text[a.end: b.start]):
                continue
            if b.kind == "point" and (a.unit == "个" or a.unit is None) or b.kind == "percent" and a.unit is None:
                a.unit, a.base, a.factor, a.kind = b.unit, b.base, b.factor, b.kind
            elif a.base is None and a.unit in SCALES and b.kind == "money":  # 720亿、210亿和96亿元
                a.base, a.factor, a.kind = b.base, SCALES[a.unit], b.kind
        for q in quantities:
            m = _PERIODIC.search(text, max(0, q.start - 40), q.start) if q.unit == "元" else None
            if m:
                q.base, q.kind = _PERIODS[m[1]], "rate"

    def fill(self, q: Quantity, text: str, name: str) -> None:
        """Give ``q``, at ``q.end`` of ``text``, its base unit when it has only 万 or 亿: that of the noun directly behind it or,
        where nothing is counted, that of the ``name`` in front of it. ``q.unit`` stays as printed."""
        if q.base is not None or q.unit not in SCALES:
            return
        noun, ending = self._noun.match(text, q.end), self._ending.search(name)
        if noun:
            unit = self._units["counted"][noun.group()]
        elif ending and _NOTHING_MORE.match(text, q.end):
            unit = self._units["implied"][ending.group()]
        else:
            return
        q.base, q.factor, q.kind = unit.base, SCALES[q.unit] * unit.factor, unit.kind
