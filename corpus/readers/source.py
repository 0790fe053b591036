"""What a reader returns: the text that clauses are cut from, and what the format knows about each piece of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

# Nothing is seen of them, and a word or a sum with one inside is not found: zero-width ones, word joiner, soft hyphen,
# byte order mark, marks of direction.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
_BREAKS = dict.fromkeys(map(ord, "\r\n\v\f\x85\u2028\u2029"), " ")


class BlockKind(StrEnum):
    """What a block is in its file."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"  # a paragraph that the file numbers by itself
    ROW = "row"  # one row of a table
    NOTE = "note"  # a footnote or an endnote


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table as printed, at the place it has in its row."""

    text: str
    header: str = ""  # words of the header above it, outermost first, with the unit as printed
    rows: int = 1  # rows it spans
    columns: int = 1  # columns it spans
    first_row: int = 0  # the row in which it begins, counted like ``SourceBlock.row``


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A stretch of ``SourceText.text`` and what it is in the file."""

    start: int  # offset into the text
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    page: int = 0  # printed sheet it begins on, from 1; 0 where the format has no pages
    last_page: int = 0  # sheet it ends on
    level: int = 0  # of a heading or a list item, from 1; 0 where the file gives none
    label: str = ""  # numbering that the program prints and the file does not write out; it stands in the text too
    table: int = 0  # number of the table in the file, from 1; 0 outside tables
    row: int = 0  # row of the table as printed, header rows included, from 1
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text with its blocks in order; ``notes`` say in a sentence each what could not be read."""

    text: str
    blocks: tuple[SourceBlock, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, for another process or a file."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "SourceText":
        """The text that ``to_json`` gave the values of. Raises KeyError or TypeError for other values."""
        blocks = tuple(
            SourceBlock(
                **{
                    **block,
                    "kind": BlockKind(block["kind"]),
                    "cells": tuple(Cell(**cell) for cell in block["cells"]),
                }
            )
            for block in values["blocks"]
        )
        return cls(values["text"], blocks, tuple(values["notes"]))


def seen(text: str) -> str:
    """Text without characters of which nothing is seen."""
    return text.translate(_UNSEEN)


class SourceWriter:
    """Puts the blocks of a file below each other, one line each."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._blocks: list[SourceBlock] = []
        self._length = 0
        self._notes: dict[str, None] = {}
        self.tables = 0  # begun so far

    def write(
        self,
        text: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        page: int = 0,
        last_page: int = 0,
        level: int = 0,
        label: str = "",
        table: int = 0,
        row: int = 0,
        cells: Sequence[Cell] = (),
    ) -> None:
        """Add a block; a line break in it becomes a blank, and one without words is left out."""
        line = seen(text).translate(_BREAKS).strip()
        if not line:
            return
        start = self._length
        self._pieces.append(line + "\n")
        self._length += len(line) + 1
        self._blocks.append(
            SourceBlock(start, start + len(line), kind, page, last_page or page, level, label, table, row, tuple(cells))
        )

    def note(self, sentence: str) -> None:
        """Say what could not be read; the same sentence counts once."""
        self._notes[sentence] = None

    @property
    def last_line(self) -> str:
        """The line written last; empty at the beginning."""
        return self._pieces[-1].rstrip("\n") if self._pieces else ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines written so far."""
        return tuple(piece.rstrip("\n") for piece in self._pieces)

    def source(self) -> SourceText:
        """What has been written. Raises ValueError with the rest of a sentence when there are no words in it."""
        text = "".join(self._pieces)
        if not any(character.isalnum() for character in text):
            raise ValueError("holds no words; a document holds the text of a policy.")
        return SourceText(text, tuple(self._blocks), tuple(self._notes))


def moved(block: SourceBlock, by: int) -> SourceBlock:
    """The block with its offsets shifted."""
    return replace(block, start=block.start + by, end=block.end + by)
