"""What the pages share. Not pages: Streamlit leaves sub-folders of pages/ alone."""
