"""Signing in by OpenID Connect: a real provider and a real browser, and everything that must stay closed without it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import TimeoutError as NothingCame
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from pages.parts import registry, sign_in
from tests import browser_app

SECRET = "a-secret-of-the-tests-that-is-long-enough"  # pragma: allowlist secret
COOKIE = "_streamlit_user"
FRIEND, COLLEAGUE, MEMBER, STRANGER, UNPROVEN = (
    "liu@plan.example", "he@bureau.example", "wang@else.example", "mallory@else.example", "zhao@bureau.example")
DATA = ("綦江", "江津", "地区生产总值")  # words that only the data have


def settings(provider: str, **changes: object) -> dict:
    """The section [auth]; a change to None takes the setting out."""
    auth = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": SECRET,
        "client_id": "planboard",
        "client_secret": "anything",  # pragma: allowlist secret
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
        "allow": {"emails": [FRIEND], "domains": ["bureau.example"], "claim": "groups", "values": ["规划"]},
    } | changes
    return {name: value for name, value in auth.items() if value is not None}


def written(path: Path, auth: dict) -> Path:
    """secrets.toml with this section; JSON's strings, lists, numbers are those of TOML."""
    lines = ["[auth]", *(f"{k} = {json.dumps(v)}" for k, v in auth.items() if not isinstance(v, dict))]
    for name, section in auth.items():
        if isinstance(section, dict):
            lines += [f"[auth.{name}]", *(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in section.items())]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    mock = pytest.importorskip("oidc_provider_mock")
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # this provider has no TLS
    people = {
        FRIEND: {"email": FRIEND, "email_verified": True, "name": "刘<b>某"},
        COLLEAGUE: {"email": COLLEAGUE.upper(), "email_verified": True},
        MEMBER: {"email": MEMBER, "email_verified": True, "groups": ["其他", "规划"]},
        STRANGER: {"email": STRANGER, "email_verified": True, "groups": ["其他"]},
        UNPROVEN: {"email": UNPROVEN, "email_verified": False},
    }
    users = [mock.User(sub=sub, claims=said) for sub, said in people.items()]
    with mock.run_server_in_thread(user_claims=users) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture(scope="module")
def log(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="module")
def base(folder, provider, log, tmp_path_factory) -> Iterator[str]:
    secrets = written(tmp_path_factory.mktemp("secrets") / "secrets.toml", settings(provider))
    app = browser_app.ROOT / "app.py"
    options = ("--secrets.files", str(secrets), "--logger.level", "debug")
    with browser_app.server(folder, app, *options, log=log, AUTHLIB_INSECURE_TRANSPORT="1") as address:
        yield address


# ------------------------------------------------------------------------------------------------ without a session
def person(base: str, **changes: object) -> dict:
    """What Streamlit writes into its cookie when FRIEND signs in."""
    said = {"iss": "x", "sub": FRIEND, "email": FRIEND, "email_verified": True, "iat": int(time.time()), "nonce": "n"}
    return said | {"origin": base, "is_logged_in": True, "provider": "default"} | changes


def cookie(claims: dict, secret: str = SECRET, name: str = COOKIE) -> str:
    return URLSafeTimedSerializer(secret, salt=name).dumps(json.dumps(claims))


def ask(address: str, cookies: str = "", method: str = "GET", accept: str = "*/*") -> tuple[int, str]:
    headers = {"Accept": accept} | ({"Cookie": cookies} if cookies else {})
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers, method=method), timeout=10) as found:
            return found.status, found.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode("utf-8", "replace")


PLACES = [
    "/", "/home", "/overview", "/compare", "/trend?places=綦江", "/target_gap", "/explore?sql=FROM+facts", "/sources", "/method",
    "/present?list=x&at=1", "/trend?fact=x", "/index.html", "/static/js/index.js", "/favicon.png", "/manifest.json",
    "/media/0.csv", "/component/x/index.html", "/_stcore/bidi-components/planboard_figures/x.js", "/_stcore/host-config",
    "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/allowed-message-origins", "/_stcore/upload_file/a/b",
    "/_stcore/health/", "/_stcore/health/../metrics", "/_stcore/health%2f..%2fmetrics", "/%5Fstcore/metrics", "//_stcore/metrics",
    "/_stcore//health", "/_STCORE/health", "/oauth2callback/", "/oauth2callback/../trend", "/auth/login/../../media/x",
    "/auth/login;x", "/app/static/x", "/_stcore/agent", "/.well-known/x", "/no-such-page",
]


