"""A made-up build as large as the whole country: python -m tests.benchmarks.large FOLDER [--facts 10000000].

2,900 districts of districts.csv, 25 years, all indicators of the catalogue and some outside it, true to data/schema.py.
Written by DuckDB alone in about two minutes. Per district and year there are one annual report, and every five years a
plan; facts, numbers and findings stand in the proportions of the five reports. Passages are 24 to a report where the real
ones have 340, and their sentences repeat, so that the text fits a disk: a search reads less here than it would there.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data import schema, store
from etl.write import database

DISTRICTS, FIRST, LAST = 2900, 2001, 2025
FACTS = 10_000_000
#: Numbers that are no facts: one for each so many facts; findings: one for each so many facts.
OTHER_NUMBERS, PER_FINDING = 1.5, 100
CATALOG = Path(schema.__file__).resolve().parent / "catalog"
#: What one indicator may have in a year: status, measure, origin, repeated (a second statement), share of the slots taken.
SLOTS = (
    ("actual", "level", "prose", False, 190), ("actual", "growth", "prose", False, 150), ("target", "level", "table", False, 90),
    ("target", "growth", "prose", False, 140), ("actual", "growth", "table", True, 60), ("target", "growth", "table", True, 40),
    ("actual", "level", "supplement", True, 2), ("actual", "level", "derived", True, 20),
)

_PLACES = """
CREATE TABLE place AS
SELECT row_number() OVER (ORDER BY menu_order NULLS LAST, level = 'county' DESC, district_code)::INTEGER AS p, *
FROM districts WHERE level IN ('county', 'prefecture') QUALIFY p <= $districts;
"""
_ITEMS = """
CREATE TABLE item AS
SELECT row_number() OVER ()::INTEGER AS i, indicator_id, indicator, category,
       coalesce(unit_level, '万') AS unit_level, coalesce(unit_growth, '%') AS unit_growth, 1.0 AS share FROM indicators
UNION ALL SELECT (1000 + n)::INTEGER, NULL, '其他指标' || n, NULL, '个', '%', 0.4 FROM range(60) t(n);
CREATE TABLE slot AS FROM (VALUES {slots}) t(s, status, measure, origin, again, share);
"""
# actuals of a year stand in the report that looks back on it, targets in the one before; the plan speaks for its last year
_REPORTS = """
CREATE TABLE report AS
SELECT p, y::INTEGER AS y, format('{{:s}}-{{:d}}-annual-plan-report', district_code, y) AS report_id,
       format('重庆市{{:s}}{{:d}}年国民经济和社会发展计划执行情况及{{:d}}年计划草案的报告', full_name, y, y + 1) AS title,
       district_code, district, 'annual_plan_report' AS kind, y::INTEGER AS year_from, (y + 1)::INTEGER AS year_to,
       format('{{:d}}-01-14', y + 1) AS meeting_date
FROM place, range($first - 1, $last) t(y)
UNION ALL
SELECT p, y::INTEGER, format('{{:s}}-{{:d}}-five-year-plan', district_code, y),
       format('{{:s}}国民经济和社会发展五年规划纲要（{{:d}}—{{:d}}年）', full_name, y, y + 4), district_code, district,
       'five_year_plan', y::INTEGER, (y + 4)::INTEGER, NULL
