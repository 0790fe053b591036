"""Checks of what a person typed, shared by the command line, the HTTP API and the page.

Each function returns the cleaned value or raises InputError (UnknownNameError) with one sentence.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from pydantic import ValidationError

from corpus.errors import InputError as InputError  # the page needs it and knows only this package
from corpus.errors import UnknownNameError

MAX_QUESTION_LENGTH = 2000  # characters; a long question is some twenty sentences, more is a pasted document
_BREAKS = "\t\n\v\f\r"  # control characters that come with pasted text and stand for a space


def clean_question(text: str) -> str:
    """The question in one line, without invisible characters.

    InputError when it is empty, longer than ``MAX_QUESTION_LENGTH`` characters, without a letter or digit,
    or holds control characters.
    """
    line = " ".join(_visible(text).split())
    if not line:
        raise InputError('The question is empty; ask for example "智能工厂改造能补多少?".')
    if len(line) > MAX_QUESTION_LENGTH:
        raise InputError(
            f"The question has {len(line):,} characters; at most {MAX_QUESTION_LENGTH:,} can be asked at once."
        )
    if not any(unicodedata.category(character)[0] in "LN" for character in line):
        raise InputError('The question holds no words, only punctuation; ask for example "智能工厂改造能补多少?".')
    return line


def _visible(text: str) -> str:
    """Text without zero-width and other format characters, which come along when copying from web pages."""
    check_characters(text, "The question")
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def check_characters(text: str, what: str) -> str:
    """``text`` when it is plain text; InputError, saying ``what`` it is, for control characters and lone surrogates."""
    for position, character in enumerate(text, start=1):
        if unicodedata.category(character) in ("Cc", "Cs") and character not in _BREAKS:
            raise InputError(
                f"{what} holds the control character U+{ord(character):04X} at position {position}; give it as plain text in UTF-8."
            )
    return text


def parse_date(text: str) -> date:
    """A day written YYYY-MM-DD; InputError otherwise."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = None
    # fromisoformat also reads 20210401 and 2021-W13-4, which a person may have meant otherwise
    if day is None or day.isoformat() != text.strip():
        raise InputError(f"{text!r} is not a day of the calendar; a valid date is 2021-04-01 (year-month-day).")
    return day


def check_region(name: str, regions: Sequence[str]) -> str:
    """``name`` when the collection has that region; UnknownNameError lists those there are."""
    if name in regions:
        return name
    raise UnknownNameError(f'No document is from the region "{name}"; there are documents from {join_names(regions)}.')


def unknown_name(what: str, name: str, known: Sequence[str]) -> UnknownNameError:
    """The error for a clause or document that is not there, naming up to three that are near."""
    near = get_close_matches(name, known, n=3, cutoff=0.5) or list(known[:3])
    return UnknownNameError(f'There is no {what} "{name}"; near it: {join_names(near)}.')


def describe_fault(error: ValidationError) -> str:
    """The first fault pydantic found, in a few words without a full stop: which field and what is wrong with it."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    return f'"{where}": {message}' if where else message


def join_names(names: Sequence[str]) -> str:
    """Names for a sentence: ``a, b and c``; ``none`` when there are none."""
    if len(names) < 2:
        return "".join(names) or "none"
    return f"{', '.join(names[:-1])} and {names[-1]}"
