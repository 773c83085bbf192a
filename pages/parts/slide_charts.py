"""Charts that PowerPoint can edit: how they look, their axes and words, and the bars. Lines are in ``slide_lines``. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.util import Pt
from xlsxwriter import Workbook

from pages.parts import slide_kit as kit
from pages.parts import theme, typeface
from pages.parts.sheet import Drawing

#: Room between a result and its target, so that neither strikes through the other's words, and between two places.
_BESIDE, _BETWEEN = 0.3, 0.45


class _Writer(CategoryWorkbookWriter):
    """The workbook behind a chart: words of a report that begin with = or look like an address stay words."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple]:
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with Workbook(xlsx_file, {"in_memory": True} | plain) as workbook:
            yield workbook, workbook.add_worksheet()


class Data(CategoryChartData):
    """What a chart is drawn from; its workbook is written by ``_Writer``."""

    @property
    def _workbook_writer(self) -> _Writer:
        return _Writer(self)


def chart_in(slide: object, kind: XL_CHART_TYPE, data: Data, box: kit.Box, drawing: Drawing, size: float) -> Chart:
    """A chart in ``box`` with the look they all share; ``size`` of its type in px."""
    shape = slide.shapes.add_chart(kind, *box.emu, data)
    name = shape._element.nvGraphicFramePr.cNvPr
    name.set("descr", typeface.clean(drawing.alt))
    chart = shape.chart
    chart.has_legend = chart.has_title = False
    kit.set_type(chart.font, size, theme.TEXT)
    for axis in (chart.category_axis, chart.value_axis):
        axis.format.line.color.rgb = kit.rgb(theme.LINE)
        kit.set_type(axis.tick_labels.font, size, theme.TEXT)
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = kit.rgb(theme.RULE)
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "General", False
    return chart


def scale(chart: Chart, values: Iterable[float | None], *, zero: bool) -> None:
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


def label_point(
    point: object,
    text: str,
    size: float,
    where: XL_LABEL_POSITION,
    *,
    bold: bool = False,
    shift: float = 0,
    down: float = 0,
) -> None:
    """The words at a mark; ``shift``: to the right, as a share of the chart's width, ``down`` as one of its height."""
    label = point.data_label
    frame = label.text_frame
    kit.add_run(frame.paragraphs[0], text, size, bold=bold)
    frame.word_wrap = False
    label.position = where
    if shift or down:
        layout = etree.Element(qn("c:layout"))
        manual = etree.SubElement(layout, qn("c:manualLayout"))
        etree.SubElement(manual, qn("c:x")).set("val", f"{shift:.4f}")
        if down:
            etree.SubElement(manual, qn("c:y")).set("val", f"{down:.4f}")
        label._dLbl.find(qn("c:idx")).addnext(layout)


def _bar_chart(
    slide: object,
    drawing: Drawing,
    box: kit.Box,
    size: float,
    rows: Sequence[dict],
    names: Sequence[str],
    labels: Sequence[str],
) -> None:
    """Results as bars in the colours of the places, targets as outlines below them."""
    data = Data()
    for name in names:
        data.add_category(typeface.clean(name))
    aims = any(row["target"] is not None for row in rows)
    # the widths of bars, of the room between two and of that between places
    bar = (box.height - 2 * size) / (max(1, len(rows)) * ((2 + _BESIDE if aims else 1) + _BETWEEN))
    size = max(9.0, min(size, bar * 1.1))  # words no higher than their bar and the room below it
    data.add_series("实际", [row["value"] for row in rows])
    if aims:
        data.add_series("目标", [row["target"] for row in rows])
    chart = chart_in(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box, drawing, size)
    chart.category_axis.reverse_order = True
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    scale(chart, (row[side] for row in rows for side in ("value", "target")), zero=True)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = round(100 * _BETWEEN), -round(100 * _BESIDE)
    actual = plot.series[0]
    actual.invert_if_negative = False
    for n, (row, label) in enumerate(zip(rows, labels, strict=True)):
        if row["value"] is not None:
            actual.points[n].format.fill.solid()
            actual.points[n].format.fill.fore_color.rgb = kit.rgb(row["colour"])
            label_point(actual.points[n], label, size, XL_LABEL_POSITION.OUTSIDE_END, bold=True)
    if aims:
        target = plot.series[1]
        target.invert_if_negative = False
        target.format.fill.background()
        target.format.line.color.rgb, target.format.line.width = kit.rgb(theme.TEXT), Pt(1.25)
        for n, row in enumerate(rows):
            if row["target"] is not None:
                label_point(target.points[n], f"目标 {row['target_label']}", size - 2, XL_LABEL_POSITION.OUTSIDE_END)


def bars(slide: object, drawing: Drawing, box: kit.Box, size: float) -> None:
    """One indicator over the places."""
    rows = drawing.rows["rows"]
    _bar_chart(slide, drawing, box, size, rows, [row["place"] for row in rows], [row["label"] for row in rows])


def dumbbells(slide: object, drawing: Drawing, box: kit.Box, size: float) -> None:
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
