"""Calculating: a cited clause worked out again from facts that a person edits or a program sends.

It is the calculation of the answer: the same rules are chosen (with the conversation, when it comes along), the same
code binds facts and works them out, and the same phrases say it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, get_args

from assistant.answer import Status
from assistant.answering.citing import warnings_for
from assistant.answering.composition import Composer
from assistant.answering.conditions import open_texts
from assistant.answering.messages import Phrases
from assistant.answering.paying import given_facts
from assistant.answering.worked import (
    Calculation,
    FailedCondition,
    NeededFact,
    Unit,
)
from assistant.answering.worked import StatedFact as StatedFact  # those who calculate need these, and know this module
from assistant.answering.worked import Task as Task
from assistant.answering.worked import Worked as Worked
from assistant.clause.grant import NOT_GRANTING, Grant
from assistant.clause.rows import rules_in
from assistant.clause.rule import SubsidyRule
from assistant.figures import marginal
from assistant.figures.calculation import Outcome, calculate
from assistant.figures.curve import Curve, curve_of, unit_counted
from assistant.figures.entitlement import entitlement, taken_together
from assistant.figures.outcome import Entitlement
from assistant.finding.library import PolicyTexts
from assistant.question.conversation import put_together
from assistant.question.edits import measures_the_same, restated
from assistant.question.situation import Fact, fact_for
from assistant.question.standing import UNSAID
from assistant.validation import unknown_name
from corpus.clause import Clause
from corpus.currencies import currency_at_end
from corpus.document import Document
from corpus.errors import InputError
from corpus.script import fold

if TYPE_CHECKING:
    from assistant.language.lexicon import Lexicon
    from assistant.question.places import PlaceFinder

_ANY_QUESTION = "能给多少钱?"  # stands for the conversation where none came along


def calculation(task: Task, texts: PolicyTexts, lexicon: "Lexicon", places: "PlaceFinder") -> Calculation:
    """The clause of a task worked out from its facts.

    Raises UnknownNameError when there is no such clause and InputError when it grants nothing that can be worked
    out, has no rule of that number, or a fact is given twice.
    """
    return _Calculator(task, texts, lexicon, places).run()


class _Calculator:
    def __init__(self, task: Task, texts: PolicyTexts, lexicon: "Lexicon", places: "PlaceFinder") -> None:
        self._task = task
        self._texts = texts
        self._lexicon = lexicon
        state = task.state
        if state is not None and state.questions:
            *history, question = state.questions
            self._inquiry = put_together(question, history, lexicon, places, edits=state.edits)
        else:
            asked = put_together(_ANY_QUESTION, (), lexicon, places)
            self._inquiry = replace(asked, terms=(), facts=())
        language = task.language or self._inquiry.turn.language
        self._phrases = Phrases(language)
        self._day = task.as_of or date.today()
        self._composer = Composer(self._phrases, self._day, decided=task.conditions)

    def run(self) -> Calculation:
        document, numbered = self._numbered_rules()
        seen: set[tuple[str, str | None]] = set()
        for fact in self._task.facts:
            if (fold(fact.fact), fact.unit) in seen:
                raise InputError(f'The fact "{fact.fact}" is given twice; give each fact once.')
            seen.add((fold(fact.fact), fact.unit))
        grants = [
            grant for grant in self._texts.grants if grant.document is document and self._is_meant(grant, numbered)
        ]
        results = [self._worked(grant, numbered) for grant in grants]
        if not results:
            raise InputError(
                f'The clause "{self._task.clause_id}" grants nothing that can be worked out; choose one with rules.'
            )
        return Calculation(
            clause_id=self._task.clause_id, language=self._phrases.language, as_of=self._day, results=tuple(results)
        )

    # ── which rules ──

    def _numbered_rules(self) -> tuple[Document, dict[int, tuple[Clause, SubsidyRule]]]:
        """The rules of the clause and the clauses below it, numbered in reading order."""
        name = self._task.clause_id
        for document in self._texts.collection.documents:
            clause = document.clauses_by_id.get(name)
            if clause is None:
                continue
            read = [
                (leaf, rule)
                for leaf in _leaves(document, clause)
                if leaf.kind not in NOT_GRANTING
                for rule in rules_in(leaf)
            ]
            numbered = dict(enumerate(read, start=1))
            if self._task.rule is not None and self._task.rule not in numbered:
                known = f"its rules are numbered 1 to {len(numbered)}" if numbered else "it has none"
                raise InputError(f'The clause "{name}" has no rule {self._task.rule}; {known}.')
            return document, numbered
        raise unknown_name("clause", name, [c.id for d in self._texts.collection.documents for c in d.clauses])

    def _is_meant(self, grant: Grant, numbered: dict[int, tuple[Clause, SubsidyRule]]) -> bool:
        task = self._task
        if not grant.rules or not any(grant.clause is leaf for leaf, _ in numbered.values()):
            return False
        if task.rule is not None:
            leaf, rule = numbered[task.rule]
            return grant.clause is leaf and rule in grant.rules
        return (task.end is None or grant.start < task.end) and (task.start is None or task.start < grant.end)

    # ── one grant ──

    def _worked(self, grant: Grant, numbered: dict[int, tuple[Clause, SubsidyRule]]) -> Worked:
        only: Sequence[SubsidyRule] = ()
        if self._task.rule is not None:
            only = taken_together(grant.rules, numbered[self._task.rule][1])

        def entitled(facts: Sequence[Fact]) -> Entitlement:
            if len(only) == 1:
                return Entitlement(grant, (calculate(only[0], facts, self._lexicon),))
            if only:
                alone = replace(self._inquiry, facts=tuple(facts), terms=(), levels=(), standing=UNSAID)
                return entitlement(replace(grant, rules=tuple(only)), alone, self._lexicon)
            return entitlement(grant, replace(self._inquiry, facts=tuple(facts)), self._lexicon)

        before = entitled(self._inquiry.facts)
        facts = self._merged(before, only or grant.rules)
        found = entitled(facts)
        piece = self._composer.grant(found, replace(self._inquiry, facts=facts))
        main = found.outcomes[0] if found.outcomes else None
        citation = piece.citations[0]
        numbers = [n for n, (leaf, rule) in numbered.items() if leaf is grant.clause and rule in grant.rules]
        is_scale = marginal.bands_of(grant.rules) is not None
        is_chosen_out = piece.status is Status.NOT_ELIGIBLE and main is not None and main.failed is None
        is_drawn = not grant.unread and not is_chosen_out
        applied = [outcome.rule for outcome in found.outcomes]
        return Worked(
            rules=tuple(n for n in numbers if numbered[n][1] in applied or is_scale) or tuple(numbers),
            status=piece.status,
            text=piece.text,
            citation=citation,
            figures=piece.figures,
            facts=given_facts(main) if main is not None and piece.figures else (),
            missing=tuple(
                NeededFact(fact=m.fact, question=m.question, unit=_unit_of(m.fact, grant.rules)) for m in piece.missing
            ),
            failed=_failed(main),
            conditions=piece.conditions,
            open_conditions=open_texts(piece.conditions),
            warnings=(*warnings_for((citation,), self._day, self._phrases), *piece.warnings),
            curve=self._curve(grant, main, facts, entitled, only) if main is not None and is_drawn else None,
        )

    def _curve(
        self,
        grant: Grant,
        main: Outcome,
        facts: Sequence[Fact],
        entitled: Callable[[Sequence[Fact]], Entitlement],
        only: Sequence[SubsidyRule],
    ) -> Curve | None:
        def evaluate(probed: Sequence[Fact]) -> Outcome | None:
            found = entitled(probed)
            if found.refusal is not None or found.ladder:
                return None
            if len(found.outcomes) == 1:
                return found.outcomes[0]
            return next((outcome for outcome in found.outcomes if outcome.rule == main.rule), None)

        return curve_of(main, only or grant.rules, facts, evaluate, self._lexicon)

    def _merged(self, before: Entitlement, rules: Sequence[SubsidyRule]) -> tuple[Fact, ...]:
        """The facts of the conversation with those of the task in the place of what they measure."""
        earlier = list(self._inquiry.facts)
        named = {
            (given.fact, given.unit): fact
            for outcome in before.outcomes[:1]
            for given, fact in zip(given_facts(outcome), outcome.used, strict=True)
        }
        turn = 1 + max((fact.turn for fact in earlier), default=-1)
        stated: list[Fact] = []
        for fact in self._task.facts:
            unit = _unit_stated(fact, rules)
            value = fact.value / 100 if unit == "percent" else fact.value  # a fact holds shares as fractions
            known = named.get((fact.fact, unit))
            if known is not None and known in earlier:
                earlier.remove(known)
                stated.append(restated(known, value, turn))
                continue
            earlier = [old for old in earlier if not measures_the_same(fact.fact, unit, old)]
            stated.append(fact_for(fact.fact, value, unit, self._lexicon, turn))
        return (*earlier, *stated)


def _leaves(document: Document, clause: Clause) -> Iterator[Clause]:
    if clause.is_leaf:
        yield clause
    for child in clause.child_ids:
        yield from _leaves(document, document.clauses_by_id[child])


def _unit_stated(fact: StatedFact, rules: Sequence[SubsidyRule]) -> str:
    """The unit of a fact; a currency that ends its name ("项目投入(欧元)") is the one it is in, whatever else is said."""
    unit = fact.unit or _unit_of(fact.fact, rules)
    return (currency_at_end(fold(fact.fact)) or unit) if unit == "yuan" else unit


def _unit_of(words: str, rules: Sequence[SubsidyRule]) -> Unit:
    """The unit in which the rules measure what they call by these words."""
    for rule in rules:
        for condition in rule.conditions:
            if condition.metric == words and condition.unit in get_args(Unit):
                return condition.unit  # type: ignore[return-value]
        for per in (rule.per, rule.cap_per):
            if per and per.removeprefix("每") == words.removeprefix("每"):
                return unit_counted(per)  # type: ignore[return-value]
    return "yuan"


def _failed(outcome: Outcome | None) -> FailedCondition | None:
    if outcome is None or outcome.failed is None or outcome.failed_value is None:
        return None
    return FailedCondition(condition=outcome.failed, stated=outcome.failed_value)
