"""Findings, one rule at a time: what has to be pointed out, and what rounding, bounds and 约 explain."""

from __future__ import annotations

import pytest

from data.terms import FINDING_KINDS, SEVERITIES
from etl.checks import agree, all_findings
from etl.resolve import prefer
from tests.conftest import annual, plan, table


@pytest.fixture
def findings(understand, catalog):
    """(kind, message) of each finding that texts about one place give together."""

    def found(*texts: str) -> list[tuple[str, str]]:
        facts = [f for n, text in enumerate(texts) for f in understand(text, f"report{n}.txt").facts]
        prefer(facts)
        out = all_findings(facts, catalog)
        ids = {f["fact_id"] for f in facts}
        for row in out:
            assert row["kind"] in FINDING_KINDS and row["severity"] in SEVERITIES
            assert row["message"] and row["fact_ids"] and set(row["fact_ids"]) <= ids
        assert len({row["finding_id"] for row in out}) == len(out)
        return [(row["kind"], row["message"]) for row in out]

    return found


def kinds(found: list[tuple[str, str]]) -> list[str]:
    return [kind for kind, _ in found]


def both(first: str, second: str) -> str:
    return annual(f"{first}\n\n{second}")


# ---------------------------------------------------------------- contradictions
def test_a_contradiction_beyond_rounding(findings):
    ((kind, message),) = findings(both("地区生产总值增长5.5%。", "全区地区生产总值增长5.8%。"))
    assert kind == "contradiction"
    assert (
        "綦江" in message and "地区生产总值" in message and "5.5%" in message and "5.8%" in message and "行" in message
    )


@pytest.mark.parametrize(
    "first, second",
    [
        ("地区生产总值增长5.5%。", "地区生产总值增长5.5%。"),
        ("地区生产总值558.2亿元。", "地区生产总值558亿元。"),
        ("地区生产总值558.2亿元。", "地区生产总值558.24亿元。"),
        ("粮食产量3.6亿公斤。", "粮食产量35.98万吨。"),
        ("城镇新增就业10211人。", "城镇新增就业1.02万人。"),
        ("城镇新增就业10211人。", "城镇新增就业1万人。"),
        ("实际使用外资1.29亿美元。", "实际使用外资12873万美元。"),
    ],
    ids=["the same", "to a unit", "to a hundredth", "kilograms", "to a hundred", "to ten thousand", "dollars"],
)
def test_rounding_is_no_contradiction(findings, first, second):
    assert findings(both(first, second)) == []
    assert findings(both(second, first)) == []


@pytest.mark.parametrize(
    "first, second",
    [
        ("社会消费品零售总额130.5亿元。", "社会消费品零售总额突破130亿元。"),
        ("社会消费品零售总额130.5亿元。", "社会消费品零售总额近131亿元。"),
        ("社会消费品零售总额130.5亿元。", "社会消费品零售总额超过125亿元。"),
        ("社会消费品零售总额130.5亿元。", "社会消费品零售总额130亿元左右。"),
        ("城镇调查失业率5.3%。", "城镇调查失业率控制在5.5%以内。"),
        ("空气质量优良天数331天。", "空气质量优良天数达到325天以上。"),
    ],
)
def test_bounds_that_agree(findings, first, second):
    assert findings(both(first, second)) == []


@pytest.mark.parametrize(
    "first, second",
    [
        ("社会消费品零售总额130.5亿元。", "社会消费品零售总额突破135亿元。"),
        ("城镇调查失业率5.8%。", "城镇调查失业率控制在5.5%以内。"),
        ("空气质量优良天数320天。", "空气质量优良天数达到325天以上。"),
        ("社会消费品零售总额130.5亿元。", "社会消费品零售总额约160亿元。"),
    ],
)
def test_bounds_that_do_not_agree(findings, first, second):
    assert kinds(findings(both(first, second))) == ["contradiction"]


@pytest.mark.parametrize(
    "first, second",
    [
        ("地区生产总值增长5.5%。", "规上工业增加值增长6.7%。"),  # other things
        ("地区生产总值558.2亿元。", "地区生产总值增长5.5%。"),  # other measures
        ("2023年地区生产总值增长6.5%。", "2024年地区生产总值增长5.5%。"),  # other years
        ("2024年地区生产总值增长7%的目标未能完成。", "地区生产总值增长5.5%。"),  # target and result
        ("“十四五”以来地区生产总值年均增长4.9%。", "地区生产总值增长5.5%。"),  # average and year
    ],
)
def test_statements_about_different_things(findings, first, second):
    assert findings(both(first, second)) == []


def test_each_contradiction_is_told_once(findings):
    assert kinds(findings(annual("地区生产总值增长5.5%。" + "全区地区生产总值增长5.8%。" * 3))) == ["contradiction"]


def test_table_against_text(findings):
    text = annual(
        "地区生产总值增长5.8%。\n\n"
        + table(("指标名称", "2024年完成"), ("GDP增速（%）", "5.5"), ("森林覆盖率（%）", "52"))
    )
    ((kind, message),) = findings(text)
    assert kind == "contradiction" and "5.5" in message and "5.8" in message


def test_two_reports_on_one_year(findings):
    """A later report restates the result of a year."""
    found = findings(
        annual("固定资产投资163.2亿元。"), annual("2024年固定资产投资150.2亿元，2025年完成170亿元。", year=2025)
    )
    assert kinds(found) == ["contradiction"]


