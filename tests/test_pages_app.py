"""Every page over a small made-up build and over none, through Streamlit's own test runner."""

from __future__ import annotations

import json
import re

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts import cached, registry, views
from pages.parts.playlist import View
from tests import pages_build


@pytest.fixture(autouse=True)
def fresh(monkeypatch, folder):
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    st.cache_data.clear()
    st.cache_resource.clear()


def opened(key: str = "overview", **query: str) -> AppTest:
    """A page at an address, whatever comes of it."""
    app = AppTest.from_file("../app.py", default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if key != "overview":
        app.switch_page(registry.path(key))
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
    return app


def visit(key: str = "overview", **query: str) -> AppTest:
    """A page at an address, which must not fail."""
    app = opened(key, **query)
    assert not app.exception, app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(each.proto.body for each in app.get("html"))


def figures(app: AppTest) -> dict:
    proto = app.get("bidi_component")[0].proto
    return json.loads(proto.json)


def texts(found: dict) -> dict[str, list[list[str]]]:
    """The words of each row's cells, without the columns of small lines."""
    wide = len(found["columns"])
    return {
        row["name"]: [[line["text"] for line in cell] for i, cell in enumerate(row["cells"]) if i % wide < 3]
        for row in found["rows"]
    }


@pytest.mark.parametrize("key", [entry.key for entry in registry.ENTRIES])
def test_each_page_runs_and_has_its_title(key):
    app = visit(key)
    assert [t.value for t in app.title] == [registry.entry(key).title]
    assert "数据版本 test-build" in html(app)


def test_overview_shows_figures_status_and_what_is_missing():
    found = figures(visit())
    assert [group["name"] for group in found["groups"]] == ["綦江", "江津", "南岸"]
    rows = texts(found)
    assert rows["地区生产总值"][:3] == [["+5.5%", "558.2亿元"], ["+7%"], ["未完成 −1.5个百分点"]]
    assert rows["地区生产总值"][6:9] == [["+5.9%", "1133.2亿元"], ["无目标"], ["有实际无目标"]]
    assert rows["全体居民人均可支配收入"][3:6] == [["+3.8%"], ["与经济增长同步"], ["符合预期 −0.3个百分点"]]
    assert rows["空气质量优良天数"][3:6] == [["未报实际"], ["320天"], ["有目标未报实际"]]
    assert rows["实际使用外资"][3] == ["4762万美元 补充"]
    assert rows["社会消费品零售总额"][3] == ["约479亿元 推算"]
    assert rows["税收收入"][:3] == [[], [], ["本地报告未提及"]]
    assert found["groups"][0]["note"] == "可比5项：超额完成2 完成2 未完成1"


def test_overview_of_another_year():
    app = visit()
    assert app.selectbox[0].value == "2024"
    app.selectbox[0].set_value("2025").run()
    rows = texts(figures(app))
    assert rows["地区生产总值"][:3] == [["未到期"], ["+6.5%"], ["未到期"]]  # no report gives results of 2025 yet


def test_a_fact_in_the_address_opens_its_sentences(folder):
    wanted = pages_build.fact_id(folder, district="綦江", indicator_id="gdp", measure="growth", status="actual")
    shown = html(visit(fact=wanted))
    assert "<mark>5.5</mark>" in shown and "<mark>7</mark>" in shown and "▼ 未完成" in shown
    assert "&lt;b&gt;不是标记&lt;/b&gt;" in shown and "<b>不是标记</b>" not in shown
    assert "说法不一" in shown


def test_the_panel_of_a_total_without_a_target_names_that_of_its_growth(folder):
    target = pages_build.fact_id(folder, district="綦江", indicator_id="gdp", measure="growth", status="target", year=2024)
    shown = html(visit(fact=pages_build.fact_id(folder, district="綦江", indicator_id="gdp", measure="level")))
    assert "报告中没有找到总量的目标。增速目标7%，" in shown
    assert f"fact={target}" in shown
    shown = html(visit(fact=pages_build.fact_id(folder, district="南岸", indicator_id="gdp", measure="level")))
    assert "报告中没有找到总量的目标。</div>" in shown, "nor is there another"


def test_figures_from_elsewhere_say_so(folder):
    shown = html(visit(fact=pages_build.fact_id(folder, indicator_id="fdi")))
    assert "江津区2024年统计公报" in shown and 'href="https://example.org/a?b=1&amp;c=2"' in shown
    assert "补充来源" in shown and "<blockquote" not in shown
    shown = html(visit(fact=pages_build.fact_id(folder, indicator_id="retail_sales")))
    assert "推算依据" in shown and "<mark>7</mark>" in shown and "javascript:" not in shown


@pytest.mark.parametrize("key", ["overview", "compare", "trend", "target_gap", "explore", "method"])
def test_an_unknown_fact_is_said_so(key):
    app = visit(key, fact="gone")
    assert any("没有这个编号" in each.value for each in app.markdown)


def test_sources_open_at_a_fact(folder):
    wanted = pages_build.fact_id(folder, district="江津", indicator_id="surveyed_unemployment", status="actual")
    shown = html(visit("sources", fact=wanted))
    assert "<mark>5.3</mark>" in shown and "&lt;b&gt;" in shown and "<b>" not in shown


@pytest.mark.parametrize(
    "query",
    [
        {"report": "江津-report", "line": "4"},
        {"report": "none", "line": "x"},
        {"line": "99999"},
        {"line": "0"},
        {"fact": "gone"},
    ],
)
def test_sources_bear_any_address(query):
    assert "报告原文" in html(visit("sources", **query))


def test_method_lists_coverage_findings_and_numbers():
    assert "报告表格" in html(visit("method"))
    assert "两处说法不一 &lt;b&gt;" in html(visit("method", part="需要留意"))
    assert "日期或年份" in html(visit("method", part="数字去向"))


@pytest.mark.parametrize("key", [entry.key for entry in registry.ENTRIES])
def test_without_a_build_each_page_says_what_to_do(key, monkeypatch, tmp_path):
    monkeypatch.setenv("PLANBOARD_DATA", str(tmp_path))
    app = visit(key)
    assert app.title[0].value == "还没有可用的数据"
    assert "python -m etl build" in app.code[0].value


def test_a_page_that_breaks_says_so_in_chinese(monkeypatch):
    monkeypatch.setattr("pages.parts.highlights.of", lambda cells, year: 1 / 0)
    app = AppTest.from_file("../app.py", default_timeout=30).run()
    assert "这一页没能显示完整" in app.error[0].value and "刷新" in app.error[0].value
    assert "数据版本 test-build" in html(app) and len(app.exception) == 1


def test_the_page_says_which_result_is_in_doubt(monkeypatch):
    asked = []
    finding = {"kind": "implausible", "message": "江津 2024年 地区生产总值增速：请核对"}
    monkeypatch.setattr(cached, "findings_about", lambda build, ids: asked.append(ids) or [finding])
    app = visit("compare", indicator="地区生产总值")
    assert "数值可疑：江津 2024年 地区生产总值增速" in html(app) and len(asked[0]) == 3


def test_a_change_of_a_growth_rate_is_nowhere_named_a_change_of_the_amount(tmp_path, monkeypatch):
    """On every page: titles, axes, tables behind charts, the panel of the number."""
    told = [
        (place, "gdp", "change", status, 2024, value, "百分点", "eq", None, "prose")
        for place, status, value in (("綦江", "actual", 0.4), ("綦江", "target", 0.6), ("江津", "actual", -1.2))
    ]
    monkeypatch.setenv("PLANBOARD_DATA", str(pages_build.write(tmp_path / "parquet", told, "changes")))
    sheets = [
        views.sheet("changes", View(page, tuple(query.items())))
        for page, query in (("trend", {}), ("compare", {}), ("compare", {"theme": "综合质效"}), ("target_gap", {"years": "2024"}))
    ]
    for made in sheets:
        said = " ".join([made.title, made.subtitle, *(drawing.alt + drawing.rows.get("axis", "") for drawing in made.drawings)])
        assert "增减" not in said, said
    trend, one, many, _ = sheets
    assert trend.title.startswith("地区生产总值增速的变化：") and trend.drawings[0].rows["axis"] == "增速的变化（百分点）"
    assert "同比增速比上年的变化" in trend.subtitle
    assert one.title == "地区生产总值增速的变化：綦江最高（+0.4个百分点），江津最低（−1.2个百分点）"
    assert many.drawings[0].rows["axis"].startswith("增速的变化（百分点）")
    for page in ("trend", "compare", "target_gap", "sources"):
        shown = html(visit(page, fact=trend.facts[0]))
        assert "增速的变化" in shown and not re.search("年增减|找到增减", shown), page


def test_a_place_beyond_the_first_three_is_named_and_taken_by_one_click():
    app = visit()
    assert "先显示前3个区县，另有1个有数据：测试。" in html(app)
    app.button(key="take_every_place").click().run()
    assert not app.exception
    assert [group["name"] for group in figures(app)["groups"]] == ["綦江", "江津", "南岸", "测试"]
    assert "另有" not in html(app)
    app = visit(district="綦江")  # somebody has chosen
    assert "另有" not in html(app)


def test_more_places_than_fit_are_counted_and_the_way_to_them_is_told(monkeypatch, tmp_path):
    names = [f"某{n}" for n in range(9)]
    monkeypatch.setattr(pages_build, "CODES", pages_build.CODES | dict.fromkeys(names))
    facts = [(name, "gdp", "growth", "actual", 2024, 5, "%", "eq", None, "prose") for name in names]
    monkeypatch.setenv("PLANBOARD_DATA", str(pages_build.write(tmp_path / "parquet", facts)))
    app = visit()
    assert "先显示前3个区县，另有6个有数据，可在“区县”里选。" in html(app)
    assert [each.key for each in app.button if each.key == "take_every_place"] == []
