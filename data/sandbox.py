"""A process of its own that answers statements of strangers over one read-only DuckDB file: ``python -m data.sandbox``.

It is started, asked and ended by data/sandbox_pool.py. Frames go over stdin and stdout: four bytes of length, then JSON;
an answer's JSON is followed by ``size`` bytes of an Arrow stream. Three walls, each enough for most attacks:

1. the statement is read before it runs: one SELECT, no system table, no function that reads files or settings;
2. DuckDB itself: read-only file, no access to other files or hosts, no extensions, and a locked configuration;
3. the system's limits on this process: memory, processor time, no file written. What then still runs is killed from outside.
"""

from __future__ import annotations

import json
import os
import re
import struct
import sys
import tempfile
import threading
import time
import unicodedata
from typing import BinaryIO

import duckdb
import pyarrow as pa

from data.terms import COLUMNS

CONFIG = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
    "python_enable_replacements": False,  # a name in a statement must not find this program's own variables
    "temp_directory": "",
    "threads": 2,
    "lock_configuration": True,
}
LONGEST = 20_000  # characters of a statement
_LENGTH = struct.Struct(">I")
_TABLE_FUNCTIONS = {"range", "generate_series", "unnest"}
#: Functions that tell of the machine, keep it busy without work, or leave traces; the ones that read files are named so
#: that the refusal can say why.
_REFUSED = re.compile(
    r"read_.*|.*_scan|glob|sniff_csv|parquet_\w+|current_setting|set_config|getenv|getvariable|write_log|pg_sleep|sleep\w*"
    r"|nextval|currval|which_secret|duckdb_\w+|pragma_\w+|query|query_table|sql_auto_complete|json_execute_\w+|json_serialize_\w+"
    r"|json_deserialize_\w+"  # a statement in a text, which is planned, and its constants reckoned, unread
    r"|force_checkpoint|checkpoint|txid_current"
)
_READS_FILES = re.compile(r"read_.*|.*_scan|glob|sniff_csv|parquet_\w+")
_SYSTEM_SCHEMAS = {"pg_catalog", "system", "temp"}
_LOOKS_LIKE_FILE = re.compile(r"[/\\]|^\w+://|\.(csv|tsv|json|ndjson|parquet|txt|xlsx|duckdb|db|gz)$", re.IGNORECASE)


class Refused(Exception):
    """The statement is not run; ``kind`` is a key of PROBLEMS, ``about`` the name that is to blame."""

    def __init__(self, kind: str, about: str = "") -> None:
        super().__init__(kind)
        self.kind, self.about = kind, about


#: What the reader is told. {about} is a name from the statement.
PROBLEMS = {
    "empty": "没有写语句。",
    "long": f"语句太长，最多{LONGEST}个字符。",
    "several": "一次只运行一条语句，请去掉多余的语句。",
    "not_select": "只能查询：语句须以SELECT、WITH、FROM、DESCRIBE等查询开头，不能改动数据、读写文件或更改设置。",
    "pivot": "PIVOT要写明列的取值，如 ON district IN ('綦江', '江津', '南岸')。",
    "complex": "语句嵌套太深，请拆开来写。",
    "files": "不能读文件或网址：“{about}”。这里只能查询看板的表。",
    "function": "这里不提供函数“{about}”：它涉及系统设置，或不是查询所需。",
    "system": "这里不提供系统表“{about}”，只能查询看板的表。",
    "syntax": "语句写法有误。",
    "table": "没有名为“{about}”的表。",
    "column": "没有名为“{about}”的列。",
    "no_function": "没有名为“{about}”的函数。",
    "binder": "语句中的名称或类型对不上。",
    "conversion": "类型转换失败：有的值不能转为要求的类型，可改用TRY_CAST。",
    "memory": "查询需要的内存超过限制。请先用WHERE缩小范围，或少取几列。",
    "parameter": "语句中有未给出的参数（? 或 $1），请直接写值。",
    "write": "数据只供查询，不能改动。",
    "range": "数值超出范围，或结果太大。",
    "other": "这条语句没有运行成功。",
}


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    return stream.read(_LENGTH.unpack(head)[0])


def frame(content: bytes) -> bytes:
    """``content`` with its length before it."""
    return _LENGTH.pack(len(content)) + content


