"""The files of the page of facts: a button for each kind, the file made when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from data.terms import COLUMNS
from pages.parts import cached, downloads, filters, frame, markup, sheet, statements, statements_table, workshop

#: Ending -> (words on the button, what it is for).
KINDS = {
    "xlsx": ("XLSX", "Excel工作簿：说明、数据、来源与原句、口径四张表"),
    "csv": ("CSV", "逗号分隔的文本，UTF-8，Excel可以直接打开"),
    "parquet": ("Parquet", "供程序读取，列名和取值用数据字典的代号"),
    "zip": ("数据包", "CSV和描述它的datapackage.json：列的中文名、单位、空值、来源"),
}
#: More rows than this are no longer made into a file.
MOST_ROWS = 2_000_000


def _names(view: filters.Selection) -> tuple[str, str, str]:
    """What stands in the file's name: indicators and words looked for, places, years."""
    parts = statements_table.parts(view)
    what = parts.get("indicators") or view.theme or "全部指标"
    if len(view.indicators) > 2:
        what = f"{what.split('、')[0]}等{len(view.indicators)}项"
    if view.words:
        what += f"含{'、'.join(cached.search_words(view.words))}"
    if view.form == "wide":
        what += "宽表"
    what, places, years = sheet.named(what, view.place_names, sorted(view.years))
    return what, places or "全部区县", years or "全部年份"


def made(view: filters.Selection, ending: str, day: str) -> bytes:
    """The file of this view: the rows are read now, not taken from the screen."""
    wide: pd.DataFrame | None = None
    facts = cached.every_statement(view.build, statements_table.asked(view), *view.sort)
    if view.form == "wide":
        wide = statements.wide_marked(cached.wide(view.build, statements_table.asked(view)))
        facts = facts[facts["value"].notna()]
    asked: dict = {"facts": facts, "names": view.columns, "wide": wide}
    make = partial(workshop.make, rows=len(facts))
    if ending == "csv":
        return make(statements.text, **asked)
    if ending == "parquet":
        return make(statements.table, **asked)
    documents = statements.sources(facts, cached.reports(view.build, ids=tuple(dict.fromkeys(facts["report_id"]))))
    built_at, said = str(cached.manifest(view.build).get("built_at", "")), statements_table.line(view)
    if ending == "zip":
        return make(statements.package, **asked, said=said, build=view.build, built_at=built_at, documents=documents)
    counts = statements.counted(len(facts), int(facts["preferred"].sum()))
    lines = statements.about(said, counts, view.build, built_at, day, documents, wide=wide is not None)
    findings = cached.findings_naming(view.build, tuple(facts["fact_id"]))
    catalogue = cached.catalogue(view.build)
    return make(statements.workbook, **asked, lines=lines, catalogue=catalogue, findings=findings)


def show(view: filters.Selection, rows: int) -> None:
    """The row of buttons; ``rows`` facts are in the file."""
    if rows > MOST_ROWS:
        frame.note(f"共{rows:,}条，一个文件最多{MOST_ROWS:,}条，请缩小筛选范围再下载。")
        return
    day = date.today().isoformat()
    wide = view.form == "wide"
    columns = list(cached.wide(view.build, statements_table.asked(view))["value"].columns) if wide else list(view.columns)
    too_large = downloads.too_large(rows, len(columns))
    with st.container(horizontal=True, vertical_alignment="center", key="away"):
        st.html('<span class="pb-muted">下载</span>', width="content")
        for ending, (words, about) in KINDS.items():
            make: Callable[[], bytes] = partial(made, view, ending, day)
            barred = ending == "xlsx" and bool(too_large)
            st.download_button(
                words,
                make,
                file_name=downloads.file_name(*_names(view), day, ending),
                mime=downloads.TYPES[ending],
                on_click="ignore",
                help=too_large if barred else about,
                disabled=barred,
                key=f"take-{ending}",
            )
        with st.popover("列名对照", help="Parquet和数据包的列名是数据字典的代号，这里是它们的中文"):
            _codes([name for name in [*columns, *["marks"] * wide] if name in COLUMNS])


def _codes(names: Sequence[str]) -> None:
    """What the columns of a file for programs are called in Chinese, and what they mean."""
    meant = {column.name: column.meaning for table in cached.sql_tables() if table.name == "facts" for column in table.columns}
    # whether a column is always filled matters to those who write the data
    said = {name: statements.NOTES.get(name) or re.sub("^必有[^。]*。", "", meant.get(name, "")) for name in names}
    rows = [[name, COLUMNS[name], said[name]] for name in names]
    st.html(markup.table(["代号", "中文", "意思"], rows, css="pb-prose"))
    frame.note(
        "XLSX和CSV用中文列名，Parquet和数据包用代号；Parquet每列的元数据（title）和数据包的datapackage.json里也有中文。"
        "取值的代号（如level）对应的中文见数据包的datapackage.json。"
    )
