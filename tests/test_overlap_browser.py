"""What only a browser shows: words in their cells and clear of each other, nothing cut off on a telephone or a laptop."""

from __future__ import annotations

from itertools import combinations
from urllib.parse import quote

import pytest

from pages.parts import playlist
from pages.parts.playlist import View
from tests import pages_build
from tests.browser_app import CHART, SIZES, Visit
from tests.test_away_browser import on_stage

# the results of the three lie within a few px of each other, two of the targets on one spot
MORE = [
    (place, "retail_sales", "growth", status, year, value, "%", "eq", None, "prose")
    for place, values in {"綦江": (3.1, 5.0, 6.0), "江津": (9.0, 5.1, 6.1), "南岸": (2.0, 5.2, 6.15)}.items()
    for year, value, status in zip((2022, 2023, 2024), values, ("actual",) * 3, strict=True)
] + [
    ("綦江", "retail_sales", "growth", "target", 2024, 8, "%", "eq", None, "table"),
    ("江津", "retail_sales", "growth", "target", 2024, 8, "%", "eq", None, "table"),
    ("綦江", "energy_consumption", "level", "target", 2024, None, None, "eq", "完成上级下达目标", "table"),
    ("綦江", "energy_consumption", "level", "actual", 2024, None, None, "eq", "完成", "table"),
    ("江津", "gdp", "growth", "target", 2030, 6, "%", "eq", None, "table"),
    # of the amount 江津 says nothing, of its growth a target
    ("江津", "grain_output", "growth", "target", 2024, 1.5, "%", "eq", None, "prose"),
    ("綦江", "grain_output", "growth", "actual", 2024, 0.8, "%", "eq", None, "prose"),
]
TREND = "/trend?indicator=" + quote("社会消费品零售总额")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return pages_build.write(tmp_path_factory.mktemp("build") / "parquet", pages_build.FACTS + MORE)


def drawn(chrome, base, path: str, size: str) -> Visit:
    return Visit(chrome, base, SIZES[size]).open(path).drawn()


def boxes(visit: Visit, selector: str) -> list[dict]:
    """Where these stand in the first chart, and what they say."""
    return visit.page.locator(CHART).first.locator(selector).evaluate_all(
        """all => all.map(e => { const b = e.getBoundingClientRect();
        return { words: e.textContent, left: b.left, top: b.top, right: b.right, bottom: b.bottom } })"""
    )


def meet(one: dict, other: dict) -> bool:
    """Whether two boxes lie on each other."""
    sides = (("left", "right"), ("top", "bottom"))
    return all(min(one[end], other[end]) > max(one[start], other[start]) for start, end in sides)


@pytest.mark.parametrize("size", SIZES)
def test_names_and_values_in_a_trend_are_clear_of_each_other(chrome, base, size):
    visit = drawn(chrome, base, TREND, size)
    names = [box for box in boxes(visit, ".mark-text.role-mark text") if box["words"][:2] in ("綦江", "江津", "南岸")]
    assert [box["words"] for box in sorted(names, key=lambda box: box["top"])] == ["南岸 +6.15%", "江津 +6.1%", "綦江 +6%"]
    for one, other in combinations(names, 2):
        assert abs(one["top"] - other["top"]) >= 11 or not meet(one, other), "a line of type of 12 px"
    width = visit.page.evaluate("innerWidth")
    assert all(0 <= box["left"] and box["right"] <= width for box in names), "none is cut off"
    assert (visit.errors, visit.outside) == ([], [])


@pytest.mark.parametrize("size", SIZES)
def test_each_place_of_a_dumbbell_says_its_value_clear_of_the_others(chrome, base, size):
    """The results of three places lie within 0.15% of each other, two of the targets on one spot."""
    visit = drawn(chrome, base, "/compare?year=2024&indicator=" + quote("社会消费品零售总额") + "&indicator=" + quote("地区生产总值"), size)
    texts = [box for box in boxes(visit, ".mark-text.role-mark text") if box["words"]]
    said = [box["words"] for box in texts]
    for words in ("綦江 +6%", "江津 +6.1%", "南岸 +6.15%", "綦江 +5.5%", "南岸 +5.9%"):
        assert any(each.startswith(words) for each in said), words
    assert size == "phone" or "綦江 +6%　目标 +8%　未完成 −2个百分点" in said
    for one, other in combinations(texts, 2):
        assert not meet(one, other) or abs(one["top"] - other["top"]) >= 11, (one["words"], other["words"])
    marks = boxes(visit, ".mark-symbol path")
    for text in texts:  # of its own line the mark ends before the words
        assert not any(meet(text, {**mark, "top": mark["top"] + 3, "bottom": mark["bottom"] - 3}) for mark in marks), text["words"]
    assert all(text["right"] <= visit.page.evaluate("innerWidth") for text in texts)
    assert (visit.errors, visit.outside) == ([], [])


