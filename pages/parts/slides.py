"""Sheets as slides: one for each, with charts that can be edited in PowerPoint and tables for heatmaps. Pure.

Positions are those of the picture: px of a slide of 1280 × 720, 9525 EMU each. What is missing has no value in the
workbook of a chart; its words stand below the chart. ``slide_charts`` and ``slide_lines`` make the charts, ``slide_table``
the tables; what they share is in ``slide_kit``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from io import BytesIO

from lxml import etree
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn

from pages.parts import slide_charts, slide_lines, slide_table, theme, typeface
from pages.parts import slide_kit as kit
from pages.parts.picture_kit import EDGE, HEIGHT, WIDTH
from pages.parts.sheet import NAME, Drawing, Sheet

#: Rows of a table on one slide; the rest stands on the next.
MOST_LINES = 18
_TITLE_ONLY = 5  # the layout with nothing but a title
_LONGEST_TITLE = 255  # of a file's properties


def pptx(pages: Sequence[tuple[Sheet, Sequence[str]]], title: str) -> bytes:
    """The sheets as a presentation, a slide for each; a table too long for one goes on on the next.

    ``pages``: each sheet with the lines of evidence that go into its notes. ``title``: of the file.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = kit.px(WIDTH), kit.px(HEIGHT)
    about = deck.core_properties
    about.title = typeface.clean(title)[:_LONGEST_TITLE]
    about.author = about.last_modified_by = NAME
    about.subject = about.keywords = about.comments = ""
    for sheet, evidence in pages:
        parts = _parts(sheet)
        for number, drawings in enumerate(parts, 1):
            more = f"（第{number}/{len(parts)}页）" if len(parts) > 1 else ""
            _slide(deck, sheet, drawings, evidence, more)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _parts(sheet: Sheet) -> list[tuple[Drawing, ...]]:
    """What stands on each slide: all drawings, but a long table cut into several."""
    if len(sheet.drawings) != 1 or sheet.drawings[0].kind != "heatmap":
        return [sheet.drawings]
    drawing = sheet.drawings[0]
    names, groups = list(drawing.rows["rows"]), set(drawing.rows.get("groups", ()))
    if len(names) <= MOST_LINES:
        return [sheet.drawings]
    count = math.ceil(len(names) / (MOST_LINES - 1))
    each = math.ceil(len(names) / count)
    parts, now, head = [], [], None
    for name in names:
        if len(now) >= each and not (now[-1] in groups):
            parts.append(now)
            now = [] if name in groups or head is None else [head]
        head = name if name in groups else head
        now.append(name)
    parts.append(now)
    return [(Drawing(drawing.kind, drawing.key, drawing.alt, drawing.rows | {"rows": part}),) for part in parts]


def _slide(deck: object, sheet: Sheet, drawings: Sequence[Drawing], evidence: Sequence[str], more: str) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    y = _head(slide, sheet, drawings, more)
    bottom = _foot(slide, sheet)
    for drawing, box in _grid(drawings, sheet.across, kit.Box(EDGE, y, WIDTH - 2 * EDGE, bottom - y)):
        _draw(slide, drawing, box, _sizes(drawings, sheet.across))
    notes = slide.notes_slide.notes_text_frame
    notes.text = typeface.clean("\n".join(evidence))
    for paragraph in notes.paragraphs:
        for run in paragraph.runs:
            kit.set_type(run.font, 16, "#000000")


def _head(slide: object, sheet: Sheet, drawings: Sequence[Drawing], more: str) -> float:
    """Finding, subtitle, badge and signs; where they end."""
    room, text = WIDTH - 2 * EDGE, sheet.numbered + more
    size = next((s for s in (32, 28, 24) if len(typeface.wrap(text, s, room * 0.97)) <= 2), 22)
    high = kit.height_of(text, size, room)
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = kit.Box(EDGE, 28, room, high).emu
    frame = kit.frame_of(title)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    kit.add_run(frame.paragraphs[0], text, size, bold=True)
    y = 28 + high + 4
    subtitle = _subtitle(sheet, drawings)
    if subtitle:
        kit.text_box(slide, kit.Box(EDGE, y, room, 24), subtitle, 18, theme.MUTED)
        y += kit.height_of(subtitle, 18, room) + 4
    if sheet.badge:
        y = _badge(slide, sheet.badge, y + 4, room)
    signs = _signs(sheet, drawings)
    if signs:
        frame = kit.frame_of(slide.shapes.add_textbox(*kit.Box(EDGE, y + 4, room, 22).emu))
        for glyph, colour, words in signs:
            kit.add_run(frame.paragraphs[0], f"{glyph} ", 15, colour)
            kit.add_run(frame.paragraphs[0], f"{words}　", 15)
        y += 4 + kit.height_of("".join(f"{glyph} {words}　" for glyph, _, words in signs), 15, room)
    return y + 8


