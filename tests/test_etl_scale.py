"""A build in parts: the same tables whoever does the work, tables of several files, and workers that die."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

from data import schema, store
from etl import build as build_module
from etl import compare, parts, verify, workers, write
from etl.__main__ import app
from etl.read import ReportError
from tests.benchmarks import __main__ as bench
from tests.conftest import REVIEW, annual, plan

PLACES = ("江津", "渝中", "万州", "涪陵", "北碚", "长寿", "合川", "永川")
HEADER = "district,year,indicator,measure,value,unit,source_title,publisher,source_url,retrieved_as,confidence,note\n"


@pytest.fixture
def county(house):
    """The house with twenty reports, one of them twice and one no report, and figures from elsewhere for two places."""
    for place in PLACES:
        house.put(f"{place}-2024.txt", annual(REVIEW, place=f"重庆市{place}区"))
        house.put(f"{place}-2023.txt", annual("地区生产总值增长6.1%，固定资产投资增长9%。", year=2023, place=f"重庆市{place}区"))
    house.put("永川-2024-copy.txt", annual(REVIEW + "\n\n附件", place="重庆市永川区"))
    house.put("plan.txt", plan("", "到2027年，常住人口城镇化率达到72%。"))
    house.put("notice.txt", "会议通知\n")
    (house.supplement / "facts.csv").write_text(HEADER + "".join(
        f"{place}区,2024,地区生产总值,level,600.5,亿元,统计公报,统计局,https://example.org/,official page,high,\n"
        for place in ("江津", "永川")), encoding="utf-8")
    return house


@pytest.fixture(scope="module")
def cluster():
    """The address of a Dask scheduler with two worker processes."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as made:
        yield made.scheduler_address


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables as DuckDB reads them, in their order."""
    with store.connect(folder) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").df() for name in schema.TABLES}


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.parquet")}


def small_parts(monkeypatch) -> None:
    monkeypatch.setattr(write, "ROW_GROUP", 10)
    monkeypatch.setattr(write, "PART_ROWS", 30)


# ---------------------------------------------------------------- the same tables
def same_as_alone(house, monkeypatch, **how) -> None:
    house.build()
    alone, said = content(house.out.resolve()), store.read_manifest(house.out)
    monkeypatch.setattr(build_module, "PARALLEL_FROM", 0)
    monkeypatch.setattr(build_module, "BATCH", how.pop("batch", build_module.BATCH))
    monkeypatch.setattr(build_module, "_BATCH_FACTS", how.pop("facts", 5000))
    house.build(**how)
    assert content(house.out.resolve()) == alone
    now = store.read_manifest(house.out)
    assert {k: v for k, v in now.items() if k not in ("built_at", "since")} == {
        k: v for k, v in said.items() if k not in ("built_at", "since")}
    assert verify.verify(house.out, house.reports) == []


@pytest.mark.parametrize("how", [{"batch": 1}, {"batch": 5_000, "facts": 1}, {"workers": 2}, {"workers": 3, "batch": 1, "facts": 1}], ids=str)
def test_the_same_bytes_in_whatever_portions(county, monkeypatch, how):
    same_as_alone(county, monkeypatch, **how)


def test_the_same_bytes_from_a_cluster(county, cluster, monkeypatch):
    same_as_alone(county, monkeypatch, scheduler=cluster, facts=20)


def test_a_cluster_reads_with_the_catalogue_of_the_build(house, cluster):
    """A new indicator in this machine's catalogue is found by the workers, which have another catalogue."""
    house.edit("aliases.csv", lambda rows: [*rows, rows[0] | {"alias": "营商环境得分", "indicator_id": "gdp"}])
    house.build(scheduler=cluster)
    with store.connect(house.out) as connection:
        found = connection.execute("SELECT DISTINCT indicator_id FROM facts WHERE quote LIKE '%营商环境得分%'").fetchall()
    assert found == [("gdp",)]


def test_memory_does_not_bound_the_order(county, monkeypatch):
    """Rows that wait on disk a few at a time come back in the same order."""
    county.build()
    before = tables(county.out)
    monkeypatch.setattr(write, "_PIECE_ROWS", 1)
    county.build()
    for name, frame in tables(county.out).items():
        pd.testing.assert_frame_equal(frame, before[name])


