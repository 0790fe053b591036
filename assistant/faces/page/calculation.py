"""The main figure of an answer worked out again: for its curve, and with facts that the visitor changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.answer import Answer, EditedFact, GivenFact
from assistant.answering.calculating import Task, Worked
from assistant.answering.gloss import in_english
from assistant.answering.messages import Phrases
from assistant.answering.worked import DecidedCondition
from assistant.faces.page.rendering import fill
from assistant.faces.page.words import words_for
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Language
from assistant.question.situation import MONEY
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

_COUNTED = frozenset({"person", "count"})
_NAME = 10  # characters; a longer name of a number is a phrase
_CURRENCIES = {"yuan": "CNY"}  # the others are called by their code


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is looked at: with what the visitor changed or decided, and the calculation behind its figure."""

    answer: Answer
    worked: Worked | None = None
    edited: tuple[EditedFact, ...] = ()
    given: tuple[GivenFact, ...] = ()  # the facts before they were changed
    decided: tuple[DecidedCondition, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the visitor changed anything of it."""
        return bool(self.edited or self.decided)


def shown(
    assistant: "PolicyAssistant",
    answer: Answer,
    as_of: date | None = None,
    edited: tuple[EditedFact, ...] = (),
    decided: tuple[DecidedCondition, ...] = (),
) -> Shown:
    """An answer with the calculation of its main figure; with ``edited`` facts or ``decided`` conditions, what these give.

    InputError when there is no figure that could be worked out from other facts.
    """
    before = _worked(assistant, answer, as_of)
    main = next((w for w in before if _gives(w, answer)), None)
    if not edited and not decided:
        return Shown(answer, main, given=answer.facts)
    if main is None or not answer.state.exchanges:
        raise InputError("The answer holds no figure that can be worked out again.")
    changed = answer.model_copy(update={"state": answer.state.with_edits(edited)})
    results = _worked(assistant, changed, as_of, decided)
    worked = next((w for w in results if w.rules == main.rules), results[0])
    marker = answer.figures[0].citation
    figures = tuple(figure.model_copy(update={"citation": marker}) for figure in worked.figures)
    update = {
        "status": worked.status,
        "figures": figures,
        "facts": tuple(_changed(answer.facts, edited)),
        "conditions": worked.conditions or answer.conditions,
    }
    return Shown(changed.model_copy(update=update), worked, edited, answer.facts, decided)


def _changed(facts: Iterable[GivenFact], edited: Iterable[EditedFact]) -> Iterator[GivenFact]:
    """The facts with those changed that were; of two alike the first."""
    pending = list(edited)
    for fact in facts:
        edit = next((e for e in pending if (e.fact, e.unit, e.was) == (fact.fact, fact.unit, fact.value)), None)
        if edit is not None:
            pending.remove(edit)
            fact = fact.model_copy(update={"value": edit.value})
        yield fact


def _worked(
    assistant: "PolicyAssistant", answer: Answer, as_of: date | None, decided: tuple[DecidedCondition, ...] = ()
) -> Sequence[Worked]:
    """What the passage behind the main figure gives in the answer's conversation; nothing without a figure."""
    citation = next((c for c in answer.citations if answer.figures and c.marker == answer.figures[0].citation), None)
    if citation is None:
        return ()
    task = Task(
        clause_id=citation.clause_id,
        conditions=decided,
        start=citation.start + citation.focus.start,
        end=citation.start + citation.focus.end,
        state=answer.state if answer.state.exchanges else None,
        language=Language(answer.language),
        as_of=as_of,
    )
    try:
        return assistant.calculate(task).results
    except InputError:
        return ()


def _gives(worked: Worked, answer: Answer) -> bool:
    main = answer.figures[0]
    return bool(worked.figures) and (worked.figures[0].amount, worked.figures[0].bound) == (main.amount, main.bound)


def edits_of(answer: Answer, values: Sequence[Decimal]) -> tuple[EditedFact, ...]:
    """What was changed: ``values`` are one for each of ``Answer.facts``, shares as percentages. InputError otherwise."""
    if len(values) != len(answer.facts):
        raise InputError(f"{len(answer.facts)} values are needed, one for each fact of the answer.")
    typed = (value / 100 if fact.unit == "percent" else value for fact, value in zip(answer.facts, values, strict=True))
    try:
        return tuple(
            EditedFact(fact=fact.fact, unit=fact.unit, was=fact.value, value=value)
            for fact, value in zip(answer.facts, typed, strict=True)
            if value != fact.value
        )
    except ValidationError as error:
        raise InputError(f"A fact cannot be used: {error.errors()[0]['msg']}.") from None


def change_text(edited: Sequence[EditedFact], language: str) -> str:
    """What was changed from what to what, in a sentence; empty when nothing was."""
    words, phrases = words_for(language), Phrases(Language(language))
    changes = [
        fill(
            words["changed_fact"],
            fact=fact_name(fact.fact, language, fact.unit),
            was=_measured(fact.was, fact.unit, phrases),
            value=_measured(fact.value, fact.unit, phrases),
        )
        for fact in edited
    ]
    return fill(words["changed"], changes=words["changed_join"].join(changes)) if changes else ""


def choice_text(decided: Sequence[DecidedCondition], language: str) -> str:
    """Which conditions were decided and how, in a sentence; empty when none was."""
    words, phrases = words_for(language), Phrases(Language(language))
    choices = [fill(words[f"chosen_{one.state.value}"], condition=phrases.script(one.text)) for one in decided]
    return fill(words["chosen"], conditions=phrases.list(choices)) if choices else ""


def fact_name(words: str, language: str, unit: str = "") -> str:
    """What a clause calls a fact, for the screen: glossed for readers of English, in the reader's script.

    A number of people or things that is only known by a whole phrase of the question is called by what is counted.
    """
    if unit in _COUNTED and len(words) > _NAME:
        return words_for(language)[f"fact_{unit}"]
    return in_english(words, shipped_lexicon()) if language == "en" else Phrases(Language(language)).script(words)


def _measured(value: Decimal, unit: str, phrases: Phrases) -> str:
    if unit in MONEY:
        return phrases.money(value, _CURRENCIES.get(unit, unit.upper()))
    if unit == "percent":
        return phrases.percent(value)
    return phrases.measured(value, unit)
