"""Surroundings: the words around a number of a turn, up to the next mark or the next number."""

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
        self._bounding = [amount for amount in amounts if amount.unit not in DURATIONS]  # 一年 limits nothing

    def of(self, amount: Quantity) -> tuple[int, Span, Span, Span]:
        """The part of the sentence that an amount stands in, with its number, and what of that is before and after it."""
        number, segment = next((n, s) for n, s in enumerate(self.segments) if s[0] <= amount.start < s[1])
        first = max((one.end for one in self._bounding if one.end <= amount.start), default=0)
        last = min((one.start for one in self._bounding if one.start >= amount.end), default=len(self._folded))
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
