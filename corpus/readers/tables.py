"""Tables as sentences: one line for each row, with the words and units of its header and of the cells that span it.

Under 级别 | 奖励(万元) the row 国家级 | 50 reads 国家级:奖励50万元. What a cell says is never changed; a unit that the
header states stands behind a bare number.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.readers.source import BlockKind, Cell, SourceWriter, seen
from corpus.script import fold

# All are matched against folded text, so brackets, colons and digits are of half width here.
_UNIT = re.compile(r"[(\[【]\s*(?:单位\s*:\s*)?([^()\[\]【】:\d]{1,10}?)\s*[)\]】]\s*$")
_UNIT_LINE = re.compile(r"^\(?\s*(?:金额)?单位\s*:\s*([^\s()]{1,10}?)\s*\)?$")
_UNIT_SLASH = re.compile(r"/((?:[十百千万亿]*元|%|‰).{0,6})$")
_IS_UNIT = re.compile(r"元|[%‰]|^(?:[个家人件项年月天日户次台套组亩吨分]|平方米|公里|千瓦时?|分钟|小时)(?:/.{1,4})?$")
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_LEAD = r"[≤≥<>=不超过高于低少最多达至到约每以上下满]{0,5}"
_BARE = re.compile(
    rf"^{_LEAD}\s*{_NUMBER}(?:\s*[-–—~至到]\s*{_NUMBER})?"
    r"\s*(?P<rest>(?:\([不含]+\))?(?:以上|以下|以内|及以上|及以下)?(?:\([不含]+\))?)$"
)
_BEGINS_WITH_FIGURE = re.compile(rf"^{_LEAD}\s*\d")
_FIGURE = re.compile(r"\d")
_SUM = re.compile(r"\d[\d,.]*\s*(?:[十百千万亿]*元|[%‰])")
_NOTHING = re.compile(r"^[\s\-–—/\\无*]*$")
_SERIAL = re.compile(r"^\(?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\)?[.、]?$")
_NOTE = re.compile(r"^(?:备?注|说明)\s*\d*\s*:")
_STOPS = frozenset(",;:.?!。、()")
_LONGEST_HEADER = 24  # characters; a header is a name, not a sentence
_LONGEST_CELL = 120  # characters; a longer one of several paragraphs is a text, and its paragraphs stay apart


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a table: its paragraphs and the rows and columns it spans, both from 0."""

    paragraphs: tuple[str, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    is_header: bool = False  # the file itself calls it a header
    page: int = 0

    @property
    def text(self) -> str:
        """Its paragraphs in one line."""
        return _joined(self.paragraphs)


@dataclass(frozen=True, slots=True)
class _Header:
    """What stands above one column."""

    name: str = ""  # without the unit, in the order it is read: 首次 below 奖励 is 首次奖励
    unit: str = ""
    printed: str = ""


class Grid:
    """A table whose every place knows the cell that covers it; cells that overlap or stand outside give way."""

    def __init__(self, cells: Sequence[GridCell]) -> None:
        self.height = max((cell.row + cell.rows for cell in cells), default=0)
        self.width = max((cell.column + cell.columns for cell in cells), default=0)
        self.places: list[list[GridCell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    if self.places[row][column] is None:
                        self.places[row][column] = cell

    def row(self, number: int) -> list[GridCell]:
        """The cells that cover a row, from left to right, each once."""
        return list(dict.fromkeys(cell for cell in self.places[number] if cell is not None))

    def filled(self, number: int) -> list[GridCell]:
        """The cells of a row that say something."""
        return [cell for cell in self.row(number) if cell.text]


def write_table(cells: Sequence[GridCell], writer: SourceWriter, page: int = 0) -> None:
    """Write a table's rows as lines. A table of one column, or of one cell, is a frame around paragraphs."""
    grid = Grid([cell for cell in cells if cell.rows > 0 and cell.columns > 0])
    rows = [number for number in range(grid.height) if grid.filled(number)]
    if not rows:
        return
    unit = _UNIT_LINE.match(fold(writer.last_line))
    if all(len(grid.filled(number)) == 1 for number in rows):
        for cell in dict.fromkeys(cell for number in rows for cell in grid.filled(number)):
            for paragraph in cell.paragraphs:
                writer.write(paragraph, page=cell.page or page)
        return
    writer.tables += 1
    _Table(grid, rows, unit.group(1) if unit else "", writer, page).write()


class _Table:
    def __init__(self, grid: Grid, rows: Sequence[int], unit: str, writer: SourceWriter, page: int) -> None:
        self._grid = grid
        self._unit = unit
        self._writer = writer
        self._page = page
        self._number = writer.tables
        titles = 0
        while titles < len(rows) - 1 and self._spans_all(rows[titles]):
            titles += 1
        self._titles, below = rows[:titles], rows[titles:]
        depth = self._header_depth(below)
        self._body = below[depth:]
        self._headers = [self._header(column, below[:depth]) for column in range(grid.width)]
        self._header_rows = {cell.text for number in below[:depth] for cell in grid.filled(number)}
        self._serial = self._serial_column()
        self._values = self._value_columns()

    def write(self) -> None:
        """The titles above the table as paragraphs, then each row."""
        for number in self._titles:
            cell = self._grid.filled(number)[0]
            for paragraph in cell.paragraphs:
                self._writer.write(paragraph, page=cell.page or self._page)
                unit = _UNIT_LINE.match(fold(paragraph))
                self._unit = unit.group(1) if unit else self._unit
        told: set[GridCell] = set()
        for number in self._body:
            self._write_row(number, told)

    # Header

    def _spans_all(self, number: int) -> bool:
        cells = self._grid.row(number)
        return len(cells) == 1 or (len(self._grid.filled(number)) == 1 and cells[0].columns == self._grid.width)

    def _header_depth(self, rows: Sequence[int]) -> int:
        """How many rows at the top are the header; 0 where the first column names what stands beside it."""
        if len(rows) < 2:
            return 0
        declared = 0
        while declared < len(rows) - 1 and all(cell.is_header for cell in self._grid.filled(rows[declared])):
            declared += 1
        if declared:
            return declared
        first = self._grid.filled(rows[0])
        if not self._could_be_header(first) or not self._differs(rows):
            return 0
        bottom = max(cell.row + cell.rows for cell in first)
        depth = sum(1 for number in rows if number < bottom)
        grouped = any(cell.columns > 1 for cell in first)
        if depth == 1 and grouped and len(rows) > 2 and self._could_be_header(self._grid.filled(rows[1])):
            depth = 2
        return min(depth, len(rows) - 1)

    def _could_be_header(self, cells: Sequence[GridCell]) -> bool:
        return len(cells) > 1 and all(
            len(cell.text) <= _LONGEST_HEADER and not _SUM.search(fold(cell.text)) and not _BARE.match(fold(cell.text))
            for cell in cells
        )

    def _differs(self, rows: Sequence[int]) -> bool:
        """Whether the first row is unlike those below: a unit, or names over figures; three columns are enough."""
        first = self._grid.filled(rows[0])
        if any(_unit_of(cell.text)[1] for cell in first) or self._grid.width > 2:
            return True
        below = [cell.text for number in rows[1:] for cell in self._grid.filled(number)[-1:]]
        figures = sum(1 for text in below if _FIGURE.search(fold(text)))
        return names_an_award(first[-1].text) and not names_an_award(first[0].text) and figures * 2 > len(below)

    def _header(self, column: int, rows: Sequence[int]) -> _Header:
        above = [cell for number in rows if (cell := self._grid.places[number][column]) is not None]
        parts = [_unit_of(cell.text) for cell in dict.fromkeys(above) if cell.text]
        units = [unit for _, unit in parts if unit]
        printed = " ".join(cell.text for cell in dict.fromkeys(above) if cell.text)
        return _Header("".join(name for name, _ in reversed(parts)), units[-1] if units else "", printed)

    # Columns

    def _column(self, column: int) -> list[str]:
        cells = [self._grid.places[number][column] for number in self._body]
        return [cell.text for cell in cells if cell is not None and not _NOTHING.match(fold(cell.text))]

    def _serial_column(self) -> int:
        """The column that only counts the rows; -1 where there is none."""
        texts = self._column(0)
        named = fold(self._headers[0].name) in _words("serial")
        counts = len(texts) > 1 and all(_SERIAL.match(fold(text)) for text in texts) and not self._headers[0].unit
        return 0 if self._grid.width > 2 and texts and counts and (named or not self._headers[0].name) else -1

    def _value_columns(self) -> int:
        """The first column that says what is given; those in front of it say for what."""
        columns = [column for column in range(self._grid.width) if column != self._serial]
        awards = [c for c in columns[1:] if names_an_award(self._headers[c].printed)]
        if awards:
            return awards[0]
        figures = Counter({c: sum(1 for t in self._column(c) if _FIGURE.search(fold(t))) for c in columns[1:]})
        numeric = [column for column, count in sorted(figures.items()) if count * 2 > len(self._body)]
        if numeric:
            return numeric[0]
        return columns[1] if len(columns) > 1 else 0

    # Rows

    def _write_row(self, number: int, told: set[GridCell]) -> None:
        filled = self._grid.filled(number)
        pages = [cell.page for cell in filled if cell.page] or [self._page]
        cells = self._cells(number)
        text = cells[0].text if cells else ""
        if not filled or [cell.text for cell in filled] == self._repeated(filled):
            return
        if self._spans_all(number) or (len(filled) == 1 and (_NOTE.match(fold(text)) or filled[0].columns > 1)):
            for cell in filled:
                for paragraph in cell.paragraphs if cell not in told else ():
                    self._writer.write(paragraph, page=pages[0])
                told.add(cell)
            return
        for line in self._lines(number, told):
            self._writer.write(
                line,
                BlockKind.ROW,
                page=min(pages),
                last_page=max(pages),
                table=self._number,
                row=number + 1,
                cells=cells,
            )

    def _repeated(self, filled: Sequence[GridCell]) -> list[str]:
        """The row's texts when it repeats the header on another page."""
        texts = [cell.text for cell in filled]
        return texts if self._header_rows and set(texts) <= self._header_rows and len(texts) > 1 else []

    def _cells(self, number: int) -> tuple[Cell, ...]:
        return tuple(
            Cell(cell.text, self._headers[cell.column].printed, cell.rows, cell.columns, cell.row + 1)
            for cell in self._grid.row(number)
        )

    def _lines(self, number: int, told: set[GridCell]) -> Iterator[str]:
        """The row as one line, or one for each paragraph where a cell holds a text of several."""
        labels: list[str] = []
        values: list[str] = []
        texts: list[GridCell] = []
        for cell in self._grid.filled(number):
            if cell.column == self._serial or (_NOTHING.match(fold(cell.text)) and cell.text):
                continue
            if _is_prose(cell):
                texts.append(cell)
            elif cell.column < self._values:
                labels.append(self._label(cell))
            else:
                values.append(self._value(cell))
        line = "，".join(labels)
        if values:
            line += ("：" if line else "") + "，".join(values)
        if line:
            yield line
        for cell in texts:
            if cell in told:
                continue
            told.add(cell)
            name = self._headers[cell.column].name
            yield f"{name}：{cell.paragraphs[0]}" if name else cell.paragraphs[0]
            yield from cell.paragraphs[1:]

    def _label(self, cell: GridCell) -> str:
        """What a row is about: 国家级, 投资额1000万元以上. The header of mere words says no more than they do."""
        header = self._headers[cell.column]
        said = self._with_unit(cell.text, header)
        measured = (
            _FIGURE.search(fold(cell.text)) and len(cell.text) <= _LONGEST_HEADER and header.name not in cell.text
        )
        return header.name + said if measured and (said != cell.text or _starts_with_figure(cell.text)) else said

    def _value(self, cell: GridCell) -> str:
        header = self._headers[cell.column]
        said = self._with_unit(cell.text, header)
        if not header.name or header.name in cell.text:
            return said
        return header.name + said if _starts_with_figure(said) and _SUM.search(fold(said)) else f"{header.name}：{said}"

    def _with_unit(self, text: str, header: _Header) -> str:
        """A bare number with the unit its header states: 50 › 50万元, 1000以上 › 1000万元以上."""
        unit = header.unit or (self._unit if names_an_award(header.name) or self._is_money_table else "")
        found = _BARE.match(fold(text))
        if not unit or not found:
            return text
        rest = found.group("rest")
        return text[: len(text) - len(rest)].rstrip() + unit + rest

    @property
    def _is_money_table(self) -> bool:
        return bool(self._unit)


def _starts_with_figure(text: str) -> bool:
    return _BEGINS_WITH_FIGURE.match(fold(text)) is not None


def _is_prose(cell: GridCell) -> bool:
    return len(cell.paragraphs) > 1 and len(cell.text) > _LONGEST_CELL


def _joined(paragraphs: Sequence[str]) -> str:
    line = ""
    for paragraph in paragraphs:
        words = " ".join(seen(paragraph).split())
        if line and words and fold(line[-1]) not in _STOPS and fold(words[0]) not in _STOPS:
            # What a cell writes below each other are points of a list when they are long, and one name when short.
            line += "；" if len(line) > 12 and len(words) > 6 else ""
        line += words
    return line


def _unit_of(header: str) -> tuple[str, str]:
    """A header without its unit, and the unit: 奖励(万元) › 奖励, 万元; the unit is empty where none is stated."""
    for pattern in (_UNIT, _UNIT_SLASH):
        found = pattern.search(fold(header))
        if found and _IS_UNIT.search(found.group(1)):
            return header[: found.start()].strip(), header[found.start(1) : found.end(1)]
    return header, ""


def names_an_award(header: str) -> bool:
    """Whether a header names what is given: 奖励, 补贴标准, 资助金额."""
    return any(word in fold(header) for word in _words("award"))


@cache
def _words(kind: str) -> frozenset[str]:
    lines = resources.files("corpus.readers").joinpath("data/headers.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return frozenset(row[1] for row in rows if row[0] == kind)
