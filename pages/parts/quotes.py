"""A fact of queries.evidence in words, and where its value stands in the report's sentence. Pure."""

from __future__ import annotations

from pages.parts import format, markup, reader
from pages.parts.markup import escape


def subject(row: dict) -> str:
    """What a fact is about: 綦江 · 地区生产总值 · 2024年增速."""
    when = format.period(row["year"], row["period"], row["period_start"])
    return f"{row['district']} · {row['indicator']} · {when}{format.measure(row['measure'], row['unit'], row.get('unit_change'))}"


def in_words(row: dict) -> str:
    """One line that names a fact: 綦江 · 地区生产总值 · 2024年增速 · 完成情况 +5.5%."""
    return f"{subject(row)} · {format.STATUSES[row['status']]} {format.fact(row)}"


def listed(row: dict) -> dict:
    """A fact as reader.facts_list takes it."""
    when = format.period(row["year"], row["period"], row["period_start"])
    return {
        "fact_id": row["fact_id"],
        "line": row["line_end"],
        "name": row["indicator"],
        "when": when + ("" if row["measure"] == "level" else format.measure(row["measure"], row["unit"], row.get("unit_change"))),
        "side": format.SIDES[row["status"]],
        "value": format.fact(row),
    }


def place_words(row: dict) -> str | None:
    """第12行, 第12—14行; None for what stands in no report."""
    if row["line_start"] is None:
        return None
    last = row["line_end"] or row["line_start"]
    return f"第{row['line_start']}行" if last == row["line_start"] else f"第{row['line_start']}—{last}行"


def value_span(row: dict) -> tuple[int, int] | None:
    """Where the value stands inside the quote: the printed number's own place, else the first match of its words."""
    text = row["quote"] or ""
    if row["value_start"] is not None and row["char_start"] is not None:
        start, end = row["value_start"] - row["char_start"], row["value_end"] - row["char_start"]
        if 0 <= start < end <= len(text):
            minus = (row["value_reported"] or 0) < 0 and text[start - 1 : start] in ("-", "−", "－")
            return start - minus, end
    printed = row["value_text"] if row["value_reported"] is None else format.number(abs(row["value_reported"]))
    start = text.find(printed) if printed else -1
    return (start, start + len(printed)) if start >= 0 else None


def spans(row: dict) -> list[reader.Span]:
    """The quote and, over it, its value, as places in the report."""
    value = value_span(row)
    start = row["char_start"]
    return [
        reader.Span(start, row["char_end"], "span"),
        *([reader.Span(start + value[0], start + value[1])] if value else []),
    ]


def place(row: dict) -> reader.Place:
    """The lines of the quote, and where its value ends."""
    value = value_span(row)
    return reader.Place(row["line_start"], row["line_end"], row["char_start"] + value[1] if value else row["char_end"])


def quote(row: dict) -> str:
    """The exact quote as escaped HTML with the value marked; a table row as a row of cells. Empty without a quote."""
    if not row["quote"]:
        return ""
    span = value_span(row)
    inner = (
        markup.cells(row["quote"], span)
        if row["origin"] == "table"
        else markup.marked(row["quote"], [span] if span else [])
    )
    return f'<blockquote class="pb-quote" data-fact="{escape(row["fact_id"])}">{inner}</blockquote>'
