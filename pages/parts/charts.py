"""Rows to charts: one pure function for each kind of chart, each returning a complete Vega-Lite specification.

Rows are plain dicts; ``fact`` in them is the id that a click hands back (the point selection ``pick``). Colours and
words are made here and in ``theme``, never by a Vega scale, so that a filter cannot change what a colour means. What is
missing has words of its own and no mark at a value.

Altair takes 50 ms to build a chart, whatever its rows. So each kind has a form, which is built by Altair once for its
sizes and knows nothing of the rows: in the places of rows, domains and titles it has names such as "@rows", and the
function of the kind fills in what they stand for. Layers that there is nothing to draw in are left out by their names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

import altair as alt

from pages.parts import apart, theme
from pages.parts.theme import Sizes

PICK = "pick"
_SOLID = [1, 0]
_forms = lru_cache(256)
#: Layers whose marks can be picked, where there are several such; the last one that is drawn.
_PICKED = ("nothing", "line", "targets", "ring", "stated", "others", "dot")
#: A narrow window. What the width of a plot hangs on cannot hang on that width.
_PHONE = "windowSize()[0] < 500"
#: Where values stand on an axis.
_DOMAIN = ["@low", "@high"]


def _finish(chart: alt.LayerChart | alt.Chart, sizes: Sizes, *, padding: dict | None = None) -> dict:
    # colours are CSS variables, which only SVG knows; left alone, Streamlit draws large charts on a canvas
    return (
        chart.properties(
            usermeta={"embedOptions": {"renderer": "svg"}},
            width="container",
            padding=padding or {"left": 4, "top": 4, "right": 12, "bottom": 4},
        )
        .configure(**theme.chart_config(sizes))
        .to_dict()
    )


def _filled(form: dict, height: int | dict, *, without: Sequence[str] = (), **given: object) -> dict:
    """The form with what is ``given`` in the places of its names; a list of nothing but a name is the list given.

    Layers named in ``without``, or after that and a dash, are left out: a layer without marks would be a picture without
    words to a screen reader. Marks are then picked in the last one of those left that may be.
    """

    def put(node: object) -> object:
        if type(node) is dict:
            return {key: put(each) for key, each in node.items()}
        if type(node) is list:
            alone = put(node[0]) if len(node) == 1 and type(node[0]) is str else None
            return alone if type(alone) is list else [put(each) for each in node]
        return given[node[1:]] if type(node) is str and node.startswith("@") else node

    layers = [each for each in form["layer"] if each.get("name", "").partition("-")[0] not in without]
    names = [each["name"] for each in layers if each.get("name") in _PICKED]
    params = [{**each, "views": names[-1:]} if names else each for each in form["params"]]
    return {**put({**form, "layer": layers, "params": params}), "height": height}


def _ends(values: Sequence[float | None], *, zero: bool, room: float) -> dict[str, float]:
    """``nice_span`` as a form takes it."""
    low, high = nice_span(values, zero=zero, room=room)
    return {"low": low, "high": high}


def _pick() -> alt.Parameter:
    return alt.selection_point(name=PICK, fields=["fact"], toggle=False, empty=False)


def _tip(*names: str) -> list[alt.Tooltip]:
    """Tooltips of fields that carry their Chinese name: ("place", "区县")."""
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in names]


def _raw(field: str) -> alt.Color:
    """A colour that stands in the data."""
    return alt.Color(f"{field}:N", scale=None, legend=None)


def nice_span(values: Sequence[float | None], *, zero: bool, room: float = 0.12) -> list[float]:
    """An axis domain around ``values`` with ``room`` at either end that is not zero; [0, 1] without values."""
    found = [value for value in values if value is not None]
    if not found:
        return [0, 1]
    low, high = min(found), max(found)
    if zero:
        low, high = min(low, 0), max(high, 0)
    width = (high - low) or abs(high) or 1
    if zero and low == high:
        return [0, 1]
    below = 0 if zero and low == 0 else room * width
    above = 0 if zero and high == 0 and low < 0 else room * width  # of nothing but zeros the axis still has a length
    start, end = low - below, high + above
    # the room does not cross zero: no negative counts on an axis of counts
    return [max(start, 0) if low > 0 else start, min(end, 0) if high < 0 else end]


def bars(rows: list[dict], *, axis: str, sizes: Sizes = theme.SCREEN) -> dict:
    """One indicator over the places: bars from zero in the order of ``rows``, the value at the end, the target a tick.

    rows: place, value (None when missing), label (the value in words, or why there is none), target (or None),
    target_label, colour, fact, target_fact, origin (words). ``axis`` names measure and unit.
    """
    ends = _ends([v for row in rows for v in (row["value"], row["target"])], zero=True, room=0.18)
    names = [row["place"] for row in rows]
    return _filled(_bars(sizes), {"step": int(sizes.row * 2.2)}, rows=rows, names=names, axis=axis, **ends)


@_forms
def _bars(sizes: Sizes) -> dict:
    data = alt.Data(values=["@rows"])
    y = alt.Y(
        "place:N", sort=["@names"], title=None, axis=alt.Axis(labelFontSize=sizes.text + 2, labelFontWeight="bold")
    )
    x = alt.X("value:Q", title="@axis", scale=alt.Scale(domain=_DOMAIN, nice=False), axis=alt.Axis(tickCount=6))
    tips = _tip(("place", "区县"), ("label", "实际"), ("target_label", "目标"), ("origin", "来源"))
    base = alt.Chart(data).encode(y=y)
    shown = base.transform_filter("datum.value !== null")
    # two places of one name are not added up
    length = alt.X(
        "value:Q", title="@axis", stack=None, scale=alt.Scale(domain=_DOMAIN, nice=False), axis=alt.Axis(tickCount=6)
    )
    bar = shown.mark_bar(height={"band": 0.55}, cursor="pointer").encode(x=length, color=_raw("colour"), tooltip=tips)
    after = shown.transform_filter("datum.value >= 0").mark_text(
        align="left", dx=6 * sizes.ratio, fontSize=sizes.text + 2, fontWeight="bold"
    )
    before = shown.transform_filter("datum.value < 0").mark_text(
        align="right", dx=-6 * sizes.ratio, fontSize=sizes.text + 2, fontWeight="bold"
    )
    missing = base.transform_filter("datum.value === null").mark_text(align="left", dx=6, color=theme.MUTED)
    tick = (
        alt.Chart(data)
        .transform_filter("datum.target !== null")
        .transform_calculate(fact="datum.target_fact")
        .mark_tick(thickness=1 + sizes.line, height={"band": 0.85}, color=theme.TEXT, cursor="pointer")
        .encode(y=y, x=alt.X("target:Q"), tooltip=tips)
    )
    target_words = (
        alt.Chart(data)
        .transform_filter("datum.target !== null")
        .mark_text(dy=-0.5 * 0.95 * 1.7 * sizes.row, fontSize=sizes.small, color=theme.MUTED, baseline="bottom")
        .encode(y=y, x="target:Q", text="target_mark:N")
    )
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=theme.MUTED).encode(x="zero:Q")
    layers = alt.layer(
        bar.add_params(_pick()),
        after.encode(x=x, text="label:N"),
        before.encode(x=x, text="label:N"),
        missing.encode(x=alt.datum(0), text="label:N"),
        zero,
        tick,
        target_words,
    )
    return _finish(layers, sizes)


def dumbbells(rows: list[dict], *, axis: str, sizes: Sizes = theme.SCREEN, names_width: int = 190) -> dict:
    """Several indicators of one unit: ring = target, dot = result, between them a line in the colour of the status.

    rows: indicator, place, value, target (either may be None), label, target_label, gap (words), status (words),
    line (status colour), colour, shape, end_label and end_brief (what stands at the end of the line, and on a telephone),
    fact, target_fact. Rows stand in their order, places below each other.
    """
    names = list(dict.fromkeys(row["indicator"] for row in rows))
    places = list(dict.fromkeys(row["place"] for row in rows))
    values, targets = (any(row[side] is not None for row in rows) for side in ("value", "target"))
    both = any(row["target"] is not None and row["value"] is not None for row in rows)
    without = [name for name, there in (("link", both), ("ring", targets), ("dot", values)) if not there]
    ends = _ends([v for row in rows for v in (row["value"], row["target"])], zero=False, room=0.08)
    height = int(len(names) * (len(places) * sizes.row * 0.65 + 10) + 56 * sizes.ratio)
    form = _dumbbells(sizes, names_width)
    spec = _filled(form, height, without=without, rows=rows, names=names, places=places, axis=axis, **ends)
    # px that words at the ends need right of the plot
    over = (
        (_at_end(row) - ends["high"]) / (ends["high"] - ends["low"]) * room
        + 12 * sizes.ratio
        + apart.wide(row[said], sizes.small)
        for said, room in (("end_label", apart.ROOMY - names_width), ("end_brief", apart.SMALL))
        for row in rows
        if _at_end(row) is not None
    )
    return spec | {"padding": spec["padding"] | {"right": round(max([12, *over]))}}


def _at_end(row: Mapping) -> float | None:
    """Where a dumbbell ends."""
    return max((row[side] for side in ("value", "target") if row[side] is not None), default=None)


@_forms
def _dumbbells(sizes: Sizes, names_width: int) -> dict:
    data = alt.Data(values=["@rows"])
    y = alt.Y(
        "indicator:N",
        sort=["@names"],
        title=None,
        scale=alt.Scale(paddingInner=0.25),
        axis=alt.Axis(
            minExtent=alt.ExprRef(f"{_PHONE} ? 112 : {names_width}"),
            maxExtent=alt.ExprRef(f"{_PHONE} ? 112 : {names_width}"),
            labelLimit=names_width - 8,
            labelExpr=_two_lines(f"({_PHONE} ? 8 : 13)"),
            labelBaseline=_standing(f"({_PHONE} ? 8 : 13)"),
        ),
    )
    offset = alt.YOffset("place:N", sort=["@places"], scale=alt.Scale(paddingInner=0))

    def at(field: str) -> alt.X:  # every layer carries the domain: any of them may be the only one
        return alt.X(
            f"{field}:Q",
            title="@axis",
            scale=alt.Scale(domain=_DOMAIN, nice=False),
            axis=alt.Axis(tickCount=7, orient="top"),
        )

    tips = _tip(
        ("indicator", "指标"),
        ("place", "区县"),
        ("label", "实际"),
        ("target_label", "目标"),
        ("gap", "差距"),
        ("status", "状态"),
    )
    base = alt.Chart(data).encode(y=y, yOffset=offset, tooltip=tips)
    link = base.transform_filter("datum.value !== null && datum.target !== null").mark_rule(
        strokeWidth=sizes.line * 1.5
    )
    ring = (
        base.transform_filter("datum.target !== null")
        .transform_calculate(fact="datum.target_fact")
        .mark_point(filled=False, opacity=1, strokeWidth=sizes.line, size=sizes.mark * 1.3, cursor="pointer")
    )
    dot = base.transform_filter("datum.value !== null").mark_point(
        filled=True, opacity=1, size=sizes.mark, cursor="pointer"
    )
    shape = alt.Shape("shape:N", scale=None)
    words = (
        base.transform_calculate(
            end="datum.value === null ? datum.target : datum.target === null ? datum.value : max(datum.value, datum.target)"
        )
        .transform_filter("datum.end !== null")
        .transform_calculate(said=f"{_PHONE} ? datum.end_brief : datum.end_label")
        .mark_text(align="left", dx=10 * sizes.ratio, fontSize=sizes.small)
    )
    nothing = base.transform_filter("datum.value === null && datum.target === null").mark_text(
        align="left", fontSize=sizes.small, color=theme.MUTED
    )
    layers = [
        link.encode(x=at("value"), x2="target:Q", color=_raw("line")).properties(name="link"),
        words.encode(x=at("end"), text="said:N", description="end_label:N"),
        nothing.encode(x=alt.value(4), text="end_label:N").properties(name="nothing"),
        ring.encode(x=at("target"), stroke=alt.Stroke("colour:N", scale=None), shape=shape).properties(name="ring"),
        dot.encode(x=at("value"), color=_raw("colour"), shape=shape).properties(name="dot").add_params(_pick()),
    ]
    return _finish(alt.layer(*layers), sizes)


def _two_lines(limit: int | str) -> str:
    """A label expression that breaks names longer than ``limit`` characters into two lines."""
    half = "ceil(length(datum.label) / 2)"
    return f"length(datum.label) > {limit} ? [slice(datum.label, 0, {half}), slice(datum.label, {half})] : datum.label"


def _standing(most: int | str) -> dict:
    """The baseline of such labels: Vega hangs the second line below the first, so the first stands above the middle."""
    return {"condition": {"test": f"length(datum.label) > {most}", "value": "bottom"}, "value": "middle"}


def trend(
    points: list[dict],
    segments: list[dict],
    *,
    years: Sequence[int],
    axis: str,
    targets: list[dict] = (),
    spans: list[dict] = (),
    missing: Mapping[str, Sequence[str]] | None = None,
    sizes: Sizes = theme.SCREEN,
    height: int = 300,
    labels: bool = True,
    room: float | None = None,
) -> dict:
    """One indicator over the years; every year stands on the axis, even an empty one.

    points: place, year, value, label, kind (stated, supplement, derived), colour, shape, fact, origin,
    last (bool: the name ``end`` stands here), above (bool: where its value stands).
    segments: two rows each with key, year, value, dashed: lines only where two years follow each other.
    targets: place, year, value, label, colour, fact. spans: start, end, value, label, words, above,
    colour, fact: yearly averages.
    missing: for a year, the lines that stand below it (綦江|未收录), in two where one is too wide. ``labels``: values at the
    points. ``room``: px of width, where they are known; then ``height`` is that of the plot. Words and marks stand as ``apart`` has placed them.
    """
    order = [str(year) for year in years]
    values = [row["value"] for group in (points, targets, spans) for row in group]
    ends = _ends(values, zero=False, room=0.15)
    under = {year: [f"{year}年" if len(order) < 8 else year, *(missing or {}).get(year, [])] for year in order}
    wide = (room or (apart.ROOMY if labels else apart.PANEL)) - 60
    (_, whole), (_, parts) = choices = _under(under, sizes)
    written = whole if choices[0][0] <= wide else parts
    deep = max(map(len, written.values())) * (sizes.small + 4) + 30
    tick = sizes.row if labels else sizes.row / 2
    plot = apart.Plot(
        order,
        ends["low"],
        ends["high"],
        wide,
        height if room else max(height - deep, height / 2),
        sizes.small,
        sizes.mark**0.5,
        (tick, 1 + sizes.line),
    )
    made = apart.placed(points, spans, targets, segments, plot, labels=labels)
    there = {
        "zero": bool(values) and ends["low"] < 0 < ends["high"],
        "spans": bool(spans),
        "targets": bool(targets),
        "stated": any(point["kind"] == "stated" for point in points),
        "others": any(point["kind"] != "stated" for point in points),
        "leads": made.moved,
    }
    spec = _filled(
        _trend(sizes, labels),
        height,
        without=[name for name, drawn in there.items() if not drawn],
        points=made.points,
        segments=segments,
        targets=made.targets,
        spans=made.spans,
        years=order,
        under=" : ".join(
            [f"width > {least} ? ({json.dumps(lines, ensure_ascii=False)})[datum.value]" for least, lines in choices]
            + ["slice(datum.value, 2)"]
        ),
        axis=axis,
        at=f"width < {made.limit} ? datum.at_small : datum.at",
        tick=f"pow(min({tick}, 0.8 * width / {len(order)}), 2)",
        **ends,
    )
    return spec | {"padding": spec["padding"] | {"right": round(made.end)}}


@_forms
def _trend(sizes: Sizes, labels: bool) -> dict:
    order = alt.Scale(domain=["@years"])
    x = alt.X(
        "year:O",
        scale=order,
        title=None,
        axis=alt.Axis(
            labelExpr="@under",
            labelLineHeight=sizes.small + 4,
            labelOverlap=False,
            labelFlush=False,
        ),
    )
    scale = alt.Scale(domain=_DOMAIN, nice=False, zero=False)
    y = alt.Y("value:Q", title="@axis", scale=scale, axis=alt.Axis(tickCount=5))
    at = alt.Y("shown:Q", title="@axis", scale=scale)
    tips = _tip(("place", "区县"), ("year", "年份"), ("label", "数值"), ("kind_words", "性质"), ("origin", "来源"))
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=theme.MUTED).encode(y="zero:Q")
    start = alt.X("start:O", scale=order)
    band = alt.Chart(alt.Data(values=["@spans"])).encode(y=y)
    spans = band.mark_rule(strokeWidth=4 * sizes.line, opacity=0.35, cursor="pointer")
    words = (
        band.transform_calculate(shown="@at")
        .mark_text(align="left", fontSize=sizes.small, color=theme.MUTED)
        .encode(x=start, y=at, text="words:N", description="words:N")
        .properties(name="spans-words")
    )
    line = (
        alt.Chart(alt.Data(values=["@segments"]))
        .mark_line(strokeWidth=sizes.line)
        .encode(
            x=x,
            y=y,
            detail="key:N",
            color=_raw("colour"),
            strokeDash=_dashes(),
        )
    )
    targets = (
        alt.Chart(alt.Data(values=["@targets"]))
        .encode(x=x, y=y)
        .mark_point(filled=True, opacity=1, strokeWidth=0, size=alt.ExprRef("@tick"), cursor="pointer")
        .encode(color=_raw("colour"), shape=alt.Shape("tick:N", scale=None), tooltip=tips)
    )
    dots = alt.Chart(alt.Data(values=["@points"])).encode(
        x=x, y=y, tooltip=tips, shape=alt.Shape("shape:N", scale=None)
    )
    stated = (
        dots.transform_filter("datum.kind === 'stated'")
        .mark_point(filled=True, opacity=1, size=sizes.mark, cursor="pointer")
        .encode(color=_raw("colour"))
    )
    others = (
        dots.transform_filter("datum.kind !== 'stated'")
        .mark_point(filled=True, opacity=1, size=sizes.mark, strokeWidth=sizes.line, cursor="pointer")
        .encode(stroke=alt.Stroke("colour:N", scale=None), fill=alt.value(theme.PAGE))
    )
    leads = (
        alt.Chart(alt.Data(values=["@points"]))
        .transform_calculate(shown="@at")
        .transform_filter("datum.last && datum.shown !== datum.value")
        .mark_rule(x2Offset=9 * sizes.ratio, color=theme.MUTED, aria=False)
        .encode(x=x, x2="year:O", y=y, y2="shown:Q")
    )
    layers = [
        zero.properties(name="zero"),
        leads.properties(name="leads"),
        spans.encode(x=start, x2="end:O", color=_raw("colour"), tooltip=tips).properties(name="spans"),
        *((words,) if labels else ()),
        line.properties(name="line"),
        targets.properties(name="targets"),
        stated.properties(name="stated"),
        others.properties(name="others").add_params(_pick()),
    ]
    said = dots.transform_calculate(shown="@at")
    if labels:
        layers.append(
            said.transform_filter("!datum.last && datum.shown !== null")
            .mark_text(fontSize=sizes.small)
            .encode(y=at, text="label:N", description="label:N")
        )
    ends = said.transform_filter("datum.last").transform_calculate(
        end="datum.end + ' ' + datum.label" if labels else "datum.end"
    )
    layers.append(
        ends.mark_text(align="left", dx=10 * sizes.ratio, fontSize=sizes.small, fontWeight="bold").encode(
            y=at, text="end:N", description="end:N"
        )
    )
    return _finish(alt.layer(*layers), sizes, padding={"left": 4, "top": 12, "right": 12, "bottom": 4})


def _dashes() -> alt.StrokeDashValue:
    """Dots for what no source states; the dashes of a place whose hue another one has."""
    own = [
        {"test": f"datum.stroke === {n}", "value": list(dashes)} for n, (dashes, _) in enumerate(theme.STROKES) if dashes
    ]
    return alt.StrokeDashValue(condition=[{"test": "datum.dashed", "value": [2, 4]}, *own], value=_SOLID)


def _under(words: Mapping[str, Sequence[str]], sizes: Sizes) -> list[tuple[int, dict[str, list[str]]]]:
    """The words below each year as wide as they are, and narrower in two lines: (px of the plot they need, lines)."""
    whole = {year: [line.replace("|", "") for line in lines] for year, lines in words.items()}
    parts = {year: [part for line in lines for part in line.split("|")] for year, lines in words.items()}

    def needed(lines: Mapping[str, Sequence[str]]) -> int:
        longest = max((len(line) for each in lines.values() for line in each), default=0)
        return round((max(longest, 4) + 1) * sizes.small * len(words))

    return [(needed(lines), lines) for lines in (whole, parts)]


def heatmap(
    cells: list[dict],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    groups: Sequence[str] = (),
    sizes: Sizes = theme.SCREEN,
) -> dict:
    """Indicators by places and years: each cell says its gap or its state in words; a click hands back its fact.

    cells: row, column ("綦江|2024年"), text, brief and least (the same in less room), fill, ink, edge (colour of the border, None for none), fact, and the words of the
    tooltip. ``rows`` in order, among them the names in ``groups``, which head the rows below them and have no cells.
    """
    full, brief = (
        round(len(columns) * (max((apart.wide(cell[name], sizes.cell) for cell in cells), default=0) + 4))
        for name in ("text", "brief")
    )
    return _filled(
        _heatmap(sizes, any("|" in column for column in columns)),
        {"step": sizes.row},
        said=f"width < {brief} ? datum.least : width < {full} ? datum.brief : datum.text",
        cells=cells,
        rows=list(rows),
        columns=list(columns),
        heads=f"indexof({list(groups)}, datum.value) >= 0",
    )


@_forms
def _heatmap(sizes: Sizes, two_lines: bool) -> dict:
    data = alt.Data(values=["@cells"])
    bold = {"condition": {"test": "@heads", "value": "bold"}, "value": "normal"}
    y = alt.Y(
        "row:N",
        sort=None,
        title=None,
        scale=alt.Scale(domain=["@rows"], padding=0.06),
        axis=alt.Axis(
            labelExpr=_two_lines(f"({_PHONE} ? 8 : 12)"),
            labelBaseline=_standing(f"({_PHONE} ? 8 : 12)"),
            labelLineHeight=sizes.small + 1,
            labelFontWeight=bold,
            labelFontSize=sizes.small,
            labelLimit=round(260 * sizes.ratio),
            labelOverlap=False,
        ),
    )
    x = alt.X(
        "column:N",
        sort=None,
        title=None,
        scale=alt.Scale(domain=["@columns"], padding=0.03),
        axis=alt.Axis(
            orient="top",
            labelExpr="split(datum.label, '|')",
            labelOverlap=False,
            labelFontWeight="bold",
            labelLineHeight=sizes.text + 3,
            # Vega lets the second line hang below the first
            labelPadding=6 + (sizes.text + 3) * two_lines,
        ),
    )
    tips = _tip(
        ("indicator", "指标"),
        ("place", "区县"),
        ("year", "年份"),
        ("actual", "实际"),
        ("target", "目标"),
        ("gap", "差距"),
        ("state", "状态"),
    )
    base = alt.Chart(data).encode(x=x, y=y)
    cell = base.mark_rect(strokeWidth=1, cursor="pointer").encode(
        color=_raw("fill"),
        stroke=alt.Stroke("edge:N", scale=None),
        tooltip=tips,
    )
    text = (
        base.transform_calculate(said="@said")
        .mark_text(fontSize=sizes.cell)
        .encode(text="said:N", color=_raw("ink"), description="text:N")
    )
    return _finish(alt.layer(cell.add_params(_pick()), text), sizes)


def drift(
    points: list[dict], *, columns: Sequence[str], axis: str, sizes: Sizes = theme.SCREEN, height: int = 240
) -> dict:
    """How the target of one indicator moved: a mark for each target, in the order of the documents that set them.

    points: place, column (the year it is for), value, label, document, words (at the mark; empty for none), above (bool),
    colour, shape, fact, key (a line for each place).
    """
    ends = _ends([row["value"] for row in points], zero=False, room=0.2)
    return _filled(_drift(sizes), height, points=points, columns=list(columns), axis=axis, **ends)


@_forms
def _drift(sizes: Sizes) -> dict:
    base = alt.Chart(alt.Data(values=["@points"])).encode(
        x=alt.X("column:N", sort=None, scale=alt.Scale(domain=["@columns"]), title=None),
        y=alt.Y(
            "value:Q",
            title="@axis",
            scale=alt.Scale(domain=_DOMAIN, nice=False, zero=False),
            axis=alt.Axis(tickCount=4),
        ),
        color=_raw("colour"),
    )
    tips = _tip(("place", "区县"), ("column", "目标年份"), ("label", "目标"), ("document", "文件"))
    layers = alt.layer(
        base.mark_line(strokeWidth=sizes.line, strokeDash=[2, 4]).encode(detail="key:N"),
        base.mark_point(filled=True, opacity=1, size=sizes.mark, cursor="pointer")
        .encode(shape=alt.Shape("shape:N", scale=None), tooltip=tips)
        .add_params(_pick()),
        *(
            base.transform_filter(f"datum.above === {str(above).lower()}")
            .mark_text(dy=dy * sizes.ratio, fontSize=sizes.small, fontWeight="bold")
            .encode(text="words:N", color=alt.value(theme.TEXT))
            for above, dy in ((True, -14), (False, 16))
        ),
    )
    return _finish(layers, sizes, padding={"left": 4, "top": 12, "right": 30, "bottom": 8})
