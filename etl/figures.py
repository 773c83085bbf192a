"""The figures of a sentence become candidate facts.

From each number the words in front of it are read backwards: direction and comparator first, then the
name up to the last comma. A clause without a name speaks of the name before it; a 分别 list pairs names
and values in order. What is no figure of the whole place gets a reason instead.
"""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import Catalog
from etl import corrections, starts, timing, within
from etl.facts import Candidate
from etl.implied import Implied
from etl.lists import Lists, joined
from etl.measures import STEP
from etl.names import RATE, Lead, Names
from etl.numerals import BROKEN, NUMBER, Quantity, Reader, spelled
from etl.outside import PACED, WITHOUT, Outside, leads
from etl.read import Report
from etl.scope import Scope
from etl.sentence import Seen, Sentence, Subject
from etl.series import Series
from etl.subjects import OF_WHICH, Subjects
from etl.timing import When
from etl.words import WORDY, Words
from etl.writing import OF_A_GOAL, Writer

_MOST_NUMBERS = 40  # of a sentence, unless there are words between them
_PER_HUNDRED = re.compile(r"(?<!死亡)(?<!发病)率$|占比$|比重$")
_RATIONALE = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:上述|以上|这一|设定|提出|确定|安排)?[^，。；：]{0,12}(?:主要)?(?:考虑|依据|理由|基于)(?:是|为|：|:|有|如下|因素|到以下)")
_DONE = re.compile(r"(?:累计|全年|共)?(?:(?:完成|实现)(?:年度)?(?:投资|产值)|(?:年度|总|年度计划|计划总)投资)(?:额)?(?:达|约|超|近)?$")
_SAME_IN_WORDS = re.compile(r"(?:和|、|，)(?:与上年|同比)?(?:基本)?持平")
_GOAL_ASIDE = re.compile(r"(?:目标|计划|任务)(?:任务|数|值)?[（(](?:为|增长|下降|同比增长)?$")  # 完成目标任务（3800人）的110.9%
_MOVED = re.compile(r"^[，、]?(?:翻[一两]番(?:以上|多)?[，、]?)?[一-龥]{0,4}?[到至为成](?:全年的?)?(?=(?:约|近|超|超过|突破)?$)")
_AMOUNT = re.compile(r"(?:[、，](?:资金|金额|额度)(?:达|共)?)?\d[\d.]*[万亿]*元")
_PACE_BEFORE = re.compile(r"(?:增速|增幅)[^，。；\d]{2,10}，[^，。；\d]{0,4}$")  # 增速由负转正，达到3.3%
_GROWING = re.compile(r"(?:左右|以上)?的(?:正|高|较快|快速|平稳|稳定|两位数)?增长")
_UNIT_END = re.compile(r"(?:[\u4e00-\u9fff%％]{1,4}(?=[、，；。]))?")


