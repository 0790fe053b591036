"""A field of candidates: which of them hold a word in their own words, beside them or around them, found at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.finding.pool import TextPool

Mask = NDArray[np.bool_]
PLACES = ("own", "near", "far", "heading")  # where a candidate may hold a word


@dataclass(frozen=True, slots=True)
class Placed:
    """The words of a candidate, folded and without spaces: its own, those beside it, around it, and of its heading."""

    own: str
    near: str
    far: str
    heading: str


class Field:
    """All candidates of one kind, looked up in a pool of texts."""

    def __init__(self, candidates: Sequence[Placed], pool: TextPool | None = None) -> None:
        """``pool`` may hold other texts too; each word is then looked for once in all of them."""
        self.size = len(candidates)
        self._pool = pool or TextPool()
        self._texts = self._pool.numbers(getattr(candidate, place) for place in PLACES for candidate in candidates)

    def holding(self, words: Sequence[str]) -> Mask:
        """For each place of ``PLACES`` and each candidate whether any of the words stands there."""
        found = np.zeros(len(self._pool.texts), dtype=np.bool_)
        for word in words:
            found[self._standing(word)] = True
        return found[self._texts].reshape(len(PLACES), self.size)

    def _standing(self, word: str) -> NDArray[np.intp]:
        """Numbers of the texts in which a word stands; a number or Latin word only as a whole."""
        holding = self._pool.holding(word)
        if not word.isascii():
            return holding
        texts = self._pool.texts
        return np.array([number for number in holding.tolist() if stands_in(word, texts[number])], dtype=np.intp)


def stands_in(word: str, text: str) -> bool:
    """Whether a word stands in a text; a number or Latin word only as a whole (13 is not in 130, ai not in chain)."""
    position = text.find(word)
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
