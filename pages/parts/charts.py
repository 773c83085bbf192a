"""Rows to charts: one pure function for each kind of chart, each returning a complete Vega-Lite specification.

Rows are plain dicts; ``fact`` in them is the id that a click hands back (the point selection ``pick``). Colours and
words are made here and in ``theme``, never by a Vega scale, so that a filter cannot change what a colour means. What is
missing has words of its own and no mark at a value.

``chart_kit`` says how a chart is made of a form; the charts over years are in ``chart_lines``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt

from pages.parts import apart, theme
from pages.parts import chart_kit as kit
from pages.parts.chart_kit import PICK, nice_span
from pages.parts.chart_lines import drift, trend
from pages.parts.theme import Sizes

__all__ = ["PICK", "bars", "described", "drift", "dumbbells", "heatmap", "nice_span", "trend"]

#: What a screen reader calls the marks of a chart, which Vega names in English.
_MARKS = {"bar": "条形", "rect": "格", "point": "标记", "tick": "目标", "rule": "连线", "text": "文字"}
#: A narrow window. What the width of a plot hangs on cannot hang on that width.
_PHONE = "windowSize()[0] < 500"
#: Px in type of 12 that a chart of dumbbells has at least, but for a telephone: on a stage and in pictures, where type is large.
_LEAST = 840


def described(spec: dict) -> dict:
    """The specification with words of its own for a screen reader: a mark says what its tooltip says, a text itself.

    What has neither says nothing, nor do the axes: Vega would read out names of fields, colours and the domain in English.
    """
    for layer in spec["layer"]:
        mark, encoding = layer["mark"], layer["encoding"]
        if "tooltip" in encoding and "description" not in encoding:
            said = " + '; ' + ".join(f"'{each['title']}: ' + datum['{each['field']}']" for each in encoding["tooltip"])
            mark["description"] = {"expr": said}
        elif "text" in encoding and "description" not in encoding:
            mark["description"] = {"expr": f"datum['{encoding['text']['field']}'] || null"}
        elif "description" not in encoding:
            mark["aria"] = False
        if mark["type"] in _MARKS:
            mark["ariaRoleDescription"] = _MARKS[mark["type"]]
    spec["config"]["axis"]["aria"] = False
    return spec


def bars(rows: list[dict], *, axis: str, sizes: Sizes = theme.SCREEN) -> dict:
    """One indicator over the places: bars from zero in the order of ``rows``, the value at the end, the target a tick.

    rows: place, value (None when missing), label (the value in words, or why there is none), target (or None),
    target_label, colour, fact, target_fact, origin (words). ``axis`` names measure and unit.
    """
    ends = kit.span([v for row in rows for v in (row["value"], row["target"])], zero=True, room=0.18)
    names = [row["place"] for row in rows]
    return kit.filled(_bars(sizes), {"step": int(sizes.row * 2.2)}, rows=rows, names=names, axis=axis, **ends)


def _clear_of_target(sizes: Sizes, side: int) -> alt.ExprRef:
    """How far a value stands from the end of its bar (``side``: 1 right, -1 left): behind the target's tick where that would
    run through it."""
    away = f"{side} * (scale('x', datum.target) - scale('x', datum.value))"
    wide = f"(length(datum.label) * {0.62 * (sizes.text + 2):.1f} + {8 * sizes.ratio:.1f})"
    near = f"datum.target !== null && {away} > {-4 * sizes.ratio:.1f} && {away} < {wide}"
    return alt.ExprRef(expr=f"{side} * ({near} ? {away} + {8 * sizes.ratio:.1f} : {6 * sizes.ratio:.1f})")


@kit.forms
def _bars(sizes: Sizes) -> dict:
    data = alt.Data(values=["@rows"])
    y = alt.Y(
        "place:N", sort=["@names"], title=None, axis=alt.Axis(labelFontSize=sizes.text + 2, labelFontWeight="bold")
    )
    x = alt.X("value:Q", title="@axis", scale=alt.Scale(domain=kit.DOMAIN, nice=False), axis=alt.Axis(tickCount=6))
    tips = kit.tip(("place", "区县"), ("label", "实际"), ("target_label", "目标"), ("origin", "来源"))
    base = alt.Chart(data).encode(y=y)
    shown = base.transform_filter("datum.value !== null")
    # two places of one name are not added up
    length = alt.X(
        "value:Q", title="@axis", stack=None, scale=alt.Scale(domain=kit.DOMAIN, nice=False), axis=alt.Axis(tickCount=6)
    )
    bar = shown.mark_bar(height={"band": 0.55}, cursor="pointer").encode(
        x=length, color=kit.raw("colour"), tooltip=tips
    )
    after = shown.transform_filter("datum.value >= 0").mark_text(
        align="left", dx=_clear_of_target(sizes, 1), fontSize=sizes.text + 2, fontWeight="bold"
    )
    before = shown.transform_filter("datum.value < 0").mark_text(
        align="right", dx=_clear_of_target(sizes, -1), fontSize=sizes.text + 2, fontWeight="bold"
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
        bar.add_params(kit.pick()),
        after.encode(x=x, text="label:N"),
        before.encode(x=x, text="label:N"),
        missing.encode(x=alt.datum(0), text="label:N"),
        zero,
        tick,
        target_words,
    )
    return kit.finish(layers, sizes)


def dumbbells(rows: list[dict], *, axis: str, sizes: Sizes = theme.SCREEN, names_width: int = 190) -> dict:
    """Several indicators of one unit: ring = target, dot = result, between them a line in the colour of the status.

    rows: indicator, place, value, target (either may be None), label, target_label, gap (words), status (words),
    line (status colour), colour, shape, end_label (the status in words), said and said_brief (what stands at the end of the
    line, and on a telephone), fact, target_fact. Rows stand in their order, places below each other.
    """
    names = list(dict.fromkeys(row["indicator"] for row in rows))
    places = list(dict.fromkeys(row["place"] for row in rows))
    values, targets = (any(row[side] is not None for row in rows) for side in ("value", "target"))
    both = any(row["target"] is not None and row["value"] is not None for row in rows)
    without = [name for name, there in (("link", both), ("ring", targets), ("dot", values)) if not there]
    ends = kit.span([v for row in rows for v in (row["value"], row["target"])], zero=False, room=0.08)
    # the words at the ends stand inside the plot, or nearly: Vega makes it smaller for what stands beyond it
    plot = max(_LEAST * sizes.ratio - names_width, 1)
    for row in rows:
        if (at := _at_end(row)) is not None:
            free = max(plot - 12 * sizes.ratio - apart.wide(row["said"], sizes.small), plot / 2)
            ends["high"] = max(ends["high"], ends["low"] + (at - ends["low"]) * plot / free)
    height = int(len(names) * (len(places) * sizes.row * 0.65 + 10) + 56 * sizes.ratio)
    form = _dumbbells(sizes, names_width)
    return kit.filled(form, height, without=without, rows=rows, names=names, places=places, axis=axis, **ends)


def _at_end(row: Mapping) -> float | None:
    """Where a dumbbell ends."""
    return max((row[side] for side in ("value", "target") if row[side] is not None), default=None)


@kit.forms
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
            scale=alt.Scale(domain=kit.DOMAIN, nice=False),
            axis=alt.Axis(tickCount=7, orient="top"),
        )

    tips = kit.tip(
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
        .transform_calculate(words=f"{_PHONE} ? datum.said_brief : datum.said")
        .mark_text(align="left", dx=10 * sizes.ratio, fontSize=sizes.small, limit=_LEAST / 2 * sizes.ratio)
    )
    nothing = base.transform_filter("datum.value === null && datum.target === null").mark_text(
        align="left", fontSize=sizes.small, color=theme.MUTED
    )
    layers = [
        link.encode(x=at("value"), x2="target:Q", color=kit.raw("line")).properties(name="link"),
        words.encode(x=at("end"), text="words:N", description="said:N"),
        nothing.encode(x=alt.value(4), text="end_label:N").properties(name="nothing"),
        ring.encode(x=at("target"), stroke=alt.Stroke("colour:N", scale=None), shape=shape).properties(name="ring"),
        dot.encode(x=at("value"), color=kit.raw("colour"), shape=shape).properties(name="dot").add_params(kit.pick()),
    ]
    return kit.finish(alt.layer(*layers), sizes)


def _two_lines(limit: int | str) -> str:
    """A label expression that breaks names longer than ``limit`` characters into two lines."""
    half = "ceil(length(datum.label) / 2)"
    return f"length(datum.label) > {limit} ? [slice(datum.label, 0, {half}), slice(datum.label, {half})] : datum.label"


def _standing(most: int | str) -> dict:
    """The baseline of such labels: Vega hangs the second line below the first, so the first stands above the middle."""
    return {"condition": {"test": f"length(datum.label) > {most}", "value": "bottom"}, "value": "middle"}


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
    return kit.filled(
        _heatmap(sizes, any("|" in column for column in columns)),
        {"step": sizes.row},
        said=f"width < {brief} ? datum.least : width < {full} ? datum.brief : datum.text",
        cells=cells,
        rows=list(rows),
        columns=list(columns),
        heads=f"indexof({list(groups)}, datum.value) >= 0",
    )


@kit.forms
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
    tips = kit.tip(
        ("indicator", "指标"),
        ("place", "区县"),
        ("year", "年份"),
        ("actual", "实际"),
        ("target", "目标"),
        ("gap", "差距"),
        ("state", "状态"),
        ("also", "另有"),
    )
    base = alt.Chart(data).encode(x=x, y=y)
    cell = base.mark_rect(strokeWidth=1, cursor="pointer").encode(
        color=kit.raw("fill"),
        stroke=alt.Stroke("edge:N", scale=None),
        tooltip=tips,
    )
    text = (
        base.transform_calculate(said="@said")
        .mark_text(fontSize=sizes.cell)
        .encode(text="said:N", color=kit.raw("ink"), description="text:N")
    )
    return kit.finish(alt.layer(cell.add_params(kit.pick()), text), sizes)
