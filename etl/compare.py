"""Two builds side by side, and one fact with its evidence, for a person to read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from data import store
from etl.read import ReportError, decode

_SHOWN = ("report_id", "line_start", "district", "indicator", "measure", "status", "year", "value", "unit", "value_text")
_WATCHED = ("value", "unit", "comparator", "value_text", "preferred", "indicator_id", "period", "period_start", "category", "rule")


def _facts(folder: Path) -> pd.DataFrame:
    store.read_manifest(folder)
    return pd.read_parquet(Path(folder) / "facts.parquet").set_index("fact_id")


def changes(old: Path, new: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Facts that went, came, and changed between two builds. The third has columns fact_id, column, before, after."""
    return _differences(_facts(old), _facts(new))


def _differences(a: pd.DataFrame, b: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    gone, come = a.loc[~a.index.isin(b.index)], b.loc[~b.index.isin(a.index)]
    both = a.index.intersection(b.index)
    rows = []
    for column in _WATCHED:
        x, y = a.loc[both, column], b.loc[both, column]
        different = ~((x == y) | (x.isna() & y.isna())).fillna(False)
        rows += [{"fact_id": i, "column": column, "before": x[i], "after": y[i]} for i in both[different.to_numpy(bool)]]
    return gone, come, pd.DataFrame(rows, columns=["fact_id", "column", "before", "after"])


def since(old: Path, build_id: str, tables: dict[str, pd.DataFrame]) -> dict | None:
    """What ``tables`` bring against the build in ``old``, for the manifest; None when there is none to compare with.

    Keys: build_id of the old build, come, gone, changed (counts of facts), reports (ids that are new). A build of the
    same inputs and code keeps what was said when it was first made.
    """
    try:
        manifest = store.read_manifest(old)
        if manifest["build_id"] == build_id:
            return manifest.get("since")
        gone, come, changed = _differences(_facts(old), tables["facts"].set_index("fact_id"))
        known = set(pd.read_parquet(Path(old) / "reports.parquet")["report_id"])
    except (store.NoBuildError, OSError, KeyError, ValueError):
        return None  # a broken old build is no reason to do without the new one
    return {
        "build_id": manifest["build_id"],
        "come": len(come),
        "gone": len(gone),
        "changed": int(changed["fact_id"].nunique()),
        "reports": [report for report in tables["reports"]["report_id"] if report not in known],
    }


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


def explain(fact_id: str, folder: Path, reports: Path, console: Console, depth: int = 0) -> bool:
    """Print one fact, its sentence in context, its rule and what it is derived from; False when there is none."""
    facts = _facts(folder)
    if fact_id not in facts.index:
        return False
    f = facts.loc[fact_id]
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
    table = pd.read_parquet(Path(folder) / "reports.parquet").set_index("report_id")
    report = table.loc[f["report_id"]]
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
