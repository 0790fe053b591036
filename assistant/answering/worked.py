"""What a calculation is asked and what it gives back: the contract of the page, the HTTP API and MCP."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import (
    Citation,
    ClauseCondition,
    ConditionState,
    ConversationState,
    Figure,
    GivenFact,
    Line,
    MissingFact,
    Status,
    Warning,
)
from assistant.clause.rule import MAX_OFFSET, Condition, Number
from assistant.figures.curve import Curve
from assistant.language.decimals import StatedNumber
from assistant.question import Language

MAX_FACTS = 50
MAX_CONDITIONS = 50
Unit = Literal[
    "yuan",
    "usd",
    "hkd",
    "twd",
    "eur",
    "percent",
    "person",
    "count",
    "times",
    "day",
    "month",
    "year",
    "sqm",
    "mu",
    "ton",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StatedFact(_Frozen):
    """A fact to calculate from."""

    fact: str = Field(
        min_length=1, max_length=200, description="the clause's own words for it, as in facts and missing of an answer"
    )
    value: StatedNumber = Field(description="in the unit, as a decimal string; 50 for 50%")
    unit: Unit | None = Field(
        default=None, description="unit of the value; that which the clause measures it in, if null"
    )


class DecidedCondition(_Frozen):
    """A condition of an answer, by its place and words, that the asker says to meet or not to meet."""

    text: Line = Field(description="text of the condition, as in conditions of an answer or a result")
    start: int = Field(ge=0, le=MAX_OFFSET, description="as in conditions")
    end: int = Field(ge=0, le=MAX_OFFSET, description="as in conditions")
    state: Literal[ConditionState.MET, ConditionState.FAILED]


class NeededFact(MissingFact):
    """A fact without which the figure cannot be worked out, how to ask for it, and the unit to give it in."""

    unit: Unit


class FailedCondition(_Frozen):
    """The condition that is plainly not met."""

    condition: Condition
    stated: Number = Field(description="the value it was judged by, in the unit of the condition")


class Worked(_Frozen):
    """What one grant of the clause gives on the facts."""

    rules: tuple[int, ...] = Field(description="numbers of the clause's rules that it was worked out by, from 1")
    status: Status
    text: str = Field(description="the result in words")
    citation: Citation
    figures: tuple[Figure, ...] = Field(description="the main one first; none where the clause states none")
    facts: tuple[GivenFact, ...] = Field(description="what the main figure was worked out from")
    missing: tuple[NeededFact, ...]
    failed: FailedCondition | None = None
    conditions: tuple[ClauseCondition, ...] = Field(
        default=(), description="what the clause demands, each met, failed or open"
    )
    open_conditions: tuple[str, ...] = Field(default=(), description="conditions that the facts do not settle")
    warnings: tuple[Warning, ...] = ()
    curve: Curve | None = Field(default=None, description="what it gives over its base, for a chart; null without one")


class Calculation(_Frozen):
    """A clause worked out from facts: one result for each thing it grants."""

    clause_id: str
    language: str
    as_of: date
    results: tuple[Worked, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be calculated."""

    clause_id: str
    facts: tuple[StatedFact, ...] = ()
    conditions: tuple[DecidedCondition, ...] = ()
    rule: int | None = None
    start: int | None = None
    end: int | None = None
    state: ConversationState | None = None
    language: Language | None = None
    as_of: date | None = None
