"""The observation on its way from the text to the table, and the account of every number."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.timing import When

#: Note of a goal that stands behind the goal itself: 增长6%以上，力争6.5%
HIGHER_GOAL = "同句中另有目标，这是力争的更高值"
#: Note of a growth rate at other prices than the indicator's: 名义增长5.2%，实际增长4.6%
OTHER_PRICES = "增速的价格口径与指标目录不同"


@dataclass(slots=True)
class Candidate:
    """A statement read from a report, before names are settled and duplicates weighed.

    ``value`` and ``high`` are as printed, with the sign the words give; ``factor`` turns them into
    ``base`` units. ``start``/``end``: the quote, as offsets in the report.
    """

    name: str
    indicator_id: str | None
    measure: str
    when: When
    value: float | None
    unit: str | None
    base: str | None
    factor: float
    comparator: str
    start: int
    end: int
    rule: str
    origin: str
    section: str
    numbers: list[tuple[int, int]] = field(default_factory=list)
    high: float | None = None
    printed: float | None = None
    value_text: str | None = None
    binding: str | None = None
    qualifier: str | None = None
    provisional: str | None = None
    note: str | None = None
    place: int = 0  # offset of the number itself, for its line


class Account:
    """What became of each number of a report: a candidate, or a reason. The first word counts."""

    def __init__(self):
        self.reasons: dict[int, tuple[int, str]] = {}  # start -> (end, reason)

    def reason(self, start: int, end: int, why: str) -> None:
        self.reasons.setdefault(start, (end, why))
