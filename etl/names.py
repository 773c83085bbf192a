"""What a figure is called: from the words between two numbers to a name, and from a name to the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from data.catalog import Catalog, normalise
from etl.numerals import chinese_integer
from etl.timing import plan_begins
from etl.vocabulary import Vocabulary

_COMPARED = (
    r"(?:比|较|与|同)(?:上年|去年|上一年|前一年|年初|上年度|前[一二三两]季度|[一二三四]季度|上半年|(?:19|20)\d{2}年|“?十[一二三四五六七八九]?五”?|“[一二三四五六七八九十]+五”)?"
    r"(?:同期|末|底|初|末期)?(?:相比)?"
)
NET_GAIN = "净增"  # of a stock: the difference to the year before, not the new ones alone
_GAINED = re.compile(r"(?:比|较)(?:年初|上年末?|去年末?|上年同期)(?:分别)?新增$")
_MOST_LEADING_WORDS = 60  # more of them are a slip of the keyboard


RATE = re.compile(r"(?:率|占比|比重|比例)$")  # how the name of a rate or a share ends
STATE_RATE = re.compile(r"(?:开工|复工|开复工|竣工|投产|达产|完工|建成)率$")  # how much of something has been begun or done
_CUT_BY = re.compile(r"(?:重点工程)?(?:累计)?减排量$")
_STILL_NAME = re.compile(r"增加值|[^，。；、]*(?:占比|比重|比例)(?:较|比|$)")  # 第三产业|增加值占比
_FRAGMENT = re.compile(
    r"^(?:级|的|(?:[户人亩]均|增收)$|(?:.*[^第\d])?\d+[个家户项条][一-龥]{1,3}$|(?:其余|其他)(?:均|的)?$|(?:按照?|根据)$|比(?![例重率])|是(?!否)|距离|现在|具备(?!条件的)|受(?=[^，]{2,12}(?:影响|拖累|冲击|制约|带动|拉动))|对(?!外|口|[^的]{2,16}(?:进出口|出口|进口|贸易额?|投资)(?:占比|比重)?$)|较|与|既(?!有)|扣除|剔除|为(?=“)|[从由被把于]|向(?!上)|以(?!旧)|在(?![一-龥]{1,6}(?:生|人|户|家|率|项目)|校|建|园|职|册|库|读|岗|保|綦))|(?:[和与及或共只各近约等以]|其中|包括|(?<!管)辖)$|^[（(][^（）()]*[）)]$"
)


def _year_compared(words: str) -> int | None:
    """2020 for 比2020年 and for 较“十三五”末."""
    if not re.match(r"比|较|与|同", words):
        return None
    year = re.search(r"(?:19|20)\d{2}", words)
    if year:
        return int(year.group())
    plan = re.search(r"(十[一二三四五六七八九]?)五", words)
    return plan_begins(plan[1]) + 4 if plan else None


_TOWN, _COUNTRY = re.compile("城[镇市区]|市区"), re.compile("农村牧区|农牧区|牧区|农村|乡村")
_BUILT_UP = re.compile("(?:城市)?建成区|城区")  # what a list is about: 建成区绿化覆盖率、绿地率
_ITEM_NUMBER = re.compile(r"[一二三四五六七八九十]{1,2}是?")  # 三是6家企业…: no words of a name


def unlike_the_end(head: str, attribute: str) -> str:
    """What of ``attribute`` the end of ``head`` does not say already: 技术合同交易 + 交易额."""
    k = next((k for k in range(min(len(head), len(attribute)), 0, -1) if head.endswith(attribute[:k])), 0)
    return attribute[k:]


@dataclass(slots=True)
class Lead:
    """What stands directly in front of a number, read backwards from it.

    ``core`` is the rest of the text in front of it. ``direction``: 1 growth words, -1 falling words, 0
    unchanged, None no such word.
    """

    core: str
    direction: int | None = None
    growth_noun: bool = False
    becomes: bool = False  # 提高到: the number is the level reached
    comparator: str | None = None
    respectively: bool = False
    each: bool = False
    average: bool = False
    total: bool = False
    since: int | None = None  # 比2020年: the year compared with
    years: int = 0  # 两年平均: over how many years
    source: bool = False  # 由19家: where a change starts
    target: bool = False  # 目标为: the words say that the number is a target
    against_last_year: bool = False
    words: list[str] = field(default_factory=list)


class Names:
    """The word lists of the catalogue, compiled once."""

    def __init__(self, catalog: Catalog):
        self.catalog, self.says = catalog, Vocabulary(catalog)
        firms = "|".join(map(re.escape, catalog.words("firm")))
        self._longer_name = re.compile(rf"[县市旗州](?![一-龥]{{0,3}}(?:城区|委|政府|级|属|域|直))|(?:{firms})(?!产业|行业|工业|企业|产量|产值)|[一二三]中(?!全会|学)")
        words = catalog.words
        tail: dict[str, str] = {}
        for role in ("intro", "pre_adverb", "pre_cmp", "up", "down", "flat", "rate_noun", "from"):
            for w in words(role):
                tail.setdefault(w, role)
        ordered = sorted(tail, key=len, reverse=True)
        self._tail_role = tail
        self._tail = re.compile("(?:" + "|".join(re.escape(w[::-1]) for w in ordered) + ")")
        self._compared = re.compile(
            "(?:" + _COMPARED + r"|(?:剔除|扣除)[^，。；]{1,14}因素(?:影响)?后?|在[^，。；、]{0,14}(?:基础上|情况下|背景下|形势下)|连续[0-9一二两三四五六七八九十]+年|(?:(?:19|20)\d{2}年?(?:——|—|-|–|~|～|至|到))?(?:19|20)\d{2}年(?:末|底)?的?|[上去]年的?|(?:\d{1,2}[—\-–~至])?\d{1,2}月(?:份)?|[“‘]|"
            r"(?:近|前|过去)?[一两二三四五六七八九十]年(?:来|间)?(?=平均|年?均|累计|$))$")
        self._lead = re.compile(
            "(?:" + "|".join(map(re.escape, words("lead")))
            + r"|(?:国家|省级?|市级?|州级?|上级)?下达(?:给)?我[省市区县州]的?|\d{1,2}[.．、]\s*(?=[一-龥“])|1[—\-–~至]1?\d月|前?[一二三四两]个?季度|上半年|下半年|(?:19|20)\d{2}年?(?:——|—|-|–|~|～|至|到)(?:19|20)\d{2}年|[到至]?(?:19|20)\d{2}年(?:度|末|底|全年)?"
            + r"|“?十[一二三四五六七八九]?五”?(?:规划)?(?:期间|时期|末|以来)?|(?:近|前|过去|后)?[一两二三四五六七八九十]年(?:来|间)?(?:年?平均)?"
            + r"|(?:扭转|结束|改变)[^，。；、0-9]{1,8}(?:局面|态势|势头|趋势)"
            + r"|(?:剔除|扣除|按|折合|折算|考虑|不考虑)[^，。；]{0,14}(?:因素后?|后|计算|口径|折算|汇率|价格)(?:实际)?)"
        )
        self._pre_cmp = catalog.comparators.get("pre_cmp", {})
        self._up, self._down = set(words("up")), set(words("down"))
        self.flow = words("flow_verb")
        other = catalog.comparators.get("flow_verb", {})  # 服务业, 安置房: the word goes on
        self._flow = re.compile("(?:" + "|".join(re.escape(verb) + (f"(?![{other[verb].replace(' ', '')}])" if verb in other else "") for verb in self.flow) + ")+")
        self._flow_end = re.compile("(?:" + "|".join(map(re.escape, self.flow)) + ")(?:了)?$")
        self.attributes = set(words("attr"))
        self._attr_end = re.compile("(?:" + "|".join(map(re.escape, words("attr"))) + ")$")
        self._generic = set(words("generic"))
        self._several = re.compile("|".join(map(re.escape, words("several"))))
        self._max_alias = max(map(len, catalog.aliases))

    # ---------------------------------------------------------------- in front of a number
    def lead(self, gap: str) -> Lead:
        """Read the words directly in front of a number off the end of ``gap``."""
        found = Lead(gap.rstrip())
        core = found.core
        for _ in range(_MOST_LEADING_WORDS):
            if not core:
                break
            tailing = core[-24:]
            compared = self._compared.search(tailing)
            if compared and compared.group() and (len(compared.group()) >= 2 or compared.group() in "“‘"):
                core = core[: len(core) - len(compared.group())].rstrip()
                found.since = found.since or _year_compared(compared.group())
                continue
            gained = _GAINED.search(tailing)
            if gained:  # 较年初新增98亿元
                core = core[: len(core) - 2]
                found.direction, found.words = (1 if found.direction is None else found.direction), [*found.words, "净增"]
                continue
            m = self._tail.match(tailing[::-1])
            if not m:
                break
            word = m.group()[::-1]
            rest = core[: len(core) - len(word)]
            role = self._tail_role[word]
            if len(word) == 1 and role in ("up", "down") and word not in "+＋" and not re.search(r"(?:^|[，、；：。,;]|比|年|年初|期|别|均|仍|口径|端)$", rest):
                break
            if word == "增长率" and rest.endswith("自然"):  # 人口自然增长率 is a name
                break
            if word in self.says.clause_only and not re.search(r"(?:^|[，、；：。,;])$", rest):
                break
            if word.endswith(("计划", "计划为", "计划数", "计划数为")) and {"完成", "实现"} & set(found.words):
                break  # 投资计划完成98%: the plan is what was carried out
            if len(word) == 1 and role in ("intro", "from", "pre_cmp") and self._part_of_word(word, rest):
                break
            if word[0] == "均" and rest.endswith(("人", "户", "亩", "年", "月", "日")):  # 贫困户人均增收
                break
            if role == "up" or role == "down":
                if word in ("增加", "提升", "提高", "扩大", "压减", "减少", "压降") and rest.endswith("新"):
                    break
                if found.direction is None and not found.becomes:
                    found.direction = 1 if word in self._up else -1
            elif role == "flat":
                found.direction = 0
            if word in self.says.growth_noun:
                found.growth_noun = True
                if found.becomes:  # 增速回升至6.9%, 降幅扩大到21.4%: the rate itself is what is reached
                    found.becomes, found.direction = False, None
                if word == "降幅":
                    found.direction = -1
                elif found.direction is None:
                    found.direction = 1
            if word in self._down and found.growth_noun and found.direction == 1 and word != "降幅":
                found.direction = -1
            reaches = role == "intro" and len(word) > 1 and re.match(r"[提增上扩下降减缩回压收升改优调跃攀跨发恢拓整].*[到至为]$", word)
            if reaches and found.direction is None:
                found.becomes = True
            if role == "pre_cmp" and found.comparator is None:
                found.comparator = self._pre_cmp.get(word)
            if role == "from":
                found.source = True
            if word.startswith(("目标", "拟")) or "年初" in word and word != "年初" or word.endswith(("目标", "目标为", "计划", "计划为", "计划数", "计划数为")):
                found.target = True
            if word in ("同比", "比上年", "较上年"):
                found.against_last_year = True
            if word in ("分别", "依次", "依次为", "分别为"):
                found.respectively = True
            elif word[0] in "均各":
                found.each = True
            elif word in ("年均", "平均每年", "每年"):
                found.average = True
            elif word.endswith("年平均"):
                found.average, found.years = True, chinese_integer(word.removesuffix("年平均").removeprefix("近")) or 0
            elif word.startswith(("累计", "共", "总计", "合计", "总数", "总量", "实有", "现有", "期末", "年末")):
                found.total = True
            found.words.append(word)
            core = rest.rstrip()
        found.core = core
        if found.becomes:
            found.direction = None
        return found

    @staticmethod
    def _part_of_word(word: str, rest: str) -> bool:
        """A single sign such as 为 or 成 that belongs to the word in front of it."""
        pairs = {"有": "拥享国所保", "成": "完建形组构达合养", "为": "作行认因", "是": "", "在": "存所现", "至": "", "到": "",
                 "约": "签预节合公契制大", "居": "民安宜定", "占": "抢侵", "由": "自理", "的": "目", "达": "发到"}
        return bool(rest) and rest[-1] in pairs.get(word, "")

    # ---------------------------------------------------------------- the name itself
    def strip_lead(self, phrase: str) -> str:
        """``phrase`` without adverbs, dates, and words of the whole place in front of the name."""
        phrase = phrase.strip(" 　\t，。、；：,;:·—-.．")
        while phrase:
            m = self._lead.match(phrase)
            if not m or m.end() == 0:
                break
            rest = phrase[m.end():].lstrip(" 　，、：:")
            if self._is_name_begun(phrase, m.end()):
                break
            if len(rest) == 1:  # 推进村 is a name, not 推进 and 村
                break
            phrase = rest
        return "" if _ITEM_NUMBER.fullmatch(phrase) else phrase

    def _is_name_begun(self, phrase: str, lead: int) -> bool:
        """The word in front belongs to a name of the catalogue that goes on behind it: 高标准|农田."""
        ends = [i for i in range(lead + 1, min(len(phrase), lead + 4) + 1) if normalise(phrase[:i]) in self.catalog.aliases]
        return any(normalise(phrase[lead:i]) not in self.catalog.aliases for i in ends)

    def own_place(self, phrase: str, places: tuple[str, ...]) -> str:
        """``phrase`` without the report's own place in front (綦江区…)."""
        for place in places:
            if phrase.startswith(place) and len(phrase) > len(place) + 1:
                if place.endswith("市") and re.match(r"区(?![域间县划位块])", phrase[len(place):]):
                    return phrase  # 金华市区 is only the town
                if self._longer_name.match(phrase, len(place)):
                    return phrase  # 辽阳县, 中阳钢铁: the place's name is a part of another one
                return phrase[len(place):].lstrip("的")
        return phrase

    def find(self, phrase: str) -> tuple[str, str | None] | None:
        """(indicator_id, measure) of a wording, exactly; None when the catalogue does not have it."""
        hit = self.catalog.aliases.get(normalise(phrase))
        if hit is None and phrase.endswith(("）", ")")):  # 生产总值（GDP）
            bare = re.sub(r"[（(][^（）()]*[）)]$", "", phrase)
            hit = self.catalog.aliases.get(normalise(bare)) if bare and bare != phrase else None
            if hit is None and bare:  # 地方财政收入（一般公共预算收入）
                hit = self.catalog.aliases.get(normalise(phrase[len(bare) + 1: -1]))
        if hit is None and phrase[:1] == "年" and len(phrase) > 4:  # 年旅游综合收入
            hit = self.catalog.aliases.get(normalise(phrase[1:]))
        if hit is None and (counted := self.says.count_noun.search(phrase)):  # 规上工业企业总数
            hit = self.catalog.aliases.get(normalise(phrase[: counted.start()])) if counted.start() > 2 else None
            if hit and self.catalog.indicators[hit[0]].unit_level not in ("家", "户", "人", "个"):
                hit = None
        if hit is None and phrase.startswith(NET_GAIN):  # 净增规上工业企业20家: by how much the stock grew
            hit = self.find(phrase.removeprefix(NET_GAIN).removeprefix("加"))
            hit = (hit[0], "change") if hit and self.catalog.indicators[hit[0]].kind == "stock" else None
        return hit

    def under(self, whole: str, part: str) -> str | None:
        """The full name of a part that leaves out what it shares with the whole: 居民人均可支配收入, 其中城镇居民."""
        if not part or len(part) > 8 or self.find(part):
            return None
        for k in range(1, len(whole) - 1):
            if self.find(part + whole[k:]):
                return part + whole[k:]
        return None

    def find_end(self, phrase: str) -> tuple[str, str | None, str] | None:
        """(indicator_id, measure, wording) of the longest catalogue wording at the end of ``phrase``, if
        what stands in front of it says nothing that narrows it (民间 in 民间固定资产投资 does)."""
        clean = phrase.strip()
        hit = self.find(clean)
        if hit:
            return (*hit, clean)
        for i in range(max(1, len(clean) - self._max_alias - 6), len(clean) - 1):
            hit = self.find(clean[i:])
            if hit and self._neutral(clean[:i]):
                return (*hit, clean[i:])
        return None

    def find_start(self, clause: str) -> tuple[str, str | None, str] | None:
        """A catalogue wording at the beginning of a clause that goes on to say something of it without a
        number («固定资产投资由负转正，同比增长1.1%»)."""
        clean = self.strip_lead(clause)
        for i in range(min(len(clean) - 1, self._max_alias + 2), 1, -1):
            hit = self.find(clean[:i])
            if hit and self.says.predicate.match(clean[i:]) and not _STILL_NAME.match(clean, i):
                return (*hit, clean[:i])
        return None

    def _neutral(self, front: str) -> bool:
        rest = self.strip_lead(front)
        while rest:
            m = self._flow.match(rest)
            if not m:
                break
            if m.group().startswith(("新", NET_GAIN)) or m.group() in ("争取", "签约", "出口", "线上"):
                return False
            rest = self.strip_lead(rest[m.end():])
        return not rest or bool(re.search(r"[，；。：,;:]$", front))

    def verb(self, phrase: str) -> str:
        """The flow verb a phrase begins with (新建口袋公园 -> 新建), or empty."""
        m = self._flow.match(phrase)
        return m.group() if m else ""

    def verbs_in(self, phrase: str) -> list[re.Match]:
        """Flow verbs in a phrase, with their places."""
        return list(self._flow.finditer(phrase))

    def bare_verb(self, phrase: str) -> bool:
        """Nothing but verbs: 累计建成, 新入库."""
        return bool(phrase) and self._flow.fullmatch(phrase) is not None

    def ends_in_verb(self, phrase: str) -> str:
        """The flow verb a phrase ends with (市六运会中获 -> 获), or empty."""
        m = self._flow_end.search(phrase)
        return m.group() if m else ""

    @staticmethod
    def gained(gap: str) -> bool:
        """The words in front of a number say that it is what was gained since the year began: 较年初新增."""
        return bool(_GAINED.search(gap))

    def falls(self, word: str) -> bool:
        """下降 and its like."""
        return word in self._down

    def set_as_fall(self, indicator) -> bool:
        """Energy and emission targets are set as a fall (下降率), even where only 完成下达任务 is said."""
        base = self.catalog.base_of(indicator.unit_level)
        kinds = {u.kind for u in self.catalog.units.values() if base and u.base == base}
        return indicator.direction == -1 and indicator.kind in ("flow", "qual") and bool(kinds & {"mass", "energy_mass", "rate"})

    def is_name(self, name: str) -> bool:
        """Words that can stand as the name of a figure: not a fragment, not «企业» alone, not «对…的»."""
        if name in self._generic or not re.search(r"[A-Za-z\u4e00-\u9fff]", name) or name.count("“") != name.count("”") or name.count("（") != name.count("）") or (
            0 <= name.find("”") < name.find("“")):
            return False
        return not (_FRAGMENT.search(name) or "持平" in name or "【" in name or name[-1] in "+＋-－—" or re.search(r"[破超][十百千]?[万亿]$|^[十百千万亿]+元(?:级|以上)?$", name))

    def needs_noun(self, name: str, counted: bool) -> bool:
        """竣工, 省级, 存栏, 办结率: words that say of some thing only what was done with it, of which rank it is, or at which rate."""
        says = self.says
        rate = self.is_attribute(name) and name.endswith(("率", "度", "面"))
        return bool(rate or counted and self.bare_verb(name) or says.tier.fullmatch(name) or says.grade.fullmatch(name) or says.stage.fullmatch(name))

    def is_generic(self, name: str) -> bool:
        """企业, 项目: a kind of thing that needs what it belongs to."""
        return name in self._generic

    def generic_at_start(self, text: str) -> str:
        """The kind of thing that the words begin with (项目累计交付 -> 项目), or empty."""
        return max((w for w in self._generic if text.startswith(w)), key=len, default="")

    def is_attribute(self, phrase: str) -> bool:
        """A bare attribute such as 总投资 or 面积, which needs the thing it belongs to."""
        return phrase in self.attributes

    def attribute_at_end(self, name: str) -> str:
        """The bare attribute a name ends with (重点项目总投资 -> 总投资), or empty."""
        m = self._attr_end.search(name)
        return m.group() if m and m.start() > 0 else ""

    def says_several(self, phrase: str) -> bool:
        """城乡低保标准: words that stand for several names."""
        return bool(self._several.match(self.strip_lead(phrase)))

    def split_list(self, phrase: str, n: int) -> list[str] | None:
        """The ``n`` names of a 分别 list, with the words they share given to each; None if it has not n.

        粮食、蔬菜总产量 -> 粮食总产量, 蔬菜总产量; 住宿和餐饮业营业收入 -> 住宿业营业收入, 餐饮业营业收入.
        """
        told = self._several.match(self.strip_lead(phrase))
        rest = self.strip_lead(phrase)[told.end():] if told else ""
        if told and not ("、" in rest and len(rest.split("、")) == n) and len(told_names := self.catalog.comparators["several"][told.group()].split()) == n:  # 一二三产增加值
            return [name + rest for name in told_names]
        both = re.fullmatch(r"(.*?)存、?贷款(余额.*|总额.*)?", self.strip_lead(phrase)) if n == 2 else None
        if both:
            return [f"{both[1]}{kind}款{both[2] or '余额'}" for kind in "存贷"]
        sectors = re.fullmatch(r"三次(产业.*)|一、二、三(次?产业.*)|第?一、第?二、第?三(次?产业.*)|(?:第一|一)产业?、(?:第二|二)产业?、(?:第三|三)(产业.*)", self.strip_lead(phrase))
        if sectors and n == 3:
            rest = next(g for g in sectors.groups() if g).lstrip("次")
            return [f"第{c}{rest}" for c in "一二三"]
        parts = [p for p in re.split(r"、|，", phrase) if p.strip()]
        if len(parts) == n > 1 and (attribute := self.attribute_at_end(parts[-1])):
            head, alone = parts[-1].removesuffix(attribute), all(len(p.strip()) == 1 for p in parts[:-1])
            bare = not any(self.attribute_at_end(p) or self.is_attribute(p) or self.find(p) for p in parts[:-1])
            if len(head) == 1 and (alone or bare) or alone and head.endswith("肉") and len(head) == 2:
                return [p.strip() + parts[-1][1:] for p in parts[:-1]] + parts[-1:]  # 肉、奶产量; 猪、牛、羊肉产量; 家禽、羊出栏
        if len(parts) == n > 1 and (verb := self.verb(parts[0])) and len(parts[0]) == len(verb) + 1 and all(len(p.strip()) == 1 for p in parts[1:]):
            return [parts[0]] + [verb + p.strip() for p in parts[1:]]  # 出栏牛、羊、猪
        if len(parts) != n:
            more = []
            for p in parts:
                more += re.split(r"以及|(?<!总)和(?![美谐平])|与|(?<![普涉惠触])及(?!时|以)", p)
            parts = [p for p in more if p.strip()]
        if len(parts) != n or n < 2 or any(len(p.strip()) < 2 for p in parts):
            return None
        parts = [p.strip() for p in parts]
        head = self.strip_lead(parts[0])
        last = parts[-1]
        for joiner in ("和", "与", "及", "以及"):
            if last.startswith(joiner) and len(last) > len(joiner) + 1 and joiner + last[1:2] not in ("和美", "和谐", "和平"):
                last = last[len(joiner):]
        parts = [head, *parts[1:-1], last]
        country = _COUNTRY.match(last)
        if n == 2 and country and _TOWN.fullmatch(head):
            return [head + last[country.end():], last]  # 城镇、农村牧区居民收入
        shared = self._share(parts)
        front = re.match(r"限上|限额以上|规上|规模以上", shared[0])
        if front:  # 限上批发业销售额、零售业销售额: the scope holds for the whole list
            scope = "限上" if front.group()[0] == "限" else "规上"
            family = re.compile("批发|零售业|住宿|餐饮" if scope == "限上" else "工业|服务业|制造业")
            shared = [p if re.match(r"限上|限额以上|规上|规模以上", p) or not (family.match(p) or self.find(scope + p)) else scope + p for p in shared]
        new = self.verb(shared[0])
        if new.startswith(("新", NET_GAIN)) and not any(self.verb(p) for p in shared[1:]):  # 新增高新技术企业、科技型企业分别为61家、402家
            shared = [shared[0]] + [new + p if p[-2:] == shared[0][-2:] or self.find("新增" + p) else p for p in shared[1:]]
        if (insured := self.says.insured.match(shared[0])) and all("保险" in p for p in shared):  # 城镇职工养老保险、医疗保险参保人数
            shared = [p if self.says.insured.match(p) else insured.group() + p for p in shared]
        if "生产安全" in shared[0]:  # 生产安全事故起数、死亡人数
            shared = ["生产安全事故死亡人数" if p == "死亡人数" else p for p in shared]
        if shared[0].startswith("农村") and not any(re.match(r"农|城|全", p) or self.find(p) for p in shared[1:]):
            shared = [shared[0]] + ["农村" + p for p in shared[1:]]
        return shared

    def _share(self, parts: list[str]) -> list[str]:
        first, last = parts[0], parts[-1]
        rate = re.search(r"(?:占比|比重|贡献率)$", last)
        if rate and rate.start() > 1 and not self.says.measured.search(first) and not self.find(last) and "占" not in last[: rate.start()]:  # 一产、二产、三产占比
            return [p if p.endswith(rate.group()) else p + rate.group() for p in parts]
        cut = _CUT_BY.search(last)
        if cut and cut.start() and not first.endswith("减排量"):  # 化学需氧量、氨氮、氮氧化物减排量
            return [p if p.endswith(cut.group()) else p + cut.group() for p in parts]
        if all(self.find(p) for p in parts):
            return parts
        if self.find(first) or self._attr_end.search(first) and len(first) > 2:  # heads shared: 粮食播种面积和产量
            verb = self.verb(first)
            out = [first]
            for p in parts[1:]:
                if self.find(p):
                    out.append(p)
                    continue
                joined = self.with_head(first, p)
                scope = _BUILT_UP.match(first)
                if joined:
                    out.append(joined)
                elif scope and not _BUILT_UP.match(p):
                    out.append(scope.group() + p)
                elif verb and not self.verb(p):
                    out.append(verb + p)
                else:
                    out.append(p)
            return out
        verb = self.verb(last)
        if self.bare_verb(first) and verb and verb != last:  # 新开工、竣工亿元以上项目
            return [p + last[len(verb):] if self.bare_verb(p) else p for p in parts[:-1]] + [last]
        begun = STATE_RATE.search(first)
        if begun and begun.start() > 1 and all(self.is_attribute(p) and p.endswith("率") for p in parts[1:]):  # 重大项目开工率、投资完成率
            return [first] + [first[: begun.start()] + p for p in parts[1:]]
        if self.says.measured.search(first):  # 参保率、投资完成率: nothing is left out
            return parts
        tail = self._shared_tail(parts[:-1], last)  # tails shared: 粮食、蔬菜总产量
        if not tail:
            return parts
        return [p if p is last or p.endswith(tail) else p + tail for p in parts[:-1]] + [last]

    def with_head(self, first: str, item: str) -> str | None:
        """粮食播种面积 + 产量 -> 粮食产量: the item under the head of the first name, or None."""
        for i in range(len(first) - 1, 0, -1):
            if self.find(first[:i] + item):
                return first[:i] + item
        if self.is_attribute(item):
            m = self._attr_end.search(first)
            if m and m.start() > 0:
                head = re.sub("(?:实现|完成|播种|种植)$", "", first[: m.start()])
                return head + unlike_the_end(head, item)
        return None

    def _shared_tail(self, others: list[str], last: str) -> str:
        first = others[0]
        sign = re.match(r"[A-Za-z]+[\d.]*(?=[\u4e00-\u9fff])", last)
        if sign and re.fullmatch(r"[A-Za-z]+[\d.]*", first):  # PM10、PM2.5平均浓度
            return last[sign.end():]
        for i in range(1, len(last)):
            if any(self.find(other + last[i:]) for other in others):
                return last[i:]
        kinds = re.search(r"[两二三四五六七八九十]大", last)
        if kinds and 1 < kinds.start() and not self.find(last):  # 椅艺、竹木两大传统产业产值
            return last[kinds.end():]
        share = re.search(r"(?:增加值|总产值|产值|营业收入|投资|销售额|产量)?占.{2,}$", last)
        if share and "占" not in first and share.start() > 1:  # 先进制造业、高技术制造业增加值占规上工业增加值比重
            return share.group()
        m = self._attr_end.search(last)
        if m and m.start() > 0 and not self._attr_end.search(first):
            return last[m.start():]
        told = self.says.measured.search(last)
        word = told[1] if told and len(told[1]) > 1 else ""
        stub = len(last) - len(word) - len(first)  # of a word that the first name would cut in two: 教育、农林|水支出
        if word and (stub <= 1 or len(last) <= len(first) + 1):
            return word
        if len(last) > len(first) + 1:
            return last[len(first):]
        return ""
