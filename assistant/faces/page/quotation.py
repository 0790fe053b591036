"""A quotation cut into pieces for the screen: the sentence that answers, and what each stretch of it was read as."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Citation, Highlight
from corpus.script import repair_glyphs

FIELDS = ("beneficiary", "condition", "base", "rate", "amount", "cap", "uplift", "per", "period")  # as in the legend


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with one meaning; ``field`` is one of ``FIELDS`` or empty."""

    text: str
    field: str
    focus: bool


def pieces_of(citation: Citation) -> tuple[Piece, ...]:
    """A citation's text in pieces: joined they are the quotation, its private-use glyphs shown as characters."""
    focus = range(citation.focus.start, citation.focus.end)
    return cut(repair_glyphs(citation.text), citation.highlights, focus)  # repairing keeps the offsets


def cut(text: str, highlights: Iterable[Highlight], focus: range = range(0)) -> tuple[Piece, ...]:
    """A text in pieces. Where highlights overlap the shortest one counts: it says the most."""
    marks = sorted(
        (mark for mark in highlights if mark.field in FIELDS and mark.start < mark.end <= len(text)),
        key=lambda mark: mark.end - mark.start,
    )
    edges = {0, len(text), min(focus.start, len(text)), min(focus.stop, len(text))}
    edges |= {edge for mark in marks for edge in (mark.start, mark.end)}
    return tuple(
        Piece(text[start:end], _field_at(start, marks), start in focus) for start, end in pairwise(sorted(edges))
    )


def _field_at(position: int, marks: Sequence[Highlight]) -> str:
    return next((mark.field for mark in marks if mark.start <= position < mark.end), "")


def fields_in(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """The fields that are highlighted, in the order of the legend."""
    used = {piece.field for piece in pieces}
    return tuple(field for field in FIELDS if field in used)


def reference(document: str, number: str, address: str, text: str) -> str:
    """A quotation with its source, for the clipboard."""
    place = f"{document}（{number}）" if number else document
    return f"“{repair_glyphs(text).strip()}”\n——{place}，{repair_glyphs(address)}"
