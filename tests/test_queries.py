"""Queries over a small made-up build: grids complete, missing stays missing, statements of the same thing together."""

from __future__ import annotations

import pandas as pd
import pytest

from data import queries, store
from tests import pages_build


def test_latest_year_is_the_one_reported_on(con):
    found = queries.years(con)
    assert found["year"].tolist() == [2025, 2024, 2023]
    assert found.loc[found["latest"], "year"].tolist() == [2024]


def test_latest_year_without_annual_reports(tmp_path):
    folder = pages_build.write(tmp_path)
    reports = pd.read_parquet(folder / "reports.parquet").assign(kind="five_year_plan")
    reports.to_parquet(folder / "reports.parquet", index=False)
    found = queries.years(store.connect(folder))
    assert found.loc[found["latest"], "year"].tolist() == [2024]


def test_headline_grid_is_complete_and_in_menu_order(con):
    found = queries.pairs(con, [2024], headline=True)
    headline = con.execute("SELECT count(*) FROM indicators WHERE headline_order IS NOT NULL").fetchone()[0]
    assert list(dict.fromkeys(found["district"])) == ["綦江", "江津", "南岸", "测试"]
    assert (found.groupby("district")["indicator_id"].nunique() == headline).all()
    empty = found[(found["district"] == "测试")]
    assert empty["actual"].isna().all() and empty["target"].isna().all() and not (empty["actual"] == 0).any()


def test_target_and_result_meet_by_measure(con):
    found = queries.pairs(con, [2024]).set_index(["district", "indicator_id", "measure"])
    growth = found.loc[("綦江", "gdp", "growth")]
    assert (growth["target"], growth["actual"], growth["economy_growth"]) == (7, 5.5, 5.5)
    assert pd.isna(found.loc[("綦江", "gdp", "level"), "target"])
    assert bool(found.loc[("綦江", "gdp", "level"), "sets_targets"])
    assert not bool(found.loc[("南岸", "gdp", "level"), "sets_targets"])


def test_a_year_after_the_last_report_is_not_due(con):
    found = queries.pairs(con, [2025])
    assert not found["due"].any()


def test_a_year_with_targets_alone_has_no_report_on_its_results(con):
    assert queries.pairs(con, [2024]).groupby("district")["results_held"].all()["綦江"]
    only_planned = queries.pairs(con, [2025]).query("district == '綦江'")
    assert only_planned["covered"].all() and not only_planned["results_held"].any()


def test_zero_stays_zero(con):
    assert queries.pairs(con, [2023])["actual"].dropna().tolist() == [0]


def test_evidence_has_every_statement_of_the_same_thing(con, folder):
    wanted = pages_build.fact_id(folder, district="綦江", indicator_id="gdp", measure="growth", status="actual")
    found = queries.evidence(con, wanted)
    assert found["status"].tolist() == ["target", "actual", "actual"]
    assert found.loc[found["wanted"], "fact_id"].tolist() == [wanted]
    for row in found.to_dict("records"):
        start = int(row["value_start"] - row["char_start"])
        assert row["quote"][start:].startswith(f"{row['value']:g}")


def test_evidence_of_an_unknown_fact_is_empty(con):
    assert queries.evidence(con, "' OR 1=1 --").empty


def test_passages_are_a_window(con):
    found = queries.passages(con, "綦江-report", 2, 4)
    assert found["line"].tolist() == [2, 3, 4]
    assert pages_build.NASTY in found["text"].tolist()


def test_every_number_is_accounted_for(con):
    found = queries.numbers_accounted(con)
    assert found["numbers"].sum() == con.execute("SELECT count(*) FROM numbers").fetchone()[0]
    assert set(found["outcome"]) == {"全区指标数据", "日期或年份"}


def test_coverage_counts_facts(con):
    found = queries.coverage(con)
    assert found["facts"].sum() == con.execute("SELECT count(*) FROM facts").fetchone()[0]
    assert found["district"].iloc[0] == "綦江" and (found["facts"] > 0).all()


def test_findings_about_a_fact(con):
    ids = queries.findings(con)["fact_ids"].iloc[0]
    assert len(queries.findings_about(con, tuple(ids))) == 1
    assert queries.findings_about(con, ("none",)).empty
    assert queries.facts_by_id(con, tuple(ids))["fact_id"].tolist() == list(ids)


def test_no_build_says_what_to_do(tmp_path):
    with pytest.raises(store.NoBuildError, match="python -m etl build"):
        store.connect(tmp_path)


def test_targets_that_moved_are_those_stated_more_than_once(con):
    places = queries.places(con)["place"].tolist()
    ids = queries.indicators(con)["indicator_id"].tolist()
    stated: dict[str, set] = {}
    for row in queries.target_history(con, places, ids).itertuples():
        stated.setdefault(row.indicator_id, set()).add((row.place, row.year, row.report_id))
    moved = [each for each in ids if len(stated.get(each, ())) > 1]
    assert queries.targets_moved(con, places, ids) == moved
    assert 0 < len(moved) < len(stated)
    assert queries.targets_moved(con, [], ids) == []
