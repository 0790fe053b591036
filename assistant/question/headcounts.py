"""Head counts told apart: of the people sent, how many stayed for how long ("送了120个,85个干满半年,剩35个四个月就走了").

Which of them count depends on how long a clause wants them to stay, so the parts are kept beside the whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.language.events import events_in
from assistant.language.grammar import Reading
from assistant.question.fact import COUNTED, DURATIONS, HEADS, Fact, Stay
from corpus.quantities import Polarity, Quantity

_MONTHS = {"year": Decimal(12), "month": Decimal(1), "day": Decimal(1) / 30}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE_END = re.compile(r"[。;!?！？\n]|\.(?!\d)")
_BREAK, _BREAK_ENGLISH = re.compile(r"[,。;、:!?\s]"), re.compile(r"[,.;:!?]")
# All that may stand before the number of a part; "另一家厂20个" is no part.
_LEAD = re.compile(
    r"(?:其余|剩下?|余下?|还剩|只剩|另外?|另有|还有|后来|结果|但是?|不过|可是|只有|只|有|是|就|才|里面|里头|当中|的)*"
    r"|\s*(?:\b(?:of|them|whom|which|those|the|other|rest|remaining|and|but|only|then|later|however)\b\s*)*"
)
_SHORT = re.compile(
    r"(?:没有?|未能?|不)(?:干|做|待|上班?|工作)?(?:到|满|够|足)?了?\s*$|\b(?:before|within|under|less than|not (?:stay|last|work|reach)\w*|n't (?:stay|last|work|reach)\w*)(?: \w+){0,2}\s*$"
)
_AT_LEAST = re.compile(
    r"(?:满|够|超过|超|过)了?\s*$|\b(?:at least|over|more than|beyond|stayed|worked)(?: for)?(?: \w+)?\s*$"
)
_LEFT_EARLY = re.compile(r"\s*(?:人|工人)?(?:没|未|不)(?:干|做|待)?(?:满|到|够)")


@dataclass(frozen=True, slots=True)
class Split:
    """A number of people and its parts; offsets of what is told of the parts are in ``told``."""

    whole: Quantity
    parts: tuple[tuple[Quantity, Stay], ...]
    told: tuple[tuple[int, int], ...]


def read_split(folded: str, amounts: Sequence[Quantity]) -> Split | None:
    """The people of one turn told apart by how long they stayed; None where they are not, or not with certainty."""
    heads = [amount for amount in amounts if _is_heads(amount)]
    if len(heads) < 2:
        return None
    ends = [*(head.start for head in heads[1:]), len(folded)]
    parts: list[tuple[Quantity, Stay]] = []
    told: list[tuple[int, int]] = []
    for head, end in list(zip(heads, ends, strict=True))[1:]:
        stop = _SENTENCE_END.search(folded, head.end, end)
        end = stop.start() if stop else end
        stay = _stay(folded, head, end, amounts) if _is_led_as_part(folded, head) else None
        if stay is None:
            return None
        parts.append((head, stay))
        told.append((head.end, end))
    return Split(heads[0], tuple(parts), tuple(told))


def _is_heads(amount: Quantity) -> bool:
    people = amount.unit == "person" or (amount.unit == "count" and amount.counted[:1] in set("个名位人"))
    return people and amount.upper is None and amount.polarity is Polarity.EXACTLY


def _is_led_as_part(folded: str, head: Quantity) -> bool:
    breaks = _BREAK if _CHINESE.search(folded) else _BREAK_ENGLISH
    start = max((match.end() for match in breaks.finditer(folded, 0, head.start)), default=0)
    return _LEAD.fullmatch(folded, start, head.start) is not None


def _stay(folded: str, head: Quantity, end: int, amounts: Sequence[Quantity]) -> Stay | None:
    """How long the people of one part stayed, as told between their number and ``end``."""
    lasted = [amount for amount in amounts if head.end <= amount.start < end and amount.unit in _MONTHS]
    if not lasted:
        return Stay(Decimal(0), Polarity.EXACTLY) if _LEFT_EARLY.match(folded, head.end, end) else None
    if len(lasted) > 1 or not events_in(folded[head.end : end]) & {"worked"}:
        return None
    months = lasted[0].value * _MONTHS[lasted[0].unit]
    before = folded[head.end : lasted[0].start]
    if _SHORT.search(before) or lasted[0].polarity is Polarity.LESS_THAN:
        return Stay(months, Polarity.LESS_THAN)
    if _AT_LEAST.search(before) or lasted[0].polarity in {Polarity.AT_LEAST, Polarity.MORE_THAN}:
        return Stay(months, Polarity.AT_LEAST)
    return Stay(months, Polarity.EXACTLY)


def told_apart(folded: str, amounts: Sequence[Quantity], facts: list[Fact]) -> list[Fact]:
    """The facts with the people who stayed, and those who did not, kept as parts of their number."""
    split = read_split(folded, amounts)
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
            left = replace(part, unit="person", left_out=True)
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
