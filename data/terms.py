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
                 "sub_area", "project", "aggregate", "organisation", "higher", "structural", "generic", "several", "implied", "counted",
                 "aspect", "building", "clause_only", "count_noun", "counted_head", "difference", "firm", "fund", "gain", "gained", "grade", "how_far", "in_turn", "insured",
                 "many", "measured", "moves_on", "not_counted", "noun_end", "of_all", "only_with", "own_verb", "portion", "predicate", "qualifier", "reach", "held_to", "reached", "receiver", "resized", "says_how",
                 "site_size", "stage", "stands_at", "state", "step", "summed", "task_name", "tier", "under_way", "whole",
                 "provisional", "not_provisional", "settled",
                 "heading_done", "heading_planned", "heading_review", "heading_forward", "heading_onward")
#: What a target and its result come to, and why there is no target beside a result; their words stand in states.csv.
TARGET_STATES = ("exceeded", "met", "expected", "near", "missed", "told_met", "told_missed", "told_nothing", "neutral", "incomparable",
                 "no_target", "no_actual", "result_not_held", "not_due", "nothing", "not_held")
NO_TARGET = ("untargeted", "unlisted", "target_not_held")
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
    "incomplete": "可能不全",  # a report without the half that such a report has
    "unseen_characters": "看不见的字符",  # characters of the text that nobody sees, see UNSEEN
}

#: Ranges of characters that nobody sees, as they stand in a regular expression: those that turn the direction of what
#: follows (so that 5.21 looks like 12.5), those without width, controls (but white space), halves of pairs, no characters.
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
UNSEEN = (
    TURNING
    + "\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2028\u2029"
    "\u2060-\u2065\u206a-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)

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

#: Units of a standard that is set for a month or for a year, where 元 is printed.
TIMED = ("元/月", "元/年")

#: Headings of columns for people, in tables and in files: technical name -> Chinese. The first group are the columns of facts.
COLUMNS = {
    "fact_id": "编号",
    "report_id": "报告编号",
    "district_code": "区划代码",
    "district": "区县",
    "indicator_id": "指标代号",
    "indicator": "指标",
    "category": "专题",
    "measure": "总量或增速",
    "status": "完成或目标",
    "year": "年份",
    "period": "时期",
    "period_start": "时期起始年",
    "value": "数值",
    "unit": "单位",
    "value_reported": "原文的数",
    "unit_reported": "原文单位",
    "comparator": "比较词",
    "value_text": "文字值",
    "binding": "指标性质",
    "origin": "来源",
    "preferred": "首选",
    "section": "章节",
    "line_start": "行",
    "line_end": "末行",
    "char_start": "起点",
    "char_end": "终点",
    "quote": "原句",
    "rule": "取数规则",
    "derived_from": "推算依据",
    "source_title": "补充来源",
    "source_url": "补充来源网址",
    "note": "说明",
    "indicator_reported": "补充来源的指标名",
    "qualifier": "口径",
    "value_low": "下限",
    "value_high": "上限",
    "confidence": "可信程度",
    "provisional": "预计数",
    # made for people
    "place": "地区",
    "title": "报告",
    "printed": "原文数值",
    "marks": "补充、推算、预计和带比较词的数",
    # of a target beside its result
    "actual": "实际",
    "actual_unit": "实际的单位",
    "actual_printed": "实际（含单位）",
    "actual_origin": "实际的来源",
    "actual_qualifier": "实际的口径",
    "actual_provisional": "实际为预计数",
    "actual_id": "实际的编号",
    "target": "目标",
    "target_unit": "目标的单位",
    "target_printed": "目标（含单位）",
    "target_origin": "目标的来源",
    "target_binding": "目标的性质",
    "target_id": "目标的编号",
    "gap": "差距",
    "gap_unit": "差距的单位",
    "gap_share": "差距占目标（%）",
    "state": "状态",
    # of the catalogue and of findings
    "direction": "优劣",
    "growth_basis": "增速口径",
    "kind": "性质",
    "definition": "定义",
    "unit_level": "总量单位",
    "unit_change": "增减单位",
    "message": "内容",
}
