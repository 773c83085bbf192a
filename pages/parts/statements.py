"""Facts as people take them away: columns and their words, the filter in words, and the files. Pure.

Frames are those of queries.statements (long) and queries.wide.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.terms import COLUMNS
from pages.parts import downloads, format

LABELS: dict[str, dict] = {
    "measure": format.MEASURES,
    "status": format.STATUSES,
    "origin": format.ORIGINS,
    "period": {"annual": "一年", "average": "年均", "cumulative": "累计"},
    "comparator": {"eq": "等于", "ge": "以上", "le": "以内", "gt": "超过", "lt": "低于", "approx": "约"},
    "confidence": {"high": "高", "medium": "中"},
}
#: Orders of the table: words -> (key of queries.STATEMENT_ORDERS, descending).
SORTS = {
    "目录次序": ("menu", False),
    "年份，近的在前": ("year", True),
    "年份，远的在前": ("year", False),
    "数值，大的在前": ("value", True),
    "数值，小的在前": ("value", False),
    "按指标": ("indicator", False),
    "报告中的先后": ("report", False),
}
YES = {True: "是", False: "否"}
#: What is shown to begin with, and everything that can be.
FIRST = (
    "district", "indicator", "year", "period", "period_start", "measure", "status", "printed", "value", "unit", "provisional", "qualifier", "origin",
    "preferred", "quote", "title", "line_start", "note", "fact_id",
)  # fmt: skip
CHOICE = (
    "district", "indicator", "category", "year", "period", "period_start", "measure", "status", "printed", "value", "unit",
    "comparator", "value_low", "value_high", "value_text", "binding", "provisional", "qualifier", "origin", "preferred", "quote", "title",
    "section", "line_start", "line_end", "source_title", "source_url", "confidence", "note", "indicator_reported",
    "value_reported", "unit_reported", "district_code", "indicator_id", "report_id", "rule", "derived_from", "char_start",
    "char_end", "fact_id",
)  # fmt: skip
_EVIDENCE = (
    "fact_id", "district", "indicator", "year", "measure", "status", "printed", "value", "unit", "provisional", "origin", "quote", "title",
    "section", "line_start", "source_title", "source_url", "note",
)  # fmt: skip
_DEFINED = {
    name: COLUMNS[name]
    for name in (
        "indicator",
        "category",
        "definition",
        "kind",
        "unit_level",
        "unit_change",
        "direction",
        "growth_basis",
    )
} | {"qualifier": "数据中出现的口径", "message": "需要留意"}
NOTES = {
    "value": "已换成单位列的单位；下降为负，持平为0；空为来源没有给出",
    "printed": "原文印的数和单位，下降带负号，≥、≤、＞、＜、约为原文的比较词；推算值没有",
    "provisional": "报告写明完成数是预计、初步核算的，记它的词；空为报告没有这样说",
    "preferred": "同一个数的几处说法中选用的一条；比较时只用它",
    "quote": "报告原句，一字不改；补充来源和推算值没有",
    "year": "一段时期取最后一年",
}


# ---------------------------------------------------------------- columns
def titles(names: Sequence[str]) -> dict[str, str]:
    """Headings of these columns."""
    return {name: COLUMNS[name] for name in names}


def printed(row: tuple) -> str | None:
    """What a source prints as the value, from (value, value_reported, unit, unit_reported, comparator, value_text,
    value_low, value_high, origin): ≥325天, 3.6亿公斤, −3%, 3～5%, 与经济增长同步; None for what was calculated here. A fall has
    its sign, and a bound of its size is one of the signed number: 下降3%以上 is ≤−3%.
    """
    value, reported, unit, unit_reported, comparator, words, low, high, origin = row
    if value is None:
        return words
    if origin == "derived":
        return None  # nobody printed it
    if reported is None or None not in (low, high) and low < high:
        return format.stated(value, unit, "level", comparator, None, low, high, origin)
    sign = format.MINUS if value < 0 else ""
    return f"{format.bound(comparator, value, reported)}{sign}{abs(reported):.12g}{unit_reported or ''}"


#: Origins of numbers that no report states.
NOT_STATED = {"supplement": "补充", "derived": "推算"}


#: What ``printed`` is made of, in its order.
_PRINTED = (
    "value", "value_reported", "unit", "unit_reported", "comparator", "value_text", "value_low", "value_high", "origin",
)  # fmt: skip


def needed(names: Sequence[str]) -> tuple[str, ...]:
    """Columns of queries.statements from which these columns of the table are made, and the fact each row is."""
    more = _PRINTED if "printed" in names else ()
    return tuple(dict.fromkeys(name for name in (*names, *more, "fact_id") if name != "printed"))


def _printed(frame: pd.DataFrame) -> list[str | None]:
    columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in _PRINTED]
    return [printed(row) for row in zip(*columns, strict=True)]


def with_printed(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts with the column ``printed``; see ``needed``."""
    return facts.assign(printed=pd.Series(_printed(facts), index=facts.index, dtype="str"))


