"""A sheet as a picture: SVG composed of the finding, the charts and the sources; PNG and PDF are made from it. Pure.

One slide is 1280 × 720 px. The charts are the ones of the page, drawn with larger type on the light ground. Everything
stands in the file: no script, no style sheet, nothing to be fetched.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from threading import Lock
from xml.etree import ElementTree as ET

import pypdf
import vl_convert
from altair.utils.schemapi import debug_mode

from pages.parts import charts, theme, typeface
from pages.parts.sheet import Drawing, Sheet
from pages.parts.theme import Sizes

WIDTH, HEIGHT = 1280, 720
NAME = "区县规划看板"
_EDGE, _BETWEEN = 44, 28
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
#: Type in the charts by how many stand side by side.
_SIZES = (
    Sizes(text=17, small=15, row=38, line=3, mark=130, cell=16),
    Sizes(text=15, small=14, row=34, line=2.5, mark=100, cell=14),
    Sizes(text=13, small=12, row=30, line=2, mark=70, cell=12),
)
_UNCHECKED = Lock()
_FEW = 8  # so many rows at most stand in large type
_BOLD = 0.032  # stroke of bold type, as a share of its size: the typeface comes in one weight
#: How far a chart may be stretched or pressed together before the picture grows or everything shrinks.
_STRETCH = {
    "trend": (0.5, 3.0),
    "drift": (0.5, 3.0),
    "bars": (0.6, 1.6),
    "dumbbells": (0.65, 1.6),
    "heatmap": (0.85, 1.6),
}
_PLOT = {"trend": 260, "drift": 260}  # px of a plot whose height is free

ET.register_namespace("", _SVG)
ET.register_namespace("xlink", _XLINK)


# ---------------------------------------------------------------- text
def _add(parent: ET.Element, name: str, text: str = "", **attributes: object) -> ET.Element:
    found = ET.SubElement(
        parent, f"{{{_SVG}}}{name}", {key.rstrip("_").replace("_", "-"): _number(v) for key, v in attributes.items()}
    )
    found.text = typeface.clean(text) or None
    return found


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _words(
    parent: ET.Element,
    x: float,
    y: float,
    text: str,
    size: float,
    colour: str = theme.TEXT,
    *,
    bold: bool = False,
    **more: object,
) -> None:
    """One line of text on the baseline ``y``."""
    if bold:
        more |= {"stroke": theme.light(colour), "stroke_width": size * _BOLD, "stroke_linejoin": "round"}
    _add(parent, "text", text, x=x, y=y, font_size=size, fill=theme.light(colour), **more)


def _paragraph(
    parent: ET.Element,
    y: float,
    text: str,
    size: float,
    colour: str = theme.TEXT,
    *,
    room: float,
    x: float = _EDGE,
    **more: object,
) -> float:
    """Lines of text below ``y``; where they end."""
    even = more.pop("even", False)
    for line in typeface.wrap(text, size, room, even=even):
        _words(parent, x, y + size, line, size, colour, **more)
        y += size * 1.4
    return y


# ---------------------------------------------------------------- charts
def _sizes(sheet: Sheet) -> Sizes:
    """Type by how many charts stand side by side; as on a shared screen where there is little to show."""
    beside = max(1, min(sheet.across, len(sheet.drawings)))
    rows = sum(_deep(drawing) for drawing in sheet.drawings)
    return theme.PRESENT if beside == 1 and rows <= _FEW else _SIZES[min(beside, len(_SIZES)) - 1]


def _deep(drawing: Drawing) -> int:
    """How many rows a chart has, the axis of each chart counted as one."""
    rows = drawing.rows
    if drawing.kind == "dumbbells":
        return len({row["indicator"] for row in rows["rows"]}) + 1
    return len(rows["rows"]) + 1 if drawing.kind in ("bars", "heatmap") else _FEW


def _plot(drawing: Drawing, sizes: Sizes) -> float:
    """The part of a chart's height in px that grows when it is stretched."""
    rows = drawing.rows
    if drawing.kind == "bars":
        return len(rows["rows"]) * 2.2 * sizes.row
    if drawing.kind == "dumbbells":
        places = len({row["place"] for row in rows["rows"]})
        return len({row["indicator"] for row in rows["rows"]}) * places * 0.65 * sizes.row
    return len(rows["rows"]) * sizes.row if drawing.kind == "heatmap" else _PLOT[drawing.kind]


