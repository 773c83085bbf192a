"""Statements of the reader's own: what is refused and why, what is stopped, that values survive, and the page."""

from __future__ import annotations

import datetime
import io
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import dictionary, schema, store
from data.sandbox_pool import Answer, Limits, Pool, available
from pages.parts import sql_box
from tests import browser_app, pages_build, test_pages_app
from tests.test_pages_app import html

pytestmark = pytest.mark.skipif(not available(), reason="this system cannot limit a process")
PATIENCE = 30  # seconds; a statement that is stopped ends long before
ENDLESS = "SELECT count(*) FROM range(1000000000000) a, range(1000) b"


@pytest.fixture(scope="module")
def pool():
    made = Pool(1, Limits(seconds=1.5))
    yield made
    made.close()


@pytest.fixture
def ask(pool, folder):
    def asked(statement: str, pool: Pool = pool) -> Answer:
        answer = pool.start("test", folder, statement).wait(PATIENCE)
        assert answer is not None, "no answer"
        return answer

    return asked


def still_answers(ask) -> bool:
    return ask("SELECT count(*) AS n FROM facts").table["n"][0].as_py() == len(pages_build.FACTS)


# ------------------------------------------------------------------------------------------------ refused, and why
REFUSED = {
    # other statements than a query
    "COPY facts TO 'x.csv'": "只能查询",
    "COPY (SELECT 1) TO '/dev/stdout'": "只能查询",
    "ATTACH '/etc/passwd' AS x": "只能查询",
    "INSTALL httpfs": "只能查询",
    "LOAD httpfs": "只能查询",
    "PRAGMA database_list": "只能查询",
    "SET threads = 8": "只能查询",
    "RESET enable_external_access": "只能查询",
    "SET enable_external_access = true": "只能查询",
    "EXPORT DATABASE 'x'": "只能查询",
    "CREATE TABLE x AS SELECT 1": "只能查询",
    "CREATE TEMP TABLE x AS SELECT 1": "只能查询",
    "CREATE MACRO f(a) AS a": "只能查询",
    "DROP TABLE facts": "只能查询",
    "DELETE FROM facts": "只能查询",
    "UPDATE facts SET value = 0": "只能查询",
    "INSERT INTO facts SELECT * FROM facts": "只能查询",
    "CALL pragma_version()": "只能查询",
    "EXPLAIN ANALYZE SELECT 1": "只能查询",
    "PREPARE x AS SELECT 1": "只能查询",
    "CHECKPOINT": "只能查询",
    "VACUUM": "只能查询",
    "USE main": "只能查询",
    "BEGIN": "只能查询",
    "WITH x AS (INSERT INTO facts SELECT * FROM facts RETURNING *) SELECT * FROM x": "不能改动",
    "SELECT 1; SELECT 2": "一条语句",
    "SELECT 1; COPY facts TO 'x.csv'": "一条语句",
    "": "没有写语句",
    "-- 只有注释": "没有写语句",
    "SELECT " + "1 + " * 10_000 + "1": "太长",
    # files and other hosts
    "FROM '/etc/passwd'": "不能读文件",
    "FROM 'data.parquet'": "不能读文件",
    "SELECT * FROM 'https://example.org/x.csv'": "不能读文件",
    "FROM read_csv('/etc/passwd')": "不能读文件",
    "FROM \"read_csv\"('/etc/passwd')": "不能读文件",
    "FROM main.read_csv_auto('/etc/passwd')": "不能读文件",
    "FROM read_parquet('facts.parquet')": "不能读文件",
    "FROM read_text('/etc/passwd')": "不能读文件",
    "FROM read_blob('/etc/passwd')": "不能读文件",
    "FROM read_json('/etc/passwd')": "不能读文件",
    "FROM glob('/*')": "不能读文件",
    "FROM sniff_csv('/etc/passwd')": "不能读文件",
    "FROM parquet_metadata('x')": "不能读文件",
    "FROM sqlite_scan('a', 'b')": "不能读文件",
    "SELECT (SELECT content FROM read_text('/proc/self/environ'))": "不能读文件",
    "WITH x AS MATERIALIZED (FROM read_text('/etc/passwd')) FROM x": "不能读文件",
    "SELECT * FROM facts WHERE EXISTS (FROM glob('/*'))": "不能读文件",
    # settings, secrets, the machine
    "SELECT getenv('PATH')": "不提供函数",
    "SELECT current_setting('temp_directory')": "不提供函数",
    "SELECT getvariable('x')": "不提供函数",
    "FROM duckdb_settings()": "不提供函数",
    "FROM duckdb_secrets()": "不提供函数",
    "FROM duckdb_databases()": "不提供函数",
    "FROM duckdb_extensions()": "不提供函数",
    "FROM which_secret('s3://x', 's3')": "不提供函数",
    "FROM pragma_database_size()": "不提供函数",
    "FROM query('SELECT 1')": "不提供函数",
    "FROM query_table('facts')": "不提供函数",
    "FROM sql_auto_complete('SEL')": "不提供函数",
    "FROM json_execute_serialized_sql('{}')": "不提供函数",
    "SELECT json_serialize_plan('SELECT getenv(''PATH'')', optimize := true)": "不提供函数",
    "SELECT json_serialize_plan('FROM duckdb_databases()')": "不提供函数",
    "SELECT json_serialize_sql('SELECT 1')": "不提供函数",
    "SELECT write_log('x')": "不提供函数",
    # the same in other clothes
    "SELECT 'PATH'.getenv()": "不提供函数",
    "SELECT \"getenv\"('PATH')": "不提供函数",
    "SELECT system.main.\"GetEnv\"('PATH')": "不提供函数",
    "SELECT getenv/**/('PATH')": "不提供函数",
    "SELECT list_transform(['PATH'], x -> getenv(x))": "不提供函数",
    "SELECT [getenv(x) FOR x IN ['PATH']]": "不提供函数",
    "SELECT * REPLACE (getenv('PATH') AS district) FROM facts": "不提供函数",
    "SELECT 1 LIMIT (SELECT length(getenv('PATH')))": "不提供函数",
    "SELECT count(*) FILTER (getenv('PATH') = 'x') OVER (ORDER BY getenv('PATH')) FROM facts": "不提供函数",
    "VALUES (getenv('PATH'))": "不提供函数",
    "SELECT list_aggregate(['PATH'], 'getenv')": "没有名为“getenv”的函数",
    "SELECT ｇｅｔｅｎｖ('PATH')": "没有名为“ｇｅｔｅｎｖ”的函数",
    "SELECT g\u0435tenv('PATH')": "没有名为",  # a Cyrillic letter
    "SELECT\u00a0getenv('PATH')": "不提供函数",
    "\ufeffFROM read_text('/etc/passwd')": "不能读文件",
    "SELECT 1 /* ; */; FROM read_text('/etc/passwd')": "一条语句",
    "SELECT 1 -- ;\n; SELECT 2": "一条语句",
    "SELECT 1；SELECT 2": "写法有误",
    "SELECT 1 /* 没有结尾": "写法有误",
    "WITH facts AS (FROM read_text('/etc/passwd')) FROM facts": "不能读文件",
    "FROM facts, LATERAL (FROM read_text(facts.quote))": "不能读文件",
    "FROM facts POSITIONAL JOIN read_blob(['/etc/passwd'])": "不能读文件",
    "DESCRIBE SELECT * FROM read_csv('/etc/passwd')": "不能读文件",
    "SUMMARIZE '/etc/passwd'": "不能读文件",
    "SELECT path FROM duckdb_databases": "系统表",
    "SELECT path FROM pragma_database_list": "系统表",
    "SHOW SETTINGS": "系统表",
    "FROM repeat_row(1, num_rows = 1000000000000)": "不提供函数",
    "CREATE SECRET s (TYPE s3)": "只能查询",
    "SET VARIABLE x = getenv('PATH')": "只能查询",
    "MERGE INTO facts USING facts f ON true WHEN MATCHED THEN DELETE": "只能查询",
    "IMPORT DATABASE 'x'": "只能查询",
    "DETACH planboard": "只能查询",
    "EXPLAIN FROM read_text('/etc/passwd')": "只能查询",
    "SELECT pg_sleep(100)": "不提供函数",
    "FROM pg_settings": "系统表",
    "FROM pg_catalog.pg_settings": "系统表",
    "FROM \"PG_SETTINGS\"": "系统表",
    "FROM sqlite_master": "系统表",
    "SHOW DATABASES": "系统表",
    # a name of the system's, defined in one part of a statement and meant in another
    "SELECT s.* FROM (WITH pg_settings AS (SELECT 1) FROM pg_settings), pg_settings s": "系统表",
    "SELECT d.path FROM (WITH duckdb_databases AS (SELECT 1) FROM duckdb_databases), duckdb_databases d": "系统表",
    "WITH duckdb_databases AS (FROM duckdb_databases) FROM duckdb_databases": "系统表",
    "WITH a AS (FROM PG_settings), pg_Settings AS (SELECT 1) FROM a": "系统表",
    "WITH RECURSIVE pg_settings AS (FROM pg_settings) FROM pg_settings": "系统表",
    "SELECT p.* FROM (WITH \"/etc/passwd\" AS (SELECT 1) FROM \"/etc/passwd\"), \"/etc/passwd\" p": "不能读文件",
    # mistakes
    "SELEC 1": "写法有误",
    "SELECT * FROM facts WHERE": "写法有误",
    "FROM facst": "没有名为“facst”的表。相近的有：facts",
    "SELECT distrct FROM facts": "没有名为“distrct”的列。相近的有：district",
    "SELECT 年份 FROM facts": "没有名为“年份”的列。“年份”在这里叫year。",
    "SELECT nofunc(1)": "没有名为“nofunc”的函数",
    "SELECT 'a'::INT": "类型转换失败",
    "SELECT ?": "未给出的参数",
    "PIVOT facts ON district USING sum(value)": "写明列的取值",
}


