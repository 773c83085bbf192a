"""A figure that has been read is written down as a candidate fact, or accounted for by the reason why it is none."""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import Catalog, Indicator
from etl import starts, timing, within
from etl.carried import PLANNED_INVESTMENT
from etl.facts import HIGHER_GOAL, OTHER_PRICES, Account, Candidate
from etl.measures import STEP, Measures
from etl.names import Lead, Names
from etl.numerals import LARGEST, Quantity
from etl.read import Report
from etl.sentence import Sentence, Subject
from etl.timing import When

_PAST_YEARS = re.compile(r"(?:近|过去|(?<!学)前)[两二三四五六][年](?!行动|计划)")
#: Behind the number of a goal: 完成280家的规划目标; not of one that somebody else has set
OF_A_GOAL = re.compile(
    r"(?:左右|(?P<most>以上|以内|以下))?的?(?:年度|全年|预期|年初|控制|调控|管控|考核|增长|约束性?|(?:五年)?规划|五年){0,3}(?:目标(?!任务)值?|计划数|计划(?=[，。；、]|$))(?P<within>(?:以|之)内)?"
)
_A_YEAR = re.compile(r"(?:19|20)\d{2}年|年均|每年")
_HIGHER_GOAL = re.compile(r"(?:力争|奋斗目标|争取|冲刺)[^，。；]{0,10}$")
_FACTOR = re.compile(r"(?:扣除|剔除)[^，。；]{1,14}?因素")
_TO_CLAUSE_END = re.compile(r"(?:“[^”]*”|[^，。；、：,;:！？“”\d])*")


