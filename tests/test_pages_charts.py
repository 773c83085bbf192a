"""Every kind of chart over every indicator of the real reports, and over made-up rows that are hard to draw."""

from __future__ import annotations

import itertools

import pytest

from data import queries, store
from pages.parts import charts, comparison, drift, format, gap, heat, outlook, series, theme
from pages.parts.pairs_table import of

YEARS = list(range(2021, 2031))


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    from etl.build import build

    out = tmp_path_factory.mktemp("real") / "parquet"
    build(store.REPORTS_DIR, out)
    with store.connect(out) as connection:
        yield connection


@pytest.fixture(scope="module")
def rows(con):
    """Rows of all years by indicator."""
    found: dict[str, list[dict]] = {}
    for row in format.records(queries.pairs(con, YEARS)):
        found.setdefault(row["indicator"], []).append(row)
    assert len(found) > 100
    return found


def units(spec: dict, mark: str) -> list[dict]:
    """The layers of a specification with this mark."""
    return [layer for layer in spec["layer"] if (layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]) == mark]


def check(spec: dict) -> None:
    """What holds for every chart: a click hands back a fact, text stands upright, colours stand in the data."""
    assert [param["select"]["fields"] for param in spec["params"] if param["name"] == charts.PICK] == [["fact"]]
    assert spec["config"]["axis"]["labelAngle"] == 0
    for layer in spec["layer"]:
        for channel in ("color", "fill", "stroke", "shape"):
            encoding = layer["encoding"].get(channel, {})
            assert "field" not in encoding or encoding["scale"] is None, (channel, encoding)


def domain(spec: dict, channel: str) -> list[float]:
    found = [layer["encoding"][channel]["scale"]["domain"] for layer in spec["layer"]
             if "domain" in (layer["encoding"].get(channel, {}).get("scale") or {})]
    assert all(each == found[0] for each in found)
    return found[0]


def inside(values, low: float, high: float) -> bool:
    return all(low <= value <= high for value in values if value is not None)


def of_year(rows: list[dict], year: int) -> tuple[str | None, list[dict]]:
    mine = [row for row in rows if row["year"] == year]
    measure = comparison.measure_for(mine)
    by_place = itertools.groupby(mine, key=lambda row: row["place"])
    return measure, [comparison.in_measure(list(each), measure) for _, each in by_place]


def test_bars_of_every_indicator_begin_at_zero(rows):
    for name, each in rows.items():
        for year in (2021, 2024, 2025, 2030):
            measure, places = of_year(each, year)
            made = comparison.bars(places)
            spec = charts.bars(made, axis="x").to_dict()
            check(spec)
            low, high = domain(spec, "x")
            assert low <= 0 <= high and inside((v for row in made for v in (row["value"], row["target"])), low, high), name
            for row in made:
                assert row["label"] and (row["value"] is not None or ":" in row["label"] or not row["label"][:1].isdigit())
            assert comparison.finding(places, name, measure, year)


def test_dumbbells_of_every_indicator_hold_both_ends(rows):
    for name, each in rows.items():
        _, places = of_year(each, 2024)
        made = comparison.dumbbells(places)
        spec = charts.dumbbells(made, axis="x").to_dict()
        check(spec)
        assert inside((v for row in made for v in (row["value"], row["target"])), *domain(spec, "x")), name
        assert all(row["end_label"] for row in made)


def test_trends_of_every_indicator_show_every_year_and_bridge_no_gap(rows, con):
    breaks = [frozenset(ids) for ids in queries.breaks(con)["fact_ids"]]
    places = tuple(queries.places(con)["place"])
    for name, each in rows.items():
        spans = format.records(queries.spans(con, places, [each[0]["indicator_id"]]))
        for measure in (None, "level"):
            made = series.build(each, spans, YEARS, measure=measure, breaks=breaks)
            spec = charts.trend(made.points, made.segments, years=YEARS, axis="y", targets=made.targets,
                                spans=made.spans, missing=made.missing).to_dict()
            check(spec)
            assert {tuple(layer["encoding"]["x"]["scale"]["domain"]) for layer in spec["layer"] if "x" in layer["encoding"]} <= {
                tuple(map(str, YEARS))}
            drawn = [v["value"] for group in (made.points, made.targets, made.spans) for v in group]
            assert inside(drawn, *domain(spec, "y")), name
            known = {(point["place"], int(point["year"])) for point in made.points}
            for key, pair in itertools.groupby(made.segments, key=lambda row: row["key"]):
                first, second = (int(row["year"]) for row in pair)
                place = key.rpartition("-")[0]
                assert (place, first) in known
                if not key.endswith("-plan"):
                    assert second == first + 1 and (place, second) in known, key
            assert series.finding(made)


