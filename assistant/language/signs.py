"""Signs: the words that say how a phrase holds (没有, 不是, 已, 且, 或, 除外 …), for questions and clauses alike.

``data/signs.tsv`` holds them with the longer words in which they are none (是不是, 未来, 并购); nothing here knows one.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from corpus.errors import SettingsError
from corpus.script import fold

_COLUMNS = 5
KINDS = frozenset(
    [
        "not",
        "lacking",
        "done",
        "and",
        "or",
        "except",
        "left-out",
        "refuse",
        "demand",
        "end",
        "held",
        "to",
        "if",
        "who",
        "conditions",
        "sum",
        "predicate",
        "partake",
        "new",
        "first",
        "pending",
        "basis",
        "authority",
        "lead",
        "unnamed",
        "field",
        "project",
        "rise",
        "since",
        "until",
        "theirs",
        "making",
    ]
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign in a folded text, ``text[start:end]``."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    word: str
    inside: tuple[str, ...]  # longer words in which it is no sign

    def places(self, folded: str) -> list[Sign]:
        found: list[Sign] = []
        start = folded.find(self.word)
        while start >= 0:
            end = start + len(self.word)
            if not self._is_inside(folded, start) and not _is_piece(folded, start, end):
                found.append(Sign(self.kind, start, end))
            start = folded.find(self.word, end)
        return found

    def _is_inside(self, folded: str, start: int) -> bool:
        for longer in self.inside:
            offsets = (at for at in range(len(longer)) if longer.startswith(self.word, at))
            if any(start >= at and folded.startswith(longer, start - at) for at in offsets):
                return True
        return False


def _is_piece(folded: str, start: int, end: int) -> bool:
    """Whether a Latin sign is only a piece of a longer word."""
    if not folded[start].isascii() or not folded[start].isalpha():
        return False
    around = (folded[start - 1 : start], folded[end : end + 1])
    return any(one.isascii() and one.isalpha() for one in around if one)


def parse_signs(text: str, source: str) -> tuple[_Word, ...]:
    """The signs of a file; SettingsError names the line of a fault and what a valid one looks like."""
    words: list[_Word] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS or columns[0] not in KINDS:
            raise SettingsError(
                f"{source}, line {number}: a sign has {_COLUMNS} columns separated by tabs: one of "
                f"{', '.join(sorted(KINDS))}; the word; longer words in which it is none; a phrase with it; one without."
            )
        inside = tuple(fold(word) for word in columns[2].split("、") if word)
        words.append(_Word(columns[0], fold(columns[1]), inside))
    return tuple(words)


@cache
def _shipped() -> tuple[_Word, ...]:
    source = files("assistant.language") / "data" / "signs.tsv"
    return parse_signs(source.read_text(encoding="utf-8"), "signs.tsv")


@lru_cache(maxsize=4096)  # a clause and a conversation are looked at for every kind
def signs_in(folded: str, *kinds: str) -> tuple[Sign, ...]:
    """The signs of these kinds in a folded text, in order; of those that overlap the longest."""
    found = [sign for word in _shipped() if word.kind in kinds for sign in word.places(folded)]
    found.sort(key=lambda sign: (sign.start - sign.end, sign.start))
    kept: list[Sign] = []
    for sign in found:
        if not any(sign.start < other.end and other.start < sign.end for other in kept):
            kept.append(sign)
    return tuple(sorted(kept, key=lambda sign: sign.start))
