"""What such reports say in set words: net gains, what all the names of a list did, goals reached in per cent, results of others."""

from __future__ import annotations

import pytest

from tests.conftest import annual


def read(understand, sentence: str, **where) -> list[tuple]:
    """(indicator, measure, value, unit) of each fact, in order."""
    reading = understand(annual(sentence, **where))
    reading.check()
    return [(f["indicator"], f["measure"], f["value"], f["unit"]) for f in sorted(reading.facts, key=lambda f: f["char_end"])]


FIRMS, HITECH, PEOPLE = "规上工业企业", "高新技术企业", "常住人口"


@pytest.mark.parametrize("sentence, expected", [
    ("常住人口净增1.3万人。", [(PEOPLE, "change", 1.3, "万人")]),
    ("常住人口净增长1.3万人。", [(PEOPLE, "change", 1.3, "万人")]),
    ("户籍人口净减少0.4万人。", [("户籍人口", "change", -0.4, "万人")]),
    ("净增规上工业企业17家。", [(FIRMS, "change", 17, "家")]),
    ("净增规上工业企业17家，总数达到96家。", [(FIRMS, "change", 17, "家"), (FIRMS, "level", 96, "家")]),
    ("净增高新技术企业12家，增长11%，增加到121家。", [(HITECH, "change", 12, "家"), (HITECH, "growth", 11, "%"), (HITECH, "level", 121, "家")]),
    ("净增规上工业企业17家、高新技术企业26家。", [(FIRMS, "change", 17, "家"), (HITECH, "change", 26, "家")]),
    ("净增“四上”企业52家，其中规上工业企业17家。", [("净增“四上”企业", "level", 52, "家"), (FIRMS, "change", 17, "家")]),
    # the new ones are not the net gain, and the net gain is not the stock
    ("新增规上工业企业24家、净增17家。", [("新增规上工业企业", "level", 24, "家"), (FIRMS, "change", 17, "家")]),
    ("新增高新技术企业24家、净增17家，累计达208家。", [
        ("新增高新技术企业", "level", 24, "家"), (HITECH, "change", 17, "家"), (HITECH, "level", 208, "家")]),
    # what is no stock of the catalogue keeps its words
    ("净增停车位2600个，新增公园4个。", [("净增停车位", "level", 2600, "个"), ("新增公园", "level", 4, "个")]),
])
def test_a_net_gain_is_a_change_of_the_stock(understand, sentence, expected):
    assert read(understand, sentence) == expected


def facts_and_reasons(understand, sentence: str, **where) -> tuple[list[tuple], set[str]]:
    reading = understand(annual(sentence, **where))
    reading.check()
    facts = [(f["indicator"], f["measure"], f["status"], f["value"]) for f in sorted(reading.facts, key=lambda f: f["char_end"])]
    return facts, {n["reason"] for n in reading.numbers if n["reason"]} - {"date", "ordinal"}


@pytest.mark.parametrize("sentence, expected", [
    ("一般公共预算收入31亿元，完成率102.2%，增长4%。", [
        ("一般公共预算收入", "level", 31), ("一般公共预算收入完成率", "level", 102.2), ("一般公共预算收入", "growth", 4)]),
    ("城镇新增就业1.1万人，目标完成率107%。", [("城镇新增就业", "level", 11000), ("城镇新增就业目标完成率", "level", 107)]),
    ("重点项目126个，完成投资88亿元，完成率101%。", [
        ("重点项目", "level", 126), ("重点项目投资", "level", 88), ("重点项目投资完成率", "level", 101)]),
    ("棚户区改造开工320套，开工率100%、完成率97%。", [
        ("棚户区改造开工", "level", 320), ("棚户区改造开工率", "level", 100), ("棚户区改造开工完成率", "level", 97)]),
    ("入河排污口完成整治15个、整治完成率97%。", [("入河排污口完成整治", "level", 15), ("入河排污口整治完成率", "level", 97)]),
    ("“百项千亿”工程完成投资240亿元，年度计划完成率108%。", [
        ("“百项千亿”工程完成投资", "level", 240), ("“百项千亿”工程投资年度计划完成率", "level", 108)]),
])
def test_how_much_of_a_plan_was_done_has_a_name_of_its_own(understand, sentence, expected):
    assert [x[:3] for x in read(understand, sentence)] == expected


