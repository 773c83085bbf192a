"""The summaries of a build say what its tables say: each is held against a count over the facts themselves."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data import database, queries, store
from tests import pages_build


@pytest.fixture(scope="module")
def facts(folder) -> pd.DataFrame:
    return pd.read_parquet(folder / "facts.parquet")


def rows(con, name: str) -> pd.DataFrame:
    return con.execute(f"FROM summary.{name}").df()


def test_the_facts_of_a_place_are_one_run_of_rows(con, facts):
    for place in rows(con, "places").itertuples():
        mine = con.execute(
            "SELECT fact_id FROM facts WHERE rowid BETWEEN ? AND ?", [int(place.first_row), int(place.last_row)]
        ).df()
        assert set(mine["fact_id"]) == set(facts[facts["district"] == place.district]["fact_id"])
        assert len(mine) == place.facts


def test_each_fact_is_found_by_its_number(con, facts):
    found = con.execute("SELECT r.fact_id, f.fact_id AS there FROM summary.fact_rows r JOIN facts f ON f.rowid = r.row").df()
    assert (found["fact_id"] == found["there"]).all() and set(found["fact_id"]) == set(facts["fact_id"])


def test_counts_add_up_to_the_facts(con, facts):
    for name in ("items", "coverage", "counts"):
        assert rows(con, name)["facts"].sum() == len(facts)
    counts = rows(con, "counts")
    assert counts["preferred"].sum() == facts["preferred"].sum()
    assert counts["numeric"].sum() == (facts["preferred"] & facts["value"].notna()).sum()
    by_year = facts[(facts["status"] == "target") & facts["preferred"]].groupby("year").size()
    assert rows(con, "years").set_index("year")["targets"].loc[by_year.index].tolist() == by_year.tolist()


def test_a_report_lies_between_its_first_and_last_row(con, facts):
    for report in rows(con, "report_rows").itertuples():
        between = con.execute(
            "SELECT fact_id FROM facts WHERE rowid BETWEEN ? AND ?", [report.first_row, report.last_row]
        ).df()["fact_id"]
        assert set(facts[facts["report_id"] == report.report_id]["fact_id"]) <= set(between)


def test_numbers_are_all_counted(con, folder):
    numbers = pd.read_parquet(folder / "numbers.parquet")
    assert rows(con, "number_counts")["numbers"].sum() == rows(con, "number_totals")["numbers"].sum() == len(numbers)
    each = queries.numbers_accounted(con).groupby("outcome")["numbers"].sum().to_dict()
    assert queries.numbers_in_all(con).groupby("outcome")["numbers"].sum().to_dict() == each


def test_findings_are_all_counted_and_found_by_each_fact_they_name(con, folder):
    findings = pd.read_parquet(folder / "findings.parquet")
    assert queries.findings_counted(con)["findings"].sum() == len(findings)
    for finding in findings.itertuples():
        for fact_id in finding.fact_ids:
            assert finding.message in set(queries.findings_about(con, (fact_id,))["message"])
            assert finding.finding_id in set(queries.findings(con, fact_ids=[fact_id])["finding_id"])


def test_years_add_up_to_the_places(con):
    by_year = queries.held_by_year(con).set_index("year")
    for name in ("results", "results_stated", "targets", "targets_stated"):
        assert by_year[name].to_dict() == queries.held(con).groupby("year")[name].sum().to_dict()


@pytest.mark.parametrize(
    "filters",
    [{}, {"years": [2024]}, {"statuses": ["target"]}, {"theme": "共享"}, {"indicators": ["gdp"], "measures": ["growth"]},
     {"preferred": True}, {"origins": ["table"], "preferred": True}, {"years": [1950]}],
    ids=str,
)  # fmt: skip
def test_counting_from_the_summary_is_counting_the_facts(con, filters):
    counted = queries.statements_counted(con, **filters)
    summed = queries.statements_counted(con, by_place=False, **filters)
    key = ["part", "key"]
    expected = counted[counted["part"] != "place"].sort_values(key).reset_index(drop=True)
    pd.testing.assert_frame_equal(summed.sort_values(key).reset_index(drop=True), expected, check_dtype=False)


def test_limits_take_a_part_of_the_whole(con):
    every, place = queries.coverage(con), "500116"
    assert queries.coverage(con, [place])["facts"].sum() == every[every["district"] == "江津"]["facts"].sum()
    assert set(queries.held(con, [place])["district"]) == {"江津"}
    assert queries.reports(con, places=[place])["district"].tolist() == ["江津"]
    assert queries.reports(con, report_ids=["江津-report", "无"])["report_id"].tolist() == ["江津-report"]
    assert len(queries.reports(con, most=2)) == 2 and queries.reports(con, report_ids=[]).empty
    assert Counter(queries.report_places(con)["reports"]) == {1: len(queries.reports(con))}
    some = queries.findings(con, kind="contradiction", limit=1, offset=1)
    assert some["finding_id"].tolist() == queries.findings(con, kind="contradiction")["finding_id"].tolist()[1:2]


def test_supplementary_figures_come_source_by_source(con, facts):
    sources = queries.supplement_sources(con)
    assert sources["figures"].sum() == (facts["origin"] == "supplement").sum() == sources["all_figures"].iloc[0]
    together = pd.concat([queries.supplement(con, int(n)) for n in sources["source"]], ignore_index=True)
    pd.testing.assert_frame_equal(together, queries.supplement(con), check_dtype=False)


# ------------------------------------------------------------------------------------------------ the file
def answers(folder: Path) -> int:
    return store.connect(folder).execute("SELECT count(*) FROM facts").fetchone()[0]


def test_without_a_sound_file_the_parquet_is_read(tmp_path):
    folder = pages_build.write(tmp_path / "parquet")
    for spoil in (lambda file: file.write_bytes(b"not a database"), lambda file: file.unlink()):
        spoil(folder / store.DATABASE)
        assert answers(folder) == len(pages_build.FACTS)


def test_a_file_made_of_other_tables_is_not_believed(tmp_path):
    folder = pages_build.write(tmp_path / "parquet")
    few = pd.read_parquet(folder / "facts.parquet").head(3)
    few.to_parquet(folder / "facts.parquet", index=False)
    assert answers(folder) == 3


def test_nobody_writes_into_the_file(folder):
    with pytest.raises(duckdb.Error):
        store.connect(folder).execute("DELETE FROM facts")


def test_each_summary_is_explained():
    said = Path(store.ROOT / "README.md").read_text(encoding="utf-8")
    explained = dict(re.findall(r"^\| `summary\.(\w+)` \| (.+) \|$", said, re.MULTILINE))
    assert explained == database.described()
