"""What must hold in a build, whatever its size: checksums, the contract, and what holds between tables and reports.

Tables are read a piece at a time; questions about all rows are put to DuckDB, which goes to disk when they are many.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.parquet as pq

from data import schema, store
from data.catalog import normalise
from etl import write
from etl.read import ReportError, decode

#: (question, what to say of its rows): each asks for what must not be. At most three rows are looked at.
_BETWEEN = (
    ("SELECT id FROM (SELECT unnest(derived_from) AS id FROM facts) ANTI JOIN facts ON fact_id = id LIMIT 3",
     "facts: derived_from 指向不存在的 fact_id：{}"),
    ("SELECT fact_id FROM numbers ANTI JOIN facts USING (fact_id) WHERE fact_id IS NOT NULL ORDER BY fact_id LIMIT 3",
     "numbers: fact_id 不存在：{}"),
)
_LOOKED_AT = ("facts", "numbers", "reports", "findings")
_UNIQUE = ("facts", "reports", "findings")  # by their first column
_NOT_ONE_PREFERRED = """
SELECT count(*) FROM (
    SELECT sum(preferred::INT) AS n FROM facts
    GROUP BY coalesce(district_code, district), coalesce(indicator_id, normalise(indicator)), measure, status, year, period
) WHERE n <> 1
"""


def verify(folder: Path, reports_dir: Path | None = None) -> list[str]:
    """Problems of a finished build: checksums, schema, and what must hold between the tables. Empty when sound."""
    problems: list[str] = []
    try:
        manifest = store.read_manifest(folder)
    except store.NoBuildError as error:
        return [str(error)]
    damaged: set[str] = set()  # tables with a file that is not what was written: nothing can be said of their rows
    for table in schema.TABLES:
        entry = manifest["tables"].get(table, {})
        said = entry.get("files") or {f"{table}.parquet": entry}
        for name, file in said.items():
            path = folder / name
            if not path.exists():
                problems.append(f"{name}: 缺失")
                damaged.add(table)
                continue
            if store.sha256(path) != file.get("sha256"):
                problems.append(f"{name}: 内容与 manifest.json 中的校验和不符")
                damaged.add(table)
                continue
            try:
                for frame in _frames(path):
                    schema.TABLES[table].validate(frame, lazy=True)
            except (OSError, ValueError, TypeError, pandera.errors.SchemaErrors) as error:  # pyarrow's errors are ValueErrors
                problems.append(f"{name}: 不符合数据约定：{str(error)[:600]}")
    if damaged & set(_LOOKED_AT):
        return problems
    try:
        return problems + invariants(folder, manifest) + (quotes(folder, manifest, reports_dir) if reports_dir else [])
    except (OSError, ValueError, duckdb.Error) as error:
        return problems or [f"数据无法读取：{error}"]


def _frames(path: Path) -> Iterator[pd.DataFrame]:
    """The rows of a parquet file, ROW_GROUP at a time; one frame without rows when there are none."""
    with pq.ParquetFile(path) as file:
        if not file.metadata.num_rows:
            yield file.schema_arrow.empty_table().to_pandas()
        for rows in file.iter_batches(write.ROW_GROUP):
            yield pa.Table.from_batches([rows]).to_pandas()


def invariants(folder: Path, manifest: dict, scratch: Path | None = None) -> list[str]:
    """What must hold between all rows of a build: unique ids, one preferred fact of each thing, ids that exist."""
    problems = []
    with write.scratch_database(scratch) as connection:
        for table in _LOOKED_AT:
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM {store.relation(folder, manifest, table)}")
        connection.create_function("normalise", normalise, ["VARCHAR"], "VARCHAR")
        for table in _UNIQUE:
            key = schema.columns(table)[0]
            twice = connection.execute(f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1 ORDER BY 1 LIMIT 3").fetchall()
            if twice:
                problems.append(f"{table}: {key} 重复：{[row[0] for row in twice]}")
        (groups,) = connection.execute(_NOT_ONE_PREFERRED).fetchone()
        if groups:
            problems.append(f"facts: {groups} 组事实没有唯一的首选值")
        for question, words in _BETWEEN:
            found = connection.execute(question).fetchall()
            if found:
                problems.append(words.format([row[0] for row in found]))
    return problems


def quotes(folder: Path, manifest: dict, reports_dir: Path) -> list[str]:
    """Quotes that are not in the reports, and reports that are no longer what they were; one line for each report."""
    reports = {row["report_id"]: row for path in store.files(folder, manifest, "reports") for row in pq.read_table(path).to_pylist()}
    problems: dict[str, str] = {}

    @functools.lru_cache(maxsize=8)  # rows come report by report
    def text_of(report_id: str) -> str | None:
        row = reports[report_id]
        path = reports_dir / row["file"]
        if not path.exists():
            return None
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != row["sha256"]:
            problems[report_id] = f"{row['file']}: 报告文件在构建之后改动过，请重新构建"
            return None
        try:
            return decode(raw, path.name)[0]
        except ReportError:
            return None

    for report_id in reports:
        text_of(report_id)
    columns = ["report_id", "char_start", "char_end", "quote", "fact_id", "line_start"]
    for path in store.files(folder, manifest, "facts"):
        with pq.ParquetFile(path) as file:
            for rows in file.iter_batches(write.ROW_GROUP, columns=columns):
                for f in rows.to_pylist():
                    report_id = f["report_id"]
                    if f["char_start"] is None or report_id in problems or report_id not in reports:
                        continue
                    text = text_of(report_id)
                    if text is not None and text[f["char_start"]: f["char_end"]] != f["quote"]:
                        problems[report_id] = (f"{reports[report_id]['file']}:{f['line_start']}: {f['fact_id']} 的引文与原文不符"
                                               "（文件改动后请重新构建）")
    return list(problems.values())
