"""Numerals: Arabic, Chinese, financial and mixed (3万5千, 一千五百, 壹佰, 十二点五) as ``Decimal``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from corpus.script import fold

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
DIGITS |= {"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "俩": 2, "幺": 1}
SMALL_SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
LETTER_SCALES = {"k": 10**3, "m": 10**6, "g": 10**9, "b": 10**9}

CHINESE_DIGITS = "".join(DIGITS)
CHINESE_CHARACTERS = CHINESE_DIGITS + "".join(SMALL_SCALES) + "".join(LARGE_SCALES)

# What one numeral may be made of; every alternative consumes, so matching is linear.
_PIECE = re.compile(rf"\d+(?:\.\d+)?|\.\d+|[{CHINESE_CHARACTERS}点半]")
MAXIMUM_LENGTH = 40  # longer runs of digits are serial numbers, not quantities
_ORDERS = range(-12, 17)  # powers of ten: no sum, share or number of things that a policy is about lies outside
_FINEST = -40  # places behind the point, the endless ones of 1/3 included


def is_plausible(value: Decimal) -> bool:
    """Whether a number is of a size and fineness that a quantity can have; others are never calculated with.

    >>> is_plausible(Decimal("18000000")), is_plausible(Decimal("1e32")), is_plausible(Decimal("1e-999999999"))
    (True, False, False)
    """
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= _FINEST and (not value or value.adjusted() in _ORDERS)


@lru_cache(maxsize=1024)  # a run of numerals without separators is tried again and again
def evaluate(numeral: str) -> Decimal | None:
    """Value of a numeral in folded characters without spaces; None when it is not a well-formed number.

    >>> evaluate("3万5千"), evaluate("一千五百"), evaluate("九万四"), evaluate("十二点五")
    (Decimal('35000'), Decimal('1500'), Decimal('94000'), Decimal('12.5'))
    """
    if not numeral or len(numeral) > MAXIMUM_LENGTH:
        return None
    whole, point, fraction = numeral.partition("点")
    if point:
        return _with_fraction(whole, fraction)
    pieces = _PIECE.findall(numeral)
    if sum(map(len, pieces)) != len(numeral):
        return None
    return _evaluate_pieces(pieces)


def _with_fraction(whole: str, fraction: str) -> Decimal | None:
    """十二点五, 两千万点五五, and 三点五万 where the fraction carries the scale."""
    scale = 1
    while fraction and fraction[-1] in LARGE_SCALES:
        scale *= LARGE_SCALES[fraction[-1]]
        fraction = fraction[:-1]
    if not fraction or any(c not in DIGITS and not c.isdigit() for c in fraction):
        return None
    value = evaluate(whole)
    if value is None:
        return None
    digits = "".join(str(DIGITS[c]) if c in DIGITS else c for c in fraction)
    return (value + Decimal("0." + digits)) * scale


@dataclass
class _Register:
    """State of the evaluation: ``total`` above, ``section`` below the last large scale, ``current`` digit."""

    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    current: Decimal | None = None
    large: int = 0  # last large scale that was applied to the total
    last_scale: int = 0
    after_zero: bool = False
    single_digit: bool = False


def _evaluate_pieces(pieces: list[str]) -> Decimal | None:
    if all(piece in DIGITS for piece in pieces) and len(pieces) > 1:
        return _read_positional(pieces)
    register = _Register()
    for piece in pieces:
        if not _feed(register, piece):
            return None
    if register.current is not None:
        abbreviated = register.single_digit and register.last_scale >= 100 and not register.after_zero
        register.section += register.current * (register.last_scale // 10 if abbreviated else 1)
    return register.total + register.section


def _read_positional(pieces: list[str]) -> Decimal | None:
    """二〇二五; a single digit after 零 stays that digit."""
    return Decimal("".join(str(DIGITS[piece]) for piece in pieces))


def _feed(register: _Register, piece: str) -> bool:
    if piece in SMALL_SCALES:
        scale = SMALL_SCALES[piece]
        if (
            register.current is None
            and register.last_scale
            and register.last_scale <= scale
            and not register.after_zero
        ):
            return False
        register.section += (Decimal(1) if register.current is None else register.current) * scale
        register.current, register.last_scale, register.after_zero = None, scale, False
    elif piece in LARGE_SCALES:
        return _apply_large(register, LARGE_SCALES[piece])
    elif piece in DIGITS and DIGITS[piece] == 0:
        if register.current is not None:
            return False
        register.after_zero = True
    elif piece == "半":
        register.section += Decimal("0.5") * (register.last_scale or 1)
    else:
        return _feed_digits(register, piece)
    return True


def _apply_large(register: _Register, scale: int) -> bool:
    section = register.section + (register.current or 0)
    if scale == register.large and section:
        return False  # 50万20万: two numbers whose separator was lost
    nothing_before = register.current is None and not register.after_zero
    if section == 0 and register.total == 0 and nothing_before:
        section = Decimal(1)  # 亿元 is one; 0万 and 零万 stay nothing
    if register.large and scale >= register.large:
        register.total = (register.total + section) * scale
    else:
        register.total += section * scale
    register.section, register.current, register.large = Decimal(0), None, scale
    register.last_scale, register.after_zero = scale, False
    return True


def _feed_digits(register: _Register, piece: str) -> bool:
    if register.current is not None:
        return False  # 五3: two digits side by side that are neither positional nor scaled
    try:
        register.current = Decimal(DIGITS[piece]) if piece in DIGITS else Decimal(piece)
    except InvalidOperation:
        return False
    register.single_digit = len(piece) == 1
    return True


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number in a text, with offsets into the text that was read."""

    value: Decimal
    start: int
    end: int


