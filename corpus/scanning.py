"""Scanning: reads quantities out of compact text, one numeral after the other, in linear time."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from corpus.numerals import CHINESE_DIGITS, evaluate
from corpus.quantity import Polarity, Quantity
from corpus.units import (
    BARE_MONEY_FOLLOWED_BY,
    COINS,
    CURRENCIES,
    DISTANT,
    DURATIONS,
    INCLUSIVE,
    MEASURES,
    MONEY_UNITS,
    NEGATIVE_BEFORE,
    PERSONS,
    POINTS,
    POLARITY_TRIGGER,
    PREFIX,
    PREFIX_WINDOW,
    PREFIXES,
    RANGE,
    SCAN,
    SHARES,
    SUFFIX,
    UNIT,
    UNREADABLE_BEFORE,
)


def scan(text: str) -> list[Quantity]:
    """Quantities of a text that is already compact, with offsets into it."""
    found: list[Quantity] = []
    position = 0
    while (match := SCAN.search(text, position)) is not None:
        reading = _read(text, match, position)
        if reading is None:
            position = match.end()
            continue
        found.append(reading)
        position = max(reading.end, match.start() + 1)
    return _share_units(text, found)


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    factor: Decimal
    end: int
    counted: str = ""
    about: bool = False
    includes_end: bool | None = None
    bare: bool = False
    extra: Decimal = Decimal(0)  # small coin behind the sum


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    start: int
    end: int
    scale: int  # of the 万 or 亿 it ends in, else 1
    arabic: bool


def _read(text: str, match: re.Match[str], floor: int) -> Quantity | None:
    if match["parts"]:
        return _read_parts(text, match, floor)
    number = _number(text, match.start("number"), match.end("number"))
    if number is None or UNREADABLE_BEFORE.search(text, max(0, number.start - 5), number.start):
        return None
    if text[number.start - 1 : number.start] in _VAGUE and text[number.start] in "十百千万亿":
        return None
    if _is_calendar(text, number) or (
        text[number.start : number.end] == "一" and text[number.start - 1 : number.start] in _DETERMINERS
    ):
        return None
    currency = PREFIXES.get(match["currency"] or "")
    unit = _unit(text, number, currency)
    ranged = _range(text, number, unit, currency)
    if ranged is not None:
        upper, upper_unit = ranged
        lower = _lower_end(number, unit, upper, upper_unit)
        if lower is None or lower >= upper.value * upper_unit.factor:
            return None
        includes = upper_unit.includes_end
        return _with_polarity(text, match.start(), floor, lower, upper_unit, includes, upper.value * upper_unit.factor)
    if unit is None:
        return None
    value = number.value * unit.factor + unit.extra
    if NEGATIVE_BEFORE.search(text, max(0, number.start - 5), number.start):
        value = -value
    return _with_polarity(text, match.start(), floor, value, unit, unit.includes_end, None)


def _read_parts(text: str, match: re.Match[str], floor: int) -> Quantity | None:
    """百分之十, 千分之三; 百分之十至二十 keeps both ends."""
    numeral = match["share"]
    while (value := evaluate(numeral.rstrip("k"))) is None and len(numeral) > 1:
        numeral = numeral[:-1]  # 百分之七十百分位
    if value is None or (numeral != match["share"] and numeral[-1] not in "十百千万k"):
        return None  # 百分之二三十 is no figure
    if numeral.endswith("k"):
        value *= 1000
    whole = evaluate(match["parts"][:-2])
    if not whole:
        return None
    factor = 1 / whole
    end = match.start("share") + len(numeral)
    name = "percent"
    unit = _Unit(name, factor, end)
    if (mark := RANGE.match(text, end)) is not None:
        second = SCAN.match(text, mark.end())
        numeral = second and (second["share"] or second["number"])
        upper = evaluate(numeral) if numeral else None
        if second is not None and upper is not None and upper > value:
            unit = _Unit(name, factor, second.end())
            return _with_polarity(text, match.start(), floor, value * factor, unit, None, upper * factor)
    return _with_polarity(text, match.start(), floor, value * factor, unit, None, None)


def _number(text: str, start: int, end: int) -> _Number | None:
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
        return _Number(Decimal(5), start, end, 1, False)
    if numeral.endswith("k"):
        return _Number(Decimal(numeral[:-1]) * 1000, start, end, 1, True)
    if _ABBREVIATED.search(numeral) and text[end : end + 1] not in {"元", "块"}:
        numeral = numeral[:-1]  # 20万一次性 is 20万
    value = evaluate(numeral)
    while value is None and len(numeral) > 1:
        # the longest well-formed beginning: 50万20万 is 50万 and then 20万
        numeral = numeral[:-1]
        if numeral[-1] in "万亿" or (numeral.isdigit() and not text[start + len(numeral)].isdigit()):
            value = evaluate(numeral)
    if value is None or (value == 0 and numeral != "0") or re.match(r"0\d", numeral) or numeral in {"万", "万亿"}:
        return None
    return _Number(value, start, start + len(numeral), _SCALES.get(numeral[-1], 1), numeral[0].isdigit())


_SCALES = {"万": 10**4, "亿": 10**8}
_ABBREVIATED = re.compile(rf"[百千万亿][{CHINESE_DIGITS}\d]$")
_VAGUE = frozenset("几数若")  # 数十万元, 几百家
_DETERMINERS = frozenset("上下同任某另唯统这那单")  # 上一年, 同一企业, 任一条件
_CALENDAR = re.compile(r"年|[-~—–至到](?:(?:19|20)\d\d年?|今)|[-/.]\d{1,2}[-/.]\d")


def _is_calendar(text: str, number: _Number) -> bool:
    """Whether the number is a year of the calendar (2025年, 2020-2022年) or a month and day."""
    numeral = text[number.start : number.end]
    if len(numeral) == 4 and numeral[:2] in {"19", "20"} and numeral.isdigit():
        return _CALENDAR.match(text, number.end) is not None
    if text.startswith("月", number.end):
        return True
    return text.startswith(("日", "号"), number.end) and text[number.start - 1 : number.start] == "月"


def _unit(text: str, number: _Number, currency: str | None) -> _Unit | None:
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
        return _Unit(name, scale, end, **common)
    if currency:
        stop = match.end("scale") if match["scale"] else number.end
        return _Unit(currency, scale, stop, **common)
    return _measured_unit(text, number, match, scale, common)


def _coins(text: str, end: int) -> tuple[Decimal, int]:
    match = COINS.match(text, end)
    if match is None:
        return Decimal(0), end
    parts = ((match["tenths"], Decimal("0.1")), (match["cents"], Decimal("0.01")), (match["only"], Decimal("0.01")))
    return sum(((evaluate(part) or Decimal(0)) * factor for part, factor in parts if part), Decimal(0)), match.end()


def _measured_unit(
    text: str, number: _Number, match: re.Match[str], scale: Decimal, common: dict[str, Any]
) -> _Unit | None:
    end = match.end()
    about = bool(common["about"])
    includes = common["includes_end"]
    if match["share"]:
        return _Unit("percent", SHARES[match["share"]], end, "", about, includes)
    if match["points"]:
        return _Unit("points", POINTS[match["points"]], end, "", about, includes)
    if match["tenths"]:
        if number.scale > 1 or number.value > 10:
            return None
        tenth = evaluate(match["tenth"]) if match["tenth"] else Decimal(5) if match["tenths"].endswith("半") else None
        extra = (tenth or Decimal(0)) / 100
        return _Unit("percent", Decimal("0.1"), match.end("tenths"), "成", about, includes, extra=extra)
    if match["discount"]:
        if number.value >= 100 or number.value == 10:
            return None
        return _Unit(
            "percent", Decimal("0.01") if 10 < number.value < 100 else Decimal("0.1"), end, "折", about, includes
        )
    if match["measure"]:
        return _Unit(MEASURES[match["measure"]], scale, end, match["measure"], about, includes)
    if match["duration"]:
        return _duration(text, number, match, end, about, includes)
    if match["person"]:
        return _Unit(PERSONS[match["person"]], scale, end, match["person"], about, includes)
    if match["count"]:
        return _Unit("count", scale, end, match["count"], about, includes)
    return _unnamed_unit(text, number, match, scale, about)


def _duration(
    text: str, number: _Number, match: re.Match[str], end: int, about: bool, includes: bool | None
) -> _Unit | None:
    name = DURATIONS[match["duration"]]
    if match["duration"] == "日" and not number.arabic and number.value < 2:
        return None
    if match["duration"] == "季度" and text[number.start - 1 : number.start] in {"一", "第"}:
        return None
    if text.startswith("半", end) and number.value > 0:
        return _Unit(name, (number.value + Decimal("0.5")) / number.value, end + 1, match["duration"], about, includes)
    return _Unit(name, Decimal(1), end, match["duration"], about, includes)


def _unnamed_unit(text: str, number: _Number, match: re.Match[str], scale: Decimal, about: bool) -> _Unit | None:
    """Money without its currency (10.5万), or a plain number in Arabic digits."""
    end = match.end("inner") if match["inner"] else (match.end("scale") if match["scale"] else number.end)
    includes = None if match["inner"] is None else match["exclusive"] is None
    if (number.scale > 1 or match["scale"]) and BARE_MONEY_FOLLOWED_BY.match(text, end):
        return _Unit("yuan", scale, end, "", about, includes, bare=True)
    if not number.arabic or number.scale > 1 or match["scale"]:
        return None
    if re.compile("[a-z号章条楼]").match(text, number.end):
        return None
    return _Unit("plain", Decimal(1), number.end)


def _range(text: str, number: _Number, unit: _Unit | None, currency: str | None) -> tuple[_Number, _Unit] | None:
    """Upper end and unit of a range that begins with ``number``: 30-50万元, 500万元至2000万元(含), 10%~15%."""
    starts = {number.end} if unit is None else {number.end, unit.end}
    for start in sorted(starts, reverse=True):
        bracket = INCLUSIVE.match(text, start)
        mark = RANGE.match(text, bracket.end() if bracket else start)
        second = mark and SCAN.match(text, mark.end())
        if mark is None or second is None or not second["number"]:
            continue
        upper = _number(text, second.start("number"), second.end("number"))
        upper_unit = _unit(text, upper, PREFIXES.get(second["currency"] or "") or currency) if upper else None
        if upper is None or upper_unit is None or (unit is None and upper_unit.name == "plain" and not upper.arabic):
            continue
        if _is_calendar(text, upper) or not _comparable(unit, upper_unit, start == number.end):
            continue
        return upper, upper_unit
    return None


def _comparable(unit: _Unit | None, upper: _Unit, unitless: bool) -> bool:
    if unit is None or unit.name == "plain" or (unitless and unit.bare):
        return True
    if unit.bare and upper.name in MONEY_UNITS:
        return True
    return unit.name == upper.name and unit.counted == upper.counted


def _lower_end(number: _Number, unit: _Unit | None, upper: _Number, upper_unit: _Unit) -> Decimal | None:
    """Value of the lower end, which shares unit and 万 or 亿 with the upper one where it has none of its own."""
    if unit is not None and unit.name not in {"plain"} and not unit.bare:
        return number.value * unit.factor
    factor = unit.factor if unit is not None and unit.bare else upper_unit.factor
    value = number.value * factor
    if number.scale > 1 or (unit is not None and unit.bare) or upper.scale == 1:
        return value
    return value * upper.scale if number.value * upper.scale < upper.value else value


def _with_polarity(
    text: str, start: int, floor: int, value: Decimal, unit: _Unit, includes: bool | None, upper: Decimal | None
) -> Quantity:
    end = unit.end
    polarity, context_start = _polarity_before(text, start, floor)
    context_end = end
    if (bracket := INCLUSIVE.match(text, end)) is not None:
        includes = bracket["exclusive"] is None
        context_end = bracket.end()
    if (suffix := SUFFIX.match(text, context_end)) is not None and _suffix_fits(suffix, unit):
        if suffix["inclusive"]:
            includes = suffix["exclusive"] is None
        context_end = suffix.end()
        if polarity in {Polarity.EXACTLY, Polarity.ABOUT}:
            polarity = _suffix_polarity(suffix)
    if unit.about and polarity is Polarity.EXACTLY:
        polarity = Polarity.ABOUT
    polarity = _corrected(polarity, includes)
    return Quantity(
        value, unit.name, polarity, start, end, context_start, context_end, unit.counted, upper, includes, unit.bare
    )


def _suffix_fits(suffix: re.Match[str], unit: _Unit) -> bool:
    return (
        not suffix[0].endswith("内")
        or suffix[0].endswith("以内")
        or suffix[0].endswith("之内")
        or unit.name in {"year", "month", "day", "hour"}
    )


def _suffix_polarity(suffix: re.Match[str]) -> Polarity:
    if suffix["least"]:
        return Polarity.AT_LEAST
    return Polarity.AT_MOST if suffix["most"] else Polarity.ABOUT


_GROUPS = {
    "least": Polarity.AT_LEAST,
    "more": Polarity.MORE_THAN,
    "less": Polarity.LESS_THAN,
    "most": Polarity.AT_MOST,
    "about": Polarity.ABOUT,
}


def _polarity_before(text: str, start: int, floor: int) -> tuple[Polarity, int]:
    """Polarity set by the words in front, and where they begin; ``floor`` is the end of the quantity before."""
    window = max(floor, start - PREFIX_WINDOW)
    if not POLARITY_TRIGGER.search(text, window, start):
        return Polarity.EXACTLY, start
    match = PREFIX.search(text, window, start)
    if match is not None:
        for name, polarity in _GROUPS.items():
            if match[name]:
                return polarity, match.start()
    distant = DISTANT.search(text, window, start)
    if distant is not None:
        if distant["more"]:
            return Polarity.MORE_THAN, distant.start()
        return (Polarity.AT_MOST if distant["most"] else Polarity.AT_LEAST), distant.start()
    return Polarity.EXACTLY, start


def _corrected(polarity: Polarity, includes: bool | None) -> Polarity:
    """(含) and (不含) decide whether the bound itself belongs to it."""
    if includes is None:
        return polarity
    closed = {Polarity.MORE_THAN: Polarity.AT_LEAST, Polarity.LESS_THAN: Polarity.AT_MOST}
    opened = {Polarity.AT_LEAST: Polarity.MORE_THAN, Polarity.AT_MOST: Polarity.LESS_THAN}
    return (closed if includes else opened).get(polarity, polarity)


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """In 2、5、10万元 the last unit is everyone's; plain numbers are kept where that is not certain."""
    printed = ""
    for position in range(len(found) - 2, -1, -1):
        this, following = found[position], found[position + 1]
        if this.unit != "plain" or following.unit in {"plain", "count"} or following.upper is not None:
            printed = ""
            continue
        if (
            text[this.end : following.start] not in {"、", "/", "和", "与"}
            or this.start == 0
            or text[this.start - 1] in "\n。;,:("
        ):
            continue
        printed = printed or text[following.start : following.end]
        factor = _shared_factor(printed, this.value, following.value)
        if factor is not None:
            found[position] = replace(this, value=this.value * factor, unit=following.unit, counted=following.counted)
    return found


_SHARED_FACTORS = (
    ("亿", 10**8),
    ("万", 10**4),
    ("%", Decimal("0.01")),
    ("‰", Decimal("0.001")),
    ("百分点", Decimal("0.01")),
)


def _shared_factor(printed: str, value: Decimal, following: Decimal) -> Decimal | None:
    for mark, factor in _SHARED_FACTORS:
        if mark in printed:
            return Decimal(factor) if value < 1000 else None
    return Decimal(1) if "元" not in printed or value < 10 * following else None
