"""Which year a statement is for, and whether it is a result or a target.

The headings give the default (执行情况 -> the year past, 目标 and 重点工作 -> the year planned); a year,
a span or a plan's name in the sentence overrides it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from etl.numerals import chinese_integer
from etl.read import ANNUAL, Report
from etl.vocabulary import Vocabulary

YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_SPELLED_YEAR = re.compile(r"[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def in_digits(text: str) -> str:
    """The text with its years in digits, of the same length: 二〇三五年 -> 2035年."""
    return _SPELLED_YEAR.sub(lambda m: m.group().translate(_DIGITS), text)


@dataclass(frozen=True, slots=True)
class When:
    """Status, year, and period of a statement; ``start`` is the first year of a span."""

    status: str
    year: int
    period: str = "annual"
    start: int | None = None
    own_year: bool = False  # the sentence itself names the year
    partial: bool = False  # a part of a year: no annual value
    plan: int | None = None  # first of the five years that a paragraph of an annual report speaks of

    @property
    def period_start(self) -> int:
        return self.start if self.start is not None else self.year


def default(report: Report, section: tuple[str, ...], says: Vocabulary) -> When:
    """The default for a block under these headings."""
    if report.kind == ANNUAL:
        return _annual(report, section, says)
    return _plan(report, section, says)


def _annual(report: Report, section: tuple[str, ...], says: Vocabulary) -> When:
    past, planned = When("actual", report.year_from), When("target", report.year_to)
    now = past
    for depth, heading in enumerate(section):
        years = [int(y) for y in YEAR.findall(heading)]
        done, plan = says.heading_done.search(heading) or heading.endswith("情况"), says.heading_planned.search(heading)
        if years:
            if max(years) >= report.year_to:
                now = planned
            elif plan and not done and "计划" not in heading:
                now = When("target", max(years)) if re.search("目标", heading) else past
            else:
                now = When("actual", max(years))
        elif depth == 0:
            if done and re.search("执行|回顾|总结|完成", heading):
                now = past
            elif plan and not done:
                now = planned
    return now


def _plan(report: Report, section: tuple[str, ...], says: Vocabulary) -> When:
    base = When("actual", report.results_to)
    goal = When("target", report.year_to)
    previous = plan_name(report.year_from - 5)
    now = base if report.evaluated else goal
    for heading in section:
        looks_back = previous in heading and not says.heading_forward.search(heading)
        if looks_back or says.heading_review.search(heading) and not says.heading_onward.search(heading):
            now = base
        elif says.heading_forward.search(heading):
            now = goal
    return now


def plan_begins(name: str) -> int | None:
    """First year of the plan of this name: 2026 for 十五; None when it is no plan of five years. (The sixth began in 1981.)"""
    n = chinese_integer(name) or 0
    return 1981 + 5 * (n - 6) if n >= 6 else None


def plan_name(first_year: int) -> str:
    """The name of the five years that begin with ``first_year``: 十四五 for 2021."""
    n = (first_year - 1981) // 5 + 6
    tens, ones = divmod(n, 10)
    return ("十" if tens else "") + ("" if ones == 0 else "零一二三四五六七八九"[ones]) + "五"


def in_review(report: Report, when: When) -> bool:
    """The statement stands in a plan's look back over the five years before it, or in an evaluation of the plan."""
    return report.kind != ANNUAL and when.status == "actual" and when.year == report.results_to


