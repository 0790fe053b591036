"""The heading stack: which clauses are open, and where a new heading goes.

A heading removes every heading of its own form or a narrower one and goes below what is left. The numbers
decide in doubt: 2. carries on the list whose last entry is 1., whatever stands between them.
"""

from dataclasses import dataclass

from corpus.clause import ClauseKind
from corpus.numbering import Label, Rank
from corpus.tree import Node, Paragraph


@dataclass(slots=True)
class Level:
    """One heading on the stack."""

    node: Node
    rank: Rank | None  # None for a heading without numbering
    number: int
    style: str  # how the number is punctuated ("1." and "1．" may be two lists); of a heading, what sort it is


class HeadingStack:
    """The open clauses below a plan, the widest first."""

    def __init__(self, base: Node) -> None:
        self.base = base
        self.levels: list[Level] = []

    @property
    def top(self) -> Node:
        """The clause that what follows belongs to: the last heading, or the plan itself."""
        return self.levels[-1].node if self.levels else self.base

    def push(self, node: Node, rank: Rank | None, number: int, style: str) -> None:
        """Open a clause below the top."""
        self.top.add(node)
        self.levels.append(Level(node, rank, number, style))

    def close_to(self, node: Node) -> None:
        """Close every clause below ``node``; text that goes to it ends them."""
        while self.levels and self.levels[-1].node is not node:
            self.levels.pop()

    def cut(self, depth: int) -> None:
        """Close the clauses from a depth on."""
        del self.levels[depth:]

    def make_room(self, label: Label, articles: frozenset[int]) -> None:
        """Close what a numbered heading does not stand below. ``articles`` are the numbers of all 第X条."""
        style = label.printed[-1:]
        same = [depth for depth, level in enumerate(self.levels) if level.rank is label.rank]
        before = [depth for depth in same if self.levels[depth].number == label.number - 1]
        if before:
            self.cut(self._of_style(before, style)[-1])
        elif same and label.number == 1:
            self._begin_again(same[-1])
        elif same:
            lower = [depth for depth in same if self.levels[depth].number < label.number]
            self.cut((self._of_style(lower, style) or same)[-1])
        else:
            self._begin_form(label, articles)

    def make_room_for_heading(self, sort: str, following: Label | None) -> None:
        """Close what a heading without numbering does not stand below; ``following`` begins a list under it."""
        alike = [depth for depth, level in enumerate(self.levels) if level.rank is None and level.style == sort]
        if alike:
            self.cut(alike[-1])
        elif following is not None:
            while self.levels and (self.levels[-1].rank or 0) >= following.rank:
                self.levels.pop()

    def make_room_for_card(self) -> None:
        """Close the card before another, or the items of a list that it does not stand in."""
        alike = [depth for depth, level in enumerate(self.levels) if level.style == "card"]
        if alike:
            self.cut(alike[0])
        while self.levels and (self.levels[-1].rank is None or self.levels[-1].rank >= Rank.ARABIC):
            self.levels.pop()

    def close_finished_heading(self, sort: str) -> None:
        """Close an unnumbered heading of a sort that has text of its own; the next one stands beside it."""
        if self.levels and self.levels[-1].style == sort and len(self.top.paragraphs) > 1:
            self.levels.pop()

    @property
    def bare_heading(self) -> Node | None:
        """The last clause when nothing but its heading has been read."""
        if not self.levels or len(self.top.content) != 1:
            return None
        only = self.top.content[0]
        return self.top if isinstance(only, Paragraph) and only.kind is ClauseKind.HEADING else None

    def _of_style(self, depths: list[int], style: str) -> list[int]:
        return [depth for depth in depths if self.levels[depth].style == style] or depths

    def _begin_again(self, depth: int) -> None:
        """A list that begins again: below an unnumbered heading that came since, else in place of the old one."""
        unnumbered = [later for later in range(depth + 1, len(self.levels)) if self.levels[later].rank is None]
        self.cut(unnumbered[-1] + 1 if unnumbered else depth)

    def _begin_form(self, label: Label, articles: frozenset[int]) -> None:
        """A form of numbering that is not on the stack: wider forms clear it, narrower ones go below."""
        if self._goes_below(label, articles):
            return
        widest = label.rank in (Rank.CHAPTER, Rank.DIVISION)
        # A chapter, and 四、 that begins no list, end an unnumbered heading; 一、 and 1. stand below it.
        below_heading = not widest and (label.rank is not Rank.CHINESE or label.number == 1)
        while self.levels:
            rank = self.levels[-1].rank
            if below_heading if rank is None else rank < label.rank:
                return
            self.levels.pop()

    def _goes_below(self, label: Label, articles: frozenset[int]) -> bool:
        """Whether a list begins inside the last clause, whatever the usual order of the forms."""
        if not self.levels or label.rank in (Rank.CHAPTER, Rank.DIVISION):
            return False
        if label.number == 1:
            return label.rank is not Rank.CHINESE or self.levels[-1].rank is Rank.ARTICLE
        # An article out of sequence stands in a list that quotes it; in sequence it runs on across sections.
        return label.rank is Rank.ARTICLE and label.number - 1 not in articles
