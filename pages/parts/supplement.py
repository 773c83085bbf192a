"""The figures that no report holds: each source, what it gives, how far it is trusted, where it differs from a report."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages.parts import cached, filters, format, frame, markup
from pages.parts.markup import escape

CONFIDENCE = {"high": "高", "medium": "中"}
#: Sources listed one by one.
MOST_SOURCES = 100
_UNTITLED = "[标题未给出]"
_CITATION = re.compile(r"(?P<title>.*?)（(?:发布：(?P<publisher>.*)，)?取自(?P<way>[^（）]*)）", re.DOTALL)


def citation(source: str | None) -> tuple[str, str | None, str | None]:
    """Title, publisher and way of retrieval of a source; the whole text as title when it has another form."""
    source = source or "来源未写标题"
    found = _CITATION.fullmatch(source)
    title, publisher, way = (found["title"], found["publisher"], found["way"]) if found else (source, None, None)
    if title.startswith(_UNTITLED):
        title = f"{title.removeprefix(_UNTITLED).strip()}（网页标题未给出，此为说明）"
    return title, publisher, way


def plain(message: str) -> str:
    """A message without the mark for sources whose page gave no title; the table of sources says so."""
    return message.replace(f"{_UNTITLED} ", "")


def cited(fact: dict) -> str:
    """Source, confidence, scope, note and web page of a supplementary figure as HTML."""
    title, publisher, way = citation(fact["source_title"])
    facts = {
        "来源": title,
        "发布": publisher,
        "取自": way,
        "可信程度": CONFIDENCE.get(fact.get("confidence")),
        "口径": fact.get("qualifier"),
        "说明": fact.get("note"),
    }
    listing = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in facts.items() if text)
    page = markup.inline(markup.Outside(fact["source_url"] or "未留网址", fact["source_url"]))
    return f'<dl class="pb-facts">{listing}<dt>网页</dt><dd>{page}</dd></dl>'


def _page(url: str | None) -> markup.Outside:
    """The host as the link's text: who publishes is seen at a glance, the whole address stands with the figures."""
    return markup.Outside(urlsplit(url).netloc or url if url else "未留网址", url)


def show(view: filters.Selection) -> None:
    """Every source in a table, then the figures of a chosen one beside the reports' own."""
    sources = cached.supplement_sources(view.build, MOST_SOURCES)
    if not sources:
        st.write("没有使用补充来源。")
        return
    every = sources[0]
    st.html(
        f'<div class="pb-sum">{every["sources"]:,}个来源，{every["all_figures"]:,}个数：{every["all_stated"]:,}个报告中也有，'
        f'其中{every["all_disputed"]:,}个与报告说法不同或口径不同；{every["all_used"]:,}个因报告没有而用在看板上。</div>'
    )
    if every["sources"] > len(sources):
        frame.note(f"来源太多，下面列数最多的{len(sources)}个；其余的在“明细下载”中按来源“补充来源”查看。")
    frame.note(
        "补充来源只填报告没有的完成数，报告有的一律以报告为准；可信程度：高＝官方原文或两处来源一致，中＝转载、预计、取整或口径为推断；低的不采用。"
    )
    st.html(markup.table(_HEAD, [_source(row) for row in sources], numeric=range(3, 8), css="pb-prose"))
    titles: dict[str, int] = {}
    for row in sources:
        title = format.visible(citation(row["source_title"])[0])
        again = sum(name.startswith(title) for name in titles)
        titles[f"{title}（{again + 1}）" if again else title] = row["source"]
    picked = st.selectbox("看哪个来源的数", list(titles), key="source", bind="query-params")
    _figures(cached.supplement(view.build, titles[picked]))


_HEAD = ["来源", "发布单位", "取自", "数", "可信高", "可信中", "用在看板", "与报告不同", "网页"]


def _source(row: dict) -> list[object]:
    title, publisher, way = citation(row["source_title"])
    count = [row[name] for name in ("figures", *CONFIDENCE, "used", "disputed")]
    return [title, publisher or "—", way or "—", *(n or "—" for n in count), _page(row["source_url"])]


def _figures(rows: list[dict]) -> None:
    st.html(cited({key: rows[0][key] for key in ("source_title", "source_url")}))
    table = []
    for row in rows:
        value = _said(row, "")
        stated = "报告没有" if row["stated_id"] is None else _said(row, "stated_")
        if row["stated_id"] is not None:
            stated = markup.Link(
                stated + ("（不同）" if row["disputed"] else ""), "./?" + urlencode({"fact": row["stated_id"]})
            )
        table.append(
            [
                f"{row['district']} {row['indicator']}",
                f"{row['year']}年{format.measure(row['measure'], row['unit'])}",
                markup.Link(value, "./?" + urlencode({"fact": row["fact_id"]})),
                stated,
                CONFIDENCE.get(row["confidence"], "—"),
                "是" if row["preferred"] else "否",
                row["note"] or "—",
            ]
        )
    head = ["指标", "年份", "来源的数", "报告的数", "可信", "用在看板", "口径与说明"]
    st.html(markup.table(head, table, numeric=[1, 2, 3], css="pb-prose pb-stick"))


def _said(row: dict, side: str) -> str:
    value, unit = row[f"{side}value"], row[f"{side}unit"]
    words = row["stated_text" if side else "value_text"]
    low, high = (None, None) if side else (row["value_low"], row["value_high"])
    return format.stated(value, unit, row["measure"], row[f"{side}comparator"], words, low, high)
