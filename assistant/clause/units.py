"""Units of sums: what the words behind a sum or a ceiling say it is for each of (人·月, 每人每年, 单台, 单个企业每年).

A ``Unit`` is read once from ``SubsidyRule.per`` and ``cap_per``, so that whoever calculates never looks at the words.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from corpus.script import fold


class Period(StrEnum):
    """The stretch of time that a sum is for."""

    YEAR = "年"
    MONTH = "月"


_PARTS = re.compile(r"[·•・./和]|(?<=\w)(?=每)")  # 人·月, 平方米/月, 每人每年
_ASIDE = re.compile(r"\([^)]*\)")  # 单台(套)
_EACH = re.compile(r"^(?:每|单|一|1|同)+(?!位置)")
_YEAR = re.compile(r"年度?$|^年|^年度")
_MONTH = re.compile(r"^个?月$|月$")
_TRAILING_TIME = re.compile(r"(?:每|全|当|一个?)?(?:自然)?年度?$|每个?月$")
# Those who are given the sum: for the one who asks it is the whole of it.
_RECIPIENT = re.compile(
    r"^[家户企单位项目主体首个]*$|(?:企业|公司|项目|单位|户|家|机构|平台|主体|联合社|合作社|联盟|基地|园区|集群|中心|载体)$"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a sum is for each of: a thing or person (empty for the whole award of one recipient) and a time."""

    thing: str = ""
    period: Period | None = None

    @property
    def name(self) -> str | None:
        """The unit as an answer shows it, 人·月; None for the whole sum."""
        return "·".join(part for part in (self.thing, self.period) if part) or None


@lru_cache(maxsize=4096)  # each rule is worked out for many situations
def unit_of(words: str, *, counted: bool = False) -> Unit:
    """The unit that a clause's words for it name; where things are ``counted``, 个 and 户 are things too.

    >>> unit_of("每人每年")
    Unit(thing='人', period=<Period.YEAR: '年'>)
    >>> unit_of("单个企业每年"), unit_of("单台")
    (Unit(thing='', period=<Period.YEAR: '年'>), Unit(thing='台', period=None))
    """
    thing, period = "", None
    for part in _PARTS.split(_ASIDE.sub("", fold(words))):
        own = _EACH.sub("", part.strip())
        if _MONTH.search(own) and len(own) <= 2:
            period = Period.MONTH
            continue
        if _YEAR.search(own):
            period = Period.YEAR
            own = _TRAILING_TIME.sub("", own)
        if own and (counted or not _RECIPIENT.search(own)) and not _YEAR.search(own):
            thing = own
    return Unit(thing, period)
