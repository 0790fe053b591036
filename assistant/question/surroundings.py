"""Surroundings: the words around a number of a turn, up to the next mark or the next number."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from assistant.language.grammar import Reading
from assistant.language.segments import Span, segments_of
from assistant.question.fact import DURATIONS
from corpus.quantities import Quantity

_MARKS = frozenset(" \t\n.,%。;!?:、-–—'’\"“”()/0123456789")
_FARTHEST = 120  # characters from a number in which it is said what it measures; no clause of a sentence is longer
_LONGEST = 16  # characters of a word that says nothing, which may begin before a stretch and end in it


class Surroundings:
    """The stretches of one folded turn around its numbers."""

    def __init__(self, folded: str, amounts: Sequence[Quantity], reading: Reading) -> None:
        self.segments = segments_of(folded)
        self._folded = folded
        self._reading = reading
        bounding = [amount for amount in amounts if amount.unit not in DURATIONS]  # 一年 limits nothing
        # Sorted, to be looked up: a turn of 2,000 characters holds a thousand numbers.
        self._starts = sorted(amount.start for amount in bounding)
        self._ends = sorted(amount.end for amount in bounding)
        self._segment_starts = [start for start, _ in self.segments]

    def of(self, amount: Quantity) -> tuple[int, Span, Span, Span]:
        """The part of the sentence that an amount stands in, with its number, and what of that is before and after it."""
        number = bisect_right(self._segment_starts, amount.start) - 1
        segment = self.segments[number]
        ended = bisect_right(self._ends, amount.start)
        first = self._ends[ended - 1] if ended else 0
        begun = bisect_left(self._starts, amount.end)
        last = self._starts[begun] if begun < len(self._starts) else len(self._folded)
        before = max(segment[0], first, amount.start - _FARTHEST)
        after = min(segment[1], last, amount.end + _FARTHEST)
        return number, segment, (before, amount.start), (amount.end, after)

    def text(self, span: Span) -> str:
        """The words of a stretch."""
        return self._folded[span[0] : span[1]]

    def rest(self, amount: Quantity) -> str:
        """The turn without the part of a sentence that an amount stands in."""
        _, (start, end), _, _ = self.of(amount)
        return self._folded[:start] + " " + self._folded[end:]

    def values(self, reads: str, span: Span) -> frozenset[str]:
        """What the grammar finds of a dimension in a stretch."""
        return frozenset(finding.value for finding in self._reading.within(reads, *span))

    def say_nothing(self, span: Span) -> bool:
        """Whether the words of a stretch do not say what a number measures."""
        said = {place for place in range(*span) if place < len(self._folded)}
        for finding in self._reading.within("filler", max(0, span[0] - _LONGEST), span[1] + _LONGEST):
            said -= set(range(finding.start, finding.end))
        return all(self._folded[place] in _MARKS or self._folded[place].isspace() for place in said)