@pytest.mark.parametrize("statement", REFUSED, ids=lambda text: text[:60] or "empty")
def test_refused_with_a_reason_and_answers_afterwards(ask, statement):
    answer = ask(statement)
    assert answer.table is None
    assert REFUSED[statement] in answer.problem, (answer.problem, answer.detail)
    assert still_answers(ask)


@pytest.mark.parametrize(("statement", "place"), [
    ("SELECT district,\n  distrct\nFROM facts", "位置：第2行第3个字附近"),
    ("\n-- 说明\n SELECT distrct -- 说明\nFROM facts;", "位置：第3行第9个字附近"),
    ("SELECT '綦江' AS 区县, distrct FROM facts", "位置：第1行第20个字附近"),
])
def test_a_mistake_is_located_and_keeps_the_databases_own_words(ask, statement, place):
    answer = ask(statement)
    assert place in answer.problem, (answer.problem, answer.detail)
    assert 'Referenced column "distrct" not found' in answer.detail


def test_neither_file_names_nor_settings_show_in_an_error(ask, folder):
    for statement in REFUSED:
        answer = ask(statement)
        assert str(folder.parent) not in answer.problem + answer.detail
        assert str(store.ROOT) not in answer.problem + answer.detail


def test_the_lock_holds_without_the_reading_of_the_statement(folder, tmp_path):
    """The walls do not lean on each other: DuckDB as configured refuses by itself."""
    from data import sandbox

    (tmp_path / "x.csv").write_text("a\n1\n")
    connection = duckdb.connect(str(folder / store.DATABASE), read_only=True, config=sandbox.CONFIG)
    mine = {"a": [1]}  # noqa: F841 - a variable that a statement must not find
    for statement in (
        f"FROM read_csv('{tmp_path}/x.csv')", f"FROM '{tmp_path}/x.csv'", "FROM glob('/*')", "FROM mine",
        f"COPY facts TO '{tmp_path}/y.csv'", f"ATTACH '{tmp_path}/z.duckdb'", "SET enable_external_access = true",
        "SET lock_configuration = false", "CREATE TABLE x AS SELECT 1", "INSTALL httpfs", "LOAD httpfs",
    ):
        with pytest.raises(duckdb.Error):
            connection.execute(statement).fetchall()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.csv"]


