"""The working record of a sentence: its quantities' surroundings and what it has spoken of so far."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.timing import FIGURES, Mention, When

if TYPE_CHECKING:
    from etl.names import Lead
    from etl.numerals import Quantity

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
#: A lost full stop must not cost quadratic time: what is longer is cut, at a comma where there is one. (The longest real one has 500 signs.)
LONGEST = 1500
REACH = 600  # signs in front of a number that are looked at
LABEL = re.compile(r"^(?:[（(]?[0-9一二三四五六七八九十]+[）)．.、]\s*)?([^，。；：:“”]{2,30})[：:]")
NUMBERED_TITLE = re.compile(r"^\s*[0-9]{1,2}[.．、]\s*([^，。；：:]{2,30})。")
_BRACKET = re.compile(r"[（()）]")
_CLAUSE_STOP = re.compile(r"[，；：。,;]")
_CLAUSE_MARK = re.compile(r"[，；。：]")
HARD_STOP = re.compile(r"[，；：。,;:（）()]")
NOUN_REACH = re.compile(
    r"(?:“[^”]*”|[A-Za-z]+\d+|前\d+[强位名]|\d+强|第\d+[位名批届]?|(?:19|20)\d{2}年|[^，。；、：,;:（）()“”\d])*"
)
_MORE_OBJECTS = re.compile(r"(?:、[^，。；、：,;:（）()“”\d]+)+(?=[，。；]|$)")  # 分获科技进步、技术发明奖项
GENERIC_CLASSIFIERS = ("个", "家", "所", "处", "座", "项", "户", "条", "件", "只")  # they count things of any kind
_YEAR_OF_NUMBER = re.compile(r"\d[万亿]*[^，。；：（）\d]{1,8}（(?:19|20)\d{2}年" + f"{FIGURES}）$")
_TITLE = re.compile(r"《[^《》]*》|（(?:19|20)\d{2}(?:[^（）\d]|(?:19|20)\d{2}(?!\d))*）")


def sentences(text: str, numbers: list[re.Match]) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence, in order; none of ``numbers`` (all of the text, in order) is cut in two."""
    ends = [n.end() for n in numbers] if len(text) > LONGEST else []
    for m in _SENTENCE.finditer(text):
        start, end = m.span()
        while end - start > LONGEST:
            limit = start + LONGEST
            comma = max(text.rfind("，", start + LONGEST // 2, limit), text.rfind("、", start + LONGEST // 2, limit)) + 1
            inside = bisect_right(ends, limit)  # the first number that ends behind the limit
            cut = comma or (ends[inside] if inside < len(ends) and numbers[inside].start() < limit else limit)
            yield start, cut
            start = cut
        if start < end:
            yield start, end


@dataclass(slots=True)
class Subject:
    """What a figure is about.

    ``name`` is the catalogue's name where ``indicator_id`` is set, else the report's words; ``start`` is
    where it stands in the sentence; ``verb`` the flow verb it came with; ``blocked`` the reason why figures
    about it are none of the whole place; ``kind`` and ``base`` the unit it was first given in.
    """

    name: str
    indicator_id: str | None
    measure: str | None
    start: int
    verb: str = ""
    blocked: str | None = None
    kind: str | None = None
    base: str | None = None
    measured: str | None = None  # measure of the last figure about it
    fell: bool = False  # and it told of a fall
    since: int | None = None  # the year from which it has changed: 由2015年的4.5万元提高到6.5万元
    of_noun: bool = False  # named by the noun behind its number: 17户“双百企业”
    parts: int = 0  # which of the parts of something it is: 其中产业类46个、民生类25个
    span: tuple[str, int | None] | None = None  # period of its last amount, and where that begins: a part of it has the same
    words: str = ""  # the report's wording where the name is the catalogue's


@dataclass(slots=True)
class Sentence:
    """One sentence at ``offset`` of the report, with what has been read of it."""

    text: str
    offset: int
    when: When
    mentions: list[Mention]
    label: str = ""
    subject: Subject | None = None
    recent: list[Subject] = field(default_factory=list)
    carried: Subject | None = None  # what the sentence before ended with
    listed: list[Subject] = field(default_factory=list)  # names of the last 分别 list
    told: bool = False  # a figure of the whole place has been read
    passed_over: bool = False  # the last figure was not understood: «分别» may speak of it
    since: int | None = None  # «较2019年，…»: the year the sentence compares with
    end: int = 0  # where the last quantity (with its noun) ended
    moves_from: int = -1  # where the start of a change ended: 由2.3万户
    threshold: int = -1  # numbers up to here belong to a name («90%以上的村集体年经营性收入超过10万元»)
    way: Lead | None = None  # what stood in front of the last figure, where that was a difference
    flow: str = ""  # the verb of what was last said to be new
    part: str | None = None  # reason that holds for the whole sentence
    led_by_part: str | None = None  # the first figure is of a part: so are those after it
    _asides: list[tuple[int, Subject | None]] = field(default_factory=list)  # where each open bracket opened, and what was spoken of there
    _seen: int = 0  # brackets up to here are known
    _stops: list[int] | None = None  # where the marks between clauses stand, once somebody asks

    def clause_start(self, pos: int) -> int:
        """Where the clause that holds ``pos`` begins."""
        if self._stops is None:
            self._stops = [m.start() for m in _CLAUSE_STOP.finditer(self.text)]
        i = bisect_left(self._stops, pos) - 1
        return self._stops[i] + 1 if i >= 0 and self._stops[i] >= pos - REACH else 0

    def clause_before(self, pos: int) -> tuple[str, int]:
        """The clause in front of the one that holds ``pos``, without the mark behind it, and where it ends."""
        before = self.text[: self.clause_start(pos)].rstrip("，、；：")
        return _CLAUSE_MARK.split(before[-REACH:])[-1], len(before)

    def leave_asides(self, pos: int) -> None:
        """Behind a bracket the sentence goes on with what it spoke of in front: «612亿元（其中限上249亿元），增长8.8%»."""
        for m in _BRACKET.finditer(self.text, self._seen, pos):
            if m.group() in "（(":
                self._asides.append((m.end(), self.subject))
            elif self._asides:
                self.subject = self._asides.pop()[1] or self.subject
        self._seen = max(self._seen, pos)

    def aside(self, pos: int) -> str:
        """The words in front of ``pos`` in the bracket that is open there; empty where none is."""
        return self.text[self._asides[-1][0]: pos] if self._asides else ""

    def gap_start(self, pos: int) -> int:
        """Where the words in front of ``pos`` begin that no figure has used yet."""
        return max(self.end, pos - REACH)

    def behind(self, pos: int) -> str:
        """The words from ``pos`` to the next mark or number."""
        reach = NOUN_REACH.match(self.text, pos).group()
        more = _MORE_OBJECTS.match(self.text, pos + len(reach)) if reach else None
        return reach + more.group() if more else reach


def without_titles(text: str) -> str:
    """The text with titles and bracketed years blanked out, same length: their years date no figure. A year alone behind a number
    (108.4亿元（2023年数）) stays."""
    return _TITLE.sub(lambda m: m.group() if _YEAR_OF_NUMBER.search(text, max(0, m.start() - 12), m.end()) else "　" * len(m.group()), text)


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
