"""Reverse: what the asker has to spend or do for a sum that a rule grants, and what it takes to qualify at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from assistant.clause.bands import band_of
from assistant.clause.rule import Bound, Condition, Operator, RuleKind, SubsidyRule
from assistant.clause.units import unit_of
from assistant.figures.outcome import Step
from assistant.figures.shares import base_words
from assistant.language.decimals import WIDE
from assistant.language.lexicon import Lexicon
from assistant.matching.judging import judge
from assistant.question.situation import Fact

_LOWER = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})


@dataclass(frozen=True, slots=True)
class Threshold:
    """A lower bound that a rule demands, and by how much the asker's value lies below it."""

    condition: Condition
    stated: Decimal | None = None
    lacking: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """What is needed for a sum: so much of ``base``, or so many of ``unit``."""

    target: Decimal  # the sum wanted
    value: Decimal
    base: str  # what has to come to ``value``, in the clause's words; empty where things are counted
    unit: str  # what is counted; empty for money
    step: Step
    at_most_rate: bool = False  # the clause only bounds the share, so that more may be needed
    raised_to: Decimal | None = None  # the clause's own threshold, where what is worked out lies below it


def thresholds(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> tuple[Threshold, ...]:
    """The lower bounds that a rule demands, each with what the asker states of it."""
    found = []
    for condition in rule.conditions:
        if condition.unit == "category" or condition.op not in _LOWER:
            continue
        judged = judge(condition, facts, lexicon)
        short = judged.holds is False and judged.value is not None
        lacking = condition.value - judged.value if short and judged.value is not None else None
        found.append(Threshold(condition, judged.value, lacking))
    return tuple(found)


def needed_for(rule: SubsidyRule, wanted: Decimal | None = None) -> Needed | None:
    """What is needed for a ``wanted`` sum, else for all that a rule grants; None where the clause does not say.

    A sum above the ceiling is not to be had, and none is worked out of a share that is only for a part of the base.
    """
    target = wanted if wanted is not None else rule.cap
    if target is None or target <= 0 or (rule.cap is not None and target > rule.cap):
        return None
    if unit_of(rule.cap_per).thing or rule.currency != "CNY":
        return None
    if rule.kind is RuleKind.RATE and rule.rate and not rule.rate_points and band_of(rule) is None:
        return _of_share(rule, target)
    if rule.kind is RuleKind.PER_UNIT and rule.amount and rule.step is None:
        count = (target / rule.amount).to_integral_value(rounding=ROUND_CEILING)
        unit = unit_of(rule.per).thing or rule.per.removeprefix("每")
        step = Step("needed_units", {"target": target, "price": rule.amount, "units": count, "unit": unit})
        return Needed(target, count, "", unit, step) if unit else None
    return None


def _of_share(rule: SubsidyRule, target: Decimal) -> Needed | None:
    assert rule.rate is not None
    words = base_words(rule)
    if not words or rule.rate_min is not None:
        return None
    own = target / (1 + rule.uplift) if rule.uplift is not None and not rule.uplift_points else target
    value = WIDE.divide(own, rule.rate)
    value = value.quantize(Decimal("0.01"), rounding=ROUND_CEILING)
    step = Step("needed_share", {"target": own, "rate": rule.rate, "base": value})
    least = [c.value for c in rule.conditions if c.unit == "yuan" and c.op in _LOWER and c.metric == words]
    raised = max(least, default=Decimal(0))
    return Needed(
        target,
        value.normalize(WIDE),
        words,
        "",
        step,
        at_most_rate=rule.rate_bound is Bound.AT_MOST,
        raised_to=raised if raised > value else None,
    )
