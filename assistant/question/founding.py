"""Founding: the day a question says that the asker's firm was founded, and how old it then is."""

import re
from datetime import date
from decimal import Decimal

from assistant.language.asked_day import StatedDay, read_days
from assistant.question.situation import Fact

_BEHIND = re.compile(
    r"\s*(?:[\u4e00-\u9fff]{0,6}?)(?:成立|注册|创办|创立|设立|组建)(?!于|后|了?(?:子公司|分公司|基金|研究院))"
)
_BEFORE = re.compile(
    r"(?:成立|注册|创办|创立|设立|组建)(?:的?(?:时间|日期))?(?:是|为|在|于)+\s*$"
    r"|\b(?:founded|established|set up|registered|incorporated)(?: back)?(?: in| on)?(?: the end of)?\s*$"
    r"|\b(?:founded|established|set up|started) (?:our|the|this|an?) (?:[a-z]+ ){1,3}(?:back )?(?:in|on)(?: the end of)?\s*$"
)
_AGED = frozenset({"aged"})


def read_founding(folded: str) -> StatedDay | None:
    """The day of founding that a folded turn states; None where it states none."""
    for day in read_days(folded):
        start, end = day.span
        if _BEHIND.match(folded, end) or _BEFORE.search(folded[:start]):
            return day
    return None


def age_on(founded: StatedDay, asked: date, turn: int) -> Fact | None:
    """How old, in months, a firm is on a day; at least so old where only the year or month of founding was said."""
    began = founded.on(asked)
    months = (asked.year - began.year) * 12 + asked.month - began.month - (asked.day < began.day)
    if months < 0:
        return None
    known = founded.day is not None
    return Fact(Decimal(months), "month", "成立", frozenset(), frozenset(), turn, over=not known, since=_AGED)
