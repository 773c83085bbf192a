"""数据说明: what is covered and why not, definitions, rules, findings with their sentences, sources, what was read."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import queries, schema, states, store, terms
from pages.parts import coverage, findings, format, gap, markup, provenance, registry, supplement
from tests import browser_app, pages_build

PARTS = ["覆盖", "指标口径", "计算方法", "需要留意", "补充来源", "数字去向", "收录报告"]
#: A figure that report and supplement give differently, beside the facts of the made-up build.
DISPUTED = ("江津", "fdi", "level", "actual", 2024, 4000, "万美元", "eq", None, "table")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return pages_build.write(tmp_path_factory.mktemp("build") / "parquet", [*pages_build.FACTS, DISPUTED])


@pytest.fixture(autouse=True)
def fresh(monkeypatch, folder):
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    st.cache_data.clear()
    st.cache_resource.clear()


def visit(**query: str) -> AppTest:
    """The page at an address; no exception on it."""
    app = AppTest.from_file("../app.py", default_timeout=30).run()
    app.switch_page(registry.path("method"))
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def shown(**query: str) -> str:
    """The HTML of the page at an address, without the style sheet."""
    return "\n".join(each.proto.body for each in visit(**query).get("html") if "<style>" not in each.proto.body)


def tables(html: str) -> list[dict[str, list[str]]]:
    """Each table as row heading -> the texts of its cells, lines of a cell joined with a blank."""
    found = []
    for body in re.findall(r"<table.*?</table>", html, re.DOTALL):
        rows = {}
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
            cells = re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)
            cells = [unescape(re.sub(r"<[^>]+>", "", cell.replace("</div><div>", " "))) for cell in cells]
            rows[cells[0]] = cells[1:]
        found.append(rows)
    return found


# the words ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ({key: state.meaning for key, state in gap.STATES.items()}, gap.STATES),
        ({key: said.words for key, said in states.said().items()}, (*terms.TARGET_STATES, *terms.NO_TARGET)),
        (findings.MEANINGS, terms.FINDING_KINDS),
        (format.KINDS, terms.INDICATOR_KINDS),
        (format.BASES, terms.GROWTH_BASES),
        (provenance.KINDS, terms.REPORT_KINDS),
        (provenance.TABLES, schema.TABLES),
        (coverage.LETTERS, terms.ORIGINS),
        (coverage.GLYPHS, terms.STATUSES),
    ],
)
def test_every_key_has_its_words(words, keys):
    assert set(words) == set(keys) and all(words.values())


def test_each_section_is_alone_on_the_page():
    marks = ["逐项看", "增速口径", "容差", "pb-finding", "可信高", "日期或年份", "校验和"]
    for part in PARTS:
        text = shown(part=part) + "".join(each.value for each in visit(part=part).subheader)
        assert [mark for mark in marks if mark in text] == [marks[PARTS.index(part)]], part


def test_any_address_is_borne():
    assert "逐项看" in "".join(each.value for each in visit(part="没有", cover_place="x", cover_theme="y").subheader)
    for part in PARTS:
        shown(part=part, finding="x", finding_page="99", source="y", theme="z", term="<b>(")


# coverage -----------------------------------------------------------------------------------------------------------
def test_the_matrix_says_what_there_is_and_why_not(folder):
    html = shown(part="覆盖")
    headline, matrix, _ = tables(html)
    assert headline["区县"] == matrix["指标"] == ["2023", "2024", "2025"]
    assert matrix["地区生产总值"] == ["未收录", "●表文 ○表", "○表"]
    assert matrix["城镇新增就业"][1] == "●表 ○表"
    assert matrix["税收收入"] == ["未收录", "未提及", "未提及"]  # 2025: the report with its targets is held
    wanted = pages_build.fact_id(folder, district="綦江", indicator_id="new_urban_jobs", status="target")
    assert f'href="./?fact={wanted}"' in html


def test_the_matrix_of_another_district_tells_sources_apart():
    matrix = tables(shown(part="覆盖", cover_place="江津"))[1]
    assert matrix["实际使用外资"][1] == "●表补 ○未提及"
    assert matrix["社会消费品零售总额"][1] == "●推 ○未提及"
    assert matrix["空气质量优良天数"][1] == "●未提及 ○文"
    green = tables(shown(part="覆盖", cover_place="江津", cover_theme="绿色"))[1]
    assert green["空气质量优良天数"][1] == "●未提及 ○文" and "地区生产总值" not in green
    assert "0" not in {cell for row in green.values() for cell in row}


def test_years_without_a_report_are_not_zero():
    headline = tables(shown())[0]
    assert headline["綦江 ●完成"] == ["未收录", "5", "未到期"]  # gdp, investment, income ratio, jobs, grain
    assert headline["綦江 ○目标"] == ["未收录", "5", "1"]
    assert headline["江津 ●完成"] == ["未收录", "5+1", "未到期"]  # retail sales: derived alone
    assert headline["测试 ●完成"] == ["1", "未提及", "未到期"]


def test_summary_counts_the_headline_grid(con):
    said = coverage.summary(format.records(queries.held(con)))
    # results 2023-2024: 綦江 5, 江津 6, 南岸 1, 测试 1; targets 2024-2025: 綦江 5+1, 江津 5, 南岸 1
    assert "4个区县 × 14项主要指标" in said
    assert "完成数（2023—2024年）112格中有13格（12%），其中1格只有补充来源或推算" in said
    assert "目标（2024—2025年）112格中有12格（11%）" in said


def test_a_mean_of_several_years_is_no_year(tmp_path):
    folder = pages_build.write(tmp_path, [("綦江", "gdp", "growth", "actual", 2024, 5.5, "%", "eq", None, "prose")])
    facts = pd.read_parquet(folder / "facts.parquet").assign(period="average", period_start=2021)
    facts.to_parquet(folder / "facts.parquet", index=False)
    con = store.connect(folder).cursor()
    assert queries.held(con)["results"].sum() == 0
    rows = format.records(queries.cells(con, "綦江", "500110", None))
    fact = next(row for row in rows if row["fact_id"])
    line = coverage._line("actual", [fact], {"results_held": True, "targets_held": True, "due": True})
    assert line.text == "●文均" and "2021—2024年年均" in line.title


def test_cells_keep_indicators_without_figures(con):
    found = queries.cells(con, "南岸", "500108", "安全")
    catalogue = queries.catalogue(con)
    assert found["indicator"].tolist() == catalogue.loc[catalogue["category"] == "安全", "indicator"].tolist()
    assert found["fact_id"].isna().all() and found["value"].isna().all()
    assert queries.cells(con, "南岸", None, None)["fact_id"].isna().all()  # same name, another code


# definitions and rules ----------------------------------------------------------------------------------------------
def test_definitions_can_be_searched():
    (table,) = tables(shown(part="指标口径", term="城乡 收入比"))
    assert table["城乡居民人均可支配收入比"][4] == "越低越好 ↓"
    assert "地区生产总值" not in table
    (table,) = tables(shown(part="指标口径", theme="综合质效"))
    assert "不变价" in table["地区生产总值"][0] and table["地区生产总值"][5] == "实际（不变价）"
    assert not tables(shown(part="指标口径", term="没有这个词"))


def test_rules_state_the_tolerances_that_are_applied():
    html = shown(part="计算方法")
    assert unescape(html).count(gap.tolerances()) == 1
    states, examples, _ = tables(html)
    assert len(states) == 1 + len(gap.STATES)
    assert examples["增长6%"][1:] == ["+6.5%", "+0.5个百分点", "0.2个百分点", "▲ 超额完成"]
    assert examples["下降3%以上"][2] == "−0.3个百分点"  # a fall of 2.7 is 0.3 short of one of 3
    assert examples["5.5%以内"][2] == "+0.2个百分点"


def test_the_worked_pace_is_right():
    # five years at 6 % on average, three of them at 5 %: what the other two need
    needed = (1.06**5 / 1.05**3) ** (1 / 2) - 1
    assert f"后两年年均须增长约{needed:.1%}" in shown(part="计算方法")


# findings -----------------------------------------------------------------------------------------------------------
def test_a_contradiction_shows_both_sentences(folder):
    html = shown(part="需要留意")
    card = next(each for each in html.split('<section class="pb-finding">') if "表格与正文不同" in each)
    assert card.count("<blockquote") == 2 and card.count("<mark>5.5</mark>") == 2
    assert card.count("看板采用") == 1  # one of the two is used
    wanted = pages_build.fact_id(folder, district="綦江", indicator_id="gdp", measure="growth", status="actual", year=2024)
    assert f'href="sources?fact={wanted}"' in card and "綦江2024年度报告 第" in card
    assert "<b>" not in html and "&lt;b&gt;不是标记&lt;/b&gt;" in html


def test_a_contradiction_with_a_supplementary_figure_names_its_source():
    html = shown(part="需要留意")
    card = next(each for each in html.split('<section class="pb-finding">') if "报告与补充来源不同" in each)
    assert "<mark>4000</mark>" in card and "4762万美元" in card and "江津区2024年统计公报" in card
    assert 'href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer"' in card
    assert "supplement" not in card and "[标题未给出]" not in card


def test_a_correction_shows_printed_read_and_reason():
    html = shown(part="需要留意", finding="已声明的更正")
    assert "<dt>原文印作</dt><dd>不是标记</dd>" in html and "<dt>看板读作</dt><dd>就是标记</dd>" in html
    assert "<dt>理由</dt><dd>漏了&lt;b&gt;字</dd>" in html
    assert "<mark>不是标记</mark>" in html and 'href="sources?report=' in html


def test_corrections_of_the_etl_are_understood(understand):
    text = (
        "关于重庆市江津区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告\n\n"
        "一、2024年国民经济和社会发展计划执行情况\n\n总投资9130万，拟在全区推进16个行政村和美乡村建设。\n"
    )
    read = understand(text, "jiangjin-2024-annual-plan-report.txt")
    said = [findings.corrected(f) for f in read.findings if f["kind"] == "correction"]
    assert {"printed": "9130万", "read_as": "9130万元", "reason": "原文金额后漏“元”字"} in said
    assert None in said  # the other correction of that report has lost its sentence


def test_many_findings_come_in_pages(folder, tmp_path, monkeypatch):
    other = pages_build.write(tmp_path / "parquet", build_id="many")
    one = pd.read_parquet(other / "findings.parquet").iloc[0].to_dict()
    many = [one | {"finding_id": f"m{n:02}", "kind": "implausible", "message": f"第{n:02}号", "line": n} for n in range(1, 46)]
    schema.typed("findings", pd.DataFrame(many)).to_parquet(other / "findings.parquet", index=False)
    monkeypatch.setenv("PLANBOARD_DATA", str(other))
    first, last = shown(part="需要留意"), shown(part="需要留意", finding_page="3")
    assert first.count("pb-finding") == 20 and "第01号" in first and "第21号" not in first
    assert last.count("pb-finding") == 5 and "第45号" in last


def test_a_build_without_findings_says_so(tmp_path, monkeypatch):
    other = pages_build.write(tmp_path / "parquet", build_id="none")
    none = pd.read_parquet(other / "findings.parquet").iloc[:0]
    schema.typed("findings", none).to_parquet(other / "findings.parquet", index=False)
    monkeypatch.setenv("PLANBOARD_DATA", str(other))
    assert "pb-finding" not in shown(part="需要留意")


# supplement ---------------------------------------------------------------------------------------------------------
def test_supplementary_figures_stand_beside_the_reports(con):
    (row,) = format.records(queries.supplement(con))
    assert (row["value"], row["stated_value"], row["disputed"], row["preferred"]) == (4762, 4000, True, True)
    sources, figures = tables(shown(part="补充来源"))
    assert list(sources) == ["来源", "江津区2024年统计公报"] and sources["江津区2024年统计公报"][-1] == "example.org"
    assert figures["江津 实际使用外资"][:3] == ["2024年总量", "4762万美元", "4000万美元（不同）"]


def test_citations_of_the_etl_are_understood(house):
    (house.supplement / "facts.csv").write_text(
        "district,year,indicator,measure,value,unit,source_title,publisher,source_url,retrieved_as,confidence,note\n"
        "綦江区,2023,粮食产量,level,35,万吨,示例公报（2023）,示例局（网站）,javascript:alert(1),official page,high,\n"
        "綦江区,2022,粮食产量,level,34,万吨,[标题未给出] 某表,,,news report,medium,\n",
        encoding="utf-8",
    )
    house.build()
    found = pd.read_parquet(house.out / "facts.parquet").query("origin == 'supplement'").set_index("year")["source_title"]
    assert supplement.citation(found[2023]) == ("示例公报（2023）", "示例局（网站）", "官方网页")
    assert supplement.citation(found[2022]) == ("某表（网页标题未给出，此为说明）", None, "新闻或汇编转载")
    assert supplement.citation("只有标题") == ("只有标题", None, None)


def test_only_web_addresses_become_links():
    assert "<a" not in markup.inline(markup.Outside("x", "javascript:alert(1)"))
    assert "<a" not in markup.inline(markup.Outside("x", None))
    assert 'rel="noopener noreferrer"' in markup.inline(markup.Outside("x", "http://example.org"))
    assert "&quot;" in markup.inline(markup.Outside("x", 'https://example.org/"onclick="'))


# what was read ------------------------------------------------------------------------------------------------------
def test_every_number_has_an_end(con):
    html = shown(part="数字去向")
    total = con.execute("SELECT count(*) FROM numbers").fetchone()[0]
    assert f"共{total}个" in html and "其中0个尚未判明" in html
    assert tables(html)[0]["日期或年份"][0] == "4"  # the year in each of the four titles


def test_reports_what_was_left_out_and_the_build():
    html = shown(part="收录报告")
    assert "綦江区2024年计划执行情况的报告" in html and "2025-01-14" in html
    assert "坏文件.txt: 不是 UTF-8 编码 &lt;b&gt;" in html and "<b>" not in html
    assert "编号 test-build" in html and "duckdb 9.8.7" in html and "北京时间" in html


# in a browser -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_every_section_by_its_address_fits_the_screen(chrome, base, size):
    visit = browser_app.Visit(chrome, base, browser_app.SIZES[size])
    for part in PARTS:
        visit.open(f"/method?part={part}")
        assert visit.page.get_by_role("radio", name=part).is_checked(), part
        assert visit.overflow() <= 0, part
    assert (visit.errors, visit.outside) == ([], [])


def test_from_the_index_to_a_cell_to_its_sentence_and_back(chrome, base, folder):
    visit = browser_app.Visit(chrome, base).open("/method?part=数字去向")
    page, runs = visit.page, visit.runs()
    page.get_by_role("radio", name="覆盖").click()
    visit.settled(runs)
    runs = visit.runs()
    page.get_by_role("combobox", name="区县").click()
    page.get_by_role("option", name="江津").click()
    visit.settled(runs)
    wanted = pages_build.fact_id(folder, district="江津", indicator_id="surveyed_unemployment", status="actual")
    assert "cover_place=" in page.url
    page.locator(f"a[href='./?fact={wanted}']").click()
    page.get_by_role("dialog").locator(f"blockquote[data-fact='{wanted}']").wait_for()
    page.go_back()
    page.get_by_text("江津 · 主要指标14项").wait_for()


def test_the_first_column_stays_in_sight_on_a_phone(chrome, base):
    visit = browser_app.Visit(chrome, base, browser_app.SIZES["phone"]).open("/method?part=指标口径")
    name = visit.page.locator(".pb-stick tbody th[scope=row]").first
    before = name.bounding_box()["x"]
    moved = visit.page.evaluate(
        "() => { const s = document.querySelector('.pb-stick').parentElement; s.scrollLeft = 200; return s.scrollLeft }"
    )
    visit.page.wait_for_timeout(100)
    assert name.bounding_box()["x"] == pytest.approx(before, abs=1)
    assert moved > 0
