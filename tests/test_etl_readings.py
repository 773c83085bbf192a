"""Sentences as reports of other places have them, each with the facts it holds, or why a number is none."""

from __future__ import annotations

import pytest

from tests.conftest import annual, table
from tests.test_etl_carried import GDP, HITECH, read, reasons

INVESTMENT, RETAIL = "固定资产投资", "社会消费品零售总额"
URBAN, RURAL = "城镇常住居民人均可支配收入", "农村常住居民人均可支配收入"
DEPOSITS, LOANS = "金融机构存款余额", "金融机构贷款余额"

#: What was aimed at, told among the results.
GOALS_TOLD = [
    (
        "地区生产总值年初预期增长7.5%以上，预计完成4.8%，低2.7个百分点。",
        [(GDP, "growth", "target", 2024, 7.5, "ge"), (GDP, "growth", "actual", 2024, 4.8, "eq")],
    ),
    ("固定资产投资未完成年初增长6%的计划。", [(INVESTMENT, "growth", "target", 2024, 6, "eq")]),
    (
        "社会消费品零售总额增长2%，低于年初预期8%的目标。",
        [(RETAIL, "growth", "actual", 2024, 2, "eq"), (RETAIL, "growth", "target", 2024, 8, "eq")],
    ),
    (
        "固定资产投资增长3%，未达到年初确定的6%的目标。",
        [(INVESTMENT, "growth", "actual", 2024, 3, "eq"), (INVESTMENT, "growth", "target", 2024, 6, "eq")],
    ),
    (
        "传统产业占比仍达57%；城镇居民收入增幅低于年初计划3.2个百分点，实现年初确定的6.5%的目标难度很大。",
        [("传统产业占比", "level", "actual", 2024, 57, "eq"), (URBAN, "growth", "target", 2024, 6.5, "eq")],
    ),
]

