"""Numbers and states in words for people: 亿 / 万 / % / 百分点, years, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from data import states, unseen
from data.terms import FINDING_KINDS

MINUS = "\u2212"
NOT_REPORTED = states.said()["no_actual"].short
MEASURES = {"level": "总量", "growth": "增速", "change": "增减"}
SIDES = {"target": "目标", "actual": "实际"}
STATUSES = {"actual": "完成情况", "target": "计划目标"}
ORIGINS = {"table": "报告表格", "prose": "报告正文", "supplement": "补充来源", "derived": "推算"}
COMPARATORS = {"ge": "≥", "le": "≤", "gt": "＞", "lt": "＜", "approx": "约"}
#: The same in front of a fall whose size is told: 下降3.5%以上 is −3.5% or lower. (不低于−3%, printed with its minus, is ≥.)
COMPARATORS_OF_A_FALL = {"ge": "≤", "le": "≥", "gt": "＜", "lt": "＞", "approx": "约"}
SEVERITIES = {"error": "错误", "warning": "需要留意", "info": "说明"}
#: Of a change by 百分点 where the indicator is an amount: nothing but its growth rate changes by those.
RATE_CHANGE = "增速的变化"
PERIODS = {"annual": "", "average": "年均", "cumulative": "累计"}
FINDINGS = FINDING_KINDS
#: Of the catalogue: which way is good, at which prices growth is published, what kind of quantity it is.
DIRECTIONS = {1: "越高越好 ↑", -1: "越低越好 ↓", 0: "不评优劣"}
BASES = {"real": "实际（不变价）", "nominal": "名义（现价）"}
KINDS = {
    "flow": "一年之量",
    "increment": "一年新增",
    "stock": "年末之量",
    "rate": "比率",
    "ratio": "比例",
    "index": "指数",
    "qual": "只有文字",
}


def visible(value: object) -> object:
    """Text as it may be shown: a sign for each character that nobody sees or that would turn what follows; as long as it
    was, so that places in it stay true. Of a list or a dict, all text in it; anything else as it is."""
    if isinstance(value, str):
        return unseen.shown(value)
    if isinstance(value, dict):
        return {key: visible(each) for key, each in value.items()}
    return [visible(each) for each in value] if isinstance(value, list | tuple) else value


def visible_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with all text as it may be shown; columns without such characters are not copied."""
    odd = {}
    for name in frame.columns:
        column = frame[name]
        if isinstance(column.dtype, pd.StringDtype) or column.dtype == object:
            texts = [each for each in column.tolist() if isinstance(each, str)]
            if unseen.UNSEEN_SIGN.search("\n".join(dict.fromkeys(texts))):
                odd[name] = column.map(visible)
    return frame.assign(**odd) if odd else frame


def number(value: float, *, signed: bool = False) -> str:
    """At most four decimals, no trailing zeros, a true minus sign; ``signed`` puts + before gains."""
    text = f"{abs(value):.4f}".rstrip("0").rstrip(".")
    if text == "0":
        return "0"
    return (MINUS if value < 0 else "+" if signed else "") + text


def quantity(value: float | None, unit: str | None, measure: str = "level", *, signed: bool = False) -> str:
    """A value with its unit: 1133.2亿元, 1.94:1, 53.2万人; growth and changes are signed: +5.5%, +0.9个百分点."""
    if value is None:
        return NOT_REPORTED
    unit, signed = unit or "", signed or measure != "level"
    if unit == "百分点":
        return f"{number(value, signed=signed)}个百分点"
    if unit[:1] not in "亿万" and unit not in ("%", "‰", ":1"):
        # five digits are still read at a glance and stay as the report prints them
        for size, word in ((1e8, "亿"), (1e5, "万")):
            if abs(value) >= size:
                return f"{number(value / (1e4 if word == '万' else size), signed=signed)}{word}{unit}"
    if unit.startswith("万") and abs(value) >= 1e4:
        return f"{number(value / 1e4, signed=signed)}亿{unit[1:]}"
    return f"{number(value, signed=signed)}{unit}"


def stated(
    value: float | None,
    unit: str | None,
    measure: str,
    comparator: str | None,
    words: str | None,
    low: float | None = None,
    high: float | None = None,
    origin: str | None = None,
    provisional: str | None = None,
    printed: float | None = None,
) -> str:
    """A value as a source states it: with ≥ or 约, a range, or its words; a derived one as 约, no finer than it is; one that
    the source calls an estimate with its word: 预计+6.5%. ``printed``: the number as it stands in the report, see ``bound``."""
    if provisional:
        return provisional + stated(value, unit, measure, comparator, words, low, high, origin, printed=printed)
    if value is None:
        return words or NOT_REPORTED
    if origin == "derived":
        rounded = round(value, 1) if unit in ("%", "百分点") else float(f"{value:.4g}")
        return "约" + quantity(rounded, unit, measure)
    if low is not None and high is not None and low < high:
        ends = quantity(low, unit, measure), quantity(high, unit, measure)
        # 6～6.5%: the unit once, unless the ends are told in different ones (9万人～1.2亿人) or with their signs
        same = [end.lstrip("0123456789.") for end in ends]
        return f"{ends[0].removesuffix(same[0]) if same[0] == same[1] else ends[0]}～{ends[1]}"
    return bound(comparator, value, printed) + quantity(value, unit, measure)


def bound(comparator: str | None, value: float, printed: float | None = None) -> str:
    """The sign in front of a number: ≥, 约; empty for the number itself. ``printed``: as the report has it, with or without a minus."""
    return (COMPARATORS_OF_A_FALL if size_of_a_fall(value, printed) else COMPARATORS).get(comparator or "eq", "")


