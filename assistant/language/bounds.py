"""Bounds: how the words around an amount bound it: 不到1000万, 约5亿, 过了5个亿, 至少50万, 远不止50万, 50万出头."""

from decimal import Decimal

from assistant.language.grammar import Reading
from corpus.quantities import Polarity, Quantity

_NEAR = Decimal("1.1")  # 出头: at most this many times the number
_ENDLESS = Decimal("Infinity")
_POLARITIES = {
    "less_than": Polarity.LESS_THAN,
    "at_most": Polarity.AT_MOST,
    "at_least": Polarity.AT_LEAST,
    "more_than": Polarity.MORE_THAN,
    "just_past": Polarity.MORE_THAN,
    "far_past": Polarity.MORE_THAN,
    "about": Polarity.ABOUT,
}


def polarity_of(amount: Quantity, reading: Reading) -> Polarity:
    """How the words around an amount bound it; "没超过" takes the passing back, and what was reached (达到) is a value."""
    for said in reading.of(amount, "bound"):
        return _POLARITIES[said]
    return Polarity.EXACTLY if amount.polarity is Polarity.AT_LEAST else amount.polarity


def upper_end(amount: Quantity, reading: Reading) -> Decimal | None:
    """Up to what an amount reaches that is only a lower end: 60万 for "五十多万", without end for "远不止五十万"."""
    said = reading.of(amount, "bound")
    if "far_past" in said:
        return _ENDLESS
    return amount.value * _NEAR if "just_past" in said else amount.upper
