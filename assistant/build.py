"""Building the index: documents → passages → vectors and postings → a snapshot on disk."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from corpus.errors import SnapshotError

if TYPE_CHECKING:
    from corpus.folder import FileOutcome

Progress = Callable[[int, int], None]  # called with passages (or files) done and those in all


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. ``rebuilt`` is False when the index on disk was already the right one."""

    folder: Path
    documents: int
    passages: int
    rebuilt: bool
    files: tuple["FileOutcome", ...] = ()  # what became of every file of the documents folder


def build_snapshot(
    settings: Settings,
    progress: Progress | None = None,
    *,
    force: bool = False,
    on_wait: Callable[[], None] | None = None,
    on_read: Progress | None = None,
) -> BuildResult:
    """Build the index of the settings' documents unless the one on disk is complete and current.

    ``force`` builds in any case. While another process builds the same index this one waits, after a call of
    ``on_wait``, and then takes what that one built. ``on_read`` follows the reading of the files. A file that cannot be
    used is left out and told in the result; DocumentError when the folder cannot be read, or none of its files can,
    SettingsError when the embedding model cannot be loaded, SnapshotError when the folder cannot be written.
    """
    from corpus.collection import read_folder
    from corpus.readers.store import TextStore
    from index import snapshot
    from index.embedding import load_embedder
    from index.hybrid import HybridIndex
    from index.passage import make_passages

    store = TextStore(settings.texts_dir, writes=True)
    reading = read_folder(settings.documents_dir, settings.reading_limits, store, on_read)
    collection, files = reading.collection, reading.files
    embedder = load_embedder(settings.embedder)

    def current() -> BuildResult | None:
        try:
            found = snapshot.load(settings.index_dir, embedder, collection.digest)
        except SnapshotError:
            return None  # missing, damaged or of another version: exactly what building puts right
        return BuildResult(settings.index_dir, len(collection.documents), len(found.passages), False, files)

    if not force and (result := current()):
        return result
    with snapshot.sole_builder(settings.index_dir, on_wait):
        if not force and (result := current()):  # built while this one waited
            return result
        passages = [passage for document in collection.documents for passage in make_passages(document)]
        total = len(passages)
        tell = (lambda done: progress(done, total)) if progress else None
        built = HybridIndex.from_passages(passages, embedder, tell)
        snapshot.replace(built, settings.index_dir, collection.digest)
    return BuildResult(settings.index_dir, len(collection.documents), total, True, files)
