"""Whether and until when a document is in force, or the one plan in it that a question means."""

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answer import Citation
from assistant.answering.citing import cite
from corpus.clause import Clause
from corpus.document import Document, Metadata
from corpus.metadata import part_metadata
from corpus.script import fold, han_pairs
from corpus.validity import stated_term


def term_meant(document: Document, folded: str, day: date) -> tuple[Metadata, Citation | None]:
    """What is known of the term of a document, or of the plan in it that a folded question names; and where it says so."""
    part = part_named(document, folded)
    if part is not None:
        leaves = [leaf for leaf in document.leaves if leaf.part == part]
        metadata = part_metadata(document.metadata, part, leaves)
        if citation := _term_clause(document, leaves, day):
            own = {
                "valid_from": metadata.valid_from,
                "valid_to": metadata.valid_to,
                "planning_to": metadata.planning_to,
            }
            return metadata, citation.model_copy(update={**own, "in_force": metadata.in_force(day)})
    return document.metadata, _term_clause(document, list(document.leaves), day)


def part_named(document: Document, folded: str) -> str | None:
    """The plan of a compound document that a folded question names most words of, where there is such a one."""
    return _most_named({part: part for part in document.metadata.parts}, folded)


def document_named(documents: Sequence[Document], folded: str) -> Document | None:
    """The document of several of whose title a folded question names most words that the others' have not, and two at least."""
    named = _most_named({document.id: document.metadata.title for document in documents}, folded, least=2)
    return next((document for document in documents if document.id == named), None)


def _most_named(titles: Mapping[str, str], folded: str, least: int = 1) -> str | None:
    """The key of the title of which a folded question names most pairs of characters that no other has; None for a draw."""
    pairs = {key: han_pairs(fold(title)) for key, title in titles.items()}
    asked = han_pairs(folded)
    shared: dict[str, int] = {}
    for key, own in pairs.items():
        others = set().union(*(pairs[other] for other in pairs if other != key))
        shared[key] = len((own - others) & asked)
    most = max(shared.values(), default=0)
    best = [key for key, count in shared.items() if count == most]
    return best[0] if most >= least and len(best) == 1 else None


def _term_clause(document: Document, leaves: list[Clause], day: date) -> Citation | None:
    """The last of some clauses that states dates in force, else a planning period."""
    for leaf in reversed(leaves):
        if (term := stated_term(fold(leaf.text))) is not None:
            return cite(document, leaf, leaf.start + term[0], leaf.start + term[1], day)
    return None
