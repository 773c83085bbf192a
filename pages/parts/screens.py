"""A sheet cut into screens to be shared, and its charts made as large as the screen lets them be. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pages.parts import comparison, gap, heat, theme
from pages.parts.sheet import Drawing, Sheet, Table

#: What fits on a screen that is shared: rows and columns of a heatmap, rows of dumbbells, panels of small multiples.
MOST_ROWS, MOST_COLUMNS, MOST_PANELS = 6, 5, 4
#: Px of height at scale 1 that charts of dumbbells may take together, of each of them its axis, of an indicator the room to
#: the next, and of a place in it the least that keeps words off the next line.
_MOST_HIGH, _AXIS, _APART, _LINE = 460, 80, 10, 21


def cut(made: Sheet) -> list[Sheet]:
    """The sheet cut into screens to be shared: at most 6 rows by 5 columns, 4 panels.

    Of a view that was cut each screen says what it shows and its own finding, as far as the rows of the table behind it
    tell; how one judges (the notes) stands on every screen, since people see one at a time.
    """
    parts = [
        (drawings, 1 if drawings[0].kind != "trend" else 2 if len(drawings) > 3 else len(drawings))
        for drawings in _batches([piece for drawing in made.drawings for piece in _pieces(drawing)])
    ]
    titles = _titles(made, [drawings for drawings, _ in parts])
    found = []
    for number, (drawings, across) in enumerate(parts or [((), 1)], 1):
        ids = set(_named("fact", drawings)) | set(_named("target_fact", drawings))
        rows = made.rows if len(parts) < 2 else [row for row in made.rows if {row["target_id"], row["actual_id"]} & ids]
        title = titles[number - 1] if len(parts) > 1 else made.title
        found.append(
            replace(
                made,
                title=title,
                drawings=tuple(replace(each, alt=title if title != made.title else each.alt) for each in drawings),
                across=across,
                rows=tuple(rows),
                hints=(),
                table=Table(),
                part=(number, max(len(parts), 1)),
            )
        )
    return found


def _titles(made: Sheet, parts: Sequence[Sequence[Drawing]]) -> list[str]:
    """The title of each screen: 综合质效（1） · 达到目标：綦江1/4项，江津0/5项; screens of one name are counted."""
    said = [_part(made, drawings) for drawings in parts]
    names, seen = Counter(name for name, _ in said), Counter()
    titles = []
    for name, finding in said:
        seen[name] += 1
        name += f"（{seen[name]}）" if name and names[name] > 1 else ""
        titles.append(" · ".join(filter(None, (name, finding or made.title))))
    return titles


def _part(made: Sheet, drawings: Sequence[Drawing]) -> tuple[str, str]:
    """What a screen shows and the finding of its rows; empty where the table does not hold them, as of charts over years."""
    lines = {name: (category, cells) for name, category, cells in made.table.lines}
    if {drawing.kind for drawing in drawings} == {"heatmap"}:
        rows = drawings[0].rows
        several = any("|" in name for name in rows["columns"])
        shown = []
        for name in rows["rows"]:
            category, cells = lines.get(name, ("", ()))
            by_column = {(cell.main["district"], cell.main["year"]): cell for cell in cells}
            here = {key: cell for key, cell in by_column.items() if heat.column(*key, several) in rows["columns"]}
            shown += [heat.Line(name, category, here)] if here else []
        years = {year for line in shown for _, year in line.cells}
        when = f"{min(years)}年" if several and len(years) == 1 else ""
        name = "、".join(dict.fromkeys(line.category for line in shown))
        return (f"{when}{name}", heat.finding(shown, made.states, shares=False)) if shown else ("", "")
    if {drawing.kind for drawing in drawings} == {"dumbbells"}:
        names = [name for drawing in drawings for name in drawing.indicators if name in lines]
        judged: dict[str, list[gap.Assessment]] = {}
        for name in names:
            for cell in lines[name][1]:
                judged.setdefault(cell.main["district"], []).append(cell.found)
        name = names[0] + (f"等{len(names)}项" if len(names) > 1 else "") if names else ""
        return name, comparison.score(judged) if judged else ""
    return "", ""


def _pieces(drawing: Drawing) -> Iterator[Drawing]:
    """A chart with too many rows or columns as several."""
    rows = drawing.rows
    if drawing.kind == "heatmap":
        names = [name for name in rows["rows"] if name not in rows["groups"]]
        for some in _chunks(names, MOST_ROWS):
            for columns in _chunks(rows["columns"], MOST_COLUMNS):
                cells = [cell for cell in rows["cells"] if cell["row"] in some and cell["column"] in columns]
                part = {"cells": cells, "rows": some, "columns": columns, "groups": []}
                yield replace(drawing, rows=rows | part, key=f"{drawing.key}-{some[0]}-{columns[0]}")
    elif drawing.kind == "dumbbells":
        fits = (_MOST_HIGH - _AXIS) // (_APART + _LINE * _places(drawing))
        for some in _chunks(drawing.indicators, max(1, min(MOST_ROWS, fits))):
            part = [row for row in rows["rows"] if row["indicator"] in some]
            yield replace(drawing, rows=rows | {"rows": part}, key=f"{drawing.key}-{some[0]}")
    elif drawing.kind == "bars":
        for number, some in enumerate(_chunks(rows["rows"], MOST_ROWS)):
            yield replace(drawing, rows=rows | {"rows": some}, key=f"{drawing.key}-{number}")
    else:
        yield drawing


def _batches(drawings: Sequence[Drawing]) -> Iterator[list[Drawing]]:
    """Charts that share a screen: up to four panels of lines, dumbbells while there is room for them and their axes."""
    if drawings and all(drawing.kind == "trend" for drawing in drawings):
        yield from _chunks(drawings, MOST_PANELS)
        return
    batch: list[Drawing] = []
    for drawing in drawings:
        kinds = {each.kind for each in [*batch, drawing]}
        if batch and not (kinds == {"dumbbells"} and sum(_height(each) for each in [*batch, drawing]) <= _MOST_HIGH):
            yield batch
            batch = []
        batch = [*batch, drawing]
    if batch:
        yield batch


def _height(drawing: Drawing) -> int:
    """Px that a chart of dumbbells needs at scale 1."""
    return _AXIS + len(drawing.indicators) * (_APART + _LINE * _places(drawing))


def _places(drawing: Drawing) -> int:
    """How many places a chart of dumbbells compares."""
    return len({row["place"] for row in drawing.rows["rows"]})


def _chunks(items: Sequence, most: int) -> list[list]:
    """Parts of at most ``most``, as equal as can be: 7 by 6 gives 4 and 3."""
    count = -(-len(items) // most)
    ends = [round(len(items) * number / count) for number in range(count + 1)] if count else []
    return [list(items[start:end]) for start, end in pairwise(ends)]


def _named(name: str, drawings: Sequence[Drawing]) -> Iterator[str]:
    """Every value under ``name`` in the rows of these charts."""
    for drawing in drawings:
        for rows in drawing.rows.values():
            for row in rows if isinstance(rows, list | tuple) else ():
                if isinstance(row, dict) and row.get(name):
                    yield row[name]


def staged(made: Sheet, room: float, scale: float = 1, width: float | None = None) -> Sheet:
    """One screen with its charts as large as the ``room`` (px of height at scale 1) below the finding lets them be.

    ``width``: px that they have side by side, where they are known.
    """
    heads = 56 * (any(drawing.heading for drawing in made.drawings) * -(-len(made.drawings) // made.across))
    names = sum(len(drawing.indicators) for drawing in made.drawings if drawing.kind == "dumbbells")
    out = []
    for drawing in made.drawings:
        rows, sizes = drawing.rows, theme.PRESENT
        if drawing.kind in ("trend", "drift"):
            lines = -(-len(made.drawings) // made.across)
            rows = rows | {"height": round((room - heads) / lines * scale)}
            sizes = sizes.times(scale)
            if width and drawing.kind == "trend":
                rows = rows | {"wide": round(width / made.across)}
        elif drawing.kind == "heatmap":
            sizes = sizes.times(scale, scale * min(72, (room - 60) / max(1, len(rows["rows"]))))
        elif drawing.kind == "bars":
            sizes = sizes.times(scale, scale * min(90, (room - 60) / max(1, len(rows["rows"])) / 2.2))
        else:
            # as charts.dumbbells counts it: 0.65 of a row for each place
            row = (room - _AXIS * len(made.drawings) - _APART * names) / max(1, names * _places(drawing) * 0.65)
            sizes = sizes.times(scale, scale * max(_LINE / 0.65, min(56, row)))
            rows = rows | {"names_width": round(260 * scale)}
        out.append(replace(drawing, rows=rows, sizes=sizes, width=0))
    return replace(made, drawings=tuple(out))
