"""Listing: all that a place, a document or a case may get, a line for each grant, those in force first.

The list is closed: it is every grant that was read from the documents meant. What the asker names (a trade, a size, a
subject) only says which of them come first, or alone; it never adds one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.answer import Citation, Status
from assistant.answering.citing import cite, renumbered, with_highlights
from assistant.answering.grant_lines import how_much, states_money, what_for
from assistant.answering.holdings import Holdings, holds_on, in_force_first
from assistant.answering.messages import Phrases
from assistant.answering.overview import document_lines, named_title, term_words, validity_words
from assistant.answering.parting import Parted, descriptors, parted
from assistant.answering.piece import Piece
from assistant.answering.validity import part_named
from assistant.clause.grant import Grant
from assistant.clause.stacking import stacking_sentences
from assistant.finding.candidates import LOOKED_AT
from assistant.finding.certainty import NEAR
from assistant.finding.traits import SUPPORTS
from assistant.question.conversation import Inquiry
from corpus.clause import ClauseKind
from corpus.document import Document

MOST = 40  # lines of one list
_REST = 12  # lines of a place's list beside those for what the asker names
_RULES = 2  # sentences on claiming several at once that are quoted
_MEASURES = 8  # clauses without a grant that are shown of a document that has none


class Lister:
    """Lists grants in one language for one day."""

    def __init__(self, holdings: Holdings, phrases: Phrases, day: date) -> None:
        self._holdings = holdings
        self._phrases = phrases
        self._day = day

    def listed(self, inquiry: Inquiry) -> Piece | None:
        """The list that an inquiry asks for; None where the documents meant have nothing to list."""
        documents = self._documents(inquiry)
        grants = [grant for document in documents for grant in self._grants(document, inquiry)]
        found = parted(grants, documents, inquiry, self._holdings, self._day)
        if not inquiry.regions and inquiry.documents is None and len(self._holdings.regions) > 1 and not found.named:
            return self._asking_place()
        if not found.all and not found.refused:
            return self._without_grants(documents, inquiry)
        return self._list(documents, found, inquiry)

    # ── which grants ──

    def _documents(self, inquiry: Inquiry) -> list[Document]:
        """The documents meant, those that state sums first; of a place only those in force, where there are such."""
        meant = in_force_first(self._holdings.narrowed(inquiry), self._day)
        valid = [document for document in meant if holds_on(document, self._day)]
        listed = meant if self._names_document(inquiry) or not valid else valid
        return sorted(listed, key=lambda document: (not holds_on(document, self._day), not self._states_sums(document)))

    def _names_document(self, inquiry: Inquiry) -> bool:
        """Whether documents are named, and not only a place."""
        return len(self._holdings.narrowed(inquiry)) < len(self._holdings.meant(replace(inquiry, documents=None)))

    def _states_sums(self, document: Document) -> bool:
        return any(states_money(grant) for grant in self._holdings.grants_of(document))

    def _grants(self, document: Document, inquiry: Inquiry) -> list[Grant]:
        """The grants of a document, or of the one plan in it that is named."""
        grants = self._holdings.grants_of(document)
        part = part_named(document, inquiry.turn.folded) if inquiry.documents is not None else None
        return [grant for grant in grants if part is None or grant.clause.part == part]

    # ── the list in words ──

    def _asking_place(self) -> Piece:
        """What is asked first where no place is known, with the documents that there are."""
        known = document_lines(self._holdings, self._phrases, self._day, self._holdings.documents)
        text = "\n".join((self._phrases.say("list_ask_place"), known))
        return Piece(Status.NEEDS_FACTS, text)

    def _list(self, documents: Sequence[Document], found: Parted, inquiry: Inquiry) -> Piece:
        phrases = self._phrases
        shown = found.all
        money = any(states_money(grant) for grant in shown)
        lines = [*self._ended(documents)]
        subjects = any(term.number is not None for term in descriptors(inquiry))
        if subjects and not found.named and not found.granted and not self._names_document(inquiry):
            lines.append(phrases.say("list_none_named"))
        lines.append(phrases.say("list_found" if money else "list_unstated", count=len(shown)))
        citations: list[Citation] = []
        if found.granted:
            lines.append(phrases.say("list_granted", count=len(found.granted)))
            lines += self._granted(found, citations)
        if found.named and found.others:
            lines.append(phrases.say("list_named", count=len(found.named)))
            lines += self._lines(found.named, documents, citations, money)
            lines.append(phrases.say("list_others", count=len(found.others)))
            rest = found.others if self._names_document(inquiry) else found.others[:_REST]
            lines += self._lines(rest, documents, citations, money)
            if len(rest) < len(found.others):
                lines.append(phrases.say("list_more", count=len(found.others) - len(rest)))
        else:
            left = (*found.named, *found.others)
            if found.granted and left:
                lines.append(phrases.say("list_others", count=len(left)))
            lines += self._lines(left, documents, citations, money)
        if len(shown) > MOST:
            lines.append(phrases.say("catalogue_more", shown=MOST))
        lines += self._refused(found.refused, citations)
        lines += self._left_out(inquiry, documents)
        lines.append(phrases.say(_next_question(inquiry)))
        status = Status.ANSWERED if money else Status.NO_AMOUNT_STATED
        region = documents[0].metadata.region if len({d.metadata.region for d in documents}) == 1 else ""
        return Piece(status, "\n".join(lines), renumbered(citations), region=region)

    def _lines(
        self, grants: Sequence[Grant], documents: Sequence[Document], citations: list[Citation], money: bool
    ) -> Iterable[str]:
        """A line for each grant under the heading of its document, as far as the list goes."""
        order = {document.id: number for number, document in enumerate(documents)}
        phrases, heading = self._phrases, ""
        for grant in sorted(grants, key=lambda grant: order[grant.document.id])[: max(0, MOST - len(citations))]:
            if grant.document.id != heading and len(documents) > 1:
                yield named_title(grant.document, phrases) + validity_words(grant.document.metadata, phrases, self._day)
            heading = grant.document.id
            citations.append(self._cite(grant))
            what = what_for(grant, phrases, self._holdings.lexicon)
            given = how_much(grant, phrases, self._holdings.lexicon)
            code = "catalogue_line" if money else "catalogue_line_alone"  # the head says that none is stated
            yield phrases.say(code, what=what, given=given, marker=len(citations))

    def _granted(self, found: Parted, citations: list[Citation]) -> Iterable[str]:
        """A line for each grant whose conditions the case meets, with its sum, and what they come to together."""
        phrases = self._phrases
        for grant, match in found.granted[:MOST]:
            citations.append(self._cite(grant))
            figure = match.figures[0]
            given = phrases.bounded_sum(figure.amount, figure.currency, figure.per, figure.bound)
            what = what_for(grant, phrases, self._holdings.lexicon)
            yield phrases.say("catalogue_line", what=what, given=given, marker=len(citations))
        certain, possible = (phrases.money(Decimal(total)) for total in found.total)
        if len(found.granted) > 1:
            yield phrases.say("list_total", certain=certain, possible=possible)
        sentences = dict.fromkeys(s for grant, _ in found.granted for s in stacking_sentences(grant.document.text))
        for sentence in list(sentences)[:_RULES]:
            yield phrases.say("list_stacking", quote=" ".join(sentence.split()))

    def _cite(self, grant: Grant) -> Citation:
        citation = cite(grant.document, grant.clause, grant.start, max(grant.end, grant.start + 1), self._day)
        return with_highlights(citation, grant.clause, grant.rules)

    def _ended(self, documents: Sequence[Document]) -> Iterable[str]:
        """That what is listed has ended, said before all of it; of which document it is a list, where it is one."""
        phrases = self._phrases
        for document in documents:
            until = document.metadata.valid_to
            if until is not None and until < self._day:
                values = {"document": named_title(document, phrases), "until": phrases.day(until)}
                yield phrases.say("list_ended", **values)
            elif len(documents) == 1:
                words = term_words(document.metadata, phrases, self._day)
                yield phrases.say("list_of", document=named_title(document, phrases), validity=words)

    def _refused(self, refused: Sequence[tuple[Grant, str]], citations: list[Citation]) -> Iterable[str]:
        """What is plainly not for the asker, and why."""
        if not refused or len(citations) >= MOST:
            return
        yield self._phrases.say("list_refused", count=len(refused))
        for grant, reason in refused[: MOST - len(citations)]:
            citations.append(self._cite(grant))
            what = what_for(grant, self._phrases, self._holdings.lexicon)
            yield self._phrases.say("list_refused_line", what=what, reason=reason, marker=len(citations))

    def _left_out(self, inquiry: Inquiry, documents: Sequence[Document]) -> Iterable[str]:
        """The documents of the place that have ended and are not listed for that."""
        listed = {document.id for document in documents}
        others = [d for d in self._holdings.narrowed(inquiry) if d.id not in listed]
        for document in others:
            if document.metadata.valid_to is not None:
                until = self._phrases.day(document.metadata.valid_to)
                yield self._phrases.say("list_left_out", document=named_title(document, self._phrases), until=until)

    def _without_grants(self, documents: Sequence[Document], inquiry: Inquiry) -> Piece | None:
        """Of documents that grant nothing what they set out to support, in their own words."""
        ids = frozenset(document.id for document in documents)
        ranked = self._holdings.candidates(replace(inquiry, documents=ids)).passages
        texts = [r.item for r in ranked if SUPPORTS.search(r.item.own) and r.item.passage.kind != ClauseKind.HEADING]
        near = [r.item for r in ranked[:LOOKED_AT] if r.certainty >= NEAR]
        citations = [self._holdings.cite(text, self._day) for text in (texts or near)[:_MEASURES]]
        if not citations:
            return None
        phrases = self._phrases
        lines = [*self._ended(documents), phrases.say("list_no_grants")]
        for number, citation in enumerate(citations, start=1):
            place = citation.address.rpartition(" › ")[2]
            lines.append(phrases.say("list_task", place=place, marker=number))
        lines.append(phrases.say(_next_question(inquiry)))
        return Piece(Status.NO_AMOUNT_STATED, "\n".join(lines), renumbered(citations))


def _next_question(inquiry: Inquiry) -> str:
    """The phrase that asks for the next thing to know of the case."""
    if not any(term.number is not None for term in descriptors(inquiry)):
        return "list_ask_trade"
    return "list_ask_size" if not inquiry.sizes else "list_ask_money"
