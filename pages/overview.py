"""总览: the headline indicators of each district, result beside target, and what the data cover."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from pages.parts import cached, coverage, evidence, figures, filters, format, frame, gap, registry, theme

COLUMNS = ["实际", "目标", "差距与状态"]
TAGS = {"supplement": "补充", "derived": "推算"}


def cell(view: filters.Selection, row: dict, side: str, *, soft: bool = False) -> dict:
    """One figure of a row, linked to its sentence; figures from elsewhere carry 补充 or 推算."""
    text = format.stated(
        row[side],
        row[f"{side}_unit"],
        row["measure"],
        row[f"{side}_comparator"],
        row[f"{side}_text"],
        row.get(f"{side}_low"),
        row.get(f"{side}_high"),
        row[f"{side}_origin"],
    )
    if row.get(f"{side}_period") == "average":
        text = format.PERIODS["average"] + text
    if row[f"{side}_origin"] in TAGS:
        text += f" {TAGS[row[f'{side}_origin']]}"
    if row[f"{side}_qualifier"]:
        text += f" {row[f'{side}_qualifier']}"
    fact = row[f"{side}_id"]
    return figures.line(text, fact=fact, href=view.address(fact=fact), soft=soft, title="查看原句")


def block(view: filters.Selection, rows: list[dict], found: gap.Assessment) -> list[list[dict]]:
    """The three cells of one indicator in one district; ``found`` is the judgement on the main measure."""
    main = gap.main_row(rows)
    if found.state.key in ("nothing", "not_held"):
        return [[], [], [figures.line(found.state.words, soft=True)]]
    others = [cell(view, row, "actual", soft=True) for row in rows if row is not main and row["actual_id"]]
    absent = "未公布" if main["results_held"] else "未收录"
    unknown = f"{format.MEASURES[main['measure']]}{absent}" if others else absent
    actual = [cell(view, main, "actual") if main["actual_id"] else figures.line(unknown, soft=True), *others]
    none = "未设目标" if main["sets_targets"] else "报告未列目标" if main["covered"] else "未收录"
    target = [cell(view, main, "target")] if main["target_id"] else [figures.line(none, soft=True)]
    words = found.state.words + ("（临界）" if found.borderline else "")
    if not main["actual_id"] or not main["target_id"]:
        return [actual, target, [figures.line(words, soft=True)]]
    if found.gap is not None:
        words += f" {format.gap(found.gap, found.unit, found.share)}"
    status = figures.line(
        words,
        fact=main["actual_id"],
        href=view.address(fact=main["actual_id"]),
        quiet=True,
        glyph=found.state.glyph,
        colour=theme.STATES.get(found.state.key),
        title="查看目标和结果的原句",
    )
    return [actual, target, [status]]


def summary(found: list[gap.Assessment]) -> str:
    """可判定 11/14：超额完成3 完成2 接近1 未完成5."""
    counts = gap.judged(found)
    words = " ".join(f"{name}{count}" for name, count in counts.items())
    return f"可判定 {sum(counts.values())}/{len(found)}" + (f"：{words}" if words else "")


def table(view: filters.Selection) -> None:
    """The headline table; see figures.show."""
    pairs = format.records(cached.headline_pairs(view.build, view.year))
    districts = {key: list(rows) for key, rows in groupby(pairs, key=lambda r: (r["district"], r["district_code"]))}
    groups, rows = [], {}
    for position, ((district, _), found) in enumerate(districts.items()):
        judgements = []
        for (indicator, category), each in groupby(found, key=lambda r: (r["indicator"], r["category"])):
            each = list(each)
            judgements.append(gap.assess(gap.main_row(each)))
            line = rows.setdefault(indicator, {"name": indicator, "note": category, "cells": []})
            line["cells"] += block(view, each, judgements[-1])
        groups.append(
            {"name": district, "note": summary(judgements), "colour": theme.district_colour(district, position)}
        )
    figures.show(
        label=f"{view.year}年主要指标完成情况",
        corner=f"{view.year}年",
        groups=groups,
        columns=COLUMNS,
        rows=list(rows.values()),
        key="figures",
    )
    frame.note(f"带正负号的百分数为同比增速。差距为正数表示好于目标。{gap.tolerances()}点数字看报告原句。")


def findings_line(view: filters.Selection) -> None:
    """How many findings there are of each gravity, with the way to the list."""
    counts = cached.findings(view.build)["severity"].value_counts()
    said = "、".join(f"{words}{counts[key]}条" for key, words in format.SEVERITIES.items() if key in counts)
    st.page_link(registry.path("method"), label=f"核对中发现的问题：{said}，查看清单" if said else "核对中没有发现问题")


view = frame.begin("overview")
if view.year is None:
    st.info("数据中还没有主要指标。")
else:
    table(view)
evidence.open_if_asked(view)
st.subheader("数据覆盖", anchor=False)
coverage.show(view)
findings_line(view)
