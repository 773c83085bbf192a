"""A view as files: picture, slides and pages of it, and the rows behind it. Made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.terms import COLUMNS
from pages.parts import cached, comparison, downloads, format, gap, picture, quotes, screens, slides, statements
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


#: Columns of the rows behind a view: a target beside its result.
_PAIR = (
    "district", "indicator", "category", "year", "measure", "actual_printed", "actual", "actual_unit", "target_printed",
    "target", "target_unit", "gap", "gap_unit", "gap_share", "state", "target_binding", "actual_origin", "target_origin",
    "actual_qualifier", "actual_provisional", "actual_id", "target_id",
)  # fmt: skip


def rows(made: Sheet) -> pd.DataFrame:
    """The table behind a sheet, a row for each place, indicator, year and measure, then the averages over several years;
    columns _PAIR, missing is None."""
    found = []
    for _, _, cells in made.table.lines:
        for cell in cells:
            found.append(_row(cell.main, cell.found))
            found += [_row(row, gap.assess(row)) for row in cell.others]
    found += [_average(row) for row in format.records(cached.statements_by_id(made.build, made.averages))]
    return pd.DataFrame(found, columns=list(_PAIR)).astype(
        {name: float for name in ("actual", "target", "gap", "gap_share")}
    )


def _row(row: dict, found: gap.Assessment) -> dict:
    sides = ("actual", "target")
    absent = row["actual_id"] is None and row["target_id"] is None
    return row | {
        **{f"{side}_printed": format.side(row, side) if row[f"{side}_id"] else None for side in sides},
        **{f"{side}_origin": format.ORIGINS.get(row[f"{side}_origin"]) for side in sides},
        "measure": format.MEASURES.get(row["measure"]),
        "gap": found.gap,
        "gap_unit": found.unit if found.gap is not None else None,
        "gap_share": None if found.share is None else round(found.share * 100, 6),
        "state": comparison.absence(row)
        if absent or row.get("hidden")
        else found.state.words + ("（临界）" if found.borderline else ""),
    }


def _average(row: dict) -> dict:
    """An average over several years, on its side: target or result."""
    side = row["status"]
    return {
        "district": row["district"],
        "indicator": row["indicator"],
        "category": row["category"],
        "year": row["year"],
        "measure": f"{row['period_start']}—{row['year']}年{format.PERIODS[row['period']]}{format.MEASURES[row['measure']]}",
        f"{side}_printed": format.fact(row),
        side: row["value"],
        f"{side}_unit": row["unit"],
        f"{side}_origin": format.ORIGINS[row["origin"]],
        f"{side}_qualifier": row["qualifier"],
        f"{side}_provisional": row["provisional"],
        f"{side}_id": row["fact_id"],
    }


def _titles() -> dict[str, str]:
    return {name: COLUMNS[name] for name in _PAIR}


def _csv(sheets: Sequence[Sheet]) -> bytes:
    return downloads.csv(rows(sheets[0]), _titles())


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook like that of the page of facts: 说明, 数据, 来源与原句, 口径."""
    made, day = sheets[0], date.today().isoformat()
    data = rows(made)
    ids = dict.fromkeys(each for side in ("target", "actual") for each in data[f"{side}_id"].dropna())
    facts = cached.statements_by_id(made.build, tuple(ids))
    ids = tuple(dict.fromkeys(facts["report_id"]))
    documents = statements.sources(facts, cached.reports(made.build, ids=ids))
    built_at = str(cached.manifest(made.build).get("built_at", ""))
    lines = statements.about(
        f"{made.title}（{made.subtitle}）", f"共{len(data):,}行", made.build, built_at, day, documents
    )
    lines[0] = ("内容", "区县规划看板 · 图后面的数据。每行是一个区县、一项指标、一年的实际和目标。")
    lines += [("说明", words) for words in (made.badge, *made.notes) if words]
    defined = statements.defined(facts, cached.catalogue(made.build), cached.findings_naming(made.build, tuple(facts["fact_id"])))
    return downloads.xlsx(lines, [downloads.Page("数据", data, _titles()), statements.provenance(facts), defined])


#: Of one view: the rows behind it, and the view itself.
DATA = (
    Kind("XLSX数据", "xlsx", downloads.TYPES["xlsx"], _xlsx),
    Kind("CSV数据", "csv", downloads.TYPES["csv"], _csv),
)
PICTURES = (
    Kind("PNG图片", "png", "image/png", _png),
    Kind("SVG图片", "svg", "image/svg+xml", _svg),
)
#: Of one view or several.
DECKS = (
    Kind("PPTX幻灯片（图表可编辑）", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", _pptx),
    Kind("PDF", "pdf", "application/pdf", _pdf),
)  # fmt: skip


def file_name(name: tuple[str, str, str], kind: Kind) -> str:
    """指标_区县_年份_日期.xlsx."""
    return downloads.file_name(*name, date.today().isoformat(), kind.ending)


def said(made: Sheet) -> list[str]:
    """The sentences behind a sheet, a line for each fact: what it is, the report's own words, and where they stand."""
    ids = made.facts
    if not ids:
        return []
    known = {row["fact_id"]: row for row in cached.derived(made.build, ids)}
    titles = cached.titles(made.build, [row["report_id"] for row in known.values()])
    return [_line(known[each], titles) for each in ids if each in known]


def _line(row: dict, titles: dict[str, str]) -> str:
    if row["quote"]:
        words = "".join(row["quote"].split("\n")).strip()
        where = f"——{titles.get(row['report_id'], row['report_id'])}第{row['line_start']}行"
        return f"{quotes.in_words(row)}：“{words}”{where}"
    words = row["source_title"] or row["note"] or "推算值"
    address = f" {row['source_url']}" if row["source_url"] else ""
    return f"{quotes.in_words(row)}：{format.ORIGINS[row['origin']]}，{words}{address}"
