"""A small made-up build for the tests of pages and queries: reports written from a list of facts, so spans are true.

The figures are the worked cases of the method; the sentences around them are made up.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd

from data import schema, store
from etl.write import database

CATALOG = Path(schema.__file__).resolve().parent / "catalog"
CODES = {"綦江": "500110", "江津": "500116", "南岸": "500108", "测试": None}
# district, indicator_id, measure, status, year, value, unit, comparator, words, origin
FACTS = [
    ("綦江", "gdp", "growth", "target", 2024, 7, "%", "eq", None, "table"),
    ("綦江", "gdp", "growth", "actual", 2024, 5.5, "%", "eq", None, "table"),
    ("綦江", "gdp", "growth", "actual", 2024, 5.5, "%", "eq", None, "prose"),
    ("綦江", "gdp", "level", "actual", 2024, 558.2, "亿元", "eq", None, "prose"),
    ("綦江", "fixed_investment", "growth", "target", 2024, 10, "%", "eq", None, "table"),
    ("綦江", "fixed_investment", "growth", "actual", 2024, 15.4, "%", "eq", None, "table"),
    ("綦江", "urban_rural_income_ratio", "level", "target", 2024, 1.95, ":1", "eq", None, "table"),
    ("綦江", "urban_rural_income_ratio", "level", "actual", 2024, 1.94, ":1", "eq", None, "table"),
    ("綦江", "new_urban_jobs", "level", "target", 2024, 10000, "人", "eq", None, "table"),
    ("綦江", "new_urban_jobs", "level", "actual", 2024, 10211, "人", "eq", None, "table"),
    ("綦江", "grain_output", "level", "target", 2024, 36, "万吨", "eq", None, "table"),
    ("綦江", "grain_output", "level", "actual", 2024, 36, "万吨", "eq", None, "table"),
    ("綦江", "gdp", "growth", "target", 2025, 6.5, "%", "eq", None, "table"),
    ("江津", "gdp", "growth", "target", 2024, 7, "%", "approx", None, "table"),
    ("江津", "gdp", "growth", "actual", 2024, 4.1, "%", "eq", None, "table"),
    ("江津", "surveyed_unemployment", "level", "target", 2024, 5.5, "%", "le", None, "table"),
    ("江津", "surveyed_unemployment", "level", "actual", 2024, 5.3, "%", "eq", None, "prose"),
    ("江津", "income_all", "growth", "target", 2024, None, None, "eq", "与经济增长同步", "table"),
    ("江津", "income_all", "growth", "actual", 2024, 3.8, "%", "eq", None, "table"),
    ("江津", "trade_total", "growth", "target", 2024, 3, "%", "eq", None, "table"),
    ("江津", "trade_total", "growth", "actual", 2024, -19.6, "%", "eq", None, "table"),
    ("江津", "fdi", "level", "actual", 2024, 4762, "万美元", "eq", None, "supplement"),
    ("江津", "retail_sales", "level", "actual", 2024, 479, "亿元", "approx", None, "derived"),
    ("江津", "good_air_days", "level", "target", 2024, 320, "天", "eq", None, "prose"),
    ("南岸", "gdp", "level", "actual", 2024, 1133.2, "亿元", "eq", None, "prose"),
    ("南岸", "gdp", "growth", "actual", 2024, 5.9, "%", "eq", None, "prose"),
    ("南岸", "gdp", "growth", "target", 2025, 6, "%", "eq", None, "prose"),
    ("测试", "gdp", "growth", "actual", 2023, 0, "%", "eq", "", "prose"),
]
OTHER_ORIGINS = {
    "supplement": {
        "report_id": "supplement",
        "source_title": "江津区2024年统计公报",
        "source_url": "https://example.org/a?b=1&c=2",
    },
    "derived": {"report_id": "江津-report", "note": "由增速推算", "source_url": "javascript:alert(1)"},
}
NASTY = "<b>不是标记</b> *也不是* $x$ &amp;"


MANIFEST = {
    "built_at": "2025-02-01T04:05:06+00:00",
    "left_out": ["坏文件.txt: 不是 UTF-8 编码 <b>不是标记</b>"],
    "warnings": [],
    "packages": {"duckdb": "9.8.7"},
    "inputs": {"catalog/units.csv": "abcdef0123456789"},
}


def _more_findings(rows: list[dict], reports: list[dict]) -> list[dict]:
    """A contradiction between two sentences, one with a supplementary figure, and a correction; as far as the facts go."""

    def about(district: str, indicator: str, measure: str) -> list[str]:
        keys = {"district": district, "indicator_id": indicator, "measure": measure, "status": "actual"}
        return [row["fact_id"] for row in rows if all(row[key] == value for key, value in keys.items())]

    found = []
    for n, (ids, message) in enumerate(
        (
            (about("綦江", "gdp", "growth"), "表格与正文不同"),
            (about("江津", "fdi", "level"), "报告与补充来源不同（supplement [标题未给出] 公报）"),
        )
    ):
        if len(ids) > 1:
            where = {"report_id": reports[0]["report_id"], "line": 90 + n}
            said = {"kind": "contradiction", "severity": "warning", "message": message, "fact_ids": ids}
            found.append({"finding_id": f"c{n}", **said, **where})
    slip = {"kind": "correction", "severity": "info", "message": "原文“不是标记”按“就是标记”读：漏了<b>字", "fact_ids": []}
    return [*found, {"finding_id": "s1", **slip, "report_id": reports[0]["report_id"], "line": 2}]


def _catalogue() -> dict[str, pd.DataFrame]:
    return {
        name: schema.typed(name, pd.read_csv(CATALOG / f"{name}.csv", dtype=str))
        for name in ("districts", "indicators")
    }


def _printed(fact: tuple) -> str:
    value, unit, words = fact[5], fact[6], fact[8]
    return words if value is None else f"{value:g}" + ("" if unit == ":1" else unit or "")


class _Report:
    """A report under way: its text, and its passages with their spans."""

    def __init__(self, district: str) -> None:
        self.id, self.title, self.text = f"{district}-report", f"{district}区2024年计划执行情况的报告", ""
        self.passages: list[dict] = []
        self.add("heading", self.title)
        self.add("paragraph", NASTY)

    def add(self, kind: str, words: str, **place: int) -> int:
        """A line more; returns the offset where it begins. ``place``: table_number, table_row, table_column."""
        start = len(self.text)
        self.passages.append(
            {
                "report_id": self.id,
                "line": self.line + 1,
                "kind": kind,
                "section": "一、执行情况",
                "text": words,
                "char_start": start,
                "char_end": start + len(words),
                **place,
            }
        )
        self.text += words + "\n"
        return start

    @property
    def line(self) -> int:
        return len(self.passages)

    def state(self, fact: tuple, name: str) -> tuple[int, int, int]:
        """Write a fact as a table row or as a sentence; returns the start of quote and value, and the quote's end."""
        printed = _printed(fact)
        if fact[9] == "table":
            last = self.passages[-1]  # facts in a row of the list stand in one table
            table, row = last.get("table_number", 0), last.get("table_row", 0)
            if not table:
                table = 1 + max((p.get("table_number", 0) for p in self.passages), default=0)
            place = {"table_number": table, "table_row": row + 1}
            start = self.add("table_cell", name, **place, table_column=1)
            at = self.add("table_cell", printed, **place, table_column=2)
            return start, at, at + len(printed)
        said = f"全年{name}{printed}，{NASTY}"
        start = self.add("paragraph", f"另悉：{said}。") + 3
        return start, start + said.index(printed), start + len(said)


