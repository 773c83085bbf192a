"""The only caller of data.queries: each answer kept for the build it came from.

Every function takes the build id first, so a new build is seen at once and nothing stale is served.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from data import catalog, dictionary, queries, sandbox_pool, store
from pages.parts import format
from pages.parts.format import records as _records
from pages.parts.keep import FEW, kept

NoBuildError = store.NoBuildError
#: What a query raises when the files of the build are damaged, incomplete or of another version of this program.
UnreadableError = duckdb.Error
#: Up to so many places are counted one by one where no place is chosen.
MOST_PLACES = 100
#: Every session gets the same objects, so nobody may change them.
_share = kept(64)


def build() -> str:
    """The id of the build in place; raises NoBuildError when there is none."""
    return store.build_id()


@st.cache_resource(max_entries=4, show_spinner=False)
def _connection(folder: str, build_id: str) -> tuple[duckdb.DuckDBPyConnection, bool, dict]:
    """The connection to the build in ``folder``, whether every table could be opened, and its manifest.

    Raises NoBuildError when another build, copied there, has taken its place.
    """
    connection, manifest = store.connect(Path(folder)), store.read_manifest(Path(folder))
    if manifest["build_id"] != build_id:
        raise NoBuildError(f"数据版本 {build_id} 已被新的数据替换")
    return connection, not store.unreadable(connection, manifest), manifest


#: Build -> the folder where it was last seen.
_seen: dict[str, str] = {}


def _folder(build_id: str) -> str:
    """Where the build stands or, when its files are gone, stood: what is open can be read to its end, so that a file asked
    for in a page left open is made of the figures it shows. Raises NoBuildError when it is open no longer."""
    try:
        folder = str(store.folder_of(build_id))
    except NoBuildError:
        if build_id not in _seen:
            raise
        return _seen[build_id]
    _seen[build_id] = folder
    return folder


def _cursor(build_id: str) -> duckdb.DuckDBPyConnection:
    # by the folder, not by the id: a build made again of the same inputs has the same id and stands elsewhere
    folder = _folder(build_id)
    connection, complete, _ = _connection(folder, build_id)
    if not complete:  # once it has been mended, this one is of no use
        _connection.clear(folder, build_id)
    # one connection used from several threads raises: each query takes a cursor of its own
    return connection.cursor()


@_share
def years(build_id: str) -> pd.DataFrame:
    """See queries.years; shared by all sessions."""
    return queries.years(_cursor(build_id))


@_share
def all_years(build_id: str) -> list[int]:
    """Every year that a fact is for, in order."""
    return queries.all_years(_cursor(build_id))["year"].astype(int).tolist()


@_share
def places(build_id: str) -> dict[str, tuple[str, str]]:
    """See queries.places: name -> (key, name), in menu order."""
    found = queries.places(_cursor(build_id))
    return {name: (key, name) for name, key in zip(found["district"], found["place"], strict=True)}


@_share
def place_names(build_id: str) -> dict[str, str]:
    """Key of each place -> its name, in menu order."""
    return dict(places(build_id).values())


@_share
def indicators(build_id: str) -> list[dict]:
    """See queries.indicators; rows with None for what is missing."""
    return _records(queries.indicators(_cursor(build_id)))


@_share
def pairs(
    build_id: str,
    years: tuple[int, ...],
    places: tuple[str, ...] = (),
    indicators: tuple[str, ...] = (),
    headline: bool = False,
) -> list[dict]:
    """See queries.pairs; rows with None for what is missing."""
    return _records(queries.pairs(_cursor(build_id), years, places, indicators, headline=headline))


@_share
def spans(build_id: str, places: tuple[str, ...], indicators: tuple[str, ...]) -> list[dict]:
    """See queries.spans; rows with None for what is missing."""
    return _records(queries.spans(_cursor(build_id), places, indicators))


@_share
def breaks(build_id: str, places: tuple[str, ...]) -> frozenset[frozenset[str]]:
    """See queries.breaks: sets of facts of these places that must not be joined."""
    return frozenset(frozenset(ids) for ids in queries.breaks(_cursor(build_id), places)["fact_ids"])


@_share
def target_history(build_id: str, places: tuple[str, ...], indicators: tuple[str, ...]) -> list[dict]:
    """See queries.target_history; rows with None for what is missing."""
    return _records(queries.target_history(_cursor(build_id), places, indicators))


@_share
def targets_moved(build_id: str, places: tuple[str, ...], indicators: tuple[str, ...]) -> list[str]:
    """See queries.targets_moved."""
    return queries.targets_moved(_cursor(build_id), places, indicators)


@_share
def evidence(build_id: str, fact_id: str) -> list[dict]:
    """See queries.evidence; rows with None for what is missing."""
    return _records(queries.evidence(_cursor(build_id), fact_id))


@_share
def findings_about(build_id: str, fact_ids: tuple[str, ...]) -> list[dict]:
    """See queries.findings_about; rows with None for what is missing."""
    return _records(queries.findings_about(_cursor(build_id), fact_ids))


@_share
def reports(
    build_id: str,
    places: tuple[str, ...] | None = None,
    ids: tuple[str, ...] | None = None,
    most: int | None = None,
) -> list[dict]:
    """See queries.reports; rows with None for what is missing. A build may hold very many: ask for those needed."""
    return _records(queries.reports(_cursor(build_id), places=places, report_ids=ids, most=most))


def titles(build_id: str, ids: Iterable[str | None]) -> dict[str, str]:
    """Short names of these reports by their ids, in menu order; ids that are no report's are left out."""
    wanted = tuple(sorted({each for each in ids if each}))
    return {row["report_id"]: format.report(row) for row in reports(build_id, ids=wanted)} if wanted else {}


