"""Evidence: what speaks for each grant or passage as the answer to one inquiry, as numbers of about 0 to 1.

Read for all candidates at once. What each number counts for is learned (``assistant/finding/certainty.py``); nothing
here decides anything.
"""

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.clause.grant import Grant, compact_words, positions
from assistant.figures.calculation import base_words
from assistant.finding.aspects import asked_aspects, told_aspects
from assistant.finding.field import Field, Mask, Placed
from assistant.finding.library import Library, Text
from assistant.language.levels import levels_in
from assistant.language.lexicon import Lexicon
from assistant.language.terms import Term
from assistant.language.things import Relation, Thing
from assistant.language.unify import things_in, unify
from assistant.matching import binding
from assistant.question import Intent, Language
from assistant.question.acts import Act, shipped_acts
from assistant.question.conversation import Inquiry
from assistant.question.demands import demands
from assistant.question.situation import MONEY
from corpus.script import fold
from index.hybrid import ScoreTable
from index.tokens import BIGRAM, tokenize

Numbers = NDArray[np.float64]

HOLDS: Final = {
    "number": re.compile(r"\d"),
    "share": re.compile(r"\d%|百分之|个百分点|\d‰|\d:\d"),
    "date": re.compile(r"\d{4}年|每(?:年|季|月)|年(?:底|内|末)|日"),
    "often": re.compile(r"每(?:半?年|季|个?月|周|旬|日|天)|[一二两](?:年|月|季|周)[一两]|按(?:年|季|月|周)|定期"),
    "list": re.compile(r"(?:[^、]{1,16}、){3}"),
}
SUPPORTS: Final = re.compile(r"支持|鼓励|给予|补助|奖励|补贴|资助|贴息|扶持|加大[^,。;]{0,14}力度")
_SEGMENT = re.compile(r"[^,;:。!?、]+")
_ACTS = (Act.MONEY, Act.APPLY, Act.DATE)
_MANY_TERMS = 8  # a question with more terms is no harder to cover than one with so many
_UNKNOWN = 0.8  # rarity given to a plain word that no document holds, as a share of the rarest
_ALIKE = (Relation.SAME, Relation.KIND, Relation.WHOLE)

