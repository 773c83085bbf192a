"""Cells and labels of indicator tables, and tables that an export has pulled out of shape."""

from __future__ import annotations

import pytest

from etl.tables import read_label
from tests.conftest import annual, plan, table

ACTUAL = ("指标名称", "2024年完成情况")
TARGET = ("指标名称", "2025年计划目标")


def stated(reading) -> list[tuple]:
    """(indicator, measure, status, year, value, unit, comparator, value_text) of the facts of the table."""
    reading.check()
    rows = [f for f in reading.facts if f["origin"] == "table"]
    return [
        tuple(f[c] for c in ("indicator", "measure", "status", "year", "value", "unit", "comparator", "value_text"))
        for f in sorted(rows, key=lambda f: f["char_end"])
    ]


def cell(understand, label: str, text: str, head=ACTUAL) -> list[tuple]:
    """What one row of two cells says: (indicator, measure, value, unit, comparator, words)."""
    found = stated(understand(annual(table(head, (label, text), ("森林覆盖率（%）", "52")))))
    return [(f[0], f[1], *f[4:]) for f in found[:-1]]


# label, cell, indicator, measure, value, unit, comparator, words
CELLS = [
    # the word belongs to the name
    ("人口自然增长率（‰）", "≤6.2", "人口自然增长率", "level", 6.2, "‰", "le", None),
    # bounds
    ("空气质量优良天数（天）", "≥325", "空气质量优良天数", "level", 325, "天", "ge", None),
    ("规上工业增加值增速（%）", "9以上", "规上工业增加值", "growth", 9, "%", "ge", None),
    ("城镇调查失业率（%）", "﹤5.5", "城镇调查失业率", "level", 5.5, "%", "lt", None),
    ("城镇调查失业率", "5.5%以内", "城镇调查失业率", "level", 5.5, "%", "le", None),
    ("城镇调查失业率（%）", "5.5%以内", "城镇调查失业率", "level", 5.5, "%", "le", None),
    ("城镇调查失业率（%）", "控制在5.5以内", "城镇调查失业率", "level", 5.5, "%", "le", None),
    ("城镇调查失业率（%）", "≤5.5", "城镇调查失业率", "level", 5.5, "%", "le", None),
    ("城市生活污水集中收集率（%）", "＞80", "城市生活污水集中收集率", "level", 80, "%", "gt", None),
    ("粮食产量（万吨）", "不低于36", "粮食产量", "level", 36, "万吨", "ge", None),
    ("地区生产总值增速（%）", "6.5左右", "地区生产总值", "growth", 6.5, "%", "approx", None),
    ("地区生产总值增速", "6.5%左右", "地区生产总值", "growth", 6.5, "%", "approx", None),
    # shares whose unit stands twice, or once
    ("森林覆盖率（%）", "52%", "森林覆盖率", "level", 52, "%", "eq", None),
    ("森林覆盖率（%）", "52", "森林覆盖率", "level", 52, "%", "eq", None),
    ("森林覆盖率", "52%", "森林覆盖率", "level", 52, "%", "eq", None),
    # ratios and points
    ("城乡居民人均可支配收入之比", "1.94:1", "城乡居民人均可支配收入比", "level", 1.94, ":1", "eq", None),
    ("城乡居民人均可支配收入之比", "1.94：1", "城乡居民人均可支配收入比", "level", 1.94, ":1", "eq", None),
    ("常住人口城镇化率（%）", "提高1.2个百分点", "常住人口城镇化率", "change", 1.2, "百分点", "eq", None),
    ("常住人口城镇化率增速（%）", "提高1.2个百分点", "常住人口城镇化率", "change", 1.2, "百分点", "eq", None),
    ("常住人口城镇化率（%）", "68.04", "常住人口城镇化率", "level", 68.04, "%", "eq", None),
    ("常住人口城镇化率（%）", "提高到70", "常住人口城镇化率", "level", 70, "%", "eq", None),
    # falls: in the label, in the cell, in both, once
    ("单位地区生产总值能耗下降（%）", "3", "单位地区生产总值能耗", "growth", -3, "%", "eq", None),
    ("单位地区生产总值能耗下降（%）", "3%", "单位地区生产总值能耗", "growth", -3, "%", "eq", None),
    ("单位地区生产总值能耗下降（%）", "-3", "单位地区生产总值能耗", "growth", -3, "%", "eq", None),
    ("单位地区生产总值能耗下降（%）", "下降3.5", "单位地区生产总值能耗", "growth", -3.5, "%", "eq", None),
    ("单位地区生产总值能耗", "下降3.5%", "单位地区生产总值能耗", "growth", -3.5, "%", "eq", None),
    ("单位地区生产总值能耗下降率（%）", "3.5", "单位地区生产总值能耗", "growth", -3.5, "%", "eq", None),
    ("单位地区生产总值能耗下降（%）", "上升0.5", "单位地区生产总值能耗", "growth", 0.5, "%", "eq", None),
    ("进出口总额增速（%）", "-19.6", "进出口总额", "growth", -19.6, "%", "eq", None),
    ("进出口总额增速（%）", "－19.6", "进出口总额", "growth", -19.6, "%", "eq", None),
    ("进出口总额增速", "下降19.6%", "进出口总额", "growth", -19.6, "%", "eq", None),
    ("单位地区生产总值能耗", "降3%", "单位地区生产总值能耗", "growth", -3, "%", "eq", None),
    ("固定资产投资", "增5.1%", "固定资产投资", "growth", 5.1, "%", "eq", None),
    # units of the label, of the cell, or none
    ("粮食产量（亿公斤）", "3.6", "粮食产量", "level", 36, "万吨", "eq", None),
    ("粮食产量（亿斤）", "7.15", "粮食产量", "level", 35.75, "万吨", "eq", None),
    ("粮食产量", "36万吨", "粮食产量", "level", 36, "万吨", "eq", None),
    ("城镇新增就业（万人）", "0.9", "城镇新增就业", "level", 9000, "人", "eq", None),
    ("城镇新增就业人数（人）", "10,211", "城镇新增就业", "level", 10211, "人", "eq", None),
    ("实际使用外资（亿美元）", "1.29", "实际使用外资", "level", 12900, "万美元", "eq", None),
    ("地区生产总值（亿元）", "1,204.5", "地区生产总值", "level", 1204.5, "亿元", "eq", None),
    ("地区生产总值（亿元）", "１２０４．５", "地区生产总值", "level", 1204.5, "亿元", "eq", None),
    ("人均地区生产总值（万元）", "6.1", "人均地区生产总值", "level", 61000, "元", "eq", None),
    # growth, by label and by cell
    ("GDP增速（%）", "5.5", "地区生产总值", "growth", 5.5, "%", "eq", None),
    ("地区生产总值增长（%）", "5.5", "地区生产总值", "growth", 5.5, "%", "eq", None),
    ("固定资产投资", "15.4%", "固定资产投资", "growth", 15.4, "%", "eq", None),
    ("固定资产投资", "增长15.4%", "固定资产投资", "growth", 15.4, "%", "eq", None),
    ("1.地区生产总值（GDP）增速", "4.1%", "地区生产总值", "growth", 4.1, "%", "eq", None),
    ("（1）地区生产总值增速（%）", "4.1", "地区生产总值", "growth", 4.1, "%", "eq", None),
    # words
    (
        "全体居民人均可支配收入增速（%）",
        "与经济增长同步",
        "全体居民人均可支配收入",
        "growth",
        None,
        None,
        "eq",
        "与经济增长同步",
    ),
    ("能耗“双控”目标", "完成上级下达目标", "能耗“双控”目标", "level", None, None, "eq", "完成上级下达目标"),
    (
        "二氧化硫排放总量减少（%）",
        "完成上级下达目标",
        "二氧化硫排放总量",
        "growth",
        None,
        None,
        "eq",
        "完成上级下达目标",
    ),
    ("粮食产量增速（%）", "持平", "粮食产量", "growth", 0, "%", "eq", "持平"),
    ("粮食产量（万吨）", "持平", "粮食产量", "growth", 0, "%", "eq", "持平"),  # as much as the year before, not nothing
    ("粮食产量（万吨）", "与上年基本持平", "粮食产量", "growth", 0, "%", "eq", "与上年基本持平"),
    ("城镇登记失业率（%）", "持平", "城镇登记失业率", "change", 0, "百分点", "eq", "持平"),
    ("净增规上工业企业（家）", "9", "规上工业企业", "change", 9, "家", "eq", None),
]


