"""Paragraphs of an annual report that speak of five years: the look back over a plan, the goals of the next.

Their totals and averages are those of the five years, their changes start in the year before the first of them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.read import ANNUAL, Report
from etl.timing import When, plan_begins

_PLAN = re.compile(r"“(?P<quoted>十[一二三四五六七八九]?)五”|(?P<bare>十[一二三四五六七八九]?)五(?:规划)?(?:时期|期间|以来|规划期)")
_OPENS = re.compile(
    r"\s*(?:——)?(?:回顾|总结)?(?:(?:过去|这|刚刚过去的)(?:的)?五年(?:来|间|中|里)?|(?:[^，。；：]{2,14}：)?五年(?:来|间))[，,]"
    r"|\s*(?:——)?(?:回顾|总结)?(?:过去的)?“?(?P<plan>十[一二三四五六七八九]?)五”?(?:规划)?(?:时期|期间|以来)(?!末|目标)"
)
_REVIEW = re.compile(r"(?:过去|这|近|前)五年|五年(?:来|间|工作|发展|成就)|[本上]届政府")
_LOOKS_BACK = re.compile(r"^(?!图|表).*(?:回顾|成就|成绩|历程|成效)")
_ONE_YEAR = re.compile(r"\s*(?:——)?(?:回顾|总结)?(?:(?:刚刚)?过去的?一年|一年来|去年|上年|全年|今年|(?:刚刚)?(?:过去的)?(?:19|20)\d{2}年)")
_ITEM = re.compile(r"\s*(?:——|—|--)")
_YEAR = re.compile(r"(?:19|20)\d{2}年")


def goals(report: Report, section: tuple[str, ...]) -> When | None:
    """The goals of a plan under a heading of an annual report that names the plan and no year of its own («“十五五”时期主要目标»).

    None when no heading does, when a deeper one names a year, or when the plan began before the year reported on: what is left of it is
    set as goals of a year.
    """
    found = None
    for heading in section:
        m = _PLAN.search(heading)
        if _YEAR.search(heading):
            found = None
        elif m and (first := plan_begins(m["quoted"] or m["bare"])) and first >= report.year_from and re.search("目标|任务|举措|思路|要求|安排", heading):
            found = When("target", first + 4, plan=first)
    return found


def review(report: Report, section: tuple[str, ...]) -> int | None:
    """First year of the five that a heading looks back over («过去五年工作回顾»); None when it names a year as well, or none does."""
    found = None
    for heading in section:
        m = _PLAN.search(heading)
        if _YEAR.search(heading):
            found = None
        elif m and (first := plan_begins(m["quoted"] or m["bare"])) and first <= report.year_from <= first + 4 and _LOOKS_BACK.search(heading):
            found = first
        elif not m and _REVIEW.search(heading):
            found = report.year_from - 4
    return found


class FiveYears:
    """Follows one report through its paragraphs, in order."""

    def __init__(self, report: Report):
        self.report = report
        self._section: tuple[str, ...] = ()
        self._span: int | None = None  # first year of the five that the items (——) below speak of

    def when(self, text: str, section: tuple[str, ...], default: When) -> When:
        """``default`` as it holds for the paragraph ``text`` under these headings."""
        if self.report.kind != ANNUAL:
            return default
        if section != self._section:
            self._section, self._span = section, None
        if default.status == "target":
            return goals(self.report, section) or default
        opens = _OPENS.match(text)
        if opens:
            self._span = plan_begins(opens["plan"]) if opens["plan"] else self.report.year_from - 4
        elif _ONE_YEAR.match(text):
            self._span = None
            return default
        elif not _ITEM.match(text):
            self._span = review(self.report, section)
        if self._span is None or not self._span <= default.year <= self._span + 4:
            return default
        return replace(default, plan=self._span)
