"""Files of the documents folder: ordinary ones of a bounded size that stand inside it; all others are refused by name."""

import os
import stat
from pathlib import Path

from corpus.errors import DocumentError

LARGEST_DOCUMENT = 10_000_000  # bytes; the longest policy documents have a hundredth of that

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# What a path points to may change between the look at it and the opening: neither follow a link nor wait then.
_OPENING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def shown(path: Path | str) -> str:
    r"""A path as it can be printed: bytes that are no UTF-8 as \xff, line breaks as \n."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def list_folder(folder: Path) -> list[Path]:
    """What stands in a folder, sorted, without hidden entries. Raises DocumentError when it cannot be listed."""
    try:
        if not folder.is_dir():
            raise DocumentError(
                f"{shown(folder)} is not a folder; name one that holds documents, for example as .txt files."
            )
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except (OSError, ValueError) as error:
        raise DocumentError(
            f"The documents folder {shown(folder)} cannot be read: {_reason(error)}; name one whose files the account "
            "that runs this may list and read."
        ) from error


def check_entry(path: Path, folder: Path) -> None:
    """Raise DocumentError for an entry of a folder whose name is no UTF-8 or that is a link out of the folder.

    A link to another place inside the folder is fine: that is how a mounted configuration looks.
    """
    try:
        path.name.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"The name of the file {shown(path.name)} in {shown(folder)} is not UTF-8; rename it, for example to plan.txt."
        ) from error
    try:
        if not path.is_symlink():
            return
        target = path.resolve(strict=True)
    except PermissionError as error:
        raise _unreadable(path, error) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, up to Python 3.12
        raise DocumentError(
            f"{shown(path.name)} in {shown(folder)} is a link that leads nowhere; put the file itself there."
        ) from error
    if not target.is_relative_to(folder.resolve()):
        raise DocumentError(
            f"{shown(path.name)} in {shown(folder)} is a link that leads out of this folder, and is not followed; put "
            "a copy of the file there."
        )


def read_bytes(path: Path, largest: int = LARGEST_DOCUMENT) -> bytes:
    """The bytes of an ordinary file.

    Raises DocumentError, naming it, when it is missing, may not be read, is no ordinary file (and is not opened then)
    or holds more than ``largest`` bytes.
    """
    try:
        target = path.resolve(strict=True)
        _check_ordinary(target.stat(), path, largest)
        with os.fdopen(os.open(target, _OPENING), "rb") as file:
            _check_ordinary(os.fstat(file.fileno()), path, largest)
            content = file.read(largest + 1)
    except (OSError, RuntimeError, ValueError) as error:
        raise _unreadable(path, error) from error
    _check_size(len(content), path, largest)
    return content


def is_folder(path: Path) -> bool:
    """Whether a path is known to lead to a folder."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _unreadable(path: Path, error: Exception) -> DocumentError:
    return DocumentError(
        f"{shown(path.name)} cannot be read: {_reason(error)}; put a file there that the account that runs this may read."
    )


def _check_ordinary(status: os.stat_result, path: Path, largest: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = next((kind for is_kind, kind in _KINDS if is_kind(status.st_mode)), "something else")
        raise DocumentError(f"{shown(path.name)} is {kind} and is not opened; put an ordinary file there.")
    _check_size(status.st_size, path, largest)


def _check_size(size: int, path: Path, largest: int) -> None:
    if size > largest:
        raise DocumentError(
            f"{shown(path.name)} holds more than {largest / 1_000_000:g} MB, the most that is read; keep only the text "
            "of the policy, or part it into several files."
        )


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error).partition("\n")[0]
