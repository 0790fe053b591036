"""Staying: how many of the people sent count, where a clause wants them to stay for some time."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.clause.rule import Operator, SubsidyRule
from assistant.language.events import events_in
from assistant.question.situation import Fact
from corpus.script import fold

_IN_MONTHS = {"month": 1, "year": 12}


def with_those_who_stayed(rule: SubsidyRule, facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts with the number of people cut to those who stayed as long as the rule demands.

    Where that is not certain the number is not either, and nothing is multiplied by it. One who says how many did
    not stay says that the others did; one who says how many did leaves the others out.
    """
    parts = [fact for fact in facts if fact.stayed is not None]
    if not parts:
        return facts
    rest = [fact for fact in facts if fact.stayed is None]
    whole = next((f for f in reversed(rest) if f.unit == "person" and f.turn == parts[0].turn), None)
    least = _least_stay(rule)
    if whole is None or least is None:
        return rest
    reached = [fact.stayed.reaches(least) if fact.stayed else None for fact in parts]
    told = sum((fact.value for fact in parts), Decimal(0))
    stayed = [fact for fact, holds in zip(parts, reached, strict=True) if holds]
    unsaid = whole.value - told
    certain = None not in reached and unsaid >= 0 and not (stayed and len(stayed) < len(parts) and unsaid)
    if not certain:
        return [replace(fact, certain=False) if fact is whole else fact for fact in rest]
    count = sum((fact.value for fact in stayed), Decimal(0)) if stayed else unsaid
    judged = stayed or ([] if unsaid else parts)
    worked = [_worked(fact, whole) for fact in judged]
    return [*(replace(fact, value=count) if fact is whole else fact for fact in rest), *worked[:1]]


def _least_stay(rule: SubsidyRule) -> Decimal | None:
    """How many months people have to stay in work; None where the rule does not say."""
    for condition in rule.conditions:
        held = condition.op in (Operator.AT_LEAST, Operator.MORE_THAN) and condition.unit in _IN_MONTHS
        if held and "worked" in events_in(fold(condition.metric)):
            return condition.value * _IN_MONTHS[condition.unit]
    return None


def _worked(part: Fact, whole: Fact) -> Fact:
    """How long the people of a part stayed, as a fact that the rule's own demand is judged by."""
    months = part.stayed.months if part.stayed else Decimal(0)
    return Fact(months, "month", part.words, frozenset(), frozenset(), whole.turn, since=frozenset({"worked"}))
