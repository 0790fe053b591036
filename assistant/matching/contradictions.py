"""Contradictions: the places of a clause that what an asker says contradicts, each by its form and nothing else.

A class beside another of a closed set, an age or a duration outside its bounds, a phrase that is denied where it is
demanded or holds where it is excluded, and a name that is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from assistant.clause.vocabulary import words
from assistant.language.classes import ClassMention, classes_in
from assistant.language.durations import durations_in
from assistant.language.signs import signs_in
from assistant.matching.demands import Demand
from assistant.matching.members import Found, members
from assistant.matching.said import Said, denied_in, is_served, segment_around
from assistant.question.founding import read_founding
from corpus.quantities import Polarity

_BOUNDS = str.maketrans("", "", "之以内上下含及(), ")  # what may stand behind a duration and belongs to it
_SHORTEST = 2  # characters that a denied phrase must share with what is demanded
_CERTAIN = 0.75  # share of the phrase that they must be
_EXCLUDED = 4  # characters of what is left out that the asker must name
_BOUNDED = frozenset({Polarity.AT_MOST, Polarity.LESS_THAN, Polarity.AT_LEAST, Polarity.MORE_THAN})


def contradictions(
    folded: str,
    part: tuple[int, int],
    excluded: Sequence[tuple[int, int]],
    said: Said,
    own: tuple[str, frozenset[str]] | None,
    demand: Demand,
) -> Iterator[Found]:
    """The places of one part of a demand, ``folded[slice(*part)]``, that the asker contradicts.

    ``excluded`` is what the demand leaves out, ``own`` the classes of a set that the rule itself is for.
    """
    start, end = part
    denied = [(first + start, last + start) for first, last in denied_in(folded[start:end])]
    yield from _wrong_classes(folded, part, [*excluded, *denied], said, own)
    yield from _left_out(folded, [span for span in excluded if span[0] < end and start < span[1]], said)
    if demand.refuses:
        return
    yield from _wrong_durations(folded, part, said)
    yield from _wrong_founding(folded, part, said)
    yield from _said_not_to_hold(folded, part, [*excluded, *denied], said)
    yield from _holds_after_all(folded, denied, said)


def _wrong_classes(
    folded: str,
    part: tuple[int, int],
    excluded: Sequence[tuple[int, int]],
    said: Said,
    own: tuple[str, frozenset[str]] | None,
) -> Iterator[Found]:
    mentions = [
        mention for mention in classes_at(folded, *part) if not is_served(folded[part[0] :], mention.start - part[0])
    ]
    for kind in dict.fromkeys(mention.kind for mention in mentions):
        named = [mention for mention in mentions if mention.kind == kind]
        inside = [m for m in named if any(a <= m.start and m.end <= b for a, b in excluded)]
        wanted = frozenset(value for m in named if m not in inside for value in m.values)
        if own is not None and own[0] == kind:
            wanted = own[1]
        barred = frozenset(value for m in inside for value in m.values)
        stated, lacked = said.values(kind), said.lacks(kind)
        is_barred = bool(stated and barred) and stated <= barred
        fails = bool(stated and wanted) and not stated & wanted
        if is_barred or fails or (wanted and wanted <= lacked and not stated & wanted):
            words = _words_of(kind, said)
            yield from (Found(m.start, m.end, words, kind, alone=is_barred and m in inside) for m in named)


@lru_cache(maxsize=4096)
def classes_at(folded: str, start: int, end: int) -> tuple[ClassMention, ...]:
    """The classes that a stretch of a text names, by their places in the whole."""
    return tuple(
        ClassMention(mention.kind, mention.values, mention.start + start, mention.end + start)
        for mention in classes_in(folded[start:end])
    )


def _words_of(kind: str, said: Said) -> str:
    own = [mention for mention in (*said.classes, *said.without) if mention.kind == kind]
    return said.text[own[-1].start : own[-1].end] if own else ""


def _wrong_durations(folded: str, part: tuple[int, int], said: Said) -> Iterator[Found]:
    start, end = part
    for wanted in durations_in(folded[start:end]):
        if wanted.polarity not in _BOUNDED and wanted.low == wanted.high:
            continue  # 每满一年: how long is only named
        stated = [one for one in said.durations if one.event == wanted.event]
        if stated and all(one.misses(wanted) for one in stated):
            last = stated[-1]
            words = said.text[last.start : last.end]
            yield Found(start + wanted.start, start + wanted.end, words, alone=_ends_member(folded, start + wanted.end))


def _wrong_founding(folded: str, part: tuple[int, int], said: Said) -> Iterator[Found]:
    """Who was founded before the day from which the clause wants it (2023年1月1日以后登记成立), or after the one until which."""
    start, end = part
    wanted, stated = read_founding(folded[start:end]), read_founding(said.text)
    if wanted is None or stated is None or stated.relative or wanted.relative:
        return
    behind = folded[start + wanted.span[1] : end]
    signs = signs_in(behind, "since", "until")
    if not signs or signs[0].start > 0:
        return
    limit = wanted.on(date.max) if signs[0].kind == "until" else replace(wanted, first=True).on(date.max)
    first, last = replace(stated, first=True).on(date.max), stated.on(date.max)
    if (signs[0].kind == "since" and last < limit) or (signs[0].kind == "until" and first > limit):
        words = said.text[stated.span[0] : segment_around(said.text, stated.span[0])[1]]
        yield Found(start + wanted.span[0], end, words, alone=True)


def _ends_member(folded: str, end: int) -> bool:
    """Whether nobody is named behind a duration (毕业两年之内、有户籍的…): it is a demand of its own, and no alternative."""
    segment = segment_around(folded, end)[1]
    stop = min((sign.start for sign in signs_in(folded[end:segment], "or")), default=segment - end)
    return not folded[end : end + stop].translate(_BOUNDS)


def _said_not_to_hold(
    folded: str, part: tuple[int, int], excluded: Sequence[tuple[int, int]], said: Said
) -> Iterator[Found]:
    """What the clause demands and the asker says not to have or be, in the same words."""
    start, end = part
    for first, last in said.denied:
        phrase = said.text[first:last].strip()
        shared = _longest_shared(phrase, folded[start:end])
        of_classes = any(
            first <= m.start and m.end <= last and shared in said.text[m.start : m.end] for m in said.without
        )
        if of_classes or not _says_as_much(shared, phrase):
            continue  # who is not 营利 is judged by the set that it is of
        at = folded.find(shared, start, end)
        if any(a <= at < b for a, b in excluded) or _is_supposed_otherwise(said, shared, last):
            continue
        if not _holds_elsewhere(said, shared, (first, last)):
            yield Found(at, at + len(shared), said.text[segment_around(said.text, first)[0] : last].strip())


def _says_as_much(shared: str, phrase: str) -> bool:
    """Whether what two phrases share is what one of them says: not the 获批 alone of what was not 获批."""
    if len(shared) == _SHORTEST and shared in words("recipients"):
        return False  # 企业, 机构: words for whoever gets the money, of which a clause may as well name one for all
    if any(character.isdigit() for character in shared):
        return False  # numbers are judged as numbers
    content = shared
    for sign in signs_in(shared, "held"):
        content = content.replace(shared[sign.start : sign.end], "")
    return len(content.strip()) >= _SHORTEST and len(shared) >= _CERTAIN * len("".join(phrase.split()))


def _is_supposed_otherwise(said: Said, phrase: str, end: int) -> bool:
    """Whether what follows a denial supposes it away (要是评上了), or a later turn names the thing without it."""
    rest = said.text[end:]
    turn, _, later = rest.partition("\n")
    named = _longest_shared(phrase, later)
    at = end + len(turn) + 1 + later.find(named)
    return bool(signs_in(turn, "if")) or (len(named) >= _SHORTEST and not said.is_denied(at, at + len(named)))


def _holds_elsewhere(said: Said, phrase: str, denied: tuple[int, int]) -> bool:
    """Whether the asker says the same of something that does hold."""
    at = said.text.find(phrase)
    while at >= 0:
        if not denied[0] <= at < denied[1] and not said.is_denied(at, at + len(phrase)):
            segment = said.text[slice(*segment_around(said.text, at))]
            if signs_in(segment, "done"):
                return True
        at = said.text.find(phrase, at + 1)
    return False


def _holds_after_all(folded: str, denied: Sequence[tuple[int, int]], said: Said) -> Iterator[Found]:
    """What the clause wants not to be so, and the asker says to be: 未上市 and 已经上市了."""
    for first, last in denied:
        phrase = folded[first:last].strip()
        shared = _longest_shared(phrase, said.text)
        if not _says_as_much(shared, phrase):
            continue
        at = said.text.find(shared)
        segment = segment_around(said.text, at)
        around = said.text[segment[0] : at] + " " + said.text[at + len(shared) : segment[1]]
        if not said.is_denied(at, at + len(shared)) and signs_in(around, "done"):
            yield Found(first, last, said.text[slice(*segment)].strip())


def _left_out(folded: str, excluded: Sequence[tuple[int, int]], said: Said) -> Iterator[Found]:
    """What the clause leaves out by name and the asker names: 人才招聘会、房产展销会除外."""
    for start, end in excluded:
        for first, last in members(folded, start, end):
            name = folded[first:last].strip(" 的,;。")
            at = said.text.find(name) if len(name) >= _EXCLUDED else -1
            if at >= 0 and not said.is_denied(at, at + len(name)):
                yield Found(first, last, name, alone=True)


@lru_cache(maxsize=4096)
def _longest_shared(one: str, other: str) -> str:
    """The longest run of characters that two texts share."""
    best = ""
    for start in range(len(one)):
        end = start + len(best) + 1
        while end <= len(one) and one[start:end] in other:
            best, end = one[start:end], end + 1
    return best
