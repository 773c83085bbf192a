"""How each function of data.queries grows: p50 and p95 at 1,400 facts (the five reports) and at ten million.

    python -m tests.benchmarks.bench_queries [--times 15] [--large FOLDER]

Arguments are those the pages use, drawn anew each time from districts, facts and reports all over the build, so that no
answer lies ready. The two sizes alternate call by call: what else the machine does falls on both. Goal: p95 at most five
times as long. Both are run with warm files, as after the first minutes of a server.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from data import queries, store
from pages.parts import statements
from tests.benchmarks import figures, large

GOAL = 5.0
YEARS = tuple(range(2021, 2026))
#: The columns that the page of facts shows at first.
SHOWN = {"columns": statements.needed(statements.FIRST), "limit": 1000}
#: So many facts as one indicator has in the small build: the answers of both are then of one length.
FEW = SHOWN | {"limit": 40}


class Build:
    """A connection and a supply of arguments: places, facts, reports from all over the build."""

    def __init__(self, folder: Path) -> None:
        self.con = store.connect(folder).cursor()
        self.draw = random.Random(7)
        self.places = [row[0] for row in self._rows("SELECT place FROM summary.places WHERE facts > 0")]
        self.of = dict(self._rows("SELECT place, (district, district_code) FROM summary.places"))
        self.facts = [row[0] for row in self._rows("SELECT fact_id FROM facts USING SAMPLE 2000 ROWS (reservoir, 7)")]
        read = "SELECT report_id FROM reports WHERE report_id IN (SELECT report_id FROM summary.report_rows)"
        self.reports = [row[0] for row in self._rows(read)]
        self.indicators = [row[0] for row in self._rows("SELECT indicator_id FROM indicators")]
        self.year = int(queries.years(self.con).query("latest")["year"].iloc[0])

    def _rows(self, statement: str) -> list[tuple]:
        return self.con.execute(statement).fetchall()

    def three(self) -> list[str]:
        """Three places, or as many as there are."""
        return self.draw.sample(self.places, min(3, len(self.places)))

    def one(self, what: str) -> str:
        """One of places, facts or reports."""
        return self.draw.choice(getattr(self, what))


#: Name (a function of data.queries, and which use of it) -> a call with the arguments of a page.
CASES: dict[str, Callable[[Build], object]] = {
    "years": lambda b: queries.years(b.con),
    "all_years": lambda b: queries.all_years(b.con),
    "places": lambda b: queries.places(b.con),
    "pairs 一年": lambda b: queries.pairs(b.con, (b.year,), b.three(), headline=True),
    "pairs 五年": lambda b: queries.pairs(b.con, YEARS, b.three(), headline=True),
    "pairs 全部指标": lambda b: queries.pairs(b.con, (b.year,), b.three()),
    "pairs 一项": lambda b: queries.pairs(b.con, YEARS, b.three(), ("gdp",)),
    "indicators": lambda b: queries.indicators(b.con),
    "spans": lambda b: queries.spans(b.con, b.three(), ("gdp", "fixed_investment")),
    "breaks": lambda b: queries.breaks(b.con, b.three()),
    "targets_moved": lambda b: queries.targets_moved(b.con, b.three(), b.indicators),
    "target_history": lambda b: queries.target_history(b.con, b.three(), ("gdp", "fixed_investment")),
    "evidence": lambda b: queries.evidence(b.con, b.one("facts")),
    "reports 一地": lambda b: queries.reports(b.con, places=[b.one("places")]),
    "reports 几份": lambda b: queries.reports(b.con, report_ids=[b.one("reports"), b.one("reports")]),
    "report_places": lambda b: queries.report_places(b.con),
    "passages": lambda b: queries.passages(b.con, b.one("reports"), 3, 3),
    "headings": lambda b: queries.headings(b.con, b.one("reports")),
    "coverage": lambda b: queries.coverage(b.con, b.three()),
    "findings": lambda b: queries.findings(b.con, kind="contradiction", limit=20),
    "findings_counted": lambda b: queries.findings_counted(b.con),
    "findings_about": lambda b: queries.findings_about(b.con, (b.one("facts"), b.one("facts"))),
    "numbers_accounted": lambda b: queries.numbers_accounted(b.con, [b.one("reports")]),
    "numbers_in_all": lambda b: queries.numbers_in_all(b.con),
    "facts_by_id 依据": lambda b: queries.facts_by_id(b.con, (b.one("facts"),)),
    "facts_by_id 十二处": lambda b: queries.facts_by_id(b.con, tuple(b.one("facts") for _ in range(12))),
    "reading": lambda b: queries.reading(b.con, b.one("reports"), 5, 65),
    "numbers_between": lambda b: queries.numbers_between(b.con, b.one("reports"), 200, 4200),
    "facts_between": lambda b: queries.facts_between(b.con, b.one("reports"), 200, 4200),
    "numbers_for_reason": lambda b: queries.numbers_for_reason(b.con, "completion_ratio", [b.one("reports") for _ in range(3)]),
    "indicator_name": lambda b: queries.indicator_name(b.con, "GDP"),
    "search 一份报告": lambda b: queries.search(b.con, "营商环境", b.one("reports"), each=200),
    "search 全部": lambda b: queries.search(b.con, b.draw.choice(("营商环境", "粮食 稳步", "地区生产总值")), each=6),
    "search 没有": lambda b: queries.search(b.con, "没有这样的词", each=6),
    "search 只字面像": lambda b: queries.search(b.con, "营商居民获得", each=6),
    "similar_indicators": lambda b: queries.similar_indicators(b.con, "生产总值总额"),
    "cells": lambda b: queries.cells(b.con, *b.of[b.one("places")], None),
    "held": lambda b: queries.held(b.con, b.three()),
    "held_by_year": lambda b: queries.held_by_year(b.con),
    "catalogue": lambda b: queries.catalogue(b.con),
    "supplement": lambda b: queries.supplement(b.con, source=0),
    "supplement_sources": lambda b: queries.supplement_sources(b.con, 100),
    "every_indicator": lambda b: queries.every_indicator(b.con),
    "statements 首页": lambda b: queries.statements(b.con, **SHOWN),
    "statements 三地": lambda b: queries.statements(b.con, places=b.three(), **SHOWN),
    "statements 一年": lambda b: queries.statements(b.con, years=[b.year], statuses=["target"], **SHOWN),
    "statements 一项": lambda b: queries.statements(b.con, indicators=[b.one("indicators")], years=[b.year], **FEW),
    "statements 排序": lambda b: queries.statements(b.con, order="value", descending=True, **SHOWN),
    "statements 一项排序": lambda b: queries.statements(
        b.con, indicators=[b.one("indicators")], order="value", descending=True, **FEW
    ),
    "statements 词": lambda b: queries.statements(b.con, words="生产总值", **SHOWN),
    "statements 编号": lambda b: queries.statements(b.con, fact_ids=[b.one("facts") for _ in range(30)]),
    "counted 全部": lambda b: queries.statements_counted(b.con, by_place=len(b.places) <= 100),
    "counted 三地": lambda b: queries.statements_counted(b.con, places=b.three()),
    "counted 一年": lambda b: queries.statements_counted(b.con, by_place=len(b.places) <= 100, years=[b.year], statuses=["target"]),
    "counted 词": lambda b: queries.statements_counted(b.con, by_place=len(b.places) <= 100, words="生产总值"),
    "counted 没有的词": lambda b: queries.statements_counted(b.con, by_place=len(b.places) <= 100, words="没有这样的词"),
    "wide": lambda b: queries.wide(b.con, places=b.three(), indicators=["gdp"]),
}


def measure(case: Callable[[Build], object], builds: list[Build], times: int, longest: float) -> list[list[float]]:
    """Milliseconds of each call, for each build; at most about ``longest`` seconds in all."""
    found: list[list[float]] = [[] for _ in builds]
    for build in builds:
        case(build)
    begun = time.perf_counter()
    for n in range(times):
        if n >= 3 and time.perf_counter() - begun > longest:
            break
        for build, into in zip(builds, found, strict=True):
            start = time.perf_counter()
            case(build)
            into.append(1000 * (time.perf_counter() - start))
    return found


def run(folder: Path, times: int = 15, longest: float = 10.0, only: str = "") -> list[figures.Row]:
    """A row for each case: small p50 and p95, large p50 and p95, the ratio of the p95s."""
    builds = [Build(store.parquet_dir()), Build(folder)]
    rows = []
    for name, case in CASES.items():
        if only in name:
            small, big = measure(case, builds, times, longest)
            late, late_big = figures.p95(small), figures.p95(big)
            cells = [statistics.median(small), late, statistics.median(big), late_big]
            rows.append(figures.Row(name, [f"{ms:.1f}" for ms in cells], late_big / late, GOAL))
    return rows


HEAD = ("查询（毫秒）", "小 中位", "小 95%", "大 中位", "大 95%", "比值")


def main() -> None:
    parser = argparse.ArgumentParser(description="每个查询在两种规模下的用时")
    parser.add_argument("--times", type=int, default=15, help="每个查询几次（缺省 15）")
    parser.add_argument("--large", type=Path, help="已有的大规模数据（tests.benchmarks.large 所写）；缺省新写一份")
    parser.add_argument("--facts", type=int, default=large.FACTS, help="大规模数据的条数")
    parser.add_argument("--only", default="", help="只测名称含有这个词的")
    options = parser.parse_args()
    with large.made(options.large, options.facts) as folder:
        figures.show(f"查询：1,400 条与 {options.facts:,} 条", HEAD, run(folder, options.times, only=options.only))


if __name__ == "__main__":
    main()
