"""Line charts that PowerPoint can edit: results over the years, and how a target moved. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from pages.parts import apart, chart_kit, series, slide_charts, theme, typeface
from pages.parts import slide_kit as kit
from pages.parts.sheet import Drawing

_MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle-right": XL_MARKER_STYLE.STAR,
    "cross": XL_MARKER_STYLE.PLUS,
    "triangle-down": XL_MARKER_STYLE.X,
    # PowerPoint has no others; the lines differ
    theme.STAR: XL_MARKER_STYLE.X,
    "triangle-left": XL_MARKER_STYLE.STAR,
}
#: As theme.STROKES.
_DASHES = (None, MSO_LINE.LONG_DASH, MSO_LINE.LONG_DASH_DOT)


#: Px between a mark and words above, below or beside it, in type of 12 px, as PowerPoint sets them.
_ABOVE, _BELOW = -13, 13
#: Points by which the mark of a target is wider for each other one on the same spot, which is drawn on it.
_WIDER = 9


@dataclass(frozen=True)
class _Words:
    """Words at a mark: where, and how many px further right and lower than PowerPoint would set them."""

    text: str
    where: XL_LABEL_POSITION
    bold: bool = False
    right: float = 0
    down: float = 0


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
    labels: dict[str, _Words] | None = None
    mark: int = 9
    marks: dict[str, int] | None = None


def _line_chart(
    slide: object,
    drawing: Drawing,
    box: kit.Box,
    size: float,
    columns: Sequence[str],
    names: Sequence[str],
    lines: Sequence[_Line],
    *,
    bridge: bool,
) -> None:
    """Lines over categories. ``bridge``: a series may leave out categories between its values and still be one line."""
    data = slide_charts.Data()
    for name in names:
        data.add_category(typeface.clean(name))
    for line in lines:
        data.add_series(typeface.clean(line.name), [line.values.get(column) for column in columns])
    if not lines:
        return
    chart = slide_charts.chart_in(slide, XL_CHART_TYPE.LINE_MARKERS, data, box, drawing, size)
    slide_charts.scale(chart, (value for line in lines for value in line.values.values()), zero=False)
    blanks = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
    if blanks is None:
        blanks = etree.SubElement(chart._chartSpace.chart, qn("c:dispBlanksAs"))
    blanks.set("val", "span" if bridge else "gap")
    for line, drawn in zip(lines, chart.plots[0].series, strict=True):
        _style(line, drawn, columns, size, box)


def _style(line: _Line, drawn: object, columns: Sequence[str], size: float, box: kit.Box) -> None:
    drawn.smooth = False
    if line.line:
        drawn.format.line.color.rgb, drawn.format.line.width = kit.rgb(line.colour), Pt(line.width)
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
                drawn.points[n].format.line.color.rgb = kit.rgb(line.colour)
                drawn.points[n].format.line.width = Pt(line.width)
        if line.marks and line.marks[column] != line.mark:
            marker = drawn.points[n].marker
            marker.style = line.marker
            _mark(marker, line, hollow=False)
            marker.size = line.marks[column]
        if line.labels and column in line.labels:
            said = line.labels[column]
            # the words of a band begin where it begins
            right = said.right + (typeface.width(said.text, size - 1) / 2 if line.soft else 0)
            shift = right / box.width if abs(right) >= 1 else 0
            down = said.down / box.height if abs(said.down) >= 1 else 0
            slide_charts.label_point(
                drawn.points[n], said.text, size - 1, said.where, bold=said.bold, shift=shift, down=down
            )


def _mark(marker: object, line: _Line, *, hollow: bool) -> None:
    marker.size = line.mark
    marker.format.fill.solid()
    # not quite white: programs that leave out the outline still show a mark
    marker.format.fill.fore_color.rgb = kit.rgb(theme.tint(line.colour) if hollow else line.colour)
    marker.format.line.color.rgb, marker.format.line.width = kit.rgb(line.colour), Pt(1.75)


def _spread(rows: Iterable[dict], column: str) -> list[dict[str, dict]]:
    """Rows by their column, in as many layers as one column has rows: a series has one value for each category."""
    layers: list[dict[str, dict]] = []
    for row in rows:
        free = next((layer for layer in layers if row[column] not in layer), None)
        if free is None:
            layers.append(free := {})
        free[row[column]] = row
    return layers


def trend(slide: object, drawing: Drawing, box: kit.Box, size: float) -> None:
    """Results over the years; a gap stays a gap unless a line in another look joins its ends."""
    rows = _placed(drawing.rows, box, size)
    years = [str(year) for year in rows["years"]]
    labels = rows.get("labels", True)
    lines = [*_averages(rows, labels), *_runs(rows)]
    for place in dict.fromkeys(row["place"] for row in rows["targets"]):
        for layer in _spread((row for row in rows["targets"] if row["place"] == place), "year"):
            values = {year: row["value"] for year, row in layer.items()}
            colour = next(iter(layer.values()))["colour"]
            marks = {year: 14 + _WIDER * (row["part"][1] - 1 - row["part"][0]) for year, row in layer.items()}
            said = {year: row["said"] for year, row in layer.items() if row["said"]}
            look = {"line": False, "marker": XL_MARKER_STYLE.DASH, "mark": 14, "marks": marks, "labels": said}
            lines.append(_Line(f"{place} 目标", values, colour, **look))
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


def _placed(rows: dict, box: kit.Box, size: float) -> dict:
    """The rows of a trend with ``words`` at points and spans, put apart in a chart of this size, and the ``part`` of targets."""
    labels, kinds = rows.get("labels", True), ("points", "spans", "targets")
    points, spans, targets = ([dict(row) for row in rows.get(kind) or ()] for kind in kinds)
    for point in points:  # in words too: not every program draws a single mark of a line hollow
        tag = series.TAGS.get(point["kind"], "")
        point |= {"label": point["label"] + tag, "plain": point["label"] if tag else ""}
    values = [row["value"] for row in (*points, *spans, *targets)]
    low, high = chart_kit.nice_span(values, zero=False, room=0.15)
    years, small = [str(year) for year in rows["years"]], size - 1
    # without the axes
    room = box.width - 4 * size, box.height - 3 * size
    plot = apart.Plot(years, low, high, *room, small, mark=14, tick=(22, 4))
    targets = apart.side_by_side(targets, plot)
    found = apart.words(points, spans, targets, rows["segments"], plot, labels=labels)
    for row, at in zip((*points, *spans, *targets), (at for each in found for at in each), strict=True):
        row["said"] = None if at is None else _words(row, *at, small)
    return rows | {"points": points, "spans": spans, "targets": targets}


def _words(row: dict, right: float, down: float, said: str, small: float) -> _Words:
    """Words ``right`` of and ``down`` below a point, a span or a target, in type of ``small`` px."""
    ratio, name = small / 12, bool(row.get("last"))
    # names are placed by their left end, as are those of bands, which PowerPoint is told of where they are set
    middle = right + apart.wide(said, small) / 2 if name else right
    beside = abs(middle) > 0.45 * apart.wide(said, small)
    if beside and (name and middle > 0 or abs(down) < small / 2) and "start" not in row:
        return _Words(said, XL_LABEL_POSITION.RIGHT if middle > 0 else XL_LABEL_POSITION.LEFT, name, 0, down)
    where, usual = (XL_LABEL_POSITION.ABOVE, _ABOVE) if down < 0 else (XL_LABEL_POSITION.BELOW, _BELOW)
    far = down - usual * ratio
    return _Words(said, where, name, middle, far if abs(far) > 4 else 0)


def _averages(rows: dict, labels: bool) -> list[_Line]:
    """Yearly averages as broad bands from their first year to their last."""
    out = []
    for span in rows["spans"]:
        said = {span["start"]: span["said"]} if labels and span["said"] else None
        values = {span["start"]: span["value"], span["end"]: span["value"]}
        out.append(_Line(span["words"], values, span["colour"], width=7, soft=True, labels=said))
    return out


def _runs(rows: dict) -> list[_Line]:
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
        out += [_run_line(run) for run in runs]
    return out


def _run_line(run: Sequence[dict]) -> _Line:
    first, last = run[0]["year"], run[-1]["year"]
    said = {point["year"]: point["said"] for point in run if point["said"]}
    kinds = {point["kind"] for point in run}
    only = {frozenset({"supplement"}): "（补充来源）", frozenset({"derived"}): "（推算）"}.get(frozenset(kinds), "")
    usual = next((point["shape"] for point in run if point["kind"] != "derived"), run[0]["shape"])
    return _Line(
        f"{run[0]['place']} {first if first == last else f'{first}—{last}'}年{only}",
        {point["year"]: point["value"] for point in run},
        run[0]["colour"],
        dash=_DASHES[run[0].get("stroke", 0)],
        line=len(run) > 1,
        marker=_MARKERS[usual],
        hollow=frozenset(point["year"] for point in run if point["kind"] != "stated"),
        shapes={point["year"]: _MARKERS[point["shape"]] for point in run if point["shape"] != usual},
        labels=said,
    )


def drift(slide: object, drawing: Drawing, box: kit.Box, size: float) -> None:
    """How a target moved from report to report."""
    columns, points, lines = list(drawing.rows["columns"]), drawing.rows["points"], []
    for place in dict.fromkeys(point["place"] for point in points):
        layers = _spread((point for point in points if point["place"] == place), "column")
        for n, layer in enumerate(layers):
            said = {
                column: _Words(p["words"], XL_LABEL_POSITION.ABOVE if p["above"] else XL_LABEL_POSITION.BELOW, True)
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
