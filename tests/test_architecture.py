"""The walls between the rooms, read from the source without importing it.

A report flows one way: data/reports -> etl -> data/parquet -> data/queries -> pages. A failure here names the file,
the line and the wall.
"""

from __future__ import annotations

import ast
import csv
import fnmatch
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    "app.py", "pages", "data", "etl", "tests", "requirements.txt", "README.md", "Makefile", "pyproject.toml",
    ".ci", ".git", ".gitattributes", ".github", ".gitignore", ".streamlit",
}
CAN_READ_FILES = {"glob", "io", "os", "pathlib", "shutil", "sqlite3", "subprocess", "tempfile", "zipfile"}
READS_FILES = re.compile(r"open|read_\w+|scan_\w+|glob|rglob|iterdir")
WRITES_FILES = re.compile(
    r"to_(parquet|csv|excel|feather|pickle|json)|write_(table|text|bytes|parquet|csv|dataset)|ParquetWriter|ExcelWriter"
    r"|mkdir|makedirs|unlink|rmtree|rmdir|touch|symlink_to|hardlink_to|copytree|copyfile|copy2|move")
#: These make bytes in memory for st.download_button.
MAKES_BYTES = re.compile(r"to_(parquet|csv|excel|json)|write_(table|csv)|ParquetWriter|ExcelWriter")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def sources(*rooms: str) -> list[Path]:
    found = (ROOT.glob(room) if "*" in room or room.endswith(".py") else (ROOT / room).rglob("*.py") for room in rooms)
    return sorted(path for paths in found for path in paths)


def where(path: Path, node: ast.AST | None = None) -> str:
    return f"{path.relative_to(ROOT)}" + (f":{node.lineno}" if node is not None else "")


def imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Each import as (node, dotted name): ``from a import b`` gives ``a.b``, ``from . import b`` the full name."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node, f"{start}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
            yield from ((node, str(name.value)) for name in node.args[:1] if isinstance(name, ast.Constant))


def called(node: ast.Call) -> str:
    """Last part of the called name: ``write`` for ``a.b.write()``."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def starts(name: str, *modules: str) -> bool:
    return any(name == module or name.startswith(module + ".") for module in modules)


def imports_that(paths: Iterable[Path], bad: Callable[[str], bool]) -> list[str]:
    return [f"{where(path, node)} imports {name}" for path in paths for node, name in imports(path) if bad(name)]


def file_of(name: str) -> Path | None:
    """The file behind an imported name of this project: ``pages.parts.gap.assess`` -> pages/parts/gap.py."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        at = ROOT.joinpath(*parts[:length])
        for path in (at.with_suffix(".py"), at / "__init__.py"):
            if path.is_file():
                return path
    return None


def docstrings(module: ast.Module) -> set[ast.AST]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.body[0].value for node in ast.walk(module)
            if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)}


# 1 ------------------------------------------------------------------------------------------------------------------
def test_data_knows_neither_etl_nor_pages():
    assert not imports_that(sources("data"), lambda name: starts(name, "etl", "pages", "app", "streamlit", "altair"))


# 2 ------------------------------------------------------------------------------------------------------------------
def test_etl_knows_of_data_only_the_contract():
    def bad(name: str) -> bool:
        known = ("data.schema", "data.terms", "data.unseen", "data.catalog", "data.store", "data.database", "data.log")
        of_data = starts(name, "data") and not starts(name, *known)
        return of_data or starts(name, "pages", "app", "streamlit", "altair")

    assert not imports_that(sources("etl"), bad)


# 3 ------------------------------------------------------------------------------------------------------------------
def test_a_page_is_made_of_parts():
    def bad(name: str) -> bool:
        return (starts(name, "etl", "data", "app", "duckdb", "altair", "pandas", "pyarrow", *CAN_READ_FILES)
                or starts(name, "pages") and not starts(name, "pages.parts"))

    assert not imports_that(sources("pages/*.py"), bad)


def test_a_page_reads_no_file():
    found = [where(path, node) for path in sources("pages/*.py") for node in ast.walk(tree(path))
             if isinstance(node, ast.Call) and READS_FILES.fullmatch(called(node))]
    assert not found


def test_pages_do_not_know_the_etl():
    assert not imports_that(sources("app.py", "pages"), lambda name: starts(name, "etl"))


# 4 ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("part", ["charts", "theme", "format", "downloads", "gap", "markup", "reader", "quotes", "sheet", "screens", "playlist", "picture", "slides", "wording"])
def test_plain_functions_stay_free_of_streamlit(part):
    """Neither directly nor through another part."""
    start = ROOT / "pages" / "parts" / f"{part}.py"
    if not start.exists():
        pytest.skip(f"no {where(start)}")
    reached, todo = set(), [start]
    while todo:
        path = todo.pop()
        reached.add(path)
        todo += {file for _, name in imports(path) if (file := file_of(name))} - reached
    assert not imports_that(sorted(reached), lambda name: starts(name, "streamlit"))


