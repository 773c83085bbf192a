"""Rows of values: 分别 lists that pair names and values in order, a value for each of several years, one value for several names."""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import SCALES, Catalog
from etl import starts
from etl.lists import Lists
from etl.names import NET_GAIN, RATE, Lead
from etl.numerals import Quantity
from etl.read import Report
from etl.scope import Scope
from etl.sentence import Sentence, Subject
from etl.subjects import PER, Subjects
from etl.timing import When
from etl.writing import Writer

_BETWEEN = re.compile(r"\s*(?:、|和|与|及|以及)?\s*(增长|下降|提高|降低|减少|增加|回落|上升)?\s*(?:约|近|超|超过|每人?每?[月年])?\s*[+＋]?")
_FLAT_TOO = re.compile("(?:、|和|及|与)(?:基本|总体|与上年|同比)*持平")
_YEARS_LISTED = re.compile(r"(?:(?:19|20)\d{2}年?[、和及与]){1,4}(?:19|20)\d{2}年(?!——|—|-|–|~|～|至|到|以来)")
_SHARES = re.compile(r"占比|比重|占(?:全部|全[区市县])?[一-龥A-Z]{2,10}(?:比重|比例|比)")
_HOW_MANY = re.compile(r"(?<=[一-龥])[两二三四五六七八九十][大个类](?=[一-龥]{0,4}(?:产业|行业|领域|板块))")  # 住宿、餐饮四大行业
_A_YEAR = re.compile(r"(?:19|20)\d{2}")


