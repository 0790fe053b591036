"""The formats that are read: the ending of a file's name chooses one."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from corpus.readers.source import SourceText


@dataclass(frozen=True, slots=True)
class Format:
    """A reader, imported only when a file needs it."""

    module: str
    function: str
    isolated: bool = True  # reads in a process of its own: a parser of untrusted bytes
    least_megabytes: int = 0  # of memory that its libraries need before the first page, whatever the setting

    def read(self, content: bytes, suffix: str) -> SourceText:
        """The text of a file's bytes. Raises ValueError with the rest of a sentence when there is none to be read."""
        try:
            reader = getattr(import_module(self.module), self.function)
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            raise ValueError(
                f"needs the package {package}, which is not installed: pip install {_PACKAGES.get(package, package)}."
            ) from error
        return cast(SourceText, reader(content, suffix) if self.function.endswith("_of_kind") else reader(content))


_PACKAGES = {"docx": "python-docx", "markdown_it": "markdown-it-py", "rapidocr": "'policy-assistant[ocr]'"}
_PLAIN = Format("corpus.readers.plain", "read_plain", isolated=False)
_WEB = Format("corpus.readers.web", "read_web_page")
_SHEETS = Format("corpus.readers.spreadsheet", "read_spreadsheet")
# LibreOffice and the models of OCR reserve far more memory than they use.
_OFFICE = Format("corpus.readers.office", "read_by_office_of_kind", least_megabytes=6000)
_PICTURE = Format("corpus.readers.scans", "read_picture", least_megabytes=6000)

FORMATS: Mapping[str, Format] = {
    ".txt": _PLAIN,
    ".text": _PLAIN,
    ".md": Format("corpus.readers.markdown", "read_markdown"),
    ".markdown": Format("corpus.readers.markdown", "read_markdown"),
    ".html": _WEB,
    ".htm": _WEB,
    ".xhtml": _WEB,
    ".mhtml": Format("corpus.readers.web", "read_web_archive"),
    ".mht": Format("corpus.readers.web", "read_web_archive"),
    ".docx": Format("corpus.readers.word", "read_word"),
    ".docm": Format("corpus.readers.word", "read_word"),
    ".doc": _OFFICE,
    ".wps": _OFFICE,
    ".rtf": _OFFICE,
    ".odt": _OFFICE,
    ".pdf": Format("corpus.readers.pdf", "read_pdf"),
    ".xlsx": _SHEETS,
    ".xlsm": _SHEETS,
    ".xls": _OFFICE,
    ".et": _OFFICE,
    ".png": _PICTURE,
    ".jpg": _PICTURE,
    ".jpeg": _PICTURE,
    ".tif": _PICTURE,
    ".tiff": _PICTURE,
    ".bmp": _PICTURE,
}
