"""The charts of a page as SVG: drawn for paper by Vega, cleaned, stretched and put side by side. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import vl_convert

from pages.parts import charts, theme, typeface
from pages.parts import picture_kit as kit
from pages.parts.sheet import Drawing, Sheet
from pages.parts.theme import Sizes

_BETWEEN = 28
#: Type in the charts by how many stand side by side.
_SIZES = (
    Sizes(text=17, small=15, row=38, line=3, mark=130, cell=16),
    Sizes(text=15, small=14, row=34, line=2.5, mark=100, cell=14),
    Sizes(text=13, small=12, row=30, line=2, mark=70, cell=12),
)
_FEW = 8  # so many rows at most stand in large type
#: How far a chart may be stretched or pressed together before the picture grows or everything shrinks.
STRETCH = {
    "trend": (0.5, 3.0),
    "drift": (0.5, 3.0),
    "bars": (0.6, 1.6),
    "dumbbells": (0.8, 1.6),
    "heatmap": (0.85, 1.6),
}
_PLOT = {"trend": 260, "drift": 260}  # px of a plot whose height is free


def _sizes(sheet: Sheet) -> Sizes:
    """Type by how many charts stand side by side; as on a shared screen where there is little to show."""
    beside = max(1, min(sheet.across, len(sheet.drawings)))
    rows = sum(_deep(drawing) for drawing in sheet.drawings)
    return theme.PRESENT if beside == 1 and rows <= _FEW else _SIZES[min(beside, len(_SIZES)) - 1]


def _deep(drawing: Drawing) -> int:
    """How many rows a chart has, the axis of each chart counted as one."""
    rows = drawing.rows
    if drawing.kind == "dumbbells":
        return len(drawing.indicators) + 1
    return len(rows["rows"]) + 1 if drawing.kind in ("bars", "heatmap") else _FEW


def plot(drawing: Drawing, sizes: Sizes) -> float:
    """The part of a chart's height in px that grows when it is stretched."""
    rows = drawing.rows
    if drawing.kind == "bars":
        return len(rows["rows"]) * 2.2 * sizes.row
    if drawing.kind == "dumbbells":
        places = len({row["place"] for row in rows["rows"]})
        return len(drawing.indicators) * places * 0.65 * sizes.row
    return len(rows["rows"]) * sizes.row if drawing.kind == "heatmap" else _PLOT[drawing.kind]


def _arguments(drawing: Drawing, sizes: Sizes, room: float, stretch: float) -> dict:
    """What the chart function takes so that the chart suits ``room`` px."""
    rows = dict(drawing.rows)
    if drawing.kind == "trend" and rows.get("missing"):
        # small enough for the words below the years, as charts.trend asks for: else it would leave them out
        parts = [part for lines in rows["missing"].values() for line in lines for part in line.split("|")]
        letters = (max(map(len, parts), default=0) + 1) * len(rows["years"])
        small = max(9, min(sizes.small, int((room - 70 - 84 * sizes.ratio) / max(letters, 1))))
        sizes = replace(sizes, small=small, text=min(sizes.text, small + 2))
    if drawing.kind in _PLOT:
        known = {"room": room} if drawing.kind == "trend" else {}
        return rows | known | {"sizes": sizes, "height": round(_PLOT[drawing.kind] * stretch)}
    if drawing.kind == "dumbbells":
        rows["names_width"] = 14 * sizes.text + 8
    if drawing.kind == "heatmap":
        names = max((min(typeface.width(name, sizes.small), 13 * sizes.small) for name in rows["rows"]), default=0)
        column = (room - names - 30) / max(1, len(rows["columns"]))
        text = max((typeface.width(cell["text"], 1) for cell in rows["cells"]), default=1)
        heads = (part for name in rows["columns"] for part in name.split("|"))
        head = max((typeface.width(name, 1) for name in heads), default=1)
        least = 9
        cell = max(least, min(sizes.cell, int((column - 6) / (text or 1))))
        sizes = replace(sizes, cell=cell, text=max(least, min(sizes.text, int((column - 4) / (head or 1)))))
    return rows | {
        "sizes": replace(sizes, row=sizes.row * stretch if drawing.kind == "dumbbells" else int(sizes.row * stretch))
    }


def svg_of(drawing: Drawing, sizes: Sizes, room: float, stretch: float, prefix: str) -> tuple[ET.Element, float]:
    """One chart ``room`` px wide as an SVG element with ids of its own, and its height."""
    spec = getattr(charts, drawing.kind)(**_arguments(drawing, sizes, room, stretch))
    spec |= {"width": round(room), "autosize": {"type": "fit-x", "contains": "padding"}}
    typeface.register()
    made = vl_convert.vegalite_to_svg(theme.light(json.dumps(_cleaned(spec), ensure_ascii=False)), vl_version="6.4")
    root = ET.fromstring(typeface.clean(made))
    for each in root.iter():
        for key in [
            key for key in each.attrib if key.startswith("aria-") or key in ("role", "pointer-events", "class", "style")
        ]:
            del each.attrib[key]
        for key, value in each.attrib.items():
            if key == "id":
                each.set(key, prefix + value)
            elif "#" in value:
                each.set(key, re.sub(r"url\(#", f"url(#{prefix}", value) if "url(" in value else value)
        if each.tag == f"{{{kit.SVG}}}text":
            _own_type(each)
    if drawing.kind in _PLOT:
        _halos(root)
    # Vega counts fewer lines below an axis than it then writes
    return root, max(float(root.get("height")), _lowest(root) + 4)