def size_of_a_fall(value: float, printed: float | None) -> bool:
    """Whether a number below zero is ``printed`` without its minus (下降3%): words like 以上 then speak of its size."""
    return value < 0 <= (printed or 0)


def fact(row: dict) -> str:
    """The value of a row of facts as its source states it; see ``stated``."""
    fields = ("value", "unit", "measure", "comparator", "value_text", "value_low", "value_high", "origin")
    return stated(*(row[field] for field in fields), row.get("provisional"), row.get("value_reported"))


def side(row: dict, side: str) -> str:
    """The target or the result of a row of queries.pairs as its source states it: 年均+6%, 2.8万人, ≤5.5%."""
    value, unit, printed = row[side], row[f"{side}_unit"], row.get(f"{side}_unit_reported") or ""
    reported = row.get(f"{side}_reported")
    # 2.8万人 stays 2.8万人, though the unit of the catalogue is 人; amounts keep the unit in which they are compared
    if value is not None and unit and reported is not None and printed in (f"万{unit}", f"亿{unit}"):
        value, unit = (-abs(reported) if value < 0 else abs(reported)), printed
    low, high = row.get(f"{side}_low"), row.get(f"{side}_high")
    if unit != row[f"{side}_unit"]:
        size = 1e4 if unit.startswith("万") else 1e8
        low, high = (None if end is None else end / size for end in (low, high))
    text = stated(
        value,
        unit,
        row["measure"],
        row[f"{side}_comparator"],
        row[f"{side}_text"],
        low,
        high,
        row[f"{side}_origin"],
        row.get(f"{side}_provisional"),
        reported,
    )
    return (PERIODS["average"] if row.get(f"{side}_period") == "average" else "") + text


def measure(key: str | None, unit: str | None = None, own: str | None = None) -> str:
    """增速, 增减, 总量; the level of a rate or ratio is no total: 水平; a change of a growth rate none of the amount: 增速的变化.

    ``own``: the unit in which the catalogue counts changes of the indicator (unit_change), None where it is not known.
    """
    # of a quotient (能耗 of each 万元) reports say 下降3.5个百分点 and mean its own fall
    if key == "change" and unit == "百分点" and own not in (None, unit) and "/" not in own:
        return RATE_CHANGE
    return "水平" if key == "level" and unit in ("%", "‰", ":1") else MEASURES.get(key or "", "")


def sides(row: dict, wanted: Iterable[str] = tuple(SIDES)) -> str:
    """What a row of queries.pairs holds on these sides, with its measure: 增速目标 +10%、增速实际 +15.4%; empty for nothing."""
    found = [each for each in wanted if row[f"{each}_id"]]
    return "、".join(f"{measure(row['measure'], row[f'{each}_unit'], row.get('unit_change'))}{SIDES[each]} {side(row, each)}" for each in found)


def axis(key: str | None, units: Iterable[str], own: str | None = None) -> str:
    """What an axis shows: 增速（%）, 总量（亿元）; ``own`` as in ``measure``."""
    found = sorted(set(units))
    said = "、".join("比值" if unit == ":1" else unit for unit in found)
    return measure(key, found[0] if found else None, own) + (f"（{said}）" if said else "")


def measured(indicator: dict, key: str | None, unit: str | None = None) -> str:
    """What is measured, in words: 同比增速，按不变价计算（实际）; see indicators.growth_basis. ``unit``: of the values."""
    if key == "growth":
        basis = {"real": "按不变价计算（实际增速）", "nominal": "按现价计算（名义增速）"}.get(
            indicator["growth_basis"] or ""
        )
        return "同比增速" + (f"，{basis}" if basis else "")
    if key == "change":
        own = measure(key, unit, indicator.get("unit_change"))
        return "同比增速比上年的变化" if own == RATE_CHANGE else f"比上年{own}"
    return {"stock": "年末数", "rate": "比率或人均数", "ratio": "比值", "increment": "当年新增"}.get(
        indicator["kind"], "全年数"
    )


def gap(value: float, unit: str | None, share: float | None = None) -> str:
    """A signed distance: +0.6个百分点, +211人（+2.1%）; 0 and ratios without a unit."""
    if not value or unit == ":1":
        return number(value, signed=True)
    text = quantity(value, unit, "change")
    if share is None:
        return text
    return f"{text}（{number(round(share * 100, 1), signed=True)}%）"


def period(year: int, kind: str, start: int | None = None) -> str:
    """2024年, or 2021—2025年年均."""
    if kind == "annual":
        return f"{year}年"
    return f"至{year}年{PERIODS[kind]}" if start == year else f"{start}—{year}年{PERIODS[kind]}"


def report(row: dict) -> str:
    """A short name for a report: 綦江2024年度报告, 綦江2026—2030年规划, and that of its evaluation 綦江2021—2025年规划评估."""
    if row["kind"] == "annual_plan_report":
        return f"{row['district']}{row['year_from']}年度报告"
    evaluated = "评估" if "评估" in (row.get("title") or "") else ""
    return f"{row['district']}{row['year_from']}—{row['year_to']}年规划{evaluated}"


def named(message: str, reports: list[dict]) -> str:
    """A message with the short names of reports for their ids, 补充来源 for the supplement."""
    for row in sorted(reports, key=lambda row: -len(row["report_id"])):
        message = message.replace(row["report_id"], report(row))
    return message.replace("（supplement ", "（补充来源 ")


def records(frame: pd.DataFrame) -> list[dict]:
    """Rows as dicts with None for every kind of missing value."""
    return pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
