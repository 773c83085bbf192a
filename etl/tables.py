"""Indicator tables become candidate facts; tables of words are handed back to be read as prose.

What a column holds (target, actual, base, growth, unit, attribute) is read from its header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from data.catalog import Catalog, unit_factor
from etl import layout
from etl.blocks import Block, Cell
from etl.facts import Account, Candidate
from etl.measures import YEARLY_RATE
from etl.names import RATE, Names
from etl.numerals import LARGEST, NUMBER, Reader, chinese_integer
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
_TOTAL = re.compile(r"(?:[\[〔【［]\s*[≥≤＞＜﹥﹤><]?|累计)$")
_AVERAGE = re.compile(r"年均")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?")
_STOCK_NAME = re.compile(r"^每[百千万十]|^人均|(?:率|比重|占比|比例|拥有量|保有量|蓄积量|寿命|年限|床位数?)$")
_PLAN_NAME = re.compile(r"(十[一二三四五六七八九]?)五(?:”|期间|时期|年均|累计|规划|目标|末)")
_BASE_YEAR = re.compile(r"[比较与](?:19|20)\d{2}年")
_NOTHING = re.compile(r"^(?:—+|-+|－+|–+|/|\\|无|…+|\*|——)$")
_SYNC = re.compile(r"同步|不低于.{0,8}(?:平均|增速|增长)|高于.{0,8}(?:平均|增速)|持平于|快于")
_FLAT = re.compile(r"(?:(?:与|同|比|较)?(?:上年|去年)|同比)?(?:基本|总体)?持平")
_FALL = re.compile(r"(?:累计)?(?:下降|减少|降低|削减|压减|减排)(?:率|幅度|比例)?(?:（[^）]*）|\([^)]*\))?\**$")
_GROWTH_NAME = re.compile(
    r"(?<!自然)(?:及|年均|名义|实际|平均)?(?:增长速度|年均增速|增速|增长率|增长|增幅|涨幅|涨跌幅|增减)(?=（|\(|\*|$)"
)
_WORDS_DOWN = re.compile(r"下降|减少|降低|回落|压减|缩小|[降减]$")
_WORDS_UP = re.compile(r"提高|增加|提升|上升|增长|扩大|上涨|[增升涨]$")
_AND_GROWTH = re.compile(r"\s*[，,、；;（(]\s*(?:同比|比上年)?(?P<way>增长|下降|增|降|上涨|减少)?\s*(?P<sign>[-−－+＋]?)(?P<n>\d[\d.]*)\s*[%％]")
_TO = re.compile(r"(?:提高|增加|提升|上升|增长|下降|减少|降低|缩小)(?:到|至)|保持|稳定|控制")
_PRE = (("不低于", "ge"), ("不少于", "ge"), ("≥", "ge"), (">=", "ge"), ("不高于", "le"), ("不超过", "le"), ("≤", "le"), ("<=", "le"),
        ("高于", "gt"), ("超过", "gt"), ("超", "gt"), ("突破", "gt"), ("＞", "gt"), (">", "gt"), ("大于", "gt"),
        ("低于", "lt"), ("﹤", "lt"), ("＜", "lt"), ("<", "lt"), ("小于", "lt"), ("约", "approx"), ("近", "approx"))


_ASIDE = (  # heads of columns whose numbers are none of the place's own values, and the reason
    ("rank", re.compile(r"排名|位次|名次|排位")),
    ("completion_ratio", re.compile(
        r"完成率|完成比例|完成进度|(?:完成|占|为|达).{0,8}(?:计划|目标|任务|预算).{0,4}(?:%|％|比|的)|(?:计划|目标|任务).{0,4}(?:完成率|完成%|完成％|的%|的％)|进度")),
    ("comparison", re.compile(r"差距|差额|相差|缺口|(?:比|较|与)(?:年初)?(?:计划|目标|预期|全[国省市])|占全[国省市]|(?<!同比)增减|±(?!%|％)")),
)
_HIGHER = re.compile(r"全[国省市州]|(?:省|市|国家|州)(?:里)?(?:平均|下达|级)|平均水平")
_HEAD_UNIT = re.compile(r"[（(]([^（）()]{1,8})[）)]")
_LOW_HEAD = re.compile(r"值|绝对|额$|比重|增减|增速|增长|增幅|±|%|％|目标|计划|完成|预期|预计|实际|总量|比上年|同比|(?:19|20)\d{2}年")
_CAPTION_UNIT = re.compile(r"[（(]?\s*(?:计量)?单\s*位\s*[:：]\s*([^（）()]{1,30}?)\s*[）)]?\s*$")


def _plain(text: str) -> float | None:
    """The number of a cell that holds nothing else."""
    bare = layout.bare(text).rstrip("%％")
    return float(bare) if re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else None


@dataclass(slots=True)
class _Column:
    role: str  # name, index, category, unit, binding, value, remark, aside
    when: When | None = None
    growth: bool = False
    average: bool = False
    header: str = ""
    why: str = "table_index"  # reason for the numbers of a column that holds no values
    unit: str | None = None  # of a value column, where its head prints one


@dataclass(slots=True)
class Label:
    """A row's name taken apart. ``fall``: the label itself says 下降, so a plain number is a fall."""

    name: str
    measure: str | None
    fall: bool
    average: bool
    unit: str | None
    star: bool


