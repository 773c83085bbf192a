"""One function for each question the pages ask of a build; each takes a DuckDB cursor and returns a DataFrame.

Values are bound as parameters, never put into the SQL. Amounts are in the catalogue's canonical unit, growth in %,
changes in 百分点 or the canonical unit. Longer statements live in ``data/sql``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from data import catalog
from data.terms import REASONS

SQL_DIR = Path(__file__).resolve().parent / "sql"
#: The comparator of targets such as 与经济增长同步: growth of this indicator, same district and year.
ECONOMY = "gdp"
#: A search takes no more words than this; more would find nothing anyway.
MOST_WORDS = 8
#: More runs of rows than this are not compared with each row in turn.
MOST_RUNS = 4
#: Pairs of letters by which the places of a word are found: the rarest few tell nearly as much as all.
MOST_PAIRS = 4


#: The rows of facts with these ids, and perhaps others: keys are half of a hash.
_ROWS_OF_IDS = "SELECT row FROM summary.fact_rows WHERE key IN (SELECT md5_number_lower(unnest($fact_ids::VARCHAR[]))::UBIGINT)"


@cache
def _sql(name: str) -> str:
    return (SQL_DIR / f"{name}.sql").read_text(encoding="utf-8")


def _within(column: str, runs: Sequence[tuple[int, int]], name: str = "row") -> tuple[str, dict]:
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


def _rows_of(
    con: duckdb.DuckDBPyConnection, places: Sequence[str], facts: str = "f", having: Sequence[int] | None = None
) -> tuple[str, dict]:
    """A condition on ``facts`` that holds for the facts of these places (all when there are none), and its parameters.

    The facts of a place are one run of rows, so nothing else need be read. ``having`` are positions in summary.places to
    which the places are limited.
    """
    if not places and having is None:
        return "TRUE", {}
    runs = con.execute(
        "SELECT first_row, last_row FROM summary.places WHERE (len($places) = 0 OR list_contains($places, place)) "
        "AND ($having IS NULL OR position IN (SELECT unnest($having::BIGINT[]))) AND first_row IS NOT NULL ORDER BY first_row",
        {"places": list(places), "having": having and list(having)},
    ).fetchall()
    return _within(f"{facts}.rowid", runs)


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
    mine, rows = _rows_of(con, places, "facts")
    return con.execute(
        _sql("pairs").replace("/*places*/", mine),
        {
            "years": [int(year) for year in years],
            "places": list(places),
            "indicators": list(indicators),
            "headline": headline,
            "economy": ECONOMY,
        }
        | rows,
    ).df()


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
    mine, rows = _rows_of(con, places or [""])
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
    adopted), title. One row for each report, measure, period and target year.
    """
    mine, rows = _rows_of(con, places or [""])
    return con.execute(
        f"""
        SELECT f.*, coalesce(f.district_code, f.district) AS place, r.kind AS report_kind, r.title,
               CASE r.kind WHEN 'five_year_plan' THEN r.year_from - 1 ELSE r.year_from END AS said_in
        FROM facts f JOIN reports r USING (report_id)
        WHERE {mine} AND f.status = 'target' AND f.value IS NOT NULL
            AND list_contains($indicators, f.indicator_id)
        QUALIFY row_number() OVER (
            PARTITION BY f.report_id, f.indicator_id, f.measure, f.year, f.period, f.period_start
            ORDER BY f.origin = 'table' DESC, f.preferred DESC, f.char_start, f.fact_id) = 1
        ORDER BY place, f.indicator_id, f.measure, said_in, f.year, f.period_start, f.report_id, f.fact_id
        """,
        {"indicators": list(indicators)} | rows,
    ).df()


