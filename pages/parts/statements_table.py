"""The table of facts on the screen: what is asked for in words, the rows, the pager, and what to do when there are none."""

from __future__ import annotations

import hashlib
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st
from pandas.io.formats.style import Styler

from pages.parts import cached, filters, format, frame, statements
from pages.parts.keep import kept

#: Rows sent to the browser at once; cells that a wide table takes, empty ones too, and the columns of it that are shown.
BATCH, MOST_CELLS, MOST_COLUMNS = 5_000, 1_000_000, 300
#: Cells of a wide table, empty ones too, up to which each number shows its comparator and origin.
MOST_MARKED = 30_000
_MARK = 64  # px of the widest mark and a comparator
#: The fact whose sentence was asked for last; the name of the table that is shown and the facts behind its rows or cells.
#: They are not part of what a click calls: a session never lets go of a table it has had, nor of what that calls.
_LAST, _SHOWN = "_statement", "_shown"
_WIDTHS = {
    "quote": 270,  # narrow enough for the next one to be seen on a laptop, which tells place and year first
    "title": 195,
    "section": 220,
    "indicator": 170,
    "note": 260,
    "source_title": 220,
    "fact_id": 130,
}


def asked(view: filters.Selection) -> dict:
    """The filters of queries.statements that the reader has set."""
    found = {
        "places": view.place_keys,
        "indicators": view.indicators,
        "years": view.years,
        "theme": view.theme,
        "statuses": view.statuses,
        "measures": view.measures,
        "origins": view.sources,
        "reports": view.documents,
        "words": view.words,
        "preferred": view.preferred or view.form == "wide",
    }
    return {name: value for name, value in found.items() if value}


def parts(view: filters.Selection) -> dict[str, str]:
    """Each filter that is set, in words: name in ``asked`` -> 綦江、江津."""
    named = cached.every_indicator(view.build) if view.indicators else {}
    names = {item: name for name, item in named.items()}
    reports = cached.titles(view.build, view.documents)
    said = {
        "places": "、".join(view.place_names),
        "indicators": "、".join(names.get(item, item) for item in view.indicators),
        "theme": f"专题“{view.theme}”" if view.theme else "",
        "years": "、".join(map(str, sorted(view.years))) + "年" if view.years else "",
        "statuses": "、".join(format.STATUSES[key] for key in view.statuses),
        "measures": "、".join(format.MEASURES[key] for key in view.measures),
        "origins": "、".join(format.ORIGINS[key] for key in view.sources),
        "reports": "、".join(reports.get(key, key) for key in view.documents),
        "words": f"原句含“{view.words}”" if view.words else "",
        "preferred": "只列首选" if view.preferred else "",
    }
    return {name: words for name, words in said.items() if words}


def said(view: filters.Selection) -> str:
    """The filter in words: 綦江、江津；地区生产总值；2024年；完成情况."""
    return "；".join(parts(view).values()) or "没有筛选，全部数据"


@kept()
def count(view: filters.Selection, without: str = "") -> dict[str, int]:
    """How many facts fit: facts, preferred, numeric. ``without`` leaves out one filter, named as in ``asked``."""
    wanted = {name: value for name, value in asked(view).items() if name != without}
    counts = cached.statements_counted(view.build, wanted)
    return counts.loc[counts["part"] == "all", ["facts", "preferred", "numeric"]].iloc[0].astype(int).to_dict()


@kept()
def line(view: filters.Selection) -> str:
    """The line above the table: filter and counts in words."""
    found = count(view)
    if view.form == "wide":
        words = f"{found['numeric']:,}个首选数值（同一个数有几处说法时选用的一条）"
        if found["preferred"] > found["numeric"]:
            words += f"，另有{found['preferred'] - found['numeric']:,}条只有文字，不在宽表中"
        return f"{said(view)}：{words}"
    return f"{said(view)}：{statements.counted(found['facts'], found['preferred'])}"


@kept()
def by_part(view: filters.Selection) -> str:
    """How the facts divide: 綦江 683、江津 …｜完成情况 …｜报告正文 …."""
    counts = cached.statements_counted(view.build, asked(view))
    places = cached.place_names(view.build)
    words = {"place": places, "status": format.STATUSES, "origin": format.ORIGINS}
    lines = []
    for part, labels in words.items():
        mine = counts[counts["part"] == part].set_index("key")["facts"].to_dict()
        listed = [f"{label}{mine[key]:,}" for key, label in labels.items() if key in mine]
        if part == "place" and not listed:  # not counted one by one
            listed = [f"{len(labels):,}个区县，选定区县后列出各地条数"]
        lines.append("、".join(listed[:8]) + (f"等{len(listed)}地" if len(listed) > 8 else ""))
    return " ｜ ".join(lines)