NAMES_AND_LISTS = [
    (
        "一般公共预算收入17.2亿元，同比增长29.4%；金融存贷款余额288.42亿元、219.06亿元，同比增长10.5%、14.8%。",
        [
            ("一般公共预算收入", "level", "actual", 2024, 17.2, "eq"), ("一般公共预算收入", "growth", "actual", 2024, 29.4, "eq"),
            (DEPOSITS, "level", "actual", 2024, 288.42, "eq"), (LOANS, "level", "actual", 2024, 219.06, "eq"),
            (DEPOSITS, "growth", "actual", 2024, 10.5, "eq"), (LOANS, "growth", "actual", 2024, 14.8, "eq"),
        ],
    ),
    (
        "年末存、贷款余额分别达416.3亿元和285.9亿元。",
        [(DEPOSITS, "level", "actual", 2024, 416.3, "eq"), (LOANS, "level", "actual", 2024, 285.9, "eq")],
    ),
    (
        "粮油产量稳定在11万吨、2.6万吨。",
        [("粮食产量", "level", "actual", 2024, 11, "eq"), ("油料产量", "level", "actual", 2024, 2.6, "eq")],
    ),
    (
        "预计（下同）全年实现地区生产总值485亿元，增长4.8%。",
        [(GDP, "level", "actual", 2024, 485, "eq"), (GDP, "growth", "actual", 2024, 4.8, "eq")],
    ),
    (
        "全体居民人均可支配收入35260元，其中城镇、农村分别为46880元、27350元，增长5.4%、6.9%。",
        [
            ("全体居民人均可支配收入", "level", "actual", 2024, 35260, "eq"), (URBAN, "level", "actual", 2024, 46880, "eq"),
            (RURAL, "level", "actual", 2024, 27350, "eq"), (URBAN, "growth", "actual", 2024, 5.4, "eq"),
            (RURAL, "growth", "actual", 2024, 6.9, "eq"),
        ],
    ),
    (
        "化学需氧量、氨氮、氮氧化物重点工程减排量分别为426吨、31吨、185吨。",
        [
            ("化学需氧量重点工程累计减排量", "level", "actual", 2024, 426, "eq"), ("氨氮重点工程减排量", "level", "actual", 2024, 31, "eq"),
            ("氮氧化物重点工程累计减排量", "level", "actual", 2024, 185, "eq"),
        ],
    ),
    (
        "全年发生各类生产安全事故9起、死亡6人，同比分别下降25%和33.3%。",
        [
            ("发生各类生产安全事故", "level", "actual", 2024, 9, "eq"), ("生产安全事故死亡人数", "level", "actual", 2024, 6, "eq"),
            ("发生各类生产安全事故", "growth", "actual", 2024, -25, "eq"), ("生产安全事故死亡人数", "growth", "actual", 2024, -33.3, "eq"),
        ],
    ),
    (
        "实施重点项目118个，其中新开工65个、续建53个。",
        [
            ("实施重点项目", "level", "actual", 2024, 118, "eq"), ("新开工重点项目", "level", "actual", 2024, 65, "eq"),
            ("续建重点项目", "level", "actual", 2024, 53, "eq"),
        ],
    ),
    (
        "办理增值税留抵退税3.27亿元，新增减税降费1.9亿元。",
        [("办理增值税留抵退税", "level", "actual", 2024, 3.27, "eq"), ("新增减税降费", "level", "actual", 2024, 1.9, "eq")],
    ),
    (
        "新建改造农村公厕18座，完成农村裸房整治1000栋。",
        [("新建改造农村公厕", "level", "actual", 2024, 18, "eq"), ("农村裸房整治", "level", "actual", 2024, 1000, "eq")],
    ),
    (
        "一般公共预算支出57.6亿元，同比增支2.1亿元。",
        [("一般公共预算支出", "level", "actual", 2024, 57.6, "eq"), ("一般公共预算支出", "change", "actual", 2024, 2.1, "eq")],
    ),
    (
        "全县经济保持较快增长，地区生产总值先后跨越300亿元、400亿元大关，2023年达到412.5亿元。",
        [(GDP, "level", "actual", 2024, 400, "ge"), (GDP, "level", "actual", 2023, 412.5, "eq")],
    ),
    (
        "县人民医院通过三级医院评审，每千人口执业（助理）医师2.86人、床位6.4张。",
        [
            ("每千人口拥有执业（助理）医师数", "level", "actual", 2024, 2.86, "eq"), ("每千人口床位", "level", "actual", 2024, 6.4, "eq"),
        ],
    ),
    (
        "出口总值92亿元，超年计划2亿元，增长12.3%。",
        [("出口总额", "level", "actual", 2024, 92, "eq"), ("出口总额", "growth", "actual", 2024, 12.3, "eq")],
    ),
    (
        "省重点项目4个、市重点项目38个，分别完成投资12.4亿元、67.2亿元。",
        [
            ("省重点项目", "level", "actual", 2024, 4, "eq"), ("市重点项目", "level", "actual", 2024, 38, "eq"),
            ("省重点项目投资", "level", "actual", 2024, 12.4, "eq"), ("市重点项目投资", "level", "actual", 2024, 67.2, "eq"),
        ],
    ),
    (
        "新增规上工业企业15户，主营业务收入突破240亿元。",
        [("新增规上工业企业", "level", "actual", 2024, 15, "eq"), ("规上工业企业主营业务收入", "level", "actual", 2024, 240, "gt")],
    ),
    (
        "改造老旧小区14个、楼体56栋，惠及居民2130户。",
        [
            ("改造老旧小区", "level", "actual", 2024, 14, "eq"), ("改造楼体", "level", "actual", 2024, 56, "eq"),
            ("改造老旧小区、楼体惠及居民", "level", "actual", 2024, 2130, "eq"),
        ],
    ),
    (
        "完成老旧小区改造47个、62.3万平方米，惠及居民7200户。",
        [
            ("老旧小区改造", "level", "actual", 2024, 47, "eq"), ("老旧小区改造面积", "level", "actual", 2024, 62.3, "eq"),
            ("老旧小区改造惠及居民", "level", "actual", 2024, 7200, "eq"),
        ],
    ),
    (
        "发放创业担保贷款3.2亿元，带动就业2340人。",
        [("发放创业担保贷款", "level", "actual", 2024, 3.2, "eq"), ("发放创业担保贷款带动就业", "level", "actual", 2024, 2340, "eq")],
    ),
    (
        "县属国有企业资产总额达到420亿元、营业收入增长10%、资产负债率控制在55%以内。",
        [
            ("县属国有企业资产总额", "level", "actual", 2024, 420, "eq"), ("县属国有企业营业收入", "growth", "actual", 2024, 10, "eq"),
            ("县属国有企业资产负债率", "level", "actual", 2024, 55, "le"),
        ],
    ),
    (
        "争取专项债券19个项目16.8亿元、中央预算内资金1.2亿元。",
        [
            ("专项债券项目", "level", "actual", 2024, 19, "eq"), ("专项债券", "level", "actual", 2024, 16.8, "eq"),
            ("中央预算内资金", "level", "actual", 2024, 1.2, "eq"),
        ],
    ),
    (
        "新签约亿元以上项目42个，计划总投资318亿元，其中10亿元以上项目9个。",
        [
            ("新签约亿元以上项目", "level", "actual", 2024, 42, "eq"), ("新签约亿元以上项目计划总投资", "level", "actual", 2024, 318, "eq"),
            ("新签约10亿元以上项目", "level", "actual", 2024, 9, "eq"),
        ],
    ),
    (
        "新增规上工业企业80家、亿元以上工业企业10家。",
        [("新增规上工业企业", "level", "actual", 2024, 80, "eq"), ("新增亿元以上工业企业", "level", "actual", 2024, 10, "eq")],
    ),
    (
        "其中教育、社会保障和就业、农林水支出分别为14.6亿元、11.2亿元和8.3亿元。",
        [
            ("教育支出", "level", "actual", 2024, 14.6, "eq"), ("社会保障和就业支出", "level", "actual", 2024, 11.2, "eq"),
            ("农林水支出", "level", "actual", 2024, 8.3, "eq"),
        ],
    ),
    (
        "城镇、农村居民人均消费支出分别达到2.1万元、1.5万元。",  # what the names share is longer than its last word
        [("城镇居民人均消费支出", "level", "actual", 2024, 2.1, "eq"), ("农村居民人均消费支出", "level", "actual", 2024, 1.5, "eq")],
    ),
    (
        "存贷款余额先后突破300亿元、180亿元大关。",
        [(DEPOSITS, "level", "actual", 2024, 300, "gt"), (LOANS, "level", "actual", 2024, 180, "gt")],
    ),
    ("地区生产总值先后突破300亿元、400亿元。", [(GDP, "level", "actual", 2024, 400, "gt")]),
    (
        "第三产业增加值228亿元，同比增长4.2%，对经济增长的贡献率为43.5%。",
        [
            ("第三产业增加值", "level", "actual", 2024, 228, "eq"), ("第三产业增加值", "growth", "actual", 2024, 4.2, "eq"),
            ("第三产业对经济增长的贡献率", "level", "actual", 2024, 43.5, "eq"),
        ],
    ),
    (
        "存栏各类牲畜34.8万头，其中牦牛3.6万头、藏羊18.9万只；出栏牛、羊、猪分别为2.1万头、21.3万只和3.8万头。",
        [
            ("存栏各类牲畜", "level", "actual", 2024, 34.8, "eq"), ("存栏牦牛", "level", "actual", 2024, 3.6, "eq"),
            ("存栏藏羊", "level", "actual", 2024, 18.9, "eq"), ("出栏牛", "level", "actual", 2024, 2.1, "eq"),
            ("出栏羊", "level", "actual", 2024, 21.3, "eq"), ("出栏猪", "level", "actual", 2024, 3.8, "eq"),
        ],
    ),
    (
        "牛出栏2.1万头，羊21.3万只，家禽120万羽，新建养殖场3个。",
        [
            ("牛出栏", "level", "actual", 2024, 2.1, "eq"), ("羊出栏", "level", "actual", 2024, 21.3, "eq"),
            ("家禽出栏", "level", "actual", 2024, 120, "eq"), ("新建养殖场", "level", "actual", 2024, 3, "eq"),
        ],
    ),
    (
        "猪、牛、禽肉产量分别为3万吨、0.6万吨、1万吨。",
        [
            ("猪肉产量", "level", "actual", 2024, 3, "eq"), ("牛肉产量", "level", "actual", 2024, 0.6, "eq"),
            ("禽肉产量", "level", "actual", 2024, 1, "eq"),
        ],
    ),
    (
        "公路总里程4500公里，其中高速公路86公里、国省道120公里。",
        [
            ("公路总里程", "level", "actual", 2024, 4500, "eq"), ("高速公路里程", "level", "actual", 2024, 86, "eq"),
            ("国省道里程", "level", "actual", 2024, 120, "eq"),
        ],
    ),
    (
        "19个“保交楼”、3个“保交房”项目累计交付房屋2.4万余套。",
        [
            ("“保交楼”项目", "level", "actual", 2024, 19, "eq"), ("“保交房”项目", "level", "actual", 2024, 3, "eq"),
            ("“保交楼”项目、“保交房”项目交付房屋", "level", "actual", 2024, 2.4, "approx"),
        ],
    ),
    (
        "甲公司等3家企业和乙大学等2所高校共12项成果分获市科技进步、技术发明奖项。",
        [("成果分获市科技进步、技术发明奖项", "level", "actual", 2024, 12, "eq")],
    ),
    ("融资担保费率低至1%—2%。", [("融资担保费率", "level", "actual", 2024, 1, "ge")]),
    ("新增公交车120标台。", [("新增公交车", "level", "actual", 2024, 120, "eq")]),
    (
        "全年农作物播种面积118.7万亩，其中小麦32.5万亩、棉花63万亩。",
        [
            ("农作物播种面积", "level", "actual", 2024, 118.7, "eq"), ("小麦播种面积", "level", "actual", 2024, 32.5, "eq"),
            ("棉花播种面积", "level", "actual", 2024, 63, "eq"),
        ],
    ),
    (
        "新增电力装机8.5万千瓦，其中光伏6.2万千瓦。",
        [("新增电力装机", "level", "actual", 2024, 8.5, "eq"), ("新增光伏装机", "level", "actual", 2024, 6.2, "eq")],
    ),
    (
        "A级以上景区达到18家，其中4A级以上6家。",
        [("A级以上景区", "level", "actual", 2024, 18, "eq"), ("4A级以上景区", "level", "actual", 2024, 6, "eq")],
    ),
    (
        "引进各类高层次人才127名，其中博士6名。",
        [("引进各类高层次人才", "level", "actual", 2024, 127, "eq"), ("引进博士", "level", "actual", 2024, 6, "eq")],
    ),
    (
        "申报中央预算内投资项目74个，获批19个。",
        [("申报中央预算内投资项目", "level", "actual", 2024, 74, "eq"), ("获批中央预算内投资项目", "level", "actual", 2024, 19, "eq")],
    ),
    (
        "新开工安置房126万平方米、交付9214套。",
        [("新开工安置房", "level", "actual", 2024, 126, "eq"), ("交付安置房", "level", "actual", 2024, 9214, "eq")],
    ),
    (
        "棚户区改造新开工2890套、基本建成5120套。",
        [("棚户区改造新开工", "level", "actual", 2024, 2890, "eq"), ("棚户区改造基本建成", "level", "actual", 2024, 5120, "eq")],
    ),
    (
        "土壤污染风险管控13宗、治理修复2宗。",
        [("土壤污染风险管控", "level", "actual", 2024, 13, "eq"), ("土壤污染治理修复", "level", "actual", 2024, 2, "eq")],
    ),
    (
        "肉牛出栏24.6万头、存栏17.9万头。",
        [("肉牛出栏", "level", "actual", 2024, 24.6, "eq"), ("肉牛存栏", "level", "actual", 2024, 17.9, "eq")],
    ),
    (
        "夏粮因“烂场雨”影响较上年减产1.2亿斤，秋粮增产0.9亿斤。",
        [("夏粮产量", "change", "actual", 2024, -1.2, "eq"), ("秋粮产量", "change", "actual", 2024, 0.9, "eq")],
    ),
    (
        "发行地方政府专项债券25个项目、资金38.6亿元。",
        [("发行地方政府专项债券项目", "level", "actual", 2024, 25, "eq"), ("发行地方政府专项债券资金", "level", "actual", 2024, 38.6, "eq")],
    ),
    (
        "办理人大代表建议128件、政协提案156件，办结率100%。",
        [
            ("办理人大代表建议", "level", "actual", 2024, 128, "eq"), ("办理政协提案", "level", "actual", 2024, 156, "eq"),
            ("办理人大代表建议、政协提案办结率", "level", "actual", 2024, 100, "eq"),
        ],
    ),
    (
        "城镇职工基本养老、医疗、失业保险参保人数分别达8.6万人、7.2万人、5.3万人。",  # of the employees, not of all
        [
            ("城镇职工基本养老保险参保人数", "level", "actual", 2024, 8.6, "eq"), ("城镇职工医疗保险参保人数", "level", "actual", 2024, 7.2, "eq"),
            ("城镇职工失业保险参保人数", "level", "actual", 2024, 5.3, "eq"),
        ],
    ),
    (
        "开复工项目128项，开复工率、投资完成率分别达到98.4%、103.2%。",
        [
            ("开复工项目", "level", "actual", 2024, 128, "eq"), ("开复工项目开复工率", "level", "actual", 2024, 98.4, "eq"),
            ("开复工项目投资完成率", "level", "actual", 2024, 103.2, "eq"),
        ],
    ),
    (
        "民生支出18亿元，占一般公共预算支出的78.6%；研发经费支出占GDP的2%。",
        [
            ("民生支出", "level", "actual", 2024, 18, "eq"), ("民生支出占一般公共预算支出比重", "level", "actual", 2024, 78.6, "eq"),
            ("全社会研发经费投入强度", "level", "actual", 2024, 2, "eq"),
        ],
    ),
    (
        "专利授权量1286件，其中发明专利186件；全社会用电量5.6亿千瓦时，其中工业用电3.2亿千瓦时。",
        [
            ("专利授权量", "level", "actual", 2024, 1286, "eq"), ("发明专利授权量", "level", "actual", 2024, 186, "eq"),
            ("全社会用电量", "level", "actual", 2024, 5.6, "eq"), ("工业用电量", "level", "actual", 2024, 3.2, "eq"),
        ],
    ),
    (
        "每千人口医疗卫生机构床位数达到7.2张，执业（助理）医师3.1人，注册护士3.8人，乡村医生320人。",
        [
            ("每千人口医疗卫生机构床位数", "level", "actual", 2024, 7.2, "eq"),
            ("每千人口拥有执业（助理）医师数", "level", "actual", 2024, 3.1, "eq"),
            ("每千人口注册护士", "level", "actual", 2024, 3.8, "eq"), ("乡村医生", "level", "actual", 2024, 320, "eq"),
        ],
    ),
    (
        "新登记市场主体1.2万户，其中新登记企业3200户。",
        [("新增经营主体", "level", "actual", 2024, 12000, "eq"), ("新登记企业", "level", "actual", 2024, 3200, "eq")],
    ),
    (
        "财政总收入、一般公共预算收入先后突破30亿元、20亿元大关。",
        [("财政总收入", "level", "actual", 2024, 30, "gt"), ("一般公共预算收入", "level", "actual", 2024, 20, "gt")],
    ),
    (
        "先后培育养殖专业村15个、规上龙头企业68家。",
        [("培育养殖专业村", "level", "actual", 2024, 15, "eq"), ("培育规上龙头企业", "level", "actual", 2024, 68, "eq")],
    ),
    (
        "受理12345热线诉求8.6万件，按时办结率99.6%、满意率98.2%。",
        [
            ("受理12345热线诉求", "level", "actual", 2024, 8.6, "eq"), ("受理12345热线诉求办结率", "level", "actual", 2024, 99.6, "eq"),
            ("受理12345热线诉求满意率", "level", "actual", 2024, 98.2, "eq"),
        ],
    ),
    (
        "生猪、家禽、牛、羊出栏分别达56万头、860万只、1.2万头、3.2万只。",
        [
            ("生猪出栏", "level", "actual", 2024, 56, "eq"), ("家禽出栏", "level", "actual", 2024, 860, "eq"),
            ("牛出栏", "level", "actual", 2024, 1.2, "eq"), ("羊出栏", "level", "actual", 2024, 3.2, "eq"),
        ],
    ),
    (
        "新增上市企业1家、“新三板”挂牌企业2家，累计达到3家、8家。",
        [
            ("新增上市企业", "level", "actual", 2024, 1, "eq"), ("新增“新三板”挂牌企业", "level", "actual", 2024, 2, "eq"),
            ("上市企业", "level", "actual", 2024, 3, "eq"), ("“新三板”挂牌企业", "level", "actual", 2024, 8, "eq"),
        ],
    ),
    (
        "规上服务业企业营业收入86亿元，增长12.6%，其中互联网和相关服务业增长26.8%、租赁和商务服务业增长15.2%。",
        [
            ("规上服务业企业营业收入", "level", "actual", 2024, 86, "eq"), ("规上服务业企业营业收入", "growth", "actual", 2024, 12.6, "eq"),
            ("互联网和相关服务业营业收入", "growth", "actual", 2024, 26.8, "eq"), ("租赁和商务服务业营业收入", "growth", "actual", 2024, 15.2, "eq"),
        ],
    ),
    (
        "规上工业增加值增长8.2%，其中制造业增长9.6%，高技术制造业增长15.2%。",
        [
            ("规上工业增加值", "growth", "actual", 2024, 8.2, "eq"), ("制造业增加值", "growth", "actual", 2024, 9.6, "eq"),
            ("高技术制造业增加值", "growth", "actual", 2024, 15.2, "eq"),
        ],
    ),
    (
        "入驻企业86家，实现产值36亿元，税收1.8亿元，带动就业3600人。",  # not all taxes of the place
        [
            ("入驻企业", "level", "actual", 2024, 86, "eq"), ("入驻企业产值", "level", "actual", 2024, 36, "eq"),
            ("入驻企业税收", "level", "actual", 2024, 1.8, "eq"), ("入驻企业带动就业", "level", "actual", 2024, 3600, "eq"),
        ],
    ),
    (
        "办理民生实事项目120件，其中教育类26件、医疗类18件。",
        [
            ("办理民生实事项目", "level", "actual", 2024, 120, "eq"), ("教育类民生实事项目", "level", "actual", 2024, 26, "eq"),
            ("医疗类民生实事项目", "level", "actual", 2024, 18, "eq"),
        ],
    ),
    ("2.项目支撑作用凸显。新开工项目71个。", [("新开工项目", "level", "actual", 2024, 71, "eq")]),
]  # fmt: skip

