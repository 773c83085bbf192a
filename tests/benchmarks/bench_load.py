"""Fifty people at once: websocket sessions that click through the pages, and what the server takes for it.

    python -m tests.benchmarks.bench_load [--seconds 60] [--sessions 50] [--data FOLDER]

Each session speaks Streamlit's own protocol from a thread of its own: it opens a page, changes districts, years, indicators
and measures a few times, with 2 to 4 seconds to look in between, and goes on to another page. Server and clients share the
machine. Reported: p50 and p95 of opening and of changing, errors, memory for each session, and how the server's memory at
the end stands to that of the second minute (of the second quarter, in runs under four minutes, which have no goal: answers
that are kept are still being collected then). What grows after that is answers kept, of which there is a most, and gaps that
the allocator does not return; when others come after the first have left, memory is what it was. Linux only (/proc).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import WebSocketException

from data import store
from tests import browser_app
from tests.benchmarks import figures
from tests.benchmarks.session import Broken, Session, opened

GOAL = 1.05
LOOK = (2.0, 4.0)  # seconds between two clicks
PATHS = (
    "/", "/", "/compare", "/compare?theme=共享", "/trend", "/trend?theme=创新", "/target_gap",
    "/target_gap?years=2024&years=2025", "/explore", "/sources", "/method", "/method?part=指标口径", "/method?part=需要留意",
)  # fmt: skip
#: What is changed where a page has it, and how many values are chosen at most.
LABELS = {"区县": 3, "年份": 1, "看什么": 1, "指标": 3, "专题": 1, "排序": 1, "标出": 1, "本页各部分": 1, "完成或目标": 1, "表的样子": 1}


@dataclass
class Tally:
    """What all sessions together have seen; seconds."""

    opens: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, into: str, seconds: float) -> None:
        with self.lock:
            getattr(self, into).append(seconds)


def _change(session: Session, draw: random.Random) -> float | None:
    """Change one thing; None where the page has nothing to change."""
    offered = {label: session.offered(label) for label in LABELS}
    labels = [label for label, values in offered.items() if values]
    if not labels:
        return None
    label = draw.choice(labels)
    values = draw.sample(offered[label], min(draw.randint(1, LABELS[label]), len(offered[label])))
    return session.choose(label, *values)


def visitor(base: str, number: int, until: float, tally: Tally) -> None:
    """One person, until the time is over."""
    draw = random.Random(number)
    time.sleep(draw.uniform(0, 4))
    try:
        with opened(base) as session:
            while time.monotonic() < until:
                tally.add("opens", session.open(draw.choice(PATHS)))
                for _ in range(draw.randint(2, 5)):
                    time.sleep(draw.uniform(*LOOK))
                    if time.monotonic() >= until:
                        break
                    if (took := _change(session, draw)) is not None:
                        tally.add("changes", took)
    except (Broken, OSError, WebSocketException) as error:  # counted, not raised: the others go on
        with tally.lock:
            tally.errors[f"{type(error).__name__}: {error}"[:160]] += 1


def _children() -> set[int]:
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        found |= {int(pid) for pid in (task / "children").read_text().split()}
    return found


def _memory(pid: int) -> float:
    """Resident memory of a process in MB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def run(data: Path, sessions: int = 50, seconds: float = 60.0) -> list[figures.Row]:
    """Rows of figures of one run over the build in ``data``."""
    with ExitStack() as stack:
        before = _children()
        base = stack.enter_context(browser_app.server(data))
        (server,) = _children() - before
        with opened(base) as first:  # what every server holds, sessions or not: all pages read once
            for path in PATHS:
                first.open(path)
        empty, used = _memory(server), _cpu(server)
        tally, begun = Tally(), time.monotonic()
        until = begun + seconds
        threads = [threading.Thread(target=visitor, args=(base, n, until, tally), daemon=True) for n in range(sessions)]
        for thread in threads:
            thread.start()
        seen: list[tuple[float, float]] = []  # (seconds since the beginning, MB)
        while time.monotonic() < until:
            time.sleep(1)
            seen.append((time.monotonic() - begun, _memory(server)))
        used = _cpu(server) - used
        for thread in threads:
            thread.join(30)
    part = 60.0 if seconds >= 240 else seconds / 4
    early = statistics.median(mb for at, mb in seen if part <= at < 2 * part)
    late = statistics.median(mb for at, mb in seen if at >= seconds - part)
    clicks = len(tally.opens) + len(tally.changes)
    rows = [
        figures.Row(f"{sessions} 人 {seconds:.0f} 秒，{LOOK[0]:g}—{LOOK[1]:g} 秒一次", [f"{clicks} 次，{clicks / seconds:.1f} 次/秒"]),
        *(
            figures.Row(name, [f"中位 {1000 * statistics.median(each):.0f}，95% {1000 * figures.p95(each):.0f} 毫秒"])
            for name, each in (("打开一页", tally.opens), ("改一个条件", tally.changes))
            if each
        ),
        figures.Row("出错", [str(sum(tally.errors.values()))]),
        figures.Row("服务器 CPU", [f"{used / seconds:.2f} 核，每次 {1000 * used / max(clicks, 1):.0f} 毫秒"]),
        figures.Row("服务器内存", [f"开始 {empty:.0f}，最多 {max(mb for _, mb in seen):.0f} MB"]),
        figures.Row("每人内存", [f"{(late - empty) / sessions:.2f} MB"]),
        figures.Row(f"内存增长（{part:.0f} 秒一段，第二段到最后一段）", [f"{early:.0f} → {late:.0f} MB"], late / early, GOAL if seconds >= 240 else None),
    ]
    for words, count in tally.errors.most_common(5):
        rows.append(figures.Row("出错", [f"{count} 次：{words}"]))
    return rows


HEAD = ("负载", "结果", "比值")


def main() -> None:
    parser = argparse.ArgumentParser(description="许多人同时使用")
    parser.add_argument("--seconds", type=float, default=60, help="多少秒（缺省 60；300 为五分钟）")
    parser.add_argument("--sessions", type=int, default=50, help="多少人（缺省 50）")
    parser.add_argument("--data", type=Path, default=store.parquet_dir(), help="数据所在的文件夹")
    options = parser.parse_args()
    figures.show("负载", HEAD, run(options.data, options.sessions, options.seconds))


if __name__ == "__main__":
    main()
