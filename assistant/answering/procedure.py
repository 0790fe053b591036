"""Procedure: how, where, with what papers and by when a grant is applied for, whom to ring, who examines, when it is paid.

What is meant is found as if its sum were asked for; then its document is looked through for what tells the thing asked.
Where nothing does, the answer says so, names the clause and its departments, and what to ask them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Citation
from assistant.answering.citing import cite
from assistant.answering.composition import Composer, Piece
from assistant.clause.grant import Grant
from assistant.clause.procedure import Told, told_near
from assistant.finding.candidates import Candidates
from assistant.finding.library import Library
from assistant.question import Intent, Language
from assistant.question.aspects import Aspect, asking_spans, aspects_asked
from assistant.question.conversation import Inquiry
from assistant.question.situation import SUMS
from corpus.clause import Clause
from corpus.document import Document

_MOST_CITED = 8  # passages that one answer tells an aspect by
_NAMING = 6  # characters of a beneficiary that tell a grant from others
_FOR_ITS_SUM = {Language.CHINESE: " 补多少?", Language.TRADITIONAL: " 补多少?", Language.ENGLISH: " how much subsidy?"}


def aspects_of(inquiry: Inquiry) -> tuple[Aspect, ...]:
    """What an inquiry asks of a grant beside its sum; nothing where it asks for money or for a validity."""
    turn = inquiry.turn
    if inquiry.intent is Intent.VALIDITY or turn.move is not None or turn.asks_who_pays:
        return ()
    aspects = aspects_asked(turn.folded)
    if aspects == (Aspect.RESPONSIBLE,) and inquiry.intent is Intent.DEPARTMENT:
        return ()  # answered as a question for the department is
    states_sum = any(fact.unit in SUMS and fact.turn == max(f.turn for f in inquiry.facts) for fact in inquiry.facts)
    return () if states_sum and turn.intent is Intent.AMOUNT else aspects


def for_its_sum(inquiry: Inquiry) -> Inquiry:
    """The same inquiry as one for the sum of what it is about, without the words that ask for something else."""
    turn = inquiry.turn
    fresh = [term for term in inquiry.terms if term.age == 0]
    things = [term.surface for term in fresh if term.number is not None and term.may_be_subject]
    spans = asking_spans(turn.folded, things, [term.surface for term in fresh if term.surface not in things])
    text = turn.folded
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    text += _FOR_ITS_SUM[turn.language]
    left = tuple(term for term in inquiry.terms if term.age or term.surface in text)
    asked = replace(turn, text=text, folded=text, intent=Intent.AMOUNT, expects=frozenset(), asks_how_much=True)
    return replace(inquiry, turn=asked, intent=Intent.AMOUNT, terms=left)


class Procedures:
    """Answers what is asked of a grant beside its sum, over one library."""

    def __init__(self, library: Library, candidates: Callable[[Inquiry], Candidates]) -> None:
        self._library = library
        self._candidates = candidates
        self._granting = frozenset(grant.clause.id for grant in library.grants if grant.rules or grant.unread)

    def pieces(
        self, inquiry: Inquiry, composer: Composer, day: date, before: Callable[[], Citation | None]
    ) -> list[Piece]:
        """What the documents tell of it; nothing where none is asked for, or nothing it is about is found.

        ``before`` is the clause that the turn before was answered with, for a turn that names no subject of its own.
        """
        aspects = aspects_of(inquiry)
        if not aspects or len(inquiry.regions) > 1 or len(inquiry.parts) > 1:
            return []
        subject = for_its_sum(inquiry)
        names_subject = any(term.age == 0 and term.may_be_subject for term in subject.terms)
        if inquiry.follow_up and not names_subject and (cited := before()) is not None:
            document = self._library.documents[cited.document_id]
            return [self._of(document, document.clauses_by_id[cited.clause_id], cited, aspects, composer, day)]
        candidates = self._candidates(subject)
        if (grant := candidates.grant_meant()) is not None:
            what = next((rule.beneficiary for rule in grant.rules if len(rule.beneficiary) >= _NAMING), "")
            what = what or grant.document.text[grant.start : grant.end]
            return [self._of(grant.document, grant.clause, _cited(grant, day), aspects, composer, day, what)]
        supporting = candidates.supporting() if aspects != (Aspect.RESPONSIBLE,) else None
        if supporting is None:
            return []
        passage = supporting.item.passage
        document = self._library.documents[passage.document_id]
        clause = document.clauses_by_id[passage.clause_id]
        return [
            self._of(document, clause, cite(document, clause, passage.start, passage.end, day), aspects, composer, day)
        ]

    def _of(
        self,
        document: Document,
        clause: Clause,
        cited: Citation,
        aspects: Sequence[Aspect],
        composer: Composer,
        day: date,
        what: str = "",
    ) -> Piece:
        if Aspect.RESPONSIBLE in aspects and not cited.departments:  # a guide says in its steps who examines
            aspects = tuple(dict.fromkeys(Aspect.STEPS if a is Aspect.RESPONSIBLE else a for a in aspects))
        told: dict[Aspect, Sequence[Told]] = {
            aspect: told_near(document, clause, aspect, self._granting)[:_MOST_CITED]
            for aspect in aspects
            if aspect is not Aspect.RESPONSIBLE
        }
        said = [
            (
                aspect,
                [
                    (cite(document, t.clause, t.clause.start + t.start, t.clause.start + t.end, day), t.words)
                    for t in ts
                ],
            )
            for aspect, ts in told.items()
            if ts
        ]
        untold = [aspect for aspect, ts in told.items() if not ts]
        return composer.procedure(
            cited, said, untold, document.metadata.issuer, what, in_charge=Aspect.RESPONSIBLE in aspects
        )


def _cited(grant: Grant, day: date) -> Citation:
    return cite(grant.document, grant.clause, grant.start, max(grant.end, grant.start + 1), day)
