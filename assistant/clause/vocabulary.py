"""Vocabulary: the words of Chinese subsidy language, by what they do in a sentence.

The lists and what each is for stand in ``data/words.toml``, with the sentences that test them; nothing here knows a word.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    text = (files("assistant.clause") / "data" / "words.toml").read_text(encoding="utf-8")
    return {name: tuple(entry["words"].split()) for name, entry in tomllib.loads(text).items()}


def words(*names: str) -> tuple[str, ...]:
    """The words of the lists of these names, each once; KeyError for a list that there is not."""
    return tuple(dict.fromkeys(word for name in names for word in _lists()[name]))


def any_of(*names: str) -> str:
    """A pattern for any word of the lists of these names, the longest first so that the longer reading wins."""
    split = sorted(words(*names), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, split)) + ")"
