"""Where a number comes from: the statements about one thing, the findings, the reports and their texts."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from data.queries.rows import WITH_IDS, run_of_report, sql, within
from data.terms import REASONS


def evidence(con: duckdb.DuckDBPyConnection, fact_id: str) -> pd.DataFrame:
    """All statements about the same thing as ``fact_id``, targets first, the asked-for one first of its status.

    Columns of facts, and title, meeting_date, value_start, value_end (where the number is printed, offsets into the
    report), direction and unit_change (of the indicator), wanted, economy_growth (of that year), due (the year has passed), results_held.
    No row when the build has no such fact.
    """
    run = con.execute(
        "SELECT first_row, last_row FROM summary.places WHERE "
        "(SELECT min(row) FROM summary.fact_rows WHERE key = md5_number_lower($fact_id)::UBIGINT) BETWEEN first_row AND last_row",
        {"fact_id": fact_id},
    ).fetchone()
    first, last = run or (-1, -1)
    # the numbers of a place are one run of rows: a range is read alone, where a list of reports may have all rows read
    numbers = con.execute(
        """
        SELECT min(first_row), max(last_row) FROM summary.number_rows WHERE report_id IN (
            SELECT f.report_id FROM facts f JOIN facts w ON f.indicator = w.indicator AND f.year = w.year
            WHERE f.rowid BETWEEN $first AND $last AND w.rowid BETWEEN $first AND $last AND w.fact_id = $fact_id)
        """,
        {"fact_id": fact_id, "first": first, "last": last},
    ).fetchone()
    given = {"fact_id": fact_id, "first": first, "last": last}
    given |= dict(zip(("first_number", "last_number"), numbers, strict=True))
    return con.execute(sql("evidence"), given).df()


def reports(
    con: duckdb.DuckDBPyConnection,
    *,
    places: Sequence[str] | None = None,
    report_ids: Sequence[str] | None = None,
    most: int | None = None,
) -> pd.DataFrame:
    """The reports read, in menu order of their districts, newest first; columns of reports.parquet.

    None limits nothing: ``places`` as queries.places names them, ``report_ids``, the first ``most``.
    """
    limits, given = [], {"most": most}
    for column, values in (("coalesce(r.district_code, r.district)", places), ("r.report_id", report_ids)):
        if values is not None:
            limits.append(f"{column} IN (SELECT unnest($v{len(limits)}::VARCHAR[]))")
            given[f"v{len(limits) - 1}"] = list(values)
    where = f"WHERE {' AND '.join(limits)}" if limits else ""
    return con.execute(f"SELECT r.* FROM reports r {where} ORDER BY r.rowid LIMIT $most::BIGINT", given).df()


def report_places(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Places with reports, in menu order: place, district (made unique by the code), reports (count)."""
    return con.execute(
        """
        WITH held AS (
            SELECT coalesce(district_code, district) AS place, district, count(*) AS reports FROM reports GROUP BY ALL)
        SELECT h.place, h.district || CASE WHEN count(*) OVER (PARTITION BY h.district) > 1 THEN '（' || h.place || '）'
            ELSE '' END AS district, h.reports
        FROM held h JOIN summary.places p ON p.place = h.place AND p.district = h.district ORDER BY p.position
        """
    ).df()


def passages(con: duckdb.DuckDBPyConnection, report_id: str, first: int, last: int) -> pd.DataFrame:
    """Lines ``first`` to ``last`` (1-based, inclusive) of a report: line, kind, section, text, char_start, char_end."""
    return con.execute(
        "SELECT line, kind, section, text, char_start, char_end FROM passages "
        "WHERE report_id = $report AND line BETWEEN $first AND $last ORDER BY char_start, char_end",
        {"report": report_id, "first": int(first), "last": int(last)},
    ).df()


def headings(con: duckdb.DuckDBPyConnection, report_id: str) -> pd.DataFrame:
    """The headings of a report in order: line, text, section (the headings above and itself)."""
    return con.execute(
        "SELECT line, text, section FROM passages WHERE report_id = $report AND kind = 'heading' ORDER BY line, char_start",
        {"report": report_id},
    ).df()


