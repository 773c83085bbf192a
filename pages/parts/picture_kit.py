"""What every picture is drawn with: its size, lines of text, signs, and the foot that names the sources. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from pages.parts import theme, typeface
from pages.parts.sheet import NAME, Sheet

WIDTH, HEIGHT = 1280, 720
EDGE = 44
SVG = "http://www.w3.org/2000/svg"
BOLD = 0.032  # stroke of bold type, as a share of its size: the typeface comes in one weight
_XLINK = "http://www.w3.org/1999/xlink"

ET.register_namespace("", SVG)
ET.register_namespace("xlink", _XLINK)


def canvas(wide: int, title: str, described: str | None = None) -> ET.Element:
    """An empty picture ``wide`` px on white ground; ``finished`` gives it its height."""
    root = ET.Element(f"{{{SVG}}}svg", {"width": str(wide), "version": "1.1", "font-family": theme.FONT, "role": "img"})
    add(root, "title", title)
    if described is not None:
        add(root, "desc", described)
    add(root, "rect", width=wide, fill="#FFFFFF")
    return root


def finished(root: ET.Element, height: float) -> str:
    """The picture ``height`` px high, written out."""
    for each in (root, root.find(f"{{{SVG}}}rect")):
        each.set("height", number(height))
    root.set("viewBox", f"0 0 {root.get('width')} {number(height)}")
    return ET.tostring(root, encoding="unicode")


def add(parent: ET.Element, name: str, text: str = "", **attributes: object) -> ET.Element:
    """A new element of ``parent``; stroke_width= becomes stroke-width=."""
    found = ET.SubElement(
        parent, f"{{{SVG}}}{name}", {key.rstrip("_").replace("_", "-"): number(v) for key, v in attributes.items()}
    )
    found.text = typeface.clean(text) or None
    return found


def number(value: object) -> str:
    """A value of an attribute, at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def size_of(text: ET.Element) -> float:
    """The type of a line of text in px."""
    return float(text.get("font-size", "12px").removesuffix("px"))


def before(text: ET.Element) -> float:
    """Where a line of text begins, px from its x."""
    wide = typeface.width(text.text, size_of(text))
    return {"middle": -wide / 2, "end": -wide}.get(text.get("text-anchor", "start"), 0)


def text_line(
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
        more |= {"stroke": theme.light(colour), "stroke_width": size * BOLD, "stroke_linejoin": "round"}
    add(parent, "text", text, x=x, y=y, font_size=size, fill=theme.light(colour), **more)


def paragraph(
    parent: ET.Element,
    y: float,
    text: str,
    size: float,
    colour: str = theme.TEXT,
    *,
    room: float,
    x: float = EDGE,
    **more: object,
) -> float:
    """Lines of text below ``y``; where they end."""
    even = more.pop("even", False)
    for line in typeface.wrap(text, size, room, even=even):
        text_line(parent, x, y + size, line, size, colour, **more)
        y += size * 1.4
    return y


def legend(root: ET.Element, y: float, signs: Sequence[tuple[str, str, str]], room: float, edge: float = EDGE) -> float:
    """Signs, (glyph, colour, words) each, in lines below ``y``; where they end."""
    x, size = float(edge), 15
    for glyph, colour, words in signs:
        sign = typeface.width(glyph, size) + 5
        wide = sign + typeface.width(words, size) + 20
        if x > edge and x + wide - 20 > edge + room:
            x, y = float(edge), y + size * 1.5
        text_line(root, x, y + size, glyph, size, colour)
        text_line(root, x + sign, y + size, words, size)
        x += wide
    return y + size * 1.4


class Foot:
    """Notes, source line, version and page number; ``height`` in px, known before it is drawn."""

    def __init__(self, sheet: Sheet, page: str, wide: int = WIDTH, edge: int = EDGE) -> None:
        self.mark = NAME + (f"　{page}" if page else "")
        self.wide, self.edge = wide, edge
        room = wide - 2 * edge
        self.notes = [line for note in sheet.notes for line in typeface.wrap(note, 14, room)]
        self.source = typeface.wrap(sheet.signature, 13, room - typeface.width(self.mark, 13) - 30)
        self.height = 14 + len(self.notes) * 20 + 10 + len(self.source) * 18 + 20

    def draw(self, root: ET.Element, height: float) -> None:
        """At the bottom of a picture ``height`` px high."""
        y = height - self.height + 14
        for line in self.notes:
            text_line(root, self.edge, y + 14, line, 14, theme.MUTED)
            y += 20
        add(root, "rect", x=self.edge, y=y + 2, width=self.wide - 2 * self.edge, height=1, fill=theme.light(theme.RULE))
        text_line(root, self.wide - self.edge, y + 22, self.mark, 13, theme.MUTED, text_anchor="end")
        for line in self.source:
            text_line(root, self.edge, y + 22, line, 13, theme.MUTED)
            y += 18
