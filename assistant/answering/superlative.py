"""Superlative: which award of a place or document is the highest, from the table of its rules and not the top passages."""

from collections.abc import Iterator
from datetime import date

from assistant.answering.composition import Composer
from assistant.answering.means import Means
from assistant.answering.piece import Piece
from assistant.clause.grant import Grant
from assistant.clause.rule import Bound, RuleKind
from assistant.clause.stacking_rule import rule_of
from assistant.clause.units import unit_of
from assistant.figures.outcome import Entitlement, Outcome, Result, Step, Sum
from assistant.question.conversation import Inquiry

_SHOWN = 5


def superlative(inquiry: Inquiry, means: Means, composer: Composer, day: date) -> list[Piece]:
    """The highest awards of the documents meant, those in force first where any is; nothing where there are not two."""
    documents = means.meant(inquiry)
    current = [document for document in documents if document.metadata.in_force(day)] or documents
    meant = {document.id for document in current}
    of_all = {rule.clause.id for document in current if (rule := rule_of(document)) is not None}
    stated = [
        (outcome, grant)
        for grant in means.library.grants
        if grant.document.id in meant and not grant.unread and grant.clause.id not in of_all
        for outcome in [_most_of(grant)]
        if outcome is not None
    ]
    stated.sort(key=lambda pair: -pair[0].sums[0].amount)
    if len(stated) < 2:
        return []
    pieces = [composer.grant(Entitlement(grant, (outcome,)), inquiry) for outcome, grant in stated[:_SHOWN]]
    return [composer.highest(pieces)] if all(piece.figures for piece in pieces) else []


def _most_of(grant: Grant) -> Outcome | None:
    """The most that one recipient gets of a grant: its highest ceiling or sum, never the price of one of many."""
    found = sorted(_stated(grant), key=lambda outcome: -outcome.sums[0].amount)
    return found[0] if found else None


def _stated(grant: Grant) -> Iterator[Outcome]:
    for rule in grant.rules:
        if rule.currency != "CNY":
            continue
        limit = rule.total_cap or rule.cap
        if limit is not None and not unit_of(rule.cap_per).thing:
            yearly = unit_of(rule.cap_per).period if rule.total_cap is None else None
            total = Sum(limit, Bound.AT_MOST, yearly, "ceiling")
            yield Outcome(rule, Result.STATED, (total,), (Step("ceiling", {"cap": limit}),))
        elif rule.kind is RuleKind.FIXED and rule.amount is not None and not unit_of(rule.per).thing:
            total = Sum(rule.amount, Bound.EXACT, unit_of(rule.per).period, "main")
            yield Outcome(rule, Result.STATED, (total,), (Step("stated", {"amount": rule.amount}),))
