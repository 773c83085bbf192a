"""Every page over partial data: one report, nothing from elsewhere, nothing of the catalogue, very many districts."""

from __future__ import annotations

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts import registry
from tests import pages_build

MANY = 40
BUILDS = {
    "one report": [fact for fact in pages_build.FACTS if fact[0] == "南岸"],
    "no supplement": [fact for fact in pages_build.FACTS if fact[9] not in ("supplement", "derived")],
    "only targets": [fact for fact in pages_build.FACTS if fact[3] == "target"],
    "many districts": [
        (f"第{n}区", *fact[1:]) for n in range(MANY) for fact in pages_build.FACTS if fact[0] == "綦江" and fact[9] == "table"
    ],
}
EXPECTED = {  # what each chart page says then
    ("one report", "compare"): "2024年地区生产总值增速：只有南岸有数，+5.9%",
    ("one report", "target_gap"): "南岸的目标没有结果可比",
    ("no supplement", "compare"): "最高（+5.9%）",
    ("only targets", "compare"): "所选区县都没有数",
    ("only targets", "trend"): "没有数",
}


@pytest.fixture(autouse=True)
def fresh():
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    pages_build.CODES.update({f"第{n}区": None for n in range(MANY)})
    made = {
        name: pages_build.write(tmp_path_factory.mktemp("build") / "parquet", facts, build_id=name)
        for name, facts in BUILDS.items()
    }
    outside = pages_build.write(tmp_path_factory.mktemp("build") / "parquet", build_id="outside")
    path = outside / "facts.parquet"
    facts = pd.read_parquet(path)
    facts["indicator_id"] = pd.Series([None] * len(facts), dtype="str")
    facts.to_parquet(path, index=False)
    return made | {"outside the catalogue": outside}


def visit(folder, key: str, monkeypatch) -> AppTest:
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    app = AppTest.from_file("../app.py", default_timeout=60).run()
    if key != "overview":
        app.switch_page(registry.path(key)).run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    html = "\n".join(each.proto.body for each in app.get("html"))
    return "\n".join([html, *(each.value for each in [*app.info, *app.markdown])])


@pytest.mark.parametrize("key", [entry.key for entry in registry.ENTRIES])
@pytest.mark.parametrize("name", [*BUILDS, "outside the catalogue"])
def test_each_page_stands_and_says_what_there_is(folders, name, key, monkeypatch):
    app = visit(folders[name], key, monkeypatch)
    assert [title.value for title in app.title] == [registry.entry(key).title]
    assert EXPECTED.get((name, key), "") in said(app)
    if name == "outside the catalogue" and key in ("overview", "compare", "trend", "target_gap"):
        assert any(words in said(app) for words in ("还没有主要指标", "没有可以对比的指标", "没有目录内的指标", "没有符合条件的指标"))


def test_very_many_districts_are_a_list_with_the_first_chosen(folders, monkeypatch):
    app = visit(folders["many districts"], "compare", monkeypatch)
    assert app.multiselect[0].label == f"区县（共{len(app.multiselect[0].options)}个）" and len(app.multiselect[0].value) == 3
