"""The phrase book: three languages side by side, each complete, each in its own script, with the same values to put in."""

import string

import pytest

from assistant.answering.messages import traditional
from assistant.answering.phrasebook import LANGUAGES, phrases_of, tables
from corpus.script import fold

ROWS = [(table, row) for table in tables() for row in phrases_of(table, "zh")]


def values_in(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}


def test_there_is_a_table_for_each_part_of_the_product() -> None:
    assert {"say", "operator", "unit", "per", "label", "status", "page"} <= set(tables())
    assert len(ROWS) > 300


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_the_three_languages_of_a_phrase_take_the_same_values(table: str, row: str) -> None:
    chinese, in_traditional, english = (values_in(phrases_of(table, language)[row]) for language in LANGUAGES)
    assert chinese == in_traditional == english


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_traditional_holds_no_simplified_character(table: str, row: str) -> None:
    phrase = phrases_of(table, "zh-Hant")[row].replace("台", "").replace("简体", "")
    assert traditional(phrase) == phrase


@pytest.mark.parametrize("row", [row for table, row in ROWS if table == "say"])
def test_the_traditional_sentence_says_what_the_simplified_one_says(row: str) -> None:
    in_traditional = phrases_of("say", "zh-Hant")[row].replace("「", "“").replace("」", "”")
    assert fold(in_traditional) == fold(phrases_of("say", "zh")[row])


@pytest.mark.parametrize("row", [row for table, row in ROWS if table == "say"])
def test_an_english_sentence_holds_no_chinese(row: str) -> None:
    assert not any("\u4e00" <= character <= "\u9fff" for character in phrases_of("say", "en")[row])


def test_a_language_that_there_is_not_is_answered_in_simplified_chinese() -> None:
    assert phrases_of("say", "fr") == phrases_of("say", "zh")
