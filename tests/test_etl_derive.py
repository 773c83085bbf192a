"""Values that stated ones imply, against calculations by hand, and what must not be implied."""

from __future__ import annotations

import pytest

from data import store
from etl.derive import derive
from etl.resolve import prefer
from tests.conftest import annual, plan


@pytest.fixture
def derived(understand, catalog):
    """Derived rows of one or more texts about one place."""

    def rows(*texts: str | bytes) -> list[dict]:
        facts = [f for n, text in enumerate(texts) for f in understand(text, f"report{n}.txt").facts]
        prefer(facts)
        out = derive(facts, catalog)
        ids = {f["fact_id"] for f in facts}
        for row in out:
            assert row["origin"] == "derived" and row["quote"] is None and row["char_start"] is None
            assert set(row["derived_from"]) <= ids and len(row["derived_from"]) >= 2 and row["note"]
            assert row["value_low"] <= row["value"] <= row["value_high"]
        prefer(facts + out)
        return out

    return rows


def level(rows: list[dict], iid: str, year: int) -> dict:
    (row,) = [r for r in rows if (r["indicator_id"], r["measure"], r["year"]) == (iid, "level", year)]
    return row


# ---------------------------------------------------------------- the year before
def test_the_level_before_from_nominal_growth(derived):
    """163.2 / 1.154 = 141.42; the printed figures allow 163.15 / 1.1545 = 141.32 to 163.25 / 1.1535 = 141.53."""
    (row,) = derived(annual("固定资产投资163.2亿元，增长15.4%。"))
    assert (row["indicator_id"], row["measure"], row["status"], row["year"], row["period"], row["unit"]) == (
        "fixed_investment",
        "level",
        "actual",
        2023,
        "annual",
        "亿元",
    )
    assert row["value"] == pytest.approx(141.421, abs=0.006)
    assert row["value_low"] == pytest.approx(141.317, abs=0.006)
    assert row["value_high"] == pytest.approx(141.526, abs=0.006)
    assert row["preferred"] and row["district_code"] == "500110"


def test_the_level_before_from_a_fall(derived):
    """34 / 0.804 = 42.29, from 33.5 / 0.8045 = 41.64 to 34.5 / 0.8035 = 42.94: fewer digits, a wider interval."""
    (row,) = derived(annual("进出口总额34亿元，下降19.6%。"))
    assert row["value"] == pytest.approx(42.289, abs=0.06)
    assert row["value_low"] == pytest.approx(41.641, abs=0.06)
    assert row["value_high"] == pytest.approx(42.937, abs=0.06)


def test_the_interval_is_in_the_canonical_unit(derived):
    """1.29亿美元 is 12900万美元, printed to a hundredth of 1亿: ±50万美元."""
    (row,) = derived(annual("实际使用外资1.29亿美元，增长10%。"))
    assert row["unit"] == "万美元"
    assert row["value"] == pytest.approx(12900 / 1.10, rel=1e-3)
    assert row["value_low"] == pytest.approx(12850 / 1.105, rel=1e-3)
    assert row["value_high"] == pytest.approx(12950 / 1.095, rel=1e-3)


@pytest.mark.parametrize(
    "sentence",
    [
        "地区生产总值558.2亿元，增长5.5%。",  # growth of GDP is real, its level is in current prices
        "第一产业增加值69.7亿元，增长3%。",
        "规上工业增加值200亿元，增长6.7%。",
        "农林牧渔业总产值111.53亿元，增长4.3%。",
    ],
    ids=["GDP", "primary sector", "industry", "agriculture"],
)
def test_no_level_before_from_real_growth(derived, sentence):
    assert derived(annual(sentence)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "固定资产投资超过163亿元，增长15.4%。",
        "固定资产投资约163亿元，增长15.4%。",
        "固定资产投资163.2亿元，增长15%以上。",
        "固定资产投资163.2亿元，增长15%左右。",
        "固定资产投资163.2亿元。",
        "固定资产投资增长15.4%。",
        "固定资产投资163.2亿元，同口径增长15.4%。",
        "固定资产投资163.2亿元，下降100%。",
        "固定资产投资0亿元，增长5%。",
        "2023年固定资产投资141.4亿元，2024年完成163.2亿元、增长15.4%。",
    ],
    ids=[
        "bound",
        "about",
        "growth bound",
        "growth about",
        "no growth",
        "no level",
        "comparable scope",
        "-100 %",
        "zero",
        "stated",
    ],
)
def test_nothing_is_implied(derived, sentence):
    assert [r for r in derived(annual(sentence)) if r["year"] == 2023] == []


