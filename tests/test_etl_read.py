"""Files become reports: titles, places, years, meeting dates; encodings, line breaks, and quotes that hold for each."""

from __future__ import annotations

import pytest

from data import store
from etl.read import ANNUAL, PLAN, ReportError, content, decode, read, split_lines
from tests.conftest import INDICATOR_TABLE, REVIEW, annual


def about(understand, title: str) -> tuple:
    """(kind, district, code, first year, last year) of a report that begins with ``title``."""
    r = understand(title + "\n\n一、执行情况\n\n地区生产总值增长5.5%。\n")
    assert not isinstance(r, str), r
    return r.report["kind"], r.report["district"], r.report["district_code"], r.report["year_from"], r.report["year_to"]


TITLES = [
    (
        "关于重庆市綦江区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告",
        (ANNUAL, "綦江", "500110", 2024, 2025),
    ),
    (
        "重庆市南岸区2024年国民经济和社会发展\n\n计划执行情况及2025年计划草案的报告",
        (ANNUAL, "南岸", "500108", 2024, 2025),
    ),
    (
        "关于江津区2021年国民经济和社会发展计划\n执行情况与2022年国民经济和社会发展计划（草案）的报告",
        (ANNUAL, "江津", "500116", 2021, 2022),
    ),
    ("关于重庆市2023年国民经济和社会发展计划执行情况及2024年计划草案的报告", (ANNUAL, "重庆", "500000", 2023, 2024)),
    (
        ("关于2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划草案的报告\n"
        "——2025年1月8日在重庆市渝中区第二十届人民代表大会第五次会议上"),
        (ANNUAL, "渝中", "500103", 2024, 2025),
    ),
    (
        "綦江区二〇二四年国民经济和社会发展计划执行情况及二〇二五年计划草案的报告",
        (ANNUAL, "綦江", "500110", 2024, 2025),
    ),
    ("綦江区二○二四年国民经济和社会发展计划执行情况及二○二五年计划草案的报告", (ANNUAL, "綦江", "500110", 2024, 2025)),
    (
        "綦江区二零一九年国民经济和社会发展计划执行情况及二零二零年计划草案的报告",
        (ANNUAL, "綦江", "500110", 2019, 2020),
    ),
    (
        "关于重庆市綦江区２０２４年国民经济和社会发展计划执行情况及２０２５年计划草案的报告",
        (ANNUAL, "綦江", "500110", 2024, 2025),
    ),
    ("关于綦江区2024年国民经济和社会发展计划执行情况的报告", (ANNUAL, "綦江", "500110", 2024, 2025)),
    ("重庆市綦江区国民经济和社会发展\n\n第十五个五年规划纲要", (PLAN, "綦江", "500110", 2026, 2030)),
    ("重庆市綦江区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", (PLAN, "綦江", "500110", 2021, 2025)),
    ("重庆市南岸区国民经济和社会发展第十三个五年（2016—2020年）规划纲要", (PLAN, "南岸", "500108", 2016, 2020)),
    ("附件：名词解释\n\n重庆市綦江区国民经济和社会发展第十五个五年规划纲要", (PLAN, "綦江", "500110", 2026, 2030)),
]


@pytest.mark.parametrize("title, expected", TITLES, ids=[t.replace("\n", " ")[:40] for t, _ in TITLES])
def test_titles(understand, title, expected):
    assert about(understand, title) == expected


def test_a_place_of_a_shared_name_is_told_by_its_province(understand):
    """There are two 鼓楼区 and more; the city in the title decides."""
    assert (
        about(understand, "关于南京市鼓楼区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告")[2] == "320106"
    )
    assert (
        about(understand, "关于徐州市鼓楼区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告")[2] == "320302"
    )


def test_a_place_outside_the_list_keeps_its_name(understand):
    r = understand(annual("地区生产总值增长5.5%。", place="梦湖区"))
    assert (r.report["district"], r.report["district_code"]) == ("梦湖", None)
    assert (r.facts[0]["district"], r.facts[0]["district_code"]) == ("梦湖", None)


def test_the_national_report(understand):
    r = understand(annual("国内生产总值增长5%。", place="") + "\n中华人民共和国全国人民代表大会\n")
    assert (r.report["district"], r.report["year_from"]) == ("全国", 2024)


@pytest.mark.parametrize(
    "line, date",
    [
        ("——2025年1月14日在重庆市綦江区第三届人民代表大会第六次会议上", "2025-01-14"),
        ("（2025年1月8日在区第三届人民代表大会第六次会议上）", "2025-01-08"),
        ("——２０２５年１月８日在綦江区人民代表大会上", "2025-01-08"),
        ("重庆市綦江区发展和改革委员会", None),
    ],
)
def test_the_date_of_the_meeting(understand, line, date):
    head, rest = annual("地区生产总值增长5.5%。").split("\n", 1)
    assert understand(f"{head}\n\n{line}\n{rest}").report["meeting_date"] == date


