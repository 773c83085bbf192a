"""Reports without end for the benchmarks: the five reports under other districts' names and in other years."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "data" / "reports"
_FULL_NAMES = {"qijiang": "綦江区", "jiangjin": "江津区", "nanan": "南岸区"}  # first part of the file name -> its place
_PLAN = re.compile("十([一二三四五])(?=五|个五年)")  # the eleventh to the fifteenth: “十五五”, 第十五个五年规划
_PLANS = ("六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")  # from 1981, five years each
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?=年|\s*[—–\-~至])")


def places() -> list[dict[str, str]]:
    """Counties whose name is no other place's, nor has one in it (东区 in 金东区), in the order of the catalogue."""
    with open(ROOT / "data" / "catalog" / "districts.csv", encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    short, full = Counter(r["district"] for r in rows), Counter(r["full_name"] for r in rows)

    def clear(r: dict[str, str]) -> bool:
        name = r["full_name"]
        inside = {name[a:b] for a in range(len(name)) for b in range(a + 2, len(name) + 1)} - {name}
        return (r["level"] == "county" and short[r["district"]] == full[name] == 1 and name not in _FULL_NAMES.values()
                and len(r["district"]) > 1 and "年" not in name and not inside & full.keys())

    return [r for r in rows if clear(r)]


def variant(text: str, old: str, new: dict[str, str], years: int) -> str:
    """A report of ``old`` as one of ``new``, ``years`` earlier."""
    text = text.replace("重庆市" + old, new["full_name"]).replace(old, new["full_name"])
    text = text.replace(old[:-1], new["district"])
    if not years:
        return text
    text = _PLAN.sub(lambda m: _PLANS[max(0, 5 + "一二三四五".index(m[1]) - years // 5)], text)
    return _YEAR.sub(lambda m: str(int(m.group()) - years), text)


def corpus() -> Iterator[tuple[str, bytes]]:
    """(file name, content) without end: for each place one report of each kind, so that none is a duplicate."""
    found = [(p.stem.split("-", 1), p.read_text(encoding="utf-8")) for p in sorted(REPORTS.glob("*.txt"))]
    plans = [x for x in found if "plan-report" not in x[0][1]]
    annual = [x for x in found if "plan-report" in x[0][1]]
    for lap in itertools.count():
        for n, place in enumerate(places()):
            chosen = [annual[(n + lap) % len(annual)], *(plans if n % len(annual) == 0 else [])]  # in the proportion given
            for (old, kind), text in chosen:
                name = f"{place['district_code']}-{lap}-{kind}.txt"
                yield name, variant(text, _FULL_NAMES[old], place, 5 * lap).encode()


def write_corpus(folder: Path, megabytes: float) -> tuple[int, int]:
    """Fill ``folder`` up to ``megabytes``; returns (reports, bytes)."""
    total = count = 0
    for name, content in corpus():
        if count and total + len(content) > megabytes * 1e6:
            break
        (folder / name).write_bytes(content)
        total += len(content)
        count += 1
    return count, total