class Series:
    """Reads such rows for the place of one report."""

    def __init__(self, report: Report, catalog: Catalog, scope: Scope, subjects: Subjects, lists: Lists, write: Writer):
        self.report, self.catalog, self.scope, self.subjects, self.lists, self.write = report, catalog, scope, subjects, lists, write
        self.names, self.says, self.measures, self.places = subjects.names, subjects.names.says, write.measures, scope.names

    @staticmethod
    def _row(s: Sentence, quantities: list[Quantity], i: int) -> tuple[list[Quantity], dict[int, str | None]]:
        """Quantity ``i`` and those that follow it with nothing between but a mark or a direction; which direction, by place."""
        group, directions = [quantities[i]], {}
        for q in quantities[i + 1:]:
            between = _BETWEEN.fullmatch(s.text[group[-1].end: q.start])
            if not between:
                break
            directions[len(group)] = between[1]
            group.append(q)
        return group, directions

    def year_by_year(self, s: Sentence, quantities: list[Quantity], i: int, lead: Lead, section: str) -> int:
        """One name and a value for each of the years before it: «2021年、2022年投资分别增长12.6%、3.4%»; 0 where that is not so."""
        lists = [m for m in _YEARS_LISTED.finditer(s.text, 0, quantities[i].start)]
        if not lists or any(x.start >= lists[-1].end() and x.kind != "goal" for x in s.mentions if x.start < quantities[i].start):
            return 0
        years = [int(y) for y in _A_YEAR.findall(lists[-1].group())]
        group, directions = self._row(s, quantities, i)
        first = group[0]
        if len(group) != len(years) or any(q.value is None or q.kind != first.kind for q in group) or years != sorted(set(years)):
            return 0
        lead = replace(lead, respectively=False)
        begin = max(s.gap_start(first.start), lists[-1].end())
        phrase, start = self.subjects.phrase(self.names.lead(s.text[begin: first.start]).core, begin)
        clause = s.text[max(s.clause_start(first.start), begin): first.start]
        if "、" in phrase or not (subject := self.subjects.subject(s, first, lead, phrase, start, clause)):
            return 0
        for k, (q, year) in enumerate(zip(group, years, strict=True)):
            way = replace(lead, direction=-1 if self.names.falls(directions[k]) else 1) if directions.get(k) else lead
            when = When("actual" if year <= self.report.results_to else "target", year, own_year=True)
            self.write.emit(s, q, way, subject, section, clause, rule="prose.respectively", quote_end=group[-1].end, when=when)
        self.measures.remember(first, lead, subject)
        s.subject, s.end = subject, group[-1].end
        s.recent.append(subject)
        return len(group)

    def respectively(self, s: Sentence, quantities: list[Quantity], i: int, lead: Lead, section: str) -> int:
        """Pair the names of a 分别 list with its values, in order; 0 when they do not pair."""
        group, directions = self._row(s, quantities, i)  # 分别增长6.3%和下降2%
        if len(group) < 2:
            return 0
        for q in group[1:]:  # 产值720亿、210亿和96亿
            if q.base is None and q.unit in SCALES and group[0].unit in SCALES and group[0].base is not None:
                q.base, q.kind, q.factor = group[0].base, group[0].kind, SCALES[q.unit] * group[0].factor / SCALES[group[0].unit]
        many = len(group) + bool(_FLAT_TOO.match(s.text, group[-1].end))  # 分别增长8.8%、下降6.1%和持平: of three
        if any(q.value is None for q in group):  # a number that is not understood: which of the names it belongs to is not sure
            return self.write.aside_together(s, group, 0, len(group), "unclassified")
        begin = s.gap_start(group[0].start)
        gap = s.text[begin: group[0].start]
        mark = next((w for w in ("分别", "依次") if w in gap), "")
        front, behind = gap.rsplit(mark, 1) if mark else (gap, "") if self.lists.pair(s, quantities, i, lead) else ("", gap)
        inner = self.names.lead(behind)
        tail_verb = inner.core.strip()
        front_lead = self.names.lead(front)
        phrase, start = self.subjects.phrase(front_lead.core, begin)
        whole = front_lead.core
        subjects: list[Subject] | None = None
        names = None
        own = self.names.strip_lead(phrase)
        if len(s.listed) == len(group) == many and group[0].kind == "percent" and _SHARES.fullmatch(own):  # 占比分别为48.6%、11.2%: of what has just been listed
            subjects = [self._share(x, own, q) for x, q in zip(s.listed, group, strict=True)]
        elif mark and not own:
            names = self.lists.names_before(s, begin, start, many)
        if own and not subjects:
            names = self.names.split_list(self.names.own_place(self.names.strip_lead(phrase), self.places), many)
            if names is None and "，" in whole:  # names of the list may stand apart by commas
                names = self.names.split_list(self.names.strip_lead(whole.rsplit("。", 1)[-1]), many)
        if names:
            per = PER.match(names[0])
            if per and group[0].kind in ("count", "people"):  # 每千人口床位数、注册护士数分别达到6张、3.5人
                names = [names[0], *(n if PER.match(n) or n.startswith("人均") else per.group() + n for n in names[1:])]
            subjects = [self._listed(s, q, name, start, front, tail_verb) for name, q in zip(names, group, strict=False)]
        elif not own:
            if len(s.listed) == many:
                subjects = s.listed[: len(group)]
            elif many == len(group) <= len(s.recent) and not s.passed_over:
                subjects = s.recent[-len(group):]
            if subjects and tail_verb and self.names.is_attribute(tail_verb) and all(x.kind != q.kind for x, q in zip(subjects, group, strict=True)):
                subjects = [self._attribute_of(x, tail_verb, q) for x, q in zip(subjects, group, strict=True)]
            if subjects and tail_verb.startswith(("新", NET_GAIN)) and self.names.verb(tail_verb) == tail_verb and not self.names.gained(gap):
                subjects = [self._new_of(x, tail_verb, q) for x, q in zip(subjects, group, strict=True)]
            if subjects and (front_lead.total or inner.total):  # 新增…2家、…1家，总数分别达到7家、4家
                subjects = [self.subjects.before.stock_of(x) if x.verb or x.name.startswith("新") else x for x in subjects]
        if subjects is None:
            for q in group:
                self.write.set_aside(s, q, "unclassified")
            s.end = group[-1].end
            return len(group)
        dated = re.search(r"[由从](?:(?:19|20)\d{2}年(?:末|底)?的?)?(?:约|近)?$", s.text[: group[0].start][-14:])
        if (dated or lead.source or inner.source or front_lead.source) and self.says.becomes.match(s.text, group[-1].end):
            start_year = starts.year(self.report, s, group[0].start, not front_lead.growth_noun)
            for q, subject in zip(group, subjects, strict=True):  # 分别由2015年的2.2万元、1.4万元提高到2.9万元、2万元
                measure, value, high = self.measures.measure(q, Lead(""), subject)
                if subject.blocked or not start_year or measure is None:
                    self.write.set_aside(s, q, subject.blocked or "base_value")
                else:
                    self.write.append(s, q, subject, measure, value, high, When("actual", start_year), q.comparator, section,
                                      "prose.start_of_change", group[-1].end)
                subject.kind, subject.base = subject.kind or q.kind, subject.base or q.base
            s.listed, s.subject, s.end = subjects, subjects[-1], group[-1].end
            s.recent += [x for x in subjects if x not in s.recent]
            return len(group)
        merged = self.names.lead(behind)
        if self.names.gained(gap):  # 存、贷款余额分别为…，较年初分别新增186亿元、203亿元
            merged.direction, merged.words = 1, [*merged.words, "净增"]
        for name in ("direction", "growth_noun", "becomes", "comparator", "since", "average", "target"):
            if getattr(merged, name) in (None, False):
                setattr(merged, name, getattr(front_lead, name))
        if merged.direction is None and lead.direction is not None and not merged.becomes:
            merged.direction = lead.direction
        if merged.direction is None and merged.average and group[0].kind == "percent" and not any(RATE.search(x.name) for x in subjects):
            merged.direction = 1  # 五年年均14.2%、16.0%
        last = group[-1]
        for k, (q, subject) in enumerate(zip(group, subjects, strict=True)):
            if q.unit is None and q.ratio is None and last.ratio is None:  # 分别为51、23微克/立方米
                q.unit, q.base, q.factor, q.kind = last.unit, last.base, last.factor, last.kind
            if q.comparator == "eq" and last.comparator in ("ge", "le", "approx") and last.kind == q.kind:
                q.comparator = last.comparator
            if directions.get(k):
                merged = replace(merged, direction=-1 if self.names.falls(directions[k]) else 1)
            way = merged
            if merged.growth_noun and k + 1 < len(group) and self._rate(subject):  # 失业率、消费价格涨幅分别控制在5.5%以内和3%左右
                way = replace(merged, growth_noun=False, direction=None)
            self.write.emit(s, q, way, subject, section, s.text[s.clause_start(q.start): q.start],
                            rule="prose.respectively", quote_end=last.end)
        s.listed = subjects
        s.recent += [x for x in subjects if x not in s.recent]
        s.subject = subjects[-1]
        s.end = last.end
        return len(group)

    def _rate(self, subject: Subject) -> bool:
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        return indicator.kind == "rate" if indicator else bool(RATE.search(subject.name))

    def _attribute_of(self, of: Subject, attribute: str, q: Quantity) -> Subject:
        """What is told of each of a list: 省重点项目4个、市重点项目38个，分别完成投资12.4亿元、67.2亿元."""
        attribute = attribute.removeprefix("完成")
        hit = self.names.find(of.name + attribute)
        name = self.catalog.indicators[hit[0]].indicator if hit else of.name + attribute
        return Subject(name, hit[0] if hit else None, None, of.start, of.verb, of.blocked, q.kind, q.base)

    def _new_of(self, of: Subject, verb: str, q: Quantity) -> Subject:
        """How many of what has just been listed are new: 国家级12个、省级30个，分别新增2个和5个."""
        if of.verb.startswith(("新", NET_GAIN)):
            return of
        hit = self.names.find(verb + of.name)
        name = self.catalog.indicators[hit[0]].indicator if hit else verb + of.name
        return Subject(name, *(hit or (None, None)), of.start, verb, of.blocked, q.kind, q.base)

    def _share(self, of: Subject, own: str, q: Quantity) -> Subject:
        """The share that one of a list has: 乡村产业 + 占规上工业比重."""
        name = of.name + own
        hit = self.names.find(name)
        return Subject(self.catalog.indicators[hit[0]].indicator if hit else name, hit[0] if hit else None, None, of.start, blocked=of.blocked, kind=q.kind)

    def _listed(self, s: Sentence, q: Quantity, name: str, start: int, front: str, tail_verb: str = "") -> Subject:
        """The subject that one name of a list stands for."""
        name = _HOW_MANY.sub("", self.names.own_place(self.names.strip_lead(name), self.places))
        if s.subject and s.subject.indicator_id and re.fullmatch(r"(?:城镇|农村)(?:(?:常住)?居民)?", name):
            name = self.names.under(s.subject.name, name) or name
        if tail_verb and len(tail_verb) <= 6 and not self.names.find(name):
            name = name + tail_verb
        if name.endswith("率") and self.names.is_attribute(name) and not self.names.find(name):
            counted = next((x for x in reversed(s.recent) if x.kind == "count"), None)
            if counted and not (counted.blocked or counted.indicator_id or counted.parts):  # 开复工项目128项，开复工率、投资完成率分别达到98.4%、103.2%
                return replace(counted, name=counted.name + name, measure=None, kind=q.kind, base=q.base, words="")
        hit = self.names.find_end(name)
        return Subject(self.catalog.indicators[hit[0]].indicator if hit else name, hit[0] if hit else None, hit[1] if hit else None, start,
                       self.names.verb(name), self.scope.narrower(name, front, bool(hit)), q.kind, words=hit[2] if hit else "")

    def one_for_all(self, s: Sentence, q: Quantity, lead: Lead, phrase: str, start: int, section: str, clause: str) -> bool:
        """One value for several names (甲、乙均增长8%)."""
        names = self.lists.sharing(s, lead, phrase)
        if not names:
            return False
        s.listed = [self._listed(s, q, name, start, phrase) for name in names]
        for subject in s.listed:
            self.write.emit(s, q, lead, subject, section, clause)
            self.measures.remember(q, lead, subject)
        s.recent += s.listed
        s.subject, s.end = s.listed[-1], q.end
        return True