PERIODS = [
    ("三年来，累计接待游客3120万人次。", [("接待游客", "level", "actual", "2022-2024", 3120, "eq")]),
    (
        "五年累计新增城镇就业3.2万人；新建改扩建学校86所，新增学位2.8万个；人均公园绿地面积15.4平方米。",
        [
            ("城镇新增就业", "level", "actual", "2020-2024", 32000, "eq"), ("新建改扩建学校", "level", "actual", "2020-2024", 86, "eq"),
            ("新增学位", "level", "actual", "2020-2024", 2.8, "eq"), ("人均公园绿地面积", "level", "actual", 2024, 15.4, "eq"),
        ],
    ),
    (
        "五年累计引进亿元以上项目400个，其中10亿元以上项目50个、50亿元以上项目5个。",
        [
            ("引进亿元以上项目", "level", "actual", "2020-2024", 400, "eq"), ("引进10亿元以上项目", "level", "actual", "2020-2024", 50, "eq"),
            ("引进50亿元以上项目", "level", "actual", "2020-2024", 5, "eq"),
        ],
    ),
    (
        "五年累计新建学校86所；规上工业企业达到228家，其中产值亿元以上企业30家。",
        [
            ("新建学校", "level", "actual", "2020-2024", 86, "eq"), ("规上工业企业", "level", "actual", 2024, 228, "eq"),
            ("产值亿元以上企业", "level", "actual", 2024, 30, "eq"),
        ],
    ),
    ("民间投资五年间年均增长3.7%。", [("民间投资", "growth", "actual", "2020-2024", 3.7, "eq")]),
    ("PM2.5年均值33微克/立方米。", [("PM2.5年均浓度", "level", "actual", 2024, 33, "eq")]),
]  # fmt: skip


