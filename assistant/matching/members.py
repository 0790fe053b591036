"""Members: the parts of a demand that all have to hold, and the members of an enumeration of which one is enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.language.signs import signs_in
from assistant.matching.demands import Demand
from assistant.matching.said import segment_around

_FAR = 4  # characters by which what is said of a whole enumeration stands further from it than a member is long


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the clause that the asker's words contradict."""

    start: int
    end: int
    said: str
    kind: str = ""
    alone: bool = False  # fails the demand whatever stands beside it: it is left out by name


def conjuncts(folded: str, demand: Demand) -> Iterator[tuple[int, int]]:
    """The parts of a demand that all have to hold: 具有户籍 | 且 | 从未领过."""
    position = demand.start
    for sign in signs_in(folded[demand.start : demand.end], "and"):
        if demand.start + sign.start > position:
            yield position, demand.start + sign.start
        position = demand.start + sign.end
    if position < demand.end:
        yield position, demand.end


def members(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of an enumeration, of which one is enough."""
    position = start
    for sign in signs_in(folded[start:end], "or"):
        if start + sign.start > position:
            yield position, start + sign.start
        position = start + sign.end
    if position < end:
        yield position, end


def decides(
    folded: str,
    part: tuple[int, int],
    one: Found,
    found: Sequence[Found],
    dealt: Sequence[tuple[int, int]],
    mine: tuple[int, int],
) -> bool:
    """Whether a contradiction fails the whole part.

    What stands in one member of an enumeration fails it only where the others are contradicted too; what is said of all
    members, in front of the first or behind the last, fails it alone. ``dealt`` are the classes a ladder is dealt out to, ``mine`` that of the rule.
    """
    segment = comma_segment(folded, part, one.start)
    parts = list(members(folded, *segment))
    if one.alone or all(any(other.start < last and first < other.end for other in found) for first, last in parts):
        return True
    if any(segment[0] <= place[0] < segment[1] for place in dealt):
        own = any(first <= one.start < last and first <= mine[0] < last for first, last in parts)
        return own or is_of_all(dealt, one)
    number = next((n for n, (first, last) in enumerate(parts) if first <= one.start < last), len(parts))
    if number + 1 >= len(parts):
        return False
    following = parts[number + 1]
    return parts[number][1] - one.end > following[1] - following[0] + _FAR


def is_of_all(dealt: Sequence[tuple[int, int]], one: Found) -> bool:
    """Whether a place stands in front of all classes that a ladder is dealt out to, or behind them."""
    return bool(dealt) and (one.end <= dealt[0][0] or one.start >= dealt[-1][1])


def comma_segment(folded: str, part: tuple[int, int], position: int) -> tuple[int, int]:
    start, end = segment_around(folded, position)
    return max(start, part[0]), min(end, part[1])