_MENTION = re.compile(
    r"(?P<a>(?:19|20)\d{2})年?(?:——|—|-|–|~|～|至|到)(?P<b>(?:19|20)\d{2})年"
    r"|(?P<since>自|从)?(?P<y>(?:19|20)\d{2})年(?P<after>以来|末|底|初|上半年|[一二三四]季度|前三季度|第[一二三四]季度|\d{1,2}(?:[—\-–~至]\d{1,2})?月(?:底|末|份)?)?"
    r"|“?(?P<plan>十[一二三四五六七八九]?)五”?(?:规划)?(?P<span>期间|时期|以来|(?:规划)?期?末|规划期|收官|目标|时|）)?"
    r"|(?P<part>(?:春节|国庆|中秋|五一|“五一”|元旦|清明|端午)[^，。；0-9]{0,6}(?:假期|期间|黄金周|小长假)|截[至止](?:1[01]|[1-9])月(?:底|末)?(?!\d)|上半年|前三季度|前[两二]季度|[一二三四]季度|第[一二三四]季度|\d{1,2}[—\-–~至]\d{1,2}月(?:份)?|(?<![0-9年])(?:\d{1,2}月份|\d{1,2}月(?=当月))|当月|前[0-9一二三四五六七八九十]{1,2}个月)"
    r"|(?P<last>去年|上年(?!同期|末|底))"
    r"|(?P<coming>[今明]年)(?=[^，。；：0-9]{0,20}目标(?:任务)?(?:是|为|[：:]))"  # 今年经济社会发展的主要预期目标是：
)
_ANNOUNCED = re.compile(r"[^，。；：:0-9]{0,24}目标(?:任务|建议|安排|值)*(?:初步)?(?:安排|定|设定|确定|考虑|建议)?(?:是|为)?[：:]")  # 2025年主要预期目标建议为：
_COMPARED = re.compile(r"(?:比|较|与|同|以|相比于?|对比)\s*$|(?:比|较)(?:前?[一二三四两]个?季度|上半年|1[—\-–~至]\d{1,2}月|去年|上年)(?:、|和)$")
_WHOLE_YEAR = re.compile(r"全年(?!度|目标|计划|任务|预期|预算)")
_TARGET_WORDS = re.compile(r"目标|计划|力争|确保|规划的|提出的|要求")


@dataclass(slots=True)
class Mention:
    start: int
    end: int
    when: When
    kind: str
    reach: str = ""  # which: no farther than its clause; number: no farther than what the number before it is about


_STARTING_POINT = re.compile(r"(?:由|从|恢复到|相当于|达到|为|是|仅为|约为)$")  # 由2020年的37.9万亩: the year of the start only
_REACHED = re.compile(r"(?:(?:增|提|升|降|减|缩|扩)[^，。]{0,3}[到至]|(?:调整|优化|演变|变化?)[为到至])$")
_EVENT = re.compile(r"[^，。；0-9]{0,12}(?:大会|论坛|运动会|博览会|杯|赛|展会|峰会|消费节|白皮书|规划)")
#: what is learned from or followed, not when something was done: 吸取2020年“7·18”灾害教训, 贯彻2021年中央1号文件精神
_FOLLOWED = re.compile(r"(?:吸取|汲取|贯彻|落实|学习)[^，。；]{0,6}$")
_BACKGROUND = re.compile(r"[^，。；]{0,24}(?:教训|精神)")
_OPEN_ASIDE = re.compile(r"[^，。；（）]*（[^（）]*")  # «到2027年实现三个突破（产值突破90亿元，税收突破8亿元）»
_CLAUSE_END = re.compile("[，；：]")
_NOW = re.compile(r"[，,；]\s*(?:现(?:辖|有|共|已|为)|目前|至今|如今)")
_NO_DATE = re.compile(r"(?:(?:末|底|的)?基础上|以来|至今|第|国务院|重庆市|中国[·“《])")


#: 863.9亿元（1—11月）: the time of the number before the bracket, and of what is said of the same thing next
_NUMBER_BEFORE = re.compile(r"\d[^，。；：（）()\d]{0,8}[（(]$")
FIGURES = "(?:数据?|快报数?|初步核算数|口径)?"  # may stand behind the time in such a bracket: （2023年数）
_ALONE_IN_BRACKET = re.compile(f"{FIGURES}[）)]")
#: 2018年启动的…行动, 2000年底前建成的小区: says which they are, not when what follows behind a comma was done
_WHICH = re.compile("(?:底|末)?(?:之?前|以前|以来)?(?:建成|启动|开工|实施|印发|出台|制定|成立|设立|投用|投产|引进|签约|下达|获批|启用|创建|认定|建造|建设|竣工)[^，。；：\\d]{0,6}的")


