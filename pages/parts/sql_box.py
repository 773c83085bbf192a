"""Statements of the reader's own over the built tables: the words, the dictionary beside them, the table that comes back.

The statement stands in the address (``sql``). It runs in a process of its own (data/sandbox_pool.py); the page asks twice
a second whether it is done and can be used meanwhile. Nothing is run or loaded while the section is closed.
"""

from __future__ import annotations

import re
import time
from datetime import date

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.parts import cached, downloads, filters, format, frame, markup
from pages.parts.markup import escape

_OPEN, _TEXT, _JOB, _ASKED, _RAN, _ROUND = "sql_open", "sql", "_sql_job", "_sql_asked", "_sql_ran", "_sql_round"
_AT_ONCE = 0.4  # seconds to wait for an answer before the page goes on without it
#: What an example asks of all places, which PIVOT must name one by one.
_OF_PLACES = re.compile(r"district IN \([^)]*\)")
_MOST_NAMED = 12
_FIRST = "SELECT district AS 区县, count(*) AS 条数\nFROM facts\nGROUP BY 区县\nORDER BY 条数 DESC"


def show(view: filters.Selection) -> None:
    """The section, closed unless it was opened or the address brings a statement; nothing where it is switched off."""
    if not cached.sql_offered():
        return
    asked = st.query_params.get(_TEXT)
    box = st.expander("用SQL查询（供数据分析人员）", expanded=asked is not None, key=_OPEN, on_change="rerun")
    if not box.open:
        return
    with box:
        refused = cached.sql_refused()
        if refused:
            frame.note(refused)
            return
        cached.sql_warm(view.build)
        _forget_row()
        if asked and st.session_state.get(_ASKED) != (view.build, asked):  # a link, the browser's back, new data
            st.session_state[_TEXT] = asked
            _run(view, asked)
        st.session_state.setdefault(_TEXT, asked or _FIRST)
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _editor(view)
        with right:
            examples, meanings = st.tabs(["示例", "表和列的意思"])
            with examples:
                _examples(view)
            with meanings:
                _dictionary()
        job = st.session_state.get(_JOB)
        if job is None:
            return
        if job.done.is_set():
            _result(view, job)
        else:
            st.fragment(_under_way, run_every=0.5)(job)


def _run(view: filters.Selection, statement: str) -> None:
    before = st.session_state.get(_JOB)
    if before is not None:
        before.cancel()
    st.session_state[_ASKED] = (view.build, statement)
    job = st.session_state[_JOB] = cached.sql_start(view.build, statement)
    st.session_state[_RAN] = st.session_state.get(_RAN, 0) + 1
    job.wait(_AT_ONCE)


def _ask(view: filters.Selection, statement: str | None = None) -> None:
    """Run what stands in the box, or ``statement``, which is then put there."""
    if statement is not None:
        st.session_state[_TEXT] = statement
    st.query_params[_TEXT] = st.session_state[_TEXT]
    _run(view, st.session_state[_TEXT])


def _editor(view: filters.Selection) -> None:
    limits = cached.sql_limits()
    with st.form("sql_form", border=False):
        st.text_area("语句（一条查询，只读）", key=_TEXT, height=248, placeholder="SELECT …")
        with st.container(key="sql_run", horizontal=True, vertical_alignment="center"):
            st.form_submit_button("运行", type="primary", on_click=_ask, args=(view,))
            frame.note(f"或按Ctrl＋Enter。最长{limits.seconds:g}秒，最多{limits.rows}行。")


def _examples(view: filters.Selection) -> None:
    frame.note("点击即填入并运行，可在此基础上修改。")
    with st.container(key="sql_examples", horizontal=True, gap="small"):
        for n, example in enumerate(cached.sql_examples()):
            statement = _OF_PLACES.sub(lambda _: _places_of(view), example.statement)
            st.button(example.question, key=f"sql_example_{n}", on_click=_ask, args=(view, statement))


def _places_of(view: filters.Selection) -> str:
    """The places of this build as an example names them, the first ones where there are many."""
    names = list(cached.places(view.build))[:_MOST_NAMED]
    quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
    return f"district IN ({quoted})"


def _dictionary() -> None:
    """The tables, and the columns of the chosen one, in the words of data/README.md."""
    tables = {table.name: table for table in cached.sql_tables()}
    name = st.selectbox("表", list(tables), key="sql_table", label_visibility="collapsed")
    table = tables[name or next(iter(tables))]
    rows = []
    for column in table.columns:
        meaning = column.meaning
        if column.values:
            meaning += "。取值：" + "、".join(
                value if value == words else f"{value} {words}" for value, words in column.values
            )
        rows.append((column.name, meaning))
    frame.note(table.row)
    with st.container(key="sql_dictionary", height=200, border=False):
        st.html(markup.table(("列", "意思"), rows, css="pb-prose"))


