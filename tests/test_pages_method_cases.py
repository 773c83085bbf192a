"""The worked cases of the method against the real reports, and what heatmap and highlights say of them.

Each figure stands in a report: 綦江 2024 专栏1, 江津 2024 指标表, 綦江 2025: targets in the report of 2024, results in the
five-year plan. The rules on made-up rows are in test_pages_gap.py.
"""

from __future__ import annotations

import re

import pytest

from pages.parts import format, gap, heat, highlights, pairs_table, selected, theme
from tests.test_pages_charts import pair

# district, year, indicator, measure, target, result, gap, status
CASES = [
    ("綦江", 2024, "地区生产总值", "growth", 7, 5.5, -1.5, "未完成"),
    ("綦江", 2024, "一般公共预算收入", "growth", 6, 0.9, -5.1, "未完成"),
    ("綦江", 2024, "税收收入", "growth", 5, 0.6, -4.4, "未完成"),
    ("綦江", 2024, "固定资产投资", "growth", 10, 15.4, 5.4, "超额完成"),
    ("綦江", 2024, "规上工业增加值", "growth", 9, 6.7, -2.3, "未完成"),
    ("綦江", 2024, "社会消费品零售总额", "growth", 7.5, 4, -3.5, "未完成"),
    ("綦江", 2024, "粮食产量", "level", 36, 36, 0, "完成"),  # 3.6亿公斤
    ("綦江", 2024, "城乡居民人均可支配收入比", "level", 1.95, 1.94, 0.01, "完成"),
    ("綦江", 2024, "城镇新增就业", "level", 10000, 10211, 211, "超额完成"),
    ("綦江", 2024, "常住人口城镇化率", "change", 1.2, 0.9, -0.3, "未完成"),
    ("綦江", 2024, "实际使用外资", "growth", 20, 92.5, 72.5, "超额完成"),
    ("綦江", 2024, "进出口总额", "growth", 20, 29, 9, "超额完成"),
    ("綦江", 2024, "全体居民人均可支配收入", "growth", 7, 3.7, -3.3, "未完成"),
    ("江津", 2024, "地区生产总值", "growth", 7, 4.1, -2.9, "未完成"),
    ("江津", 2024, "城镇调查失业率", "level", 5.5, 5.3, 0.2, "完成"),
    ("江津", 2024, "进出口总额", "growth", 3, -19.6, -22.6, "未完成"),
    ("江津", 2024, "单位地区生产总值能耗", "change", -3.5, -2.7, -0.8, "未完成"),
    ("江津", 2024, "常住人口城镇化率", "change", 1, 1, 0, "完成"),
    ("江津", 2024, "粮食产量", "level", 64, 64.5, 0.5, "完成"),
    ("江津", 2024, "城镇新增就业", "level", 24000, 28000, 4000, "超额完成"),  # 2.4万人, 2.8万人
    ("江津", 2024, "实际使用外资", "level", 3000, 4762, 1762, "超额完成"),
    ("綦江", 2025, "地区生产总值", "growth", 6.5, 6.3, -0.2, "接近"),
    ("綦江", 2025, "规上工业增加值", "growth", 9, 9.6, 0.6, "超额完成"),
    ("綦江", 2025, "固定资产投资", "growth", 15, 10.2, -4.8, "未完成"),
    ("綦江", 2025, "全体居民人均可支配收入", "growth", 6.5, 3.5, -3, "未完成"),
    ("綦江", 2025, "城乡居民人均可支配收入比", "level", 1.92, 1.92, 0, "完成"),
]


@pytest.fixture(scope="module")
def rows(real) -> dict[tuple, dict]:
    return {
        (row["district"], row["year"], row["indicator"], row["measure"]): row
        for row in real.pairs([2021, 2022, 2024, 2025, 2026])
    }


@pytest.mark.parametrize(
    ("district", "year", "name", "measure", "target", "actual", "distance", "words"),
    CASES,
    ids=[f"{case[0]}-{case[1]}-{case[2]}" for case in CASES],
)
def test_worked_case(rows, district, year, name, measure, target, actual, distance, words):
    row = rows[district, year, name, measure]
    assert (row["target"], row["actual"]) == (pytest.approx(target), pytest.approx(actual))
    found = gap.assess(row)
    assert (found.gap, found.state.words) == (pytest.approx(distance), words)
    assert row["target_id"] and row["actual_id"], "both lead to their sentence"
    # the heatmap takes the same measure and says the same
    lines = heat.lines([each for key, each in rows.items() if key[:3] == (district, year, name)])
    assert found in [line.cells[district, year].found for line in lines]
    said = heat.text(found)
    assert (found.state.glyph in said) and ("−" in said) == (distance < 0)