@pytest.mark.parametrize(
    "label, text, indicator, measure, value, unit, comparator, words", CELLS, ids=[f"{c[0]} | {c[1]}" for c in CELLS]
)
def test_cells(understand, label, text, indicator, measure, value, unit, comparator, words):
    assert cell(understand, label, text) == [(indicator, measure, value, unit, comparator, words)]


def test_a_fall_in_points_under_a_label_that_says_so(understand):
    """下降 in label and cell is one fall; 个百分点 makes it a difference."""
    ((indicator, _, value, *_),) = cell(understand, "单位地区生产总值能耗下降（%）", "下降3.5个百分点")
    assert (indicator, value) == ("单位地区生产总值能耗", -3.5)


@pytest.mark.parametrize("text", ["——", "—", "-", "－", "/", "……", "无", ""])
def test_no_data_is_no_fact_and_no_problem(understand, text):
    reading = understand(annual(table(ACTUAL, ("地区生产总值（亿元）", text), ("森林覆盖率（%）", "52"))))
    assert [f[0] for f in stated(reading)] == ["森林覆盖率"]
    assert not [f for f in reading.findings if f["kind"] == "not_understood"]


def test_a_range_in_a_cell(understand):
    reading = understand(annual(table(TARGET, ("地区生产总值增速（%）", "6—6.5"))))
    (fact,) = reading.facts
    assert (fact["value"], fact["comparator"], fact["value_low"], fact["value_high"], fact["status"], fact["year"]) == (
        6,
        "ge",
        6,
        6.5,
        "target",
        2025,
    )