class Writer:
    """Keeps what one report was found to say: ``found`` the candidates, ``account`` the reasons of all other numbers."""

    def __init__(self, report: Report, catalog: Catalog, names: Names, account: Account):
        self.report, self.catalog, self.names, self.account = report, catalog, names, account
        self.measures = Measures(report, catalog, names.says)
        self.provisional = names.says.provisional
        self.qualifiers = catalog.words("qualifier")
        self.prices = catalog.comparators.get("qualifier", {})  # word -> growth basis
        self.found: list[Candidate] = []
        self.corrections: dict[int, tuple[str, str]] = {}  # offset of a number -> (read as, reason)

    def set_aside(self, s: Sentence, q: Quantity, why: str) -> None:
        """Account for the numbers of ``q`` by a reason."""
        s.passed_over = s.passed_over or why == "unclassified"
        for a, b in q.numbers:
            self.account.reason(s.offset + a, s.offset + b, why)

    def aside_together(self, s: Sentence, quantities: list[Quantity], i: int, n: int, why: str) -> int:
        """What holds for the first of a row of quantities holds for all of them."""
        for q in quantities[i: i + n]:
            self.set_aside(s, q, why)
        s.end = quantities[i + n - 1].end
        return n

    def emit(self, s: Sentence, q: Quantity, lead: Lead, subject: Subject, section: str, clause: str,
             rule: str | None = None, quote_end: int | None = None, when: When | None = None) -> bool:
        """Write one figure down, or account for it; False when its words are no subject to go on with."""
        if subject.blocked:
            self.set_aside(s, q, subject.blocked)
            return True
        nameless = not subject.indicator_id and (not self.names.is_name(subject.name) or self.names.needs_noun(subject.name, q.kind == "count"))
        if abs(q.value or 0) > LARGEST or nameless:
            self.set_aside(s, q, "unclassified")
            return False
        when = when or timing.resolve(s.mentions, q.start, s.text, s.clause_start(q.start), subject.start, s.when)
        if within.CUT in lead.words and q.kind == "mass":
            subject, lead = within.what_was_cut(subject, self.names), replace(lead, direction=None)
        measure, value, high = self.measures.measure(q, lead, subject)
        past = when.status == "target" and _PAST_YEARS.search(clause)  # a goal does not tell of 近三年
        if measure is None or past:
            self.set_aside(s, q, "comparison" if past else "unclassified")
            return False
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        if q.kind == "point" and indicator is not None and self._of_a_share(s, lead, subject, indicator):
            self.set_aside(s, q, "unclassified")  # 三次产业结构为15:38:47，二产上升0.9个百分点: of its share, not of its value added
            return False
        days = q.base == "天" and subject.name.endswith("天数")  # 重污染天数减少3天
        if q.kind == "time" and not days and (indicator is None or indicator.unit(measure) not in ("天", "年", "岁")):
            self.set_aside(s, q, "duration")
            return False
        if indicator and not self.measures.unit_fits(indicator, measure, q):
            ratio = next((h for w in ("比率", "占比", "率") if (h := self.names.find(subject.name + w))), None)
            if measure == "level" and q.kind == "percent" and not ratio and indicator.kind in ("stock", "flow", "increment"):
                self.set_aside(s, q, "unclassified")  # 城镇新增就业…114%: how much of something, not how many
                return True
            if measure == "level" and q.kind == "percent" and ratio:
                subject = Subject(self.catalog.indicators[ratio[0]].indicator, ratio[0], None, subject.start, kind=q.kind)
            else:
                subject = Subject(subject.name, None, None, subject.start, kind=q.kind)
        goal = OF_A_GOAL.match(s.text, q.end)
        if lead.target or goal:
            year = self.report.year_to if self.report.evaluated and not when.own_year else when.year  # the goals that are evaluated
            when = When("target", year, when.period, when.start, when.own_year)
        if when.status == "actual" and when.period == "annual" and measure == "level" and q.kind == "money" and PLANNED_INVESTMENT.search(subject.name):
            when = replace(when, status="target")
        whens = self.measures.whens(s, q, lead, when, clause, subject, measure)
        if measure == "level":
            if subject.parts and subject.span and len(whens) == 1 and not _A_YEAR.search(clause):  # 五年累计引进项目400个，其中产业类50个
                whens = [replace(whens[0], period=subject.span[0], start=subject.span[1])]
            subject.span = (whens[-1].period, whens[-1].start)
        step = "ge" if measure == "level" and STEP.match(s.text, q.end) else "eq"  # 跨上300亿元台阶: so much and more
        comparator = q.comparator if q.comparator != "eq" else "eq" if high is not None and lead.comparator else (lead.comparator or step)  # 低至1%—2%
        if goal and not goal["most"]:  # 高于6%的预期目标: the goal is 6 %; 控制在4%的目标以内
            comparator = "le" if goal["within"] or "控制" in goal.group() or "控制在" in lead.words else "eq" if comparator in ("gt", "lt") else comparator
        for w in whens:
            self.append(s, q, subject, measure, value, high, w, comparator, section,
                        rule or ("prose.inherited" if s.subject is subject else "prose.clause"), max(quote_end or 0, q.end))
        if when.status == "target" and len(self.found) > len(whens) and _HIGHER_GOAL.search(clause):
            before, mine = self.found[-len(whens) - 1], self.found[-1]
            if (before.name, before.measure, before.when) == (mine.name, mine.measure, mine.when) and before.start >= s.offset:
                mine.note = mine.note or HIGHER_GOAL
        return True

    @staticmethod
    def _of_a_share(s: Sentence, lead: Lead, subject: Subject, indicator: Indicator) -> bool:
        """Points of an amount whose growth has not been spoken of."""
        amount = indicator.kind in ("flow", "stock", "increment") and indicator.unit_level not in ("%", None)
        return amount and not (lead.growth_noun or subject.measure or subject.measured == "growth" or subject is s.subject) and ("结构" in s.text or "占比" in s.text or "比重" in s.text)

    @staticmethod
    def _words_of(s: Sentence, q: Quantity) -> str | None:
        """The words of a value that is no single number (9.3:43.7:47) or is not printed in figures (八成以上)."""
        if not q.numbers:
            return s.text[q.start: q.end]
        return q.ratio if q.ratio and not q.is_to_one else None

    def append(self, s: Sentence, q: Quantity, subject: Subject, measure: str, value, high, when: When, comparator: str,
               section: str, rule: str, end: int) -> None:
        """Write one candidate, whose sentence goes on to the end of the clause at ``end``."""
        if high is not None and comparator == "eq":
            comparator = "ge"
        s.told, s.passed_over = True, False
        clause = s.clause_start(q.start)
        place = q.numbers[0][0] if q.numbers else q.start
        begin = min(subject.start, clause)
        begin += len(s.text[begin:]) - len(s.text[begin:].lstrip())
        end += len(_TO_CLAUSE_END.match(s.text, end).group())
        own = s.text[max(subject.start, clause) if subject.start <= q.start else clause: q.end]
        factor = _FACTOR.search(own)
        words = [w for w in self.qualifiers if w in own]
        words = [w for w in words if not any(w in longer for longer in words if longer != w)]  # 不含万盛, not 含万盛
        note = self._corrected(s.offset + place) or self._other_prices(subject, measure, words)
        if factor and factor.group() not in words:
            words.append(factor.group())
        qualifier = "、".join(words) or None
        self.found.append(Candidate(
            name=subject.name, indicator_id=subject.indicator_id, measure=measure, when=when, value=value, high=high,
            printed=q.value if q.numbers else None, unit=q.unit, base=q.base, factor=q.factor, comparator=comparator,
            start=s.offset + begin, end=s.offset + end, rule=rule, origin="prose", section=section,
            numbers=[(s.offset + a, s.offset + b) for a, b in q.numbers], qualifier=qualifier,
            place=s.offset + place, value_text=self._words_of(s, q),
            note=note, provisional=self.provisional.before(s.text[:place]),
        ))

    def _corrected(self, place: int) -> str | None:
        corrected = self.corrections.get(place)
        return f"更正：{corrected[1]}" if corrected else None

    def _other_prices(self, subject: Subject, measure: str, words: list[str]) -> str | None:
        """Growth of an indicator at constant prices that is given at current ones, or the other way round."""
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id and measure == "growth" else None
        prices = {self.prices[w] for w in words if w in self.prices}
        return OTHER_PRICES if indicator is not None and indicator.growth_basis and prices and indicator.growth_basis not in prices else None

    def dated_start(self, s: Sentence, q: Quantity, lead: Lead, subject: Subject, section: str) -> int | None:
        """«由上年的28.1%», «从2015年的142.6亿元»: the start of a change is a result of its own year, which is returned."""
        measure, value, high = self.measures.measure(q, lead if lead.direction is not None else Lead(""), subject)
        year = None if subject.blocked else starts.year(self.report, s, q.start, measure == "level" and not lead.growth_noun)
        if year is None:
            return None
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        known = self.measures.unit_fits(indicator, measure, q) if indicator and measure else self.names.is_name(subject.name)
        if measure is None or not known or q.kind == "time" and (indicator is None or indicator.unit(measure) not in ("天", "年", "岁")):
            return None
        self.append(s, q, subject, measure, value, high, When("actual", year), q.comparator, section, "prose.start_of_change", q.end)
        return year

    def told(self, s: Sentence, q: Quantity, subject: Subject) -> bool:
        """How large it was has just been said, for the same year."""
        year = timing.resolve(s.mentions, q.start, s.text, s.clause_start(q.start), subject.start, s.when).year
        return any(c.measure == "level" and c.name == subject.name and c.when.year == year and c.start >= s.offset for c in self.found[-2:])
