"""Dates: calendar days, months and years in a text."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.numerals import evaluate
from corpus.script import fold


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A calendar date or month or year in a text; ``first`` and ``last`` bound it."""

    first: date
    last: date
    start: int
    end: int


_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇零o○九][〇零○一二三四五六七八九]{2})"
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"(?<![\d.]){_YEAR}\s*年(?!度的期限)(?:\s*(?P<month>{_NUMBER})\s*月(?:\s*(?P<day>{_NUMBER})\s*[日号])?(?P<month_part>底|"
    rf"末)?)?(?P<year_part>底|末)?"
    r"|(?<![\d.\-/])(?P<y>(?:19|20)\d\d)(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?![\d])"
)


def find_dates(text: str) -> Iterator[DateSpan]:
    """Every date, month (2023年6月) and year (2025年, 2025年底) in ``text`` in reading order; impossible dates are left out."""
    folded = fold(text)
    for match in _DATE.finditer(folded):
        bounds = _bounds(match)
        if bounds is not None:
            yield DateSpan(bounds[0], bounds[1], match.start(), match.end())


def _bounds(match: re.Match[str]) -> tuple[date, date] | None:
    year = _integer(match["year"] or match["y"])
    month, day = _integer(match["month"] or match["m"]), _integer(match["day"] or match["d"])
    try:
        if day:
            exact = date(year, month, day)
            return exact, exact
        if month:
            last = date(year, month, calendar.monthrange(year, month)[1])
            return (last if match["month_part"] else date(year, month, 1)), last
        last = date(year, 12, 31)
        return (last if match["year_part"] else date(year, 1, 1)), last
    except (ValueError, IndexError):
        return None


def _integer(numeral: str | None) -> int:
    if not numeral:
        return 0
    value = evaluate(numeral.replace("○", "〇").replace("o", "〇"))
    return 0 if value is None else int(value)
