"""Calculation: a figure from one rule and one situation, in Decimal, with every step named.

Nothing is multiplied that the clause does not multiply: a ceiling stays a ceiling ("最高500万元" is at most
500万元 whatever was invested), and a rate without its base gives the ceiling and asks for the base.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from assistant.clause.increments import missing_words
from assistant.clause.rule import Bound, Operator, RuleKind, SubsidyRule
from assistant.clause.units import Period, unit_of
from assistant.figures import marginal
from assistant.figures import steps as increments
from assistant.figures.counted import of_one_class
from assistant.figures.outcome import Outcome as Outcome  # those who calculate need these, and know this module
from assistant.figures.outcome import Result as Result
from assistant.figures.outcome import Step as Step
from assistant.figures.outcome import Sum as Sum
from assistant.figures.outcome import multiplied, under, under_wider
from assistant.figures.shares import base_words as base_words
from assistant.figures.shares import of_parts, per_year, share_of, without_base
from assistant.language.decimals import WIDE
from assistant.language.lexicon import Lexicon
from assistant.matching import binding
from assistant.matching.judging import check_conditions, undecided
from assistant.matching.staying import with_those_who_stayed
from assistant.question.extent import Extent
from assistant.question.situation import YEARLY, Fact


def calculate(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon, extent: Extent | None = None) -> Outcome:
    """What ``rule`` gives for ``facts``, over the ``extent`` that is asked for where a turn says one.

    Never a sum above the rule's cap, never a negative one.
    """
    extent = extent or Extent(yearly=any(fact.unit == YEARLY for fact in facts))
    facts = with_those_who_stayed(rule, increments.with_growth(rule, facts, lexicon))
    judgement = check_conditions(rule, facts, lexicon)
    if judgement.failed is not None and judgement.failed[0].op is Operator.EQUAL:
        return Outcome(rule, Result.UNKNOWN, failed=judgement.failed[0])  # of a size that this sum is not for
    if judgement.failed is not None:
        condition, judged = judgement.failed
        return Outcome(
            rule,
            Result.NOT_ELIGIBLE,
            failed=condition,
            failed_value=judged.value,
            failed_polarity=judged.polarity,
            open_conditions=judgement.open,
            met=judgement.met,
        )
    outcome = _by_kind(rule, facts, lexicon, extent)
    if (open_threshold := undecided(judgement, facts, outcome.used)) is not None:
        outcome = as_ceiling(outcome, open_threshold.metric)
    sums = _with_period_total(rule, outcome.sums)
    return replace(outcome, sums=sums, open_conditions=judgement.open, met=judgement.met)


def as_ceiling(outcome: Outcome, missing: str) -> Outcome:
    """The outcome as what it is at most, until a fact is given."""
    if outcome.result not in (Result.COMPUTED, Result.STATED) or outcome.sums[0].bound is Bound.AT_MOST:
        return outcome
    sums = tuple(replace(total, bound=Bound.AT_MOST) for total in outcome.sums)
    return replace(
        outcome, result=Result.NEEDS_FACTS, sums=sums, missing=(*([missing] if missing else ()), *outcome.missing)
    )


def _by_kind(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon, extent: Extent) -> Outcome:
    if rule.amount is None and rule.cap is None and rule.rate is None:
        return Outcome(rule, Result.UNKNOWN)
    if rule.kind in {RuleKind.RATE, RuleKind.INTEREST} and rule.rate is not None:
        if rule.currency != "CNY":
            return without_base(rule, base_words(rule), facts)  # a share of yuan is not held under a ceiling in euros
        return share_of(rule, facts, lexicon)
    if rule.kind is RuleKind.PER_UNIT and rule.amount is not None:
        if increments.is_stepped(rule):
            return _stepped(rule, facts, lexicon)
        return of_one_class(rule, facts, extent)
    if rule.amount is not None:
        return _fixed(rule, extent)
    return _ceiling(rule, facts)


def calculate_scale(rules: Sequence[SubsidyRule], facts: Sequence[Fact], lexicon: Lexicon) -> Outcome | None:
    """What a marginal scale gives: each band's share of its part of the base, added; None when it is no scale."""
    bands = marginal.bands_of(rules)
    return of_parts(rules, bands, facts, lexicon) if bands is not None else None


