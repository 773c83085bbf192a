"""Facts by any filter, a row for each or side by side, and their counts."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from data.queries.figures import places as menu
from data.queries.rows import WITH_IDS, places_having, rows_of, sql
from data.queries.words import search_words

#: Orders of ``statements`` -> what rows are sorted by; ``{way}`` is ascending or descending. Rows that tie keep the menu's
#: order, which is that of the table (data/database.py): place, indicator, year, measure.
STATEMENT_ORDERS = {
    "menu": "",
    "year": "f.year {way},",
    "value": "f.value {way} NULLS LAST,",
    "district": "d.menu_order {way} NULLS LAST, f.district_code {way} NULLS LAST, f.district {way},",
    "indicator": "m.position {way} NULLS LAST, f.indicator {way},",
    "report": "f.report_id {way}, f.line_start {way} NULLS LAST, f.char_end {way},",
}
_MORE_JOINS = "LEFT JOIN districts d ON d.district_code = f.district_code LEFT JOIN menu m ON m.indicator_id = f.indicator_id "
_JOINS = f"FROM fitting f {_MORE_JOINS}"
#: So many facts from either end are known in the order of their values, see data/sql/summary/value_ends.sql.
_ENDS = 100_000
#: What a page of rows is put in order by, and joined by for that, beside what it shows.
_ORDERED_BY = {
    "year": ("year",),
    "value": ("value",),
    "district": ("district_code", "district", "indicator_id"),
    "indicator": ("district_code", "indicator_id", "indicator"),
    "report": ("report_id", "line_start", "char_end"),
}
#: Column that facts do not have -> how it is made, and of which of their columns.
_MADE = {
    "place": ("coalesce(f.district_code, f.district)", ("district_code", "district")),
    "title": ("coalesce(r.title, f.source_title)", ("report_id", "source_title")),
}
#: Filter of ``statements`` -> what holds for a fact that fits it.
_FITS = {
    "indicators": "list_contains($indicators::VARCHAR[], coalesce(f.indicator_id, f.indicator))",
    "theme": "f.category = $theme",
    "years": "list_contains($years::INTEGER[], f.year)",
    "statuses": "list_contains($statuses::VARCHAR[], f.status)",
    "measures": "list_contains($measures::VARCHAR[], f.measure)",
    "origins": "list_contains($origins::VARCHAR[], f.origin)",
    "reports": "f.rowid IN (SELECT unnest(range(first_row, last_row + 1)) FROM summary.report_rows "
    "WHERE list_contains($reports::VARCHAR[], report_id)) AND list_contains($reports::VARCHAR[], f.report_id)",
    "preferred": "f.preferred",
    "fact_ids": WITH_IDS,
}
#: The same for indicators of the catalogue alone: a condition on one column is worked out once for each of its values.
_FITS_CATALOGUE = "list_contains($indicators::VARCHAR[], f.indicator_id)"
_OUTSIDE = "SELECT len($indicators) - count(*) FROM indicators WHERE list_contains($indicators::VARCHAR[], indicator_id)"
#: What the words of a filter are looked for in; see data/database.py.
_WORDED = "summary.worded(f.quote, f.indicator, f.indicator_reported, f.value_text, f.source_title, f.note)"


def _fitting(
    con: duckdb.DuckDBPyConnection,
    *,
    places: Sequence[str] = (),
    indicators: Sequence[str] = (),
    theme: str | None = None,
    years: Sequence[int] = (),
    statuses: Sequence[str] = (),
    measures: Sequence[str] = (),
    origins: Sequence[str] = (),
    reports: Sequence[str] = (),
    words: str = "",
    preferred: bool = False,
    fact_ids: Sequence[str] = (),
) -> tuple[str, dict]:
    """The condition on facts ``f`` that the filters of ``statements`` make, and its parameters."""
    given = {
        "indicators": list(indicators),
        "theme": theme,
        "years": [int(year) for year in years],
        "statuses": list(statuses),
        "measures": list(measures),
        "origins": list(origins),
        "reports": list(reports),
        "fact_ids": list(fact_ids),
    }
    given = {name: value for name, value in given.items() if value not in (None, [])}
    asked = search_words(words)
    mine, rows = rows_of(con, places, having=places_having(con, asked) if asked else None)
    fits = dict(_FITS)
    if indicators and not con.execute(_OUTSIDE, {"indicators": list(indicators)}).fetchone()[0]:
        fits["indicators"] = _FITS_CATALOGUE
    parts = [mine, *(fits[name] for name in given)]
    if preferred:
        parts.append(_FITS["preferred"])
    for n, word in enumerate(asked):
        # lower() of every sentence costs four times the search; a word without case needs none
        text = _WORDED if word == word.upper() else f"lower({_WORDED})"
        parts.append(f"contains({text}, $word{n})")
        given[f"word{n}"] = word
    return " AND ".join(parts), given | rows


def _statements(con: duckdb.DuckDBPyConnection, what: str, filters: dict, **more: object) -> pd.DataFrame:
    where, given = _fitting(con, **filters)
    return con.execute(sql("statements").replace("/*where*/", where).replace("/*what*/", what), given | more).df()


def statements(
    con: duckdb.DuckDBPyConnection,
    *,
    order: str = "menu",
    descending: bool = False,
    limit: int | None = None,
    offset: int = 0,
    columns: Sequence[str] | None = None,
    **filters: object,
) -> pd.DataFrame:
    """Facts that fit all filters, a row for each: columns of facts, and place, title (of the report, or of the
    supplementary source); with ``columns`` these alone, in that order (duckdb.Error for one that is not there).

    Filters, each of which may be left out: ``places`` and ``indicators`` (as queries.places and queries.every_indicator
    name them), ``theme``, ``years``, ``statuses``, ``measures``, ``origins``, ``reports`` (report_id), ``words`` (all of
    them stand in the quote, in any case of letters; where there is no quote, in its indicator, words, source or note),
    ``preferred=True`` (one statement for each observation), ``fact_ids``. ``order`` is a key of STATEMENT_ORDERS
    (KeyError otherwise); rows without a value come last whichever way. ``limit`` rows after the first ``offset``; None
    takes all.
    """
    by = STATEMENT_ORDERS[order].format(way="DESC" if descending else "ASC")
    joins = _JOINS if order in ("district", "indicator") else "FROM fitting f"
    chosen = f"SELECT f.row {joins} ORDER BY {by} f.row LIMIT $most::BIGINT OFFSET $skip::BIGINT"
    filters = {name: value for name, value in filters.items() if value}
    if order == "value" and not filters and limit is not None and limit + offset <= _ENDS:
        chosen = f"SELECT row FROM summary.value_ends f WHERE descending = {descending} ORDER BY {by} row LIMIT $most OFFSET $skip"
    shown, taken = "f.*, " + ", ".join(f"{made} AS {name}" for name, (made, _) in _MADE.items()), "facts.*"
    if columns is not None:
        shown = ", ".join(f"{_MADE[name][0]} AS {name}" if name in _MADE else f'f."{name}"' for name in columns) + ", f.row"
        needed = {"report_id", *_ORDERED_BY.get(order, ())}
        for name in columns:
            needed |= set(_MADE[name][1]) if name in _MADE else {name}
        taken = ", ".join(f'facts."{name}"' for name in sorted(needed))
    what = (
        f", chosen AS MATERIALIZED ({chosen}) SELECT {shown} "
        f"FROM (SELECT {taken}, facts.rowid AS row FROM facts WHERE rowid IN (SELECT row FROM chosen)) f "
        f"LEFT JOIN reports r ON r.report_id = f.report_id {_MORE_JOINS if joins is _JOINS else ''}ORDER BY {by} f.row"
    )
    return _statements(con, what, filters, most=limit, skip=int(offset)).drop(columns="row")


#: Filters of ``statements`` that summary.counts can answer, with preferred.
_SUMMED = {"indicators": "item", "years": "year", "statuses": "status", "measures": "measure", "origins": "origin"}


def statements_counted(con: duckdb.DuckDBPyConnection, *, by_place: bool = True, **filters: object) -> pd.DataFrame:
    """How many facts fit the filters of ``statements``: part, key, facts, preferred, numeric (with a number), in one pass.

    One row with part "all" (also when there are none), then one for each key of the parts "place" (not without
    ``by_place``, which is slow over all places), "status", "origin".
    """
    filters = {name: value for name, value in filters.items() if value}
    if not by_place and not set(filters) - {*_SUMMED, "theme", "preferred"}:
        return _summed(con, filters)
    places, keys = ("(place), ", "place, ") if by_place else ("", "")
    what = f"""
        SELECT CASE {"grouping(place, status, origin)" if by_place else "4 + grouping(status, origin)"} WHEN 7 THEN 'all'
                    WHEN 3 THEN 'place' WHEN 5 THEN 'status' ELSE 'origin' END AS part,
               coalesce({keys}status, origin) AS key, count(*) AS facts, count(*) FILTER (WHERE preferred) AS preferred,
               count(*) FILTER (WHERE preferred AND value IS NOT NULL) AS numeric
        FROM fitting GROUP BY GROUPING SETS ((), {places}(status), (origin)) ORDER BY part, facts DESC, key
    """
    return _statements(con, what, filters)


def _summed(con: duckdb.DuckDBPyConnection, filters: dict) -> pd.DataFrame:
    """``statements_counted`` without places, from the summary; facts that are preferred are those that count as preferred."""
    given = {name: list(value) for name, value in filters.items() if name in _SUMMED}
    parts = [f"list_contains(${name}::{'INTEGER' if name == 'years' else 'VARCHAR'}[], {_SUMMED[name]})" for name in given]
    if filters.get("theme"):
        parts.append("category = $theme")
        given["theme"] = filters["theme"]
    return con.execute(
        f"""
        WITH fitting AS (
            SELECT status, origin, {"preferred" if filters.get("preferred") else "facts"} AS facts, preferred, numeric
            FROM summary.counts WHERE {" AND ".join(parts) or "TRUE"})
        SELECT CASE grouping(status, origin) WHEN 3 THEN 'all' WHEN 1 THEN 'status' ELSE 'origin' END AS part,
               coalesce(status, origin) AS key, coalesce(sum(facts), 0)::BIGINT AS facts,
               coalesce(sum(preferred), 0)::BIGINT AS preferred, coalesce(sum(numeric), 0)::BIGINT AS numeric
        FROM fitting GROUP BY GROUPING SETS ((), (status), (origin)) HAVING grouping(status, origin) = 3 OR sum(facts) > 0
        ORDER BY part, facts DESC, key
        """,
        given,
    ).df()


#: What a row of ``wide`` is about. period_start is NULL for a single year.
WIDE_ROW = ("indicator_id", "indicator", "category", "measure", "status", "period", "period_start", "unit")


def wide(con: duckdb.DuckDBPyConnection, **filters: object) -> pd.DataFrame:
    """Preferred numbers side by side: a row for each indicator, measure, status, period and unit (WIDE_ROW), then a column
    for each place and year, named 綦江 2024, by the places' menu and the year.

    Filters of ``statements``. What has no number stays NULL; what is said in words alone is not here.
    """
    return wide_parts(con, **filters)["value"]


#: A row of ``wide`` and the column of a number in it, as they are made from facts ``f``.
_WIDE_ROW = ", ".join(
    "CASE WHEN f.period <> 'annual' THEN f.period_start END AS period_start" if name == "period_start" else f"f.{name}"
    for name in WIDE_ROW
)


#: The comparator of a fact ``f`` for its number with its sign: 下降3%以上 is −3 or lower. (A minus that is printed is one of the bound.)
_SIGN = """CASE WHEN f.value < 0 AND coalesce(f.value_reported, 0) >= 0 THEN
    CASE f.comparator WHEN 'ge' THEN 'le' WHEN 'gt' THEN 'lt' WHEN 'le' THEN 'ge' WHEN 'lt' THEN 'gt' ELSE f.comparator END
    ELSE f.comparator END"""


def wide_size(con: duckdb.DuckDBPyConnection, **filters: object) -> tuple[int, int, int]:
    """How large ``wide`` would be, without making it: numbers, rows, columns of numbers."""
    what = f"""
        , cells AS (SELECT {_WIDE_ROW}, f.place, f.year FROM fitting f WHERE f.value IS NOT NULL)
        SELECT (SELECT count(*) FROM cells) AS numbers,
               (SELECT count(*) FROM (SELECT DISTINCT {", ".join(WIDE_ROW)} FROM cells)) AS lines,
               (SELECT count(*) FROM (SELECT DISTINCT place, year FROM cells)) AS columns
    """
    numbers, lines, columns = _statements(con, what, filters | {"preferred": True}).iloc[0]
    return int(numbers), int(lines), int(columns)


def wide_parts(con: duckdb.DuckDBPyConnection, **filters: object) -> dict[str, pd.DataFrame]:
    """The frame of ``wide`` as "value", and what stands behind its numbers: comparator (of the number with its sign), origin,
    qualifier, provisional and fact_id, frames of the same rows that have the columns of the numbers alone, None where there is no number.

    All are as large as rows times columns, empty cells too: ask ``wide_size`` first.
    """
    what = f"""
        , cells AS (SELECT {_WIDE_ROW}, f.place, f.year, f.value, {_SIGN} AS comparator, f.fact_id, f.origin, f.qualifier, f.provisional,
            m.position, row_number() OVER (ORDER BY d.menu_order NULLS LAST, f.district_code NULLS LAST, f.district, f.year, f.fact_id) AS nth
            {_JOINS} WHERE f.value IS NOT NULL)
        SELECT *, dense_rank() OVER (ORDER BY position NULLS LAST, indicator, indicator_id, category, measure, status, period,
            period_start NULLS LAST, unit) - 1 AS line
        FROM cells ORDER BY nth
    """
    cells = _statements(con, what, filters | {"preferred": True})
    names = menu(con).drop_duplicates("place").set_index("place")["district"]
    across, columns = pd.factorize(cells["place"].map(names) + " " + cells["year"].astype(str))
    lines, down = cells.drop_duplicates("line").sort_values("line")[list(WIDE_ROW)], cells["line"].to_numpy()
    inside = {}
    for part, empty in (("value", np.nan), ("comparator", None), ("origin", None), ("qualifier", None), ("provisional", None), ("fact_id", None)):
        # one block: a frame of thousands of columns made column by column takes seconds
        filled = np.full((len(lines), len(columns)), empty, dtype=float if part == "value" else object)
        given = cells[part]
        filled[down, across] = given if part == "value" else given.astype(object).where(given.notna(), None)
        inside[part] = pd.DataFrame(filled, columns=pd.Index(columns, dtype="str"), dtype=filled.dtype)
    inside["value"] = pd.concat([lines.reset_index(drop=True), inside["value"]], axis=1)
    return inside


def every_indicator(con: duckdb.DuckDBPyConnection, most: int = 2000) -> pd.DataFrame:
    """Indicators with facts, those outside the catalogue too: item (its id, else its name), indicator, facts (count).

    The catalogue's in menu order, then the others by how often they are stated; ``most`` in all.
    """
    return con.execute(
        """
        WITH menu AS (SELECT indicator_id, row_number() OVER () AS position FROM indicators)
        SELECT coalesce(f.indicator_id, f.indicator) AS item, f.indicator, f.facts
        FROM summary.items f LEFT JOIN menu m USING (indicator_id)
        ORDER BY m.position NULLS LAST, f.facts DESC, f.indicator LIMIT $most
        """,
        {"most": int(most)},
    ).df()
