"""Folding: the searched text is Simplified, lower case and half width, character for character.

Folding never changes a text's length, so an offset into folded text is an offset into the source.
"""

import unicodedata
from functools import cache

import opencc

# Characters that published files use in place of the intended one. U+E010 is a private-use glyph that
# some typesetting systems print as the decimal point ("2\ue0100" is 2.0; dropped, it reads 20).
GLYPH_REPAIRS = {"\ue010": "."}


@cache
def _converter(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)


@cache
def _fold_character(character: str) -> str:
    """One character folded to one character: repaired, half width, lower case."""
    repaired = GLYPH_REPAIRS.get(character, character)
    normal = unicodedata.normalize("NFKC", repaired)
    if len(normal) != 1:
        normal = repaired
    lowered = normal.lower()
    return lowered if len(lowered) == 1 else normal


def fold(text: str) -> str:
    """Text as it is searched and read by the grammars; ``len(fold(text)) == len(text)`` always."""
    half_width = "".join(map(_fold_character, text))
    return to_simplified(half_width)


def to_simplified(text: str) -> str:
    """Text in Simplified characters, of the same length."""
    converted = str(_converter("t2s").convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(_simplify_character(character) for character in text)


@cache
def _simplify_character(character: str) -> str:
    converted = str(_converter("t2s").convert(character))
    return converted if len(converted) == 1 else character


def to_traditional(text: str) -> str:
    """Text in Traditional characters with phrases converted as a whole (发展 › 發展, 头发 › 頭髮)."""
    return str(_converter("s2t").convert(text))


def repair_glyphs(text: str) -> str:
    """Text for people to read: known private-use glyphs replaced, everything else untouched."""
    return "".join(GLYPH_REPAIRS.get(character, character) for character in text)
