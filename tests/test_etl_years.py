"""Whose year a figure has where the sentence does not print one: starts of changes, five years inside a report of one year."""

from __future__ import annotations

import pytest

from tests.conftest import annual, plan
from tests.test_etl_prose import BUDGET, GDP, INVEST, OUTPUT, RATE, RURAL, URBAN, case, facts

INTENSITY = "全社会研发经费投入强度"
PREMIER = "高新技术企业"


# ---------------------------------------------------------------- whose goals they are
@pytest.mark.parametrize(
    "heading",
    ["“十五五”时期主要目标和2025年重点工作", "“十五五”时期发展思路及2025年目标任务", "2025年主要预期目标"],
)
def test_a_heading_without_a_number_dates_what_follows(understand, heading):
    reading = understand(annual(f"地区生产总值增长5.1%。\n\n{heading}\n\n城镇调查失业率5.5%左右。"))
    found = facts(reading)
    assert f"{GDP} growth actual 2024 5.1 %" in found and [f["status"] for f in reading.facts] == ["actual", "target"]
    assert reading.facts[1]["year"] == 2025


def test_the_goals_of_this_year_are_goals_wherever_they_stand(understand):
    said = "今年经济社会发展的主要预期目标是：地区生产总值增长5%左右；城镇调查失业率5.5%以内。"
    reading = understand(annual(f"地区生产总值增长4.1%。{said}一般公共预算收入增长3.2%。"))
    assert [(f["status"], f["year"], f["value"]) for f in reading.facts] == [
        ("actual", 2024, 4.1), ("target", 2025, 5), ("target", 2025, 5.5), ("actual", 2024, 3.2),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["今年以来，地区生产总值增长5%。", "今年，地区生产总值增长5%，好于目标。"])
def test_this_year_alone_sets_no_goal(understand, said):
    assert [f["status"] for f in understand(annual(said)).facts] == ["actual"]


# ---------------------------------------------------------------- steps and base years
def test_steps_that_were_passed_are_counted_but_no_figure(understand):
    reading = understand(annual("地区生产总值连续迈上3个百亿元台阶、达412.5亿元、增长5.7%。"))
    assert facts(reading) == [f"{GDP} level actual 2024 412.5 亿元", f"{GDP} growth actual 2024 5.7 %"]


def test_a_list_compared_with_an_earlier_year_has_no_growth_of_one_year(understand):
    reading = understand(annual("地区生产总值、一般公共预算收入比2021年分别增长16.1%、8.2%。"))
    assert facts(reading) == [f"{GDP} growth actual 2022-2024 cumulative 16.1 %", f"{BUDGET} growth actual 2022-2024 cumulative 8.2 %"]


def test_a_multiple_of_the_plan_is_no_figure(understand):
    assert facts(understand(annual("一般公共预算收入3.1亿元，为年计划的1.2倍。"))) == [f"{BUDGET} level actual 2024 3.1 亿元"]


# ---------------------------------------------------------------- where a change starts
STARTS = [
    case(
        "一年来，常住人口城镇化率由61.2%提高到62.5%。",
        f"{RATE} level actual 2023 61.2 %",
        f"{RATE} level actual 2024 62.5 %",
        name="in a year: the year before it",
    ),
    case(
        "2020年到2024年，常住人口城镇化率从58.1%提升到62.5%。",
        f"{RATE} level actual 2020 58.1 %",
        f"{RATE} level actual 2024 62.5 %",
        name="in a span that says both its ends: the first of them",
    ),
    case(
        "“十四五”以来，高新技术企业由35家增加到52家。",
        f"{PREMIER} level actual 2020 35 家",
        f"{PREMIER} level actual 2024 52 家",
        name="since a plan began: the year before it",
    ),
    # nothing says which year it was
    case("高新技术企业从35家跃升到52家。", f"{PREMIER} level actual 2024 52 家"),
    case(
        "一般公共预算收入由5.1亿元增长到9.6亿元，年均增长13.5%。",
        f"{BUDGET} level actual 2024 9.6 亿元",
        f"{BUDGET} growth actual 2024-2024 average 13.5 %",
        name="what grew by so much a year did not start last year",
    ),
    case("2021年以来，高新技术企业由35家增加到52家。", f"{PREMIER} level actual 2024 52 家"),
    case("规上工业增加值增速由5.2%提升至6.7%。", f"{OUTPUT} growth actual 2024 6.7 %", name="a rate of growth may be compared with any month"),
]


