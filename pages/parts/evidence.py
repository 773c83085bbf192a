"""The panel that shows the sentence behind a number: target and result side by side, the value marked."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import cached, filters, format, gap, markup, plate, reader, registry

_SIDES = ("target", "actual")


def open_if_asked(view: filters.Selection) -> None:
    """Open the panel when the address names a fact; closing it takes the fact out of the address."""
    fact_id = st.query_params.get("fact")
    if fact_id:
        st.dialog("数字的出处", width=860, position="right", on_dismiss=_forget)(_body)(view, fact_id)


def _forget() -> None:
    st.query_params.pop("fact", None)
    plate.forget_click()


def _body(view: filters.Selection, fact_id: str) -> None:
    rows = format.records(cached.evidence(view.build, fact_id))
    if not rows:
        st.write("现有数据中没有这个编号的数字。链接可能来自较早的数据版本，请从总览重新查找。")
        return
    shown = {side: [row for row in rows if row["status"] == side] for side in _SIDES}
    st.html(f'<div class="pb-value">{escape(_subject(rows[0]))}</div><div>{escape(_verdict(shown))}</div>')
    for column, side in zip(st.columns(2), _SIDES, strict=True):
        with column:
            _side(view, side, shown[side])
    about = cached.findings_about(view.build, tuple(row["fact_id"] for row in rows))
    reports = cached.reports(view.build)
    for finding in format.records(about):
        said = f"{format.FINDINGS.get(finding['kind'], '')}：{format.named(finding['message'], reports)}"
        st.html(f'<div class="pb-muted">{escape(said)}</div>')


def _subject(row: dict) -> str:
    when = format.period(row["year"], row["period"], row["period_start"])
    return f"{row['district']} · {row['indicator']} · {when}{format.MEASURES[row['measure']]}"


def in_words(row: dict) -> str:
    """One line that names a fact: 綦江 · 地区生产总值 · 2024年增速 · 完成情况 +5.5%."""
    return f"{_subject(row)} · {format.STATUSES[row['status']]} {format.fact(row)}"


def listed(row: dict) -> dict:
    """A fact as reader.facts_list takes it."""
    when = format.period(row["year"], row["period"], row["period_start"])
    return {
        "fact_id": row["fact_id"],
        "line": row["line_end"],
        "name": row["indicator"],
        "when": when + ("" if row["measure"] == "level" else format.MEASURES[row["measure"]]),
        "side": {"actual": "实际", "target": "目标"}[row["status"]],
        "value": format.fact(row),
    }


def as_pair(target: dict | None, actual: dict | None) -> dict:
    """Two rows of queries.evidence as one row of queries.pairs, for gap.assess."""
    pair = {key: (actual or target)[key] for key in ("direction", "measure", "due", "results_held", "economy_growth")}
    for side, row in (("target", target), ("actual", actual)):
        row = row or {}
        pair[side] = row.get("value")
        for name in ("unit", "comparator", "binding", "value_reported", "value_text", "value_low", "value_high"):
            pair[f"{side}_{name.removeprefix('value_')}"] = row.get(name)
    return pair


def _verdict(shown: dict[str, list[dict]]) -> str:
    """The status with the figures it comes from: 未完成：差 −1.5个百分点（容差0.2个百分点）."""
    pair = as_pair(*(next(iter(shown[side]), None) for side in _SIDES))
    found = gap.assess(pair)
    text = f"{found.state.glyph} {found.state.words}".removeprefix("– ")
    if found.gap is not None:
        text += f"：差距 {format.gap(found.gap, found.unit, found.share)}（正数为好于目标）"
    if found.tolerance:
        text += f"，容差 {format.quantity(found.tolerance, found.unit)}"
    if pair["target"] is None and found.gap is not None:
        text += f"；比照同年经济增速 {format.quantity(pair['economy_growth'], '%')}"
    return text + ("；临界：四舍五入可改变结论" if found.borderline else "")


def _side(view: filters.Selection, side: str, rows: list[dict]) -> None:
    st.html(f'<div class="pb-head">{format.STATUSES[side]}</div>')
    if not rows:
        missing = "报告中没有找到相应的目标。" if side == "target" else "报告中没有找到相应的实际数。"
        st.html(f'<div class="pb-muted">{missing}</div>')
        return
    _statement(view, rows[0], large=True)
    if len(rows) > 1:
        st.html(f'<div class="pb-muted">同一数据的其他表述（{len(rows) - 1}处）</div>')
        for row in rows[1:]:
            _statement(view, row, large=False)


def _statement(view: filters.Selection, row: dict, *, large: bool) -> None:
    value = format.fact(row)
    heading = f'<div class="pb-value">{escape(value)}</div>' if large else f"<div>{escape(value)}</div>"
    facts = {
        "来源": row["title"],
        "章节": row["section"] if large else None,
        "位置": _place(row),
        "性质": row["binding"] if large else None,
        "口径": row["qualifier"],
        "区间": _interval(row) if row["origin"] == "derived" else None,
        "取数": format.ORIGINS[row["origin"]] if large else None,
        "备注": row["note"],
    }
    listing = "".join(f"<dt>{name}</dt><dd>{escape(str(text))}</dd>" for name, text in facts.items() if text)
    st.html(f'{heading}{quote(row)}<dl class="pb-facts">{listing}</dl>')
    if row["line_start"] is not None:
        st.page_link(registry.path("sources"), label="在报告原文中查看", query_params={"fact": row["fact_id"]})
    elif (row["source_url"] or "").startswith(("http://", "https://")):
        st.html(f'<a href="{escape(row["source_url"])}" target="_blank" rel="noopener noreferrer">打开来源网页</a>')
    if large and row["derived_from"] is not None and len(row["derived_from"]):
        for origin in format.records(cached.derived(view.build, tuple(row["derived_from"]))):
            st.html(f'<div class="pb-muted">推算依据：{escape(in_words(origin))}</div>{quote(origin)}')


def _interval(row: dict) -> str | None:
    if row["value_low"] is None or row["value_high"] is None:
        return None
    low, high = (
        format.quantity(round(row[side], 2), row["unit"], row["measure"]) for side in ("value_low", "value_high")
    )
    return f"{low}～{high}"


def _place(row: dict) -> str | None:
    if row["line_start"] is None:
        return None
    last = row["line_end"] or row["line_start"]
    return f"第{row['line_start']}行" if last == row["line_start"] else f"第{row['line_start']}—{last}行"


def value_span(row: dict) -> tuple[int, int] | None:
    """Where the value stands inside the quote: the printed number's own place, else the first match of its words."""
    text = row["quote"] or ""
    if row["value_start"] is not None and row["char_start"] is not None:
        start, end = row["value_start"] - row["char_start"], row["value_end"] - row["char_start"]
        if 0 <= start < end <= len(text):
            return start, end
    printed = row["value_text"] if row["value_reported"] is None else format.number(abs(row["value_reported"]))
    start = text.find(printed) if printed else -1
    return (start, start + len(printed)) if start >= 0 else None


def spans(row: dict) -> list[reader.Span]:
    """The quote and, over it, its value, as places in the report."""
    value = value_span(row)
    start = row["char_start"]
    return [
        reader.Span(start, row["char_end"], "span"),
        *([reader.Span(start + value[0], start + value[1])] if value else []),
    ]


def place(row: dict) -> reader.Place:
    """The lines of the quote, and where its value ends."""
    value = value_span(row)
    return reader.Place(row["line_start"], row["line_end"], row["char_start"] + value[1] if value else row["char_end"])


def quote(row: dict) -> str:
    """The exact quote as escaped HTML with the value marked; a table row as a row of cells. Empty without a quote."""
    if not row["quote"]:
        return ""
    span = value_span(row)
    inner = (
        markup.cells(row["quote"], span)
        if row["origin"] == "table"
        else markup.marked(row["quote"], [span] if span else [])
    )
    return f'<blockquote class="pb-quote" data-fact="{escape(row["fact_id"])}">{inner}</blockquote>'
