"""What a person types is cleaned, or refused with one sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.validation import MAX_QUESTION_LENGTH, check_region, clean_question, parse_date, unknown_name
from corpus.errors import InputError, UnknownNameError


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  能补多少?\n", "能补多少?"),
        ("第一行\r\n\t第二行", "第一行 第二行"),
        ("\ufeff能\u200b补多少", "能补多少"),
        ("2\ue0100%是多少", "2\ue0100%是多少"),
        ("x" * MAX_QUESTION_LENGTH, "x" * MAX_QUESTION_LENGTH),
    ],
)
def test_a_question_is_one_line_without_invisible_characters(typed: str, cleaned: str) -> None:
    assert clean_question(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "is empty"),
        (" \u3000\n\u200b", "is empty"),
        ("x" * (MAX_QUESTION_LENGTH + 1), "2,001 characters; at most 2,000"),
        ("?!。…—", "only punctuation"),
        ("🙂🙂", "only punctuation"),
        ("补\x00助", r"U\+0000 at position 2"),
        ("补\x1b[31m助", r"U\+001B"),
        ("补\udce9助", r"U\+DCE9"),
    ],
)
def test_what_is_no_question_is_refused(typed: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        clean_question(typed)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    try:
        cleaned = clean_question(typed)
    except InputError:
        return
    assert clean_question(cleaned) == cleaned


def test_a_day_is_read() -> None:
    assert parse_date(" 2021-04-01 ") == date(2021, 4, 1)


@pytest.mark.parametrize("text", ["2021-13-01", "2021-02-29", "2021-4-1", "20210401", "2021-W13-4", "tomorrow", ""])
def test_what_is_no_day_is_refused_with_a_valid_one(text: str) -> None:
    with pytest.raises(InputError, match="a valid date is 2021-04-01"):
        parse_date(text)


def test_an_unknown_region_lists_those_there_are() -> None:
    assert check_region("三明", ["成都", "三明"]) == "三明"
    with pytest.raises(UnknownNameError, match="from 成都, 重庆 and 三明"):
        check_region("东京", ["成都", "重庆", "三明"])


def test_an_unknown_name_comes_with_those_that_are_near() -> None:
    error = unknown_name("clause", "plan#四.(一", ["plan#一", "plan#四.(一)", "other#九"])
    assert "plan#四.(一)" in str(error)
    assert "other" not in str(error)
