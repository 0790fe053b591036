import numpy as np
import pytest

import index.dense
from index.dense import DenseIndex

VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)


def test_scores_are_the_cosines_in_the_order_of_the_vectors() -> None:
    assert DenseIndex(VECTORS).scores(np.array([0.6, 0.8], dtype=np.float32)) == pytest.approx([0.6, 0.8, 1.0])


def test_in_a_large_collection_the_nearest_keep_their_cosines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.dense, "EXHAUSTIVE", 2)
    monkeypatch.setattr(index.dense, "NEAREST", 2)
    assert DenseIndex(VECTORS).scores(np.array([0.6, 0.8], dtype=np.float32)) == pytest.approx([0.8, 0.8, 1.0])


def test_an_empty_collection_has_no_scores() -> None:
    assert DenseIndex(np.zeros((0, 2), dtype=np.float32)).scores(np.array([1, 0], dtype=np.float32)).size == 0