@pytest.mark.parametrize("sentence, facts", GOALS_TOLD + NAMES_AND_LISTS + PERIODS)
def test_facts_of_a_sentence(understand, sentence, facts):
    assert read(understand, sentence) == facts


def test_a_total_to_be_reached_is_not_what_is_new(understand):
    found = read(understand, "地区生产总值增长4.2%。", "新增高新技术企业8家，力争总数突破40家。")
    assert found[1:] == [("新增高新技术企业", "level", "target", 2025, 8, "eq"), (HITECH, "level", "target", 2025, 40, "gt")]


@pytest.mark.parametrize("sentence, number, reason", [
    ("三次产业结构调整为15:38:47，二产上升0.9个百分点。", "0.9", "unclassified"),  # of its share, not of its value added
    ("餐饮收入9.6亿元，恢复至上年的87.3%。", "87.3", "comparison"),
    ("社会消费品零售总额130亿元，超额完成年度目标1.2亿元。", "1.2", "comparison"),
    ("新增数字化车间11个，智能工厂1个，累计建成94个。", "94", "unclassified"),  # of which of them is not said
    ("改造老旧小区12个、新建公园3个，惠及居民7200户。", "7200", "unclassified"),  # of which of them is not said
    ("新增市场主体3.2万户，其中企业1.1万户，总量达到10万户。", "10", "unclassified"),
    ("亿元以上项目96个，其中10亿元以上项目12个，完成投资41亿元。", "41", "unclassified"),
    ("地区生产总值先后突破300亿元、400亿元，达到412亿元。", "300", "base_value"),
    ("全长46公里的江綦高速通车，其中高速公路隧道3公里。", "46", "project"),
    ("包括400套安居小区保障性租赁住房和200套教师周转保障性租赁住房2个项目，完成投资6526万元。", "2", "project"),
    ("安排重点项目215个，总投资1680亿元；全年新开工80个、竣工50个。", "50", "unclassified"),  # a stage is no name
    ("拥有国家专精特新“小巨人”企业4家、省级51家。", "51", "unclassified"),  # of the province's they are no 小巨人
    ("白云抽水蓄能电站（装机120万千瓦、总投资86亿元）完成核准。", "120", "project"),
    ("东部新中心建设全面提速，核心区11.8平方公里控规获批，全年实施项目72个。", "11.8", "sub_area"),
    ("存款余额、贷款余额分别达到416亿元、285亿元，增长8%。", "8", "unclassified"),  # of which of them is not said
    ("签约项目86个，其中亿元以上项目52个、10亿元以上项目12个，已开工42个。", "42", "unclassified"),
    ("规上工业企业达到186家，其中产值超亿元企业68家，超10亿元企业6家；净增18家。", "18", "unclassified"),
    ("新开工项目86个、竣工52个，开工率96.8%。", "96.8", "unclassified"),  # not of those that were completed
    ("举办展会150场，带动地区消费增长超50亿元。", "50", "unclassified"),  # by how much, not how much there is
    ("全面消除5万元以下薄弱村。", "5", "definition"),
    ("实现20户以上自然村硬化路全覆盖。", "20", "definition"),
    ("精细化工项目竣工投产，可新增产值18亿元。", "18", "project"),
    ("全长7.2公里的城港大道快速化改造项目累计完成投资9.6亿元。", "9.6", "project"),
    ("2020年合肥市地区生产总值突破1万亿元，常住人口超过930万人。", "930", "higher_level"),
])
def test_what_is_no_fact_of_the_place(understand, sentence, number, reason):
    assert reasons(understand, sentence)[number] == reason


