"""The asker's situation: amounts bound to what they measure, and what is said not to hold."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.lexicon import Lexicon
from corpus.numerals import evaluate
from corpus.quantities import Polarity, Quantity, find_quantities

_SEGMENT_END = re.compile(r"[,。;;!?！？\n]|\.(?!\d)|、(?=[^0-9一二三四五六七八九十])")
# Spoken and foreign ways to write an amount that official documents do not use.
_SPOKEN = re.compile(
    r"(?P<cur>rmb|cny|¥|￥|yuan|人民币)?\s*(?P<num>\d[\d,]*(?:\.\d+)?|一|两|二|三|四|五|六|七|八|九|十|半|几)\s*(?P<unit>"
    r"个亿|个多亿|billion|bn|million|mn|mil|thousand|百万|千万|[wmk](?![a-z0-9])|yuan|rmb|cny)"
    r"(?:\s*(?:yuan|rmb|cny|元|块))?",
)
_CURRENCY_FIRST = re.compile(r"(?:rmb|cny|¥|￥)\s*(?P<num>\d[\d,]*(?:\.\d+)?)(?!\s*[万亿千百\d.])")
# A sum said without its currency ("一千万整", "3000万"): a question counts little else by the ten thousand.
_BARE = re.compile(
    r"(?<![\d.a-z第])(?P<num>[\d.,]*[一二两三四五六七八九十百千\d]+(?:万|亿)[一二两三四五六七八九十百千万\d]*)(?:元|块钱?|整)?"
    r"(?!\s*[人家户吨台平亩件次只名度辆千瓦条个股张套级]|[\d一二两三四五六七八九十百千万亿美港])"
)
_PEOPLE = re.compile(
    r"(?<![\d.,])(?P<num>\d[\d,]*|[一二两三四五六七八九十百千]+)\s*(?P<about>来|多|几)?(?:个|名|位)?\s*(?:人(?!民|大|家|均|才)|员工|工人|职工|劳动者|工友)"
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
# "补900万", "能拿19.2万", "按2%": what the asker believes to get, not a fact about the enterprise.
_CLAIMED = re.compile(
    r"(?:拿|领|补|奖|给|得|返|报销|补贴|补助|奖励|资助|get|receive|pay|worth)(?:到|了|我们|你们|我|他们|个)?\s*$"
)
_CLAIMED_RATE = re.compile(r"(?:按|按照|的|那个|at|of|that)\s*$")
_NOTHING_SPENT = re.compile(
    r"没投|没有投|没花|没有花|未投|没买|一分没|一分钱没|为零|没动|no other|nothing on|did not spend"
)
_LEFT_OUT = re.compile(r"\s*[个名位人]{0,2}\s*(?:没|未|不|半路|中途|离职|跑)")
_PASSED = re.compile(
    r"(?:[超越突跨]?过|超|破|突破|达到|over|above|more than|exceed(?:ed|s)?|passed|reached)(?:了|到)?\s*(?:rmb|cny|¥)?\s*$"
)
_CROWD = re.compile(r"(?:来|多)?(?:个)?(?:人|员工)(?:左右)?的(?:小|微|企业|公司|厂|团队|单位|店)")
_AFTER_FIRST = re.compile(r"\s*(?:on|in|of|for|to|into|building|worth of|from|towards?)\b")

_DURATIONS = frozenset({"year", "month", "day"})
MONEY = frozenset({"yuan", "usd", "hkd", "twd", "eur"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the asker stated: ``value`` in the base unit of ``unit`` (yuan, fraction for percent, …)."""

    value: Decimal
    unit: str
    words: str  # what it measures, in the asker's words, folded
    concepts: frozenset[int]  # glossary concepts among those words
    measures: frozenset[str]  # spending, income, people …
    turn: int  # which user turn stated it, from 0
    counted: str = ""
    certain: bool = True  # False for "about ten people"
    over: bool = False  # "过了5个亿": the value is reached and passed

    @property
    def named(self) -> bool:
        """Whether the asker said what the value measures."""
        return bool(self.measures)


def read_facts(folded: str, lexicon: Lexicon, turn: int = 0) -> list[Fact]:
    """Facts stated in one folded turn, in order; sums that the asker only hopes for are left out."""
    amounts = read_amounts(folded)
    segments = list(_segments(folded))
    facts: list[Fact] = []
    for position, amount in enumerate(amounts):
        before_limit = amounts[position - 1].end if position else 0
        after_limit = amounts[position + 1].start if position + 1 < len(amounts) else len(folded)
        fact = _fact(folded, amount, segments, before_limit, after_limit, lexicon, turn)
        if fact is not None:
            facts.append(fact)
    facts.extend(_zero_facts(folded, segments, amounts, lexicon, turn))
    return _without_left_out(folded, facts, amounts)


