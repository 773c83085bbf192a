"""What holds for any report, however damaged: it is read or refused, quotes are verbatim, each number is accounted for.

Pieces of the real reports are cut, shuffled and spoiled; the examples are the same in each run.
"""

from __future__ import annotations

import random
import signal
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import store
from etl import verify
from etl.read import decode
from tests.conftest import Reading, annual, plan, table

TEXTS = {p.stem: decode(p.read_bytes(), p.name)[0] for p in sorted(store.REPORTS_DIR.glob("*.txt"))}
ODD = "\u200b\ufeff\u00a0\u3000\u2028\x0b\x0c\x00\x1c\u202e\ud7ff\ue000\U0001f680\U00020000①㈠Ⅲ½²〇𝟗٣\u0301"
PIECES = st.sampled_from(
    [
        "地区生产总值",
        "固定资产投资",
        "其中",
        "分别",
        "增长",
        "下降",
        "达到",
        "由",
        "提高到",
        "累计",
        "新增",
        "同比持平",
        "年均",
        "“十四五”期间",
        "2021—2024年",
        "到2030年",
        "上半年",
        "全市",
        "高新区",
        "：",
        "，",
        "、",
        "。",
        "；",
        "\n",
        "\t",
        "\n\n",
        "\n\t",
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "5.5%",
        "6—6.5%",
        "1.94:1",
        "0.9个百分点",
        "3.6亿公斤",
        "1,204.5亿元",
        "９９．９",
        "76家",
        "-3",
        "≥325",
        "6*",
        "——",
        "〔2024〕15号",
        "PM2.5",
        "指标名称",
        "计划目标",
        "完成情况",
        "一、",
        "（二）",
        "专栏1：",
        "名词解释",
        "第一章 目标",
        "#",
        "*",
        "🚀",
        "\u200b",
        "0",
        "9" * 30,
    ]
)


def read(understand, text: str) -> Reading | None:
    """Read and check a text; None when it is refused with a message of one line."""
    reading = understand(text)
    if isinstance(reading, str):
        assert reading.startswith("report.txt:") and "\n" not in reading
        return None
    reading.check()
    return reading


@contextmanager
def at_most(seconds: int):
    """Stops what goes on for far too long, so that a text that takes for ever fails and does not hang."""

    def stop(*_):
        raise TimeoutError(f"still at it after {seconds} seconds")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def sample(rng: random.Random, length: int = 3000) -> str:
    """The head of a real report and a piece from somewhere in it."""
    text = TEXTS[rng.choice(sorted(TEXTS))]
    at = rng.randrange(300, max(301, len(text) - length))
    return text[:300] + text[at : at + length]


# ---------------------------------------------------------------- damage
def cut(text, rng):
    return text[: rng.randrange(200, len(text))]


def cut_out(text, rng):
    a, b = sorted(rng.randrange(150, len(text)) for _ in range(2))
    return text[:a] + text[b:]


def shuffle(text, rng):
    head, *lines = text.splitlines(keepends=True)
    rng.shuffle(lines)
    return head + "".join(lines)


def double_tabs(text, rng):
    return (
        text.replace("\t", "\t\t") if rng.random() < 0.5 else text.replace("\t", rng.choice(["", " ", "\n\t", "\t\n"]))
    )


def lose_lines(text, rng):
    head, *lines = text.splitlines(keepends=True)
    return head + "".join(line for line in lines if rng.random() < 0.7)


def lose_breaks(text, rng):
    return text[:150] + text[150:].replace(rng.choice(["\n\n", "\n", "。", "，"]), "")


def odd_signs(text, rng):
    signs = list(text)
    for _ in range(60):
        signs.insert(rng.randrange(150, len(signs)), rng.choice(ODD))
    return "".join(signs)


def flip_signs(text, rng):
    signs = list(text)
    for _ in range(80):
        signs[rng.randrange(150, len(signs))] = rng.choice("0123456789.%，、。：；（）“”《》—\t\n年月日亿万元增降分别")
    return "".join(signs)


def huge_numbers(text, rng):
    return "".join(c * rng.choice([1, 1, 1, 1, 9]) if c.isdigit() else c for c in text[150:]).join([text[:150], ""])


def line_breaks(text, rng):
    return text.replace("\n", rng.choice(["\r\n", "\r", "\n\n", "\n\n\n"]))


def full_width(text, rng):
    return text.translate(str.maketrans("0123456789.%:", "０１２３４５６７８９．％："))


def doubled(text, rng):
    return text + text[150:]


DAMAGE = [
    cut,
    cut_out,
    shuffle,
    double_tabs,
    lose_lines,
    lose_breaks,
    odd_signs,
    flip_signs,
    huge_numbers,
    line_breaks,
    full_width,
    doubled,
]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda f: f.__name__)
@pytest.mark.parametrize("seed", range(8))
def test_damaged_pieces(understand, damage, seed):
    rng = random.Random(f"{damage.__name__}{seed}")
    with at_most(20):
        read(understand, damage(sample(rng), rng))