def _arguments(drawing: Drawing, sizes: Sizes, room: float, stretch: float) -> dict:
    """What the chart function takes so that the chart suits ``room`` px."""
    rows = dict(drawing.rows)
    if drawing.kind == "trend" and rows.get("missing"):
        # small enough for the words below the years, as charts.trend asks for: else it would leave them out
        parts = [part for lines in rows["missing"].values() for line in lines for part in line.split("|")]
        letters = (max(map(len, parts), default=0) + 1) * len(rows["years"])
        small = max(9, min(sizes.small, int((room - 70 - 84 * sizes.ratio) / max(letters, 1))))
        sizes = replace(sizes, small=small, text=min(sizes.text, small + 2))
    if drawing.kind in _PLOT:
        return rows | {"sizes": sizes, "height": round(_PLOT[drawing.kind] * stretch)}
    if drawing.kind == "dumbbells":
        rows["names_width"] = 14 * sizes.text + 8
    if drawing.kind == "heatmap":
        names = max((min(typeface.width(name, sizes.small), 13 * sizes.small) for name in rows["rows"]), default=0)
        column = (room - names - 30) / max(1, len(rows["columns"]))
        text = max((typeface.width(cell["text"], 1) for cell in rows["cells"]), default=1)
        heads = (part for name in rows["columns"] for part in name.split("|"))
        head = max((typeface.width(name, 1) for name in heads), default=1)
        least = 9
        cell = max(least, min(sizes.cell, int((column - 6) / (text or 1))))
        sizes = replace(sizes, cell=cell, text=max(least, min(sizes.text, int((column - 4) / (head or 1)))))
    return rows | {
        "sizes": replace(sizes, row=sizes.row * stretch if drawing.kind == "dumbbells" else int(sizes.row * stretch))
    }


def _chart(drawing: Drawing, sizes: Sizes, room: float, stretch: float, prefix: str) -> tuple[ET.Element, float]:
    """One chart ``room`` px wide as an SVG element with ids of its own, and its height."""
    # the page has checked this chart against the schema, which takes most of the time; the switch is one for all threads
    with _UNCHECKED, debug_mode(False):
        spec = getattr(charts, drawing.kind)(**_arguments(drawing, sizes, room, stretch)).to_dict(validate=False)
    spec |= {"width": round(room), "autosize": {"type": "fit-x", "contains": "padding"}}
    typeface.register()
    made = vl_convert.vegalite_to_svg(theme.light(json.dumps(_cleaned(spec), ensure_ascii=False)), vl_version="6.4")
    root = ET.fromstring(typeface.clean(made))
    for each in root.iter():
        for key in [
            key for key in each.attrib if key.startswith("aria-") or key in ("role", "pointer-events", "class", "style")
        ]:
            del each.attrib[key]
        for key, value in each.attrib.items():
            if key == "id":
                each.set(key, prefix + value)
            elif "#" in value:
                each.set(key, re.sub(r"url\(#", f"url(#{prefix}", value) if "url(" in value else value)
        if each.tag == f"{{{_SVG}}}text":
            _own_type(each)
    if drawing.kind in _PLOT:
        _halos(root)
    return root, float(root.get("height"))


def _cleaned(value: object) -> object:
    """Without characters that XML does not have: the converter ends the whole process over one of them."""
    if isinstance(value, str):
        return typeface.clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list | tuple) else value


def _own_type(text: ET.Element) -> None:
    """The family stands once, on the picture; bold type is drawn with a stroke."""
    text.attrib.pop("font-family", None)
    weight = text.attrib.pop("font-weight", "normal")
    if weight in ("bold", "600", "700"):
        size = float(text.get("font-size", "12px").removesuffix("px"))
        text.attrib |= {
            "stroke": text.get("fill", "#000"),
            "stroke-width": _number(size * _BOLD),
            "stroke-linejoin": "round",
        }

    lines = list(text)
    if text.get("text-anchor") == "end" and len(lines) > 1:  # Vega hangs the lines from the middle of the row
        up = sum(float(line.get("dy", 0)) for line in lines) / 2
        text.set("transform", f"{text.get('transform', '')} translate(0,{_number(-up)})".strip())


