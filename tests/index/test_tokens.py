import os
import subprocess
import sys
from itertools import pairwise

import pytest

import index.tokens
from index.tokens import BIGRAM, WORD, bigrams, policy_terms, tokenize, word_spans


def test_a_policy_term_is_one_word_and_its_parts(words_of) -> None:
    assert {"技术改造", "技术", "改造"} <= words_of("支持技术改造")


def test_every_pair_of_neighbours_is_a_bigram(bigrams_of) -> None:
    assert bigrams_of("技术改造") == {"技术", "术改", "改造"}


@pytest.mark.parametrize("text", ["技术 改造,补助5G设备", "smart factory", "", "租 金"])
def test_bigrams_alone_are_those_among_all_tokens(text: str) -> None:
    assert bigrams(text) == [token for token in tokenize(text) if token.startswith(BIGRAM)]


def test_words_and_bigrams_do_not_collide() -> None:
    assert {"w:技术", "b:技术"} <= set(tokenize("技术"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("專精特新企業獎勵", "专精特新企业奖励"),  # script
        ("５００万元", "500万元"),  # width
        ("技术 改\n造", "技术改造"),  # layout
        ("SMART Factory", "smart factory"),  # case
        ("1,800万元", "1800万元"),  # grouping of digits
    ],
)
def test_spelling_that_means_the_same_gives_the_same_tokens(one: str, other: str) -> None:
    assert tokenize(one) == tokenize(other)


def test_numbers_and_foreign_words_are_kept_whole() -> None:
    assert tokenize("5G ISO9001 4.0 20%") == ["w:5g", "w:iso9001", "w:4.0", "w:20"]


def test_space_between_foreign_words_is_kept() -> None:
    assert tokenize("interest subsidy") == ["w:interest", "w:subsidy"]


def test_nothing_to_search_gives_no_tokens() -> None:
    assert tokenize(" ,。(）\n") == []


def test_there_are_policy_terms_and_none_twice() -> None:
    terms = policy_terms()
    assert len(terms) > 300
    assert len(set(terms)) == len(terms)


def test_tokens_do_not_depend_on_the_hash_seed_and_nothing_is_printed() -> None:
    program = "from index.tokens import tokenize; print(*tokenize('规上工业企业技术改造贴息20%,最高500万元'))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != b""
    assert [run.stderr for run in runs] == [b"", b""]


@pytest.mark.parametrize("text", ["\ud800补贴\udfff", "补贴\0", "补贴\ufdfa" * 3])
def test_text_that_is_no_valid_unicode_has_the_tokens_of_what_is(text: str, words_of) -> None:
    assert "补贴" in words_of(text)


def test_a_long_run_is_cut_into_words_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    dictionary = index.tokens._dictionary()
    cut = dictionary.lcut_for_search
    monkeypatch.setattr(dictionary, "lcut_for_search", lambda run: given.append(run) or cut(run))
    text = "干" * 100_000
    tokens = tokenize(text)
    assert "".join(given) == text
    assert max(map(len, given)) <= 1_000  # jieba takes 36 seconds for the whole, 9 milliseconds for a piece
    assert sum(token.startswith(BIGRAM) for token in tokens) == len(text) - 1
    assert any(token.startswith(WORD) for token in tokens)


def test_the_words_of_a_long_text_stand_where_they_stand() -> None:
    text = "对技术改造给予补贴。" * 300
    spans = word_spans(text)
    assert spans[0] == (0, 1)
    assert spans[-1] == (len(text) - 1, len(text))
    assert all(before[1] == after[0] for before, after in pairwise(spans))


def test_importing_the_tokenizer_does_not_load_jieba() -> None:
    program = "import sys, index.tokens; sys.exit('jieba' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0
