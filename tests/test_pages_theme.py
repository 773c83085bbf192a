"""Colours that people can see and tell apart: contrast, colour blindness, grey; one place for the page's colours.

Contrast is WCAG 2.2 (3:1 for marks and signs, 4.5:1 for text). Differences are CIE 1976 distances in Lab; 2.3 is just
noticeable for patches side by side, and marks that stand apart and are small need several times that, so 15 is asked
for. Colour blindness is simulated after Machado, Oliveira and Fernandes (2009), severity 1.0, in linear light.
"""

from __future__ import annotations

import math
import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts import gap, heat, theme

CONFIG = tomllib.loads((Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
GROUNDS = {mode: CONFIG[mode]["backgroundColor"] for mode in ("light", "dark")}
SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}
HUES = [hue for hue, _ in (*theme.DISTRICTS.values(), *theme.OTHER_DISTRICTS)]
APART = 15


def linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour: str) -> float:
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(a: str, b: str) -> float:
    """Worked out here, not by theme.contrast."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, sight: str = "full") -> tuple[float, float, float]:
    rgb = linear(colour)
    seen = [min(1.0, max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in SIGHT[sight]]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    parts = [sum(m * c for m, c in zip(row, seen, strict=True)) / w for row, w in zip(to_xyz, white, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(a: str, b: str, sight: str) -> float:
    return math.dist(lab(a, sight), lab(b, sight))


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
@pytest.mark.parametrize("colour", [*HUES, *sorted(set(theme.STATES.values())), theme.NEUTRAL])
def test_marks_and_signs_stand_out_on_either_ground(colour, ground):
    assert contrast(colour, ground) >= 3


@given(st.floats(-3, 3))
def test_text_of_a_cell_is_legible_over_the_whole_scale(score):
    fill, ink = theme.gap_colour(score)
    assert contrast(fill, ink) >= 4.5


def test_text_of_a_cell_is_legible_at_every_step():
    assert min(contrast(*theme.gap_colour(step / 2000)) for step in range(-2000, 2001)) >= 4.5


@pytest.mark.parametrize("mode", GROUNDS)
@pytest.mark.parametrize(("name", "least"), [("text", 7), ("muted", 4.5), ("accent", 4.5)])
@pytest.mark.parametrize("on", ["page", "ground", "hover"])
def test_text_of_the_page_is_legible(mode, name, least, on):
    colours = dict(re.findall(r"--pb-([\w-]+): (light-dark\([^)]*\))", theme.CSS))

    def of(which: str) -> str:
        return re.findall(r"#[0-9A-Fa-f]{6}", colours[which])[mode == "dark"]

    assert contrast(of(name), of(on)) >= least


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("a", "b"), list(combinations(HUES, 2)))
def test_districts_are_told_apart(a, b, sight):
    assert distance(a, b, sight) >= APART


def test_districts_differ_in_shape_too():
    shapes = [shape for _, shape in (*theme.DISTRICTS.values(), *theme.OTHER_DISTRICTS)]
    assert len(set(shapes)) == len(shapes) and set(shapes) <= set(theme.GLYPHS)
    assert "diamond" not in shapes, "a derived value has it, whichever district it is of"
    assert len(set(theme.GLYPHS.values())) == len(theme.GLYPHS)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("a", "b"), list(combinations(theme.GAP, 2)))
def test_steps_of_the_gap_scale_are_told_apart(a, b, sight):
    assert distance(a, b, sight) >= APART


@pytest.mark.parametrize("sight", SIGHT)
def test_signs_of_the_states_are_told_apart(sight):
    signs = set(theme.STATES.values())
    assert min(distance(a, b, sight) for a, b in combinations(signs, 2)) >= APART


@pytest.mark.parametrize("sight", SIGHT)
def test_no_district_has_a_colour_of_the_gap_scale(sight):
    # they never stand in one chart as fills; 10 keeps a purple from being read as the blue of a legend
    districts = [hue for hue, _ in theme.DISTRICTS.values()]
    assert min(distance(hue, step, sight) for hue in districts for step in theme.GAP) >= 10


def test_in_grey_either_end_of_the_gap_scale_is_darker_than_the_middle():
    # lightness L*: 25 is more than two steps of a printed grey scale; which end it is, the glyph and the sign say
    better, slight, middle, less, worse = (lab(colour)[0] for colour in theme.GAP)
    assert middle - better >= 25 and middle - worse >= 25
    assert better < slight < middle > less > worse
    assert min(middle - slight, slight - better, middle - less, less - worse) >= 10


def test_the_gap_scale_is_fixed_in_the_middle_and_cut_off_at_its_ends():
    assert theme.gap_colour(0)[0] == theme.GAP[2]
    assert theme.gap_colour(1)[0] == theme.gap_colour(40)[0] == theme.GAP[0]
    assert theme.gap_colour(-1)[0] == theme.gap_colour(-40)[0] == theme.GAP[4]
    assert (theme.gap_colour(0.5)[0], theme.gap_colour(-0.5)[0]) == (theme.GAP[1], theme.GAP[3])


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_worse_is_never_lighter_than_less_bad(a, b):
    a, b = sorted((abs(a), abs(b)))
    for sign in (1, -1):
        assert luminance(theme.gap_colour(sign * b)[0]) <= luminance(theme.gap_colour(sign * a)[0]) + 0.005


def test_every_judged_state_has_a_colour_and_no_other_has():
    assert set(theme.STATES) == {state.key for state in gap.STATES.values() if state.judged}


def test_a_filter_does_not_change_what_a_colour_means():
    assert theme.palette(["南岸"])["南岸"] == theme.palette(["綦江", "江津", "南岸"])["南岸"]
    assert heat.score(gap.Assessment(gap.STATES["missed"], -2.5, "百分点")) == -0.5


def test_six_districts_have_six_colours_and_shapes():
    found = theme.palette(["綦江", "大渡口", "江津", "永川", "南岸", "璧山"])
    assert len(set(found.values())) == 6 and found["綦江"] == theme.DISTRICTS["綦江"]
    assert len(theme.palette(f"区{n}" for n in range(30))) == 30


@pytest.mark.parametrize(
    ("variable", "key"),
    [
        ("text", "textColor"),
        ("line", "borderColor"),
        ("ground", "secondaryBackgroundColor"),
        ("page", "backgroundColor"),
        ("accent", "linkColor"),
    ],
)
def test_the_style_sheet_has_the_colours_of_the_configuration(variable, key):
    assert f"--pb-{variable}: light-dark({CONFIG['light'][key]}, {CONFIG['dark'][key]})" in theme.CSS
    assert (theme.LIGHT[key], theme.DARK[key]) == (CONFIG["light"][key], CONFIG["dark"][key])


def test_charts_write_horizontally_in_the_font_of_the_page():
    config = theme.chart_config()
    assert config["axis"]["labelAngle"] == 0 and config["font"] == CONFIG["font"]
    assert all(name in theme.CSS for name in ("--pb-text:", "--pb-muted:", "--pb-rule:", "--pb-page:", "--pb-line:"))


@pytest.mark.parametrize(("a", "b", "ratio"), [("#FFFFFF", "#000000", 21), ("#777777", "#FFFFFF", 4.48)])
def test_contrast(a, b, ratio):
    assert theme.contrast(a, b) == theme.contrast(b, a) == pytest.approx(ratio, abs=0.01)
