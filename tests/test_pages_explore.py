"""明细下载 through Streamlit's own test runner: filters from the address, the line in words, the table, the way out of none."""

from __future__ import annotations

import re

import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st

from pages.parts import filters, statements, statements_table
from tests import pages_build
from tests.test_pages_app import html, visit


@pytest.fixture(autouse=True)
def fresh(monkeypatch, folder):
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    st.cache_data.clear()
    st.cache_resource.clear()


def table(app) -> pd.DataFrame:
    return app.dataframe[0].value


def said(app) -> str:
    return next(text for text in html(app).split("\n") if "pb-said-filter" in text)


def test_to_begin_with_everything_is_there():
    app = visit("explore")
    facts = len(pages_build.FACTS)
    assert len(table(app)) == facts
    assert "没有筛选，全部数据" in said(app) and f"共{facts}条" in said(app)
    assert table(app).columns.tolist() == list(statements.FIRST)


def test_filters_narrow_and_are_said_in_words():
    app = visit("explore")
    app.multiselect(key="place").set_value(["綦江", "江津"])
    app.multiselect(key="item").set_value(["地区生产总值（GDP）"])
    app.multiselect(key="in_year").set_value(["2024"])
    app.run()
    assert "綦江、江津；地区生产总值；2024年：共6条，其中首选5条" in said(app)
    shown = table(app)
    assert set(shown["district"]) == {"綦江", "江津"} and set(shown["year"]) == {2024}
    # the words of people, and the value as printed beside the number
    one = shown[(shown["district"] == "江津") & (shown["status"] == "完成情况")].iloc[0]
    assert (one["measure"], one["printed"], one["value"], one["origin"]) == ("增速", "4.1%", 4.1, "报告表格")


def test_nothing_chosen_in_a_filter_means_all():
    app = visit("explore")
    app.multiselect(key="place").set_value(["南岸"]).run()
    assert set(table(app)["district"]) == {"南岸"}
    app.multiselect(key="place").set_value([]).run()
    assert len(table(app)) == len(pages_build.FACTS)


def test_words_of_the_sentence():
    app = visit("explore")
    app.text_input(key="words").set_value("地区生产总值 5.9").run()
    assert set(table(app)["district"]) == {"南岸"} and "原句含“地区生产总值 5.9”" in said(app)


def test_missing_stays_missing():
    shown = table(visit("explore"))
    words = shown[shown["printed"] == "与经济增长同步"]
    assert len(words) == 1 and words["value"].isna().all()
    assert shown[shown["district"] == "测试"]["value"].tolist() == [0]


def test_order_sorts_all_rows_with_missing_last():
    app = visit("explore")
    app.selectbox(key="sort").set_value("数值，大的在前").run()
    values = table(app)["value"]
    assert values.iloc[0] == max(fact[5] for fact in pages_build.FACTS if fact[5] is not None)
    assert values.dropna().is_monotonic_decreasing and pd.isna(values.iloc[-1])


def test_columns_can_be_chosen():
    app = visit("explore")
    app.multiselect(key="column").set_value(["区县", "数值", "行"]).run()
    assert table(app).columns.tolist() == ["district", "value", "line_start"]


def test_no_rows_says_which_filter_to_loosen():
    app = visit("explore")
    app.multiselect(key="place").set_value(["南岸"])
    app.text_input(key="words").set_value("没有这个词").run()
    assert not app.dataframe
    assert "没有符合全部条件的数据" in app.info[0].value
    assert "去掉「原句含“没有这个词”」有3条" in html(app)
    assert "去掉「南岸」" not in html(app)  # would still find nothing


def test_report_text_is_never_markup():
    app = visit("explore")
    app.text_input(key="words").set_value(pages_build.NASTY).run()
    assert "<b>不是标记</b>" not in html(app)


def test_wide_has_a_column_for_each_place_and_year():
    app = visit("explore")
    app.segmented_control(key="form").set_value("宽表").run()
    shown = table(app)
    growth = shown[
        (shown["indicator"] == "地区生产总值") & (shown["measure"] == "增速") & (shown["status"] == "完成情况")
    ]
    assert growth["綦江 2024"].tolist() == [5.5] and growth["测试 2023"].tolist() == [0]
    assert growth["綦江 2025"].isna().all()
    assert "1条只有文字，不在宽表中" in said(app)


def test_what_an_address_asks_in_vain_is_said_and_shown_as_text():
    app = visit("explore", place="不存在<b>区</b>", in_year="2024")
    assert "区县“不存在&lt;b&gt;区&lt;/b&gt;”在现有数据中没有，未采用" in html(app)
    assert "没有，未采用" not in html(visit("explore", in_year="2024"))


