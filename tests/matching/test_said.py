"""What an asker says of themselves in English, and denies."""

import pytest

from assistant.matching.said import read_said
from corpus.script import fold


@pytest.mark.parametrize(
    ("said", "owned"),
    [
        ("We are not a state-owned company. We are a private company.", "民营"),
        ("Not a state-owned enterprise but a private firm, founded by two brothers.", "民营"),
        ("We are two state-owned companies", "国有"),
    ],
)
def test_a_denial_ends_with_its_sentence_or_with_but(said: str, owned: str) -> None:
    assert read_said(fold(said)).values("所有") == {owned}


@pytest.mark.parametrize(
    "said", ["It isn't a state-owned company", "We have no private company", "no longer a private firm"]
)
def test_what_is_denied_in_a_short_form_is_not_what_the_asker_is(said: str) -> None:
    assert not read_said(fold(said)).values("所有")
