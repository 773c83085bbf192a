"""明细下载 in a real browser: every file downloaded and opened, the view from its address, a row and its sentence."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import quote

import frictionless
import openpyxl
import pandas as pd
import pytest

from data import queries, store
from tests import browser_app

ADDRESS = "/explore?" + "&".join(
    f"{key}={quote(value)}"
    for key, value in (("place", "江津"), ("place", "南岸"), ("in_year", "2024"), ("sort", "数值，大的在前"))
)
BUTTONS = {"XLSX": "xlsx", "CSV": "csv", "Parquet": "parquet", "数据包": "zip"}


@pytest.fixture(scope="module")
def wanted(folder) -> pd.DataFrame:
    """What the address asks for, straight from the query."""
    return queries.statements(
        store.connect(folder), places=["500116", "500108"], years=[2024], order="value", descending=True
    )


@pytest.fixture(scope="module")
def visit(chrome, base) -> browser_app.Visit:
    return browser_app.Visit(chrome, base).open(ADDRESS)


def download(visit: browser_app.Visit, name: str, folder: Path) -> Path:
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name=name, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.mark.parametrize("name", BUTTONS)
def test_each_file_opens_and_holds_exactly_the_rows_shown(visit, wanted, tmp_path, name):
    path = download(visit, name, tmp_path)
    assert path.name.startswith("全部指标_江津-南岸_2024_") and path.suffix == "." + BUTTONS[name]
    ids, values = wanted["fact_id"].tolist(), [None if pd.isna(v) else v for v in wanted["value"]]
    if name == "XLSX":
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["说明", "数据", "来源与原句", "口径"]
        head, *rows = book["数据"].iter_rows(values_only=True)
        found = [dict(zip(head, row, strict=True)) for row in rows]
        assert [(row["编号"], row["数值"]) for row in found] == list(zip(ids, values, strict=True))
        assert "江津、南岸；2024年" in dict(book["说明"].iter_rows(values_only=True))["筛选"]
    elif name == "CSV":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        found = pd.read_csv(path, encoding="utf-8-sig")
        assert found["编号"].tolist() == ids and found["数值"].isna().tolist() == [v is None for v in values]
    elif name == "Parquet":
        found = pd.read_parquet(io.BytesIO(path.read_bytes()))
        assert found["fact_id"].tolist() == ids and found["value"].dropna().tolist() == [
            v for v in values if v is not None
        ]
    else:
        assert frictionless.validate(str(path)).valid
        rows = frictionless.Package(str(path)).resources[0].read_rows()
        assert [(row["fact_id"], row["value"] and float(row["value"])) for row in rows] == list(
            zip(ids, values, strict=True)
        )
    assert visit.errors == [] and visit.outside == []


def test_the_view_comes_back_from_its_address_on_a_fresh_server(chrome, folder):
    with browser_app.server(folder) as fresh:
        page = browser_app.Visit(chrome, fresh).open(ADDRESS).page
        assert "江津、南岸；2024年：共" in page.locator(".pb-said-filter").inner_text()
        page.locator("[data-testid=stDataFrame] canvas").first.wait_for()


def test_the_name_of_a_file_says_the_words_looked_for(chrome, base, tmp_path):
    visit = browser_app.Visit(chrome, base).open("/explore?words=" + quote("地区生产总值 5.9"))
    path = download(visit, "CSV", tmp_path)
    assert path.name.startswith("全部指标含地区生产总值、5.9_全部区县_全部年份_")


def test_an_address_made_for_another_page_is_understood(chrome, base):
    asked = "&".join(f"{key}={quote(value)}" for key, value in (("district", "江津"), ("year", "2024")))
    visit = browser_app.Visit(chrome, base).open(f"/explore?{asked}")
    page, runs = visit.page, visit.runs()
    said = page.locator(".pb-said-filter")
    assert "江津；2024年：共" in said.inner_text() and not page.get_by_text("未采用").count()
    assert f"place={quote('江津')}" in page.url and "in_year=2024" in page.url  # to be passed on, and to come back
    page.get_by_role("button", name="去掉江津").or_(page.locator("[data-baseweb=tag] [role=presentation]")).first.click()
    visit.settled(runs)
    assert "江津" not in said.inner_text() and "district" not in page.url  # what is taken back does not come again

    visit = browser_app.Visit(chrome, base).open(f"/trend?{asked.replace('district', 'place')}")
    assert visit.page.get_by_role("button", name="江津").get_attribute("aria-checked") != "false"
    assert "本页没有“年份”这样的条件，未采用" in visit.page.locator(".pb-badge").first.inner_text()
    visit.page.get_by_role("link", name="区县对比").first.click()
    visit.page.get_by_role("heading", name="区县对比").wait_for()
    visit.page.get_by_role("link", name="五年趋势").first.click()  # the year that is chosen there is no fault of an address
    visit.page.get_by_role("heading", name="五年趋势").wait_for()
    assert not visit.page.get_by_text("未采用").count()


def test_another_name_of_an_indicator_in_an_address(chrome, base):
    page = browser_app.Visit(chrome, base).open("/explore?item=GDP").page
    assert "地区生产总值：共" in page.locator(".pb-said-filter").inner_text()
    page.wait_for_url(f"**item={quote('地区生产总值（GDP）')}")
    assert not page.get_by_text("未采用").count()


def test_filters_go_into_the_address(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/explore")
    page, runs = visit.page, visit.runs()
    page.get_by_role("button", name="计划目标").click()
    visit.settled(runs)
    assert f"status={quote('计划目标')}" in page.url and "计划目标：共" in page.locator(".pb-said-filter").inner_text()
    runs = visit.runs()
    page.get_by_role("textbox", name="原句中的词").fill("地区生产总值")
    page.keyboard.press("Enter")
    visit.settled(runs)
    assert "words=" in page.url and "原句含“地区生产总值”" in page.locator(".pb-said-filter").inner_text()


def test_a_row_opens_its_sentence_again_and_again(chrome, base, wanted):
    visit = browser_app.Visit(chrome, base).open(ADDRESS)
    page = visit.page
    first = wanted[wanted["quote"].notna()].iloc[0]
    at = wanted["fact_id"].tolist().index(first["fact_id"])
    for _ in range(2):
        box = page.locator("[data-testid=stDataFrame]").first.bounding_box()
        runs = visit.runs()
        page.mouse.click(box["x"] + 20, box["y"] + 36 + 35 * at + 12)
        visit.settled(runs)
        assert f"fact={first['fact_id']}" in page.url
        quoted = page.get_by_role("dialog").locator(f"blockquote[data-fact='{first['fact_id']}']").inner_text()
        assert quoted.split() == first["quote"].split()
        runs = visit.runs()
        page.keyboard.press("Escape")
        visit.settled(runs)
        assert "fact=" not in page.url


@pytest.mark.parametrize("size", browser_app.SIZES)
@pytest.mark.parametrize("more", ["", "?form=" + quote("宽表")])
def test_no_sideways_scrolling_at_any_size(chrome, base, size, more):
    visit = browser_app.Visit(chrome, base, browser_app.SIZES[size]).open("/explore" + more)
    visit.page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    assert visit.overflow() <= 0 and (visit.errors, visit.outside) == ([], [])


def test_other_pages_keep_their_own_filters(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/explore?in_year=2023&place=" + quote("测试"))
    runs = visit.runs()
    visit.page.get_by_role("link", name="区县对比", exact=True).first.click()
    visit.settled(runs)
    visit.page.get_by_text("2024年").first.wait_for()
    assert "place=" not in visit.page.url and "in_year=" not in visit.page.url
    assert visit.errors == []


def test_wide_is_taken_away_as_shown(chrome, base, folder, tmp_path):
    visit = browser_app.Visit(chrome, base).open("/explore?item=" + quote("地区生产总值") + "&form=" + quote("宽表"))
    path = download(visit, "CSV", tmp_path)
    found = pd.read_csv(path, encoding="utf-8-sig")
    wide = queries.wide(store.connect(folder), indicators=["gdp"])
    assert path.name.startswith("地区生产总值宽表_全部区县_全部年份_")
    years = [name for name in wide if name[-4:].isdigit()]
    pd.testing.assert_frame_equal(found[years], wide[years])


def test_a_number_of_the_wide_table_leads_to_its_sentence(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/explore?item=" + quote("地区生产总值") + "&form=" + quote("宽表"))
    grid = visit.page.locator("[data-testid=stDataFrame] canvas").first
    cells = visit.page.locator("[data-testid=stDataFrame] canvas td")
    cells.first.wait_for(state="attached")
    order = cells.all_text_contents()
    grid.click(position={"x": 800, "y": 17}, force=True)  # a heading: of a sorted table the wrong number would be named
    grid.click(position={"x": 100, "y": 52}, force=True)  # the first row; then along it, past what the row is about
    for _ in range(7):
        visit.page.keyboard.press("ArrowRight")
    marks = visit.page.get_by_role("dialog").locator("blockquote mark")
    marks.first.wait_for()
    assert order and cells.all_text_contents() == order
    assert "5.5" in marks.all_inner_texts() and visit.errors == []  # 綦江 2024: 全区地区生产总值增长5.5%
