"""All reports of a folder become one build: read, extract (in parallel when it pays), resolve, derive, check, write."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from data import catalog as catalog_module
from data import store
from data.catalog import Catalog
from etl import checks, compare, derive, resolve, supplement, write
from etl.extract import extract, machinery
from etl.numerals import NUMBER
from etl.read import Report, ReportError, read

_PARALLEL_FROM = 2_000_000  # bytes of reports below which starting processes costs more than it saves
_PACKAGES = ("pandas", "pyarrow", "pandera", "duckdb")


@dataclass
class Summary:
    """What a build did, for the closing lines and the exit code."""

    reports: list[dict] = field(default_factory=list)
    facts: list[dict] = field(default_factory=list)
    numbers: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    findings: list[dict] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    build_id: str = ""
    folder: Path | None = None


@dataclass
class _Part:
    """What one report adds to a build; sent between processes."""

    report: dict
    facts: list[dict]
    passages: list[dict]
    numbers: list[dict]
    findings: list[dict]
    warnings: list[str]
    identity: tuple


def report_part(path: str, folder: str) -> _Part | str:
    """Read and extract one report; a message instead when the file cannot be used."""
    catalog, _reader, names = machinery(Path(folder))
    try:
        report = read(Path(path), catalog)
    except ReportError as error:
        return str(error)
    extraction = extract(report, Path(folder))
    findings = extraction.findings + resolve.relabel_new(extraction, names, catalog)
    facts, owners = resolve.rows(extraction, catalog)
    by_place = {}
    for f in facts:
        by_place.setdefault(f["char_start"], []).append(f["fact_id"])
    for offset, message in extraction.problems:
        findings.append({"kind": "not_understood", "severity": "warning", "report_id": report.report_id,
                         "line": report.line_of(offset), "message": f"{report.path.name}:{report.line_of(offset)}: {message}", "places": []})
    rows = []
    for f in findings:
        ids = [owners[p] for p in f.pop("places") if p in owners]
        rows.append(f | {"fact_ids": ids, "finding_id": "n" + resolve.fact_id(f["kind"], f["message"], f["report_id"])[1:]})
    numbers, unseen = [], 0
    for m in NUMBER.finditer(report.text):
        owner = owners.get(m.start())
        reason = None if owner else extraction.account.reasons.get(m.start(), (0, "unclassified"))[1]
        unseen += reason == "unclassified"
        numbers.append({"report_id": report.report_id, "line": report.line_of(m.start()), "char_start": m.start(), "char_end": m.end(),
                        "text": m.group(), "fact_id": owner, "reason": reason})
    return _Part(_report_row(report), facts, _passages(report, extraction.blocks), numbers, rows, report.warnings,
                 (report.district.district_code if report.district else report.place, report.kind, report.year_from, report.year_to))


def _report_row(r: Report) -> dict:
    return {"report_id": r.report_id, "title": r.title, "district_code": r.district.district_code if r.district else None,
            "district": r.place, "kind": r.kind, "year_from": r.year_from, "year_to": r.year_to, "meeting_date": r.meeting_date,
            "file": r.path.name, "sha256": r.sha256, "encoding": r.encoding, "lines": len(r.lines), "characters": len(r.text)}


def _passages(report: Report, blocks) -> list[dict]:
    out = []

    def add(kind: str, start: int, end: int, section: tuple[str, ...], **place: int):
        out.append({"report_id": report.report_id, "line": report.line_of(start), "kind": kind, "section": " / ".join(section),
                    "text": report.text[start:end], "char_start": start, "char_end": end, **place})

    table = 0
    for b in blocks:
        if b.kind == "table":
            table += 1
            for number, row in enumerate(b.rows, 1):
                for cell in row:
                    if cell.text:
                        add("table_cell", cell.start, cell.end, b.section,
                            table_number=table, table_row=number, table_column=cell.column + 1)
        else:
            add(b.kind, b.start, b.end, b.section)
    return out


def build(reports_dir: Path, out: Path, *, workers: int = 1, executor: Executor | None = None,
          catalog_dir: Path = catalog_module.CATALOG_DIR, supplement_dir: Path = store.SUPPLEMENT_DIR,
          progress: Callable[[str, int, int], None] = lambda *_: None) -> Summary:
    """Build all tables from the reports of a folder.

    ``executor`` is any concurrent.futures executor; without one, ``workers`` processes are used when the
    reports are large enough. Raises CatalogError when the catalogue is wrong, ReportError when there is no
    usable report, OSError when the output cannot be written; the last build then stays as it is.
    """
    catalog = catalog_module.load(catalog_dir)
    machinery(catalog_dir)
    paths = sorted(p for p in reports_dir.iterdir() if p.is_file() and not p.name.startswith((".", "~")) and p.suffix.lower() != ".md") if (
        reports_dir.is_dir()) else []
    if not paths:
        raise ReportError(f"{reports_dir}: 文件夹不存在或没有报告；请放入 .txt 报告后重试")
    summary = Summary()
    parts = _one_of_each(_extract_all(paths, catalog_dir, workers, executor, summary, progress), summary)
    if not parts:
        raise ReportError("没有一份报告可用：\n" + "\n".join(summary.left_out))
    facts = [f for p in parts for f in p.facts]
    extra, problems = supplement.read(supplement_dir / "facts.csv", catalog, machinery(catalog_dir)[2])
    summary.left_out += problems
    places = {p.report["district_code"] for p in parts}
    facts += [f for f in extra if f["district_code"] in places]
    resolve.prefer(facts)
    facts += derive.derive(facts, catalog)
    resolve.prefer(facts)
    findings = [f for p in parts for f in p.findings] + checks.all_findings(facts, catalog)
    findings = list({f["finding_id"]: f for f in findings}.values())
    summary.reports, summary.facts, summary.findings = [p.report for p in parts], facts, findings
    numbers = [n for p in parts for n in p.numbers]
    summary.numbers = len(numbers)
    for n in numbers:
        if n["reason"]:
            summary.reasons[n["reason"]] = summary.reasons.get(n["reason"], 0) + 1
    inputs = {f"reports/{p.report['file']}": p.report["sha256"] for p in parts}
    inputs |= {f"catalog/{f.name}": store.sha256(f) for f in sorted(catalog_dir.glob("*.csv"))}
    if (supplement_dir / "facts.csv").exists():
        inputs["supplement/facts.csv"] = store.sha256(supplement_dir / "facts.csv")
    summary.build_id = _build_id(inputs)
    progress("写出", 0, 1)
    tables = write.frames(facts, summary.reports, [x for p in parts for x in p.passages], numbers, findings,
                          _district_rows(catalog), _indicator_rows(catalog))
    broken = checks.invariants(tables)
    if broken:
        raise ReportError("构建结果自检不通过，未替换现有数据：\n" + "\n".join(broken))
    manifest = {"build_id": summary.build_id, "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "since": compare.since(out, summary.build_id, tables), "inputs": inputs, "left_out": summary.left_out, "warnings": summary.warnings,
                "packages": {name: importlib.metadata.version(name) for name in _PACKAGES}}
    summary.folder = write.write(tables, manifest, out)
    progress("写出", 1, 1)
    return summary


def _one_of_each(parts: Iterable[_Part], summary: Summary) -> list[_Part]:
    """Of several files of one report (same place, kind and years) the longest is used; the others are named."""
    best: dict[tuple, _Part] = {}
    for part in parts:
        other = best.get(part.identity)
        if other is not None:
            used, left = sorted((part, other), key=lambda p: -p.report["characters"])
            summary.left_out.append(
                f"{left.report['file']}: 与 {used.report['file']} 是同一份报告（同地区、同类、同年份），后者较全"
                f"（{used.report['characters']} 字，前者 {left.report['characters']} 字），只用了后者；请删去其中一份")
            part = used
        best[part.identity] = part
    for part in best.values():
        summary.warnings += part.warnings
    return list(best.values())


def _extract_all(paths, catalog_dir, workers, executor, summary, progress):
    done = 0
    jobs = [(str(p), str(catalog_dir)) for p in paths]
    if executor is not None:
        results = executor.map(report_part, *zip(*jobs, strict=True))
    elif workers > 1 and sum(p.stat().st_size for p in paths) > _PARALLEL_FROM and len(paths) > 1:
        with ProcessPoolExecutor(workers) as own:
            yield from _extract_all(paths, catalog_dir, 1, own, summary, progress)
        return
    else:
        results = (report_part(*job) for job in jobs)
    for path, part in zip(paths, results, strict=True):
        done += 1
        progress(path.name, done, len(paths))
        if isinstance(part, str):
            summary.left_out.append(part)
            continue
        yield part


def _build_id(inputs: dict[str, str]) -> str:
    """A hash of inputs and code: equal ids mean equal tables."""
    digest = hashlib.sha256()
    for name, value in sorted(inputs.items()):
        digest.update(f"{name}\0{value}\0".encode())
    here = Path(__file__).resolve().parent
    for path in [*sorted(here.glob("*.py")), *(store.ROOT / f for f in ("schema.py", "terms.py", "catalog.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _district_rows(catalog: Catalog) -> list[dict]:
    return [{c: getattr(d, c) for c in d.__dataclass_fields__} for d in catalog.districts]


def _indicator_rows(catalog: Catalog) -> list[dict]:
    return [{c: getattr(i, c) for c in i.__dataclass_fields__} for i in catalog.indicators.values()]
