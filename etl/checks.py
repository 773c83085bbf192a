"""What must hold before and after a build, and what people should look at: findings, found by rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from data.catalog import Catalog, normalise
from data.unseen import TURNING_SIGN, UNSEEN_SIGN
from etl.facts import HIGHER_GOAL, OTHER_PRICES
from etl.read import ANNUAL, Report
from etl.resolve import fact_id, rounding

_FLOW_STEP = 2.5  # an amount that grows or shrinks by more than this factor within five years is looked at
_GROWTH_LIMITS = (-60.0, 300.0)
_GENERIC_NAME = re.compile(r"(?:重点|重大)?(?:项目|企业|产品|单位)")  # two such names need not mean the same projects
_SCOPE_WORDS = ("含万盛", "不含万盛")
_NAMED_LINES = 5


def finding(kind: str, severity: str, message: str, facts: Iterable[dict] = (), report_id: str | None = None, line=None) -> dict:
    """One row of findings."""
    facts = list(facts)
    if report_id is None and facts:
        report_id = facts[-1]["report_id"]
    if line is None and facts:
        line = facts[-1]["line_start"]
    ids = [f["fact_id"] for f in facts]
    return {"finding_id": "n" + fact_id(kind, message, *ids)[1:], "kind": kind, "severity": severity, "message": message,
            "fact_ids": ids, "report_id": report_id, "line": line}


# ------------------------------------------------------------------ the text itself
def unseen(report: Report) -> list[dict]:
    """One finding for the characters of a report that nobody sees; grave where some of them turn what follows."""
    places = list(UNSEEN_SIGN.finditer(report.text))
    if not places:
        return []
    kinds = Counter(f"U+{ord(m.group()):04X}" for m in places)
    lines = list(dict.fromkeys(report.line_of(m.start()) for m in places))
    turning = any(TURNING_SIGN.match(m.group()) for m in places)
    named = "、".join(map(str, lines[:_NAMED_LINES])) + (f"等{len(lines)}" if len(lines) > _NAMED_LINES else "")
    said = "，".join(f"{kind} {count}处" for kind, count in kinds.most_common(_NAMED_LINES)) + ("等" if len(kinds) > _NAMED_LINES else "")
    message = f"{report.report_id} 第{named}行有看不见的字符（{said}）" + ("，其中有改变文字方向的，会使数字看上去次序相反" if turning else "")
    return [{"kind": "unseen_characters", "severity": "warning" if turning else "info", "report_id": report.report_id,
             "line": lines[0], "message": message, "places": []}]


def one_sided(report: Report, facts: Iterable[dict]) -> list[dict]:
    """One finding for an annual report of which only the results or only the targets were read: a file may have been cut."""
    years = {(f["status"], f["year"]) for f in facts}
    lacking = [words for pair, words in ((("actual", report.year_from), f"{report.year_from}年的完成情况"),
                                         (("target", report.year_to), f"{report.year_to}年的目标")) if pair not in years]
    if report.kind != ANNUAL or len(lacking) != 1:
        return []
    message = f"{report.report_id} 没有读到{lacking[0]}：文件可能不全（被截断，或另成一份），请与原件核对"
    return [{"kind": "incomplete", "severity": "warning", "report_id": report.report_id, "line": len(report.lines),
             "message": message, "places": []}]


# ------------------------------------------------------------------ contradictions
def agree(a: dict, b: dict) -> bool:
    """Two statements about the same thing agree, given rounding, bounds and 约."""
    x, y = a["value"], b["value"]
    if x is None or y is None:
        return True
    # results are rounded when printed; a target is what it says
    pick = min if a.get("status") == "target" else max
    tolerance = pick(rounding(a), rounding(b)) * 1.000001
    if abs(x - y) <= tolerance:
        return True
    for p, q in ((a, b), (b, a)):
        sign = -1 if p["value"] < 0 else 1  # «下降3%以上» bounds the size of the fall
        if p["comparator"] in ("ge", "gt") and sign * q["value"] >= sign * p["value"] - tolerance:
            return True
        if p["comparator"] in ("le", "lt") and sign * q["value"] <= sign * p["value"] + tolerance:
            return True
        if p["comparator"] == "approx" and abs(x - y) <= 0.1 * max(abs(x), abs(y)):
            return True
    return False


def _say(row: dict) -> str:
    value = row["value_text"] if row["value"] is None else f"{row['value_reported'] if row['value_reported'] is not None else row['value']:g}"
    where = f"第{row['line_start']}行" if row["line_start"] else (row["source_title"] or row["report_id"])
    return f"{value}{row['unit_reported'] or row['unit'] or ''}（{row['report_id']} {where}）"


def _name_key(row: dict) -> str:
    """Names of figures outside the catalogue, without the verbs and words that vary between two mentions."""
    if row["indicator_id"]:
        return row["indicator_id"]
    name = normalise(row["indicator"])
    if row["indicator"].startswith("新建"):
        return name  # 新建5G基站612个，累计建成2306个: what is new is not what there is
    return re.sub(r"^(?:完成|实施|新建|建成|推进|开展|力争|全区|城镇|包括)+|(?:工程|项目|建设|改造)+$", "", name) or name


def contradictions(facts: list[dict]) -> list[dict]:
    """Statements about the same district, indicator, measure, status, year and period that do not agree."""
    groups: dict[tuple, list[dict]] = defaultdict(list)
    for f in facts:
        if f["value"] is None or f["origin"] == "derived" or f["note"] in (HIGHER_GOAL, OTHER_PRICES) or not f["indicator_id"] and _GENERIC_NAME.match(f["indicator"]):
            continue
        groups[(f["district_code"] or f["district"], _name_key(f), f["measure"], f["status"], f["year"], f["period"], f["unit"])].append(f)
    found = []
    for group in groups.values():
        if len(group) < 2 or len(group) > 60:
            continue
        shown = set()
        base = next((f for f in group if f["preferred"]), group[0])
        for other in group:
            if other is base or agree(base, other):
                continue
            pair = frozenset((base["value"], other["value"]))
            if pair in shown:
                continue
            shown.add(pair)
            scopes = {f["qualifier"] for f in (base, other)}
            differs = any(w in (q or "") for q in scopes for w in _SCOPE_WORDS) and len(scopes) > 1
            kind = "definition_break" if differs else ("target_changed" if base["status"] == "target" and base["report_id"] != other["report_id"]
                                                       else "contradiction")
            words = {"definition_break": "口径不同，不可相连", "target_changed": "先后目标不同", "contradiction": "两处说法不一致"}[kind]
            found.append(finding(kind, "info" if kind == "target_changed" else "warning",
                                 f"{base['district']} {base['year']}年 {base['indicator']}{_measure(base)}{_status(base)}：{words}，{_say(base)} 与 {_say(other)}",
                                 [base, other]))
    return found


def _measure(row: dict) -> str:
    return {"level": "", "growth": "增速", "change": "增减"}[row["measure"]]


def _status(row: dict) -> str:
    return "目标" if row["status"] == "target" else ""


# ------------------------------------------------------------------ breaks and implausible values
def implausible(facts: list[dict], catalog: Catalog) -> list[dict]:
    """Values outside what the catalogue calls plausible."""
    found = []
    for f in _plain(facts):
        indicator = catalog.indicators[f["indicator_id"]]
        label = f"{f['district']} {f['year']}年 {f['indicator']}{_measure(f)}{_status(f)}"
        if f["measure"] == "level":
            low, high = indicator.plausible_min, indicator.plausible_max
            if low is not None and f["value"] < low or high is not None and f["value"] > high:
                found.append(finding("implausible", "warning", f"{label}：{_say(f)} 超出合理范围 {low:g}—{high:g}", [f]))
        elif f["measure"] == "growth" and not _GROWTH_LIMITS[0] <= f["value"] <= _GROWTH_LIMITS[1]:
            found.append(finding("implausible", "info", f"{label}：{_say(f)} 幅度很大，请核对", [f]))
    return found


def steps(facts: list[dict], catalog: Catalog) -> list[dict]:
    """Steps between years that no district takes."""
    lines: dict[tuple, list[dict]] = defaultdict(list)
    for f in _plain(facts):
        if f["measure"] == "level" and f["period"] == "annual" and catalog.indicators[f["indicator_id"]].kind != "qual":
            lines[(f["district_code"] or f["district"], f["indicator_id"])].append(f)
    found = []
    for (_, iid), rows in lines.items():
        found += _steps(sorted(rows, key=lambda r: (r["year"], r["status"])), catalog.indicators[iid])
    return found


def _plain(facts: list[dict]) -> list[dict]:
    """The preferred numbers that sources state of indicators of the catalogue."""
    return [f for f in facts if f["indicator_id"] and f["value"] is not None and f["origin"] != "derived" and f["preferred"]]


def _steps(rows: list[dict], indicator) -> list[dict]:
    found, before = [], None
    for after in rows:
        last, before = before, after if after["status"] == "actual" else before
        if last is None or after["year"] <= last["year"]:
            continue
        found += _step_between(last, after, indicator)
    return found


def _step_between(before: dict, after: dict, indicator) -> list[dict]:
    found = []
    span = after["year"] - before["year"]
    change = after["value"] - before["value"]
    text = f"{before['district']} {indicator.indicator}：{before['year']}年 {_say(before)}，{after['year']}年{_status(after)} {_say(after)}"
    if indicator.plausible_step is not None and abs(change) > indicator.plausible_step * min(span, 2) + rounding(before) + rounding(after):
        if abs(change) > indicator.plausible_step * span or change * indicator.direction < 0:
            found.append(finding("definition_break", "warning", f"{text}，变化超出常理，口径可能不同", [before, after]))
    elif indicator.kind in ("flow", "stock") and before["value"] > 0 and after["value"] > 0 and span <= 5 and indicator.kind != "index":
        ratio = after["value"] / before["value"]
        if ratio > _FLOW_STEP ** min(span, 2) or ratio < 1 / _FLOW_STEP:
            found.append(finding("implausible", "warning", f"{text}，相差 {ratio:.2g} 倍，口径可能不同或有误", [before, after]))
    return found


def real_growth(facts: list[dict], catalog: Catalog) -> list[dict]:
    """Levels of two years that do not fit the real growth between them: prices, or a revision of the base."""
    best = {(f["district_code"], f["indicator_id"], f["measure"], f["year"]): f for f in facts
            if f["preferred"] and f["status"] == "actual" and f["period"] == "annual" and f["value"] is not None and f["indicator_id"]}
    found = []
    for (place, iid, measure, year), level in best.items():
        growth = best.get((place, iid, "growth", year))
        before = best.get((place, iid, "level", year - 1))
        if measure != "level" or not growth or not before or "derived" in (level["origin"], before["origin"]) or before["value"] <= 0:
            continue
        implied = (level["value"] / before["value"] - 1) * 100
        limit = 2.0 if catalog.indicators[iid].growth_basis == "real" else 1.0
        if abs(implied - growth["value"]) > limit:
            found.append(finding(
                "definition_break", "info",
                f"{level['district']} {level['indicator']}：{year - 1}年 {_say(before)} 到 {year}年 {_say(level)} 为 {implied:+.1f}%，公布增速 "
                f"{growth['value']:g}%，两年数不可直接相减（价格因素或基数修订）", [before, level, growth]))
    return found


def outside_catalogue(facts: list[dict]) -> list[dict]:
    """Rows of indicator tables that the catalogue does not have: each once."""
    found, seen = [], set()
    for f in facts:
        if f["origin"] == "table" and f["indicator_id"] is None and (f["report_id"], f["indicator"]) not in seen:
            seen.add((f["report_id"], f["indicator"]))
            found.append(finding("outside_catalogue", "info",
                                 f"{f['district']} 表格指标“{f['indicator']}”不在指标目录中，按原文保留，不参加比较；管理员可在 indicators.csv 或 aliases.csv 补一行", [f]))
    return found


def by_rule(facts: list[dict], catalog: Catalog) -> list[list[dict]]:
    """Every finding that rests on the facts of a place, one list for each rule, always in the same order of rules."""
    return [contradictions(facts), implausible(facts, catalog), steps(facts, catalog), real_growth(facts, catalog), outside_catalogue(facts)]


def all_findings(facts: list[dict], catalog: Catalog) -> list[dict]:
    """Every finding that rests on facts."""
    return [f for found in by_rule(facts, catalog) for f in found]