def test_a_condition_that_the_page_does_not_have_is_said():
    assert "本页没有“容差”这样的条件，未采用" in html(visit("explore", tolerance="减半"))
    assert "未采用" not in html(visit("explore", tolerance="别处加上的词", utm_source="x"))


def test_a_number_of_the_wide_table_shows_what_else_its_source_says():
    app = visit("explore")
    app.segmented_control(key="form").set_value("宽表").run()
    shown = pa.ipc.open_stream(app.dataframe[0].proto.arrow_data.styler.display_values).read_pandas()
    aim = shown[(shown["indicator"] == "地区生产总值") & (shown["status"] == "计划目标")].iloc[0]
    assert (aim["江津 2024"], aim["綦江 2024"]) == ("约7", "7")  # 7%左右, 7%


def test_a_wide_table_that_would_be_too_large_is_not_made(monkeypatch):
    monkeypatch.setattr(statements_table, "MOST_CELLS", 30)  # of 26 numbers
    app = visit("explore", form="宽表")
    assert "排不成一张宽表" in app.info[0].value and "6列" in app.info[0].value  # 2023 to 2025 of four places
    assert not app.dataframe and not app.get("download_button")
    app.multiselect(key="item").set_value(["地区生产总值（GDP）"])
    app.multiselect(key="place").set_value(["南岸"]).run()
    assert len(app.dataframe) == 1 and app.get("download_button") and not app.info


def test_pages_of_a_long_table(monkeypatch):
    monkeypatch.setattr(statements_table, "BATCH", 10)
    app = visit("explore")
    seen = list(table(app)["fact_id"])
    assert "显示第1—10条" in html(app)
    for at in (2, 3):
        app.number_input(key="batch").set_value(at).run()
        seen += list(table(app)["fact_id"])
    assert len(seen) == len(set(seen)) == len(pages_build.FACTS)
    app.multiselect(key="place").set_value(["南岸"]).run()  # fewer rows than one page holds
    assert len(table(app)) == 3 and not app.exception


def test_the_buttons_offer_four_kinds_and_make_nothing_yet(monkeypatch):
    made = []
    monkeypatch.setattr("pages.parts.statements_away.made", lambda *a: made.append(a) or b"")
    app = visit("explore")
    buttons = [each.proto.label for each in app.get("download_button")]
    assert buttons == ["XLSX", "CSV", "Parquet", "数据包"] and not made


def test_the_view_can_be_read_from_an_address(folder):
    names = ("form", "any_places", "any_indicators", "any_years", "words", "statuses", "sort", "preferred", "columns")
    query = (
        ("place", "南岸"), ("item", "地区生产总值"), ("in_year", "2024"), ("in_year", "2025"), ("status", "计划目标"),
        ("words", "增长 6"), ("take", "只列首选"), ("sort", "数值，小的在前"), ("form", "宽表"), ("column", "区县"),
        ("place", "没有的地方"),
    )  # fmt: skip
    found = filters.read("test-build", names, query)
    assert (found.place_names, found.indicators, found.years) == (("南岸",), ("gdp",), (2025, 2024))
    assert (found.statuses, found.words, found.preferred) == (("target",), "增长 6", True)
    assert (found.sort, found.form, found.columns) == (("value", False), "wide", ("district",))
    assert statements_table.asked(found)["preferred"]
    plain = filters.read("test-build", names, ())
    assert not statements_table.asked(plain) and plain.columns == statements.FIRST


def test_an_example_asks_of_all_places_of_the_build(monkeypatch):
    asked = []
    monkeypatch.setattr("pages.parts.sql_box._run", lambda view, statement: asked.append(statement))
    app = visit("explore", sql="SELECT 1")
    app.button(key="sql_example_1").click().run()
    assert "district IN ('綦江', '江津', '南岸', '测试')" in asked[-1]


@pytest.mark.parametrize(("form", "codes"), [("明细", ("indicator", "provisional", "fact_id")), ("宽表", ("indicator_id", "marks"))])
def test_the_names_of_columns_in_files_for_programs_are_explained_where_they_are_taken(form, codes):
    shown = html(visit("explore", form=form))
    for code in codes:
        row = re.search(rf"<tr><t[hd][^>]*>{code}</t[hd]><td[^>]*>([^<]*)</td><td[^>]*>(.*?)</td>", shown)
        assert row and re.search("[一-龥]", row[1]), code
    assert "Parquet和数据包用代号" in shown
