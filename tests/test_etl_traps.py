"""Numbers that stand where a figure of the place could stand and are none, and figures that only look like one of those."""

from __future__ import annotations

import pytest

from tests.conftest import annual
from tests.test_etl_prose import BUDGET, GDP, INVEST, case, facts, trap

TRAPS = [
    # one site, one firm, one fund, one line
    trap("夜郎谷公园接待游客36万人次。", "36", "sub_area"),
    trap("县医院新建门诊楼1.6万平方米。", "1.6", "organisation"),
    trap("某锂电企业年开票销售45亿元，纳税1.2亿元。", "1.2", "organisation"),
    trap("首期规模80亿元的低空经济基金落户。", "80", "project"),
    trap("全长86公里的环湖生态廊道贯通。", "86", "project"),
    trap("华能5亿立方米/年煤制气项目开工建设。", "5", "project"),
    trap("省外15所知名高校来綦办学。", "15", "higher_level"),
    # parts of a province
    trap("苏北地区生产总值增长6.2%。", "6.2", "sub_area"),
    trap("南疆高校在校生达到21万人。", "21", "sub_area", "higher_level"),
    # compared with a year, a goal, the whole country
    trap("接待游客500万人次，恢复至2019年同期的93.4%。", "93.4", "comparison"),
    trap("出口规模突破4亿元，占全国份额从1.4%提升到1.6%。", "1.6", "comparison"),
    # counts of indicators; items that are numbered in words
    trap("营商环境评价6个一级指标达到先进水平。", "6", "structural_count"),
    trap("区人大确定的15件民生实事全部完成。", "15", "structural_count"),
    trap("落实国家“稳经济”50条。", "50", "structural_count"),
    trap("第一产业增加值差2.1亿元。", "2.1", "comparison"),
    trap("规划风光基地，年内建成12万千瓦。", "12", "unclassified", name="a verb alone is no name"),
    # one building site, one plant, one school; what could be, or will be once it is built
    trap("建材城北互通3条匝道建成通车。", "3", "project"),
    trap("海螺水泥三期投资18亿元。", "18", "project"),
    trap("建设抽水蓄能电站，投产后年发电9亿千瓦时。", "9", "project"),
    trap("可开发80万千瓦风电。", "80", "project"),
    trap("日加工生猪能力提高到800吨。", "800", "project"),
    trap("城关二中改扩建1.8万平方米。", "1.8", "organisation"),
    trap("山区五县地区生产总值增长5.1%。", "5.1", "sub_area"),
    # how large a firm has to be, how far from a river, how far from a goal, how many countries; the city above
    trap("规上工业企业达96家，其中产值超20亿元企业7家。", "20", "definition"),
    trap("培育主营收入超百亿级产业集群2个、50亿元产业集群3个。", "50", "definition"),
    trap("綦河1公里范围内养殖场全部关停。", "1", "definition"),
    trap("投资增速距年初9%的目标仍有差距。", "9", "comparison"),
    trap("中欧班列通达98个国家和地区。", "98", "higher_level"),
    trap("重庆全市进出口下降3%。", "3", "higher_level"),
    # counts of products, provinces, clauses, powers; a sample; a road
    trap("白酒、青菜头等30多种产品畅销海外。", "30", "structural_count"),
    trap("发现锶、煤等矿产资源16种。", "16", "structural_count"),
    trap("产品销往21个省份。", "21", "higher_level"),
    trap("11个区县实现通车。", "11", "quantifier"),
    trap("出台人才新政12条。", "12", "structural_count"),
    trap("赋予乡镇管理权限38项。", "38", "structural_count"),
    trap("形成46项制度创新成果。", "46", "structural_count"),
    trap("40家重点企业中有13家产值下降。", "13", "quantifier"),
    trap("省道207项目开工建设。", "207", "name"),
    trap("上述6项指标均比2020年翻番。", "6", "structural_count"),
    trap("江津理工学院在校生1.6万人。", "1.6", "organisation"),
    trap("消除年人均收入5000元以下贫困现象。", "5000", "definition"),
    trap("入选全市“渝见非遗”12条示范线路。", "12", "higher_level"),
    trap("推进4个百亿元、9个十亿元项目建设。", "4", "unclassified", "project", "quantifier"),
]


@pytest.mark.parametrize("sentence, number, reasons", TRAPS)
def test_what_is_no_figure_of_the_place(understand, sentence, number, reasons):
    reading = understand(annual(sentence))
    reading.check()
    assert reading.reason(number) in reasons


@pytest.mark.parametrize("sentence, expected", [
    case(
        "固定资产投资低于年初目标（增长8%）3.1个百分点。",
        f"{INVEST} growth target 2024 8 %",
        name="a goal in brackets is a goal",
    ),
    case(
        "城镇新增就业1.21万人，完成目标任务（1.1万人）的110%。",
        "城镇新增就业 level actual 2024 12100 人",
        "城镇新增就业 level target 2024 11000 人",
    ),
    case(
        "年末金融机构本外币存、贷款余额分别为925亿元和730亿元，较年初分别新增86亿元、93亿元。",
        "金融机构存款余额 level actual 2024 925 亿元",
        "金融机构贷款余额 level actual 2024 730 亿元",
        "金融机构存款余额 change actual 2024 86 亿元",
        "金融机构贷款余额 change actual 2024 93 亿元",
        name="what was gained since the year began",
    ),
    case(
        "地区生产总值连续跨越300亿元、400亿元、500亿元三个百亿级台阶，年均增长6.1%。",
        f"{GDP} growth actual 2024 average 6.1 %".replace("2024 average", "2024-2024 average"),
        name="steps that were passed are no values of a year",
    ),
    case(
        "“十四五”以来，地区生产总值年均增长6.1%，先后跨上400亿元、500亿元台阶。",
        f"{GDP} growth actual 2021-2024 average 6.1 %",
        f"{GDP} level actual 2024 500 亿元 ge",
        name="the last step is where the place stands",
    ),
    case("一般公共预算收入33亿元，税比61.5%。", f"{BUDGET} level actual 2024 33 亿元", "税收收入占一般公共预算收入比重 level actual 2024 61.5 %"),
    case("劳动年龄人口平均受教育年限达10.8年。", "劳动年龄人口平均受教育年限 level actual 2024 10.8 年"),
    case("全年优良空气天数320天以上。", "空气质量优良天数 level actual 2024 320 天 ge"),
])
def test_what_is_one(understand, sentence, expected):
    assert facts(understand(annual(sentence))) == expected