def worded(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with Chinese words for the fixed values of its columns, 是 and 否 for yes and no."""
    changed = {name: frame[name].map(labels) for name, labels in LABELS.items() if name in frame}
    if "preferred" in frame:
        changed["preferred"] = frame["preferred"].map(YES)
    return frame.assign(**changed)


def wide_marked(parts: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The wide frame of queries.wide_parts with a column ``marks``: which of a row's numbers are not a report's own, or are
    no exact ones, and the words of their definition (綦江 2022补充，含万盛；江津 2024约)."""
    wide, names = parts["value"], list(parts["fact_id"].columns)
    signs = parts["comparator"].apply(lambda column: column.map(format.COMPARATORS)).fillna("")
    origins = parts["origin"].apply(lambda column: column.map(NOT_STATED)).fillna("")
    scopes = parts["qualifier"].fillna("").apply(lambda column: column.where(column == "", "，" + column))
    estimates = parts["provisional"].fillna("")
    marks = (estimates + signs + origins + scopes).where(wide[names].notna(), "").to_numpy()
    said = ["；".join(f"{name}{mark.lstrip('，')}" for name, mark in zip(names, row, strict=True) if mark) or None for row in marks]
    return wide.assign(marks=pd.Series(said, index=wide.index, dtype="str"))[
        [*(name for name in wide.columns if name not in names), "marks", *names]
    ]


def wide_titles(wide: pd.DataFrame) -> dict[str, str]:
    """Headings of a wide frame: those of its first columns, then 綦江 2024 as it stands."""
    hidden = {"indicator_id"}
    return {name: COLUMNS.get(name, name) for name in wide.columns if name not in hidden}


# ---------------------------------------------------------------- words
def counted(facts: int, preferred: int) -> str:
    """共123条，其中首选80条（同一个数有几处说法时选用的一条）."""
    return f"共{facts:,}条，其中首选{preferred:,}条（同一个数有几处说法时选用的一条）"


def definitions(facts: pd.DataFrame, catalogue: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """A row for each indicator among the facts, in their order: what the catalogue says, and what was found about them."""
    known = catalogue.set_index("indicator_id")
    about: dict[str, list[str]] = {}
    ids = dict(zip(facts["fact_id"], facts["indicator"], strict=True))
    for kind, message, named in zip(findings["kind"], findings["message"], findings["fact_ids"], strict=True):
        for indicator in {ids[fact_id] for fact_id in named if fact_id in ids}:
            about.setdefault(indicator, []).append(f"{format.FINDINGS.get(kind, kind)}：{message}")
    marked = facts[facts["qualifier"].notna()].groupby("indicator")["qualifier"].unique()
    rows = []
    for name, indicator_id in facts[["indicator", "indicator_id"]].drop_duplicates("indicator").itertuples(index=False):
        row: dict = {
            "indicator": name,
            "qualifier": "、".join(marked.get(name, [])),
            "message": "\n".join(about.get(name, [])),
        }
        if isinstance(indicator_id, str) and indicator_id in known.index:
            said = known.loc[indicator_id]
            row |= {key: said[key] for key in ("category", "definition", "unit_level", "unit_change")}
            row |= {
                "kind": format.KINDS.get(said["kind"]),
                "direction": format.DIRECTIONS.get(said["direction"]),
                "growth_basis": format.BASES.get(said["growth_basis"]),
            }
        else:
            row["definition"] = "不在指标目录中，名称和单位按报告原词"
        rows.append(row)
    return pd.DataFrame(rows, columns=list(_DEFINED)).replace("", None)


def sources(facts: pd.DataFrame, reports: Sequence[dict]) -> list[dict[str, str]]:
    """The reports and web pages that the facts come from: title, and path where it is a web page."""
    mine = set(facts["report_id"])
    found = [{"title": f"{row['title']}（文件 {row['file']}）"} for row in reports if row["report_id"] in mine]
    pages = facts[facts["source_title"].notna()][["source_title", "source_url"]].drop_duplicates()
    for title, url in pages.itertuples(index=False):
        web = isinstance(url, str) and url.startswith(("http://", "https://"))
        found.append({"title": title} | ({"path": url} if web else {}))
    return found


def about(
    said: str,
    counts: str,
    build: str,
    built_at: str,
    day: str,
    documents: Sequence[dict[str, str]],
    *,
    wide: bool = False,
) -> list[tuple[str, str]]:
    """What stands in the sheet 说明: (label, words)."""
    what = "首选数值排成宽表：每行一个指标，每列一个区县的一年" if wide else "每行是一份来源中对一个数的一次陈述"
    lines = [
        ("内容", f"区县规划看板 · 明细。{what}。"),
        ("筛选", said),
        ("条数", counts),
        ("数据版本", build),
        ("数据生成时间", f"{built_at}（世界时）"),
        ("导出日期", day),
        ("完成或目标", "完成情况：报告所说的实际或预计完成；计划目标：报告提出的计划、规划。"),
        ("预计数", "完成情况中报告写明是预计、初步核算的，记它所用的词；空为报告没有这样说，不等于已经最后核定。"),
        ("来源", "报告表格、报告正文为报告原文；补充来源为报告以外的公开数字，附网址；推算由别的数算出，附依据。"),
        ("首选", "同一个数可能在几处陈述，比较时只用“首选”为“是”的一条。"),
        ("总量或增速", "总量、增速、增减是三回事，不能相互比较。"),
        ("数值", "已换成统一的单位，下降为负；原文印的数和单位在“原文数值”。原文为“以上”“以内”“约”的，“原文数值”带≥、≤、约。"),
        ("空单元格", "来源没有给出这个数。从不用0代替：0就是原文说的0或“持平”。"),
        ("文字", "原句一字不改。文件不能保存的控制字符以�代替；在CSV和数据包中，以=、+、-、@或制表符、换行开头的文字前加一撇，免得被当作公式。"),
        ("怎样引用", f"“区县规划看板，数据版本{build[:12]}，{day}导出”，并注明所用报告的标题；逐条的标题、行和原句见“来源与原句”。"),
    ]  # fmt: skip
    if wide:
        lines.append(
            ("宽表", "只有首选的、有数字的陈述；只用文字陈述的不在表中。时期为“年均”“累计”的，年份是时期的最后一年。")
        )
    return lines + [("出自", each["title"] + (f" {each['path']}" if "path" in each else "")) for each in documents]


# ---------------------------------------------------------------- files
def provenance(facts: pd.DataFrame) -> downloads.Page:
    """Sheet 来源与原句: a row for each fact, with its sentence."""
    return downloads.Page("来源与原句", worded(with_printed(facts)), titles(_EVIDENCE))


def defined(facts: pd.DataFrame, catalogue: pd.DataFrame, findings: pd.DataFrame) -> downloads.Page:
    """Sheet 口径: a row for each indicator."""
    return downloads.Page("口径", definitions(facts, catalogue, findings), _DEFINED)


def workbook(
    facts: pd.DataFrame,
    names: Sequence[str],
    wide: pd.DataFrame | None,
    lines: Sequence[tuple[str, str]],
    catalogue: pd.DataFrame,
    findings: pd.DataFrame,
) -> bytes:
    """XLSX of the shown columns (``names``) of the facts, or of ``wide``, with their sentences and definitions."""
    evidence = provenance(facts)
    if wide is None:
        data = downloads.Page("数据", evidence.frame, titles(names))
    else:
        data = downloads.Page("数据", worded(wide), wide_titles(wide))
    return downloads.xlsx(lines, [data, evidence, defined(facts, catalogue, findings)])


def text(facts: pd.DataFrame | None, names: Sequence[str], wide: pd.DataFrame | None) -> bytes:
    """CSV of the shown columns of the facts, or of ``wide``, in Chinese."""
    if wide is not None:
        return downloads.csv(worded(wide), wide_titles(wide))
    return downloads.csv(worded(with_printed(facts)), titles(names))


def table(facts: pd.DataFrame | None, names: Sequence[str], wide: pd.DataFrame | None) -> bytes:
    """Parquet of the same, with technical names and values."""
    if wide is not None:
        return downloads.parquet(wide, {name: COLUMNS.get(name, name) for name in wide.columns})
    return downloads.parquet(with_printed(facts), titles(names))


def package(
    facts: pd.DataFrame,
    names: Sequence[str],
    wide: pd.DataFrame | None,
    said: str,
    build: str,
    built_at: str,
    documents: Sequence[dict[str, str]],
) -> bytes:
    """A data package of the same, with technical names and values, Chinese titles and the sources."""
    frame = with_printed(facts) if wide is None else wide
    heads = titles(names) if wide is None else {name: COLUMNS.get(name, name) for name in wide.columns}
    notes = (
        NOTES
        if wide is None
        else {name: "数值，单位见unit列；空为来源没有给出" for name in heads if name not in COLUMNS}
    )
    return downloads.package(
        frame,
        heads,
        title="区县规划看板 · 明细" + ("（宽表）" if wide is not None else ""),
        description=f"{said}。空为来源没有给出，不是零；以=、+、-、@开头的文字前加一撇，免得被当作公式。",
        version=build,
        created=built_at,
        sources=documents,
        labels=LABELS,
        notes=notes,
        key="fact_id",
    )
