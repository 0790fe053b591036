"""What numbering follows a block, looked up in one step: a text may hold any number of short lines."""

from collections.abc import Container, Sequence

from corpus.numbering import Label, Rank


class LabelsBelow:
    """The next numbered block of the same plan, for every block. ``labels`` holds the numbering of each block,
    ``parts`` the blocks at which another plan begins."""

    def __init__(self, labels: Sequence[Label | None], parts: Container[int] = ()) -> None:
        self._labels = labels
        self._parts = parts
        self._next = self._read(Rank.CIRCLED)
        self._within: dict[Rank, list[Label | None]] = {}

    def next(self, position: int) -> Label | None:
        """The numbering of the next numbered block; None when the plan ends before one."""
        return self._next[position]

    def next_within(self, position: int, rank: Rank) -> Label | None:
        """The next numbering of a form as wide as ``rank`` or wider; None when the plan ends before one."""
        if rank not in self._within:
            self._within[rank] = self._read(rank)
        return self._within[rank][position]

    def _read(self, narrowest: Rank) -> list[Label | None]:
        below: list[Label | None] = []
        following: Label | None = None
        for position in range(len(self._labels) - 1, -1, -1):
            below.append(following)
            label = self._labels[position]
            if position in self._parts:
                following = None
            elif label is not None and label.rank <= narrowest:
                following = label
        below.reverse()
        return below
