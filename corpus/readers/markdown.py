"""Markdown: the words without their marks, and tables as sentences."""

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.readers.plain import read_plain_text
from corpus.readers.source import BlockKind, SourceText, SourceWriter
from corpus.readers.tables import GridCell, write_table


def read_markdown(content: bytes) -> SourceText:
    """The text of a Markdown file. Raises ValueError with the rest of a sentence when there is none in it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(read_plain_text(content))
    reader = _Reader()
    for token in tokens:
        reader.take(token)
    return reader.writer.source()


class _Reader:
    """Follows the tokens: which list, heading or table the words stand in."""

    def __init__(self) -> None:
        self.writer = SourceWriter()
        self._labels: list[str] = []  # numbering of the open list items; printed with their first words
        self._depth = 0
        self._level = 0
        self._cells: list[GridCell] = []
        self._row = self._column = 0
        self._in_table = self._in_head = False

    def take(self, token: Token) -> None:
        """Go one token further."""
        kind = token.type
        if kind == "heading_open":
            self._level = int(token.tag[1:])
        elif kind == "heading_close":
            self._level = 0
        elif kind == "list_item_open":
            self._depth += 1
            self._labels.append(token.info + token.markup if token.info else "")
        elif kind == "list_item_close":
            self._depth -= 1
            del self._labels[:]
        elif kind in ("table_open", "thead_open", "thead_close", "tr_open", "table_close"):
            self._take_table(kind)
        elif kind == "inline":
            self._take_words(token)
        elif kind in ("code_block", "fence", "html_block"):
            self._take_block(token)

    def _take_table(self, kind: str) -> None:
        if kind == "table_open":
            self._cells, self._row, self._in_table = [], -1, True
        elif kind == "tr_open":
            self._row, self._column = self._row + 1, 0
        elif kind == "table_close":
            self._in_table = False
            write_table(self._cells, self.writer)
        else:
            self._in_head = kind == "thead_open"

    def _take_words(self, token: Token) -> None:
        lines = _lines(token)
        if self._in_table:
            self._cells.append(GridCell(tuple(lines), self._row, self._column, is_header=self._in_head))
            self._column += 1
            return
        label = "".join(self._labels)
        del self._labels[:]
        for number, line in enumerate(lines):
            first = label if number == 0 else ""
            kind = BlockKind.HEADING if self._level else BlockKind.ITEM if first else BlockKind.PARAGRAPH
            self.writer.write(first + line, kind, level=self._level or self._depth, label=first)

    def _take_block(self, token: Token) -> None:
        if token.type == "html_block":
            from corpus.readers.web import write_fragment

            write_fragment(token.content, self.writer)
            return
        for line in token.content.splitlines():
            self.writer.write(line)


def _lines(token: Token) -> list[str]:
    lines = [""]
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            lines.append("")
        elif child.type in ("text", "code_inline", "image"):
            lines[-1] += child.content
    return [line for line in lines if line.strip()]
