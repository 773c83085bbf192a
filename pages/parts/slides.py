"""Sheets as slides: one for each, with charts that can be edited in PowerPoint and tables for heatmaps. Pure.

Positions are those of the picture: px of a slide of 1280 × 720, 9525 EMU each. What is missing has no value in the
workbook of a chart; its words stand below the chart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from lxml import etree
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt
from xlsxwriter import Workbook

from pages.parts import series, theme, typeface
from pages.parts.sheet import Drawing, Sheet

WIDTH, HEIGHT = 1280, 720
NAME = "区县规划看板"
#: Both come with Office; elsewhere fonts of the same widths take their place.
LATIN, CHINESE = "Arial", "Microsoft YaHei"
#: Rows of a table on one slide; the rest stands on the next.
MOST_LINES = 18
_EDGE = 44
_TITLE_ONLY = 5  # the layout with nothing but a title
_MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "cross": XL_MARKER_STYLE.PLUS,
    "triangle-down": XL_MARKER_STYLE.X,
}


class _Writer(CategoryWorkbookWriter):
    """The workbook behind a chart: words of a report that begin with = or look like an address stay words."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple]:
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with Workbook(xlsx_file, {"in_memory": True} | plain) as workbook:
            yield workbook, workbook.add_worksheet()


class _Data(CategoryChartData):
    @property
    def _workbook_writer(self) -> _Writer:
        return _Writer(self)


@dataclass(frozen=True)
class _Box:
    """Where something stands, in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        return _px(self.x), _px(self.y), _px(self.width), _px(self.height)


def _px(value: float) -> Emu:
    return Emu(round(value * 9525))


def _points(px: float) -> Pt:
    return Pt(round(px * 0.75 * 2) / 2)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(theme.light(colour).removeprefix("#"))


# ---------------------------------------------------------------- text
def _type(font: object, size: float, colour: str, bold: bool = False) -> None:
    """Size in px, colour and the typeface, Latin and East Asian."""
    font.size, font.bold, font.name = _points(size), bold, LATIN
    font.color.rgb = _rgb(colour)
    properties = font._element
    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    after = properties.find(qn("a:latin"))
    east = etree.SubElement(properties, qn("a:ea"))
    east.set("typeface", CHINESE)
    after.addnext(east)


def _run(paragraph: object, text: str, size: float, colour: str = theme.TEXT, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = typeface.clean(text)
    _type(run.font, size, colour, bold)
    run.font._element.set("lang", "zh-CN")


def _frame(holder: object) -> object:
    """A text frame without margins that keeps its size."""
    frame = holder.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    return frame


def _text(slide: object, box: _Box, text: str, size: float, colour: str = theme.TEXT, *, bold: bool = False) -> None:
    _run(_frame(slide.shapes.add_textbox(*box.emu)).paragraphs[0], text, size, colour, bold=bold)


def _high(text: str, size: float, room: float) -> float:
    """Height of a paragraph; PowerPoint's lines are a little wider than measured."""
    return len(typeface.wrap(text, size, room * 0.97)) * size * 1.32


# ---------------------------------------------------------------- the slide
_LONGEST_TITLE = 255  # of a file's properties


