"""Who does the work: this process, processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from etl.read import ReportError

DASK = "distributed==2026.8.0"  # as in tests/requirements.txt
_WAIT = 30  # seconds for a scheduler to answer, and for its first worker
_DIED = "有工作进程中途退出（可能内存不足或被终止）；请减少 --workers 或检查那台机器后重试"


@dataclass
class Pool:
    """Some workers; without an executor this process does the work itself.

    ``width``: how many tasks can run at once. ``died``: errors that mean a worker is gone, not that its input is wrong.
    """

    executor: Executor | None = None
    width: int = 1
    died: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError)

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
                waiting.append(self.executor.submit(function, *job))
                if len(waiting) > 2 * self.width:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except self.died as error:
            raise ReportError(_DIED) from error
        except ModuleNotFoundError as error:
            raise ReportError(f"工作进程缺少模块 {error.name}；请在仓库的根目录、装好 requirements.txt 的环境里启动工作进程") from error
        finally:
            for future in waiting:
                future.cancel()


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
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise ReportError(f"--scheduler 需要 Dask，请先安装：pip install {DASK}") from error
    try:
        client = Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        raise ReportError(f"连不上 Dask 调度器 {address}：{error}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError as error:
            raise ReportError(f"Dask 调度器 {address} 没有工作进程；请用 dask worker {address} 启动") from error
        # pure: otherwise two equal calls become one task
        executor = client.get_executor(pure=False)
        yield Pool(executor, sum(client.nthreads().values()), (BrokenExecutor, CancelledError, KilledWorker, CommClosedError))
