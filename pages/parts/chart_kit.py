"""What the functions of charts share: forms that are built once and filled with rows, axes, tooltips, clicks. Pure.

Altair takes 50 ms to build a chart, whatever its rows. So each kind has a form, which is built by Altair once for its
sizes and knows nothing of the rows: in the places of rows, domains and titles it has names such as "@rows", and the
function of the kind fills in what they stand for. Layers that there is nothing to draw in are left out by their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

import altair as alt

from pages.parts import theme
from pages.parts.theme import Sizes

PICK = "pick"
#: Keeps the form of a kind for its sizes.
forms = lru_cache(256)
#: Layers whose marks can be picked, where there are several such; the last one that is drawn.
_PICKED = ("nothing", "line", "targets", "ring", "stated", "others", "dot")
#: Where values stand on an axis.
DOMAIN = ["@low", "@high"]


def finish(chart: alt.LayerChart | alt.Chart, sizes: Sizes, *, padding: dict | None = None) -> dict:
    """A chart as a form."""
    # colours are CSS variables, which only SVG knows; left alone, Streamlit draws large charts on a canvas
    return (
        chart.properties(
            usermeta={"embedOptions": {"renderer": "svg"}},
            width="container",
            padding=padding or {"left": 4, "top": 4, "right": 12, "bottom": 4},
        )
        .configure(**theme.chart_config(sizes))
        .to_dict()
    )


def filled(form: dict, height: int | dict, *, without: Sequence[str] = (), **given: object) -> dict:
    """The form with what is ``given`` in the places of its names; a list of nothing but a name is the list given.

    Layers named in ``without``, or after that and a dash, are left out: a layer without marks would be a picture without
    words to a screen reader. Marks are then picked in the last one of those left that may be.
    """

    def put(node: object) -> object:
        if type(node) is dict:
            return {key: put(each) for key, each in node.items()}
        if type(node) is list:
            alone = put(node[0]) if len(node) == 1 and type(node[0]) is str else None
            return alone if type(alone) is list else [put(each) for each in node]
        return given[node[1:]] if type(node) is str and node.startswith("@") else node

    layers = [each for each in form["layer"] if each.get("name", "").partition("-")[0] not in without]
    names = [each["name"] for each in layers if each.get("name") in _PICKED]
    params = [{**each, "views": names[-1:]} if names else each for each in form["params"]]
    return {**put({**form, "layer": layers, "params": params}), "height": height}


def once(spec: dict) -> dict:
    """The specification with what its layers share said once, as Vega-Lite takes it: a third less to send to a browser.

    Rows stand above neighbours that draw the same ones, channels above the layers that all have them alike, an axis in the
    first of those that share it.
    """
    common, layers = _common(spec["layer"])
    made = []
    for rows, some in groupby(layers, lambda layer: layer.get("data")):
        some = list(some)
        if rows is not None and len(some) > 1:
            shared, some = _common([{key: each for key, each in layer.items() if key != "data"} for layer in some])
            made.append({"data": rows, "encoding": shared, "layer": some})
        else:
            made += some
    return _with_axes_once({**spec, "encoding": common, "layer": made}, [])


def _common(layers: Sequence[dict]) -> tuple[dict, list[dict]]:
    """The channels that all layers have alike, and the layers without them."""
    channels = [layer.get("encoding", {}) for layer in layers]
    alike = {name: each for name, each in channels[0].items() if all(other.get(name) == each for other in channels)}
    return alike, [
        {**layer, "encoding": {name: each for name, each in own.items() if name not in alike}}
        for layer, own in zip(layers, channels, strict=True)
    ]


def _with_axes_once(view: dict, seen: list[dict]) -> dict:
    """A view with each axis in the first of its layers that has it, unless it is ``seen``; adds it there."""
    channels = dict(view["encoding"])
    for name in channels.keys() & {"x", "y"}:
        if (axis := channels[name].get("axis")) in seen:
            channels[name] = {key: each for key, each in channels[name].items() if key != "axis"}
        elif axis is not None:
            seen.append(axis)
    layers = {"layer": [_with_axes_once(layer, seen) for layer in view["layer"]]} if "layer" in view else {}
    return {**view, "encoding": channels, **layers}


def span(values: Sequence[float | None], *, zero: bool, room: float) -> dict[str, float]:
    """``nice_span`` as a form takes it."""
    low, high = nice_span(values, zero=zero, room=room)
    return {"low": low, "high": high}


def pick() -> alt.Parameter:
    """The click on a mark, which hands back its fact."""
    return alt.selection_point(name=PICK, fields=["fact"], toggle=False, empty=False)


def tip(*names: str) -> list[alt.Tooltip]:
    """Tooltips of fields that carry their Chinese name: ("place", "区县")."""
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in names]


def raw(field: str) -> alt.Color:
    """A colour that stands in the data."""
    return alt.Color(f"{field}:N", scale=None, legend=None)


def nice_span(values: Sequence[float | None], *, zero: bool, room: float = 0.12) -> list[float]:
    """An axis domain around ``values`` with ``room`` at either end that is not zero; [0, 1] without values."""
    found = [value for value in values if value is not None]
    if not found:
        return [0, 1]
    low, high = min(found), max(found)
    if zero:
        low, high = min(low, 0), max(high, 0)
    width = (high - low) or abs(high) or 1
    if zero and low == high:
        return [0, 1]
    below = 0 if zero and low == 0 else room * width
    above = 0 if zero and high == 0 and low < 0 else room * width  # of nothing but zeros the axis still has a length
    start, end = low - below, high + above
    # the room does not cross zero: no negative counts on an axis of counts
    return [max(start, 0) if low > 0 else start, min(end, 0) if high < 0 else end]