def pptx(pages: Sequence[tuple[Sheet, Sequence[str]]], title: str) -> bytes:
    """The sheets as a presentation, a slide for each; a table too long for one goes on on the next.

    ``pages``: each sheet with the lines of evidence that go into its notes. ``title``: of the file.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = _px(WIDTH), _px(HEIGHT)
    about = deck.core_properties
    about.title = typeface.clean(title)[:_LONGEST_TITLE]
    about.author = about.last_modified_by = NAME
    about.subject = about.keywords = about.comments = ""
    for sheet, evidence in pages:
        parts = _parts(sheet)
        for number, drawings in enumerate(parts, 1):
            more = f"（{number}/{len(parts)}）" if len(parts) > 1 else ""
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
    for drawing, box in _grid(drawings, sheet.across, _Box(_EDGE, y, WIDTH - 2 * _EDGE, bottom - y)):
        _draw(slide, drawing, box, _sizes(drawings, sheet.across))
    notes = slide.notes_slide.notes_text_frame
    notes.text = typeface.clean("\n".join(evidence))
    for paragraph in notes.paragraphs:
        for run in paragraph.runs:
            _type(run.font, 16, "#000000")


def _head(slide: object, sheet: Sheet, drawings: Sequence[Drawing], more: str) -> float:
    """Finding, subtitle, badge and signs; where they end."""
    room, text = WIDTH - 2 * _EDGE, sheet.title + more
    size = next((s for s in (32, 28, 24) if len(typeface.wrap(text, s, room * 0.97)) <= 2), 22)
    high = _high(text, size, room)
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = _Box(_EDGE, 28, room, high).emu
    frame = _frame(title)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _run(frame.paragraphs[0], text, size, bold=True)
    y = 28 + high + 4
    subtitle = _subtitle(sheet, drawings)
    if subtitle:
        _text(slide, _Box(_EDGE, y, room, 24), subtitle, 18, theme.MUTED)
        y += _high(subtitle, 18, room) + 4
    if sheet.badge:
        y = _badge(slide, sheet.badge, y + 4, room)
    signs = _signs(sheet, drawings)
    if signs:
        frame = _frame(slide.shapes.add_textbox(*_Box(_EDGE, y + 4, room, 22).emu))
        for glyph, colour, words in signs:
            _run(frame.paragraphs[0], f"{glyph} ", 15, colour)
            _run(frame.paragraphs[0], f"{words}　", 15)
        y += 4 + _high("".join(f"{glyph} {words}　" for glyph, _, words in signs), 15, room)
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
    high = _high("可比性　" + text, 15, room - 28) + 8
    for x, wide, colour in ((_EDGE, room, theme.LIGHT["secondaryBackgroundColor"]), (_EDGE, 4, theme.GAP[3])):
        _block(slide, _Box(x, y, wide, high), colour)
    frame = _frame(slide.shapes.add_textbox(*_Box(_EDGE + 14, y + 4, room - 28, high - 8).emu))
    _run(frame.paragraphs[0], "可比性　", 15, bold=True)
    _run(frame.paragraphs[0], text, 15)
    return y + high


def _block(slide: object, box: _Box, colour: str) -> None:
    """A rectangle without an outline."""
    shape = slide.shapes.add_shape(1, *box.emu)
    shape._element.remove(shape._element.find(qn("p:style")))  # the shadow and outline of the template
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(colour)
    shape.line.fill.background()


def _foot(slide: object, sheet: Sheet) -> float:
    """Notes, source, version and page number at the bottom; where the charts must end."""
    room = WIDTH - 2 * _EDGE
    said = sheet.source if sheet.source.startswith("来源") else f"来源：{sheet.source or '—'}"
    said = said.rstrip("。") + "。" + (f"数据版本{sheet.build[:12]}。" if sheet.build else "")
    high = _high(said, 13, room - 200)
    y = HEIGHT - 18 - high
    _text(slide, _Box(_EDGE, y, room - 200, high), said, 13, theme.MUTED)
    frame = _frame(slide.shapes.add_textbox(*_Box(WIDTH - _EDGE - 190, y, 190, 18).emu))
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    _run(frame.paragraphs[0], f"{NAME}　", 13, theme.MUTED)
    _page_number(frame.paragraphs[0])
    y -= 8
    _block(slide, _Box(_EDGE, y, room, 1), theme.RULE)
    for note in reversed(sheet.notes):
        y -= _high(note, 14, room) + 3
        _text(slide, _Box(_EDGE, y, room, 20), note, 14, theme.MUTED)
    return y - 6


def _page_number(paragraph: object) -> None:
    """A field: it stays right when slides are moved."""
    run = paragraph.add_run()
    run.text = "1"
    _type(run.font, 13, theme.MUTED)
    field = etree.Element(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
    field.extend(list(run._r))
    run._r.getparent().replace(run._r, field)


# ---------------------------------------------------------------- the grid
def _across(drawings: Sequence[Drawing], across: int) -> int:
    """How many stand side by side: as asked, but never more than three rows."""
    return max(1, min(len(drawings), max(across, math.ceil(len(drawings) / 3))))


def _sizes(drawings: Sequence[Drawing], across: int) -> float:
    """Type in the charts, px."""
    if len(drawings) > 6:
        return 11
    return {1: 16, 2: 14}.get(_across(drawings, across), 12)


def _grid(drawings: Sequence[Drawing], across: int, box: _Box) -> Iterator[tuple[Drawing, _Box]]:
    """Each drawing with its place; one with far more bars than the others takes the left side by itself."""
    largest = max(drawings, key=_weight, default=None)
    others = [drawing for drawing in drawings if drawing is not largest]
    gap, y = 20, box.y
    if len(others) > 1 and _weight(largest) >= 2 * max(_weight(drawing) for drawing in others):
        left = box.width * (0.5 if len(others) < 4 else 0.42)
        yield largest, _Box(box.x, y, left - gap, box.height)
        yield from _grid(others, 1 if len(others) < 4 else 2, _Box(box.x + left, y, box.width - left, box.height))
        return
    columns = _across(drawings, across)
    rows = [drawings[at : at + columns] for at in range(0, len(drawings), columns)]
    weights = [max(_weight(drawing) for drawing in row) for row in rows]
    wide = (box.width - gap * (columns - 1)) / columns
    free = box.height - 8 * (len(rows) - 1)
    for row, weight in zip(rows, weights, strict=True):
        high = free * weight / sum(weights)
        for n, drawing in enumerate(row):
            yield drawing, _Box(box.x + n * (wide + gap), y, wide, high)
        y += high + 8


def _weight(drawing: Drawing) -> float:
    """How much height a chart wants beside others: its bars and its axis."""
    return len(drawing.rows["rows"]) + 3 if drawing.kind in ("bars", "dumbbells") else 1


def _draw(slide: object, drawing: Drawing, box: _Box, size: float) -> None:
    """Heading, chart and the words for what is missing."""
    if drawing.kind == "heatmap":
        return _table(slide, drawing, box)
    rows, heading = drawing.rows, drawing.subject
    names = list(dict.fromkeys(row["indicator"] for row in rows["rows"])) if drawing.kind == "dumbbells" else []
    heading = heading or (names[0] if len(names) == 1 else "")
    frame = _frame(slide.shapes.add_textbox(*_Box(box.x, box.y, box.width, size * 1.5).emu))
    if heading:
        _run(frame.paragraphs[0], f"{heading}　", size + 1, bold=True)
    _run(frame.paragraphs[0], rows["axis"], size - 1, theme.MUTED)
    words = _absent(drawing)
    below = _high(words, size - 2, box.width) + 4 if words else 0
    if words:
        place = _Box(box.x, box.y + box.height - below, box.width, below)
        _text(slide, place, words, size - 2, theme.MUTED)
    inner = _Box(box.x, box.y + size * 1.6, box.width, box.height - size * 1.6 - below)
    _DRAW[drawing.kind](slide, drawing, inner, size)


def _absent(drawing: Drawing) -> str:
    """What has no mark, in words: 没有数：南岸本地报告未提及."""
    rows = drawing.rows
    if drawing.kind == "bars":
        said = [f"{row['place']}{row['label']}" for row in rows["rows"] if row["value"] is None]
    elif drawing.kind == "dumbbells":
        alone = len({row["indicator"] for row in rows["rows"]}) == 1
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


# ---------------------------------------------------------------- charts
def _chart(slide: object, kind: XL_CHART_TYPE, data: _Data, box: _Box, drawing: Drawing, size: float) -> Chart:
    shape = slide.shapes.add_chart(kind, *box.emu, data)
    name = shape._element.nvGraphicFramePr.cNvPr
    name.set("descr", typeface.clean(drawing.alt))
    chart = shape.chart
    chart.has_legend = chart.has_title = False
    _type(chart.font, size, theme.TEXT)
    for axis in (chart.category_axis, chart.value_axis):
        axis.format.line.color.rgb = _rgb(theme.LINE)
        _type(axis.tick_labels.font, size, theme.TEXT)
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = _rgb(theme.RULE)
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "General", False
    return chart


def _scale(chart: Chart, values: Iterable[float | None], *, zero: bool) -> None:
    """Round ends of the value axis; with ``zero`` it begins there, as bars must."""
    found = [value for value in values if value is not None]
    if not found:
        return
    low, high = min(found), max(found)
    if zero:
        low, high = min(low, 0), max(high, 0)
    wide = (high - low) or abs(high) or 1
    raw = wide / 4
    size = 10 ** math.floor(math.log10(raw))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= raw * 0.999)
    room = 0 if zero else 0.12 * wide
    end = math.ceil((high + (0.15 * wide if high > 0 else 0)) / step) if zero else math.ceil((high + room) / step)
    start = math.floor((low - (0.15 * wide if low < 0 else 0)) / step) if zero else math.floor((low - room) / step)
    if not zero and low >= 0:
        start = max(start, 0)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = (round(n * step, 9) for n in (start, end, 1))


def _label(
    point: object, text: str, size: float, where: XL_LABEL_POSITION, *, bold: bool = False, shift: float = 0
) -> None:
    """The words at a mark; ``shift``: to the right, as a share of the chart's width."""
    label = point.data_label
    frame = label.text_frame
    _run(frame.paragraphs[0], text, size, bold=bold)
    frame.word_wrap = False
    label.position = where
    if shift:
        layout = etree.Element(qn("c:layout"))
        manual = etree.SubElement(layout, qn("c:manualLayout"))
        etree.SubElement(manual, qn("c:x")).set("val", f"{shift:.4f}")
        label._dLbl.find(qn("c:idx")).addnext(layout)