# 5 ------------------------------------------------------------------------------------------------------------------
def test_one_door_to_the_queries():
    others = [path for path in sources("app.py", "pages", "etl") if path != ROOT / "pages" / "parts" / "cached.py"]
    assert not imports_that(others, lambda name: starts(name, "data.queries"))


def test_one_writer():
    """Only etl/write.py writes files; downloads.py makes bytes for the browser."""
    found = []
    for path in sources("app.py", "pages", "data", "etl"):
        if path == ROOT / "etl" / "write.py":
            continue
        for node in ast.walk(tree(path)):
            makes_bytes = path.name == "downloads.py" and isinstance(node, ast.Call) and MAKES_BYTES.fullmatch(called(node))
            if isinstance(node, ast.Call) and writes(node) and not makes_bytes:
                found.append(f"{where(path, node)} {called(node)}")
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.match(r"\s*COPY\b.*\bTO\b", node.value):
                found.append(f"{where(path, node)} COPY TO")
    assert not found


def writes(node: ast.Call) -> bool:
    """A call that writes, moves or removes files, by its name, or ``open`` with a mode for writing."""
    name = called(node)
    if name == "open":
        modes = [*node.args[0 if isinstance(node.func, ast.Attribute) else 1:],
                 *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
        return any(isinstance(mode, ast.Constant) and isinstance(mode.value, str)
                   and re.fullmatch(r"[rwaxbt+]*[wax+][rwaxbt+]*", mode.value) for mode in modes)
    if name in ("replace", "rename", "remove"):  # also methods of str, DataFrame and list
        return isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") in ("os", "shutil")
    return bool(WRITES_FILES.fullmatch(name))


def test_the_writer_leaves_the_reports_alone():
    path = ROOT / "etl" / "write.py"
    if not path.exists():
        pytest.skip(f"no {where(path)}")
    names = {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(tree(path))}
    names |= {name.rpartition(".")[2] for _, name in imports(path)}
    assert "REPORTS_DIR" not in names


# 6 ------------------------------------------------------------------------------------------------------------------
@cache
def indicator_names() -> dict[str, str]:
    """Names and aliases of the catalogue -> indicator_id. Short ones are everyday words."""
    names = {}
    for file, column in (("indicators.csv", "indicator"), ("aliases.csv", "alias")):
        with open(ROOT / "data" / "catalog" / file, encoding="utf-8-sig", newline="") as lines:
            names |= {row[column]: row["indicator_id"] for row in csv.DictReader(lines)}
    return {name: key for name, key in names.items() if len(name) >= 3}


def listed(words: Iterable[str]) -> set[str]:
    """The different indicators among these words."""
    names = indicator_names()
    return {names[word] for word in words if word in names}


def test_vocabulary_is_in_the_catalogue():
    """No regular expression, list or mapping in code names two indicators or more."""
    found = []
    for path in sources("app.py", "pages", "data", "etl"):
        skip = docstrings(tree(path))
        for node in ast.walk(tree(path)):
            words: list[str] = []
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skip:
                words = re.split(r"[^\w.&%]+", node.value) if "|" in node.value else []
            elif isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
                parts = node.keys if isinstance(node, ast.Dict) else node.elts
                words = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if len(listed(words)) > 1:
                found.append(f"{where(path, node)} {sorted(listed(words))}")
    assert not found


# the house ----------------------------------------------------------------------------------------------------------
@cache
def ignored_names() -> list[str]:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return [line.rstrip("/") for line in lines if line and not line.startswith("#")]


def ignored(path: Path) -> bool:
    return any(fnmatch.fnmatch(path.name, pattern) or fnmatch.fnmatch(path.relative_to(ROOT).as_posix(), pattern)
               for pattern in ignored_names())


def test_top_level_is_fixed():
    assert not {path.name for path in ROOT.iterdir() if not ignored(path)} - TOP_LEVEL


def own_files(folder: Path = ROOT) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name == ".git" or ignored(path):
            continue
        if path.is_dir():
            yield from own_files(path)
        elif path.suffix not in (".txt", ".csv") or path.name == "requirements.txt":
            yield path


def test_no_path_of_one_machine():
    machine = re.compile(r"(?<![\w.:/-])/(?:work|tmp|root|home|Users|mnt)/|\b[C-Z]:\\\\?Users")
    found = []
    for path in own_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{where(path)}:{n} {line.strip()[:80]}" for n, line in enumerate(lines, 1) if machine.search(line)]
    assert not found
