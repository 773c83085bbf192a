"""Why a quantity is plainly no figure of the place, whatever its name: the rules of exclusions.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.catalog import Catalog
from etl.numerals import Quantity
from etl.scope import Scope

_TO_A_SIZE = re.compile(r"(?:至|到|—|-|~)\d[\d.]*[十百千]?[万亿]?元[一-龥]{0,6}项目\d+个")
_PROJECTS_SO_LARGE = re.compile(r"[一-龥]{0,6}项目\d+个")
_CAPACITY_KINDS = ("mass", "power", "volume", "area_build", "length")
_CAPACITY_BASES = ("套", "辆", "台", "头", "只", "羽", "支", "件", "张")
_YEARLY_CAPACITY = re.compile(r"年(?:产|处理|加工|出栏|发电|产能|生产|回收|供气|供应|吞吐)(?:能力)?(?:约|近|超|达)?$")


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    look: str
    units: frozenset[str]
    pattern: re.Pattern
    unless: re.Pattern | None


class Exclusions:
    """Compiled rules; the first that holds gives the reason."""

    def __init__(self, catalog: Catalog, scope: Scope):
        self.scope = scope
        self._rules = [
            _Rule(r["reason"], r["look"], frozenset(r["units"].split()), re.compile(r["pattern"]),
                  re.compile(r["unless"]) if r["unless"] else None)
            for r in catalog.exclusions
        ]
        self._of_unit: dict[tuple, list[_Rule]] = {}  # the rules that hold for a unit

    def _rules_for(self, q: Quantity) -> list[_Rule]:
        bare = q.unit is None and q.ratio is None
        key = (q.kind, q.base, bare)
        found = self._of_unit.get(key)
        if found is None:
            found = self._of_unit[key] = [r for r in self._rules if not r.units or q.kind in r.units or q.base in r.units or bare and "none" in r.units]
        return found

    def reason(self, text: str, q: Quantity, core: str, clause: str, after: str) -> str | None:
        """The reason for quantity ``q`` of sentence ``text``; ``core`` are the words in front of it up to the
        last figure, ``clause`` those since the last comma, ``after`` those behind it up to the next mark."""
        looks = {
            "before": text[max(0, q.start - 14): q.start].rstrip(),
            "clause": clause.rstrip(),
            "core": core.strip(),
            "after": after.rstrip(),
            "behind": text[q.end: q.end + 44],
        }
        for rule in self._rules_for(q):
            part = looks.get(rule.look)
            if part is None:
                if rule.units:
                    return rule.reason
                continue
            found = rule.pattern.search(part)
            if found and not (rule.unless and rule.unless.search(part)):
                if found.group()[:3] in ("占全市", "占全省") and self.scope.own_scope(found.group()[1:3]):
                    continue
                if rule.look == "core" and part[-2:] in ("全市", "全省") and self.scope.own_scope(part[-2:]):
                    continue  # 全市 is the place itself in a city's report
                return rule.reason
        if q.kind == "count" and q.base in ("个", "项", "条", "件", "大", "轮", "次", "类", "届", "期", "方") and self.scope.structural(after):
            return "structural_count"
        return self._capacity(text, q, after) or self._threshold(text, q, after)

    def _capacity(self, text: str, q: Quantity, after: str) -> str | None:
        """«年产15万吨再生铝项目», «10万套新能源电池组装…等项目»: the size of one project."""
        yearly = (q.unit or "").endswith("/年")
        sized = q.kind in _CAPACITY_KINDS or q.base in _CAPACITY_BASES or yearly
        rest = re.match(r"[^，。；]*", text[q.end:])[0]
        if sized and len(after) >= 2 and after[0] not in "以左上的" and self.scope.project_list(rest) and (yearly or not self.scope.aggregate(after)):
            return "project"
        before = text[max(0, q.start - 10): q.start]
        if _YEARLY_CAPACITY.search(before) and not re.search(r"全年.{0,2}$|年(?:出栏|发电)$", before) and len(after) > 1:
            return "project"
        return None

    @staticmethod
    def _threshold(text: str, q: Quantity, after: str) -> str | None:
        """«集体收入50万元以上行政村占比64%»: a bound inside a name, with the figure still to come."""
        upper = re.search(r"元(?:至|到|—|-|~)$", text[max(0, q.start - 3): q.start]) and _PROJECTS_SO_LARGE.match(text, q.end)
        if q.kind == "money" and (upper or _TO_A_SIZE.match(text, q.end)):
            return "definition"  # 5000万元至1亿元项目36个
        over = q.comparator in ("ge", "le") or text[max(0, q.start - 2): q.start].endswith(("超", "超过", "过"))
        if over and q.kind == "money" and re.match(r"\d+[家户个]", text[q.end: q.end + 6]):
            return "definition"  # 其中20亿元以上2家、超50亿元1家
        if over and q.kind == "money" and _PROJECTS_SO_LARGE.match(text, q.end):
            return "definition"  # 超10亿元重大项目28个
        if (q.comparator in ("ge", "le") or over and q.kind == "money") and q.kind != "percent" and re.match(
            r"的[^\d，。；、]{1,12}(?:占比|比例|比重|达|有|超|为|由|共|\d)", text[q.end: q.end + 20]):
            return "definition"  # 经营性收入80万元以上的村占比
        if q.comparator not in ("ge", "le") or q.kind == "percent" or len(after) < 2 or after[0] in "的和与及等同比较":
            return None
        return "definition" if re.match(r"[^\d，。；、]*\d", text[q.end: q.end + 24]) else None
