"""Outcome: what one rule gives in one situation, the sums it comes to and the steps to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from assistant.clause.grant import Grant
from assistant.clause.rule import Bound, Condition, SubsidyRule
from assistant.matching.exclusion import Refusal
from assistant.matching.judging import Judged
from assistant.matching.opposition import Opposed
from assistant.question.situation import Fact
from corpus.quantities import Polarity


class Result(StrEnum):
    """How far a rule could be worked out."""

    COMPUTED = "computed"  # a figure for this situation
    STATED = "stated"  # the sum, unit price or ceiling that the clause states, no fact needed
    NEEDS_FACTS = "needs_facts"  # the base is missing; the figure, if any, is the ceiling
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"  # the clause does not let it be worked out


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: a message code and its values, put into words when the answer is composed."""

    code: str
    values: dict[str, Decimal | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sum:
    """One amount of money that a calculation gives."""

    amount: Decimal
    bound: Bound
    per: str | None
    label: str  # message code: main, unit_price, period_total, ceiling
    years: Decimal | None = None  # over how many years, where that is not all that the rule pays for


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule gives in one situation. ``sums`` has the main one first and is empty when there is none."""

    rule: SubsidyRule
    result: Result
    sums: tuple[Sum, ...] = ()
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()  # the clause's words for facts that are missing, the most useful first
    failed: Condition | None = None
    failed_value: Decimal | None = None
    failed_polarity: Polarity = Polarity.EXACTLY  # AT_MOST, LESS_THAN where only an upper end was stated
    open_conditions: tuple[Condition, ...] = ()  # stated by the clause, not settled by the facts
    used: tuple[Fact, ...] = ()
    assumed: str = ""  # the clause's words for what a fact that did not say so was taken for
    met: tuple[tuple[Condition, Judged], ...] = ()  # conditions that the facts meet, with what they were judged by


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a grant gives: one outcome for each of its rules that applies, the main one first."""

    grant: Grant
    outcomes: tuple[Outcome, ...]
    refusal: Refusal | None = None
    ladder: bool = False  # several rungs fit because the asker did not say which is theirs
    opposed: Opposed | None = None  # the demand in words that the asker contradicts, where that is the refusal


def added(parts: Sequence[Decimal], steps: list[Step]) -> Decimal:
    """The sum of several amounts, with the step that adds them where there is more than one."""
    total = sum(parts, Decimal(0))
    if len(parts) > 1:
        steps.append(Step("sum", {"parts": "|".join(str(part) for part in parts), "total": total}))
    return total


def multiplied(units: Decimal, unit: str, price: Decimal, steps: list[Step]) -> Decimal:
    """So many units at a price, with the step that says so."""
    amount = units * price
    steps.append(Step("units", {"units": units, "unit": unit, "price": price, "amount": amount}))
    return amount


def within(amount: Decimal, ceiling: Decimal | None, steps: list[Step]) -> Decimal:
    """An amount held under a ceiling, with the step that says so where it is cut."""
    if ceiling is None or amount <= ceiling:
        return amount
    steps.append(Step("capped", {"amount": amount, "cap": ceiling}))
    return ceiling


def under(rule: SubsidyRule, amount: Decimal, steps: list[Step], times: Decimal = Decimal(1)) -> Decimal:
    """An amount held under the rule's ceiling, which counts ``times``; a step says whether it was reached."""
    if rule.cap is None:
        return amount
    cap = rule.cap * times
    if amount <= cap:
        steps.append(Step("under_cap", {"amount": amount, "cap": cap}))
    return within(amount, cap, steps)


def under_wider(rule: SubsidyRule, amount: Decimal, steps: list[Step]) -> Decimal:
    """An amount held under the wider second ceilings too (每年累计不超过…, 总额不超过…)."""
    return within(within(amount, rule.annual_cap, steps), rule.total_cap, steps)
