"""English words that the policy glossary lacks, looked up in a general dictionary."""

import pytest

from assistant.language.dictionary import translations
from assistant.language.lexicon import shipped_lexicon
from assistant.language.terms import read_terms


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("school uniforms", "校服"),
        ("furniture", "家具"),
        ("coordinating", "协调"),
        ("dormitories", "宿舍"),
        ("wheelchairs", "轮椅"),
    ],
)
def test_a_word_is_found_in_the_form_it_is_asked_in(english: str, chinese: str) -> None:
    assert chinese in translations(english)


@pytest.mark.parametrize("word", ["", "qzxv", "handle"])
def test_a_word_that_is_unknown_or_says_everything_has_no_translation(word: str) -> None:
    assert translations(word) == ()


def test_two_words_that_are_one_thing_are_one_term() -> None:
    terms = read_terms("who builds swimming pools?", shipped_lexicon())
    assert [term.surface for term in terms if "游泳池" in term.alternatives] == ["swimming pools"]


def test_the_glossary_comes_before_the_dictionary() -> None:
    terms = read_terms("smart factory", shipped_lexicon())
    assert [term.number is not None for term in terms] == [True]
