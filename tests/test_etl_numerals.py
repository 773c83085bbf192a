"""Golden table of quantities: (text, span, value, unit, comparator, high), with what they are in base units.

Traps, which must yield nothing or a reason, are read through the whole pipeline; the properties hold for any text.
"""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.catalog import SCALES
from data.terms import UNSEEN
from etl.numerals import NUMBER, Reader, chinese_integer, number
from etl.scope import Scope
from tests.conftest import annual


@pytest.fixture(scope="module")
def reader(catalog) -> Reader:
    return Reader(catalog)


def quantities(reader: Reader, text: str):
    """All quantities of a text, from left to right, none inside another; what is no sure number is left out."""
    found, pos = [], 0
    for m in NUMBER.finditer(text):
        if m.start() < pos:
            continue
        before = m.start() - 1
        q = reader.at(text, before) if before >= 0 and text[before] in "-−－" else None
        if q is None or q.numbers[0][0] != m.start():
            q = reader.at(text, m.start())
        if q is not None:
            found.append(q)
            pos = q.end
    return found


# text, span, value, unit, comparator, high, value in base units, base unit
GOLDEN = [
    # mass, with the scale words of the reports
    ("粮食产量3.6亿公斤", "3.6亿公斤", 3.6, "亿公斤", "eq", None, 36e4, "吨"),
    ("粮食产量7.15亿斤", "7.15亿斤", 7.15, "亿斤", "eq", None, 35.75e4, "吨"),
    ("产量36万吨", "36万吨", 36, "万吨", "eq", None, 36e4, "吨"),
    ("产量500公斤", "500公斤", 500, "公斤", "eq", None, 0.5, "吨"),
    ("能耗0.5吨标准煤/万元", "0.5吨标准煤/万元", 0.5, "吨标准煤/万元", "eq", None, 0.5, "吨标准煤/万元"),
    ("能源消费总量300万吨标准煤", "300万吨标准煤", 300, "万吨标准煤", "eq", None, 3e6, "吨标准煤"),
    # money
    ("总值558.2亿元", "558.2亿元", 558.2, "亿元", "eq", None, 558.2e8, "元"),
    ("外资4762万美元", "4762万美元", 4762, "万美元", "eq", None, 4762e4, "美元"),
    ("外资1.29亿美元", "1.29亿美元", 1.29, "亿美元", "eq", None, 1.29e8, "美元"),
    ("存款1.2万亿元", "1.2万亿元", 1.2, "万亿元", "eq", None, 1.2e12, "元"),
    ("产值5千万元", "5千万元", 5, "千万元", "eq", None, 5e7, "元"),
    ("收入46875元", "46875元", 46875, "元", "eq", None, 46875, "元"),
    ("生产率12.5万元/人", "12.5万元/人", 12.5, "万元/人", "eq", None, 125000, "元/人"),
    # people and visits
    ("就业0.9万人", "0.9万人", 0.9, "万人", "eq", None, 9000, "人"),
    ("就业10211人", "10211人", 10211, "人", "eq", None, 10211, "人"),
    ("游客1332.5万人次", "1332.5万人次", 1332.5, "万人次", "eq", None, 1332.5e4, "人次"),
    # areas
    ("面积69万余平方米", "69万余平方米", 69, "万平方米", "approx", None, 69e4, "平方米"),
    ("面积45.7平方公里", "45.7平方公里", 45.7, "平方公里", "eq", None, 45.7, "平方公里"),
    ("面积10公顷", "10公顷", 10, "公顷", "eq", None, 150, "亩"),
    ("面积3.2万亩", "3.2万亩", 3.2, "万亩", "eq", None, 32000, "亩"),
    # shares, points, ratios
    ("增长5.5%", "5.5%", 5.5, "%", "eq", None, 5.5, "%"),
    ("增长5.5％", "5.5％", 5.5, "％", "eq", None, 5.5, "%"),
    ("提高0.9个百分点", "0.9个百分点", 0.9, "个百分点", "eq", None, 0.9, "百分点"),
    ("下降25个基点", "25个基点", 25, "个基点", "eq", None, 0.25, "百分点"),
    ("浓度34微克/立方米", "34微克/立方米", 34, "微克/立方米", "eq", None, 34, "微克/立方米"),
    # bounds and about
    ("举办150余场", "150余场", 150, "场", "approx", None, 150, "场"),
    ("减税4500多万元", "4500多万元", 4500, "万元", "approx", None, 4500e4, "元"),
    ("农户3000余户", "3000余户", 3000, "户", "approx", None, 3000, "户"),
    ("投资20亿元左右", "20亿元左右", 20, "亿元", "approx", None, 20e8, "元"),
    ("优良天数325天以上", "325天以上", 325, "天", "ge", None, 325, "天"),
    ("失业率5.5%以内", "5.5%以内", 5.5, "%", "le", None, 5.5, "%"),
    ("失业率5.5%以下", "5.5%以下", 5.5, "%", "le", None, 5.5, "%"),
    # ranges
    ("增长6—6.5%", "6—6.5%", 6, "%", "eq", 6.5, 6, "%"),
    ("增长6%—7%", "6%—7%", 6, "%", "eq", 7, 6, "%"),
    ("增长6%至7%", "6%至7%", 6, "%", "eq", 7, 6, "%"),
    ("增长6～7%", "6～7%", 6, "%", "eq", 7, 6, "%"),
    ("规模1000—5000人", "1000—5000人", 1000, "人", "eq", 5000, 1000, "人"),
    ("规模1000人—5000人", "1000人—5000人", 1000, "人", "eq", 5000, 1000, "人"),
    ("投资3—5亿元", "3—5亿元", 3, "亿元", "eq", 5, 3e8, "元"),
    # signs, separators, full width
    ("增长-3.2%", "-3.2%", -3.2, "%", "eq", None, -3.2, "%"),
    ("增长－3.2%", "－3.2%", -3.2, "%", "eq", None, -3.2, "%"),
    ("增长−3.2%", "−3.2%", -3.2, "%", "eq", None, -3.2, "%"),
    ("收入1,204.5亿元", "1,204.5亿元", 1204.5, "亿元", "eq", None, 1204.5e8, "元"),
    ("人口1,234,567人", "1,234,567人", 1234567, "人", "eq", None, 1234567, "人"),
    ("收入１２３．４亿元", "１２３．４亿元", 123.4, "亿元", "eq", None, 123.4e8, "元"),
    ("新增76家", "76家", 76, "家", "eq", None, 76, "户"),
    ("新增76", "76", 76, None, "eq", None, 76, None),
    # what follows is no part of the quantity
    ("建成5个方面", "5个", 5, "个", "eq", None, 5, "个"),
    ("培训3000人才", "3000", 3000, None, "eq", None, 3000, None),
    ("达36万吨，增长5%", "36万吨", 36, "万吨", "eq", None, 36e4, "吨"),
    ("打造12多式联运", "12", 12, None, "eq", None, 12, None),
    ("5PPP项目", "5", 5, None, "eq", None, 5, None),
]


