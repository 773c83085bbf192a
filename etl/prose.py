"""Sentences become candidate facts.

From each number the words in front of it are read backwards: direction and comparator first, then the
name up to the last comma. A clause without a name speaks of the name before it; a 分别 list pairs names
and values in order. What is no figure of the whole place gets a reason instead.
"""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import Catalog
from etl import corrections, starts, timing, within
from etl.exclusions import Exclusions
from etl.facts import Account, Candidate
from etl.implied import Implied
from etl.lists import Lists, joined
from etl.measures import STEP, STEPS, Measures
from etl.names import RATE, Lead, Names
from etl.numerals import BROKEN, LARGEST, NUMBER, Quantity, Reader, spelled
from etl.read import ANNUAL, Report
from etl.scope import Scope
from etl.sentence import LABEL, NUMBERED_TITLE, Sentence, Subject, sentences, without_titles
from etl.subjects import PLANNED_INVESTMENT, Subjects
from etl.timing import When
from etl.words import WORDY, Words

_SHARED_REASONS = ("comparison", "completion_ratio", "partial_year", "higher_level")
_OF_A_PART = ("sub_area", "organisation", "project")
_MOST_NUMBERS = 40  # of a sentence, unless there are words between them
_QUALIFIERS = ("同口径", "可比口径", "自然口径", "含万盛", "不含万盛", "可比价", "不变价", "现价", "限上", "名义", "扣除价格因素")


_BETWEEN = re.compile(r"\s*(?:、|和|与|及|以及)?\s*(增长|下降|提高|降低|减少|增加|回落|上升)?\s*(?:约|近|超|超过|每人?每?[月年])?\s*[+＋]?")
_RATIONALE = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:上述|以上|这一|设定|提出|确定|安排)?[^，。；：]{0,12}(?:主要)?(?:考虑|依据|理由|基于)(?:是|为|：|:|有|如下|因素|到以下)")
_DONE = re.compile(r"(?:累计|全年|共)?(?:(?:完成|实现)(?:年度)?(?:投资|产值)|(?:年度|总|年度计划|计划总)投资)(?:额)?(?:达|约|超|近)?$")
_SAME_IN_WORDS = re.compile(r"(?:和|、|，)(?:与上年|同比)?(?:基本)?持平")
_PAST_YEARS = re.compile(r"(?:近|过去|前)[两二三四五六][年](?!行动|计划)")
_GOAL_ASIDE = re.compile(r"(?:目标|计划|任务)(?:任务|数|值)?[（(](?:为|增长|下降|同比增长)?$")  # 完成目标任务（3800人）的110.9%
_WITHOUT = re.compile(r"(?:扣除|剔除)(?![^，。；]{1,14}因素)[^，。；]{1,14}?(?:后|外|影响)")
_FACTOR = re.compile(r"(?:扣除|剔除)[^，。；]{1,14}?因素")
_ASIDE = re.compile(r"([^，；：。、（）]{3,24})（[^（）]{0,30}$")
_UNIT_END = re.compile(r"(?:[\u4e00-\u9fff%％]{1,4}(?=[、，；。]))?")
_TO_CLAUSE_END = re.compile(r"(?:“[^”]*”|[^，。；、：,;:！？“”\d])*")
_AGAINST = re.compile(r"\s*(?:比|较|与)((?:19|20)\d{2})年(?:末|底)?(?:相比)?，")


