"""Readers of document files: the ending of the file's name chooses one.

A reader takes a file's bytes and returns its text; clause offsets refer to that text. To read another
format, write such a function and add it to ``READERS``.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.errors import DocumentError
from corpus.files import read_bytes, shown
from corpus.readers.plain import read_plain_text

Reader = Callable[[bytes], str]

READERS: Mapping[str, Reader] = {".txt": read_plain_text, ".text": read_plain_text}


def is_readable(path: Path) -> bool:
    """Whether a reader exists for files with this ending."""
    return path.suffix.lower() in READERS


def read_file(path: Path) -> tuple[str, bytes]:
    """The text of a document file and its bytes.

    Raises DocumentError, naming the file, when it is missing, of another kind, too large, empty or not text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise DocumentError(
            f"{shown(path.name)}: files ending in {path.suffix or 'nothing'!r} are not read; use one of {known}."
        )
    content = read_bytes(path)
    try:
        return reader(content), content
    except ValueError as error:
        raise DocumentError(f"{shown(path.name)} {error}") from error
