"""What such reports say in set words: net gains, what all the names of a list did, goals reached in per cent, results of others."""

from __future__ import annotations

import pytest

from tests.conftest import annual
from tests.test_etl_prose import trap


def read(understand, sentence: str, **where) -> list[tuple]:
    """(indicator, measure, value, unit) of each fact, in order."""
    reading = understand(annual(sentence, **where))
    reading.check()
    return [(f["indicator"], f["measure"], f["value"], f["unit"]) for f in sorted(reading.facts, key=lambda f: f["char_end"])]


FIRMS, HITECH, PEOPLE = "规上工业企业", "高新技术企业", "常住人口"


@pytest.mark.parametrize("sentence, expected", [
    ("常住人口净增1.3万人。", [(PEOPLE, "change", 1.3, "万人")]),
    ("常住人口净增长1.3万人。", [(PEOPLE, "change", 1.3, "万人")]),
    ("户籍人口净减少0.4万人。", [("户籍人口", "change", -0.4, "万人")]),
    ("净增规上工业企业17家。", [(FIRMS, "change", 17, "家")]),
    ("净增规上工业企业17家，总数达到96家。", [(FIRMS, "change", 17, "家"), (FIRMS, "level", 96, "家")]),
    ("净增高新技术企业12家，增长11%，增加到121家。", [(HITECH, "change", 12, "家"), (HITECH, "growth", 11, "%"), (HITECH, "level", 121, "家")]),
    ("净增规上工业企业17家、高新技术企业26家。", [(FIRMS, "change", 17, "家"), (HITECH, "change", 26, "家")]),
    ("净增“四上”企业52家，其中规上工业企业17家。", [("净增“四上”企业", "level", 52, "家"), (FIRMS, "change", 17, "家")]),
    # the new ones are not the net gain, and the net gain is not the stock
    ("新增规上工业企业24家、净增17家。", [("新增规上工业企业", "level", 24, "家"), (FIRMS, "change", 17, "家")]),
    ("新增高新技术企业24家、净增17家，累计达208家。", [
        ("新增高新技术企业", "level", 24, "家"), (HITECH, "change", 17, "家"), (HITECH, "level", 208, "家")]),
    # what is no stock of the catalogue keeps its words
    ("净增停车位2600个，新增公园4个。", [("净增停车位", "level", 2600, "个"), ("新增公园", "level", 4, "个")]),
])
def test_a_net_gain_is_a_change_of_the_stock(understand, sentence, expected):
    assert read(understand, sentence) == expected
