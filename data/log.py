"""What the program says of itself: one line for each event, ``key=value``, to standard error.

No line holds anything of a reader's: no address, no words of a search, no SQL, no filters, and of an error only its kind
and where in the code it arose, because its message may quote what somebody typed.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LOGGER = logging.getLogger("planboard")
_LOGGER.addHandler(logging.NullHandler())  # silent until setup()
_DEEPEST = 12  # places of a traceback


def line(**fields: object) -> str:
    """Fields as key=value; a value with blanks, quotes or line breaks is quoted as in JSON; None is left out."""
    return " ".join(f"{key}={_plain(value)}" for key, value in fields.items() if value is not None)


def _plain(value: object) -> str:
    text = f"{value:.3f}" if isinstance(value, float) else str(value)
    simple = text and text.isprintable() and not any(c in ' "=' for c in text)
    return text if simple else json.dumps(text, ensure_ascii=False)


def where(error: BaseException) -> str:
    """The kind of an error and its places in the code, innermost last, without its message."""
    places = []
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(*path.parts[-2:])
        places.append(f"{name}:{frame.lineno}")
    return " > ".join(places[-_DEEPEST:])


class Lines(logging.Formatter):
    """Log records of this program and of the libraries it uses, each as one line."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter: a record made by ``event`` has its fields, any other its message."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        fields = {"time": moment, "level": record.levelname.lower()}
        fields |= getattr(record, "fields", None) or {"event": "library", "logger": record.name, "message": self._said(record)}
        if record.exc_info and record.exc_info[1] and "error" not in fields:
            fields |= {"error": type(record.exc_info[1]).__name__, "at": where(record.exc_info[1])}
        return line(**fields)

    @staticmethod
    def _said(record: logging.LogRecord) -> str:
        # the template without its arguments: these may be a reader's
        return str(record.msg) if record.args and record.levelno >= logging.WARNING else record.getMessage()


class _Stderr(logging.Handler):
    """To standard error as it is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr, flush=True)


def setup(*names: str) -> None:
    """Write the lines of this program, and of the loggers ``names`` and those below them, in this form."""
    if not any(isinstance(handler, _Stderr) for handler in _LOGGER.handlers):
        handler = _Stderr()
        handler.setFormatter(Lines())
        _LOGGER.addHandler(handler)
        _LOGGER.setLevel(logging.INFO)
        _LOGGER.propagate = False
    known = [n for n in logging.root.manager.loggerDict if any(n == name or n.startswith(name + ".") for name in names)]
    for handler in [handler for name in known for handler in logging.getLogger(name).handlers]:
        handler.setFormatter(Lines())


def event(name: str, error: BaseException | None = None, **fields: object) -> None:
    """Say that something happened; ``error``: what went wrong, by its kind and place."""
    fields = {"event": name} | fields
    if error is not None:
        fields |= {"error": type(error).__name__, "at": where(error)}
    _LOGGER.log(logging.ERROR if error is not None else logging.INFO, name, extra={"fields": fields})
