"""Compares facts with a golden table read by hand: which rows are found, which are right, which traps were taken."""

from __future__ import annotations

import csv
import difflib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from data.catalog import Catalog, normalise

_FILLER = re.compile(r"全[区市县]|数量$|总量$|的|情况|了|（.*?）")


@dataclass
class Score:
    """Counts by kind of row, and the rows that failed, for the message of a failing test."""

    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    trapped: list[str] = field(default_factory=list)

    def share(self, counts: dict[str, int], kind: str) -> float:
        return counts[kind] / self.rows[kind] if self.rows[kind] else 1.0


def load(path: Path) -> list[dict]:
    with open(path, encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def same_name(a: str, b: str, catalog: Catalog) -> bool:
    """The same indicator: one catalogue entry, or wordings that contain each other or are nearly equal."""
    known = [catalog.aliases.get(normalise(x)) for x in (a, b)]
    if all(known):
        return known[0][0] == known[1][0]
    x, y = (_FILLER.sub("", normalise(n)) for n in (a, b))
    return x == y or (min(len(x), len(y)) > 1 and (x in y or y in x)) or difflib.SequenceMatcher(None, x, y).ratio() >= 0.5


def score(facts: list[dict], text: str, golden: list[dict], catalog: Catalog) -> Score:
    """``facts``: rows of one report, each with ``place`` (offset of its number). Every fact answers one row at most."""
    by_line: dict[int, list[dict]] = defaultdict(list)
    starts = [0] + [m.end() for m in re.finditer("\n", text)]
    for f in facts:
        by_line[text.count("\n", 0, f["place"]) + 1].append(f)
    used: set[int] = set()
    result = Score()
    for row in golden:
        if row["kind"] == "trap":
            continue
        result.rows[row["kind"]] += 1
        wanted = _number(row["value"])
        best, best_rank = None, None
        for f in by_line[int(row["line"])]:
            if id(f) in used or not _same_value(f, row, wanted):
                continue
            rank = (same_name(f["indicator"], row["indicator"], catalog), f["measure"] == row["measure"],
                    (f["status"], f["year"]) == (row["status"], int(row["year"])))
            if best_rank is None or rank > best_rank:
                best, best_rank = f, rank
        where = f"{row['line']} {row['indicator']} {row['measure']} {row['status']} {row['year']} {row['value'] or row['value_text']}"
        if best is None:
            result.missed.append(where)
            continue
        used.add(id(best))
        result.found[row["kind"]] += 1
        if all(best_rank) and (wanted is None or best["printed"] == wanted):
            result.right[row["kind"]] += 1
        else:
            result.wrong.append(f"{where} <- {best['indicator']} {best['measure']} {best['status']} {best['year']} {best['printed']}")
    for row in golden:
        if row["kind"] != "trap" or _number(row["value_reported"]) is None:
            continue
        at = text.find(row["snippet"], starts[int(row["line"]) - 1])
        for f in by_line[int(row["line"])]:
            inside = at <= f["place"] <= at + len(row["snippet"])
            if id(f) not in used and inside and f["printed"] is not None and abs(f["printed"]) == abs(_number(row["value_reported"])):
                result.trapped.append(f"{row['line']} {f['indicator']} {f['printed']} | {row['snippet']}")
                break
    return result


def _same_value(f: dict, row: dict, wanted: float | None) -> bool:
    if wanted is None:
        words = row["value_text"]
        return f["value_text"] is not None and not f["printed"] and (
            not words or words[:4] in f["value_text"] or f["value_text"] in words)
    return f["printed"] is not None and abs(abs(f["printed"]) - abs(wanted)) < 1e-9
