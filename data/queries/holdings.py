"""What the build holds and lacks: coverage, numbers accounted for, the catalogue, supplementary figures."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from data.queries.rows import sql
from data.terms import REASONS


def coverage(con: duckdb.DuckDBPyConnection, places: Sequence[str] | None = None) -> pd.DataFrame:
    """How many facts there are: district, origin, year, facts. Districts in menu order, every kind of source.

    ``places`` as queries.places names them; None means all.
    """
    return con.execute(
        """
        SELECT c.district, c.origin, c.year, c.facts
        FROM summary.coverage c JOIN summary.places p
            ON p.district = c.district AND p.district_code IS NOT DISTINCT FROM c.district_code
        WHERE $places IS NULL OR list_contains($places::VARCHAR[], p.place)
        ORDER BY p.position, array_position(['table', 'prose', 'supplement', 'derived'], c.origin), c.year
        """,
        {"places": None if places is None else list(places)},
    ).df()


def numbers_accounted(con: duckdb.DuckDBPyConnection, report_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """What became of every printed number: report_id, title, outcome (words), is_fact, numbers (count).

    Facts first, then the most frequent reason. ``report_ids`` limits the reports; None means all.
    """
    mine = "" if report_ids is None else "WHERE c.report_id IN (SELECT unnest($ids::VARCHAR[]))"
    found = con.execute(
        f"""
        SELECT c.report_id, r.title, c.reason, c.is_fact, c.numbers
        FROM summary.number_counts c LEFT JOIN reports r USING (report_id) {mine}
        ORDER BY c.is_fact DESC, sum(c.numbers) OVER (PARTITION BY c.is_fact, c.reason) DESC, c.reason, c.report_id
        """,
        {} if report_ids is None else {"ids": list(report_ids)},
    ).df()
    found["outcome"] = found["reason"].map(REASONS).fillna("全区指标数据")
    return found


def numbers_in_all(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """What became of the printed numbers of all reports together: reason, is_fact, outcome (words), numbers (count), in the
    order of ``numbers_accounted``."""
    found = con.execute("SELECT reason, is_fact, numbers FROM summary.number_totals ORDER BY is_fact DESC, numbers DESC, reason")
    found = found.df()
    found["outcome"] = found["reason"].map(REASONS).fillna("全区指标数据")
    return found


def held(con: duckdb.DuckDBPyConnection, places: Sequence[str] | None = None) -> pd.DataFrame:
    """For each district and year, which reports are held and how many headline indicators have figures.

    Columns: district, district_code, year, results_held, targets_held, due, results, results_stated, targets,
    targets_stated, headline (how many headline indicators there are). Years run without a hole from first to last.
    ``places`` as queries.places names them; None means all.
    """
    return con.execute(sql("held"), {"places": None if places is None else list(places)}).df()


def held_by_year(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """``held`` summed over all districts, a row for each year: year, results, results_stated, targets, targets_stated, and
    districts (of the build) and headline, the same in each row."""
    return con.execute(
        """
        SELECT y.year, coalesce(sum(c.results), 0)::BIGINT AS results, coalesce(sum(c.results_stated), 0)::BIGINT AS results_stated,
            coalesce(sum(c.targets), 0)::BIGINT AS targets, coalesce(sum(c.targets_stated), 0)::BIGINT AS targets_stated,
            (SELECT count(*) FROM summary.places) AS districts,
            (SELECT count(*) FROM indicators WHERE headline_order IS NOT NULL) AS headline
        FROM (SELECT unnest(generate_series(min(year), max(year))) AS year FROM summary.years) y
        LEFT JOIN summary.headline c ON c.year = y.year GROUP BY y.year ORDER BY y.year
        """
    ).df()


def catalogue(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The indicators in menu order: columns of indicators.parquet, and facts (how many statements there are)."""
    return con.execute(
        """
        WITH counted AS (SELECT indicator_id, sum(facts)::BIGINT AS facts FROM summary.items GROUP BY ALL),
        listed AS (SELECT *, row_number() OVER () AS menu FROM indicators)
        SELECT l.* EXCLUDE (menu), coalesce(c.facts, 0) AS facts
        FROM listed l LEFT JOIN counted c USING (indicator_id) ORDER BY l.menu
        """
    ).df()


def supplement(con: duckdb.DuckDBPyConnection, source: int | None = None) -> pd.DataFrame:
    """Every supplementary figure beside the reports' own, source by source, the one with most figures first; of one
    ``source`` (as ``supplement_sources`` counts them) alone. See ``data/sql/summary/supplement.sql`` for the columns.
    """
    return con.execute(
        "SELECT * EXCLUDE (source) FROM summary.supplement WHERE $source IS NULL OR source = $source ORDER BY rowid",
        {"source": source},
    ).df()


def supplement_sources(con: duckdb.DuckDBPyConnection, most: int | None = None) -> pd.DataFrame:
    """The supplementary sources, the one with most figures first, at most ``most``: source, source_title, source_url,
    figures, high, medium, used, stated, disputed (counts), and sources, all_figures, all_used, all_stated, all_disputed:
    the same of all sources together."""
    return con.execute(
        """
        SELECT *, count(*) OVER () AS sources, (sum(figures) OVER ())::BIGINT AS all_figures,
            (sum(used) OVER ())::BIGINT AS all_used, (sum(stated) OVER ())::BIGINT AS all_stated,
            (sum(disputed) OVER ())::BIGINT AS all_disputed
        FROM summary.supplement_sources ORDER BY source LIMIT $most::BIGINT
        """,
        {"most": most},
    ).df()
