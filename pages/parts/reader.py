"""A report as HTML to be read: its paragraphs, its tables as tables, every number marked by what became of it. Pure.

All offsets are offsets into the report. Text of reports is escaped; only our own tags are added. Links carry
``data-go``, which pages/parts/reading.py follows without loading the page anew; they are true addresses all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from urllib.parse import urlencode

from pages.parts.markup import escape

#: What ``?marks=`` may say, and which numbers each shows: (those of facts, the others).
MARKS = {"全部": (True, True), "数据": (True, False), "未采用": (False, True), "不标": (False, False)}
BESIDE, AROUND = 24, 110  # characters of context before and after what a search found
_SHORT_LINE, _LONG_HEAD = 6, 16
_SIZES = ((40, "long"), (6, "some"))  # from so many characters on, a cell asks for room
_FIGURE = re.compile(r"\D{0,2}\d[\d.,:]*(?![\d年])")  # 7%, ≥320天, but not 2024年目标


@dataclass(frozen=True)
class Span:
    """Offsets and the class of a <mark>; of overlapping spans the last given wins."""

    start: int
    end: int
    css: str = ""


@dataclass(frozen=True)
class Number:
    """A printed number: with ``href`` it is part of a fact and a link, without it ``title`` says why it is none."""

    start: int
    end: int
    title: str
    href: str = ""


@dataclass(frozen=True)
class Place:
    """Where the address leads: a line, or the lines first to last of a fact whose value ends at ``value_end``."""

    first: int
    last: int
    value_end: int | None = None


def numbers(
    rows: Iterable[dict], titles: dict[str, str], link: Callable[[str], str], marks: str = "全部"
) -> list[Number]:
    """What to mark of ``queries.numbers_between``: the digits of one value (1.94:1, 3—5) are one mark.

    ``titles`` has the words for each fact, ``link`` gives its address, ``marks`` is a key of MARKS.
    """
    facts, others = MARKS.get(marks, MARKS["全部"])
    out: list[Number] = []
    for row in rows:
        fact, start, end = row["fact_id"], row["char_start"], row["char_end"]
        if not fact:
            if others:
                out.append(Number(start, end, f"未采用：{row['reason']}"))
        elif facts:
            href = link(fact)
            if out and out[-1].href == href and start - out[-1].end <= 3:
                out[-1] = Number(out[-1].start, end, out[-1].title, href)
            else:
                out.append(Number(start, end, titles.get(fact, "看出处"), href))
    return out


def text(words: str, at: int, found: Sequence[Number] = (), spans: Sequence[Span] = ()) -> str:
    """``words``, which stand at offset ``at``, escaped; ``found`` in order without overlaps; ``spans`` as they come."""
    out, done, end = [], at, at + len(words)
    for number in found:
        start, stop = max(number.start, done), min(number.end, end)
        if start >= stop:
            continue
        inner = _marked(words, at, start, stop, spans)
        title = escape(number.title)
        out += [
            _marked(words, at, done, start, spans),
            f'<a class="pb-n" href="{escape(number.href)}" target="_self" data-go title="{title}">{inner}</a>'
            if number.href
            else f'<span class="pb-x" title="{title}">{inner}</span>',
        ]
        done = stop
    return "".join(out) + _marked(words, at, done, end, spans)


def _marked(words: str, at: int, start: int, end: int, spans: Sequence[Span]) -> str:
    """The part of ``words`` from ``start`` to ``end`` with <mark>; of overlapping spans the last wins."""
    over = [span for span in spans if span.start < end and span.end > start]
    cuts = sorted({start, end, *(c for span in over for c in (span.start, span.end) if start < c < end)})
    pieces: list[tuple[str | None, int, int]] = []
    for low, high in pairwise(cuts):
        css = next((s.css for s in reversed(over) if s.start <= low and s.end >= high), None)
        if pieces and pieces[-1][0] == css:
            pieces[-1] = (css, pieces[-1][1], high)
        else:
            pieces.append((css, low, high))
    out = []
    for css, low, high in pieces:
        piece = escape(words[low - at : high - at])
        opening = f'<mark class="{escape(css)}">' if css else "<mark>"
        out.append(piece if css is None else f"{opening}{piece}</mark>")
    return "".join(out)


def occurrences(words: str, wanted: Iterable[str], at: int = 0) -> list[Span]:
    """Where ``wanted`` (in lower case) stand in ``words``, as spans of class ``hit``; capitals make no difference."""
    low = words.lower()
    if len(low) != len(words):  # a letter whose lower case is longer would shift everything behind it
        low = words
    out = []
    for word in wanted:
        start = low.find(word) if word else -1
        while start >= 0:
            out.append(Span(at + start, at + start + len(word), "hit"))
            start = low.find(word, start + len(word))
    return sorted(out, key=lambda span: span.start)


def report(
    rows: Sequence[dict],
    found: Sequence[Number],
    spans: Sequence[Span],
    place: Place | None,
    line_link: Callable[[int], str],
) -> str:
    """The passages of ``queries.reading`` in order: headings, paragraphs, boxes of prose, tables."""
    out = []
    for table, group in groupby(rows, key=lambda row: row["table_number"]):
        cells = list(group)
        if table is None or all(row["table_column"] == 1 for row in cells):
            for row in cells:
                out += _lines(row, found, spans, place, line_link)
        else:
            out.append(_table(cells, found, spans, place, line_link))
    return f'<article class="pb-lines" aria-label="报告原文">{"".join(out)}</article>'


def _lines(row: dict, found, spans, place, line_link) -> list[str]:
    """A heading, a paragraph, or the lines of a box, each with its number."""
    out, at = [], row["char_start"]
    depth = min(2 + len((row["section"] or "").split(" / ")), 6)
    role = f' role="heading" aria-level="{depth}"' if row["kind"] == "heading" else ""
    for line, words in enumerate(row["text"].split("\n"), row["line"]):
        if words.strip():
            here = " here" if place and place.first <= line <= place.last else ""
            number = _line_number(line, line_link)
            body = text(words, at, _within(found, at, at + len(words)), spans)
            out.append(f'<div class="pb-line {row["kind"]}{here}">{number}<div class="words"{role}>{body}</div></div>')
        at += len(words) + 1
    return out


def _table(cells: list[dict], found, spans, place, line_link) -> str:
    """A table with its cells where they stand; the number of a row's first line at the left."""
    width = max(cell["table_column"] for cell in cells)
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell["table_row"])]
    head = (
        rows[0]
        if len(rows) > 1
        and rows[0][0]["table_row"] == 1
        and len(rows[0]) >= max(width - 1, 2)  # a stray cell in some other row makes no column
        and all(len(cell["text"]) <= _LONG_HEAD and not _FIGURE.match(cell["text"]) for cell in rows[0])
        else None
    )
    out = []
    for row in rows:
        by_column = {cell["table_column"]: cell for cell in row}
        tag = "th" if row is head else "td"
        boxes, row_here = [], False
        for column in range(1, width + 1):
            cell = by_column.get(column)
            if cell is None:
                boxes.append(f"<{tag}></{tag}>")
                continue
            asked = _asked(cell, place)
            row_here |= asked or bool(place and _overlaps(cell, place))
            scope = ' scope="col"' if tag == "th" else ""
            size = next((css for least, css in _SIZES if len(cell["text"]) >= least), "")
            css = " ".join(name for name in (size, "asked" if asked else "") if name)
            boxes.append(f'<{tag}{scope} class="{css}">{_cell(cell, found, spans)}</{tag}>')
        number = f"<td>{_line_number(row[0]['line'], line_link)}</td>"
        line = f"<tr{' class=here' if row_here else ''}>{number}{''.join(boxes)}</tr>"
        out.append(f"<thead>{line}</thead><tbody>" if row is head else line)
    body = "".join(out) + "</tbody>" if head else f"<tbody>{''.join(out)}</tbody>"
    name = escape((cells[0]["section"] or "").split(" / ")[-1] or "表格")
    return f'<div class="pb-scroll" tabindex="0" role="region" aria-label="{name}"><table class="pb-grid">{body}</table></div>'