def test_targets_imply_nothing(derived):
    assert derived(annual("", "固定资产投资170亿元，增长8%。")) == []


def test_a_level_of_another_report_is_not_replaced(derived):
    old = annual("固定资产投资141.4亿元。", year=2023)
    assert derived(old, annual("固定资产投资163.2亿元，增长15.4%。")) == []


# ---------------------------------------------------------------- open years of an average
def test_open_years_of_the_gdp_of_qijiang(derived):
    """2021-2025 at 4.9 % a year; 2021 3.2 %, 2024 5.5 %, 2025 6.3 % are stated. By hand for 2022 and 2023:

    1.049^5 = 1.27022; 1.032 * 1.055 * 1.063 = 1.15735; the root of their ratio 1.09752 is 1.04763: 4.76 % a year.
    The lowest the rounding allows: 1.0485^5 / (1.0325 * 1.0555 * 1.0635) -> 4.56 %; the highest, likewise, 4.96 %.
    """
    names = ("qijiang-15th-five-year-plan", "qijiang-2021-annual-plan-report", "qijiang-2024-annual-plan-report")
    rows = derived(*((store.REPORTS_DIR / f"{n}.txt").read_bytes() for n in names))
    (row,) = [r for r in rows if r["indicator_id"] == "gdp"]
    assert (row["measure"], row["period"], row["period_start"], row["year"], row["unit"]) == (
        "growth",
        "average",
        2022,
        2023,
        "%",
    )
    assert row["value"] == pytest.approx(4.763, abs=0.005)
    assert row["value_low"] == pytest.approx(4.563, abs=0.005)
    assert row["value_high"] == pytest.approx(4.963, abs=0.005)
    assert len(row["derived_from"]) == 4


REVIEW_OF_FIVE = "五年来，固定资产投资年均增长5%。"


def test_one_open_year_is_a_growth_of_that_year(derived):
    """1.05^5 / 1.04^4 = 1.0909: 9.1 %."""
    (row,) = derived(plan(REVIEW_OF_FIVE + "".join(f"{y}年固定资产投资增长4.0%。" for y in (2021, 2022, 2024, 2025))))
    assert (row["period"], row["year"], row["period_start"]) == ("annual", 2023, 2023)
    assert row["value"] == pytest.approx((1.05**5 / 1.04**4 - 1) * 100, abs=0.3)


@pytest.mark.parametrize(
    "years", [(), (2022, 2024), (2021, 2022, 2023, 2024, 2025)], ids=["none stated", "scattered", "all stated"]
)
def test_open_years_need_stated_ones_and_must_stand_together(derived, years):
    assert derived(plan(REVIEW_OF_FIVE + "".join(f"{y}年固定资产投资增长4%。" for y in years))) == []


@pytest.mark.parametrize(
    "mean, stated", [("年均下降100%", "增长3%"), ("年均下降120%", "增长3%"), ("年均增长3%", "下降100%")]
)
def test_impossible_rates_imply_nothing(derived, mean, stated):
    assert derived(plan(f"五年来，固定资产投资{mean}。2021年固定资产投资{stated}。")) == []


def test_numbers_beyond_measure_imply_nothing(derived):
    assert derived(annual("固定资产投资" + "9" * 400 + "亿元，增长5%。")) == []


def test_derived_ids_are_stable(derived):
    text = annual("固定资产投资163.2亿元，增长15.4%。")
    assert [r["fact_id"] for r in derived(text)] == [r["fact_id"] for r in derived(text)]
