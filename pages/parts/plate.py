"""What every chart stands in: the finding as its title, what is shown, the chart itself, its sources, and the click.

A click on a mark puts ``?fact=`` into the address; the page then opens the sentences behind it (evidence.open_if_asked).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from html import escape

import streamlit as st

from pages.parts import cached, charts, filters, format

_ROUND = "_chart_round"


@st.cache_data(max_entries=256, show_spinner=False)
def _spec(kind: str, arguments: str) -> dict:
    """The Vega-Lite specification of one chart; built and checked by Altair once for the same rows."""
    return getattr(charts, kind)(**json.loads(arguments)).to_dict()


def chart(kind: str, *, key: str, alt: str, width: int = 0, **rows: object) -> None:
    """Draw the chart ``charts.<kind>(**rows)``; a click on a mark asks for its sentence.

    ``width``: px below which it does not shrink; its box scrolls sideways on a narrower screen.
    """
    # after the panel is closed the chart is a new one: the same mark can be clicked again
    name = f"{key}-{st.session_state.get(_ROUND, 0)}"

    def clicked() -> None:
        picked = st.session_state[name]["selection"].get(charts.PICK) or []
        if picked and picked[0].get("fact"):
            st.query_params["fact"] = picked[0]["fact"]

    with st.container(key=f"wide-{key}") if width else nullcontext():
        if width:
            st.html(f"<style>.st-key-wide-{key} {{ --pb-wide: {width}px }}</style>")
        st.vega_lite_chart(
            spec=_spec(kind, json.dumps(rows, ensure_ascii=False, default=list)), key=name, on_select=clicked, alt=alt
        )


def forget_click() -> None:
    """Make a click on the mark that was clicked last count again."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def title(finding: str, subtitle: str, badge: str = "") -> None:
    """The finding, what is measured, and what bears on comparing it."""
    warning = f'<div class="pb-badge" role="note"><b>可比性</b> {escape(badge)}</div>' if badge else ""
    st.html(f'<h2 class="pb-title">{escape(finding)}</h2><div class="pb-muted">{escape(subtitle)}</div>{warning}')


def legend(items: Sequence[tuple[str, str, str]]) -> None:
    """Signs and what they mean: (glyph, colour, words)."""
    st.html(
        '<div class="pb-legend">'
        + "".join(
            f'<span><i aria-hidden="true" style="color:{escape(colour)}">{escape(glyph)}</i>{escape(words)}</span>'
            for glyph, colour, words in items
        )
        + "</div>"
    )


def sources(view: filters.Selection, rows: Sequence[dict]) -> None:
    """The source line: the documents the shown facts come from, and the version of the data."""
    names = {report["report_id"]: format.report(report) for report in cached.reports(view.build)}
    used = {row.get(f"{side}_report") for row in rows for side in ("actual", "target") if row.get(f"{side}_id")}
    said = [name for report, name in names.items() if report in used]
    origins = {row.get("actual_origin") for row in rows}
    said += ["补充来源（见数据说明）"] if "supplement" in origins else []
    said += ["推算值"] if "derived" in origins else []
    st.html(
        f'<div class="pb-muted pb-source">来源：{escape("、".join(said) or "—")}。数据版本{escape(view.build[:12])}。'
        "点图中的标记或表中的数字看报告原句。</div>"
    )


def table_wanted() -> bool:
    """A switch for a long table behind a chart, kept in the address."""
    return st.toggle("显示数据表", key="table_shown", bind="query-params")
