"""Courtesy: thanks, complaints, and what is asked of the assistant that it does not do; each with a next step there is."""

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Status
from assistant.answering.messages import Phrases
from assistant.question import Turn
from assistant.question.acts import Act


def courtesy(turn: Turn, phrases: Phrases, regions: Sequence[str]) -> Answer | None:
    """The answer to thanks or to a complaint; None where a turn is neither."""
    if Act.THANKS in turn.acts:
        return _said(phrases, phrases.say("thanks"))
    if Act.COMPLAINS in turn.acts:
        return _said(phrases, phrases.say("complaint", regions=phrases.join(list(regions))))
    return None


def on_behalf(phrases: Phrases, nearest: Citation | None) -> Answer:
    """The answer to who wants something written, handed in or decided: that it is not done, and the clause meant."""
    text = phrases.say("on_behalf")
    if nearest is not None:
        clause = phrases.say("on_behalf_clause", document=nearest.document, address=nearest.address)
        text = phrases.words(text, clause)
    return _said(phrases, text, nearest)


def _said(phrases: Phrases, text: str, nearest: Citation | None = None) -> Answer:
    return Answer(status=Status.NOT_FOUND, language=phrases.language, text=text, nearest=nearest)