# ------------------------------------------------------------------------------------------------ stopped
@pytest.mark.parametrize(
    "statement",
    [
        ENDLESS,
        "SELECT count(*) FROM range(900000) a(i), range(900000) b(i), facts c WHERE hash(a.i, b.i) > hash(c.quote)",
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r",
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 0 OR true) FROM r ORDER BY i DESC",
        "SELECT sum(i) FROM generate_series(1, 900000000000) t(i)",
        "SELECT levenshtein(repeat('a', 1000000), repeat('b', 1000000))",
        "SELECT count(*) FROM range(100000000) t(i) WHERE regexp_matches(repeat('a', 5000) || i, '(a|aa)*(a|aa)*b')",
        "SELECT md5(string_agg(i::VARCHAR, '')) FROM range(100000000000) t(i)",
        "SELECT damerau_levenshtein(repeat('a', 100000), repeat('b', 100000))",
        "WITH RECURSIVE r(i, s) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, s || s FROM r) FROM r",
        "WITH RECURSIVE r USING KEY (i) AS (SELECT 1 AS i, 2 AS j UNION SELECT i + 1, j FROM r) SELECT count(*) FROM r",
        "SELECT count(*) FROM facts a, facts b, facts c, facts d, facts e, facts f, facts g, facts h",
        "SELECT generate_series(TIMESTAMP '0001-01-01', TIMESTAMP '9999-01-01', INTERVAL 1 MICROSECOND)",
    ],
)
def test_what_does_not_end_is_stopped(ask, statement):
    began = time.monotonic()
    answer = ask(statement)
    assert answer.table is None and answer.kind in ("time", "memory", "broken"), answer
    assert "WHERE" in answer.problem
    assert time.monotonic() - began < PATIENCE / 2
    assert still_answers(ask)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT repeat('x', 10000000000)",
        "SELECT length(repeat('x', 4000000000))",
        "SELECT repeat('x', 10000000) FROM range(1000)",
        "SELECT list(i) FROM range(1000000000) t(i)",
        "SELECT list_sort(range(1000000000))",
        "SELECT array_agg(quote) FROM facts, range(10000000)",
        "SELECT string_agg(repeat('x', 1000000)) FROM range(100000) t(i)",
        "SELECT * FROM range(1000000000) a(i) ORDER BY hash(i)",
        "SELECT count(DISTINCT hash(i)) FROM range(1000000000) t(i)",
        "SELECT lpad('x', 2000000000, 'y')",
        "SELECT format('{:>2000000000}', 1)",
        "SELECT printf('%*d', 2000000000, 1)",
        "SELECT bitstring('1', 2000000000)",
        "SELECT histogram(i) FROM range(100000000) t(i)",
    ],
)
def test_a_memory_bomb_harms_nobody(ask, statement):
    answer = ask(statement)
    assert answer.table is None and answer.kind in ("memory", "time", "broken", "range"), answer
    assert still_answers(ask)


