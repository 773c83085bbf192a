"""Declared corrections to slips in the reports (corrections.csv), each guarded by the text it corrects."""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import Catalog
from etl.numerals import Quantity, Reader
from etl.read import Report


def find(report: Report, catalog: Catalog) -> tuple[dict[int, tuple[str, str]], list[dict]]:
    """Numbers to be read as something else, by offset -> (read as, reason); and findings.

    A correction whose guard the report no longer has is reported as stale, so that it can be taken out.
    """
    places: dict[int, tuple[str, str]] = {}
    findings = []
    for c in catalog.corrections:
        if c.report_id != report.report_id:
            continue
        at = report.text.find(c.guard)
        if at < 0:
            findings.append({
                "kind": "correction", "severity": "error", "report_id": report.report_id, "line": None,
                "message": f"corrections.csv 第 {c.line} 行已失效：报告中没有“{c.guard}”，请删去或改写这一条", "places": [],
            })
            continue
        at += c.guard.find(c.printed)
        digit = re.search(r"\d", c.printed)
        places[at + (digit.start() if digit else 0)] = (c.read_as, c.reason)
        findings.append({
            "kind": "correction", "severity": "info", "report_id": report.report_id, "line": report.line_of(at),
            "message": f"原文“{c.printed}”按“{c.read_as}”读：{c.reason}", "places": [at],
        })
    return places, findings


def read_as(quantity: Quantity, text: str, reader: Reader) -> Quantity:
    """A quantity with value and unit as the correction says; its place in the text stays."""
    other = reader.at(text, 0)
    if other is None:
        return quantity
    return replace(quantity, value=other.value, unit=other.unit, base=other.base, factor=other.factor, kind=other.kind)
