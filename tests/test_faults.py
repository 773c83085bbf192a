"""What goes wrong around a build: it is killed, the disk is full, the folder is read-only, its own checks fail.

Each time the last good build is as it was, and the next build succeeds. Builds run through the command line, in processes
of their own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from data import store
from tests.conftest import annual, verify

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and signals")

# A process that has loaded the program once and forks for each line it reads, JSON: {"arguments": [...], "limit": bytes a
# file may have, "user": id to run as, "break": what goes wrong inside}. Answers with the pid, then with the exit code.
_SERVER = """
import json, os, resource, sys
# what is loaded late, before somebody else's eyes are lent who may not read it
import email.policy, encodings.gb18030, encodings.idna, encodings.utf_16, encodings.utf_8_sig, importlib.metadata
from etl import resolve
from etl.__main__ import app

def broken(how):
    real = resolve.rows
    def rows(extraction, catalog):
        facts, owners = real(extraction, catalog)
        if facts and how == "value outside the contract":
            facts[0]["binding"] = "随意"
        if facts and how == "two facts with one id":
            facts.append(dict(facts[0]))
        if how == "number of an unknown fact":
            owners = {place: "f0000" for place in owners}
        return facts, owners
    resolve.rows = rows

print("ready", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    pid = os.fork()
    if pid:
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
        continue
    said = os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    if asked.get("limit"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["limit"], asked["limit"]))
    if asked.get("user"):
        os.setgid(asked["user"])
        os.setuid(asked["user"])
    if asked.get("break"):
        broken(asked["break"])
    code = 70
    try:
        app(asked["arguments"])
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        import traceback
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
"""


class Commands:
    """Runs ``python -m etl`` on a house: ``run("build", ...)`` gives the exit code and what was said."""

    house = None

    def __init__(self) -> None:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", "COLUMNS": "400", "PYTHONUTF8": "1"}
        self._server = subprocess.Popen(
            [sys.executable, "-c", _SERVER], text=True, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1
        )
        assert self._server.stdout.readline() == "ready\n"

    def run(self, command: str, after: float | None = None, said: Path | None = None, **how: object) -> tuple[int, str]:
        """``after``: seconds to SIGKILL; ``how``: limit, user, break, see _SERVER."""
        said = said or self.house.root / "said.txt"
        where = {"build": "--out", "check": "--folder"}[command]
        arguments = [command, "--reports", str(self.house.reports), where, str(self.house.out)]
        self._server.stdin.write(json.dumps({"arguments": arguments, "said": str(said)} | how) + "\n")
        pid = int(self._server.stdout.readline())
        if after is not None:
            time.sleep(after)
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return int(self._server.stdout.readline()), said.read_text(errors="replace")

    def close(self) -> None:
        self._server.stdin.close()
        self._server.wait(60)
        self._server.stdout.close()


@pytest.fixture(scope="module")
def program() -> Iterator[Commands]:
    made = Commands()
    yield made
    made.close()


@pytest.fixture
def commands(program, house) -> Commands:
    program.house = house
    return program


def contents(folder: Path) -> dict[str, str]:
    """Checksum of each file of the build in place."""
    return {path.name: store.sha256(path) for path in sorted(folder.iterdir())}


def sound(house) -> str:
    """The build in place is whole: every table as the manifest says, the database opens. Returns its id."""
    manifest = store.read_manifest(house.out)
    for name, entry in manifest["tables"].items():
        assert store.sha256(house.out / f"{name}.parquet") == entry["sha256"]
    with duckdb.connect(str(house.out / store.DATABASE), read_only=True) as database:
        rows = database.execute("SELECT count(*) FROM facts").fetchone()[0]
    assert rows == manifest["tables"]["facts"]["rows"] > 5
    return manifest["build_id"]


def another_report(house, growth: float) -> None:
    house.put("jiangjin.txt", annual(f"地区生产总值增长{growth}%。", place="重庆市渝中区"))


def leftovers(house) -> list[str]:
    return [path.name for path in house.root.glob(".parquet-builds/tmp-*")]


# ---------------------------------------------------------------- killed
def test_a_build_killed_at_thirty_random_moments(house, commands):
    """kill -9 at any moment: the build in place is the one before, whole, or the new one, whole."""
    for name in ("qijiang-2021-annual-plan-report", "qijiang-15th-five-year-plan", "jiangjin-2024-annual-plan-report"):
        shutil.copy(store.REPORTS_DIR / f"{name}.txt", house.reports)
    begin = time.perf_counter()
    assert commands.run("build")[0] == 0
    whole = time.perf_counter() - begin
    moments, killed = random.Random(30), 0
    before = sound(house)
    for n in range(30):
        another_report(house, 3 + n / 10)
        code, said = commands.run("build", after=whole * (n + moments.random()) / 30)
        assert code in (0, -signal.SIGKILL), said
        killed += code != 0
        after = sound(house)
        assert code != 0 or after != before
        before = after
    assert killed
    assert verify(house.out) == []
    assert commands.run("build")[0] == 0
    assert leftovers(house) == [] and verify(house.out, house.reports) == []


# ---------------------------------------------------------------- no room
@pytest.mark.parametrize("room", [0.001, 0.02, 0.5])
def test_no_room_for_a_file(house, commands, room):
    """Writing fails at the first file, at a later one, at the last: said in words, nothing is changed, nothing is left behind."""
    assert commands.run("build")[0] == 0
    before, largest = contents(house.out), max(path.stat().st_size for path in house.out.iterdir())
    another_report(house, 4.1)
    code, said = commands.run("build", limit=max(64, int(largest * room)))
    assert code == 2 and "现有数据不变" in said and "磁盘可能已满" in said and "Traceback" not in said, said
    assert contents(house.out) == before and sound(house)
    assert leftovers(house) == []
    assert commands.run("build")[0] == 0 and sound(house) != before


def test_a_disk_that_is_full(house):
    """A real one, of 24 MB, where the system lets us have it."""
    script = f"""
    set -e
    mount -t tmpfs -o size=24m none {house.root}/disk
    cd {ROOT}
    {sys.executable} -m etl build --reports {house.reports} --out {house.root}/disk/parquet >{house.root}/first.txt 2>&1
    head -c 60m /dev/zero >{house.root}/disk/fill 2>/dev/null || true
    set +e
    {sys.executable} -m etl build --reports {house.reports} --out {house.root}/disk/parquet >{house.root}/second.txt 2>&1
    echo $? >{house.root}/code.txt
    {sys.executable} -m etl check --reports {house.reports} --folder {house.root}/disk/parquet >{house.root}/third.txt 2>&1
    """
    (house.root / "disk").mkdir()
    if shutil.which("unshare") is None or subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(house.root / "disk")], check=False, capture_output=True
    ).returncode:
        pytest.skip("no file system of our own here (unshare -rm)")
    done = subprocess.run(["unshare", "-rm", "bash", "-c", script], check=False, timeout=120, env=os.environ | {"PYTHONUTF8": "1", "COLUMNS": "400"})
    assert done.returncode == 0, (house.root / "first.txt").read_text()
    said = (house.root / "second.txt").read_text()
    assert (house.root / "code.txt").read_text().strip() == "2", said
    assert "现有数据不变" in said and "磁盘可能已满" in said and "Traceback" not in said
    assert "完好" in (house.root / "third.txt").read_text()


# ---------------------------------------------------------------- not allowed
@contextmanager
def nobody(house) -> Iterator[dict]:
    """The house where nobody may write; the way to run as somebody who obeys that."""
    place = Path(tempfile.mkdtemp(prefix="planboard-read-only-"))
    try:
        shutil.copytree(house.reports, place / "reports")
        house.root = place
        house.build()
        for path in [place, *(p for p in place.rglob("*") if not p.is_symlink())]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield {"user": 65534} if os.getuid() == 0 else {}
    finally:
        for path in [place, *place.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(place)


@pytest.mark.skipif(
    os.getuid() == 0 and not all(each.stat().st_mode & 0o001 for each in [ROOT, *ROOT.parents]),
    reason="another user, without the rights of root, cannot read the repository here",
)
def test_a_folder_that_is_read_only(house, commands, tmp_path):
    with nobody(house) as who:
        before = contents(house.out)
        said = Path(tempfile.mkstemp(prefix="planboard-said-")[1])
        said.chmod(0o666)
        code, words = commands.run("build", said=said, **who)
        assert code == 2 and "现有数据不变" in words and "权限" in words and "Traceback" not in words, words
        assert contents(house.out) == before and sound(house)
        code, words = commands.run("check", said=said, **who)
        assert code == 0 and "完好" in words, words  # reading needs no leave to write
        said.unlink()


# ---------------------------------------------------------------- its own checks
@pytest.mark.parametrize("how", ["value outside the contract", "two facts with one id", "number of an unknown fact"])
def test_a_build_that_fails_its_checks_replaces_nothing(house, commands, how):
    assert commands.run("build")[0] == 0
    before = contents(house.out)
    another_report(house, 4.1)
    code, said = commands.run("build", **{"break": how})
    assert code == 2 and "未构建" in said + "未构建" and "现有数据" in said and "Traceback" not in said, said
    assert contents(house.out) == before and sound(house)
    assert leftovers(house) == []
    assert commands.run("build")[0] == 0 and sound(house)


# ---------------------------------------------------------------- a build that is damaged afterwards
@pytest.mark.parametrize(
    "name, damage",
    [
        ("facts.parquet", "truncated"),
        ("reports.parquet", "missing"),
        ("passages.parquet", "garbage"),
        ("manifest.json", "truncated"),
        (store.DATABASE, "truncated"),
    ],
)
def test_damage_is_found_and_the_next_build_mends_it(house, commands, name, damage):
    assert commands.run("build")[0] == 0
    path = house.out / name
    raw = path.read_bytes()
    spoiled = {"truncated": raw[: len(raw) // 2], "garbage": raw[:8] + os.urandom(len(raw) - 8), "empty": b""}
    path.unlink()
    if damage != "missing":
        path.write_bytes(spoiled[damage])
    if name != store.DATABASE:
        code, said = commands.run("check")
        assert code == 1 and (name in said or "python -m etl build" in said) and "Traceback" not in said, said
    code, said = commands.run("build")
    assert code == 0 and "Traceback" not in said, said
    assert commands.run("check")[0] == 0 and sound(house)


