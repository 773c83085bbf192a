"""Files, and nowhere else: the tables as they come, then manifest and database, put in place in one step.

Builds live beside the output folder; the output folder is a link that is replaced atomically, so that a reader sees the
old build or the new one, never a mixture. A build that is killed at any moment leaves the link, and so the last good
build, as it was. Tables are written as their rows come; what waits for other rows waits on disk.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import functools
import hashlib
import io
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data import database as files
from data import store
from etl import pieces

KEEP = 2  # builds kept, so that running sessions can finish reading the one before
ROW_GROUP = 20_000  # rows held in memory before they are written, and read at a time
_PIECE_ROWS = 2_000  # rows held as Python objects, which weigh much more
PART_ROWS = 500_000  # a table with more rows is a folder of files of this many; a multiple of ROW_GROUP
_THREADS = "1"  # every thread of DuckDB holds rows of its own
_MEMORY, _MOST_MEMORY = "128MB", "256MB"  # of DuckDB; beyond that it goes to disk
_MANY_ROWS = 3_000_000  # of one table; putting 1.6 million in order still goes in the smaller room


class Output:
    """A build on its way: a work folder beside ``out`` that takes the place of the last build when it is published.

    Used as a context: what was not published is removed. Raises OSError when the folder cannot be written.
    """

    def __init__(self, out: Path):
        self.out = Path(os.path.abspath(out))
        self.home = self.out.parent / f".{self.out.name}-builds"
        self.home.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(self.home)
        self.folder = self.home / f"tmp-{os.getpid()}-{time.time_ns()}"
        self.scratch = self.folder / "scratch"  # for what is not published
        self.scratch.mkdir(parents=True)
        self.tables: dict[str, dict] = {}  # as in the manifest

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def spill(self, name: str) -> Spill:
        """A place on disk for pieces that wait; a context."""
        return Spill(self.scratch / name)

    def rows(self, table: str, name: str) -> Rows:
        """A place on disk for rows of a table that wait; a context."""
        return Rows(self.spill(name), table)

    def table(self, name: str) -> TableWriter:
        """A table to be filled; a context, after which its entry stands in ``tables``."""
        return TableWriter(self, name)

    def publish(self, manifest: dict) -> Path:
        """Write manifest and database, then make ``out`` point to this build."""
        (self.folder / store.MANIFEST).write_text(
            json.dumps(manifest | {"tables": self.tables}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        database(self.folder)
        shutil.rmtree(self.scratch)
        _to_disk(self.folder)
        final = self.home / f"{time.strftime('%Y%m%dT%H%M%S')}-{manifest['build_id'][:12]}-{time.time_ns() % 10**6:06d}"
        self.folder.rename(final)
        _point(self.out, final)
        _forget(self.home, final)
        return final


class Spill:
    """Pieces on disk, written one after the other and read in any order."""

    def __init__(self, path: Path):
        self._file = open(path, "w+b", buffering=0)  # noqa: SIM115 this is a context itself
        self._end = 0

    def add(self, piece: bytes) -> tuple[int, int]:
        """Where the piece is."""
        self._file.seek(self._end)
        view = memoryview(piece)
        while view:
            view = view[self._file.write(view):]
        place = (self._end, len(piece))
        self._end += len(piece)
        return place

    def get(self, place: tuple[int, int]) -> bytes:
        """The piece that is at ``place``."""
        self._file.seek(place[0])
        return self._file.read(place[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        self._file.close()


class Rows:
    """Rows of a table that come a few at a time and wait on disk, in order."""

    def __init__(self, spill: Spill, table: str):
        self._spill, self._table, self._waiting, self._places = spill, table, [], []

    def add(self, rows: Sequence[dict]) -> None:
        """Rows behind those that wait. Raises pandera errors when one breaks the contract."""
        self._waiting += rows
        if len(self._waiting) >= _PIECE_ROWS:
            self._flush()

    def _flush(self) -> None:
        self._places.append(self._spill.add(pieces.pack(self._table, [self._waiting])[0]))
        self._waiting = []

    def move_to(self, table: TableWriter) -> None:
        """All rows into a table."""
        if self._waiting:
            self._flush()
        for place in self._places:
            table.add(pieces.unpack(self._table, self._spill.get(place)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        self._spill.__exit__()


class TableWriter:
    """One table on its way to parquet: a file, or a folder of files when it has more than PART_ROWS rows.

    Row groups have ROW_GROUP rows whatever sizes the rows come in, so that equal rows give equal bytes.
    """

    def __init__(self, output: Output, name: str):
        self._output, self._name, self._schema = output, name, pieces.arrow_schema(name)
        self._waiting: list[pa.RecordBatch] = []
        self._held = 0
        self._written: list[int] = []  # rows of each file
        self._writer = self._open(self._whole)

    @property
    def _whole(self) -> Path:
        return self._output.folder / f"{self._name}.parquet"

    def _part(self, number: int) -> Path:
        return self._output.folder / self._name / f"part-{number:05d}.parquet"

    def _open(self, path: Path) -> pq.ParquetWriter:
        self._written.append(0)
        return pq.ParquetWriter(path, self._schema, compression="zstd")

    def add(self, rows: pa.RecordBatch) -> None:
        """Rows behind those that are there."""
        self._waiting.append(rows)
        self._held += len(rows)
        if self._held >= ROW_GROUP:
            table = pa.Table.from_batches(self._waiting, self._schema)
            whole = self._held - self._held % ROW_GROUP
            for start in range(0, whole, ROW_GROUP):
                self._write(table.slice(start, ROW_GROUP))
            self._waiting, self._held = table.slice(whole).to_batches(), self._held - whole

    def _write(self, table: pa.Table) -> None:
        if self._written[-1] == PART_ROWS:
            self._writer.close()
            if len(self._written) == 1:
                self._part(0).parent.mkdir()
                self._whole.rename(self._part(0))
            self._writer = self._open(self._part(len(self._written)))
        self._writer.write_table(table.combine_chunks(), row_group_size=ROW_GROUP)
        self._written[-1] += len(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed, *_) -> None:
        """Write what is left, and the table's entry for the manifest: rows and checksum, and those of each file of several."""
        if failed is None and (self._held or not sum(self._written)):
            self._write(pa.Table.from_batches(self._waiting, self._schema))
        self._writer.close()
        if failed is not None:
            return
        if len(self._written) == 1:
            self._output.tables[self._name] = {"rows": self._written[0], "sha256": store.sha256(self._whole)}
            return
        paths = [self._part(n) for n in range(len(self._written))]
        files = {path.relative_to(self._output.folder).as_posix(): {"rows": rows, "sha256": store.sha256(path)}
                 for path, rows in zip(paths, self._written, strict=True)}
        whole = hashlib.sha256("".join(file["sha256"] for file in files.values()).encode()).hexdigest()
        self._output.tables[self._name] = {"rows": sum(self._written), "sha256": whole, "files": files}