def _halos(root: ET.Element) -> None:
    """Thin white behind the words that may stand on a line."""
    for parent in list(root.iter()):
        for at, text in reversed(list(enumerate(parent))):
            if text.tag != f"{{{_SVG}}}text" or len(text) or not text.text:
                continue
            size = float(text.get("font-size", "12px").removesuffix("px"))
            wide = typeface.width(text.text, size)
            x = {"middle": -wide / 2, "end": -wide}.get(text.get("text-anchor", "start"), 0)
            box = ET.Element(f"{{{_SVG}}}rect", {"fill": "#FFFFFF", "opacity": "0.75"})
            box.attrib |= {"transform": text.get("transform", ""), "x": _number(x), "y": _number(-0.82 * size)}
            box.attrib |= {"width": _number(wide), "height": _number(0.94 * size)}
            parent.insert(at, box)


def _rows(sheet: Sheet) -> list[list[int]]:
    """Which drawings stand side by side."""
    across = max(1, sheet.across)
    return [list(range(len(sheet.drawings)))[at : at + across] for at in range(0, len(sheet.drawings), across)]


def _stretch(sheet: Sheet, heights: list[float], plots: list[float], heads: float, room: float, *, fit: bool) -> float:
    """By how much the plots are stretched so that all rows together are ``room`` px high, within bounds."""
    low = max(_STRETCH[drawing.kind][0] for drawing in sheet.drawings)
    high = min(_STRETCH[drawing.kind][1] for drawing in sheet.drawings)

    def total(stretch: float) -> float:
        return heads + sum(max(heights[i] + plots[i] * (stretch - 1) for i in row) for row in _rows(sheet))

    if total(low) >= room:  # it has to grow anyway, or to shrink as a whole
        return low if fit else 1.0
    if total(high) <= room:
        return high
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if total(middle) < room else (low, middle)
    return low


def _bare(drawing: Drawing) -> Drawing:
    """As high as the drawing, without what takes long to draw."""
    if drawing.kind != "heatmap":
        return drawing
    longest = max(drawing.rows["cells"], key=lambda cell: typeface.width(cell["text"], 1), default=None)
    return replace(drawing, rows=drawing.rows | {"cells": [longest] if longest else []})


def _charts(sheet: Sheet, room: float, *, fit: bool) -> tuple[ET.Element, float]:
    """All charts as one group at the left edge, and its height; ``fit`` makes them smaller until they fit."""
    across = min(max(1, sheet.across), max(1, len(sheet.drawings)))
    inside, scale = WIDTH - 2 * _EDGE, 1.0
    sizes = _sizes(sheet)
    head = sizes.text * 1.9 if any(drawing.heading for drawing in sheet.drawings) else 0
    gaps = _BETWEEN * 0.5
    for attempt in range(3):
        wide = (inside / scale - _BETWEEN * (across - 1)) / across
        extra = (head + gaps) * len(_rows(sheet)) - gaps
        drawn = [_chart(_bare(each), sizes, wide, 1, f"c{n}-") for n, each in enumerate(sheet.drawings)]
        plots = [_plot(each, sizes) for each in sheet.drawings]
        stretch = _stretch(sheet, [height for _, height in drawn], plots, extra, room / scale, fit=fit)
        if abs(stretch - 1) > 0.03 or any(each.kind == "heatmap" for each in sheet.drawings):
            drawn = [_chart(each, sizes, wide, stretch, f"c{n}-") for n, each in enumerate(sheet.drawings)]
        high = extra + sum(max(drawn[i][1] for i in row) for row in _rows(sheet))
        if not fit or high * scale <= room + 1 or attempt == 2:
            break
        scale = room / high
    if fit and high * scale > room:
        scale = room / high
    group = ET.Element(f"{{{_SVG}}}g")
    if scale != 1:
        group.set("transform", f"scale({_number(scale)})")
    y = 0.0
    for row in _rows(sheet):
        for column, i in enumerate(row):
            x = column * (wide + _BETWEEN)
            if sheet.drawings[i].heading:
                _words(group, x, y + sizes.text * 1.1, sheet.drawings[i].subject, sizes.text + 2, bold=True)
            chart = drawn[i][0]
            chart.attrib |= {"x": _number(x), "y": _number(y + head), "overflow": "visible"}
            group.append(chart)
        y += head + max(drawn[i][1] for i in row) + gaps
    return group, high * scale


