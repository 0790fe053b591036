"""Quantities: money, shares, counts, durations and dates as typed values with their polarity."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.compaction import compact
from corpus.dates import DateSpan, find_dates
from corpus.quantity import Polarity, Quantity
from corpus.scanning import scan
from corpus.units import ADDRESS, MONEY_UNITS

__all__ = ["MONEY_UNITS", "DateSpan", "Polarity", "Quantity", "find_dates", "find_quantities", "scan"]


def find_quantities(text: str, *, of_any_size: bool = False) -> Iterator[Quantity]:
    """Every quantity in ``text`` in reading order, non-overlapping; ``text`` may be in either script and width.

    Numbers of no size that a quantity can have are left out, unless ``of_any_size``.
    """
    source = compact(text)
    addresses = [match.span() for match in ADDRESS.finditer(text)] if "://" in text or "www." in text else []
    for quantity in scan(source.text, of_any_size=of_any_size):
        start, end = source.span(quantity.start, quantity.end)
        if any(first <= start < last for first, last in addresses):
            continue
        context_start = source.offsets[quantity.context_start]
        context_end = source.offsets[quantity.context_end - 1] + 1
        yield replace(quantity, start=start, end=end, context_start=context_start, context_end=context_end)
