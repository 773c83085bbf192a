"""What would lie on each other or say less than the screen shows: marks, words, titles, names in menus, lines of one hue."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

import pytest
import streamlit as st
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as some
from pptx.oxml.ns import qn

from data import store
from pages.parts import (
    apart,
    chart_kit,
    charts,
    filters,
    gap,
    gap_view,
    heat,
    screens,
    selected,
    series,
    stage,
    theme,
    views,
)
from pages.parts.playlist import View
from pages.parts.sheet import Drawing, Sheet
from tests import sheet_samples
from tests.test_pages_app import html, visit
from tests.test_slides import charts as slide_charts
from tests.test_slides import opened

YEARS = [str(year) for year in range(2021, 2031)]


@pytest.fixture(autouse=True)
def fresh(monkeypatch, folder):
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def trends(real) -> dict[str, dict]:
    """Every indicator of the reports -> what its chart over the years is made of, as on the page."""
    found = selected.grouped(real.pairs(range(2021, 2031)), "indicator")
    spans = selected.grouped(
        real.ask("spans", [row["place"] for row in real.ask("places")], [rows[0]["indicator_id"] for rows in found.values()]),
        "indicator",
    )
    breaks, charted = real.breaks(), {}
    for name, rows in found.items():
        made = series.build(rows, spans.get(name, []), range(2021, 2031), breaks=breaks)
        lines = {"points": made.points, "segments": made.segments, "years": made.years, "axis": "增速（%）"}
        charted[name] = lines | {"targets": made.targets, "spans": made.spans, "missing": made.missing}
    return charted


@pytest.fixture(scope="module")
def drawn(trends) -> dict[str, dict]:
    """Every indicator of the reports -> its chart over the years, as on the page."""
    return {name: charts.trend(**rows) for name, rows in trends.items()}


def point(place: str, value: float, year: str = "2024", **more) -> dict:
    made = {"place": place, "year": year, "value": value, "label": f"{value:+g}%", "kind": "stated", "kind_words": ""}
    look = {"colour": "#7550BE", "shape": "circle", "fact": f"{place}{year}", "origin": "", "above": True}
    return made | look | {"last": True, "end": place, "exact": True} | more


def layer(spec: dict, name: str) -> list[dict]:
    """The rows of the layer of a chart with this name."""
    return next(each["data"]["values"] for each in spec["layer"] if each.get("name") == name)


def taken(row: dict) -> tuple[float, float]:
    """From where to where the mark of a target reaches, in halves of its width."""
    left, right = re.fullmatch(r"M(-?[\d.]+),\S+?H(-?[\d.]+)V.*", row["tick"]).groups()
    return float(left), float(right)


# ---------------------------------------------------------------- targets
def test_targets_of_one_value_in_one_year_stand_side_by_side():
    aims = [point("綦江", 7.0), point("江津", 7.0), point("南岸", 4.0), point("綦江", 7.0, "2025")]
    spec = charts.trend([], [], years=range(2021, 2031), axis="", targets=aims)
    drawn = layer(spec, "targets")
    assert [row["value"] for row in drawn] == [7.0, 7.0, 4.0, 7.0], "no value is changed"
    first, second, alone, later = map(taken, drawn)
    assert first[1] < second[0] and first[1] - first[0] > 0.5 and second[1] - second[0] > 0.5
    assert alone == later == (-1, 1)


def test_no_target_of_the_reports_hides_another(drawn):
    together = 0
    for name, spec in drawn.items():
        aims = layer(spec, "targets") if any(each.get("name") == "targets" for each in spec["layer"]) else []
        for one, other in combinations(aims, 2):
            if (one["year"], one["value"]) == (other["year"], other["value"]):
                together += 1
                (_, end), (start, _) = sorted((taken(one), taken(other)))
                assert end < start, f"{name} {one['year']}: {one['place']} and {other['place']}"
    # 地区生产总值 2024: 7% in 綦江 and in 江津; 2025: 6% in 江津 and in 南岸
    assert together >= 2


def test_on_a_slide_the_mark_below_is_wider_than_the_one_on_it(real):
    (chart,) = slide_charts(opened(sheet_samples.trend(real)).slides[0])
    sizes = {}
    for line in chart.plots[0].series:
        if line.name.endswith(" 目标"):
            year = [str(name)[:4] for name in chart.plots[0].categories].index("2024")
            sizes[line.name] = line.points[year].marker.size or line.marker.size
    assert sizes["綦江 目标"] != sizes["江津 目标"]


# ---------------------------------------------------------------- words
def items(node: object) -> Iterator[tuple[str, dict]]:
    """Everything Vega has drawn, each with the name of its layer."""
    if isinstance(node, dict):
        for each in node.get("items", ()):
            if node.get("role") == "mark" and node.get("marktype") != "group":
                yield node.get("name", "").removesuffix("_marks"), each
            yield from items(each)


def painted(spec: dict, width: float) -> dict[str, list[dict]]:
    """A chart ``width`` px wide as a window shows it: what is drawn, by layer; those without a name under what they are."""
    fit = {"width": width, "autosize": {"type": "fit", "contains": "padding"}}
    found: dict[str, list[dict]] = {}
    for name, each in items(vl_convert.vegalite_to_scenegraph(spec | fit, vl_version="6.4")["scenegraph"]):
        if "description" in each:  # not the corners of lines
            kind = "words" if "text" in each else "mark"
            found.setdefault(name if name in ("spans", "spans_words", "targets") else kind, []).append(each)
    return found


def test_what_layers_share_is_sent_once_and_drawn_alike(real):
    for drawing in (each for sheet in sheet_samples.all_kinds(real).values() for each in sheet.drawings):
        spec = charts.described(getattr(charts, drawing.kind)(**drawing.rows)) | {"width": 700}
        sent = chart_kit.once(spec)
        one, other = (re.sub(' class="[^"]*"', "", vl_convert.vegalite_to_svg(each, vl_version="6.4")) for each in (spec, sent))
        assert one == other and one.count("<path") > 3
        assert len(json.dumps(sent)) < len(json.dumps(spec))


def on_a_stage(rows: dict, window: tuple[int, int]) -> tuple[dict, float]:
    """The only chart of a screen of 演示, and its width: below a title of two lines, a remark and a legend."""
    scale = min(window[0] / stage.WIDTH, window[1] / stage.HEIGHT)
    sheet = Sheet("finding", drawings=(Drawing("trend", "trend", "", rows),))
    width = window[0] - 56 * scale
    (made,) = screens.staged(sheet, window[1] / scale - 292, scale, width).drawings
    return charts.trend(**made.rows, sizes=made.sizes), width


#: Where a trend is drawn: in windows of 演示, and on a page so many px wide.
PLACES = [(1920, 1080), (1366, 768), 1318, 700, 363]
#: Of the reports those in which most stands in one chart.
CROWDED = 5


@pytest.fixture(scope="module")
def shown(trends):
    """(what is drawn, its rows) by indicator, at a place."""
    most = sorted(trends, key=lambda name: -len(trends[name]["points"]) - 2 * len(trends[name]["spans"]))[:CROWDED]

    @cache
    def at(place: tuple[int, int] | int) -> dict[str, tuple[dict[str, list[dict]], dict]]:
        return {
            name: (
                painted(*on_a_stage(trends[name], place) if isinstance(place, tuple) else (charts.trend(**trends[name]), place)),
                trends[name],
            )
            for name in dict.fromkeys(("地区生产总值", *most))
        }

    return at


def box(words: dict) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of words as they are painted."""
    long, high = apart.wide(words["text"], words["fontSize"]), words["fontSize"]
    left = words["x"] + words.get("dx", 0) - (0 if words.get("align") == "left" else long / 2)
    return left, words["y"] - high / 2, left + long, words["y"] + high / 2