# ---------------------------------------------------------------- the picture
def svg(sheet: Sheet, *, page: str = "", fit: bool = False) -> str:
    """The sheet as a complete SVG, 1280 × 720 px.

    ``page``: the page number, such as 2/5; the part of the sheet by itself. Where the charts need more room the picture
    becomes taller; with ``fit`` they become smaller instead and it stays one slide.
    """
    root = ET.Element(
        f"{{{_SVG}}}svg", {"width": str(WIDTH), "version": "1.1", "font-family": theme.FONT, "role": "img"}
    )
    _add(root, "title", sheet.title)
    _add(root, "desc", "；".join(drawing.alt for drawing in sheet.drawings))
    ground = _add(root, "rect", width=WIDTH, fill="#FFFFFF")
    y = _head(root, sheet)
    foot = _Foot(sheet, page or (f"{sheet.part[0]}/{sheet.part[1]}" if sheet.part[1] > 1 else ""))
    room = HEIGHT - foot.height - y
    height = float(HEIGHT)
    if sheet.drawings:
        group, used = _charts(sheet, room, fit=fit)
        height = max(height, y + used + foot.height)
        holder = _add(root, "g", transform=f"translate({_EDGE},{_number(y)})")
        holder.append(group)
    foot.draw(root, height)
    for each in (root, ground):
        each.set("height", _number(height))
    root.set("viewBox", f"0 0 {WIDTH} {_number(height)}")
    return ET.tostring(root, encoding="unicode")


def _head(root: ET.Element, sheet: Sheet) -> float:
    """Finding, subtitle, badge and signs; where they end."""
    room = WIDTH - 2 * _EDGE
    size = next((s for s in (32, 28, 24) if len(typeface.wrap(sheet.title, s, room)) <= 2), 22)
    y = _paragraph(root, 30, sheet.title, size, room=room, bold=True, even=True)
    if sheet.subtitle:
        y = _paragraph(root, y + 2, sheet.subtitle, 18, theme.MUTED, room=room)
    if sheet.badge:
        y = _badge(root, y + 8, sheet.badge, room)
    return _legend(root, y + 8, sheet.signs, room) + 10 if sheet.signs else y + 14


def _badge(root: ET.Element, y: float, text: str, room: float) -> float:
    name, size, inside = "可比性", 15, 12
    at = _EDGE + inside + typeface.width(name, size) + 10
    lines = typeface.wrap(text, size, room - (at - _EDGE) - inside)
    wide = at - _EDGE + max(typeface.width(line, size) for line in lines) + inside
    high = len(lines) * size * 1.4 + 8
    colours = {"fill": theme.LIGHT["secondaryBackgroundColor"], "stroke": theme.LIGHT["borderColor"]}
    _add(root, "rect", x=_EDGE + 0.5, y=y + 0.5, width=wide, height=high, **colours)
    _add(root, "rect", x=_EDGE, y=y, width=4, height=high + 1, fill=theme.GAP[3])
    _words(root, _EDGE + inside, y + 5 + size, name, size, bold=True)
    for n, line in enumerate(lines):
        _words(root, at, y + 5 + size + n * size * 1.4, line, size)
    return y + high


def _legend(
    root: ET.Element, y: float, signs: Sequence[tuple[str, str, str]], room: float, edge: float = _EDGE
) -> float:
    x, size = float(edge), 15
    for glyph, colour, words in signs:
        sign = typeface.width(glyph, size) + 5
        wide = sign + typeface.width(words, size) + 20
        if x > edge and x + wide - 20 > edge + room:
            x, y = float(edge), y + size * 1.5
        _words(root, x, y + size, glyph, size, colour)
        _words(root, x + sign, y + size, words, size)
        x += wide
    return y + size * 1.4