@pytest.mark.parametrize("text, span, value, unit, comparator, high, in_base, base", GOLDEN, ids=[g[0] for g in GOLDEN])
def test_golden(reader, text, span, value, unit, comparator, high, in_base, base):
    q = quantities(reader, text)[0]
    assert (text[q.start : q.end], q.value, q.unit, q.comparator, q.high) == (span, value, unit, comparator, high)
    assert q.value * q.factor == pytest.approx(in_base)
    assert q.base == base


RATIOS = [
    ("比为1.94:1", "1.94:1", ":1"),
    ("比为1.94：1", "1.94:1", ":1"),
    ("结构0.5:37.1:62.4", "0.5:37.1:62.4", None),
    ("结构13.7∶43∶43.3", "13.7:43:43.3", None),
]


@pytest.mark.parametrize("text, ratio, unit", RATIOS)
def test_ratios(reader, text, ratio, unit):
    (q,) = quantities(reader, text)
    assert (q.ratio, q.unit, q.high) == (ratio, unit, None)
    assert [number(text[a:b]) for a, b in q.numbers] == [float(x) for x in ratio.split(":")]


SEVERAL = [
    ("增长5.5%、6.7%、15.4%", [5.5, 6.7, 15.4]),
    ("46875元、23914元", [46875, 23914]),
    ("6.5—6", [6.5, 6]),  # falling: two numbers, no range
    ("3%—5人", [3, 5]),  # two units: no range
    ("达到76，100个项目开工", [76, 100]),  # a Chinese comma ends a clause
    ("分别为35，120，460", [35, 120, 460]),
    ("76,1000", [76, 1000]),
]


