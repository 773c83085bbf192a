"""What people would otherwise use to read figures out of Chinese text, on the reports that were read by hand.

The packages are installed into a virtual environment that is thrown away; this project does not need them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import defaultdict
from pathlib import Path

from tests.benchmarks import figures

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
PACKAGES = {
    "jionlp": ["jionlp==1.5.31", "jiojio==1.2.8"],
    # emoji: later ones lack a name that the package imports
    "recognizers-text-suite": ["recognizers-text-suite==1.0.2a2", "emoji==1.7.0"],
}
_SCALE = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12, "千万": 1e7, "百万": 1e6, "千亿": 1e11}
_PRINTED_UNIT = re.compile(r"(?P<scale>万亿|千万|百万|千亿|百|千|万|亿)?(?P<unit>.*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TITLE = "与别的程序并排"
_WIDTHS = (24, 10, 12, 14, 14, 12)


def reports() -> dict[Path, list[dict]]:
    """Each report with the rows read from it by hand that are numbers of the whole place."""
    from tests import golden_match

    found = {}
    for folder, prefix in ((ROOT / "data" / "reports", ""), (TESTS / "fixtures" / "unseen", "unseen-")):
        for path in sorted(folder.glob("*.txt")):
            rows = golden_match.load(TESTS / "golden" / f"{prefix}{path.stem}.csv")
            found[path] = [r for r in rows if r["kind"] != "trap" and r["unit_reported"] and _NUMBER.fullmatch(r["value_reported"])]
    return found


def share(golden: dict[Path, list[dict]], found: dict[str, list], kinds: tuple[str, ...], with_unit: bool) -> float:
    """The share of rows of these kinds whose number, and unit when asked, is found in their line; each once.

    ``found``: figures of each file as [line, value, unit]; units in words count for any unit but %, 元 and 美元.
    """
    rows = hits = 0
    for path, wanted in golden.items():
        by_line = defaultdict(list)
        for line, value, unit in found.get(str(path), []):
            by_line[line].append((value, unit))
        for row in (r for r in wanted if r["kind"] in kinds):
            rows += 1
            printed = _PRINTED_UNIT.fullmatch(row["unit_reported"])
            value = abs(float(row["value_reported"]))
            sizes = {value, value * _SCALE.get(printed["scale"], 1)}
            here = by_line[int(row["line"])]
            for figure in here:
                if any(abs(abs(figure[0]) - size) <= 1e-9 * max(1, size) for size in sizes) and (
                        not with_unit or _same_unit(figure[1], printed["unit"])):
                    hits += 1
                    here.remove(figure)
                    break
    return hits / max(1, rows)


def _same_unit(found: str, printed: str) -> bool:
    exact = {"%": "%", "％": "%", "百分点": "%", "个百分点": "%", "元": "元", "美元": "美元"}
    return found == exact[printed] if printed in exact else bool(found) and found not in exact


def ours(golden: dict[Path, list[dict]]) -> dict:
    """What this project reads of the same files, in the form of others_read.py."""
    from data import store
    from etl.parts import report_part

    report_part(str(next(iter(golden))), str(store.CATALOG_DIR))
    found = {}
    start = time.process_time()
    for path in golden:
        part = report_part(str(path), str(store.CATALOG_DIR))
        found[str(path)] = [] if isinstance(part, str) else _figures(part)
    seconds = time.process_time() - start
    return {"seconds": seconds, "failed": 0, "found": found}


def _figures(part) -> list[list]:
    lines = {n["fact_id"]: n["line"] for n in reversed(part.numbers)}  # of the first number of each fact
    exact = {"百分点": "%", "个百分点": "%", "％": "%"}
    found = []
    for f in part.facts:
        if f["value_reported"] is not None:
            unit = _PRINTED_UNIT.fullmatch(f["unit_reported"] or "")["unit"]
            found.append([lines.get(f["fact_id"], f["line_start"]), f["value_reported"], exact.get(unit, unit)])
    return found


def other(package: str, files: list[Path]) -> dict | str:
    """The same of a package in an environment of its own; a message when it cannot be had or fails."""
    with tempfile.TemporaryDirectory(prefix="bench-others-") as folder:
        python = Path(folder) / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        uv = shutil.which("uv", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))) or "uv"
        steps = ([uv, "venv", "-q", "--python", sys.executable, str(Path(folder) / "venv")],
                 [uv, "pip", "install", "-q", "--python", str(python), *PACKAGES[package]],
                 [str(python), "-W", "ignore", str(Path(__file__).with_name("others_read.py")), package, *map(str, files)])
        for step, name in zip(steps, ("没有 uv", "装不上", "运行失败"), strict=True):
            try:
                done = subprocess.run(step, check=True, capture_output=True, text=True, timeout=240, env=os.environ | {"PYTHONUTF8": "1"})
            except FileNotFoundError:
                return name
            except subprocess.TimeoutExpired:
                return f"{name}：超过 240 秒"
            except subprocess.CalledProcessError as error:
                return f"{name}：{(error.stderr.strip().splitlines() or [''])[-1][:120]}"
        return json.loads(done.stdout.strip().splitlines()[-1])


def run() -> None:
    """Print the comparison: speed, and the share of the figures read by hand that is found."""
    golden = reports()
    megabytes = sum(path.stat().st_size for path in golden) / 1e6
    prose = ("headline", "other")
    count = {kinds: sum(r["kind"] in kinds for rows in golden.values() for r in rows) for kinds in (prose, ("table",))}
    print(f"\n与别的程序并排：{len(golden)} 份报告（{megabytes:.2f} MB），由人逐字读出的数，正文 {count[prose]} 个、表格 {count['table',]} 个\n"
          "连单位：数值和单位都对；表格的单位在行名里。别的程序不说这是什么指标、哪一年、是不是全区的数\n", flush=True)
    head = ["", "MB/s/核", "对本项目", "正文：数值", "正文：连单位", "表格：数值"]
    print(_line(head))
    speed = None
    for name in ("本项目", *PACKAGES):
        found = ours(golden) if name == "本项目" else other(name, list(golden))
        if isinstance(found, str):
            print(_line([name, "—", "—", "—", "—", "—"]) + "  " + found, flush=True)
            figures.note(_TITLE, head, [figures.Row(name, ["未测：" + found])])
            continue
        rate = megabytes / max(found["seconds"], 1e-9)
        speed = speed or rate
        shares = [share(golden, found["found"], kinds, unit) for kinds, unit in ((prose, False), (prose, True), (("table",), False))]
        cells = [f"{rate:.2f}", f"{rate / speed:.2f}", *(f"{each:.1%}" for each in shares)]
        figures.note(_TITLE, head, [figures.Row(name, cells)])
        print(_line([name, *cells])
              + (f"  {found['failed']} 行出错" if found["failed"] else ""), flush=True)


def _line(cells: list[str]) -> str:
    return "  ".join(" " * max(0, width - sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in cell)) + cell
                     for cell, width in zip(cells, _WIDTHS, strict=True))
