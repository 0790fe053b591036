"""Readers of document files: the ending of the file's name chooses one (``formats.FORMATS``).

A reader takes a file's bytes and returns its text with what the format knows about it; clause offsets refer to that
text. Everything but plain text is read in a process of its own, under limits. To read another format, write such a
function and add it to ``FORMATS``.
"""

from pathlib import Path

from corpus.errors import DocumentError
from corpus.files import LARGEST_DOCUMENT, read_bytes, shown
from corpus.readers.child import read_in_child
from corpus.readers.formats import FORMATS
from corpus.readers.limits import LARGEST_FILE, Limits
from corpus.readers.source import SourceText
from corpus.readers.store import TextStore

DEFAULT_LIMITS = Limits()


def is_readable(path: Path) -> bool:
    """Whether a reader exists for files with this ending."""
    return path.suffix.lower() in FORMATS


def read_file(path: Path) -> tuple[str, bytes]:
    """The text of a document file and its bytes. Raises DocumentError as ``read_source`` does."""
    source, content = read_source(path)
    return source.text, content


def read_source(
    path: Path, limits: Limits = DEFAULT_LIMITS, store: TextStore | None = None
) -> tuple[SourceText, bytes]:
    """The text of a document file with its blocks, and its bytes.

    Raises DocumentError, naming the file, when it is missing, of another kind, too large, empty, damaged or under a
    password, or costs more than the limits.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise DocumentError(f"{shown(path.name)}: {no_reader(suffix)}.")
    content = read_bytes(path, LARGEST_FILE if FORMATS[suffix].isolated else LARGEST_DOCUMENT)
    return parse(shown(path.name), suffix, content, limits, store), content


def no_reader(suffix: str) -> str:
    """What is said of a file with an ending that is not read."""
    return f"files ending in {suffix or 'nothing'!r} are not read; use one of {', '.join(sorted(FORMATS))}"


def parse(
    name: str, suffix: str, content: bytes, limits: Limits = DEFAULT_LIMITS, store: TextStore | None = None
) -> SourceText:
    """The text of bytes by the reader for an ending; ``name`` is what a refusal calls them.

    Raises DocumentError as ``read_source`` does.
    """
    format_ = FORMATS[suffix]
    kept = store.get(content, suffix) if store and format_.isolated else None
    if kept is not None:
        return kept
    try:
        if not format_.isolated:
            return format_.read(content, suffix)
        if not content:
            raise ValueError("is empty; a document holds the text of a policy.")
        source = read_in_child(content, suffix, limits)
    except ValueError as error:
        raise DocumentError(f"{name} {error}") from error
    if store:
        store.put(content, suffix, source)
    return source
