"""A build from end to end: bad input, a build that is killed, and the commands check, diff and explain."""

from __future__ import annotations

import functools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from data import catalog as catalog_module
from data import store
from data.catalog import CatalogError
from etl import build as build_module
from etl import compare, verify
from etl.__main__ import app
from etl.read import ReportError
from tests.conftest import REVIEW, annual, table

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def cli(house, monkeypatch):
    """Run a command of the ETL on the house; gives exit code, output and errors."""
    real = build_module.build
    monkeypatch.setenv("COLUMNS", "240")

    def run(command: str, *arguments: str):
        inputs = {"catalog_dir": house.catalog, "supplement_dir": house.supplement}
        monkeypatch.setattr(build_module, "build", functools.partial(real, **inputs))
        given = {"build": ["--reports", house.reports, "--out", house.out], "diff": ["--folder", house.out]}
        options = given.get(command, ["--folder", house.out, "--reports", house.reports])
        result = CliRunner().invoke(app, [command, *map(str, arguments), *map(str, options)])
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        return result

    return run


def facts(house) -> pd.DataFrame:
    return pd.read_parquet(house.out / "facts.parquet")


def places(house) -> set[str]:
    return set(facts(house)["district"])


# ---------------------------------------------------------------- a good build
def test_a_build_is_complete_and_sound(house, cli):
    result = cli("build")
    assert result.exit_code == 0, result.stderr
    assert verify.verify(house.out, house.reports) == []
    assert places(house) == {"綦江", "南岸"}
    manifest = store.read_manifest(house.out)
    assert {f"reports/{n}" for n in ("qijiang.txt", "nanan.txt")} <= set(manifest["inputs"])
    assert manifest["inputs"]["reports/qijiang.txt"] == store.sha256(house.reports / "qijiang.txt")
    for name, entry in manifest["tables"].items():
        assert entry == {
            "rows": len(pd.read_parquet(house.out / f"{name}.parquet")),
            "sha256": store.sha256(house.out / f"{name}.parquet"),
        }


def test_a_build_says_what_it_brought_against_the_one_before(house):
    house.build()
    assert store.read_manifest(house.out)["since"] is None
    first = store.build_id(house.out)
    house.put("jiangjin.txt", annual("地区生产总值增长4.1%。", place="重庆市江津区"))
    house.build()
    since = store.read_manifest(house.out)["since"]
    assert since == {"build_id": first, "come": 1, "gone": 0, "changed": 0, "reports": ["jiangjin"]}
    house.build()  # the same inputs again: nothing new was brought, what was said stays
    assert store.read_manifest(house.out)["since"] == since
    (house.out / "facts.parquet").write_bytes(b"broken")
    house.put("jiangjin.txt", annual("地区生产总值增长4.2%。", place="重庆市江津区"))
    house.build()
    assert store.read_manifest(house.out)["since"] is None


def test_the_output_may_be_read_with_sql(house):
    house.build()
    row = (
        store.connect(house.out)
        .cursor()
        .execute("SELECT value, unit FROM facts WHERE district = '綦江' AND indicator_id = 'gdp' AND measure = 'level'")
        .fetchone()
    )
    assert row == (558.2, "亿元")


def test_a_build_without_any_finding(house):
    """Nothing to complain of is no reason to fail."""
    (house.reports / "qijiang.txt").unlink()
    house.put("nanan.txt", annual("地区生产总值增长5.9%。", "地区生产总值增长6%。", place="重庆市南岸区"))
    house.build()
    assert pd.read_parquet(house.out / "findings.parquet").empty
    assert verify.verify(house.out, house.reports) == []


def test_a_report_cut_short_is_told(house, cli):
    """Only the half before the goals is there, as after a download that broke off."""
    whole = (house.reports / "qijiang.txt").read_text(encoding="utf-8")
    (house.reports / "qijiang.txt").write_text(whole[: whole.index("二、2025年")], encoding="utf-8")
    assert "没有读到2025年的目标：文件可能不全" in cli("build").output
    found = pd.read_parquet(house.out / "findings.parquet").set_index("kind")["report_id"]
    assert set(found[["incomplete"]]) == {"nanan", "qijiang"}  # that of Nan'an has no goals either


