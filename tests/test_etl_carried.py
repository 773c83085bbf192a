"""What goes on from one clause to the next: the year, a part of a year, a fall, what was new; and goals beside results."""

from __future__ import annotations

import pytest

from etl import resolve
from tests.conftest import annual

GDP, INDUSTRY, FIRMS, HITECH = "地区生产总值", "规上工业增加值", "规上工业企业", "高新技术企业"
JOBLESS, ENERGY = "城镇登记失业率", "单位地区生产总值能耗"


def read(understand, sentence: str, goals: str = "") -> list[tuple]:
    """(indicator, measure, status, years, value, comparator) of each fact, in order; years as 2024, or 2022-2024 for a span."""
    reading = understand(annual(sentence, goals) if goals else annual(sentence))
    reading.check()
    found = sorted((f for f in reading.facts if f["origin"] != "derived"), key=lambda f: f["char_end"])
    return [
        (
            f["indicator"],
            f["measure"],
            f["status"],
            f["year"] if f["period"] == "annual" else f"{f['period_start']}-{f['year']}",
            f["value"],
            f["comparator"],
        )
        for f in found
    ]


def prefer(reading) -> None:
    for fact in reading.facts:
        fact["_order"] = (2025, "report")
    resolve.prefer(reading.facts)


def reasons(understand, sentence: str) -> dict[str, str]:
    """Number as it is written -> why it is no fact."""
    return {n["text"]: n["reason"] for n in understand(annual(sentence)).numbers if n["reason"]}


GOALS = [
    (
        "到2028年，地区生产总值达到460亿元；规上工业企业达到120家；常住人口城镇化率达到68%。",
        [(GDP, "level", "target", 2028, 460, "eq"), (FIRMS, "level", "target", 2028, 120, "eq"), ("常住人口城镇化率", "level", "target", 2028, 68, "eq")],
    ),
    (
        "到2028年，地区生产总值达到460亿元；今年，规上工业企业达到98家。",
        [(GDP, "level", "target", 2028, 460, "eq"), (FIRMS, "level", "target", 2025, 98, "eq")],
    ),
    ("单位GDP能耗下降2.2%左右，力争2.6%。", [(ENERGY, "growth", "target", 2025, -2.2, "approx"), (ENERGY, "growth", "target", 2025, -2.6, "eq")]),
    ("“十四五”期末，常住人口城镇化率达到64%。", [("常住人口城镇化率", "level", "target", 2025, 64, "eq")]),
    ("新增规上工业企业16家以上，到2027年达到140家。", [("新增规上工业企业", "level", "target", 2025, 16, "ge"), (FIRMS, "level", "target", 2027, 140, "eq")]),
    ("新增规上工业企业10家，力争突破70家。", [("新增规上工业企业", "level", "target", 2025, 10, "eq"), (FIRMS, "level", "target", 2025, 70, "gt")]),
    ("学前三年毛入园率达到93%。", [("学前三年毛入园率", "level", "target", 2025, 93, "eq")]),
]


@pytest.mark.parametrize("sentence, expected", GOALS)
def test_goals(understand, sentence, expected):
    assert read(understand, "地区生产总值增长4.2%。", sentence)[1:] == expected


def test_the_goal_counts_and_not_the_higher_one_that_is_striven_for(understand):
    reading = understand(annual("地区生产总值增长4.2%。", "地区生产总值增长5.5%以上、力争6%；规上工业增加值增长7%，奋斗目标8%。"))
    prefer(reading)
    goals = {f["value"]: (f["preferred"], f["note"]) for f in reading.facts if f["status"] == "target"}
    assert [goals[value][0] for value in (5.5, 6, 7, 8)] == [True, False, True, False]
    assert goals[6][1] == goals[8][1] and "更高" in goals[6][1] and goals[5.5][1] is None
    assert not [f for f in reading.findings if f["kind"] == "contradiction"]
    alone = understand(annual("地区生产总值增长4.2%。", "力争地区生产总值增长6%。"))
    prefer(alone)
    assert [(f["preferred"], f["note"]) for f in alone.facts if f["status"] == "target"] == [(True, None)]