def _subtitle(sheet: Sheet, drawings: Sequence[Drawing]) -> str:
    """The subtitle; where dumbbells have become bars, without the words on their lines."""
    if not any(drawing.kind == "dumbbells" for drawing in drawings):
        return sheet.subtitle
    parts = [part for part in sheet.subtitle.split(" · ") if "连线" not in part]
    return " · ".join([*parts, "条末写实际、差距和状态"])


def _signs(sheet: Sheet, drawings: Sequence[Drawing]) -> list[tuple[str, str, str]]:
    """The signs as they look here: targets are outlined bars instead of lines and rings, numbers bars instead of dots."""
    kinds = {drawing.kind for drawing in drawings}
    swap = {"┃": "□", "○": "□", "●": "■"} if kinds & {"bars", "dumbbells"} else {}
    places = {theme.light(colour) for colour, _ in (*theme.DISTRICTS.values(), *theme.OTHER_DISTRICTS)}
    square = "dumbbells" in kinds  # the bars of a district have no marker
    return [
        ("■" if square and colour in places else swap.get(glyph, glyph), colour, _swapped(words) if swap else words)
        for glyph, colour, words in sheet.signs
    ]


def _swapped(words: str) -> str:
    return {"空心为目标": "空框为目标", "实心为实际": "实底为实际"}.get(words, words)


def _badge(slide: object, text: str, y: float, room: float) -> float:
    high = kit.height_of("可比性　" + text, 15, room - 28) + 8
    for x, wide, colour in ((EDGE, room, theme.LIGHT["secondaryBackgroundColor"]), (EDGE, 4, theme.GAP[3])):
        kit.block(slide, kit.Box(x, y, wide, high), colour)
    frame = kit.frame_of(slide.shapes.add_textbox(*kit.Box(EDGE + 14, y + 4, room - 28, high - 8).emu))
    kit.add_run(frame.paragraphs[0], "可比性　", 15, bold=True)
    kit.add_run(frame.paragraphs[0], text, 15)
    return y + high


def _foot(slide: object, sheet: Sheet) -> float:
    """Notes, source, version and page number at the bottom; where the charts must end."""
    room = WIDTH - 2 * EDGE
    said = sheet.signature
    high = kit.height_of(said, 13, room - 200)
    y = HEIGHT - 18 - high
    kit.text_box(slide, kit.Box(EDGE, y, room - 200, high), said, 13, theme.MUTED)
    frame = kit.frame_of(slide.shapes.add_textbox(*kit.Box(WIDTH - EDGE - 190, y, 190, 18).emu))
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    kit.add_run(frame.paragraphs[0], f"{NAME}　", 13, theme.MUTED)
    _page_number(frame.paragraphs[0])
    y -= 8
    kit.block(slide, kit.Box(EDGE, y, room, 1), theme.RULE)
    for note in reversed(sheet.notes):
        y -= kit.height_of(note, 14, room) + 3
        kit.text_box(slide, kit.Box(EDGE, y, room, 20), note, 14, theme.MUTED)
    return y - 6