# ---------------------------------------------------------------- labels
@pytest.mark.parametrize(
    "text, name, measure, fall, unit",
    [
        ("GDP增速（%）", "GDP", "growth", False, "%"),
        ("1.地区生产总值（亿元）", "地区生产总值", None, False, "亿元"),
        ("（2）地区生产总值（亿元）", "地区生产总值", None, False, "亿元"),
        ("#农业增加值增速", "农业增加值", "growth", False, None),
        ("其中：工业投资增速（%）", "工业投资", "growth", False, "%"),
        ("单位地区生产总值能耗降低（%）", "单位地区生产总值能耗", "growth", True, "%"),
        ("常住人口城镇化率提高（百分点）", "常住人口城镇化率", "change", False, "百分点"),
        ("3岁以下婴幼儿入托率（%）", "3岁以下婴幼儿入托率", None, False, "%"),
        ("氮氧化物重点工程累计减排量（吨）", "氮氧化物重点工程累计减排量", None, False, "吨"),
        ("地区生产总值*", "地区生产总值", None, False, None),
        ("一般公共\n预算收入\n增速（%）", None, "growth", False, "%"),
    ],
)
def test_labels(text, name, measure, fall, unit):
    label = read_label(text)
    assert (label.measure, label.fall, label.unit) == (measure, fall, unit)
    if name:
        assert label.name == name


def test_a_label_broken_over_lines_is_one_name(understand):
    found = stated(
        understand(annual(table(ACTUAL, ("一般公共\n预算收入\n增速（%）", "0.9"), ("森林覆盖率（%）", "52"))))
    )
    assert found[0] == ("一般公共预算收入", "growth", "actual", 2024, 0.9, "%", "eq", None)


# ---------------------------------------------------------------- shapes
HEADER = ("类别", "指标名称", "计划目标", "完成情况")
EXPECTED = [
    ("地区生产总值", "growth", "target", 2024, 7, "%", "eq", None),
    ("地区生产总值", "growth", "actual", 2024, 5.5, "%", "eq", None),
    ("一般公共预算收入", "growth", "target", 2024, 6, "%", "eq", None),
    ("一般公共预算收入", "growth", "actual", 2024, 0.9, "%", "eq", None),
    ("高新技术企业", "level", "target", 2024, 160, "家", "eq", None),
    ("高新技术企业", "level", "actual", 2024, 182, "家", "eq", None),
]
MERGED = table(
    HEADER,
    ("发展\n\n综合\n\n质量\n\n质效", "GDP增速（%）", "7", "5.5"),
    ("", "一般公共预算收入增速（%）", "6", "0.9"),
    ("创新\n\n发展", "高新技术企业（家）", "160", "182"),
)
CAPTION = "专栏1：2024年国民经济和社会发展计划指标完成情况\n\n"


def test_a_merged_category_over_several_lines(understand):
    assert stated(understand(annual(CAPTION + MERGED))) == EXPECTED


def test_the_caption_may_be_a_cell(understand):
    assert stated(understand(annual("\t" + CAPTION + MERGED))) == EXPECTED


def test_cells_between_tabs_on_one_line(understand):
    lines = [
        "\t" + "\t".join(r)
        for r in (
            HEADER,
            ("综合", "GDP增速（%）", "7", "5.5"),
            ("", "一般公共预算收入增速（%）", "6", "0.9"),
            ("创新", "高新技术企业（家）", "160", "182"),
        )
    ]
    assert stated(understand(annual(CAPTION + "\n\n".join(lines) + "\n\n\n"))) == EXPECTED


def test_a_row_without_its_merged_category(understand):
    reading = understand(
        annual(
            CAPTION
            + table(
                HEADER,
                ("综合", "GDP增速（%）", "7", "5.5"),
                ("一般公共预算收入增速（%）", "6", "0.9"),
                ("创新", "高新技术企业（家）", "160", "182"),
            )
        )
    )
    assert stated(reading) == EXPECTED
    (problem,) = [f for f in reading.findings if f["kind"] == "not_understood"]
    assert "report.txt:" in problem["message"] and problem["line"]


def test_a_row_with_a_cell_too_many_is_reported(understand):
    reading = understand(
        annual(
            CAPTION
            + table(
                ("指标名称", "计划目标", "完成情况"),
                ("GDP增速（%）", "7", "5.5", "8.8"),
                ("高新技术企业（家）", "160", "182"),
            )
        )
    )
    values = {(f[0], f[2], f[4]) for f in stated(reading)}
    assert {("高新技术企业", "target", 160), ("高新技术企业", "actual", 182)} <= values
    assert not {v for v in values if v[2] == 8.8}
    assert [f for f in reading.findings if f["kind"] == "not_understood"]


def test_a_row_without_its_last_cell_has_no_invented_value(understand):
    reading = understand(
        annual(
            CAPTION
            + table(("指标名称", "计划目标", "完成情况"), ("GDP增速（%）", "7"), ("高新技术企业（家）", "160", "182"))
        )
    )
    assert ("地区生产总值", "growth", "actual") not in [f[:3] for f in stated(reading)]
    assert ("高新技术企业", "level", "actual", 2024, 182, "家", "eq", None) in stated(reading)


def test_two_header_rows(understand):
    found = stated(
        understand(
            annual(
                table(
                    ("指标名称", "2023年完成", "2024年完成"),
                    ("绝对值", "增速（%）", "绝对值", "增速（%）"),
                    ("地区生产总值（亿元）", "530.1", "6.5", "558.2", "5.5"),
                    ("固定资产投资（亿元）", "141.4", "-3", "163.2", "15.4"),
                )
            )
        )
    )
    assert found == [
        ("地区生产总值", "level", "actual", 2023, 530.1, "亿元", "eq", None),
        ("地区生产总值", "growth", "actual", 2023, 6.5, "%", "eq", None),
        ("地区生产总值", "level", "actual", 2024, 558.2, "亿元", "eq", None),
        ("地区生产总值", "growth", "actual", 2024, 5.5, "%", "eq", None),
        ("固定资产投资", "level", "actual", 2023, 141.4, "亿元", "eq", None),
        ("固定资产投资", "growth", "actual", 2023, -3, "%", "eq", None),
        ("固定资产投资", "level", "actual", 2024, 163.2, "亿元", "eq", None),
        ("固定资产投资", "growth", "actual", 2024, 15.4, "%", "eq", None),
    ]


