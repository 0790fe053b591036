"""Corrections: what a turn says instead of something, what a forecast came to, and what was called off."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.language.amounts import read_amounts
from assistant.language.grammar import Reading, shipped_grammar
from assistant.language.tokens import kind_of
from assistant.language.unify import are_of_one
from assistant.question.fact import Fact
from corpus.quantities import Quantity


def restated_sums(reading: Reading) -> Mapping[Quantity, Quantity]:
    """What is said instead of what: "设备投了850万,不对,580万" gives the first for the second."""
    found: dict[Quantity, Quantity] = {}
    for finding in reading.all("correction"):
        numbers = [token for token in finding.tokens if isinstance(token, Quantity)]
        if len(numbers) == 2 and kind_of(numbers[0]) is kind_of(numbers[1]):
            found[numbers[1]] = found.get(numbers[0], numbers[0])
    return found


def corrected_within_turn(facts: list[Fact]) -> list[Fact]:
    """ "原来说投800万,改成1310万": a sum without a name after a past one is the same thing now."""
    kept: list[Fact] = []
    for fact in facts:
        if fact.remains:
            whole = [old for old in kept if old.unit in {"person", "count"} and old.value > fact.value]
            kept = [old for old in kept if old not in whole]
            fact = (
                replace(fact, unit=whole[-1].unit, words=whole[-1].words, counted=whole[-1].counted) if whole else fact
            )
        earlier = kept[-1] if kept else None
        if earlier is not None and _came_to(earlier, fact):
            own = any(not thing.generic for thing in fact.things)
            kept[-1] = (
                fact if own else replace(fact, words=earlier.words, concepts=earlier.concepts, things=earlier.things)
            )
        elif earlier is not None and earlier.past and not fact.things and fact.unit == earlier.unit:
            if "earlier_year" not in _times(earlier.words):
                kept.pop()  # corrected; a value of an earlier year stays beside this year's
            kept.append(replace(fact, words=earlier.words, concepts=earlier.concepts, things=earlier.things))
        else:
            kept.append(fact)
    return kept


def _times(words: str) -> frozenset[str]:
    return shipped_grammar().read(words, read_amounts(words), frozenset({"time"})).values("time")


def _came_to(earlier: Fact, fact: Fact) -> bool:
    """Whether a sum is what an expected one of the same thing came to: "预计卖1500万,实际只有920万"."""
    known = bool(fact.things) and bool(earlier.things)
    same = earlier.unit == fact.unit and (not known or are_of_one(earlier.things, fact.things))
    came = (earlier.expected and fact.actual) or fact.recognised
    return same and came and not fact.expected


def without_cancelled(facts: list[Fact], amounts: Sequence[Quantity], reading: Reading) -> list[Fact]:
    """ "报了6场,有两场没办成": the two are taken off the number they are part of, in this turn or an earlier one."""
    for amount in amounts:
        said = reading.of(amount, "counted")
        if amount.unit != "count" or "called_off" not in said or "held" in said:
            continue
        part = next((fact for fact in facts if fact.value == amount.value and fact.unit == "count"), None)
        if part is None:
            continue
        whole = next((f for f in facts if f.counted[:1] == part.counted[:1] and f.value > part.value), None)
        if whole is None:
            facts = [replace(fact, left_out=True) if fact is part else fact for fact in facts]
        else:
            rest = replace(whole, value=whole.value - part.value)
            facts = [rest if fact is whole else fact for fact in facts if fact is not part]
    return facts