def test_in_step_with_the_economy(rows):
    row = rows["江津", 2024, "全体居民人均可支配收入", "growth"]
    assert (row["target"], row["target_text"], row["actual"]) == (None, "与经济增长同步", 3.8)
    assert row["economy_growth"] == 4.1
    found = gap.assess(row)
    assert (found.gap, found.state.words) == (-0.3, "符合预期")


def test_a_target_in_words_counts_by_the_report_and_has_no_colour(rows):
    found = gap.assess(rows["綦江", 2024, "綦河出境水质", "level"])
    assert (found.state.words, found.gap, heat.score(found)) == ("定性 报告称完成", None, None)
    assert heat.text(found) == "◇ 报告称完成"


def test_a_share_of_the_target_for_amounts(rows):
    found = gap.assess(rows["綦江", 2024, "城镇新增就业", "level"])
    assert format.gap(found.gap, found.unit, found.share) == "+211人（+2.1%）"
    assert heat.text(found) == "▲ +2.1%" and heat.score(found) == pytest.approx(0.211)


def test_a_report_without_a_table_of_targets(rows):
    # 南岸 2024 names its targets in 附件2, which is not in the text
    mine = [row for key, row in rows.items() if key[:2] == ("南岸", 2024)]
    assert not any(row["target_id"] for row in mine)
    assert gap.assess(rows["南岸", 2024, "地区生产总值", "growth"]).state.words == "有实际无目标"
    judged = [gap.assess(row) for row in mine]
    assert heat.said(judged) == "报告没有列出目标" and heat.tally(judged) == ["未列", "—", "—", "—", "—"]


def test_a_year_without_a_report_is_not_one_without_targets(real):
    for year, district in ((2022, "南岸"), (2023, "江津")):
        mine = real.pairs([year], district=district)
        assert not any(row["covered"] for row in mine)
        judged = [gap.assess(row) for row in mine if not row["target_id"]]
        assert heat.said(judged) == "未收录该年报告" and heat.tally(judged)[0] == "未收录"


# ---------------------------------------------------------------- the heatmap
def judged(key: str, distance: float | None = None, unit: str = "百分点", share=None, border=False) -> gap.Assessment:
    return gap.Assessment(gap.STATES[key], distance, unit if distance is not None else None, share, None, border)


@pytest.mark.parametrize(
    ("found", "said", "score"),
    [
        (judged("missed", -1.5), "▼ −1.5", -0.3),
        (judged("missed", -5.0), "▼ −5", -1),
        (judged("missed", -5.1), "▼▼ −5.1", -1.02),  # beyond the end of the scale
        (judged("exceeded", 72.5), "▲▲ +72.5", 14.5),
        (judged("exceeded", 211, "人", 0.0211), "▲ +2.1%", 0.211),
        (judged("exceeded", 4000, "人", 1 / 6), "▲▲ +16.7%", 5 / 3),
        (judged("met", 0.0), "● 0", 0),
        (judged("near", -0.2), "◐ −0.2", -0.04),
        (judged("expected", -0.3), "● −0.3", -0.06),
        (judged("met", 0.1, border=True), "● +0.1≈", 0.02),
        (judged("neutral", 0.2), "+0.2", None),
        (judged("missed", -0.02, "人", -0.0002), "▼ −0.02%", -0.002),  # never «▼ 0%»
        (judged("missed", -0.004), "▼ −0.004", -0.0008),
        (judged("missed", -3, "件"), "▼ −3件", -1),  # against a target of zero there is no share
        (judged("met", 0.0, "件"), "● 0", 0),
        (judged("no_actual"), "未报实际", None),
        (judged("told_met"), "◇ 报告称完成", None),
        (judged("incomparable"), "≠ 口径不可比", None),
    ],
)
def test_what_a_cell_says(found, said, score):
    assert heat.text(found) == said
    assert heat.score(found) == (None if score is None else pytest.approx(score))


def test_states_without_a_number_are_all_distinct():
    states = [state for state in gap.STATES.values() if not state.judged]
    for words in ([s.words for s in states], [heat.text(gap.Assessment(s)) for s in states]):
        assert len(set(words)) == len(states) and all(words)
    signs = [(state.glyph, state.words) for state in gap.STATES.values()]
    assert len(set(signs)) == len(signs)