def _under_way(job: object) -> None:
    """How long the statement has run, and the button that stops it; when it is done the page is drawn again."""
    if job.done.is_set():
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="sql_waiting"):
        st.button("取消", key="sql_cancel", on_click=lambda: (job.cancel(), job.wait(1)))
        if job.began is None:
            frame.note("正在准备，前面有人在查询时会排队，稍候……")
        else:
            seconds = int(time.monotonic() - job.began)
            frame.note(f"正在查询，已用{seconds}秒，最长{cached.sql_limits().seconds:g}秒……")


def _result(view: filters.Selection, job: object) -> None:
    answer = job.answer
    if answer.table is None:
        detail = f"<pre>{escape(answer.detail)}</pre>" if answer.detail else ""
        st.html(f'<div class="pb-refused" role="alert"><p>{escape(answer.problem)}</p>{detail}</div>')
        return
    rows = answer.table.num_rows
    said = f"共{rows}行" if not answer.cut else f"只取前{rows}行，其余未取（结果太大，请用WHERE或LIMIT缩小）"
    held = st.session_state.get("_sql_data")
    if held is None or held[0] is not job:  # made once, not at every click on the page
        held = st.session_state["_sql_data"] = (job, _shown(answer.table))
    data = held[1]
    linked = "fact_id" in data.columns
    took = f"{answer.seconds:.2f}秒" if answer.seconds >= 0.01 else "不到0.01秒"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        frame.note(f"{said}，用时{took}。" + ("选中一行可看它的原句。" if linked and rows else ""))
        _take_away(view, job.statement, data)
    key = f"sql_table_{st.session_state.get(_RAN, 0)}_{st.session_state.get(_ROUND, 0)}"

    def selected() -> None:
        picked = st.session_state[key]["selection"]["rows"]
        fact = data["fact_id"].iloc[picked[0]] if picked else None
        if isinstance(fact, str) and fact:
            st.query_params["fact"] = fact

    with st.container(key="sql_result"):
        more = {"on_select": selected, "selection_mode": "single-row"} if linked else {}
        st.dataframe(data, key=key, hide_index=True, placeholder="", alt="查询结果", **more)


def _forget_row() -> None:
    """After the panel with the sentence is closed the same row can be selected again."""
    here = "fact" in st.query_params
    if st.session_state.get("_sql_fact") and not here:
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state["_sql_fact"] = here


_PLAIN = (
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_string,
    pa.types.is_date,
    pa.types.is_timestamp,
)


def _shown(table: pa.Table) -> pd.DataFrame:
    """The result as a data frame: whole numbers stay whole where some are missing; lists and the like become text.

    Two columns of one name are told apart by a number.
    """
    names: list[str] = []
    for name in map(format.visible, table.column_names):
        n = sum(name == other.split("_", 1)[0] or name == other for other in names)
        names.append(name if name not in names else f"{name}_{n + 1}")
    columns = {}
    for name, column in zip(names, table.columns, strict=True):
        if pa.types.is_integer(column.type):
            columns[name] = pd.Series(
                column.to_pylist(), dtype="Int64" if pa.types.is_signed_integer(column.type) else "UInt64"
            )
        elif pa.types.is_decimal(column.type):
            columns[name] = pd.Series([None if v is None else float(v) for v in column.to_pylist()], dtype="float64")
            if column.type.scale == 0 and columns[name].abs().max() < 2**53:
                columns[name] = columns[name].astype("Int64")
        elif any(is_plain(column.type) for is_plain in _PLAIN):
            columns[name] = column.to_pandas()
        else:
            columns[name] = pd.Series([_text(value) for value in column.to_pylist()], dtype=object)
    return format.visible_frame(pd.DataFrame(columns))


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, list):
        return "、".join("空" if each is None else str(each) for each in value)
    return str(value)


def _take_away(view: filters.Selection, statement: str, data: pd.DataFrame) -> None:
    """The result as files, made when they are asked for."""
    titles = {name: name for name in data.columns}
    day = date.today().isoformat()

    def workbook() -> bytes:
        about = [
            ("内容", "SQL查询的结果"),
            ("语句", statement),
            ("行数", str(len(data))),
            ("日期", day),
            ("数据版本", view.build),
        ]
        return downloads.xlsx(about, [downloads.Page("结果", data, titles)])

    makers = {"csv": lambda: downloads.csv(data, titles), "xlsx": workbook}
    with st.container(horizontal=True, width="content"):
        for ending, make in makers.items():
            st.download_button(
                f"下载{ending.upper()}",
                make,
                file_name=f"查询结果_{day}.{ending}",
                mime=downloads.TYPES[ending],
                on_click="ignore",
                key=f"sql_{ending}",
            )