def test_a_name_cell_divided_in_two(understand):
    """主要污染物排放总量减少 | #二氧化硫: the fall of the group holds for each of its parts."""
    found = stated(
        understand(
            annual(
                CAPTION
                + table(
                    ("序号", "指标名称", "计划目标", "属性"),
                    ("1", "森林覆盖率（%）", "52", "约束性"),
                    ("2", "主要污染物排放总量减少\n#二氧化硫（%）", "3", "约束性"),
                    ("", "#氮氧化物（%）", "4", "约束性"),
                )
            )
        )
    )
    assert [(f[1], f[4]) for f in found] == [("level", 52), ("growth", -3), ("growth", -4)]


def test_a_unit_column_with_ditto(understand):
    found = stated(
        understand(
            annual(
                table(
                    ("指标名称", "单位", "2024年完成情况"),
                    ("地区生产总值", "亿元", "558.2"),
                    ("固定资产投资", "〃", "163.2"),
                    ("城镇新增就业", "万人", "0.9"),
                )
            )
        )
    )
    assert [(f[0], f[4], f[5]) for f in found] == [
        ("地区生产总值", 558.2, "亿元"),
        ("固定资产投资", 163.2, "亿元"),
        ("城镇新增就业", 9000, "人"),
    ]


def test_sub_indicators_of_a_group(understand):
    found = stated(
        understand(
            annual(
                table(
                    ("指标名称", "2024年预期目标", "2024年完成值"),
                    ("1.地区生产总值（GDP）增速", "7%", "4.1%"),
                    ("#农业增加值增速", "4.2%", "2.4%"),
                    ("其中：工业投资增速", "9%", "8%"),
                )
            )
        )
    )
    assert [(f[0], f[2], f[4]) for f in found] == [
        ("地区生产总值", "target", 7),
        ("地区生产总值", "actual", 4.1),
        ("农业增加值", "target", 4.2),
        ("农业增加值", "actual", 2.4),
        ("工业投资", "target", 9),
        ("工业投资", "actual", 8),
    ]


# ---------------------------------------------------------------- the table of a five-year plan
def test_a_total_in_a_column_of_rates(understand):
    rows = table(
        ("指标", "单位", "2025年", "年均增速/累计"),
        ("城镇新增就业", "万人", "1.3", "累计6以上"),
        ("常住人口城镇化率", "%", "68", "累计2.1个百分点"),
        ("地区生产总值", "亿元", "560", "5.5%左右"),
    )
    reading = understand(plan("", "专栏1 “十五五”经济社会发展主要指标\n" + rows))
    found = [(f["indicator"], f["measure"], f["period"], f["value"], f["unit"]) for f in reading.facts if f["year"] == 2030]
    assert sorted(found) == [
        ("地区生产总值", "growth", "average", 5.5, "%"),
        ("城镇新增就业", "level", "cumulative", 60000, "人"),
        ("常住人口城镇化率", "change", "cumulative", 2.1, "百分点"),
    ]


def test_plan_table(understand):
    """6* is a yearly average, a plain number the level of that year, [26] the total of five years."""
    reading = understand(
        plan(
            "",
            "专栏1 “十五五”经济社会发展主要指标\n"
            + table(
                ("序号", "指标名称", "2025年", "2030年\n\n目标", "属性"),
                ("一、经济发展",),
                ("1", "地区生产总值增长（%）", "6.3", "6*", "预期性"),
                ("2", "人均地区生产总值（万元）", "6.1", "8.5", "预期性"),
                ("3", "常住人口城镇化率（%）", "68.04", "70", "预期性"),
                ("4", "城镇新增就业（万人）", "1.2", "[6]", "约束性"),
            ),
        )
    )
    reading.check()
    found = [
        (f["indicator"], f["measure"], f["status"], f["period"], f["period_start"], f["year"], f["value"], f["binding"])
        for f in sorted(reading.facts, key=lambda f: f["char_end"])
    ]
    assert found == [
        ("地区生产总值", "growth", "actual", "annual", 2025, 2025, 6.3, "预期性"),
        ("地区生产总值", "growth", "target", "average", 2026, 2030, 6, "预期性"),
        ("人均地区生产总值", "level", "actual", "annual", 2025, 2025, 61000, "预期性"),
        ("人均地区生产总值", "level", "target", "annual", 2030, 2030, 85000, "预期性"),
        ("常住人口城镇化率", "level", "actual", "annual", 2025, 2025, 68.04, "预期性"),
        ("常住人口城镇化率", "level", "target", "annual", 2030, 2030, 70, "预期性"),
        ("城镇新增就业", "level", "actual", "annual", 2025, 2025, 12000, "约束性"),
        ("城镇新增就业", "level", "target", "cumulative", 2026, 2030, 60000, "约束性"),
    ]


