"""五年趋势: one indicator over the years with every gap shown, or several as small multiples; the way to the plan."""

from __future__ import annotations

import streamlit as st

from pages.parts import away, evidence, frame, outlook, plate, trend_view

view = frame.begin("trend")
made = trend_view.of(view)
if made is None:
    st.info("数据中没有目录内的指标。")
else:
    away.head(view, "trend", made.sheet)
    plate.body(made.sheet)
    if len(made.sheet.drawings) < 2 or plate.table_wanted():
        plate.table(view, made.sheet)
    outlook.show(view, made.outlook)
evidence.open_if_asked(view)
