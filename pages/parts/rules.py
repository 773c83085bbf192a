"""How figures are judged, chosen and derived, in words and formulas. The numbers come from the modules that apply them."""

from __future__ import annotations

import streamlit as st

from pages.parts import format, frame, gap, markup

#: Made-up targets and results; the judgement beside them is worked out when the page is drawn.
_PERCENT = {"target_unit": "%", "actual_unit": "%", "measure": "growth", "direction": 1}
_EXAMPLES = (
    ("增长6%", "实际−目标", _PERCENT | {"target": 6.0, "actual": 6.5, "actual_reported": 6.5}),
    ("6%左右", "实际−目标，看是否在容差内", _PERCENT | {"target": 6.0, "actual": 5.7, "target_comparator": "approx"}),
    ("5.5%以内", "目标−实际", _PERCENT | {"measure": "level", "target": 5.5, "actual": 5.3, "target_comparator": "le"}),
    (
        "下降3%以上",
        "比的是降幅，方向相反",
        _PERCENT | {"target": -3.0, "actual": -2.7, "target_comparator": "ge", "direction": -1},
    ),
    (
        "3%～5%",
        "区间内为0，区间外为到近端的距离",
        _PERCENT | {"target": 3.0, "target_low": 3.0, "target_high": 5.0, "actual": 4.2},
    ),
    (
        "10000人",
        "数量同时给出占目标的比例",
        {
            "target_unit": "人",
            "actual_unit": "人",
            "measure": "level",
            "direction": 1,
            "target": 1e4,
            "actual": 10150.0,
        },
    ),
    (
        "与经济增长同步",
        "与同区县同年地区生产总值增速相减",
        _PERCENT | {"target_text": "与经济增长同步", "actual": 4.4, "economy_growth": 4.1},
    ),
    ("完成上级下达目标", "没有数，以报告的说法为准", {"target_text": "完成上级下达目标", "actual_text": "完成"}),
)
_FIRST = (
    "来源：报告表格、报告正文、补充来源、推算",
    "有数的先于只有文字的",
    "目标先于同句中力争的更高值（“增长5.5%以上、力争6%”取5.5%）",
    "价格口径与指标目录相同的增速先于不同的（按不变价的指标不取现价增速）",
    "没有比较词的先于有“以上”“约”等的",
    "印得更细的先于取整的（506.91亿元先于507亿元）",
    "较晚的报告先于较早的",
    "同一报告中靠前的先于靠后的",
)


def _formula(text: str) -> None:
    st.html(f'<div class="pb-formula">{markup.marked(text, [])}</div>')


def _head(text: str) -> None:
    st.subheader(text, anchor=False)


def _example(words: str, how: str, row: dict) -> list[object]:
    found = gap.assess(row)
    result = row.get("actual_text") or format.quantity(row["actual"], row["actual_unit"], row["measure"])
    distance = "—" if found.gap is None else format.gap(found.gap, found.unit, found.share)
    tolerance = "—" if found.tolerance is None else format.quantity(found.tolerance, found.unit)
    return [words, how, result, distance, tolerance, f"{found.state.glyph} {found.state.words}"]


def show() -> None:
    """Gap, status and tolerance; which statement is used; derived values; the schedule of a five-year plan."""
    _head("差距与状态")
    _formula("越高越好：差距＝实际－目标\n越低越好：差距＝目标－实际\n正数总是表示好于目标，不封顶")
    frame.note("不做综合指数和排名。目标中的“以上”“以内”先于指标目录的优劣方向。" + gap.tolerances())
    rows = [[f"{state.glyph} {state.words}", state.meaning] for state in gap.STATES.values()]
    st.html(markup.table(["状态", "含义"], rows, caption="全部状态"))
    frame.note("临界：实际数印出的位数有限，只因四舍五入，差距的正负就可能改变。")
    st.html(
        markup.table(
            ["目标的写法", "差距怎样算", "假设实际为", "差距", "容差", "状态"],
            [_example(*each) for each in _EXAMPLES],
            numeric=[2, 3, 4],
            css="pb-prose pb-stick",
            caption="各种目标的算法和例子（假设的数，由看板所用的同一程序现算）",
        )
    )
    _head("几处说法用哪一个")
    frame.note(
        "同一区县、指标、年份的同一种数，报告常在表格和正文中说几遍。全部保留，看板用其中一个，依次比较，先分出高下者为准："
    )
    st.html('<ol class="pb-formula">' + "".join(f"<li>{each}</li>" for each in _FIRST) + "</ol>")
    _head("单位")
    frame.note(
        "数换成指标的统一单位再比较（3.6亿公斤＝36万吨），原文印的数和单位一并保留；万美元和万元不互换。"
        "增速用%，两个百分数之差用百分点。下降为负，“持平”为0；没有数就空着，从不当作0。"
    )
    _head("推算值")
    frame.note("推算值总是标明“推算”，附四舍五入允许的范围和依据；有公布的数就用公布的，推算值从不替换它。")
    _formula("上年总量＝本年总量 ÷（1＋本年增速）")
    frame.note("只用于增速按现价计算（名义）的指标，且报告没有给出上年总量；可比口径、不变价的增速不用来推算。")
    _formula("其余各年年均增速＝［（1＋五年年均增速）^五年 ÷ 已知各年（1＋增速）之积］^（1÷其余年数）－1")
    frame.note("用于五年规划给出年均增速、而其中若干年没有报告的情形；给出的是这几年的年均，不分摊到各年。")
    _head("五年规划的进度")
    _formula("完成进度 p＝（当年数－基期数）÷（规划目标－基期数）\n时间进度 s＝已过年数÷规划年数")
    st.html(
        markup.table(
            ["进度", "条件"],
            [
                ["提前完成", "p 达到或超过100%"],
                ["超时序", "p 高于 s，超过容差"],
                ["基本达到", "p 与 s 相差在容差内"],
                ["未达时序", "p 低于 s，超过容差"],
                ["背离", "p 为负，比基期还远离目标"],
            ],
        )
    )
    frame.note("规划目标与基期数相同，或没有基期数时，不计算进度。")
    _formula("年均目标尚需增速＝［（1＋目标年均增速）^规划年数 ÷ 已过各年（1＋增速）之积］^（1÷剩余年数）－1")
    frame.note("例：规划五年年均增长6%，前三年各增长5%，后两年年均须增长约7.5%。")
