"""Classes: closed sets of which whoever is of one is of none of the others (A类 and B类, 公办 and 民办, 失能 and 半失能).

``data/classes.tsv`` holds the sets and their words; nothing here knows one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from corpus.errors import SettingsError
from corpus.script import fold

SIZE = "规模"  # the set of how large an enterprise is
_COLUMNS = 6
_ORDERED, _NO_CLASS = "<", "-"
_AND_ABOVE = ("及以上", "或以上", "以上", "(含)以上", " or above", " or higher")


@dataclass(frozen=True, slots=True)
class ClassMention:
    """A class named in a folded text, ``text[start:end]``; with 及以上 behind it, ``values`` holds those above it too."""

    kind: str  # the set
    values: frozenset[str]
    start: int
    end: int


class Classes:
    """The sets of one file; finds their words in a text, the longest first."""

    def __init__(self, words: dict[str, dict[str, str]], orders: dict[str, tuple[str, ...]]) -> None:
        self._words = words  # set -> word -> class
        self._orders = orders  # classes of an ordered set, the lowest first
        longest_first = {kind: sorted(own, key=len, reverse=True) for kind, own in words.items()}
        self._patterns = {kind: re.compile("|".join(map(re.escape, own))) for kind, own in longest_first.items()}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the sets."""
        return tuple(self._words)

    def mentions(self, folded: str) -> tuple[ClassMention, ...]:
        """Every class that a folded text names, set by set, in order of place."""
        return tuple(mention for kind in self._words for mention in self._of(kind, folded))

    def _of(self, kind: str, folded: str) -> list[ClassMention]:
        words, order = self._words[kind], self._orders.get(kind, ())
        found: list[ClassMention] = []
        pattern, position = self._patterns[kind], 0
        while (match := pattern.search(folded, position)) is not None:
            word, (position, end) = match.group(), match.span()
            if word[0].isascii() and word[0].isalpha() and _goes_on(folded, position, word):
                position += 1
                continue
            value = words[word]
            values = {value}
            if value in order and folded.startswith(_AND_ABOVE, end):
                values.update(order[order.index(value) :])
            if value != _NO_CLASS:
                found.append(ClassMention(kind, frozenset(values), position, end))
            position = end
        return found


def _goes_on(folded: str, start: int, word: str) -> bool:
    """Whether a Latin word is only a piece of a longer one."""
    end = start + len(word)
    before, after = folded[start - 1 : start], folded[end : end + 1] if word[-1].isascii() else ""
    if after == "s":
        after = folded[end + 1 : end + 2]  # a plural is the same word
    return any(one.isascii() and one.isalnum() for one in (before, after) if one)


def parse_classes(text: str, source: str) -> Classes:
    """The sets of a file; SettingsError names the line of a fault and what a valid one looks like."""
    words: dict[str, dict[str, str]] = {}
    orders: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise SettingsError(
                f"{source}, line {number}: a class has {_COLUMNS} columns separated by tabs: its set, its name, "
                "Chinese words, English words, a phrase that names it, one that does not."
            )
        kind, value = columns[0].removesuffix(_ORDERED), columns[1]
        if columns[0].endswith(_ORDERED) and value != _NO_CLASS:
            orders.setdefault(kind, []).append(value)
        own = words.setdefault(kind, {})
        for word in (fold(w) for w in (*columns[2].split("、"), *columns[3].split("|")) if w):
            if own.setdefault(word, value) != value:
                raise SettingsError(
                    f"{source}, line {number}: {word} means both {own[word]} and {value}; leave it with one."
                )
    return Classes(words, {kind: tuple(values) for kind, values in orders.items()})


@cache
def shipped_classes() -> Classes:
    """The sets that come with the product."""
    source = files("assistant.language") / "data" / "classes.tsv"
    return parse_classes(source.read_text(encoding="utf-8"), "classes.tsv")


@lru_cache(maxsize=2048)  # a conversation's words are held against every grant
def classes_in(folded: str) -> Sequence[ClassMention]:
    """The classes that a folded text names."""
    return shipped_classes().mentions(folded)