def test_after_another_place_our_own_is_ours(understand):
    found = read(understand, "2024年合肥市地区生产总值增长5%，我区常住人口102万人。")
    assert found == [("常住人口", "level", "actual", 2024, 102, "eq")]


@pytest.mark.parametrize("words", ["吸取2020年“7·18”特大洪涝灾害教训，", "深入贯彻2021年中央1号文件精神，"])
def test_what_is_learned_from_dates_nothing(understand, words):
    found = read(understand, "地区生产总值增长4.2%。", f"{words}加固堤防180公里。")
    assert found[1:] == [("加固堤防", "level", "target", 2025, 180, "eq")]


# ---------------------------------------------------------------- plans
def _of_plan(understand, *parts: str) -> list[tuple]:
    text = "綦江区国民经济和社会发展第十五个五年规划纲要（2026—2030年）\n\n" + "\n\n".join(parts) + "\n"
    facts = sorted(understand(text).facts, key=lambda f: f["char_start"])
    return [(f["indicator"], f["status"], f["year"], f["period"], f["value"]) for f in facts]


@pytest.mark.parametrize("heading", ["第一节 如期全面建成小康社会", "第一节 全面小康如期实现", "第一节 区情概况"])
def test_headings_that_tell_what_was_reached(understand, heading):
    found = _of_plan(understand, "第一章 乘势而上", heading, "常住人口城镇化率达到58%。", "第二章 主要目标", "常住人口城镇化率达到65%。")
    assert found == [("常住人口城镇化率", "actual", 2025, "annual", 58), ("常住人口城镇化率", "target", 2030, "annual", 65)]


def test_a_paragraph_on_the_five_years_past_turns_those_behind_it(understand):
    told = ("“十四五”时期，规划目标任务基本完成。", "规上工业企业达到228家，五年累计新增城镇就业6.3万人。")
    goals = ("第二章 开启新征程", "规上工业企业达到350家。")
    found = _of_plan(understand, "第一章 乘势而上迈向新征程", "第一节 新的起点", *told, *goals)
    assert found == [
        ("规上工业企业", "actual", 2025, "annual", 228), ("城镇新增就业", "actual", 2025, "cumulative", 63000),
        ("规上工业企业", "target", 2030, "annual", 350),
    ]  # fmt: skip