@pytest.mark.parametrize("words, number", [
    ("完成年度计划的98%", "98"), ("完成全年目标任务的107.3%", "107.3"), ("达年度目标的98%", "98"), ("占预算106.2%", "106.2"), ("完成年初预算106.2%", "106.2"),
    ("达到预期目标106.2%", "106.2"), ("投资进度达98%", "98"), ("进度为98%", "98"),
])
def test_how_much_of_a_goal_was_reached_is_no_value_of_the_indicator(understand, words, number):
    reading = understand(annual(f"固定资产投资140亿元，{words}，同比增长6%。"))
    reading.check()
    assert reading.reason(number) == "completion_ratio"
    assert [(f["indicator"], f["measure"], f["value"]) for f in reading.facts] == [("固定资产投资", "level", 140), ("固定资产投资", "growth", 6)]


@pytest.mark.parametrize("words", ["超序时进度5个百分点", "超年度计划5个百分点", "快于时间进度5个百分点"])
def test_how_far_ahead_of_a_plan_is_a_comparison(understand, words):
    reading = understand(annual(f"市级重点项目完成投资89亿元，{words}。"))
    assert reading.reason("5") == "comparison" and [f["value"] for f in reading.facts] == [89]


def test_a_goal_that_was_reached_is_still_a_goal(understand):
    assert facts_and_reasons(understand, "地区生产总值增长5.2%，达到预期目标5%。")[0] == [
        ("地区生产总值", "growth", "actual", 5.2), ("地区生产总值", "growth", "target", 5)]


def test_what_was_planned_for_the_year_and_what_was_done(understand):
    facts, _ = facts_and_reasons(understand, "市级重点项目126个，总投资865亿元，年度计划投资136亿元，全年完成145.5亿元，完成率107%。")
    assert facts == [("市级重点项目", "level", "actual", 126), ("市级重点项目总投资", "level", "actual", 865),
                     ("市级重点项目年度计划投资", "level", "target", 136), ("市级重点项目投资", "level", "actual", 145.5),
                     ("市级重点项目投资完成率", "level", "actual", 107)]


@pytest.mark.parametrize("sentence, number", [
    ("重庆地区生产总值增长5.7%。", "5.7"),
    ("江津地区生产总值增长6.2%。", "6.2"),
    ("杭州规上工业增加值增长7%。", "7"),
    ("长三角地区生产总值增长5.3%。", "5.3"),
    ("渝西地区工业投资增长12%。", "12"),
    ("主城都市区地区生产总值增长5.6%。", "5.6"),
    ("今年全市地区生产总值预期目标6%。", "6"),
    ("市里确定的固定资产投资增长目标为4%。", "4"),
    ("国家确定的经济增长目标为5%左右。", "5"),
])
def test_a_figure_of_the_city_or_of_another_place(understand, sentence, number):
    reading = understand(annual(sentence))
    assert reading.reason(number) == "higher_level" and not reading.facts


@pytest.mark.parametrize("sentence, place, expected", [
    ("重庆地区生产总值增长5.7%，綦江增长6.1%。", "重庆市綦江区", 6.1),
    ("全市农村居民人均可支配收入2.3万元，我区为2.4万元。", "重庆市綦江区", 24000),
    ("今年全市地区生产总值预期目标6%，我区拟定为6.5%。", "重庆市綦江区", 6.5),
    ("浙江地区生产总值增长5.5%，全市增长6.1%。", "浙江省绍兴市", 6.1),
    ("绍兴地区生产总值增长6.1%。", "浙江省绍兴市", 6.1),
    ("省下达我市能耗强度下降目标为3%。", "浙江省绍兴市", -3),
])
def test_beside_it_the_figure_of_the_place_itself(understand, sentence, place, expected):
    reading = understand(annual(sentence, place=place))
    assert [(f["value"], bool(f["indicator_id"])) for f in reading.facts] == [(expected, True)]


def test_the_name_of_a_place_may_belong_to_a_name(understand):
    found = {f["indicator"]: f["value"] for f in understand(annual("国家高新技术企业达到86家。重庆英才入选12人。")).facts}
    assert found == {"高新技术企业": 86, "重庆英才入选": 12}


