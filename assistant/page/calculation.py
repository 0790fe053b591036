"""The main figure of an answer worked out again: for its curve, and with facts that the visitor changed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.answer import Answer
from assistant.calculating import StatedFact, Task, Worked
from assistant.question import Language
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant


def worked_again(
    assistant: "PolicyAssistant", answer: Answer, as_of: date | None = None, values: Sequence[Decimal] = ()
) -> Worked | None:
    """What the grant behind the main figure gives; with ``values``, one for each of ``Answer.facts``, instead of those.

    None for an answer without a figure, or whose figure no rule gives. InputError when the values do not fit.
    """
    citation = next((c for c in answer.citations if answer.figures and c.marker == answer.figures[0].citation), None)
    if citation is None:
        return None
    focus = citation.start + citation.focus.start, citation.start + citation.focus.end
    task = Task(
        clause_id=citation.clause_id,
        facts=_stated(answer, values) if values else (),
        start=focus[0],
        end=focus[1],
        state=answer.state if answer.state.exchanges else None,
        language=Language(answer.language),
        as_of=as_of,
    )
    try:
        results = assistant.calculate(task).results
    except InputError:
        if values:
            raise
        return None
    if values:
        return next((worked for worked in results if _is_same_grant(worked, answer, assistant, task)), results[0])
    main = answer.figures[0]
    same = (w for w in results if w.figures and (w.figures[0].amount, w.figures[0].bound) == (main.amount, main.bound))
    return next(same, None)


def _stated(answer: Answer, values: Sequence[Decimal]) -> tuple[StatedFact, ...]:
    if len(values) != len(answer.facts):
        raise InputError(f"{len(answer.facts)} values are needed, one for each fact of the answer.")
    try:
        return tuple(
            StatedFact.model_validate({"fact": fact.fact, "value": value, "unit": fact.unit})
            for fact, value in zip(answer.facts, values, strict=True)
        )
    except ValidationError as error:
        raise InputError(f"A fact cannot be used: {error.errors()[0]['msg']}.") from None


def _is_same_grant(worked: Worked, answer: Answer, assistant: "PolicyAssistant", task: Task) -> bool:
    """Whether a result is of the grant that the answer's main figure came from."""
    before = worked_again(assistant, answer, task.as_of)
    return before is not None and before.rules == worked.rules


def with_facts(answer: Answer, worked: Worked) -> Answer:
    """The answer with the figures of a calculation in the place of its own; the citations stay."""
    marker = answer.figures[0].citation
    figures = tuple(figure.model_copy(update={"citation": marker}) for figure in worked.figures)
    return answer.model_copy(update={"status": worked.status, "figures": figures})
