"""Names that lean on the figure before them: 其中市级2家, 在建8座, 惠及4万人, 其中利润2亿元."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.names import Lead, Names
from etl.numerals import Quantity
from etl.sentence import Subject

CUT = "减排"
_PERSONS = ("people", "household")
_A_GRADE = re.compile(r"\d?A级(?:以上)?")
_REACHING = ("count", "money", "length", "area_build", "area_land", "area_land2")  # what is done or given reaches somebody
_ESCAPED = re.compile(r"(?:[、，]?\d[\d.]*万?余?[人名])?(?:建档立卡|农村|相对)*(?:贫困)?(?:人口|群众|户)?(?:全部|全面|均|如期|已|实现|稳定|顺利|成功)+脱贫(?!攻坚)")
_NEW_OF_TIER = re.compile(r"(.{3,16}?)(?:分别)?(新增|新认定|新获批|培育)(.{2,5})")
_CONTRIBUTES = re.compile(r"对.{2,14}的?贡献率")
_SHARE = re.compile(r"^(.{2,12}?)(?:增加值)?占(?:GDP|生产总值|地区生产总值)(?:的)?(?:比重|比例)?$")


def named(p: str, q: Quantity, whole: Subject, names: Names) -> str | None:
    """The full name of a figure whose own words ``p`` say only in which state, whom it reaches, or which part of ``whole`` it is.

    None when ``p`` is a name of its own, or does not fit what stands before it.
    """
    says = names.says
    alike = q.kind == whole.kind and q.base == whole.base and not whole.indicator_id
    if says.state.fullmatch(p) and alike:  # 建成过江通道4座、在建8座
        noun = whole.name.removeprefix(whole.verb) if whole.verb else whole.name
        return p + noun if len(noun) > 1 else None
    ranked = says.tiered.match(whole.words or whole.name) if q.kind == whole.kind and q.base == whole.base and says.tier.fullmatch(p) else None
    if ranked:  # 国家级龙头企业4家、省级31家
        return re.sub(r"^(?:累计|培育|拥有)+", "", ranked[1]) + p + ranked[2]
    if q.base == whole.base and _A_GRADE.fullmatch(p) and (graded := re.fullmatch(rf"(.*?){_A_GRADE.pattern}(.{{2,}})", whole.name)):
        return graded[1] + p + graded[2]  # A级以上景区18家，其中4A级以上6家
    if alike and not whole.parts and says.stage.fullmatch(p) and whole.name.endswith("项目"):  # “三个一批”签约项目38个、开工33个
        return p + says.stage.sub("", whole.name.removeprefix(whole.verb))
    reach = says.reach.fullmatch(p)
    if reach and q.kind in _PERSONS and whole.kind not in _PERSONS and not whole.indicator_id and len(whole.name) > 3 and (
        not says.reach.search(whole.name) and names.is_name(whole.name)):  # 发放救助资金1.2亿元，惠及2.6万人
        return whole.name + reach[1] + says.aspects[q.kind]
    if q.kind == "count" and whole.kind == "money" and not whole.indicator_id and p == names.verb(p) + "项目" != "项目" and says.fund.search(whole.name):
        return whole.name.removeprefix(whole.verb) + p  # 投入衔接资金5.72亿元，实施项目386个
    whom = says.reach_whom.fullmatch(p)
    if whom and q.kind in _PERSONS and whole.kind in _REACHING and not whole.indicator_id and len(whole.name) > 3 and names.is_name(whole.name):
        return whole.name + whom[1]  # 改造老旧小区43个，惠及居民3860户
    if p in ("利润", "税金", "税收") and whole.name.endswith("利税") and q.kind == "money":  # both are parts of it
        return whole.name.removesuffix("利税") + p
    if p in ("总面积", "面积", "幅员面积") and whole.kind == "people" and q.kind in ("area_land", "area_land2"):
        return p  # 人口42万人，总面积1200平方公里: of the place
    if not (_CONTRIBUTES.fullmatch(p) and q.kind == "percent"):
        return None
    if share := _SHARE.match(whole.words or whole.name):
        return share[1] + p
    amount = whole.kind == "money" or whole.measured == "growth"  # 第三产业增加值增长4.2%，对经济增长的贡献率为43.5%
    return re.sub("(?:增加值|总产值|产值)$", "", whole.words or whole.name) + p if amount else None


def new_of_tier(p: str, names: Names) -> str:
    """专精特新企业分别新增市级 -> 新增市级专精特新企业; other words stay as they are."""
    m = _NEW_OF_TIER.fullmatch(p)
    return m[2] + m[3] + m[1].removesuffix("分别") if m and names.says.tier.fullmatch(m[3]) else p


def out_of_poverty(q: Quantity, text: str) -> str | None:
    """«1240户3860人全部脱贫»: the words behind say what is counted; None when they say something else."""
    if q.kind not in _PERSONS or not _ESCAPED.match(text, q.end):
        return None
    return "脱贫户" if q.kind == "household" else "脱贫人口"


def levelled(p: str, whole: Subject, names: Names) -> str:
    """市级 of 培育专精特新企业 is 市级专精特新企业; other words stay as they are."""
    return p + names.says.how_gained.sub("", whole.name) if names.says.grade.fullmatch(p) else p


def what_was_cut(subject: Subject, names: Names) -> Subject:
    """二氧化硫减排320吨: an amount of its own, not by how much the total of a year is less."""
    name = (subject.words or subject.name).removesuffix("排放量").removesuffix("排放总量").removesuffix("排放") + CUT + "量"
    hit = names.find(name)
    return replace(subject, name=names.catalog.indicators[hit[0]].indicator if hit else name, indicator_id=hit[0] if hit else None, measure=None)


def numerator(q: Quantity, lead: Lead, subject: Subject, names: Names) -> Subject:
    """A growth rate after «甲占乙比重» is that of 甲; 粮食增产2万吨 speaks of its output."""
    if {"增产", "减产"} & set(lead.words) and not subject.indicator_id and (hit := names.find(subject.name + "产量")):
        return Subject(names.catalog.indicators[hit[0]].indicator, hit[0], hit[1], subject.start, kind=q.kind, base=q.base)
    if {"增产", "减产"} & set(lead.words) and q.kind == "mass" and not subject.indicator_id and not subject.name.endswith("产量"):
        return replace(subject, name=subject.name + "产量")  # 秋粮增产0.9亿斤
    if q.kind != "percent" or lead.direction is None or "占" not in subject.words:
        return subject
    hit = names.find_end(subject.words.split("占", 1)[0])
    return Subject(names.catalog.indicators[hit[0]].indicator, hit[0], None, subject.start, kind=q.kind) if hit else subject