@pytest.mark.parametrize(
    "text",
    [
        "会议通知\n\n请于1月14日到会。\n",
        "綦江区2024年政府工作报告\n\n地区生产总值增长5.5%。\n",
        "2024年统计公报\n",
    ],
)
def test_what_is_no_plan_report_is_refused_in_one_line(understand, text):
    message = understand(text)
    assert isinstance(message, str) and message.startswith("report.txt:1:") and "\n" not in message


@pytest.mark.parametrize(("text", "what", "instead"), [
    ("关于綦江区2025年上半年国民经济和社会发展计划执行情况的报告\n\n一、上半年计划执行情况\n\n地区生产总值增长5.5%。\n", "2025年上半年的报告", "2025年全年的计划报告"),
    ("綦江区二〇二五年上半年国民经济和社会发展计划执行情况的报告\n\n地区生产总值增长5.5%。\n", "2025年上半年的报告", "2025年全年的计划报告"),
    ("关于綦江区2025年国民经济和社会发展计划上半年执行情况的报告\n\n地区生产总值增长5.5%。\n", "2025年上半年的报告", "2025年全年的计划报告"),
    ("关于2025年前三季度全区经济社会发展情况的报告\n\n地区生产总值增长5.5%。\n", "2025年前三季度的报告", "2025年全年的计划报告"),
    ("政府工作报告\n——2025年1月8日在綦江区第三届人民代表大会第五次会议上\n\n地区生产总值增长5.5%。\n", "政府工作报告", "同一次人民代表大会上的计划报告"),
    ("綦江区人民政府工作报告\n\n各位代表：\n\n" + "现在，我代表区政府作工作报告。" * 20
     + "《关于綦江区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告》一并提请审议。\n", "政府工作报告", "计划报告"),
])
def test_a_report_of_another_kind_is_told_what_it_is(understand, text, what, instead):
    """The message says what the file is, what the board takes, and what to put there instead."""
    message = understand(text)
    assert isinstance(message, str) and message.startswith("report.txt:1: 这是" + what)
    assert "年度计划报告" in message and "五年规划" in message and instead in message and "\n" not in message


@pytest.mark.parametrize("head", [
    "首页 > 政府工作报告 > 计划报告\n",
    "綦江区第三届人民代表大会文件\n",
])
def test_words_beside_the_title_do_not_refuse_a_plan_report(understand, head):
    review = "上半年地区生产总值增长5.1%，全年地区生产总值增长5.5%。政府工作报告确定的任务全面完成。2025年上半年国民经济和社会发展计划另行报告。"
    reading = understand(head + annual(review))
    assert not isinstance(reading, str) and reading.report["kind"] == "annual_plan_report"


# ---------------------------------------------------------------- evaluations of a plan
EVALUATION = "綦江区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要实施情况中期评估报告"


@pytest.mark.parametrize("title", [
    EVALUATION,
    "关于《重庆市綦江区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要》实施情况中期评估的报告",
    "綦江区国民经济和社会发展第十四个五年规划纲要中期评估报告",
])
def test_an_evaluation_speaks_of_its_plan_and_of_what_was_reached(understand, title):
    reading = understand(f"{title}\n\n（2023年10月）\n\n一、总体评价\n\n规上工业企业由231家增加到289家，完成320家规划目标的90.3%。\n")
    assert (reading.report["kind"], reading.report["year_from"], reading.report["year_to"]) == ("five_year_plan", 2021, 2025)
    assert [(f["status"], f["year"], f["value"]) for f in reading.facts][:2] == [("actual", 2020, 231), ("actual", 2022, 289)]


@pytest.mark.parametrize(("said", "year"), [
    ("评估以2020年为基期，以2022年为评估期末。", 2022),
    ("评估期为2021年至2023年6月。", 2023),
    ("评估截止2023年底。", 2023),
    ("本次评估于2023年9月完成。", 2022),  # the last whole year before it
])
def test_an_evaluation_says_up_to_which_year(understand, said, year):
    reading = understand(f"{EVALUATION}\n\n{said}\n\n一、总体评价\n\n森林覆盖率达到42.7%。\n")
    assert [(f["status"], f["year"], f["value"]) for f in reading.facts] == [("actual", year, 42.7)]


def test_an_evaluation_of_no_known_year_is_refused_with_what_to_add(understand):
    message = understand(f"{EVALUATION}\n\n一、总体评价\n\n森林覆盖率达到42.7%。\n")
    assert isinstance(message, str) and message.startswith("report.txt:1: 这是规划的评估报告") and "补一行" in message


# ---------------------------------------------------------------- encodings
BODY = annual(REVIEW + "\n\n" + INDICATOR_TABLE, "地区生产总值增长6.5%。")


def key(reading) -> list[tuple]:
    return [
        (
            f["indicator"],
            f["measure"],
            f["status"],
            f["year"],
            f["value"],
            f["quote"].replace("\r\n", "\n").replace("\r", "\n"),
        )
        for f in reading.facts
    ]


