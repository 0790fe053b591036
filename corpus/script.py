"""Folding: the searched text is Simplified, lower case and half width, character for character.

Folding never changes a text's length, so an offset into folded text is an offset into the source.
"""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

# Characters that published files use in place of the intended one. U+E010 is a private-use glyph that
# some typesetting systems print as the decimal point ("2\ue0100" is 2.0; dropped, it reads 20).
GLYPH_REPAIRS = {"\ue010": "."}
# What a PDF gives for whole characters when its font shares their glyphs with a radical: those of the block CJK Radicals
# Supplement that Unicode normalisation leaves alone (those of the block Kangxi Radicals it folds), each with its
# ideograph by EquivalentUnifiedIdeograph.txt of the Unicode Character Database.
_RADICALS = dict(
    zip(
        "⺁⺄⺅⺆⺇⺉⺊⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺲⺳⺶⺷⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙亻冂几刂卜小小兀尣尢巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罒网羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)


_HALF_PAIR = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_NAME = 64  # characters; a longer text is no name, and seldom folded twice
_KEPT = 1 << 15  # characters whose form is kept; a visitor could send a million different ones


@cache
def _converter(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)


def _convert(configuration: str, text: str) -> str:
    """Text converted by OpenCC, which takes valid Unicode only: half a surrogate pair becomes U+FFFD."""
    return str(_converter(configuration).convert(_HALF_PAIR.sub(_REPLACEMENT, text)))


@lru_cache(maxsize=_KEPT)
def _fold_character(character: str) -> str:
    """One character folded to one character: repaired, half width, lower case."""
    repaired = _RADICALS.get(character) or GLYPH_REPAIRS.get(character, character)
    normal = unicodedata.normalize("NFKC", repaired)
    if len(normal) != 1:
        normal = repaired
    lowered = normal.lower()
    return lowered if len(lowered) == 1 else normal


def fold(text: str) -> str:
    """Text as it is searched and read by the grammars; ``len(fold(text)) == len(text)`` always."""
    return _fold_name(text) if len(text) <= _NAME else _folded(text)


def _folded(text: str) -> str:
    return to_simplified("".join(map(_fold_character, text)))


_fold_name = lru_cache(maxsize=_KEPT >> 2)(_folded)  # names, metrics and phrases are folded again for each question


def to_simplified(text: str) -> str:
    """Text in Simplified characters, of the same length."""
    converted = _convert("t2s", text)
    if len(converted) == len(text):
        return converted
    return "".join(_simplify_character(character) for character in text)


@lru_cache(maxsize=_KEPT)
def _simplify_character(character: str) -> str:
    converted = _convert("t2s", character)
    return converted if len(converted) == 1 else character


def to_traditional(text: str) -> str:
    """Text in Traditional characters with phrases converted as a whole (发展 › 發展, 头发 › 頭髮)."""
    return _convert("s2t", text)


def repair_glyphs(text: str) -> str:
    """Text for people to read: known private-use glyphs replaced, everything else untouched."""
    return "".join(GLYPH_REPAIRS.get(character, character) for character in text)


def is_damaged(text: str) -> bool:
    """Whether text holds a character that stands for none: of the private use area, or the replacement character."""
    return any("\ue000" <= character <= "\uf8ff" or character == "\ufffd" for character in text)


def han_pairs(text: str) -> set[str]:
    """Every two Chinese characters that stand side by side in a text."""
    return {text[n : n + 2] for n in range(len(text) - 1) if all("\u4e00" <= c <= "\u9fff" for c in text[n : n + 2])}
