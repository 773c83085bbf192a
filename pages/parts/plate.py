"""A sheet on a page: the finding as its title, what is shown, the charts, their sources, the table, and the click.

A click on a mark puts ``?fact=`` into the address; the page then opens the sentences behind it (evidence.open_if_asked).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import nullcontext

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.parts import chart_kit, charts, filters, format, frame, pairs_table, theme
from pages.parts.keep import kept
from pages.parts.markup import escape
from pages.parts.sheet import Drawing, Sheet

_ROUND = "_chart_round"
_ROOMY = ' class="pb-roomy"'
#: What Streamlit replaces where it makes a class name of a key.
_IN_A_CLASS = re.compile("[^a-zA-Z0-9_-]")


@kept(256)
def _spec(kind: str, arguments: str, sizes: theme.Sizes) -> tuple[dict, pa.Table | None]:
    """The Vega-Lite specification of one chart, and the rows of all its layers as Streamlit sends them to the browser."""
    spec = chart_kit.once(charts.described(getattr(charts, kind)(**format.visible(json.loads(arguments)), sizes=sizes)))
    rows = spec.pop("data", {}).get("values")
    return spec, None if rows is None else pa.Table.from_pandas(pd.DataFrame(rows))


def _name(drawing: Drawing) -> str:
    # after the panel is closed the chart is a new one: the same mark can be clicked again
    return f"{drawing.key}-{st.session_state.get(_ROUND, 0)}"


def chart(drawing: Drawing) -> None:
    """Draw a chart; a click on a mark asks for its sentence.

    In a window narrower than ``drawing.width`` the box of the chart scrolls sideways, see ``drawings``.
    """
    name = _name(drawing)

    def clicked() -> None:
        picked = st.session_state[name]["selection"].get(charts.PICK) or []
        if picked and picked[0].get("fact"):
            st.query_params["fact"] = picked[0]["fact"]

    spec, rows = _spec(drawing.kind, drawing.arguments, drawing.sizes)
    st.vega_lite_chart(rows, spec, key=name, on_select=clicked, alt=format.visible(drawing.alt))


def forget_click() -> None:
    """Make a click on the mark that was clicked last count again."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def body(made: Sheet) -> None:
    """What stands under the finding: charts, legend, notes, sources."""
    with_signs(made)
    foot(made)


def with_signs(made: Sheet) -> None:
    """The charts and what their marks mean: above several, below one."""
    if made.signs and len(made.drawings) > 1:
        legend(made.signs)
    drawings(made)
    if made.signs and len(made.drawings) == 1:
        legend(made.signs)


def head(made: Sheet) -> None:
    """The finding, what is measured, and what bears on comparing it."""
    warning = f'<div class="pb-badge" role="note"><b>可比性</b> {escape(made.badge)}</div>' if made.badge else ""
    subtitle = f'<div class="pb-muted pb-subtitle">{escape(made.subtitle)}</div>'
    st.html(f'<h2 class="pb-title">{escape(made.title)}</h2>{subtitle}{warning}')


def drawings(made: Sheet) -> None:
    """The charts of a sheet, side by side where it says so and each has its heading."""
    widths = "".join(
        f".st-key-{_IN_A_CLASS.sub('-', _name(drawing))} {{ --pb-wide: {drawing.width}px; overflow-x: auto }}"
        for drawing in made.drawings
        if drawing.width
    )
    if widths:
        st.html(f"<style>{widths}</style>")
    beside = made.across > 1 and all(drawing.heading for drawing in made.drawings)
    # one box, which the style sheet divides: columns of Streamlit would be three messages more for each row
    with st.container(key=f"beside-{made.across}") if beside else nullcontext():
        for drawing in made.drawings:
            if drawing.heading:
                frame.heading(drawing.heading)
            chart(drawing)


def foot(made: Sheet) -> None:
    """What stands under the charts: notes, the documents the shown facts come from, and the version of the data."""
    for words in (*made.notes, *made.hints):
        frame.note(words)
    said = escape(made.signature)
    st.html(f'<div class="pb-muted pb-source">{said}点图中的标记或表中的数字看报告原句。</div>')


def table(view: filters.Selection, made: Sheet) -> None:
    """The table behind the charts."""
    behind = made.table
    pairs_table.show(view, behind.lines, behind.groups, label=made.title, corner=behind.corner, key="table")


def legend(items: Sequence[tuple[str, str, str]]) -> None:
    """Signs and what they mean: (glyph, colour, words). On a telephone those of two glyphs are not drawn, nor explained."""
    st.html(
        '<div class="pb-legend">'
        + "".join(
            f'<span{_ROOMY if len(glyph) > 1 else ""}><i aria-hidden="true" style="color:{escape(colour)}">{escape(glyph)}</i>{escape(words)}</span>'
            for glyph, colour, words in items
        )
        + "</div>"
    )


def table_wanted() -> bool:
    """A switch for a long table behind a chart, kept in the address."""
    return st.toggle("显示数据表", key="table_shown", bind="query-params")
