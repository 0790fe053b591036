"""Opposition: what an asker says that plainly contradicts what a clause demands in words.

A demand fails only by form: a class beside another of a closed set (营利 and 非营利), a phrase that is denied where it is
demanded or holds where it is excluded, an age or a duration outside its bounds. What merely differs stays open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.clause.grant import Grant
from assistant.clause.rule import SubsidyRule, TextSpan
from assistant.clause.vocabulary import words
from assistant.language.classes import ClassMention, classes_in
from assistant.language.durations import durations_in
from assistant.language.signs import signs_in
from assistant.matching.demands import Demand, demands_of, excluded_in
from assistant.matching.requirements import label_length
from assistant.matching.said import Said, denied_in, is_served, segment_around
from corpus.quantities import Polarity
from corpus.script import fold, repair_glyphs

_BOUNDS = str.maketrans("", "", "之以内上下含及(), ")  # what may stand behind a duration and belongs to it
_SHORTEST = 2  # characters that a denied phrase must share with what is demanded
_CERTAIN = 0.75  # share of the phrase that they must be
_EXCLUDED = 4  # characters of what is left out that the asker must name
_FAR = 4  # characters by which what is said of a whole enumeration stands further from it than a member is long
_BOUNDED = frozenset({Polarity.AT_MOST, Polarity.LESS_THAN, Polarity.AT_LEAST, Polarity.MORE_THAN})


@dataclass(frozen=True, slots=True)
class Opposed:
    """A demand that the asker's words contradict: ``clause.text[start:end]``, in its words, and what was said."""

    text: str
    start: int
    end: int
    said: str
    kind: str = ""  # the set of classes that decides, where one does


@dataclass(frozen=True, slots=True)
class _Found:
    """A place in the clause that the asker's words contradict."""

    start: int
    end: int
    said: str
    kind: str = ""
    alone: bool = False  # fails the demand whatever stands beside it: it is left out by name


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a rule adds to the reading of its own clause: the class of a ladder that it is for."""

    grant: Grant
    rule: SubsidyRule | None
    rungs: "OwnClass | None"
    named: frozenset[str]  # sets of which its own words name a class

    @property
    def own(self) -> tuple[str, frozenset[str]] | None:
        """The set and the classes of it that the rule is for."""
        return (self.rungs.kind, self.rungs.values[self._number]) if self.rungs is not None else None

    @property
    def dealt(self) -> tuple[tuple[int, int], ...]:
        """Where the classes stand that the ladder is dealt out to."""
        return self.rungs.places if self.rungs is not None else ()

    @property
    def mine(self) -> tuple[int, int]:
        """Where the rule's own class stands."""
        return self.rungs.places[self._number] if self.rungs is not None else (-1, -1)

    @property
    def _number(self) -> int:
        return self.grant.rules.index(self.rule) if self.rule is not None else 0


def opposition(grant: Grant, rule: SubsidyRule | None, said: Said) -> Opposed | None:
    """The first demand of a rule that the asker plainly does not meet; None where none plainly fails."""
    folded = fold(grant.clause.text)
    demands = demands_of(grant, rule)
    named = frozenset(m.kind for d in demands if not d.inherited for m in _classes_at(folded, d.start, d.end))
    rungs = classes_of_rungs(grant) if rule is not None and rule in grant.rules else None
    scope = _Scope(grant, rule, rungs, named)
    found = (opposed_in(grant.clause.text, demand, said, scope) for demand in demands)
    return next((one for one in found if one is not None), None)


def opposed_in(text: str, demand: Demand, said: Said, scope: _Scope | None = None) -> Opposed | None:
    """What of one demand of a clause's text the asker contradicts; None where nothing plainly fails."""
    folded = fold(text)
    excluded = excluded_in(folded, demand)
    own, dealt, mine = (scope.own, scope.dealt, scope.mine) if scope is not None else (None, (), (-1, -1))
    for start, end in _conjuncts(folded, demand):
        found = list(_contradicted(folded, (start, end), excluded, said, own, demand))
        if scope is not None:
            found = [one for one in found if _is_of_all(dealt, one) or not _is_of_another_rule(scope, one)]
        if demand.inherited and scope is not None:
            found = [one for one in found if one.kind and one.kind not in scope.named]
        decisive = next((one for one in found if _decides(folded, (start, end), one, found, dealt, mine)), None)
        if decisive is not None:
            first, last = _quoted(folded, demand, decisive)
            quoted = " ".join(repair_glyphs(text[first:last]).split())
            return Opposed(quoted, first, last, decisive.said, decisive.kind)
    return None


# ── classes ──