def test_what_is_left_out_makes_another_version(house, cli):
    """The page says what was left out; with the same version it would go on saying what it said before."""
    before = house.build().build_id
    house.put("broken.txt", "没有标题的文件。")
    assert house.build().build_id != before
    (house.reports / "broken.txt").unlink()
    assert house.build().build_id == before


def test_a_report_without_any_fact(house, cli):
    house.put("jiangjin.txt", annual("各项工作取得新成效。", place="重庆市江津区"))
    assert cli("build").exit_code == 0
    for name in ("qijiang.txt", "nanan.txt"):
        (house.reports / name).unlink()
    assert cli("build").exit_code in (0, 2)
    assert verify.verify(house.out) == []


def test_every_number_is_accounted_for(house):
    house.build()
    numbers = pd.read_parquet(house.out / "numbers.parquet")
    assert (numbers["fact_id"].notna() ^ numbers["reason"].notna()).all()
    assert set(numbers["fact_id"].dropna()) <= set(facts(house)["fact_id"])


def test_table_before_prose_is_preferred(house):
    house.build()
    f = facts(house).query(
        "district == '綦江' and indicator_id == 'gdp' and measure == 'growth' and year == 2024 and status == 'actual'"
    )
    assert f.sort_values("origin")[["origin", "preferred"]].to_numpy().tolist() == [["prose", False], ["table", True]]


# ---------------------------------------------------------------- the same again
def test_the_same_input_gives_the_same_ids(house):
    first = house.build()
    ids = facts(house)["fact_id"].tolist()
    second = house.build()
    assert second.build_id == first.build_id
    assert facts(house)["fact_id"].tolist() == ids


def test_in_parallel_the_same(house, monkeypatch):
    first = house.build()
    one = facts(house)
    monkeypatch.setattr(build_module, "PARALLEL_FROM", 0)
    assert house.build(workers=2).build_id == first.build_id
    pd.testing.assert_frame_equal(facts(house), one)


def test_another_folder_the_same(house, tmp_path):
    house.build()
    ids = facts(house)["fact_id"].tolist()
    copy = tmp_path / "elsewhere"
    shutil.copytree(house.reports, copy / "reports")
    summary = build_module.build(
        copy / "reports", copy / "out", catalog_dir=house.catalog, supplement_dir=house.supplement
    )
    assert summary.build_id == store.build_id(house.out)
    assert pd.read_parquet(copy / "out/facts.parquet")["fact_id"].tolist() == ids


def test_ids_survive_a_line_above_and_the_build_id_does_not(house):
    before = house.build()
    old = facts(house)
    path = house.reports / "qijiang.txt"
    text = path.read_text()
    path.write_text(text.replace("2024年，全区", "这一年来之不易。\n\n2024年，全区", 1))
    after = house.build()
    new = facts(house)
    assert sorted(new["fact_id"]) == sorted(old["fact_id"])
    assert after.build_id != before.build_id
    here = new.query("district == '綦江' and origin != 'derived'").set_index("fact_id")["line_start"]
    assert set(here - old.set_index("fact_id")["line_start"][here.index]) == {2}


@pytest.mark.parametrize("name", ["catalog", "supplement", "reports"])
def test_any_changed_input_changes_the_build_id(house, name):
    before = house.build().build_id
    if name == "catalog":
        house.edit("lexicon.csv", lambda rows: [*rows, {"role": "generic", "word": "某物", "value": "", "note": ""}])
    elif name == "supplement":
        (house.supplement / "facts.csv").write_text(SUPPLEMENT)
    else:
        house.put("nanan.txt", annual("地区生产总值增长5.8%。", place="重庆市南岸区"))
    assert house.build().build_id != before