def _cell(cell: dict, found, spans) -> str:
    """The lines of a cell; short ones (a word broken to fit a narrow column) on one line."""
    parts, at = [], cell["char_start"]
    lines = cell["text"].split("\n")
    for words in lines:
        if words.strip():
            parts.append(text(words, at, _within(found, at, at + len(words)), spans))
        at += len(words) + 1
    return (" " if all(len(line) <= _SHORT_LINE for line in lines) else "<br>").join(parts)


def _overlaps(cell: dict, place: Place) -> bool:
    return cell["line"] <= place.last and cell["line"] + cell["text"].count("\n") >= place.first


def _asked(cell: dict, place: Place | None) -> bool:
    """The very cell: the one with the value of the fact, or the one on the line."""
    if place is None:
        return False
    if place.value_end is not None:
        return cell["char_start"] < place.value_end <= cell["char_end"]
    return _overlaps(cell, place)


def _within(found: Sequence[Number], start: int, end: int) -> list[Number]:
    return [number for number in found if number.start < end and number.end > start]


def _line_number(line: int, link: Callable[[int], str]) -> str:
    # out of the tab order: there is one for each line, and other links lead to the same places
    return (
        f'<a class="ln" href="{escape(link(line))}" target="_self" data-go tabindex="-1" '
        f'aria-label="第{line}行" title="第{line}行的地址">{line}</a>'
    )