@pytest.mark.parametrize("sentence, number, reason", [
    # one park, port, lake, sight, plant, building site
    ("东港生物城新引进项目18个。", "18", "sub_area"),
    ("陆地港完成集装箱吞吐量31.6万标箱。", "31.6", "sub_area"),
    ("珞璜港完成货物吞吐量1860万吨，增长12%。", "12", "sub_area"),
    ("清水湖水域面积恢复到3.6平方公里。", "3.6", "sub_area"),
    ("古剑山年接待游客超过180万人次。", "180", "sub_area"),
    ("年产手机屏3600万片，实现产值12亿元。", "12", "project"),
    ("装备制造：金川锂电三期（总投资26亿元，年产8GWh）。", "26", "project"),
    ("装备制造：金川锂电三期（总投资26亿元，年产8GWh）。", "8", "project"),
    ("建设恒信智能制造基地（占地260亩）。", "260", "project"),
    ("推进会展中心续建，完成投资3.6亿元。", "3.6", "sub_area"),
    ("粮食产量31万吨，推进抽水蓄能电站建设，完成投资9亿元。", "9", "project"),
    # how long somebody's list is
    ("入选工信部30家智能制造试点名单。", "30", "higher_level"),
    ("入围全国100个典型案例。", "100", "higher_level"),
])
def test_figures_of_a_part_or_of_a_list(understand, sentence, number, reason):
    reading = understand(annual(sentence))
    reading.check()
    assert reading.reason(number) == reason


@pytest.mark.parametrize("sentence, expected", [
    ("全区港口货物吞吐量2160万吨。", [("港口货物吞吐量", 2160)]),
    ("河湖水域面积恢复到13.6平方公里。", [("河湖水域面积", 13.6)]),
    ("全年接待游客1800万人次。", [("接待游客", 1800)]),
    ("夜郎谷公园接待游客36万人次，全区接待游客1200万人次，增长8%。", [("接待游客", 1200), ("接待游客", 8)]),
    ("推进重点项目建设，完成投资199亿元。", [("重点项目投资", 199)]),
    ("加快推进招商引资项目（总投资126亿元）。", [("招商引资项目总投资", 126)]),
    ("实施招商引资“一把手”工程，力争协议引资230亿元。", [("招商引资签约额", 230)]),
    ("建成市级“百村工程”示范村9个。", [("建成市级“百村工程”示范村", 9)]),
    ("葡萄种植面积5.2万亩，年产9.6万吨，增长6%。", [("葡萄种植面积", 5.2), ("葡萄产量", 9.6), ("葡萄产量", 6)]),
    ("4家企业入选中国制造业500强。", [("企业入选中国制造业500强", 4)]),
    ("专精特新“小巨人”入选国家级6家。", [("专精特新“小巨人”入选国家级", 6)]),
])
def test_figures_of_the_whole_place_that_look_like_them(understand, sentence, expected):
    assert [(name, value) for name, _, value, _ in read(understand, sentence)] == expected


AREA, OUTPUT, BUDGET, TAX = "粮食播种面积", "粮食产量", "一般公共预算收入", "税收收入"


def unchanged(understand, sentence: str) -> set[str]:
    """What stayed as it was, as the facts say; none of the other facts says that."""
    found = understand(annual(sentence)).facts
    assert {f["value"] for f in found if f["rule"] == "prose.words_flat"} <= {0}
    return {f["indicator"] for f in found if f["value"] == 0}