# ---------------------------------------------------------------- bad reports: named, left out, the others built
BAD = [
    ("empty.txt", b"", r"empty\.txt: .*空"),
    ("blank.txt", b" \n\n\t", r"blank\.txt: .*空"),
    ("binary.txt", bytes(range(256)) * 50, r"binary\.txt: 不是文本文件"),
    ("report.docx", b"PK\x03\x04" * 100, r"report\.docx: .*另存为纯文本"),
    ("scan.pdf", b"%PDF-1.7", r"scan\.pdf: .*另存为纯文本"),
    ("noextension", "关于".encode(), r"noextension: .*另存为纯文本"),
    ("notice.txt", "\n\n会议通知\n".encode(), r"notice\.txt:3: 开头没有"),
    ("latin.txt", "Résumé, naïve café, prix 5,5 %\n".encode("latin-1") * 40, r"latin\.txt:1: .*UTF-8"),
    ("cut.txt", b"\xff\xfe" + annual("增长5%。").encode("utf-16-le")[:-1], r"cut\.txt: .*无法解码"),
    ("broken.txt", annual("增长5%。").encode() + b"\xff\xff\xff\n", r"broken\.txt:\d+: .*UTF-8"),
]


@pytest.mark.parametrize("name, content, message", BAD, ids=[b[0] for b in BAD])
def test_a_bad_report_is_named_and_the_others_are_built(house, cli, name, content, message):
    house.put(name, content)
    result = cli("build")
    assert result.exit_code == 1
    lines = [line.strip() for line in result.stderr.splitlines()]
    assert len([line for line in lines if re.match(message, line)]) == 1, result.stderr
    assert "未采用 1 项" in result.stderr
    assert places(house) == {"綦江", "南岸"}
    assert verify.verify(house.out, house.reports) == []
    assert len(store.read_manifest(house.out)["left_out"]) == 1


def test_a_report_received_twice(house, cli):
    house.put("qijiang-copy.txt", (house.reports / "qijiang.txt").read_text() + "\n附件\n")
    result = cli("build")
    assert result.exit_code == 1
    assert "qijiang.txt" in result.stderr and "qijiang-copy.txt" in result.stderr and "同一份报告" in result.stderr
    assert facts(house).query("district == '綦江'")["report_id"].nunique() == 1


def test_several_bad_reports_are_all_listed(house, cli):
    for name, content, _ in BAD:
        house.put(name, content)
    result = cli("build")
    assert result.exit_code == 1 and f"未采用 {len(BAD)} 项" in result.stderr
    assert all(name in result.stderr for name, _, _ in BAD)


def test_files_that_are_not_meant_are_passed_over(house, cli):
    house.put(".DS_Store", b"\x00\x01")
    house.put("~$report.docx", b"\x00\x01")
    house.put("README.md", b"# notes")
    (house.reports / "old").mkdir()
    assert cli("build").exit_code == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "1935年，粮食产量3万吨。",
        "到2099年，地区生产总值达到9万亿元。",
        "固定资产投资" + "9" * 400 + "亿元，增长5%。",
        "固定资产投资0亿元，增长0%，社会消费品零售总额0.0亿元，下降100%。",
        "固定资产投资163.2亿元，下降250%。",
        "“十四五”以来，固定资产投资年均下降120%，2021年固定资产投资下降100%，2022年增长3%。",
        "“十四五”以来，固定资产投资年均下降100%。2021年，固定资产投资增长3%。",
        "2021年，固定资产投资下降100%。“十四五”以来，固定资产投资年均增长3%。",
        "地区生产总值558.2亿元\x00，增长5.5%\x07。",
        "地区生产总值558.2亿元\ufeff\u200b，增长5.5%\U0001f680。",
    ],
)
def test_one_odd_sentence_does_not_stop_the_build(house, cli, sentence):
    """Whatever a report states: it is read, or it is named; the other reports are built in any case."""
    house.put("jiangjin.txt", annual(sentence + "粮食产量36万吨。", place="重庆市江津区"))
    result = cli("build")
    assert result.exit_code in (0, 1), result.stderr
    assert {"綦江", "南岸"} <= places(house)
    assert verify.verify(house.out, house.reports) == []