def legend(counts: Sequence[tuple[str, bool, int]], marks: str) -> str:
    """How many numbers the report has and what became of them; ``counts``: outcome in words, is a fact, how many."""
    facts = sum(n for _, is_fact, n in counts if is_fact)
    others = [(words, n) for words, is_fact, n in counts if not is_fact]
    rest = sum(n for _, n in others)
    show_facts, show_others = MARKS.get(marks, MARKS["全部"])
    said = [f"本报告印有数字{facts + rest}个："]
    said.append(f"<span{' class=pb-n' if show_facts else ''}>成为数据{facts}个</span>（点数字看它说明什么），")
    said.append(f"<span{' class=pb-x' if show_others else ''}>未采用{rest}个</span>。")
    reasons = "、".join(f"{escape(words)}{n}" for words, n in others)
    more = f"<details><summary>未采用的理由</summary><p>{reasons}</p></details>" if others else ""
    return f'<div class="pb-account pb-muted"><span>{"".join(said)}</span>{more}</div>'


def asked(words: str, fact_id: str) -> str:
    """The fact that the address asks for, with the way to the comparison of its target and result."""
    href = escape("./?" + urlencode({"fact": fact_id}))
    return f'<div class="pb-asked">{escape(words)}<br><a href="{href}" target="_self">对照目标与结果</a></div>'


def facts_list(items: Sequence[dict], link: Callable[[str], str], wanted: str | None = None) -> str:
    """The facts of the text shown: dicts with fact_id, line, name, when, side, value (words); see quotes.listed."""
    if not items:
        return '<div class="pb-muted">本页文字中没有全区指标的数据。</div>'
    head = "".join(f'<th scope="col"{css}>{h}</th>' for h, css in _FACT_COLUMNS)
    body = "".join(
        f"<tr{' class=here' if item['fact_id'] == wanted else ''}><td>{item['line']}</td>"
        f'<th scope="row">{escape(item["name"])}</th><td>{escape(item["when"])}</td><td>{escape(item["side"])}</td>'
        f'<td class="num"><a href="{escape(link(item["fact_id"]))}" target="_self" data-go>{escape(item["value"])}</a></td></tr>'
        for item in items
    )
    return f'<table class="pb-found"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


_FACT_COLUMNS = (("行", ""), ("指标", ""), ("时间", ""), ("性质", ""), ("数值", ' class="num"'))


