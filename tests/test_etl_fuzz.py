"""What may arrive in a folder: reports in any encoding, cut and spoiled at any place, with odd signs and endless lines;
catalogue and supplement with slips. Nothing stops the build but a message does, and no fact says what the text does not.

PLANBOARD_FUZZ=20 runs twenty times as many examples, and every endless line at its full length.
"""

from __future__ import annotations

import math
import os
import random
import re
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import catalog as catalog_module
from data import store
from data.catalog import CatalogError
from etl import supplement
from etl.extract import machinery
from etl.numerals import LARGEST, NUMBER, number
from etl.read import ReportError, decode
from tests.conftest import House, annual, forget_catalogues, plan, verify
from tests.test_etl_build import SUPPLEMENT
from tests.test_etl_properties import at_most

MORE = int(os.environ.get("PLANBOARD_FUZZ", "1"))
UNSEEN = Path(__file__).resolve().parent / "fixtures" / "unseen"
TEXTS = [decode(p.read_bytes(), p.name)[0] for p in [*sorted(store.REPORTS_DIR.glob("*.txt")), *sorted(UNSEEN.glob("*.txt"))]]
SPACED = re.compile(r"[0-9０-９]+(?:[^\S\n][0-9０-９]+)+")  # 1 280: one number with blanks in it
CATALOGUE = sorted(p.name for p in catalog_module.CATALOG_DIR.glob("*.csv"))


def examples(count: int) -> settings:
    return settings(max_examples=count * MORE, suppress_health_check=list(HealthCheck))


def chinese(message: str) -> bool:
    return re.search("[一-龥]", message) is not None


# ---------------------------------------------------------------- what holds for every reading
def sound(reading) -> None:
    """Each fact's quote stands in the text and holds the number; each number of the text has a fact or a reason."""
    reading.check()
    text = reading.text
    printed = [(m.start(), m.end(), m.group()) for m in NUMBER.finditer(text)]
    assert [(n["char_start"], n["char_end"], n["text"]) for n in reading.numbers] == printed
    whole = {start: end for start, end, _ in printed}
    for fact in reading.facts:
        stated = fact["value_reported"]
        for value in (fact["value"], stated, fact["value_low"], fact["value_high"]):
            assert value is None or math.isfinite(value) and abs(value) <= LARGEST * 1e4, fact
        if stated is None or (fact["note"] or "").startswith("更正"):
            continue
        start, end = fact["char_start"], fact["char_end"]
        inside = [text[a : whole[a]] for a in whole if start <= a and whole[a] <= end]
        inside += [re.sub(r"\s", "", run) for run in SPACED.findall(text[start:end])]
        assert any(math.isclose(abs(stated), number(each), rel_tol=1e-9) for each in inside), fact


def understood(understand, content: bytes) -> None:
    with at_most(60):
        reading = understand(content)
    if isinstance(reading, str):
        assert reading.startswith("report.txt:") and "\n" not in reading and chinese(reading), reading
    else:
        sound(reading)


# ---------------------------------------------------------------- damage to a text
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202d\u202e\u2066\u2069\x00\x07\x1b\x7f\ufffe\ufffd"
MARKS = "\u0301\u0338\u20dd\u20e3\ufe0f\u3099\U000e0100"
BLANKS = "\u00a0\u1680\u2003\u2009\u202f\u205f\u3000\u180e"
DIGITS = "０９٣۵५๕௪𝟗➂⑤㈤Ⅻ½²₂〇㊉億兆"
BREAKS = ["\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\n\r", "\r\r\n"]
HUGE = ["1" + "0" * 400, "9" * 3000, "0." + "0" * 500 + "1", "1e400", "-1e400", "１" * 60, "1," * 50 + "000", "9.9.9.9.9", "00000", "1.", ".5",
        "NaN", "Infinity", "1_000", "0x1F", "1/3", "−5", "+-5", "5—" * 30 + "6", "999999999999999.99", "1000000000000001", "2024" * 20]


def cut(text, rng):
    return text[: rng.randrange(len(text) + 1)]


def cut_the_front(text, rng):
    return text[rng.randrange(min(len(text), 400) + 1) :]