@pytest.mark.parametrize(
    "encoding, seen_as",
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
    ],
)
def test_encodings(understand, encoding, seen_as):
    plain, other = understand(BODY), understand(BODY.encode(encoding, "replace"))
    assert not isinstance(other, str), other
    assert other.report["encoding"] == seen_as
    other.check()
    if encoding == "gb2312":  # has no 綦
        assert len(other.facts) == len(plain.facts)
    else:
        assert key(other) == key(plain)
        assert [f["fact_id"] for f in other.facts] == [f["fact_id"] for f in plain.facts]


def test_utf_16_big_endian(understand):
    reading = understand(b"\xfe\xff" + BODY.encode("utf-16-be"))
    assert key(reading) == key(understand(BODY))


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_breaks(understand, newline):
    """Offsets count the characters of the file as it stands, also where a line ends in two of them."""
    plain, other = understand(BODY), understand(BODY.replace("\n", newline))
    other.check()
    assert key(other) == key(plain)
    assert [f["line_start"] for f in other.facts] == [f["line_start"] for f in plain.facts]
    assert other.report["lines"] == plain.report["lines"]
    across = [f for f in other.facts if newline in f["quote"]]
    assert across and all(other.text[f["char_start"] : f["char_end"]] == f["quote"] for f in across)


def test_mixed_line_breaks_and_a_bom(understand):
    text = "\ufeff" + BODY.replace("\n", "\r\n", 7)
    reading = understand(text.encode())
    reading.check()
    assert key(reading) == key(understand(BODY))


def test_fact_ids_do_not_depend_on_line_breaks(understand):
    ids = [[f["fact_id"] for f in understand(BODY.replace("\n", n)).facts] for n in ("\n", "\r\n")]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    "text, spans",
    [
        ("", []),
        ("a", [(0, 1)]),
        ("a\n", [(0, 1)]),
        ("a\r\nb", [(0, 1), (3, 4)]),
        ("a\rb\nc", [(0, 1), (2, 3), (4, 5)]),
        ("\n\n", [(0, 0), (1, 1)]),
        ("a\u2028b\x0cc", [(0, 5)]),
    ],
)
def test_lines(text, spans):
    assert split_lines(text) == spans


@pytest.mark.parametrize(
    "raw, word",
    [
        (b"", "空"),
        (b"  \n\t\n", "空"),
        (b"\xef\xbb\xbf\xff\xff", "utf-8"),
        (b"\x00\x01\x02" * 100, "不是文本"),
        (b"PK\x03\x04" + bytes(range(256)) * 40, "文本"),
        ("中文".encode() + b"\xff\xfe\xfd" * 50, "UTF-8"),
        ("地区生产总值增长".encode("euc_jp", "ignore") * 50, "UTF-8"),
        (b"\xff\xfea", "utf-16"),
    ],
)
def test_bytes_that_are_no_text(raw, word):
    with pytest.raises(ReportError) as caught:
        decode(raw, "report.txt")
    message = str(caught.value)
    assert message.startswith("report.txt:") and word in message and "\n" not in message


def test_only_a_bom_is_empty(understand):
    message = understand(b"\xef\xbb\xbf")
    assert isinstance(message, str) and message.startswith("report.txt:")


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".doc", ""])
def test_other_formats_are_refused_by_name(tmp_path, catalog, suffix):
    path = tmp_path / f"report{suffix}"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(ReportError, match="另存为纯文本"):
        read(path, catalog)


def test_a_file_that_cannot_be_read(tmp_path, catalog):
    path = tmp_path / "report.txt"
    path.mkdir()
    with pytest.raises(ReportError, match="无法读取"):
        read(path, catalog)


@pytest.mark.parametrize("path", sorted(store.REPORTS_DIR.glob("*.txt")), ids=lambda p: p.stem)
def test_each_quote_of_the_real_reports_is_verbatim(understand, path):
    reading = understand(path.read_bytes(), path.name)
    reading.check()
    assert reading.facts


def test_a_file_too_long_for_a_report_is_left_out_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr("etl.read.LARGEST_FILE", 2000)
    path = tmp_path / "綦江.txt"
    path.write_text("长" * 1000, encoding="utf-8")
    with pytest.raises(ReportError, match="綦江.txt.*上限"):
        content(path)


@pytest.mark.parametrize("place, named, district", [
    ("重庆市綦江区", "綦江", "綦江区"), ("綦江", "綦江", "綦江区"), ("武汉市江夏区", "江夏", "江夏区"), ("重庆市", "重庆", "重庆市"),
    ("重庆市万盛经开区", "万盛经开区", None), ("成都市天府新区", "天府新区", None), ("重庆高新区", "重庆高新区", None),
])  # fmt: skip
def test_a_place_that_the_list_does_not_have_is_not_the_one_above_it(understand, place, named, district):
    """Whatever places the text speaks of besides: the report is of the place that its title names."""
    reading = understand(annual("江夏区来访。江津区来访。地区生产总值增长5%。", place=place))
    assert reading.report["district"] == named and bool(reading.report["district_code"]) == bool(district)