RESULTS = [
    # a part of the year lasts until the whole year is named
    ("前三季度，地区生产总值280亿元，增长4.1%；规上工业增加值增长6.3%，预计全年增长7%；工业投资增长9%。", [(INDUSTRY, "growth", "actual", 2024, 7, "eq")]),
    ("1—10月，地区生产总值280亿元，增长4.1%。其中，第一产业增加值增长3%，第二产业增加值增长5%。", []),
    ("上半年，地区生产总值增长4.1%。分产业看，第一产业增加值增长3%。全年地区生产总值增长4.6%。", [(GDP, "growth", "actual", 2024, 4.6, "eq")]),
    ("税收收入21亿元，其中12月当月完成1.9亿元，增长8%。", [("税收收入", "level", "actual", 2024, 21, "eq")]),
    ("规上工业增加值增速由一季度的2.1%回升至全年的5.4%。", [(INDUSTRY, "growth", "actual", 2024, 5.4, "eq")]),
    # growth behind a share is that of the amount
    (
        "民营经济增加值190亿元，占地区生产总值的比重为58.2%，增长6.6%。",
        [
            ("民营经济增加值", "level", "actual", 2024, 190, "eq"),
            ("民营经济增加值占地区生产总值比重", "level", "actual", 2024, 58.2, "eq"),
            ("民营经济增加值", "growth", "actual", 2024, 6.6, "eq"),
        ],
    ),
    (
        "税收收入21亿元，占一般公共预算收入的61.5%，增长2.3%。",
        [
            ("税收收入", "level", "actual", 2024, 21, "eq"),
            ("税收收入占一般公共预算收入比重", "level", "actual", 2024, 61.5, "eq"),
            ("税收收入", "growth", "actual", 2024, 2.3, "eq"),
        ],
    ),
    # how many are new, and how many there are
    ("高新技术企业新增24家，达到206家。", [("新增高新技术企业", "level", "actual", 2024, 24, "eq"), (HITECH, "level", "actual", 2024, 206, "eq")]),
    ("高新技术企业新增24家，总数达206家。", [("新增高新技术企业", "level", "actual", 2024, 24, "eq"), (HITECH, "level", "actual", 2024, 206, "eq")]),
    (
        "风电装机新增12万千瓦，累计达到48万千瓦，占电力总装机的21%。",
        [
            ("新增风电装机", "level", "actual", 2024, 12, "eq"),
            ("风电装机", "level", "actual", 2024, 48, "eq"),
            ("风电装机占电力总装机比重", "level", "actual", 2024, 21, "eq"),
        ],
    ),
    # what has grown since a year that is named
    (
        "人均GDP由2020年的5.1万元提高到2024年的6.6万元，增幅29.4%，年均增长6.6%。",
        [
            ("人均地区生产总值", "level", "actual", 2020, 51000, "eq"),
            ("人均地区生产总值", "level", "actual", 2024, 66000, "eq"),
            ("人均地区生产总值", "growth", "actual", "2021-2024", 29.4, "eq"),
            ("人均地区生产总值", "growth", "actual", "2021-2024", 6.6, "eq"),
        ],
    ),
    ("“十四五”前三年，地区生产总值年均增长5.2%。", [(GDP, "growth", "actual", "2021-2023", 5.2, "eq")]),
    ("单位GDP能耗“十四五”累计下降11.3%。", [(ENERGY, "growth", "actual", "2021-2024", -11.3, "eq")]),
    # sums over several years
    (
        "近三年累计改造老旧小区96个，新增市场主体2.1万户，规上工业企业达到88家。",
        [
            ("改造老旧小区", "level", "actual", "2022-2024", 96, "eq"),
            ("新增经营主体", "level", "actual", "2022-2024", 21000, "eq"),
            (FIRMS, "level", "actual", 2024, 88, "eq"),
        ],
    ),
    # a result and the goal beside it
    ("城镇登记失业率2.9%，低于4.5%的控制目标。", [(JOBLESS, "level", "actual", 2024, 2.9, "eq"), (JOBLESS, "level", "target", 2024, 4.5, "le")]),
    ("城镇登记失业率2.9%，控制在4.5%的目标以内。", [(JOBLESS, "level", "actual", 2024, 2.9, "eq"), (JOBLESS, "level", "target", 2024, 4.5, "le")]),
    ("城镇登记失业率2.9%，低于4.5%。", [(JOBLESS, "level", "actual", 2024, 2.9, "eq")]),
    ("居民消费价格上涨0.4%，低于3%的年度调控目标。", [("居民消费价格指数", "growth", "actual", 2024, 0.4, "eq"), ("居民消费价格指数", "growth", "target", 2024, 3, "eq")]),
    ("地区生产总值增长6.2%，高于6%的预期目标。", [(GDP, "growth", "actual", 2024, 6.2, "eq"), (GDP, "growth", "target", 2024, 6, "eq")]),
    ("累计建成高标准农田41万亩。", [("高标准农田", "level", "actual", 2024, 41, "eq")]),
    ("全年累计建成高标准农田3万亩。", [("改造提升高标准农田", "level", "actual", 2024, 3, "eq")]),
    (
        "发生安全事故12起、死亡7人，同比减少3起、2人。",
        [
            ("发生安全事故", "level", "actual", 2024, 12, "eq"),
            ("安全事故死亡人数", "level", "actual", 2024, 7, "eq"),
            ("发生安全事故", "change", "actual", 2024, -3, "eq"),
            ("安全事故死亡人数", "change", "actual", 2024, -2, "eq"),
        ],
    ),
    (
        "开工亿元以上项目37个、5000万元至1亿元项目26个，同比分别增加6个和4个。",
        [
            ("开工亿元以上项目", "level", "actual", 2024, 37, "eq"),
            ("开工5000万元至1亿元项目", "level", "actual", 2024, 26, "eq"),
            ("开工亿元以上项目", "change", "actual", 2024, 6, "eq"),
            ("开工5000万元至1亿元项目", "change", "actual", 2024, 4, "eq"),
        ],
    ),
    ("改造老旧小区58个、面积131万平方米。", [("改造老旧小区", "level", "actual", 2024, 58, "eq"), ("改造老旧小区面积", "level", "actual", 2024, 131, "eq")]),
    ("接待游客增长12%、旅游花费增长14%。", [("接待游客", "growth", "actual", 2024, 12, "eq"), ("旅游花费", "growth", "actual", 2024, 14, "eq")]),
    ("具备条件的自然村通硬化路率100%。", [("具备条件的自然村通硬化路率", "level", "actual", 2024, 100, "eq")]),
    (
        "城乡居民收入比2.14:1，比上年缩小0.05。",
        [("城乡居民人均可支配收入比", "level", "actual", 2024, 2.14, "eq"), ("城乡居民人均可支配收入比", "change", "actual", 2024, -0.05, "eq")],
    ),
    ("城镇新增就业1.1万人，完成区人代会批准增长4%以上目标。", [("城镇新增就业", "level", "actual", 2024, 11000, "eq"), ("城镇新增就业", "growth", "target", 2024, 4, "ge")]),
    ("固定资产投资增长11%，完成区人代会批准增长8%目标。", [("固定资产投资", "growth", "actual", 2024, 11, "eq"), ("固定资产投资", "growth", "target", 2024, 8, "eq")]),
    (
        "城乡居民养老保险参保率、医疗保险参保率分别为97.1%、96.2%。",
        [("城乡居民养老保险参保率", "level", "actual", 2024, 97.1, "eq"), ("基本医疗保险参保率", "level", "actual", 2024, 96.2, "eq")],
    ),
    ("五年来累计投入扶贫资金31亿元，实施项目412个。", [("投入扶贫资金", "level", "actual", "2020-2024", 31, "eq"), ("扶贫资金实施项目", "level", "actual", "2020-2024", 412, "eq")]),
    ("人均地区生产总值连跨两个千元台阶，达到6.1万元。", [("人均地区生产总值", "level", "actual", 2024, 61000, "eq")]),
    ("全区常住人口由“七普”时的98万人减少到95万人。", [("常住人口", "level", "actual", 2024, 95, "eq")]),
    ("乙医院新院区主体封顶，全区每千人床位数6.1张。", [("每千人口医疗卫生机构床位数", "level", "actual", 2024, 6.1, "eq")]),
    ("村集体经济收入超30万元的村占比达到52%。", [("村集体经济收入超30万元的村占比", "level", "actual", 2024, 52, "eq")]),
    ("建筑业总产值61亿元，增速由负转正，达到3.3%。", [("建筑业总产值", "level", "actual", 2024, 61, "eq"), ("建筑业总产值", "growth", "actual", 2024, 3.3, "eq")]),
    # where an attribute belongs is not always said
    ("城镇调查失业率、居民消费价格涨幅分别为5.1%和0.3%。", [("城镇调查失业率", "level", "actual", 2024, 5.1, "eq"), ("居民消费价格指数", "growth", "actual", 2024, 0.3, "eq")]),
    ("PM2.5均值降至31微克/立方米，新增造林4.2万亩。", [("PM2.5年均浓度", "level", "actual", 2024, 31, "eq"), ("新增造林", "level", "actual", 2024, 4.2, "eq")]),
    ("新增公交线路11条、新能源公交车占比86%。", [("新增公交线路", "level", "actual", 2024, 11, "eq"), ("新能源公交车占比", "level", "actual", 2024, 86, "eq")]),
    ("支持甲铝业、乙材料等企业实施技改项目19个，新增高新技术企业6家。", [("新增高新技术企业", "level", "actual", 2024, 6, "eq")]),
    ("全区共有规上工业企业72户，企业尚有31家未达标。", [(FIRMS, "level", "actual", 2024, 72, "eq"), ("企业未达标", "level", "actual", 2024, 31, "eq")]),
    ("农田灌溉水有效利用系数提高至0.561。", [("农田灌溉水有效利用系数", "level", "actual", 2024, 0.561, "eq")]),
    ("“十三五”末，地区生产总值是“十二五”末的1.8倍，人均GDP突破5万元。", [("人均地区生产总值", "level", "actual", 2020, 50000, "gt")]),
    # names that are shared, and one that was not known
    (
        "城乡常住居民人均可支配收入分别增长4%和6%，分别达41200元和19800元。",
        [
            ("城镇常住居民人均可支配收入", "growth", "actual", 2024, 4, "eq"),
            ("农村常住居民人均可支配收入", "growth", "actual", 2024, 6, "eq"),
            ("城镇常住居民人均可支配收入", "level", "actual", 2024, 41200, "eq"),
            ("农村常住居民人均可支配收入", "level", "actual", 2024, 19800, "eq"),
        ],
    ),
    (
        "工业投资、民间投资分别增长9%、4%，占比分别为41%、52%。",
        [
            ("工业投资", "growth", "actual", 2024, 9, "eq"),
            ("民间投资", "growth", "actual", 2024, 4, "eq"),
            ("工业投资占比", "level", "actual", 2024, 41, "eq"),
            ("民间投资占比", "level", "actual", 2024, 52, "eq"),
        ],
    ),
    ("亿元GDP死亡率0.005，比上年下降21%。", [("亿元GDP死亡率", "growth", "actual", 2024, -21, "eq")]),
    ("贫困发生率由2019年的1.1%下降为0。", [("贫困发生率", "level", "actual", 2019, 1.1, "eq"), ("贫困发生率", "level", "actual", 2024, 0, "eq")]),
    ("引进超10亿元重大项目7个。", [("引进超10亿元重大项目", "level", "actual", 2024, 7, "eq")]),
    ("重污染天数减少4天。", [("重污染天数", "change", "actual", 2024, -4, "eq")]),
    ("居民人均预期寿命79.6岁，提高0.3岁。", [("人均预期寿命", "level", "actual", 2024, 79.6, "eq"), ("人均预期寿命", "change", "actual", 2024, 0.3, "eq")]),
    ("新建城区污水处理厂1座，改造老旧小区26个。", [("新建城区污水处理厂", "level", "actual", 2024, 1, "eq"), ("改造老旧小区", "level", "actual", 2024, 26, "eq")]),
    ("硬化村组道路64公里，新增变电容量40万千伏安。", [("硬化村组道路", "level", "actual", 2024, 64, "eq"), ("新增变电容量", "level", "actual", 2024, 40, "eq")]),
]  # fmt: skip