def shuffled_lines(text, rng):
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines) + 1)
    rest = lines[at:]
    rng.shuffle(rest)
    return "".join([*lines[:at], *rest])


def doubled_lines(text, rng):
    return "".join(line * rng.choice((1, 1, 1, 2, 3)) for line in text.splitlines(keepends=True))


def tabs(text, rng):
    return text.replace("\t", rng.choice(("\t\t", "\t\t\t\t", "\t \t", " \t", "\t\u3000", "\t\n\t", "")))


def signs_put_in(signs):
    def put(text, rng):
        found = list(text)
        for _ in range(1 + len(found) // 40):
            found.insert(rng.randrange(len(found) + 1), rng.choice(signs))
        return "".join(found)

    return put


def inside_numbers(text, rng):
    return re.sub(r"\d(?=\d)", lambda m: m.group() + (rng.choice(INVISIBLE + MARKS + BLANKS) if rng.random() < 0.3 else ""), text)


def other_digits(text, rng):
    return re.sub(r"\d", lambda m: rng.choice(DIGITS) if rng.random() < 0.2 else m.group(), text)


def huge_numbers(text, rng):
    return NUMBER.sub(lambda m: rng.choice(HUGE) if rng.random() < 0.2 else m.group(), text)


def other_breaks(text, rng):
    return text.replace("\n", rng.choice(BREAKS))


def mixed_breaks(text, rng):
    return re.sub("\n", lambda m: rng.choice(BREAKS), text)


def full_width(text, rng):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and rng.random() < 0.7 else c for c in text)


def lost_stops(text, rng):
    return re.sub("[。；\n]", "", text)


def brackets(text, rng):
    return re.sub("[（）“”《》]", lambda m: rng.choice("（）“”《》") if rng.random() < 0.4 else m.group(), text)


DAMAGE = [cut, cut_the_front, shuffled_lines, doubled_lines, tabs, signs_put_in(INVISIBLE), signs_put_in(MARKS), signs_put_in(BLANKS),
          signs_put_in("0123456789.,%％:：—-、，。；\t\n万亿元"), inside_numbers, other_digits, huge_numbers, other_breaks, mixed_breaks,
          full_width, lost_stops, brackets]


@st.composite
def damaged(draw, most: int = 3500) -> str:
    """The head of a real report and a piece from anywhere in it, damaged in one to four ways."""
    text = draw(st.sampled_from(TEXTS))
    at = draw(st.integers(0, max(0, len(text) - 200)))
    text = text[:300] + text[at : at + draw(st.integers(50, most))]
    rng = random.Random(draw(st.integers(0, 1 << 30)))
    for damage in draw(st.lists(st.sampled_from(DAMAGE), min_size=1, max_size=4)):
        text = damage(text, rng)
    return text