NAMES: Final = (
    # the question's words, by rarity, each counted at the closest place where the candidate has it
    *("own", "near", "far", "title", "elsewhere_in_document"),
    *("absent_subject", "absent_measure", "absent_plain", "absent_from_document"),
    *("rarest", "rarest_absent", "rarest_absent_from_document", "lead"),
    # the words of what is asked about: the last subject, and the clause of the turn that it stands in
    *("last_own", "last_around", "last_absent", "last_absent_from_document", "segment", "segment_pairs", "turn_pairs"),
    # the candidate's words
    *("precision", "heading", "heading_filled"),
    # search
    *("similar", "similar_here", "similar_lag", "lexical", "lexical_here"),
    # what an answer should hold
    *(f"holds_{name}" for name in HOLDS),
    # the asker's case
    *(
        "negated",
        "novelty",
        "other_level",
        "same_level",
        "measures",
        "other_measure",
        "same_thing",
        "other_thing",
        "class",
    ),
    *("demanded", "strange"),
    # what kind of candidate it is, by what is asked
    *("rules", "unread", "tells_aspect", "lacks_aspect", "general", "supports"),
    # the question alone: the same for all candidates, so that it only says how surely any of them answers
    *("constant", "english", "terms", "place_named", "document_named", "follow_up", *(f"asks_{act}" for act in _ACTS)),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for all candidates of one inquiry: a row for each, a column for each of ``NAMES``."""

    numbers: Numbers
    coverage: Numbers  # share of the question's words, by rarity, that each candidate has in or around it
    absent: Numbers  # share that are subjects and stand nowhere in or around it
    missing: Callable[[int], tuple[str, ...]]  # words of the question that stand nowhere in or around it, by row


@lru_cache(maxsize=64)
def _likely(folded: str) -> tuple[float, ...]:
    probabilities = shipped_acts().probabilities(folded)
    return tuple(probabilities[act] for act in _ACTS)


class Asked:
    """One inquiry made ready for reading the evidence of many candidates."""

    def __init__(self, inquiry: Inquiry, table: ScoreTable, library: Library, lexicon: Lexicon) -> None:
        self.inquiry, self.terms, self.table = inquiry, inquiry.terms, table
        self.passages: tuple[int, NDArray[np.intp], Evidence] | None = None  # read once for all that is looked for
        self.rarity = np.array([_rarity(term, library) for term in self.terms], dtype=np.float64)
        self.whole = float(self.rarity.sum()) or 1.0
        self.lexical = _as_share(table.lexical)
        spread = float(table.dense.std()) if table.dense.size else 0.0
        self.similar = (table.dense - table.dense.mean()) / spread if spread > 0 else np.zeros_like(table.dense)
        self.acts = _likely(inquiry.turn.folded)
        self.last, self.segment, stretch = _asked_about(inquiry)
        self.turn_pairs = _pairs(inquiry.turn.folded, library)
        self.segment_pairs = _pairs(stretch, library) or self.turn_pairs
        self.aspects = asked_aspects(inquiry.turn.folded)
        self.concepts = frozenset(term.number for term in self.terms if term.number is not None)
        self.negated = [words for negated in inquiry.negated if (words := _specific(negated, library, lexicon))]

    @cached_property
    def stated(self) -> list[frozenset[Thing]]:
        """The particular things of which the asker states a sum."""
        facts = (fact for fact in self.inquiry.facts if fact.unit in MONEY)
        return [fact.things for fact in facts if any(not thing.generic for thing in fact.things)]


class EvidenceReader:
    """Reads the evidence for the candidates of one kind in one library."""

    def __init__(
        self,
        candidates: Sequence[Grant | Text],
        rows: Sequence[Sequence[int]],
        documents: Sequence[str],
        library: Library,
        lexicon: Lexicon,
    ) -> None:
        """``rows`` are the passages each candidate stands in, ``documents`` the ids of their documents."""
        self._candidates, self._library, self._lexicon = candidates, library, lexicon
        headings = [_heading(candidate, library) for candidate in candidates]
        words = [Placed(c.own, c.near, c.far, heading) for c, heading in zip(candidates, headings, strict=True)]
        self._field, self._headings = Field(words), headings
        kept = [list(own) or [0] for own in rows]
        self._rows = np.array([row for own in kept for row in own], dtype=np.intp)
        self._first = np.array([0, *np.cumsum([len(own) for own in kept])[:-1]], dtype=np.intp)
        numbers = {document: number for number, document in enumerate(dict.fromkeys(documents))}
        self._document = np.array([numbers[document] for document in documents], dtype=np.intp)
        titles = [compact_words(library.documents[document].metadata.title) for document in numbers]
        self._titles = Field([Placed(title, "", "", "") for title in titles])
        self._heading_length = np.maximum(np.array([len(heading) for heading in headings]), 1)
        self._known: dict[int, _Known] = {}

    def read(self, asked: Asked, chosen: NDArray[np.intp]) -> Evidence:
        """The evidence for the candidates at the positions ``chosen``."""
        columns: dict[str, Numbers] = {}
        own, around = self._words(asked, chosen, columns)
        self._search(asked, chosen, columns)
        known = [self._of(position) for position in chosen.tolist()]
        self._case(asked, known, columns)
        self._question(asked, known, columns)
        present = own | around
        subjects = np.array([term.may_be_subject for term in asked.terms], dtype=np.bool_)
        new = _new_subjects(asked.inquiry)
        is_new = np.array([term.surface in new for term in asked.terms], dtype=np.bool_)
        columns["strange"] = _float(np.logical_not(present[is_new].any(axis=0))) if new else np.zeros(len(chosen))
        numbers = np.zeros((len(chosen), len(NAMES)))
        for column, name in enumerate(NAMES):
            numbers[:, column] = columns[name]
        coverage = (asked.rarity @ present) / asked.whole
        absent = (asked.rarity * subjects) @ ~present / asked.whole
        surfaces = [term.surface for term in asked.terms]

        def missing(row: int) -> tuple[str, ...]:
            return tuple(word for word, there in zip(surfaces, present[:, row], strict=True) if not there)

        return Evidence(numbers, coverage, absent, missing)

    # ── the groups of NAMES ──

    def _words(self, asked: Asked, chosen: NDArray[np.intp], columns: dict[str, Numbers]) -> tuple[Mask, Mask]:
        terms, rarity, whole = asked.terms, asked.rarity, asked.whole
        count = len(chosen)
        held = np.zeros((len(terms), 4, count), dtype=np.bool_)
        title = np.zeros((len(terms), count), dtype=np.bool_)
        inside = np.zeros((len(terms), count), dtype=np.bool_)
        filled = np.zeros(count)
        for number, term in enumerate(terms):
            everywhere = self._field.holding(term.alternatives)
            held[number] = everywhere[:, chosen]
            in_document = np.zeros(self._titles.size, dtype=np.bool_)
            in_document[self._document[everywhere.any(axis=0)]] = True
            inside[number] = in_document[self._document[chosen]]
            title[number] = self._titles.holding(term.alternatives)[0][self._document[chosen]]
            longest = max((len(word) for word in term.alternatives if not word.isascii()), default=0)
            filled += held[number, 3] * min(longest, len(term.surface) + 2)
        own, near, far, heading = held[:, 0], held[:, 1], held[:, 2], held[:, 3]
        around = near | far | heading
        present = own | around
        columns["own"] = rarity @ own / whole
        columns["near"] = rarity @ (near & ~own) / whole
        columns["far"] = rarity @ ((far | heading) & ~own & ~near) / whole
        columns["title"] = rarity @ (title & ~present) / whole
        columns["elsewhere_in_document"] = rarity @ (inside & ~present & ~title) / whole
        columns["heading"] = rarity @ heading / whole
        columns["heading_filled"] = np.minimum(filled / self._heading_length[chosen], 1.0)
        self._absent(asked, present, inside | title, columns)
        rarest = float(rarity.max(initial=0.0)) or 1.0
        columns["rarest"] = (rarity[:, None] * own).max(axis=0, initial=0.0) / rarest
        self._asked(asked, own, around, columns)
        covered = columns["own"] + 0.5 * (columns["near"] + columns["far"])
        columns["lead"] = _lead(covered)
        return own, around

    def _absent(self, asked: Asked, present: Mask, inside: Mask, columns: dict[str, Numbers]) -> None:
        rarity, whole = asked.rarity, asked.whole
        plain = np.array([term.number is None for term in asked.terms], dtype=np.bool_)
        subject = np.array([self._is_subject(term) for term in asked.terms], dtype=np.bool_)
        measure = np.array([self._is_measure(term) for term in asked.terms], dtype=np.bool_)
        columns["absent_measure"] = (rarity * measure) @ ~present / whole
        columns["absent_plain"] = (rarity * plain) @ ~present / whole
        columns["absent_subject"] = (rarity * subject) @ ~present / whole
        columns["absent_from_document"] = rarity @ ~(present | inside) / whole
        named = np.array([term.may_be_subject and term.age == 0 for term in asked.terms], dtype=np.bool_)
        rarest = float(rarity.max(initial=0.0)) or 1.0
        nowhere = ~(present | inside)
        columns["rarest_absent"] = ((rarity * named)[:, None] * ~present).max(axis=0, initial=0.0) / rarest
        columns["rarest_absent_from_document"] = ((rarity * named)[:, None] * nowhere).max(axis=0, initial=0.0) / rarest
        columns["last_absent_from_document"] = (
            _float(nowhere[asked.last]) if asked.last is not None else np.zeros(present.shape[1])
        )

    def _is_subject(self, term: Term) -> bool:
        return term.number is not None and not self._lexicon.concepts[term.number].measure

    def _is_measure(self, term: Term) -> bool:
        """Whether a term names a cost or another thing that is measured, not who or how."""
        return term.number is not None and not term.general and bool(self._lexicon.concepts[term.number].measure)

    def _asked(self, asked: Asked, own: Mask, around: Mask, columns: dict[str, Numbers]) -> None:
        count = own.shape[1]
        if asked.last is None:
            last_own = last_around = np.zeros(count, dtype=np.bool_)
            columns["last_absent"] = np.zeros(count)
        else:
            last_own, last_around = own[asked.last], around[asked.last] & ~own[asked.last]
            columns["last_absent"] = _float(~(last_own | last_around))
        columns["last_own"], columns["last_around"] = _float(last_own), _float(last_around)
        weights = asked.rarity[asked.segment]
        whole = float(weights.sum())
        present = (own | around)[asked.segment]
        columns["segment"] = weights @ present / whole if whole else np.zeros(count)

    def _search(self, asked: Asked, chosen: NDArray[np.intp], columns: dict[str, Numbers]) -> None:
        def best(of_rows: NDArray[np.float32]) -> Numbers:
            return np.asarray(np.maximum.reduceat(of_rows[self._rows], self._first)[chosen], dtype=np.float64)

        columns["similar"] = best(asked.similar) / 3
        columns["similar_lag"] = columns["similar"] - float(columns["similar"].max(initial=0.0))
        columns["similar_here"] = _standardised(columns["similar"]) / 3
        columns["lexical"] = best(asked.lexical)
        columns["lexical_here"] = columns["lexical"] / (float(columns["lexical"].max(initial=0.0)) or 1.0)
        columns["segment_pairs"] = best(_held_pairs(asked.segment_pairs, self._library))
        columns["turn_pairs"] = best(_held_pairs(asked.turn_pairs, self._library))

    def _case(self, asked: Asked, known: Sequence["_Known"], columns: dict[str, Numbers]) -> None:
        inquiry = asked.inquiry
        says_first = any("首次" in term.alternatives for term in inquiry.terms)
        levels = set(inquiry.levels)
        for name in HOLDS:
            wanted = name in inquiry.turn.expects
            held = [float(name in one.holds) for one in known]
            columns[f"holds_{name}"] = np.array(held) if wanted else _none(known)
        columns["precision"] = _each(known, lambda k: self._precision(k, asked.concepts))
        columns["negated"] = _each(known, lambda k: any(w in k.own for n in asked.negated for w in n))
        columns["novelty"] = _none(known) if says_first else _each(known, lambda k: "首次" in k.own)
        columns["other_level"] = _each(known, lambda k: bool(levels and k.levels) and not k.levels & levels)
        columns["same_level"] = _each(known, lambda k: bool(k.levels & levels))
        sums = [fact for fact in inquiry.facts if fact.unit in MONEY and fact.things]

        def measured(k: "_Known") -> float:
            return max((binding.affinity(m, fact, self._lexicon) for m in k.metrics for fact in sums), default=0.5)

        columns["measures"] = _each(known, lambda k: measured(k) if k.metrics and sums else 0.5)
        columns["other_measure"] = _each(known, lambda k: bool(k.metrics and sums) and measured(k) == 0.0)
        relations = [{unify(w, g) for w in k.things for g in asked.stated} for k in known]
        columns["same_thing"] = np.array([float(any(r in _ALIKE for r in rs)) for rs in relations])
        columns["other_thing"] = np.array([float(bool(rs) and rs <= {Relation.OTHER}) for rs in relations])
        columns["class"] = _each(known, lambda k: _class_held(k.classes, inquiry.terms))
        doubted = inquiry.doubted if inquiry.intent is Intent.CLAUSE else frozenset()
        columns["demanded"] = _each(known, lambda k: demands(k.own, doubted)) if doubted else _none(known)

    def _question(self, asked: Asked, known: Sequence["_Known"], columns: dict[str, Numbers]) -> None:
        inquiry, count = asked.inquiry, len(known)
        columns["rules"] = _each(known, lambda k: k.has_rules)
        columns["unread"] = _each(known, lambda k: k.unread)
        columns["supports"] = _each(known, lambda k: k.supports)
        aspects = asked.aspects
        columns["tells_aspect"] = _each(known, lambda k: bool(k.tells & aspects)) if aspects else _none(known)
        columns["lacks_aspect"] = _each(known, lambda k: not k.tells & aspects) if aspects else _none(known)
        # what holds for a whole document (its deadline, its papers) need not name what is asked about
        of_document = columns["title"] + columns["elsewhere_in_document"]
        columns["general"] = of_document * (1.0 if aspects else max(asked.acts[1:]))
        alone = {
            "constant": 1.0,
            "english": float(inquiry.turn.language is Language.ENGLISH),
            "terms": min(len(inquiry.terms), _MANY_TERMS) / _MANY_TERMS,
            "place_named": float(bool(inquiry.regions)),
            "document_named": float(inquiry.documents is not None),
            "follow_up": float(inquiry.follow_up),
        }
        for act, likely in zip(_ACTS, asked.acts, strict=True):
            alone[f"asks_{act}"] = likely
        columns.update((name, np.full(count, value)) for name, value in alone.items())

    # ── what is known of a candidate ──

    def _of(self, position: int) -> "_Known":
        if position not in self._known:
            self._known[position] = _Known.of(self._candidates[position], self._headings[position], self._lexicon)
        return self._known[position]

    def _precision(self, known: "_Known", asked: frozenset[int]) -> float:
        shared = known.concepts & asked
        if not shared:
            return 0.0
        whole = sum(self._concept_rarity(number) for number in known.concepts)
        return sum(self._concept_rarity(number) for number in shared) / whole if whole else 0.0

    def _concept_rarity(self, number: int) -> float:
        return _inverse_frequency(self._lexicon.concepts[number].searchable, self._library)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read of a candidate once, whatever is asked."""

    own: str
    concepts: frozenset[int]
    levels: frozenset[str]
    holds: frozenset[str]
    metrics: frozenset[str]
    things: tuple[frozenset[Thing], ...]
    classes: tuple[str, ...]
    has_rules: bool
    unread: bool
    supports: bool  # speaks of support, with or without a sum
    tells: frozenset[str]  # aspects

    @classmethod
    def of(cls, words: Grant | Text, heading: str, lexicon: Lexicon) -> "_Known":
        rules = words.rules if isinstance(words, Grant) else ()
        metrics = {m for rule in rules for m in (base_words(rule), *(c.metric for c in rule.conditions)) if m}
        return cls(
            words.own,
            lexicon.concepts_in(words.own),
            frozenset(levels_in(words.own)),
            frozenset(name for name, pattern in HOLDS.items() if pattern.search(words.own)),
            frozenset(metrics),
            tuple(things for metric in metrics if (things := things_in(fold(metric)))),
            tuple(compact_words(c.metric) for rule in rules for c in rule.conditions if c.unit == "category"),
            bool(rules),
            isinstance(words, Grant) and words.unread,
            SUPPORTS.search(words.own) is not None,
            told_aspects(words.own + heading),
        )


def _heading(candidate: Grant | Text, library: Library) -> str:
    """The nearest heading above a candidate, or of its own clause, as words are matched against it."""
    if isinstance(candidate, Grant):
        clause, document = candidate.clause, candidate.document
    else:
        document = library.documents[candidate.passage.document_id]
        clause = document.clauses_by_id[candidate.passage.clause_id]
    while not clause.heading and clause.parent_id is not None:
        clause = document.clauses_by_id[clause.parent_id]
    return compact_words(clause.heading)


def holds_expected(own: str, expects: Collection[str]) -> bool:
    """Whether a text holds everything that an answer should: a number, a date, a list, how often."""
    return all(HOLDS[name].search(own) for name in expects)


def _new_subjects(inquiry: Inquiry) -> set[str]:
    """What a conversation has come to be about after it was about something else; empty where it was not."""
    if not inquiry.follow_up or inquiry.only_adds or inquiry.turn.intent not in (Intent.AMOUNT, Intent.CLAUSE):
        return set()
    if all(term.age == 0 for term in inquiry.terms if term.may_be_subject):
        return set()
    return {term.surface for term in inquiry.terms if term.may_be_subject and term.age == 0}


def _asked_about(inquiry: Inquiry) -> tuple[int | None, list[int], str]:
    """The last subject of the turn, by its place among the terms, the terms of its clause, and that clause."""
    folded = inquiry.turn.folded
    places = {number: folded.rfind(term.surface) for number, term in enumerate(inquiry.terms) if term.age == 0}
    subjects = [(at, number) for number, at in places.items() if at >= 0 and inquiry.terms[number].may_be_subject]
    if not subjects:
        return None, [], ""
    at, last = max(subjects)
    stretch = next((m.span() for m in _SEGMENT.finditer(folded) if m.start() <= at < m.end()), (0, len(folded)))
    inside = [number for number, place in places.items() if stretch[0] <= place < stretch[1]]
    return last, inside, folded[slice(*stretch)]


def _pairs(text: str, library: Library) -> list[tuple[str, float]]:
    """The pairs of Chinese characters of a text, and how rare each is."""
    tokens = dict.fromkeys(token for token in tokenize(text) if token.startswith(BIGRAM))
    return [(token, library.index.idf(token)) for token in tokens]


def _held_pairs(pairs: Sequence[tuple[str, float]], library: Library) -> NDArray[np.float32]:
    """For each passage the share of the pairs, by rarity, that it or its headings hold."""
    held = np.zeros(len(library.texts), dtype=np.float32)
    whole = sum(rarity for _, rarity in pairs)
    for token, rarity in pairs:
        held[library.index.lexical.rows(token)] += rarity / whole
    return held


def _specific(negated: str, library: Library, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of what an asker says not to be that few passages hold."""
    names = [lexicon.concepts[number].searchable for number in lexicon.concepts_in(negated)]
    few = len(library.texts) / 12
    return tuple(word for searchable in names if library.passages_with(searchable) < few for word in searchable)


def _rarity(term: Term, library: Library) -> float:
    unknown = term.number is None and library.passages_with(term.alternatives) == 0
    return _inverse_frequency(term.alternatives, library) * term.weight * (_UNKNOWN if unknown else 1.0)


def _inverse_frequency(alternatives: Sequence[str], library: Library) -> float:
    """BM25's inverse document frequency (Robertson and Zaragoza 2009) over the passages."""
    total, holding = len(library.texts), library.passages_with(alternatives)
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))


