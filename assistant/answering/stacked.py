"""Stacked: whether several awards may be had together, by the rule of their document or, without one, as not stated."""

from dataclasses import replace
from datetime import date

from assistant.answer import Status
from assistant.answering.citing import cite
from assistant.answering.composition import Composer
from assistant.answering.means import Means
from assistant.answering.piece import Piece
from assistant.answering.several import Several
from assistant.clause.stacking_rule import rule_of
from assistant.question.conversation import Inquiry

_STACKING = "stacking"


def stacked(inquiry: Inquiry, means: Means, composer: Composer, day: date) -> list[Piece]:
    """What the documents say of having the awards together that a turn names; nothing where it names none."""
    shares = Several(means).shares(inquiry, closely=True)
    grants = [share.found.grant for share in shares]
    if not grants:
        found = means.entitled(inquiry)
        grants = [found.grant] if found is not None else []
    documents = {grant.document.id: grant.document for grant in grants}
    if len(documents) != 1:
        return []
    document = next(iter(documents.values()))
    rule = rule_of(document)
    if rule is None and len(grants) < 2:
        return []
    clauses = [composer.clause(cite(g.document, g.clause, g.start, max(g.end, g.start + 1), day)) for g in grants[:3]]
    if rule is not None:
        return [composer.stacking_rule(rule, document), *clauses]
    first = composer.not_stated(clauses[0].citations[0], {_STACKING})
    return [first, *(replace(clause, status=Status.NOT_STATED) for clause in clauses[1:])]
