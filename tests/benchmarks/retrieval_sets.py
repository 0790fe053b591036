"""Reading the benchmark sets and keeping their embeddings between runs."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors

SETS = ("statutes", "policies", "english")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids of the passages that answer it."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """One benchmark: passages by id, and questions."""

    name: str
    passages: dict[str, str]
    questions: tuple[Question, ...]


def read_set(bench: Path, name: str) -> RetrievalSet:
    """The set in folder ``bench/name``."""
    passages = {row["id"]: f"{row['title']} {row['text']}".strip() for row in _rows(bench / name / "passages.jsonl")}
    questions = tuple(
        Question(row["question"], frozenset(row["relevant"])) for row in _rows(bench / name / "questions.jsonl")
    )
    if not passages or not questions:
        raise SystemExit(f"{bench / name} holds no passages or no questions")
    return RetrievalSet(name, passages, questions)


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def cached_vectors(cache: Path | None, name: str, texts: Sequence[str], embed: Callable[[], Vectors]) -> Vectors:
    """``embed()``, or what it gave for the same model and texts in an earlier run."""
    if cache is None:
        return embed()
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    path = cache / f"{name}-{digest}.npy"
    if path.exists():
        stored: NDArray[np.float32] = np.load(path)
        return stored
    vectors = embed()
    cache.mkdir(parents=True, exist_ok=True)
    np.save(path, vectors)
    return vectors
