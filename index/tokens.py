"""Tokens of the lexical index: jieba words and character bigrams of the folded text.

Neither family alone is enough: words carry meaning but jieba cuts one term differently in two sentences,
bigrams always match but know no words. Each token starts with its family's letter so they cannot collide.
"""

import logging
import re
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from corpus.script import fold

if TYPE_CHECKING:
    import jieba

TOKENIZER_VERSION = 2  # raise whenever the same text gives other tokens; snapshots record it

WORD = "w:"
BIGRAM = "b:"

_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_GAP = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)*[a-z]*"  # 1,800 and 4.0 and 5g
_RUN = re.compile(rf"[{_CJK}]+|{_NUMBER}|[a-z][a-z0-9]*(?:[&-][a-z0-9]+)*")
_LONG_RUN = 1_000  # characters; jieba's time is quadratic in a run of words it does not know
_HAN = re.compile(rf"[{_CJK}]")


def tokenize(text: str) -> list[str]:
    """Words ("w:技术改造", "w:5g", "w:20") and bigrams of Chinese runs ("b:技术") in reading order."""
    tokens: list[str] = []
    for run in _RUN.findall(join_chinese(fold(text))):
        if not _HAN.match(run):
            tokens.append(WORD + run.replace(",", ""))
            continue
        tokens.extend(WORD + word for _, piece in _pieces(run) for word in _dictionary().lcut_for_search(piece))
        tokens.extend(BIGRAM + run[at : at + 2] for at in range(len(run) - 1))
    return tokens


def bigrams(text: str) -> list[str]:
    """The bigrams that ``tokenize`` gives, without looking for words."""
    runs = (run for run in _RUN.findall(join_chinese(fold(text))) if _HAN.match(run))
    return [BIGRAM + run[at : at + 2] for run in runs for at in range(len(run) - 1)]


def join_chinese(text: str) -> str:
    """Text without the whitespace between Chinese characters, which only breaks lines."""
    return _GAP.sub("", text)


@cache
def _dictionary() -> "jieba.Tokenizer":
    """jieba with the policy terms; loading takes up to a second, so only when first needed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's source has escapes that newer Pythons warn of
        import jieba

    jieba.default_logger.setLevel(logging.CRITICAL)  # it reports each step on standard error
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_cache_folder())
    tokenizer.cache_file = f"jieba-{jieba.__version__}.cache"  # its own cache name ignores the version
    tokenizer.initialize()
    for term in policy_terms():
        tokenizer.add_word(term)
    return tokenizer


def policy_terms() -> tuple[str, ...]:
    """The terms of policy language that jieba's general dictionary cuts apart, folded."""
    lines = files("index").joinpath("policy_terms.txt").read_text(encoding="utf-8").splitlines()
    return tuple(fold(line.strip()) for line in lines if line.strip() and not line.startswith("#"))


def is_dictionary_word(word: str) -> bool:
    """Whether the dictionary holds a word, rather than its segmentation having guessed it."""
    return bool(_dictionary().FREQ.get(word))


def _cache_folder() -> Path:
    """A folder jieba may keep its prefix table in: the user's cache, else the temporary folder."""
    folder = user_cache_path("policy-assistant", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.gettempdir())


def word_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the words the dictionary cuts a folded text into, none overlapping."""
    return [
        (first + start, first + end)
        for first, piece in _pieces(text)
        for _, start, end in _dictionary().tokenize(piece)
    ]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Where each piece of a text stands, and the piece; together they are the text."""
    for first in range(0, len(text), _LONG_RUN):
        yield first, text[first : first + _LONG_RUN]