@pytest.mark.parametrize("sentence, expected", STARTS)
def test_the_start_of_a_change_has_a_year(understand, sentence, expected):
    assert facts(understand(annual(sentence))) == expected


@pytest.mark.parametrize("start", ["最初的", "三年前的", "年初的"])
def test_the_start_of_a_change_of_another_time_has_no_year(understand, start):
    reading = understand(annual(f"高新技术企业由{start}35家增加到52家。"))
    assert not [f for f in reading.facts if f["value"] == 35]


def test_the_start_of_a_change_in_a_plan(understand):
    change = "高新技术企业由35家增加到52家。"
    assert facts(understand(plan(change))) == [f"{PREMIER} level actual 2020 35 家", f"{PREMIER} level actual 2025 52 家"]
    goal = "全社会研发经费投入强度由1.8%提高到2.5%。"
    assert facts(understand(plan("", goal))) == [f"{INTENSITY} level actual 2025 1.8 %", f"{INTENSITY} level target 2030 2.5 %"]


def test_what_takes_time_is_no_result_of_the_place(understand):
    reading = understand(annual("企业开办时限由5天压缩到1天，人均养老金由每月1600元提高到1680元。"))
    assert not reading.facts


# ---------------------------------------------------------------- five years inside a report of one year
def two_plans(review: str, goals: str) -> str:
    """A report on the last year of a plan: what it brought, the goals of the next plan, and those of the next year."""
    return annual(review, year=2025).replace(
        "二、2026年", f"二、“十五五”时期主要目标任务\n\n{goals}\n\n三、2026年"
    ) + "地区生产总值增长5%左右。\n"


@pytest.mark.parametrize("sentence, expected", [
    case("地区生产总值年均增长5.2%以上。", f"{GDP} growth target 2026-2030 average 5.2 % ge"),
    case("常住人口城镇化率达到68%左右。", f"{RATE} level target 2030 68 % approx"),
    case("城镇新增就业6万人。", "城镇新增就业 level target 2026-2030 cumulative 60000 人"),
    case("全社会研发经费投入强度由1.8%提高到2.5%。", f"{INTENSITY} level actual 2025 1.8 %", f"{INTENSITY} level target 2030 2.5 %"),
    case("到2027年，高新技术企业突破90家。", f"{PREMIER} level target 2027 90 家 gt", name="a year of its own stays"),
])
def test_goals_of_the_next_plan(understand, sentence, expected):
    assert facts(understand(two_plans("", sentence))) == [*expected, f"{GDP} growth target 2026 5 % approx"]


def test_the_last_year_of_a_plan_has_goals_of_its_own(understand):
    """«“十四五”时期目标» in a report that plans 2025 is about 2025, not about the five years."""
    text = annual("", "城镇新增就业1.2万人。").replace("\n\n城镇", "\n\n（一）圆满完成“十四五”时期目标任务\n\n城镇")
    assert facts(understand(text)) == ["城镇新增就业 level target 2025 12000 人"]


def test_what_five_years_have_brought(understand):
    review = (
        "2025年，地区生产总值增长5.5%。\n\n"
        "五年来，我们克难奋进，各项事业取得新的成就。\n\n"
        "——综合实力跃上新台阶。地区生产总值年均增长6.1%，一般公共预算收入从41亿元增加到52亿元，累计城镇新增就业5.2万人。\n\n"
        "一年来，城乡居民人均可支配收入分别由4.21万元、2.05万元增加到4.4万元、2.2万元，固定资产投资增长4%。"
    )
    assert facts(understand(two_plans(review, ""))) == [
        f"{GDP} growth actual 2025 5.5 %",
        f"{GDP} growth actual 2021-2025 average 6.1 %",
        f"{BUDGET} level actual 2020 41 亿元",
        f"{BUDGET} level actual 2025 52 亿元",
        "城镇新增就业 level actual 2021-2025 cumulative 52000 人",
        f"{URBAN} level actual 2024 42100 元",
        f"{RURAL} level actual 2024 20500 元",
        f"{URBAN} level actual 2025 44000 元",
        f"{RURAL} level actual 2025 22000 元",
        f"{INVEST} growth actual 2025 4 %",
        f"{GDP} growth target 2026 5 % approx",
    ]


