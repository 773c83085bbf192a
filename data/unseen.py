"""Characters that nobody sees (UNSEEN in terms.py): one pattern for whoever looks for them."""

from __future__ import annotations

import re

from data.terms import TURNING, UNSEEN

SIGN = "\ufffd"  # stands for one of them on a screen
UNSEEN_SIGN = re.compile(f"[{UNSEEN}]")
TURNING_SIGN = re.compile(f"[{TURNING}]")  # those that turn the direction of what follows


def without(text: str) -> str:
    """``text`` without the characters that nobody sees."""
    return UNSEEN_SIGN.sub("", text)


def shown(text: str) -> str:
    """``text`` with a sign for each of them, so that places stay the same."""
    return UNSEEN_SIGN.sub(SIGN, text)
