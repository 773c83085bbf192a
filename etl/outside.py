"""Numbers that are no figure of the place, and why: bounds, steps, comparisons, parts of a year or of the place, what is in doubt."""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import Catalog
from etl import timing
from etl.exclusions import Exclusions
from etl.lists import Lists, joined
from etl.measures import STEPS
from etl.names import Lead
from etl.numerals import Quantity
from etl.sentence import Seen, Sentence, Subject
from etl.subjects import Subjects
from etl.writing import Writer

_SHARED_REASONS = ("comparison", "completion_ratio", "partial_year", "higher_level")
_OF_A_PART = ("sub_area", "organisation", "project")
_FROM_A_PART = re.compile(r"(.*)[由从][^，。；]{1,10}的")
_ENDS_THERE = re.compile(r"(?:以上|以下)?[，；。]")
_WITHOUT_THEM = re.compile(r"(?:扣除|剔除)[^，。；]{1,24}后，[^，。；]*$")
PACED = re.compile(r"(?:左右|以上)?的?(?:年均)?(?:增速|增幅|增长率|增长速度|速度)")
WITHOUT = re.compile(r"(?:扣除|剔除)(?![^，。；]{1,14}因素)[^，。；]{1,14}?(?:后|外|影响)")
_ASIDE = re.compile(r"([^，；：。、（）]{3,24})（[^（）]{0,30}$")


def leads(s: Sentence, f: Seen, why: str | None) -> bool:
    """The sentence begins with a figure of a part or of a firm, so that what follows is of it too."""
    of_firms = why == "organisation" and f.q.kind == "count"  # 支持甲、乙等企业实施技改项目22个: the next need not be theirs
    return why in ("sub_area", "organisation") and not s.told and "其中" not in f.clause and not of_firms


