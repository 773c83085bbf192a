"""区县规划看板: page set-up, navigation and what all pages share. Start with ``streamlit run app.py``."""

from __future__ import annotations

import streamlit as st

from pages.parts import at_once, door, frame, nowhere, registry, sign_in


def main() -> None:
    """One run for one reader."""
    st.set_page_config(page_title="区县规划看板", layout="wide", initial_sidebar_state="collapsed", menu_items={})
    frame.start()
    sign_in.require()  # before anything is read
    pages = registry.pages()
    current = st.navigation(pages, position="top")
    entry = registry.opened(pages.index(current) if current in pages else 0)
    if entry is None:
        current.run()  # the home page by its name: goes there and does not come back
    frame.show(entry, current.run)


# Streamlit imports this file once for the server, and runs it as the main program for each rerun of each reader.
if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, middleware=[*at_once.middleware(), *door.middleware(), *nowhere.middleware()])
