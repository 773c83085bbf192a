"""The pages in a real browser: deep links to a fresh server, from figure to sentence, three sizes, no other host."""

from __future__ import annotations

import pytest

from pages.parts import registry
from tests import browser_app, pages_build


def address(entry: registry.Entry) -> str:
    return "/" if entry is registry.HOME else f"/{entry.key}"


@pytest.mark.parametrize("key", [entry.key for entry in registry.ENTRIES])
def test_deep_link_is_the_first_request_to_a_fresh_server(chrome, folder, key):
    entry = registry.entry(key)
    wanted = pages_build.fact_id(folder, district="綦江", indicator_id="gdp", measure="growth", status="actual")
    with browser_app.server(folder) as fresh:
        visit = browser_app.Visit(chrome, fresh).open(f"{address(entry)}?fact={wanted}")
        assert visit.page.locator("h1").first.inner_text() == entry.title
        assert visit.page.locator("[data-testid=stException]").count() == 0
        if key in ("overview", "sources"):
            assert "5.5" in visit.page.locator("mark").all_inner_texts()
        assert (visit.errors, visit.outside) == ([], [])


@pytest.mark.parametrize("size", browser_app.SIZES)
@pytest.mark.parametrize("key", [entry.key for entry in registry.ENTRIES])
def test_no_sideways_scrolling_and_no_other_host(chrome, base, key, size):
    visit = browser_app.Visit(chrome, base, browser_app.SIZES[size]).open(address(registry.entry(key)))
    if key == registry.HOME.key:
        visit.page.locator("[data-fact]").first.wait_for()
    assert visit.overflow() <= 0
    assert (visit.errors, visit.outside) == ([], [])
    assert visit.page.evaluate("document.documentElement.lang") == "zh-CN"


@pytest.mark.parametrize("size", browser_app.SIZES)
def test_a_figure_leads_to_its_sentence_and_back(chrome, base, folder, size):
    wanted = pages_build.fact_id(folder, district="綦江", indicator_id="new_urban_jobs", status="actual")
    visit = browser_app.Visit(chrome, base, browser_app.SIZES[size]).open("/")
    page, runs = visit.page, visit.runs()
    page.locator(f"[data-fact='{wanted}']").first.click()
    visit.settled(runs)
    assert f"fact={wanted}" in page.url
    dialog = page.get_by_role("dialog")
    assert dialog.locator(f"blockquote[data-fact='{wanted}']").inner_text() == "城镇新增就业10211人"
    assert dialog.locator("mark").all_inner_texts() == ["10000", "10211"]
    runs = visit.runs()
    page.keyboard.press("Escape")
    visit.settled(runs)
    assert "fact=" not in page.url and dialog.count() == 0
    runs = visit.runs()
    page.go_back()
    visit.settled(runs)
    assert dialog.locator(f"blockquote[data-fact='{wanted}']").count() == 1
    runs = visit.runs()
    dialog.get_by_role("link", name="在报告原文中查看").last.click()
    visit.settled(runs)
    assert f"/sources?fact={wanted}" in page.url
    assert page.locator("tr.here mark").all_inner_texts() == ["城镇新增就业", "10211", "人"]
    assert (visit.errors, visit.outside) == ([], [])


def test_report_text_is_never_markup(chrome, base, folder):
    wanted = pages_build.fact_id(folder, district="江津", indicator_id="surveyed_unemployment", status="actual")
    visit = browser_app.Visit(chrome, base).open(f"/?fact={wanted}")
    assert pages_build.NASTY in visit.page.get_by_role("dialog").inner_text()
    visit.open(f"/sources?fact={wanted}")
    assert pages_build.NASTY in visit.page.locator(".pb-lines").inner_text()


