"""Matches: what a policy check-up gives, each rule held against a case and the whole."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Citation, Figure
from assistant.clause.rule import Number


class Group(StrEnum):
    """How a rule stands to the enterprise."""

    ELIGIBLE = "eligible"
    ELIGIBLE_IF = "eligible_if"  # conditions or facts are open
    NOT_ELIGIBLE = "not_eligible"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Match(_Frozen):
    """One rule held against the profile."""

    group: Group
    citation: Citation
    figures: tuple[Figure, ...] = Field(description="what it gives; a ceiling where the base is open")
    open_conditions: tuple[str, ...] = Field(default=(), description="conditions the profile does not settle")
    missing: tuple[str, ...] = Field(default=(), description="facts without which the sum is open")
    reason: str = Field(default="", description="why it does not apply, for not_eligible")
    failed_condition: str = Field(default="", description="the condition that is not met, in the clause's words")
    relevance: float = Field(ge=0, le=1, description="how much of what the grant is for the profile mentions")


class Checkup(_Frozen):
    """A policy check-up: matches by group, the most relevant first, and the total."""

    as_of: date
    region: str
    notice: str = Field(default="", description="said first: that nothing is in force on the day, and when it was")
    held_on: date | None = Field(default=None, description="the last day on which the policies held that have ended")
    matches: tuple[Match, ...]
    certain_total: Number = Field(description="yuan that may certainly be claimed together, exact sums only")
    possible_total: Number = Field(description="yuan that may be claimed together at most, ceilings included")
    stacking: tuple[str, ...] = Field(description="the documents' own rules on claiming several at once, verbatim")

    def group(self, group: Group) -> tuple[Match, ...]:
        """The matches of one group."""
        return tuple(match for match in self.matches if match.group is group)