def read_label(text: str) -> Label:
    """Take a row's name apart: numbering, 其中, unit in brackets, 增速, 下降, marks."""
    lines = [x.strip() for x in text.splitlines() if x.strip()]
    first = next((i for i in range(len(lines) - 1, 0, -1) if lines[i].startswith(("#", "＃", "其中"))), 0)
    name = layout.bare("".join(lines[first:]))  # a name may be broken over lines; a sub-row names itself
    star = name.endswith(("*", "＊"))
    name = re.sub(r"^(?:[（(]?\d{1,2}[）)]?[.．、]?(?=[^\d%.．])(?!岁)|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|[①-⑳]|#|＃|-|—|·)+", "", name)
    name = re.sub(r"[（(](?:指|含|不含|按|扣|即)[^（）()]*[）)]$", "", name)
    name = re.sub(r"^其中[：:、]?|^#|^＃", "", name)
    unit = None
    for m in re.finditer(r"[（(]([^（）()]*)[）)]\**$", name):
        inner = m[1].strip()
        if not re.search(r"[指含扣按]", inner):
            unit = inner
            name = name[: m.start()]
    name = name.rstrip("*＊")
    average = bool(YEARLY_RATE.search(name))
    measure, fall = None, False
    m = _FALL.search(name)
    if m and m.start() >= 2 and name != "减排":
        fall, name = True, name[: m.start()]
    g = _GROWTH_NAME.search(name)
    if g and g.end() == len(name.rstrip()):
        measure, name = "growth", name[: g.start()]
    elif unit == "百分点":
        measure = "change"
        name = re.sub(r"(?:提高|增加|提升|上升)$", "", name)
    if fall:
        measure = "change" if unit == "百分点" else "growth"
    if measure == "growth" and name.endswith(("及", "和")):
        name = name[:-1]
    return Label(name, measure, fall, average, unit, star)


