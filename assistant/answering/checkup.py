"""Policy check-up: every rule that may apply to an enterprise, in three groups, with what may be claimed together."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Citation, Figure
from assistant.answering.citing import cite
from assistant.answering.composition import Composer
from assistant.answering.conditions import conditions_of, open_texts
from assistant.answering.gloss import in_english
from assistant.answering.messages import Phrases
from assistant.clause.grant import Grant, compact_words
from assistant.clause.rule import Bound, Number, Operator, SubsidyRule
from assistant.figures.calculation import Outcome, Result, base_words, calculate
from assistant.finding.library import PolicyTexts
from assistant.language.lexicon import GENERAL, Lexicon
from assistant.matching import binding
from assistant.matching.beside import contradiction
from assistant.matching.exclusion import size_conflict
from assistant.matching.requirements import Held
from assistant.matching.said import said_to
from assistant.question import Language
from assistant.question.profile import REVENUE, Profile
from assistant.question.situation import Fact
from assistant.validation import check_region
from corpus.collection import Collection
from corpus.document import Document
from corpus.script import fold, repair_glyphs

_SPECIFIC = 12  # a concept found in at most 1/12 of the passages says what a grant is for
_SUBJECT = 4  # characters that a project's or customer's name must share with a grant to be what it is for
_NOT = r"(?:不(?:再|予|可|能|得|应|准|重复|允许|可以)*|不得|无法)"
_NO_STACKING = re.compile(
    rf"就高不重复|就高不就低|{_NOT}(?:重复|叠加|同时|累计)(?:享受|支持|奖励|补助|补贴|兑现|申报|申请|计算)?|择优不重复|从高不重复|不可兼得|不兼得"
    r"|只(?:能)?(?:享受|申报|申请)(?:其中)?(?:一|1)(?:项|次|种)|择(?:高|优)(?:享受|执行|兑现|支持|奖励|补助|不)|按(?:从高|就高|最高(?:额|者|标准|一项|档))"
)
_STACKING = re.compile(
    r"(?<!不)可(?:以)?(?:叠加|同时享受|累加享受|重复享受)|(?<![不得可能予再])叠加(?:享受|支持|奖励|补助|补贴)"
)
# What is allowed beside the grants of others, or for some of them only, says nothing on all of this document's.
_RESTRICTED = re.compile(
    r"国家|省|上级|其他|其它|另行|本条|本项|本款|该项|该条|上述|前述|前款|以上两|第.{1,4}[条款项]|除外|除.{1,20}外|部分|原则上"
)


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


def match(
    profile: Profile,
    library: PolicyTexts,
    lexicon: Lexicon,
    as_of: date | None = None,
    region: str | None = None,
    language: Language = Language.CHINESE,
) -> Checkup:
    """The check-up on a day (default: today) for a region (default: the profile's own, else all).

    Its sentences are in ``language``; conditions that are quoted stay in the clause's words. Raises UnknownNameError
    when no document is from the region.
    """
    wanted = region if region is not None else profile.region
    name = region_for(wanted, library.collection) if wanted else ""
    return check(profile, library, lexicon, as_of or date.today(), name, language)


def region_for(name: str, collection: Collection) -> str:
    """The region of the collection that a name means, 成都 for 成都市 and Chengdu too."""
    for document in collection.documents:
        known = (document.metadata.region, *document.metadata.region_aliases)
        if document.metadata.region and fold(name) in map(fold, known):
            return document.metadata.region
    return check_region(name, collection.regions)


def check(
    profile: Profile,
    library: PolicyTexts,
    lexicon: Lexicon,
    as_of: date,
    region: str = "",
    language: Language = Language.CHINESE,
) -> Checkup:
    """Hold every stated grant of a region (all regions when empty) against a profile on a day."""
    checker = _Checker(profile, library, lexicon, as_of, language)
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
    def __init__(
        self, profile: Profile, library: PolicyTexts, lexicon: Lexicon, as_of: date, language: Language
    ) -> None:
        self._profile = profile
        self._library = library
        self._lexicon = lexicon
        self._as_of = as_of
        self._phrases = Phrases(language)
        self._composer = Composer(self._phrases, as_of)
        self._by_subject = tuple(profile.facts_by_subject(lexicon))
        self._facts = tuple(fact for _, fact in self._by_subject)
        self._subjects = {subject: self._subject(subject) for subject, _ in self._by_subject if subject}
        self._words = compact_words(profile.words())
        projects = (project.name for project in profile.projects)
        self._said = fold(",".join((*profile.industry, *profile.certificates, *projects)))  # each for itself
        self._concepts = lexicon.concepts_in(profile.words())
        # stated amounts say something too: who pays rent rents premises
        self._held = Held(
            compact_words(" ".join((profile.words(), *(fact.words for fact in self._facts)))),
            self._concepts.union(*(fact.concepts for fact in self._facts)),
        )

    def matches(self, grant: Grant) -> Iterable[Match]:
        """A match for each rule of a grant; grants without a stated sum are left to the clause search."""
        subjects = self._subjects_of(grant)
        outcomes = [calculate(rule, self._facts_for(grant, rule, subjects), self._lexicon) for rule in grant.rules]
        for outcome in _without_lower_rungs(outcomes):
            yield self._match(grant, outcome.rule, outcome)

    def _facts_for(self, grant: Grant, rule: SubsidyRule, subjects: frozenset[str]) -> tuple[Fact, ...]:
        """The amounts a rule may be worked out from; without them the clause's own ceiling is shown.

        They are those of what the profile is about, and never of another project or customer. The revenue of the
        whole enterprise is no sales of one product, whatever the words share.
        """
        if self._mentioned(grant) == 0 and not self._names_base(rule):
            return ()
        measured = fold(" ".join((base_words(rule), *(condition.metric for condition in rule.conditions))))
        return tuple(
            fact
            for subject, fact in self._by_subject
            if (not subject or subject in subjects) and (fact.words != REVENUE or "收" in measured)
        )

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
        )

    def _match(self, grant: Grant, rule: SubsidyRule, outcome: Outcome) -> Match:
        citation = cite(grant.document, grant.clause, grant.start, grant.end, self._as_of)
        figures = tuple(self._composer.figures([outcome])) if outcome.sums else ()
        relevance = self._relevance(grant, rule)
        reason = self._reason(grant, rule, outcome)
        if reason:
            return Match(group=Group.NOT_ELIGIBLE, citation=citation, figures=(), reason=reason, relevance=relevance)
        open_conditions = self._open(grant, outcome)
        group = Group.ELIGIBLE_IF if open_conditions or outcome.missing or not outcome.sums else Group.ELIGIBLE
        return Match(
            group=group,
            citation=citation,
            figures=figures,
            open_conditions=open_conditions,
            missing=tuple(self._named(words) for words in outcome.missing),
            relevance=relevance,
        )

    def _reason(self, grant: Grant, rule: SubsidyRule, outcome: Outcome) -> str:
        """Why the rule plainly does not apply; empty when it may."""
        if not grant.document.metadata.in_force(self._as_of):
            return self._validity_reason(grant.document)
        if outcome.result is Result.NOT_ELIGIBLE:
            return _without_marker(self._composer.failed(outcome))
        opposed = contradiction(grant, rule, said_to(grant, self._said))
        if opposed is not None:
            return _without_marker(self._phrases.say("not_member", marker=1, words=opposed.text))
        conflict = size_conflict(grant.own, (f"{self._profile.size.value}企业",) if self._profile.size else ())
        if conflict is not None:
            return _without_marker(self._phrases.say(conflict.code, marker=1, **conflict.values))
        return ""

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


def _pieces(words: str) -> frozenset[str]:
    """Every stretch of a text that is as long as a name must share; the whole of a shorter text."""
    return frozenset(words[n : n + _SUBJECT] for n in range(max(1, len(words) - _SUBJECT + 1)))


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


# ── totals ──


def _totals(matches: Sequence[Match], documents: Sequence[Document]) -> tuple[Decimal, Decimal]:
    """Certain and possible totals in yuan of what the enterprise is eligible for.

    Sums are added only within a document whose own words allow it, one from each quoted sentence, since its rungs
    and rises exclude one another. Else the highest counts; different documents are never added, since none
    of them says how it stands to the other.
    """
    certain = possible = Decimal(0)
    for document in documents:
        main = [
            (match.citation, match.figures[0])
            for match in matches
            if match.group is Group.ELIGIBLE and match.citation.document_id == document.id and match.figures
        ]
        money = [(citation, f) for citation, f in main if f.currency == "CNY" and f.per in (None, "年")]
        stacks = _allows_stacking(document)
        certain = max(certain, _total([pair for pair in money if pair[1].bound is Bound.EXACT], stacks))
        possible = max(possible, _total(money, stacks))
    return certain, possible


def _total(money: Sequence[tuple[Citation, Figure]], stacks: bool) -> Decimal:
    if not stacks:
        return max((figure.amount for _, figure in money), default=Decimal(0))
    highest: dict[tuple[str, int], Decimal] = {}
    for citation, figure in money:
        place = (citation.clause_id, citation.start + citation.focus.start)
        highest[place] = max(figure.amount, highest.get(place, Decimal(0)))
    return sum(highest.values(), Decimal(0))


def _allows_stacking(document: Document) -> bool:
    """Whether a sentence allows several grants of this document at once, and none forbids or restricts it."""
    text = fold(document.text)
    allowing = [_sentence(text, match) for match in _STACKING.finditer(text)]
    return bool(allowing) and not _NO_STACKING.search(text) and not any(map(_RESTRICTED.search, allowing))


def _stacking_sentences(document: Document) -> Iterable[str]:
    folded = fold(document.text)
    for pattern in (_NO_STACKING, _STACKING):
        for match in pattern.finditer(folded):
            yield _sentence(document.text, match, folded).strip()


def _sentence(text: str, match: re.Match[str], folded: str = "") -> str:
    """The sentence of ``text`` around a match in its folded form, which has the same length."""
    folded = folded or text
    start = max(folded.rfind(end, 0, match.start()) for end in "。;\n") + 1
    ends = [position for end in "。;\n" if (position := folded.find(end, match.end())) >= 0]
    return text[start : min(ends) + 1 if ends else len(folded)]
