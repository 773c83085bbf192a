"""The evidence card as a picture: a sentence, a small chart, and the exact words behind it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from pages.parts import picture_charts, theme, typeface
from pages.parts import picture_kit as kit
from pages.parts.sheet import Drawing, Sheet
from pages.parts.theme import Sizes

_CELLS = " │ "  # between the cells of a table


@dataclass(frozen=True)
class Quote:
    """A report's exact words. value: (start, end) of the number in ``text``. head: what it is (计划目标, 完成情况).

    report: title of the document. place: section and lines, in words.
    """

    text: str
    value: tuple[int, int] | None = None
    head: str = ""
    report: str = ""
    place: str = ""


def card(
    shown: Sheet | Drawing | None, sentence: str, quotes: Sequence[Quote], source: str = "", build: str = ""
) -> str:
    """The evidence card as SVG, 1200 × 675 px: a sentence, a small chart, and the exact words behind it.

    ``shown``: the chart (of a sheet, the first), or none. Longer quotes are cut around their value and say so with ……;
    the card becomes taller when even then they do not fit.
    """
    wide, edge = 1200, 40
    root = kit.canvas(wide, sentence)
    kit.add(root, "rect", width=wide, height=8, fill=theme.light("var(--pb-accent)"))
    room = wide - 2 * edge
    one = [s for s in (34, 30) if len(typeface.wrap(sentence, s, room)) == 1]
    size = next(iter(one), next((s for s in (34, 30, 26) if len(typeface.wrap(sentence, s, room)) <= 2), 22))
    top = kit.paragraph(root, 34, sentence, size, room=room, x=edge, bold=True, even=True) + 14
    drawing = shown.drawings[0] if isinstance(shown, Sheet) and shown.drawings else shown
    drawing = drawing if isinstance(drawing, Drawing) else None
    left = edge + room * 0.5 + 20 if drawing else edge
    y = top
    for quote in quotes:
        y = _quote(root, left, y, quote, wide - edge - left)
    said = Sheet("", source=source, build=build)
    foot = kit.Foot(said, "", wide, edge)
    height = max(675.0, y + foot.height)
    if drawing:
        signs = shown.signs if isinstance(shown, Sheet) else ()
        under = kit.legend(root, top, signs, room * 0.5, edge) + 8 if signs else top
        sizes = Sizes(text=15, small=14, row=34, line=2.5, mark=100, cell=14)
        free = height - foot.height - under
        chart, high = picture_charts.svg_of(drawing, sizes, room * 0.5, 1, "c0-")
        plot, (low, most) = picture_charts.plot(drawing, sizes), picture_charts.STRETCH[drawing.kind]
        stretch = min(max(1 + (free - high) / plot, low), most)
        chart, high = picture_charts.svg_of(drawing, sizes, room * 0.5, stretch, "c0-")
        scale = min(1.0, free / high)
        holder = kit.add(root, "g", transform=f"translate({edge},{kit.number(under)}) scale({kit.number(scale)})")
        chart.set("overflow", "visible")
        holder.append(chart)
    foot.draw(root, height)
    return kit.finished(root, height)


def _quote(root: ET.Element, x: float, y: float, quote: Quote, room: float) -> float:
    """A quote with its value marked, its head above and its document below; where it ends."""
    if quote.head:
        kit.text_line(root, x, y + 16, quote.head, 16, bold=True)
        y += 26
    size = 20 if len(quote.text) < 60 else 17
    text, value = shortened(quote, int(room / size) * 6)
    top, at = y, 0
    for line in typeface.wrap(text, size, room - 16):
        start = text.index(line, at)
        at = start + len(line)
        if value and value[0] < at and value[1] > start:
            first, last = max(value[0] - start, 0), min(value[1] - start, len(line))
            before, marked = typeface.width(line[:first], size), typeface.width(line[first:last], size)
            colour = theme.light("var(--pb-mark)")
            kit.add(root, "rect", x=x + 16 + before - 1, y=y + 2, width=marked + 2, height=size * 1.35, fill=colour)
        kit.text_line(root, x + 16, y + size + 2, line, size)
        y += size * 1.5
    kit.add(root, "rect", x=x, y=top, width=4, height=y - top, fill=theme.light(theme.LINE))
    for line in (quote.report, quote.place):
        if line:
            y = kit.paragraph(root, y + 4, line, 14, theme.MUTED, room=room - 16, x=x + 16)
    return y + 18


def shortened(quote: Quote, most: int) -> tuple[str, tuple[int, int] | None]:
    """At most about so many characters around the value; cells of a table stand apart by lines."""

    def flat(text: str) -> str:
        return re.sub(r"\s+", " ", re.sub(r"\s*\t\s*", _CELLS, text))

    start, end = quote.value or (0, 0)
    before, value, after = (
        flat(quote.text[:start]).lstrip(),
        flat(quote.text[start:end]),
        flat(quote.text[end:]).rstrip(),
    )
    if len(before) + len(value) + len(after) > most:
        keep = max(0, most - len(value))
        tail = min(len(after), max(keep - len(before), keep // 3))
        lead = min(len(before), keep - tail)
        before = before if lead == len(before) else "……" + before[len(before) - lead :].lstrip()
        after = after if tail == len(after) else after[:tail].rstrip() + "……"
    # the line breaker joins white space at the seams too
    if before.endswith(" ") and (value + after).startswith(" "):
        before = before.rstrip()
    if value.endswith(" ") and after.startswith(" "):
        after = after.lstrip()
    return before + value + after, (len(before), len(before) + len(value)) if quote.value else None