SHARES_AND_STOCKS = [
    ("第三产业增加值占比较上年提高1.2个百分点。", ("第三产业增加值占比", "change", "actual", 2024, 1.2, "eq")),
    ("高标准农田累计建成面积达到36.8万亩。", ("高标准农田累计建成面积", "level", "actual", 2024, 36.8, "eq")),
    ("累计培育省级专精特新中小企业28家。", ("专精特新企业", "level", "actual", 2024, 28, "eq")),
    ("累计认定高新技术企业56家。", (HITECH, "level", "actual", 2024, 56, "eq")),
    ("全年累计培育高新技术企业12家。", ("新增高新技术企业", "level", "actual", 2024, 12, "eq")),
    ("新开工保障性租赁住房860套，基本建成安置房1200套。", ("基本建成安置房", "level", "actual", 2024, 1200, "eq")),
]


@pytest.mark.parametrize("sentence, fact", SHARES_AND_STOCKS)
def test_shares_what_there_is_and_what_is_new(understand, sentence, fact):
    assert read(understand, sentence)[-1] == fact


@pytest.mark.parametrize("sentence, number", [
    ("累计培育省级专精特新中小企业28家，其中国家级“小巨人”企业2家，今年新增9家。", "9"),
    ("招商引资签约项目48个，签约金额156.8亿元，其中亿元以上项目22个，到位资金68.5亿元。", "68.5"),
])
def test_behind_a_part_it_is_not_said_of_which(understand, sentence, number):
    assert reasons(understand, sentence)[number] == "unclassified"