def between(words: dict, mark: dict) -> float:
    """Px from words to a mark, whichever way."""
    wide = mark.get("size", 1) ** 0.5 / 2
    high = wide if len(mark.get("shape", "")) < 20 else 1
    left, top, right, bottom = box(words)
    across = max(left - mark["x"] - wide, mark["x"] - wide - right)
    down = max(top - mark["y"] - high, mark["y"] - high - bottom)
    return math.hypot(max(across, 0), max(down, 0)) or max(across, down)


@pytest.mark.parametrize("place", PLACES)
def test_a_value_stands_nearer_to_its_own_mark_than_to_any_other_of_its_year(shown, place):
    seen = 0
    for name, (found, _) in shown(place).items():
        for words in found.get("words", ()):
            column = [mark for mark in (*found["mark"], *found.get("targets", ())) if abs(mark["x"] - words["x"]) < 1]
            if words.get("align") == "left":  # the name of a place with it
                continue
            nearest = min(column, key=lambda mark: between(words, mark))
            value = words["text"].removeprefix("目标 ")
            assert f"数值: {value}" in nearest["description"], (name, words["text"], nearest["description"])
            assert words["text"].startswith("目标") == ("性质: 目标" in nearest["description"]), words["text"]
            seen += 1
    assert seen > 4


