"""The library: the collection made ready for questions; its grants, its passages, and how common words are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.clause.grant import Grant, compact_words, grants_of
from assistant.finding.pool import TextPool
from corpus.collection import Collection
from index.passage import Passage, make_passages

if TYPE_CHECKING:
    from index.hybrid import HybridIndex

_REMEMBERED = (
    16_384  # words whose frequency is kept: every concept of the glossary, and what a few thousand questions add
)


@dataclass(frozen=True, slots=True)
class Text:
    """A passage with its words ready for matching."""

    passage: Passage
    row: int  # in HybridIndex.passages
    own: str
    near: str
    far: str


class PolicyTexts:
    """The collection made ready for matching: passages, grants and how common words are; needs no index."""

    def __init__(self, collection: Collection, passages: Sequence[Passage] | None = None) -> None:
        if passages is None:
            passages = [passage for document in collection.documents for passage in make_passages(document)]
        self.collection = collection
        self.documents = {document.id: document for document in collection.documents}
        self.texts = tuple(self._text(row, passage) for row, passage in enumerate(passages))
        self.grants = tuple(grant for document in collection.documents for grant in grants_of(document))
        self.pool = TextPool()
        self._own = self.pool.numbers(text.own for text in self.texts)
        self._far = self.pool.numbers(text.far for text in self.texts)
        self._frequencies: dict[str, int] = {}

    def passages_with(self, alternatives: Sequence[str]) -> int:
        """How many passages hold any of the words, their headings included."""
        key = "|".join(alternatives)
        if key not in self._frequencies:
            if len(self._frequencies) >= _REMEMBERED:
                self._frequencies.clear()
            holding = np.zeros(len(self.pool.texts), dtype=np.bool_)
            for word in alternatives:
                holding[self.pool.holding(word)] = True
            self._frequencies[key] = int(np.count_nonzero(holding[self._own] | holding[self._far]))
        return self._frequencies[key]

    def _text(self, row: int, passage: Passage) -> Text:
        document = self.documents[passage.document_id]
        clause = document.clauses_by_id[passage.clause_id]
        own = compact_words(passage.text)
        near = compact_words(" ".join((*clause.address[-1:], clause.heading)))
        return Text(passage, row, own, near, compact_words(passage.context))


class Library(PolicyTexts):
    """Everything the assistant knows, read once when it starts: the texts and the index over them."""

    def __init__(self, collection: Collection, index: "HybridIndex") -> None:
        super().__init__(collection, index.passages)
        self.index = index
        self._rows_by_clause: dict[str, list[int]] = {}
        for row, passage in enumerate(index.passages):
            self._rows_by_clause.setdefault(passage.clause_id, []).append(row)

    def rows_of(self, grant: Grant) -> list[int]:
        """Rows of the passages that hold (part of) a grant."""
        rows = self._rows_by_clause.get(grant.clause.id, [])
        passages = self.index.passages
        return [row for row in rows if passages[row].start < grant.end and grant.start < passages[row].end]