FROM place, range($first, $last, 5) t(y);
COPY (
    SELECT report_id, title, district_code, district, kind, year_from, year_to, meeting_date, report_id || '.txt' AS file,
           sha256(report_id) AS sha256, 'utf-8' AS encoding, 337::INTEGER AS lines, 24000::INTEGER AS characters
    FROM report ORDER BY p, year_from, kind
) TO '{folder}/reports.parquet' (COMPRESSION zstd);
"""
_FACTS = """
COPY (
    WITH drawn AS (
        SELECT p.p, y::INTEGER AS year, i.i, s.s, hash(p.p, y, i.i, s.s) AS h, p.district_code, p.district,
               i.indicator_id, i.indicator, i.category, s.measure, s.status, s.origin, s.again,
               CASE s.measure WHEN 'level' THEN i.unit_level ELSE i.unit_growth END AS unit
        FROM place p, range($first, $last + 1) t(y), item i, slot s
        WHERE hash(p.p, y, i.i, s.s) % 100000 < 100 * s.share * i.share * $thin
    ), placed AS (
        SELECT *, h % 43 = 0 AS words, CASE WHEN h % 29 = 0 AND status = 'target' THEN 'average' ELSE 'annual' END AS period,
               CASE WHEN measure = 'level' THEN round(50 + h % 900 + 10 * (year - $first), 2)
                    ELSE round((h % 260)::DOUBLE / 10 - 8, 1) END AS number,
               (40 * row_number() OVER (PARTITION BY p, year, status ORDER BY i, s))::INTEGER AS pos
        FROM drawn
    ), worded AS (
        SELECT *, CASE WHEN words THEN '完成上级下达目标' END AS value_text, CASE WHEN NOT words THEN number END AS value,
               indicator || (CASE measure WHEN 'growth' THEN '增长' ELSE '达到' END)
                   || CASE WHEN words THEN '完成上级下达目标' ELSE number::VARCHAR || unit END AS said
        FROM placed
    )
    SELECT format('f{{:015x}}', h // 16) AS fact_id,
           CASE origin WHEN 'supplement' THEN 'supplement'
               ELSE format('{{:s}}-{{:d}}-annual-plan-report', district_code, CASE status WHEN 'target' THEN year - 1 ELSE
                    least(year, $last - 1) END) END AS report_id,
           district_code, district, indicator_id, indicator, category, measure, status, year, period,
           CASE period WHEN 'average' THEN year - 4 ELSE year END::INTEGER AS period_start, value,
           CASE WHEN NOT words THEN unit END AS unit, abs(value) AS value_reported, CASE WHEN NOT words THEN unit END AS unit_reported,
           CASE h % 11 WHEN 0 THEN 'ge' WHEN 1 THEN 'approx' ELSE 'eq' END AS comparator, value_text,
           CASE WHEN origin = 'table' AND status = 'target' THEN CASE h % 2 WHEN 0 THEN '预期性' ELSE '约束性' END END AS binding,
           origin, row_number() OVER (PARTITION BY p, year, i, measure, status, period ORDER BY again, s) = 1 AS preferred,
           CASE WHEN origin IN ('table', 'prose') THEN '一、执行情况 / 表1' END AS section,
           CASE WHEN origin IN ('table', 'prose') THEN 1 + pos // 40 END::INTEGER AS line_start,
           CASE WHEN origin IN ('table', 'prose') THEN 1 + pos // 40 END::INTEGER AS line_end,
           CASE WHEN origin IN ('table', 'prose') THEN pos END::INTEGER AS char_start,
           CASE WHEN origin IN ('table', 'prose') THEN pos + len(said) END::INTEGER AS char_end,
           CASE WHEN origin IN ('table', 'prose') THEN said END AS quote,
           CASE origin WHEN 'table' THEN 'table.cell' WHEN 'prose' THEN 'prose.clause' WHEN 'derived' THEN 'derive.level_before'
               ELSE 'supplement' END AS rule,
           CASE origin WHEN 'derived' THEN [format('f{{:015x}}', h // 16)] END AS derived_from,
           CASE origin WHEN 'supplement' THEN district || '统计公报' || year END AS source_title,
           CASE origin WHEN 'supplement' THEN 'https://example.org/' || district_code END AS source_url,
           CASE origin WHEN 'derived' THEN '由增速推算' END AS note,
           NULL::VARCHAR AS indicator_reported, NULL::VARCHAR AS qualifier, NULL::DOUBLE AS value_low, NULL::DOUBLE AS value_high,
           CASE origin WHEN 'supplement' THEN 'high' END AS confidence,
           CASE WHEN status = 'actual' AND origin = 'prose' AND h % 9 = 0 THEN '预计' END AS provisional
    FROM worded
) TO '{folder}/facts.parquet' (COMPRESSION zstd);
"""
_NUMBERS = """
COPY (
    SELECT report_id, line_start AS line, (char_end - 3)::INTEGER AS char_start, char_end,
           abs(coalesce(value, 0))::VARCHAR AS text, fact_id, NULL::VARCHAR AS reason
    FROM '{folder}/facts.parquet' WHERE char_end IS NOT NULL AND value IS NOT NULL
    UNION ALL
    SELECT report_id, 1 + (n // 2)::INTEGER, (40 * n)::INTEGER, (40 * n + 4)::INTEGER, (hash(report_id, n) % 9000)::VARCHAR, NULL,
           (SELECT list(r) FROM (VALUES {reasons}) t(r))[(1 + hash(n, report_id) % {many})::BIGINT]
    FROM report, range($others) t(n)
) TO '{folder}/numbers.parquet' (COMPRESSION zstd);
"""
_PASSAGES = """
COPY (
    WITH lined AS (SELECT report_id, n, (hash(p % 977, n) // 2)::BIGINT AS h, 200 * n AS pos FROM report, range(24) t(n)),
    items AS (SELECT list(indicator ORDER BY i) AS names, count(*) AS many FROM item),
    written AS (
        SELECT *, CASE WHEN n % 6 = 0 THEN 'heading' WHEN n BETWEEN 13 AND 17 THEN 'table_cell' ELSE 'paragraph' END AS kind,
            CASE WHEN n % 6 = 0 THEN '（' || n || '）坚持稳中求进，' || names[1 + h % many] || '工作'
                WHEN n BETWEEN 13 AND 17 THEN names[1 + h % many]
                ELSE '全年' || names[1 + h % many] || '增长' || (h % 97 / 10.0) || '%，' || names[1 + h // 7 % many] || '达到' || h % 8999
                    || '，' || names[1 + h // 11 % many] || '实现新突破。持续优化营商环境，深入实施创新驱动，扎实推进成渝地区双城经济圈建设，'
                    || '统筹发展和安全，' || names[1 + h // 13 % many] || '稳步提升，居民获得感不断增强。' END AS text
        FROM lined, items
    )
    SELECT report_id, (1 + n)::INTEGER AS line, kind, '一、执行情况' AS section, text, pos::INTEGER AS char_start,
           (pos + len(text))::INTEGER AS char_end, CASE kind WHEN 'table_cell' THEN 1 END::INTEGER AS table_number,
           CASE kind WHEN 'table_cell' THEN n - 12 END::INTEGER AS table_row,
           CASE kind WHEN 'table_cell' THEN 1 END::INTEGER AS table_column
    FROM written
) TO '{folder}/passages.parquet' (COMPRESSION zstd);
"""
_FINDINGS = """
COPY (
    SELECT format('g{{:015x}}', hash(fact_id) // 16) AS finding_id,
           ['contradiction', 'definition_break', 'implausible', 'target_changed', 'relabelled'][(1 + hash(fact_id) % 5)::BIGINT] AS kind,
           ['warning', 'info'][(1 + hash(fact_id) // 5 % 2)::BIGINT] AS severity,
           district || ' ' || indicator || '：' || year || '年两处说法不同' AS message, [fact_id] AS fact_ids, report_id,
           line_start AS line
    FROM '{folder}/facts.parquet' WHERE hash(fact_id, 1) % {each} = 0
) TO '{folder}/findings.parquet' (COMPRESSION zstd);
"""


def write(folder: Path, facts: int = FACTS, *, districts: int = DISTRICTS) -> Path:
    """Write a build of about so many facts into ``folder``, the database file included; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "work.duckdb").unlink(missing_ok=True)
    values = {"districts": districts, "first": FIRST, "last": LAST, "others": 0, "thin": 1.0}
    slots = ", ".join(f"({n}, '{a}', '{b}', '{c}', {d}, {e})" for n, (a, b, c, d, e) in enumerate(SLOTS))
    reasons = [r for r in schema.REASONS if r != "unclassified"]
    texts = {"folder": str(folder).replace("'", "''"), "slots": slots, "reasons": ", ".join(f"('{r}')" for r in reasons),
             "many": len(reasons), "each": PER_FINDING}
    with duckdb.connect(str(folder / "work.duckdb")) as con:
        con.execute("SET memory_limit = '6GB'; SET preserve_insertion_order = true")
        con.execute(f"SET temp_directory = '{texts['folder']}/spill'")
        for name in ("districts", "indicators"):
            columns = schema.TABLES[name].to_schema().columns
            kinds = {n: "INTEGER" if str(c.dtype) == "Int32" else "DOUBLE" if str(c.dtype).startswith("float") else "VARCHAR"
                     for n, c in columns.items()}
            con.execute(
                f"CREATE TABLE {name} AS SELECT {', '.join(f'{n}::{kind} AS {n}' for n, kind in kinds.items())} "
                "FROM read_csv($path, all_varchar = true, header = true)", {"path": str(CATALOG / f"{name}.csv")})
            con.execute(f"UPDATE {name} SET unit_growth = coalesce(unit_growth, '%')" if name == "indicators" else "SELECT 1")
            con.execute(f"COPY {name} TO '{texts['folder']}/{name}.parquet' (COMPRESSION zstd)")
        expected = districts * (LAST - FIRST + 1) * sum(s[4] for s in SLOTS) / 1000
        for text in (_PLACES, _ITEMS, _REPORTS, _FACTS, _NUMBERS, _PASSAGES, _FINDINGS):
            if text is _FACTS:  # as many as asked for
                items = con.execute("SELECT sum(share) FROM item").fetchone()[0]
                values["thin"] = facts / (expected * float(items))
            if text is _NUMBERS:
                values["others"] = max(1, int(facts * 0.7 / con.execute("SELECT count(*) FROM report").fetchone()[0]))
            for statement in text.format(**texts).split(";\n"):
                if statement.strip():
                    con.execute(statement, {k: v for k, v in values.items() if f"${k}" in statement})
        tables = {}
        for name in schema.TABLES:
            (rows,) = con.execute(f"SELECT count(*) FROM '{texts['folder']}/{name}.parquet'").fetchone()
            tables[name] = {"rows": rows, "sha256": "0" * 64}
    (folder / "work.duckdb").unlink()
    shutil.rmtree(folder / "spill", ignore_errors=True)
    manifest = {"build_id": f"large{facts:x}" + "0" * 20, "built_at": "2026-01-01T00:00:00+00:00", "since": None, "inputs": {},
                "left_out": [], "warnings": [], "packages": {}, "tables": tables}
    (folder / store.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    database(folder)
    return folder


@contextmanager
def made(folder: Path | None, facts: int = FACTS) -> Iterator[Path]:
    """A build of this size: the one in ``folder`` where it is, else written into a temporary folder and removed again."""
    if folder:
        yield folder if (folder / store.MANIFEST).is_file() else write(folder, facts)
        return
    with tempfile.TemporaryDirectory(prefix="bench-large-") as temporary:
        yield write(Path(temporary), facts)


def main() -> None:
    parser = argparse.ArgumentParser(description="全国规模的一版仿造数据")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--facts", type=int, default=FACTS)
    options = parser.parse_args()
    start = time.perf_counter()
    folder = write(options.folder, options.facts)
    tables = store.read_manifest(folder)["tables"]
    size = sum(p.stat().st_size for p in folder.iterdir()) / 1e6
    print("，".join(f"{name} {table['rows']:,}" for name, table in tables.items()))
    print(f"{time.perf_counter() - start:.0f} 秒，{size:.0f} MB")


if __name__ == "__main__":
    main()
