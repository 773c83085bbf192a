"""Starts, asks and ends the processes of data/sandbox.py; a caller gets a job that it can wait for and cancel.

Processes are kept warm, because a new one takes over half a second. A process that was stopped, ran out of memory or
belongs to another build is replaced. Nothing here blocks the caller.
"""

from __future__ import annotations

import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from data import sandbox, store

try:
    import resource
except ImportError:  # not on Windows
    resource = None

#: What of this program's environment a process sees: nothing of it but what Python needs.
_ENVIRONMENT = {
    "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2",
}
_START_SECONDS = 30
BUSY = "现在查询的人较多，请稍候再试。"
CANCELLED = "已取消。"
UNAVAILABLE = "这台服务器的系统不能限制查询所用的内存和时间，所以不提供SQL查询。"
NO_FILE = "这份数据没有供查询的数据库文件，请管理员重新生成数据（make data）。"
NOT_STARTED = "查询所用的程序没能启动，请告诉管理员。服务器的日志中有原因。"
BROKEN = "查询没有完成：它用的内存或时间超过限制。请先用WHERE缩小范围，或少取几列。"


def available() -> bool:
    """Whether this system can limit a process; elsewhere nothing of a stranger's is run."""
    return resource is not None and hasattr(resource, "RLIMIT_AS") and sys.platform.startswith("linux")


@dataclass(frozen=True)
class Limits:
    """seconds: for a statement. memory: MB of address space that a process may take. rows, size (bytes): of a result. waiting: statements in line."""

    seconds: float = 10
    memory: int = 1024
    rows: int = 10_000
    size: int = 32 << 20
    waiting: int = 10


@dataclass
class Answer:
    """``table`` or else ``problem``, in words, with DuckDB's own in ``detail``; ``kind`` is a key of sandbox.PROBLEMS,
    or time, cancelled, busy, broken, start, unavailable. ``cut``: "", "rows" or "bytes". ``seconds``: how long it took."""

    table: pa.Table | None = None
    problem: str = ""
    detail: str = ""
    kind: str = ""
    cut: str = ""
    seconds: float = 0.0


@dataclass(eq=False)
class Job:
    """A statement under way. ``answer`` is there when ``done`` is set; ``began`` (time.monotonic) when it runs."""

    statement: str
    answer: Answer | None = None
    began: float | None = None
    done: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)

    def wait(self, seconds: float | None = None) -> Answer | None:
        """The answer, None when it is not there after ``seconds``."""
        self.done.wait(seconds)
        return self.answer

    def cancel(self) -> None:
        """Stop it. What has an answer keeps it."""
        self.cancelled.set()


class _Stopped(Exception):
    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class _Process:
    """One process of data/sandbox.py over one file."""

    def __init__(self, key: tuple[str, str], limits: Limits) -> None:
        self.key, self._limits, self._ready = key, limits, False
        cpu = str(int(limits.seconds * sandbox.CONFIG["threads"]) + 2)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "data.sandbox", key[1], str(limits.memory), cpu],
            cwd=store.ROOT.parent, env=_ENVIRONMENT, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )

    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                pipe.close()
            except OSError:
                pass

    def ready(self, job: Job) -> None:
        """Wait until it can be asked; raises _Stopped."""
        if not self._ready:
            try:
                self._frame(time.monotonic() + _START_SECONDS, job)
            except _Stopped as stopped:
                raise _Stopped("cancelled" if stopped.kind == "cancelled" else "start") from None
            self._ready = True

    def ask(self, job: Job) -> Answer:
        """The answer to the job's statement; raises _Stopped when there is none."""
        limits, deadline = self._limits, time.monotonic() + self._limits.seconds
        request = {"sql": job.statement, "rows": limits.rows, "bytes": limits.size}
        try:
            self._process.stdin.write(sandbox.frame(json.dumps(request).encode()))
            self._process.stdin.flush()
        except OSError:
            raise _Stopped("broken") from None
        said = json.loads(self._frame(deadline, job))
        body = self._bytes(said["size"], deadline + 5, job)
        table = pa.ipc.open_stream(body).read_all() if body else None
        return Answer(table, said.get("message", ""), said.get("detail", ""), said.get("kind", ""), said.get("cut", ""),
                      said["seconds"])

    def _frame(self, deadline: float, job: Job) -> bytes:
        return self._bytes(struct.unpack(">I", self._bytes(4, deadline, job))[0], deadline, job)

    def _bytes(self, wanted: int, deadline: float, job: Job) -> bytes:
        """So many bytes of what it says; looks up ten times a second whether to stop."""
        if wanted > self._limits.size * 3 + (1 << 20):
            raise _Stopped("broken")
        found, pipe, news = bytearray(), self._process.stdout.fileno(), select.poll()
        news.register(pipe, select.POLLIN)
        while len(found) < wanted:
            if job.cancelled.is_set():
                raise _Stopped("cancelled")
            if time.monotonic() > deadline:
                raise _Stopped("time")
            if news.poll(100):  # milliseconds
                some = os.read(pipe, min(wanted - len(found), 1 << 20))
                if not some:
                    raise _Stopped("broken")
                found += some
        return bytes(found)