def _class_held(classes: Iterable[str], terms: Sequence[Term]) -> float:
    """The largest share of a class's words that the question has; half where the candidate names no class."""
    return max((_mentions(text, terms) for text in classes), default=0.5)


def _mentions(text: str, terms: Sequence[Term]) -> float:
    covered = {position for term in terms for word in term.alternatives for position in positions(word, text)}
    return len(covered) / len(text) if text else 0.0


def _standardised(values: Numbers) -> Numbers:
    """Values in standard deviations above their mean."""
    spread = float(values.std()) if values.size else 0.0
    return np.asarray((values - values.mean()) / spread if spread > 0 else np.zeros_like(values), dtype=np.float64)


def _lead(covered: Numbers) -> Numbers:
    """By how much each candidate covers more than the best of all others."""
    if covered.size < 2:
        return covered
    second, first = np.partition(covered, -2)[-2:]
    return np.asarray(covered - np.where(covered >= first, second, first), dtype=np.float64)


def _as_share(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores stretched to 0 … 1 over all passages."""
    if scores.size == 0:
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def _each(known: Sequence[_Known], number: Callable[[_Known], float]) -> Numbers:
    return np.array([float(number(one)) for one in known], dtype=np.float64)


def _none(known: Sequence[_Known]) -> Numbers:
    return np.zeros(len(known))


def _float(mask: Mask) -> Numbers:
    return mask.astype(np.float64)