def test_a_count_of_new_firms_under_the_name_of_the_stock(understand):
    """«高新技术企业 76» in the table and «新增高新技术企业76家» in the text: the row is about new firms."""
    reading = understand(
        annual(
            "新增高新技术企业76家，累计达到182家。\n\n"
            + CAPTION
            + table(
                ("指标名称", "计划目标", "完成情况"),
                ("高新技术企业数量（家）", "60", "76"),
                ("GDP增速（%）", "7", "5.5"),
            )
        )
    )
    found = stated(reading)
    assert [(f[0], f[4]) for f in found[:2]] == [("新增高新技术企业", 60), ("新增高新技术企业", 76)]
    assert [f["kind"] for f in reading.findings if f["kind"] != "incomplete"] == ["relabelled"]


def test_the_quote_is_the_row_up_to_the_cell(understand):
    reading = understand(annual(table(ACTUAL, ("GDP增速（%）", "5.5"), ("森林覆盖率（%）", "52%"))))
    assert [f["quote"] for f in reading.facts] == ["GDP增速（%）\n\t5.5", "森林覆盖率（%）\n\t52%"]
    assert all(f["line_end"] == f["line_start"] + 1 for f in reading.facts)


def test_a_box_of_projects_is_no_indicator_table(understand):
    reading = understand(
        annual(
            "专栏3：2024年重点项目清单\n"
            + table(("项目名称", "建设内容"), ("藻渡水库", "总投资17亿元，库容2亿立方米"), ("綦习高速", "全长70公里"))
        )
    )
    reading.check()
    assert reading.facts == []


# ---------------------------------------------------------------- tables that were pasted
PASTED = (
    ("指标名称", "单位", "2024年计划", "2024年完成", "2025年计划"),
    ("地区生产总值", "亿元", "315", "318.5", "340左右"),
    ("固定资产投资", "%", "8", "-3.2", "5"),
    ("城镇调查失业率", "%", "5.5以内", "5.1", "5.5以内"),
)
READ = [
    ("地区生产总值", "level", "target", 2024, 315, "亿元", "eq", None),
    ("地区生产总值", "level", "actual", 2024, 318.5, "亿元", "eq", None),
    ("地区生产总值", "level", "target", 2025, 340, "亿元", "approx", None),
    ("固定资产投资", "growth", "target", 2024, 8, "%", "eq", None),
    ("固定资产投资", "growth", "actual", 2024, -3.2, "%", "eq", None),
    ("固定资产投资", "growth", "target", 2025, 5, "%", "eq", None),
    ("城镇调查失业率", "level", "target", 2024, 5.5, "%", "le", None),
    ("城镇调查失业率", "level", "actual", 2024, 5.1, "%", "eq", None),
    ("城镇调查失业率", "level", "target", 2025, 5.5, "%", "le", None),
]


def pasted(rows, between: str, edge: str = "") -> str:
    return "\n".join(edge + between.join(row) + edge for row in rows) + "\n"


@pytest.mark.parametrize(("between", "edge"), [("\t", ""), ("\t", "\t"), ("｜", "｜"), (" | ", "|"), ("    ", ""), ("　　", ""), (" ", "")])
def test_a_pasted_table_with_a_row_on_each_line(understand, between, edge):
    text = "完成情况如下。\n" + pasted(PASTED, between, edge) + "注：以上为初步统计数。\n"
    reading = understand(annual(text))
    reading.check()
    assert stated(reading) == READ


def test_a_rule_under_the_heads_is_no_row(understand):
    rows = [PASTED[0], ("---",) * 5, *PASTED[1:]]
    assert stated(understand(annual(pasted(rows, "|", "|")))) == READ


def test_the_heads_repeated_on_the_next_page(understand):
    assert stated(understand(annual(pasted([*PASTED[:2], PASTED[0], *PASTED[2:]], "\t")))) == READ


def test_a_row_between_blanks_with_a_cell_missing_is_not_guessed(understand):
    reading = understand(annual(pasted([*PASTED, ("森林覆盖率", "%", "52", "53")], " ")))
    reading.check()
    assert stated(reading) == READ
    assert {n["reason"] for n in reading.numbers if n["text"] in ("52", "53")} == {"unclassified"}
    assert [f for f in reading.findings if f["kind"] == "not_understood"]


def test_sentences_with_blanks_in_them_are_no_table(understand):
    reading = understand(annual("2024年  全区地区生产总值完成  830.3亿元，\n增长  5.5%。\n"))
    assert {(f["indicator"], f["origin"]) for f in reading.facts} == {("地区生产总值", "prose")}


@pytest.mark.parametrize(
    "heads",
    [
        [("指标名称", "2023年", "2024年", "", ""), ("", "", "计划", "完成", "增速（%）")],  # placeholders for merged cells
        [("指标名称", "2023年完成", "2024年"), ("计划", "完成", "增速（%）")],  # merged cells left out
    ],
)
def test_heads_in_two_rows(understand, heads):
    rows = [*heads, ("地区生产总值（亿元）", "300.2", "315", "318.5", "5.8")]
    assert stated(understand(annual(pasted(rows, "\t")))) == [
        ("地区生产总值", "level", "actual", 2023, 300.2, "亿元", "eq", None),
        ("地区生产总值", "level", "target", 2024, 315, "亿元", "eq", None),
        ("地区生产总值", "level", "actual", 2024, 318.5, "亿元", "eq", None),
        ("地区生产总值", "growth", "actual", 2024, 5.8, "%", "eq", None),
    ]