def test_two_targets_on_one_spot_are_two_marks(chrome, base):
    visit = drawn(chrome, base, TREND, "laptop")
    one, other = boxes(visit, "[aria-label*='性质: 目标'][aria-label*='年份: 2024']")
    assert not meet(one, other) and abs(one["top"] - other["top"]) < 1


def stage(*views: View) -> str:
    return f"/present?list={playlist.encode(views)}"


@pytest.mark.parametrize(
    "path",
    [
        "/trend",
        TREND,
        "/trend?theme=" + quote("综合质效"),
        "/compare?theme=" + quote("综合质效"),
        "/target_gap",
        stage(View("trend", (("indicator", "地区生产总值"),))),
        stage(View("target_gap")),
    ],
)
def test_nothing_has_to_be_moved_sideways_on_a_telephone(chrome, base, path):
    visit = drawn(chrome, base, path, "phone")
    wide = visit.page.locator("[class*=st-key-filters], [class*=st-key-filters] *, [class*=stElementContainer]:has(svg.marks)").evaluate_all(
        """all => all.filter(e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1)
        .map(e => [e.className, e.scrollWidth, e.clientWidth])"""
    )
    assert not wide and visit.overflow() <= 0
    charts = visit.page.locator(CHART).evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert max(charts) <= 390
    assert (visit.errors, visit.outside) == ([], [])


@pytest.mark.parametrize("size", SIZES)
def test_the_words_of_a_cell_stand_in_their_cell(chrome, base, size):
    places = "&".join("district=" + quote(name) for name in pages_build.CODES)
    visit = drawn(chrome, base, f"/target_gap?{places}", size)
    cells = boxes(visit, ".mark-rect path")
    texts = [box for box in boxes(visit, ".mark-text.role-mark text") if box["words"]]
    assert len(texts) == len(cells) > 20
    for text in texts:
        middle = (text["left"] + text["right"]) / 2, (text["top"] + text["bottom"]) / 2
        inside = [
            cell for cell in cells if cell["left"] < middle[0] < cell["right"] and cell["top"] < middle[1] < cell["bottom"]
        ]
        assert inside and inside[0]["left"] <= text["left"] and text["right"] <= inside[0]["right"], text


@pytest.mark.parametrize("size", SIZES)
def test_a_cell_without_numbers_leads_to_those_of_another_measure(chrome, base, size):
    visit = drawn(chrome, base, "/target_gap", size)
    page, runs = visit.page, visit.runs()
    cell = page.locator(f"{CHART} [aria-label*='指标: 粮食产量（总量）; 区县: 江津']").first
    assert "另有: 增速目标 +1.5%" in cell.get_attribute("aria-label")
    assert any(text["words"].endswith("※") for text in boxes(visit, ".mark-text.role-mark text"))
    cell.scroll_into_view_if_needed()
    cell.click()
    visit.settled(runs)
    dialog = page.get_by_role("dialog", name="数字的出处")
    assert dialog.locator("blockquote mark").all_inner_texts() == ["1.5"]
    # and from one number of an indicator to those it has in other measures
    visit.open("/target_gap").drawn()
    cell = page.locator(f"{CHART} [aria-label*='指标: 粮食产量（总量）; 区县: 綦江']").first
    cell.scroll_into_view_if_needed()
    runs = visit.runs()
    cell.click()
    visit.settled(runs)
    runs = visit.runs()
    page.get_by_role("dialog").get_by_role("link", name="增速实际 +0.8%").click()
    visit.settled(runs)
    dialog.get_by_text("2024年增速").wait_for()
    assert (visit.errors, visit.outside) == ([], [])


