"""A view as files: picture, slides and pages of it, and the rows behind it. Made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pages.parts import cached, format, picture, quotes, screens, sheet, slides
from pages.parts.sheet import Sheet


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name for people, its ending, its media type, and how it is made from sheets."""

    name: str
    ending: str
    mime: str
    make: Callable[[Sequence[Sheet]], bytes]


def _screens(sheets: Sequence[Sheet]) -> list[Sheet]:
    return [part for made in sheets for part in screens.cut(made)]


def _png(sheets: Sequence[Sheet]) -> bytes:
    return picture.png(picture.svg(sheets[0]))


def _svg(sheets: Sequence[Sheet]) -> bytes:
    return picture.embedded(picture.svg(sheets[0])).encode()


def _pdf(sheets: Sequence[Sheet]) -> bytes:
    parts = _screens(sheets)
    pages = [picture.svg(part, page=f"{n}/{len(parts)}", fit=True) for n, part in enumerate(parts, 1)]
    return picture.pdf(pages, sheets[0].title)


def _pptx(sheets: Sequence[Sheet]) -> bytes:
    return slides.pptx([(part, said(part)) for part in _screens(sheets)], sheets[0].title)


#: Of one view.
PICTURES = (
    Kind("PNG图片", "png", "image/png", _png),
    Kind("SVG图片", "svg", "image/svg+xml", _svg),
)
#: Of one view or several.
DECKS = (
    Kind("PPTX幻灯片（图表可编辑）", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", _pptx),
    Kind("PDF", "pdf", "application/pdf", _pdf),
)  # fmt: skip


def said(made: Sheet) -> list[str]:
    """The sentences behind a sheet, a line for each fact: what it is, the report's own words, and where they stand."""
    ids = sheet.facts(made.rows)
    if not ids:
        return []
    rows = {row["fact_id"]: row for row in format.records(cached.derived(made.build, ids))}
    titles = {report["report_id"]: format.report(report) for report in cached.reports(made.build)}
    return [_line(rows[each], titles) for each in ids if each in rows]


def _line(row: dict, titles: dict[str, str]) -> str:
    if row["quote"]:
        words = "".join(row["quote"].split("\n")).strip()
        where = f"——{titles.get(row['report_id'], row['report_id'])}第{row['line_start']}行"
        return f"{quotes.in_words(row)}：“{words}”{where}"
    words = row["source_title"] or row["note"] or "推算值"
    address = f" {row['source_url']}" if row["source_url"] else ""
    return f"{quotes.in_words(row)}：{format.ORIGINS[row['origin']]}，{words}{address}"
