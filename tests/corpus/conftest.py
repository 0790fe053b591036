from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.collection import Collection, load_collection, load_document
from corpus.document import Document


@pytest.fixture(scope="session")
def collection() -> Collection:
    """The documents that come with the product."""
    return load_collection()


@pytest.fixture
def document_of(tmp_path: Path) -> Callable[[str], Document]:
    """A document with the given text, read from a file called ``added.txt``."""

    def load(text: str) -> Document:
        path = tmp_path / "added.txt"
        path.write_text(text, encoding="utf-8")
        return load_document(path)

    return load
