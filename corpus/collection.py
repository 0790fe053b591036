"""The collection: documents loaded from a folder, and their clauses by id."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from corpus.clause import Clause, ClauseKind
from corpus.document import Document, Span
from corpus.errors import DocumentError, NoPolicyError, UnknownNameError
from corpus.folder import FileOutcome, FileState, FoundFile, list_files
from corpus.furniture import find_furniture
from corpus.layout import markup_spans, split_lines
from corpus.metadata import read_metadata
from corpus.outline import read_outline
from corpus.places import other_names
from corpus.placing import with_places
from corpus.readers import DEFAULT_LIMITS, parse, read_source
from corpus.readers.formats import FORMATS
from corpus.readers.limits import Limits
from corpus.readers.source import SourceText
from corpus.readers.store import TextStore
from corpus.script import fold
from corpus.sources import Stated, apply_stated, read_sources
from corpus.superseding import with_superseded

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LEAST_CHINESE = 12  # characters; a README beside the documents, or an empty form, is no policy


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


@dataclass(frozen=True, slots=True)
class FolderReading:
    """The documents of a folder, and what became of each of its files, in the order of their names."""

    collection: Collection
    files: tuple[FileOutcome, ...]


def read_document(
    document_id: str, text: str, content: bytes, stated: Stated | None = None, source: SourceText | None = None
) -> Document:
    """The document over a text. ``content`` are the bytes it was decoded from, ``source`` what their format knows.

    Raises NoPolicyError when the text holds nothing but page furniture, DocumentError when ``stated`` has an unknown
    key.
    """
    folded = fold(text)
    lines = split_lines(text, folded)
    left_out, title = find_furniture(lines)
    clauses, parts = read_outline(document_id, text, folded, lines, left_out, title)
    if not any(clause.is_leaf and clause.kind is not ClauseKind.TITLE for clause in clauses):
        raise NoPolicyError(
            f"{document_id}: no policy text was found; a document holds clauses or paragraphs, not only a title."
        )
    metadata = read_metadata(document_id, clauses, parts, lines, title, folded)
    if stated:
        metadata = apply_stated(metadata, _with_aliases(stated), document_id)
    furniture = [Span(lines[number].start, lines[number].end, reason) for number, reason in left_out.items()]
    furniture += [Span(start, end, "markup") for start, end in markup_spans(text, lines)]
    blocks = source.blocks if source else ()
    clauses = with_places(clauses, blocks)
    return Document(
        id=document_id,
        text=text,
        digest=hashlib.sha256(content).hexdigest(),
        metadata=metadata,
        clauses=clauses,
        furniture=tuple(sorted(furniture, key=lambda span: span.start)),
        clauses_by_id=MappingProxyType({clause.id: clause for clause in clauses}),
        blocks=blocks,
        notes=source.notes if source else (),
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
    source, content = read_source(path)
    return read_document(path.stem, source.text, content, stated, source)


def load_collection(folder: Path | None = None) -> Collection:
    """The documents of a folder with what its ``sources.toml`` states; without a folder, the shipped ones.

    Raises DocumentError, naming the file, for the first one that is refused; ``read_folder`` goes on and tells.
    """
    reading = read_folder(folder)
    for file in reading.files:
        if file.state is FileState.REFUSED:
            raise DocumentError(file.reason)
    return reading.collection


def read_folder(
    folder: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    store: TextStore | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> FolderReading:
    """The documents of a folder, its sub-folders and archives, and what became of every file; the shipped ones without.

    ``progress`` is called with the files done and the files in all. Links out of the folder are not followed. Raises
    DocumentError when the folder cannot be listed, its ``sources.toml`` cannot be used, or files are refused and none
    gives a document.
    """
    place = shipped_documents() if folder is None else folder
    found = list_files(place)
    stated = read_sources(place, frozenset(file.name for file in found))
    documents: dict[str, Document] = {}
    outcomes: list[FileOutcome] = []
    by_content: dict[str, str] = {}
    for number, file in enumerate(found):
        outcome, document = _read_entry(file, stated.get(file.name), limits, store)
        if document is not None:
            outcome, document = _first_of_its_name(outcome, document, documents, by_content)
        if document is not None:
            documents[document.id] = document
            if FORMATS[file.suffix].isolated:  # two plain texts of the same words have always been two documents
                by_content.setdefault(document.digest, file.name)
        outcomes.append(outcome)
        if progress:
            progress(number + 1, len(found))
    refused = [outcome.reason for outcome in outcomes if outcome.state is FileState.REFUSED]
    if refused and not documents:
        raise DocumentError(refused[0])
    ordered = tuple(documents[document_id] for document_id in sorted(documents))
    return FolderReading(Collection(with_superseded(ordered)), tuple(outcomes))


def _read_entry(
    file: FoundFile, stated: Stated | None, limits: Limits, store: TextStore | None
) -> tuple[FileOutcome, Document | None]:
    """What becomes of one file, and its document when it is read."""
    if file.problem:
        return FileOutcome(file.name, file.state, file.problem), None
    try:
        content = file.read()
        source = parse(file.shown, file.suffix, content, limits, store)
        if FORMATS[file.suffix].isolated and len(_CHINESE.findall(source.text)) < _LEAST_CHINESE:
            raise NoPolicyError(f"{file.shown}: no policy text was found; it holds next to no Chinese.")
        document = read_document(file.document_id, source.text, content, stated, source)
    except NoPolicyError as error:
        is_text = not FORMATS[file.suffix].isolated
        return FileOutcome(file.name, FileState.REFUSED if is_text else FileState.SKIPPED, str(error)), None
    except DocumentError as error:
        return FileOutcome(file.name, FileState.REFUSED, str(error)), None
    return FileOutcome(file.name, FileState.READ, "", document.id, source.notes), document


def _first_of_its_name(
    outcome: FileOutcome, document: Document, documents: Mapping[str, Document], by_content: Mapping[str, str]
) -> tuple[FileOutcome, Document | None]:
    """The document unless another file has the same bytes or the same id."""
    if document.id in documents:
        reason = f"Two files are both called {document.id!r}; give one of them another name."
        return FileOutcome(outcome.name, FileState.REFUSED, reason), None
    same = by_content.get(document.digest)
    if same is not None:
        return FileOutcome(outcome.name, FileState.SKIPPED, f"{outcome.name} is the same file as {same}."), None
    return outcome, document


def shipped_documents() -> Path:
    """The folder of the documents that come with the product."""
    return Path(str(resources.files("corpus").joinpath("documents")))