def mentions(report: Report, sentence: str, default_when: When) -> list[Mention]:
    """Times named in a sentence, in order, each as the When it sets for what follows."""
    last_result = report.results_to
    sentence = in_digits(sentence)
    found = []
    for m in _MENTION.finditer(sentence):
        front, behind = sentence[max(0, m.start() - 12): m.start()], sentence[m.end(): m.end() + 16]
        if _COMPARED.search(front):
            continue
        starts = m["since"] == "从" and m["after"] != "以来" or _STARTING_POINT.search(front)
        if (m["y"] or m["plan"]) and behind.startswith("的") and starts and not _REACHED.search(front):
            continue
        if (m["y"] or m["last"]) and (_EVENT.match(behind) or _BACKGROUND.match(sentence, m.end()) and _FOLLOWED.search(front)):
            continue
        if m["part"] and re.match(r"1[—\-–~至]12月", m["part"]):
            continue  # the whole year
        mention = None
        if m["a"]:
            mention = _span(int(m["a"]), int(m["b"]), last_result)
        elif m["y"]:
            mention = _year(m, behind, last_result)
        elif m["plan"]:
            mention = _five_years(m, behind, last_result, default_when)
        elif m["part"]:
            mention = (replace(default_when, partial=True), "part")
        elif m["coming"]:
            mention = _coming(report, m["coming"])
        elif report.kind == ANNUAL and default_when.status == "target":
            mention = (When("actual", report.year_from, own_year=True), "last")
        if mention and mention[1] == "year" and mention[0].status == "target" and _ANNOUNCED.match(sentence, m.end()):
            mention = (mention[0], "coming")
        if mention:
            reach = "which" if m["y"] and int(m["y"]) < default_when.year and _WHICH.match(sentence, m.end()) else ""
            start = m.start()
            if _ALONE_IN_BRACKET.match(sentence, m.end()) and _NUMBER_BEFORE.search(sentence, max(0, start - 12), start):
                reach, start = "number", max(sentence.rfind(mark, 0, start) for mark in "，。；：") + 1
            found.append(Mention(start, m.end(), *mention, reach))
    return sorted(found, key=lambda m: m.start)


def _coming(report: Report, word: str) -> tuple[When, str] | None:
    """Whose goals follow: 今年 is the year of the meeting, the year planned where no date is known."""
    if report.kind != ANNUAL:
        return None
    now = int(report.meeting_date[:4]) if report.meeting_date else report.year_to - (word == "明年")
    year = now + (word == "明年")
    return (When("target", year, own_year=True), "coming") if year in (report.year_from, report.year_to) else None


def _status(year: int, last_result: int) -> str:
    return "actual" if year <= last_result else "target"


def _span(first: int, last: int, last_result: int) -> tuple[When, str] | None:
    """2021—2024年."""
    if not first < last <= first + 30:
        return None
    return When(_status(last, last_result), last, "cumulative", first, True), "span"


def _year(m: re.Match, behind: str, last_result: int) -> tuple[When, str] | None:
    """2027年, 2024年1—11月, 2021年以来."""
    year, after = int(m["y"]), m["after"] or ""
    if after == "以来":
        return When("actual", last_result, "cumulative", year, True), "span"
    if _NO_DATE.match(behind) and after != "末":
        return None
    partial = bool(re.search(r"上半年|季度|[—\-–~至]", after))
    return When(_status(year, last_result), year, "annual", None, True, partial), "year"


