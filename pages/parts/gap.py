"""Distance to target and its status in words. Pure: plain values in, plain values out.

The gap is signed, in the unit of the target, positive = better than the target, never capped; no composite index.
Tolerances are house rules and stand in one place, ``TOLERANCE``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data import states
from data.terms import TARGET_STATES
from pages.parts import format

POINT_UNITS = ("%", "百分点", "‰")
#: Targets given as 左右 or as 与经济增长同步: met inside this band (百分点; amounts use the share of the tolerance).
BAND = 0.5
IN_STEP = "同步"


@dataclass(frozen=True)
class Tolerance:
    """How far below a target still counts as near: 百分点 for rates and growth, a share of the target for amounts.

    For 预期性 targets; 约束性 targets have none. The defaults are house rules, and the reader may scale them.
    """

    points: float = 0.2
    share: float = 0.02

    def scaled(self, factor: float) -> Tolerance:
        """``factor`` times as wide."""
        return Tolerance(self.points * factor, self.share * factor)


HOUSE = Tolerance()
#: What a tolerance is, in words.
MEANT = "与目标相差在此以内，不算未完成，也不算超额"


@dataclass(frozen=True)
class State:
    """A status: its words (see data.states), a glyph so that colour is never the only sign, whether it is a judgement on
    numbers."""

    key: str
    words: str
    glyph: str
    judged: bool = False
    short: str = ""
    least: str = ""
    meaning: str = ""

    @property
    def brief(self) -> str:
        """Glyph and the shortest words: ▼ 未完成, 未报实际."""
        return f"{self.glyph} {self.short or self.words}".removeprefix("– ")


_GLYPHS = {
    "exceeded": "▲",
    "met": "●",
    "expected": "●",
    "near": "◐",
    "missed": "▼",
    "told_met": "◇",
    "told_missed": "◇",
    "told_nothing": "◇",
    "incomparable": "≠",
}
_JUDGED = ("exceeded", "met", "expected", "near", "missed")
#: States of a target beside its result, in the order of the catalogue; those that only say why there is no target are none.
STATES = {
    key: State(key, said.words, _GLYPHS.get(key, "–"), key in _JUDGED, said.short, said.least, said.meaning)
    for key, said in states.said().items()
    if key in TARGET_STATES
}


@dataclass(frozen=True)
class Assessment:
    """State, signed gap in ``unit`` (None where there is no number), share of the target (amounts), tolerance used.

    ``borderline``: the rounding of the printed result alone could flip the sign (临界).
    """

    state: State
    gap: float | None = None
    unit: str | None = None
    share: float | None = None
    tolerance: float | None = None
    borderline: bool = False


@dataclass(frozen=True)
class Cell:
    """Rows of queries.pairs that a block of a table or a cell of the heatmap shows: the main one, the others beside it, and
    the judgement on the main. ``also``: rows of other measures that say what the main one lacks, shown in lines of their own."""

    main: dict
    found: Assessment
    others: tuple[dict, ...] = ()
    also: tuple[dict, ...] = ()


def _decimals(number: float) -> int:
    text = repr(round(float(number), 6))
    return 0 if text.endswith(".0") or "e" in text else len(text.partition(".")[2])


def _rounding(row: dict) -> float:
    """Half a unit of the last printed place of the result, in the canonical unit (percentages: at most half of 0.1)."""
    reported = row.get("actual_reported")
    if reported is None or not reported:
        return 0.0
    places = max(_decimals(reported), _decimals(row.get("target_reported") or 0))
    if row["actual_unit"] in POINT_UNITS:
        places = max(places, 1)
    return 0.5 * 10**-places * abs(row["actual"] / reported)


def _direction(row: dict) -> int:
    """The words of the target decide (以上, 以内); otherwise the catalogue's direction of good."""
    by_words = {"ge": 1, "gt": 1, "le": -1, "lt": -1}
    words = by_words.get(row.get("target_comparator") or "eq")
    if words is None:
        return int(row.get("direction") or 0)
    # «下降3%以上» speaks of the size of the fall; «不低于-3%» of the number
    return -words if format.size_of_a_fall(row["target"], row.get("target_reported")) else words


def _signed(row: dict, direction: int) -> float:
    """g = d (x - T); for a range 0 inside it, outside the distance to the nearer bound."""
    actual, low, high = row["actual"], row.get("target_low"), row.get("target_high")
    if low is not None and high is not None and low < high:
        gap = actual - high if actual > high else min(actual - low, 0.0)
    else:
        gap = actual - row["target"]
    return round((direction or 1) * gap, 9)


