"""Facts by any filter, long and wide: over the small made-up build, and over the real reports with figures read from them."""

from __future__ import annotations

import pandas as pd
import pytest

from data import queries
from tests import pages_build


# ---------------------------------------------------------------- filters
@pytest.mark.parametrize(
    ("column", "filters", "kept"),
    [
        ("district", {"places": ["500110"]}, {"綦江"}),
        ("district", {"places": ["500116", "测试"]}, {"江津", "测试"}),
        ("indicator_id", {"indicators": ["gdp", "fdi"]}, {"gdp", "fdi"}),
        ("category", {"theme": "开放"}, {"开放"}),
        ("year", {"years": [2023, 2025]}, {2023, 2025}),
        ("status", {"statuses": ["target"]}, {"target"}),
        ("measure", {"measures": ["growth"]}, {"growth"}),
        ("origin", {"origins": ["derived", "supplement"]}, {"derived", "supplement"}),
        ("report_id", {"reports": ["南岸-report"]}, {"南岸-report"}),
        ("preferred", {"preferred": True}, {True}),
    ],
)
def test_each_filter_keeps_what_it_names_and_nothing_else(con, column, filters, kept):
    every, found = queries.statements(con), queries.statements(con, **filters)
    assert set(found[column]) == kept
    assert set(found["fact_id"]) == set(every[every[column].isin(kept)]["fact_id"])


def test_filters_narrow_together_and_none_narrows_nothing(con):
    assert len(queries.statements(con)) == len(pages_build.FACTS)
    found = queries.statements(con, places=["500110"], indicators=["gdp"], years=[2024], measures=["growth"])
    assert sorted(zip(found["status"], found["origin"], found["value"], strict=True)) == [
        ("actual", "prose", 5.5),
        ("actual", "table", 5.5),
        ("target", "table", 7),
    ]
    one = queries.statements(
        con, indicators=["gdp"], places=["500110"], measures=["growth"], years=[2024], preferred=True
    )
    assert sorted(zip(one["status"], one["origin"], strict=True)) == [("actual", "table"), ("target", "table")]


def test_words_must_all_stand_in_the_sentence(con):
    assert set(queries.statements(con, words="地区生产总值 5.9")["district"]) == {"南岸"}
    assert queries.statements(con, words="地区生产总值 没有这个词").empty


def test_facts_without_a_sentence_are_found_by_their_source(con):
    assert queries.statements(con, words="统计公报")["indicator_id"].tolist() == ["fdi"]


@pytest.mark.parametrize("words", ["'", "%", "_", "\\", "';--", "$places", '"', "[", "/*what*/"])
def test_words_are_words_not_a_pattern(con, words):
    every = queries.statements(con)
    having = every[every["quote"].fillna("").str.contains(words, regex=False)]
    assert queries.statements(con, words=words)["fact_id"].tolist() == having["fact_id"].tolist()
    assert len(queries.statements(con)) == len(pages_build.FACTS)


def test_facts_by_their_ids(con):
    wanted = queries.statements(con)["fact_id"].tolist()[3:5]
    assert queries.statements(con, fact_ids=wanted)["fact_id"].tolist() == wanted


# ---------------------------------------------------------------- order and pages
def test_menu_order_is_places_then_indicators_then_years(con):
    found = queries.statements(con)
    assert list(dict.fromkeys(found["district"])) == ["綦江", "江津", "南岸", "测试"]
    mine = found[found["district"] == "綦江"]
    menu = queries.indicators(con)["indicator_id"].tolist()
    assert mine["indicator_id"].map(menu.index).is_monotonic_increasing
    assert mine[mine["indicator_id"] == "gdp"]["year"].is_monotonic_increasing


@pytest.mark.parametrize("descending", [False, True])
def test_no_value_comes_last_whichever_way(con, descending):
    values = queries.statements(con, order="value", descending=descending)["value"]
    known = values.dropna().tolist()
    assert known == sorted(known, reverse=descending)
    assert values.isna().iloc[-1] and values.isna().sum() == 1


@pytest.mark.parametrize("order", queries.STATEMENT_ORDERS)
def test_pages_of_any_order_make_up_the_whole(con, order):
    whole = queries.statements(con, order=order, descending=True)["fact_id"].tolist()
    pages = [
        queries.statements(con, order=order, descending=True, limit=5, offset=at) for at in range(0, len(whole), 5)
    ]
    assert pd.concat(pages)["fact_id"].tolist() == whole


@pytest.mark.parametrize("order", ["value DESC; DROP TABLE facts", "quote", "", "f.value"])
def test_only_the_listed_orders(con, order):
    with pytest.raises(KeyError):
        queries.statements(con, order=order)


# ---------------------------------------------------------------- counts
def test_counts_agree_with_the_rows(con):
    filters = {"years": [2024], "measures": ["growth"]}
    rows, counts = queries.statements(con, **filters), queries.statements_counted(con, **filters)
    everything = counts[counts["part"] == "all"].iloc[0]
    assert (everything["facts"], everything["preferred"]) == (len(rows), rows["preferred"].sum())
    for part in ("place", "status", "origin"):
        mine = counts[counts["part"] == part].set_index("key")["facts"].to_dict()
        assert mine == rows[part].value_counts().to_dict()


def test_nothing_found_is_counted_as_none(con):
    counts = queries.statements_counted(con, words="没有这个词")
    assert counts[["part", "facts"]].to_numpy().tolist() == [["all", 0]]
    assert queries.wide(con, words="没有这个词").empty


# ---------------------------------------------------------------- wide
def cell(found: pd.DataFrame, column: str, **row: object) -> float:
    for key, value in row.items():
        found = found[found[key] == value]
    assert len(found) == 1, found
    return found[column].item()