def _page_number(paragraph: object) -> None:
    """A field: it stays right when slides are moved."""
    run = paragraph.add_run()
    run.text = "1"
    kit.set_type(run.font, 13, theme.MUTED)
    field = etree.Element(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
    field.extend(list(run._r))
    run._r.getparent().replace(run._r, field)


def _across(drawings: Sequence[Drawing], across: int) -> int:
    """How many stand side by side: as asked, but never more than three rows."""
    return max(1, min(len(drawings), max(across, math.ceil(len(drawings) / 3))))


def _sizes(drawings: Sequence[Drawing], across: int) -> float:
    """Type in the charts, px."""
    if len(drawings) > 6:
        return 11
    return {1: 16, 2: 14}.get(_across(drawings, across), 12)


def _grid(drawings: Sequence[Drawing], across: int, box: kit.Box) -> Iterator[tuple[Drawing, kit.Box]]:
    """Each drawing with its place; one with far more bars than the others takes the left side by itself."""
    largest = max(drawings, key=_weight, default=None)
    others = [drawing for drawing in drawings if drawing is not largest]
    gap, y = 20, box.y
    if len(others) > 1 and _weight(largest) >= 2 * max(_weight(drawing) for drawing in others):
        left = box.width * (0.5 if len(others) < 4 else 0.42)
        yield largest, kit.Box(box.x, y, left - gap, box.height)
        yield from _grid(others, 1 if len(others) < 4 else 2, kit.Box(box.x + left, y, box.width - left, box.height))
        return
    columns = _across(drawings, across)
    rows = [drawings[at : at + columns] for at in range(0, len(drawings), columns)]
    weights = [max(_weight(drawing) for drawing in row) for row in rows]
    wide = (box.width - gap * (columns - 1)) / columns
    free = box.height - 8 * (len(rows) - 1)
    for row, weight in zip(rows, weights, strict=True):
        high = free * weight / sum(weights)
        for n, drawing in enumerate(row):
            yield drawing, kit.Box(box.x + n * (wide + gap), y, wide, high)
        y += high + 8


def _weight(drawing: Drawing) -> float:
    """How much height a chart wants beside others: its bars and its axis."""
    return len(drawing.rows["rows"]) + 3 if drawing.kind in ("bars", "dumbbells") else 1


_DRAW = {
    "bars": slide_charts.bars,
    "dumbbells": slide_charts.dumbbells,
    "trend": slide_lines.trend,
    "drift": slide_lines.drift,
}


def _draw(slide: object, drawing: Drawing, box: kit.Box, size: float) -> None:
    """Heading, chart and the words for what is missing."""
    if drawing.kind == "heatmap":
        return slide_table.table_of(slide, drawing, box)
    rows, heading = drawing.rows, drawing.heading
    names = drawing.indicators if drawing.kind == "dumbbells" else []
    heading = heading or (names[0] if len(names) == 1 else "")
    frame = kit.frame_of(slide.shapes.add_textbox(*kit.Box(box.x, box.y, box.width, size * 1.5).emu))
    if heading:
        kit.add_run(frame.paragraphs[0], f"{heading}　", size + 1, bold=True)
    kit.add_run(frame.paragraphs[0], rows["axis"], size - 1, theme.MUTED)
    words = _absent(drawing)
    below = kit.height_of(words, size - 2, box.width) + 4 if words else 0
    if words:
        place = kit.Box(box.x, box.y + box.height - below, box.width, below)
        kit.text_box(slide, place, words, size - 2, theme.MUTED)
    inner = kit.Box(box.x, box.y + size * 1.6, box.width, box.height - size * 1.6 - below)
    _DRAW[drawing.kind](slide, drawing, inner, size)


def _absent(drawing: Drawing) -> str:
    """What has no mark, in words: 没有数：南岸本地报告未提及."""
    rows = drawing.rows
    if drawing.kind == "bars":
        said = [f"{row['place']}{row['label']}" for row in rows["rows"] if row["value"] is None]
    elif drawing.kind == "dumbbells":
        alone = len(drawing.indicators) == 1
        said = [
            f"{row['place']}{'' if alone else row['indicator']}{row['label']}"
            for row in rows["rows"]
            if row["value"] is None
        ]
    elif drawing.kind == "trend":
        missing = {year: lines for year, lines in (rows.get("missing") or {}).items() if lines}
        said = [f"{year}年{'、'.join(lines).replace('|', '')}" for year, lines in sorted(missing.items())]
    else:
        said = []
    return "没有实际数：" + "；".join(said) if said else ""