class _Foot:
    """Notes, source line, version and page number; ``height`` in px, known before it is drawn."""

    def __init__(self, sheet: Sheet, page: str, wide: int = WIDTH, edge: int = _EDGE) -> None:
        self.mark = NAME + (f"　{page}" if page else "")
        self.wide, self.edge = wide, edge
        room = wide - 2 * edge
        said = sheet.source if sheet.source.startswith("来源") else f"来源：{sheet.source or '—'}"
        said = said.rstrip("。") + "。" + (f"数据版本{sheet.build[:12]}。" if sheet.build else "")
        self.notes = [line for note in sheet.notes for line in typeface.wrap(note, 14, room)]
        self.source = typeface.wrap(said, 13, room - typeface.width(self.mark, 13) - 30)
        self.height = 14 + len(self.notes) * 20 + 10 + len(self.source) * 18 + 20

    def draw(self, root: ET.Element, height: float) -> None:
        """At the bottom of a picture ``height`` px high."""
        y = height - self.height + 14
        for line in self.notes:
            _words(root, self.edge, y + 14, line, 14, theme.MUTED)
            y += 20
        _add(
            root, "rect", x=self.edge, y=y + 2, width=self.wide - 2 * self.edge, height=1, fill=theme.light(theme.RULE)
        )
        _words(root, self.wide - self.edge, y + 22, self.mark, 13, theme.MUTED, text_anchor="end")
        for line in self.source:
            _words(root, self.edge, y + 22, line, 13, theme.MUTED)
            y += 18


# ---------------------------------------------------------------- the card
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
    root = ET.Element(
        f"{{{_SVG}}}svg", {"width": str(wide), "version": "1.1", "font-family": theme.FONT, "role": "img"}
    )
    _add(root, "title", sentence)
    ground = _add(root, "rect", width=wide, fill="#FFFFFF")
    _add(root, "rect", width=wide, height=8, fill=theme.light("var(--pb-accent)"))
    room = wide - 2 * edge
    one = [s for s in (34, 30) if len(typeface.wrap(sentence, s, room)) == 1]
    size = next(iter(one), next((s for s in (34, 30, 26) if len(typeface.wrap(sentence, s, room)) <= 2), 22))
    top = _paragraph(root, 34, sentence, size, room=room, x=edge, bold=True, even=True) + 14
    drawing = shown.drawings[0] if isinstance(shown, Sheet) and shown.drawings else shown
    drawing = drawing if isinstance(drawing, Drawing) else None
    left = edge + room * 0.5 + 20 if drawing else edge
    y = top
    for quote in quotes:
        y = _quote(root, left, y, quote, wide - edge - left)
    said = Sheet("", source=source, build=build)
    foot = _Foot(said, "", wide, edge)
    height = max(675.0, y + foot.height)
    if drawing:
        signs = shown.signs if isinstance(shown, Sheet) else ()
        under = _legend(root, top, signs, room * 0.5, edge) + 8 if signs else top
        sizes = Sizes(text=15, small=14, row=34, line=2.5, mark=100, cell=14)
        free = height - foot.height - under
        chart, high = _chart(drawing, sizes, room * 0.5, 1, "c0-")
        plot, (low, most) = _plot(drawing, sizes), _STRETCH[drawing.kind]
        stretch = min(max(1 + (free - high) / plot, low), most)
        chart, high = _chart(drawing, sizes, room * 0.5, stretch, "c0-")
        scale = min(1.0, free / high)
        holder = _add(root, "g", transform=f"translate({edge},{_number(under)}) scale({_number(scale)})")
        chart.set("overflow", "visible")
        holder.append(chart)
    foot.draw(root, height)
    for each in (root, ground):
        each.set("height", _number(height))
    root.set("viewBox", f"0 0 {wide} {_number(height)}")
    return ET.tostring(root, encoding="unicode")


