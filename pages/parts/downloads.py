"""Rows as files: CSV, XLSX, Parquet, and a data package. Pure: bytes out of frames, nothing is read or kept.

A frame and the headings of its columns (technical name -> Chinese, see data.terms.COLUMNS) make any of them. For people
(CSV, XLSX) columns carry the headings; for programs (Parquet, package) the technical names, with the headings beside.
Missing stays empty. Text from a report that a spreadsheet would take for a formula is made harmless.

Large files are made in a process of their own: see ``workshop``.
"""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from data.terms import UNSEEN

#: What a sheet of Excel holds: rows with the heading, columns, characters in a cell.
MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 1_048_576, 16_384, 32_767
CUT = "……（过长，未完）"
#: Characters that XML or text files cannot hold, or that nobody sees: they would show a number in reverse.
_UNPRINTABLE = re.compile(f"[\\x0b\\x0c{UNSEEN}]")
#: What makes a spreadsheet take text for a formula, also in full width; a plain number is none.
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]+')
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
}


class TooLargeError(ValueError):
    """The rows do not fit into a file of this kind; the message says what to do."""


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook: its name, its rows, and the headings of the columns to be shown, in order."""

    name: str
    frame: pd.DataFrame
    titles: Mapping[str, str]


# ---------------------------------------------------------------- text
def clean(text: str) -> str:
    """``text`` without characters that files of text cannot hold or that nobody sees; each is replaced by �."""
    return _UNPRINTABLE.sub("\ufffd", text)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading apostrophe where it would."""
    return "'" + text if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _plain(value: object) -> str | None:
    """A value as text: a list by its parts, None for every kind of missing value."""
    if isinstance(value, str):
        return clean(value)
    if value is None or value is pd.NA or isinstance(value, float) and math.isnan(value):
        return None
    if hasattr(value, "__iter__"):
        return clean(" ".join(map(str, value)))
    return clean(str(value))


def _numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _texts(column: pd.Series, made: Callable[[str], str] = str) -> list[str | None]:
    """A column as clean text, ``made`` of each; what is said many times is made once."""
    if isinstance(column.dtype, pd.StringDtype):
        known = {value: made(clean(value)) for value in column.dropna().unique()}
        return [known.get(value) if isinstance(value, str) else None for value in column.tolist()]
    return [None if (text := _plain(value)) is None else made(text) for value in column]


def _safe(column: pd.Series) -> pd.Series:
    """A column for a text file: numbers as they are, text clean and harmless."""
    if _numeric(column) or pd.api.types.is_bool_dtype(column):
        return column
    return pd.Series(_texts(column, harmless), index=column.index, dtype=object)


def _short(text: str) -> str:
    """Text that fits into a cell of Excel, or says that it is cut."""
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT


def file_name(what: str, places: str, years: str, day: str, ending: str) -> str:
    """指标_区县_年份_日期.xlsx; safe on Windows, at most 120 characters (fewer where a name is long)."""
    parts = [_FORBIDDEN.sub("", part).strip(" .")[:limit] for part, limit in ((what, 40), (places, 30), (years, 20))]
    return "_".join([*(part for part in parts if part), day]) + "." + ending


