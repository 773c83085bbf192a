"""Numbers that are no figures of the whole place, and why: names, dates, ranks, parts, projects, firms."""

from __future__ import annotations

import re

from data.catalog import Catalog, District, normalise

# Things that are recognised by their form, in the order in which they are tried at a place in the text.
_FORMS = re.compile(  # a form begins where a run of digits begins: no second look from inside it
    r"(?<!\d)(?:(?P<document_number>〔(?:19|20)\d{2}〕\s*\d*号?|第?\d+号(?:文|令|公告))"
    r"|(?P<date>(?:19|20)\d{2}年?(?:——|—|-|–|~|～|至|到)(?:19|20)\d{2}年?|(?:19|20)\d{2}年(?:\d{1,2}(?:[—\-–~至]\d{1,2})?月(?:\d{1,2}日)?)?"
    r"|(?<!\d)\d{1,2}月\d{1,2}日|(?<![\d.])\d{1,2}(?:[—\-–~至、和]\d{1,2})?月(?:份|底|末|初)?(?!\d)|(?<![\d.])(?:19|20)\d{2}(?=[、—\-–和]\s?(?:19|20)\d{2})"
    r"|“\d{1,2}[·.．]\d{1,2}”|(?<=[（(])(?:19|20)\d{4,6}年?)"
    r"|(?P<rank>(?:前|TOP|top)\s*\d+(?:强|名|位|行列)?|第\s*\d+(?:位|名|位次)|\d+强|(?<=位列)第?\d+|(?<=居)第\d+|第\s?[1-9](?=[，。、；]|$))"
    r"|(?P<ordinal>第\s*\d+(?:[—\-–、至和]\d+){0,20}|(?<![\d.])\d+(?:[—\-–、和]\d+){0,20}(?:号|#|届|期(?!间|货)))"
    r"|(?P<name>(?:12345|12315|12328|12348|110|119|120|122)(?=[“”]?(?:政务|市民|便民|公共|法律|服务|报警|急救|平台|热线|诉求|指挥))|(?!(?:KPI|GDP)\d)(?<![A-Za-z])[A-Za-zα-ωµ][A-Za-z.\-_/]*\d[\dA-Za-z.\-_/—]*|\d+(?:[+＋/×xX]\d+){0,20}(?:[+＋][A-Za-zN]+)+|\d+(?:[+＋×xX/]\d+){1,20}"
    r"|\d+(?:\.\d+)?(?![kKM]?[WwVv]|GW|MW|kWh|TEU|[PE](?:FLOPS|Flops|flops)|P[，。、；]|GB|TB|PB|mg|μg|ug|km)[A-Za-z]+[A-Za-z0-9]*|\d+级(?!以)|\d+[°℃]|\d+千伏(?!安)|\d+[kK]V(?!A))"
    r"|(?P<quantifier>(?<=每)\d+[十百千]?万?(?=人(?!次|民|均)|名|户|辆|平方公里))"
    r"|(?P<duration>\d+(?:[—\-–至、]\d+)?(?:周)?岁(?:以下|以上|及以上|以内)?|(?<=海拔)\d+米(?:以上)?|\d+年一遇|\d+[×*]\d+小时|7[×x]24|\d+周岁))"
)
_QUOTED = re.compile(r"“[^“”]{0,60}”|《[^《》]{0,80}》|‘[^‘’]{0,40}’|「[^」]{0,40}」")
_STATEMENT = re.compile(r"\d[\d.,]*(?:余|多)?[万亿千]?(?:元|%|个|天|人|户|吨|亩|公里|家|张|平方米|台|座|条|套|所|个百分点)")


_PORT = re.compile(r"[\u4e00-\u9fff]{1,4}(?<!香)(?<!进出)港区?")  # 其中珞璜港860万吨
#: a programme, not one project: “百项千亿”工程, “千万工程”示范村
_PROGRAMME = re.compile(r"“[^“”]{0,12}(?:工程|项目|行动)”(?=[\u4e00-\u9fff]{2})|“[^“”]{0,12}[百千万][^“”]{0,12}”(?:工程|项目|行动)")


