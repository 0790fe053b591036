"""Stated: how well each candidate takes up the sums and numbers that the asker states."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.finding.asked import Asked
from assistant.finding.known import KnownTraits
from assistant.language.lexicon import Lexicon
from assistant.language.things import Relation
from assistant.language.unify import unify
from assistant.matching import binding
from assistant.question.fact import DURATIONS, MONEY

Numbers = NDArray[np.float64]

NAMES: Final = (
    # whether what it measures is what a stated sum is of, by words and by things
    *("measures", "other_measure", "same_thing", "other_thing"),
    # whether it pays for each of what the asker counts, or of something else
    *("same_unit", "other_unit"),
    # where a sum is stated: whether it pays a share, or states sums that nothing stated bears on
    *("share_of_sum", "sum_unused"),
)
_NOT_MEASURED = 0.5  # of a candidate that measures nothing
_ALIKE = (Relation.SAME, Relation.KIND, Relation.WHOLE)


def stated_evidence(asked: Asked, known: KnownTraits, chosen: NDArray[np.intp], lexicon: Lexicon) -> dict[str, Numbers]:
    """The columns of ``NAMES`` for the chosen candidates."""
    facts, count = asked.inquiry.facts, len(chosen)
    columns = {name: np.zeros(count) for name in NAMES}
    columns["measures"] = np.full(count, _NOT_MEASURED)
    sums = [fact for fact in facts if fact.unit in MONEY]
    if of_things := [fact for fact in sums if fact.things]:
        alike: dict[str, float] = {}  # many clauses measure the same
        for place, traits in known.having("metrics", chosen):
            for metric in traits.metrics - alike.keys():
                alike[metric] = max(binding.affinity(metric, fact, lexicon) for fact in of_things)
            best = max(alike[metric] for metric in traits.metrics)
            columns["measures"][place], columns["other_measure"][place] = best, best == 0.0
    for place, traits in known.having("things", chosen) if asked.stated else ():
        relations = {unify(wanted, given) for wanted in traits.things for given in asked.stated}
        columns["same_thing"][place] = any(relation in _ALIKE for relation in relations)
        columns["other_thing"][place] = relations <= {Relation.OTHER}
    counted = [f for f in facts if f.unit not in MONEY and f.unit not in DURATIONS and f.unit != "percent"]
    for place, traits in known.having("pers", chosen) if counted else ():
        held = any(binding.counts_of(per, counted) for per in traits.pers)
        columns["same_unit"][place], columns["other_unit"][place] = held, not held
    if sums:
        columns["share_of_sum"] = known.flag("pays_share", chosen)
        columns["sum_unused"] = known.flag("fixed", chosen)
    return columns
