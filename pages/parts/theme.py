"""Colours, sizes and the style sheet: one place for how things look. Pure.

The colours of the page stand in ``.streamlit/config.toml``, light and dark; they are read from there, so page, style
sheet and charts cannot drift apart. Colours of data are the same on both grounds: at least 3:1 against either, and told
apart by people who see no red or no green (tests/test_pages_theme.py measures both).
"""

from __future__ import annotations

import tomllib
from pathlib import Path

_CONFIG = tomllib.loads(
    (Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)["theme"]
LIGHT, DARK = _CONFIG["light"], _CONFIG["dark"]
FONT = _CONFIG["font"]

#: Districts: hue and marker, the same everywhere. A district outside the list takes the next of OTHER_DISTRICTS.
DISTRICTS = {"綦江": ("#7550BE", "circle"), "江津": ("#00907F", "square"), "南岸": ("#BF8A0A", "triangle-up")}
OTHER_DISTRICTS = (("#8A5A34", "diamond"), ("#6B7380", "cross"), ("#B04A7C", "triangle-down"))

#: Gap scale, better than the target to worse, and what each judged state takes from it.
GAP = ("#1B5E9E", "#8DB8DC", "#E6E6E6", "#F2B27A", "#B8510D")
STATES = {"exceeded": GAP[0], "met": GAP[1], "expected": GAP[1], "near": GAP[3], "missed": GAP[4]}
#: Text and lines that stand on either ground.
NEUTRAL = "#7A818C"


def district_style(district: str, position: int = 0) -> tuple[str, str]:
    """The district's hue and marker; ``position`` counts the districts outside the fixed list."""
    return DISTRICTS.get(district, OTHER_DISTRICTS[position % len(OTHER_DISTRICTS)])


def district_colour(district: str, position: int = 0) -> str:
    """The district's hue; see ``district_style``."""
    return district_style(district, position)[0]


def _both(light: str, dark: str) -> str:
    return f"light-dark({light}, {dark})"


_COLOURS = {
    "text": _both(LIGHT["textColor"], DARK["textColor"]),
    "muted": _both("#4A4F57", "#B9BFC9"),
    "line": _both(LIGHT["borderColor"], DARK["borderColor"]),
    "rule": _both("#DFE2E6", "#343941"),
    "ground": _both(LIGHT["secondaryBackgroundColor"], DARK["secondaryBackgroundColor"]),
    "page": _both(LIGHT["backgroundColor"], DARK["backgroundColor"]),
    "accent": _both(LIGHT["linkColor"], DARK["linkColor"]),
    "hover": _both("#EEF4FA", "#26303B"),
    "mark": _both("#FFE9A8", "#6B5510"),
    "mark-soft": _both("#FFF6DC", "#3A3320"),
}

CSS = f"""
:root {{ color-scheme: light dark; {"; ".join(f"--pb-{name}: {value}" for name, value in _COLOURS.items())} }}
.stMainBlockContainer {{ padding: 4.4rem 1.6rem 2rem; max-width: 1680px; }}
.stMainBlockContainer [data-testid=stVerticalBlock] {{ gap: .75rem; }}
.stMainBlockContainer h1 {{ padding: 0 0 .35rem; }}
[data-testid=stPageLink] a {{ padding-left: 0; }}
.stHtml a {{ color: var(--pb-accent); white-space: nowrap; }}
[data-testid=stPageLink] p {{ color: var(--pb-accent); text-decoration: underline; text-underline-offset: 3px; }}
.pb-muted {{ color: var(--pb-muted); font-size: 14px; }}
.pb-table {{ border-collapse: collapse; min-width: 50%; font-size: 14px; color: var(--pb-text);
  font-variant-numeric: tabular-nums; }}
.pb-table caption {{ text-align: left; color: var(--pb-muted); padding-bottom: 4px; }}
.pb-table th, .pb-table td {{ border: 0; border-bottom: 1px solid var(--pb-line); padding: 4px 8px; text-align: left;
  vertical-align: top; }}
.pb-table thead th {{ border-bottom: 1px solid var(--pb-text); font-weight: 600; white-space: nowrap; }}
.pb-table .num {{ text-align: right; white-space: nowrap; }}
.pb-table tbody th {{ font-weight: 400; white-space: nowrap; }}
.pb-scroll {{ overflow-x: auto; }}
.pb-quote {{ border-left: 3px solid var(--pb-accent); background: var(--pb-ground); margin: 6px 0; padding: 8px 12px; line-height: 1.75;
  white-space: pre-line; overflow-wrap: anywhere; color: var(--pb-text); }}
.pb-quote .cell {{ display: inline-block; background: var(--pb-page); border: 1px solid var(--pb-line); padding: 0 8px;
  margin: 2px 4px 2px 0; }}
.pb-quote mark, .pb-lines mark {{ background: var(--pb-mark); color: var(--pb-text); padding: 1px 2px; font-weight: 600; }}
.pb-lines mark.span {{ background: var(--pb-mark-soft); font-weight: 400; }}
.pb-value {{ font-size: 22px; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }}
.pb-head {{ font-weight: 600; border-bottom: 1px solid var(--pb-text); padding-bottom: 2px; }}
.pb-facts {{ display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 6px 0; padding: 0 !important;
  font-size: 14px; }}
.pb-facts dt {{ color: var(--pb-muted); margin: 0; padding: 0; font-weight: 400; }}
.pb-facts dd {{ margin: 0; padding: 0; overflow-wrap: anywhere; }}
.pb-reading {{ display: grid; grid-template-columns: minmax(0, 50em) minmax(300px, 32em); gap: 2.2rem; align-items: start;
  color: var(--pb-text); }}
.pb-reading aside {{ position: sticky; top: 4.2rem; max-height: calc(100vh - 5rem); overflow-y: auto; font-size: 14px; }}
.pb-title {{ scroll-margin-top: 5rem; font-size: 18px; font-weight: 600; line-height: 1.4; }}
.pb-line {{ display: grid; grid-template-columns: 2.6em minmax(0, 1fr); gap: .9em; padding: 2px 0; font-size: 16px;
  line-height: 1.85; overflow-wrap: anywhere; scroll-margin-top: 5rem; }}
.pb-line .words {{ white-space: pre-wrap; }}
.pb-line.heading {{ padding-top: 12px; }} .pb-line.heading .words {{ font-weight: 600; }}
.pb-line.table_cell .words {{ border-left: 2px solid var(--pb-line); background: var(--pb-ground); padding: 0 .8em; }}
.pb-lines a.ln {{ color: var(--pb-muted); font-size: 12px; text-align: right; text-decoration: none; user-select: none;
  font-variant-numeric: tabular-nums; line-height: inherit; }}
.pb-lines .pb-line a.ln {{ line-height: 2.45; }}
.pb-lines a.ln:hover, .pb-lines a.ln:focus-visible {{ text-decoration: underline; }}
.pb-line.here, .pb-grid tr.here {{ box-shadow: inset 3px 0 var(--pb-accent); }}
.pb-line.here a.ln, .pb-grid tr.here a.ln {{ color: var(--pb-text); font-weight: 600; }}
.pb-lines a.pb-n, .pb-n {{ color: inherit; text-decoration: underline solid 2px var(--pb-accent); text-underline-offset: 4px;
  white-space: normal; }}
.pb-lines a.pb-n:hover, .pb-lines a.pb-n:focus-visible {{ background: var(--pb-hover); }}
.pb-x {{ text-decoration: underline dotted 1.5px var(--pb-muted); text-underline-offset: 4px; cursor: help; }}
.pb-lines mark.hit, .pb-hits mark.hit {{ background: var(--pb-mark-soft); color: var(--pb-text); font-weight: 600;
  box-shadow: 0 2px 0 var(--pb-text); padding: 0; }}
.pb-hits mark.span {{ background: var(--pb-mark-soft); color: var(--pb-text); }}
.pb-lines .pb-scroll {{ margin: 8px 0; }}
.pb-grid {{ border-collapse: collapse; font-size: 15px; line-height: 1.5; color: var(--pb-text); min-width: 60%;
  font-variant-numeric: tabular-nums; }}
.pb-grid th, .pb-grid td {{ border: 1px solid var(--pb-rule); padding: 4px 10px; text-align: left; vertical-align: top;
  font-weight: 400; }}
.pb-grid td.some {{ min-width: 5.5em; }} .pb-grid td.long {{ min-width: 16em; }}
.pb-grid thead th {{ background: var(--pb-ground); font-weight: 600; border-bottom: 1px solid var(--pb-text); }}
.pb-grid tr > td:first-child {{ border: 0; width: 2.6em; min-width: 2.6em; text-align: right; padding: 4px .5em 4px 0; }}
.pb-grid .asked {{ outline: 2px solid var(--pb-accent); outline-offset: -2px; }}
.pb-legend {{ display: flex; flex-wrap: wrap; gap: .2rem 1rem; }} .pb-legend p {{ margin: .2rem 0; }}
.pb-legend summary, .pb-left-out summary {{ cursor: pointer; color: var(--pb-accent); }}
.pb-asked {{ border-left: 3px solid var(--pb-accent); padding: 2px 0 2px 10px; margin-bottom: 10px; font-weight: 600; }}
.pb-found {{ border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; color: var(--pb-text); }}
.pb-found th, .pb-found td {{ border: 0; border-bottom: 1px solid var(--pb-rule); padding: 3px 6px; text-align: left;
  vertical-align: top; font-weight: 400; }}
.pb-found thead th {{ border-bottom: 1px solid var(--pb-text); font-weight: 600; white-space: nowrap; }}
.pb-found td {{ white-space: nowrap; }} .pb-found .num {{ text-align: right; }} .pb-found td.num, .pb-found td.num a {{ white-space: normal;
  word-break: keep-all; overflow-wrap: break-word; }}
.pb-found td:first-child {{ color: var(--pb-muted); text-align: right; }}
.pb-found tr.here {{ background: var(--pb-mark-soft); box-shadow: inset 3px 0 var(--pb-accent); }}
.pb-left-out {{ margin-top: 12px; }} .pb-left-out dl {{ margin: 4px 0; padding: 0; font-size: 14px; }}
.pb-left-out dt {{ color: var(--pb-muted); font-weight: 400; margin: 6px 0 0; }} .pb-left-out dd {{ margin: 0; }}
.pb-left-out dd a {{ margin-right: .6em; }}
.pb-steps {{ display: flex; gap: 2rem; }}
.pb-hits {{ margin: 0 0 1rem; max-width: 62em; color: var(--pb-text); }}
.pb-hits ul {{ list-style: none; margin: 0; padding: 0; }} .pb-hits li {{ margin: 0; padding: 6px 0; border-bottom: 1px solid var(--pb-rule); }}
.pb-hits p {{ margin: 2px 0; line-height: 1.7; overflow-wrap: anywhere; }}
@media (max-width: 1000px) {{ .pb-reading {{ grid-template-columns: minmax(0, 1fr); }}
  .pb-reading aside {{ position: static; max-height: none; }} }}
@media (max-width: 640px) {{ .pb-line {{ grid-template-columns: 1.9em minmax(0, 1fr); gap: .6em; }} .pb-line a.ln {{ font-size: 11px; }}
  .pb-found td {{ white-space: normal; }} .pb-found tbody th, .pb-found tbody th + td {{ min-width: 5.5em; }}
  .pb-found td.num, .pb-found td.num a {{ word-break: normal; overflow-wrap: anywhere; }} }}
.pb-foot {{ color: var(--pb-muted); font-size: 13px; border-top: 1px solid var(--pb-line); padding-top: 6px; margin-top: 8px; }}
@media (max-width: 640px) {{ .stMainBlockContainer {{ padding: 4.2rem .9rem 2rem; }} }}
"""
