"""The document: source text, what is known about it, and its clauses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus.clause import Clause
from corpus.readers.source import SourceBlock


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document, stated in ``sources.toml`` or read from its text."""

    title: str
    document_number: str  # 成办发〔2020〕59号; empty when none is printed
    issuer: str
    region: str  # shortest usual name of the place in Simplified script, e.g. "成都"; empty when unknown
    region_aliases: tuple[str, ...]  # other names a question may use: "成都市", "蓉", "Chengdu"
    issued: date | None
    valid_from: date | None  # first day in force; None when the document does not say
    valid_to: date | None  # last day in force, inclusive; None when the document does not say
    planning_from: int | None  # first year of the planning period named in title or text
    planning_to: int | None  # last year of it; a planning period that has run out repeals nothing
    parts: tuple[str, ...]  # titles of the plans a file holds; empty when it is one document
    url: str  # page the file was taken from; empty when unknown
    superseded_by: str = ""  # title of the document of the collection that repeals it

    def in_force(self, on: date) -> bool:
        """Whether the document is in force on a day; one that states no dates counts as in force."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of ``Document.text`` and, for furniture, the reason it was left out."""

    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document: the untouched source and the clause tree over it."""

    id: str  # file name without its ending
    text: str  # decoded source, byte for byte as published
    digest: str  # SHA-256 of the file's bytes, hexadecimal
    metadata: Metadata
    clauses: tuple[Clause, ...]  # all nodes in reading order, parents before children
    furniture: tuple[Span, ...]  # page furniture left out, in order
    clauses_by_id: Mapping[str, Clause]
    blocks: tuple[
        SourceBlock, ...
    ] = ()  # what the file's format knows about stretches of the text; none for plain text
    notes: tuple[str, ...] = ()  # what could not be read of the file, a sentence each

    @property
    def leaves(self) -> tuple[Clause, ...]:
        """The clauses without children, in reading order."""
        return tuple(clause for clause in self.clauses if clause.is_leaf)
