"""The recipient: whom a rule pays, as a tree of what a clause demands of them in figures and in words.

Each leaf says where it stands in the clause. What no list knows stays in the tree as words: nothing is dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.clause.rule import TextSpan


class Mood(StrEnum):
    """What kind of demand a leaf is."""

    MEASURE = "measure"  # 营业收入不低于2000万元
    TERM = "term"  # 45岁以下, 毕业5年内, 签订2年以上合同
    TRAIT = "trait"  # 小微企业, 省级, 本市户籍
    EVENT = "event"  # 首次, 新认定, 连续
    WORDS = "words"  # read only as text


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that meet a demand; an end that is None is open."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    with_lower: bool = True  # whether the end itself belongs to it
    with_upper: bool = True

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies in the interval."""
        above = self.lower is None or value > self.lower or (self.with_lower and value == self.lower)
        below = self.upper is None or value < self.upper or (self.with_upper and value == self.upper)
        return above and below


@dataclass(frozen=True, slots=True)
class Demand:
    """One leaf: a demand as the clause states it.

    ``name`` is what is measured for a measure or a term, the kind for a trait or an event (``size``, ``first`` …; the
    lists of data/traits.toml), and empty for words. ``span`` is None for what stands outside the clause, in its heading.
    """

    mood: Mood
    text: str  # in the clause's own words
    name: str = ""
    interval: Interval | None = None
    unit: str = ""
    holds: bool = True  # False where the clause asks that it is not so: 未享受过
    span: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Every part is demanded; no parts demand nothing."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the parts is enough."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part rules a recipient out: (房地产企业除外)."""

    part: "Node"


Node = Demand | All | AnyOf | Not


def leaves(node: Node) -> Iterator[Demand]:
    """Every demand of a tree, in reading order."""
    match node:
        case Demand():
            yield node
        case Not(part):
            yield from leaves(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
