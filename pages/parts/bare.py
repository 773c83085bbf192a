"""A page of its own, without the dashboard around it: for whoever must sign in first, and where there is no page."""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts.markup import escape

_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>区县规划看板</title>
<link rel="icon" href="data:,"><style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.7 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; margin: 12vh auto;
  max-width: 32rem; padding: 0 1.5rem; overflow-wrap: anywhere }}
h1 {{ font-size: 22px }} a {{ border: 1px solid; border-radius: 4px; color: inherit; display: inline-block;
  padding: .4rem 1.5rem; margin: 0 .5rem .5rem 0; text-decoration: none }}
</style></head><body><h1>区县规划看板</h1><p>{words}</p><p>{links}</p></body></html>"""


def page(words: str, links: Sequence[tuple[str, str]]) -> str:
    """Words, and the ways on: (address, label)."""
    ways = "".join(f'<a href="{escape(href)}">{escape(label)}</a>' for href, label in links)
    return _PAGE.format(words=escape(words), links=ways)
