"""The hand-kept catalogue (data/catalog/*.csv), read and checked.

Every rule that is a list of words lives in these files; a mistake in one is reported with file and
line in the words of the person who edits it.
"""

from __future__ import annotations

import csv
import functools
import io
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.store import CATALOG_DIR
from data.terms import (
    CATEGORIES,
    COMPARATORS,
    DISTRICT_LEVELS,
    GROWTH_BASES,
    INDICATOR_KINDS,
    LEXICON_ROLES,
    LOOKS,
    MEASURES,
    NO_TARGET,
    REASONS,
    TARGET_STATES,
)


class CatalogError(ValueError):
    """A catalogue file is wrong; ``problems`` lists «file:line: what, what to do», the message no more than can be read."""

    def __init__(self, problems: list[str]):
        problems = [shown(p) for p in problems]
        rest = len(problems) - _MOST_SHOWN
        super().__init__("\n".join([*problems[:_MOST_SHOWN], *([f"……另有 {rest} 处，改正以上各处后再看"] if rest > 0 else [])]))
        self.problems = problems


_MOST_SHOWN = 40
_LONGEST_SHOWN = 300


def shown(problem: str) -> str:
    """A problem in one line, fit for a screen: what cannot be printed as �, a very long cell without its middle."""
    if len(problem) > _LONGEST_SHOWN:
        problem = problem[: _LONGEST_SHOWN // 2] + "…" + problem[-_LONGEST_SHOWN // 2 :]
    return "".join(c if c.isprintable() else "�" for c in problem)


#: Columns of states.csv, which data.states reads.
STATE_COLUMNS = ["state", "words", "short", "least", "meaning"]


def csv_rows(path: Path, header: list[str], problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line on which it begins, row) of a UTF-8 CSV file that must have the columns ``header``.

    What is wrong with the file or with a row is added to ``problems``; a row with another number of cells is passed over.
    """
    name = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(f"{name}: 缺少这个目录文件")
        return
    except UnicodeDecodeError as error:
        problems.append(f"{name}: 不是 UTF-8 编码（第 {error.start} 字节），请另存为 UTF-8")
        return
    except OSError as error:
        problems.append(f"{name}: 无法读取（{error.strerror}），请检查文件与权限")
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            problems.append(f"{name}:{line}: 引号没有成对，或一格过长，从这一行起无法读取；请检查引号")
            return
        if not cells:
            continue
        if columns is None:
            columns = cells
            missing = [c for c in header if c not in columns]
            if missing:
                problems.append(f"{name}:{line}: 缺少列 {'、'.join(missing)}")
                return
        elif len(cells) != len(columns):
            problems.append(f"{name}:{line}: 列数与表头不符，请检查逗号和引号")
        else:
            yield line, {c: v.strip() for c, v in zip(columns, cells, strict=True)}
    if columns is None:
        problems.append(f"{name}:1: 文件是空的，缺少列 {'、'.join(header)}")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of indicators.csv."""

    indicator_id: str
    indicator: str
    category: str
    direction: int
    unit_level: str | None
    unit_growth: str
    unit_change: str | None
    headline_order: int | None
    growth_basis: str | None
    kind: str
    plausible_min: float | None
    plausible_max: float | None
    plausible_step: float | None
    sdmx_concept: str | None
    definition: str | None

    def unit(self, measure: str) -> str | None:
        """Canonical unit of ``measure`` (level, growth, change)."""
        return {"level": self.unit_level, "growth": self.unit_growth, "change": self.unit_change}[measure]


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of units.csv: ``factor`` base units make one ``unit``."""

    unit: str
    kind: str
    base: str
    factor: float
    not_before: tuple[str, ...] = ()  # the word is no unit when one of these follows: 方 in 方面


@dataclass(frozen=True, slots=True)
class District:
    """One row of districts.csv."""

    district_code: str
    district: str
    full_name: str
    level: str
    parent_code: str | None
    menu_order: int | None


@dataclass(frozen=True)
class Correction:
    """One row of corrections.csv: in the sentence that holds ``guard``, read ``read_as`` for ``printed``.

    The guard is text that has to be in the report; when the report no longer has it the correction is
    stale, and the build says so.
    """

    report_id: str
    guard: str
    printed: str
    read_as: str
    reason: str
    line: int  # of corrections.csv


@dataclass(frozen=True)
class Catalog:
    """All catalogue files, checked against each other."""

    indicators: dict[str, Indicator]
    aliases: dict[str, tuple[str, str | None]]  # normalised wording -> (indicator_id, measure or None)
    units: dict[str, Unit]
    districts: list[District]
    lexicon: dict[str, tuple[str, ...]]  # role -> words, longest first
    comparators: dict[str, dict[str, str]]  # role -> word -> value: a comparator, the names it stands for, a unit
    corrections: list[Correction]
    exclusions: list[dict[str, str]]  # rows of exclusions.csv, in order

    @functools.cached_property
    def by_code(self) -> dict[str, District]:
        return {d.district_code: d for d in self.districts}

    @functools.cached_property
    def by_full_name(self) -> dict[str, list[District]]:
        """Divisions of each full name; several counties share some names."""
        index: dict[str, list[District]] = defaultdict(list)
        for d in self.districts:
            index[d.full_name].append(d)
        return dict(index)

    @functools.cached_property
    def parent_of(self) -> dict[str, str]:
        """Full name of each division below the country -> code of the division above it."""
        return {d.full_name: d.parent_code or "" for d in self.districts if d.level != "country"}

    @functools.cached_property
    def divisions(self) -> dict[str, tuple[str, ...]]:
        """Code of a division -> short names of those directly inside it."""
        index: dict[str, list[str]] = defaultdict(list)
        for d in self.districts:
            index[d.parent_code or ""].append(d.district)
        return {code: tuple(found) for code, found in index.items()}

    @functools.cached_property
    def named_places(self) -> frozenset[str]:
        """Full names of all divisions, and short names of provinces."""
        return frozenset(self.parent_of) | {d.district for d in self.districts if d.level == "province"}

    @functools.cached_property
    def large_places(self) -> frozenset[str]:
        """Short names of provinces and prefectures."""
        return frozenset(d.district for d in self.districts if d.level in ("province", "prefecture"))

    def words(self, *roles: str) -> tuple[str, ...]:
        """Words of one or more roles of lexicon.csv, longest first."""
        found = {w for role in roles for w in self.lexicon.get(role, ())}
        return tuple(sorted(found, key=lambda w: (-len(w), w)))

    def base_of(self, unit: str | None) -> str | None:
        """Base unit of a unit (元 for 亿元); None where there is no unit, or none that is known."""
        found = unit_factor(unit, self.units) if unit else None
        return found[0] if found else None


_DROP = re.compile(r"[\s“”\"'‘’《》#*＊、，,]|\(指.*?\)|（指.*?）|（含.*?）|（不含.*?）")

@functools.lru_cache(maxsize=4)
def _spellings(folder: Path = CATALOG_DIR) -> tuple[tuple[str, str], ...]:
    """Spellings that mean the same, in the order in which they are applied (spellings.csv; load() names its mistakes)."""
    rows = csv_rows(folder / "spellings.csv", ["written", "same_as", "note"], [])
    return tuple((r["written"], r["same_as"]) for _, r in rows if r["written"])


@functools.lru_cache(maxsize=100_000)
def normalise(name: str) -> str:
    """A wording in the form in which wordings are compared: no marks, one spelling for synonyms."""
    name = _DROP.sub("", name)
    for written, same_as in _spellings():
        name = name.replace(written, same_as)
    return re.sub(r"（[^（）]*[%天元人吨件个年岁万亩户家张][^（）]*）$", "", name) if name.endswith("）") else name


def _number(text: str, kind, where: str, problems: list[str]):
    if not text:
        return None
    try:
        value = kind(text)
        if not math.isfinite(value) or kind is int and abs(value) > 1_000_000:
            raise ValueError
        return value
    except (ValueError, OverflowError):
        problems.append(f"{where}: “{text}” 不是数字")
        return None


def _one_of(value: str, allowed: tuple[str, ...], where: str, column: str, problems: list[str]) -> None:
    if value not in allowed:
        problems.append(f"{where}: {column} “{value}” 应为 {'、'.join(x for x in allowed if x)}{' 或留空' if '' in allowed else ''}")


def _load_units(folder: Path, problems: list[str]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for n, r in csv_rows(folder / "units.csv", ["unit", "kind", "base", "factor", "not_before"], problems):
        where = f"units.csv:{n}"
        if not r["unit"] or not r["kind"] or not r["base"]:
            problems.append(f"{where}: 缺少 unit、kind 或 base")
            continue
        if r["unit"] in units:
            problems.append(f"{where}: 单位 “{r['unit']}” 重复")
        factor = _number(r["factor"], float, where, problems)
        if factor is None and not r["factor"] or factor is not None and factor <= 0:
            problems.append(f"{where}: factor 应为正数，现为 “{r['factor']}”")
        units[r["unit"]] = Unit(r["unit"], r["kind"], r["base"], factor or 1.0, tuple(r["not_before"].split()))
    return units


def _load_indicators(folder: Path, units: dict[str, Unit], problems: list[str]) -> dict[str, Indicator]:
    indicators: dict[str, Indicator] = {}
    names: dict[str, int] = {}
    for n, r in csv_rows(folder / "indicators.csv", list(Indicator.__dataclass_fields__), problems):
        where = f"indicators.csv:{n}"
        if not r["indicator_id"] or not r["indicator"]:
            problems.append(f"{where}: 缺少 indicator_id 或 indicator")
            continue
        if r["indicator_id"] in indicators:
            problems.append(f"{where}: indicator_id “{r['indicator_id']}” 重复")
        if r["indicator"] in names:
            problems.append(f"{where}: 指标 “{r['indicator']}” 与第 {names[r['indicator']]} 行重复")
        names[r["indicator"]] = n
        for column in ("unit_level", "unit_growth", "unit_change"):
            if r[column] and unit_factor(r[column], units) is None:
                problems.append(f"{where}: {column} “{r[column]}” 不在 units.csv 中")
        if r["unit_growth"] not in ("", "%"):
            problems.append(f"{where}: unit_growth 应为 %，现为 “{r['unit_growth']}”")
        _one_of(r["category"], CATEGORIES, where, "category", problems)
        _one_of(r["kind"], INDICATOR_KINDS, where, "kind", problems)
        _one_of(r["growth_basis"], ("", *GROWTH_BASES), where, "growth_basis", problems)
        if r["direction"] not in ("-1", "0", "1"):
            problems.append(f"{where}: direction 应为 1、-1 或 0，现为 “{r['direction']}”")
            continue
        low, high = (_number(r[c], float, where, problems) for c in ("plausible_min", "plausible_max"))
        if low is not None and high is not None and low > high:
            problems.append(f"{where}: plausible_min {low:g} 大于 plausible_max {high:g}")
        indicators[r["indicator_id"]] = Indicator(
            indicator_id=r["indicator_id"],
            indicator=r["indicator"],
            category=r["category"],
            direction=int(r["direction"]),
            unit_level=r["unit_level"] or None,
            unit_growth=r["unit_growth"] or "%",
            unit_change=r["unit_change"] or None,
            headline_order=_number(r["headline_order"], int, where, problems),
            growth_basis=r["growth_basis"] or None,
            kind=r["kind"],
            plausible_min=low,
            plausible_max=high,
            plausible_step=_number(r["plausible_step"], float, where, problems),
            sdmx_concept=r["sdmx_concept"] or None,
            definition=r["definition"] or None,
        )
    return indicators


def _load_aliases(folder: Path, indicators: dict[str, Indicator], problems: list[str]) -> dict[str, tuple[str, str | None]]:
    aliases: dict[str, tuple[str, str | None]] = {}
    lines: dict[str, int] = {}
    for n, r in csv_rows(folder / "aliases.csv", ["alias", "indicator_id", "measure", "note"], problems):
        key = normalise(r["alias"])
        if not key:
            problems.append(f"aliases.csv:{n}: 缺少 alias")
        if r["indicator_id"] not in indicators:
            problems.append(f"aliases.csv:{n}: 指标 “{r['indicator_id']}” 不在 indicators.csv 中")
        _one_of(r["measure"], ("", *MEASURES), f"aliases.csv:{n}", "measure", problems)
        if key in aliases and aliases[key][0] != r["indicator_id"]:
            problems.append(f"aliases.csv:{n}: “{r['alias']}” 在第 {lines[key]} 行已指向 {aliases[key][0]}")
        aliases[key] = (r["indicator_id"], r["measure"] or None)
        lines[key] = n
    for iid, indicator in indicators.items():
        aliases.setdefault(normalise(indicator.indicator), (iid, None))
    return aliases


#: So long may the short name of an indicator be: with Latin letters in it (R&D经费支出), and without (收入倍差).
_LATIN, _SHORT = 8, 4


@functools.lru_cache(maxsize=4)
def short_names(folder: Path = CATALOG_DIR) -> dict[str, str]:
    """Id of an indicator -> its best known short name, for those that have one: 地区生产总值 is known as GDP.

    The shortest alias with Latin letters that the name does not have; without such a one the shortest of at most four
    characters, at most half of them of the name: a name in another order tells nobody more.
    """
    known, found = load(folder), {}
    for _, row in csv_rows(Path(folder) / "aliases.csv", ["alias", "indicator_id", "measure", "note"], []):
        alias, name = row["alias"], known.indicators[row["indicator_id"]].indicator
        new = [letter for letter in alias if letter.lower() not in name.lower()]
        latin = bool(re.search("[A-Za-z]", "".join(new)))
        enough = len(alias) <= _LATIN if latin else len(alias) <= _SHORT and 2 * len(new) >= len(alias)
        if enough and not row["measure"]:
            found.setdefault(row["indicator_id"], []).append((not latin, len(alias), alias))
    return {key: min(names, key=lambda each: each[:2])[2] for key, names in found.items()}


def _load_districts(folder: Path, problems: list[str]) -> list[District]:
    districts: list[District] = []
    codes: dict[str, int] = {}
    for n, r in csv_rows(folder / "districts.csv", list(District.__dataclass_fields__), problems):
        where = f"districts.csv:{n}"
        if not re.fullmatch(r"\d{6}", r["district_code"]):
            problems.append(f"{where}: 代码应为六位数字，现为 “{r['district_code']}”")
        if r["district_code"] in codes:
            problems.append(f"{where}: 代码 {r['district_code']} 与第 {codes[r['district_code']]} 行重复")
        if not r["district"] or not r["full_name"]:
            problems.append(f"{where}: 缺少简称或全称")
        _one_of(r["level"], DISTRICT_LEVELS, where, "level", problems)
        codes[r["district_code"]] = n
        order = _number(r["menu_order"], int, where, problems)
        districts.append(District(r["district_code"], r["district"], r["full_name"], r["level"], r["parent_code"] or None, order))
    problems += [f"districts.csv:{codes[d.district_code]}: 上级代码 {d.parent_code} 不在本表中"
                 for d in districts if d.parent_code and d.parent_code not in codes]
    above = {d.district_code: d.parent_code for d in districts}
    for code, parent in above.items():
        seen, at = {code}, parent
        while at and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at == code:  # each division of a circle is named once
            problems.append(f"districts.csv:{codes[code]}: 上级代码 {parent} 绕回本行自己")
    if not districts and not problems:
        problems.append("districts.csv: 没有一行可用")
    return districts


def _load_lexicon(folder: Path, units: dict[str, Unit], problems: list[str]) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, str]]]:
    roles: dict[str, set[str]] = defaultdict(set)
    comparators: dict[str, dict[str, str]] = defaultdict(dict)
    for n, r in csv_rows(folder / "lexicon.csv", ["role", "word", "value", "note"], problems):
        where = f"lexicon.csv:{n}"
        if not r["word"]:
            problems.append(f"{where}: 缺少词语")
            continue
        _one_of(r["role"], LEXICON_ROLES, where, "role", problems)
        if r["role"] in ("pre_cmp", "post_cmp"):
            _one_of(r["value"], COMPARATORS, where, "value", problems)
        if r["role"] in ("several", "only_with") and len(r["value"].split()) < 2:
            problems.append(f"{where}: 缺少所指的各项（以空格分开）")
        if r["role"] == "qualifier":
            _one_of(r["value"], ("", *GROWTH_BASES), where, "value", problems)
        if r["role"] in ("implied", "counted"):
            _one_of(r["value"], units, where, "value", problems)
        if r["role"] == "aspect" and not set(r["value"].split()) & {u.kind for u in units.values()}:
            problems.append(f"{where}: value “{r['value']}” 中没有 units.csv 的种类")
        roles[r["role"]].add(r["word"])
        if r["value"]:
            comparators[r["role"]][r["word"]] = r["value"]
    if absent := [role for role in LEXICON_ROLES if role not in roles]:
        problems.append(f"lexicon.csv: 缺少这几类的词语：{'、'.join(absent)}")
    lexicon = {role: tuple(sorted(ws, key=lambda w: (-len(w), w))) for role, ws in roles.items()}
    return lexicon, dict(comparators)


def _load_corrections(folder: Path, problems: list[str]) -> list[Correction]:
    header = ["report_id", "guard", "printed", "read_as", "reason"]
    found = [Correction(*(r[c] for c in header), n) for n, r in csv_rows(folder / "corrections.csv", header, problems)]
    for c in found:
        if not c.printed or c.printed not in c.guard:
            problems.append(f"corrections.csv:{c.line}: guard 中没有 printed “{c.printed}”")
    return found


def _load_exclusions(folder: Path, units: dict[str, Unit], problems: list[str]) -> list[dict[str, str]]:
    known = {u.kind for u in units.values()} | {u.base for u in units.values()} | {"none"}
    found = []
    for n, r in csv_rows(folder / "exclusions.csv", ["reason", "look", "units", "pattern", "unless", "note"], problems):
        where = f"exclusions.csv:{n}"
        for column in ("pattern", "unless"):
            try:
                re.compile(r[column])
            except re.error as error:
                problems.append(f"{where}: {column} 不是有效的正则表达式（{error}）")
        if r["reason"] not in REASONS:
            problems.append(f"{where}: reason “{r['reason']}” 不在 data/terms.py 的 REASONS 中")
        _one_of(r["look"], LOOKS, where, "look", problems)
        unknown = [u for u in r["units"].split() if u not in known]
        if unknown:
            problems.append(f"{where}: units “{'、'.join(unknown)}” 不是 units.csv 中的类别或基准单位")
        found.append(r)
    return found


def _check_spellings(folder: Path, problems: list[str]) -> None:
    for n, r in csv_rows(folder / "spellings.csv", ["written", "same_as", "note"], problems):
        if not r["written"]:
            problems.append(f"spellings.csv:{n}: 缺少 written")


def _check_states(folder: Path, problems: list[str]) -> None:
    found: set[str] = set()
    meant: dict[str, str] = {}  # words -> their state; they are the options of a filter and stand in addresses
    for n, r in csv_rows(folder / "states.csv", STATE_COLUMNS, problems):
        where = f"states.csv:{n}"
        if r["words"] and meant.setdefault(r["words"], r["state"]) != r["state"]:
            problems.append(f"{where}: “{r['words']}”已是另一种状态的说法")
        _one_of(r["state"], (*TARGET_STATES, *NO_TARGET), where, "state", problems)
        problems += [f"{where}: 缺少 {column}" for column in ("words", "meaning") if not r[column]]
        found.add(r["state"])
    if absent := [state for state in (*TARGET_STATES, *NO_TARGET) if state not in found]:
        problems.append(f"states.csv: 缺少这几种状态：{'、'.join(absent)}")


@functools.lru_cache(maxsize=4)
def load(folder: Path = CATALOG_DIR) -> Catalog:
    """Read and check all catalogue files.

    Raises CatalogError with every problem found, each naming file and line.
    """
    problems: list[str] = []
    folder = Path(folder)
    _check_spellings(folder, problems)
    _check_states(folder, problems)
    units = _load_units(folder, problems)
    indicators = _load_indicators(folder, units, problems)
    aliases = _load_aliases(folder, indicators, problems)
    districts = _load_districts(folder, problems)
    lexicon, comparators = _load_lexicon(folder, units, problems)
    corrections = _load_corrections(folder, problems)
    exclusions = _load_exclusions(folder, units, problems)
    if problems:
        raise CatalogError(problems)
    return Catalog(indicators, aliases, units, districts, lexicon, comparators, corrections, exclusions)


SCALES = {"万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, "百": 1e2}


def unit_factor(text: str, units: dict[str, Unit]) -> tuple[str, float] | None:
    """(base unit, factor to it) of a unit with or without a scale word: 亿元 -> (元, 1e8); None if unknown."""
    if text in units:
        return units[text].base, units[text].factor
    for scale, factor in SCALES.items():
        if text.startswith(scale) and text[len(scale):] in units:
            unit = units[text[len(scale):]]
            return unit.base, unit.factor * factor
    return None