@_share
def report_places(build_id: str) -> list[dict]:
    """See queries.report_places: rows."""
    return _records(queries.report_places(_cursor(build_id)))


def report_count(build_id: str) -> int:
    """How many reports there are."""
    return sum(row["reports"] for row in report_places(build_id))


@_share
def passages(build_id: str, report_id: str, first: int, last: int) -> list[dict]:
    """See queries.passages; rows with None for what is missing."""
    return _records(queries.passages(_cursor(build_id), report_id, first, last))


@_share
def headings(build_id: str, report_id: str) -> list[dict]:
    """See queries.headings; rows with None for what is missing."""
    return _records(queries.headings(_cursor(build_id), report_id))


@kept(FEW)
def coverage(build_id: str, places: tuple[str, ...] | None = None) -> list[dict]:
    """See queries.coverage: rows."""
    return _records(queries.coverage(_cursor(build_id), places))


@_share
def findings(build_id: str, kind: str, limit: int, offset: int) -> list[dict]:
    """See queries.findings: rows of one kind."""
    return _records(queries.findings(_cursor(build_id), kind=kind, limit=limit, offset=offset))


def findings_naming(build_id: str, fact_ids: tuple[str, ...]) -> pd.DataFrame:
    """See queries.findings: those that name one of the facts, for a file."""
    return queries.findings(_cursor(build_id), fact_ids=fact_ids)


@_share
def findings_counted(build_id: str) -> list[dict]:
    """See queries.findings_counted: rows."""
    return _records(queries.findings_counted(_cursor(build_id)))


@_share
def numbers_accounted(build_id: str, report_ids: tuple[str, ...]) -> list[dict]:
    """See queries.numbers_accounted: rows."""
    return _records(queries.numbers_accounted(_cursor(build_id), report_ids))


@_share
def numbers_in_all(build_id: str) -> list[dict]:
    """See queries.numbers_in_all: rows."""
    return _records(queries.numbers_in_all(_cursor(build_id)))


@_share
def derived(build_id: str, fact_ids: tuple[str, ...]) -> list[dict]:
    """See queries.facts_by_id; rows with None for what is missing."""
    return _records(queries.facts_by_id(_cursor(build_id), fact_ids))


@_share
def reading(build_id: str, report_id: str, first: int, last: int) -> list[dict]:
    """See queries.reading; rows with None for what is missing."""
    return _records(queries.reading(_cursor(build_id), report_id, first, last))


@_share
def numbers_between(build_id: str, report_id: str, start: int, end: int) -> list[dict]:
    """See queries.numbers_between; rows with None for what is missing."""
    return _records(queries.numbers_between(_cursor(build_id), report_id, start, end))


@_share
def numbers_for_reason(build_id: str, reason: str, report_ids: tuple[str, ...]) -> list[dict]:
    """See queries.numbers_for_reason; rows."""
    return _records(queries.numbers_for_reason(_cursor(build_id), reason, report_ids))


@_share
def facts_between(build_id: str, report_id: str, start: int, end: int) -> list[dict]:
    """See queries.facts_between; rows with None for what is missing."""
    return _records(queries.facts_between(_cursor(build_id), report_id, start, end))


def search_words(text: str) -> tuple[str, ...]:
    """See queries.search_words."""
    return queries.search_words(text)


@_share
def narrowed(build_id: str, text: str) -> tuple[tuple[str, ...], str]:
    """See queries.narrowed."""
    found, rest = queries.narrowed(_cursor(build_id), text)
    return tuple(found), rest


@_share
def search(
    build_id: str, text: str, report_id: str | None, each: int, after: str | None = None, places: tuple[str, ...] = ()
) -> pd.DataFrame:
    """See queries.search."""
    return queries.search(_cursor(build_id), text, report_id, each=each, after=after, only=places)


@_share
def similar_indicators(build_id: str, text: str) -> list[str]:
    """See queries.similar_indicators."""
    return queries.similar_indicators(_cursor(build_id), text)


@_share
def named_indicator(build_id: str, text: str) -> str | None:
    """The name of the indicator that ``text`` names; see queries.named_indicator."""
    return queries.indicator_name(_cursor(build_id), text)