# ---------------------------------------------------------------- tables of several files
@pytest.fixture
def parted(county, monkeypatch):
    """The county built with tables of several files; gives the house and the tables as they are in one file each."""
    county.build()
    whole = tables(county.out)
    small_parts(monkeypatch)
    county.build()
    return county, whole


def test_parts_are_read_as_one_table(parted):
    house, whole = parted
    manifest = store.read_manifest(house.out)
    several = {name for name in schema.TABLES if len(store.files(house.out, manifest, name)) > 1}
    assert {"facts", "numbers", "passages", "districts"} <= several and "reports" not in several
    for name, frame in tables(house.out).items():
        pd.testing.assert_frame_equal(frame, whole[name])
        files = store.files(house.out, manifest, name)
        rows = [len(pd.read_parquet(path)) for path in files]
        assert sum(rows) == manifest["tables"][name]["rows"] == len(frame) and max(rows) <= (30 if name in several else 10**6)
    with duckdb.connect(str(house.out / store.DATABASE), read_only=True) as connection:
        for name, frame in whole.items():
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (len(frame),)


def test_a_parted_build_is_sound_and_compared(parted):
    house, _ = parted
    assert verify.verify(house.out, house.reports) == []
    gone, come, changed = compare.changes(house.out, house.out)
    assert len(gone) == len(come) == len(changed) == 0
    house.put("新.txt", annual("地区生产总值增长4.1%。", place="重庆市大足区"))
    house.build()
    since = store.read_manifest(house.out)["since"]
    assert (since["come"], since["gone"], since["changed"], since["reports"]) == (1, 0, 0, ["新"])


def test_explain_finds_a_fact_of_any_part(parted):
    house, whole = parted
    for row in (whole["facts"].iloc[0], whole["facts"].query("quote.notna()").iloc[-1]):
        result = CliRunner().invoke(app, ["explain", row["fact_id"], "--folder", str(house.out), "--reports", str(house.reports)])
        assert result.exit_code == 0 and row["fact_id"] in result.stdout and row["indicator"] in result.stdout


def check(house):
    return CliRunner().invoke(app, ["check", "--folder", str(house.out), "--reports", str(house.reports)])


def test_check_sees_a_missing_part(parted):
    house, _ = parted
    assert check(house).exit_code == 0
    (house.out / "numbers/part-00001.parquet").unlink()
    result = check(house)
    assert result.exit_code == 1 and "numbers/part-00001.parquet: 缺失" in result.stderr


