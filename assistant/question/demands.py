"""Demands: the least that a clause asks for, looked for where an asker doubts to have enough."""

import re
from collections.abc import Sequence

from corpus.quantities import Polarity, Quantity, find_quantities

_WHETHER = re.compile(
    r"(?:能|可以|可不可以|能不能|能否|可否)[^,。;?!]{0,6}?(?:报|申|评|认定|认证|算|进|入|当|成为|通过|备案|做)|够不够|够[吗么嘛不]|够得?上|符合|达标|合格|条件|资格"
    r"|行[吗不]|差(?:一)?点|有戏|\b(?:eligible|qualify|qualifies|certified|recognised|recognized|accredited|enough|meet the)\b"
    r"|\b(?:can|could|may|do|would) we\b[^,.;?!]{0,24}\b(?:apply|be|become|register|join|pass|qualify)\b"
)
# What an asker says of the very thing that may be too little.
_TOO_LITTLE = re.compile(
    r"(?:只有|只|才|仅|仅有|就|不到|不足|没到|还差|刚|勉强|only|just|barely|under|less than)\s*(?:了|有|是|投|about)?\s*$"
)
_LEAST = (Polarity.AT_LEAST, Polarity.MORE_THAN)


def doubted_units(folded: str, amounts: Sequence[Quantity]) -> frozenset[str]:
    """The units of what an asker states and asks whether it is enough; those said to be little, where any is."""
    if _WHETHER.search(folded) is None:
        return frozenset()
    little = [amount for amount in amounts if _TOO_LITTLE.search(folded[: amount.start])]
    return frozenset(amount.unit for amount in little or amounts)


def demands(own: str, units: frozenset[str]) -> bool:
    """Whether a passage (folded) asks for at least so much in one of the units."""
    return any(quantity.unit in units and quantity.polarity in _LEAST for quantity in find_quantities(own))
