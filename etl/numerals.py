"""Numbers and quantities in Chinese text: where they stand, what they say, in which unit.

Going from each number outwards finds every number; looking for indicator names first does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.catalog import SCALES, Catalog
from data.terms import UNSEEN

FULLWIDTH = str.maketrans("０１２３４５６７８９．％，：－", "0123456789.%,:-")
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

NUMBER = re.compile(r"[0-9０-９]+(?:,[0-9]{3}(?![0-9]))*(?:[.．][0-9０-９]+)?")
_N = r"[0-9０-９]+(?:,[0-9]{3}(?![0-9]))*(?:[.．][0-9０-９]+)?"
_DIGIT, _POINT, _MINUS = "[0-9０-９]", "[.．,，]?", "[-−－]"
_BLANK = "[ \u00a0\u2002-\u200a\u202f\u205f\u3000]"
_CUT = re.compile(  # 6.\u200b7, 6. 7: the eye sees one number
    rf"(?:{_DIGIT}{_POINT}|{_MINUS})[{UNSEEN}]+{_POINT}(?={_DIGIT})|{_DIGIT}(?:[.．]{_BLANK}+|{_BLANK}+[.．])(?={_DIGIT})"
)
_ITEM = re.compile(rf"\s*[（(]?{_DIGIT}{{1,2}}[.．]{_BLANK}+")  # 1. 15个项目
_NEAR = 16  # letters within which such a cut is looked for
LARGEST = 1e15  # no figure of a report is larger
_SCALE = "|".join(SCALES)
_SPACED = re.compile(rf"(?<![0-9０-９.．,]){_DIGIT}+(?:{_BLANK}{_DIGIT}+)+(?:[.．]{_DIGIT}+)?")  # digits with single blanks between them
#: Digits and points that blanks stand between: one number, or several.
BROKEN = re.compile(rf"{NUMBER.pattern}(?:[.．]?{_BLANK}+[.．]?{NUMBER.pattern})*")
_BEFORE = re.compile(rf"(?<![0-9０-９.．,])(?:{_DIGIT}+{_BLANK})+$")
#: Blanks that group digits or that a layout has put between all of them: 1 280, 5 1 8. Others may stand between two numbers.
_GROUPED = re.compile(rf"[1-9１-９]{_DIGIT}{{0,2}}(?:{_BLANK}{_DIGIT}{{3}})+|[1-9１-９](?:{_BLANK}{_DIGIT}){{2,}}")


@dataclass(slots=True)
class Quantity:
    """A number with its unit: ``text[start:end]`` is «约 69万余平方米以上» without the words before it."""

    start: int
    end: int
    numbers: list[tuple[int, int]]  # spans of the bare numbers inside
    value: float | None  # as printed, without scale; the lower bound of a range
    high: float | None  # upper bound of a range
    ratio: str | None  # 0.5:37.1:62.4
    unit: str | None  # as printed, with scale: 万平方米
    base: str | None
    factor: float  # printed value * factor = value in ``base``
    kind: str | None
    comparator: str  # from the words behind the number; eq when there are none

    @property
    def is_to_one(self) -> bool:
        """A ratio that is one number: 1.94:1. (9.3:43.7:47 and 1:8.6 are words.)"""
        return self.ratio is not None and self.ratio.count(":") == 1 and self.ratio.endswith(":1")


def chinese_integer(text: str) -> int | None:
    """Value of a small Chinese numeral: 十四 -> 14, 二〇三五 -> 2035; None when it is none."""
    if not text or any(c not in _CHINESE_DIGITS and c not in "十百" for c in text):
        return None
    if "十" not in text and "百" not in text:
        return int("".join(str(_CHINESE_DIGITS[c]) for c in text))
    total, current = 0, 0
    for c in text:
        if c == "十":
            total, current = total + (current or 1) * 10, 0
        elif c == "百":
            total, current = total + (current or 1) * 100, 0
        else:
            current = _CHINESE_DIGITS[c]
    return total + current


def number(text: str) -> float:
    """Value of a printed number: 1,204.5 or １２."""
    return float(text.translate(FULLWIDTH).replace(",", ""))


_SPELLED = re.compile(
    r"(?<![一二两三四五六七八九十百千万亿零〇点几数多或第—\-\d])(?<![一二两三四五六七八九十][至到])"
    r"(?:(?P<points>[一二两三四五六七八九])个百分点|(?P<tenths>[一二两三四五六七八九])成(?=(?:以上|左右|多)?(?:[，。；、）)]|$))"
    r"|(?P<sum>[一二两三四五六七八九]?[十百千]|[一二两三四五六七八九](?=万亿))(?P<scale>万亿|万|亿)?元(?=大关|台阶|关口|(?:以上|左右)?(?:[，。；、）)]|$)))"
)


def spelled(text: str) -> list[Quantity]:
    """Quantities written in words that can be read in one way only: 三个百分点, 八成, 突破百亿元."""
    found = []
    for m in _SPELLED.finditer(text):
        end = m.end()
        after = re.match("以上|左右|多", text[end:])
        comparator = {"以上": "ge", "左右": "approx", "多": "approx"}[after.group()] if after else "eq"
        end += after.end() if after else 0
        if m["points"]:
            value, unit, base, factor, kind = _CHINESE_DIGITS[m["points"]], "个百分点", "百分点", 1.0, "point"
        elif m["tenths"]:
            value, unit, base, factor, kind = _CHINESE_DIGITS[m["tenths"]], "成", "%", 10.0, "percent"
        elif m["scale"] is None:
            continue  # 千元
        else:
            tens = {"十": 10, "百": 100, "千": 1000}.get(m["sum"][-1])
            value = _CHINESE_DIGITS.get(m["sum"][0], 1) * (tens or 1)
            unit, base, factor, kind = m["scale"] + "元", "元", SCALES.get(m["scale"]) or 1e12, "money"
        found.append(Quantity(m.start(), end, [], float(value), None, None, unit, base, factor, kind, comparator))
    return found


class Reader:
    """Finds quantities; built once from the catalogue's units and comparators."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        words = []
        for u in sorted(catalog.units.values(), key=lambda u: -len(u.unit)):
            if u.unit == ":1":
                continue
            guard = f"(?!{'|'.join(map(re.escape, u.not_before))})" if u.not_before else ""
            if u.unit[-1].isascii() and u.unit[-1].isalpha():
                guard += "(?![A-Za-z])"
            words.append(re.escape(u.unit) + guard)
        unit = "|".join(words)
        self.post = catalog.comparators.get("post_cmp", {})
        post = "|".join(map(re.escape, sorted((w for w in self.post if w not in ("余", "多")), key=len, reverse=True)))
        self.pattern = re.compile(
            rf"(?P<sign>(?<![0-9A-Za-z%％年月日期段号—）)])[-−－])?(?P<a>{_N})"
            rf"(?:(?P<ratio>(?:[:：∶]{_N})+)(?![0-9])"
            rf"|(?P<ua>(?:{_SCALE})?(?:{unit})?)(?P<sep>——|—|–|-|~|～|至|到)(?P<b>{_N}))?"
            rf"[ \u00a0]?(?P<yu>[余多]?)(?P<scale>{_SCALE})?(?P<yu2>[余多]?)(?P<unit>{unit})?(?P<per>/(?:{_SCALE})?(?:{unit}|月|日))?(?P<yu3>余|多(?![元样式维渠跨])|)"
            rf"(?P<post>{post})?"
        )

    def at(self, text: str, pos: int) -> Quantity | None:
        """The quantity that begins at ``pos`` (a sign may stand before the digits); None where an unseen character cuts it, or a
        blank that leaves open whether it is one number."""
        m = self.pattern.match(text, pos)
        if m is None:
            return None
        digits = m.start("a")
        if digits and text[digits - 1].isspace() and _BEFORE.search(text, max(0, digits - 2 * _NEAR), digits):
            return None  # the rest of a number: 280 of 1 280
        if text[m.end("a"): m.end("a") + 1].isspace() and (spaced := _SPACED.match(text, digits)):
            return self._spaced(text, pos, spaced)
        cuts = _CUT.finditer(text, max(0, m.start() - _NEAR), m.end() + _NEAR)
        if any(cut.end() >= m.start() and cut.start() <= m.end() and not _ITEM.fullmatch(text, 0, cut.end()) for cut in cuts):
            return None
        return self._quantity(m)

    def grouped(self, text: str) -> str:
        """A table's cell whose digits are grouped by blanks (≥3 500), without these; empty when it is none."""
        m = re.fullmatch(rf"\s*([≥≤＞＜>< ]*)([1-9１-９]{_DIGIT}{{0,2}}(?:{_BLANK}{_DIGIT}{{3}})+)((?:以上|以下|以内|左右)?)\s*", text)
        return m[1] + re.sub(_BLANK, "", m[2]) + m[3] if m else ""

    def _spaced(self, text: str, pos: int, run: re.Match) -> Quantity | None:
        """The quantity whose digits have blanks between them, where its unit stands behind it; None where that is not sure.

        At the head of a text the first digits may be its number in a list: 3 500户.
        """
        if not pos or pos != run.start() or text[pos - 1] in "-−－" or not _GROUPED.fullmatch(run.group()):
            return None
        digits = re.sub(_BLANK, "", run.group())
        q = self.at(digits + text[run.end(): run.end() + _NEAR], 0)
        if q is None or q.unit is None or q.kind in ("percent", "point", "time") or len(q.numbers) > 1:
            return None
        q.start, q.end = pos, q.end - len(digits) + run.end()
        q.numbers = [(run.start() + n.start(), run.start() + n.end()) for n in re.finditer(rf"{_DIGIT}+", run.group())]
        return q

    def _quantity(self, m: re.Match) -> Quantity:
        sign = -1.0 if m["sign"] else 1.0
        value = sign * number(m["a"])
        if abs(value) > LARGEST:  # a run of digits, no quantity
            return Quantity(m.start(), m.end("a"), [m.span("a")], value, None, None, None, None, 1.0, None, "eq")
        spans = [m.span("a")]
        end = m.end()
        high = None
        unit = m["unit"]
        scale = m["scale"] or ""
        if m["b"] is not None:
            same = not m["ua"] or m["ua"] in (scale, unit or "", scale + (unit or ""))
            rising = number(m["b"]) > abs(value)
            if same and rising:
                high = sign * number(m["b"])
                spans.append(m.span("b"))
            else:  # 1—6号, 3%到5人: two numbers, not a range; read the first alone
                return self._first_of_pair(m, value)
        ratio = None
        if m["ratio"]:
            ratio = (m["a"] + m["ratio"]).translate(FULLWIDTH).replace("∶", ":")
            spans += [(m.start("ratio") + n.start(), m.start("ratio") + n.end()) for n in NUMBER.finditer(m["ratio"])]
            return Quantity(m.start(), m.end("ratio") if not m["post"] else end, spans, value, None, ratio,
                            ":1" if ratio.endswith(":1") and ratio.count(":") == 1 else None, ":1", 1.0, "ratio",
                            self.post.get(m["post"] or "", "eq"))
        comparator = "approx" if m["yu"] or m["yu2"] or m["yu3"] else "eq"
        if m["post"]:
            comparator = self.post[m["post"]]
        base, factor, kind = None, 1.0, None
        if unit:
            u = self.catalog.units[unit]
            base, factor, kind = u.base, u.factor, u.kind
            if m["per"]:  # 人/亿元: a unit of its own, which the catalogue does not have
                unit, base, factor, kind = unit + m["per"], None, 1.0, "rate"
        factor *= SCALES.get(scale, 1.0)
        printed = (scale + (unit or "")) or None
        if not unit and (m["yu"] or m["yu2"]) and not scale:
            end = spans[-1][1]  # 多 belonged to the next word
            comparator = "eq"
        return Quantity(m.start(), end, spans, value, high, ratio, printed, base, factor, kind, comparator)

    def _first_of_pair(self, m: re.Match, value: float) -> Quantity:
        text = m["ua"] or ""
        scale = next((s for s in SCALES if text.startswith(s)), "")
        unit = text[len(scale):] or None
        u = self.catalog.units.get(unit) if unit else None
        factor = (u.factor if u else 1.0) * SCALES.get(scale, 1.0)
        return Quantity(m.start(), m.end("ua"), [m.span("a")], value, None, None, text or None,
                        u.base if u else None, factor, u.kind if u else None, "eq")

