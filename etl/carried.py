"""What a figure without a name of its own takes over from the clause before it, the figure before it, or the box it stands in."""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import Catalog
from etl.names import NET_GAIN, STATE_RATE, Lead, Names, unlike_the_end
from etl.numerals import Quantity
from etl.scope import Scope
from etl.sentence import REACH, Sentence, Subject

_SHARE_OF = re.compile(r"..占(?!地(?!区)|用|压|补|道)|占比$")
#: how large the projects or firms are that a name is about: 亿元以上
SIZE = re.compile(r"(?:\d[\d.]*[万亿]*|[十百千万亿]+)元?(?:以上|以下)|(?:超|超过)[\d.十百千万亿]+元")
_SHARE_WORD = re.compile(r"(?:占比|比重|比例)$")
#: what was to be invested within the year; the whole of it is no target of a year
PLANNED_INVESTMENT = re.compile(r"(?:年度|当年|全年|本年)?计划(?:完成)?投资(?:额)?$|年度投资计划$")
_NEEDS_OWNER = re.compile(r"(?:投资|投资额|投资总额|建筑面积|占地面积|占地)$")
_NEW_OF_SIZE = re.compile(r"^新增(?=规上|规模以上|限上|限额以上)")
_BEFORE_ASIDE = re.compile(r"([^，。；：、（）()\d]{2,24})[（(]$")
_MAINLY = re.compile(r"(?:^|[，：。])主要[是为][^，。；：\d]{2,30}(?<!等)项目[，（]")  # 新增养老床位500张。主要是新建养护中心项目，…完成投资3800万元
_HOST = re.compile(r"(?P<next>[）)][、和及与，])?(?P<name>[^，。；：、（）()\d]{2,24})[（(]")  # whose figure stands in the bracket
_STAGE_OF_PROJECT = re.compile(r"[一二三四五六七八九十]期$")