def test_deep_nesting_is_no_crash(ask):
    for statement in ("SELECT " + "(" * 5000 + "1" + ")" * 5000, "SELECT * FROM " + "(FROM " * 1500 + "facts" + ")" * 1500):
        assert ask(statement).table is None
        assert still_answers(ask)


def test_a_result_is_cut_and_not_computed_to_its_end(ask):
    answer = ask("SELECT i AS 序号 FROM range(1000000000000) t(i)")
    assert (answer.cut, answer.table.num_rows, answer.table.column_names) == ("rows", 10_000, ["序号"])
    assert answer.table["序号"][9_999].as_py() == 9_999


def test_a_result_is_cut_by_its_size(folder):
    small = Pool(1, Limits(size=100_000))
    answer = small.start("test", folder, "SELECT repeat('字', 1000) AS 长 FROM range(1000000)").wait(PATIENCE)
    assert answer.cut == "bytes" and answer.table.num_rows == 100_000 // 3_000  # 1000 characters are 3000 bytes
    huge = small.start("test", folder, "SELECT repeat('字', 1000000) AS 长").wait(PATIENCE)
    assert huge.table is None and "结果太大" in huge.problem
    small.close()


def test_exactly_the_limit_is_not_cut(ask):
    assert ask("FROM range(10000)").cut == ""


