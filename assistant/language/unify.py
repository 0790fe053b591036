"""Unifying: whether what the asker states is what the clause measures, a part of it, the whole, or something else."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from assistant.language.lexicon import shipped_lexicon
from assistant.language.things import MONEY, Dimension, Mention, Relation, Thing, shipped_things

# What a given thing may be taken for, the surest first; a whole and another thing are never taken.
_ORDER = (Relation.SAME, Relation.KIND, Relation.PART, Relation.ELLIPTIC, Relation.WHOLE, Relation.OTHER)
TAKEN = frozenset({Relation.SAME, Relation.KIND, Relation.PART, Relation.ELLIPTIC})


@lru_cache(maxsize=8192)  # the same few metrics and phrases are looked at again for every grant
def things_in(folded: str) -> frozenset[Thing]:
    """The things that a folded text names, without general words (投, 花) where it names one particularly.

    设备 is what was spent on it only where the text says that something was spent.
    """
    names = [(m.start, m.end) for m in shipped_lexicon().mentions(folded)]
    found = [mention for mention in shipped_things().mentions(folded) if not _is_inside(mention, names)]
    heads = {mention.start for mention in found if not mention.thing.generic}
    mentions = [mention for mention in found if not (mention.is_bare and mention.end in heads)]  # 检测设备 is no 检测
    spent = any(mention.thing.dimension is Dimension.OUTLAY and not mention.is_bare for mention in mentions)
    named = frozenset(mention.thing for mention in mentions if spent or not mention.is_bare)
    particular = frozenset(thing for thing in named if not thing.generic)
    return particular or named


def _is_inside(mention: Mention, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a word stands inside a longer one of the glossary that means something else: 投资 in 投资促进局."""
    length = mention.end - mention.start
    return any(start <= mention.start and mention.end <= end and end - start > length for start, end in names)


def money_in(folded: str) -> frozenset[Thing]:
    """The things of a folded text that are amounts of money."""
    return frozenset(thing for thing in things_in(folded) if thing.dimension in MONEY)


def unify(wanted: Collection[Thing], given: Collection[Thing]) -> Relation:
    """How what is given stands to what is wanted, by the closest pair; UNKNOWN when either names no thing."""
    relations = {shipped_things().relation(one, other) for one in wanted for other in given}
    return next((relation for relation in _ORDER if relation in relations), Relation.UNKNOWN)


def are_of_one(one: Collection[Thing], other: Collection[Thing]) -> bool:
    """Whether two amounts are of the same thing, so that the later one takes the other's place."""
    alike = {Relation.SAME, Relation.KIND, Relation.ELLIPTIC}
    return unify(one, other) in alike or unify(other, one) in alike
