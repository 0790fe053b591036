"""Asked: one inquiry made ready for reading what speaks for each of many candidates."""

import math
import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from assistant.finding.aspects import asked_aspects
from assistant.finding.library import Library
from assistant.language.lexicon import Lexicon
from assistant.language.terms import Term
from assistant.language.things import Thing
from assistant.question.acts import Act, likely_acts
from assistant.question.conversation import Inquiry
from assistant.question.situation import MONEY
from index.hybrid import ScoreTable
from index.tokens import bigrams

if TYPE_CHECKING:
    from assistant.finding.evidence import Evidence

ACTS: Final = (Act.MONEY, Act.APPLY, Act.DATE)
_SEGMENT = re.compile(r"[^,;:。!?、]+")
_UNKNOWN = 0.8  # rarity given to a plain word that no document holds, as a share of the rarest


class Asked:
    """One inquiry made ready for reading the evidence of many candidates."""

    def __init__(self, inquiry: Inquiry, table: ScoreTable, library: Library, lexicon: Lexicon) -> None:
        self.inquiry, self.terms, self.table = inquiry, inquiry.terms, table
        self.passages: tuple[int, NDArray[np.intp], Evidence] | None = None  # read once for all that is looked for
        self.rarity = np.array([_rarity(term, library) for term in self.terms], dtype=np.float64)
        self.whole = float(self.rarity.sum()) or 1.0
        self.lexical = _as_share(table.lexical)
        spread = float(table.dense.std()) if table.dense.size else 0.0
        self.similar = (table.dense - table.dense.mean()) / spread if spread > 0 else np.zeros_like(table.dense)
        likely = likely_acts(inquiry.turn.folded)
        self.acts = tuple(likely[act] for act in ACTS)
        self.last, self.segment, stretch = _asked_about(inquiry)
        self.turn_pairs = _pairs(inquiry.turn.folded, library)
        self.segment_pairs = _pairs(stretch, library) or self.turn_pairs
        self.aspects = asked_aspects(inquiry.turn.folded)
        self.concepts = frozenset(term.number for term in self.terms if term.number is not None)
        self.negated = [words for negated in inquiry.negated if (words := _specific(negated, library, lexicon))]

    @cached_property
    def stated(self) -> list[frozenset[Thing]]:
        """The particular things of which the asker states a sum."""
        facts = (fact for fact in self.inquiry.facts if fact.unit in MONEY)
        return [fact.things for fact in facts if any(not thing.generic for thing in fact.things)]


def _asked_about(inquiry: Inquiry) -> tuple[int | None, list[int], str]:
    """The last subject of the turn, by its place among the terms, the terms of its clause, and that clause."""
    folded = inquiry.turn.folded
    places = {number: folded.rfind(term.surface) for number, term in enumerate(inquiry.terms) if term.age == 0}
    subjects = [(at, number) for number, at in places.items() if at >= 0 and inquiry.terms[number].may_be_subject]
    if not subjects:
        return None, [], ""
    at, last = max(subjects)
    stretch = next((m.span() for m in _SEGMENT.finditer(folded) if m.start() <= at < m.end()), (0, len(folded)))
    inside = [number for number, place in places.items() if stretch[0] <= place < stretch[1]]
    return last, inside, folded[slice(*stretch)]


def _pairs(text: str, library: Library) -> list[tuple[str, float]]:
    """The pairs of Chinese characters of a text, and how rare each is."""
    return [(token, library.index.idf(token)) for token in dict.fromkeys(bigrams(text))]


def _specific(negated: str, library: Library, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of what an asker says not to be that few passages hold."""
    names = [lexicon.concepts[number].searchable for number in lexicon.concepts_in(negated)]
    few = len(library.texts) / 12
    return tuple(word for searchable in names if library.passages_with(searchable) < few for word in searchable)


def _rarity(term: Term, library: Library) -> float:
    unknown = term.number is None and library.passages_with(term.alternatives) == 0
    return inverse_frequency(term.alternatives, library) * term.weight * (_UNKNOWN if unknown else 1.0)


def inverse_frequency(alternatives: Sequence[str], library: Library) -> float:
    """BM25's inverse document frequency (Robertson and Zaragoza 2009) over the passages."""
    total, holding = len(library.texts), library.passages_with(alternatives)
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))


def _as_share(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores stretched to 0 … 1 over all passages."""
    if scores.size == 0:
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
