"""What the layout of a page has put into a text: lines cut at its width, page numbers, blanks around numbers, full-width signs,
western marks.

Nothing is changed in the report: a paragraph is read without these, and what is found is put back to where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import east_asian_width

from etl.read import Report

_PAGE_NUMBER = re.compile(r"\s*(?:[—–－-]\s*[0-9０-９]{1,3}\s*[—–－-]|第\s*[0-9０-９]{1,3}\s*页(?:[，,]?\s*共\s*[0-9０-９]{1,3}\s*页)?)\s*")
#: A line that comes so often, and is a title, stands on each page.
_PAGES, _HEAD_LINE = 3, re.compile(r"(?:[\u4e00-\u9fff《》“”、·\s—-]|20\d{2}年|[（(〔][\u4e00-\u9fff\s\d０-９]{0,12}[）)〕]号?){4,}")
_CLAUSES = re.compile("[，。；]")
#: A line at least so wide, of the widest, has been cut by the page.
_FULL = 0.75
_WIDEST = 160  # a page has no longer lines
_LINES = 10  # of a text, from which its width can be told
#: The blanks that a layout puts between a number and the words beside it.
_SET_APART = re.compile(r"(?<=[\u4e00-\u9fff，、；：。（）“”—~～])[ \u00a0\u2009\u202f\u3000]+(?=[0-9０-９])|(?<=[0-9０-９])[ \u00a0\u2009\u202f\u3000]+(?=[\u4e00-\u9fff%％‰])")
_WIDE = "０１２３４５６７８９％／" + "".join(chr(0xFF21 + n) + chr(0xFF41 + n) for n in range(26))
_HALF_WIDTH = str.maketrans({sign: chr(ord(sign) - 0xFEE0) for sign in _WIDE})
_POINT = re.compile("(?<=[0-9])．(?=[0-9])")
#: Western marks in place of the Chinese ones; between digits they are part of a number or a ratio.
_MARKS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}
_MARK = re.compile(r"(?<![0-9])[,:]|[,:](?![0-9])|[;()]")
LAID_OUT = re.compile(f"{_SET_APART.pattern}|[{_WIDE}]|{_MARK.pattern}")


def page_number(line: str) -> bool:
    """The line is the number of a page: — 3 —, 第3页."""
    return bool(_PAGE_NUMBER.fullmatch(line))


class Page:
    """How the pages of a report are laid out.

    ``width`` is the least width of a line that a page has cut, as a PDF prints it; 0 when paragraphs stand on one line. Widths are those of
    the print, a Chinese sign as wide as two digits; a line may end a few signs early, where a word or a number did not fit.
    """

    def __init__(self, report: Report):
        self.width = _cut_at(report)
        lines = Counter(line for s, e in report.lines if 4 <= len(line := report.text[s:e].strip()) <= 40) if self.width else {}
        self._heads = {line for line, n in lines.items() if n >= _PAGES and _HEAD_LINE.fullmatch(line)}

    def bears(self, line: str) -> bool:
        """The line belongs to the page, not to the text: its number, or a title that stands on each page."""
        return page_number(line) or line.strip() in self._heads

    def goes_on(self, line: str) -> bool:
        """A line that the page has cut: a wide one, or a part of a sentence before a word that did not fit."""
        if not self.width or line[-1] in "。！？":
            return False
        size = _printed_width(line)
        part = size * 3 >= self.width * 2 and line[-1] not in "；：" and bool(_CLAUSES.search(line))
        return size >= self.width or part


def _cut_at(report: Report) -> float:
    lines = ((report.text[s:e], report.text[e - 1]) for s, e in report.lines if e - s >= 15 and report.text[s] != "\t")
    sizes = [(_printed_width(line), last) for line, last in lines]
    if len(sizes) < _LINES:
        return 0
    width = sorted(n for n, _ in sizes)[int(len(sizes) * 0.9)]
    least = width * _FULL
    full = [last for n, last in sizes if n >= least]
    cut = [last for last in full if last not in "。；：！？;:!?"]
    return least if width <= _WIDEST and len(full) * 2 >= len(sizes) and len(cut) * 3 >= len(full) * 2 else 0


def _printed_width(line: str) -> int:
    return len(line) if len(line) > _WIDEST else len(line) + sum(east_asian_width(sign) in "WFA" for sign in line)


def words(line: str) -> str:
    """A line as it would stand without blanks beside its numbers, with half-width letters and digits and Chinese marks."""
    return _marked(half(_SET_APART.sub("", line))) if LAID_OUT.search(line) else line


def _marked(text: str) -> str:
    return _MARK.sub(lambda m: _MARKS[m.group()], text)


def half(text: str) -> str:
    """As long as before, with half-width letters, digits and points between digits."""
    return _POINT.sub(".", text.translate(_HALF_WIDTH))


def bare(cell: str) -> str:
    """The words of a cell without any blanks, with half-width letters and digits."""
    return half(re.sub(r"\s+", "", cell))


def plain(text: str, lines: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """The words of these lines of ``text`` as one, without the blanks beside numbers, with half-width letters and digits and
    Chinese marks; and where each sign of them stands."""
    joined = "".join(text[a:b] for a, b in lines)
    spots = [i for a, b in lines for i in range(a, b)]
    blanks = {i for m in _SET_APART.finditer(joined) for i in range(*m.span())}
    kept = [i for i in range(len(joined)) if i not in blanks]
    return _marked(half("".join(joined[i] for i in kept))), [spots[i] for i in kept]


def pieces(text: str, spots: list[int]) -> list[tuple[int, int]]:
    """The runs of ``text`` that these places make up; of all but the first, what stands before a digit is left out."""
    found = [[spots[0], spots[0] + 1]]
    for i in spots[1:]:
        if i == found[-1][1]:
            found[-1][1] += 1
        else:
            found.append([i, i + 1])  # a number over the end of a line
    for run in found[1:]:
        while run[0] < run[1] - 1 and not text[run[0]].isdigit():  # the point of 288 / .5
            run[0] += 1
    return [tuple(run) for run in found]
