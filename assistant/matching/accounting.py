"""Accounting: what of a clause's words a case accounts for, character by character, and whether a demand is met by it.

A demand is met only when all that it says is accounted for: held by a statement, settled by a figure, or without content.
What is left over keeps it open, so a word that is unknown here costs certainty and never creates it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.clause.grant import compact_words
from assistant.clause.recipient import All, AnyOf, Demand, Node, Not, leaves
from assistant.language.levels import level_names, levels_asked, levels_in
from assistant.language.lexicon import GENERAL, Lexicon
from assistant.language.signs import signs_in
from assistant.matching.likeness import Likeness
from assistant.matching.said import denied_in
from assistant.question.case import Case, Statement

_SHORTEST = 2  # characters that a statement must share with a clause to account for them
_BARE = 2  # characters that a statement may hold beside a name to be no more than the name
_LONGER = 4  # characters by which the first or last member of an enumeration is longer than the others: it holds what all share
_MARKS = r"[对向凡按的且并在由为等和与及或、之所者该含达年元每户家个以其()\[\]〔〕“”\"'《》<>/·%\s\-—]"
_BOUND_BEHIND = frozenset("内多余整")  # behind a settled figure: 一年内
_NEGATIONS = frozenset("不未没无非")
_LEFT, _FREE, _SAID = 0, 1, 2


@cache
def _without_content() -> re.Pattern[str]:
    """A pattern for the words of ``bare_words.txt``, the longest first, and for the marks around them."""
    lines = (files("assistant.language") / "data" / "bare_words.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return re.compile("|".join([*map(re.escape, sorted(words, key=len, reverse=True)), _MARKS]))


@dataclass(frozen=True, slots=True)
class Held:
    """What a case says to hold: its statements, their words without spaces, and the glossary concepts among them."""

    said: str  # everything that is said, what is denied included
    statements: tuple[Statement, ...]
    words: tuple[str, ...]  # of each statement, without what it denies
    concepts: frozenset[int]
    likeness: Likeness | None = None  # what else may tell that a statement means a condition

    @property
    def text(self) -> str:
        """All words, statement by statement."""
        return ",".join(self.words)


def held_in(case: Case, lexicon: Lexicon, likeness: Likeness | None = None) -> Held:
    """What a case holds; what it denies or only applies for is left out."""
    words = tuple(compact_words(_without_denied(statement.text)) for statement in case.held)
    concepts = [lexicon.concepts_in(text) for text in words]
    concepts += [fact.concepts for fact in case.facts]
    return Held(case.text, case.held, words, frozenset().union(*concepts), likeness)


def holds(metric: str, about: str, held: Held, lexicon: Lexicon) -> bool:
    """Whether a class, certificate or level that one rule of a clause is for is held, as new and as high as the clause wants.

    ``about`` are the words of the grant: a level by itself (国家级) is one of what they name.
    """
    wanted = compact_words(metric)
    levels, matter = levels_in(wanted), matter_of(wanted)
    named = any(map(_is_word, matter)) and not levels
    demanded = levels or levels_in(about)
    concepts = lexicon.concepts_in(wanted)
    new = bool(signs_in(about, "new"))
    on_it = on_matter(matter if any(map(_is_word, matter)) else about, held, lexicon)
    for statement, words, on in zip(held.statements, held.words, on_it, strict=True):
        if demanded and not demanded & levels_of(words):
            continue
        if new and not statement.newly:
            continue
        if named and (wanted in words or (concepts and concepts <= lexicon.concepts_in(words))):
            return True
        if not named and on:
            return True
    return False


def says_no_more(text: str, words: str, lexicon: Lexicon) -> bool:
    """Whether a text names nothing beside what some words name, and words without content."""
    kept = list(text)
    concepts = lexicon.concepts_in(words)
    spans = [
        (m.start, m.end) for m in lexicon.mentions(text) if any(c.number in concepts or c.measure for c in m.concepts)
    ]
    spans += [*shared_runs(text, words), *(match.span() for match in _without_content().finditer(text))]
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return sum(map(_is_word, "".join(kept))) < _SHORTEST


def levels_of(words: str) -> set[str]:
    """The levels that a statement says something is of; 国家标准 is one of the nation's."""
    nation = {"国家级"} if "国家" in words else set()
    return {*levels_in(words), *levels_asked(words), *nation}


def _without_denied(text: str) -> str:
    """A statement without what it says not to hold."""
    kept = list(text)
    for start, end in denied_in(text):
        kept[start:end] = "," * (end - start)
    return "".join(kept)