@pytest.mark.parametrize("sentence, expected", [
    ("粮食播种面积56.2万亩、粮食产量21.4万吨，均与上年持平。", {AREA, OUTPUT}),
    ("粮食播种面积56.2万亩，总产21.4万吨，均与上年持平。", {AREA, OUTPUT}),
    ("常住人口81万人；小麦产量3.2万吨、玉米产量8.1万吨，均与上年基本持平。", {"小麦产量", "玉米产量"}),
    ("一般公共预算收入31亿元、税收收入19亿元，分别与上年持平。", {BUDGET, TAX}),
    ("一般公共预算收入、税收收入均与上年持平。", {BUDGET, TAX}),
    ("进出口总额、实际使用外资分别与上年持平。", {"进出口总额", "实际使用外资"}),
    ("一般公共预算收入增长3%、支出与上年持平。", {"一般公共预算支出"}),
    ("粮食播种面积56.2万亩，粮食产量21.4万吨，与上年持平。", {OUTPUT}),
    ("火灾事故起数同比持平。", {"火灾事故起数"}),
    # the rate is the same as that of last year: nothing stood still
    ("地区生产总值增长5%，与上年持平。", set()),
    ("地区生产总值增长5%，规上工业增加值增长6%，均与上年持平。", set()),
    # not of the place, or which is which is not said
    ("綦江工业园区产值与上年持平。", set()),
    ("全市进出口总额与上年持平。", set()),
    ("进出口总额、实际使用外资分别与上年持平、增长3%。", set()),
])
def test_what_stayed_as_it_was(understand, sentence, expected):
    assert unchanged(understand, sentence) == expected


@pytest.mark.parametrize("sentence, expected", [
    ("出口总额高于成都市平均水平。", [("出口总额", "growth")]),
    ("一般公共预算收入增幅不低于宜宾平均水平。", [(BUDGET, "growth")]),
    ("3. 城镇居民人均可支配收入增长与经济增长基本同步。", [("城镇常住居民人均可支配收入", "growth")]),
    ("单位地区生产总值能耗和PM2.5浓度完成市级下达任务。", [("单位地区生产总值能耗", "growth"), ("PM2.5年均浓度", "level")]),
    ("节能减排完成宜宾市下达任务。", [("节能减排", "level")]),
    ("实际使用外资保持稳定。", [("实际使用外资", "growth")]),
    ("各项指标完成市级下达任务。就业形势保持稳定。", []),
])
def test_goals_in_words(understand, sentence, expected):
    found = understand(annual("", sentence)).facts
    assert sorted((f["indicator"], f["measure"]) for f in found) == sorted(expected)
    assert all(f["status"] == "target" and f["value"] is None and f["value_text"] for f in found)


@pytest.mark.parametrize("sentence, expected", [
    # a count of projects, and what they did
    ("96个市级重点项目完成投资212亿元，增长8%。", [("市级重点项目", "level", 96), ("市级重点项目投资", "level", 212), ("市级重点项目投资", "growth", 8)]),
    ("3个项目投资完成率达123%。", [("项目投资完成率", "level", 123)]),
    # a goal in brackets beside how much of it was reached
    ("地区生产总值增长6.1%，完成年初目标（6%）的101.7%。", [("地区生产总值", "growth", 6.1), ("地区生产总值", "growth", 6)]),
    ("固定资产投资增长8%，完成年度计划（增长6%）的133%。", [("固定资产投资", "growth", 8), ("固定资产投资", "growth", 6)]),
    # a cut in emissions is an amount of its own; a fall of the total is a change of it
    ("二氧化硫、氮氧化物分别减排210吨、310吨。", [("二氧化硫减排量", "level", 210), ("氮氧化物减排量", "level", 310)]),
    ("二氧化硫排放量减少210吨。", [("二氧化硫排放总量", "change", -210)]),
    # one building site, and a programme
    ("加快城北体育中心续建，完成投资2.8亿元。", []),
    ("加快农村公路建设，完成投资2.8亿元。", [("农村公路投资", "level", 2.8)]),
])
def test_counts_and_amounts_beside_each_other(understand, sentence, expected):
    assert [x[:3] for x in read(understand, sentence)] == expected


@pytest.mark.parametrize("sentence, number, reason", [
    ("投资12亿元实施城市更新项目26个。", "12", "unclassified"),
    ("总投资26亿元的华润电厂开工。", "26", "project"),
    ("綦江至万盛快速路通车里程12公里。", "12", "project"),
])
def test_what_was_invested_in_one_thing(understand, sentence, number, reason):
    assert understand(annual(sentence)).reason(number) == reason


def test_years_of_an_average_are_counted_back_from_its_last(understand):
    found = understand(annual("", "力争到2027年规上工业总产值突破900亿元，三年年均增长11%。")).facts
    assert [(f["measure"], f["period"], f["period_start"], f["year"]) for f in found] == [
        ("level", "annual", 2027, 2027), ("growth", "average", 2025, 2027)]


