"""Indicator tables become candidate facts; tables of words are handed back to be read as prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from data.catalog import Catalog, unit_factor
from etl import layout
from etl.blocks import Block, Cell
from etl.facts import Account, Candidate
from etl.heads import Column, Heads
from etl.measures import YEARLY_RATE
from etl.names import RATE, Names
from etl.numerals import LARGEST, NUMBER, Reader
from etl.read import ANNUAL, Report
from etl.timing import When

_TOTAL = re.compile(r"(?:[\[〔【［]\s*[≥≤＞＜﹥﹤><]?|累计)$")
_ROUND = re.compile(r"[（(]\s*[≥≤＞＜﹥﹤><]?\s*[-−－+＋]?\d[\d.,]*\s*[%％]?\s*[）)]")
_STOCK_NAME = re.compile(r"^每[百千万十]|^人均|(?:率|比重|占比|比例|拥有量|保有量|蓄积量|寿命|年限|床位数?)$")
_NOTHING = re.compile(r"^(?:—+|-+|－+|–+|/|\\|无|…+|\*|——)$")
_SYNC = re.compile(r"同步|不低于.{0,8}(?:平均|增速|增长)|高于.{0,8}(?:平均|增速)|持平于|快于")
_SYNC_GROWTH = re.compile("同步|增速|增长")
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
_CAPTION_UNIT = re.compile(r"[（(]?\s*(?:计量)?单\s*位\s*[:：]\s*([^（）()]{1,30}?)\s*[）)]?\s*$")


def _plain(text: str) -> float | None:
    """The number of a cell that holds nothing else."""
    bare = layout.bare(text).rstrip("%％")
    return float(bare) if re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else None


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
        self.heads = Heads(report, catalog, self.problems)
        self._units: list[str] = []  # given over the table that is read

    # ---------------------------------------------------------------- the rows
    def read(self, block: Block, columns: list[Column], header_rows: int, section: str, above: str = "") -> None:
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
    def _heads_again(row: list[Cell], columns: list[Column]) -> bool:
        """The heads repeated at the top of a page."""
        at = next(i for i, c in enumerate(columns) if c.role == "name")
        words = {layout.bare(c.text) for c in row if c.text}
        return len(row) > at and bool(words) and words <= {part for c in columns for part in (c.header, "")} and len(words) > 1

    def _align(self, row: list[Cell], columns: list[Column], kind: str = "lines") -> list[Cell | None] | None:
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
    def _fits_from_left(row: list[Cell], columns: list[Column]) -> bool:
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
    def _value(self, name_cell: Cell, cell: Cell, column: Column, label: Label, unit_text: str | None, binding: str, section: str, levels: dict):
        text = layout.bare(cell.text)
        if _NOTHING.match(text):
            return
        own = unit_text
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
            if measure is None and indicator and (self.names.set_as_fall(indicator) or _SYNC_GROWTH.search(text) and indicator.kind == "flow" and column.growth is False
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
        # the sign of a total, or the word; in a plan round brackets too
        bracket = bool(_TOTAL.search(before)) or self.report.kind != ANNUAL and bool(_ROUND.fullmatch(layout.half(words)))
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
        plain = measure == "growth" and q.unit is None and column.growth and not (column.average or label.measure or bracket)  # only its head says what it is
        counted = unit_factor((own or "").strip("《》"), self.catalog.units)
        if plain and unit == "%" and rate:
            measure = self._of_a_rate(q.value, when, indicator, levels)
            if measure is None:
                self._set_aside(cell, "unclassified")
                return
            if measure == "change":
                unit, base = "个百分点", "百分点"
        elif plain and counted and self._is_the_difference(q.value, when, column, levels):
            measure, unit, (base, factor) = "change", own, counted
        value, high = (None, None) if q.ratio and not q.is_to_one else (q.value, q.high)
        falls = down or (label.fall and not up and (value or 0) > 0)
        if falls and not to_level and value is not None:
            value, high = -abs(value), (-abs(high) if high is not None else None)
        if "年均" in before and when.period == "annual":  # a cell «年均8» in a column of amounts
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

    @staticmethod
    def _is_the_difference(value: float, when: When, column: Column, levels: dict[tuple[str, int], float]) -> bool:
        """168, 186 | 18 under 同比: by how many there are more, where the two years beside it say that it is no rate of growth."""
        now, before = levels.get((when.status, when.year)), levels.get(("actual", when.year - 1))
        if now is None or not before or re.search("[%％率速幅]", column.header):
            return False
        return abs(now - before - value) < 1e-6 and abs((now / before - 1) * 100 - value) > 1

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
