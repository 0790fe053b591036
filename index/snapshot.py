"""The index on disk: written whole or not at all, checked whole before it is used.

A snapshot is a folder with a manifest and one generation folder that the manifest names. A new
generation is written beside the old one, down to the disk, and counts from the moment its manifest takes
the old one's place, which is a single rename: a crash or a loss of power before it leaves the old snapshot
as it was. Only then is the old generation removed.

One process writes at a time: it holds a lock of the operating system, which ends with the process however
that ends. Readers need no lock, and no right to write: whoever finds that the manifest was replaced while
reading reads again.
"""

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import numpy as np
from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from corpus.errors import SnapshotError
from index.dense import DenseIndex
from index.embedding import Embedder
from index.hybrid import HybridIndex
from index.lexical import FILES as LEXICAL_FILES
from index.lexical import LexicalIndex
from index.passage import Passage
from index.tokens import TOKENIZER_VERSION

FORMAT_VERSION = 1  # raise when the files or their meaning change
REBUILD = "rebuild it with: policy-assistant build"

_MANIFEST = "manifest.json"
_PASSAGES = "passages.json"
_VECTORS = "vectors.npy"
_LEXICAL = "lexical"
_FILES = frozenset({_PASSAGES, _VECTORS, *(f"{_LEXICAL}/{name}" for name in LEXICAL_FILES)})
_GENERATION = "generation-"
_LOCK = ".lock"  # stays behind empty: removing it would let two builders lock two files of this name
_READINGS = 20  # a reader gives up when the manifest was replaced during each of so many
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP}  # what some network file systems answer


class _Manifest(BaseModel):
    """What a snapshot was made by and from, and the SHA-256 of each of its files."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format_version: int
    tokenizer_version: int
    embedder: str
    dimension: int
    collection_digest: str
    passages: int
    generation: Annotated[str, Field(pattern=rf"^{_GENERATION}\w+$")]
    files: dict[str, str]

    @field_validator("files")
    @classmethod
    def _are_all_there(cls, files: dict[str, str]) -> dict[str, str]:
        """Just the files an index is read from; one that is not named would be read unchecked."""
        if files.keys() != _FILES:
            raise ValueError(f"files have to be {sorted(_FILES)}")
        return files


class _Versioned(BaseModel):
    """The one thing that the manifests of all formats have."""

    format_version: int | Annotated[str, Field(max_length=20)] | None


_STORED_PASSAGES = TypeAdapter(dict[str, Passage])


@contextmanager
def sole_builder(path: Path, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold a snapshot's folder, which is made if need be: nobody else writes to it meanwhile.

    While another process or thread holds it this one waits, after a call of ``on_wait``. Raises SnapshotError
    when the folder cannot be written.
    """
    lock = FileLock(path / _LOCK)
    with _errors_named(path):
        path.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if on_wait is not None:
                on_wait()
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def save(built: HybridIndex, path: Path, collection_digest: str) -> None:
    """Write a snapshot into a folder, waiting for whoever else is writing to it.

    The one that is there stays in use until the new one is complete. Raises SnapshotError when the folder
    cannot be written.
    """
    with sole_builder(path):
        replace(built, path, collection_digest)


def replace(built: HybridIndex, path: Path, collection_digest: str) -> None:
    """Do what ``save`` does, as the ``sole_builder`` of the folder."""
    with _errors_named(path):
        generation = Path(tempfile.mkdtemp(prefix=_GENERATION, dir=path))
        try:
            generation.chmod(0o755)  # mkdtemp makes it private; a service may run as another user
            _write_generation(built, generation)
            _write_manifest(_manifest(built, generation, collection_digest), path)
        except BaseException:
            _remove_leftovers(path)
            raise
        _remove_leftovers(path)


def load(path: Path, embedder: Embedder, collection_digest: str) -> HybridIndex:
    """The index saved in a folder, every file checked.

    Raises SnapshotError when it is missing, damaged, or made by another version, model or collection.
    """
    for _ in range(_READINGS):
        manifest = _manifest_content(path)
        try:
            return _load(_parsed(manifest, path), path, embedder, collection_digest)
        except SnapshotError:
            if _manifest_content(path) == manifest:
                raise
    raise SnapshotError(f"The index in {path} is replaced again and again; end what does, and {REBUILD}")


def _load(manifest: _Manifest, path: Path, embedder: Embedder, collection_digest: str) -> HybridIndex:
    _check_origin(manifest, path, embedder, collection_digest)
    folder = path / manifest.generation
    _check_files(manifest, folder)
    try:
        passages = tuple(_STORED_PASSAGES.validate_json((folder / _PASSAGES).read_bytes()).values())
        vectors = np.load(folder / _VECTORS, allow_pickle=False)
        lexical = LexicalIndex.load(folder / _LEXICAL)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SnapshotError(f"The index in {path} is damaged; {REBUILD}") from error
    if len({len(passages), len(vectors), lexical.size, manifest.passages}) > 1:
        raise SnapshotError(f"The parts of the index in {path} hold different numbers of passages; {REBUILD}")
    return HybridIndex(passages, lexical, DenseIndex(vectors), embedder)


