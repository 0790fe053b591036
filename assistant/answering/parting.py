"""Parting: the grants of a list by what the asker's case has to do with them, as the check-up judges it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.claiming import totals
from assistant.answering.holdings import Holdings, holds_on
from assistant.answering.matches import Group, Match
from assistant.answering.weighing import Weigher
from assistant.clause.grant import Grant
from assistant.language.terms import Term
from assistant.question.case import case_said
from assistant.question.conversation import Inquiry
from assistant.question.situation import MONEY
from corpus.document import Document
from corpus.script import fold

_TELLS = 2 / 5  # share of the grants listed that a word may stand in and still tell some of them from the others
_OWN = (*MONEY, "person")  # units in which a case is told


@dataclass(frozen=True, slots=True)
class Parted:
    """The grants of the documents meant."""

    granted: tuple[tuple[Grant, Match], ...]  # every condition of which the case meets
    named: tuple[Grant, ...]  # for what the asker names, the best first; something is still open
    others: tuple[Grant, ...]  # that name something else, or everybody
    refused: tuple[tuple[Grant, str], ...]  # that plainly are for others, with the reason

    @property
    def all(self) -> tuple[Grant, ...]:
        """Those that are not refused."""
        return (*(grant for grant, _ in self.granted), *self.named, *self.others)

    @property
    def total(self) -> tuple[int, int]:
        """What of those granted may be claimed together: certainly, and at most, in yuan; 0 where nothing is."""
        documents = list({grant.document.id: grant.document for grant, _ in self.granted}.values())
        certain, possible = totals([match for _, match in self.granted], documents)
        return int(certain), int(possible)


def parted(
    grants: Sequence[Grant], documents: Sequence[Document], inquiry: Inquiry, holdings: Holdings, day: date
) -> Parted:
    """The grants, parted by the case that an inquiry tells."""
    titles = "".join(fold(words) for d in documents for words in (d.metadata.title, *d.metadata.parts))
    telling = [t for t in descriptors(inquiry) if t.surface not in titles and _tells(t, grants)]
    judged = _judged(grants, inquiry, holdings, day) if _is_case(inquiry) or telling else {}
    refused = [(g, found[0].reason) for g in grants if (found := judged.get(id(g), [])) and _all_refused(found)]
    granted = [(g, match) for g in grants if (match := _granted(judged.get(id(g), []))) is not None]
    done = {id(grant) for grant, _ in (*refused, *granted)}
    left = [grant for grant in grants if id(grant) not in done]
    certainty = {id(ranked.item): ranked.score for ranked in holdings.candidates(inquiry).grants}
    named = [grant for grant in left if any(_holds(grant, term) for term in telling)]
    named.sort(key=lambda grant: -certainty.get(id(grant), float("-inf")))
    others = tuple(grant for grant in left if grant not in named)
    return Parted(tuple(granted), tuple(named), others, tuple(refused))


def descriptors(inquiry: Inquiry) -> list[Term]:
    """What the asker is or asks about: the words that may be a subject, and what they make."""
    return [term for term in (*inquiry.terms, *inquiry.business) if term.may_be_subject and term.alternatives]


def _judged(grants: Sequence[Grant], inquiry: Inquiry, holdings: Holdings, day: date) -> dict[int, list[Match]]:
    """The check-up's judgement of each grant that is in force; what has ended is listed as it was."""
    language, library = inquiry.turn.language, holdings.library
    weigher = Weigher(case_said(inquiry), library, holdings.lexicon, day, language)
    return {id(grant): list(weigher.matches(grant)) for grant in grants if holds_on(grant.document, day)}


def _all_refused(matches: Sequence[Match]) -> bool:
    return all(match.group is Group.NOT_ELIGIBLE for match in matches)


def _granted(matches: Sequence[Match]) -> Match | None:
    """The match that is granted for a sum worked out or stated; None where none is, or its sum is for one of many."""
    sure = (match for match in matches if match.group is Group.ELIGIBLE and match.relevance > 0)
    return next((match for match in sure if match.figures and match.figures[0].per in (None, "年")), None)


def _is_case(inquiry: Inquiry) -> bool:
    """Whether the asker tells of their own case: what they make, how big they are, what they spent."""
    told = any(fact.unit in _OWN for fact in inquiry.facts)
    return bool(inquiry.business or inquiry.sizes or inquiry.founded or inquiry.negated or told)


def _tells(term: Term, grants: Sequence[Grant]) -> bool:
    """Whether a word tells some of the grants from the others: it stands in a few of them."""
    return 0 < sum(_holds(grant, term) for grant in grants) <= max(1, len(grants) * _TELLS)


def _holds(grant: Grant, term: Term) -> bool:
    return any(word in grant.own for word in term.alternatives if len(word) > 1)
