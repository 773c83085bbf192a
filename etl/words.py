"""Statements with words in place of a number: 同比持平, 与经济增长同步, 完成上级下达任务."""

from __future__ import annotations

import re

from data.catalog import Catalog
from etl.lists import Lists
from etl.names import RATE, Lead, Names
from etl.scope import Scope
from etl.sentence import Sentence, Subject
from etl.within import CUT

WORDY = re.compile(
    r"(?P<flat>(?:(?:与|同|和|比|较)?(?:上年|去年)(?:同期)?|同比)?(?:基本|总体|大体)?持平)"
    r"|(?P<sync>(?:与|同|和)(?:地区生产总值|经济|GDP|经济发展)(?:增长|增速|发展)?(?:基本|保持)?同步(?:增长)?|(?:不低于|高于|快于|不慢于)(?:经济|GDP|地区生产总值)(?:增长|增速)"
    r"|(?:力争)?(?:高于|超过|不低于|快于|达到|好于)(?:全[国市省]|主城都市区|[一-龥]{2,3}市?)(?:[^，。；0-9]{0,4})?平均(?:水平)?(?![^，。；]{0,3}[0-9]))"
    r"|(?P<task>(?:全面|超额|均)?完成(?:国家|上级|市级?|省级?|国家和市|[一-龥]{2,3}市)(?:[^，。；]{0,4})?下达(?:的)?(?:[^，。；]{0,4})?(?:目标|任务|指标)(?:任务)?|不超过市级预期控制目标)"
    r"|(?P<trend>(?:保持|实现)?(?:平稳|正|稳定|稳步)增长|持续下降|稳步下降|只降不升|保持稳定|稳中有[增升]|促稳提质|稳中提质|量稳质升)"
)
_MIXED = re.compile(r"[、和]\s*(?:增长|下降|提高|增加|减少|持平)")  # 分别持平、增长3%: which is which is not read


class Words:
    """Reads such statements for the place of one report."""

    def __init__(self, catalog: Catalog, names: Names, scope: Scope, lists: Lists):
        self.catalog, self.names, self.scope, self.lists = catalog, names, scope, lists

    def about(self, s: Sentence, m: re.Match, lead: Lead, phrase: str, start: int) -> list[Subject]:
        """What the words of ``m`` speak of: names in ``phrase`` (which begins at ``start``), or those before it."""
        kind, places = m.lastgroup, self.scope.names
        p = self.names.strip_lead(self.names.own_place(self.names.strip_lead(phrase), places))
        if kind == "flat" and _MIXED.match(s.text, m.end()):
            return []
        if p and kind == "task" and lead.words[-1:] == [CUT]:
            p += CUT  # 主要污染物减排完成上级下达任务
        if p:
            several = self.lists.sharing(s, lead, phrase) if kind in ("flat", "task") else None
            found = [x for name in several or [p] if (x := self._named(s, kind, name, phrase, start))]
            return found if len(found) == len(several or [p]) else []
        if s.subject is None:
            hit = self.names.find_end(s.label) if kind == "sync" and s.label else None
            return [self._catalogued(hit, start)] if hit else []
        if kind not in ("flat", "sync"):
            return []
        several = self._before(s, m) if kind == "flat" and (lead.each or lead.respectively) else [s.subject]
        return [x for x in several if not x.blocked and not (kind == "flat" and x.measured == "growth")]

    def measure(self, m: re.Match, lead: Lead, subject: Subject) -> tuple[str, float | None]:
        """(measure, value) that the words of ``m`` give; the value is 0 or none."""
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        rate = indicator.kind in ("rate", "ratio") if indicator else subject.kind == "percent" or bool(RATE.search(subject.name))
        if m.lastgroup == "flat":
            return ("change" if rate else "growth"), 0.0
        if m.lastgroup in ("sync", "trend"):
            amount = indicator is not None and indicator.kind == "flow" and indicator.unit_level in ("亿元", "万美元")  # its average is that of its growth
            grows = not rate and (("平均" not in m.group() or amount) and m.group() not in ("持续下降", "稳步下降") or lead.direction is not None)
            return ("growth" if grows else "level"), None
        falls = indicator is not None and self.names.set_as_fall(indicator)
        falls = falls or lead.direction is not None and not subject.name.endswith(CUT)
        return ("growth" if falls else subject.measure or "level"), None

    def _catalogued(self, hit: tuple, start: int) -> Subject:
        return Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], start)

    def _named(self, s: Sentence, kind: str, p: str, phrase: str, start: int) -> Subject | None:
        """The subject that one name stands for, if it is known or looks like something measured."""
        hit = self.names.find_end(p)
        if hit:
            return None if self.scope.narrower(p, phrase, True) else self._catalogued(hit, start + max(phrase.rfind(hit[2]), 0))
        head = s.subject.words or s.subject.name if s.subject and kind == "flat" and not s.subject.blocked else ""
        joined = self.names.with_head(head, p) if head else None  # 一般公共预算收入增长2%、支出与上年持平
        if joined and (hit := self.names.find(joined)):
            return self._catalogued(hit, s.subject.start)
        known = self.names.says.measured.search(p) if kind == "flat" else self.names.says.task_name.search(p) if kind == "task" else None
        if known and len(p) <= 16 and self.names.is_name(p) and not self.scope.narrower(p, phrase, False):
            return Subject(p, None, None, start + max(phrase.find(p), 0))
        return None

    def _before(self, s: Sentence, m: re.Match) -> list[Subject]:
        """Whose figures «均与上年持平» speaks of: those of the clause before; where it has only one, also the one before that."""
        clause = s.clause_start(max(s.clause_start(m.start()) - 1, 0))
        own = [x for x in s.recent if x is not s.carried]
        listed = [x for x in own if x.start >= clause]
        return listed if len(listed) > 1 else own[-2:]
