"""Which subject a figure has: the words in front of it, the noun behind it, or what was spoken of before."""

from __future__ import annotations

import re
from dataclasses import replace

from data.catalog import Catalog
from etl import within
from etl.carried import SIZE, Carried
from etl.names import NET_GAIN, RATE, Lead, Names, unlike_the_end
from etl.numerals import Quantity
from etl.scope import Scope
from etl.sentence import GENERIC_CLASSIFIERS, HARD_STOP, Sentence, Subject
from etl.vocabulary import Vocabulary

_SIZED = re.compile(rf"({SIZE.pattern})(.*)")
#: 等 after a list; not that of 高等学校, 中等职业学校, 等级
_AND_SO_ON = r"(?<![高同平均优特])等(?![级值于候])(?<!中等(?=职业|专业|教育|收入|规模))"
_STOCK_NEXT = re.compile(r"[、，]?\s*(?:累计|总数|总量)(?:共?有|达到?|为)?(?:约|近|超)?\d")
_SO_FAR = re.compile(r"(?<!全年)(?<!今年)(?<!年内)(?<!全年共)累计(?:已|共)?(?:建成|培育|认定|创建)[^，。；\d]{0,16}$")
_DECIDED = re.compile(  # 完成区人代会批准增长8%的目标
    r"^\s*(?:圆满|全面|超额)?(?:完成|实现|达到|未完成|未能完成)?[市区县]?(?:人代会|人大|人民代表大会|人大会议|年初)[^，。；\d]{0,8}(?:批准|确定|通过|审议通过|提出)的?(?:预期)?(?:控制在)?$")
_FIRMS = re.compile(r"、[^，。；]*等\d+(?:余|多)?[家户]$")  # 三安光电、晶安光电等5家龙头企业实现产值86亿元
_PLAN_BEHIND = re.compile(r"(?<=[一-龥])(?:“十[一二三四五六七八九]?五”|十[一二三四五六七八九]五)(?:以来)?$")
#: 高新技术企业新增58家: the verb stands behind what is new
_NEW_BEHIND = re.compile(r"(.*[一-龥”]{2})(新增|净增)$")
_BECAUSE = re.compile(r"(?:因|受)[^，。；]{1,14}影响$")  # 夏粮因干旱影响减产1.2亿斤
_SHARE_OF = re.compile(r"[一-龥]{2}占(?!地|用|压|补|道|比)[^，。；、]*[^比重例率度的](?:的)?$")
_PARTED = re.compile(r"(?:总产值|产值|增加值|营业收入|销售额|投资)$")  # amounts that are given again for parts of the whole
_SHARED = re.compile(r"(?:里程|(?:播种|种植|栽培|养殖)?面积|装机(?:容量)?|(?:产|授权|申请|拥有|保有|用电|发电|用水|供水|供气|吞吐)量)$")  # measures that a part of the whole leaves out
OF_WHICH = re.compile(r"^中(?![药小型央医学级试欧国部心高介])")  # 支出61.4亿元中刚性支出占74%
PER = re.compile(r"每[百千万十]+(?:名|位)?(?:常住)?(?:人口?|老年人|老人|儿童)(?:拥有)?")
_MOST_FOR_EACH = 20  # doctors and nurses for each thousand people; of the whole place there are more
_THERE = re.compile("地区?|多地|国家?|省份?|省市|城市")
_SOME_FIRMS = re.compile("企业|产业|集群|园区|基地|合作社|行业")
_HEADS = ("头", "只", "羽", "匹", "头只")  # in which animals are counted
_KEPT = "(?:出栏|存栏|饲养)量?"
_COUNTED = re.compile(r"\d[余多]?[一-龥]$")  # in front of the noun of the number before: 2所|高校共12项成果
_NEXT_QUOTED = re.compile(r"\s*[、和及与]\s*\d[\d.]*[一-龥]“[^”]{1,14}”")
_AFTER_A_NOUN = re.compile(r"[^，。；：\d][、和及与]\s*\d[\d.]*[^，。；：、\d]+$")
_OF_THEM = re.compile(r"(?<=企业)中(?:产值|营收|税收|营业收入|年).*$")  # 116家规上工业企业中产值过5亿元的仅4家
_RESIDENTS = re.compile(r"(?:城镇|农村)(?:(?:常住)?居民)?")


def _after_label(label: str, name: str, says: Vocabulary) -> str:
    """食品加工 + 项目; 新建项目 + 项目 is 新建项目."""
    if says.says_how.search(label):
        return name  # 项目支撑作用凸显。新开工项目71个
    return label + name.removeprefix("项目") if label.endswith("项目") else label + name