@pytest.mark.parametrize("sentence, expected", [
    ("建设高标准农田2.2万亩，改造提升1.1万亩。", [2.2]),
    ("旅游接待人次、旅游综合收入分别增长9%、12%。", [9, 12]),
])
def test_names_are_no_bare_verbs_and_visits_are_known(understand, sentence, expected):
    found = understand(annual(sentence)).facts
    assert [f["value"] for f in found] == expected and all(f["indicator_id"] for f in found)


@pytest.mark.parametrize("sentence, expected", [
    ("专精特新企业分别新增市级7家、国家级2家。", [("新增专精特新企业", 7), ("新增国家级专精特新企业", 2)]),
    ("九大产业实现产值460亿元，其中汽摩产业110亿元、铝产业186亿元。", [("九大产业实现产值", 460), ("汽摩产业产值", 110), ("铝产业产值", 186)]),
    ("固定资产投资132亿元，其中工业62亿元、房地产开发26亿元。", [("固定资产投资", 132), ("工业投资", 62), ("房地产开发投资", 26)]),
    ("常住人口89.2万人，净流出0.3万人。", [("常住人口", 89.2), ("常住人口净流出", 0.3)]),
    # what has a name of its own, or is not said of which
    ("争取中央预算内投资2.1亿元、专项债券4.2亿元。", [("中央预算内投资", 2.1), ("专项债券", 4.2)]),
    ("规上工业企业利润、利税分别增长6.2%和与上年持平。", []),
])
def test_parts_take_what_they_share_with_the_whole(understand, sentence, expected):
    assert [(name, value) for name, _, value, _ in read(understand, sentence)] == expected


@pytest.mark.parametrize("sentence, expected", [
    ("税收收入减收1.1亿元。", [("税收收入", "change", -1.1)]),
    ("规上工业增加值1—11月增长5.6%，预计全年增长6.1%。", [("规上工业增加值", "growth", 6.1)]),
    ("商品房销售面积下降7%、销售额下降9%。", [("商品房销售面积", "growth", -7), ("商品房销售额", "growth", -9)]),
    ("建成5G基站860个，每万人拥有11.2个。", [("建成5G基站", "level", 860), ("每万人拥有5G基站", "level", 11.2)]),
])
def test_names_go_on_without_what_was_said_already(understand, sentence, expected):
    assert [x[:3] for x in read(understand, sentence)] == expected


@pytest.mark.parametrize("sentence, numbers", [
    ("万达广场开业，总投资26亿元，建筑面积11万平方米。", ("26", "11")),
    ("开工建设城北体育中心，总建筑面积5.2万平方米。", ("5.2",)),
    ("渝能新材料一期建成投用，总投资6.2亿元。", ("6.2",)),
])
def test_an_amount_of_what_is_not_named_is_no_fact(understand, sentence, numbers):
    reading = understand(annual(sentence))
    assert not reading.facts and {reading.reason(n) for n in numbers} == {"unclassified"}


def test_new_investment_is_not_all_of_it(understand):
    assert [f["value"] for f in understand(annual("工业投资完成33亿元，新增投资11亿元。")).facts] == [33]


@pytest.mark.parametrize("sentence, expected", [
    ("港口吞吐量完成1160万吨，其中珞璜港760万吨。", [("港口吞吐量", "level", 1160)]),
    ("高考上线率97.6%，同比持平。", [("高考上线率", "level", 97.6), ("高考上线率", "change", 0)]),
    ("市外资金到位116亿元，其中工业项目占62%。", [("市外资金到位", "level", 116), ("工业项目占比", "level", 62)]),
])
def test_one_port_and_rates_that_stayed(understand, sentence, expected):
    assert [x[:3] for x in read(understand, sentence)] == expected


@pytest.mark.parametrize("goal, name", [
    ("进出口总额实现正增长。", "进出口总额"), ("外贸进出口促稳提质。", "进出口总额"), ("固定资产投资稳定增长。", "固定资产投资"),
])
def test_a_goal_in_words_is_kept_in_its_words(understand, goal, name):
    (fact,) = understand(annual("", goal)).facts
    assert (fact["indicator"], fact["measure"], fact["status"], fact["value"]) == (name, "growth", "target", None)
    assert fact["value_text"] in goal
    assert understand(annual(goal)).facts == []  # of a result it says nothing


