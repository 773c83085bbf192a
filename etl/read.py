"""A file becomes a Report: its text as it stands, lines with character offsets, and what its title says.

Offsets count characters of ``Report.text``; the text is never re-flowed. Other formats can be added as
further readers in ``READERS``: each takes content and name and returns text and encoding; lines are split the same way.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from data.catalog import Catalog, District
from data.unseen import without
from etl import refusals
from etl.numerals import FULLWIDTH, chinese_integer

ANNUAL = "annual_plan_report"
PLAN = "five_year_plan"
_HEAD_CHARS = 3000  # the title and who says it stand in front
#: Bytes. No report is a tenth as long; what is longer would take the memory that the others need.
LARGEST_FILE = 12_000_000


class ReportError(ValueError):
    """A file cannot be used; the message names the file, the line where there is one, and what to do."""


@dataclass(slots=True)
class Report:
    """One report as received.

    ``lines[i]`` is the (start, end) of line i+1 in ``text``, without its line break.
    ``year_from``/``year_to``: the year reported on and the year planned (annual report), the first and
    last year (plan, or its evaluation, whose last year of results is ``evaluated``).
    """

    report_id: str
    path: Path
    text: str
    encoding: str
    sha256: str
    lines: list[tuple[int, int]]
    title: str = ""
    kind: str = ""
    district: District | None = None
    place: str = ""  # the place as the title has it, for places outside districts.csv
    year_from: int = 0
    year_to: int = 0
    evaluated: int | None = None
    meeting_date: str | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def results_to(self) -> int:
        """The last year of which the report gives results."""
        return self.year_from if self.kind == ANNUAL else self.evaluated or self.year_from - 1

    def begins(self, year: int) -> int:
        """The first of the years of a plan that end with ``year``: 2021 for 2025, and for 2022 in an evaluation of that plan."""
        return self.year_from if self.kind == PLAN and self.year_from <= year <= self.year_to else year - 4

    def untold_start(self, year: int) -> int:
        """Where a yearly average or a total up to ``year`` begins that does not say it: with the plan, or in a report of one year there."""
        return self.begins(year) if self.kind == PLAN else year

    def line_of(self, offset: int) -> int:
        """1-based number of the line that holds ``offset``."""
        lo, hi = 0, len(self.lines) - 1
        while lo < hi:
            mid = (lo + hi + 1) // 2
            if self.lines[mid][0] <= offset:
                lo = mid
            else:
                hi = mid - 1
        return lo + 1


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """Text and encoding of a file: UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.

    Raises ReportError when it is none of these or no text at all.
    """
    if not raw.strip():
        raise ReportError(f"{name}: 文件是空的，请检查后重新放入")
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(bom):
            try:
                return raw.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise ReportError(f"{name}: 标明是 {encoding}，但第 {error.start} 字节无法解码") from error
    if b"\x00" in raw[:4096]:
        raise ReportError(f"{name}: 不是文本文件；请从 Word 或 PDF 另存为纯文本（.txt，UTF-8）")
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as utf8_error:
        bad = raw.count(b"\n", 0, utf8_error.start) + 1
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        raise ReportError(f"{name}:{bad}: 既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8") from error
    common = sum(text.count(c) for c in "的年和发展区全中国")
    if common * 60 < len(text):  # GB18030 decodes almost anything; Chinese prose has these signs
        raise ReportError(f"{name}:{bad}: 按 UTF-8 与 GB18030 都读不出中文，请另存为 UTF-8")
    return text, "gb18030"


def split_lines(text: str) -> list[tuple[int, int]]:
    """(start, end) of each line; a line ends at \\n, \\r\\n or \\r."""
    spans = []
    start = 0
    for m in re.finditer(r"\r\n|\n|\r", text):
        spans.append((start, m.start()))
        start = m.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


READERS = {".txt": decode}


def read(path: Path, catalog: Catalog) -> Report:
    """Read one report and understand its title.

    Raises ReportError with a message for the person who put the file there.
    """
    return understand(path.name, content(path), catalog)


def content(path: Path) -> bytes:
    """What is in the file. Raises ReportError when it cannot be read, or when its kind or its name is none for a report."""
    try:
        path.name.encode()
    except UnicodeEncodeError as error:
        name = path.name.encode("utf-8", "replace").decode()
        raise ReportError(f"{name}: 文件名不是 UTF-8 编码，请改名后重新放入") from error
    _reader(path)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ReportError(
                f"{path.name}: 有 {size / 1e6:.0f} MB，一份报告的文字通常不到 1 MB；请检查是不是放错了文件，或内容重复（上限 {LARGEST_FILE // 10**6} MB）"
            )
        return path.read_bytes()
    except OSError as error:
        raise ReportError(f"{path.name}: 无法读取（{error.strerror}），请检查文件与权限") from error


def understand(name: str, raw: bytes, catalog: Catalog) -> Report:
    """The report whose file has this name and content. Raises ReportError as ``read`` does."""
    path = Path(name)
    text, encoding = _reader(path)(raw, name)
    report_id = path.stem if path.suffix == ".txt" else path.name  # a.txt and a.TXT are two reports
    report = Report(report_id, path, text, encoding, hashlib.sha256(raw).hexdigest(), split_lines(text))
    understand_title(report, catalog)
    return report


def _reader(path: Path) -> Callable[[bytes, str], tuple[str, str]]:
    reader = READERS.get(path.suffix.lower())
    if path.stem == "supplement":
        raise ReportError(f"{path.name}: 这个文件名留给补充来源，请按“区县拼音-年份-annual-plan-report.txt”改名")
    if reader is None:
        raise ReportError(f"{path.name}: 暂不能读 {path.suffix or '无扩展名'} 文件；请另存为纯文本 .txt 后放入")
    return reader


_CN_YEAR = re.compile(r"[二两][〇零○O0ＯΟ][〇零○O0ＯΟ一二三四五六七八九十][〇零○O0ＯΟ一二三四五六七八九]年")
_ANNUAL = re.compile(
    r"(?P<place>(?:(?!\d年)[^。，]){0,40}?)(?P<y>(?:19|20)\d{2})年?度?(?:全[区县市省州旗])?(?:国民)?经济(?:和|与|、)?社会发展(?:年度)?(?:主要目标)?计划"
    r"(?:（草案）)?(?:[和及与]财政预算)?(?:的)?执行情况(?:的报告)?(?:及|与|和|暨|以及)?(?P<rest>.{0,60})"
)
_PLAN = re.compile(
    r"(?P<place>[^。，《]{0,40}?)国民经济(?:和|与)社会发展第(?P<n>[一二三四五六七八九十]{1,3})个五年"
    r"(?:（(?P<a>20\d{2})[^）]{1,5}(?P<b>20\d{2})年?）)?(?:规划|计划)(?:和|与|及)?[^。《]{0,30}?纲要"
)
#: Behind the plan's name: its evaluation, at half time or at the end.
_EVALUATION = re.compile(r"》?[^。《，；]{0,12}?(?:中期|总结|终期|期末|实施)[^。《，；]{0,6}?(?:评估|评价)|》?中期实施情况|》?实施情况的?中期")
_EVALUATED_TO = re.compile(
    r"(20\d{2})年(?:年?[末底])?(?:作?为|是)评估(?:的)?(?:期末|末期|截[止至]|时点|期限?)"
    r"|评估(?:期限?|时段|时限|期间|范围|区间)(?:为|是|：)?20\d{2}年?(?:\d{1,2}月)?(?:——|—|-|–|~|～|至|到)(20\d{2})年"
    r"|评估(?:期末|末期|截[止至]|时点|期)[^。，0-9]{0,6}(20\d{2})年"
)
_DATED = re.compile(r"(20\d{2})年\d{1,2}月")
_MEETING = re.compile(r"(20\d{2})年(\d{1,2})月(\d{1,2})日\s*(?:在|，|\)|）|[^。]{0,40}人民代表大会)")




def _plain(text: str) -> str:
    """The head of a report without white space and what nobody sees, its years in digits."""
    head = _CN_YEAR.sub(_digits_year, without(text[:_HEAD_CHARS]).translate(FULLWIDTH))
    return "".join(head.split())


def _digits_year(m: re.Match) -> str:
    digits = m.group()[:-1]
    for zero in "〇零○OＯΟ":
        digits = digits.replace(zero, "0")
    digits = "".join(c if c.isdigit() and c.isascii() else str(chinese_integer(c) or 0) for c in digits)
    return digits + "年"


def understand_title(report: Report, catalog: Catalog) -> None:
    """Fill title, kind, district, years and meeting date from the opening of the report.

    Raises ReportError when the text is no annual plan report and no five-year plan; what else it is, where that is known.
    """
    head = _plain(report.text)
    annual, plan = _ANNUAL.search(head), _PLAN.search(head)
    first = next((i for i, (s, e) in enumerate(report.lines, 1) if report.text[s:e].strip()), 1)
    why = refusals.other_kind(head, min((m.end() for m in (annual, plan) if m), default=None))
    if why:
        raise ReportError(f"{report.path.name}:{first}: {why}")
    if annual and (not plan or annual.start() < plan.start()):
        report.kind = ANNUAL
        report.year_from = int(annual["y"])
        after = re.search(r"((?:19|20)\d{2})年", annual["rest"])
        report.year_to = int(after[1]) if after else report.year_from + 1
        if not 0 < report.year_to - report.year_from <= 5:
            report.year_to = report.year_from + 1
        stop = re.search(r"报告", annual["rest"])
        end = annual.start("rest") + (stop.end() if stop else 0)
        match = annual
    elif plan:
        ordinal = chinese_integer(plan["n"]) or 0
        report.kind = PLAN
        if plan["a"]:
            report.year_from, report.year_to = int(plan["a"]), int(plan["b"])
        elif ordinal >= 6:  # the sixth ran 1981-1985, and every five years since
            report.year_from = 1981 + 5 * (ordinal - 6)
            report.year_to = report.year_from + 4
        else:
            raise ReportError(f"{report.path.name}: 认不出“第{plan['n']}个五年”是哪几年")
        end, match = plan.end(), plan
        evaluation = _EVALUATION.match(head, end)
        if evaluation:
            report.evaluated = _evaluated_to(report, head[evaluation.end():], first)
            told = re.match(r"[^。《（]{0,8}?报告", head[evaluation.end():])
            end = evaluation.end() + (told.end() if told else 0)
    else:
        raise ReportError(
            f"{report.path.name}:{first}: 开头没有“××年国民经济和社会发展计划执行情况…的报告”或“第×个五年规划纲要”"
            "这样的标题，不像计划报告；若是，请把标题补在文件开头"
        )
    place = re.sub(r"^.*?(关于|附件[:：]?名词解释|目录)", "", match["place"])
    report.title = re.sub(r"^.*?(?=关于)", "", head[match.start(): end]) if "关于" in match["place"] else (
        place + head[match.start() + len(match["place"]): end]
    )
    report.title = report.title.strip("《》“”—")
    meeting = _MEETING.search(head)
    if meeting:
        report.meeting_date = f"{meeting[1]}-{int(meeting[2]):02d}-{int(meeting[3]):02d}"
    report.district = find_district(place, head, catalog)
    report.place = report.district.district if report.district else _own_name(place, catalog) or "未知"
    if report.district is None:
        report.warnings.append(
            f"{report.path.name}: 标题中的地名“{place or '（无）'}”不在区县名单中，看板照标题称呼它；管理员可在 districts.csv 补一行"
        )


#: How the name of a place ends that is a division, or is run like one.
_PLACE_END = re.compile("[\u4e00-\u9fff]{2,12}(?:区|县|市|旗|盟|州|乡|镇|街道|新城|管委会)")
_WHOSE = re.compile("(?:我|全|本)(?:区|县|市|旗|州|省)")


def _own_name(place: str, catalog: Catalog) -> str:
    """The name of a place that the list does not have, without the divisions above it: 重庆市万盛经开区 -> 万盛经开区."""
    own = _below(place, catalog) or place
    return own if re.search(r"(?:新|开发|经开|高新|示范|试验|保税|度假|合作|管理)区$", own) else re.sub(r"(省|市|区|县)$", "", own)


def _below(place: str, catalog: Catalog) -> str:
    """What of a title's place stands behind the names of known divisions: all of it where there is none."""
    return place[max((at + len(name) for name in catalog.by_full_name if (at := place.find(name)) >= 0), default=0):]


