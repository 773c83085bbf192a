"""The list of views, the cut into screens, and 演示, over the real reports and the small made-up build."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from data import store
from pages.parts import (
    charts,
    filters,
    playlist,
    registry,
    screens,
    sheet,
    views,
)
from pages.parts.playlist import View
from tests.test_pages_app import html, visit

PAGES = tuple(views.SHEETS)
LABELS = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
VIEWS = some.lists(
    some.builds(View, some.sampled_from(PAGES), some.lists(some.tuples(LABELS, LABELS), max_size=4).map(tuple)),
    max_size=8,
)


@pytest.fixture(autouse=True)
def fresh(monkeypatch, folder):
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    st.cache_data.clear()
    st.cache_resource.clear()


# ---------------------------------------------------------------- the list
@given(VIEWS)
def test_a_list_comes_back_from_an_address_and_from_a_file(found):
    word = playlist.encode(found)
    assert re.fullmatch(r"[\w-]*", word), "nothing that an address would have to escape"
    assert playlist.decode(word, PAGES) == found
    by_name = [
        View(v.page, tuple(sorted(v.query, key=lambda pair: [n for n, _ in v.query].index(pair[0])))) for v in found
    ]
    assert playlist.from_file(playlist.to_file(found), PAGES) == by_name


@pytest.mark.parametrize("word", ["x", "eJw", "====", "中文", playlist.encode([View("trend")])[:-3], "eJyLBQAAXQBd"])
def test_a_broken_address_is_said_to_be_broken(word):
    with pytest.raises(playlist.Unreadable, match="放映单不完整"):
        playlist.decode(word, PAGES)


def test_an_address_that_unpacks_to_a_flood_is_refused():
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b"[" + b" " * 50_000_000 + b"]")).decode()
    with pytest.raises(playlist.Unreadable):
        playlist.decode(bomb, PAGES)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "不是本看板保存的"),
        (b"[]", "不是本看板保存的"),
        (b'{"a": 1}', "不是本看板保存的"),
        (
            json.dumps({playlist.NAME: 1, "画面": [{"页面": "method", "筛选": {}}]}).encode(),
            "第1个画面所在的页面“method”不存在",
        ),
        (json.dumps({playlist.NAME: 1, "画面": [{"页面": "trend", "筛选": {"year": [1]}}]}).encode(), "筛选写法不对"),
        (playlist.to_file([View("trend")] * (playlist.MOST + 1)), f"最多{playlist.MOST}个"),
    ],
)
def test_a_file_that_is_no_list_is_named(content, said):
    with pytest.raises(playlist.Unreadable, match=said):
        playlist.from_file(content, PAGES)


def test_a_file_edited_by_hand_with_a_byte_order_mark_is_read():
    content = b"\xef\xbb\xbf" + playlist.to_file([View("trend", (("indicator", "粮食产量"),))])
    assert playlist.from_file(content, PAGES) == [View("trend", (("indicator", "粮食产量"),))]


# ---------------------------------------------------------------- a filter is read as it is drawn
ADDRESSES = {
    "compare": [
        {"year": "2024"},
        {"year": "1999"},
        {"theme": "共享"},
        {"indicator": "地区生产总值", "order": "固定次序"},
        {"origin": ""},
    ],
    "trend": [{"measure": "总量"}, {"measure": "不认识"}, {"district": "南岸"}, {"origin": "推算值"}],
    "target_gap": [
        {"years": "2025"},
        {"state": "未完成"},
        {"tolerance": "放宽", "binding": "约束性"},
        {"district": "火星"},
    ],
}


@pytest.mark.parametrize(("page", "query"), [(page, query) for page, all_ in ADDRESSES.items() for query in all_])
def test_an_address_means_the_same_whether_its_filters_are_drawn_or_read(page, query):
    drawn = visit(page, **query).session_state[filters._KEY]
    read = views.selection(drawn.build, View(page, tuple(query.items())))
    for name in (
        "year",
        "years",
        "places",
        "theme",
        "indicators",
        "measure",
        "origins",
        "order",
        "binding",
        "states",
        "tolerance",
    ):
        assert getattr(read, name) == getattr(drawn, name), name


def test_what_is_put_on_the_list_is_what_is_shown():
    app = visit("compare", year="2024", indicator="地区生产总值", order="固定次序")
    app.button(key="playlist-add").click().run()
    (view,) = app.session_state["_playlist"]
    assert view.page == "compare"
    assert {("year", "2024"), ("indicator", "地区生产总值"), ("order", "固定次序"), ("district", "江津")} <= set(
        view.query
    )
    assert app.button(key="playlist-add").disabled, "once is enough"


def test_views_on_the_list_are_moved_and_removed():
    app = visit("compare")
    app.session_state["_playlist"] = [View("trend"), View("compare"), View("target_gap")]
    app.run()
    app.button(key="list-下移-0").click().run()
    app.button(key="list-移除-2").click().run()
    assert [view.page for view in app.session_state["_playlist"]] == ["compare", "trend"]
    assert app.button(key="list-上移-0").disabled and app.button(key="list-下移-1").disabled


# ---------------------------------------------------------------- screens
@pytest.fixture(scope="module")
def selections(real):
    """Views of each page over the real reports, as large as they come."""
    build = store.build_id(real.folder)
    found = {
        "compare": [{"theme": theme_} for theme_ in ("综合质效", "共享", "创新", "开放")] + [{}],
        "trend": [{"theme": "创新"}, {"indicator": "地区生产总值"}],
        "target_gap": [{"years": "2024"}, {"years": "2025", "theme": "绿色"}],
    }
    return [(page, View(page, tuple(query.items())), build) for page, all_ in found.items() for query in all_]


@pytest.fixture
def sheets(real, selections, monkeypatch):
    monkeypatch.setenv("PLANBOARD_DATA", str(real.folder))
    return [(page, views.sheet(build, view)) for page, view, build in selections]


def drawn(made: sheet.Sheet) -> list[str]:
    """Every fact that a mark of the sheet leads to, each as often as it is drawn."""
    return [
        fact
        for drawing in made.drawings
        for name in ("fact", "target_fact")
        for fact in screens._named(name, [drawing])
    ]


def test_screens_show_everything_once_and_no_more_than_a_screen_holds(sheets):
    for page, made in sheets:
        parts = screens.cut(made)
        assert sorted(fact for part in parts for fact in drawn(part)) == sorted(drawn(made)), page
        assert [part.part for part in parts] == [(n, len(parts)) for n in range(1, len(parts) + 1)]
        if len(parts) > 1:
            assert [part.numbered for part in parts] == [f"{part.title}（第{n}/{len(parts)}页）" for n, part in enumerate(parts, 1)]
        for part in parts:
            assert part.drawings and part.source == made.source and part.notes == made.notes, "how one judges is on each"
            for drawing in part.drawings:
                if drawing.kind == "heatmap":
                    rows = [row for row in part.rows if row["indicator"] in drawing.rows["rows"]]
                    themes = re.sub(r"（\d+）", "", part.title.split(" · ")[0]) if len(parts) > 1 else ""
                    assert {row["category"] for row in rows} <= set(themes.split("、")) or len(parts) == 1, "themes"
                    assert len(drawing.rows["rows"]) <= 6 and len(drawing.rows["columns"]) <= 5
                if drawing.kind == "dumbbells":
                    assert len({row["indicator"] for row in drawing.rows["rows"]}) <= 6
            assert len(part.drawings) <= (4 if part.drawings[0].kind == "trend" else 6)
            ids = set(sheet.facts(part.rows))
            assert set(drawn(part)) <= ids or part.drawings[0].kind == "trend", (
                "the sentences of a screen are of its marks"
            )


@pytest.mark.parametrize("states", [{}, {"state": "未完成"}, {"state": "有实际无目标"}])
def test_each_screen_of_a_heatmap_has_a_title_of_its_own_and_its_own_count(real, monkeypatch, states):
    """What the screens count adds up to what the whole counts, and no title stands twice."""
    monkeypatch.setenv("PLANBOARD_DATA", str(real.folder))
    made = views.sheet(store.build_id(real.folder), View("target_gap", (("years", "2024"), *states.items())))
    parts = screens.cut(made)
    assert len(parts) > 1 and len({part.title for part in parts}) == len(parts)

    def counted(title: str) -> Counter:
        said = re.findall(r"(綦江|江津|南岸)(\d+)(?:/(\d+))?项", title)
        count = Counter()
        for place, met, judged in said:
            count[place, "met"] += int(met)
            count[place, "judged"] += int(judged or 0)
        return count

    whole, together = counted(made.title), sum((counted(part.title) for part in parts), Counter())
    for key, number in whole.items():
        assert together[key] == number or states and key[1] == "judged", key
    assert all("容差" in part.notes[-1] for part in parts)
    assert all(part.drawings[0].alt == part.title for part in parts)


def test_a_screen_of_one_of_several_years_says_which(real, monkeypatch):
    monkeypatch.setenv("PLANBOARD_DATA", str(real.folder))
    many = tuple(("years", str(year)) for year in range(2021, 2026))
    parts = screens.cut(views.sheet(store.build_id(real.folder), View("target_gap", many)))
    for part in parts:
        years = {name.partition("|")[2] for name in part.drawings[0].rows["columns"]}
        assert len(years) > 1 or part.title.startswith(*years)


def test_each_screen_of_dumbbells_names_its_indicators_and_counts_them(real, monkeypatch):
    monkeypatch.setenv("PLANBOARD_DATA", str(real.folder))
    parts = screens.cut(views.sheet(store.build_id(real.folder), View("compare", (("theme", "综合质效"),))))
    assert len({part.title for part in parts}) == len(parts) > 1
    for part in parts:
        names = [name for drawing in part.drawings for name in drawing.indicators]
        assert part.title.startswith(names[0]) and (len(names) == 1 or f"等{len(names)}项" in part.title)


def test_a_staged_chart_is_large_enough_to_be_read_at_half_the_size(sheets):
    for _, made in sheets:
        for part in screens.cut(made):
            for drawing in screens.staged(part, 520).drawings:
                spec = getattr(charts, drawing.kind)(**drawing.rows, sizes=drawing.sizes)
                assert spec["config"]["axis"]["labelFontSize"] >= 16
                assert drawing.sizes.line >= 3 and drawing.sizes.cell >= 20
                texts = [
                    layer["mark"].get("fontSize", 99)
                    for layer in spec["layer"]
                    if isinstance(layer["mark"], dict) and layer["mark"]["type"] == "text"
                ]
                assert min(texts, default=99) >= 16
                height = spec["height"]
                if isinstance(height, dict) and drawing.kind == "heatmap" or isinstance(height, dict):
                    assert height["step"] * len(drawing.rows["rows"]) <= 520
                elif len(part.drawings) == 1:
                    assert height <= 525


def test_file_names_say_what_is_inside():
    assert sheet.named("地区生产总值", ["綦江", "江津"], [2024]) == ("地区生产总值", "綦江-江津", "2024")
    assert sheet.named("创新", list("甲乙丙丁戊"), [2021, 2030]) == ("创新", "甲等5地", "2021-2030")
    assert sheet.named("创新", ["甲"], []) == ("创新", "甲", "")


# ---------------------------------------------------------------- the page
def present(*listed: View, at: str = "1"):
    return visit(registry.STAGE.key, list=playlist.encode(listed), at=at)


def test_presenting_shows_the_finding_the_source_and_the_place_in_the_list():
    app = present(View("compare", (("year", "2024"), ("indicator", "地区生产总值"))), View("trend"), at="1")
    page = html(app)
    assert "地区生产总值增速：南岸最高（+5.9%），江津最低（+4.1%）" in page
    assert "来源：" in page and "数据版本test-build" in page and "1 / 2" in page
    assert not app.title and not app.selectbox and not app.multiselect, "no filters, no heading of the page"


@pytest.mark.parametrize(
    ("at", "shown"), [("2", "2 / 2"), ("99", "2 / 2"), ("0", "1 / 2"), ("x", "1 / 2"), ("-1", "1 / 2")]
)
def test_the_place_in_the_list_is_in_the_address(at, shown):
    assert shown in html(present(View("compare", (("indicator", "地区生产总值"),)), View("trend"), at=at))


def test_a_view_without_content_says_so():
    page = html(present(View("target_gap", (("district", "测试"), ("state", "未完成")))))
    assert "目标差距：按所存的筛选没有内容" in page


@pytest.mark.parametrize(
    ("word", "said"), [("", "没有要放映的画面"), ("eJw", "放映单不完整"), (playlist.encode([]), "放映单是空的")]
)
def test_an_address_without_a_list_leads_back(word, said):
    app = visit(registry.STAGE.key, list=word)
    assert said in app.error[0].value
    assert app.get("page_link")


def test_somebody_elses_list_can_be_kept():
    app = present(View("compare"), View("trend"))
    assert [view.page for view in app.session_state["_playlist"]] == ["compare", "trend"]
