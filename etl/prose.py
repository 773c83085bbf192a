"""Paragraphs become sentences: which year and which part of the place each one speaks of; etl/figures.py reads their numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import Catalog
from etl import timing
from etl.facts import Account
from etl.figures import Figures
from etl.measures import FIVE_YEARS_LIST
from etl.names import Names
from etl.numerals import NUMBER, Reader, spelled
from etl.read import ANNUAL, Report
from etl.scope import Scope
from etl.sentence import LABEL, NUMBERED_TITLE, Sentence, Subject, sentences, without_titles
from etl.timing import When
from etl.words import WORDY
from etl.writing import Writer

_OF_THE_SAME = re.compile(r"其中|[分从按][^，。；：]{1,8}看[，：]")  # a new sentence about parts of what the last one told
_BY_THEN = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:力争|确保|预计)?(?:[到至]|展望|面向)")
_THIS_YEAR = re.compile(r"\s*(?:力争|确保)?(?:今年|本年|当年|年内|全年)")
_FIGURE_BEFORE = re.compile(r"\d(?![\d年])[^，。；]*，")  # 税收收入21亿元，其中12月当月…
_WHOLE_YEAR = re.compile(r"\s*(?:预计|初步预计)?全年")
_NUMBERING = re.compile(r"(?:^|(?<=[；;：:。]))\s*(?:[（(](\d{1,2})[）)]|(\d{1,2})[.．、])(?=[一-龥“])")
_AGAINST = re.compile(r"\s*(?:比|较|与)((?:19|20)\d{2})年(?:末|底)?(?:相比)?，")


class Prose:
    """Reads the paragraphs of one report."""

    def __init__(self, report: Report, catalog: Catalog, reader: Reader, names: Names, account: Account):
        self.report, self.names, self.says = report, names, names.says
        self.scope = Scope(catalog, report.district, report.place)
        self.write = Writer(report, catalog, names, account)
        self.figures = Figures(report, catalog, reader, names, self.scope, self.write)
        self.last: Subject | None = None

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
            self.figures.read(s, section)
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
        part = next((x for x in found if x.when.partial and x.start < 12 and sentence[x.end: x.end + 1] not in ("）", ")")), None)
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
