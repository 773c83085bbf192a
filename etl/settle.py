"""What can only be said with all reports of a place at hand: preferred values, derived values, findings.

An observation never spans places, so places are settled one by one, in any process. Runs in the workers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from etl import checks, derive, parts, pieces, resolve
from etl.extract import machinery

#: What settling looks at. Sentences stay where they are; they are most of a fact's weight.
_COLUMNS = [
    "fact_id", "report_id", "district_code", "district", "indicator_id", "indicator", "category", "measure", "status", "year", "period",
    "period_start", "value", "unit", "value_reported", "unit_reported", "comparator", "value_text", "origin", "line_start", "char_start",
    "qualifier", "provisional", "note", "source_title",
]


@dataclass
class Place:
    """One place: the packed facts of its reports with the order of each report, and its rows of the supplement."""

    reports: list[tuple[bytes, tuple]] = field(default_factory=list)
    extra: list[dict] = field(default_factory=list)


@dataclass
class Settled:
    """What was found out: a byte for each fact of each report (1: preferred), the same of the supplement, and new rows.

    ``findings`` has one list for each rule of checks.by_rule.
    """

    preferred: list[bytes]
    extra: list[bool]
    derived: list[dict]
    findings: list[list[dict]]


def settle_batch(places: list[Place], catalogue: str | bytes) -> list[Settled]:
    """Settle several places; ``catalogue`` as in parts.extract_batch."""
    with parts.ONE_AT_A_TIME:
        catalog = machinery(parts.catalogue_folder(catalogue))[0]
        return [_settle(place, catalog) for place in places]


def _settle(place: Place, catalog) -> Settled:
    stated = []
    for piece, order in place.reports:
        rows = pieces.unpack("facts", piece).select(_COLUMNS).to_pylist()
        stated.append([row | {"_order": order} for row in rows])
    facts = [f for rows in stated for f in rows] + place.extra
    resolve.prefer(facts)
    derived = derive.derive(facts, catalog)
    facts += derived
    resolve.prefer(facts)
    seen: set[str] = set()
    findings = []
    for found in checks.by_rule(facts, catalog):
        findings.append([f for f in found if not (f["finding_id"] in seen or seen.add(f["finding_id"]))])
    return Settled([bytes(f["preferred"] for f in rows) for rows in stated], [f["preferred"] for f in place.extra], derived, findings)
