"""Fusion: one score for each passage from its lexical and its dense one.

A convex combination of normalised scores (Bruch, Gai & Ingber 2023, "An Analysis of Fusion Functions for
Hybrid Retrieval", ACM TOIS 42): it keeps by how much a passage leads, which reciprocal ranks throw away.
Its lexical weight falls with the share of the question's words that the index has never seen. An English
question over Chinese text shares only digits and names with it; reciprocal-rank fusion gives those stray
matches half the vote and loses half of what dense search alone finds.
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# Chosen by tests/benchmarks/choose_fusion.py, which prints how they hold up on questions they were not chosen on.
LEXICAL_WEIGHT = 0.5  # of the lexical side when the index knows every word of the question
COVERAGE_POWER = 4  # how fast that weight falls with each unknown word


def fuse(
    lexical: Scores,
    dense: Scores,
    coverage: float,
    weight: float = LEXICAL_WEIGHT,
    power: float = COVERAGE_POWER,
) -> Scores:
    """One score from 0 to 1 for each passage, comparable within one question only.

    ``coverage`` is the share of the question's words that occur in the index at all, 0 to 1; at 0 the
    order is that of ``dense`` alone.
    """
    share = np.float32(weight * coverage**power)
    return share * _by_best(lexical) + (1 - share) * _by_range(dense)


def _by_best(scores: Scores) -> Scores:
    """BM25 as a share of the best: its 0 means that no word matches and stays 0."""
    best = scores.max(initial=0)
    return scores / best if best > 0 else np.zeros_like(scores)


def _by_range(scores: Scores) -> Scores:
    """Cosines spread from 0 for the least to 1 for the most similar: their own zero means nothing."""
    if scores.size == 0:
        return scores
    least, spread = scores.min(), np.ptp(scores)
    return (scores - least) / spread if spread > 0 else np.zeros_like(scores)