def test_another_scope_is_a_break_of_definition(findings):
    ((kind, message),) = findings(both("地区生产总值（不含万盛）558.2亿元。", "地区生产总值742.3亿元（含万盛）。"))
    assert kind == "definition_break" and "口径" in message


# ---------------------------------------------------------------- targets
def test_a_changed_target(findings):
    """The plan and a later annual report set different targets for one year."""
    found = findings(plan("", "到2027年，常住人口城镇化率达到72%。"), annual("", "到2027年，常住人口城镇化率达到70%。"))
    assert kinds(found) == ["target_changed"] and "72%" in found[0][1] and "70%" in found[0][1]


def test_two_targets_in_one_report_contradict_each_other(findings):
    assert kinds(findings(annual("", "地区生产总值增长6.5%。\n\n地区生产总值增长8%。"))) == ["contradiction"]


def test_a_target_is_not_rounded(findings):
    assert kinds(findings(annual("", "地区生产总值增长6.5%。\n\n地区生产总值增长7%。"))) == ["contradiction"]


def test_a_missed_target_is_no_finding(findings):
    text = annual(
        table(("指标名称", "计划目标", "完成情况"), ("GDP增速（%）", "7", "5.5"), ("森林覆盖率（%）", "52", "51.4"))
    )
    assert findings(text) == []


# ---------------------------------------------------------------- steps and ranges
@pytest.mark.parametrize(
    "name, before, after",
    [
        ("森林覆盖率", 51.4, 62.0),
        ("常住人口城镇化率", 65.2, 78.9),
        ("义务教育巩固率", 99.5, 88.0),
    ],
)
def test_a_slow_moving_rate_that_jumps(findings, name, before, after):
    found = findings(annual(f"{name}{before}%。", year=2023), annual(f"{name}{after}%。"))
    assert kinds(found) == ["definition_break"] and f"{before:g}" in found[0][1] and f"{after:g}" in found[0][1]


@pytest.mark.parametrize(
    "name, before, after",
    [
        ("森林覆盖率", 51.4, 52.0),
        ("常住人口城镇化率", 65.2, 66.1),
        ("固定资产投资", 141.4, 163.2),
        ("城镇调查失业率", 5.5, 5.2),
    ],
)
def test_ordinary_steps(findings, name, before, after):
    unit = "亿元" if name == "固定资产投资" else "%"
    assert findings(annual(f"{name}{before}{unit}。", year=2023), annual(f"{name}{after}{unit}。")) == []


def test_an_amount_many_times_the_one_before(findings):
    found = findings(annual("固定资产投资141.4亿元。", year=2023), annual("固定资产投资1632亿元。"))
    assert kinds(found) == ["implausible"]


@pytest.mark.parametrize(
    "sentence",
    ["森林覆盖率520%。", "空气质量优良天数400天。", "城镇调查失业率55%。", "城乡居民人均可支配收入比为0.5:1。"],
)
def test_values_outside_what_is_possible(findings, sentence):
    found = findings(annual(sentence))
    assert kinds(found) == ["implausible"] and "超出合理范围" in found[0][1]


@pytest.mark.parametrize(
    "sentence, said",
    [("固定资产投资增长350%。", True), ("固定资产投资下降75%。", True), ("固定资产投资增长45%。", False)],
)
def test_very_large_growth_is_pointed_out(findings, sentence, said):
    assert bool(findings(annual(sentence))) is said


def test_levels_that_do_not_fit_the_growth_between_them(findings):
    """530.1 -> 600 is +13.2 %, the stated real growth 5.5 %: not to be subtracted from each other."""
    found = findings(annual("2023年地区生产总值530.1亿元。\n\n2024年地区生产总值600亿元，增长5.5%。"))
    assert kinds(found) == ["definition_break"] and "13.2%" in found[0][1]
    assert findings(annual("2023年地区生产总值530.1亿元。\n\n2024年地区生产总值558.2亿元，增长5.5%。")) == []


def test_a_row_outside_the_catalogue_is_told_once(findings):
    rows = table(
        ("指标名称", "计划目标", "完成情况"), ("营商环境得分（分）", "80", "82"), ("森林覆盖率（%）", "52", "52")
    )
    ((kind, message),) = findings(annual(rows))
    assert kind == "outside_catalogue" and "营商环境得分" in message


# ---------------------------------------------------------------- agreement as such
def row(value, printed=None, comparator="eq"):
    return {"value": value, "value_reported": value if printed is None else printed, "comparator": comparator}


@pytest.mark.parametrize(
    "a, b, expected",
    [
        (row(36.0, 3.6), row(35.6, 35.6), True),  # 3.6亿公斤 is printed to 0.1: 35.5 to 36.5
        (row(36.0, 3.6), row(35.4, 35.4), False),
        (row(5.5), row(5.5), True),
        (row(5.5), row(5.6), False),
        (row(0.0, 0.0), row(0.0), True),
        (row(None, 0.0), row(5.5), True),  # words contradict no number
        (row(7, comparator="ge"), row(9.1), True),
        (row(7, comparator="le"), row(9.1), False),
        (row(-3.0), row(3.0), False),
    ],
)
def test_agree(a, b, expected):
    assert agree(a, b) is expected and agree(b, a) is expected
