"""How the build grows with the amount of text: python -m tests.benchmarks.bench_build [--largest 1000].

The five reports are repeated under other districts' names (corpus.py): 1, 10, 100 and with an option 1000 times as much.
Each build runs in a process of its own, so its CPU time and peak memory are its own; what it writes is thrown away.
Side by side: what else reads figures out of Chinese text (others.py).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":  # also when started by its path
    sys.path.insert(0, str(ROOT))

from tests.benchmarks import figures, others
from tests.benchmarks.corpus import REPORTS, write_corpus

TIMES = (1, 10, 100, 1000)
HOWS = ("1 个进程", "2 个进程", "Dask 2 个")
_PACE = 2  # seconds for each MB, as long as nothing is known
_COLUMNS = (("倍数", 5), ("MB", 6), ("谁来做", 9), ("报告", 5), ("事实", 8), ("秒", 7), ("CPU秒", 7), ("MB/s/核", 8), ("对线性", 7),
            ("抽取", 6), ("归并", 6), ("写出", 6), ("主进程MB", 9), ("子进程MB", 9))


# ---------------------------------------------------------------------------------------------------- one build
def peak() -> float:
    """Peak memory of this process in MB."""
    try:  # ru_maxrss begins with what the parent held when it forked
        return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
    except (OSError, TypeError):
        return _maxrss(resource.RUSAGE_SELF)


def _maxrss(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def one(reports: Path, out: Path, workers: int, scheduler: str | None) -> dict:
    """Build once in this process (and its workers) and measure it: seconds, CPU seconds, MB."""
    import multiprocessing

    from etl import build, pieces

    pieces.warm_up()  # as much as a megabyte of reports, once for each build whatever its size
    marks: dict[str, float] = {}

    def progress(name: str, done: int, _total: int) -> None:
        stage = name if name in ("归并", "写出") else "抽取"
        if stage != "写出" or not done:
            marks[stage] = time.perf_counter()  # when its last piece was done; 写出: when it began

    start, cpu = time.perf_counter(), time.process_time()
    summary = build.build(reports, out, workers=workers, scheduler=scheduler, progress=progress)
    end, cpu = time.perf_counter(), time.process_time() - cpu
    for process in multiprocessing.active_children():  # so that their CPU time is counted
        process.join(10)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": end - start, "cpu": cpu + children.ru_utime + children.ru_stime,
        "stages": [marks["抽取"] - start, marks["写出"] - marks["抽取"], end - marks["写出"]],
        "reports": len(summary.reports), "facts": summary.facts.total(), "left_out": summary.left_out, "main_mb": peak(),
        "worker_mb": _maxrss(resource.RUSAGE_CHILDREN) if children.ru_utime > 0.5 else 0.0,
    }


def measure(reports: Path, workers: int, scheduler: str | None, timeout: float) -> dict | str:
    """``one`` in a fresh process; a message instead when it fails or takes longer than ``timeout`` seconds."""
    with tempfile.TemporaryDirectory(prefix="bench-out-") as out:
        command = [sys.executable, "-m", "tests.benchmarks.bench_build", "--one", str(reports), str(Path(out) / "parquet"),
                   str(workers), scheduler or ""]
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"}, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, start_new_session=True) as process:
            try:
                text, errors = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)  # this build and its workers, nothing else
                process.communicate()
                return f"超过 {timeout:.0f} 秒，已停止"
        if process.returncode:
            return f"失败（退出码 {process.returncode}）{(errors.strip().splitlines() or [''])[-1][:200]}"
        return json.loads(text.strip().splitlines()[-1])


# ---------------------------------------------------------------------------------------------------- a cluster
@contextlib.contextmanager
def cluster() -> Iterator[object | None]:
    """A client of a Dask cluster of two processes on this machine; None when there is no Dask."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        yield None
        return
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50) as made, Client(made) as client:
        client.run(_warm_up)
        yield client


def _warm_up() -> None:
    sys.path.insert(0, str(ROOT))
    from etl import pieces

    pieces.warm_up()


def on_cluster(client, reports: Path, timeout: float) -> dict | str:
    """``measure`` with the CPU time of scheduler and workers, and the largest worker."""
    before = sum(client.run(time.process_time).values()) + time.process_time()
    found = measure(reports, 1, client.scheduler.address, timeout)
    if not isinstance(found, str):
        found["cpu"] += sum(client.run(time.process_time).values()) + time.process_time() - before
        found["worker_mb"] = max(client.run(peak).values())
    return found


# ---------------------------------------------------------------------------------------------------- the table
def line(cells: list[str], widths: list[int]) -> str:
    """Cells right-aligned under the columns; a Chinese sign is two wide."""
    return "  ".join(" " * max(0, width - sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in cell)) + cell
                     for cell, width in zip(cells, widths, strict=True))


TITLE = "构建"
HEAD = ("构建", "事实", "秒", "CPU秒", "MB/s/核", "主进程MB", "子进程MB", "对线性")
GOAL = 1.2  # of what a further MB may take more CPU time than the first ones