_OF_PLACE = re.compile(r"(?:平均(?:水平)?|平均值|预期|目标|计划|要求|同期|增速|增幅|降幅|增长|下降|定)+$")
_BESIDE = re.compile(r"^(?:按照|对标|参照|其中)")
_GOALS_OF = re.compile(r"([^，。；：:、（）]{1,8}?)(?:的?(?:预期|发展|年度)?目标|平均(?:水平)?)?[：:]")
_VIEW = re.compile(r"[\s　]*(?:当前，)?从(国际|国内|全球|世界|全国|国家|全省|省内|全自治区|区内|全市|外部)(?:层面|形势|环境|大局|范围|发展)*来?看")
_OF_THE_WORLD = re.compile(
    r"[\s　]*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:当前|目前|今年|未来五年|“?十[一二三四五六七八九]?五”?(?:时期|期间))?，?(?:(?P<country>我国)|全球|世界)"
    r"(?!首|第|唯一|领先|最|一流|级|知名|先进|五百|500|上|文化遗产|自然遗产|遗产|技能|各地|\d|[^，。；]{0,12}(?:在我|落户|落地|入驻|基地))"
)
_OF_THAT_SIZE = re.compile(r"(?:超|过|超过|达)?[\d.]*[十百千]?[亿万]?(?:美)?元(?:以上|级)?(?:重大|重点|产业|工业|制造业|节点|招商|签约|新|链主|[一-龥]{2}节点)*项目")
_PARK_DID = re.compile(r"[一-龥]{2,12}(?:示范区|试验区|经济区|产业区|合作区|先导区)(?:（[^（）]*）)?(?=新|完成|实现|签约|引进|累计|入驻|落户|生产总值|地区生产总值|规上|规模以上|固定资产)")
_STAGE_DID = re.compile(r"[一-龥]{2}[一二三四五六七八九]期(?:项目|工程)?(?=新增|设计|总)")
_VIEW_OF_A_PLACE = re.compile(r"[\s　]*(?:当前，)?从([一-龥]{2,5}?)(?:层面|形势|大局|范围|发展)*来?看[，,]")
_SITE = re.compile(
    "(?:(?:产业园|综合体|度假区)(?:[一二三四]期)?|[一二三四]期)(?:项目|工程)?$|片区[一-龥]{2,6}(?:改造|建设)$|第[一二三四五六七八九十]+(?:中学|小学)[一-龥]{0,6}(?:扩建|迁建|改建|新建)$"
)
_OWN_VIEW = re.compile("[从就]?(?:我|本)[区县市省州]|从?自身|全区")


