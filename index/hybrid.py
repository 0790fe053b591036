"""The index: passages with lexical and dense search over them, fused into one ranking."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

import numpy as np

from corpus.document import Document
from corpus.errors import DocumentError
from index.dense import DenseIndex
from index.embedding import Embedder, Progress, embedding_text
from index.fusion import Scores, fuse
from index.lexical import LexicalIndex
from index.passage import Passage, make_passages, split_departments
from index.tokens import WORD, tokenize


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for one query, and how well it fits; the passage itself holds no score."""

    passage: Passage
    score: float  # fused, 0 to 1, comparable within one query only
    lexical: float  # BM25, 0 when no word is shared
    dense: float  # cosine


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The scores of every passage for one query, in the order of ``HybridIndex.passages``."""

    fused: Scores
    lexical: Scores
    dense: Scores


class HybridIndex:
    """Passages searched by words and by meaning at once."""

    def __init__(
        self, passages: Sequence[Passage], lexical: LexicalIndex, dense: DenseIndex, embedder: Embedder
    ) -> None:
        if not len(passages) == lexical.size == dense.size:
            raise ValueError(f"{len(passages)} passages, {lexical.size} token lists and {dense.size} vectors differ")
        self.passages = tuple(passages)
        self.lexical = lexical
        self.dense = dense
        self.embedder = embedder
        self.embedding_seconds = 0.0  # spent on embedding questions so far

    @classmethod
    def build(
        cls, documents: Sequence[Document], embedder: Embedder, progress: Progress | None = None
    ) -> "HybridIndex":
        """An index of all passages of the documents; ``progress`` is called with the number embedded so far."""
        passages = [passage for document in documents for passage in make_passages(document)]
        return cls.from_passages(passages, embedder, progress)

    @classmethod
    def from_passages(
        cls, passages: Sequence[Passage], embedder: Embedder, progress: Progress | None = None
    ) -> "HybridIndex":
        """An index of passages made elsewhere. Raises DocumentError when there are none."""
        if not passages:
            raise DocumentError("There is no policy text to search; give at least one document that holds some.")
        lexical = LexicalIndex.build([searched_tokens(passage) for passage in passages])
        vectors = embedder.passages([embedded_text(passage) for passage in passages], progress)
        return cls(passages, lexical, DenseIndex(vectors), embedder)

    def search(
        self,
        query: str,
        limit: int = 10,
        documents: Collection[str] | None = None,
        dense_query: str | None = None,
        extra_terms: Sequence[str] = (),
    ) -> list[Hit]:
        """The best passages for a query, best first; equal scores keep reading order.

        ``documents`` are the ids of the documents to look in, all when None. ``dense_query`` is the text
        for the embedding when it differs from the one whose words are matched (a question in English and
        its Chinese keywords). ``extra_terms`` are further words to match.
        """
        table = self.scores(query, dense_query, extra_terms)
        rows = np.argsort(-table.fused, kind="stable")
        allowed = (row for row in rows.tolist() if documents is None or self.passages[row].document_id in documents)
        return [self._hit(table, row) for row, _ in zip(allowed, range(limit), strict=False)]

    def scores(self, query: str, dense_query: str | None = None, extra_terms: Sequence[str] = ()) -> ScoreTable:
        """The scores of every passage; the parameters are those of ``search``."""
        tokens = [token for text in (query, *extra_terms) for token in tokenize(text)]
        text = query if dense_query is None else dense_query
        lexical = self.lexical.scores(tokens)
        started = perf_counter()
        vector = self.embedder.queries([embedding_text(text)])[0]
        self.embedding_seconds += perf_counter() - started
        dense = self.dense.scores(vector)
        return ScoreTable(fuse(lexical, dense, self.coverage(tokens)), lexical, dense)

    def coverage(self, tokens: Sequence[str]) -> float:
        """Share of the words among the tokens that occur in any passage, 0 to 1; 0 when there are none.

        It says how far lexical search can be trusted: a question in another language has few.
        """
        words = [token for token in tokens if token.startswith(WORD)]
        return sum(word in self.lexical for word in words) / len(words) if words else 0.0

    def idf(self, token: str) -> float:
        """How rare a token of ``tokenize`` is among the passages."""
        return self.lexical.idf(token)

    def passage_tokens(self, row: int) -> frozenset[str]:
        """The distinct tokens of a passage and its context."""
        return self._token_sets[row]

    @cached_property
    def _token_sets(self) -> tuple[frozenset[str], ...]:
        return self.lexical.token_sets()

    def _hit(self, table: ScoreTable, row: int) -> Hit:
        return Hit(self.passages[row], float(table.fused[row]), float(table.lexical[row]), float(table.dense[row]))


def searched_tokens(passage: Passage) -> list[str]:
    """The tokens a passage is found by: headings, text, and the words of its responsible departments.

    Departments give no bigrams: their long lists must not outweigh the sentence they stand behind.
    """
    text, departments = split_departments(passage.text)
    words = (token for token in tokenize(departments) if token.startswith(WORD))
    return [*tokenize(passage.context), *tokenize(text), *words]


def embedded_text(passage: Passage) -> str:
    """The text whose meaning a passage is found by: headings and text without the departments."""
    return embedding_text(split_departments(passage.text)[0], passage.context)
