"""Text of reports as HTML that shows it as text: everything is escaped, only our own tags are added. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Link:
    """A cell that leads to another address of the app."""

    text: str
    href: str


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


def cells(text: str, span: tuple[int, int] | None) -> str:
    """A table row that the source prints one cell to a line, as a row of boxes; ``span`` is marked."""
    out, offset = [], 0
    for line in text.split("\n"):
        if line.strip():
            inside = [(span[0] - offset, span[1] - offset)] if span and span[0] < offset + len(line) else []
            out.append(f'<span class="cell">{marked(line, inside)}</span>')
        offset += len(line) + 1
    return "".join(out)


def table(
    head: Sequence[str], rows: Sequence[Sequence[object]], *, numeric: Sequence[int] = (), caption: str = ""
) -> str:
    """A plain HTML table of text and ``Link``; ``numeric`` columns are set right; the first cell heads its row."""

    def cell(tag: str, i: int, value: object) -> str:
        scope = ' scope="row"' if tag == "th" else ""
        text = escape("" if value is None else str(getattr(value, "text", value)))
        if isinstance(value, Link):
            text = f'<a href="{escape(value.href)}" target="_self">{text}</a>'
        return f"<{tag}{scope}{' class=num' if i in numeric else ''}>{text}</{tag}>"

    top = "".join(f'<th scope="col"{" class=num" if i in numeric else ""}>{escape(h)}</th>' for i, h in enumerate(head))
    body = "".join(
        "<tr>" + "".join(cell("td" if i else "th", i, value) for i, value in enumerate(row)) + "</tr>" for row in rows
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="pb-scroll" tabindex="0"><table class="pb-table">{title}<thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