# ------------------------------------------------------------------------------------------------ values
@pytest.mark.parametrize("table", schema.TABLES)
def test_the_tables_are_those_of_the_parquet(ask, folder, table):
    written = pq.read_table(folder / f"{table}.parquet")
    found = ask(f"FROM {table} LIMIT 10000").table.to_pylist()
    assert len(found) == min(len(written), 10_000)
    if len(written) <= 10_000:  # in whatever order
        assert sorted(map(repr, found)) == sorted(map(repr, written.to_pylist()))


def test_types_survive(ask):
    row = ask(
        "SELECT 1.5::DECIMAL(9,2) AS 小数, DATE '2024-02-29' AS 日期, NULL AS 空, true AS 真, [1, NULL] AS 列表,"
        " {'甲': 1} AS 结构, 170141183460469231731687303715884105727 AS 大数, '綦江' AS 文字, 'x'::BLOB AS 字节"
    ).table.to_pylist()[0]
    assert str(row["小数"]) == "1.50" and row["日期"] == datetime.date(2024, 2, 29) and row["空"] is None
    assert row["列表"] == [1, None] and row["结构"] == {"甲": 1} and row["文字"] == "綦江" and row["字节"] == b"x"


@pytest.mark.parametrize("statement", [
    "DESCRIBE facts", "SHOW TABLES", "SHOW facts", "SUMMARIZE facts", "TABLE districts", "VALUES (1)", "FROM facts SELECT district;",
    "FROM information_schema.columns", "-- 说明\nSELECT 1",
    "PIVOT facts ON district IN ('綦江') USING count(*) GROUP BY year",
])
def test_other_forms_of_a_query_are_answered(ask, statement):
    answer = ask(statement)
    assert answer.problem == "" and answer.table.num_rows


@pytest.mark.parametrize("example", dictionary.examples(), ids=lambda example: example.question)
def test_the_examples_answer_over_the_real_reports(real_folder, example):
    pool = Pool(1)
    answer = pool.start("real", real_folder, example.statement).wait(PATIENCE)
    pool.close()
    assert answer.problem == "", answer.detail
    assert answer.table.num_rows and answer.cut == ""


@pytest.fixture(scope="module")
def real_folder(tmp_path_factory) -> Path:
    from etl.build import build

    folder = tmp_path_factory.mktemp("real") / "parquet"
    build(store.REPORTS_DIR, folder)
    return folder


def test_an_example_finds_what_the_reports_say(real_folder):
    pool = Pool(1)
    answer = pool.start("real", real_folder, dictionary.examples()[0].statement).wait(PATIENCE)
    pool.close()
    rows = {(row["区县"], row["指标"]): (row["目标"], row["实际"]) for row in answer.table.to_pylist()}
    assert rows["綦江", "一般公共预算收入"] == (6, 0.9)  # 綦江区2024年报告专栏1: 计划目标6，完成情况0.9
    assert rows["江津", "进出口总额"] == (3, -19.6)


