"""Charts over years: results and targets of one indicator, and how its target moved. Pure; ``charts`` is the door."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import altair as alt

from pages.parts import apart, theme
from pages.parts import chart_kit as kit
from pages.parts.theme import Sizes

_SOLID = [1, 0]
#: Px in type of 12 that the words at the end of a line may take: Vega makes the plot smaller for what stands beyond it.
_LONGEST = 240
#: What a screen reader says of a target: its tooltip, and nothing of its outline.
_TOLD = (
    "'区县: ' + datum.place + '; 年份: ' + datum.year + '; 数值: ' + datum.label + '; 性质: ' + datum.kind_words"
    " + '; 来源: ' + datum.origin"
)


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
    wide: float | None = None,
) -> dict:
    """One indicator over the years; every year stands on the axis, even an empty one.

    points: place, year, value, label, kind (stated, supplement, derived), colour, shape, fact, origin,
    last (bool: the name ``end`` stands here), above (bool: where its value stands).
    segments: two rows each with key, year, value, dashed: lines only where two years follow each other.
    targets: place, year, value, label, colour, fact. spans: start, end, value, label, words, above,
    colour, fact: yearly averages.
    missing: for a year, the lines that stand below it (綦江|未收录), in two where one is too wide. ``labels``: values at the
    points. ``room``: px of width of a picture; then ``height`` is that of the plot. ``wide``: px of width on the screen, where
    they are known. Words and marks stand as ``apart`` has placed them.
    """
    order = [str(year) for year in years]
    values = [row["value"] for group in (points, targets, spans) for row in group]
    ends = kit.span(values, zero=False, room=0.15)
    under = {year: [f"{year}年" if len(order) < 8 else year, *(missing or {}).get(year, [])] for year in order}
    broad = (room or wide or (apart.ROOMY if labels else apart.PANEL)) - 60 * sizes.ratio**0.5
    choices = _under(under, sizes)
    tick = sizes.row if labels else sizes.row / 2
    heights = [
        (least, height if room else max(height - _below(lines, sizes), height / 2))
        for least, lines in [*choices, (0, {"": [""]})]
    ]
    plot = apart.Plot(
        order, *ends.values(), broad, height, sizes.small, sizes.mark**0.5 + sizes.line, (tick, 1 + sizes.line), 4 * sizes.line
    )
    made = apart.placed(points, spans, targets, segments, plot, labels=labels, heights=heights, known=bool(room or wide))
    there = {
        "zero": bool(values) and ends["low"] < 0 < ends["high"],
        "spans": bool(spans),
        "targets": bool(targets),
        "stated": any(point["kind"] == "stated" for point in points),
        "others": any(point["kind"] != "stated" for point in points),
        "leads": made.moved,
        "aims": any(down is not None for row in made.targets for down in row["down"]),
    }
    spec = kit.filled(
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
        at=_by_width("down", made.edges),
        right=_by_width("right", made.edges),
        said=_by_width("said", made.edges),
        shown=_shown(**ends),
        tick=f"pow(min({tick}, 0.8 * width / {len(order)}), 2)",
        **ends,
    )
    return spec | {"padding": spec["padding"] | {"right": round(made.end)}}


@kit.forms
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
    scale = alt.Scale(domain=kit.DOMAIN, nice=False, zero=False)
    y = alt.Y("value:Q", title="@axis", scale=scale, axis=alt.Axis(tickCount=5))
    at = alt.Y("shown:Q", title="@axis", scale=scale)
    tips = kit.tip(("place", "区县"), ("year", "年份"), ("label", "数值"), ("kind_words", "性质"), ("origin", "来源"))
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=theme.MUTED).encode(y="zero:Q")
    start = alt.X("start:O", scale=order)
    band = alt.Chart(alt.Data(values=["@spans"])).encode(y=y)
    spans = band.mark_rule(strokeWidth=4 * sizes.line, opacity=0.35, cursor="pointer")
    words = (
        band.transform_calculate(under="@at").transform_calculate(shown="@shown")
        .transform_calculate(text="@said")
        .transform_filter("datum.shown !== null")
        .mark_text(align="left", dx=alt.ExprRef("@right"), fontSize=sizes.small, color=theme.MUTED)
        .encode(x=start, y=at, text="text:N", description="words:N")
        .properties(name="spans-words")
    )
    line = (
        alt.Chart(alt.Data(values=["@segments"]))
        .mark_line(strokeWidth=sizes.line)
        .encode(
            x=x,
            y=y,
            detail="key:N",
            color=kit.raw("colour"),
            strokeDash=_dashes(),
        )
    )
    targets = (
        alt.Chart(alt.Data(values=["@targets"]))
        .transform_calculate(told=_TOLD)
        .encode(x=x, y=y, description="told:N")
        .mark_point(filled=True, opacity=1, strokeWidth=0, size=alt.ExprRef("@tick"), cursor="pointer")
        .encode(color=kit.raw("colour"), shape=alt.Shape("tick:N", scale=None), tooltip=tips)
    )
    # what was aimed at stands as a number too: of a year to come there is no result beside it
    aims = (
        alt.Chart(alt.Data(values=["@targets"]))
        .transform_calculate(under="@at").transform_calculate(shown="@shown")
        .transform_calculate(text="@said")
        .transform_filter("datum.shown !== null")
        .mark_text(dx=alt.ExprRef("@right"), fontSize=sizes.small, color=theme.MUTED)
        .encode(x=x, y=at, text="text:N", description="text:N")
        .properties(name="aims")
    )
    dots = alt.Chart(alt.Data(values=["@points"])).encode(
        x=x, y=y, tooltip=tips, shape=alt.Shape("shape:N", scale=None)
    )
    stated = (
        dots.transform_filter("datum.kind === 'stated'")
        .mark_point(filled=True, opacity=1, size=sizes.mark, cursor="pointer")
        .encode(color=kit.raw("colour"))
    )
    others = (
        dots.transform_filter("datum.kind !== 'stated'")
        .mark_point(filled=True, opacity=1, size=sizes.mark, strokeWidth=sizes.line, cursor="pointer")
        .encode(stroke=alt.Stroke("colour:N", scale=None), fill=alt.value(theme.PAGE))
    )
    leads = (
        alt.Chart(alt.Data(values=["@points"]))
        .transform_calculate(under="@at").transform_calculate(shown="@shown")
        .transform_calculate(right="@right")
        .transform_filter("datum.last && datum.shown !== datum.value && datum.right > 0")
        .mark_rule(x2Offset=9 * sizes.ratio, color=theme.MUTED, aria=False)
        .encode(x=x, x2="year:O", y=y, y2="shown:Q")
    )
    layers = [
        zero.properties(name="zero"),
        leads.properties(name="leads"),
        spans.encode(x=start, x2="end:O", color=kit.raw("colour"), tooltip=tips).properties(name="spans"),
        *((words,) if labels else ()),
        line.properties(name="line"),
        targets.properties(name="targets"),
        *((aims,) if labels else ()),
        stated.properties(name="stated"),
        others.properties(name="others").add_params(kit.pick()),
    ]
    said = dots.transform_calculate(under="@at").transform_calculate(shown="@shown")
    if labels:
        layers.append(
            said.transform_filter("!datum.last && datum.shown !== null")
            .mark_text(dx=alt.ExprRef("@right"), fontSize=sizes.small)
            .encode(y=at, text="label:N", description="label:N")
        )
    ends = said.transform_filter("datum.last").transform_calculate(
        end="datum.end + ' ' + datum.label" if labels else "datum.end"
    )
    layers.append(
        ends.mark_text(
            align="left", dx=alt.ExprRef("@right"), fontSize=sizes.small, fontWeight="bold", limit=_LONGEST * sizes.ratio
        ).encode(y=at, text="end:N", description="end:N")
    )
    return kit.finish(alt.layer(*layers), sizes, padding={"left": 4, "top": 12, "right": 12, "bottom": 4})


def _by_width(name: str, edges: Sequence[float]) -> str:
    """The place that holds in a plot as wide as it is drawn; see apart.Placed."""
    return " : ".join([*(f"width > {edge} ? datum.{name}[{n}]" for n, edge in [*enumerate(edges)][:0:-1]), f"datum.{name}[0]"])


def _dashes() -> alt.StrokeDashValue:
    """Dots for what no source states; the dashes of a place whose hue another one has."""
    own = [
        {"test": f"datum.stroke === {n}", "value": list(dashes)}
        for n, (dashes, _) in enumerate(theme.STROKES)
        if dashes
    ]
    return alt.StrokeDashValue(condition=[{"test": "datum.dashed", "value": [2, 4]}, *own], value=_SOLID)


def _shown(low: float, high: float) -> str:
    """Where words stand, as a value of the axis: px below their own one in the plot as it is drawn, whatever its height."""
    return f"datum.under === null ? null : clamp(datum.value - datum.under * {high - low} / height, {low}, {high})"


def _below(lines: Mapping[str, Sequence[str]], sizes: Sizes) -> float:
    """Px of a chart above and below its plot, as Vega needs them."""
    return max(map(len, lines.values()), default=1) * (sizes.small + 4) + 32 + 0.85 * sizes.small


def _under(words: Mapping[str, Sequence[str]], sizes: Sizes) -> list[tuple[int, dict[str, list[str]]]]:
    """The words below each year as wide as they are, and narrower in two lines: (px of the plot they need, lines)."""
    whole = {year: [line.replace("|", "") for line in lines] for year, lines in words.items()}
    parts = {year: [part for line in lines for part in line.split("|")] for year, lines in words.items()}

    def needed(lines: Mapping[str, Sequence[str]]) -> int:
        longest = max((len(line) for each in lines.values() for line in each), default=0)
        return round((max(longest, 4) + 1) * sizes.small * len(words))

    return [(needed(lines), lines) for lines in ((whole, parts) if parts != whole else (whole,))]


def drift(
    points: list[dict], *, columns: Sequence[str], axis: str, sizes: Sizes = theme.SCREEN, height: int = 240
) -> dict:
    """How the target of one indicator moved: a mark for each target, in the order of the documents that set them.

    points: place, column (the year it is for), value, label, document, words (at the mark; empty for none), above (bool),
    colour, shape, fact, key (a line for each place).
    """
    ends = kit.span([row["value"] for row in points], zero=False, room=0.2)
    return kit.filled(_drift(sizes), height, points=points, columns=list(columns), axis=axis, **ends)


@kit.forms
def _drift(sizes: Sizes) -> dict:
    base = alt.Chart(alt.Data(values=["@points"])).encode(
        x=alt.X("column:N", sort=None, scale=alt.Scale(domain=["@columns"]), title=None),
        y=alt.Y(
            "value:Q",
            title="@axis",
            scale=alt.Scale(domain=kit.DOMAIN, nice=False, zero=False),
            axis=alt.Axis(tickCount=4),
        ),
        color=kit.raw("colour"),
    )
    tips = kit.tip(("place", "区县"), ("column", "目标年份"), ("label", "目标"), ("document", "文件"))
    layers = alt.layer(
        base.mark_line(strokeWidth=sizes.line, strokeDash=[2, 4]).encode(detail="key:N"),
        base.mark_point(filled=True, opacity=1, size=sizes.mark, cursor="pointer")
        .encode(shape=alt.Shape("shape:N", scale=None), tooltip=tips)
        .add_params(kit.pick()),
        *(
            base.transform_filter(f"datum.above === {str(above).lower()}")
            .mark_text(dy=dy * sizes.ratio, fontSize=sizes.small, fontWeight="bold", aria=not halo, **halo)
            .encode(text="words:N", color=alt.value(theme.PAGE if halo else theme.TEXT))
            for above, dy in ((True, -14), (False, 16))
            for halo in ({"stroke": theme.PAGE, "strokeWidth": 4 * sizes.ratio, "strokeJoin": "round"}, {})  # no line runs through words
        ),
    )
    return kit.finish(layers, sizes, padding={"left": 4, "top": 12, "right": 30, "bottom": 8})
