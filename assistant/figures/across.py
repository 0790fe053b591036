"""Across: what the awards of several clauses come to together, as their document lets them add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.clause.rule import Bound
from assistant.clause.stacking import Stacking
from assistant.figures.outcome import Outcome, Result, Step, Sum, added, within

_OWED = frozenset({Result.COMPUTED, Result.STATED, Result.NEEDS_FACTS})


@dataclass(frozen=True, slots=True)
class Together:
    """A sum over several awards and the steps to it; ``stacking`` is the rule that it was taken by."""

    sum: Sum
    steps: tuple[Step, ...]
    stacking: Stacking
    currency: str


def across(outcomes: Sequence[Outcome], stacking: Stacking, ceiling: Decimal | None = None) -> Together | None:
    """What awards come to together; at most, where one of them is only a ceiling or the same fact was used twice.

    ``ceiling`` is what one recipient gets of the whole document in a year. None where they do not add up: a unit price
    whose number is not known, sums in two currencies, or an award without a sum.
    """
    if len(outcomes) < 2 or not all(o.sums and o.result in _OWED for o in outcomes):
        return None
    parts = [outcome.sums[0] for outcome in outcomes]
    if any(part.per not in (None, "年") for part in parts) or len({o.rule.currency for o in outcomes}) > 1:
        return None
    steps: list[Step] = []
    amounts = [part.amount for part in parts]
    if stacking in (Stacking.HIGHEST, Stacking.ONE):
        amount = max(amounts)
        steps.append(Step("highest", {"parts": "|".join(str(one) for one in amounts), "total": amount}))
        first = [part for part in parts if part.amount == amount]
        bound = Bound.EXACT if any(part.bound is Bound.EXACT for part in first) else Bound.AT_MOST
        open_above = any(part.bound is Bound.AT_MOST and part.amount > amount for part in parts)
        bound = Bound.AT_MOST if open_above or stacking is Stacking.ONE else bound
    else:
        amount = within(added(amounts, steps), ceiling, steps)
        at_most = any(part.bound is Bound.AT_MOST for part in parts) or _use_one_fact_twice(outcomes)
        bound = Bound.AT_MOST if at_most else Bound.EXACT
    yearly = all(part.per == "年" for part in parts)
    total = Sum(amount, bound, "年" if yearly else None, "total")
    return Together(total, tuple(steps), stacking, outcomes[0].rule.currency)


def _use_one_fact_twice(outcomes: Sequence[Outcome]) -> bool:
    """Whether two awards were worked out from the same money, which may not be paid for twice."""
    used = [(fact.turn, fact.value, fact.unit) for outcome in outcomes for fact in outcome.used]
    return len(set(used)) < len(used)
