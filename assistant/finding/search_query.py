"""What a clause search is asked and what it gives back: the contract of the command line, Python and a portal."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, TypedDict

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.clause.rule import TextSpan
from assistant.validation import (
    MAX_QUESTION_LENGTH,
    check_characters,
    clean_question,
    describe_fault,
    join_names,
    parse_date,
)
from corpus.clause import ClauseKind
from corpus.errors import InputError, UnknownNameError

# What stands in quotation marks is meant word for word. A single straight one may be an apostrophe, so it opens only
# at the beginning of a word and closes only at the end of one.
_QUOTED = re.compile(
    r"[“”\"]([^“”\"]+)[“”\"]|[「]([^」]+)」|『([^』]+)』|‘([^’]+)’|(?<![^\s,，。;；])'([^']+)'(?![^\s,，。;；?？!！])"
)
_STRAY_QUOTES = re.compile('[“”"「」『』‘’]')


class Sort(StrEnum):
    """The order of the clauses found."""

    RELEVANCE = "relevance"  # best first
    DOCUMENT = "document"  # documents by id, clauses as they stand in them
    DATE = "date"  # documents issued last first, those without a date at the end


class FoundBy(StrEnum):
    """Why a clause is among the results."""

    PHRASE = "phrase"  # holds every quoted phrase
    WORDS = "words"  # holds the words of the query, or their synonyms
    MEANING = "meaning"  # says it in other words; only where no clause holds all words
    FILTER = "filter"  # passes the filters; nothing else was asked


def _names(value: Any) -> Any:
    """One name, several or none."""
    if value is None:
        return ()
    names = (value,) if isinstance(value, str) else value
    if isinstance(names, Sequence) and all(isinstance(name, str) for name in names):
        for name in names:
            check_characters(name, "A name")
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    return value


def _kinds(value: Any) -> Any:
    names = _names(value)
    known = [kind.value for kind in ClauseKind]
    for name in names if isinstance(names, tuple) else ():
        if name not in known:
            raise UnknownNameError(f'There is no kind of clause "{name}"; the kinds are {join_names(known)}.')
    return names


def _sort(value: Any) -> Any:
    known = [order.value for order in Sort]
    if isinstance(value, str) and value not in known:
        raise UnknownNameError(f'Clauses cannot be sorted by "{value}"; they can by {join_names(known)}.')
    return value


def _text(value: Any) -> Any:
    """The text in one line; InputError for one that is no search."""
    return clean_question(value) if isinstance(value, str) and value.strip() else value or ""


def _phrases(value: Any) -> Any:
    phrases = _names(value)
    for phrase in phrases if isinstance(phrases, tuple) else ():
        if not any(character.isalnum() for character in phrase):
            raise InputError(f'The phrase "{phrase}" holds no words; quote for example "贷款贴息".')
    return phrases


def _day(value: Any) -> Any:
    return parse_date(value) if isinstance(value, str) else value


MAX_PAGE = 10_000
MAX_NAMES = 50  # of one filter
Name = Annotated[str, Field(max_length=300)]
Phrase = Annotated[str, Field(max_length=MAX_QUESTION_LENGTH)]
Names = Annotated[tuple[Name, ...], Field(max_length=MAX_NAMES), BeforeValidator(_names)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SearchQuery(_Frozen):
    """A clause search. Several names of one filter mean any of them; different filters must all be met."""

    text: Annotated[str, BeforeValidator(_text)] = Field(
        default="",
        max_length=MAX_QUESTION_LENGTH,
        description="words, document numbers, “quoted phrases”, a region, or who is responsible, in any script",
    )
    phrases: Annotated[tuple[Phrase, ...], BeforeValidator(_phrases)] = Field(
        default=(), max_length=MAX_NAMES, description="each must stand in the clause, in either script"
    )
    region: Names = Field(default=(), description="regions that documents are from, such as 成都")
    document: Names = Field(default=(), description="id, document number or title")
    part: Names = Field(default=(), description="title, or a piece of it, of one plan of several in a document")
    department: Names = Field(default=(), description="responsible department; 财政局 also finds 市财政局")
    lead_only: bool = Field(default=False, description="only where the department is the one named first")
    jointly: bool = Field(default=False, description="all the departments named must be responsible, not any of them")
    kind: Annotated[tuple[ClauseKind, ...], BeforeValidator(_kinds)] = Field(
        default=(), max_length=MAX_NAMES, description="what the clause is in its document; any kind if left out"
    )
    in_force_on: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None, description="only documents in force on this day; one that states no dates counts as in force"
    )
    has_money: bool | None = Field(default=None, description="whether the clause states a sum of money")
    sort: Annotated[Sort, BeforeValidator(_sort)] = Field(
        default=Sort.RELEVANCE,
        description="best first, in the order of the documents, or documents issued last first",
    )
    page: int = Field(default=1, ge=1, le=MAX_PAGE, description="number of the page, from 1")
    page_size: int = Field(default=10, ge=1, le=100, description="clauses on a page")

    @classmethod
    def parse(cls, text: str, **filters: Any) -> "SearchQuery":
        """The query of a line that a person typed: what stands in quotation marks becomes ``phrases``.

        Raises InputError for a line without words and pydantic's ValidationError for a filter of a wrong type.
        """
        query = cls(text=text, **filters)
        rest, phrases = lift_phrases(query.text)
        return query.model_copy(update={"text": rest, "phrases": _phrases((*query.phrases, *phrases))})


class SearchFilters(TypedDict, total=False):
    """The fields of ``SearchQuery`` beside its text, as keyword arguments; None leaves one open."""

    phrases: str | Sequence[str] | None
    region: str | Sequence[str] | None
    document: str | Sequence[str] | None
    part: str | Sequence[str] | None
    department: str | Sequence[str] | None
    lead_only: bool | None
    jointly: bool | None
    kind: str | Sequence[str] | None
    in_force_on: date | str | None
    has_money: bool | None
    sort: Sort | str | None
    page: int | None
    page_size: int | None


def make_query(query: str | SearchQuery, filters: SearchFilters) -> SearchQuery:
    """The query of a typed line or of another query, with filters that come before its own.

    Raises InputError, naming the filter, for a value that cannot be one.
    """
    given = {name: value for name, value in filters.items() if value is not None}
    try:
        if isinstance(query, SearchQuery):
            return SearchQuery.model_validate({**query.model_dump(), **given})
        return SearchQuery.parse(query, **given)
    except ValidationError as error:
        raise InputError(f"The search cannot be done: {describe_fault(error)}.") from None


def lift_phrases(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its quoted stretches, and those."""
    found: list[str] = []

    def lift(match: re.Match[str]) -> str:
        found.append(next(group for group in match.groups() if group is not None))
        return " "

    rest = _STRAY_QUOTES.sub(" ", _QUOTED.sub(lift, text))
    if not any(character.isalnum() for character in rest):
        rest = ""
    phrases = (" ".join(phrase.split()) for phrase in found)
    return " ".join(rest.split()), tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