# ---------------------------------------------------------------- brackets, and clauses that turn to something else
@pytest.mark.parametrize("sentence, expected", [
    ("社会消费品零售总额612.4亿元（其中：限额以上单位零售额248.6亿元，增长9.7%），增长8.8%。", [
        ("社会消费品零售总额", "level", 612.4, "亿元"), ("限额以上单位零售额", "level", 248.6, "亿元"),
        ("限额以上单位零售额", "growth", 9.7, "%"), ("社会消费品零售总额", "growth", 8.8, "%")]),
    ("粮食总产量51万吨（玉米40.5万吨、水稻8.5万吨），下降2.9%。", [
        ("粮食产量", "level", 51, "万吨"), ("玉米", "level", 40.5, "万吨"), ("水稻", "level", 8.5, "万吨"), ("粮食产量", "growth", -2.9, "%")]),
    ("新增市场主体15200户（企业2860户、个体工商户12300户），总量突破108000户。", [
        ("新增经营主体", "level", 15200, "户"), ("新增经营主体中的企业", "level", 2860, "户"), ("新增个体工商户", "level", 12300, "户"),
        ("经营主体", "level", 108000, "户")]),
    ("新登记经营主体12600户、期末93700户。", [("新增经营主体", "level", 12600, "户"), ("经营主体", "level", 93700, "户")]),
])
def test_behind_a_bracket_the_sentence_goes_on_with_what_stood_before_it(understand, sentence, expected):
    assert read(understand, sentence) == expected


def test_a_goal_that_was_missed_is_a_goal(understand):
    found, _ = facts_and_reasons(understand, "一是经济增速未达6.5%的年初目标。")
    assert found == [("地区生产总值", "growth", "target", 6.5)]


def test_a_goal_in_a_bracket_is_that_of_the_figure_before_it(understand):
    found, _ = facts_and_reasons(understand, "城镇调查失业率5.3%（控制目标5.5%以内）。")
    assert found == [("城镇调查失业率", "level", "actual", 5.3), ("城镇调查失业率", "level", "target", 5.5)]


@pytest.mark.parametrize("sentence, expected", [
    ("城乡居民收入比2.37∶1；民间投资信心不足，同比下降6.8%。", [("城乡居民人均可支配收入比", "level", 2.37), ("民间投资", "growth", -6.8)]),
    # what the second clause says of another indicator is no word of a fall: whose the rate is is not sure
    ("工业投资增长5%，民间投资的事项仍待研究，同比下降6.8%。", [("工业投资", "growth", 5)]),
    ("全年一般公共预算支出62.7亿元，同比负增长1.8%。", [("一般公共预算支出", "level", 62.7), ("一般公共预算支出", "growth", -1.8)]),
    ("全社会研发经费投入增长14.2%，投入强度达到3.38%。", [("全社会研发经费投入", "growth", 14.2), ("投入强度", "level", 3.38)]),
    ("引进亿元以上项目86个、协议投资742亿元，其中30亿元以上5个。", [
        ("引进亿元以上项目", "level", 86), ("引进亿元以上项目协议投资", "level", 742), ("引进30亿元以上项目", "level", 5)]),
    ("新增城市道路9.7公里、公园绿地2.6万平方米。", [("新增城市道路", "level", 9.7), ("新增公园绿地", "level", 2.6)]),
    ("国家级绿色工厂累计达到11家。", [("国家级绿色工厂", "level", 11)]),
    ("一般公共预算支出61.4亿元中刚性支出占74%。", [("一般公共预算支出", "level", 61.4), ("刚性支出占比", "level", 74)]),
])
def test_a_rate_belongs_to_what_its_clause_speaks_of(understand, sentence, expected):
    assert [x[:3] for x in read(understand, sentence)] == expected


