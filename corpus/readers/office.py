"""DOC, WPS, RTF, ODT and XLS: turned into DOCX or XLSX by LibreOffice, where it is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus.readers.containers import is_encrypted_office, is_old_office, kind_of
from corpus.readers.source import SourceText

_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SHEETS = frozenset({".xls", ".et"})


def read_by_office_of_kind(content: bytes, suffix: str) -> SourceText:
    """The text of a file that only an office program reads. Raises ValueError with the rest of a sentence."""
    _check(content, suffix)
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise ValueError(
            "needs LibreOffice, which is not installed: install it (Debian: apt install libreoffice-writer-nogui "
            "libreoffice-calc-nogui), or save the file as .docx."
        )
    wanted = "xlsx" if suffix in _SHEETS else "docx"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document{suffix}"
        source.write_bytes(content)
        # A profile of its own: no macros, no links are followed, no other LibreOffice is disturbed.
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
        done = subprocess.run(
            [*command, "--convert-to", wanted, "--outdir", folder, str(source)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": folder},
            check=False,
        )
        made = Path(folder) / f"document.{wanted}"
        if done.returncode != 0 or not made.is_file():
            raise ValueError("is under a password or damaged: LibreOffice cannot open it; save it again as .docx.")
        converted = made.read_bytes()
    if wanted == "xlsx":
        from corpus.readers.spreadsheet import read_spreadsheet

        return read_spreadsheet(converted)
    from corpus.readers.word import read_word

    return read_word(converted)


def _check(content: bytes, suffix: str) -> None:
    """LibreOffice takes anything for a text; a file of another kind would become mojibake."""
    if is_encrypted_office(content):
        raise ValueError("is under a password; save it again without one.")
    kind = kind_of(content)
    fits = {
        ".rtf": content.startswith(b"{\\rtf"),
        ".odt": kind.endswith("ZIP container"),
    }.get(suffix, is_old_office(content) or content.startswith(b"{\\rtf") or kind.endswith("ZIP container"))
    if not fits:
        raise ValueError(
            f"is no {suffix} file"
            + (f" but {kind}" if kind else " or is cut off")
            + "; give it the ending of its kind."
        )