class Prose:
    """Reads the paragraphs of one report."""

    def __init__(self, report: Report, catalog: Catalog, reader: Reader, names: Names, account: Account):
        self.report, self.catalog, self.reader, self.names, self.account = report, catalog, reader, names, account
        self.says = names.says
        self.scope = Scope(catalog, report.district, report.place)
        self.places = self.scope.names
        self.subjects = Subjects(catalog, names, self.scope)
        self.lists = Lists(names, self.subjects, self.places)
        self.words = Words(catalog, names, self.scope, self.lists)
        self.exclusions = Exclusions(catalog, self.scope)
        self.measures = Measures(report, catalog, names.says)
        self.implied = Implied(catalog)
        self.found: list[Candidate] = []
        self.last: Subject | None = None
        self.corrections: dict[int, tuple[str, str]] = {}  # offset of a number -> (read as, reason)

    # ---------------------------------------------------------------- a paragraph
    def paragraph(self, text: str, offset: int, when: When, section: str, label: str = "", block: str | None = None):
        """Read one paragraph (or table cell) that begins at ``offset`` of the report.

        ``label`` names what a box is about; ``block`` is a reason that holds for all of its numbers.
        """
        numbers = list(NUMBER.finditer(text))
        if not numbers and not WORDY.search(text) and not spelled(text):
            return
        if block:
            for n in numbers:
                self.account.reason(offset + n.start(), offset + n.end(), block)
            return
        self._masks(text, offset)
        given = LABEL.match(text) or NUMBERED_TITLE.match(text)
        own_label = re.sub(r"[0-9].*", "", given[1]) if given else ""
        # «9.新增养老床位500张。» heads an item of a list of results: what was promised
        titled = bool(NUMBERED_TITLE.match(text)) and when.status == "actual" and "完成情况" in section
        item = re.match(r"\s*(?:[●▪■◆▶•◇○□★☆➢>＞]\s*)+(?!\d)|\s*(?:[（(]?[0-9]{1,2}[）)]?[.．、]|[（(][0-9]{1,2}[）)]|#)\s*(?![0-9])", text)
        if item:
            for n in numbers:
                if n.start() < item.end():
                    self.account.reason(offset + n.start(), offset + n.end(), "ordinal")
        carried: Subject | None = None
        if text[0] in "，、；" and self.last is not None:  # a line break inside a sentence
            carried = replace(self.last, start=0)
        part_year, goals = False, None
        topic = own_label or label
        dashed = text.startswith(("——", "—", "--"))
        part = self._part_label(topic) if topic else None
        for begin, end in sentences(text, numbers):
            sentence = text[begin:end]
            head = LABEL.match(sentence)
            if head and begin > 0:  # «广阳岛片区：…» inside a paragraph
                part = self._part_label(head[1])
                topic = topic if dashed else head[1]
            if not NUMBER.search(sentence) and not WORDY.search(sentence) and not spelled(sentence):
                carried = None
                continue
            found = timing.mentions(self.report, without_titles(sentence), when)
            if begin > 0 and text[begin - 1] not in "；;":
                part_year, goals = False, None
            goals = next((x.when for x in found if x.kind == "coming"), goals)  # «今年的目标是：…；…»: the whole list
            first = found[0] if found and not NUMBER.search(sentence, 0, found[0].start) else None
            if first and first.kind == "plan" and first.when.status == when.status == "target" and self.report.kind == ANNUAL:
                goals = When("target", first.when.year, plan=first.when.start)  # «“十五五”时期…年均增长5.5%；…；…»
            if any(x.when.partial and x.start < 12 for x in found) and "全年的" not in sentence:
                part_year = True  # «1至9月，…；…»: the whole list is for a part of the year
            elif part_year and ("全年" in sentence or any(x.kind == "year" for x in found)):
                part_year = False
            now = When("target", when.year) if titled and begin == 0 else goals or when
            s = Sentence(sentence, offset + begin, replace(now, partial=True) if part_year else now, found)
            s.label, s.part = topic, part or self.scope.beyond(sentence)
            s.end = item.end() if item and begin == 0 else 0
            against = _AGAINST.match(sentence)
            s.since = int(against[1]) if against else None
            if carried and (text[begin - 1] in "；;" or begin == 0):
                s.subject = s.carried = carried
                s.recent = [carried]
            self._sentence(s, section)
            carried = self.last = s.subject
            if dashed and s.subject and not topic:
                topic = s.recent[0].name if s.recent else s.subject.name
            if (own_label or label) and s.led_by_part == "sub_area" and not part:
                part = "sub_area"

    def _part_label(self, label: str) -> str | None:
        """A box's label that names a part of the place or one project blocks its numbers."""
        if self.names.find_end(label):
            return None
        return self.scope.proper(label)

    def _masks(self, text: str, offset: int) -> None:
        """Account for what is recognised by its form alone: titles, names, dates, ranks."""
        for a, b, why in self.scope.quoted(text) + self.scope.forms(text):
            for n in NUMBER.finditer(text, a, b):
                self.account.reason(offset + n.start(), offset + n.end(), why)

    # ---------------------------------------------------------------- a sentence
    def _sentence(self, s: Sentence, section: str):
        if _RATIONALE.match(s.text):
            for n in NUMBER.finditer(s.text):  # rates that a goal is weighed against
                if re.match(r"\s*[%％]|个?百分点|[—–\-~～至]", s.text[n.end(): n.end() + 4]):
                    self.account.reason(s.offset + n.start(), s.offset + n.end(), "comparison")
        quantities: list[Quantity] = []
        pos = 0
        numbers = list(NUMBER.finditer(s.text))
        if len(numbers) > _MOST_NUMBERS and len(numbers) * 5 > sum(map(len, s.text.split())):  # a faulty export, no words to read
            for n in numbers:
                self.account.reason(s.offset + n.start(), s.offset + n.end(), "unclassified")
            return
        for n in numbers:
            if n.start() < pos:
                continue
            start = s.offset + n.start()
            if start in self.account.reasons:
                if self.account.reasons[start][1] in ("duration", "name", "ordinal"):
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
            if start in self.corrections:
                q = corrections.read_as(q, self.corrections[start][0], self.reader)
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
        if lead.respectively or lead.source or lead.since or s.since or self._excluded(s, q, lead, clause, s.behind(q.end)) or _WITHOUT.search(clause):
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
        if self._emit(s, q, lead, subject, section, clause) and (subject.indicator_id or q.kind == "point" or STEP.match(s.text, q.end)):
            s.subject = subject
            s.recent.append(subject)
            s.end = q.end

    def _words_only(self, s: Sentence, m: re.Match, section: str):
        """A statement that has words and no number: 同比持平, 与经济增长同步."""
        kind = m.lastgroup
        if s.part or m.start() < s.end or (kind == "trend" or "平均" in m.group()) and s.when.status != "target":
            return
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
                start_year = when.start or when.plan or (when.year - 4 if self.report.kind == "five_year_plan" else when.year)
                when = When(when.status, when.year, "average", start_year)
            self.found.append(Candidate(
                name=subject.name, indicator_id=subject.indicator_id, measure=measure, when=when, value=value, unit=unit,
                base={"%": "%", "个百分点": "百分点"}.get(unit or ""), factor=1.0, comparator="eq",
                start=s.offset + min(subject.start, m.start()), end=s.offset + m.end(), rule=f"prose.words_{kind}", origin="prose",
                section=section, place=s.offset + m.start(), value_text=m.group(),
            ))
        if subjects:
            s.subject, s.end = subjects[-1], m.end()

    def _set_aside(self, s: Sentence, q: Quantity, why: str):
        s.passed_over = s.passed_over or why == "unclassified"
        for a, b in q.numbers:
            self.account.reason(s.offset + a, s.offset + b, why)

    def _figure(self, s: Sentence, quantities: list[Quantity], i: int, section: str) -> int:
        """Read quantity ``i`` (and the rest of its 分别 list); returns how many were read."""
        q = quantities[i]
        begin = s.gap_start(q.start)
        gap = starts.without_time(s.text[begin: q.start])
        lead = self.names.lead(gap)
        lead.since = lead.since or s.since
        lead.target = lead.target or bool(_GOAL_ASIDE.search(s.text, max(0, q.start - 14), q.start))
        clause_start = s.clause_start(q.start)
        clause = s.text[clause_start: q.start]
        after = s.behind(q.end)
        self.implied.fill(q, s.text, lead.core)

        if s.part:
            self._set_aside(s, q, s.part)
            return 1
        aside = _ASIDE.search(s.text, max(0, q.start - 60), q.start)
        if aside and self.scope.single(aside[1]):  # ××产业园三期（年加工磷虾10万吨）
            self._set_aside(s, q, "project")
            s.end = q.end
            return 1
        if q.value is None:
            self._set_aside(s, q, "unclassified")
            own, start = self.subjects.phrase(lead.core, begin)
            if own := self.names.own_place(self.names.strip_lead(own), self.places):  # what follows is about that, not about the name before
                hit = self.names.find_end(own)
                s.subject = Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], start, words=hit[2]) if hit else (
                    Subject(own, None, None, start, blocked="unclassified"))
            s.end = q.end
            return 1
        if q.start < s.threshold:
            self._set_aside(s, q, "definition")
            return 1
        if q.base == "个" and (steps := STEPS.match(s.text, q.end)):  # 生产总值连续迈上4个万亿元台阶、达14.2万亿元
            self._set_aside(s, q, "structural_count")
            self._goes_on(s, gap, begin)
            s.end = steps.end()
            return 1
        why = self._excluded(s, q, lead, clause, after)
        if why:
            self._set_aside(s, q, why)
            if why == "partial_year":
                self._part_of_year(s, q, lead, gap, begin, clause)
            elif why == "base_value":  # 生产总值连续跨越7万亿、8万亿两个大台阶，年均增长6%
                self._goes_on(s, gap, begin)
            if why == "comparison" and lead.source and i + 1 < len(quantities) and (on := self.says.becomes.match(s.text, q.end)) and on.end() == quantities[i + 1].start:
                return self._aside_together(s, quantities, i, 2, why)  # 占全国份额从14%提升到15.5%
            elif why in _OF_A_PART and (own := self.names.strip_lead(self.subjects.phrase(lead.core, begin)[0])):
                s.subject = Subject(own, None, None, begin, blocked=why, kind=q.kind)  # what is said of it next is of the same part
            n = joined(s, quantities, i) if why in _SHARED_REASONS else 1
            if n > 1:
                return self._aside_together(s, quantities, i, n, why)
            if why not in ("duration", "definition", "quantifier", "structural_count", "unit_missing", "name"):
                s.end = q.end
            return 1

        if {"折合", "约合", "折算为"} & set(lead.words) and (not clause_start and not s.end or s.text[clause_start - 1] in "；;"):
            self._set_aside(s, q, "unclassified")  # which of the amounts before it is not said
            s.end = q.end
            return 1
        if _WITHOUT.search(clause):  # 扣除房地产后增长10.7%: not the figure that the name stands for
            self._set_aside(s, q, "unclassified")
            s.end = q.end
            return 1
        if lead.respectively or re.search(r"分别[一-龥]{1,6}$", lead.core) or self.lists.pair(s, quantities, i, lead) or self.lists.goes_on(s, quantities, i, lead):
            used = self._respectively(s, quantities, i, lead, section)
            if used:
                return used

        phrase, phrase_start = self.subjects.phrase(lead.core, begin)
        if lead.respectively and _SAME_IN_WORDS.match(s.text, q.end):
            self._set_aside(s, q, "unclassified")  # 利润、利税分别增长6.2%和与上年持平
            s.end = q.end
            return 1
        if self._one_for_all(s, q, lead, phrase, phrase_start, section, clause):
            return 1
        used_after = 0
        subject = self.subjects.share_of(s, q, phrase)
        if subject is not None:
            used_after = s.threshold - q.end
        noun = "" if subject else self.subjects.counted_noun(q, after)
        shrinks = self.says.resized.match(noun) if noun else None
        if shrinks and self.says.becomes.match(noun, shrinks.end()):  # 84户国有企业压减至59户
            self._set_aside(s, q, "base_value")
            s.subject = Subject(shrinks[1], None, None, q.start, kind=q.kind)
            s.end = q.end + len(shrinks[1])
            return 1
        if noun and q.kind == "money" and phrase.endswith("投资") and self.names.verb(noun.lstrip()):
            self._set_aside(s, q, "unclassified")  # 投资12亿元建成体育中心: how much of it is whose is not said
            s.end = q.end
            return 1
        counted = self._many_with_an_amount(s, q, self.names.strip_lead(phrase), noun) if noun and self._counts_for_what_follows(s, q, noun) else ""
        if counted:  # 96个市级重点项目完成投资212亿元: both are figures
            subject = Subject(counted, None, None, q.start, "", self.scope.narrower(counted, counted, False, True), q.kind, q.base)
            self._emit(s, q, lead, subject, section, clause)
            s.subject, s.end = subject, q.end + len(counted)
            s.recent.append(subject)
            return 1
        if noun and self._counts_for_what_follows(s, q, noun):  # 4个项目投资完成率达163.9%
            self._set_aside(s, q, "quantifier")
            s.end = q.end
            return 1
        receiver = self.says.receiver.match(noun) if noun and re.search(r"为(?:全[区市县]|辖区内?)?$", gap) else None
        given = self.names.lead(receiver[2]).core if receiver else ""
        if receiver and self.names.bare_verb(given):  # 为1万户小微企业提供超1.5亿元授信: the money is the figure
            self._set_aside(s, q, "quantifier")
            s.end = q.end + len(receiver[1])
            return 1
        if receiver and self.names.verb(given):  # 为38家企业发放贷款7310万元
            self._emit(s, q, lead, Subject(given + receiver[1], None, None, s.clause_start(q.start), kind=q.kind, base=q.base), section, clause)
            s.end = q.end + len(receiver[1])
            return 1
        if noun and self.subjects.takes_noun(phrase, noun):
            subject = self.subjects.from_noun(s, q, lead, phrase, phrase_start, noun)
            if subject is not None:
                tail = subject.name[-3:]
                cut = noun.find(tail) + len(tail)
                used_after = cut if cut >= len(tail) else len(noun)
                while used_after and noun[used_after - 1] in "和及与、":
                    used_after -= 1
                subject.of_noun = True
        if subject is None:
            subject = self.subjects.subject(s, q, lead, phrase, phrase_start, clause)
        if subject is not None and subject.blocked == "partial_year" and "全年" in gap:
            subject = replace(subject, blocked=None)  # 前三季度增长12.4%，预计全年增长11%
        if subject is not None and q.unit is None and q.ratio is None and not self.subjects.needs_no_unit(subject):
            self._set_aside(s, q, "structural_count" if self.scope.structural(after) else "unit_missing")
            if subject.indicator_id:
                s.subject = subject  # 社会消费品零售总额48.6，增长7.3%: the growth is not of the name before
            return 1
        if subject is None:
            own = self.names.strip_lead(phrase)
            if len(own) > 2 and not self.names.is_attribute(own):  # what follows is about that, not about the name before
                s.subject = Subject(own, None, None, phrase_start, blocked="unclassified", kind=q.kind, base=q.base)
            return self._aside_together(s, quantities, i, joined(s, quantities, i), "unclassified")
        if subject is s.subject and subject.measured and "控制在" in lead.words and s.when.status == "actual" and (
            (q.comparator if q.comparator != "eq" else lead.comparator) in ("le", "lt")):
            self._set_aside(s, q, "comparison")  # 涨幅0.9%，控制在3%以内: the bound that was kept
            s.end = q.end
            return 1
        if subject is s.subject and STEP.match(s.text, q.end) and self._told(s, q, subject):
            self._set_aside(s, q, "base_value")  # 达1386亿元、增长8.5%，跃上1300亿元台阶
            s.end = q.end
            return 1
        if subject.blocked in ("sub_area", "organisation") and not s.told and "其中" not in clause:
            s.led_by_part = subject.blocked
        elif subject.blocked == "project" and not s.told and q.kind != "count":
            s.led_by_part = "project"
        elif s.led_by_part == "project" and not (subject.name.endswith("投资") and not subject.indicator_id and not self.scope.aggregate(subject.name)):
            pass
        elif s.led_by_part and not subject.blocked:
            if re.search(r"全[区市县省]|我[区市县省]", gap):
                s.led_by_part = None
            else:
                subject = replace(subject, blocked=s.led_by_part)
        if lead.source and self.says.becomes.match(s.text, q.end):
            if not self._dated_start(s, q, lead, subject, section):
                self._set_aside(s, q, "base_value")
            subject.measured = self.measures.measure(q, lead, subject)[0]
            s.subject = subject
            s.end = q.end
            return 1
        subject = within.numerator(q, lead, subject, self.names)
        subject.measured = self.measures.measure(q, lead, subject)[0] or subject.measured
        if lead.growth_noun:
            subject.measured = "growth"  # 增速比上年提高3.2个百分点，达到15.4%
        if not self._emit(s, q, lead, subject, section, clause):
            if subject is not s.subject and s.subject and not self.names.is_name(subject.name):
                s.subject = replace(s.subject, blocked="unclassified")  # what follows is about that, not about the name before
            s.end = q.end
            return 1
        s.subject = subject
        if subject.verb.startswith("新") or subject.name.startswith("新增"):
            s.flow = subject.verb or "新增"
        if not s.recent or s.recent[-1] is not subject:
            s.recent.append(subject)
        s.end = q.end + used_after
        return 1

    def _told(self, s: Sentence, q: Quantity, subject: Subject) -> bool:
        """How large it was has just been said, for the same year."""
        year = timing.resolve(s.mentions, q.start, s.text, s.clause_start(q.start), subject.start, s.when).year
        return any(c.measure == "level" and c.name == subject.name and c.when.year == year and c.start >= s.offset for c in self.found[-2:])

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
        return runs_on and bool(attribute) and not re.search(r"完成|实现|新增", rest) and not self.names.verbs_in(rest)

    def _excluded(self, s: Sentence, q: Quantity, lead: Lead, clause: str, after: str) -> str | None:
        when = timing.resolve(s.mentions, q.start, s.text, s.clause_start(q.start), 0, s.when)
        if when.partial:
            return "partial_year"
        why = self.exclusions.reason(s.text, q, lead.core, clause, after)
        crop = s.subject is not None and s.subject.kind in ("area_land", "area_land2") and not s.subject.blocked
        return None if why == "project" and crop and q.kind == "mass" and lead.core.strip("，、 　") == "年产" else why

    def _dated_start(self, s: Sentence, q: Quantity, lead: Lead, subject: Subject, section: str) -> bool:
        """«由上年的28.1%», «从2015年的142.6亿元»: the start of a change is a result of its own year."""
        measure, value, high = self.measures.measure(q, lead if lead.direction is not None else Lead(""), subject)
        year = None if subject.blocked else starts.year(self.report, s, q.start, measure == "level" and not lead.growth_noun)
        if year is None:
            return False
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        known = self.measures.unit_fits(indicator, measure, q) if indicator and measure else self.names.is_name(subject.name)
        if measure is None or not known or q.kind == "time" and (indicator is None or indicator.unit(measure) not in ("天", "年", "岁")):
            return False
        self._append(s, q, subject, measure, value, high, When("actual", year), q.comparator, section, "prose.start_of_change", q.end)
        return True

    def _aside_together(self, s: Sentence, quantities: list[Quantity], i: int, n: int, why: str) -> int:
        """What holds for the first of a row of quantities holds for all of them."""
        for q in quantities[i: i + n]:
            self._set_aside(s, q, why)
        s.end = quantities[i + n - 1].end
        return n

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

    def _goes_on(self, s: Sentence, gap: str, begin: int):
        """What steps were passed by is what the sentence speaks of next, where its words name an indicator."""
        if spoken := self.names.find_start(self.names.own_place(gap.strip("　 "), self.places)):
            s.subject = Subject(self.catalog.indicators[spoken[0]].indicator, spoken[0], spoken[1], begin)

    # ---------------------------------------------------------------- 分别
    def _respectively(self, s: Sentence, quantities: list[Quantity], i: int, lead: Lead, section: str) -> int:
        """Pair the names of a 分别 list with its values, in order; 0 when they do not pair."""
        group = [quantities[i]]
        directions: dict[int, str | None] = {}  # 分别增长6.3%和下降2%
        for q in quantities[i + 1:]:
            between = _BETWEEN.fullmatch(s.text[group[-1].end: q.start])
            if not between:
                break
            directions[len(group)] = between[1]
            group.append(q)
        if len(group) < 2:
            return 0
        if any(q.value is None for q in group):  # a number that is not understood: which of the names it belongs to is not sure
            return self._aside_together(s, group, 0, len(group), "unclassified")
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
        if mark and not self.names.strip_lead(phrase):
            names = self.lists.names_before(s, begin, start, len(group))
        if self.names.strip_lead(phrase):
            names = self.names.split_list(self.names.own_place(self.names.strip_lead(phrase), self.places), len(group))
            if names is None and "，" in whole:  # names of the list may stand apart by commas
                names = self.names.split_list(self.names.strip_lead(whole.rsplit("。", 1)[-1]), len(group))
        if names:
            subjects = [self._listed(s, q, name, start, front, tail_verb) for name, q in zip(names, group, strict=True)]
        elif not self.names.strip_lead(phrase):
            if len(s.listed) == len(group):
                subjects = s.listed
            elif len(s.recent) >= len(group) and not s.passed_over:
                subjects = s.recent[-len(group):]
            if subjects and (front_lead.total or inner.total):  # 新增…2家、…1家，总数分别达到7家、4家
                subjects = [self.subjects.stock_of(x) if x.verb or x.name.startswith("新") else x for x in subjects]
        if subjects is None:
            for q in group:
                self._set_aside(s, q, "unclassified")
            s.end = group[-1].end
            return len(group)
        dated = re.search(r"[由从](?:(?:19|20)\d{2}年(?:末|底)?的?)?(?:约|近)?$", s.text[: group[0].start][-14:])
        if (dated or lead.source or inner.source or front_lead.source) and self.says.becomes.match(s.text, group[-1].end):
            start_year = starts.year(self.report, s, group[0].start, not front_lead.growth_noun)
            for q, subject in zip(group, subjects, strict=True):  # 分别由2015年的2.2万元、1.4万元提高到2.9万元、2万元
                measure, value, high = self.measures.measure(q, Lead(""), subject)
                if subject.blocked or not start_year or measure is None:
                    self._set_aside(s, q, subject.blocked or "base_value")
                else:
                    self._append(s, q, subject, measure, value, high, When("actual", start_year), q.comparator, section,
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
        last = group[-1]
        for k, (q, subject) in enumerate(zip(group, subjects, strict=True)):
            if q.unit is None and q.ratio is None and last.ratio is None:  # 分别为51、23微克/立方米
                q.unit, q.base, q.factor, q.kind = last.unit, last.base, last.factor, last.kind
            if q.comparator == "eq" and last.comparator in ("ge", "le") and last.kind == q.kind:
                q.comparator = last.comparator
            if directions.get(k):
                merged = replace(merged, direction=-1 if self.names.falls(directions[k]) else 1)
            self._emit(s, q, merged, subject, section, s.text[s.clause_start(q.start): q.start],
                       rule="prose.respectively", quote_end=last.end)
        s.listed = subjects
        s.recent += [x for x in subjects if x not in s.recent]
        s.subject = subjects[-1]
        s.end = last.end
        return len(group)

    def _listed(self, s: Sentence, q: Quantity, name: str, start: int, front: str, tail_verb: str = "") -> Subject:
        """The subject that one name of a list stands for."""
        name = self.names.own_place(self.names.strip_lead(name), self.places)
        if s.subject and s.subject.indicator_id and re.fullmatch(r"(?:城镇|农村)(?:常住)?居民", name):
            name = self.names.under(s.subject.name, name) or name
        if tail_verb and len(tail_verb) <= 6 and not self.names.find(name):
            name = name + tail_verb
        hit = self.names.find_end(name)
        return Subject(self.catalog.indicators[hit[0]].indicator if hit else name, hit[0] if hit else None, hit[1] if hit else None, start,
                       self.names.verb(name), self.scope.narrower(name, front, bool(hit)), q.kind, words=hit[2] if hit else "")

    def _one_for_all(self, s: Sentence, q: Quantity, lead: Lead, phrase: str, start: int, section: str, clause: str) -> bool:
        """One value for several names (甲、乙均增长8%)."""
        names = self.lists.sharing(s, lead, phrase)
        if not names:
            return False
        s.listed = [self._listed(s, q, name, start, phrase) for name in names]
        for subject in s.listed:
            self._emit(s, q, lead, subject, section, clause)
            subject.measured = self.measures.measure(q, lead, subject)[0]
        s.recent += s.listed
        s.subject, s.end = s.listed[-1], q.end
        return True

    # ---------------------------------------------------------------- writing it down
    def _emit(self, s: Sentence, q: Quantity, lead: Lead, subject: Subject, section: str, clause: str,
              rule: str | None = None, quote_end: int | None = None) -> bool:
        """Write one figure down, or account for it; False when its words are no subject to go on with."""
        if subject.blocked:
            self._set_aside(s, q, subject.blocked)
            return True
        if abs(q.value or 0) > LARGEST or not subject.indicator_id and not self.names.is_name(subject.name):
            self._set_aside(s, q, "unclassified")
            return False
        when = timing.resolve(s.mentions, q.start, s.text, s.clause_start(q.start), subject.start, s.when)
        if within.CUT in lead.words and q.kind == "mass":
            subject, lead = within.what_was_cut(subject, self.names), replace(lead, direction=None)
        measure, value, high = self.measures.measure(q, lead, subject)
        past = when.status == "target" and _PAST_YEARS.search(clause)  # a goal does not tell of 近三年
        if measure is None or past:
            self._set_aside(s, q, "comparison" if past else "unclassified")
            return False
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        if q.kind == "time" and (indicator is None or indicator.unit(measure) not in ("天", "年", "岁")):
            self._set_aside(s, q, "duration")
            return False
        if indicator and not self.measures.unit_fits(indicator, measure, q):
            ratio = next((h for w in ("比率", "占比", "率") if (h := self.names.find(subject.name + w))), None)
            if measure == "level" and q.kind == "percent" and not ratio and indicator.kind in ("stock", "flow", "increment"):
                self._set_aside(s, q, "unclassified")  # 城镇新增就业…114%: how much of something, not how many
                return True
            if measure == "level" and q.kind == "percent" and ratio:
                subject = Subject(self.catalog.indicators[ratio[0]].indicator, ratio[0], None, subject.start, kind=q.kind)
            else:
                subject = Subject(subject.name, None, None, subject.start, kind=q.kind)
        if lead.target or re.match(r"(?:左右|以上|以内)?的?(?:年度|预期|年初)?目标(?!任务)", s.text[q.end: q.end + 8]):
            when = When("target", when.year, when.period, when.start, when.own_year)
        if when.status == "actual" and when.period == "annual" and measure == "level" and q.kind == "money" and PLANNED_INVESTMENT.search(subject.name):
            when = replace(when, status="target")
        whens = self.measures.whens(s, q, lead, when, clause, subject, measure)
        step = "ge" if measure == "level" and STEP.match(s.text, q.end) else "eq"  # 跨上300亿元台阶: so much and more
        comparator = q.comparator if q.comparator != "eq" else (lead.comparator or step)
        for w in whens:
            self._append(s, q, subject, measure, value, high, w, comparator, section,
                         rule or ("prose.inherited" if s.subject is subject else "prose.clause"), max(quote_end or 0, q.end))
        return True

    @staticmethod
    def _words_of(s: Sentence, q: Quantity) -> str | None:
        """The words of a value that is no single number (9.3:43.7:47) or is not printed in figures (八成以上)."""
        if not q.numbers:
            return s.text[q.start: q.end]
        return q.ratio if q.ratio and not q.is_to_one else None

    def _append(self, s: Sentence, q: Quantity, subject: Subject, measure: str, value, high, when: When, comparator: str,
                section: str, rule: str, end: int):
        if high is not None and comparator == "eq":
            comparator = "ge"
        s.told, s.passed_over = True, False
        clause = s.clause_start(q.start)
        place = q.numbers[0][0] if q.numbers else q.start
        begin = min(subject.start, clause)
        begin += len(s.text[begin:]) - len(s.text[begin:].lstrip())
        end += len(_TO_CLAUSE_END.match(s.text, end).group())
        own = s.text[max(subject.start, clause) if subject.start <= q.start else clause: q.end]
        factor = _FACTOR.search(own)
        words = [w for w in _QUALIFIERS if w in own]
        if factor and factor.group() not in words:
            words.append(factor.group())
        qualifier = "、".join(words) or None
        self.found.append(Candidate(
            name=subject.name, indicator_id=subject.indicator_id, measure=measure, when=when, value=value, high=high,
            printed=q.value if q.numbers else None, unit=q.unit, base=q.base, factor=q.factor, comparator=comparator,
            start=s.offset + begin, end=s.offset + end, rule=rule, origin="prose", section=section,
            numbers=[(s.offset + a, s.offset + b) for a, b in q.numbers], qualifier=qualifier,
            place=s.offset + place, value_text=self._words_of(s, q),
            note=f"更正：{corrected[1]}" if (corrected := self.corrections.get(s.offset + place)) else None,
        ))


