"""原文出处: marks in the text, tables as tables, search; as plain functions, in Streamlit's runner and in a browser."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from data import queries
from pages.parts import reader
from pages.parts.reader import Number, Place, Span
from tests import browser_app, pages_build
from tests.test_pages_app import html, visit

HOSTILE = "<script>alert(1)</script> **粗** [链](javascript:x) &amp; \"引\" '号' $x$"


def bare(markup: str) -> str:
    """What a reader sees of HTML."""
    return unescape(re.sub(r"<[^>]*>", "", markup))


# ---------------------------------------------------------------------------------------------------- marks in a text
def test_text_of_a_report_is_text():
    shown = reader.text(HOSTILE, 0, [Number(8, 13, HOSTILE, "?fact=" + HOSTILE)], [Span(0, 20)])
    assert bare(re.sub(r'(title|href)="[^"]*"', "", shown)) == HOSTILE
    assert "<script" not in shown and re.findall(r"<(\w+)", shown) == ["mark", "a", "mark", "mark"]


def test_a_number_inside_a_quote_keeps_its_link_and_stands_out():
    words = "全区地区生产总值增长5.5%，投资增长15.4%"
    quote, value = Span(102, 114, "span"), Span(110, 113)
    shown = reader.text(words, 100, [Number(110, 113, "增速", "?fact=f1"), Number(119, 123, "增速", "?fact=f2")], [quote, value])
    assert '<mark class="span">地区生产总值增长</mark>' in shown
    assert re.search(r'<a class="pb-n" href="\?fact=f1"[^>]*><mark>5\.5</mark></a><mark class="span">%</mark>', shown)
    assert re.search(r'<a class="pb-n" href="\?fact=f2"[^>]*>15\.4</a>%$', shown)


def test_a_search_word_may_cut_a_number():
    shown = reader.text("2024年", 0, [Number(0, 4, "未采用：日期或年份")], reader.occurrences("2024年", ["24年"]))
    assert shown == (
        '<span class="pb-x" title="未采用：日期或年份">20<mark class="hit">24</mark></span><mark class="hit">年</mark>'
    )


@given(
    words=some.text("ab<>&\"'\n5.年", max_size=30),
    at=some.integers(0, 50),
    numbers=some.lists(some.tuples(some.integers(0, 80), some.integers(0, 9)), max_size=6),
    spans=some.lists(some.tuples(some.integers(0, 80), some.integers(0, 40)), max_size=6),
)
def test_marks_never_change_the_words(words, at, numbers, spans):
    found = [Number(start, start + size, "说明", "?fact=f" * (size % 2)) for start, size in sorted(numbers)]
    shown = reader.text(words, at, found, [Span(start, start + size, "span") for start, size in spans])
    assert bare(shown) == words
    for tag in ("a", "span", "mark"):
        assert len(re.findall(f"<{tag}[ >]", shown)) == shown.count(f"</{tag}>")


def printed(start: int, text: str, fact: str | None = None, reason: str | None = None, line: int = 1) -> dict:
    return {"line": line, "char_start": start, "char_end": start + len(text), "text": text, "fact_id": fact, "reason": reason}


def test_the_digits_of_a_ratio_are_one_mark():
    rows = [printed(0, "1.94", "f1"), printed(5, "1", "f1"), printed(7, "3", "f2"), printed(30, "5", "f2")]
    found = reader.numbers(rows, {"f1": "收入比"}, lambda fact: f"?fact={fact}")
    assert [(n.start, n.end) for n in found] == [(0, 6), (7, 8), (30, 31)]
    assert found[0].title == "收入比"


@pytest.mark.parametrize(
    ("marks", "facts", "others"),
    [("全部", 1, 1), ("数据", 1, 0), ("未采用", 0, 1), ("不标", 0, 0), ("别的", 1, 1)],
)
def test_the_reader_chooses_what_is_marked(marks, facts, others):
    rows = [printed(0, "5.5", "f1"), printed(9, "2024", reason="日期或年份")]
    found = reader.numbers(rows, {}, lambda fact: f"?fact={fact}", marks)
    assert sum(bool(n.href) for n in found) == facts
    assert [n.title for n in found if not n.href] == ["未采用：日期或年份"] * others


def test_search_words_are_found_in_any_case_and_at_their_place():
    assert reader.occurrences("GDP和gdp", ["gdp"], 10) == [Span(10, 13, "hit"), Span(14, 17, "hit")]
    assert reader.occurrences("İGDP", ["gdp"]) == []  # its lower case is longer: nothing is marked rather than wrongly
    assert reader.occurrences("任何", [""]) == []


def test_an_excerpt_shows_the_place_and_says_that_it_is_cut():
    words = "前" * 100 + "增长5.5%" + "后" * 300
    shown = reader.excerpt(words, 1000, [Span(1100, 1106, "hit")])
    assert '<mark class="hit">增长5.5%</mark>' in shown
    assert shown.startswith("…前") and shown.endswith("后…") and len(bare(shown)) < 200
    assert reader.excerpt("短", 0, []) == "短"


def test_numbers_left_out_stand_under_their_reasons_as_links():
    shown = reader.left_out(
        [printed(0, "2024", reason="日期或年份", line=3), printed(9, "39", reason="上级或外地的数", line=4), printed(20, "5", "f1")],
        lambda line: f"?line={line}",
    )
    assert "本页未采用的数字2个及理由" in bare(shown)
    assert re.search(r"日期或年份（1）</dt><dd><a href=\"\?line=3\"[^>]*>2024</a>", shown) and ">39</a>" in shown
    assert reader.left_out([printed(0, "5", "f1")], str) == ""


def test_the_legend_counts_and_names_reasons():
    shown = bare(reader.legend([("全区指标数据", True, 12), ("日期或年份", False, 5), ("序号", False, 2)], "全部"))
    assert "印有数字19个" in shown and "成为数据12个" in shown and "未采用7个" in shown
    assert "日期或年份5、序号2" in shown


# ---------------------------------------------------------------------------------------------------- tables
def cell(row: int, column: int, text: str, line: int, start: int, table: int = 1) -> dict:
    return {
        "line": line, "kind": "table_cell", "section": "一 / 专栏1", "text": text, "char_start": start,
        "char_end": start + len(text), "table_number": table, "table_row": row, "table_column": column,
    }  # fmt: skip


TABLE = [
    cell(1, 1, "类别", 16, 0), cell(1, 2, "指标", 17, 10), cell(1, 3, "2024年完成", 18, 20),
    cell(2, 1, "发展\n\n质效", 21, 30), cell(2, 2, "GDP<b>", 24, 40), cell(2, 3, "5.5", 25, 50),
    cell(3, 2, "税收", 28, 60), cell(3, 3, "0.6", 29, 70),
]  # fmt: skip


def show(rows: list[dict], place: Place | None = None) -> str:
    return reader.report(rows, [Number(50, 53, "增速", "?fact=f1")], [], place, lambda line: f"?line={line}")


def test_a_table_is_a_table_with_its_lines():
    shown = show(TABLE, Place(24, 25, 53))
    rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in re.findall(r"<tr.*?</tr>", shown)]
    assert [[bare(box) for box in row] for row in rows] == [
        ["16", "类别", "指标", "2024年完成"],
        ["21", "发展 质效", "GDP<b>", "5.5"],
        ["28", "", "税收", "0.6"],  # the empty cell keeps its column
    ]
    assert shown.count("<table") == 1 and "<b>" not in shown and "rowspan" not in shown
    assert shown.count('<th scope="col"') == 3
    assert re.findall(r'class="[^"]*asked">(.*?)</td>', shown) == [rows[1][3]]  # the very cell, not its row
    assert shown.count("<tr class=here>") == 1


def test_a_line_of_the_address_marks_its_cell():
    assert [bare(c) for c in re.findall(r'class="[^"]*asked">(.*?)</td>', show(TABLE, Place(29, 29)))] == ["0.6"]
    # line 23 is inside the cell that begins on line 21
    assert [bare(c) for c in re.findall(r'class="[^"]*asked">(.*?)</td>', show(TABLE, Place(23, 23)))] == ["发展 质效"]


def test_a_first_row_of_sentences_is_no_heading():
    # nor is a row with a figure
    assert "<th" not in show([cell(1, 1, "税收", 5, 0), cell(1, 2, "7%", 6, 10), cell(2, 1, "粮食", 8, 40)])
    rows = [cell(1, 1, "就业", 5, 0), cell(1, 2, "应届高校毕业生就业率达到目标，兜牢底线任务", 6, 10), cell(2, 1, "社保", 8, 40)]
    assert "<th" not in show(rows)


def test_two_tables_in_a_row_stay_two():
    assert show([*TABLE, *(cell(1, c, "另", 40 + c, 100 + c, 2) for c in (1, 2))]).count("<table") == 2


def test_a_box_of_prose_reads_as_paragraphs_with_their_lines():
    shown = show([cell(1, 1, "1．铝合金：强化\n\n2．镁合金：开发", 30, 200)], Place(32, 32))
    assert "<table" not in shown
    lines = re.findall(r'<div class="pb-line table_cell( here)?"><a class="ln" href="\?line=(\d+)"', shown)
    assert lines == [("", "30"), (" here", "32")]


# ---------------------------------------------------------------------------------------------------- search
def test_all_words_must_stand_in_one_paragraph_or_row(con):
    found = queries.search(con, "城镇新增就业 10211")
    assert found["text"].tolist() == ["城镇新增就业 ｜ 10211人"] and found["in_all"].tolist() == [1]
    assert queries.search(con, "城镇新增就业 558.2").empty


def test_a_name_of_the_catalogue_finds_the_indicator_in_other_words(con):
    found = queries.search(con, "gdp")
    assert not found["by_words"].any() and (found["text"].str.contains("地区生产总值")).all()
    assert dict(zip(found["report_id"], found["in_report"], strict=True)) == {
        "綦江-report": 5, "江津-report": 2, "南岸-report": 3, "测试-report": 1,
    }  # fmt: skip


def test_a_search_is_bounded_and_says_how_much_there_is(con):
    found = queries.search(con, "另悉", each=1)
    assert found["report_id"].is_unique and found["in_all"].iloc[0] > len(found)
    only = queries.search(con, "另悉", "南岸-report", each=200)
    assert set(only["report_id"]) == {"南岸-report"} and len(only) == only["in_all"].iloc[0] == 3


def test_a_search_that_stopped_goes_on_after_the_last_report(con):
    whole = queries.search(con, "另悉", each=1)
    parts, after = [], None
    while not parts or parts[-1]["rest"].any():
        parts.append(queries.search(con, "另悉", each=1, most=1, after=after))
        assert parts[-1]["report_id"].nunique() == 1
        after = parts[-1]["report_id"].iloc[-1]
    assert len(parts) > 1 and not whole["rest"].any()
    assert pd.concat(parts)["char_start"].tolist() == whole["char_start"].tolist()
    assert sum(part["in_all"].iloc[0] for part in parts) == whole["in_all"].iloc[0]
    assert queries.search(con, "另悉", after=after).empty


def test_the_name_of_a_place_limits_a_search_to_its_reports(con):
    assert queries.narrowed(con, "江津 另悉") == queries.narrowed(con, "另悉  江津区") == (["500116"], "另悉")
    assert queries.narrowed(con, "江津 南岸 另悉")[0] == ["500116", "500108"]
    for text in ("另悉", "江津", "江津 南岸", "江津的另悉", ""):
        assert queries.narrowed(con, text) == ([], text)
    found = queries.search(con, "另悉", only=["500116"])
    assert set(found["report_id"]) == {"江津-report"}
    assert found["in_all"].iloc[0] < queries.search(con, "另悉")["in_all"].iloc[0]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "' OR 1=1 --", "[", "(", "\\", "。*", "x" * 5000, "a b c d e f g h i j k"])
def test_a_search_is_words_and_nothing_else(con, text):
    assert queries.search(con, text).empty or text in ("%", "_")
    if text == "%":
        assert queries.search(con, text)["text"].str.contains("%", regex=False).all()


def test_nothing_found_offers_similar_indicators(con):
    assert queries.similar_indicators(con, "生产总值总额")[0] == "地区生产总值"
    assert queries.similar_indicators(con, "龘") == []


# ---------------------------------------------------------------------------------------------------- the page
@pytest.fixture
def data(monkeypatch, folder):
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.usefixtures("data")
def test_an_address_with_a_place_opens_a_report_of_that_place():
    assert "南岸区2024年计划执行情况的报告" in html(visit("sources", district="南岸"))


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("asked", [{"district": "没有的区"}, {"report": "没有的报告"}, {"report": "没有的报告", "line": "99999"}])
def test_an_address_to_what_is_not_there_says_so(asked):
    page = visit("sources", **asked)
    (said,) = page.info
    assert "没有" in said.value and "下面" in said.value
    assert "第1—" in html(page)  # from its beginning, whatever line was asked for


@pytest.mark.usefixtures("data")
def test_each_number_is_a_link_or_has_a_reason(folder):
    wanted = pages_build.fact_id(folder, district="南岸", indicator_id="gdp", measure="level", status="actual")
    shown = html(visit("sources", report="南岸-report"))
    assert re.search(rf'<a class="pb-n" href="\?fact={wanted}"[^>]*title="[^"]*地区生产总值[^"]*">1133.2</a>', shown)
    assert '<span class="pb-x" title="未采用：日期或年份">2024</span>' in shown
    assert "2025年1月14日提交会议" in shown and "南岸区2024年计划执行情况的报告" in shown


@pytest.mark.usefixtures("data")
def test_the_facts_of_the_page_stand_beside_it():
    shown = html(visit("sources", report="南岸-report"))
    rows = re.findall(r"<tr><td>(\d+)</td><th[^>]*>(.*?)</th><td>(.*?)</td><td>(.*?)</td><td[^>]*><a[^>]*>(.*?)</a>", shown)
    assert rows == [
        ("3", "地区生产总值", "2024年", "实际", "1133.2亿元"),
        ("4", "地区生产总值", "2024年增速", "实际", "+5.9%"),
        ("5", "地区生产总值", "2025年增速", "目标", "+6%"),
    ]


@pytest.mark.usefixtures("data")
def test_results_are_grouped_and_marked():
    shown = html(visit("sources", q="城镇新增就业"))
    assert "在1份报告中找到2段" in shown and shown.count('<mark class="hit">城镇新增就业</mark>') == 2
    assert "綦江区2024年计划执行情况的报告" in shown and "江津区2024年" not in shown


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "不存在的词"])
def test_nothing_found_is_said_with_what_to_try(text):
    shown = html(visit("sources", q=text))
    assert "没有找到" in shown and "更短的词" in shown and "<script>alert" not in shown


# ---------------------------------------------------------------------------------------------------- in a browser
@pytest.fixture(scope="module")
def base(tmp_path_factory):
    browser_app.chromium()
    long = pages_build.FACTS + [pages_build.FACTS[-3]] * 150  # 南岸 growth again and again: a report of several pages
    with browser_app.server(pages_build.write(tmp_path_factory.mktemp("long") / "parquet", long)) as address:
        yield address


def act(visit: browser_app.Visit, do) -> None:
    """Do something and wait until the page has answered."""
    runs = visit.runs()
    do()
    visit.settled(runs)


def test_a_number_leads_to_its_fact_without_loading_the_page_anew(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/sources?report=綦江-report")
    page = visit.page
    page.evaluate("window.stayed = true")
    number = page.locator(".pb-lines a.pb-n", has_text="10211")
    href = number.get_attribute("href")
    act(visit, number.click)
    assert href.startswith("?fact=") and page.url.endswith(href) and page.evaluate("window.stayed")
    assert page.locator(".asked mark").all_inner_texts() == ["10211", "人"]
    assert "城镇新增就业 · 2024年总量 · 完成情况 10211人" in page.locator(".pb-asked").inner_text()
    act(visit, page.go_back)
    assert page.locator(".asked").count() == 0
    act(visit, page.locator(".pb-found tr", has_text="粮食产量").last.get_by_role("link").click)
    assert page.locator(".asked").inner_text() == "36万吨"
    assert (visit.errors, visit.outside) == ([], [])


def test_the_reports_tables_are_tables(chrome, base):
    page = browser_app.Visit(chrome, base).open("/sources?report=江津-report").page
    table = page.locator(".pb-lines table").first
    assert table.locator("tr").first.locator("td").all_inner_texts()[1:] == ["地区生产总值", "7%"]
    assert page.get_by_role("table").count() >= 2


def test_a_place_in_the_search_and_the_way_to_all_reports(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/sources?q=江津 另悉")
    page, said = visit.page, visit.page.locator("[data-total]")
    assert "只找江津的报告" in said.inner_text()
    assert set(page.locator(".pb-hits mark").all_inner_texts()) == {"另悉"}
    few = int(said.get_attribute("data-total"))
    act(visit, page.get_by_role("link", name="在全部报告中查找“另悉”").click)
    assert int(page.locator("[data-total]").get_attribute("data-total")) > few


def test_search_and_follow_a_place_found(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/sources")
    page = visit.page
    box = page.get_by_role("textbox", name="在全部报告中查找")
    box.fill("gdp")
    act(visit, lambda: box.press("Enter"))
    assert "q=gdp" in page.url and "同一指标的其他写法：地区生产总值" in page.locator(".pb-hits").first.inner_text()
    box.fill("外出 没有")
    act(visit, lambda: box.press("Enter"))
    page.get_by_text("没有找到").wait_for()
    box.fill("城镇新增就业")
    act(visit, lambda: box.press("Enter"))
    assert page.locator("[data-total]").get_attribute("data-total") == "2"
    act(visit, page.locator(".pb-hits li a").last.click)
    assert "report=" in page.url and "line=" in page.url
    assert "10211" in page.locator("tr.here").inner_text()
    assert page.locator("tr.here mark.hit").all_inner_texts() == ["城镇新增就业"]
    act(visit, page.get_by_role("link", name="查找结果").click)
    assert page.locator(".pb-hits li").count() == 2
    act(visit, page.go_back)  # one step back is the place that was being read
    assert page.locator("tr.here mark.hit").count() == 1
    box.fill("粮食")
    box.press("Enter")  # a new search leaves the place, and one step back returns to it
    page.wait_for_url(lambda url: "line=" not in url)
    page.locator(".pb-hits").first.wait_for()
    page.go_back()
    page.locator("tr.here").wait_for()
    box.fill("")
    act(visit, lambda: box.press("Enter"))
    assert page.locator("tr.here").count() == 1  # no search: the place stays
    assert "q=" not in page.url and (visit.errors, visit.outside) == ([], [])


def test_a_search_comes_back_from_its_address(chrome, folder):
    with browser_app.server(folder) as fresh:
        visit = browser_app.Visit(chrome, fresh).open("/sources?q=城镇新增就业")
        assert visit.page.locator(".pb-hits li").count() == 2
        # the box takes the words of the address a moment after it is drawn
        box = visit.page.get_by_role("textbox", name="在全部报告中查找")
        visit.page.wait_for_function("([e, words]) => e.value === words", arg=[box.element_handle(), "城镇新增就业"])


def test_marks_are_switched_and_stay_in_the_address(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/sources?report=綦江-report")
    page = visit.page
    facts, others = page.locator(".pb-lines a.pb-n"), page.locator(".pb-lines .pb-x")
    assert facts.count() > 5 and others.count() == 1
    act(visit, page.get_by_role("radio", name="未采用").click)
    assert facts.count() == 0 and others.count() == 1
    assert page.locator(".pb-left-out dt").inner_text() == "日期或年份（1）"  # open, so read without pointing
    visit.open(page.url.removeprefix(base))
    assert facts.count() == 0 and others.count() == 1
    act(visit, page.get_by_role("radio", name="不标").click)
    assert others.count() == 0 and "5.5" in page.locator(".pb-lines").inner_text()


def test_turning_pages_reaches_every_line(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/sources?report=南岸-report")
    page, seen = visit.page, []
    while True:
        seen += [int(n) for n in page.locator(".pb-lines a.ln").all_inner_texts()]
        if not page.get_by_role("link", name="下一页").count():
            break
        act(visit, page.get_by_role("link", name="下一页").click)
    assert seen == list(range(1, 156))
    assert page.get_by_text("已是结尾").is_visible()
    act(visit, page.get_by_role("link", name="上一页").click)
    assert "from=" in page.url and int(page.locator(".pb-lines a.ln").first.inner_text()) < seen[-1]


def test_a_line_far_down_is_brought_into_view(chrome, base):
    visit = browser_app.Visit(chrome, base, browser_app.SIZES["phone"]).open("/sources?report=綦江-report&line=24")
    page = visit.page
    page.wait_for_function(
        "() => { const r = document.querySelector('.asked').getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight }"
    )
    assert visit.overflow() <= 0


@pytest.mark.parametrize("size", browser_app.SIZES)
@pytest.mark.parametrize("query", ["?report=綦江-report", "?q=gdp", "?q=没有这个词"])
def test_no_sideways_scrolling(chrome, base, size, query):
    visit = browser_app.Visit(chrome, base, browser_app.SIZES[size]).open(f"/sources{query}")
    assert visit.overflow() <= 0 and (visit.errors, visit.outside) == ([], [])
    for panel in visit.page.locator("aside").all():
        assert panel.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