@kept(FEW)
def cells(build_id: str, district: str, code: str | None, theme: str | None) -> list[dict]:
    """See queries.cells; rows with None for what is missing."""
    return _records(queries.cells(_cursor(build_id), district, code, theme))


@kept(FEW)
def held(build_id: str, places: tuple[str, ...]) -> list[dict]:
    """See queries.held: rows."""
    return _records(queries.held(_cursor(build_id), places))


@_share
def held_by_year(build_id: str) -> list[dict]:
    """See queries.held_by_year: rows."""
    return _records(queries.held_by_year(_cursor(build_id)))


@_share
def catalogue(build_id: str) -> pd.DataFrame:
    """See queries.catalogue; shared by all sessions."""
    return queries.catalogue(_cursor(build_id))


@_share
def supplement(build_id: str, source: int) -> list[dict]:
    """See queries.supplement: rows of one source."""
    return _records(queries.supplement(_cursor(build_id), source))


@_share
def supplement_sources(build_id: str, most: int) -> list[dict]:
    """See queries.supplement_sources: rows."""
    return _records(queries.supplement_sources(_cursor(build_id), most))


@_share
def manifest(build_id: str) -> dict:
    """See store.read_manifest: what went into the build, when it was made, what it brought."""
    return _connection(_folder(build_id), build_id)[2]


@_share
def short_names(build_id: str) -> dict[str, str]:
    """See catalog.short_names; none while the catalogue is being edited."""
    try:
        return catalog.short_names()
    except catalog.CatalogError:
        return {}


@_share
def every_indicator(build_id: str) -> dict[str, str]:
    """See queries.every_indicator: name -> what queries.statements takes for it."""
    found = queries.every_indicator(_cursor(build_id))
    return dict(zip(found["indicator"], found["item"], strict=True))


@kept(16)
def statements(
    build_id: str, filters: dict, order: str, descending: bool, limit: int, offset: int, columns: tuple[str, ...]
) -> pd.DataFrame:
    """See queries.statements; shared by all sessions, so nobody may change it."""
    return queries.statements(
        _cursor(build_id), **filters, order=order, descending=descending, limit=limit, offset=offset, columns=columns
    )


@_share
def statements_counted(build_id: str, filters: dict) -> pd.DataFrame:
    """See queries.statements_counted; shared by all sessions. Where there are many places to count at, they are not."""
    few = bool(filters.get("places")) or len(places(build_id)) <= MOST_PLACES
    return queries.statements_counted(_cursor(build_id), by_place=few, **filters)


@_share
def wide_size(build_id: str, filters: dict) -> tuple[int, int, int]:
    """See queries.wide_size: numbers, rows, columns."""
    return queries.wide_size(_cursor(build_id), **filters)


@kept(4)
def wide(build_id: str, filters: dict) -> dict[str, pd.DataFrame]:
    """See queries.wide_parts; shared by all sessions, so nobody may change it."""
    return queries.wide_parts(_cursor(build_id), **filters)


def every_statement(build_id: str, filters: dict, order: str, descending: bool) -> pd.DataFrame:
    """All rows of queries.statements, for a file; too many to be kept."""
    return queries.statements(_cursor(build_id), **filters, order=order, descending=descending)


def statements_by_id(build_id: str, fact_ids: tuple[str, ...]) -> pd.DataFrame:
    """The named facts as queries.statements gives them, for a file; none when none is named."""
    return queries.statements(_cursor(build_id), fact_ids=fact_ids or ("",))


# statements that people write themselves ------------------------------------------------------------------------------
@st.cache_resource(show_spinner=False)
def _pool() -> sandbox_pool.Pool:
    return sandbox_pool.Pool()


def sql_offered() -> bool:
    """Whether people may write statements of their own: PLANBOARD_SQL=off takes it away."""
    return os.environ.get("PLANBOARD_SQL", "").strip().lower() not in ("off", "0", "no", "false")


def sql_refused() -> str:
    """Why no statement can be run on this server, in words; empty when they can."""
    return "" if sandbox_pool.available() else sandbox_pool.UNAVAILABLE


def sql_limits() -> sandbox_pool.Limits:
    """How long a statement may run and how much it may bring."""
    return _pool().limits


def sql_warm(build_id: str) -> None:
    """Get ready for a statement; returns at once."""
    _pool().warm(build_id, store.parquet_dir())


def sql_start(build_id: str, statement: str) -> sandbox_pool.Job:
    """Run a statement over the build; returns at once, see sandbox_pool.Job."""
    return _pool().start(build_id, store.parquet_dir(), statement)


def sql_tables() -> tuple[dictionary.Table, ...]:
    """See dictionary.tables."""
    return dictionary.tables()


def sql_examples() -> tuple[dictionary.Example, ...]:
    """See dictionary.examples."""
    return dictionary.examples()
