"""Building the index: documents → passages → vectors and postings → a snapshot on disk."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from corpus.errors import SnapshotError

Progress = Callable[[int, int], None]  # called with passages done and passages in all


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. ``rebuilt`` is False when the index on disk was already the right one."""

    folder: Path
    documents: int
    passages: int
    rebuilt: bool


def build_snapshot(
    settings: Settings,
    progress: Progress | None = None,
    *,
    force: bool = False,
    on_wait: Callable[[], None] | None = None,
) -> BuildResult:
    """Build the index of the settings' documents unless the one on disk is complete and current.

    ``force`` builds in any case. While another process builds the same index this one waits, after a call of
    ``on_wait``, and then takes what that one built. DocumentError when a document cannot be read, SettingsError when the
    embedding model cannot be loaded, SnapshotError when the folder cannot be written.
    """
    from corpus.collection import load_collection
    from index import snapshot
    from index.embedding import load_embedder
    from index.hybrid import HybridIndex
    from index.passage import make_passages

    collection = load_collection(settings.documents_dir)
    embedder = load_embedder(settings.embedder)

    def current() -> BuildResult | None:
        try:
            found = snapshot.load(settings.index_dir, embedder, collection.digest)
        except SnapshotError:
            return None  # missing, damaged or of another version: exactly what building puts right
        return BuildResult(settings.index_dir, len(collection.documents), len(found.passages), rebuilt=False)

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
    return BuildResult(settings.index_dir, len(collection.documents), total, rebuilt=True)