def _five_years(m: re.Match, behind: str, last_result: int, default_when: When) -> tuple[When, str] | None:
    """“十四五”期间, “十四五”末, “十四五”规划目标; the name alone dates nothing."""
    first = plan_begins(m["plan"])
    if first is None:
        return None
    last, span = first + 4, m["span"] or ""
    if span.endswith("末"):
        return When(_status(last, last_result), last, own_year=True), "year"
    if "目标" in span or re.match(r"[^，]{0,8}(?:目标|要求|明确)", behind):
        return When("target", last, own_year=True, plan=first), "goal"
    some = re.match(r"[”]?前([两二三四])年", behind)
    if some and default_when.status == "actual":  # “十四五”前四年，…年均增长6.2%
        end = first + (chinese_integer(some[1]) or 1) - 1
        return (When("actual", end, "cumulative", first, True), "plan") if end <= last_result else None
    if span not in ("期间", "时期", "以来") and not re.match(r"[”]?累计", behind):
        return None
    past = default_when.status == "actual" or last <= last_result
    end = min(last, last_result) if past and first <= last_result else last
    return (When("actual" if past else "target", end, "cumulative", first, True), "plan") if first <= end else None


def resolve(
    found: list[Mention], position: int, sentence: str, clause_start: int, subject_start: int, base: When
) -> When:
    """The When for a number at ``position``: the last mention in front of it, else the default.

    A span counts for averages and totals only; a year holds until the sentence ends, unless the mention
    belongs to an aside that a later clause has left («为完成2027年目标，…»). ``subject_start`` is where what the number is about is named.
    """
    now = base
    for m in found:
        if m.start >= position:
            break
        if m.reach == "number" and subject_start >= m.end:
            continue
        if m.reach == "which" and (_CLAUSE_END.search(sentence, m.end, position) or sentence[position - 1] == "的"):
            continue  # 2000年底前建成的89个全部改造
        if now.partial and "全年" in sentence[m.end:position]:
            continue
        if m.when.partial and sentence[m.start - 1: m.start] == "（" and sentence[m.end: m.end + 1] == "）":
            if "，" not in sentence[m.end:position]:
                now = m.when  # «利润总额（1—11月）68.5亿元、增长24.6%»
            continue
        if "）" in sentence[m.end:position] and sentence.rfind("（", 0, m.start) > sentence.rfind("）", 0, m.start):
            continue  # «突破60亿元（2024年为56亿元），增长7%»
        if m.kind == "year" and sentence[: m.start].endswith("在") and re.match("[^，。；]*基础上", sentence[m.end:position]):
            continue  # «在2024年增长4.5%的基础上增长6%»
        if m.kind == "part":
            if "全年" in sentence[m.end:position]:
                continue
            if m.start >= clause_start or now is base:
                now = m.when
            continue
        ahead = base.status == "actual" and m.when.status == "target" and m.kind == "year"
        if m.kind == "year" and _NOW.search(sentence, m.end, position):
            continue  # «1994年设区，现辖8镇，户籍人口42万人»
        if m.kind == "last" and m.start < clause_start:
            continue  # «在去年增长5.5%的基础上，…»
        alone = sentence[m.end: m.end + 1] in "，、" or _OPEN_ASIDE.fullmatch(sentence, m.end, position)  # «到2027年，» dates what follows
        if ahead and m.start < clause_start and not m.when.partial and not alone:
            continue  # a look ahead in one clause of the review does not date the next one
        now = m.when
        if m.when.own_year and _TARGET_WORDS.search(sentence[m.end: min(position, m.end + 14)]) and (
            now.status == "actual" and m.kind == "year"
        ) and not re.search(r"(?:目标|计划|任务)[^，。；]{0,6}(?:完成|实现)|完成|实现", sentence[m.end:position]):
            now = replace(now, status="target")
    if now.partial:  # «前三季度增长12.4%，预计全年增长11%»
        part = max((m.end for m in found if m.start < position and m.when.partial), default=0)
        if _WHOLE_YEAR.search(sentence[part:position]):
            now = replace(now, partial=False)
    return now
