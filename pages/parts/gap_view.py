"""目标差距 as a sheet: the heatmap of distance to target."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts import cached, filters, gap, heat, selected, sheet, theme
from pages.parts.keep import kept
from pages.parts.sheet import Drawing, Sheet

#: The colours in words, for where the scale does not stand beside the heatmap.
COLOURS = (("■", theme.GAP[0], "好于目标"), ("■", theme.GAP[-1], "差于目标"))
SIGNS = (
    *((s.glyph, theme.STATES.get(s.key, theme.TEXT), s.words) for s in gap.STATES.values() if s.judged),
    ("▲▲", theme.TEXT, "两个三角：差距大于颜色的两端"),
    ("◇", theme.TEXT, "定性：目标没有数字，以报告的说法为准"),
    ("▣", theme.TEXT, "深色框：有目标，还没有结果"),
    ("≈", theme.TEXT, "临界：四舍五入可改变结论"),
    (heat.ALSO, theme.TEXT, "这一年另有增速、总量等别的目标或结果，点开可看"),
)


@dataclass(frozen=True)
class View:
    """The sheet, the indicators it shows (id -> name), and of those with a target the counts of each column (place, year) as heat.tally
    has them; how many judgements change with half the tolerance; how many lines have results alone."""

    sheet: Sheet
    shown: dict[str, str]
    counts: dict[tuple[str, int], list[int | str]]
    sensitive: int
    without_target: int


@kept(32)
def of(view: filters.Selection) -> View | None:
    """The view as a sheet; None when no indicator is as the filters want it."""
    tolerance = gap.HOUSE.scaled(view.tolerance)
    pairs = cached.pairs(view.build, view.years, view.place_keys) if view.years else []
    rows = [row for row in pairs if not view.theme or row["category"] == view.theme]
    every = heat.lines(rows, tolerance, view.origins)
    aimed = heat.kept(heat.aimed(every), view.binding)
    wanted = every if set(view.states) & {"no_target", "nothing", "not_held"} else heat.aimed(every)
    shown = heat.kept(wanted, view.binding, view.states)
    if not shown:
        return None
    counted = heat.kept(every, view.binding) if wanted is every else aimed
    finding, behind = heat.finding(counted, view.states), [cell.main for line in shown for cell in line.cells.values()]
    years = "、".join(f"{year}年" for year in view.years)
    made = Sheet(
        finding,
        f"{years} · {view.theme or '全部'}指标 · 实际与目标的差距（个百分点；带%的为占目标的份额），正数为好于目标 · {filters.listed(view, len(shown))}",
        signs=(*COLOURS, *SIGNS),
        drawings=(_drawing(shown, finding),),
        notes=(gap.tolerances(tolerance),),
        rows=tuple(behind),
        source=selected.documents(view, behind),
        build=view.build,
        name=sheet.named(f"{view.theme or '全部指标'}目标差距", view.place_names, view.years),
        table=_table(shown),
        states=view.states,
    )
    rest = len(every) - len(shown) if not (view.states or view.binding) else 0
    counts = {column: heat.tally(judged) for column, judged in heat.by_column(aimed).items()}
    items = {cell.main["indicator_id"]: cell.main["indicator"] for line in shown for cell in line.cells.values()}
    return View(made, items, counts, heat.sensitive(aimed, tolerance), rest)


def several_years(lines: list[heat.Line]) -> bool:
    """Whether the columns are of more than one year."""
    return len({year for line in lines for _, year in line.cells}) > 1


def _drawing(found: list[heat.Line], finding: str) -> Drawing:
    """The heatmap; rows grouped by theme."""
    several = several_years(found)
    rows, groups = [], []
    for line in found:
        if line.category not in groups:
            groups.append(line.category)
            rows.append(line.category)
        rows.append(line.name)
    columns = list(dict.fromkeys(heat.column(place, year, several) for line in found for place, year in line.cells))
    said = "；".join(f"{place}{year}年{heat.said(all_)}" for (place, year), all_ in heat.by_column(found).items())
    return Drawing(
        "heatmap",
        "heat",
        f"{finding}。{said}",
        {"cells": heat.cells(found, years=several), "rows": rows, "columns": columns, "groups": groups},
        width=150 + 48 * len(columns),
    )


def _table(found: list[heat.Line]) -> sheet.Table:
    """The table behind the heatmap."""
    columns = list(dict.fromkeys(key for line in found for key in line.cells))
    several = several_years(found)
    groups = tuple((f"{place} {year}年" if several else place, "") for place, year in columns)
    return sheet.Table(
        tuple((line.name, line.category, [line.cells[key] for key in columns]) for line in found), groups, "指标"
    )
