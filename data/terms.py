"""Allowed values of the contract and of the catalogue; no imports, so anyone may read them."""

MEASURES = ("level", "growth", "change")
STATUSES = ("actual", "target")
PERIODS = ("annual", "average", "cumulative")
COMPARATORS = ("eq", "ge", "le", "gt", "lt", "approx")
BINDINGS = ("预期性", "约束性")
ORIGINS = ("table", "prose", "supplement", "derived")
REPORT_KINDS = ("annual_plan_report", "five_year_plan")
PASSAGE_KINDS = ("heading", "paragraph", "table_cell")
SEVERITIES = ("error", "warning", "info")
CATEGORIES = ("综合质效", "创新", "协调", "绿色", "开放", "共享", "安全")
INDICATOR_KINDS = ("flow", "increment", "stock", "rate", "ratio", "index", "qual")
GROWTH_BASES = ("real", "nominal")
DISTRICT_LEVELS = ("country", "province", "prefecture", "county")
#: Roles of lexicon.csv; what each is for stands in data/README.md.
LEXICON_ROLES = ("up", "down", "flat", "rate_noun", "intro", "pre_adverb", "pre_cmp", "post_cmp", "lead", "from", "attr", "flow_verb",
                 "sub_area", "project", "aggregate", "organisation", "higher", "structural", "generic")
#: Where a rule of exclusions.csv looks; empty: the unit alone decides.
LOOKS = ("", "before", "clause", "core", "after", "behind")
#: What people should look at. key -> the words shown to people.
FINDING_KINDS = {
    "contradiction": "说法不一",  # two statements about the same thing differ
    "definition_break": "口径变化",  # the same name, another definition
    "implausible": "数值可疑",  # outside the range or step the catalogue calls plausible
    "relabelled": "指标名与正文不符",  # a table's label says a stock, the report's prose says a flow
    "not_understood": "未能识别",  # a cell that holds something, but nothing we can read
    "outside_catalogue": "目录外指标",  # an indicator of a table that the catalogue does not have
    "correction": "已声明的更正",  # a declared correction is in force, or stale
    "target_changed": "目标调整",  # a later document sets another target for the same year
}

#: Why a number is no fact of the district. key -> the words shown to people.
REASONS = {
    "date": "日期或年份",
    "partial_year": "不足一年的时段",
    "document_number": "文号或书名号内",
    "ordinal": "序号",
    "rank": "位次或榜单",
    "name": "名称、代号或规格的一部分",
    "duration": "时长或年龄",
    "sub_area": "区内局部（园区、镇街、片区等）",
    "higher_level": "上级或外地的数",
    "comparison": "与他处、与目标或与基数的比较",
    "project": "单个项目",
    "organisation": "单个企业、学校、医院等单位",
    "structural_count": "事项、任务、条目的个数",
    "quantifier": "修饰主语的数量，不是观测值",
    "completion_ratio": "任务完成比例",
    "definition": "名词解释或标准、门槛",
    "base_value": "变化的起点值",
    "table_index": "表格序号或表头",
    "unit_missing": "没有计量单位",
    "unclassified": "尚未判明",
}
