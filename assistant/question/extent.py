"""Extent: over how many years, or over how many enterprises of their own, the asker wants a sum, and of what kind it is.

A turn says with the sum that it asks for whether one year's is meant, several years' together, all awards together, or
the difference between two. None of it is a fact of the asker's case, so none of it is bound to what a clause measures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.language.timing import when_of
from assistant.question.situation import YEARLY, Fact
from assistant.question.yearly import year_named, year_said
from corpus.numerals import evaluate

_ENGLISH = {
    "both": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMBER = r"(?P<{}>[一二两俩三四五六七八九十]+|\d{{1,2}})"
_NUMBER_ENGLISH = rf"(?P<{{}}>{'|'.join(_ENGLISH)}|\d{{{{1,2}}}})"
_TOGETHER = r"(?:合起来|加起来|加一块|加在一起|加到一起|合在一起|合到一起|拢共|一共|总共|合计|总计|累计)(?!了?(?:投|花|卖|做|交|缴|付|支|用|营收|产值|销|[^,。;?!]{0,6}\d))"
_YEARS = re.compile(
    rf"(?<!第){_NUMBER.format('years')}个?年(?![级初底末前半])度?(?!\d)[^,。;?!]{{0,10}}?{_TOGETHER}"
    rf"|{_TOGETHER}[^,。;?!\d]{{0,6}}?{_NUMBER.format('years_after')}个?年(?![级初底末前半月])"
    rf"|\b(?:over|across) (?:all |the |these |those |full )*{_NUMBER_ENGLISH.format('over')} (?:full )?years\b"
    rf"|\b{_NUMBER_ENGLISH.format('years_english')} years(?: \w+){{0,3}}? (?:together|combined|altogether|in total|taken together)\b"
    rf"|\b(?:altogether|in total|total|combined|sum)\b[^.?;]{{0,30}}?\b{_NUMBER_ENGLISH.format('total_english')} years\b"
)
_ENTERPRISES = re.compile(
    rf"{_NUMBER.format('them')}(?:家|户|间|个)(?:子?公司|企业|厂)?(?:都|全部?|各自)?[^,。;?!\d]{{0,8}}?{_TOGETHER}"
    rf"|{_TOGETHER}[^,。;?!\d]{{0,4}}?{_NUMBER.format('them_after')}(?:家|户|间|个(?=子?公司|企业|厂))"
    rf"|\b{_NUMBER_ENGLISH.format('them_english')} (?:of (?:us|them)|companies|subsidiaries|firms|enterprises)?\s*(?:\w+ ){{0,2}}?(?:together|combined|altogether|in total)\b"
    rf"|\b(?:altogether|in total|total|combined)\b[^.?;]{{0,24}}?\b(?:for|across) (?:all |the )*{_NUMBER_ENGLISH.format('for_english')}(?: of (?:us|them)| (?:companies|subsidiaries|firms|enterprises)|(?=\?))"
)
_COUNT_TOGETHER = re.compile(rf"{_TOGETHER}|\b(?:together|combined|altogether|in total)\b")
# The enterprises are the asker's own and every one of them qualifies.
_OWN = re.compile(
    r"子公司|旗下|名下|(?:集团|我们|咱们?|我司|我公司|我)(?:在[^,。;]{1,8})?(?:一共|总共)?(?:有|下面|下属|这)?[^,。;]{0,6}?[家户间]|subsidiar|\b(?:our|my|we (?:have|own|run))\b"
)
_OWNER = re.compile(r"子公司|旗下|名下|集团|我们|咱|我司|我公司|我|subsidiar|\b(?:our|my|we)\b")
_NOT_ALL = re.compile(
    r"其中|有[一二两三四五六七八九\d]+[家户间]?(?:没|不|未)|客户|供应商|下游|上游|合作|供货|推荐|引进|招引|介绍|输送|(?:给|向|为|替|帮)了?(?:\s|[一二两俩三四五六七八九十\d]+[家户间])|of which|of them (?:is|are|was|were)n?o?t?|customers?|suppliers?"
)
_ENTERPRISE_WORDS = frozenset("家户间")
_FIRST_YEARS = re.compile(r"[前头首](?P<many>[一二两三四五六七八九十1-9])个?年(?!级)")
_AWARDS = re.compile(
    rf"{_NUMBER.format('awards')}[项笔样份](?:奖励|奖金|补贴|补助|资助|政策|钱)?[^,。;?!\d]{{0,6}}?{_TOGETHER}"
    rf"|{_TOGETHER}[^,。;?!\d]{{0,4}}?{_NUMBER.format('awards_after')}[项笔样份]"
)
_RESPECTIVELY = re.compile(r"分别|respectively")
_DIFFERENCE = re.compile(
    r"(?:相?差|多给|多拿|多奖|多补|多发|多领|少给|少拿|少奖|少补|高出?|低)了?(?:多少|几|好多)|差(?:距|额)(?:是|有)?(?:多少|几|多大)"
    r"|\b(?:the )?difference between\b|\bhow much (?:more|less)\b"
)


@dataclass(frozen=True, slots=True)
class Extent:
    """What sum a turn asks for; ``years`` and ``enterprises`` are how many it is wanted over."""

    years: Decimal | None = None  # 三年一共, 这两年加起来
    year: int | None = None  # 第三年, the second year: one year of the support
    enterprises: Decimal | None = None  # 我们五家子公司加起来
    awards: Decimal | None = None  # 两笔加起来: so many awards together
    together: bool = False  # 一共, 两项加起来
    yearly: bool = False  # 全年多少, 每年能拿多少
    difference: bool = False  # 差多少, 多给多少


def read_extent(folded: str, facts: Sequence[Fact]) -> Extent:
    """The extent of the sum that a folded turn asks for."""
    year = year_named(folded)
    years = _YEARS.search(folded) or (_FIRST_YEARS.search(folded) if _COUNT_TOGETHER.search(folded) else None)
    awards = _AWARDS.search(folded)
    return Extent(
        years=_said(years) if years else None,
        year=year,
        enterprises=_enterprises(folded, facts),
        awards=_said(awards) if awards else None,
        together=_COUNT_TOGETHER.search(folded) is not None,
        yearly=any(fact.unit == YEARLY for fact in facts),
        difference=_DIFFERENCE.search(folded) is not None,
    )


def stated_by_year(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Some facts where each is of another year (三年分别投了…; 2024年20万、2025年80万); nothing where that is not said."""
    if len({fact.turn for fact in facts}) != 1 or not all(fact.certain for fact in facts):
        return ()
    told = [fact for fact in facts if _RESPECTIVELY.search(fact.words)]
    if told:
        return tuple(told)
    years = [when_of(fact.words).year or year_said(fact) for fact in facts]
    return tuple(facts) if None not in years and len(set(years)) == len(years) else ()


def _enterprises(folded: str, facts: Sequence[Fact]) -> Decimal | None:
    """How many enterprises of the asker's the sum is wanted for; None where not all of them may qualify."""
    if _NOT_ALL.search(folded):
        return None
    match = _ENTERPRISES.search(folded)
    stated = {
        fact.value for fact in facts if fact.unit == "count" and fact.counted[:1] in _ENTERPRISE_WORDS and fact.certain
    }
    if match is not None:
        return _said(match) if _OWN.search(folded) or stated == {_said(match)} else None
    if len(stated) != 1 or not _COUNT_TOGETHER.search(folded):
        return None
    counted = [fact for fact in facts if fact.unit == "count" and fact.value in stated]
    owned = all(_OWNER.search(fact.words) and not _NOT_ALL.search(fact.words) for fact in counted)
    return stated.pop() if owned else None


_MOST = 10**6  # years or enterprises; more are none of anybody's


def _said(match: re.Match[str]) -> Decimal:
    text = next(group for group in match.groups() if group)
    if text in _ENGLISH:
        return Decimal(_ENGLISH[text])
    number = evaluate(text.replace("俩", "两"))
    return number if number is not None and number <= _MOST else Decimal(0)
