"""Figures to compare: years, places and indicators to choose from, targets beside results, series, breaks."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from data.queries.rows import rows_of, runs_of, sql, within


def years(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Years with a headline figure, newest first: year, facts and targets (counts), latest (the last year reported on, once
    TRUE). Targets are those of all catalogued indicators.

    The latest year is the newest one an annual report looks back on; without such a report, the newest with results.
    """
    return con.execute(
        """
        WITH reported AS (
            SELECT coalesce(
                (SELECT max(year_from) FROM reports SEMI JOIN (FROM summary.years WHERE headline > 0) ON year = year_from
                 WHERE kind = 'annual_plan_report'),
                max(year) FILTER (WHERE headline_actual > 0), max(year)) AS year
            FROM summary.years WHERE headline > 0)
        SELECT h.year, h.headline AS facts, h.targets, h.year = r.year AS latest
        FROM summary.years h CROSS JOIN reported r WHERE h.headline > 0 ORDER BY h.year DESC
        """
    ).df()


def all_years(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every year that a fact of a catalogued indicator is for, in order: year."""
    return con.execute("SELECT year FROM summary.years ORDER BY year").df()


def places(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Places with reports or facts, in menu order: place (its code, else its name), district, facts (count).

    ``district`` is made unique by the code where two places share a name.
    """
    return con.execute(
        """
        SELECT place, district || CASE WHEN count(*) OVER (PARTITION BY district) > 1 THEN '（' || place || '）' ELSE '' END
            AS district, facts
        FROM summary.places WHERE facts > 0 ORDER BY position
        """
    ).df()


def pairs(
    con: duckdb.DuckDBPyConnection,
    years: Sequence[int],
    places: Sequence[str] = (),
    indicators: Sequence[str] = (),
    *,
    headline: bool = False,
) -> pd.DataFrame:
    """Target beside result: a row for each place, indicator, year and measure; columns in ``data/sql/pairs.sql``.

    ``places`` and ``indicators`` (ids) limit the rows; empty means all. ``headline=True`` takes the headline indicators
    in their own order. The grid is complete: what nobody reports keeps a row without measure, target and result.
    """
    statement = sql("pairs")
    given = {"years": [int(year) for year in years], "places": list(places), "indicators": list(indicators), "headline": headline}
    mine, here = ("TRUE", {}), ("TRUE", {})
    if places:
        runs = runs_of(con, places)
        mine = within("facts.rowid", [run[1:] for run in runs])
        here = within("position", [(run[0], run[0]) for run in runs], "position")
    statement = statement.replace("/*places*/", mine[0]).replace("/*positions*/", here[0])
    return con.execute(statement, given | mine[1] | here[1]).df()


def indicators(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Indicators of the catalogue that have facts, in menu order; columns of indicators.parquet and facts (count)."""
    return con.execute(
        """
        WITH menu AS (SELECT *, row_number() OVER () AS menu FROM indicators)
        SELECT menu.* EXCLUDE (menu), n.facts
        FROM menu JOIN (SELECT indicator_id, sum(facts)::BIGINT AS facts FROM summary.items GROUP BY ALL) n
            USING (indicator_id)
        ORDER BY menu.menu
        """
    ).df()


def spans(con: duckdb.DuckDBPyConnection, places: Sequence[str], indicators: Sequence[str]) -> pd.DataFrame:
    """Preferred facts over several years (年均, 累计) of these places and indicators; columns of facts, and place."""
    mine, rows = rows_of(con, places or [""])
    return con.execute(
        f"""
        SELECT f.*, coalesce(f.district_code, f.district) AS place FROM facts f
        WHERE {mine} AND preferred AND period <> 'annual' AND period_start < year AND value IS NOT NULL
            AND list_contains($indicators, indicator_id)
        ORDER BY place, indicator_id, measure, year, status, period, period_start, fact_id
        """,
        {"indicators": list(indicators)} | rows,
    ).df()


def breaks(con: duckdb.DuckDBPyConnection, places: Sequence[str] = ()) -> pd.DataFrame:
    """Facts that a finding calls another definition of the same name, or too far apart to be one: fact_ids, message.

    ``places`` limits them to findings about facts of these places; empty means all findings.
    """
    if not places:
        return con.execute(
            "SELECT fact_ids, message FROM findings WHERE kind IN ('definition_break', 'implausible') "
            "ORDER BY finding_id"
        ).df()
    return con.execute(
        "SELECT any_value(fact_ids) AS fact_ids, any_value(message) AS message FROM summary.place_breaks "
        "WHERE place IN (SELECT unnest($places::VARCHAR[])) GROUP BY finding_id ORDER BY finding_id",
        {"places": list(places)},
    ).df()


def target_history(con: duckdb.DuckDBPyConnection, places: Sequence[str], indicators: Sequence[str]) -> pd.DataFrame:
    """Every target with a number that a report sets for these places and indicators, in the order of the documents.

    Columns of facts, and place, report_kind, said_in (the year before the first one planned: when the document was
    adopted), title, unit_change (of the indicator). One row for each report, measure, period and target year.
    """
    mine, rows = rows_of(con, places or [""])
    return con.execute(
        f"""
        SELECT f.*, coalesce(f.district_code, f.district) AS place, r.kind AS report_kind, r.title, i.unit_change,
               CASE r.kind WHEN 'five_year_plan' THEN r.year_from - 1 ELSE r.year_from END AS said_in
        FROM facts f JOIN reports r USING (report_id) LEFT JOIN indicators i ON i.indicator_id = f.indicator_id
        WHERE {mine} AND f.status = 'target' AND f.value IS NOT NULL
            AND list_contains($indicators, f.indicator_id)
        QUALIFY row_number() OVER (
            PARTITION BY f.report_id, f.indicator_id, f.measure, f.year, f.period, f.period_start
            ORDER BY f.origin = 'table' DESC, f.preferred DESC, f.char_start, f.fact_id) = 1
        ORDER BY place, f.indicator_id, f.measure, said_in, f.year, f.period_start, f.report_id, f.fact_id
        """,
        {"indicators": list(indicators)} | rows,
    ).df()


def targets_moved(con: duckdb.DuckDBPyConnection, places: Sequence[str], indicators: Sequence[str]) -> list[str]:
    """Those of these indicators (ids, in their order) for which ``target_history`` has more than one place, year or report."""
    mine, rows = rows_of(con, places or [""])
    found = con.execute(
        f"""
        SELECT f.indicator_id FROM facts f
        WHERE {mine} AND f.status = 'target' AND f.value IS NOT NULL AND f.report_id IN (SELECT report_id FROM reports)
            AND list_contains($indicators, f.indicator_id)
        GROUP BY f.indicator_id HAVING count(DISTINCT (f.district_code, f.district, f.year, f.report_id)) > 1
        """,
        {"indicators": list(indicators)} | rows,
    ).fetchall()
    moved = {each for (each,) in found}
    return [each for each in indicators if each in moved]


def cells(con: duckdb.DuckDBPyConnection, district: str, code: str | None, theme: str | None) -> pd.DataFrame:
    """What there is on a district: indicators of ``theme`` (None: the headline ones), a row for each statement.

    Columns: indicator_id, indicator, category, then of the statement (NULL where there is none) fact_id, status, year,
    origin, measure, period, period_start, value, unit, comparator, value_text, value_low, value_high, provisional.
    """
    first, last = con.execute(
        "SELECT min(first_row), max(last_row) FROM summary.places WHERE district = $district "
        "AND district_code IS NOT DISTINCT FROM $code",
        {"district": district, "code": code},
    ).fetchone()
    given = {"first": -1 if first is None else first, "last": -1 if last is None else last, "theme": theme}
    return con.execute(sql("cells"), given).df()