@pytest.mark.parametrize("text, values", SEVERAL, ids=[s[0] for s in SEVERAL])
def test_several_numbers_stay_apart(reader, text, values):
    assert [q.value for q in quantities(reader, text)] == values
    assert [number(m.group()) for m in NUMBER.finditer(text)] == values


# ---------------------------------------------------------------- traps: what has a form of its own is no quantity
FORMS = [
    ("G210改线", "210", "name"),
    ("国道G5013线", "5013", "name"),
    ("PM2.5浓度", "2.5", "name"),
    ("5G基站", "5", "name"),
    ("“141”体系", "141", "name"),
    ("“13311”工作体系", "13311", "name"),
    ("2+4+N产业", "2", "name"),
    ("220千伏变电站", "220", "name"),
    ("第4", "4", "rank ordinal"),
    ("第4位", "4", "rank"),
    ("前10位", "10", "rank"),
    ("500强", "500", "rank"),
    ("第5次会议", "5", "ordinal"),
    ("3号楼", "3", "ordinal"),
    ("3岁以下婴幼儿", "3", "duration"),
    ("60周岁以上", "60", "duration"),
    ("50年一遇", "50", "duration"),
    ("2021—2025年", "2021", "date"),
    ("2021-2025年", "2021", "date"),
    ("2024年1月14日", "14", "date"),
    ("1—11月", "11", "date"),
    ("12月底", "12", "date"),
    ("〔2024〕15号", "15", "document_number"),
    ("渝府发〔2024〕15号", "2024", "document_number"),
    ("第15号令", "15", "document_number ordinal"),
    ("《促进消费20条》", "20", "document_number"),
]


@pytest.mark.parametrize("text, digits, reasons", FORMS, ids=[f[0] for f in FORMS])
def test_forms(text, digits, reasons):
    at = text.index(digits)
    covering = [why for a, b, why in Scope.quoted(text) + Scope.forms(text) if a <= at and at + len(digits) <= b]
    assert covering and covering[0] in reasons.split()


@pytest.mark.parametrize("text", [f[0] for f in FORMS])
def test_forms_yield_no_fact(understand, text):
    reading = understand(annual(f"推进{text}。"))
    reading.check()
    assert [f["quote"] for f in reading.facts] == []


@pytest.mark.parametrize(
    "text", ["增长5.5%", "粮食36万吨", "“新增就业1万人以上”", "就业12000人", "5年", "3000万元", "1.94:1"]
)
def test_figures_have_no_form_that_hides_them(text):
    at = next(NUMBER.finditer(text)).start()
    assert not [f for f in Scope.quoted(text) + Scope.forms(text) if f[0] <= at < f[1]]


# ---------------------------------------------------------------- Chinese numerals
@pytest.mark.parametrize(
    "text, value",
    [
        ("四", 4),
        ("十", 10),
        ("十四", 14),
        ("二十", 20),
        ("二十一", 21),
        ("一百", 100),
        ("一百零五", 105),
        ("二〇三五", 2035),
        ("二零二四", 2024),
        ("两", 2),
        ("", None),
        ("四分", None),
        ("万", None),
        ("abc", None),
        ("５", None),
    ],
)
def test_chinese_integers(text, value):
    assert chinese_integer(text) == value


