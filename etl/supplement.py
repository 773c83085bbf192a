"""Published figures from other sources (data/supplement/facts.csv) as facts, each with its citation."""

from __future__ import annotations

import math
import re
from pathlib import Path

from data.catalog import Catalog, csv_rows, shown, unit_factor
from etl.names import Names
from etl.resolve import FIRST_YEAR, LAST_YEAR, clean, fact_id, legible

USED = ("high", "medium")  # low confidence is never shown as a figure
_SCOPE = re.compile(r"口径：(不含万盛|含万盛)|判断为(不含万盛|含万盛)")
_OTHER_QUALIFIERS = ("同口径", "疑为第五次经济普查修订前", "约数")
_RETRIEVED = {"official page": "官方网页", "mirror of official text": "官方文本的转载", "news report": "新闻或汇编转载"}
_HEADER = ["district", "year", "indicator", "measure", "value", "unit", "source_title", "publisher", "source_url",
           "retrieved_as", "confidence", "note"]


def read(path: Path, catalog: Catalog, names: Names) -> tuple[list[dict], list[str]]:
    """Fact rows and problems («file:line: what»); rows with a problem are left out, the others are kept."""
    facts, problems = [], []
    if not path.exists():
        return facts, problems
    by_name = {d.full_name: d for d in catalog.districts} | {
        d.full_name: d for d in catalog.districts if d.parent_code == "500000"}
    lines: dict[str, int] = {}  # where a fact was given first
    for line, r in csv_rows(path, _HEADER, problems):
        where = f"{path.name}:{line}"
        if r["confidence"] not in USED:
            continue
        row = _row(r, where, by_name, catalog, names, problems)
        if row and row["fact_id"] in lines:
            problems.append(f"{where}: 与第 {lines[row['fact_id']]} 行重复")
        elif row:
            lines[row["fact_id"]] = line
            facts.append(row)
    return facts, [shown(p) for p in problems]


def _row(r: dict, where: str, by_name: dict, catalog: Catalog, names: Names, problems: list[str]) -> dict | None:
    place = by_name.get(r["district"])
    hit = names.find(r["indicator"])
    indicator = catalog.indicators[hit[0]] if hit else None
    if not r["district"] or not r["indicator"]:
        problems.append(f"{where}: 缺少 district 或 indicator")
        return None
    dated = r["year"].isdecimal() and len(r["year"]) == 4 and FIRST_YEAR <= int(r["year"]) <= LAST_YEAR
    if r["measure"] not in ("level", "growth", "change") or not dated:
        problems.append(f"{where}: measure 或 year 不合规（{r['measure']}，{r['year']}）")
        return None
    text = None
    try:
        value = float(r["value"])
        if not math.isfinite(value):
            raise ValueError
    except ValueError:
        value, text = None, r["value"]
        if text.count(":") < 2:
            problems.append(f"{where}: “{r['value']}” 不是数字")
            return None
    unit, canonical_unit = r["unit"], indicator.unit(r["measure"]) if indicator else r["unit"]
    converted = value
    if value is not None and indicator and canonical_unit and unit != canonical_unit:
        have, want = unit_factor(unit, catalog.units), unit_factor(canonical_unit, catalog.units)
        if not have or not want or have[0] != want[0]:
            problems.append(f"{where}: 单位“{unit}”不能换算成“{canonical_unit}”")
            return None
        converted = clean(value * have[1] / want[1])
    qualifier = _qualifier(r["note"])
    approx = any(w in r["note"] for w in ("约数", "取整", "突破"))
    year = int(r["year"])
    fid = fact_id("supplement", r["district"], r["indicator"], r["measure"], year, r["value"], r["unit"], r["source_title"], r["note"])
    return {
        "fact_id": fid, "report_id": "supplement", "district_code": place.district_code if place else None,
        "district": place.district if place else r["district"], "indicator_id": indicator.indicator_id if indicator else None,
        "indicator": indicator.indicator if indicator else legible(r["indicator"]), "category": indicator.category if indicator else None,
        "measure": r["measure"], "status": "actual", "year": year, "period": "annual", "period_start": year,
        "value": converted, "unit": canonical_unit if value is not None else None, "value_reported": value,
        "unit_reported": unit or None, "comparator": "approx" if approx else "eq", "value_text": text, "binding": None,
        "origin": "supplement", "preferred": False, "section": None, "line_start": None, "line_end": None,
        "char_start": None, "char_end": None, "quote": None, "rule": "supplement", "derived_from": None,
        "source_title": _citation(r),
        "source_url": r["source_url"] or None, "note": r["note"] or None, "indicator_reported": r["indicator"],
        "qualifier": qualifier, "value_low": None, "value_high": None, "confidence": r["confidence"],
        "_order": (0, "supplement"),
    }


def _qualifier(note: str) -> str | None:
    """What the note says of the scope (含万盛, 不含万盛; inferred scopes say so), or another word that bears on comparison."""
    scope = _SCOPE.search(note)
    if scope:
        return (scope[1] or scope[2]) + ("（推断）" if "推断" in note else "")
    return next((w for w in _OTHER_QUALIFIERS if w in note), None)


def _citation(r: dict) -> str:
    where = "，".join(x for x in (r["publisher"] and f"发布：{r['publisher']}", f"取自{_RETRIEVED.get(r['retrieved_as'], r['retrieved_as'])}") if x)
    return f"{r['source_title']}（{where}）"