def address(base: str, place: str) -> str:
    return base + urllib.request.quote(place, safe="/?=&%+;.")


@pytest.mark.parametrize("place", PLACES)
def test_nothing_answers_without_a_session(base, place):
    for accept in ("*/*", "text/html"):
        status, body = ask(address(base, place), accept=accept)
        assert status == 401, (place, status)
        assert "请先登录" in body and not any(word in body for word in DATA)
    for method in ("POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
        assert ask(address(base, place), method=method)[0] == 401, (place, method)


def test_the_state_of_health_is_told_to_everybody(base):
    assert ask(base + "/_stcore/health") == (200, "ok")


@pytest.mark.parametrize("path", ["/_stcore/stream", "/trend/_stcore/stream", "/other"])
def test_no_socket_opens_without_a_session(base, path):
    late = cookie(person(base, iat=int(time.time()) - 13 * 3600))
    for name, value in (
        ("nothing", ""),
        ("not a cookie", "x"),
        ("forged", cookie(person(base), "another-secret-that-is-long-enough-too")),
        ("of another cookie", cookie(person(base), name="_streamlit_user_tokens")),
        ("changed", cookie(person(base))[:-2] + "xx"),
        ("late", late),
        ("early", cookie(person(base, iat=int(time.time()) + 3600))),
        ("without a time", cookie(person(base, iat=None))),
        ("not signed in", cookie(person(base, is_logged_in=False))),
        ("a stranger", cookie(person(base, email=STRANGER))),
        ("chunks that are not there", cookie("chunks-9")),
    ):
        with pytest.raises(InvalidStatus) as refused:
            headers = {"Cookie": f"{COOKIE}={value}"} if value else {}
            connect(base.replace("http", "ws") + path, subprotocols=["streamlit"], additional_headers=headers, origin=base)
        assert refused.value.response.status_code == 403, name
    assert ask(base + "/", f"{COOKIE}={late}", accept="text/html")[0] == 401


def test_a_socket_with_a_session_opens(base):
    """So that the test above refuses for the reason it names."""
    headers = {"Cookie": f"{COOKIE}={cookie(person(base))}"}
    with connect(base.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], additional_headers=headers, origin=base):
        pass


# ------------------------------------------------------------------------------------------------ in the browser
def sign_in_as(tab: browser_app.Visit, who: str, path: str = "/") -> None:
    page = tab.page
    page.goto(tab.base + path)
    page.get_by_text("请先登录").wait_for()
    assert not any(word in page.content() for word in DATA)
    page.get_by_role("link", name="登录").click()
    page.get_by_role("button", name=who).click()


@pytest.fixture
def tab(chrome, base) -> Iterator[browser_app.Visit]:
    """A browser that knows no cookie yet."""
    context = chrome.new_context(locale="zh-CN")
    yield browser_app.Visit(context, base)
    context.close()


def leave(page) -> None:
    sure = page.get_by_role("button", name=re.compile("end|yes|confirm", re.IGNORECASE)).first
    for _ in range(4):  # a click is lost while the page draws itself anew
        page.get_by_role("link", name="退出登录").click()
        page.wait_for_timeout(1000)
        if sure.count():
            break
    sure.click()
    page.get_by_text("请先登录").wait_for()