# ---------------------------------------------------------------- bad catalogue: every mistake with file and line
def row_of(path: Path, text: str) -> int:
    return next(n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text in line)


def test_a_catalogue_with_several_mistakes_names_each(house, cli):
    house.build()
    last = store.build_id(house.out)
    house.edit(
        "indicators.csv",
        lambda rows: [
            *rows,
            dict(rows[0]),
            rows[1] | {"indicator_id": "strange", "indicator": "怪指标", "unit_level": "蒲式耳"},
        ],
    )
    house.edit(
        "exclusions.csv", lambda rows: [*rows, rows[0] | {"pattern": "(未闭合"}, rows[0] | {"reason": "no_such_reason"}]
    )
    house.edit("aliases.csv", lambda rows: [*rows, rows[0] | {"alias": "某别名", "indicator_id": "no_such_indicator"}])
    result = cli("build")
    assert result.exit_code == 2
    count = len((house.catalog / "indicators.csv").read_text(encoding="utf-8").splitlines())
    for message in (
        rf"indicators\.csv:{count - 1}: .*gdp.*重复",
        rf"indicators\.csv:{count}: .*蒲式耳.*units\.csv",
        rf"exclusions\.csv:{row_of(house.catalog / 'exclusions.csv', '未闭合')}: .*正则",
        rf"exclusions\.csv:{row_of(house.catalog / 'exclusions.csv', 'no_such_reason')}: .*no_such_reason",
        rf"aliases\.csv:{row_of(house.catalog / 'aliases.csv', '某别名')}: .*no_such_indicator",
    ):
        assert re.search(message, result.stderr), (message, result.stderr)
    assert store.build_id(house.out) == last and verify.verify(house.out, house.reports) == []


def drop(column: str):
    return lambda rows: [{k: v for k, v in r.items() if k != column} for r in rows]


MISTAKES = [
    ("indicators.csv", drop("direction"), r"indicators\.csv:1: 缺少列 direction"),
    ("units.csv", drop("factor"), r"units\.csv:1: 缺少列 factor"),
    ("aliases.csv", drop("alias"), r"aliases\.csv:1: 缺少列 alias"),
    ("districts.csv", drop("full_name"), r"districts\.csv:1: 缺少列 full_name"),
    ("lexicon.csv", drop("role"), r"lexicon\.csv:1: 缺少列 role"),
    ("units.csv", lambda rows: [*rows, rows[0]], r"units\.csv:\d+: .*重复"),
    ("units.csv", lambda rows: [*rows, rows[0] | {"unit": "新单位", "factor": "一千"}], r"units\.csv:\d+: .*不是数字"),
    ("districts.csv", lambda rows: [*rows, rows[5]], r"districts\.csv:\d+: .*重复"),
    ("indicators.csv", lambda rows: [rows[0] | {"direction": "2"}, *rows[1:]], r"indicators\.csv:2: direction"),
    ("indicators.csv", lambda rows: [rows[0] | {"plausible_max": "很多"}, *rows[1:]], r"indicators\.csv:2: .*不是数字"),
    ("indicators.csv", lambda rows: [rows[0] | {"category": "其他"}, *rows[1:]], r"indicators\.csv:2: .*其他"),
    ("indicators.csv", lambda rows: [rows[0] | {"kind": "amount"}, *rows[1:]], r"indicators\.csv:2: .*amount"),
    ("lexicon.csv", lambda rows: [*rows, rows[0] | {"word": ""}], r"lexicon\.csv:\d+: 缺少词语"),
]


@pytest.mark.parametrize("name, change, message", MISTAKES, ids=[m[2] for m in MISTAKES])
def test_a_mistake_in_the_catalogue_is_told_with_file_and_line(house, name, change, message):
    house.edit(name, change)
    with pytest.raises(CatalogError) as caught:
        catalog_module.load(house.catalog)
    assert [p for p in caught.value.problems if re.match(message, p)], caught.value.problems
    assert all(re.match(r"\w+\.csv(:\d+)?: ", p) for p in caught.value.problems)


