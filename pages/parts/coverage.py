"""What the data cover: counts by source, headline indicators by year, and a matrix of indicator x year for a district."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from data import states
from data.terms import CATEGORIES
from pages.parts import cached, filters, format, frame, markup
from pages.parts.keep import FEW, kept

HEADLINE = "主要指标"
#: So many places are listed in a table at most.
MOST_PLACES = 40
LETTERS = {"table": "表", "prose": "文", "supplement": "补", "derived": "推"}
GLYPHS = {"actual": "●", "target": "○"}
SPANS = {"average": "均", "cumulative": "累"}
#: Why there is nothing: the word in the cell and what it stands for.
_NOT_HELD, _NOTHING, _NOT_DUE = (states.said()[key] for key in ("not_held", "nothing", "not_due"))
WHY = {said.short: said.meaning for said in (_NOT_HELD, _NOTHING, _NOT_DUE)}


@kept()
def places(view: filters.Selection) -> dict[str, str]:
    """Every place with figures or reports, name -> key, in menu order; those with reports alone come last."""
    found = {name: key for name, (key, _) in cached.places(view.build).items()}
    known = set(found.values())
    return found | {row["district"]: row["place"] for row in cached.report_places(view.build) if row["place"] not in known}


def listed(view: filters.Selection) -> tuple[str, ...]:
    """Keys of the places that stand in the tables: all, or the first ones and the one chosen below."""
    found = places(view)
    if len(found) <= MOST_PLACES:
        return tuple(found.values())
    chosen = found.get(st.session_state.get("cover_place") or st.query_params.get("cover_place", ""))
    return tuple(dict.fromkeys([*list(found.values())[:MOST_PLACES], *([chosen] if chosen else [])]))


def _cut(view: filters.Selection) -> str:
    """That not all places are listed, in words; empty where they are."""
    count = len(places(view))
    if count <= MOST_PLACES:
        return ""
    return f"。共{count:,}个区县，只列前{MOST_PLACES}个和在“逐项看”中选定的一个"


def show(view: filters.Selection) -> None:
    """A table of counts; an empty cell says — (nothing in the sources), never 0."""
    st.html(_counts(view, listed(view)))


@kept(FEW)
def _counts(view: filters.Selection, at: tuple[str, ...]) -> str:
    found = cached.coverage(view.build, at)
    years = sorted({r["year"] for r in found})
    counts = {(r["district"], r["origin"], r["year"]): r["facts"] for r in found}
    rows = []
    for district, origin in dict.fromkeys((d, o) for d, o, _ in counts):
        line = [counts.get((district, origin, year)) for year in years]
        rows.append(
            [district, format.ORIGINS[origin], sum(n for n in line if n), *("—" if n is None else n for n in line)]
        )
    return markup.table(
        ["区县", "来源", "合计", *(str(year) for year in years)],
        rows,
        numeric=range(2, len(years) + 3),
        caption="按数据所属年份统计的条数（实际和目标合计，同一数据的多处表述分别计数）；— 表示来源中没有" + _cut(view),
    )


def outside(view: filters.Selection) -> None:
    """How many of all statements are about indicators of the catalogue; the others are kept and not compared."""
    every, known = _facts(view)
    frame.note(
        f"共{every:,}条，其中{known:,}条属于指标目录中的指标；其余{every - known:,}条是报告中的其他数，按报告原词保留，不参加比较。"
    )


@kept()
def _facts(view: filters.Selection) -> tuple[int, int]:
    """How many statements there are, and how many of them are about indicators of the catalogue."""
    counts = cached.statements_counted(view.build, {})
    every = int(counts[counts["part"] == "all"]["facts"].iloc[0])
    return every, int(cached.catalogue(view.build)["facts"].sum())


def why_empty(status: str, year: dict) -> str:
    """The word for a cell without a figure; ``year`` is a row of queries.held."""
    if status == "target":
        return _NOTHING.short if year["targets_held"] else _NOT_HELD.short
    if year["results_held"]:
        return _NOTHING.short
    return _NOT_HELD.short if year["due"] else _NOT_DUE.short


def summary(held: list[dict]) -> str:
    """How many of the headline indicators x years have results and targets; years from the first to the last with any.

    ``held``: rows of queries.held, or of queries.held_by_year.
    """
    said = []
    summed = "districts" in held[0]
    districts = held[0]["districts"] if summed else len({(row["district"], row["district_code"]) for row in held})
    for name, key in (("完成数", "results"), ("目标", "targets")):
        years = [row["year"] for row in held if row[key]]
        if not years:
            said.append(f"{name}：没有")
            continue
        cells = [row for row in held if min(years) <= row["year"] <= max(years)]
        full, have = sum(row["headline"] * (districts if summed else 1) for row in cells), sum(row[key] for row in cells)
        elsewhere = have - sum(row[f"{key}_stated"] for row in cells)
        said.append(
            f"{name}（{min(years)}—{max(years)}年）{full:,}格中有{have:,}格（{have / full:.0%}）"
            + (f"，其中{elsewhere:,}格只有补充来源或推算" if elsewhere else "")
        )
    return f"{districts:,}个区县 × {held[0]['headline']}项主要指标 × 各年：" + "；".join(said) + "。"


def headline(view: filters.Selection) -> None:
    """For each district and year, how many headline indicators have a result and a target; 9+2: 2 from elsewhere."""
    at = listed(view)
    if cached.held(view.build, at):
        st.html(f'<div class="pb-sum">{summary(cached.held_by_year(view.build))}</div>')
        st.html(_held(view, at))


@kept(FEW)
def _held(view: filters.Selection, at: tuple[str, ...]) -> str:
    held, rows = cached.held(view.build, at), []
    for (district, _), years in groupby(held, key=lambda r: (r["district"], r["district_code"])):
        years = list(years)
        for status, key, name in (("actual", "results", "完成"), ("target", "targets", "目标")):
            line = []
            for year in years:
                stated, elsewhere = year[f"{key}_stated"], year[key] - year[f"{key}_stated"]
                word = why_empty(status, year)
                text = f"{stated or ''}{f'+{elsewhere}' if elsewhere else ''}"
                line.append(text or markup.Soft(word, WHY[word]))
            rows.append([f"{district} {GLYPHS[status]}{name}", *line])
    return markup.table(
        ["区县", *(str(row["year"]) for row in years)],
        rows,
        numeric=range(1, len(years) + 1),
        css="pb-stick",
        caption=f"{held[0]['headline']}项主要指标中有数的项数；9+2 表示9项出自报告，另有2项只有补充来源或推算。"
        "完成数只计当年数，不计多年平均或累计" + _cut(view),
    )


def _line(status: str, facts: list[dict], year: dict) -> markup.Link | markup.Soft:
    """One line of a cell: glyph and letters linked to the preferred statement, or the word for why there is none."""
    if not facts:
        word = why_empty(status, year)
        return markup.Soft(GLYPHS[status] + word, f"{format.STATUSES[status]}：{WHY[word]}")
    letters = "".join(letter for origin, letter in LETTERS.items() if any(f["origin"] == origin for f in facts))
    spans = [] if any(f["period"] == "annual" for f in facts) else sorted({SPANS[f["period"]] for f in facts})
    best = facts[0]
    value = format.stated(
        best["value"], best["unit"], best["measure"], best["comparator"], best["value_text"],
        best["value_low"], best["value_high"], best["origin"], best["provisional"],
    )  # fmt: skip
    when = format.period(best["year"], best["period"], best["period_start"])
    title = f"{format.STATUSES[status]}：{when}{format.measure(best['measure'], best['unit'])} {value}；共{len(facts)}处表述"
    return markup.Link(GLYPHS[status] + letters + "".join(spans), "./?" + urlencode({"fact": best["fact_id"]}), title)


def _cell(facts: dict[str, list[dict]], year: dict) -> object:
    """Result above target. A year whose results nobody can have yet speaks of the target alone."""
    ahead = "actual" not in facts and why_empty("actual", year) == _NOT_DUE.short
    lines = [_line(status, facts.get(status, []), year) for status in GLYPHS if status != "actual" or not ahead]
    if not facts and len({line.text[1:] for line in lines}) == 1:  # one word serves both
        word = lines[0].text[1:]
        return markup.Soft(word, f"完成数：{_NOT_DUE.short}；目标：{word}" if ahead and word == _NOT_HELD.short else WHY[word])
    return markup.Stack(tuple(lines))


def matrix(view: filters.Selection) -> None:
    """A chosen district: indicators of a chosen theme x years, what there is in each cell and the way to the sentence."""
    labels = places(view)
    if not labels or not cached.held_by_year(view.build):
        return
    with st.container(horizontal=True):
        label = st.selectbox("区县", list(labels), key="cover_place", bind="query-params", width=160)
        theme = st.selectbox("指标范围", [HEADLINE, *CATEGORIES], key="cover_theme", bind="query-params", width=160)
    st.html(_matrix(view, labels[label], theme))
    frame.note(
        "●完成数 ○目标；表＝报告表格，文＝报告正文，补＝补充来源，推＝推算；均＝只有多年年均，累＝只有多年累计。"
        + "".join(f"{word}：{meaning}。" for word, meaning in WHY.items())
        + f"完成数{_NOT_DUE.short}的年份，格中只写目标。"
    )


@kept(FEW)
def _matrix(view: filters.Selection, place: str, theme: str) -> str:
    years = cached.held(view.build, (place,))
    district, code = years[0]["district"], years[0]["district_code"]
    cells = cached.cells(view.build, district, code, None if theme == HEADLINE else theme)
    found = sorted(cells, key=lambda row: CATEGORIES.index(row["category"]))
    rows, last, filled = [], None, 0
    for (_, name, category), facts in groupby(found, key=lambda r: (r["indicator_id"], r["indicator"], r["category"])):
        if theme == HEADLINE and category != last:
            rows.append(markup.Group(category))
            last = category
        here: dict[int, dict[str, list[dict]]] = {}
        for fact in (each for each in facts if each["fact_id"]):
            here.setdefault(fact["year"], {}).setdefault(fact["status"], []).append(fact)
        filled += len(here)
        rows.append([name, *(_cell(here.get(year["year"], {}), year) for year in years)])
    total = sum(1 for row in rows if not isinstance(row, markup.Group))
    return markup.table(
        ["指标", *(str(year["year"]) for year in years)],
        rows,
        css="pb-stick pb-cells",
        caption=f"{district} · {theme}{total}项 × {len(years)}年＝{total * len(years)}格，有数{filled}格；点格中的字看原句",
    )
