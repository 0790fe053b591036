"""Found clauses as a file: CSV, XLSX or DOCX. Text stays text: no cell is a formula, no character breaks the file."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass

from assistant.faces.spreadsheet import is_formula, text_cell

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_HEADINGS = ("rank", "region", "document", "number", "address", "clause", "departments", "in_force_column", "clause_id")
_WIDTHS = (6, 8, 40, 20, 36, 90, 30, 18, 40)  # characters, by column
_CELL = 32_767  # characters that a spreadsheet's cell holds
# What XML cannot hold; a document may have been decoded from anything.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One clause found, as the columns of an export."""

    rank: int
    region: str
    document: str
    number: str
    address: str
    text: str
    departments: str
    in_force: str
    clause_id: str


def export(file_format: str, rows: Iterable[Row], words: Mapping[str, str]) -> bytes:
    """The file of some rows; ``file_format`` is one of ``MEDIA_TYPES``, ``words`` name its columns."""
    write: Callable[[Iterable[Row], Mapping[str, str]], bytes] = {"csv": _csv, "xlsx": _xlsx, "docx": _docx}[
        file_format
    ]
    return write(rows, words)


def _headings(words: Mapping[str, str]) -> list[str]:
    return [words[name] for name in _HEADINGS]


def _csv(rows: Iterable[Row], words: Mapping[str, str]) -> bytes:
    """With a byte order mark and an apostrophe before what looks like a formula, since it is opened in spreadsheets."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(_headings(words))
    for row in rows:
        writer.writerow([text_cell(str(cell)) for cell in astuple(row)])
    return target.getvalue().encode("utf-8-sig", "replace")


def _xlsx(rows: Iterable[Row], words: Mapping[str, str]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = words["tab_search"]
    sheet.append(_headings(words))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    top = Alignment(wrap_text=True, vertical="top")
    for line, row in enumerate(rows, start=2):
        for column, value in enumerate(astuple(row), start=1):
            cell = sheet.cell(line, column)
            cell.value = _UNPRINTABLE.sub("", value)[:_CELL] if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is no formula …
                cell.quotePrefix = is_formula(value)  # … nor becomes one when the cell is edited or saved as CSV
            cell.alignment = top
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _docx(rows: Iterable[Row], words: Mapping[str, str]) -> bytes:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    report = Document()
    report.core_properties.title, report.core_properties.author = words["tab_search"], words["title"]
    style = report.styles["Normal"]
    style.font.size = Pt(10.5)  # 五号, the usual size of official documents
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    report.add_heading(words["tab_search"], level=1)
    for row in rows:
        place = f"{row.document}（{row.number}）" if row.number else row.document
        report.add_heading(_UNPRINTABLE.sub("", f"{row.rank}. {row.address}"), level=2)
        report.add_paragraph(_UNPRINTABLE.sub("", row.text))
        facts = [place, f"{words['in_force_column']}{words['colon']}{row.in_force}"]
        if row.departments:
            facts.append(f"{words['departments']}{words['colon']}{row.departments}")
        source = report.add_paragraph(_UNPRINTABLE.sub("", "\n".join(facts)))
        for run in source.runs:
            run.italic = True
    target = io.BytesIO()
    report.save(target)
    return target.getvalue()
