"""Spread: between which ends a value lies that the asker only bounded: 约5亿, 不到1000万, 远不止50万, 五十多万.

A lower end is no value: it may meet a threshold and may pass a ceiling, but no share of it is what is owed.
"""

from dataclasses import dataclass
from decimal import Decimal

from assistant.clause.rule import Operator
from assistant.question.situation import Fact
from corpus.quantities import Polarity

_ABOUT = Decimal("0.1")  # how far from it a value may lie that is said to be about so much
_ABOUT_UNITS = frozenset({"yuan", "person", "percent"})
_ENDLESS = Decimal("Infinity")

# A number, and whether the end lies just below (-1), at (0) or just above (1) it.
End = tuple[Decimal, int]


@dataclass(frozen=True, slots=True)
class Spread:
    """All values from ``low`` to ``high``."""

    low: End
    high: End

    def decides(self, op: Operator, limit: Decimal) -> bool | None:
        """Whether every value between the ends compares so with ``limit``; None when some do and some do not."""
        low, high, at = self.low, self.high, (limit, 0)
        if op is Operator.EQUAL:
            return True if low == high == at else (None if low <= at <= high else False)
        if op is Operator.AT_LEAST:
            return True if low >= at else (False if high < at else None)
        if op is Operator.MORE_THAN:
            return True if low > at else (False if high <= at else None)
        if op is Operator.AT_MOST:
            return True if high <= at else (False if low > at else None)
        return True if high < at else (False if low >= at else None)

    def within(self, other: "Spread") -> bool:
        """Whether all of it lies between the ends of another."""
        return other.low <= self.low and self.high <= other.high

    def scaled(self, factor: Decimal) -> "Spread":
        """The spread in another unit."""
        return Spread((self.low[0] * factor, self.low[1]), (self.high[0] * factor, self.high[1]))


def exactly(value: Decimal) -> Spread:
    """The spread of a value that is known."""
    return Spread((value, 0), (value, 0))


def beyond(value: Decimal) -> Spread:
    """The spread of what is more than a value, nobody says how much."""
    return Spread((value, 1), (_ENDLESS, 0))


def spread_of(fact: Fact) -> Spread | None:
    """The ends that a fact states; None where it states no value of its own (denied, by the month, the whole staff)."""
    value = fact.value
    if fact.certain:
        return exactly(value)
    if fact.monthly:
        return None
    if fact.polarity is Polarity.ABOUT and fact.unit in _ABOUT_UNITS:
        return Spread((value * (1 - _ABOUT), 0), (value * (1 + _ABOUT), 0))
    if fact.polarity is Polarity.AT_MOST:
        return Spread((-_ENDLESS, 0), (value, 0))
    if fact.polarity is Polarity.LESS_THAN:
        return Spread((-_ENDLESS, 0), (value, -1))
    upper = _ENDLESS if fact.upper is None else fact.upper
    if fact.polarity is Polarity.AT_LEAST:
        return Spread((value, 0), (upper, 0))
    if fact.over:
        return Spread((value, 1), (upper, -1))
    return Spread((value, 0), (upper, 0)) if fact.upper is not None else None


def as_said(fact: Fact, spread: Spread) -> Spread:
    """The ends a condition is judged by: what was only passed ("过了5个亿", not "远不止5个亿") is not far above.

    Another mark that was passed as well would have been named.
    """
    return Spread(spread.low, spread.low) if fact.over and fact.upper is None else spread