def test_among_goals_it_turns_nothing(understand):
    found = _of_plan(understand, "第一章 主要目标", "规上工业企业达到350家。", "第二章 全面深化改革开放", "“十四五”时期，开放水平提高。", "高新技术企业达到120家。")
    assert found == [("规上工业企业", "target", 2030, "annual", 350), (HITECH, "target", 2030, "annual", 120)]


def test_the_year_of_an_outlook_and_years_past_hold_for_the_whole_list(understand):
    found = _of_plan(
        understand, "第一章 主要目标", "展望2035年，地区生产总值突破1500亿元；常住人口城镇化率达到70%。",
        "第二章 扩大开放", "“十四五”时期全区累计完成固定资产投资1586亿元；累计新增城镇就业6.3万人。",
    )  # fmt: skip
    assert found == [
        (GDP, "target", 2035, "annual", 1500), ("常住人口城镇化率", "target", 2035, "annual", 70),
        (INVESTMENT, "actual", 2025, "cumulative", 1586), ("城镇新增就业", "actual", 2025, "cumulative", 63000),
    ]  # fmt: skip


def test_the_year_to_which_a_structure_has_changed(understand):
    review = "三次产业结构由2020年的18.9:45.2:35.9调整为2025年的15.2:37.6:47.2。"
    found = _of_plan(understand, "第一章 主要目标", review)
    assert ("三次产业结构", "actual", 2025, "annual", None) in found and not [f for f in found if f[1] == "target"]


# ---------------------------------------------------------------- tables
def test_the_mean_of_one_year_and_another_currency_in_a_table(understand):
    rows = table(("指标", "单位", "2024年完成", "2025年计划"), ("PM2.5年均浓度", "微克/立方米", "20", "≤19"), ("实际使用外资", "万元", "4860", "4900"))
    found = [f for f in understand(annual(rows)).facts if f["origin"] == "table"]
    means = [(f["indicator_id"], f["period"], f["value"]) for f in found if f["indicator"] == "PM2.5年均浓度"]
    assert means == [("pm25", "annual", 20), ("pm25", "annual", 19)]
    assert [(f["indicator_id"], f["value"]) for f in found if f["indicator"] == "实际使用外资"] == [(None, 4860), (None, 4900)]


def _rows(understand, *rows) -> list[tuple]:
    """(indicator, measure, status, year, value, unit) of each cell of a table."""
    facts = sorted((f for f in understand(annual(table(*rows))).facts if f["origin"] == "table"), key=lambda f: f["char_end"])
    return [(f["indicator"], f["measure"], f["status"], f["year"], f["value"], f["unit"]) for f in facts]


def test_a_rate_in_a_column_of_growth_has_changed_by_points(understand):
    heads = ("指标", "单位", "2023年完成", "2024年完成", "增长%", "2025年目标", "增长%")
    rows = [("空气质量优良率", "%", "98.1", "97.8", "-0.3", "98", "0.2"), ("税收占比", "%", "60", "63", "5", "—", "—")]
    rows += [("城镇登记失业率", "%", "—", "—", "—", "—", "4.5"), ("常住人口城镇化率", "%", "—", "—", "0.9", "—", "—")]
    rows += [("进出口占比", "%", "—", "—", "2", "—", "—"), ("固定资产投资", "亿元", "300", "318", "6", "340", "7")]
    air, tax, jobless = "空气质量优良天数比率", "税收收入占一般公共预算收入比重", "城镇登记失业率"
    assert _rows(understand, heads, *rows) == [
        (air, "level", "actual", 2023, 98.1, "%"), (air, "level", "actual", 2024, 97.8, "%"), (air, "change", "actual", 2024, -0.3, "百分点"),
        (air, "level", "target", 2025, 98, "%"), (air, "change", "target", 2025, 0.2, "百分点"),
        (tax, "level", "actual", 2023, 60, "%"), (tax, "level", "actual", 2024, 63, "%"), (tax, "growth", "actual", 2024, 5, "%"),  # 63 is 5 % more than 60
        (jobless, "level", "target", 2025, 4.5, "%"),  # 0.9 of the next row may be either
        (INVESTMENT, "level", "actual", 2023, 300, "亿元"), (INVESTMENT, "level", "actual", 2024, 318, "亿元"),
        (INVESTMENT, "growth", "actual", 2024, 6, "%"), (INVESTMENT, "level", "target", 2025, 340, "亿元"), (INVESTMENT, "growth", "target", 2025, 7, "%"),
    ]  # fmt: skip


def test_a_difference_in_a_column_of_comparison_is_no_rate(understand):
    heads = ("指标", "单位", "2023年", "2024年", "同比")
    rows = [("规上工业企业数", "户", "168", "186", "18"), ("粮食产量", "万吨", "38.2", "38.6", "1.0"), ("空气质量优良天数", "天", "348", "352", "4")]
    found = [f for f in _rows(understand, heads, *rows) if f[1] != "level"]
    assert found == [
        ("规上工业企业", "change", "actual", 2024, 18, "家"), ("粮食产量", "growth", "actual", 2024, 1, "%"),
        ("空气质量优良天数", "change", "actual", 2024, 4, "天"),
    ]  # fmt: skip
    said = ("指标", "单位", "2023年", "2024年", "同比增速（%）")  # the head says that it is a rate: a slip of the report stays as it is
    assert _rows(understand, said, rows[0])[-1] == ("规上工业企业", "growth", "actual", 2024, 18, "%")


@pytest.mark.parametrize("whole, part, name", [
    ("固定资产投资", "其中：工业", "工业投资"),
    ("第二产业", "其中：工业", "工业增加值"),
    ("重点项目投资", "其中：政府投资类", "重点项目投资中的政府投资类"),
    ("一般公共预算总收入", "其中：地方级收入", "地方级收入"),  # a name of its own
    ("规上工业总产值", "其中：汽车制造业产值", "汽车制造业产值"),
])
def test_a_row_that_says_only_which_part_it_is_has_the_name_of_the_whole(understand, whole, part, name):
    found = _rows(understand, ("指标", "单位", "2024年完成"), (whole, "亿元", "300"), (part, "亿元", "120"))
    assert [f[0] for f in found][1:] == [name]


