"""The answer: the machine-readable contract of the command line, the HTTP API and the page."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from assistant.clause.rule import MAX_OFFSET, Bound, Number, TextSpan, decimal_text
from assistant.language.decimals import StatedNumber, refuse_unwritable
from assistant.validation import MAX_QUESTION_LENGTH

MAX_TURNS = 200  # earlier turns that travel with a question
MAX_SAID = 10_000  # characters of those turns together: 200 of the usual length in Chinese, 100 in English
MAX_CITED = 500  # passages that one turn was answered with
MAX_REFERENCES = 2_000  # passages that all turns together were answered with
MAX_ITEMS = 10_000  # of one kind in an answer; bounds what a caller sends back, far above what an answer holds
Line = Annotated[str, Field(max_length=20_000)]  # a title, a label, a condition quoted
Lines = Annotated[tuple[Line, ...], Field(max_length=MAX_ITEMS)]
Prose = Annotated[str, Field(max_length=1_000_000)]  # an answer in words, a whole clause
AnswerNumber = Annotated[
    Number, Field(ge=-(Decimal(10) ** 60), le=Decimal(10) ** 60), BeforeValidator(refuse_unwritable)
]
EditedValue = Annotated[StatedNumber, PlainSerializer(decimal_text, return_type=str, when_used="json")]


class Status(StrEnum):
    """What kind of answer it is."""

    ANSWERED = "answered"
    NEEDS_FACTS = "needs_facts"  # the figure is the clause's ceiling until the missing fact is given
    NOT_ELIGIBLE = "not_eligible"  # a condition is plainly not met
    NO_AMOUNT_STATED = "no_amount_stated"  # the clause exists, but names no sum
    NOT_STATED = "not_stated"  # the clause is there; the thing asked about it (a deadline, papers, steps …) is not
    NOT_FOUND = "not_found"  # no document covers it


class WarningCode(StrEnum):
    """What the reader must know beside the answer."""

    EXPIRED = "expired"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    PLANNING_PERIOD_OVER = "planning_period_over"
    AMBIGUOUS = "ambiguous"
    SOURCE_DAMAGED = "source_damaged"
    UNREADABLE_AMOUNT = "unreadable_amount"  # the clause states money the grammar does not read with certainty


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Highlight(_Frozen):
    """A stretch of a quotation that a rule was read from: ``citation.text[start:end]``."""

    field: Line = Field(description="beneficiary, rate, base, amount, cap, condition, per, period or uplift")
    start: int = Field(ge=0, le=MAX_OFFSET)
    end: int = Field(ge=0, le=MAX_OFFSET)


class Citation(_Frozen):
    """A quotation: ``text`` is the source's own characters ``source[start:end]``."""

    marker: int = Field(ge=1, le=MAX_ITEMS, description="number the answer's text refers to it by, from 1")
    clause_id: Line = Field(description="id of the clause, for /api/clauses and /api/calculate")
    document: Line = Field(description="title of the document")
    document_id: Line = Field(description="id of the document, for /api/documents")
    document_number: Line = Field(description="such as 成办发〔2020〕59号; empty where it has none")
    region: Line = Field(description="region the document is from")
    address: Line = Field(description="printed path in the document, parts joined by ' › '")
    text: Prose = Field(description="the clause, word for word")
    start: int = Field(ge=0, le=MAX_OFFSET, description="offset of text in the source")
    end: int = Field(ge=0, le=MAX_OFFSET, description="offset of its end in the source")
    focus: TextSpan = Field(description="the sentence that answers, as offsets into text")
    highlights: tuple[Highlight, ...] = Field(
        default=(), max_length=MAX_ITEMS, description="what the rules were read from, by place"
    )
    departments: Lines = Field(default=(), description="responsible departments, the leading one first")
    in_force: bool = Field(description="on the day the question is asked for")
    valid_from: date | None = Field(description="first day in force; null where it is not known")
    valid_to: date | None = Field(description="last day in force; null where none is stated")
    planning_to: int | None = Field(default=None, ge=0, le=9999, description="last year of the planning period")
    superseded_by: Line = Field(default="", description="title of the document that repeals it")