def test_a_heading_that_looks_back_over_five_years(understand):
    text = annual(year=2025).replace(
        "一、2025年国民经济和社会发展计划执行情况\n",
        "一、过去五年工作回顾\n\n城镇新增就业5.2万人，地区生产总值年均增长6.1%，高新技术企业由12家增加到52家。\n\n"
        "2025年，地区生产总值增长5.5%，城镇新增就业1.1万人。\n",
    )
    assert facts(understand(text)) == [
        "城镇新增就业 level actual 2021-2025 cumulative 52000 人",
        f"{GDP} growth actual 2021-2025 average 6.1 %",
        f"{PREMIER} level actual 2020 12 家",
        f"{PREMIER} level actual 2025 52 家",
        f"{GDP} growth actual 2025 5.5 %",
        "城镇新增就业 level actual 2025 11000 人",
    ]


@pytest.mark.parametrize("sentence, expected", [
    case("五年新增城镇就业4.2万人。", "城镇新增就业 level actual 2020-2024 cumulative 42000 人"),
    case("粮食产量五年稳定在45万吨以上。", "粮食产量 level actual 2024 45 万吨 ge"),
    case("五年来，高新技术企业突破90家。", f"{PREMIER} level actual 2024 90 家 gt"),
])
def test_five_years_in_a_clause(understand, sentence, expected):
    assert facts(understand(annual(sentence))) == expected


def test_an_amount_before_its_yearly_growth_is_of_the_last_year(understand):
    review = "“十四五”时期，我们攻坚克难。\n\n——实力跃升。财政总收入完成9.1亿元，年均增长7.2%，累计完成交通投资86亿元，年均增长9%。"
    found = {f["value"]: f["period"] for f in understand(annual(review, year=2025)).facts}
    assert found == {9.1: "annual", 7.2: "average", 86: "cumulative", 9: "average"}


def test_the_caption_of_a_chart_of_five_years_dates_nothing(understand):
    review = "地区生产总值558.2亿元。\n\n图1  “十四五”时期固定资产投资完成情况\n\n固定资产投资增长5%，社会消费品零售总额增长6%。"
    assert facts(understand(annual(review)))[1:] == [f"{INVEST} growth actual 2024 5 %", "社会消费品零售总额 growth actual 2024 6 %"]


def test_goals_in_brackets_belong_to_the_year_before_them(understand):
    said = "大会提出到2027年实现“三个突破”（地区生产总值突破1200亿元，规上工业总产值突破2100亿元，一般公共预算收入突破60亿元）的目标。"
    assert [f.split(" ", 1)[1] for f in facts(understand(annual(said)))] == [
        "level target 2027 1200 亿元 gt", "level target 2027 2100 亿元 gt", "level target 2027 60 亿元 gt"]


def test_a_year_of_history_does_not_date_what_is_now(understand):
    reading = understand(annual("1994年撤县设区，现辖8个镇，户籍人口62万人，总面积1380平方公里。"))
    assert [(f["indicator"], f["year"]) for f in reading.facts if "镇" not in f["indicator"]] == [("户籍人口", 2024), ("总面积", 2024)]


def test_the_town_is_not_the_city(understand):
    said = "金华市区公交分担率提高到22.4%。"
    assert understand(annual(said, place="金华市")).reason("22.4") == "sub_area"


# ---------------------------------------------------------------- an evaluation of a plan at half time
def evaluation(said: str, heading: str = "一、总体评价") -> str:
    return (
        "綦江区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要实施情况中期评估报告\n\n"
        f"评估以2020年为基期，以2022年为评估期末。\n\n{heading}\n\n{said}\n"
    )


