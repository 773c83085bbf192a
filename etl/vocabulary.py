"""Patterns made of the word lists of lexicon.csv: the words are kept there, what is done with them stands here."""

from __future__ import annotations

import re

from data.catalog import Catalog
from etl.provisional import Provisional


class Vocabulary:
    """The word lists that rules of several modules look for, compiled once for a catalogue."""

    def __init__(self, catalog: Catalog):
        def any_of(*roles: str) -> str:
            return "(?:" + "|".join(map(re.escape, catalog.words(*roles))) + ")"

        self.state = re.compile(any_of("state"))
        self.stage = re.compile("(?:新|已)?" + any_of("stage") + "+")
        self.tier = re.compile(any_of("tier") + "(?:以上)?")
        self.tiered = re.compile(rf"(.*?)(?<![一-龥]级){self.tier.pattern}(.{{2,}})")  # 市级龙头企业
        self.grade = re.compile(any_of("tier", "grade") + "(?:以上)?")
        self.reach = re.compile("(?:累计|共|直接|共计)?(" + any_of("reach") + ")")
        self.reach_whom = re.compile("(?:累计|共|直接|共计)?(" + any_of("reach") + "[一-龥]{0,2}" + any_of("receiver", "counted") + ")")
        self.how_gained = re.compile("^" + any_of("gained") + "+")
        self.fund = re.compile(any_of("fund") + "$")
        self.in_turn = re.compile(any_of("in_turn") + "(?=.)")
        self.insured = re.compile(any_of("insured"))
        self.whole = re.compile(any_of("whole"))
        self.of_all = re.compile(any_of("whole", "of_all"))
        self.many = re.compile(r"\d|[一两二三四五六七八九十]大|" + any_of("many", "whole"))
        self.own_verb = re.compile(r"[\s，]*" + any_of("own_verb"))
        self.says_how = re.compile(any_of("says_how") + "$")
        self.portion = re.compile("(?:公办)?" + any_of("portion"))
        self.gain = re.compile(any_of("gain"))
        self.how_far = re.compile(any_of("how_far") + "$")
        self.under_way = re.compile(any_of("under_way") + "$")
        self.one_building = re.compile(any_of("building") + "(?:[一二三四五六七八九十]期)?" + any_of("under_way") + "$")
        self.site_size = re.compile("^(?:新增|设计|规划|总|年|可|形成)*" + any_of("site_size") + "$")
        self.not_counted = re.compile(any_of("not_counted"))
        self.noun_end = re.compile(any_of("noun_end"))
        self.becomes = re.compile(  # 的14%，提高到; 2.3万户扩至4.7万户
            "(?:左右|以上)?(?:，|、)?(?:" + any_of("moves_on") + r"(?:到|至|为|成)|(?:翻[一两]番(?:以上|多)?[，、]?)?[一-龥]{0,4}(?:到|至|为)(?=[约近超]{0,2}\d))")
        self.resized = re.compile(r"([一-龥“”]{2,12}?)(?=" + any_of("resized") + "(?:到|至|为|成))")  # 84户国有企业压减至59户
        self.receiver = re.compile("(" + any_of("receiver") + ")(.{2,24})")
        self.measured = re.compile("..(" + any_of("measured") + ")$")
        self.moved = re.compile(r"(?:连续[一二两三四五六七八九十\d]+年|持续|稳步|逐年|大幅|明显|同比|比上年|较上年|实现|保持)*(?:" + any_of("moves_on") + r"|翻[一两]?番)[，；,;]?")
        self.predicate = re.compile(any_of("predicate"))
        self.count_noun = re.compile(any_of("count_noun") + "$")
        self.task_name = re.compile(any_of("task_name") + "$")
        self.difference = frozenset(catalog.words("difference"))
        self.held_to = frozenset(catalog.words("held_to"))
        self.reached = frozenset(catalog.words("reached"))
        self.stands_at = frozenset(catalog.words("stands_at"))
        self.step = frozenset(catalog.words("step"))
        self.clause_only = frozenset(catalog.words("clause_only"))
        self.growth_noun = frozenset(catalog.words("rate_noun"))
        self.heading_done = re.compile(any_of("heading_done"))
        self.heading_planned = re.compile(any_of("heading_planned"))
        self.heading_review = re.compile(any_of("heading_review"))
        self.heading_forward = re.compile(any_of("heading_forward"))
        self.heading_onward = re.compile(any_of("heading_onward"))
        #: a word of the catalogue that means this place's only beside one of these
        self.only_with = {word: tuple(beside.split()) for word, beside in catalog.comparators.get("only_with", {}).items()}
        self.provisional = Provisional(catalog)
        self._summed = re.compile(any_of("summed"))
        #: kind of unit -> the aspect it measures: 面积 for area_land
        self.aspects = {kind: word for word, kinds in catalog.comparators["aspect"].items() for kind in kinds.split()}

    def summed(self, text: str) -> bool:
        """The words tell what was done over a time, so that a figure is a sum: 新增, 建成 (but not 建成区)."""
        return bool(self._summed.search(text.replace("建成区", "")))
