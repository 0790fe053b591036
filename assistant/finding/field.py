"""A field of candidates: which of them hold a word in their own words, beside them or around them, found at once."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
PLACES = ("own", "near", "far", "heading")  # where a candidate may hold a word
_REMEMBERED = 4_096  # words whose places are kept; a few questions use as many


@dataclass(frozen=True, slots=True)
class Placed:
    """The words of a candidate, folded and without spaces: its own, those beside it, around it, and of its heading."""

    own: str
    near: str
    far: str
    heading: str


class Field:
    """All candidates of one kind, searched for a word by one scan over their texts."""

    def __init__(self, candidates: Sequence[Placed]) -> None:
        self.size = len(candidates)
        pieces = [f"{getattr(candidate, place)}\n" for candidate in candidates for place in PLACES]
        self._joined = "".join(pieces)
        self._starts = [0, *accumulate(len(piece) for piece in pieces)]  # the last is the end of all
        self._known: dict[str, NDArray[np.intp]] = {}

    def holding(self, words: Sequence[str]) -> Mask:
        """For each place of ``PLACES`` and each candidate whether any of the words stands there."""
        found = np.zeros(len(PLACES) * self.size, dtype=np.bool_)
        for word in words:
            found[self._sections(word)] = True
        return found.reshape(self.size, len(PLACES)).T

    def _sections(self, word: str) -> NDArray[np.intp]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = np.array(self._scan(word), dtype=np.intp)
        return known

    def _scan(self, word: str) -> list[int]:
        """Numbers of the texts that hold a word: from hit to hit, each text left with its first."""
        sections: list[int] = []
        position = self._joined.find(word)
        while position >= 0:
            section = bisect_right(self._starts, position) - 1
            following = self._starts[section + 1]
            if stands_in(word, self._joined[position - 1 if position else 0 : following], position > 0):
                sections.append(section)
            position = self._joined.find(word, following)
        return sections


def stands_in(word: str, text: str, preceded: bool = False) -> bool:
    """Whether a word stands in a text; a number or Latin word only as a whole (13 is not in 130, ai not in chain).

    ``preceded`` says that the first character is only what stands before the text.
    """
    position = text.find(word, 1 if preceded else 0)
    if position < 0 or not word.isascii():
        return position >= 0
    while position >= 0:
        before, after = text[max(position - 1, 0) : position], text[position + len(word) : position + len(word) + 1]
        if not _continues(before, word[0]) and not _continues(after, word[-1]):
            return True
        position = text.find(word, position + 1)
    return False


def _continues(neighbour: str, edge: str) -> bool:
    return neighbour.isascii() and (
        (neighbour.isdigit() and edge.isdigit()) or (neighbour.isalpha() and edge.isalpha())
    )
