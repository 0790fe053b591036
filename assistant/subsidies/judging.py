"""Judging: whether the asker's facts meet the conditions of a rule, miss them, or leave them open."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from assistant.lexicon import Lexicon
from assistant.situation import Fact
from assistant.subsidies import binding
from assistant.subsidies.rule import Condition, Operator, SubsidyRule
from corpus.quantities import Polarity


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a condition holds (None: the facts do not say) and the value it was judged by."""

    holds: bool | None = None
    value: Decimal | None = None
    polarity: Polarity = Polarity.EXACTLY


def check_conditions(
    rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon
) -> tuple[tuple[Condition, Judged] | None, tuple[Condition, ...]]:
    """The first condition that plainly fails, with the value that fails it, and the conditions still open."""
    open_conditions: list[Condition] = []
    alternatives: list[tuple[Condition, Judged]] = []
    for condition in rule.conditions:
        judged = judge(condition, facts, lexicon)
        if condition.alternative or _is_alternative(rule, condition):
            alternatives.append((condition, judged))
        elif judged.holds is False:
            return (condition, judged), tuple(open_conditions)
        elif judged.holds is None:
            open_conditions.append(condition)
    if alternatives and not any(judged.holds for _, judged in alternatives):
        if all(judged.holds is False for _, judged in alternatives):
            return max(alternatives, key=lambda pair: pair[1].value or 0), tuple(open_conditions)
        open_conditions.extend(condition for condition, judged in alternatives if judged.holds is None)
    return None, tuple(open_conditions)


def _is_alternative(rule: SubsidyRule, condition: Condition) -> bool:
    """Whether the next condition is an alternative to this one: "固定资产50万元以上或信息化20万元以上"."""
    position = rule.conditions.index(condition)
    return position + 1 < len(rule.conditions) and rule.conditions[position + 1].alternative


_COMPARE = {
    Operator.AT_LEAST: lambda value, limit: value >= limit,
    Operator.MORE_THAN: lambda value, limit: value > limit,
    Operator.AT_MOST: lambda value, limit: value <= limit,
    Operator.LESS_THAN: lambda value, limit: value < limit,
    Operator.EQUAL: lambda value, limit: value == limit,
}


_FROM_ABOVE = frozenset({Operator.AT_MOST, Operator.LESS_THAN})  # what more than a year ("一年多") can only miss


def judge(condition: Condition, facts: Sequence[Fact], lexicon: Lexicon) -> Judged:
    """Whether the facts meet ``condition``."""
    if condition.unit == "category":
        return Judged()
    bound = binding.bind(condition.metric, facts, lexicon, condition.unit)
    scale = Decimal(100) if condition.unit == "percent" else Decimal(1)
    if bound is None and condition.unit in {"year", "month"}:
        other, scale = ("month", Decimal(1) / 12) if condition.unit == "year" else ("year", Decimal(12))
        bound = binding.bind(condition.metric, facts, lexicon, other)
    if bound is None and len(stated := binding.values_stated(condition.metric, facts, lexicon, condition.unit)) > 1:
        return _judged_by_all(condition, stated, scale)
    if bound is None:
        return _judged_by_upper_end(condition, facts, lexicon)
    value = bound.value * scale
    over = any(fact.over for fact in bound.facts)
    if over and condition.unit in {"year", "month"} and condition.op in _FROM_ABOVE:
        return Judged(False, _shown(value), Polarity.MORE_THAN) if value >= condition.value else Judged()
    holds = _holds(condition, value, over)
    if not holds and bound.affinity < binding.BOUND and not _unnamed_and_alone(bound, facts, condition.unit):
        return Judged()
    return Judged(holds, _shown(value) if scale < 1 else value)


def _shown(value: Decimal) -> Decimal:
    """Years made of months, to two places: a reader needs no more of them."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_FLOOR).normalize()


def _judged_by_all(condition: Condition, facts: Sequence[Fact], scale: Decimal) -> Judged:
    """Several values stated of what may be one thing decide a condition where each of them decides it alike."""
    held = {_holds(condition, fact.value * scale, fact.over) for fact in facts}
    return Judged(held.pop(), max(fact.value * scale for fact in facts)) if len(held) == 1 else Judged()


def _holds(condition: Condition, value: Decimal, over: bool) -> bool:
    """Whether a value meets a condition; what was only said to be passed is more than the value named."""
    passed = over and condition.op is Operator.MORE_THAN and value == condition.value
    return passed or bool(_COMPARE[condition.op](value, condition.value))


def _judged_by_upper_end(condition: Condition, facts: Sequence[Fact], lexicon: Lexicon) -> Judged:
    """A condition on a value of which only the upper end was stated: "不到1000万" does not reach 1000万."""
    measured = [
        fact
        for fact in facts
        if fact.unit == condition.unit and binding.affinity(condition.metric, fact, lexicon) >= binding.BOUND
    ]
    if len(measured) != 1:
        return Judged()
    if measured[0].polarity is Polarity.ABOUT and measured[0].unit in {"yuan", "person", "percent"}:
        return _judged_about(condition, measured[0])
    if measured[0].polarity not in {Polarity.AT_MOST, Polarity.LESS_THAN}:
        return Judged()
    fact = measured[0]
    value = fact.value * 100 if condition.unit == "percent" else fact.value
    below = value < condition.value or (value == condition.value and fact.polarity is Polarity.LESS_THAN)
    decided = {
        Operator.AT_LEAST: False if below else None,
        Operator.MORE_THAN: False if value <= condition.value else None,
        Operator.AT_MOST: True if value <= condition.value else None,
        Operator.LESS_THAN: True if below else None,
        Operator.EQUAL: False if below else None,
    }
    return Judged(decided[condition.op], value, fact.polarity)


_ABOUT = Decimal("0.1")  # how far from it a value may lie that is said to be about so much


def _judged_about(condition: Condition, fact: Fact) -> Judged:
    """ "大约8亿" does not reach 10亿; whether it reaches 8亿 is not known."""
    value = fact.value * 100 if condition.unit == "percent" else fact.value
    held = {bool(_COMPARE[condition.op](end, condition.value)) for end in (value * (1 - _ABOUT), value * (1 + _ABOUT))}
    return Judged(held.pop(), value, Polarity.ABOUT) if len(held) == 1 else Judged()


def _unnamed_and_alone(bound: binding.Bound, facts: Sequence[Fact], unit: str) -> bool:
    """Whether the value is the only one that can be meant; a named fact measures what it says and nothing else."""
    alone = len({fact.value for fact in facts if fact.unit == unit}) == 1
    return unit in {"yuan", "person"} and alone and not any(fact.named for fact in bound.facts)