def left_out(rows: Iterable[dict], line_link: Callable[[int], str], *, opened: bool = False) -> str:
    """The numbers of the text shown that are no facts, under their reasons, each leading to its line."""
    by_reason: dict[str, list[dict]] = {}
    for row in rows:
        if not row["fact_id"]:
            by_reason.setdefault(row["reason"], []).append(row)
    if not by_reason:
        return ""
    listing = "".join(
        f"<dt>{escape(reason)}（{len(found)}）</dt><dd>"
        + " ".join(
            f'<a href="{escape(line_link(row["line"]))}" target="_self" data-go '
            f'aria-label="{escape(row["text"])}，第{row["line"]}行">{escape(row["text"])}</a>'
            for row in found
        )
        + "</dd>"
        for reason, found in sorted(by_reason.items(), key=lambda pair: -len(pair[1]))
    )
    count = sum(map(len, by_reason.values()))
    state = " open" if opened else ""
    return (
        f'<details class="pb-left-out"{state}><summary>本页未采用的数字{count}个及理由</summary>'
        f"<dl>{listing}</dl></details>"
    )


def excerpt(words: str, at: int, spans: Sequence[Span]) -> str:
    """``words`` around the first span, cut to a few lines, the spans marked."""
    first = min((span.start for span in spans), default=at) - at
    start = max(first - BESIDE, 0)
    end = min(max(start + BESIDE + AROUND, first + 1), len(words))
    start, end = (0 if start <= 4 else start), (len(words) if len(words) - end <= 4 else end)
    shown = text(words[start:end], at + start, spans=spans)
    return ("…" if start else "") + shown + ("…" if end < len(words) else "")


def results(groups: Sequence[dict]) -> str:
    """Search results by report: dicts with title, count, hits, more (an address or ""); see ``hit``."""
    out = []
    for group in groups:
        more = (
            f'<p><a href="{escape(group["more"])}" target="_self" data-go>这份报告中的全部{group["count"]}段</a></p>'
            if group["more"]
            else ""
        )
        out.append(
            f'<section class="pb-hits"><div class="pb-head" role="heading" aria-level="3">{escape(group["title"])}'
            f'<span class="pb-muted">　{group["count"]}段</span></div><ul>{"".join(group["hits"])}</ul>{more}</section>'
        )
    return "".join(out)


def hit(row: dict, wanted: Sequence[str], href: str, indicator: str = "") -> str:
    """One place found: its line and section, its words in context; a fact in other words says of which indicator."""
    spans = occurrences(row["text"], wanted, row["char_start"])
    if not row["by_words"] and row["quote_start"] is not None and row["kind"] != "table_row":
        spans = [Span(row["quote_start"], row["quote_end"], "span"), *spans]
    other = "" if row["by_words"] else f"　同一指标的其他写法：{escape(indicator)}"
    section = escape((row["section"] or "").split(" / ")[-1])
    return (
        f'<li><a href="{escape(href)}" target="_self" data-go><span class="ln">第{row["line"]}行</span></a> '
        f'<span class="pb-muted">{section}{other}</span>'
        f"<p>{excerpt(row['text'], row['char_start'], spans)}</p></li>"
    )


def steps(before: str, after: str) -> str:
    """Links to the text before and after; an empty address is said without a link."""

    def step(words: str, href: str, none: str) -> str:
        return (
            f'<a href="{escape(href)}" target="_self" data-go>{words}</a>'
            if href
            else f'<span class="pb-muted">{none}</span>'
        )

    return (
        f'<nav class="pb-steps" aria-label="翻页">{step("上一页", before, "已是开头")}'
        f"{step('下一页', after, '已是结尾')}</nav>"
    )


def title(words: str, meeting_date: str | None, first: int, last: int, lines: int) -> str:
    """Title of the report, the day of the meeting it was submitted to (2025-01-14), and the lines shown."""
    said = f"第{first}—{last}行，共{lines}行"
    if meeting_date:
        year, month, day = (int(part) for part in meeting_date.split("-"))
        said = f"{year}年{month}月{day}日提交会议　{said}"
    return (
        f'<div class="pb-report" role="heading" aria-level="2">{escape(words)}</div><div class="pb-muted">{said}</div>'
    )


def beside(article: str, panel: str) -> str:
    """The report and what is known of it, side by side on wide screens, one below the other on narrow ones."""
    return f'<div class="pb-reading"><div>{article}</div><aside aria-label="本页数据">{panel}</aside></div>'