def write(folder: Path, facts: list[tuple] = FACTS, build_id: str = "test-build") -> Path:
    """Write a complete build into ``folder`` and return it."""
    tables = _catalogue()
    names = tables["indicators"].set_index("indicator_id")
    rows, numbers, passages, reports = [], [], [], []
    for district in dict.fromkeys(fact[0] for fact in facts):
        report = _Report(district)
        for fact in (each for each in facts if each[0] == district):
            _, indicator, measure, status, year, value, unit, comparator, words, origin = fact
            name, first = names.loc[indicator, "indicator"], report.line + 1
            elsewhere = origin in ("supplement", "derived")
            start, at, end = (0, 0, 0) if elsewhere else report.state(fact, name)
            rows.append(
                {
                    "fact_id": hashlib.sha256(f"{fact}".encode()).hexdigest()[:12],
                    "report_id": report.id,
                    "district_code": CODES[district],
                    "district": district,
                    "indicator_id": indicator,
                    "indicator": name,
                    "category": names.loc[indicator, "category"],
                    "measure": measure,
                    "status": status,
                    "year": year,
                    "period": "annual",
                    "period_start": year,
                    "value": value,
                    "unit": unit,
                    "value_reported": value,
                    "unit_reported": unit,
                    "comparator": comparator,
                    "value_text": words or None,
                    "origin": origin,
                    "section": "一、执行情况",
                    "rule": "test",
                    "preferred": True,
                    "quote": report.text[start:end],
                    "char_start": start,
                    "char_end": end,
                    "line_start": first,
                    "line_end": report.line,
                }
            )
            if elsewhere:
                rows[-1] |= dict.fromkeys(("quote", "section", "char_start", "char_end", "line_start", "line_end"))
                rows[-1] |= OTHER_ORIGINS[origin]
                if origin == "derived":
                    rows[-1]["derived_from"] = [rows[0]["fact_id"]]
            elif value is not None:
                digits = f"{value:g}"
                numbers.append(
                    {
                        "report_id": report.id,
                        "line": report.line,
                        "char_start": at,
                        "char_end": at + len(digits),
                        "text": digits,
                        "fact_id": rows[-1]["fact_id"],
                    }
                )
        numbers.append(
            {"report_id": report.id, "line": 1, "char_start": 3, "char_end": 7, "text": "2024", "reason": "date"}
        )
        passages += report.passages
        reports.append(
            {
                "report_id": report.id,
                "title": report.title,
                "district": district,
                "district_code": CODES[district],
                "kind": "annual_plan_report",
                "year_from": 2024,
                "year_to": 2025,
                "meeting_date": "2025-01-14",
                "file": f"{report.id}.txt",
                "sha256": "0",
                "encoding": "utf-8",
                "lines": report.line,
                "characters": len(report.text),
            }
        )
    frame = pd.DataFrame(rows)
    frame["preferred"] = ~frame.duplicated(["district", "indicator_id", "measure", "status", "year"])
    finding = {
        "finding_id": "f1",
        "kind": "contradiction",
        "severity": "warning",
        "fact_ids": [rows[0]["fact_id"]],
        "message": f"两处说法不一 {NASTY}",
        "report_id": reports[0]["report_id"],
        "line": 3,
    }
    tables |= {
        "facts": frame,
        "numbers": pd.DataFrame(numbers),
        "passages": pd.DataFrame(passages),
        "reports": pd.DataFrame(reports),
        "findings": pd.DataFrame([finding, *_more_findings(rows, reports)]),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        schema.typed(name, table).to_parquet(folder / f"{name}.parquet", index=False)
    written = {name: {"rows": len(table), "sha256": store.sha256(folder / f"{name}.parquet")} for name, table in tables.items()}
    manifest = {"build_id": build_id, "tables": written, **MANIFEST}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    database(folder)
    return folder


def fact_id(folder: Path, **wanted: object) -> str:
    """The id of the one preferred fact with these column values."""
    facts = pd.read_parquet(folder / "facts.parquet").query("preferred")
    for column, value in wanted.items():
        facts = facts[facts[column] == value]
    return facts["fact_id"].item()