class Subjects:
    """Finds subjects with the names of the catalogue and the scope of one report's place."""

    def __init__(self, catalog: Catalog, names: Names, scope: Scope):
        self.catalog, self.names, self.scope = catalog, names, scope
        self.places = scope.names
        self.before = Carried(catalog, names, scope)

    def share_of(self, s: Sentence, q: Quantity, phrase: str) -> Subject | None:
        """«超57%的规上工业企业成立研发机构»: the share of those that do so."""
        if q.kind != "percent" or self.names.strip_lead(phrase):
            return None
        m = re.match(r"的([^，。；、]{4,30})", s.text[q.end: q.end + 32])
        if not m or re.search(r"目标|任务|计划|进度|比例|速度|工程量", m[1]):
            return None
        s.threshold = q.end + m.end()
        name = m[1] + "占比"
        return self.before.worded(name, q.start, q, "", self.scope.narrower(m[1], m[1], False))

    def needs_no_unit(self, subject: Subject) -> bool:
        indicator = self.catalog.indicators.get(subject.indicator_id) if subject.indicator_id else None
        return indicator.kind in ("ratio", "index") if indicator is not None else subject.name.endswith(("系数", "指数"))

    @staticmethod
    def phrase(core: str, start: int) -> tuple[str, int]:
        """The words after the last hard stop in ``core``, and where they begin in the sentence."""
        last = 0
        for m in HARD_STOP.finditer(core):
            if m.group() in "（(" and ("）" in core[m.end():] or ")" in core[m.end():]):
                continue
            if m.group() in "）)" and m.end() < len(core) and ("（" in core[: m.start()] or "(" in core[: m.start()]):
                continue  # a note inside the name
            if m.group() in "）)" and m.end() == len(core):
                continue
            last = m.end()
        opened = core.rfind("“", last)
        if opened >= 0 and "”" not in core[opened:]:
            last = opened + 1
        return core[last:], start + last

    def counted_noun(self, q: Quantity, after: str) -> str:
        """The noun behind «28枚»: 金牌. Empty when the words behind are no noun of it."""
        noun = after.strip()
        if len(noun) < 2 and noun not in ("村", "镇", "乡", "县") or not noun or noun[0] in "的与及等以并且而或为在占是将" or (noun[0] == "和" and noun[1] not in "美谐平") or q.kind in ("percent", "point", "ratio", "time", "concentration", "rate"):
            return ""
        if self.names.says.not_counted.match(noun) or OF_WHICH.match(noun):
            return ""
        return after

    def takes_noun(self, phrase: str, noun: str) -> bool:
        """The words in front of the number ask for the noun behind it: a bare verb, nothing, or «…等»."""
        p = self.names.strip_lead(phrase)
        p = self._cut_scope(self.names.own_place(p, self.places))
        if not p or re.search(_AND_SO_ON + "[一-龥]{0,3}$", p) or (len(p) <= 4 and not self.names.is_attribute(p) and not self.names.find(p)):
            return True
        if "、" in p and "等" not in p and not self.names.attribute_at_end(p) and not self.names.find_end(p.rsplit("、", 1)[1]):
            return True  # 甲、乙2个项目, 甲路、乙路4条主干路
        verb = self.names.ends_in_verb(p)
        return bool(verb)

    def _cut_scope(self, p: str) -> str:
        """已梳理2025年全区 -> 梳理."""
        return re.sub(rf"(?:(?:19|20)\d{{2}}年|{self.names.says.whole.pattern}|城区)+$", "", p)

    def from_noun(self, s: Sentence, q: Quantity, lead: Lead, phrase: str, start: int, noun: str) -> Subject | None:
        p = self._cut_scope(self.names.own_place(self.names.strip_lead(phrase), self.places))
        clean = re.sub(r"(?:[和及与]|和(?![美谐平])[^和]*(?:大学|学院|医院|公司))$", "", noun.strip())
        runs_on = s.text[q.end + len(noun): q.end + len(noun) + 1].isdigit()
        if runs_on:
            clean = self.names.lead(clean).core
        if len(clean) < 2 and clean not in ("村", "镇", "乡", "县"):
            return None
        listed = re.fullmatch(r"[、和及与\s]+", s.text[s.end: q.start]) and s.subject is not None and s.subject.of_noun
        counted = q.kind == "count" and q.base in GENERIC_CLASSIFIERS or q.kind in ("people", "household")
        if not counted and q.kind != "area_land" and self.scope.project_like(clean) and not self.scope.aggregate(clean):
            return Subject(clean, None, None, s.end, blocked="project")
        if self.scope.structural(clean):
            return Subject(clean, None, None, s.end, blocked="structural_count")
        if of_another := self.scope.other_place(p):
            return Subject(clean, None, None, s.end, blocked=of_another)  # 灯塔市建成产业园1个
        if re.search(_AND_SO_ON + "[一-龥]{0,3}$", p):
            verb = self.names.verb(p)
        elif listed:
            verb = s.subject.verb
        elif "、" in p:
            verb = self.names.verb(p)
        else:
            verb = self.names.ends_in_verb(p) or (p if 0 < len(p) <= 2 and p not in ("包括", "其中", "涉及") and not (self.names.is_generic(p) and _COUNTED.search(s.text, 0, start)) and not re.search(r"[市区县镇村]$", p) else "")
        if not phrase.strip() and not listed and not lead.words and q.kind not in ("people", "household", "count"):
            return None
        clean = _OF_THEM.sub("", clean)
        next_one = _NEXT_QUOTED.match(s.text, q.end + len(noun)) if clean.startswith("“") and clean.find("”") == len(clean) - 1 else None
        if next_one:  # 19个“保交楼”、3个“保交房”项目
            clean += self.names.generic_at_start(s.text[next_one.end():])
        stop = self.names.says.noun_end.search(clean)
        verbs = [m for m in self.names.verbs_in(clean) if m.start() >= 2] if runs_on else []
        if verbs and not stop:  # 25个就业帮扶车间吸纳就业352人
            clean = clean[: verbs[-1].start()]
        core = clean[: stop.start()] if stop and stop.start() >= 3 and (verb or re.search(r"\d", s.text[q.end + len(noun): q.end + len(noun) + 1])) else clean
        name = verb + core[:28]
        if re.match(r"(?:重点|重大)?项目", core) and s.label and not verb and not self.scope.proper(s.label):
            name = _after_label(s.label, name, self.names.says)
        hit = self.names.find_end(name) or (self.names.find(core) and (*self.names.find(core), core) if not verb else None)
        hit = self._flow_of(hit, name, verb) if hit else None
        blocked = self.scope.narrower(name, phrase + noun, bool(hit), counted)
        if not blocked and (q.kind or "").startswith("area") and "、" not in p and "等" not in p and self.scope.sub_area(p):
            blocked = "sub_area"  # 核心区11.8平方公里控规获批
        where = start if p else q.start
        if hit:
            return self.before.catalogued(hit, where, q, verb, blocked)
        return self.before.worded(name, where, q, verb, blocked)

    def subject(self, s: Sentence, q: Quantity, lead: Lead, phrase: str, start: int, clause: str) -> Subject | None:
        raw = re.sub(r"^\s*(?:\d{1,2}[.．、]|(?:[一两二三四五六七八九十]个)?[大新]?(?:大关|关口|台阶)(?=[，、]|$)|的?基础上(?:再|，)*)", "", phrase)
        raw = _DECIDED.sub("", raw)
        item = raw.strip(" 　")
        is_item = item.startswith("、") or (item.startswith(("和", "及", "与")) and s.subject is not None)
        part = "其中" in raw[:6] or (not raw.strip() and "其中" in clause[:6])
        p = self.names.strip_lead(raw)
        p = self.names.own_place(p, self.places)
        p = self.names.strip_lead(p)
        p = within.new_of_tier(p, self.names)
        p = _PLAN_BEHIND.sub("", _BECAUSE.sub("", p) or p)
        if (behind := _NEW_BEHIND.match(p)) and q.kind in ("count", "household", "power", "area_land", "length") and "、" not in p:
            p = behind[2] + behind[1]
        if p in ("总数", "总量") and s.subject and q.base == s.subject.base:
            return None if s.subject.parts else self.before.stock_of(s.subject)  # 新增高新技术企业8家，力争总数突破40家
        bare = raw.strip(" 　，、；：")
        ours = p in self.places and s.subject is not None  # 全市增长5.7%，綦江增长6.1%
        p = "" if ours else p
        if self.names.is_attribute(bare) and (s.subject is not None or self.names.verb(bare) and len(bare) > 3):  # 年度计划投资, not 投资; 拉动消费
            p = bare
        if re.match(r"[\s，、]*[与和同]", raw) and p.endswith("比") and s.subject is not None and not self.names.find(p):
            return self.before.worded(s.subject.name + "与" + p, s.subject.start, q, "", s.subject.blocked)  # 与农业总产值之比
        skipped = raw.find(p) if p else 0
        begin = start + max(skipped, 0)
        work = self.before.whole_work(s, p or bare) if s.subject else None
        if work and (leaning := within.named((p or bare).lstrip("和及与"), q, work, self.names)):
            return self.before.worded(leaning, work.start, q, "", work.blocked)
        if not p.strip("、和") and (poor := within.out_of_poverty(q, s.text)):
            return self.before.worded(poor, q.start, q)
        if p in ("年产", "年产量", "总产", "总产量") and q.kind == "mass" and s.subject and (s.subject.kind or "").startswith("area"):  # 葡萄种植面积5.2万亩，年产9.6万吨
            return None if p.startswith("总") and s.subject.parts else self.before.inherit(s, q, lead)
        if not p or p in ("、", "和"):
            nearer = self.before.spoken_of(s, q, phrase, start)
            inherited = nearer or self.before.inherit(s, q, lead)
            if inherited and not nearer and self.before.turned(s, q, inherited):
                return replace(inherited, blocked="unclassified")
            if inherited and inherited.blocked == "higher_level" and (ours or any(map(self.scope.own_scope, self.names.says.whole.findall(raw)))):
                return self.before.our_own(inherited)
            return inherited
        if re.fullmatch(r"[、和及与\s]+", p):
            return self.before.inherit(s, q, lead)
        if re.search(_AND_SO_ON, p):
            if re.search(r"、.*等[一-龥]{0,8}企业", p) and (q.kind in ("percent", "money") or not re.search(r"企业(?:数|累计)?$", p)):
                return Subject(p[-20:], None, None, begin, blocked="organisation")
            if p.endswith("等") and q.kind == "money":
                p = p[:-1]  # 发放养老、工伤待遇等72亿元
            head, _, tail = p.rpartition("等")
            if head and self.names.is_attribute(tail) and q.kind == "money":  # 争取超长期特别国债、专项债等资金25亿元
                return self.before.worded(p[-40:], begin, q, self.names.verb(p), self.scope.narrower(p, clause, False))
            p = self._after_enumeration(p) if head else p
        elif "、" in p and not lead.each:
            tail = p.rsplit("、", 1)[1]
            if self.names.find_end(self.names.strip_lead(tail)) and not self.names.find_end(p):
                begin += len(p) - len(tail)
                p = self.names.strip_lead(tail)
        if "合计" in raw and len(s.listed) > 1:
            return None  # 三大产业产值分别增长…，合计占72.5%: of all of them
        rate_beside = q.kind == "percent" and RATE.search(p) and s.subject is not None and s.subject.verb
        is_item = is_item and not (rate_beside and not self.names.says.how_far.search(p))  # 新增公交线路18条、新能源公交车占比100%
        if is_item:
            p = p.lstrip("和及与") if p[1:2] not in ("美", "谐") else p
        elif s.subject and s.subject.verb.startswith(("新", "建成", "培育", "引进")) and not lead.words and s.text[start - 1: start] == "，" and (
            q.kind == s.subject.kind == "count" and not self.names.says.count_noun.search(p) and not self.names.verb(p) and not self.names.says.own_verb.match(raw)):
            is_item = True  # 新认定数字化车间11个，智能工厂1个
        if s.subject and s.subject.of_noun and not HARD_STOP.search(raw) and "、" not in raw and start == s.end > 0 and s.subject.indicator_id is None:
            beside = s.recent[-2] if len(s.recent) > 1 and s.recent[-1] is s.subject and _AFTER_A_NOUN.search(s.text, 0, start) else None
            both = beside is not None and beside.of_noun and not beside.indicator_id and (beside.base, beside.blocked) == (s.subject.base, s.subject.blocked)
            name = (f"{beside.name}、" if both else "") + s.subject.name + p  # of both, where two are told of
            return self.before.worded(name, s.subject.start, q, "", s.subject.blocked)
        few = q.kind == "people" and q.factor == 1 and (q.value or 0) < _MOST_FOR_EACH and s.text[start - 1: start] == "，" and not self.names.verb(p)  # 每千人口床位7.2张，注册护士3.8人
        per = (PER.match(s.subject.words) or PER.match(s.subject.name)) if (is_item or few) and s.subject and q.kind in ("count", "people") else None
        if per and not re.match(r"[和及与]?(?:每|人均|户均)", p):  # 每千人口拥有床位7.2张、执业医师3.6人
            p = per.group() + p.lstrip("和及与")
        if self.names.says.site_size.match(p) and self.before.site_before(s, q):
            return Subject(p, None, None, begin, blocked="project", kind=q.kind)
        if p == "死亡" and q.kind == "people" and s.subject and s.subject.name.endswith("事故"):  # 生产安全事故9起、死亡6人
            name = s.subject.name[s.subject.name.find("生产安全"):] if "生产安全" in s.subject.name else s.subject.name
            hit = self.names.find(name + "死亡人数")
            return self.before.catalogued(hit, s.subject.start, q) if hit else self.before.worded(s.subject.name.removeprefix("发生") + "死亡人数", s.subject.start, q)
        if self.names.is_attribute(p) and not self.names.find(p) and (one := self.before.one_project(s, q, begin)):
            return Subject(p, None, None, begin, blocked=one, kind=q.kind)
        of_firms = q.kind == "money" and self.names.is_attribute(p) and s.subject and s.subject.kind == "money" and not s.subject.indicator_id and (
            _SOME_FIRMS.search(s.subject.name) and self.names.attribute_at_end(s.subject.name))
        if of_firms and (named := self.names.with_head(s.subject.name, p)):  # 入驻企业86家，实现产值36亿元，税收1.8亿元: theirs, not all of the place
            return self.before.worded(named, s.subject.start, q, s.subject.verb, s.subject.blocked)
        if self.names.is_attribute(p) and s.subject is not None and not s.subject.indicator_id and not self.names.find(p):
            return self.before.of_parent(s, q, p, begin, clause)
        if s.subject and q.base in _HEADS and (animals := self._kept(s.subject, p)):
            hit = self.names.find(animals)
            return self.before.catalogued(hit, begin, q, "", s.subject.blocked, animals) if hit else self.before.worded(animals, begin, q, self.names.verb(animals), s.subject.blocked)
        if self.names.bare_verb(p) and s.subject is not None and not p.endswith("贷款"):
            counted = s.subject
            if counted.base and q.base != counted.base and len(p) > 3 and q.kind != "count":
                return self.before.worded(p, begin, q, p[:2])  # PM2.5浓度32微克/立方米，新增造林6.5万亩
            if q.kind == "count" and counted.kind == "money":  # 项目113项，完成投资42.6亿元，其中新建76项
                counted = next((x for x in reversed(s.recent) if x.base == q.base), None)
                if counted is None:
                    return None
            stock = self.before.stock_of(counted)
            if lead.total or "累计" in raw:
                several = sum(x.verb == counted.verb != "" and x.base == q.base for x in s.recent) > 1
                if several and self.names.bare_verb(p):
                    return None  # 新认定数字化车间11个，智能工厂1个，累计建成94个: of which of them is not said
                return stock if q.base == s.subject.base else None
            of_it = (part or is_item and counted.parts) and q.base == counted.base and stock.name.endswith("项目") and not stock.indicator_id  # 项目186个，其中续建121个、新建65个
            if counted.parts and not part and not is_item and q.kind in ("count", "household"):
                return None  # 企业28家，其中国家级2家，今年新增9家: of which of them is not said
            if of_it:
                whole = stock.name.removeprefix(self.names.verb(stock.name)) or stock.name
                return replace(stock, name=p + whole, verb=p, measure=None, words="")
            if not p.startswith(("新", "净")) and (not is_item or stock.name == s.subject.name):
                named = self._done_too(counted, stock, p, is_item) if q.base == counted.base and q.kind == "count" and not counted.indicator_id else ""
                return self.before.worded(named or p, begin, q, p if named.startswith(p) else "", counted.blocked if named else None)
            if stock.indicator_id is None or not p.startswith(("新", "净")):
                return replace(stock, name=p + stock.name, verb=p, indicator_id=None, measure=None, words="")
            hit = self.names.find("新增" + stock.name)
            if not hit and p.endswith("投资"):
                return None  # 工业投资完成36亿元，新增投资12亿元: of what, is not said
            if not hit and s.subject.indicator_id == stock.indicator_id and (
                self.catalog.indicators[stock.indicator_id].kind == "stock"):  # 规上工业企业达到68户，新增9户
                return replace(stock, name=p + stock.name, verb=p, indicator_id=None, measure=None, words="")
            return replace(s.subject, indicator_id=hit[0]) if hit else s.subject
        hit = None
        stock_next = q.kind == "count" and not self.names.verb(p) and not lead.total and lead.direction is None and _STOCK_NEXT.match(s.text, q.end)
        if stock_next:  # 新增小巨人企业3家、累计12家，高新技术企业58家、累计312家: the 58 are new ones
            if not s.flow:
                return self.before.worded(p, begin, q, "", "unclassified")
            hit = self.names.find(s.flow + p)
            name = self.catalog.indicators[hit[0]].indicator if hit else s.flow + p
            return Subject(name, hit[0] if hit else None, None, begin, s.flow, self.scope.narrower(p, clause, bool(hit)), q.kind, q.base)
        reached = any(w in ("达", "达到", "为", "至") for w in lead.words)
        if is_item and (lead.total or part or reached):
            is_item = False  # 新增甲76家、乙累计达182家: the second is a stock of its own
        if re.fullmatch(r"(?:新?签约|新开工|新投产|开工|投产)?(?:重点|重大)?项目", p) and s.label and not self.scope.proper(s.label):
            p = _after_label(s.label, p, self.names.says)
        p = self._cut_scope(p) or p
        if s.subject and (sized := _SIZED.fullmatch(p)) and (sized_part := self._of_size(s, q, sized, part, begin)):
            return sized_part
        if p.endswith("类") and (part or is_item) and s.subject and (kinds := next((x for x in (s.subject, *reversed(s.recent)) if x.base == q.base and not x.parts), None)):
            noun = re.sub("^(?:各类|各项|各种)", "", kinds.name.removeprefix(kinds.verb))  # 办理民生实事120件，其中教育类26件
            return self.before.worded(p + noun, begin, q, kinds.verb, kinds.blocked)
        p = self._new_part(s, q, lead, p) if part and not reached else p
        if s.subject and s.subject.indicator_id and (part or _RESIDENTS.fullmatch(p)):
            p = self.names.under(s.subject.name, p) or p
        if is_item and re.match(r"每[百千万十]|人均|户均|亩均", p):
            is_item = False
        if PER.fullmatch(p) and s.subject and q.kind == s.subject.kind == "count" and q.base == s.subject.base:  # 建成5G基站4180个，每万人拥有18.5个
            noun = s.subject.name.removeprefix(s.subject.verb)
            p = p.removesuffix("拥有") + "拥有" + noun if noun else p
        level = self.names.says.portion.fullmatch(p)
        in_bracket = s.text[begin - 1: begin] in ("（", "(")
        if (part or in_bracket and not level) and self.names.is_generic(p) and s.subject and q.base == s.subject.base and not re.match("每|人均|户均", s.subject.words or s.subject.name):
            part_of = self.before.worded(f"{s.subject.name}中的{p}", begin, q, s.subject.verb, s.subject.blocked)  # 经营主体164万户，其中企业41万户
            return replace(part_of, measure=s.subject.measure) if s.subject.verb == NET_GAIN else part_of
        if level and s.subject and q.base == s.subject.base and (
            part or is_item and s.subject.name.endswith("）") or in_bracket):  # 新增学位1.2万个，其中幼儿园3000个
            whole = re.sub(r"（[^（）]*）$", "", s.subject.name)
            return self.before.worded(f"{whole}（{p}）", begin, q, s.subject.verb, s.subject.blocked)
        if is_item and s.subject and s.subject.verb and not self.names.verb(p):
            joined = self.names.find(s.subject.verb + p)
            hit = (*joined, p) if joined else None
        if not hit and is_item and self.names.is_attribute(p) and s.subject and not s.subject.indicator_id:
            return self.before.of_parent(s, q, p, begin, clause)
        hit = hit or self.names.find_end(p)
        if not hit and is_item and s.subject and len(p) > 1 and not self.names.is_attribute(p) and q.kind == s.subject.kind:
            joined = self.names.with_head(s.subject.words or s.subject.name, p)  # 实际利用省外资金86亿元、外资2亿美元
            hit = (*self.names.find(joined), p) if joined and self.names.find(joined) else None
        if hit:
            hit = self._flow_of(hit, p, s.subject.verb if is_item and s.subject else "")
        if hit:
            iid, measure, words = hit
            blocked = self.scope.narrower(p, clause, True)
            beside = self.names.says.only_with.get(p)
            if beside and s.subject is not None and self._of_some_projects(s.subject, beside):
                of_it = self.before.worded(s.subject.name + p, s.subject.start, q, "", s.subject.blocked)
                return None if s.subject.parts else of_it  # 签约项目48个，其中亿元以上22个，到位资金68亿元: of which is not said
            if beside and s.subject is not None and not any(word in s.label + s.text[: q.start] for word in beside):
                blocked = blocked or "unclassified"  # 枸杞种植面积19.6万亩，出口额5.36亿元
            name = self.catalog.indicators[iid].indicator
            if self.catalog.indicators[iid].kind == "increment" and _SO_FAR.search(s.text, 0, q.start):
                own = p.removeprefix(self.names.verb(p)) or p  # 累计建成高标准农田82万亩: what there is, not what is new
                stock = self.names.find_end(own)
                if stock and self.catalog.indicators[stock[0]].kind == "stock":
                    return self.before.catalogued(stock, begin, q, "", blocked, stock[2])
                return self.before.worded(own, begin, q, "", blocked)
            begin += max(p.rfind(words), 0)
            verb = self.names.verb(p) or (s.subject.verb if is_item and s.subject else "")
            return self.before.catalogued((iid, measure), begin, q, verb, blocked, words)
        if p.startswith("占") and s.subject:
            name = s.subject.name + self.names.says.whole.sub("", p)
            if name.endswith("占"):
                name += "比"
            elif q.kind == "percent" and lead.direction is None and _SHARE_OF.search(name) and not self.names.find(name):
                name = name.removesuffix("的") + "比重"
            found = self.names.find(name) or (self.names.find(re.sub("的$", "", name) + "比重") if q.kind == "percent" else None)
            return Subject(name if not found else self.catalog.indicators[found[0]].indicator, found[0] if found else None,
                            None, s.subject.start, blocked=s.subject.blocked, kind=q.kind)
        verb = self.names.verb(p)
        if self.names.is_attribute(p) and not (verb and len(p) > len(verb) + 2):
            return self.before.of_parent(s, q, p, begin, clause)
        if is_item and q.kind == "money" and s.subject and s.subject.kind in ("visits", "people"):
            is_item = False  # 接待游客500万人次、综合收入30亿元
        if is_item and not verb and s.subject and s.subject.verb not in ("", s.subject.name) and not s.subject.indicator_id:
            reach = re.match(r".*惠及", s.subject.name)  # 发放补贴惠及企业26家、职工420人
            p = (reach.group() if reach else s.subject.verb) + p
            verb = s.subject.verb
            hit = self.names.find_end(p)
            if hit:
                return self.before.catalogued(hit, s.subject.start, q, verb, None)
        elif is_item and not verb and s.subject and s.subject.verb and s.subject.indicator_id:
            hit = self.names.find_end(s.subject.verb + p)
            if hit:
                return self.before.catalogued(hit, s.subject.start, q, s.subject.verb, None)
            p = p if lead.direction is not None else s.subject.verb + p  # 接待游客增长15%、旅游花费增长18%
        if part and s.subject and (levelled := within.levelled(p, s.subject, self.names)) != p:
            p, begin = levelled, s.subject.start
        if is_item and s.subject and (of := self.names.says.how_far.search(p)) and s.subject.name.endswith(p[: of.start()]) and of.start() > 1:
            p = s.subject.name.removesuffix(p[: of.start()]).removesuffix("完成") + p  # 排污口完成整治15个、整治完成率97%
            begin = s.subject.start
        if s.subject and (part or is_item and s.subject.parts) and q.base == s.subject.base and (shared := _SHARED.search(s.subject.words or s.subject.name)) and not (
            verb or self.names.attribute_at_end(p) or p.endswith(shared.group()) or self.scope.narrower(p, clause, False) not in (None, "project")):  # 公路总里程4500公里，其中高速公路86公里
            new = s.subject.verb if s.subject.verb.startswith("新") else ""
            p = new + p + unlike_the_end(p, shared.group())
            if hit := self.names.find(p):
                return self.before.catalogued(hit, begin, q, new, s.subject.blocked, p)
        grew = lead.direction is not None and q.kind == "percent" and s.subject and s.subject.measured == "growth" and (part or s.subject.parts and (is_item or p.endswith("业")))
        if grew and (attribute := _PARTED.search(s.subject.words or s.subject.name)) and not (verb or self.names.attribute_at_end(p) or self.names.find(p)) and self.names.is_name(p):
            p += attribute.group()  # 规上工业增加值增长8%，其中制造业增长9%
            if hit := self.names.find(p):
                return self.before.catalogued(hit, begin, q, "", s.subject.blocked, words=p)
        if q.kind == "money" and s.subject and s.subject.kind == "money" and (part or is_item and s.subject.name not in s.text) and (attribute := _PARTED.search(s.subject.name)) and not verb and (
            not self.names.attribute_at_end(p) and self.names.is_name(p)):  # 重点产业产值560亿元，其中汽摩产业120亿元
            p += attribute.group()
            if hit := self.names.find(p):
                return self.before.catalogued(hit, begin, q, "", s.subject.blocked, words=p)
        p = p.strip("‘’ 　") + ("比" if p.endswith("占") and q.kind == "percent" else "")  # 其中工业项目占62%
        if p.startswith("“") and p.endswith("”") and p.count("“") == 1:
            p = p[1:-1]
        if q.kind == "percent" and lead.direction is None and _SHARE_OF.search(p):  # 民生支出占一般公共预算支出的78.6%
            p = p.removesuffix("的") + "比重"
            if hit := self.names.find(p):
                return self.before.catalogued(hit, begin, q, verb, self.scope.narrower(p, clause, True), p)
        spoken = self.names.find_start(p) if lead.direction is not None else None
        if spoken:  # 地区生产总值再上两个百亿级台阶、年均增速达到6%
            return self.before.catalogued(spoken[:2], begin, q, words=spoken[2])
        blocked = None if p.startswith("新增") else self.before.project_before(s, q)
        done = self.names.attribute_at_end(p)
        if q.kind == "money" and done and p.removesuffix(done).removesuffix("累计").endswith("项目") and self.scope.proper(p.removesuffix(done)):
            blocked = blocked or "project"  # 城港大道快速化改造项目累计完成投资9.6亿元
        if re.search(r"(?:产值|营收|营业收入|销售额)$", p) and (len(p) <= 6 and re.search(r"等[一-龥]{0,6}企业", s.text[: q.start]) or _FIRMS.search(s.text[:begin])):
            blocked = "organisation"
        if blocked and not (blocked == "project" and q.kind == "count" and q.base in GENERIC_CLASSIFIERS):
            return self.before.worded(p[:40], begin, q, verb, blocked)
        if len(p) < 2 or len(p) > 40:
            return self.before.worded(p[:40], begin, q, verb, "unclassified") if len(p) > 40 else None
        blocked = self.scope.narrower(p, clause, False, q.kind == "count" and q.base in GENERIC_CLASSIFIERS)
        behind = s.behind(q.end)
        if q.kind == "percent" and len(behind) >= 3 and lead.direction is None and not lead.source and not re.search(r"(?:率|占比|比重|比例|面|强度)$", p) and (
            not re.match(r"以上|左右|以内|的|，", behind)):
            p += behind  # 经营性国有资产100%集中统一监管
        elif q.kind == "count" and "完成" in lead.words and not verb:
            p += "完成"  # 政府投资类项目完成38个
        return self.before.worded(p, begin, q, verb, blocked)

    def _done_too(self, counted: Subject, stock: Subject, p: str, is_item: bool) -> str:
        """What was done with some of the same things: 申报投资项目74个，获批19个; 棚户区改造新开工2890套、基本建成5120套; 土壤污染风险管控13宗、
        治理修复2宗 (four signs beside four); else empty."""
        if stock.name != counted.name:
            return p + stock.name
        verb = self.names.ends_in_verb(counted.name)
        last = len(verb) or (4 if len(p) == 4 else 0)
        return counted.name[:-last] + p if is_item and last and len(counted.name) > last + 2 else ""

    def _kept(self, whole: Subject, p: str) -> str:
        """What is said of one kind of animals holds for the next: 牛出栏2.1万头，羊21.3万只; 存栏牲畜34.8万头，其中牦牛3.6万头; else empty."""
        told = whole.words or whole.name
        if whole.base in _HEADS and re.fullmatch(_KEPT, p) and (other := re.search(_KEPT + "$", told)) and other.group()[:2] != p[:2]:
            return told[: other.start()] + p  # 生猪出栏24.6万头、存栏17.9万头
        if whole.base not in _HEADS or not 0 < len(p) < 5 or self.names.verb(p) or self.names.attribute_at_end(p) or self.names.find(p):
            return ""
        kept = re.match(_KEPT, told) or re.search(_KEPT + "$", told)
        return "" if not kept else kept.group() + p if kept.start() == 0 else p + kept.group()

    def _of_size(self, s: Sentence, q: Quantity, sized: re.Match, part: bool, begin: int) -> Subject | None:
        """Those of a size among others: 产值10亿元以上企业5家，其中20亿元以上2家; 新签约亿元以上项目42个，其中10亿元以上项目9个."""
        size, noun = sized[1], sized[2]
        if s.subject.blocked == "unclassified" and not noun:
            return s.subject
        whole = s.subject if q.base == s.subject.base else next((x for x in reversed(s.recent) if x.base == q.base), None if noun else s.subject)
        if noun and not (whole is not None and whole.name.endswith(noun) and (part or whole.parts or SIZE.search(whole.name))):
            return None
        name, n = SIZE.subn(size, whole.name, count=1)
        if not n:
            before = whole.verb if whole.verb or whole.indicator_id else whole.name.removesuffix(noun)  # 招商引资新签约|项目
            name = before + size + whole.name.removeprefix(before) if noun else f"{name}（{size}）"
        return replace(self.before.worded(name, begin, q, whole.verb, whole.blocked), parts=whole.parts, span=whole.span)

    @staticmethod
    def _of_some_projects(counted: Subject, beside: tuple[str, ...]) -> bool:
        """引进京津项目25个，到位资金38亿元: the funds of these, not all that the place has drawn (签约项目68个，到位资金96亿元)."""
        if counted.kind != "count" or counted.indicator_id or not counted.name.endswith("项目"):
            return False
        which = counted.name.removesuffix("项目").removeprefix("新")
        return bool(re.sub("|".join(map(re.escape, beside)), "", which))

    def _new_part(self, s: Sentence, q: Quantity, lead: Lead, p: str) -> str:
        """Parts of what is new are new: 新增科技型企业100家，其中高新技术企业20家."""
        whole = s.subject
        new = whole is not None and (whole.verb if whole.verb and self.names.says.gain.match(whole.verb) else "新增" if whole.name.startswith("新增") else "")
        alike = bool(new) and q.kind in ("count", "household", "people") and q.base == whole.base and not lead.total and lead.direction is None
        return new + p if alike and len(p) > 1 and not p.startswith("新") and not self.names.verb(p) and not self.names.says.portion.fullmatch(p) and not self.names.is_generic(p) else p

    def _flow_of(self, hit: tuple, phrase: str, shared_verb: str) -> tuple | None:
        """A flow verb before a stock makes it another thing: 培育专精特新企业 are new ones; None when the
        catalogue has no such flow."""
        iid, _measure, words = hit
        indicator = self.catalog.indicators[iid]
        front = self.names.verb(self.names.strip_lead(phrase[: len(phrase) - len(words)])) or shared_verb
        if indicator.kind != "stock" or not front or indicator.unit_level in ("亿元", "万元") or _measure == "change":
            return hit
        if not self.names.says.gain.match(front):  # 惠及市场主体: neither the stock nor new ones
            return None
        flow = self.names.find("新增" + indicator.indicator)
        return (*flow, words) if flow else None

    def _after_enumeration(self, p: str) -> str:
        """改造甲、乙、丙等老旧小区 -> 改造老旧小区."""
        head, tail = p.rsplit("等", 1)
        tail = tail.strip()
        if (there := _THERE.match(tail)) and self.names.verb(tail[there.end():]):
            return tail[there.end():]  # 在上海、贵阳等地成立商会3个
        if len(tail) < 2 or self.names.bare_verb(tail):
            return p
        verb = self.names.verb(head)
        return verb + tail