# ---------------------------------------------------------------------------------------------- reading the statement
class Reader:
    """Looks at a statement before it runs."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT view_name FROM duckdb_views() WHERE internal AND schema_name <> 'information_schema'")
        self._system = {name.lower() for (name,) in rows.fetchall()} | {"sqlite_master", "sqlite_schema"}
        self._shown = {name for (name,) in connection.execute("SHOW TABLES").fetchall()} | {"tables", "__show_tables_expanded"}

    def check(self, text: str) -> duckdb.Statement:
        """The one statement of ``text``; raises Refused or DuckDB's own error of syntax."""
        if len(text) > LONGEST:
            raise Refused("long")
        statements = self._connection.extract_statements(text)
        if not statements:
            raise Refused("empty")
        if len(statements) > 1:
            raise Refused("several")
        (statement,) = statements
        if statement.type == duckdb.StatementType.MULTI:
            raise Refused("pivot")
        if statement.type != duckdb.StatementType.SELECT:
            raise Refused("not_select")
        found = self._connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [text]).fetchone()[0]
        try:
            tree = json.loads(found)
        except RecursionError:
            raise Refused("complex") from None
        if tree.get("error"):
            raise Refused("not_select")
        self._walk(tree)
        return statement

    def _walk(self, tree: dict) -> None:
        nodes, todo = [], [tree]
        while todo:
            node = todo.pop()
            if isinstance(node, dict):
                nodes.append(node)
                todo += node.values()
            elif isinstance(node, list):
                todo += node
        # names that the statement itself defines
        own = {entry["key"].lower() for node in nodes for entry in (node.get("cte_map") or {}).get("map", [])}
        for node in nodes:
            kind = node.get("type")
            if kind == "TABLE_FUNCTION":
                self._function(node["function"]["function_name"], table=True)
            elif node.get("class") == "FUNCTION":
                self._function(node["function_name"])
            elif kind == "BASE_TABLE":
                self._table(node, own)
            elif kind == "SHOW_REF" and node.get("query") is None:
                name = node.get("table_name", "").strip('"')
                if name and name.lower() not in self._shown:
                    raise Refused("system", name)
            elif kind in ("INSERT_QUERY_NODE", "UPDATE_QUERY_NODE", "DELETE_QUERY_NODE"):
                raise Refused("write")

    @staticmethod
    def _function(name: str, table: bool = False) -> None:
        if table and name.lower() not in _TABLE_FUNCTIONS or _REFUSED.fullmatch(name.lower()):
            raise Refused("files" if _READS_FILES.fullmatch(name.lower()) else "function", name)

    def _table(self, node: dict, own: set[str]) -> None:
        name, schema = node["table_name"], (node.get("schema_name") or "").lower()
        path = [part.lower() for part in (node.get("qualified_name") or {}).get("path", [])]
        # a statement may define a name, but not one of these: beyond the part that defines it, it is the system's again
        if not schema and name.lower() in own - self._system:
            return
        if _LOOKS_LIKE_FILE.search(name):
            raise Refused("files", name)
        if "information_schema" in path:
            return
        if name.lower() in self._system or _SYSTEM_SCHEMAS & set(path[:-1]):
            raise Refused("system", name)


# ---------------------------------------------------------------------------------------------- running it
_QUOTED = re.compile(r'"((?:[^"]|"")+)"')


def in_words(error: Exception) -> dict:
    """An error as the reader is told: ``kind``, ``message`` in Chinese, ``detail`` in DuckDB's own words."""
    detail = str(error).split("\nStack Trace")[0].strip()
    said = detail.split("\n\nLINE")[0]
    named = _QUOTED.search(said)
    about = named[1] if named else ""
    kind = "other"
    if isinstance(error, Refused):
        kind, about, detail = error.kind, error.about, ""
    elif isinstance(error, MemoryError | duckdb.OutOfMemoryException) or "bad_alloc" in detail or "failed to allocate" in detail.lower():
        kind, detail = "memory", said if isinstance(error, duckdb.Error) else ""
    elif isinstance(error, duckdb.ParserException):
        kind = "syntax"
    elif isinstance(error, duckdb.PermissionException):
        kind = "files"
    elif isinstance(error, duckdb.CatalogException):
        kind = "table" if "Table with name" in said else "no_function" if "Function with name" in said else "binder"
        about = (re.search(r'with name "?(.+?)"? (?:does not exist|is not in)', said) or ["", about])[1]
        about, kind = (about, "files") if kind == "table" and _LOOKS_LIKE_FILE.search(about) else (about, kind)
    elif isinstance(error, duckdb.BinderException):
        kind = "column" if "column" in said and "not found" in said else "binder"
    elif isinstance(error, duckdb.ConversionException):
        kind, detail = "conversion", said  # the place that DuckDB names is not always the right one here
    elif "read-only" in said:
        kind = "write"
    elif "arameter" in said or "Values were not provided" in said:
        kind = "parameter"
    elif isinstance(error, duckdb.OutOfRangeException):
        kind = "range"
    message = PROBLEMS[kind].format(about=about)
    like = re.search(r'Did you mean "([^"]+)"', said) or re.search(r"Candidate bindings: (.+)", said)
    named = [column for column, words in COLUMNS.items() if words == about]
    if kind == "column" and named:  # the words over the columns of a table or a file
        message += f"“{about}”在这里叫{'或'.join(named)}。"
    elif like and kind in ("table", "column", "no_function"):
        names = [name for name in like[1].replace('"', "").split(", ") if not name.startswith(("pg_", "duckdb_", "sqlite_", "information_schema"))]
        message += f"相近的有：{'、'.join(names)}。" if names else ""
    return {"kind": kind, "message": message + _place(detail), "detail": detail}


