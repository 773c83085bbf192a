"""Faults behind the pages: damaged data, data replaced while people read, a server that is started again, and the log of it all."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import log, store
from pages.parts import cached, keep
from tests import browser_app, pages_build
from tests.conftest import annual
from tests.test_pages_app import html
from tests.test_pages_app import opened as visit

COMMANDS = "python -m etl check\npython -m etl build"


@pytest.fixture(autouse=True)
def fresh():
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """A build that may be damaged."""
    folder = pages_build.write(tmp_path / "parquet")
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    return folder


def state(app: AppTest) -> str:
    """«whole», «unreadable» with words and what to do, or «none»: no data at all. Anything else fails."""
    if app.title and app.title[0].value == "还没有可用的数据":
        assert "python -m etl build" in app.code[0].value
        return "none"
    if app.exception:
        assert len(app.error) == 1 and "数据读不出来" in app.error[0].value and "管理员" in app.error[0].value
        assert [code.value for code in app.code] == [COMMANDS]
        assert "data-testid=stException] { display: none" in html(app)  # what is raised goes to the log, not on the page
        return "unreadable"
    assert not app.error and "数据版本" in html(app)
    return "whole"


# ---------------------------------------------------------------- damaged data
def missing(path: Path) -> None:
    path.unlink()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbage(path: Path) -> None:
    path.write_bytes(b"PAR1" + os.urandom(5000) + b"PAR1")


def of_another_version(path: Path) -> None:
    frame = pd.read_parquet(path)
    frame.rename(columns=dict.fromkeys(frame.columns, "x") if len(frame.columns) == 1 else {c: f"old_{c}" for c in frame.columns}).to_parquet(path)


@pytest.mark.parametrize("damage", [missing, truncated, garbage, of_another_version], ids=lambda f: f.__name__)
@pytest.mark.parametrize("table", ["facts", "passages"])
def test_a_damaged_table_is_put_into_words_and_the_pages_without_it_go_on(own, table, damage):
    damage(own / f"{table}.parquet")
    found = {key: state(visit(key)) for key in ("overview", "sources", "method")}
    assert found["sources"] == "unreadable"
    assert found["overview"] == ("whole" if table == "passages" else "unreadable")


@pytest.mark.parametrize("table", ["reports", "numbers", "findings", "districts", "indicators"])
def test_any_other_table(own, table):
    missing(own / f"{table}.parquet")
    assert "unreadable" in [state(visit(key)) for key in ("overview", "sources", "explore")]


@pytest.mark.parametrize("words", ["", "{", "null", "{}", '{"build_id": "x"}', '{"build_id": "", "tables": {}}', '{"build_id": "x", "tables": []}'])
def test_a_damaged_manifest(own, words):
    (own / store.MANIFEST).write_text(words)
    assert state(visit()) == "none" and state(visit("compare")) == "none"


def test_a_manifest_of_a_version_without_some_tables(own):
    manifest = json.loads((own / store.MANIFEST).read_text())
    del manifest["tables"]["passages"]
    manifest["tables"]["forecasts"] = {"rows": 1, "sha256": "0"}
    (own / store.MANIFEST).write_text(json.dumps(manifest))
    assert state(visit("sources")) == "unreadable" and state(visit()) == "whole"


def test_a_table_put_back_is_read_at_the_next_click(own):
    path = own / "passages.parquet"
    raw = path.read_bytes()
    missing(path)
    app = visit("sources")
    assert state(app) == "unreadable"
    path.write_bytes(raw)
    assert state(app.run()) == "whole"


def only_its_head(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


@pytest.mark.parametrize("damage", [missing, only_its_head, garbage], ids=lambda f: f.__name__)
def test_the_file_for_sql(own, damage):
    """Without it there are no statements of one's own; the rest of the page stands."""
    path = own / store.DATABASE
    if not path.exists():
        path.write_bytes(b"\0" * 20_000)
    damage(path)
    assert state(visit("explore")) == "whole"
    job = cached.sql_start(cached.build(), "SELECT count(*) FROM facts")
    assert re.search("[一-龥]", job.wait(60).problem) and "管理员" in job.answer.problem


# ---------------------------------------------------------------- data replaced while people read
def put(house, growth: float) -> str:
    """A build with this growth in it; its id."""
    house.put("nanan.txt", annual(f"地区生产总值增长{growth}%。", place="重庆市南岸区"))
    return house.build().build_id


def stamp(app: AppTest) -> str:
    return re.search("数据版本 ([0-9a-z]+)", html(app))[1]


def test_a_session_sees_the_new_build_at_its_next_click(house, monkeypatch):
    monkeypatch.setenv("PLANBOARD_DATA", str(house.out))
    first = put(house, 5.1)
    app = visit()
    assert stamp(app) == first[:12]
    second = put(house, 5.2)
    assert cached.years(first) is not None  # what the session holds can still be asked
    assert state(app.run()) == "whole" and stamp(app) == second[:12]
    put(house, 5.3)
    last = put(house, 5.4)
    assert state(app.run()) == "whole" and stamp(app) == last[:12]