EVALUATED = [
    case("2021—2022年地区生产总值年均增长6.1%。", f"{GDP} growth actual 2021-2022 average 6.1 %"),
    case("固定资产投资累计完成612亿元，年均增长7.9%。",
         f"{INVEST} level actual 2021-2022 cumulative 612 亿元", f"{INVEST} growth actual 2021-2022 average 7.9 %"),
    case("高新技术企业从75家增至136家。", f"{PREMIER} level actual 2020 75 家", f"{PREMIER} level actual 2022 136 家"),
    case("规上工业企业289家，提前完成280家的规划目标。", "规上工业企业 level actual 2022 289 家", "规上工业企业 level target 2025 280 家"),
    case("一般公共预算收入34.1亿元，完成2025年目标值（40亿元）的85.3%。",
         f"{BUDGET} level actual 2022 34.1 亿元", f"{BUDGET} level target 2025 40 亿元"),
    case("2023年上半年，地区生产总值增长5.8%。"),
]


@pytest.mark.parametrize(("said", "expected"), EVALUATED)
def test_an_evaluation_tells_results_of_the_years_it_looks_at(understand, said, expected):
    assert facts(understand(evaluation(said))) == list(expected)


def test_what_an_evaluation_still_wants_is_a_goal(understand):
    reading = understand(evaluation("森林覆盖率达到43%以上。", "三、下一步目标任务"))
    assert [(f["status"], f["year"], f["value"]) for f in reading.facts] == [("target", 2025, 43)]


# ---------------------------------------------------------------- a value for each year of a list
BY_YEAR = [
    case("2023年、2024年地区生产总值分别增长8.4%、3.8%，固定资产投资分别增长12.6%、下降3.4%。",
         f"{GDP} growth actual 2023 8.4 %", f"{GDP} growth actual 2024 3.8 %",
         f"{INVEST} growth actual 2023 12.6 %", f"{INVEST} growth actual 2024 -3.4 %"),
    case("2023年和2024年一般公共预算收入分别完成32亿元和35亿元。",
         f"{BUDGET} level actual 2023 32 亿元", f"{BUDGET} level actual 2024 35 亿元"),
    # two names and two years: the values are of the names
    case("2023年、2024年农村、城镇居民人均可支配收入分别增长8%、6%。",
         f"{RURAL} growth actual 2024 8 %", f"{URBAN} growth actual 2024 6 %"),
]


@pytest.mark.parametrize(("said", "expected"), BY_YEAR)
def test_years_in_a_list_have_a_value_each(understand, said, expected):
    assert facts(understand(annual(said))) == list(expected)


# ---------------------------------------------------------------- headings, and years in words
def test_headings_counted_in_the_old_way(understand):
    reading = understand(
        "关于綦江区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告\n\n甲　2024年计划执行情况\n\n地区生产总值增长5.1%。\n\n"
        "乙　2025年计划草案\n\n地区生产总值增长6%左右。\n"
    )
    assert [(f["status"], f["year"], f["value"]) for f in reading.facts] == [("actual", 2024, 5.1), ("target", 2025, 6)]


def test_what_follows_the_plan_is_planned(understand):
    reading = understand(annual("地区生产总值增长5.1%。", "地区生产总值增长6%左右。") + "\n三、要事\n\n新建农村公路60公里。\n\n四、需要说明的问题\n\n森林覆盖率53.2%。\n")
    assert [(f["status"], f["year"], f["value"]) for f in reading.facts] == [
        ("actual", 2024, 5.1), ("target", 2025, 6), ("target", 2025, 60), ("actual", 2024, 53.2),
    ]  # fmt: skip


def test_a_year_in_words_is_a_year(understand):
    reading = understand(plan("", "森林覆盖率达到55%。展望二〇三五年，常住人口城镇化率达到75%左右。"))
    assert [(f["status"], f["year"], f["value"]) for f in reading.facts] == [("target", 2030, 55), ("target", 2035, 75)]


def test_a_yearly_average_that_a_named_plan_has_set_is_over_its_years(understand):
    """In a report of one year: the plan runs from 2021 to 2025, though the year before is the last that is told of."""
    reading = understand(annual("", "2025年预期增速目标也是完成“十四五”规划明确的“地区生产总值年均增长6%以上”要求。"))
    (fact,) = [f for f in reading.facts if f["value"] == 6]
    assert (fact["period"], fact["period_start"], fact["year"], fact["status"]) == ("average", 2021, 2025, "target")