def _bar_chart(
    slide: object,
    drawing: Drawing,
    box: _Box,
    size: float,
    rows: Sequence[dict],
    names: Sequence[str],
    labels: Sequence[str],
) -> None:
    """Results as bars in the colours of the places, targets as outlines below them."""
    data = _Data()
    for name in names:
        data.add_category(typeface.clean(name))
    aims = any(row["target"] is not None for row in rows)
    bar = (box.height - 2 * size) / (max(1, len(rows)) * (2 if aims else 1) * 1.3)
    size = max(9.0, min(size, bar * 1.15))  # words no higher than their bar
    data.add_series("实际", [row["value"] for row in rows])
    if aims:
        data.add_series("目标", [row["target"] for row in rows])
    chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box, drawing, size)
    chart.category_axis.reverse_order = True
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    _scale(chart, (row[side] for row in rows for side in ("value", "target")), zero=True)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, -5
    actual = plot.series[0]
    actual.invert_if_negative = False
    for n, (row, label) in enumerate(zip(rows, labels, strict=True)):
        if row["value"] is not None:
            actual.points[n].format.fill.solid()
            actual.points[n].format.fill.fore_color.rgb = _rgb(row["colour"])
            _label(actual.points[n], label, size, XL_LABEL_POSITION.OUTSIDE_END, bold=True)
    if aims:
        target = plot.series[1]
        target.invert_if_negative = False
        target.format.fill.background()
        target.format.line.color.rgb, target.format.line.width = _rgb(theme.TEXT), Pt(1.25)
        for n, row in enumerate(rows):
            if row["target"] is not None:
                _label(target.points[n], f"目标 {row['target_label']}", size - 2, XL_LABEL_POSITION.OUTSIDE_END)


