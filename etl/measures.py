"""Whether a quantity is a level, a growth rate or a change, and for which span of years it stands."""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import Catalog
from etl import timing
from etl.names import RATE, Lead
from etl.numerals import Quantity, chinese_integer
from etl.read import ANNUAL, Report
from etl.sentence import Sentence, Subject
from etl.timing import When
from etl.vocabulary import Vocabulary

STEPS = re.compile(r"大?[十百千]?[万亿]{0,2}元?级?(?:台阶|大关|关口)")  # behind how many were passed
STEP = re.compile(r"(?:新|大|亿级|百亿级|千亿级|万亿级)?(?:台阶|大关|关口)")  # behind the amount that was passed
_SUMMED_YEARS = re.compile(r"(?:前|近|过去|连续)?([两二三四五六七八九十])年(?:来|间)?累计")
_RECENT_YEARS = re.compile(  # at the beginning: not 为近三年最高
    r"[\s　]*(?:[一-龥]{2,4}[，：])?(?:(?:近|过去|最近)(?P<past>[两二三四五])年(?:来|间|里)?[，,]?(?=累计|共|先后|新增|新建|新开|完成|实现|建成|引进|改造|全[区市县])"
    r"|(?P<sum>[两二三四五])年(?:来|间)?[，,]?(?=累计|共))")
_OVER_YEARS = re.compile(r"(?:五|5)年(?:来|间|累计|共|总共)?(?:实现)?(?:增长|下降|提高|降低|增加|减少)")
_FOR_EACH = re.compile(r"人均|户均|亩均|每[百千万]")  # 五年累计…；人均公园绿地面积15.4平方米
_FIVE_YEARS, _IN_ALL = "(?:过去|这|近)?五年(?:来|间|中|里)?", "(?:累计|共计?|总共|合计)"
_FIVE_YEARS_SUM = re.compile(rf"[\s，、]*{_FIVE_YEARS}{_IN_ALL}?(?!来|期|行动|规划|计划|一遇|制|级|以|左右)")
FIVE_YEARS_LIST = re.compile(rf"\s*(?:[^，。；：\d]{{2,6}}[：，])?{_FIVE_YEARS}[，,]?{_IN_ALL}")  # opens a sentence whose every part is such a sum
#: 年均 of several years; the mean of one year is none: PM2.5年均浓度
YEARLY_RATE = re.compile(r"年均(?!浓度|值|气温|降水|降雨|日照)")
_YEARLY_NEXT = re.compile(r"[，、]\s*年均(?:增长|增幅|增速|递增)")