def test_the_year_is_in_the_address_and_survives_a_change_of_page(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/?year=2025")
    page = visit.page
    page.get_by_text("未到期").first.wait_for()
    for name in ("原文出处", "总览"):
        runs = visit.runs()
        page.get_by_role("link", name=name, exact=True).first.click()
        visit.settled(runs)
    page.get_by_text("未到期").first.wait_for()
    assert "year=2025" in page.url


def test_sources_follow_the_choice_of_report_and_the_browsers_back(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/sources?report=綦江-report&line=5")
    page = visit.page
    assert page.locator("tr.here td").first.inner_text() == "5"
    runs = visit.runs()
    page.get_by_role("combobox", name="报告").click()
    page.get_by_role("option").filter(has_text="南岸").click()
    page.get_by_text("南岸区2024年计划执行情况的报告", exact=True).first.wait_for()
    visit.settled(runs)
    page.wait_for_url("**line=1")
    runs = visit.runs()
    page.go_back()
    visit.settled(runs)
    assert page.locator("tr.here td").first.inner_text() == "5"
    assert (visit.errors, visit.outside) == ([], [])


def test_the_year_of_a_deep_link_holds_on_a_fresh_server(chrome, folder):
    with browser_app.server(folder) as fresh:
        visit = browser_app.Visit(chrome, fresh).open("/compare?year=2025")
        assert "year=2025" in visit.page.url
        runs = visit.runs()
        visit.page.get_by_role("link", name="总览", exact=True).first.click()
        visit.settled(runs)
        visit.page.get_by_text("未到期").first.wait_for()


def test_a_finding_leads_to_its_sentences(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/method?part=需要留意")
    assert visit.page.locator(".pb-finding mark").first.inner_text() == "7"
    visit.page.get_by_role("link", name="在原文出处中查看").first.click()
    visit.page.locator("tr.here mark").first.wait_for()
    assert "7" in visit.page.locator("tr.here mark").all_inner_texts()


def test_three_districts_stand_side_by_side_on_a_laptop(chrome, tmp_path):
    facts = [fact for fact in pages_build.FACTS if fact[0] != "测试"]
    with browser_app.server(pages_build.write(tmp_path / "parquet", facts)) as address:
        visit = browser_app.Visit(chrome, address).open("/")
        visit.page.locator("[data-fact]").first.wait_for()
        assert visit.page.locator(".figures.narrow").count() == 0
        assert visit.overflow() <= 0


def test_the_home_page_has_its_name_as_an_address_too(chrome, base):
    visit = browser_app.Visit(chrome, base).open("/overview?year=2025")
    visit.page.get_by_text("未到期").first.wait_for()
    assert visit.page.get_by_role("dialog").count() == 0 and "year=2025" in visit.page.url


@pytest.mark.parametrize(("width", "rows"), [(1366, 1), (900, 2)])
def test_four_districts_stand_side_by_side_and_two_by_two_in_a_small_window(chrome, tmp_path, width, rows):
    fourth = [("测试", *fact[1:]) for fact in pages_build.FACTS if fact[0] == "綦江"]
    facts = [*(fact for fact in pages_build.FACTS if fact[0] != "测试"), *fourth]
    with browser_app.server(pages_build.write(tmp_path / "parquet", facts)) as address:
        visit = browser_app.Visit(chrome, address, (width, 768)).open("/")
        runs = visit.runs()
        visit.page.get_by_role("button", name="全部显示").click()
        visit.settled(runs)
        visit.page.locator(".figures thead .name").nth(3).wait_for()
        assert visit.page.locator(".figures.narrow").count() == 0
        tables = visit.page.locator(".figures table")
        assert tables.count() == rows
        # every block has its columns under its name, and all its cells
        for table in tables.all():
            names, cells = table.locator("thead .name").count(), table.locator("tbody tr").first.locator("td:visible").count()
            assert cells % names == 0 and table.locator("thead tr:nth-child(2) th").count() == cells
        assert visit.page.locator(".figures thead .name").all_inner_texts() == ["綦江", "江津", "南岸", "测试"]
        assert visit.overflow() <= 0


@pytest.mark.parametrize("path", ["/nopage", "/Compare?year=2024", "/compare/x", "/a/b/c", "/目标差距", "/<b>x"])
def test_an_address_without_a_page_says_so_and_names_the_pages(chrome, base, path):
    visit = browser_app.Visit(chrome, base)
    assert visit.page.goto(base + path).status == 404
    said = visit.page.locator("body").inner_text()
    assert f"没有“{path.split('?')[0].lstrip('/')}”这个页面" in said
    assert visit.page.locator("a").all_inner_texts() == [entry.title for entry in registry.ENTRIES]
    visit.page.get_by_role("link", name="五年趋势").click()
    visit.settled(0)
    visit.drawn()
    assert visit.page.locator("h1").first.inner_text() == "五年趋势"


def test_on_a_telephone_the_filters_are_folded_and_what_they_are_set_to_is_told(chrome, base):
    visit = browser_app.Visit(chrome, base, browser_app.SIZES["phone"]).open("/compare?measure=总量").drawn()
    page = visit.page
    field, told = page.get_by_role("combobox", name="指标"), page.locator(".pb-folded")
    assert not field.is_visible() and not page.get_by_role("button", name="綦江").is_visible()
    assert told.inner_text() == "綦江、江津、南岸；2024；看什么：总量"
    top = page.locator(browser_app.CHART).first.bounding_box()["y"]
    assert top < browser_app.SIZES["phone"][1] / 2, "the chart begins in the upper half"
    page.get_by_text("更改筛选").click()
    field.wait_for()
    assert page.get_by_role("button", name="綦江").is_visible() and not told.is_visible()
    runs = visit.runs()
    page.get_by_role("radio", name="增速").click()
    visit.settled(runs)
    assert field.is_visible(), "it stays open for the next one"
    page.get_by_text("更改筛选").click()
    assert told.inner_text() == "綦江、江津、南岸；2024；看什么：增速" and not field.is_visible()
    assert (visit.errors, visit.outside) == ([], [])


def test_on_a_laptop_nothing_is_folded(chrome, base):
    page = browser_app.Visit(chrome, base).open("/compare").drawn().page
    assert page.get_by_role("combobox", name="指标").is_visible() and not page.get_by_text("更改筛选").is_visible()
    assert not page.locator(".pb-folded").is_visible()
