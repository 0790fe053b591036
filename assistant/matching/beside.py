"""Beside: what other clauses of a document demand of whoever claims under one.

The sections on who may claim (申报对象) and on what all have to meet (申报条件) bind the grants beside them, and a
definition (本办法所称青年,指…) binds each clause that uses its word.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.clause.grant import Grant
from assistant.clause.rule import SubsidyRule
from assistant.language.signs import signs_in
from assistant.matching.demands import Demand
from assistant.matching.opposition import Opposed, opposed_in, opposition
from assistant.matching.requirements import label_length
from assistant.matching.said import Said
from corpus.clause import Clause
from corpus.script import fold

_DEFINITION = re.compile(r"所称的?[“\"]?(?P<what>[^,。;”\"]{2,12}?)[”\"]?,?(?:是|系)?指(?P<says>[^。;]+)")
_SAYS_WHO = 3  # characters; a shorter stretch between two marks is only a label
_HEADING = 16  # characters; a longer one is text


def contradiction(grant: Grant, rule: SubsidyRule | None, said: Said) -> Opposed | None:
    """The first demand that the asker plainly does not meet, of a rule's own clause or of what binds it from beside."""
    return opposition(grant, rule, said) or opposition_beside(grant, said)


def opposition_beside(grant: Grant, said: Said) -> Opposed | None:
    """What the asker contradicts of the definitions and sections that bind a grant; None where nothing plainly fails."""
    for clause, places in _definitions(grant):
        for start, end in places:
            if found := opposed_in(clause.text, Demand(start, end), said):
                return _from_elsewhere(found)
    for kind, clauses in _sections(grant):
        judged = [opposed_in(clause.text, item, said) for clause in clauses for item in _items(fold(clause.text))]
        failed = [one for one in judged if one is not None]
        if failed and (kind == "conditions" or len(failed) == len(judged)):
            return _from_elsewhere(failed[0])
    return None


def _items(folded: str) -> Iterator[Demand]:
    """The sentences of a section, each one who may claim, or one condition."""
    start = 0
    for end in (*(place for place, mark in enumerate(folded) if mark in "。;\n"), len(folded)):
        own = start + label_length(folded[start:end])
        if end - own >= _SAYS_WHO:
            refusing = signs_in(folded[own:end], "refuse")
            yield Demand(own, own + refusing[0].start, refuses=True) if refusing else Demand(own, end)
        start = end + 1


def _from_elsewhere(found: Opposed) -> Opposed:
    """A contradiction whose place is not in the grant's own clause."""
    return Opposed(found.text, 0, 0, found.said, "")


def _definitions(grant: Grant) -> Iterator[tuple[Clause, list[tuple[int, int]]]]:
    for clause, what, places in _defined(tuple(grant.document.leaves)):
        if what in grant.own:
            yield clause, list(places)


@lru_cache(maxsize=256)  # documents do not change while they are asked
def _defined(leaves: tuple[Clause, ...]) -> tuple[tuple[Clause, str, tuple[tuple[int, int], ...]], ...]:
    found = []
    for clause in leaves:
        for match in _DEFINITION.finditer(fold(clause.text)):
            found.append((clause, "".join(match["what"].split()), (match.span("says"),)))
    return tuple(found)


def _sections(grant: Grant) -> Iterator[tuple[str, list[Clause]]]:
    """The sections that bind a grant: beside it, or beside one that it stands in; of several alike the last before it."""
    for kind in ("who", "conditions"):
        by_place: dict[tuple[str, ...], dict[str, list[Clause]]] = {}
        for clause, level in _headed(tuple(grant.document.leaves), kind):
            above = clause.address[:level]
            inside = grant.clause.address[: level + 1] == clause.address[: level + 1]
            if grant.clause.address[:level] == above and not inside and clause.part == grant.clause.part:
                section = clause.id.split("#")[1].split(".")[level] if "." in clause.id else clause.id
                by_place.setdefault(above, {}).setdefault(section, []).append(clause)
        for sections in by_place.values():
            if len(sections) == 1:
                yield kind, next(iter(sections.values()))
                continue
            before = [clauses for clauses in sections.values() if clauses[0].start < grant.clause.start]
            if before:
                yield kind, before[-1]


@lru_cache(maxsize=512)
def _headed(leaves: tuple[Clause, ...], kind: str) -> tuple[tuple[Clause, int], ...]:
    """The leaves of a document under a heading of a kind, with the place of the heading in their address."""
    found = []
    for clause in leaves:
        for level, heading in enumerate(clause.address):
            if len(heading) <= _HEADING and signs_in(fold(heading), kind) and clause.text.strip() != heading:
                found.append((clause, level))
                break
    return tuple(found)
