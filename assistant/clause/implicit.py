"""Shares said in words: 全额补贴, 租金减半, 免租, 三免两减半, 加倍奖励, as quantities the grammar can go on with."""

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.clause.vocabulary import any_of
from corpus.numerals import evaluate
from corpus.quantities import Polarity, Quantity

FULL, HALF, FREE, DOUBLE = "全额", "减半", "免", "加倍"
WORDS = frozenset({FULL, HALF, FREE, DOUBLE})

_AWARD = r"(?:补贴|补助|奖励|资助|返还|贴息|退还|减免|奖补|扶持|兑现|支持|贴补|补偿)"
_RENT = any_of("rents")
_DOUBLE = any_of("doublings")
_PATTERNS = (
    (FULL, Decimal(1), re.compile(rf"(?:全额|全部)(?=(?:给予|予以|进行)?{_AWARD}(?!资金|款|金|经费))|(?<=给予)全额(?={_AWARD})|全额(?=给予)")),
    (HALF, Decimal("0.5"), re.compile(rf"减半(?=(?:给予|予以|进行)?{_AWARD})|减半(?:收取|收|征收|减免|优惠|缴纳|补贴|给予|支付)*(?=[^,。;:、]{{0,6}}{_RENT})|{_RENT}减半|(?<=年)减半(?=,|$)|(?<=月)减半(?=,|$)")),
    (FREE, Decimal(1), re.compile(rf"(?:免收|免交|免缴|免除|减免|全免|免)(?=[^,。;:、]{{0,12}}{_RENT})|免租|{_RENT}(?:免收|免交|免除|全免|全部减免)")),
    (DOUBLE, Decimal(1), re.compile(
        rf"{_DOUBLE}(?={_AWARD})|(?:(?<=标准)|(?<=额度)|(?<=奖励)|(?<=金额)){_DOUBLE}"
    )),
)  # fmt: skip
_AWARDED = re.compile(r"(?:给予|予以|进行)?(?:补贴|补助|奖励|资助|返还|贴息|奖补|扶持|贴补)")
_TRIGGER = re.compile(rf"全[额部]|减半|免|{_DOUBLE}")
_STAGES = re.compile(r"(?P<free>[一二两三四五六七八九十])免(?P<half>[一二两三四五六七八九十])减半?(?:半)?")
_TAX = re.compile(r"税|社保|社会保险费|行政事业性收费|会费|学费|手续费|保证金|押金|定金")


@dataclass(frozen=True, slots=True)
class RentHoliday:
    """三免两减半: so many years free, then so many at half."""

    free: Decimal
    half: Decimal
    start: int
    end: int


def implicit_quantities(text: str) -> list[Quantity]:
    """Shares in words as percent quantities, ``counted`` naming the word; those about taxes are left out."""
    if not _TRIGGER.search(text):
        return []
    found: list[Quantity] = []
    stages = [match.span() for match in _STAGES.finditer(text)]  # read whole, by rent_holiday
    for word, value, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in stages):
                continue
            awarded = _AWARDED.match(text, match.end()) is not None
            if word is not DOUBLE and not awarded and _TAX.search(text, max(0, match.start() - 10), match.end() + 12):
                continue
            if (word is FREE or (word is HALF and not awarded)) and not _certain(word, text, match):
                continue
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            start, end = match.span()
            found.append(Quantity(value, "percent", Polarity.EXACTLY, start, end, start, end, word))
    return sorted(found, key=lambda quantity: quantity.start)


_SPAN = re.compile(r"(?:\d|[一二三四五六七八九十两])+(?:个月|年|月份?)|全年|首年")
_URGED = re.compile(rf"{any_of('urgings')}|^除")


def _certain(word: str, text: str, match: re.Match[str]) -> bool:
    """Whether rent is waived for a stated time, and not merely reduced, urged upon others or said of them."""
    start = max(text.rfind(mark, 0, match.start()) for mark in ",:;") + 1
    stops = [place for mark in ",:;" if (place := text.find(mark, match.end())) >= 0]
    segment = text[start : min(stops, default=len(text))]
    if _TAX.search(segment):
        return False
    said_of_others = re.search(
        rf"(?:{_RENT}|以上|[月年])的(?:企业|单位|载体|业主|园|基地|出租|房东|机构|个人|措施)", segment
    )
    timed = word is HALF or _SPAN.search(segment) is not None
    return timed and not _URGED.search(segment) and said_of_others is None


def rent_holiday(text: str) -> RentHoliday | None:
    """Years of a 三免两减半 in the text, when it is about rent and not about tax."""
    match = _STAGES.search(text)
    if match is None or _TAX.search(text) or not re.search(r"租", text):
        return None
    free, half = evaluate(match["free"]), evaluate(match["half"])
    if free is None or half is None:
        return None
    return RentHoliday(free, half, match.start(), match.end())