def test_the_year_of_a_growth_rate_is_that_of_the_value_before_it(understand):
    rows = [
        ("指标", "2024年完成", "比2023年增长（%）", "2025年计划", "增长（%）"),
        ("社会消费品零售总额（亿元）", "104.5", "6.4", "111", "6.2"),
    ]
    assert [f[1:6] for f in stated(understand(annual(pasted(rows, "\t"))))] == [
        ("level", "actual", 2024, 104.5, "亿元"),
        ("growth", "actual", 2024, 6.4, "%"),
        ("level", "target", 2025, 111, "亿元"),
        ("growth", "target", 2025, 6.2, "%"),
    ]


def test_columns_that_hold_no_values_of_the_place(understand):
    rows = [
        ("指标", "2024年计划", "2024年完成", "完成计划%", "全市平均增速", "全市排名", "与计划相比"),
        ("地区生产总值（亿元）", "315", "318.5", "101.1", "5.7", "12", "3.5"),
    ]
    reading = understand(annual(pasted(rows, "\t")))
    reading.check()
    assert [f[4] for f in stated(reading)] == [315, 318.5]
    reasons = {n["text"]: n["reason"] for n in reading.numbers if n["reason"]}
    assert [reasons[x] for x in ("101.1", "5.7", "12", "3.5")] == ["completion_ratio", "higher_level", "rank", "comparison"]


def test_the_unit_over_the_table(understand):
    rows = [
        ("指标", "2024年完成", "增长"),
        ("地区生产总值", "3185000", "5.8"),
        ("城镇居民人均可支配收入（元）", "40100", "4.5"),
    ]
    found = stated(understand(annual("单位：万元、%\n" + pasted(rows, "\t"))))
    assert [(f[0], f[1], f[4], f[5]) for f in found] == [
        ("地区生产总值", "level", 318.5, "亿元"),
        ("地区生产总值", "growth", 5.8, "%"),
        ("城镇常住居民人均可支配收入", "level", 40100, "元"),
        ("城镇常住居民人均可支配收入", "growth", 4.5, "%"),
    ]


def test_parts_that_leave_out_what_they_share_with_the_row_above(understand):
    rows = [
        ("指标", "2024年完成"),
        ("居民人均可支配收入（元）", "31800"),
        ("其中：城镇居民", "40100元"),
        ("农村居民", "20200元"),
        ("固定资产投资增速（%）", "6.1"),
    ]
    assert [(f[0], f[4]) for f in stated(understand(annual(pasted(rows, "\t"))))] == [
        ("全体居民人均可支配收入", 31800),
        ("城镇常住居民人均可支配收入", 40100),
        ("农村常住居民人均可支配收入", 20200),
        ("固定资产投资", 6.1),
    ]


def test_heads_that_do_not_say_which_columns_they_stand_over_are_not_guessed(understand):
    rows = [("指标名称", "2023年", "2024年"), ("计划", "完成", "增速（%）"), ("地区生产总值（亿元）", "300.2", "315", "318.5", "5.8")]
    reading = understand(annual(pasted(rows, "\t")))
    reading.check()
    assert stated(reading) == []
    assert [f for f in reading.findings if f["kind"] == "not_understood"]


def test_heads_that_name_the_plan_of_their_averages(understand):
    rows = [
        ("指标", "2020年", "2025年", "“十四五”年均增长（%）", "2030年目标", "“十五五”年均增长（%）"),
        ("地区生产总值（亿元）", "420", "558", "5.2", "745", "6以上"),
        ("常住人口城镇化率（%）", "62", "66", "[4]", "70", "[4]"),
    ]
    found = understand(plan("", "专栏1 主要指标\n" + pasted(rows, "\t"))).facts
    assert [(f["measure"], f["status"], f["period"], f["period_start"], f["year"], f["value"]) for f in sorted(found, key=lambda f: f["char_end"])] == [
        ("level", "actual", "annual", 2020, 2020, 420),
        ("level", "actual", "annual", 2025, 2025, 558),
        ("growth", "actual", "average", 2021, 2025, 5.2),
        ("level", "target", "annual", 2030, 2030, 745),
        ("growth", "target", "average", 2026, 2030, 6),
        ("level", "actual", "annual", 2020, 2020, 62),
        ("level", "actual", "annual", 2025, 2025, 66),
        ("change", "actual", "cumulative", 2021, 2025, 4),
        ("level", "target", "annual", 2030, 2030, 70),
        ("change", "target", "cumulative", 2026, 2030, 4),
    ]


def test_a_cell_on_each_line(understand):
    text = "附表1\n2024年计划执行情况\n" + "\n".join(cell for row in PASTED for cell in row) + "\n三、重点工作\n新增城镇就业4000人。\n"
    reading = understand(annual(text))
    reading.check()
    assert stated(reading) == READ


def test_a_cell_on_each_line_with_rows_that_name_a_group(understand):
    cells = [*PASTED[0], "一、综合经济", *(c for row in PASTED[1:2] for c in row), "", "（二）社会发展", *(c for row in PASTED[2:] for c in row)]
    reading = understand(annual("\n".join(cells) + "\n三、重点工作\n新增城镇就业4000人。\n"))
    reading.check()
    assert stated(reading) == READ


def test_a_cell_on_each_line_with_a_category_over_several_rows(understand):
    first, *rows = PASTED
    cells = ["类别", *first, "综合", *(c for row in rows for c in row)]
    reading = understand(annual("\n".join(cells) + "\n"))
    reading.check()
    assert stated(reading) == READ


