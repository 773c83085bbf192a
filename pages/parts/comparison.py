"""区县对比: rows of queries.pairs to rows of charts, and the finding that stands over them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from pages.parts import apart, format, gap, theme

#: Px that the words at the end of a dumbbell may take on a telephone.
_PHONE = apart.MOST_BESIDE - 12
_ORDER = {"growth": 0, "level": 1, "change": 2}
#: On the axis of values that reach so many times further, values can no longer be told apart.
FAR = 5
#: Kinds of findings that bear on the number itself, not on joining it to other years.
_DOUBTFUL = ("implausible", "contradiction")


def shown(row: dict, origins: Sequence[str]) -> dict:
    """The row without a result that the reader has switched off (supplement, derived); ``hidden`` names its origin."""
    origin = row["actual_origin"]
    if origin not in ("supplement", "derived") or origin in origins:
        return row
    return row | {key: None for key in row if key == "actual" or key.startswith("actual_")} | {"hidden": origin}


def measure_for(rows: Iterable[dict], wanted: str | None = None) -> str | None:
    """The measure in which one indicator is compared: ``wanted``, else the one with most numbers, growth first."""
    if wanted:
        return wanted
    rows = [row for row in rows if row["measure"]]
    known = Counter(row["measure"] for row in rows for side in ("actual", "target") if row[side] is not None)
    found = {row["measure"] for row in rows}
    return min(found, key=lambda m: (-known[m], _ORDER[m])) if found else None


def in_measure(rows: Sequence[dict], measure: str | None) -> dict:
    """The row of one place, indicator and year in this measure; an empty one, knowing what else there is, if none."""
    for row in rows:
        if row["measure"] == measure:
            return row
    empty = {key: None for key in rows[0] if key.startswith(("actual", "target"))}
    known = [row for row in rows if row["actual_id"]]
    others = [_measure(row, row["actual_unit"]) for row in known if row["actual_origin"] != "derived"]
    calculated = [_measure(row, row["actual_unit"]) for row in known if row["actual_origin"] == "derived"]
    return rows[0] | empty | {"measure": measure, "others": others, "calculated": calculated}


def far(reach: Mapping[str, float]) -> set[str]:
    """The few indicators beside which the others could not be told apart on one axis; ``reach``: name -> size of its
    largest value."""
    names = sorted(reach, key=reach.__getitem__)
    for least, (near, beyond) in enumerate(pairwise(names), 1):
        if reach[beyond] > FAR * reach[near] > 0 and least >= len(names) - least:
            return set(names[least:])
    return set()


def absence(row: dict) -> str:
    """Why a row has no result, in words: 只公布总量, 本地报告未提及, 未收录该年报告 ..."""
    if row.get("hidden"):
        return f"仅有{format.ORIGINS[row['hidden']]}（未显示）"
    if row.get("actual_text"):
        return row["actual_text"]
    if row.get("others"):
        return f"只公布{'、'.join(row['others'])}"
    if row.get("calculated"):  # nobody has published it
        return f"只有推算的{'、'.join(row['calculated'])}"
    if row["target_id"] or row["target"] is not None:
        return gap.assess(row).state.words
    if not row["due"]:
        return gap.STATES["not_due"].words
    if row["covered"] and not row["results_held"]:  # a report sets targets for the year, none gives its results
        return gap.STATES["result_not_held"].words
    return gap.STATES["nothing" if row["covered"] else "not_held"].words


def axis_unit(rows: Sequence[dict]) -> str | None:
    """The unit of the axis: the one that most results have, without results most targets."""
    for side in ("actual", "target"):
        found = Counter(row[f"{side}_unit"] for row in rows if row[side] is not None)
        if found:
            return found.most_common(1)[0][0]
    return None


def _in_unit(row: dict, unit: str | None) -> tuple[float | None, float | None]:
    """Result and target as far as they are in the unit of the axis."""
    return tuple(row[side] if row[f"{side}_unit"] == unit else None for side in ("actual", "target"))


def _measure(row: dict, unit: str | None = None) -> str:
    """The measure of a row in words, of its own values or of those in this unit."""
    return format.measure(row["measure"], unit or row["target_unit"] or row["actual_unit"], row.get("unit_change"))


def _target_label(row: dict) -> str:
    """The target in words; 总量3000万美元 where it is one of another measure."""
    if by := row.get("by"):
        return _measure(by) + format.side(by, "target")
    return format.side(row, "target") if row["target_id"] else "—"


def _label(row: dict, unit: str | None) -> str:
    """The result in words, or why there is none to draw."""
    if row["actual"] is None:
        return absence(row)
    return format.side(row, "actual") + ("" if row["actual_unit"] == unit else "（单位不同，未画）")


def bars(rows: Sequence[dict], order: str = "value") -> list[dict]:
    """Rows of one indicator, measure and year, one for each place, as charts.bars takes them; ``by`` as in dumbbells."""
    palette = theme.palette(row["district"] for row in rows)
    unit = axis_unit(rows)
    out = []
    for row in rows:
        value, target = _in_unit(row, unit)
        out.append(
            {
                "place": row["district"],
                "value": value,
                "label": _label(row, unit),
                "target": target,
                "target_label": _target_label(row),
                "target_mark": f"目标 {format.side(row, 'target')}" if target is not None else "",
                "colour": palette[row["district"]][0],
                "fact": row["actual_id"] or row["target_id"],
                "target_fact": row["target_id"],
                "origin": format.ORIGINS.get(row["actual_origin"] or "", "—"),
            }
        )
    if order == "value":
        out.sort(key=lambda row: (row["value"] is None, -(row["value"] or 0)))
    return out


def dumbbells(rows: Sequence[dict], tolerance: gap.Tolerance = gap.HOUSE) -> list[dict]:
    """Rows of several indicators of one unit as charts.dumbbells takes them.

    ``by`` in a row without a target: the row of another measure, in which this place has set its target.
    """
    palette = theme.palette(row["district"] for row in rows)
    unit = axis_unit(rows)
    out = []
    for row in rows:
        by = row.get("by")
        found, other = gap.assess(by or row, tolerance), _measure(by) if by else ""
        value, target = _in_unit(row, unit)
        distance = format.gap(found.gap, found.unit, found.share) if found.gap is not None else ""
        words = f"{found.state.words} {distance}".strip()
        brief = found.state.least or found.state.short or found.state.words
        if distance:
            share = format.number(round(found.share * 100, 1), signed=True) + "%" if found.share is not None else ""
            brief = f"{found.state.glyph} {share or distance.removesuffix('个百分点')}".removeprefix("– ")
        words, brief = other + words, other + brief
        if value is None and target is None:
            words = f"{row['district']}：{_label(row, unit)}"
        elif not distance:
            words = other + (found.state.short or found.state.words)
        out.append(
            {
                "indicator": row["indicator"],
                "place": row["district"],
                "value": value,
                "target": target,
                "label": _label(row, unit),
                "target_label": _target_label(row),
                "gap": distance or "—",
                "status": found.state.words,
                "end_label": words,
                **_line(row, value, target, words, brief, unit),
                "line": theme.STATES.get(found.state.key, theme.NEUTRAL),
                "colour": palette[row["district"]][0],
                "shape": palette[row["district"]][1],
                "fact": row["actual_id"] or row["target_id"],
                "target_fact": (by or row)["target_id"],
            }
        )
    return out


def _line(row: dict, value: float | None, target: float | None, words: str, brief: str, unit: str | None) -> dict[str, str]:
    """What stands at the end of the line of a dumbbell: place and values, then how far apart they are; on a telephone as
    much of it as there is room for."""
    place, aim = row["district"], _target_label(row)
    if value is None and target is None:
        return {"said": words, "said_brief": words}
    result = f"{place} {_label(row, unit)}" if value is not None else place
    said = "　".join([result, *([f"目标 {aim}"] if aim != "—" else []), words])
    ways = [f"{result} {brief}", result]
    return {"said": said, "said_brief": next((way for way in ways if apart.wide(way, theme.SCREEN.small) <= _PHONE), ways[-1])}


def doubts(findings: Sequence[dict]) -> str:
    """What was found about the results that are compared, in a few words: 数值可疑：江津 2024年 实际使用外资增速."""
    told = [f"{format.FINDINGS[each['kind']]}：{each['message'].split('：')[0]}" for each in findings if each["kind"] in _DOUBTFUL]
    return "；".join(dict.fromkeys(told))


def differences(rows: Sequence[dict]) -> str:
    """What bears on comparing these results, in the sources' own words; empty when nothing is known to differ.

    Names the words of definition that some have and others lack (同口径, 含万盛), other units, and results that are
    bounds, estimates or from elsewhere.
    """
    rows = [row for row in rows if row["actual_id"]]
    said: list[str] = []
    words = {row["district"]: row["actual_qualifier"] or "未注明" for row in rows}
    if len(set(words.values())) > 1:
        said.append("口径用语不同：" + "，".join(f"{district}“{text}”" for district, text in words.items()))
    units = {row["district"]: row["actual_unit"] for row in rows if row["actual_unit"]}
    if len(set(units.values())) > 1:
        said.append("计量单位不同：" + "，".join(f"{district}{unit}" for district, unit in units.items()))
    for origin in ("supplement", "derived"):
        found = [row["district"] for row in rows if row["actual_origin"] == origin]
        if found and len(found) < len(rows):
            said.append(f"{'、'.join(found)}为{format.ORIGINS[origin]}")
    bounds = [
        f"{row['district']}为“{format.side(row, 'actual')}”"
        for row in rows
        if row["actual"] is not None
        and row["actual_comparator"] not in (None, "eq")
        and row["actual_origin"] != "derived"
    ]
    if bounds:
        said.append("、".join(bounds) + "，不是确数")
    return "；".join(said)


def finding(rows: Sequence[dict], indicator: str, measure: str | None, year: int) -> str:
    """The title over the bars, from the data alone: 南岸增速最高（+5.9%），江津最低（+4.1%）."""
    name = indicator + (_measure(rows[0] | {"measure": measure}, axis_unit(rows)) if measure in ("growth", "change") else "")
    known = sorted((row for row in rows if row["actual"] is not None), key=lambda row: -row["actual"])
    if not known:
        return f"{year}年{name}：所选区县都没有数"
    if len({row["actual_unit"] for row in known}) > 1:
        return f"{year}年{name}：各区县计量单位不同，不作比较"
    if len(known) == 1:
        return f"{year}年{name}：只有{known[0]['district']}有数，{format.side(known[0], 'actual')}"
    # nobody knows on which side of 5.3 a «≤5.5» lies
    bounds = [row for row in known if row["actual_comparator"] in ("ge", "le", "gt", "lt")]
    if bounds:
        known = [row for row in known if row not in bounds]
        said = "、".join(f"{row['district']}为{format.side(row, 'actual')}" for row in bounds) + "，不能排序"
        rest = "；".join(f"{row['district']}{format.side(row, 'actual')}" for row in known)
        return f"{year}年{name}：{rest + '；' if rest else ''}{said}"
    top, low = known[0], known[-1]
    if top["actual"] == low["actual"]:
        return f"{year}年{name}：{'、'.join(row['district'] for row in known)}相同，{format.side(top, 'actual')}"
    firsts = [row["district"] for row in known if row["actual"] == top["actual"]]
    lasts = [row["district"] for row in known if row["actual"] == low["actual"]]
    return (
        f"{name}：{'、'.join(firsts)}最高（{format.side(top, 'actual')}），"
        f"{'、'.join(lasts)}最低（{format.side(low, 'actual')}）"
    )


def score(found: dict[str, list[gap.Assessment]]) -> str:
    """The title over several indicators: 达到目标：綦江6/12项，江津6/13项；南岸没有可比的目标."""
    said, none = [], []
    for district, assessments in found.items():
        counts = gap.counts(assessments)
        if counts["judged"]:
            said.append(f"{district}{counts['met']}/{counts['judged']}项")
        else:
            none.append(district)
    # a target without a result is no lack of targets
    waiting = [name for name in none if any(a.state.key in gap.WITHOUT_RESULT for a in found[name])]
    none = [name for name in none if name not in waiting]
    parts = ["达到目标：" + "，".join(said)] if said else []
    parts += [f"{'、'.join(waiting)}的目标没有结果可比"] if waiting else []
    parts += [f"{'、'.join(none)}没有可比的目标"] if none else []
    return "；".join(parts)