OF_PROJECTS = [
    ("引进京津项目25个，到位资金38亿元。", "引进京津项目到位资金", 38),
    ("申报中央预算内投资项目31个，到位资金1.9亿元。", "申报中央预算内投资项目到位资金", 1.9),
    ("招商引资签约项目68个，到位资金96亿元。", "招商引资到位资金", 96),
    ("新签约项目68个，协议资金210亿元，到位资金96亿元。", "招商引资到位资金", 96),
]


@pytest.mark.parametrize("sentence, name, value", OF_PROJECTS)
def test_funds_of_some_projects_are_not_all_that_was_drawn(understand, sentence, name, value):
    assert (name, "level", "actual", 2024, value, "eq") in read(understand, sentence)


PRICES = [
    ("地区生产总值现价增长7.2%，按不变价计算增长6.1%。", {7.2: (False, "现价"), 6.1: (True, "不变价")}),
    ("社会消费品零售总额名义增长5.2%，扣除价格因素增长4.6%。", {5.2: (True, "名义"), 4.6: (False, "扣除价格因素")}),
    ("城镇居民人均可支配收入实际增长4.6%，名义增长5.2%。", {4.6: (False, "实际增长"), 5.2: (True, "名义")}),
    ("城镇居民人均可支配收入实际增长4.6%。", {4.6: (True, "实际增长")}),  # the only one there is
]


