"""Small real parts for the tests of the index: a document written by hand and an embedder with no model."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from corpus.clause import Clause, ClauseKind
from corpus.document import Document, Metadata
from index.embedding import Embedder, Progress, Vectors
from index.tokens import BIGRAM, WORD, tokenize

Leaf = tuple[ClauseKind, str]  # kind and text
DocumentMaker = Callable[..., Document]


class TinyEmbedder:
    """Vectors that count characters: alike when two texts share characters, the same in every run."""

    name = "tiny"
    dimension = 64

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for character in text:
                rows[row, ord(character) % self.dimension] += 1
            rows[row] /= max(float(np.linalg.norm(rows[row])), 1e-9)
            if progress is not None:
                progress(row + 1)
        return rows

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self.passages(texts)


@pytest.fixture
def tiny() -> Embedder:
    return TinyEmbedder()


@pytest.fixture
def make_document() -> DocumentMaker:
    """A document of one section whose leaves are the given texts, each on its own line."""

    def make(document_id: str, heading: str, *leaves: str | Leaf, part: str = "", region: str = "") -> Document:
        pairs = [(ClauseKind.PARAGRAPH, leaf) if isinstance(leaf, str) else leaf for leaf in leaves]
        text = "\n".join(leaf for _, leaf in pairs)
        section_id = f"{document_id}#一"
        children: list[Clause] = []
        start = 0
        for number, (kind, leaf) in enumerate(pairs, start=1):
            child_id = f"{section_id}.{number}"
            clause = (child_id, document_id, kind, "", "", (heading,), leaf, start, start + len(leaf), section_id)
            children.append(Clause(*clause, (), (), part))
            start += len(leaf) + 1
        child_ids = tuple(child.id for child in children)
        section = Clause(
            section_id,
            document_id,
            ClauseKind.SECTION,
            "一、",
            heading,
            (heading,),
            text,
            0,
            len(text),
            None,
            child_ids,
            (),
            part,
        )
        clauses = (section, *children)
        metadata = Metadata("办法", "", "", region, (), None, None, None, None, None, (), "")
        return Document(document_id, text, "0" * 64, metadata, clauses, (), {clause.id: clause for clause in clauses})

    return make


@pytest.fixture
def words_of() -> Callable[[str], set[str]]:
    """The words of a text without their family letter."""
    return lambda text: {token.removeprefix(WORD) for token in tokenize(text) if token.startswith(WORD)}


@pytest.fixture
def bigrams_of() -> Callable[[str], set[str]]:
    """The bigrams of a text without their family letter."""
    return lambda text: {token.removeprefix(BIGRAM) for token in tokenize(text) if token.startswith(BIGRAM)}
