"""ZIP archives: their members as files of a folder; nothing is ever written to disk."""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.files import LARGEST_DOCUMENT
from corpus.readers.containers import check_members, kind_of
from corpus.readers.formats import FORMATS
from corpus.readers.limits import LARGEST_FILE

_UTF8_NAME = 0x800  # flag bit 11 (APPNOTE 4.4.4): the name is UTF-8, else whatever the packing system used
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive, or one that ``problem`` says is refused (the rest of a sentence)."""

    name: str
    read: Callable[[], bytes]  # raises ValueError with the rest of a sentence
    problem: str = ""


def is_archive(name: str) -> bool:
    """Whether a name is that of an archive that is looked into."""
    return name.lower().endswith(".zip")


def list_members(content: bytes) -> list[Member]:
    """The files in a ZIP archive by name, hidden ones left out.

    Raises ValueError with the rest of a sentence when it cannot be listed, or would unpack to far more than it holds.
    """
    kind = kind_of(content)
    if not kind.endswith("ZIP container"):
        raise ValueError(
            "is no ZIP archive" + (f" but {kind}" if kind else " or is cut off") + "; pack the files again."
        )
    check_members(content)
    container = zipfile.ZipFile(io.BytesIO(content))
    return sorted(_members(container), key=lambda member: member.name)


def _members(container: zipfile.ZipFile) -> Iterator[Member]:
    met: set[str] = set()
    for entry in container.infolist():
        name = _name(entry).replace("\\", "/")
        parts = PurePosixPath(name).parts
        hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
        if name.endswith("/") or not parts or hidden:
            continue
        problem = _problem(entry, name, parts) or ("stands twice in the archive." if name in met else "")
        met.add(name)
        yield Member(name, _reader(container, entry), problem)


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name: in UTF-8 when the archive says so, else as Chinese Windows writes it."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _problem(entry: zipfile.ZipInfo, name: str, parts: tuple[str, ...]) -> str:
    if name.startswith("/") or ".." in parts or ":" in parts[0]:
        return "has a name that leads out of the archive, and is not read."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link, and is not followed; pack the file itself."
    if entry.flag_bits & _ENCRYPTED:
        return "is under a password; pack it again without one."
    if is_archive(name):
        return "is an archive in an archive, and is not opened; unpack it first."
    most = _most(name)
    if entry.file_size > most:
        return f"holds more than {most / 1_000_000:g} MB, the most that is read."
    return ""


def _most(name: str) -> int:
    format_ = FORMATS.get(PurePosixPath(name).suffix.lower())
    return LARGEST_FILE if format_ and format_.isolated else LARGEST_DOCUMENT


def _reader(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with container.open(entry) as file:
                return file.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
            raise ValueError("is damaged in the archive; pack it again.") from error

    return read
