"""What has been worked out is kept: the same question again, from any session, gets the very same objects, not copies.

Streamlit's own caches copy what they hold or take longer to find an answer than a page has for it. Kept answers live no
longer than Streamlit's resources and whoever still holds them; ``forget`` drops them at once.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import streamlit as st

#: ``most`` for answers of thousands of cells, of which hardly any two people have the same.
FEW = 8

P, T = ParamSpec("P"), TypeVar("T")


class _Answers(dict):
    """Function -> its answers."""


class _Answer:
    """One answer, worked out once, however many sessions ask for it at the same moment."""

    __slots__ = ("_lock", "_value", "there")

    def __init__(self) -> None:
        self._lock, self.there = Lock(), False

    def get(self, make: Callable[[], Any]) -> Any:
        """The answer; what ``make`` raises is not kept."""
        if not self.there:
            with self._lock:
                if not self.there:
                    self._value, self.there = make(), True
        return self._value


class _Asked(dict):
    """A dict that is part of a question."""

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))


@st.cache_resource(show_spinner=False)
def _held() -> _Answers:
    return _Answers()


_here: Callable[[], _Answers | None] = lambda: None


def _answers() -> _Answers:
    global _here
    held = _here()
    if held is None:  # Streamlit alone holds on to them
        held = _held()
        _here = weakref.ref(held)
    return held


def forget() -> None:
    """Drop every answer."""
    _answers().clear()


def kept(most: int = 64) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the answers to the last ``most`` questions to a function. Nobody may change them: all sessions share them.

    The answer must follow from the arguments alone, which can be hashed, or are dicts of such. A selection comes without
    its address: what is kept for it serves every address that selects the same.
    """

    def decorate(make: Callable[P, T]) -> Callable[P, T]:
        @wraps(make)
        def ask(*args: P.args, **named: P.kwargs) -> T:
            held = _answers()
            find = held.get(make) or held.setdefault(make, lru_cache(most)(lambda *args, **named: _Answer()))
            asked = [_Asked(arg) if type(arg) is dict else getattr(arg, "unaddressed", arg) for arg in args]
            return find(*asked, **named).get(lambda: make(*asked, **named))

        return ask

    return decorate