@pytest.mark.parametrize("place", PLACES)
def test_the_words_of_a_band_stand_at_their_band(shown, place):
    for name, (found, rows) in shown(place).items():
        said = {span[name]: span["label"] for span in rows["spans"] for name in ("words", "short")}
        for words in found.get("spans_words", ()):
            left = words["x"] + words.get("dx", 0)
            right = left + apart.wide(words["text"], words["fontSize"])
            below = [band for band in found["spans"] if band["x"] < right and band["x2"] > left]
            nearest = min(below, key=lambda band: abs(band["y"] - words["y"]))
            assert said[words["text"]] in nearest["description"], (name, words["text"], nearest["description"])
        if isinstance(place, int) and place < 400:
            assert "spans_words" not in found, "a telephone has no room for them"


def segments(node: object) -> Iterator[tuple[dict, dict]]:
    """The two ends of each line between two years as it is painted."""
    if isinstance(node, dict):
        for each in node.get("items", ()):
            if node.get("name") == "line_marks" and node.get("marktype") == "line":
                yield from pairwise(node["items"])
                break
            yield from segments(each)


def crosses(words: dict, line: tuple[dict, dict]) -> bool:
    """Whether a line runs through words, or within half a px of its edge of them."""
    (left, top, right, bottom), (one, other) = box(words), sorted(line, key=lambda end: end["x"])
    for at in range(200):
        x = left + (right - left) * at / 199
        if one["x"] <= x <= other["x"]:
            y = one["y"] + (other["y"] - one["y"]) * (x - one["x"]) / ((other["x"] - one["x"]) or 1)
            if top < y < bottom:
                return True
    return False


@pytest.fixture(scope="module")
def fullest(trends) -> dict[str, dict]:
    """The charts in which most stands."""
    return {name: trends[name] for name in sorted(trends, key=lambda name: -len(trends[name]["points"] + trends[name]["targets"]))[:40]}


@pytest.mark.parametrize("place", [(1920, 1080), (1366, 768), 1318])
def test_no_line_runs_through_words_and_none_lie_on_each_other(fullest, place):
    """Values, targets, bands of averages and names."""
    seen = {"words": 0, "目标": 0, "lines": 0}
    for name, rows in fullest.items():
        spec, width = on_a_stage(rows, place) if isinstance(place, tuple) else (charts.trend(**rows), place)
        scene = vl_convert.vegalite_to_scenegraph(
            spec | {"width": width, "autosize": {"type": "fit", "contains": "padding"}}, vl_version="6.4"
        )["scenegraph"]
        said = [each for _, each in items(scene) if each.get("text") and "description" in each]
        lines = [*segments(scene)]
        for words in said:
            assert not any(crosses(words, line) for line in lines), (name, words["text"])
        aims = [each for layer_, each in items(scene) if layer_ == "targets" and "size" in each]
        for words, aim in ((words, aim) for words in said for aim in aims):
            (left, top, right, bottom), half = box(words), aim["size"] ** 0.5 / 2
            over = top < aim["y"] - 1 and aim["y"] + 1 < bottom and left < aim["x"] + half - 2 and aim["x"] - half + 2 < right
            assert not over, (name, words["text"], aim["description"])
        for one, other in combinations(said, 2):
            (left, top, right, bottom), (start, over, end, under) = box(one), box(other)
            assert not (left < end - 1 and start < right - 1 and top < under - 1 and over < bottom - 1), (name, one["text"], other["text"])
        seen["words"] += len(said)
        seen["目标"] += sum(each["text"].startswith("目标") for each in said)
        seen["lines"] += len(lines)
    assert seen["lines"] > 15 and seen["words"] > 150 and seen["目标"] > 50, seen


