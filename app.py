"""区县规划看板: page set-up, navigation and what all pages share. Start with ``streamlit run app.py``."""

from __future__ import annotations

import gc

import streamlit as st

from data import log
from pages.parts import frame, registry

st.set_page_config(page_title="区县规划看板", layout="wide", initial_sidebar_state="collapsed", menu_items={})


@st.cache_resource(show_spinner=False)
def _start() -> None:
    """Once per server: one form for the log. Streamlit collects all garbage after each run; what was imported need not be looked at again."""
    gc.collect()
    gc.freeze()
    log.setup("streamlit", "uvicorn", "websockets")


_start()
pages = registry.pages()
current = st.navigation(pages, position="top")
entry = registry.opened(pages.index(current) if current in pages else 0)
if entry is None:
    current.run()  # the home page by its name: goes there and does not come back
frame.show(entry, current.run)