def cell(district: str, value, target=None, name="地区生产总值", **more) -> dict:
    return pair(district, value, target, indicator=name, indicator_id=name, **more)


def test_counts_with_denominators():
    found = [
        gap.assess(row)
        for row in (
            cell("綦江", 8.0, 7.0),
            cell("綦江", 6.9, 7.0),
            cell("綦江", 5.0, 7.0),
            cell("綦江", None, 7.0),
            cell("綦江", 5.0),
        )
    ]
    assert heat.said(found) == "有目标4项，可比3项：达到1，接近1，未完成1"
    assert heat.tally(found) == [4, 3, 1, 1, 1]
    assert heat.tally(found[3:]) == [1, 0, "—", "—", "—"] and heat.said(found[3:]) == "有目标1项，都还不能与结果比较"
    assert heat.tally(found[4:])[0] == "未列"


def test_how_much_hangs_on_the_tolerance():
    # 预期性 growth: 0.2 points; half of it is 0.1
    lines = heat.lines(
        [
            cell("綦江", 6.85, 7.0, "甲"),  # 接近 -> 未完成
            cell("綦江", 6.95, 7.0, "乙"),  # 接近 either way
            cell("綦江", 7.15, 7.0, "丙"),  # 完成 -> 超额完成
            cell("綦江", 5.0, 7.0, "丁"),
            cell("綦江", 6.85, 7.0, "戊", target_binding="约束性"),  # no tolerance to halve
            cell("綦江", None, 7.0, "己"),
        ]
    )
    assert heat.sensitive(lines, gap.HOUSE) == 2
    none = gap.HOUSE.scaled(0)
    assert heat.sensitive(heat.lines([cell("綦江", 6.85, 7.0)], none), none) == 0


def test_sensitivity_of_the_real_reports_is_a_count_of_changes(real):
    rows = real.pairs([2024, 2025])
    for factor in (0.5, 1.0, 2.5):
        tolerance = gap.HOUSE.scaled(factor)
        wide, narrow = heat.lines(rows, tolerance), heat.lines(rows, tolerance.scaled(0.5))
        changed = sum(
            one.cells[key].found.state.key != two.cells[key].found.state.key
            for one, two in zip(wide, narrow, strict=True)
            for key in one.cells
        )
        assert heat.sensitive(wide, tolerance) == changed


def test_rows_are_kept_by_binding_and_state_of_the_same_cell():
    lines = heat.lines(
        [
            cell("綦江", 5.0, 7.0, "甲", target_binding="约束性"),
            cell("江津", 8.0, 7.0, "甲", target_binding="预期性"),
            cell("綦江", 8.0, 7.0, "乙", target_binding="预期性"),
        ]
    )
    assert [line.name for line in heat.kept(lines)] == ["甲", "乙"]
    assert [line.name for line in heat.kept(lines, "约束性")] == ["甲"]
    assert [line.name for line in heat.kept(lines, states=["exceeded"])] == ["甲", "乙"]
    assert [line.name for line in heat.kept(lines, "预期性", ["missed"])] == []
    assert [line.name for line in heat.kept(lines, "约束性", ["missed"])] == ["甲"]
    assert len(heat.kept(lines, "约束性")[0].cells) == 2, "the whole row stays, for comparison"


def test_an_indicator_with_targets_in_two_measures_has_two_rows():
    rows = [
        cell("綦江", 5.5, 7.0),
        cell("綦江", 558.2, 560.0, measure="level", target_unit="亿元", actual_unit="亿元"),
        cell("江津", 4.1, None),
    ]
    by_name = {line.name: line for line in heat.lines(rows)}
    assert set(by_name) == {"地区生产总值（增速）", "地区生产总值（总量）"}
    assert by_name["地区生产总值（增速）"].cells["綦江", 2024].found.gap == -1.5
    assert by_name["地区生产总值（总量）"].cells["綦江", 2024].found.gap == pytest.approx(-1.8)
    assert by_name["地区生产总值（总量）"].cells["江津", 2024].found.gap is None
    (single,) = heat.lines([rows[0], rows[1] | {"target_id": None, "target": None}])
    assert single.name == "地区生产总值"


def test_a_result_switched_off_is_not_one_that_nobody_reports():
    (line,) = heat.lines([cell("綦江", 6.0, 7.0, actual_origin="supplement")], origins=())
    (made,) = heat.cells([line], years=False)
    assert (made["text"], made["actual"]) == ("未显示", "仅有补充来源（未显示）")
    assert made["state"] == "仅有补充来源（未显示）" and made["edge"] == theme.LINE
    assert made["fact"] == "target-綦江"
    (line,) = heat.lines([cell("綦江", 6.0, 7.0, actual_origin="supplement")])
    assert heat.cells([line], years=False)[0]["text"] == "▼ −1"