class Tables:
    """Reads the indicator tables of one report."""

    def __init__(self, report: Report, catalog: Catalog, reader: Reader, names: Names, account: Account):
        self.report, self.catalog, self.reader, self.names, self.account = report, catalog, reader, names, account
        self.found: list[Candidate] = []
        self.problems: list[tuple[int, str]] = []  # (offset, what was not understood)
        self._units: list[str] = []  # given over the table that is read

    # ---------------------------------------------------------------- which table is it
    def columns(self, block: Block, when: When) -> tuple[list[_Column], int] | None:
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
                return [_Column("name"), *[_Column("aside", why="unclassified")] * (max(widths) - 1)], k + 1 + used
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
        groups: list[list[str]] = []
        for t in low:
            if not groups or t in groups[-1]:
                groups.append([])
            groups[-1].append(t)
        dated = [i for i, t in enumerate(first) if _YEAR.search(t) and not _GROWTH.search(t)]
        open_ones = [i for i in dated if not (_TARGET.search(first[i]) or _ACTUAL.search(first[i]))]
        for spans in (dated, open_ones):
            if len(spans) == len(groups) and len(first) - len(spans) + len(low) == width:
                return {i: len(g) for i, g in zip(spans, groups, strict=True)}
        return None

    def _roles(self, heads: list[str], when: When, block: Block) -> list[_Column]:
        caption = " ".join(block.section[-1:])
        columns, named = [], False
        has_actual = sum(bool(_ACTUAL.search(h)) for h in heads)
        for h in heads:
            if not named and _NAME.search(h) and len(h) < 14:
                columns.append(_Column("name", header=h))
                named = True
            elif _INDEX.match(h):
                columns.append(_Column("index", header=h))
            elif _CATEGORY.match(h):
                columns.append(_Column("category", header=h))
            elif _UNIT.match(h):
                columns.append(_Column("unit", header=h))
            elif _BINDING.search(h) and not _YEAR.search(h):
                columns.append(_Column("binding", header=h))
            elif why := next((reason for reason, look in _ASIDE if look.search(h)), None):
                columns.append(_Column("aside", header=h, why=why))
            elif _HIGHER.search(h) and not self._own_head(h):
                columns.append(_Column("aside", header=h, why="higher_level"))
            elif h == "" or not (_YEAR.search(h) or _TARGET.search(h) or _ACTUAL.search(h) or _GROWTH.search(h) or _AVERAGE.search(h) or "值" in h):
                columns.append(_Column("remark" if named else "category", header=h, why="table_index" if h or not named else "unclassified"))
            elif h in ("完成情况", "实现情况", "完成评价", "评估结果") and has_actual > 1:
                columns.append(_Column("remark", header=h))
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
    def _date_averages(columns: list[_Column]) -> None:
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

    def _value_column(self, h: str, caption: str, when: When) -> _Column:
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
            return _Column("value", When(status, year, "average", r.begins(year)), True, True, h, unit=unit)
        return _Column("value", When(status, year), growth and "值" not in h, False, h, unit=unit)

    # ---------------------------------------------------------------- reading it
    def read(self, block: Block, columns: list[_Column], header_rows: int, section: str, above: str = "") -> None:
        """Every value cell becomes a candidate, or a problem to report. ``above`` is the line over the table (单位：亿元)."""
        for row in block.rows[:header_rows]:
            for cell in row:
                self._set_aside(cell, "table_index")
        self._units = self._caption_units(above)
        previous: Label | None = None
        group: Label | None = None
        last_unit: str | None = None
        group_width = 0
        under = False  # the row above is a part of ``previous``
        for row in block.rows[header_rows:]:
            if block.cells != "lines" and self._heads_again(row, columns):
                for cell in row:
                    self._set_aside(cell, "table_index")
                continue
            cells = self._align(row, columns, block.cells)
            if cells is None:
                odd = block.cells == "blanks" and sum(bool(c.text) for c in row) > 1
                for cell in row:
                    self._set_aside(cell, "unclassified" if odd else "table_index")
                continue
            by_role: dict[str, Cell] = {}
            for column, cell in zip(columns, cells, strict=True):
                if cell is not None and column.role not in ("value", "aside"):
                    by_role.setdefault(column.role, cell)
                if cell is not None and column.role not in ("value", "name"):
                    self._set_aside(cell, column.why)
            name_cell = by_role.get("name")
            if name_cell is None or not name_cell.text.strip():
                for cell in row:
                    self._set_aside(cell, "unclassified")
                continue
            self._set_aside(name_cell, "table_index")
            parts = [x for x in name_cell.text.splitlines() if x.strip()]
            if len(parts) > 1 and parts[-1].strip().startswith(("#", "＃")):
                group = read_label(parts[0])
                group_width = len(row)
            elif group and len(row) == group_width and not by_role.get("index", name_cell).text:
                pass
            elif not name_cell.text.strip().startswith(("#", "＃", "其中")):
                group = None
            label = read_label(name_cell.text)
            if not label.name and previous is not None:  # «#增速（%）» under its indicator
                label = replace(label, name=previous.name)
            marked = name_cell.text.strip().startswith(("#", "＃", "其中"))
            if previous and (marked or under):
                joined = self._under(previous.name, label.name)
                under = joined is not None or marked
                part = marked and name_cell.text.strip().startswith("其中") and joined is None
                label = replace(label, name=self._part_of(previous.name, label.name) if part else joined or label.name)
            if group and (group.fall or group.measure) and label.measure is None:
                label = replace(label, fall=group.fall, measure=group.measure or ("growth" if group.fall else None))
            if marked and previous and previous.fall and label.measure is None and not label.fall and self._find(previous.name) in (
                None, ("major_pollutants", None), ("energy_dual_control", None)
            ):
                label = replace(label, fall=True, measure=previous.measure)
            if not marked and not under or previous is None:
                previous = label
            unit_text = label.unit
            if unit_text is None and "unit" in by_role:
                unit_text = by_role["unit"].text.strip()
                if unit_text in ("〃", "同上", ""):
                    unit_text = last_unit
                last_unit = unit_text
            binding = by_role["binding"].text.strip() if "binding" in by_role else ""
            if label.star and not binding:
                binding = ""
            levels = {(c.when.status, c.when.year): x for c, cell in zip(columns, cells, strict=True)
                      if c.role == "value" and c.when and not c.growth and cell is not None and (x := _plain(cell.text)) is not None}
            for column, cell in zip(columns, cells, strict=True):
                if column.role == "value" and cell is not None and cell.text.strip():
                    self._value(name_cell, cell, column, label, unit_text, binding, section, levels)

    def _caption_units(self, above: str) -> list[str]:
        """The units that the line over a table gives: 单位：亿元、%."""
        m = _CAPTION_UNIT.search(above)
        found = re.split(r"[、，,/／\s]+", m[1]) if m else []
        return [u for u in found if unit_factor(u, self.catalog.units)]

    def _unit_above(self, indicator, measure: str | None) -> str | None:
        """The unit over the table that a plain number of this indicator is in; None when there is none or more than one."""
        expected = "%" if measure == "growth" else indicator.unit(measure or "level") if indicator else None
        if expected is None:
            fitting = self._units if indicator is None and measure != "growth" else []
        else:
            base = unit_factor(expected, self.catalog.units)
            fitting = [u for u in self._units if base and unit_factor(u, self.catalog.units)[0] == base[0]]
        return fitting[0] if len(fitting) == 1 else None

    @staticmethod
    def _heads_again(row: list[Cell], columns: list[_Column]) -> bool:
        """The heads repeated at the top of a page."""
        at = next(i for i, c in enumerate(columns) if c.role == "name")
        words = {layout.bare(c.text) for c in row if c.text}
        return len(row) > at and bool(words) and words <= {part for c in columns for part in (c.header, "")} and len(words) > 1

    def _align(self, row: list[Cell], columns: list[_Column], kind: str = "lines") -> list[Cell | None] | None:
        """Cells of a row under their columns; None for a row that only names a group (or that cannot be placed)."""
        if len(row) == len(columns):
            return list(row)
        filled = [c for c in row if c.text.strip()]
        if len(filled) <= 1:
            return None
        if kind == "blanks":  # nothing says which cells are missing
            self.problems.append((row[0].start, f"表格这一行有 {len(row)} 格，表头有 {len(columns)} 格，未读"))
            return None
        if kind == "marks" and len(row) < len(columns) and self._fits_from_left(row, columns):
            return list(row) + [None] * (len(columns) - len(row))
        if kind == "marks" and len(row) > len(columns) and not any(c.text for c in row[len(columns):]):
            return list(row[: len(columns)])
        if len(row) < len(columns):
            missing = len(columns) - len(row)
            fronts = [i for i, c in enumerate(columns) if c.role in ("category", "index")]
            if len(fronts) >= missing:  # a merged cell that the export left out
                out: list[Cell | None] = [None] * len(columns)
                skip = set(fronts[:missing])
                rest = iter(row)
                for i in range(len(columns)):
                    if i not in skip:
                        out[i] = next(rest, None)
                self.problems.append((row[0].start, f"表格这一行只有 {len(row)} 格，表头有 {len(columns)} 格，已按末列对齐"))
                return out
            self.problems.append((row[0].start, f"表格这一行只有 {len(row)} 格，表头有 {len(columns)} 格，请核对"))
            return list(row) + [None] * missing
        at = next(i for i, c in enumerate(columns) if c.role == "name")
        names = row[at: at + len(row) - len(columns) + 1]
        if not any(NUMBER.match(c.text) for c in names) and any(c.text for c in names):
            # a name cell divided in two: 主要污染物排放总量减少 | #二氧化硫
            texts = [c for c in names if c.text]
            last = texts[-1]
            if len(texts) > 1:
                joined = Cell(texts[0].start, last.end, last.column, self.report.text[texts[0].start: last.end])
            else:
                joined = last
            return [*row[:at], joined, *row[at + len(names):]]
        self.problems.append((row[0].start, f"表格这一行有 {len(row)} 格，表头只有 {len(columns)} 格，多出的未读"))
        for cell in row[len(columns):]:
            self._set_aside(cell, "unclassified")
        return list(row[: len(columns)])

    @staticmethod
    def _fits_from_left(row: list[Cell], columns: list[_Column]) -> bool:
        """A row whose last cells are missing: what stands under name, index and value heads looks like one."""
        for column, cell in zip(columns, row, strict=False):
            text = cell.text.strip()
            bare = bool(re.fullmatch(r"[-−－]?[\d.,]+[%％]?", text))
            if column.role == "name" and (bare or not text) or column.role == "index" and text and not text.isdigit() or (
                column.role in ("category", "unit") and bare):
                return False
            if column.role == "value" and text and not (NUMBER.search(text) or _NOTHING.match(text) or _SYNC.search(text) or "完成" in text):
                return False
        return len(row) > next(i for i, c in enumerate(columns) if c.role == "name")

    def _set_aside(self, cell: Cell, why: str) -> None:
        for n in NUMBER.finditer(cell.text):
            self.account.reason(cell.start + n.start(), cell.start + n.end(), why)

    # ---------------------------------------------------------------- one cell
    def _value(self, name_cell: Cell, cell: Cell, column: _Column, label: Label, unit_text: str | None, binding: str, section: str, levels: dict):
        text = layout.bare(cell.text)
        if _NOTHING.match(text):
            return
        hit = self._find(label.name)
        indicator = self.catalog.indicators.get(hit[0]) if hit else None
        measure = label.measure or ("growth" if column.growth else None) or (hit[1] if hit else None)
        when = column.when or When("actual", self.report.year_from)
        if label.average and when.period == "annual":
            when = replace(when, period="average", start=self.report.untold_start(when.year))
        common = {
            "name": indicator.indicator if indicator else label.name, "indicator_id": indicator.indicator_id if indicator else None,
            "start": name_cell.start, "end": max(cell.end, name_cell.end), "rule": "table.cell", "origin": "table", "section": section,
            "binding": binding if binding in ("预期性", "约束性") else None, "place": cell.start,
            "provisional": next(filter(None, map(self.names.says.provisional.head, (column.header, name_cell.text, cell.text))), None),
        }
        words = self.reader.grouped(cell.text) or cell.text
        m = NUMBER.search(words)
        sync = _SYNC.search(text)
        if m is None or (sync and not re.match(r"[^\d]{0,6}\d", text)):
            self._set_aside(cell, "table_index")
            if measure is None and indicator and (self.names.set_as_fall(indicator) or "同步" in text and indicator.kind == "flow" and column.growth is False
                                                  and indicator.unit_level != "%"):
                measure = "growth"
            value, unit = None, None
            if _FLAT.fullmatch(text):  # also where amounts stand: as much as the year before, not nothing
                rate = indicator.kind in ("rate", "ratio") if indicator else RATE.search(label.name)
                measure = measure if measure in ("growth", "change") else "change" if rate else "growth"
                value, unit = 0.0, "%" if measure == "growth" else "个百分点" if rate else None
            self.found.append(Candidate(
                measure=measure or "level", when=when, value=value, unit=unit, base={"个百分点": "百分点"}.get(unit, unit), factor=1.0, comparator="eq",
                value_text=cell.text.strip(), **common))
            return
        sign = m.start() - 1
        q = self.reader.at(words, sign if sign >= 0 and words[sign] in "-−－" else m.start()) or self.reader.at(words, m.start())
        if q is None or abs(q.value or 0) > LARGEST:
            self._set_aside(cell, "unclassified")
            self.problems.append((cell.start, f"“{cell.text[:20]}…”不像一个数值，未读"))
            return
        before, after = words[: q.start].strip(), words[q.end:].strip()
        if words != cell.text:
            q.numbers = [n.span() for n in NUMBER.finditer(cell.text)]
        bracket = bool(_TOTAL.search(before))  # the sign of a total, or the word
        star = "*" in after or "＊" in after
        unit, base, factor, kind = q.unit, q.base, q.factor, q.kind
        if unit is None and q.ratio is None and not unit_text:
            unit_text = column.unit or self._unit_above(indicator, measure)
        if unit is None and q.ratio is None and unit_text:
            u = unit_factor(unit_text.strip("《》"), self.catalog.units)
            if u and u[0] not in ("%", "百分点") and column.growth and measure == "growth" and not (bracket and column.average):
                u, unit_text = unit_factor("%", self.catalog.units), "%"  # 收入（元） under 增速
            unit = unit_text
            if u:
                base, factor = u[0], u[1]
                kind = next((x.kind for x in self.catalog.units.values() if x.base == base), None)
        down, up = bool(_WORDS_DOWN.search(before)), bool(_WORDS_UP.search(before))
        to_level = bool(_TO.search(before))
        if (down or up) and not to_level:
            measure = "change" if q.kind == "point" else "growth" if kind == "percent" or kind is None else "change"
        elif q.kind == "point":
            measure = "change"
        elif measure is None and kind == "percent" and indicator and indicator.unit_level not in ("%",) and indicator.kind != "ratio":
            measure = "growth"
        elif measure is None and kind is None and indicator and indicator.unit_level == "%":
            unit, base, factor = "%", "%", 1.0
        measure = measure or "level"
        if measure == "growth" and kind not in ("percent",) and column.growth is False and label.measure is None and not (down or up):
            measure = "level" if kind else measure
        if measure == "growth" and unit is None:
            unit, base, factor = "%", "%", 1.0
        rate = indicator.kind == "rate" and indicator.unit_level == "%" if indicator else bool(RATE.search(label.name))
        if measure == "growth" and unit == "%" and q.unit is None and column.growth and not column.average and label.measure is None and rate and not bracket:
            measure = self._of_a_rate(q.value, when, indicator, levels)
            if measure is None:
                self._set_aside(cell, "unclassified")
                return
            if measure == "change":
                unit, base = "个百分点", "百分点"
        value, high = (None, None) if q.ratio and not q.is_to_one else (q.value, q.high)
        falls = down or (label.fall and not up and (value or 0) > 0)
        if falls and not to_level and value is not None:
            value, high = -abs(value), (-abs(high) if high is not None else None)
        if _AVERAGE.search(before) and when.period == "annual":  # a cell «年均8» in a column of amounts
            when = replace(when, period="average", start=self.report.untold_start(when.year))
        if bracket:
            base_year = when.start if when.period == "average" else self.report.untold_start(when.year)
            when = replace(when, period="cumulative", start=base_year)
        if star and self.report.kind != ANNUAL and when.status == "target":
            when = replace(when, period="average", start=self.report.year_from)
        if bracket and column.average:  # a total in a column of yearly rates
            stock = kind in ("concentration", "rate") or (indicator.kind not in ("flow", "increment") if indicator else bool(_STOCK_NAME.search(label.name)))
            measure = label.measure or ("change" if stock else "level")
            if measure == "change" and unit == "%":
                unit, base = "个百分点", "百分点"
        if column.average and not bracket and kind == "percent" and label.measure is None and (
            rate):
            measure, when = "level", replace(when, period="annual", start=None)  # 城镇调查失业率 <5.5: a rate to be held, not one of growth
        elif column.average and not bracket:
            measure = "growth" if kind in (None, "percent") and label.measure != "change" else measure
        if measure == "level" and kind == "money" and indicator and self.catalog.base_of(indicator.unit_level) not in (None, base):
            common |= {"name": label.name, "indicator_id": None}  # 实际使用外资 in 万元: not to be set beside 万美元
        comparator = q.comparator
        for word, c in _PRE:
            if word in before:
                comparator = c
                break
        if "控制在" in before and comparator == "eq":
            comparator = "le"
        if q.high is not None and comparator == "eq":
            comparator = "ge"
        more = _AND_GROWTH.match(words, q.end) if measure == "level" and kind not in ("percent", "point") else None
        if more and (more["way"] or more["sign"]):  # 480亿元，增长12%
            rate = float(more["n"])
            falls = more["way"] in ("下降", "降", "减少") or more["sign"] in ("-", "−", "－")
            span = (cell.start + more.start("n"), cell.start + more.end("n"))
            also = Candidate(measure="growth", when=when, value=-rate if falls else rate, printed=rate, unit="%", base="%", factor=1.0,
                             comparator="eq", numbers=[span], **{**common, "place": span[0]})
        for n in NUMBER.finditer(cell.text):
            if not any(a == n.start() for a, _ in q.numbers) and not (more and (more["way"] or more["sign"]) and n.start() == more.start("n")):
                self.account.reason(cell.start + n.start(), cell.start + n.end(), "table_index")
        self.found.append(Candidate(
            measure=measure, when=when, value=value, high=high, printed=q.value, unit=unit, base=base, factor=factor,
            comparator=comparator, value_text=q.ratio if q.ratio and not q.is_to_one else (before + after if sync else None),
            numbers=[(cell.start + a, cell.start + b) for a, b in q.numbers], **common))
        if more and (more["way"] or more["sign"]):
            self.found.append(also)

    @staticmethod
    def _of_a_rate(value: float, when: When, indicator, levels: dict[tuple[str, int], float]) -> str | None:
        """What a plain number of a rate or a share is in a column of growth: by how many points it has changed, where the rate itself
        stands beside it (or, where the year before says so, by how many per cent); the rate itself where it does not and has never changed
        so much; None in doubt."""
        now, before = levels.get((when.status, when.year)), levels.get(("actual", when.year - 1))
        if now is not None and before:
            return "growth" if abs((now / before - 1) * 100 - value) < abs(now - before - value) else "change"
        if now is not None or value < 0:
            return "change"
        return "level" if indicator is not None and indicator.plausible_step is not None and value > indicator.plausible_step else None

    def _part_of(self, whole: str, part: str) -> str:
        """The name of a sub-row that says only which part it is: 固定资产投资, 其中：工业; one that says what is measured stays as it is."""
        if not part or self._find(part) or self.names.says.measured.search(part) or self.names.attribute_at_end(part):
            return part
        hit = self._find(whole)
        whole = self.catalog.indicators[hit[0]].indicator if hit else whole
        return self.names.under(whole, part) or f"{whole}中的{part}"

    def _under(self, whole: str, part: str) -> str | None:
        """The name of a sub-row that leaves out what it shares with the row above: 居民人均可支配收入, 其中：城镇居民."""
        return self.names.under(whole, part) if self._find(whole) and not self._find(part) else None

    def _find(self, name: str) -> tuple[str, str | None] | None:
        hit = self.names.find(name)
        if hit:
            return hit
        end = self.names.find_end(name)
        return end[:2] if end else None
