"""What would lie on each other in a chart over years, put apart: marks of targets, and words at marks. Pure.

A place is chosen for each of them in px of a plot of known size, always the same one for the same rows. Values are never
moved: marks that share a spot share its width, words stand higher or lower than their mark. Words without a name never
stand nearer to another mark than to their own: those that cannot are left out, the tooltip and the table have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]  # left, top, right, bottom

#: How far from its mark, in px of type of 12, words may stand; up is negative.
_BESIDE = (0, -7, 7, -13, 13, -19, 19, -26, 26, -33, 33, -40, 40)
#: What it costs words to stand on other words, a mark, a band, a target; to be cut by a line; outside the plot.
_ON_WORDS, _ON_MARK, _ON_BAND, _ON_TARGET, _ON_LINE, _OUTSIDE = 12, 8, 5, 3, 1.5, 9
#: How many times as far as the own mark, and by how many px of type of 12, any other mark is at least.
_TIMES, _FARTHER = 1.5, 1
_SAMPLES = 5


@dataclass(frozen=True)
class Plot:
    """Where values stand: years in order, ends of the value axis, size in px, and the sizes of what is drawn.

    small: type of words. mark: width of a mark. tick: width and thickness of the mark of a target. band: thickness of the
    band of an average.
    """

    years: Sequence[str]
    low: float
    high: float
    width: float
    height: float
    small: float = 12
    mark: float = 9
    tick: tuple[float, float] = (32, 3)
    band: float = 8

    @property
    def step(self) -> float:
        """From one year to the next."""
        return self.width / max(1, len(self.years))

    @property
    def ratio(self) -> float:
        """How much larger the type is than on a page."""
        return self.small / 12

    def x(self, year: str) -> float:
        """The middle of a year."""
        return (self.years.index(year) + 0.5) * self.step

    def y(self, value: float) -> float:
        """The height of a value, px from the top."""
        return (self.high - value) / ((self.high - self.low) or 1) * self.height


def wide(text: str, size: float) -> float:
    """About how wide words stand in px."""
    return size * sum(1 if ord(letter) > 0x24FF else 0.58 for letter in text)


def side_by_side(targets: Sequence[dict], plot: Plot) -> list[dict]:
    """The targets with ``part`` (which, of how many) of the width of a mark each has: those of one year that would lie
    on each other share it, in their order."""
    out = [dict(row) for row in targets]
    for year in {row["year"] for row in out}:
        rows = sorted((row for row in out if row["year"] == year), key=lambda row: row["value"])
        cluster: list[dict] = []
        for row in [*rows, None]:
            if cluster and (row is None or plot.y(cluster[-1]["value"]) - plot.y(row["value"]) > plot.tick[1] + 1):
                together = [each for each in out if any(each is one for one in cluster)]
                for n, each in enumerate(together):
                    each["part"] = (n, len(together))
                cluster = []
            if row is not None:
                cluster.append(row)
    return out


def outline(part: tuple[int, int], tick: tuple[float, float]) -> str:
    """The outline of a target's mark for Vega, two units wide; of several on one spot a part of a somewhat wider one."""
    number, count = part
    half = 1 if count == 1 else 1.3
    left, right = (-half + 2 * half * at / count for at in (number, number + 1))
    gap = 0 if count == 1 else 0.06
    thick = tick[1] / tick[0]
    return f"M{left + gap:.3f},{-thick:.3f}H{right - gap:.3f}V{thick:.3f}H{left + gap:.3f}Z"


