"""The typeface of everything that leaves as a file: how wide words are, where lines break, the part a file takes along.

Noto Sans SC comes as a package, so a machine without any Chinese font writes the same pictures. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from threading import Lock

import pylopdf_fonts_zh_cn
import vl_convert
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from data.unseen import UNSEEN_SIGN

_READING = Lock()
FAMILY = "Noto Sans SC"
#: Numbers with their units, Latin words, and marks that may not begin or end a line stay together.
_TOKENS = re.compile(
    r"[“‘（《【]*(?:[\w.+−±≥≤＞＜%:/-]+(?:(?<=\d)[年月日亿万元人项个倍吨天]{1,2})?|.)[，。；、：！？）》】”’%‰…—～·]*",
    re.ASCII,
)
#: For what nobody sees; the typeface has no \ufffd.
_SIGN = "□"


def clean(text: str) -> str:
    """With a sign for each character that nobody sees, and without the others that XML does not have."""
    return re.sub(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", UNSEEN_SIGN.sub(_SIGN, text))


@cache
def register() -> None:
    """Make the typeface known to the converter; once in a process."""
    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))


@cache
def _advances() -> tuple[dict[int, int], int]:
    """Width of each character in units of the font, and how many units one em has."""
    with TTFont(pylopdf_fonts_zh_cn.sans_path(), lazy=True) as font:
        widths = font["hmtx"].metrics
        return {code: widths[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm


def width(text: str, size: float) -> float:
    """How wide ``text`` stands at ``size`` px; a character the typeface does not have takes one em."""
    advances, em = _advances()
    return sum(advances.get(ord(letter), em) for letter in text) * size / em


def wrap(text: str, size: float, room: float, *, even: bool = False) -> list[str]:
    """The lines of ``text`` in ``room`` px; a number and its unit stay together, no line begins with a comma.

    ``even``: lines of about one length, as in a title, instead of a last line of one character.
    """
    lines = _fill(text, size, room)
    if not even or len(lines) < 2:
        return lines
    clauses = _fill(text, size, room, re.compile(r"[^，；。]+[，；。]*"))
    if len(clauses) == len(lines) and all(width(line, size) > room * 0.3 for line in clauses):
        return clauses
    low, high = room / 2, room
    while high - low > size / 2:
        middle = (low + high) / 2
        if len(_fill(text, size, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return _fill(text, size, high)


def _fill(text: str, size: float, room: float, tokens: re.Pattern[str] = _TOKENS) -> list[str]:
    lines, line, used = [], "", 0.0
    for token in tokens.findall(" ".join(text.split())):
        wide = width(token, size)
        if line and used + wide > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if wide > room:  # one word longer than a line
            for letter in token:
                if line and used + width(letter, size) > room:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = line + letter, used + width(letter, size)
            continue
        line, used = line + token.lstrip() if not line else line + token, used + wide
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


@cache
def _font() -> TTFont:
    return TTFont(pylopdf_fonts_zh_cn.sans_path(), lazy=True)


def outline(text: str, size: float, x: float, y: float) -> str:
    """The outlines of a line of text that begins at ``x`` on the baseline ``y``, as the data of an SVG path."""
    with _READING:  # the font reads its glyphs when they are asked for
        font = _font()
        glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
        pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.2f}".rstrip("0").rstrip("."))
        for letter in text:
            if ord(letter) in names:
                glyphs[names[ord(letter)]].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
            x += width(letter, size)
        return pen.getCommands()


def subset(letters: Iterable[str]) -> bytes:
    """The typeface with these characters only, as WOFF2."""
    options = Options()
    options.flavor, options.layout_features, options.name_IDs = "woff2", ["kern", "palt", "locl"], [1, 2, 4, 6, 13]
    with TTFont(pylopdf_fonts_zh_cn.sans_path(), lazy=True) as font:
        cut = Subsetter(options)
        cut.populate(text="".join(sorted(set(letters))))
        cut.subset(font)
        font.flavor = "woff2"
        out = BytesIO()
        font.save(out)
        return out.getvalue()
