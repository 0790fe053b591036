"""Holdings: the collection as the ways of answering share it: which documents are meant, what of them is cited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.answer import Citation
from assistant.answering.citing import cite
from assistant.clause.grant import Grant
from assistant.finding.candidates import Candidates
from assistant.finding.library import Library, Text
from assistant.finding.ranking import Ranker
from assistant.language.lexicon import Lexicon
from assistant.question.conversation import Inquiry
from assistant.question.places import PlaceFinder
from corpus.clause import Clause
from corpus.document import Document
from corpus.script import fold
from corpus.titles import issued_title

_KIND = (2, 4)  # characters of a title's end that say what kind of document it is


@dataclass(frozen=True, slots=True)
class Holdings:
    """One library with all that is needed to answer from it."""

    library: Library
    ranker: Ranker
    places: PlaceFinder
    lexicon: Lexicon

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, in the order of the collection."""
        return tuple(self.library.documents.values())

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that documents are from, each once."""
        return tuple(dict.fromkeys(d.metadata.region for d in self.documents if d.metadata.region))

    def meant(self, inquiry: Inquiry) -> list[Document]:
        """The documents that an inquiry names, or of the regions that it names; all where it names none."""
        return [document for document in self.documents if is_meant(document, inquiry)]

    def narrowed(self, inquiry: Inquiry) -> list[Document]:
        """The documents meant, where a question is about documents as wholes: also by their year or kind alone.

        "那份行动计划" is the only 行动计划 of the place; "2022年那个" the only document of that year.
        """
        meant, folded = self.meant(inquiry), inquiry.turn.folded
        if inquiry.documents is not None:
            return meant
        titled = self.places.titled(folded)
        said = [kind for kind in _kinds(meant) if kind in folded]
        longest = max(map(len, said), default=0)
        kinds = [kind for kind in said if len(kind) == longest]
        for fitting in (
            [d for d in meant if d.id in titled],
            [d for d in meant if any(str(year) in folded for year in _years(d))],
            [d for d in meant if any(fold(issued_title(d.metadata.title)).endswith(kind) for kind in kinds)],
        ):
            meant = [document for document in fitting if document in meant] or meant
        return meant

    def candidates(self, inquiry: Inquiry) -> Candidates:
        """What may answer an inquiry."""
        return Candidates(inquiry, self.library, self.ranker)

    def grants_of(self, document: Document) -> list[Grant]:
        """What a document grants, in its order."""
        return [grant for grant in self.library.grants if grant.document.id == document.id]

    def cite(self, text: Text, day: date) -> Citation:
        """A passage as a citation."""
        document = self.library.documents[text.passage.document_id]
        return cite(document, document.clauses_by_id[text.passage.clause_id], text.passage.start, text.passage.end, day)


def _years(document: Document) -> set[int]:
    """The years that a document may be called by: that of its issue and those in its title."""
    title = fold(document.metadata.title)
    planned = (document.metadata.planning_from, document.metadata.planning_to)
    return {day.year for day in (document.metadata.issued,) if day} | {y for y in planned if y and str(y) in title}


def _kinds(documents: Iterable[Document]) -> set[str]:
    """What documents are by the ends of their titles, two to four characters long: 措施, 行动计划."""
    titles = [fold(issued_title(document.metadata.title)) for document in documents]
    return {title[-length:] for title in titles for length in range(_KIND[0], _KIND[1] + 1)}


def is_meant(document: Document, inquiry: Inquiry) -> bool:
    """Whether a document is one that an inquiry may be answered from."""
    if inquiry.documents is not None and document.id not in inquiry.documents:
        return False
    return not inquiry.regions or document.metadata.region in inquiry.regions


def holds_on(document: Document, day: date) -> bool:
    """Whether a document is in force on a day; one that does not say from when is not before its issue."""
    metadata = document.metadata
    unissued = metadata.valid_from is None and metadata.issued is not None and day < metadata.issued
    return metadata.in_force(day) and not unissued


def in_force_first(documents: Iterable[Document], day: date) -> list[Document]:
    """Documents in force on a day before those that are not, of each the latest first."""
    return sorted(documents, key=lambda d: (not holds_on(d, day), -(_begin(d) or date.min).toordinal()))


def _begin(document: Document) -> date | None:
    return document.metadata.valid_from or document.metadata.issued


def clause_citation(document: Document, clause: Clause, day: date) -> Citation:
    """A whole clause as a citation; of one with children its first leaf that is no heading."""
    leaf = clause
    while leaf.child_ids:
        children = [document.clauses_by_id[child] for child in leaf.child_ids]
        leaf = next((child for child in children if child.kind != "heading"), children[0])
    return cite(document, leaf, leaf.start, leaf.end, day)
