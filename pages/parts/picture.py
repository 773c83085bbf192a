"""A sheet as a picture: SVG composed of the finding, the charts and the sources; PNG and PDF are made from it. Pure.

One slide is 1280 × 720 px. The charts are the ones of the page, drawn with larger type on the light ground. Everything
stands in the file: no script, no style sheet, nothing to be fetched. ``picture_charts`` draws the charts,
``picture_card`` the evidence card, ``picture_files`` makes the files; what they share is in ``picture_kit``.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pages.parts import picture_charts, theme, typeface
from pages.parts import picture_kit as kit
from pages.parts.picture_card import Quote, card
from pages.parts.picture_files import embedded, pdf, png
from pages.parts.picture_kit import HEIGHT, WIDTH
from pages.parts.sheet import NAME, Sheet

__all__ = ["HEIGHT", "NAME", "WIDTH", "Quote", "card", "embedded", "pdf", "png", "svg"]


def svg(sheet: Sheet, *, page: str = "", fit: bool = False) -> str:
    """The sheet as a complete SVG, 1280 × 720 px.

    ``page``: the page number, such as 2/5; the part of the sheet by itself. Where the charts need more room the picture
    becomes taller; with ``fit`` they become smaller instead and it stays one slide.
    """
    root = kit.canvas(WIDTH, sheet.title, "；".join(drawing.alt for drawing in sheet.drawings))
    y = _head(root, sheet)
    foot = kit.Foot(sheet, page or (f"{sheet.part[0]}/{sheet.part[1]}" if sheet.part[1] > 1 else ""))
    room = HEIGHT - foot.height - y
    height = float(HEIGHT)
    if sheet.drawings:
        group, used = picture_charts.group_of(sheet, room, fit=fit)
        height = max(height, y + used + foot.height)
        holder = kit.add(root, "g", transform=f"translate({kit.EDGE},{kit.number(y)})")
        holder.append(group)
    foot.draw(root, height)
    return kit.finished(root, height)


def _head(root: ET.Element, sheet: Sheet) -> float:
    """Finding, subtitle, badge and signs; where they end."""
    room = WIDTH - 2 * kit.EDGE
    size = next((s for s in (32, 28, 24) if len(typeface.wrap(sheet.numbered, s, room)) <= 2), 22)
    y = kit.paragraph(root, 30, sheet.numbered, size, room=room, bold=True, even=True)
    if sheet.subtitle:
        y = kit.paragraph(root, y + 2, sheet.subtitle, 18, theme.MUTED, room=room)
    if sheet.badge:
        y = _badge(root, y + 8, sheet.badge, room)
    return kit.legend(root, y + 8, sheet.signs, room) + 10 if sheet.signs else y + 14


def _badge(root: ET.Element, y: float, text: str, room: float) -> float:
    """What bears on comparing, in a box; where it ends."""
    name, size, inside = "可比性", 15, 12
    at = kit.EDGE + inside + typeface.width(name, size) + 10
    lines = typeface.wrap(text, size, room - (at - kit.EDGE) - inside)
    wide = at - kit.EDGE + max(typeface.width(line, size) for line in lines) + inside
    high = len(lines) * size * 1.4 + 8
    colours = {"fill": theme.LIGHT["secondaryBackgroundColor"], "stroke": theme.LIGHT["borderColor"]}
    kit.add(root, "rect", x=kit.EDGE + 0.5, y=y + 0.5, width=wide, height=high, **colours)
    kit.add(root, "rect", x=kit.EDGE, y=y, width=4, height=high + 1, fill=theme.GAP[3])
    kit.text_line(root, kit.EDGE + inside, y + 5 + size, name, size, bold=True)
    for n, line in enumerate(lines):
        kit.text_line(root, at, y + 5 + size + n * size * 1.4, line, size)
    return y + high
