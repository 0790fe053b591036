"""Likeness: whether a statement says what a condition demands in other words, among the closed set of all conditions.

Where words fail, the embeddings of a statement and of the conditions, less the mean of the conditions, tell which one is
meant. The bar and the lead over the next condition were chosen on two dozen phrases of our own, of which none that means no
condition of the set passes them.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.embedding import Embedder, Vectors

BAR = 0.42  # cosine, mean-centred
LEAD = 0.15  # over the next condition
_KEPT = 4096  # texts whose vectors are remembered
_vectors: "dict[tuple[str, str], Vectors]" = {}


class Likeness:
    """Tells which of some conditions a statement means; nothing is embedded before it is asked."""

    def __init__(self, conditions: Callable[[], Sequence[str]], embedder: "Callable[[], Embedder]") -> None:
        self._conditions = conditions
        self._embedder = embedder

    def means(self, statement: str, condition: str) -> bool:
        """Whether a statement means this condition, and no other one of the set nearly as much."""
        import numpy as np  # not before it is asked: the commands that read rules alone need no numpy

        texts = self._texts
        if condition not in texts or len(texts) < 2:
            return False
        place = texts.index(condition)
        scores = self._centred @ self._unit(self._of([statement]) - self._mean)[0]
        others = np.delete(scores, place)
        return bool(scores[place] >= BAR and scores[place] - others.max() >= LEAD)

    @cached_property
    def _texts(self) -> list[str]:
        return list(dict.fromkeys(self._conditions()))

    @cached_property
    def _mean(self) -> "Vectors":
        import numpy as np

        return np.asarray(self._of(self._texts).mean(axis=0), dtype=np.float32)

    @cached_property
    def _centred(self) -> "Vectors":
        return self._unit(self._of(self._texts) - self._mean)

    def _of(self, texts: Sequence[str]) -> "Vectors":
        """The vectors of texts, each embedded once: the conditions of a collection are asked for at every check-up."""
        import numpy as np

        embedder = self._embedder()
        new = [text for text in texts if (embedder.name, text) not in _vectors]
        if len(_vectors) + len(new) > _KEPT:
            _vectors.clear()
            new = list(texts)
        if new:
            for text, vector in zip(new, embedder.queries(new), strict=True):
                _vectors[embedder.name, text] = vector
        return np.stack([_vectors[embedder.name, text] for text in texts])

    def _unit(self, vectors: "Vectors") -> "Vectors":
        import numpy as np

        norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return np.asarray(vectors / norms, dtype=np.float32)