@pytest.mark.parametrize("seed", range(12))
def test_damage_upon_damage(understand, seed):
    rng = random.Random(seed)
    text = sample(rng, 2000)
    for damage in rng.sample(DAMAGE, 4):
        text = damage(text, rng) if len(text) > 400 else text
    with at_most(20):
        read(understand, text)


@pytest.mark.parametrize("stem", sorted(TEXTS))
def test_a_whole_report_cut_anywhere(understand, stem):
    text = TEXTS[stem]
    rng = random.Random(stem)
    reading = read(understand, text[: rng.randrange(len(text) // 2, len(text))])
    assert reading and reading.facts


def test_damaged_reports_together_still_make_a_build(house):
    """Whatever was read also gets through derivation, checks and the contract."""
    rng = random.Random(7)
    places = ["重庆市江津区", "重庆市渝中区", "重庆市万州区", "重庆市涪陵区", "重庆市北碚区", "重庆市长寿区"]
    for n, place in enumerate(places):
        text = sample(rng)
        for damage in rng.sample(DAMAGE, 3):
            text = damage(text, rng) if len(text) > 400 else text
        house.put(f"damaged{n}.txt", annual(text[300:].encode("utf-8", "replace").decode(), place=place))
    house.build()
    assert verify.verify(house.out, house.reports) == []


# ---------------------------------------------------------------- made up
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([annual, plan]), st.booleans())
@settings(max_examples=600)
def test_sentences_of_likely_pieces(understand, body, kind, ahead):
    read(understand, kind("", body) if ahead else kind(body))


@given(st.lists(st.lists(PIECES, max_size=5).map("".join), min_size=1, max_size=24), st.integers(1, 6))
@settings(max_examples=300)
def test_tables_of_likely_pieces(understand, cells, width):
    rows = [("指标名称", "计划目标", "完成情况"), *(cells[i : i + width] for i in range(0, len(cells), width))]
    read(understand, annual(table(*rows)))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=200))
@settings(max_examples=150)
def test_any_text_under_a_title(understand, body):
    read(understand, annual(body))


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(understand, content):
    reading = understand(content)
    assert not isinstance(reading, str) or reading.startswith("report.txt:")


@given(st.decimals(-1000, 100000, places=2, allow_nan=False, allow_infinity=False))
@settings(max_examples=60)
def test_a_stated_level_is_read_as_printed(understand, value):
    """For any printed number: the fact has that value."""
    (fact,) = understand(annual(f"固定资产投资{value}亿元。")).facts
    assert (fact["indicator_id"], fact["value"], fact["unit"]) == ("fixed_investment", float(value), "亿元")


# ---------------------------------------------------------------- sizes
def test_a_line_of_two_megabytes(understand):
    clause = "全区上下坚持稳中求进工作总基调，加快推动经济社会高质量发展，"
    words, third = clause * 22_000, len(clause) * 7_300
    line = (
        words[:third]
        + "地区生产总值增长5.5%，"
        + words[third : 2 * third]
        + "粮食产量36万吨，"
        + words[2 * third :]
        + "新增就业5千人。"
    )
    assert len(line.encode()) > 1_900_000
    with at_most(30):
        reading = read(understand, annual(line))
    assert {("地区生产总值", 5.5), ("粮食产量", 36)} <= {(f["indicator"], f["value"]) for f in reading.facts}


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值增长5.5%，" * 2000,
        "地区生产总值增长5.5%。\n" * 2000,
        "\t5" * 5000,
        "\t指标名称\n\t完成情况\n\n" + "\tGDP增速\n\t5\n\n" * 1500,
        "（" * 50000 + "5",
        "“" * 50000 + "5",
        "字" * 200_000 + "5",
        "\n" * 100_000 + "5",
        " " * 200_000 + "5",
        "5—" * 1500,
        "1:" * 5000,
        "5+" * 5000,
        "1、" * 800,
        "9" * 1500,
        "a" * 100_000 + "5",
        "第" * 20000 + "5",
        "十" * 20000 + "5年",
        "其中" * 20000 + "5%",
        "《" * 20000 + "5",
    ],
    ids=lambda t: repr(t[:6]),
)
def test_much_of_the_same(understand, text):
    with at_most(20):
        read(understand, annual(text))


@pytest.mark.parametrize("text", ["9" * 20_000, "2024" * 2000, "1、" * 8000, "5—" * 32_000], ids=lambda t: repr(t[:6]))
def test_a_run_of_digits_does_not_take_for_ever(understand, text):
    """What a faulty export leaves behind must not stop the build of the other reports."""
    with at_most(4):
        read(understand, annual(text))


def test_reading_does_not_depend_on_what_was_read_before(understand):
    first = understand(TEXTS["qijiang-2024-annual-plan-report"], "qijiang-2024-annual-plan-report.txt")
    understand(annual("地区生产总值增长5.5%。", place="重庆市南岸区"))
    again = understand(TEXTS["qijiang-2024-annual-plan-report"], "qijiang-2024-annual-plan-report.txt")
    assert first.facts == again.facts and first.numbers == again.numbers
