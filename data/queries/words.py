"""Words looked for in the reports, and the indicators they name."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from data import catalog
from data.queries.rows import places_having, run_of_report, sql, within

#: A search takes no more words than this; more would find nothing anyway.
MOST_WORDS = 8


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


def narrowed(con: duckdb.DuckDBPyConnection, text: str) -> tuple[list[str], str]:
    """Places that words of ``text`` name (as queries.places names them), and the other words: 綦江 营商环境 asks for 营商环境 in
    the reports of 綦江. Nothing is taken for a place where no other word would be left."""
    parts = text.split()
    found = con.execute(
        """
        SELECT p.place, p.district, d.full_name FROM summary.places p LEFT JOIN districts d USING (district_code)
        WHERE list_contains($words::VARCHAR[], p.district) OR list_contains($words::VARCHAR[], d.full_name)
        ORDER BY p.position
        """,
        {"words": parts},
    ).fetchall()
    names = {name for _, *both in found for name in both}
    rest = [word for word in parts if word not in names]
    return ([place for place, *_ in found], " ".join(rest)) if found and rest else ([], text)


def search(
    con: duckdb.DuckDBPyConnection,
    text: str,
    report_id: str | None = None,
    *,
    each: int = 8,
    most: int = 120,
    after: str | None = None,
    only: Sequence[str] = (),
) -> pd.DataFrame:
    """Where the reports have all words of ``text``, or a fact of the indicator it names; see ``data/sql/search.sql``.
    ``only`` limits it to the reports of these places; empty means all.

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
        "SELECT position FROM summary.word_places WHERE term = $first OR term = $last", {"first": terms[0], "last": terms[-1]}
    ).fetchall()
    # lower() of every text costs more than the search; words without case need none
    parts = [f"contains({'p.text' if word == word.upper() else 'lower(p.text)'}, $word{n})" for n, word in enumerate(words)]
    statement = sql("search").replace("/*words*/", f"({' AND '.join(parts)})").replace("/*named*/", "TRUE" if named else "FALSE")
    given = {"indicator": indicator, "name": name, "each": int(each)} | {f"word{n}": word for n, word in enumerate(words)}

    def among(passages: tuple[str, dict], facts: tuple[str, dict]) -> pd.DataFrame:
        asked = statement.replace("/*passages*/", passages[0]).replace("/*facts*/", facts[0])
        return con.execute(asked, given | passages[1] | facts[1]).df()

    if report_id:
        passages, facts = (run_of_report(con, table, report_id) for table in ("text_rows", "report_rows"))
        found = among(within("p.rowid", passages, "passage"), within("f.rowid", facts))
        return _counted(found.assign(rest=False))
    places = places_having(con, words)
    if places is not None:
        places = sorted({*places, *(position for (position,) in named)})
    beyond = run_of_report(con, "text_rows", after) if after else []
    runs = con.execute(
        """
        SELECT min(t.first_row), max(t.last_row), any_value(p.first_row), any_value(p.last_row)
        FROM summary.text_rows t JOIN summary.places p USING (position)
        WHERE t.first_row > $beyond AND (len($only) = 0 OR list_contains($only, p.place))
            AND ($places IS NULL OR position IN (SELECT unnest($places::BIGINT[])))
        GROUP BY position ORDER BY position
        """,
        {"only": list(only), "places": places, "beyond": beyond[0][1] if beyond else -1},
    ).fetchall()
    rows: list[pd.DataFrame] = []
    at, many = 0, 4
    while at < len(runs) and sum(map(len, rows)) < most:
        some = runs[at : at + many]
        rows.append(
            among(
                within("p.rowid", [run[:2] for run in some], "passage"),
                within("f.rowid", [run[2:] for run in some if run[2] is not None]),
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