def _bars(slide: object, drawing: Drawing, box: _Box, size: float) -> None:
    rows = drawing.rows["rows"]
    _bar_chart(slide, drawing, box, size, rows, [row["place"] for row in rows], [row["label"] for row in rows])


def _dumbbells(slide: object, drawing: Drawing, box: _Box, size: float) -> None:
    """One pair of bars for each place and indicator: a dumbbell that PowerPoint can edit."""
    rows = drawing.rows["rows"]
    groups: dict[str, list[dict]] = {}
    for row in rows:
        groups.setdefault(row["indicator"], []).append(row)
    ordered = [row for each in groups.values() for row in each]
    labels = [f"{row['label']}　{row['end_label']}" for row in ordered]
    # the name once, at the first of its places: levels of categories would stand on their side
    names = [
        f"{name}　{row['place']}" if n == 0 and len(groups) > 1 else row["place"]
        for name, each in groups.items()
        for n, row in enumerate(each)
    ]
    _bar_chart(slide, drawing, box, size, ordered, names, labels)


@dataclass
class _Line:
    """One series of a line chart: values by category, how its line and marks look, and words at marks."""

    name: str
    values: dict[str, float]
    colour: str
    width: float = 2.25
    dash: MSO_LINE | None = None
    line: bool = True
    soft: bool = False
    marker: XL_MARKER_STYLE = XL_MARKER_STYLE.NONE
    hollow: frozenset[str] = frozenset()
    shapes: dict[str, XL_MARKER_STYLE] | None = None
    labels: dict[str, tuple[str, XL_LABEL_POSITION, bool]] | None = None
    mark: int = 9


