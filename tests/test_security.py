"""Report text is data, the server's own protections are on, and what is installed is what was locked."""

from __future__ import annotations

import base64
import contextlib
import http.client
import http.server
import importlib.util
import io
import json
import re
import socket
import threading
import tomllib
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests import browser_app
from tests.conftest import House, annual, table

ROOT = browser_app.ROOT

# ------------------------------------------------------------------------------------------------ hostile text
#: Whatever a browser, Streamlit's Markdown, KaTeX or a spreadsheet may take for more than text. No digits: none becomes a fact.
HOSTILE = (
    "<img class=zap src=x onerror=alert()><script>alert()</script><b class=zap>b</b> **zapbold** `zapcode` "
    "[zaplink](https://zap.example) ![zap](https://zap.example/p.png) $zapx^n$ :material/home: :red[zapred] :zap: &lt;i&gt;"
)
#: What a title has room for; white space is no part of it.
SHORT = "<b class=zap>**zapbold**:red[zapred]"
OUTSIDE = "![zap](https://zap.example/p.png)"
#: Direction overrides, a bell, an escape sequence, a zero-width space, a line separator.
ODD = "\u202egnp.exe\u202c\u200b\x07\x1b[31m\u2066x\u2028"
#: Elements of the page that such text must not have made.
MADE = """() => {
  const found = [];
  for (const e of document.querySelectorAll('.zap, [onerror], .katex, a[href^="https://zap.example"], img[src*="zap"], iframe[srcdoc]'))
    found.push(e.outerHTML.slice(0, 200));
  for (const e of document.querySelectorAll('body *')) {
    if (e.children.length === 0 && e.tagName !== 'MARK' && /^(zapbold|zapcode|zapred|zaplink|zapx\\^n)$/.test(e.textContent.trim())) found.push(e.outerHTML);
    for (const a of e.attributes) if (/^\\s*javascript:/i.test(a.value)) found.push(a.value);
  }
  if (document.body.innerText.includes('⚡')) found.push('an emoji');
  return found;
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> House:
    """Built by the ETL from a report, a catalogue and supplements full of it."""
    made = House(tmp_path_factory.mktemp("hostile"))
    made.reports.mkdir()
    made.supplement.mkdir()
    review = (
        f"2024年，全区地区生产总值558.2亿元{HOSTILE}，增长5.5%。规上工业增加值增长6.7%，固定资产投资增长15.4%（{HOSTILE}）。\n\n"
        f"社会消费品零售总额130.5亿元，增长4% {ODD}。一般公共预算收入增长3%，{HOSTILE}。\n\n"
        + table(
            ["指标名称", "计划目标", "完成情况"],
            ["GDP增速（%）", "7", "5.5"],
            [f"{HOSTILE}指数（%）", "80", "82"],
            ["空气质量优良天数（天）", "≥325", "331"],
        )
    )
    text = annual(review, f"2025年，地区生产总值增长6.5%{HOSTILE}。")
    text = text.replace("綦江区2024年", f"綦江区{SHORT}2024年", 1)
    made.put("<img class=zap src=x onerror=alert()>**zapbold**.txt", text)
    made.put("nanan.txt", annual("地区生产总值增长5.9%。进出口总额34亿元，下降3.5%。", place="重庆市南岸区"))
    made.put("outside.txt", annual("地区生产总值增长5.9%。", "2025年，地区生产总值增长6%。", place=f"{OUTSIDE}县"))
    made.put("bad [zaplink](https:zap.example).txt", b"\xff\x00\x01")
    said = HOSTILE.replace('"', '""')
    (made.supplement / "facts.csv").write_text(
        "district,year,indicator,measure,value,unit,source_title,publisher,source_url,retrieved_as,confidence,note\n"
        f'綦江区,2023,地区生产总值,level,500,亿元,"{said}","{said}",javascript:alert(),official page,high,"{said}"\n',
        encoding="utf-8",
    )

    def name(rows: list[dict], column: str, value: str) -> list[dict]:
        return [row | ({column: f"{value} {HOSTILE}"} if row[column] == value else {}) for row in rows]

    made.edit("indicators.csv", lambda rows: name(rows, "indicator", "地区生产总值"))
    made.edit("districts.csv", lambda rows: name(rows, "district", "南岸"))
    made.build()
    return made


@pytest.fixture(scope="module")
def board(hostile) -> Iterator[str]:
    browser_app.chromium()
    with browser_app.server(hostile.out) as address:
        yield address


@pytest.fixture(scope="module")
def facts(hostile) -> pd.DataFrame:
    return pd.read_parquet(hostile.out / "facts.parquet")


def test_the_text_reaches_the_data_as_written(hostile, facts):
    """Or the tests below would test nothing."""
    reports = pd.read_parquet(hostile.out / "reports.parquet")
    assert any(SHORT.replace(" ", "") in title for title in reports["title"])
    assert any(OUTSIDE in place for place in facts["district"])
    assert any(HOSTILE in said for said in facts["quote"].dropna())
    assert any(ODD[:9] in said for said in facts["quote"].dropna())
    for column in ("indicator", "district", "note", "source_title"):
        assert any(HOSTILE in said for said in facts[column].dropna()), column
    assert "<img" in " ".join(reports["report_id"]) and "javascript:alert()" in set(facts["source_url"].dropna())


class Watched(browser_app.Visit):
    """A tab that also notes what a script would do."""

    def __init__(self, opened, base: str) -> None:
        super().__init__(opened, base)
        self.fired: list[str] = []
        self.page.on("dialog", lambda each: (self.fired.append(each.message), each.dismiss()))

    def harmless(self) -> None:
        self.page.wait_for_timeout(300)
        assert self.page.evaluate(MADE) == []
        assert (self.fired, self.errors, self.outside) == ([], [], [])

    def text(self) -> str:
        return re.sub(r"\s+", " ", self.page.locator("body").inner_text())


PAGES = {
    "/": True,
    "/?year=2025": True,
    "/compare": True,
    "/compare?year=2024&table_shown=true": True,
    "/trend": True,
    "/trend?table_shown=true": True,
    "/target_gap": True,
    "/explore": False,  # a canvas
    "/explore?form=wide": False,
    "/explore?sql=SELECT quote, indicator, district, note FROM facts": False,
    '/explore?sql=SELECT "<img class=zap src=x onerror=alert()> **zapbold** $zapx^n$ :red[zapred]" FROM facts': False,
    "/sources": True,
    "/sources?q=zapbold": False,  # a part of the sentence
    f"/sources?q={HOSTILE}": False,
    "/method": True,
    "/method?part=需要留意": True,
    "/method?part=口径": False,
    "/method?part=补充来源": True,
    "/method?part=数据从哪里来": False,
    f"/trend?place={OUTSIDE}&indicator={OUTSIDE}&theme={SHORT}&fact={HOSTILE}": False,
    f"/target_gap?years={OUTSIDE}&state={OUTSIDE}&binding={SHORT}&tolerance={OUTSIDE}": False,
    f"/explore?form={OUTSIDE}&words={HOSTILE}&columns={OUTSIDE}&report={OUTSIDE}": False,
    f"/method?part={OUTSIDE}&source={OUTSIDE}&drift={OUTSIDE}&term={HOSTILE}": False,
    f"/sources?report={OUTSIDE}&line={OUTSIDE}&within={OUTSIDE}": False,
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path[:60])
def test_text_is_shown_as_text(chrome, board, path):
    page, _, query = path.partition("?")
    tab = Watched(chrome, board).open(page + ("?" + quote(query, safe="=&") if query else ""))
    tab.harmless()
    if PAGES[path]:
        assert HOSTILE in tab.text()


def test_everything_there_is_to_know_of_a_number(chrome, board, facts):
    wanted = facts[facts["quote"].fillna("").str.contains("zapbold|gnp") | facts["note"].fillna("").str.contains("zapbold")]
    assert len(wanted) >= 6
    for fact in wanted.drop_duplicates(["indicator", "status", "year"]).itertuples():
        for path in ("/", "/sources"):
            if path == "/sources" and not fact.quote:
                continue
            tab = Watched(chrome, board).open(f"{path}?fact={fact.fact_id}")
            tab.page.get_by_role("dialog" if path == "/" else "main").first.wait_for()
            tab.harmless()
            tab.page.close()


def test_the_marks_of_charts_tell_text(chrome, board):
    for path in ("/compare", "/trend", "/target_gap"):
        tab = Watched(chrome, board).open(path)
        tab.page.locator("[data-testid=stVegaLiteChart] svg path[aria-label]").first.wait_for()
        told = 0
        for mark in tab.page.locator("[data-testid=stVegaLiteChart] svg path[aria-label]").all()[:12]:
            box = mark.bounding_box()
            if not box or not box["height"] or box["y"] + box["height"] > 760:
                continue
            tab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            tab.page.wait_for_timeout(150)
            told += tab.page.locator("#vg-tooltip-element.visible").count()
            assert tab.page.evaluate(MADE) == []
        assert told, path
        tab.harmless()


def take(tab: Watched, name: str) -> bytes:
    with tab.page.expect_download() as waiting:
        tab.page.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def test_files_taken_away_hold_text(chrome, board):
    tab = Watched(chrome, board).open("/compare")
    tab.page.get_by_role("button", name="下载", exact=True).click()
    for name in ("SVG", "PPTX", "XLSX", "CSV"):
        content = take(tab, name)
        if name == "SVG":
            every = list(ET.fromstring(content).iter())
            assert not {e.tag.rpartition("}")[2] for e in every} & {"script", "image", "foreignObject", "a", "iframe", "b", "img"}
            assert not [a for e in every for a in e.attrib if a.rpartition("}")[2].lower().startswith(("on", "href"))]
            assert "zapbold" in "".join(e.text or "" for e in every)
        elif name == "PPTX":
            deck = zipfile.ZipFile(io.BytesIO(content))
            parts = [deck.read(part).decode() for part in deck.namelist() if part.endswith((".rels", ".xml"))]
            assert any("zapbold" in part for part in parts)
            assert not any('TargetMode="External"' in part for part in parts)
        elif name == "XLSX":
            cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
            assert any("zapbold" in str(cell.value) for cell in cells)
            assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink and "zap" in str(cell.hyperlink.target)]
        else:
            assert "zapbold" in content.decode("utf-8-sig")
    tab.harmless()


def playlist(*views: list) -> str:
    """The word of an address for these views, [page, [[name, label], ...]], whatever they say."""
    packed = zlib.compress(json.dumps(list(views), ensure_ascii=False).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


@pytest.mark.parametrize("views", [
    [["compare", [["district", "綦江"]]], ["trend", [["indicator", f"地区生产总值 {HOSTILE}"]]], ["target_gap", []]],
    [[HOSTILE, []]],
    [["compare", [[HOSTILE, HOSTILE]]]],
    [["compare", HOSTILE]],
])  # fmt: skip
def test_a_list_to_present_says_what_it_wants_and_makes_nothing(chrome, board, views):
    for at in range(1, len(views) + 1):
        tab = Watched(chrome, board).open("/present?" + urlencode({"list": playlist(*views), "at": at}))
        tab.harmless()
        tab.page.close()


# ------------------------------------------------------------------------------------------------ the server's settings
@pytest.fixture(scope="module")
def plain(folder) -> Iterator[str]:
    with browser_app.server(folder) as address:
        yield address


SOCKET = "/_stcore/stream"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"])
def test_a_page_of_another_host_opens_no_socket(plain, origin):
    with pytest.raises(InvalidStatus) as refused:
        connect(plain.replace("http", "ws") + SOCKET, subprotocols=["streamlit"], origin=origin)
    assert refused.value.response.status_code == 403
    with connect(plain.replace("http", "ws") + SOCKET, subprotocols=["streamlit"], origin=plain):
        pass


def test_a_page_of_another_host_makes_the_server_ask_nobody(folder):
    """Streamlit would look up its own address on the Internet then, and answer nobody meanwhile."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as outside:
        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    caller, _ = outside.accept()
                    asked.append(caller.recv(100))
                    caller.close()

        threading.Thread(target=listen, daemon=True).start()
        way = f"http://127.0.0.1:{outside.getsockname()[1]}"  # whatever the server asks for goes through here
        with browser_app.server(folder, HTTP_PROXY=way, HTTPS_PROXY=way, http_proxy=way, https_proxy=way, NO_PROXY="") as address:
            for origin in ("https://evil.example", "null", "http://10.1.2.3"):
                with pytest.raises(InvalidStatus):
                    connect(address.replace("http", "ws") + SOCKET, subprotocols=["streamlit"], origin=origin)
                for path in ("/", "/_stcore/health", "/_stcore/host-config", "/media/x"):
                    answered(address + path, Origin=origin)
                answered(address + "/_stcore/upload_file/a/b", "OPTIONS", Origin=origin)
    assert asked == []


