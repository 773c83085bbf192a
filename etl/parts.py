"""What one report adds to a build: its rows and where they belong. Runs in the workers."""

from __future__ import annotations

import functools
import hashlib
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from data import store
from etl import checks, pieces, resolve, write
from etl.extract import extract, machinery
from etl.numerals import NUMBER
from etl.read import Report, ReportError, read, understand

TABLES = ("facts", "passages", "numbers", "findings")  # of each report; the others are of the build
ONE_AT_A_TIME = threading.Lock()  # a Dask worker may have threads; they share the compiled catalogue, and gain nothing


@dataclass
class Part:
    """What one report adds to a build, as rows."""

    report: dict
    facts: list[dict]
    passages: list[dict]
    numbers: list[dict]
    findings: list[dict]
    warnings: list[str]
    identity: tuple


@dataclass(slots=True)
class Packed:
    """The same, packed: what the parent has to know of a report, and its rows as bytes that wait on disk."""

    report: dict
    identity: tuple
    warnings: list[str]
    findings: list[dict]  # kind, severity and message
    origins: Counter
    reasons: Counter
    facts: int
    numbers: int
    pieces: dict[str, bytes] = field(repr=False, default_factory=dict)


def report_part(path: str, folder: str) -> Part | str:
    """Read and extract one report, its rows as they are before places are settled; a message instead when the file cannot be used."""
    catalog = machinery(Path(folder))[0]
    try:
        return _part(read(Path(path), catalog), Path(folder))
    except ReportError as error:
        return str(error)


def extract_batch(reports: list[tuple[str, bytes]], catalogue: str | bytes) -> list[tuple[str, Packed | str]]:
    """Extract reports given as (file name, content): (file name, what it adds), or a message when it cannot be used.

    Whatever goes wrong with one report is said of that report, and the others are read.
    ``catalogue``: its folder, or its files as made by ``write.pack_files`` for a worker that has no such folder.
    """
    with ONE_AT_A_TIME:
        folder = catalogue_folder(catalogue)
        found = [(name, _read_part(name, raw, folder)) for name, raw in reports]
        return _pack_all(found)


def _read_part(name: str, raw: bytes, folder: Path) -> Part | str:
    try:
        return _part(understand(name, raw, machinery(folder)[0]), folder)
    except ReportError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 a mistake in the code that this report brought to light must not stop the others
        return _mishap(name, error)


def _mishap(name: str, error: Exception) -> str:
    return f"{name}: 处理时程序出错（{type(error).__name__}：{str(error)[:200]}），请把这份报告交给维护人员"


def _pack_all(found: list[tuple[str, Part | str]]) -> list[tuple[str, Packed | str]]:
    """Together, which is quicker; one by one when a row somewhere breaks the contract, to find out whose it is."""
    good = [part for _, part in found if not isinstance(part, str)]
    try:
        packed = {table: iter(pieces.pack(table, [getattr(part, table) for part in good])) for table in TABLES} if good else {}
    except Exception as error:  # noqa: BLE001 whatever it is, it is the fault of one of them
        if len(found) == 1:
            return [(found[0][0], _mishap(found[0][0], error))]
        return [one for pair in found for one in _pack_all([pair])]
    return [(name, part if isinstance(part, str) else _pack(part, {table: next(rows) for table, rows in packed.items()}))
            for name, part in found]


def catalogue_folder(catalogue: str | bytes) -> Path:
    """The folder of the catalogue in this process."""
    return Path(catalogue) if isinstance(catalogue, str) else write.unpack_files(catalogue)


def _pack(p: Part, rows: dict[str, bytes]) -> Packed:
    findings = [{key: f[key] for key in ("kind", "severity", "message")} for f in p.findings]
    reasons = Counter(n["reason"] for n in p.numbers if n["reason"])
    return Packed(p.report, p.identity, p.warnings, findings, Counter(f["origin"] for f in p.facts), reasons, len(p.facts),
                  len(p.numbers), rows)


def _part(report: Report, folder: Path) -> Part:
    catalog, _reader, names = machinery(folder)
    extraction = extract(report, folder)
    findings = checks.unseen(report) + extraction.findings + resolve.relabel_new(extraction, names, catalog)
    facts, owners = resolve.rows(extraction, catalog)
    findings += checks.one_sided(report, facts)
    for offset, message in extraction.problems:
        findings.append({"kind": "not_understood", "severity": "warning", "report_id": report.report_id,
                         "line": report.line_of(offset), "message": f"{report.path.name}:{report.line_of(offset)}: {message}", "places": []})
    rows = {}
    for f in findings:
        ids = [owners[p] for p in f.pop("places") if p in owners]
        finding_id = "n" + resolve.fact_id(f["kind"], f["message"], f["report_id"])[1:]
        rows[finding_id] = f | {"fact_ids": ids, "finding_id": finding_id}
    numbers = []
    for m in NUMBER.finditer(report.text):
        owner = owners.get(m.start())
        reason = None if owner else extraction.account.reasons.get(m.start(), (0, "unclassified"))[1]
        numbers.append({"report_id": report.report_id, "line": report.line_of(m.start()), "char_start": m.start(), "char_end": m.end(),
                        "text": m.group(), "fact_id": owner, "reason": reason})
    return Part(_report_row(report), facts, _passages(report, extraction.blocks), numbers, list(rows.values()), report.warnings,
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


@functools.cache
def code_id() -> str:
    """A hash of everything that decides what is read out of a report, but the catalogue given."""
    digest = hashlib.sha256()
    here = Path(__file__).resolve().parent
    for path in [*sorted(here.glob("*.py")), *(store.ROOT / f for f in ("schema.py", "terms.py", "catalog.py"))]:
        digest.update(path.read_bytes())
    digest.update((store.CATALOG_DIR / "spellings.csv").read_bytes())  # spellings are read from the place of the code
    return digest.hexdigest()
