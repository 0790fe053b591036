"""Bounding: how the words around an amount bound it: 不到1000万, 约5亿, 过了5个亿, 至少50万, 远不止50万, 50万出头."""

import re
from decimal import Decimal

from corpus.quantities import Polarity, Quantity
from corpus.units import NEGATION

_NEAR = Decimal("1.1")  # 出头: at most this many times the number
_ENDLESS = Decimal("Infinity")
_CURRENCY = r"\s*(?:rmb|cny|¥|人民币)?\s*$"
_DENIED = re.compile(r"(?:不是|并非|没有|\bnot)[投花有做到]{0,2}" + _CURRENCY)
_NOT = (
    r"(?:\b(?:not|never|hardly|without)|n't|\b(?:yet|unable|fail(?:s|ed|ing)?) to)(?: \w+ly| even| yet| ever| quite)?"
)
# What the value stays below ("不到1000万", "接近1000万") and what it does not pass ("不超过5亿", "没突破5亿").
_SHORT_OF = re.compile(
    rf"(?:{NEGATION}(?:达到?|到|满|足|及|[上够]得?)|[达到够]不[到上]|差点到?|接近|将近|快到?|近|几乎"
    rf"|{_NOT} (?:reach|hit|meet|attain|achieve|make it (?:up )?to|make|get to|come to|amount to)(?:ed|ing)?|\b(?:fell|falls?|falling|came|comes?) short of|\bshort of"
    r"|less than|under|below|nearly|almost|close to)[了过]?" + _CURRENCY
)
_NOT_PASSED = re.compile(
    rf"(?:{NEGATION}(?:超[过出]?|突破|[过破]|高于|大于|多于)了?|至多|最多|顶多"
    rf"|(?:no|not) more than|up to|at most|{_NOT} (?:exceed|pass|over|above|surpass|top|cross|go over|go past)(?:ed|ing)?)"
    + _CURRENCY
)
_ABOUT = re.compile(
    r"(?:大概|大约|大致|约莫|差不多|(?<![签合节违预特邀公条制])约|around|about|roughly|approximately|approx\.?|some|circa)[是有在了为]?"
    + _CURRENCY
)
_OR_SO = re.compile(r"\s*(?:元|块)?(?:左右|上下|来块|or so|or thereabouts)")
# "远不止50万", "至少50万", "50万以上": a lower end, and nothing says how far above it the value lies.
_FAR_PAST = re.compile(
    r"(?:不止|不只|何止|岂止|远超过?|大大超过|远高于|(?:far|well|way|much|comfortably|considerably) (?:over|above|past|beyond|more than|in excess of)"
    r"|(?:far|well|way|comfortably|easily) exceed(?:ed|s|ing)?)(?:了|有|是|花了|投了)?" + _CURRENCY
)
_AT_LEAST = re.compile(
    r"(?:至少|起码|最少|少说也?|"
    + NEGATION
    + r"(?:低于|少于|小于)|at (?:the very )?least|(?:no|not) less than|"
    + _NOT
    + r" (?:less than|fewer than|below|under|short of)|upwards? of|north of)(?:得|要|也|有|是|花了|投了|在)*"
    + _CURRENCY
)
_AND_UP = re.compile(r"\s*(?:元|块钱?)?(?:以上|往上|开外|or more|and up(?:wards)?|\+(?!\s*[\d¥]))")
_AND_FAR_UP = re.compile(r"\s*(?:元|块钱?)?(?:都|还|也)?(?:不止|打不住|挡不住)|\s*(?:and counting|and then some)\b")
_JUST_PAST = re.compile(r"\s*(?:元|块钱?)?(?:出头|挂零|冒头)")
_AND_MORE = re.compile(r"多(?=[^\d一二三四五六七八九十]|$)")  # "拖了一年多"
_DURATIONS = frozenset({"year", "month", "day"})
_PASSED = re.compile(
    r"(?:[超越突跨]?过|超|破|突破|went past|past|beyond|topped|over|above|more than|exceed(?:ed|s)?|passed|cross(?:ed|es)?|surpass(?:ed|es)?|broke(?:n)? through)(?:了|到)?\s*(?:rmb|cny|¥)?\s*$"
)


def is_denied(before: str) -> bool:
    """Whether the words before an amount say that it is not so: 不是500万, 没有投800万."""
    return _DENIED.search(before) is not None


def polarity_of(amount: Quantity, before: str, after: str) -> Polarity:
    """How the words around an amount bound it; "没超过" takes the passing back, and what was reached (达到) is a value."""
    if _AT_LEAST.search(before):
        return Polarity.AT_LEAST  # before the rest: "not less than" holds "less than"
    if _SHORT_OF.search(before):
        return Polarity.LESS_THAN
    if _NOT_PASSED.search(before):
        return Polarity.AT_MOST
    if _AND_UP.match(after):
        return Polarity.AT_LEAST
    if _ABOUT.search(before) or _OR_SO.match(after):
        return Polarity.ABOUT
    passed = any(words.search(before) for words in (_FAR_PAST, _PASSED)) and not _DENIED.search(before)
    longer = amount.unit in _DURATIONS and _AND_MORE.match(after) is not None
    if passed or longer or _AND_FAR_UP.match(after) or _JUST_PAST.match(after):
        return Polarity.MORE_THAN
    return Polarity.EXACTLY if amount.polarity is Polarity.AT_LEAST else amount.polarity


def upper_end(amount: Quantity, before: str, after: str) -> Decimal | None:
    """Up to what an amount reaches that is only a lower end: 60万 for "五十多万", without end for "远不止五十万"."""
    if _FAR_PAST.search(before) or _AND_FAR_UP.match(after):
        return _ENDLESS
    return amount.value * _NEAR if _JUST_PAST.match(after) else amount.upper