def test_sign_in_see_the_page_that_was_asked_for_and_sign_out(chrome, base, tab):
    sign_in_as(tab, FRIEND, "/trend?places=江津")
    page = tab.page
    tab.settled(0)
    assert page.url.startswith(base + "/trend?places=")
    page.get_by_role("heading", name="五年趋势").wait_for()
    tab.errors.clear()  # of the provider's pages, and the browser's word for 401
    assert "江津" in page.content()
    foot = page.locator(".pb-foot")
    assert FRIEND in foot.inner_text()
    for key in ("compare", "explore", "sources"):
        tab.open(f"/{key}")
        page.get_by_role("heading", name=registry.entry(key).title, exact=True).wait_for()
    assert tab.errors == []
    kept = {each["name"]: each["value"] for each in page.context.cookies()}
    session = f"{COOKIE}={kept[COOKIE]}"
    assert ask(base + "/", session, accept="text/html")[0] == 200
    assert ask(base + "/_stcore/host-config", session)[0] == 200
    second, third = browser_app.Visit(page.context, base), browser_app.Visit(page.context, base)
    second.open("/compare")
    third.open("/compare")
    third.page.get_by_role("button", name="下载", exact=True).click()
    with third.page.expect_download():  # a file is made when it is asked for, over the open socket
        third.page.get_by_role("button", name="CSV数据").click()
    leave(page)
    with pytest.raises(NothingCame), third.page.expect_download(timeout=4000):
        third.page.get_by_role("button", name="CSV数据").click(force=True)
    assert ask(base + "/", session, accept="text/html")[0] == 401  # a copy of the cookie
    with pytest.raises(InvalidStatus):
        connect(base.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], additional_headers={"Cookie": session})
    second.page.get_by_role("link", name="五年趋势").first.click()  # a tab that was open
    second.page.get_by_text("登录已失效").wait_for()
    assert not any(word in second.page.locator("[data-testid=stMain]").inner_text() for word in DATA)


def test_a_file_is_only_for_somebody_who_is_signed_in(base, tab):
    sign_in_as(tab, FRIEND, "/explore")
    tab.settled(0)
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name=re.compile("CSV")).first.click()
    assert "/media/" in download.value.url
    kept = {each["name"]: each["value"] for each in tab.page.context.cookies()}
    status, body = ask(download.value.url, f"{COOKIE}={kept[COOKIE]}")
    assert status == 200 and "綦江" in body
    assert ask(download.value.url)[0] == 401
    assert ask(download.value.url, f"{COOKIE}={cookie(person(base, email=STRANGER))}")[0] == 403
    request = urllib.request.Request(download.value.url, headers={"Cookie": f"{COOKIE}={kept[COOKIE]}"})
    with urllib.request.urlopen(request) as found:
        assert found.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", [COLLEAGUE, MEMBER])
def test_a_domain_and_a_group_come_in(tab, who):
    sign_in_as(tab, who)
    tab.settled(0)
    tab.page.get_by_role("heading", name="总览").wait_for()


@pytest.mark.parametrize("who", [STRANGER, UNPROVEN])
def test_somebody_else_is_told_so_and_can_sign_out(base, tab, who):
    sign_in_as(tab, who, "/trend")
    page = tab.page
    page.get_by_text("不在允许名单中").wait_for()
    for path in ("/", "/trend", "/present?list=x"):
        page.goto(base + path)
        assert who in page.content() and not any(word in page.content() for word in DATA)
        assert page.locator("script").count() == 0
    leave(page)


def test_refusing_at_the_provider_leads_back_to_the_door(tab):
    page = tab.page
    page.goto(tab.base + "/")
    page.get_by_role("link", name="登录").click()
    page.get_by_role("button", name="Deny").click()
    page.get_by_text("请先登录").wait_for()