# ------------------------------------------------------------------------------------------------ several at once
def test_cancel_ends_it_at_once_and_the_next_is_answered(folder):
    pool = Pool(1, Limits(seconds=60))
    job = pool.start("test", folder, ENDLESS)
    while job.began is None:
        time.sleep(0.01)
    waiting = pool.start("test", folder, "SELECT 1 AS a")
    dropped = pool.start("test", folder, ENDLESS)
    dropped.cancel()
    assert dropped.wait(PATIENCE).kind == "cancelled"
    assert not waiting.done.is_set()
    job.cancel()
    assert job.wait(PATIENCE).kind == "cancelled"
    assert waiting.wait(PATIENCE).table["a"].to_pylist() == [1]
    pool.close()


def test_a_second_session_is_answered_beside_a_long_statement(folder):
    pool = Pool(2, Limits(seconds=60))
    long = pool.start("test", folder, ENDLESS)
    others = [pool.start("test", folder, f"SELECT {n} AS n") for n in range(5)]
    assert [job.wait(PATIENCE).table["n"][0].as_py() for job in others] == list(range(5))
    assert not long.done.is_set()
    long.cancel()
    long.wait(PATIENCE)
    pool.close()


def test_a_long_line_is_turned_away(folder):
    pool = Pool(1, Limits(seconds=60, waiting=2))
    jobs = [pool.start("test", folder, ENDLESS) for _ in range(8)]
    assert [job.answer.kind for job in jobs if job.done.is_set()][:4] == ["busy"] * 4
    assert "稍候" in next(job.answer.problem for job in jobs if job.done.is_set())
    for job in jobs:
        job.cancel()
    assert all(job.wait(PATIENCE) for job in jobs)
    pool.close()


def test_a_new_build_is_seen(tmp_path):
    facts = pages_build.FACTS
    one = pages_build.write(tmp_path / "one", facts, "one")
    two = pages_build.write(tmp_path / "two", facts[:3], "two")
    pool = Pool(1)
    counted = "SELECT count(*) AS n FROM facts"
    assert [pool.start(folder.name, folder, counted).wait(PATIENCE).table["n"][0].as_py() for folder in (one, two, one)] == [
        len(facts), 3, len(facts)
    ]
    pool.close()


def test_a_dead_process_is_replaced(folder):
    pool = Pool(1)
    assert pool.start("test", folder, "SELECT 1").wait(PATIENCE).table
    for process in list(pool._all):
        process._process.kill()
        process._process.wait()
    assert pool.start("test", folder, "SELECT 1").wait(PATIENCE).table
    pool.close()


def test_processes_end_with_the_pool_and_see_nothing_of_ours(folder, monkeypatch):
    monkeypatch.setenv("A_SECRET", "x")
    pool = Pool(1)
    pool.start("test", folder, "SELECT 1").wait(PATIENCE)
    (process,) = pool._all
    pid = process._process.pid
    assert b"A_SECRET" not in Path(f"/proc/{pid}/environ").read_bytes()
    assert os.readlink(f"/proc/{pid}/cwd").endswith("(deleted)")
    limits = Path(f"/proc/{pid}/limits").read_text()
    space = int(limits.split("Max address space")[1].split()[0])
    assert 1 << 30 < space < 4 << 30 and "Max file size             0  " in limits
    pool.close()
    assert not Path(f"/proc/{pid}").exists()


