"""五年趋势: rows of queries.pairs and queries.spans to the rows of charts.trend, and the finding over them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pages.parts import comparison, format, gap, theme

KINDS = {"table": "stated", "prose": "stated", "supplement": "supplement", "derived": "derived"}
TAGS = {"supplement": "（补充）", "derived": "（推算）"}
#: Comparators of a value that is meant as it stands.
EXACT = (None, "eq", "approx")
#: Why results of one place may not be compared, after 与此前各年 or 此前.
_OTHER, _NOT_TAKEN_OFF = "口径不同", "的数不能直接相减"
KIND_WORDS = {"stated": "报告数", "supplement": "补充来源", "derived": "推算值"}


@dataclass
class Series:
    """What charts.trend draws for one indicator; ``rows`` are the rows behind it, by place, in the order of years."""

    indicator: str
    measure: str | None
    years: list[int]
    unit: str | None = None
    unit_change: str | None = None  # in which the catalogue counts changes of the indicator
    points: list[dict] = field(default_factory=list)
    segments: list[dict] = field(default_factory=list)
    targets: list[dict] = field(default_factory=list)
    spans: list[dict] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)
    breaks: list[str] = field(default_factory=list)
    rows: dict[str, list[dict]] = field(default_factory=dict)


def broken(before: dict, after: dict, breaks: Collection[frozenset[str]] = ()) -> str:
    """Why two results of one series must not be joined, in words; empty when nothing speaks against it.

    Other words of definition, another unit, or a finding that names both.
    """
    words = [row["actual_qualifier"] or "未注明" for row in (before, after)]
    if words[0] != words[1]:
        return f"{before['year']}年口径“{words[0]}”，{after['year']}年“{words[1]}”"
    if before["actual_unit"] != after["actual_unit"]:
        return f"{before['year']}年与{after['year']}年计量单位不同"
    if any({before["actual_id"], after["actual_id"]} <= each for each in breaks):
        return f"{before['year']}年与{after['year']}年的数不能直接相减（核对发现）"
    return ""


def _apart(run: Sequence[dict], row: dict, breaks: Collection[frozenset[str]], measure: str | None) -> str:
    """Why a result may not be compared with those of the years before it, in words; empty when nothing speaks against it.

    Another definition parts amounts and rates alike; years without a result part amounts alone.
    """
    if any(why := [broken(before, row, breaks) for before in run]):
        return f"与此前各年{_OTHER if any('口径' in each for each in why) else _NOT_TAKEN_OFF}"
    if measure != "level":
        return ""
    between = [str(year) for year in range(run[-1]["year"] + 1, row["year"])] if run else []
    return f"{'、'.join(between)}年没有可比的数，不与更早的比" if between else ""


def _bound(before: dict, after: dict) -> str:
    """Why no line may join two results: of a bound (≤5.5%) nobody knows where below it lies."""
    bounds = [row for row in (before, after) if row["actual_comparator"] not in EXACT]
    return f"{bounds[0]['year']}年报告的是{format.side(bounds[0], 'actual')}，不是一个数" if bounds else ""


def build(
    rows: Sequence[dict],
    spans: Sequence[dict],
    years: Sequence[int],
    *,
    measure: str | None = None,
    origins: Sequence[str] = ("supplement", "derived"),
    breaks: Collection[frozenset[str]] = (),
) -> Series:
    """The series of one indicator from rows of several years and places and the spans (年均) that go with them.

    A line joins two years only where one follows the other, both have a result and nothing says that the definition
    changed between them. A plan's target further on is joined to the last result by a dotted line without marks, unless
    a year that has passed lies between them without a result: that would bridge a gap.
    """
    measure = comparison.measure_for(rows, measure)
    made = Series(rows[0]["indicator"] if rows else "", measure, list(years))
    made.unit_change = rows[0].get("unit_change") if rows else None
    places = list(dict.fromkeys(row["district"] for row in rows))
    palette, strokes = theme.palette(places), theme.strokes(places)
    units = [
        row[f"{side}_unit"]
        for row in rows
        for side in ("actual", "target")
        if row["measure"] == measure and row[side] is not None
    ]
    made.unit = max(set(units), key=units.count) if units else None
    past = {row["year"] for row in rows if row["due"]}
    for place in places:
        colour, shape = palette[place]
        look = {"place": place, "colour": colour, "shape": shape, "stroke": strokes[place]}
        mine = [row for row in rows if row["district"] == place]
        line = []
        for year in years:
            of_year = [row for row in mine if row["year"] == year]
            if of_year:
                line.append(comparison.shown(comparison.in_measure(of_year, measure), origins))
        made.rows[place] = line
        drawn = [
            row
            for row in line
            if row["actual"] is not None and row["actual_unit"] == made.unit and row["actual_period"] == "annual"
        ]
        for row in line:
            if row["actual"] is None and row["year"] in past:
                made.missing.setdefault(str(row["year"]), []).append(_why(row, place, len(places)))
            elif row["actual"] is not None and row["actual_unit"] != made.unit:
                made.missing.setdefault(str(row["year"]), []).append(f"{place}|单位不同")
        run: list[dict] = []  # results of one definition: none may be compared with one outside it
        for row in drawn:
            restart = _apart(run, row, breaks, made.measure)
            run = [row] if restart else [*run, row]
            made.points.append(_point(row, look) | {"last": row is drawn[-1], "restart": restart})
        made.segments += _segments(drawn, look, breaks)
        for before, after in pairwise(drawn):
            # over a year without a result nothing would be joined anyway, but the heading starts anew at another definition
            follows = after["year"] == before["year"] + 1
            if why := broken(before, after, breaks) or (_bound(before, after) if follows else ""):
                made.breaks.append(f"{place}{why}，不相连")
        aims = [
            row
            for row in line
            if row["target"] is not None and row["target_period"] != "average" and row["target_unit"] == made.unit
        ]
        made.targets += [_target(row, look) for row in aims]
        if drawn and aims and aims[-1]["target_in_plan"] and _ahead(drawn[-1], aims[-1], line, breaks):
            made.segments += _pair(
                f"{place}-plan",
                drawn[-1]["year"],
                drawn[-1]["actual"],
                aims[-1]["year"],
                aims[-1]["target"],
                look,
                dashed=True,
            )
    made.spans = [
        _span(row, palette[row["district"]])
        for row in spans
        if row["measure"] == measure
        and row["unit"] == made.unit
        and row["period"] == "average"
        and row["district"] in palette
        and row["year"] >= years[0]
        and row["period_start"] <= years[-1]
        and (row["origin"] not in ("supplement", "derived") or row["origin"] in origins)
    ]
    for each in made.spans:
        each["above"] = not each["derived"] if len(made.spans) > 1 else True
        each["start"], each["end"] = str(max(int(each["start"]), years[0])), str(min(int(each["end"]), years[-1]))
    for year in {point["year"] for point in made.points}:
        of_year = [point for point in made.points if point["year"] == year]
        _place_labels(of_year)
        for point in of_year:  # marks on one spot share one name
            same = [other for other in of_year if other["last"] and other["value"] == point["value"]]
            point["end"] = "、".join(other["place"] for other in same)
            point["last"] = point["last"] and point is same[0]
    return made


def _place_labels(points: list[dict]) -> None:
    """Where the value of each mark of one year stands: away from the nearer neighbour, below the lowest, else above."""
    points = sorted(points, key=lambda point: point["value"])
    for below, point, over in zip([None, *points], points, [*points[1:], None], strict=False):
        if over is None:
            point["above"] = True
        elif below is None:
            point["above"] = False
        else:
            point["above"] = over["value"] - point["value"] > point["value"] - below["value"]


def _ahead(last: dict, aim: dict, line: Sequence[dict], breaks: Collection[frozenset[str]]) -> bool:
    """Whether a dotted line may lead from the last result to the target of a year to come."""
    between = [row for row in line if last["year"] < row["year"] <= aim["year"]]
    kept = aim["target"] - last["actual"]  # a bound that holds today is no way to go
    if aim["target_comparator"] in ("le", "lt") and kept >= 0 or aim["target_comparator"] in ("ge", "gt") and kept <= 0:
        return False
    return (
        aim["year"] > last["year"] + 1
        and not any(row["due"] for row in between)
        and not any({last["actual_id"], aim["target_id"]} <= each for each in breaks)
    )


def _why(row: dict, place: str, places: int) -> str:
    words = comparison.absence(row)
    short = {state.words: state.short or state.words for state in gap.STATES.values()}.get(words, words)
    return f"{place}|{short}" if places > 1 else short


def _point(row: dict, look: dict) -> dict:
    kind = KINDS[row["actual_origin"]]
    return look | {
        "year": str(row["year"]),
        "value": row["actual"],
        "label": format.side(row, "actual"),
        "kind": kind,
        "kind_words": "实际 · " + KIND_WORDS[kind],
        "shape": "diamond" if kind == "derived" else look["shape"],
        "exact": row["actual_comparator"] in EXACT,
        "fact": row["actual_id"],
        "origin": row["actual_source"] or format.ORIGINS[row["actual_origin"]],
    }


def _target(row: dict, look: dict) -> dict:
    return look | {
        "year": str(row["year"]),
        "value": row["target"],
        "label": format.side(row, "target"),
        "kind_words": "目标",
        "fact": row["target_id"],
        "origin": format.ORIGINS[row["target_origin"]],
    }


def _pair(key: str, start: int, first: float, end: int, second: float, look: dict, *, dashed: bool) -> list[dict]:
    common = {"key": key, "colour": look["colour"], "dashed": dashed, "stroke": look["stroke"]}
    return [common | {"year": str(start), "value": first}, common | {"year": str(end), "value": second}]


def _segments(drawn: Sequence[dict], look: dict, breaks: Collection[frozenset[str]]) -> list[dict]:
    found = []
    for before, after in pairwise(drawn):
        if after["year"] == before["year"] + 1 and not broken(before, after, breaks) and not _bound(before, after):
            implied = "derived" in (before["actual_origin"], after["actual_origin"])
            key = f"{look['place']}-{before['year']}"
            found += _pair(key, before["year"], before["actual"], after["year"], after["actual"], look, dashed=implied)
    return found


def _span(row: dict, look: tuple[str, str]) -> dict:
    said = format.fact(row)
    meant = f"年均{'目标' if row['status'] == 'target' else ''}{said}" + TAGS.get(KINDS[row["origin"]], "")
    return {
        "place": row["district"],
        "start": str(row["period_start"]),
        "end": str(row["year"]),
        "year": f"{row['period_start']}—{row['year']}",
        "value": row["value"],
        "label": said,
        "words": f"{row['district']}{row['period_start']}—{row['year']}{meant}",
        "short": meant,
        "derived": row["origin"] == "derived",
        "kind_words": "年均" + ("目标" if row["status"] == "target" else "实际"),
        "colour": look[0],
        "fact": row["fact_id"],
        "origin": format.ORIGINS[row["origin"]],
    }


def finding(made: Series) -> str:
    """The title over the lines, from the first to the last result of one definition; it says where there was another before.

    綦江2024年+5.5%→2025年+6.3%（此前口径不同），江津2022年+3.2%→2024年+4.1%，南岸只有2024年+5.9%; where all have the same years, these once.
    """
    named = format.measure(made.measure, made.unit, made.unit_change) if made.measure in ("growth", "change") else ""
    name = made.indicator + named
    runs, none = {}, []
    for place in made.rows:
        points = [point for point in made.points if point["place"] == place]
        if points:
            runs[place] = points[max((i for i, point in enumerate(points) if point["restart"]), default=0) :]
        else:
            none.append(place)
    spans = {(run[0]["year"], run[-1]["year"]) for run in runs.values()}
    once = len(spans) == 1 and len(runs) > 1
    said = []
    for place, run in runs.items():
        first, last = (
            f"{'' if once else point['year'] + '年'}{point['label']}{TAGS.get(point['kind'], '')}"
            for point in (run[0], run[-1])
        )
        if len(run) > 1:
            why = next((why for why in (_OTHER, _NOT_TAKEN_OFF) if run[0]["restart"].endswith(why)), "")
            said.append(f"{place}{first}→{last}" + (f"（此前{why}）" if why else ""))
        elif run[0]["restart"]:
            said.append(f"{place}{last}（{run[0]['restart']}）")
        else:
            said.append(f"{place}{last}" if once else f"{place}只有{last}")
    if none:
        said.append(f"{'、'.join(none)}没有数")
    when = ""
    if once:
        start, end = spans.pop()
        when = f"{start}年" if start == end else f"{start}→{end}年"
    return f"{name}：{when}{'，'.join(said)}"


def movement(panels: Sequence[Series]) -> str:
    """The title over small multiples: 首尾两年相比：綦江4升2降，江津1升1平; 南岸没有两年的数.

    The last years of one definition. Bounds (≤5.5%) are left out: nobody knows whether 5.4% is more or less.
    """
    counts: dict[str, dict[str, int]] = {}
    for made in panels:
        for place in made.rows:
            mine = counts.setdefault(place, {"升": 0, "降": 0, "平": 0})
            points = [point for point in made.points if point["place"] == place]
            points = points[max((i for i, point in enumerate(points) if point["restart"]), default=0) :]
            points = [point for point in points if point["exact"]]
            if len(points) > 1:
                change = points[-1]["value"] - points[0]["value"]
                mine["升" if change > 0 else "降" if change < 0 else "平"] += 1
    said = [
        place + "".join(f"{n}{word}" for word, n in mine.items() if n)
        for place, mine in counts.items()
        if any(mine.values())
    ]
    none = [place for place, mine in counts.items() if not any(mine.values())]
    text = "首尾两年相比：" + "，".join(said) if said else ""
    return "；".join(part for part in (text, f"{'、'.join(none)}没有两年的数" if none else "") if part)


def spark(made: Series, place: str) -> dict | None:
    """One place's results as a small line: values (None where there is none), joined (to the year before), words."""
    points = {point["year"]: point for point in made.points if point["place"] == place}
    if len(points) < 2:
        return None
    ends = {
        row["year"] for row in made.segments if row["key"].startswith(f"{place}-") and not row["key"].endswith("-plan")
    }
    years = [str(year) for year in made.years]
    starts = {row["key"] for row in made.segments}
    said = [f"{year}年{points[year]['label'] if year in points else '没有数'}" for year in years]
    return {
        "values": [points[year]["value"] if year in points else None for year in years],
        "joined": [year in ends and f"{place}-{int(year) - 1}" in starts for year in years],
        "colour": next(iter(points.values()))["colour"],
        "alt": f"{place}{made.indicator}：" + "，".join(said),
    }
