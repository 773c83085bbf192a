"""五年趋势: one indicator over the years with every gap shown, or several as small multiples; the way to the plan."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, evidence, filters, format, frame, outlook, pairs_table, plate, selected, series, theme

MOST = 9  # panels on one screen
ACROSS = 3


def draw(made: series.Series, indicator: dict, *, large: bool) -> None:
    """One panel."""
    plate.chart(
        "trend",
        key=f"trend-{indicator['indicator_id']}",
        width=60 * len(made.years) + 120 if large else 0,
        alt=series.finding(made) + ("；" + "；".join(made.breaks) if made.breaks else ""),
        points=made.points,
        segments=made.segments,
        years=made.years,
        axis=format.axis(made.measure, [made.unit] if made.unit else []),
        targets=made.targets,
        spans=made.spans,
        missing=made.missing if large else None,
        height=300 if large else 190,
        labels=large or len(made.rows) == 1,
    )


def signs(view: filters.Selection) -> None:
    """What the marks mean."""
    marks = [(theme.GLYPHS[shape], colour, name) for name, (colour, shape) in theme.palette(view.place_names).items()]
    extra = [("○", theme.TEXT, "空心为补充来源")] if "supplement" in view.origins else []
    extra += [("◇", theme.TEXT, "菱形为推算值")] if "derived" in view.origins else []
    plate.legend(
        [
            *marks,
            *extra,
            ("━", theme.TEXT, "目标"),
            ("┄", theme.TEXT, "虚线为推算或通往规划目标"),
            ("▒", theme.MUTED, "宽带为多年平均"),
        ]
    )


def one(view: filters.Selection, made: series.Series, indicator: dict) -> None:
    """One indicator, large, and the table behind it, a row for each year."""
    finding = series.finding(made)
    span = f"{made.years[0]}—{made.years[-1]}年"
    plate.title(finding, f"{span} · {format.measured(indicator, made.measure)}", "；".join(made.breaks))
    if made.points or made.targets or made.spans:
        draw(made, indicator, large=True)
        signs(view)
    else:
        st.info("各年都没有这样的数，原因见下表；可在“看什么”中换成自动。")
    plate.sources(view, [row for rows in made.rows.values() for row in rows])
    table(view, [made], finding)


def many(view: filters.Selection, panels: list[tuple[series.Series, dict]]) -> None:
    """Small multiples, each with an axis of its own."""
    finding, years = series.movement([made for made, _ in panels]), panels[0][0].years
    plate.title(finding, f"{years[0]}—{years[-1]}年 · {len(panels)}项指标，各图纵轴不同 · 线断开处没有数或口径不同")
    signs(view)
    for start in range(0, len(panels), ACROSS):
        for column, (made, indicator) in zip(st.columns(ACROSS), panels[start : start + ACROSS], strict=False):
            with column:
                frame.heading(f"{made.indicator}　{format.axis(made.measure, [made.unit] if made.unit else [])}")
                draw(made, indicator, large=False)
    plate.sources(view, [row for made, _ in panels for rows in made.rows.values() for row in rows])
    if plate.table_wanted():
        table(view, [made for made, _ in panels], finding)


def _said(row: dict) -> bool:
    return bool(row["actual_id"] or row["target_id"])


def table(view: filters.Selection, shown: list[series.Series], finding: str) -> None:
    """The table behind the charts, a row for each year."""
    lines = [
        (
            f"{made.indicator} {year}年" if len(shown) > 1 else f"{year}年",
            "",
            [pairs_table.of([row for row in rows if row["year"] == year]) for rows in made.rows.values()],
        )
        for made in shown
        for year in made.years
        if year in filters.TREND_YEARS
        or any(_said(row) for rows in made.rows.values() for row in rows if row["year"] == year)
    ]
    pairs_table.show(view, lines, [(name, "") for name in shown[0].rows], label=finding, corner="年份", key="table")


view = frame.begin("trend")
chosen, left_out = selected.indicators(view, MOST)
if not chosen:
    st.info("数据中没有目录内的指标。")
else:
    ids = tuple(each["indicator_id"] for each in chosen)
    rows, spans = selected.history(view, chosen), cached.spans(view.build, view.place_keys, ids)
    years, by_span = selected.axis_years(rows, spans), selected.grouped(spans, "indicator")
    rest = {"measure": view.measure, "origins": view.origins, "breaks": cached.breaks(view.build)}
    panels = [
        (series.build(rows[each["indicator"]], by_span.get(each["indicator"], []), years, **rest), each)
        for each in chosen
    ]
    if len(panels) == 1:
        one(view, *panels[0])
    else:
        many(view, panels)
    if left_out:
        frame.note(f"本专题另有{left_out}项指标，一屏列{MOST}项；在“指标”中可选其他项。")
    outlook.show(view, [row for each in rows.values() for row in each], spans)
evidence.open_if_asked(view)