@pytest.mark.parametrize("name", ["facts/part-00000.parquet", "passages/part-00001.parquet", "districts/part-00003.parquet"])
def test_check_sees_a_flipped_byte_in_a_part(parted, name):
    house, _ = parted
    raw = bytearray((house.out / name).read_bytes())
    raw[len(raw) // 2] ^= 0x10
    (house.out / name).write_bytes(raw)
    result = check(house)
    assert result.exit_code == 1 and f"{name}: 内容与" in result.stderr


def test_check_sees_a_part_that_the_manifest_forgot(parted):
    """A manifest that leaves out a part with all its facts leaves numbers that belong to nothing."""
    house, _ = parted
    manifest = store.read_manifest(house.out)
    del manifest["tables"]["facts"]["files"]["facts/part-00000.parquet"]
    (house.out / store.MANIFEST).write_text(json.dumps(manifest))
    result = check(house)
    assert result.exit_code == 1 and "fact_id 不存在" in result.stderr


# ---------------------------------------------------------------- what goes wrong
def breaks_at(name: str, monkeypatch) -> None:
    """A mistake in the code that only the report ``name`` brings to light."""
    real = parts.understand

    def understand(file, raw, catalog):
        if file == name:
            raise ZeroDivisionError("division by zero")
        return real(file, raw, catalog)

    monkeypatch.setattr(parts, "understand", understand)


def test_a_report_that_breaks_the_code_is_left_out(house, monkeypatch):
    breaks_at("nanan.txt", monkeypatch)
    summary = house.build()
    (line,) = summary.left_out
    assert line.startswith("nanan.txt: ") and "ZeroDivisionError" in line
    assert set(tables(house.out)["facts"]["district"]) == {"綦江"}


def test_a_report_whose_rows_break_the_contract_is_left_out(county, monkeypatch):
    real = parts._part

    def part(report, folder):
        made = real(report, folder)
        if report.report_id == "江津-2024":
            made.facts[0]["measure"] = "total"
        return made

    monkeypatch.setattr(parts, "_part", part)
    summary = county.build()
    assert [line for line in summary.left_out if line.startswith("江津-2024.txt: ")]
    assert {"渝中-2024", "江津-2023"} <= set(tables(county.out)["reports"]["report_id"])


def test_a_worker_that_dies_leaves_the_last_build(county, monkeypatch):
    county.build()
    last = store.build_id(county.out)

    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(build_module, "PARALLEL_FROM", 0)
    county.put("新.txt", annual("地区生产总值增长4.1%。", place="重庆市大足区"))
    here = os.getpid()
    monkeypatch.setattr(parts, "understand", lambda *given: die() if os.getpid() != here else None)
    with pytest.raises(ReportError, match="工作进程"):
        county.build(workers=2)
    assert store.build_id(county.out) == last and verify.verify(county.out) == []
    assert not list(county.root.glob(".parquet-builds/tmp-*"))


def test_a_dask_worker_that_dies_leaves_the_last_build(county):
    distributed = pytest.importorskip("distributed")

    class Dies(distributed.WorkerPlugin):
        """Every worker, also one started anew, dies at its first report."""

        def setup(self, worker):
            from etl import parts

            parts.understand = lambda *_: os.kill(os.getpid(), signal.SIGKILL)

    county.build()
    last = store.build_id(county.out)
    county.put("新.txt", annual("地区生产总值增长4.1%。", place="重庆市大足区"))
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0") as one:
        with distributed.Client(one, set_as_default=False) as client:
            client.register_plugin(Dies())
        begin = time.monotonic()
        with pytest.raises(ReportError, match="工作进程"):
            county.build(scheduler=one.scheduler_address)
        assert time.monotonic() - begin < 60
    assert store.build_id(county.out) == last and verify.verify(county.out) == []


def test_no_scheduler_at_the_address(house):
    house.build()
    last = store.build_id(house.out)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    pytest.importorskip("distributed")
    begin = time.monotonic()
    result = CliRunner().invoke(app, ["build", "--reports", str(house.reports), "--out", str(house.out), "--scheduler", address])
    assert result.exit_code == 2 and "连不上 Dask 调度器" in result.stderr and address in result.stderr.replace("\n", "")
    assert time.monotonic() - begin < 20
    assert store.build_id(house.out) == last


def test_without_dask_it_is_said_what_to_install(house, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ReportError, match=r"pip install distributed==[\d.]+"):
        house.build(scheduler="tcp://127.0.0.1:8786")


def test_the_dask_that_is_named_is_the_one_that_is_tested():
    lines = (Path(__file__).parent / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert workers.DASK in [line.split()[0] for line in lines if line.strip()]


def test_a_cluster_with_other_code_is_told(house, cluster, monkeypatch):
    monkeypatch.setattr(workers, "code_id", lambda: "another")
    with pytest.raises(ReportError, match="代码.*与本机不同"):
        house.build(scheduler=cluster)
    assert not house.out.exists()


def test_a_cluster_without_workers_is_told(house, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(workers, "_WAIT", 2)
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as nobody, pytest.raises(ReportError, match="没有工作进程"):
        house.build(scheduler=nobody.scheduler_address)


# ---------------------------------------------------------------- the benchmarks
@pytest.mark.parametrize("largest", [100, 1000])
def test_make_bench_asks_each_script_for_what_it_takes(largest, monkeypatch):
    """A script that no longer knows an option would be missing in the table of make bench."""
    class Understood(Exception):
        pass

    real = argparse.ArgumentParser.parse_args

    def parse_args(self, *given):
        real(self, *given)
        raise Understood

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", parse_args)
    for name, arguments, most in bench.steps("folder", largest, 60):
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        with pytest.raises(Understood):
            importlib.import_module(f"tests.benchmarks.{name}").main()
        assert most > 60


def test_the_table_of_make_bench_says_what_was_not_measured(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(bench, "run", lambda name, arguments, most, env: "超过 5 秒，已停止" if name == "bench_load" else "")
    monkeypatch.setattr(sys, "argv", ["bench", "--large", str(tmp_path / "none")])
    bench.main()
    said = capsys.readouterr().out
    assert "bench_queries" in said and "bench_pages" in said and "没有大规模数据" in said and "已停止" in said
