"""The panel that shows the sentence behind a number: target and result side by side, the value marked."""

from __future__ import annotations

import math

import streamlit as st

from pages.parts import cached, card, filters, follow, format, gap, plate, quotes, registry, wording
from pages.parts.markup import escape

_SIDES = tuple(format.SIDES)


def open_if_asked(view: filters.Selection) -> None:
    """Open the panel when the address names a fact; closing it takes the fact out of the address."""
    fact_id = st.query_params.get("fact")
    if fact_id:
        st.dialog("数字的出处", width=860, position="right", on_dismiss=_forget)(_body)(view, fact_id)


def _forget() -> None:
    st.query_params.pop("fact", None)
    plate.forget_click()


def _body(view: filters.Selection, fact_id: str) -> None:
    try:
        _answer(view, fact_id)
    except cached.NoBuildError:  # left open while the data were replaced: begin again with those in place
        st.rerun()


def _answer(view: filters.Selection, fact_id: str) -> None:
    rows = cached.evidence(view.build, fact_id)
    if not rows:
        st.write("现有数据中没有这个编号的数字。链接可能来自较早的数据版本，请从总览重新查找。")
        return
    shown = {side: [row for row in rows if row["status"] == side] for side in _SIDES}
    st.html(f'<div class="pb-value">{escape(quotes.subject(rows[0]))}</div><div>{escape(_verdict(shown))}</div>')
    for column, side in zip(st.columns(2), _SIDES, strict=True):
        with column:
            _side(view, side, shown[side], rows[0])
    _others(view, rows[0], [side for side in _SIDES if shown[side]])
    _card(view, rows)
    about = cached.findings_about(view.build, tuple(row["fact_id"] for row in rows))
    reports = cached.reports(view.build, places=(rows[0]["district_code"] or rows[0]["district"],))
    for finding in about:
        said = f"{format.FINDINGS.get(finding['kind'], '')}：{format.named(finding['message'], reports)}"
        st.html(f'<div class="pb-muted">{escape(said)}</div>')


def _others(view: filters.Selection, row: dict, sides: list[str]) -> None:
    """The ways to what these sides of the indicator say in its other measures, in the same place and year. (Of a side that says nothing
    in this measure, that is told where it is missing.)"""
    if not row["indicator_id"]:
        return
    others = card.others(view.build, row | {"place": row["district_code"] or row["district"]})
    links = [
        f'<a href="{escape(view.address(fact=pair[f"{side}_id"]))}" target="_self" data-go>{escape(format.sides(pair, [side]))}</a>'
        for pair in others
        for side in sides
        if pair[f"{side}_id"]
    ]
    if links:
        st.html(f'<div class="pb-muted">同一指标{int(row["year"])}年另有：{"、".join(links)}</div>')
        follow.links()


def _card(view: filters.Selection, rows: list[dict]) -> None:
    """The way to the evidence card, where target and result stand in the comparison."""
    found = next((pair for row in rows if (pair := card.pair(view.build, row))), None)
    if found:
        st.download_button(
            "下载证据卡（PNG图片）",
            lambda: card.png(view.build, found, rows),
            file_name=card.file_name(found),
            mime="image/png",
            on_click="ignore",
            key="card",
            help="一张图：一句话说清数、目标和差距，五年走势，报告原句和出处",
        )


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


def _side(view: filters.Selection, side: str, rows: list[dict], other: dict) -> None:
    """The statements of one side; where there are none, of what they would be: of the measure of ``other``."""
    st.html(f'<div class="pb-head">{format.STATUSES[side]}</div>')
    if not rows:
        of = format.measure(other["measure"], other["unit"], other["unit_change"])
        missing = f"报告中没有找到{of}的{'目标' if side == 'target' else '实际数'}。"
        st.html(f'<div class="pb-muted">{missing}{_elsewhere(view, side, other)}</div>')
        return
    _statement(view, rows[0], large=True)
    if len(rows) > 1:
        st.html(f'<div class="pb-muted">同一数据的其他表述（{len(rows) - 1}处）</div>')
        for row in rows[1:]:
            _statement(view, row, large=False)


def _elsewhere(view: filters.Selection, side: str, other: dict) -> str:
    """What is said of this side in another measure, with the way there, as HTML: 增速目标7%左右，见原句."""
    found = card.pair(view.build, other)
    told = [row for row in card.others(view.build, found) if row[f"{side}_id"]] if found else []
    return "".join(
        f'{escape(wording.elsewhere([row], side))}，<a href="{escape(view.address(fact=row[f"{side}_id"]))}" target="_self" data-go>见原句</a>。'
        for row in told
    )


def _statement(view: filters.Selection, row: dict, *, large: bool) -> None:
    value = format.fact(row)
    heading = f'<div class="pb-value">{escape(value)}</div>' if large else f"<div>{escape(value)}</div>"
    facts = {
        "来源": row["title"],
        "章节": row["section"] if large else None,
        "位置": quotes.place_words(row),
        "性质": row["binding"] if large else None,
        "预计数": f"报告写明是“{row['provisional']}”，不是最后核定的数" if row["provisional"] else None,
        "口径": row["qualifier"],
        "换算": _converted(row),
        "区间": _interval(row) if row["origin"] == "derived" else None,
        "取数": format.ORIGINS[row["origin"]] if large else None,
        "备注": row["note"],
    }
    listing = "".join(f"<dt>{name}</dt><dd>{escape(str(text))}</dd>" for name, text in facts.items() if text)
    st.html(f'{heading}{quotes.quote(row)}<dl class="pb-facts">{listing}</dl>')
    if row["line_start"] is not None:
        st.page_link(registry.path("sources"), label="在报告原文中查看", query_params={"fact": row["fact_id"]})
    elif (row["source_url"] or "").startswith(("http://", "https://")):
        st.html(f'<a href="{escape(row["source_url"])}" target="_blank" rel="noopener noreferrer">打开来源网页</a>')
    if large and row["derived_from"] is not None and len(row["derived_from"]):
        for origin in cached.derived(view.build, tuple(row["derived_from"])):
            st.html(f'<div class="pb-muted">推算依据：{escape(quotes.in_words(origin))}</div>{quotes.quote(origin)}')


def _converted(row: dict) -> str | None:
    """What the sentence prints, where the value is in another unit: 原文为3.6亿公斤."""
    value, printed, unit = row["value"], row["value_reported"], row["unit_reported"]
    if value is None or printed is None or not unit or unit == row["unit"] or math.isclose(abs(value), abs(printed)):
        return None
    return f"原文为{format.number(abs(printed))}{unit}"


def _interval(row: dict) -> str | None:
    if row["value_low"] is None or row["value_high"] is None:
        return None
    low, high = (
        format.quantity(round(row[side], 2), row["unit"], row["measure"]) for side in ("value_low", "value_high")
    )
    return f"{low}～{high}"