def run(largest: int, seconds: float) -> bool:
    """Print the table up to ``largest`` times the five reports; False when a build failed.

    A build that would go beyond ``seconds`` in all, judged by the one before, is not begun, and the table says so.
    """
    began = time.monotonic()
    widths = [width for _, width in _COLUMNS]
    print(f"{os.cpu_count()} 核。MB = 10^6 字节；CPU秒不含载入程序；MB/s/核 = MB ÷ CPU秒；子进程MB：最大的一个\n"
          "对线性：比上一档每多 1 MB 所用的 CPU 时间，与第一次这样的增加之比；1.00 为线性，大于 1 是增长更快\n", flush=True)
    print(line([name for name, _ in _COLUMNS], widths), flush=True)
    before: dict[str, tuple[float, dict]] = {}
    first: dict[str, float] = {}
    pace: dict[str, float] = {}  # seconds for each MB added
    held: dict[str, dict[int, float]] = {}  # MB of the main process at each size
    sound = True
    five = sum(p.stat().st_size for p in REPORTS.glob("*.txt")) / 1e6
    measure(REPORTS, 1, None, seconds)  # compiles bytecode
    with cluster() as client, tempfile.TemporaryDirectory(prefix="bench-reports-") as scratch:
        for times in (t for t in TIMES if t <= largest):
            folder, mb = REPORTS, five
            if times > 1:
                folder = Path(scratch) / str(times)
                folder.mkdir()
                mb = write_corpus(folder, five * times)[1] / 1e6
            for how in HOWS:
                name = f"{times} 倍（{mb:.1f} MB）{how}"
                left = began + seconds - time.monotonic()
                expected = before[how][1]["seconds"] + pace.get(how, _PACE) * (mb - before[how][0]) if how in before else 0
                if expected > left:
                    found = f"未测：预计 {expected:.0f} 秒，余下 {max(left, 0):.0f} 秒（--seconds 加长）"
                elif how.startswith("Dask"):
                    found = on_cluster(client, folder, 3 * expected + 120) if client else "未测：没有安装 distributed"
                else:
                    found = measure(folder, int(how[0]), None, 3 * expected + 120)
                if isinstance(found, str):
                    print(f"{times:>5}  {mb:6.1f}  {how}：{found}", flush=True)
                    figures.note(TITLE, HEAD, [figures.Row(name, [found])])
                    sound = sound and found.startswith("未测")
                    continue
                ratio = None
                if how in before:
                    pace[how] = (found["seconds"] - before[how][1]["seconds"]) / max(mb - before[how][0], 1e-9)
                    growth = (found["cpu"] - before[how][1]["cpu"]) / max(mb - before[how][0], 1e-9)
                    ratio = growth / first.setdefault(how, max(growth, 1e-9))
                before[how] = mb, found
                held.setdefault(how, {})[times] = found["main_mb"]
                cells = [str(found["facts"]), f"{found['seconds']:.1f}", f"{found['cpu']:.1f}", f"{mb / found['cpu']:.2f}"]
                memory = [f"{found['main_mb']:.0f}", f"{found['worker_mb']:.0f}" if found["worker_mb"] else "—"]
                print(line([str(times), f"{mb:.1f}", how, str(found["reports"]), *cells, "—" if ratio is None else f"{ratio:.2f}",
                            *(f"{s:.1f}" for s in found["stages"]), *memory], widths), flush=True)
                figures.note(TITLE, HEAD, [figures.Row(name, [*cells, *memory], ratio, None if ratio is None else GOAL)])
                if found["left_out"]:
                    print(f"        未采用 {len(found['left_out'])} 份，如：{found['left_out'][0]}", flush=True)
                    sound = False
    figures.note(TITLE, HEAD, [
        figures.Row(f"主进程内存，{how}", ["，".join(f"{times} 倍 {mb:.0f} MB" for times, mb in each.items())], list(each.values())[-1] / each[1])
        for how, each in held.items() if 1 in each])
    return sound


def main() -> None:
    parser = argparse.ArgumentParser(description="构建随文本量增长的时间与内存")
    parser.add_argument("--largest", type=int, choices=TIMES, default=100, help="最大一档是五份报告的几倍（缺省 100，约 42 MB）")
    parser.add_argument("--seconds", type=float, help="各次构建总共约用几秒（缺省 600；--largest 1000 时 3600）")
    parser.add_argument("--no-others", action="store_true", help="不与别的程序比较（比较时要下载它们）")
    parser.add_argument("--one", nargs=4, metavar=("REPORTS", "OUT", "WORKERS", "SCHEDULER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        reports, out, workers, scheduler = options.one
        print(json.dumps(one(Path(reports), Path(out), int(workers), scheduler or None)))
        return
    sound = run(options.largest, options.seconds or (3600 if options.largest > 100 else 600))
    if not options.no_others:
        others.run()
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
