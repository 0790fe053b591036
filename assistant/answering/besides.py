"""Besides: who is responsible, or until when it holds, asked in one turn with another question of the same clause."""

from dataclasses import replace
from datetime import date

from assistant.answering.citing import cite
from assistant.answering.composition import Composer
from assistant.answering.means import Means
from assistant.answering.piece import Piece
from assistant.answering.validity import term_meant
from assistant.question import Intent
from assistant.question.acts import Act, likely_acts
from assistant.question.conversation import Inquiry, read_turns
from assistant.question.splitting import stretches

_ACTS = {Intent.AMOUNT: Act.MONEY, Intent.DEPARTMENT: Act.DEPARTMENT, Intent.VALIDITY: Act.VALIDITY}
_LIKELY = 0.2  # probability of an act of the whole turn from which one of its clauses may do it


def intents_of(inquiry: Inquiry, means: Means) -> frozenset[Intent]:
    """What the stretches of the last turn ask for, each by itself."""
    texts = stretches(inquiry.turn.folded)
    read = [read_turns((text,), means.lexicon, means.places)[-1] for text in texts[:6]] if len(texts) > 1 else []
    asked = {one.intent for one in read if one.turn.asks} - {Intent.CLAUSE}
    likely = likely_acts(inquiry.turn.folded)
    return frozenset(intent for intent in asked if likely[_ACTS[intent]] >= _LIKELY)


def with_besides(inquiry: Inquiry, means: Means, composer: Composer, day: date) -> list[Piece]:
    """The sum where it is asked for, then who is responsible and how long it holds, all of one clause."""
    intents = intents_of(inquiry, means)
    if len(intents) < 2:
        return []
    found = means.entitled(replace(inquiry, intent=Intent.AMOUNT, asks_how_much=True))
    if found is None or found.refusal is not None:
        return []
    grant = found.grant
    citation = cite(grant.document, grant.clause, grant.start, max(grant.end, grant.start + 1), day)
    pieces = [composer.grant(found, inquiry)] if Intent.AMOUNT in intents else []
    if Intent.DEPARTMENT in intents:
        pieces.append(composer.clause(citation, departments=True))
    if Intent.VALIDITY in intents:
        pieces.append(composer.validity(*term_meant(grant.document, inquiry.turn.folded, day)))
    return pieces
