"""Sentences become candidate facts.

From each number the words in front of it are read backwards: direction and comparator first, then the
name up to the last comma. A clause without a name speaks of the name before it; a 分别 list pairs names
and values in order. What is no figure of the whole place gets a reason instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from data.catalog import Catalog
from etl import timing
from etl.facts import Account, Candidate
from etl.names import Lead, Names
from etl.numerals import NUMBER, Quantity, Reader
from etl.read import Report
from etl.scope import Scope
from etl.timing import When

_GENERIC = ("个", "家", "所", "处", "座", "项", "户", "条", "件", "只")  # classifiers that count things of any kind
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_HARD = re.compile(r"[，；：。,;:（）()]")
_LABEL = re.compile(r"^(?:[（(]?[0-9一二三四五六七八九十]+[）)．.、]\s*)?([^，。；：:“”]{2,16})[：:]")
_QUALIFIERS = ("同口径", "可比口径", "自然口径", "含万盛", "不含万盛", "可比价", "不变价", "现价", "限上", "名义", "扣除价格因素")
_AREA_NAMES = {"money": "金额", "area_build": "面积", "area_land": "面积", "area_land2": "面积", "length": "里程", "people": "人数",
               "household": "户数", "visits": "人次", "power": "装机", "mass": "重量", "volume": "水量"}


_BETWEEN = re.compile(
    r"\s*(?:、|和|与|及|，|以及)?\s*(?:分别)?(?:同比)?(增长|下降|提高|降低|减少|增加|回落|上升)?\s*(?:约|近|超|超过)?\s*"
)
_NOUN_REACH = re.compile(r"(?:“[^”]*”|[^，。；、：,;:（）()“”\d])*")
_TITLE = re.compile(r"《[^《》]*》|（(?:19|20)[^（）]*）")
_WORDY = re.compile(
    r"(?P<flat>(?:(?:与|同|和|比|较)?(?:上年|去年)(?:同期)?|同比)?(?:基本|总体|大体)?持平)"
    r"|(?P<sync>(?:与|同|和)(?:地区生产总值|经济|GDP|经济发展)(?:增长|增速|发展)?(?:基本|保持)?同步(?:增长)?|(?:不低于|高于|快于|不慢于)(?:经济|GDP|地区生产总值)(?:增长|增速)"
    r"|(?:力争)?(?:高于|超过|不低于|快于|达到|好于)(?:全[国市省]|主城都市区)(?:[^，。；]{0,4})?平均(?:水平)?)"
    r"|(?P<task>(?:全面|超额|均)?完成(?:国家|上级|市级?|省级?|国家和市)(?:[^，。；]{0,4})?下达(?:的)?(?:[^，。；]{0,4})?(?:目标|任务|指标)(?:任务)?|不超过市级预期控制目标)"
    r"|(?P<trend>平稳增长|保持正增长|稳步增长|持续下降)"
)


def _without_titles(text: str) -> str:
    """The text with titles and bracketed years blanked out, same length: their years date no figure."""
    return _TITLE.sub(lambda m: "　" * len(m.group()), text)


@dataclass(slots=True)
class _Subject:
    """What a figure is about: ``name`` for people, where it stands, the verb it came with."""

    name: str
    indicator_id: str | None
    measure: str | None
    start: int
    verb: str = ""
    blocked: str | None = None  # reason why figures about it are none of the whole place
    kind: str | None = None  # kind of unit it was first given in
    of_noun: bool = False  # named by the noun behind its number: 17户“双百企业”
    words: str = ""  # the report's wording where the name is the catalogue's


@dataclass(slots=True)
class _Sentence:
    text: str
    offset: int
    when: When
    mentions: list
    label: str = ""
    subject: _Subject | None = None
    recent: list[_Subject] = field(default_factory=list)
    listed: list[_Subject] = field(default_factory=list)  # names of the last 分别 list
    end: int = 0  # where the last quantity (with its noun) ended
    part: str | None = None  # reason that holds for the whole sentence
    led_by_part: bool = False


class Prose:
    """Reads the paragraphs of one report."""

    def __init__(self, report: Report, catalog: Catalog, reader: Reader, names: Names, account: Account):
        self.report, self.catalog, self.reader, self.names, self.account = report, catalog, reader, names, account
        self.scope = Scope(catalog, report.district, report.place)
        self.places = self.scope.names
        self.found: list[Candidate] = []
        self.last: _Subject | None = None

    # ---------------------------------------------------------------- a paragraph
    def paragraph(self, text: str, offset: int, when: When, section: str, label: str = "", block: str | None = None):
        """Read one paragraph (or table cell) that begins at ``offset`` of the report.

        ``label`` names what a box is about; ``block`` is a reason that holds for all of its numbers.
        """
        numbers = list(NUMBER.finditer(text))
        if not numbers:
            return
        if block:
            for n in numbers:
                self.account.reason(offset + n.start(), offset + n.end(), block)
            return
        masked = self._masks(text, offset)
        given = _LABEL.match(text)
        own_label = given[1] if given else ""
        item = re.match(r"\s*(?:[（(]?[0-9]{1,2}[）)]?[.．、]|[（(][0-9]{1,2}[）)]|#)\s*(?![0-9])", text)
        if item:
            for n in numbers:
                if n.start() < item.end():
                    self.account.reason(offset + n.start(), offset + n.end(), "ordinal")
        carried: _Subject | None = None
        if text[0] in "，、；" and self.last is not None:  # a line break inside a sentence
            carried = replace(self.last, start=0)
        topic = own_label or label
        dashed = text.startswith(("——", "—", "--"))
        part = self._part_label(topic) if topic else None
        for m in _SENTENCE.finditer(text):
            sentence = m.group()
            head = _LABEL.match(sentence)
            if head and m.start() > 0:  # «广阳岛片区：…» inside a paragraph
                part = self._part_label(head[1])
                topic = topic if dashed else head[1]
            elif part == "project_item" and m.start() > 0:
                part = None
            if not NUMBER.search(sentence) and not _WORDY.search(sentence):
                carried = None
                continue
            found = timing.mentions(self.report, _without_titles(sentence), when)
            s = _Sentence(sentence, offset + m.start(), when, found)
            s.label, s.part = topic, part
            if carried and (text[m.start() - 1] in "；;" or m.start() == 0):
                s.subject = carried
                s.recent = [carried]
            self._sentence(s, masked, text, m.start(), section)
            carried = self.last = s.subject
            if dashed and s.subject and not topic:
                topic = s.recent[0].name if s.recent else s.subject.name
            if (own_label or label) and s.led_by_part and not part:
                part = "sub_area"

    def _part_label(self, label: str) -> str | None:
        """A box's label that names a part of the place or one project blocks its numbers."""
        if self.names.find_end(label):
            return None
        return self.scope.proper(label)

    def _masks(self, text: str, offset: int) -> list[tuple[int, int, str]]:
        masks = self.scope.quoted(text) + self.scope.forms(text)
        for a, b, why in masks:
            for n in NUMBER.finditer(text, a, b):
                self.account.reason(offset + n.start(), offset + n.end(), why)
        return masks

    # ---------------------------------------------------------------- a sentence
    def _sentence(self, s: _Sentence, masks, text: str, at: int, section: str):
        quantities: list[Quantity] = []
        pos = 0
        for n in NUMBER.finditer(s.text):
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
            if q is None:
                continue
            quantities.append(q)
            pos = q.end
        wordy = [m for m in _WORDY.finditer(s.text)]
        i = 0
        while i < len(quantities):
            while wordy and wordy[0].start() < quantities[i].start:
                self._words_only(s, wordy.pop(0), section)
            i += self._figure(s, quantities, i, section)
        for m in wordy:
            self._words_only(s, m, section)

    def _words_only(self, s: _Sentence, m: re.Match, section: str):
        """A statement about a catalogue indicator that has words and no number: 同比持平, 与经济增长同步."""
        kind = m.lastgroup
        if s.part or m.start() < s.end:
            return
        front = s.text[s.end: m.start()]
        lead = self.names.lead(front)
        phrase, start = self._phrase(lead.core, s.end)
        p = self.names.strip_lead(self.names.own_place(self.names.strip_lead(phrase), self.places))
        hit = self.names.find_end(p) if p else None
        if hit:
            subject = _Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], start + max(phrase.rfind(hit[2]), 0))
            if self.scope.narrower(p, phrase, True):
                return
        elif not p and kind in ("flat", "sync") and s.subject and not s.subject.blocked:
            subject = s.subject
        elif not p and kind == "sync" and s.label and (hit := self.names.find_end(s.label)):
            subject = _Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], start)
        else:
            return
        if kind == "trend" and s.when.status != "target":
            return
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        when = timing.resolve(s.mentions, m.start(), s.text, self._clause_start(s.text, m.start()), subject.start, s.when)
        if when.partial:
            return
        rate = indicator is not None and indicator.kind in ("rate", "ratio")
        if kind == "flat":
            measure, value = ("change" if rate else "growth"), 0.0
        elif kind in ("sync", "trend"):
            measure, value = ("level" if rate else "growth"), None
        else:
            falls = indicator is not None and self.names.set_as_fall(indicator)
            measure, value = ("growth" if lead.direction is not None or falls else subject.measure or "level"), None
        unit = "%" if measure == "growth" and value is not None else ("个百分点" if value is not None else None)
        average = lead.average or "年均" in front[-8:]
        if average:
            start_year = when.start or (when.year - 4 if self.report.kind == "five_year_plan" else when.year)
            when = When(when.status, when.year, "average", start_year)
        self.found.append(Candidate(
            name=subject.name, indicator_id=subject.indicator_id, measure=measure, when=when, value=value, unit=unit,
            base={"%": "%", "个百分点": "百分点"}.get(unit or ""), factor=1.0, comparator="eq",
            start=s.offset + min(subject.start, m.start()), end=s.offset + m.end(), rule=f"prose.words_{kind}", origin="prose",
            section=section, place=s.offset + m.start(), value_text=m.group(),
        ))
        s.subject = subject
        s.end = m.end()

    def _set_aside(self, s: _Sentence, q: Quantity, why: str):
        for a, b in q.numbers:
            self.account.reason(s.offset + a, s.offset + b, why)

    def _figure(self, s: _Sentence, quantities: list[Quantity], i: int, section: str) -> int:
        """Read quantity ``i`` (and the rest of its 分别 list); returns how many were read."""
        q = quantities[i]
        gap = s.text[s.end: q.start]
        lead = self.names.lead(gap)
        clause_start = self._clause_start(s.text, q.start)
        clause = s.text[clause_start: q.start]
        after = s.text[q.end: self._stop(s.text, q.end)]

        if s.part:
            self._set_aside(s, q, s.part if s.part != "project_item" else "project")
            return 1
        why = self._plainly_no_figure(s, q, lead, clause, after)
        if why:
            self._set_aside(s, q, why)
            if why not in ("duration", "definition", "quantifier", "structural_count", "unit_missing"):
                s.end = q.end
            return 1

        if lead.respectively or self._continues_list(s, quantities, i, lead):
            used = self._respectively(s, quantities, i, lead, section)
            if used:
                return used

        phrase, phrase_start = self._phrase(lead.core, s.end)
        used_after = 0
        subject = None
        noun = self._counted_noun(q, after)
        if noun and self._takes_noun(phrase):
            subject = self._from_noun(s, q, phrase, phrase_start, noun)
            if subject is not None:
                tail = subject.name[-3:]
                cut = noun.find(tail) + len(tail)
                used_after = cut if cut >= len(tail) else len(noun)
                subject.of_noun = True
        if subject is None:
            subject = self._subject(s, q, lead, phrase, phrase_start, clause)
        if subject is not None and q.unit is None and q.ratio is None and not self._needs_no_unit(subject):
            self._set_aside(s, q, "structural_count" if self.scope.structural(after) else "unit_missing")
            return 1
        if subject is None:
            self._set_aside(s, q, "unclassified")
            s.end = q.end
            return 1
        if subject.blocked == "sub_area" and not s.recent and clause.strip() == s.text[: q.start].strip() and "其中" not in clause:
            s.led_by_part = True
        if lead.source and self._goes_on(s.text, q.end):
            if not self._dated_start(s, q, lead, subject, section):
                self._set_aside(s, q, "base_value")
            s.subject = subject
            s.end = q.end
            return 1
        subject = self._numerator(q, lead, subject)
        self._emit(s, q, lead, subject, section, clause)
        s.subject = subject
        if not s.recent or s.recent[-1] is not subject:
            s.recent.append(subject)
        s.end = q.end + used_after
        return 1

    def _numerator(self, q: Quantity, lead: Lead, subject: _Subject) -> _Subject:
        """A growth rate after «甲占乙比重» is that of 甲."""
        if q.kind != "percent" or lead.direction is None or "占" not in subject.words:
            return subject
        hit = self.names.find_end(subject.words.split("占", 1)[0])
        if not hit:
            return subject
        return _Subject(self.catalog.indicators[hit[0]].indicator, hit[0], None, subject.start, kind=q.kind)

    def _needs_no_unit(self, subject: _Subject) -> bool:
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        return indicator is not None and indicator.kind in ("ratio", "index")

    def _dated_start(self, s: _Sentence, q: Quantity, lead: Lead, subject: _Subject, section: str) -> bool:
        """«由上年的28.1%», «从2015年的142.6亿元»: the start of a change that says its year is a result of that year."""
        if subject.blocked:
            return False
        before = s.text[max(0, q.start - 12): q.start]
        named = re.search(r"((?:19|20)\d{2})年(?:末|底)?的?(?:约|近)?$", before)
        last = re.search(r"上年(?:末|底|同期)?的?(?:约|近)?$", before)
        if not named and not last:
            return False
        year = int(named[1]) if named else s.when.year - 1
        measure, value, high = self._measure(q, Lead(""), subject)
        if measure is None:
            return False
        self._append(s, q, subject, measure, value, high, When("actual", year), q.comparator, section, "prose.start_of_change", q.end)
        return True

    def _continues_list(self, s: _Sentence, quantities: list[Quantity], i: int, lead: Lead) -> bool:
        """«…分别为46875元、23914元，增长4.7%、7.0%»: growth rates for the names of the list before."""
        if i + 1 >= len(quantities) or self.names.strip_lead(self._phrase(lead.core, 0)[0]):
            return False
        n = 1
        while i + n < len(quantities) and quantities[i + n].kind == quantities[i].kind and re.fullmatch(
            r"\s*(?:、|和|与|及)(?:和|下降|增长)?\s*", s.text[quantities[i + n - 1].end: quantities[i + n].start]
        ):
            n += 1
        if n < 2:
            return False
        return len(s.listed) == n or (lead.direction is not None and len(s.recent) >= n and all(
            x.kind not in ("percent", "point") for x in s.recent[-n:]))

    # ---------------------------------------------------------------- parts of it
    @staticmethod
    def _clause_start(text: str, pos: int) -> int:
        best = 0
        for sep in "，；：。,;":
            best = max(best, text.rfind(sep, 0, pos) + 1)
        return best

    @staticmethod
    def _stop(text: str, pos: int) -> int:
        return _NOUN_REACH.match(text, pos).end()

    @staticmethod
    def _goes_on(text: str, pos: int) -> bool:
        return bool(re.match(r"(?:左右|以上)?(?:，|、)?(?:增长|提高|提升|增加|上升|下降|降低|减少|缩小|压减|降|扩大|升|增|调整|优化|发展|跃升|攀升|拓展|回落|收窄)(?:到|至|为)", text[pos: pos + 12]))

    def _phrase(self, core: str, start: int) -> tuple[str, int]:
        """The words after the last hard stop in ``core``, and where they begin in the sentence."""
        last = 0
        for m in _HARD.finditer(core):
            if m.group() in "（(" and ("）" in core[m.end():] or ")" in core[m.end():]):
                continue
            if m.group() in "）)" and m.end() < len(core) and ("（" in core[: m.start()] or "(" in core[: m.start()]):
                continue  # a note inside the name
            if m.group() in "）)" and m.end() == len(core):
                continue
            last = m.end()
        opened = core.rfind("“", last)
        if opened >= 0 and "”" not in core[opened:]:
            last = opened + 1
        return core[last:], start + last

    def _plainly_no_figure(self, s: _Sentence, q: Quantity, lead: Lead, clause: str, after: str) -> str | None:
        """Reasons that do not depend on the name."""
        when = timing.resolve(s.mentions, q.start, s.text, len(s.text) - len(clause), 0, s.when)
        before = s.text[max(0, q.start - 14): q.start]
        if when.partial:
            return "partial_year"
        if q.unit is None and q.ratio is None and re.match(r"\s*(?:多|余)?\s*(?:方面|大|件套)", after):
            return "structural_count"
        if q.kind == "money" and re.match(r"的[^，。；]{0,40}?(?:项目|工程|水库|公路|大道|基地|园区|产业园|一期|二期)", s.text[q.end: q.end + 44]):
            return "project"
        if q.kind in ("mass", "power", "volume", "area_build", "length") or q.base in ("套", "辆", "台", "头", "只", "羽", "支", "件", "张"):
            rest = re.match(r"[^，。；]*", s.text[q.end:])[0]
            if len(after) >= 2 and after[0] not in "以左上的" and self.scope.project_list(rest) and not self.scope.aggregate(rest):
                return "project"
        if q.comparator in ("ge", "le") and q.kind != "percent" and len(after) >= 2 and after[0] not in "的和与及等同比较" and re.search(
            r"\d", s.text[q.end: q.end + 24]) and not re.match(r"[^\d]*[，。；、]", s.text[q.end: q.end + 24]):
            return "definition"
        if re.search(r"(?:入选|获评|成为|居|列|来自)?(?:全市|全国|全省|全球|世界|我国)$", lead.core.strip()) and q.kind == "count":
            return "higher_level" if not self.scope.own_scope(lead.core.strip()[-2:]) else None
        if q.kind == "count" and q.base in ("项", "件", "条", "个", "类") and re.search(r"(?:指标|任务|事项|实事|举措)(?:共|中|有|中有|的)?$", lead.core.strip()):
            return "structural_count"
        if re.search(r"中(?:还|仅|只)?有?$", lead.core.strip()) and q.kind == "count" and re.search(r"\d", clause):
            return "quantifier"
        if q.kind == "time" and (q.base in ("小时", "分钟", "秒", "月") or re.search(r"连续|为期|第|延长|满|历时|近$|达$|提前|时限|周期|用时|不超过", before) and q.base == "年"):
            return "duration"
        if re.search(r"(?:居|列|位列|位居|排名?|排在|保持|进入)(?:在)?(?:全[市国省区州]|渝西|西部|川渝)?[^，。]{0,6}前$", before) or re.search(r"前$", before):
            return "rank"
        if q.kind == "count" and q.base in ("个", "项", "条", "大", "轮", "次", "类", "届", "期", "方") and self.scope.structural(after):
            return "structural_count"
        if q.kind == "count" and q.base in ("条", "轮", "届", "期") and re.match(r"[一-龥]{0,6}(?:政策|意见|举措|措施)", after):
            return "structural_count"
        if self.scope.comparison(clause[-16:]) and re.search(
            r"(?:高于|低于|快于|高出|好于|优于|领先|落后|超全市|高全市|距离|差距|超目标|比目标|超额完成目标|比年初目标|比计划)[^，。；0-9]{0,14}$", clause
        ) and not re.search(r"不[高低]于$|^[^，]{0,30}(?:高于|低于)$", clause) or re.search(
            r"(?:高于|低于|快于|高出|好于|优于|领先|落后于?|多于|少于|慢于|比|较)(?:于)?(?:全[市国省州区]|我市|上级|年度|年初计划|预期|计划|目标|同期)[^，。；0-9]{0,14}$", clause
        ) and not re.search(r"(?:比|较)(?:上年|去年)?同期[^，。；]{0,6}$", clause):
            return "comparison"
        if q.kind == "percent" and (self.scope.completion(clause[-14:]) or re.search(r"^(?:的)?(?:目标|任务|计划)", after)) and re.search(
            r"(?:完成|占)[^，]*(?:目标|任务|进度|工程量|计划)|形象进度|占年度计划|工程量", clause[-16:]
        ):
            return "completion_ratio"
        if re.search(r"(?:占|在)(?:全[市国省])[^，。；0-9]{0,10}$", clause) and q.kind == "percent":
            return "comparison"
        if re.search(r"年(?:产|处理|加工|出栏|发电|产能|生产|回收|供气|供应|吞吐)(?:能力)?(?:约|近|超|达)?$", before) and not re.search(r"全年(?:产|出栏|发电|生产)?$|年(?:出栏|发电)$", before[-4:]):
            if after[:1] not in ("", "，", "。") and (self.scope.project_like(after) or len(after) > 1):
                return "project"
        if q.kind == "voltage":
            return "name"
        return None

    def _counted_noun(self, q: Quantity, after: str) -> str:
        """The noun behind «28枚»: 金牌. Empty when the words behind are no noun of it."""
        noun = after.strip()
        if len(noun) < 2 or noun[0] in "的和与及等以并且而或为在占是将" or q.kind in ("percent", "point", "ratio", "time", "concentration", "rate"):
            return ""
        if re.match(r"(?:左右|以上|以内|任务|不等|同比|比上年|较上年|增长|下降|居|列|位|其中|创|达|达到|超|全部|建成|完成|成功|顺利|纳入|总|已|均|分|大关)", noun):
            return ""
        return after

    def _takes_noun(self, phrase: str) -> bool:
        """The words in front of the number ask for the noun behind it: a bare verb, nothing, or «…等»."""
        p = self.names.strip_lead(phrase)
        p = self.names.own_place(p, self.places)
        if not p or p.endswith("等"):
            return True
        verb = self.names.ends_in_verb(p)
        if not verb:
            return False
        return p == verb or len(p) - len(verb) <= 8 or self.names.verb(p) != ""

    def _from_noun(self, s: _Sentence, q: Quantity, phrase: str, start: int, noun: str) -> _Subject | None:
        p = self.names.strip_lead(phrase)
        clean = noun.strip()
        counted = q.kind == "count" and q.base in _GENERIC or q.kind in ("people", "household")
        if not counted and self.scope.project_like(clean) and not self.scope.aggregate(clean):
            return _Subject(clean, None, None, s.end, blocked="project")
        if self.scope.structural(clean):
            return _Subject(clean, None, None, s.end, blocked="structural_count")
        if p.endswith("等"):
            verb = self.names.verb(p)
        else:
            verb = self.names.ends_in_verb(p)
        if not p and q.kind not in ("people", "household", "count"):
            return None
        stop = re.search(r"(?:进行|列入|纳入|获得?|入选|建成|投用|完成|开工|正式|实现|享受|参加|提供|通过|同比|达到|达|超|获批|全面|投产)", clean)
        core = clean[: stop.start()] if stop and stop.start() >= 2 and (verb or re.search(r"\d", s.text[q.end + len(noun): q.end + len(noun) + 1])) else clean
        name = verb + core[:28]
        if core[:2] == "项目" and s.label and not verb and not self.scope.sub_area(s.label):
            name = s.label + name
        hit = self.names.find_end(name) or (self.names.find(core) and (*self.names.find(core), core) if not verb else None)
        blocked = self.scope.narrower(name, phrase + noun, bool(hit), counted)
        where = start if p else q.start
        if hit:
            return _Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], where, verb, blocked, q.kind)
        return _Subject(name, None, None, where, verb, blocked, q.kind)

    # ---------------------------------------------------------------- the subject
    def _subject(self, s: _Sentence, q: Quantity, lead: Lead, phrase: str, start: int, clause: str) -> _Subject | None:
        raw = phrase
        item = raw.strip(" 　")
        is_item = item.startswith("、") or (item.startswith(("和", "及", "与")) and s.subject is not None)
        part = "其中" in raw[:6] or (not raw.strip() and "其中" in clause[:6])
        p = self.names.strip_lead(raw)
        p = self.names.own_place(p, self.places)
        p = self.names.strip_lead(p)
        skipped = raw.find(p) if p else 0
        begin = start + max(skipped, 0)
        if not p or p in ("、", "和"):
            return self._inherit(s, q, lead)
        if re.fullmatch(r"[、和及与\s]+", p):
            return self._inherit(s, q, lead)
        if "等" in p:
            if re.search(r"、.*等[一-龥]{0,8}企业", p) and not re.search(r"企业(?:数|累计)?$", p):
                return _Subject(p[-20:], None, None, begin, blocked="organisation")
            p = self._after_enumeration(p)
        elif "、" in p and not lead.each:
            tail = p.rsplit("、", 1)[1]
            if self.names.find_end(self.names.strip_lead(tail)) and not self.names.find_end(p):
                begin += len(p) - len(tail)
                p = self.names.strip_lead(tail)
        if is_item:
            p = p.lstrip("和及与") if p[1:2] not in ("美", "谐") else p
        if s.subject and s.subject.of_noun and not _HARD.search(raw) and "、" not in raw and start == s.end and s.subject.indicator_id is None:
            name = s.subject.name + p
            return _Subject(name, None, None, s.subject.start, "", s.subject.blocked, q.kind)
        hit = self.names.find_end(p)
        if hit:
            iid, measure, words = hit
            blocked = self.scope.narrower(p, clause, True)
            name = self.catalog.indicators[iid].indicator
            begin += max(p.rfind(words), 0)
            return _Subject(name, iid, measure, begin, self.names.verb(p), blocked, q.kind, words)
        if p.startswith("占") and s.subject:
            name = s.subject.name + re.sub(r"全[区市县省]", "", p)
            found = self.names.find(name)
            return _Subject(name if not found else self.catalog.indicators[found[0]].indicator, found[0] if found else None,
                            None, s.subject.start, blocked=s.subject.blocked, kind=q.kind)
        verb = self.names.verb(p)
        if self.names.is_attribute(p) and not (verb and len(p) > len(verb) + 2):
            return self._of_parent(s, q, p, begin, clause)
        if is_item and not verb and s.subject and s.subject.verb and not s.subject.indicator_id:
            p = s.subject.verb + p
            verb = s.subject.verb
            hit = self.names.find_end(p)
            if hit:
                return _Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], s.subject.start, verb, None, q.kind)
        elif is_item and not verb and s.subject and s.subject.verb and s.subject.indicator_id:
            hit = self.names.find_end(s.subject.verb + p)
            if hit:
                return _Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], s.subject.start, s.subject.verb, None, q.kind)
            p = s.subject.verb + p
        if part and s.subject and len(p) <= 4 and not verb:
            base = re.sub(r"^(?:累计|培育|建成|新增|拥有|市级以上|省级以上|市级及以上)+", "", s.subject.name)
            p = p + base
            begin = s.subject.start
        p = p.strip("“”‘’ 　")
        blocked = self._project_before(s, q)
        if blocked and not (q.kind == "count" and q.base in _GENERIC):
            return _Subject(p[:40], None, None, begin, verb, blocked, q.kind)
        if len(p) < 2 or len(p) > 40:
            return _Subject(p[:40], None, None, begin, verb, "unclassified", q.kind) if len(p) > 40 else None
        blocked = self.scope.narrower(p, clause, False, q.kind == "count" and q.base in _GENERIC)
        return _Subject(p, None, None, begin, verb, blocked, q.kind)

    def _project_before(self, s: _Sentence, q: Quantity) -> str | None:
        """«推进××水库项目建设，建成管网5公里»: what follows is that project's."""
        front = s.text[: self._clause_start(s.text, q.start)]
        clauses = [c for c in re.split(r"[，；：]", front) if c]
        for c in clauses[-2:]:
            if re.search(r"项目(?:建设|主体工程|落地|实施)*$", c) and not self.scope.aggregate(c) and re.match(
                r"(?:.{0,8})?(?:推进|推动|实施|加快|持续|启动|建设|建成|投产|完成|开展)", c) and not re.search(r"\d", c):
                return "project"
        return None

    def _after_enumeration(self, p: str) -> str:
        """改造甲、乙、丙等老旧小区 -> 改造老旧小区."""
        head, tail = p.rsplit("等", 1)
        tail = tail.strip()
        if len(tail) < 2:
            return p
        verb = self.names.verb(head)
        return verb + tail

    def _inherit(self, s: _Sentence, q: Quantity, lead: Lead) -> _Subject | None:
        """A clause without a name speaks of the last one; another kind of unit is another aspect of it."""
        parent = s.subject
        if parent is None:
            if s.label and (lead.core.strip(" ：:") == "" or True) and s.end == 0:
                hit = self.names.find_end(s.label)
                name = self.catalog.indicators[hit[0]].indicator if hit else s.label
                return _Subject(name, hit[0] if hit else None, None, q.start, blocked=self.scope.narrower(s.label, s.label, bool(hit)), kind=q.kind)
            return None
        if lead.direction is not None or q.kind in ("percent", "point") or lead.becomes:
            return parent
        if parent.kind and q.kind and q.kind != parent.kind and q.kind not in ("percent", "point", "ratio"):
            aspect = _AREA_NAMES.get(q.kind)
            if aspect and not parent.name.endswith(aspect):
                return _Subject(parent.name + aspect, None, None, parent.start, parent.verb, parent.blocked, q.kind)
            return _Subject(parent.name, parent.indicator_id if not aspect else None, None, parent.start, parent.verb, parent.blocked, q.kind)
        if lead.total and parent.indicator_id and parent.verb.startswith(("新", "培育", "净增")):
            return self._stock_of(parent)
        if lead.total and (parent.verb or parent.name.startswith("新")):
            return self._stock_of(parent)
        return parent

    def _stock_of(self, parent: _Subject) -> _Subject:
        """新增专精特新企业31家、累计达106家: the second is the stock."""
        name = parent.name
        for verb in (parent.verb, "新增"):
            if verb and name.startswith(verb) and len(name) > len(verb) + 1:
                name = name[len(verb):]
                break
        hit = self.names.find_end(name)
        if hit:
            return _Subject(self.catalog.indicators[hit[0]].indicator, hit[0], None, parent.start, "", parent.blocked, parent.kind)
        return _Subject(name, None, None, parent.start, "", parent.blocked, parent.kind)

    def _of_parent(self, s: _Sentence, q: Quantity, attribute: str, begin: int, clause: str) -> _Subject | None:
        parent = s.recent[0] if s.recent else s.subject
        parent = s.subject or parent
        head = parent.name if parent else s.label
        if not head:
            hit = self.names.find_end(attribute)
            if hit:
                return _Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], begin, "", None, q.kind)
            return None
        for k in range(min(len(head), len(attribute)), 0, -1):  # 技术合同交易 + 交易额
            if head.endswith(attribute[:k]):
                attribute_rest = attribute[k:]
                break
        else:
            attribute_rest = attribute
        clean = attribute
        for verb in ("实现", "完成"):
            clean = clean.removeprefix(verb)
            attribute_rest = attribute_rest.removeprefix(verb)
        before = s.text[: self._clause_start(s.text, q.start)].rstrip("，、；：")
        last_clause = re.split(r"[，；。：]", before)[-1]
        if q.kind == "money" and s.end <= len(before) and re.search(r"(?:项目|工程|基地|中心)(?:建设|落地|签约|开工)*$", last_clause) and not (
            self.scope.aggregate(last_clause)):
            return _Subject(attribute, None, None, begin, blocked="project")
        if attribute in ("新增产值", "产值", "新增") and re.search(r"等[一-龥]{0,6}企业", s.text[: q.start]):
            return _Subject(attribute, None, None, begin, blocked="organisation")
        joined = head + attribute_rest
        swapped = self.names.with_head(head, clean) if head != attribute else None
        if swapped and self.names.find(swapped):
            joined = swapped
        hit = self.names.find(joined) or self.names.find(head + clean)
        blocked = parent.blocked if parent else self.scope.narrower(head, clause, False)
        start = parent.start if parent else begin
        verb = parent.verb if parent else ""
        if hit:
            return _Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], start, verb, blocked, q.kind)
        return _Subject(joined, None, None, start, verb, blocked, q.kind)

    # ---------------------------------------------------------------- 分别
    def _respectively(self, s: _Sentence, quantities: list[Quantity], i: int, lead: Lead, section: str) -> int:
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
        gap = s.text[s.end: group[0].start]
        mark = next((w for w in ("分别", "依次") if w in gap), "")
        front, behind = gap.rsplit(mark, 1) if mark else ("", gap)
        inner = self.names.lead(behind)
        tail_verb = inner.core.strip()
        front_lead = self.names.lead(front)
        phrase, start = self._phrase(front_lead.core, s.end)
        whole = front_lead.core
        subjects: list[_Subject] | None = None
        names = None
        if self.names.strip_lead(phrase):
            names = self.names.split_list(self.names.own_place(self.names.strip_lead(phrase), self.places), len(group))
            if names is None and "，" in whole:  # names of the list may stand apart by commas
                names = self.names.split_list(self.names.strip_lead(whole.rsplit("。", 1)[-1]), len(group))
        if names:
            subjects = []
            for k, name in enumerate(names):
                name = self.names.strip_lead(name)
                name = self.names.own_place(name, self.places)
                if tail_verb and len(tail_verb) <= 6 and not self.names.find(name):
                    name = name + tail_verb
                hit = self.names.find_end(name)
                blocked = self.scope.narrower(name, front, bool(hit))
                q = group[k]
                subjects.append(_Subject(self.catalog.indicators[hit[0]].indicator if hit else name, hit[0] if hit else None,
                                         hit[1] if hit else None, start, self.names.verb(name), blocked, q.kind))
        elif not self.names.strip_lead(phrase):
            if len(s.listed) == len(group):
                subjects = s.listed
            elif len(s.recent) >= len(group):
                subjects = s.recent[-len(group):]
        if subjects is None:
            for q in group:
                self._set_aside(s, q, "unclassified")
            s.end = group[-1].end
            return len(group)
        merged = self.names.lead(behind)
        for name in ("direction", "growth_noun", "becomes", "comparator"):
            if getattr(merged, name) in (None, False):
                setattr(merged, name, getattr(front_lead, name))
        if merged.direction is None and lead.direction is not None and not merged.becomes:
            merged.direction = lead.direction
        last = group[-1]
        for k, (q, subject) in enumerate(zip(group, subjects, strict=True)):
            if q.comparator == "eq" and last.comparator in ("ge", "le") and last.kind == q.kind:
                q.comparator = last.comparator
            if directions.get(k):
                merged = replace(merged, direction=-1 if self.names.falls(directions[k]) else 1)
            self._emit(s, q, merged, subject, section, s.text[self._clause_start(s.text, q.start): q.start],
                       rule="prose.respectively", quote_end=last.end)
        s.listed = subjects
        s.recent += [x for x in subjects if x not in s.recent]
        s.subject = subjects[-1]
        s.end = last.end
        return len(group)

    # ---------------------------------------------------------------- writing it down
    def _emit(self, s: _Sentence, q: Quantity, lead: Lead, subject: _Subject, section: str, clause: str,
              rule: str | None = None, quote_end: int | None = None):
        if subject.blocked:
            self._set_aside(s, q, subject.blocked)
            return
        if re.match(r"对(?!外|口)|较|与|[从由向被把于]|以(?!旧)|在(?![一-龥]{1,6}(?:生|人|户|家|率|项目)|校|建|园|职|册|库|读|岗|保|綦)", subject.name) and not subject.indicator_id:
            self._set_aside(s, q, "unclassified")
            return
        when = timing.resolve(s.mentions, q.start, s.text, self._clause_start(s.text, q.start), subject.start, s.when)
        measure, value, high = self._measure(q, lead, subject)
        if measure is None:
            self._set_aside(s, q, "unclassified")
            return
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        if q.kind == "time" and (indicator is None or indicator.unit(measure) not in ("天", "年", "岁")):
            self._set_aside(s, q, "duration")
            return
        if indicator and not self._unit_fits(indicator, measure, q):
            ratio = next((h for w in ("比率", "占比", "率") if (h := self.names.find(subject.name + w))), None)
            if measure == "level" and q.kind == "percent" and ratio:
                subject = _Subject(self.catalog.indicators[ratio[0]].indicator, ratio[0], None, subject.start, kind=q.kind)
            else:
                subject = _Subject(subject.name, None, None, subject.start, kind=q.kind)
        if lead.target or re.match(r"(?:左右|以上|以内)?的?(?:年度|预期|年初)?目标(?!任务)", s.text[q.end: q.end + 8]):
            when = When("target", when.year, when.period, when.start, when.own_year)
        whens = self._whens(s, q, lead, when, clause)
        comparator = q.comparator if q.comparator != "eq" else (lead.comparator or "eq")
        for w in whens:
            self._append(s, q, subject, measure, value, high, w, comparator, section,
                         rule or ("prose.inherited" if s.subject is subject else "prose.clause"), max(quote_end or 0, q.end))

    def _append(self, s: _Sentence, q: Quantity, subject: _Subject, measure: str, value, high, when: When, comparator: str,
                section: str, rule: str, end: int):
        if high is not None and comparator == "eq":
            comparator = "ge"
        clause = self._clause_start(s.text, q.start)
        begin = subject.start if subject.start <= q.start else clause
        qualifier = "、".join(w for w in _QUALIFIERS if w in s.text[clause: end]) or None
        self.found.append(Candidate(
            name=subject.name, indicator_id=subject.indicator_id, measure=measure, when=when, value=value, high=high,
            printed=q.value, unit=q.unit, base=q.base, factor=q.factor, comparator=comparator,
            start=s.offset + begin, end=s.offset + end, rule=rule, origin="prose", section=section,
            numbers=[(s.offset + a, s.offset + b) for a, b in q.numbers], qualifier=qualifier,
            place=s.offset + q.numbers[0][0], value_text=q.ratio if q.ratio and q.ratio.count(":") > 1 else None,
        ))

    def _unit_fits(self, indicator, measure: str, q: Quantity) -> bool:
        from data.catalog import unit_factor

        if measure == "growth":
            return True
        unit = indicator.unit(measure)
        if unit is None:
            return q.ratio is not None
        if measure == "change" and q.kind == "point":
            return True
        base = unit_factor(unit, self.catalog.units)
        return base is not None and base[0] == q.base

    def _measure(self, q: Quantity, lead: Lead, subject: _Subject) -> tuple[str | None, float | None, float | None]:
        value, high = q.value, q.high
        if q.ratio and q.ratio.count(":") > 1:
            return "level", None, None
        sign = -1.0 if lead.direction == -1 else 1.0
        if q.kind == "point":
            if lead.direction is None and not subject.measure:
                return ("change", value, high) if lead.direction is not None else (None, None, None)
            return "change", sign * value, None if high is None else sign * high
        if q.kind == "percent":
            if lead.direction is not None or subject.measure == "growth":
                return "growth", sign * value, None if high is None else sign * high
            if lead.against_last_year and subject.indicator_id and self.catalog.indicators[subject.indicator_id].kind in ("flow", "stock"):
                return "growth", value, high
            return subject.measure or "level", value, high
        if lead.direction is not None and not lead.becomes and lead.words and self._adjacent_change(lead):
            return "change", sign * value, None if high is None else sign * high
        return subject.measure or "level", value, high

    @staticmethod
    def _adjacent_change(lead: Lead) -> bool:
        """增加20天, 比上年减少3起: a difference; but 增长到 and names like 新增 are none."""
        return any(w in ("增加", "减少", "提高", "下降", "压减", "压降", "净增", "净增加", "多增", "少增", "增产", "减产", "增收", "上升", "降低", "提升", "增长", "回落")
                   for w in lead.words)

    def _whens(self, s: _Sentence, q: Quantity, lead: Lead, when: When, clause: str) -> list[When]:
        """Average, total, or one for each year of a span («2021—2024年目标均定为2.4万人»)."""
        review = timing.in_review(self.report, s.when)
        if lead.average or "年均" in clause or "平均每年" in clause:
            start = when.start
            if start is None:
                start = when.year - 4 if self.report.kind == "five_year_plan" else when.year
            return [When(when.status, when.year, "average", start)]
        if when.period == "cumulative" and when.start is not None:
            if lead.each and "目标" in s.text:
                status = "target"
                return [When(status, y) for y in range(when.start, when.year + 1)]
            return [When(when.status, when.year, "cumulative", when.start)]
        if review and not when.own_year and ("累计" in clause or "五年" in s.text[: q.start]):
            return [When(when.status, when.year, "cumulative", when.year - 4)]
        return [When(when.status, when.year)]