def _line_chart(
    slide: object,
    drawing: Drawing,
    box: _Box,
    size: float,
    columns: Sequence[str],
    names: Sequence[str],
    lines: Sequence[_Line],
    *,
    bridge: bool,
) -> None:
    """Lines over categories. ``bridge``: a series may leave out categories between its values and still be one line."""
    data = _Data()
    for name in names:
        data.add_category(typeface.clean(name))
    for line in lines:
        data.add_series(typeface.clean(line.name), [line.values.get(column) for column in columns])
    if not lines:
        return
    chart = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, data, box, drawing, size)
    _scale(chart, (value for line in lines for value in line.values.values()), zero=False)
    blanks = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
    if blanks is None:
        blanks = etree.SubElement(chart._chartSpace.chart, qn("c:dispBlanksAs"))
    blanks.set("val", "span" if bridge else "gap")
    for line, drawn in zip(lines, chart.plots[0].series, strict=True):
        _style(line, drawn, columns, size, box.width)


def _style(line: _Line, drawn: object, columns: Sequence[str], size: float, wide: float) -> None:
    drawn.smooth = False
    if line.line:
        drawn.format.line.color.rgb, drawn.format.line.width = _rgb(line.colour), Pt(line.width)
        if line.dash:
            drawn.format.line.dash_style = line.dash
        if line.soft:
            colour = drawn.format.line._ln.find(qn("a:solidFill"))[0]
            etree.SubElement(colour, qn("a:alpha")).set("val", "35000")
    else:
        drawn.format.line.fill.background()
    drawn.marker.style, hollow = line.marker, False
    if line.marker != XL_MARKER_STYLE.NONE:
        hollow = len(line.hollow) * 2 > len(line.values)
        _mark(drawn.marker, line, hollow=hollow)
    for n, column in enumerate(columns):
        if column not in line.values:
            continue
        own = (line.shapes or {}).get(column)
        if own or line.marker != XL_MARKER_STYLE.NONE and (column in line.hollow) != hollow:
            marker = drawn.points[n].marker
            marker.style = own or line.marker
            _mark(marker, line, hollow=column in line.hollow)
            if line.line:  # a point with a look of its own forgets the line that leads to it
                drawn.points[n].format.line.color.rgb = _rgb(line.colour)
                drawn.points[n].format.line.width = Pt(line.width)
        if line.labels and column in line.labels:
            text, where, bold = line.labels[column]
            # the words of a band begin where it begins
            shift = typeface.width(text, size - 1) / 2 / wide if line.soft else 0
            _label(drawn.points[n], text, size - 1, where, bold=bold, shift=shift)


def _mark(marker: object, line: _Line, *, hollow: bool) -> None:
    marker.size = line.mark
    marker.format.fill.solid()
    # not quite white: programs that leave out the outline still show a mark
    marker.format.fill.fore_color.rgb = _rgb(theme.tint(line.colour) if hollow else line.colour)
    marker.format.line.color.rgb, marker.format.line.width = _rgb(line.colour), Pt(1.75)


def _spread(rows: Iterable[dict], column: str) -> list[dict[str, dict]]:
    """Rows by their column, in as many layers as one column has rows: a series has one value for each category."""
    layers: list[dict[str, dict]] = []
    for row in rows:
        free = next((layer for layer in layers if row[column] not in layer), None)
        if free is None:
            layers.append(free := {})
        free[row[column]] = row
    return layers


def _trend(slide: object, drawing: Drawing, box: _Box, size: float) -> None:
    rows = drawing.rows
    years = [str(year) for year in rows["years"]]
    labels = rows.get("labels", True)
    lines = [*_averages(rows, labels), *_runs(rows, labels)]
    for place in dict.fromkeys(row["place"] for row in rows.get("targets", ())):
        for layer in _spread((row for row in rows["targets"] if row["place"] == place), "year"):
            values = {year: row["value"] for year, row in layer.items()}
            colour = next(iter(layer.values()))["colour"]
            lines.append(_Line(f"{place} 目标", values, colour, line=False, marker=XL_MARKER_STYLE.DASH, mark=14))
    bridge = any(line.soft or line.name.endswith("通往规划目标") for line in lines)
    _line_chart(
        slide,
        drawing,
        box,
        size,
        years,
        [f"{year}年" if box.width / len(years) > 4.5 * size else year for year in years],
        lines,
        bridge=bridge,
    )