def test_a_page_that_shows_this_one_in_a_frame_steers_nothing(plain):
    with urllib.request.urlopen(plain + "/_stcore/host-config") as found:
        assert json.load(found)["allowedOrigins"] == []


def sent(address: str, *messages: object) -> list:
    """What the server says to these messages of a browser after a first run of the page, until the run of the last."""
    said = []
    with connect(address.replace("http", "ws") + SOCKET, subprotocols=["streamlit"], max_size=None) as line:
        for ask in messages:
            line.send(ask.SerializeToString())
            while ask.WhichOneof("type") == "rerun_script":
                news = ForwardMsg.FromString(line.recv(timeout=60))
                said.append(news)
                if news.WhichOneof("type") == "script_finished":
                    break
    return said


def test_no_reader_empties_the_caches_of_all(plain):
    """Streamlit takes such a message from anybody; pages would be slow for all, and statements no longer counted."""
    def misses() -> float:
        with urllib.request.urlopen(plain + "/_stcore/metrics") as found:
            rows = [line for line in found.read().decode().splitlines() if line.startswith("cache_lookups_total") and "miss" in line]
        return sum(float(line.rsplit(" ", 1)[1]) for line in rows)

    again = BackMsg()
    again.rerun_script.query_string = "year=2024"
    sent(plain, again, again)
    warm = misses()
    sent(plain, again)
    assert misses() == warm > 0
    said = sent(plain, again, BackMsg(clear_cache=True), BackMsg(set_run_on_save=True), BackMsg(load_git_info=True), again)
    assert misses() == warm
    assert not [news for news in said if news.WhichOneof("type") == "git_info_changed"]
    install = BackMsg()
    install.backend_operation_request.install_skills.SetInParent()
    assert not [news for news in sent(plain, again, install, again) if news.WhichOneof("type") == "backend_operation_response"]


