"""One indicator of one place and year as one sentence: number, target, distance, state; from fields of the data. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from data import states
from pages.parts import comparison, format, gap

_BOUNDS = {"ge": "{}以上", "gt": "超过{}", "le": "{}以内", "lt": "低于{}", "approx": "约{}"}
_AIMS = _BOUNDS | {"approx": "{}左右"}
_RISE, _FALL = ("提高", "增加"), ("下降", "减少")


def sentence(row: dict, found: gap.Assessment, others: Sequence[dict] = ()) -> str:
    """A row of queries.pairs and its gap.assess as one sentence; ``others``: rows of the same thing in other measures.

    2024年，綦江地区生产总值增速5.5%，计划目标7%，差1.5个百分点，未完成。 What is missing is said in words.
    """
    has_target = row["target"] is not None or row["target_text"] is not None
    has_actual = row["actual"] is not None or row["actual_text"] is not None
    start = f"{'截至' if 'average' in (row['actual_period'], row['target_period']) else ''}{row['year']}年，"
    name = f"{row['district']}{row['indicator']}"
    if not has_actual and not has_target:
        return f"{start}{name}：{comparison.absence(row)}。"
    if not has_actual:
        return f"{start}{name}{_target(row, first=True)}，{_unreported(row, found)}。"
    said = f"{start}{name}{_result(row)}"
    if not has_target:
        return f"{said}，{_untargeted(row)}{elsewhere(others, 'target', '（{}）')}。"
    return f"{said}，{_target(row)}，{_verdict(row, found)}。"


def _amount(row: dict, side: str, bounds: dict[str, str]) -> str:
    """The value without its sign of gain, with its bound in words: 5.5%以内, 推算约64.2万吨, 6～6.5%."""
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    ranged = low is not None and high is not None and low < high
    bare = row | {f"{side}_comparator": "eq", f"{side}_period": "annual", f"{side}_provisional": None}
    text = format.side(bare, side).replace("+", "")
    if row[f"{side}_origin"] == "derived":
        return f"推算{text}"
    bound = row[f"{side}_comparator"] or "eq"
    if ranged or bound == "eq":
        return text
    return bounds[bound].format(text)


def _figure(row: dict, side: str, bounds: dict[str, str]) -> str:
    """The value as it follows the name of a measure; differences and falls with their verb: 提高0.9个百分点.

    Words of a bound then speak of the size of the fall, as in the report: 下降3%以内.
    """
    if row["measure"] == "level" or row["measure"] == "growth" and not _falls(row):
        return _amount(row, side, bounds)
    if row[side] == 0:
        return "持平"
    if row["measure"] == "growth":
        verb = "增长" if row[side] > 0 else "下降"
    else:
        verb = (_RISE if row[side] > 0 else _FALL)[0 if row[f"{side}_unit"] in gap.POINT_UNITS else 1]
    return verb + _amount(row, side, bounds).replace(format.MINUS, "")


def _falls(row: dict) -> bool:
    """Whether one of the two is a fall; 增速 before it would read as the rate that fell."""
    return any((row[side] or 0) < 0 for side in ("actual", "target"))


def _measured(row: dict) -> str:
    if row["measure"] == "growth":
        return "" if _falls(row) else "增速"
    unit = row["actual_unit"] or row["target_unit"]
    of_rate = format.measure(row["measure"], unit, row.get("unit_change")) == format.RATE_CHANGE
    return ("增速" if of_rate else "") + ("比上年" if row["measure"] == "change" else "")


def _remarks(row: dict, side: str) -> str:
    """Where the figure comes from when no report states it, and its definition."""
    said = []
    if row[f"{side}_origin"] == "supplement":
        source = row.get("actual_source") if side == "actual" else None
        said.append(f"补充来源：{source}" if source else "补充来源")
    if row[f"{side}_qualifier"]:
        said.append(f"口径：{row[f'{side}_qualifier']}")
    return f"（{'；'.join(said)}）" if said else ""


def _result(row: dict) -> str:
    if row["actual"] is None:
        return f"{_measured(row)}的结果为“{row['actual_text']}”{_remarks(row, 'actual')}"
    average = "年均" if row["actual_period"] == "average" else ""
    word = row.get("actual_provisional") or ""
    return f"{average}{_measured(row)}{word}{_figure(row, 'actual', _BOUNDS)}{_remarks(row, 'actual')}"


def _target(row: dict, *, first: bool = False) -> str:
    """计划目标7%; with the measure when the result has not named it (``first``)."""
    name = "约束性目标" if row["target_binding"] == "约束性" else "计划目标"
    measured = _measured(row) if first else ""
    if row["target"] is None:
        return f"{'的' if first else ''}{measured}{name}为“{row['target_text']}”{_remarks(row, 'target')}"
    average = "年均" if row["target_period"] == "average" else ""
    of = "的" if first else ""
    return f"{of}{name}{average}{measured}{_figure(row, 'target', _AIMS)}{_remarks(row, 'target')}"


def _unreported(row: dict, found: gap.Assessment) -> str:
    """Why there is no result beside a target."""
    if row.get("hidden") or row.get("others") or row.get("calculated"):
        return comparison.absence(row)
    return found.state.words if found.state.key != "no_actual" else f"报告{found.state.short}"


def elsewhere(others: Sequence[dict], side: str, frame: str = "{}") -> str:
    """What these rows, of other measures, say on a side where this one says nothing: 增速目标7%左右; empty when nothing."""
    name = "目标" if side == "target" else "实际数"
    said = []
    for row in others:
        if row[f"{side}_id"] is None:
            continue
        average = "年均" if row[f"{side}_period"] == "average" else ""
        words = f"为“{row[f'{side}_text']}”" if row[side] is None else _figure(row, side, _AIMS if side == "target" else _BOUNDS)
        said.append(f"{average}{format.measure(row['measure'], row[f'{side}_unit'])}{name}{words}")
    return frame.format("、".join(said)) if said else ""


def _untargeted(row: dict) -> str:
    """Why there is no target beside a result."""
    words = states.untargeted(row).words
    return words.replace("它", f"它的{format.measure(row['measure'], row['actual_unit'], row.get('unit_change'))}")


def _verdict(row: dict, found: gap.Assessment) -> str:
    """The distance and the state: 差1.5个百分点，未完成."""
    words = found.state.words + ("（临界：四舍五入可改变结论）" if found.borderline else "")
    if found.state.key.startswith("told"):
        return {
            "told_met": "报告称完成",
            "told_missed": "报告称未完成",
            "told_nothing": "报告没有说明是否完成",
        }[found.state.key]
    if found.gap is None:
        return "计量单位不同，不能相比" if row["actual_unit"] != row["target_unit"] else words
    size = format.gap(abs(found.gap), found.unit, abs(found.share) if found.share is not None else None)
    size = size.replace("+", "")
    if row["target"] is None:  # in step with the economy
        economy = format.quantity(row["economy_growth"], "%")
        if not found.gap:
            return f"与同年经济增速{economy}相同，{words}"
        side = "高" if row["actual"] > row["economy_growth"] else "低"
        return f"比同年经济增速{economy}{side}{size}，{words}"
    if found.state.key == "neutral":
        return f"{'比目标高' if found.gap > 0 else '比目标低'}{size}，{words}" if found.gap else f"与目标相同，{words}"
    low, high = row["target_low"], row["target_high"]
    if not found.gap:
        inside = low is not None and high is not None and low < high
        return f"{'在目标范围内' if inside else '与目标持平'}，{words}"
    return f"{'好于目标' if found.gap > 0 else '差'}{size}，{words}"
