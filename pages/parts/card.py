"""The evidence card: one number's sentence made from the data, its five years, and the exact words, as one picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pages.parts import cached, downloads, filters, format, gap, picture, quotes, selected, sheet, trend_view, wording


def pair(build: str, fact: dict) -> dict | None:
    """The row of queries.pairs that this fact of queries.evidence is a side of; None for what is compared nowhere."""
    place = fact["district_code"] or fact["district"]
    if not fact["indicator_id"]:
        return None
    rows = cached.pairs(build, (int(fact["year"]),), (place,), (fact["indicator_id"],))
    return next((row for row in rows if fact["fact_id"] in (row["target_id"], row["actual_id"])), None)


def others(build: str, row: dict) -> list[dict]:
    """Rows of queries.pairs of the same place, indicator and year as this one, in the other measures."""
    rows = cached.pairs(build, (int(row["year"]),), (row["place"],), (row["indicator_id"],))
    return [each for each in rows if each["measure"] != row["measure"]]


def png(build: str, row: dict, statements: Sequence[dict]) -> bytes:
    """The card of a row of queries.pairs, with the statements (queries.evidence) of its two sides."""
    name = next(name for name, key in filters.FILTERS["places"].options(build).items() if key[0] == row["place"])
    view = filters.Selection(
        build, places=((row["place"], name),), indicators=(row["indicator_id"],), measure=row["measure"]
    )
    drawn = trend_view.of(view)
    sides = [row[f"{side}_id"] for side in ("target", "actual")]
    words = [_quote(each) for each in statements if each["fact_id"] in sides]
    said = wording.sentence(row, gap.assess(row), others(build, row))
    return picture.png(
        picture.card(
            drawn and drawn.sheet, said, words, drawn.sheet.source if drawn else selected.documents(view, [row]), build
        )
    )


def _quote(row: dict) -> picture.Quote:
    line = quotes.place_words(row)
    where = "，".join(part for part in (row["section"], line) if part)
    words = row["quote"] or row["note"] or format.fact(row)
    span = quotes.value_span(row) if row["quote"] else None
    return picture.Quote(words, span, format.STATUSES[row["status"]], row["title"] or "", where)


def file_name(row: dict) -> str:
    """证据卡-地区生产总值_綦江_2024_2025-01-01.png."""
    name = sheet.named(f"证据卡-{row['indicator']}", [row["district"]], [int(row["year"])])
    return downloads.file_name(*name, date.today().isoformat(), "png")
