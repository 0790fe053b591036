"""Dates of a document: when it was issued, from when to when it is in force, which years it plans."""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.numbering import chinese_number

_YEAR = r"(?:19|20)\d\d|[一二][零〇○o九八]?[零〇○o一二三四五六七八九]{2,3}"
_DAY = re.compile(
    rf"(?P<y>{_YEAR})\s*(?:年\s*(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*(?:(?P<d>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*[日号]?)?"
    rf"|年(?P<end>底|末|年底)|\s*[-./]\s*(?P<m2>\d{{1,2}})\s*[-./]\s*(?P<d2>\d{{1,2}}))"
)
_SELF = (
    r"(?:本(?!市|区|县|省|地|级|年)|上述|以上|该)[^,。;:]{0,20}?"
    r"(?:办法|政策|措施|意见|方案|细则|规定|文件|通知|条例|计划|决定|规划|公告|规则|制度|条款|指南|标准)"
)
_STARTS = re.compile(
    r"(?:自|从|于|由)\s*(?P<when>[^,。;、]{2,24}?)\s*(?:起|之?日起|开始)?\s*(?:正式|试)?\s*(?:施行|实施|执行|生效|起效|试行|适用)"
)
_ISSUE_DAY = re.compile(r"(?:印发|发布|公布|发文|颁布|下发|签发|印发施行|公开发布)(?:之|当)?日?(?:起)?")
_DELAY = re.compile(r"(?:满|后|起)?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:个)?(日|天|个月|月)(?:后|起|$)")
_ENDS = re.compile(
    r"(?:有效期|适用期|执行期|实施期|施行期|试行期|期限|有效期限|有效时间|实施期限|执行期限|适用期限)?\s*(?:为|是)?\s*(?:截止|截至|截止到|截止至|延续至|延长至|执行到|执行至|施行至|实施至|至|到|止于)\s*(?P<when>[^,。;]{4,16})"
)
_LASTS = re.compile(
    r"(?:有效期限?|适用期限?|执行期限?|实施期限?|施行期限?|试行期限?|期限|试行|暂行|有效)\s*(?:暂定|定|均)?\s*(?:为|是|延续|延长|顺延)?\s*(?:自[^,。;]{0,10}之日起)?\s*(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:周)?(?P<unit>年|个月)(?!\d)"
)
# A term stated as a field: 执行时间:2023年1月1日至2025年12月31日.
_TERM = re.compile(
    rf"(?:执行|实施|有效|适用|施行)(?:时间|期限|期)\s*(?:为|是)?\s*[:]?\s*(?:自|从)?\s*"
    rf"(?P<first>(?:{_YEAR})年\d{{1,2}}月\d{{1,2}}日)\s*起?[,、]?\s*(?:(?:至|到|[-—–~])+\s*(?P<last>(?:{_YEAR})年\d{{1,2}}月\d{{1,2}}日)|(?:试行|施行|执行|实施))"
)
_IS_TERM_FIELD = re.compile(
    r"^\W*(?:政策|补贴|文件)?(?:执行|实施|有效|适用|施行)(?:时间|期限|期)\s*(?:为|是|:)?\s*(?:自|从)?\s*(?:19|20)\d\d年"
)
_ONLY_YEAR = re.compile(r"((?:19|20)\d\d)年(?:度|初)?")
_STATES_TERM = re.compile(r"施行|有效期|适用期|起执行|起实施|实施期限|有效至|截至.{0,12}止?日|废止")
_SAYS_WHEN = re.compile(r"\d{4}|之日|年")
_PLANNED_YEARS = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-—–~至到]+\s*((?:19|20)\d\d)\s*年?")
_PLANNING_TERM = re.compile(r"(?:实施|规划|执行|行动|计划|建设)?(?:期限|期间|规划期|周期)\s*(?:为|是)?\s*(?:19|20)\d\d")
_FIVE_YEARS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}


@dataclass(frozen=True, slots=True)
class Validity:
    """The first and the last day a document is in force, as far as its text says."""

    first: date | None
    last: date | None


def read_day(folded: str) -> date | None:
    """The first calendar day in a text; a month without a day gives its last day, 年底 the last of December."""
    return next(_days(folded), None)


def _days(folded: str) -> Iterator[date]:
    for match in _DAY.finditer(folded):
        day = _day(match)
        if day is not None:
            yield day


