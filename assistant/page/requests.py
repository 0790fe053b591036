"""What the browser may send with each call of the page."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.answer import Answer, ConversationState, EditedFact
from assistant.decimals import refuse_extremes
from assistant.feedback import MAX_COMMENT_LENGTH

MAX_TURNS = 100  # of one conversation; a state holds 200
Empty = BeforeValidator(lambda value: value or None)  # an empty field of a form is one that was not filled in
Day = Annotated[date | None, Empty]
Name = Annotated[str | None, Field(max_length=300), Empty]


class Call(BaseModel):
    """A call of the page; ``lang`` is the language of the interface."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Name = None


class Turn(BaseModel):
    """What is shown of one turn in the conversation; the rest of its answer stays in the browser."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    text: str = Field(description="text of the answer")
    language: str = Field(max_length=20, description="language of the answer")
    markers: tuple[int, ...] = Field(default=(), description="markers of its citations")
    amended: str = Field(default="", description="what facts were changed after it, and what it comes to with them")

    @classmethod
    def of(cls, question: str, answer: Answer) -> "Turn":
        """What is shown of a question and its answer."""
        markers = tuple(citation.marker for citation in answer.citations)
        return cls(question=question, text=answer.text, language=answer.language, markers=markers)


class Seen(BaseModel):
    """An answer whose evidence is looked at: for which day, and with which facts changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer: Answer
    as_of: Day = None
    edited: tuple[EditedFact, ...] = Field(default=(), max_length=50)


class Open(Call):
    """The page is opened, or shown in another language."""

    turns: tuple[Turn, ...] = Field(default=(), max_length=MAX_TURNS)
    seen: Seen | None = None  # the one whose evidence is shown
    follow_ups: tuple[str, ...] = ()  # of the last answer


class Ask(Call):
    """A question is sent."""

    question: str
    region: Name = None
    as_of: Day = None
    state: ConversationState | None = None
    number: int = Field(default=0, ge=0, lt=MAX_TURNS)  # of the turn, from 0


class Show(Call):
    """The evidence of an earlier turn is looked at again."""

    seen: Seen


class Value(BaseModel):
    """A fact as typed; ``value`` in ``unit``, which may also be wan or yi."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Annotated[Decimal, BeforeValidator(refuse_extremes), Field(ge=0)]  # EditedFact holds the true bound
    unit: str = Field(max_length=20)


class Recompute(Call):
    """The facts of an answer are changed: one value for each of ``Answer.facts``, in their order."""

    seen: Seen
    values: tuple[Value, ...] = Field(max_length=50)
    number: int = Field(default=0, ge=0, lt=MAX_TURNS)  # of the turn, from 0


class Clause(Call):
    """A clause is opened in its document."""

    clause: str = Field(max_length=300)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)


class OpenDocument(Call):
    """A document is opened, by its id or at one of its clauses."""

    document: Name = None
    clause: Name = None


class Search(Call):
    """The search form is sent."""

    fields: dict[str, Any]
    page: int = Field(default=1, ge=1, le=10_000)


class Check(Call):
    """The check-up form is sent."""

    fields: dict[str, Any]


class Thumb(Call):
    """A person says whether an answer helped."""

    question: str
    answer: Answer
    helpful: bool
    comment: str = Field(default="", max_length=MAX_COMMENT_LENGTH)