@pytest.mark.parametrize("wanted", ["//evil.example/", "https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "/%5Cevil.example", "%0d%0aX: y"])
def test_the_way_back_leads_to_no_other_host(base, wanted):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args, **kwargs):
            return None

    cookies = f"{COOKIE}={cookie(person(base))}; planboard_back={wanted}"
    with pytest.raises(urllib.error.HTTPError) as moved:
        urllib.request.build_opener(Stay).open(urllib.request.Request(base + "/", headers={"Cookie": cookies}))
    assert moved.value.headers["Location"] == "/"


def test_the_log_names_nobody_and_holds_no_key(base, log, tab):
    sign_in_as(tab, FRIEND, "/explore?q=秘密的词")
    tab.settled(0)
    leave(tab.page)
    ask(base + "/", f"{COOKIE}={cookie(person(base), 'x' * 40)}")
    said = log.read_text(encoding="utf-8", errors="replace").lower()
    assert said
    for word in (FRIEND, STRANGER, "刘", "秘密的词", SECRET, COOKIE + "=", "id_token"):
        assert word not in said and urllib.request.quote(word).lower() not in said, word


# ------------------------------------------------------------------------------------------------ half of a set-up
HALF = {
    "no client": ({"client_id": None}, "client_id"),
    "no secret": ({"client_secret": ""}, "client_secret"),
    "no provider": ({"server_metadata_url": None}, "server_metadata_url"),
    "a short cookie secret": ({"cookie_secret": "short"}, "cookie_secret"),  # pragma: allowlist secret
    "no TLS": ({"redirect_uri": "http://board.example/oauth2callback"}, "https"),
    "another way back": ({"redirect_uri": "https://board.example/"}, "oauth2callback"),
    "no list": ({"allow": None}, "[auth.allow]"),
    "an empty list": ({"allow": {"emails": []}}, "没有允许任何人"),
    "a misspelt list": ({"allow": {"email": [FRIEND]}}, "email"),
    "a list that is none": ({"allow": {"emails": FRIEND}}, "一列文字"),
    "everybody": ({"allow": {"domains": ["*"]}}, "通配符"),
    "a claim without values": ({"allow": {"claim": "groups"}}, "values"),
    "an address that is none": ({"allow": {"emails": ["liu"]}}, "emails"),
    "no end": ({"allow": {"emails": [FRIEND], "hours": 0}}, "hours"),
}


@pytest.mark.parametrize("case", HALF)
def test_half_a_set_of_rules_is_none(case):
    changes, word = HALF[case]
    with pytest.raises(sign_in.Incomplete, match=re.escape(word)):
        sign_in.read(settings("http://localhost:1", **changes))


def started(*options: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0", *options],
        cwd=browser_app.ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False,
    )


def test_a_server_with_half_a_set_up_does_not_start(tmp_path):
    half = written(tmp_path / "half.toml", settings("http://localhost:1", allow=None))
    broken = tmp_path / "broken.toml"
    broken.write_text("[auth]\nredirect_uri = ", encoding="utf-8")
    for ran, words in (
        (started("--secrets.files", str(half)), "没有 [auth.allow]"),
        (started("--secrets.files", str(broken)), "读不出来"),
        (started("--secrets.files", str(tmp_path / "none.toml"), PLANBOARD_SIGN_IN="on"), "没有 [auth]"),
        (started("--secrets.files", str(tmp_path / "none.toml"), PLANBOARD_SIGN_IN="yes"), "只能是 on"),
    ):
        assert ran.returncode != 0 and words in ran.stderr, ran.stderr
        assert SECRET not in ran.stderr + ran.stdout and "Traceback" not in ran.stderr


# ------------------------------------------------------------------------------------------------ who is who
def test_who_comes_in():
    allowed = sign_in.read(settings("http://localhost:1"))
    said = person("x")
    assert sign_in.standing(said, allowed) == sign_in.WELCOME
    for changes, expected in (
        ({"email": FRIEND.upper()}, sign_in.WELCOME),
        ({"email": "x@bureau.example"}, sign_in.WELCOME),
        ({"email": "x@sub.bureau.example"}, sign_in.STRANGER),
        ({"email": "x@evilbureau.example"}, sign_in.STRANGER),
        ({"email": "@bureau.example"}, sign_in.STRANGER),
        ({"email": "bureau.example"}, sign_in.STRANGER),
        ({"email": "x@bureau.example@evil.example"}, sign_in.STRANGER),
        ({"email": "x@bureau.example.evil.example"}, sign_in.STRANGER),
        ({"email": "x@bureaU\u0301.example"}, sign_in.STRANGER),
        ({"email": "x@else.example", "groups": "规划"}, sign_in.WELCOME),
        ({"email": "x@else.example", "groups": ["规划二"]}, sign_in.STRANGER),
        ({"email": None}, sign_in.STRANGER),
        ({"email": [FRIEND]}, sign_in.STRANGER),
        ({"email_verified": None}, sign_in.STRANGER),
        ({"email_verified": "true"}, sign_in.STRANGER),
        ({"is_logged_in": "yes"}, sign_in.NOBODY),
        ({"iat": "now"}, sign_in.NOBODY),
        ({"iat": True}, sign_in.NOBODY),
        ({"iat": float("nan")}, sign_in.NOBODY),
    ):
        assert sign_in.standing(said | changes, allowed) == expected, changes
    assert sign_in.standing({}, allowed) == sign_in.NOBODY
    kelvin = sign_in.read(settings("http://localhost:1", allow={"emails": ["kim@x.example"]}))
    assert sign_in.standing(said | {"email": "\u212aim@x.example"}, kelvin) == sign_in.STRANGER  # the sign of kelvin
    trusting = sign_in.read(settings("http://localhost:1", allow={"emails": [FRIEND], "trust_email": True}))
    assert sign_in.standing(said | {"email_verified": None}, trusting) == sign_in.WELCOME
    assert sign_in.standing(said | {"email_verified": False}, trusting) == sign_in.STRANGER


# ------------------------------------------------------------------------------------------------ no way around
@pytest.fixture
def fresh(monkeypatch, folder):
    """Nothing may be read: the data do not open."""
    from data import store

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("the data were opened")

    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    for name in ("connect", "build_id"):
        monkeypatch.setattr(store, name, opened)
    st.cache_data.clear()
    st.cache_resource.clear()


CLOSED = {
    "nobody": ({}, settings("http://localhost:1"), "请先登录", "登录"),
    "late": (person("x", iat=1), settings("http://localhost:1"), "登录已失效", "登录"),
    "stranger": (person("x", email=STRANGER), settings("http://localhost:1"), "不在允许名单中", "退出登录"),
    "half": (person("x"), settings("http://localhost:1", allow=None), "没有 [auth.allow]", None),
}


@pytest.mark.parametrize("key", [*(entry.key for entry in registry.ENTRIES), "present"])
@pytest.mark.parametrize("case", CLOSED)
def test_no_page_begins_before_the_check(fresh, case, key):
    user, auth, words, button = CLOSED[case]
    app = AppTest.from_file("../app.py", default_timeout=30)
    app.secrets["auth"], app.user = auth, user
    app.query_params.update({"fact": "x", "sql": "FROM facts", "list": "x"})
    app.run()
    app.switch_page(registry.path(key)).run()
    assert not app.exception
    assert words in app.text[0].value
    assert [each.label for each in app.button] == ([button] if button else [])
    assert not app.get("html") and not app.get("bidi_component") and not app.get("selectbox")


def test_the_check_stands_before_everything_in_app_py():
    source = (browser_app.ROOT / "app.py").read_text(encoding="utf-8")
    body = source[source.index("def main()"):]
    assert body.index("sign_in.require()") < min(body.index(call) for call in ("registry.pages", "st.navigation", "frame.show", "run()"))


def test_off_by_default(fresh, monkeypatch, folder):
    monkeypatch.undo()
    monkeypatch.setenv("PLANBOARD_DATA", str(folder))
    app = AppTest.from_file("../app.py", default_timeout=30).run()
    assert [each.value for each in app.title] == ["总览"]


def test_a_provider_that_does_not_answer_is_put_into_words(folder, tmp_path):
    secrets = written(tmp_path / "secrets.toml", settings("http://127.0.0.1:9"))
    log = tmp_path / "server.log"
    options = ("--secrets.files", str(secrets))
    app = browser_app.ROOT / "app.py"
    with browser_app.server(folder, app, *options, log=log, AUTHLIB_INSECURE_TRANSPORT="1") as address:
        status, body = ask(address + "/auth/enter", accept="text/html")
        assert status == 400 and sign_in.FAILED in body and "再试一次" in body and "Authentication" not in body
        who = f"{COOKIE}={cookie(person(address, email=STRANGER, sub=STRANGER))}"
        assert ask(address + "/", who, accept="text/html")[0] == 403
        assert ask(address + "/oauth2callback?state=forged&code=x", accept="text/html")[0] != 500
    lines = log.read_text(encoding="utf-8")
    assert "event=sign_in outcome=failed status=400" in lines
    assert "event=sign_in outcome=refused status=403" in lines and STRANGER not in lines


# ------------------------------------------------------------------------------------------------ the list changes
@pytest.fixture
def own(folder, provider, tmp_path) -> Iterator[tuple[Path, str, dict]]:
    """A server with a list of its own: where it stands, the address, the section [auth] as it was."""
    auth = settings(provider, allow={"emails": [FRIEND, MEMBER]})
    secrets = written(tmp_path / "secrets.toml", auth)
    options = ("--secrets.files", str(secrets))
    with browser_app.server(folder, browser_app.ROOT / "app.py", *options, AUTHLIB_INSECURE_TRANSPORT="1") as address:
        yield secrets, address, auth


def status(address: str, who: str) -> int:
    return ask(address + "/", f"{COOKIE}={cookie(person(address, email=who, sub=who))}", accept="text/html")[0]


def test_who_is_taken_off_the_list_is_out_at_once(own, chrome):
    """The page, the socket that is open, files made when asked for, files made before; without a restart."""
    secrets, address, auth = own
    context = chrome.new_context(locale="zh-CN")
    tab = browser_app.Visit(context, address)
    sign_in_as(tab, FRIEND, "/explore")
    tab.settled(0)
    button = tab.page.get_by_role("button", name="CSV", exact=True)
    with tab.page.expect_download() as download:
        button.click()
    kept = {each["name"]: each["value"] for each in context.cookies()}
    session, file = f"{COOKIE}={kept[COOKIE]}", download.value.url
    assert ask(file, session)[0] == 200
    written(secrets, auth | {"allow": {"emails": [MEMBER]}})
    browser_app.until(lambda: ask(file, session)[0] == 403, 5)
    with pytest.raises(NothingCame), tab.page.expect_download(timeout=4000):
        button.click(force=True)
    with pytest.raises(InvalidStatus):
        connect(address.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], additional_headers={"Cookie": session})
    assert ask(address + "/_stcore/host-config", session)[0] == 403 and status(address, MEMBER) == 200
    tab.page.goto(address + "/compare")
    tab.page.get_by_text("不在允许名单中").wait_for()
    written(secrets, auth)
    browser_app.until(lambda: ask(address + "/", session, accept="text/html")[0] == 200, 5)
    tab.open("/compare")
    context.close()