@pytest.mark.parametrize("sentence, expected", [
    ("新增科技型企业100家，其中高新技术企业20家。", [("新增科技型企业", 100), ("新增高新技术企业", 20)]),
    ("新增“四上”企业21户，其中规上工业5户、限上商贸8户。", [("新增“四上”企业", 21), ("新增规上工业", 5), ("新增限上商贸", 8)]),
    ("新增高新技术企业20家，其中科技型企业累计达到315家。", [("新增高新技术企业", 20), ("科技型企业", 315)]),
    ("新入库规上工业企业26家、退库3家。", [("新入库规上工业企业", 26), ("退库规上工业企业", 3)]),
    ("发放稳岗补贴0.3亿元，惠及企业260家、职工4200人。", [("发放稳岗补贴", 0.3), ("发放稳岗补贴惠及企业", 260), ("发放稳岗补贴惠及职工", 4200)]),
    ("实际利用省外资金86亿元、外资2亿美元。", [("实际利用省外资金", 86), ("实际使用外资", 20000)]),
    ("完成营造林2.1万亩、义务植树86万株。", [("营造林", 2.1), ("义务植树", 86)]),
])
def test_parts_of_what_is_new_are_new(understand, sentence, expected):
    assert [(f["indicator"], f["value"]) for f in understand(annual(sentence)).facts] == expected


@pytest.mark.parametrize("sentence, name, value", [
    ("建成全国重点实验室3家。", "全国重点实验室", 3),
    ("对外开放口岸增至7个。", "对外开放口岸", 7),
    ("煤炭年产能稳定在2.6亿吨。", "煤炭年产能", 2.6),
    ("组织促销活动，拉动消费7.4亿元。", "拉动消费", 7.4),
    ("普通高等学校达6所。", "普通高等学校", 6),
    ("乡镇卫生院达标率达到100%。", "乡镇卫生院达标率", 100),
    ("铁路运营里程达312公里。", "铁路运营里程", 312),
    ("向上争取到位资金11.2亿元。", "向上争取到位资金", 11.2),
    ("算力规模突破160EFLOPS。", "算力规模", 160),
    ("经营主体12.3万户、增长6%，其中企业4.1万户。", "经营主体中的企业", 4.1),
])
def test_figures_outside_the_catalogue(understand, sentence, name, value):
    reading = understand(annual(sentence))
    reading.check()
    assert [f["value"] for f in reading.facts if f["indicator"].endswith(name)] == [value]


def test_what_is_not_understood_takes_no_growth_from_the_name_before(understand):
    """The growth of what could not be named is not that of what was named before it."""
    reading = understand(annual(f"{GDP}达到558.2亿元，其中其他12亿元、增长9.9%。"))
    assert not [f for f in reading.facts if f["indicator"] == GDP and f["value"] == 9.9]


def test_growth_in_a_list_is_not_of_names_before_what_was_passed_over(understand):
    reading = understand(annual("新增规上工业企业26家，累计达105家；其中产值超百亿元3家、超50亿元5家，分别比上年增加1家、2家。"))
    assert [(f["indicator"], f["value"]) for f in reading.facts][2:] == [("产值超百亿元", 3), ("产值超50亿元", 5), ("产值超百亿元", 1), ("产值超50亿元", 2)]


@pytest.mark.parametrize("sentence, expected", [
    ("新当选中国工程院院士2名。", [("level", 2)]),
    ("建设丘陵设施农业基地3000亩。", [("level", 3000)]),
    ("建成街道综合养老服务中心6个、社区日间照料中心21个。", [("level", 6), ("level", 21)]),
    ("新增英才系列人才工程专家34人。", [("level", 34)]),
    ("“智改数转”项目实施210个。", [("level", 210)]),
    ("5个“久供未建”项目完成处置。", [("level", 5)]),
    ("1.2万农村贫困人口全部脱贫。", [("level", 1.2)]),
    ("新增水库库容1500万立方米。", [("level", 1500)]),
    ("新改建国省干线86公里。", [("level", 86)]),
    ("疫苗接种62.4万剂次。", [("level", 62.4)]),
    ("涉企检查事项精简21.5%。", [("growth", -21.5)]),
    ("肉蛋奶总产量分别达到8.1万吨、2.3万吨、1.2万吨。", [("level", 8.1), ("level", 2.3), ("level", 1.2)]),
])
def test_words_that_look_like_a_project_or_a_name(understand, sentence, expected):
    reading = understand(annual(sentence))
    reading.check()
    assert [(f["measure"], f["value"]) for f in reading.facts] == expected