def test_a_build_that_is_gone_is_read_to_its_end_and_then_says_so(house, monkeypatch):
    """Two builds later what is still open answers, with its own figures; after that nothing does, least of all another build."""
    monkeypatch.setenv("PLANBOARD_DATA", str(house.out))

    def growth(build: str) -> set:
        rows = cached.every_statement(build, {"places": ["500108"], "indicators": ["gdp"]}, "menu", False)
        return set(rows["value"])

    first = put(house, 5.1)
    assert growth(first) == {5.1}
    put(house, 5.2)
    last = put(house, 5.3)
    assert growth(first) == {5.1} and growth(last) == {5.3}
    assert cached.places(first) and cached.manifest(first)["build_id"] == first
    st.cache_resource.clear()
    keep.forget()
    with pytest.raises(cached.NoBuildError):
        growth(first)
    with pytest.raises(cached.NoBuildError):
        cached.manifest(first)


def test_a_build_copied_over_another_is_read_anew(tmp_path, monkeypatch):
    """Into a plain folder, as somebody may who builds on another machine."""
    folder = pages_build.write(tmp_path / "parquet", build_id="one")
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    assert "江津" in cached.places("one")
    pages_build.write(tmp_path / "other", [fact for fact in pages_build.FACTS if fact[0] != "江津"], build_id="two")
    for path in (tmp_path / "other").iterdir():
        path.replace(folder / path.name)
    assert "江津" not in cached.places("two")
    st.cache_data.clear()
    st.cache_resource.clear()
    keep.forget()
    with pytest.raises(cached.NoBuildError):
        cached.places("one")


def test_the_panel_left_open_over_two_builds_begins_again(house, monkeypatch):
    monkeypatch.setenv("PLANBOARD_DATA", str(house.out))
    put(house, 5.1)
    facts = pd.read_parquet(house.out / "facts.parquet").query("district == '綦江' and origin == 'table' and indicator_id == 'gdp'")
    app = visit(fact=facts["fact_id"].iloc[0])
    put(house, 5.2)
    last = put(house, 5.3)
    assert state(app.run()) == "whole" and stamp(app) == last[:12] and "<mark>" in html(app)


def test_the_same_build_made_again_and_again(house, monkeypatch):
    """The id is that of the inputs; the folder is another each time, and the first is soon gone."""
    monkeypatch.setenv("PLANBOARD_DATA", str(house.out))
    app, ids = None, set()
    for _ in range(4):
        ids.add(house.build().build_id)
        app = app.run() if app else visit()
        keep.forget()  # so that each page asks again
        assert state(app) == "whole"
        assert state(visit("sources")) == "whole"
    assert len(ids) == 1


# ---------------------------------------------------------------- the log
LINE = re.compile(r'time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ level=(info|warning|error) event=\w+( \w+=("(\\.|[^"\\])*"|[^\s"=]+))*')


def test_a_line_is_one_line_whatever_is_in_it():
    said = log.line(event="x", words='a "b"\nc=d', nothing=None, seconds=0.12345, empty="")
    assert said == 'event=x words="a \\"b\\"\\nc=d" seconds=0.123 empty=""'


def test_an_error_is_logged_by_kind_and_place_without_what_was_typed(own, monkeypatch, capsys):
    def stumble(*_):
        raise KeyError("张三 zhangsan@example.org 10.0.0.7 SELECT secret")

    monkeypatch.setattr("pages.parts.highlights.of", stumble)
    app = visit(q="秘密词")
    assert len(app.exception) == 1
    said = capsys.readouterr().err
    (line,) = [line for line in said.splitlines() if "event=page" in line]
    assert LINE.fullmatch(line), line
    assert "level=error" in line and "page=overview" in line and "build=test-build" in line and "seconds=" in line
    assert "error=KeyError" in line and "pages/overview.py:" in line
    assert not re.search("张三|zhangsan|10\\.0|SELECT|秘密词", said)


def test_what_a_library_logs_has_the_same_form():
    """Streamlit logs an error of a page with its message; the line has its kind and place only."""
    try:
        raise KeyError("张三 10.0.0.7")
    except KeyError:
        record = logging.LogRecord("streamlit.error_util", logging.ERROR, "", 0, "Uncaught app execution", (), sys.exc_info())
    said = log.Lines().format(record)
    assert LINE.fullmatch(said) and "error=KeyError" in said and "tests/test_faults_pages.py:" in said
    assert not re.search("张三|10\\.0", said)


