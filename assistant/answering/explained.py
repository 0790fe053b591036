"""Explained: why the last sum is what it is ("为什么不是500万")."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.composition import Composer
from assistant.answering.means import Means
from assistant.answering.piece import Piece
from assistant.question import Intent
from assistant.question.conversation import Inquiry


def explained(inquiry: Inquiry, before: Sequence[Inquiry], means: Means, composer: Composer) -> list[Piece]:
    """The last sum of the conversation with its steps; nothing where no turn before asked for one."""
    for earlier in reversed(before):
        if earlier.turn.off_topic or earlier.intent is not Intent.AMOUNT:
            continue
        asked = replace(earlier, turn=replace(earlier.turn, language=inquiry.turn.language))
        found = means.entitled(asked)
        if found is None or not found.outcomes:
            return []
        piece = composer.grant(found, asked)
        return [composer.why(piece, found.outcomes[0])] if piece.figures else [piece]
    return []
