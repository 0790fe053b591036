"""Portions: a sum that is stated as a share or as the rest of a whole ("总投资1800万,其中设备占60%", "剩下的都是设备")."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.language.grammar import Reading
from assistant.language.segments import segment_around
from assistant.language.things import MONEY, Mention, Relation, Thing, shipped_things
from assistant.language.unify import unify
from assistant.question.fact import Fact
from corpus.quantities import MONEY_UNITS, Polarity, Quantity

_ITS_NAME = frozenset({Relation.SAME, Relation.KIND})
_MONTHS_OF_A_YEAR = Decimal(12)
_IN_MONTHS = {"year": _MONTHS_OF_A_YEAR, "month": Decimal(1)}


def with_portions(folded: str, facts: list[Fact], amounts: Sequence[Quantity], reading: Reading) -> list[Fact]:
    """The facts, and the sums of one turn that it states as a share or as the rest of another.

    A whole that goes by the same name as its portion ("物流总开支144万,五成是公路运费") gives way to it.
    """
    shares = _shares(folded, facts, amounts, reading)
    portions = [*shares, *_rest(folded, [*facts, *shares], reading)]
    wholes = {portion.of for portion in portions}
    kept = [
        fact
        for fact in facts
        if fact.value not in wholes or not any(unify(one.things, fact.things) in _ITS_NAME for one in portions)
    ]
    return [*kept, *portions]


def _shares(folded: str, facts: Sequence[Fact], amounts: Sequence[Quantity], reading: Reading) -> list[Fact]:
    found = []
    for amount in amounts:
        if amount.unit != "percent" or not 0 < amount.value < 1 or amount.upper is not None:
            continue
        if "claimed" in reading.of(amount, "stance"):
            continue  # "补一半": the share that is granted
        named = _named_beside(folded, amount, amounts, reading)
        whole = _whole_of(named, facts)
        if whole is not None:
            words = folded[min(m.start for m in named) : max(m.end for m in named)]
            found.append(replace(_portion(whole, whole.value * amount.value, words, named), share=amount.value))
    return found


def _named_beside(folded: str, amount: Quantity, amounts: Sequence[Quantity], reading: Reading) -> list[Mention]:
    """The particular things that the words around a share name as what has it; none where it is a share of nothing told."""
    start, end = segment_around(folded, amount.start)
    said = [finding for finding in reading.all("portion") if amount in finding.tokens]
    for finding in said:
        before = _particular(folded, start, amount.start)
        if finding.value == "share_of_before" and before and before[-1].end <= amount.start:
            return before[-1:] if finding.start >= before[-1].end else []
    if any(finding.value == "share_of_behind" for finding in said):
        named = _particular(folded, amount.end, end)
        told = any(amount.end <= sum_.start < end for sum_ in amounts if sum_.unit in MONEY_UNITS)
        return named[-1:] if told else named[:1]  # half of our RMB 26m total investment went on equipment
    return []


def _rest(folded: str, facts: Sequence[Fact], reading: Reading) -> list[Fact]:
    """ "总投资1800万,厂房500万,剩下的都是设备": what is left of the only whole once its other parts are taken off."""
    found = []
    for rest in reading.all("portion"):
        named = _particular(folded, rest.start, rest.end)[-1:] if rest.value == "rest" else []
        sums = [fact for fact in facts if fact.unit == "yuan"]
        whole = max(sums, key=lambda fact: fact.value) if named and sums else None
        if whole is None or not whole.certain:
            continue
        parts = [f for f in facts if f is not whole and f.unit == whole.unit and f.turn == whole.turn]
        left = whole.value - sum((part.value for part in parts), Decimal(0))
        if parts and left > 0 and all(part.certain for part in parts):
            found.append(_portion(whole, left, folded[named[0].start : named[0].end], named))
    return found[:1]


def _particular(folded: str, start: int, end: int) -> list[Mention]:
    mentions = shipped_things().mentions(folded[start:end])
    return [
        replace(mention, start=mention.start + start, end=mention.end + start)
        for mention in mentions
        if not mention.thing.generic and mention.thing.dimension in MONEY
    ]


def _whole_of(named: Sequence[Mention], facts: Sequence[Fact]) -> Fact | None:
    """The sum that a portion is of: the only one stated, else the only one that holds what is named by its meaning."""
    things: set[Thing] = {mention.thing for mention in named}
    alike = {thing.dimension for thing in things}
    sums = [
        fact
        for fact in facts
        if fact.unit == "yuan" and fact.certain
        if things and (not fact.things or alike & {thing.dimension for thing in fact.things})
    ]
    if not sums:  # 营收6000万,研发占5%: a share of the only sum there is, whatever that is of
        sums = [fact for fact in facts if things and fact.unit == "yuan" and fact.certain]
        return sums[0] if len(sums) == 1 else None
    if len(sums) == 1:
        return sums[0]
    wholes = [f for f in sums if not f.things or unify(things, f.things) in (Relation.WHOLE, Relation.ELLIPTIC)]
    return wholes[0] if len(wholes) == 1 else None


def _portion(whole: Fact, value: Decimal, words: str, named: Sequence[Mention]) -> Fact:
    things = frozenset(mention.thing for mention in named)
    return replace(whole, value=value, words=words, things=things, concepts=frozenset(), named=True, of=whole.value)


def without_parts(facts: list[Fact], total: Fact) -> tuple[list[Fact], Fact | None]:
    """Facts and total where the total only repeats them: parts of different things stay, else the total does."""
    parts = [fact for fact in facts if fact.unit == total.unit and fact.turn == total.turn]
    if len(parts) < 2 or sum((fact.value for fact in parts), Decimal(0)) != total.value:
        return facts, total
    if len({fact.concepts for fact in parts}) > 1:
        return facts, None
    first = parts[0]
    whole = replace(total, words=first.words, concepts=first.concepts, things=first.things, named=first.named)
    return [fact for fact in facts if fact not in parts], whole


def over_months(facts: list[Fact], reading: Reading) -> list[Fact]:
    """ "每个月租金4.5万,租满一年": the only sum by the month, over the only time stated, is the sum of that time."""
    monthly = [fact for fact in facts if fact.monthly]
    paid = [token for one in reading.all("time") if one.value == "paid_for" for token in one.tokens]
    times = [fact for fact in facts if fact.unit in _IN_MONTHS and fact.certain and not fact.since]
    months = {one.value * _IN_MONTHS[one.unit] for one in paid if isinstance(one, Quantity) and one.unit in _IN_MONTHS}
    if len(months) > 1:
        months -= {Decimal(1)}  # 房租一个月三万,租了半年: the month is what the sum is of
    months = months or {fact.value * _IN_MONTHS[fact.unit] for fact in times}
    if not months and "full_year" in reading.values("time"):
        months = {_MONTHS_OF_A_YEAR}
    if len(monthly) != 1 or len(months) != 1 or not 0 < max(months) <= _MONTHS_OF_A_YEAR:
        return facts
    one, lasted = monthly[0], max(months)
    if one.polarity is not Polarity.EXACTLY or one.change:
        return facts
    whole = replace(one, value=one.value * lasted, months=lasted, certain=True)
    return [whole if fact is one else fact for fact in facts]
