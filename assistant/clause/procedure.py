"""Procedure: which sentences of a document tell what is asked of a grant beside its sum (papers, a deadline, steps …).

The words are in ``data/procedure.toml``, by aspect. A sentence tells a deadline or a payment only where it has a time with
it, a contact only with a number: 及时兑现 is no time of payment.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.clause import Clause, ClauseKind
from corpus.dates import find_dates
from corpus.document import Document
from corpus.quantities import find_quantities
from corpus.roles import Role, role_of
from corpus.script import fold

_SENTENCE = re.compile(r"[^。;!?\n]*[^。;!?\s][。;!?]?")
# A day or a month of any year, and a part of one: 3月31日, 6月底, 第一季度.
_DAY_OF_YEAR = re.compile(
    r"\d{1,2}月(?:份|\d{1,2}[日号]|[上中下]旬|底|末|初)?|第?[一二三四1-4]季度|(?:年|季|月)(?:底|末|初)"
)
_BOUNDED = re.compile(r"(?:底|末|份|日)?(?:之|以)?(?:前|内|后)")
_NUMBER = re.compile(r"\d[\d\-()]{6,}")
_DURATIONS = frozenset({"day", "month", "year", "quarter", "week"})
_REACH = 30  # characters between a time and what is to be done by then
_NOT_TOLD_BY = (ClauseKind.TITLE, ClauseKind.HEADING, ClauseKind.PART, ClauseKind.RESPONSIBILITY)


@dataclass(frozen=True, slots=True)
class AspectReading:
    """How one aspect is told."""

    roles: frozenset[Role]
    words: tuple[str, ...]
    timed: tuple[str, ...]
    numbered: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def is_told_in(self, sentence: str) -> bool:
        """Whether a folded sentence tells it."""
        if any(word in sentence for word in self.words):
            return True
        if any(word in sentence for word in self.numbered) and _NUMBER.search(sentence):
            return True
        return any(
            any(word in sentence[end : end + _REACH] for word in self.timed) for end in _times(sentence) if self.timed
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of a document that tells an aspect: ``clause.text[start:end]``."""

    clause: Clause
    start: int
    end: int

    @property
    def words(self) -> str:
        """The stretch as it is written, on one line."""
        return " ".join(self.clause.text[self.start : self.end].split())


@cache
def readings() -> dict[str, AspectReading]:
    """How each aspect is told, by its name."""
    text = resources.files("assistant.clause").joinpath("data/procedure.toml").read_text(encoding="utf-8")
    return {name: _reading(table) for name, table in tomllib.loads(text).items()}


def _reading(table: dict[str, list[str]]) -> AspectReading:
    words, timed, numbered = (tuple(map(fold, table.get(name, ()))) for name in ("words", "timed", "numbered"))
    examples, others = tuple(table["examples"]), tuple(table["counter_examples"])
    return AspectReading(frozenset(map(Role, table.get("roles", ()))), words, timed, numbered, examples, others)


def told_near(document: Document, clause: Clause, aspect: str, granting: Collection[str]) -> tuple[Told, ...]:
    """Where a document tells an aspect of what a clause grants: in the clause itself, else as near above it as it is told.

    ``granting`` are the ids of the clauses that grant: what another of them says is of its own award.
    """
    reading = readings().get(aspect)
    if reading is None:
        return ()
    if told := tuple(_sentences(clause, reading)):
        return told
    node: Clause | None = clause
    seen = {clause.id}
    while node is not None:
        node = document.clauses_by_id[node.parent_id] if node.parent_id is not None else None
        leaves = list(_leaves(document, node, clause.part))
        told = tuple(t for leaf in leaves if leaf.id not in seen for t in _told_by(leaf, reading, granting))
        if told:
            return told
        seen.update(leaf.id for leaf in leaves)
    return ()


def _leaves(document: Document, node: Clause | None, part: str) -> Iterator[Clause]:
    """The leaves below a clause; those of the whole plan where it is None."""
    for leaf in document.leaves:
        if leaf.part == part and (node is None or node.start <= leaf.start < node.end):
            yield leaf


def _told_by(leaf: Clause, reading: AspectReading, granting: Collection[str]) -> Iterator[Told]:
    if leaf.kind in _NOT_TOLD_BY:
        return
    if reading.roles and any(role_of(heading) in reading.roles for heading in (*leaf.address, leaf.heading)):
        yield Told(leaf, 0, len(leaf.text))
    elif leaf.id not in granting:
        yield from _sentences(leaf, reading)


def _sentences(leaf: Clause, reading: AspectReading) -> Iterator[Told]:
    folded = fold(leaf.text)
    for match in _SENTENCE.finditer(folded):
        if reading.is_told_in(match.group()):
            yield Told(leaf, match.start(), match.end())


def _times(sentence: str) -> Iterator[int]:
    """Where a time and its bound (内, 前, 后) end."""
    for end in _ends(sentence):
        if bound := _BOUNDED.match(sentence, end):
            yield bound.end()


def _ends(sentence: str) -> Sequence[int]:
    dates = [span.end for span in find_dates(sentence)]
    days = [match.end() for match in _DAY_OF_YEAR.finditer(sentence)]
    lasting = [quantity.end for quantity in find_quantities(sentence) if quantity.unit in _DURATIONS]
    return [*dates, *days, *lasting]
