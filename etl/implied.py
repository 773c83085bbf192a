"""Units that a report leaves out where a word says them: «授信总额超3000万», «常住人口43万», «42万住户»."""

from __future__ import annotations

import re

from data.catalog import SCALES, Catalog
from etl.numerals import Quantity

_NOTHING_MORE = re.compile(r"\s*(?:左右|以上|以内|以下)?(?:[，。；、：,;:（）()]|$)")


class Implied:
    """What each ending of a name, and each noun that is counted, is measured in; compiled once."""

    def __init__(self, catalog: Catalog):
        self._units = {role: {w: catalog.units[u] for w, u in catalog.comparators[role].items()} for role in ("implied", "counted")}
        self._ending = re.compile("(?:" + "|".join(map(re.escape, catalog.words("implied"))) + ")$")
        self._noun = re.compile("|".join(map(re.escape, catalog.words("counted"))))

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
