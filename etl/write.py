"""Parquet and manifest, put in place in one step: a reader sees the old build or the new one, never a mixture.

Builds live beside the output folder; the output folder is a link that is replaced atomically. A build that
is killed at any moment leaves the link, and so the last good build, as it was.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import time
from pathlib import Path

import duckdb
import pandas as pd

from data import database as files
from data import schema, store

KEEP = 2  # builds kept, so that running sessions can finish reading the one before


def write(tables: dict[str, pd.DataFrame], manifest: dict, out: Path) -> Path:
    """Write all tables and the manifest, then make ``out`` point to them.

    Raises OSError when the folder cannot be written; ``out`` is then unchanged.
    """
    out = Path(os.path.abspath(out))
    home = out.parent / f".{out.name}-builds"
    home.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(home)
    work = home / f"tmp-{os.getpid()}-{time.time_ns()}"
    work.mkdir()
    try:
        manifest = dict(manifest, tables={})
        for name, frame in tables.items():
            path = work / f"{name}.parquet"
            frame.to_parquet(path, index=False, compression="zstd")
            manifest["tables"][name] = {"rows": len(frame), "sha256": store.sha256(path)}
        (work / store.MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        database(work)
        _to_disk(work)
        final = home / f"{time.strftime('%Y%m%dT%H%M%S')}-{manifest['build_id'][:12]}-{time.time_ns() % 10**6:06d}"
        work.rename(final)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    _point(out, final)
    _forget(home, final)
    return final


def database(folder: Path) -> Path:
    """Write the parquet tables of the build in ``folder`` as one DuckDB file beside them; returns its path.

    Its rows are in the order queries want them, with summaries beside; see data/database.py. Raises NoBuildError without a manifest.
    """
    path = folder / store.DATABASE
    path.unlink(missing_ok=True)
    tables = store.read_manifest(folder)["tables"]
    with duckdb.connect(str(path)) as connection:
        files.fill(connection, {name: folder / f"{name}.parquet" for name in tables})
    return path


def _to_disk(folder: Path) -> None:
    for path in folder.iterdir():
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
    for path in home.glob("tmp-*"):
        pid = path.name.split("-")[1]
        if not Path(f"/proc/{pid}").exists() and Path("/proc").exists():
            shutil.rmtree(path, ignore_errors=True)


def _forget(home: Path, final: Path) -> None:
    builds = sorted((p for p in home.iterdir() if not p.name.startswith("tmp-")), key=lambda p: p.stat().st_mtime)
    for path in [p for p in builds if p != final][: -(KEEP - 1) or None]:
        doomed = home / f"tmp-{os.getpid()}-old-{time.time_ns()}"  # a name that a later build clears, should this one be killed
        path.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)


def frames(facts: list[dict], reports: list[dict], passages: list[dict], numbers: list[dict], findings: list[dict],
           districts: list[dict], indicators: list[dict]) -> dict[str, pd.DataFrame]:
    """Rows as typed tables in the order of the contract; raises pandera errors when a row breaks it."""
    out = {}
    for name, rows in (("facts", facts), ("reports", reports), ("passages", passages), ("numbers", numbers),
                       ("findings", findings), ("districts", districts), ("indicators", indicators)):
        columns = schema.columns(name)
        frame = schema.typed(name, pd.DataFrame({c: [r.get(c) for r in rows] for c in columns}, columns=columns))
        schema.TABLES[name].validate(frame)
        out[name] = frame
    return out
