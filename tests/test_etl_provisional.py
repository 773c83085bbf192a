"""Results that a report calls estimates: the word beside the number, and words that belong to something else."""

from __future__ import annotations

import pytest

from etl.provisional import Provisional
from tests.conftest import annual, table


@pytest.fixture(scope="module")
def rule(catalog) -> Provisional:
    return Provisional(catalog)


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("地区生产总值预计增长", "预计"),
        ("预计地区生产总值增长", "预计"),
        ("预期全年增长", "预期"),
        ("进出口总额和实际使用外资预计分别增长", "预计"),
        ("进出口总额和实际使用外资预计分别增长29%、", "预计"),
        ("全社会研发投入占比预计达到2.3%、同比增长预计达到", "预计"),
        ("预计全年实现地区生产总值2318.6亿元、增长", "预计"),
        ("预计全年实现地区生产总值485亿元增长", "预计"),
        ("预计2024年地区生产总值增长", "预计"),
        ("预计全年地区生产总值增长6%，规上工业增加值增长", "预计"),
        ("初步核算，全年地区生产总值", "初步核算"),
        ("经初步核算，全年地区生产总值1036.4亿元，按可比价格计算增长", "初步核算"),
        ("据初步统计数据显示，固定资产投资增长", "初步统计"),
        ("地区生产总值（预计数）增长", "预计"),
        ("地区生产总值（预计数，下同）增长", "预计"),
        ("初步核算，全年地区生产总值1036.4亿元，比上年增长", "初步核算"),
        ("预计全年地区生产总值增长6%，固定资产投资较2023年增长", "预计"),
        ("地区生产总值预计比上年增长", "预计"),
        ("预计（下同）全年实现地区生产总值485亿元，增长", "预计"),
        ("地区生产总值增长5.5%（预计", "预计"),
        ("1—11月增长5.6%，预计全年增长", "预计"),
        ("城镇化率预计由68%提高到", "预计"),
        ("地区生产总值预计达到485亿元，增长", "预计"),
        ("地区生产总值预计达到485亿元，同比名义增长", "预计"),
    ],
)
def test_an_estimate_is_known_by_the_word_that_speaks_of_its_number(rule, before, word):
    assert rule.before(before) == word


@pytest.mark.parametrize(
    "before",
    [
        "地区生产总值增长",
        "预计2025年增长6%，2024年完成",  # of another clause
        "外贸企业订单预计回升，进出口总额增长",
        "外贸企业订单预计回升，增长",
        "预计投资20亿元的项目完成投资12亿元，增长",
        "1—11月增长5.6%，预计全年增长6%，工业投资增长",
        "前三季度增长6.4%；预计全年好转，服务业增加值增长",
        "预计全年地区生产总值增长6%，1—11月固定资产投资增长",  # the rest of the sentence tells of something done
        "预计全年地区生产总值增长6%，已建成高速公路",
        "初步核算，全年地区生产总值1036.4亿元，截至年末贷款余额",
        "预计全年地区生产总值增长6%，上年增长",
        "预计投资20亿元的项目完成投资",  # of another number
        "预计投产的项目实现产值",
        "城镇化率预计由",  # where a change starts from is known
        "人均预期寿命达到",
        "好于预期，增长",
        "比预计高",
        "增速高于预期目标，达到",
        "年初预期增长7%、实际完成",
        "地区生产总值（好于预计）增长",
        "固定资产投资（其中工业预计增长8%）增长",  # of what stands in the brackets
        "预计明年回升（今年增长",
    ],
)
def test_a_word_of_something_else_marks_nothing(rule, before):
    assert rule.before(before) is None


@pytest.mark.parametrize(
    ("head", "word"),
    [
        ("2024年预计", "预计"),
        ("2024年（预计数）", "预计"),
        ("地区生产总值（初步核算数）", "初步核算"),
        ("2025年预计目标", None),
        ("预期性", None),
        ("人均预期寿命（岁）", None),
        ("2024年完成", None),
    ],
)
def test_a_table_says_it_in_its_heads(rule, head, word):
    assert rule.head(head) == word


def test_results_of_a_report_carry_its_word_and_goals_do_not(understand):
    heads = table(["指标名称", "2024年计划", "2024年预计", "2025年预期目标"], ["地区生产总值增速（%）", "7", "5.5", "6"])
    reading = understand(
        annual(
            "进出口总额和实际使用外资预计分别增长29%、92.5%。固定资产投资增长15.4%。\n\n" + heads,
            "预计完成固定资产投资136亿元。",
        )
    )
    reading.check()
    said = {(f["indicator"], f["status"], f["value"], f["origin"]): f["provisional"] for f in reading.facts}
    assert said == {
        ("进出口总额", "actual", 29.0, "prose"): "预计",
        ("实际使用外资", "actual", 92.5, "prose"): "预计",
        ("固定资产投资", "actual", 15.4, "prose"): None,
        ("地区生产总值", "target", 7.0, "table"): None,
        ("地区生产总值", "actual", 5.5, "table"): "预计",
        ("地区生产总值", "target", 6.0, "table"): None,
        ("固定资产投资", "target", 136.0, "prose"): None,
    }


def test_what_a_sentence_calls_an_estimate_is_one_in_the_table_too_and_another_number_is_none(understand):
    heads = table(["指标名称", "2024年计划", "2024年完成"], ["进出口总额增速（%）", "20", "29"], ["实际使用外资增速（%）", "20", "90"])
    reading = understand(annual("进出口总额和实际使用外资预计分别增长29%、92.5%。\n\n" + heads))
    said = {(f["indicator"], f["value"], f["origin"]): f["provisional"] for f in reading.facts if f["status"] == "actual"}
    assert said == {
        ("进出口总额", 29.0, "prose"): "预计",
        ("进出口总额", 29.0, "table"): "预计",
        ("实际使用外资", 92.5, "prose"): "预计",
        ("实际使用外资", 90.0, "table"): None,
    }