def test_a_target_of_a_year_without_a_result_has_its_number(trends):
    """On the large screen and on a page, wherever nothing else stands there."""
    for name, rows in trends.items():
        (spec, _), page = on_a_stage(rows, (1920, 1080)), charts.trend(**rows)
        for made in (spec, page):
            if not rows["targets"]:
                continue
            results = {row["year"] for row in rows["points"]}
            ahead = [row for row in layer(made, "targets") if row["year"] not in results]
            said = {(row["year"], row["value"]) for row in ahead if row["said"][-1]}
            assert {row["said"][-1] for row in ahead} - {None} <= {f"目标 {row['label']}" for row in ahead}
            assert said == {(row["year"], row["value"]) for row in ahead}, name


@pytest.mark.parametrize("theme_", ["综合质效", "共享", "创新"])
def test_words_of_dumbbells_are_clear_of_each_other_on_a_stage_and_say_place_and_value(real, monkeypatch, theme_):
    monkeypatch.setenv("PLANBOARD_DATA", str(real.folder))
    seen = 0
    for part in screens.cut(views.sheet(store.build_id(real.folder), View("compare", (("theme", theme_),)))):
        for drawing in screens.staged(part, 430, 1.5, 1836).drawings:
            spec = charts.dumbbells(**drawing.rows, sizes=drawing.sizes)
            fit = {"width": 1836, "autosize": {"type": "fit-x", "contains": "padding"}}
            scene = vl_convert.vegalite_to_scenegraph(spec | fit, vl_version="6.4")["scenegraph"]
            said = [each for _, each in items(scene) if each.get("text") and "description" in each]
            assert {each["text"] for each in said} == {row["said"] for row in drawing.rows["rows"]}
            for row in drawing.rows["rows"]:
                assert row["said"].startswith(row["place"]) and (row["value"] is None or f"{row['place']} {row['label']}" in row["said"])
                assert row["target"] is None or f"目标 {row['target_label']}" in row["said"]
            for one, other in combinations(said, 2):
                (left, top, right, bottom), (start, over, end, under) = box(one), box(other)
                assert not (left < end and start < right and top < under - 1 and over < bottom - 1), (one["text"], other["text"])
            assert all(box(each)[2] <= 1836 for each in said)
            seen += len(said)
    assert seen > 8


@pytest.mark.parametrize("place", PLACES)
def test_names_at_the_ends_of_lines_do_not_lie_on_each_other(shown, place):
    """As high as the words are, and in the order of their values."""
    for name, (found, rows) in shown(place).items():
        drawn: dict[float, list[dict]] = {}
        for words in found.get("words", ()):
            if words.get("align") == "left":
                drawn.setdefault(words["x"], []).append(words)
        values = {f"{row['end']} {row['label']}": row["value"] for row in rows["points"] if row["last"]}
        for each in drawn.values():
            for one, other in pairwise(sorted(each, key=lambda words: words["y"])):
                assert values[one["text"]] >= values[other["text"]], name
                assert other["y"] - one["y"] >= 0.9 * one["fontSize"], (name, one["text"], other["text"])


def test_on_the_large_screen_the_value_of_one_place_is_not_at_the_mark_of_another(shown):
    """地区生产总值 2024: 5.5 in 綦江, just below the 5.9 of 南岸; averages of 4.8 and 4.9."""
    found, _ = shown((1920, 1080))["地区生产总值"]
    (own,) = [mark for mark in found["mark"] if "区县: 綦江; 年份: 2024" in mark["description"]]
    said = [words for words in found["words"] if words["text"] == "+5.5%"]
    assert all(words["y"] > own["y"] for words in said), "the mark of 南岸 is above it"
    # the two bands of 綦江 lie on each other: the lower one keeps its words below it, or none
    bands = {words["text"]: words["y"] for words in found["spans_words"]}
    long = next(y for text, y in bands.items() if "+4.9%" in text)
    assert all(long < y for text, y in bands.items() if "+4.8%" in text), "the higher value stands above"


