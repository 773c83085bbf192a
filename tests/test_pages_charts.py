"""The charts, over every indicator of the real reports and over rows made to break them.

A chart is read as the browser reads it: its layers with their data, filters and calculations. What a layer draws must
be a number inside the axis; what is missing must have words and no mark at a value.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts import charts, comparison, drift, format, gap, heat, selected, series, theme

YEARS = range(2021, 2031)


# ---------------------------------------------------------------- a chart as the browser reads it
def js(expression: str, datum: dict, width: int = 1000) -> object:
    """The value of one of the few Vega expressions the charts use, in a plot of this width."""

    def python(text: str) -> str:
        test, mark, rest = text.partition(" ? ")
        if not mark:
            return text
        yes, _, no = rest.partition(" : ")
        return f"(({yes}) if ({test}) else ({python(no)}))"

    text = python(expression)
    for old, new in ((" !== ", " != "), (" === ", " == "), ("&&", " and "), ("||", " or "), ("null", "None")):
        text = text.replace(old, new)
    text = re.sub(r"!(?=datum)", " not ", text).replace("true", "True").replace("false", "False")
    text = re.sub(r"datum\.(\w+)", r"datum['\1']", text)
    known = {"max": max, "width": width, "height": 240, "windowSize": lambda: [width]}
    known["clamp"] = lambda value, low, high: max(low, min(value, high))
    return eval(text.strip(), {"__builtins__": {}}, {"datum": datum, **known})


@dataclass
class Layer:
    mark: str
    encoding: dict
    rows: list[dict]
    spec: dict


def layers(spec: dict, width: int = 1000) -> Iterator[Layer]:
    """Each layer with the rows that its filters leave and its calculations add to."""
    for each in spec.get("layer", [spec]):
        data = each.get("data") or spec.get("data") or {}
        rows = data["values"] if "values" in data else spec["datasets"][data["name"]]
        kept = [dict(row) for row in rows]
        for step in each.get("transform", []):
            if "filter" in step:
                kept = [row for row in kept if js(step["filter"], row, width)]
            else:
                for row in kept:
                    row[step["as"]] = js(step["calculate"], row, width)
        mark = each["mark"]
        yield Layer(mark if isinstance(mark, str) else mark["type"], each["encoding"], kept, each)


def walk(node: object) -> Iterator[dict]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def check(spec: dict) -> dict:
    """What holds for every chart; returns its specification."""
    alt.TopLevelLayerSpec.validate(json.loads(json.dumps(spec, allow_nan=False)))
    found = [*layers(spec), *layers(spec, 200)]
    domains = {}
    for layer in found:
        for channel in ("x", "y"):
            encoded = layer.encoding.get(channel, {})
            if encoded.get("type") == "quantitative" and "scale" in encoded:
                domains.setdefault(channel, encoded["scale"]["domain"])
                assert encoded["scale"]["domain"] == domains[channel], "two scales in one chart"
    for low, high in domains.values():
        assert math.isfinite(low) and math.isfinite(high) and low < high
    for layer in found:
        for channel in ("x", "y", "x2", "y2"):
            encoded = layer.encoding.get(channel, {})
            kind = encoded.get("type") or layer.encoding.get(channel[0], {}).get("type")
            if kind != "quantitative" or "field" not in encoded:
                continue
            low, high = domains[channel[0]]
            for row in layer.rows:
                value = row[encoded["field"]]
                assert value is not None, f"{layer.mark} draws what is missing: {row}"
                assert low <= value <= high, f"{layer.mark} at {value} outside {low}..{high}"
        for channel in ("color", "fill", "stroke"):
            encoded = layer.encoding.get(channel, {})
            if "field" in encoded:
                assert encoded["scale"] is None, f"a scale chooses the {channel} of {layer.mark}"
        if layer.mark in ("point", "bar", "rect", "tick"):
            assert all("fact" in row for row in layer.rows), f"a {layer.mark} without a fact to click on"
    params = [each for each in walk(spec) if each.get("name") == charts.PICK]
    assert len(params) == 1 and params[0]["select"]["fields"] == ["fact"] and params[0]["select"]["type"] == "point"
    for node in walk(spec):
        assert node.get("labelAngle", 0) == 0 and node.get("titleAngle", 0) == 0 and node.get("angle", 0) == 0
    assert spec["config"]["axis"]["labelAngle"] == 0
    assert spec["config"]["axisY"]["titleAngle"] == 0  # Vega turns the title of a vertical axis unless told otherwise
    assert spec["usermeta"]["embedOptions"]["renderer"] == "svg"  # a canvas knows no CSS variables
    return spec


def of(spec: dict, mark: str) -> list[Layer]:
    return [layer for layer in layers(spec) if layer.mark == mark]


def words(spec: dict) -> list[str]:
    """Every text that stands in the chart."""
    return [
        str(row[layer.encoding["text"]["field"]])
        for layer in layers(spec)
        if layer.mark == "text"
        for row in layer.rows
    ]


def test_the_form_of_a_chart_is_the_same_and_its_rows_are_its_own():
    def shown(place: str, value: float) -> dict:
        rows = comparison.bars([pair(place, value, None)])
        return check(charts.bars(rows, axis=place))

    first, second = shown("綦江", 5.5), shown("@low", -3.0)
    assert {row["place"] for row in of(first, "bar")[0].rows} == {"綦江"}
    (bar,) = of(second, "bar")
    assert (bar.rows[0]["place"], bar.encoding["x"]["title"], bar.encoding["y"]["sort"]) == ("@low", "@low", ["@low"])
    low, high = bar.encoding["x"]["scale"]["domain"]
    assert low < -3 and high == 0


# ---------------------------------------------------------------- the real reports
@pytest.fixture(scope="module")
def rows(real) -> dict[str, list[dict]]:
    """Every indicator of the catalogue that has facts -> its rows over all years."""
    return selected.grouped(real.pairs(YEARS), "indicator")


def in_year(rows: list[dict], year: int) -> tuple[str | None, list[dict]]:
    """As 区县对比 takes them."""
    mine = [row for row in rows if row["year"] == year]
    measure = comparison.measure_for(mine)
    return measure, [comparison.in_measure(each, measure) for each in selected.grouped(mine, "place").values()]


def fullest(rows: list[dict]) -> tuple[str | None, list[dict]]:
    """The year with most numbers: one chart for each indicator takes long enough."""
    known = [row["year"] for row in rows for side in ("actual", "target") if row[side] is not None]
    return in_year(rows, max(set(known), key=known.count) if known else 2024)


def test_bars_of_every_indicator(rows):
    for name, each in rows.items():
        measure, places = fullest(each)
        made = comparison.bars(places)
        spec = check(charts.bars(made, axis=format.axis(measure, [])))
        (bar,) = of(spec, "bar")
        low, high = bar.encoding["x"]["scale"]["domain"]
        assert low <= 0 <= high, name
        assert bar.encoding["x"]["stack"] is None
        assert {row["place"]: row["value"] for row in bar.rows} == {
            row["district"]: row["actual"] for row in places if row["actual"] is not None
        }
        said = words(spec)
        for row in places:
            if row["actual"] is None:
                assert comparison.absence(row) in said and comparison.absence(row)
        assert sum(row["value"] is None for row in made) == sum(row["actual"] is None for row in places)


def test_dumbbells_of_every_indicator(rows):
    for name, each in rows.items():
        measure, places = fullest(each)
        spec = check(charts.dumbbells(comparison.dumbbells(places), axis=format.axis(measure, [])))
        link, ring_and_dot = of(spec, "rule"), of(spec, "point")
        known = [sum(row[side] is not None for row in places) for side in ("target", "actual")]
        # a layer without marks would be a picture without words to a screen reader
        assert [len(layer.rows) for layer in ring_and_dot] == [count for count in known if count], name
        assert sum(len(layer.rows) for layer in link) == sum(None not in (r["target"], r["actual"]) for r in places)
        assert len(words(spec)) == len(places) and all(words(spec)), "each place says its gap, or why there is none"


def test_growth_of_all_indicators_on_one_axis(rows):
    many = []
    for each in rows.values():
        measure, places = in_year(each, 2024)
        many += places if measure == "growth" else []
    assert len(many) > 30
    check(charts.dumbbells(comparison.dumbbells(many), axis="增速（%）"))


def test_trend_of_every_indicator(rows, real):
    every = [row["place"] for row in real.ask("places")]
    ids = [row["indicator_id"] for row in real.ask("indicators")]
    spans = selected.grouped(real.ask("spans", every, ids), "indicator")
    for name, each in rows.items():
        known = {row["measure"] for row in each for side in ("actual", "target") if row[side] is not None}
        for measure in sorted(known) or [None]:
            made = series.build(each, spans.get(name, []), YEARS, measure=measure, breaks=real.breaks())
            drawn = trend(made)
            aims, dots = ([n for n in of(drawn, "point") if (n.spec.get("name") == "targets") is aim] for aim in (True, False))
            assert sum(len(layer.rows) for layer in dots) == len(made.points), name
            assert sum(len(layer.rows) for layer in aims) == len(made.targets), name


def trend(made: series.Series, **more) -> dict:
    spec = check(
        charts.trend(
            made.points,
            made.segments,
            years=made.years,
            axis="",
            targets=made.targets,
            spans=made.spans,
            missing=made.missing,
            **more,
        )
    )
    years = [str(year) for year in made.years]
    for layer in layers(spec):
        if "x" in layer.encoding:
            assert layer.encoding["x"]["scale"]["domain"] == years, "every year stands on the axis, even an empty one"
            assert {str(row[layer.encoding["x"]["field"]]) for row in layer.rows} <= set(years)
    axis, *others = [layer.encoding["x"]["axis"] for layer in layers(spec) if "axis" in layer.encoding.get("x", {})]
    assert axis["labelOverlap"] is False and all(each == axis for each in others)
    for reason in (reason for each in made.missing.values() for reason in each):
        assert reason.replace("|", "") in axis["labelExpr"]
    (line,) = of(spec, "line")
    assert line.encoding["detail"]["field"] == "key", "a line of its own for each pair of years"
    for key in {row["key"] for row in line.rows}:
        assert len([row for row in line.rows if row["key"] == key]) == 2
    return spec


@pytest.mark.parametrize("years", [[2024], [2025], [2026], list(range(2021, 2026))])
def test_heatmap_of_every_indicator(real, years):
    found = heat.lines(real.pairs(years))
    several = len(years) > 1
    cells = heat.cells(found, years=several)
    columns = list(dict.fromkeys(cell["column"] for cell in cells))
    themes = list(dict.fromkeys(line.category for line in found))
    spec = check(charts.heatmap(cells, rows=[*themes, *(line.name for line in found)], columns=columns, groups=themes))
    (rect,) = of(spec, "rect")  # one layer: a cell of another could not be clicked
    (text,) = of(spec, "text")
    assert len(rect.rows) == len(text.rows) == len(found) * len(columns)
    assert len({(cell["row"], cell["column"]) for cell in cells}) == len(cells), "no cell lies upon another"
    assert all(cell["text"].strip() for cell in cells)
    for cell in cells:
        white = cell["edge"] is not None
        assert (cell["fill"] == theme.PAGE) == white, cell
        assert not (white and cell["gap"] == "—" and re.search(r"\d", cell["text"])), "a number without a gap"


def test_a_cell_says_what_another_measure_has_where_its_own_has_nothing(real):
    rows = real.pairs([2024, 2025])
    seen = {"marked": 0, "led": 0}
    for line in heat.lines(rows):
        cells = heat.cells([line], years=True)
        for cell, ((place, year), held) in zip(cells, line.cells.items(), strict=True):
            main = held.main
            others = [
                (row, side)
                for row in rows
                if (row["district"], row["year"], row["indicator"]) == (place, year, main["indicator"])
                and row["measure"] != main["measure"]
                for side in ("target", "actual")
                if row[f"{side}_id"] and not main[f"{side}_id"]
            ]
            assert (cell["also"] != "—") == bool(others) == all(heat.ALSO in cell[name] for name in heat.TEXTS), cell
            for row, side in others:
                words = f"{format.measure(row['measure'], row[f'{side}_unit'])}{format.SIDES[side]} {format.side(row, side)}"
                assert words in cell["also"], "its measure, its side and its value"
                seen["marked"] += 1
            if others and not (main["actual_id"] or main["target_id"]):
                assert cell["fact"] in {row[f"{side}_id"] for row, side in others}, "the cell leads to a sentence"
                seen["led"] += 1
    assert min(seen.values()) > 5


def test_themes_of_the_heatmap_stand_together(real):
    names = [line.category for line in heat.lines(real.pairs([2023]))]
    assert [name for n, name in enumerate(names) if name not in names[:n]] == [
        name for n, name in enumerate(names) if n == 0 or name != names[n - 1]
    ]


def test_drift_of_every_indicator(real):
    every = [row["place"] for row in real.ask("places")]
    ids = [row["indicator_id"] for row in real.ask("indicators")]
    reports = {row["report_id"]: row for row in real.ask("reports")}
    history = selected.grouped(real.ask("target_history", every, ids), "indicator")
    assert len(history) > 60
    for name, each in history.items():
        points, columns, unit = drift.points(each, reports)
        spec = check(charts.drift(points, columns=columns, axis=""))
        assert {row["unit"] for row in each if row["fact_id"] in {p["fact"] for p in points}} == {unit}, name
        assert len(of(spec, "point")[0].rows) == len(points)
        said = drift.finding(name, points)
        assert all(point["label"] in said and point["column"] in said for point in points)
        assert not any(re.search(r"(\d{4})—\1", column) for column in columns), columns


# ---------------------------------------------------------------- rows made to break them
VALUES = {
    "all missing": [None, None, None],
    "one point": [None, 3.5, None],
    "equal": [4.0, 4.0, 4.0],
    "negative": [-3.0, -0.5, -8.25],
    "both sides": [-3.0, 0.0, 8.25],
    "zero": [0.0, 0.0, 0.0],
    "one zero": [None, 0.0, None],
    "huge": [1e15, 2.5e15, None],
    "tiny": [1e-9, 2e-9, 3e-9],
    "far apart": [1e-6, 1e12, -1e12],
    "thirty": [float(n) - 10 if n % 7 else None for n in range(30)],
    "nothing": [],
}
hostile = pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
NASTY = "<b>区</b> \"'\\n{} $x$"


def pair(place: str, value: float | None, target: float | None = None, **more) -> dict:
    """A row of queries.pairs."""
    row = {
        "district": place,
        "place": place,
        "year": 2024,
        "indicator": "地区生产总值",
        "indicator_id": "gdp",
        "category": "综合质效",
        "direction": 1,
        "measure": "growth",
        "due": True,
        "covered": True,
        "results_held": True,
        "sets_targets": True,
        "economy_growth": None,
    }
    for side, number in (("actual", value), ("target", target)):
        known = number is not None
        row |= {f"{side}_{name}": None for name in ("unit_reported", "text", "low", "high", "qualifier", "report")}
        row |= {
            side: number,
            f"{side}_id": f"{side}-{place}" if known else None,
            f"{side}_unit": "%" if known else None,
            f"{side}_reported": number,
            f"{side}_comparator": "eq" if known else None,
            f"{side}_origin": "table" if known else None,
        }
    return row | {
        "actual_period": "annual",
        "target_period": "annual",
        "target_in_plan": True,
        "target_binding": None,
        "actual_source": None,
    } | more


def places(values: list) -> list[dict]:
    return [
        pair(f"{NASTY}{n}" if n == 1 else f"区{n}", value, values[-1 - n] if n % 2 else None)
        for n, value in enumerate(values)
    ]


@hostile
def test_bars_of_anything(values):
    spec = check(charts.bars(comparison.bars(places(values)), axis="增速（%）"))
    (bar,) = of(spec, "bar")
    assert [row["value"] for row in bar.rows] == sorted((v for v in values if v is not None), reverse=True)
    low, high = bar.encoding["x"]["scale"]["domain"]
    assert low <= 0 <= high


@hostile
def test_dumbbells_of_anything(values):
    spec = check(charts.dumbbells(comparison.dumbbells(places(values)), axis="增速（%）"))
    drawn = [row for layer in of(spec, "point") if "stroke" not in layer.encoding for row in layer.rows]
    assert len(drawn) == sum(value is not None for value in values)


@hostile
def test_trend_of_anything(values):
    rows = [row | {"year": 2021 + n, "district": "綦江", "place": "500110"} for n, row in enumerate(places(values))]
    spec = trend(series.build(rows, [], range(2021, 2021 + max(len(values), 1))))
    joined = {frozenset((float(a["year"]), float(b["year"]))) for a, b in pairwise_rows(of(spec, "line")[0].rows)}
    known = {2021 + n for n, value in enumerate(values) if value is not None}
    assert joined == {frozenset((year, year + 1)) for year in known if year + 1 in known}


def pairwise_rows(rows: list[dict]) -> Iterator[tuple[dict, dict]]:
    return zip(rows[::2], rows[1::2], strict=True)


@hostile
def test_heatmap_of_anything(values):
    found = heat.lines(places(values))
    cells = heat.cells(found, years=False)
    spec = check(charts.heatmap(cells, rows=[line.name for line in found], columns=[c["column"] for c in cells]))
    assert len(of(spec, "rect")[0].rows) == len(values)


def test_a_target_that_nobody_can_know_of_is_not_said_to_be_missing():
    """A result for a year whose targets stand in a report that is not held."""
    rows = [pair("綦江", 5.5, covered=False, sets_targets=False), pair("江津", 5.5, covered=True, sets_targets=False)]
    found = heat.lines([*rows, pair("南岸", 5.5, 6.0)])
    assert [cell["text"] for cell in heat.cells(found, years=False)][:2] == ["目标未收录", "无目标"]


@hostile
def test_drift_of_anything(values):
    rows = [
        {
            "district": "綦江",
            "measure": "growth",
            "unit": "%",
            "year": 2021 + n,
            "said_in": 2020 + n,
            "period": "annual",
            "period_start": 2021 + n,
            "value": value,
            "comparator": "eq",
            "value_text": None,
            "value_low": None,
            "value_high": None,
            "origin": "table",
            "report_id": "r",
            "fact_id": f"f{n}",
        }
        for n, value in enumerate(values)
        if value is not None
    ]
    report = {"r": {"kind": "annual_plan_report", "district": "綦江", "year_from": 2024, "year_to": 2025}}
    points, columns, _ = drift.points(rows, report)
    check(charts.drift(points, columns=columns, axis=""))
    assert len(columns) == len(points)


def test_words_of_a_target_stand_where_its_line_does_not_run(real):
    """地区生产总值: both places aimed at 7 % in 2024, more than before and after; 綦江 began with 6.5 % and ends with 6 %."""
    (gdp,) = [row["indicator_id"] for row in real.ask("indicators") if row["indicator"] == "地区生产总值"]
    places = [row["place"] for row in real.ask("places")]
    reports = {row["report_id"]: row for row in real.ask("reports")}
    points, _, _ = drift.points(real.ask("target_history", places, [gdp]), reports)
    above = {point["words"]: point["above"] for point in points if point["words"]}
    assert above["綦江、江津 +7%"] and not above["綦江 +6%"]  # a peak; the end of a line that came down
    assert [row["above"] for row in points if row["column"] == "2022年"] == [False]  # the line goes up from there


number = st.one_of(st.none(), st.floats(-1e12, 1e12, allow_nan=False), st.just(0.0))


@given(st.lists(number, max_size=8), st.booleans())
def test_an_axis_holds_its_values(values, zero):
    low, high = charts.nice_span(values, zero=zero)
    assert low < high
    assert all(low <= value <= high for value in values if value is not None)
    if zero:
        assert low <= 0 <= high
    known = [value for value in values if value is not None]
    if known and min(known) > 0:
        assert low >= 0, "no negative counts"


def test_zero_is_drawn_where_the_axis_crosses_it_and_nowhere_else():
    def zero(values):
        rows = [pair("綦江", value) | {"year": 2021 + n} for n, value in enumerate(values)]
        return [layer for layer in of(trend(series.build(rows, [], range(2021, 2026))), "rule") if layer.rows]

    assert zero([-1.0, 2.0]) and not zero([-3.2, -3.0]) and not zero([3.0, 4.0])


def test_a_result_in_another_unit_is_said_and_not_drawn():
    rows = [pair("綦江", 5.0, 6.0), pair("江津", 4.0), pair("南岸", 70.0, 80.0, actual_unit="亿元", target_unit="亿元")]
    for spec in (
        check(charts.bars(comparison.bars(rows), axis="")),
        check(charts.dumbbells(comparison.dumbbells(rows), axis="")),
    ):
        marks = [layer for layer in layers(spec) if layer.mark in ("bar", "point", "tick")]
        assert all(row["place"] != "南岸" for layer in marks for row in layer.rows)
        assert any("单位不同" in each for each in words(spec))


def test_missing_is_never_at_zero():
    spec = check(charts.bars(comparison.bars([pair("綦江", None, 6.0), pair("江津", 0.0)]), axis=""))
    (bar,) = of(spec, "bar")
    assert [row["place"] for row in bar.rows] == ["江津"]
    assert "有目标未报实际" in words(spec) and "0%" in words(spec)


def test_the_target_of_a_bar_leads_to_its_own_sentence():
    spec = check(charts.bars(comparison.bars([pair("綦江", 5.5, 7.0)]), axis=""))
    assert [row["fact"] for row in of(spec, "bar")[0].rows] == ["actual-綦江"]
    assert [row["fact"] for row in of(spec, "tick")[0].rows] == ["target-綦江"]
    ring, dot = of(check(charts.dumbbells(comparison.dumbbells([pair("綦江", 5.5, 7.0)]), axis="")), "point")
    assert (ring.rows[0]["fact"], dot.rows[0]["fact"]) == ("target-綦江", "actual-綦江")
    assert ring.spec["mark"]["filled"] is False and dot.spec["mark"]["filled"] is True


def test_the_line_of_a_dumbbell_has_the_colour_of_its_status():
    made = comparison.dumbbells([pair("綦江", 5.5, 7.0), pair("江津", 9.0, 7.0), pair("南岸", None, 7.0)])
    assert [row["line"] for row in made[:2]] == [theme.STATES["missed"], theme.STATES["exceeded"]]
    assert [row["end_label"] for row in made] == ["未完成 −1.5个百分点", "超额完成 +2个百分点", "未报实际"]


def test_a_target_in_another_measure_stands_at_the_end_of_the_line():
    by = pair("江津", 4762.0, 3000.0, measure="level", actual_unit="万美元", target_unit="万美元")
    made = comparison.dumbbells([pair("綦江", 92.5, 20.0), pair("江津", 325.0, by=by), pair("南岸", 146.3)])
    assert [row["end_label"] for row in made][1:] == ["总量超额完成 +1762万美元（+58.7%）", "无目标"]
    assert made[1]["target"] is None and made[1]["target_label"] == "总量3000万美元"


@pytest.mark.parametrize(
    ("reach", "wanted"),
    [
        ({"进出口总额": 29, "实际使用外资": 325}, {"实际使用外资"}),
        ({"地区生产总值": 7, "工业投资": 40, "税收收入": 9}, set()),  # a third of the axis is still enough
        ({"地区生产总值": 7, "工业投资": 60, "税收收入": 9}, {"工业投资"}),
        ({"人口": 0.3, "地区生产总值": 7, "税收收入": 9}, set()),  # the exception is the small one
        ({"地区生产总值": 0, "税收收入": 9}, set()),
        ({"地区生产总值": 7}, set()),
        ({}, set()),
    ],
)
def test_a_value_far_beyond_the_others_has_an_axis_of_its_own(reach, wanted):
    assert comparison.far(reach) == wanted


def test_what_bears_on_comparing_results():
    same = [pair("綦江", 5.5), pair("江津", 4.1)]
    assert comparison.differences(same) == ""
    said = comparison.differences(
        [
            pair("綦江", 5.5, actual_qualifier="含万盛"),
            pair("江津", 4.1, actual_origin="supplement"),
            pair("南岸", 5.0, actual_comparator="ge"),
        ]
    )
    assert all(each in said for each in ("綦江“含万盛”", "江津“未注明”", "江津为补充来源", "南岸为“≥+5%”，不是确数"))


def test_titles_of_a_comparison():
    three = [pair("綦江", 5.5), pair("江津", 4.1), pair("南岸", 5.9)]
    assert (
        comparison.finding(three, "地区生产总值", "growth", 2024)
        == "地区生产总值增速：南岸最高（+5.9%），江津最低（+4.1%）"
    )
    even = [pair("綦江", 4.0), pair("江津", 4.0)]
    assert "綦江、江津相同，+4%" in comparison.finding(even, "地区生产总值", "growth", 2024)
    assert comparison.finding([pair("綦江", None)], "地区生产总值", "growth", 2024).endswith("所选区县都没有数")
    units = [pair("綦江", 5.5), pair("江津", 4.1, actual_unit="亿元")]
    assert "不作比较" in comparison.finding(units, "地区生产总值", "growth", 2024)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (pair("綦江", None, hidden="supplement"), "仅有补充来源（未显示）"),
        (pair("綦江", None, actual_text="持续下降"), "持续下降"),
        (pair("綦江", None, others=["总量"]), "只公布总量"),
        (pair("綦江", None, others=[], calculated=["总量"]), "只有推算的总量"),
        (pair("綦江", None, 6.0), "有目标未报实际"),
        (pair("綦江", None, 6.0, results_held=False), "结果报告未收录"),
        (pair("綦江", None, due=False), "未到期"),
        (pair("綦江", None), "本地报告未提及"),
        (pair("綦江", None, covered=False), "未收录该年报告"),
    ],
)
def test_why_there_is_no_result(row, said):
    assert comparison.absence(row) == said
    assert comparison.bars([row])[0]["label"] == said and comparison.bars([row])[0]["value"] is None


def test_counts_over_several_indicators():
    judged = {
        "綦江": [gap.assess(pair("綦江", 5.5, 7.0)), gap.assess(pair("綦江", 8.0, 7.0))],
        "南岸": [gap.assess(pair("南岸", 5.9))],
    }
    assert comparison.score(judged) == "达到目标：綦江1/2项；南岸没有可比的目标"
    waiting = judged | {"江津": [gap.Assessment(gap.STATES["result_not_held"])]}
    assert comparison.score(waiting) == "达到目标：綦江1/2项；江津的目标没有结果可比；南岸没有可比的目标"


# ---------------------------------------------------------------- words of axes and values
@pytest.mark.parametrize(
    ("key", "unit", "own", "said"),
    [
        ("change", "百分点", "亿元", "增速的变化"),
        ("change", "百分点", "百分点", "增减"),  # a share
        ("change", "百分点", None, "增减"),  # nobody knows of what
        ("change", "百分点", "吨标准煤/万元", "增减"),
        ("change", "亿元", "亿元", "增减"),
        ("growth", "%", "亿元", "增速"),
    ],
)
def test_a_measure_in_words(key, unit, own, said):
    assert format.measure(key, unit, own) == said


@pytest.mark.parametrize(
    ("measure", "units", "said"),
    [
        ("growth", ["%"], "增速（%）"),
        ("level", ["亿元"], "总量（亿元）"),
        ("level", ["%"], "水平（%）"),
        ("level", [":1"], "水平（比值）"),
        ("change", ["百分点"], "增减（百分点）"),
        ("level", [], "总量"),
        (None, [], ""),
    ],
)
def test_axis(measure, units, said):
    assert format.axis(measure, units) == said


@pytest.mark.parametrize(
    ("kind", "basis", "measure", "said"),
    [
        ("flow", "real", "growth", "同比增速，按不变价计算（实际增速）"),
        ("flow", "nominal", "growth", "同比增速，按现价计算（名义增速）"),
        ("flow", None, "growth", "同比增速"),
        ("flow", "real", "level", "全年数"),
        ("stock", None, "level", "年末数"),
        ("rate", None, "change", "比上年增减"),
        ("increment", None, "level", "当年新增"),
        ("ratio", None, "level", "比值"),
    ],
)
def test_measured(kind, basis, measure, said):
    assert format.measured({"kind": kind, "growth_basis": basis}, measure) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"actual": 28000.0, "actual_unit": "人", "actual_reported": 2.8, "actual_unit_reported": "万人"}, "2.8万人"),
        ({"actual": 36.0, "actual_unit": "万吨", "actual_reported": 3.6, "actual_unit_reported": "亿公斤"}, "36万吨"),
        ({"actual": 5.5, "actual_unit": "%", "actual_comparator": "le"}, "≤5.5%"),
        ({"actual": 3.0, "actual_low": 3.0, "actual_high": 5.0, "actual_unit": "%"}, "3～5%"),
        ({"actual": 200000.0, "actual_low": 2e5, "actual_high": 3e5, "actual_unit": "人"}, "20～30万人"),
        (
            {
                "actual": 20000.0,
                "actual_low": 20000.0,
                "actual_high": 30000.0,
                "actual_unit": "人",
                "actual_reported": 2.0,
                "actual_unit_reported": "万人",
            },
            "2～3万人",
        ),
        ({"actual": None, "actual_text": "完成"}, "完成"),
        ({"actual": None}, "未报实际"),
        ({"actual": 4.7634, "actual_unit": "%", "actual_origin": "derived"}, "约4.8%"),
    ],
)
def test_a_side_as_its_source_states_it(more, said):
    assert format.side(pair("綦江", 1.0) | {"measure": "level", "actual_reported": None} | more, "actual") == said


def test_ranges_of_growth_have_their_signs():
    assert format.stated(3, "%", "growth", "ge", None, 3, 5) == "+3%～+5%"


def test_a_yearly_average_says_so():
    assert format.side(pair("綦江", None, 6.0, target_period="average"), "target") == "年均+6%"


def test_a_result_that_is_in_doubt_is_named_where_it_is_compared():
    found = [
        {"kind": "implausible", "message": "江津 2024年 实际使用外资增速：325%（某报告 第119行） 幅度很大，请核对"},
        {"kind": "definition_break", "message": "江津 地区生产总值：2023年 1401.59亿元 到 2024年 1490.78亿元"},  # of joining years
        {"kind": "contradiction", "message": "南岸 2024年 规上工业总产值：两处说法不一致，955.8亿元 与 955.33亿元"},
    ]
    assert comparison.doubts(found) == "数值可疑：江津 2024年 实际使用外资增速；说法不一：南岸 2024年 规上工业总产值"
    assert comparison.doubts([]) == ""
