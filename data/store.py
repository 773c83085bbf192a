"""Where the built data are, and how to open them: one read-only DuckDB file, made of the parquet of the same build."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import lru_cache
from pathlib import Path

import duckdb

from data import database

ROOT = Path(__file__).resolve().parent
REPORTS_DIR = ROOT / "reports"
SUPPLEMENT_DIR = ROOT / "supplement"
CATALOG_DIR = ROOT / "catalog"
MANIFEST = "manifest.json"
#: The same tables as one read-only DuckDB file: pages ask it, and so do statements of people (data/sandbox.py).
DATABASE = "planboard.duckdb"


#: A name in a statement is a table, never a variable of this program.
_CONFIG = {"python_enable_replacements": False}


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
    return database.relation(files(folder, manifest, table))


def _scratch() -> str:
    """Where large sorts go: not beside the file, where nobody may be able to write; empty, nowhere, on a machine without a
    folder for such files."""
    try:
        return tempfile.gettempdir()
    except OSError:
        return ""


def connect(folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB with the tables of the build and their summaries, read-only; take ``.cursor()`` for each query.

    Parquet is what counts: where the database file is missing, damaged or not made of the parquet beside it, the tables
    are read into memory. A table that cannot be read is not there, see ``unreadable``; the others can be asked. Raises
    NoBuildError when there is no build.
    """
    folder = Path(folder or parquet_dir()).resolve()
    manifest = read_manifest(folder)
    sources = {name: files(folder, manifest, name) for name in manifest["tables"]}
    file = folder / DATABASE
    if file.is_file():
        try:
            connection = duckdb.connect(str(file), read_only=True, config=_CONFIG | {"temp_directory": _scratch()})
        except duckdb.Error:
            pass
        else:
            if database.matches(connection, sources):
                return connection
            connection.close()
    connection = duckdb.connect(":memory:", config=_CONFIG)
    database.fill(connection, sources, lenient=True)
    return connection


def unreadable(connection: duckdb.DuckDBPyConnection, manifest: dict) -> set[str]:
    """Tables of the manifest that ``connection`` could not open."""
    return set(manifest["tables"]) - {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()}


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
