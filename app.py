"""区县规划看板: page set-up, navigation and what all pages share. Start with ``streamlit run app.py``."""

from __future__ import annotations

import gc

import streamlit as st

from pages.parts import door, frame, registry, sign_in


@st.cache_resource(show_spinner=False)
def _freeze() -> None:
    """Once per server: Streamlit collects all garbage after each run; what was imported need not be looked at again."""
    gc.collect()
    gc.freeze()


def main() -> None:
    """One run for one reader."""
    st.set_page_config(page_title="区县规划看板", layout="wide", initial_sidebar_state="collapsed", menu_items={})
    _freeze()
    sign_in.require()  # before anything is read
    pages = registry.pages()
    current = st.navigation(pages, position="top")
    entry = registry.opened(pages.index(current) if current in pages else 0)
    if entry is None:
        current.run()  # the home page by its name: goes there and does not come back
    if frame.open_page(entry):
        try:
            current.run()
        except Exception:  # the reader gets words in place of Streamlit's box, the log gets the error
            frame.failed()
            frame.close_page()
            raise
    frame.close_page()


# Streamlit imports this file once for the server, and runs it as the main program for each rerun of each reader.
if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, middleware=door.middleware())