def _end(processes: set[_Process]) -> None:
    while processes:
        processes.pop().kill()


class Pool:
    """``size`` processes at most, a line before them. For use from any thread; ends its processes when it goes."""

    def __init__(self, size: int = 2, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._size = size
        self._turn = threading.Condition()
        self._line: deque[Job] = deque()
        self._running = 0
        self._idle: list[_Process] = []
        self._all: set[_Process] = set()
        self.close = weakref.finalize(self, _end, self._all)  # also when the program ends

    def start(self, build_id: str, folder: Path, statement: str) -> Job:
        """Run ``statement`` over the database of the build in ``folder``; returns at once."""
        job = Job(statement)
        file = Path(folder).resolve() / store.DATABASE
        with self._turn:
            full = len(self._line) >= self.limits.waiting
            if available() and file.is_file() and not full:
                self._line.append(job)
                threading.Thread(target=self._work, args=(job, (build_id, str(file))), daemon=True).start()
                return job
        kind = "busy" if full else "unavailable"
        job.answer = Answer(problem=BUSY if full else NO_FILE if available() else UNAVAILABLE, kind=kind)
        job.done.set()
        return job

    def warm(self, build_id: str, folder: Path) -> None:
        """See to it that a process is there for the next statement."""
        file = Path(folder).resolve() / store.DATABASE
        key = (build_id, str(file))
        if available() and file.is_file():
            with self._turn:
                if not self._running and not any(each.key == key for each in self._idle):
                    self._idle.append(self._take(key))

    def _take(self, key: tuple[str, str]) -> _Process:
        """An idle process over this file, else a new one in place of those that are of no use; called with the lock held."""
        for process in [each for each in self._idle if each.key != key or not each.alive()]:
            self._idle.remove(process)
            self._drop(process)
        if self._idle:
            return self._idle.pop()
        process = _Process(key, self.limits)
        self._all.add(process)
        return process

    def _drop(self, process: _Process) -> None:
        self._all.discard(process)
        process.kill()

    def _work(self, job: Job, key: tuple[str, str]) -> None:
        try:
            job.answer = self._answered(job, key)
        except _Stopped as stopped:
            job.answer = Answer(problem=self._why(stopped.kind), kind=stopped.kind)
        except (OSError, ValueError, KeyError, struct.error, pa.ArrowException) as error:
            job.answer = Answer(problem=BROKEN, detail=str(error), kind="broken")
        finally:  # the job ends in any case, or its page would wait for ever
            job.answer = job.answer or Answer(problem=BROKEN, kind="broken")
            if job.began is not None and job.answer.problem:
                job.answer.seconds = time.monotonic() - job.began
            job.done.set()

    def _why(self, kind: str) -> str:
        late = f"查询超过{self.limits.seconds:g}秒，已停止。请先用WHERE缩小范围，再试。"
        return {"cancelled": CANCELLED, "time": late, "start": NOT_STARTED}.get(kind, BROKEN)

    def _answered(self, job: Job, key: tuple[str, str]) -> Answer:
        with self._turn:
            try:
                while not (self._line[0] is job and self._running < self._size):
                    self._turn.wait(0.2)
                    if job.cancelled.is_set():
                        raise _Stopped("cancelled")
            finally:
                self._line.remove(job)
                self._turn.notify_all()
            self._running += 1
            process = None
        keep = False
        try:
            with self._turn:
                process = self._take(key)
            process.ready(job)
            job.began = time.monotonic()
            found = process.ask(job)
            keep = found.kind != "memory"  # what is left of a full memory is little
            return found
        finally:
            with self._turn:
                self._running -= 1
                if process is not None and not keep:
                    self._drop(process)
                    process = _Process(key, self.limits)  # ready by the time of the next statement
                    self._all.add(process)
                if process is not None:
                    self._idle.append(process)
                self._turn.notify_all()