def test_an_open_tab_of_somebody_taken_off_is_told(own, chrome):
    secrets, address, auth = own
    context = chrome.new_context(locale="zh-CN")
    tab = browser_app.Visit(context, address)
    sign_in_as(tab, FRIEND, "/compare")
    tab.settled(0)
    written(secrets, auth | {"allow": {"emails": [MEMBER]}})
    browser_app.until(lambda: status(address, FRIEND) == 403, 5)
    tab.page.get_by_role("link", name="五年趋势").first.click()
    tab.page.get_by_text("不在允许名单中").wait_for()
    assert not any(word in tab.page.locator("[data-testid=stMain]").inner_text() for word in DATA)
    context.close()


def test_a_list_that_is_spoilt_under_way_lets_nobody_in(own):
    secrets, address, auth = own
    assert status(address, FRIEND) == 200
    for spoil in (
        lambda: secrets.write_text("[auth]\nredirect_uri = ", encoding="utf-8"),
        lambda: secrets.write_text("", encoding="utf-8"),
        lambda: secrets.write_text("[other]\nx = 1\n", encoding="utf-8"),
        lambda: written(secrets, auth | {"allow": None}),
        lambda: written(secrets, auth | {"allow": {"emails": []}}),
        lambda: secrets.write_bytes(b"[auth]\xff"),
        secrets.unlink,
    ):
        spoil()
        browser_app.until(lambda: status(address, FRIEND) == 503, 5)
        said = ask(address + "/", accept="text/html")[1]
        assert "暂不开放" in said and SECRET not in said and not any(word in said for word in DATA)
        assert ask(address + "/_stcore/health") == (200, "ok")
        session = f"{COOKIE}={cookie(person(address))}"
        with pytest.raises(InvalidStatus):
            connect(address.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], additional_headers={"Cookie": session})
        written(secrets, auth)
        browser_app.until(lambda: status(address, FRIEND) == 200, 5)


def test_a_list_put_back_from_an_older_copy_counts(own):
    secrets, address, auth = own
    assert status(address, FRIEND) == 200
    older = written(secrets.with_name("older.toml"), auth | {"allow": {"emails": [MEMBER]}})
    os.utime(older, (1, 1))
    older.replace(secrets)
    browser_app.until(lambda: status(address, FRIEND) == 403, 5)
    assert status(address, MEMBER) == 200