def nothing(view: filters.Selection) -> None:
    """Instead of an empty table: which filter to loosen."""
    if not parts(view):
        st.info("数据中还没有从报告读出的数字。")
        return
    st.info("没有符合全部条件的数据。")
    rest = {name: count(view, name)["facts"] for name in parts(view)}
    ways = [
        f"去掉「{words}」有{rest[name]:,}条"
        for name, words in sorted(parts(view).items(), key=lambda part: -rest[part[0]])
        if rest[name]
    ]
    frame.note("放宽一项条件：" + "；".join(ways) if ways else "单去掉哪一项条件都没有数据，请去掉几项再试。")


def _height(rows: pd.DataFrame | pa.Table) -> int:
    """Pixels for the table: no empty lines under a few rows."""
    return min(440, 35 * (len(rows) + 1) + 3)


def _config(heads: dict[str, str], rows: pd.DataFrame, pinned: str = "", worded: bool = False) -> dict:
    """Chinese headings, numbers as they are and set right; one column stays in sight. ``worded``: the rows say how a
    number is shown, and a format here would take that away. Columns of numbers are as wide as their longest number: the
    browser measures the first rows alone, and half a number reads as another one."""
    made = {}
    for name, title in heads.items():
        if pd.api.types.is_numeric_dtype(rows[name]) and not pd.api.types.is_bool_dtype(rows[name]):
            # as many digits as a report prints; Streamlit's own "plain" shows 506.91 as 506.9099999
            longest = max((len(f"{value:.12g}") for value in rows[name].dropna()), default=0)
            wide = max(14 + 12 * len(title), 22 + 8 * longest + _MARK * worded)
            form = None if worded else "%.12g"
            made[name] = st.column_config.NumberColumn(title, format=form, alignment="right", width=wide)
        else:
            side = "right" if name == "printed" else None
            made[name] = st.column_config.TextColumn(
                title, width=_WIDTHS.get(name), alignment=side, pinned=name == pinned
            )
    return made


def _clicked(name: str) -> None:
    """A click asks for the sentence; a second click on the same row takes its mark away, and asks again all the same."""
    rows, (shown, fact_ids) = st.session_state[name]["selection"]["rows"], st.session_state[_SHOWN]
    if shown != name:  # the table clicked on was just replaced by another one
        return
    if rows and rows[0] < len(fact_ids):
        st.session_state[_LAST] = fact_ids[rows[0]]
    if st.session_state.get(_LAST):
        st.query_params["fact"] = st.session_state[_LAST]


