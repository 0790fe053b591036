"""Tables in running text: rows on one line each, and tables whose cells a web page turned into lines of their own.

A flattened table is told by its repeating pattern: cells of words and cells of values come back in the same order,
row after row, or the rows are numbered 1, 2, 3 under 序号. What does not repeat is no table.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from corpus.layout import Block, squeeze, trim
from corpus.numbering import Label

Cell = tuple[int, int]  # offsets into the text

_WIDEST = 12  # columns
_MINIMUM_ROWS = 2
_LONGEST_HEADER = 24
_LONGEST_CELL = 120
_LONGEST_VALUE = 40
_SERIAL = re.compile(r"^(?:序\s*号|编\s*号|项次|no\.?)$")
_SEPARATORS = re.compile(r"\t|\|")
# A number, a sum, a share or a range of them, with the words of an award around it and no sentence: 最高不超过50万元/年.
_VALUE = re.compile(
    r"^[^\d。;:]{0,12}\d[\d,.]*\s*(?:[-—–~至]\s*\d[\d,.]*)?\s*(?:[万亿]?\s*[a-z\u4e00-\u9fff]*元|[%‰倍]|个百分点)?[^\d。;:]{0,10}$"
    r"|^[/\-—–无]+$"
)
_AWARD = re.compile(r"奖|补|贴|资助|给予|不超过|最高|上限")
_MONEY_COLUMN = re.compile(r"奖|补[助贴]|贴息|资助|扶持|支持|待遇|标准|金额|额度|比例|限额|上限")
# What a case has to show, though its words speak of money: 补贴对象, 奖励条件, 申报标准.
_FACT_COLUMN = re.compile(r"(?:对象|条件|范围|要求|项目|类[别型]|名称|依据|部门|单位|时间|期限|方式|种类|等级|级别)$")
_LEADS_IN = re.compile(r"下表|如下|单位:|表\s*\d*$|标准$|[:]$")
_NOTHING = re.compile(r"^[/\-—–无]+$")
_SUM = re.compile(r"\d\s*[万亿]?元|[%‰]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the blocks ``first`` to ``last`` (inclusive) and its cells, from left to right."""

    first: int
    last: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its header's blocks (an empty range without one), the columns' words and its rows.

    ``columns`` is empty where the rows have other cells than the header, as under merged cells.
    """

    header: range
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def first(self) -> int:
        """The block the table begins with."""
        return self.header.start if self.header else self.rows[0].first


def find_tables(blocks: Sequence[Block], labels: Sequence[Label | None], parts: Container[int]) -> dict[int, Table]:
    """The tables by the block that each begins with."""
    tables: dict[int, Table] = {}
    position = 0
    while position < len(blocks):
        table = (
            _ruled(blocks, position)
            or _numbered(blocks, labels, position)
            or _repeating(blocks, labels, position, parts)
        )
        if table is None:
            position += 1
            continue
        tables[table.first] = table
        position = table.rows[-1].last + 1
    return tables


# Rows on one line each, their cells between | or tabs


def _ruled(blocks: Sequence[Block], position: int) -> Table | None:
    cells = _split(blocks[position])
    last = position + 1
    while len(cells) > 1 and last < len(blocks) and len(_split(blocks[last])) == len(cells):
        last += 1
    if len(cells) < 2 or last - position < _MINIMUM_ROWS:
        return None
    is_header = all(_is_header(squeeze(_folded(blocks[position], cell))) for cell in cells)
    begin = position + is_header
    return Table(
        range(position, begin),
        tuple(squeeze(_printed(blocks[position], cell)) for cell in cells) if is_header else (),
        tuple(Row(at, at, _split(blocks[at])) for at in range(begin, last)),
    )


def _split(block: Block) -> tuple[Cell, ...]:
    if not _SEPARATORS.search(block.folded):
        return ()
    starts = [0, *(match.end() for match in _SEPARATORS.finditer(block.folded))]
    ends = [*(match.start() for match in _SEPARATORS.finditer(block.folded)), len(block.text)]
    spans = [trim(block.text, start, end) for start, end in zip(starts, ends, strict=True)]
    if block.folded.startswith("|"):
        spans = spans[1:]
    if block.folded.endswith("|"):
        spans = spans[:-1]
    return tuple((block.start + start, block.start + end) for start, end in spans)


def _printed(block: Block, cell: Cell) -> str:
    return block.text[cell[0] - block.start : cell[1] - block.start]


def _folded(block: Block, cell: Cell) -> str:
    return block.folded[cell[0] - block.start : cell[1] - block.start]


# Rows under 序号


def _numbered(blocks: Sequence[Block], labels: Sequence[Label | None], position: int) -> Table | None:
    """A table whose header begins with 序号 and whose rows begin with 1, 2, 3."""
    if not _SERIAL.match(squeeze(blocks[position].folded)):
        return None
    first = next(
        (at for at in range(position + 2, min(position + _WIDEST + 8, len(blocks))) if _is(blocks[at], 1)), None
    )
    if first is None or any(labels[at] for at in range(position, first)):
        return None
    starts = list(_serials(blocks, labels, first, 3 * (first - position)))
    lengths = [after - start for start, after in pairwise(starts)]
    width = max(set(lengths), key=lengths.count) if lengths else first - position
    end = min(starts[-1] + width, len(blocks))
    stop = next((at for at in range(starts[-1] + 1, end) if not _may_be_cell(blocks[at], labels[at])), end)
    columns = [squeeze(block.text) for block in blocks[position:first]]
    rows = [_row(start, after - 1, blocks) for start, after in zip(starts, [*starts[1:], stop], strict=True)]
    fits = all(len(row.cells) == len(columns) for row in rows)
    return Table(range(position, first), tuple(columns) if fits else (), tuple(rows))


def _serials(blocks: Sequence[Block], labels: Sequence[Label | None], first: int, reach: int) -> Iterator[int]:
    """Where the rows 1, 2, 3 … begin; a clause with a wider numbering ends the table."""
    number, at = 1, first
    while at < len(blocks):
        if _is(blocks[at], number):
            yield at
            number, first = number + 1, at
        label = labels[at]
        if at - first > reach or (label is not None and not _may_be_cell(blocks[at], label)):
            return
        at += 1


def _is(block: Block, number: int) -> bool:
    return squeeze(block.folded) == str(number)


def _row(first: int, last: int, blocks: Sequence[Block]) -> Row:
    return Row(first, last, tuple((block.start, block.end) for block in blocks[first : last + 1]))


def _may_be_cell(block: Block, label: Label | None) -> bool:
    return label is None or label.printed[:1].isdigit()


# Rows told by their pattern


def _repeating(
    blocks: Sequence[Block], labels: Sequence[Label | None], position: int, parts: Container[int]
) -> Table | None:
    """A table that begins at a block: a header of words and rows in which values stand at the same places."""
    if not _is_cell(blocks, labels, position, parts) or not _is_header(squeeze(blocks[position].folded)):
        return None

    def values(start: int) -> Iterator[bool]:
        for at in range(start, len(blocks)):
            if not _is_cell(blocks, labels, at, parts):
                return
            yield _is_value(blocks[at].folded)

    headers = (squeeze(block.folded) for block in blocks[position : position + _WIDEST])
    header = list(takewhile(_is_header, headers))
    led_in = position > 0 and _LEADS_IN.search(blocks[position - 1].folded) is not None
    best: Table | None = None
    for width in range(2, len(header) + 1):
        if len(set(header[:width])) < width:
            break
        money = [column for column, words in enumerate(header[:width]) if column and is_money_column(words)]
        rows = _count_rows(values(position + width), width, money)
        if rows >= _MINIMUM_ROWS and (best is None or rows * width > len(best.rows) * len(best.columns)):
            table = _cut(blocks, position, width, rows)
            best = table if money or led_in or _has_sums(blocks, table) else best
    return best


def _has_sums(blocks: Sequence[Block], table: Table) -> bool:
    """Whether some column holds a sum or a share in each of its rows."""
    columns = range(1, len(table.columns))
    return any(all(_SUM.search(blocks[row.first + at].folded) for row in table.rows) for at in columns)


def _count_rows(values: Iterator[bool], width: int, money: Sequence[int]) -> int:
    """How many rows of cells follow that begin with words and hold values where the header says so.

    Where no column is headed by money, values stand at the same places in every row.
    """
    rows = 0
    pattern: list[bool] = []
    while len(row := list(islice(values, width))) == width and not row[0]:
        pattern = pattern or row
        if not (all(row[column] for column in money) if money else any(row) and row == pattern):
            break
        rows += 1
    return rows


def is_money_column(words: str) -> bool:
    """Whether a column's words say that an award, a ceiling or a share stands below them."""
    return _MONEY_COLUMN.search(words) is not None and not _FACT_COLUMN.search(words)


def _cut(blocks: Sequence[Block], position: int, width: int, rows: int) -> Table:
    first = position + width
    return Table(
        range(position, first),
        tuple(squeeze(block.text) for block in blocks[position:first]),
        tuple(_row(first + width * row, first + width * (row + 1) - 1, blocks) for row in range(rows)),
    )


def _is_cell(blocks: Sequence[Block], labels: Sequence[Label | None], position: int, parts: Container[int]) -> bool:
    block = blocks[position]
    if labels[position] is not None or position in parts or len(block.folded) > _LONGEST_CELL:
        return False
    return not (block.folded.endswith(":") or _SEPARATORS.search(block.folded))


def _is_value(folded: str) -> bool:
    if len(folded) <= _LONGEST_VALUE and _VALUE.match(folded):
        return True
    return _SUM.search(folded) is not None and _AWARD.search(folded) is not None


def _is_header(folded: str) -> bool:
    """Whether words may head a column: short, no sum and no number, not a sentence."""
    if not 1 <= len(folded) <= _LONGEST_HEADER or re.search(r"[。;:!?,\d]", folded):
        return False
    return not _NOTHING.match(folded) and not _SUM.search(folded)