def test_heatmap_of_everything_is_one_layer_with_words_in_every_cell(rows):
    found = heat.lines(row for each in rows.values() for row in each)
    cells = heat.cells(found, years=True)
    spec = charts.heatmap(cells, rows=[line.name for line in found], columns=sorted({c["column"] for c in cells})).to_dict()
    check(spec)
    assert len(units(spec, "rect")) == 1
    assert all(cell["text"].strip() and cell["state"] for cell in cells)
    judged = {gap.STATES[key].words for key in ("exceeded", "met", "expected", "near", "missed")}
    for cell in cells:
        coloured = cell["fill"] != theme.PAGE
        assert coloured == (cell["state"].removesuffix("（临界）") in judged and cell["gap"] != "—"), cell
        assert not coloured or theme.contrast(cell["fill"], cell["ink"]) >= 4.5, cell


def test_drift_of_every_indicator(rows, con):
    places = tuple(queries.places(con)["place"])
    reports = {report["report_id"]: report for report in format.records(queries.reports(con))}
    history: dict[str, list[dict]] = {}
    for row in format.records(queries.target_history(con, places, [each[0]["indicator_id"] for each in rows.values()])):
        history.setdefault(row["indicator"], []).append(row)
    assert len(history) > 40
    for name, each in history.items():
        points, columns, unit = drift.points(each, reports)
        spec = charts.drift(points, columns=columns, axis="y").to_dict()
        check(spec)
        assert unit and inside((point["value"] for point in points), *domain(spec, "y"))
        assert all(point["label"] in drift.finding(name, points) for point in points)


def test_schedules_of_every_indicator_name_base_and_target(rows, con):
    plans = {report["report_id"]: report for report in format.records(queries.reports(con)) if report["kind"] == "five_year_plan"}
    places = tuple(queries.places(con)["place"])
    spans = format.records(queries.spans(con, places, [each[0]["indicator_id"] for each in rows.values()]))
    found = [line for name, each in rows.items() for line in outlook.rows_of(
        each, [span for span in spans if span["indicator"] == name], plans)]
    said = {(line["indicator"], line["base"], line["target"]) for line in found}
    # 綦江's plan, 专栏1: 常住人口城镇化率 68.04 -> 70, 地区生产总值 6 a year on average
    assert ("常住人口城镇化率（水平）", "2025年68.04%", "2030年70%") in said
    assert ("地区生产总值（年均增速）", "—", "2026—2030年年均+6%") in said or (
        "地区生产总值（年均增速）", "—", "2026—2030年均+6%") in said
    assert all(line["fact"] and line["state"] for line in found)


# made-up rows ---------------------------------------------------------------------------------------------------------
def pair(place: str, value: float | None, target: float | None = None, **more) -> dict:
    row = {
        "place": place, "district": place, "year": 2024, "indicator": "某指标", "indicator_id": "x", "category": "创新",
        "direction": 1, "measure": "growth", "due": True, "covered": True, "results_held": True, "sets_targets": True,
        "economy_growth": None, "headline_order": None, "target_in_plan": False, "actual_source": None,
    }
    for side, number in (("actual", value), ("target", target)):
        there = number is not None
        row |= {
            side: number, f"{side}_id": f"{side}-{place}" if there else None, f"{side}_unit": "%" if there else None,
            f"{side}_reported": abs(number) if there else None, f"{side}_unit_reported": "%" if there else None,
            f"{side}_comparator": "eq" if there else None, f"{side}_text": None, f"{side}_low": None, f"{side}_high": None,
            f"{side}_origin": "table" if there else None, f"{side}_qualifier": None, f"{side}_period": "annual" if there else None,
            f"{side}_report": "r" if there else None, f"{side}_binding": None,
        }
    return row | more


HARD = {
    "nothing at all": [pair("甲", None), pair("乙", None)],
    "one place": [pair("甲", 5)],
    "all the same": [pair("甲", 5, 5), pair("乙", 5, 5)],
    "all zero": [pair("甲", 0), pair("乙", 0, 0)],
    "below zero": [pair("甲", -3, -1), pair("乙", -19.6, 3)],
    "huge": [pair("甲", 9e12, 1), pair("乙", 1e-6)],
    "thirty places": [pair(f"区{n}", n - 3.5, n if n % 2 else None) for n in range(30)],
    "only targets": [pair("甲", None, 7), pair("乙", None, 6)],
}


