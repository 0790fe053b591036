"""Paying: what a grant gives the asker, and in the same sentence what that rests on."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import (
    Citation,
    ClauseCondition,
    GivenFact,
    MissingFact,
    Status,
    Warning,
    WarningCode,
)
from assistant.answering.citing import cite, with_highlights
from assistant.answering.conditions import open_texts
from assistant.answering.gloss import gloss
from assistant.answering.ladders import Ladders
from assistant.answering.piece import Piece
from assistant.answering.rows import Rows
from assistant.clause.rule import Bound
from assistant.figures.calculation import Outcome, Result, base_words
from assistant.figures.outcome import Entitlement
from assistant.language.amounts import UNUSABLE
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Language
from assistant.question.conversation import Inquiry
from assistant.question.situation import MONEY
from corpus.currencies import CODES as FOREIGN
from corpus.script import repair_glyphs


class Paying(Ladders, Rows):
    """Writes what grants give."""

    def grant(self, found: Entitlement, inquiry: Inquiry) -> Piece:
        """What a grant gives the asker."""
        conditions = self._conditions(found, inquiry)
        piece = self._grant(found, inquiry, conditions)
        if piece.figures and (refused := self._refused_by_choice(conditions)):
            piece = self._piece(Status.NOT_ELIGIBLE, refused, piece.citations[0])
        if piece.figures and (names := piece.citations[0].departments):
            sentence = self._phrases.say("departments", departments=self._phrases.join(list(names)), marker=1)
            piece = replace(piece, text=f"{piece.text}\n{sentence}")
        facts = given_facts(found.outcomes[0]) if found.outcomes and piece.figures else ()
        still_open = found.ladder or bool(open_texts(conditions))
        figures = tuple(
            figure.model_copy(update={"conditional": still_open or bool(figure.assumed)}) for figure in piece.figures
        )
        row = self._grant_row(found, piece)
        return replace(piece, facts=facts, figures=figures, conditions=conditions, row=row)

    def _grant(self, found: Entitlement, inquiry: Inquiry, conditions: Sequence[ClauseCondition]) -> Piece:
        grant = found.grant
        citation = cite(grant.document, grant.clause, grant.start, max(grant.end, grant.start + 1), self._as_of)
        citation = with_highlights(citation, grant.clause, grant.rules)
        if found.refusal is not None:
            text = self._phrases.say(found.refusal.code, marker=1, **found.refusal.values)
            return self._piece(Status.NOT_ELIGIBLE, text, citation)
        if grant.unread:
            return self._unreadable(found, citation, inquiry, conditions)
        if not found.outcomes:
            return self._no_amount(citation, grant.document.text[grant.start : grant.end])
        if found.ladder:
            return self._rungs(found, citation, inquiry, conditions)
        return self._outcome(found, citation, inquiry, conditions)

    def _unreadable(
        self, found: Entitlement, citation: Citation, inquiry: Inquiry, conditions: Sequence[ClauseCondition]
    ) -> Piece:
        """A clause with money that is not read with certainty: what is read of it is a ceiling at best."""
        warning = Warning(code=WarningCode.UNREADABLE_AMOUNT, message=self._phrases.say("unreadable", marker=1))
        if not found.outcomes or found.outcomes[0].result is Result.NOT_ELIGIBLE:
            return replace(self._piece(Status.ANSWERED, warning.message, citation), warnings=(warning,))
        worked_out = self._rungs if found.ladder else self._outcome
        piece = worked_out(found, citation, inquiry, conditions)
        figures = tuple(figure.model_copy(update={"bound": Bound.AT_MOST}) for figure in piece.figures)
        text = self._phrases.words(piece.text, warning.message)
        return replace(piece, text=text, figures=figures, warnings=(*piece.warnings, warning))

    def _outcome(
        self, found: Entitlement, citation: Citation, inquiry: Inquiry, conditions: Sequence[ClauseCondition]
    ) -> Piece:
        outcome = _total_first(found.outcomes[0]) if inquiry.turn.asks_whole_period else found.outcomes[0]
        if outcome.result is Result.NOT_ELIGIBLE:
            return self._piece(Status.NOT_ELIGIBLE, self.failed(outcome), citation)
        figures = tuple(self.figures((outcome, *found.outcomes[1:])))
        if outcome.result is Result.UNKNOWN or (not outcome.sums and not outcome.missing):
            warning = Warning(code=WarningCode.UNREADABLE_AMOUNT, message=self._phrases.say("unreadable", marker=1))
            piece = self._piece(Status.NO_AMOUNT_STATED, warning.message, citation)
            return replace(piece, warnings=(warning,))
        status, text, missing = self._headline(outcome, inquiry, self._rests(outcome, conditions))
        text = "\n".join((text, *self._below(conditions)))
        if self._phrases.language is Language.ENGLISH and (
            line := gloss(outcome.rule, self._phrases, shipped_lexicon())
        ):
            text += "\n" + line
        return Piece(status, text, (citation,), figures, missing, region=citation.region)

    def _headline(self, outcome: Outcome, inquiry: Inquiry, rests: str) -> tuple[Status, str, tuple[MissingFact, ...]]:
        phrases = self._phrases
        missing = tuple(
            MissingFact(fact=words, question=phrases.say("ask_fact", fact=self._fact_name(words)))
            for words in outcome.missing
        )
        if outcome.result is Result.NEEDS_FACTS:
            return self._without_fact(outcome, inquiry, rests, missing)
        text = phrases.say(_headline_code(outcome), rests=rests, **self._main(outcome))
        if outcome.result is Result.STATED and missing and inquiry.turn.asks_total:
            return Status.NEEDS_FACTS, text, missing
        return Status.ANSWERED, text, ()

    def _without_fact(
        self, outcome: Outcome, inquiry: Inquiry, rests: str, missing: tuple[MissingFact, ...]
    ) -> tuple[Status, str, tuple[MissingFact, ...]]:
        """What a grant gives whose base is not known, and why a sum that was given is none."""
        phrases = self._phrases
        status, text, missing = self._asking(outcome, inquiry, rests, missing)
        units = {given.unit for given in inquiry.facts}
        refused = phrases.say("other_currency") if units & FOREIGN else ""
        refused = refused or (phrases.say("unusable_sum") if UNUSABLE in units else "")
        return status, phrases.words(text, refused), missing

    def _asking(
        self, outcome: Outcome, inquiry: Inquiry, rests: str, missing: tuple[MissingFact, ...]
    ) -> tuple[Status, str, tuple[MissingFact, ...]]:
        phrases = self._phrases
        fact = phrases.join([self._fact_name(words) for words in outcome.missing])
        if not outcome.sums:
            rate = phrases.percent(outcome.rule.rate) if outcome.rule.rate is not None else ""
            if inquiry.turn.asks_share and rate:
                return Status.ANSWERED, phrases.say("share", rate=rate, marker=1, fact=fact), ()
            return Status.NEEDS_FACTS, phrases.say("needs", rate=rate, marker=1, fact=fact, rests=rests), missing
        main = self._main(outcome)
        if inquiry.turn.asks_maximum or not missing:
            return Status.ANSWERED, phrases.say("at_most", rests=rests, **main), ()
        rule = outcome.rule
        if rule.rate is None or rule.rate_points or rule.rate_min is not None:
            return Status.NEEDS_FACTS, phrases.say("ceiling_needs", fact=fact, rests=rests, **main), missing
        text = phrases.say("ceiling_needs_share", fact=fact, rate=self._rate(rule), rests=rests, **main)
        return Status.NEEDS_FACTS, text, missing


def _total_first(outcome: Outcome) -> Outcome:
    """The outcome with the sum over all years as its main sum, where it has one."""
    totals = tuple(total for total in outcome.sums if total.label == "period_total")
    return replace(outcome, sums=(*totals, *(s for s in outcome.sums if s not in totals))) if totals else outcome


def _headline_code(outcome: Outcome) -> str:
    """The phrase for a sum: what the asker said is only named where it was worked with."""
    if outcome.result is Result.COMPUTED and not outcome.sums[0].amount:
        return "nothing"
    if outcome.sums[0].bound is Bound.AT_MOST:
        return "at_most"
    if outcome.result is not Result.COMPUTED:
        return "stated"
    return "exact" if outcome.used else "computed"


def given_facts(outcome: Outcome) -> tuple[GivenFact, ...]:
    """The asker's facts that an outcome was worked out from, in the clause's words for them."""
    words = base_words(outcome.rule) if len(outcome.used) == 1 and outcome.used[0].unit in MONEY else ""
    return tuple(
        GivenFact(
            fact=repair_glyphs(words or fact.words or fact.counted or fact.unit), value=fact.value, unit=fact.unit
        )
        for fact in outcome.used
    )
