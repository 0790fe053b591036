"""The clause search tab: its form, a page of results, and all results for export."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from assistant.answering.labels import Badge, document_badge
from assistant.faces.page.exports import Row
from assistant.faces.page.quotation import reference
from assistant.faces.page.rendering import render
from assistant.faces.page.words import HTML_LANGUAGE, words_for
from assistant.finding.search_query import ClauseHit, Mark, SearchPage, SearchQuery
from assistant.question import Language
from corpus.clause import ClauseKind
from corpus.document import Document
from corpus.script import repair_glyphs

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

PAGE_SIZE = 10
EXPORT_LIMIT = 1000  # clauses in one export
_EXPORT_PAGE = 100  # the most that a search gives at once
_BROWSED = tuple(kind for kind in ClauseKind if kind is not ClauseKind.TITLE)
_FIELDS = ("text", "region", "document", "department", "in_force_on", "has_money", "sort")


def search_form(assistant: "PolicyAssistant", language: str) -> str:
    """The form of the search tab."""
    documents = assistant.documents()
    departments = {name for document in documents for leaf in document.leaves for name in leaf.departments}
    return render(
        "search.html",
        words_for(language),
        regions=assistant.region_names(Language(language)),
        documents=[(document.id, document.metadata.title) for document in documents],
        departments=sorted(departments),
    )


def read_query(fields: dict[str, Any], **more: Any) -> SearchQuery:
    """The query of a filled-in form: empty fields are left out, quoted stretches become phrases.

    Without words the clauses are browsed, and lines of title blocks (signature, date) are none to browse.

    Raises InputError, UnknownNameError or pydantic's ValidationError for a field that cannot be used.
    """
    filled = {name: value for name in _FIELDS if (value := str(fields.get(name) or "").strip())}
    if "text" not in filled:
        more["kind"] = _BROWSED
    return SearchQuery.parse(filled.pop("text", ""), **filled, **more)


def results_html(assistant: "PolicyAssistant", fields: dict[str, Any], number: int, language: str) -> str:
    """Page ``number`` (from 1) of the results of a filled-in form."""
    page = assistant.search(read_query(fields, page=number, page_size=PAGE_SIZE))
    by_id = {document.id: document for document in assistant.documents()}
    filled = {name: value for name in _FIELDS if (value := str(fields.get(name) or "").strip())}
    return render(
        "results.html",
        words_for(language),
        page=page,
        rows=[_row(hit, by_id[hit.document_id], page, language) for hit in page.items],
        query=urlencode({**filled, "lang": language}),
        html_lang=HTML_LANGUAGE[language],
        export_limit=EXPORT_LIMIT,
    )


def _row(hit: ClauseHit, document: Document, page: SearchPage, language: str) -> dict[str, Any]:
    start, end = hit.snippet.start, hit.snippet.end
    inside = [mark for mark in hit.highlights if start <= mark.start and mark.end <= end]
    moved = [Mark(start=mark.start - start, end=mark.end - start, of=mark.of) for mark in inside]
    badge: Badge = document_badge(document.metadata, page.on, language)
    return {
        "hit": hit,
        "badge": badge,
        "address": _marked(hit.address, hit.address_highlights),
        "snippet": _marked(hit.text[start:end], moved),
        "cut_before": start > 0,
        "cut_after": end < len(hit.text),
        "reference": reference(hit.document, hit.document_number, hit.address, hit.text),
    }


def _marked(text: str, marks: Sequence[Mark]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it matches; ``marks`` are in order and do not overlap."""
    text = repair_glyphs(text)
    edges = [0, *(edge for mark in marks for edge in (mark.start, mark.end)), len(text)]
    return [(text[start:end], number % 2 == 1) for number, (start, end) in enumerate(pairwise(edges)) if end > start]


def export_rows(assistant: "PolicyAssistant", fields: dict[str, Any], language: str) -> Iterator[Row]:
    """The results of a filled-in form as rows of a table, ``EXPORT_LIMIT`` at most, in the order of the page."""
    words = words_for(language)
    for number in range(1, EXPORT_LIMIT // _EXPORT_PAGE + 1):
        page = assistant.search(read_query(fields, page=number, page_size=_EXPORT_PAGE))
        for hit in page.items:
            yield _export_row(hit, page.on, words["yes"], words["no"])
        if number >= page.pages:
            return


def _export_row(hit: ClauseHit, on: date, yes: str, no: str) -> Row:
    return Row(
        rank=hit.rank,
        region=hit.region,
        document=hit.document,
        number=repair_glyphs(hit.document_number),
        address=repair_glyphs(hit.address),
        text=repair_glyphs(hit.text).strip(),
        departments="、".join(hit.departments),
        in_force=f"{yes if hit.in_force else no} ({on})",
        clause_id=hit.clause_id,
    )
