"""Pool: every distinct text of a collection, searched for a word once for all who ask which of them hold it.

The texts that hold a word are found by the pairs of characters in it: those of its rarest pair are few, and of a word
of two characters they are all.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]
_REMEMBERED = 4_096  # words whose texts are kept; a few questions use as many
_BITS = np.uint64(21)  # of a code point
_END = "\n"  # behind each text; no text holds it


class TextPool:
    """Texts, each kept once, by number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._known: dict[str, Numbers] = {}

    def number(self, text: str) -> int:
        """The number of a text, which joins the pool."""
        if text not in self._numbers:
            self._numbers[text] = len(self._numbers)
            self._forget()
        return self._numbers[text]

    def numbers(self, texts: Iterable[str]) -> Numbers:
        """The numbers of several texts."""
        return np.fromiter((self.number(text) for text in texts), dtype=np.intp)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts by number."""
        return tuple(self._numbers)

    def _forget(self) -> None:
        """Drop what was worked out for fewer texts."""
        self._known.clear()
        for name in ("texts", "_pairs"):
            self.__dict__.pop(name, None)

    def holding(self, word: str) -> Numbers:
        """Numbers of the texts that hold a word, be it within another."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._search(word)
        return known

    def _search(self, word: str) -> Numbers:
        if len(word) < 2:
            return np.flatnonzero([word in text for text in self.texts])
        found = min(map(self._with_pair, pairwise(word)), key=len)
        if len(word) == 2:
            return found
        return np.array([number for number in found.tolist() if word in self.texts[number]], dtype=np.intp)

    def _with_pair(self, pair: tuple[str, str]) -> Numbers:
        """Numbers of the texts in which two characters stand side by side, ascending."""
        count = np.uint64(len(self.texts))
        first = ((np.uint64(ord(pair[0])) << _BITS) | np.uint64(ord(pair[1]))) * count
        start, end = np.searchsorted(self._pairs, (first, first + count))
        return (self._pairs[start:end] - first).astype(np.intp)

    @cached_property
    def _pairs(self) -> NDArray[np.uint64]:
        """Each pair of characters with each text that holds it, as one number, ascending."""
        joined = _END.join((*self.texts, ""))
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
        lengths = np.array([len(text) + 1 for text in self.texts], dtype=np.intp)
        owners = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
        pairs = (codes[:-1] << _BITS) | codes[1:]
        inside = (codes[:-1] != ord(_END)) & (codes[1:] != ord(_END))
        return np.unique(pairs[inside] * np.uint64(len(lengths)) + owners[:-1][inside])