def test_a_cell_on_each_line_with_one_missing_ends_the_table(understand):
    """Nothing after the row that does not fit is placed under a head."""
    cells = [cell for row in [*PASTED, ("森林覆盖率", "%", "52", "53"), ("粮食产量", "万吨", "36", "37", "38")] for cell in row]
    reading = understand(annual("\n".join(cells) + "\n"))
    reading.check()
    assert stated(reading) == READ


def test_another_table_after_one_between_blanks(understand):
    other = [("序号", "指标", "2024年预计", "", "2025年目标", ""), ("", "", "绝对额", "增长%", "绝对额", "增长%"), ("1", "进出口总额（亿元）", "12", "3.1", "13", "4")]
    text = pasted(PASTED, " ") + "\n表2 其他指标\n" + pasted(other, "\t")
    assert stated(understand(annual(text))) == [
        *READ,
        ("进出口总额", "level", "actual", 2024, 12, "亿元", "eq", None),
        ("进出口总额", "growth", "actual", 2024, 3.1, "%", "eq", None),
        ("进出口总额", "level", "target", 2025, 13, "亿元", "eq", None),
        ("进出口总额", "growth", "target", 2025, 4, "%", "eq", None),
    ]


def test_a_structure_in_a_cell_has_no_single_value(understand):
    assert cell(understand, "三次产业结构", "12.6:37.8:49.6") == [("三次产业结构", "level", None, None, "eq", "12.6:37.8:49.6")]


def test_a_plan_table_between_tabs_with_group_rows(understand):
    lines = [
        "序号\t指标名称\t单位\t2025年实际\t2030年目标\t年均增长\t属性",
        "一、经济发展",
        "1\t地区生产总值\t亿元\t558.2\t745\t6%\t预期性",
        "2\t规上工业增加值增长率\t%\t6.7\t—\t7%\t预期性",
        "二、民生福祉",
        "3\t每千人口拥有执业（助理）医师数\t人\t2.1\t2.8\t【0.7】\t预期性",
        "4\t单位GDP能耗降低\t%\t2.6\t—\t【14】\t约束性",
        "5\t城镇新增就业\t人\t9500\t—\t【45000】\t预期性",
    ]
    reading = understand(plan("", "专栏1 主要指标\n" + "\n".join(lines) + "\n注：【】内为五年累计数。\n"))
    reading.check()
    found = sorted(reading.facts, key=lambda f: f["char_end"])
    assert [(f["indicator"], f["measure"], f["period"], f["year"], f["value"], f["unit"]) for f in found] == [
        ("地区生产总值", "level", "annual", 2025, 558.2, "亿元"),
        ("地区生产总值", "level", "annual", 2030, 745, "亿元"),
        ("地区生产总值", "growth", "average", 2030, 6, "%"),
        ("规上工业增加值", "growth", "annual", 2025, 6.7, "%"),
        ("规上工业增加值", "growth", "average", 2030, 7, "%"),
        ("每千人口拥有执业（助理）医师数", "level", "annual", 2025, 2.1, "人"),
        ("每千人口拥有执业（助理）医师数", "level", "annual", 2030, 2.8, "人"),
        ("每千人口拥有执业（助理）医师数", "change", "cumulative", 2030, 0.7, "人"),
        ("单位地区生产总值能耗", "growth", "annual", 2025, -2.6, "%"),
        ("单位地区生产总值能耗", "growth", "cumulative", 2030, -14, "%"),
        ("城镇新增就业", "level", "annual", 2025, 9500, "人"),
        ("城镇新增就业", "level", "cumulative", 2030, 45000, "人"),
    ]


def test_an_amount_and_its_growth_in_one_cell(understand):
    rows = [("指标", "2024年完成", "2025年目标"), ("固定资产投资", "480亿元，增长12%", "增长10%"), ("进出口总额", "12亿元（-3.1%）", "增长2%")]
    reading = understand(annual(pasted(rows, "\t")))
    reading.check()
    assert [(f[0], f[1], f[3], f[4]) for f in stated(reading)] == [
        ("固定资产投资", "level", 2024, 480),
        ("固定资产投资", "growth", 2024, 12),
        ("固定资产投资", "growth", 2025, 10),
        ("进出口总额", "level", 2024, 12),
        ("进出口总额", "growth", 2024, -3.1),
        ("进出口总额", "growth", 2025, 2),
    ]


def test_a_yearly_average_under_a_year_before_the_plan_costs_that_number_alone(understand):
    """A starred indicator is a yearly average over the plan; the column of the year before it holds none."""
    rows = [("指标", "2025年目标", "2030年目标"), ("地区生产总值*（%）", "6", "7"), ("常住人口（万人）", "100", "110")]
    reading = understand(plan(goals=table(*rows)))
    reading.check()
    assert all(fact["period_start"] <= fact["year"] for fact in reading.facts)
    assert {(fact["year"], fact["value"]) for fact in reading.facts} >= {(2025, 100), (2030, 110)}