def words(
    points: Sequence[dict],
    spans: Sequence[dict],
    targets: Sequence[dict],
    segments: Sequence[dict],
    plot: Plot,
    *,
    labels: bool = True,
    brief: bool = False,
) -> tuple[list[float | None], list[float | None]]:
    """How many px below its value the words of each point and of each span stand; None: they find no place of their own.

    ``labels``: values at the points, not the names alone. ``brief``: on a telephone nothing but the first value of each
    place and the names at the ends of lines, which are always written. A value that a name at the same spot has with it is
    not written again.
    """
    marks, lines = [_mark(row, plot) for row in points], [*_lines(segments, plot)]
    taken: list[Box] = []
    ticks = [_around(plot.x(row["year"]), plot.y(row["value"]), *plot.tick) for row in targets]
    bands = [_band(row, plot) for row in spans]
    of_points: list[float | None] = [None] * len(points)
    of_spans: list[float | None] = [None] * len(spans)

    def settle(ways: list[tuple[float, float, Box]]) -> tuple[float, float, Box]:
        left, right = min(box[0] for *_, box in ways), max(box[2] for *_, box in ways)
        near = [
            ([box for box in boxes if box[0] < right and box[2] > left], cost)
            for boxes, cost in ((taken, _ON_WORDS), (marks, _ON_MARK), (bands, _ON_BAND), (ticks, _ON_TARGET))
        ]
        across = [line for line in lines if line[0] < right and line[2] > left]
        best = None
        for far, down, box in ways:  # the nearest first
            if best is not None and far >= best[0]:
                break
            cost = far + _OUTSIDE * (box[1] < -14 or box[3] > plot.height + 10)
            for boxes, price in near:
                cost += price * sum(_meet(box, other) for other in boxes)
            cost += _ON_LINE * sum(_cut(box, line) for line in across)
            if best is None or cost < best[0]:
                best = (cost, down, box)
        return best

    def clear(ways: list[tuple[float, float, Box]], own: Box, others: Sequence[Box]) -> list[tuple[float, float, Box]]:
        """The ways inside the plot in which words are nearer to their own mark than to any other above or below them."""
        return [
            way
            for way in ways
            if 0 <= way[2][1]
            and way[2][3] <= plot.height
            and all(_TIMES * _apart(way[2], own) + _FARTHER * plot.ratio < _apart(way[2], other) for other in others)
        ]

    size = plot.small
    off = plot.band / 2 + size / 2 + 2 * plot.ratio
    for n, span in enumerate(spans if labels and not brief else ()):
        first = (-off, off, -2 * off, 2 * off) if span["above"] else (off, -off, 2 * off, -2 * off)
        start, long, y = plot.x(span["start"]), wide(span["words"], size), plot.y(span["value"])
        if start + long > plot.width + 8 * plot.ratio:
            continue
        ways = [(0.4 * at, down, _box(start, start + long, y + down, size)) for at, down in enumerate(first)]
        others = [
            bands[m]
            for m, other in enumerate(spans)
            if m != n and other["value"] != span["value"] and bands[m][0] < start + long and bands[m][2] > start
        ]
        if ways := clear(ways, bands[n], others):
            cost, down, box = settle(ways)
            if cost < _ON_WORDS:
                of_spans[n] = down
                taken.append(box)
    ends: dict[str, list[tuple[int, float, Box]]] = {}
    of_ends = [n for n, row in enumerate(points) if row.get("last")]
    for n in sorted(of_ends, key=lambda n: (-points[n]["value"], n)):
        row = points[n]
        left, y, long = plot.x(row["year"]) + 10 * plot.ratio, plot.y(row["value"]), wide(end_words(row, labels), size)
        ways = [
            (abs(down) / 4, down * plot.ratio, _box(left, left + long, y + down * plot.ratio, size)) for down in _BESIDE
        ]
        above = ends.setdefault(row["year"], [])  # names of one year stand in the order of their values
        ways = [way for way in ways if not above or way[2][1] > above[-1][2][1]] or ways[-1:]
        beside = [
            box
            for other, box in zip(points, marks, strict=True)
            if other["year"] == row["year"] and other["value"] != row["value"]
        ]
        ways = [  # at the own mark, where there is such a place
            way
            for way in ways
            if all(_apart(way[2], box) > max(0, _apart(way[2], marks[n])) + 3 * plot.ratio for box in beside)
        ] or ways
        _, down, box = settle(ways)
        above.append((n, down, box))
        taken.append(box)
    taken = taken[: len(taken) - sum(map(len, ends.values()))]
    for each in ends.values():
        lowest = plot.height
        for n, down, box in reversed(each):
            up = max(0.0, (box[1] + box[3]) / 2 - lowest)
            of_points[n] = down - up
            taken.append((box[0], box[1] - up, box[2], box[3] - up))
            lowest = min(lowest, (box[1] + box[3]) / 2) - 1.05 * size
    # a value that stands at the end of another line with this place's name is not written twice
    named = {(points[n]["year"], points[n]["value"], name) for n in of_ends for name in points[n]["end"].split("、")}
    others = [n for n, row in enumerate(points) if labels and not row.get("last")]
    others = [n for n in others if (points[n]["year"], points[n]["value"], points[n]["place"]) not in named]
    if brief:
        start: dict[str, str] = {}
        for row in points:
            start[row["place"]] = min(row["year"], start.get(row["place"], row["year"]))
        others = [n for n in others if points[n]["year"] == start[points[n]["place"]]]
    off = plot.mark / 2 + size / 2 + 2 * plot.ratio
    for n in sorted(others, key=lambda n: (-points[n]["value"], n)):
        row = points[n]
        x, y, half = plot.x(row["year"]), plot.y(row["value"]), wide(row["label"], size) / 2
        first = (-off, off, -2 * off, 2 * off) if row.get("above", True) else (off, -off, 2 * off, -2 * off)
        ways = [(0.6 * at, down, _box(x - half, x + half, y + down, size)) for at, down in enumerate(first)]
        beside = (*zip(points, marks, strict=True), *zip(targets, ticks, strict=True))
        over = [
            box
            for other, box in beside
            if (other["year"], other["value"]) != (row["year"], row["value"])
            and box[0] < x + half + 2
            and box[2] > x - half - 2
        ]
        ways = [way for way in clear(ways, marks[n], over) if not any(_meet(way[2], band) for band in bands)]
        if not ways:
            continue
        cost, down, box = settle(ways)
        if cost < (_ON_TARGET if brief else _ON_MARK):
            of_points[n] = down
            taken.append(box)
    return of_points, of_spans


