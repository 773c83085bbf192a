"""A view as data: the finding, what is drawn, what stands under it. Shown, presented and taken away from this one thing.

Pure; ``sheets`` makes it from a selection, ``plate`` draws it, ``picture`` and ``slides`` turn it into files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pages.parts import theme

#: The name of the product, on everything that leaves it.
NAME = "区县规划看板"


@dataclass(frozen=True)
class Drawing:
    """One chart: ``charts.<kind>(**rows, sizes=sizes)``.

    key: its name on the page. alt: what it says, for those who do not see it. heading: words above it when there are
    several. width: px below which it does not shrink.
    """

    kind: str
    key: str
    alt: str
    rows: dict
    heading: str = ""
    width: int = 0
    sizes: theme.Sizes = theme.SCREEN

    @cached_property
    def arguments(self) -> str:
        """``rows`` as one string, by which a chart is known."""
        return json.dumps(self.rows, ensure_ascii=False, default=list)

    @property
    def indicators(self) -> list[str]:
        """The indicators of dumbbells, each once, in their order."""
        return list(dict.fromkeys(row["indicator"] for row in self.rows["rows"]))


@dataclass(frozen=True)
class Table:
    """The table behind the charts: lines of (name, note, a gap.Cell for each group), groups of (name, note)."""

    lines: tuple = ()
    groups: tuple[tuple[str, str], ...] = ()
    corner: str = ""


@dataclass(frozen=True)
class Sheet:
    """One view.

    title: the finding. subtitle: measure, unit, year. badge: what bears on comparing. signs: (glyph, colour, words) of
    the legend. drawings stand ``across`` side by side. notes: lines under the charts. hints: what else the page can show,
    of no use anywhere else. rows: rows of queries.pairs behind what is drawn. source: the documents, in words. build: the build id. name: what is in it, for file names.
    part: (number, of how many) when it is one of the screens a longer view was cut into. states: keys of gap.STATES that
    the finding counts, none for whether targets were met.
    """

    title: str
    subtitle: str = ""
    badge: str = ""
    signs: tuple[tuple[str, str, str], ...] = ()
    drawings: tuple[Drawing, ...] = ()
    across: int = 1
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    rows: tuple[dict, ...] = ()
    source: str = ""
    build: str = ""
    name: tuple[str, str, str] = ("", "", "")
    table: Table = field(default_factory=Table)
    part: tuple[int, int] = (1, 1)
    states: tuple[str, ...] = ()

    @property
    def numbered(self) -> str:
        """The title with the number of the screen where there are several."""
        number, count = self.part
        return f"{self.title}（第{number}/{count}页）" if count > 1 else self.title

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """The indicators of the rows, each once, in their order."""
        return tuple(dict.fromkeys(row["indicator"] for row in self.rows))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years in which the rows say something, in order."""
        return tuple(sorted({row["year"] for row in self.rows if row["actual_id"] or row["target_id"]}))

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts behind what is drawn: those of the rows, then the averages over several years."""
        return tuple(dict.fromkeys((*facts(self.rows), *self.averages)))

    @property
    def averages(self) -> tuple[str, ...]:
        """The ids of the averages over several years that are drawn."""
        return tuple(span["fact"] for drawing in self.drawings for span in drawing.rows.get("spans") or ())

    @property
    def signature(self) -> str:
        """The line that names documents and version: 来源：綦江2024年度报告。数据版本0123456789ab。"""
        said = self.source if self.source.startswith("来源") else f"来源：{self.source or '—'}"
        return said.rstrip("。") + "。" + (f"数据版本{self.build[:12]}。" if self.build else "")


def facts(rows: Sequence[dict]) -> tuple[str, ...]:
    """The ids of the facts behind rows of queries.pairs, target before result, each once."""
    return tuple(dict.fromkeys(row[f"{side}_id"] for row in rows for side in ("target", "actual") if row[f"{side}_id"]))


def named(what: str, places: Sequence[str], years: Sequence[int]) -> tuple[str, str, str]:
    """What a file of this view is named after: (地区生产总值, 綦江-江津-南岸, 2024); many by their number or their ends."""
    where = "-".join(places) if len(places) <= 4 else f"{places[0]}等{len(places)}地"
    when = str(years[0]) if len(years) == 1 else f"{min(years)}-{max(years)}" if years else ""
    return what, where, when
