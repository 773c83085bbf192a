"""Files made in a process of their own, so that a large one does not hold up the pages of others. No streamlit.

The file is asked for by a function of this project and its arguments, given to ``python -m pages.parts.workshop`` on
its standard input; it answers with the bytes.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
#: Up to so many rows a file is made at once: starting a process would take longer.
SMALL = 3_000
#: So many large files are made at a time; who asks for another waits. Seconds until one is given up.
AT_ONCE, PATIENCE = 2, 600
_turn = threading.BoundedSemaphore(AT_ONCE)


class NotMadeError(RuntimeError):
    """The file could not be made; the message is what the process said."""


def make(function: Callable[..., bytes], rows: int, **arguments: object) -> bytes:
    """``function(**arguments)``; here for up to SMALL rows, else in a process of its own.

    The function is one of a module, the arguments can be pickled. Raises NotMadeError, subprocess.TimeoutExpired.
    """
    if rows <= SMALL:
        return function(**arguments)
    with _turn:
        done = subprocess.run(
            [sys.executable, "-m", "pages.parts.workshop"],
            input=pickle.dumps((function, arguments), protocol=5),
            capture_output=True,
            cwd=_ROOT,
            timeout=PATIENCE,
            check=False,
        )
    if done.returncode:
        raise NotMadeError(done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2])
    return done.stdout


if __name__ == "__main__":
    os.nice(10) if hasattr(os, "nice") else None  # pages first
    wanted, given = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(wanted(**given))
