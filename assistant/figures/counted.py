"""Counted: a unit price times what is counted, and the months it is paid for, of one class of things or of several."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.clause.rule import Bound, RuleKind, SubsidyRule
from assistant.clause.units import Period, unit_of
from assistant.figures import steps as increments
from assistant.figures.outcome import Outcome, Result, Step, Sum, added, multiplied, under, under_wider
from assistant.matching import binding
from assistant.matching.classes import class_of
from assistant.question.extent import Extent
from assistant.question.months import MONTHS_OF_A_YEAR, lasting, months_lasted, months_of
from assistant.question.situation import Fact

_MONTHS = "个月"
_PERSON = frozenset({"人", "名", "位"})


def unit_price(rule: SubsidyRule) -> Outcome:
    """The price that the clause states for one, and the question how many."""
    assert rule.amount is not None
    unit = unit_of(rule.per, counted=True)
    most = rule.amount if rule.cap is None else min(rule.amount, rule.cap)
    shown = rule.per.removeprefix("每") or None
    price = Sum(most, Bound.EXACT, shown, "unit_price")
    steps = (Step("stated", {"amount": rule.amount}),)
    return Outcome(rule, Result.STATED, (price,), steps, missing=(unit.thing or rule.per.removeprefix("每"),))


def of_one_class(rule: SubsidyRule, facts: Sequence[Fact], extent: Extent) -> Outcome:
    """What a unit price comes to for the number, and the months, that the asker states; else the price itself."""
    assert rule.amount is not None
    stated = unit_price(rule)
    if rule.step not in (None, Decimal(1)):
        return stated
    unit = unit_of(rule.per, counted=True)
    fact = binding.bind_units(rule.per, facts)
    if fact is not None and _are_several(rule, fact, facts):
        return stated
    if unit.period is Period.MONTH:
        return _by_the_month(rule, stated, fact, facts, extent) or stated
    if fact is None or fact.value == 1:
        return stated
    steps: list[Step] = []
    amount = _of_units(rule, fact.value, rule.amount, rule.per.removeprefix("每"), steps)
    per = Period.YEAR if Period.YEAR in (unit.period, unit_of(rule.period).period) else None
    main = Sum(under_wider(rule, under(rule, amount, steps), steps), Bound.EXACT, per, "main")
    return Outcome(rule, Result.COMPUTED, (main, stated.sums[0]), tuple(steps), used=(fact,))


def of_classes(
    rules: Sequence[SubsidyRule], names: Sequence[str], facts: Sequence[Fact], extent: Extent
) -> Outcome | None:
    """The sum over the classes counted, each at its own price; None unless every number is of one class alone."""
    if len({(rule.per, rule.kind, rule.additional) for rule in rules}) != 1 or not _is_countable(rules[0]):
        return None
    counted = binding.counts_of(rules[0].per, facts)
    unit = unit_of(rules[0].per, counted=True)
    if not counted and unit.period is Period.MONTH and len(lasting(facts)) > 1:
        return _one_after_another(rules, names, lasting(facts))
    places = [class_of(names, fact) for fact in counted]
    known = [place for place in places if place is not None]
    if not known or len(known) != len(places) or len(set(known)) != len(known):
        return None
    chosen = [(rules[place], fact) for place, fact in zip(known, counted, strict=True)]
    months = _months(rules[0], facts, extent) if unit.period is Period.MONTH else Decimal(1)
    steps: list[Step] = []
    parts: list[Decimal] = []
    for rule, fact in chosen:
        assert rule.amount is not None
        part = _of_units(rule, fact.value, rule.amount, unit.thing, steps)
        if months is not None and months != 1:
            part = multiplied(months, _MONTHS, part, steps)
        parts.append(under(rule, part, steps) if not _share_a_ceiling(rules) else part)
    total = added(parts, steps)
    total = under_wider(rules[0], under(rules[0], total, steps) if _share_a_ceiling(rules) else total, steps)
    per = _per_of_months(rules[0], facts, extent) if unit.period is Period.MONTH else None
    prices = tuple(unit_price(rule).sums[0] for rule, _ in chosen)
    used = tuple(fact for _, fact in chosen)
    return Outcome(
        chosen[0][0], Result.COMPUTED, (Sum(total, Bound.EXACT, per, "main"), *prices), tuple(steps), used=used
    )


def _is_countable(rule: SubsidyRule) -> bool:
    is_price = rule.kind is RuleKind.PER_UNIT and rule.amount is not None
    return is_price and rule.step in (None, Decimal(1)) and not increments.is_stepped(rule)


def _are_several(rule: SubsidyRule, bound: Fact, facts: Sequence[Fact]) -> bool:
    """Whether other numbers of the same are stated at once, so that none of them need be the one that is paid for."""
    return len({fact.value for fact in binding.counts_of(rule.per, facts) if fact.turn == bound.turn}) > 1


def _share_a_ceiling(rules: Sequence[SubsidyRule]) -> bool:
    """Whether the ceiling of the classes is one of all of them together, and not of each thing."""
    return len({rule.cap for rule in rules}) == 1 and not unit_of(rules[0].cap_per).thing


def _one_after_another(rules: Sequence[SubsidyRule], names: Sequence[str], facts: Sequence[Fact]) -> Outcome | None:
    """ "前5个月半失能,后7个月失能": one person's months, each stretch at the price of its own class."""
    places = [class_of(names, fact) for fact in facts]
    known = [place for place in places if place is not None]
    total_months = sum((months_of(fact) for fact in facts), Decimal(0))
    limit = rules[0].months
    if len(known) != len(places) or len(set(known)) != len(known) or (limit is not None and total_months > limit):
        return None
    steps: list[Step] = []
    chosen = [(rules[place], fact) for place, fact in zip(known, facts, strict=True)]
    parts = [multiplied(months_of(fact), _MONTHS, rule.amount or Decimal(0), steps) for rule, fact in chosen]
    total = under_wider(rules[0], under(rules[0], added(parts, steps), steps), steps)
    others = unit_of(rules[0].per, counted=True).thing
    if others and others not in _PERSON:
        return None
    prices = tuple(unit_price(rule).sums[0] for rule, _ in chosen)
    main = Sum(total, Bound.EXACT, None, "main")
    return Outcome(chosen[0][0], Result.COMPUTED, (main, *prices), tuple(steps), used=tuple(facts))


