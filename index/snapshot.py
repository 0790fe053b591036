"""The index on disk: written whole or not at all, checked whole before it is used.

A snapshot is a folder with a manifest and one generation folder that the manifest names. A new
generation is written beside the old one and counts from the moment its manifest takes the old one's
place, which is a single rename: a crash before it leaves the old snapshot as it was.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.errors import SnapshotError
from index.dense import DenseIndex
from index.embedding import Embedder
from index.hybrid import HybridIndex
from index.lexical import LexicalIndex
from index.passage import Passage
from index.tokens import TOKENIZER_VERSION

FORMAT_VERSION = 1  # raise when the files or their meaning change
REBUILD = "rebuild it with: policy-assistant build"

_MANIFEST = "manifest.json"
_PASSAGES = "passages.json"
_VECTORS = "vectors.npy"
_LEXICAL = "lexical"
_GENERATION = "generation-"
_LEFTOVER_SECONDS = 3600  # a generation no manifest names and older than this was left by a crash


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


_STORED_PASSAGES = TypeAdapter(dict[str, Passage])


def save(built: HybridIndex, path: Path, collection_digest: str) -> None:
    """Write a snapshot into a folder; the one that is there stays in use until the new one is complete.

    Raises SnapshotError when the folder cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        generation = Path(tempfile.mkdtemp(prefix=_GENERATION, dir=path))
        try:
            generation.chmod(0o755)  # mkdtemp makes it private; a service may run as another user
            _write_generation(built, generation)
            _write_manifest(_manifest(built, generation, collection_digest), path)
        except BaseException:
            shutil.rmtree(generation, ignore_errors=True)
            raise
        _remove_old_generations(path, generation)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SnapshotError(f"The index cannot be written to {path} ({reason}); name a folder that can.") from error


def load(path: Path, embedder: Embedder, collection_digest: str) -> HybridIndex:
    """The index saved in a folder, every file checked.

    Raises SnapshotError when it is missing, damaged, or made by another version, model or collection.
    """
    manifest = _read_manifest(path)
    _check_origin(manifest, path, embedder, collection_digest)
    folder = path / manifest.generation
    _check_files(manifest, folder)
    try:
        passages = tuple(_STORED_PASSAGES.validate_json((folder / _PASSAGES).read_bytes()).values())
        vectors = np.load(folder / _VECTORS, allow_pickle=False)
        lexical = LexicalIndex.load(folder / _LEXICAL)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"The index in {path} is damaged; {REBUILD}") from error
    if len({len(passages), len(vectors), lexical.size, manifest.passages}) > 1:
        raise SnapshotError(f"The parts of the index in {path} hold different numbers of passages; {REBUILD}")
    return HybridIndex(passages, lexical, DenseIndex(vectors), embedder)


def _write_generation(built: HybridIndex, folder: Path) -> None:
    (folder / _PASSAGES).write_text(_passages_json(built.passages), encoding="utf-8")
    np.save(folder / _VECTORS, built.dense.vectors, allow_pickle=False)
    built.lexical.save(folder / _LEXICAL)


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
    with draft.open("w", encoding="utf-8") as file:
        file.write(manifest.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path / _MANIFEST)


def _remove_old_generations(path: Path, current: Path) -> None:
    """Remove what older builds left; a young one may belong to a build that is running now."""
    for folder in path.glob(f"{_GENERATION}*"):
        if folder != current and (
            (folder / _VECTORS).exists() or time.time() - folder.stat().st_mtime > _LEFTOVER_SECONDS
        ):
            shutil.rmtree(folder, ignore_errors=True)


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files}


def _read_manifest(path: Path) -> _Manifest:
    try:
        content = (path / _MANIFEST).read_bytes()
    except OSError as error:
        raise SnapshotError(f"There is no index in {path}; build it with: policy-assistant build") from error
    try:
        version = json.loads(content)["format_version"]
        if version == FORMAT_VERSION:
            return _Manifest.model_validate_json(content)
    except (ValueError, KeyError, TypeError, ValidationError) as error:
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
