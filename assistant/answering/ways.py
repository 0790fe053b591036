"""Ways: which special way of answering a turn takes, if any: several at once, what is needed, why, together, the highest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.besides import with_besides
from assistant.answering.composition import Composer
from assistant.answering.explained import explained
from assistant.answering.means import Means
from assistant.answering.needed import needed
from assistant.answering.piece import Piece
from assistant.answering.several import Several
from assistant.answering.stacked import stacked
from assistant.answering.superlative import superlative
from assistant.question import Intent
from assistant.question.aims import Aim, aims_of
from assistant.question.conversation import Inquiry


def pieces_of(inquiry: Inquiry, before: Sequence[Inquiry], means: Means, composer: Composer, day: date) -> list[Piece]:
    """The pieces of the answer to a turn that wants more of the sums than what one clause gives; else none.

    What a turn seems to want only opens the way: where the documents do not bear it out, nothing comes of it.
    """
    turn, aims = inquiry.turn, aims_of(inquiry.turn.folded)
    if len(inquiry.regions) > 1 or inquiry.parts or turn.wants_original:
        return []
    found = with_besides(inquiry, means, composer, day)
    if inquiry.intent is Intent.VALIDITY:
        return found
    if not found and Aim.WHY in aims and inquiry.follow_up and not _tells_more(inquiry, len(before)):
        found = explained(inquiry, before, means, composer)
    if not found and Aim.NEEDED in aims:
        found = needed(_of_last_subject(inquiry, before), means, composer, day)
    if not found and Aim.STACKS in aims and not turn.asks_total:
        found = stacked(inquiry, means, composer, day)
    if not found and Aim.MOST in aims and inquiry.intent is not Intent.DEPARTMENT:
        found = superlative(inquiry, means, composer, day)
    return found or Several(means).pieces(inquiry, before, composer, day)


def _tells_more(inquiry: Inquiry, turn: int) -> bool:
    """Whether a turn names a subject or tells a fact of its own, so that it does not ask about the last answer alone."""
    return inquiry.names_subject or any(fact.turn == turn for fact in inquiry.facts)


def _of_last_subject(inquiry: Inquiry, before: Sequence[Inquiry]) -> Inquiry:
    """The inquiry with the subject of the last question for money, where its turn names none that documents know."""
    named = any(term.number is not None and term.may_be_subject and term.age == 0 for term in inquiry.terms)
    last = next((one for one in reversed(before) if one.intent is Intent.AMOUNT and not one.turn.off_topic), None)
    if last is None or not inquiry.follow_up or (named and not inquiry.leans):
        return inquiry
    return replace(inquiry, terms=last.terms, levels=inquiry.levels or last.levels)
