"""明细下载: all facts in a table, filtered, and taken away exactly as shown; long, or wide with a column for each year."""

from __future__ import annotations

import streamlit as st

from pages.parts import evidence, frame, markup, sql_box, statements_away, statements_table


def found_line(words: str, more: str) -> None:
    """The filter and the counts in words."""
    st.html(f'<div class="pb-said-filter" role="status">{markup.inline(words)}</div>')
    frame.note(more)


view = frame.begin("explore")
counts = statements_table.count(view)
if not counts["facts"]:
    statements_table.nothing(view)
else:
    wide = view.form == "wide"
    rows = counts["numeric" if wide else "facts"]
    found_line(statements_table.line(view), statements_table.by_part(view))
    if not wide or not statements_table.too_wide(view):
        statements_away.show(view, rows)
    (statements_table.show_wide if wide else statements_table.show)(view)
sql_box.show(view)
evidence.open_if_asked(view)
