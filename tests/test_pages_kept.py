"""What is kept between runs: made once, dropped when Streamlit's caches are, and never changed by those who read it."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
import time

import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts import cached, filters, keep, playlist, registry, takeaway, views
from tests import pages_build
from tests.browser_app import ROOT


@pytest.fixture(autouse=True)
def fresh():
    st.cache_resource.clear()


# ---------------------------------------------------------------- the rule
def test_the_same_question_gets_the_same_object():
    @keep.kept()
    def double(n: int) -> list[int]:
        return [n, n]

    assert double(1) is double(1)
    assert double(2) == [2, 2]


def test_a_dict_is_part_of_the_question():
    @keep.kept()
    def given(asked: dict, first: int) -> list[tuple]:
        return [*asked.items(), first]

    held = given({"years": (2024,), "theme": "共享"}, 0)
    assert held == [("years", (2024,)), ("theme", "共享"), 0]
    assert given({"theme": "共享", "years": (2024,)}, 0) is held
    assert given({"years": (2023,), "theme": "共享"}, 0) is not held and given({"years": (2024,)}, 0) is not held


def test_a_selection_comes_without_its_address():
    """Otherwise a link of one reader would stand on the page of another."""

    @keep.kept()
    def link(view: filters.Selection) -> str:
        return view.address(fact="x")

    one = filters.Selection("b", query=(("district", "綦江"), ("fact", "y")), year=2024)
    assert link(one) == "?year=2024&fact=x"
    assert link(one) is link(dataclasses.replace(one, query=())) is link(dataclasses.replace(one, query=(("q", "z"),)))
    assert link(dataclasses.replace(one, year=2023)) == "?year=2023&fact=x"


def test_many_who_ask_at_once_wait_for_one_answer():
    made = []

    @keep.kept()
    def slow(n: int) -> int:
        made.append(n)
        time.sleep(0.1)
        return n

    threads = [threading.Thread(target=slow, args=(7,)) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    # two threads may both find nothing at the very same moment, twenty do not
    assert 1 <= len(made) <= 2


def test_what_went_wrong_is_tried_again():
    tries = []

    @keep.kept()
    def twice(n: int) -> int:
        tries.append(n)
        if len(tries) == 1:
            raise ValueError("not yet")
        return n

    with pytest.raises(ValueError, match="not yet"):
        twice(3)
    assert twice(3) == 3 and len(tries) == 2


def test_only_the_last_questions_are_kept():
    made = []

    @keep.kept(2)
    def once(n: int) -> int:
        made.append(n)
        return n

    for n in (1, 2, 3, 2, 1):
        once(n)
    assert made == [1, 2, 3, 1]


@pytest.mark.parametrize("drop", [keep.forget, st.cache_resource.clear])
def test_all_is_dropped_at_once(drop):
    @keep.kept()
    def empty(n: int) -> list:
        return []

    first = empty(1)
    drop()
    assert empty(1) is not first


# ---------------------------------------------------------------- the pages
def plain(value: object) -> object:
    """All that a reader of the value can see, as text and lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(plain(getattr(value, each.name)) for each in dataclasses.fields(value))]
    if isinstance(value, dict):
        return [(plain(key), plain(each)) for key, each in value.items()]
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    if isinstance(value, pd.DataFrame):
        return [list(value.columns), value.to_csv()]
    if isinstance(value, pa.Table):
        return value.to_pydict()
    return repr(value)


ADDRESSES = [
    ("overview", {}),
    ("overview", {"year": "2024", "district": "綦江"}),
    ("compare", {}),
    ("compare", {"order": "固定次序", "origin": ""}),
    ("trend", {}),
    ("trend", {"origin": ""}),
    ("target_gap", {}),
    ("target_gap", {"tolerance": "放宽", "table_shown": "true"}),
    ("explore", {}),
    ("explore", {"form": "宽表"}),
    ("sources", {}),
    ("sources", {"q": "地区生产总值"}),
    *(("method", {"part": part}) for part in ("覆盖", "指标口径", "计算方法", "需要留意", "补充来源", "数字去向", "收录报告")),
]


def visit(key: str, query: dict) -> None:
    app = AppTest.from_file("../app.py", default_timeout=60)
    app.run()
    app.switch_page(registry.path(key))
    for name, value in query.items():
        app.query_params[name] = value
    assert not app.run().exception, app.exception


def test_no_page_changes_what_is_kept(monkeypatch, tmp_path):
    """All sessions share it: a page that sorted or filled it in place would change the figures of another."""
    monkeypatch.setenv("PLANBOARD_DATA", str(pages_build.write(tmp_path / "build")))
    asked, get = {}, keep._Answer.get

    def seen(answer: keep._Answer, make) -> object:
        new, value = not answer.there, get(answer, make)
        if new:
            asked[id(value)] = (value, plain(value))
        return value

    monkeypatch.setattr(keep._Answer, "get", seen)
    fact = pages_build.fact_id(tmp_path / "build", district="綦江", indicator_id="gdp", measure="growth", status="actual")
    for _ in range(2):
        for key, query in ADDRESSES:
            visit(key, query)
        for key in ("overview", "compare", "target_gap", "sources"):
            visit(key, {"fact": fact})
    assert len(asked) > 50
    changed = [was for value, was in asked.values() if plain(value) != was]
    assert not changed, changed[0]


@pytest.mark.parametrize("page", views.SHEETS)
def test_no_file_changes_what_is_kept(monkeypatch, tmp_path, page):
    monkeypatch.setenv("PLANBOARD_DATA", str(pages_build.write(tmp_path / "build")))
    made = views.sheet(cached.build(), playlist.View(page, ()))
    was = plain(made)
    for kind in (*takeaway.DATA, *takeaway.PICTURES, *takeaway.DECKS):
        assert kind.make([made])
    assert plain(made) == was
    assert views.sheet(cached.build(), playlist.View(page, ())) is made


def test_what_was_set_aside_at_the_start_is_let_go_at_the_end():
    code = "import duckdb\nfrom pages.parts import frame\nheld = [duckdb.connect()]\nheld.append(held)\nframe.start()\ndel held"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    assert "leaked" not in ended.stderr
