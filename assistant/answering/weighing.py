"""Weighing: a grant held against a case, rule by rule: what it gives, what is still open, and why it does not apply."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.answering.citing import cite
from assistant.answering.composition import Composer
from assistant.answering.conditions import conditions_of, open_texts
from assistant.answering.gloss import in_english
from assistant.answering.matches import Group, Match
from assistant.answering.messages import Phrases
from assistant.clause.grant import Grant, compact_words
from assistant.clause.rule import Condition, Operator, SubsidyRule
from assistant.figures.calculation import Outcome, Result, base_words, calculate
from assistant.language.lexicon import GENERAL, Lexicon
from assistant.language.signs import signs_in
from assistant.language.things import Dimension
from assistant.language.unify import TAKEN, money_in, things_in, unify
from assistant.matching import binding
from assistant.matching.accounting import held_in, says_no_more, shares
from assistant.matching.beside import contradiction
from assistant.matching.exclusion import level_out_of_reach, only_takes_part, size_conflict
from assistant.matching.likeness import Likeness
from assistant.matching.refusing import denied_requirement
from assistant.matching.requirements import demanding_stretches, requirements_of
from assistant.matching.said import said_to, segment_around
from assistant.question import Language
from assistant.question.case import Case
from assistant.question.fact import DURATIONS
from assistant.question.profile import REVENUE
from assistant.question.situation import Fact
from corpus.document import Document
from corpus.script import fold, repair_glyphs

if TYPE_CHECKING:
    from assistant.finding.library import PolicyTexts
    from index.embedding import Embedder

_SPECIFIC = 12  # a concept found in at most 1/12 of the passages says what a grant is for
_SUBJECT = 4  # characters that a project's or customer's name must share with a grant to be what it is for
_SPOKEN_OF = 0.5  # relevance from which a grant without a sum is listed with what it still wants


class Weigher:
    """Holds grants against one case on one day; what it says is in one language.

    ``among`` are the grants whose conditions a statement in other words may mean one of; without them only words decide.
    """

    def __init__(
        self,
        case: Case,
        library: "PolicyTexts",
        lexicon: Lexicon,
        as_of: date,
        language: Language,
        among: Sequence[Grant] = (),
    ) -> None:
        self._case = case
        self._library = library
        self._lexicon = lexicon
        self._as_of = as_of
        self._phrases = Phrases(language)
        self._composer = Composer(self._phrases, as_of)
        self._facts = case.facts
        self._subjects = {subject: self._subject(subject) for subject, _ in case.by_subject if subject}
        self._concepts = frozenset().union(*(lexicon.concepts_in(one.text) for one in case.statements))
        likeness = Likeness(lambda: list(_conditions(among, as_of)), lambda: _embedder_of(library)) if among else None
        self._held = held_in(case, lexicon, likeness)

    def matches(self, grant: Grant) -> Iterable[Match]:
        """A match for each rule of a grant; one for a grant without a sum where the case speaks of it."""
        if not grant.rules:
            yield from self._without_sum(grant)
            return
        subjects = self._subjects_of(grant)
        outcomes = [self._worked_out(rule, self._facts_for(grant, rule, subjects)) for rule in grant.rules]
        found = [self._match(grant, outcome) for outcome in _without_lower_rungs(outcomes)]
        sure = any(match.group is Group.ELIGIBLE for match in found)
        for match in found:
            if not (sure and len(found) > 1 and match.group is Group.ELIGIBLE_IF):  # of a class that is not theirs
                yield match

    def _worked_out(self, rule: SubsidyRule, facts: tuple[Fact, ...]) -> Outcome:
        """What a rule gives; "实际投入" behind a threshold is what was spent on the thing that the threshold is on."""
        outcome = calculate(rule, facts, self._lexicon)
        if not all(thing.generic for thing in things_in(fold(base_words(rule)))):
            return outcome
        met = [judged.words for condition, judged in outcome.met if condition.unit == "yuan"]
        measured = [
            fact
            for fact in facts
            if fact.unit == "yuan"
            and fact.words in met
            and any(thing.dimension is Dimension.OUTLAY for thing in fact.things)
        ]
        if len(measured) != 1:
            return outcome
        bare = replace(measured[0], things=things_in(fold(base_words(rule))), words=fold(base_words(rule)))
        worked = calculate(rule, (*(fact for fact in facts if fact.unit != "yuan"), measured[0], bare), self._lexicon)
        return outcome if worked.missing else worked

    def _facts_for(self, grant: Grant, rule: SubsidyRule, subjects: frozenset[str]) -> tuple[Fact, ...]:
        """The amounts a rule may be worked out from; without them the clause's own ceiling is shown.

        They are those of what the profile is about, and never of another project or customer. The revenue of the
        whole enterprise is no sales of one product, whatever the words share.
        """
        general = self._mentioned(grant) > 0 or self._names_base(rule)
        measured = fold(" ".join((base_words(rule), *(condition.metric for condition in rule.conditions))))
        own = [
            (subject, fact)
            for subject, fact in self._case.by_subject
            if (
                subject in subjects
                or (not subject and (general or fact.unit in DURATIONS or _has_threshold_on(rule, fact)))
            )
            and (fact.words != REVENUE or "收" in measured)
            and (subject or not _is_of_another_kind(rule, fact))
        ]
        return tuple(_added_up(own, self._case.customers))

    def _subject(self, subject: str) -> tuple[frozenset[int], frozenset[str]]:
        """What a grant that is about a project or customer has one of: its concepts, or pieces of its name."""
        concepts = self._lexicon.concepts_in(subject)
        wanted = frozenset(number for number in concepts if not self._lexicon.concepts[number].measure)
        return wanted, _pieces(compact_words(subject))

    def _subjects_of(self, grant: Grant) -> frozenset[str]:
        """The projects and customers that a grant is about: the money of another must not be multiplied."""
        concepts, pieces = self._lexicon.concepts_in(grant.own), _pieces(grant.own)
        return frozenset(
            subject
            for subject, (wanted, named) in self._subjects.items()
            if wanted & concepts
            or not named.isdisjoint(pieces)
            or any(len(piece) < _SUBJECT and piece in grant.own for piece in named)
            or (subject == self._case.only_project and self._tells_of_project(grant))
        )

    def _tells_of_project(self, grant: Grant) -> bool:
        """Whether a statement on what the grant is for speaks of a project, which is the only one there is."""
        return any(
            signs_in(one.text, "project") and shares(words, grant.own, self._lexicon)
            for one, words in zip(self._held.statements, self._held.words, strict=True)
            if one.text not in self._subjects
        )

    def _match(self, grant: Grant, outcome: Outcome) -> Match:
        figures = tuple(self._composer.figures([outcome])) if outcome.sums else ()
        found = Match(
            group=Group.ELIGIBLE,
            citation=cite(grant.document, grant.clause, grant.start, grant.end, self._as_of),
            figures=figures,
            relevance=self._relevance(grant, outcome.rule),
        )
        open_conditions = (*self._open(grant, outcome), *self._taken_for(outcome))
        reason, condition = self._reason(grant, outcome.rule, outcome)
        if reason:
            return found.model_copy(
                update={
                    "group": Group.NOT_ELIGIBLE,
                    "figures": (),
                    "reason": reason,
                    "failed_condition": " ".join(repair_glyphs(condition).split()),
                }
            )
        # a share whose base is not known and that has no ceiling may be claimed, whatever it comes to
        settled = not open_conditions and (not outcome.missing or not outcome.sums)
        return found.model_copy(
            update={
                "group": Group.ELIGIBLE if settled else Group.ELIGIBLE_IF,
                "open_conditions": open_conditions,
                "missing": tuple(self._named(words) for words in outcome.missing),
            }
        )

    def _without_sum(self, grant: Grant) -> Iterable[Match]:
        """The match for a grant that states no sum, where the case speaks of what it is for."""
        required = requirements_of(grant, None, (), self._held, self._lexicon)
        open_conditions = tuple(one.text for one in required if not one.met)
        settled = bool(required) and not open_conditions and any(one.said for one in required)
        relevance = self._mentioned(grant)
        if grant.unread or not (settled or relevance >= _SPOKEN_OF):
            return
        reason, condition = self._reason(grant, None, None)
        group = Group.ELIGIBLE if settled else Group.ELIGIBLE_IF
        yield Match(
            group=Group.NOT_ELIGIBLE if reason else group,
            citation=cite(grant.document, grant.clause, grant.start, grant.end, self._as_of),
            figures=(),
            open_conditions=() if reason else open_conditions,
            reason=reason,
            failed_condition=condition,
            relevance=relevance,
        )

    def _reason(self, grant: Grant, rule: SubsidyRule | None, outcome: Outcome | None) -> tuple[str, str]:
        """Why the rule plainly does not apply, and the condition that fails in the clause's words; empty when it may."""
        if not grant.document.metadata.in_force(self._as_of):
            return self._validity_reason(grant.document), ""
        if outcome is not None and outcome.result is Result.NOT_ELIGIBLE and outcome.failed is not None:
            return _without_marker(self._composer.failed(outcome)), _segment_of(grant, outcome.failed)
        opposed = contradiction(grant, rule, said_to(grant, self._case.text))
        denied = (
            opposed.text
            if opposed is not None
            else denied_requirement(grant, rule, self._case, self._held, self._lexicon)
        )
        if denied:
            return _without_marker(self._phrases.say("not_member", marker=1, words=denied)), denied
        conflict = (
            only_takes_part(grant.own, self._case, self._lexicon)
            or level_out_of_reach(grant.own, self._case, self._lexicon)
            or size_conflict(grant.own, self._case.sizes)
        )
        if conflict is not None:
            return _without_marker(self._phrases.say(conflict.code, marker=1, **conflict.values)), ""
        return "", ""

    def _validity_reason(self, document: Document) -> str:
        metadata, day = document.metadata, self._phrases.day(self._as_of)
        if metadata.valid_to is not None and metadata.valid_to < self._as_of:
            until = self._phrases.day(metadata.valid_to)
            return self._phrases.say("expired", document=metadata.title, until=until, day=day)
        start = self._phrases.day(metadata.valid_from) if metadata.valid_from else ""
        return self._phrases.say("not_yet", document=metadata.title, start=start, day=day)

    def _open(self, grant: Grant, outcome: Outcome) -> tuple[str, ...]:
        """What neither the figures nor the words of the profile settle, in the clause's words."""
        say, value = self._composer.condition, self._composer.value
        return open_texts(conditions_of(grant, outcome, self._held, self._lexicon, say, value))

    def _taken_for(self, outcome: Outcome) -> Iterable[str]:
        """The clause's words for a base that says more than the field of the profile that is taken for it: 网箱设备购置额."""
        words = base_words(outcome.rule)
        general = [fact for subject, fact in self._case.by_subject if not subject and fact in outcome.used]
        for fact in general:
            if fact.things and not says_no_more(fold(words), fact.words, self._lexicon):
                yield repair_glyphs(words)

    def _named(self, words: str) -> str:
        """A clause's words for a fact, glossed for readers of English."""
        shown = repair_glyphs(words)
        return in_english(shown, self._lexicon) if self._phrases.language is Language.ENGLISH else shown

    def _relevance(self, grant: Grant, rule: SubsidyRule) -> float:
        measured = any(self._measured(w) for w in (base_words(rule), *(c.metric for c in rule.conditions)) if w)
        return min(1.0, 0.6 * self._mentioned(grant) + (0.4 if measured else 0.0))

    def _mentioned(self, grant: Grant) -> float:
        """Share of what the grant is for that the profile mentions."""
        concepts = {n for n in self._lexicon.concepts_in(grant.own) if self._is_specific(n)}
        return len(concepts & self._concepts) / len(concepts) if concepts else 0.0

    def _names_base(self, rule: SubsidyRule) -> bool:
        """Whether the base is a thing of its own (rent, energy) that the profile states, not "actual investment"."""
        words = base_words(rule)
        concepts = (self._lexicon.concepts[number] for number in self._lexicon.concepts_in(fold(words)))
        own = [c for c in concepts if c.measure not in ("", GENERAL) and "投入" not in c.chinese]
        return bool(own) and self._measured(words)

    def _measured(self, words: str) -> bool:
        bound = binding.bind(words, self._facts, self._lexicon)
        return bound is not None and bound.affinity >= binding.BOUND

    def _is_specific(self, number: int) -> bool:
        if self._lexicon.concepts[number].measure:
            return False
        words = self._lexicon.concepts[number].searchable
        return self._library.passages_with(words) <= max(3, len(self._library.texts) // _SPECIFIC)


def _conditions(grants: Sequence[Grant], as_of: date) -> Iterable[str]:
    """What the grants that hold on a day say of whom they are for, stretch by stretch: the closed set a statement means one of."""
    for grant in grants:
        if grant.document.metadata.in_force(as_of):
            for rule in grant.rules or (None,):
                yield from demanding_stretches(grant, rule)


def _embedder_of(library: "PolicyTexts") -> "Embedder":
    """The encoder of the index, or the one that is shipped where there is none."""
    from index.embedding import NANO_E5, load_embedder  # with it comes numpy, which the rules alone do not need

    index = getattr(library, "index", None)  # a library has one; documents alone do not
    return index.embedder if index is not None else load_embedder(NANO_E5)


def _pieces(words: str) -> frozenset[str]:
    """Every stretch of a text that is as long as a name must share; the whole of a shorter text."""
    return frozenset(words[n : n + _SUBJECT] for n in range(max(1, len(words) - _SUBJECT + 1)))


def _added_up(facts: Sequence[tuple[str, Fact]], customers: frozenset[str]) -> Iterable[Fact]:
    """The facts, those of several customers of the class that a grant is about as one: what they bought adds up."""
    sold = [fact for subject, fact in facts if subject in customers]
    for subject, fact in facts:
        if subject not in customers:
            yield fact
    if sold:
        yield replace(sold[0], value=sum((fact.value for fact in sold), Decimal(0)))


def _is_of_another_kind(rule: SubsidyRule, fact: Fact) -> bool:
    """Whether a fact is what the whole enterprise spent on one thing, which a rule on a project's 实际投入 does not speak of."""
    base = things_in(fold(base_words(rule)))
    if not base or not all(thing.generic for thing in base):
        return False
    if not any(thing.dimension is Dimension.OUTLAY and not thing.generic for thing in fact.things):
        return False
    return not _has_threshold_on(rule, fact)


def _has_threshold_on(rule: SubsidyRule, fact: Fact) -> bool:
    """Whether a rule asks for so much of what a fact measures."""
    return any(unify(money_in(fold(c.metric)), fact.things) in TAKEN for c in rule.conditions if c.unit == "yuan")


def _segment_of(grant: Grant, condition: Condition) -> str:
    """The words of the clause that state a condition, from mark to mark."""
    if condition.span is None:
        return condition.metric
    return grant.clause.text[slice(*segment_around(fold(grant.clause.text), condition.span.start))].strip()


def _without_marker(sentence: str) -> str:
    """A sentence that stands beside its citation, so needs no number for it."""
    return sentence.replace(" [1]", "").replace("[1]", "")


def _without_lower_rungs(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Of the rungs of a ladder by size that are reached, only the highest: 突破1亿元、5亿元 are not paid both."""
    reached = [o for o in outcomes if o.rule.ladder and o.sums and _floor(o) is not None]
    highest = max(reached, key=lambda outcome: _floor(outcome) or 0, default=None)
    return [outcome for outcome in outcomes if outcome is highest or outcome not in reached]


def _floor(outcome: Outcome) -> Decimal | None:
    """The value from which a rung is reached, when it certainly is."""
    floors = [
        condition.value
        for condition in outcome.rule.conditions
        if condition.unit != "category" and condition.op in (Operator.AT_LEAST, Operator.MORE_THAN)
    ]
    return max(floors) if floors and not any(c.unit != "category" for c in outcome.open_conditions) else None
