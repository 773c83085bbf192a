"""What the layout of a page has put into a text: lines cut at its width, page numbers, blanks around numbers, full-width signs.

Nothing is changed in the report: a paragraph is read without these, and what is found is put back to where it stands.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from etl.read import Report

PAGE_NUMBER = re.compile(r"\s*(?:[—–－-]\s*[0-9０-９]{1,3}\s*[—–－-]|第\s*[0-9０-９]{1,3}\s*页(?:[，,]?\s*共\s*[0-9０-９]{1,3}\s*页)?)\s*")
_CLAUSES = re.compile("[，。；]")
#: A line at least so wide, of the widest, has been cut by the page.
_FULL = 0.75
#: The blank that a layout puts between a number and the words beside it.
_SET_APART = re.compile(r"(?<=[\u4e00-\u9fff，、；：。（）“”—~～])[ \u00a0\u2009\u202f](?=[0-9０-９])|(?<=[0-9０-９])[ \u00a0\u2009\u202f](?=[\u4e00-\u9fff%％‰])")
_WIDE = "０１２３４５６７８９％／" + "".join(chr(0xFF21 + n) + chr(0xFF41 + n) for n in range(26))
_HALF_WIDTH = str.maketrans({sign: chr(ord(sign) - 0xFEE0) for sign in _WIDE})
LAID_OUT = re.compile(f"{_SET_APART.pattern}|[{_WIDE}]")


def page_width(report: Report) -> float:
    """The least width of a line that a page has cut, as a PDF prints it; 0 when paragraphs stand on one line.

    Widths are those of the print, a Chinese sign as wide as two digits. A line may end a few signs early, where a word or a number did not
    fit.
    """
    lines = ((report.text[s:e], report.text[e - 1]) for s, e in report.lines if e - s >= 15 and report.text[s] != "\t")
    sizes = [(_printed_width(line), last) for line, last in lines]
    if len(sizes) < 20:
        return 0
    width = sorted(n for n, _ in sizes)[int(len(sizes) * 0.9)]
    least = width * _FULL
    full = [last for n, last in sizes if n >= least]
    cut = [last for last in full if last not in "。；：！？;:!?"]
    return least if width <= 160 and len(full) * 2 >= len(sizes) and len(cut) * 3 >= len(full) * 2 else 0


def _printed_width(line: str) -> int:
    return len(line) + sum(east_asian_width(sign) in "WFA" for sign in line)


def goes_on(line: str, width: float) -> bool:
    """A line that the page has cut: a wide one, or a part of a sentence before a word that did not fit."""
    size = _printed_width(line)
    return line[-1] not in "。！？" and (size >= width or size * 3 >= width * 2 and line[-1] not in "；：" and bool(_CLAUSES.search(line)))


def plain(text: str, lines: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """The words of these lines of ``text`` as one, without the blanks beside numbers and with half-width letters and digits; and
    where each sign of them stands."""
    joined = "".join(text[a:b] for a, b in lines)
    spots = [i for a, b in lines for i in range(a, b)]
    blanks = {m.start() for m in _SET_APART.finditer(joined)}
    kept = [i for i in range(len(joined)) if i not in blanks]
    return "".join(joined[i] for i in kept).translate(_HALF_WIDTH), [spots[i] for i in kept]


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