def test_a_large_file_is_not_taken(plain):
    again = BackMsg()
    again.rerun_script.query_string = ""
    with connect(plain.replace("http", "ws") + SOCKET, subprotocols=["streamlit"], max_size=None) as line:
        line.send(again.SerializeToString())
        news = ForwardMsg.FromString(line.recv(timeout=60))
        while news.WhichOneof("type") != "new_session":
            news = ForwardMsg.FromString(line.recv(timeout=60))
        session = news.new_session.initialize.session_id
        token = answered(plain + "/_stcore/health")[1]["set-cookie"].partition(";")[0]
        for size, expected in ((1000, 204), (3 << 20, 413)):
            body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + b"a" * size + b"\r\n--x--\r\n"
            asked = http.client.HTTPConnection(urlsplit(plain).netloc, timeout=30)
            asked.putrequest("PUT", f"/_stcore/upload_file/{session}/f")
            for name, value in (
                ("Cookie", token),
                ("X-Xsrftoken", token.partition("=")[2]),
                ("Content-Type", "multipart/form-data; boundary=x"),
                ("Content-Length", str(len(body))),
            ):
                asked.putheader(name, value)
            asked.endheaders()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it need not read all of what it refuses
                asked.send(body)
            status = asked.getresponse().status
            asked.close()
            assert status == expected, size


