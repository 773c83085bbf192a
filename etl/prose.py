"""Sentences become candidate facts.

From each number the words in front of it are read backwards: direction and comparator first, then the
name up to the last comma. A clause without a name speaks of the name before it; a 分别 list pairs names
and values in order. What is no figure of the whole place gets a reason instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from data.catalog import Catalog
from etl import corrections, starts, timing, within
from etl.exclusions import Exclusions
from etl.facts import Account, Candidate
from etl.implied import Implied
from etl.lists import Lists, joined
from etl.measures import FIVE_YEARS_LIST, STEP, STEPS
from etl.names import RATE, Lead, Names
from etl.numerals import BROKEN, NUMBER, Quantity, Reader, spelled
from etl.read import ANNUAL, Report
from etl.scope import Scope
from etl.sentence import LABEL, NUMBERED_TITLE, Sentence, Subject, sentences, without_titles
from etl.series import Series
from etl.subjects import OF_WHICH, Subjects
from etl.timing import When
from etl.words import WORDY, Words
from etl.writing import OF_A_GOAL, Writer

_SHARED_REASONS = ("comparison", "completion_ratio", "partial_year", "higher_level")
_OF_A_PART = ("sub_area", "organisation", "project")
_MOST_NUMBERS = 40  # of a sentence, unless there are words between them


_OF_THE_SAME = re.compile(r"其中|[分从按][^，。；：]{1,8}看[，：]")  # a new sentence about parts of what the last one told
_BY_THEN = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:力争|确保|预计)?(?:[到至]|展望|面向)")
_THIS_YEAR = re.compile(r"\s*(?:力争|确保)?(?:今年|本年|当年|年内|全年)")
_PER_HUNDRED = re.compile(r"(?<!死亡)(?<!发病)率$|占比$|比重$")
_FIGURE_BEFORE = re.compile(r"\d(?![\d年])[^，。；]*，")  # 税收收入21亿元，其中12月当月…
_WHOLE_YEAR = re.compile(r"\s*(?:预计|初步预计)?全年")
_RATIONALE = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:上述|以上|这一|设定|提出|确定|安排)?[^，。；：]{0,12}(?:主要)?(?:考虑|依据|理由|基于)(?:是|为|：|:|有|如下|因素|到以下)")
_DONE = re.compile(r"(?:累计|全年|共)?(?:(?:完成|实现)(?:年度)?(?:投资|产值)|(?:年度|总|年度计划|计划总)投资)(?:额)?(?:达|约|超|近)?$")
_SAME_IN_WORDS = re.compile(r"(?:和|、|，)(?:与上年|同比)?(?:基本)?持平")
_GOAL_ASIDE = re.compile(r"(?:目标|计划|任务)(?:任务|数|值)?[（(](?:为|增长|下降|同比增长)?$")  # 完成目标任务（3800人）的110.9%
_MOVED = re.compile(r"^[，、]?(?:翻[一两]番(?:以上|多)?[，、]?)?[一-龥]{0,4}?[到至为成](?:全年的?)?(?=(?:约|近|超|超过|突破)?$)")
_FROM_A_PART = re.compile(r"(.*)[由从][^，。；]{1,10}的")
_ENDS_THERE = re.compile(r"(?:以上|以下)?[，；。]")
_AMOUNT = re.compile(r"\d[\d.]*[万亿]*元")
_WITHOUT_THEM = re.compile(r"(?:扣除|剔除)[^，。；]{1,24}后，[^，。；]*$")
_PACE_BEFORE = re.compile(r"(?:增速|增幅)[^，。；\d]{2,10}，[^，。；\d]{0,4}$")  # 增速由负转正，达到3.3%
_PACED = re.compile(r"(?:左右|以上)?的?(?:年均)?(?:增速|增幅|增长率|增长速度|速度)")
_GROWING = re.compile(r"(?:左右|以上)?的(?:正|高|较快|快速|平稳|稳定|两位数)?增长")
_NUMBERING = re.compile(r"(?:^|(?<=[；;：:。]))\s*(?:[（(](\d{1,2})[）)]|(\d{1,2})[.．、])(?=[一-龥“])")
_WITHOUT = re.compile(r"(?:扣除|剔除)(?![^，。；]{1,14}因素)[^，。；]{1,14}?(?:后|外|影响)")
_ASIDE = re.compile(r"([^，；：。、（）]{3,24})（[^（）]{0,30}$")
_UNIT_END = re.compile(r"(?:[\u4e00-\u9fff%％]{1,4}(?=[、，；。]))?")
_AGAINST = re.compile(r"\s*(?:比|较|与)((?:19|20)\d{2})年(?:末|底)?(?:相比)?，")


@dataclass(slots=True)
class Seen:
    """A quantity, and what stands around it: the words since the last figure (``gap``, from ``begin`` of the sentence on), what
    they say of it (``lead``), the name among them (``phrase``, from ``start`` on), the clause in front of it and the words
    ``after`` it. ``paced``: it is a pace at which something was done (以22.6%的增速)."""

    q: Quantity
    begin: int
    gap: str
    lead: Lead
    phrase: str
    start: int
    clause: str
    after: str
    paced: bool


class Prose:
    """Reads the paragraphs of one report."""

    def __init__(self, report: Report, catalog: Catalog, reader: Reader, names: Names, account: Account):
        self.report, self.catalog, self.reader, self.names = report, catalog, reader, names
        self.says = names.says
        self.write = Writer(report, catalog, names, account)
        self.measures = self.write.measures
        self.scope = Scope(catalog, report.district, report.place)
        self.places = self.scope.names
        self.subjects = Subjects(catalog, names, self.scope)
        self.lists = Lists(names, self.subjects, self.places)
        self.series = Series(report, catalog, self.scope, self.subjects, self.lists, self.write)
        self.words = Words(catalog, names, self.scope, self.lists)
        self.exclusions = Exclusions(catalog, self.scope)
        self.implied = Implied(catalog)
        self.last: Subject | None = None

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
                self.write.account.reason(offset + n.start(), offset + n.end(), block)
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
                    self.write.account.reason(offset + n.start(), offset + n.end(), "ordinal")
        carried: Subject | None = None
        if text[0] in "，、；" and self.last is not None:  # a line break inside a sentence
            carried = replace(self.last, start=0)
        part_year, goals, told = False, None, False
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
            if begin > 0 and text[begin - 1] not in "；;" and not _OF_THE_SAME.match(sentence):
                part_year, goals = False, None
            goals = next((x.when for x in found if x.kind == "coming"), goals)  # «今年的目标是：…；…»: the whole list
            first = found[0] if found and not NUMBER.search(sentence, 0, found[0].start) else None
            if first and first.kind == "plan" and first.when.status == when.status == "target" and self.report.kind == ANNUAL:
                goals = When("target", first.when.year, plan=first.when.start)  # «“十五五”时期…年均增长5.5%；…；…»
            elif first and first.kind == "year" and first.when.status == "target" and _BY_THEN.fullmatch(sentence, 0, first.start):
                goals = When("target", first.when.year, plan=when.plan)  # «到2027年，…达到500亿元；…；…»
            elif first and first.kind == "plan" and first.when.status == "actual" and when.status == "target" and self.report.kind != ANNUAL:
                goals = first.when  # «“十三五”时期累计进出口总额21.5亿美元；累计…» among the goals of the next plan
            elif goals and goals.year > self.report.year_to and _THIS_YEAR.match(sentence):
                goals = None
            if self._opens_part_of_year(sentence, found) and (begin == 0 or text[begin - 1] not in "；;"):
                part_year = True  # «1至9月，…；…»: the whole list is for a part of the year
            elif part_year and (_WHOLE_YEAR.match(sentence) or any(x.kind == "year" for x in found)):
                part_year = False
            now = When("target", when.year) if titled and begin == 0 else goals or when
            s = Sentence(sentence, offset + begin, replace(now, partial=True) if part_year else now, found)
            s.label, s.part = topic, part or self.scope.beyond(sentence)
            numbered = _NUMBERING.match(sentence)
            s.end = item.end() if item and begin == 0 else numbered.end() if numbered else 0
            against = _AGAINST.match(sentence)
            s.since = int(against[1]) if against else None
            if carried and (text[begin - 1] in "；;" or begin == 0):
                s.subject = s.carried = carried
                s.recent = [carried]
            self._sentence(s, section)
            carried = self.last = s.subject
            if goals is None and now.period == "annual" and FIVE_YEARS_LIST.match(sentence):  # «五年累计新增…；新建…»
                goals = replace(now, period="cumulative", start=now.plan or self.report.begins(now.year))
            if dashed and s.subject and not topic:
                topic = s.recent[0].name if s.recent else s.subject.name
            if (own_label or label) and s.led_by_part == "sub_area" and not (part or told):
                part = "sub_area"  # what stands first under a label is of a part: so is the rest
            told = told or s.told

    @staticmethod
    def _opens_part_of_year(sentence: str, found: list[timing.Mention]) -> bool:
        """A part of a year is named at the beginning, not in a bracket, no figure before it and no whole year after it."""
        part = next((x for x in found if x.when.partial and x.start < 12), None)
        return part is not None and not _FIGURE_BEFORE.search(sentence[: part.start]) and "全年" not in sentence[part.end:] and sentence[part.start - 1: part.start] not in ("（", "(")

    def _part_label(self, label: str) -> str | None:
        """A box's label that names a part of the place or one project blocks its numbers."""
        if self.names.find_end(label):
            return None
        return self.scope.proper(label)

    def _masks(self, text: str, offset: int) -> None:
        """Account for what is recognised by its form alone: titles, names, dates, ranks."""
        for m in _NUMBERING.finditer(text):  # 建议：1.地区生产总值…；2.…
            self.write.account.reason(offset + m.start(m.lastindex), offset + m.end(m.lastindex), "ordinal")
        for a, b, why in self.scope.quoted(text) + self.scope.forms(text):
            for n in NUMBER.finditer(text, a, b):
                self.write.account.reason(offset + n.start(), offset + n.end(), why)

    # ---------------------------------------------------------------- a sentence
    def _sentence(self, s: Sentence, section: str):
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
        return (
            self._no_figure(s, quantities, i, f) or self._one_after_another(s, quantities, i, f) or self._no_figure_of_the_place(s, quantities, i, f)
            or self._in_doubt(s, f) or self._in_a_list(s, quantities, i, f, section) or self._alone(s, quantities, i, f, section)
        )

    def _seen(self, s: Sentence, q: Quantity) -> Seen:
        """What stands around a quantity."""
        s.leave_asides(q.start)
        begin = s.gap_start(q.start)
        gap = starts.without_time(s.text[begin: q.start])
        gap = _MOVED.sub("达到", gap) if s.moves_from == begin else gap  # whatever the verb is: 由2.3万户扩至4.7万户
        if begin and s.end == begin:
            gap = OF_WHICH.sub("其中", gap)
        paced = bool(_PACED.match(s.text, q.end)) and gap.endswith("以")  # 以22.6%的增速增至2.1亿件
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
        why = self._excluded(s, q, f.lead, f.clause, f.after)
        if not why or why == "base_value" and self.lists.pair(s, quantities, i, f.lead):
            return 0
        self.write.set_aside(s, q, why)
        if self._leads(s, f, why):
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
            s.end = _PACED.match(s.text, q.end).end()
            return 1
        converted = {"折合", "约合", "折算为"} & set(f.lead.words)  # which of the amounts before it is not said
        if converted and (not clause_start and not s.end or s.text[clause_start - 1] in "；;") or _WITHOUT.search(f.clause) or _WITHOUT_THEM.search(s.text, 0, q.start):  # 扣除房地产后增长10.7%
            self.write.set_aside(s, q, "unclassified")
            s.end = q.end
            return 1
        return 0

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
        if q.kind == "count" and self.names.is_generic(noun.strip()) and _AMOUNT.match(s.text, q.end + len(noun)) and self.says.fund.search(self.names.strip_lead(f.phrase)):
            fund = self.subjects.subject(s, q, f.lead, f.phrase, f.start, f.clause)
            if fund is not None:  # 争取专项债券19个项目16.8亿元: as many projects, and so much of the bonds
                self.write.emit(s, q, f.lead, replace(fund, name=fund.name + noun.strip(), indicator_id=None, measure=None), section, f.clause)
                s.subject, s.end = replace(fund, kind=None, base=None), q.end + len(noun)
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

    @staticmethod
    def _leads(s: Sentence, f: Seen, why: str | None) -> bool:
        """The sentence begins with a figure of a part or of a firm, so that what follows is of it too."""
        of_firms = why == "organisation" and f.q.kind == "count"  # 支持甲、乙等企业实施技改项目22个: the next need not be theirs
        return why in ("sub_area", "organisation") and not s.told and "其中" not in f.clause and not of_firms

    def _led_by_part(self, s: Sentence, f: Seen, subject: Subject) -> Subject:
        """The subject, blocked where the sentence began with a figure of a part of the place."""
        if self._leads(s, f, subject.blocked):
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
        return runs_on and bool(attribute) and not re.search(r"完成|实现|新增", rest) and not self.names.verbs_in(rest)

    def _excluded(self, s: Sentence, q: Quantity, lead: Lead, clause: str, after: str) -> str | None:
        when = timing.resolve(s.mentions, q.start, s.text, s.clause_start(q.start), 0, s.when)
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
