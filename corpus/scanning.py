"""Scanning: reads quantities out of compact text, one numeral after the other, in linear time."""

import re
from dataclasses import replace
from decimal import Decimal

from corpus.borders import UNSAID, Borders, read_borders
from corpus.numerals import MAXIMUM_LENGTH, evaluate, is_plausible
from corpus.quantity import Polarity, Quantity
from corpus.reading_polarity import corrected, polarity_before, suffix_fits, suffix_polarity
from corpus.reading_units import Number, Unit, read_number, read_unit
from corpus.units import (
    DURATIONS,
    MONEY_UNITS,
    NEGATIVE_BEFORE,
    PREFIXES,
    RANGE,
    SCAN,
    SUFFIX,
    UNIT,
    UNREADABLE_BEFORE,
)


def scan(text: str, *, of_any_size: bool = False) -> list[Quantity]:
    """Quantities of a text that is already compact, with offsets into it.

    Numbers of no size that a quantity can have (1亿亿亿亿元) are left out, unless ``of_any_size``.
    """
    found: list[Quantity] = []
    position = 0
    while (match := SCAN.search(text, position)) is not None:
        reading = _read(text, match, position)
        if reading is None:
            position = match.end()
            continue
        position = max(reading.end, _end_of_borders(text, reading), match.start() + 1)
        if of_any_size or all(is_plausible(end) for end in (reading.value, reading.upper) if end is not None):
            found.append(reading)
    return _share_units(text, found)


def _read(text: str, match: re.Match[str], floor: int) -> Quantity | None:
    if match["parts"]:
        return _read_parts(text, match, floor)
    if match["half"] or match["below"] or match["fraction"]:
        return _read_fraction(text, match, floor)
    number = read_number(text, match.start("number"), match.end("number"))
    if number is None or UNREADABLE_BEFORE.search(text, max(0, number.start - 5), number.start):
        return None
    if text[number.start - 1 : number.start] in _VAGUE and text[number.start] in "十百千万亿":
        return None
    if _is_calendar(text, number) or (
        text[number.start : number.end] == "一" and text[number.start - 1 : number.start] in _DETERMINERS
    ):
        return None
    currency = PREFIXES.get(match["currency"] or "")
    unit = read_unit(text, number, currency)
    sign = -1 if _is_negative(text, match.start(), floor) else 1
    ranged = _range(text, number, unit, currency)
    if ranged is not None:
        upper, upper_unit, opened = ranged
        lower = _lower_end(number, unit, upper, upper_unit)
        lower = None if lower is None else sign * lower
        highest = upper.value * upper_unit.factor + upper_unit.extra
        if lower is None or lower >= highest:
            return None
        includes = (upper_unit.includes_end, opened)
        return _with_polarity(text, match.start(), floor, lower, upper_unit, includes, highest)
    if unit is None:
        return None
    value = sign * (number.value * unit.factor + unit.extra)
    return _with_polarity(text, match.start(), floor, value, unit, (unit.includes_end, None), None)


def _is_negative(text: str, start: int, floor: int) -> bool:
    """Whether a sign stands before the number at ``start``; between two numbers (300亩-200亩) it is none."""
    sign = NEGATIVE_BEFORE.search(text, max(0, start - 3), start)
    if sign is None or not floor:
        return sign is not None
    unit = UNIT.match(text, floor)  # of the number before
    return sign.start() > (unit.end() if unit else floor)


def _read_fraction(text: str, match: re.Match[str], floor: int) -> Quantity | None:
    """一半, 三分之一, 1/2 as shares."""
    above, below = (Decimal(1), Decimal(2))
    if match["below"]:
        above, below = evaluate(match["above"]) or Decimal(0), evaluate(match["below"]) or Decimal(0)
    elif match["fraction"]:
        above, below = Decimal(match["fraction"][0]), Decimal(match["fraction"][2])
    if not 0 < above < below:
        return None
    return _with_polarity(
        text, match.start(), floor, above / below, Unit("percent", Decimal(1), match.end()), UNSAID, None
    )


def _read_parts(text: str, match: re.Match[str], floor: int) -> Quantity | None:
    """百分之十, 千分之三; 百分之十至二十 keeps both ends."""
    numeral = match["share"][: MAXIMUM_LENGTH + 1]
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
    unit = Unit(name, factor, end)
    if (mark := RANGE.match(text, end)) is not None:
        second = SCAN.match(text, mark.end())
        numeral = second and (second["share"] or second["number"])
        upper = evaluate(numeral) if numeral else None
        if second is not None and upper is not None and upper > value:
            unit = Unit(name, factor, second.end())
            return _with_polarity(text, match.start(), floor, value * factor, unit, UNSAID, upper * factor)
    return _with_polarity(text, match.start(), floor, value * factor, unit, UNSAID, None)


