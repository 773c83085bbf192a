"""How long the server takes to answer a click on each page, against a Streamlit page with nothing but one chart.

    python -m tests.benchmarks.bench_pages [--clicks 25] [--large FOLDER]

Measured over Streamlit's own websocket, without a browser: from the message of a click to the end of the script's run and
its last message. Three servers in the same run: the empty page, the dashboard over the five reports and over ten million
facts; their clicks alternate, so that what else the machine does falls on all. Goal: at most 1.5 times the empty page.
The same two choices are taken in turn, as when many look at the same views: their answers are kept. Where places can be
chosen, beside it the first time that a choice is made, when everything has to be asked of the data; it has no goal.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from data import store
from tests import browser_app
from tests.benchmarks import figures, large
from tests.benchmarks.session import Session, opened

GOAL = 1.5
BASELINE = """
import altair as alt
import pandas as pd
import streamlit as st

st.set_page_config(page_title="x", layout="wide")
picked = st.segmented_control("x", ["a", "b"], default="a", required=True)
rows = pd.DataFrame({"x": range(30), "y": [(n * (7 if picked == "a" else 11)) % 30 for n in range(30)]})
st.altair_chart(alt.Chart(rows).mark_bar().encode(x="x:O", y="y:Q"))
st.session_state["n"] = st.session_state.get("n", 0) + 1
st.html(f"<footer data-run={st.session_state['n']}></footer>")
"""
_TWO, _THREE = ("綦江", "江津"), ("綦江", "江津", "南岸")
#: Page, its address, the label of what is changed, and the two choices taken in turn.
PAGES = (
    ("总览", "/", "区县", _TWO, _THREE),
    ("区县对比：一项", "/compare", "看什么", ("总量",), ("增速",)),
    ("区县对比：一个专题", "/compare?theme=共享", "区县", _TWO, _THREE),
    ("五年趋势：一项", "/trend", "看什么", ("总量",), ("增速",)),
    ("五年趋势：一个专题", "/trend?theme=共享", "区县", _TWO, _THREE),
    ("目标差距：一年", "/target_gap", "区县", _TWO, _THREE),
    ("目标差距：三年", "/target_gap?years=2022&years=2024&years=2025", "区县", _TWO, _THREE),
    ("明细下载", "/explore", "完成或目标", ("完成情况",), ("计划目标",)),
    ("原文出处", "/sources", "标出", ("数据",), ("全部",)),
    ("数据说明：指标口径", "/method?part=指标口径", "本页各部分", ("计算方法",), ("指标口径",)),
    ("数据说明：覆盖", "/method", "本页各部分", ("覆盖",), ("需要留意",)),
)
PLACES = "区县"
HEAD = ("页面（毫秒）", "空页 中位", "空页 95%", "看板 中位", "看板 95%", "初次选择 中位", "比值")


def _measured(session: Session, bare: Session, page: tuple, clicks: int) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of the clicks on the page and on the empty page, and of choices of places made for the first time."""
    _, path, label, *choices = page
    session.open(path)
    times, base = [], []
    for n in range(clicks + 4):
        pair = session.choose(label, *choices[n % 2]), bare.choose("x", "ba"[n % 2])
        if n >= 4:  # everything is read once before
            times.append(1000 * pair[0])
            base.append(1000 * pair[1])
    return times, base, _first_times(session, choices, clicks) if label == PLACES else []


def _first_times(session: Session, seen: list, most: int) -> list[float]:
    """Milliseconds of clicks on one, two or three places that were not chosen together before; at most ``most``."""
    offered, draw, known, times = session.offered(PLACES), random.Random(7), {frozenset(each) for each in seen}, []
    for _ in range(most):
        wanted = frozenset(draw.sample(offered, min(draw.randint(1, 3), len(offered))))
        if wanted not in known:
            known.add(wanted)
            times.append(1000 * session.choose(PLACES, *(each for each in offered if each in wanted)))
    return times


def run(folder: Path, clicks: int = 25) -> dict[str, list[figures.Row]]:
    """A table for each size: rows of empty page p50 and p95, page p50 and p95, p50 of a first choice, ratio of the medians."""
    found: dict[str, list[figures.Row]] = {}
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        script = Path(temporary) / "baseline.py"
        script.write_text(BASELINE, encoding="utf-8")
        data = store.parquet_dir()
        bare = stack.enter_context(opened(stack.enter_context(browser_app.server(data, script))))
        bare.open("/")
        for title, build in (("1,400 条", data), ("1,000 万条", folder)):
            base = stack.enter_context(browser_app.server(build))
            rows = found[title] = []
            for page in PAGES:
                with opened(base) as session:
                    times, empty, first = _measured(session, bare, page, clicks)
                middle, floor = statistics.median(times), statistics.median(empty)
                cells = [floor, figures.p95(empty), middle, figures.p95(times)]
                said = [f"{ms:.0f}" for ms in cells] + [f"{statistics.median(first):.0f}" if first else "—"]
                rows.append(figures.Row(page[0], said, middle / floor, GOAL))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="各页面的服务器用时与空页之比")
    parser.add_argument("--clicks", type=int, default=25, help="每页点击几次（缺省 25）")
    parser.add_argument("--large", type=Path, help="已有的大规模数据；缺省新写一份")
    parser.add_argument("--facts", type=int, default=large.FACTS, help="大规模数据的条数")
    options = parser.parse_args()
    with large.made(options.large, options.facts) as folder:
        for title, rows in run(folder, options.clicks).items():
            figures.show(f"页面：{title}", HEAD, rows)


if __name__ == "__main__":
    main()
