"""Loans: the principal, the yearly rate and the term that the asker states of one loan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.language.things import shipped_things
from assistant.question.months import months_of
from assistant.question.situation import Fact

_LOAN, _INTEREST = "贷款", "贷款利息"
_BY_THE_MONTH = re.compile(r"月利率|月息|每月|monthly|per month|日利率|日息")
_BORROWED = re.compile(r"贷|借|loan|borrow")
_REPAID = re.compile(r"还(?:了|掉|清)|已还|提前还|repaid|paid (?:back|off)")
_OTHER_TERM = re.compile(r"成立|创办|开办|注册|毕业|经营|宽限|founded|registered|\bold\b")


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan: ``principal`` in yuan, the yearly ``rate`` as a fraction, None where it is not stated, and ``months``."""

    principal: Fact
    rate: Fact | None
    term: Fact

    @property
    def months(self) -> Decimal:
        """The term in months."""
        return months_of(self.term)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What it was put together from."""
        return tuple(fact for fact in (self.principal, self.rate, self.term) if fact is not None)


def read_loan(facts: Sequence[Fact]) -> Loan | None:
    """The only loan that the asker states with a principal and a term; None where either is missing or not certain."""
    loan, interest = shipped_things().named(_LOAN), shipped_things().named(_INTEREST)
    sums = [f for f in facts if f.unit == "yuan" and interest not in f.things]
    principals = [f for f in sums if loan in f.things or (not f.things and _BORROWED.search(f.words))]
    terms = [f for f in facts if f.unit in {"month", "year"} and f.certain and not _OTHER_TERM.search(f.words)]
    rates = [f for f in facts if f.unit == "percent" and interest in f.things]
    if len(principals) != 1 or len(terms) != 1 or len(rates) > 1:
        return None
    principal, rate = principals[0], rates[0] if rates else None
    if not principal.certain or principal.each or _REPAID.search(principal.words):
        return None
    if rate is not None and (not rate.certain or _BY_THE_MONTH.search(rate.words)):
        return None
    return Loan(principal, rate, terms[0])
