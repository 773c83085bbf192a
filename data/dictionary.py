"""What the tables and columns mean, read from the dictionary of data/README.md, and example statements over them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from data import store


@dataclass(frozen=True)
class Column:
    """A column: its type and meaning; ``values`` are (value, its Chinese name) where only some are allowed."""

    name: str
    type: str
    meaning: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: what a row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Example:
    """A statement with the question that it answers."""

    question: str
    statement: str


def _sections() -> dict[str, str]:
    """Heading -> the text below it up to the next heading."""
    text = re.sub(r"^```.*?^```$", "", (store.ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    parts = re.split(r"^#+ (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _rows(text: str) -> list[list[str]]:
    """The first table of ``text`` without its head; back-ticks taken off."""
    table = re.search(r"^\|[-|]+\|\n((?:\|.*\n?)*)", text, re.MULTILINE)
    lines = table[1].splitlines() if table else []
    return [[cell.strip().replace("`", "") for cell in line.strip("|").split(" |")] for line in lines]


@cache
def tables() -> tuple[Table, ...]:
    """The tables of the contract in the order of data/README.md."""
    sections, found = _sections(), []
    for name, text in sections.items():
        named = re.fullmatch(r"`(\w+)`", name)
        if named:
            columns = tuple(
                Column(column, kind, meaning, tuple(
                    (row[0], row[1]) for row in _rows(sections.get(f"取值 `{named[1]}.{column}`", ""))
                ))
                for column, kind, meaning in _rows(text)
            )
            found.append(Table(named[1], text.strip().split("\n")[0].replace("`", ""), columns))
    return tuple(found)


@cache
def examples() -> tuple[Example, ...]:
    """The statements of data/sql/examples, in order of their file names; the first line of each is its question."""
    found = []
    for path in sorted((store.ROOT / "sql" / "examples").glob("*.sql")):
        first, _, rest = path.read_text(encoding="utf-8").partition("\n")
        found.append(Example(first.removeprefix("--").strip(), rest.strip()))
    return tuple(found)
