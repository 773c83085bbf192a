"""任务完成比例: what reports say was done of a task stands on 目标差距 in its sentence, compared with nothing."""

from __future__ import annotations

import re
from html import unescape

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import queries
from pages.parts import completions, registry


@pytest.fixture
def page(monkeypatch, real):
    """The section on 目标差距 at an address, as HTML."""
    monkeypatch.setenv("PLANBOARD_DATA", str(real.folder))
    st.cache_data.clear()
    st.cache_resource.clear()

    def visit(**query: str) -> str:
        app = AppTest.from_file("../app.py", default_timeout=30)
        for switch in (lambda: None, lambda: app.switch_page(registry.path("target_gap"))):
            switch()
            for name, value in {"tasks": "true", **query}.items():
                app.query_params[name] = value
            app.run()
        assert not app.exception
        (found,) = [box for box in app.expander if "完成比例" in box.label]
        return "".join(block.proto.body for block in found.get("html"))

    return visit


def test_a_missed_task_stands_in_its_sentence(page):
    """綦江 2024, 专栏14: 养老床位 60 %, 城区道路 23 %; 南岸 2024: 提供就业岗位 125 %."""
    shown = page()
    words = unescape(re.sub(r"<[^>]+>", "", shown))
    assert "完成投资3800万元，完成年度目标任务的60%。" in words
    assert "完成投资6020万元，完成年度目标任务23%。" in words
    assert "提供就业岗位6.25万个，完成目标任务的125%" in words
    assert "<mark>60%</mark>" in shown and "<mark>125%</mark>" in shown
    assert "sources?report=qijiang-2024-annual-plan-report&line=323" in unescape(shown)
    assert "专栏14：2024年10大区级民生实事完成情况" in words


def test_a_ratio_in_a_table_has_the_row_it_stands_in(page):
    """江津 2024, a table of next year's works: the name of the road is in the cell before."""
    words = unescape(re.sub(r"<[^>]+>", "", page()))
    assert "国道G353江津至合江段升级改造工程 ｜ 开工建设，完成总工程量的30%" in words


def test_other_years_and_places_are_left_out(page):
    """The report of 2021 has no such sentence; with 南岸 alone 綦江's are not listed."""
    assert "没有这样的话" in page(years="2021")
    alone = page(district="南岸")
    assert "125%" in alone and "23%" not in alone and "共2处" in alone


def test_nothing_is_looked_up_before_it_is_unfolded(page, monkeypatch):
    monkeypatch.setattr(completions, "of", lambda view: pytest.fail("looked up"))
    assert page(tasks="false") == ""


def test_a_report_is_shown_as_text():
    text = "<b>道路</b>完成年度目标任务的60%"
    row = {"report_id": "r", "line": 7, "section": "<i>一</i>", "texts": [text], "starts": [100],
           "char_start": 100 + text.index("60"), "printed": "60"}
    made = completions.card(row, "甲报告")
    assert "&lt;b&gt;道路&lt;/b&gt;完成年度目标任务的<mark>60%</mark>" in made and "<i>" not in made


def test_reports_that_are_not_there_have_none(real):
    assert queries.numbers_for_reason(real.connection.cursor(), "completion_ratio", ["no-such-report"]).empty
    assert queries.numbers_for_reason(real.connection.cursor(), "completion_ratio", []).empty