def test_a_missing_catalogue_file(house):
    (house.own_catalog() / "units.csv").unlink()
    with pytest.raises(CatalogError, match=r"units\.csv: 缺少"):
        catalog_module.load(house.catalog)


def test_a_catalogue_file_in_another_encoding(house):
    path = house.own_catalog() / "units.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(CatalogError, match=r"units\.csv: .*UTF-8"):
        catalog_module.load(house.catalog)


def test_a_row_with_a_comma_too_many(house):
    path = house.own_catalog() / "units.csv"
    path.write_text(path.read_text(encoding="utf-8") + "斛,mass,吨,0.1,,,,\n", encoding="utf-8")
    last = len(path.read_text(encoding="utf-8").splitlines())
    with pytest.raises(CatalogError, match=rf"units\.csv:{last}: 列数"):
        catalog_module.load(house.catalog)


# ---------------------------------------------------------------- the supplement
HEADER = "district,year,indicator,measure,value,unit,source_title,publisher,source_url,retrieved_as,confidence,note\n"
TAIL = "统计公报,统计局,https://example.org/,official page,high,"
GOOD = f"綦江区,2023,地区生产总值,level,530.1,亿元,{TAIL}\n"
SUPPLEMENT = HEADER + GOOD


def test_the_supplement_is_read_with_its_citation(house, cli):
    (house.supplement / "facts.csv").write_text(SUPPLEMENT + f"南岸区,2023,实际使用外资,level,0.52,亿美元,{TAIL}\n")
    assert cli("build").exit_code == 0
    f = facts(house).query("origin == 'supplement'").sort_values("value")
    assert f[["district", "value", "unit", "source_url"]].to_numpy().tolist() == [
        ["綦江", 530.1, "亿元", "https://example.org/"],
        ["南岸", 5200, "万美元", "https://example.org/"],
    ]


@pytest.mark.parametrize(
    "row, message",
    [
        (f"綦江区,2023,地区生产总值,level,530.1,蒲式耳,{TAIL}\n", "单位“蒲式耳”"),
        (f"綦江区,2023,地区生产总值,level,530.1,万人,{TAIL}\n", "单位“万人”"),
        (f"綦江区,2023,地区生产总值,level,很多,亿元,{TAIL}\n", "不是数字"),
        (f"綦江区,2023,地区生产总值,level,nan,亿元,{TAIL}\n", "不是数字"),
        (f"綦江区,二〇二三,地区生产总值,level,530.1,亿元,{TAIL}\n", "year"),
        (f"綦江区,20233,地区生产总值,level,530.1,亿元,{TAIL}\n", "year"),
        (f"綦江区,2023,地区生产总值,total,530.1,亿元,{TAIL}\n", "measure"),
        ("綦江区,2023,地区生产总值,level,530.1,亿元,公报,统计局,https://example.org/,page,high\n", "列"),
    ],
    ids=["unit", "other kind of unit", "words", "nan", "Chinese year", "year of five digits", "measure", "short row"],
)
def test_a_bad_row_of_the_supplement_is_named_and_left_out(house, cli, row, message):
    (house.supplement / "facts.csv").write_text(HEADER + GOOD + row)
    result = cli("build")
    assert result.exit_code == 1
    (line,) = [x.strip() for x in result.stderr.splitlines() if "facts.csv:3:" in x]
    assert message in line
    assert facts(house).query("origin == 'supplement'")["value"].tolist() == [530.1]


def test_a_supplement_without_a_column(house, cli):
    (house.supplement / "facts.csv").write_text(SUPPLEMENT.replace("confidence,", ""))
    result = cli("build")
    assert result.exit_code == 1 and "facts.csv:1: 缺少列 confidence" in result.stderr
    assert places(house) == {"綦江", "南岸"}


# ---------------------------------------------------------------- nothing usable: the last build stays
def empty(house):
    for path in house.reports.iterdir():
        path.unlink()