def test_a_process_ends_with_the_program_that_started_it(folder):
    """Even when that is killed while a statement runs."""
    program = (
        "import os, sys, time\nfrom pathlib import Path\nfrom data.sandbox_pool import Pool\n"
        f"pool = Pool(1)\njob = pool.start('test', Path(sys.argv[1]), {ENDLESS!r})\n"
        "while job.began is None: time.sleep(.01)\n"
        "print(next(iter(pool._all))._process.pid, flush=True)\nos.kill(os.getpid(), 9)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=store.ROOT.parent, stdout=subprocess.PIPE, timeout=60, check=False
    )
    proc = Path("/proc") / ran.stdout.decode().strip()
    deadline = time.monotonic() + PATIENCE
    while proc.exists() and "State:\tZ" not in (proc / "status").read_text() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert time.monotonic() < deadline


def test_a_file_that_cannot_be_opened_is_said_so(tmp_path):
    (tmp_path / store.DATABASE).write_bytes(b"not a database")
    pool = Pool(1)
    answer = pool.start("x", tmp_path, "SELECT 1").wait(PATIENCE)
    pool.close()
    assert answer.kind == "start" and "没能启动" in answer.problem


def test_data_without_the_file_say_so(tmp_path):
    answer = Pool(1).start("x", tmp_path, "SELECT 1").wait(PATIENCE)
    assert "重新生成数据" in answer.problem


# ------------------------------------------------------------------------------------------------ the dictionary
def test_the_dictionary_is_that_of_the_schema():
    assert [table.name for table in dictionary.tables()] == list(schema.TABLES)
    for table in dictionary.tables():
        assert table.row.startswith("一行是")
        assert [column.name for column in table.columns] == schema.columns(table.name)
        assert all(column.meaning and "|" not in column.meaning for column in table.columns)
    facts = {column.name: column for column in dictionary.tables()[0].columns}
    assert facts["status"].values == (("actual", "完成情况"), ("target", "计划目标"))


# ------------------------------------------------------------------------------------------------ the page
@pytest.fixture
def fresh(monkeypatch, folder):
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    # an answer that comes later draws itself by a timer of the browser, and there is none here
    monkeypatch.setattr(sql_box, "_AT_ONCE", 30)
    st.cache_data.clear()
    st.cache_resource.clear()


def visit(**query: str) -> AppTest:
    return test_pages_app.visit("explore", **query)


def test_nothing_is_drawn_while_it_is_closed(fresh):
    app = visit()
    assert "用SQL查询（供数据分析人员）" in [each.label for each in app.expander]
    assert not app.text_area


def test_a_link_brings_statement_and_result(fresh):
    app = visit(sql="SELECT district AS 区县, count(*) AS 条数 FROM facts GROUP BY 区县 ORDER BY 区县")
    assert app.text_area[0].value.startswith("SELECT district AS 区县")
    shown = app.dataframe[-1].value
    districts = [fact[0] for fact in pages_build.FACTS]
    assert dict(zip(shown["区县"], shown["条数"], strict=True)) == {name: districts.count(name) for name in set(districts)}
    assert f"共{len(set(districts))}行" in html(app)


def test_a_refusal_is_shown_as_text(fresh):
    app = visit(sql="SELECT \"<b>x</b>\" FROM facts")
    assert "没有名为“&lt;b&gt;x&lt;/b&gt;”的列" in html(app) and "<b>x</b>" not in html(app)
    assert len(app.dataframe) == len(visit().dataframe)  # that of the page


def test_an_example_fills_in_and_runs(fresh):
    app = visit(sql="SELECT 1")
    example = dictionary.examples()[2]
    next(each for each in app.button if each.label == example.question).click().run()
    assert app.text_area[0].value == example.statement
    for _ in range(20):  # the answer comes from a process of its own; on a busy machine after a run or two
        if "区县" in app.dataframe[-1].value:
            break
        time.sleep(0.2)
        app.run()
    assert set(app.dataframe[-1].value["区县"]) == {"綦江", "江津", "南岸", "测试"}


