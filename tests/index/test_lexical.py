import os
import subprocess
import sys
from math import log
from pathlib import Path

import pytest

from index.lexical import K1, B, LexicalIndex

TEXTS = [["贴息", "贷款", "贷款"], ["奖励", "企业"], ["贷款", "企业", "担保", "担保"], []]


def reference(texts: list[list[str]], query: list[str]) -> list[float]:
    """The formula as printed: Robertson & Zaragoza 2009 with Lucene's IDF and without (k1 + 1)."""
    mean = sum(map(len, texts)) / len(texts)
    scores = []
    for text in texts:
        score = 0.0
        for token in query:
            holding = sum(token in other for other in texts)
            frequency = text.count(token)
            idf = log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            score += idf * frequency / (frequency + K1 * (1 - B + B * len(text) / mean)) if frequency else 0
        scores.append(score)
    return scores


def test_scores_are_those_of_the_formula() -> None:
    query = ["贷款", "企业", "贷款", "unknown"]
    assert LexicalIndex.build(TEXTS).scores(query) == pytest.approx(reference(TEXTS, query[:3]), rel=1e-5)


def test_a_query_of_unknown_words_scores_nothing() -> None:
    assert LexicalIndex.build(TEXTS).scores(["unknown"]).tolist() == [0, 0, 0, 0]
    assert LexicalIndex.build(TEXTS).scores([]).tolist() == [0, 0, 0, 0]


def test_a_rarer_word_has_the_higher_idf_and_an_unknown_one_the_highest() -> None:
    lexical = LexicalIndex.build(TEXTS)
    assert lexical.idf("贷款") < lexical.idf("贴息") < lexical.idf("unknown")


def test_it_knows_the_tokens_of_each_text() -> None:
    assert LexicalIndex.build(TEXTS).token_sets() == tuple(frozenset(text) for text in TEXTS)


def test_a_collection_without_words_can_be_searched() -> None:
    assert LexicalIndex.build([[], []]).scores(["贷款"]).tolist() == [0, 0]


def test_what_was_saved_scores_the_same(tmp_path: Path) -> None:
    built = LexicalIndex.build(TEXTS)
    built.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert loaded.scores(["贷款", "企业"]).tolist() == built.scores(["贷款", "企业"]).tolist()
    assert loaded.size == 4


def test_the_files_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    build = "LexicalIndex.build([['c', 'a', 'b'], ['b', 'd']])"
    program = f"import sys, pathlib; from index.lexical import LexicalIndex; {build}.save(pathlib.Path(sys.argv[1]))"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", program, str(tmp_path / seed)], env=environment, check=True)
    first, second = ({file.name: file.read_bytes() for file in (tmp_path / seed).iterdir()} for seed in ("1", "2"))
    assert first == second
    assert first
