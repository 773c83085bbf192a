"""Colours, sizes and the style sheet: one place for how things look. Pure."""

from __future__ import annotations

TEXT, MUTED, LINE, GROUND, ACCENT = "#111111", "#4A4F57", "#C9CDD3", "#F4F5F7", "#1B5E9E"
MARK = "#FFE9A8"

#: Districts: hue and marker, the same everywhere. A district outside the list takes the next of OTHER_DISTRICTS.
DISTRICTS = {"綦江": ("#5B3E96", "circle"), "江津": ("#00796B", "square"), "南岸": ("#B7860B", "triangle-up")}
OTHER_DISTRICTS = (("#7A4B2A", "diamond"), ("#4A4F57", "cross"), ("#A33B6B", "triangle-down"))

#: Gap scale, better than the target to worse, and what each judged state takes from it.
GAP = ("#1B5E9E", "#8DB8DC", "#E6E6E6", "#F2B27A", "#B8510D")
STATES = {"exceeded": GAP[0], "met": GAP[1], "expected": GAP[1], "near": GAP[3], "missed": GAP[4]}


def district_colour(district: str, position: int = 0) -> str:
    """The district's hue; ``position`` counts the districts outside the fixed list."""
    return DISTRICTS.get(district, OTHER_DISTRICTS[position % len(OTHER_DISTRICTS)])[0]


CSS = f"""
.stMainBlockContainer {{ padding: 4.4rem 1.6rem 2rem; max-width: 1680px; }}
.stMainBlockContainer [data-testid=stVerticalBlock] {{ gap: .75rem; }}
.stMainBlockContainer h1 {{ padding: 0 0 .35rem; }}
[data-testid=stPageLink] a {{ padding-left: 0; }}
.stHtml a {{ color: {ACCENT}; white-space: nowrap; }}
[data-testid=stPageLink] p {{ color: {ACCENT}; text-decoration: underline; text-underline-offset: 3px; }}
.pb-muted {{ color: {MUTED}; font-size: 14px; }}
.pb-table {{ border-collapse: collapse; min-width: 50%; font-size: 14px; color: {TEXT};
  font-variant-numeric: tabular-nums; }}
.pb-table caption {{ text-align: left; color: {MUTED}; padding-bottom: 4px; }}
.pb-table th, .pb-table td {{ border: 0; border-bottom: 1px solid {LINE}; padding: 4px 8px; text-align: left;
  vertical-align: top; }}
.pb-table thead th {{ border-bottom: 1px solid {TEXT}; font-weight: 600; white-space: nowrap; }}
.pb-table .num {{ text-align: right; white-space: nowrap; }}
.pb-table tbody th {{ font-weight: 400; white-space: nowrap; }}
.pb-scroll {{ overflow-x: auto; }}
.pb-quote {{ border-left: 3px solid {ACCENT}; background: {GROUND}; margin: 6px 0; padding: 8px 12px; line-height: 1.75;
  white-space: pre-line; overflow-wrap: anywhere; color: {TEXT}; }}
.pb-quote .cell {{ display: inline-block; background: #fff; border: 1px solid {LINE}; padding: 0 8px;
  margin: 2px 4px 2px 0; }}
.pb-quote mark, .pb-lines mark {{ background: {MARK}; color: {TEXT}; padding: 1px 2px; font-weight: 600; }}
.pb-lines mark.span {{ background: #FFF6DC; font-weight: 400; }}
.pb-value {{ font-size: 22px; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }}
.pb-head {{ font-weight: 600; border-bottom: 1px solid {TEXT}; padding-bottom: 2px; }}
.pb-facts {{ display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 6px 0; padding: 0 !important;
  font-size: 14px; }}
.pb-facts dt {{ color: {MUTED}; margin: 0; padding: 0; font-weight: 400; }}
.pb-facts dd {{ margin: 0; padding: 0; overflow-wrap: anywhere; }}
.pb-lines {{ width: 100%; max-width: 66em; border-collapse: collapse; color: {TEXT}; }}
.pb-lines td {{ border: 0; padding: 3px 8px; vertical-align: top; line-height: 1.8; overflow-wrap: anywhere; }}
.pb-lines td:first-child {{ color: {MUTED}; text-align: right; width: 4em; user-select: none;
  font-variant-numeric: tabular-nums; }}
.pb-lines tr.heading td {{ padding-top: 12px; }} .pb-lines tr.heading td + td {{ font-weight: 600; }}
.pb-lines tr.table_cell td + td {{ padding-left: 2.5em; }}
.pb-lines tr.here td:first-child {{ box-shadow: inset 3px 0 {ACCENT}; color: {TEXT}; font-weight: 600; }}
.pb-foot {{ color: {MUTED}; font-size: 13px; border-top: 1px solid {LINE}; padding-top: 6px; margin-top: 8px; }}
@media (max-width: 640px) {{ .stMainBlockContainer {{ padding: 4.2rem .9rem 2rem; }} }}
"""
