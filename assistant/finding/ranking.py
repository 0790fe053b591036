"""Ranking: which grant or passage answers an inquiry, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    """A candidate and the evidence for it; what only the best are asked for is looked up in that."""

    item: T
    score: float  # how much likelier it answers than none, as a logarithm
    certainty: float  # the same as a probability, 0 to 1
    evidence: Evidence
    row: int  # of the evidence

    @property
    def coverage(self) -> float:
        """Share of the question's words, by rarity, that stand in or around it."""
        return float(self.evidence.coverage[self.row])

    @property
    def missing(self) -> tuple[str, ...]:
        """Words of the question that stand nowhere in or around it."""
        return self.evidence.missing(self.row)


class Ranker:
    """Ranks grants and passages of one library."""

    def __init__(self, library: Library, lexicon: Lexicon) -> None:
        self._library = library
        self._lexicon = lexicon
        grants, texts = library.grants, library.texts
        rows = [library.rows_of(grant) for grant in grants]
        documents = [grant.document.id for grant in grants]
        self._grants = EvidenceReader(grants, rows, documents, library, lexicon)
        documents_of_texts = [text.passage.document_id for text in texts]
        self._passages = EvidenceReader(texts, [[text.row] for text in texts], documents_of_texts, library, lexicon)
        places = {document: place for place, document in enumerate(library.documents)}
        self._documents_of_grants = np.array([places[document] for document in documents], dtype=np.intp)
        self._documents_of_texts = np.array([places[document] for document in documents_of_texts], dtype=np.intp)
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
        chosen = np.flatnonzero(self._meant(asked.inquiry)[self._documents_of_grants])
        return chosen, self._grants.read(asked, chosen)

    def passage_evidence(self, asked: Asked, limit: int = LOOKED_AT) -> tuple[NDArray[np.intp], Evidence]:
        """Rows of the passages of the documents meant that search finds best, and the evidence for each."""
        if asked.passages is None or asked.passages[0] != limit:
            found = np.argsort(-asked.table.fused, kind="stable")
            chosen = found[self._meant(asked.inquiry)[self._documents_of_texts[found]]][:limit]
            asked.passages = (limit, chosen, self._passages.read(asked, chosen))
        return asked.passages[1:]

    def _meant(self, inquiry: Inquiry) -> NDArray[np.bool_]:
        """For each document of the library whether it may answer."""
        documents = self._library.documents.values()
        return np.array([_allowed(inquiry, d.id, d.metadata.region) for d in documents], dtype=np.bool_)


def _ranked(items: Sequence[T], chosen: NDArray[np.intp], evidence: Evidence, kind: Kind) -> list[Ranked[T]]:
    scores = score(evidence.numbers, kind)
    order = np.argsort(-scores, kind="stable")
    columns = (chosen[order].tolist(), scores[order].tolist(), certainty(scores)[order].tolist(), order.tolist())
    return [
        Ranked(items[number], value, sure, evidence, row) for number, value, sure, row in zip(*columns, strict=True)
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
