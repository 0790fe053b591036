"""Conditions: what a clause demands of whoever claims under one of its rules, each met, failed or open in a case.

The figures of a rule are judged by ``assistant.matching.judging``, its words by ``assistant.matching.requirements``; here both are
put together, once for the chat and the check-up, so that a sum is never shown without what it still rests on.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.answer import ClauseCondition, ConditionState
from assistant.clause.grant import Grant, compact_words
from assistant.clause.rule import Condition
from assistant.figures.calculation import Outcome
from assistant.language.lexicon import Lexicon
from assistant.matching.accounting import Held, holds
from assistant.matching.beside import contradiction
from assistant.matching.judging import Judged
from assistant.matching.requirements import Requirement, requirements_of
from assistant.matching.said import said_to
from corpus.script import repair_glyphs

Say = Callable[[Condition], str]  # a condition in the clause's words: 年度配套额不低于1000万元
Value = Callable[[Condition, Decimal], str]


def conditions_of(
    grant: Grant, outcome: Outcome, held: Held, lexicon: Lexicon, say: Say, value: Value
) -> tuple[ClauseCondition, ...]:
    """Every condition of the rule of an outcome, in the clause's words; the failed one first, then open, then met."""
    open_conditions = [
        c for c in outcome.open_conditions if c.unit != "category" or not holds(c.metric, grant.own, held, lexicon)
    ]
    required = requirements_of(grant, outcome.rule, open_conditions, held, lexicon)
    found = [_failed(grant, outcome, held, say, value)] if outcome.failed is not None else []
    found += [_required(grant, one) for one in required if not one.met]
    shown = compact_words(" ".join(one.text for one in required if not one.met))
    found += [
        _condition(grant, condition, say(condition), ConditionState.OPEN)
        for condition in open_conditions
        if not _is_shown(grant, condition, shown)
    ]
    found += [_met(grant, condition, judged, say, value) for condition, judged in outcome.met]
    found += [
        _condition(grant, condition, repair_glyphs(condition.metric), ConditionState.MET, condition.metric)
        for condition in outcome.open_conditions
        if condition not in open_conditions
    ]
    return tuple(dict.fromkeys(found))


def open_texts(conditions: Sequence[ClauseCondition]) -> tuple[str, ...]:
    """What of the conditions is open, in the clause's words."""
    return tuple(dict.fromkeys(one.text for one in conditions if one.state is ConditionState.OPEN))


def _failed(grant: Grant, outcome: Outcome, held: Held, say: Say, value: Value) -> ClauseCondition:
    assert outcome.failed is not None
    stated = value(outcome.failed, outcome.failed_value) if outcome.failed_value is not None else ""
    if outcome.failed.unit == "category":
        opposed = contradiction(grant, outcome.rule, said_to(grant, held.said))
        stated = opposed.said if opposed is not None else ""
    return _condition(grant, outcome.failed, say(outcome.failed), ConditionState.FAILED, stated)


def _met(grant: Grant, condition: Condition, judged: Judged, say: Say, value: Value) -> ClauseCondition:
    stated = value(condition, judged.value) if judged.value is not None else ""
    return _condition(grant, condition, say(condition), ConditionState.MET, stated)


def _required(grant: Grant, one: Requirement) -> ClauseCondition:
    offset = grant.clause.start
    return ClauseCondition(text=one.text, state=ConditionState.OPEN, start=offset + one.start, end=offset + one.end)


def _condition(
    grant: Grant, condition: Condition, text: str, state: ConditionState, decided_from: str = ""
) -> ClauseCondition:
    offset, span = grant.clause.start, condition.span
    start, end = (offset + span.start, offset + span.end) if span is not None else (grant.start, grant.end)
    return ClauseCondition.model_validate(
        {"text": text, "state": state, "start": start, "end": max(start, end), "from": decided_from}
    )


def _is_shown(grant: Grant, condition: Condition, shown: str) -> bool:
    """Whether a condition stands in the words of a requirement that is named anyway."""
    span = condition.span
    place = grant.clause.text[span.start : span.end] if span is not None else condition.metric
    return compact_words(repair_glyphs(condition.metric)) in shown or compact_words(place) in shown
