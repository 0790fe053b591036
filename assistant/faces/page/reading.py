"""The library tab and the dialog that shows a clause in its document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.answering.labels import document_badge
from assistant.clause.rule import TextSpan
from assistant.faces.page.quotation import reference
from assistant.faces.page.rendering import render
from assistant.faces.page.words import words_for
from assistant.validation import unknown_name
from corpus.clause import Clause
from corpus.document import Document
from corpus.script import repair_glyphs

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

OPEN_LEVELS = 1  # levels of the tree that stand open at first
_HEADING_LENGTH = 60  # characters of a clause shown as its title when it has no heading


@dataclass(frozen=True, slots=True)
class Node:
    """A clause in the tree; one with children is shown by its title, another by its text."""

    clause: Clause
    title: str
    text: str
    reference: str
    open: bool
    children: tuple["Node", ...]


def library_html(documents: Sequence[Document], on: date, language: str, regions: Mapping[str, str]) -> str:
    """The list of documents, with the names of their ``regions``."""
    entries = [(document, document_badge(document.metadata, on, language)) for document in documents]
    return render("library.html", words_for(language), entries=entries, regions=regions)


def document_html(document: Document, on: date, language: str, wanted: str = "") -> str:
    """A document with its validity and clause tree, open at the clause ``wanted``."""
    path = _path_to(document, wanted)
    roots = [clause for clause in document.clauses if clause.parent_id is None]
    return render(
        "document.html",
        words_for(language),
        document=document,
        mark=document_badge(document.metadata, on, language),
        facts=_facts(document, words_for(language)),
        nodes=[_node(document, clause, path, 0) for clause in roots],
        wanted=wanted,
    )


def find_document(documents: Sequence[Document], document_id: str) -> Document:
    """The document with an id; UnknownNameError names near ids."""
    for document in documents:
        if document.id == document_id:
            return document
    raise unknown_name("document", document_id, [document.id for document in documents])


def context_html(
    assistant: "PolicyAssistant", clause_id: str, on: date, language: str, focus: TextSpan | None = None
) -> str:
    """A clause between its neighbours; ``focus`` are the source's characters to point out."""
    view = assistant.clause(clause_id)
    clause = view.clause
    return render(
        "context.html",
        words_for(language),
        document=view.document,
        mark=document_badge(view.document.metadata, on, language),
        address=repair_glyphs(" › ".join(clause.address)),
        before=_shown(view.previous),
        after=_shown(view.next),
        pieces=_pointed_out(clause, focus),
        clause_id=clause.id,
        previous_id=view.previous.id if view.previous else "",
        next_id=view.next.id if view.next else "",
    )


def _pointed_out(clause: Clause, focus: TextSpan | None) -> list[tuple[str, bool]]:
    text = repair_glyphs(clause.text)
    if focus is None:
        return [(text.strip(), False)]
    start, end = (max(0, min(len(text), place - clause.start)) for place in (focus.start, focus.end))
    return [(text[a:b], number == 1) for number, (a, b) in enumerate(pairwise((0, start, end, len(text)))) if b > a]


def _shown(clause: Clause | None) -> str:
    return repair_glyphs(clause.text).strip() if clause else ""


def _path_to(document: Document, clause_id: str) -> frozenset[str]:
    """The ids of a clause and of all above it."""
    path = set()
    clause = document.clauses_by_id.get(clause_id)
    while clause is not None:
        path.add(clause.id)
        clause = document.clauses_by_id.get(clause.parent_id) if clause.parent_id else None
    return frozenset(path)


def _node(document: Document, clause: Clause, path: frozenset[str], level: int) -> Node:
    data = document.metadata
    children = tuple(_node(document, document.clauses_by_id[child], path, level + 1) for child in clause.child_ids)
    title = repair_glyphs(f"{clause.label}{clause.heading}").strip() or _shown(clause)[:_HEADING_LENGTH]
    quoted = "" if children else reference(data.title, data.document_number, " › ".join(clause.address), clause.text)
    return Node(clause, title, _shown(clause), quoted, level < OPEN_LEVELS or clause.id in path, children)


def _facts(document: Document, words: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What is known about a document: name, value, and the address of a link or nothing."""
    data = document.metadata
    planning = f"{data.planning_from or ''}–{data.planning_to}" if data.planning_to else ""
    known = [
        ("number", repair_glyphs(data.document_number)),
        ("region", data.region),
        ("issuer", data.issuer),
        ("issued", _day(data.issued)),
        ("in_force_from", _day(data.valid_from)),
        ("in_force_to", _day(data.valid_to)),
        ("planning", planning),
        ("clause_count", str(len(document.leaves))),
    ]
    facts = [(words[name], value, "") for name, value in known if value]
    if data.url.startswith(("https://", "http://")):  # nothing else is a page that a browser may open
        facts.append((words["source"], data.url, data.url))
    return facts


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
