"""区县对比: one indicator over the districts as bars, or several as dumbbells, each with its target."""

from __future__ import annotations

import streamlit as st

from pages.parts import away, compare_view, evidence, frame, plate

view = frame.begin("compare")
made = compare_view.of(view)
if made is None:
    st.info("没有可以对比的指标。请换一个专题、指标或年份。")
else:
    away.head(view, "compare", made)
    plate.body(made)
    plate.table(view, made)
evidence.open_if_asked(view)
