"""Classes that exclude each other: each is found by its words, and never by a word that only looks like one."""

from importlib.resources import files

import pytest

from assistant.language.classes import classes_in, parse_classes
from corpus.errors import SettingsError
from corpus.script import fold

_FILE = files("assistant.language") / "data" / "classes.tsv"
ROWS = [
    tuple(line.split("\t"))
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
NAMED = [(row[0].removesuffix("<"), row[1], row[4]) for row in ROWS if row[4]]
UNNAMED = [(row[0].removesuffix("<"), row[1], row[5]) for row in ROWS if row[5]]


def values_in(kind: str, text: str) -> set[str]:
    return {value for mention in classes_in(fold(text)) if mention.kind == kind for value in mention.values}


def test_the_file_was_read() -> None:
    assert len(NAMED) > 40
    assert len(UNNAMED) > 40


@pytest.mark.parametrize(("kind", "value", "phrase"), NAMED, ids=[f"{row[1]}-{row[2]}" for row in NAMED])
def test_a_phrase_names_its_class(kind: str, value: str, phrase: str) -> None:
    assert values_in(kind, phrase) == {value}


@pytest.mark.parametrize(("kind", "value", "phrase"), UNNAMED, ids=[f"{row[1]}-{row[2]}" for row in UNNAMED])
def test_a_phrase_of_another_class_does_not_name_it(kind: str, value: str, phrase: str) -> None:
    assert value not in values_in(kind, phrase)


def test_and_above_names_every_class_from_there_up() -> None:
    assert values_in("学历", "硕士及以上学历") == {"硕士", "博士"}
    assert values_in("人才", "B类及以上") == {
        "b类"
    }  # letters are not ordered: A is above B in one place and below it in another


def test_a_latin_word_is_no_piece_of_a_longer_one() -> None:
    assert values_in("学历", "the phdx programme") == set()


def test_a_word_of_two_classes_is_an_error_that_names_the_line() -> None:
    with pytest.raises(SettingsError, match="line 2: 甲 means both 一 and 二"):
        parse_classes("集\t一\t甲\t\t\t\n集\t二\t甲\t\t\t\n", "x.tsv")


def test_a_line_without_its_columns_is_an_error_that_says_what_a_class_has() -> None:
    with pytest.raises(SettingsError, match="a class has 6 columns"):
        parse_classes("集\t一\n", "x.tsv")
