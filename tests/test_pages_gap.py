"""Distance to target: the worked cases of the method, and the states without a number."""

from __future__ import annotations

import pytest

from pages.parts import gap


def row(target=None, actual=None, *, direction=1, unit="%", measure="growth", **more) -> dict:
    """A row of queries.pairs with the fields a test does not name left empty."""
    return {
        "target": target,
        "actual": actual,
        "direction": direction,
        "measure": measure,
        "target_unit": unit,
        "actual_unit": unit,
        "actual_reported": actual,
        "target_reported": target,
        "target_comparator": "eq",
        "target_text": None,
        "actual_text": None,
        "due": True,
        "economy_growth": None,
        **more,
    }


@pytest.mark.parametrize(
    ("case", "words", "distance"),
    [
        (row(7, 5.5), "未完成", -1.5),  # 綦江 2024 地区生产总值
        (row(10, 15.4), "超额完成", 5.4),  # 固定资产投资
        (row(1.95, 1.94, direction=-1, unit=":1", measure="level"), "完成", 0.01),
        (row(10000, 10211, unit="人", measure="level"), "超额完成", 211),
        (row(1.2, 0.9, unit="百分点", measure="change"), "未完成", -0.3),
        (row(3.6, 3.6, unit="亿公斤", measure="level"), "完成", 0),
        (row(5.5, 5.3, direction=-1, measure="level", target_comparator="le"), "完成", 0.2),  # 江津 城镇调查失业率
        (row(-3.5, -2.7, direction=-1, unit="百分点", measure="change"), "未完成", -0.8),
        (row(3, -19.6), "未完成", -22.6),
        (row(6.5, 6.3), "接近", -0.2),  # 綦江 2025
        (row(9, 9.6), "超额完成", 0.6),
        (row(15, 10.2), "未完成", -4.8),
        (row(6.5, 3.5), "未完成", -3.0),
        (row(1.92, 1.92, direction=-1, unit=":1", measure="level"), "完成", 0),
        (row(6, 5.7, target_comparator="approx"), "符合预期", -0.3),
        (row(6, 5.4, target_comparator="approx"), "未完成", -0.6),
        (row(6, 5.9, target_binding="约束性"), "未完成", -0.1),
        (row(6, 6.2, target_low=6, target_high=6.5), "完成", 0),
        (row(6, 6.8, target_low=6, target_high=6.5), "超额完成", 0.3),
        (row(6, 5.9, target_low=6, target_high=6.5), "接近", -0.1),
        (row(5, 5.2, direction=0), "不评优劣", 0.2),
        (row(80, 82, direction=0, measure="level", target_comparator="gt"), "超额完成", 2),
    ],
)
def test_worked_cases(case, words, distance):
    found = gap.assess(case)
    assert (found.state.words, found.gap) == (words, pytest.approx(distance))


def test_in_step_with_the_economy():
    found = gap.assess(row(None, 3.8, target_text="与经济增长同步", economy_growth=4.1))
    assert (found.state.words, found.gap, found.tolerance) == ("符合预期", -0.3, gap.BAND)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (row(None, None, target_text="完成上级下达目标", actual_text="完成"), "定性 报告称完成"),
        (row(None, None, target_text="完成上级下达目标", actual_text="未完成"), "定性 报告称未完成"),
        (row(None, 3.2, target_text="完成上级下达目标"), "定性 未说明"),
        (row(None, 5.9), "有实际无目标"),
        (row(6, None), "有目标未报实际"),
        (row(6, None, due=False), "未到期"),
        (row(6, None, results_held=False), "结果报告未收录"),
        (row(None, None), "本地报告未提及"),
        (row(6, 5, actual_unit="亿元"), "口径不可比"),
    ],
)
def test_states_without_a_number(case, words):
    found = gap.assess(case)
    assert found.state.words == words and found.gap is None and not found.state.judged


def test_zero_is_a_value():
    assert gap.assess(row(0, 0)).state.words == "完成"
    assert gap.assess(row(0, None)).state.words == "有目标未报实际"


def test_share_is_of_the_target_for_amounts_only():
    assert gap.assess(row(10000, 10211, unit="人", measure="level")).share == pytest.approx(0.0211)
    assert gap.assess(row(7, 5.5)).share is None
    assert gap.assess(row(0, 5, unit="人", measure="level")).share is None


def test_borderline_when_rounding_could_flip_the_sign():
    assert gap.assess(row(36.02, 36, unit="万吨", measure="level", actual_reported=3.6, target_reported=3.6)).borderline
    assert not gap.assess(row(7, 5.5)).borderline


def test_main_measure_is_the_one_with_a_target():
    level, growth = row(None, 558.2, measure="level"), row(7, 5.5)
    assert gap.main_row([level, growth]) is growth
    assert gap.main_row([row(None, 1, measure="level"), growth2 := row(None, 2)]) is growth2


def test_judged_counts_best_first():
    found = [gap.assess(row(7, 5.5)), gap.assess(row(1, 5)), gap.assess(row(None, 3))]
    assert gap.judged(found) == {"超额完成": 1, "未完成": 1}
