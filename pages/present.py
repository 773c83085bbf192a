"""演示: a list of views on the whole screen, one after the other, by keyboard; the list and the place are in the address."""

from __future__ import annotations

import streamlit as st

from pages.parts import evidence, frame, markup, stage

view = frame.begin("present")
found = stage.read(view)
if isinstance(found, str):
    st.error(markup.literal(found))  # it may quote the address
    stage.way_back()
else:
    stage.show(view, found)
    evidence.open_if_asked(view)