@contextmanager
def _errors_named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise SnapshotError(f"The index cannot be written to {path} ({reason}); name a folder that can.") from error


def _write_generation(built: HybridIndex, folder: Path) -> None:
    (folder / _PASSAGES).write_text(_passages_json(built.passages), encoding="utf-8")
    np.save(folder / _VECTORS, built.dense.vectors, allow_pickle=False)
    built.lexical.save(folder / _LEXICAL)
    for entry in (*folder.rglob("*"), folder):
        _sync(entry)


def _passages_json(passages: Sequence[Passage]) -> str:
    by_id = {passage.id: asdict(passage) for passage in passages}
    if len(by_id) != len(passages):
        raise ValueError("two passages have the same id")
    return json.dumps(by_id, ensure_ascii=False, indent=1)


def _manifest(built: HybridIndex, generation: Path, collection_digest: str) -> _Manifest:
    return _Manifest(
        format_version=FORMAT_VERSION,
        tokenizer_version=TOKENIZER_VERSION,
        embedder=built.embedder.name,
        dimension=built.embedder.dimension,
        collection_digest=collection_digest,
        passages=len(built.passages),
        generation=generation.name,
        files=_digests(generation),
    )


def _write_manifest(manifest: _Manifest, path: Path) -> None:
    """Write the manifest under another name, down to the disk, then put it in place in one step."""
    draft = path / f".{manifest.generation}.json"
    draft.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    _sync(draft)
    _sync(path)  # the generation is in its folder on the disk before a manifest names it
    draft.replace(path / _MANIFEST)
    _sync(path)  # and the manifest is before the old generation goes


def _sync(entry: Path) -> None:
    """Have a file or folder written down to the disk."""
    if not entry.is_dir():
        with entry.open("rb+") as file:
            os.fsync(file.fileno())
    elif os.name != "nt":  # Windows opens no folders
        descriptor = os.open(entry, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(descriptor)


def _remove_leftovers(path: Path) -> None:
    """Remove each generation and draft that the manifest does not name; only the sole builder may."""
    try:
        named = json.loads(_manifest_content(path))["generation"]
    except (SnapshotError, ValueError, KeyError, TypeError, RecursionError):
        named = None  # nobody can read an index here
    for folder in path.glob(f"{_GENERATION}*"):
        if folder.name != named:
            shutil.rmtree(folder, ignore_errors=True)
    for draft in path.glob(f".{_GENERATION}*.json"):
        draft.unlink(missing_ok=True)


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files}


def _manifest_content(path: Path) -> bytes:
    try:
        return (path / _MANIFEST).read_bytes()
    except OSError as error:
        raise SnapshotError(f"There is no index in {path}; build it with: policy-assistant build") from error


def _parsed(content: bytes, path: Path) -> _Manifest:
    try:
        version = _Versioned.model_validate_json(content).format_version
        if version == FORMAT_VERSION:
            return _Manifest.model_validate_json(content)
    except ValidationError as error:  # which nesting too deep to read is as well
        raise SnapshotError(f"The manifest of the index in {path} is damaged; {REBUILD}") from error
    raise SnapshotError(f"The index in {path} has format {version}, this program reads {FORMAT_VERSION}; {REBUILD}")


def _check_origin(manifest: _Manifest, path: Path, embedder: Embedder, collection_digest: str) -> None:
    if manifest.tokenizer_version != TOKENIZER_VERSION:
        raise SnapshotError(f"The index in {path} was made by another version of the tokenizer; {REBUILD}")
    if (manifest.embedder, manifest.dimension) != (embedder.name, embedder.dimension):
        raise SnapshotError(
            f"The index in {path} was made with the model {manifest.embedder} ({manifest.dimension} numbers a "
            f"vector), not {embedder.name} ({embedder.dimension}); {REBUILD}"
        )
    if manifest.collection_digest != collection_digest:
        raise SnapshotError(f"The documents have changed since the index in {path} was made; {REBUILD}")


def _check_files(manifest: _Manifest, folder: Path) -> None:
    for name, digest in manifest.files.items():
        try:
            content = (folder / name).read_bytes()
        except OSError as error:
            raise SnapshotError(f"The file {name} of the index in {folder.parent} is missing; {REBUILD}") from error
        if sha256(content).hexdigest() != digest:
            raise SnapshotError(f"The file {name} of the index in {folder.parent} is damaged; {REBUILD}")
