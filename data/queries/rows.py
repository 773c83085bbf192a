"""What the queries share: statements from data/sql, and the rows of facts that belong to places, words or numbers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb

SQL_DIR = Path(__file__).resolve().parents[1] / "sql"
#: More runs of rows than this are not compared with each row in turn.
MOST_RUNS = 4
#: Pairs of letters by which the places of words are found: so many tell as much as all.
MOST_PAIRS = 12
#: The rows of facts with these ids, and perhaps others: keys are half of a hash.
ROWS_OF_IDS = "SELECT row FROM summary.fact_rows WHERE key IN (SELECT md5_number_lower(unnest($fact_ids::VARCHAR[]))::UBIGINT)"
#: That a fact ``f`` is one of these.
WITH_IDS = f"f.rowid IN ({ROWS_OF_IDS}) AND f.fact_id IN (SELECT unnest($fact_ids::VARCHAR[]))"


@cache
def sql(name: str) -> str:
    """The statement ``data/sql/<name>.sql``."""
    return (SQL_DIR / f"{name}.sql").read_text(encoding="utf-8")


def within(column: str, runs: Sequence[tuple[int, int]], name: str = "row") -> tuple[str, dict]:
    """A condition that holds for rows in one of these runs (first and last row, in order), and its parameters."""
    joined: list[list[int]] = []
    for first, last in runs:
        if joined and joined[-1][1] + 1 == first:
            joined[-1][1] = last
        else:
            joined.append([first, last])
    if len(joined) <= MOST_RUNS:
        ends = {f"{name}{n}": row for n, row in enumerate(end for run in joined for end in run)}
        parts = [f"{column} BETWEEN ${name}{2 * n} AND ${name}{2 * n + 1}" for n in range(len(joined))]
        return f"({' OR '.join(parts) or 'FALSE'})", ends
    rows = f"SELECT unnest(${name}_first::BIGINT[]) AS first, unnest(${name}_last::BIGINT[]) AS last"
    ends = {f"{name}_first": [first for first, _ in joined], f"{name}_last": [last for _, last in joined]}
    return f"{column} IN (SELECT unnest(range(first, last + 1)) FROM ({rows}))", ends


def rows_of(
    con: duckdb.DuckDBPyConnection, places: Sequence[str], facts: str = "f", having: Sequence[int] | None = None
) -> tuple[str, dict]:
    """A condition on ``facts`` that holds for the facts of these places (all when there are none), and its parameters.

    The facts of a place are one run of rows, so nothing else need be read. ``having`` are positions in summary.places to
    which the places are limited.
    """
    if not places and having is None:
        return "TRUE", {}
    return within(f"{facts}.rowid", [run[1:] for run in runs_of(con, places, having)])


def runs_of(
    con: duckdb.DuckDBPyConnection, places: Sequence[str], having: Sequence[int] | None = None
) -> list[tuple[int, int, int]]:
    """Of each of these places (all when there are none) that has facts: its position, the first and the last row, in order."""
    return con.execute(
        "SELECT position, first_row, last_row FROM summary.places WHERE (len($places) = 0 OR list_contains($places, place)) "
        "AND ($having IS NULL OR position IN (SELECT unnest($having::BIGINT[]))) AND first_row IS NOT NULL ORDER BY first_row",
        {"places": list(places), "having": having and list(having)},
    ).fetchall()


def run_of_report(con: duckdb.DuckDBPyConnection, table: str, report_id: str) -> list[tuple[int, int]]:
    """The first and last row of a report in what ``table`` of summary (report_rows, text_rows, number_rows) tells of; an
    empty list where it has none."""
    asked = f"SELECT first_row, last_row FROM summary.{table} WHERE report_id = $report"
    return con.execute(asked, {"report": report_id}).fetchall()


def places_having(con: duckdb.DuckDBPyConnection, words: Sequence[str]) -> list[int] | None:
    """Positions in summary.places of the places whose texts may have all words, in order; None where most may.

    No place that has them is left out: all neighbouring letters of a word stand in a text that has the word.
    """
    pairs = sorted({word[n : n + 2] for word in words for n in range(len(word) - 1)})
    step = -(-len(pairs) // MOST_PAIRS) or 1
    # the table is in the order of its terms: one at a time is found without reading the others
    given = {f"pair{n}": pair for n, pair in enumerate(pairs[::step])}
    asked = [f"SELECT position FROM summary.word_places WHERE term = ${name}" for name in given]
    for n, letter in enumerate(word for word in words if len(word) == 1):
        given |= {f"from{n}": letter, f"to{n}": letter + chr(sys.maxunicode)}
        asked.append(f"SELECT DISTINCT position FROM summary.word_places WHERE term BETWEEN $from{n} AND $to{n}")
    found = con.execute(
        f"SELECT position FROM ({' UNION ALL '.join(asked)}) GROUP BY position HAVING count(*) = {len(asked)} ORDER BY position",
        given,
    ).fetchall()
    (every,) = con.execute("SELECT count(*) FROM summary.places").fetchone()
    return [position for (position,) in found] if len(found) <= every / 2 else None
