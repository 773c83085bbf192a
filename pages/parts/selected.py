"""What the selection asks for: its indicators and the rows of queries.pairs behind them."""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts import cached, filters

Rows = dict[str, list[dict]]  # by indicator or place, in menu order


def indicators(view: filters.Selection, most: int, first: int = 1) -> tuple[list[dict], int]:
    """The indicators to show (rows of queries.indicators) and how many of the theme are left out.

    Those picked by name; else those of the theme; else the ``first`` headline ones.
    """
    menu = cached.indicators(view.build)
    if view.indicators:
        return [row for row in menu if row["indicator_id"] in view.indicators], 0
    if view.theme:
        found = [row for row in menu if row["category"] == view.theme]
        # headline indicators first, then those with the most statements; shown in menu order
        kept = sorted(found, key=lambda row: (row["headline_order"] is None, -row["facts"]))[:most]
        return [row for row in found if row in kept], len(found) - len(kept)
    headline = sorted((row for row in menu if row["headline_order"] is not None), key=lambda row: row["headline_order"])
    return (headline or menu)[:first], 0


def pairs(view: filters.Selection, years: Sequence[int], wanted: Sequence[dict]) -> Rows:
    """Rows of queries.pairs of the wanted indicators in the chosen places, by indicator name."""
    rows = cached.pairs(view.build, tuple(years), view.place_keys, tuple(each["indicator_id"] for each in wanted))
    return grouped(rows, "indicator")


def history(view: filters.Selection, wanted: Sequence[dict]) -> Rows:
    """As ``pairs``, over all years from the first of the five to the last that any plan names."""
    last = max(int(year) for year in cached.all_years(view.build))
    return pairs(view, range(filters.TREND_YEARS[0], max(last, filters.TREND_YEARS[-1]) + 1), wanted)


def axis_years(rows: Rows, spans: Sequence[dict]) -> list[int]:
    """Every year from the first of the five to the last one something is said of; the five at least."""
    named = [row["year"] for each in rows.values() for row in each if row["actual_id"] or row["target"] is not None]
    last = max([*named, *(span["year"] for span in spans), filters.TREND_YEARS[-1]])
    return list(range(filters.TREND_YEARS[0], last + 1))


def grouped(rows: Sequence[dict], field: str) -> Rows:
    """Rows by the value of one field, in order of first appearance."""
    found: Rows = {}
    for row in rows:
        found.setdefault(row[field], []).append(row)
    return found


def documents(view: filters.Selection, rows: Sequence[dict]) -> str:
    """The documents that rows of queries.pairs come from, in words."""
    used = {row.get(f"{side}_report") for row in rows for side in ("actual", "target") if row.get(f"{side}_id")}
    said = list(cached.titles(view.build, used).values())
    origins = {row.get("actual_origin") for row in rows}
    said += ["补充来源（见数据说明）"] if "supplement" in origins else []
    said += ["推算值"] if "derived" in origins else []
    return "、".join(said) or "—"