class Account:
    """The characters of ``folded[start:end]``, each left over, without content or held by a statement.

    ``about`` are the words of the grant, which say of what a stretch is that names nothing itself (对新获评省级的).
    """

    def __init__(
        self,
        folded: str,
        span: tuple[int, int],
        settled: Sequence[tuple[int, int]],
        names: Sequence[str],
        held: Held,
        lexicon: Lexicon,
        about: str = "",
    ) -> None:
        self._start, self._end = span
        self._text = folded[slice(*span)]
        self._held = held
        self._marks = [_FREE if not _is_word(character) else _LEFT for character in self._text]
        for start, end in settled:
            reach = end + (folded[end : end + 1] in _BOUND_BEHIND)
            self._mark(start - self._start, reach - self._start, _FREE)
        for name in names:
            for start, end in shared_runs(self._text, name):
                self._mark(start, end, _FREE)
        matter = self._text if any(map(_is_word, matter_of(self._text))) else about
        self._relevant = on_matter(matter, held, lexicon)
        for mention in lexicon.mentions(self._text):
            if any(concept.number in held.concepts for concept in mention.concepts):
                self._mark(mention.start, mention.end, _SAID)
        for words in held.words:
            for start, end in shared_runs(self._text, words):
                self._mark(start, end, _SAID)
        for free in _without_content().finditer(self._text):  # who shares no more than 企业 has said nothing of it
            self._marks[slice(*free.span())] = [_FREE] * (free.end() - free.start())
        self._mark_ways_of_holding()
        self.rules_out = not (self._levels_held() and self._new_held()) or bool(signs_in(self._text, "unnamed"))

    def met(self, node: Node | None) -> bool:
        """Whether everything that the tree of the stretch demands is accounted for."""
        return (not self.rules_out and (node is None or self._met(node))) or self._is_meant()

    def _is_meant(self) -> bool:
        """Whether a statement means the stretch in other words; whom it is for (…的企业) has to be accounted for by words."""
        likeness, text = self._held.likeness, self._text
        whom = text.rfind("的") + 1
        if likeness is None or signs_in(text, "unnamed") or (0 < whom < len(text) and self._left(whom, len(text))):
            return False
        return any(
            self._may_mean(statement, words) and likeness.means(statement.text, text)
            for statement, words in zip(self._held.statements, self._held.words, strict=True)
        )

    def _may_mean(self, statement: Statement, words: str) -> bool:
        """Whether a statement, in words of its own, holds or denies like the stretch, and is as new and high as it demands."""
        if self._is_bare(words):
            return False  # whoever says a part of it in the same words says no more than that part
        levels = levels_in(self._text)
        if levels and not levels & levels_of(words):
            return False
        if signs_in(self._text, "first") and not signs_in(words, "first"):
            return False
        if signs_in(self._text, "new") and not statement.newly:
            return False
        return _denies(statement.text) == _denies(self._text)

    def is_said(self) -> bool:
        """Whether a statement speaks of the stretch at all."""
        return _SAID in self._marks

    def _met(self, node: Node) -> bool:
        match node:
            case Demand():
                return not self._left(*self._span(node))
            case Not(part):
                return not self._met(part) or not self._is_said(*self._span(part))
            case All(parts):
                return all(self._met(part) for part in parts)
            case AnyOf(parts):
                return self._any_met(parts)

    def _any_met(self, parts: Sequence[Node]) -> bool:
        """Whether one member of an enumeration is met, with what stands before the first and behind the last for all of them."""
        spans = [self._span(part) for part in parts]
        full = [
            number
            for number, (part, span) in enumerate(zip(parts, spans, strict=True))
            if self._met(part) and self._is_said(*span)
        ]
        if not full:
            return all(self._met(part) for part in parts)
        inner = [end - start for start, end in spans[1:-1]] or [spans[full[0]][1] - spans[full[0]][0]]
        longest = max(inner) + _LONGER
        first, last = spans[0], spans[-1]
        if 0 not in full and not self._opens(first, longest):
            return False
        return len(spans) - 1 in full or self._closes(last, longest)

    def _opens(self, span: tuple[int, int], longest: int) -> bool:
        """Whether what the first member says for all members is accounted for: of 新获批的甲 the 新获批的."""
        left = self._left(*span)
        if left and left[0] == span[0] + self._lead(*span):
            return span[1] - span[0] <= longest and not signs_in(self._text[left[0] : span[1]], "predicate")
        return True

    def _closes(self, span: tuple[int, int], longest: int) -> bool:
        """Whether what the last member says for all members is accounted for: of 丙名单的企业 the 名单的企业."""
        left = self._left(*span)
        if not left or not self._marks_alike(left[-1] + 1, span[1], _FREE):
            return True
        return span[1] - span[0] <= longest

    def _lead(self, start: int, end: int) -> int:
        """How many characters without content a stretch begins with."""
        return next((n for n, mark in enumerate(self._marks[start:end]) if mark != _FREE), end - start)

    def _marks_alike(self, start: int, end: int, mark: int) -> bool:
        return all(one == mark for one in self._marks[start:end])

    def _left(self, start: int, end: int) -> list[int]:
        return [place for place in range(start, end) if self._marks[place] == _LEFT]

    def _is_said(self, start: int, end: int) -> bool:
        return _SAID in self._marks[start:end]

    def _span(self, node: Node) -> tuple[int, int]:
        """Where a part of the tree stands, in the stretch."""
        spans = [leaf.span for leaf in leaves(node) if leaf.span is not None]
        inside = [(max(0, s.start - self._start), min(len(self._text), s.end - self._start)) for s in spans]
        return min((start for start, _ in inside), default=0), max((end for _, end in inside), default=0)

    def _mark(self, start: int, end: int, mark: int) -> None:
        for place in range(max(0, start), min(end, len(self._marks))):
            self._marks[place] = max(self._marks[place], mark)

    def _mark_ways_of_holding(self) -> None:
        """How a thing is come by (列入, 获得) says no more than the statement that it is held."""
        holders = [
            words
            for words, shares in zip(self._held.words, self._relevant, strict=True)
            if shares and (signs_in(words, "held") or self._is_bare(words))
        ]
        if holders:
            for sign in signs_in(self._text, "held"):
                self._mark(sign.start, sign.end, _FREE)
        if any(
            shares and signs_in(words, "lead") for words, shares in zip(self._held.words, self._relevant, strict=True)
        ):
            for sign in signs_in(self._text, "lead"):
                self._mark(sign.start, sign.end, _SAID)

    def _is_bare(self, words: str) -> bool:
        """Whether a statement is no more than a name that stands in the stretch."""
        rest = list(words)
        for start, end in shared_runs(words, compact_words(self._text)):
            rest[start:end] = " " * (end - start)
        return sum(map(_is_word, _without_content().sub("", "".join(rest)))) <= _BARE

    def _levels_held(self) -> bool:
        """Whether a statement on the same matter is of a level that the stretch demands."""
        demanded = levels_in(self._text)
        return not demanded or any(
            shares and demanded & levels_of(words)
            for words, shares in zip(self._held.words, self._relevant, strict=True)
        )

    def _new_held(self) -> bool:
        """Whether what has to be new, or so for the first time, is said to be so by a statement on the same matter."""
        on_it = [
            (one, words)
            for one, words, shares in zip(self._held.statements, self._held.words, self._relevant, strict=True)
            if shares and one.newly
        ]
        for kind in ("first", "new"):
            for sign in signs_in(self._text, kind):
                if not any(kind == "new" or signs_in(words, "first") for _, words in on_it):
                    return False
                self._mark(sign.start, sign.end, _SAID)
        return True


