"""Where a clause stands in its file: the sheet, and the row of a table, as part of its address."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from corpus.clause import Clause
from corpus.readers.source import BlockKind, SourceBlock


def with_places(clauses: Sequence[Clause], blocks: Sequence[SourceBlock]) -> tuple[Clause, ...]:
    """The clauses with the page, the table and the row of each leaf in its address, where the format knows them."""
    if not any(block.page or block.kind is BlockKind.ROW for block in blocks):
        return tuple(clauses)
    starts = [block.start for block in blocks]
    return tuple(_placed(clause, blocks, starts) if clause.is_leaf else clause for clause in clauses)


def _placed(clause: Clause, blocks: Sequence[SourceBlock], starts: Sequence[int]) -> Clause:
    first = max(0, bisect_right(starts, clause.start) - 1)
    below = [block for block in blocks[first : bisect_right(starts, clause.end - 1)] if block.end > clause.start]
    if not below:
        return clause
    address = clause.address
    row = below[0]
    if row.kind is BlockKind.ROW and len({(block.table, block.row) for block in below}) == 1:
        address = (
            (*address[:-1], f"表{row.table}第{row.row}行")
            if _counts(address)
            else (*address, f"表{row.table}第{row.row}行")
        )
    page = _pages(min(block.page for block in below), max(block.last_page for block in below))
    if page:
        address = (*address[:-1], address[-1] + page) if address else (page.strip("（）"),)
    return replace(clause, address=address)


def _counts(address: Sequence[str]) -> bool:
    """Whether the last step only counts paragraphs (第3段): the row says it better."""
    return bool(address) and address[-1].startswith("第") and address[-1].endswith("段")


def _pages(first: int, last: int) -> str:
    if not first:
        return ""
    return f"（第{first}页）" if last <= first else f"（第{first}至{last}页）"
