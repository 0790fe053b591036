"""Portions: a sum that is stated as a share or as the rest of a whole ("总投资1800万,其中设备占60%", "剩下的都是设备")."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.language.things import MONEY, Mention, Relation, Thing, shipped_things
from assistant.language.unify import unify
from corpus.quantities import Quantity

if TYPE_CHECKING:
    from assistant.question.situation import Fact

# What says that a share is one of the whole: 设备占60%, 60%是设备, "60% of it went on equipment".
_IS_SHARE = re.compile(r"占|比[例重](?:是|为)?|\bshare\b")
_IS_OF = re.compile(r"\s*(?:都|全)?(?:是|为|用[于在]|花在|投在|投向)|\s*(?:of|was|is|went)\b")
_REST = re.compile(
    r"(?:其余|剩余|剩下|余下|其他|剩)的?(?:部分|钱|资金)?(?:都|全|全部|全都|均)?(?:是|为|用[于在来]|花在|投在|投了|买)"
    r"|(?:以外|之外|外),?(?:的)?(?:都|全|全部|全都|均)(?:是|为|用[于在来]|花在|投在|买)"
    r"|\b(?:the )?(?:rest|remainder|remaining)\b[^.;,?!]{0,16}?\b(?:is|was|went|were|on)\b|\ball of (?:it|which|this)\b"
)
_ITS_NAME = frozenset({Relation.SAME, Relation.KIND})
_SEGMENT_END = re.compile(r"[,。;!?！？\n]|\.(?!\d)")


def with_portions(folded: str, facts: "list[Fact]", amounts: Sequence[Quantity]) -> "list[Fact]":
    """The facts, and the sums of one turn that it states as a share or as the rest of another.

    A whole that goes by the same name as its portion ("物流总开支144万,五成是公路运费") gives way to it.
    """
    portions = [*_shares(folded, facts, amounts), *_rest(folded, facts)]
    wholes = {portion.of for portion in portions}
    kept = [
        fact
        for fact in facts
        if fact.value not in wholes or not any(unify(one.things, fact.things) in _ITS_NAME for one in portions)
    ]
    return [*kept, *portions]


def _shares(folded: str, facts: "Sequence[Fact]", amounts: Sequence[Quantity]) -> "list[Fact]":
    found = []
    for amount in amounts:
        if amount.unit != "percent" or not 0 < amount.value < 1 or amount.upper is not None:
            continue
        named = _named_beside(folded, amount)
        whole = _whole_of(named, facts)
        if whole is not None:
            words = folded[min(m.start for m in named) : max(m.end for m in named)]
            found.append(replace(_portion(whole, whole.value * amount.value, words, named), share=amount.value))
    return found


def _named_beside(folded: str, amount: Quantity) -> list[Mention]:
    """The particular things that the words around a share name as what has it; none where it is a share of nothing told."""
    start = max((match.end() for match in _SEGMENT_END.finditer(folded, 0, amount.start)), default=0)
    stop = _SEGMENT_END.search(folded, amount.end)
    end = stop.start() if stop else len(folded)
    before = _particular(folded, start, amount.start)
    if before and _IS_SHARE.search(folded, before[-1].end, amount.start):
        return before[-1:]
    after = _particular(folded, amount.end, end)
    return after[:1] if after and _IS_OF.match(folded, amount.end) else []


def _rest(folded: str, facts: "Sequence[Fact]") -> "list[Fact]":
    """ "总投资1800万,厂房500万,剩下的都是设备": what is left of the only whole once its other parts are taken off."""
    found = []
    for rest in _REST.finditer(folded):
        stop = _SEGMENT_END.search(folded, rest.end())
        named = _particular(folded, rest.start(), stop.start() if stop else len(folded))[:1]
        sums = [fact for fact in facts if fact.unit == "yuan"]
        whole = max(sums, key=lambda fact: fact.value) if named and sums else None
        if whole is None or not whole.certain:
            continue
        parts = [f for f in facts if f is not whole and f.unit == whole.unit and f.turn == whole.turn]
        left = whole.value - sum((part.value for part in parts), Decimal(0))
        if parts and left > 0 and all(part.certain for part in parts):
            found.append(_portion(whole, left, folded[named[0].start : named[0].end], named))
    return found


def _particular(folded: str, start: int, end: int) -> list[Mention]:
    mentions = shipped_things().mentions(folded[start:end])
    return [
        replace(mention, start=mention.start + start, end=mention.end + start)
        for mention in mentions
        if not mention.thing.generic and mention.thing.dimension in MONEY
    ]


def _whole_of(named: Sequence[Mention], facts: "Sequence[Fact]") -> "Fact | None":
    """The sum that a portion is of: the only one stated, else the only one that holds what is named by its meaning."""
    things: set[Thing] = {mention.thing for mention in named}
    alike = {thing.dimension for thing in things}
    sums = [
        fact
        for fact in facts
        if fact.unit == "yuan" and fact.certain  # 研发占营收6% is a ratio and no portion
        if things and (not fact.things or alike & {thing.dimension for thing in fact.things})
    ]
    if len(sums) == 1:
        return sums[0]
    wholes = [f for f in sums if not f.things or unify(things, f.things) in (Relation.WHOLE, Relation.ELLIPTIC)]
    return wholes[0] if len(wholes) == 1 else None


def _portion(whole: "Fact", value: Decimal, words: str, named: Sequence[Mention]) -> "Fact":
    things = frozenset(mention.thing for mention in named)
    return replace(whole, value=value, words=words, things=things, concepts=frozenset(), named=True, of=whole.value)
