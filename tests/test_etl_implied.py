"""Amounts and counts whose unit is left out, because the name says it."""

from __future__ import annotations

import pytest

from tests.conftest import annual


def told(reading) -> list[tuple]:
    reading.check()
    return [(f["indicator"], f["value"], f["unit"], f["value_reported"], f["unit_reported"], f["comparator"]) for f in reading.facts]


@pytest.mark.parametrize("sentence, expected", [
    ("发放政府消费券，带动消费总额超3000万。", ("消费总额", 3000, "万元", 3000, "万", "gt")),
    ("招商签约合同金额近20亿，列入年度计划。", ("招商签约合同金额", 20, "亿元", 20, "亿", "approx")),
    ("一般公共预算收入达到32亿。", ("一般公共预算收入", 32, "亿元", 32, "亿", "eq")),
    ("争取上级补助资金4.6亿。", ("上级补助资金", 4.6, "亿元", 4.6, "亿", "eq")),
    ("年末常住人口43.2万。", ("常住人口", 43.2, "万人", 43.2, "万", "eq")),
])
def test_the_name_says_the_unit(understand, sentence, expected):
    found = told(understand(annual(sentence)))
    assert [(x[0][-len(expected[0]):] if "消费" in x[0] else x[0], *x[1:]) for x in found] == [expected]


@pytest.mark.parametrize("sentence", [
    "签约金额3000万的项目开工建设。",
    "全区有各类企业3.2万。",
    "合同金额20亿吨。",
])
def test_no_unit_is_made_up(understand, sentence):
    assert not [f for f in understand(annual(sentence)).facts if (f["unit"] or "").endswith("元")]


@pytest.mark.parametrize("sentence, unit", [("天然气改造惠及4.2万住户。", "万户"), ("文化活动惠及4.2万群众。", "万人")])
def test_the_noun_behind_says_the_unit(understand, sentence, unit):
    found = told(understand(annual(sentence)))
    assert [x[1:5] for x in found] == [(4.2, unit, 4.2, "万")]


@pytest.mark.parametrize("sentence, expected", [
    ("城市、农村低保标准分别提高到每人每月1016元和834元。", [("城市低保标准", 2024, 1016, "元/月"), ("农村低保标准", 2024, 834, "元/月")]),
    ("城乡低保标准提高到每月750元和每年7040元。", [("城市低保标准", 2024, 750, "元/月"), ("农村低保标准", 2024, 7040, "元/年")]),
    ("高龄补贴标准由每人每月60元提高到80元。", [("高龄补贴标准", 2024, 80, "元/月")]),
    ("特困人员供养标准达到每人每年9600元。", [("特困人员供养标准", 2024, 9600, "元/年")]),
])
def test_a_standard_set_for_a_month_or_a_year(understand, sentence, expected):
    reading = understand(annual(sentence))
    reading.check()
    assert sorted((f["indicator"], f["year"], f["value"], f["unit"]) for f in reading.facts) == sorted(expected)
    assert {(f["unit_reported"], f["period"]) for f in reading.facts} == {("元", "annual")}
