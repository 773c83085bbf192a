"""What each column of an indicator table holds, read from its heads: target, actual, base, growth, unit, attribute."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from data.catalog import Catalog, unit_factor
from etl import layout
from etl.blocks import Block
from etl.numerals import chinese_integer
from etl.read import ANNUAL, Report
from etl.timing import When

_NAME = re.compile(r"指标(?!属性)|^名称$|^项目$|^主要指标|指\s*标\s*名\s*称")
_INDEX = re.compile(r"^(?:序号|编号|序)$")
_CATEGORY = re.compile(r"^(?:类别|类型|分类|领域|维度|板块)$")
_UNIT = re.compile(r"^(?:计量)?单位$")
_BINDING = re.compile(r"属性|备注|性质|指标类型")
_TARGET = re.compile(r"目标|计划|预期|预计目标|规划|力争")
_ACTUAL = re.compile(r"完成|实际|执行|实绩|预计(?!目标)|达到|现状|实现")
_GROWTH = re.compile(r"增速|同比|增长|±|比上年|增幅|涨幅")
_AVERAGE = re.compile(r"年均")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?")
_PLAN_NAME = re.compile(r"(十[一二三四五六七八九]?)五(?:”|期间|时期|年均|累计|规划|目标|末)")
_BASE_YEAR = re.compile(r"[比较与](?:19|20)\d{2}年")
_ASIDE = (  # heads of columns whose numbers are none of the place's own values, and the reason
    ("rank", re.compile(r"排名|位次|名次|排位")),
    ("completion_ratio", re.compile(
        r"完成率|完成比例|完成进度|(?:完成|占|为|达).{0,8}(?:计划|目标|任务|预算).{0,4}(?:%|％|比|的)|(?:计划|目标|任务).{0,4}(?:完成率|完成%|完成％|的%|的％)|进度")),
    ("comparison", re.compile(r"差距|差额|相差|缺口|(?:比|较|与)(?:年初)?(?:计划|目标|预期|全[国省市])|占全[国省市]|(?<!同比)增减|±(?!%|％)")),
)
_HIGHER = re.compile(r"全[国省市州]|(?:省|市|国家|州)(?:里)?(?:平均|下达|级)|平均水平")
_HEAD_UNIT = re.compile(r"[（(]([^（）()]{1,8})[）)]")
_MOST_LOW = 16  # lower heads of a table that are dealt in all ways
_LOW_HEAD = re.compile(r"值|绝对|额$|比重|增减|增速|增长|增幅|±|%|％|目标|计划|完成|预期|预计|实际|总量|比上年|同比|(?:19|20)\d{2}年")


def _dealt(low: list[str], heads: int) -> list[int] | None:
    """How many of the lower heads stand under each of the upper ones: none twice under one, and growth behind the amount it is of.
    增速 总量 增速 总量 增速 under three are 1, 2 and 2. None where they can be dealt in several ways and not one is the first that
    comes to mind, a new head with each word that comes again."""

    def deals(left: list[str], heads: int) -> list[list[int]]:
        if not heads:
            return [] if left else [[]]
        found = []
        for size in range(1, len(left) - heads + 2):
            part = left[:size]
            if len(set(part)) < size:
                break
            if size == 1 or not (_GROWTH.search(part[0]) and not all(map(_GROWTH.search, part))):
                found += [[size, *rest] for rest in deals(left[size:], heads - 1)]
        return found

    first: list[list[str]] = []
    for t in low:
        if not first or t in first[-1]:
            first.append([])
        first[-1].append(t)
    sizes, every = [len(part) for part in first], deals(low, heads) if len(low) <= _MOST_LOW else []
    return sizes if sizes in every else every[0] if len(every) == 1 else None


@dataclass(slots=True)
class Column:
    role: str  # name, index, category, unit, binding, value, remark, aside
    when: When | None = None
    growth: bool = False
    average: bool = False
    header: str = ""
    why: str = "table_index"  # reason for the numbers of a column that holds no values
    unit: str | None = None  # of a value column, where its head prints one


class Heads:
    """Reads the heads of the tables of one report; ``problems`` collects (offset, what was not understood)."""

    def __init__(self, report: Report, catalog: Catalog, problems: list[tuple[int, str]]):
        self.report, self.catalog, self.problems = report, catalog, problems

    def columns(self, block: Block, when: When) -> tuple[list[Column], int] | None:
        """Columns of an indicator table and the number of header rows; None when it is none."""
        for k, row in enumerate(block.rows[:3]):
            texts = [layout.bare(c.text) for c in row]
            if sum(bool(t) for t in texts) < 2 or not any(_NAME.search(t) for t in texts if len(t) < 14):
                continue
            after = block.rows[k + 1:]
            if not after:
                return None
            width = max(len(r) for r in after)
            if block.cells == "marks" and len(texts) > 1 and not texts[-1] and all(len(r) < len(texts) or not r[-1].text for r in after):
                texts.pop()  # a tab at the end of the line
            heads, used = self._merge(texts, [layout.bare(c.text) for c in after[0]], width)
            columns = self._roles(heads, when, block)
            widths = [len(r) for r in after[used:] if any(re.match(r"[-−－≥≤<>＜＞]?\d", c.text.strip()) for c in r[1:])]
            if len(widths) > 1 and sum(w > len(heads) for w in widths) * 2 > len(widths) or widths and min(widths) > len(heads):
                if not any(c.role == "value" for c in columns):
                    continue
                self.problems.append((block.start, f"表格各行多为 {max(widths)} 格，表头只有 {len(heads)} 格，对不上，整张未读"))
                return [Column("name"), *[Column("aside", why="unclassified")] * (max(widths) - 1)], k + 1 + used
            values = [c for c in columns if c.role == "value"]
            if values and any(c.role == "name" for c in columns):
                return columns, k + 1 + used
        return None

    @classmethod
    def _merge(cls, first: list[str], second: list[str], width: int) -> tuple[list[str], int]:
        """Join a two-row header: 2023年完成 over 绝对值 and 增速."""
        low = [t for t in second if t]
        words = all(_LOW_HEAD.search(t) and not re.match(r"^[≥≤＞﹤<>]?-?\d+(?:\.\d+)?[%％]?$", t) for t in low)
        at = next(i for i, t in enumerate(first) if _NAME.search(t))
        if low and len(first) == len(second) and second[at] in ("", first[at]):  # every cell stands under its own
            others = [t for i, t in enumerate(second) if t and t != first[i]]
            if others and all(_LOW_HEAD.search(t) and not re.match(r"^[≥≤＞﹤<>]?-?\d+(?:\.\d+)?[%％]?$", t) for t in others):
                heads, over = [], ""
                for above, below in zip(first, second, strict=True):
                    over = above or (over if below else "")
                    heads.append(over if below == above else over + below)
                return heads, 1
        if not low or not words or len(low) >= len(first) + 2 and not cls._wide(first, low, width) or any(_NAME.search(t) for t in low):
            return first, 0
        extra = width - len(first)
        if extra <= 0:
            return first, 0
        wide = cls._wide(first, low, width)
        if wide is None:
            if sum(bool(_YEAR.search(t)) for t in first) > 1:
                return first, 0  # nothing says which of them is the wide one
            spans = [i for i, t in enumerate(first) if _YEAR.search(t) and not _GROWTH.search(t)] or [len(first) - 1]
            each = extra // max(1, min(len(spans), extra)) + 1 if len(low) >= extra + 1 else len(low)
            wide = dict.fromkeys(spans, each)
        heads, left = [], list(low)
        for i, t in enumerate(first):
            if i in wide and left:
                take = min(wide[i], len(left))
                heads += [t + left.pop(0) for _ in range(take)]
            else:
                heads.append(t)
        return (heads, 1) if len(heads) == width else (first, 0)

    @staticmethod
    def _wide(first: list[str], low: list[str], width: int) -> dict[int, int] | None:
        """How many columns each upper head stands over, where the lower heads repeat: 计划 完成 | 计划 完成 增长."""
        dated = [i for i, t in enumerate(first) if _YEAR.search(t) and not _GROWTH.search(t)]
        open_ones = [i for i in dated if not (_TARGET.search(first[i]) or _ACTUAL.search(first[i]))]
        for spans in (dated, open_ones):
            sizes = _dealt(low, len(spans)) if len(first) - len(spans) + len(low) == width else None
            if sizes:
                return dict(zip(spans, sizes, strict=True))
        return None

    def _roles(self, heads: list[str], when: When, block: Block) -> list[Column]:
        caption = " ".join(block.section[-1:])
        columns, named = [], False
        has_actual = sum(bool(_ACTUAL.search(h)) for h in heads)
        for h in heads:
            if not named and _NAME.search(h) and len(h) < 14:
                columns.append(Column("name", header=h))
                named = True
            elif _INDEX.match(h):
                columns.append(Column("index", header=h))
            elif _CATEGORY.match(h):
                columns.append(Column("category", header=h))
            elif _UNIT.match(h):
                columns.append(Column("unit", header=h))
            elif _BINDING.search(h) and not _YEAR.search(h):
                columns.append(Column("binding", header=h))
            elif why := next((reason for reason, look in _ASIDE if look.search(h)), None):
                columns.append(Column("aside", header=h, why=why))
            elif _HIGHER.search(h) and not self._own_head(h):
                columns.append(Column("aside", header=h, why="higher_level"))
            elif h == "" or not (_YEAR.search(h) or _TARGET.search(h) or _ACTUAL.search(h) or _GROWTH.search(h) or _AVERAGE.search(h) or "值" in h):
                columns.append(Column("remark" if named else "category", header=h, why="table_index" if h or not named else "unclassified"))
            elif h in ("完成情况", "实现情况", "完成评价", "评估结果") and has_actual > 1:
                columns.append(Column("remark", header=h))
            else:
                column = self._value_column(h, caption, when)
                before = columns[-1] if columns else None
                if column.growth and not column.average and before and before.role == "value" and not before.average and not (
                    _YEAR.search(_BASE_YEAR.sub("", h)) or _TARGET.search(h) or _ACTUAL.search(h)):
                    column.when = before.when  # 2024年完成 | 增速 | 2025年计划 | 增速
                columns.append(column)
        self._date_averages(columns)
        return columns

    def _own_head(self, head: str) -> bool:
        """全市 in the report of a city, 全省 in that of a province: the place itself."""
        level = self.report.district.level if self.report.district else "county"
        word = _HIGHER.search(head).group()
        city = level == "prefecture" or bool(self.report.district and self.report.district.full_name.endswith("市"))
        return word == "全市" and city or word == "全省" and level == "province" or word == "全国" and level == "country" or (
            level == "province" and word == "全市")

    @staticmethod
    def _date_averages(columns: list[Column]) -> None:
        """A column of yearly averages without a year of its own is about the years of the columns beside it."""
        values = [c for c in columns if c.role == "value" and not c.average]
        years = sorted({c.when.year: c.when for c in values}.items())
        if len(years) < 2:
            return
        several = sum(c.role == "value" and c.average for c in columns) > 1
        for at, c in enumerate(columns):
            if c.role == "value" and c.average and not (_YEAR.search(c.header) or _PLAN_NAME.search(c.header)):
                last, first = years[-1][1], years[-2][0]
                beside = columns[at - 1] if at else c
                if several and beside in values:  # 2025年规划 | 年均 | 2025年完成 | 年均: each is about the column before it
                    last = beside.when
                    first = max((year for year, _ in years if year < last.year), default=first)
                c.when = replace(c.when, status=last.status, year=last.year, start=first + 1)

    def _value_column(self, h: str, caption: str, when: When) -> Column:
        r = self.report
        years = [int(y) for y in _YEAR.findall(_BASE_YEAR.sub("", h))]
        target, actual = bool(_TARGET.search(h)), bool(_ACTUAL.search(h))
        if "预计" in h and not re.search(r"目标", h):
            target, actual = False, True
        growth, average = bool(_GROWTH.search(h)), bool(_AVERAGE.search(h))
        inner = _HEAD_UNIT.search(h)
        unit = inner[1] if inner and unit_factor(inner[1], self.catalog.units) else None
        caption_years = [int(y) for y in _YEAR.findall(caption)]
        last_result = r.results_to
        plan = _PLAN_NAME.search(h)
        if plan and not years:  # “十三五”年均增长
            year = 1985 + 5 * ((chinese_integer(plan[1]) or 6) - 6)
            if not (target or actual):
                target, actual = year > last_result, year <= last_result
        elif years:
            year = max(years)
        elif average and r.kind != ANNUAL:
            year = r.year_to if when.status == "target" else last_result
        elif target and not actual and r.kind == ANNUAL and caption_years:
            year = max(caption_years)
        elif actual and not target:
            year = max(caption_years) if caption_years and max(caption_years) <= last_result else last_result
        else:
            year = max(caption_years) if caption_years else when.year
        if target and not actual:
            status = "target"
        elif actual and not target:
            status = "actual"
        else:
            status = "actual" if year <= last_result else "target"
        if average:
            return Column("value", When(status, year, "average", r.begins(year)), True, True, h, unit=unit)
        return Column("value", When(status, year), growth and "值" not in h, False, h, unit=unit)