def _of_units(rule: SubsidyRule, units: Decimal, price: Decimal, unit: str, steps: list[Step]) -> Decimal:
    """So many units at a price, as many as are paid for."""
    units = min(units, rule.max_units) if rule.max_units is not None else units
    return multiplied(units, unit, price, steps)


def _by_the_month(
    rule: SubsidyRule, stated: Outcome, fact: Fact | None, facts: Sequence[Fact], extent: Extent
) -> Outcome | None:
    """A sum by the month, and perhaps for each person or square metre: over the stated months, or the year asked for."""
    assert rule.amount is not None
    months, thing = _months(rule, facts, extent), unit_of(rule.per, counted=True).thing
    if thing and fact is None and thing not in _PERSON:
        return None
    if months is None:
        return None
    steps: list[Step] = []
    each = multiplied(months, _MONTHS, rule.amount, steps)
    per = _per_of_months(rule, facts, extent)
    price = stated.sums[0]
    if thing and fact is None:  # what one person gets
        total = Sum(under_wider(rule, under(rule, each, steps), steps), Bound.EXACT, thing, "main")
        return Outcome(rule, Result.COMPUTED, (total, price), tuple(steps), missing=(thing,))
    units = fact.value if thing and fact is not None else Decimal(1)
    amount = each if units == 1 else _of_units(rule, units, each, thing, steps)
    amount = under_wider(rule, under(rule, amount, steps), steps)
    used = (fact,) if fact is not None else ()
    return Outcome(rule, Result.COMPUTED, (Sum(amount, Bound.EXACT, per, "main"), price), tuple(steps), used=used)


def _months(rule: SubsidyRule, facts: Sequence[Fact], extent: Extent) -> Decimal | None:
    """For how many months it is paid: as long as it lasted, or as is asked for, and at most what the rule pays for."""
    asked = extent.years * MONTHS_OF_A_YEAR if extent.years else MONTHS_OF_A_YEAR if extent.yearly else None
    months = months_lasted(facts) or asked
    if months is None:
        return None
    most = [limit for limit in (rule.months, rule.years and rule.years * MONTHS_OF_A_YEAR) if limit]
    if not most and months > MONTHS_OF_A_YEAR:
        return None  # for how long it is paid at most, the clause does not say here
    return min([months, *most])


def _per_of_months(rule: SubsidyRule, facts: Sequence[Fact], extent: Extent) -> str | None:
    """What a sum by the month is for: a year where one is asked for and it may be paid longer, a month, or the whole."""
    if months_lasted(facts) is not None or extent.years is not None:
        return None
    if extent.yearly:
        return Period.YEAR if rule.months is None or rule.months > MONTHS_OF_A_YEAR else None
    return Period.MONTH


def with_price_only(outcome: Outcome) -> Outcome:
    """An outcome of a number as the unit price that the clause states, with the question how many."""
    return replace(unit_price(outcome.rule), open_conditions=outcome.open_conditions, met=outcome.met)