_VAGUE = frozenset("几数若")  # 数十万元, 几百家


_DETERMINERS = frozenset("上下同任某另唯统这那单")  # 上一年, 同一企业, 任一条件


_CALENDAR = re.compile(r"年|[-~—–至到](?:(?:19|20)\d\d年?|今)|[-/.]\d{1,2}[-/.]\d")


def _is_calendar(text: str, number: Number) -> bool:
    """Whether the number is a year of the calendar (2025年, 2020-2022年) or a month and day."""
    numeral = text[number.start : number.end]
    if len(numeral) == 4 and numeral[:2] in {"19", "20"} and numeral.isdigit():
        return _CALENDAR.match(text, number.end) is not None
    if text.startswith("月", number.end):
        return True
    return text.startswith(("日", "号"), number.end) and text[number.start - 1 : number.start] == "月"


def _range(
    text: str, number: Number, unit: Unit | None, currency: str | None
) -> tuple[Number, Unit, bool | None] | None:
    """Upper end and unit of a range that begins with ``number``, and whether it includes that: 30-50万元, 500万元(不含)至2000万元."""
    starts = {number.end} if unit is None else {number.end, unit.end}
    for start in sorted(starts, reverse=True):
        bracket = read_borders(text, start)
        mark = RANGE.match(text, bracket[1] if bracket else start)
        second = mark and SCAN.match(text, mark.end())
        if mark is None or second is None or not second["number"]:
            continue
        upper = read_number(text, second.start("number"), second.end("number"))
        upper_unit = read_unit(text, upper, PREFIXES.get(second["currency"] or "") or currency) if upper else None
        if upper is None or upper_unit is None or (unit is None and upper_unit.name == "plain" and not upper.arabic):
            continue
        if _is_calendar(text, upper) or not _comparable(unit, upper_unit, start == number.end):
            continue
        return upper, upper_unit, bracket[0][0] if bracket else unit.includes_end if unit else None
    return None


def _comparable(unit: Unit | None, upper: Unit, unitless: bool) -> bool:
    if unit is None or unit.name == "plain" or (unitless and unit.bare):
        return True
    if unit.bare and upper.name in MONEY_UNITS:
        return True
    return unit.name == upper.name and unit.counted == upper.counted


def _lower_end(number: Number, unit: Unit | None, upper: Number, upper_unit: Unit) -> Decimal | None:
    """Value of the lower end, which shares unit and 万 or 亿 with the upper one where it has none of its own."""
    if unit is not None and unit.name not in {"plain"} and not unit.bare:
        return number.value * unit.factor
    factor = unit.factor if unit is not None and unit.bare else upper_unit.factor
    value = number.value * factor
    if number.scale > 1 or (unit is not None and unit.bare) or upper.scale == 1:
        return value
    return value * upper.scale if number.value * upper.scale < upper.value else value


def _with_polarity(
    text: str,
    start: int,
    floor: int,
    value: Decimal,
    unit: Unit,
    includes: Borders,
    upper: Decimal | None,
) -> Quantity:
    end = unit.end
    polarity, context_start = polarity_before(text, start, floor)
    if polarity is Polarity.ABOUT and text[context_start] == "近" and unit.name in _TIMES:
        polarity, context_start = Polarity.EXACTLY, start  # 近3年 is when, not about how long
    context_end = end
    if (bracket := read_borders(text, end, upper)) is not None:
        includes, context_end = _stated(includes, bracket[0]), bracket[1]
    if (suffix := SUFFIX.match(text, context_end)) is not None and suffix_fits(suffix, unit):
        context_end = suffix.end()
        if polarity in {Polarity.EXACTLY, Polarity.ABOUT}:
            polarity = suffix_polarity(suffix)
        if (bracket := read_borders(text, context_end, upper)) is not None:
            includes, context_end = _stated(includes, bracket[0]), bracket[1]
    if unit.about and polarity is Polarity.EXACTLY:
        polarity = Polarity.ABOUT
    polarity = corrected(polarity, includes[0])
    return Quantity(
        value,
        unit.name,
        polarity,
        start,
        end,
        context_start,
        context_end,
        unit.counted,
        upper,
        *includes,
        unit.bare,
    )


_TIMES = frozenset(DURATIONS.values())


def _stated(known: Borders, said: Borders) -> Borders:
    """What is known of the ends when a further bracket has been read."""
    return tuple(old if new is None else new for old, new in zip(known, said, strict=True))  # type: ignore[return-value]


def _end_of_borders(text: str, reading: Quantity) -> int:
    """The end of the words around a quantity where a bracket that only says what belongs to it is the last of them."""
    return reading.context_end if text[reading.context_end - 1] == ")" else reading.end


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
