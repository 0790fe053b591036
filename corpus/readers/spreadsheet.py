"""XLSX: each sheet a table whose rows carry their header words; merged cells reach over the rows they cover."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from corpus.readers.containers import check_office_container
from corpus.readers.source import BlockKind, SourceText, SourceWriter
from corpus.readers.tables import GridCell, write_table

_MOST_ROWS = 20_000  # of a sheet; the longest lists of awards have a tenth of that
_MOST_COLUMNS = 200
_MOST_EMPTY = 200  # rows in a row: what follows is formatting without words


def read_spreadsheet(content: bytes) -> SourceText:
    """The text of an XLSX file. Raises ValueError with the rest of a sentence when it is none, or holds no words."""
    check_office_container(content, "xl/workbook.xml", "an Excel workbook (.xlsx)")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except (InvalidFileException, KeyError, ValueError, TypeError, SyntaxError, AttributeError) as error:
        raise ValueError("is damaged and is no readable workbook; open it in Excel and save it again.") from error
    writer = SourceWriter()
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if len(sheets) < len(book.worksheets):
        writer.note("Hidden sheets were not read.")
    for sheet in sheets:
        cells = list(_cells(sheet, writer))
        if cells and len(sheets) > 1:
            writer.write(str(sheet.title), BlockKind.HEADING, level=1)
        write_table(cells, writer)
    return writer.source()


def _cells(sheet: Any, writer: SourceWriter) -> Iterator[GridCell]:
    """The cells with words, at their place below each other; hidden rows and columns are left out."""
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for area in spans.values()
        for row in range(area.min_row, min(area.max_row, _MOST_ROWS) + 1)
        for column in range(area.min_col, min(area.max_col, _MOST_COLUMNS) + 1)
        if (row, column) != (area.min_row, area.min_col)
    }
    width = min(sheet.max_column or 0, _MOST_COLUMNS)
    empty = 0
    for row in sheet.iter_rows(max_row=min(sheet.max_row or 0, _MOST_ROWS), max_col=width):
        texts = [(cell, _text(cell)) for cell in row]
        empty = 0 if any(text for _, text in texts) else empty + 1
        if empty > _MOST_EMPTY:
            return
        if sheet.row_dimensions[row[0].row].hidden:
            writer.note("Hidden rows were not read.")
            continue
        for cell, text in texts:
            place = (cell.row, cell.column)
            if place in covered or (not text and place not in spans):
                continue
            area = spans.get(place)
            rows, columns = (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1) if area else (1, 1)
            paragraphs = tuple(line.strip() for line in text.splitlines() if line.strip())
            yield GridCell(paragraphs, cell.row - 1, cell.column - 1, min(rows, _MOST_ROWS), min(columns, width or 1))
    if (sheet.max_row or 0) > _MOST_ROWS:
        writer.note(f"Of a sheet with {sheet.max_row:,} rows the first {_MOST_ROWS:,} were read.")


def _text(cell: Any) -> str:
    """A cell as Excel shows it: 0.2 in a cell of per cent is 20%, a date is a date."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | float):
        style = str(cell.number_format)
        if "%" in style:
            return f"{round(value * 100, 10):.10g}%"
        return f"{value:.15g}"
    return str(value)
