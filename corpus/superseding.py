"""Documents that another document of the collection repeals: "《…办法》(…〔2017〕8号)同时废止"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpus.document import Document
from corpus.script import fold

_REPEALS = re.compile(r"废止|停止执行|不再执行|停止实施")
_NAMED = re.compile(r"《(?P<title>[^》]{4,90})》\s*(?:[(（](?P<number>[^)）]{4,30})[)）])?(?P<rest>[^《]*)")
_PART = re.compile(r"^\s*(?:中|的)?\s*(?:第|有关|相关|部分|关于)")  # "《…》第三条废止": not the whole of it
_NOT_NOW = re.compile(r"(?:有效期|期满|到期|届满).{0,12}废止|自行废止")


def with_superseded(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents, each repealed one ended on the day before the repealing one comes into force.

    A repeal counts where the repealing document states the day it is in force from, or its day of issue.
    """
    ended: dict[str, tuple[date, str]] = {}
    for repealing in documents:
        day = repealing.metadata.valid_from or repealing.metadata.issued
        if day is None:
            continue
        for title, number in _repealed(repealing):
            for document in documents:
                if document.id != repealing.id and _is(document, title, number):
                    last = day - timedelta(days=1)
                    if document.id not in ended or last < ended[document.id][0]:
                        ended[document.id] = (last, repealing.metadata.title)
    return tuple(_ended(document, *ended[document.id]) if document.id in ended else document for document in documents)


def _repealed(document: Document) -> Iterator[tuple[str, str]]:
    """Title and number, folded and without blanks, of each document that one says to repeal as a whole."""
    for leaf in document.leaves:
        for sentence in re.split(r"[。;]", "".join(fold(leaf.text).split())):
            repeal = _REPEALS.search(sentence)
            if repeal is None or _NOT_NOW.search(sentence):
                continue
            for named in _NAMED.finditer(sentence[: repeal.end()]):
                if not _PART.match(named["rest"]):
                    yield named["title"], named["number"] or ""


def _is(document: Document, title: str, number: str) -> bool:
    metadata = document.metadata
    own = "".join(fold(metadata.document_number).split())
    if number and own:
        return re.sub(r"\W", "", own) in re.sub(r"\W", "", number)
    return "".join(fold(metadata.title).split()).endswith(title)


def _ended(document: Document, last: date, by: str) -> Document:
    metadata = document.metadata
    if metadata.valid_to is not None and metadata.valid_to <= last:
        return document
    return replace(document, metadata=replace(metadata, valid_to=last, superseded_by=by))
