"""Needed: what has to be spent or done, to qualify at all or for a sum that is wanted ("要拿满得投多少")."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.answering.citing import cite
from assistant.answering.composition import Composer
from assistant.answering.means import Means
from assistant.answering.piece import Piece
from assistant.clause.rule import SubsidyRule
from assistant.figures.outcome import Entitlement
from assistant.figures.reverse import needed_for, thresholds
from assistant.language.amounts import read_amounts
from assistant.question import Intent
from assistant.question.conversation import Inquiry
from assistant.question.situation import Fact


def needed(inquiry: Inquiry, means: Means, composer: Composer, day: date) -> list[Piece]:
    """What the clause that is asked about takes; nothing where none is found, or it states neither bound nor share."""
    asked = replace(inquiry, intent=Intent.AMOUNT, asks_how_much=True)
    found = means.entitled(asked)
    if found is None or not found.grant.rules or found.refusal is not None:
        return []
    rules = [outcome.rule for outcome in found.outcomes] or list(found.grant.rules)
    wanted = _wanted(asked, rules)
    facts = [fact for fact in asked.facts if fact.value not in wanted]
    bounds = list(dict.fromkeys(t for rule in rules for t in thresholds(rule, facts, means.lexicon)))
    sums = [wanted_sum for rule in rules for wanted_sum in [needed_for(rule, next(iter(wanted), None))] if wanted_sum]
    if found.ladder or len(rules) > 1:
        sums = []
    if not bounds and not sums:
        return []
    grant = found.grant
    citation = cite(grant.document, grant.clause, grant.start, max(grant.end, grant.start + 1), day)
    return [composer.needed(bounds, sums, citation)]


def _wanted(inquiry: Inquiry, rules: Sequence[SubsidyRule]) -> list[Decimal]:
    """The sums of the last turn that are wanted of the grant, and not the asker's own: its ceiling, or what is no fact."""
    last = [fact for fact in inquiry.facts if fact.unit == "yuan" and fact.turn == _turn(inquiry.facts)]
    caps = {rule.cap for rule in rules if rule.cap is not None}
    stated = [amount.value for amount in read_amounts(inquiry.turn.folded) if amount.unit == "yuan"]
    own = {fact.value for fact in last} - caps
    return [value for value in stated if value not in own]


def _turn(facts: Sequence[Fact]) -> int:
    return max((fact.turn for fact in facts), default=0)


def is_computable(found: Entitlement) -> bool:
    """Whether a grant has a single rule to work with."""
    return len(found.outcomes) == 1
