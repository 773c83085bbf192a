"""The chart pages in a real browser: every control does what it says, every mark leads to its sentence, links hold."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest

from tests import browser_app, pages_build
from tests.browser_app import CHART

MORE = [
    ("綦江", "gdp", "growth", "actual", 2021, 3.2, "%", "eq", None, "prose"),
    ("綦江", "gdp", "growth", "actual", 2022, 4.4, "%", "eq", None, "prose"),
    ("綦江", "gdp", "growth", "target", 2022, 6.5, "%", "eq", None, "table"),
    ("江津", "gdp", "growth", "actual", 2023, 6.1, "%", "eq", None, "supplement"),
    ("江津", "gdp", "growth", "actual", 2022, 2.9, "%", "eq", None, "derived"),
    ("綦江", "retail_sales", "growth", "target", 2024, 7.5, "%", "eq", None, "table"),
    ("綦江", "retail_sales", "growth", "actual", 2024, 7.4, "%", "eq", None, "table"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return pages_build.write(tmp_path_factory.mktemp("build") / "parquet", pages_build.FACTS + MORE)


@pytest.fixture
def visit(chrome, base):
    made = browser_app.Visit(chrome, base)
    yield made
    assert (made.errors, made.outside) == ([], [])
    made.page.close()




def drawn(visit, address: str):
    """Open an address and wait for all of its charts."""
    return visit.open(address).drawn().page


def words(page) -> list[str]:
    """What the charts say, axes included."""
    return page.locator(f"{CHART} text").evaluate_all("all => all.map(e => e.textContent)")


def title(page) -> str:
    return page.locator(".pb-title").first.inner_text()


def act(visit, do) -> None:
    """Do something and wait for the run that it causes."""
    runs = visit.runs()
    do()
    visit.settled(runs)


def press(page, mark: str) -> None:
    """Click the middle of the mark with these words in its label."""
    page.locator(f"{CHART} [aria-label*='{mark}']").first.scroll_into_view_if_needed()
    page.locator(f"{CHART} [aria-label*='{mark}']").first.click()


def button(page, group: str, name: str):
    return page.get_by_role("radiogroup", name=group).get_by_role("radio", name=name, exact=True)


# 目标差距 ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", browser_app.SIZES)
def test_a_cell_of_the_heatmap_shows_its_two_sentences_again_and_again(chrome, base, size):
    visit = browser_app.Visit(chrome, base, browser_app.SIZES[size])
    page = drawn(visit, "/target_gap")
    for _ in range(2):  # the same cell once more after the panel was closed
        act(visit, lambda: press(page, "指标: 城镇新增就业; 区县: 綦江"))
        marks = page.get_by_role("dialog").locator("blockquote mark").all_inner_texts()
        assert marks == ["10000", "10211"]
        act(visit, lambda: page.keyboard.press("Escape"))
        assert page.get_by_role("dialog").count() == 0
    assert (visit.errors, visit.outside, visit.overflow()) == ([], [], 0)


def test_the_heatmap_says_every_state_in_words(visit):
    page = drawn(visit, "/target_gap")
    said = words(page)
    assert "▼ −1.5" in said and "▲▲ +5.4" in said and "● +0.5%" in said  # gdp, investment, income ratio 0.01/1.95
    assert "▲ +2.1%" in said and "未报实际" in said and "无目标" in said and "未提及" in said
    assert title(page) == "达到目标：綦江4/6项，江津2/4项；南岸没有可比的目标"


def test_filters_of_the_heatmap(visit):
    page = drawn(visit, "/target_gap?state=" + quote("接近"))
    labels = page.locator(f"{CHART} [aria-label*='指标:']").evaluate_all("all => all.map(e => e.ariaLabel)")
    assert {label.split("指标: ")[1].split(";")[0] for label in labels} == {"社会消费品零售总额"}
    drawn(visit, "/target_gap")
    act(visit, lambda: page.get_by_role("button", name="2025", exact=True).click())
    page.wait_for_url("**years=2025**")
    assert title(page).startswith("2024、2025年合计达到目标：")
    page.locator(f"{CHART} [aria-label*='年份: 2025年']").first.wait_for()
    page.get_by_role("button", name="更多条件").click()
    act(visit, lambda: button(page, "容差", "不设容差").click())
    assert "内部约定）：预期性指标的增速、比率和增减0个百分点" in page.locator("[data-testid=stMain]").inner_text()
    page.locator(f"{CHART} [aria-label*='社会消费品零售总额'][aria-label*='未完成']").first.wait_for()
    act(visit, lambda: button(page, "指标性质", "约束性").click())
    page.get_by_text("没有符合条件的指标").wait_for()


def test_targets_of_one_indicator_through_the_documents(visit):
    page = drawn(visit, "/target_gap")
    page.get_by_text("2022年+6.5%").first.wait_for()
    assert "地区生产总值目标：綦江2022年+6.5%→2024年+7%→2025年+6.5%" in page.locator("[data-testid=stMain]").inner_text()


# 区县对比 ------------------------------------------------------------------------------------------------------------
def test_bars_are_sorted_and_lead_to_result_and_target(visit):
    page = drawn(visit, "/compare")
    assert title(page) == "地区生产总值增速：南岸最高（+5.9%），江津最低（+4.1%）"
    names = words(page)
    assert [name for name in names if name in ("綦江", "江津", "南岸")] == ["南岸", "綦江", "江津"]
    act(visit, lambda: press(page, "区县: 江津"))
    assert page.get_by_role("dialog").locator("blockquote mark").all_inner_texts() == ["7", "4.1"]
    act(visit, lambda: page.keyboard.press("Escape"))
    page.get_by_role("button", name="更多条件").click()
    act(visit, lambda: button(page, "排序", "固定次序").click())
    names = words(page)
    assert [name for name in names if name in ("綦江", "江津", "南岸")] == ["綦江", "江津", "南岸"]


def test_another_measure_says_who_has_none(visit):
    page = drawn(visit, "/compare")
    act(visit, lambda: button(page, "看什么", "总量").click())
    page.wait_for_url("**measure=**")
    assert title(page) == "地区生产总值：南岸最高（1133.2亿元），綦江最低（558.2亿元）"
    assert "只公布增速" in words(page)


def test_indicators_by_search_and_by_theme(visit):
    page = drawn(visit, "/compare")
    page.get_by_role("combobox", name="指标").fill("粮食")
    act(visit, lambda: page.get_by_role("option", name="粮食产量").click())
    assert title(page) == "2024年粮食产量：只有綦江有数，36万吨"
    assert "indicator=粮食产量" in unquote(page.url)
    drawn(visit, "/compare?theme=" + quote("共享"))
    assert title(page) == "达到目标：綦江1/1项，江津2/2项；南岸没有可比的目标"
    assert "城镇新增就业" in words(page)


def test_figures_from_elsewhere_can_be_switched_off(visit):
    page = drawn(visit, "/compare?indicator=" + quote("实际使用外资"))
    assert "4762万美元" in title(page)
    page.get_by_role("button", name="更多条件").click()
    act(visit, lambda: page.get_by_role("button", name="补充来源", exact=True).click())
    assert title(page) == "2024年实际使用外资：所选区县都没有数"
    assert "仅有补充来源（未显示）" in words(page)


def test_the_last_district_switched_off_brings_the_first_ones_back(visit):
    page = drawn(visit, "/compare?district=" + quote("江津"))
    assert title(page) == "2024年地区生产总值增速：只有江津有数，+4.1%"
    act(visit, lambda: page.get_by_role("button", name="江津", exact=True).click())
    assert title(page) == "地区生产总值增速：南岸最高（+5.9%），江津最低（+4.1%）"
    assert page.get_by_role("button", name="綦江", exact=True).get_attribute("aria-pressed") == "true"


# 五年趋势 ------------------------------------------------------------------------------------------------------------
def test_lines_break_at_gaps_and_marks_lead_to_sentences(visit):
    page = drawn(visit, "/trend")
    assert title(page).startswith("地区生产总值增速：綦江2021年+3.2%→2024年+5.5%")
    lines = page.locator(f"{CHART} .mark-line path").evaluate_all("all => all.map(e => e.getAttribute('d'))")
    assert all(d.count("L") == 1 for d in lines) and len(lines) == 3  # 綦江 21-22; 江津 22-23, 23-24: none over 2023
    assert any("2023" in label and "綦江" in label for label in words(page))  # why 綦江 has no mark there
    act(visit, lambda: press(page, "年份: 2021"))
    assert page.get_by_role("dialog").locator("blockquote mark").inner_text() == "3.2"


def test_small_multiples_and_their_table(visit):
    address = "/trend?indicator=" + "&indicator=".join(map(quote, ("地区生产总值", "粮食产量")))
    page = drawn(visit, address)
    page.locator(CHART).nth(1).wait_for()
    assert page.locator(CHART).count() == 2
    act(visit, lambda: page.get_by_text("显示数据表").click())
    page.locator("[data-fact]").first.wait_for()
    assert page.get_by_role("rowheader", name="粮食产量 2024年").count() == 1


# links ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/compare?indicator=粮食产量&year=2024&district=綦江&district=江津", "2024年粮食产量：只有綦江有数，36万吨"),
        ("/compare?theme=共享&district=綦江", "达到目标：綦江1/1项"),
        ("/trend?indicator=地区生产总值&measure=总量&district=南岸", "地区生产总值：南岸只有2024年1133.2亿元"),
        ("/target_gap?years=2024&years=2025&district=綦江&theme=综合质效", "2024、2025年合计达到目标：綦江1/3项"),
    ],
)
def test_a_view_comes_back_from_its_address_on_a_fresh_server(chrome, folder, address, expected):
    with browser_app.server(folder) as fresh:
        visit = browser_app.Visit(chrome, fresh)
        page = drawn(visit, quote(address, safe="/?=&"))
        assert title(page) == expected
        assert (visit.errors, visit.outside) == ([], [])


def test_a_row_of_the_overview_leads_to_its_trend_and_the_ways_keep_the_places(visit):
    visit.open("/?district=" + quote("綦江"))
    page = visit.page
    act(visit, lambda: page.get_by_role("link", name="粮食产量").click())
    page.wait_for_url("**/trend?**")
    visit.drawn()
    assert title(page) == "粮食产量：綦江只有2024年36万吨"
    visit.open("/?district=" + quote("綦江"))
    act(visit, lambda: page.get_by_role("link", name="2024年全部指标中未完成的").click())
    visit.drawn()
    assert title(page) == "未完成：綦江1/6项" and "district=綦江" in unquote(page.url)
    assert "列出有“未完成”的1项指标" in page.locator("[data-testid=stMain]").inner_text()


def test_filters_stay_through_other_pages_and_back(visit):
    page = drawn(visit, "/compare?district=" + quote("綦江") + "&measure=" + quote("总量"))
    first = title(page)
    for name in ("五年趋势", "数据说明", "区县对比"):
        act(visit, lambda name=name: page.get_by_role("link", name=name, exact=True).first.click())
    visit.drawn()
    assert title(page) == first
    visit.open("/?district=" + quote("綦江"))
    steps = page.evaluate("history.length")
    act(visit, lambda: page.get_by_role("link", name="粮食产量").click())
    page.wait_for_url("**/trend?**district=**")
    visit.drawn()
    assert page.evaluate("history.length") == steps + 1  # one click is one step, whatever it changes in the address
    page.go_back()
    page.locator("h1", has_text="总览").wait_for()
    assert "district=綦江" in unquote(page.url)
