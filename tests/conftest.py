"""Small builders for the tests of the ETL: a report from sentences, a table from rows, and what is read from them."""

from __future__ import annotations

import csv
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from data.catalog import CATALOG_DIR, Catalog, load

# The same examples in each run; none are kept from one run to the next.
settings.register_profile(
    "etl", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("etl")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No page shows what it worked out for the build of another test, whose number is the same."""
    if keep := sys.modules.get("pages.parts.keep"):
        keep.forget()


# ---------------------------------------------------------------- texts
def annual(review: str = "", outlook: str = "", *, place: str = "重庆市綦江区", year: int = 2024) -> str:
    """An annual plan report: ``review`` stands under the results of ``year``, ``outlook`` under goals."""
    return (
        f"关于{place}{year}年国民经济和社会发展计划执行情况及{year + 1}年计划草案的报告\n\n"
        f"一、{year}年国民经济和社会发展计划执行情况\n\n{review}\n\n"
        f"二、{year + 1}年经济社会发展主要预期目标\n\n{outlook}\n"
    )


def plan(review: str = "", goals: str = "", *, place: str = "重庆市綦江区") -> str:
    """A plan for 2026-2030: ``review`` stands under the five years before it, ``goals`` under its targets."""
    return (
        f"{place}国民经济和社会发展第十五个五年规划纲要\n\n"
        f"第一章 “十四五”时期经济社会发展成就\n\n{review}\n\n"
        f"第二章 “十五五”时期经济社会发展主要目标\n\n{goals}\n"
    )


def table(*rows: list[str] | tuple[str, ...]) -> str:
    """Rows as a word processor exports them: a tab before each cell, a blank line between rows, two at the end.

    A cell with line breaks goes on in lines without a tab.
    """
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows) + "\n\n\n"


# ---------------------------------------------------------------- what is read
@dataclass
class Reading:
    """One report as read: fact rows, number rows and findings."""

    text: str
    report: dict
    facts: list[dict]
    numbers: list[dict]
    findings: list[dict]

    def brief(self) -> list[tuple]:
        """(indicator, measure, status, year, value, unit, comparator) of each fact, in the order of the text."""
        return [
            tuple(f[c] for c in ("indicator", "measure", "status", "year", "value", "unit", "comparator"))
            for f in sorted(self.facts, key=lambda f: f["char_end"])
        ]

    def reason(self, number: str) -> str | None:
        """What became of the only number printed like this: the reason why it is none, or the fact's indicator."""
        rows = [n for n in self.numbers if n["text"] == number]
        assert len(rows) == 1, f"{number} stands {len(rows)} times"
        names = {f["fact_id"]: f["indicator"] for f in self.facts}
        return rows[0]["reason"] or names[rows[0]["fact_id"]]

    def check(self) -> None:
        """What holds for every text: quotes are verbatim, each number has a fact or a reason and not both."""
        ids = {f["fact_id"] for f in self.facts}
        assert len(ids) == len(self.facts), "two facts with one id"
        for f in self.facts:
            assert self.text[f["char_start"] : f["char_end"]] == f["quote"], f
            assert f["quote"].strip(), f
            assert f["value"] is not None or f["value_text"], f
            assert f["period_start"] <= f["year"], f
        for n in self.numbers:
            assert self.text[n["char_start"] : n["char_end"]] == n["text"], n
            assert (n["fact_id"] in ids) if n["reason"] is None else (n["fact_id"] is None), n


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load(CATALOG_DIR)


@pytest.fixture(scope="session")
def understand(tmp_path_factory):
    """Read a text (or bytes) as the only report of a folder; a message instead when it cannot be used."""
    from etl.parts import report_part

    folder = tmp_path_factory.mktemp("texts")

    def read(content: str | bytes, name: str = "report.txt") -> Reading | str:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        part = report_part(str(path), CATALOG_DIR)
        if isinstance(part, str):
            return part
        from etl.read import decode

        text, _ = decode(path.read_bytes(), name)
        return Reading(text, part.report, part.facts, part.numbers, part.findings)

    return read


# ---------------------------------------------------------------- folders
def forget_catalogues() -> None:
    """A process keeps the catalogue it has read; a test that edits one needs it read again."""
    from etl.extract import machinery

    load.cache_clear()
    machinery.cache_clear()


def verify(folder: Path, reports: Path | None = None) -> list[str]:
    """Problems of a finished build, see ``python -m etl check``."""
    try:
        from etl.verify import verify
    except ImportError:
        from etl.checks import verify
    return verify(folder, reports)


@dataclass
class House:
    """A folder with reports, catalogue and supplement of its own, to be built and broken."""

    root: Path
    catalog: Path = CATALOG_DIR  # a copy of its own as soon as it is edited

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def supplement(self) -> Path:
        return self.root / "supplement"

    @property
    def out(self) -> Path:
        return self.root / "parquet"

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.reports / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def own_catalog(self) -> Path:
        if self.catalog == CATALOG_DIR:
            self.catalog = self.root / "catalog"
            shutil.copytree(CATALOG_DIR, self.catalog)
        return self.catalog

    def edit(self, name: str, change) -> None:
        """Rewrite a file of the catalogue: ``change`` takes its rows (dicts) and returns the new ones."""
        path = self.own_catalog() / name
        with open(path, encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            header, rows = list(reader.fieldnames), list(reader)
        rows = change(rows)
        with open(path, "w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]) if rows else header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        forget_catalogues()

    def build(self, **options):
        from etl.build import build

        return build(self.reports, self.out, catalog_dir=self.catalog, supplement_dir=self.supplement, **options)


REVIEW = (
    "2024年，全区地区生产总值558.2亿元，增长5.5%。规上工业增加值增长6.7%，固定资产投资增长15.4%。"
    "社会消费品零售总额130.5亿元，增长4%。粮食产量3.6亿公斤，与上年持平。"
)
INDICATOR_TABLE = table(
    ["指标名称", "计划目标", "完成情况"],
    ["GDP增速（%）", "7", "5.5"],
    ["城乡居民人均可支配收入之比", "1.95:1", "1.94:1"],
    ["空气质量优良天数（天）", "≥325", "331"],
    ["营商环境得分（分）", "80", "82"],  # not in the catalogue: one finding
)


@pytest.fixture
def house(tmp_path) -> House:
    """Two small reports, the real catalogue, no supplement."""
    made = House(tmp_path)
    made.reports.mkdir()
    made.supplement.mkdir()
    made.put("qijiang.txt", annual(REVIEW + "\n\n" + INDICATOR_TABLE, "2025年，地区生产总值增长6.5%。"))
    made.put("nanan.txt", annual("地区生产总值增长5.9%。进出口总额34亿元，下降3.5%。", place="重庆市南岸区"))
    return made


# ---------------------------------------------------------------- the real reports
@dataclass
class Real:
    """What the queries answer over a build of data/reports, as the pages take it: rows with None for what is missing."""

    connection: object
    folder: Path

    def ask(self, query: str, *arguments, **options) -> list[dict]:
        """Rows of ``queries.<query>``."""
        from data import queries
        from pages.parts import format

        return format.records(getattr(queries, query)(self.connection.cursor(), *arguments, **options))

    def pairs(self, years, **wanted: object) -> list[dict]:
        """Rows of queries.pairs whose columns have these values."""
        rows = self.ask("pairs", years)
        return [row for row in rows if all(row[column] == value for column, value in wanted.items())]

    def breaks(self) -> frozenset[frozenset[str]]:
        """Sets of facts that a finding calls another definition."""
        return frozenset(frozenset(row["fact_ids"]) for row in self.ask("breaks"))


@pytest.fixture(scope="session")
def real(tmp_path_factory) -> Real:
    """The real reports and supplement, built once into a folder of their own."""
    from data import store
    from etl.build import build

    folder = tmp_path_factory.mktemp("real") / "parquet"
    build(store.REPORTS_DIR, folder)
    return Real(store.connect(folder), folder)


# ---------------------------------------------------------------- pages
@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The small made-up build of pages_build; a module that needs other facts has a fixture of this name."""
    from tests import pages_build

    return pages_build.write(tmp_path_factory.mktemp("build") / "parquet")


@pytest.fixture
def con(folder):
    """A cursor on ``folder``."""
    from data import store

    return store.connect(folder).cursor()


@pytest.fixture(scope="module")
def chrome():
    """A headless browser; the test is skipped where there is none."""
    from tests import browser_app

    with browser_app.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def base(folder):
    """The address of a server over ``folder``."""
    from tests import browser_app

    browser_app.chromium()
    with browser_app.server(folder) as address:
        yield address
