"""Head counts told apart: of the people sent, how many stayed for how long ("送了120个,85个干满半年,剩35个四个月就走了").

Which of them count depends on how long a clause wants them to stay, so the parts are kept beside the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.language.events import events_in
from assistant.language.grammar import Reading
from assistant.question.fact import COUNTED, DURATIONS, HEADS, HEADS_COUNTED, Fact, Stay
from corpus.quantities import Polarity, Quantity

_MONTHS = {"year": Decimal(12), "month": Decimal(1), "day": Decimal(1) / 30}
_SENTENCE_ENDS = frozenset(".。;!?\n")


@dataclass(frozen=True, slots=True)
class Split:
    """A number of people and its parts; offsets of what is told of the parts are in ``told``."""

    whole: Quantity
    parts: tuple[tuple[Quantity, Stay], ...]
    told: tuple[tuple[int, int], ...]


def read_split(folded: str, amounts: Sequence[Quantity], reading: Reading) -> Split | None:
    """The people of one turn told apart by how long they stayed; None where they are not, or not with certainty."""
    heads = [amount for amount in amounts if _is_heads(amount)]
    if len(heads) < 2:
        return None
    ends = [*(head.start for head in heads[1:]), len(folded)]
    parts: list[tuple[Quantity, Stay]] = []
    told: list[tuple[int, int]] = []
    for head, end in list(zip(heads, ends, strict=True))[1:]:
        end = min([end, *(place for place in range(head.end, end) if _ends_sentence(folded, place))])
        stay = _stay(folded, head, end, amounts, reading) if _is_led_as_part(folded, head, reading) else None
        if stay is None:
            return None
        parts.append((head, stay))
        told.append((head.end, end))
    return Split(heads[0], tuple(parts), tuple(told))


def _is_heads(amount: Quantity) -> bool:
    people = amount.unit == "person" or (amount.unit == "count" and amount.counted[:1] in set("个名位人"))
    return people and amount.upper is None and amount.polarity is Polarity.EXACTLY


def _ends_sentence(folded: str, place: int) -> bool:
    return folded[place] in _SENTENCE_ENDS and not (folded[place] == "." and folded[place + 1 : place + 2].isdigit())


def _is_led_as_part(folded: str, head: Quantity, reading: Reading) -> bool:
    """Whether nothing but what leads to a part stands before its number; in Chinese a space may end what was before."""
    led = reading.of(head, "part_of")
    return "part" in led or ("part_behind_space" in led and any("\u4e00" <= one <= "\u9fff" for one in folded))


def _stay(folded: str, head: Quantity, end: int, amounts: Sequence[Quantity], reading: Reading) -> Stay | None:
    """How long the people of one part stayed, as told between their number and ``end``."""
    lasted = [amount for amount in amounts if head.end <= amount.start < end and amount.unit in _MONTHS]
    if not lasted:
        return Stay(Decimal(0), Polarity.EXACTLY) if "left_early" in reading.of(head, "stay") else None
    if len(lasted) > 1 or not events_in(folded[head.end : end]) & {"worked"}:
        return None
    months = lasted[0].value * _MONTHS[lasted[0].unit]
    said = reading.of(lasted[0], "stay")
    if "short" in said or lasted[0].polarity is Polarity.LESS_THAN:
        return Stay(months, Polarity.LESS_THAN)
    if "at_least" in said or lasted[0].polarity in {Polarity.AT_LEAST, Polarity.MORE_THAN}:
        return Stay(months, Polarity.AT_LEAST)
    return Stay(months, Polarity.EXACTLY)


def told_apart(folded: str, amounts: Sequence[Quantity], reading: Reading, facts: list[Fact]) -> list[Fact]:
    """The facts with the people who stayed, and those who did not, kept as parts of their number."""
    split = read_split(folded, amounts, reading)
    if split is None:
        return facts
    values = {(part.value, part.unit) for part, _ in split.parts}
    values |= {(a.value, a.unit) for a in amounts if any(start <= a.start < end for start, end in split.told)}
    whole = next((f for f in facts if (f.value, f.unit) == (split.whole.value, split.whole.unit)), None)
    if whole is None or not whole.certain or (whole.value, whole.unit) in values:
        return facts
    kept = [fact for fact in facts if fact is not whole and (fact.value, fact.unit) not in values]
    parts = [
        Fact(part.value, HEADS, folded[part.start : part.end], frozenset(), frozenset(), whole.turn, stayed=stay)
        for part, stay in split.parts
    ]
    return [*kept, replace(whole, unit="person", counted="人"), *parts]


def without_left_out(facts: list[Fact], amounts: Sequence[Quantity], reading: Reading) -> list[Fact]:
    """ "送了86个工人,其中12个没干满": the 12 are taken off the number they are part of, not counted themselves."""
    for amount in amounts:
        if amount.unit not in COUNTED or "left_out" not in reading.of(amount, "counted"):
            continue
        part = next((fact for fact in facts if fact.value == amount.value and fact.unit in COUNTED), None)
        whole = next((f for f in facts if part is not None and _may_hold(f, part)), None)
        if part is not None and whole is not None:
            rest = replace(whole, value=whole.value - amount.value)
            facts = [rest if fact is whole else fact for fact in facts if fact is not part]
        elif part is not None:
            people = part.unit == "person" or part.counted[:1] in HEADS_COUNTED or not part.counted
            left = replace(part, unit="person" if people else part.unit, left_out=True)
            facts = [left if fact is part else fact for fact in facts]
        if part is not None:  # "其中5个只干了3个月": the time is theirs and not of those who count
            theirs = {other.value for other in amounts if other.start > amount.end and other.unit in DURATIONS}
            facts = [fact for fact in facts if not (fact.unit in DURATIONS and fact.value in theirs)]
    return facts


def _may_hold(whole: Fact, part: Fact) -> bool:
    """Whether a number of people or things may be the one that another is a part of."""
    if whole.unit not in COUNTED or whole.value <= part.value:
        return False
    return whole.unit == "person" or part.unit == "person" or whole.counted[:1] == part.counted[:1]
