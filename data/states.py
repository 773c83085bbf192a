"""The words for what a target and its result come to, and for why there is nothing: catalog/states.csv, the only place for them.

Every page, picture and file uses these words; where there is little room the short ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from data.catalog import STATE_COLUMNS, csv_rows
from data.store import CATALOG_DIR


@dataclass(frozen=True)
class Said:
    """Words for a state; ``short`` where there is little room, ``least`` where there is hardly any, ``meaning`` in a sentence."""

    state: str
    words: str
    short: str
    least: str
    meaning: str


@cache
def said() -> dict[str, Said]:
    """The words of each state, in the order of the catalogue; short and least are filled where the catalogue leaves them empty."""
    found = {}
    for _, row in csv_rows(CATALOG_DIR / "states.csv", STATE_COLUMNS, []):
        short = row["short"] or row["words"]
        found[row["state"]] = Said(row["state"], row["words"], short, row["least"] or short, row["meaning"])
    return found


def untargeted(row: dict) -> Said:
    """Why there is no target beside the result of a row of queries.pairs."""
    return said()["untargeted" if row["sets_targets"] else "unlisted" if row["covered"] else "target_not_held"]
