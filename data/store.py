"""Where the built data are, and how to open them: read-only DuckDB over the parquet of one build."""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent
REPORTS_DIR = ROOT / "reports"
SUPPLEMENT_DIR = ROOT / "supplement"
CATALOG_DIR = ROOT / "catalog"
MANIFEST = "manifest.json"
#: The same tables as one read-only DuckDB file, for statements that people write themselves (data/sandbox.py).
DATABASE = "planboard.duckdb"


#: What several queries say in the same way: which year's results are a report's business, and which years have passed
#: (some report gives results of that year or a later one), so that what is missing is told from what is still to come.
_COMMON = """
CREATE MACRO results_year(kind, year_from) AS CASE kind WHEN 'five_year_plan' THEN year_from - 1 ELSE year_from END;
CREATE VIEW passed AS
    SELECT max(year) AS year FROM facts WHERE status = 'actual' AND period = 'annual' AND origin IN ('table', 'prose');
"""


class NoBuildError(RuntimeError):
    """There is no complete build to read; the message says what to do."""


def parquet_dir() -> Path:
    """Folder of the current build; the environment variable ``PLANBOARD_DATA`` points elsewhere."""
    return Path(os.environ.get("PLANBOARD_DATA") or ROOT / "parquet")


def read_manifest(folder: Path | None = None) -> dict:
    """The manifest of a build.

    Raises NoBuildError when the folder holds no readable manifest.
    """
    path = (folder or parquet_dir()) / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(manifest["tables"], dict) or not manifest["build_id"]:
            raise ValueError("manifest.json is not complete")
        return manifest
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoBuildError(f"{path.parent} 中没有可用的数据，请先运行 python -m etl build") from error


def build_id(folder: Path | None = None) -> str:
    """The build id: a hash of inputs and code. Everything cached is keyed by it."""
    return read_manifest(folder)["build_id"]


@lru_cache(maxsize=64)
def _id_of(folder: Path, written: int) -> str | None:
    try:
        return build_id(folder)
    except NoBuildError:
        return None


def folder_of(wanted: str, folder: Path | None = None) -> Path:
    """Where the build ``wanted`` stands: in the current folder, or beside it when a newer one has taken its place.

    Raises NoBuildError when it is there no longer.
    """
    current = Path(folder or parquet_dir())
    beside = current.parent / f".{current.name}-builds"
    for each in (current.resolve(), *(beside.iterdir() if beside.is_dir() else ())):
        try:
            if _id_of(each, (each / MANIFEST).stat().st_mtime_ns) == wanted:
                return each
        except OSError:
            continue
    raise NoBuildError(f"数据版本 {wanted} 已被新的数据替换")


def files(folder: Path, manifest: dict, table: str) -> list[Path]:
    """The parquet files of a table in the order of its rows: one, or the parts of a large table."""
    entry = manifest["tables"].get(table)
    parts = entry.get("files") if isinstance(entry, dict) else None
    return [folder / name for name in parts] if parts else [folder / f"{table}.parquet"]


def relation(folder: Path, manifest: dict, table: str) -> str:
    """The table as DuckDB reads it from its files: what stands behind FROM."""
    paths = (str(path).replace("'", "''") for path in files(folder, manifest, table))
    return "read_parquet([" + ", ".join(f"'{path}'" for path in paths) + "])"


def connect(folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB with one view for each table of the build; take ``.cursor()`` for each query.

    A table that cannot be read has no view, see ``unreadable``; the others can be asked. Raises NoBuildError when there
    is no build.
    """
    folder = Path(folder or parquet_dir()).resolve()
    manifest = read_manifest(folder)
    connection = duckdb.connect(":memory:")
    for table in manifest["tables"]:
        try:
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM {relation(folder, manifest, table)}")
        except duckdb.Error:
            continue  # missing or damaged: whoever asks for it is told so
    if not {"facts"} & unreadable(connection, manifest):
        connection.execute(_COMMON)
    return connection


def unreadable(connection: duckdb.DuckDBPyConnection, manifest: dict) -> set[str]:
    """Tables of the manifest that ``connection`` could not open."""
    return set(manifest["tables"]) - {name for (name,) in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
