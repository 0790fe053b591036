"""The fixed words around an answer on screen, in the language of the question. Pure: no widgets, no terminal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.answer import Citation, Figure, Status
from assistant.answering.messages import Phrases
from assistant.clause.rule import Bound
from assistant.question import Language
from corpus.document import Metadata

if TYPE_CHECKING:
    from assistant.finding.search_query import ClauseHit


class Tone(StrEnum):
    """How a badge is meant; the page and the terminal choose the colour."""

    GOOD = "good"
    OVER = "over"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Badge:
    """Whether the cited document binds on the day of the question."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Labels:
    """Words in one language."""

    in_force: str
    expired: str  # {day}: last day in force
    not_yet: str  # {day}: first day in force
    planning_over: str  # {year}: last year of the planning period
    exact: str
    at_most: str
    at_most_prefix: str
    steps: str
    missing: str
    follow_ups: str
    departments: str
    source: str
    statuses: Mapping[Status, str]

    def status(self, status: Status) -> str:
        """The kind of answer in two or three words."""
        return self.statuses[status]


_SIMPLIFIED = Labels(
    in_force="现行有效",
    expired="已失效（{day}止）",
    not_yet="尚未施行（{day}起）",
    planning_over="规划期已满（{year}年）",
    exact="准确金额",
    at_most="上限，非应得金额",
    at_most_prefix="最高 ",
    steps="计算过程",
    missing="还需要知道",
    follow_ups="可以接着问",
    departments="责任单位",
    source="依据",
    statuses={
        Status.ANSWERED: "已找到依据",
        Status.NEEDS_FACTS: "还缺条件",
        Status.NOT_ELIGIBLE: "不符合条件",
        Status.NO_AMOUNT_STATED: "未规定金额",
        Status.NOT_STATED: "条款未写明",
        Status.NOT_FOUND: "文件中没有规定",
    },
)

_TRADITIONAL = Labels(
    in_force="現行有效",
    expired="已失效（{day}止）",
    not_yet="尚未施行（{day}起）",
    planning_over="規劃期已滿（{year}年）",
    exact="準確金額",
    at_most="上限，非應得金額",
    at_most_prefix="最高 ",
    steps="計算過程",
    missing="還需要知道",
    follow_ups="可以接著問",
    departments="責任單位",
    source="依據",
    statuses={
        Status.ANSWERED: "已找到依據",
        Status.NEEDS_FACTS: "還缺條件",
        Status.NOT_ELIGIBLE: "不符合條件",
        Status.NO_AMOUNT_STATED: "未規定金額",
        Status.NOT_STATED: "條款未寫明",
        Status.NOT_FOUND: "文件中沒有規定",
    },
)

_ENGLISH = Labels(
    in_force="In force",
    expired="Expired (last day {day})",
    not_yet="Not yet in force (from {day})",
    planning_over="Planning period over ({year})",
    exact="Exact amount",
    at_most="Ceiling, not an entitlement",
    at_most_prefix="up to ",
    steps="Calculation",
    missing="Still needed",
    follow_ups="You could ask next",
    departments="Responsible",
    source="Source",
    statuses={
        Status.ANSWERED: "Found",
        Status.NEEDS_FACTS: "More facts needed",
        Status.NOT_ELIGIBLE: "Not eligible",
        Status.NO_AMOUNT_STATED: "No amount stated",
        Status.NOT_STATED: "Not stated",
        Status.NOT_FOUND: "Not in these documents",
    },
)

_BY_LANGUAGE = {"zh": _SIMPLIFIED, "zh-Hant": _TRADITIONAL, "en": _ENGLISH}


def labels_for(language: str) -> Labels:
    """The words of a language code of ``Answer.language``; Simplified Chinese for any other."""
    return _BY_LANGUAGE.get(language, _SIMPLIFIED)


def citation_badge(citation: "Citation | ClauseHit", on: date, language: str) -> Badge:
    """Whether the cited document binds on a day."""
    dates = (citation.valid_from, citation.valid_to, citation.planning_to)
    return _badge(citation.in_force, *dates, on, labels_for(language))


def document_badge(data: Metadata, on: date, language: str = "zh") -> Badge:
    """Whether a document binds on a day."""
    dates = (data.valid_from, data.valid_to, data.planning_to)
    return _badge(data.in_force(on), *dates, on, labels_for(language))


def _badge(
    in_force: bool, valid_from: date | None, valid_to: date | None, planning_to: int | None, on: date, words: Labels
) -> Badge:
    if not in_force:
        if valid_from is not None and on < valid_from:
            return Badge(words.not_yet.format(day=valid_from), Tone.NOTE)
        return Badge(words.expired.format(day=valid_to), Tone.OVER)
    if planning_to is not None and planning_to < on.year:
        return Badge(words.planning_over.format(year=planning_to), Tone.NOTE)
    return Badge(words.in_force, Tone.GOOD)


def amount_text(figure: Figure, language: str) -> str:
    """The figure in the words of a language: ``最高 360万元``, ``1,000元/人``, ``up to RMB 3.6 million``."""
    phrases = Phrases(Language(language))
    prefix = labels_for(language).at_most_prefix if figure.bound is Bound.AT_MOST else ""
    return f"{prefix}{phrases.money(figure.amount, figure.currency)}{phrases.per(figure.per)}"