@settings(max_examples=60, deadline=None)
@given(some.lists(some.integers(0, 100), min_size=2, max_size=9, unique=True))
def test_names_of_many_places_keep_their_order_and_stand_apart(values):
    points = [point(f"区{n}", value / 10) for n, value in enumerate(values)]
    plot = apart.Plot(YEARS, -1.0, 11.0, 900, 240)
    places, *_ = apart.words(points, [], [], [], plot)
    downs = [down for _, down, _ in places]
    middles = [plot.y(row["value"]) + down for row, down in sorted(zip(points, downs, strict=True), key=lambda p: -p[0]["value"])]
    assert all(other - one >= 11.9 for one, other in pairwise(middles)), middles
    assert middles[-1] <= plot.height and apart.words(points, [], [], [], plot)[0] == places


def test_words_that_stand_apart_are_led_to_their_mark():
    made = [point("綦江", 5.5), point("江津", 5.45), point("南岸", 3.0)]
    spec = charts.trend(made, [], years=range(2021, 2031), axis="")
    moved = [row["place"] for row in layer(spec, "leads") if row["last"] and row["down"][-1]]
    assert moved and "南岸" not in moved
    assert {row["value"] for row in layer(spec, "leads")} == {5.5, 5.45, 3.0}, "marks stay at their values"


def test_on_a_slide_names_stand_apart_too(real):
    """一般公共预算收入 2024: +0.9% in 綦江, +0.5% in 江津, on an axis that reaches to 20."""
    (chart,) = slide_charts(opened(sheet_samples.trend(real, ("一般公共预算收入",))).slides[0])
    moved = {}
    for line in chart.plots[0].series:
        for label in line._element.iter(qn("c:dLbl")):
            words = "".join(each.text or "" for each in label.iter(qn("a:t")))
            y = label.find(f"{qn('c:layout')}/{qn('c:manualLayout')}/{qn('c:y')}")
            moved[words] = float(y.get("val")) if y is not None else 0.0
    assert moved["江津 +0.5%"] - moved["綦江 +0.9%"] > 0.02


# ---------------------------------------------------------------- the heatmap
@pytest.mark.parametrize(
    ("found", "said"),
    [
        (gap.Assessment(gap.STATES["missed"], -22.6, "百分点"), ("▼▼ −22.6", "▼−22.6", "−22.6")),
        (gap.Assessment(gap.STATES["exceeded"], 72.5, "百分点"), ("▲▲ +72.5", "▲+72.5", "+72.5")),
        (gap.Assessment(gap.STATES["told_met"]), ("◇ 报告称完成", "称完成", "称完成")),
        (gap.Assessment(gap.STATES["nothing"]), ("未提及", "未提及", "未提及")),
        (gap.Assessment(gap.STATES["result_not_held"]), ("结果未收录", "未收录", "未收录")),
    ],
)
def test_a_cell_says_less_where_there_is_less_room_and_keeps_its_sign(found, said):
    assert heat.texts(found) == said


# ---------------------------------------------------------------- the title of 目标差距
def title(app) -> str:
    return re.search(r'<h2 class="pb-title">(.*?)</h2>', html(app))[1]


def test_the_title_counts_what_the_state_filter_shows():
    # in the made-up reports of 2024, 地区生产总值 of 綦江 and 江津 and 进出口总额 of 江津 miss their targets
    assert title(visit("target_gap", years="2024", state="未完成")) == "未完成：綦江1/5项，江津2/4项；南岸没有可比的目标"
    assert title(visit("target_gap", years="2024")) == "达到目标：綦江4/5项，江津2/4项；南岸没有可比的目标"


def test_of_states_without_a_judgement_the_title_counts_without_a_share():
    said = title(visit("target_gap", years="2024", state="有实际无目标"))
    assert said.startswith("有实际无目标：") and "南岸1项" in said and "/" not in said and "达到" not in said


# ---------------------------------------------------------------- names in menus
def test_menus_name_indicators_by_their_short_name_too(folder):
    options = visit("trend").multiselect(key="indicator").options
    assert "地区生产总值（GDP）" in options and "固定资产投资" in options
    assert "城乡居民人均可支配收入比（收入倍差）" in options


@pytest.mark.parametrize("asked", ["地区生产总值", "GDP", "地区生产总值（GDP）", "国内生产总值", "地区生产总值（旧称）"])
def test_every_name_of_an_indicator_works_in_an_address(asked):
    app = visit("trend", indicator=asked)
    assert app.session_state["indicator"] == ["地区生产总值（GDP）"]
    assert title(app).startswith("地区生产总值增速："), "charts keep the plain name"
    assert "未采用" not in html(app)


