"""Corrections: what was called off after it was reported, and what a forecast came to."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.language.unify import are_of_one
from corpus.quantities import Quantity

if TYPE_CHECKING:
    from assistant.question.situation import Fact

# "有两场没办成", "two of the fairs were cancelled": not counted any more.
_CANCELLED = re.compile(
    r"[^,。;?!\d]{0,8}?(?:没(?:有)?(?:办|开|搞|做|建|谈|签|卖)?成|没(?:有)?(?:举办|召开|办|开)|(?<!没)(?<!没有)(?<!未)(?<!不)取消|黄了|泡汤|流产|作废|撤了|退了|不算)"
    r"|(?:(?!\b(?:none|not)\b)[^,.;?!\d]){0,32}?\b(?:cancel\w*|fell through|called off|never (?:took place|happened)|did(?: not|n't) (?:take place|happen|go ahead))\b"
)
_CANCELLING = re.compile(
    r"(?<!没)(?<!没有)(?:取消|砍掉|少办|少开|少搞|撤掉|作废)了?\s*$|\b(?:cancel\w*|dropped|called off|scrapped)(?: the)?\s*$"
)
# What was forecast or declared, and what it came to or was recognised as.
_EXPECTED = re.compile(
    r"(?:申|上|填|自)?报(?:了|上去|的是|的)|申报|\b(?:declar\w+|report(?:ed|ing)?|submitt?ed|applied with)\b|预计|预估|估计|计划|打算|预算|预期|有望|原定|\b(?:expect\w*|forecast|planned|estimat\w+|project(?:ed|ion)|budget\w*|hop(?:e|ed|ing) (?:for|to))\b"
)
_ACTUAL = re.compile(
    r"(?<![否承])认(?:定|可|了|的|账)?(?:是|为|了|的)?\s*$|只认|核定|审定|核准|(?:核减|调减|审减|减)[到为至成]|真正|批[了准下]|审下来|\b(?:recogni[sz]ed?|accepted|approved|allowed|verified)\b|实际|最终|最后|结果|到头来|决算|\b(?:actual(?:ly)?|in the end|turned out|came (?:in|to)|final(?:ly)?|ended up)\b"
)
# What there is of a plan so far is not what it came to: 总投资计划5000万, 目前实际到位3000万.
_SO_FAR = re.compile(r"到位|已|目前|截至|至今|迄今|\b(?:so far|to date|until now|already)\b")


def is_expected(before: str) -> bool:
    """Whether the words before an amount say that it is a forecast or a plan."""
    return _EXPECTED.search(before) is not None


def is_actual(before: str) -> bool:
    """Whether the words before an amount say that it is what came of a forecast."""
    return _ACTUAL.search(before) is not None and _SO_FAR.search(before) is None


def came_to(earlier: "Fact", fact: "Fact") -> bool:
    """Whether a sum is what an expected one of the same thing came to: "预计卖1500万,实际只有920万"."""
    same = earlier.unit == fact.unit and (not fact.things or are_of_one(earlier.things, fact.things))
    return same and earlier.expected and fact.actual and not fact.expected


def without_cancelled(folded: str, facts: "list[Fact]", amounts: Sequence[Quantity]) -> "list[Fact]":
    """ "报了6场,有两场没办成": the two are taken off the number they are part of, in this turn or an earlier one."""
    for amount in amounts:
        if amount.unit != "count":
            continue
        part = next((fact for fact in facts if fact.value == amount.value and fact.unit == "count"), None)
        called_off = _CANCELLED.match(folded, amount.end) or _CANCELLING.search(folded, 0, amount.start)
        if part is None or not called_off:
            continue
        whole = next((f for f in facts if f.counted[:1] == part.counted[:1] and f.value > part.value), None)
        if whole is None:
            facts = [replace(fact, left_out=True) if fact is part else fact for fact in facts]
        else:
            rest = replace(whole, value=whole.value - part.value)
            facts = [rest if fact is whole else fact for fact in facts if fact is not part]
    return facts
