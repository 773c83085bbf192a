"""data/README.md, data/schema.py, data/terms.py, the catalogue and a real build say the same."""

from __future__ import annotations

import csv
import json
import re
import runpy
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from data import catalog, schema, store, terms
from etl import build as etl_build
from etl import supplement, verify
from etl.extract import machinery

README = store.ROOT / "README.md"
CATALOG_FILES = sorted(p.name for p in store.CATALOG_DIR.glob("*.csv"))
CODE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


# ---------------------------------------------------------------------------------------------------- the README, read
def sections() -> dict[str, str]:
    """Heading -> text below it up to the next heading of any level."""
    found, name, fenced = {}, "", False
    for line in README.read_text(encoding="utf-8").splitlines():
        fenced ^= line.startswith("```")
        heading = None if fenced else re.match(r"#{1,4} (.+)", line)
        if heading:
            name = heading[1]
            assert name not in found, f"two headings {name}"
            found[name] = ""
        elif name:
            found[name] += line + "\n"
    return found


SECTIONS = sections()


def tables(heading: str) -> list[list[list[str]]]:
    """The tables of a section, each as its rows without the header; back-ticks taken off."""
    found: list[list[list[str]]] = []
    lines = SECTIONS[heading].splitlines()
    for n, line in enumerate(lines):
        if re.fullmatch(r"\|(?:-+\|)+", line):
            found.append([])
        elif found and line.startswith("|") and not (n + 1 < len(lines) and lines[n + 1].startswith("|-")):
            found[-1].append([cell.strip().strip("`") for cell in line.strip("|").split(" |")])
    return found


def explained(heading: str, number: int = 0) -> list[str]:
    return [row[0] for row in tables(heading)[number]]


def allowed() -> dict[str, list[str]]:
    """table.column -> the values that schema.py allows, as text."""
    found = {}
    for table, model in schema.TABLES.items():
        for name, column in model.to_schema().columns.items():
            for check in column.checks:
                if check.name == "isin":
                    found[f"{table}.{name}"] = [str(v) for v in check.statistics["allowed_values"]]
    return found


ALLOWED = allowed()


# ---------------------------------------------------------------------------------------------------- a real build
@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A folder laid out like the repository: data/reports and a build of them in data/parquet."""
    root = tmp_path_factory.mktemp("home")
    (root / "data").mkdir()
    shutil.copytree(store.REPORTS_DIR, root / "data" / "reports")
    etl_build.build(root / "data" / "reports", root / "data" / "parquet")
    return root


@pytest.fixture(scope="module")
def built(home) -> dict[str, pd.DataFrame]:
    return {t: pd.read_parquet(home / "data" / "parquet" / f"{t}.parquet") for t in schema.TABLES}


def small_build(folder: Path, body: str) -> pd.DataFrame:
    """Facts of a small report; its contradiction keeps the table of findings from being empty."""
    (folder / "reports").mkdir()
    text = f"""关于重庆市綦江区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告

一、2024年国民经济和社会发展计划执行情况

