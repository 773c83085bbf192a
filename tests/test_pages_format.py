"""Numbers in words for people, and report text shown as text."""

from __future__ import annotations

import pandas as pd
import pytest

from pages.parts import evidence, format, markup


@pytest.mark.parametrize(
    ("value", "unit", "measure", "text"),
    [
        (1133.2, "亿元", "level", "1133.2亿元"),
        (5.5, "%", "growth", "+5.5%"),
        (-19.6, "%", "growth", "−19.6%"),
        (66.1, "%", "level", "66.1%"),
        (0.9, "百分点", "change", "+0.9个百分点"),
        (1.94, ":1", "level", "1.94:1"),
        (10211, "人", "level", "10211人"),
        (532000, "人", "level", "53.2万人"),
        (1.2e9, "元", "level", "12亿元"),
        (12900, "万美元", "level", "1.29亿美元"),
        (4762, "万美元", "level", "4762万美元"),
        (0, "%", "growth", "0%"),
        (None, "%", "growth", "未报实际"),
        (1.29, "万元/人", "level", "1.29万元/人"),
    ],
)
def test_quantity(value, unit, measure, text):
    assert format.quantity(value, unit, measure) == text


def test_stated():
    assert format.stated(5.5, "%", "level", "le", None) == "≤5.5%"
    assert format.stated(6, "%", "level", "ge", None, 6, 6.5) == "6～6.5%"
    assert format.stated(None, None, "level", "eq", "完成上级下达目标") == "完成上级下达目标"


def test_gap():
    assert format.gap(-1.5, "百分点") == "−1.5个百分点"
    assert format.gap(211, "人", 0.0211) == "+211人（+2.1%）"
    assert format.gap(0.01, ":1") == "+0.01" and format.gap(0, "万吨", 0) == "0"


def test_period():
    assert format.period(2024, "annual") == "2024年"
    assert format.period(2025, "average", 2021) == "2021—2025年年均"


def test_records_have_none_for_missing():
    frame = pd.DataFrame({"a": [1.0, None], "b": pd.array([1, None], "Int32"), "c": ["x", None]})
    assert format.records(frame)[1] == {"a": None, "b": None, "c": None}


def test_marked_escapes_everything():
    assert markup.marked("<b>5.5%</b>", [(3, 6)]) == "&lt;b&gt;<mark>5.5</mark>%&lt;/b&gt;"
    assert markup.marked("abc", [(-5, 1), (2, 99)]) == "<mark>a</mark>b<mark>c</mark>"


def test_cells_mark_only_the_value():
    assert markup.cells("GDP\n\t7\n7", (5, 6)) == (
        '<span class="cell">GDP</span><span class="cell">\t<mark>7</mark></span><span class="cell">7</span>'
    )


def test_table_escapes_and_tells_none_from_zero():
    made = markup.table(["<名>", "数"], [["<i>", 0], ["乙", None]], numeric=[1])
    assert "<i>" not in made and "&lt;i&gt;" in made and ">0<" in made and "><" in made
    assert markup.table(["a"], [[markup.Link("<看>", "?a=1&b=2")]]).count("&lt;看&gt;</a>") == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((36.0, "万吨", 3.6, "亿公斤"), "原文为3.6亿公斤"),
        ((-2000.0, "人", 0.2, "万人"), "原文为0.2万人"),
        ((-2.0, "%", 2.0, "％"), None),  # another sign for the same unit
        ((506.91, "亿元", 506.91, "亿元"), None),
        ((None, None, None, None), None),
    ],
)
def test_a_value_in_another_unit_than_printed_says_what_is_printed(row, said):
    assert evidence._converted(dict(zip(("value", "unit", "value_reported", "unit_reported"), row, strict=True))) == said


def test_a_plan_and_its_evaluation_have_names_of_their_own():
    plan = {"district": "綦江", "kind": "five_year_plan", "year_from": 2021, "year_to": 2025, "title": "綦江区国民经济和社会发展第十四个五年规划纲要"}
    evaluation = plan | {"title": plan["title"] + "实施情况中期评估报告"}
    assert (format.report(plan), format.report(evaluation)) == ("綦江2021—2025年规划", "綦江2021—2025年规划评估")


@pytest.mark.parametrize("comparator, value, words", [("ge", -3.5, "≤−3.5%"), ("le", -3.5, "≥−3.5%"), ("gt", -3.5, "＜−3.5%"), ("ge", 3.5, "≥+3.5%"), ("approx", -3.5, "约−3.5%")])
def test_a_bound_of_a_fall_is_one_of_its_size(comparator, value, words):
    """下降3.5%以上 is a fall of 3.5 % or more: at most −3.5 %. 不低于-3.5%, with its own minus, is at least that."""
    assert format.stated(value, "%", "growth", comparator, None, printed=abs(value)) == words
    plain = {"ge": "≥", "le": "≤", "gt": "＞", "approx": "约"}[comparator] + format.quantity(value, "%", "growth")
    assert format.stated(value, "%", "growth", comparator, None, printed=value) == plain
