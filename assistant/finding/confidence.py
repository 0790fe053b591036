"""Confidence: how surely the best candidate answers the question at all, from several kinds of evidence.

A logistic regression whose weights ``tests/benchmarks/calibrate_refusal.py`` fits on questions that the documents
answer and questions that they do not; never a threshold on one similarity score.
"""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter

# Confidence from which a candidate is given as the answer. A wrong figure does more harm than a wrong clause, and both
# more than a refusal: what may carry a figure is given only well above 0.5.
ACCEPTED_GRANT = 0.65
ACCEPTED_PASSAGE = 0.55
NEAR = 0.2  # from which a refusal names the passage as the nearest thing the documents have
MANY_TERMS = 8  # a question with more terms is no harder to cover than one with so many


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a candidate; each between about 0 and 1 but ``distinctness``, which is in standard deviations."""

    coverage: float  # share of the question's words, by rarity, that the candidate covers
    score: float  # the ranking score
    distinctness: float  # its similarity above the mean of all passages, in standard deviations
    lag: float  # how far it lies behind the most similar passage (0 or below), in standard deviations
    english: float  # 1 when the question is English: fewer of its words can be matched
    precision: float  # share of the candidate's own concepts that the question has
    absent: float  # share of the question's words, by rarity, that are glossary subjects and stand nowhere near it
    unknown: float  # share of the question's words, by rarity, that are plain words and stand nowhere near it
    terms: float  # number of the question's terms, as a share of ``MANY_TERMS``


_values = attrgetter(*Evidence.__dataclass_fields__)


def confidence(evidence: Evidence, kind: str) -> float:
    """Probability, 0 to 1, that a candidate of ``kind`` (grant or passage) answers the question."""
    weights = _weights()[kind]
    total = weights[-1] + sum(weight * value for weight, value in zip(weights, _values(evidence), strict=False))
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    """For each kind the weights in the order of ``Evidence``'s fields, the constant last."""
    text = (files("assistant.finding") / "data" / "confidence.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    names = (*Evidence.__dataclass_fields__, "constant")
    return {kind: tuple(float(table[kind][name]) for name in names) for kind in ("grant", "passage")}
