"""目标差距: rows of queries.pairs to the cells of charts.heatmap, what they sum up to, and the finding. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from data import states
from data.terms import CATEGORIES
from pages.parts import comparison, format, gap, theme
from pages.parts.gap import Cell

#: Where the colour is at its strongest, for the two families of units: 百分点, and the share of the target.
FULL = {"points": 5.0, "share": 0.10}


#: At the words of a cell whose indicator says in another measure what is missing in this one.
ALSO = "※"
#: The words of a cell by the room there is for them, most first.
TEXTS = ("text", "brief", "least")


@dataclass(frozen=True)
class Line:
    """One row of the heatmap: its name, theme, and a cell for each column (place, year)."""

    name: str
    category: str
    cells: dict[tuple[str, int], Cell] = field(default_factory=dict)


def lines(
    rows: Iterable[dict], tolerance: gap.Tolerance = gap.HOUSE, origins: Sequence[str] = ("supplement", "derived")
) -> list[Line]:
    """Rows of queries.pairs as lines: one for each indicator, more where it has targets in several measures.

    Theme by theme, as the catalogue orders them: the chart writes the name of a theme once, over all its lines.
    """
    by_indicator: dict[str, list[dict]] = {}
    for row in rows:
        by_indicator.setdefault(row["indicator"], []).append(comparison.shown(row, origins))
    found = []
    for name, each in by_indicator.items():
        aimed = list(dict.fromkeys(row["measure"] for row in each if row["target_id"]))
        columns: dict[tuple[str, int], list[dict]] = {}
        for row in each:
            columns.setdefault((row["district"], row["year"]), []).append(row)
        for measure in aimed if len(aimed) > 1 else [None]:
            title = name if measure is None else f"{name}（{format.measure(measure, _unit(each, measure), each[0].get('unit_change'))}）"
            cells = {}
            for column, mine in columns.items():
                main = gap.main_row(mine) if measure is None else comparison.in_measure(mine, measure)
                also = tuple(row for row in mine if row["measure"] != main["measure"] and _lacking(main, row))
                cells[column] = Cell(main, gap.assess(main, tolerance), also=also)
            found.append(Line(title, each[0]["category"], cells))
    order = {category: n for n, category in enumerate(CATEGORIES)}
    return sorted(found, key=lambda line: order.get(line.category, len(order)))


def _lacking(main: dict, other: dict) -> list[str]:
    """The sides that this row of another measure has and the main one lacks."""
    return [side for side in format.SIDES if other[f"{side}_id"] and not main[f"{side}_id"]]


def _unit(rows: Sequence[dict], measure: str) -> str | None:
    return next((row["target_unit"] for row in rows if row["measure"] == measure and row["target_unit"]), None)


def aimed(found: Iterable[Line]) -> list[Line]:
    """The lines in which somebody has a target."""
    return [line for line in found if any(cell.main["target_id"] for cell in line.cells.values())]


def kept(found: Iterable[Line], binding: str | None = None, states: Sequence[str] = ()) -> list[Line]:
    """The lines with a cell of this binding and of one of these states; the whole line stays, for comparison."""
    return [
        line
        for line in found
        if any(
            (not binding or cell.main["target_binding"] == binding) and (not states or cell.found.state.key in states)
            for cell in line.cells.values()
        )
    ]


def score(found: gap.Assessment) -> float | None:
    """Where a gap stands on the colour scale, -1 to 1 and beyond; None without a gap or a direction of good.

    An amount against a target of zero has no share: its colour says the side alone.
    """
    if found.gap is None or not found.state.judged:
        return None
    if found.share is not None:
        return found.share / FULL["share"]
    if found.unit != "百分点":
        return float((found.gap > 0) - (found.gap < 0))
    return found.gap / FULL["points"]


def _round(value: float, places: int) -> float:
    """Rounded, but not to zero: a gap keeps its sign."""
    return round(value, places) or value


def text(found: gap.Assessment) -> str:
    """What a cell says: ▼ −1.5 (百分点), ▲ +2.1% (of the target); the glyph twice where the colour scale ends."""
    return texts(found)[0]


def texts(found: gap.Assessment) -> tuple[str, str, str]:
    """What a cell says where there is room, where there is less, and where there is hardly any: ▼▼ −22.6, ▼−22.6, −22.6."""
    if found.gap is None:
        words = found.state.least or found.state.short or found.state.words
        return found.state.brief, words if words != found.state.words else found.state.brief, words
    if found.share is not None:
        number = format.number(_round(found.share * 100, 1), signed=True) + "%"
    elif found.unit == "百分点":
        number = format.number(_round(found.gap, 2), signed=True)
    else:
        number = format.gap(found.gap, found.unit)
    strength = score(found)
    glyph = found.state.glyph * (2 if strength is not None and abs(strength) > 1 and found.state.glyph in "▲▼" else 1)
    number += "≈" if found.borderline else ""
    return f"{glyph} {number}".removeprefix("– "), f"{found.state.glyph}{number}".removeprefix("–"), number


def _unknown_target(main: dict, found: gap.Assessment) -> tuple[str, str, str] | None:
    """What a cell says where nobody knows whether there was a target: 目标未收录, which is not 无目标; None for any other."""
    why = states.untargeted(main) if found.state.key == "no_target" else None
    if why is None or why.state != "target_not_held":
        return None
    words = f"{format.SIDES['target']}{why.short}"
    return words, words, why.least


def cells(found: Iterable[Line], *, years: bool) -> list[dict]:
    """The cells as charts.heatmap takes them; ``years`` writes the year into the column."""
    out = []
    for line in found:
        for (place, year), cell in line.cells.items():
            main, judged = cell.main, cell.found
            strength = score(judged)
            fill, ink = theme.gap_colour(strength) if strength is not None else (theme.PAGE, theme.TEXT)
            quiet = strength is None and not judged.state.key.startswith("told") and judged.gap is None
            # a result that the reader has switched off is not one that nobody reports
            hidden = comparison.absence(main) if main.get("hidden") else ""
            said = dict(zip(TEXTS, ("未显示",) * 3 if hidden else _unknown_target(main, judged) or texts(judged), strict=True))
            also = "、".join(format.sides(row, _lacking(main, row)) for row in cell.also)
            facts = (row[f"{side}_id"] for row in (main, *cell.also) for side in ("actual", "target"))
            pending = not hidden and judged.state.key in ("no_actual", "result_not_held", "not_due")
            out.append(
                {
                    "row": line.name,
                    "indicator": line.name,
                    "column": column(place, year, years),
                    "place": place,
                    "year": f"{year}年",
                    **{name: words + (ALSO if name != "text" else f" {ALSO}") * bool(also) for name, words in said.items()},
                    "fill": fill,
                    "ink": theme.MUTED if quiet else ink,
                    "edge": None if strength is not None else theme.MUTED if pending else theme.LINE,
                    "actual": format.side(main, "actual") if main["actual_id"] else hidden or "—",
                    "target": format.side(main, "target") if main["target_id"] else "—",
                    "gap": "—" if judged.gap is None else format.gap(judged.gap, judged.unit, judged.share),
                    "state": hidden or judged.state.words + ("（临界）" if judged.borderline else ""),
                    "also": also or "—",
                    "fact": next(filter(None, facts), None),
                }
            )
    return out


def column(place: str, year: int, years: bool) -> str:
    """A column's name: 綦江, or 綦江|2024年 in two lines."""
    return f"{place}|{year}年" if years else place


