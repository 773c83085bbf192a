"""时序进度: how far a five-year plan's target has been reached, and the pace it still needs. Pure.

p = (x_t - x_0) / (T - x_0) of the way, s of the time. For a target that is a yearly average, the chained mean so far and
the pace still needed, ((1 + T)^n / prod(1 + g_i))^(1 / (n - k)) - 1 with n years in all and k gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

BAND = 0.05
WORDS = {
    "ahead": "提前完成",
    "above": "超时序",
    "level": "基本达到",
    "below": "未达时序",
    "away": "背离",
    "start": "规划期刚开始",
    "undefined": "目标与基期相同，不计进度",
    "held": "基期已达到目标，不计进度",
}


@dataclass(frozen=True)
class Progress:
    """``state`` is a key of WORDS; shares of the way and of the time from 0 to 1 (the way may leave that range)."""

    state: str
    way: float | None
    time: float

    @property
    def words(self) -> str:
        return WORDS[self.state]


def progress(base: float, target: float, current: float, start: int, end: int, year: int) -> Progress:
    """The state in ``year`` of a plan from the base year ``start`` to ``end``; values in one unit.

    Raises ValueError when the plan has no length or the year lies outside it.
    """
    if not start < end or not start <= year <= end:
        raise ValueError(f"no plan from {start} to {end} with a year {year}")
    time = (year - start) / (end - start)
    if target == base:
        return Progress("undefined", None, time)
    if year == start:
        return Progress("start", 0.0, time)
    way = (current - base) / (target - base)
    if way >= 1:
        state = "ahead"
    elif way < 0:
        state = "away"
    else:
        lead = round(way - time, 9)
        state = "above" if lead > BAND else "below" if lead < -BAND else "level"
    return Progress(state, way, time)


def mean(rates: Sequence[float]) -> float | None:
    """The chained mean of yearly growth rates in %; None without any, or where one is not above -100."""
    if not rates or min(rates) <= -100:
        return None
    return (prod(1 + rate / 100 for rate in rates) ** (1 / len(rates)) - 1) * 100


def needed(average: float, rates: Sequence[float], years: int) -> float | None:
    """Yearly growth in % still needed for an average of ``average`` % over ``years``.

    None when no year is left, or where a rate is not above -100: from nothing no growth leads anywhere.
    """
    left = years - len(rates)
    if left <= 0 or min([average, *rates]) <= -100:
        return None
    return (((1 + average / 100) ** years / prod(1 + rate / 100 for rate in rates)) ** (1 / left) - 1) * 100


def pace(base: float, target: float, years: int) -> float | None:
    """Yearly growth in % from ``base`` to ``target`` over ``years``; None unless both are positive."""
    if base <= 0 or target <= 0 or years <= 0:
        return None
    return ((target / base) ** (1 / years) - 1) * 100
