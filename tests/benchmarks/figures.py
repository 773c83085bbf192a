"""What the benchmarks share: rows of figures with a ratio and its goal, printed as a table; nothing here fails a run."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """A line of a table: its name, figures as text, the ratio and the most it should be (None: none is set)."""

    name: str
    cells: Sequence[str] = field(default_factory=list)
    ratio: float | None = None
    goal: float | None = None

    @property
    def ok(self) -> bool:
        """Within the goal, or without one."""
        return self.ratio is None or self.goal is None or self.ratio <= self.goal


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def note(title: str, head: Sequence[str], rows: Sequence[Row]) -> None:
    """Rows for the one table at the end: a line in the file BENCH_ROWS, where there is one."""
    if os.environ.get("BENCH_ROWS"):
        with open(os.environ["BENCH_ROWS"], "a", encoding="utf-8") as file:
            file.write(json.dumps({"title": title, "head": list(head), "rows": [asdict(row) for row in rows]}) + "\n")


def show(title: str, head: Sequence[str], rows: Sequence[Row]) -> None:
    """Print a table; a ratio above its goal is marked."""
    note(title, head, rows)
    table = Table(title=title)
    for n, name in enumerate(head):
        table.add_column(name, justify="right" if n else "left")
    for row in rows:
        ratio = [] if row.ratio is None else [f"{row.ratio:.2f}" + ("" if row.ok else f"（目标 {row.goal:g}）")]
        table.add_row(row.name, *row.cells, *ratio)
    Console(width=120).print(table)
    aimed = [row for row in rows if row.goal is not None]
    if aimed:
        print(f"{sum(row.ok for row in aimed)}/{len(aimed)} 项达到目标")
