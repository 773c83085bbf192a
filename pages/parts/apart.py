"""What would lie on each other in a chart over years, put apart: marks of targets, and words at marks. Pure.

A place is chosen for each of them in px of a plot of known size, always the same one for the same rows. Values are never
moved: marks that share a spot share its width, words stand around their mark where no line runs. Words without a name
never stand nearer to another mark than to their own: those that cannot, or that a line would cross anywhere near, are left
out, the tooltip and the table have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]  # left, top, right, bottom
#: Where words stand, px right of and below their mark: the middle of those at a mark, the left end of those at the end of
#: a line or at a band.
At = tuple[float, float]
Words = tuple[float, float, str]  # where, and which ones: long ones have shorter ones that stand in for them
Way = tuple[float, At, Box]  # what it costs to stand so far away, where, and the room that takes

#: How far from its mark, in px of type of 12, words may stand; up is negative.
_BESIDE = (0, -7, 7, -13, 13, -19, 19, -26, 26, -33, 33, -40, 40)
#: What it costs words to stand on other words, a mark, a band, a target; to be cut by a line, at each of a few places in
#: their width and at all; outside the plot.
_ON_WORDS, _ON_MARK, _ON_BAND, _ON_TARGET, _ON_LINE, _CROSSED, _OUTSIDE = 12, 8, 5, 6, 1.5, 4, 9
#: What it costs a name to stand elsewhere than right of its mark.
_ELSEWHERE = 3
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
) -> tuple[list[Words | None], list[Words | None], list[Words | None]]:
    """Where the words of each point, each span and each target stand; None: they find no place of their own.

    ``labels``: values at the points, not the names alone. ``brief``: on a telephone nothing but the first value of each
    place and the names at the ends of lines, which are always written. A value that a name at the same spot has with it is
    not written again, nor is that of several targets on one spot.
    """
    room = _Room(points, spans, targets, segments, plot)
    of_points = _of_ends(room, points, labels)
    if labels:
        _of_values(room, points, of_points, brief)
    if not labels or brief:
        return of_points, [None] * len(spans), [None] * len(targets)
    of_targets = _of_targets(room, targets)
    return of_points, _of_spans(room, spans), of_targets


class _Room:
    """A plot with everything in it that words must keep clear of; ``taken`` by other words."""

    def __init__(
        self, points: Sequence[dict], spans: Sequence[dict], targets: Sequence[dict], segments: Sequence[dict], plot: Plot
    ) -> None:
        self.plot, self.size, self.gap = plot, plot.small, 2 * plot.ratio
        self.marks = [_mark(row, plot) for row in points]
        self.bands = [_band(row, plot) for row in spans]
        self.ticks = [_around(plot.x(row["year"]), plot.y(row["value"]), *plot.tick) for row in targets]
        self.beside = [*zip(points, self.marks, strict=True), *zip(targets, self.ticks, strict=True)]
        self.lines = [*_lines(segments, plot)]
        self.taken: list[Box] = []

    def way(self, far: float, x: float, y: float, long: float, right: float, down: float) -> Way:
        """Words ``long`` px whose middle is ``right`` of and ``down`` from (x, y)."""
        middle = x + right
        return far, (right, down), _box(middle - long / 2, middle + long / 2, y + down, self.size)

    def crossed(self, box: Box) -> bool:
        """Whether a line runs through a box or close by: the plot is drawn a little larger or smaller than it is known to be."""
        around = (box[0] - self.gap, box[1] - self.gap, box[2] + self.gap, box[3] + self.gap)
        return any(_cut(around, line) for line in self.lines if line[0] <= around[2] and line[2] >= around[0])

    def best(self, ways: Sequence[Way]) -> Way:
        """The way that costs least, with what it costs in all."""
        left, right = min(box[0] for *_, box in ways) - 2 * self.gap, max(box[2] for *_, box in ways) + 2 * self.gap
        near = [
            ([box for box in boxes if box[0] < right and box[2] > left], cost)
            for boxes, cost in (
                (self.taken, _ON_WORDS),
                (self.marks, _ON_MARK),
                (self.bands, _ON_BAND),
                (self.ticks, _ON_TARGET),
            )
        ]
        across = [line for line in self.lines if line[0] < right and line[2] > left]
        best = None
        for far, at, box in sorted(ways, key=lambda way: way[0]):
            if best is not None and far >= best[0]:
                break
            cost = far + _OUTSIDE * (box[1] < -14 or box[3] > self.plot.height + 10)
            around = (box[0] - 2 * self.gap, box[1], box[2] + 2 * self.gap, box[3])  # words side by side keep apart
            for boxes, price in near:
                cost += price * sum(_meet(around, other) for other in boxes)
            cuts = [_cut(box, line) for line in across]
            cost += _ON_LINE * sum(cuts) + _CROSSED * any(cuts)
            if best is None or cost < best[0]:
                best = (cost, at, box)
        return best

    def clear(self, box: Box, own: Box, others: Sequence[Box]) -> bool:
        """Whether words in this box are inside the plot and nearer to their own mark than to any other above or below them."""
        reach = _TIMES * _apart(box, own) + _FARTHER * self.plot.ratio
        return 0 <= box[1] and box[3] <= self.plot.height and all(reach < _apart(box, other) for other in others)

    def open(self, ways: Sequence[Way], own: Box, others: Sequence[Box]) -> list[Way]:
        """The ways in the plot, at most half above it, that no line crosses, clear of ``others`` and nearest to their own mark."""
        inside = [
            way
            for way in ways
            if -self.size / 2 <= way[2][1]
            and way[2][3] <= self.plot.height
            and -self.gap <= way[2][0]
            and way[2][2] <= self.plot.width + 4 * self.gap
        ]
        if not inside:
            return []
        # so near must another mark be to any of the ways for it to matter: most are not
        reach = {way: _TIMES * _distance(way[2], own) + _FARTHER * self.plot.ratio for way in inside}
        most, boxes = max(reach.values()), [way[2] for way in inside]
        left, top = min(box[0] for box in boxes) - most, min(box[1] for box in boxes) - most
        right, bottom = max(box[2] for box in boxes) + most, max(box[3] for box in boxes) + most
        near = [other for other in others if other[0] <= right and other[2] >= left and other[1] <= bottom and other[3] >= top]
        return [
            way for way in inside if all(reach[way] < _distance(way[2], other) for other in near) and not self.crossed(way[2])
        ]


def _of_spans(room: _Room, spans: Sequence[dict]) -> list[Words | None]:
    """Along their band, first at its beginning; they may run on beyond its end. Where ``words`` find
    no place, ``short`` ones may: the band itself says which years, its colour which place."""
    found: list[Words | None] = [None] * len(spans)
    for name in ("words", "short"):
        for n, span in enumerate(spans):
            if found[n] is None and span.get(name) and (at := _of_span(room, spans, n, span[name])):
                found[n] = (*at, span[name])
    return found


def _of_span(room: _Room, spans: Sequence[dict], n: int, words: str) -> At | None:
    plot, size, span = room.plot, room.size, spans[n]
    off = plot.band / 2 + size / 2 + room.gap
    first = (-off, off, -2 * off, 2 * off) if span["above"] else (off, -off, 2 * off, -2 * off)
    start, long, y = plot.x(span["start"]), wide(words, size), plot.y(span["value"])
    ends = room.bands[n][2] - start - plot.step / 4
    along = [0.0, *(plot.step * at / 4 for at in range(1, 4 * len(plot.years)) if plot.step * at / 4 <= ends)]
    ways = [
        (0.4 * at + 0.3 * far, (right, down), _box(start + right, start + right + long, y + down, size))
        for at, down in enumerate(first)
        for far, right in enumerate(along)
        if start + right + long <= plot.width + 4 * room.gap
    ]
    others = [band for band, other in zip(room.bands, spans, strict=True) if other["value"] != span["value"]]
    open_ = []
    for way in ways:
        box = way[2]
        beside = [band for band in others if band[0] < box[2] and band[2] > box[0]]
        if room.clear(box, room.bands[n], beside) and not room.crossed(box):
            open_.append(way)
    if not open_:
        return None
    cost, at, box = room.best(open_)
    if cost >= _ON_WORDS:
        return None
    room.taken.append(box)
    return at


def _of_ends(room: _Room, points: Sequence[dict], labels: bool) -> list[Words | None]:
    """Names at the ends of lines: right of their mark, and where a line runs on there, above, below or left of it."""
    plot, size = room.plot, room.size
    found: list[Words | None] = [None] * len(points)
    ends: dict[str, list[tuple[int, At, Box]]] = {}
    last = [n for n, row in enumerate(points) if row.get("last")]
    beyond, off = 10 * plot.ratio, plot.mark / 2 + size / 2 + room.gap
    for n in sorted(last, key=lambda n: (-points[n]["value"], n)):
        row = points[n]
        x, y, long = plot.x(row["year"]), plot.y(row["value"]), wide(end_words(row, labels), size)

        def way(far: float, right: float, down: float, x=x, y=y, long=long) -> Way:
            return far, (right, down), _box(x + right, x + right + long, y + down, size)

        ways = [way(abs(down) / 4, beyond, down * plot.ratio) for down in _BESIDE]
        above = ends.setdefault(row["year"], [])  # names of one year stand in the order of their values
        ways = [way for way in ways if not above or way[2][1] > above[-1][2][1]] or ways[-1:]
        beside = [
            box
            for other, box in zip(points, room.marks, strict=True)
            if other["year"] == row["year"] and other["value"] != row["value"]
        ]
        ways = [  # at the own mark, where there is such a place
            way
            for way in ways
            if all(_apart(way[2], box) > max(0, _apart(way[2], room.marks[n])) + 3 * plot.ratio for box in beside)
        ] or ways
        around = [
            way(_ELSEWHERE + far, right, down)
            for far, right, down in (
                (0, -long / 2, -off),
                (0.5, -long / 2, off),
                (1, -long - beyond, 0),
                (1.5, 0, -off),
                (1.5, 0, off),
                (2, -long, -off),
                (2, -long, off),
            )
        ]
        ways += [
            way
            for way in around
            if -room.gap <= way[2][0]
            and 0 <= way[2][1]
            and way[2][3] <= plot.height
            and (not above or way[2][1] >= above[-1][2][3])
            and all(_distance(way[2], box) > _distance(way[2], room.marks[n]) + 2 * plot.ratio for box in beside)
        ]
        _, at, box = room.best(ways)
        above.append((n, at, box))
        room.taken.append(box)
    room.taken = room.taken[: len(room.taken) - sum(map(len, ends.values()))]
    for each in ends.values():
        lowest = plot.height
        for n, (right, down), box in reversed(each):
            up = max(0.0, (box[1] + box[3]) / 2 - lowest)
            found[n] = right, down - up, end_words(points[n], labels)
            room.taken.append((box[0], box[1] - up, box[2], box[3] - up))
            lowest = min(lowest, (box[1] + box[3]) / 2) - 1.05 * size
    return found


def _of_values(room: _Room, points: Sequence[dict], found: list[Words | None], brief: bool) -> None:
    """Values at the marks inside a line: above or below them, else at a corner or beside them; into ``found``. ``plain``
    of a point stands in for its label where that has no place."""
    plot, size = room.plot, room.size
    # a value that stands at the end of another line with this place's name is not written twice
    of_ends = [row for row in points if row.get("last")]
    named = {(row["year"], row["value"], name) for row in of_ends for name in row["end"].split("、")}
    others = [n for n, row in enumerate(points) if not row.get("last")]
    others = [n for n in others if (points[n]["year"], points[n]["value"], points[n]["place"]) not in named]
    if brief:
        start: dict[str, str] = {}
        for row in points:
            start[row["place"]] = min(row["year"], start.get(row["place"], row["year"]))
        others = [n for n in others if points[n]["year"] == start[points[n]["place"]]]
    off = plot.mark / 2 + size / 2 + room.gap
    ordered = sorted(others, key=lambda n: (-points[n]["value"], n))
    for n, name in ((n, name) for name in ("label", "plain") for n in ordered):
        row, own = points[n], room.marks[n]
        if found[n] is not None or not row.get(name):
            continue
        x, y, long = plot.x(row["year"]), plot.y(row["value"]), wide(row[name], size)
        up = -1 if row.get("above", True) else 1
        side, corner = long / 2 + plot.mark / 2 + 2 * room.gap, long / 2 + plot.mark / 4
        ways = [
            room.way(far, x, y, long, right, down)
            for far, right, down in (
                (0, 0, up * off),
                (0.6, 0, -up * off),
                (1.2, 0, 2 * up * off),
                (1.8, 0, -2 * up * off),
                *((1 + 0.2 * k, way * corner, up * 0.8 * off) for k, way in enumerate((-1, 1))),
                *((1.4 + 0.2 * k, way * corner, -up * 0.8 * off) for k, way in enumerate((-1, 1))),
                *((2 + 0.2 * k, way * side, 0) for k, way in enumerate((-1, 1))),
                *((2.4 + 0.2 * k, way * side, up * size / 2) for up in (1, -1) for k, way in enumerate((1, -1))),
            )
        ]
        near = [box for other, box in room.beside if (other["year"], other["value"]) != (row["year"], row["value"])]
        if ways := room.open(ways, own, near):
            cost, at, box = room.best(ways)
            if cost < (_ON_TARGET if brief else _ON_MARK):
                found[n] = (*at, row[name])
                room.taken.append(box)


def _of_targets(room: _Room, targets: Sequence[dict]) -> list[Words | None]:
    """目标 and its number at the mark of each target that has a free place for them, the later years first: there no result
    says how high the mark stands. Targets on one spot share them."""
    plot, size = room.plot, room.size
    found: list[Words | None] = [None] * len(targets)
    half, off = plot.tick[0] / 2, plot.tick[1] / 2 + size / 2 + room.gap
    done: set[tuple[str, float]] = set()
    for n in sorted(range(len(targets)), key=lambda n: (targets[n]["year"], targets[n]["value"]), reverse=True):
        row = targets[n]
        if (row["year"], row["value"]) in done:
            continue
        x, y, long = plot.x(row["year"]), plot.y(row["value"]), wide(target_words(row), size)
        shared = sum((other["year"], other["value"]) == (row["year"], row["value"]) for other in targets) > 1
        reach = half * (1.3 if shared else 1)
        ways = [
            room.way(far, x, y, long, right, down)
            for far, right, down in (
                (0, 0, -off),
                (0.5, 0, off),
                (1, reach + long / 2 + 2 * room.gap, 0),
                (1.5, -reach - long / 2 - 2 * room.gap, 0),
                *((1.8 + 0.1 * k, way * (reach + long / 2), up * 0.7 * off) for up in (-1, 1) for k, way in enumerate((1, -1))),
                (2, 0, -1.7 * off),
                (2.2, 0, 1.7 * off),
            )
        ]
        near = [box for other, box in room.beside if (other["year"], other["value"]) != (row["year"], row["value"])]
        if ways := room.open(ways, _around(x, y, 2 * reach, plot.tick[1]), near):
            cost, at, box = room.best(ways)
            if cost < _ON_TARGET:
                found[n] = (*at, target_words(row))
                done.add((row["year"], row["value"]))
                room.taken.append(box)
    return found


def target_words(target: Mapping) -> str:
    """What stands at the mark of a target."""
    return f"目标 {target['label']}"


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


def _distance(one: Box, other: Box) -> float:
    """Px between two boxes, whichever way; less than nothing where one lies on the other."""
    across, down = (max(one[at] - other[at + 2], other[at] - one[at + 2]) for at in (0, 1))
    return (across**2 + down**2) ** 0.5 if across > 0 and down > 0 else max(across, down)


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
    """At how many of a few places in its width a box is crossed by a line, at least one where it is crossed at all."""
    left, right = max(box[0], line[0]), min(box[2], line[2])
    if left >= right or line[2] <= line[0] or max(line[1], line[3]) < box[1] or min(line[1], line[3]) > box[3]:
        return 0
    slope = (line[3] - line[1]) / (line[2] - line[0])
    start, end = (line[1] + slope * (at - line[0]) for at in (left, right))
    if max(start, end) <= box[1] or min(start, end) >= box[3]:
        return 0
    found = 0
    for n in range(_SAMPLES):
        at = box[0] + (box[2] - box[0]) * (n + 0.5) / _SAMPLES
        found += left <= at <= right and box[1] < line[1] + slope * (at - line[0]) < box[3]
    return max(found, 1)


#: Widths in px for which words are placed: on a page, of one chart and of several side by side; on a telephone.
ROOMY, PANEL, SMALL = 1260, 390, 230
#: A plot over years on a telephone, where few names stand beyond the last year.
_NARROW = 270
#: Px in type of 12 of a plot in which all words find their places, however long they are; a telephone's has fewer.
_BROAD = 420
#: As much of it as words right of the plot may take, in px of type of 12: names of any length leave room for the lines.
MOST_BESIDE = 130


@dataclass(frozen=True)
class Placed:
    """The rows with the places of their words: ``right``, ``down`` and ``said`` of a row have one for each of ``edges``, px
    right of and below its value (see ``At``) and what stands there, or None (not written). A place is for plots wider than its edge, up to the next.
    ``end``: px that words may need right of the plot."""

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
    known: bool = False,
) -> Placed:
    """Everything in a trend in its place; ``plot`` is the roomy one, or the very one that is drawn where that is ``known``.

    ``heights``: (px of width, height of a plot wider than that), where the words below the years take more lines of a
    narrower one.
    """
    size = plot.small
    values = [wide(row["label"], size) for row in points if not row.get("last")] if labels else []
    needed = round((max(values, default=0) + 10 * plot.ratio) * len(plot.years)) if values else 0
    limit = min(needed, round(_BROAD * plot.ratio))
    edges = sorted({0, limit, needed, *(least for least, _ in heights if least < max(plot.width, needed))})
    found = []
    for edge, end in zip(edges, [*edges[1:], None], strict=True):
        if end is None or known and edge < plot.width <= end:
            width = max(plot.width, edge + 1)
        else:  # words that are clear of each other in a narrow plot are so in a wider one
            width = _NARROW if edge < limit else edge + (end - edge) / 4
        height = next((height for least, height in sorted(heights, reverse=True) if least <= edge), plot.height)
        tick = min(plot.tick[0], 0.8 * width / max(1, len(plot.years))), plot.tick[1]
        here = replace(plot, width=width, height=height, tick=tick)
        found.append(words(points, spans, targets, segments, here, labels=labels, brief=edge < limit))
    of_points, of_spans, of_targets = (zip(*parts, strict=True) for parts in zip(*found, strict=True))
    last = [(wide(end_words(row, labels), size) + 16 * plot.ratio, row["year"]) for row in points if row.get("last")]
    step = max(SMALL, limit) / max(1, len(plot.years))
    beyond = (long - (len(plot.years) - plot.years.index(year) - 0.5) * step for long, year in last)
    return Placed(
        [row | _ways(ats) for row, ats in zip(points, of_points, strict=True)],
        [row | _ways(ats) for row, ats in zip(spans, of_spans, strict=True)],
        [
            row | {"tick": outline(row["part"], plot.tick)} | _ways(ats)
            for row, ats in zip(side_by_side(targets, plot), of_targets, strict=True)
        ],
        edges,
        min(max([12 * plot.ratio, *beyond]), MOST_BESIDE * plot.ratio),
    )


def _ways(ats: Sequence[Words | None]) -> dict[str, list]:
    """Places as a chart reads them."""
    return {name: [None if at is None else at[n] for at in ats] for n, name in enumerate(("right", "down", "said"))}
