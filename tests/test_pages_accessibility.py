"""axe-core on every page, light and dark, against a bare Streamlit page; and the way from figure to sentence by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pages.parts import registry
from tests import browser_app, pages_build

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
BARE = "import streamlit as st\nst.set_page_config(page_title='x')\nst.title('x')\nst.html('<footer data-run=1></footer>')\n"
SEVERE = ("serious", "critical")


def violations(page) -> dict[str, list[str]]:
    """Serious and critical violations: rule -> the elements."""
    found = axe.Axe().run(page).response["violations"]
    return {v["id"]: [node["html"][:160] for node in v["nodes"]] for v in found if v["impact"] in SEVERE}


@pytest.fixture(scope="module")
def bare(chrome, tmp_path_factory):
    """The rules that a Streamlit page with nothing of ours breaks."""
    script = Path(tmp_path_factory.mktemp("bare")) / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    with browser_app.server(script.parent, script=script) as address:
        visit = browser_app.Visit(chrome, address).open("/")
        return set(violations(visit.page))


def address(entry: registry.Entry) -> str:
    return "/" if entry is registry.HOME else f"/{entry.key}"


def check(chrome, base, bare, where: str, scheme: str, wait: str = "h1") -> None:
    visit = browser_app.Visit(chrome, base)
    visit.page.emulate_media(color_scheme=scheme)
    visit.open(where)
    visit.page.locator(wait).first.wait_for()
    visit.page.wait_for_selector("[data-test-script-state=notRunning]")
    visit.page.wait_for_timeout(500)  # a panel that slides in has its buttons last
    found = {rule: nodes for rule, nodes in violations(visit.page).items() if rule not in bare}
    visit.page.close()
    assert not found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("key", [entry.key for entry in registry.ENTRIES])
def test_no_serious_violation_beyond_a_bare_page(chrome, base, bare, key, scheme):
    chart = key in ("compare", "trend", "target_gap")
    check(chrome, base, bare, address(registry.entry(key)), scheme, "[data-testid=stVegaLiteChart] svg" if chart else "h1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_with_the_evidence_open(chrome, base, bare, folder, scheme):
    wanted = pages_build.fact_id(folder, district="綦江", indicator_id="gdp", measure="growth", status="actual")
    check(chrome, base, bare, f"/?fact={wanted}", scheme, "[role=dialog] blockquote")


@pytest.mark.parametrize("query", ["compare?theme=共享", "trend?theme=共享", "method?part=需要留意", "sources?q=增长"])
def test_nor_in_other_views_of_a_page(chrome, base, bare, query):
    check(chrome, base, bare, f"/{query}", "light")


def test_from_figure_to_sentence_and_back_by_keyboard(chrome, base, folder):
    visit = browser_app.Visit(chrome, base).open("/")
    page = visit.page
    wanted = pages_build.fact_id(folder, district="綦江", indicator_id="new_urban_jobs", status="actual")
    figure = page.locator(f"[data-fact='{wanted}']").first
    figure.wait_for()
    focused = "e => e.getRootNode().activeElement === e"
    for _ in range(120):
        page.keyboard.press("Tab")
        if figure.evaluate(focused):
            break
    assert figure.evaluate(focused), "Tab does not reach the figure"
    runs = visit.runs()
    page.keyboard.press("Enter")
    visit.settled(runs)
    dialog = page.get_by_role("dialog")
    assert dialog.locator("mark").all_inner_texts() == ["10000", "10211"]
    assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    runs = visit.runs()
    page.keyboard.press("Escape")
    visit.settled(runs)
    assert dialog.count() == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body"), "the focus is lost"


def test_every_chart_tells_its_finding_to_a_screen_reader(chrome, base):
    for key in ("compare", "trend", "target_gap"):
        page = browser_app.Visit(chrome, base).open(f"/{key}").drawn().page
        labels = page.locator(browser_app.CHARTS).evaluate_all("all => all.map(e => e.ariaLabel)")
        finding = page.locator(".pb-title").inner_text()
        assert any(finding in label for label in labels), (key, finding)
        page.close()


@pytest.mark.parametrize("view", ["compare", "compare?theme=共享", "trend", "trend?theme=共享", "target_gap"])
def test_what_a_screen_reader_says_of_a_chart_is_chinese(chrome, base, view):
    page = browser_app.Visit(chrome, base).open(f"/{view}").drawn().page
    said = page.locator("[data-testid=stVegaLiteChart]").evaluate_all(
        """all => all.flatMap(chart => [chart, ...chart.querySelectorAll("*")])
        .filter(e => !e.closest("[aria-hidden=true]"))
        .flatMap(e => [e.ariaLabel, e.getAttribute("aria-roledescription")]).filter(Boolean)"""
    )
    assert any("綦江" in each for each in said)
    assert [each for each in said if re.search("[A-Za-z]{4}", each)] == []