class Mark(_Frozen):
    """A stretch that matches: ``text[start:end]``."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    of: str = Field(description="the word or phrase of the query that it matches")


class ClauseHit(_Frozen):
    """One clause found. ``text`` is the source's own characters ``source[start:end]``."""

    rank: int = Field(ge=1, description="place among all matches, from 1")
    clause_id: str
    document: str = Field(description="title of the document")
    document_id: str
    document_number: str
    region: str
    part: str = Field(description="title of the plan it stands in; empty when the document holds one")
    address: str = Field(description="printed path in the document, parts joined by ' › '")
    kind: ClauseKind
    departments: tuple[str, ...] = Field(description="responsible, lead first, as printed")
    matched_departments: tuple[str, ...] = Field(default=(), description="those that the query asks for")
    issued: date | None
    in_force: bool = Field(description="on the page's day")
    valid_from: date | None
    valid_to: date | None
    planning_to: int | None = Field(description="last year of the planning period")
    has_money: bool
    text: str = Field(description="the whole clause")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    snippet: TextSpan = Field(description="the sentences that match best, as offsets into text")
    highlights: tuple[Mark, ...] = Field(default=(), description="what matches in text, in order, not overlapping")
    address_highlights: tuple[Mark, ...] = Field(default=(), description="what matches in address")
    found_by: FoundBy
    score: float = Field(description="comparable within one search only; 0 where nothing but filters was asked")


class FacetCount(_Frozen):
    """How many of all matches a further filter would leave."""

    value: str = Field(description="what to give to the filter")
    label: str
    count: int = Field(ge=1)


class Facets(_Frozen):
    """For each filter the values that occur among all matches, the most frequent first."""

    region: tuple[FacetCount, ...] = ()
    document: tuple[FacetCount, ...] = ()
    part: tuple[FacetCount, ...] = ()
    department: tuple[FacetCount, ...] = ()
    kind: tuple[FacetCount, ...] = ()


class SearchPage(_Frozen):
    """One page of the clauses found; ``total`` counts all of them. Nothing found is a page without items."""

    query: SearchQuery = Field(description="as understood: phrases, filters and number lifted out of the text")
    words: tuple[str, ...] = Field(default=(), description="words that were looked for, with their synonyms")
    unknown_words: tuple[str, ...] = Field(default=(), description="those of them that stand in no clause")
    all_words: bool = Field(
        default=True, description="false when no clause holds all words, and those that come nearest are given"
    )
    on: date = Field(description="day that in_force is said for")
    total: int = Field(ge=0)
    page: int = Field(ge=1)
    pages: int = Field(ge=0)
    items: tuple[ClauseHit, ...]
    facets: Facets
