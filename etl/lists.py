"""Names of a list that share one value: «社会消费品零售总额、固定资产投资增长4%», «参保率均达95%以上»."""

from __future__ import annotations

import re

from etl.names import Lead, Names
from etl.sentence import Sentence

_JOIN = re.compile(r"、|和(?![美谐平])|与|以及|(?<![普涉惠触以])及(?!时|以|其)")
_WHOLE = re.compile(r"..(?:率|额|量|值|收入|面积|投资|费用|人次|人数|户数|占比|比重|花费|消费|增速|标准|里程|规模|能力|业务收入)$")
_MOST = 5  # names; a longer list gives its values one by one


def sharing(names: Names, s: Sentence, lead: Lead, phrase: str, places: tuple[str, ...]) -> list[str] | None:
    """The names in ``phrase`` that all have the value behind them; None when there is only one, or when that is in doubt.

    After 均 or 分别 each must be the name of something measured; without such a word, each must be in the catalogue.
    """
    own = names.own_place(names.strip_lead(phrase), places)
    parts = _JOIN.split(own)
    if not 1 < len(parts) <= _MOST or any(len(p.strip()) < 2 for p in parts) or "等" in own or re.search(r"\d", own):
        return None
    if names.find(own) or "其中" in phrase and s.subject is None:
        return None
    if not (lead.each or lead.respectively):
        return parts if all(names.find(p.strip()) for p in parts) else None
    found = names.split_list(own, len(parts))
    if found and all(names.find(names.strip_lead(p)) for p in found):
        return found
    # a name of its own stands between the marks, and leaves nothing to be shared: not «覆盖率和运营率», «开课率», «甲、乙地块利用率»
    return parts if own.count("、") == len(parts) - 1 and all(len(p) > 3 and _WHOLE.search(p) for p in parts) else None
