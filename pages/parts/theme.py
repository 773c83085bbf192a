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
.pb-lines {{ width: 100%; max-width: 66em; border-collapse: collapse; color: var(--pb-text); }}
.pb-lines td {{ border: 0; padding: 3px 8px; vertical-align: top; line-height: 1.8; overflow-wrap: anywhere; }}
.pb-lines td:first-child {{ color: var(--pb-muted); text-align: right; width: 4em; user-select: none;
  font-variant-numeric: tabular-nums; }}
.pb-lines tr.heading td {{ padding-top: 12px; }} .pb-lines tr.heading td + td {{ font-weight: 600; }}
.pb-lines tr.table_cell td + td {{ padding-left: 2.5em; }}
.pb-lines tr.here td:first-child {{ box-shadow: inset 3px 0 var(--pb-accent); color: var(--pb-text); font-weight: 600; }}
.pb-foot {{ color: var(--pb-muted); font-size: 13px; border-top: 1px solid var(--pb-line); padding-top: 6px; margin-top: 8px; }}
@media (max-width: 640px) {{ .stMainBlockContainer {{ padding: 4.2rem .9rem 2rem; }} }}
.pb-table tr.group th {{ font-weight: 600; padding-top: 12px; border-bottom: 1px solid var(--pb-line); }}
.pb-table.pb-stick :is(thead, tbody) tr:not(.group) > th:first-child {{ position: sticky; left: 0; z-index: 1;
  background: var(--pb-page); }}
.pb-table.pb-stick {{ border-collapse: separate; border-spacing: 0; }}
.pb-table.pb-stick tbody tr:hover > :is(th, td) {{ background: var(--pb-hover); }}
.pb-table.pb-cells td {{ white-space: nowrap; line-height: 1.45; }} .pb-table .pb-muted {{ font-size: 13px; }}
.pb-table.pb-cells a {{ text-decoration: none; }} .pb-table.pb-cells a:hover {{ text-decoration: underline; }}
.pb-table caption > span {{ display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2.4rem); }}
.pb-table.pb-prose tbody th {{ white-space: normal; min-width: 9em; }}
.pb-table.pb-prose td {{ min-width: 7.4em; }} .pb-table.pb-prose td.num {{ min-width: 0; }}
.pb-sum {{ font-size: 16px; line-height: 1.6; }}
.pb-finding {{ border-top: 1px solid var(--pb-line); padding: 10px 0 4px; }}
.pb-finding > p {{ margin: 0 0 4px; font-weight: 600; overflow-wrap: anywhere; }}
.pb-sides {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 6px 20px; }}
.pb-sides > div {{ min-width: 0; overflow-wrap: anywhere; }}
.pb-sides .pb-quote {{ max-height: 12em; overflow-y: auto; }}
.pb-tag {{ border: 1px solid var(--pb-line); border-radius: 3px; padding: 0 5px; font-size: 13px; margin-left: 6px;
  white-space: nowrap; }}
.stHtml .pb-facts a {{ white-space: normal; overflow-wrap: anywhere; }}
.pb-formula {{ background: var(--pb-ground); padding: 6px 12px; margin: 4px 0; line-height: 1.8; overflow-wrap: anywhere;
  white-space: pre-line; }}
@media (max-width: 640px) {{ .pb-table.pb-stick tbody th {{ white-space: normal; min-width: 6.5em; }} }}
"""