def _averages(rows: dict, labels: bool) -> list[_Line]:
    """Yearly averages as broad bands from their first year to their last."""
    out = []
    for span in rows.get("spans", ()):
        where = XL_LABEL_POSITION.ABOVE if span["above"] else XL_LABEL_POSITION.BELOW
        said = {span["start"]: (span["words"], where, False)} if labels else None
        values = {span["start"]: span["value"], span["end"]: span["value"]}
        out.append(_Line(span["words"], values, span["colour"], width=7, soft=True, labels=said))
    return out


def _runs(rows: dict, labels: bool) -> list[_Line]:
    """A series for each unbroken run of results, and one for each dashed or dotted connection."""
    joined: dict[str, list[dict]] = {}
    for row in rows["segments"]:
        joined.setdefault(row["key"], []).append(row)
    solid, out = set(), []
    for key, (first, second) in joined.items():
        place, _, tail = key.rpartition("-")
        if not first["dashed"]:
            solid.add((place, first["year"], second["year"]))
            continue
        values = {row["year"]: row["value"] for row in (first, second)}
        name = f"{place} 通往规划目标" if tail == "plan" else f"{place} {first['year']}—{second['year']}年推算"
        out.append(_Line(name, values, first["colour"], dash=MSO_LINE.ROUND_DOT))
    for place in dict.fromkeys(point["place"] for point in rows["points"]):
        points = sorted((point for point in rows["points"] if point["place"] == place), key=lambda point: point["year"])
        runs = [points[:1]]
        for before, after in pairwise(points):
            if (place, before["year"], after["year"]) in solid:
                runs[-1].append(after)
            else:
                runs.append([after])
        out += [_run_line(run, labels) for run in runs]
    return out


def _run_line(run: Sequence[dict], labels: bool) -> _Line:
    first, last = run[0]["year"], run[-1]["year"]
    said = {}
    for point in run:
        # in words too: not every program draws a single mark of a line hollow
        label = point["label"] + series.TAGS.get(point["kind"], "")
        if point["last"] and point.get("end"):
            said[point["year"]] = (f"{point['end']} {label}" if labels else point["end"], XL_LABEL_POSITION.RIGHT, True)
        elif labels and not point["last"]:
            where = XL_LABEL_POSITION.ABOVE if point["above"] else XL_LABEL_POSITION.BELOW
            said[point["year"]] = (label, where, False)
    kinds = {point["kind"] for point in run}
    only = {frozenset({"supplement"}): "（补充来源）", frozenset({"derived"}): "（推算）"}.get(frozenset(kinds), "")
    usual = next((point["shape"] for point in run if point["kind"] != "derived"), run[0]["shape"])
    return _Line(
        f"{run[0]['place']} {first if first == last else f'{first}—{last}'}年{only}",
        {point["year"]: point["value"] for point in run},
        run[0]["colour"],
        line=len(run) > 1,
        marker=_MARKERS[usual],
        hollow=frozenset(point["year"] for point in run if point["kind"] != "stated"),
        shapes={point["year"]: _MARKERS[point["shape"]] for point in run if point["shape"] != usual},
        labels=said,
    )


def _drift(slide: object, drawing: Drawing, box: _Box, size: float) -> None:
    columns, points, lines = list(drawing.rows["columns"]), drawing.rows["points"], []
    for place in dict.fromkeys(point["place"] for point in points):
        layers = _spread((point for point in points if point["place"] == place), "column")
        for n, layer in enumerate(layers):
            said = {
                column: (p["words"], XL_LABEL_POSITION.ABOVE if p["above"] else XL_LABEL_POSITION.BELOW, True)
                for column, p in layer.items()
                if p["words"]
            }
            first = next(iter(layer.values()))
            lines.append(
                _Line(
                    f"{place} 目标" if n == 0 else f"{place} 目标（{n + 1}）",
                    {column: point["value"] for column, point in layer.items()},
                    first["colour"],
                    dash=MSO_LINE.ROUND_DOT,
                    line=n == 0,
                    marker=_MARKERS[first["shape"]],
                    labels=said,
                )
            )
    _line_chart(slide, drawing, box, size, columns, columns, lines, bridge=True)