@pytest.mark.parametrize(
    "spoil, word",
    [
        (empty, "没有报告"),
        (lambda h: shutil.rmtree(h.reports), "不存在"),
        (lambda h: (empty(h), h.put("a.txt", b""), h.put("b.docx", b"PK")), "没有一份报告可用"),
        (lambda h: h.edit("units.csv", drop("factor")), "units.csv:1: 缺少列 factor"),
    ],
    ids=["empty folder", "no folder", "only bad reports", "bad catalogue"],
)
def test_nothing_usable(house, cli, spoil, word):
    house.build()
    before, last = facts(house), store.build_id(house.out)
    spoil(house)
    result = cli("build")
    assert result.exit_code == 2
    assert word in result.stderr and "现有数据不变" in result.stderr
    assert store.build_id(house.out) == last and verify.verify(house.out) == []
    pd.testing.assert_frame_equal(facts(house), before)


def test_without_any_build(house, cli):
    for command in (["check"], ["diff", str(house.out)], ["explain", "f123"]):
        result = cli(*command)
        assert result.exit_code != 0 and "python -m etl build" in result.stderr


def test_an_output_that_cannot_be_written(house):
    blocked = house.root / "file"
    blocked.write_text("")
    with pytest.raises(OSError):
        build_module.build(
            house.reports, blocked / "parquet", catalog_dir=house.catalog, supplement_dir=house.supplement
        )


def test_no_usable_report_raises_and_writes_nothing(house):
    empty(house)
    with pytest.raises(ReportError):
        house.build()
    assert not house.out.exists()


# ---------------------------------------------------------------- killed
# A process of its own that forks a build for each line it reads, which dies at the N-th change it makes in the folder
# (0: at none). It answers with the pid and the exit code.
_SERVER = """
import os, signal, sys
from pathlib import Path
from etl import build
root = Path(sys.argv[1])
house = dict(supplement_dir=root / "supplement")
build.build(root / "reports", root / "parquet", **house)
print("ready", flush=True)
EVENTS = {"os.mkdir", "os.rename", "os.symlink", "os.remove", "os.rmdir", "os.link", "shutil.rmtree", "os.replace"}
for line in sys.stdin:
    n = int(line)
    pid = os.fork()
    if pid:
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
        continue
    count = 0
    def hook(event, arguments):
        global count
        writing = event == "open" and isinstance(arguments[1], str) and "w" in arguments[1]
        if (event in EVENTS or writing) and str(root) in str(arguments[:2]):
            count += 1
            if count == n:
                os.kill(os.getpid(), signal.SIGKILL)
    if n:
        sys.addaudithook(hook)
    build.build(root / "reports", root / "parquet", **house)
    os._exit(0)
"""


@pytest.fixture
def killer(house):
    """Runs a build of the house in a process that can be killed: ``killer(at which change, after how long)`` -> exit code."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(house.root)],
        text=True,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=1,
    )
    assert server.stdout.readline() == "ready\n"

    def run(change: int, after: float | None = None) -> int:
        server.stdin.write(f"{change}\n")
        pid = int(server.stdout.readline())
        if after is not None:
            time.sleep(after)
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return int(server.stdout.readline())

    yield run
    server.stdin.close()
    server.wait(30)
    server.stdout.close()


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def sound(house) -> None:
    assert verify.verify(house.out, house.reports) == []
    assert len(facts(house)) > 5 and store.build_id(house.out)


@needs_fork
def test_a_build_killed_at_random_moments(house, killer):
    begin = time.perf_counter()
    assert killer(0) == 0
    whole = time.perf_counter() - begin
    moments = random.Random(15)
    killed = 0
    for _ in range(15):
        killed += killer(0, after=whole * moments.random()) == -signal.SIGKILL
        sound(house)
    assert killed  # some died; a fast one may have finished first
    assert killer(0) == 0
    sound(house)
    assert not list(house.root.glob(".parquet-builds/tmp-*"))


@needs_fork
def test_a_build_killed_at_each_step_of_writing(house, killer):
    """Systematically: die at the first, second, ... change in the output's folder, until one run gets through."""
    for n in range(1, 200):
        code = killer(n)
        sound(house)
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert 10 < n < 199
    assert killer(0) == 0
    sound(house)


