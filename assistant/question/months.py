"""Durations: for how many months what a clause pays by the month has gone on (干满一年, 租了10个月)."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.question.situation import Fact

MONTHS_OF_A_YEAR = Decimal(12)
_OTHER_TIME = re.compile(
    r"成立|创办|开办|开业|注册|登记|毕业|建设|建成|投产|投运|落户|贷款|借款|质保|工期|合同|协议|founded|registered|loan|old\b|established|contract"
)
# Years are paid by the month only where they are said to have been filled: 租满两年, 干了一年, over the two years.
_FILLED = re.compile(
    r"满|[租住干做带用付缴交实训习]了?(?:整整|足足|整|足)?$|\b(?:for|over|across|all)(?: the| a| one)?(?: \w+)? *$|\brented\b"
)
_LASTING = frozenset({"worked"})


def months_lasted(facts: Sequence[Fact]) -> Decimal | None:
    """The months that the asker says it went on, the last one stated; None where they do not say."""
    stated = [months for fact in facts if (months := _months(fact)) is not None]
    return stated[-1] if stated else None


def lasting(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts that say for how long, each in months or years."""
    return tuple(fact for fact in facts if _months(fact) is not None)


def months_of(fact: Fact) -> Decimal:
    """The months of a duration stated in months or years."""
    return fact.value * (MONTHS_OF_A_YEAR if fact.unit == "year" else 1)


def _months(fact: Fact) -> Decimal | None:
    if fact.unit not in {"month", "year"} or not fact.certain or _OTHER_TIME.search(fact.words):
        return None
    if fact.unit == "year" and not (fact.since == _LASTING or _FILLED.search(fact.words.strip())):
        return None
    return months_of(fact)
