"""The door of the server: what a browser may ask over its socket and, when sign-in is on, who may ask anything at all.

With sign-in, without a session, only the state of health, signing in and signing out answer. All else is closed, also what is added
later: a page asked for in the browser gives the page for signing in, any other request 401 or 403.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from urllib.parse import quote, unquote

from google.protobuf.message import DecodeError
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.websockets import WebSocketClose
from streamlit import config, net_util
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.url_util import make_url_path
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from data import log
from pages.parts import bare, sign_in

_BACK = "planboard_back"
_KEEP_NOT = {"Cache-Control": "no-store"}
_LONGEST = 3000  # bytes of an address that a cookie can carry


def middleware() -> list[Middleware]:
    """For st.App: the sieve, and the door when sign-in is on. With half a set of rules the program ends here, in words."""
    log.setup()  # what happens at the door comes before any page
    _ask_nobody()
    try:
        allowed = sign_in.rules()
    except sign_in.Incomplete as wrong:
        sys.exit(f"看板没有启动：{wrong}见 README.md 的“安全”一节。")
    if allowed is None:
        return [Middleware(Sieve)]
    sign_in.keep()
    return [Middleware(Door), Middleware(Sieve)]


def _ask_nobody() -> None:
    """When a page of another host knocks, Streamlit would ask services on the Internet for this server's own address, to
    compare; the server stands still for up to two seconds meanwhile, for everybody. Such a page is not let in anyway."""
    net_util.get_external_ip = lambda: None


def claims(cookies: Mapping[str, str]) -> dict:
    """What Streamlit's signed cookie says of the person; empty when there is none, or when it is forged or too old."""

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return None if value is None else decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace"))

    try:
        found = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class Sieve:
    """ASGI middleware that lets only those messages through which the pages themselves make a browser send.

    Streamlit's developers have more: anybody could empty the caches of all readers, again and again, and with them the
    bounds on statements under way.
    """

    def __init__(self, app) -> None:
        self._app = app

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def received() -> dict:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or _wanted(message.get("bytes")):
                    return message

        await self._app(scope, received, send)


