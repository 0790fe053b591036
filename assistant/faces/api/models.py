"""What requests hold and what the routes that have no contract of their own give back."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.answer import MAX_TURNS, ConversationState, Highlight, too_much_said
from assistant.answering.explaining import CONDITION, Explanation, ReadRule
from assistant.answering.worked import MAX_CONDITIONS, MAX_FACTS, DecidedCondition, StatedFact
from assistant.clause.rule import SubsidyRule
from assistant.service import ClauseView
from assistant.validation import MAX_QUESTION_LENGTH
from corpus.clause import Clause, ClauseKind
from corpus.document import Document

Question = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION_LENGTH)]
ClauseId = Annotated[str, Field(min_length=1, max_length=300)]
RegionName = Annotated[str, Field(min_length=1, max_length=100)]
HIGHLIGHTED = ("beneficiary", "rate", "base", "amount", "cap", "condition", "per", "period", "uplift")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# ── what is asked ──


class AskRequest(_Frozen):
    """A question, with the conversation it stands in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "智能工厂改造能补多少?"},
                {"question": "投了1800万呢?", "history": ["智能工厂改造能补多少?"]},
            ]
        }
    )

    question: Question = Field(description="what the user says now, in Simplified or Traditional Chinese or English")
    state: ConversationState | None = Field(
        default=None, description="state of the answer before; null at the beginning"
    )
    history: tuple[Question, ...] = Field(
        default=(), max_length=MAX_TURNS, description="instead of state: what the user said before, in order"
    )
    as_of: date | None = Field(default=None, description="day the question is asked for, YYYY-MM-DD; today if null")
    region: RegionName | None = Field(default=None, description="only documents of this region; all if null")
    id: str | None = Field(default=None, max_length=200, description="anything; it comes back in the answer")

    @model_validator(mode="after")
    def _one_past(self) -> Self:
        if self.state is not None and self.history:
            raise ValueError("a conversation is given either as state or as history, not as both; leave one out")
        if fault := too_much_said(self.history):
            raise ValueError(f"{fault}; leave the oldest out")
        return self