class Figures:
    """Reads the sentences of one report."""

    def __init__(self, report: Report, catalog: Catalog, reader: Reader, names: Names, scope: Scope, write: Writer):
        self.report, self.catalog, self.reader, self.names, self.scope, self.write = report, catalog, reader, names, scope, write
        self.says, self.measures, self.places = names.says, write.measures, scope.names
        self.subjects = Subjects(catalog, names, scope)
        self.lists = Lists(names, self.subjects, self.places)
        self.series = Series(report, catalog, scope, self.subjects, self.lists, write)
        self.words = Words(catalog, names, scope, self.lists)
        self.outside = Outside(catalog, self.subjects, self.lists, write)
        self.implied = Implied(catalog)

    def read(self, s: Sentence, section: str) -> None:
        """Every number of the sentence becomes a fact or gets its reason; what it speaks of stays with it."""
        if _RATIONALE.match(s.text):
            for n in NUMBER.finditer(s.text):  # rates that a goal is weighed against
                if re.match(r"\s*[%％]|个?百分点|[—–\-~～至]", s.text[n.end(): n.end() + 4]):
                    self.write.account.reason(s.offset + n.start(), s.offset + n.end(), "comparison")
        quantities: list[Quantity] = []
        pos = 0
        numbers = list(NUMBER.finditer(s.text))
        if len(numbers) > _MOST_NUMBERS and len(numbers) * 5 > sum(map(len, s.text.split())):  # a faulty export, no words to read
            for n in numbers:
                self.write.account.reason(s.offset + n.start(), s.offset + n.end(), "unclassified")
            return
        for n in numbers:
            if n.start() < pos:
                continue
            start = s.offset + n.start()
            if start in self.write.account.reasons:
                if self.write.account.reasons[start][1] in ("duration", "name", "ordinal"):
                    pos = n.end()
                continue
            sign = n.start() - 1
            q = self.reader.at(s.text, sign if sign >= 0 and s.text[sign] in "-−－" else n.start())
            if q is None or q.numbers[0][0] != n.start():
                q = self.reader.at(s.text, n.start())
            if q is None:  # no more than that a number stands here
                end = BROKEN.match(s.text, n.start()).end()
                parts = [m.span() for m in NUMBER.finditer(s.text, n.start(), end)]
                q = Quantity(n.start(), _UNIT_END.match(s.text, end).end(), parts, None, None, None, None, None, 1.0, None, "eq")
            if start in self.write.corrections:
                q = corrections.read_as(q, self.write.corrections[start][0], self.reader)
            quantities.append(q)
            pos = q.end
        self.implied.share(s.text, quantities)
        wordy = list(WORDY.finditer(s.text))
        wordy = wordy if len(wordy) <= _MOST_NUMBERS else []
        told = [(m.start(), self._words_only, m) for m in wordy] + [(q.start, self._spelled, q) for q in spelled(s.text)[:_MOST_NUMBERS]]
        told.sort(key=lambda x: x[0])
        i = 0
        while i < len(quantities):
            while told and told[0][0] < quantities[i].start:
                _, read, words = told.pop(0)
                read(s, words, section)
            i += self._figure(s, quantities, i, section)
        for _, read, words in told:
            read(s, words, section)

    def _spelled(self, s: Sentence, q: Quantity, section: str):
        """A figure in words (三个百分点, 八成, 突破百亿元), where nothing about it is in doubt; else it is passed over."""
        if s.part or s.led_by_part or q.start < max(s.end, s.threshold):
            return
        begin = s.gap_start(q.start)
        lead = self.names.lead(s.text[begin: q.start])
        clause = s.text[s.clause_start(q.start): q.start]
        if lead.respectively or lead.source or lead.since or s.since or self.outside.excluded(s, q, lead, clause, s.behind(q.end)) or WITHOUT.search(clause):
            return
        if q.kind == "money" and not lead.comparator and not ({"达到", "达"} | self.says.step) & set(lead.words):
            return
        phrase, start = self.subjects.phrase(lead.core, begin)
        if re.search(r"[\d、]", phrase) or q.kind == "percent" and not self.names.strip_lead(phrase):
            return
        if self.says.step & set(lead.words) and q.comparator == "eq":
            q.comparator = "ge"
        subject = self.subjects.subject(s, q, lead, phrase, start, clause)
        if subject is None or subject.blocked or subject.name.endswith(("金额", "的")):
            return
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        if q.kind == "percent" and not (lead.direction is None and RATE.search(subject.name)):
            return
        if q.kind == "point" and (lead.direction is None or not RATE.search(subject.name)):
            return
        if indicator is not None and not self.measures.unit_fits(indicator, "change" if q.kind == "point" else "level", q):
            return
        if self.write.emit(s, q, lead, subject, section, clause) and (subject.indicator_id or q.kind == "point" or STEP.match(s.text, q.end)):
            s.subject = subject
            s.recent.append(subject)
            s.end = q.end

    def _words_only(self, s: Sentence, m: re.Match, section: str):
        """A statement that has words and no number: 同比持平, 与经济增长同步."""
        kind = m.lastgroup
        if s.part or m.start() < s.end or (kind == "trend" or "平均" in m.group()) and s.when.status != "target":
            return
        s.leave_asides(m.start())
        begin = s.gap_start(m.start())
        front = s.text[begin: m.start()]
        lead = self.names.lead(front)
        subjects = self.words.about(s, m, lead, *self.subjects.phrase(lead.core, begin))
        for subject in subjects:
            when = timing.resolve(s.mentions, m.start(), s.text, s.clause_start(m.start()), subject.start, s.when)
            if when.partial:
                return
            measure, value = self.words.measure(m, lead, subject)
            unit = "%" if measure == "growth" and value is not None else ("个百分点" if value is not None else None)
            if lead.average or "年均" in front[-8:]:
                start_year = when.start or when.plan or self.report.untold_start(when.year)
                when = When(when.status, when.year, "average", start_year)
            self.write.found.append(Candidate(
                name=subject.name, indicator_id=subject.indicator_id, measure=measure, when=when, value=value, unit=unit,
                base={"%": "%", "个百分点": "百分点"}.get(unit or ""), factor=1.0, comparator="eq",
                start=s.offset + min(subject.start, m.start()), end=s.offset + m.end(), rule=f"prose.words_{kind}", origin="prose",
                section=section, place=s.offset + m.start(), value_text=m.group(),
            ))
        if subjects:
            s.subject, s.end = subjects[-1], m.end()

    def _figure(self, s: Sentence, quantities: list[Quantity], i: int, section: str) -> int:
        """Read quantity ``i`` (and the rest of its 分别 list); returns how many were read."""
        f = self._seen(s, quantities[i])
        return self.outside.takes(s, quantities, i, f) or self._in_a_list(s, quantities, i, f, section) or self._alone(s, quantities, i, f, section)

    def _seen(self, s: Sentence, q: Quantity) -> Seen:
        """What stands around a quantity."""
        s.leave_asides(q.start)
        begin = s.gap_start(q.start)
        gap = starts.without_time(s.text[begin: q.start])
        gap = _MOVED.sub("达到", gap) if s.moves_from == begin else gap  # whatever the verb is: 由2.3万户扩至4.7万户
        if begin and s.end == begin:
            gap = OF_WHICH.sub("其中", gap)
        paced = bool(PACED.match(s.text, q.end)) and gap.endswith("以")  # 以22.6%的增速增至2.1亿件
        lead = self.names.lead(gap[:-1] + "增长" if paced else gap)
        if q.kind == "percent" and lead.direction is None and _GROWING.match(s.text, q.end):
            lead.direction, lead.becomes = 1, False  # 实现8%的正增长
        lead.since = lead.since or s.since
        if s.way is not None and gap in ("、", "和", "及") and q.kind in ("count", "people", "household") and lead.direction is None:
            lead.direction, lead.words = s.way.direction, s.way.words  # 同比减少4起、3人
        lead.target = lead.target or bool(_GOAL_ASIDE.search(s.text, max(0, q.start - 14), q.start))
        self.implied.fill(q, s.text, lead.core)
        phrase, start = self.subjects.phrase(lead.core, begin)
        return Seen(q, begin, gap, lead, phrase, start, s.text[s.clause_start(q.start): q.start], s.behind(q.end), paced)

    def _in_a_list(self, s: Sentence, quantities: list[Quantity], i: int, f: Seen, section: str) -> int:
        """How many quantities a list of years or of names takes; 0 where the quantity stands alone."""
        q, lead = f.q, f.lead
        if used := self.series.year_by_year(s, quantities, i, lead, section):
            return used
        listed = lead.respectively or re.search(r"分别[一-龥]{1,6}$", lead.core) or self.lists.pair(s, quantities, i, lead) or self.lists.goes_on(s, quantities, i, lead)
        if listed and (used := self.series.respectively(s, quantities, i, lead, section)):
            return used
        n = joined(s, quantities, i)
        if n > 1 and q.kind in ("percent", "point") and quantities[i + 1].kind == q.kind and not self.names.strip_lead(f.phrase):
            return self.write.aside_together(s, quantities, i, n, "unclassified")  # 一产、二产、三产…，+5.1%、+6.8%、+6.3%: which is whose is not sure
        if lead.respectively and _SAME_IN_WORDS.match(s.text, q.end):
            self.write.set_aside(s, q, "unclassified")  # 利润、利税分别增长6.2%和与上年持平
            s.end = q.end
            return 1
        return int(self.series.one_for_all(s, q, lead, f.phrase, f.start, section, f.clause))

    def _alone(self, s: Sentence, quantities: list[Quantity], i: int, f: Seen, section: str) -> int:
        """Read a quantity that has a subject of its own, in front of it, behind it or before."""
        q, lead = f.q, f.lead
        used_after = 0
        subject = self.subjects.share_of(s, q, f.phrase)
        if subject is not None:
            used_after = s.threshold - q.end
        noun = "" if subject else self.subjects.counted_noun(q, f.after)
        if noun and self._noun_takes_it(s, f, noun, section):
            return 1
        if noun and q.kind == "count" and f.phrase and self._counts_projects(s, quantities, i, noun):
            self.write.set_aside(s, q, "project")
            s.end = q.end
            return 1
        if noun and self.subjects.takes_noun(f.phrase, noun):
            subject = self.subjects.from_noun(s, q, lead, f.phrase, f.start, noun)
            if subject is not None:
                used_after = self._used_of(noun, subject.name)
                subject.of_noun = True
        if subject is None:
            subject = self.subjects.subject(s, q, lead, f.phrase, f.start, f.clause)
        if subject is not None and subject.blocked == "partial_year" and "全年" in f.gap:
            subject = replace(subject, blocked=None)  # 前三季度增长12.4%，预计全年增长11%
        if subject is not None and q.unit is None and q.value == 0 and _PER_HUNDRED.search(subject.name):
            q.unit, q.base, q.factor, q.kind = "%", "%", 1.0, "percent"  # 贫困发生率下降为0
        if subject is not None and q.unit is None and q.ratio is None and not self.subjects.needs_no_unit(subject):
            self.write.set_aside(s, q, "structural_count" if self.scope.structural(f.after) else "unit_missing")
            if subject.indicator_id or self.names.is_name(subject.name):
                s.subject = subject  # 社会消费品零售总额48.6，增长7.3%: the growth is not of the name before
            return 1
        if subject is None:
            own = self.names.strip_lead(f.phrase)
            if len(own) > 2 and not self.names.is_attribute(own):  # what follows is about that, not about the name before
                s.subject = Subject(own, None, None, f.start, blocked="unclassified", kind=q.kind, base=q.base)
            return self.write.aside_together(s, quantities, i, joined(s, quantities, i), "unclassified")
        if why := self._said_already(s, q, lead, subject):
            self.write.set_aside(s, q, why)
            s.end = q.end
            return 1
        subject = self._led_by_part(s, f, subject)
        if subject is not s.subject and ("其中" in f.gap or f.gap.startswith("、") and s.subject is not None and s.subject.parts):
            subject.parts = 1 if "其中" in f.gap or s.subject is None else s.subject.parts + 1
            whole = next((x for x in (s.subject, *reversed(s.recent)) if x and x.base == q.base), None)
            subject.span = whole.span if whole else None
        if lead.source and self.says.becomes.match(s.text, q.end):
            since = self.write.dated_start(s, q, lead, subject, section)
            if since is None:
                self.write.set_aside(s, q, "base_value")
            subject = replace(subject, since=since)
            self.measures.remember(q, lead, subject)
            s.subject = subject
            s.end = s.moves_from = q.end
            return 1
        subject = within.numerator(q, lead, subject, self.names)
        lead = self._grows_too(s, q, lead, subject, f.gap)
        self.measures.remember(q, lead, subject)
        if subject.since and lead.since is None and not lead.against_last_year:
            lead = replace(lead, since=subject.since)  # 由2015年的4.5万元提高到6.5万元，增幅43.9%
        if lead.growth_noun:
            subject.measured = "growth"  # 增速比上年提高3.2个百分点，达到15.4%
        if not self.write.emit(s, q, lead, subject, section, f.clause):
            if subject is not s.subject and s.subject and not (self.names.is_name(subject.name) and not self.names.needs_noun(subject.name, q.kind == "count")):
                s.subject = replace(s.subject, blocked="unclassified")  # what follows is about that, not about the name before
            s.end = q.end
            return 1
        s.subject = subject
        s.way = lead if subject.measured == "change" else None
        if subject.verb.startswith("新") or subject.name.startswith("新增"):
            s.flow = subject.verb or "新增"
        if not s.recent or s.recent[-1] is not subject:
            s.recent.append(subject)
        s.end = q.end + used_after
        return 1

    def _noun_takes_it(self, s: Sentence, f: Seen, noun: str, section: str) -> bool:
        """The noun behind the number decides about it: what was merged, what is counted for the next number, who receives."""
        q = f.q
        if q.kind == "count" and self.names.is_generic(noun.strip()) and self.says.fund.search(self.names.strip_lead(f.phrase)):
            fund = self.subjects.subject(s, q, f.lead, f.phrase, f.start, f.clause)
            if fund is not None:  # 争取专项债券19个项目16.8亿元: as many projects, and so much of the bonds
                projects = replace(fund, name=fund.name + noun.strip(), indicator_id=None, measure=None)
                self.write.emit(s, q, f.lead, projects, section, f.clause)
                s.subject, s.end = replace(fund, kind=None, base=None) if _AMOUNT.match(s.text, q.end + len(noun)) else projects, q.end + len(noun)
                return True
        shrinks = self.says.resized.match(noun)
        if shrinks and self.says.becomes.match(noun, shrinks.end()):  # 84户国有企业压减至59户
            self.write.set_aside(s, q, "base_value")
            s.subject = Subject(shrinks[1], None, None, q.start, kind=q.kind)
            s.end = q.end + len(shrinks[1])
            return True
        if q.kind == "money" and f.phrase.endswith("投资") and self.names.verb(noun.lstrip()):
            self.write.set_aside(s, q, "unclassified")  # 投资12亿元建成体育中心: how much of it is whose is not said
            s.end = q.end
            return True
        if self._counts_for_what_follows(s, q, noun):
            counted = self._many_with_an_amount(s, q, self.names.strip_lead(f.phrase), noun)
            if counted:  # 96个市级重点项目完成投资212亿元: both are figures
                subject = Subject(counted, None, None, q.start, "", self.scope.narrower(counted, counted, False, True), q.kind, q.base)
                self.write.emit(s, q, f.lead, subject, section, f.clause)
                s.subject, s.end = subject, q.end + len(counted)
                s.recent.append(subject)
            else:  # 4个项目投资完成率达163.9%
                self.write.set_aside(s, q, "quantifier")
                s.end = q.end
            return True
        receiver = self.says.receiver.match(noun) if re.search(r"为(?:全[区市县]|辖区内?)?$", f.gap) else None
        given = self.names.lead(receiver[2]).core if receiver else ""
        if receiver and self.names.bare_verb(given):  # 为1万户小微企业提供超1.5亿元授信: the money is the figure
            self.write.set_aside(s, q, "quantifier")
        elif receiver and self.names.verb(given):  # 为38家企业发放贷款7310万元
            self.write.emit(s, q, f.lead, Subject(given + receiver[1], None, None, s.clause_start(q.start), kind=q.kind, base=q.base), section, f.clause)
        else:
            return False
        s.end = q.end + len(receiver[1])
        return True

    def _counts_projects(self, s: Sentence, quantities: list[Quantity], i: int, noun: str) -> bool:
        """400套××住房和200套××住房2个项目: how many single projects have just been listed."""
        before = quantities[i - 1] if i else None
        return before is not None and "等" not in s.text[before.end: quantities[i].start] and self.names.generic_at_start(noun) == "项目" and self.write.account.reasons.get(s.offset + before.start, (0, ""))[1] == "project" and (
            before.end > s.clause_start(quantities[i].start))

    @staticmethod
    def _used_of(noun: str, name: str) -> int:
        """How much of the noun behind a number its name has used up."""
        cut = noun.find(name[-3:]) + len(name[-3:])
        used = cut if cut >= len(name[-3:]) else len(noun)
        while used and noun[used - 1] in "和及与、":
            used -= 1
        return used

    def _said_already(self, s: Sentence, q: Quantity, lead: Lead, subject: Subject) -> str | None:
        """The reason where the number only bounds what has just been said of the same subject."""
        if subject is not s.subject:
            return None
        bound = (q.comparator if q.comparator != "eq" else lead.comparator) in ("le", "lt") and "控制在" in lead.words
        if subject.measured and s.when.status == "actual" and not OF_A_GOAL.match(s.text, q.end) and (bound or self.says.held_to & set(lead.words)):
            return "comparison"  # 涨幅0.9%，控制在3%以内; 失业率2.8%，低于4.5%: what it is held to
        if STEP.match(s.text, q.end) and self.write.told(s, q, subject):
            return "base_value"  # 达1386亿元、增长8.5%，跃上1300亿元台阶
        return None

    def _led_by_part(self, s: Sentence, f: Seen, subject: Subject) -> Subject:
        """The subject, blocked where the sentence began with a figure of a part of the place."""
        if leads(s, f, subject.blocked):
            s.led_by_part = subject.blocked
        elif subject.blocked == "higher_level" and not s.told and self.subjects.before.our_own(subject) and self.scope.other_place(self.names.strip_lead(f.phrase)):
            s.led_by_part = "higher_level"  # 2020年合肥市地区生产总值突破1万亿元，常住人口超过930万人
        elif subject.blocked == "project" and not s.told and f.q.kind != "count":
            s.led_by_part = "project"
        elif s.led_by_part == "project" and not (subject.name.endswith("投资") and not subject.indicator_id and not self.scope.aggregate(subject.name)):
            pass
        elif s.led_by_part and not subject.blocked:
            if not self.says.of_all.search(f.gap) and not any(name in f.gap for name in self.places):
                return replace(subject, blocked=s.led_by_part)
            s.led_by_part = None
        return subject

    def _grows_too(self, s: Sentence, q: Quantity, lead: Lead, subject: Subject, gap: str) -> Lead:
        """A rate that leaves its verb out: a goal of an amount («固定资产投资5%»), a part of what has just grown («其中制造业11%»)."""
        if q.kind != "percent" or lead.direction is not None or lead.becomes or subject.measure or RATE.search(subject.name) or "占" in gap:
            return lead
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        amount = indicator is not None and indicator.kind in ("flow", "stock") and indicator.unit_level not in ("%", "天", None)
        beside = subject is not s.subject and s.subject is not None and s.subject.measured == "growth" and (
            "其中" in gap or gap.startswith("、")) and not (indicator and not amount)
        goal = amount and s.when.status == "target"
        pace = subject is s.subject and (amount or subject.kind == "money") and _PACE_BEFORE.search(s.text, 0, q.start)
        return replace(lead, direction=-1 if subject.fell else 1) if goal or beside or pace or lead.average else lead

    def _many_with_an_amount(self, s: Sentence, q: Quantity, own: str, noun: str) -> str:
        """The programme of projects that is counted, where what it did follows with an amount; else empty."""
        done = _DONE.search(noun)
        if not done or q.kind != "count" or own or not s.text[q.end + len(noun): q.end + len(noun) + 1].isdigit():
            return ""
        counted = noun[: done.start()]
        return counted if len(counted) > 3 and counted.endswith("项目") and self.scope.aggregate(counted) else ""

    def _counts_for_what_follows(self, s: Sentence, q: Quantity, noun: str) -> bool:
        """The noun runs on, without a verb, into the rate or amount that the next number gives."""
        runs_on = s.text[q.end + len(noun): q.end + len(noun) + 1].isdigit()
        words = self.names.lead(noun).core
        attribute = self.names.attribute_at_end(words)
        rest = words.removesuffix(attribute)
        if runs_on and RATE.search(words) and not self.names.verbs_in(words) and self.names.lead(noun).words:
            return True  # 333个行政村通硬化路率达100%
        return runs_on and bool(attribute) and not re.search(r"完成|实现|新增", rest) and not self.names.verbs_in(rest)