class Carried:
    """Finds what was spoken of before, with the names of the catalogue and the scope of one report's place."""

    def __init__(self, catalog: Catalog, names: Names, scope: Scope):
        self.catalog, self.names, self.scope = catalog, names, scope
        self.places = scope.names

    def catalogued(self, hit, start: int, q: Quantity, verb: str = "", blocked: str | None = None, words: str = "") -> Subject:
        name = self.catalog.indicators[hit[0]].indicator
        return Subject(name, hit[0], hit[1], start, verb, blocked, q.kind, q.base, words=words)

    @staticmethod
    def worded(name: str, start: int, q: Quantity, verb: str = "", blocked: str | None = None) -> Subject:
        return Subject(name, None, None, start, verb, blocked, q.kind, q.base)

    def inherit(self, s: Sentence, q: Quantity, lead: Lead) -> Subject | None:
        """A clause without a name speaks of the last one; another kind of unit is another aspect of it."""
        parent = s.subject
        if parent is None:
            if s.label and s.end == 0 and (lead.words or q.kind in ("money", "percent", "point")):
                hit = self.names.find_end(s.label)
                other = not self._level_of(Subject("", hit[0], None, 0), q) if hit else q.kind != "money" and self.names.attribute_at_end(s.label)
                if other and q.kind not in ("percent", "point"):
                    return None  # not in the unit of what the label names
                name = self.catalog.indicators[hit[0]].indicator if hit else s.label
                start = 0 if s.text.startswith(s.label) else q.start
                return Subject(name, hit[0] if hit else None, None, start, blocked=self.scope.narrower(s.label, s.label, bool(hit)), kind=q.kind)
            return None
        if lead.direction is None and q.base == parent.base:
            gained = parent.verb == NET_GAIN and parent.measure  # 净增规上工业企业20家，达到105家
            new = (parent.verb or parent.name).startswith("新增") and parent.measured == "level"  # 高新技术企业新增24家，达到206家
            reached = self.names.says.stands_at & set(lead.words) or "力争" in lead.words and "突破" in lead.words
            if gained or new and q.kind not in ("money", "people") and reached:
                return None if parent.parts else self.stock_of(parent)
        if NET_GAIN in lead.words and parent.parts and q.base == parent.base:
            return None
        if NET_GAIN in lead.words and (parent.verb or parent.name).startswith("新") and q.base == parent.base:
            return self.stock_of(parent)  # 新增规上工业企业26家、净增18家
        if lead.direction is not None and q.kind not in ("percent", "point") and q.base != parent.base:
            same = next((x for x in reversed(s.recent) if x.base == q.base and (x.indicator_id or x.kind in ("count", "people"))), None)
            if same:  # 优良天数278天、优良率76.2%，增加11天; 事故13起、死亡9人，同比减少4起、3人
                return same
        if lead.direction is not None and q.kind == "percent" and len(s.listed) > 1 and parent is s.listed[-1]:
            return None  # 存款、贷款余额分别达到416亿元、285亿元，增长8%: of which of them is not said
        if lead.direction is not None and q.kind == "percent" and _SHARE_OF.search(parent.name):  # 增加值1641亿元，占GDP比重61.9%，增长1.5%
            return next((x for x in reversed(s.recent) if x.kind not in ("percent", "point") and not _SHARE_OF.search(x.name)), None)
        if lead.direction is not None and q.kind == "percent" and not parent.indicator_id and self.names.says.how_far.search(parent.name):
            return next((x for x in reversed(s.recent) if not self.names.says.how_far.search(x.name)), None)  # 完成投资9亿元，完成率102%，增长8%
        if lead.direction is not None or q.kind in ("percent", "point") or lead.becomes:
            return parent
        if parent.kind and q.kind and q.kind != parent.kind and q.kind not in ("percent", "point", "ratio"):
            told = self._level_of(parent, q)
            if told or parent.kind in ("percent", "point", "ratio"):
                return told  # 年均增长9.4%，达到168.9亿元; there is no amount of a rate
            crop = re.sub(r"(?:播种|种植)(?:面积)?$|面积$", "", parent.name)
            if q.kind == "mass" and crop != parent.name:  # 粮食播种面积86.4万亩，总产37.2万吨
                hit = self.names.find(crop + "产量")
                return self.catalogued(hit, parent.start, q, blocked=parent.blocked) if hit else self.worded(
                    crop + "产量", parent.start, q, parent.verb, parent.blocked)
            if parent.blocked == "partial_year" or s.text[q.end: q.end + 1].isdigit():
                return None  # 标准提高到每月1275元，惠及5.7万户
            aspect = self.names.says.aspects.get(q.kind)
            if aspect and not parent.name.endswith(aspect):
                return self.worded(parent.name + aspect, parent.start, q, parent.verb, parent.blocked)
            return None
        if q.kind == "count" and parent.base and q.base != parent.base:
            return None  # 1门课程 … 59金: not the same thing
        if lead.total and (parent.verb or parent.name.startswith("新")):
            return None if parent.parts else self.stock_of(parent)  # 新增企业28家，其中国家级2家，累计达…: of which of them is not said
        if q.kind == "money" and {"完成", "实现"} & set(lead.words) and (planned := PLANNED_INVESTMENT.search(parent.name)):
            return replace(parent, name=parent.name[: planned.start()] + "投资")  # 年度计划投资9亿元，完成10亿元
        return parent

    def _level_of(self, parent: Subject, q: Quantity) -> Subject | None:
        """What was first given by its growth rate, now in its own unit; None when the unit is not its own."""
        indicator = self.catalog.indicators.get(parent.indicator_id) if parent.indicator_id else None
        if indicator is not None:
            base = self.catalog.base_of(indicator.unit_level)
            own = base is not None and base == q.base
        else:
            own = parent.measured in ("growth", "change")
        return replace(parent, kind=q.kind, base=q.base) if own else None

    def our_own(self, other: Subject) -> Subject | None:
        """«泰州市地区生产总值增长5.6%，我市增长6.1%»: the same indicator, of this place."""
        if other.indicator_id:
            return replace(other, blocked=None)
        hit = next((h for k in range(2, min(8, len(other.name) - 1)) if (h := self.names.find(other.name[k:]))), None)
        return Subject(self.catalog.indicators[hit[0]].indicator, hit[0], hit[1], other.start, kind=other.kind, base=other.base) if hit else None

    def stock_of(self, parent: Subject) -> Subject:
        """新增专精特新企业31家、累计达106家: the second is the stock."""
        name = parent.name
        for verb in (parent.verb, "新增"):
            if verb and name.startswith(verb) and len(name) > len(verb) + 1:
                name = name[len(verb):]
                break
        hit = self.names.find_end(name)
        if hit and self.catalog.indicators[hit[0]].kind == "increment":  # 建成高标准农田5.2万亩，累计达61.8万亩
            hit, name = None, name.removeprefix(self.names.verb(name)) or name
        if hit:
            return Subject(self.catalog.indicators[hit[0]].indicator, hit[0], None, parent.start, "", parent.blocked, parent.kind, parent.base)
        return Subject(name, None, None, parent.start, "", parent.blocked, parent.kind, parent.base)

    def of_parent(self, s: Sentence, q: Quantity, attribute: str, begin: int, clause: str) -> Subject | None:
        parent = s.subject or (s.recent[0] if s.recent else None)
        if self.names.says.how_far.search(attribute) and parent and parent.name.endswith("率"):  # 开工率100%、完成率98%: of what was begun, not of the rate
            parent = next((x for x in reversed(s.recent) if not x.name.endswith("率")), None)
        generic = parent is not None and parent.name.startswith("项目") and len(s.recent) > 1  # 重点项目135个，66个项目投产，完成投资98亿元
        if parent and (parent.name.endswith(("以上）", "以下）")) or parent.parts and SIZE.search(parent.name) or (parent.parts > 1 or generic) and _NEEDS_OWNER.search(attribute)):
            return None  # 亿元以上项目112个，其中10亿元以上25个，完成投资45亿元: of which of them is not said
        if len(s.listed) > 1 and any(parent is x for x in s.listed) and "均" not in clause:
            return None  # 肉牛、肉羊饲养量分别达到18万头、96万只，出栏6万头: of which of them is not said
        if STATE_RATE.fullmatch(attribute) and parent and self.names.says.stage.match(parent.name) and "签约" not in parent.name[:3]:
            return None  # 新开工项目86个、竣工52个，开工率96.8%: not of those that were completed
        if parent is s.subject and parent and attribute.endswith("率") and parent.kind == "count" and not parent.blocked and not parent.parts:
            beside = self._together(s, parent)
            if len(beside) > 1 and all(x.base == parent.base for x in beside) and (both := self._named_together(beside)):
                parent = both  # 办理人大代表建议128件、政协提案156件，办结率100%
        head = parent.name if parent else s.label
        if parent and q.kind == "money" and not parent.indicator_id and head.endswith("率"):
            head = STATE_RATE.sub("", head)  # 重点项目开复工率100%，完成投资73.5亿元: of the projects
            if head.endswith("率"):
                return None
        if self.names.says.how_far.search(attribute):
            head = re.sub("完成投资$", "投资", head)
        if parent and q.kind == "money":
            head = _NEW_OF_SIZE.sub("", head)  # 新增规上工业企业15户，主营业务收入突破240亿元: of all of that size
        if attribute.startswith(("亩均", "户均", "人均")):
            return self.worded(attribute, begin, q)
        if not head and _NEEDS_OWNER.search(attribute) and not self.names.says.whole.search(clause):
            head = self._programme_before(s, q, begin)
            if not head:
                return None  # 万达广场开业，总投资36亿元: whose it is stands in words that are no name
        if not head:
            hit = self.names.find_end(attribute)
            if hit:
                return self.catalogued(hit, begin, q, "", None)
            return self.worded(attribute, begin, q) if len(attribute) > 2 and attribute not in ("完成率", "达成率", "覆盖率", "达标率") else None
        attribute_rest = unlike_the_end(head, attribute)
        clean = attribute
        for verb in ("实现", "完成"):
            if clean.startswith(verb) and self.names.is_attribute(clean.removeprefix(verb)):
                clean = clean.removeprefix(verb)
                attribute_rest = attribute_rest.removeprefix(verb)
        if attribute in ("新增产值", "产值", "新增") and re.search(r"等[一-龥]{0,6}企业", s.text[: q.start]):
            return Subject(attribute, None, None, begin, blocked="organisation")
        joined = attribute + head if attribute in ("新增", NET_GAIN) and head and not self.names.verb(head) else head + attribute_rest
        other = "" if self.names.says.how_far.search(clean) or parent and parent.verb and self.names.says.reach.match(clean) and not clean.endswith(("率", "面")) else self.names.attribute_at_end(head)
        sized = parent is not None and parent.kind in ("count", "household") and (q.kind or "").startswith("area")  # 改造老旧小区88个、面积248万平方米
        if other and other != head and other != clean and not sized and not (_SHARE_WORD.search(clean) or clean.endswith("率") and parent and parent.indicator_id and not self.names.with_head(head, clean)):  # 粮食播种面积 + 产量, 重点项目总投资 + 年度计划投资
            cut = re.sub(r"(?:户均|人均|亩均|年均)$", "", head.removesuffix(other))
            joined = self.names.with_head(head, clean) or cut + unlike_the_end(cut, clean)  # 商品房销售面积 + 销售额
        hit = self.names.find(joined) or self.names.find(head + clean)
        blocked = parent.blocked if parent else self.scope.narrower(head, clause, False)
        start = parent.start if parent else (0 if s.text.startswith(s.label) else begin)
        verb = parent.verb if parent else ""
        if hit:
            return self.catalogued(hit, start, q, verb, blocked)
        return self.worded(joined, start, q, verb, blocked)

    def whole_work(self, s: Sentence, phrase: str) -> Subject:
        """What it is that reaches somebody: all that was done in the clause before (改造老旧小区14个、楼体56栋，惠及居民2130户), not the
        area or the length that was given last (改造老旧小区47个、62.3万平方米); else what was spoken of last."""
        last = s.subject
        if not self.names.says.reach_whom.fullmatch(phrase):
            return last
        things = self._together(s, last)
        if len(things) < 2:
            return things[0] if things else last
        return self._named_together(things) or replace(last, blocked=last.blocked or "unclassified")  # which of them it is, is not said

    @staticmethod
    def _together(s: Sentence, last: Subject) -> list[Subject]:
        """What the clause of ``last`` tells of, without the sizes of what it has named."""
        done = [x for x in s.recent if x is not s.carried and x.start >= s.clause_start(last.start)]
        return [x for x in done if not any(y is not x and x.name.startswith(y.name) for y in done)]

    @staticmethod
    def _named_together(things: list[Subject]) -> Subject | None:
        """All of them as one, where the same was done with each: 改造老旧小区、楼体; else None."""
        verb = things[0].verb
        if not verb or any(x.verb != verb or x.blocked or x.indicator_id or not x.name.startswith(verb) for x in things):
            return None
        return replace(things[0], name=verb + "、".join(x.name.removeprefix(verb) for x in things))

    def spoken_of(self, s: Sentence, q: Quantity, phrase: str, start: int) -> Subject | None:
        """What the clauses since the last figure speak of without a number: an indicator, or in other words how much there is of
        something («家庭农场总量翻一番，达到1200家»)."""
        at = min(s.gap_start(q.start), start)
        found = None
        for clause in re.split(r"(?<=[，；：,;:])", s.text[at: start]):
            own = self.names.own_place(clause.strip(" 　，、；"), self.places)
            hit = self.names.find_start(own)
            if hit and not self.scope.narrower(clause, clause, True):
                found = self.catalogued(hit[:2], at + max(clause.find(hit[2]), 0), q, words=hit[2])
            elif not hit and (total := self._total_told(own)):
                found = self.worded(total, at + max(clause.find(total), 0), q, "", self.scope.narrower(total, clause, False))
            elif host := _HOST.fullmatch(own):  # 固定资产投资（计划增长5%）、社会消费品零售总额（计划增长6%）
                name = self.names.strip_lead(host["name"])
                start = at + max(clause.find(name), 0)
                hit = self.names.find(name)
                if hit or host["next"] and name and not self.names.verb(name):
                    found = self.catalogued(hit, start, q) if hit else self.worded(name, start, q, "", self.scope.narrower(name, clause, False))
            at += len(clause)
        return found

    def _total_told(self, clause: str) -> str:
        """The name of a total with which a clause begins that says how it moved: 信访总量|连续三年下降; else empty."""
        clean = self.names.strip_lead(clause)
        for i in range(4, min(len(clean) - 1, 16)):
            if self.names.says.moved.fullmatch(clean, i):
                name = clean[:i]
                return name if self.names.says.count_noun.search(name) and not self.names.verb(name) else ""
        return ""

    def turned(self, s: Sentence, q: Quantity, subject: Subject) -> bool:
        """The clauses since the last figure begin with the name of another indicator: «民间投资信心不足，同比下降6.8%» is hardly of the
        one before it, and whether it is of this one is not said."""
        clauses = re.split(r"[，；：,;:]", s.text[s.gap_start(q.start): s.clause_start(q.start)])
        for clause in clauses:
            clean = self.names.strip_lead(self.names.own_place(clause.strip(" 　"), self.places))
            hit = next((h for i in range(len(clean), 2, -1) if (h := self.names.find(clean[:i]))), None)
            if hit and hit[0] != subject.indicator_id:
                return True
        return False

    def one_project(self, s: Sentence, q: Quantity, begin: int) -> str | None:
        """«推进××电站续建，完成投资9亿元», «××基地（占地260亩）»: whose attribute it is stands just before, without a number."""
        aside = _BEFORE_ASIDE.search(s.text, max(0, begin - 40), begin)
        if aside and not self.names.find_end(aside[1]) and not self.scope.aggregate(aside[1]):
            return self.scope.narrower(aside[1], aside[1], False) or (
                "project" if _STAGE_OF_PROJECT.search(aside[1]) or self.names.says.one_building.search(aside[1]) else None)
        if q.kind == "money" and _MAINLY.search(s.text, 0, q.start):
            return "project"
        last, ends = s.clause_before(q.start)
        if q.kind != "money" or s.end > ends or self.scope.aggregate(last):
            return None
        if re.search(r"(?:项目|工程|基地|中心)(?:建设|落地|签约|开工)*$", last):
            return "project"
        own = s.end <= ends - len(last) and not re.search(r"\d", last) and self.names.says.under_way.search(last)
        return (self.scope.narrower(last, last, False) or ("project" if self.names.says.one_building.search(last) else None)) if own else None

    def site_before(self, s: Sentence, q: Quantity) -> bool:
        """«第三实验小学建成招生，新增学位2160个»: the clause before tells of one building, without a number."""
        if s.subject is not None and s.subject.blocked == "project":
            return True
        aside = _BEFORE_ASIDE.search(s.text, 0, max(s.text.rfind("（", 0, q.start), 0) + 1)
        if aside and "）" not in s.text[aside.end(): q.start] and not self.scope.aggregate(aside[1]) and (
            self.names.says.one_building.search(aside[1]) or self.scope.narrower(aside[1], aside[1], False) == "project"):
            return True  # ××抽水蓄能电站（装机120万千瓦，总投资86亿元）
        last, _ = s.clause_before(q.start)
        return not (self.names.says.many.search(last) or self.scope.aggregate(last)) and (
            bool(self.names.says.one_building.search(last)) or self.scope.organisation_at_start(last))

    def _programme_before(self, s: Sentence, q: Quantity, begin: int) -> str:
        """推进重点项目建设，完成投资90亿元; 招商引资项目（总投资126亿元）: the programme whose attribute it is, or empty."""
        aside = _BEFORE_ASIDE.search(s.text, max(0, begin - 40), begin)
        return self.scope.programme(aside[1] if aside else s.clause_before(q.start)[0])

    def project_before(self, s: Sentence, q: Quantity) -> str | None:
        """«推进××水库项目建设，建成管网5公里»: what follows is that project's."""
        stop = s.clause_start(q.start)
        clauses = [c for c in re.split(r"[，；：]", s.text[max(0, stop - REACH): stop]) if c]
        for c in clauses[-2:]:
            if re.search(r"项目(?:建设|主体工程|落地|实施)*$", c) and (not self.scope.aggregate(c) or self.scope.proper(c)) and re.match(
                r"(?:.{0,8})?(?:推进|推动|实施|加快|持续|启动|建设|建成|投产|完成|开展|主要是|包括)", c) and not re.search(r"\d", c):
                return "project"
        last = clauses[-1] if clauses else ""
        if last and not re.search(r"\d|^以.*为|^围绕|^聚焦|^依托", last) and s.end <= s.text.find(last):
            clause = s.text[s.clause_start(q.start): q.start]
            own = "全年" in clause or self.names.says.whole.search(clause)
            if self.scope.sub_area(last[:30]) and not self.scope.aggregate(last) and not own:
                return "sub_area"
            if self.scope.organisation_at_start(last) and not own:
                return "organisation"
        return None