@needs_fork
def test_a_plain_folder_with_a_build_is_replaced_without_a_gap(house, killer):
    """A build that was copied in as a plain folder is the last good build, too."""

    def plain():
        real = house.out.resolve()
        if house.out.is_symlink():
            house.out.unlink()
            shutil.copytree(real, house.out)

    for n in range(1, 200):
        plain()
        code = killer(n)
        sound(house)
        if code == 0:
            break


def test_a_failure_while_writing_leaves_the_last_build(house, monkeypatch):
    house.build()
    before, last = facts(house), store.build_id(house.out)
    real = pq.ParquetWriter.write_table

    def full_disk(writer, table, **options):
        if "reason" in table.column_names:
            raise OSError(28, "No space left on device")
        return real(writer, table, **options)

    house.put("nanan.txt", annual("地区生产总值增长5.8%。", place="重庆市南岸区"))
    monkeypatch.setattr(pq.ParquetWriter, "write_table", full_disk)
    with pytest.raises(OSError):
        house.build()
    assert store.build_id(house.out) == last and verify.verify(house.out) == []
    pd.testing.assert_frame_equal(facts(house), before)
    assert not list(house.root.glob(".parquet-builds/tmp-*"))


def test_builds_do_not_pile_up(house):
    for _ in range(5):
        house.build()
    assert len(list(house.root.glob(".parquet-builds/*"))) == 2
    assert verify.verify(house.out, house.reports) == []


def test_a_session_can_go_on_reading_the_build_before(house):
    house.build()
    connection = store.connect(house.out)
    house.put("nanan.txt", annual("地区生产总值增长5.8%。", place="重庆市南岸区"))
    house.build()
    assert connection.cursor().execute("SELECT count(*) FROM facts WHERE value = 5.9").fetchone() == (1,)
    assert store.connect(house.out).cursor().execute("SELECT count(*) FROM facts WHERE value = 5.8").fetchone() == (1,)


# ---------------------------------------------------------------- check
def test_check_passes_a_sound_build(house, cli):
    house.build()
    result = cli("check")
    assert result.exit_code == 0 and "完好" in result.stdout


@pytest.mark.parametrize("name", ["facts", "numbers", "passages", "reports", "findings", "districts", "indicators"])
def test_check_detects_a_flipped_byte(house, cli, name):
    house.build()
    path = house.out / f"{name}.parquet"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0x10
    path.write_bytes(raw)
    result = cli("check")
    assert result.exit_code == 1 and f"{name}.parquet" in result.stderr


def test_check_detects_a_deleted_table(house, cli):
    house.build()
    (house.out / "passages.parquet").unlink()
    result = cli("check")
    assert result.exit_code == 1 and "passages.parquet: 缺失" in result.stderr


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("558.2", "559.2", 1),
        lambda t: "新的一行\n" + t,
        lambda t: t + "\n附：全区粮食产量40万吨。\n",
    ],
    ids=["inside a quote", "a line above", "a line below"],
)
def test_check_detects_a_changed_report(house, cli, change):
    house.build()
    path = house.reports / "qijiang.txt"
    path.write_text(change(path.read_text()))
    result = cli("check")
    assert result.exit_code == 1 and "qijiang.txt" in result.stderr


@pytest.mark.parametrize("manifest", ["", "{", "{}", "[]", '{"build_id": "x"}', '{"build_id": "x", "tables": {}}'])
def test_check_detects_a_broken_manifest(house, cli, manifest):
    house.build()
    (house.out / "manifest.json").write_text(manifest)
    result = cli("check")
    assert result.exit_code in (1, 2) and result.stderr.strip()


