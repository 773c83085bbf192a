"""Where a report turns from goals to results, or from results to goals, without a heading that says so."""

from __future__ import annotations

import re

from etl import timing
from etl.read import ANNUAL, Report
from etl.timing import When
from etl.vocabulary import Vocabulary

_AS_IT_IS = re.compile(r"问题|困难|不足|短板|说明|附[件表录]|解释")  # headings behind the plan that tell how things are


def turn(report: Report, says: Vocabulary) -> TurnToGoals | LookBack:
    """What follows the paragraphs of this report, in order."""
    return TurnToGoals(report, says) if report.kind == ANNUAL else LookBack(report, says)


class TurnToGoals:
    """Of an annual report: behind the goals of the year planned, what no heading dates is planned too. So is what stands under headings
    that follow those of the plan and say nothing of results."""

    def __init__(self, report: Report, says: Vocabulary):
        self._report, self._says = report, says
        self._past, self._planned = When("actual", report.year_from), When("target", report.year_to)
        self._results: set[tuple[str, ...]] = set()  # first headings that came before those of the plan
        self._plan_told = False  # a heading has told of the plan
        self._goals_under: tuple[str, ...] | None = None  # the first heading under which goals have been announced
        self._back = re.compile(rf"[\s　]*(?:回顾)?(?:{report.year_from}年|过去的?一年|去年)[，,]")

    def when(self, text: str, section: tuple[str, ...], when: When) -> When:
        """The default of a paragraph under these headings; ``when`` is what they say."""
        if when != self._past:
            self._plan_told = self._plan_told or when == self._planned
            return when
        if not self._plan_told:
            self._results.add(section[:1])
        elif section and section[:1] not in self._results and not (
            timing.YEAR.search(section[0]) or self._says.heading_done.search(section[0]) or _AS_IT_IS.search(section[0])):
            return self._planned
        if section[:1] != self._goals_under or self._back.match(text):
            self._goals_under = None
        now = self._planned if self._goals_under is not None else when
        if "目标" in text and any(m.kind == "coming" and m.when.year == self._report.year_to for m in timing.mentions(self._report, text, when)):
            self._goals_under = section[:1]
        return now


class LookBack:
    """Of a plan: in its first chapter, «“十三五”时期，…» turns what follows under the same headings to what was reached, where these say
    nothing of goals."""

    def __init__(self, report: Report, says: Vocabulary):
        self._says, self._reached = says, When("actual", report.results_to)
        self._first: tuple[str, ...] | None = None  # heading of the first chapter
        self._looks_back: tuple[str, ...] | None = None  # the headings under which the text looks back
        self._beyond_first = False
        self._five_years_past = re.compile(rf"[\s　]*(?:回顾)?(?:“?{timing.plan_name(report.year_from - 5)}”?(?:时期|期间|以来)|过去五年|五年来)[，,]")

    def when(self, text: str, section: tuple[str, ...], when: When) -> When:
        """The default of a paragraph under these headings; ``when`` is what they say."""
        if section:
            self._first = self._first or section[:1]
            self._beyond_first = self._beyond_first or section[:1] != self._first
        goals = when.status == "target" and not any(self._says.heading_forward.search(heading) for heading in section)
        if goals and self._first and not self._beyond_first and self._five_years_past.match(text):
            self._looks_back = section
        return self._reached if goals and self._looks_back == section else when
