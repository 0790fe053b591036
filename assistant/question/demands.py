"""Demands: the least that a clause asks for, looked for where an asker doubts to have enough."""

from collections.abc import Sequence

from assistant.language.grammar import reading_of
from corpus.quantities import Polarity, Quantity, find_quantities

_LEAST = (Polarity.AT_LEAST, Polarity.MORE_THAN)


def doubted_units(folded: str, amounts: Sequence[Quantity]) -> frozenset[str]:
    """The units of what an asker states and asks whether it is enough; those said to be little, where any is."""
    reading = reading_of(folded)
    if not reading.all("doubt"):
        return frozenset()
    little = [amount for amount in amounts if reading.of(amount, "little")]
    return frozenset(amount.unit for amount in little or amounts)


def demands(own: str, units: frozenset[str]) -> bool:
    """Whether a passage (folded) asks for at least so much in one of the units."""
    return any(quantity.unit in units and quantity.polarity in _LEAST for quantity in find_quantities(own))
