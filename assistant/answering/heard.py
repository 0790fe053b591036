"""Heard: where an asker has heard of a sum that the clause does not state, that is said before what it does state."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.answering.messages import Phrases
from assistant.answering.piece import Piece
from assistant.language.amounts import read_amounts
from assistant.question.acts import Act
from assistant.question.conversation import Inquiry

_YUAN = "yuan"


def set_right(pieces: Sequence[Piece], inquiry: Inquiry, phrases: Phrases) -> list[Piece]:
    """The pieces of an answer, the first led by that the sum heard of is not what the document says."""
    if Act.HEARD not in inquiry.turn.acts or not pieces:
        return list(pieces)
    own = {fact.value for fact in inquiry.facts if fact.unit == _YUAN}
    heard = [a.value for a in read_amounts(inquiry.turn.folded) if a.unit == _YUAN and a.value not in own]
    first = pieces[0]
    stated = {figure.amount for figure in first.figures}
    if not heard or heard[-1] in stated or not (stated or first.status is Status.NO_AMOUNT_STATED):
        return list(pieces)
    lead = phrases.say("heard_otherwise", heard=phrases.money(heard[-1]))
    return [replace(first, text=phrases.words(lead, first.text)), *pieces[1:]]
