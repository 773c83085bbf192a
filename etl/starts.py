"""The year in which a change starts: «由上年的28.1%», «从2015年的142.6亿元», «由19家增加到31家».

Where no year is printed, what five years have brought (or shall bring) is compared with the year before the first of them.
In a report of one year it may as well be the year in which a plan began: only «一年来» says that it is the year before.
"""

from __future__ import annotations

import re

from etl import timing
from etl.read import ANNUAL, Report
from etl.sentence import Sentence

_NAMED = re.compile(r"((?:19|20)\d{2})年(?:末|底)?的?(?:约|近)?$")
_LAST = re.compile(r"[上去]年(?:末|底|同期)?的?(?:约|近|增长|下降)?$")
_IN_A_YEAR = re.compile(r"一年来|同比|(?:比|较)上年")
_BARE = re.compile(r"[由从](?:每人?每?[月年])?(?:约|近)?$")
_OTHER_START = re.compile(r"([由从])((?:最初|当初|原来|原有|原先|起初|年初|“?[六七]普”?|第[六七]次全国人口普查|开局|过去|以前|最低|最高|[一两二三四五六七八九十]年前)(?:时)?的?)(?=(?:约|近)?$)")


_END_OF_A_PLAN = "“?(?P<plan>十[一二三四五六七八九]?)五”?(?:时期|规划)?(?:期?末|末期|收官之年)"
#: The same where it is the end of a plan, the year before, or the beginning of a year: none of them is a part of a name.
_START_TIME = re.compile(
    rf"([由从])(?:{_END_OF_A_PLAN}|[上去]年(?:末|底|同期)?|(?:19|20)\d{{2}}年初)的?(?=(?:约|近)?$)")
_PLAN_END = re.compile(rf"{_END_OF_A_PLAN}的?(?:约|近)?$")


def without_time(gap: str) -> str:
    """The words in front of a number without the time a change is said to start in: 由年初的, 由“十三五”末的 -> 由. (A year is taken off with the words.)"""
    return _START_TIME.sub(r"\1", _OTHER_START.sub(r"\1", gap))


def year(report: Report, s: Sentence, position: int, level: bool) -> int | None:
    """The year of the number at ``position`` of the sentence, from which something changed; None when nothing says it.

    Only a ``level`` may leave its year out: rates of growth are as often compared with the quarter before.
    """
    before = s.text[max(0, position - 18): position]
    named = _NAMED.search(before)
    if named:
        return int(named[1])
    if _LAST.search(before):
        return s.when.year - 1
    if plan := _PLAN_END.search(before):
        first = timing.plan_begins(plan["plan"])
        return first and first + 4
    if not level or not _BARE.search(before):
        return None
    return _unsaid(report, s, position)


def _unsaid(report: Report, s: Sentence, position: int) -> int | None:
    """The year a change without one starts in; None after a year or a span of another kind («2021年以来»)."""
    now = timing.resolve(s.mentions, position, s.text, s.clause_start(position), 0, s.when)
    if now.partial or s.since:
        return None
    if now.plan:
        return now.plan - 1
    of_review = report.kind != ANNUAL and timing.in_review(report, now)
    spans = [m for m in s.mentions if m.start < position and m.kind != "goal" and m.reach != "which"
             and not (of_review and m.kind == "year" and m.when.year == report.results_to)]
    if spans:
        last = spans[-1]
        if last.kind == "plan" and last.when.start:
            return last.when.start - 1
        ends = last.kind == "span" and "以来" not in s.text[last.start: last.end]  # 2020年到2025年，占比从18%提升到35%
        return last.when.start if ends else None
    if report.kind == ANNUAL:  # the year before, the year a plan began, the month the work began: most often nothing says it
        return now.year - 1 if _IN_A_YEAR.search(s.text, 0, position) else None
    return report.begins(now.year) - 1 if timing.in_review(report, now) else report.year_from - 1
