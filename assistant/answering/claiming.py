"""Claiming: what of the grants of a check-up may be claimed together, as the documents themselves say."""

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Citation, Figure
from assistant.answering.matches import Group, Match
from assistant.clause.rule import Bound
from assistant.clause.stacking import adds_up
from corpus.document import Document


def totals(matches: Sequence[Match], documents: Sequence[Document]) -> tuple[Decimal, Decimal]:
    """Certain and possible totals in yuan of what the enterprise is eligible for.

    Sums are added within a document that allows it or says nothing of it, one from each quoted sentence, since its rungs
    and rises exclude one another; where its words forbid or restrict it, the highest counts. Different documents are
    never added, since none of them says how it stands to the other.
    """
    certain = possible = Decimal(0)
    for document in documents:
        main = [
            (match.citation, match.figures[0])
            for match in matches
            if match.group is Group.ELIGIBLE and match.citation.document_id == document.id and match.figures
        ]
        money = [(citation, f) for citation, f in main if f.currency == "CNY" and f.per in (None, "年")]
        stacks = adds_up(document.text)
        certain = max(certain, _total([pair for pair in money if pair[1].bound is Bound.EXACT], stacks))
        possible = max(possible, _total(money, stacks))
    return certain, possible


def _total(money: Sequence[tuple[Citation, Figure]], stacks: bool) -> Decimal:
    if not stacks:
        return max((figure.amount for _, figure in money), default=Decimal(0))
    highest: dict[tuple[str, int], Decimal] = {}
    for citation, figure in money:
        place = (citation.clause_id, citation.start + citation.focus.start)
        highest[place] = max(figure.amount, highest.get(place, Decimal(0)))
    return sum(highest.values(), Decimal(0))