class Measures:
    """Measures and periods for the figures of one report."""

    def __init__(self, report: Report, catalog: Catalog, says: Vocabulary):
        self.report, self.catalog, self.says = report, catalog, says

    def unit_fits(self, indicator, measure: str, q: Quantity) -> bool:
        if measure == "growth":
            return True
        unit = indicator.unit(measure)
        if measure == "level" and q.unit is None and q.ratio is None:
            return indicator.kind == "ratio" and 1 <= (q.value or 0) <= 6 or indicator.kind == "index"
        if measure == "change" and q.unit is None and indicator.kind == "ratio":
            return True  # 城乡居民收入比1.58，缩小0.03
        if unit is None:
            return q.ratio is not None
        if measure == "change" and q.kind == "point":
            return True
        base = self.catalog.base_of(unit)
        return base is not None and base == q.base

    def measure(self, q: Quantity, lead: Lead, subject: Subject) -> tuple[str | None, float | None, float | None]:
        value, high = q.value, q.high
        if "改善" in lead.words and not lead.becomes:
            better = self._better(q, subject)
            if better is None:
                return None, None, None
            lead = replace(lead, direction=better)
        if q.ratio and not q.is_to_one:
            return "level", None, None
        falls = lead.direction == -1 or lead.direction is None and subject.fell  # «下降2.5%左右、力争3%»
        sign = -1.0 if falls else 1.0
        if q.base == "倍" and lead.direction is not None:  # 增长1.3倍 = 130%
            q.base, q.factor, q.kind = "%", 100.0, "percent"
            return "growth", sign * value, high
        if q.unit is None and lead.direction is not None and not lead.becomes and not q.ratio:
            return "change", sign * value, high
        if q.kind == "point":
            if lead.direction is None and not subject.measure:
                return ("change", value, high) if lead.direction is not None else (None, None, None)
            return "change", sign * value, None if high is None else sign * high
        if q.kind == "percent":
            if lead.direction is not None or subject.measure == "growth":
                return "growth", sign * value, None if high is None else sign * high
            indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
            amount = indicator is not None and indicator.kind in ("flow", "stock", "increment", "index") and indicator.unit_level not in ("%", "天")
            if amount and (lead.against_last_year or lead.target or subject.measured == "growth"):
                return "growth", sign * value, None if high is None else sign * high  # «确保6%、力争6.5%» after a growth rate
            rate = indicator is not None and indicator.kind == "rate" or RATE.search(subject.name)
            if not rate and not lead.becomes and not subject.measure and (lead.words[:1] in (["同比"], ["比上年"], ["较上年"]) or (value or 0) < 0):
                return "growth", value, high  # 工业用电量同比-3.6%
            return subject.measure or "level", value, high
        if lead.direction is not None and not lead.becomes and lead.words and self._adjacent_change(lead, subject):
            return "change", sign * value, None if high is None else sign * high
        measure = "level" if subject.measure == "growth" else subject.measure  # 经济较快增长，达到412.5亿元
        return measure or "level", value, high

    def remember(self, q: Quantity, lead: Lead, subject: Subject) -> None:
        """Keep with the subject what this figure of it was: the next one may leave that out."""
        measure = self.measure(q, lead, subject)[0]
        subject.measured = measure or subject.measured
        subject.fell = measure == "growth" and (lead.direction == -1 or lead.direction is None and subject.fell)

    def _better(self, q: Quantity, subject: Subject) -> int | None:
        """Which way 改善 goes: concentrations fall, rates rise; None when nothing says so."""
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        if q.kind not in ("percent", "point"):
            return None
        if indicator is not None and indicator.direction:
            return indicator.direction
        return -1 if re.search(r"浓度|排放|能耗|死亡|发病", subject.name) else 1 if re.search(r"率|比例|占比", subject.name) else None

    def _adjacent_change(self, lead: Lead, subject: Subject) -> bool:
        """增加20天, 比上年减少3起: a difference; but 整治提升2万平方米, 带动消费增长50亿元 and names like 新增 are none."""
        words = set(lead.words)
        if words & {"提升", "增长"} and not lead.against_last_year and not subject.indicator_id:
            return False
        return bool(words & self.says.difference)

    def _stands_at_the_end(self, q: Quantity, lead: Lead, indicator, subject: Subject, clause: str) -> bool:
        """Within a span, a rate, a stock or a level reached is that of its last year, not a total."""
        if lead.total or "累计" in clause:
            return False
        if lead.becomes or _FOR_EACH.match(subject.name) or q.kind in ("percent", "concentration", "ratio", "rate") or indicator is not None and indicator.kind in ("stock", "rate", "ratio"):
            return True
        return bool(self.says.reached & set(lead.words)) and (indicator is None or indicator.kind != "increment") and not self.says.summed(subject.name + clause)

    def whens(self, s: Sentence, q: Quantity, lead: Lead, when: When, clause: str, subject: Subject, measure: str) -> list[When]:
        """Average, total, or one for each year of a span («2021—2024年目标均定为2.4万人»)."""
        average = lead.average and q.base != "元/年" or YEARLY_RATE.search(clause) is not None or "平均每年" in clause or (
            self.report.kind != ANNUAL and measure == "level" and when.status == "target" and when.period == "annual" and "每年" in clause)
        if lead.since and measure != "level" and not average and when.year - lead.since >= 2:
            return [When(when.status, when.year, "cumulative", lead.since + 1)]
        plan = s.when.plan if s.when.plan and s.when.plan <= when.year <= s.when.plan + 4 else None
        five_years = self.report.kind != ANNUAL or plan is not None
        review = timing.in_review(self.report, s.when) or plan is not None and s.when.status == "actual"
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        if average:
            start = lead.since + 1 if lead.since and lead.since < when.year else when.start
            spoken = re.search(r"(?:近|过去|前|未来)([两三四五六七八九十])年|([两三四])年年均|([五四三])年(?:来|间)年均", clause)  # five years are a plan's, as the report has them
            years = lead.years or (chinese_integer(spoken[1] or spoken[2] or spoken[3]) if spoken else 0)
            if start is None and years:
                start = when.year - years + 1
            if start is None:
                start = plan or when.plan or self.report.untold_start(when.year)
            return [When(when.status, when.year, "average", start)]
        if measure != "level" and "累计" in clause and self.report.kind != ANNUAL and when.status == "target" and when.year == self.report.year_to:
            return [When(when.status, when.year, "cumulative", self.report.year_from)]  # 到2030年，碳排放累计降低16%
        summed = _SUMMED_YEARS.search(clause)
        if summed and (measure != "level" or not self._stands_at_the_end(q, lead, indicator, subject, clause)):  # “十四五”前三年累计下降9.1%
            return [When(when.status, when.year, "cumulative", when.year - (chinese_integer(summed[1]) or 1) + 1)]
        if measure != "level" and _OVER_YEARS.search(clause):
            return [When(when.status, when.year, "cumulative", when.year - 4)]
        recent = _RECENT_YEARS.match(s.text)
        if recent and measure == "level" and when == s.when and when.status == "actual" and not self._stands_at_the_end(q, lead, indicator, subject, clause):
            return [When(when.status, when.year, "cumulative", when.year - (chinese_integer(recent["past"] or recent["sum"]) or 1) + 1)]  # 近三年新增市场主体3.2万户
        if measure == "level" and not when.own_year and when.period == "annual" and _FIVE_YEARS_SUM.match(clause) and not (
            self._stands_at_the_end(q, replace(lead, total=False), indicator, subject, clause.replace("累计", "")) or STEP.match(s.text, q.end)):
            return [When(when.status, when.year, "cumulative", plan or self.report.begins(when.year))]  # 五年新增城镇就业4.2万人
        if when.period == "cumulative" and when.start is not None:
            if lead.each and "目标" in s.text:
                status = "target"
                return [When(status, y) for y in range(when.start, when.year + 1)]
            if measure == "level" and "每年" in clause:
                return [When(when.status, y) for y in range(when.start, when.year + 1)]
            if measure == "level" and (STEP.match(s.text, q.end) or self._stands_at_the_end(q, lead, indicator, subject, clause)):
                return [When(when.status, when.year, own_year=when.own_year)]
            return [When(when.status, when.year, "cumulative", when.start)]
        if five_years and not when.own_year and (review or when.status == "target"):
            before = s.text[: q.start].replace("连续五年", "")
            total = "累计" in clause or (review and ("五年" in before or measure == "growth"))
            if indicator is not None and indicator.kind == "flow" and review and "累计" in before and not self.says.reached & set(lead.words):
                total = True  # 累计接待游客3860万人次，实现旅游综合收入298亿元
            if indicator is not None:
                total = total or indicator.kind == "increment"
            elif measure == "level":
                total = total or bool(self.says.summed(subject.name + clause))
            stock = indicator is not None and indicator.kind in ("stock", "rate", "ratio")
            if measure == "level" and "累计" not in clause and _YEARLY_NEXT.match(s.text, q.end):
                total = False  # 财政总收入完成9.1亿元，年均增长27.2%: what the last of the years brought
            if total and not (measure == "level" and (stock or lead.becomes or q.kind == "percent" or "连续五年" in clause)):
                return [When(when.status, when.year, "cumulative", plan or self.report.begins(when.year))]
        return [When(when.status, when.year)]
