"""Colours, sizes and the style sheet: one place for how things look. Pure.

The colours of the page stand in ``.streamlit/config.toml``, light and dark; they are read from there, so page, style
sheet and charts cannot drift apart. Colours of data are the same on both grounds: at least 3:1 against either, and told
apart by people who see no red or no green (tests/test_pages_theme.py measures both).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_CONFIG = tomllib.loads(
    (Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)["theme"]
LIGHT, DARK = _CONFIG["light"], _CONFIG["dark"]
FONT = _CONFIG["font"]

#: Districts: hue and marker, the same everywhere. A district outside the list takes the next of OTHER_DISTRICTS; after
#: these the hues come again, with the markers of MORE_SHAPES and with lines as ``strokes`` has them.
DISTRICTS = {"綦江": ("#7550BE", "circle"), "江津": ("#00907F", "square"), "南岸": ("#BF8A0A", "triangle-up")}
OTHER_DISTRICTS = (("#8A5A34", "triangle-right"), ("#3C9CC0", "cross"), ("#486C84", "triangle-down"))

#: A star of five points, as Vega draws a marker.
STAR = "M0,-1.1L.26,-.36 1.05,-.34.42,.14.65,.89 0,.44-.65,.89-.42,.14-1.05,-.34-.26,-.36Z"
#: The diamond comes last: derived values have it, whichever district they are of.
MORE_SHAPES = (STAR, "triangle-left", "diamond")

GLYPHS = {
    "circle": "●",
    "square": "■",
    "triangle-up": "▲",
    "diamond": "◆",
    "cross": "✚",
    "triangle-down": "▼",
    "triangle-right": "▶",
    "triangle-left": "◀",
    STAR: "★",
}
#: Lines of districts whose hue another one has: dashes as SVG has them, and their name. (Short dots mean something else.)
STROKES = (((), ""), ((9, 3), "长划线"), ((9, 3, 2, 3), "点划线"))

#: Gap scale, better than the target to worse.
GAP = ("#1B5E9E", "#8DB8DC", "#E6E6E6", "#F2B27A", "#B8510D")
#: Signs and lines of the judged states: the same blues and oranges, dark enough for a sign on either ground.
STATES = {"exceeded": "#2466AE", "met": "#5A98CC", "expected": "#5A98CC", "near": "#CC803A", "missed": "#AA460A"}
#: Text and lines that stand on either ground.
NEUTRAL = "#7A818C"


def district_style(district: str, position: int = 0) -> tuple[str, str]:
    """The district's hue and marker; ``position`` counts the districts outside the fixed list."""
    if district in DISTRICTS:
        return DISTRICTS[district]
    again, at = divmod(position, len(OTHER_DISTRICTS))
    hue, shape = OTHER_DISTRICTS[at]
    return hue, MORE_SHAPES[at] if again % 2 else shape


