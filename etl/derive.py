"""Values that stated ones imply, marked as derived and naming the facts they come from.

Nothing here replaces a stated figure, and nothing bridges a gap silently: each value carries the interval
that the printed rounding of its sources allows.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict

from data.catalog import Catalog
from etl.resolve import clean, fact_id, rounding

_COMPARABLE_ONLY = ("同口径", "可比口径")
_STATED = ("table", "prose")


def derive(facts: list[dict], catalog: Catalog) -> list[dict]:
    """Derived rows: last year's level, and the mean growth of the years a five-year average leaves open."""
    best = {}
    for f in facts:
        if f["preferred"] and f["value"] is not None and f["indicator_id"]:
            best[(f["district_code"] or f["district"], f["indicator_id"], f["measure"], f["status"], f["year"], f["period"])] = f
    return _levels_before(best, catalog) + _open_years(best)


def _levels_before(best: dict, catalog: Catalog) -> list[dict]:
    """x(t-1) = x(t) / (1 + g): only where growth is nominal (growth of GDP or value added is real and does not
    fit the level in current prices), and only where no level of that year is stated."""
    out = []
    prices = catalog.comparators.get("qualifier", {})
    not_nominal = (*_COMPARABLE_ONLY, *(word for word, basis in prices.items() if basis == "real"))
    for (place, iid, measure, status, year, period), level in best.items():
        indicator = catalog.indicators[iid]
        if measure != "level" or status != "actual" or period != "annual" or level["origin"] not in _STATED:
            continue
        if indicator.growth_basis != "nominal" or level["comparator"] != "eq" or level["value"] <= 0:
            continue
        growth = best.get((place, iid, "growth", "actual", year, "annual"))
        if growth is None or growth["origin"] not in _STATED or growth["comparator"] != "eq":
            continue
        if any(w in (growth["qualifier"] or "") for w in not_nominal) or growth["value"] <= -100:
            continue
        if (place, iid, "level", "actual", year - 1, "annual") in best:
            continue
        if not math.isfinite(level["value"]):
            continue
        dx, dg = rounding(level), rounding(growth)
        value = level["value"] / (1 + growth["value"] / 100)
        ends = [(level["value"] + a * dx) / (1 + (growth["value"] + b * dg) / 100) for a, b in itertools.product((-1, 1), repeat=2)]
        out.append(_row(level, "level", year - 1, "annual", year - 1, value, min(ends), max(ends), level["unit"], [level, growth],
                        "derive.level_before", f"由{year}年数 ÷（1＋{year}年增速）推算，增速按名义增长理解；口径调整会使推算偏离"))
    return out


def _open_years(best: dict) -> list[dict]:
    """((1+a)^n / prod(1+g_k))^(1/m) - 1 for the m years of an n-year average without a stated growth rate."""
    out = []
    known: dict[tuple, dict[int, dict]] = defaultdict(dict)
    for (place, iid, measure, status, year, period), f in best.items():
        if measure == "growth" and status == "actual" and period == "annual" and f["origin"] in _STATED and f["comparator"] == "eq":
            known[(place, iid)][year] = f
    for (place, iid, measure, status, year, period), mean in list(best.items()):
        if measure != "growth" or status != "actual" or period != "average" or mean["origin"] not in _STATED or mean["comparator"] != "eq":
            continue
        years = range(mean["period_start"], year + 1)
        if len(years) < 2:
            continue
        if mean["value"] <= -100 or any(f["value"] <= -100 for f in known[(place, iid)].values()):
            continue  # nothing grows on from zero
        have = {y: known[(place, iid)][y] for y in years if y in known[(place, iid)]}
        open_years = [y for y in years if y not in have]
        if not have or not open_years or open_years[-1] - open_years[0] + 1 != len(open_years):
            continue  # nothing to add, or years that do not stand together
        n, m = len(years), len(open_years)

        def implied(a: float, gs: list[float], n=n, m=m) -> float:
            return (math.exp((n * math.log1p(a / 100) - sum(math.log1p(g / 100) for g in gs)) / m) - 1) * 100

        gs = [f["value"] for f in have.values()]
        value = implied(mean["value"], gs)
        da = rounding(mean)
        low = implied(mean["value"] - da, [f["value"] + rounding(f) for f in have.values()])
        high = implied(mean["value"] + da, [f["value"] - rounding(f) for f in have.values()])
        first, last = open_years[0], open_years[-1]
        period_kind = "average" if m > 1 else "annual"
        if m == 1 and (place, iid, "growth", "actual", last, "annual") in best:
            continue
        out.append(_row(mean, "growth", last, period_kind, first, value, low, high, "%", [mean, *have.values()], "derive.open_years",
                        f"由{years[0]}—{year}年年均增速与已知年份（{'、'.join(map(str, have))}）推算{first}—{last}年年均增速"))
    return out


def _row(like: dict, measure: str, year: int, period: str, start: int, value: float, low: float, high: float, unit: str,
         sources: list[dict], rule: str, note: str) -> dict:
    ids = [s["fact_id"] for s in sources]
    digits = max(0, 2 - math.floor(math.log10(max(high - low, 1e-9))))  # no more digits than the interval bears
    row = dict(like)
    row.update({
        "fact_id": fact_id("derived", rule, measure, year, period, *ids), "measure": measure, "status": "actual", "year": year,
        "period": period, "period_start": start, "value": clean(round(value, min(digits, 6))), "unit": unit,
        "value_low": clean(round(low, min(digits + 1, 7))), "value_high": clean(round(high, min(digits + 1, 7))),
        "value_reported": None, "unit_reported": None, "comparator": "eq", "value_text": None, "binding": None,
        "origin": "derived", "preferred": False, "rule": rule, "derived_from": ids, "note": note, "line_start": None,
        "provisional": next((s["provisional"] for s in sources if s["provisional"]), None),
        "line_end": None, "char_start": None, "char_end": None, "quote": None, "section": None,
    })
    return row
