"""The clause: the addressable unit of a policy document."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.roles import Role


class ClauseKind(StrEnum):
    """What a clause is in its document."""

    TITLE = "title"  # title block: title, number, addressees, signature, dates
    PART = "part"  # one plan of several in the same file
    SECTION = "section"  # 一、 or 第X章
    ARTICLE = "article"  # (一) or 第X条
    ITEM = "item"  # 1.
    SUBITEM = "subitem"  # (1), ①
    HEADING = "heading"  # the heading line of a clause that has children
    PARAGRAPH = "paragraph"  # unnumbered text
    ROW = "row"  # one row of a table
    RESPONSIBILITY = "responsibility"  # a line that only names departments
    CLOSING = "closing"  # entry into force, validity, interpretation


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a row of a table is read with: the words of its columns and the line that leads the table in."""

    columns: tuple[str, ...]  # as printed, one for each cell; empty where the table's header does not fit its rows
    cells: tuple[tuple[int, int], ...]  # offsets into ``Document.text``
    caption: str  # the paragraph above the table, as printed; empty when there is none
    number: int  # 1 for the first row


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of a document's clause tree.

    ``start`` and ``end`` are character offsets into ``Document.text`` (the source, untouched), so
    ``document.text[start:end] == text``. A clause with children spans its children; every character
    of policy text lies in exactly one *leaf* (a clause without children).
    """

    id: str  # "<document id>#<address>", e.g. "chengdu-2020-chain-stabilising#四.(一)"; stable over rebuilds
    document_id: str
    kind: ClauseKind
    label: str  # numbering as printed: "四、", "(一)", "1."; empty when unnumbered
    heading: str  # heading without its numbering; empty when there is none
    address: tuple[str, ...]  # printed path from the part down, e.g. ("四、政策措施", "(一)支持企业稳定生产")
    text: str  # the source's own characters
    start: int
    end: int
    parent_id: str | None
    child_ids: tuple[str, ...]
    departments: tuple[str, ...]  # responsible departments as printed, lead first; a leaf inherits its article's
    part: str  # title of the plan it stands in; empty when the document holds one
    row: TableRow | None = None  # of a ROW alone
    role: Role | None = None  # what its heading, or the nearest above it that says so, announces

    @property
    def is_leaf(self) -> bool:
        """Whether the clause has no children and so owns its characters."""
        return not self.child_ids
