"""Several names and one value, words that stand for several names, and what only looks like a list."""

from __future__ import annotations

import pytest

from tests.conftest import annual
from tests.test_etl_prose import FIRST, GDP, INVEST, SALES, SECOND, THIRD, case, facts

LISTS = [
    case("社会消费品零售总额、固定资产投资增长5%左右。", f"{SALES} growth actual 2024 5 % approx", f"{INVEST} growth actual 2024 5 % approx"),
    case(
        "九年义务教育巩固率、高中阶段毛入学率均达98%以上。",
        "义务教育巩固率 level actual 2024 98 % ge",
        "高中阶段毛入学率 level actual 2024 98 % ge",
    ),
    case(
        "地区生产总值增长5%，其中一二三产增加值分别增长3.1%、4.2%、6.3%，社会消费品零售总额增长7%。",
        f"{GDP} growth actual 2024 5 %",
        f"{FIRST} growth actual 2024 3.1 %",
        f"{SECOND} growth actual 2024 4.2 %",
        f"{THIRD} growth actual 2024 6.3 %",
        f"{SALES} growth actual 2024 7 %",
        name="a word for three branches",
    ),
    case("二三产业增加值分别增长4.2%、6.3%。", f"{SECOND} growth actual 2024 4.2 %", f"{THIRD} growth actual 2024 6.3 %"),
    case("固定资产投资增长5%、社会消费品零售总额增长6%。", f"{INVEST} growth actual 2024 5 %", f"{SALES} growth actual 2024 6 %"),
]


@pytest.mark.parametrize("sentence, expected", LISTS)
def test_one_value_for_several_names(understand, sentence, expected):
    assert facts(understand(annual(sentence))) == expected


@pytest.mark.parametrize("sentence, names", [
    ("城乡低保标准分别增长6%、9%。", ["城市低保标准", "农村低保标准"]),
    ("矛盾纠纷调解率、信访事项办结率均达99%。", ["矛盾纠纷调解率", "信访事项办结率"]),
    ("对共建“一带一路”国家、非洲出口分别增长6%、9%。", ["对共建“一带一路”国家出口", "非洲出口"]),
])
def test_names_outside_the_catalogue(understand, sentence, names):
    assert [f["indicator"] for f in understand(annual(sentence)).facts] == names


@pytest.mark.parametrize("sentence", [
    "社区食堂覆盖率和智能化率均达90%。",
    "心理咨询室配置率、开课率均达90%。",
    "污染地块、重点建设用地安全利用率均达90%。",
])
def test_names_that_share_a_word_stay_together(understand, sentence):
    """Taken apart, one of them would lose what it is about."""
    assert len(understand(annual(sentence)).facts) <= 1
