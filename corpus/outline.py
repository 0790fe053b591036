"""The outline: from the lines of a document to its clause tree."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.clause import Clause, ClauseKind, TableRow
from corpus.departments import is_responsibility
from corpus.headings import (
    NO_HEADING,
    Heading,
    heading_words,
    is_asked,
    is_question,
    is_short_line,
    is_standard_heading,
    is_top_heading,
    numbered_heading,
    run_in_part,
)
from corpus.labels_below import LabelsBelow
from corpus.layout import Block, Line, full_width, is_blank, read_blocks, squeeze
from corpus.numbering import KINDS, Label, Rank, read_label
from corpus.page import states_amount
from corpus.parts import PartStart, find_parts, parts_by_first
from corpus.script import fold
from corpus.short_headings import ShortHeadings
from corpus.stack import HeadingStack, Level
from corpus.tables import Table, find_tables
from corpus.titles import (
    is_agencies,
    is_closing_matter,
    is_front_matter,
    looks_like_title,
)
from corpus.tree import SIGNATURE, ClauseWriter, Node, Paragraph
from corpus.validity import read_day

_ITEM_RANKS = (Rank.ARABIC, Rank.ARABIC_BRACKET, Rank.ARABIC_HALF, Rank.CIRCLED)
_CLOSING = re.compile(
    r"(?:自|从|于)[^。;]{0,30}(?:起|之日)[^。;]{0,8}(?:施行|实施|执行|生效)|有效期|适用期|执行期|(?:施行|实施|执行)(?:至|期限)|负责解释|由[^。]{2,40}解释|^特此(?:通知|公告|通告)"
)
_CLOSING_SUBJECT = re.compile(r"^(?:以上|上述|自|从|有效期|适用期|执行期|特此|本)|[,。;]\s*本(?!市|区|县|省)")
_SUBTITLE = re.compile(r"^[(〔【\[][^()]{2,24}[)〕】\]]$")
_ATTACHMENTS = re.compile(r"^附\s*件?\s*[:：]\s*\S|^附件\s*\d*\s*[:：]?$")
_ATTACHED = 80  # characters; a numbered line below 附件 that is longer is a clause again
_TABLE_HEADER = "表头"
_TITLE_LINES = 4
_LONGEST_DAY = 20  # characters of a line that says when a plan was laid down
_ORDER = re.compile(r"^\d+\s*[.、]\s*中华民国.{4,20}日.{2,20}字第")
_PREAMBLE = 60  # characters; a longer paragraph that is no front matter begins the text


def read_outline(
    document_id: str,
    text: str,
    folded: str,
    lines: Sequence[Line],
    furniture: Mapping[int, str],
    title: range,
) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """The clauses of a document in reading order, parents first, and the titles of its plans."""
    blocks = read_blocks(text, folded, lines, furniture, _starts_new)
    labels = _labels(blocks)
    parts = find_parts(blocks, labels, title)
    wrapped = full_width([line for line in lines if line.number not in furniture]) is not None
    root = _Outline(text, folded, blocks, labels, title, parts, wrapped).build()
    clauses = ClauseWriter(document_id, text, folded).clauses(root)
    return clauses, tuple(part.title for part in parts)


def _starts_new(line: Line) -> bool:
    label = read_label(line.text, line.folded)
    return (label is not None and label.certain) or is_responsibility(line.folded) or is_standard_heading(line.folded)


def _labels(blocks: Sequence[Block]) -> list[Label | None]:
    """The numbering of each block; numbers without their dot are kept where the neighbours bear them out."""
    labels: list[Label | None] = [None] * len(blocks)
    numbered = [
        (position, label)
        for position, block in enumerate(blocks)
        if not block.continues and (label := read_label(block.text, block.folded))
    ]
    for place, (position, label) in enumerate(numbered):
        before = numbered[place - 1][1] if place else None
        after = numbered[place + 1][1] if place + 1 < len(numbered) else None
        labels[position] = label if label.certain else _borne_out(label, before, after)
    return labels


def _borne_out(label: Label, before: Label | None, after: Label | None) -> Label | None:
    """The label when the next or the previous numbered block belongs to the same list, else None."""
    carries_on = before is not None and before.rank is label.rank and before.number == label.number - 1
    goes_on = after is not None and after.rank is label.rank and after.number == label.number + 1
    return replace(label, certain=True) if carries_on or goes_on else None


class _Outline:
    """Builds the tree of one document."""

    def __init__(
        self,
        text: str,
        folded: str,
        blocks: Sequence[Block],
        labels: Sequence[Label | None],
        title: range,
        parts: Sequence[PartStart],
        wrapped: bool,
    ) -> None:
        self._text = text
        self._folded = folded
        self._blocks = blocks
        self._labels = labels
        self._title = title
        self._parts = parts_by_first(parts)
        self._following = LabelsBelow(labels, self._parts)
        self._tables = find_tables(blocks, labels, self._parts)
        self._title_words = _bare("".join(block.folded for block in blocks if block.first_line in title))
        self._part_number = 0
        self._root = Node(ClauseKind.PART, "")
        self._stack = HeadingStack(self._root)
        self._articles = frozenset(label.number for label in labels if label and label.rank is Rank.ARTICLE)
        self._in_front = True
        self._begun = False  # a clause of this plan has been read
        self._attachments = False
        self._last: Node = self._root
        self._short = ShortHeadings(blocks, labels, title, self._parts, wrapped)
        self._history = _history(blocks, labels)

    def build(self) -> Node:
        position = 0
        while position < len(self._blocks):
            part = self._parts.get(position)
            if part is not None:
                self._open_part(part)
                position = part.last + 1
                continue
            if position in self._history:
                self._append(self._root, ClauseKind.TITLE, self._blocks[position])
                position += 1
                continue
            table = self._tables.get(position)
            if table is not None:
                self._write_table(table)
                position = table.rows[-1].last + 1
                continue
            self._place(position)
            position += 1
        return self._root

    def _open_part(self, part: PartStart) -> None:
        self._part_number += 1
        node = Node(ClauseKind.PART, f"P{self._part_number}", heading=Heading(part.title, True))
        self._stack = HeadingStack(self._root.add(node))
        for block in self._blocks[part.first : part.last + 1]:
            node.write(Paragraph(ClauseKind.HEADING, block))
        self._in_front = False
        self._begun = False
        self._attachments = False
        self._last = node

    def _place(self, position: int) -> None:
        block, label = self._blocks[position], self._labels[position]
        if block.continues:
            self._append(self._last, ClauseKind.PARAGRAPH, block)
        elif self._is_attached(block, label):
            self._append(self._base, ClauseKind.CLOSING, block)
        elif label is not None:
            self._in_front = False
            self._begun = True
            self._number(position, label)
        elif (self._in_front and self._is_front(position)) or self._heads_part(block):
            self._append(self._base, ClauseKind.TITLE, block)
        elif is_responsibility(block.folded):
            self._append(self._responsible(position), ClauseKind.RESPONSIBILITY, block)
        elif self._begun and self._is_tail(position) and is_closing_matter(block.folded):
            self._append(self._base, ClauseKind.TITLE, block, SIGNATURE)
        elif self._begun and _is_closing(block.folded) and self._is_tail(position):
            self._append(self._stack.bare_heading or self._base, ClauseKind.CLOSING, block)
        elif self._is_heading(position) or self._short.begins_part(block):
            self._in_front = False
            self._begun = True
            self._head(position)
        else:
            self._in_front = self._in_front and len(block.folded) <= _PREAMBLE
            self._append(self._owner(position), ClauseKind.PARAGRAPH, block)

    @property
    def _base(self) -> Node:
        """The plan that is being read."""
        return self._stack.base

    def _append(self, node: Node, kind: ClauseKind, block: Block, name: str = "", row: TableRow | None = None) -> None:
        self._stack.close_to(node)
        node.write(Paragraph(kind, block, name, row))
        self._last = node

    def _heads_part(self, block: Block) -> bool:
        """Whether a block names who laid down a plan, or when, right below its title."""
        base = self._base
        if (
            base.parent is None
            or self._stack.levels
            or not all(
                isinstance(child, Paragraph) and child.kind in (ClauseKind.HEADING, ClauseKind.TITLE)
                for child in base.content
            )
        ):
            return False
        return is_agencies(block.folded) or (len(block.folded) <= _LONGEST_DAY and read_day(block.folded) is not None)

    def _is_front(self, position: int) -> bool:
        block = self._blocks[position]
        if block.first_line in self._title or is_front_matter(block.folded):
            return True
        if self._repeats_title(position):
            return True
        above = self._blocks[position - 1].folded if position else ""
        return _SUBTITLE.match(block.folded) is not None and looks_like_title(above)

    def _repeats_title(self, position: int) -> bool:
        """Whether the title stands here again, on one line or broken over several."""
        for first in range(max(0, position - _TITLE_LINES + 1), position + 1):
            words = ""
            for last in range(first, min(first + _TITLE_LINES, len(self._blocks))):
                words += _bare(self._blocks[last].folded)
                if words and words == self._title_words and last >= position:
                    return True
        return False

    def _is_attached(self, block: Block, label: Label | None) -> bool:
        """Whether a block lists the attachments at the end: 附件:1.… and the numbered lines below it."""
        if label is None and self._begun and _ATTACHMENTS.match(block.folded):
            self._attachments = True
            return True
        self._attachments = (
            self._attachments and label is not None and label.rank is Rank.ARABIC and len(block.folded) <= _ATTACHED
        )
        return self._attachments

    def _is_tail(self, position: int) -> bool:
        """Whether no numbered clause of the same plan follows."""
        return self._following.next(position) is None

    # Tables

    def _write_table(self, table: Table) -> None:
        """The header of a table as one leaf and each row as another, below the clause they stand in."""
        above = self._blocks[table.first - 1] if table.first else None
        caption = above.text if above is not None and self._in_text(table.first - 1) else ""
        owner = self._owner(table.first)
        self._in_front = False
        self._begun = True
        for block in self._joined(table.header):
            self._append(owner, ClauseKind.HEADING, block, _TABLE_HEADER)
        for number, row in enumerate(table.rows, 1):
            blocks = self._joined(range(row.first, row.last + 1))
            if len(blocks) > 1:  # a page ends inside the row
                for block in blocks:
                    self._append(owner, ClauseKind.PARAGRAPH, block)
                continue
            self._append(owner, ClauseKind.ROW, blocks[0], row=TableRow(table.columns, row.cells, caption, number))

    def _in_text(self, position: int) -> bool:
        return self._labels[position] is None and self._blocks[position].first_line not in self._title

    def _joined(self, positions: range) -> list[Block]:
        """The blocks as one, or as they are where something that is left out stands between them."""
        blocks = [self._blocks[position] for position in positions]
        if not blocks:
            return []
        gaps = (self._text[before.end : block.start] for before, block in pairwise(blocks))
        if not all(is_blank(character) for gap in gaps for character in gap):
            return blocks
        start, end = blocks[0].start, blocks[-1].end
        return [Block(start, end, self._text[start:end], self._folded[start:end], blocks[0].first_line, False)]

    # Numbered clauses

    def _number(self, position: int, label: Label) -> None:
        block = self._blocks[position]
        rest = slice(label.length, None)
        heading = numbered_heading(block.text[rest], block.folded[rest])
        if heading.alone and position + 1 < len(self._blocks) and self._blocks[position + 1].continues:
            heading = NO_HEADING  # the sentence goes on behind a page break
        self._stack.make_room(label, self._articles)
        node = Node(KINDS[label.rank], label.component, label, heading)
        self._stack.push(node, label.rank, label.number, label.printed[-1:])
        only_label = not block.folded[rest].strip()  # 第 1 條 on a line of its own
        self._append(node, ClauseKind.HEADING if heading.alone or only_label else ClauseKind.PARAGRAPH, block)

    # Headings without numbering

    def _is_heading(self, position: int) -> bool:
        block = self._blocks[position]
        if is_standard_heading(block.folded) or re.match(r"^、\s*\S{2,20}$", block.folded):
            return True
        if not is_short_line(block.folded) and not is_asked(block.folded):
            return False
        following = self._label_below(position)
        if following is not None and following.number == 1 and is_short_line(block.folded) and squeeze(block.folded):
            return not states_amount(block.folded)
        return self._short.heads_text(position) or self._short.names_card(position)

    def _head(self, position: int) -> None:
        block = self._blocks[position]
        text_begins = run_in_part(block.folded)
        heading = (
            Heading(heading_words(block.text[:text_begins]), False)
            if text_begins
            else Heading(heading_words(block.text), True)
        )
        component = re.sub(r"[\s.#~?？]", "", heading.text)[:20] or "题"
        rank, number, style = self._room_for_heading(position)
        kind = ClauseKind.ARTICLE if self._stack.levels else ClauseKind.SECTION
        node = Node(kind, component, None, heading)
        self._stack.push(node, rank, number, style)
        self._append(node, ClauseKind.HEADING if heading.alone else ClauseKind.PARAGRAPH, block)

    def _room_for_heading(self, position: int) -> tuple[Rank | None, int, str]:
        """Close what the heading does not stand below; its rank, number and style on the stack."""
        implied = self._implied_number(position)
        if implied is not None:
            depth, number = implied
            level = self._stack.levels[depth]
            self._stack.cut(depth)
            return level.rank, number, level.style
        folded = self._blocks[position].folded
        if is_top_heading(folded) or is_question(folded):
            self._stack.cut(0)
            return None, 0, "standard"
        is_part = is_standard_heading(folded) or run_in_part(folded) > 0
        sort = "standard" if is_part else "card" if self._short.names_card(position) else "own"
        following = self._label_below(position)
        if sort == "card":
            self._stack.make_room_for_card()
        elif sort == "standard" and self._short.standard_count(folded) == 1:
            self._stack.close_finished_heading("own")
        elif sort == "own" and self._short.heads_text(position) and self._standard_above() == 1:
            self._stack.close_finished_heading("standard")
        begins_list = following is not None and following.number == 1 and sort == "own"
        self._stack.make_room_for_heading(sort, following if begins_list else None)
        return None, 0, sort

    def _standard_above(self) -> int:
        """How often the only heading that is open stands in the document; 0 when others are open too."""
        levels = self._stack.levels
        return self._short.standard_count(fold(levels[0].node.heading.text)) if len(levels) == 1 else 0

    def _label_below(self, position: int) -> Label | None:
        return self._labels[position + 1] if position + 1 < len(self._blocks) else None

    def _implied_number(self, position: int) -> tuple[int, int] | None:
        """Depth and number of a heading that lost its number: it fills the gap between 一、 and 三、."""
        following = self._following.next(position)
        if following is None:
            return None
        for depth, level in enumerate(self._stack.levels):
            if level.rank is None or level.rank >= following.rank:
                continue
            sibling = self._following.next_within(position, level.rank)
            if sibling is not None and sibling.rank is level.rank and sibling.number == level.number + 2:
                return depth, level.number + 1
        return None

    # Paragraphs without numbering

    def _owner(self, position: int) -> Node:
        """The clause a paragraph belongs to: the last one, or the one whose list of items it closes."""
        if not self._stack.levels:
            return self._base
        level = self._stack.levels[-1]
        node = level.node
        if self._closes_article(position, level):
            return node.parent or node
        if level.rank not in _ITEM_RANKS or level.number < 2 or node.heading.text or node.parent is None:
            return node
        following = self._following.next(position)
        if following is not None and following.rank is level.rank:
            # A new list of the same form begins below a line that leads it in: 符合以下条件:
            leads_in = following.number == 1 and self._blocks[position].folded.endswith(":")
            if not leads_in:
                return node
        return node if node.parent.uneven_nodes else node.parent

    def _closes_article(self, position: int, level: Level) -> bool:
        """Whether a paragraph below the last item of an article's list is the article's own: 前項…, 符合…的."""
        parent = level.node.parent
        if parent is None or parent.label is None or parent.label.rank is not Rank.ARTICLE:
            return False
        if level.rank is None or (level.rank <= Rank.ARTICLE and level.rank is not Rank.CHINESE) or parent.uneven_nodes:
            return False
        following = self._following.next(position)
        goes_on = following is not None and following.rank is level.rank and following.number == level.number + 1
        return not goes_on and level.number > 1

    def _responsible(self, position: int) -> Node:
        """The clause a line of departments belongs to: that above it, or the article whose items it closes."""
        if not self._stack.levels:
            return self._base
        level = self._stack.levels[-1]
        node = level.node
        if level.rank not in _ITEM_RANKS or node.parent is None or node.parent is self._base:
            return node
        following = self._following.next(position)
        if following is not None and following.rank is level.rank and following.number == level.number + 1:
            return node
        return node if node.parent.earlier_name_departments else node.parent


def _history(blocks: Sequence[Block], labels: Sequence[Label | None]) -> range:
    """The blocks in front of the first article that say by which orders a law was made and amended."""
    first = next((at for at, label in enumerate(labels) if label is not None), len(labels))
    if first == len(labels) or not _ORDER.search(blocks[first].folded):
        return range(0)
    article = next(
        (at for at, label in enumerate(labels) if label and label.rank in (Rank.CHAPTER, Rank.ARTICLE)), first
    )
    return range(first, article)


def _is_closing(folded: str) -> bool:
    """Whether a paragraph says when the document itself takes effect or lapses, or who interprets it."""
    return _CLOSING.search(folded) is not None and _CLOSING_SUBJECT.search(folded) is not None


def _bare(words: str) -> str:
    return squeeze(words).rstrip("?!")
