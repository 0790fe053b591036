"""Increments: a sum for every full step that something grew by, or lies beyond a threshold (运量每增加400吨奖励2万元).

A step is counted only where clause and asker both say what it is a step of; half a step gives nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from assistant.clause.increments import (
    StepBy,
    bare_metric,
    growth_condition,
    in_points,
    metric_of,
    speaks_of_growth,
    step_of,
    threshold_of_steps,
    time_of,
    undated,
)
from assistant.clause.rule import Operator, SubsidyRule
from assistant.language.lexicon import Lexicon
from assistant.language.things import Dimension
from assistant.language.timing import When, when_of
from assistant.language.unify import things_in
from assistant.matching import binding
from assistant.question.situation import Fact
from corpus.script import fold

_LOWER = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})


@dataclass(frozen=True, slots=True)
class Increment:
    """What steps are counted in: ``part`` lies beyond ``lower``; yuan, or a fraction where ``points``."""

    part: Decimal
    lower: Decimal
    whole: Decimal
    points: bool
    facts: tuple[Fact, ...]

    def steps(self, size: Decimal) -> Decimal:
        """Whole steps of a size (percent where ``points``); none when nothing was added."""
        scale = 100 if self.points else 1
        return max(Decimal(0), (self.part * scale / size).to_integral_value(ROUND_FLOOR))


def is_stepped(rule: SubsidyRule) -> bool:
    """Whether a sum is given for each increment of something, and not for each thing counted."""
    return rule.step is not None and (rule.step != 1 or in_points(rule))


def increment(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Increment | None:
    """What the steps of ``rule`` are counted in, in the asker's situation; None when that is not certain."""
    step = step_of(rule)
    if step is None or rule.additional:
        return None
    if step.by is StepBy.BEYOND:
        return _beyond(rule, step.points, facts, lexicon)
    if step.points:
        return None  # points over what, the clause does not say
    if step.by is StepBy.WHOLE:
        bound = binding.bind(step.metric or step.verb, facts, lexicon)
        sure = bound is not None and bound.affinity >= binding.BOUND
        return Increment(bound.value, Decimal(0), bound.value, False, bound.facts) if bound and sure else None
    alone = not any(condition.unit == "yuan" for condition in rule.conditions)  # nothing else that it may lie beyond
    if step.by is StepBy.GROWN and step.metric and (alone or speaks_of_growth(rule)):
        return rise(step.metric, time_of(rule), facts, lexicon)
    return None


def with_growth(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Sequence[Fact]:
    """The facts, and where this year's and last year's value are both stated, the growth rate between them."""
    condition = growth_condition(rule)
    if condition is None or any(fact.unit == "percent" for fact in facts):
        return facts
    metric = bare_metric(condition.metric) or metric_of(rule)
    found = rise(metric, time_of(rule), facts, lexicon) if metric else None
    if found is None or found.lower <= 0:
        return facts
    words = fold(condition.metric)
    concepts = lexicon.concepts_in(words)
    rate = replace(found.facts[-1], value=found.part / found.lower, unit="percent", words=words, concepts=concepts)
    return (*facts, replace(rate, things=things_in("增长率"), named=True))


def rise(metric: str, when: When, facts: Sequence[Fact], lexicon: Lexicon) -> Increment | None:
    """By how much a value grew: as stated, or from an earlier and a later value, where only one pair can be meant."""
    money = [fact for fact in facts if fact.unit == "yuan" and not when.differs(when_of(fact.words))]
    grown = [fact for fact in money if fact.change and _names(metric, fact, lexicon)]
    former = [fact for fact in money if fact.past and not fact.change and _names(metric, fact, lexicon)]
    now = [fact for fact in money if not fact.past and not fact.change and _measures(metric, fact, lexicon)]
    if not former and len(now) == 2:
        former, now = _years_in_order(now)
    if any(not fact.certain for fact in (*grown, *former, *now)):
        return None
    if when.part not in (None, "year") and not any(
        when_of(fact.words).part == when.part for fact in (*grown, *former, *now)
    ):
        return None  # the clause is about a quarter: sums of which none says so may be of the year
    if len(grown) == 1:
        return Increment(grown[0].value, Decimal(0), grown[0].value, False, (grown[0],))
    if grown or len(former) != 1:
        return None
    if len(now) == 1:
        part = now[0].value - former[0].value
        return Increment(part, former[0].value, now[0].value, False, (former[0], now[0]))
    rates = [fact for fact in facts if fact.unit == "percent" and _is_growth(fact)]
    if now or len(rates) != 1 or not rates[0].certain or rates[0].value <= 0:
        return None
    whole = former[0].value * (1 + rates[0].value)
    return Increment(whole - former[0].value, former[0].value, whole, False, (former[0], rates[0]))


def _years_in_order(facts: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Two values that name a year and the next one, the earlier first; nothing where they do not."""
    ordered = sorted(facts, key=lambda fact: when_of(fact.words).year or 0)
    first, second = (when_of(fact.words).year for fact in ordered)
    if first is None or second is None or second != first + 1:
        return [], list(facts)
    return ordered[:1], ordered[1:]


def _beyond(rule: SubsidyRule, points: bool, facts: Sequence[Fact], lexicon: Lexicon) -> Increment | None:
    """What lies beyond the one threshold that the rule names in the unit of its steps."""
    unit = "percent" if points else "yuan"
    floors = [c for c in rule.conditions if c.unit == unit and c.op in _LOWER]
    floor = threshold_of_steps(rule, points, floors)
    if floor is None:
        return None
    bound = binding.bind(floor.metric, facts, lexicon, unit)
    if bound is None or bound.affinity < binding.BOUND:
        return None
    lower = floor.value / 100 if points else floor.value
    return Increment(bound.value - lower, lower, bound.value, points, bound.facts)


def _names(metric: str, fact: Fact, lexicon: Lexicon) -> bool:
    """Whether a sum is of the metric, or names nothing but its time ("上年同期9000万")."""
    return not fact.things or _measures(metric, fact, lexicon)


def _measures(metric: str, fact: Fact, lexicon: Lexicon) -> bool:
    return binding.affinity(undated(metric), replace(fact, change=False), lexicon) >= binding.BOUND


def _is_growth(fact: Fact) -> bool:
    return any(thing.dimension is Dimension.GROWTH for thing in fact.things)
