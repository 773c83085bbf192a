"""The command line: python -m etl build | check | diff | explain."""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path
from typing import Annotated

import duckdb
import pandera.errors
import pyarrow as pa
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.segment import Segment
from rich.table import Table

from data import log, store
from data.catalog import CatalogError
from data.terms import FINDING_KINDS, REASONS
from data.unseen import shown
from etl import build as build_module
from etl import compare, verify
from etl.read import ReportError

app = typer.Typer(add_completion=False, no_args_is_help=True, help="区县规划看板：报告 → 数据", pretty_exceptions_show_locals=False)
_SHOWN_REPORTS = 40
_SHOWN_FINDINGS = 16  # the rest stand in findings.parquet and on the page 数据说明


class _Console(Console):
    """Words of reports cannot steer the terminal: a sign stands for each character that nobody sees."""

    def render(self, *what, **how):
        """See Console.render."""
        for part in super().render(*what, **how):
            yield part if part.control else Segment(shown(part.text), part.style)


out = _Console(emoji=False, soft_wrap=True, width=None if sys.stdout.isatty() else 240)
err = _Console(emoji=False, stderr=True, soft_wrap=True)

Folder = Annotated[Path, typer.Option(help="构建所在的文件夹")]


_BROKEN = (pandera.errors.SchemaError, pandera.errors.SchemaErrors, pa.ArrowException, UnicodeError)
_DONT_FIT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _cause(error: Exception) -> str:
    """What the person who runs the build can do about it; the error itself where there is nothing to add."""
    if isinstance(error, duckdb.OutOfMemoryException) and "disk" not in str(error).lower() and "directory" not in str(error).lower():
        return f"内存不够，请关闭其他程序，或减少报告后重试（{str(error).splitlines()[0]}）"
    if isinstance(error, duckdb.Error) or getattr(error, "errno", None) in _DONT_FIT:
        return f"磁盘可能已满，请清出空间后重试（{error}）"
    if isinstance(error, PermissionError) or getattr(error, "errno", None) == errno.EROFS:
        return f"没有写入的权限，或文件夹是只读的，请检查后重试（{error}）"
    return str(error)


def _fail(message: str) -> typer.Exit:
    err.print(message, style="red", markup=False)
    return typer.Exit(2)


@app.command()
def build(
    reports: Annotated[Path, typer.Option(help="报告所在的文件夹")] = store.REPORTS_DIR,
    to: Annotated[Path | None, typer.Option("--out", help="写到哪个文件夹")] = None,
    workers: Annotated[int, typer.Option(min=1, help="并行进程数；报告很少时自动用一个")] = os.cpu_count() or 1,
    scheduler: Annotated[str | None, typer.Option(metavar="地址", help="交给 Dask 集群：调度器的地址，如 tcp://主机:8786")] = None,
) -> None:
    """读全部报告，写出约定中的各表；有文件未能采用时退出码为 1。"""
    to, began = to or store.parquet_dir(), time.monotonic()
    if not sys.stderr.isatty():  # nobody is looking: a line for the log
        log.setup()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("读报告", total=None)

        def progress(name: str, done: int, total: int) -> None:
            name = name.encode("utf-8", "replace").decode()  # of a file whose name is in another encoding
            bar.update(task, description=escape(name), completed=done, total=total)

        try:
            summary = build_module.build(reports, to, workers=workers, scheduler=scheduler, progress=progress)
        except CatalogError as error:
            log.event("build", error, seconds=time.monotonic() - began)
            raise _fail("目录文件有误，未构建，现有数据不变：\n" + str(error)) from None
        except (ReportError, OSError, duckdb.Error) as error:
            log.event("build", error, seconds=time.monotonic() - began)
            raise _fail(f"未构建，现有数据不变：{_cause(error)}") from None
        except _BROKEN as error:
            log.event("build", error, seconds=time.monotonic() - began)
            raise _fail(f"未构建，现有数据不变。构建结果不符合数据约定，或没能写出：{str(error)[:600]}") from None
        except MemoryError:
            raise _fail("未构建，现有数据不变：内存不够，请用 --workers 1 再试，或换内存更大的机器") from None
    _summary(summary, to)
    log.event("build", build=summary.build_id, reports=len(summary.reports), left_out=len(summary.left_out), seconds=time.monotonic() - began)
    if summary.left_out:
        raise typer.Exit(1)


