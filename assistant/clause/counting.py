"""Counting: per what a sum or ceiling is stated (每家, 元/人, 每增加9万元)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.clause.vocabulary import any_of, words

_BEHIND = re.compile(
    r"^(?:人民币)?(?:/(?P<slash>(?:每|单)?[^,。;:、/\d的给奖补资标计以予发]{1,5}(?:[·•./](?:每)?[^,。;:、/\d的给奖补资标]{1,3})?)|"
    r"(?P<each>每[^,。;:、/\d的给奖补资标]{1,4}|一[人次家台套亩件个场](?![性]))(?=[的给奖补资标,。;:计]|$))"
)
_RECIPIENT_NOUN = any_of("counted_recipients")
# Units that count recipients of the award; anything else is a counted thing.
_RECIPIENT_UNITS = words("recipient_units")
_PERIODS = ("年", "年度", "自然年")
_PHRASE = re.compile(
    rf"每(?P<lead>成功|新|再)?(?P<verb>[^\d每,。;:、家户个名人年月]{{0,10}}?)(?P<number>[一1])?(?P<unit>{any_of('classifiers')}(?!性))"
    r"(?P<noun>[^,。;:、\d每给奖补资按不最]{0,12})"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Per what a sum is given; ``recipient`` where it only says to each recipient."""

    per: str
    recipient: bool
    step: Decimal | None = None
    start: int = 0
    end: int = 0


def counted_behind(text: str, end: int) -> Counted | None:
    """What follows a sum that ends at ``end``: 元/人, 元/平方米·月, 元每亩."""
    match = _BEHIND.match(text[end : end + 16])
    if match is None:
        return None
    per = (match["slash"] or match["each"]).lstrip("每一")
    per = re.sub(r"(?:以内|以上|左右|封顶)$", "", per)
    if not per:
        return None
    return Counted(per, _is_recipient(per), None, end + match.start(), end + match.end())


def counted_before(text: str, start: int, end: int) -> list[Counted]:
    """Every 每… between ``start`` and ``end``, in reading order."""
    found = []
    for match in _PHRASE.finditer(text, start, end):
        noun = re.sub(r"(?:最高|给予|一次性|分别|的).*$", "", match["noun"])
        happened = bool(match["lead"] or match["verb"])
        per = match["unit"] + noun if len(noun) <= 6 and match["unit"] in {"个", "项", "种"} else match["unit"]
        recipient = not happened and _is_recipient(match["unit"] + noun, bare=match["unit"])
        found.append(Counted(match["unit"] if happened else per, recipient, None, match.start(), match.end("unit")))
    return found


def _is_recipient(per: str, bare: str = "") -> bool:
    if per in _PERIODS or (bare or per) in _PERIODS:
        return True
    if (bare or per) in _RECIPIENT_UNITS or per in _RECIPIENT_UNITS:
        return True
    return bare == "个" and re.match(rf"个[^,。;:]{{0,6}}?{_RECIPIENT_NOUN}", per) is not None
