"""Said: what an asker, or a profile, states and denies of themselves, as conditions in words are judged by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.clause.grant import Grant
from assistant.language.classes import ClassMention, classes_in
from assistant.language.durations import Duration, durations_in
from assistant.language.signs import Sign, signs_in
from corpus.script import fold

_MARKS = ",。;:?!\n"
_REACH = 24  # characters that a denial reaches; what stands further behind it is another phrase
_REACH_OF_LETTERS = 40  # the same behind an English denial, which also ends with its sentence

_SERVED = 5  # characters in front of a name in which a word like 向 says that it is another's


@dataclass(frozen=True, slots=True)
class Said:
    """One text of the asker's, folded, without the names of places."""

    text: str
    denied: tuple[tuple[int, int], ...]  # what it says not to hold, ``text[start:end]``
    classes: tuple[ClassMention, ...]  # which it says to be of
    without: tuple[ClassMention, ...]  # which it says not to be of
    durations: tuple[Duration, ...]

    def is_denied(self, start: int, end: int) -> bool:
        """Whether a stretch lies in what is said not to hold."""
        return any(first <= start and end <= last for first, last in self.denied)

    def values(self, kind: str) -> frozenset[str]:
        """The classes of a set that the asker is of, by the last turn that names any: a later one corrects."""
        own = [mention for mention in self.classes if mention.kind == kind]
        turn = max((self.text.rfind("\n", 0, mention.start) for mention in own), default=-1)
        return frozenset(value for mention in own if mention.start > turn for value in mention.values)

    def lacks(self, kind: str) -> frozenset[str]:
        """The classes of a set that the asker says not to be of."""
        return frozenset(value for mention in self.without if mention.kind == kind for value in mention.values)


def said_to(grant: Grant, folded: str) -> Said:
    """What a folded text says where a grant is judged by it: the place of its document is no part of that."""
    metadata = grant.document.metadata
    return read_said(folded, map(fold, (metadata.region, *metadata.region_aliases)))


def read_said(folded: str, places: Iterable[str] = ()) -> Said:
    """What a folded text states and denies; ``places`` are the names that say no more than where."""
    for name in sorted((place for place in places if len(place) > 1), key=len, reverse=True):
        folded = folded.replace(name, " " * len(name))
    return _read(folded)


@lru_cache(maxsize=256)  # the same conversation is held against every grant
def _read(folded: str) -> Said:
    denied = denied_in(folded)
    inside = [m for m in classes_in(folded) if any(first <= m.start and m.end <= last for first, last in denied)]
    own = [mention for mention in classes_in(folded) if not is_served(folded, mention.start)]
    stated = tuple(mention for mention in own if mention not in inside)
    durations = tuple(d for d in durations_in(folded) if not any(a <= d.start < b for a, b in denied))
    return Said(folded, denied, stated, tuple(inside), durations)


def denied_in(folded: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a folded text that it says not to hold: behind 没有, 不是, 未, or before 还没办."""
    found: list[tuple[int, int]] = []
    names = [(mention.start, mention.end) for mention in classes_in(folded)]
    for sign in signs_in(folded, "not"):
        if any(first <= sign.start < last for first, last in names):
            continue  # 非营利 is a class of its own
        stop = min(segment_around(folded, sign.start)[1], _reach(folded, sign))
        ends = [end.start for end in signs_in(folded[sign.end : stop], "end") if end.start > 0]
        found.append((sign.end, sign.end + min(ends, default=stop - sign.end)))
    for sign in signs_in(folded, "lacking"):
        found.append((max(segment_around(folded, sign.start)[0], sign.start - _REACH), sign.start))
    return tuple(span for span in found if span[1] > span[0])


def _reach(folded: str, sign: Sign) -> int:
    """How far a denial reaches at most."""
    if not folded[sign.start].isascii():
        return sign.end + _REACH
    full_stop = folded.find(". ", sign.end)
    reach = sign.end + _REACH_OF_LETTERS
    return reach if full_stop < 0 else min(reach, full_stop)


def is_served(folded: str, start: int) -> bool:
    """Whether who is named at a place is served or met by whom the text is about: 向工业企业输送劳动者."""
    segment = segment_around(folded, start)[0]
    return bool(signs_in(folded[max(segment, start - _SERVED) : start], "to"))


def segment_around(folded: str, position: int) -> tuple[int, int]:
    """The stretch between the marks on either side of a place."""
    start = max(folded.rfind(mark, 0, position) for mark in _MARKS) + 1
    ends = [place for mark in _MARKS if (place := folded.find(mark, position)) >= 0]
    return start, min(ends, default=len(folded))