def _summary(s: build_module.Summary, to: Path) -> None:
    unclassified = s.reasons.get("unclassified", 0)
    table = Table(title=f"构建 {s.build_id}")
    for name, justify in (("报告", "left"), ("地区", "left"), ("表格", "right"), ("正文", "right"), ("补充", "right"), ("推算", "right")):
        table.add_column(name, justify=justify)
    for r in [*s.reports[:_SHOWN_REPORTS], {"report_id": "supplement", "district": ""}]:
        cells = [str(s.facts[r["report_id"], o] or "") for o in ("table", "prose", "supplement", "derived")]
        if any(cells):
            table.add_row(r["report_id"], r["district"], *cells)
    if len(s.reports) > _SHOWN_REPORTS:
        table.caption = f"共 {len(s.reports)} 份报告、{s.facts.total()} 条事实，只列出前 {_SHOWN_REPORTS} 份"
    out.print(table)
    facts = s.numbers - sum(s.reasons.values())
    out.print(f"数字 {s.numbers} 个：{facts} 个属于事实，{sum(s.reasons.values())} 个有不采用的理由，其中尚未判明 {unclassified} 个"
              f"（{unclassified / max(1, s.numbers):.1%}）")
    top = "，".join(f"{REASONS[k]} {v}" for k, v in sorted(s.reasons.items(), key=lambda kv: -kv[1])[:8])
    out.print(f"理由：{top}", markup=False)
    out.print("发现：" + ("，".join(f"{FINDING_KINDS[k]} {n}" for k, n in s.findings.most_common()) or "无"), markup=False)
    listed = s.gravest(_SHOWN_FINDINGS)
    for f in listed:
        out.print(f"  {FINDING_KINDS[f['kind']]}：{f['message']}", markup=False, highlight=False)
    if rest := s.findings.total() - len(listed):
        out.print(f"  另有 {rest} 条，全部列在看板的“数据说明”页", markup=False)
    for w in s.warnings:
        err.print("提示 " + w, style="yellow", markup=False)
    if s.left_out:
        err.print(f"未采用 {len(s.left_out)} 项：", style="red")
        for line in s.left_out:
            err.print("  " + line, style="red", markup=False)
    out.print(f"已写到 {to}", markup=False)


@app.command()
def check(folder: Folder = None, reports: Annotated[Path, typer.Option(help="报告所在的文件夹")] = store.REPORTS_DIR) -> None:
    """核对一次构建：校验和、数据约定、引文与原文、数字交代。"""
    folder = folder or store.parquet_dir()
    problems = verify.verify(folder, reports)
    for p in problems:
        err.print(p, style="red", markup=False)
    if problems:
        raise typer.Exit(1)
    out.print(f"{folder}：构建 {store.build_id(folder)} 完好", markup=False)


@app.command()
def diff(old: Annotated[Path, typer.Argument(help="旧构建的文件夹")], folder: Folder = None) -> None:
    """列出两次构建之间变化的事实，供人阅读。"""
    try:
        compare.show(old, folder or store.parquet_dir(), out)
    except store.NoBuildError as error:
        raise _fail(str(error)) from None


@app.command()
def explain(fact_id: str, folder: Folder = None, reports: Annotated[Path, typer.Option(help="报告所在的文件夹")] = store.REPORTS_DIR) -> None:
    """说明一条事实：数值、原句及上下文、规则、推算来源。"""
    try:
        found = compare.explain(fact_id, folder or store.parquet_dir(), reports, out)
    except store.NoBuildError as error:
        raise _fail(str(error)) from None
    if not found:
        raise _fail(f"没有 fact_id 为 {fact_id} 的事实")


if __name__ == "__main__":
    app()
