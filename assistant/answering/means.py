"""Means: the holdings with what works a clause out, as the ways of answering that add sums up share them."""

from dataclasses import dataclass

from assistant.answering.holdings import Holdings
from assistant.answering.programme import of_the_programme
from assistant.clause.grant import Grant
from assistant.figures.entitlement import entitlement
from assistant.figures.outcome import Entitlement
from assistant.finding.certainty import ACCEPTED
from assistant.question.conversation import Inquiry


@dataclass(frozen=True, slots=True)
class Means(Holdings):
    """What ways of answering share."""

    def entitled(self, inquiry: Inquiry) -> Entitlement | None:
        """What the grant that answers an inquiry gives; None where none is found with certainty."""
        grant = self.candidates(inquiry).accepted_grant()
        return self.worked_out(grant, inquiry, among=True) if grant is not None else None

    def worked_out(self, grant: Grant, inquiry: Inquiry, *, among: bool = False) -> Entitlement:
        """What one grant gives the asker; ``among`` all others that were found, as one that was found itself."""
        if not among:
            return entitlement(grant, inquiry, self.lexicon)
        candidates = self.candidates(inquiry)
        found = entitlement(grant, inquiry, self.lexicon, [ranked.item for ranked in candidates.grants])
        others = [ranked.item for ranked in candidates.grants if ranked.certainty >= ACCEPTED]
        others = [other for other in others if other is not grant]
        return of_the_programme(found, others, inquiry, self.lexicon) or found