def _limit(row: dict, tolerance: Tolerance) -> float:
    """The tolerance of one target, in its unit."""
    if row.get("target_binding") == "约束性":
        return 0.0
    if row["target_unit"] in POINT_UNITS:
        return tolerance.points
    return round(tolerance.share * abs(row["target"]), 9)


def _in_words(row: dict) -> Assessment:
    """A target without a number: in step with the economy, or the report's own words on the result."""
    economy, actual = row.get("economy_growth"), row.get("actual")
    if IN_STEP in row["target_text"] and economy is not None and actual is not None and row["measure"] == "growth":
        gap = round((int(row.get("direction") or 0) or 1) * (actual - economy), 9)
        state = "expected" if abs(gap) <= BAND else "exceeded" if gap > 0 else "missed"
        return Assessment(STATES[state], gap, "百分点", None, BAND)
    told = row.get("actual_text") or ""
    if "未完成" in told or "未达" in told:
        return Assessment(STATES["told_missed"])
    return Assessment(STATES["told_met" if any(word in told for word in ("完成", "达")) else "told_nothing"])


def assess(row: dict, tolerance: Tolerance = HOUSE) -> Assessment:
    """Judge one row of ``queries.pairs`` (None for what is missing).

    A target with numbers and a result with numbers in the same unit give a gap; everything else is a state of its own.
    """
    has_target = row.get("target") is not None or row.get("target_text") is not None
    has_actual = row.get("actual") is not None or row.get("actual_text") is not None
    if not has_target:
        if has_actual:
            return Assessment(STATES["no_target"])
        return Assessment(STATES["nothing" if row.get("covered", True) else "not_held"])
    if not has_actual:
        if not row.get("due", True):
            return Assessment(STATES["not_due"])
        return Assessment(STATES["no_actual" if row.get("results_held", True) else "result_not_held"])
    if row.get("target") is None:
        return _in_words(row)
    if row.get("actual") is None:
        return Assessment(
            STATES[
                "told_met" if "完成" in row["actual_text"] and "未完成" not in row["actual_text"] else "told_nothing"
            ]
        )
    if row["actual_unit"] != row["target_unit"]:
        return Assessment(STATES["incomparable"])
    direction = _direction(row)
    gap = _signed(row, direction)
    points = row["target_unit"] in POINT_UNITS
    unit = "百分点" if points else row["target_unit"]
    share = round(gap / abs(row["target"]), 9) if row["target"] and not points else None
    if not direction:
        return Assessment(STATES["neutral"], gap, unit, share)
    if row.get("target_comparator") == "approx":
        limit = BAND if points else round(HOUSE.share * abs(row["target"]), 9)
        key = "expected" if abs(gap) <= limit else "exceeded" if gap > 0 else "missed"
    else:
        limit = _limit(row, tolerance)
        key = "exceeded" if gap > limit else "met" if gap >= 0 else "near" if gap >= -limit else "missed"
    return Assessment(STATES[key], gap, unit, share, limit, 0 < abs(gap) < _rounding(row))


def tolerances(tolerance: Tolerance = HOUSE) -> str:
    """The tolerances in words, as they are applied."""
    return (
        f"容差（{MEANT}，内部约定）：预期性指标的增速、比率和增减{tolerance.points:g}个百分点，数量为目标的{tolerance.share:.1%}；"
        f"约束性指标为0；“左右”和“与经济增长同步”{BAND}个百分点。"
    ).replace(".0%", "%")


def judged(assessments: Iterable[Assessment]) -> dict[str, int]:
    """How many of each judged state, best first, those with none left out."""
    found = [a.state.key for a in assessments]
    return {s.words: found.count(s.key) for s in STATES.values() if s.judged and s.key in found}


#: States of a target that has no result.
WITHOUT_RESULT = frozenset(("no_actual", "result_not_held", "not_due"))


def counts(assessments: Iterable[Assessment]) -> dict[str, int]:
    """In three words: 达到目标 (met, exceeded or as expected), 接近, 未完成; and how many could be judged."""
    found = [a.state.key for a in assessments if a.state.judged]
    met = sum(key in ("exceeded", "met", "expected") for key in found)
    return {"met": met, "near": found.count("near"), "missed": found.count("missed"), "judged": len(found)}


def main_row(rows: list[dict]) -> dict:
    """The measure that speaks for an indicator: with target and result, else with a target, else growth first."""

    def rank(row: dict) -> tuple:
        has_target = row.get("target") is not None or row.get("target_text") is not None
        has_actual = row.get("actual") is not None or row.get("actual_text") is not None
        order = {"growth": 0, "level": 1, "change": 2}.get(row.get("measure") or "", 3)
        return (-(has_target + has_actual), -has_target, row.get("target") is None, order)

    return min(rows, key=rank)