class Outside:
    """Accounts for such numbers of one report; a sentence may go on with what they were about."""

    def __init__(self, catalog: Catalog, subjects: Subjects, lists: Lists, write: Writer):
        self.subjects, self.lists, self.write = subjects, lists, write
        self.names, self.says, self.scope, self.places = subjects.names, subjects.names.says, subjects.scope, subjects.places
        self.catalog, self.exclusions = catalog, Exclusions(catalog, subjects.scope)

    def takes(self, s: Sentence, quantities: list[Quantity], i: int, f: Seen) -> int:
        """How many quantities from ``i`` on are none; 0 where the first of them may be a figure."""
        return (
            self._no_figure(s, quantities, i, f) or self._one_after_another(s, quantities, i, f)
            or self._no_figure_of_the_place(s, quantities, i, f) or self._in_doubt(s, f)
        )

    def _no_figure(self, s: Sentence, quantities: list[Quantity], i: int, f: Seen) -> int:
        """1 where the form of the number or of the words around it makes it none: of others, a bound, a step; else 0."""
        q = f.q
        if s.part:
            self.write.set_aside(s, q, s.part)
            return 1
        inside = s.aside(q.start)
        if q.kind in ("percent", "point") and (
            (inside or s.when.status == "target") and self.scope.only_place(f.phrase) or self.scope.aside_of_others(inside)):  # （全市平均5.3%），国家目标5.5%左右
            self.write.set_aside(s, q, "higher_level")
            s.end = q.end
            return 1
        if q.comparator in ("ge", "le") and q.kind != "percent" and s.text[q.start - 1: q.start] in ("（", "(") and s.text[q.end: q.end + 1] in ("）", ")"):
            self.write.set_aside(s, q, "definition")  # 经济强村（50万元以上）164个
            return 1
        aside = _ASIDE.search(s.text, max(0, q.start - 60), q.start)
        if aside and self.scope.single(aside[1]):  # ××产业园三期（年加工磷虾10万吨）
            self.write.set_aside(s, q, "project")
            s.end = q.end
            return 1
        if q.value is None:
            self.write.set_aside(s, q, "unclassified")
            if own := self.names.own_place(self.names.strip_lead(f.phrase), self.places):  # what follows is about that, not about the name before
                hit = self.names.find_end(own)
                s.subject = Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], f.start, words=hit[2]) if hit else (
                    Subject(own, None, None, f.start, blocked="unclassified"))
            s.end = q.end
            return 1
        if q.start < s.threshold:
            self.write.set_aside(s, q, "definition")
            return 1
        if q.base == "个" and (steps := STEPS.match(s.text, q.end)):  # 生产总值连续迈上4个万亿元台阶、达14.2万亿元
            self.write.set_aside(s, q, "structural_count")
            self._goes_on(s, f.gap, f.begin)
            s.end = steps.end()
            return 1
        return 0

    def _one_after_another(self, s: Sentence, quantities: list[Quantity], i: int, f: Seen) -> int:
        """How many steps were passed before the last one: «地区生产总值先后突破300亿元、400亿元»; each is of its own where there are as many
        names («存贷款余额先后突破300亿元、180亿元大关»)."""
        n = joined(s, quantities, i)
        if n < 2 or f.q.kind in ("percent", "point") or not any(self.says.in_turn.match(word) for word in f.lead.words) or self.lists.pair(s, quantities, i, f.lead):
            return 0
        self._goes_on(s, f.gap, f.begin)
        last = quantities[i + n - 1]
        last.comparator = f.lead.comparator or "ge" if last.comparator == "eq" else last.comparator
        return self.write.aside_together(s, quantities, i, n - 1, "base_value")

    def _no_figure_of_the_place(self, s: Sentence, quantities: list[Quantity], i: int, f: Seen) -> int:
        """How many quantities an exclusion takes away; what is said next may be about the same thing."""
        q = f.q
        why = self.excluded(s, q, f.lead, f.clause, f.after)
        if not why or why == "base_value" and self.lists.pair(s, quantities, i, f.lead):
            return 0
        self.write.set_aside(s, q, why)
        if leads(s, f, why):
            s.led_by_part = why
        if why == "partial_year" and self._from_a_part(s, f):
            return 1
        if why == "partial_year":
            self._part_of_year(s, q, f.lead, f.gap, f.begin, f.clause)
        elif why in ("base_value", "comparison"):  # 城镇居民收入增幅低于计划3.2个百分点，实现6.5%的目标难度很大; 生产总值连续跨越7万亿、8万亿两个大台阶，年均增长6%
            self._goes_on(s, f.gap, f.begin)
        if why == "comparison" and f.lead.source and i + 1 < len(quantities) and (on := self.says.becomes.match(s.text, q.end)) and on.end() == quantities[i + 1].start:
            return self.write.aside_together(s, quantities, i, 2, why)  # 占全国份额从14%提升到15.5%
        if why == "definition" and _ENDS_THERE.match(s.text, q.end) and (own := self.names.strip_lead(f.phrase)):
            s.subject = Subject(own, None, None, f.begin, blocked="unclassified", kind=q.kind, base=q.base)  # 村集体收入全部超过20万元，其中…
        if why in _OF_A_PART and (own := self.names.strip_lead(f.phrase)):
            s.subject = Subject(own, None, None, f.begin, blocked=why, kind=q.kind)  # what is said of it next is of the same part
        n = joined(s, quantities, i) if why in _SHARED_REASONS else 1
        if n > 1:
            return self.write.aside_together(s, quantities, i, n, why)
        if why not in ("duration", "definition", "quantifier", "structural_count", "unit_missing", "name"):
            s.end = q.end
        return 1

    def _in_doubt(self, s: Sentence, f: Seen) -> int:
        """1 where the words leave open whose figure it is; else 0."""
        q, clause_start = f.q, f.q.start - len(f.clause)
        if f.paced and not self.names.strip_lead(f.phrase):
            self.write.set_aside(s, q, "unclassified")  # 以5.8%的增速完成…: whose it is stands behind it
            s.end = PACED.match(s.text, q.end).end()
            return 1
        converted = {"折合", "约合", "折算为"} & set(f.lead.words)  # which of the amounts before it is not said
        if converted and (not clause_start and not s.end or s.text[clause_start - 1] in "；;") or WITHOUT.search(f.clause) or _WITHOUT_THEM.search(s.text, 0, q.start):  # 扣除房地产后增长10.7%
            self.write.set_aside(s, q, "unclassified")
            s.end = q.end
            return 1
        return 0

    def excluded(self, s: Sentence, q: Quantity, lead: Lead, clause: str, after: str) -> str | None:
        named = 0
        if any(m.reach == "number" for m in s.mentions):
            own = self.names.strip_lead(self.subjects.phrase(lead.core, 0)[0])
            named = q.start if own and not own.startswith("占") and not self.names.is_attribute(own) else 0
        when = timing.resolve(s.mentions, q.start, s.text, s.clause_start(q.start), named, s.when)
        if when.partial:
            return "partial_year"
        why = self.exclusions.reason(s.text, q, lead.core, clause, after)
        crop = s.subject is not None and s.subject.kind in ("area_land", "area_land2") and not s.subject.blocked
        return None if why == "project" and crop and q.kind == "mass" and lead.core.strip("，、 　") == "年产" else why

    def _part_of_year(self, s: Sentence, q: Quantity, lead: Lead, gap: str, begin: int, clause: str) -> None:
        """Remember what a figure of a part of the year was about: the next one may leave its name out."""
        monthly = re.search(r"(?:由|从|分别|提高|[到至为]|，)*每(?:人|户|亩)?每?(?:月|天|日)$|(?:日均|月均|单日|单月)", lead.core)
        phrase, start = self.subjects.phrase(lead.core[: monthly.start()] if monthly else lead.core, begin)
        phrase = self.names.lead(phrase).core
        if not self.names.strip_lead(phrase):
            return
        if monthly:
            s.subject = Subject(self.names.strip_lead(phrase), None, None, start, blocked="partial_year", kind=q.kind)
        else:
            subject = self.subjects.subject(s, q, lead, phrase, start, clause)
            s.subject = replace(subject, blocked=subject.blocked or "partial_year") if subject else s.subject

    def _from_a_part(self, s: Sentence, f: Seen) -> bool:
        """«增速由一季度的2.4%回升至全年的6.8%»: the change starts in a part of the year, what it reaches may be the year's."""
        start = _FROM_A_PART.fullmatch(f.gap)
        if not start or not self.says.becomes.match(s.text, f.q.end):
            return False
        lead = self.names.lead(start[1])
        subject = self.subjects.subject(s, f.q, lead, *self.subjects.phrase(lead.core, f.begin), f.clause)
        if subject is None:
            return False
        s.subject = replace(subject, measured="growth" if lead.growth_noun else None)
        s.end = s.moves_from = f.q.end
        return True

    def _goes_on(self, s: Sentence, gap: str, begin: int):
        """What steps were passed by is what the sentence speaks of next, where its words name an indicator."""
        if spoken := self.names.find_start(self.names.own_place(gap.strip("　 "), self.places)):
            s.subject = Subject(self.catalog.indicators[spoken[0]].indicator, spoken[0], spoken[1], begin)