def _without_left_out(folded: str, facts: list[Fact], amounts: list[Quantity]) -> list[Fact]:
    """ "送了86个工人,其中12个没干满": the 12 are taken off the number they are part of, not counted themselves."""
    for amount in amounts:
        before, after = folded[max(0, amount.start - 4) : amount.start], folded[amount.end : amount.end + 6]
        if amount.unit not in {"person", "count"} or "其中" not in before or not _LEFT_OUT.match(after):
            continue
        part = next((fact for fact in facts if fact.value == amount.value and fact.unit == amount.unit), None)
        whole = next((fact for fact in facts if fact.unit == "person" and fact.value > amount.value), None)
        if part is not None and whole is not None:
            rest = replace(whole, value=whole.value - amount.value)
            facts = [rest if fact is whole else fact for fact in facts if fact is not part]
    return facts


def _fact(
    folded: str,
    amount: Quantity,
    segments: list[tuple[int, int]],
    before_limit: int,
    after_limit: int,
    lexicon: Lexicon,
    turn: int,
) -> Fact | None:
    number, (start, end) = next((n, s) for n, s in enumerate(segments) if s[0] <= amount.start < s[1])
    before = folded[max(start, before_limit) : amount.start]
    after = folded[amount.end : min(end, after_limit)]
    if amount.unit in MONEY and _CLAIMED.search(before) and not lexicon.measures_in(before):
        return None
    if amount.unit == "percent" and _CLAIMED_RATE.search(before):
        return None
    if amount.unit in MONEY and amount.polarity is Polarity.AT_MOST and not lexicon.measures_in(before):
        return None  # "最高500万还能拿吗": the ceiling the asker has heard of
    words = after if _AFTER_FIRST.match(after) and lexicon.measures_in(after) else before
    if not lexicon.measures_in(words):
        words = before + " " + after
    while not lexicon.measures_in(words) and number > 0:
        number -= 1
        earlier = segments[number]
        words = folded[earlier[0] : earlier[1]] + " " + words
        if number < len(segments) - 3:
            break
    certain = (amount.unit in _DURATIONS or amount.polarity is not Polarity.ABOUT) and not (
        amount.unit in {"person", "count"} and _CROWD.match(folded, max(0, amount.end - 3))
    )
    return Fact(
        amount.value,
        amount.unit,
        words.strip(),
        lexicon.concepts_in(words),
        lexicon.measures_in(words),
        turn,
        amount.counted,
        certain,
        over=amount.polarity is Polarity.MORE_THAN or bool(_PASSED.search(before)),
    )


def _zero_facts(
    folded: str, segments: list[tuple[int, int]], amounts: list[Quantity], lexicon: Lexicon, turn: int
) -> Iterator[Fact]:
    for start, end in segments:
        text = folded[start:end]
        if any(start <= amount.start < end for amount in amounts) or not _NOTHING_SPENT.search(text):
            continue
        if "spending" in lexicon.measures_in(text):
            yield Fact(Decimal(0), "yuan", text, lexicon.concepts_in(text), lexicon.measures_in(text), turn)


def _segments(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SEGMENT_END.finditer(folded):
        if (
            match.group() == ","
            and re.match(r"\d", folded[match.end() :])
            and folded[match.start() - 1 : match.start()].isdigit()
        ):
            continue  # thousands separator
        yield start, match.end()
        start = match.end()
    yield start, len(folded) + 1


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
        before = folded[match.start() - 1 : match.start()]
        if match["unit"] in {"k", "m", "w"} and before.isascii() and before.isalnum():
            continue
        value = Decimal(digits) * _SCALE.get(match["unit"].replace("多", ""), 1)
        yield _quantity(value, "yuan", match)
    for match in _CURRENCY_FIRST.finditer(folded):
        yield _quantity(Decimal(match["num"].replace(",", "")), "yuan", match)
    for match in _DOLLARS.finditer(folded):
        scale = _SCALE[match["scale"]] if match["scale"] else 1
        yield _quantity(Decimal(match["num"].replace(",", "")) * scale, "usd", match)
    for match in _BARE.finditer(folded):
        money = evaluate(match["num"].replace(",", ""))
        if money is not None:
            yield _quantity(money, "yuan", match)
    for match in _PEOPLE.finditer(folded):
        people = evaluate(match["num"].replace(",", ""))
        if people is not None and not (people == 1 and not match["num"].isdigit()):
            polarity = Polarity.ABOUT if match["about"] else Polarity.EXACTLY
            yield replace(_quantity(people, "person", match), counted="人", polarity=polarity)


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
    return Quantity(value, unit, Polarity.EXACTLY, start, end, start, end)


def merge_facts(earlier: Iterable[Fact], later: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts after a further turn: a later value replaces an earlier one of the same measure.

    A later sum that does not say what it measures corrects the last sum ("不对,是1310万").
    """
    merged = list(earlier)
    for fact in later:
        replaced = [old for old in merged if _same_measure(old, fact)]
        if not replaced and not fact.named:
            replaced = [old for old in merged if old.unit == fact.unit][-1:]
            if replaced:
                fact = replace(
                    fact, words=replaced[0].words, concepts=replaced[0].concepts, measures=replaced[0].measures
                )
        merged = [old for old in merged if old not in replaced]
        merged.append(fact)
    return tuple(merged)


def _same_measure(old: Fact, new: Fact) -> bool:
    if old.unit != new.unit or not (old.named and new.named) or old.turn == new.turn:
        return False
    return bool(old.measures & new.measures) and (bool(old.concepts & new.concepts) or old.measures == new.measures)
