"""Whether a report calls a result an estimate: 预计增长6.5%, 初步核算，地区生产总值1036亿元; pure, on the words before the number.

The words are word lists (lexicon.csv: provisional, not_provisional, settled). A word that may belong to another figure marks
none: a firm result shown as an estimate would be as wrong as an estimate shown as firm.
"""

from __future__ import annotations

import re

from data.catalog import Catalog

_STOP = re.compile(r"[，,：:]")
_BRACKETED = re.compile(r"[（(]([^（）()]*)[）)]")
_YEAR = re.compile(r"(?:19|20)\d{2}年|[今去明上]年|全年")
_NUMBER = re.compile(r"(?!(?:19|20)\d{2}年)(?<!\d)\d[\d.,]*")
#: What stands between two figures that one word speaks of: 29%、92.5%; 485亿元增长4.8%; 由28%提高到30%.
_GOES_ON = re.compile(r"[^\d的]{0,6}(?:[、和与及至—～~]|增长|增加|下降|减少|提高|上升|降低|扩大|同比|比上年|较上年)")
#: How much the number in the clause before has grown.
_GROWTH_ALONE = re.compile(r"\s*(?:同比|名义|实际|现价|可比价)*(?:增长|下降|增幅|增速|增|降)(?:为|达|约|近|超|超过)*")
#: What a result is compared with says nothing of when it was: 比上年增长5.8%.
_COMPARED = re.compile(r"(?:比|较|与|同)(?:上年|去年|(?:19|20)\d{2}年)(?:同期)?")
#: The point a change starts from is not what is expected: 预计由上年的28%提高到30%.
_FROM = re.compile(r"[由从][^\d]*$")


class Provisional:
    """The rule over the word lists of a catalogue. Both answers are the report's own word, None for a firm result."""

    def __init__(self, catalog: Catalog):
        def any_of(role: str) -> str:
            return "(?:" + "|".join(map(re.escape, catalog.words(role))) + ")"

        word = any_of("provisional")
        self._word = re.compile(word)
        self._other = re.compile(any_of("not_provisional"))
        self._settled = re.compile(any_of("settled"))
        self._aside = re.compile(rf"{word}?数?[，、]?(?:下同)?")
        #: a clause that says nothing else speaks of all that follows in the sentence, and so does 预计全年 at its head
        self._alone = re.compile(rf"\s*(?:[据经]|根据)?({word})(?:数|数据|结果)?(?:显示|表明)?\s*")
        self._whole = re.compile(rf"\s*(?:{_YEAR.pattern})?({word})(?:{_YEAR.pattern})")

    def head(self, text: str) -> str | None:
        """Of the head of a column or of a row: 2024年预计, 地区生产总值（初步核算数）."""
        found = self._word.search(self._other.sub("", text))
        return found.group() if found else None

    def before(self, text: str) -> str | None:
        """Of the sentence up to the number."""
        if not self._word.search(text):
            return None
        clauses = _STOP.split(_COMPARED.sub("同比", self._bare(text)))
        own = clauses[-1]
        if len(clauses) > 1 and _GROWTH_ALONE.fullmatch(own) and _NUMBER.search(clauses[-2]):  # 预计达到485亿元，增长4.8%
            own = clauses[-2] + "，" + own
        words = list(self._word.finditer(own))
        if words:
            return words[-1].group() if self._governs(own[words[-1].end() :]) else None
        lead = self._alone.fullmatch(clauses[0]) or self._whole.match(clauses[0])
        if lead is None or any(self._settled.search(clause) for clause in clauses[1:]):
            return None
        others = clauses[1:] if lead.re is self._whole else clauses[2:]  # 初步核算，2024年地区生产总值
        return None if any(_YEAR.search(clause) for clause in others) else lead[1]

    def _bare(self, text: str) -> str:
        """Without words that only look like it and without asides, but for those that call what they follow an estimate."""
        text = self._other.sub("某", text)
        text = _BRACKETED.sub(lambda aside: aside[1].removesuffix("下同").rstrip("，、") if self._aside.fullmatch(aside[1]) else "", text)
        return re.split(r"[（(]", text)[-1]  # of a number in brackets, what stands in them

    @staticmethod
    def _governs(between: str) -> bool:
        """Whether the word still speaks of the number that follows these words."""
        numbers = list(_NUMBER.finditer(between))
        first = between[: numbers[0].start()] if numbers else between
        if "的" in re.sub(rf"({_YEAR.pattern})的", "", first) or not numbers and _FROM.search(first):
            return False
        return all(_GOES_ON.match(between, number.end()) for number in numbers)
