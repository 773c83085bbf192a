"""All benchmarks one after the other, and one table of their figures at the end: make bench.

    python -m tests.benchmarks [--large FOLDER] [--largest 1000] [--load-seconds 300]

Ends in at most 30 minutes, with the options later: each script is stopped when its time is over, and the table says what was
not measured. About 17 minutes on two idle cores. Nothing here fails because something was slow.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from data import database, store
from tests.benchmarks import figures

ROOT = Path(__file__).resolve().parents[2]
MOST = 1740  # seconds of all scripts together, without options


def steps(folder: str, largest: int, load: int) -> list[tuple[str, list[str], int]]:
    """Script, its arguments and the most seconds it may take."""
    builds = 480 if largest <= 100 else 3000
    return [
        ("bench_build", ["--largest", str(largest), "--seconds", str(builds)], builds + 180),
        ("bench_load", ["--seconds", str(load)], load + 120),
        ("large", [folder], 600),
        ("bench_queries", ["--large", folder], 360),
        ("bench_pages", ["--large", folder], 420),
    ]


def usable(folder: Path) -> bool:
    """Whether there is a large build with a database file by this version; without one, all would be read into memory."""
    try:
        manifest = store.read_manifest(folder)
        sources = {name: store.files(folder, manifest, name) for name in manifest["tables"]}
        with duckdb.connect(str(folder / store.DATABASE), read_only=True) as connection:
            return database.matches(connection, sources)
    except (store.NoBuildError, duckdb.Error):
        return False


def run(name: str, arguments: list[str], most: float, env: dict[str, str]) -> str:
    """Run one script; what went wrong, empty when nothing did."""
    print(f"== {name}", flush=True)
    with subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments], cwd=ROOT, env=env, start_new_session=True
    ) as process:
        try:
            code = process.wait(most)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)  # this script and the servers it started
            return f"超过 {most:.0f} 秒，已停止；没有列出的未测"
    return f"失败（退出码 {code}）；没有列出的未测" if code else ""


def table(found: list[dict], wrong: dict[str, str]) -> None:
    """Print the one table: part, what, figures, ratio, goal."""
    made = Table(title="汇总")
    for name, side in (("部分", "left"), ("项目", "left"), ("结果", "left"), ("比值", "right"), ("目标", "right")):
        made.add_column(name, justify=side)
    for part in found:
        names = part["head"][1:]
        for row in (figures.Row(**each) for each in part["rows"]):
            said = row.cells[0] if len(row.cells) == 1 else "，".join(f"{n} {c}" for n, c in zip(names, row.cells, strict=False))
            ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
            made.add_row(part["title"], row.name, said, ratio, "" if row.goal is None else f"≤{row.goal:g}{'' if row.ok else ' 未达'}")
    for name, words in wrong.items():
        made.add_row(name, words)
    Console(width=150).print(made)


def main() -> None:
    parser = argparse.ArgumentParser(description="全部计时，最后一张汇总表")
    parser.add_argument("--large", type=Path, help="已有的大规模数据；缺省新写一份，用完删去（约需 5 GB 硬盘）")
    parser.add_argument("--largest", type=int, choices=(1, 10, 100, 1000), default=100,
                        help="构建计时的最大一档是五份报告的几倍（缺省 100，约 42 MB；1000 约多用一小时）")
    parser.add_argument("--load-seconds", type=int, default=60, help="许多人同时使用，几秒（缺省 60；300 为五分钟）")
    options = parser.parse_args()
    if options.large and (options.large / store.MANIFEST).is_file() and not usable(options.large):
        parser.error(f"{options.large} 的 {store.DATABASE} 与这一版程序不符或没有写完，请删去这个文件夹后重写")
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        rows = Path(temporary) / "rows.jsonl"
        folder = options.large or Path(temporary) / "large"
        env = os.environ | {"PYTHONUTF8": "1", "BENCH_ROWS": str(rows)}
        wrong: dict[str, str] = {}
        ways = steps(str(folder), options.largest, options.load_seconds)
        usual = {name: most for name, _, most in steps(str(folder), 100, 60)}
        end = time.monotonic() + MOST + sum(max(0, most - usual[name]) for name, _, most in ways)
        for name, arguments, most in ways:
            left = min(most, end - time.monotonic())
            if name == "large" and usable(folder):
                continue
            if str(folder) in arguments and name != "large" and not usable(folder):
                wrong[name] = "未测：没有大规模数据"
            elif left < 60:
                wrong[name] = "未测：时间已用完"
            elif said := run(name, arguments, left, env):
                wrong[name] = said
        found = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()] if rows.exists() else []
        table(found, wrong)


if __name__ == "__main__":
    main()