def as_it_arrives(text: str, how: str, rng: random.Random) -> bytes:
    """The text in some encoding, whole or with spoiled bytes."""
    encoding, _, spoil = how.partition(" ")
    text = text.encode("utf-16", "replace").decode("utf-16")
    if encoding == "utf-16-bom":
        raw = b"\xfe\xff" + text.encode("utf-16-be")
    else:
        raw = text.encode(encoding, "replace")
    if spoil == "cut":
        return raw[: rng.randrange(len(raw) + 1)]
    found = bytearray(raw)
    for _ in range(rng.randrange(1, 6) if spoil else 0):
        at = rng.randrange(len(found) + 1)
        found[at:at] = rng.choice((b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xff", b"\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\x00", b"\xef\xbb\xbf", b"\x81"))
    return bytes(found)


ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-bom", "utf-16-le", "utf-32", "big5",
             "utf-8 bytes", "gb18030 bytes", "utf-8 cut", "gb18030 cut", "utf-16 cut"]


@given(damaged(), st.sampled_from(ENCODINGS), st.integers(0, 1 << 30))
@examples(220)
def test_a_damaged_report_is_read_soundly_or_refused(understand, text, encoding, seed):
    understood(understand, as_it_arrives(text, encoding, random.Random(seed)))


@given(st.sampled_from(range(len(TEXTS))), st.floats(0, 1), st.booleans())
@examples(12)
def test_a_whole_report_cut_at_any_byte(understand, which, where, front):
    raw = TEXTS[which].encode()
    at = int(where * len(raw))
    understood(understand, raw[at:] if front else raw[:at])


@given(st.lists(st.tuples(damaged(1500), st.sampled_from(ENCODINGS[:6])), min_size=1, max_size=4), st.integers(0, 1 << 30))
@examples(10)
def test_a_folder_of_damaged_reports_makes_a_sound_build_or_none(tmp_path_factory, reports, seed):
    """Facts of spoiled reports also get through derivation, checks, the contract and the files."""
    house = House(tmp_path_factory.mktemp("folder"))
    house.reports.mkdir()
    house.supplement.mkdir()
    rng = random.Random(seed)
    for n, (text, encoding) in enumerate(reports):
        house.put(f"r{n}.txt", as_it_arrives(text, encoding, rng))
    try:
        house.build()
    except ReportError as error:
        assert "没有一份报告可用" in str(error)
        return
    assert verify(house.out, house.reports) == []
    shutil.rmtree(house.root)


@pytest.mark.parametrize("name", ["空 格\u3000.txt", "a'b\"c;--.txt", "换\n行.txt", "[red]x[/red].txt", "%s{0}.txt", "x" * 200 + ".txt", b"\xff\xfe\xb0.txt", "🚀.TXT"])
def test_a_report_with_an_odd_name(house, name):
    path = os.path.join(os.fsencode(house.reports), name if isinstance(name, bytes) else name.encode())
    try:
        with open(path, "wb") as handle:
            handle.write(annual("地区生产总值增长4.1%。", place="重庆市江津区").encode())
    except OSError:
        pytest.skip("the file system does not take this name")
    house.build()
    assert verify(house.out, house.reports) == []


# ---------------------------------------------------------------- endless lines
SENTENCE = "地区生产总值增长5.5%，粮食产量36万吨、固定资产投资15.4亿元，"
WORDS = "全区上下坚持稳中求进工作总基调，加快推动经济社会高质量发展，"
ENDLESS = {
    "digits": "9", "full-width digits": "９", "zeros": "0.0", "groups": "999,", "百分点": "百分点", "numbers of 百分点": "5个百分点", "commas": "，",
    "western commas": ",", "tabs": "\t", "tabs and numbers": "\t5", "clauses": SENTENCE, "no commas": "地区生产总值增长5.5%和粮食产量36万吨及",
    "持平": "同比持平", "同步": "与经济增长同步", "spaces": "　", "quotes": "“", "brackets": "（20", "books": "《", "ranges": "5—", "ratios": "1:", "list": "1、",
    "plus": "5+", "letters": "a5", "years": "2024年5%，", "half years": "上半年5%，", "分别": "粮食、蔬菜产量分别5吨、6吨，", "names": "粮食、", "marks": "5\u0301",
    "nothing": "\x00", "vertical tabs": "5\x0b", "separators": "5\u2028", "colons": "：5%", "from": "由5家增长至", "tens": "十", "words": WORDS,
}  # fmt: skip


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_line_is_read_soundly(understand, name):
    size = 10_000_000 if MORE > 1 else 60_000
    unit = ENDLESS[name]
    line = unit * (size // len(unit.encode()) + 1)
    with at_most(600):
        reading = understand(annual("粮食产量36万吨。" + line + "5"))
    if name == "nothing":
        assert "不是文本文件" in reading
        return
    assert {("粮食产量", 36)} <= {(f["indicator"], f["value"]) for f in reading.facts}
    if MORE == 1:
        sound(reading)


@pytest.mark.parametrize("name", ENDLESS)
def test_twice_the_line_is_twice_the_work(understand, name):
    """Counted in calls of functions, which do not depend on how busy the machine is."""

    def calls(size: int) -> int:
        line, count = ENDLESS[name] * (size // len(ENDLESS[name])), [0]

        def counter(*_):
            count[0] += 1

        sys.setprofile(counter)
        try:
            understand(annual(line))
        finally:
            sys.setprofile(None)
        return count[0]

    with at_most(120):
        calls(100)  # what is made once
        small, large = calls(6_000), calls(12_000)
    assert large < 2.6 * small + 20_000


def test_a_number_on_the_edge_of_a_long_sentence_is_not_divided(understand):
    """A sentence that never ends is read piece by piece; wherever a piece ends, 558.2 is never read as 8.2."""
    for length in range(1380, 1520):
        filler = "和" * length
        reading = understand(annual(f"{filler}地区生产总值558.2亿元和" + "和" * 200))
        sound(reading)
        assert {f["value"] for f in reading.facts} <= {558.2}, length
    for digits in (1, 700, 1499, 1500, 1501, 4000):
        reading = understand(annual("地区生产总值增长" + "9" * digits + "5.5%" + "和" * 2000))
        assert [f["value"] for f in reading.facts] == ([95.5] if digits == 1 else [])


def test_a_line_of_ten_megabytes_among_others(house):
    """One report is one line of 10 MB with everything in it; its facts and those of the others are there."""
    junk = "".join(unit * 40 for unit in ENDLESS.values() if "\n" not in unit)
    filler = WORDS * (3_240_000 // len(WORDS.encode()))
    line = f"{filler}粮食产量36万吨。{junk * 8}。{filler}固定资产投资增长4.4%。{filler}新增就业5千人。"
    assert len(line.encode()) > 9_750_000
    house.put("jiangjin.txt", annual(line, place="重庆市江津区"))
    with at_most(300):
        house.build()
    facts = pd.read_parquet(house.out / "facts.parquet").query("district == '江津' and origin == 'prose'")
    assert {("粮食产量", 36), ("固定资产投资", 4.4)} <= set(zip(facts["indicator"], facts["value"], strict=True))
    text = (house.reports / "jiangjin.txt").read_text()
    for fact in facts.itertuples():
        assert text[fact.char_start : fact.char_end] == fact.quote and len(fact.quote) < 3000
    assert verify(house.out, house.reports) == []


# ---------------------------------------------------------------- catalogue and supplement
def lose_a_column(raw, rng):
    rows = [line.split(",") for line in raw.decode().splitlines()]
    at = rng.randrange(len(rows[0]))
    return "\n".join(",".join(row[:at] + row[at + 1 :]) for row in rows).encode()


def rename_a_column(raw, rng):
    head, _, rest = raw.decode().partition("\n")
    names = head.split(",")
    names[rng.randrange(len(names))] = rng.choice(("", "名称", " ", names[0], "__class__"))
    return (",".join(names) + "\n" + rest).encode()


ODD_CELLS = ["", " ", "nan", "inf", "1e999", "-1", "0", "很多", "1.5", "１２", "²", "9" * 400, "x" * 200_000, "a\x00b", "\u202e", "(", "[a-", "(a+)+$", "\\",
             "=1+1", "\ufeff", "gdp", "500110", "100000", "𠀀", "\u2028", "%", "null", "None", "level"]


def odd_cell(raw, rng):
    lines = raw.decode().splitlines()
    at = rng.randrange(len(lines))
    cells = lines[at].split(",")
    cells[rng.randrange(len(cells))] = rng.choice(ODD_CELLS)
    lines[at] = ",".join(cells)
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def doubled_row(raw, rng):
    lines = raw.splitlines(keepends=True)
    return b"".join([*lines, lines[rng.randrange(len(lines))]])


def lose_rows(raw, rng):
    lines = raw.splitlines(keepends=True)
    return b"".join([lines[0], *(line for line in lines[1:] if rng.random() < rng.choice((0.1, 0.9)))])


def open_quote(raw, rng):
    lines = raw.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    lines[at] = b'"' + lines[at] if rng.random() < 0.5 else lines[at].replace(b",", b',"', 1)
    return b"".join(lines)


def spoiled_bytes(raw, rng):
    found = bytearray(raw)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(found) + 1)
        found[at : at + rng.randrange(2)] = rng.choice((b"\xff", b"\x00", b'"', b",", b"\n", b"\r", b"\xe4", b"\xef\xbb\xbf", b"\x1c", b"\x85"))
    return bytes(found)


SLIPS = {
    "cut": lambda raw, rng: raw[: rng.randrange(len(raw))],
    "empty": lambda raw, rng: rng.choice((b"", b"\n\n", b"\xef\xbb\xbf")),
    "header only": lambda raw, rng: raw.splitlines(keepends=True)[0],
    "no header": lambda raw, rng: b"".join(raw.splitlines(keepends=True)[1:]),
    "encoding": lambda raw, rng: raw.decode().encode(rng.choice(("gb18030", "utf-16", "utf-8-sig", "utf-32"))),
    "breaks": lambda raw, rng: raw.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n"))),
    "semicolons": lambda raw, rng: raw.replace(b",", rng.choice((b";", b"\t", "，".encode()))),
    "column": lose_a_column, "column name": rename_a_column, "cell": odd_cell, "row twice": doubled_row, "rows lost": lose_rows,
    "open quote": open_quote, "bytes": spoiled_bytes, "not csv": lambda raw, rng: rng.choice((b"PK\x03\x04" * 50, b"<html>", b"\xd0\xcf\x11\xe0" * 9)),
}  # fmt: skip


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """A house with a good build and a catalogue of its own; put right again by ``restore``."""
    house = House(tmp_path_factory.mktemp("standing"))
    house.reports.mkdir()
    house.supplement.mkdir()
    house.put("qijiang.txt", annual("地区生产总值558.2亿元，增长5.5%。其中，新增就业5千人。粮食产量与上年持平。\n\n\t指标名称\n\t完成情况\n\n\tGDP增速（%）\n\t5.5\n"))
    house.put("plan.txt", plan("", "到2030年，森林覆盖率达到47%。"))
    (house.supplement / "facts.csv").write_text(SUPPLEMENT)
    house.own_catalog()
    house.build()
    yield house
    forget_catalogues()


@contextmanager
def spoiled(path: Path, raw: bytes):
    """The file with other bytes for a while."""
    good = path.read_bytes()
    path.write_bytes(raw)
    if path.parent.name == "catalog":
        forget_catalogues()
    try:
        yield
    finally:
        path.write_bytes(good)
        if path.parent.name == "catalog":
            forget_catalogues()


@given(st.sampled_from(CATALOGUE), st.sampled_from(sorted(SLIPS)), st.integers(0, 1 << 30))
@examples(110)
def test_a_catalogue_with_slips_is_used_or_every_slip_is_named(standing, name, slip, seed):
    path = standing.catalog / name
    raw = SLIPS[slip](path.read_bytes(), random.Random(seed))
    last = {p.name: store.sha256(p) for p in standing.out.iterdir()}
    with spoiled(path, raw), at_most(60):
        try:
            catalog_module.load(standing.catalog)
            if seed % 8 == 0 or MORE > 1:
                standing.build()
        except CatalogError as error:
            assert error.problems
            for problem in error.problems:
                assert re.match(r"\w+\.csv(:\d+)?: ", problem) and chinese(problem) and "\n" not in problem, problem
            assert any(problem.startswith(name) for problem in error.problems) or slip in ("cut", "rows lost", "header only", "cell", "bytes", "empty")
            assert {p.name: store.sha256(p) for p in standing.out.iterdir()} == last
            return
        assert verify(standing.out, standing.reports) == []


@given(st.sampled_from(sorted(SLIPS)), st.integers(0, 1 << 30))
@examples(40)
def test_a_supplement_with_slips_never_stops_the_build(standing, slip, seed):
    path = standing.supplement / "facts.csv"
    with spoiled(path, SLIPS[slip](path.read_bytes(), random.Random(seed))), at_most(60):
        catalog, _, names = machinery(standing.catalog)
        _, problems = supplement.read(path, catalog, names)
        if seed % 8 == 0 or MORE > 1:
            assert standing.build().left_out == problems
            assert verify(standing.out, standing.reports) == []
    for problem in problems:
        assert re.match(r"facts\.csv(:\d+)?: ", problem) and chinese(problem) and "\n" not in problem, problem