@pytest.mark.parametrize("name", HARD)
def test_hard_rows_are_drawn_without_inventing_a_value(name):
    given = HARD[name]
    bars = comparison.bars(given)
    spec = charts.bars(bars, axis="x").to_dict()
    check(spec)
    low, high = domain(spec, "x")
    assert low <= 0 <= high and low < high
    assert sorted(str(row["value"]) for row in bars) == sorted(str(row["actual"]) for row in given)
    spec = charts.dumbbells(comparison.dumbbells(given), axis="x").to_dict()
    low, high = domain(spec, "x")
    assert low < high
    made = series.build(given, [], [2023, 2024])
    assert len(made.points) == sum(row["actual"] is not None for row in given)
    check(charts.trend(made.points, made.segments, years=[2023, 2024], axis="y", targets=made.targets, missing=made.missing).to_dict())
    cells = heat.cells(heat.lines(given), years=False)
    check(charts.heatmap(cells, rows=["某指标"], columns=[row["place"] for row in given]).to_dict())


def test_bars_stand_in_the_order_that_is_asked_for_and_missing_ones_last():
    given = [pair("甲", 1), pair("乙", None), pair("丙", 3), pair("丁", -2)]
    assert [row["place"] for row in comparison.bars(given)] == ["丙", "甲", "丁", "乙"]
    assert [row["place"] for row in comparison.bars(given, "menu")] == ["甲", "乙", "丙", "丁"]


def test_finding_of_bars_says_what_the_numbers_say():
    say = comparison.finding
    assert say(HARD["below zero"], "出口", "growth", 2024) == "出口增速：甲最高（−3%），乙最低（−19.6%）"
    assert say(HARD["all the same"], "出口", "growth", 2024) == "2024年出口增速：甲、乙相同，+5%"
    assert say(HARD["one place"], "出口", "growth", 2024) == "2024年出口增速：只有甲有数，+5%"
    assert say(HARD["nothing at all"], "出口", "growth", 2024) == "2024年出口增速：所选区县都没有数"
    mixed = [pair("甲", 5), pair("乙", 6, actual_unit="亿元")]
    assert "计量单位不同" in say(mixed, "出口", "level", 2024)


def test_differences_name_the_words_that_differ():
    given = [pair("甲", 5, actual_qualifier="同口径"), pair("乙", 6), pair("丙", 5.5, actual_comparator="le")]
    said = comparison.differences(given)
    assert "甲“同口径”" in said and "乙“未注明”" in said and "丙为“≤+5.5%”，不是确数" in said
    assert comparison.differences([pair("甲", 5), pair("乙", 6)]) == ""
    assert comparison.differences([pair("甲", 5, actual_origin="supplement"), pair("乙", 6)]) == "甲为补充来源"


def test_what_is_switched_off_is_said_and_gone():
    row = comparison.shown(pair("甲", 5, actual_origin="derived"), ["supplement"])
    assert row["actual"] is None and comparison.absence(row) == "仅有推算（未显示）"
    assert comparison.shown(pair("甲", 5, actual_origin="derived"), ["derived"])["actual"] == 5


def test_another_measure_is_named_where_the_asked_one_is_missing():
    rows = [pair("甲", 5), pair("甲", 100, measure="level", actual_unit="亿元")]
    assert comparison.absence(comparison.in_measure(rows, "change")) == "只公布增速、总量"


# over the years -------------------------------------------------------------------------------------------------------
def history(*values: float | None, **more) -> list[dict]:
    """One place over the years from 2021 on."""
    return [pair("甲", value, year=2021 + n, actual_id=f"f{n}" if value is not None else None, **more) for n, value in enumerate(values)]


def keys(made: series.Series) -> list[str]:
    return list(dict.fromkeys(row["key"] for row in made.segments))


def test_a_gap_is_not_bridged_and_its_reason_stands_below_the_year():
    made = series.build(history(8, None, 6, 5), [], [2021, 2022, 2023, 2024])
    assert keys(made) == ["甲-2023"]
    assert made.missing == {"2022": ["未提及"]}


def test_a_change_of_definition_breaks_the_line_and_says_so():
    rows = history(500, 770)
    for row in rows:
        row |= {"measure": "level", "actual_unit": "亿元"}
    rows[1]["actual_qualifier"] = "含万盛"
    made = series.build(rows, [], [2021, 2022])
    assert keys(made) == [] and "“含万盛”" in made.breaks[0] and "不相连" in made.breaks[0]
    assert series.finding(made) == "某指标：甲只有2022年770亿元"  # never from 500 to 770
    made = series.build(history(5, 6), [], [2021, 2022], breaks=[frozenset({"f0", "f1", "f9"})])
    assert keys(made) == [] and "核对发现" in made.breaks[0]
    assert keys(series.build(history(5, 6), [], [2021, 2022], breaks=[frozenset({"f0", "f9"})])) == ["甲-2021"]


