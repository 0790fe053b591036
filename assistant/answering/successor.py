"""Successor: what the documents in force say on a subject whose clause has ended, or that they say nothing of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Citation, Status
from assistant.answering.composition import Composer
from assistant.answering.holdings import Holdings, holds_on, in_force_first
from assistant.answering.messages import Phrases
from assistant.answering.overview import document_lines, named_title, term_words
from assistant.answering.piece import Piece
from assistant.answering.validity import term_meant
from assistant.figures.entitlement import entitlement
from assistant.finding.certainty import SURE
from assistant.question import Intent
from assistant.question.acts import Act
from assistant.question.conversation import Inquiry
from corpus.document import Document

_SAID = (Status.ANSWERED, Status.NEEDS_FACTS, Status.NO_AMOUNT_STATED)  # what says something of the subject
Answering = Callable[[Inquiry], list[Piece]]  # the pieces that an inquiry is answered with


def successor(
    inquiry: Inquiry, ended: Sequence[Citation], holdings: Holdings, phrases: Phrases, day: date, answering: Answering
) -> list[Piece]:
    """What holds on a day in the place of what was asked before; ``ended`` is what that was answered with."""
    documents = _of_same_place(inquiry, ended, holdings)
    valid = [d for d in in_force_first(documents, day) if holds_on(d, day) and not _is_named(d, inquiry, day)]
    if not valid:
        return [_none(documents, ended, phrases, day)]
    if not any(term.may_be_subject for term in inquiry.terms):
        return [_in_force(valid, holdings, phrases, day)]
    ids = frozenset(document.id for document in valid)
    turn = replace(inquiry.turn, acts=inquiry.turn.acts - {Act.SUCCESSOR, Act.ENTITLED}, intent=Intent.AMOUNT)
    now = replace(inquiry, turn=turn, intent=Intent.AMOUNT, documents=ids, wants_catalogue=False, parts=())
    found = [piece for piece in answering(now) if piece.citations]
    if not found:
        return [_nothing(valid, ended, holdings, phrases, day)]
    return [_led(found[0], holdings, phrases, day), *found[1:]]


def beside_ended(
    pieces: Sequence[Piece], inquiry: Inquiry, holdings: Holdings, composer: Composer, phrases: Phrases, day: date
) -> list[Piece]:
    """The pieces of an answer about money and, where the clause has ended, what a document in force says of the same."""
    first = pieces[0]
    citation = first.citations[0] if first.citations else None
    over = citation is not None and citation.valid_to is not None and citation.valid_to < day
    if citation is None or not over or inquiry.documents is not None or inquiry.as_of is not None:
        return list(pieces)
    if inquiry.intent is not Intent.AMOUNT or first.status not in _SAID:
        return list(pieces)
    place = [document for document in holdings.documents if document.metadata.region == citation.region]
    ids = frozenset(document.id for document in place if holds_on(document, day))
    if not ids:
        return list(pieces)
    now = replace(inquiry, documents=ids, regions=(citation.region,), parts=(), wants_catalogue=False)
    said = _surely_said(now, holdings, composer, day)
    if said is None:
        return list(pieces)
    said = _led(said, holdings, phrases, day)
    return [*pieces, replace(said, status=first.status if said.figures else Status.NO_AMOUNT_STATED)]


def _surely_said(now: Inquiry, holdings: Holdings, composer: Composer, day: date) -> Piece | None:
    """What documents grant for a subject, or say of money for it, where that is sure: nobody asked for it."""
    candidates = holdings.candidates(now)
    best = candidates.accepted_grant()
    if best is not None and candidates.grants[0].certainty >= SURE:
        piece = composer.grant(entitlement(best, now, holdings.lexicon), now)
        return piece if piece.status in _SAID else None
    supporting = candidates.supporting(with_money=True, enough=SURE)
    return composer.mention(holdings.cite(supporting.item, day)) if supporting is not None else None


def _led(piece: Piece, holdings: Holdings, phrases: Phrases, day: date) -> Piece:
    """A piece that says first which document in force it is from."""
    document = holdings.library.documents[piece.citations[0].document_id]
    title = named_title(document, phrases) + term_words(document.metadata, phrases, day)
    return replace(piece, text="\n".join((phrases.say("now_says", document=title), piece.text)))


def _of_same_place(inquiry: Inquiry, ended: Sequence[Citation], holdings: Holdings) -> list[Document]:
    """The documents of the place that is meant: named, or that of what was answered before; else all."""
    regions = set(inquiry.regions) or {citation.region for citation in ended}
    return [document for document in holdings.documents if not regions or document.metadata.region in regions]


def _is_named(document: Document, inquiry: Inquiry, day: date) -> bool:
    """Whether a document is the one that is said to have ended."""
    return inquiry.documents is not None and document.id in inquiry.documents and not document.metadata.in_force(day)


def _in_force(valid: Sequence[Document], holdings: Holdings, phrases: Phrases, day: date) -> Piece:
    """The documents in force, where no subject is named."""
    head = phrases.say("now_in_force", day=phrases.day(day))
    cited = [citation for document in valid if (citation := term_meant(document, "", day)[1]) is not None]
    text = "\n".join((head, document_lines(holdings, phrases, day, valid), phrases.say("coverage_next")))
    return Piece(Status.ANSWERED, text, tuple(cited))


def _nothing(
    valid: Sequence[Document], ended: Sequence[Citation], holdings: Holdings, phrases: Phrases, day: date
) -> Piece:
    """That the documents in force have nothing on it, and which ones they are."""
    head = phrases.words(phrases.say("now_nothing"), phrases.say("now_in_force", day=phrases.day(day)))
    text = "\n".join((head, document_lines(holdings, phrases, day, valid)))
    return Piece(Status.NOT_STATED, text, tuple(ended[:1]))


def _none(documents: Sequence[Document], ended: Sequence[Citation], phrases: Phrases, day: date) -> Piece:
    """That no document of the place is in force any more."""
    cited = tuple(ended[:1]) or tuple(
        citation for document in documents[:1] if (citation := term_meant(document, "", day)[1]) is not None
    )
    return Piece(Status.NOT_STATED if cited else Status.NOT_FOUND, phrases.say("now_none", day=phrases.day(day)), cited)
