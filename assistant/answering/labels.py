"""The fixed words around an answer on screen, in the language of the question. Pure: no widgets, no terminal."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from assistant.answer import Citation, Figure, Status
from assistant.answering.messages import Phrases
from assistant.answering.phrasebook import phrases_of
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


class Labels:
    """Words in one language, as attributes by the names of the table ``label``."""

    def __init__(self, language: str) -> None:
        self._words = phrases_of("label", language)
        self._statuses = phrases_of("status", language)

    def __getattr__(self, name: str) -> str:
        try:
            return self._words[name]
        except KeyError:
            raise AttributeError(name) from None

    def status(self, status: Status) -> str:
        """The kind of answer in two or three words."""
        return self._statuses[status]

    def bound(self, figure: Figure) -> str:
        """What the sum of a figure is: owed, a ceiling, and whether it still rests on something that was not said."""
        if figure.bound is Bound.AT_MOST:
            return self.at_most
        return self.conditional if figure.conditional else self.exact


@cache
def labels_for(language: str) -> Labels:
    """The words of a language code of ``Answer.language``; Simplified Chinese for any other."""
    return Labels(language)


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
