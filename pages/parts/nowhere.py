"""An address where there is no page says so, and which pages there are.

Streamlit answers every address with the same file, and shows its home page, or below the address of a page nothing at all.
"""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.url_util import make_url_path

from pages.parts import bare, registry

#: An address is repeated up to this length.
_LONGEST = 60


class Nowhere:
    """Puts a page of words, with status 404, in the place of the file that Streamlit sends for an address without a page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._base = config.get_option("server.baseUrlPath") or ""
        known = ["", registry.STAGE.key, *(entry.key for entry in registry.ENTRIES)]
        self._known = {self._at(key) for key in known}
        self._own = tuple(self._at(each) + "/" for each in ("_stcore", "media", "component", "app/static"))

    def _at(self, key: str) -> str:
        return make_url_path(self._base, key).rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        path = scope.get("path", "").rstrip("/")
        if scope["type"] != "http" or path in self._known or path.startswith(self._own):
            await self._app(scope, receive, send)
            return
        replaced = False

        async def sent(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                kind = dict(message.get("headers", ())).get(b"content-type", b"")
                replaced = message["status"] == 200 and kind.startswith(b"text/html")
            if not replaced:
                await send(message)

        await self._app(scope, receive, sent)
        if replaced:
            await self._say(path)(scope, receive, send)

    def _say(self, path: str) -> HTMLResponse:
        asked = path.removeprefix(self._at("")).lstrip("/")
        asked = asked[:_LONGEST] + "…" * (len(asked) > _LONGEST)
        links = [(self._at("" if entry is registry.HOME else entry.key) or "/", entry.title) for entry in registry.ENTRIES]
        return HTMLResponse(bare.page(f"没有“{asked}”这个页面，可能是网址抄错或少了一段。看板有这些页面：", links), 404)


def middleware() -> list[Middleware]:
    """For st.App, behind the door."""
    return [Middleware(Nowhere)]
