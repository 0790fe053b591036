"""Ladders: one whose rung the asker did not say, each rung under a name of its own."""

from collections.abc import Sequence

from assistant.answer import (
    Citation,
    ClauseCondition,
    MissingFact,
    Status,
)
from assistant.answering.piece import Piece
from assistant.answering.premises import bare
from assistant.answering.resting import Resting
from assistant.answering.wording import rung_label
from assistant.clause.grant import Grant
from assistant.clause.rule import Bound
from assistant.figures.calculation import Outcome, Sum
from assistant.figures.entitlement import at_most
from assistant.figures.outcome import Entitlement
from assistant.question.conversation import Inquiry
from corpus.script import repair_glyphs

_MAX_RUNGS = 8


class Ladders(Resting):
    """Writes the rungs of a ladder."""

    def _rungs(
        self, found: Entitlement, citation: Citation, inquiry: Inquiry, conditions: Sequence[ClauseCondition]
    ) -> Piece:
        """A ladder whose rung the asker did not say: every rung, and which fact decides."""
        phrases, outcomes = self._phrases, found.outcomes[:_MAX_RUNGS]
        named = [(name, outcome) for name, outcome in self._named_rungs(found, outcomes) if outcome.sums]
        lines = [self._rungs_headline([outcome for _, outcome in named], self._rests(None, conditions))]
        lines += [phrases.say("rung", label=name, sum=self._bounded(outcome)) for name, outcome in named]
        names = {id(outcome): name for name, outcome in named}
        figures = tuple(self.figures(outcomes, names))
        deciding = [c.metric for outcome in outcomes for c in outcome.open_conditions if c.unit != "category"]
        missing: tuple[MissingFact, ...] = ()
        if deciding and not inquiry.turn.asks_maximum:
            question = phrases.say("ask_fact", fact=self._fact_name(deciding[0]))
            missing = (MissingFact(fact=deciding[0], question=question),)
        if missing or inquiry.turn.asks_maximum:
            top = at_most(outcomes)
            ceiling = top.sums[0]
            main = self._figure(Sum(ceiling.amount, Bound.AT_MOST, ceiling.per, "ceiling"), top)
            figures = (main, *figures)
        return Piece(
            Status.NEEDS_FACTS if missing else Status.ANSWERED,
            "\n".join((*lines, *self._below(conditions))),
            (citation,),
            figures,
            missing,
            region=citation.region,
        )

    def _named_rungs(self, found: Entitlement, outcomes: Sequence[Outcome]) -> list[tuple[str, Outcome]]:
        """The rungs, each by a name of its own: its class or threshold, else the words before its sum, else its number."""
        named = [rung_label(outcome) or _words_before(found.grant, outcome) for outcome in outcomes]
        names = [self._phrases.script(self._fact_name(name)) for name in named]
        for number, name in enumerate(names, start=1):
            if not name or name in names[: number - 1] or name in names[number:]:
                ordinal = self._phrases.say("rung_number", number=number)
                names[number - 1] = self._phrases.words(name, f"({ordinal})") if name else ordinal
        return list(zip(names, outcomes, strict=True))

    def _rungs_headline(self, outcomes: Sequence[Outcome], rests: str) -> str:
        """How many levels there are and, where all are paid for the same (a year, a person), the most that any gives."""
        measured = {(outcome.sums[0].per, outcome.rule.currency) for outcome in outcomes}
        if len(measured) != 1:
            return self._phrases.say("rungs", count=len(outcomes), marker=1, rests=rests)
        top = max(outcomes, key=lambda outcome: outcome.sums[0].amount)
        return self._phrases.say("rungs_to", count=len(outcomes), rests=rests, **self._main(top))


def _words_before(grant: Grant, outcome: Outcome) -> str:
    """The clause's words right before the sum of a rung, back to the last comma; empty where they say nothing of it."""
    spans = [span for name in ("rate", "amount", "cap") if (span := outcome.rule.spans.get(name)) is not None]
    if not spans:
        return ""
    words = grant.clause.text[: min(span.start for span in spans)]
    begin = max(words.rfind(mark) for mark in "，,；;。、：:\n") + 1
    return repair_glyphs(bare("".join(words[begin:].split()), before_money=True))