@pytest.mark.parametrize("sentence, expected", PRICES)
def test_growth_at_the_prices_of_the_indicator_comes_first(understand, sentence, expected):
    reading = understand(annual(sentence))
    prefer(reading)
    found = [f for f in reading.facts if f["measure"] == "growth" and f["origin"] == "prose"]
    assert {f["value"]: (f["preferred"], f["qualifier"]) for f in found} == expected
    assert len({f["indicator"] for f in found}) == 1
    assert all(bool(f["note"]) is not f["preferred"] for f in found) or len(found) == 1


@pytest.mark.parametrize("sentence, expected", RESULTS)
def test_results(understand, sentence, expected):
    assert read(understand, sentence) == expected


def test_an_amount_behind_a_part_of_the_projects_is_of_neither_for_sure(understand):
    assert reasons(understand, "亿元以上项目96个，其中10亿元以上12个，完成投资41亿元。")["41"] == "unclassified"


def test_no_deaths_is_no_per_cent(understand):
    assert reasons(understand, "孕产妇死亡率为0。")["0"] == "unit_missing"


def test_growth_behind_a_share_alone_is_nobodys(understand):
    assert reasons(understand, "工业增加值占GDP比重达36.1%，较上年提高0.6个百分点，增长7.2%。")["7.2"] == "unclassified"


