"""Helpers for browser tests: a fresh server for each test, a headless browser, and waiting for a run to end.

The browser is PLANBOARD_CHROMIUM, or chromium from the PATH; without one the tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHARTS = "[data-testid=stVegaLiteChart]"
CHART = f"{CHARTS} svg"
SIZES = {"desktop": (1920, 1080), "laptop": (1366, 768), "phone": (390, 844)}


def chromium() -> str:
    """Path of the browser; skips the test when there is none."""
    found = os.environ.get("PLANBOARD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no chromium: set PLANBOARD_CHROMIUM or apt-get install chromium")
    return found


@contextmanager
def server(
    data: Path,
    script: Path = ROOT / "app.py",
    *options: str,
    port: int = 0,
    log: Path | None = None,
    **environment: str,
) -> Iterator[str]:
    """A fresh Streamlit server over the build in ``data``, of the dashboard or of another script; yields its address.

    ``options`` of the command line, ``environment`` beside that of the tests; ``port``: 0 takes a free one; ``log``: where
    to write what the server says.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = port or probe.getsockname()[1]
    said = open(log, "ab") if log else subprocess.DEVNULL  # noqa: SIM115
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(script),
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
            *options,
        ],
        cwd=ROOT,
        env={**os.environ, "PLANBOARD_DATA": str(data), **environment},
        stdout=said,
        stderr=said,
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
        if log:
            said.close()


@contextmanager
def browser() -> Iterator:
    """A headless browser (playwright)."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()


class Visit:
    """One tab: what it said on the console and which other hosts it asked, beside the page itself."""

    def __init__(self, opened, base: str, size: tuple[int, int] = SIZES["laptop"]) -> None:
        self.base = base
        self.page = opened.new_page()
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.set_default_timeout(20_000)
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))
        self.page.on("request", self._request)

    def _console(self, message) -> None:
        # below a page's address Streamlit first looks for its own health route there, and finds it one level up
        if message.type == "error" and "/_stcore/" not in (message.location or {}).get("url", ""):
            self.errors.append(message.text)

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.base).netloc:
            self.outside.append(request.url)

    def runs(self) -> int:
        """How often the script has run to its end in this session."""
        foot = self.page.locator("[data-run]")
        return int(foot.first.get_attribute("data-run")) if foot.count() else 0

    def open(self, path: str) -> Visit:
        """Go to an address and wait for the page to be complete."""
        self.page.goto(self.base + path)
        self.settled(0)
        return self

    def settled(self, runs: int) -> None:
        """Wait until the script has run more than ``runs`` times and is not running."""
        self.page.wait_for_function(
            "n => { const f = document.querySelector('[data-run]'); return f && Number(f.dataset.run) > n }", arg=runs
        )
        self.page.wait_for_selector("[data-test-script-state=notRunning]")

    def drawn(self) -> Visit:
        """Wait until every chart is drawn and has the width of its box."""
        self.page.locator(CHART).first.wait_for()
        self.page.wait_for_function(
            "box => [...document.querySelectorAll(box)].every(e => e.ariaLabel && e.querySelector('svg text, canvas'))", arg=CHARTS
        )
        self.page.wait_for_timeout(300)
        return self

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        return self.page.evaluate(
            "Math.max(...[document.documentElement, ...document.querySelectorAll('[data-testid=stMain], "
            "[data-testid=stMainBlockContainer]')].map(e => e.scrollWidth - e.clientWidth))"
        )


def until(holds: Callable[[], object], seconds: float = 180) -> None:
    """Wait until something holds; fails when it does not."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not so after {seconds} seconds"
        time.sleep(0.05)
