"""Chains: quantities that a sentence enumerates side by side (分别给予80万元、30万元、20万元) read as one."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from assistant.clause.sentences import Sentence
from assistant.clause.vocabulary import any_of
from corpus.quantities import MONEY_UNITS, Polarity, Quantity

WINDOW = 200  # characters a role looks ahead; a fixed window keeps the reading linear
SEPARATOR = re.compile(r"(?:以?及|或者?|以及|[、/和与至到\-~—,]|到)?$")
_LABELLED = re.compile(r"^(?:、|和|及|与|或|以及|,)?(?P<label>[^,。;:、\d]{1,16})$")
_PER = re.compile(r"^/[^、,。;/\d]{1,5}(?:/[^、,。;/\d]{1,3})?(?=[、和,])")
_NO_LABEL = re.compile(
    r"^[的以]|(?:给予|予以|奖励|补助|补贴|资助|上浮|提高|提升|上调|调整|下调|降|增加|增长|达到?|超过?|满|不低于|不少于|每|且|按|的部分|以上|以下|累计|总额|连续|单个|单家|单户|单次|全年|每次|同一|承担|负担|自付|自筹|年度|最高不超过$)"
)
_LABEL_TAIL = re.compile(r"(?:最高|不超过|最高不超过|不高于|最多|上限|为|各)+$")
# 每人每月 in front of a sum: per what it is given.
EACH = re.compile(rf"(?:每{any_of('classifiers')}[^,。;:、\d每给奖补资]{{0,4}})+$")
_BAND_JOIN = re.compile(r"[,、至到\-~—且并但]*(?:且|至|到|但)?$")
_GRANTING = re.compile(r"补助|奖励|补贴|资助|给予|支持")
_DURATIONS = frozenset({"year", "month", "day", "hour", "quarter"})


def dimension(unit: str) -> str:
    """What kinds of unit may stand in one enumeration."""
    if unit in MONEY_UNITS:
        return "money"
    if unit in _DURATIONS:
        return "duration"
    return unit


@dataclass(frozen=True, slots=True)
class Chain:
    """Quantities of one dimension in a row. ``labels`` names what stands before each ("国家级")."""

    quantities: tuple[Quantity, ...]
    labels: tuple[str, ...]
    dimension: str
    start: int  # of the polarity words of the first
    end: int  # of the polarity words of the last
    segment_start: int
    segment_end: int
    left: str  # text of the segment in front of the first number, from the money or share before on
    near: str  # the same, from any quantity before on
    right: str  # text of the segment behind the last number, to the next quantity
    following: str  # text behind the last number, as far as a reader looks ahead
    gap: int  # where ``left`` begins

    @property
    def first(self) -> Quantity:
        return self.quantities[0]

    @property
    def last(self) -> Quantity:
        return self.quantities[-1]

    @property
    def labelled(self) -> bool:
        """Whether each member has a name of its own: 国家级50万元、省级20万元."""
        return len(self.quantities) > 1 and all(self.labels[1:])


def build_chains(sentence: Sentence, quantities: list[Quantity]) -> list[Chain]:
    """Enumerations of the sentence in reading order."""
    text = sentence.text
    groups: list[list[Quantity]] = []
    labels: list[list[str]] = []
    for quantity in quantities:
        if groups:
            label = _joins(text, groups[-1], quantity)
            if label is not None:
                groups[-1].append(quantity)
                labels[-1].append(label)
                continue
        groups.append([quantity])
        labels.append([""])
    commas = [position for position, character in enumerate(text) if character in ",:"]
    return [_chain(text, groups, labels, position, commas) for position in range(len(groups))]


def _joins(text: str, group: list[Quantity], quantity: Quantity) -> str | None:
    """Label of ``quantity`` in the enumeration that ``group`` began; None when it stands apart."""
    before = group[-1]
    if dimension(before.unit) != dimension(quantity.unit) or before.counted != quantity.counted:
        return None
    if dimension(quantity.unit) == "duration":
        return None
    between = _PER.sub("", text[before.context_end : quantity.context_start])
    band = before.polarity in _LOWER and quantity.polarity in _UPPER
    if band and _BAND_JOIN.fullmatch(between) and not _GRANTING.search(text, before.context_start, quantity.start):
        return ""
    if between == ",":
        return None
    if SEPARATOR.fullmatch(between):
        return ""
    labelled = _LABELLED.match(between)
    label = EACH.sub("", labelled["label"]) if labelled is not None else ""
    if not label or _NO_LABEL.search(label) or quantity.polarity in _LOWER or before.polarity in _LOWER:
        return None
    if between.startswith(","):
        return None
    return _LABEL_TAIL.sub("", label) or None


_LOWER = frozenset({Polarity.AT_LEAST, Polarity.MORE_THAN})
_UPPER = frozenset({Polarity.AT_MOST, Polarity.LESS_THAN})


def _chain(text: str, groups: list[list[Quantity]], labels: list[list[str]], position: int, commas: list[int]) -> Chain:
    group = groups[position]
    first, last = group[0], group[-1]
    before = bisect_right(commas, first.start - 1) - 1
    segment_start = commas[before] + 1 if before >= 0 else 0
    after = bisect_right(commas, last.end - 1)
    segment_end = commas[after] if after < len(commas) else len(text)
    previous_end = groups[position - 1][-1].context_end if position else 0
    next_start = groups[position + 1][0].context_start if position + 1 < len(groups) else len(text)
    opening = min(segment_start, first.context_start)
    gap = max(opening, _rival_end(groups, position))
    near = max(opening, previous_end)
    return Chain(
        tuple(_spread_polarity(group)),
        tuple(labels[position]),
        dimension(first.unit),
        first.context_start,
        last.context_end,
        segment_start,
        segment_end,
        text[gap : first.start],
        text[near : first.start],
        text[last.end : max(last.end, min(segment_end, next_start))],
        text[last.end : last.end + WINDOW],
        gap,
    )


def _rival_end(groups: list[list[Quantity]], position: int) -> int:
    """End of the last enumeration in front that could claim the words before this one: money, a share, or its like."""
    own = dimension(groups[position][0].unit)
    for group in reversed(groups[:position]):
        if dimension(group[0].unit) in {"money", "percent", "points", own}:
            return group[-1].context_end
    return 0


def _spread_polarity(group: list[Quantity]) -> list[Quantity]:
    """最高 in front of an enumeration bounds all of it; 以上 behind it likewise."""
    if len(group) == 1:
        return group
    first, last = group[0].polarity, group[-1].polarity
    exact = Polarity.EXACTLY
    if first is not exact and all(q.polarity is exact for q in group[1:]) and group[0].upper is None:
        return [group[0], *(replace(q, polarity=first) for q in group[1:])]
    if last is not exact and all(q.polarity is exact and q.upper is None for q in group[:-1]):
        return [*(replace(q, polarity=last) for q in group[:-1]), group[-1]]
    if first in _LOWER and last in _LOWER and all(q.polarity is exact and q.upper is None for q in group[1:-1]):
        return [q if q.polarity is not exact else replace(q, polarity=first) for q in group]
    return group