地区生产总值增长5.5%。{body}地区生产总值增长9%。
"""
    (folder / "reports" / "qijiang-2024-annual-plan-report.txt").write_text(text, encoding="utf-8")
    etl_build.build(folder / "reports", folder / "parquet", supplement_dir=folder)
    facts = pd.read_parquet(folder / "parquet" / "facts.parquet")
    return facts[facts["indicator_id"] != "gdp"].set_index("indicator")


# ---------------------------------------------------------------------------------------------------- README and schema
def test_readme_has_each_table_and_no_other():
    text = README.read_text(encoding="utf-8")
    headings = re.findall(r"^### `(\w+)`$", text, re.MULTILINE)
    assert headings == list(schema.TABLES)


@pytest.mark.parametrize("table", schema.TABLES)
def test_readme_names_each_column_with_its_type(table, home):
    rows = tables(f"`{table}`")[0]
    assert [row[0] for row in rows] == schema.columns(table)
    assert all(len(row) == 3 and row[2] for row in rows)
    simple = {"large_string": "string", "list<element: string>": "list<string>"}
    built = {f.name: simple.get(str(f.type), str(f.type)) for f in pq.read_schema(home / "data" / "parquet" / f"{table}.parquet")}
    assert {row[0]: row[1] for row in rows} == built


@pytest.mark.parametrize("table", schema.TABLES)
def test_readme_says_which_columns_are_never_empty(table, built):
    said = {row[0] for row in tables(f"`{table}`")[0] if row[2].startswith("必有")}
    columns = schema.TABLES[table].to_schema().columns
    never = {name for name, column in columns.items() if not column.nullable}
    assert said == never - {"fact_ids"}  # a list, perhaps an empty one
    assert not [name for name in said if built[table][name].isna().any()]


@pytest.mark.parametrize("column", ALLOWED)
def test_readme_explains_each_allowed_value(column):
    rows = tables(f"取值 `{column}`")[0]
    assert [row[0] for row in rows] == ALLOWED[column]
    assert all(len(row) == 3 and row[1] and row[2] for row in rows)


def test_readme_explains_no_other_values():
    assert {m[1] for name in SECTIONS if (m := re.fullmatch(r"取值 `(.+)`", name))} == set(ALLOWED)


def test_reasons_have_one_wording():
    assert {row[0]: row[1] for row in tables("取值 `numbers.reason`")[0]} == terms.REASONS


def test_terms_are_the_values_of_the_schema():
    def values(name: str) -> list[str]:
        return ALLOWED[name]

    assert values("facts.measure") == list(terms.MEASURES) and values("facts.status") == list(terms.STATUSES)
    assert values("facts.period") == list(terms.PERIODS) and values("facts.comparator") == list(terms.COMPARATORS)
    assert values("facts.origin") == list(terms.ORIGINS) and values("facts.binding") == list(terms.BINDINGS)
    assert values("findings.kind") == list(terms.FINDING_KINDS) and values("findings.severity") == list(terms.SEVERITIES)
    assert values("reports.kind") == list(terms.REPORT_KINDS) and values("passages.kind") == list(terms.PASSAGE_KINDS)
    assert values("numbers.reason") == list(terms.REASONS)


# ---------------------------------------------------------------------------------------------------- README and build
def test_a_build_of_the_reports_is_sound(home):
    assert verify.verify(home / "data" / "parquet", home / "data" / "reports") == []
    manifest = store.read_manifest(home / "data" / "parquet")
    assert manifest["left_out"] == [] and set(manifest["tables"]) == set(schema.TABLES)
    assert explained("`manifest.json`") == list(manifest)


def test_nothing_but_the_contract_is_written(home):
    names = {p.name for p in (home / "data" / "parquet").iterdir()}
    assert names == {f"{t}.parquet" for t in schema.TABLES} | {store.MANIFEST, store.DATABASE}


def test_each_rule_is_explained(built):
    assert set(built["facts"]["rule"]) <= set(explained("规则"))


def test_passages_are_the_whole_report(built, home):
    for row in built["reports"].itertuples():
        text = (home / "data" / "reports" / row.file).read_bytes().decode(row.encoding)
        left = list(text)
        for p in built["passages"][built["passages"]["report_id"] == row.report_id].itertuples():
            assert text[p.char_start: p.char_end] == p.text
            left[p.char_start: p.char_end] = " " * (p.char_end - p.char_start)
        assert not "".join(left).strip()


def test_each_cell_has_its_place_in_its_table(built):
    passages = built["passages"]
    cells = passages[passages["kind"] == "table_cell"]
    place = ["report_id", "table_number", "table_row", "table_column"]
    assert not cells.duplicated(place).any()
    in_order = cells.sort_values(["report_id", "char_start"])
    assert in_order.index.tolist() == cells.sort_values(place).index.tolist()
    # 綦江区2024年报告专栏1: 类别、指标名称、计划目标、完成情况 are printed on lines 16 to 19
    first = cells[(cells["report_id"] == "qijiang-2024-annual-plan-report") & (cells["table_number"] == 1)]
    head = first[first["table_row"] == 1]
    assert head["line"].tolist() == [16, 17, 18, 19] and head["table_column"].tolist() == [1, 2, 3, 4]
    # the empty cell under 类别 keeps its column: line 33 begins in the second
    third = first[first["line"].isin([33, 34, 35])]
    assert third["text"].tolist() == ["一般公共预算收入增速（%）", "6", "0.9"]
    assert third["table_row"].tolist() == [3, 3, 3] and third["table_column"].tolist() == [2, 3, 4]


def test_fact_ids_survive_moved_text_and_other_reports(tmp_path, built):
    name = "jiangjin-2024-annual-plan-report"
    text = (store.REPORTS_DIR / f"{name}.txt").read_text(encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / f"{name}.txt").write_text("\n\n\n" + text, encoding="utf-8")
    etl_build.build(tmp_path / "reports", tmp_path / "parquet", supplement_dir=tmp_path)
    moved = pd.read_parquet(tmp_path / "parquet" / "facts.parquet")
    moved = moved[moved["origin"] != "derived"].set_index("fact_id")
    before = built["facts"]
    before = before[(before["report_id"] == name) & (before["origin"] != "derived")].set_index("fact_id")
    assert set(moved.index) == set(before.index)
    assert (moved["line_start"] - before["line_start"].reindex(moved.index) == 3).all()


@pytest.mark.parametrize(
    ("sentence", "indicator", "expected"),
    [
        ("单位地区生产总值能耗下降3%以上。", "单位地区生产总值能耗", ("growth", -3, "%", 3, "%", "ge", None)),
        ("粮食产量3.6亿公斤。", "粮食产量", ("level", 36, "万吨", 3.6, "亿公斤", "eq", None)),
        ("实际使用外资增长1.3倍。", "实际使用外资", ("growth", 130, "%", 1.3, "倍", "eq", None)),
        ("常住人口城镇化率提高0.9个百分点。", "常住人口城镇化率", ("change", 0.9, "百分点", 0.9, "个百分点", "eq", None)),
        ("社会消费品零售总额与上年持平。", "社会消费品零售总额", ("growth", 0, "%", None, "%", "eq", "与上年持平")),
        ("城镇调查失业率控制在5.5%以内。", "城镇调查失业率", ("level", 5.5, "%", 5.5, "%", "le", None)),
    ],
)
def test_conventions_are_as_the_readme_says(tmp_path, sentence, indicator, expected):
    fact = small_build(tmp_path, sentence).loc[indicator]
    columns = ["measure", "value", "unit", "value_reported", "unit_reported", "comparator", "value_text"]
    assert tuple(None if pd.isna(fact[c]) else fact[c] for c in columns) == expected


def test_a_build_without_findings(tmp_path):
    (tmp_path / "reports").mkdir()
    text = "关于重庆市綦江区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告\n\n地区生产总值增长5.5%。\n"
    (tmp_path / "reports" / "qijiang-2024-annual-plan-report.txt").write_text(text, encoding="utf-8")
    etl_build.build(tmp_path / "reports", tmp_path / "parquet", supplement_dir=tmp_path)
    assert verify.verify(tmp_path / "parquet", tmp_path / "reports") == []


def test_the_interval_of_a_fall_is_in_order(tmp_path):
    fact = small_build(tmp_path, "规上工业增加值下降3—5%。").loc["规上工业增加值"]
    assert fact["value_low"] < fact["value_high"]


# ---------------------------------------------------------------------------------------------------- examples
@pytest.mark.parametrize("number", range(len([m for m in CODE.finditer(README.read_text(encoding="utf-8")) if m[1] == "python"])))
def test_python_examples_run(number, home, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(home)
    monkeypatch.setenv("PLANBOARD_DATA", str(home / "data" / "parquet"))
    code = [m[2] for m in CODE.finditer(README.read_text(encoding="utf-8")) if m[1] == "python"][number]
    (tmp_path / f"example_{number + 1}.py").write_text(code, encoding="utf-8")
    runpy.run_path(str(tmp_path / f"example_{number + 1}.py"))
    if "print(" in code:
        assert len(capsys.readouterr().out.splitlines()) > 4


def test_catalogue_examples_can_be_added(tmp_path):
    for path in store.CATALOG_DIR.glob("*.csv"):
        (block,) = CODE.findall(SECTIONS[f"`{path.name}`"])
        assert block[0] == "csv" and "怎么改：" in SECTIONS[f"`{path.name}`"]
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text + ("" if text.endswith("\n") else "\n") + block[1], encoding="utf-8")
    changed, now = catalog.load(tmp_path), catalog.load()
    assert len(changed.indicators) == len(now.indicators) + 1 and len(changed.units) == len(now.units) + 1
    assert len(changed.districts) == len(now.districts) + 1 and len(changed.corrections) == len(now.corrections) + 1
    assert len(changed.exclusions) == len(now.exclusions) + 1 and len(changed.aliases) >= len(now.aliases) + 2


def test_supplement_example_can_be_added(tmp_path):
    section = SECTIONS["补充来源：`data/supplement/facts.csv`"]
    with open(store.SUPPLEMENT_DIR / "facts.csv", encoding="utf-8-sig", newline="") as lines:
        header = next(csv.reader(lines))
    assert explained("补充来源：`data/supplement/facts.csv`") == header
    (block,) = CODE.findall(section)
    (tmp_path / "facts.csv").write_text(",".join(header) + "\n" + block[1], encoding="utf-8")
    words, _, names = machinery(store.CATALOG_DIR)
    facts, problems = supplement.read(tmp_path / "facts.csv", words, names)
    assert problems == []
    (fact,) = facts
    assert (fact["district_code"], fact["value"], fact["unit"], fact["qualifier"]) == ("500110", 35.75, "万吨", "不含万盛")


# ---------------------------------------------------------------------------------------------------- README and catalogue
def test_readme_has_each_catalogue_file_and_no_other():
    assert sorted(m[1] for name in SECTIONS if (m := re.fullmatch(r"`(\w+\.csv)`", name))) == CATALOG_FILES


@pytest.mark.parametrize("file", CATALOG_FILES)
def test_readme_names_each_catalogue_column(file):
    with open(store.CATALOG_DIR / file, encoding="utf-8-sig", newline="") as lines:
        assert explained(f"`{file}`") == next(csv.reader(lines))


def rows_of(file: str) -> list[dict[str, str]]:
    with open(store.CATALOG_DIR / file, encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_readme_explains_each_role():
    rows = rows_of("lexicon.csv")
    assert set(explained("`lexicon.csv`", 1)) == {r["role"] for r in rows}
    valued = [r for r in rows if r["value"]]
    assert {r["role"] for r in valued} <= {"pre_cmp", "post_cmp", "several", "implied", "counted", "aspect", "only_with", "qualifier", "flow_verb"}
    assert {r["value"] for r in valued if r["role"] == "qualifier"} == set(terms.GROWTH_BASES)
    assert {r["value"] for r in valued if r["role"] in ("pre_cmp", "post_cmp")} <= set(terms.COMPARATORS)
    assert all(len(r["value"].split()) > 1 for r in rows if r["role"] in ("several", "only_with"))


def test_exclusions_look_where_the_readme_explains():
    assert {row["look"] for row in rows_of("exclusions.csv")} <= {"", *explained("`exclusions.csv`", 1)}


def test_exclusions_name_known_units():
    units = rows_of("units.csv")
    known = {u["kind"] for u in units} | {u["base"] for u in units} | {"none"}
    assert {unit for row in rows_of("exclusions.csv") for unit in row["units"].split()} <= known


# ---------------------------------------------------------------------------------------------------- the catalogue's own errors
def test_catalogue_loads():
    assert catalog.load().indicators


#: (file, text in it, what it becomes, words of the message, "" = some message): found by the loader.
REPORTED = [
    ("indicators.csv", "\ngdp_per_capita,", "\ngdp,", "indicator_id “gdp” 重复"),
    ("indicators.csv", ",人均地区生产总值,", ",地区生产总值,", "与第 2 行重复"),
    ("indicators.csv", "综合质效,1,亿元,%,亿元,1", "综合质效,1,亿圆,%,亿元,1", "unit_level “亿圆” 不在 units.csv 中"),
    ("indicators.csv", "综合质效,1,亿元,%,亿元,1", "综合质效,1,亿元,%,亿圆,1", "unit_change “亿圆” 不在 units.csv 中"),
    ("indicators.csv", "地区生产总值,综合质效,1,", "地区生产总值,综合质效,高,", "direction 应为"),
    ("indicators.csv", "综合质效,1,亿元,%,亿元,1,", "综合质效,1,亿元,%,亿元,一,", "“一” 不是数字"),
    ("indicators.csv", "indicator_id,indicator,", "indicator_id,name,", "缺少列 indicator"),
    ("aliases.csv", "\nGDP,gdp,,", "\nGDP,gpd,,", "指标 “gpd” 不在 indicators.csv 中"),
    ("aliases.csv", "\nGDP,gdp,,", "\nGDP,gdp,speed,", "measure “speed” 应为"),
    ("aliases.csv", "\nGDP,gdp,,", "\nGDP,gdp,,\nGDP,gdp_per_capita,,", "已指向 gdp"),
    ("aliases.csv", "\nGDP,gdp,,", "\nGDP,gdp,", "列数与表头不符"),
    ("aliases.csv", "\nGDP,gdp,,", "\nGDP,gdp,,,", "列数与表头不符"),
    ("units.csv", "\n元,money,元,1,", "\n元,money,元,1,\n元,money,元,1,", "单位 “元” 重复"),
    ("units.csv", "\n元,money,元,1,", "\n元,money,元,一,", "“一” 不是数字"),
    ("districts.csv", "\n110102,", "\n110101,", "代码 110101 与第"),
    ("districts.csv", "东城区,county,110000,", "东城区,county,110000,先", "“先” 不是数字"),
    ("lexicon.csv", "\nup,增长,,", "\nup,,,", "缺少词语"),
    ("exclusions.csv", "\nquantifier,after,,之一$", "\nquantifier,after,,(之一$", "不是有效的正则表达式"),
    ("exclusions.csv", "\nquantifier,after,,", "\nquantity,after,,", "reason “quantity” 不在"),
]
#: The same, whatever the words.
IN_ANY_WORDS = [
    ("indicators.csv", "地区生产总值,综合质效,1,", "地区生产总值,综合,1,", ""),
    ("indicators.csv", ",real,flow,", ",real,flux,", ""),
    ("indicators.csv", ",real,flow,", ",actual,flow,", ""),
    ("indicators.csv", "综合质效,1,亿元,%,亿元,1", "综合质效,1,亿元,个,亿元,1", ""),
    ("indicators.csv", ",rate,0,100,", ",rate,100,0,", ""),
    ("aliases.csv", "\nGDP,gdp,,", "\n,gdp,,", ""),
    ("units.csv", "\n元,money,元,1,", "\n元,money,元,0,", ""),
    ("units.csv", "\n元,money,元,1,", "\n元,money,元,,", ""),
    ("districts.csv", "\n110101,", "\n1101,", ""),
    ("districts.csv", "东城区,county,", "东城区,district,", ""),
    ("districts.csv", "东城区,county,110000,", "东城区,county,119999,", ""),
    ("districts.csv", "\n110101,东城,", "\n110101,,", ""),
    ("lexicon.csv", "\nup,增长,,", "\nupp,增长,,", ""),
    ("lexicon.csv", "\npost_cmp,以上,ge,", "\npost_cmp,以上,gte,", ""),
    ("lexicon.csv", "\npost_cmp,以上,ge,", "\npost_cmp,以上,,", ""),
    ("lexicon.csv", "\nseveral,城乡居民,城镇居民 农村居民,", "\nseveral,城乡居民,,", "缺少所指的各项"),
    ("lexicon.csv", "\nimplied,总额,元,", "\nimplied,总额,圆,", ""),
    ("lexicon.csv", "\naspect,金额,money,", "\naspect,金额,gold,", "units.csv 的种类"),
    ("exclusions.csv", "\nquantifier,after,", "\nquantifier,aftr,", ""),
    ("exclusions.csv", ",behind,money,", ",behind,moneys,", ""),
    ("spellings.csv", "written,same_as", "from,to", ""),
    ("spellings.csv", "\n规模以上,", "\n,", ""),
]


def problems_of(folder: Path, file: str, old: str, new: str) -> list[str]:
    """Problems of the catalogue after one change in one file."""
    for path in store.CATALOG_DIR.glob("*.csv"):
        shutil.copyfile(path, folder / path.name)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{file} no longer has {old!r}: choose another row for this test"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(catalog.CatalogError) as caught:
        catalog.load(folder)
    return caught.value.problems


def cases():
    for rows in (REPORTED, IN_ANY_WORDS):
        yield from (pytest.param(*row, id=f"{row[0]}-{row[2].strip()[:30]}") for row in rows)


@pytest.mark.parametrize(("file", "old", "new", "words"), list(cases()))
def test_a_catalogue_error_names_file_and_line(tmp_path, file, old, new, words):
    found = problems_of(tmp_path, file, old, new)
    assert any(re.match(rf"{file}:\d+: ", p) and words in p for p in found), found


@pytest.mark.parametrize("file", [f for f in CATALOG_FILES if f != "spellings.csv"])
def test_a_missing_or_wrongly_encoded_file_is_named(tmp_path, file):
    for path in store.CATALOG_DIR.glob("*.csv"):
        shutil.copyfile(path, tmp_path / path.name)
    (tmp_path / file).unlink()
    with pytest.raises(catalog.CatalogError, match=f"{file}: 缺少这个目录文件"):
        catalog.load(tmp_path)
    (tmp_path / file).write_bytes("一,二".encode("gb18030"))
    catalog.load.cache_clear()
    with pytest.raises(catalog.CatalogError, match=f"{file}: 不是 UTF-8 编码"):
        catalog.load(tmp_path)


def test_a_correction_must_stand_in_its_guard(tmp_path):
    for path in store.CATALOG_DIR.glob("*.csv"):
        shutil.copyfile(path, tmp_path / path.name)
    lines = (tmp_path / "corrections.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "corrections.csv").write_text("\n".join([lines[0], "a,总投资30亿,40亿,40亿元,漏字"]) + "\n", encoding="utf-8")
    with pytest.raises(catalog.CatalogError, match="corrections.csv:2: guard 中没有"):
        catalog.load(tmp_path)


def test_the_manifest_names_every_input(home):
    manifest = json.loads((home / "data" / "parquet" / store.MANIFEST).read_text(encoding="utf-8"))
    assert {f"catalog/{f}" for f in CATALOG_FILES} <= set(manifest["inputs"])
