"""Fusion: one score for each passage from its lexical and its dense one."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

LEXICAL_WEIGHT = 0.4


def fuse(lexical: Scores, dense: Scores, coverage: float, weight: float = LEXICAL_WEIGHT) -> Scores:
    """Scores between 0 and 1."""
    share = weight * coverage
    return np.asarray(share * _by_best(lexical) + (1 - share) * _by_range(dense), dtype=np.float32)


def _by_best(scores: Scores) -> Scores:
    best = scores.max(initial=0)
    return scores / best if best > 0 else np.zeros_like(scores)


def _by_range(scores: Scores) -> Scores:
    if scores.size == 0:
        return scores
    spread = scores.max() - scores.min()
    return (scores - scores.min()) / spread if spread > 0 else np.zeros_like(scores)
