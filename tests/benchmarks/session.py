"""A browser session without a browser: Streamlit's own websocket messages, so that a server's latency is measured alone.

A session opens a page, keeps the widgets it was sent, changes one as a click does and waits for the end of the script's run.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

#: How a run ends well, of a page and of a part of it; 1 is a script that cannot be read.
FINISHED = (0, 3)
PATIENCE = 60.0


class Broken(RuntimeError):
    """The server did not answer, or answered with an error; the message says what."""


@dataclass
class Session:
    """One open page. widgets: id -> the element's message; states: id -> what is set; query: the address."""

    connection: ClientConnection
    query: str = ""
    page: str = ""
    widgets: dict[str, object] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    received: int = 0
    _cached: dict[str, ForwardMsg] = field(default_factory=dict)

    def open(self, path: str) -> float:
        """Go to an address such as /trend?theme=共享; seconds until its first run has ended."""
        self.page, _, self.query = path.lstrip("/").partition("?")
        self.query = urlencode(parse_qsl(self.query))
        self.widgets, self.states = {}, {}
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        return self._run(message)

    def choose(self, label: str, *values: str) -> float:
        """Set the buttons, list or menu of this label to these values; seconds until the run has ended.

        Broken where there is no such widget or it does not offer a value.
        """
        for name, made in self.widgets.items():
            if self._is(made, label) and hasattr(made, "options"):
                offered = [getattr(option, "content", option) for option in made.options]
                if missing := [value for value in values if value not in offered]:
                    raise Broken(f"“{label}”没有“{missing[0]}”")
                state = WidgetState(id=name)
                if type(made).__name__ == "Selectbox":
                    state.string_value = values[0]
                else:
                    state.string_array_value.data.extend(values)
                self.states[name] = state
                if made.query_param_key:  # as the browser does
                    kept = [(key, value) for key, value in parse_qsl(self.query) if key != made.query_param_key]
                    self.query = urlencode([*kept, *((made.query_param_key, value) for value in values)])
                message = BackMsg()
                message.rerun_script.query_string = self.query
                message.rerun_script.page_script_hash = self._hash
                message.rerun_script.widget_states.widgets.extend(self.states.values())
                return self._run(message)
        raise Broken(f"没有“{label}”")

    @staticmethod
    def _is(made: object, label: str) -> bool:
        """The widget has this label, which may tell how much there is to choose from: 区县（共2,900个）."""
        return getattr(made, "label", "").partition("（共")[0] == label

    def offered(self, label: str) -> list[str]:
        """What the widget of this label offers; empty without one."""
        made = next((each for each in self.widgets.values() if self._is(each, label)), None)
        return [getattr(option, "content", option) for option in getattr(made, "options", ())]

    def _run(self, message: BackMsg) -> float:
        start = time.perf_counter()
        message.rerun_script.cached_message_hashes.extend(self._cached)
        self.connection.send(message.SerializeToString())
        ended = None
        while ended is None:
            ended = self._receive(start + PATIENCE)
        if ended not in FINISHED:
            raise Broken(f"运行以 {ended} 结束")
        return time.perf_counter() - start

    def _receive(self, until: float) -> int | None:
        """One message; how the run ended, None while it goes on."""
        try:
            content = self.connection.recv(timeout=max(until - time.perf_counter(), 0.01))
        except TimeoutError:
            raise Broken("没有回答") from None
        _at_once(self.connection)
        self.received += len(content)
        message = ForwardMsg.FromString(content)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._cached.get(message.ref_hash, message)
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self._cached[message.hash] = message
        if kind == "new_session":
            self._hash = message.new_session.page_script_hash
            self._seen: set[str] = set()
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            self._keep(message)
        elif kind == "script_finished":
            if message.script_finished == 2:  # stopped for a run that begins anew
                return None
            self.widgets = {name: each for name, each in self.widgets.items() if name in self._seen}
            self.states = {name: each for name, each in self.states.items() if name in self._seen}
            return message.script_finished
        return None

    def _keep(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if message.delta.WhichOneof("type") != "new_element":
            return
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise Broken(element.exception.message[:200])
        made = getattr(element, kind) if kind else None
        if kind and getattr(made, "id", ""):
            self.widgets[made.id] = made
            self._seen.add(made.id)


def _at_once(connection: ClientConnection) -> None:
    """Acknowledge what comes without the delay of 40 ms that small messages may meet: it is the network's, not the server's."""
    if hasattr(socket, "TCP_QUICKACK"):  # Linux; has to be set again and again
        connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


@contextmanager
def opened(base: str) -> Iterator[Session]:
    """A session with the server at ``base`` (http://host:port)."""
    address = base.replace("http://", "ws://") + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None, origin=base, open_timeout=30) as connection:
        yield Session(connection)