_DRAW = {"bars": _bars, "dumbbells": _dumbbells, "trend": _trend, "drift": _drift}


# ---------------------------------------------------------------- tables
def _table(slide: object, drawing: Drawing, box: _Box) -> None:
    """A heatmap as a table: the fill and the words of each cell, names of themes over all columns."""
    rows, columns = list(drawing.rows["rows"]), list(drawing.rows["columns"])
    groups = set(drawing.rows.get("groups", ()))
    cells = {(cell["row"], cell["column"]): cell for cell in drawing.rows["cells"]}
    shape = slide.shapes.add_table(len(rows) + 1, len(columns) + 1, *box.emu)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", typeface.clean(drawing.alt))
    table = shape.table
    table.horz_banding = False
    heads = max((len(name.split("|")) for name in columns), default=1)
    row_high = min(48.0, box.height / (len(rows) + heads))
    size = min(18.0, row_high * 0.52)
    first = min(box.width * 0.34, max(typeface.width(name, size) for name in rows) + 24)
    wide = (box.width - first) / max(1, len(columns))
    longest = max((typeface.width(cell["text"], 1) for cell in cells.values()), default=1)
    small = max(8.0, min(size, (wide - 10) / (longest or 1)))
    table.columns[0].width = _px(first)
    for n in range(len(columns)):
        table.columns[n + 1].width = _px(wide)
    for n in range(len(rows) + 1):
        table.rows[n].height = _px(row_high * (heads if n == 0 else 1))
    _cell(table.cell(0, 0), "", small)
    for n, name in enumerate(columns):
        _cell(table.cell(0, n + 1), name.replace("|", "\n"), size, bold=True, centred=True)
    for r, name in enumerate(rows, 1):
        long = typeface.width(name, size) > first - 16
        _cell(table.cell(r, 0), name, min(size, row_high * 0.36) if long else size, bold=name in groups)
        if name in groups:
            table.cell(r, 0).merge(table.cell(r, len(columns)))
            continue
        for c, column in enumerate(columns, 1):
            cell = cells.get((name, column))
            if cell:
                _cell(
                    table.cell(r, c),
                    cell["text"],
                    small,
                    cell["ink"],
                    fill=cell["fill"],
                    edge=cell["edge"],
                    centred=True,
                )
            else:
                _cell(table.cell(r, c), "", small)
    for r, name in enumerate(rows, 1):  # a neighbour's border would hide the one that says: no result yet
        for c, column in enumerate(columns, 1):
            cell = cells.get((name, column))
            if cell and cell["edge"] == theme.MUTED:
                near = ((r - 1, c, 3), (r + 1, c, 2), (r, c - 1, 1), (r, c + 1, 0))
                for row, at, side in near:
                    if row <= len(rows) and at <= len(columns):
                        _edge(table.cell(row, at), side, theme.MUTED)


_SIDES = ("a:lnL", "a:lnR", "a:lnT", "a:lnB")


def _edge(cell: object, side: int, colour: str) -> None:
    """The border at one side: left, right, top, bottom."""
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn(_SIDES[side])):
        properties.remove(old)
    line = etree.Element(qn(_SIDES[side]), {"w": "9525"})
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr")).set("val", str(_rgb(colour)))
    before = [properties.find(qn(name)) for name in _SIDES[:side]]
    properties.insert(sum(each is not None for each in before), line)


def _cell(
    cell: object,
    text: str,
    size: float,
    colour: str = theme.TEXT,
    *,
    fill: str = theme.PAGE,
    edge: str | None = None,
    bold: bool = False,
    centred: bool = False,
) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = _rgb(fill)
    cell.margin_left = cell.margin_right = _px(4)
    cell.margin_top = cell.margin_bottom = _px(1)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    for n, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
        _run(paragraph, line, size, colour, bold=bold)
    for side in range(len(_SIDES)):
        _edge(cell, side, edge or theme.PAGE)
