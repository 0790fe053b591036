"""Totals: over how many years, or over how many enterprises of their own, the asker wants the sum."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.clause.rule import Bound, RuleKind
from assistant.clause.units import Period
from assistant.figures.outcome import Outcome, Result, Step, Sum, multiplied, within
from assistant.question.extent import Extent
from assistant.question.fact import COUNTED, Fact

_ENTERPRISE = "家"


def summed(outcome: Outcome, extent: Extent) -> Outcome:
    """The outcome with the sum that the turn asks for first: over the years or the enterprises that it names."""
    if extent.years is not None:
        return _over_years(outcome, extent.years)
    return _for_each(outcome, extent.enterprises) if extent.enterprises is not None else outcome


def known_whole(outcome: Outcome, extent: Extent, facts: Sequence[Fact], *, by_year: bool) -> Outcome:
    """The outcome; without its sum where a whole is asked for and the sum may be only a part of it.

    That is so of a stated sum beside numbers of people or things that it was not multiplied by, and of several years
    where the clause gives another sum for each (``by_year``) and they were not added up.
    """
    if not outcome.sums or outcome.sums[0].per is not None or outcome.sums[0].label == "period_total":
        return outcome
    last = max((fact.turn for fact in facts), default=0)
    uncounted = [f for f in facts if f.turn == last and f.unit in COUNTED and f.value > 1 and f not in outcome.used]
    settled = {judged.words for _, judged in outcome.met}
    stated = outcome.result is Result.STATED and outcome.sums[0].bound is Bound.EXACT
    counts_left = extent.together and stated and any(fact.words not in settled for fact in uncounted)
    years_left = by_year and extent.years is not None and extent.years > 1
    return replace(outcome, result=Result.UNKNOWN, sums=(), steps=()) if counts_left or years_left else outcome


def sum_of_rungs(rungs: Sequence[Outcome]) -> Outcome:
    """Stated sums of several rungs as one; at most, where one of them is only a ceiling."""
    parts = [outcome.sums[0] for outcome in rungs]
    amount = sum((part.amount for part in parts), Decimal(0))
    bound = Bound.AT_MOST if any(part.bound is Bound.AT_MOST for part in parts) else Bound.EXACT
    step = Step("sum", {"parts": "|".join(str(part.amount) for part in parts), "total": amount})
    rule = rungs[0].rule.model_copy(update={"ladder": False, "conditions": ()})
    return Outcome(rule, Result.COMPUTED, (Sum(amount, bound, parts[0].per, "main"),), (step,))


def difference(rungs: Sequence[Outcome]) -> Outcome | None:
    """By how much the stated sums of two rungs differ; None where they are not two sums of one kind, each exact."""
    parts = [outcome.sums[0] for outcome in rungs if outcome.sums and outcome.result is Result.STATED]
    alike = (
        len(parts) == len(rungs) == 2
        and len({(part.per, outcome.rule.currency) for part, outcome in zip(parts, rungs, strict=True)}) == 1
    )
    if not alike or any(part.bound is not Bound.EXACT for part in parts):
        return None
    more, less = sorted((part.amount for part in parts), reverse=True)
    step = Step("difference", {"more": more, "less": less, "amount": more - less})
    rule = rungs[0].rule.model_copy(update={"ladder": False, "conditions": ()})
    return Outcome(rule, Result.COMPUTED, (Sum(more - less, Bound.EXACT, parts[0].per, "main"),), (step,))


def _over_years(outcome: Outcome, years: Decimal) -> Outcome:
    """The sum over so many years, and no more than the grant is paid for, with the yearly sum behind it."""
    limit = outcome.rule.years
    yearly = next((total for total in outcome.sums if total.per == Period.YEAR), None)
    if yearly is None or limit is None or years < 1 or outcome.sums[0] is not yearly:
        return outcome
    paid = min(years, limit)
    steps = list(outcome.steps)
    amount = within(multiplied(paid, Period.YEAR, yearly.amount, steps), outcome.rule.total_cap, steps)
    total = Sum(amount, yearly.bound, None, "period_total", years=paid)
    rest = tuple(other for other in outcome.sums if other.label != "period_total")
    return replace(outcome, sums=(total, *rest), steps=tuple(steps))


def _for_each(outcome: Outcome, number: Decimal) -> Outcome:
    """A stated sum or ceiling for each enterprise, for so many of them; the same bound holds for all together."""
    rule = outcome.rule
    stated = outcome.result is Result.STATED and rule.kind in {RuleKind.FIXED, RuleKind.CAP_ONLY}
    if not stated or number < 2 or rule.additional or outcome.sums[0].per is not None:
        return outcome
    each = outcome.sums[0]
    steps = list(outcome.steps)
    amount = within(multiplied(number, _ENTERPRISE, each.amount, steps), rule.total_cap, steps)
    total = Sum(amount, each.bound, None, "main")
    return replace(outcome, sums=(total,), steps=tuple(steps))