def _day(match: re.Match[str]) -> date | None:
    year = _year(match["y"])
    if match["end"]:
        return date(year, 12, 31)
    month = chinese_number(match["m"] or match["m2"])
    printed = match["d"] or match["d2"]
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    day = chinese_number(printed) if printed else length
    return date(year, month, day) if 1 <= day <= length else None


def _year(text: str) -> int:
    if text.isdigit():
        return int(text)
    return int("".join(str("〇一二三四五六七八九".index({"零": "〇", "○": "〇", "o": "〇"}.get(c, c))) for c in text))


def read_validity(folded_sentences: Iterable[str], issued: date | None) -> Validity:
    """When the document itself is in force, from sentences about it (本办法自…起施行,有效期三年).

    ``issued`` is the day 自印发之日起 counts from. A term the text counts from a day it does not state stays open.
    """
    firsts: set[date | None] = set()
    lasts: set[date | None] = set()
    for sentence in folded_sentences:
        if not _is_about_itself(sentence):
            continue
        field = _TERM.search(sentence)
        first = read_day(field["first"]) if field else _first_day(sentence, issued)
        if first is not None or _starts_some_day(sentence):
            firsts.add(first)
        stated = read_day(field["last"]) if field and field["last"] else None
        last = stated or _last_day(sentence, first or issued)
        if last is not None or _LASTS.search(sentence):
            lasts.add(last)
    # Plans of one file may differ; then the document as a whole has no single term.
    return Validity(firsts.pop() if len(firsts) == 1 else None, lasts.pop() if len(lasts) == 1 else None)


def _is_about_itself(sentence: str) -> bool:
    if not re.search(r"施行|实施|执行|生效|有效|适用期|适用时间|试行", sentence):
        return False
    return (
        re.search(rf"{_SELF}", sentence) is not None
        or _IS_TERM_FIELD.match(sentence) is not None
        or re.match(r"^\W*(?:第.{1,4}条\s*)?(?:自|从|有效期|适用期)", sentence) is not None
    )


def _starts_some_day(sentence: str) -> bool:
    """Whether a sentence names a day to start from that is not known (印发之日), rather than who carries it out (由…实施)."""
    return any(_ISSUE_DAY.match(match["when"]) for match in _STARTS.finditer(sentence))


def _first_day(sentence: str, issued: date | None) -> date | None:
    for match in _STARTS.finditer(sentence):
        when = match["when"]
        day = read_day(when)
        if day is not None:
            return day
        if year := _ONLY_YEAR.fullmatch(when):
            return date(int(year.group(1)), 1, 1)
        if _ISSUE_DAY.match(when) and issued is not None:
            delay = _DELAY.search(when[2:])
            return issued + _term(delay.group(1), delay.group(2)) if delay else issued
    return None


def _term(number: str, unit: str) -> timedelta:
    return timedelta(days=chinese_number(number) * (30 if "月" in unit else 1))


def _last_day(sentence: str, counted_from: date | None) -> date | None:
    for match in _ENDS.finditer(sentence):
        stated = _DAY.match(match["when"].strip())
        if stated is not None:
            return _day(stated)
    lasting = _LASTS.search(sentence)
    if lasting is None or counted_from is None:
        return None
    number = chinese_number(lasting["n"].replace("两", "二"))
    months = number * 12 if lasting["unit"] == "年" else number
    year, month = divmod(counted_from.year * 12 + counted_from.month - 1 + months, 12)
    day = min(counted_from.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def read_planning(folded_title: str, folded_text: str) -> tuple[int | None, int | None]:
    """First and last year of the planning period in the title, else of the one a text states as its term."""
    years = _PLANNED_YEARS.search(folded_title)
    if years is None:
        plan = next((plan for plan in _FIVE_YEARS if plan in folded_title), None)
        if plan is not None:
            return _FIVE_YEARS[plan], _FIVE_YEARS[plan] + 4
        terms = {
            (found.group(1), found.group(2))
            for term in _PLANNING_TERM.finditer(folded_text)
            if (found := _PLANNED_YEARS.match(folded_text, term.end() - 4)) is not None
        }
        if len(terms) != 1:
            return None, None
        first, last = terms.pop()
        return int(first), int(last)
    return int(years.group(1)), int(years.group(2))


def stated_term(folded: str) -> tuple[int, int] | None:
    """Where folded text states from or until when it is in force (施行, 有效期至…); None where it states no such day."""
    match = _STATES_TERM.search(folded)
    return match.span() if match is not None and _SAYS_WHEN.search(folded) else None
