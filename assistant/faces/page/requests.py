"""What the browser may send with each call of the page."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.answer import MAX_ITEMS, Answer, ConversationState, EditedFact, Line, Prose
from assistant.answering.worked import MAX_CONDITIONS, DecidedCondition
from assistant.clause.rule import MAX_OFFSET
from assistant.language.decimals import refuse_unwritable
from assistant.question.profile import MAX_PROJECTS
from assistant.serving.feedback import MAX_COMMENT_LENGTH
from assistant.validation import MAX_QUESTION_LENGTH

MAX_TURNS = 100  # of one conversation; a state holds more
Empty = BeforeValidator(lambda value: value or None)  # an empty field of a form is one that was not filled in
Day = Annotated[date | None, Empty]
Name = Annotated[str | None, Field(max_length=300), Empty]


Said = Annotated[str, Field(max_length=3 * MAX_QUESTION_LENGTH)]  # as typed, with spaces that are not counted
Marker = Annotated[int, Field(ge=1, le=MAX_ITEMS)]
Cell = Annotated[str, Field(max_length=3 * MAX_QUESTION_LENGTH)] | Annotated[int, Field(ge=0, le=10**15)] | bool | None
Key = Annotated[str, Field(max_length=40)]
Row = Annotated[dict[Key, Cell], Field(max_length=10)]
Rows = Annotated[list[Row | Cell], Field(max_length=MAX_PROJECTS)]
Fields = Annotated[dict[Key, Cell | Rows], Field(max_length=40)]  # of a form, by name


class Call(BaseModel):
    """A call of the page; ``lang`` is the language of the interface."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Name = None


class Turn(BaseModel):
    """What is shown of one turn in the conversation; the rest of its answer stays in the browser."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Said
    text: Prose = Field(description="text of the answer")
    language: str = Field(max_length=20, description="language of the answer")
    markers: tuple[Marker, ...] = Field(default=(), max_length=MAX_ITEMS, description="markers of its citations")
    amended: Prose = Field(default="", description="what facts were changed after it, and what it comes to with them")

    @classmethod
    def of(cls, question: str, answer: Answer) -> "Turn":
        """What is shown of a question and its answer."""
        markers = tuple(citation.marker for citation in answer.citations)
        return cls(question=question, text=answer.text, language=answer.language, markers=markers)


class Seen(BaseModel):
    """An answer whose evidence is looked at: for which day, with which facts changed and which conditions decided."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer: Answer
    as_of: Day = None
    edited: tuple[EditedFact, ...] = Field(default=(), max_length=50)
    decided: tuple[DecidedCondition, ...] = Field(default=(), max_length=MAX_CONDITIONS)


class Open(Call):
    """The page is opened, or shown in another language."""

    turns: tuple[Turn, ...] = Field(default=(), max_length=MAX_TURNS)
    seen: Seen | None = None  # the one whose evidence is shown
    follow_ups: tuple[Line, ...] = Field(default=(), max_length=50)  # of the last answer


class Ask(Call):
    """A question is sent."""

    question: Said
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

    value: Annotated[
        Decimal, Field(ge=0, le=Decimal(10) ** 30), BeforeValidator(refuse_unwritable)
    ]  # EditedFact holds the true bound
    unit: str = Field(max_length=20)


class Recompute(Call):
    """Facts of an answer are changed or conditions of it decided: one value for each of ``Answer.facts``, in their order."""

    seen: Seen
    values: tuple[Value, ...] = Field(max_length=50)
    number: int = Field(default=0, ge=0, lt=MAX_TURNS)  # of the turn, from 0


class Clause(Call):
    """A clause is opened in its document."""

    clause: str = Field(max_length=300)
    start: int | None = Field(default=None, ge=0, le=MAX_OFFSET)
    end: int | None = Field(default=None, ge=0, le=MAX_OFFSET)


class OpenDocument(Call):
    """A document is opened, by its id or at one of its clauses."""

    document: Name = None
    clause: Name = None


class Search(Call):
    """The search form is sent."""

    fields: Fields
    page: int = Field(default=1, ge=1, le=10_000)


class Check(Call):
    """The check-up form is sent."""

    fields: Fields


class Thumb(Call):
    """A person says whether an answer helped."""

    question: Said
    answer: Answer
    helpful: bool
    comment: str = Field(default="", max_length=MAX_COMMENT_LENGTH)
