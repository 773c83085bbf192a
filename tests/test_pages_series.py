"""五年趋势 and 时序进度: no gap is bridged, no definition crossed, every absence said, every pace worked out again."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts import charts, format, outlook, schedule, selected, series, theme
from tests.test_pages_charts import layers, of, pair

YEARS = range(2021, 2026)


def result(year: int, value: float | None, target: float | None = None, **more) -> dict:
    """A level of 綦江 in one year."""
    row = pair("綦江", value, target) | {"year": year, "measure": "level", "actual_id": None, "target_id": None}
    row |= {"actual_id": f"a{year}"} if value is not None else {}
    row |= {"target_id": f"t{year}"} if target is not None else {}
    return row | more


def build(*rows: dict, spans=(), years=YEARS, **more) -> series.Series:
    return series.build(list(rows), list(spans), years, **more)


def joined(made: series.Series, *, dashed: bool | None = None) -> set[tuple[int, int]]:
    """Pairs of years that a line joins."""
    keys: dict[str, list[int]] = {}
    for each in made.segments:
        if dashed is None or each["dashed"] == dashed:
            keys.setdefault(each["key"], []).append(int(each["year"]))
    return {(min(years), max(years)) for years in keys.values()}


def drawn(made: series.Series) -> dict:
    return charts.trend(
        made.points, made.segments, years=made.years, axis="", targets=made.targets, spans=made.spans
    )


# ---------------------------------------------------------------- gaps
def test_a_gap_is_not_bridged():
    made = build(result(2021, 1.0), result(2022, 2.0), result(2023, None), result(2024, 4.0), result(2025, 5.0))
    assert joined(made) == {(2021, 2022), (2024, 2025)}
    assert made.missing == {"2023": ["未提及"]}
    assert [point["year"] for point in made.points] == ["2021", "2022", "2024", "2025"]


values = st.lists(st.one_of(st.none(), st.floats(-100, 100)), min_size=5, max_size=5)
qualifiers = st.lists(st.sampled_from([None, "含万盛", "不含万盛"]), min_size=5, max_size=5)
units = st.lists(st.sampled_from(["%", "%", "%", "亿元"]), min_size=5, max_size=5)
broken_pairs = st.sets(st.tuples(st.integers(2021, 2025), st.integers(2021, 2025)).filter(lambda p: p[0] < p[1]))
kinds = st.lists(st.sampled_from(["table", "prose", "supplement", "derived"]), min_size=5, max_size=5)
shown = st.sets(st.sampled_from(["supplement", "derived"]))


@given(values, qualifiers, units, kinds, broken_pairs, shown)
def test_what_is_joined_follows_in_time_in_definition_and_in_unit(numbers, words, units, kinds, pairs, origins):
    rows = [
        result(year, value, actual_qualifier=word, actual_unit=unit if value is not None else None, actual_origin=kind)
        if value is not None
        else result(year, None)
        for year, value, word, unit, kind in zip(YEARS, numbers, words, units, kinds, strict=True)
    ]
    breaks = frozenset(frozenset((f"a{a}", f"a{b}")) for a, b in pairs)
    made = build(*rows, breaks=breaks, origins=tuple(origins))
    by_year = {row["year"]: row for row in rows}
    visible = {
        year: row
        for year, row in by_year.items()
        if row["actual"] is not None
        and row["actual_unit"] == made.unit
        and (row["actual_origin"] in ("table", "prose") or row["actual_origin"] in origins)
    }
    assert {int(point["year"]): point["value"] for point in made.points} == {
        year: row["actual"] for year, row in visible.items()
    }
    expected = {
        (year, year + 1)
        for year in visible
        if year + 1 in visible
        and visible[year]["actual_qualifier"] == visible[year + 1]["actual_qualifier"]
        and (year, year + 1) not in pairs
    }
    assert joined(made) == expected
    dotted = {ends for ends in expected if "derived" in {visible[year]["actual_origin"] for year in ends}}
    assert joined(made, dashed=True) == dotted
    # each year is either a point or has its reason
    assert {int(year) for year in made.missing} == set(YEARS) - set(visible)
    # the finding speaks of years of one definition only
    run: list[int] = []
    for point in made.points:
        run = [int(point["year"])] if point["restart"] else [*run, int(point["year"])]
    for a in run:
        for b in run:
            assert a >= b or not series.broken(by_year[a], by_year[b], breaks)
    said = series.finding(made)
    for year in set(visible) - set(run):
        assert f"{year}年" not in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"actual_qualifier": "不含万盛"}, "綦江2022年口径“未注明”，2023年“不含万盛”，不相连"),
        (
            {"breaks": frozenset([frozenset(("a2022", "a2023"))])},
            "綦江2022年与2023年的数不能直接相减（核对发现），不相连",
        ),
    ],
)
def test_why_a_line_breaks_is_said(more, said):
    breaks = more.pop("breaks", ()) if "breaks" in more else ()
    made = build(result(2022, 1.0), result(2023, 2.0, **more), breaks=breaks)
    assert made.breaks == [said] and joined(made) == set()


@pytest.mark.parametrize(("measure", "unit", "said"), [("level", "亿元", "：綦江2023年2亿元→2024年3亿元"), ("growth", "%", "增速：綦江2023年+2%→2024年+3%")])
def test_a_heading_speaks_of_the_years_of_one_definition_and_names_the_change(measure, unit, said):
    rows = [
        result(2021, 1.0, actual_qualifier="含万盛", actual_unit=unit, measure=measure),
        result(2023, 2.0, actual_unit=unit, measure=measure),
        result(2024, 3.0, actual_unit=unit, measure=measure),
    ]
    made = build(*rows)
    assert series.finding(made) == f"地区生产总值{said}（此前口径不同）"
    # which definitions they are stands in the remark on comparing, though a year without a result lies between them
    assert made.breaks == ["綦江2021年口径“含万盛”，2023年“未注明”，不相连"]
    alone = build(*rows[:2])
    assert "→" not in series.finding(alone) and "口径不同" in series.finding(alone)
    assert series.movement([made]) == "首尾两年相比：綦江1升" and series.movement([alone]) == "綦江没有两年的数"


def test_no_heading_of_the_reports_claims_a_change_over_two_definitions(real):
    crossed = 0
    for rows in selected.grouped(real.pairs(YEARS), "indicator").values():
        made = series.build(rows, [], YEARS, breaks=real.breaks())
        for place, mine in made.rows.items():
            shown = series.finding(made).partition("：")[2]
            known = {row["year"]: row for row in mine if row["actual"] is not None}
            part = next((part for part in re.split("[，、]", shown) if part.startswith(place)), "")
            years = [int(year) for year in re.findall(r"(20\d\d)年", part)]
            if len(years) == 2 and "→" in part:
                held = [row for year, row in known.items() if years[0] <= year <= years[1]]
                assert all(not series.broken(one, other, real.breaks()) for one, other in combinations(held, 2)), shown
                crossed += "此前口径不同" in part
    assert crossed


def test_an_amount_is_not_compared_over_years_without_one():
    made = build(result(2021, 880.98, actual_unit="亿元"), result(2024, 1133.2, actual_unit="亿元"))
    assert series.finding(made) == "地区生产总值：綦江2024年1133.2亿元（2022、2023年没有可比的数，不与更早的比）"


@pytest.mark.parametrize(
    ("more", "breaks", "said"),
    [
        ({"actual_qualifier": "含万盛"}, (), "与此前各年口径不同"),
        ({}, [frozenset(("a2023", "a2024"))], "与此前各年的数不能直接相减"),
    ],
)
def test_why_an_amount_stands_alone_is_said(more, breaks, said):
    made = build(
        result(2023, 880.98, actual_unit="亿元"), result(2024, 1133.2, actual_unit="亿元", **more), breaks=breaks
    )
    assert series.finding(made) == f"地区生产总值：綦江2024年1133.2亿元（{said}）"


def test_a_break_between_years_that_do_not_follow_each_other_restarts_too():
    made = build(
        result(2021, 1.0), result(2024, 2.0), result(2025, 3.0), breaks=frozenset([frozenset(("a2021", "a2025"))])
    )
    assert "2021年" not in series.finding(made)


def test_movement_leaves_out_what_cannot_be_compared():
    up = build(result(2024, 1.0), result(2025, 2.0))
    even = build(result(2024, 1.0), result(2025, 1.0))
    gap = build(result(2021, 1.0), result(2025, 9.0))  # an amount: nobody knows what became of it in between
    bound = build(result(2024, 5.5, actual_comparator="le"), result(2025, 5.4))
    other = build(result(2024, 9.0, actual_qualifier="含万盛"), result(2025, 5.4))
    assert series.movement([up, even, gap, bound, other]) == "首尾两年相比：綦江1升1平"
    assert series.movement([bound]) == "綦江没有两年的数"


# ---------------------------------------------------------------- kinds of points
def test_kinds_of_results_are_told_apart_by_mark():
    made = build(
        result(2021, 1.0),
        result(2022, 2.0, actual_origin="supplement", actual_source="统计公报"),
        result(2023, 3.0, actual_origin="derived"),
    )
    stated, supplement, derived = made.points
    assert [point["kind"] for point in made.points] == ["stated", "supplement", "derived"]
    assert (stated["shape"], supplement["shape"], derived["shape"]) == ("circle", "circle", "diamond")
    assert supplement["origin"] == "统计公报" and "补充来源" in supplement["kind_words"]
    assert "推算值" in derived["kind_words"] and derived["label"].startswith("约")
    assert joined(made, dashed=False) == {(2021, 2022)} and joined(made, dashed=True) == {(2022, 2023)}
    filled, hollow = of(drawn(made), "point")
    assert [row["year"] for row in filled.rows] == ["2021"] and [row["year"] for row in hollow.rows] == ["2022", "2023"]
    assert hollow.encoding["fill"]["value"] == theme.PAGE and "color" not in hollow.encoding


@pytest.mark.parametrize(
    ("origin", "said"), [("supplement", "仅有补充来源（未显示）"), ("derived", "仅有推算（未显示）")]
)
def test_what_the_reader_switches_off_vanishes_and_is_said(origin, said):
    rows = [result(2023, 1.0), result(2024, 2.0, actual_origin=origin)]
    assert len(build(*rows).points) == 2
    made = build(*rows, origins=())
    assert [point["year"] for point in made.points] == ["2023"] and made.segments == []
    assert made.missing == {"2024": [said]}


def test_missing_years_name_the_place_where_there_are_several():
    rows = [
        *(pair("綦江", 1.0) | {"year": year} for year in (2023, 2024)),
        pair("南岸", None, covered=False) | {"year": 2023},
        pair("南岸", 2.0) | {"year": 2024},
    ]
    assert build(*rows).missing == {"2023": ["南岸|未收录"]}


@pytest.mark.parametrize(
    ("values", "above"),
    [
        ([5.0], [True]),
        ([4.0, 5.0], [False, True]),
        ([4.1, 5.5, 5.9], [False, False, True]),  # 5.5 keeps away from 5.9
        ([4.1, 4.5, 5.9], [False, True, True]),
    ],
)
def test_values_of_one_year_stand_away_from_the_nearer_mark(values, above):
    names = ["綦江", "江津", "南岸"][: len(values)]
    made = build(*(pair(place, value) | {"year": 2024} for place, value in zip(names, values, strict=True)))
    assert [point["above"] for point in sorted(made.points, key=lambda point: point["value"])] == above


# ---------------------------------------------------------------- targets and averages
def test_a_dotted_line_leads_to_the_target_of_the_plan_without_marks():
    rows = [
        result(2024, 1.0),
        result(2025, 2.0),
        *(result(year, None, due=False) for year in range(2026, 2030)),
        result(2030, None, 7.0, due=False),
    ]
    made = build(*rows, years=range(2024, 2031))
    assert joined(made, dashed=True) == {(2025, 2030)}
    assert [(target["year"], target["value"]) for target in made.targets] == [("2030", 7.0)]
    assert [point["year"] for point in made.points] == ["2024", "2025"] and made.missing == {}
    (aims,) = (layer for layer in of(drawn(made), "point") if layer.spec.get("name") == "targets")
    assert [row["fact"] for row in aims.rows] == ["t2030"]


@pytest.mark.parametrize(
    "rows",
    [
        [result(2021, 1.0), result(2022, None), result(2023, None, 5.0)],  # the target of a year that has passed
        [result(2024, 1.0), result(2025, None), result(2026, None, 5.0, due=False)],  # 2025 has passed without a result
        [result(2025, 1.0), result(2026, None, 5.0, due=False)],  # the next year
    ],
)
def test_no_dotted_line_bridges_a_gap(rows):
    assert build(*rows, years=range(2021, 2031)).segments == []


def test_a_target_of_a_yearly_report_draws_no_path():
    rows = [pair("綦江", 5.0, year=2024), pair("綦江", None, 9.0, year=2030, due=False, target_in_plan=False)]
    assert series.build(rows, [], [2024, 2030]).segments == []


def test_no_dotted_line_to_a_target_of_another_definition():
    rows = [result(2025, 51.4), result(2026, None, due=False), result(2027, None, 46.9, due=False)]
    breaks = frozenset([frozenset(("a2025", "t2027"))])
    years = range(2025, 2028)
    assert joined(build(*rows, years=years)) == {(2025, 2027)}
    assert joined(build(*rows, years=years, breaks=breaks)) == set()


def span(start: int, end: int, value: float, **more) -> dict:
    return {
        "district": "綦江",
        "place": "綦江",
        "indicator": "地区生产总值",
        "measure": "growth",
        "status": "actual",
        "period": "average",
        "period_start": start,
        "year": end,
        "value": value,
        "unit": "%",
        "comparator": "eq",
        "value_text": None,
        "value_low": None,
        "value_high": None,
        "origin": "prose",
        "fact_id": f"s{start}",
        "report_id": "plan",
    } | more


def growth(year: int, value: float | None, **more) -> dict:
    return result(year, value, measure="growth", **more)


def test_averages_are_spans_within_the_axis():
    made = build(growth(2024, 5.0), growth(2025, 6.3), spans=[span(2020, 2025, 4.9)])
    (band,) = made.spans
    assert (band["start"], band["end"], band["value"]) == ("2021", "2025", 4.9)
    assert band["words"] == "綦江2020—2025年均+4.9%", "the words keep the whole period"
    assert not any(point["value"] == 4.9 for point in made.points)
    rule = [layer for layer in of(drawn(made), "rule") if "x2" in layer.encoding]
    assert len(rule) == 1 and rule[0].rows[0]["fact"] == "s2020"


def test_spans_of_other_measures_units_and_hidden_origins_are_left_out():
    spans = [
        span(2021, 2025, 302.0, measure="level", unit="天"),
        span(2021, 2025, 9.0, period="cumulative"),
        span(2022, 2023, 4.8, origin="derived"),
        span(2031, 2035, 4.8),
        span(2016, 2020, 9.0),
    ]
    rows = [growth(2024, 5.0), growth(2025, 6.0)]
    assert [each["value"] for each in build(*rows, spans=spans).spans] == [4.8]
    assert build(*rows, spans=spans, origins=()).spans == []
    target = build(*rows, spans=[span(2021, 2025, 6.0, status="target")]).spans[0]
    assert target["words"] == "綦江2021—2025年均目标+6%"


def test_the_small_line_of_the_overview_has_the_same_gaps():
    made = build(result(2021, 1.0), result(2022, 2.0), result(2024, 4.0), result(2025, 5.0, actual_qualifier="含万盛"))
    line = series.spark(made, "綦江")
    assert line["values"] == [1.0, 2.0, None, 4.0, 5.0]
    assert line["joined"] == [False, True, False, False, False]
    assert "2023年没有数" in line["alt"]
    assert series.spark(build(result(2021, 1.0)), "綦江") is None


def test_every_series_of_the_real_reports_keeps_its_gaps(real):
    rows: dict[tuple, list[dict]] = {}
    for row in real.pairs(range(2021, 2031)):
        rows.setdefault((row["indicator"], row["district"]), []).append(row)
    for (name, district), each in rows.items():
        for measure in {row["measure"] for row in each} - {None}:
            made = series.build(each, [], range(2021, 2031), measure=measure, breaks=real.breaks())
            known = {row["year"]: row for row in each if row["measure"] == measure and row["actual"] is not None}
            due = {row["year"] for row in each if row["due"]}
            for start, end in joined(made):
                between = set(range(start + 1, end))
                assert start in known and not between & due, (name, district, start, end)
            for before, after in pairwise(sorted(known)):
                if series.broken(known[before], known[after], real.breaks()):
                    assert (before, after) not in joined(made)
            assert set(map(int, made.missing)) == due - {int(point["year"]) for point in made.points}


def test_a_known_change_of_definition_in_the_real_reports(real):
    # 綦江 2021: the report's own total; the collection of the supplement gives 742.33亿元 with 万盛
    rows = real.pairs(YEARS, indicator_id="gdp", district="綦江")
    made = series.build(rows, [], YEARS, measure="level", breaks=real.breaks())
    assert (2021, 2022) not in joined(made) and not any(
        "2021年" in part for part in series.finding(made).split("→")[1:]
    )


# ---------------------------------------------------------------- 时序进度
@pytest.mark.parametrize(
    ("current", "year", "state"),
    [
        (60.0, 2027, "above"),  # 60 % of the way in 40 % of the time
        (45.0, 2027, "level"),  # p - s is exactly 0.05
        (45.1, 2027, "above"),
        (35.0, 2027, "level"),  # and exactly -0.05
        (34.9, 2027, "below"),
        (0.0, 2027, "below"),
        (-1.0, 2027, "away"),
        (100.0, 2027, "ahead"),
        (130.0, 2027, "ahead"),
        (97.0, 2030, "level"),
        (94.0, 2030, "below"),
        (0.0, 2025, "start"),
    ],
)
def test_states_of_progress(current, year, state):
    # base 0 in 2025, target 100 in 2030; and the same way downhill
    done = schedule.progress(0.0, 100.0, current, 2025, 2030, year)
    assert (done.state, done.time) == (state, (year - 2025) / 5)
    assert done.way == pytest.approx(current / 100) if year > 2025 else done.way == 0
    assert schedule.progress(50.0, 49.0, 50 - current / 100, 2025, 2030, year).state == state


def test_progress_is_undefined_where_base_and_target_are_the_same():
    done = schedule.progress(40.0, 40.0, 41.0, 2025, 2030, 2027)
    assert (done.state, done.way, done.words) == ("undefined", None, "目标与基期相同，不计进度")


@pytest.mark.parametrize(("start", "end", "year"), [(2025, 2025, 2025), (2025, 2030, 2024), (2025, 2030, 2031)])
def test_a_plan_has_a_length_and_the_year_lies_in_it(start, end, year):
    with pytest.raises(ValueError, match="no plan"):
        schedule.progress(1.0, 2.0, 1.5, start, end, year)


rates = st.lists(st.floats(-30, 60), max_size=4)


@given(st.floats(-10, 30), rates)
def test_the_needed_pace_reaches_the_target(average, gone):
    pace = schedule.needed(average, gone, 5)
    reached = 1.0
    for rate in [*gone, *[pace] * (5 - len(gone))]:
        reached *= 1 + rate / 100
    planned = 1.0
    for _ in range(5):
        planned *= 1 + average / 100
    assert reached == pytest.approx(planned)


@given(st.lists(st.floats(-30, 60), min_size=1, max_size=6))
def test_the_chained_mean_leads_to_the_same_place(gone):
    even = actual = 1.0
    for rate in gone:
        actual *= 1 + rate / 100
        even *= 1 + schedule.mean(gone) / 100
    assert even == pytest.approx(actual)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.integers(1, 10))
def test_the_pace_from_base_to_target(base, target, years):
    value = base
    for _ in range(years):
        value *= 1 + schedule.pace(base, target, years) / 100
    assert value == pytest.approx(target)


def test_no_pace_where_there_is_none():
    assert schedule.needed(6.0, [5.0] * 5, 5) is None and schedule.mean([]) is None
    assert schedule.pace(0, 5, 3) is None and schedule.pace(5, -1, 3) is None and schedule.pace(5, 6, 0) is None
    assert schedule.needed(6.0, [-100.0], 5) is None and schedule.mean([-120.0, 5.0]) is None


# ---------------------------------------------------------------- its table
PLANS = {"plan": {"report_id": "plan", "kind": "five_year_plan", "year_from": 2026, "year_to": 2030}}


def plan(*results: tuple[int, float], target: float, **more) -> dict:
    rows = [result(year, value) for year, value in results]
    aim = result(2030, None, target, target_report="plan", due=False) | more
    (line,) = outlook.rows_of([*rows, aim], [], PLANS)
    return line


def test_a_plan_target_with_base_and_result():
    line = plan((2025, 60.0), (2027, 65.0), target=70.0)
    assert (line["base"], line["now"], line["target"]) == ("2025年60%", "2027年65%", "2030年70%")
    assert (line["way"], line["time"], line["state"]) == ("50%", "40%", "超时序")
    assert line["needed"] == "每年+1.67个百分点"  # 5 points in 3 years
    assert line["fact"] == "t2030"


def test_a_plan_target_without_a_base():
    line = plan((2024, 60.0), target=70.0)
    assert (line["base"], line["state"], line["way"]) == ("2025年没有数", "没有基期数，不计进度", "—")


def test_a_target_that_the_base_has_reached_asks_for_no_loss():
    # 綦江: unemployment 5.4% in 2025, below 5.5% in 2030
    line = plan((2025, 5.4), target=5.5, direction=-1, target_comparator="lt")
    assert (line["way"], line["state"], line["needed"]) == ("—", "基期已达到目标，不计进度", "保持")


def test_a_small_step_is_not_written_as_none():
    # 綦江: 1.92:1 in 2025, 1.9:1 in 2030
    rows = [result(2025, 1.92, actual_unit=":1")]
    aim = result(2030, None, 1.9, target_unit=":1", target_report="plan", direction=-1, due=False)
    assert outlook.rows_of([*rows, aim], [], PLANS)[0]["needed"] == "每年−0.004"


def test_changes_and_targets_of_earlier_years_have_no_progress():
    change = [result(2025, 0.5, measure="change"), result(2030, None, 6.0, measure="change", target_report="plan")]
    assert outlook.rows_of(change, [], PLANS)[0]["state"] == "目标是增减量，不计进度"
    assert outlook.rows_of([result(2025, 5.0, 6.0, target_report="plan")], [], PLANS) == []


def aimed(**more) -> dict:
    return span(2026, 2030, 6.0, status="target", origin="table", **more)


def test_an_average_over_the_plan():
    (line,) = outlook.rows_of([growth(2026, 5.0), growth(2027, 5.0)], [aimed()], PLANS)
    assert (line["now"], line["time"]) == ("2年平均+5%", "40%")
    pace = float(line["needed"].removeprefix("年均+").removesuffix("%"))
    assert 1.05**2 * (1 + pace / 100) ** 3 == pytest.approx(1.06**5, rel=2e-3)
    assert line["target"] == "2026—2030年均+6%"


def test_an_average_with_a_hole_is_not_worked_out():
    (line,) = outlook.rows_of([growth(2026, 5.0), growth(2028, 5.0)], [aimed()], PLANS)
    assert (line["state"], line["now"], line["needed"]) == ("中间有年份没有数，不计进度", "—", "—")
    assert line["time"] == "60%"


def test_an_average_before_the_first_year_needs_itself():
    (line,) = outlook.rows_of([growth(2025, 9.0)], [aimed(comparator="ge", value_low=6.0, value_high=7.0)], PLANS)
    assert (line["state"], line["time"]) == ("规划期刚开始", "0%")
    assert line["target"] == "2026—2030年均+6%～+7%"


def test_the_plan_of_qijiang(real):
    # the plan sets 70% for 2030 and gives 68.04% for 2025; 2026—2030 年均 6%
    rows = real.pairs(range(2021, 2031))
    plans = {row["report_id"]: row for row in real.ask("reports") if row["kind"] == "five_year_plan"}
    spans = real.ask("spans", ["500110"], ["gdp"])
    (line,) = outlook.rows_of([row for row in rows if row["indicator"] == "常住人口城镇化率"], [], plans)
    assert (line["base"], line["target"], line["needed"]) == ("2025年68.04%", "2030年70%", "每年+0.39个百分点")
    (line,) = outlook.rows_of([row for row in rows if row["indicator_id"] == "gdp"], spans, plans)
    assert (line["target"], line["needed"]) == ("2026—2030年均+6%", "年均+6%")


def test_labels_are_what_the_source_states():
    made = build(result(2024, 5.5, actual_comparator="le"), result(2025, 5.4, 5.0))
    assert [point["label"] for point in made.points] == ["≤5.5%", "5.4%"]
    assert made.targets[0]["label"] == "5%" == format.side(result(2025, 5.4, 5.0), "target")
    assert all("fact" in row for layer in layers(drawn(made)) if layer.mark != "line" for row in layer.rows)


def test_a_bound_is_not_joined_to_the_year_after_it():
    rows = [result(2023, 5.4, actual_unit="%"), result(2024, 5.5, actual_unit="%", actual_comparator="le"),
            result(2025, 5.4, actual_unit="%")]  # fmt: skip
    made = build(*rows)
    assert not made.segments and len(made.points) == 3
    assert [why for why in made.breaks if "2024年报告的是≤5.5%" in why]