# ---------------------------------------------------------------- a server, twenty sessions, builds meanwhile
class Session:
    """A session as a browser holds it: over the websocket, in Streamlit's own messages."""

    def __init__(self, address: str, query: str = "") -> None:
        from websockets.sync.client import connect

        self._socket = connect(address.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], max_size=None, open_timeout=60)
        self._query = query
        self.stamps: list[str] = []
        self.faults: list[str] = []

    def click(self) -> str:
        """Run the page once; the build that it shows."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        ask = BackMsg()
        ask.rerun_script.query_string = self._query
        self._socket.send(ask.SerializeToString())
        shown = None
        while True:
            news = ForwardMsg()
            news.ParseFromString(self._socket.recv(timeout=120))
            kind = news.WhichOneof("type")
            if kind == "delta":
                element = news.delta.new_element
                what = element.WhichOneof("type")
                if what == "exception" or what == "alert":
                    self.faults.append(str(element)[:300])
                if what == "html" and (found := re.search("数据版本 ([0-9a-z]+)", element.html.body)):
                    shown = found[1]
            if kind == "script_finished" and news.script_finished in (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN):
                if shown:
                    self.stamps.append(shown)
                    return shown
            elif kind == "script_finished" and news.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise AssertionError("the script could not be compiled")

    def close(self) -> None:
        self._socket.close()


def test_builds_under_twenty_sessions(house, tmp_path):
    """Everybody goes on while the data are replaced three times, without an error; then everybody sees the last build."""
    pytest.importorskip("websockets")
    builds = [put(house, 5.0)[:12]]
    said = tmp_path / "server.log"
    with browser_app.server(house.out, log=said) as address:
        sessions = [Session(address, "q=%E7%A7%98%E5%AF%86") for _ in range(20)]
        try:
            for session in sessions:
                assert session.click() == builds[0]
            over, errors = threading.Event(), []

            def go_on(session: Session) -> None:
                try:
                    while not over.is_set():
                        session.click()
                except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the test
                    errors.append(error)

            readers = [threading.Thread(target=go_on, args=(session,)) for session in sessions]
            for reader in readers:
                reader.start()
            for growth in (5.1, 5.2, 5.3):
                builds.append(put(house, growth)[:12])
                counts = [len(session.stamps) for session in sessions]
                browser_app.until(lambda counts=counts: errors or all(len(s.stamps) > n for s, n in zip(sessions, counts, strict=True)))
            over.set()
            for reader in readers:
                reader.join(180)
            assert errors == []
            for session in sessions:
                assert session.click() == builds[-1]
                assert session.faults == []
                places = [builds.index(each) for each in session.stamps]
                assert places == sorted(places)  # never back to an older one
        finally:
            for session in sessions:
                session.close()
        assert urllib.request.urlopen(f"{address}/_stcore/health", timeout=10).read() == b"ok"
    logged = [line for line in said.read_text().splitlines() if "event=" in line]
    pages = [line for line in logged if "event=page" in line]
    assert len(pages) >= 40 and all(LINE.fullmatch(line) for line in pages), pages[:3]
    assert all(f"build={each}" in said.read_text() for each in (builds[0], builds[-1]))
    assert not [line for line in logged if re.search(r"127\.0\.0\.1|秘密|%E7|Traceback", line) and "server started on" not in line]


def test_health_does_not_depend_on_the_data(tmp_path):
    """A server without data is alive: starting it again would not help, and its pages say what does."""
    with browser_app.server(tmp_path) as address:
        assert urllib.request.urlopen(f"{address}/_stcore/health", timeout=10).read() == b"ok"


def test_a_tab_finds_the_server_again_and_shows_the_same(own, chrome):
    """The server ends and starts again under an open page: the page comes back by itself, at the same address and view."""
    said = "getComputedStyle(document.body, '::before').content"
    with browser_app.server(own) as address:
        port = int(address.rsplit(":", 1)[1])
        visit = browser_app.Visit(chrome, address).open("/compare?year=2025")
        page, runs = visit.page, visit.runs()

        def choose(name: str) -> None:
            page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name, exact=True)).first.click()

        choose("总量")
        visit.settled(runs)
        page.wait_for_url("**measure=**")
        before, at = page.inner_text("h1"), page.url
        assert visit.runs() > 1
    page.wait_for_selector("[data-test-connection-state=PINGING_SERVER]", timeout=60_000)
    assert "正在重新连接" in page.evaluate(said)
    assert not page.get_by_text("Connection error").is_visible()
    with browser_app.server(own, port=port):
        page.wait_for_selector("[data-test-connection-state=CONNECTED]", timeout=90_000)
        assert page.inner_text("h1") == before and page.url == at and page.evaluate(said) == "none"
        choose("增速")  # goes on in a session of its own, with all that was chosen before
        page.wait_for_function("document.querySelector('[data-run]')?.dataset.run === '1'", timeout=90_000)
        page.wait_for_selector("[data-test-script-state=notRunning]")
        page.wait_for_url(f"**measure={quote('增速')}**")
        assert page.inner_text("h1") == before and "year=2025" in page.url
        assert "2025年" in page.inner_text("[data-testid=stMain]")
        page.reload()
        page.wait_for_function("document.querySelector('[data-run]')")
        assert page.inner_text("h1") == before
    page.close()
