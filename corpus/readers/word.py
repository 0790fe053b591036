"""DOCX: paragraphs with the numbering Word prints, tables with merged cells, text boxes and footnotes.

Deleted text of tracked changes is left out and inserted text is read, as the document stands when all are accepted.
"""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

from corpus.readers.containers import check_office_container
from corpus.readers.source import BlockKind, SourceText, SourceWriter
from corpus.readers.tables import GridCell, write_table
from corpus.readers.word_numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", f"{_W}delText", f"{_W}ruby"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_SIGN = {"noBreakHyphen": "-", "tab": "\t", "br": "\n", "cr": "\n"}
_DEEPEST = 20  # tables, boxes and controls inside each other


def read_word(content: bytes) -> SourceText:
    """The text of a DOCX file. Raises ValueError with the rest of a sentence when it is none, or holds no words."""
    check_office_container(content, "word/document.xml", "a Word document (.docx)")
    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, AttributeError) as error:
        raise ValueError("is damaged and is no readable Word document; open it in Word and save it again.") from error
    reader = _Reader(document)
    reader.read(document.element.body)
    return reader.writer.source()


class _Reader:
    def __init__(self, document: Any) -> None:
        self.writer = SourceWriter()
        parts = {
            relation.reltype.rpartition("/")[2]: relation.target_part
            for relation in document.part.rels.values()
            if not relation.is_external
        }
        self._numbering = Numbering(_element(parts.get("numbering")), _element(parts.get("styles")))
        self._notes = {kind: _notes(parts.get(kind)) for kind in _NOTES.values()}
        self._noted: list[str] = []

    def read(self, body: Any) -> None:
        """Write every block of the body, and the notes behind it."""
        self._blocks(body, 0)
        for note in self._noted:
            self.writer.write(note, BlockKind.NOTE)

    def _blocks(self, parent: Any, depth: int) -> None:
        if depth > _DEEPEST:
            self.writer.note("Text that stands in more than 20 frames inside each other was left out.")
            return
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{_W}tbl":
                write_table(list(self._cells(child, depth)), self.writer)
            elif child.tag not in _LEFT_OUT:
                self._blocks(child, depth + 1)  # content controls, custom XML, inserted paragraphs

    def _paragraph(self, paragraph: Any, depth: int) -> None:
        for number, (line, label, list_level) in enumerate(self._lines(paragraph)):
            level = self._numbering.heading_level(paragraph)
            first = label if number == 0 else ""
            kind = BlockKind.HEADING if level else BlockKind.ITEM if first else BlockKind.PARAGRAPH
            self.writer.write(line, kind, level=level or (list_level if first else 0), label=first)
        for box in _boxes(paragraph):
            self._blocks(box, depth + 1)

    def _lines(self, paragraph: Any) -> list[tuple[str, str, int]]:
        """The lines of a paragraph with the label and the level of its numbering; none when it is empty."""
        text = "".join(self._pieces(paragraph, 0))
        if any(True for _ in paragraph.iter(_PICTURE)):
            self.writer.note("Pictures were not read; what is written in them is missing.")
        if not text.strip():
            return []
        label, level = self._numbering.label(paragraph)
        lines = [line for line in text.split("\n") if line.strip()]
        return [((label if number == 0 else "") + line.strip(), label, level) for number, line in enumerate(lines)]

    def _pieces(self, element: Any, depth: int) -> Iterator[str]:
        """The words of runs in order, without deleted ones and what stands in text boxes."""
        for child in element:
            tag = child.tag
            name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
            if tag in _LEFT_OUT or tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object", f"{_W}tbl", _FALLBACK):
                if tag == f"{_W}ruby":
                    yield from (text.text or "" for base in child.iter(f"{_W}rubyBase") for text in base.iter(f"{_W}t"))
            elif tag in (f"{_W}t", _MATH_TEXT):
                yield child.text or ""
            elif name in _SIGN and child.get(f"{_W}type") != "page":
                yield _SIGN[name]
            elif name == "sym":
                yield _symbol(child)
            elif name in _NOTES:
                yield self._note(_NOTES[name], str(child.get(f"{_W}id")))
            elif depth <= _DEEPEST:
                yield from self._pieces(child, depth + 1)

    def _note(self, kind: str, number: str) -> str:
        text = self._notes[kind].get(number, "")
        if not text:
            return ""
        self._noted.append(f"注{len(self._noted) + 1}：{text}")
        return f"［注{len(self._noted)}］"

    def _cells(self, table: Any, depth: int) -> Iterator[GridCell]:
        """The cells of a table; one that a merge covers belongs to the cell that begins it."""
        open_merges: dict[int, tuple[GridCell, int]] = {}
        for number, row in enumerate(_inside(table, f"{_W}tr")):
            column = _value(row, f"{_W}trPr/{_W}gridBefore", 0)
            header = row.find(f"{_W}trPr/{_W}tblHeader")
            is_header = header is not None and header.get(f"{_W}val") not in ("0", "false", "off")
            for cell in _inside(row, f"{_W}tc"):
                columns = min(max(1, _value(cell, f"{_W}tcPr/{_W}gridSpan", 1)), 500)
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                begun = open_merges.get(column)
                if merge is not None and merge.get(f"{_W}val") != "restart" and begun:
                    open_merges[column] = (begun[0], number)
                else:
                    if begun:
                        yield _spanning(*begun)
                    read = GridCell(tuple(self._cell_lines(cell, depth)), number, column, 1, columns, is_header)
                    open_merges[column] = (read, number)
                column += columns
        for begun in open_merges.values():
            yield _spanning(*begun)

    def _cell_lines(self, cell: Any, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            return
        for child in cell:
            if child.tag == f"{_W}p":
                yield from (line for line, _, _ in self._lines(child))
                for box in _boxes(child):
                    yield from self._cell_lines(box, depth + 1)
            elif child.tag == f"{_W}tbl":  # a table in a cell: its rows are lines of the cell
                inner = SourceWriter()
                write_table(list(self._cells(child, depth + 1)), inner)
                yield from inner.lines
            elif child.tag not in _LEFT_OUT:
                yield from self._cell_lines(child, depth + 1)


def _spanning(cell: GridCell, last_row: int) -> GridCell:
    rows = last_row - cell.row + 1
    return GridCell(cell.paragraphs, cell.row, cell.column, rows, cell.columns, cell.is_header)


def _inside(parent: Any, tag: str, depth: int = 0) -> Iterator[Any]:
    """The children with a tag, also those in content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins") and depth <= _DEEPEST:
            yield from _inside(child, tag, depth + 1)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The outermost text boxes that hang on a paragraph; of two writings of the same box the newer one."""
    found = [box for box in paragraph.iter(f"{_W}txbxContent") if not any(True for _ in box.iterancestors(_FALLBACK))]
    for box in found:
        if not any(above in found for above in box.iterancestors(f"{_W}txbxContent")):
            yield box


def _symbol(element: Any) -> str:
    """A character that a symbol font draws: a tick is a tick, anything else stays as its code."""
    code = str(element.get(f"{_W}char", ""))
    try:
        return chr(int(code, 16)) if code else ""
    except (ValueError, OverflowError):
        return ""


def _element(part: Any) -> Any:
    if part is None:
        return None
    if hasattr(part, "element"):
        return part.element
    from docx.oxml.parser import parse_xml

    return parse_xml(part.blob)


def _notes(part: Any) -> dict[str, str]:
    root = _element(part)
    if root is None:
        return {}
    notes = {}
    for note in root:
        texts = ["".join(text.text or "" for text in p.iter(f"{_W}t")).strip() for p in note.iter(f"{_W}p")]
        notes[str(note.get(f"{_W}id"))] = "".join(filter(None, texts))
    return notes


def _value(element: Any, path: str, otherwise: int) -> int:
    found = element.find(path)
    try:
        return otherwise if found is None else int(found.get(f"{_W}val", otherwise))
    except ValueError:
        return otherwise