def _evaluated_to(report: Report, behind: str, line: int) -> int:
    """The last year that an evaluation looks at: as it says itself, else the year before the one it is dated in."""
    said, dated = _EVALUATED_TO.search(behind), _DATED.search(behind)
    year = int(next(filter(None, said.groups()))) if said else int(dated[1]) - 1 if dated else 0
    if not report.year_from <= year <= report.year_to:
        raise ReportError(
            f"{report.path.name}:{line}: 这是规划的评估报告，但没有写明评估到哪一年；"
            f"请在标题下补一行，如“评估期末为{report.year_from + 1}年”"
        )
    return year


def find_district(place: str, head: str, catalog: Catalog) -> District | None:
    """The division a title names: the longest full name in it; for names that several places share,
    the one whose parent is named too. None for a place of its own that the list does not have: 重庆市万盛经开区 is not 重庆市."""
    index = catalog.by_full_name
    own = _below(place, catalog)
    short = [d for d in catalog.districts if d.district == own and d.level != "country"]
    if len(short) == 1 and own not in index:
        return short[0]  # 綦江2024年…
    if own not in index and _PLACE_END.fullmatch(own) and not _WHOSE.fullmatch(own):
        return None
    if not place and re.search(r"届全国人民代表大会|国家发展和改革委员会", head):
        return next((d for d in catalog.districts if d.level == "country"), None)
    for text in (place, head):
        found: list[tuple[int, int, District]] = []
        for name, rows in index.items():
            at = text.find(name)
            if at < 0:
                continue
            for row in rows:
                found.append((_parents_named(row, text if text is head else place + head, catalog), len(name), row))
        names = {n for n in (f[2].full_name for f in found)}
        found = [f for f in found if not any(f[2].full_name != n and f[2].full_name in n for n in names)]  # 东区 in 金东区
        if found:
            lowest = {"county": 3, "prefecture": 2, "province": 1, "country": 0}
            if text is place:
                best = max(found, key=lambda f: (lowest[f[2].level], f[0], f[1]))
                return best[2]
            counts = [(head.count(f[2].full_name), lowest[f[2].level], f[0], f[1], f[2]) for f in found]
            return max(counts, key=lambda c: c[:4])[4]
    return None


def _parents_named(row: District, text: str, catalog: Catalog) -> int:
    """How many of the divisions above ``row`` the text names."""
    by_code = catalog.by_code
    count, code = 0, row.parent_code
    while code and code in by_code and by_code[code].level != "country":
        count += by_code[code].full_name in text
        code = by_code[code].parent_code
    return count
