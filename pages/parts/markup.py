"""Text of reports as HTML that shows it as text: everything is escaped, only our own tags are added. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as _escape

from pages.parts import format


@dataclass(frozen=True)
class Link:
    """A cell that leads to another address of the app; ``title`` says more when it is pointed at."""

    text: str
    href: str
    title: str = ""


@dataclass(frozen=True)
class Outside:
    """A cell that leads to a web page elsewhere; only http and https become links, everything else stays text."""

    text: str
    href: str | None


@dataclass(frozen=True)
class Soft:
    """A cell in the muted colour: what is missing, and why."""

    text: str
    title: str = ""


@dataclass(frozen=True)
class Stack:
    """A cell of several lines, each of them text, Link, Outside or Soft."""

    lines: tuple


@dataclass(frozen=True)
class Group:
    """A row that heads the rows below it."""

    text: str


def escape(text: str) -> str:
    """``text`` as HTML that shows it as it is written, with a sign for each character that nobody sees (format.visible)."""
    return _escape(format.visible(text))


_MARKS = re.compile(r"[\\`*_{}\[\]()<>#+!|~$:&.@]")


def literal(text: str) -> str:
    """``text`` for a label or message of Streamlit's that reads Markdown, to be shown as it is written."""
    return _MARKS.sub(r"\\\g<0>", format.visible(text))


def inline(value: object) -> str:
    """A value of a cell as HTML: everything escaped, links only where the value is a Link or an Outside."""
    if isinstance(value, Stack):
        return "".join(f"<div>{inline(line)}</div>" for line in value.lines)
    text = escape("" if value is None else str(getattr(value, "text", value)))
    title = f' title="{escape(value.title)}"' if getattr(value, "title", "") and not isinstance(value, str) else ""
    if isinstance(value, Link):
        return f'<a href="{escape(value.href)}" target="_self"{title}>{text}</a>'
    if isinstance(value, Outside) and (value.href or "").startswith(("http://", "https://")):
        return f'<a href="{escape(value.href)}" target="_blank" rel="noopener noreferrer">{text}</a>'
    if isinstance(value, Soft):
        return f'<span class="pb-muted"{title}>{text}</span>'
    return text


def marked(text: str, spans: Sequence[tuple[int, int]], css: str = "") -> str:
    """``text`` escaped, with ``spans`` (start, end; clipped to the text, in order, not overlapping) in <mark>."""
    out, at = [], 0
    opening = f'<mark class="{escape(css)}">' if css else "<mark>"
    for start, end in spans:
        start, end = max(start, at), min(end, len(text))
        if start < end:
            out += [escape(text[at:start]), opening, escape(text[start:end]), "</mark>"]
            at = end
    return "".join(out) + escape(text[at:])


def around(text: str, start: int, end: int, before: int, after: int) -> str:
    """``text`` from ``start`` to ``end`` in <mark>, with so many characters before and after it, escaped; … where it is cut."""
    first, last = max(start - before, 0), min(end + after, len(text))
    lead = "…" if first else ""
    shift = len(lead) - first
    return marked(lead + text[first:last] + "…" * (last < len(text)), [(start + shift, end + shift)])


def cells(text: str, span: tuple[int, int] | None) -> str:
    """A table row that the source prints one cell to a line, as a row of boxes; ``span`` is marked."""
    out, offset = [], 0
    for line in text.split("\n"):
        if line.strip():
            inside = [(span[0] - offset, span[1] - offset)] if span and span[0] < offset + len(line) else []
            out.append(f'<span class="cell">{marked(line, inside)}</span>')
        offset += len(line) + 1
    return "".join(out)


def sentences(items: Sequence[tuple[str, str | None]]) -> str:
    """A list of sentences; one with an address ends in a link to the words behind it."""
    said = "".join(
        f"<li>{escape(words)}" + (f' <a href="{escape(href)}" target="_self">看原句</a>' if href else "") + "</li>"
        for words, href in items
    )
    return f'<ul class="pb-said">{said}</ul>' if said else ""


def table(
    head: Sequence[object],
    rows: Sequence[Sequence[object] | Group],
    *,
    numeric: Sequence[int] = (),
    caption: str = "",
    css: str = "",
) -> str:
    """A plain HTML table of text and the cells above; ``numeric`` columns are set right; the first cell heads its row.

    ``css`` adds a class to the table; pb-stick keeps the first column in sight, pb-prose lets text wrap in it.
    """

    def cell(tag: str, i: int, value: object) -> str:
        scope = ' scope="row"' if tag == "th" else ""
        return f"<{tag}{scope}{' class=num' if i in numeric else ''}>{inline(value)}</{tag}>"

    def line(row: Sequence[object] | Group) -> str:
        if isinstance(row, Group):
            return f'<tr class="group"><th scope="rowgroup" colspan="{len(head)}">{escape(row.text)}</th></tr>'
        return "<tr>" + "".join(cell("td" if i else "th", i, value) for i, value in enumerate(row)) + "</tr>"

    top = "".join(f'<th scope="col"{" class=num" if i in numeric else ""}>{inline(h)}</th>' for i, h in enumerate(head))
    body = "".join(line(row) for row in rows)
    title = f"<caption><span>{escape(caption)}</span></caption>" if caption else ""
    return (
        f'<div class="pb-scroll" tabindex="0"><table class="pb-table{" " + escape(css) if css else ""}">{title}<thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