@pytest.mark.parametrize("sentence, number, reason", [
    ("第二实验小学建成招生，新增学位1620个。", "1620", "project"),
    ("白云水库扩容工程总投资5.6亿元，新增库容900万立方米。", "900", "project"),
    ("南山风电站开工建设，总装机20万千瓦。", "20", "project"),
    ("西山铁路綦江段建成通车，通车里程31公里。", "31", "project"),
    ("滨河国际学校二期新增学位1100个。", "1100", "project"),
    ("綦江一中本科上线率达97.5%。", "97.5", "organisation"),
    ("甲光电、乙光电等6家龙头企业实现产值61亿元。", "61", "organisation"),
    ("临港产业示范区新签约项目18个。", "18", "sub_area"),
    ("从成都看，到2027年全市经济总量将达到2万亿元。", "2", "higher_level"),
    ("单位GDP能耗是成都平均水平的1.7倍。", "1.7", "comparison"),
    ("一般公共预算收入计划增长8%，实际增长7.1%，低0.9个百分点。", "0.9", "comparison"),
    ("主要产业产能恢复到正常年份的85%。", "85", "comparison"),
    ("村集体经营性收入50万元以上的村实现全覆盖。", "50", "definition"),
    ("综合竞争力由2021年的96位升至第81位。", "96", "rank"),
    ("外运蔬菜平均每日超过320吨。", "320", "partial_year"),
    ("实施重点项目95个，46个项目建成投产，年度完成投资61亿元。", "61", "unclassified"),
    ("脱贫人口人均纯收入增长8%；村集体经济收入全部超过15万元，其中40万元以上的达到55%。", "55", "unclassified"),
    ("年收入5万元以下的村集体全部清零。", "5", "definition"),
    ("带动4200户1.1万人增收。", "1.1", "unclassified"),
    ("完成市下达任务10亿元的126%。", "10", "base_value"),
    ("工业投资下降6.1%，拖累投资增速2.3个百分点。", "2.3", "comparison"),
    ("枸杞种植面积2.4万亩，出口额0.61亿元。", "0.61", "unclassified"),
    ("重点项目102个，其中产业类46个、基础设施类31个，年度计划投资50亿元。", "50", "unclassified"),
    ("电子、汽车两大产业产值分别增长6%、4%，合计占规上工业总产值的62%。", "62", "unclassified"),
    ("剔除上述企业后，规上工业增加值增长6.4%。", "6.4", "unclassified"),
    ("死亡人数较前三年平均下降38%。", "38", "comparison"),
    ("与年初目标相比，固定资产投资、外贸出口增速分别低2.2和1.6个百分点。", "2.2", "comparison"),
    ("高新技术企业、规上工业企业分别差计划目标3个、6个。", "3", "comparison"),
    ("完成市下达指标的126%。", "126", "completion_ratio"),
    ("每个镇至少建成1所公办幼儿园。", "1", "definition"),
    ("綦江钢铁粗钢产量完成82万吨。", "82", "organisation"),
    ("恒远科技实现产值41亿元。", "41", "organisation"),
    ("东溪示范区（试验区）生产总值增长5.3%。", "5.3", "sub_area"),
])  # fmt: skip
def test_what_is_no_figure_of_the_place(understand, sentence, number, reason):
    assert reasons(understand, sentence)[number] == reason


