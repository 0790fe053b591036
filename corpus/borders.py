"""Borders: what a bracket behind a number says of the ends there: (含), (不含300万元), (含100万元但不含300万元)."""

import re
from decimal import Decimal

from corpus.reading_units import read_number, read_unit
from corpus.units import SCAN

BRACKET = re.compile(r"\([^()]{1,44}\)")
_BORDER = re.compile(
    r"(?:[,、;]|但|而|且|和)*(?:均|都|皆)?(?P<exclusive>不)?(?:包含|含|包括)"
    r"(?P<what>[^含但而且,、;]{0,14}?)(?:在内)?(?:,?下同)?(?=[,、;但而且和]|不?(?:包?含|包括)|$)"
)
_LOWER_END = frozenset({"下限", "下", "起点"})
_UPPER_END = frozenset({"上限", "上", "终点"})
_ITSELF = frozenset({"", "本数", "本级", "本数级", "该数", "本值"})

Borders = tuple[bool | None, bool | None]  # whether the upper (or only) and the lower end belong to it; None: not said
UNSAID: Borders = (None, None)


def read_borders(text: str, start: int, upper: Decimal | None = None) -> tuple[Borders, int] | None:
    """What the bracket at ``start`` says of the ends in front of it, and where it ends; None when it says nothing of them.

    ``upper`` is the upper end of a range that stands there; another number in the bracket is its lower end.
    """
    bracket = BRACKET.match(text, start)
    if bracket is None:
        return None
    last = first = None
    position, stop = bracket.start() + 1, bracket.end() - 1
    while position < stop:
        border = _BORDER.match(text, position, stop)
        if border is None:
            return None
        position = border.end()
        included, what = border["exclusive"] is None, border["what"]
        number = None if what in _ITSELF | _UPPER_END | _LOWER_END else _number(what)
        if (number is not None and upper is not None and number != upper) or what in _LOWER_END:
            first = included
        elif number is not None or what in _ITSELF | _UPPER_END:
            last = included
        else:
            return None  # (含税), (不含个人所得税): something else is left out
    return (last, first), bracket.end()


def _number(words: str) -> Decimal | None:
    """The number that the words are, in its base unit; None when they are anything else."""
    match = SCAN.match(words)
    number = read_number(words, match.start("number"), match.end("number")) if match and match["number"] else None
    unit = read_unit(words, number, None) if number is not None else None
    if number is None or words[unit.end if unit is not None else number.end :] not in {"", "的"}:
        return None
    return number.value * (unit.factor if unit is not None else 1)
