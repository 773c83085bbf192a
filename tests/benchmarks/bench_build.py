"""How the build grows with the amount of text: python -m tests.benchmarks.bench_build [--max-mb 20].

The five reports are repeated under other district names (and, when names run out, other years) in a temporary folder.
Each build runs in a process of its own, so its CPU time and peak memory are its own; what it writes is thrown away.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "data" / "reports"
SIZES = (1, 10, 100)  # MB = 10**6 bytes of UTF-8 text
STAGES = ("extract", "settle", "write")  # reports one by one; preferred, derived, findings; frames, self-check, parquet
_FULL_NAMES = {"qijiang": "綦江区", "jiangjin": "江津区", "nanan": "南岸区"}  # first part of the file name -> its place
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?=年|\s*[—–\-~至])")
_COLUMNS = (("MB", 6), ("进程", 4), ("报告", 5), ("事实", 8), ("秒", 8), ("CPU秒", 8), ("MB/s/核", 8), ("对线性", 7),
            ("抽取", 7), ("归并", 7), ("写出", 7), ("主进程MB", 9), ("子进程MB", 9))


# ---------------------------------------------------------------------------------------------------- the corpus
def places() -> list[dict[str, str]]:
    """Counties whose name is no other place's, nor has one in it (东区 in 金东区), in the order of the catalogue."""
    with open(ROOT / "data" / "catalog" / "districts.csv", encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    short, full = Counter(r["district"] for r in rows), Counter(r["full_name"] for r in rows)

    def clear(r: dict[str, str]) -> bool:
        name = r["full_name"]
        inside = {name[a:b] for a in range(len(name)) for b in range(a + 2, len(name) + 1)} - {name}
        return (r["level"] == "county" and short[r["district"]] == full[name] == 1 and name not in _FULL_NAMES.values()
                and len(r["district"]) > 1 and "年" not in name and not inside & full.keys())

    return [r for r in rows if clear(r)]


def variant(text: str, old: str, new: dict[str, str], years: int) -> str:
    """A report of ``old`` as one of ``new``, ``years`` earlier."""
    text = text.replace("重庆市" + old, new["full_name"]).replace(old, new["full_name"])
    text = text.replace(old[:-1], new["district"])
    return _YEAR.sub(lambda m: str(int(m.group()) - years), text) if years else text


def corpus() -> Iterator[tuple[str, bytes]]:
    """(file name, content) without end: for each place one report of each kind, so that none is a duplicate."""
    found = [(p.stem.split("-", 1), p.read_text(encoding="utf-8")) for p in sorted(REPORTS.glob("*.txt"))]
    plans = [x for x in found if "plan-report" not in x[0][1]]
    annual = [x for x in found if "plan-report" in x[0][1]]
    for lap in itertools.count():
        for n, place in enumerate(places()):
            chosen = [annual[(n + lap) % len(annual)], *(plans if n % len(annual) == 0 else [])]  # in the proportion given
            for (old, kind), text in chosen:
                name = f"{place['district_code']}-{lap}-{kind}.txt"
                yield name, variant(text, _FULL_NAMES[old], place, 5 * lap).encode()


def write_corpus(folder: Path, megabytes: float) -> tuple[int, int]:
    """Fill ``folder`` up to ``megabytes``; returns (reports, bytes)."""
    total = count = 0
    for name, content in corpus():
        if count and total + len(content) > megabytes * 1e6:
            break
        (folder / name).write_bytes(content)
        total += len(content)
        count += 1
    return count, total


# ---------------------------------------------------------------------------------------------------- one build
def _peak(who: int) -> float:
    """Peak memory in MB of this process or of its largest finished child."""
    if who == resource.RUSAGE_SELF:
        try:  # ru_maxrss begins with what the parent held when it forked
            status = Path("/proc/self/status").read_text()
            return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
        except (OSError, TypeError):
            pass
    peak = resource.getrusage(who).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def one(reports: Path, out: Path, workers: int, profile: str | None) -> dict:
    """Build once in this process (and its workers) and measure it."""
    import gc
    import multiprocessing

    began = time.process_time()
    from etl import build

    imports = time.process_time() - began
    marks: list[float] = []

    def progress(name: str, done: int, total: int) -> None:
        reports_done, settled = not marks and done == total, len(marks) == 1 and name == "写出"
        if reports_done or settled:
            marks.append(time.perf_counter())

    profiler = None
    if profile:
        import cProfile

        profiler = cProfile.Profile()
        profiler.enable()
    start, cpu = time.perf_counter(), time.process_time()
    summary = build.build(reports, out, workers=workers, progress=progress)
    end, cpu = time.perf_counter(), time.process_time() - cpu
    if profiler:
        profiler.disable()
        profiler.dump_stats(profile)
    gc.collect()
    for process in multiprocessing.active_children():  # so that their CPU time is counted
        process.join(10)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    points = [start, *marks[:2], end] if len(marks) >= 2 else [start, end, end, end]
    return {
        "imports": imports, "seconds": end - start, "cpu": cpu + children.ru_utime + children.ru_stime,
        "stages": [b - a for a, b in itertools.pairwise(points)], "facts": sum(getattr(summary.facts, "values", lambda: [1] * len(summary.facts))()),
        "left_out": summary.left_out, "main_mb": _peak(resource.RUSAGE_SELF),
        "worker_mb": _peak(resource.RUSAGE_CHILDREN) if children.ru_utime else 0.0,
    }


def measure(reports: Path, workers: int, timeout: float, profile: str | None = None) -> dict | str:
    """``one`` in a fresh process; a message instead when it fails or takes longer than ``timeout`` seconds."""
    with tempfile.TemporaryDirectory(prefix="bench-out-") as out:
        command = [sys.executable, "-m", "tests.benchmarks.bench_build", "--one", str(reports), str(Path(out) / "parquet"), str(workers)]
        if profile:
            command += ["--profile", profile]
        env = os.environ | {"PYTHONUTF8": "1"}
        with subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              start_new_session=True) as process:
            try:
                text, errors = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)  # this build and its workers, nothing else
                process.communicate()
                return f"超过 {timeout:.0f} 秒，已停止"
        if process.returncode:
            last = (errors.strip().splitlines() or [""])[-1]
            return f"失败（退出码 {process.returncode}）{last[:200]}"
        return json.loads(text.strip().splitlines()[-1])