def test_odd_results_are_shown(fresh):
    app = visit(sql="SELECT 1 AS a, 2 AS a, [1,2] AS b, NULL AS c, {'x': 1} AS d, INTERVAL 1 DAY AS e, uuid() AS f, 2::HUGEINT AS g,"
                    " MAP {'k': 1} AS h, 'x'::BLOB AS i, TIME '12:00' AS j, now() AS k, '101'::BIT AS l, 0.5::DECIMAL(4,1) AS m")
    shown = app.dataframe[-1].value
    assert shown.iloc[0, 1] == 2 and shown["b"][0] == "1、2" and shown["g"][0] == 2 and shown["m"][0] == 0.5
    app = visit(sql="SELECT * FROM facts WHERE false")
    assert "共0行" in html(app)


def test_it_can_be_switched_off(fresh, monkeypatch):
    monkeypatch.setenv("PLANBOARD_SQL", "off")
    app = visit(sql="SELECT 1")
    assert "用SQL查询（供数据分析人员）" not in [each.label for each in app.expander]


def test_a_system_without_limits_says_so(fresh, monkeypatch):
    from data import sandbox_pool

    monkeypatch.setattr(sandbox_pool, "available", lambda: False)
    app = visit(sql="SELECT 1")
    assert "不提供SQL查询" in html(app) and not app.text_area


# ------------------------------------------------------------------------------------------------ in a browser
def test_write_run_see_and_take_away(chrome, base, tmp_path):
    tab = browser_app.Visit(chrome, base).open("/explore")
    page = tab.page
    page.get_by_text("用SQL查询").click()
    page.get_by_role("textbox", name="语句").fill(
        "SELECT district AS 区县, indicator AS 指标, value AS 数值, value_text AS 文字, fact_id FROM facts\n"
        "WHERE indicator_id IN ('trade_total', 'income_all') ORDER BY indicator_id DESC, status"
    )
    page.get_by_role("textbox", name="语句").blur()
    tab.settled(0)  # on a busy machine the click would come while the page is drawn again with the text
    page.get_by_role("button", name="运行").first.click()
    page.get_by_text("共4行").wait_for()
    assert "sql=SELECT" in page.url
    with page.expect_download() as download:
        page.locator(".st-key-sql_csv button").click()
    lines = Path(download.value.path()).read_bytes().decode("utf-8").splitlines()
    assert lines[0] == "\ufeff区县,指标,数值,文字,fact_id"
    assert lines[1].startswith("江津,进出口总额,-19.6,,")
    assert lines[4].startswith("江津,全体居民人均可支配收入,,与经济增长同步,")  # no value is not 0
    with page.expect_download() as download:
        page.locator(".st-key-sql_xlsx button").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert "trade_total" in str(list(book["说明"].values)) and list(book["结果"].values)[1][:3] == ("江津", "进出口总额", -19.6)
    table = page.locator(".st-key-sql_result canvas").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 15, box["y"] + 52)  # the first row's mark
    page.get_by_role("dialog").get_by_text("江津 · 进出口总额").first.wait_for()
    assert "fact=" in page.url
    assert (tab.errors, tab.outside) == ([], [])


def test_cancel_in_the_page(chrome, base):
    tab = browser_app.Visit(chrome, base).open("/explore?sql=" + quote(ENDLESS))
    page = tab.page
    page.get_by_role("button", name="取消").click()
    page.get_by_text("已取消").wait_for()
    page.get_by_role("button", name="报告中的数字各归到哪里").click()
    page.get_by_text("共2行").wait_for()  # facts and dates
    assert (tab.errors, tab.outside) == ([], [])


@pytest.mark.parametrize("size", browser_app.SIZES)
def test_no_sideways_scrolling(chrome, base, size):
    tab = browser_app.Visit(chrome, base, browser_app.SIZES[size]).open("/explore?sql=FROM facts")
    tab.page.locator(".st-key-sql_result canvas").first.wait_for()
    assert tab.overflow() <= 0
    tab.open("/explore?sql=FROM facst")
    tab.page.get_by_text("相近的有").wait_for()
    assert tab.overflow() <= 0