class Scope:
    """The word lists for parts of the place, compiled once for a report's own place."""

    def __init__(self, catalog: Catalog, district: District | None, place: str):
        def alt(role: str) -> str:
            return "|".join(map(re.escape, catalog.words(role)))

        self.level = district.level if district else "county"
        self.names = tuple(dict.fromkeys(
            n for n in (
                (district.full_name if district else None), (district.district if district else None), place,
            ) if n
        ))
        self._town = tuple(n + "区" for n in self.names if n.endswith("市"))  # 金华市区, beside the counties of the city
        self._sub_area = re.compile(rf"(?:{alt('sub_area')})|^[\u4e00-\u9fff]{{1,2}}城镇(?=实现|完成|获|建成|打造)|(?<![城乡村集各重小])镇(?![街级区村属（(])|(?<=[\u4e00-\u9fff]{{2}})街道"
            r"|^[\u4e00-\u9fff]{2,3}(?<![城返下回入离家水侨老各全异故美丽之族省进还到通])乡(?![镇村贸土贤愁音情亲居级街属医创友规建乡通])")
        self._head = re.compile(rf"(?:{alt('counted_head')})(?:建设|数|数量|总数|累计|总量)*$|^(?:项目|工程|基地|园区)")
        self._aggregate = re.compile(alt("aggregate"))
        self._whole = re.compile(alt("whole"))
        self._project = re.compile(alt("project"))
        self._organisation = re.compile(alt("organisation") + r"|(?:^|(?<=[一-龥]{2}))[一二三四五六七八九十]中(?=[本高升录上学新])|(?<![医中制])药业(?!产)|股份(?!制|合作|经济|权)|(?:实业|重工|酒业|乳业|石化)(?=实现|完成)")
        self._firm = re.compile(rf"[一-龥]{{2,8}}(?:科技|{alt('firm')})(?=实现产值|实现营|完成技改|完成投资|产值突破|[一-龥]{{2,4}}产量)")
        higher = [w for w in catalog.words("higher") if not (self.level != "county" and "市" in w)]
        if self.level in ("province", "country"):
            higher = [w for w in higher if "省" not in w]
        if self.level == "country":
            higher = [w for w in higher if "国" not in w]
        if district and district.full_name.endswith("市") and self.level == "county":
            higher = [w for w in higher if w not in ("全市", "我市")]
        region = self._region_above(catalog, district)
        higher += region
        self._higher = re.compile("|".join(map(re.escape, sorted(higher, key=len, reverse=True))))
        foreign = {"全国", "全省", "全市", "我市", "我省", "全自治区", "全州"}
        foreign |= set(region)
        if self.level != "county" or (district and district.full_name.endswith("市")):
            foreign -= {"全市", "我市", "全州"}
        if self.level in ("province", "country"):
            foreign -= {"全省", "我省", "全自治区"}
        if self.level == "country":
            foreign -= {"全国"}
        self._above = foreign | {"国家", "国"} | {w for full, short in (("全省", "省"), ("全市", "市"), ("全州", "州")) if full in foreign for w in (short, short + "委")}
        words = "|".join(sorted(foreign)) or r"(?!)"
        self._foreign = re.compile(rf"(?:其中|预计|同期|全年|[今去明上]年|到?(?:19|20)\d{{2}}年底?)?(?:{words})(?!首|第|唯一|领先|前|排名|率先|统一|各)")
        self._code = district.district_code if district else ""
        self._places = catalog.parent_of
        self._named_places = catalog.named_places
        self._provinces = {d.district for d in catalog.districts if d.level == "province" and d.district_code[:2] != self._code[:2]}
        inside = sorted((name for name in catalog.divisions.get(self._code, ()) if self._code and len(name) > 1), key=len, reverse=True)
        self._inside = re.compile(f"(?:{'|'.join(map(re.escape, inside))})(?!产业|企业|社|工程|项目|型|房|机制|示范)" if inside else r"(?!)")
        self._structural = re.compile(alt("structural"))
        self._aliases = catalog.aliases
        self._region = re.compile(f"(?:{'|'.join(re.escape(w) for w in higher if not re.match('[全我国世党两周]|.*城区', w)) or '(?!)'})(?:地区(?!生产总值))?")
        beside = catalog.divisions.get(district.parent_code or "", ()) if district else ()
        self._elsewhere = (catalog.large_places | {name for name in beside if len(name) > 1}) - set(self.names)
        above = {"county": "市里|市委|市政府|省里|省委|省政府|自治区党委|", "prefecture": "省里|省委|省政府|自治区党委|"}.get(self.level, "")
        if "全市" not in foreign:
            above = above.replace("市里|市委|市政府|", "")
        self._set_above = re.compile(rf"(?:(?:{above}国家|全国两会|中央|国务院)(?:、(?:{above}国家))*[^，；。]{{0,6}}?(?:确定|设定|提出|安排)的?|(?:今年|明年)?(?:{words})[^，；。]{{0,12}}(?:预期|计划|确定|设定)目标)(?![^，；。]*我[市区县])")

    @staticmethod
    def _region_above(catalog: Catalog, district: District | None) -> list[str]:
        """全区 in the report of a county or a city of an autonomous region is that region, unless the place itself is a 区."""
        if district is None or district.level == "province" or district.full_name.endswith("区") and not district.full_name.endswith("地区"):
            return []
        of = district.district_code[:2]
        return ["全区", "我区"] if any(d.level == "province" and d.district_code[:2] == of and d.full_name.endswith("自治区") for d in catalog.districts) else []

    @staticmethod
    def forms(text: str) -> list[tuple[int, int, str]]:
        """(start, end, reason) of what is recognised by its form alone: dates, names, ranks, ordinals."""
        found = []
        for m in _FORMS.finditer(text):
            kind = m.lastgroup
            if kind == "duration" and re.search(r"寿命[^，。；]{0,10}$", text[max(0, m.start() - 16): m.start()]):
                continue
            found.append((m.start(), m.end(), kind))
        return found

    @staticmethod
    def quoted(text: str) -> list[tuple[int, int, str]]:
        """(start, end, reason) of titles and of quoted names; a quoted statement with a unit stays open."""
        found = []
        for m in _QUOTED.finditer(text):
            inner = m.group()[1:-1]
            if m.group()[0] == "《":
                found.append((m.start(), m.end(), "document_number"))
            elif not (len(inner) >= 7 and _STATEMENT.search(inner) and re.search(r"以上|以内|增长|超|达|等于|不低于|新增|解决|完成|建|为|打通|疏通", inner)):
                found.append((m.start(), m.end(), "name"))
        return found

    def narrower(self, phrase: str, clause: str, catalogued: bool, counted: bool = False) -> str | None:
        """The reason why a figure named ``phrase`` in ``clause`` is not about the whole place, or None."""
        titled = self._aggregate.match(phrase)  # 全国重点实验室 of the place
        begins = clause.lstrip(" 　，、；：")
        if self._foreign.match(begins) and not titled or self._set_above.match(begins):
            return "higher_level"
        if self._higher.match(phrase) and not titled and re.match(r"全|我|世|国内|国务|党|两", phrase) or re.search(r"(?:两地|三地)", phrase):
            return "higher_level"
        if self.level == "prefecture" and phrase.startswith(self._town):
            return "sub_area"
        other = self.other_place(phrase)
        if other and not self._sub_area.search(phrase):
            return other
        if _PORT.fullmatch(phrase):
            return "sub_area"
        if re.match(r"[\u4e00-\u9fff]{2,5}(?:都市圈|城市群)(?!内)", phrase):
            return "higher_level"
        phrase = _OF_THAT_SIZE.sub("", phrase)
        rest = self._aggregate.sub("", _PROGRAMME.sub("", phrase) if "“" in phrase else phrase)
        if "入驻" in phrase and self._sub_area.search(rest):
            return "sub_area"
        if counted:  # the thing counted may be parks, projects, schools: only what stands in front narrows it
            rest = self._head.sub("", rest)
        if self._sub_area.search(rest) and not (catalogued and not self._sub_area.search(clause)):
            return "sub_area"
        if _PARK_DID.match(phrase) and not titled:
            return "sub_area"
        if _STAGE_DID.search(phrase):
            return "project"
        if self._firm.match(phrase):
            return "organisation"
        if self._organisation.search(rest) or phrase.startswith("某"):
            return "organisation"
        if self._project.search(rest):
            return "project"
        return None

    def single(self, host: str) -> bool:
        """Words in front of a bracket that name one site or project: what stands in the bracket is its size."""
        return not self._aggregate.search(host) and bool(self.proper(host) or _SITE.search(host))

    def beyond(self, sentence: str) -> str | None:
        """«从全国看，预计经济增长5%左右», «我国经济长期向好，中等收入群体超过4亿人»: the reason for every number of a sentence that looks
        beyond the place."""
        of = _OF_THE_WORLD.match(sentence) if self.level != "country" else None
        if of and not self._speaks_of_itself(sentence) and (of["country"] or not self._tells_of_an_indicator(sentence[of.end():])):
            return "higher_level"
        looks = _VIEW.match(sentence)
        from_there = _VIEW_OF_A_PLACE.match(sentence)
        if from_there and self.only_place(from_there[1]) and not _OWN_VIEW.search(sentence, from_there.end()):
            return "higher_level"
        own = looks and (looks[1] in ("全市", "全省") and self.own_scope(looks[1]) or looks[1] == "区内" and any(n.endswith("区") for n in self.names))
        return "higher_level" if looks and not own and not _OWN_VIEW.search(sentence, looks.end()) else None

    def _speaks_of_itself(self, sentence: str) -> bool:
        return bool(_OWN_VIEW.search(sentence)) or any(name in sentence for name in self.names) or bool(self._whole.search(sentence))

    def _tells_of_an_indicator(self, text: str) -> bool:
        """A clause behind the first begins with one of the catalogue: «全球经济复苏乏力，地区生产总值增长5.2%» tells of the place."""
        clauses = re.split("[，；：]", text)[1:]
        return any(normalise(clause[:k]) in self._aliases for clause in clauses for k in range(2, min(len(clause), 16)))

    def only_place(self, phrase: str) -> bool:
        """Nothing but another place, where a figure of it is set beside the report's own: 全市平均, 广西, 市委."""
        name = _BESIDE.sub("", _OF_PLACE.sub("", phrase.strip(" 　，、；：（(的+＋")))
        if not name or name in self.names:
            return False
        full = {name, *(name + kind for kind in ("省", "市", "自治区", "区", "县", "州"))}
        return name in self._above or bool(full & self._named_places) and not full & set(self.names)

    def aside_of_others(self, aside: str) -> bool:
        """The words of an open bracket begin with whose goals or rates stand in it: 市定目标：生产总值6.5%、…"""
        told = _GOALS_OF.match(aside)
        return bool(told) and self.only_place(told[1])

    def other_place(self, phrase: str) -> str | None:
        """A figure of another place (or of a county inside this one): the phrase begins with its name."""
        if self._inside.match(phrase):  # a city's report on one of its counties: 永康规上工业总产值
            return "sub_area"
        if phrase[:2] in self._provinces or phrase[:3] in self._provinces:
            return "higher_level"
        if self._named_elsewhere(phrase):
            return "higher_level"
        whole = re.match(r"(?:预计|其中)?([\u4e00-\u9fff]{2,4})全([市县区州])", phrase)
        if whole and whole[1] + whole[2] in self._places and whole[1] + whole[2] not in self.names:  # 宜昌全市 in a report of 宜都市
            return "higher_level"
        m = re.match(r"[\u4e00-\u9fff]{1,8}?(?:区|县|市|省)(?![级域内政属直长级])", phrase)
        if not m or len(m.group()) < 3 or m.group() in self.names or m.group() not in self._places:
            return None
        return "sub_area" if self._places[m.group()] == self._code else "higher_level"

    def _named_elsewhere(self, phrase: str) -> bool:
        """Another place's name and an indicator of the catalogue: 渝西工业投资 (but not 重庆英才)."""
        region = self._region.match(phrase)
        ends = [region.end()] if region else [k for k in (2, 3, 4) if phrase[:k] in self._elsewhere]
        return bool(ends) and normalise(phrase) not in self._aliases and any(
            normalise(re.sub(r"^(?:实现|完成)", "", phrase[k:])) in self._aliases for k in ends)

    def proper(self, label: str) -> str | None:
        """A label that names one part or one project of its own (not a kind of project) blocks its numbers."""
        rest = self._aggregate.sub("", label)
        if re.search(r"(?:自贸试验区|经开区|高新区|综保区|综合保税区|生态带|核心区|片区|新城|服务业聚集区)$", rest):
            return "sub_area"
        if re.search(r"项目|工程|迁建|中心|停车场|建设$|楼$", label) and re.search(
            r"(?<!公)(?<!道)路(?!灯|网)|河(?!流|长)|大道|街(?!道|镇)|(?<!危)桥|湖|水库|馆|中学|小学|医院|片区|中心|停车场|场镇|幼儿园|大学", rest
        ):
            return "project"
        return None

    def project_list(self, text: str) -> bool:
        """«…等项目», «××项目建设»: the words behind a number name projects."""
        return bool(re.search(r"项目|基地|生产线|储备库|电站|产能规模|一体化", text))

    def organisation_at_start(self, text: str) -> bool:
        """The clause begins with one firm, school or hospital: 区精卫中心开设门诊."""
        return bool(self._organisation.search(self._aggregate.sub("", text[:12])))

    def aggregate(self, text: str) -> bool:
        """The words name a programme of projects of the whole place (重点项目), not one project."""
        return bool(self._aggregate.search(text))

    def programme(self, text: str) -> str:
        """The programme of the whole place that ``text`` names last, or empty: 推进重点项目建设 -> 重点项目."""
        found = [m.group() for m in self._aggregate.finditer(text)]
        return found[-1] if found else ""

    def own_scope(self, word: str) -> bool:
        """全市 is the own scope of a city's report."""
        return not self._higher.match(word)

    def structural(self, text: str) -> bool:
        """The counted thing is a matter, task, clause: 36项目标任务."""
        m = self._structural.search(text[:14])
        return bool(m) and not re.search(r"企业|项目(?!标)|基地|人$", text[: m.start()])

    def project_like(self, text: str) -> bool:
        return bool(self._project.search(self._aggregate.sub("", text)))

    def sub_area(self, text: str) -> bool:
        return bool(self._sub_area.search(text))
