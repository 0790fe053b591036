"""Known: the traits of the candidates of one kind, read once each and kept as columns, a number for each candidate.

What a question asks of all candidates at once is then a look into columns; only what hangs on its own words is left to do.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.clause.grant import Grant
from assistant.finding.library import Text
from assistant.finding.traits import HOLDS, Traits
from assistant.language.lexicon import Lexicon

Positions = NDArray[np.intp]
_FLAGS = (
    "rules",
    "unread",
    "supports",
    "first",
    "metrics",
    "things",
    "classes",
    "pers",
    "pays_share",
    "fixed",
    *(f"holds_{name}" for name in HOLDS),
)


class KnownTraits:
    """The traits of candidates, each read when it is first looked at: of a large collection most never are."""

    def __init__(
        self,
        candidates: Sequence[Grant | Text],
        headings: Sequence[str],
        lexicon: Lexicon,
        rarity: Callable[[int], float],
    ) -> None:
        """``rarity`` says how rare a concept is, by its number."""
        self._candidates, self._headings, self._lexicon = candidates, headings, lexicon
        self._concept_rarity = rarity
        self._rarities: dict[int, float] = {}
        self._traits: list[Traits | None] = [None] * len(candidates)
        self._is_read = np.zeros(len(candidates), dtype=np.bool_)
        self._flags = {name: np.zeros(len(candidates), dtype=np.float64) for name in _FLAGS}
        self._wholes = np.zeros(len(candidates), dtype=np.float64)  # the rarity of all concepts of each
        self._bits: dict[str, int] = {}  # levels and aspects, each a bit of a number
        self._levels, self._tells = (np.zeros(len(candidates), dtype=np.int64) for _ in range(2))

    def read(self, chosen: Positions) -> None:
        """Read those of the chosen candidates that have not been looked at before."""
        for position in chosen[~self._is_read[chosen]].tolist():
            self._read(position)

    def of(self, position: int) -> Traits:
        """The traits of a candidate that was read."""
        traits = self._traits[position]
        assert traits is not None, "a candidate is read before its traits are asked for"
        return traits

    def flag(self, name: str, chosen: Positions) -> NDArray[np.float64]:
        """For each chosen candidate 1 where it has what the name says, else 0."""
        return self._flags[name][chosen]

    def having(self, name: str, chosen: Positions) -> list[tuple[int, Traits]]:
        """The chosen candidates that have what the name says, each with its place among the chosen."""
        return [(int(place), self.of(int(chosen[place]))) for place in np.flatnonzero(self._flags[name][chosen])]

    def levels(self, chosen: Positions) -> NDArray[np.int64]:
        """The levels of each chosen candidate, as bits."""
        return self._levels[chosen]

    def tells(self, chosen: Positions) -> NDArray[np.int64]:
        """The aspects that each chosen candidate tells, as bits."""
        return self._tells[chosen]

    def bits(self, names: frozenset[str] | set[str]) -> int:
        """Levels or aspects as bits."""
        return sum(self._bit(name) for name in names)

    def precision(self, chosen: Positions, asked: frozenset[int]) -> NDArray[np.float64]:
        """Of the rarity of each chosen candidate's concepts, the share that is asked about."""
        found = np.zeros(len(chosen), dtype=np.float64)
        for place, position in enumerate(chosen.tolist()):
            whole = self._wholes[position]
            if whole and (shared := self.of(position).concepts & asked):
                found[place] = sum(self._rarity(number) for number in shared) / whole
        return found

    def _read(self, position: int) -> None:
        traits = Traits.of(self._candidates[position], self._headings[position], self._lexicon)
        self._traits[position] = traits
        has = {
            "rules": traits.has_rules,
            "unread": traits.unread,
            "supports": traits.supports,
            "first": "首次" in traits.own,
            "metrics": bool(traits.metrics),
            "things": bool(traits.things),
            "classes": bool(traits.classes),
            "pers": bool(traits.pers),
            "pays_share": traits.pays_share,
            "fixed": traits.has_rules and not (traits.pays_share or traits.asks_money),
            **{f"holds_{name}": name in traits.holds for name in HOLDS},
        }
        for name, value in has.items():
            self._flags[name][position] = value
        self._wholes[position] = sum(self._rarity(number) for number in traits.concepts)
        self._levels[position], self._tells[position] = self.bits(traits.levels), self.bits(traits.tells)
        self._is_read[position] = True

    def _rarity(self, concept: int) -> float:
        if concept not in self._rarities:
            self._rarities[concept] = self._concept_rarity(concept)
        return self._rarities[concept]

    def _bit(self, name: str) -> int:
        return self._bits.setdefault(name, 1 << len(self._bits))