def _lowest(parent: ET.Element, y: float = 0) -> float:
    """Where the lowest line of text in a chart ends, px from its top."""
    found = 0.0
    for each in parent:
        down = y + sum(float(at) for at in re.findall(r"translate\([^,)]+,\s*([-\d.]+)\)", each.get("transform", "")))
        if each.tag == f"{{{kit.SVG}}}text":
            lines = sum(float(line.get("dy", 0)) for line in each)
            found = max(found, down + lines + 0.2 * kit.size_of(each))
        else:
            found = max(found, _lowest(each, down))
    return found


def _cleaned(value: object) -> object:
    """Without characters that XML does not have: the converter ends the whole process over one of them."""
    if isinstance(value, str):
        return typeface.clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list | tuple) else value


def _own_type(text: ET.Element) -> None:
    """The family stands once, on the picture; bold type is drawn with a stroke."""
    text.attrib.pop("font-family", None)
    weight = text.attrib.pop("font-weight", "normal")
    if weight in ("bold", "600", "700"):
        size = kit.size_of(text)
        text.attrib |= {
            "stroke": text.get("fill", "#000"),
            "stroke-width": kit.number(size * kit.BOLD),
            "stroke-linejoin": "round",
        }


def _halos(root: ET.Element) -> None:
    """Thin white behind the words that may stand on a line."""
    for parent in list(root.iter()):
        for at, text in reversed(list(enumerate(parent))):
            if text.tag != f"{{{kit.SVG}}}text" or len(text) or not text.text:
                continue
            size = kit.size_of(text)
            wide = typeface.width(text.text, size)
            x = kit.before(text)
            box = ET.Element(f"{{{kit.SVG}}}rect", {"fill": "#FFFFFF", "opacity": "0.75"})
            box.attrib |= {"transform": text.get("transform", ""), "x": kit.number(x), "y": kit.number(-0.82 * size)}
            box.attrib |= {"width": kit.number(wide), "height": kit.number(0.94 * size)}
            parent.insert(at, box)


def _rows(sheet: Sheet) -> list[list[int]]:
    """Which drawings stand side by side."""
    across = max(1, sheet.across)
    return [list(range(len(sheet.drawings)))[at : at + across] for at in range(0, len(sheet.drawings), across)]


def _stretch(sheet: Sheet, heights: list[float], plots: list[float], heads: float, room: float, *, fit: bool) -> float:
    """By how much the plots are stretched so that all rows together are ``room`` px high, within bounds."""
    low = max(STRETCH[drawing.kind][0] for drawing in sheet.drawings)
    high = min(STRETCH[drawing.kind][1] for drawing in sheet.drawings)

    def total(stretch: float) -> float:
        return heads + sum(max(heights[i] + plots[i] * (stretch - 1) for i in row) for row in _rows(sheet))

    if total(low) >= room:  # it has to grow anyway, or to shrink as a whole
        return low if fit else 1.0
    if total(high) <= room:
        return high
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if total(middle) < room else (low, middle)
    return low


def _bare(drawing: Drawing) -> Drawing:
    """As high as the drawing, without what takes long to draw."""
    if drawing.kind != "heatmap":
        return drawing
    longest = max(drawing.rows["cells"], key=lambda cell: typeface.width(cell["text"], 1), default=None)
    return replace(drawing, rows=drawing.rows | {"cells": [longest] if longest else []})


def group_of(sheet: Sheet, room: float, *, fit: bool) -> tuple[ET.Element, float]:
    """All charts as one group at the left edge, and its height; ``fit`` makes them smaller until they fit."""
    across = min(max(1, sheet.across), max(1, len(sheet.drawings)))
    inside, scale = kit.WIDTH - 2 * kit.EDGE, 1.0
    sizes = _sizes(sheet)
    head = sizes.text * 1.9 if any(drawing.heading for drawing in sheet.drawings) else 0
    gaps = _BETWEEN * 0.5
    for attempt in range(3):
        wide = (inside / scale - _BETWEEN * (across - 1)) / across
        extra = (head + gaps) * len(_rows(sheet)) - gaps
        drawn = [svg_of(_bare(each), sizes, wide, 1, f"c{n}-") for n, each in enumerate(sheet.drawings)]
        plots = [plot(each, sizes) for each in sheet.drawings]
        stretch = _stretch(sheet, [height for _, height in drawn], plots, extra, room / scale, fit=fit)
        if abs(stretch - 1) > 0.03 or any(each.kind == "heatmap" for each in sheet.drawings):
            drawn = [svg_of(each, sizes, wide, stretch, f"c{n}-") for n, each in enumerate(sheet.drawings)]
        high = extra + sum(max(drawn[i][1] for i in row) for row in _rows(sheet))
        if not fit or high * scale <= room + 1 or attempt == 2:
            break
        scale = room / high
    if fit and high * scale > room:
        scale = room / high
    group = ET.Element(f"{{{kit.SVG}}}g")
    if scale != 1:
        group.set("transform", f"scale({kit.number(scale)})")
    y = 0.0
    for row in _rows(sheet):
        for column, i in enumerate(row):
            x = column * (wide + _BETWEEN)
            if sheet.drawings[i].heading:
                kit.text_line(group, x, y + sizes.text * 1.1, sheet.drawings[i].heading, sizes.text + 2, bold=True)
            chart = drawn[i][0]
            chart.attrib |= {"x": kit.number(x), "y": kit.number(y + head), "overflow": "visible"}
            group.append(chart)
        y += head + max(drawn[i][1] for i in row) + gaps
    return group, high * scale
