"""Names and values that stand in lists: as many names as values (分别, or side by side), or one value for several names."""

from __future__ import annotations

import re

from data.terms import TIMED
from etl.names import Lead, Names
from etl.numerals import Quantity
from etl.sentence import Sentence
from etl.subjects import Subjects

JOINED = re.compile(r"\s*(?:、|和|与|及)\s*(?:每人?每?[月年]|[+＋])?")
_JOIN = re.compile(r"、|和(?![美谐平])|与|以及|(?<![普涉惠触以])及(?!时|以|其)")
_MOST = 5  # names; a longer list gives its values one by one


def joined(s: Sentence, quantities: list[Quantity], i: int) -> int:
    """How many quantities of one kind stand side by side from ``i`` on: 0.6个和1.1个百分点."""
    n = 1
    while i + n < len(quantities) and quantities[i + n].kind and (quantities[i + n].base in (quantities[i].base, "百分点") or {quantities[i].base, quantities[i + n].base} <= set(TIMED)) and JOINED.fullmatch(
        s.text[quantities[i + n - 1].end: quantities[i + n].start]):
        n += 1
    return n


class Lists:
    """Recognises the lists of one report; ``places`` are the names of its own place."""

    def __init__(self, names: Names, subjects: Subjects, places: tuple[str, ...]):
        self.names, self.subjects, self.places = names, subjects, places

    def pair(self, s: Sentence, quantities: list[Quantity], i: int, lead: Lead) -> bool:
        """«城乡居民人均可支配收入增长7.5%和8.5%»: as many names as values side by side, without 分别."""
        n = joined(s, quantities, i)
        if n < 2 or i and joined(s, quantities, i - 1) > 1:
            return False
        phrase = self.names.strip_lead(self.subjects.phrase(lead.core, 0)[0])
        phrase = self.names.own_place(phrase, self.places)
        names = self.names.split_list(phrase, n) if phrase else None
        if not names:
            return False
        told = lead.direction is not None and len(phrase.split("、")) == 2 == n  # 事故起数、死亡人数下降21.4%、16.7%
        in_turn = any(self.names.says.in_turn.match(word) for word in lead.words) and all(
            self.names.says.measured.search(name) or self.names.find(name) for name in names)  # 财政总收入、一般公共预算收入先后突破30亿元、20亿元
        return told or in_turn or n > 2 and len(phrase.split("、")) == n or self.names.says_several(phrase) or re.search("存、?贷款", phrase) is not None or all(self.names.find(self.names.strip_lead(name)) for name in names)

    def goes_on(self, s: Sentence, quantities: list[Quantity], i: int, lead: Lead) -> bool:
        """«…分别为46875元、23914元，增长4.7%、7.0%»: growth rates for the names of the list before."""
        if i + 1 >= len(quantities) or self.names.strip_lead(self.subjects.phrase(lead.core, 0)[0]):
            return False
        n = 1
        while n < 12 and i + n < len(quantities) and quantities[i + n].kind == quantities[i].kind and re.fullmatch(
            r"\s*(?:、|和|与|及)(?:和|下降|增长)?\s*[+＋]?", s.text[quantities[i + n - 1].end: quantities[i + n].start]
        ):
            n += 1
        if n < 2:
            return False
        return len(s.listed) == n or ((lead.direction is not None or lead.average) and len(s.recent) >= n and all(
            x.kind not in ("percent", "point") for x in s.recent[-n:])) or (
            lead.total and len(s.recent) >= n and all(x.base == q.base and (x.verb or x.name).startswith("新") for x, q in zip(s.recent[-n:], quantities[i:], strict=False)))

    def names_before(self, s: Sentence, begin: int, end: int, n: int) -> list[str] | None:
        """The ``n`` catalogue names of the clause before: «事故起数和死亡人数“双下降”，分别下降33.3%、25%»."""
        clause = re.split(r"[，；：]", s.text[begin:end].rstrip("，；： "))[-1]
        clause = re.sub(r"(?:均|都|实现|保持|继续|持续|稳步|稳中|快速|较快|同步)*(?:“?[双三]?(?:下降|增长|提升|提高|回升)”?|平稳|“双[^”]{1,4}”)+$", "", clause)
        names = self.names.split_list(self.names.own_place(self.names.strip_lead(clause), self.places), n) if clause else None
        return names if names and all(self.names.find(x) or self.names.says.measured.search(x) for x in names) else None

    def sharing(self, s: Sentence, lead: Lead, phrase: str) -> list[str] | None:
        """The names in ``phrase`` that all have the value behind them («社会消费品零售总额、固定资产投资增长4%», «参保率均达95%以上»).

        After 均 or 分别 each must be the name of something measured; without such a word, each must be in the catalogue. None when
        there is only one, or when that is in doubt.
        """
        own = self.names.own_place(self.names.strip_lead(phrase), self.places)
        parts = _JOIN.split(own)
        if not 1 < len(parts) <= _MOST or any(len(p.strip()) < 2 for p in parts) or "等" in own or re.search(r"\d", own.replace("PM2.5", "").replace("PM10", "")):
            return None
        if self.names.find(own) or "其中" in phrase and s.subject is None:
            return None
        if not (lead.each or lead.respectively) and all(self.names.find(p.strip()) for p in parts):
            return parts
        found = self.names.split_list(own, len(parts))
        if found and all(self.names.find(self.names.strip_lead(p)) for p in found) and (
            lead.each or lead.respectively or all(p.endswith("率") for p in found)):  # 养老保险、医疗保险参保率保持在95%以上
            return found
        if not (lead.each or lead.respectively):
            return None
        # a name of its own stands between the marks, and leaves nothing to be shared: not «覆盖率和运营率», «开课率», «甲、乙地块利用率»
        return parts if own.count("、") == len(parts) - 1 and all(len(p) > 3 and self.names.says.measured.search(p) for p in parts) else None
