"""Decimals from outside: numbers that a program or a person sends, refused where they are of no size to calculate with."""

from decimal import Context, Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from corpus.numerals import is_plausible

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
