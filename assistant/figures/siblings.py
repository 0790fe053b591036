"""Siblings: which of the grants of one clause is the asker's, where the one that was found is another's.

A clause pays whoever leads and whoever takes part, each class, level, size and band in a row of its own.
"""

from collections.abc import Callable, Sequence

from assistant.clause.grant import Grant, compact_words
from assistant.clause.rule import Condition
from assistant.clause.stacking import raises_former
from assistant.figures.outcome import Entitlement
from assistant.figures.together import siblings_of
from assistant.language.classes import SIZE, classes_in
from assistant.language.levels import levels_in
from assistant.language.signs import signs_in
from assistant.matching.classes import runs_named
from assistant.matching.exclusion import is_for_partners, levels_held
from assistant.matching.opposition import names_class
from assistant.matching.said import said_to
from assistant.question.conversation import Inquiry

Work = Callable[[Grant], Entitlement]  # what one grant of the clause gives the asker
_A_NAME = 3  # characters by which a turn surely names somebody


def row_meant(grant: Grant, inquiry: Inquiry, others: Sequence[Grant], work: Work) -> Entitlement:
    """What the grant gives, or the only one of ``others`` whose band the asker's value lies in."""
    found = work(grant)
    if found.refusal is not None and found.refusal.code == "not_leading":
        return _for_those_who_take_part(found, inquiry, others, work)
    if found.opposed is not None and found.opposed.kind:
        return _for_class(found, found.opposed.kind, inquiry, others, work)
    if found.refusal is not None and found.refusal.code == "wrong_level":
        return _for_level(found, inquiry, others, work)
    if found.refusal is not None and found.refusal.code == "wrong_size":
        return _for_size(found, inquiry, others, work)
    if (other := _for_their_own(found, inquiry, others, work)) is not None:
        return other
    if (other := _raised_or_not(found, inquiry, others, work)) is not None:
        return other
    missed = found.outcomes[0].failed if len(found.outcomes) == 1 else None
    if missed is None:
        return found
    bands = [
        other
        for sibling in others
        if sibling.clause.id == grant.clause.id and sibling is not grant
        if _is_met(missed, other := work(sibling))
    ]
    return bands[0] if len(bands) == 1 else found


def _for_those_who_take_part(found: Entitlement, inquiry: Inquiry, others: Sequence[Grant], work: Work) -> Entitlement:
    """The grant of the same clause for those who take part, beside one for those who lead; else the refusal."""
    own = [
        other
        for other in others
        if other.clause.id == found.grant.clause.id and is_for_partners(other.own, found.grant.own)
    ]
    return work(own[0]) if len(own) == 1 else found


def _for_class(found: Entitlement, kind: str, inquiry: Inquiry, others: Sequence[Grant], work: Work) -> Entitlement:
    """The only grant of the same clause for the class that the asker is of (改扩建 beside 新建); else the refusal."""
    said = said_to(found.grant, inquiry.said)
    own = [
        other
        for sibling in others
        if sibling.clause.id == found.grant.clause.id and sibling is not found.grant
        if names_class(sibling, kind, said)
        if (other := work(sibling)).refusal is None
    ]
    return own[0] if len(own) == 1 else found


def _for_level(found: Entitlement, inquiry: Inquiry, others: Sequence[Grant], work: Work) -> Entitlement:
    """The only grant of the same clause for a level that the asker has (国家级 beside 市级); else the refusal."""
    siblings = [one for one in others if one.clause.id == found.grant.clause.id and one is not found.grant]
    held = [one for one in siblings if levels_held(inquiry) & levels_in(one.own)]
    own = [one for sibling in held if (one := work(sibling)).refusal is None]
    return own[0] if len(own) == 1 else found


def _for_size(found: Entitlement, inquiry: Inquiry, others: Sequence[Grant], work: Work) -> Entitlement:
    """The only grant of the same sentence that names the size of the asker's firm (大型企业 beside 中小微企业); else the refusal."""
    siblings = [one for one in siblings_of(found.grant, others) if one.start != found.grant.start]
    said = {value for one in classes_in(inquiry.said) if one.kind == SIZE for value in one.values}
    named = [one for one in siblings if said & {v for m in classes_in(one.own) if m.kind == SIZE for v in m.values}]
    own = [one for sibling in named if (one := work(sibling)).refusal is None]
    return own[0] if len(own) == 1 else found


def _raised_or_not(found: Entitlement, inquiry: Inquiry, others: Sequence[Grant], work: Work) -> Entitlement | None:
    """The award beside one of a clause that raises it, or that it raises, where the asker's facts say that that is theirs."""
    siblings = siblings_of(found.grant, others)
    place = next(n for n, one in enumerate(siblings) if one.start == found.grant.start)
    raises = raises_former(found.grant.own)
    beside = siblings[place - 1 : place] if raises else siblings[place + 1 : place + 2]
    if not beside or not (raises or raises_former(beside[0].own)) or not _are_of_one_kind(found.grant, beside[0]):
        return None
    other = work(beside[0])
    higher = found if raises else other
    reached = (
        bool(higher.outcomes) and bool(higher.outcomes[0].met) and not _measured(higher.outcomes[0].open_conditions)
    )
    return other if reached is not raises and other.refusal is None else None


def _are_of_one_kind(one: Grant, other: Grant) -> bool:
    kinds = [{(rule.kind, rule.per) for rule in grant.rules} for grant in (one, other)]
    return len(kinds[0]) == 1 and kinds[0] == kinds[1]


def _measured(conditions: Sequence[Condition]) -> bool:
    return any(condition.unit != "category" for condition in conditions)


def _for_their_own(found: Entitlement, inquiry: Inquiry, others: Sequence[Grant], work: Work) -> Entitlement | None:
    """The award of a clause for who belongs to the one paid first (其指导教师按…), where the turn names them."""
    siblings = siblings_of(found.grant, others)
    texts = [compact_words(one.document.text[one.start : one.end]) for one in siblings]
    runs = runs_named(texts, inquiry.turn.folded)
    meant = [
        one
        for one, text, run in zip(siblings, texts, runs, strict=True)
        if one.start != found.grant.start and len(run) >= _A_NAME
        if any(sign.start == 0 and text.startswith(run, sign.end) for sign in signs_in(text, "theirs"))
    ]
    return work(meant[0]) if len(meant) == 1 else None


def _is_met(missed: Condition, found: Entitlement) -> bool:
    """Whether a grant has a bound of its own on what was missed, and the asker's value lies in it."""
    if not found.outcomes or found.outcomes[0].failed is not None or found.ladder:
        return False
    outcome = found.outcomes[0]
    own = [c for c in outcome.rule.conditions if (c.metric, c.unit) == (missed.metric, missed.unit)]
    return bool(own) and not any(condition in outcome.open_conditions for condition in own)
