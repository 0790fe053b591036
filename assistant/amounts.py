"""Amounts in a question: the documents' own forms, and the spoken and English ones people use."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from corpus.numerals import evaluate
from corpus.quantities import Polarity, Quantity, find_quantities

# Spoken and foreign ways to write an amount that official documents do not use.
_SPOKEN = re.compile(
    r"(?P<cur>rmb|cny|¥|￥|yuan|人民币)?\s*(?P<num>\d[\d,]*(?:\.\d+)?|一|两|二|三|四|五|六|七|八|九|十|半|几)\s*(?P<unit>"
    r"个亿|billion|bn|million|mn|mil|thousand|百万|千万|[wmk](?![a-z0-9])|yuan|rmb|cny)"
    r"(?:\s*(?:yuan|rmb|cny|元|块))?",
)
_CURRENCY_FIRST = re.compile(r"(?:rmb|cny|¥|￥)\s*(?P<num>\d[\d,]*(?:\.\d+)?)(?!\s*[万亿千百\d.])")
_HALF_MONTHS = re.compile(r"(?P<num>\d+|[一二两三四五六七八九十]+)个半月")
_HEARD_CEILING = re.compile(r"(?:最高|最多|不超过|上限|封顶|顶格|up to|at most|maximum of|max)\s*(?:是|为|的)?\s*$")
# A sum of which only the size is said: 几百万, 一个多亿, 上千万, 500到800万.
_VAGUE = re.compile(
    r"(?:几|数|上|好几|十几|几十|\d+多|[\d一两二三四五六七八九十]+个多)(?:十|百|千)?(?P<scale>万|亿)(?:多)?元?"
    r"|[\d.一二两三四五六七八九十百千]+(?P<scale2>万|亿)多元?"
)
_NUMBER = r"\d[\d.,]*|[一二两三四五六七八九十百千]+"
# "500到800万", "500万至800万元"; "从4亿到6亿" is a change, no range.
_RANGE = re.compile(
    rf"(?<![\d.从])(?P<low>{_NUMBER})(?P<low_scale>[万亿])?元?(?:到|至|-|~|—)(?P<high>{_NUMBER})(?P<scale>[万亿])元?"
)
_ENGLISH_RANGE = re.compile(
    r"(?P<between>between\s+)?(?<!from )(?:rmb|cny|¥)?\s*(?<!from rmb )(?<![\d.,])(?P<low>\d[\d,]*(?:\.\d+)?)\s*(?P<low_scale>million|billion|thousand|bn|mn|m|k)?"
    r"\s*(?:-|to|~|–|(?P<and>and))\s*(?:rmb|cny|¥)?\s*(?P<high>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>million|billion|thousand|bn|mn|m|k)\b"
)
_SCALE_CHINESE = {"万": 10**4, "亿": 10**8}
# A sum said without its currency ("一千万整", "3000万"): a question counts little else by the ten thousand.
_BARE = re.compile(
    r"(?<![\d.a-z第])(?P<num>[\d.,]*[一二两三四五六七八九十百千\d]+(?:万|亿)[一二两三四五六七八九十百千万\d]*)(?:元|块钱?|整)?"
    r"(?!\s*[人家户吨台平亩件次只名度辆千瓦条个股张套级]|[\d一二两三四五六七八九十百千万亿美港])"
)
_PEOPLE = re.compile(
    r"(?<![\d.,])(?:(?P<low>\d[\d,]*|[一二两三四五六七八九十百千]+)\s*(?:到|至|-|~|—)\s*)?(?P<num>\d[\d,]*|[一二两三四五六七八九十百千]+)\s*(?P<about>来|多|几)?(?:个|名|位)?\s*(?:人(?!民|大|家|均|才)|员工|工人|职工|劳动者|工友)"
)
_DOLLARS = re.compile(
    r"(?:us\$|usd|us dollars?|(?<!k)\$)\s*(?P<num>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>million|billion|thousand|bn|mn|m|k)?(?![a-z0-9])"
)
_SCALE = {
    "个亿": 10**8,
    "billion": 10**9,
    "bn": 10**9,
    "million": 10**6,
    "mn": 10**6,
    "mil": 10**6,
    "m": 10**6,
    "thousand": 10**3,
    "k": 10**3,
    "w": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "yuan": 1,
    "rmb": 1,
    "cny": 1,
}
_DIGITS = {
    "一": "1",
    "两": "2",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
    "十": "10",
    "半": "0.5",
}
_ENGLISH_COUNT = re.compile(
    r"(?<![\d.,])(?P<num>\d[\d,]*)\s+(?:\w+\s+){0,2}?(?P<noun>workers?|people|employees|staff|persons|labou?rers|hires)\b"
)
_ENGLISH_EVENTS = re.compile(r"(?<![\d.,])(?P<num>\d[\d,]*)\s+(?:\w+\s+){0,2}?(?P<noun>events?|sessions?|fairs?)\b")
_ENGLISH_DURATION = re.compile(r"(?<![\d.,])(?P<num>\d+)\s+(?P<noun>months?|years?)\b")


def read_amounts(folded: str) -> list[Quantity]:
    """Quantities in a question: the documents' own forms, and spoken and English ones."""
    spoken = sorted((*_spoken(folded), *_english(folded)), key=lambda quantity: (quantity.start, -quantity.end))
    masked = list(folded)
    kept: list[Quantity] = []
    for quantity in spoken:
        if kept and quantity.start < kept[-1].end:
            continue
        kept.append(quantity)
        masked[quantity.start : quantity.end] = " " * (quantity.end - quantity.start)
    formal = [quantity for quantity in find_quantities("".join(masked)) if quantity.unit != "plain"]
    return sorted((*kept, *formal), key=lambda quantity: quantity.start)


