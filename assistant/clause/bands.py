"""Bands: the part of a base that a marginal share is of, read from the clause's words for it ("超出1亿元部分")."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.clause.rule import SubsidyRule
from corpus.quantities import Polarity, find_quantities

_PART = re.compile(r"部分")
_INCREMENT = re.compile(r"新增|增量|增加|增长|增幅|净增")
_LOWER = frozenset({Polarity.MORE_THAN, Polarity.AT_LEAST})
_UPPER = frozenset({Polarity.AT_MOST, Polarity.LESS_THAN})
_BEYOND = re.compile(r"超[出过]?[^,。;]{0,4}$")
_NO_METRIC = re.compile(r"^[\d.%、,至到和及\-~]*$")  # "2%、" before the next band names nothing


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
    return None if rule.rate is None else _band(rule.base)


def is_part(words: str) -> bool:
    """Whether a base is only a part of something ("超出部分")."""
    return _PART.search(words) is not None


def is_increment(words: str) -> bool:
    """Whether a base is only what was added ("新增部分", "同比增量"), which the whole must not be taken for."""
    return _INCREMENT.search(words) is not None


def is_monthly(words: str) -> bool:
    """Whether a base is what is spent in a month."""
    return "月" in words


@lru_cache(maxsize=4096)  # each rule is worked out for many situations
def _band(base: str) -> Band | None:
    if not is_part(base):
        return None
    lower, upper, first = Decimal(0), None, len(base)
    found = False
    for quantity in find_quantities(base):
        if quantity.unit != "yuan":
            continue
        first, found = min(first, quantity.context_start, quantity.start), True
        if quantity.upper is not None:
            lower, upper = quantity.value, quantity.upper
        elif quantity.polarity in _UPPER:
            upper = quantity.value
        elif quantity.polarity in _LOWER or _BEYOND.search(base[: quantity.start]):
            lower = quantity.value
        else:
            return None
    if not found:
        return None
    metric = _BEYOND.sub("", base[:first])
    return Band("" if _NO_METRIC.match(metric) else metric, lower, upper)
