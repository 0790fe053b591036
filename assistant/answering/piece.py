"""The piece: one part of an answer, what one clause says to the question."""

from dataclasses import dataclass

from assistant.answer import (
    Citation,
    ClauseCondition,
    ComparisonRow,
    Figure,
    GivenFact,
    MissingFact,
    Status,
    Warning,
)
from corpus.script import repair_glyphs


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of an answer: what one clause says to the question."""

    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    warnings: tuple[Warning, ...] = ()
    region: str = ""
    label: str = ""  # what it is of, where the region does not tell it from the others
    facts: tuple[GivenFact, ...] = ()
    conditions: tuple[ClauseCondition, ...] = ()
    row: ComparisonRow | None = None  # the piece as a line of a comparison
    of_its_term: bool = False  # says itself whether it is in force
    aspects: tuple[str, ...] = ()  # what is asked and not told, by the names of the table of aspects


def focus(citation: Citation) -> str:
    """The sentences of a citation that answer, as they are read."""
    return repair_glyphs(citation.text[citation.focus.start : citation.focus.end]).strip()
