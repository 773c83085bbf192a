"""Reports as a PDF or a scan prints them: blanks in and around numbers, full-width signs, lines cut by the page, headings
without a number."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from data import store
from etl.read import decode
from tests.conftest import annual, table

REVIEW = (
    "2024年，全区上下坚持稳中求进工作总基调，经济运行总体平稳，全区地区生产总值达到312.6亿元，同比增长4.1%，增速居全市前列；"
    "其中，第一产业增加值58.9亿元，增长5.3%；第二产业增加值96.4亿元，增长2.7%；第三产业增加值157.3亿元，增长4.4%。"
    "一般公共预算收入完成21.08亿元，同比下降7.9%；固定资产投资增长2.8%，其中工业投资增长21.3%；社会消费品零售总额68.5亿元，"
    "同比增长0.4%；外贸进出口总额18.2亿元，增长30.5%；粮食总产量22.6万吨，增长0.9%；城镇新增就业5128人；森林覆盖率达到64.12%。"
) * 4
LINE = 33


def brief(reading) -> set[tuple]:
    return {(f["indicator"], f["measure"], f["status"], f["year"], f["value"]) for f in reading.facts}


def spread(text: str, width: int = LINE, between: str = "\n") -> str:
    """The text in lines of so many signs, none of them cut inside a number."""
    lines, line = [], ""
    for sign in text:
        if len(line) >= width and not (sign in "0123456789.%" and line[-1] in "0123456789."):
            lines.append(line)
            line = ""
        line += sign
    return between.join([*lines, line])


# ---------------------------------------------------------------- blanks in numbers
@pytest.mark.parametrize("sentence, name, value", [
    ("家禽出栏1 280万羽。", "家禽出栏", 1280),
    ("城镇新增就业 5 128 人。", "城镇新增就业", 5128),
    ("城镇居民人均可支配收入42 385元。", "城镇常住居民人均可支配收入", 42385),
    ("金融机构贷款余额 5 1 8 亿元。", "金融机构贷款余额", 518),
    ("新登记经营主体9\u00a0640户。", "新增经营主体", 9640),
])
def test_blanks_between_digits_do_not_make_a_number_smaller(understand, sentence, name, value):
    reading = understand(annual(sentence))
    reading.check()
    (fact,) = reading.facts
    assert (fact["indicator"], fact["value_reported"]) == (name, value)
    (tail,) = [n for n in reading.numbers if n["char_end"] == max(m["char_end"] for m in reading.numbers if m["fact_id"])]
    assert tail["fact_id"] == fact["fact_id"]  # each printed part leads to it


@pytest.mark.parametrize("sentence", [
    "低保标准提高到8 10元。",
    "电力装机4 1.5万千瓦。",
    "国有企业资产总额2 04.6亿元。",
    "净出口-1 280万元。",
    "粮食产量增长1 2%。",
    "3 500户居民参加。",
    "一般公共预算收入6. 15亿元，增长9. 8%。",
    "第二产业增加值18 .9亿元。",
    "完成投资2023 1 200万元。",
    "城镇和农村居民人均可支配收入分别达到42 38元、25100元。",
])
def test_digits_that_may_be_one_number_or_two_are_none(understand, sentence):
    assert understand(annual(sentence)).facts == []


def test_the_number_of_an_item_is_none_of_its_figures(understand):
    reading = understand(annual("1. 15个社区建成。\n2．　5个社区开工，新增就业20人。"))
    assert {f["value"] for f in reading.facts} == {15, 5, 20}


@pytest.mark.parametrize("printed, value", [("5 128", 5128), ("≥5 128", 5128), ("5 12", None), ("5 128 6", None), ("51 28", None)])
def test_a_cell_with_a_blank_in_its_number_is_read_whole_or_not_at_all(understand, printed, value):
    reading = understand(annual("", table(
        ["指标名称", "单位", "2024年实际", "2025年目标"], ["城镇新增就业", "人", printed, "5200"], ["粮食产量", "万吨", "22.6", "23"])))
    reading.check()
    assert ("城镇新增就业", "level", "target", 2025, 5200.0) in brief(reading)
    assert [f["value"] for f in reading.facts if f["indicator"] == "城镇新增就业" and f["year"] == 2024] == ([value] if value else [])
    assert value or any(printed in f["message"] for f in reading.findings)


def test_blanks_beside_numbers_change_nothing(understand):
    close = "全年接待游客1236万人次、旅游总收入141.7亿元，恢复到2019年的76.2%和73.5%。受疫情影响，4—6月营业额下降31.2%。"
    wide = "全年接待游客 1236 万人次、旅游总收入 141.7 亿元，恢复到 2019 年的 76.2 %和 73.5%。受疫情影响， 4—6 月营业额下降 31.2%。"
    assert brief(understand(annual(wide))) == brief(understand(annual(close))) != set()


def test_full_width_signs_are_read_as_others(understand):
    reading = understand(annual("ＰＭ２．５年均浓度２８．５微克／立方米，Ｒ＆Ｄ经费投入增长７．９％。"))
    reading.check()
    assert ("PM2.5年均浓度", "level", "actual", 2024, 28.5) in brief(reading)
    assert all(f["quote"] in reading.text for f in reading.facts)


# ---------------------------------------------------------------- lines of a page
@pytest.mark.parametrize("lines", [
    lambda text: spread(text),
    lambda text: spread(text, 41),
    lambda text: spread(text).replace("增长", " 增长 "),
    lambda text: spread(text.translate(str.maketrans("0123456789.%", "０１２３４５６７８９．％"))),
], ids=["33 signs", "41 signs", "blanks", "full width"])
def test_a_text_in_lines_is_read_as_the_text_in_one(understand, lines):
    whole, cut = understand(annual(REVIEW)), understand(annual(lines(REVIEW)))
    cut.check()
    assert len(brief(whole)) > 15
    missing = brief(whole) - brief(cut)
    assert brief(cut) <= brief(whole) and len(missing) <= 1, missing


@pytest.mark.parametrize("number", ["— {} —", "－ {} －", "- {} -", "第 {} 页", "第{}页 共30页"])
def test_page_numbers_between_the_lines_of_a_sentence_are_read_over(understand, number):
    lines = spread(REVIEW).split("\n")
    for n, at in enumerate(range(24, 0, -8)):
        lines.insert(at, number.format(9 - n))
    whole, cut = understand(annual(REVIEW)), understand(annual("\n".join(lines)))
    cut.check()
    assert brief(cut) == brief(whole)
    assert all(n["reason"] == "ordinal" for n in cut.numbers if n["text"] in ("9", "8", "7", "30") and not n["fact_id"])


def test_a_number_over_the_end_of_a_line_is_pointed_out(understand):
    at = REVIEW.index("58.9")
    width = next(w for w in range(30, 42) if at // w < (at + 2) // w and (at + 2) % w == 0)  # a line ends behind 58
    cut = "\n".join(REVIEW[n : n + width] for n in range(0, len(REVIEW), width))
    assert "58\n.9" in cut
    reading = understand(annual(cut))
    reading.check()
    told = [f["message"] for f in reading.findings if f["kind"] == "not_understood"]
    assert any("第一产业增加值" in message and "58、9" in message for message in told), told


def test_a_page_number_in_a_table_is_no_part_of_a_cell(understand):
    rows = table(["指标名称", "单位", "2024年实际", "2025年目标"], ["地区生产总值", "亿元", "500", "530"], ["粮食产量", "万吨", "22.6", "23"])
    reading = understand(annual("", rows.replace("\t500\n", "\t500\n— 7 —\n")))
    reading.check()
    assert {(f["indicator"], f["value"]) for f in reading.facts} == {
        ("地区生产总值", 500), ("地区生产总值", 530), ("粮食产量", 22.6), ("粮食产量", 23)}
    assert not any("— 7 —" in f["quote"] for f in reading.facts if f["value"] == 500)
    assert reading.reason("7") == "ordinal"


def test_nothing_stands_under_the_caption_of_a_figure(understand):
    reading = understand(annual("图3 固定资产投资完成情况\n一般公共预算收入完成64.7亿元，增长5%。"))
    assert {f["section"] for f in reading.facts} == {"一、2024年国民经济和社会发展计划执行情况"}


def test_a_title_on_each_page_is_read_over(understand):
    lines = spread(REVIEW).split("\n")
    for at in range(24, 0, -6):
        lines.insert(at, "綦江区人民代表大会文件（5）")
    whole, cut = understand(annual(REVIEW)), understand(annual("\n".join(lines)))
    cut.check()
    assert brief(cut) == brief(whole)


def test_a_table_with_each_cell_on_a_line(understand):
    cells = ("指标名称", "计量单位", "2024年计划", "2024年完成", "同比增长（%）", "2025年计划", "地区生产总值", "亿元", "184", "186.4", "6.7", "199",
             "　第一产业增加值", "亿元", "58", "59.3", "5.4", "62.3", "规模以上工业增加值", "亿元", "—", "—", "13.2", "—",
             "城镇新增就业", "人", "2000", "2216", "—", "≥2000")
    reading = understand(annual("", "附件\n" + "\n".join(cells) + "\n"))
    reading.check()
    found = {(f["indicator"], f["measure"], f["status"], f["year"], f["value"], f["comparator"]) for f in reading.facts}
    assert found == {
        ("地区生产总值", "level", "target", 2024, 184, "eq"), ("地区生产总值", "level", "actual", 2024, 186.4, "eq"),
        ("地区生产总值", "growth", "actual", 2024, 6.7, "eq"), ("地区生产总值", "level", "target", 2025, 199, "eq"),
        ("第一产业增加值", "level", "target", 2024, 58, "eq"), ("第一产业增加值", "level", "actual", 2024, 59.3, "eq"),
        ("第一产业增加值", "growth", "actual", 2024, 5.4, "eq"), ("第一产业增加值", "level", "target", 2025, 62.3, "eq"),
        ("规上工业增加值", "growth", "actual", 2024, 13.2, "eq"),
        ("城镇新增就业", "level", "target", 2024, 2000, "eq"), ("城镇新增就业", "level", "actual", 2024, 2216, "eq"),
        ("城镇新增就业", "level", "target", 2025, 2000, "ge")}


def test_paragraphs_on_lines_of_their_own_stay_apart(understand):
    """Short lines without a full stop are no page: names do not run from one to the next."""
    reading = understand(annual("粮食产量36万吨\n新增规上企业20家\n森林覆盖率55%"))
    assert {f["indicator"] for f in reading.facts} == {"粮食产量", "新增规上企业", "森林覆盖率"}


# ---------------------------------------------------------------- the real reports in another layout
def blanks_beside_numbers(text: str) -> str:
    return re.sub(r"(?<=[一-龥])(?=\d)|(?<=\d)(?=[一-龥%％])", " ", text)


def full_width(text: str) -> str:
    return text.translate(str.maketrans("0123456789.%", "０１２３４５６７８９．％"))


def western_marks(text: str) -> str:
    return text.translate(str.maketrans("，；：（）", ",;:()"))


def indented(text: str) -> str:
    return "\n".join(f"　　{line}" if len(line) > 20 and line[0] != "\t" else line for line in text.split("\n"))


def lines_of_a_page(text: str) -> str:
    """Each long line that is no cell of a table, in lines of 36 signs."""
    return "\n".join(spread(line, 36) if len(line) > 36 and line[0] != "\t" else line for line in text.split("\n"))


@pytest.mark.parametrize("layout, most", [(blanks_beside_numbers, 0.01), (full_width, 0.01), (western_marks, 0.01), (indented, 0), (lines_of_a_page, 0.03)])
def test_a_real_report_in_another_layout_says_the_same(understand, layout, most):
    """Some words stand otherwise then (2A级), and cells that go on in lines of their own are cut as paragraphs are."""
    stated, lost, made_up = 0, [], []
    for path in sorted(store.REPORTS_DIR.glob("*.txt")):
        text = decode(path.read_bytes(), path.name)[0]
        plain, laid_out = (Counter(row[:5] for row in understand(each).brief()) for each in (text, layout(text)))
        stated += plain.total()
        lost += (plain - laid_out).elements()
        made_up += (laid_out - plain).elements()
    assert stated > 1300
    assert len(lost) <= most * stated and len(made_up) <= most * stated, (len(lost), len(made_up), made_up)


# ---------------------------------------------------------------- headings and announcements
@pytest.mark.parametrize("heading", [
    "2025年国民经济和社会发展计划安排意见", "2025年计划安排", "2025年经济社会发展总体思路", "2025年工作打算",
    "2025年经济社会发展形势分析", "2025年国民经济和社会发展计划草案",
    "2025年奋斗方向和实现路径",
])
def test_the_part_of_the_plan_under_a_heading_without_a_number(understand, heading):
    text = (
        "关于重庆市綦江区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告\n各位代表：\n"
        f"2024年国民经济和社会发展计划执行情况\n全年地区生产总值增长5.5%，粮食产量36万吨。\n{heading}\n"
        "地区生产总值增长6%左右，新增规上企业20家。\n"
    )
    assert {(f["status"], f["year"], f["value"]) for f in understand(text).facts} == {
        ("actual", 2024, 5.5), ("actual", 2024, 36), ("target", 2025, 6), ("target", 2025, 20)}


def test_goals_announced_without_a_heading(understand):
    text = (
        "关于重庆市綦江区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告\n各位代表：\n"
        "2024年，全区地区生产总值增长5.5%。\n粮食产量36万吨，新增规上企业12家。\n"
        "2025年经济社会发展主要预期目标建议为：地区生产总值增长6%左右，力争达到6.5%；固定资产投资增长8%。\n"
        "为此，重点抓好以下工作。\n新增规上企业20家，工业投资增长12%。\n"
    )
    assert {(f["indicator"], f["status"], f["year"], f["value"]) for f in understand(text).facts} == {
        ("地区生产总值", "actual", 2024, 5.5), ("粮食产量", "actual", 2024, 36), ("新增规上企业", "actual", 2024, 12),
        ("地区生产总值", "target", 2025, 6), ("地区生产总值", "target", 2025, 6.5), ("固定资产投资", "target", 2025, 8),
        ("新增规上企业", "target", 2025, 20), ("工业投资", "target", 2025, 12)}


def test_a_look_ahead_in_the_review_turns_nothing(understand):
    reading = understand(annual("到2025年建成后，可年产芯片3万片。\n新增规上企业12家，工业投资增长9%。"))
    assert {(f["status"], f["value"]) for f in reading.facts} == {("actual", 12), ("actual", 9)}


# ---------------------------------------------------------------- what is no figure of the place
@pytest.mark.parametrize("sentence, number, reason", [
    ("单位地区生产总值能耗下降3.2%，超额完成市下达3%的年度任务。", "3", "comparison"),
    ("规上工业企业利润总额（1—11月）68.5亿元、增长24.6%，服务业营业收入（1—11月）增长12.5%。", "12.5", "partial_year"),
    ("规上工业企业利润总额（1—11月）68.5亿元、增长24.6%，服务业营业收入（1—11月）增长12.5%。", "24.6", "partial_year"),
    ("人均地区生产总值5.2万元，仅为渝中城区的38%。", "38", "comparison"),
    ("地区生产总值达1386亿元、增长8.5%，跃上1300亿元台阶。", "1300", "base_value"),
    ("新增规上企业58家，首次突破300家大关。", "300", "base_value"),
    ("我区清河街种植藠头1.2万亩。", "1.2", "sub_area"),
    ("玉泉湖总磷浓度下降16.5%。", "16.5", "sub_area"),
    ("石桥港年货物吞吐量达到3260万吨。", "3260", "sub_area"),
    ("南山国家湿地公园修复湿地320亩。", "320", "sub_area"),
    ("东林煤矿智能化采煤工作面达到6个。", "6", "organisation"),
    ("第九中学新建风雨操场2400平方米。", "2400", "organisation"),
    ("青禾牧业奶牛存栏4.2万头。", "4.2", "organisation"),
    ("清江水厂日供水能力提高到5万吨。", "5", "organisation"),
    ("17个乡镇（街道）不同程度受灾。", "17", "structural_count"),
    ("巡视反馈的32个问题全部整改。", "32", "structural_count"),
    ("城镇新增就业5128人，为年度目标4500人的114%。", "114", "completion_ratio"),
    ("重点项目：海洋食品产业园三期（年加工磷虾10万吨）。", "10", "project"),
    ("省、市分别提出增长7%左右、6%左右的预期目标。", "7", "higher_level"),
    ("从全国看，预计今年经济增长5%左右，国家将安排国债1.3万亿元。", "5", "higher_level"),
    ("地区生产总值增长6%（全省目标：5.5%左右；自治区目标：5.8%以上）。", "5.8", "higher_level"),
    ("综合考虑国家预期增长5%左右、全省6%左右的目标，地区生产总值增长7%。", "5", "higher_level"),
    ("23个乡镇中有9个没有规上工业企业。", "9", "quantifier"),
    ("空气质量排名较上年前进11位。", "11", "rank"),
    ("从国际看，国际货币基金组织预测全球经济增长3.1%。", "3.1", "higher_level"),
])
def test_reasons(understand, sentence, number, reason):
    assert understand(annual(sentence)).reason(number) == reason


@pytest.mark.parametrize("sentence, expected", [
    ("全区湖泊水质达标率95%。", 95),
    ("大街小巷新增路灯30盏。", 30),
    ("从我区看，工业投资增长9%。", 9),
    ("建成国家湿地公园2个。", 2),
    ("拥有全国重点实验室3家。", 3),
    ("国家级海洋牧场示范区达到16处。", 16),
    ("畜牧业总产值达36亿元。", 36),
    ("建成智能工厂12家。", 12),
    ("地区生产总值跃上1300亿元台阶。", 1300),
    ("既有住宅加装电梯208台。", 208),
    ("建成乡镇（街道）退役军人服务站17个。", 17),
])
def test_what_looks_like_it_and_is_one(understand, sentence, expected):
    assert [f["value_reported"] for f in understand(annual(sentence)).facts] == [expected]


def test_growth_behind_an_amount_without_a_unit_is_not_of_the_name_before(understand):
    reading = understand(annual("固定资产投资增长24.6%；社会消费品零售总额48.6，增长7.3%。"))
    assert {(f["indicator"], f["value"]) for f in reading.facts} == {("固定资产投资", 24.6), ("社会消费品零售总额", 7.3)}


@pytest.mark.parametrize("printed", ["18. 9", "18 .9", "1 8.9", "18 9"])
def test_growth_behind_a_number_that_is_none_is_not_of_the_name_before(understand, printed):
    reading = understand(annual(f"第一产业增加值增长5.3%；第二产业增加值{printed}亿元，增长6.1%；全区人才贷{printed}亿元，增长9%。"))
    assert {(f["indicator"], f["value"]) for f in reading.facts} == {("第一产业增加值", 5.3), ("第二产业增加值", 6.1)}


def test_a_list_under_the_next_plan_is_for_its_last_year(understand):
    goals = "“十五五”时期全区地区生产总值年均增长5.5%左右；研发经费投入强度达到3.4%；常住人口城镇化率提高到72%左右。新增规上企业20家。"
    reading = understand(annual("", goals))
    assert [(f["indicator"], f["year"], f["period"]) for f in sorted(reading.facts, key=lambda f: f["char_end"])] == [
        ("地区生产总值", 2030, "average"), ("全社会研发经费投入强度", 2030, "annual"), ("常住人口城镇化率", 2030, "annual"),
        ("新增规上企业", 2025, "annual")]


def test_what_is_said_after_a_view_from_outside_is_of_the_place(understand):
    reading = understand(annual("从全国看，经济增长5%；从我区看，地区生产总值增长6.1%。"))
    assert [(f["indicator"], f["value"]) for f in reading.facts] == [("地区生产总值", 6.1)]


# ---------------------------------------------------------------- names
@pytest.mark.parametrize("sentence, expected", [
    ("（8）城镇居民、农村居民人均可支配收入增长6%、7%；", [("城镇常住居民人均可支配收入", 6), ("农村常住居民人均可支配收入", 7)]),
    ("全区重点项目开复工率100%，完成投资73.5亿元。", [("重点项目开复工率", 100), ("重点项目投资", 73.5)]),
    ("实施政府投资项目186个，其中续建121个、新建65个。", [
        ("实施政府投资项目", 186), ("续建政府投资项目", 121), ("新建政府投资项目", 65)]),
    ("金融机构不良贷款率压降到3%以内。", [("金融机构不良贷款率", 3)]),
])
def test_names(understand, sentence, expected):
    assert [(f["indicator"], f["value"]) for f in understand(annual(sentence)).facts] == expected


def test_what_is_new_governs_the_whole_list(understand):
    reading = understand(annual("新增高新技术企业、科技型企业分别为61家、402家。"))
    assert [(f["indicator"], f["value"]) for f in reading.facts] == [("新增高新技术企业", 61), ("新增科技型企业", 402)]


@pytest.mark.parametrize("sentence", [
    "既与“十四五”规划《纲要》确定的年均增长8%左右相衔接。", "也为“十五五”时期年均增长5.5%左右留出空间。",
    "扣除房地产开发投资增长15.8%。", "总量向1500亿元冲刺【预期性】。",
])
def test_words_that_are_no_name(understand, sentence):
    assert understand(annual("", sentence)).facts == []


def test_planned_and_expected_growth_of_a_list(understand):
    reading = understand(annual("城镇居民、农村居民人均可支配收入计划分别增长5.5%和7%，预计分别增长5%和6.8%。"))
    assert [(f["status"], f["value"]) for f in sorted(reading.facts, key=lambda f: (f["char_end"], f["value"]))] == [
        ("target", 5.5), ("target", 7), ("actual", 5), ("actual", 6.8)]