@pytest.mark.parametrize("sentence, expected", [
    ("社会消费品零售总额4月份一度下降11.6%，下半年逐步恢复，全年达到268.5亿元、增长1.4%。", [
        ("社会消费品零售总额", "level", 268.5), ("社会消费品零售总额", "growth", 1.4)]),
    ("一季度地区生产总值下降1.3%，上半年降幅收窄至0.4%，前三季度扭转负增长局面、增长1.8%，全年预计完成624亿元、增长3.5%。", [
        ("地区生产总值", "level", 624), ("地区生产总值", "growth", 3.5)]),
    ("规上服务业营业收入（1—11月）98.7亿元、增长10.3%；接待游客320万人次。", [("接待游客", "level", 320)]),
    ("民间投资下降5.9%；四季度规上工业增速较前三季度回落1.6个百分点；森林覆盖率达25.3%。", [
        ("民间投资", "growth", -5.9), ("森林覆盖率", "level", 25.3)]),
    ("1—11月进出口总额38.4亿元，全年预计42亿元；实际使用外资3100万美元。", [
        ("进出口总额", "level", 42), ("实际使用外资", "level", 3100)]),
    ("1—11月，进出口总额38.4亿元；实际使用外资3100万美元。", []),
])
def test_a_part_of_a_year_ends_where_the_whole_year_begins(understand, sentence, expected):
    assert [x[:3] for x in read(understand, sentence)] == expected


@pytest.mark.parametrize("sentence, number, reason", [
    ("固定资产投资下降8.8%，降幅较上年收窄5.8个百分点。", "5.8", "comparison"),  # the rate rose: a change of -5.8 would be wrong
    ("单位地区生产总值能耗下降5.8%，为五年目标14%的41.4%。", "14", "comparison"),
    ("地区生产总值增长6.1%，低于《纲要》年均8%的目标1.9个百分点。", "8", "comparison"),
    ("人均地区生产总值6.38万元，为成都市平均水平的65.1%。", "65.1", "comparison"),
    ("衔接资金到位12.3亿元，资金支出进度98.7%。", "98.7", "completion_ratio"),
    ("各项指标中，5项滞后于序时进度。", "5", "structural_count"),
    ("县民族中学高考一本上线612人。", "612", "organisation"),
    ("三峡电站单机容量120万千瓦。", "120", "project"),
])
def test_what_is_measured_against_something_else_is_no_figure_of_its_own(understand, sentence, number, reason):
    reading = understand(annual(sentence))
    reading.check()
    assert reading.reason(number) == reason


# ---------------------------------------------------------------- other ways to say it
CHANGES = [
    ("经营主体由23000户扩至47000户。", [("经营主体", "level", 47000)]),
    ("2020年以来，经济总量从2020年的437.5亿元做大到598.2亿元。", [("地区生产总值", "level", 437.5), ("地区生产总值", "level", 598.2)]),
    ("人均地区生产总值由去年的12.6万元升至13.3万元。", [("人均地区生产总值", "level", 126000), ("人均地区生产总值", "level", 133000)]),
    ("房地产开发投资由去年的下降12.4%转为增长0.6%。", [("房地产开发投资", "growth", -12.4), ("房地产开发投资", "growth", 0.6)]),
    ("高新技术企业由43户翻一番以上、达到100户。", [("高新技术企业", "level", 100)]),
    ("PM2.5平均浓度28微克/立方米，同比减4微克/立方米。", [("PM2.5年均浓度", "level", 28), ("PM2.5年均浓度", "change", -4)]),
    ("房地产开发投资28.4亿元、仍降19.5%。", [("房地产开发投资", "level", 28.4), ("房地产开发投资", "growth", -19.5)]),
    ("常住人口城镇化率比上年高0.8个百分点。", [("常住人口城镇化率", "change", 0.8)]),
    ("金融机构存贷款余额768亿元、563亿元，分别比年初多203亿元和48亿元。", [
        ("金融机构存款余额", "level", 768), ("金融机构贷款余额", "level", 563), ("金融机构存款余额", "change", 203), ("金融机构贷款余额", "change", 48)]),
]


@pytest.mark.parametrize("sentence, expected", CHANGES)
def test_a_change_is_read_whatever_its_verb(understand, sentence, expected):
    """The start of a change is no result of the year, unless its own year is told."""
    assert [x[:3] for x in read(understand, sentence)] == expected


