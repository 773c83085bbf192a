"""How long each page takes to follow a click, against a Streamlit page with nothing but one chart, in the same run.

Measured in headless Chromium from the click to the end of the script's run (the counter in the footer changes): what a
reader waits for, the transport and the drawing of the elements included. Both servers run the same Streamlit with the
same settings; their clicks alternate, so that what else the machine does falls on both. Goal: a ratio of at most 1.5.

    PYTHONPATH=. python tests/benchmarks/bench_pages.py [clicks]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from data import store
from tests import browser_app

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
#: Page, and the two buttons that are clicked in turn.
PAGES = (
    ("总览", "/", ("南岸", "南岸")),
    ("区县对比：一项", "/compare", ("总量", "增速")),
    ("区县对比：一个专题", "/compare?theme=共享", ("南岸", "南岸")),
    ("五年趋势：一项", "/trend", ("总量", "增速")),
    ("五年趋势：一个专题", "/trend?theme=共享", ("南岸", "南岸")),
    ("目标差距：一年", "/target_gap", ("南岸", "南岸")),
    ("目标差距：三年", "/target_gap?years=2022&years=2024&years=2025", ("南岸", "南岸")),
    ("原文出处", "/sources", ("数据", "全部")),
    ("数据说明", "/method", ("计算方法", "指标口径")),
)
WAIT = """
([name, n]) => new Promise(done => {
  const button = [...document.querySelectorAll('[data-testid=stButtonGroup] button')].find(b => b.innerText.trim() === name);
  const start = performance.now();
  const look = () => {
    const foot = document.querySelector('[data-run]');
    const app = document.querySelector('[data-test-script-state]');
    if (foot && Number(foot.dataset.run) > n && app.dataset.testScriptState === 'notRunning') done(performance.now() - start);
    else setTimeout(look, 1);
  };
  button.click();
  look();
})
"""


def click(visit: browser_app.Visit, name: str) -> float:
    """Milliseconds from the click to the end of the run."""
    found = visit.page.evaluate(WAIT, [name, visit.runs()])
    visit.page.wait_for_timeout(60)  # let the browser finish drawing before the next one
    return found


def main(clicks: int) -> None:
    console, results = Console(), []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "baseline.py"
        script.write_text(BASELINE, encoding="utf-8")
        data = store.parquet_dir()
        with browser_app.server(data, script) as bare, browser_app.server(data) as ours, browser_app.browser() as chrome:
            empty = browser_app.Visit(chrome, bare).open("/")
            for name, path, buttons in PAGES:
                visit = browser_app.Visit(chrome, ours).open(path)
                visit.page.wait_for_timeout(800)
                for n in range(4):
                    click(visit, buttons[n % 2])
                    click(empty, "ab"[(n + 1) % 2])
                times, base = [], []
                for n in range(clicks):
                    times.append(click(visit, buttons[n % 2]))
                    base.append(click(empty, "ab"[(n + 1) % 2]))
                results.append((name, times, base))
                visit.page.close()
    table = Table(title=f"从点击到页面更新完（毫秒），各{clicks}次")
    for column in ("页面", "中位", "95%", "空页中位", "空页95%", "比值"):
        table.add_column(column, justify="left" if column == "页面" else "right")
    for name, times, base in results:
        middle, floor = statistics.median(times), statistics.median(base)
        late, floor_late = (sorted(each)[int(len(each) * 0.95)] for each in (times, base))
        table.add_row(name, *(f"{v:.0f}" for v in (middle, late, floor, floor_late)), f"{middle / floor:.2f}")
    console.print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
