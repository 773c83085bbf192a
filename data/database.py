"""The tables of a build as DuckDB tables in the order that queries read them, with small summaries of them beside.

``fill`` serves the file that the build writes and, where there is no such file, a database in memory. The summaries
(schema ``summary``) say nothing that the tables do not say; each is the answer of a statement in ``data/sql/summary``.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb

SUMMARIES = Path(__file__).resolve().parent / "sql" / "summary"
#: Table -> its parquet files.
Sources = Mapping[str, Sequence[Path]]
#: Table -> the order of its rows. All stand in menu order: what belongs to a place, or to a report, is one run of rows, and
#: a list in that order can stop early.
ORDERS = {
    "facts": "FROM {source} t LEFT JOIN districts d USING (district_code) LEFT JOIN "
    "(SELECT indicator_id, row_number() OVER () AS position FROM indicators) m ON m.indicator_id = t.indicator_id "
    "ORDER BY d.menu_order NULLS LAST, t.district_code NULLS LAST, t.district, m.position NULLS LAST, t.indicator, t.year, "
    "t.period_start, t.measure, t.status, t.preferred DESC, t.report_id, t.line_start, t.fact_id",
    "reports": "FROM {source} t LEFT JOIN districts d USING (district_code) "
    "ORDER BY d.menu_order NULLS LAST, t.district_code NULLS LAST, t.district, t.year_to DESC, t.report_id",
    "numbers": "FROM {source} t LEFT JOIN reports r USING (report_id) ORDER BY r.rowid, t.report_id, t.char_start",
    "passages": "FROM {source} t LEFT JOIN reports r USING (report_id) ORDER BY r.rowid, t.report_id, t.char_start",
    "findings": "FROM {source} t "
    "ORDER BY t.kind, array_position(['error', 'warning', 'info'], t.severity), t.report_id, t.line, t.finding_id",
}
#: The comparator of targets such as 与经济增长同步: growth of this indicator, same place and year.
_ECONOMY = "CREATE MACRO summary.economy() AS 'gdp'"
#: The words by which a fact is found: its sentence; where it has none, what stands for one.
_WORDED = (
    "CREATE MACRO summary.worded(quote, indicator, indicator_reported, value_text, source_title, note) AS "
    "coalesce(quote, concat_ws(' ', indicator, indicator_reported, value_text, source_title, note))"
)
#: The others are put in order by these; the own order of the first two is that of the catalogue.
FIRST = ("districts", "indicators", "reports")
#: Columns kept as they are: a row of them is read at once, where a compressed one has its whole segment unpacked. Sentences
#: grow to twice the room, and a page of facts from all over the table takes half the time.
PLAIN = {("facts", "quote")}
#: A summary of all letters of all texts is made of so many passages at a time: which pairs of letters a place has is held in
#: memory, about 1 KB for each passage, and DuckDB does not put that on disk in time.
PORTION = 20_000
#: Mark in such a statement -> what its rows are counted by.
_ROWS = {"passages": "t.rowid", "facts": "f.rowid", "positions": "p.position"}


@cache
def summaries() -> dict[str, str]:
    """Name of each summary -> the statement that makes it, in the order they are made."""
    found = {path.stem: path.read_text(encoding="utf-8").strip() for path in sorted(SUMMARIES.glob("*.sql"))}
    return found


def described() -> dict[str, str]:
    """Name of each summary -> what a row is, in Chinese: the first line of its statement."""
    return {name: text.splitlines()[0].removeprefix("--").strip() for name, text in summaries().items()}


def relation(paths: Sequence[Path]) -> str:
    """The table of these parquet files, as it stands behind FROM."""
    names = (str(path).replace("'", "''") for path in paths)
    return "read_parquet([" + ", ".join(f"'{name}'" for name in names) + "])"


def fill(connection: duckdb.DuckDBPyConnection, sources: Sources, *, lenient: bool = False) -> None:
    """Make the tables, read from parquet files (name -> files, in the order of their rows), and their summaries in an
    empty database.

    DuckDB reads piece by piece and puts what does not fit into memory on disk. Raises duckdb.Error for a damaged file;
    ``lenient`` leaves its table out, and the summaries that rest on it.
    """

    def make(name: str, rows: str) -> bool:
        try:
            columns = connection.execute(f"DESCRIBE {rows}").fetchall()
            kinds = (f'"{column}" {kind}{" USING COMPRESSION uncompressed" * ((name, column) in PLAIN)}' for column, kind, *_ in columns)
            connection.execute(f"CREATE OR REPLACE TABLE {name} ({', '.join(kinds)})")
            connection.execute(f"INSERT INTO {name} {rows}")
        except duckdb.Error:
            connection.execute(f"DROP TABLE IF EXISTS {name}")
            if not lenient:
                raise
            return False
        return True

    connection.execute("SET enable_progress_bar = false")
    for name in sorted(sources, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST)):
        source = relation(sources[name])
        if not make(name, f"SELECT t.* {ORDERS.get(name, 'FROM {source} t').format(source=source)}"):
            make(name, f"SELECT t.* FROM {source} t")  # a table without those it is put in order by
    connection.execute("CREATE SCHEMA summary")
    connection.execute(_ECONOMY)
    connection.execute(_WORDED)
    for name, statement in summaries().items():
        make(f"summary.{name}", _gathered(connection, statement) if "/*positions*/" in statement else statement)
    connection.execute("DROP TABLE IF EXISTS gathered")
    connection.execute("CREATE TABLE summary.made_of (name VARCHAR, bytes BIGINT)")
    connection.executemany("INSERT INTO summary.made_of VALUES (?, ?)", list(_marks(sources).items()))


def _gathered(connection: duckdb.DuckDBPyConnection, statement: str) -> str:
    """A statement for the same rows as one made in portions: itself, or what its portions have left in a table."""
    portions = _portions(connection)
    for n, portion in enumerate(portions):
        into = "INSERT INTO gathered" if n else "CREATE OR REPLACE TEMP TABLE gathered AS"
        made = statement
        for name, (first, last) in portion.items():
            made = made.replace(f"/*{name}*/ TRUE", f"{_ROWS[name]} BETWEEN {first} AND {last}")
        connection.execute(f"{into} {made}")
    return "SELECT * FROM gathered ORDER BY ALL" if portions else statement


def _portions(connection: duckdb.DuckDBPyConnection) -> list[dict[str, tuple[int, int]]]:
    """What the marks of a statement made in portions stand for: the first and last row of each. Empty when there are so few
    texts that one will do, or tables are missing."""
    try:
        rows = connection.execute(
            f"""
            WITH here AS (
                SELECT p.position, any_value(p.first_row) AS first_fact, any_value(p.last_row) AS last_fact,
                    min(t.first_row) AS first_text, max(t.last_row) AS last_text,
                    coalesce(sum(t.last_row - t.first_row + 1), 0) AS texts
                FROM summary.places p LEFT JOIN summary.text_rows t USING (position) GROUP BY p.position
            ),
            counted AS (SELECT *, (sum(texts) OVER (ORDER BY position) - texts) // {PORTION} AS portion FROM here)
            SELECT min(first_text), max(last_text), min(first_fact), max(last_fact), min(position), max(position)
            FROM counted GROUP BY portion ORDER BY portion
            """
        ).fetchall()
    except duckdb.Error:
        return []
    bounds = [[-1 if bound is None else int(bound) for bound in row] for row in rows]
    if len(bounds) < 2:
        return []
    return [{"passages": (a, b), "facts": (c, d), "positions": (e, f)} for a, b, c, d, e, f in bounds]


def _marks(sources: Sources) -> dict[str, int]:
    """The size of each source in bytes, -1 where a file is missing, and a checksum of the statements here."""
    statements = repr((ORDERS, PLAIN, _ECONOMY, _WORDED, summaries()))
    sizes = {
        name: sum(path.stat().st_size for path in paths) if all(path.is_file() for path in paths) else -1
        for name, paths in sources.items()
    }
    return {"": zlib.crc32(statements.encode())} | sizes


def matches(connection: duckdb.DuckDBPyConnection, sources: Sources) -> bool:
    """Whether ``fill`` would make this database of these sources: not of another build, nor by another version."""
    try:
        return dict(connection.execute("SELECT name, bytes FROM summary.made_of").fetchall()) == _marks(sources)
    except duckdb.Error:
        return False
