"""The passage: the stretch of a clause that search finds and a citation points at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.clause import Clause, ClauseKind
from corpus.document import Document
from corpus.script import fold
from index.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Passage:
    """One or more whole sentences of a leaf clause. Offsets are into ``Document.text``."""

    id: str  # "<clause id>@<start>"
    clause_id: str
    document_id: str
    region: str
    kind: ClauseKind
    text: str  # the source's own characters, source[start:end]
    start: int
    end: int
    context: str  # headings the passage stands under, folded; searched beside the text, never quoted


# "(责任单位:市经信局、市财政局)" behind a sentence; half of it is the same in every clause.
_DEPARTMENTS = re.compile(r"[\[(〔【]?\s*(?:责任|牵头|配合|负责|主办|协办)(?:单位|部门)\s*:[^。;]*$")


def split_departments(text: str) -> tuple[str, str]:
    """What a passage says and the responsible departments behind it, "" when it names none.

    A text that only names departments is all there is to say, so it comes back whole.
    """
    match = _DEPARTMENTS.search(fold(text))
    if match is None or not text[: match.start()].strip():
        return text, ""
    return text[: match.start()], text[match.start() :]


def make_passages(document: Document) -> tuple[Passage, ...]:
    """The searchable passages of a document in reading order, one or more for each leaf clause.

    The heading line of a clause with other children is left out: it is the context of those.
    """
    return tuple(passage for leaf in document.leaves for passage in _leaf_passages(document, leaf))


def _leaf_passages(document: Document, leaf: Clause) -> Iterator[Passage]:
    if leaf.kind is ClauseKind.HEADING and _has_siblings(document, leaf):
        return
    context = _context(document, leaf)
    for start, end in sentence_spans(leaf.text):
        yield Passage(
            id=f"{leaf.id}@{leaf.start + start}",
            clause_id=leaf.id,
            document_id=document.id,
            region=document.metadata.region,
            kind=leaf.kind,
            text=leaf.text[start:end],
            start=leaf.start + start,
            end=leaf.start + end,
            context=context,
        )


def _has_siblings(document: Document, leaf: Clause) -> bool:
    return leaf.parent_id is not None and len(document.clauses_by_id[leaf.parent_id].child_ids) > 1


def _context(document: Document, leaf: Clause) -> str:
    """Plan title and headings from the outside in, folded; the leaf's own only when its text lacks it."""
    headings: list[str] = []
    clause = leaf
    while clause.parent_id is not None:
        clause = document.clauses_by_id[clause.parent_id]
        headings.append(clause.heading)
    outline = [leaf.part, *reversed(headings)]
    if leaf.heading and leaf.heading not in leaf.text:
        outline.append(leaf.heading)
    if leaf.row is not None:  # a cell says nothing without the words of its column
        outline += [leaf.row.caption, *leaf.row.columns]
    folded = ("".join(fold(heading).split()) for heading in outline)
    return " ".join(dict.fromkeys(heading for heading in folded if heading))