# ---------------------------------------------------------------- CSV and Parquet
def _number(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def csv(frame: pd.DataFrame, titles: Mapping[str, str], *, mark: bool = True) -> bytes:
    """The columns in ``titles`` under their headings; UTF-8, with a byte order mark for Excel unless ``mark`` is False."""
    chosen = pd.DataFrame({name: _safe(frame[name]) for name in titles}, columns=list(titles))
    heads = [harmless(clean(title)) for title in titles.values()]
    text = chosen.to_csv(index=False, header=heads, lineterminator="\r\n", float_format=_number)
    return text.encode("utf-8-sig" if mark else "utf-8")


def parquet(frame: pd.DataFrame, titles: Mapping[str, str]) -> bytes:
    """The columns in ``titles`` under their technical names and in their types; the heading is each field's ``title``."""
    table = pa.Table.from_pandas(frame[list(titles)], preserve_index=False).replace_schema_metadata(None)
    fields = [field.with_metadata({"title": titles[field.name]}) for field in table.schema]
    out = io.BytesIO()
    pq.write_table(table.cast(pa.schema(fields)), out, compression="zstd")
    return out.getvalue()


# ---------------------------------------------------------------- XLSX
def too_large(rows: int, columns: int = 1) -> str:
    """Why so many rows (without the heading) and columns do not fit into a sheet of Excel, in words; empty if they do."""
    if rows < MOST_ROWS and columns <= MOST_COLUMNS:
        return ""
    return (
        f"共{rows:,}行、{columns:,}列，超过一张Excel工作表的上限（{MOST_ROWS:,}行、{MOST_COLUMNS:,}列）。"
        "请缩小筛选范围，或改用CSV、Parquet。"
    )


def _width(title: str, column: pd.Series, numeric: bool) -> float:
    """Width in characters: what most of the first rows need, within bounds."""
    if numeric:
        return max(9, 2 * len(title) + 3)
    sample = [len(text) for value in column.head(200) if (text := _plain(value))]
    return min(60, max(2 * len(title) + 4, 1.9 * sorted(sample)[int(len(sample) * 0.9)] + 2 if sample else 0))


def _write_page(book: xlsxwriter.Workbook, page: Page, head: object) -> None:
    rows, columns = len(page.frame) + 1, len(page.titles)
    sheet = book.add_worksheet(page.name)
    sheet.freeze_panes(1, 0)
    if rows > 1:
        sheet.autofilter(0, 0, rows - 1, columns - 1)
    writers, values = [], []
    for i, (name, title) in enumerate(page.titles.items()):
        column = page.frame[name]
        numeric = _numeric(column)
        sheet.set_column(i, i, _width(title, column, numeric))
        writers.append(numeric)
        values.append(column.astype(object).where(column.notna(), None).tolist() if numeric else _texts(column, _short))
    for i, title in enumerate(page.titles.values()):
        sheet.write_string(0, i, clean(title), head)
    for r, line in enumerate(zip(*values, strict=True), 1):  # row by row: the workbook keeps only one in memory
        for i, value in enumerate(line):
            if writers[i]:
                if value is not None:
                    sheet.write_number(r, i, value)
            elif value is not None:
                sheet.write_string(r, i, value)


def xlsx(about: Sequence[tuple[str, str]], pages: Sequence[Page]) -> bytes:
    """A workbook: sheet 说明 with ``about`` (label, words), then each of ``pages``. Numbers are numbers, text is text.

    Raises TooLargeError when a page has more rows or columns than a sheet holds.
    """
    for page in pages:
        if words := too_large(len(page.frame), len(page.titles)):
            raise TooLargeError(words)
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"constant_memory": True, **options})
    book.set_properties({"title": clean(dict(about).get("内容", "")), "author": "区县规划看板"})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F4F5F7"})
    label, words = (
        book.add_format({"bold": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for r, (name, said) in enumerate(about):
        sheet.write_string(r, 0, clean(name), label)
        sheet.write_string(r, 1, clean(said)[:MOST_CHARACTERS], words)
    for page in pages:
        _write_page(book, page, head)
    book.close()
    return out.getvalue()


# ---------------------------------------------------------------- data package
def _field(name: str, title: str, column: pd.Series, labels: Mapping[str, str], about: str) -> dict:
    """A field of a table schema (Data Package v2) with its Chinese title, and its categories where it has fixed words."""
    if pd.api.types.is_bool_dtype(column):
        kind = "boolean"
    elif pd.api.types.is_integer_dtype(column):
        kind = "integer"
    else:
        kind = "number" if _numeric(column) else "string"
    field: dict = {"name": harmless(clean(name)), "title": clean(title), "type": kind}
    if about:
        field["description"] = about
    if labels and kind == "string":
        field["categories"] = [{"value": value, "label": label} for value, label in labels.items()]
        field["constraints"] = {"enum": list(labels)}
    return field


def package(
    frame: pd.DataFrame,
    titles: Mapping[str, str],
    *,
    title: str,
    description: str,
    version: str,
    created: str,
    sources: Sequence[Mapping[str, str]] = (),
    labels: Mapping[str, Mapping[str, str]] | None = None,
    notes: Mapping[str, str] | None = None,
    key: str | None = None,
) -> bytes:
    """A zip with data.csv and datapackage.json (Data Package v2).

    ``labels``: column -> value -> label, for columns with fixed values. ``notes``: column -> what it means, its unit.
    ``sources``: title and, where it is a web page, path. ``key``: the column that tells the rows apart.
    """
    labels, notes = labels or {}, notes or {}
    data = csv(frame, {name: name for name in titles}, mark=False)
    fields = [
        _field(name, said, frame[name], labels.get(name, {}), notes.get(name, "")) for name, said in titles.items()
    ]
    schema: dict = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [{"value": "", "label": "来源没有给出；不是零"}],
    }
    if key in titles:
        schema["primaryKey"] = [key]
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "district-plan-facts",
        "title": clean(title),
        "description": clean(description),
        "version": version,
        "created": created,
        "sources": [{name: clean(text) for name, text in source.items()} for source in sources],
        "resources": [
            {
                "name": "data",
                "type": "table",
                "title": clean(title),
                "path": "data.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(data),
                "dialect": {
                    "delimiter": ",",
                    "lineTerminator": "\r\n",
                    "quoteChar": '"',
                    "doubleQuote": True,
                    "header": True,
                },
                "schema": schema,
            }
        ],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("datapackage.json", json.dumps(described, ensure_ascii=False, indent=2).encode("utf-8")),
            ("data.csv", data),
        ):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
