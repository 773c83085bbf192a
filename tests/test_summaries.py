"""The summaries of a build say what its tables say: each is held against a count over the facts themselves."""

from __future__ import annotations

import random
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
    assert len(rows(con, "fact_rows")) == len(facts)
    for fact in facts.itertuples():
        assert queries.facts_by_id(con, (fact.fact_id,))["quote"].fillna("").tolist() == ["" if pd.isna(fact.quote) else fact.quote]


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


def test_a_target_stands_beside_its_result(real):
    """Pairs by the rule in words: an average speaks for its last year where nothing is said of the year itself."""
    con, facts = real.connection.cursor(), pd.read_parquet(real.folder / "facts.parquet")
    kept = facts[facts["preferred"] & facts["indicator_id"].notna() & facts["period"].isin(["annual", "average"])]
    rows_by_id = dict(con.execute("SELECT fact_id, rowid FROM facts").fetchall())
    wanted = Counter()
    for _, group in kept.groupby([kept["district_code"].fillna(kept["district"]), "indicator_id", "year", "measure"]):
        annual = {row.status: row.fact_id for row in group.itertuples() if row.period == "annual"}
        if annual:
            wanted[annual.get("target"), annual.get("actual")] += 1
            continue
        targets = group[group["status"] == "target"]
        against = targets["period_start"].tolist()
        results = [row.fact_id for row in group.itertuples() if row.status == "actual" and row.period_start in against]
        wanted.update((target, result) for target in targets["fact_id"] for result in results or [None])
    found = rows(con, "target_results")
    ids = {row: fact_id for fact_id, row in rows_by_id.items()}
    named = [[None if pd.isna(row) else ids[row] for row in found[side]] for side in ("target_row", "actual_row")]
    assert Counter(zip(*named, strict=True)) == wanted
    assert {None} < set(named[0]) and {None} < set(named[1])
    assert set(named[0]) & set(kept[kept["period"] == "average"]["fact_id"])


def test_what_is_held_of_a_year(con):
    held = rows(con, "place_years").set_index(["place", "year"])
    looks_back_on = {  # the results of a year stand in its annual report; a plan tells some of the year before it
        (report.district_code if isinstance(report.district_code, str) else report.district, report.year_from)
        for report in con.execute("FROM reports WHERE kind = 'annual_plan_report'").df().itertuples()
    }
    assert looks_back_on
    for row in queries.held(con).itertuples():
        key = (row.district_code if isinstance(row.district_code, str) else row.district, row.year)
        assert bool(held["results_held"].get(key, False)) == row.results_held == (key in looks_back_on), key
    growth = queries.pairs(con, [2024], ["500110"], ["gdp"]).set_index("measure").loc["growth"]
    assert held["economy_growth"]["500110", 2024] == growth["actual"] == growth["economy_growth"]


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


def test_no_place_of_a_word_is_left_out(con, folder, facts):
    """Any piece of any text is found in it, whatever its length and letters."""
    passages = pd.read_parquet(folder / "passages.parquet")
    draw = random.Random(3)
    texts = [text for text in passages["text"] if text.strip()]
    for _ in range(60):
        word = draw.choice(draw.choice(texts).split())
        begin = draw.randrange(len(word))
        word = word[begin : begin + draw.choice((1, 2, 3, 9))]
        if word.lower() not in queries.search_words(word):
            continue
        having = passages[passages["text"].str.lower().str.contains(word.lower(), regex=False)]
        assert set(queries.search(con, word, each=500)["report_id"]) >= set(having["report_id"]), word
    unquoted = facts[facts["quote"].isna()]
    assert len(unquoted) and not unquoted["source_title"].isna().all()
    for fact in facts.itertuples():
        for word in str(fact.source_title if pd.isna(fact.quote) else fact.quote).split():
            assert fact.fact_id in set(queries.statements(con, words=word)["fact_id"]) or pd.isna(fact.quote)


def test_words_gathered_in_portions_are_those_of_the_whole(monkeypatch, con, folder):
    manifest = store.read_manifest(folder)
    sources = {name: store.files(folder, manifest, name) for name in manifest["tables"]}
    whole = rows(con, "word_places")
    for size in (1, 7, 30):
        monkeypatch.setattr(database, "PORTION", size)
        with duckdb.connect() as other:
            database.fill(other, sources)
            pd.testing.assert_frame_equal(other.execute("FROM summary.word_places").df(), whole)
            assert other.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'gathered'").fetchone() == (0,)


def test_words_across_the_pieces_of_a_very_long_line_are_found(tmp_path):
    folder = pages_build.write(tmp_path / "parquet")
    passages = pd.read_parquet(folder / "passages.parquet")
    numbered = "".join(f"第{n}项工作" for n in range(1000, 3000))
    passages.loc[passages.index[0], "text"] = numbered
    passages.to_parquet(folder / "passages.parquet")
    con = store.connect(folder)
    for begin in (*range(4980, 5010), 9_995, 9_999, len(numbered) - 3):
        assert queries.search(con, numbered[begin : begin + 7])["in_all"].tolist() == [1]


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