def test_cells_say_everything_once():
    row = cell("綦江", 5.5, 7.0)
    (made,) = heat.cells(heat.lines([row]), years=True)
    assert made["column"] == "綦江|2024年" and made["fact"] == "actual-綦江"
    assert (made["actual"], made["target"], made["gap"], made["state"]) == ("+5.5%", "+7%", "−1.5个百分点", "未完成")
    (made,) = heat.cells(heat.lines([cell("綦江", None, 7.0, results_held=False)]), years=False)
    assert made["edge"] == theme.MUTED and (made["column"], made["text"]) == ("綦江", "结果未收录")


# ---------------------------------------------------------------- highlights
def headline(real, year: int) -> list[gap.Cell]:
    rows = real.ask("pairs", [year], headline=True)
    return [
        pairs_table.of(each)
        for mine in selected.grouped(rows, "indicator").values()
        for each in selected.grouped(mine, "place").values()
    ]


@pytest.mark.parametrize("year", range(2020, 2032))
def test_every_number_of_a_highlight_is_in_its_rows(real, year):
    cells = headline(real, year)
    said = highlights.of(cells, year)
    assert 1 <= len(said) <= 5
    facts = {cell.main["actual_id"]: cell for cell in cells if cell.main["actual_id"]}
    counts = said[0].words
    for district in {cell.main["district"] for cell in cells}:
        part = next(part for part in re.split("[：；。]", counts) if part.startswith(district))
        mine = [cell for cell in cells if cell.main["district"] == district]
        keys = [cell.found.state.key for cell in mine if cell.found.state.judged]
        met = sum(key in ("exceeded", "met", "expected") for key in keys)
        expected = [len(keys), met, keys.count("missed"), *([keys.count("near")] if "near" in keys else [])]
        assert list(map(int, re.findall(r"\d+", part))) == (expected if keys else []), part
        if not any(cell.main["covered"] for cell in mine) and not any(cell.main["target_id"] for cell in mine):
            assert "未收录" in part
    for each in said[1:]:
        numbers = re.findall(r"[+−]?\d+(?:\.\d+)?", each.words)
        if each.fact is None:
            assert not numbers, each.words
            continue
        cell = facts[each.fact]
        allowed = {format.number(v, signed=True) for v in (cell.main["actual"], cell.main["target"], cell.found.gap)}
        assert numbers and set(numbers) <= allowed, each.words
        assert cell.main["district"] in each.words and cell.main["indicator"] in each.words


def test_highlights_of_2024_by_hand(real):
    # by the tables of the reports: 江津 trade -19.6 against 3 is the widest miss, 綦江 foreign capital 92.5 against 20 the
    # widest gain; both missed GDP (5.5 and 4.1 against 7) and both reached their new jobs
    said = [each.words for each in highlights.of(headline(real, 2024), 2024)]
    assert said[1] == "按百分点计，差于目标最多：江津进出口总额−19.6%，目标+3%，差距−22.6个百分点。"
    assert said[2] == "好于目标最多：綦江实际使用外资预计+92.5%，目标+20%，差距+72.5个百分点。"
    assert said[3].startswith("可比的各区都未完成：地区生产总值、") and "城镇新增就业" in said[4]


def test_nothing_is_said_when_there_is_nothing():
    assert highlights.of([], 2024) == []
    only = highlights.of([pairs_table.of([cell("南岸", 5.9)])], 2024)
    assert [each.words for each in only] == ["2024年1项主要指标：南岸报告没有列出主要指标的目标。"]
    not_held = highlights.of([pairs_table.of([cell("南岸", None, covered=False)])], 2022)
    assert [each.words for each in not_held] == ["2022年1项主要指标：南岸未收录该年报告。"]
    met = highlights.of([pairs_table.of([cell("綦江", 7.0, 7.0)])], 2024)
    assert len(met) == 1, "no widest gap where there is none"


def test_all_of_those_that_can_be_compared_is_not_all_that_have_targets():
    cells = [pairs_table.of([row]) for row in (cell("綦江", 5.5, 7.0), cell("江津", 4.1, 7.0), cell("南岸", None, 6.0))]
    said = [each.words for each in highlights.of(cells, 2024)]
    assert "可比的各区都未完成：地区生产总值。" in said and not any("有目标的各区" in each for each in said)