class Figure(_Frozen):
    """Money for the asker, worked out from one citation."""

    amount: AnswerNumber = Field(description="in currency, as a decimal string")
    currency: Line = Field(default="CNY", description="ISO 4217 code: CNY, USD, EUR …")
    bound: Bound = Field(description="exact: owed on the facts given; at_most: a ceiling and no entitlement")
    per: Line | None = Field(default=None, description="年, 人, 场次 …; null when the figure is the whole")
    label: Line = Field(description="what the figure is, in the language of the answer")
    steps: Lines = Field(description="the calculation, one step each, in the language of the answer")
    assumed: Lines = Field(
        default=(), description="what was taken for granted in it, a sentence each, in the language of the answer"
    )
    conditional: bool = Field(
        default=False,
        description="whether it still rests on something that the asker has not said: an open condition or an assumption",
    )
    citation: int = Field(ge=1, le=MAX_ITEMS, description="marker of the citation it was worked out from")


class ConditionState(StrEnum):
    """Whether the asker meets a condition."""

    MET = "met"
    FAILED = "failed"
    OPEN = "open"  # the asker has not said


class ClauseCondition(_Frozen):
    """One condition of the clause that the main figure rests on, as the asker's case decides it."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    text: Line = Field(description="in the clause's words")
    state: ConditionState
    start: int = Field(ge=0, le=MAX_OFFSET, description="offset in the source of what it was read from")
    end: int = Field(ge=0, le=MAX_OFFSET, description="offset of its end in the source")
    decided_from: Line = Field(default="", alias="from", description="what it was decided from; empty where it is open")


class GivenFact(_Frozen):
    """A fact of the asker that the main figure was worked out from."""

    fact: Line = Field(description="the clause's own words for it")
    value: AnswerNumber = Field(description="in the unit, as a decimal string")
    unit: Line = Field(description="yuan, person, year, month, count, sqm, mu, ton …")


class ComparisonRow(_Frozen):
    """One line of a comparison, in the asker's language; empty where the clause says nothing of it."""

    region: Line
    document: Line = Field(description="title of the document")
    what: Line = Field(description="what is granted, in the clause's own words")
    rate: Line = ""
    sum: Line = Field(default="", description="what it comes to on the facts given, or the sum stated")
    cap: Line = ""
    conditions: Lines = ()
    validity: Line = Field(default="", description="in force, ended on …, planning period over …")
    in_force: bool | None = None
    citation: int | None = Field(
        default=None, ge=1, le=MAX_ITEMS, description="marker of the citation; null when there is none"
    )


class Reference(_Frozen):
    """The passage that a turn was answered with: offsets into the document's text."""

    clause_id: str = Field(max_length=300)
    start: int = Field(ge=0, le=MAX_OFFSET)
    end: int = Field(ge=0, le=MAX_OFFSET)


class EditedFact(_Frozen):
    """A fact of an answer that the user changed beside it: later turns hold ``value`` in the place of ``was``."""

    fact: str = Field(max_length=300, description="as in `facts` of the answer")
    unit: str = Field(max_length=20, description="as in `facts` of the answer")
    was: EditedValue = Field(description="the value in `facts` of the answer")
    value: EditedValue = Field(description="the value that holds from now on, in the same unit")


class Exchange(_Frozen):
    """One turn of a conversation: what the user said, and the passages it was answered with, best first."""

    question: str = Field(max_length=MAX_QUESTION_LENGTH)
    cited: tuple[Reference, ...] | None = Field(
        default=None, max_length=MAX_CITED, description="null where it is not known; it is then found again when needed"
    )
    edited: tuple[EditedFact, ...] = Field(
        default=(), max_length=50, description="facts of the answer that the user changed after it"
    )


def _too_large(exchanges: Sequence[Exchange]) -> str:
    """What a conversation has too much of, in words; empty when it is within bounds."""
    return too_much_said([exchange.question for exchange in exchanges]) or (
        f"a conversation cites {MAX_REFERENCES:,} passages at most, all turns together"
        if sum(len(exchange.cited or ()) for exchange in exchanges) > MAX_REFERENCES
        else ""
    )


def too_much_said(questions: Sequence[str]) -> str:
    """Why the earlier turns of a conversation are too many or too long, in words; empty when they are not."""
    if len(questions) > MAX_TURNS:
        return f"a conversation has {MAX_TURNS} earlier turns at most, and this one has {len(questions):,}"
    said = sum(map(len, questions))
    if said > MAX_SAID:
        return f"the earlier turns of a conversation have {MAX_SAID:,} characters at most, and these have {said:,}"
    return ""


