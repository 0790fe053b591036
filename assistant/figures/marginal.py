"""Marginal scales: a share of only the part of a base that lies in a band ("超出1亿元部分的5%").

The share is never taken of the whole base. Bands of one scale are added, and a ceiling holds for their sum.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.clause.rule import SubsidyRule
from corpus.quantities import Polarity, find_quantities

_PART = re.compile(r"部分")
_INCREMENT = re.compile(r"新增|增量|增加|增长|增幅|净增")
_LOWER = frozenset({Polarity.MORE_THAN, Polarity.AT_LEAST})
_UPPER = frozenset({Polarity.AT_MOST, Polarity.LESS_THAN})
_BEYOND = re.compile(r"超[出过]?[^,。;]{0,4}$")


@dataclass(frozen=True, slots=True)
class Band:
    """The part of a base, in yuan, that a marginal rule pays for; ``metric`` names the base, perhaps not at all."""

    metric: str
    lower: Decimal
    upper: Decimal | None

    def part_of(self, base: Decimal) -> Decimal:
        """How much of a base lies in the band."""
        top = base if self.upper is None else min(base, self.upper)
        return max(Decimal(0), top - self.lower)


def band_of(rule: SubsidyRule) -> Band | None:
    """The band of a marginal rule; None for a rule that is none, or whose band cannot be read."""
    if rule.rate is None or not _PART.search(rule.base):
        return None
    lower, upper, first = Decimal(0), None, len(rule.base)
    found = False
    for quantity in find_quantities(rule.base):
        if quantity.unit != "yuan":
            continue
        first, found = min(first, quantity.context_start, quantity.start), True
        if quantity.upper is not None:
            lower, upper = quantity.value, quantity.upper
        elif quantity.polarity in _UPPER:
            upper = quantity.value
        elif quantity.polarity in _LOWER or _BEYOND.search(rule.base[: quantity.start]):
            lower = quantity.value
        else:
            return None
    return Band(_BEYOND.sub("", rule.base[:first]), lower, upper) if found else None


def is_increment(words: str) -> bool:
    """Whether a base is only what was added ("新增部分", "同比增量"), which the whole must not be taken for."""
    return _INCREMENT.search(words) is not None


def bands_of(rules: Sequence[SubsidyRule]) -> tuple[Band, ...] | None:
    """The bands of one marginal scale, all on the metric that any of them names; None when they are no scale."""
    bands = [band_of(rule) for rule in rules]
    if len(bands) < 2 or any(band is None for band in bands):
        return None
    metric = next((band.metric for band in bands if band is not None and band.metric), "")
    return tuple(Band(metric, band.lower, band.upper) for band in bands if band is not None)