def test_a_kept_view_hangs_on_no_short_name(folder):
    app = visit("compare", year="2024", indicator="GDP")
    app.button(key="playlist-add").click().run()
    (view,) = app.session_state["_playlist"]
    assert ("indicator", "地区生产总值") in view.query
    build = app.session_state[filters._KEY].build
    for label in ("地区生产总值", "地区生产总值（GDP）"):
        assert views.selection(build, View("compare", (("indicator", label),))).indicators == ("gdp",)


# ---------------------------------------------------------------- lines of one hue
def test_places_that_share_a_hue_have_another_marker_and_another_line():
    names = ["綦江", "江津", "南岸", *(f"区{n}" for n in range(9))]
    looks, strokes = theme.palette(names), theme.strokes(names)
    assert len({(*looks[name], strokes[name]) for name in names}) == len(names)
    assert len({looks[name] for name in names[:9]}) == 9, "marks alone tell nine places apart"
    assert [strokes[name] for name in names[:6]] == [0] * 6
    assert all(looks[name][1] in theme.GLYPHS for name in names)


def test_the_legend_says_which_line_is_dashed(real):
    rows = [
        row | {"district": name, "place": name}
        for name in ("区1", "区2", "区3", "区4")
        for row in real.pairs(range(2021, 2026), district="綦江", indicator="地区生产总值")
    ]
    made = series.build(rows, [], range(2021, 2026))
    dashed = {row["stroke"] for row in made.segments if row["key"].startswith("区4-")}
    assert dashed == {1} and {row["stroke"] for row in made.segments if row["key"].startswith("区1-")} == {0}
    spec = charts.trend(made.points, made.segments, years=made.years, axis="")
    line = next(each for each in spec["layer"] if each.get("name") == "line")["encoding"]["strokeDash"]
    assert {"test": "datum.stroke === 1", "value": [9, 3]} in line["condition"]


# ---------------------------------------------------------------- plain words
def test_words_of_the_trade_are_explained_where_they_stand():
    shown = html(visit("target_gap", years="2024"))
    assert "色阶" not in shown and "不算未完成" in shown.partition("容差")[2][:40]
    assert "同一个数有几处说法时选用的一条" in html(visit("explore"))
    assert "各图自有刻度" in html(visit("overview"))
    assert all("色阶" not in words for _, _, words in gap_view.SIGNS)


def test_names_of_any_length_leave_room_for_the_lines():
    long = [point("很长的区县名称" * 40, 5.0), point("綦江", 4.0)]
    spec = charts.trend(long, [], years=range(2021, 2026), axis="")
    assert spec["padding"]["right"] <= 150
    rows = [{"indicator": "指标", "place": "綦江", "value": 1.0, "target": 2.0, "said": "未完成" * 200, "said_brief": "▼"}]
    assert charts.dumbbells(rows, axis="")["padding"]["right"] <= 150


@pytest.mark.parametrize("value, target", [(0.5, 1), (6.2, 6.5), (6.5, 6.5), (-2, -2.4), (-2, 3), (8, 3)])
@pytest.mark.parametrize("width", [363, 1318])
def test_a_target_does_not_run_through_the_value_of_its_bar(value, target, width):
    row = {"target_mark": "", "colour": "#777", "fact": "a", "target_fact": "b", "origin": "", "target_label": "目标"}
    rows = [
        row | {"place": "甲", "value": 15.5, "label": "+15.5%", "target": None},
        row | {"place": "乙", "value": value, "label": f"{value:+g}%", "target": target},
    ]
    drawn = painted(charts.described(charts.bars(rows, axis="增速（%）")), width)
    (words,) = (each for each in drawn["words"] if each.get("text") == f"{value:+g}%")
    at = words["x"] + words.get("dx", 0)
    ends = sorted((at, at + (-1 if value < 0 else 1) * apart.wide(words["text"], words["fontSize"])))
    (tick,) = (each for each in drawn["mark"] if "乙" in each["description"] and each["width"] < 6 and each["height"] > 45)
    assert not ends[0] < tick["x"] + tick.get("width", 0) / 2 < ends[1]