def on_matter(text: str, held: Held, lexicon: Lexicon) -> list[bool]:
    """Which statements are on the matter of a text: not those of which another one says all that they share with it, and more.

    新认定的绿色牧场 is no more than 牧场 to 海洋牧场 where 海洋牧场 is held beside it.
    """
    own = matter_of(text)
    covered = [_covered(own, matter_of(words), lexicon) for words in held.words]
    return [bool(places) and not any(places < other for other in covered) for places in covered]


def _covered(own: str, other: str, lexicon: Lexicon) -> frozenset[int]:
    """The characters of a text that some words share, by themselves or by what they mean."""
    named = {number for number in lexicon.concepts_in(other) if lexicon.concepts[number].measure != GENERAL}
    spans = [(m.start, m.end) for m in lexicon.mentions(own) if any(c.number in named for c in m.concepts)]
    return frozenset(place for start, end in (*spans, *shared_runs(own, other)) for place in range(start, end))


def shares(words: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a statement is on the matter of a text: beside levels, newness and empty words they share some."""
    own, other = matter_of(text), matter_of(words)
    if any(True for _ in shared_runs(own, other)):
        return True
    named = lexicon.concepts_in(own) & lexicon.concepts_in(other)
    return any(lexicon.concepts[number].measure != GENERAL for number in named)


def matter_of(text: str) -> str:
    """A text without what says only how high, how new and by what way something is held."""
    kept = list(text)
    signs = (sign for kind in ("new", "first", "held") for sign in signs_in(text, kind))
    spans = [*level_names(text), *((sign.start, sign.end) for sign in signs)]
    spans += [match.span() for match in _without_content().finditer(text)]
    for start, end in spans:
        kept[start:end] = "," * (end - start)
    return "".join("," if character.isdigit() else character for character in kept)


def _denies(text: str) -> bool:
    return not _NEGATIONS.isdisjoint(text)


def _is_word(character: str) -> bool:
    return character.isalnum()


def shared_runs(text: str, words: str) -> Iterator[tuple[int, int]]:
    """The longest stretches of ``text`` that are in ``words``, two characters at least, without marks."""
    position = 0
    while position < len(text) - 1:
        end = position
        while end < len(text) and text[end] not in "," and compact_words(text[position : end + 1]) in words:
            end += 1
        if end - position >= _SHORTEST and text[position:end].strip():
            yield position, end
            position = end
        else:
            position += 1
