"""Decimals from outside: numbers that a program or a person sends, refused where they are of no size to calculate with."""

from decimal import Context, Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from corpus.numerals import is_plausible
from corpus.quantities import find_quantities
from corpus.quantity import Polarity

LARGEST = Decimal(10) ** 14
WIDE = Context(prec=80)  # digits: what facts of any size come to is cut to fen without an error
_LONGEST = 60  # characters of a number; the endless places of 1/3 included
_VALID = 'a valid one is written in digits, such as "18000000"'


def refuse_extremes(value: Any) -> Any:
    """``value`` as it came; ValueError for a number that is too long, or has an exponent no quantity has.

    ``1e-999999999`` takes gigabytes once it is written out, so it is refused before anything reads it.
    """
    if isinstance(value, str) and len(value) > _LONGEST:
        raise ValueError(f"the number has {len(value)} characters, more than {_LONGEST}; {_VALID}")
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return value  # told by its type
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError(f"the number is larger than 100000000000000; {_VALID}")
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return value
    if number.is_finite() and not is_plausible(number):
        raise ValueError(f"the number is of no size that can be calculated with; {_VALID}")
    return value


StatedNumber = Annotated[Decimal, Field(ge=0, le=LARGEST, allow_inf_nan=False), BeforeValidator(refuse_extremes)]


def in_yuan(value: Any) -> Any:
    """``value`` in yuan where it is money in words (76万元, 1.2亿); as it came where it is a plain number or none at all.

    ValueError, saying what a valid one is, for words that are no single exact sum in yuan.
    """
    if not isinstance(value, str) or len(value) > _LONGEST:
        return value
    entry = value.strip()
    try:
        Decimal(entry)
    except InvalidOperation:
        found = list(find_quantities(entry))
    else:
        return value
    if len(found) == 1:
        one = found[0]
        exact = one.polarity is Polarity.EXACTLY and one.upper is None and one.unit in ("yuan", "plain")
        if exact and (one.start, one.end) == (0, len(entry)):
            return one.value
    raise ValueError(f'"{entry}" is not a sum in yuan; a valid one is 1800万, 1.2亿 or 18000000')


MoneyInYuan = Annotated[
    Decimal,
    Field(ge=0, le=LARGEST, allow_inf_nan=False),
    BeforeValidator(refuse_extremes),
    BeforeValidator(in_yuan),  # the last one is asked first
]


def refuse_unwritable(value: Any) -> Any:
    """``value`` as it came; ValueError for a number whose digits, written out, would be more than it is long."""
    if isinstance(value, str) and len(value) <= _LONGEST:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value  # told by its type
        if number.is_finite() and abs(number.adjusted()) > _LONGEST:
            raise ValueError(f"the number is of no size that can be calculated with; {_VALID}")
        return value
    return refuse_extremes(value) if isinstance(value, str) else value
