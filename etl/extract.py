"""One report in, its candidate facts and the account of its numbers out."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from data import catalog as catalog_module
from data.catalog import Catalog
from etl import corrections, layout, timing, turns
from etl.blocks import Block, blocks
from etl.facts import Account, Candidate
from etl.fiveyears import FiveYears
from etl.names import Names
from etl.numerals import NUMBER, Reader
from etl.prose import Prose
from etl.read import Report
from etl.tables import Tables

_PROJECT_BOX = re.compile(r"(?:重点|重大|部分|新建).{0,12}项目(?!.{0,4}(?:投资|资金)(?:建设)?情况)|项目.{0,6}(?:建设安排|完成情况|清单|安排)|民生实事项目")
_MOST_CELLS = 200  # of a row; more are no table of words
_RESULT_LINE = re.compile(r"^完成情况[：:]")


@dataclass(slots=True)
class Extraction:
    """What one report yields."""

    report: Report
    blocks: list[Block]
    candidates: list[Candidate]
    account: Account
    problems: list[tuple[int, str]]  # (offset, message)
    findings: list[dict]


@functools.lru_cache(maxsize=2)
def machinery(folder) -> tuple[Catalog, Reader, Names]:
    """Catalogue, number reader and name lists, compiled once for each process."""
    catalog = catalog_module.load(folder)
    return catalog, Reader(catalog), Names(catalog)


def extract(report: Report, folder=catalog_module.CATALOG_DIR) -> Extraction:
    """Read every block of a report."""
    catalog, reader, names = machinery(folder)
    account = Account()
    prose = Prose(report, catalog, reader, names, account)
    tables = Tables(report, catalog, reader, names, account)
    five_years, turned = FiveYears(report), turns.turn(report, prose.says)
    prose.write.corrections, findings = corrections.find(report, catalog)
    found = blocks(report)
    text = report.text
    for n, block in enumerate(found):
        section = " / ".join(block.section)
        if block.kind == "heading":
            for m in NUMBER.finditer(block.text):
                year = len(m.group()) == 4 and m.group()[:2] in ("19", "20")
                account.reason(block.start + m.start(), block.start + m.end(), "date" if year else "name" if "“" in block.text else "ordinal")
            continue
        heads = tuple(timing.in_digits(layout.words(heading)) for heading in block.section)
        when = timing.default(report, heads, names.says)
        reason = "definition" if block.glossary else None
        for a, b in block.skipped:
            for m in NUMBER.finditer(text, a, b):
                account.reason(*m.span(), "ordinal")  # of a page
        if block.kind == "paragraph":
            words = layout.words(block.text)
            when = five_years.when(words, heads, turned.when(words, heads, when))
            if block.page:
                reason = "ordinal"
            if not block.section and n < 12 and not re.search("[，。；]", block.text):
                reason = "date"
            if block.lines or layout.LAID_OUT.search(block.text):
                _laid_out(block.lines or [(block.start, block.end)], prose, when, section, reason, text, tables.problems)
            else:
                prose.paragraph(text[block.start: block.end], block.start, when, section, block=reason)
            continue
        columns = None if block.glossary else tables.heads.columns(block, when)
        if columns:
            above = found[n - 1].text if n and found[n - 1].kind != "table" else ""
            tables.read(block, *columns, section, above)
            continue
        _word_table(block, prose, when, section, reason, report)
    return Extraction(report, found, prose.write.found + tables.found, account, tables.problems, findings)


def _laid_out(lines: list[tuple[int, int]], prose: Prose, when: timing.When, section: str, reason: str | None, text: str,
              problems: list[tuple[int, str]]) -> None:
    """A paragraph is read without what its layout has put in; what is found is put back to where it stands in the report."""
    read, spots = layout.plain(text, lines)
    kept, corrected, n = prose.write.account, prose.write.corrections, len(prose.write.found)
    prose.write.account, prose.write.corrections = Account(), {i: corrected[spot] for i, spot in enumerate(spots) if spot in corrected}
    try:
        prose.paragraph(read, 0, when, section, block=reason)
        for start, (end, why) in prose.write.account.reasons.items():
            for a, b in layout.pieces(text, spots[start:end]):
                kept.reason(a, b, why)
    finally:
        prose.write.account, prose.write.corrections = kept, corrected
    found, prose.write.found[n:] = prose.write.found[n:], []
    for c in found:
        spans = [layout.pieces(text, spots[a:b]) for a, b in c.numbers]
        if any(len(x) > 1 for x in spans):  # the end of a line may have cost a sign: no number of the report is put together
            parts = [x for span in spans for x in span]
            for a, b in parts:
                kept.reason(a, b, "unclassified")
            problems.append((parts[0][0], f"{c.name}：数字断成“{'、'.join(text[a:b] for a, b in parts)}”几段，不知是几，未采用，请与原件核对"))
            continue
        c.numbers = [span[0] for span in spans]
        c.start, c.end, c.place = spots[c.start], spots[c.end - 1] + 1, spots[c.place]
        prose.write.found.append(c)


def _word_table(block: Block, prose: Prose, when: timing.When, section: str, reason: str | None, report: Report) -> None:
    """A table of words (专栏): each cell is read as prose; the first cell of a row names what it is about."""
    text = report.text
    title = block.section[-1] if block.section else ""
    # a table with a column of project names; a box of one column may name projects and still speak of the whole place
    projects = bool(_PROJECT_BOX.search(title)) and max((len(r) for r in block.rows), default=0) > 1
    for row in block.rows:
        filled = [c for c in row if c.text]
        if len(filled) > _MOST_CELLS:
            reason = reason or "unclassified"
        label = ""
        for k, cell in enumerate(filled):
            if k == 0 and len(filled) > 1 and len(cell.text) <= 40:
                label = re.sub(r"\s+", "", cell.text)
                prose.paragraph(cell.text, cell.start, when, section, block=reason or "name")
                continue
            lines = list(re.finditer(r"[^\n]+", text[cell.start: cell.end]))
            for i, line in enumerate(lines):
                follows = i + 1 < len(lines) and bool(_RESULT_LINE.match(lines[i + 1].group().strip()))
                moment = timing.When("target", when.year) if follows else when
                block_reason = reason
                if projects and not reason and not re.search(r"年度(?:计划)?投资", line.group()):
                    block_reason = "project"
                prose.paragraph(line.group(), cell.start + line.start(), moment, section, label=label, block=block_reason)
