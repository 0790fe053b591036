"""Moves of a conversation that are no questions of their own: say that again, is there anything else."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.question.acts import Act
from corpus.numbering import chinese_number

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1, "最后": -1}
_FIRST_TURN = re.compile(
    r"最开始|一开始|最开头|最早|最先|(?:第|头)一(?:个|次)?问|\bvery first\b|\bfirst (?:question|answer)\b"
)
_NUMBER = re.compile(r"第\s*(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:条|个|点|项|款|段)")
_ORDINAL = re.compile(rf"(?P<word>\b(?:{'|'.join(word for word in _ORDINALS if word.isascii())})\b|最后(?=一))")


@dataclass(frozen=True, slots=True)
class Repeat:
    """What was answered is to be shown again: the n-th passage of it from 1, -1 the last, None all.

    ``turn`` is the turn it was the answer to, counted like a list's index.
    """

    number: int | None = None
    turn: int = -1


@dataclass(frozen=True, slots=True)
class Others:
    """More of the same is asked for, beside what was already given."""


Move = Repeat | Others


def read_move(folded: str, acts: Collection[Act]) -> Move | None:
    """The move that one folded turn makes; None for a question or statement of its own."""
    if Act.AGAIN in acts:
        return _repeat(folded)
    return Others() if Act.OTHERS in acts else None


def _repeat(folded: str) -> Repeat:
    if _FIRST_TURN.search(folded):
        return Repeat(turn=0)
    if match := _NUMBER.search(folded):
        return Repeat(int(match["n"]) if match["n"].isdigit() else chinese_number(match["n"]))
    match = _ORDINAL.search(folded)
    return Repeat(_ORDINALS[match["word"]] if match else None)