def pager(total: int) -> int:
    """Which batch of rows is shown; returns the number of rows before it."""
    if total <= BATCH:
        return 0
    last = -(-total // BATCH)
    if st.session_state.get("batch", 1) > last:
        st.session_state["batch"] = last
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = st.number_input("第几页", 1, last, key="batch", bind="query-params", width=130)
        first = (at - 1) * BATCH
        frame.note(
            f"显示第{first + 1:,}—{min(first + BATCH, total):,}条，共{last:,}页。排序（更多条件）对全部{total:,}条有效，"
            "点列头只排这一页；下载的是全部。"
        )
    return first


@kept(16)
def _batch(view: filters.Selection, first: int) -> tuple[pa.Table, dict, list[str]]:
    """The rows from ``first`` on as Streamlit sends them to the browser, the look of their columns, and their facts."""
    facts = cached.statements(view.build, asked(view), *view.sort, BATCH, first, statements.needed(view.columns))
    full = statements.with_printed(facts) if "printed" in view.columns else facts
    rows = format.visible_frame(statements.worded(full)[list(view.columns)])
    return _small(pa.Table.from_pandas(rows)), _config(statements.titles(view.columns), rows), facts["fact_id"].tolist()


def _small(table: pa.Table) -> pa.Table:
    """The same rows with each repeated text sent once: less than half as many bytes for the network to carry."""
    for at, name in enumerate(table.column_names):
        if pa.types.is_large_string(table[name].type):
            encoded = table[name].dictionary_encode()
            if encoded.nbytes < table[name].nbytes:
                table = table.set_column(at, name, encoded)
    return table


def show(view: filters.Selection) -> None:
    """The facts, a row for each; a click on a row asks for its sentence."""
    first = pager(count(view)["facts"])
    rows, config, ids = _batch(view, first)
    name = "facts-" + hashlib.sha256(repr((view.build, asked(view), view.sort, first)).encode()).hexdigest()[:12]
    st.session_state[_SHOWN] = name, ids
    st.dataframe(
        rows,
        height=_height(rows),
        hide_index=True,
        column_config=config,
        key=name,
        on_select=partial(_clicked, name),
        selection_mode="single-row",
        placeholder="—",
        alt=f"明细表，{line(view)}",
    )
    frame.note(
        "点行首的方格看报告原句。点列头只改屏幕上的次序，下载按“更多条件”里的排序。—＝来源没有给出，不是零。"
    )


@kept()
def too_wide(view: filters.Selection) -> str:
    """Why the numbers do not make a wide table, and what to do; empty when they do."""
    numbers, cells = count(view)["numeric"], 0
    if numbers <= MOST_CELLS:
        _, rows, columns = cached.wide_size(view.build, asked(view))
        cells = rows * columns
    if max(numbers, cells) <= MOST_CELLS:
        return ""
    size = f"宽表要{rows:,}行、{columns:,}列，" if cells else ""
    return f"共{numbers:,}个数，{size}排不成一张宽表。请用区县、年份、指标缩小范围，或改看明细。"


def show_wide(view: filters.Selection) -> pd.DataFrame | None:
    """Preferred numbers side by side; None when there are too many for a table."""
    if why := too_wide(view):
        st.info(why)
        return None
    parts = cached.wide(view.build, asked(view))
    found = parts["value"]
    heads = dict(list(statements.wide_titles(found).items())[:MOST_COLUMNS])
    if len(found.columns) > MOST_COLUMNS:
        frame.note(f"只显示前{MOST_COLUMNS}列，下载的是全部{len(found.columns):,}列。")
    rows = format.visible_frame(statements.worded(found[list(heads)]))
    name = "wide-" + hashlib.sha256(repr((view.build, asked(view))).encode()).hexdigest()[:12]
    st.session_state[_SHOWN] = name, parts["fact_id"]
    marked = rows.size <= MOST_MARKED
    st.dataframe(
        _marked(rows, parts) if marked else rows,
        height=_height(rows),
        hide_index=True,
        column_config=_config(heads, rows, "indicator", marked),
        placeholder="—",
        key=name,
        on_select=partial(_cell_clicked, name),
        # with columns to select Streamlit does not sort, and of a sorted table it would name the wrong row of a cell
        selection_mode=["single-cell", "single-column"],
        alt=f"宽表，{line(view)}",
    )
    marks = "标“补充”“推算”的不是报告原数，标“预计”“初步核算”的是报告所说的预计数，其他的字是口径" if marked else "补充来源和推算的数也在表中，未作标记"
    frame.note(
        f"点一格看它的原句。每格是一个首选数值，单位见“单位”列，时期为年均、累计的，年份是最后一年；{marks}；—＝来源没有给出，不是零。"
    )
    return found


def _marked(rows: pd.DataFrame, parts: dict[str, pd.DataFrame]) -> Styler:
    """The same numbers shown with the comparator before and 补充, 推算 or 预计 behind: ≥7, 6.5（补充）."""
    style = rows.style
    for name in parts["fact_id"].columns.intersection(rows.columns):
        marks = pd.DataFrame({part: parts[part][name] for part in ("comparator", "origin", "provisional", "qualifier")})
        marks = marks[rows[name].notna()]
        for (sign, origin, estimate, qualifier), mine in marks.fillna("").groupby(list(marks.columns)):
            said = "，".join(filter(None, (statements.NOT_STATED.get(origin), _braced(estimate), _braced(qualifier))))
            words = format.COMPARATORS.get(sign, "") + "{:.12g}" + (f"（{said}）" if said else "")
            style = style.format(words, subset=(mine.index, [name]))
    return style


def _braced(words: str) -> str:
    """Words of a report as they stand in a format."""
    return words.replace("{", "{{").replace("}", "}}")


def _cell_clicked(name: str) -> None:
    """A click on a number asks for its sentence; on a heading, for that of the number chosen before, if any."""
    shown, fact_ids = st.session_state[_SHOWN]
    if shown != name:
        return
    for row, column in st.session_state[name]["selection"]["cells"]:
        if column in fact_ids and isinstance(fact_ids[column].iloc[row], str):
            st.query_params["fact"] = fact_ids[column].iloc[row]
