"""The collection: documents loaded from a folder, and their clauses by id."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from corpus.clause import Clause, ClauseKind
from corpus.document import Document, Span
from corpus.errors import DocumentError, UnknownNameError
from corpus.files import check_entry, is_folder, list_folder
from corpus.furniture import find_furniture
from corpus.layout import markup_spans, split_lines
from corpus.metadata import read_metadata
from corpus.outline import read_outline
from corpus.places import other_names
from corpus.readers import is_readable, read_file
from corpus.script import fold
from corpus.sources import Stated, apply_stated, read_sources
from corpus.superseding import with_superseded


@dataclass(frozen=True)
class Collection:
    """Documents sorted by id, and every clause of them."""

    documents: tuple[Document, ...]

    @cached_property
    def _documents_by_id(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        found: dict[str, tuple[str | None, str | None]] = {}
        for document in self.documents:
            ids = [leaf.id for leaf in document.leaves]
            for before, own, after in zip([None, *ids[:-1]], ids, [*ids[1:], None], strict=True):
                found[own] = (before, after)
        return found

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the documents' ids, bytes, metadata and clauses, hexadecimal: two equal ones hold the same.

        The clauses count because another version of the outline may cut the same bytes otherwise.
        """
        content = hashlib.sha256()
        for document in self.documents:
            clauses = [(clause.id, clause.start, clause.end) for clause in document.clauses]
            content.update(repr((document.id, document.digest, document.metadata, clauses)).encode())
        return content.hexdigest()

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions the documents are about, sorted, without repetition."""
        return tuple(sorted({document.metadata.region for document in self.documents if document.metadata.region}))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of every document, in order."""
        return tuple(clause for document in self.documents for clause in document.clauses)

    @property
    def leaves(self) -> tuple[Clause, ...]:
        """Every clause without children, in order."""
        return tuple(clause for clause in self.clauses if clause.is_leaf)

    def document(self, document_id: str) -> Document:
        """The document with this id. Raises UnknownNameError when there is none."""
        try:
            return self._documents_by_id[document_id]
        except KeyError:
            known = ", ".join(self._documents_by_id) or "none"
            raise UnknownNameError(f"There is no document {document_id!r}; the collection holds {known}.") from None

    def clause(self, clause_id: str) -> Clause:
        """The clause with this id. Raises UnknownNameError when there is none."""
        document = self.document(clause_id.partition("#")[0])
        try:
            return document.clauses_by_id[clause_id]
        except KeyError:
            example = document.leaves[-1].id
            raise UnknownNameError(f"There is no clause {clause_id!r}; an id reads like {example!r}.") from None

    def neighbours(self, clause_id: str) -> tuple[Clause | None, Clause | None]:
        """The leaves before and after a clause in its document; None at the ends.

        For a clause with children they are the leaves around all of it.
        """
        clause = self.clause(clause_id)
        if clause.is_leaf:
            before, after = self._neighbours[clause_id]
            return (self.clause(before) if before else None, self.clause(after) if after else None)
        leaves = self.document(clause.document_id).leaves
        earlier = [leaf for leaf in leaves if leaf.end <= clause.start]
        later = [leaf for leaf in leaves if leaf.start >= clause.end]
        return (earlier[-1] if earlier else None, later[0] if later else None)


def read_document(document_id: str, text: str, content: bytes, stated: Stated | None = None) -> Document:
    """The document over a text. ``content`` are the bytes it was decoded from.

    Raises DocumentError when the text holds nothing but page furniture, or ``stated`` has an unknown key.
    """
    folded = fold(text)
    lines = split_lines(text, folded)
    left_out, title = find_furniture(lines)
    clauses, parts = read_outline(document_id, text, folded, lines, left_out, title)
    if not any(clause.is_leaf and clause.kind is not ClauseKind.TITLE for clause in clauses):
        raise DocumentError(
            f"{document_id}: no policy text was found; a document holds clauses or paragraphs, not only a title."
        )
    metadata = read_metadata(document_id, clauses, parts, lines, title, folded)
    if stated:
        metadata = apply_stated(metadata, _with_aliases(stated), document_id)
    furniture = [Span(lines[number].start, lines[number].end, reason) for number, reason in left_out.items()]
    furniture += [Span(start, end, "markup") for start, end in markup_spans(text, lines)]
    return Document(
        id=document_id,
        text=text,
        digest=hashlib.sha256(content).hexdigest(),
        metadata=metadata,
        clauses=clauses,
        furniture=tuple(sorted(furniture, key=lambda span: span.start)),
        clauses_by_id=MappingProxyType({clause.id: clause for clause in clauses}),
    )


def _with_aliases(stated: Stated) -> Stated:
    """A corrected region brings its own other names along."""
    if "region" not in stated or "region_aliases" in stated:
        return stated
    return {**stated, "region_aliases": other_names(str(stated["region"]))}


def load_document(path: Path, stated: Stated | None = None) -> Document:
    """The document in a file; its id is the file's name without the ending.

    ``stated`` overrides what is read from the text, by the names of ``Metadata``'s fields.
    Raises DocumentError, naming the file, when it cannot be read or holds no policy text.
    """
    try:
        path.name.encode()
    except UnicodeEncodeError:
        shown = path.name.encode("utf-8", "backslashreplace").decode()
        raise DocumentError(
            f"{shown}: the name of this file is not UTF-8 text; rename it, since ids are made of it."
        ) from None
    text, content = read_file(path)
    return read_document(path.stem, text, content, stated)


def load_collection(folder: Path | None = None) -> Collection:
    """The documents of a folder with what its ``sources.toml`` states; without a folder, the shipped ones.

    Folders in it are not read, nor links out of it. Raises DocumentError, naming the file, for one that cannot be used.
    """
    place = shipped_documents() if folder is None else folder
    stated = read_sources(place)
    entries = list_folder(place)
    paths = [path for path in entries if is_readable(path)]
    for path in entries:
        if is_readable(path) or is_folder(path):
            check_entry(path, place)
    return Collection(with_superseded(_sorted([load_document(path, stated.get(path.name)) for path in paths])))


def _sorted(documents: Sequence[Document]) -> tuple[Document, ...]:
    ordered = tuple(sorted(documents, key=lambda document: document.id))
    for first, second in pairwise(ordered):
        if first.id == second.id:
            raise DocumentError(f"Two files are both called {first.id!r}; give one of them another name.")
    return ordered


def shipped_documents() -> Path:
    """The folder of the documents that come with the product."""
    return Path(str(resources.files("corpus").joinpath("documents")))
