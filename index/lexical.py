"""Lexical search: BM25 over the tokens of passages, by bm25s."""

from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2  # saturation of term frequency; Robertson & Zaragoza 2009 suggest 1.2 to 2
B = 0.75  # strength of length normalisation, ibid.
FILES = (  # that ``LexicalIndex.save`` writes; bm25s names them
    "data.csc.index.npy",
    "indices.csc.index.npy",
    "indptr.csc.index.npy",
    "params.index.json",
    "vocab.index.json",
)
_NOTHING = ""  # stands for the words of a collection that has none; no text holds it


class LexicalIndex:
    """BM25 (the Lucene variant, Kamphuis et al. 2020) over token lists, by their position."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._vocabulary: dict[str, int] = engine.vocab_dict
        self._frequencies = np.diff(engine.scores["indptr"])
        self.size: int = engine.scores["num_docs"]

    @classmethod
    def build(cls, token_lists: Sequence[Sequence[str]]) -> "LexicalIndex":
        """An index of the lists; the same lists give the same index whatever the hash seed."""
        engine = _new_engine()
        # bm25s would number tokens in the order of a set, which differs from run to run.
        vocabulary = {token: number for number, token in enumerate(sorted({t for ts in token_lists for t in ts}))}
        numbered = [sorted(vocabulary[token] for token in tokens) for tokens in token_lists]
        if not vocabulary:  # bm25s divides by the mean length
            vocabulary, numbered = {_NOTHING: 0}, [[0] for _ in token_lists]
        engine.index((numbered, vocabulary), create_empty_token=False, show_progress=False)
        return cls(engine)

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of every passage, in the order given to ``build``; 0 where no token occurs."""
        numbers = [self._vocabulary[token] for token in tokens if token in self._vocabulary]
        if not numbers:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._engine.get_scores_from_ids(numbers), dtype=np.float32)

    def idf(self, token: str) -> float:
        """How rare a token is (the Lucene formula); one that occurs nowhere is the rarest."""
        number = self._vocabulary.get(token)
        frequency = 0 if number is None else int(self._frequencies[number])
        return log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def rows(self, token: str) -> NDArray[np.int32]:
        """The positions of the passages that hold a token."""
        number = self._vocabulary.get(token)
        if number is None:
            return np.zeros(0, dtype=np.int32)
        start, end = self._engine.scores["indptr"][number : number + 2]
        return np.asarray(self._engine.scores["indices"][start:end])

    def token_sets(self) -> tuple[frozenset[str], ...]:
        """The distinct tokens of each passage, in the order given to ``build``."""
        sets: list[set[str]] = [set() for _ in range(self.size)]
        bounds = self._engine.scores["indptr"]
        rows = self._engine.scores["indices"].tolist()
        for token, number in self._vocabulary.items():
            if token == _NOTHING:
                continue
            for row in rows[bounds[number] : bounds[number + 1]]:
                sets[row].add(token)
        return tuple(frozenset(tokens) for tokens in sets)

    def __contains__(self, token: str) -> bool:
        return token in self._vocabulary

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._engine.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """The index ``save`` wrote. Raises OSError, ValueError or KeyError when files are missing or damaged."""
        import bm25s

        return cls(bm25s.BM25.load(folder, show_progress=False))


def _new_engine() -> Any:
    import bm25s

    return bm25s.BM25(method="lucene", k1=K1, b=B)