@given(st.integers(1, 199))
def test_chinese_integers_read_back(n):
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    text = digits[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    assert chinese_integer(text + (digits[ones] if ones else "")) == n


# ---------------------------------------------------------------- properties
LIKELY = st.text(
    alphabet=st.sampled_from(
        "0123456789０９.．,，:：∶—-~～至到万亿千百%％元吨人个百分点余多以上内约增长 第年月日号（）“”《》GkW"
    ),
    max_size=40,
)
BETWEEN = rf"(?:\s|[-−－]?[{UNSEEN}]+[.．,，]?)"
ANY = st.one_of(LIKELY, st.text(max_size=60))


@given(ANY)
@settings(max_examples=1500)
@example("1，234")
@example("9" * 400)
@example("1:2:3:4")
@example("-")
def test_any_text_is_read_within_its_bounds(reader, text):
    for q in quantities(reader, text):
        assert 0 <= q.start < q.end <= len(text)
        assert q.comparator in ("eq", "ge", "le", "gt", "lt", "approx")
        assert q.numbers and all(q.start <= a < b <= q.end for a, b in q.numbers)
        assert q.factor > 0 and (q.high is None or abs(q.high) > abs(q.value))
        parts = [text[slice(*span)] for span in q.numbers]
        spaced = "".join(parts)  # 1 280: one number in two parts
        assert abs(q.value) in (number(parts[0]), number(spaced) if spaced.isdigit() else None)


@given(ANY)
@settings(max_examples=1500)
@example("达到76，100个项目")
@example("达到1 280个")
@example("达到12 80个")
def test_no_number_falls_between_quantities(reader, text):
    """What counts as a number and what is read as one are the same, but for digits with blanks or unseen signs between them."""
    read = [span for q in quantities(reader, text) for span in q.numbers]
    printed = {m.span() for m in NUMBER.finditer(text)}
    assert len(read) == len(set(read)) and set(read) <= printed
    for a, b in printed - set(read):
        assert re.search(rf"[0-9０-９.．,，]{BETWEEN}$", text[:a]) or re.match(rf"{BETWEEN}[0-9０-９.．,，]", text[b:]), text[a:b]


_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


@given(st.floats(0, 1e9, allow_nan=False), st.integers(0, 4), st.sampled_from(["", ","]), st.booleans())
def test_numbers_parse_back(value, decimals, separator, wide):
    printed = f"{value:{separator}.{decimals}f}"
    text = printed.translate(_WIDE) if wide and not separator else printed
    assert NUMBER.fullmatch(text)
    assert number(text) == float(printed.replace(",", ""))


@given(
    st.integers(1, 99999),
    st.sampled_from(["", *SCALES]),
    st.sampled_from(["元", "吨", "人", "亩", "平方米", "户", "人次"]),
    st.sampled_from([("", "eq"), ("以上", "ge"), ("以内", "le"), ("左右", "approx")]),
)
@settings(max_examples=300)
def test_value_scale_unit_and_bound_are_read_back(reader, n, scale, unit, bound):
    word, comparator = bound
    text = f"达到{n}{scale}{unit}{word}，比"
    (q,) = quantities(reader, text)
    assert text[q.start : q.end] == f"{n}{scale}{unit}{word}"
    assert (q.value, q.unit, q.comparator) == (n, scale + unit, comparator)
    assert math.isclose(q.factor, SCALES.get(scale, 1.0))


@given(ANY)
@settings(max_examples=500)
def test_forms_and_quotes_stay_within_any_text(text):
    for a, b, why in Scope.forms(text) + Scope.quoted(text):
        assert 0 <= a < b <= len(text) and why