def by_column(found: Iterable[Line]) -> dict[tuple[str, int], list[gap.Assessment]]:
    """The judgements of each column."""
    out: dict[tuple[str, int], list[gap.Assessment]] = {}
    for line in found:
        for key, cell in line.cells.items():
            out.setdefault(key, []).append(cell.found)
    return out


def _aimed(assessments: Sequence[gap.Assessment]) -> int:
    """How many have a target."""
    return sum(a.state.key not in ("no_target", "nothing", "not_held") for a in assessments)


def _held(assessments: Sequence[gap.Assessment]) -> bool:
    """Whether a report of the place and year is held: only then can it be said to set no target."""
    return all(a.state.key != "not_held" for a in assessments)


def said(assessments: Sequence[gap.Assessment]) -> str:
    """In one line: 有目标24项，能与结果比较20项：达到12，接近1，未完成7."""
    counts, aimed = gap.counts(assessments), _aimed(assessments)
    if not aimed:
        return "报告没有列出目标" if _held(assessments) else gap.STATES["not_held"].words
    if not counts["judged"]:
        return f"有目标{aimed}项，都还不能与结果比较"
    return f"有目标{aimed}项，可比{counts['judged']}项：达到{counts['met']}，接近{counts['near']}，未完成{counts['missed']}"


def tally(assessments: Sequence[gap.Assessment]) -> list[int | str]:
    """有目标, 可比, 达到, 接近, 未完成; — instead of a count of nothing."""
    counts, aimed = gap.counts(assessments), _aimed(assessments)
    if not aimed:
        return ["未列" if _held(assessments) else gap.STATES["not_held"].short, "—", "—", "—", "—"]
    rest = [counts["met"], counts["near"], counts["missed"]] if counts["judged"] else ["—"] * 3
    return [aimed, counts["judged"], *rest]


def finding(found: Iterable[Line], states: Sequence[str] = (), *, shares: bool = True) -> str:
    """The title, over all years: 达到目标：綦江12/20项，江津9/21项；南岸没有可比的目标. Of several years it says so: 2022、2024年合计达到目标.

    With ``states`` it counts these instead: 未完成：綦江7/17项; of states that are no judgement on numbers there is no share,
    nor without ``shares``, as where the lines are those with such a cell alone.
    """
    by_place: dict[str, list[gap.Assessment]] = {}
    columns = by_column(found)
    for (place, _), assessments in columns.items():
        by_place.setdefault(place, []).extend(assessments)
    years = sorted({year for _, year in columns})
    said = _counted(by_place, states, shares) if states else comparison.score(by_place)
    return f"{'、'.join(map(str, years))}年合计{said}" if len(years) > 1 else said


def _counted(by_place: dict[str, list[gap.Assessment]], states: Sequence[str], shares: bool) -> str:
    """How often these states stand in each place: 未完成：綦江7/17项，江津14/23项；南岸没有可比的目标."""
    asked = [state for state in gap.STATES.values() if state.key in states]
    shares = shares and all(state.judged for state in asked)
    said, none = [], []
    for place, assessments in by_place.items():
        judged, here = gap.counts(assessments)["judged"], sum(a.state in asked for a in assessments)
        if shares and not judged or not shares and not here:
            none.append(place)
        else:
            said.append(f"{place}{here}/{judged}项" if shares else f"{place}{here}项")
    rest = f"{'、'.join(none)}没有{'可比的目标' if shares else ''}" if none else ""
    return f"{'、'.join(state.words for state in asked)}：" + "；".join(part for part in ("，".join(said), rest) if part)


def sensitive(found: Iterable[Line], tolerance: gap.Tolerance) -> int:
    """How many cells would be judged otherwise if the tolerance were half as wide."""
    half = tolerance.scaled(0.5)
    return sum(gap.assess(cell.main, half).state != cell.found.state for line in found for cell in line.cells.values())
