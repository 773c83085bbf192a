"""Presenting and taking a view away, in a real browser: keys, addresses, and files that other programs open."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pypdf
import pytest
from PIL import Image
from pptx import Presentation

from pages.parts import playlist
from pages.parts.playlist import View
from tests.browser_app import SIZES, Visit

GDP = "/compare?year=2024&indicator=" + quote("地区生产总值")


@pytest.fixture
def visit(chrome, base) -> Iterator[Visit]:
    found = Visit(chrome, base)
    yield found
    assert not found.errors and not found.outside
    found.page.close()


def press(visit: Visit, name: str) -> None:
    """Press a button and wait for the run it causes."""
    runs = visit.runs()
    visit.page.get_by_role("button", name=name, exact=True).click()
    visit.settled(runs)


def take(visit: Visit, name: str) -> tuple[str, bytes]:
    """The file behind a button for downloading."""
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name=name).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def present(*listed: View, at: int = 1) -> str:
    return f"/present?list={playlist.encode(listed)}&at={at}"


def on_stage(visit: Visit, path: str) -> Visit:
    """Open a list of views and wait until it is as large as the window."""
    visit.open(path)
    visit.page.wait_for_function(
        "() => Math.abs(getComputedStyle(document.documentElement).getPropertyValue('--pb-scale')"
        " - Math.max(.75, Math.min(innerWidth / 1280, innerHeight / 720))) < .002"
    )
    visit.settled(1)
    visit.page.wait_for_selector("[data-testid=stVegaLiteChart] svg")
    return visit


TWO = (
    View("compare", (("year", "2024"), ("indicator", "地区生产总值"))),
    View("trend", (("indicator", "地区生产总值"),)),
)


# ---------------------------------------------------------------- files
def test_every_kind_of_file_of_a_chart_opens_and_says_what_the_page_says(visit):
    visit.open(GDP)
    visit.page.get_by_role("button", name="下载", exact=True).click()
    name, content = take(visit, "XLSX数据")
    assert name.startswith("地区生产总值_綦江-江津-南岸_2024_") and name.endswith(".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["说明", "数据", "来源与原句", "口径"]
    head, *rows = book["数据"].iter_rows(values_only=True)
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert [found[place]["实际"] for place in ("綦江", "江津", "南岸")] == [5.5, 4.1, 5.9]
    assert (found["綦江"]["目标"], found["綦江"]["差距"], found["綦江"]["状态"]) == (7, -1.5, "未完成")
    assert found["南岸"]["目标"] is None and found["南岸"]["状态"] == "有实际无目标"
    ids = {row[0] for row in book["来源与原句"].iter_rows(min_row=2, values_only=True)}
    assert {found["綦江"]["实际的编号"], found["綦江"]["目标的编号"]} <= ids, "no number without its sentence"

    _, content = take(visit, "CSV数据")
    assert content.startswith(b"\xef\xbb\xbf")
    assert pd.read_csv(io.BytesIO(content))["实际"].tolist() == [5.5, 4.1, 5.9]

    _, content = take(visit, "PNG图片")
    picture = Image.open(io.BytesIO(content)).convert("L")
    assert picture.size == (2560, 1440), "twice the size of a slide"
    assert picture.crop((0, 0, 2560, 160)).getextrema()[0] < 60, "a title in dark letters"

    _, content = take(visit, "SVG图片")
    text = "".join(ET.fromstring(content.decode()).itertext())
    assert "南岸最高（+5.9%）" in text and "数据版本test-build" in text and "来源：" in text

    _, content = take(visit, "PPTX")
    (slide,) = Presentation(io.BytesIO(content)).slides
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    values = {
        series.name: dict(zip(chart.plots[0].categories, series.values, strict=True))
        for series in chart.plots[0].series
    }
    assert values["实际"] == {"綦江": 5.5, "江津": 4.1, "南岸": 5.9}
    assert values["目标"]["綦江"] == 7 and values["目标"]["南岸"] is None, "what has no target gets none"
    assert "GDP" in (notes := slide.notes_slide.notes_text_frame.text) or "地区生产总值" in notes
    assert "綦江 · 地区生产总值 · 2024年增速 · 计划目标 +7%" in notes

    _, content = take(visit, "PDF")
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    assert page.mediabox.width / page.mediabox.height == pytest.approx(16 / 9, abs=0.01)


def test_a_list_leaves_as_one_presentation_and_as_a_file_that_can_be_opened_again(visit):
    on_stage(visit, present(*TWO)).page.keyboard.press("Escape")
    visit.page.wait_for_url("**/compare?**")
    visit.page.get_by_role("button", name="放映单（2）").click()
    _, content = take(visit, "PPTX")
    titles = [
        slide.shapes.title.text if slide.shapes.title else slide.shapes[0].text_frame.text
        for slide in Presentation(io.BytesIO(content)).slides
    ]
    assert len(titles) == 2 and "南岸最高" in titles[0]
    _, content = take(visit, "PDF")
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 2
    name, content = take(visit, "保存放映单")
    assert name == "放映单.json" and [each["页面"] for each in json.loads(content)["画面"]] == ["compare", "trend"]

    visit.open("/trend").drawn()
    visit.page.get_by_role("button", name="放映单（2）").wait_for()
    visit.page.evaluate("sessionStorage.clear()")  # as in another tab: its list is empty
    visit.page.reload()
    visit.settled(0)
    visit.drawn()
    visit.page.get_by_role("button", name="放映单", exact=True).click()
    runs = visit.runs()
    visit.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": content}
    )
    visit.page.wait_for_selector("text=放映这2个画面")
    visit.settled(runs)


def test_the_evidence_card_of_a_number_is_a_picture(visit):
    visit.open(GDP)
    visit.page.get_by_role("link", name="+5.5%").first.click()
    name, content = take(visit, "下载证据卡")
    assert name.startswith("证据卡-地区生产总值_綦江_2024_")
    picture = Image.open(io.BytesIO(content)).convert("L")
    assert picture.width == 2400 and picture.crop((0, 20, 2400, 200)).getextrema()[0] < 60


# ---------------------------------------------------------------- presenting
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_presenting_fills_the_window_and_hides_everything_else(chrome, base, size):
    found = Visit(chrome, base, size)
    on_stage(found, present(*TWO))
    page = found.page
    assert not page.locator("header.stAppHeader").is_visible()
    assert not page.locator(".pb-foot").is_visible()
    assert page.get_by_text("1 / 2").is_visible()
    assert found.overflow() <= 0
    if size[0] >= 1280:
        page.wait_for_function(
            "() => document.querySelector('.pb-stage-foot').getBoundingClientRect().bottom <= innerHeight + 1"
        )
        bottom = page.locator("[data-testid=stVegaLiteChart]").last.bounding_box()
        assert bottom["y"] + bottom["height"] <= size[1], "the chart stands on the screen"
        least = page.evaluate(
            "Math.min(...[...document.querySelectorAll('[data-testid=stVegaLiteChart] svg text')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        assert least >= 16 * min(size[0] / 1280, size[1] / 720) * 0.95
    assert not found.errors and not found.outside
    page.close()


def test_keys_lead_through_the_list_and_back_to_the_page(visit):
    on_stage(visit, present(*TWO))

    for name, at in (("ArrowRight", 2), ("PageUp", 1), (" ", 2), ("Home", 1), ("End", 2)):
        visit.page.keyboard.press(name)
        visit.page.wait_for_url(f"**at={at}*")
        visit.page.wait_for_selector(f"text={at} / 2")
    visit.page.keyboard.press("ArrowRight")  # there is no third
    assert "at=2" in visit.page.url
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url("**/trend?**")
    visit.page.wait_for_selector("text=五年来怎样变化")
    assert visit.page.locator("header.stAppHeader").is_visible()


def test_a_mark_on_the_stage_leads_to_its_sentence_and_the_keys_rest_meanwhile(visit):
    on_stage(visit, present(*TWO))
    visit.page.locator("[data-testid=stVegaLiteChart] svg path[aria-label*='綦江']").first.click()
    visit.page.wait_for_selector("[role=dialog] blockquote")
    visit.page.keyboard.press("ArrowRight")
    assert "at=1" in visit.page.url


def test_a_list_is_put_together_and_presented(visit):
    visit.open(GDP)
    press(visit, "加入放映单")
    visit.page.get_by_role("link", name="五年趋势").click()
    visit.page.wait_for_url("**/trend**")
    visit.page.wait_for_selector("text=五年来怎样变化")
    press(visit, "加入放映单")
    visit.page.get_by_role("button", name="放映单（2）").click()
    visit.page.get_by_text("放映这2个画面").click()
    visit.page.wait_for_url("**/present?**")
    visit.page.wait_for_selector("text=1 / 2")
    word = parse_qs(urlsplit(visit.page.url).query)["list"][0]
    assert [view.page for view in playlist.decode(word, {"compare", "trend"})] == ["compare", "trend"]


def test_nothing_is_made_before_it_is_asked_for(visit, folder):
    """Opening the page and the list of files asks the server for no file."""
    asked = []
    visit.page.on(
        "request",
        lambda request: asked.append(request.url) if urlsplit(request.url).path.startswith("/media/") else None,
    )
    visit.open(GDP)
    visit.page.get_by_role("button", name="下载", exact=True).click()
    visit.page.wait_for_timeout(500)
    assert not asked


def test_a_telephone_held_upright_shows_the_whole_chart(chrome, base):
    visit = Visit(chrome, base, SIZES["phone"])
    trend = present(View("trend", (("indicator", "地区生产总值"),)))
    page = on_stage(visit, trend).page
    page.wait_for_function("() => document.querySelector('[data-testid=stVegaLiteChart] svg').clientWidth <= 390")
    said = page.locator("[data-testid=stVegaLiteChart] svg text").all_text_contents()
    assert any(words.endswith("24") for words in said) and visit.overflow() == 0
    assert "来源：" in page.locator(".pb-stage-foot").inner_text() and not visit.errors


def test_the_list_is_there_after_the_page_was_loaded_anew_and_empty_when_it_was_emptied(visit):
    visit.open(GDP).drawn()
    press(visit, "加入放映单")
    visit.page.get_by_role("button", name="放映单（1）").wait_for()
    visit.page.reload()
    visit.page.get_by_role("button", name="放映单（1）").wait_for()
    visit.open("/trend?indicator=" + quote("地区生产总值")).drawn()  # another page, and again another session
    visit.page.get_by_role("button", name="放映单（1）").wait_for()
    press(visit, "加入放映单")
    visit.page.reload()
    visit.page.get_by_role("button", name="放映单（2）").click()
    assert visit.page.locator(".pb-listed").all_inner_texts()[0].startswith("1. 区县对比：")
    for left in (1, 0):
        visit.page.get_by_role("button", name="✕").first.click()
        visit.page.get_by_role("button", name=f"放映单（{left}）" if left else "放映单", exact=True).wait_for()
    visit.page.reload()
    visit.drawn()
    visit.settled(0)
    assert visit.page.get_by_role("button", name="放映单", exact=True).count() == 1


def test_a_list_kept_by_the_tab_that_nobody_can_read_is_dropped(visit):
    visit.open(GDP).drawn()
    visit.page.evaluate("sessionStorage.setItem('planboard-list', 'eJw-broken')")
    visit.page.reload()
    visit.drawn()
    visit.page.wait_for_function("() => !sessionStorage.getItem('planboard-list')")
    assert visit.page.get_by_role("button", name="放映单", exact=True).count() == 1
    assert visit.page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
