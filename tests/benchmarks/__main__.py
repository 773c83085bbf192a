"""All benchmarks one after the other, and one table of their figures at the end: make bench.

    python -m tests.benchmarks [--large FOLDER] [--max-mb 1]

Ends in at most 30 minutes: each script is stopped when its time is over, and the table says so. About 12 minutes on two idle
cores, a third of them for the build of ten million facts. Nothing here fails because something was slow.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks import figures, large

ROOT = Path(__file__).resolve().parents[2]


def steps(folder: str, max_mb: float) -> list[tuple[str, list[str], int]]:
    """Script, its arguments and the most seconds it may take."""
    return [
        ("bench_build", ["--max-mb", str(max_mb), "--timeout", "240"], 300),
        ("large", [folder], 480),
        ("bench_queries", ["--large", folder], 360),
        ("bench_pages", ["--large", folder], 420),
        ("bench_load", ["--seconds", "60"], 150),
    ]


def run(name: str, arguments: list[str], most: int, env: dict[str, str]) -> str:
    """Run one script; what went wrong, empty when nothing did."""
    print(f"== {name}", flush=True)
    with subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments], cwd=ROOT, env=env, start_new_session=True
    ) as process:
        try:
            code = process.wait(most)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)  # this script and the servers it started
            return f"超过 {most} 秒，已停止"
    return f"失败（退出码 {code}）" if code else ""


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
    parser.add_argument("--max-mb", type=float, default=10, help="构建计时的最大一档，MB（缺省 10）")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        rows = Path(temporary) / "rows.jsonl"
        folder = options.large or Path(temporary) / "large"
        env = os.environ | {"PYTHONUTF8": "1", "BENCH_ROWS": str(rows)}
        wrong: dict[str, str] = {}
        for name, arguments, most in steps(str(folder), options.max_mb):
            ready = name == "large" and (folder / large.store.MANIFEST).is_file()
            if not ready and (said := run(name, arguments, most, env)):
                wrong[name] = said
        found = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()] if rows.exists() else []
        table(found, wrong)


if __name__ == "__main__":
    main()
