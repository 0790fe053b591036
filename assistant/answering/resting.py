"""Resting: what a sum rests on that the asker has not said, in the words of the clause."""

from collections.abc import Sequence

from assistant.answer import (
    ClauseCondition,
    ConditionState,
)
from assistant.answering.conditions import conditions_of, open_texts
from assistant.answering.gloss import said_in_english
from assistant.answering.premises import premise, put_together, said_at_once
from assistant.answering.wording import Wording
from assistant.figures.calculation import Outcome
from assistant.figures.outcome import Entitlement
from assistant.language.lexicon import shipped_lexicon
from assistant.matching.accounting import held_in
from assistant.question import Language
from assistant.question.case import case_said
from assistant.question.conversation import Inquiry


class Resting(Wording):
    """Writes conditions and assumptions."""

    def _conditions(self, found: Entitlement, inquiry: Inquiry) -> tuple[ClauseCondition, ...]:
        """What the clause demands for its main figure, as the asker's case decides it; of several rungs what all demand."""
        if not found.outcomes:
            return ()
        lexicon = shipped_lexicon()
        said = held_in(case_said(inquiry), lexicon)
        outcomes = found.outcomes if found.ladder else found.outcomes[:1]
        of_each = [
            conditions_of(found.grant, outcome, said, lexicon, self.condition, self.value) for outcome in outcomes
        ]
        common = [one for one in of_each[0] if all(one in others for others in of_each[1:])]
        return tuple(map(self._as_decided, put_together(common, found.grant.clause, found.grant.rules)))

    def _as_decided(self, condition: ClauseCondition) -> ClauseCondition:
        """The condition as the asker set it, where they did."""
        state = self._decided.get((condition.start, condition.end, condition.text))
        if state is None:
            return condition
        return condition.model_copy(update={"state": state, "decided_from": self._phrases.say("decided")})

    def _refused_by_choice(self, conditions: Sequence[ClauseCondition]) -> str:
        """The refusal by a condition that the asker says not to meet; empty where there is none."""
        failed = next(
            (one for one in conditions if self._decided.get((one.start, one.end, one.text)) is ConditionState.FAILED),
            None,
        )
        return self._phrases.say("not_decided", marker=1, condition=self._in_words(failed.text)) if failed else ""

    def _rests(self, outcome: Outcome | None, conditions: Sequence[ClauseCondition]) -> str:
        """What a sum rests on that the asker has not said, for the sentence with the sum; empty where it is nothing."""
        phrases, still_open = self._phrases, open_texts(conditions)
        assuming = ""
        if outcome is not None and outcome.assumed:
            stated = phrases.money(outcome.used[0].value, outcome.rule.currency)
            assuming = phrases.say("assuming", value=stated, fact=self._fact_name(outcome.assumed))
        if not still_open:
            return assuming
        at_once, below = said_at_once(still_open)
        said = phrases.list([self._in_words(text) for text in at_once])
        code = ("rests_on_more" if at_once else "rests_on_below") if below else "rests_on"
        return assuming + phrases.say(code, conditions=said, count=len(below))

    def _below(self, conditions: Sequence[ClauseCondition]) -> list[str]:
        """The lines under a sum: the open conditions that its sentence does not name."""
        _, below = said_at_once(open_texts(conditions))
        lines = [self._phrases.say("open_line", condition=self._in_words(text)) for text in below]
        return [self._phrases.say("open"), *lines] if lines else []

    def _in_words(self, condition: str) -> str:
        """A condition as the reader reads it: in English as far as the glossary goes, else what it asks of them."""
        if self._phrases.language is not Language.ENGLISH:
            asked = premise(condition)
            if not asked.who:
                return asked.holds
            code = ("is_thing" if asked.is_a_thing else "is_who") + ("_that" if asked.holds else "")
            return self._phrases.say(code, who=asked.who, holds=asked.holds)
        if self._phrases.holds_a_bound(condition):
            return condition
        return said_in_english(condition, shipped_lexicon())
