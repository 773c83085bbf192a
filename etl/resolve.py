"""Candidates become facts: canonical units, stable ids, stock or flow, and one preferred fact for each thing."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from data.catalog import SCALES, Catalog, normalise, unit_factor
from data.terms import TIMED
from data.unseen import without
from etl.extract import Extraction
from etl.facts import HIGHER_GOAL, OTHER_PRICES, Candidate
from etl.names import Names
from etl.read import ANNUAL

FIRST_YEAR, LAST_YEAR = 1949, 2100
_ORIGIN_RANK = {"table": 0, "prose": 1, "supplement": 2, "derived": 3}


def clean(value: float | None) -> float | None:
    """A float without the dust of unit conversion (35.75, not 35.75000000001)."""
    return None if value is None else float(f"{value:.12g}")


def legible(name: str) -> str:
    """A name without the characters that nobody sees: two that look the same are the same."""
    return without(name) or name


def canonical(value: float | None, candidate: Candidate, catalog: Catalog) -> tuple[float | None, str | None]:
    """Value and unit of a candidate in the canonical unit of its indicator and measure.

    An indicator outside the catalogue keeps its printed unit, with the unit that the report leaves out.
    """
    indicator = catalog.indicators.get(candidate.indicator_id) if candidate.indicator_id else None
    if candidate.measure == "growth":
        factor = candidate.factor if candidate.base == "%" else 1.0
        return (None, "%") if value is None else (clean(value * factor), "%")
    if candidate.base == "百分点":
        return (None if value is None else clean(value * candidate.factor)), "百分点"
    if indicator:
        unit = indicator.unit(candidate.measure)
        if unit is None or value is None:
            return clean(value), unit
        target = unit_factor(unit, catalog.units)
        if target and candidate.base == target[0]:
            return clean(value * candidate.factor / target[1]), unit
        if candidate.base is None:
            return clean(value), unit
    implied = candidate.base if candidate.unit in SCALES else None  # 资金总额3000万: the report leaves out 元
    if candidate.unit == "元" and candidate.base in TIMED:  # 低保标准每人每月700元 is 元/月
        return clean(value), candidate.base
    return clean(value), candidate.unit + implied if implied else candidate.unit


def fact_id(*parts: object) -> str:
    """A short stable id: the same text gives the same id in every build."""
    return "f" + hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=7).hexdigest()


def relabel_new(extraction: Extraction, names: Names, catalog: Catalog) -> list[dict]:
    """«高新技术企业数量 76» in an annual table is the count of NEW firms when the same report's prose says
    «新增高新技术企业76家»: the row's cells are given to the flow. Returns findings."""
    flows: dict[tuple, Candidate] = {}
    for c in extraction.candidates:
        if c.origin == "prose" and c.indicator_id and c.measure == "level" and c.value is not None:
            flows[(c.indicator_id, c.when.status, c.when.year, c.value)] = c
    rows: dict[int, list[int]] = defaultdict(list)
    for i, c in enumerate(extraction.candidates):
        if c.origin == "table":
            rows[c.start].append(i)
    findings = []
    for row in rows.values():
        cells = [extraction.candidates[i] for i in row]
        stock = catalog.indicators.get(cells[0].indicator_id) if cells[0].indicator_id else None
        if stock is None or stock.kind != "stock" or extraction.report.kind != ANNUAL:
            continue
        flow = names.find("新增" + stock.indicator)
        if not flow:
            continue
        proof = [flows.get((flow[0], c.when.status, c.when.year, c.value)) for c in cells]
        if not any(proof):
            continue
        indicator = catalog.indicators[flow[0]]
        for i in row:
            c = extraction.candidates[i]
            c.name, c.indicator_id = indicator.indicator, indicator.indicator_id
            c.note = f"表中行名为“{stock.indicator}”，同一报告正文写明是新增数，按“{indicator.indicator}”计"
        line = extraction.report.line_of(cells[0].start)
        findings.append({
            "kind": "relabelled", "severity": "info", "report_id": extraction.report.report_id, "line": line,
            "message": f"{extraction.report.place} 表格中的“{stock.indicator}”与正文“{indicator.indicator}”数值相同，按新增数处理",
            "places": [c.place for c in cells],
        })
    return findings


