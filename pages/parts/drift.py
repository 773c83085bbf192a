"""目标的变动 on the page 目标差距: how the target of one indicator moved through the documents."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import away, cached, filters, format, frame, plate, sheet, takeaway, theme
from pages.parts.keep import kept
from pages.parts.sheet import Drawing, Sheet


def points(rows: Sequence[dict], reports: dict[str, dict]) -> tuple[list[dict], list[str], str | None]:
    """Rows of queries.target_history of one indicator as charts.drift takes them, its columns, and the unit.

    The measure with most targets; targets of other units are left out.
    """
    if not rows:
        return [], [], None
    measure = max(
        {row["measure"] for row in rows}, key=lambda m: (sum(row["measure"] == m for row in rows), m == "growth")
    )
    rows = [row for row in rows if row["measure"] == measure]
    units = [row["unit"] for row in rows]
    unit = max(set(units), key=units.count)
    rows = sorted((row for row in rows if row["unit"] == unit), key=lambda row: (row["year"], row["said_in"]))
    palette = theme.palette(dict.fromkeys(row["district"] for row in rows))
    out = []
    for row in rows:
        out.append(
            {
                "place": row["district"],
                "column": _column(row),
                "value": row["value"],
                "label": format.fact(row),
                "document": format.report(reports[row["report_id"]]),
                "colour": palette[row["district"]][0],
                "shape": palette[row["district"]][1],
                "fact": row["fact_id"],
                "key": row["district"],
                "measure": measure,
            }
        )
    alone = len({point["place"] for point in out}) == 1
    for column in {point["column"] for point in out}:
        mine = sorted((point for point in out if point["column"] == column), key=lambda point: point["value"])
        several = mine[0]["value"] < mine[-1]["value"]
        for point in mine:
            same = [other for other in mine if other["value"] == point["value"]]
            names = "、".join(dict.fromkeys(other["place"] for other in same))
            # marks on one spot share their words
            point["words"] = "" if point is not same[0] else point["label"] if alone else f"{names} {point['label']}"
            point["above"] = point["value"] > mine[0]["value"] if several else _rises(out, same) <= 0
    return out, list(dict.fromkeys(point["column"] for point in out)), unit


def _rises(points: Sequence[dict], here: Sequence[dict]) -> float:
    """Whether the lines at the marks of one spot run on above them (more than 0) or below: how far, on both sides together."""
    order = list(dict.fromkeys(point["column"] for point in points))
    total = 0.0
    for point in here:
        line = sorted((other for other in points if other["place"] == point["place"]), key=lambda other: order.index(other["column"]))
        at = next(n for n, other in enumerate(line) if other is point)
        total += sum(other["value"] - point["value"] for other in (*line[max(at - 1, 0) : at], *line[at + 1 : at + 2]))
    return total


def _column(row: dict) -> str:
    """What a target is for: 2025年, 2026—2030年均; an average whose first year no report names: 至2025年年均."""
    if row["period"] == "annual":
        return f"{row['year']}年"
    if row["period_start"] == row["year"]:
        return f"至{row['year']}年{format.PERIODS[row['period']]}"
    return f"{row['period_start']}—{row['year']}{format.PERIODS[row['period']]}"


def finding(indicator: str, found: Sequence[dict]) -> str:
    """綦江地区生产总值增速目标：2022年+6.5%→2025年+6.5%→2026—2030年均+6%."""
    said = []
    for place in dict.fromkeys(point["place"] for point in found):
        mine = [f"{point['column']}{point['label']}" for point in found if point["place"] == place]
        said.append(f"{place}{'→'.join(mine)}")
    return f"{indicator}目标：{'；'.join(said)}"


@kept()
def of(view: filters.Selection, indicator_id: str, indicator: str) -> Sheet:
    """The targets of one indicator as a sheet."""
    rows = cached.target_history(view.build, view.place_keys, (indicator_id,))
    ids = tuple(sorted({row["report_id"] for row in rows}))
    reports = {report["report_id"]: report for report in cached.reports(view.build, ids=ids)}
    found, columns, unit = points(rows, reports)
    said = finding(indicator, found)
    axis = format.axis(found[0]["measure"], [unit] if unit else [], rows[0]["unit_change"])
    return Sheet(
        said,
        f"目标的变动 · {axis} · 横轴为目标所指的年份",
        drawings=(Drawing("drift", "drift-chart", said, {"points": found, "columns": columns, "axis": axis}),),
        source="、".join(dict.fromkeys(point["document"] for point in found)),
        build=view.build,
        name=sheet.named(f"{indicator}目标变动", view.place_names, sorted({row["year"] for row in rows})),
    )


def show(view: filters.Selection, shown: dict[str, str]) -> None:
    """A choice of the indicator (of these, id -> name) and the chart of its targets; those with a single one are not
    offered."""
    frame.heading("同一指标的目标怎样变动")
    offered = {shown[each]: each for each in cached.targets_moved(view.build, view.place_keys, tuple(shown))}
    if not offered:
        frame.note("所列指标都只有一次目标，看不出变动。")
        return
    picked = st.selectbox("指标", list(offered), key="drift", bind="query-params", width=320)
    made = of(view, offered[picked], picked)
    with st.container(key="drift-head", horizontal=True, vertical_alignment="center"):
        frame.note(made.title)
        away.files(made, takeaway.PICTURES, key="take-drift")
    plate.drawings(made)
    frame.note("横轴为目标所指的年份，定下目标的文件见提示和原句。")