def findings(
    con: duckdb.DuckDBPyConnection,
    *,
    kind: str | None = None,
    fact_ids: Sequence[str] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """What people should look at, the gravest first; columns of findings.parquet and the report's title.

    None limits nothing: of one ``kind``, those that name one of ``fact_ids``, ``limit`` rows after the first ``offset``.
    """
    named = (
        "AND f.finding_id IN (SELECT finding_id FROM summary.finding_facts WHERE fact_id IN (SELECT unnest($ids::VARCHAR[])))"
    )
    return con.execute(
        f"""
        SELECT f.*, r.title FROM (
            SELECT * FROM findings f WHERE ($kind::VARCHAR IS NULL OR f.kind = $kind) {"" if fact_ids is None else named}
            ORDER BY array_position(['error', 'warning', 'info'], f.severity), f.kind, f.report_id, f.line, f.finding_id
            LIMIT $limit::BIGINT OFFSET $offset::BIGINT
        ) f LEFT JOIN reports r USING (report_id)
        ORDER BY array_position(['error', 'warning', 'info'], f.severity), f.kind, f.report_id, f.line, f.finding_id
        """,
        {"kind": kind, "limit": limit, "offset": int(offset)} | ({} if fact_ids is None else {"ids": list(fact_ids)}),
    ).df()


def findings_counted(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """How many findings there are of each kind and gravity: kind, severity, findings."""
    return con.execute("SELECT * FROM summary.finding_counts").df()


def findings_about(con: duckdb.DuckDBPyConnection, fact_ids: tuple[str, ...]) -> pd.DataFrame:
    """Findings that name one of the facts: kind, severity, message."""
    return con.execute(
        """
        SELECT kind, severity, message FROM findings WHERE finding_id IN (
            SELECT finding_id FROM summary.finding_facts WHERE fact_id IN (SELECT unnest($ids::VARCHAR[])))
        ORDER BY message, finding_id
        """,
        {"ids": list(fact_ids)},
    ).df()


def facts_by_id(con: duckdb.DuckDBPyConnection, fact_ids: tuple[str, ...]) -> pd.DataFrame:
    """The named facts (what a derived value comes from), with value_start, value_end and unit_change as in ``evidence``."""
    return con.execute(
        f"""
        WITH named AS MATERIALIZED (SELECT f.* FROM facts f WHERE {WITH_IDS}),
        runs AS (
            SELECT first_row, last_row FROM summary.number_rows WHERE report_id IN (SELECT report_id FROM named)
        ), printed AS (
            SELECT fact_id, min(char_start) AS value_start, max(char_end) AS value_end FROM numbers
            WHERE rowid IN (SELECT unnest(range(first_row, last_row + 1)) FROM runs)
                AND fact_id IN (SELECT fact_id FROM named)
            GROUP BY fact_id
        )
        SELECT f.*, n.value_start, n.value_end, i.unit_change FROM named f LEFT JOIN printed n USING (fact_id)
        LEFT JOIN indicators i ON i.indicator_id = f.indicator_id
        ORDER BY f.report_id, f.line_start, f.fact_id
        """,
        {"fact_ids": list(fact_ids)},
    ).df()


def reading(con: duckdb.DuckDBPyConnection, report_id: str, first: int, last: int) -> pd.DataFrame:
    """Passages of lines ``first`` to ``last``; tables that begin or end outside are kept whole (up to 400 lines more),
    with the four lines above the first, where its title stands.

    Columns of passages.parquet except report_id, in the order of the text.
    """
    return con.execute(
        """
        WITH asked AS (
            SELECT * FROM passages WHERE report_id = $report AND line BETWEEN $first - 400 AND $last + 400
        ), whole AS (
            SELECT DISTINCT table_number FROM asked WHERE line BETWEEN $first AND $last AND table_number IS NOT NULL
        ), top AS (
            SELECT least($first, min(line) - 4) AS line FROM asked WHERE table_number IN (FROM whole)
        )
        SELECT line, kind, section, text, char_start, char_end, table_number, table_row, table_column FROM asked
        WHERE table_number IN (FROM whole)
            OR table_number IS NULL AND line BETWEEN coalesce((SELECT line FROM top), $first) AND $last
        ORDER BY char_start, char_end
        """,
        {"report": report_id, "first": int(first), "last": int(last)},
    ).df()


def numbers_between(con: duckdb.DuckDBPyConnection, report_id: str, start: int, end: int) -> pd.DataFrame:
    """Printed numbers between two offsets of a report: line, char_start, char_end, text, fact_id, reason (words)."""
    found = con.execute(
        "SELECT line, char_start, char_end, text, fact_id, reason FROM numbers "
        "WHERE report_id = $report AND char_start >= $start AND char_end <= $end ORDER BY char_start, char_end",
        {"report": report_id, "start": int(start), "end": int(end)},
    ).df()
    found["reason"] = found["reason"].map(REASONS)
    return found


def numbers_for_reason(con: duckdb.DuckDBPyConnection, reason: str, report_ids: Sequence[str]) -> pd.DataFrame:
    """Printed numbers of these reports that are no facts for one reason (a key of data.terms.REASONS), in the order of the
    reports and of their text.

    report_id, line, char_start, char_end, printed (the number's text), section, and what it stands in: texts (the paragraph,
    or the cells of its row of a table) and starts (the offset of each). No row for reports that the build does not have.
    """
    marks, given = {}, {}
    for mark, column in (("numbers", "n.rowid"), ("passages", "p.rowid")):
        table = {"numbers": "number_rows", "passages": "text_rows"}[mark]
        runs = con.execute(
            f"SELECT first_row, last_row FROM summary.{table} WHERE report_id IN (SELECT unnest($reports::VARCHAR[])) ORDER BY first_row",
            {"reports": list(report_ids)},
        ).fetchall()
        marks[mark], rows = within(column, runs, mark)
        given |= rows
    asked = sql("numbers_for_reason").replace("/*numbers*/", marks["numbers"]).replace("/*passages*/", marks["passages"])
    return con.execute(asked, given | {"reason": reason}).df()


def facts_between(con: duckdb.DuckDBPyConnection, report_id: str, start: int, end: int) -> pd.DataFrame:
    """Facts whose quote ends between two offsets of a report, in the order of the text.

    Columns of facts, with value_start, value_end and unit_change as in ``evidence``.
    """
    mine, rows = within("f.rowid", run_of_report(con, "report_rows", report_id))
    return con.execute(
        f"""
        SELECT f.*, n.value_start, n.value_end, i.unit_change FROM facts f LEFT JOIN (
            SELECT fact_id, min(char_start) AS value_start, max(char_end) AS value_end FROM numbers
            WHERE report_id = $report AND fact_id IS NOT NULL GROUP BY fact_id
        ) n USING (fact_id)
        LEFT JOIN indicators i ON i.indicator_id = f.indicator_id
        WHERE {mine} AND f.report_id = $report AND f.char_end > $start AND f.char_end <= $end
        ORDER BY coalesce(n.value_start, f.char_end), f.char_end, f.fact_id
        """,
        {"report": report_id, "start": int(start), "end": int(end)} | rows,
    ).df()