def palette(districts: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Hue and marker of each of these districts, those outside the fixed list told apart by their order."""
    found: dict[str, tuple[str, str]] = {}
    for district in districts:
        others = sum(name not in DISTRICTS for name in found)
        found.setdefault(district, district_style(district, others))
    return found


def strokes(districts: Iterable[str]) -> dict[str, int]:
    """Which of STROKES the line of each of these districts has: another one where ``palette`` gives its hue again."""
    others = [name for name in dict.fromkeys(districts) if name not in DISTRICTS]
    rounds = {name: at // len(OTHER_DISTRICTS) % len(STROKES) for at, name in enumerate(others)}
    return {name: rounds.get(name, 0) for name in districts}


def _both(light: str, dark: str) -> str:
    return f"light-dark({light}, {dark})"


_COLOURS = {
    "text": _both(LIGHT["textColor"], DARK["textColor"]),
    "muted": _both("#4A4F57", "#B9BFC9"),
    "line": _both(LIGHT["borderColor"], DARK["borderColor"]),
    "rule": _both("#DFE2E6", "#343941"),
    "ground": _both(LIGHT["secondaryBackgroundColor"], DARK["secondaryBackgroundColor"]),
    "page": _both(LIGHT["backgroundColor"], DARK["backgroundColor"]),
    "accent": _both(LIGHT["linkColor"], DARK["linkColor"]),
    "hover": _both("#EEF4FA", "#26303B"),
    "mark": _both("#FFE9A8", "#6B5510"),
    "caution": GAP[3],
    "mark-soft": _both("#FFF6DC", "#3A3320"),
}


def light(text: str) -> str:
    """``text`` with each CSS variable of the page replaced by its colour on the light ground: what a file needs."""
    known = "|".join(map(re.escape, sorted(_COLOURS, key=len, reverse=True)))
    return re.sub(rf"var\(--pb-({known})\)", lambda found: re.findall(r"#[0-9A-Fa-f]{6}", _COLOURS[found[1]])[0], text)


def tint(colour: str) -> str:
    """A light shade of the colour, for marks that are hollow."""
    return _mix(LIGHT["backgroundColor"], colour, 0.3)


#: The page's own colours as charts take them: the browser fills in the one for its ground.
TEXT, MUTED, RULE, PAGE, LINE = (f"var(--pb-{name})" for name in ("text", "muted", "rule", "page", "line"))


@dataclass(frozen=True)
class Sizes:
    """Sizes in a chart: type (of axes, of labels, in the cells of a heatmap) and row height in px, lines, area of a mark."""

    text: int = 13
    small: int = 12
    row: int = 32
    line: float = 2
    mark: int = 80
    cell: int = 12

    @property
    def ratio(self) -> float:
        """How much larger the type is than on a page, for what keeps its distance from it."""
        return self.small / 12

    def times(self, factor: float, row: float | None = None) -> Sizes:
        """The same ``factor`` times as large; ``row`` is the height of a row in px, if it is another."""
        text, small, cell = (round(size * factor) for size in (self.text, self.small, self.cell))
        row = round(self.row * factor if row is None else row)
        return Sizes(text, small, row, self.line * factor, round(self.mark * factor**2), cell)


SCREEN = Sizes()
#: For a screen that is shared, 1280 by 720: to be read on a picture of it at half the size.
PRESENT = Sizes(text=18, small=17, row=56, line=3, mark=170, cell=20)


@lru_cache(1000)
def gap_colour(score: float) -> tuple[str, str]:
    """Fill and text colour of a gap; ``score`` is -1 (worse) to 1 (better), 0 at the target, and is cut off there."""
    score = max(-1.0, min(1.0, score))
    better, slight, middle, less, worse = GAP
    near, far = (slight, better) if score > 0 else (less, worse)
    at = abs(score)
    fill = _mix(middle, near, at * 2) if at < 0.5 else _mix(near, far, at * 2 - 1)
    # black, not the page's #111111: between the two inks lies a blue on which neither white nor #111111 reaches 4.5:1
    return fill, max(("#FFFFFF", "#000000"), key=lambda ink: contrast(ink, fill))


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _mix(a: str, b: str, share: float) -> str:
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in zip(_channels(a), _channels(b), strict=True))


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(colour))
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, WCAG 2.2: 1 to 21."""
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def chart_config(sizes: Sizes = SCREEN) -> dict:
    """The Altair configuration of every chart: fonts, axes without ornament, horizontal text."""
    axis = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": sizes.text,
        "titleFontSize": sizes.small,
        "labelColor": TEXT,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "domainColor": LINE,
        "tickColor": LINE,
        "gridColor": RULE,
        "labelAngle": 0,
        "labelLimit": 260,
        "labelPadding": 6,
        "tickSize": 4,
    }
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": axis,
        # above the axis: Vega turns the title of a vertical axis on its side
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": -30, "titleY": -10},
        "axisBand": {"grid": False, "domain": False, "ticks": False},
        "header": {"labelFont": FONT, "labelFontSize": sizes.text, "labelColor": TEXT},
        "text": {"font": FONT, "fontSize": sizes.text, "color": TEXT},
    }


CSS = (
    ":root { color-scheme: light dark; "
    + "; ".join(f"--pb-{name}: {value}" for name, value in _COLOURS.items())
    + " }\n"
    + (Path(__file__).resolve().parent / "style.css").read_text(encoding="utf-8")
)