def test_check_detects_a_changed_value_with_a_matching_checksum(house, cli):
    """A quote that is not in the report is found even where the hashes have been made to fit."""
    house.build()
    frame = facts(house)
    frame.loc[0, "quote"] = frame.loc[0, "quote"] + "。"
    frame.to_parquet(house.out / "facts.parquet", index=False)
    manifest = store.read_manifest(house.out)
    manifest["tables"]["facts"]["sha256"] = store.sha256(house.out / "facts.parquet")
    (house.out / "manifest.json").write_text(json.dumps(manifest))
    result = cli("check")
    assert result.exit_code == 1 and "引文与原文不符" in result.stderr


# ---------------------------------------------------------------- diff and explain
def test_diff_shows_what_came_went_and_changed(house, cli):
    house.build()
    old = house.root / "old"
    shutil.copytree(house.out, old)
    text = annual(
        REVIEW.replace("固定资产投资增长15.4%", "固定资产投资增长15.4%，进出口总额增长3%")
        + "\n\n"
        + table(
            ["指标名称", "计划目标", "完成情况"],
            ["GDP增速（%）", "7", "5.5"],
            ["空气质量优良天数（天）", "≥325", "331"],
            ["营商环境得分（分）", "80", "82"],
        ),
        "2025年，地区生产总值增长6.5%。",
    )
    house.put("qijiang.txt", text)
    house.edit("units.csv", lambda rows: [r | {"factor": "0.002"} if r["unit"] == "公斤" else r for r in rows])
    house.build()
    result = cli("diff", str(old))
    assert result.exit_code == 0
    gone, come, changed = (len(x) for x in compare.changes(old, house.out))
    assert (gone, come) == (2, 1) and changed >= 1
    assert "少了 2 条，多了 1 条" in result.stdout
    assert "进出口总额" in result.stdout and "城乡居民人均可支配收入比" in result.stdout
    assert "36.0" in result.stdout and "72.0" in result.stdout


def test_diff_of_a_build_with_itself(house, cli):
    house.build()
    result = cli("diff", str(house.out))
    assert result.exit_code == 0 and "少了 0 条，多了 0 条，变了 0 条" in result.stdout


def test_explain_prints_the_sentence(house, cli):
    house.build()
    f = facts(house).query("district == '綦江' and indicator_id == 'gdp' and measure == 'level'").iloc[0]
    result = cli("explain", f["fact_id"])
    assert result.exit_code == 0
    assert "全区地区生产总值558.2亿元" in result.stdout and "558.2 亿元" in result.stdout
    assert f["rule"] in result.stdout and f"第 {f['line_start']} 行" in result.stdout


def test_explain_goes_back_to_the_sources_of_a_derived_value(house, cli):
    house.build()
    f = facts(house).query("origin == 'derived' and indicator_id == 'retail_sales'").iloc[0]
    result = cli("explain", f["fact_id"])
    assert result.exit_code == 0
    assert all(i in result.stdout for i in f["derived_from"]) and "社会消费品零售总额130.5亿元" in result.stdout


def test_explain_without_the_report_still_prints_the_quote(house, cli):
    house.build()
    f = facts(house).query("district == '綦江' and indicator_id == 'gdp' and measure == 'level'").iloc[0]
    (house.reports / "qijiang.txt").unlink()
    result = cli("explain", f["fact_id"])
    assert result.exit_code == 0 and f["quote"] in result.stdout


def test_explain_an_unknown_fact(house, cli):
    house.build()
    result = cli("explain", "f0000")
    assert result.exit_code == 2 and "f0000" in result.stderr


def test_the_command_line_as_people_run_it(house):
    """python -m etl build in a process of its own: one good and one bad report -> exit code 1 and a sound build."""
    house.put("empty.txt", b"")
    command = [
        sys.executable,
        "-m",
        "etl",
        "build",
        "--reports",
        str(house.reports),
        "--out",
        str(house.out),
        "--workers",
        "1",
    ]
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1"}
    )
    assert done.returncode == 1, done.stderr
    assert "empty.txt: 文件是空的" in done.stderr and "Traceback" not in done.stderr
    assert verify.verify(house.out, house.reports) == []