VISITORS, RD = "接待游客", "全社会研发经费投入强度"
RETAIL_AND_TRADE = "主要是固定资产投资（计划增长5%）、社会消费品零售总额（计划增长6%左右）、进出口总额（计划增长3.5%）等指标。"

#: When it was, and what it was compared with: (sentence, facts as brief() has them, with the year).
TIMES = [
    (
        "森林覆盖率从“十三五”末的18.1%提高到18.9%。",
        [("森林覆盖率", "level", "actual", 2020, 18.1, "eq"), ("森林覆盖率", "level", "actual", 2024, 18.9, "eq")],
    ),
    (
        "一般公共预算收入由上年末的12亿元提升至13亿元。",
        [("一般公共预算收入", "level", "actual", 2023, 12, "eq"), ("一般公共预算收入", "level", "actual", 2024, 13, "eq")],
    ),
    ("贫困发生率由2014年初的10.2%降至0。", [("贫困发生率", "level", "actual", 2024, 0, "eq")]),  # the beginning of 2014 is no year's end
    (
        "R&D经费支出108.4亿元（2023年数），占GDP比重3.86%。全年接待游客120万人次。",
        [("全社会研发经费投入", "level", "actual", 2023, 108.4, "eq"), (RD, "level", "actual", 2023, 3.86, "eq"),
         (VISITORS, "level", "actual", 2024, 120, "eq")],
    ),
    ("规上工业总产值863.9亿元（1—11月），增长9.1%。全年接待游客120万人次。", [(VISITORS, "level", "actual", 2024, 120, "eq")]),
    (
        "老旧小区2000年底前建成的89个全部改造，新增公共停车位6000个。实施2018年启动的人居环境行动，改造小区52个。",
        [("老旧小区2000年底前建成", "level", "actual", 2024, 89, "eq"), ("新增公共停车位", "level", "actual", 2024, 6000, "eq"),
         ("改造小区", "level", "actual", 2024, 52, "eq")],
    ),
]  # fmt: skip

#: How far such a time reaches.
REACH = [
    (
        "研发投入强度2.1%（2023年数），固定资产投资增长5%。",
        [(RD, "level", "actual", 2023, 2.1, "eq"), (INVESTMENT, "growth", "actual", 2024, 5, "eq")],
    ),
    ("高新技术企业120家（1—11月），固定资产投资增长5%。", [(INVESTMENT, "growth", "actual", 2024, 5, "eq")]),
    ("2022年建成的5G基站1200个。", [("建成的5G基站", "level", "actual", 2022, 1200, "eq")]),
    (
        "2023年建设的高标准农田5万亩，2024年新建高标准农田3万亩。",
        [("改造提升高标准农田", "level", "actual", 2023, 5, "eq"), ("改造提升高标准农田", "level", "actual", 2024, 3, "eq")],
    ),
]

#: Whose figure it is.
WHOSE = [
    (
        "信访积案化解率98%以上；信访总量连续三年下降，降幅16.2%。",
        [("信访积案化解率", "level", "actual", 2024, 98, "ge"), ("信访总量", "growth", "actual", 2024, -16.2, "eq")],
    ),
    (
        "培育示范社80家，家庭农场总量翻一番，达到1200家。",
        [("培育示范社", "level", "actual", 2024, 80, "eq"), ("家庭农场总量", "level", "actual", 2024, 1200, "eq")],
    ),
    (
        RETAIL_AND_TRADE,
        [(INVESTMENT, "growth", "target", 2024, 5, "eq"), (RETAIL, "growth", "target", 2024, 6, "approx"),
         ("进出口总额", "growth", "target", 2024, 3.5, "eq")],
    ),
    (
        "未完成的有：固定资产投资（计划增长5%，实际增长2.1%）。",
        [(INVESTMENT, "growth", "target", 2024, 5, "eq"), (INVESTMENT, "growth", "actual", 2024, 2.1, "eq")],
    ),
    ("固定资产投资距年初确定的15%的目标尚有差距。", [(INVESTMENT, "growth", "target", 2024, 15, "eq")]),
    ("实际使用外资2000万美元，年均递增6%。", [("实际使用外资", "level", "actual", 2024, 2000, "eq"), ("实际使用外资", "growth", "actual", 2024, 6, "eq")]),
    (
        "民生支出完成35亿元，同比多支出3.3亿元。",
        [("民生支出", "level", "actual", 2024, 35, "eq"), ("民生支出", "change", "actual", 2024, 3.3, "eq")],
    ),
    ("全区333个行政村通硬化路率达100%。", [("行政村通硬化路率", "level", "actual", 2024, 100, "eq")]),
    ("每10万人口拥有体育场馆1.5个。", [("每10万人口拥有体育场馆", "level", "actual", 2024, 1.5, "eq")]),
    ("粮食播种面积稳定在98万亩以上，年产量10亿斤。", [("粮食播种面积", "level", "actual", 2024, 98, "ge"), ("粮食产量", "level", "actual", 2024, 50, "eq")]),
    ("政府债务率控制在120%红线以内。", [("政府债务率", "level", "actual", 2024, 120, "le")]),
    ("税收占比提高2个点。", [("税收收入占一般公共预算收入比重", "change", "actual", 2024, 2, "eq")]),
    (
        "三次产业增加值分别达到720亿、210亿和96亿元。",
        [("第一产业增加值", "level", "actual", 2024, 720, "eq"), ("第二产业增加值", "level", "actual", 2024, 210, "eq"),
         ("第三产业增加值", "level", "actual", 2024, 96, "eq")],
    ),
]  # fmt: skip