def test_wide_has_a_column_for_each_place_and_year_in_menu_order(con):
    found = queries.wide(con)
    assert list(found.columns) == [
        *queries.WIDE_ROW, "綦江 2024", "綦江 2025", "江津 2024", "南岸 2024", "南岸 2025", "测试 2023",
    ]  # fmt: skip
    growth = {"indicator_id": "gdp", "measure": "growth", "status": "actual"}
    assert [cell(found, name, **growth) for name in ("綦江 2024", "江津 2024", "南岸 2024")] == [5.5, 4.1, 5.9]


def test_wide_keeps_zero_zero_and_missing_missing(con):
    found = queries.wide(con)
    growth = {"indicator_id": "gdp", "measure": "growth", "status": "actual"}
    assert cell(found, "测试 2023", **growth) == 0
    assert pd.isna(cell(found, "綦江 2025", **growth))
    others = found.drop(columns=list(queries.WIDE_ROW))
    assert (others == 0).sum().sum() == 1


def test_wide_holds_each_preferred_number_once(con):
    rows = queries.statements(con, preferred=True)
    numbers = queries.wide(con).drop(columns=list(queries.WIDE_ROW))
    assert sorted(numbers.stack().dropna()) == sorted(rows["value"].dropna())


def test_the_size_of_a_wide_table_is_known_before_it_is_made(con):
    for wanted in ({}, {"indicators": ["gdp"]}, {"years": [2024], "statuses": ["target"]}, {"words": "没有这个词"}):
        found = queries.wide(con, **wanted).drop(columns=list(queries.WIDE_ROW))
        assert queries.wide_size(con, **wanted) == (found.notna().sum().sum(), *found.shape), wanted


def test_a_wide_row_has_one_unit_and_one_period(con):
    assert not queries.wide(con)[list(queries.WIDE_ROW)].duplicated().any()


# ---------------------------------------------------------------- the real reports
def test_figures_of_the_reports_long_and_wide(real):
    # 江津2024，第20—22行的表；綦江2021，第110行起的表；南岸2024，第15行
    found = queries.wide(real.connection, indicators=["gdp"])
    growth = {"measure": "growth", "period": "annual"}
    assert cell(found, "江津 2024", status="actual", **growth) == 4.1
    assert cell(found, "江津 2024", status="target", **growth) == 7
    assert cell(found, "南岸 2024", status="actual", **growth) == 5.9
    assert cell(found, "江津 2025", status="target", **growth) == 6
    rows = queries.statements(real.connection, places=["500116"], indicators=["gdp"], years=[2024], statuses=["actual"])
    growth = rows[(rows["measure"] == "growth") & (rows["origin"] == "table")]
    assert growth["quote"].tolist() == ["1.地区生产总值（GDP）增速\n\t7%\n\t4.1%"]
    assert growth["title"].tolist() == ["关于重庆市江津区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告"]


def test_wide_of_the_real_reports_holds_each_preferred_number_once(real):
    rows = queries.statements(real.connection, preferred=True)
    numbers = queries.wide(real.connection).drop(columns=list(queries.WIDE_ROW))
    assert numbers.notna().sum().sum() == rows["value"].notna().sum()
    assert sorted(numbers.stack().dropna()) == sorted(rows["value"].dropna())


def test_several_years_stand_apart_from_one(real):
    # 綦江“十五五”规划第14行：地区生产总值年均增长4.9%（2021—2025年）
    found = queries.wide(real.connection, indicators=["gdp"], places=["500110"], years=[2025])
    average = {"measure": "growth", "status": "actual", "period": "average"}
    assert cell(found, "綦江 2025", **average) == 4.9
    assert cell(found, "period_start", **average) == 2021


def test_indicators_outside_the_catalogue_can_be_chosen(real):
    every = queries.every_indicator(real.connection)
    menu = queries.indicators(real.connection)["indicator_id"].tolist()
    assert every["item"].tolist()[: len(menu)] == menu
    outside = every["item"].tolist()[len(menu)]
    rows = queries.statements(real.connection, indicators=[outside])
    assert len(rows) == every.set_index("item").loc[outside, "facts"] and rows["indicator_id"].isna().all()


# ---------------------------------------------------------------- as the page asks
def test_columns_are_those_asked_for_and_say_the_same(con):
    whole = queries.statements(con, order="value", descending=True)
    some = queries.statements(con, order="value", descending=True, columns=("title", "value", "place", "quote"))
    assert list(some.columns) == ["title", "value", "place", "quote"]
    pd.testing.assert_frame_equal(some, whole[["title", "value", "place", "quote"]])


@pytest.mark.parametrize("order", queries.STATEMENT_ORDERS)
def test_columns_do_not_change_the_order(con, order):
    whole = queries.statements(con, order=order, descending=True)["quote"].tolist()
    assert queries.statements(con, order=order, descending=True, columns=("quote",))["quote"].tolist() == whole


@pytest.mark.parametrize("descending", [False, True])
def test_an_order_by_value_is_the_same_with_a_filter_that_all_facts_fit(con, descending):
    asked = {"order": "value", "descending": descending, "limit": 40}
    every = queries.statements(con, **asked, statuses=["actual", "target"])
    assert queries.statements(con, **asked)["fact_id"].tolist() == every["fact_id"].tolist()


def test_indicators_inside_and_outside_the_catalogue_together(real):
    outside = queries.every_indicator(real.connection).query("item == indicator")["item"].iloc[0]
    parts = [queries.statements(real.connection, indicators=[item]) for item in ("gdp", outside)]
    both = queries.statements(real.connection, indicators=["gdp", outside])
    assert set(both["fact_id"]) == set(pd.concat(parts)["fact_id"]) and all(map(len, parts))
