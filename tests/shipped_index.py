"""The index of the shipped documents for the tests: built once, kept between runs, and begun before a test asks for it.

Run as a program it builds the index into the folder named on its command line, with all processors.
"""

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from assistant.settings import Settings

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent


def settings_of(kept: Path) -> Settings:
    """Settings whose index lies in the folder ``kept``, by the passages and the code of index/ that it is built from."""
    from corpus.collection import load_collection
    from index.passage import make_passages

    collection = load_collection(Settings().documents_dir)
    key = hashlib.sha256(collection.digest.encode())
    for document in collection.documents:
        key.update(repr(make_passages(document)).encode())
    for file in sorted((ROOT / "index").glob("*.*")):
        key.update(file.name.encode() + file.read_bytes())
    return Settings(index_dir=kept / key.hexdigest()[:16])


def built(kept: Path) -> Settings:
    """Those settings when the index is there: the first of several processes builds it, the others wait for that."""
    from assistant.build import build_snapshot

    settings = settings_of(kept)
    with FileLock(f"{settings.index_dir}.lock"):
        build_snapshot(settings)
    return settings


def dealt(first: Sequence[T], then: Sequence[T], workers: int) -> list[T]:
    """Both in an order of which each of ``workers`` equal parts begins with its share of ``first``."""
    order: list[T] = []
    for number in range(workers):
        for several in (first, then):
            order += several[len(several) * number // workers : len(several) * (number + 1) // workers]
    return order


def begin(kept: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """A process that builds the index while the tests that do not need it run."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__)), str(kept)],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    built(Path(sys.argv[1]))