RATES = [
    ("快递业务量以22.6%的增速增至2.1亿件。", [("快递业务量", "growth", 22.6), ("快递业务量", "level", 2.1)]),
    ("以5.8%的增速完成社会消费品零售总额250亿元。", [("社会消费品零售总额", "level", 250)]),  # whose the rate is stands behind it
    ("固定资产投资由负转正、实现8%的正增长。", [("固定资产投资", "growth", 8)]),
    ("规上工业增加值增长8.5%，其中制造业11%。", [("规上工业增加值", "growth", 8.5), ("制造业", "growth", 11)]),
    ("进出口总额36.8亿元，年均24.5%。", [("进出口总额", "level", 36.8), ("进出口总额", "growth", 24.5)]),
    ("生产安全事故起数、死亡人数同比下降21.4%、16.7%。", [("生产安全事故起数", "growth", -21.4), ("生产安全事故死亡人数", "growth", -16.7)]),
    ("城、乡居民人均可支配收入分别增长7%和8%。", [
        ("城镇常住居民人均可支配收入", "growth", 7), ("农村常住居民人均可支配收入", "growth", 8)]),
]


@pytest.mark.parametrize("sentence, expected", RATES)
def test_a_rate_is_a_growth_whatever_stands_around_it(understand, sentence, expected):
    assert [x[:3] for x in read(understand, sentence)] == expected


@pytest.mark.parametrize("sentence, number, reason", [
    ("地区生产总值增长6.4%（全市平均5.9%）。", "5.9", "higher_level"),
    ("地区生产总值增长5.9%（全国5.0%、重庆5.1%）。", "5.1", "higher_level"),
    ("固定资产投资下降7.4%，去年+10.5%。", "10.5", "base_value"),
    ("一般公共预算收入与上年基本持平（84.9亿元）。", "84.9", "comparison"),  # of which of the two years is not said
    ("单位地区生产总值能耗未完成市下达的下降3.2%任务。", "3.2", "comparison"),
    ("××高速（县内49公里）开工。", "49", "project"),
    ("农商行实现利润8.3亿元。", "8.3", "organisation"),
    ("规上工业企业净增52家，其中产值超10亿元的29家。", "10", "definition"),
    ("集体经济强村（50万元以上）164个。", "50", "definition"),
    ("经济总量距2000亿元仍有差距。", "2000", "comparison"),
    ("后三年地区生产总值须年均增长9.3%。", "9.3", "comparison"),  # worked out from the goal, stated by nobody as one
    ("24项指标如期实现，15项兑现。", "15", "structural_count"),
])
def test_what_is_set_beside_a_figure_is_no_figure(understand, sentence, number, reason):
    reading = understand(annual(sentence))
    reading.check()
    assert reading.reason(number) == reason


# ---------------------------------------------------------------- goals
@pytest.mark.parametrize("goals, expected", [
    ("1.地区生产总值增长5.5%左右；2.规上工业增加值8.5%；3.固定资产投资5%；4.城镇新增就业7200人以上。", [
        ("地区生产总值", "growth", 5.5), ("规上工业增加值", "growth", 8.5), ("固定资产投资", "growth", 5), ("城镇新增就业", "level", 7200)]),
    ("国家目标5.5%左右，重庆6%左右。建议目标为：地区生产总值7%左右；社会消费品零售总额6%。", [
        ("地区生产总值", "growth", 7), ("社会消费品零售总额", "growth", 6)]),
    ("地区生产总值增长6%左右（市定目标：地区生产总值6.5%、固定资产投资8%），固定资产投资增长5%以上。", [
        ("地区生产总值", "growth", 6), ("固定资产投资", "growth", 5)]),
    ("（1）森林覆盖率达到53%；（2）城乡居民人均可支配收入分别增长5.5%、6.5%。", [
        ("森林覆盖率", "level", 53), ("城镇常住居民人均可支配收入", "growth", 5.5), ("农村常住居民人均可支配收入", "growth", 6.5)]),
])
def test_a_list_of_goals_leaves_its_verbs_out(understand, goals, expected):
    reading = understand(annual("", goals))
    reading.check()
    found = sorted(reading.facts, key=lambda f: f["char_end"])
    assert [(f["indicator"], f["measure"], f["value"]) for f in found] == expected
    assert {f["status"] for f in found} == {"target"}
