"""Two builds side by side, and one fact with its evidence, for a person to read."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from rich.console import Console
from rich.table import Table
from rich.text import Text

from data import store
from etl import write
from etl.read import ReportError, decode

_SHOWN = ("report_id", "line_start", "district", "indicator", "measure", "status", "year", "value", "unit", "value_text")
_WATCHED = ("value", "unit", "comparator", "value_text", "preferred", "indicator_id", "period", "period_start", "category", "rule")


#: Facts of the old build (a) and of the new one (b) that are the same fact, and differ in this column.
_CHANGED = "FROM a JOIN b USING (fact_id) WHERE a.{0} IS DISTINCT FROM b.{0}"
_NOT_IN = "FROM {} ANTI JOIN {} USING (fact_id)"


def _frame(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Rows of facts with whole numbers that may be missing."""
    return rows.to_arrow_table().to_pandas(types_mapper={pa.int32(): pd.Int32Dtype()}.get).set_index("fact_id")


def _both(old: str, new: str, scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """The facts of two builds as the views a and b; ``old`` and ``new`` as DuckDB reads them."""
    connection = write.scratch_database(scratch)
    connection.execute(f"CREATE VIEW a AS SELECT * FROM {old}")
    connection.execute(f"CREATE VIEW b AS SELECT * FROM {new}")
    return connection


def changes(old: Path, new: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Facts that went, came, and changed between two builds. The third has columns fact_id, column, before, after.

    Raises NoBuildError when one of them is no build.
    """
    with _both(*(store.relation(Path(f), store.read_manifest(Path(f)), "facts") for f in (old, new))) as connection:
        gone, come = (_frame(connection.sql(f"SELECT * {_NOT_IN.format(*names)}")) for names in ("ab", "ba"))
        rows = []
        for column in _WATCHED:
            found = connection.execute(f"SELECT fact_id, '{column}', a.{column}, b.{column} {_CHANGED.format(column)} ORDER BY fact_id")
            rows += found.fetchall()
    return gone, come, pd.DataFrame(rows, columns=["fact_id", "column", "before", "after"], dtype=object)


def since(old: Path, build_id: str, folder: Path, manifest: dict, scratch: Path | None = None) -> dict | None:
    """What the tables in ``folder`` bring against the build in ``old``; None when there is none to compare with.

    Keys: build_id of the old build, come, gone, changed (counts of facts), reports (ids that are new). A build of the
    same inputs and code keeps what was said when it was first made. ``manifest`` lists the tables in ``folder``.
    """
    try:
        before = store.read_manifest(old)
        if before["build_id"] == build_id:
            return before.get("since")
        with _both(store.relation(Path(old), before, "facts"), store.relation(folder, manifest, "facts"), scratch) as connection:
            gone, come = (connection.execute(f"SELECT count(*) {_NOT_IN.format(*names)}").fetchone()[0] for names in ("ab", "ba"))
            different = " OR ".join(f"a.{c} IS DISTINCT FROM b.{c}" for c in _WATCHED)
            (changed,) = connection.execute(f"SELECT count(*) FROM a JOIN b USING (fact_id) WHERE {different}").fetchone()
            there, here = store.relation(Path(old), before, "reports"), store.relation(folder, manifest, "reports")
            known = {row[0] for row in connection.execute(f"SELECT report_id FROM {there}").fetchall()}
            reports = [row[0] for row in connection.execute(f"SELECT report_id FROM {here}").fetchall() if row[0] not in known]
    except (store.NoBuildError, OSError, KeyError, ValueError, duckdb.Error):
        return None  # a broken old build is no reason to do without the new one
    return {"build_id": before["build_id"], "come": come, "gone": gone, "changed": changed, "reports": reports}


def show(old: Path, new: Path, console: Console) -> None:
    """Print what changed from ``old`` to ``new``. Raises NoBuildError when one of them is no build."""
    gone, come, changed = changes(old, new)
    console.print(f"{store.build_id(old)} → {store.build_id(new)}：少了 {len(gone)} 条，多了 {len(come)} 条，变了 {changed['fact_id'].nunique()} 条")
    for title, frame in (("少了", gone), ("多了", come)):
        if len(frame):
            table = Table(title=title)
            for c in _SHOWN:
                table.add_column(c)
            for row in frame.sort_values(["report_id", "line_start"]).itertuples():
                table.add_row(*("" if pd.isna(v) else str(v) for v in (getattr(row, c) for c in _SHOWN)))
            console.print(table)
    if len(changed):
        table = Table(title="变了")
        for c in changed.columns:
            table.add_column(c)
        for row in changed.itertuples(index=False):
            table.add_row(*map(str, row))
        console.print(table)


def _rows(folder: Path, table: str, column: str, value: str) -> pd.DataFrame:
    """The rows of a table that have this value, whatever the size of the table."""
    paths = store.files(Path(folder), store.read_manifest(folder), table)
    return pd.concat([pd.read_parquet(path, filters=[(column, "==", value)]) for path in paths])


def explain(fact_id: str, folder: Path, reports: Path, console: Console, depth: int = 0) -> bool:
    """Print one fact, its sentence in context, its rule and what it is derived from; False when there is none."""
    found = _rows(folder, "facts", "fact_id", fact_id)
    if found.empty:
        return False
    f = found.iloc[0]
    pad = "  " * depth
    value = f["value_text"] if pd.isna(f["value"]) else f"{f['value']:g} {f['unit'] or ''}"
    console.print(Text(f"{pad}{fact_id}  {f['district']} {f['indicator']} {f['measure']} {f['status']} {f['year']}（{f['period']}）= {value}", "bold"))
    printed = "" if pd.isna(f["value_reported"]) else f"{f['value_reported']:g}{f['unit_reported'] or ''}"
    console.print(f"{pad}原文数值 {printed or '—'}  比较 {f['comparator']}  规则 {f['rule']}  来源 {f['origin']}  首选 {bool(f['preferred'])}", markup=False)
    if not pd.isna(f["note"]):
        console.print(f"{pad}说明 {f['note']}", markup=False)
    if not pd.isna(f["source_title"]):
        console.print(f"{pad}出处 {f['source_title']} {f['source_url'] if not pd.isna(f['source_url']) else ''}", markup=False)
    if not pd.isna(f["char_start"]):
        _context(f, folder, reports, console, pad)
    for source in f["derived_from"] if f["derived_from"] is not None else ():
        explain(source, folder, reports, console, depth + 1)
    return True


def _context(f: pd.Series, folder: Path, reports: Path, console: Console, pad: str) -> None:
    report = _rows(folder, "reports", "report_id", f["report_id"]).iloc[0]
    console.print(f"{pad}{report['title']}  第 {f['line_start']} 行  {f['section'] or ''}", markup=False)
    start, end = int(f["char_start"]), int(f["char_end"])
    try:
        text, _ = decode((reports / report["file"]).read_bytes(), report["file"])
    except (OSError, ReportError):
        console.print(f"{pad}“{f['quote']}”", markup=False)
        return
    line = Text(pad + "…" + text[max(0, start - 40): start])
    line.append(text[start:end], "reverse")
    line.append(text[end: end + 40] + "…")
    console.print(line)