def answered(address: str, method: str = "GET", **headers: str) -> tuple[int, dict]:
    request = urllib.request.Request(address, method=method, data=b"x" if method in ("PUT", "POST") else None)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.urlopen(request, timeout=10) as found:
            return found.status, {k.lower(): v for k, v in found.headers.items()}
    except urllib.error.HTTPError as refused:
        return refused.code, {k.lower(): v for k, v in refused.headers.items()}


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/media/x"])
def test_other_hosts_may_not_read_answers(plain, path):
    for origin in ("https://evil.example", "null"):
        assert "access-control-allow-origin" not in answered(plain + path, Origin=origin)[1]


def test_nothing_is_uploaded_without_the_token(plain):
    for method in ("PUT", "POST", "DELETE"):
        status, _ = answered(plain + "/_stcore/upload_file/a/b", method)
        assert status in (403, 405), (method, status)
    _, headers = answered(plain + "/_stcore/health")
    token = headers["set-cookie"].partition(";")[0]
    assert token.startswith("_streamlit_xsrf=") and "samesite=lax" in headers["set-cookie"].lower()
    for given in ({"Cookie": token}, {"X_Xsrftoken": token.partition("=")[2]}, {"Cookie": token, "X_Xsrftoken": "2|x|y|1"}):
        assert answered(plain + "/_stcore/upload_file/a/b", "PUT", **given)[0] == 403


