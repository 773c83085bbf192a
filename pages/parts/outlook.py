"""时序进度 on the page 五年趋势: each plan target of the shown indicators, how far it is, and the pace it still needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts import cached, filters, format, frame, gap, markup, schedule


def rows_of(rows: Sequence[dict], spans: Sequence[dict], plans: dict[str, dict]) -> list[dict]:
    """One row for each target of a five-year plan: place, indicator, and the words of the table's columns.

    rows: queries.pairs of one indicator; spans: queries.spans of it; plans: reports of kind five_year_plan by id.
    """
    found = []
    for row in rows:
        plan = plans.get(row["target_report"] or "")
        if (
            plan
            and row["target"] is not None
            and row["target_period"] == "annual"
            and row["measure"] != "growth"
            and row["year"] >= plan["year_from"]  # a plan also repeats targets of the years before it
        ):
            same = [
                r
                for r in rows
                if r["place"] == row["place"]
                and r["measure"] == row["measure"] == "level"  # one year's change is no part of the way
                and r["actual"] is not None
                and r["actual_unit"] == row["target_unit"]
            ]
            found.append(_end_value(row, same, plan))
    for span in spans:
        plan = plans.get(span["report_id"])
        if plan and span["status"] == "target" and span["measure"] == "growth":
            rates = {
                r["year"]: r["actual"]
                for r in rows
                if r["place"] == span["place"]
                and r["measure"] == "growth"
                and r["actual"] is not None
                and span["period_start"] <= r["year"] <= span["year"]
            }
            found.append(_average(span, rates))
    return found


def _end_value(row: dict, same: Sequence[dict], plan: dict) -> dict:
    """A target for the plan's last year: against the result of the year before the plan."""
    start, end = plan["year_from"] - 1, row["year"]
    base = next((r for r in same if r["year"] == start), None)
    now = max((r for r in same if start <= r["year"] <= end), key=lambda r: r["year"], default=None)
    line = {
        "place": row["district"],
        "indicator": f"{row['indicator']}（{format.measure(row['measure'], row['target_unit'], row.get('unit_change'))}）",
        "target": f"{end}年{format.side(row, 'target')}",
        "fact": row["target_id"],
        "base": f"{start}年{format.side(base, 'actual')}" if base else f"{start}年没有数",
        "now": "—",
        "way": "—",
        "time": "—",
        "state": "目标是增减量，不计进度" if row["measure"] == "change" else "没有基期数，不计进度",
        "needed": "—",
    }
    if not base or not now:
        return line
    done = schedule.progress(base["actual"], row["target"], now["actual"], start, end, now["year"])
    left = end - now["year"]
    about = "" if now["actual_comparator"] == "eq" else "约"
    held, reached = _reached(row, base), _reached(row, now)
    if held and row["target"] != base["actual"]:  # moving towards the target would be a loss
        done = schedule.Progress("held", None, done.time)
    line |= {
        "now": f"{now['year']}年{format.side(now, 'actual')}",
        "way": "—" if done.way is None else f"{done.way:.0%}",
        "time": f"{done.time:.0%}",
        "state": done.words,
    }
    if reached:
        line["needed"] = "保持" if left > 0 else "—"
    elif left > 0 and row["target_unit"] in (*gap.POINT_UNITS, ":1"):
        unit = "" if row["target_unit"] == ":1" else "百分点"
        step = (row["target"] - now["actual"]) / left
        line["needed"] = about + "每年" + format.quantity(round(step, 2) or round(step, 4), unit, "change")
    elif left > 0:
        yearly = schedule.pace(now["actual"], row["target"], left)
        line["needed"] = "—" if yearly is None else f"{about}年均{format.quantity(round(yearly, 1), '%', 'growth')}"
    return line


def _reached(row: dict, result: dict) -> bool:
    """Whether this year's result is as good as the target or better; False where no side is the better one."""
    found = gap.assess(row | {key: value for key, value in result.items() if key.startswith("actual")})
    return found.state.judged and found.gap is not None and found.gap >= 0


def _average(span: dict, rates: dict[int, float]) -> dict:
    """A yearly average over the plan: the mean so far and what the years that are left need."""
    years = span["year"] - span["period_start"] + 1
    gone = [rates[year] for year in range(span["period_start"], span["year"] + 1) if year in rates]
    passed = max(rates) - span["period_start"] + 1 if rates else 0
    unbroken = len(gone) == passed
    said = format.fact(span)
    line = {
        "place": span["district"],
        "indicator": f"{span['indicator']}（年均增速）",
        "target": f"{span['period_start']}—{span['year']}年均{said}",
        "fact": span["fact_id"],
        "base": "—",
        "now": "—",
        "way": "—",
        "time": f"{passed / years:.0%}",
        "state": schedule.WORDS["start"] if not gone else "按已有各年计算",
        "needed": f"年均{said}" if not gone else "—",
    }
    if gone and unbroken:
        so_far, left = schedule.mean(gone), schedule.needed(span["value"], gone, years)
        if so_far is not None:
            line["now"] = f"{len(gone)}年平均{format.quantity(round(so_far, 1), '%', 'growth')}"
        if left is not None:
            line["needed"] = f"年均{format.quantity(round(left, 1), '%', 'growth')}"
    elif gone:
        line["state"] = "中间有年份没有数，不计进度"
    return line


def of(view: filters.Selection, rows: Mapping[str, Sequence[dict]], spans: Mapping[str, Sequence[dict]]) -> list[dict]:
    """See rows_of, for all indicators in the order of ``rows``; rows and spans by the indicator's name."""
    plans = {r["report_id"]: r for r in cached.reports(view.build, places=view.place_keys) if r["kind"] == "five_year_plan"}
    return [line for name, mine in rows.items() for line in rows_of(mine, spans.get(name, []), plans)]


def show(view: filters.Selection, lines: Sequence[dict]) -> None:
    """The table; says so when no plan sets a target for what is shown."""
    frame.heading("离五年规划目标还有多远（时序进度）")
    if not lines:
        frame.note("已收录的五年规划没有给这些指标定下有数字的目标。")
        return
    st.html(
        markup.table(
            ["区县", "指标", "基期", "规划目标", "目前", "已走完的路程", "已过去的时间", "进度", "今后需要", "出处"],
            [
                [
                    r["place"],
                    r["indicator"],
                    r["base"],
                    r["target"],
                    r["now"],
                    r["way"],
                    r["time"],
                    r["state"],
                    r["needed"],
                    markup.Link("看原句", view.address(fact=r["fact"])),
                ]
                for r in lines
            ],
        )
    )
    frame.note(
        "路程＝（目前－基期）÷（目标－基期），时间＝已过年数÷规划年数；两者相差在5个百分点以内为基本达到。年均目标按各年增速连乘计算。"
    )
