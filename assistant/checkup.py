"""Policy check-up: every rule that may apply to an enterprise, in three groups, with what may be claimed together."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Citation, Figure
from assistant.citing import cite
from assistant.composition import Composer
from assistant.entitlement import size_conflict
from assistant.lexicon import GENERAL, Lexicon
from assistant.library import Grant, Library, compact_words
from assistant.messages import Phrases
from assistant.profile import Profile
from assistant.question import Language, levels_in
from assistant.subsidies import binding
from assistant.subsidies.calculation import Outcome, Result, base_words, calculate
from assistant.subsidies.rule import Bound, Number, SubsidyRule
from corpus.document import Document
from corpus.script import fold, repair_glyphs

_SPECIFIC = 12  # a concept found in at most 1/12 of the passages says what a grant is for
_NO_STACKING = re.compile(
    r"就高不重复|就高不就低|不重复(?:享受|支持|奖励|补助|兑现)|不得重复|不叠加|不得叠加|择优不重复|从高不重复|不可兼得"
)
_STACKING = re.compile(r"可(?:以)?叠加|叠加享受|可(?:以)?同时享受|可重复享受")


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
    relevance: float = Field(ge=0, le=1, description="how much of what the grant is for the profile mentions")


class Checkup(_Frozen):
    """A policy check-up: matches by group, the most relevant first, and the total."""

    as_of: date
    region: str
    matches: tuple[Match, ...]
    certain_total: Number = Field(description="yuan that may certainly be claimed together, exact sums only")
    possible_total: Number = Field(description="yuan that may be claimed together at most, ceilings included")
    stacking: tuple[str, ...] = Field(description="the documents' own rules on claiming several at once, verbatim")

    def group(self, group: Group) -> tuple[Match, ...]:
        """The matches of one group."""
        return tuple(match for match in self.matches if match.group is group)


def check(profile: Profile, library: Library, lexicon: Lexicon, as_of: date, region: str = "") -> Checkup:
    """Hold every stated grant of a region (all regions when empty) against a profile on a day."""
    checker = _Checker(profile, library, lexicon, as_of)
    documents = [d for d in library.collection.documents if not region or d.metadata.region == region]
    matches = [
        match for d in documents for grant in library.grants if grant.document is d for match in checker.matches(grant)
    ]
    order = list(Group)
    matches.sort(key=lambda match: (order.index(match.group), -match.relevance))
    certain, possible = _totals(matches, documents)
    return Checkup(
        as_of=as_of,
        region=region,
        matches=tuple(matches),
        certain_total=certain,
        possible_total=possible,
        stacking=tuple(dict.fromkeys(sentence for d in documents for sentence in _stacking_sentences(d))),
    )


class _Checker:
    def __init__(self, profile: Profile, library: Library, lexicon: Lexicon, as_of: date) -> None:
        self._profile = profile
        self._library = library
        self._lexicon = lexicon
        self._as_of = as_of
        self._phrases = Phrases(Language.CHINESE)
        self._composer = Composer(self._phrases, as_of)
        self._facts = profile.facts(lexicon)
        self._words = compact_words(profile.words())
        self._concepts = lexicon.concepts_in(profile.words())

    def matches(self, grant: Grant) -> Iterable[Match]:
        """A match for each rule of a grant; grants without a stated sum are left to the clause search."""
        for rule in grant.rules:
            # a sum is worked out only for what the profile is about; else the clause's own ceiling is shown
            facts = self._facts if self._mentioned(grant) > 0 or self._names_base(rule) else ()
            yield self._match(grant, rule, calculate(rule, facts, self._lexicon))

    def _match(self, grant: Grant, rule: SubsidyRule, outcome: Outcome) -> Match:
        citation = cite(grant.document, grant.clause, grant.start, grant.end, self._as_of)
        figures = tuple(self._composer.figures([outcome])) if outcome.sums else ()
        relevance = self._relevance(grant, rule)
        reason = self._reason(grant, rule, outcome)
        if reason:
            return Match(group=Group.NOT_ELIGIBLE, citation=citation, figures=(), reason=reason, relevance=relevance)
        open_conditions = tuple(self._open(grant, rule, outcome))
        group = Group.ELIGIBLE_IF if open_conditions or outcome.missing or not outcome.sums else Group.ELIGIBLE
        return Match(
            group=group,
            citation=citation,
            figures=figures,
            open_conditions=open_conditions,
            missing=tuple(repair_glyphs(words) for words in outcome.missing),
            relevance=relevance,
        )

    def _reason(self, grant: Grant, rule: SubsidyRule, outcome: Outcome) -> str:
        """Why the rule plainly does not apply; empty when it may."""
        if not grant.document.metadata.in_force(self._as_of):
            return self._validity_reason(grant.document)
        if outcome.result is Result.NOT_ELIGIBLE:
            return self._composer.failed(outcome).replace("[1]", "")
        conflict = size_conflict(grant.own, (f"{self._profile.size.value}企业",) if self._profile.size else ())
        if conflict is not None:
            return self._phrases.say(conflict.code, marker=1, **conflict.values).replace("[1]", "")
        return ""

    def _validity_reason(self, document: Document) -> str:
        metadata, day = document.metadata, self._phrases.day(self._as_of)
        if metadata.valid_to is not None and metadata.valid_to < self._as_of:
            until = self._phrases.day(metadata.valid_to)
            return self._phrases.say("expired", document=metadata.title, until=until, day=day)
        start = self._phrases.day(metadata.valid_from) if metadata.valid_from else ""
        return self._phrases.say("not_yet", document=metadata.title, start=start, day=day)

    def _open(self, grant: Grant, rule: SubsidyRule, outcome: Outcome) -> Iterable[str]:
        """Conditions that neither the figures nor the certificates of the profile settle, in the clause's words."""
        for condition in outcome.open_conditions:
            if condition.unit == "category" and self._holds(condition.metric):
                continue
            yield self._composer.condition(condition)
        named = [c.metric for c in rule.conditions if c.unit == "category"]
        for words in self._purpose(grant, rule):
            if not any(words in metric for metric in named):
                yield words

    def _purpose(self, grant: Grant, rule: SubsidyRule) -> list[str]:
        """What the grant is for, as far as the profile does not mention it: its own specific words."""
        missing = []
        for mention in self._lexicon.mentions(grant.own):
            specific = [c for c in mention.concepts if self._is_specific(c.number)]
            if specific and not any(c.number in self._concepts for c in specific) and mention.word not in self._words:
                missing.append(mention.word)
        return list(dict.fromkeys(missing))[:4]

    def _holds(self, metric: str) -> bool:
        """Whether a certificate, level or class is among the profile's words, level included."""
        wanted = compact_words(metric)
        levels = levels_in(wanted)
        if levels and not levels & levels_in(self._words):
            return False
        concepts = self._lexicon.concepts_in(wanted)
        return wanted in self._words or (bool(concepts) and concepts <= self._concepts)

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


