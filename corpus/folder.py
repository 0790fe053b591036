"""The files of a documents folder, of its sub-folders and of archives in it: each is accounted for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from corpus.errors import DocumentError
from corpus.files import LARGEST_DOCUMENT, check_entry, is_folder, list_folder, read_bytes, shown
from corpus.readers import no_reader
from corpus.readers.archive import is_archive, list_members
from corpus.readers.formats import FORMATS
from corpus.readers.limits import LARGEST_FILE

SOURCES = "sources.toml"
_DEEPEST = 8  # folders inside each other
_MOST_FILES = 20_000


class FileState(StrEnum):
    """What became of a file."""

    READ = "read"
    SKIPPED = "skipped"  # no document: another kind of file, or one that is there already
    REFUSED = "refused"  # meant to be a document, and cannot be used


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file, and why, in a sentence."""

    name: str  # below the folder, with /: "2024/plan.pdf", "all.zip/plan.docx"
    state: FileState
    reason: str = ""
    document_id: str = ""  # empty unless it was read
    notes: tuple[str, ...] = ()  # what of it could not be read


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be read, or one that ``problem`` says is not."""

    name: str
    read: Callable[[], bytes]  # raises DocumentError, naming the file
    problem: str = ""
    state: FileState = FileState.READ

    @property
    def shown(self) -> str:
        """How the file is called in a sentence."""
        return shown(self.name)

    @property
    def suffix(self) -> str:
        """Its ending in lower case, with the dot."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def document_id(self) -> str:
        """The name without its ending; folders stand before it with a dot: 2024.plan."""
        path = PurePosixPath(self.name)
        folders = [PurePosixPath(part).stem if is_archive(part) else part for part in path.parts[:-1]]
        return ".".join([*folders, path.stem])


def list_files(folder: Path) -> list[FoundFile]:
    """The files of a folder by name, hidden ones and ``sources.toml`` left out.

    Raises DocumentError when the folder cannot be listed; what cannot be used below it is said by each file.
    """
    found: list[FoundFile] = []
    for file in _walk(folder, folder, "", 0):
        if len(found) >= _MOST_FILES:
            found.append(_refused(file.name, f"{file.shown} and what follows is not read: {_MOST_FILES:,} files are."))
            break
        found.append(file)
    return found


def _walk(folder: Path, root: Path, above: str, depth: int) -> Iterator[FoundFile]:
    for path in list_folder(folder):
        name = above + path.name
        if path.name == SOURCES and depth == 0:
            continue
        packed = is_archive(path.name) and not is_folder(path)
        readable = path.suffix.lower() in FORMATS or packed
        if not readable and not is_folder(path):
            yield _skipped(name, f"{shown(name)}: {no_reader(path.suffix)}.")
            continue
        try:
            check_entry(path, root)
            if not readable:
                yield from _inside(path, root, name, depth)
                continue
        except DocumentError as error:
            yield _refused(name, str(error))
            continue
        if path.name.startswith("~$"):
            yield _skipped(name, f"{shown(name)} is a mark that Office leaves while a file is open.")
        elif packed:
            yield from _members(path, name)
        else:
            yield FoundFile(name, _reader(path))


def _reader(path: Path) -> Callable[[], bytes]:
    isolated = FORMATS[path.suffix.lower()].isolated if path.suffix.lower() in FORMATS else True
    return lambda: read_bytes(path, LARGEST_FILE if isolated else LARGEST_DOCUMENT)


def _inside(path: Path, root: Path, name: str, depth: int) -> Iterator[FoundFile]:
    """The files of a sub-folder."""
    if path.is_symlink():
        yield _skipped(name, f"{shown(name)} is a link to a folder; its files are read where they stand.")
    elif depth + 1 >= _DEEPEST:
        yield _refused(name, f"{shown(name)} lies in more than {_DEEPEST} folders inside each other; put it higher up.")
    else:
        yield from _walk(path, root, name + "/", depth + 1)


def _members(path: Path, name: str) -> Iterator[FoundFile]:
    """The files of an archive."""
    try:
        content = read_bytes(path, LARGEST_FILE)
        members = list_members(content)
    except DocumentError as error:
        yield _refused(name, str(error))
        return
    except ValueError as error:
        yield _refused(name, f"{shown(name)} {error}")
        return
    for member in members:
        inner = f"{name}/{member.name}"
        suffix = PurePosixPath(member.name).suffix.lower()
        if member.problem:
            yield _refused(inner, f"{shown(inner)} {member.problem}")
        elif suffix not in FORMATS:
            yield _skipped(inner, f"{shown(inner)}: {no_reader(suffix)}.")
        else:
            yield FoundFile(inner, _member_reader(member.read, shown(inner)))


def _member_reader(read: Callable[[], bytes], name: str) -> Callable[[], bytes]:
    def read_member() -> bytes:
        try:
            return read()
        except ValueError as error:
            raise DocumentError(f"{name} {error}") from error

    return read_member


def _refused(name: str, reason: str) -> FoundFile:
    return FoundFile(name, bytes, reason, FileState.REFUSED)


def _skipped(name: str, reason: str) -> FoundFile:
    return FoundFile(name, bytes, reason, FileState.SKIPPED)