def _fixed(rule: SubsidyRule, extent: Extent) -> Outcome:
    assert rule.amount is not None
    if extent.yearly and len(rule.schedule) > 1 and len(set(rule.schedule)) == 1 and rule.years == len(rule.schedule):
        return _of_each_year(rule, len(rule.schedule))
    steps = [Step("stated", {"amount": rule.amount})]
    amount = rule.amount if rule.cap is None or rule.cap >= rule.amount else under(rule, rule.amount, steps)
    main = Sum(amount, Bound.EXACT, unit_of(rule.per).name or per_year(rule), "main")
    return Outcome(rule, Result.STATED, (main,), tuple(steps))


def _of_each_year(rule: SubsidyRule, years: int) -> Outcome:
    """What a sum paid out in equal parts over years comes to in each of them, with the whole behind it."""
    assert rule.amount is not None
    part = rounded_to_fen(rule.amount / years)
    steps = (
        Step("stated", {"amount": rule.amount}),
        Step("divided", {"whole": rule.amount, "years": Decimal(years), "part": part}),
    )
    sums = (Sum(part, Bound.EXACT, Period.YEAR, "main"), Sum(rule.amount, Bound.EXACT, None, "main"))
    return Outcome(rule, Result.STATED, sums, steps)


def _stepped(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Outcome:
    """A sum for each full increment; the ceiling, and the question by how much, where that is not certain."""
    assert rule.amount is not None
    assert rule.step is not None
    found = increments.increment(rule, facts, lexicon)
    if found is None:
        missing = (missing_words(rule),)
        if rule.cap is None:
            price = Sum(rule.amount, Bound.EXACT, rule.per.removeprefix("每") or None, "unit_price")
            return Outcome(rule, Result.STATED, (price,), (Step("stated", {"amount": rule.amount}),), missing=missing)
        ceiling = Sum(rule.cap, Bound.AT_MOST, unit_of(rule.cap_per).name or per_year(rule), "ceiling")
        return Outcome(rule, Result.NEEDS_FACTS, (ceiling,), (Step("ceiling", {"cap": rule.cap}),), missing)
    count = found.steps(rule.step)
    amount = count * rule.amount
    counted = {"units": count, "price": rule.amount, "amount": amount}
    if found.points:
        steps = [Step("points", {"rate": found.whole, "uplift": found.lower, **counted})]
    else:
        steps = [Step("part", {"base": found.whole, "lower": found.lower, "part": found.part})] if found.lower else []
        steps.append(Step("increments", {"part": found.part, "step": rule.step, **counted}))
    amount = under_wider(rule, under(rule, amount, steps), steps)
    return Outcome(rule, Result.COMPUTED, (Sum(amount, Bound.EXACT, None, "main"),), tuple(steps), used=found.facts)


def _ceiling(rule: SubsidyRule, facts: Sequence[Fact]) -> Outcome:
    assert rule.cap is not None
    unit = unit_of(rule.cap_per)
    stated = Sum(rule.cap, Bound.AT_MOST, unit.name, "ceiling")
    fact = binding.bind_units(unit.thing, facts) if unit.thing else None
    if fact is None or fact.value == 1:
        return Outcome(rule, Result.STATED, (stated,), (Step("ceiling", {"cap": rule.cap}),))
    steps: list[Step] = []
    total = under_wider(rule, multiplied(fact.value, unit.thing, rule.cap, steps), steps)
    main = Sum(total, Bound.AT_MOST, unit.period, "main")
    return Outcome(rule, Result.COMPUTED, (main, stated), tuple(steps), used=(fact,))


def _with_period_total(rule: SubsidyRule, sums: tuple[Sum, ...]) -> tuple[Sum, ...]:
    """The sum over all years beside a yearly sum, where the clause says for how many years it is paid."""
    if not sums or sums[0].per != Period.YEAR or rule.years is None or rule.years <= 1:
        return sums
    total = sums[0].amount * rule.years
    if rule.total_cap is not None:
        total = min(total, rule.total_cap)
    return (*sums, Sum(total, sums[0].bound, None, "period_total"))


def rounded_to_fen(amount: Decimal) -> Decimal:
    """An amount in yuan cut to whole fen (0.01 yuan), never rounded up beyond what the clause grants."""
    return amount.quantize(Decimal("0.01"), rounding=ROUND_FLOOR, context=WIDE).normalize(WIDE)


def within(outcome: Outcome, ceiling: Decimal) -> Outcome:
    """An outcome whose main sum is held under a further ceiling."""
    if not outcome.sums or outcome.sums[0].amount <= ceiling:
        return outcome
    step = Step("capped", {"amount": outcome.sums[0].amount, "cap": ceiling})
    sums = (replace(outcome.sums[0], amount=ceiling), *outcome.sums[1:])
    return replace(outcome, sums=sums, steps=(*outcome.steps, step))