# ── totals ──


def _totals(matches: Sequence[Match], documents: Sequence[Document]) -> tuple[Decimal, Decimal]:
    """Certain and possible totals: sums are added only within a document whose own words allow stacking.

    Where a document says nothing or forbids it, the highest of its sums counts; different documents are
    never added, since none of them says how it stands to the other.
    """
    certain = possible = Decimal(0)
    for document in documents:
        eligible = [
            m for m in matches if m.group is Group.ELIGIBLE and m.citation.document_id == document.id and m.figures
        ]
        exact = [
            m.figures[0].amount
            for m in eligible
            if m.figures[0].bound is Bound.EXACT and m.figures[0].per in (None, "年")
        ]
        bounded = [m.figures[0].amount for m in eligible if m.figures[0].per in (None, "年")]
        combine = sum if _allows_stacking(document) else max
        certain = max(certain, Decimal(combine(exact)) if exact else Decimal(0))
        possible = max(possible, Decimal(combine(bounded)) if bounded else Decimal(0))
    return certain, possible


def _allows_stacking(document: Document) -> bool:
    text = fold(document.text)
    return bool(_STACKING.search(text)) and not _NO_STACKING.search(text)


def _stacking_sentences(document: Document) -> Iterable[str]:
    folded = fold(document.text)
    for pattern in (_NO_STACKING, _STACKING):
        for match in pattern.finditer(folded):
            start = max(folded.rfind(end, 0, match.start()) for end in "。;\n") + 1
            ends = [position for end in "。;\n" if (position := folded.find(end, match.end())) >= 0]
            yield document.text[start : min(ends) + 1 if ends else len(folded)].strip()
