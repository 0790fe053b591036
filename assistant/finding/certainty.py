"""Certainty: how surely a candidate answers a question, by one log-linear model over its evidence.

A conditional logit with an alternative that says "none of them": the score of a candidate is the weighted sum of its
evidence, that of "none" is 0, so a candidate's certainty is how much likelier it is than none. The weights are learned
by ``tests/benchmarks/train_finding.py`` from the labelled questions of the repository; what speaks for a candidate may
never count against it, and the other way round, whatever a few questions say.
"""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.finding.evidence import NAMES, Numbers


class Kind(StrEnum):
    """What a candidate is looked at as."""

    GRANT = "grant"  # gives the money asked for
    PASSAGE = "passage"  # tells what is asked
    SUPPORT = "support"  # supports what money is asked for, without a sum


# Certainty from which a candidate is given as the answer, one scale for all kinds; below it the answer is that
# the documents do not say.
ACCEPTED = 0.4
SURE = 0.8  # from which another grant is worth showing beside the best
ESTABLISHED = 0.2  # from which another region supports what one was just found to: the subject is one of policies
NEAR = 0.1  # from which a refusal names the passage as the nearest thing the documents have
# How much of the best candidate's likelihood another has where both are readings of the question.
RIVAL = 0.5


def score(numbers: Numbers, kind: Kind) -> Numbers:
    """For each row of evidence how much likelier, as a logarithm, the candidate answers than none does."""
    return np.asarray(numbers @ _weights()[kind], dtype=np.float64)


def certainty(scores: Numbers) -> Numbers:
    """Scores as probabilities, 0 to 1, that the candidate rather than none answers."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -40, 40))), dtype=np.float64)


@cache
def _weights() -> dict[Kind, Numbers]:
    """For each kind the weights in the order of ``NAMES``; what a kind does not name counts for nothing."""
    text = (files("assistant.finding") / "data" / "certainty.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return {kind: np.array([float(table[kind].get(name, 0.0)) for name in NAMES]) for kind in Kind}
