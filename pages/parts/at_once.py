"""Every message of the server leaves at once, instead of waiting for the one before to be acknowledged.

A click is answered by many small messages. TCP holds a small one back until the browser has acknowledged the last, which
browsers put off for 40 ms: with that a click took three times as long as its run. Streamlit opens its port in a way that
keeps Python from seeing that it is TCP and from setting this itself.
"""

from __future__ import annotations

import socket

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send


class AtOnce:
    """Sets TCP_NODELAY for each socket of a page; does nothing where the server does not let it be reached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if scope["type"] == "websocket":
            transport = getattr(getattr(receive, "__self__", None), "transport", None)  # of uvicorn's protocol
            found = transport and transport.get_extra_info("socket")
            if found and found.family in (socket.AF_INET, socket.AF_INET6):
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self._app(scope, receive, send)


def middleware() -> list[Middleware]:
    """For st.App, before anything else that stands between it and the server."""
    return [Middleware(AtOnce)]