def _quote(root: ET.Element, x: float, y: float, quote: Quote, room: float) -> float:
    """A quote with its value marked, its head above and its document below; where it ends."""
    if quote.head:
        _words(root, x, y + 16, quote.head, 16, bold=True)
        y += 26
    size = 20 if len(quote.text) < 60 else 17
    text, value = _shortened(quote, int(room / size) * 6)
    top, at = y, 0
    for line in typeface.wrap(text, size, room - 16):
        start = text.index(line, at)
        at = start + len(line)
        if value and value[0] < at and value[1] > start:
            first, last = max(value[0] - start, 0), min(value[1] - start, len(line))
            before, marked = typeface.width(line[:first], size), typeface.width(line[first:last], size)
            colour = theme.light("var(--pb-mark)")
            _add(root, "rect", x=x + 16 + before - 1, y=y + 2, width=marked + 2, height=size * 1.35, fill=colour)
        _words(root, x + 16, y + size + 2, line, size)
        y += size * 1.5
    _add(root, "rect", x=x, y=top, width=4, height=y - top, fill=theme.light(theme.LINE))
    for line in (quote.report, quote.place):
        if line:
            y = _paragraph(root, y + 4, line, 14, theme.MUTED, room=room - 16, x=x + 16)
    return y + 18


def _shortened(quote: Quote, most: int) -> tuple[str, tuple[int, int] | None]:
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


# ---------------------------------------------------------------- files
def png(picture: str, scale: float = 2) -> bytes:
    """An SVG as PNG, ``scale`` pixels for each px."""
    typeface.register()
    return vl_convert.svg_to_png(picture, scale=scale)


def pdf(pictures: Sequence[str], title: str = "") -> bytes:
    """SVGs as one PDF, a page for each (1 px = 0.75 pt); its words can be searched and copied."""
    typeface.register()
    writer = pypdf.PdfWriter()
    for picture in pictures:
        writer.append(BytesIO(vl_convert.svg_to_pdf(_for_pdf(picture))))
    writer.add_metadata({"/Title": title or NAME, "/Creator": NAME, "/Producer": NAME})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _for_pdf(picture: str) -> str:
    """As wide as a slide; bold type is its outline below the words, for a PDF would hold words with a stroke twice."""
    root = ET.fromstring(picture)
    for side in ("width", "height"):
        root.set(side, _number(float(root.get(side)) * 0.75))
    for parent in list(root.iter()):
        for at, text in reversed(list(enumerate(parent))):
            if text.tag == f"{{{_SVG}}}text" and "stroke" in text.attrib:
                stroke = {key: text.attrib.pop(key) for key in ("stroke", "stroke-width", "stroke-linejoin")}
                if text.text:
                    parent.insert(at, _outline(text, stroke))
    return ET.tostring(root, encoding="unicode")


def _outline(text: ET.Element, stroke: dict[str, str]) -> ET.Element:
    """The outlines of a line of text, where it stands."""
    size = float(text.get("font-size", "12px").removesuffix("px"))
    wide = typeface.width(text.text, size)
    x = float(text.get("x", 0)) + {"middle": -wide / 2, "end": -wide}.get(text.get("text-anchor", "start"), 0)
    drawn = typeface.outline(text.text, size, x, float(text.get("y", 0)))
    path = ET.Element(f"{{{_SVG}}}path", stroke | {"d": drawn, "fill": "none"})
    if "transform" in text.attrib:
        path.set("transform", text.attrib["transform"])
    return path


def _letters(root: ET.Element) -> Iterator[str]:
    for text in root.iter(f"{{{_SVG}}}text"):
        yield from "".join(text.itertext())


def embedded(picture: str) -> str:
    """The SVG with the characters it needs of its typeface, so that it reads the same on any machine."""
    root = ET.fromstring(picture)
    data = b64encode(typeface.subset(_letters(root))).decode()
    style = ET.Element(f"{{{_SVG}}}style")
    style.text = (
        f"@font-face {{ font-family: '{typeface.FAMILY}'; src: url(data:font/woff2;base64,{data}) format('woff2'); }}"
    )
    root.insert(2, style)
    return ET.tostring(root, encoding="unicode")
