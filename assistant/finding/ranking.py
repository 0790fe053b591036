"""Ranking: which grant or passage answers an inquiry, and how sure that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.clause.grant import Grant
from assistant.finding.asked import Asked
from assistant.finding.certainty import Kind, certainty, score
from assistant.finding.evidence import Evidence, EvidenceReader
from assistant.finding.library import Library, Text
from assistant.language.lexicon import Lexicon
from assistant.question.conversation import Inquiry
from index.hybrid import ScoreTable

T = TypeVar("T", Grant, Text)
LOOKED_AT = 150  # passages found by search whose evidence is read


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """A candidate and the evidence for it."""

    item: T
    score: float  # how much likelier it answers than none, as a logarithm
    certainty: float  # the same as a probability, 0 to 1
    coverage: float  # 0 to 1: share of the question's words, by rarity, that stand in or around it
    missing: tuple[str, ...]  # words of the question that stand nowhere in or around it


class Ranker:
    """Ranks grants and passages of one library."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        self._library = library
        self._lexicon = lexicon
        self._last: tuple[tuple[str, str], ScoreTable] | None = None

    def scores(self, inquiry: Inquiry) -> ScoreTable:
        """Search scores of all passages for an inquiry: its words with synonyms, and its text for the meaning."""
        words = " ".join(word for term in inquiry.terms for word in term.alternatives[:4]) or inquiry.turn.folded
        asked = (words, _dense_text(inquiry))
        if self._last is None or self._last[0] != asked:  # a comparison asks the same of each region
            self._last = (asked, self._library.index.scores(words, dense_query=asked[1]))
        return self._last[1]

    def asked(self, inquiry: Inquiry, table: ScoreTable) -> Asked:
        """An inquiry made ready; the grants and the passages are ranked for the same one."""
        return Asked(inquiry, table, self._library, self._lexicon)

    def grants(self, asked: Asked) -> list[Ranked[Grant]]:
        """Grants of the documents meant, best first."""
        chosen, evidence = self.grant_evidence(asked)
        return _ranked(self._library.grants, chosen, evidence, Kind.GRANT)

    def passages(self, asked: Asked, kind: Kind = Kind.PASSAGE, limit: int = LOOKED_AT) -> list[Ranked[Text]]:
        """Passages of the documents meant, best first; the ``limit`` best by search are looked at closely."""
        chosen, evidence = self.passage_evidence(asked, limit)
        return _ranked(self._library.texts, chosen, evidence, kind)

    def grant_evidence(self, asked: Asked) -> tuple[NDArray[np.intp], Evidence]:
        """Positions in ``Library.grants`` of the grants of the documents meant, and the evidence for each."""
        grants = self._library.grants
        meant = (
            g
            for g, grant in enumerate(grants)
            if _allowed(asked.inquiry, grant.document.id, grant.document.metadata.region)
        )
        chosen = np.fromiter(meant, dtype=np.intp)
        return chosen, self._grants.read(asked, chosen)

    def passage_evidence(self, asked: Asked, limit: int = LOOKED_AT) -> tuple[NDArray[np.intp], Evidence]:
        """Rows of the passages of the documents meant that search finds best, and the evidence for each."""
        if asked.passages is None or asked.passages[0] != limit:
            chosen = np.fromiter(self._found(asked, limit), dtype=np.intp)
            asked.passages = (limit, chosen, self._passages.read(asked, chosen))
        return asked.passages[1:]

    @cached_property
    def _grants(self) -> EvidenceReader:
        library = self._library
        rows = [library.rows_of(grant) for grant in library.grants]
        return EvidenceReader(library.grants, rows, [g.document.id for g in library.grants], library, self._lexicon)

    @cached_property
    def _passages(self) -> EvidenceReader:
        texts = self._library.texts
        documents = [text.passage.document_id for text in texts]
        return EvidenceReader(texts, [[text.row] for text in texts], documents, self._library, self._lexicon)

    def _found(self, asked: Asked, limit: int) -> Iterator[int]:
        taken = 0
        for row in np.argsort(-asked.table.fused, kind="stable").tolist():
            passage = self._library.texts[row].passage
            if _allowed(asked.inquiry, passage.document_id, passage.region):
                yield row
                taken += 1
                if taken == limit:
                    return


def _ranked(items: Sequence[T], chosen: NDArray[np.intp], evidence: Evidence, kind: Kind) -> list[Ranked[T]]:
    scores = score(evidence.numbers, kind)
    sure = certainty(scores)
    return [
        Ranked(items[chosen[i]], float(scores[i]), float(sure[i]), float(evidence.coverage[i]), evidence.missing(i))
        for i in np.argsort(-scores, kind="stable").tolist()
    ]


def _dense_text(inquiry: Inquiry) -> str:
    """What the embedding reads: the last turn, and the documents' own words for what it is about.

    The words lead an everyday or English question to the official wording, and a turn that leans on earlier ones
    to their subject.
    """
    carried = [term.surface for term in inquiry.terms] if inquiry.follow_up else []
    official = [next((word for word in term.alternatives if not word.isascii()), "") for term in inquiry.terms]
    return " ".join(word for word in (inquiry.turn.text, *carried, *official) if word)


def _allowed(inquiry: Inquiry, document_id: str, region: str) -> bool:
    if inquiry.documents is not None and document_id not in inquiry.documents:
        return False
    return not inquiry.regions or region in inquiry.regions