@dataclass(frozen=True, slots=True)
class OwnClass:
    """The classes of a set that the rules of a ladder are for, one each, in order: A类、B类、C类…分别."""

    kind: str
    values: tuple[frozenset[str], ...]
    places: tuple[tuple[int, int], ...]


def classes_of_rungs(grant: Grant) -> OwnClass | None:
    """The closed set that a ladder deals its sums out to, as many mentions as rules; None where it is none."""
    rungs = [rule for rule in grant.rules if rule.ladder]
    if len(rungs) < 2 or len(rungs) != len(grant.rules):
        return None
    folded = fold(grant.clause.text)
    mentions = [
        mention
        for demand in demands_of(grant, rungs[0])
        if not demand.refuses and not demand.inherited
        for mention in _classes_at(folded, demand.start, demand.end)
    ]
    for kind in dict.fromkeys(mention.kind for mention in mentions):
        own = [mention for mention in mentions if mention.kind == kind]
        values = tuple(mention.values for mention in own)
        if len(own) == len(rungs) and len(set(values)) == len(rungs):
            return OwnClass(kind, values, tuple((mention.start, mention.end) for mention in own))
    return None


def names_class(grant: Grant, kind: str | None, said: Said) -> bool:
    """Whether a grant names a class of a set (of any, when None) that the asker is of."""
    folded = fold(grant.clause.text)
    rule = grant.rules[0] if grant.rules else None
    named = [
        mention
        for demand in demands_of(grant, rule)
        if not demand.inherited
        for mention in _classes_at(folded, demand.start, demand.end)
    ]
    return any(kind in (None, m.kind) and bool(m.values & said.values(m.kind)) for m in named)


@lru_cache(maxsize=4096)
def _classes_at(folded: str, start: int, end: int) -> tuple[ClassMention, ...]:
    return tuple(
        ClassMention(mention.kind, mention.values, mention.start + start, mention.end + start)
        for mention in classes_in(folded[start:end])
    )


def _contradicted(
    folded: str,
    part: tuple[int, int],
    excluded: Sequence[tuple[int, int]],
    said: Said,
    own: tuple[str, frozenset[str]] | None,
    demand: Demand,
) -> Iterator[_Found]:
    start, end = part
    denied = [(first + start, last + start) for first, last in denied_in(folded[start:end])]
    yield from _wrong_classes(folded, part, [*excluded, *denied], said, own)
    yield from _left_out(folded, [span for span in excluded if span[0] < end and start < span[1]], said)
    if demand.refuses:
        return
    yield from _wrong_durations(folded, part, said)
    yield from _said_not_to_hold(folded, part, [*excluded, *denied], said)
    yield from _holds_after_all(folded, denied, said)