def test_no_telemetry_and_no_request_elsewhere(plain, chrome):
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["enableXsrfProtection"] is True and settings["server"]["enableCORS"] is True
    assert settings["client"]["showErrorDetails"] == "none"
    with urllib.request.urlopen(plain + "/_stcore/host-config") as found:
        config = json.load(found)
    assert not config["metricsUrl"] and not config["enableCustomParentMessages"]
    tab = browser_app.Visit(chrome, plain).open("/")
    assert tab.outside == []


def test_the_servers_own_files_are_not_served(plain):
    for path in ("/app.py", "/.streamlit/config.toml", "/.streamlit/secrets.toml", "/app/static/x", "/static/../app.py",
                 "/media/../app.py", "/static/%2e%2e/%2e%2e/app.py", "/data/parquet/manifest.json"):
        with urllib.request.urlopen(plain + path) if answered(plain + path)[0] == 200 else io.BytesIO() as found:
            assert b"st.navigation" not in (body := found.read()) and b"build_id" not in body and b"gatherUsageStats" not in body


# ------------------------------------------------------------------------------------------------ what is installed
def pins(path: Path) -> dict[str, str]:
    """name -> version of each pin; extras and markers left out."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def test_the_lock_is_that_of_the_requirements():
    lock = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    locked, held = pins(ROOT / ".ci" / "requirements.lock"), pins(ROOT / ".ci" / "constraints.txt")
    for name, version in pins(ROOT / "requirements.txt").items():
        assert locked.get(name) == version, f"{name}: make lock"
    for name, version in pins(ROOT / "tests" / "requirements.txt").items():
        assert held.get(name) == version, f"{name}: make lock"
    for line in lock.replace("\\\n", " ").splitlines():
        assert re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line
    for name, version in locked.items():
        # numpy has a pin for each version of Python
        assert f"{name}=={version}" in (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8")
    for path in ("requirements.txt", "tests/requirements.txt"):
        for line in (ROOT / path).read_text(encoding="utf-8").splitlines():
            assert line.startswith(("#", "-")) or re.match(r"[\w.\[\]-]+==[\w.]+( |$)", line), f"{path}: {line}"


@pytest.fixture
def audit(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    monkeypatch.setattr(made, "STAMP", tmp_path / "stamp")
    return made


def vulnerable(name: str, found: bool) -> dict:
    vulns = [{"id": "PYSEC-0", "aliases": ["CVE-0"], "fix_versions": ["9.9"]}] if found else []
    return {"name": name, "version": "1", "vulns": vulns}


def test_an_audit_fails_on_what_is_found_and_says_when_nothing_could_be_asked(audit, monkeypatch, capsys):
    def service(reached: bool, bad: bool):
        def ask(name: str, wanted: str, seconds: float) -> list[dict] | None:
            if wanted == audit.KNOWN_BAD:
                return [vulnerable("urllib3", reached)]
            return [vulnerable("duckdb", bad), vulnerable("altair", False)]

        return ask

    monkeypatch.setattr(audit, "ask", lambda *_: None)
    assert audit.main() == 0 and "没有核对" in capsys.readouterr().out
    monkeypatch.setattr(audit, "ask", service(reached=False, bad=False))  # a mirror that knows of no advisory at all
    assert audit.main() == 0 and "没有核对" in capsys.readouterr().out
    monkeypatch.setattr(audit, "ask", service(reached=True, bad=True))
    assert audit.main() == 1 and "duckdb 1 PYSEC-0，修正版本 9.9" in capsys.readouterr().out
    monkeypatch.setattr(audit, "ask", service(reached=True, bad=False))
    assert audit.main() == 0 and "没有已知漏洞" in capsys.readouterr().out
    monkeypatch.setattr(audit, "ask", service(reached=True, bad=True))
    assert audit.main() == 0 and capsys.readouterr().out == ""  # asked today


#: What the service below knows of: the package that is asked about first, and one of the pins.
ADVISORIES = {("urllib3", "1.24.1"): "GHSA-old", ("jinja2", "3.1.6"): "GHSA-of-a-pin"}


@pytest.fixture
def advised(audit, monkeypatch, tmp_path) -> Iterator[dict]:
    """pip-audit itself, asking an OSV service of our own; PyPI is out of reach. Yields what the service knows of."""
    known = dict(ADVISORIES)

    class Service(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name, version = asked["package"]["name"], asked["version"]
            affected = {"package": {"name": name, "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9.9"}]}]}
            found = {"id": known.get((name, version)), "summary": "x", "affected": [affected], "modified": "2026-01-01T00:00:00Z"}
            body = json.dumps({"vulns": [found]} if found["id"] else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service) as service:
        threading.Thread(target=service.serve_forever, daemon=True).start()
        monkeypatch.setenv("PIP_AUDIT_OSV_URL", f"http://127.0.0.1:{service.server_address[1]}/v1/query")
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, "127.0.0.1")
        (tmp_path / "pins.txt").write_text("jinja2==3.1.6\nbrotli==1.2.1 ; platform_python_implementation == 'CPython'\n")
        monkeypatch.setattr(audit, "PINS", tmp_path / "pins.txt")
        yield known
        service.shutdown()


def test_a_service_within_reach_that_knows_of_a_pin_fails_the_audit(audit, advised, capsys):
    pytest.importorskip("pip_audit")
    assert audit.main() == 1
    assert capsys.readouterr().out == "依赖漏洞：jinja2 3.1.6 GHSA-of-a-pin，修正版本 9.9.9\n"
    del advised["jinja2", "3.1.6"]
    assert audit.main() == 0 and "2个包没有已知漏洞（osv）" in capsys.readouterr().out
    advised["brotli", "1.2.1"] = "GHSA-later"
    audit.STAMP.unlink()
    assert audit.main() == 1 and "brotli 1.2.1 GHSA-later" in capsys.readouterr().out  # the marker is no part of the version
    advised.clear()
    assert audit.main() == 0 and "没有核对" in capsys.readouterr().out  # a service that does not know the old one either
