"""Ranking: which grant or passage answers an inquiry, and how sure that is.

Words decide most: the share of the question's words (weighted by their rarity, synonyms counted) that a
text covers. Meaning (dense similarity) and BM25 settle what words leave open.
"""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.clause.grant import Grant, compact_words, positions
from assistant.figures.calculation import base_words
from assistant.finding.confidence import MANY_TERMS, Evidence, confidence
from assistant.finding.library import Library, Text
from assistant.language.levels import levels_in
from assistant.language.lexicon import Lexicon
from assistant.language.terms import Term
from assistant.matching import binding
from assistant.question import Intent, Language
from assistant.question.conversation import Inquiry
from assistant.question.demands import demands
from assistant.question.situation import MONEY
from index.hybrid import ScoreTable

T = TypeVar("T")


class _Words(Protocol):
    """The words of a candidate, folded and without spaces: its own, those beside it, those around it."""

    @property
    def own(self) -> str: ...
    @property
    def near(self) -> str: ...
    @property
    def far(self) -> str: ...


_HOLDS = {
    "number": re.compile(r"\d"),
    "share": re.compile(r"\d%|百分之|个百分点|\d‰|\d:\d"),
    "date": re.compile(r"\d{4}年|每(?:年|季|月)|年(?:底|内|末)|日"),
    "often": re.compile(r"每(?:半?年|季|个?月|周|旬|日|天)|[一二两](?:年|月|季|周)[一两]|按(?:年|季|月|周)|定期"),
    "list": re.compile(r"(?:[^、]{1,16}、){3}"),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts for; chosen by ``tests/benchmarks/choose_weights.py``."""

    coverage: float = 0.85
    dense: float = 0.12  # for each standard deviation of similarity in meaning above the mean of all passages
    lexical: float = 0.19
    precision: float = 0.15  # share of the text's own concepts that the question has
    near: float = 0.35  # a word found beside the text (sentence, heading) instead of in it
    far: float = 0.35  # a word found in the clause or the headings above
    expected: float = 0.04  # for a number, share, date or list where one is asked for
    often: float = 0.20  # for saying how often where that is asked: few clauses do, and no other answers it
    facts: float = 0.07  # for a grant that measures what the asker stated
    rarest: float = 0.12  # for holding the question's rarest word itself
    novelty: float = 0.15  # taken off where a clause is for the first time only and the asker says nothing of it
    demanded: float = 0.10  # for a passage that asks for at least so much of what the asker doubts to have enough of
    level: float = 0.16  # taken off for a level (国家级, 省级, 市级) other than the one asked for
    negated: float = 0.40  # taken off for what the asker says not to be
    unknown: float = 0.80  # rarity given to a plain word that no document holds, as a share of the rarest


WEIGHTS = Weights()
STRANGE = 0.5  # share of confidence, coverage and score left to a candidate that holds nothing of what a follow-up newly names


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """A candidate and the evidence for it."""

    item: T
    score: float
    coverage: float  # 0 to 1: share of the question's words, by rarity, that it covers
    confidence: float  # 0 to 1: how surely it answers the question at all
    evidence: Evidence
    missing: tuple[str, ...]  # words of the question that stand nowhere in its document part


class _Query:
    """One inquiry made ready for scoring many candidates."""

    def __init__(self, inquiry: Inquiry, table: ScoreTable, rarity: Sequence[float]) -> None:
        self.inquiry = inquiry
        self.terms = inquiry.terms
        self.rarity = rarity
        self.says_first = any("首次" in term.alternatives for term in inquiry.terms)
        self.subjects = new_subjects(inquiry)
        self.whole = sum(rarity)
        self.rarest = max(rarity, default=0.0)
        self.lexical = _normalise(table.lexical)
        spread = float(table.dense.std()) if table.dense.size else 0.0
        self._distinct = (table.dense - table.dense.mean()) / spread if spread > 0 else np.zeros_like(table.dense)
        self._most_distinct = float(self._distinct.max()) if self._distinct.size else 0.0
        self.english = 1.0 if inquiry.turn.language is Language.ENGLISH else 0.0

    def distinctness(self, rows: Sequence[int]) -> float:
        """How far the most similar of the passages ``rows`` lies above the mean of all, in standard deviations."""
        return max((float(self._distinct[row]) for row in rows), default=0.0)

    def evidence(
        self, rows: Sequence[int], coverage: float, score: float, precision: float, absent: float, unknown: float
    ) -> Evidence:
        """The evidence for a candidate that stands in the passages ``rows``."""
        distinct = self.distinctness(rows)
        lag = distinct - self._most_distinct
        terms = min(len(self.terms), MANY_TERMS) / MANY_TERMS
        return Evidence(coverage, score, distinct, lag, self.english, precision, absent, unknown, terms)


class Ranker:
    """Ranks grants and passages of one library."""

    def __init__(self, library: Library, lexicon: Lexicon, weights: Weights = WEIGHTS) -> None:
        self._library = library
        self._lexicon = lexicon
        self._weights = weights
        self._own_concepts: dict[str, frozenset[int]] = {}
        self._concept_rarities: dict[int, float] = {}
        self._last: tuple[tuple[str, str], ScoreTable] | None = None

    def scores(self, inquiry: Inquiry) -> ScoreTable:
        """Search scores of all passages for an inquiry: its words with synonyms, and its text for the meaning."""
        words = " ".join(word for term in inquiry.terms for word in term.alternatives[:4]) or inquiry.turn.folded
        asked = (words, _dense_text(inquiry))
        if self._last is None or self._last[0] != asked:  # a comparison asks the same of each region
            self._last = (asked, self._library.index.scores(words, dense_query=asked[1]))
        return self._last[1]

    def grants(self, inquiry: Inquiry, table: ScoreTable) -> list[Ranked[Grant]]:
        """Grants of the documents meant, best first."""
        query = _Query(inquiry, table, self._rarity(inquiry.terms))
        ranked = [
            self._rank(grant, grant, self._library.rows_of(grant), query, "grant")
            for grant in self._library.grants
            if _allowed(inquiry, grant.document.id, grant.document.metadata.region)
        ]
        return sorted(ranked, key=lambda candidate: -candidate.score)

    def passages(self, inquiry: Inquiry, table: ScoreTable, limit: int = 150) -> list[Ranked[Text]]:
        """Passages of the documents meant, best first; the ``limit`` best by search are looked at closely."""
        query = _Query(inquiry, table, self._rarity(inquiry.terms))
        ranked = [
            self._rank(text, text, [text.row], query, "passage") for text in self._candidates(inquiry, table, limit)
        ]
        return sorted(ranked, key=lambda candidate: -candidate.score)

    def _candidates(self, inquiry: Inquiry, table: ScoreTable, limit: int) -> Iterator[Text]:
        taken = 0
        for row in np.argsort(-table.fused, kind="stable").tolist():
            text = self._library.texts[row]
            if _allowed(inquiry, text.passage.document_id, text.passage.region):
                yield text
                taken += 1
                if taken == limit:
                    return

    def _rarity(self, terms: Sequence[Term]) -> list[float]:
        """Inverse document frequency of each term over the passages, times its own weight."""
        values = []
        for term in terms:
            rarity = self._inverse_frequency(term.alternatives)
            if term.number is None and self._library.passages_with(term.alternatives) == 0:
                rarity *= self._weights.unknown
            values.append(rarity * term.weight)
        return values

    def _rank(self, item: T, words: _Words, rows: Sequence[int], query: _Query, kind: str) -> Ranked[T]:
        weights = self._weights
        covered, rarest, absent, unknown, missing = 0.0, 0.0, 0.0, 0.0, []
        for term, rarity in zip(query.terms, query.rarity, strict=True):
            degree = self._degree(term, words)
            covered += rarity * degree
            rarest = max(rarest, rarity if degree == 1.0 else 0.0)
            if degree == 0.0:
                missing.append(term.surface)
                if term.number is None:
                    unknown += rarity
                elif not self._lexicon.concepts[term.number].measure:
                    absent += rarity
        coverage = covered / query.whole if query.whole else 0.0
        precision = self._precision(words.own, query.terms)
        inquiry = query.inquiry
        score = weights.coverage * coverage + weights.precision * precision
        score += weights.dense * query.distinctness(rows)
        score += weights.lexical * max((float(query.lexical[row]) for row in rows), default=0.0)
        score += weights.expected * sum(1 for name in inquiry.turn.expects if _HOLDS[name].search(words.own))
        score += weights.often * ("often" in inquiry.turn.expects and holds_expected(words.own, {"often"}))
        score -= weights.negated * sum(1 for negated in inquiry.negated if self._demands(words.own, negated))
        score += weights.rarest * (rarest / query.rarest if query.rarest else 0.0)
        score -= weights.novelty * ("首次" in words.own and not query.says_first)
        score -= weights.level * _other_level(words.own, inquiry.levels)
        score += weights.facts * self._fits_facts(words, inquiry)
        whole = query.whole or 1.0
        evidence = query.evidence(rows, coverage, score, precision, absent / whole, unknown / whole)
        sure = confidence(evidence, kind)
        if inquiry.doubted and inquiry.intent is Intent.CLAUSE and kind == "passage":  # says which, not how surely
            score += weights.demanded * demands(words.own, inquiry.doubted)
        if query.subjects and query.subjects <= set(missing):  # only the earlier subject of a conversation fits
            sure, coverage, score = sure * STRANGE, coverage * STRANGE, score * STRANGE
        return Ranked(item, score, coverage, sure, evidence, tuple(missing))

    def _fits_facts(self, words: _Words, inquiry: Inquiry) -> float:
        """0 to 1: how well the asker's sums and classes fit what a grant measures and enumerates."""
        rules = getattr(words, "rules", ())
        if not rules:
            return 0.0
        sums = [fact for fact in inquiry.facts if fact.unit in MONEY and fact.things]
        metrics = {
            metric for rule in rules for metric in (base_words(rule), *(c.metric for c in rule.conditions)) if metric
        }
        measured = [binding.affinity(metric, fact, self._lexicon) for metric in metrics for fact in sums]
        classes = [c.metric for rule in rules for c in rule.conditions if c.unit == "category"]
        held = max((self._mentions(metric, inquiry.terms) for metric in classes), default=0.5)
        return 0.5 * max(measured, default=0.5) + 0.5 * held

    def _mentions(self, metric: str, terms: Sequence[Term]) -> float:
        """Share of a class's words that the question has."""
        text = compact_words(metric)
        covered = {position for term in terms for word in term.alternatives for position in positions(word, text)}
        return len(covered) / len(text) if text else 0.0

    def _degree(self, term: Term, words: _Words) -> float:
        for text, degree in ((words.own, 1.0), (words.near, self._weights.near), (words.far, self._weights.far)):
            if any(_stands_in(word, text) for word in term.alternatives):
                return degree
        return 0.0

    def _precision(self, own: str, terms: Sequence[Term]) -> float:
        concepts = self._concepts(own)
        if not concepts:
            return 0.0
        asked = {term.number for term in terms if term.number is not None}
        whole = sum(self._concept_rarity(number) for number in concepts)
        return sum(self._concept_rarity(number) for number in concepts & asked) / whole if whole else 0.0

    def _concept_rarity(self, number: int) -> float:
        if number not in self._concept_rarities:
            self._concept_rarities[number] = self._inverse_frequency(self._lexicon.concepts[number].searchable)
        return self._concept_rarities[number]

    def _inverse_frequency(self, alternatives: Sequence[str]) -> float:
        """BM25's inverse document frequency (Robertson and Zaragoza 2009) over the passages."""
        total, holding = len(self._library.texts), self._library.passages_with(alternatives)
        return math.log(1 + (total - holding + 0.5) / (holding + 0.5))

    def _concepts(self, own: str) -> frozenset[int]:
        if own not in self._own_concepts:
            self._own_concepts[own] = self._lexicon.concepts_in(own)
        return self._own_concepts[own]

    def _demands(self, own: str, negated: str) -> bool:
        """Whether a text is about what the asker says not to be: their rarest shared concept is in it."""
        concepts = self._lexicon.concepts_in(negated)
        specific = [
            number
            for number in concepts
            if self._library.passages_with(self._lexicon.concepts[number].searchable) < len(self._library.texts) / 12
        ]
        return any(word in own for number in specific for word in self._lexicon.concepts[number].searchable)


def new_subjects(inquiry: Inquiry) -> set[str]:
    """What a conversation has come to be about after it was about something else; empty where it was not."""
    if not inquiry.follow_up or inquiry.only_adds or inquiry.turn.intent not in (Intent.AMOUNT, Intent.CLAUSE):
        return set()
    if all(term.age == 0 for term in inquiry.terms if term.may_be_subject):
        return set()
    return {term.surface for term in inquiry.terms if term.may_be_subject and term.age == 0}


def holds_expected(own: str, expects: Collection[str]) -> bool:
    """Whether a text holds everything that an answer should: a number, a date, a list, how often."""
    return all(_HOLDS[name].search(own) for name in expects)


def _other_level(own: str, asked: Sequence[str]) -> bool:
    """Whether a text is about levels, and none of them is the one asked for."""
    named = levels_in(own)
    return bool(asked) and bool(named) and not named & set(asked)


def _stands_in(word: str, text: str) -> bool:
    """Whether a word stands in a text; a number or Latin word only as a whole (13 is not in 130, ai not in chain)."""
    position = text.find(word)
    if position < 0 or not word.isascii():
        return position >= 0
    while position >= 0:
        before, after = text[position - 1 : position], text[position + len(word) : position + len(word) + 1]
        if not _continues(before, word[0]) and not _continues(after, word[-1]):
            return True
        position = text.find(word, position + 1)
    return False


def _continues(neighbour: str, edge: str) -> bool:
    return neighbour.isascii() and (
        (neighbour.isdigit() and edge.isdigit()) or (neighbour.isalpha() and edge.isalpha())
    )


def _dense_text(inquiry: Inquiry) -> str:
    """What the embedding reads: the last turn, and the documents' own words for what it is about.

    The words lead an everyday or English question to the official wording, and a turn that leans on earlier ones
    to their subject.
    """
    carried = [term.surface for term in inquiry.terms] if inquiry.follow_up else []
    official = [next((word for word in term.alternatives if not word.isascii()), "") for term in inquiry.terms]
    return " ".join(word for word in (inquiry.turn.text, *carried, *official) if word)


def _normalise(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores stretched to 0 … 1 over all passages."""
    if scores.size == 0:
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def _allowed(inquiry: Inquiry, document_id: str, region: str) -> bool:
    if inquiry.documents is not None and document_id not in inquiry.documents:
        return False
    return not inquiry.regions or region in inquiry.regions