def evidence(con: duckdb.DuckDBPyConnection, fact_id: str) -> pd.DataFrame:
    """All statements about the same thing as ``fact_id``, targets first, the asked-for one first of its status.

    Columns of facts, and title, meeting_date, value_start, value_end (where the number is printed, offsets into the
    report), direction, wanted, economy_growth (of that year), due (the year has passed), results_held.
    No row when the build has no such fact.
    """
    run = con.execute(
        f"SELECT first_row, last_row FROM summary.places JOIN ({_ROWS_OF_IDS}) ON row BETWEEN first_row AND last_row",
        {"fact_ids": [fact_id]},
    ).fetchone()
    first, last = run or (-1, -1)
    about = con.execute(
        """
        SELECT DISTINCT f.report_id FROM facts f JOIN facts w ON f.indicator = w.indicator AND f.year = w.year
        WHERE f.rowid BETWEEN $first AND $last AND w.rowid BETWEEN $first AND $last AND w.fact_id = $fact_id
        """,
        {"fact_id": fact_id, "first": first, "last": last},
    ).fetchall()
    given = {"fact_id": fact_id, "economy": ECONOMY, "first": first, "last": last, "reports": [row[0] for row in about]}
    return con.execute(_sql("evidence"), given).df()


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


def facts_by_id(con: duckdb.DuckDBPyConnection, fact_ids: tuple[str, ...]) -> pd.DataFrame:
    """The named facts (what a derived value comes from), with value_start and value_end as in ``evidence``."""
    return con.execute(
        f"""
        WITH named AS MATERIALIZED (SELECT f.* FROM facts f WHERE {_FITS["fact_ids"]}),
        runs AS (
            SELECT first_number, last_number FROM summary.report_rows WHERE report_id IN (SELECT report_id FROM named)
        ), printed AS (
            SELECT fact_id, min(char_start) AS value_start, max(char_end) AS value_end FROM numbers
            WHERE rowid IN (SELECT unnest(range(first_number, last_number + 1)) FROM runs)
                AND fact_id IN (SELECT fact_id FROM named)
            GROUP BY fact_id
        )
        SELECT f.*, n.value_start, n.value_end FROM named f LEFT JOIN printed n USING (fact_id)
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


def facts_between(con: duckdb.DuckDBPyConnection, report_id: str, start: int, end: int) -> pd.DataFrame:
    """Facts whose quote ends between two offsets of a report, in the order of the text.

    Columns of facts, with value_start and value_end as in ``evidence``.
    """
    mine, rows = _within("f.rowid", _runs_of_report(con, report_id)["row"])
    return con.execute(
        f"""
        SELECT f.*, n.value_start, n.value_end FROM facts f LEFT JOIN (
            SELECT fact_id, min(char_start) AS value_start, max(char_end) AS value_end FROM numbers
            WHERE report_id = $report AND fact_id IS NOT NULL GROUP BY fact_id
        ) n USING (fact_id)
        WHERE {mine} AND f.report_id = $report AND f.char_end > $start AND f.char_end <= $end
        ORDER BY coalesce(n.value_start, f.char_end), f.char_end, f.fact_id
        """,
        {"report": report_id, "start": int(start), "end": int(end)} | rows,
    ).df()


def search_words(text: str) -> tuple[str, ...]:
    """What is looked for: the parts of ``text`` between spaces, in lower case, each once."""
    return tuple(dict.fromkeys(text.lower().split()))[:MOST_WORDS]


def named_indicator(text: str) -> str | None:
    """The indicator that ``text`` names in full, by its name or another name in the catalogue; None otherwise."""
    try:
        known = catalog.load()
    except catalog.CatalogError:  # being edited: the build keeps its data, and the search its words
        return None
    name = "".join(text.split())
    found = known.aliases.get(catalog.normalise(name)) or known.aliases.get(catalog.normalise(name.upper()))
    return found[0] if found else None


def indicator_name(con: duckdb.DuckDBPyConnection, text: str) -> str | None:
    """The standard name of the indicator that ``text`` names in full; None when it names none."""
    row = con.execute(
        "SELECT indicator FROM indicators WHERE indicator_id = $id", {"id": named_indicator(text)}
    ).fetchone()
    return row and row[0]


def _places_having(con: duckdb.DuckDBPyConnection, words: Sequence[str]) -> list[int] | None:
    """Positions in summary.places of the places whose texts may have all words, in order; None where most may.

    No place that has them is left out: all neighbouring letters of a word stand in a text that has the word.
    """
    (most,) = con.execute("SELECT count(*) FROM summary.places").fetchone()
    pairs = {word[n : n + 2] for word in words for n in range(len(word) - 1)}
    lists = con.execute(
        "SELECT places, count(*) OVER () FROM summary.word_places WHERE term IN (SELECT unnest($pairs::VARCHAR[])) "
        "ORDER BY len(places) LIMIT $most",
        {"pairs": list(pairs), "most": MOST_PAIRS},
    ).fetchall()
    if len(pairs) > (lists[0][1] if lists else 0):
        return []
    found = [set(places) for places, _ in lists]
    for letter in (word for word in words if len(word) == 1):
        with_letter = "SELECT DISTINCT unnest(places) FROM summary.word_places WHERE starts_with(term, $letter)"
        found.append({place for (place,) in con.execute(with_letter, {"letter": letter}).fetchall()})
    both = sorted(set.intersection(*found)) if found else []
    return both if len(both) <= most / 2 or not found else None


def search(
    con: duckdb.DuckDBPyConnection,
    text: str,
    report_id: str | None = None,
    *,
    each: int = 8,
    most: int = 120,
    after: str | None = None,
) -> pd.DataFrame:
    """Where the reports have all words of ``text``, or a fact of the indicator it names; see ``data/sql/search.sql``.

    The first ``each`` places of a report, in menu order of the reports: report_id, line, kind (as in passages, or
    table_row), section, text (the cells of a row joined), char_start, by_words, fact_id and quote_start, quote_end (of
    the first fact of the indicator there), position, in_report and in_all (places found there and in all reports here),
    and rest: reports that come later were not read, because ``most`` places were found; a search with ``after`` the last
    report goes on there. No row without words.
    """
    words = search_words(text)
    if not words:
        return con.execute("SELECT 1 WHERE FALSE").df()
    indicator, name = named_indicator(text), text.strip()
    terms = [f"\t{term}" for term in (indicator, name) if term]
    named = con.execute(
        "SELECT places FROM summary.word_places WHERE term IN (SELECT unnest($terms::VARCHAR[]))", {"terms": terms}
    ).fetchall()
    # lower() of every text costs more than the search; words without case need none
    parts = [f"contains({'p.text' if word == word.upper() else 'lower(p.text)'}, $word{n})" for n, word in enumerate(words)]
    statement = _sql("search").replace("/*words*/", f"({' AND '.join(parts)})").replace("/*named*/", "TRUE" if named else "FALSE")
    given = {"indicator": indicator, "name": name, "each": int(each)} | {f"word{n}": word for n, word in enumerate(words)}

    def among(passages: tuple[str, dict], facts: tuple[str, dict]) -> pd.DataFrame:
        asked = statement.replace("/*passages*/", passages[0]).replace("/*facts*/", facts[0])
        return con.execute(asked, given | passages[1] | facts[1]).df()

    if report_id:
        runs = _runs_of_report(con, report_id)
        found = among(_within("p.rowid", runs["passage"], "passage"), _within("f.rowid", runs["row"]))
        return _counted(found.assign(rest=False))
    places = _places_having(con, words)
    if places is not None:
        places = sorted({*places, *(place for (some,) in named for place in some)})
    runs = con.execute(
        "SELECT first_passage, last_passage, first_row, last_row FROM summary.places "
        "WHERE first_passage IS NOT NULL AND ($places IS NULL OR position IN (SELECT unnest($places::BIGINT[]))) ORDER BY position",
        {"places": places},
    ).fetchall()
    if after:
        beyond = _runs_of_report(con, after)["passage"]
        begin = beyond[0][1] + 1 if beyond else 0
        runs = [(max(first, begin), last, *facts) for first, last, *facts in runs if last >= begin]
    rows: list[pd.DataFrame] = []
    at, many = 0, 4
    while at < len(runs) and sum(map(len, rows)) < most:
        some = runs[at : at + many]
        rows.append(
            among(
                _within("p.rowid", [run[:2] for run in some], "passage"),
                _within("f.rowid", [run[2:] for run in some if run[2] is not None]),
            )
        )
        at, many = at + many, many * 4
    found = pd.concat([frame for frame in rows if len(frame)] or rows, ignore_index=True) if rows else None
    if found is None:
        return con.execute("SELECT 1 WHERE FALSE").df()
    kept = found
    if len(found) > most:  # whole reports, so that the next search can go on after the last
        kept = found[found["report_id"].isin(found["report_id"].iloc[: int(most)])]
    return _counted(kept.assign(rest=at < len(runs) or len(kept) < len(found)))


def _runs_of_report(con: duckdb.DuckDBPyConnection, report_id: str) -> dict[str, list[tuple[int, int]]]:
    """The run of rows of a report in passages ("passage") and numbers ("number"), and that in facts within which its facts
    lie ("row"); an empty list where it has none."""
    found = con.execute(
        "SELECT first_passage, last_passage, first_number, last_number, first_row, last_row FROM summary.report_rows "
        "WHERE report_id = $report",
        {"report": report_id},
    ).fetchone() or (None,) * 6
    ends = dict(zip(("passage", "number", "row"), zip(found[::2], found[1::2], strict=True), strict=True))
    return {name: [] if first is None else [(first, last)] for name, (first, last) in ends.items()}


def _counted(found: pd.DataFrame) -> pd.DataFrame:
    return found.assign(in_all=found.groupby("report_id")["in_report"].first().sum())


def similar_indicators(con: duckdb.DuckDBPyConnection, text: str, most: int = 6) -> list[str]:
    """Names of indicators with facts in reports that share most pairs of characters with ``text``, the likest first."""
    names = con.execute(
        "SELECT DISTINCT indicator FROM summary.items WHERE in_reports > 0 AND indicator_id IS NOT NULL ORDER BY ALL"
    ).fetchall()
    wanted = {text[i : i + 2] for i in range(len(text) - 1)}
    shared = {name: sum(pair in name for pair in wanted) / len(name) for (name,) in names}
    return [name for name in sorted(shared, key=lambda name: -shared[name]) if shared[name]][:most]


def cells(con: duckdb.DuckDBPyConnection, district: str, code: str | None, theme: str | None) -> pd.DataFrame:
    """What there is on a district: indicators of ``theme`` (None: the headline ones), a row for each statement.

    Columns: indicator_id, indicator, category, then of the statement (NULL where there is none) fact_id, status, year,
    origin, measure, period, period_start, value, unit, comparator, value_text, value_low, value_high.
    """
    first, last = con.execute(
        "SELECT min(first_row), max(last_row) FROM summary.places WHERE district = $district "
        "AND district_code IS NOT DISTINCT FROM $code",
        {"district": district, "code": code},
    ).fetchone()
    given = {"first": -1 if first is None else first, "last": -1 if last is None else last, "theme": theme}
    return con.execute(_sql("cells"), given).df()


def held(con: duckdb.DuckDBPyConnection, places: Sequence[str] | None = None) -> pd.DataFrame:
    """For each district and year, which reports are held and how many headline indicators have figures.

    Columns: district, district_code, year, results_held, targets_held, due, results, results_stated, targets,
    targets_stated, headline (how many headline indicators there are). Years run without a hole from first to last.
    ``places`` as queries.places names them; None means all.
    """
    return con.execute(_sql("held"), {"places": None if places is None else list(places)}).df()


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
_MORE_JOINS = "LEFT JOIN districts d USING (district_code) LEFT JOIN menu m ON m.indicator_id = f.indicator_id "
_JOINS = f"FROM fitting f {_MORE_JOINS}"
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
    "fact_ids": f"f.rowid IN ({_ROWS_OF_IDS}) AND f.fact_id IN (SELECT unnest($fact_ids::VARCHAR[]))",
}
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
    mine, rows = _rows_of(con, places, having=_places_having(con, asked) if asked else None)
    parts = [mine, *(_FITS[name] for name in given)]
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
    return con.execute(_sql("statements").replace("/*where*/", where).replace("/*what*/", what), given | more).df()


def statements(
    con: duckdb.DuckDBPyConnection,
    *,
    order: str = "menu",
    descending: bool = False,
    limit: int | None = None,
    offset: int = 0,
    **filters: object,
) -> pd.DataFrame:
    """Facts that fit all filters, a row for each: columns of facts, and place, title (of the report, or of the
    supplementary source).

    Filters, each of which may be left out: ``places`` and ``indicators`` (as queries.places and queries.every_indicator
    name them), ``theme``, ``years``, ``statuses``, ``measures``, ``origins``, ``reports`` (report_id), ``words`` (all of
    them stand in the quote, in any case of letters; where there is no quote, in its indicator, words, source or note),
    ``preferred=True`` (one statement for each observation), ``fact_ids``. ``order`` is a key of STATEMENT_ORDERS
    (KeyError otherwise); rows without a value come last whichever way. ``limit`` rows after the first ``offset``; None
    takes all.
    """
    by = STATEMENT_ORDERS[order].format(way="DESC" if descending else "ASC")
    joins = _JOINS if order in ("district", "indicator") else "FROM fitting f"
    what = (
        f", chosen AS MATERIALIZED (SELECT f.row {joins} ORDER BY {by} f.row LIMIT $most::BIGINT OFFSET $skip::BIGINT) "
        "SELECT f.*, coalesce(f.district_code, f.district) AS place, coalesce(r.title, f.source_title) AS title "
        f"FROM (SELECT facts.*, facts.rowid AS row FROM facts WHERE rowid IN (SELECT row FROM chosen)) f {_MORE_JOINS}"
        f"LEFT JOIN reports r ON r.report_id = f.report_id ORDER BY {by} f.row"
    )
    return _statements(con, what, filters, most=limit, skip=int(offset)).drop(columns="row")


#: Filters of ``statements`` that summary.counts can answer, with preferred.
_SUMMED = {"indicators": "item", "years": "year", "statuses": "status", "measures": "measure", "origins": "origin"}


def statements_counted(
    con: duckdb.DuckDBPyConnection, *, by_place: bool = True, most: int | None = None, **filters: object
) -> pd.DataFrame:
    """How many facts fit the filters of ``statements``: part, key, facts, preferred, numeric (with a number), in one pass.

    One row with part "all" (also when there are none), then one for each key of the parts "place" (not without
    ``by_place``, which is slow over all places), "status", "origin". With ``words`` the counting stops at ``most`` facts:
    "all" with so many means that there may be more.
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
        FROM (FROM fitting LIMIT $most::BIGINT) GROUP BY GROUPING SETS ((), {places}(status), (origin))
        ORDER BY part, facts DESC, key
    """
    return _statements(con, what, filters, most=int(most) if most and filters.get("words") else None)


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


def wide_parts(con: duckdb.DuckDBPyConnection, **filters: object) -> dict[str, pd.DataFrame]:
    """The frame of ``wide`` as "value", and what stands behind its numbers: comparator, origin and fact_id, frames of the
    same rows that have the columns of the numbers alone."""
    what = f"""
        SELECT f.indicator_id, f.indicator, f.category, f.measure, f.status, f.period,
               CASE WHEN f.period <> 'annual' THEN f.period_start END AS period_start, f.unit,
               f.place, f.year, f.value, f.comparator, f.fact_id, f.origin, m.position
        {_JOINS} WHERE f.value IS NOT NULL
        ORDER BY d.menu_order NULLS LAST, f.district_code NULLS LAST, f.district, f.year, f.fact_id
    """
    cells = _statements(con, what, filters | {"preferred": True})
    names = places(con).drop_duplicates("place").set_index("place")["district"]
    cells["column"] = cells["place"].map(names) + " " + cells["year"].astype(str)
    columns = list(dict.fromkeys(cells["column"]))
    rows = ["position", *WIDE_ROW]
    cells["line"] = cells.groupby(rows, dropna=False, sort=False).ngroup()
    lines = cells[["line", *rows]].drop_duplicates("line").set_index("line")
    lines = lines.sort_values(
        ["position", "indicator", "measure", "status", "period", "period_start", "unit"], na_position="last"
    ).drop(columns="position")
    inside = {
        part: cells.pivot(index="line", columns="column", values=part).reindex(index=lines.index, columns=columns)
        for part in ("value", "comparator", "origin", "fact_id")
    }
    inside["value"] = lines.join(inside["value"])
    return {part: frame.reset_index(drop=True) for part, frame in inside.items()}


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
