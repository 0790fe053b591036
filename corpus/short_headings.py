"""Headings that nothing marks but their place: short lines above text, names of cards, parts with their text behind."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from functools import cached_property

from corpus.departments import is_responsibility
from corpus.headings import heading_words, is_asked, is_card_part, is_short_line, is_standard_heading, run_in_part
from corpus.layout import Block, squeeze
from corpus.numbering import Label
from corpus.page import states_amount
from corpus.titles import is_field, is_number_line, is_signature_date

_MINIMUM_HEADS = 2  # short lines above text, for one of them to be a heading
_MINIMUM_PARTS = 3  # lines that begin with the heading of a card's part, for them to be parts
_LONGEST_HEAD = 16  # characters of a heading on a page that is broken at its margin
_LONG_TEXT = 40  # characters; as long a line is text even without its full stop
_SHORTEST_TEXT = 20  # characters of a paragraph below a heading
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")


class ShortHeadings:
    """What the unnumbered short lines of a document are. ``title`` are the lines of its title, ``parts`` the blocks at
    which plans begin; ``wrapped`` says that its lines are broken at a margin."""

    def __init__(
        self,
        blocks: Sequence[Block],
        labels: Sequence[Label | None],
        title: range,
        parts: Container[int],
        wrapped: bool,
    ) -> None:
        self._blocks = blocks
        self._labels = labels
        self._title = title
        self._parts = parts
        self._is_wrapped = wrapped

    @cached_property
    def _standard(self) -> Counter[str]:
        standard = (heading_words(block.folded) for block in self._blocks if is_standard_heading(block.folded))
        return Counter(map(squeeze, standard))

    @cached_property
    def _run_in(self) -> int:
        pairs = zip(self._blocks, self._labels, strict=True)
        return sum(run_in_part(block.folded) > 0 for block, label in pairs if label is None)

    @cached_property
    def _run_in_headings(self) -> Counter[str]:
        folded = (block.folded for block in self._blocks)
        return Counter(squeeze(line[:colon]) for line in folded if (colon := run_in_part(line)))

    @cached_property
    def _heads(self) -> frozenset[int]:
        found = frozenset(at for at in range(len(self._blocks)) if self._stands_above_text(at))
        return found if len(found) >= _MINIMUM_HEADS else frozenset()

    def standard_count(self, folded: str) -> int:
        """How often a standard heading stands in the document."""
        return self._standard[squeeze(heading_words(folded))]

    def heads_text(self, position: int) -> bool:
        """Whether a short line stands above a paragraph of text, as others of its document do."""
        return position in self._heads

    def _stands_above_text(self, position: int) -> bool:
        first, block, below = position, self._blocks[position], self._block_below(position)
        if below is not None and _WORDS.search(below.folded) is None and self._labels[position + 1] is None:
            position += 1  # a code or a rule stands between
            below = self._block_below(position)
        if below is None or self._labels[position] is not None or not self._could_head(block):
            return False
        if self._is_wrapped and not self._is_apart(block, first):
            return False
        if self._labels[position + 1] is not None or below.continues or len(below.folded) <= len(block.folded):
            return False
        size = len(below.folded)
        return size >= _LONG_TEXT or (size >= _SHORTEST_TEXT and re.search(r"[。;][)”」]?$", below.folded) is not None)

    def _is_apart(self, block: Block, position: int) -> bool:
        """Whether a line of a page that is broken at its margin is no rest of a paragraph."""
        above = self._blocks[position - 1].folded if position else "。"
        return len(block.folded) <= _LONGEST_HEAD and above.endswith(("。", ";"))

    def names_card(self, position: int) -> bool:
        """Whether a short line names a card, whose first part stands below it: a standard heading, or its sum."""
        below = self._block_below(position)
        if below is None or self._is_wrapped or not self._could_head(self._blocks[position]):
            return False
        if self._labels[position + 1] is not None or position + 1 in self._parts:
            return False
        if position and (is_card_part(self._blocks[position - 1].folded) or self.standard_count(below.folded) == 1):
            return False  # what the part above it holds: 补贴对象 / 小微企业 / 补贴标准
        first = self._labels[position + 2] if position + 2 < len(self._labels) else None
        leads_list = first is not None and first.number == 1 and is_short_line(below.folded)
        recurs = self._run_in_headings[squeeze(below.folded[: run_in_part(below.folded)])] > 1
        return is_card_part(below.folded) or recurs or (leads_list and states_amount(below.folded))

    def _could_head(self, block: Block) -> bool:
        folded = block.folded
        if block.continues or block.first_line in self._title or states_amount(folded):
            return False
        if is_field(folded) or is_number_line(folded) or is_signature_date(folded):
            return False
        if is_standard_heading(folded) or is_card_part(folded) or is_responsibility(folded):
            return False
        return (is_short_line(folded) and _WORDS.search(folded) is not None) or is_asked(folded)

    def _block_below(self, position: int) -> Block | None:
        return self._blocks[position + 1] if position + 1 < len(self._blocks) else None

    def begins_part(self, block: Block) -> bool:
        """Whether a line is a part of a card with its heading in front, as several of them are: 补贴标准:1万元."""
        return self._run_in >= _MINIMUM_PARTS and run_in_part(block.folded) > 0
