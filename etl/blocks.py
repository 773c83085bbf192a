"""Lines become headings, paragraphs and tables; every cell keeps its span.

Texts exported from Word: a table cell is a line that begins with a tab; a blank line ends a row unless
the cell goes on in an untabbed line; two blank lines end the table. Tables that were pasted (cells between
tabs, bars or blanks, a row on a line) are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from etl import layout
from etl.read import Report

_BOX = r"(?:专栏|附表|表|附件|图)\s*[0-9０-９一二三四五六七八九十]+(?:[-－—][0-9]+)?(?=[\s：:、.．\u4e00-\u9fff（“]|$)"
_HEADINGS = (  # pattern, level
    (re.compile(r"第[一二三四五六七八九十百]+[篇编部]分?\s*"), 1),
    (re.compile(r"第[一二三四五六七八九十百]+章\s*"), 2),
    (re.compile(r"第[一二三四五六七八九十百]+节\s*"), 3),
    (re.compile(r"[甲乙丙丁戊](?:、|(?=(?:19|20)\d{2}年))(?=[^，。；]{2,40}$)"), 2),
    (re.compile(r"[一二三四五六七八九十]+、"), 2),
    (re.compile(r"[（(][一二三四五六七八九十]+[）)]"), 3),
    (re.compile(r"(?:专栏|名词解释|名词注释|注释[：:]?$|附[：:]?名词解释)"), 4),
    (re.compile(_BOX), 4),
)
_FIGURE = re.compile(r"图\s*[0-9０-９一二三四五六七八九十]")
_GLOSSARY = re.compile(r"^\s*(附件[：:]?\s*)?(名词解释|名词注释|术语解释|有关名词解释|名词说明)[：:]?\s*$")
_UNNUMBERED = re.compile(  # 2025年主要预期目标, “十五五”时期主要目标和2026年重点工作: a line of its own
    r"(?:“?十[一二三四五六七八九]?五”?(?:时期|期间)?[\u4e00-\u9fff]{0,12}(?:和|及|与|、))?(?:全[区县市]|我[区县市])?(?:19|20)\d{2}年(?:度)?[\u4e00-\u9fff]{0,20}(?:执行情况|完成情况|工作回顾|总体要求|主要目标|预期目标|发展目标|目标任务|重点任务|主要任务|重点工作|工作安排|工作重点|主要措施"
    r"|计划安排|安排意见|安排建议|工作建议|工作打算|(?:总体|发展|工作)思路|计划草案|形势(?:分析|展望|研判)?)"
    r"(?:意见|建议)?(?:（草案）)?(?:(?:及|和|与)[\u4e00-\u9fff]{2,12})?"
)
_OF_A_YEAR = re.compile(r"(?:19|20)\d{2}年度?[\u4e00-\u9fff“”（）]{2,36}(?<!报告)")  # a line of its own without marks or numbers, whatever it says
_MAX_HEADING = 60
_PART = r"[一二三四五六七]、[^，。；]{0,40}(?:执行情况|完成情况|目标|任务|措施|安排|重点工作|回顾|总体要求|思路)[^，。；]{0,10}。"
_CLOSED_HEADING = re.compile(_PART)  # a part's heading that ends in a full stop
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十0-9０-９]{1,3}[）)、]|[0-9０-９]{1,2}[.．](?![0-9０-９])")
_RUN_IN = re.compile(_PART + r"(?=.{10})")  # a part's heading at the head of its first paragraph


@dataclass(slots=True)
class Cell:
    """One table cell: ``text[start:end]`` with outer white space cut off; ``column`` counts from 0."""

    start: int
    end: int
    column: int
    text: str


@dataclass(slots=True)
class Block:
    """``kind``: heading, paragraph or table. ``section``: headings above, outermost first."""

    kind: str
    start: int
    end: int
    line: int
    section: tuple[str, ...] = ()
    level: int = 0
    text: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    glossary: bool = False
    lines: list[tuple[int, int]] = field(default_factory=list)  # of a paragraph whose lines were cut at the width of a page
    skipped: list[tuple[int, int]] = field(default_factory=list)  # what the page bears between its lines
    page: bool = False  # a line that belongs to the page, not to the text
    cells: str = "lines"  # how the cells of a table are told apart: lines, marks (tabs or bars), blanks


def heading_level(text: str) -> int:
    """Level of a heading, 0 when the line is none."""
    line = text.strip()
    if not line or len(line) > _MAX_HEADING:
        return 0
    line = layout.words(line)
    if _CLOSED_HEADING.fullmatch(line):
        return 2
    if _UNNUMBERED.fullmatch(line):
        return 2
    if line[-1] in "。；;！!" or ("。" in line and not line.endswith("）")):
        return 0
    for pattern, level in _HEADINGS:
        if pattern.match(line):
            return level
    return 0


def blocks(report: Report) -> list[Block]:
    """All blocks of a report in order, each with the headings above it."""
    found: list[Block] = []
    lines = report.lines
    text = report.text
    page = layout.Page(report)
    i = 0
    while i < len(lines):
        s, e = lines[i]
        raw = text[s:e]
        if raw[:1] == "\t" and raw.strip() == "" and not _table_follows(report, i):
            i += 1
            continue
        if raw[:1] == "\t":
            lone = raw.strip()
            if heading_level(lone) == 4 and _alone(report, i):  # a caption pasted as a one-cell row
                a = s + len(raw) - len(raw.lstrip())
                found.append(Block("heading", a, a + len(lone), i + 1, level=4, text=lone))
                i += 1
                continue
            block, i = _table(report, i)
            found.append(block)
            continue
        line = raw.strip()
        pasted = (_pasted_table(report, i) or _stacked_table(report, i)) if line else None
        if pasted:
            block, i = pasted
            found.append(block)
            continue
        if line:
            a = s + len(raw) - len(raw.lstrip())
            run_in = _RUN_IN.match(line)
            if run_in:
                found.append(Block("heading", a, a + run_in.end(), i + 1, level=2, text=run_in.group()))
                a, line = a + run_in.end(), line[run_in.end():]
            level = heading_level(line) or 2 * bool(not page.width and _OF_A_YEAR.fullmatch(layout.words(line)))
            furniture = page.bears(line)
            kind = "heading" if level and not furniture else "paragraph"
            block = Block(kind, a, a + len(line), i + 1, level=level, text=line, page=furniture)
            if page.width and not level and not furniture:
                i = _join(report, block, i, page)
            found.append(block)
        i += 1
    return _sections(found)


def _join(report: Report, block: Block, i: int, page: layout.Page) -> int:
    """Add the lines that go on with a paragraph cut at the width of the page; returns the index of its last line.

    What the page bears between them is left out.
    """
    text, lines = report.text, report.lines
    spans = [(block.start, block.end)]
    while page.goes_on(text[slice(*spans[-1])]):
        n, borne = i + 1, []
        while n < len(lines) and (not text[slice(*lines[n])].strip() or page.bears(text[slice(*lines[n])])):
            borne += [lines[n]] if text[slice(*lines[n])].strip() else []
            n += 1
        if n >= len(lines) or n > i + 1 and not borne:  # nothing but blank lines ends the paragraph
            break
        s, e = lines[n]
        line = text[s:e].strip()
        if text[s] in "\t\u3000 " or heading_level(line) and not _UNNUMBERED.fullmatch(layout.words(line)) or _ITEM.match(line) or _BOX_RE.match(line):
            break
        spans.append((s, s + len(text[s:e].rstrip())))
        block.skipped += borne
        i = n
    if len(spans) > 1:
        block.lines, block.end = spans, spans[-1][1]
        block.text = "".join(text[a:b] for a, b in spans)
    return i


def _table_follows(report: Report, i: int) -> bool:
    return any(report.text[s:e].strip() and report.text[s] == "\t" for s, e in report.lines[i: i + 4] if s < e)


def _alone(report: Report, i: int) -> bool:
    """The line is a row of one cell: a blank line or an untabbed line follows."""
    if i + 1 >= len(report.lines):
        return True
    s, e = report.lines[i + 1]
    return report.text[s:e].strip() == "" and report.text[s: s + 1] != "\t" or report.text[s: s + 1] != "\t"


def _table(report: Report, i: int) -> tuple[Block, int]:
    """Read the table whose first cell is line i; returns it and the index of the line after it."""
    text, lines = report.text, report.lines
    first = i
    rows: list[list[list[tuple[int, int]]]] = [[]]  # rows of cells of line spans
    skipped: list[tuple[int, int]] = []
    blank = 0
    whole = False  # the line before held a row of its own
    while i < len(lines):
        s, e = lines[i]
        raw = text[s:e]
        if raw[:1] == "\t":
            if blank and rows[-1]:
                rows.append([])
                whole = False
            blank = 0
            parts = raw[1:].split("\t")  # a row on one line: cells between tabs
            if len(parts) > 1 and any(p.strip() for p in parts[1:]):
                if whole and rows[-1]:
                    rows.append([])
                whole = True
                at = s + 1
                for part in parts:
                    rows[-1].append([(at, at + len(part))])
                    at += len(part) + 1
            else:
                whole = False
                rows[-1].append([(s + 1, e)])
        elif layout.page_number(raw):
            skipped.append((s, e))
        elif not raw.strip():
            blank += 1
            if blank >= 2:
                break
        else:
            if blank and _leaves_table(raw, rows):
                break
            if not rows[-1]:
                break
            rows[-1][-1].append((s, e))
            blank = 0
        i += 1
    block = Block("table", lines[first][0], lines[first][0], first + 1, skipped=skipped)
    for row in rows:
        cells = []
        for column, spans in enumerate(row):
            filled = [(a, b) for a, b in spans if text[a:b].strip()]
            if filled:
                a, b = filled[0][0], filled[-1][1]
                piece = text[a:b]
                a += len(piece) - len(piece.lstrip())
                b = a + len(piece.strip())
                cells.append(Cell(a, b, column, text[a:b]))
                block.end = max(block.end, b)
            else:
                cells.append(Cell(spans[0][0], spans[0][0], column, ""))
        if any(c.text for c in cells):
            block.rows.append(cells)
    return block, i


_BAR = re.compile(r"[|｜│┃丨]")
_BLANKS = re.compile(r"[ \u3000\t]{2,}|\t")
_BLANK = re.compile(r"[ \u3000\t]+")
_RULE = re.compile(r"[\s|｜│┃丨:+=—─━-]+")
_HEAD_NAME = re.compile(r"指\s*标(?!属性)|^项\s*目$|^名\s*称$")
_HEAD_VALUE = re.compile(r"(?:19|20)\d{2}|目标|计划|完成|实际|预期|预计|增速|增长")
_GROUP_ROW = re.compile(r"(?:[（(]?[一二三四五六七八九十]+[）)、.]\s*)?[\u4e00-\u9fff]{2,12}")
_WORDS_ONLY = re.compile(r"[^，。；！？]{1,14}")


def _cut(raw: str, mark: re.Pattern) -> list[tuple[int, int]]:
    """Spans of the cells of a line between the marks."""
    spans, at = [], 0
    for m in mark.finditer(raw):
        spans.append((at, m.start()))
        at = m.end()
    spans.append((at, len(raw)))
    if mark is _BAR:  # the outer bars of a row open and close it
        if not raw[slice(*spans[0])].strip():
            spans = spans[1:]
        if spans and not raw[slice(*spans[-1])].strip():
            spans = spans[:-1]
        return spans
    return [x for x in spans if raw[slice(*x)].strip()]


_TAB = re.compile(r"\t")


def _tabbed(raw: str) -> list[tuple[int, int]]:
    """Spans of the cells between single tabs, empty ones included."""
    spans, at = [], 0
    for m in _TAB.finditer(raw):
        spans.append((at, m.start()))
        at = m.end()
    return [*spans, (at, len(raw))]


def _heads_table(cells: list[str]) -> bool:
    """The cells of a line are the heads of an indicator table: a name column and one with values."""
    cells = [layout.half(c) for c in cells]
    return len(cells) >= 2 and any(len(c) < 14 and _HEAD_NAME.search(c) for c in cells) and any(_HEAD_VALUE.search(c) for c in cells)


def _pasted_table(report: Report, i: int) -> tuple[Block, int] | None:
    """The table whose first row is line i and whose cells stand between tabs, bars or blanks; None when there is none."""
    text, lines = report.text, report.lines
    s, e = lines[i]
    raw = text[s:e]
    if len(raw) > 2000:
        return None
    kind, cut = "marks", None
    if len(_BAR.findall(raw)) >= 2:
        def cut(line: str) -> list[tuple[int, int]]:
            return _cut(line, _BAR) if _BAR.search(line) else []
    elif "\t" in raw.rstrip():
        def cut(line: str) -> list[tuple[int, int]]:
            return _tabbed(line) if "\t" in line else []
    else:
        kind = "blanks"
        for mark in (_BLANKS, _BLANK):
            heads = _cut(raw, mark)
            if len(heads) >= 3 and _heads_table([raw[a:b].strip() for a, b in heads]):
                def cut(line: str, mark=mark) -> list[tuple[int, int]]:
                    return _cut(line, mark)
                break
    if cut is None:
        return None
    rows: list[list[tuple[int, int]]] = []
    last, blank, sure = i, 0, False
    skipped: list[tuple[int, int]] = []
    for k in range(i, len(lines)):
        a, b = lines[k]
        line = text[a:b]
        if layout.page_number(line):
            skipped.append((a, b))
            continue
        if not line.strip():
            blank += 1
            if blank >= 2:
                break
            continue
        spans = [(a + x, a + y) for x, y in cut(line)] if len(line) <= 2000 else []
        if kind == "blanks" and len(spans) == 1 and not (rows and (
                _WORDS_ONLY.fullmatch(line.strip()) and not heading_level(line) or _heads_rows(report, k, cut, len(rows[0])))):
            break
        if not spans and rows and _GROUP_ROW.fullmatch(line.strip()) and k + 1 < len(lines) and cut(text[slice(*lines[k + 1])]):
            x = a + len(line) - len(line.lstrip())
            spans = [(x, x + len(line.strip()))]  # «一、经济发展» over the rows of a group
        if not spans or rows and _BOX_RE.match(line.strip()):
            break
        if kind == "blanks" and rows and (
            "\t" in line and "\t" not in raw or len(_BAR.findall(line)) > 1
            or 1 < len(spans) < len(rows[0]) and (blank or re.search(r"[，。；]", line) or heading_level(line))):
            break
        if blank and _heads_table([text[x:y].strip() for x, y in spans]):
            break  # another table begins
        blank = 0
        last = k
        if not (kind == "marks" and _RULE.fullmatch(line)):
            rows.append(spans)
        if not sure and k - i >= 20:  # a table shows by now; what does not is not read to its end from each of its lines
            if len(rows) < 2 or max(map(len, rows)) < 2:
                return None
            sure = True
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    block = Block("table", s, s, i + 1, cells=kind, skipped=[span for span in skipped if span[0] < lines[last][0]])
    for spans in rows:
        cells = []
        for column, (a, b) in enumerate(spans):
            piece = text[a:b]
            a += len(piece) - len(piece.lstrip())
            b = max(a, a + len(piece.strip()))
            cells.append(Cell(a, b, column, text[a:b]))
        if any(c.text for c in cells):
            block.rows.append(cells)
            block.end = max(block.end, max(c.end for c in cells))
    return block, last + 1


def _heads_rows(report: Report, k: int, cut: Callable[[str], list[tuple[int, int]]], width: int) -> bool:
    """Line k is the heading of a group in a table of so many columns: the line below is a row of it."""
    if not _GROUP_ROW.fullmatch(report.text[slice(*report.lines[k])].strip()):
        return False
    below = (report.text[s:e] for s, e in report.lines[k + 1: k + 4])
    row = next((line for line in below if line.strip()), "")
    return len(row) <= 2000 and len(cut(row)) == width and any(sign.isdigit() for sign in row)


_HEAD_CELL = re.compile(r"^(?:序号|编号|类别|领域|分类|(?:计量)?单位|(?:指标)?属性|备注|.{0,4}指\s*标(?:名称)?|项目|名称)$|(?:19|20)\d{2}|目标|计划|完成|实际|预期|预计|同比|增速|增长|增幅|年均|累计")
_FIRST_HEAD = re.compile(r"序号|编号|类别|领域|分类|.{0,4}指\s*标(?:名称)?|项目|名称")
_VALUE_CELL = re.compile(r"(?!(?:19|20)\d{2}年)[≥≤<>＜＞﹤±+-－—/]*\s*(?:[\[［〔【])?[-−－]?\d[\d.,]*.{0,8}|[—－\-–/…]+|[^\d]{0,12}(?:同步|持平|完成|下达|保持|左右|以内|以上|下降|提高|增长|控制).{0,12}|预期性|约束性")
_NAME_CELL = re.compile(r"(?![≥≤<>＜＞\-−－—]?\d[\d.,]*(?:[%％左以]|$))(?=.*[\u4e00-\u9fff]).{2,40}")


def _stacked_table(report: Report, i: int) -> tuple[Block, int] | None:
    """A table that was pasted with every cell on a line of its own; None unless every row fits its heads."""
    text, lines = report.text, report.lines
    s, e = lines[i]
    if not _FIRST_HEAD.fullmatch(text[s:e].strip()):
        return None
    below = _short_lines(report, i)
    cells = list(islice(below, 13))  # line, start, end
    words = [text[a:b] for _, a, b in cells]
    heads = next((n for n, w in enumerate(words) if len(w) > 14 or not _HEAD_CELL.search(layout.half(w))), len(words))
    for width in range(min(heads, 12), 1, -1):
        if not _heads_table(words[:width]):
            continue
        roles = ["name" if _HEAD_NAME.search(w) else "value" if _HEAD_VALUE.search(layout.half(w)) else "other" for w in words[:width]]
        rows, at, fitting = [range(width)], width, 0
        while True:
            more = list(islice(below, max(0, at + width + 1 - len(words))))
            cells += more
            words += [text[a:b] for _, a, b in more]
            taken = _stacked_row(words[at: at + width + 1], roles)
            if not taken:
                break
            rows.append(range(at, at + taken))
            at += taken
            fitting += taken > 1
        if len(rows[-1]) == 1:
            at = rows.pop().start
        if fitting < 2:
            continue
        block = Block("table", cells[0][1], cells[at - 1][2], i + 1, cells="marks")
        for row in rows:
            left = width - len(row) if len(row) > 1 else 0  # the category stands in the row that it begins with
            empty = cells[row[0]][1]
            block.rows.append([Cell(empty, empty, c, "") for c in range(left)]
                              + [Cell(cells[n][1], cells[n][2], c, words[n]) for c, n in enumerate(row, left)])
        return block, cells[at - 1][0] + 1
    return None


def _stacked_row(words: list[str], roles: list[str]) -> int:
    """How many of the cells that come next make a row: all, one less (under a category given before), one («一、经济发展»), or 0."""
    width = len(roles)
    if len(words) >= width and _row_fits(words[:width], roles):
        return width
    if roles[0] == "other" and width > 2 and len(words) >= width - 1 and _row_fits(words[: width - 1], roles[1:]):
        return width - 1
    group = len(words) > width and _GROUP_ROW.fullmatch(words[0]) and _row_fits(words[1: width + 1], roles)
    return 1 if group else 0


def _short_lines(report: Report, i: int) -> Iterator[tuple[int, int, int]]:
    """Line number, start and end of the lines from ``i`` on that may be cells, up to the first that cannot."""
    for k in range(i, min(len(report.lines), i + 1200)):
        a, b = report.lines[k]
        raw = report.text[a:b]
        line = raw.strip()
        if not line or layout.page_number(raw):
            continue
        if len(line) > 40 or "\t" in raw.rstrip() or line[-1] in "。；：":
            return
        a += len(raw) - len(raw.lstrip())
        yield k, a, a + len(line)


def _row_fits(row: list[str], roles: list[str]) -> bool:
    """Each cell looks like what its head announces."""
    looks = {"name": _NAME_CELL, "value": _VALUE_CELL}
    return all(role not in looks or looks[role].fullmatch(cell) for cell, role in zip(row, roles, strict=True))


def _leaves_table(raw: str, rows: list[list]) -> bool:
    """After one blank line an untabbed line goes on with the cell, unless it plainly belongs to the body:
    a heading, a note, or a long paragraph under a table of several columns whose row is complete."""
    line = raw.strip()
    level = heading_level(line)
    if len(line) < 200 and any(_heads_table([line[a:b].strip() for a, b in _cut(line, mark)]) for mark in (_BAR, _BLANK)):
        return True
    if level in (1, 2, 3) or line.startswith(("注：", "注:", "备注：", "说明：")) or _BOX_RE.match(line) and level:
        return True
    width = max((len(r) for r in rows), default=1)
    return width >= 3 and len(rows[-1]) >= width and len(line) > 60


_BOX_RE = re.compile(_BOX)


def _sections(found: list[Block]) -> list[Block]:
    """Give each block the headings above it; a box (level 4) ends at the next blank stretch or heading."""
    path: list[tuple[int, str]] = []
    glossary = False
    box_until = -1
    for n, block in enumerate(found):
        if block.kind == "heading":
            if _GLOSSARY.match(block.text):
                glossary = True
                path = [(1, block.text)]
                block.section, block.glossary = (block.text,), True
                continue
            if glossary and block.level <= 2 and block.line > 40 and not _looks_like_body(block.text):
                block.glossary = True
            while path and path[-1][0] >= block.level:
                path.pop()
            if _FIGURE.match(block.text):  # nothing stands under it
                block.section = (*(t for _, t in path), block.text)
                continue
            path.append((block.level, block.text))
            box_until = block.line if block.level == 4 else -1
            block.section = tuple(t for _, t in path)
        else:
            if box_until >= 0 and _box_ended(found, n):
                while path and path[-1][0] >= 4:
                    path.pop()
                box_until = -1
            block.section = tuple(t for _, t in path)
        block.glossary = glossary
    return found


def _looks_like_body(text: str) -> bool:
    return bool(re.match(r"第[一二三四五六七八九十百]+[篇章节]", text))


def _box_ended(found: list[Block], n: int) -> bool:
    """Two blank lines (or a finished table) in front of this block end the box."""
    before = found[n - 1] if n else None
    if before is None:
        return False
    if before.kind == "table":
        return found[n].kind != "table"
    return found[n].line - before.line >= 3