@pytest.mark.parametrize("size", ["laptop", "phone"])
@pytest.mark.parametrize("path", ["/explore", "/target_gap", "/trend"])
def test_more_conditions_open_inside_the_window(chrome, base, path, size):
    page = Visit(chrome, base, SIZES[size]).open(path).page
    if size == "phone":
        page.get_by_text("更改筛选").click()
    page.get_by_role("button", name="更多条件").click()
    body = page.locator("[data-testid=stPopoverBody]")
    body.wait_for()
    page.wait_for_timeout(400)
    box = body.bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= SIZES[size][1]
    # what does not fit is reached by scrolling inside
    last = body.locator("[data-testid=stElementContainer]").last
    last.scroll_into_view_if_needed()
    end = last.bounding_box()
    assert end["y"] + end["height"] <= SIZES[size][1]


@pytest.mark.parametrize("typed", ["GDP", "gdp", "倍差"])
def test_a_short_name_that_is_typed_finds_the_indicator(chrome, base, typed):
    visit = Visit(chrome, base).open("/trend")
    page = visit.page
    page.get_by_role("combobox", name="指标").fill(typed)
    page.wait_for_timeout(400)
    options = page.get_by_role("option").all_inner_texts()
    assert any("地区生产总值（GDP）" in each or "收入倍差" in each for each in options), options
    assert not page.get_by_text("没有这个名称的指标").count()
    runs = visit.runs()
    page.keyboard.press("Enter")
    visit.settled(runs)
    wanted = "城乡居民人均可支配收入比" if typed == "倍差" else "地区生产总值"
    assert page.locator(".pb-title").inner_text().startswith(wanted) and "（" not in page.locator(".pb-title").inner_text()[:12]
    page.reload()
    page.locator(CHART).first.wait_for()
    assert page.locator(".pb-title").inner_text().startswith(wanted), "the address brings it back"


def test_a_name_that_no_indicator_has_is_answered_in_chinese(chrome, base):
    page = Visit(chrome, base).open("/trend").page
    page.get_by_role("combobox", name="指标").fill("没有这回事")
    page.get_by_role("listbox", name="指标").get_by_text("没有这个名称的指标。请换个说法").wait_for()
    page.get_by_role("combobox", name="指标").fill("GDP")
    page.get_by_role("option", name="地区生产总值（GDP）", exact=True).wait_for()


def test_the_way_back_from_the_screen_finds_the_indicator_by_its_plain_name(chrome, base):
    kept = (View("trend", (("indicator", "社会消费品零售总额"),)), View("trend", (("indicator", "地区生产总值"),)))
    visit = drawn(chrome, base, TREND, "laptop")
    on_stage(visit, f"{stage(*kept)}&at=2").page.keyboard.press("Escape")
    visit.page.get_by_role("heading", name="五年趋势").wait_for()
    visit.drawn()
    assert visit.page.locator(".pb-title").inner_text().startswith("地区生产总值增速：")
    assert not visit.page.get_by_text("未采用").count()


def test_the_menu_of_a_telephone_closes_when_a_page_was_chosen(chrome, base):
    visit = Visit(chrome, base, SIZES["phone"]).open("/trend")
    page, runs = visit.page, visit.runs()
    page.get_by_role("button", name="打开菜单").click()
    page.get_by_role("button", name="收起菜单").wait_for()
    page.locator("[data-testid=stSidebarNavLink]").filter(has_text="目标差距").click()
    visit.settled(runs)
    page.get_by_role("heading", name="目标差距").first.wait_for()
    page.wait_for_function(
        "() => (document.querySelector('[data-testid=stSidebar]')?.getBoundingClientRect().right ?? 0) <= 1", timeout=5000
    )
    page.get_by_role("button", name="打开菜单").wait_for()
    assert (visit.errors, visit.outside) == ([], [])


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_the_legend_of_the_heatmap_explains_two_triangles_only_where_cells_have_them(chrome, base, size):
    page = drawn(chrome, base, "/target_gap", size).page
    assert page.get_by_text("两个三角").is_visible() == (size == "laptop")
    two = [text for text in page.locator(f"{CHART} .mark-text.role-mark text").all_text_contents() if text[:2] in ("▲▲", "▼▼")]
    assert not two or size == "laptop"