def rows(extraction: Extraction, catalog: Catalog) -> tuple[list[dict], dict[int, str]]:
    """Fact rows of one report, and for each number's offset the id of the fact it belongs to."""
    report = extraction.report
    code = report.district.district_code if report.district else None
    seen: dict[tuple, int] = defaultdict(int)
    out, owners = [], {}
    for c in sorted(extraction.candidates, key=lambda c: (c.place, c.when.year)):
        if not FIRST_YEAR <= c.when.period_start <= c.when.year <= LAST_YEAR:
            continue  # history or a slip of the pen, no year of the series; or a span that ends before it begins
        indicator = catalog.indicators.get(c.indicator_id) if c.indicator_id else None
        quote = report.text[c.start: c.end]
        value, unit = canonical(c.value, c, catalog)
        high, _ = canonical(c.high, c, catalog)
        key = (report.report_id, normalise(quote), indicator.indicator if indicator else c.name, c.measure, c.when.status,
               c.when.year, c.printed, c.value_text)
        seen[key] += 1
        fid = fact_id(*key, seen[key])
        for start, _ in c.numbers:
            owners.setdefault(start, fid)
        note = c.note
        if indicator is None and c.indicator_id:
            note = note or None
        out.append({
            "fact_id": fid, "report_id": report.report_id, "district_code": code, "district": report.place,
            "indicator_id": indicator.indicator_id if indicator else None,
            "indicator": indicator.indicator if indicator else legible(c.name),
            "category": indicator.category if indicator else None,
            "measure": c.measure, "status": c.when.status, "year": c.when.year, "period": c.when.period,
            "period_start": c.when.period_start, "value": value, "unit": unit if value is not None else None,
            "value_reported": clean(c.printed), "unit_reported": c.unit, "comparator": c.comparator,
            "value_text": c.value_text, "binding": c.binding, "origin": c.origin, "preferred": False,
            "section": c.section, "line_start": report.line_of(c.start), "line_end": report.line_of(max(c.start, c.end - 1)),
            "char_start": c.start, "char_end": c.end, "quote": quote, "rule": c.rule, "derived_from": None,
            "source_title": None, "source_url": None, "note": note, "indicator_reported": c.name if indicator is None else None,
            "qualifier": c.qualifier, "value_low": None if high is None else min(value, high), "value_high": None if high is None else max(value, high),
            "confidence": None, "provisional": c.provisional if c.when.status == "actual" else None,
            "_order": (report.year_to, report.report_id),
        })
    _share_word(out)
    return out, owners


def _share_word(facts: list[dict]) -> None:
    """A result that one sentence of a report calls an estimate is one wherever the report gives it, as in its table."""
    words = {(identity(row), row["value"]): row["provisional"] for row in facts if row["provisional"] and row["value"] is not None}
    for row in facts if words else ():
        row["provisional"] = row["provisional"] or words.get((identity(row), row["value"]))


def rounding(row: dict) -> float:
    """What rounding may hide: half the last printed digit, in the row's canonical unit; 0 where nothing is printed."""
    if not row["value_reported"] or not row["value"]:
        return 0.0
    text = f"{abs(row['value_reported']):.10f}".rstrip("0")
    decimals = len(text.split(".")[1]) if "." in text else 0
    return 0.5 * 10.0**-decimals * abs(row["value"] / row["value_reported"])


def identity(row: dict) -> tuple:
    """What makes two facts statements about the same thing."""
    name = row["indicator_id"] or normalise(row["indicator"])
    return (row["district_code"] or row["district"], name, row["measure"], row["status"], row["year"], row["period"])


def prefer(facts: list[dict]) -> None:
    """Mark one fact of each identity: table before prose, the goal before a higher one that is striven for, growth at the
    indicator's prices before growth at others, unrounded before rounded, later report before earlier."""
    groups: dict[tuple, list[dict]] = defaultdict(list)
    for row in facts:
        groups[identity(row)].append(row)
    for group in groups.values():
        best = min(group, key=lambda r: (
            _ORIGIN_RANK[r["origin"]], r["value"] is None, r["note"] == HIGHER_GOAL, r["note"] == OTHER_PRICES, r["comparator"] != "eq", rounding(r),
            tuple(-x if isinstance(x, int) else x for x in r["_order"]), r["char_start"] if r["char_start"] is not None else 0,
        ))
        for row in group:
            row["preferred"] = row is best