@pytest.mark.parametrize("sentence, value", [
    ("一批学校建成投用，新增学位3200个。", 3200), ("加强教育设施建设，新增学位4100个。", 4100), ("城市路网不断完善，新增通车里程54公里。", 54),
])  # fmt: skip
def test_what_many_have_brought_is_a_figure(understand, sentence, value):
    assert [fact[4] for fact in read(understand, sentence)] == [value]


def test_key_projects_among_the_results_are_results(understand):
    text = annual("（一）总体情况\n\n地区生产总值增长4.2%。", "地区生产总值增长5%。").replace(
        "（一）总体情况", "总体情况").replace("二、2025年", "二、重点项目与改革\n\n实施重点工程48个。\n\n三、2025年")
    facts = {f["indicator"]: (f["status"], f["year"]) for f in understand(text).facts if f["measure"] == "level"}
    assert facts == {"实施重点工程": ("actual", 2024)}


def test_chances_and_challenges_of_a_plan_tell_how_things_are(understand):
    text = (
        "綦江区国民经济和社会发展第十五个五年规划纲要（2026—2030年）\n\n第一章 发展基础\n\n第二节 面临的机遇与挑战\n\n"
        "高新技术企业只有52家。\n\n第二章 主要目标\n\n高新技术企业达到120家。\n"
    )
    assert [(f["status"], f["year"], f["value"]) for f in understand(text).facts] == [("actual", 2025, 52), ("target", 2030, 120)]


@pytest.mark.parametrize("heading, begins", [("（一）“十三五”主要成效", ""), ("（一）“十三五”主要指标", "“十三五”主要成就：五年来，")])
def test_what_five_years_have_brought(understand, heading, begins):
    title = "綦江区2020年国民经济和社会发展计划执行情况及2021年计划草案的报告\n\n一、2020年计划执行情况\n\n"
    said = f"{title}{heading}\n\n{begins}累计实施扶贫项目640个，改造危房860户；城镇化率由51.2%提高到58.6%。\n\n二、2021年目标\n\n城镇化率达到59%。\n"
    facts = [(f["indicator"], f["period_start"], f["year"], f["value"]) for f in understand(said).facts]
    assert facts[:4] == [
        ("实施扶贫项目", 2016, 2020, 640),
        ("改造危房", 2016, 2020, 860),
        ("常住人口城镇化率", 2015, 2015, 51.2),
        ("常住人口城镇化率", 2020, 2020, 58.6),
    ]


def test_a_goal_by_the_end_of_a_plan_is_an_average_over_its_years(understand):
    text = annual("地区生产总值增长4.2%。", "地区生产总值增长5%。") + "\n三、“十五五”时期主要目标\n\n到2030年，固定资产投资年均增长6%；税收收入年均增长5%。\n"
    spans = [(f["indicator"], f["period_start"], f["year"]) for f in understand(text).facts if f["period"] == "average"]
    assert spans == [("固定资产投资", 2026, 2030), ("税收收入", 2026, 2030)]


def test_what_is_new_is_not_in_contradiction_to_what_there_is(understand):
    found = understand(annual("新建5G基站512个，累计建成1906个。")).findings
    assert not [f for f in found if f["kind"] == "contradiction"]
