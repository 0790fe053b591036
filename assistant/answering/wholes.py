"""Wholes: the questions that no one clause answers, each handed to the module that answers it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Citation, Reference, Status
from assistant.answering.citing import cite
from assistant.answering.composition import Composer
from assistant.answering.courtesy import courtesy, on_behalf
from assistant.answering.holdings import Holdings
from assistant.answering.listing import Lister
from assistant.answering.messages import Phrases
from assistant.answering.overview import Overview, document_lines
from assistant.answering.piece import Piece
from assistant.answering.successor import Answering, beside_ended, successor
from assistant.question import Intent
from assistant.question.acts import Act
from assistant.question.conversation import Inquiry
from corpus.document import Document

Shown = Callable[[], Sequence[Reference]]  # what the last turn that cited anything was answered with
_AT_ONCE = 3  # documents that are spoken of one by one


class Wholes:
    """Answers what is asked of documents as wholes, and what is asked of the assistant itself."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def courtesy(self, inquiry: Inquiry) -> Answer | None:
        """The answer to thanks and to complaints; None for anything else."""
        phrases, english = Phrases(inquiry.turn.language), self._holdings.places.english
        regions = [english.get(r, r) if phrases.in_english else r for r in self._holdings.regions]
        return courtesy(inquiry.turn, phrases, regions)

    def on_behalf(self, inquiry: Inquiry, nearest: Callable[[], Citation | None]) -> Answer | None:
        """The answer to who wants something done for them; None for anything else."""
        if Act.ON_BEHALF not in inquiry.turn.acts or Act.ENTITLED in inquiry.turn.acts:
            return None
        return on_behalf(Phrases(inquiry.turn.language), nearest())

    def of_documents(
        self, inquiry: Inquiry, earlier: Sequence[Inquiry], day: date, shown: Shown, answering: Answering
    ) -> list[Piece]:
        """The pieces for a question about documents as wholes; none where it is about something in one."""
        phrases, acts = Phrases(inquiry.turn.language), inquiry.turn.acts
        overview = Overview(self._holdings, phrases, day)
        if Act.SUCCESSOR in acts:
            subject = _of_last_subject(inquiry, earlier)
            return successor(subject, self._as_cited(shown(), day), self._holdings, phrases, day, answering)
        if Act.COVERAGE in acts:
            return [overview.coverage(self._holdings.meant(inquiry))]
        if acts & {Act.SUMMARY, Act.ISSUED}:
            documents = self._spoken_of(inquiry, shown)
            if Act.ISSUED in acts and len(documents) <= _AT_ONCE:
                return [overview.issued(documents)]
            if len(documents) == 1:
                return [overview.summary(documents[0], inquiry.turn.folded)]
            head = phrases.say("which_document")
            lines = document_lines(self._holdings, phrases, day, documents)
            return [Piece(Status.NEEDS_FACTS, f"{head}\n{lines}")]
        return []

    def listed(self, inquiry: Inquiry, day: date) -> list[Piece]:
        """The list of what is granted, where that is asked for; none where a subject is named that no grant is for."""
        if not inquiry.wants_catalogue:
            return []
        piece = Lister(self._holdings, Phrases(inquiry.turn.language), day).listed(inquiry)
        return [piece] if piece is not None else []

    def beside_ended(self, pieces: list[Piece], inquiry: Inquiry, composer: Composer, day: date) -> list[Piece]:
        """The pieces of an answer and, where it is from what has ended, what a document in force says of the same."""
        return beside_ended(pieces, inquiry, self._holdings, composer, Phrases(inquiry.turn.language), day)

    def instead(self, inquiry: Inquiry, day: date) -> list[Piece]:
        """Where no clause is found: all that is granted, or what is asked of a department or a term, said of all of it."""
        overview = Overview(self._holdings, Phrases(inquiry.turn.language), day)
        if inquiry.elsewhere and not inquiry.regions:
            return []
        documents = self._holdings.narrowed(inquiry)
        if (
            inquiry.intent is Intent.DEPARTMENT
            and len(documents) <= _AT_ONCE
            and (inquiry.regions or inquiry.documents)
        ):
            piece = overview.departments(documents, inquiry.turn.folded)
            return [piece] if piece is not None else []
        if inquiry.intent is Intent.VALIDITY and not any(term.number is not None for term in inquiry.terms):
            return [overview.coverage(documents)]
        return []

    def _spoken_of(self, inquiry: Inquiry, shown: Shown) -> list[Document]:
        """The documents named; where none is, that of the last answer; else those that may be meant."""
        meant = self._holdings.narrowed(inquiry)
        if inquiry.documents is None and len(meant) > 1 and not inquiry.regions:
            ids = dict.fromkeys(reference.clause_id.partition("#")[0] for reference in shown()[:1])
            last = [document for document in meant if document.id in ids]
            return last or meant
        return meant

    def _as_cited(self, references: Sequence[Reference], day: date) -> list[Citation]:
        """The passages of an earlier answer, as citations of this day."""
        found = []
        for reference in references:
            document = self._holdings.library.documents.get(reference.clause_id.partition("#")[0])
            clause = document.clauses_by_id.get(reference.clause_id) if document is not None else None
            if document is not None and clause is not None:
                start = min(max(reference.start, clause.start), clause.end)
                found.append(cite(document, clause, start, max(start, min(reference.end, clause.end)), day))
        return found


def _of_last_subject(inquiry: Inquiry, earlier: Sequence[Inquiry]) -> Inquiry:
    """The inquiry with the terms of the turn before, where it names nothing that the documents know and that did not."""
    if not inquiry.follow_up or not earlier:
        return inquiry
    known = {term.alternatives for term in earlier[-1].terms}
    named = [t for t in inquiry.terms if t.number is not None and t.may_be_subject and t.alternatives not in known]
    return inquiry if named else replace(inquiry, terms=earlier[-1].terms)
