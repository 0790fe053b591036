"""Reading units: what follows a numeral, and what of it belongs to the number."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from corpus.numerals import CHINESE_DIGITS, MAXIMUM_LENGTH, evaluate
from corpus.units import (
    BARE_MONEY_FOLLOWED_BY,
    COINS,
    CURRENCIES,
    DURATIONS,
    MEASURES,
    PERSONS,
    POINTS,
    SHARES,
    UNIT,
)


@dataclass(frozen=True, slots=True)
class Unit:
    name: str
    factor: Decimal
    end: int
    counted: str = ""
    about: bool = False
    includes_end: bool | None = None
    bare: bool = False
    extra: Decimal = Decimal(0)  # small coin behind the sum


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    start: int
    end: int
    scale: int  # of the 万 or 亿 it ends in, else 1
    arabic: bool


def read_number(text: str, start: int, end: int) -> Number | None:
    """The number that begins at ``start``; characters that belong to the unit behind it (千瓦) are given back."""
    following = text[end : end + 1]
    if following and following in "瓦克米" and text[end - 1] in "千兆百" and end - 1 > start:
        end -= 1
    if following == "分" and text[end - 1] == "百" and end - 1 > start:
        end -= 1
    if following == "." and text[end + 1 : end + 2].isdigit():
        return None
    numeral = text[start:end]
    if numeral == "打对":
        return Number(Decimal(5), start, end, 1, False)
    if numeral.endswith("k"):
        return Number(Decimal(numeral[:-1]) * 1000, start, end, 1, True)
    if _ABBREVIATED.search(numeral) and text[end : end + 1] not in {"元", "块"}:
        numeral = numeral[:-1]  # 20万一次性 is 20万
    endless = len(numeral) > MAXIMUM_LENGTH
    numeral = numeral[:MAXIMUM_LENGTH]
    value = evaluate(numeral)
    if endless and value is not None:
        return None  # the number goes on, and its beginning is another one
    while value is None and len(numeral) > 1:
        # the longest well-formed beginning: 50万20万 is 50万 and then 20万
        numeral = numeral[:-1]
        if numeral[-1] in "万亿" or (numeral.isdigit() and not text[start + len(numeral)].isdigit()):
            value = evaluate(numeral)
    nothing_counted = value == 0 and not (numeral[0].isdigit() or numeral[-1] in "万亿" or following == "元")  # 零部件
    if value is None or nothing_counted or re.match(r"0\d", numeral) or numeral in {"万", "万亿"}:
        return None
    return Number(value, start, start + len(numeral), _SCALES.get(numeral[-1], 1), numeral[0].isdigit())


_SCALES = {"万": 10**4, "亿": 10**8}


_ABBREVIATED = re.compile(rf"[百千万亿][{CHINESE_DIGITS}\d]$")


def read_unit(text: str, number: Number, currency: str | None) -> Unit | None:
    match = UNIT.match(text, number.end)
    if match is None:
        return None
    scale = Decimal(1)
    if match["scale"]:
        scale = evaluate("一" + match["scale"]) or scale
    includes = None if match["inner"] is None else match["exclusive"] is None
    common: dict[str, Any] = {"about": match["about"] is not None, "includes_end": includes}
    end = match.end()
    if match["money"]:
        extra, end = _coins(text, end)
        common["extra"] = extra
        name = currency if currency and match["money"] in {"元", "圆", "块"} else CURRENCIES[match["money"]]
        return Unit(name, scale, end, **common)
    if currency:
        stop = match.end("scale") if match["scale"] else number.end
        return Unit(currency, scale, stop, **common)
    return _measured_unit(text, number, match, scale, common)


def _coins(text: str, end: int) -> tuple[Decimal, int]:
    match = COINS.match(text, end)
    if match is None:
        return Decimal(0), end
    parts = ((match["tenths"], Decimal("0.1")), (match["cents"], Decimal("0.01")), (match["only"], Decimal("0.01")))
    return sum(((evaluate(part) or Decimal(0)) * factor for part, factor in parts if part), Decimal(0)), match.end()


def _measured_unit(
    text: str, number: Number, match: re.Match[str], scale: Decimal, common: dict[str, Any]
) -> Unit | None:
    end = match.end()
    about = bool(common["about"])
    includes = common["includes_end"]
    if match["share"]:
        return Unit("percent", SHARES[match["share"]], end, "", about, includes)
    if match["points"]:
        return Unit("points", POINTS[match["points"]], end, "", about, includes)
    if match["tenths"]:
        if number.scale > 1 or number.value > 10:
            return None
        tenth = evaluate(match["tenth"]) if match["tenth"] else Decimal(5) if match["tenths"].endswith("半") else None
        extra = (tenth or Decimal(0)) / 100
        return Unit("percent", Decimal("0.1"), match.end("tenths"), "成", about, includes, extra=extra)
    if match["discount"]:
        if number.value >= 100 or number.value == 10:
            return None
        return Unit(
            "percent", Decimal("0.01") if 10 < number.value < 100 else Decimal("0.1"), end, "折", about, includes
        )
    if match["measure"]:
        return Unit(MEASURES[match["measure"]], scale, end, match["measure"], about, includes)
    if match["duration"]:
        return _duration(text, number, match, end, about, includes)
    if match["person"]:
        return Unit(PERSONS[match["person"]], scale, end, match["person"], about, includes)
    if match["count"]:
        return Unit("count", scale, end, match["count"], about, includes)
    return _unnamed_unit(text, number, match, scale, about)


def _duration(
    text: str, number: Number, match: re.Match[str], end: int, about: bool, includes: bool | None
) -> Unit | None:
    name = DURATIONS[match["duration"]]
    if match["duration"] == "日" and not number.arabic and number.value < 2:
        return None
    if match["duration"] == "季度" and text[number.start - 1 : number.start] in {"一", "第"}:
        return None
    if text.startswith("半", end) and number.value > 0:
        return Unit(name, Decimal(1), end + 1, match["duration"], about, includes, extra=Decimal("0.5"))
    return Unit(name, Decimal(1), end, match["duration"], about, includes)


def _unnamed_unit(text: str, number: Number, match: re.Match[str], scale: Decimal, about: bool) -> Unit | None:
    """Money without its currency (10.5万), or a plain number in Arabic digits."""
    end = match.end("inner") if match["inner"] else (match.end("scale") if match["scale"] else number.end)
    includes = None if match["inner"] is None else match["exclusive"] is None
    if (number.scale > 1 or match["scale"]) and BARE_MONEY_FOLLOWED_BY.match(text, end):
        return Unit("yuan", scale, end, "", about, includes, bare=True)
    if not number.arabic or number.scale > 1 or match["scale"]:
        return None
    if re.compile("[a-z号章条楼]").match(text, number.end):
        return None
    return Unit("plain", Decimal(1), number.end)