_LINE = re.compile(r"^LINE (\d+): (.*)\n( *)\^", re.MULTILINE)


def _located(connection: duckdb.DuckDBPyConnection, text: str, error: duckdb.Error) -> duckdb.Error:
    """The same error with the place of the mistake, which a relation does not tell, and which comments at the beginning
    would shift: a line is put before the statement, and taken off the line that is told."""
    try:
        connection.execute(f"EXPLAIN SELECT * FROM (\n{text.strip().rstrip(';')}\n)")
    except duckdb.Error as told:
        found = _LINE.search(str(told))
        if type(told) is type(error) and found and found[1] != "1":
            skipped = len(text) - len(text.lstrip())
            line = int(found[1]) - 1 + text[:skipped].count("\n")
            return type(error)(_LINE.sub(lambda m: m[0].replace(f"LINE {m[1]}", f"LINE {line}", 1), str(told)))
    return error


def _place(detail: str) -> str:
    """第2行第8个字附近, from the line and caret that DuckDB draws; a Chinese character is two columns wide."""
    found = _LINE.search(detail)
    if not found:
        return ""
    at, left = 0, len(found[3]) - len(f"LINE {found[1]}: ")
    while at < len(found[2]) and left > 0:
        left -= 2 if unicodedata.east_asian_width(found[2][at]) in "WF" else 1
        at += 1
    # a long line is shown in part, and then the place in it is not known
    return f"位置：第{found[1]}行" + ("。" if "..." in found[2] or left < 0 else f"第{at + 1}个字附近。")


def answer(connection: duckdb.DuckDBPyConnection, reader: Reader, asked: dict) -> tuple[dict, bytes]:
    """The answer to one request {sql, rows, bytes}: JSON and an Arrow stream (empty when refused)."""
    began = time.perf_counter()
    try:
        statement = reader.check(asked["sql"])
        try:
            stream = connection.sql(statement).to_arrow_reader(2048)  # as it is fetched, not all at once
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise _located(connection, asked["sql"], error) from None
        batches, rows, size, cut = [], 0, 0, ""
        for batch in stream:
            if rows + len(batch) > asked["rows"]:
                batch, cut = batch.slice(0, asked["rows"] - rows), "rows"
            left, more = asked["bytes"] - size, batch.nbytes
            if more > left:  # as many rows of it as fit, going by their mean
                batch, cut = batch.slice(0, len(batch) * left // more), "bytes"
            batches.append(batch)
            rows, size = rows + len(batch), size + batch.nbytes
            if cut:
                break
        if cut == "bytes" and not rows:
            raise Refused("range")
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, stream.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        body = sink.getvalue().to_pybytes()
        if len(body) > asked["bytes"] * 3:  # the rows were not alike
            raise Refused("range")
        said = {"rows": rows, "cut": cut}
    except (duckdb.Error, Refused, MemoryError, RecursionError, pa.ArrowException, ValueError) as error:
        said, body = in_words(error), b""
    finally:
        connection.close()
    return said | {"seconds": time.perf_counter() - began, "size": len(body)}, body


def limit(memory: int) -> None:
    """Set the system's limits on this process: ``memory`` in MB more than it has; nothing is written, nothing is started.

    Libraries set address space aside at their start, more on a machine with more processors; that does not count.
    """
    import resource

    with open("/proc/self/statm") as sizes:
        held = int(sizes.read().split()[0]) * resource.getpagesize()
    for name, most in (
        ("RLIMIT_AS", held + (memory << 20)),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NOFILE", 32),
        ("RLIMIT_NPROC", 0),  # after DuckDB has its threads
    ):
        resource.setrlimit(getattr(resource, name), (most, most))


def spend(seconds: int) -> None:
    """Allow this process so many seconds of processor time more."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, resource.RLIM_INFINITY))


def _end_with(parent: int) -> None:
    """A statement must not run on when the program that asked for it is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def main(file: str, memory: str = "1024", seconds: str = "20") -> None:
    """Answer requests until stdin ends. ``memory`` in MB, ``seconds`` of processor time for each request."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):  # nothing else may speak in between
        os.dup2(null, standard)
    most = f"{int(memory) // 2}MB"
    connection = duckdb.connect(file, read_only=True, config=CONFIG | {"memory_limit": most})
    reader = Reader(connection)
    with tempfile.TemporaryDirectory() as empty:  # a folder that is gone as soon as it is entered
        os.chdir(empty)
    connection.execute("SELECT sum(i) FROM range(300000) t(i)").fetchall()  # DuckDB starts its threads
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    limit(int(memory))
    os.dup2(null, 2)  # up to here an error goes into the server's log
    os.close(null)
    told.write(frame(b"{}"))
    told.flush()
    while (request := read_frame(asked)) is not None:
        spend(int(seconds))
        said, body = answer(connection.cursor(), reader, json.loads(request))
        told.write(frame(json.dumps(said).encode()) + body)
        told.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
