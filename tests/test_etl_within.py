"""Names that lean on the figure before them, and values that several short names share."""

from __future__ import annotations

import pytest

from tests.conftest import annual


@pytest.mark.parametrize("sentence, expected", [
    ("建成过江通道5座、在建3座。", [("建成过江通道", 5, "座"), ("在建过江通道", 3, "座")]),
    ("省级龙头企业4家、市级31家。", [("省级龙头企业", 4, "家"), ("市级龙头企业", 31, "家")]),
    ("培育市级示范社5个、区级12个。", [("培育市级示范社", 5, "个"), ("区级示范社", 12, "个")]),
    ("“四个一批”签约项目38个、开工33个。", [("“四个一批”签约项目", 38, "个"), ("开工“四个一批”项目", 33, "个")]),
    ("粮食增产1.8万吨。", [("粮食产量", 1.8, "万吨")]),
    ("按时足额发放失业待遇1.6亿元，惠及2.1万人。", [("发放失业待遇", 1.6, "亿元"), ("发放失业待遇惠及人数", 2.1, "万人")]),
    ("改造老旧小区31个，涉及0.4万户。", [("改造老旧小区", 31, "个"), ("改造老旧小区涉及户数", 0.4, "万户")]),
    ("规上工业利税12亿元，其中利润7亿元。", [("规上工业利税", 12, "亿元"), ("规上工业利润", 7, "亿元")]),
    ("服务业增加值占GDP比重47%，对经济增长贡献率达52%。", [("服务业增加值占GDP比重", 47, "%"), ("服务业对经济增长贡献率", 52, "%")]),
    ("肉、奶产量分别稳定在4.1万吨和2.6万吨。", [("肉产量", 4.1, "万吨"), ("奶产量", 2.6, "万吨")]),
    ("基本养老保险和基本医疗保险参保率保持在96%以上。", [("基本养老保险参保率", 96, "%"), ("基本医疗保险参保率", 96, "%")]),
    ("对共建“一带一路”国家进出口占比超42%。", [("对共建“一带一路”国家进出口占比", 42, "%")]),
    ("3.城镇和农村居民人均可支配收入分别增长5%和7%。", [("城镇常住居民人均可支配收入", 5, "%"), ("农村常住居民人均可支配收入", 7, "%")]),
    ("46个贫困村、3120户1.1万人全部脱贫。", [("贫困村", 46, "个"), ("脱贫户", 3120, "户"), ("脱贫人口", 1.1, "万人")]),
    ("新登记经营主体1.2万户，年末实有6.1万户，其中企业1.9万户。", [
        ("新增经营主体", 12000, "户"), ("经营主体", 61000, "户"), ("经营主体中的企业", 1.9, "万户")]),
    ("农村最高20%收入组人均可支配收入41200元。", [("农村最高20%收入组人均可支配收入", 41200, "元")]),
    ("入选国家卓越级智能工厂2家。", [("入选国家卓越级智能工厂", 2, "家")]),
    ("人均期望寿命79.2岁。", [("人均预期寿命", 79.2, "岁")]),
])
def test_names_that_lean_on_what_stands_before(understand, sentence, expected):
    reading = understand(annual(sentence))
    reading.check()
    assert [(f["indicator"], f["value"], f["unit"]) for f in reading.facts] == expected


def test_a_change_of_structure_is_one_thing_in_two_years(understand):
    reading = understand(annual("三次产业结构由上年的9.0：41.8：49.2演进为8.3：40.5：51.2。"))
    assert [(f["indicator"], f["year"]) for f in reading.facts] == [("三次产业结构", 2023), ("三次产业结构", 2024)]


@pytest.mark.parametrize("sentence", ["隆兴乡柑橘种植户户均收入5.2万元。", "全县辖9镇。", "——规上工业利润增长5%。经营环境向好。总量达2.2万户。"])
def test_no_name_is_made_up(understand, sentence):
    assert not [f for f in understand(annual(sentence)).facts if f["measure"] == "level"]


@pytest.mark.parametrize("sentence", ["推进县城通乡公路建设，新改建农村公路86公里。", "实现乡乡通三级以上公路，新改建农村公路86公里。"])
def test_a_road_to_the_townships_is_no_township(understand, sentence):
    assert [f["value"] for f in understand(annual(sentence)).facts] == [86]
