"""Characters: how many of a question's own characters, and pairs of them, each of many texts holds.

No list of words knows all everyday ones: 租棚 stands in no document that says 租用本市摄影棚, but both its characters do.
Each counts by how rare it is among the texts.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_FIRST, _LAST = "\u3400", "\u9fff"  # Chinese characters; others are found as whole words only


def characters_in(text: str) -> frozenset[str]:
    """The Chinese characters of a text."""
    return frozenset(character for character in text if _FIRST <= character <= _LAST)


def pairs_in(text: str) -> Iterator[str]:
    """The pairs of Chinese characters that stand side by side."""
    for first, second in pairwise(text):
        if _FIRST <= first <= _LAST and _FIRST <= second <= _LAST:
            yield first + second


class Holders:
    """For each character (or pair) which of some texts hold it."""

    def __init__(self, held: Sequence[frozenset[str]]) -> None:
        """``held`` are the characters, or pairs, of each text."""
        self.size = len(held)
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, grams in enumerate(held):
            for gram in grams:
                holders[gram].append(number)
        self._holders = {gram: np.array(numbers, dtype=np.intp) for gram, numbers in holders.items()}
        self._whole = np.array([sum(map(self.rarity, grams)) for grams in held], dtype=np.float64)

    def rarity(self, gram: str) -> float:
        """BM25's inverse document frequency over the texts."""
        holding = len(self._holders[gram]) if gram in self._holders else 0
        return math.log(1 + (self.size - holding + 0.5) / (holding + 0.5))

    def share_held(self, grams: Iterable[str]) -> Numbers:
        """For each text the share of the grams, by rarity, that it holds; 0 where there are none."""
        asked = frozenset(grams)
        whole = sum(map(self.rarity, asked))
        return self._sum(asked) / whole if whole else np.zeros(self.size)

    def share_meant(self, grams: Iterable[str]) -> Numbers:
        """For each text the share of its own, by rarity, that is among the grams."""
        return np.asarray(self._sum(frozenset(grams)) / np.maximum(self._whole, 1e-9), dtype=np.float64)

    def share_of(self, word: str) -> Numbers:
        """For each text the share of a word's characters that it holds, each as good as another."""
        asked = characters_in(word)
        held = np.zeros(self.size)
        for character in asked:
            if character in self._holders:
                held[self._holders[character]] += 1 / len(asked)
        return held

    def _sum(self, asked: frozenset[str]) -> Numbers:
        held = np.zeros(self.size)
        for gram in sorted(asked):
            if gram in self._holders:
                held[self._holders[gram]] += self.rarity(gram)
        return held
