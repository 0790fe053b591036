"""PDF: the text layer as paragraphs and tables with their pages; pages that are pictures by OCR where it is installed."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from corpus.readers.containers import kind_of
from corpus.readers.limits import MOST_PAGES
from corpus.readers.pdf_lines import Char, PrintedLine, read_lines, running_lines
from corpus.readers.source import BlockKind, SourceText, SourceWriter
from corpus.readers.tables import GridCell, write_table

_SNAP = 3.0  # points; rules of a table that are closer are one
_FEWEST_CHARACTERS = 10  # on a page with a text layer
_UNKNOWN = "(cid:"  # what stands for a character that the file gives no meaning
_LOST = "\ufffd"
_MOST_UNKNOWN = 0.05
_INDENT = 1.2  # of the size of the characters: a line that begins further in begins a paragraph
_RAGGED = 1.2  # of the size: a line with more room than that, and what begins the next one, ends a paragraph
_GAP = 1.2  # of the usual distance of lines: a wider one parts paragraphs
_HEADING = 1.14  # of the size of most lines
# What a line does not break within: a number or a word with its brackets, else one character, and the stops behind it.
_UNBROKEN = re.compile(r"[“‘（《〈〔【\[(]*(?:[!-~]+|.)?(?:[，。；：、）》〉％〕】！？),.;:!?\]]|[“”‘’](?:[!-~]+|.)?)*")
_LABEL = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)]|[（(]?\d{1,2}[.、）)](?!\d)|第[一二三四五六七八九十百]{1,5}[条章]"
)
_SENTENCE_ENDS = frozenset("。；：！？;:）)】]〕”")


@dataclass(slots=True)
class _Table:
    cells: list[GridCell]
    top: float
    bottom: float
    edges: tuple[float, ...]  # of its columns
    rows: int


@dataclass(slots=True)
class _Page:
    number: int
    height: float
    lines: list[PrintedLine]
    tables: list[_Table] = field(default_factory=list)


@dataclass(slots=True)
class _Paragraph:
    text: str
    first_page: int
    last_page: int
    last: PrintedLine


def read_pdf(content: bytes) -> SourceText:
    """The text of a PDF. Raises ValueError with the rest of a sentence when it cannot be read."""
    if b"%PDF-" not in content[:1024]:
        kind = kind_of(content)
        raise ValueError(
            "is no PDF" + (f" but {kind}; give it the ending of its kind." if kind else "; save it again.")
        )
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            count = len(pdf.pages)
            if count == 0:
                raise ValueError("is damaged or cut off: it has no pages that can be found; save or copy it again.")
            if count > MOST_PAGES:
                raise ValueError(
                    f"has {count:,} pages, and at most {MOST_PAGES:,} are read; part it into several files."
                )
            return _Reader(content).read(pdf)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ValueError("is under a password; save it again without one.") from error
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect | PDFEncryptionError):
            raise ValueError("is under a password; save it again without one.") from error
        raise ValueError("is damaged or cut off and is no readable PDF; save or copy it again.") from error


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._writer = SourceWriter()
        self._pictures: list[int] = []

    def read(self, pdf: Any) -> SourceText:
        pages = [self._page(page) for page in pdf.pages]
        self._read_pictures(pages)
        running = running_lines([page.lines for page in pages], [page.height for page in pages])
        for number, page in enumerate(pages):
            page.lines = [line for position, line in enumerate(page.lines) if (number, position) not in running]
        sizes = sorted(line.size for page in pages for line in page.lines for _ in line.text)
        _Writing(self._writer, sizes[len(sizes) // 2] if sizes else 0.0).write(pages)
        return self._writer.source()

    def _page(self, page: Any) -> _Page:
        chars: list[Char] = page.dedupe_chars().chars
        unknown = sum(1 for char in chars if char["text"].startswith(_UNKNOWN))
        if unknown:
            chars = [{**char, "text": _LOST} if char["text"].startswith(_UNKNOWN) else char for char in chars]
            self._writer.note(
                f"Page {page.page_number} has characters that its fonts give no meaning; they read {_LOST}."
            )
        inked = sum(1 for char in chars if not char["text"].isspace())
        is_picture = inked < _FEWEST_CHARACTERS and bool(page.images)
        if is_picture or (unknown > len(chars) * _MOST_UNKNOWN):
            self._pictures.append(page.page_number)
            chars = []
        tables = _tables(page, chars) if chars and len(page.edges) >= 4 else []
        boxes = [box for _, box in tables]
        rest = [char for char in chars if not any(_inside(char, box) for box in boxes)]
        read = _Page(page.page_number, float(page.height), read_lines(rest, float(page.width)))
        read.tables = [table for table, _ in tables]
        page.close()
        return read

    def _read_pictures(self, pages: Sequence[_Page]) -> None:
        """The lines of pages that are pictures."""
        if not self._pictures:
            return
        from corpus.readers.scans import OcrMissingError, read_page_pictures

        try:
            for number, lines in read_page_pictures(self._content, self._pictures):
                pages[number - 1].lines = lines
        except OcrMissingError as error:
            which = ", ".join(map(str, self._pictures[:10])) + (" …" if len(self._pictures) > 10 else "")
            if not any(page.lines or page.tables for page in pages):
                raise ValueError(f"is a scan without a text layer; {error}") from error
            self._writer.note(f"Page {which} is a picture and was not read; {error}")


def _inside(char: Char, box: Sequence[float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


# ── tables ──


def _tables(page: Any, chars: Sequence[Char]) -> list[tuple[_Table, tuple[float, float, float, float]]]:
    """The ruled tables of a page with their boxes; a single box is a frame around text and no table."""
    found = []
    for table in page.find_tables():
        boxes = [box for box in table.cells if box[2] - box[0] > _SNAP and box[3] - box[1] > _SNAP]
        columns, rows = (
            _edges([x for b in boxes for x in (b[0], b[2])]),
            _edges([y for b in boxes for y in (b[1], b[3])]),
        )
        if len(columns) < 3 or len(boxes) < 2:
            continue
        cells = []
        for box in boxes:
            row, column = _place(rows, box[1]), _place(columns, box[0])
            lines = read_lines([char for char in chars if _inside(char, box)], 0.0)
            cells.append(
                GridCell(
                    tuple(_cell_paragraphs(lines, box)),
                    row,
                    column,
                    max(1, _place(rows, box[3]) - row),
                    max(1, _place(columns, box[2]) - column),
                    page=page.page_number,
                )
            )
        found.append((_Table(cells, table.bbox[1], table.bbox[3], columns, len(rows) - 1), table.bbox))
    return found


def _edges(values: Sequence[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return tuple(edges)


def _place(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))


def _cell_paragraphs(lines: Sequence[PrintedLine], box: Sequence[float]) -> Iterator[str]:
    """The lines of a cell; one that its width broke goes on in the next."""
    open_text = ""
    for number, line in enumerate(lines):
        open_text += line.text
        room = box[2] - line.x1
        if number + 1 == len(lines) or room > max(line.size * 1.8, (line.x0 - box[0]) + line.size * 1.1):
            yield open_text
            open_text = ""


# ── paragraphs ──


def write_lines(lines: Sequence[PrintedLine], writer: SourceWriter) -> None:
    """Write the lines of one page as paragraphs."""
    sizes = sorted(line.size for line in lines)
    _Writing(writer, sizes[len(sizes) // 2] if sizes else 0.0).write([_Page(0, 1.0, list(lines))])


class _Writing:
    """Puts the lines and the tables of all pages together again."""

    def __init__(self, writer: SourceWriter, size: float) -> None:
        self._writer = writer
        self._size = size
        self._open: _Paragraph | None = None
        self._table: tuple[_Table, int] | None = None  # the last one while it may go on, and the page it ends on

    def write(self, pages: Sequence[_Page]) -> None:
        for page in pages:
            distance = _usual_distance(page.lines)
            waiting = sorted(page.tables, key=lambda table: table.top)
            above: PrintedLine | None = None
            for line in page.lines:
                while waiting and waiting[0].top < line.top:
                    self._take_table(waiting.pop(0), page.number)
                    above = None
                self._take_line(line, above, page.number, distance)
                above = line
            for table in waiting:
                self._take_table(table, page.number)
        self._close_table()
        self._close()

    def _take_line(self, line: PrintedLine, above: PrintedLine | None, page: int, distance: float) -> None:
        self._close_table()
        if self._open is not None and self._goes_on(self._open, line, above, distance):
            joint = (
                " "
                if self._open.text[-1:].isascii() and line.text[:1].isascii() and self._open.text[-1:].isalpha()
                else ""
            )
            self._open.text += joint + line.text
            self._open.last, self._open.last_page = line, page
            return
        self._close()
        self._open = _Paragraph(line.text, page, page, line)

    def _goes_on(self, opened: _Paragraph, line: PrintedLine, above: PrintedLine | None, distance: float) -> bool:
        last = opened.last
        size = max(last.size, line.size)
        if abs(last.size - line.size) > 0.12 * size:
            return False
        unbroken = _UNBROKEN.match(line.text)
        room = (
            last.right
            - last.x1
            - sum(0.55 if c.isascii() else 1.0 for c in (unbroken.group() if unbroken else "")) * size
        )
        if room > _RAGGED * size:  # the line had room for what begins the next one: a paragraph ends
            return False
        if opened.text[-1] in _SENTENCE_ENDS and _LABEL.match(line.text):
            return False
        if line.x0 - line.left > _INDENT * size:  # an indented or a centred line begins one
            return False
        return above is None or line.top - above.top <= distance * _GAP or line.top < above.top

    def _close(self) -> None:
        if self._open is None:
            return
        paragraph, self._open = self._open, None
        is_heading = bool(self._size) and paragraph.last.size > self._size * _HEADING
        self._writer.write(
            paragraph.text,
            BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH,
            page=paragraph.first_page,
            last_page=paragraph.last_page,
            level=1 if is_heading else 0,
        )

    def _take_table(self, table: _Table, page: int) -> None:
        self._close()
        if self._table is not None:
            begun, last_page = self._table
            if page == last_page + 1 and _same_columns(begun.edges, table.edges):
                begun.cells += [replace(cell, row=cell.row + begun.rows) for cell in table.cells]
                begun.rows += table.rows
                self._table = (begun, page)
                return
            self._close_table()
        self._table = (table, page)

    def _close_table(self) -> None:
        if self._table is not None:
            table, page = self._table
            self._table = None
            write_table(table.cells, self._writer, page)


def _same_columns(first: Sequence[float], second: Sequence[float]) -> bool:
    return len(first) == len(second) and all(abs(a - b) <= 2 * _SNAP for a, b in zip(first, second, strict=True))


def _usual_distance(lines: Sequence[PrintedLine]) -> float:
    distances = sorted(
        below.top - above.top for above, below in pairwise(lines) if 0 < below.top - above.top < 4 * above.size
    )
    return distances[len(distances) // 4] if distances else 0.0
