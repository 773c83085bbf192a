"""What people should look at: contradictions, breaks, corrections, each with the sentences it is about side by side."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import streamlit as st

from pages.parts import cached, filters, format, frame, markup, quotes, supplement
from pages.parts.markup import escape

PER_PAGE = 20
#: What each kind of finding is, and what was done about it.
MEANINGS = {
    "contradiction": "同一件事有两个说法，四舍五入和“以上”“约”都不能解释。两个说法都保留，看板用标明“看板采用”的一个。",
    "definition_break": "名称相同而口径不同（如含或不含万盛），或两年之数与公布的增速对不上。两边的数不能相减，也不连成一条线。",
    "implausible": "数或变化幅度超出常理。原文如此，数没有改动，使用前请核对。",
    "relabelled": "表格的行名像年末存量，同一报告的正文写明是新增数，已按新增数归类。",
    "not_understood": "有内容而没有读进来，请看原文。",
    "outside_catalogue": "报告表格有、指标目录没有的指标，按原文保留，不参加比较。",
    "correction": "报告中明显的错漏，原文不改，读数时按更正后的写法，逐条写明理由。",
    "target_changed": "先后两份文件给同一年定的目标不同，看板用较晚的一份。",
    "incomplete": "年度报告照例既有上年完成情况，也有下年目标；缺一半的，可能是文件不全，也可能目标另成一份，请与原件核对。",
    "unseen_characters": "原文中有看不见的字符，屏幕和下载的表格里以 � 代替，图片里以 □ 代替；有的会使后面的数字看上去次序相反，请与发布单位核对。",
}
_CORRECTION = re.compile(r"原文“(?P<printed>.+?)”按“(?P<read_as>.+?)”读：(?P<reason>.+)", re.DOTALL)
_AROUND = 60


def show(view: filters.Selection) -> None:
    """The findings of a chosen kind, a page at a time; only what is shown is looked up."""
    numbers: dict[str, int] = {}
    for row in cached.findings_counted(view.build):
        numbers[row["kind"]] = numbers.get(row["kind"], 0) + row["findings"]
    kinds = {words: key for key, words in format.FINDINGS.items() if key in numbers}
    if not kinds:
        st.write("没有发现问题。")
        return
    counts = {words: numbers[key] for words, key in kinds.items()}
    frame.note("；".join(f"{words}{count:,}条" for words, count in counts.items()) + "。发现不改动任何数。")
    picked = st.segmented_control(
        "问题种类",
        list(kinds),
        default=next(iter(kinds)),
        key="finding",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
        on_change=_first_page,
    )
    frame.note(MEANINGS[kinds[picked]])
    pages = -(-counts[picked] // PER_PAGE)
    page = st.pagination(pages, key="finding_page", bind="query-params") if pages > 1 else 1
    _cards(view, cached.findings(view.build, kinds[picked], PER_PAGE, (page - 1) * PER_PAGE))


def _first_page() -> None:
    st.session_state["finding_page"] = 1


def _cards(view: filters.Selection, found: list[dict]) -> None:
    ids = tuple(dict.fromkeys(fact for f in found for fact in _facts(f)))
    facts = {row["fact_id"]: row for row in cached.derived(view.build, ids)} if ids else {}
    places = {row["district_code"] or row["district"] for row in facts.values()}
    own = cached.reports(view.build, ids=tuple(sorted({f["report_id"] for f in found if f["report_id"]})))
    reports = cached.reports(view.build, places=tuple(sorted(places | {r["district_code"] or r["district"] for r in own})))
    names = {r["report_id"]: format.report(r) for r in reports}
    cards = [card(view, f, [facts[i] for i in _facts(f) if i in facts], reports, names) for f in found]
    st.html("".join(cards))


def _facts(finding: dict) -> list[str]:
    return list(finding["fact_ids"]) if finding["fact_ids"] is not None else []


def card(view: filters.Selection, finding: dict, facts: list[dict], reports: list[dict], names: dict) -> str:
    """A finding as HTML: gravity and message, then the statements it is about side by side."""
    slip = corrected(finding)
    message = "原文有错漏，已更正" if slip else supplement.plain(format.named(finding["message"], reports))
    tag = f'<span class="pb-tag">{format.SEVERITIES[finding["severity"]]}</span>'
    sides = [statement(fact, names) for fact in facts]
    if slip or not facts:
        sides.insert(0, _passage(view, finding, names, slip))
    body = "".join(f"<div>{side}</div>" for side in sides if side)
    return f'<section class="pb-finding"><p>{escape(message)}{tag}</p>{_slip(slip)}<div class="pb-sides">{body}</div></section>'


def corrected(finding: dict) -> dict[str, str] | None:
    """printed, read_as and reason of a correction in force; None for any other finding and for a stale correction."""
    said = _CORRECTION.fullmatch(finding["message"]) if finding["kind"] == "correction" else None
    return said.groupdict() if said else None


def _slip(slip: dict[str, str] | None) -> str:
    if not slip:
        return ""
    names = {"printed": "原文印作", "read_as": "看板读作", "reason": "理由"}
    listing = "".join(f"<dt>{words}</dt><dd>{escape(slip[key])}</dd>" for key, words in names.items())
    return f'<dl class="pb-facts">{listing}</dl>'


def statement(fact: dict, names: dict[str, str]) -> str:
    """One statement: what it says, its sentence with the value marked, where it stands and the way there."""
    used = '<span class="pb-tag">看板采用</span>' if fact["preferred"] else ""
    said = f"<div>{escape(quotes.in_words(fact))}{used}</div>{quotes.quote(fact)}"
    if fact["origin"] == "supplement":
        return said + supplement.cited(fact)
    if fact["line_start"] is None:
        link = markup.Link("看推算依据", "./?" + urlencode({"fact": fact["fact_id"]}))
        return f'{said}<div class="pb-muted">推算：{escape(fact["note"] or "")} {markup.inline(link)}</div>'
    link = markup.Link("在原文出处中查看", "sources?" + urlencode({"fact": fact["fact_id"]}))
    place = f"{names.get(fact['report_id'], '')} 第{fact['line_start']}行"
    qualifier = f" · 口径：{fact['qualifier']}" if fact["qualifier"] else ""
    return f'{said}<div class="pb-muted">{escape(place + qualifier)} · {markup.inline(link)}</div>'


def _passage(view: filters.Selection, finding: dict, names: dict, slip: dict[str, str] | None) -> str:
    """The line of the report a finding without a figure speaks of, what is wrong in it marked; empty without a line."""
    report, line = finding["report_id"], finding["line"]
    if report is None or line is None:
        return ""
    text = "\n".join(row["text"] for row in cached.passages(view.build, report, line, line))
    at = text.find(slip["printed"]) if slip else -1
    if at >= 0:
        quoted = markup.around(text, at, at + len(slip["printed"]), _AROUND, _AROUND)
    else:
        quoted = markup.around(text, 0, 0, 0, 3 * _AROUND)
    link = markup.Link("在原文出处中查看", "sources?" + urlencode({"report": report, "line": line}))
    place = f'<div class="pb-muted">{escape(names.get(report, ""))} 第{line}行 · {markup.inline(link)}</div>'
    return (f'<blockquote class="pb-quote">{quoted}</blockquote>' if text else "") + place
