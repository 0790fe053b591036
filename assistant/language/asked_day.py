"""The day that a question sets: "2021年6月的时候…", "as of March 2022", "到去年底还有效吗".

A day sets the date of the question only where the words around it say so; "2021年投了500万" is a fact of the
asker's and "到2025年" a target of a plan.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*年\s*(?:(?P<month>\d{1,2})\s*月\s*(?:份|(?P<day>\d{1,2})\s*[日号])?)?(?P<edge>年?[底末初])?"
    r"|(?P<year2>(?:19|20)\d\d)\s*[-./]\s*(?P<month2>\d{1,2})(?:\s*[-./]\s*(?P<day2>\d{1,2}))?(?!\d)"
    r"|(?P<relative>大前年|去年|前年|明年|后年|今年)(?:(?P<month3>\d{1,2})\s*月\s*(?:份|(?P<day3>\d{1,2})\s*[日号])?)?(?P<edge2>年?[底末初])?"
    rf"|(?:(?P<day4>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?\b{_MONTH_NAME}\b\.?\s*(?:(?P<day5>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*|,\s*)?(?P<year4>(?:19|20)\d\d)"
    r"|\b(?P<year5>(?:19|20)\d\d)\b"
)
YEARS_FROM_NOW = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
# Words right after a day that put the question on it …
_AFTER = re.compile(
    r"\s*(?:的?时候|那时候?|那会儿?|当时|时(?![间长])|为止"
    r"|(?:我们?|咱们?|企业|公司)?(?:去|来)?(?:还|仍)(?:能|可以|可|有|在|算))"
)
# … and right before it.
_BEFORE = re.compile(
    r"(?:截至|截止到?|站在|回到|(?:假设|假定|假如|如果|要是|设想)(?:现在|今天)?(?:已经|还)?是|按)\s*$|(?:\bas (?:of|at)|\bback in|\bas it stood (?:in|on)|\b(?:suppose|imagine|say|assume|if|pretend)[a-z' ]{0,16}?(?:it's|it is|it was|today is|we are in)(?: already| still| now)?)\s+(?:the end of\s+)?$"
)
# … and those that say that something of the asker's happened on it: the question is asked now, of that day.
_HAPPENED = re.compile(r"\s*(?:那天|(?:去|来|才|再)?(?:申报|申请|报名|提交)(?![过了]))")
_SUPPOSED = re.compile(r"的话|如果|要是|假如|假设|倘若|\bif\b|\bsuppos")
# A day on which something of the asker's own happened: "founded back in 2016".
_ITS_OWN = re.compile(
    r"(?:成立|注册|创办|设立|组建|投产|签约|开工)于\s*$|\b(?:founded|established|set up|registered|incorporated|born|signed|built|opened|launched|started)"
    r"(?: \w+){0,2}? (?:back )?(?:in|on)(?: the end of)?\s+$"
)
_NAMES_A_DOCUMENT = re.compile(
    r"\s*(?:的|那|这|版|出台|发布|印发|个|批|份|年度?)*[^,。;?!]{0,14}?(?:方案|计划|政策|文件|措施|行动|办法|\bplan|\bpolicy)"
    r"|(?:'s)?(?: [a-z-]+){0,6}? (?:plans?|polic(?:y|ies)|measures?|schemes?)\b"
)
_END = re.compile(r"(?:at|by|until|till)?\s*(?:the\s+)?end of\s+$")
_NOW = re.compile(r"现在|今天|目前|眼下|如今|\btoday\b|\bright now\b|\bcurrently\b")


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day as a question states it; one of this year's neighbours is counted from the day of asking."""

    year: int  # or years from the day of asking
    relative: bool = False
    month: int | None = None
    day: int | None = None
    first: bool = False  # 年初, 月初: the first day of the period instead of its last
    moves: bool = False  # the whole question is put on that day; else it is asked now, of something on that day
    span: tuple[int, int] = (0, 0)  # where the turn states it

    def on(self, asked: date) -> date:
        """The calendar day: the last of the year or month named, the first for 年初; ``asked`` is the day of asking."""
        year = asked.year + self.year if self.relative else self.year
        year = min(max(year, MINYEAR), MAXYEAR)  # the year after the last there is, is the last
        month = self.month or (1 if self.first else 12)
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(self.day, last) if self.day else (1 if self.first else last))


def read_days(folded: str) -> list[StatedDay]:
    """Every day, month or year that a folded turn names, whatever it is of."""
    return [day for match in _DAY.finditer(folded) if (day := _stated(match))]


def read_asked_day(folded: str, *, of_validity: bool) -> StatedDay | None:
    """The day that one folded turn sets for its question; None where its days are of something else.

    ``of_validity`` says that the turn asks whether something is in force: a day in it is then the day it asks for.
    """
    stated = [
        replace(day, moves=_moves(folded, match, of_validity))
        for match in _DAY.finditer(folded)
        if (day := _stated(match)) and _is_asked(folded, match, of_validity)
    ]
    return next((day for day in reversed(stated) if day.moves), stated[-1] if stated else None)


def asks_for_now(folded: str) -> bool:
    """Whether a turn goes back to today after an earlier one set another day."""
    return _NOW.search(folded) is not None


def _stated(match: re.Match[str]) -> StatedDay | None:
    groups = match.groupdict()
    year = groups["year"] or groups["year2"] or groups["year4"] or groups["year5"]
    name = groups["name"]
    printed_month = groups["month"] or groups["month2"] or groups["month3"]
    month = _MONTHS.index(name[:3]) + 1 if name else int(printed_month) if printed_month else None
    printed_day = groups["day"] or groups["day2"] or groups["day3"] or groups["day4"] or groups["day5"]
    day = int(printed_day) if printed_day else None
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    first = "初" in (groups["edge"] or groups["edge2"] or "")
    if groups["relative"]:
        return StatedDay(YEARS_FROM_NOW[groups["relative"]], True, month, day, first, span=match.span())
    return StatedDay(int(year), False, month, day, first, span=match.span())


def _moves(folded: str, match: re.Match[str], of_validity: bool) -> bool:
    """Whether a day that is asked about is the one the whole question is put on."""
    before, after = folded[: match.start()], folded[match.end() :]
    if _AFTER.match(after) or _BEFORE.search(before) or _SUPPOSED.search(folded):
        return True
    return match["name"] is not None and not of_validity  # "in March 2021, could a company …"


def _is_asked(folded: str, match: re.Match[str], of_validity: bool) -> bool:
    before, after = folded[: match.start()], folded[match.end() :]
    if _ITS_OWN.search(before):
        return False
    if _AFTER.match(after) or _HAPPENED.match(after) or _BEFORE.search(before):
        return True
    month = match["month"] or match["month2"] or match["month3"] or match["name"]
    if match["name"] and re.search(r"\b(?:in|on|by|during|at the end of)\s+$", before):
        return of_validity or re.search(r"\b(?:could|would|was|were|did|still)\b", folded) is not None
    if not of_validity or (match["relative"] == "今年" and not match["edge2"]):
        return False
    return bool(month) or not _NAMES_A_DOCUMENT.match(after)
