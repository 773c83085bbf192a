"""A result that its report calls an estimate says so wherever it is shown and in every file."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import streamlit as st

from etl import build as etl_build
from pages.parts import cached, filters, gap, statements, takeaway, trend_view, wording
from tests.conftest import annual, table
from tests.test_pages_app import figures, html, texts, visit

_REVIEW = "进出口总额和实际使用外资预计分别增长29%、92.5%。固定资产投资增长15.4%。\n\n" + table(
    ["指标名称", "2024年计划", "2024年预计"], ["地区生产总值增速（%）", "7", "5.5"], ["规上工业增加值增速（%）", "6", "6.1"]
)


@pytest.fixture(scope="module")
def estimates(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("estimates")
    (folder / "reports").mkdir()
    text = annual(_REVIEW, "预计完成固定资产投资136亿元。")
    (folder / "reports" / "qijiang-2024-annual-plan-report.txt").write_text(text, encoding="utf-8")
    etl_build.build(folder / "reports", folder / "parquet", supplement_dir=folder)
    return folder / "parquet"


@pytest.fixture(autouse=True)
def fresh(monkeypatch, estimates):
    monkeypatch.setenv("PLANBOARD_DATA", str(estimates))
    st.cache_data.clear()
    st.cache_resource.clear()


def test_the_first_page_marks_estimates_and_nothing_else():
    rows = texts(figures(visit()))
    assert rows["地区生产总值"][:2] == [["预计+5.5%"], ["+7%"]]
    assert rows["进出口总额"][0] == ["预计+29%"]
    assert rows["实际使用外资"][0] == ["预计+92.5%"]
    assert rows["固定资产投资"][0] == ["+15.4%"]


def test_the_panel_of_a_number_says_whose_word_it_is(estimates):
    facts = pd.read_parquet(estimates / "facts.parquet").set_index(["indicator", "value"])["fact_id"]
    said = html(visit(fact=facts["进出口总额", 29.0]))
    assert '<div class="pb-value">预计+29%</div>' in said
    assert "<dt>预计数</dt><dd>报告写明是“预计”，不是最后核定的数</dd>" in said
    assert "预计数" not in html(visit(fact=facts["固定资产投资", 15.4]))


def test_the_sentence_of_a_card_says_it(estimates):
    (row,) = [row for row in cached.pairs(cached.build(), (2024,), (), ("gdp",)) if row["actual_id"]]
    assert wording.sentence(row, gap.assess(row)).startswith("2024年，綦江地区生产总值增速预计5.5%，计划目标7%")


def test_every_file_says_it():
    build = cached.build()
    facts = cached.every_statement(build, {}, "menu", False)
    found = pd.read_csv(io.BytesIO(statements.text(facts, statements.FIRST, None)))
    marked = found.set_index(["指标", "数值"])["预计数"]
    assert marked["进出口总额", 29] == marked["地区生产总值", 5.5] == "预计"
    assert pd.isna(marked["固定资产投资", 15.4]) and pd.isna(marked["固定资产投资", 136])
    taken = pd.read_parquet(io.BytesIO(statements.table(facts, statements.FIRST, None)))
    assert taken.set_index(["indicator", "value"])["provisional"]["进出口总额", 29] == "预计"
    wide = statements.wide_marked(cached.wide(build, {}))
    assert "綦江 2024预计" in set(wide["marks"])
    drawn = trend_view.of(filters.Selection(build, places=tuple(cached.places(build).values()), indicators=("gdp",)))
    (kind,) = [each for each in takeaway.DATA if each.ending == "xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(kind.make([drawn.sheet])))
    head, *rows = book["数据"].iter_rows(values_only=True)
    (row,) = [dict(zip(head, row, strict=True)) for row in rows if row[head.index("实际")] == 5.5]
    assert (row["实际（含单位）"], row["实际为预计数"]) == ("预计+5.5%", "预计")