# ---------------------------------------------------------------------------------------------------- the table
def _line(cells: list[str]) -> str:
    """Cells right-aligned under the columns; a Chinese sign is two wide."""
    out = []
    for cell, (_, width) in zip(cells, _COLUMNS, strict=True):
        wide = sum(unicodedata.east_asian_width(c) in "WF" for c in cell)
        out.append(" " * max(0, width - len(cell) - wide) + cell)
    return "  ".join(out)


def run(max_mb: float, timeout: float, profile: str | None = None) -> bool:
    """Print the table for all sizes up to ``max_mb``; False when a build failed or took too long."""
    cores = os.cpu_count() or 1
    five = measure(REPORTS, 1, timeout)
    if isinstance(five, str):
        print(f"五份报告：{five}")
        return False
    again = measure(REPORTS, 1, timeout)  # the first one may have compiled bytecode
    five = five if isinstance(again, str) else again
    five_mb = sum(p.stat().st_size for p in REPORTS.glob("*.txt")) / 1e6
    print(f"五份报告（{five_mb:.2f} MB）：导入 {five['imports']:.2f} CPU秒，构建 {five['cpu']:.2f} CPU秒，{five['facts']} 条事实，"
          f"峰值内存 {five['main_mb']:.0f} MB；{cores} 核")
    print("对线性：比上一档每多 1 MB 所用的 CPU 时间，与第一次这样的增加（同样进程数）之比；1.00 为线性，大于 1 是增长更快\n"
          "抽取、归并、写出：各段的秒数；子进程MB：最大的一个子进程\n", flush=True)
    print(_line([name for name, _ in _COLUMNS]), flush=True)
    sizes = sorted({s for s in SIZES if s <= max_mb} | {max_mb})
    before: dict[int, tuple[float, float]] = {}  # processes -> (MB, CPU seconds) of the size before
    first: dict[int, float] = {}  # processes -> CPU seconds for each MB added, the first time
    sound = True
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-reports-") as folder:
            count, total = write_corpus(Path(folder), size)
            for workers in dict.fromkeys((1, cores)):
                wanted = profile if size == sizes[-1] and workers == 1 else None
                found = measure(Path(folder), workers, timeout, wanted)
                if isinstance(found, str):
                    print(f"{total / 1e6:6.1f}  {workers} 个进程：{found}", flush=True)
                    sound = False
                    continue
                mb = total / 1e6
                ratio = "—"
                if workers in before:
                    growth = (found["cpu"] - before[workers][1]) / max(mb - before[workers][0], 1e-9)
                    ratio = f"{growth / first.setdefault(workers, max(growth, 1e-9)):.2f}"
                before[workers] = (mb, found["cpu"])
                cells = [f"{mb:.1f}", str(workers), str(count), str(found["facts"]), f"{found['seconds']:.1f}", f"{found['cpu']:.1f}",
                         f"{mb / found['cpu']:.2f}", ratio, *(f"{s:.1f}" for s in found["stages"]),
                         f"{found['main_mb']:.0f}", f"{found['worker_mb']:.0f}" if found["worker_mb"] else "—"]
                print(_line(cells), flush=True)
                if found["left_out"]:
                    print(f"        未采用 {len(found['left_out'])} 份，如：{found['left_out'][0]}", flush=True)
                    sound = False
    return sound


def main() -> None:
    parser = argparse.ArgumentParser(description="构建随文本量增长的时间与内存")
    parser.add_argument("--max-mb", type=float, default=20, help="最大一档的文本量，MB（缺省 20）")
    parser.add_argument("--timeout", type=float, default=900, help="一次构建最多几秒（缺省 900）")
    parser.add_argument("--profile", help="最大一档、单进程的 cProfile 结果写到这个文件")
    parser.add_argument("--one", nargs=3, metavar=("REPORTS", "OUT", "WORKERS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        reports, out, workers = options.one
        print(json.dumps(one(Path(reports), Path(out), int(workers), options.profile)))
        return
    if options.max_mb <= 0 or options.timeout <= 0:
        parser.error("--max-mb 和 --timeout 应大于 0")
    sys.exit(0 if run(options.max_mb, options.timeout, options.profile) else 1)


if __name__ == "__main__":
    main()