def end_words(point: Mapping, labels: bool) -> str:
    """What stands at the end of a line."""
    name = point.get("end") or point.get("place", "")
    return f"{name} {point['label']}" if labels else name


def _around(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _mark(row: Mapping, plot: Plot) -> Box:
    return _around(plot.x(row["year"]), plot.y(row["value"]), plot.mark, plot.mark)


def _band(span: Mapping, plot: Plot) -> Box:
    y = plot.y(span["value"])
    return plot.x(span["start"]), y - plot.band / 2, plot.x(span["end"]), y + plot.band / 2


def _apart(words: Box, mark: Box) -> float:
    """How far words are above or below a mark; less than nothing where they lie on it."""
    return max(mark[1] - words[3], words[1] - mark[3])


def _box(left: float, right: float, middle: float, size: float) -> Box:
    return left, middle - 0.5 * size, right, middle + 0.5 * size


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _lines(segments: Sequence[dict], plot: Plot) -> Iterator[Box]:
    """Each line from its left end to its right end."""
    ends: dict[str, dict] = {}
    for row in segments:
        first = ends.setdefault(row["key"], row)
        if first is not row:
            yield plot.x(first["year"]), plot.y(first["value"]), plot.x(row["year"]), plot.y(row["value"])


def _cut(box: Box, line: Box) -> int:
    """At how many of a few places in its width a box is crossed by a line."""
    left, right = max(box[0], line[0]), min(box[2], line[2])
    if left >= right or line[2] <= line[0] or max(line[1], line[3]) < box[1] or min(line[1], line[3]) > box[3]:
        return 0
    slope = (line[3] - line[1]) / (line[2] - line[0])
    found = 0
    for n in range(_SAMPLES):
        at = box[0] + (box[2] - box[0]) * (n + 0.5) / _SAMPLES
        found += left <= at <= right and box[1] < line[1] + slope * (at - line[0]) < box[3]
    return found


#: Widths in px for which words are placed: on a page, of one chart and of several side by side; on a telephone.
ROOMY, PANEL, SMALL = 1260, 390, 230
#: A plot over years on a telephone, where few names stand beyond the last year.
_NARROW = 270
#: As much of it as words right of the plot may take, in px of type of 12: names of any length leave room for the lines.
MOST_BESIDE = 130


@dataclass(frozen=True)
class Placed:
    """The rows with the places of their words: ``down`` of a row has a place for each of ``edges``, px below its value or
    None (not written). A place is for plots wider than its edge, up to the next. ``end``: px that words may need right of the plot."""

    points: list[dict]
    spans: list[dict]
    targets: list[dict]
    edges: list[float]
    end: float

    @property
    def moved(self) -> bool:
        """Whether the name of a line stands apart from its end."""
        return any(row["last"] and any(row["down"]) for row in self.points)


def placed(
    points: Sequence[dict],
    spans: Sequence[dict],
    targets: Sequence[dict],
    segments: Sequence[dict],
    plot: Plot,
    *,
    labels: bool = True,
    heights: Sequence[tuple[float, float]] = (),
) -> Placed:
    """Everything in a trend in its place; ``plot`` is the roomy one.

    ``heights``: (px of width, height of a plot wider than that), where the words below the years take more lines of a
    narrower one.
    """
    size = plot.small
    values = [wide(row["label"], size) for row in points if not row.get("last")] if labels else []
    limit = round((max(values, default=0) + 10 * plot.ratio) * len(plot.years)) if values else 0
    edges = sorted({0, limit, *(least for least, _ in heights if least < max(plot.width, limit))})
    found = []
    for edge, end in zip(edges, [*edges[1:], None], strict=True):
        width = max(plot.width, edge + 1) if end is None else _NARROW if edge < limit else (edge + end) / 2
        height = next((height for least, height in sorted(heights, reverse=True) if least <= edge), plot.height)
        tick = min(plot.tick[0], 0.8 * width / max(1, len(plot.years))), plot.tick[1]
        here = replace(plot, width=width, height=height, tick=tick)
        found.append(words(points, spans, targets, segments, here, labels=labels, brief=edge < limit))
    of_points, of_spans = zip(*(part for part, _ in found), strict=True), zip(*(part for _, part in found), strict=True)
    last = [(wide(end_words(row, labels), size) + 16 * plot.ratio, row["year"]) for row in points if row.get("last")]
    step = max(SMALL, limit) / max(1, len(plot.years))
    beyond = (long - (len(plot.years) - plot.years.index(year) - 0.5) * step for long, year in last)
    return Placed(
        [row | {"down": list(down)} for row, down in zip(points, of_points, strict=True)],
        [row | {"down": list(down)} for row, down in zip(spans, of_spans, strict=True)],
        [row | {"tick": outline(row["part"], plot.tick)} for row in side_by_side(targets, plot)],
        edges,
        min(max([12 * plot.ratio, *beyond]), MOST_BESIDE * plot.ratio),
    )