def give_back() -> None:
    """Return memory that is free to the system: what one step of a build let go is not kept for the next one."""
    pa.default_memory_pool().release_unused()
    with contextlib.suppress(OSError, AttributeError):  # not every system can
        ctypes.CDLL(None).malloc_trim(0)


def scratch_database(folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An empty DuckDB that goes to disk (``folder``, or the system's) rather than grow without bound."""
    return duckdb.connect(":memory:", config=_duckdb() | {"temp_directory": str(folder or tempfile.gettempdir())})


def _duckdb(rows: int = 0) -> dict[str, str]:
    """Settings of a DuckDB that puts tables of up to ``rows`` rows in order."""
    return {"memory_limit": _MOST_MEMORY if rows > _MANY_ROWS else _MEMORY, "threads": _THREADS}


def pack_files(folder: Path, pattern: str) -> bytes:
    """The files of a folder as bytes, the same for the same files."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.glob(pattern)):
            archive.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return sink.getvalue()


@functools.lru_cache(maxsize=2)
def unpack_files(packed: bytes) -> Path:
    """A folder of this process with the files of ``pack_files``; it goes when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="planboard-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    return folder


def database(folder: Path) -> Path:
    """Write the parquet tables of the build in ``folder`` as one DuckDB file beside them; returns its path.

    Its rows are in the order queries want them, with summaries beside; see data/database.py. Raises NoBuildError without a manifest.
    """
    path = folder / store.DATABASE
    path.unlink(missing_ok=True)
    manifest = store.read_manifest(folder)
    most = max((entry["rows"] for entry in manifest["tables"].values()), default=0)
    with duckdb.connect(str(path), config=_duckdb(most)) as connection:
        files.fill(connection, {name: store.files(folder, manifest, name) for name in manifest["tables"]})
        connection.execute("CHECKPOINT")  # closing alone says nothing when there is no room
    return path


def _to_disk(folder: Path) -> None:
    for path in (p for p in folder.rglob("*") if p.is_file()):
        with open(path, "rb") as handle:
            os.fsync(handle.fileno())


def _point(out: Path, final: Path) -> None:
    """Make ``out`` a link to ``final``; a plain folder that stood there is kept as the build before."""
    link = out.parent / f".{out.name}-link-{os.getpid()}-{time.time_ns()}"
    link.symlink_to(os.path.relpath(final, out.parent), target_is_directory=True)
    if out.is_dir() and not out.is_symlink():
        before = final.parent / f"0-before-{time.time_ns()}"
        if _exchange(link, out):
            link.rename(before)
            return
        out.rename(before)
    os.replace(link, out)


def _exchange(a: Path, b: Path) -> bool:
    """Swap two paths in one step where the system can (Linux); False where it cannot."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
        return libc.renameat2(here, os.fsencode(a), here, os.fsencode(b), exchange) == 0
    except (OSError, AttributeError):
        return False


def _clear_leftovers(home: Path) -> None:
    """Remove what killed builds left, unless another build is at work on it now."""
    links = f"{home.name.removesuffix('-builds')}-link-"  # .parquet-link-, see _point
    for path in [*home.glob("tmp-*"), *home.parent.glob(links + "*")]:
        pid = path.name.removeprefix(links).removeprefix("tmp-").split("-")[0]
        if Path(f"/proc/{pid}").exists() or not Path("/proc").exists():
            continue
        if path.is_symlink():
            path.unlink(missing_ok=True)
        elif path.parent == home:
            shutil.rmtree(path, ignore_errors=True)


def _forget(home: Path, final: Path) -> None:
    builds = sorted((p for p in home.iterdir() if not p.name.startswith("tmp-")), key=lambda p: p.stat().st_mtime)
    for path in [p for p in builds if p != final][: -(KEEP - 1) or None]:
        doomed = home / f"tmp-{os.getpid()}-old-{time.time_ns()}"  # a name that a later build clears, should this one be killed
        path.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
