"""Others: what else the place of the last sum grants that the asker's case may get, beside what was given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Reference
from assistant.answering.composition import Composer
from assistant.answering.means import Means
from assistant.answering.piece import Piece
from assistant.figures.outcome import Result
from assistant.finding.candidates import overlaps
from assistant.question.conversation import Inquiry

_SHOWN = 8


def what_else(inquiry: Inquiry, given: Sequence[Reference], means: Means, composer: Composer, day: date) -> list[Piece]:
    """The other awards of the place and document, the nearest to the case first; none that the case is plainly not for.

    What they give is shown as the clause states it: which of the asker's sums would be its base is not known.
    """
    bare = replace(inquiry, facts=())
    shown: list[Piece] = []
    for ranked in means.candidates(inquiry).grants:
        grant = ranked.item
        if len(shown) == _SHOWN:
            break
        if not grant.rules or overlaps(grant.clause.id, grant.start, max(grant.end, grant.start + 1), given):
            continue
        found = means.worked_out(grant, bare)
        if found.refusal is not None or all(outcome.result is Result.NOT_ELIGIBLE for outcome in found.outcomes):
            continue
        shown.append(composer.grant(found, bare))
    shown.sort(key=lambda piece: not piece.citations[0].in_force)
    return [composer.further(shown)] if shown else []
