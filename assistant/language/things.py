"""Things: what can be measured or held (设备投入, 研发费用, 营业收入 …), and how they contain each other.

A clause and a question name the same thing in different words, or a part, or the whole, or something else that is
spent or earned beside it. ``data/things.tsv`` holds the names and the two kinds of edges; nothing here knows a word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files

from corpus.errors import SettingsError
from corpus.script import fold

_COLUMNS = 6
_BARE = "~"
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")  # fixed-asset and fixed asset are one
_LATIN_WORD = re.compile(r"[a-z0-9][a-z0-9&'-]*")


class Dimension(StrEnum):
    """What an amount of a thing is."""

    OUTLAY = "outlay"  # spent
    INCOME = "income"  # made in a time: sold, produced, earned
    TAX = "tax"
    FUNDS = "funds"  # held, lent or given
    PEOPLE = "people"
    EVENTS = "events"
    GROWTH = "growth"
    SHARE = "share"


MONEY = frozenset({Dimension.OUTLAY, Dimension.INCOME, Dimension.TAX, Dimension.FUNDS})


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing; ``generic`` words (投, 花, 卖) alone say no more than the dimension."""

    name: str
    words: tuple[str, ...]  # folded, in Chinese and English
    bare: frozenset[str]  # those of them that may as well name a product or a deed: 设备, 培训
    dimension: Dimension
    generic: bool
    kind_of: str  # name of the more general thing; empty at the top
    part_of: tuple[str, ...]  # names of the wholes that its sum stands in


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing's word in a folded text: ``text[start:end] == word``."""

    thing: Thing
    word: str
    start: int
    end: int

    @property
    def is_bare(self) -> bool:
        """Whether the word names the thing only where something is spent on it."""
        return self.word in self.thing.bare


class Relation(StrEnum):
    """How what is given stands to what is wanted."""

    SAME = "same"
    ELLIPTIC = "elliptic"  # a general word for it: 投了1800万 where the equipment is meant
    KIND = "kind"  # a kind of what is wanted
    PART = "part"  # its sum is only a part of what is wanted
    WHOLE = "whole"  # its sum holds what is wanted and more
    OTHER = "other"
    UNKNOWN = "unknown"  # one of the two is not among the things


class Things:
    """The things of one file; finds their words, the longest first, and relates them to each other."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self._by_name = {thing.name: thing for thing in things}
        self._by_word = {word: thing for thing in things for word in thing.words}
        self._relations: dict[tuple[str, str], Relation] = {}

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._by_name.values())

    def named(self, name: str) -> Thing:
        """The thing of that name; KeyError when there is none."""
        return self._by_name[name]

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """Lengths of the words that begin with a character, the longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self._by_word:
            lengths.setdefault(word[0], set()).add(len(word))
        return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def mentions(self, folded: str) -> list[Mention]:
        """Every word for a thing in a folded text, in order, the longest at each place, none inside an English word."""
        found: list[Mention] = []
        folded = _HYPHEN.sub(" ", folded)
        position = 0
        while position < len(folded):
            mention = self._at(folded, position)
            if mention is not None:
                found.append(mention)
                position = mention.end
                continue
            latin = _LATIN_WORD.match(folded, position)
            position = latin.end() if latin else position + 1
        return found

    def _at(self, folded: str, position: int) -> Mention | None:
        for length in self._lengths.get(folded[position], ()):
            word = folded[position : position + length]
            thing = self._by_word.get(word)
            if thing is not None and not (word[-1].isascii() and _goes_on(folded, position + length)):
                return Mention(thing, word, position, position + len(word))
        return None

    def relation(self, wanted: Thing, given: Thing) -> Relation:
        """How ``given`` stands to ``wanted``; each pair is looked at once."""
        pair = (wanted.name, given.name)
        if pair not in self._relations:
            self._relations[pair] = self._relation(wanted, given)
        return self._relations[pair]

    def _relation(self, wanted: Thing, given: Thing) -> Relation:
        if given is wanted:
            return Relation.SAME
        if self._reaches(given, wanted, parts=False):
            return Relation.KIND
        if given.generic and self._reaches(wanted, given, parts=True):
            return Relation.ELLIPTIC
        if self._reaches(given, wanted, parts=True):
            return Relation.PART
        if self._reaches(wanted, given, parts=True):
            return Relation.WHOLE
        return Relation.OTHER

    def _reaches(self, thing: Thing, target: Thing, *, parts: bool) -> bool:
        seen: set[str] = set()
        waiting = [thing]
        while waiting:
            one = waiting.pop()
            for name in (one.kind_of, *(one.part_of if parts else ())):
                if name == target.name:
                    return True
                if name and name not in seen:
                    seen.add(name)
                    waiting.append(self._by_name[name])
        return False


def _goes_on(folded: str, end: int) -> bool:
    """Whether a Latin word goes on behind its match; a plural is the same word."""
    rest = _LATIN_WORD.match(folded, end)
    return rest is not None and rest.group() not in ("s", "'s")


def parse_things(text: str, source: str) -> Things:
    """The things of a file; SettingsError names the line of a fault and what a valid one looks like."""
    things: list[Thing] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS or columns[3].rstrip("+") not in set(Dimension):
            raise SettingsError(
                f"{source}, line {number}: a thing has {_COLUMNS} columns separated by tabs: name, Chinese words, "
                f"English words, one of {', '.join(Dimension)} (with + where its words are general), what it is a "
                "kind of, what it is a part of."
            )
        name, chinese, english, dimension, kind_of, part_of = (column.strip() for column in columns)
        stated = dict.fromkeys(
            fold(word) for word in (*chinese.split("、"), *_HYPHEN.sub(" ", english).split("|")) if word
        )
        things.append(
            Thing(
                name,
                tuple(word.removeprefix(_BARE) for word in stated),
                frozenset(word.removeprefix(_BARE) for word in stated if word.startswith(_BARE)),
                Dimension(dimension.rstrip("+")),
                dimension.endswith("+"),
                kind_of,
                tuple(part for part in part_of.split("、") if part),
            )
        )
    _check(things, source)
    return Things(things)


def _check(things: Sequence[Thing], source: str) -> None:
    """SettingsError for a name or word that two things have, and for an edge to a thing that is not there."""
    names = [thing.name for thing in things]
    for thing in things:
        if names.count(thing.name) > 1:
            raise SettingsError(f"{source}: the thing {thing.name} stands there twice; give each thing one line.")
        for other in (thing.kind_of, *thing.part_of):
            if other and other not in names:
                raise SettingsError(f"{source}: {thing.name} belongs to {other}, which has no line of its own.")
    owners: dict[str, str] = {}
    for thing in things:
        for word in thing.words:
            if owners.setdefault(word, thing.name) != thing.name:
                raise SettingsError(
                    f"{source}: the word {word} means both {owners[word]} and {thing.name}; leave it with one of them."
                )


@cache
def shipped_things() -> Things:
    """The things that come with the product."""
    source = files("assistant.language") / "data" / "things.tsv"
    return parse_things(source.read_text(encoding="utf-8"), "things.tsv")
