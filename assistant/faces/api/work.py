"""Work that is more than one call of the assistant: functions that a worker is sent by their name.

Each takes the assistant and what can be pickled, and gives back what can be.
"""

from datetime import date
from typing import TYPE_CHECKING

from assistant.faces.api.models import ClauseDetail, DocumentDetail, Documents, DocumentSummary
from assistant.validation import unknown_name

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant


def clause_detail(assistant: "PolicyAssistant", clause_id: str, on: date) -> ClauseDetail:
    """A clause with its neighbours, its rules and its validity on a day. UnknownNameError names near ids."""
    return ClauseDetail.of(assistant.clause(clause_id), assistant.explain(clause_id), on)


def documents(assistant: "PolicyAssistant", on: date) -> Documents:
    """All documents with their validity on a day."""
    items = tuple(DocumentSummary.of(document, on) for document in assistant.documents())
    return Documents(on=on, regions=assistant.regions, items=items)


def document_detail(assistant: "PolicyAssistant", document_id: str, on: date) -> DocumentDetail:
    """A document with its clauses as a tree. UnknownNameError names near ids."""
    known = {document.id: document for document in assistant.documents()}
    if document_id not in known:
        raise unknown_name("document", document_id, list(known))
    return DocumentDetail.of(known[document_id], on)


def document_count(assistant: "PolicyAssistant") -> int:
    """How many documents there are."""
    return len(assistant.documents())