_C = CHINESE_CHARACTERS
_FRACTION_DIGITS = CHINESE_DIGITS.replace("两", "")
_RUN = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:(?<!\.\d)\.\d+(?!\d*\.\d))?(?:e[+-]?\d{1,2}(?!\d))?"
    rf"(?:\ *[{_C}][{_C}\d.]*(?:\ +(?:\d+(?=[十百千万亿]))?[{_C}][{_C}\d.]*)*(?:\ *点\ *[{_FRACTION_DIGITS}\d]+)?)?"
    rf"|(?<!\.)\.\d+(?!\.)|半百|半|[{_C}]+(?:\ *[{_C}\d]+)*(?:\ *点\ *[{_FRACTION_DIGITS}\d]+)?"
)
_NUMBER = re.compile(rf"(?P<sign>负|-(?<![\w\-.]-))?\ ?(?P<run>{_RUN})")
_FRACTION_TAIL = re.compile(rf"\ *分\ *之\ *(?P<sign>负)?(?P<run>{_RUN})|/(?P<slash>\d+)")
_MIXED_TAIL = re.compile(rf"\ *又\ *(?P<lower>{_RUN})\ *分\ *之\ *(?P<upper>{_RUN})|\ (?P<a>\d+)/(?P<b>\d+)")
_POWER_TAIL = re.compile(r"\^(?P<power>[+-]?\d{1,3})(?!\d)")
_APPROXIMATE_TAIL = re.compile(r"\ *零?[余多几]\ *(?P<scale>[万亿]+)")
_DOZEN_TAIL = re.compile(r"打(?![造开击算工破响断通])")
_NOT_COUNTED = re.compile(r"\ *[%％]")
_LETTER_TAIL = re.compile(r"\ ?(?P<letter>[kmgb])(?![a-z])")

# Words that contain a numeral character and no number.
_WORDS = re.compile(
    r"[一壹](?=切)|两(?=两)|(?<=两)两|十(?=足)|百(?=\ *分\ *[之点點])|[百千](?=$|[^一二三四五六七八九十零\d万亿多余几分])|"
    r"一(?=[些般样起定直旦切律致向并共下看次性体线流])|(?<=[统同专唯万划第])一|陆(?=[地续上空军])|(?<=[大登着海内])陆"
    r"|伍(?=[仁])|(?<=[队入退])伍|肆(?=[意无])|(?<=放)肆|拾(?=[起到取])|(?<=[收夕上捡])拾|四(?=川)|百(?=姓|货)|千(?=万不要)|万(?=一的)"
)


def find_numbers(text: str) -> Iterator[NumberSpan]:
    """Every number in ``text`` in reading order: integers, decimals, fractions, powers, in either script and width."""
    folded = fold(text)
    skipped = {match.start() for match in _WORDS.finditer(folded)}
    position = 0
    while (match := _NUMBER.search(folded, position)) is not None:
        position = match.end()
        if match.start("run") in skipped or not match["run"].strip(" "):
            position = match.start("run") + 1
            continue
        found = _read_match(folded, match)
        if found is not None and not _NOT_COUNTED.match(folded, found.end):
            position = max(found.end, position if found.end > match.end() else found.end)
            yield found


def _run_value(run: str) -> Decimal | None:
    compact = run.replace(" ", "").replace(",", "")
    if "e" in compact:
        if len(compact) > MAXIMUM_LENGTH:
            return None
        try:
            return Decimal(compact)
        except InvalidOperation:
            return None
    if compact == "半百":
        return Decimal(50)
    if all(c in LARGE_SCALES for c in compact):
        return None  # 万 alone is no number
    return evaluate(compact)


def _read_match(folded: str, match: re.Match[str]) -> NumberSpan | None:
    value = _run_value(match["run"])
    end = match.end()
    while value is None and end > match.start("run") + 1:  # the longest well-formed beginning
        end -= 1
        value = _run_value(folded[match.start("run") : end])
    if value is None:
        return None
    while end > 0 and folded[end - 1] == " ":
        end -= 1
    negative = match["sign"] is not None
    value, end = _apply_tails(folded, value, end)
    return NumberSpan(-value if negative else value, match.start("sign") if negative else match.start("run"), end)


def _apply_tails(folded: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    if (tail := _APPROXIMATE_TAIL.match(folded, end)) is not None:
        scale = _run_value("一" + tail["scale"])
        return value * (scale or 1), tail.end()
    if (tail := _MIXED_TAIL.match(folded, end)) is not None:
        lower, upper = _run_value(tail["lower"] or tail["b"]), _run_value(tail["upper"] or tail["a"])
        if lower and upper is not None:
            return value + upper / lower, tail.end()
    if (tail := _FRACTION_TAIL.match(folded, end)) is not None:
        upper = _run_value(tail["run"]) if tail["run"] else value
        lower = value if tail["run"] else Decimal(tail["slash"])
        if lower and upper is not None:
            return (upper / lower) * (-1 if tail["sign"] else 1), tail.end()
    if (tail := _POWER_TAIL.match(folded, end)) is not None and (value != 0 or int(tail["power"]) > 0):
        return value ** int(tail["power"]), tail.end()
    if _DOZEN_TAIL.match(folded, end):
        return value * 12, end + 1
    if (tail := _LETTER_TAIL.match(folded, end)) is not None:
        return value * LETTER_SCALES[tail["letter"]], tail.end()
    return value, end
