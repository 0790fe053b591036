"""Head counts told apart: of the people sent, how many stayed for how long ("送了120个,85个干满半年,剩35个四个月就走了").

Which of them count depends on how long a clause wants them to stay, so the parts are kept beside the whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.language.lasting import events_in
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
class Stay:
    """How long people stayed, in months; ``polarity`` LESS_THAN for "没干到6个月", AT_LEAST for "干满半年"."""

    months: Decimal
    polarity: Polarity

    def reaches(self, least: Decimal) -> bool | None:
        """Whether they stayed at least so many months; None when what was said leaves it open."""
        if self.polarity is Polarity.LESS_THAN:
            return False if self.months <= least else None
        if self.polarity is Polarity.AT_LEAST:
            return True if self.months >= least else None
        return self.months >= least


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