#: Lists, and what is shared in them.
SHARED = [
    ("在上海、贵阳等地成立綦江商会3个。", [("成立綦江商会", "level", "actual", 2024, 3, "eq")]),
    (
        "各类生产安全事故起数、死亡人数分别下降14.3%、20%。城镇新增就业2.18万。",
        [("各类生产安全事故起数", "growth", "actual", 2024, -14.3, "eq"), ("生产安全事故死亡人数", "growth", "actual", 2024, -20, "eq"),
         ("城镇新增就业", "level", "actual", 2024, 21800, "eq")],
    ),
    ("每千人口床位7.2张，新增医生12人。", [("每千人口床位", "level", "actual", 2024, 7.2, "eq"), ("新增医生", "level", "actual", 2024, 12, "eq")]),
    (
        "粮食播种面积50万亩，其中水稻20万亩、玉米10万亩，总产量20万吨。",  # of all, or of maize alone
        [("粮食播种面积", "level", "actual", 2024, 50, "eq"), ("水稻播种面积", "level", "actual", 2024, 20, "eq"),
         ("玉米播种面积", "level", "actual", 2024, 10, "eq")],
    ),
    (
        "拥有国家级企业技术中心12个、省级企业技术中心30个，分别新增2个和5个。",
        [("国家级企业技术中心", "level", "actual", 2024, 12, "eq"), ("省级企业技术中心", "level", "actual", 2024, 30, "eq"),
         ("新增国家级企业技术中心", "level", "actual", 2024, 2, "eq"), ("新增省级企业技术中心", "level", "actual", 2024, 5, "eq")],
    ),
    (
        "规上工业企业、限上商贸企业达到120家、98家，分别净增10家、8家。",
        [("规上工业企业", "level", "actual", 2024, 120, "eq"), ("限上商贸单位", "level", "actual", 2024, 98, "eq"),
         ("规上工业企业", "change", "actual", 2024, 10, "eq"), ("限上商贸单位", "change", "actual", 2024, 8, "eq")],
    ),
    (
        "城镇、农村牧区常住居民人均可支配收入预计可分别达到4.2万元和1.6万元，增长5%和8%。",
        [(URBAN, "level", "actual", 2024, 42000, "eq"), (RURAL, "level", "actual", 2024, 16000, "eq"),
         (URBAN, "growth", "actual", 2024, 5, "eq"), (RURAL, "growth", "actual", 2024, 8, "eq")],
    ),
    (
        "城市、农村牧区低保标准分别提高到每人每月820元、每人每月600元。",
        [("城市低保标准", "level", "actual", 2024, 820, "eq"), ("农村牧区低保标准", "level", "actual", 2024, 600, "eq")],
    ),
    (
        "建成区绿化覆盖率、绿地率分别达到40.1%、36.5%。",
        [("城市建成区绿化覆盖率", "level", "actual", 2024, 40.1, "eq"), ("建成区绿地率", "level", "actual", 2024, 36.5, "eq")],
    ),
    (
        "境内外上市公司总数达32家，新增2家。",
        [("境内外上市公司", "level", "actual", 2024, 32, "eq"), ("新增境内外上市公司", "level", "actual", 2024, 2, "eq")],
    ),
    ("全区人才总量达68.3万人。", [("人才总量", "level", "actual", 2024, 68.3, "eq")]),
    (
        "国企资产总额、营业收入、利润总额分别达2680亿元、154亿元、9.3亿元，同比分别增长8.8%、下降6.1%和持平。",
        [("国企资产总额", "level", "actual", 2024, 2680, "eq"), ("国企营业收入", "level", "actual", 2024, 154, "eq"),
         ("国企利润总额", "level", "actual", 2024, 9.3, "eq"), ("国企资产总额", "growth", "actual", 2024, 8.8, "eq"),
         ("国企营业收入", "growth", "actual", 2024, -6.1, "eq")],
    ),
    (
        "新增上市公司2家，境内外上市公司总数38家；新投用中小学9所、幼儿园11所。",
        [("新增上市公司", "level", "actual", 2024, 2, "eq"), ("境内外上市公司总数", "level", "actual", 2024, 38, "eq"),
         ("新投用中小学", "level", "actual", 2024, 9, "eq"), ("新投用幼儿园", "level", "actual", 2024, 11, "eq")],
    ),
]  # fmt: skip


@pytest.mark.parametrize("sentence, wanted", [*TIMES, *REACH, *WHOSE, *SHARED])
def test_when_it_was_and_whose_it_is(understand, sentence, wanted):
    reading = understand(annual(sentence))
    reading.check()
    assert [(*f[:5], f[6]) for f in reading.brief()] == wanted


@pytest.mark.parametrize("sentence, number, reason", [
    ("我国经济总量超过120万亿元，中等收入群体超过4亿人。", "4", "higher_level"),
    ("全球经济增长放缓，贸易量增长1%。", "1", "higher_level"),
    ("超额完成省定18%的目标任务。", "18", "higher_level"),
    ("规上工业总产值863.9亿元（1—11月），增长9.1%。", "9.1", "partial_year"),
    ("贫困发生率由2014年初的10.2%降至0。", "10.2", "base_value"),
    ("人均GDP仅相当于全市平均水平的42%。", "42", "comparison"),
    ("“十四五”时期，世界变局加速演进，我国中等收入群体超过4亿人。", "4", "higher_level"),
    ("超过八成的村实现村集体经济收入20万元以上全覆盖。", "20", "definition"),
    ("新增养老床位500张。主要是新建老年养护中心项目，目前正在施工，完成投资3800万元。", "3800", "project"),
])
def test_figures_of_others_and_of_other_times(understand, sentence, number, reason):
    assert understand(annual(sentence)).reason(number) == reason


def test_a_place_that_speaks_of_the_country_first_and_then_of_itself(understand):
    """我国 at the head takes nothing away from what the sentence says of the place."""
    reading = understand(annual("我国经济持续向好，我区地区生产总值增长6%。我国首个智慧车站投用，接待游客120万人次。"))
    assert [f[0] for f in reading.brief()] == [GDP, VISITORS]
    reading = understand(annual("全球经济复苏乏力，地区生产总值增长5.2%。世界经济下行，固定资产投资下降12%。"))
    assert [(f[0], f[4]) for f in reading.brief()] == [(GDP, 5.2), (INVESTMENT, -12)]


@pytest.mark.parametrize("place, reason", [("科尔沁右翼中旗", "higher_level"), ("重庆市綦江区", GDP)])
def test_the_whole_region_is_no_county_of_it(understand, place, reason):
    """全区 is the autonomous region in the report of one of its banners, and the district itself in a district's."""
    reading = understand(annual("全区地区生产总值增长5.3%，接待游客120万人次。", place=place))
    assert reading.reason("5.3") == reason
