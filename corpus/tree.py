"""The tree of a document while it is being built, and its clauses when it is done."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.clause import Clause, ClauseKind, TableRow
from corpus.departments import inline_departments, stated_departments
from corpus.headings import NO_HEADING, Heading, cut, run_in_heading
from corpus.layout import Block, squeeze
from corpus.numbering import Label
from corpus.roles import nearest_role

SIGNATURE = "落款"  # signature and date below the text
_FRONT = "文首"
# How the leaves without numbering are called in a clause id.
_COMPONENTS = {
    ClauseKind.TITLE: _FRONT,
    ClauseKind.HEADING: "题",
    ClauseKind.PARAGRAPH: "段",
    ClauseKind.ROW: "行",
    ClauseKind.RESPONSIBILITY: "责任",
    ClauseKind.CLOSING: "末",
}


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a node: its own first line or one below it."""

    kind: ClauseKind
    block: Block
    name: str = ""  # what it is called in an id and an address; empty for the usual name of its kind
    row: TableRow | None = None


@dataclass(slots=True)
class Node:
    """A clause under construction. The root of a document is a node that becomes no clause."""

    kind: ClauseKind
    component: str
    label: Label | None = None
    heading: Heading = NO_HEADING
    parent: "Node | None" = None
    content: "list[Node | Paragraph]" = field(default_factory=list)
    # What the outline asks of a list for each of its lines, kept up to date: a list may have any number of items.
    is_uneven: bool = False  # something stands below the first paragraph, and no page break alone parts it
    uneven_nodes: int = 0
    names_departments: bool = False  # a line of its own does
    departments_nodes: int = 0
    last_node: "Node | None" = None
    node_count: int = 0

    @property
    def nodes(self) -> "list[Node]":
        """The numbered clauses below this one."""
        return [child for child in self.content if isinstance(child, Node)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of this clause itself."""
        return [child for child in self.content if isinstance(child, Paragraph)]

    @property
    def earlier_name_departments(self) -> bool:
        """Whether each numbered clause below this one but the last has a line of departments, and there is one."""
        last = self.last_node is not None and self.last_node.names_departments
        return self.node_count > 1 and self.departments_nodes - last == self.node_count - 1

    def add(self, child: "Node") -> "Node":
        """Put a clause below this one."""
        child.parent = self
        if self.content:
            self._become_uneven()
        self.content.append(child)
        self.last_node = child
        self.node_count += 1
        return child

    def write(self, paragraph: Paragraph) -> None:
        """Put a paragraph below what has been read of this clause."""
        if self.content and not paragraph.block.continues:
            self._become_uneven()
        if paragraph.kind is ClauseKind.RESPONSIBILITY and not self.names_departments:
            self.names_departments = True
            if self.parent is not None:
                self.parent.departments_nodes += 1
        self.content.append(paragraph)

    def _become_uneven(self) -> None:
        if not self.is_uneven and self.parent is not None:
            self.parent.uneven_nodes += 1
        self.is_uneven = True

    @property
    def address(self) -> str:
        """The node's printed heading as a step of an address."""
        printed = self.label.printed if self.label else ""
        heading = cut(squeeze(self.heading.text))
        return (
            f"{printed} {heading}"
            if printed.endswith(("条", "章", "节", "篇", "编")) and heading
            else printed + heading
        )


class ClauseWriter:
    """Turns a finished tree into clauses."""

    def __init__(self, document_id: str, text: str, folded: str) -> None:
        self._document_id = document_id
        self._text = text
        self._folded = folded
        self._used: Counter[str] = Counter()

    def clauses(self, root: Node) -> tuple[Clause, ...]:
        """All clauses in reading order, parents before children."""
        return tuple(self._children(root, None, (), (), "", ()))

    def _children(
        self,
        node: Node,
        parent_id: str | None,
        components: tuple[str, ...],
        address: tuple[str, ...],
        part: str,
        departments: tuple[str, ...],
    ) -> Iterator[Clause]:
        ordinals: Counter[str] = Counter()
        counted = Counter(paragraph.kind for paragraph in node.paragraphs)
        for child in node.content:
            if isinstance(child, Paragraph):
                ordinals[child.name or _COMPONENTS[child.kind]] += 1
                yield self._leaf(node, child, ordinals, counted, parent_id, components, address, part, departments)
            else:
                yield from self._node(child, parent_id, components, address, part, departments)

    def _node(
        self,
        node: Node,
        parent_id: str | None,
        components: tuple[str, ...],
        address: tuple[str, ...],
        part: str,
        departments: tuple[str, ...],
    ) -> Iterator[Clause]:
        components = (*components, node.component)
        address = (*address, node.address)
        part = squeeze(node.heading.text) if node.kind is ClauseKind.PART else part
        clause_id = self._id(components)
        start, end = _span(node)
        stated = self._stated(node) or departments
        own = self._inline(node.paragraphs[0].block) if node.paragraphs else ()
        single = len(node.content) == 1 and isinstance(node.content[0], Paragraph)
        children = () if single else tuple(self._children(node, clause_id, components, address, part, stated))
        yield Clause(
            id=clause_id,
            document_id=self._document_id,
            kind=node.kind,
            label=node.label.printed if node.label else "",
            heading=node.heading.text,
            address=address,
            text=self._text[start:end],
            start=start,
            end=end,
            parent_id=parent_id,
            child_ids=tuple(child.id for child in children if child.parent_id == clause_id),
            departments=_unique(own, stated),
            part=part,
            role=nearest_role(address),
        )
        yield from children

    def _leaf(
        self,
        node: Node,
        paragraph: Paragraph,
        ordinals: Counter[str],
        counted: Counter[ClauseKind],
        parent_id: str | None,
        components: tuple[str, ...],
        address: tuple[str, ...],
        part: str,
        departments: tuple[str, ...],
    ) -> Clause:
        kind, block = paragraph.kind, paragraph.block
        is_first = node.content[0] is paragraph and node.parent is not None
        name = paragraph.name or _COMPONENTS[kind]
        ordinal = ordinals[name]
        if kind in (ClauseKind.PARAGRAPH, ClauseKind.TITLE, ClauseKind.CLOSING, ClauseKind.ROW):
            name += str(ordinal)
        heading = ""
        if paragraph.row is not None:
            heading = row_heading(self._text, paragraph.row)
        elif kind is ClauseKind.PARAGRAPH and not (is_first and node.label):
            heading = run_in_heading(block.text, block.folded).text
        elif is_first:
            heading = node.heading.text
        stated = stated_departments(block.text, block.folded)
        return Clause(
            id=self._id((*components, name)),
            document_id=self._document_id,
            kind=kind,
            label=node.label.printed if is_first and node.label else "",
            heading=heading,
            address=(*address, *_step(paragraph, heading, ordinal, counted[kind] > 1 or not address, is_first)),
            text=block.text,
            start=block.start,
            end=block.end,
            parent_id=parent_id,
            child_ids=(),
            departments=_unique(self._inline(block), stated or departments)
            if kind not in (ClauseKind.TITLE, ClauseKind.CLOSING)
            else _unique(self._inline(block), stated),
            part=part,
            row=paragraph.row,
            role=nearest_role((*address, heading)),
        )

    def _stated(self, node: Node) -> tuple[str, ...]:
        """Departments stated for a whole clause: on lines of their own, else in brackets at the end of its text.

        Where several paragraphs each name theirs, none of them speaks for the whole.
        """
        lines = [p.block for p in node.paragraphs if p.kind is ClauseKind.RESPONSIBILITY]
        if not lines and node.kind is not ClauseKind.PART and not node.nodes:
            lines = [p.block for p in node.paragraphs]
            named = [stated for block in lines if (stated := stated_departments(block.text, block.folded))]
            return named[0] if len(named) == 1 else ()
        return _unique(*(stated_departments(block.text, block.folded) for block in lines))

    def _inline(self, block: Block) -> tuple[str, ...]:
        return inline_departments(block.text, block.folded)

    def _id(self, components: tuple[str, ...]) -> str:
        address = ".".join(components)
        self._used[address] += 1
        count = self._used[address]
        return f"{self._document_id}#{address}" + (f"~{count}" if count > 1 else "")


def _step(paragraph: Paragraph, heading: str, ordinal: int, counts: bool, is_first: bool) -> tuple[str, ...]:
    """The last step of a leaf's address; none where its parent's address says enough."""
    if paragraph.kind is ClauseKind.TITLE:
        return (paragraph.name or _FRONT,)
    if paragraph.kind is ClauseKind.CLOSING:
        return ("结尾",)
    if paragraph.row is not None:
        return (cut(squeeze(f"表格第{ordinal}行 {heading}")),)
    if paragraph.kind is ClauseKind.PARAGRAPH and heading and not is_first:
        return (cut(squeeze(heading)),)
    if paragraph.kind is ClauseKind.PARAGRAPH and counts:
        return (f"第{ordinal}段",)
    return ()


def row_heading(text: str, row: TableRow) -> str:
    """The words a row begins with: its first cell that is no number."""
    words = (squeeze(text[start:end]) for start, end in row.cells)
    return next((word for word in words if not re.fullmatch(r"[\d.\-/—]*", word)), "")


def _span(node: Node) -> tuple[int, int]:
    first = node.content[0]
    last = node.content[-1]
    start = first.block.start if isinstance(first, Paragraph) else _span(first)[0]
    end = last.block.end if isinstance(last, Paragraph) else _span(last)[1]
    return start, end


def _unique(*names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in names for name in group))