def _spoken(folded: str) -> Iterator[Quantity]:
    for match in _SPOKEN.finditer(folded):
        digits = _DIGITS.get(match["num"], match["num"].replace(",", ""))
        if digits == "几" or (match["unit"] in {"百万", "千万"} and not match["num"][0].isdigit()):
            continue  # 一千万 and 三百万 are the documents' own form
        before = folded[match.start("num") - 1 : match.start("num")]
        if match["unit"] in {"k", "m", "w"} and before.isascii() and before.isalnum():
            continue
        value = Decimal(digits) * _SCALE.get(match["unit"].replace("多", ""), 1)
        yield _quantity(value, "yuan", match)
    for match in _CURRENCY_FIRST.finditer(folded):
        yield _quantity(Decimal(match["num"].replace(",", "")), "yuan", match)
    for match in _DOLLARS.finditer(folded):
        scale = _SCALE[match["scale"]] if match["scale"] else 1
        yield _quantity(Decimal(match["num"].replace(",", "")) * scale, "usd", match)
    for match in _VAGUE.finditer(folded):
        size = Decimal(_SCALE_CHINESE[match["scale"] or match["scale2"]])
        yield replace(_quantity(size, "yuan", match), upper=size * 10000)  # of that order, no more is known
    yield from _ranges(folded)
    yield from _unmarked(folded)
    yield from _people(folded)


def _unmarked(folded: str) -> Iterator[Quantity]:
    """Sums without a currency (一千万整) and half months (四个半月)."""
    for match in _BARE.finditer(folded):
        money = evaluate(match["num"].replace(",", ""))
        if money is not None:
            yield _quantity(money, "yuan", match)
    for match in _HALF_MONTHS.finditer(folded):
        months = evaluate(match["num"])
        if months is not None:
            yield _quantity(months + Decimal("0.5"), "month", match)


def _people(folded: str) -> Iterator[Quantity]:
    """Numbers of people: 263个人, 十来个员工, 10到20人."""
    for match in _PEOPLE.finditer(folded):
        people = evaluate(match["num"].replace(",", ""))
        if people is not None and not (people == 1 and not match["num"].isdigit()):
            polarity = Polarity.ABOUT if match["about"] else Polarity.EXACTLY
            counted = replace(_quantity(people, "person", match), counted="人", polarity=polarity)
            low = evaluate(match["low"].replace(",", "")) if match["low"] else None
            yield counted if low is None else replace(counted, value=low, upper=people)


def _ranges(folded: str) -> Iterator[Quantity]:
    """Sums given as a range: ``value`` the lower end, ``upper`` the upper one."""
    for pattern, scales in ((_RANGE, _SCALE_CHINESE), (_ENGLISH_RANGE, _SCALE)):
        for match in pattern.finditer(folded):
            low, high = (evaluate(match[end].replace(",", "")) for end in ("low", "high"))
            if low is None or high is None or (pattern is _ENGLISH_RANGE and match["and"] and not match["between"]):
                continue
            scale = Decimal(scales[match["scale"]])
            least = low * Decimal(scales[match["low_scale"] or match["scale"]])
            if least < high * scale:
                yield replace(_quantity(least, "yuan", match), upper=high * scale)


def _english(folded: str) -> Iterator[Quantity]:
    for pattern, unit in ((_ENGLISH_COUNT, "person"), (_ENGLISH_EVENTS, "count")):
        for match in pattern.finditer(folded):
            value = Decimal(match["num"].replace(",", ""))
            yield replace(_quantity(value, unit, match), counted="场" if unit == "count" else "人")
    for match in _ENGLISH_DURATION.finditer(folded):
        yield _quantity(Decimal(match["num"]), "month" if match["noun"].startswith("month") else "year", match)


def _quantity(value: Decimal, unit: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    while match.string[start] == " ":
        start += 1
    capped = _HEARD_CEILING.search(match.string, max(0, start - 8), start) is not None
    return Quantity(value, unit, Polarity.AT_MOST if capped else Polarity.EXACTLY, start, end, start, end)