def test_two_columns_of_yearly_averages_are_about_the_column_before_each(understand):
    rows = table(("指标名称", "单位", "2020年", "2025年规划目标", "年均增长目标（%）", "2025年完成", "“十四五”年均增长（%）"),
                 ("地区生产总值", "亿元", "736.5", "1200", "7", "1152.8", "6.1"))
    reading = understand(plan("专栏1　“十四五”规划主要指标完成情况\n\n" + rows))
    found = [(f["measure"], f["status"], f["year"], f["period"], f["value"]) for f in reading.facts]
    assert found == [
        ("level", "actual", 2020, "annual", 736.5), ("level", "target", 2025, "annual", 1200), ("growth", "target", 2025, "average", 7),
        ("level", "actual", 2025, "annual", 1152.8), ("growth", "actual", 2025, "average", 6.1),
    ]  # fmt: skip


def test_a_cell_that_says_that_it_is_a_yearly_average(understand):
    rows = table(("指标名称", "单位", "2025年", "2030年目标"), ("规上工业增加值增速", "%", "6.3", "年均8"))
    reading = understand(plan("", "专栏1　“十五五”时期主要指标\n\n" + rows))
    assert [(f["status"], f["year"], f["period"], f["period_start"], f["value"]) for f in reading.facts] == [
        ("actual", 2025, "annual", 2025, 6.3), ("target", 2030, "average", 2026, 8),
    ]  # fmt: skip


@pytest.mark.parametrize("cut", ["\t", "     "])
def test_lower_heads_without_blanks_stand_under_their_own(understand, cut):
    """The plan of the year had growth alone; the result and the next plan have an amount and its growth."""
    rows = [("指标名称", "单位", "2023年计划", "2023年预计完成", "2024年计划"), ("增速(%)", "总量", "增速(%)", "总量", "增速(%)"),
            ("地区生产总值", "亿元", "8", "1025", "6.5", "1100", "7"), ("固定资产投资", "亿元", "12", "680", "8", "748", "10"),
            ("城镇登记失业率", "%", "4以内", "2.1", "—", "3.5以内", "—")]  # fmt: skip
    reading = understand(annual("附表　2024年主要指标计划表\n" + "\n".join(cut.join(row) for row in rows), year=2023))
    assert [f[1:5] for f in stated(reading)] == [
        ("growth", "target", 2023, 8), ("level", "actual", 2023, 1025), ("growth", "actual", 2023, 6.5),
        ("level", "target", 2024, 1100), ("growth", "target", 2024, 7),
        ("growth", "target", 2023, 12), ("level", "actual", 2023, 680), ("growth", "actual", 2023, 8),
        ("level", "target", 2024, 748), ("growth", "target", 2024, 10),
        ("level", "target", 2023, 4), ("level", "actual", 2023, 2.1), ("level", "target", 2024, 3.5),
    ]  # fmt: skip


def test_lower_heads_that_can_be_dealt_in_two_ways_are_not(understand):
    """增速 with either of two heads: no number is read under a head that may not be its own."""
    rows = [("指标名称", "2022年完成", "2023年完成", "2024年计划"), ("总量", "增速", "总量", "增速"),
            ("地区生产总值（亿元）", "950", "6", "1025", "7")]
    reading = understand(annual("附表　主要指标表\n" + "\n".join("\t".join(row) for row in rows), year=2023))
    assert not stated(reading)


@pytest.mark.parametrize("total", ["（3）", "(3)", "[3]", "〔3〕", "【3】"])
def test_any_bracket_is_the_sign_of_a_total_in_a_plan(understand, total):
    """Under a head of yearly rates: three points more in five years, not a growth of 3 % a year; nor is it the rate itself."""
    for head in ("年均增长（累计）", "年均/累计"):
        rows = [("指标", "单位", "2025年", "2030年", head, "属性"), ("地区生产总值", "亿元", "1968", "2600", "5.5", "预期性"),
                ("常住人口城镇化率", "%", "70", "73", total, "预期性")]
        found = stated(understand(plan("", "表1　主要指标\n\n" + table(*rows))))
        assert found[-1][1:6] == ("change", "target", 2030, 3, "百分点")
        assert found[2][1:6] == ("growth", "target", 2030, 5.5, "%")


def test_groups_in_a_table_set_with_blanks(understand):
    """（一）经济发展 over its rows looks like a heading of the text; the heading behind the table is one."""
    for blanks in (" ", "    "):
        rows = [("指标", "单位", "2025年", "2030年", "年均增长", "属性"), ("（一）经济发展",), ("地区生产总值", "亿元", "1968", "2600", "5.5%以上", "预期性"),
                ("（二）民生福祉",), ("城镇调查失业率", "%", "4.6", "＜5", "—", "预期性"), ("第三章", "重点任务")]  # fmt: skip
        goals = "表1　主要指标\n" + "\n".join(blanks.join(row) for row in rows) + "\n粮食播种面积稳定在16万亩。"
        reading = understand(plan("", goals))
        assert [f[:5] for f in stated(reading)] == [
            ("地区生产总值", "level", "actual", 2025, 1968), ("地区生产总值", "level", "target", 2030, 2600),
            ("地区生产总值", "growth", "target", 2030, 5.5),
            ("城镇调查失业率", "level", "actual", 2025, 4.6), ("城镇调查失业率", "level", "target", 2030, 5),
        ]  # fmt: skip
        assert not [f for f in reading.findings if f["kind"] == "not_understood"]


def test_faster_than_another_growth_is_one_of_growth(understand):
    assert cell(understand, "城镇居民人均可支配收入", "快于GDP增速", TARGET) == [("城镇常住居民人均可支配收入", "growth", None, None, "eq", "快于GDP增速")]
