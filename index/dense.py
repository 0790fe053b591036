"""Dense search: inner products of unit vectors, by FAISS."""

from typing import Any

import numpy as np

from index.embedding import Vectors
from index.threads import settle_threads

EXHAUSTIVE = 50_000  # passages; up to this many every passage gets its score, beyond it only the nearest
NEAREST = 2_000  # passages that get a score in a larger collection


class DenseIndex:
    """An exact FAISS index (``IndexFlatIP``) over unit vectors, by their position."""

    def __init__(self, vectors: Vectors) -> None:
        settle_threads()
        import faiss

        self.vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        self._engine: Any = faiss.IndexFlatIP(self.vectors.shape[1])
        self._engine.add(self.vectors)

    @property
    def size(self) -> int:
        """Number of passages."""
        return int(self.vectors.shape[0])

    def scores(self, query: Vectors) -> Vectors:
        """The cosine of every passage with one query vector, in the order of the vectors.

        In a collection larger than ``EXHAUSTIVE`` the passages that are not among the ``NEAREST``
        get the lowest cosine found, so they never stand above one that is.
        """
        count = self.size if self.size <= EXHAUSTIVE else NEAREST
        if count == 0:
            return np.zeros(0, dtype=np.float32)
        cosines, positions = self._engine.search(query.reshape(1, -1), count)
        scores = np.full(self.size, cosines[0, -1], dtype=np.float32)
        scores[positions[0]] = cosines[0]
        return scores
