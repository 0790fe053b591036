"""What the retrieval benchmarks share: the sets, cached embeddings, score tables and the measures."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.clause import ClauseKind
from index.embedding import Embedder, Progress, Vectors, load_embedder
from index.hybrid import HybridIndex
from index.passage import Passage
from index.sentences import sentence_spans
from index.tokens import tokenize

SETS = ("statutes", "policies", "english")
MEASURES = ("recall@1", "recall@10", "MRR@10", "nDCG@10")
DEPTH = 10
LONG_TEXT = 600  # characters; about what the embedding models read of a text, so longer ones are cut
PIECE = 300  # characters of whole sentences in each part of a longer text; a document scores as its best part

Matrix = NDArray[np.float32]  # questions x documents


@dataclass(frozen=True, slots=True)
class Scored:
    """Both scores of every document for every question of one set, and what the project makes of them."""

    name: str
    documents: tuple[str, ...]
    relevant: tuple[frozenset[str], ...]  # for each question
    lexical: Matrix
    dense: Matrix
    fused: Matrix
    coverage: NDArray[np.float64]  # for each question
    similar: Matrix  # of every document to every other: the cosine of the means of their passages


def score_set(bench: Path, name: str, embedder: Embedder) -> Scored:
    """Build the project's own index over the set in ``bench/name`` and ask it every question."""
    texts = {row["id"]: f"{row['title']} {row['text']}".strip() for row in _rows(bench / name / "passages.jsonl")}
    questions = _rows(bench / name / "questions.jsonl")
    passages = [passage for document, text in texts.items() for passage in _passages(document, text)]
    built = HybridIndex.from_passages(passages, embedder)
    embedder.queries([question["question"] for question in questions])  # all at once into the cache
    tables = [built.scores(question["question"]) for question in questions]
    documents = tuple(texts)
    rows = _first_rows(passages, documents)
    means = np.add.reduceat(built.dense.vectors, rows)
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return Scored(
        name=name,
        documents=documents,
        relevant=tuple(frozenset(question["relevant"]) for question in questions),
        lexical=np.stack([np.maximum.reduceat(table.lexical, rows) for table in tables]),
        dense=np.stack([np.maximum.reduceat(table.dense, rows) for table in tables]),
        fused=np.stack([np.maximum.reduceat(table.fused, rows) for table in tables]),
        similar=means @ means.T,
        coverage=np.array([built.coverage(tokenize(question["question"])) for question in questions]),
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not rows:
        raise SystemExit(f"{path} holds nothing")
    return rows


def _passages(document: str, text: str) -> list[Passage]:
    return [
        Passage(f"{document}@{start}", document, document, "", ClauseKind.PARAGRAPH, text[start:end], start, end, "")
        for start, end in _parts(text)
    ]


def _parts(text: str) -> list[tuple[int, int]]:
    """The whole text, or parts of at most ``PIECE`` characters where single sentences allow it."""
    if len(text) <= LONG_TEXT:
        return [(0, len(text))]
    parts: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if parts and end - parts[-1][0] <= PIECE:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def _first_rows(passages: Sequence[Passage], documents: Sequence[str]) -> list[int]:
    first: dict[str, int] = {}
    for row, passage in enumerate(passages):
        first.setdefault(passage.document_id, row)
    return [first[document] for document in documents]


def reciprocal_ranks(lexical: Matrix, dense: Matrix, k: int = 60) -> Matrix:
    """Reciprocal-rank fusion with equal weights (Cormack, Clarke & Buettcher 2009, whose k is 60).

    As usual a list gives nothing to a document it did not find: one without a word of the question.
    """
    by_words = np.where(lexical > 0, 1 / (k + _ranks(lexical)), 0)
    return (by_words + 1 / (k + _ranks(dense))).astype(np.float32)


def _ranks(scores: Matrix) -> NDArray[np.int64]:
    """Rank of each document, from 1; of equal scores the one read first stands first."""
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.argsort(order, axis=1, kind="stable") + 1


def measure(scored: Scored, scores: Matrix) -> NDArray[np.float64]:
    """The ``MEASURES`` of one ranking, a row for each question."""
    return np.array([_measure_one(scored, row, good) for row, good in zip(scores, scored.relevant, strict=True)])


def _measure_one(scored: Scored, scores: Matrix, relevant: frozenset[str]) -> tuple[float, ...]:
    best = np.argsort(-scores, kind="stable")[:DEPTH]
    found = np.array([scored.documents[row] in relevant for row in best], dtype=float)
    discount = 1 / np.log2(np.arange(2, DEPTH + 2))
    first = int(found.argmax()) if found.any() else None
    return (
        float(found[0]) / len(relevant),
        float(found.sum()) / len(relevant),
        0.0 if first is None else 1 / (first + 1),
        float((found * discount[: len(found)]).sum() / discount[: len(relevant)].sum()),
    )


class CachingEmbedder:
    """Another embedder whose vectors are kept in a folder from run to run."""

    def __init__(self, model: str, folder: Path | None) -> None:
        self._model = load_embedder(model)
        self._folder = folder
        self.name = self._model.name
        self.dimension = self._model.dimension
        self._known: dict[str, dict[str, Vectors]] = {}

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self._cached("passages", texts, lambda missing: self._model.passages(missing, progress))

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._cached("queries", texts, self._model.queries)

    def _cached(self, kind: str, texts: Sequence[str], embed: Callable[[list[str]], Vectors]) -> Vectors:
        known = self._known.setdefault(kind, self._read(kind))
        keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            known.update(zip(missing, embed(list(missing.values())), strict=True))
            self._write(kind, known)
        return np.stack([known[key] for key in keys])

    def _read(self, kind: str) -> dict[str, Vectors]:
        if self._folder is None or not self._file(kind).exists():
            return {}
        with np.load(self._file(kind)) as stored:
            return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))

    def _write(self, kind: str, known: dict[str, Vectors]) -> None:
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            np.savez(self._file(kind), keys=np.array(list(known)), vectors=np.stack(list(known.values())))

    def _file(self, kind: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{self.name.replace('/', '_').replace(':', '_')}-{kind}.npz"