def _wrong_classes(
    folded: str,
    part: tuple[int, int],
    excluded: Sequence[tuple[int, int]],
    said: Said,
    own: tuple[str, frozenset[str]] | None,
) -> Iterator[_Found]:
    mentions = [
        mention for mention in _classes_at(folded, *part) if not is_served(folded[part[0] :], mention.start - part[0])
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
            yield from (_Found(m.start, m.end, words, kind, alone=is_barred and m in inside) for m in named)


def _words_of(kind: str, said: Said) -> str:
    own = [mention for mention in (*said.classes, *said.without) if mention.kind == kind]
    return said.text[own[-1].start : own[-1].end] if own else ""


# ── durations ──


def _wrong_durations(folded: str, part: tuple[int, int], said: Said) -> Iterator[_Found]:
    start, end = part
    for wanted in durations_in(folded[start:end]):
        if wanted.polarity not in _BOUNDED and wanted.low == wanted.high:
            continue  # 每满一年: how long is only named
        stated = [one for one in said.durations if one.event == wanted.event]
        if stated and all(one.misses(wanted) for one in stated):
            last = stated[-1]
            words = said.text[last.start : last.end]
            yield _Found(
                start + wanted.start, start + wanted.end, words, alone=_ends_member(folded, start + wanted.end)
            )


def _ends_member(folded: str, end: int) -> bool:
    """Whether nobody is named behind a duration (毕业两年之内、有户籍的…): it is a demand of its own, and no alternative."""
    segment = segment_around(folded, end)[1]
    stop = min((sign.start for sign in signs_in(folded[end:segment], "or")), default=segment - end)
    return not folded[end : end + stop].translate(_BOUNDS)


# ── what is denied ──


def _said_not_to_hold(
    folded: str, part: tuple[int, int], excluded: Sequence[tuple[int, int]], said: Said
) -> Iterator[_Found]:
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
            yield _Found(at, at + len(shared), said.text[segment_around(said.text, first)[0] : last].strip())


def _says_as_much(shared: str, phrase: str) -> bool:
    """Whether what two phrases share is what one of them says: not the 获批 alone of what was not 获批."""
    if len(shared) == _SHORTEST and shared in words("recipients"):
        return False  # 企业, 机构: words for whoever gets the money, of which a clause may as well name one for all
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


def _holds_after_all(folded: str, denied: Sequence[tuple[int, int]], said: Said) -> Iterator[_Found]:
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
            yield _Found(first, last, said.text[slice(*segment)].strip())


def _left_out(folded: str, excluded: Sequence[tuple[int, int]], said: Said) -> Iterator[_Found]:
    """What the clause leaves out by name and the asker names: 人才招聘会、房产展销会除外."""
    for start, end in excluded:
        for first, last in _members(folded, start, end):
            name = folded[first:last].strip(" 的,;。")
            at = said.text.find(name) if len(name) >= _EXCLUDED else -1
            if at >= 0 and not said.is_denied(at, at + len(name)):
                yield _Found(first, last, name, alone=True)


@lru_cache(maxsize=4096)
def _longest_shared(one: str, other: str) -> str:
    """The longest run of characters that two texts share."""
    best = ""
    for start in range(len(one)):
        end = start + len(best) + 1
        while end <= len(one) and one[start:end] in other:
            best, end = one[start:end], end + 1
    return best


# ── and, or ──


def _conjuncts(folded: str, demand: Demand) -> Iterator[tuple[int, int]]:
    """The parts of a demand that all have to hold: 具有户籍 | 且 | 从未领过."""
    position = demand.start
    for sign in signs_in(folded[demand.start : demand.end], "and"):
        if demand.start + sign.start > position:
            yield position, demand.start + sign.start
        position = demand.start + sign.end
    if position < demand.end:
        yield position, demand.end


def _members(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of an enumeration, of which one is enough."""
    position = start
    for sign in signs_in(folded[start:end], "or"):
        if start + sign.start > position:
            yield position, start + sign.start
        position = start + sign.end
    if position < end:
        yield position, end


def _decides(
    folded: str,
    part: tuple[int, int],
    one: _Found,
    found: Sequence[_Found],
    dealt: Sequence[tuple[int, int]],
    mine: tuple[int, int],
) -> bool:
    """Whether a contradiction fails the whole part.

    What stands in one member of an enumeration fails it only where the others are contradicted too; what is said of all
    members, in front of the first or behind the last, fails it alone. ``dealt`` are the classes a ladder is dealt out to, ``mine`` that of the rule.
    """
    segment = _comma_segment(folded, part, one.start)
    members = list(_members(folded, *segment))
    if one.alone or all(any(other.start < last and first < other.end for other in found) for first, last in members):
        return True
    if any(segment[0] <= place[0] < segment[1] for place in dealt):
        own = any(first <= one.start < last and first <= mine[0] < last for first, last in members)
        return own or _is_of_all(dealt, one)
    number = next((n for n, (first, last) in enumerate(members) if first <= one.start < last), len(members))
    if number + 1 >= len(members):
        return False
    following = members[number + 1]
    return members[number][1] - one.end > following[1] - following[0] + _FAR


def _is_of_all(dealt: Sequence[tuple[int, int]], one: _Found) -> bool:
    """Whether a place stands in front of all classes that a ladder is dealt out to, or behind them."""
    return bool(dealt) and (one.end <= dealt[0][0] or one.start >= dealt[-1][1])


def _comma_segment(folded: str, part: tuple[int, int], position: int) -> tuple[int, int]:
    start, end = segment_around(folded, position)
    return max(start, part[0]), min(end, part[1])


def _is_of_another_rule(scope: _Scope, found: _Found) -> bool:
    """Whether a place is what another rung of the ladder demands, and not this one."""
    rule, grant = scope.rule, scope.grant
    if rule is None or not rule.ladder:
        return False

    def states(one: SubsidyRule) -> bool:
        spans = [condition.span for condition in one.conditions if condition.span is not None]
        return any(_overlaps(span, found) for span in spans)

    return not states(rule) and any(states(other) for other in grant.rules if other is not rule)


def _overlaps(span: TextSpan, found: _Found) -> bool:
    return span.start < found.end and found.start < span.end


def _quoted(folded: str, demand: Demand, found: _Found) -> tuple[int, int]:
    """The stretch that is quoted for a contradiction: the part of the demand between commas that holds it."""
    start, end = _comma_segment(folded, (demand.start, demand.end), found.start)
    return start + label_length(folded[start:end]), max(end, found.end)
