"""Rows of a table as packed bytes: what workers hand back, what waits on disk, what is written in the end.

A piece is one compressed Arrow batch, checked against the contract. Bytes cross the borders of processes and machines
as they are, and one piece can be read without its neighbours.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from data import schema

_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


@functools.cache
def arrow_schema(table: str) -> pa.Schema:
    """Columns and types of a table as they stand in its parquet; the same for no rows as for many."""
    columns = schema.TABLES[table].to_schema().columns
    lists = [name for name, column in columns.items() if str(column.dtype) == "object"]
    frame = schema.typed(table, pd.DataFrame({name: [[""]] if name in lists else [None] for name in columns}))
    return pa.Schema.from_pandas(frame, preserve_index=False)


def batch(table: str, rows: Sequence[dict]) -> pa.RecordBatch:
    """Rows as one typed batch in the order of the contract.

    Raises pandera errors when a row breaks the contract, ArrowException or TypeError when a value has another type.
    """
    arrow = arrow_schema(table)
    made = pa.RecordBatch.from_arrays([pa.array([r.get(f.name) for r in rows], f.type, from_pandas=True) for f in arrow], schema=arrow)
    schema.TABLES[table].validate(made.to_pandas())
    return made


def warm_up() -> None:
    """Load what the first check of a table loads, which takes as long as a megabyte of reports."""
    for table in schema.TABLES:
        batch(table, [])


def pack(table: str, groups: Sequence[Sequence[dict]]) -> list[bytes]:
    """One piece for each group of rows; they are typed and checked together, which costs far less than one by one."""
    whole = batch(table, [row for rows in groups for row in rows])
    found, start = [], 0
    for rows in groups:
        found.append(_bytes(whole.slice(start, len(rows))))
        start += len(rows)
    return found


def _bytes(rows: pa.RecordBatch) -> bytes:
    rows = rows.replace_schema_metadata(None)  # kilobytes that every piece would repeat
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema, options=_OPTIONS) as stream:
        stream.write_batch(rows)
    return sink.getvalue().to_pybytes()


def marked(rows: pa.RecordBatch, column: str, flags: bytes) -> pa.RecordBatch:
    """The same rows with a bool column as ``flags`` says, a byte for each row."""
    at = rows.schema.get_field_index(column)
    return rows.set_column(at, rows.schema.field(at), pa.array([bool(flag) for flag in flags], pa.bool_()))


def unpack(table: str, piece: bytes) -> pa.RecordBatch:
    """The rows of a piece."""
    with pa.ipc.open_stream(piece) as stream:
        return stream.read_next_batch().replace_schema_metadata(arrow_schema(table).metadata)
