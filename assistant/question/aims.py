"""Aims: what a turn wants of the sums: several together, the highest, what is needed for one, why it is that one.

The same regression as for the acts (``assistant/question/acts.py``), with a table and weights of its own: a new wording
is taught by a line of ``tests/cases/aim_turns.tsv``, and ``tests/benchmarks/train_aims.py`` writes the weights.
"""

from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from assistant.question.acts import CLAUSE, TurnReader


class Aim(StrEnum):
    """One thing that a turn may want of the sums."""

    SEVERAL = "several"  # several awards or questions in one turn: their sum, or each of them
    MORE = "more"  # which of several awards gives more
    MOST = "most"  # which award of all is the highest
    NEEDED = "needed"  # how much has to be spent or done, to qualify or for a sum
    WHY = "why"  # why the last answer's figure is what it is
    STACKS = "stacks"  # whether several awards may be had together
    RETURNS = "returns"  # goes back to a subject before the last one


class AimReader(TurnReader[Aim]):
    """Tells the aims of a turn."""

    kinds = tuple(Aim)


# Probability from which a turn may have an aim; what the documents hold then decides. What would answer an earlier turn
# again has to be said more plainly.
_PLAINLY = 0.5  # of one clause alone
LIKELY = dict.fromkeys(Aim, 0.2) | {Aim.WHY: 0.5, Aim.RETURNS: 0.5}


@cache
def shipped_aims() -> AimReader:
    """The reader with the weights that ship with the package, loaded once."""
    import numpy as np

    with (files("assistant.question") / "data" / "aims.npz").open("rb") as file, np.load(file) as data:
        return AimReader.load(data)


@lru_cache(maxsize=256)
def aims_of(folded: str) -> frozenset[Aim]:
    """The aims of a folded turn: of the whole of it, or of one of its clauses, behind however long a story."""
    likely = shipped_aims().probabilities(folded)
    clauses = [shipped_aims().probabilities(clause.strip()) for clause in CLAUSE.findall(folded)]
    return frozenset(aim for aim in Aim if likely[aim] >= LIKELY[aim] or any(one[aim] >= _PLAINLY for one in clauses))
