"""Small sentences and what a reader of Chinese understands by them.

The expectations come from the language: each case names every figure of a catalogue indicator that the sentence
states about the whole place, in order, and nothing else. ``-`` stands for the comparator eq.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.conftest import annual, plan


def facts(reading, only_catalogue: bool = True) -> list[str]:
    """Facts as short strings: 地区生产总值 growth actual 2024 5.5 %."""
    reading.check()
    out = []
    for f in sorted(reading.facts, key=lambda f: (f["char_end"], f["char_start"])):
        if only_catalogue and not f["indicator_id"]:
            continue
        year = f["year"] if f["period"] == "annual" else f"{f['period_start']}-{f['year']} {f['period']}"
        value = f["value_text"] if f["value"] is None else f"{f['value']:.10g} {f['unit']}"
        comparator = "" if f["comparator"] == "eq" else f" {f['comparator']}"
        out.append(f"{f['indicator']} {f['measure']} {f['status']} {year} {value}{comparator}")
    return out


def case(sentence: str, *expected: str, name: str | None = None):
    return pytest.param(sentence, list(expected), id=name or sentence[:28])


GDP, INVEST, SALES = "地区生产总值", "固定资产投资", "社会消费品零售总额"
OUTPUT, BUDGET, TAX = "规上工业增加值", "一般公共预算收入", "税收收入"
URBAN, RURAL = "城镇常住居民人均可支配收入", "农村常住居民人均可支配收入"
FIRST, SECOND, THIRD = "第一产业增加值", "第二产业增加值", "第三产业增加值"
RATE = "常住人口城镇化率"
WHOLESALE, RETAIL, HOTELS, CATERING = "限上批发业销售额", "限上零售业销售额", "限上住宿业营业额", "限上餐饮业营业额"


# ---------------------------------------------------------------- what the year past brought
REVIEW = [
    # the subject is left out where it stays the same
    case(
        "全年地区生产总值558.2亿元，增长5.5%。",
        f"{GDP} level actual 2024 558.2 亿元",
        f"{GDP} growth actual 2024 5.5 %",
    ),
    case(
        "实现地区生产总值558.2亿元、同比增长5.5%，规上工业增加值增长6.7%。",
        f"{GDP} level actual 2024 558.2 亿元",
        f"{GDP} growth actual 2024 5.5 %",
        f"{OUTPUT} growth actual 2024 6.7 %",
    ),
    case(
        "地区生产总值增长5.5%，规模以上工业增加值增长6.7%，固定资产投资增长15.4%。",
        f"{GDP} growth actual 2024 5.5 %",
        f"{OUTPUT} growth actual 2024 6.7 %",
        f"{INVEST} growth actual 2024 15.4 %",
    ),
    case(
        "固定资产投资完成163.2亿元；增长15.4%。",
        f"{INVEST} level actual 2024 163.2 亿元",
        f"{INVEST} growth actual 2024 15.4 %",
    ),
    case(
        "完成固定资产投资163.2亿元（同比增长15.4%）。",
        f"{INVEST} level actual 2024 163.2 亿元",
        f"{INVEST} growth actual 2024 15.4 %",
    ),
    case("地区生产总值（GDP）增长5.5%。", f"{GDP} growth actual 2024 5.5 %"),
    case("綦江区地区生产总值增长5.5%。", f"{GDP} growth actual 2024 5.5 %"),
    case(
        "全区GDP同比增长5.5%，比上年回落1.0个百分点，固定资产投资增长15.4%。",
        f"{GDP} growth actual 2024 5.5 %",
        f"{GDP} change actual 2024 -1 百分点",
        f"{INVEST} growth actual 2024 15.4 %",
        name="回落 of a rate is no growth",
    ),
    # falls
    case(
        "一般公共预算收入34.6亿元，同比下降3.2%。",
        f"{BUDGET} level actual 2024 34.6 亿元",
        f"{BUDGET} growth actual 2024 -3.2 %",
    ),
    case("进出口总额减少19.6%。", "进出口总额 growth actual 2024 -19.6 %"),
    case("进出口总额增长-19.6%。", "进出口总额 growth actual 2024 -19.6 %"),
    case(
        "进出口总额34亿元，同比下降19.6%，其中出口总额12亿元、增长3%，进口总额22亿元、下降28.1%。",
        "进出口总额 level actual 2024 34 亿元",
        "进出口总额 growth actual 2024 -19.6 %",
        "出口总额 level actual 2024 12 亿元",
        "出口总额 growth actual 2024 3 %",
        "进口总额 level actual 2024 22 亿元",
        "进口总额 growth actual 2024 -28.1 %",
    ),
    case("房地产开发投资降幅收窄至14.8%。", "房地产开发投资 growth actual 2024 -14.8 %"),
    case("单位地区生产总值能耗下降3.5%。", "单位地区生产总值能耗 growth actual 2024 -3.5 %"),
    # a part of the whole
    case(
        "一般公共预算收入34.6亿元、增长0.9%，其中税收收入15.1亿元、增长0.6%。",
        f"{BUDGET} level actual 2024 34.6 亿元",
        f"{BUDGET} growth actual 2024 0.9 %",
        f"{TAX} level actual 2024 15.1 亿元",
        f"{TAX} growth actual 2024 0.6 %",
    ),
    case(
        "固定资产投资增长15.4%，其中：工业投资增长20%，民间投资下降3%。",
        f"{INVEST} growth actual 2024 15.4 %",
        "工业投资 growth actual 2024 20 %",
        "民间投资 growth actual 2024 -3 %",
    ),
    # 持平
    case("粮食产量36万吨，与上年持平。", "粮食产量 level actual 2024 36 万吨", "粮食产量 growth actual 2024 0 %"),
    case(
        "粮食产量同比持平，生猪出栏下降2.1%。", "粮食产量 growth actual 2024 0 %", "生猪出栏 growth actual 2024 -2.1 %"
    ),
    # rates: level and change
    case(
        "常住人口城镇化率达到65.2%，提高0.9个百分点。",
        f"{RATE} level actual 2024 65.2 %",
        f"{RATE} change actual 2024 0.9 百分点",
    ),
    case("常住人口城镇化率提高0.9个百分点。", f"{RATE} change actual 2024 0.9 百分点"),
    case(
        "常住人口城镇化率提高0.9个百分点，达到65.2%。",
        f"{RATE} change actual 2024 0.9 百分点",
        f"{RATE} level actual 2024 65.2 %",
    ),
    case(
        "城镇调查失业率5.3%，较上年下降0.2个百分点。",
        "城镇调查失业率 level actual 2024 5.3 %",
        "城镇调查失业率 change actual 2024 -0.2 百分点",
    ),
    case("森林覆盖率稳定在52%以上。", "森林覆盖率 level actual 2024 52 % ge"),
    case(
        "空气质量优良天数320天，同比增加12天。",
        "空气质量优良天数 level actual 2024 320 天",
        "空气质量优良天数 change actual 2024 12 天",
    ),
    case("规上工业增加值增速达到6.7%。", f"{OUTPUT} growth actual 2024 6.7 %"),
    case(
        "规上工业增加值增速由5.2%提升至6.7%。",
        f"{OUTPUT} growth actual 2024 6.7 %",
    ),
    # from ... to: the second is what was reached
    case("常住人口城镇化率由64.3%提高到65.2%。", f"{RATE} level actual 2024 65.2 %"),
    case(
        "科技型企业由上年的2255家增至2570家。",
        "科技型企业 level actual 2023 2255 家",
        "科技型企业 level actual 2024 2570 家",
    ),
    case("城乡居民收入比由1.97:1缩小至1.94:1。", "城乡居民人均可支配收入比 level actual 2024 1.94 :1"),
    # what came anew, and what there is in all
    case(
        "新增高新技术企业76家，累计达到182家。",
        "新增高新技术企业 level actual 2024 76 家",
        "高新技术企业 level actual 2024 182 家",
    ),
    case(
        "新增科技型企业315家、累计2570家。",
        "新增科技型企业 level actual 2024 315 家",
        "科技型企业 level actual 2024 2570 家",
    ),
    case(
        "高新技术企业累计182家，其中新增76家。",
        "高新技术企业 level actual 2024 182 家",
        "新增高新技术企业 level actual 2024 76 家",
    ),
    case(
        "高新技术企业达到182家，净增76家。",
        "高新技术企业 level actual 2024 182 家",
        "高新技术企业 change actual 2024 76 家",
    ),
    # units
    case("粮食产量3.6亿公斤。", "粮食产量 level actual 2024 36 万吨"),
    case("粮食产量7.15亿斤。", "粮食产量 level actual 2024 35.75 万吨"),
    case("城镇新增就业0.9万人。", "城镇新增就业 level actual 2024 9000 人"),
    case("城镇新增就业10211人。", "城镇新增就业 level actual 2024 10211 人"),
    case("实际使用外资4762万美元。", "实际使用外资 level actual 2024 4762 万美元"),
    case("实际使用外资1.29亿美元。", "实际使用外资 level actual 2024 12900 万美元"),
    case("城乡居民人均可支配收入比为1.94:1。", "城乡居民人均可支配收入比 level actual 2024 1.94 :1"),
    case("三次产业结构比为0.5:37.1:62.4。", "三次产业结构 level actual 2024 0.5:37.1:62.4"),
    case("人均地区生产总值突破7万元。", "人均地区生产总值 level actual 2024 70000 元 gt"),
    case("跨境电商进出口总额增长1.3倍。", "跨境电商进出口总额 growth actual 2024 130 %"),
    case(
        "PM2.5平均浓度34微克/立方米、同比下降8.2%。",
        "PM2.5年均浓度 level actual 2024 34 微克/立方米",
        "PM2.5年均浓度 growth actual 2024 -8.2 %",
    ),
    case(
        "全体居民人均可支配收入３８９２１元、增长４．７％。",
        "全体居民人均可支配收入 level actual 2024 38921 元",
        "全体居民人均可支配收入 growth actual 2024 4.7 %",
        name="full-width digits",
    ),
    case("一般公共预算收入1,204.5亿元。", f"{BUDGET} level actual 2024 1204.5 亿元"),
    # how sure: about, above, at most, a range
    case("地区生产总值约558亿元。", f"{GDP} level actual 2024 558 亿元 approx"),
    case("社会消费品零售总额近130亿元。", f"{SALES} level actual 2024 130 亿元 approx"),
    case("社会消费品零售总额突破130亿元。", f"{SALES} level actual 2024 130 亿元 gt"),
    case("社会消费品零售总额超过130亿元。", f"{SALES} level actual 2024 130 亿元 gt"),
    case("社会消费品零售总额130余亿元。", f"{SALES} level actual 2024 130 亿元 approx"),
    case("城镇登记失业率控制在4%以内。", "城镇登记失业率 level actual 2024 4 % le"),
    case("城镇登记失业率不超过4%。", "城镇登记失业率 level actual 2024 4 % le"),
    case("空气质量优良天数不少于325天。", "空气质量优良天数 level actual 2024 325 天 ge"),
    case("预计全年地区生产总值增长5.5%左右。", f"{GDP} growth actual 2024 5.5 % approx"),
    # a budget, a rate and its turn
    case(
        "一般公共预算收入完成34.6亿元，为年初预算的98.5%，增长0.9%。",
        f"{BUDGET} level actual 2024 34.6 亿元",
        f"{BUDGET} growth actual 2024 0.9 %",
    ),
    case(
        "固定资产投资增速比上年提高3.2个百分点，达到15.4%。",
        f"{INVEST} change actual 2024 3.2 百分点",
        f"{INVEST} growth actual 2024 15.4 %",
    ),
    case("工业投资由上年的下降3%转为增长8%。", "工业投资 growth actual 2023 -3 %", "工业投资 growth actual 2024 8 %"),
    case("民间投资增速由负转正，增长3.2%。", "民间投资 growth actual 2024 3.2 %"),
    case("税收收入下降，降幅为2.1%。", f"{TAX} growth actual 2024 -2.1 %"),
    case(
        "规上工业总产值突破500亿元大关，达到512亿元。",
        "规上工业总产值 level actual 2024 500 亿元 gt",
        "规上工业总产值 level actual 2024 512 亿元",
    ),
    case(
        "实际利用外资4762万美元，进出口总额34亿元，分别增长10%、下降19.6%。",
        "实际使用外资 level actual 2024 4762 万美元",
        "进出口总额 level actual 2024 34 亿元",
        "实际使用外资 growth actual 2024 10 %",
        "进出口总额 growth actual 2024 -19.6 %",
    ),
    # the year in the sentence
    case(
        "2023年，地区生产总值增长6.5%，2024年增长5.5%。",
        f"{GDP} growth actual 2023 6.5 %",
        f"{GDP} growth actual 2024 5.5 %",
    ),
    case("2024年地区生产总值增长7%的目标未能完成。", f"{GDP} growth target 2024 7 %"),
    case("力争到2027年地区生产总值突破700亿元。", f"{GDP} level target 2027 700 亿元 gt"),
    case(
        "到2027年，力争地区生产总值突破700亿元。",
        f"{GDP} level target 2027 700 亿元 gt",
    ),
    case(
        "为实现2027年地区生产总值700亿元的目标，全区固定资产投资增长15.4%。",
        f"{GDP} level target 2027 700 亿元",
        f"{INVEST} growth actual 2024 15.4 %",
    ),
    case(
        "2024年完成固定资产投资163.2亿元，2025年计划完成170亿元。",
        f"{INVEST} level actual 2024 163.2 亿元",
        f"{INVEST} level target 2025 170 亿元",
    ),
    case("“十四五”以来，地区生产总值年均增长5.3%。", f"{GDP} growth actual 2021-2024 average 5.3 %"),
    case("2021—2024年，固定资产投资年均增长7.2%。", f"{INVEST} growth actual 2021-2024 average 7.2 %"),
    case(
        "近三年固定资产投资年均增长8%。",
        f"{INVEST} growth actual 2022-2024 average 8 %",
    ),
    case("“十四五”以来累计城镇新增就业5.1万人。", "城镇新增就业 level actual 2021-2024 cumulative 51000 人"),
    # what a clause without a name goes on with
    case(
        "社会消费品零售总额增长6.5%，总量突破150亿元。",
        f"{SALES} growth actual 2024 6.5 %",
        f"{SALES} level actual 2024 150 亿元 gt",
        name="the amount after the rate",
    ),
    case(
        "粮食播种面积86.4万亩，总产37.2万吨。",
        "粮食播种面积 level actual 2024 86.4 万亩",
        "粮食产量 level actual 2024 37.2 万吨",
    ),
    case(
        "空气质量优良天数278天、比率76.2%，同比增加11天。",
        "空气质量优良天数 level actual 2024 278 天",
        "空气质量优良天数比率 level actual 2024 76.2 %",
        "空气质量优良天数 change actual 2024 11 天",
        name="days gained after a rate",
    ),
    case(
        "每千人口拥有床位7.2张、执业（助理）医师3.6人。",
        "每千人口医疗卫生机构床位数 level actual 2024 7.2 张",
        "每千人口拥有执业（助理）医师数 level actual 2024 3.6 人",
    ),
    case(
        "PM2.5平均浓度37微克/立方米，同比改善7.5%。",
        "PM2.5年均浓度 level actual 2024 37 微克/立方米",
        "PM2.5年均浓度 growth actual 2024 -7.5 %",
        name="a concentration improves by falling",
    ),
    case("全区规上工业企业总数达到267家。", "规上工业企业 level actual 2024 267 家"),
    case("前三季度服务业增加值增长6.4%，预计全年增长6%以上。", "服务业增加值 growth actual 2024 6 % ge"),
    case(
        "地区生产总值达到442.3亿元，是2019年的1.5倍，同比增长5.1%。",
        f"{GDP} level actual 2024 442.3 亿元",
        f"{GDP} growth actual 2024 5.1 %",
        name="the year of a multiple dates nothing",
    ),
    case(
        "全年GDP增长6.1%，较一季度、上半年分别提高1.3个、0.4个百分点，其中二产增加值增长7.2%。",
        f"{GDP} growth actual 2024 6.1 %",
        f"{SECOND} growth actual 2024 7.2 %",
        name="parts of the year that are only compared with",
    ),
    case("固定资产投资在上年高基数基础上增长4.2%。", f"{INVEST} growth actual 2024 4.2 %"),
    case("城乡居民收入比由2023年的1.66缩小到1.59。", "城乡居民人均可支配收入比 level actual 2023 1.66 :1", "城乡居民人均可支配收入比 level actual 2024 1.59 :1"),
    case(
        "单位地区生产总值能耗下降3.4%，“十四五”前四年累计下降9.1%。",
        "单位地区生产总值能耗 growth actual 2024 -3.4 %",
        "单位地区生产总值能耗 growth actual 2021-2024 cumulative -9.1 %",
        name="a fall over four years",
    ),
    case(
        "居民人均可支配收入7.4万元，其中城镇8.2万元、农村4.6万元，分别增长4.2%、6.8%。",
        "全体居民人均可支配收入 level actual 2024 74000 元",
        f"{URBAN} level actual 2024 82000 元",
        f"{RURAL} level actual 2024 46000 元",
        f"{URBAN} growth actual 2024 4.2 %",
        f"{RURAL} growth actual 2024 6.8 %",
    ),
    case("人均预期寿命提高1岁、达到79岁。", "人均预期寿命 change actual 2024 1 岁", "人均预期寿命 level actual 2024 79 岁"),
    case(
        "新登记经营主体8.9万户，年末实有49.7万户。",
        "新增经营主体 level actual 2024 89000 户",
        "经营主体 level actual 2024 497000 户",
        name="what there is at the end of the year",
    ),
    case("人均GDP6.9万元，增长5.2%。", "人均地区生产总值 level actual 2024 69000 元", "人均地区生产总值 growth actual 2024 5.2 %"),
    case(
        "规上工业增加值增速由上年的4.3%回升至8.1%。",
        f"{OUTPUT} growth actual 2023 4.3 %",
        f"{OUTPUT} growth actual 2024 8.1 %",
    ),
    case(
        "金融机构贷款余额210亿元（+11.2%），进出口总额同比-3.6%。",
        "金融机构贷款余额 level actual 2024 210 亿元",
        "金融机构贷款余额 growth actual 2024 11.2 %",
        "进出口总额 growth actual 2024 -3.6 %",
        name="growth by its sign alone",
    ),
    case(
        "规上工业总产值突破1400亿元大关、达1412亿元。",
        "规上工业总产值 level actual 2024 1400 亿元 gt",
        "规上工业总产值 level actual 2024 1412 亿元",
    ),
    # what was planned beside what was done
    case(
        "地区生产总值计划增长6.5%，预计增长5.8%。",
        f"{GDP} growth target 2024 6.5 %",
        f"{GDP} growth actual 2024 5.8 %",
    ),
    case(
        "规上工业增加值增长8.2%（计划8%）；固定资产投资增长4.5%（年度计划为10%）。",
        f"{OUTPUT} growth actual 2024 8.2 %",
        f"{OUTPUT} growth target 2024 8 %",
        f"{INVEST} growth actual 2024 4.5 %",
        f"{INVEST} growth target 2024 10 %",
    ),
    case(
        "一般公共预算收入年初目标增长5%，实际完成9.86亿元、增长3.6%。",
        f"{BUDGET} growth target 2024 5 %",
        f"{BUDGET} level actual 2024 9.86 亿元",
        f"{BUDGET} growth actual 2024 3.6 %",
    ),
]


@pytest.mark.parametrize("sentence, expected", REVIEW)
def test_review(understand, sentence, expected):
    assert facts(understand(annual(sentence))) == expected


# ---------------------------------------------------------------- lists with 分别
LISTS = [
    case(
        "城镇、农村常住居民人均可支配收入分别增长4.7%和7.0%。",
        f"{URBAN} growth actual 2024 4.7 %",
        f"{RURAL} growth actual 2024 7 %",
    ),
    case(
        "城乡居民人均可支配收入分别增长4.7%、7.0%。",
        f"{URBAN} growth actual 2024 4.7 %",
        f"{RURAL} growth actual 2024 7 %",
    ),
    case(
        "城镇常住居民人均可支配收入和农村常住居民人均可支配收入分别达到46875元、23914元，分别增长4.7%、7.0%。",
        f"{URBAN} level actual 2024 46875 元",
        f"{RURAL} level actual 2024 23914 元",
        f"{URBAN} growth actual 2024 4.7 %",
        f"{RURAL} growth actual 2024 7 %",
        name="two, then two rates with 分别",
    ),
    case(
        "城镇、农村常住居民人均可支配收入分别为46875元、23914元，增长4.7%、7.0%。",
        f"{URBAN} level actual 2024 46875 元",
        f"{RURAL} level actual 2024 23914 元",
        f"{URBAN} growth actual 2024 4.7 %",
        f"{RURAL} growth actual 2024 7 %",
        name="two, then two rates without 分别",
    ),
    case(
        "第一产业、第二产业、第三产业增加值分别为69.7亿元、218.04亿元、219.18亿元，分别增长3%、2.8%、3.6%。",
        f"{FIRST} level actual 2024 69.7 亿元",
        f"{SECOND} level actual 2024 218.04 亿元",
        f"{THIRD} level actual 2024 219.18 亿元",
        f"{FIRST} growth actual 2024 3 %",
        f"{SECOND} growth actual 2024 2.8 %",
        f"{THIRD} growth actual 2024 3.6 %",
        name="three, then three rates",
    ),
    case(
        "一、二、三产业增加值分别增长3%、2.8%、3.6%。",
        f"{FIRST} growth actual 2024 3 %",
        f"{SECOND} growth actual 2024 2.8 %",
        f"{THIRD} growth actual 2024 3.6 %",
    ),
    case(
        "三次产业增加值分别增长3%、2.8%、3.6%。",
        f"{FIRST} growth actual 2024 3 %",
        f"{SECOND} growth actual 2024 2.8 %",
        f"{THIRD} growth actual 2024 3.6 %",
    ),
    case(
        "地区生产总值、固定资产投资、社会消费品零售总额分别增长5.5%、15.4%、4%。",
        f"{GDP} growth actual 2024 5.5 %",
        f"{INVEST} growth actual 2024 15.4 %",
        f"{SALES} growth actual 2024 4 %",
    ),
    case(
        "限上批发业销售额、零售业销售额、住宿业营业额、餐饮业营业额分别增长10%、9.1%、8%、7.5%。",
        f"{WHOLESALE} growth actual 2024 10 %",
        f"{RETAIL} growth actual 2024 9.1 %",
        f"{HOTELS} growth actual 2024 8 %",
        f"{CATERING} growth actual 2024 7.5 %",
        name="four, one scope for all",
    ),
    case(
        "工业投资、房地产开发投资分别增长6.3%和下降2%。",
        "工业投资 growth actual 2024 6.3 %",
        "房地产开发投资 growth actual 2024 -2 %",
    ),
    case(
        "地区生产总值、规上工业增加值分别增长5.5%、6.7%，固定资产投资增长15.4%。",
        f"{GDP} growth actual 2024 5.5 %",
        f"{OUTPUT} growth actual 2024 6.7 %",
        f"{INVEST} growth actual 2024 15.4 %",
        name="a clause of its own after the list",
    ),
    case(
        "粮食播种面积和产量分别为100万亩、36万吨。",
        "粮食播种面积 level actual 2024 100 万亩",
        "粮食产量 level actual 2024 36 万吨",
    ),
    case("地区生产总值、固定资产投资分别增长5.5%、15.4%、4%。", name="more values than names: none can be placed"),
    # without 分别, or with the names told before
    case(
        "城乡居民人均可支配收入增长4.5%和7%。",
        f"{URBAN} growth actual 2024 4.5 %",
        f"{RURAL} growth actual 2024 7 %",
    ),
    case(
        "居民人均可支配收入34216元，其中城镇居民、农村居民分别为41875元和24390元。",
        "全体居民人均可支配收入 level actual 2024 34216 元",
        f"{URBAN} level actual 2024 41875 元",
        f"{RURAL} level actual 2024 24390 元",
    ),
    case(
        "新增国家级专精特新“小巨人”企业2家、高新技术企业12家，总数分别达到7家和140家。",
        "新增高新技术企业 level actual 2024 12 家",
        "国家级专精特新“小巨人”企业 level actual 2024 7 家",
        "高新技术企业 level actual 2024 140 家",
        name="totals after what is new",
    ),
    case(
        "城镇登记失业率、城镇调查失业率分别下降0.1个、0.2个百分点。",
        "城镇登记失业率 change actual 2024 -0.1 百分点",
        "城镇调查失业率 change actual 2024 -0.2 百分点",
        name="the last unit is the unit of all",
    ),
    case(
        "限额以上批发业、零售业商品销售额分别增长9.2%、10.5%。",
        f"{WHOLESALE} growth actual 2024 9.2 %",
        f"{RETAIL} growth actual 2024 10.5 %",
    ),
    case(
        "金融机构存贷款余额分别达到1050亿元、1180亿元，较年初新增98亿元、126亿元，同比分别增长10.3%、12%。",
        "金融机构存款余额 level actual 2024 1050 亿元",
        "金融机构贷款余额 level actual 2024 1180 亿元",
        "金融机构存款余额 change actual 2024 98 亿元",
        "金融机构贷款余额 change actual 2024 126 亿元",
        "金融机构存款余额 growth actual 2024 10.3 %",
        "金融机构贷款余额 growth actual 2024 12 %",
        name="deposits and loans",
    ),
    case(
        "地区生产总值和规上工业增加值实现双提升，分别增长5.5%、6.7%。",
        f"{GDP} growth actual 2024 5.5 %",
        f"{OUTPUT} growth actual 2024 6.7 %",
        name="names in the clause before",
    ),
    case(
        "新增国家级专精特新“小巨人”企业3家、累计12家，高新技术企业58家、累计312家。",
        "国家级专精特新“小巨人”企业 level actual 2024 12 家",
        "新增高新技术企业 level actual 2024 58 家",
        "高新技术企业 level actual 2024 312 家",
        name="what is new goes on to the next name",
    ),
    case(
        "PM10、PM2.5平均浓度分别为51、23微克/立方米。",
        "PM2.5年均浓度 level actual 2024 23 微克/立方米",
        name="signs for substances, and one unit for both",
    ),
    case(
        "粮食、蔬菜产量分别为24.6万吨、38万吨，同比+1.2%、-3.0%。",
        "粮食产量 level actual 2024 24.6 万吨",
        "蔬菜产量 level actual 2024 38 万吨",
        "粮食产量 growth actual 2024 1.2 %",
        "蔬菜产量 growth actual 2024 -3 %",
        name="signs in a list",
    ),
]


@pytest.mark.parametrize("sentence, expected", LISTS)
def test_lists_with_respectively(understand, sentence, expected):
    assert facts(understand(annual(sentence))) == expected


# ---------------------------------------------------------------- what the next year is to bring
OUTLOOK = [
    case(
        "地区生产总值增长6.5%，固定资产投资增长8%左右。",
        f"{GDP} growth target 2025 6.5 %",
        f"{INVEST} growth target 2025 8 % approx",
    ),
    case("力争规上工业增加值增长9%以上。", f"{OUTPUT} growth target 2025 9 % ge"),
    case(
        "粮食产量稳定在36万吨以上，城镇调查失业率控制在5.5%以内。",
        "粮食产量 level target 2025 36 万吨 ge",
        "城镇调查失业率 level target 2025 5.5 % le",
    ),
    case("确保城镇新增就业1万人。", "城镇新增就业 level target 2025 10000 人"),
    case("全体居民人均可支配收入增长与经济增长同步。", "全体居民人均可支配收入 growth target 2025 与经济增长同步"),
    case("到2027年，地区生产总值突破700亿元。", f"{GDP} level target 2027 700 亿元 gt"),
    case(
        "2024年地区生产总值增长5.5%，2025年预期增长6.5%。",
        f"{GDP} growth actual 2024 5.5 %",
        f"{GDP} growth target 2025 6.5 %",
    ),
    case(
        "在去年增长5.5%的基础上，地区生产总值增长6.5%左右。",
        f"{GDP} growth target 2025 6.5 % approx",
    ),
    case("常住人口城镇化率提高1.2个百分点。", f"{RATE} change target 2025 1.2 百分点"),
    case("新增高新技术企业60家以上。", "新增高新技术企业 level target 2025 60 家 ge"),
    case(
        "社会消费品零售总额突破60亿元（2024年为56亿元），增长7%。",
        f"{SALES} level target 2025 60 亿元 gt",
        f"{SALES} level actual 2024 56 亿元",
        f"{SALES} growth target 2025 7 %",
        name="a year in brackets dates what stands there with it",
    ),
    case(
        "固定资产投资在2024年增长4.5%的基础上增长6%。",
        f"{INVEST} growth actual 2024 4.5 %",
        f"{INVEST} growth target 2025 6 %",
    ),
]


@pytest.mark.parametrize("sentence, expected", OUTLOOK)
def test_outlook(understand, sentence, expected):
    assert facts(understand(annual("", sentence))) == expected


@pytest.mark.parametrize("words", ["6—6.5%", "6%—6.5%", "6%至6.5%", "6～6.5%", "6-6.5%"])
def test_a_range_keeps_both_ends(understand, words):
    reading = understand(annual("", f"地区生产总值增长{words}。"))
    assert facts(reading) == [f"{GDP} growth target 2025 6 % ge"]
    assert (reading.facts[0]["value_low"], reading.facts[0]["value_high"]) == (6, 6.5)


# ---------------------------------------------------------------- a plan: five years
LOOK_BACK = [
    case("五年来，地区生产总值年均增长4.9%。", f"{GDP} growth actual 2021-2025 average 4.9 %"),
    case("“十四五”期间，固定资产投资年均增长7.2%。", f"{INVEST} growth actual 2021-2025 average 7.2 %"),
    case(
        "地区生产总值年均增长4.9%，固定资产投资年均增长7.2%，规上工业增加值年均增长7%。",
        f"{GDP} growth actual 2021-2025 average 4.9 %",
        f"{INVEST} growth actual 2021-2025 average 7.2 %",
        f"{OUTPUT} growth actual 2021-2025 average 7 %",
    ),
    case("五年累计城镇新增就业6.3万人。", "城镇新增就业 level actual 2021-2025 cumulative 63000 人"),
    case("社会消费品零售总额突破130亿元。", f"{SALES} level actual 2025 130 亿元 gt"),
    case("科技型企业增至2570家。", "科技型企业 level actual 2025 2570 家"),
    case(
        "2020年地区生产总值为480亿元，2025年达到600亿元。",
        f"{GDP} level actual 2020 480 亿元",
        f"{GDP} level actual 2025 600 亿元",
    ),
    case(
        "2025年地区生产总值达到442.3亿元，是2020年的1.5倍，年均增长7.9%。",
        f"{GDP} level actual 2025 442.3 亿元",
        f"{GDP} growth actual 2021-2025 average 7.9 %",
        name="the years of a rate are not those of a multiple",
    ),
    case(
        "2025年全体居民人均可支配收入34216元，五年增长44.6%。",
        "全体居民人均可支配收入 level actual 2025 34216 元",
        "全体居民人均可支配收入 growth actual 2021-2025 cumulative 44.6 %",
    ),
    case("粮食产量连续五年稳定在47万吨以上。", "粮食产量 level actual 2025 47 万吨 ge"),
    case(
        "累计接待游客3860万人次，实现旅游综合收入298亿元。",
        "接待游客 level actual 2021-2025 cumulative 3860 万人次",
        "旅游综合收入 level actual 2021-2025 cumulative 298 亿元",
    ),
    case(
        "五年新增高新技术企业31家、累计达36家。",
        "新增高新技术企业 level actual 2021-2025 cumulative 31 家",
        "高新技术企业 level actual 2025 36 家",
        name="a stock is of the last year",
    ),
    case(
        "贫困发生率从2015年底的11.9%降至0，居民人均可支配收入突破3万元。",
        "全体居民人均可支配收入 level actual 2025 30000 元 gt",
        name="the year where a change starts dates nothing else",
    ),
    case(
        "城乡居民人均可支配收入分别由2020年的2.21万元、1.35万元提高到2.86万元、1.98万元。",
        f"{URBAN} level actual 2020 22100 元",
        f"{RURAL} level actual 2020 13500 元",
        f"{URBAN} level actual 2025 28600 元",
        f"{RURAL} level actual 2025 19800 元",
        name="a list of starting points and one of results",
    ),
    case(
        "城乡居民人均可支配收入分别由2.21万元、1.35万元提高到2.86万元、1.98万元。",
        f"{URBAN} level actual 2020 22100 元",
        f"{RURAL} level actual 2020 13500 元",
        f"{URBAN} level actual 2025 28600 元",
        f"{RURAL} level actual 2025 19800 元",
        name="starting points without a year",
    ),
]
LOOK_AHEAD = [
    case("地区生产总值年均增长6%左右。", f"{GDP} growth target 2026-2030 average 6 % approx"),
    case(
        "到2030年，常住人口城镇化率达到70%，全社会研发经费投入强度达到2.5%。",
        f"{RATE} level target 2030 70 %",
        "全社会研发经费投入强度 level target 2030 2.5 %",
    ),
    case("“十五五”期间累计城镇新增就业6万人以上。", "城镇新增就业 level target 2026-2030 cumulative 60000 人 ge"),
    case("到2027年，地区生产总值突破700亿元。", f"{GDP} level target 2027 700 亿元 gt"),
    case("到2035年，人均地区生产总值达到12万元。", "人均地区生产总值 level target 2035 120000 元"),
    case("“十五五”期间，城市建成区绿化覆盖率达到43%。", "城市建成区绿化覆盖率 level target 2030 43 %"),
    case(
        "2026—2030年每年城镇新增就业1.2万人。",
        *(f"城镇新增就业 level target {year} 12000 人" for year in range(2026, 2031)),
        name="each year of a span",
    ),
    case(
        "到2035年，经济总量在2025年基础上翻一番，人均地区生产总值达到12万元。",
        "人均地区生产总值 level target 2035 120000 元",
        name="the year of the starting point dates nothing",
    ),
]


@pytest.mark.parametrize("sentence, expected", LOOK_BACK)
def test_plan_looking_back(understand, sentence, expected):
    assert facts(understand(plan(sentence))) == expected


@pytest.mark.parametrize("sentence, expected", LOOK_AHEAD)
def test_plan_looking_ahead(understand, sentence, expected):
    assert facts(understand(plan("", sentence))) == expected


# ---------------------------------------------------------------- numbers that are none of the place
def trap(sentence: str, number: str, *reasons: str, name: str | None = None):
    return pytest.param(sentence, number, reasons, id=name or sentence[:28])


TRAPS = [
    # parts of the place
    trap("綦江高新区规上工业总产值增长12%。", "12", "sub_area"),
    trap("古南街道完成固定资产投资12亿元。", "12", "sub_area"),
    trap("赶水镇地区生产总值增长7%。", "7", "sub_area"),
    trap("綦江工业园区实现规上工业总产值300亿元。", "300", "sub_area"),
    # above and elsewhere
    trap(
        "全市地区生产总值增长5.7%。",
        "5.7",
        "higher_level",
        "comparison",
    ),
    trap(
        "全市实现地区生产总值32193亿元，增长5.7%。",
        "5.7",
        "higher_level",
        "comparison",
    ),
    trap("重庆市地区生产总值增长5.7%。", "5.7", "higher_level", "comparison"),
    trap("全国城镇调查失业率为5.1%。", "5.1", "higher_level", "comparison"),
    trap("江津区地区生产总值增长4.1%。", "4.1", "higher_level", "comparison"),
    trap("地区生产总值增速高于全市平均水平0.3个百分点。", "0.3", "comparison"),
    trap("地区生产总值增速低于预期目标1.5个百分点。", "1.5", "comparison"),
    # projects and firms
    trap("总投资17亿元的藻渡水库项目开工建设。", "17", "project"),
    trap("藻渡水库总投资17亿元。", "17", "project"),
    trap("綦江齿轮传动有限公司实现产值12亿元。", "12", "organisation"),
    trap("年产15万吨再生铝项目建成投产。", "15", "project"),
    # ranks
    trap("地区生产总值增速居全市第3位。", "3", "rank"),
    trap("地区生产总值增速位列全市前10位。", "10", "rank"),
    trap("綦江位列全国百强区第4。", "4", "rank", "ordinal"),
    # dates, parts of a year, document numbers
    trap("1月14日召开动员大会。", "14", "date"),
    trap("上半年地区生产总值增长5.2%。", "5.2", "partial_year"),
    trap("一季度规上工业增加值增长8%。", "8", "partial_year"),
    trap("截至11月底，城镇新增就业9500人。", "9500", "partial_year"),
    trap("国庆假期旅游综合收入3.2亿元。", "3.2", "partial_year"),
    trap("我市社会消费品零售总额增长4.1%，我区增长4%。", "4.1", "higher_level", "comparison"),
    trap("1—11月固定资产投资增长16%。", "16", "partial_year"),
    trap("春节假期接待游客35万人次。", "35", "partial_year"),
    trap(
        "日均接待游客1.2万人次。",
        "1.2",
        "comparison",
        "quantifier",
        "partial_year",
        "unclassified",
    ),
    trap("印发《綦江区稳增长政策措施》（綦江府发〔2024〕15号）。", "15", "document_number"),
    trap("落实渝府办发〔2023〕108号文件。", "108", "document_number"),
    # names, durations, ordinals, deeds
    trap("建成“141”基层智治体系。", "141", "name"),
    trap("推进G210改线。", "210", "name"),
    trap("PM2.5浓度持续改善。", "2.5", "name"),
    trap("加快5G网络建设。", "5", "name"),
    trap("新增3岁以下婴幼儿托位。", "3", "duration", "name"),
    trap(
        "审批时限压缩至3个工作日。",
        "3",
        "duration",
        "structural_count",
    ),
    trap("开展8大专项行动。", "8", "structural_count"),
    trap("完成年度投资计划的102.1%。", "102.1", "completion_ratio"),
    trap("固定资产投资完成年度目标任务的98%。", "98", "completion_ratio"),
    trap("常住人口城镇化率由64.3%提高到65.2%。", "64.3", "base_value"),
    trap("常住人口城镇化率由年初的64.3%提高到65.2%。", "64.3", "base_value"),
    trap("规上工业增加值增速由5.2%提升至6.7%。", "5.2", "base_value"),
    trap("第二产业增加值增长6.4%，拉动GDP增长3.3个百分点。", "3.3", "comparison"),
    trap("固定资产投资下降1.5%，扣除房地产后增长10.7%。", "10.7", "unclassified"),
    trap("人均GDP仅为全国平均水平的93%。", "93", "comparison"),
    trap("技术合同成交额是2019年的1.4倍。", "1.4", "comparison"),
    trap("争取上级资金30亿元，比上年多争取5亿元。", "5", "comparison"),
    trap("规上工业增加值增速分别高于全国、全市0.6个和1.1个百分点。", "1.1", "comparison"),
    trap("企业退休人员养老金人均每月上调96元。", "96", "partial_year"),
    trap("快递业务量每月达到120万件。", "120", "partial_year"),
    trap("办结12345热线诉求4.2万件。", "12345", "name"),
    trap("综合改善3.5%。", "3.5", "unclassified"),
    trap("增速快于全国0.8个百分点、全省0.3个百分点。", "0.3", "comparison"),
    trap("村集体经营性收入50万元以上的村占比达71.5%。", "50", "definition"),
    trap("25项指标中，22项达到目标，3项未完成。", "3", "structural_count"),
    trap("固定资产投资增长6%，比2024年计划提高1个百分点。", "1", "comparison"),
    trap("农村卫生厕所普及率分别达到75%和90%。", "90", "unclassified"),
    trap("实际使用外资占重庆市3.1%。", "3.1", "comparison"),
    trap("轨道交通S1线全线贯通，41.3公里线路完工，累计完成投资268亿元。", "268", "project"),
    trap("主要考虑：一是近三年GDP平均增速为6.5%。", "6.5", "comparison"),
    trap("高新技术企业58家、累计312家。", "58", "unclassified"),
    trap("24项指标中预计21项完成，完成率87.5%。", "87.5", "unclassified", "completion_ratio"),
    trap("进出口总额、实际使用外资等3项指标未达预期。", "3", "structural_count"),
    trap("人均GDP只相当于全国的68.1%、全市的84.7%。", "84.7", "comparison"),
    trap("出口3568亿元，进口2618亿元；折合1196亿美元。", "1196", "unclassified"),
    trap("除社零总额等5项外，其余26项均完成。", "26", "unclassified"),
    trap("城镇登记失业率2.1%，控制在3%以内。", "3", "comparison"),
    trap("肉牛、肉羊饲养量分别达到18.5万头、9.6万头，出栏6.2万头。", "6.2", "unclassified"),
    trap("1—11月限上餐饮业营业额下降4.5%；房地产投资占比较高，达48%。", "48", "unclassified", "partial_year"),
    trap("安康药业实现销售收入96亿元，税收12亿元。", "12", "organisation"),
    trap("重庆都市圈GDP突破4万亿元。", "4", "higher_level"),
    trap("按照年均6%测算。", "6", "unclassified"),
]


@pytest.mark.parametrize("sentence, number, reasons", TRAPS)
def test_traps(understand, sentence, number, reasons):
    reading = understand(annual(sentence))
    reading.check()
    assert reading.reason(number) in reasons


@pytest.mark.parametrize(
    "sentence",
    ["地区生产总值增长6.\u200b7%。", "地区生产总值增长6\u200b.7%。", "地区生产总值增长6\u202e7%。", "地区生产总值增长-\u20602.7%。",
     "地区生产总值达到1,\ufeff\u200b200亿元。"],
)  # fmt: skip
def test_a_number_cut_by_what_nobody_sees_is_not_read(understand, sentence):
    reading = understand(annual(sentence))
    reading.check()
    assert not reading.facts


def test_what_nobody_sees_beside_a_number_does_no_harm(understand):
    reading = understand(annual("地区生产总值\u200b558.2亿元\u200b，增长\ufeff5.5%。"))
    assert [fact[4] for fact in reading.brief()] == [558.2, 5.5]


SHARES = ["民间投资占固定资产投资的比重达到45%。", "工业投资占固定资产投资比重45%。", "税收收入占GDP比重达45%。"]


@pytest.mark.parametrize("sentence", SHARES)
def test_a_share_is_neither_of_its_parts(understand, sentence):
    found = understand(annual(sentence)).facts
    parts = {"fixed_investment", "private_investment", "industrial_investment", "tax_revenue", "gdp"}
    assert not [f for f in found if f["indicator_id"] in parts]


@pytest.mark.parametrize(
    "sentence",
    [
        "高新区规上工业总产值增长12%，固定资产投资增长9%。",
        "永城镇实现地区生产总值12亿元，增长7%。",
    ],
)
def test_the_next_clause_still_speaks_of_the_part(understand, sentence):
    reading = understand(annual(sentence))
    assert facts(reading, only_catalogue=False) == []


def test_the_whole_place_again_after_a_part(understand):
    reading = understand(annual("高新区规上工业总产值增长12%。全区固定资产投资增长15.4%。"))
    assert facts(reading) == [f"{INVEST} growth actual 2024 15.4 %"]


@pytest.mark.parametrize(
    "sentence",
    [
        "地区生产总值比2020年增长35%。",
        "地区生产总值较2019年增长35%。",
        "较2019年，地区生产总值增长35%。",
        "地区生产总值较“十三五”末增长35%。",
    ],
)
def test_growth_over_several_years_is_not_of_one_year(understand, sentence):
    found = [f for f in understand(annual(sentence)).facts if f["value"] == 35]
    assert not [f for f in found if f["period"] == "annual"]


def test_a_change_since_the_plan_began_is_not_of_one_year(understand):
    """«比2020年提高5.2个百分点» spans five years."""
    reading = understand(plan("2025年常住人口城镇化率达到66.1%，比2020年提高5.2个百分点。"))
    assert f"{RATE} level actual 2025 66.1 %" in facts(reading)
    assert not [f for f in reading.facts if f["measure"] == "change" and f["period"] == "annual"]


def test_a_heading_sets_the_year_and_a_glossary_gives_none(understand):
    text = (
        annual("地区生产总值增长5.5%。", "地区生产总值增长6.5%。")
        + "\n\n名词解释\n\n规上工业企业：年主营业务收入2000万元以上的工业法人单位。\n"
    )
    reading = understand(text)
    assert facts(reading) == [f"{GDP} growth actual 2024 5.5 %", f"{GDP} growth target 2025 6.5 %"]
    assert reading.reason("2000") == "definition"


def test_the_quote_is_the_clause_that_states_the_value(understand):
    reading = understand(annual("全年地区生产总值558.2亿元，增长5.5%，规上工业增加值增长6.7%。"))
    quotes = [f["quote"] for f in sorted(reading.facts, key=lambda f: f["char_end"])]
    assert [q.removeprefix("全年") for q in quotes] == [
        "地区生产总值558.2亿元",
        "地区生产总值558.2亿元，增长5.5%",
        "规上工业增加值增长6.7%",
    ]


def test_a_ratio_that_is_not_to_one_has_no_value(understand):
    (fact,) = understand(annual("撬动消费比达1:8.6。")).facts
    assert (fact["value"], fact["value_text"]) == (None, "1:8.6")


def test_a_rate_that_ends_in_the_word_growth_keeps_its_name(understand):
    (fact,) = understand(annual("人口自然增长率-2.1‰。")).facts
    assert (fact["indicator"], fact["measure"], fact["value"]) == ("人口自然增长率", "level", -2.1)


def test_one_off_factors_taken_out_are_told(understand):
    (fact,) = understand(annual("一般公共预算收入剔除一次性因素后增长6.1%。")).facts
    assert (fact["indicator"], fact["value"], fact["qualifier"]) == (BUDGET, 6.1, "剔除一次性因素")


@pytest.mark.parametrize("sentence", ["近三年地区生产总值平均增长6.1%。", "主要考虑是与规划年均增长7%的目标衔接。"])
def test_a_goal_is_not_what_it_is_weighed_against(understand, sentence):
    assert understand(annual("", sentence)).facts == []


def test_those_above_a_threshold_keep_it_in_their_name(understand):
    found = understand(annual("产值10亿元以上企业5家，其中20亿元以上2家。")).facts
    assert {f["indicator"]: f["value"] for f in found} == {"产值10亿元以上企业": 5, "产值20亿元以上企业": 2}


SPELLED = [
    case("常住人口城镇化率提高两个百分点，达到62%。", f"{RATE} change actual 2024 2 百分点", f"{RATE} level actual 2024 62 %"),
    case("城镇登记失业率下降一个百分点左右。", "城镇登记失业率 change actual 2024 -1 百分点 approx"),
    case("税收占比超八成。", "税收收入占一般公共预算收入比重 level actual 2024 80 % gt"),
    case("森林覆盖率近六成。", "森林覆盖率 level actual 2024 60 % approx"),
    case(
        "地区生产总值突破五百亿元大关，达到512亿元，增长6%。",
        f"{GDP} level actual 2024 500 亿元 gt",
        f"{GDP} level actual 2024 512 亿元",
        f"{GDP} growth actual 2024 6 %",
        name="the sum in figures after the sum in words",
    ),
    case("规上工业总产值迈上两千亿元台阶。", "规上工业总产值 level actual 2024 2000 亿元 ge"),
    # what stays unread
    case("九成以上的村通上快递，地区生产总值连跨两个百亿元台阶，培育百亿元企业。", name="no figure of an indicator"),
    case("城镇化率高于全市三个百分点，一季度城镇调查失业率下降一个百分点。", name="over others, or of a quarter"),
    case("总投资超百亿元的抽水蓄能项目开工，六至七成农户参与。", name="a project, and a range"),
]


@pytest.mark.parametrize("sentence, expected", SPELLED)
def test_figures_in_words(understand, sentence, expected):
    assert facts(understand(annual(sentence))) == expected


def test_a_county_of_a_city_by_its_short_name(understand):
    reading = understand(annual("永康规上工业总产值突破1000亿元，义乌出口增长8%。", place="金华市"))
    assert facts(reading, only_catalogue=False) == []


def test_rates_of_what_was_begun_share_what_it_is(understand):
    found = understand(annual("", "重大项目开工率、投资完成率分别达100%、120%。")).facts
    assert {f["indicator"]: f["value"] for f in found} == {"重大项目开工率": 100, "重大项目投资完成率": 120}


def named(reading) -> dict[str, float]:
    return {f["indicator"]: f["value"] for f in reading.facts}


def test_parts_of_what_is_new_keep_its_name(understand):
    found = named(understand(annual("新增学位1.2万个，其中幼儿园3000个、小学5400个、初中3600个。")))
    assert found == {"新增学位": 1.2, "新增学位（幼儿园）": 3000, "新增学位（小学）": 5400, "新增学位（初中）": 3600}


def test_what_follows_is_about_the_name_in_front_of_it(understand):
    found = named(understand(annual("新增经营主体2.86万户；办理留抵退税、减税降费等共计42.6亿元，惠及企业3.2万户次。")))
    assert found == {"新增经营主体": 28600, "办理留抵退税、减税降费": 42.6, "办理留抵退税、减税降费惠及企业": 3.2}


def test_as_many_names_as_values_without_respectively(understand):
    found = named(understand(annual("争取中央预算内投资、超长期特别国债、地方政府专项债券39.6亿元、112.3亿元、71亿元。")))
    assert list(found.values()) == [39.6, 112.3, 71]
    assert not [name for name in found if "、" in name]


CUT = (
    "2024年，全区实现地区生产总值558.2亿元，同比增长5.5%，规上工业增加值增长6.7%，固定资产投资下降3.2%，社会消费品零售总额突破130亿元。"
    "城镇居民人均可支配收入43021元，增长4.4%；农村居民人均可支配收入22186元，增长6.9%，城乡居民收入比缩小到1.94:1。"
    "常住人口城镇化率达到65.2%，比上年提高0.9个百分点，森林覆盖率稳定在52%以上，空气质量优良天数320天，城镇新增就业9500人。"
    "一般公共预算收入34.6亿元，同口径增长0.9%，其中税收收入15.1亿元；进出口总额完成12.4亿元，增长3.1%，实际使用外资1200万美元。"
)


@pytest.mark.parametrize("width", [17, 23, 30, 31])
def test_lines_cut_at_the_width_of_a_page(understand, width):
    """A PDF cuts lines anywhere, also inside a name; a number that is cut in two is not put together."""
    lines = [CUT[i : i + width] for i in range(0, len(CUT), width)]
    halves = {b for a, b in pairwise(lines) if re.match(r"[\d.]", b) and re.search(r"[\d.]$", a)}
    whole, cut = understand(annual(CUT)), understand(annual("\n".join(["\n".join(lines)] * 3)))
    cut.check()
    lost = sorted((Counter(facts(whole)) - Counter(facts(cut))).elements())
    assert not Counter(facts(cut)) - Counter(facts(whole) * 3)
    assert len(lost) <= len(halves)
    assert len(facts(cut)) == 3 * (len(facts(whole)) - len(lost))


def test_a_value_in_words_keeps_its_words(understand):
    (fact,) = understand(annual("森林覆盖率达到六成以上。")).facts
    assert (fact["value"], fact["unit"], fact["comparator"]) == (60, "%", "ge")
    assert (fact["value_reported"], fact["value_text"]) == (None, "六成以上")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新建幼儿园3所、中小学2所。", {"新建幼儿园": 3, "新建中小学": 2}),
        (
            "实施重点项目113项，完成投资42.6亿元，其中新建76项、续建37项。",
            {"实施重点项目": 113, "实施重点项目投资": 42.6, "新建重点项目": 76, "续建重点项目": 37},
        ),
        ("一产、二产、三产占比分别为24.1%、33.5%、42.4%。", {"一产占比": 24.1, "二产占比": 33.5, "三产占比": 42.4}),
        ("常住人口29.8万人（城镇12.6万人、乡村17.2万人）。", {"常住人口": 29.8, "常住人口（城镇）": 12.6, "常住人口（乡村）": 17.2}),
        ("接待游客500万人次、综合收入30亿元。", {"接待游客": 500, "综合收入": 30}),
    ],
)
def test_names_of_what_goes_on_with_a_list(understand, sentence, expected):
    assert named(understand(annual(sentence))) == expected


def test_headings_without_a_number(understand):
    text = (
        "关于重庆市綦江区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告\n\n"
        "2024年国民经济和社会发展计划执行情况\n\n地区生产总值增长5.5%。\n\n"
        "2025年经济社会发展总体要求和主要预期目标\n\n——地区生产总值增长6%以上；\n——一般公共预算收入增长4%。\n"
    )
    assert facts(understand(text)) == [
        f"{GDP} growth actual 2024 5.5 %",
        f"{GDP} growth target 2025 6 % ge",
        f"{BUDGET} growth target 2025 4 %",
    ]


def test_january_to_december_is_the_year(understand):
    assert facts(understand(annual("1—12月，工业投资增长9%；1—11月，固定资产投资增长8%。"))) == ["工业投资 growth actual 2024 9 %"]


def test_the_city_above_and_then_our_own(understand):
    reading = understand(annual("泰州市地区生产总值增长5.6%，我市增长6.1%。", place="泰兴市"))
    assert facts(reading, only_catalogue=False) == [f"{GDP} growth actual 2024 6.1 %"]
