"""总览: the most telling findings in words, made from the data alone; each names the facts it speaks of. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts import format, gap
from pages.parts.pairs_table import Cell


@dataclass(frozen=True)
class Highlight:
    """A sentence and the fact its link leads to (None: no single one)."""

    words: str
    fact: str | None = None


def of(cells: Sequence[Cell], year: int) -> list[Highlight]:
    """At most five sentences on the headline indicators of a year: the counts, the widest gaps either way, all-met ones."""
    by_place: dict[str, list[Cell]] = {}
    for cell in cells:
        by_place.setdefault(cell.main["district"], []).append(cell)
    said = []
    for place, mine in by_place.items():
        counts = gap.counts(cell.found for cell in mine)
        if counts["judged"]:
            said.append(
                f"{place}可比{counts['judged']}项，{counts['met']}项达到目标、{counts['missed']}项未完成"
                + (f"、{counts['near']}项接近" if counts["near"] else "")
            )
        elif any(cell.main["target_id"] for cell in mine):
            said.append(f"{place}的目标没有结果可比")
        elif not any(cell.main["covered"] for cell in mine):
            said.append(f"{place}{gap.STATES['not_held'].words}")
        else:
            said.append(f"{place}报告没有列出主要指标的目标")
    items = len({cell.main["indicator"] for cell in cells})
    found = [Highlight(f"{year}年{items}项主要指标：{'；'.join(said)}。")] if said else []
    rates = [
        cell
        for cell in cells
        if cell.found.state.judged
        and cell.found.share is None
        and cell.found.gap is not None
        and cell.found.unit == "百分点"
    ]
    worst = min(rates, key=lambda cell: cell.found.gap, default=None)
    best = max(rates, key=lambda cell: cell.found.gap, default=None)
    if worst and worst.found.gap < 0:
        found.append(_gap("按百分点计，差于目标最多", worst))
    if best and best.found.gap > 0:
        found.append(_gap("好于目标最多", best))
    by_indicator: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.found.state.judged:
            by_indicator.setdefault(cell.main["indicator"], []).append(cell)
    shared = {name: mine for name, mine in by_indicator.items() if len(mine) > 1}
    for keys, words in ((("missed",), "都未完成"), (("exceeded", "met", "expected"), "都达到目标")):
        names = [name for name, mine in shared.items() if all(cell.found.state.key in keys for cell in mine)]
        if names:
            found.append(Highlight(f"可比的各区{words}：{'、'.join(names)}。"))
    return found


def _gap(lead: str, cell: Cell) -> Highlight:
    row, found = cell.main, cell.found
    return Highlight(
        f"{lead}：{row['district']}{row['indicator']}{format.side(row, 'actual')}，目标{format.side(row, 'target')}，"
        f"差距{format.gap(found.gap, found.unit, found.share)}。",
        row["actual_id"],
    )
