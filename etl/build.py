"""All reports of a folder become one build, with the same memory for five reports as for five thousand.

Reports are extracted a few at a time, in workers when it pays; their rows wait on disk. What takes several reports to know
is found out place by place. Then the tables are written as their rows come, checked, and put in place.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from data import catalog as catalog_module
from data import store
from data.catalog import Catalog
from data.terms import SEVERITIES
from etl import compare, parts, pieces, settle, supplement, verify, workers, write
from etl.extract import machinery
from etl.parts import Packed
from etl.read import ReportError, content

PARALLEL_FROM = 2_000_000  # bytes of reports below which starting processes costs more than it saves
BATCH = 1_000_000  # bytes of reports for one task, about a second; the contract is checked once for each
_SMALL = 100_000  # and a tenth of a second when there are few, below which handing it out begins to count
_BATCH_FACTS = 5_000  # facts for one task of settling
_SHOWN = 50  # findings kept for the closing lines; all of them stand in findings.parquet
_PACKAGES = ("pandas", "pyarrow", "pandera", "duckdb")

Progress = Callable[[str, int, int], None]


@dataclass
class Summary:
    """What a build did, for the closing lines and the exit code.

    ``facts``: how many from which report and origin. ``findings``: how many of each kind; ``grave``: the gravest (kind,
    severity, message). ``reasons``: how many numbers are no fact, and why.
    """

    reports: list[dict] = field(default_factory=list)
    facts: Counter[tuple[str, str]] = field(default_factory=Counter)
    numbers: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    grave: list[dict] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    build_id: str = ""
    folder: Path | None = None

    def note(self, findings: Iterable[dict]) -> None:
        """Count findings, and keep the gravest."""
        for f in findings:
            self.findings[f["kind"]] += 1
            self.grave.append({key: f[key] for key in ("kind", "severity", "message")})
        if len(self.grave) > 2 * _SHOWN:
            self.grave = self.gravest(_SHOWN)

    def gravest(self, most: int) -> list[dict]:
        """The first ``most`` findings, errors before warnings before what is only said."""
        return sorted(self.grave, key=lambda f: SEVERITIES.index(f["severity"]))[:most]


@dataclass(slots=True)
class _Kept:
    """A report whose rows wait on disk: what is known of it, and where in the spills its pieces are."""

    part: Packed
    places: dict[str, tuple[int, int]]
    preferred: bytes = b""  # a byte for each fact, once its place is settled

    @property
    def place(self) -> str:
        return self.part.report["district_code"] or self.part.report["district"]


def build(reports_dir: Path, out: Path, *, workers: int = 1, scheduler: str | None = None,
          catalog_dir: Path = catalog_module.CATALOG_DIR, supplement_dir: Path = store.SUPPLEMENT_DIR,
          progress: Progress = lambda *_: None) -> Summary:
    """Build all tables from the reports of a folder; the tables are the same whoever does the work.

    ``workers`` processes are used when the reports are large enough; with ``scheduler``, the address of a Dask scheduler,
    its workers instead, which need this code but none of these files. Raises CatalogError when the catalogue is wrong,
    ReportError when there is no usable report or the workers fail, OSError when the output cannot be written; the last
    build then stays as it is.
    """
    catalog = catalog_module.load(catalog_dir)
    machinery(catalog_dir)
    paths = sorted(p for p in reports_dir.iterdir() if p.is_file() and not p.name.startswith((".", "~")) and p.suffix.lower() != ".md") if (
        reports_dir.is_dir()) else []
    if not paths:
        raise ReportError(f"{reports_dir}: 文件夹不存在或没有报告；请放入 .txt 报告后重试")
    summary = Summary()
    with ExitStack() as stack:
        output = stack.enter_context(write.Output(out))
        pool, catalogue = _pool(stack, paths, workers, scheduler, catalog_dir)
        spills = {table: stack.enter_context(output.spill(table)) for table in parts.TABLES}
        kept = _extract(paths, pool, catalogue, spills, summary, progress)
        if not kept:
            raise ReportError("没有一份报告可用：\n" + "\n".join(summary.left_out))
        write.give_back()
        extra, problems = supplement.read(supplement_dir / "facts.csv", catalog, machinery(catalog_dir)[2])
        summary.left_out += problems
        codes = {k.part.report["district_code"] for k in kept}
        extra = [f for f in extra if f["district_code"] in codes]
        derived = stack.enter_context(output.rows("facts", "derived"))
        rules = _settle(kept, extra, pool, catalogue, spills["facts"], derived, output, stack, summary, progress)
        write.give_back()
        progress("写出", 0, 1)
        _write(output, kept, extra, spills, derived, rules, catalog)
        write.give_back()
        inputs = _inputs(kept, catalog_dir, supplement_dir)
        summary.build_id = _build_id(inputs, summary.left_out)
        tables = {"tables": output.tables}
        broken = verify.invariants(output.folder, tables, output.scratch)
        if broken:
            raise ReportError("构建结果自检不通过，未替换现有数据：\n" + "\n".join(broken))
        summary.folder = output.publish({
            "build_id": summary.build_id, "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "since": compare.since(out, summary.build_id, output.folder, tables, output.scratch), "inputs": inputs,
            "left_out": summary.left_out, "warnings": summary.warnings,
            "packages": {name: importlib.metadata.version(name) for name in _PACKAGES}})
    progress("写出", 1, 1)
    return summary


def _pool(stack: ExitStack, paths: list[Path], count: int, scheduler: str | None, catalog_dir: Path) -> tuple[workers.Pool, str | bytes]:
    """Who does the work, and the catalogue as they can read it."""
    if scheduler:
        return stack.enter_context(workers.cluster(scheduler)), write.pack_files(catalog_dir, "*.csv")
    if count > 1 and len(paths) > 1 and sum(map(_size, paths)) > PARALLEL_FROM:
        pieces.warm_up()  # here, so that the processes have it from the start
        return stack.enter_context(workers.processes(count)), str(catalog_dir)
    return workers.Pool(), str(catalog_dir)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # it will be named when it is read


# ------------------------------------------------------------------ report by report
def _extract(paths: list[Path], pool: workers.Pool, catalogue: str | bytes, spills: dict[str, write.Spill], summary: Summary,
             progress: Progress) -> list[_Kept]:
    """The reports that are used, in the order of their names, their rows in the spills."""
    problems: dict[str, str] = {}
    best: dict[tuple, _Kept] = {}
    done = 0
    limit = BATCH if pool.width == 1 else min(BATCH, max(_SMALL, sum(map(_size, paths)) // (4 * pool.width)))
    for found in pool.map(parts.extract_batch, ((batch, catalogue) for batch in _batches(paths, limit, problems))):
        for name, part in found:
            done += 1
            progress(name, done, len(paths))
            if isinstance(part, str):
                problems[name] = part
                continue
            kept = _Kept(part, {table: spills[table].add(piece) for table, piece in part.pieces.items()})
            part.pieces.clear()
            _keep_one(best, kept, problems)
    summary.left_out += [problems[p.name] for p in paths if p.name in problems]
    for kept in best.values():
        part = kept.part
        summary.reports.append(part.report)
        summary.warnings += part.warnings
        summary.numbers += part.numbers
        summary.reasons += part.reasons
        summary.facts.update({(part.report["report_id"], origin): n for origin, n in part.origins.items()})
        summary.note(part.findings)
        part.findings, part.warnings = [], []
        part.origins = part.reasons = Counter()  # counted: what is kept of a report is kept of all of them
    return list(best.values())


def _batches(paths: list[Path], limit: int, problems: dict[str, str]) -> Iterator[list[tuple[str, bytes]]]:
    """Names and contents, ``limit`` bytes at a time or one report; what cannot be read is named in ``problems``."""
    batch: list[tuple[str, bytes]] = []
    held = 0
    for path in paths:
        try:
            raw = content(path)
        except ReportError as error:
            problems[path.name] = str(error)
            continue
        if batch and held + len(raw) > limit:
            yield batch
            batch, held = [], 0
        batch.append((path.name, raw))
        held += len(raw)
    if batch:
        yield batch


def _keep_one(best: dict[tuple, _Kept], kept: _Kept, problems: dict[str, str]) -> None:
    """Of several files of one report (same place, kind and years) the longest is used; the others are named."""
    other = best.get(kept.part.identity)
    if other is not None:
        used, left = sorted((kept, other), key=lambda k: -k.part.report["characters"])
        here, there = used.part.report, left.part.report
        same = here["characters"] == there["characters"]
        why = f"两者一样长（{here['characters']} 字）" if same else f"后者较全（{here['characters']} 字，前者 {there['characters']} 字）"
        problems[there["file"]] = (
            f"{there['file']}: 与 {here['file']} 是同一份报告（同地区、同类、同年份），{why}，只用了后者；请删去其中一份")
        kept = used
    best[kept.part.identity] = kept


# ------------------------------------------------------------------ place by place
def _settle(kept: list[_Kept], extra: list[dict], pool: workers.Pool, catalogue: str | bytes, facts: write.Spill, derived: write.Rows,
            output: write.Output, stack: ExitStack, summary: Summary, progress: Progress) -> list[write.Rows]:
    """Preferred values into ``kept`` and ``extra``, derived rows into ``derived``; returns the findings, rule by rule."""
    places: dict[str, tuple[list[_Kept], list[dict]]] = defaultdict(lambda: ([], []))
    for k in kept:
        places[k.place][0].append(k)
    for row in extra:
        places[row["district_code"] or row["district"]][1].append(row)
    rules: list[write.Rows] = []
    waiting = iter(places.values())
    done = 0
    for settled in pool.map(settle.settle_batch, ((batch, catalogue) for batch in _place_batches(places.values(), facts))):
        for found in settled:
            done += 1
            progress("归并", done, len(places))
            reports, rows = next(waiting)
            for k, preferred in zip(reports, found.preferred, strict=True):
                k.preferred = preferred
            for row, preferred in zip(rows, found.extra, strict=True):
                row["preferred"] = preferred
                summary.facts[row["report_id"], row["origin"]] += 1
            derived.add(found.derived)
            summary.facts.update((row["report_id"], row["origin"]) for row in found.derived)
            while len(rules) < len(found.findings):
                rules.append(stack.enter_context(output.rows("findings", f"rule{len(rules)}")))
            for rule, findings in zip(rules, found.findings, strict=True):
                rule.add(findings)
                summary.note(findings)
    return rules


def _place_batches(places: Iterable[tuple[list[_Kept], list[dict]]], facts: write.Spill) -> Iterator[list[settle.Place]]:
    batch: list[settle.Place] = []
    held = 0
    for reports, rows in places:
        pieces_of = [(facts.get(k.places["facts"]), (k.part.report["year_to"], k.part.report["report_id"])) for k in reports]
        batch.append(settle.Place(pieces_of, rows))
        held += sum(k.part.facts for k in reports) + len(rows)
        if held >= _BATCH_FACTS:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


# ------------------------------------------------------------------ table by table
def _write(output: write.Output, kept: list[_Kept], extra: list[dict], spills: dict[str, write.Spill], derived: write.Rows,
           rules: list[write.Rows], catalog: Catalog) -> None:
    with output.table("facts") as table:
        for k in kept:
            rows = pieces.unpack("facts", spills["facts"].get(k.places["facts"]))
            table.add(pieces.marked(rows, "preferred", k.preferred))
        table.add(pieces.batch("facts", extra))
        derived.move_to(table)
    with output.table("reports") as table:
        for start in range(0, len(kept), 1000):
            table.add(pieces.batch("reports", [k.part.report for k in kept[start: start + 1000]]))
    for name in ("passages", "numbers", "findings"):
        with output.table(name) as table:
            for k in kept:
                table.add(pieces.unpack(name, spills[name].get(k.places[name])))
            for rule in rules if name == "findings" else ():
                rule.move_to(table)
    for name, rows in (("districts", catalog.districts), ("indicators", catalog.indicators.values())):
        with output.table(name) as table:
            table.add(pieces.batch(name, [{c: getattr(row, c) for c in row.__dataclass_fields__} for row in rows]))


def _inputs(kept: list[_Kept], catalog_dir: Path, supplement_dir: Path) -> dict[str, str]:
    """Every file that went in, with its checksum."""
    inputs = {f"reports/{k.part.report['file']}": k.part.report["sha256"] for k in kept}
    inputs |= {f"catalog/{f.name}": store.sha256(f) for f in sorted(catalog_dir.glob("*.csv"))}
    if (supplement_dir / "facts.csv").exists():
        inputs["supplement/facts.csv"] = store.sha256(supplement_dir / "facts.csv")
    return inputs


def _build_id(inputs: dict[str, str], left_out: list[str]) -> str:
    """A hash of inputs, of what was left out and of the code: equal ids mean equal tables, and the same to say of them."""
    digest = hashlib.sha256()
    for name, value in sorted(inputs.items()):
        digest.update(f"{name}\0{value}\0".encode())
    for said in sorted(left_out):
        digest.update(f"{said}\0".encode())
    digest.update(parts.code_id().encode())
    return digest.hexdigest()[:16]
