"""The table of targets and results that stands behind every chart: each number a link to its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data import states
from pages.parts import comparison, figures, filters, format, gap, theme
from pages.parts.gap import Cell

COLUMNS = ["实际", "目标", "差距与状态"]
TAGS = {"supplement": "补充", "derived": "推算"}


def of(rows: Sequence[dict], tolerance: gap.Tolerance = gap.HOUSE) -> Cell:
    """The block for one place, indicator and year from its rows, one for each measure."""
    main = gap.main_row(list(rows))
    return Cell(main, gap.assess(main, tolerance), tuple(row for row in rows if row is not main))


def _figure(view: filters.Selection, row: dict, side: str, *, soft: bool = False) -> dict:
    """One figure, linked to its sentence; figures from elsewhere carry 补充 or 推算, special definitions their words."""
    text = " ".join(
        part for part in (format.side(row, side), TAGS.get(row[f"{side}_origin"]), row[f"{side}_qualifier"]) if part
    )
    fact = row[f"{side}_id"]
    return figures.line(text, fact=fact, href=view.address(fact=fact), soft=soft, title="查看原句")


def block(view: filters.Selection, cell: Cell) -> list[list[dict]]:
    """The three cells of one indicator in one place."""
    main, found = cell.main, cell.found
    if found.state.key in ("nothing", "not_held"):
        return [[], [], [figures.line(comparison.absence(main), soft=True)]]
    others = [_figure(view, row, "actual", soft=True) for row in cell.others if row["actual_id"]]
    absent = gap.STATES["no_actual" if main["results_held"] else "result_not_held" if main["due"] else "not_due"]
    named = format.measure(main["measure"], main["target_unit"], main["unit_change"])
    unknown = f"{named}{absent.short}" if others else absent.short
    actual = [
        _figure(view, main, "actual") if main["actual_id"] else figures.line(unknown, soft=True, title=absent.meaning),
        *others,
    ]
    none = states.untargeted(main)
    target = [_figure(view, main, "target") if main["target_id"] else figures.line(none.short, soft=True, title=none.meaning)]
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


def show(
    view: filters.Selection,
    rows: Sequence[tuple[str, str, Sequence[Cell]]],
    groups: Sequence[tuple[str, str]],
    *,
    label: str,
    corner: str,
    key: str,
    sparks: dict[tuple[str, str], dict] | None = None,
    link: Callable[[str], str] | None = None,
    hint: str = "",
) -> str | None:
    """Draw the table: ``rows`` are (name, note, a cell for each group), ``groups`` (name, note) side by side.

    ``sparks``: (row, group) -> series.spark, drawn in a column of their own. ``link`` gives the address a row's name
    leads to, ``hint`` says what is there; the name that was clicked is returned.
    """
    palette = theme.palette([name.split(" ")[0] for name, _ in groups])
    body = []
    for name, note, cells in rows:
        line: list = []
        for cell, (group, _) in zip(cells, groups, strict=True):
            line += block(view, cell)
            if sparks is not None:
                line.append([{"spark": sparks[name, group]}] if (name, group) in sparks else [])
        row = {"name": name, "note": note, "cells": line}
        body.append(row | ({"href": link(name), "hint": hint} if link else {}))
    return figures.show(
        label=label,
        corner=corner,
        groups=[{"name": name, "note": note, "colour": palette[name.split(" ")[0]][0]} for name, note in groups],
        columns=COLUMNS + (["走势"] if sparks is not None else []),
        rows=body,
        key=key,
    )
