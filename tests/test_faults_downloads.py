"""Files asked for in a page that was left open while the data were built anew: what the reader gets, or is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import browser_app
from tests.test_faults_pages import put

WORDS = "没能生成这个文件。请刷新页面再试；仍不行，请告诉管理员。"
#: What a button says, under and over its label.
SAID = "e => getComputedStyle(e, '::after').content.replaceAll('\"', '')"


@pytest.fixture
def board(house):
    put(house, 5.1)
    browser_app.chromium()
    with browser_app.server(house.out) as address:
        yield house, address


def shown(visit: browser_app.Visit) -> browser_app.Visit:
    if "/compare" in visit.page.url:
        visit.page.get_by_role("button", name="下载", exact=True).click()
    return visit


@pytest.mark.parametrize(("path", "name"), [("/compare?year=2024&indicator=地区生产总值&measure=增速", "CSV数据"), ("/explore", "CSV")])
def test_a_file_holds_what_the_page_shows_two_builds_later(board, chrome, path, name):
    house, address = board
    visit = browser_app.Visit(chrome, address).open(path)
    put(house, 5.2)
    put(house, 5.3)
    with shown(visit).page.expect_download() as waiting:
        visit.page.get_by_role("button", name=name, exact=True).click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert "5.1%" in text and "5.2%" not in text and "5.3%" not in text
    fresh = browser_app.Visit(chrome, address).open(path)
    with shown(fresh).page.expect_download() as waiting:
        fresh.page.get_by_role("button", name=name, exact=True).click()
    assert "5.3%" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")


def test_a_file_that_cannot_be_made_any_more_says_what_to_do(board, chrome):
    """So many builds later that the one on the page is closed."""
    house, address = board
    visit = browser_app.Visit(chrome, address).open("/explore")
    for n in range(2, 8):
        put(house, 5 + n / 10)
        browser_app.Visit(chrome, address).open("/explore").page.close()
    visit.page.get_by_role("button", name="XLSX", exact=True).click()
    told = visit.page.get_by_test_id("stDownloadButtonError")
    told.wait_for(state="attached")
    assert told.evaluate(SAID) == WORDS
    assert "Failed" not in visit.page.locator("body").inner_text()
    box = told.bounding_box()
    assert box["height"] > 10 and box["width"] > 40
    visit.page.reload()
    visit.settled(0)
    with visit.page.expect_download():
        visit.page.get_by_role("button", name="XLSX", exact=True).click()
