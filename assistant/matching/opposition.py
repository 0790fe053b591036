"""Opposition: the first demand of a clause that an asker plainly does not meet, and the classes its rules are for.

A demand fails only by form (``assistant.matching.contradictions``); what merely differs stays open.
"""

from dataclasses import dataclass

from assistant.clause.grant import Grant
from assistant.clause.rule import SubsidyRule, TextSpan
from assistant.matching.contradictions import classes_at, contradictions
from assistant.matching.demands import Demand, demands_of, excluded_in
from assistant.matching.members import Found, comma_segment, conjuncts, decides, is_of_all
from assistant.matching.requirements import label_length
from assistant.matching.said import Said
from corpus.script import fold, repair_glyphs


@dataclass(frozen=True, slots=True)
class Opposed:
    """A demand that the asker's words contradict: ``clause.text[start:end]``, in its words, and what was said."""

    text: str
    start: int
    end: int
    said: str
    kind: str = ""  # the set of classes that decides, where one does


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
    named = frozenset(m.kind for d in demands if not d.inherited for m in classes_at(folded, d.start, d.end))
    rungs = classes_of_rungs(grant) if rule is not None and rule in grant.rules else None
    scope = _Scope(grant, rule, rungs, named)
    found = (opposed_in(grant.clause.text, demand, said, scope) for demand in demands)
    return next((one for one in found if one is not None), None)


def opposed_in(text: str, demand: Demand, said: Said, scope: _Scope | None = None) -> Opposed | None:
    """What of one demand of a clause's text the asker contradicts; None where nothing plainly fails."""
    folded = fold(text)
    excluded = excluded_in(folded, demand)
    own, dealt, mine = (scope.own, scope.dealt, scope.mine) if scope is not None else (None, (), (-1, -1))
    for start, end in conjuncts(folded, demand):
        found = list(contradictions(folded, (start, end), excluded, said, own, demand))
        if scope is not None:
            found = [one for one in found if is_of_all(dealt, one) or not _is_of_another_rule(scope, one)]
        if demand.inherited and scope is not None:
            found = [one for one in found if one.kind and one.kind not in scope.named]
        decisive = next((one for one in found if decides(folded, (start, end), one, found, dealt, mine)), None)
        if decisive is not None:
            first, last = _quoted(folded, demand, decisive)
            quoted = " ".join(repair_glyphs(text[first:last]).split())
            return Opposed(quoted, first, last, decisive.said, decisive.kind)
    return None


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
        for mention in classes_at(folded, demand.start, demand.end)
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
        for mention in classes_at(folded, demand.start, demand.end)
    ]
    return any(kind in (None, m.kind) and bool(m.values & said.values(m.kind)) for m in named)


def _is_of_another_rule(scope: _Scope, found: Found) -> bool:
    """Whether a place is what another rung of the ladder demands, and not this one."""
    rule, grant = scope.rule, scope.grant
    if rule is None or not rule.ladder:
        return False

    def states(one: SubsidyRule) -> bool:
        spans = [condition.span for condition in one.conditions if condition.span is not None]
        return any(_overlaps(span, found) for span in spans)

    return not states(rule) and any(states(other) for other in grant.rules if other is not rule)


def _overlaps(span: TextSpan, found: Found) -> bool:
    return span.start < found.end and found.start < span.end


def _quoted(folded: str, demand: Demand, found: Found) -> tuple[int, int]:
    """The stretch that is quoted for a contradiction: the part of the demand between commas that holds it."""
    start, end = comma_segment(folded, (demand.start, demand.end), found.start)
    return start + label_length(folded[start:end]), max(end, found.end)
