"""The quantity: a typed value with its unit, its place and the direction in which it bounds."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Polarity(StrEnum):
    """How a quantity bounds what it measures."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"  # 以上, 不低于, 达到, 满
    MORE_THAN = "more_than"  # 超过, 突破, 大于
    AT_MOST = "at_most"  # 最高, 不超过, 以内, 上限, 封顶, 以下
    LESS_THAN = "less_than"  # 低于, 不足, 不满, 小于
    ABOUT = "about"  # 左右, 约


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity in a text. Offsets are into the text that was read.

    ``value`` is in the base unit: yuan (or the currency's own unit), a fraction for ``percent`` (0.2 for
    20%, ‰ included) and ``points`` (percentage points: 0.02 for 2个百分点), else the plain number.
    """

    value: Decimal
    unit: str  # yuan, usd, hkd, twd, eur, jpy, …, percent, points, year, month, day, person, sqm, mu, ton, times, count, plain
    polarity: Polarity
    start: int  # of number and unit
    end: int
    context_start: int  # of the words that set the polarity, in front of the number
    context_end: int  # and behind it
    counted: str = ""  # classifier and noun as printed for counts: "家", "个", "场次"
    upper: Decimal | None = None  # upper end where the text gives a range (value is the lower end)
    includes_end: bool | None = None  # (含) True, (不含) False, not said None
    includes_start: bool | None = None  # likewise of the lower end of a range
    bare: bool = False  # money written without its currency: 10.5万, 超出1亿部分
