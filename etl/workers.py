"""Who does the work: this process, processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import logging
import pickle
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass

from etl.parts import code_id
from etl.read import ReportError

DASK = "distributed==2026.8.0"  # as in tests/requirements.txt
_WAIT = 10  # seconds for a scheduler to answer, for its first worker, and for a worker to come back
_ASK = 2  # seconds without a result after which the scheduler is asked for its workers
_PLACE = "请在仓库的根目录、装好 requirements.txt 的环境里启动工作进程：PYTHONPATH=. dask worker 调度器的地址 --nthreads 1"
_DIED = "有工作进程中途退出（可能内存不足或被终止），或与调度器的连接断开；请减少 --workers，或检查工作进程所在的机器后重试"


@dataclass
class Pool:
    """Some workers; without an executor this process does the work itself.

    ``width``: how many tasks can run at once. ``died``: errors that mean a worker is gone, not that its input is wrong.
    ``alive`` is asked while nothing comes back; False means that nothing will.
    """

    executor: Executor | None = None
    width: int = 1
    died: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError)
    alive: Callable[[], bool] = lambda: True

    def map(self, function: Callable, jobs: Iterable[tuple]) -> Iterator:
        """Results of ``function(*job)`` in the order of the jobs.

        Jobs are made when a worker is about to need them and results are handed on as they are asked for, so that neither
        pile up. Raises ReportError when workers die.
        """
        if self.executor is None:
            yield from (function(*job) for job in jobs)
            return
        waiting: deque = deque()
        try:
            for job in jobs:
                waiting.append(self._submit(function, job))
                if len(waiting) > 2 * self.width:
                    yield self._result(waiting.popleft())
            while waiting:
                yield self._result(waiting.popleft())
        except self.died as error:
            raise ReportError(_DIED) from error
        finally:
            for future in waiting:
                future.cancel()

    def _submit(self, function: Callable, job: tuple) -> Future:
        return self.executor.submit(function, *job)

    def _result(self, future: Future):
        """What a task gives, or its error; CancelledError when there is nobody left to do it."""
        while not wait([future], _ASK).done:
            if not self.alive():
                raise CancelledError
        return future.result()


class _Cluster(Pool):
    """Workers that may run elsewhere: jobs and results travel as bytes that only the worker and this process open."""

    def _submit(self, function: Callable, job: tuple) -> Future:
        return self.executor.submit(_at_worker(), code_id(), function.__module__, function.__name__, pickle.dumps(job))

    def _result(self, future: Future):
        try:
            found = super()._result(future)
        except ModuleNotFoundError as error:
            raise ReportError(f"工作进程缺少模块 {error.name}；{_PLACE}") from error
        if found is None:
            raise ReportError("工作进程所用的代码或 spellings.csv 与本机不同；请在各台机器上放同一版本，重新启动工作进程")
        return pickle.loads(found)


def _at_worker() -> Callable[[str, str, str, bytes], bytes | None]:
    """What the worker runs: the result of a task, None when the code there is another.

    A function inside a function is sent as it stands; of any other only the name is, and the scheduler, which may be
    without this code, would look for it.
    """
    def run(code: str, module: str, name: str, job: bytes) -> bytes | None:
        import importlib
        import pickle

        if getattr(importlib.import_module("etl.parts"), "code_id", str)() != code:
            return None
        return pickle.dumps(getattr(importlib.import_module(module), name)(*pickle.loads(job)))

    return run


@contextmanager
def processes(count: int) -> Iterator[Pool]:
    """``count`` processes of this machine."""
    with ProcessPoolExecutor(count) as executor:
        yield Pool(executor, count)


@contextmanager
def cluster(address: str) -> Iterator[Pool]:
    """The workers of a Dask scheduler. Raises ReportError when there is no Dask, no scheduler or no worker."""
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.addressing import parse_address, parse_host_port
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise ReportError(f"--scheduler 需要 Dask，请先安装：pip install {DASK}") from error
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said here, in plain words
    try:
        if parse_address(address)[0] in ("tcp", "tls"):  # a Client that finds nobody is long in giving up
            socket.create_connection(parse_host_port(parse_address(address)[1]), _WAIT).close()
        client = Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        raise ReportError(f"连不上 Dask 调度器 {address}；请检查地址（如 tcp://主机:8786）和网络，确认调度器已启动（{error}）") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError as error:
            raise ReportError(f"Dask 调度器 {address} 没有工作进程；{_PLACE}") from error
        last = time.monotonic()

        def alive() -> bool:
            """Whether a worker was there within the last _WAIT seconds: one that died may be started anew."""
            nonlocal last
            try:
                if client.status == "running" and client.nthreads():
                    last = time.monotonic()
            except (OSError, ValueError):
                pass
            return time.monotonic() - last < _WAIT

        # pure: otherwise two equal calls become one task
        executor = client.get_executor(pure=False)
        yield _Cluster(executor, max(1, sum(client.nthreads().values())), (BrokenExecutor, CancelledError, KilledWorker, CommClosedError), alive)
