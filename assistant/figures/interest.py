"""Interest: what a loan costs, year by year, from its principal, its yearly rate and its term, and what is paid of it."""

from collections.abc import Sequence
from decimal import Decimal

from assistant.clause.rule import Bound, RuleKind, SubsidyRule
from assistant.clause.units import Period, unit_of
from assistant.figures.outcome import Outcome, Result, Step, Sum, added, under, under_wider
from assistant.language.things import shipped_things
from assistant.language.unify import things_in
from assistant.question.loans import Loan, read_loan
from assistant.question.months import MONTHS_OF_A_YEAR
from assistant.question.situation import Fact
from corpus.script import fold

_INTEREST, _LOAN = "贷款利息", "贷款"


def of_a_loan(rule: SubsidyRule, words: str, facts: Sequence[Fact]) -> Outcome | None:
    """The share of a loan's interest, or the yearly rate on its principal, that a rule pays; None where a factor is open.

    ``words`` are the clause's for what the share is of. A reference rate (LPR) is none that anybody stated.
    """
    loan = read_loan(facts)
    if rule.kind is not RuleKind.INTEREST or rule.rate is None or rule.uplift is not None or loan is None:
        return None
    measured = things_in(fold(words))
    if shipped_things().named(_INTEREST) in measured and not rule.rate_points:
        return _paid(rule, loan, loan.rate.value, rule.rate) if loan.rate is not None else None
    borrowed = {shipped_things().named(_LOAN), shipped_things().named(_INTEREST)}  # 贷款本金; 按年利率2%
    on_principal = bool(borrowed & measured) and rule.rate_points
    return _paid(rule, loan, rule.rate, None) if on_principal else None


def _paid(rule: SubsidyRule, loan: Loan, rate: Decimal, share: Decimal | None) -> Outcome | None:
    """Interest on the principal for each year of the term that is paid for, the share of it, under the year's ceiling."""
    months = loan.months
    if rule.years is not None:
        months = min(months, rule.years * MONTHS_OF_A_YEAR)
    if rule.months is not None:
        months = min(months, rule.months)
    if months <= 0:
        return None
    yearly_ceiling = unit_of(rule.cap_per).period is Period.YEAR
    steps: list[Step] = []
    parts: list[Decimal] = []
    for own in _by_year(months) if yearly_ceiling else (months,):
        part = loan.principal.value * rate * own / MONTHS_OF_A_YEAR
        values = {"base": loan.principal.value, "rate": rate, "months": own, "amount": part}
        steps.append(Step("interest", dict(values)))
        if share is not None:
            steps.append(Step("share", {"base": part, "rate": share, "amount": part * share}))
            part *= share
        parts.append(under(rule, part, steps) if yearly_ceiling else part)
    total = added(parts, steps)
    total = under_wider(rule, total if yearly_ceiling else under(rule, total, steps), steps)
    at_most = rule.rate_bound is Bound.AT_MOST or rule.rate_min is not None
    main = Sum(total, Bound.AT_MOST if at_most else Bound.EXACT, None, "main")
    used = tuple(fact for fact in loan.facts if share is not None or fact is not loan.rate)
    return Outcome(rule, Result.COMPUTED, (main,), tuple(steps), used=used)


def _by_year(months: Decimal) -> tuple[Decimal, ...]:
    """The months of each year of a term, the last one perhaps not full."""
    full, rest = divmod(months, MONTHS_OF_A_YEAR)
    return (MONTHS_OF_A_YEAR,) * int(full) + ((rest,) if rest else ())