class Door:
    """ASGI middleware around the whole server.

    The rules are asked for anew each time: Streamlit reads secrets.toml again when it changes, and who is taken off the
    list must be out at once. A server that began with sign-in stays closed while the rules are gone or incomplete.
    """

    def __init__(self, app) -> None:
        self._app = app
        base = config.get_option("server.baseUrlPath") or ""
        self._home, self._enter, self._leave = (make_url_path(base, at) for at in ("/", "auth/enter", "auth/logout"))
        self._health = make_url_path(base, "_stcore/health")
        self._open = {make_url_path(base, at) for at in ("auth/login", "oauth2callback")}

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "lifespan" or scope["path"] == self._health:
            await self._app(scope, receive, send)
            return
        allowed = _rules()
        if allowed is None:
            await self._shut(scope)(scope, receive, send)
            return
        if scope["path"] in self._open:
            await self._signing_in(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        person = claims(asked.cookies)
        found = sign_in.standing(person, allowed)
        if scope["type"] != "http":
            if found == sign_in.WELCOME:
                await self._app(scope, self._while_welcome(person, receive), send)
            else:
                await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        if scope["path"] == self._leave:
            if person:
                sign_in.end(person, allowed.seconds)
            await self._app(scope, receive, send)
        elif found != sign_in.WELCOME:
            await self._closed(asked, scope["method"], person, found)(scope, receive, send)
        elif (back := self._back(asked)) is not None:
            await back(scope, receive, send)
        else:
            await self._app(scope, receive, _not_kept(send))

    async def _signing_in(self, scope, receive, send) -> None:
        """Signing in, in the reader's words where it fails: Streamlit says "Authentication error" and no more."""
        failed: list[int] = []

        async def sent(message) -> None:
            if message["type"] == "http.response.start" and message["status"] >= 400:
                failed.append(message["status"])
            if not failed:
                await send(message)

        await self._app(scope, receive, sent)
        if failed:
            log.event("sign_in", outcome="failed", status=failed[0])
            await HTMLResponse(_page(sign_in.FAILED, self._enter, "再试一次"), failed[0], _KEEP_NOT)(scope, receive, send)

    @staticmethod
    def _shut(scope):
        """The answer to everything while the rules cannot be used."""
        if scope["type"] != "http":
            return WebSocketClose(1008)
        return PlainTextResponse(sign_in.SHUT, 503, _KEEP_NOT)

    def _while_welcome(self, person: Mapping, receive):
        """What a tab sends, for as long as its person may come in: an open socket must not outlive it.

        After that only a run of the whole page gets through: it begins with sign_in.require() and says what to do.
        Files made when asked for and parts of a page that run by themselves would not pass there.
        """

        async def received() -> dict:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            allowed = _rules()
            over = allowed is None or sign_in.standing(person, allowed) != sign_in.WELCOME
            if over and not _whole_run(message.get("bytes")):
                return {"type": "websocket.disconnect", "code": 1008}
            return message

        return received

    def _closed(self, asked: HTTPConnection, method: str, person: Mapping, found: str) -> Response:
        """The answer to a request without a session, or of somebody who is not on the list."""
        status = 403 if found == sign_in.STRANGER else 401
        if status == 403:
            log.event("sign_in", outcome="refused", status=status)
        if method != "GET" or "text/html" not in asked.headers.get("accept", ""):
            return PlainTextResponse(sign_in.REFUSED if status == 403 else sign_in.ASK, status, _KEEP_NOT)
        if status == 403:
            words = f"当前登录：{sign_in.name(person)}。{sign_in.REFUSED}"
            return HTMLResponse(_page(words, self._leave, "退出登录"), status, _KEEP_NOT)
        if asked.url.path == self._enter:
            return RedirectResponse(generate_login_redirect_url("default"), 302, _KEEP_NOT)
        response = HTMLResponse(_page(sign_in.LATE if person else sign_in.ASK, self._enter, "登录"), status, _KEEP_NOT)
        wanted = quote(asked.url.path + (f"?{asked.url.query}" if asked.url.query else ""), safe="")
        if len(wanted) <= _LONGEST:
            response.set_cookie(_BACK, wanted, max_age=600, path=self._home, httponly=True, samesite="lax")
        return response

    def _back(self, asked: HTTPConnection) -> Response | None:
        """After signing in, Streamlit goes to the first page; from there to the address that was asked for."""
        if asked.url.path not in (self._home, self._enter) or _BACK not in asked.cookies:
            return RedirectResponse(self._home) if asked.url.path == self._enter else None
        wanted = unquote(asked.cookies[_BACK])
        # only an address of this server: "//host" and "/\host" lead elsewhere
        good = wanted.startswith(self._home) and wanted[1:2] not in ("/", "\\") and wanted.isprintable()
        response = RedirectResponse(wanted if good and not wanted.startswith(self._enter) else self._home)
        response.delete_cookie(_BACK, path=self._home)
        return response


def _rules() -> sign_in.Rules | None:
    """The rules as they are now; None when there are none that can be used."""
    try:
        return sign_in.rules()
    except sign_in.Incomplete:
        return None


#: Kinds of message, and of request to the server in them, that a page needs.
_MESSAGES = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"}
_REQUESTS = {"deferred_file", "dataframe_chunk"}


def _wanted(content: bytes | None) -> bool:
    try:
        asked = BackMsg.FromString(content or b"")
    except DecodeError:
        return False
    kind = asked.WhichOneof("type")
    if kind == "backend_operation_request":
        return asked.backend_operation_request.WhichOneof("payload") in _REQUESTS
    return kind in _MESSAGES


def _whole_run(content: bytes | None) -> bool:
    try:
        asked = BackMsg.FromString(content or b"")
    except DecodeError:
        return False
    return asked.WhichOneof("type") == "rerun_script" and not asked.rerun_script.fragment_id


def _page(words: str, href: str, label: str) -> str:
    return bare.page(words, [(href, label)])


def _not_kept(send):
    """Answers with data are not kept by a browser or a cache on the way, where they would need no session."""

    async def sent(message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("Cache-Control", "no-store")
        await send(message)

    return sent