def test_implied_values_are_diamonds_on_dashed_lines_and_supplements_hollow():
    rows = history(5, 6, 7)
    rows[0]["actual_origin"], rows[2]["actual_origin"] = "derived", "supplement"
    made = series.build(rows, [], [2021, 2022, 2023])
    assert [(point["kind"], point["shape"]) for point in made.points] == [
        ("derived", "diamond"), ("stated", theme.district_style("甲")[1]), ("supplement", theme.district_style("甲")[1])]
    assert [row["dashed"] for row in made.segments] == [True, True, False, False]
    hidden = series.build(rows, [], [2021, 2022, 2023], origins=[])
    assert len(hidden.points) == 1 and hidden.missing["2021"] == ["仅有推算（未显示）"]


def test_only_a_plan_draws_a_path_to_its_end():
    rows = history(5, None, None, None)
    rows[3] |= pair("甲", None, 9, year=2024)
    assert keys(series.build(rows, [], [2021, 2022, 2023, 2024])) == []
    rows[3]["target_in_plan"] = True
    made = series.build(rows, [], [2021, 2022, 2023, 2024])
    assert keys(made) == ["甲-plan"] and all(row["dashed"] for row in made.segments)


def test_a_small_line_leaves_missing_years_empty():
    made = series.build(history(8, 7, None, 5), [], [2021, 2022, 2023, 2024])
    drawn = series.spark(made, "甲")
    assert drawn["values"] == [8, 7, None, 5] and drawn["joined"] == [False, True, False, False]
    assert "2023年没有数" in drawn["alt"]
    assert series.spark(series.build(history(8), [], [2021]), "甲") is None


# heat -----------------------------------------------------------------------------------------------------------------
def line_of(*rows: dict) -> list[heat.Line]:
    return heat.lines(rows)


def test_cells_say_the_gap_in_its_family_of_units():
    def said(row: dict) -> str:
        return heat.text(of([row]).found)

    assert said(pair("甲", 5.5, 7)) == "▼ −1.5"
    assert said(pair("甲", 15.4, 10)) == "▲▲ +5.4"  # beyond ±5
    amount = {"measure": "level", "actual_unit": "人", "target_unit": "人"}
    assert said(pair("甲", 10211, 10000, **amount)) == "▲ +2.1%"
    assert said(pair("甲", 7, 7)) == "● 0"
    assert said(pair("甲", 5.3, 5.5, target_comparator="le")) == "● +0.2"
    assert said(pair("甲", None, 7)) == "未报实际" and said(pair("甲", 7)) == "无目标" and said(pair("甲", None)) == "未提及"
    assert "≈" in said(pair("甲", 6.99, 7, actual_reported=7, target_reported=7))


def test_states_without_a_number_differ_in_words():
    brief = [state.brief for state in gap.STATES.values() if not state.judged]
    assert len(set(brief)) == len(brief)


def test_an_indicator_with_targets_in_two_measures_has_two_rows():
    level = {"measure": "level", "actual_unit": "亿元", "target_unit": "亿元"}
    found = line_of(pair("甲", 5, 6), pair("甲", 100, 90, **level))
    assert [line.name for line in found] == ["某指标（增速）", "某指标（总量）"]
    assert [line.name for line in line_of(pair("甲", 5, 6), pair("甲", 100, **level))] == ["某指标"]


def test_tallies_carry_denominators_and_filters_keep_whole_rows():
    found = line_of(pair("甲", 5, 7), pair("乙", 7, 7, target_binding="约束性"))
    assert {key[0]: heat.tally(each) for key, each in heat.by_column(found).items()} == {
        "甲": [1, 1, 0, 0, 1], "乙": [1, 1, 1, 0, 0]}
    assert heat.tally([of([pair("甲", 5)]).found]) == ["未列", "—", "—", "—", "—"]
    assert heat.kept(found, "约束性") == found and heat.kept(found, "预期性") == []
    assert heat.kept(found, None, ["missed"]) == found and heat.kept(found, None, ["near"]) == []


def test_half_the_tolerance_changes_what_it_changes():
    given = [pair("甲", 6.85, 7), pair("乙", 6.95, 7), pair("丙", 5, 7)]
    assert heat.sensitive(heat.lines(given), gap.HOUSE) == 1  # −0.15: near within 0.2, missed within 0.1
    none = gap.HOUSE.scaled(0)
    assert heat.sensitive(heat.lines(given, none), none) == 0
