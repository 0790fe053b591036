"""Founding: the day a question says that the asker's firm was founded, and how old it then is."""

from datetime import date
from decimal import Decimal

from assistant.language.asked_day import StatedDay, read_days
from assistant.language.grammar import reading_of
from assistant.question.fact import Fact

_AGED = frozenset({"aged"})


def read_founding(folded: str) -> StatedDay | None:
    """The day of founding that a folded turn states; None where it states none."""
    days = read_days(folded)
    if not days:
        return None
    found = reading_of(folded).all("founding")
    named = (day for day in days for one in found if one.start <= day.span[0] and day.span[1] <= one.end)
    return next(named, None)


def age_on(founded: StatedDay, asked: date, turn: int) -> Fact | None:
    """How old, in months, a firm is on a day; at least so old where only the year or month of founding was said."""
    began = founded.on(asked)
    months = (asked.year - began.year) * 12 + asked.month - began.month - (asked.day < began.day)
    if months < 0:
        return None
    known = founded.day is not None
    return Fact(Decimal(months), "month", "成立", frozenset(), frozenset(), turn, over=not known, since=_AGED)
