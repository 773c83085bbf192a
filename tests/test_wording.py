"""One sentence for one figure: every state, every word of a bound, over made rows and over all rows of the real reports."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pages.parts import comparison, gap, wording

SIDE = {
    "id": None, "period": None, "unit": None, "reported": None, "unit_reported": None, "comparator": None, "text": None,
    "low": None, "high": None, "origin": None, "qualifier": None,
}  # fmt: skip


def row(measure: str = "growth", **given: object) -> dict:
    """A row of queries.pairs: 綦江, 地区生产总值, 2024."""
    made = {
        "district": "綦江", "indicator": "地区生产总值", "year": 2024, "measure": measure, "direction": 1, "due": True,
        "covered": True, "results_held": True, "sets_targets": True, "economy_growth": 5.5, "actual_source": None,
        "target_binding": None, "actual": None, "target": None,
    }  # fmt: skip
    made |= {f"{side}_{name}": value for side in ("actual", "target") for name, value in SIDE.items()}
    for side in ("actual", "target"):
        if side in given or f"{side}_text" in given:
            made |= {
                f"{side}_id": "f" * 16,
                f"{side}_period": "annual",
                f"{side}_comparator": "eq",
                f"{side}_origin": "table",
            }
        if given.get(side) is not None:
            made |= {f"{side}_unit": "%", f"{side}_reported": abs(given[side])}
    return made | given


def said(**given: object) -> str:
    made = row(**given)
    return wording.sentence(made, gap.assess(made))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"actual": 5.5, "target": 7}, "2024年，綦江地区生产总值增速5.5%，计划目标7%，差1.5个百分点，未完成。"),
        ({"actual": 6.9, "target": 7}, "2024年，綦江地区生产总值增速6.9%，计划目标7%，差0.1个百分点，接近。"),
        ({"actual": 8.0, "target": 7}, "2024年，綦江地区生产总值增速8%，计划目标7%，好于目标1个百分点，超额完成。"),
        ({"actual": 7, "target": 7}, "2024年，綦江地区生产总值增速7%，计划目标7%，与目标持平，完成。"),
        ({"actual": 7.5, "target": 7, "target_comparator": "ge"}, "2024年，綦江地区生产总值增速7.5%，计划目标7%以上，好于目标0.5个百分点，超额完成。"),
        ({"actual": 7.3, "target": 7, "target_comparator": "approx"}, "2024年，綦江地区生产总值增速7.3%，计划目标7%左右，好于目标0.3个百分点，符合预期。"),
        ({"actual": 6.2, "target": 6, "target_low": 6, "target_high": 6.5, "target_comparator": "ge"}, "2024年，綦江地区生产总值增速6.2%，计划目标6%～6.5%，在目标范围内，完成。"),
        ({"actual": 5, "target": 6, "target_binding": "约束性"}, "2024年，綦江地区生产总值增速5%，约束性目标6%，差1个百分点，未完成。"),
        # an unemployment rate: lower is better
        ({"measure": "level", "indicator": "城镇调查失业率", "direction": -1, "actual": 5.3, "target": 5.5, "target_comparator": "le"}, "2024年，綦江城镇调查失业率5.3%，计划目标5.5%以内，好于目标0.2个百分点，完成。"),
        # falls: the words of the bound speak of the size of the fall
        ({"actual": -19.6, "target": 3}, "2024年，綦江地区生产总值下降19.6%，计划目标增长3%，差22.6个百分点，未完成。"),
        ({"indicator": "能耗", "direction": -1, "actual": -3.2, "target": -3, "target_comparator": "ge"}, "2024年，綦江能耗下降3.2%，计划目标下降3%以上，好于目标0.2个百分点，完成。"),
        # differences
        ({"measure": "change", "indicator": "城镇化率", "actual": 0.9, "target": 1.2, "actual_unit": "百分点", "target_unit": "百分点"}, "2024年，綦江城镇化率比上年提高0.9个百分点，计划目标提高1.2个百分点，差0.3个百分点，未完成。"),
        # by 百分点 an amount does not change, its growth rate does; a quotient does, as reports say it
        ({"measure": "change", "actual": 0.4, "actual_unit": "百分点", "unit_change": "亿元"}, "2024年，綦江地区生产总值增速比上年提高0.4个百分点，报告没有为它的增速的变化设目标。"),
        ({"measure": "change", "indicator": "能耗", "actual": -2.7, "actual_unit": "百分点", "unit_change": "吨标准煤/万元"}, "2024年，綦江能耗比上年下降2.7个百分点，报告没有为它的增减设目标。"),
        ({"measure": "change", "indicator": "优良天数", "actual": -20, "actual_unit": "天"}, "2024年，綦江优良天数比上年减少20天，报告没有为它的增减设目标。"),
        # amounts keep the unit of the report, and the gap says its share
        ({"measure": "level", "indicator": "新增高新技术企业", "actual": 76, "target": 60, "actual_unit": "家", "target_unit": "家"}, "2024年，綦江新增高新技术企业76家，计划目标60家，好于目标16家（26.7%），超额完成。"),
        ({"measure": "level", "indicator": "收入比", "direction": -1, "actual": 1.94, "target": 1.95, "actual_unit": ":1", "target_unit": ":1"}, "2024年，綦江收入比1.94:1，计划目标1.95:1，好于目标0.01，完成。"),
        # words for a target or a result
        ({"actual": 3.8, "target_text": "与经济增长同步", "economy_growth": 4.1}, "2024年，綦江地区生产总值增速3.8%，计划目标为“与经济增长同步”，比同年经济增速4.1%低0.3个百分点，符合预期。"),
        ({"actual": 6.0, "target_text": "与经济增长同步", "economy_growth": 4.1}, "2024年，綦江地区生产总值增速6%，计划目标为“与经济增长同步”，比同年经济增速4.1%高1.9个百分点，超额完成。"),
        ({"measure": "level", "actual_text": "完成", "target_text": "完成上级下达目标"}, "2024年，綦江地区生产总值的结果为“完成”，计划目标为“完成上级下达目标”，报告称完成。"),
        ({"measure": "level", "actual_text": "未完成", "target_text": "完成上级下达目标"}, "2024年，綦江地区生产总值的结果为“未完成”，计划目标为“完成上级下达目标”，报告称未完成。"),
        # what is missing
        ({"actual": 5.5}, "2024年，綦江地区生产总值增速5.5%，报告没有为它的增速设目标。"),
        ({"actual": 5.5, "sets_targets": False}, "2024年，綦江地区生产总值增速5.5%，本地报告没有列出目标。"),
        ({"actual": 5.5, "sets_targets": False, "covered": False}, "2024年，綦江地区生产总值增速5.5%，设定当年目标的报告未收录。"),
        ({"target": 7}, "2024年，綦江地区生产总值的计划目标增速7%，报告未报实际。"),
        ({"target": 7, "results_held": False}, "2024年，綦江地区生产总值的计划目标增速7%，结果报告未收录。"),
        ({"target": 7, "due": False}, "2024年，綦江地区生产总值的计划目标增速7%，未到期。"),
        ({"target": 7, "hidden": "supplement"}, "2024年，綦江地区生产总值的计划目标增速7%，仅有补充来源（未显示）。"),
        ({"measure": None}, "2024年，綦江地区生产总值：本地报告未提及。"),
        ({"measure": None, "covered": False, "results_held": False}, "2024年，綦江地区生产总值：未收录该年报告。"),
        ({"actual": 5.5, "others": [], "target": 7, "actual_unit": "亿元"}, "2024年，綦江地区生产总值增速5.5亿元，计划目标7%，计量单位不同，不能相比。"),
        # bounds, estimates and figures from elsewhere say so
        ({"measure": "level", "indicator": "失业率", "actual": 5.5, "actual_comparator": "le"}, "2024年，綦江失业率5.5%以内，报告没有为它的水平设目标。"),
        ({"actual": 5.1, "actual_origin": "derived", "target": 5}, "2024年，綦江地区生产总值增速推算约5.1%，计划目标5%，好于目标0.1个百分点，完成。"),
        ({"actual": 6.5, "actual_origin": "supplement", "actual_source": "2024年统计公报", "actual_qualifier": "不含万盛"}, "2024年，綦江地区生产总值增速6.5%（补充来源：2024年统计公报；口径：不含万盛），报告没有为它的增速设目标。"),
        # yearly averages
        ({"year": 2025, "actual": 4.9, "actual_period": "average", "target": 6, "target_period": "average"}, "截至2025年，綦江地区生产总值年均增速4.9%，计划目标年均6%，差1.1个百分点，未完成。"),
        # no direction of good
        ({"direction": 0, "actual": 5, "target": 6}, "2024年，綦江地区生产总值增速5%，计划目标6%，比目标低1个百分点，不评优劣。"),
    ],
)  # fmt: skip
def test_the_sentence(given, wanted):
    assert said(**given) == wanted


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ({"target": 7, "target_comparator": "approx"}, "（增速目标7%左右）"),
        ({"target": -3}, "（增速目标下降3%）"),
        ({"target_text": "与经济增长同步"}, "（增速目标为“与经济增长同步”）"),
        ({"target": 6, "target_period": "average"}, "（年均增速目标6%）"),
        ({"actual": 5.5}, ""),
    ],
)
def test_what_has_no_target_names_that_of_another_measure(other, wanted):
    level = row("level", actual=485, actual_unit="亿元")
    text = wording.sentence(level, gap.assess(level), [row(**other)])
    assert text == f"2024年，綦江地区生产总值485亿元，报告没有为它的总量设目标{wanted}。"


def test_a_result_that_rounding_could_turn_says_so():
    made = row(actual=6.9, target=7)
    text = wording.sentence(made, replace(gap.assess(made), borderline=True))
    assert text == "2024年，綦江地区生产总值增速6.9%，计划目标7%，差0.1个百分点，接近（临界：四舍五入可改变结论）。"


def test_every_row_of_the_reports_makes_a_plain_sentence(real):
    rows = real.pairs(range(2020, 2031))
    assert len(rows) > 1000
    for each in rows:
        found = gap.assess(each)
        text = wording.sentence(each, found)
        start = f"{each['year']}年，{each['district']}{each['indicator']}"
        assert text.removeprefix("截至").startswith(start) and text.endswith("。")
        assert "None" not in text and "nan" not in text and "\n" not in text and "+" not in text
        assert not re.search(r"，，|。。|，。|（）|：。", text)
        if each["actual"] is not None:  # the number as its source prints it, however it is scaled
            digits = {f"{value:.4f}".rstrip("0").rstrip(".") for value in (abs(each["actual"]), abs(each["actual_reported"] or each["actual"]))}  # fmt: skip
            derived = each["actual_origin"] == "derived"
            large = abs(each["actual"]) >= 1e4
            assert derived or large or any(number in text for number in digits) or "持平" in text, (text, digits)
        if each["actual_origin"] == "supplement" and each["actual"] is not None:
            assert "补充来源" in text
        if each["actual_origin"] == "derived" and each["actual"] is not None:
            assert "推算" in text
        if found.state.key in ("exceeded", "met", "expected", "near", "missed"):
            assert found.state.words in text
        if found.state.key in ("nothing", "not_held"):
            assert comparison.absence(each) in text