class ConversationState(_Frozen):
    """All that a conversation is: it travels with each request, and the service keeps none."""

    exchanges: tuple[Exchange, ...] = Field(
        default=(),
        max_length=MAX_TURNS,
        description=f"the turns, the latest last; their questions have {MAX_SAID:,} characters at most, and their "
        f"passages are {MAX_REFERENCES:,} at most. The state of an answer leaves its oldest turns out to keep to that",
    )

    @model_validator(mode="after")
    def _is_not_too_large(self) -> Self:
        fault = _too_large(self.exchanges)
        if fault:
            raise ValueError(f"{fault}; leave the oldest turns out, as the state of an answer does")
        return self

    @classmethod
    def of_latest(cls, exchanges: Sequence[Exchange]) -> "ConversationState":
        """The conversation of as many of the latest turns as a state may hold, so that the next question is accepted."""
        kept = [turn.model_copy(update={"cited": turn.cited[:MAX_CITED]}) if turn.cited else turn for turn in exchanges]
        first = max(0, len(kept) - MAX_TURNS)
        while _too_large(kept[first:]):
            first += 1
        return cls(exchanges=tuple(kept[first:]))

    @property
    def questions(self) -> tuple[str, ...]:
        """What the user said, in order."""
        return tuple(exchange.question for exchange in self.exchanges)

    @property
    def edits(self) -> tuple[tuple[EditedFact, ...], ...]:
        """What the user changed after each turn, in order."""
        return tuple(exchange.edited for exchange in self.exchanges)

    def with_edits(self, edited: tuple[EditedFact, ...]) -> "ConversationState":
        """The conversation with facts of its last answer changed."""
        last = self.exchanges[-1].model_copy(update={"edited": edited})
        return ConversationState.of_latest((*self.exchanges[:-1], last))


class Warning(_Frozen):
    """Something the reader must know beside the answer."""

    code: WarningCode
    message: Line = Field(description="a sentence in the language of the answer")


class MissingFact(_Frozen):
    """A fact without which the figure cannot be worked out, and how to ask for it."""

    fact: Line = Field(description="the clause's own words for it")
    question: Line


class Answer(_Frozen):
    """One answer. Figures answer the question asked, the main one first."""

    id: Line | None = Field(default=None, description="that of the request")
    status: Status = Field(
        description="answered; needs_facts: the figure is a ceiling until the missing fact is given; not_eligible: a "
        "condition is plainly not met; no_amount_stated: the clause grants it and names no sum; not_stated: the clause is there, the thing asked about it (a deadline, papers, steps) is "
        "not; not_found: no document "
        "covers the question"
    )
    language: Line = Field(description="zh, zh-Hant or en")
    text: Prose = Field(description="the answer in words, with [1] for the citation of that marker")
    citations: tuple[Citation, ...] = Field(
        default=(), max_length=MAX_ITEMS, description="the clauses it rests on, the best first"
    )
    figures: tuple[Figure, ...] = Field(
        default=(), max_length=MAX_ITEMS, description="money, the main figure first; none where none is stated"
    )
    facts: tuple[GivenFact, ...] = Field(
        default=(), max_length=MAX_ITEMS, description="what the main figure was worked out from"
    )
    conditions: tuple[ClauseCondition, ...] = Field(
        default=(), max_length=MAX_ITEMS, description="what the clause demands of the asker, each met, failed or open"
    )
    comparison: tuple[ComparisonRow, ...] = Field(
        default=(), max_length=MAX_ITEMS, description="lines of a table, where regions are compared"
    )
    aspect: Line | None = Field(
        default=None,
        description="of not_stated, what the document does not say: steps, materials, deadline, contact, place, time, "
        "stacking; null where it tells what was asked",
    )
    nearest: Citation | None = Field(default=None, description="in a refusal, the nearest thing the documents do have")
    warnings: tuple[Warning, ...] = Field(default=(), max_length=MAX_ITEMS, description="to be shown with the answer")
    missing: tuple[MissingFact, ...] = Field(default=(), max_length=MAX_ITEMS, description="facts to ask for")
    follow_ups: Lines = Field(default=(), description="questions that may come next")
    state: ConversationState = Field(
        default=ConversationState(), description="the conversation up to this answer; send it with the next question"
    )