class CalculateRequest(_Frozen):
    """Facts to work out a cited clause from."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "clause_id": "sanming-2020-twelve-measures#三",
                    "rule": 1,
                    "facts": [{"fact": "实际投入", "value": "18000000", "unit": "yuan"}],
                }
            ]
        }
    )

    clause_id: ClauseId = Field(description="clause_id of a citation")
    rule: int | None = Field(
        default=None, ge=1, le=1000, description="number of the rule in the clause, from 1; all if null"
    )
    facts: tuple[StatedFact, ...] = Field(
        default=(), max_length=MAX_FACTS, description="what to work it out from; what is missing is named"
    )
    conditions: tuple[DecidedCondition, ...] = Field(
        default=(),
        max_length=MAX_CONDITIONS,
        description="conditions of an answer or a result that the asker says to meet or not to meet; one that is not met "
        "gives not_eligible and no figure, and a figure is no longer conditional when none is open",
    )
    start: int | None = Field(
        default=None,
        ge=0,
        le=10**9,
        description="only what is granted from here in the document: citation.start + focus.start",
    )
    end: int | None = Field(default=None, ge=0, le=10**9, description="… to here: citation.start + focus.end")
    state: ConversationState | None = Field(
        default=None,
        description="state of the answer: what else the user said then holds here too, and the same rules apply",
    )
    language: Literal["zh", "zh-Hant", "en"] | None = Field(
        default=None, description="language of the words; that of the conversation, or zh, if null"
    )
    as_of: date | None = Field(default=None, description="day of the calculation, YYYY-MM-DD; today if null")


# ── what comes back ──


class DocumentSummary(_Frozen):
    """What is known about a document."""

    id: str
    title: str
    document_number: str
    issuer: str
    region: str
    issued: date | None
    valid_from: date | None
    valid_to: date | None
    planning_from: int | None
    planning_to: int | None
    in_force: bool = Field(description="on the day asked for")
    parts: tuple[str, ...] = Field(description="titles of the plans a file holds; empty when it is one document")
    url: str = Field(description="page the file was taken from; empty when unknown")
    clauses: int = Field(description="clauses without children")
    digest: str = Field(description="SHA-256 of the published file")

    @classmethod
    def of(cls, document: Document, on: date) -> "DocumentSummary":
        """The summary of a document on a day."""
        data = document.metadata
        return cls(
            id=document.id,
            title=data.title,
            document_number=data.document_number,
            issuer=data.issuer,
            region=data.region,
            issued=data.issued,
            valid_from=data.valid_from,
            valid_to=data.valid_to,
            planning_from=data.planning_from,
            planning_to=data.planning_to,
            in_force=data.in_force(on),
            parts=data.parts,
            url=data.url,
            clauses=len(document.leaves),
            digest=document.digest,
        )


class ClauseNode(_Frozen):
    """A clause in the tree of its document; one without children holds its text."""

    id: str
    kind: ClauseKind
    label: str = Field(description="numbering as printed; empty when unnumbered")
    heading: str = Field(description="heading without its numbering; empty when there is none")
    text: str = Field(description="the source's own characters; empty for a clause with children, which hold them")
    start: int
    end: int
    departments: tuple[str, ...]
    part: str
    children: tuple["ClauseNode", ...]


class DocumentDetail(_Frozen):
    """A document with its clause tree."""

    document: DocumentSummary
    on: date = Field(description="day that in_force is said for")
    tree: tuple[ClauseNode, ...]

    @classmethod
    def of(cls, document: Document, on: date) -> "DocumentDetail":
        """The document on a day."""
        roots = [clause for clause in document.clauses if clause.parent_id is None]
        return cls(document=DocumentSummary.of(document, on), on=on, tree=tuple(_node(document, c) for c in roots))


def _node(document: Document, clause: Clause) -> ClauseNode:
    return ClauseNode(
        id=clause.id,
        kind=clause.kind,
        label=clause.label,
        heading=clause.heading,
        text=clause.text if clause.is_leaf else "",
        start=clause.start,
        end=clause.end,
        departments=clause.departments,
        part=clause.part,
        children=tuple(_node(document, document.clauses_by_id[child]) for child in clause.child_ids),
    )


class Documents(_Frozen):
    """All documents of the collection."""

    on: date = Field(description="day that in_force is said for")
    regions: tuple[str, ...]
    items: tuple[DocumentSummary, ...]


class Neighbour(_Frozen):
    """The clause before or after another."""

    id: str
    address: str
    text: str

    @classmethod
    def of(cls, clause: Clause | None) -> "Neighbour | None":
        """The neighbour; None at the edge of a document."""
        return cls(id=clause.id, address=" › ".join(clause.address), text=clause.text) if clause else None


class ClauseDetail(_Frozen):
    """A clause in its document. ``text`` is the source's own characters ``source[start:end]``."""

    id: str
    kind: ClauseKind
    address: str
    text: str
    start: int
    end: int
    departments: tuple[str, ...]
    part: str
    document: DocumentSummary
    previous: Neighbour | None
    next: Neighbour | None
    rules: tuple[SubsidyRule, ...] = Field(description="read from it, numbered from 1 in this order")
    highlights: tuple[Highlight, ...] = Field(description="what the rules were read from, by place in text")

    @classmethod
    def of(cls, view: ClauseView, explanations: Iterable[Explanation], on: date) -> "ClauseDetail":
        """The clause on a day, with the reading of its leaves."""
        clause = view.clause
        readings = list(explanations)
        return cls(
            id=clause.id,
            kind=clause.kind,
            address=" › ".join(clause.address),
            text=clause.text,
            start=clause.start,
            end=clause.end,
            departments=clause.departments,
            part=clause.part,
            document=DocumentSummary.of(view.document, on),
            previous=Neighbour.of(view.previous),
            next=Neighbour.of(view.next),
            rules=tuple(rule for reading in readings for rule in reading.rules),
            highlights=tuple(
                highlight
                for reading in readings
                for highlight in _highlights(
                    reading, view.document.clauses_by_id[reading.clause_id].start - clause.start
                )
            ),
        )


_SHOWN_AS = {
    "rate_min": "rate",
    "amount_min": "amount",
    "annual_cap": "cap",
    "total_cap": "cap",
    "step": "amount",
    "years": "period",
    CONDITION: "condition",
}


def _highlights(reading: Explanation, shift: int) -> Iterable[Highlight]:
    for mark in reading.marks:
        for field in dict.fromkeys(_SHOWN_AS.get(one.field, one.field) for one in mark.became):
            if field in HIGHLIGHTED:
                yield Highlight(field=field, start=mark.start + shift, end=mark.end + shift)


class Rules(_Frozen):
    """Rules read from the documents, in reading order."""

    items: tuple[ReadRule, ...]


class Stored(_Frozen):
    """Feedback is stored."""

    stored: Literal[True] = True


class Health(_Frozen):
    """Whether the service runs, or is ready to answer."""

    status: Literal["ok", "ready"]
