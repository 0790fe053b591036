"""Signs: 没有, 已, 且, 除外 …: each found where it says how a phrase holds, and not inside another word."""

from importlib.resources import files

import pytest

from assistant.language.signs import KINDS, parse_signs, signs_in
from corpus.errors import SettingsError
from corpus.script import fold

_FILE = files("assistant.language") / "data" / "signs.tsv"
ROWS = [
    tuple(line.split("\t"))
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
INSIDE = [(row[0], row[1], longer) for row in ROWS for longer in row[2].split("、") if longer]


def words_of(kind: str, text: str) -> list[str]:
    folded = fold(text)
    return [folded[sign.start : sign.end] for sign in signs_in(folded, kind)]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_a_phrase_has_its_sign_and_another_has_not(row: tuple[str, ...]) -> None:
    kind, word, _, phrase, without = row
    assert fold(word) in words_of(kind, phrase)
    assert fold(word) not in words_of(kind, without)


@pytest.mark.parametrize(("kind", "word", "longer"), INSIDE, ids=[f"{row[1]}-{row[2]}" for row in INSIDE])
def test_a_longer_word_holds_no_sign(kind: str, word: str, longer: str) -> None:
    assert fold(word) not in words_of(kind, longer)


def test_of_signs_that_overlap_the_longest_counts() -> None:
    assert words_of("not", "没有取得许可证") == ["没有取得"]


def test_every_kind_is_in_the_file() -> None:
    assert {row[0] for row in ROWS} == KINDS


def test_an_unknown_kind_is_an_error_that_names_the_line() -> None:
    with pytest.raises(SettingsError, match="line 1: a sign has 5 columns"):
        parse_signs("maybe\t也许\t\t也许\t\n", "x.tsv")
