"""时序进度, checked by running the plan forward, and the colours, measured as people see them."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts import schedule, theme


@pytest.mark.parametrize(
    ("base", "target", "current", "year", "state"),
    [
        (60, 70, 70, 2028, "ahead"),
        (60, 70, 65, 2027, "above"),  # 50 % of the way in 40 % of the time
        (60, 70, 64.5, 2027, "level"),  # 5 points ahead exactly is still level
        (60, 70, 63.5, 2027, "level"),
        (60, 70, 63.4, 2027, "below"),
        (60, 70, 59, 2027, "away"),
        (1.95, 1.90, 1.92, 2028, "level"),  # lower is better: the way is measured towards the target
        (60, 60, 61, 2027, "undefined"),
        (60, 70, 60, 2025, "start"),
    ],
)
def test_progress(base, target, current, year, state):
    assert schedule.progress(base, target, current, 2025, 2030, year).state == state


def test_a_year_outside_the_plan_is_refused():
    for start, end, year in ((2025, 2030, 2031), (2025, 2030, 2024), (2030, 2030, 2030)):
        with pytest.raises(ValueError, match="no plan"):
            schedule.progress(1, 2, 1, start, end, year)


RATE = st.floats(-20, 30)


@given(RATE, st.lists(RATE, min_size=1, max_size=4))
def test_the_pace_needed_reaches_the_average_when_run_forward(average, gone):
    pace = schedule.needed(average, gone, 5)
    level = 100.0
    for rate in [*gone, *[pace] * (5 - len(gone))]:
        level *= 1 + rate / 100
    assert math.isclose(level, 100 * (1 + average / 100) ** 5, rel_tol=1e-9)


@given(st.lists(RATE, min_size=1, max_size=6))
def test_the_mean_growth_repeated_ends_where_the_years_did(rates):
    assert math.isclose(
        (1 + schedule.mean(rates) / 100) ** len(rates), math.prod(1 + rate / 100 for rate in rates), rel_tol=1e-9
    )


def test_nothing_is_needed_after_the_last_year():
    assert schedule.needed(6, [6] * 5, 5) is None and schedule.mean([]) is None
    assert schedule.pace(0, 5, 3) is None and round(schedule.pace(130, 160, 5), 2) == 4.24


# colours --------------------------------------------------------------------------------------------------------------
#: Machado, Oliveira, Fernandes (2009), full severity.
BLIND = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
HUES = [colour for colour, _ in theme.DISTRICTS.values()]


def seen(colour: str, how: str) -> tuple[float, float, float]:
    """CIELAB of a colour as it is seen."""
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    r, g, b = (min(max(sum(m * v for m, v in zip(row, linear, strict=True)), 0), 1) for row in BLIND[how])
    xyz = ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, 0.2126 * r + 0.7152 * g + 0.0722 * b,
           (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("ground", [theme.LIGHT["backgroundColor"], theme.DARK["backgroundColor"]])
def test_districts_stand_out_from_either_ground(ground):
    others = [colour for colour, _ in theme.OTHER_DISTRICTS]
    for colour in HUES + others:
        assert theme.contrast(colour, ground) >= 3, colour  # WCAG 1.4.11


@pytest.mark.parametrize("how", BLIND)
def test_districts_and_gap_colours_are_told_apart(how):
    """A difference of 20 in CIELAB is seen at a glance between marks that do not touch; shapes and words help on."""
    for colours in (HUES, list(theme.GAP)):
        for a, b in itertools.combinations(colours, 2):
            assert math.dist(seen(a, how), seen(b, how)) >= 20, (a, b)


def test_no_district_wears_a_colour_of_the_gap_scale():
    assert not set(HUES) & set(theme.GAP)
    assert len({shape for _, shape in theme.DISTRICTS.values()}) == len(theme.DISTRICTS)


@given(st.floats(-3, 3))
def test_text_on_every_gap_colour_can_be_read(score):
    fill, ink = theme.gap_colour(score)
    assert theme.contrast(fill, ink) >= 4.5


def test_the_scale_is_fixed_and_ends_where_it_ends():
    assert theme.gap_colour(0)[0] == theme.GAP[2]
    assert (theme.gap_colour(1)[0], theme.gap_colour(9)[0]) == (theme.GAP[0], theme.GAP[0])
    assert (theme.gap_colour(-1)[0], theme.gap_colour(-9)[0]) == (theme.GAP[4], theme.GAP[4])


def test_places_outside_the_list_get_colours_of_their_own():
    found = theme.palette(["甲", "綦江", "乙"])
    assert found["綦江"] == theme.DISTRICTS["綦江"] and len(set(found.values())) == 3
