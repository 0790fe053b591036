"""Evidence: what speaks for each grant or passage as the answer to one inquiry, as numbers of about 0 to 1.

Read for all candidates at once. What each number counts for is learned (``assistant/finding/certainty.py``); nothing
here decides anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.clause.grant import Grant, compact_words, positions
from assistant.finding.asked import ACTS, Asked, inverse_frequency
from assistant.finding.field import Field, Mask, Placed
from assistant.finding.known import KnownTraits
from assistant.finding.library import Library, Text
from assistant.finding.stated import NAMES as STATED
from assistant.finding.stated import stated_evidence
from assistant.finding.traits import HOLDS, Traits, heading_of
from assistant.finding.wording import NAMES as WORDING
from assistant.finding.wording import Wordings, lead
from assistant.language.lexicon import Lexicon
from assistant.language.terms import Term
from assistant.question import Intent, Language
from assistant.question.conversation import Inquiry
from assistant.question.demands import demands

Numbers = NDArray[np.float64]

_MANY_TERMS = 8  # a question with more terms is no harder to cover than one with so many
_NO_CLASS = 0.5  # of a candidate that names no class

NAMES: Final = (
    # the question's words, by rarity, each counted at the closest place where the candidate has it
    *("own", "near", "far", "title", "elsewhere_in_document"),
    *("absent_here", "absent_aside"),  # subjects: of the clause of the turn that is asked about, and others
    *("absent_measure", "absent_plain", "absent_from_document"),
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
        "class",
    ),
    *("demanded", "strange"),
    # what kind of candidate it is, by what is asked
    *("rules", "unread", "tells_aspect", "lacks_aspect", "general", "supports"),
    *STATED,
    *WORDING,
    # the question alone: the same for all candidates, so that it only says how surely any of them answers
    *("constant", "english", "terms", "place_named", "document_named", "follow_up", *(f"asks_{act}" for act in ACTS)),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for all candidates of one inquiry: a row for each, a column for each of ``NAMES``."""

    numbers: Numbers
    coverage: Numbers  # share of the question's words, by rarity, that each candidate has in or around it
    absent: Numbers  # share that are subjects and stand nowhere in or around it
    missing: Callable[[int], tuple[str, ...]]  # words of the question that stand nowhere in or around it, by row


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
        self._library, self._lexicon = library, lexicon
        headings = [heading_of(candidate, library) for candidate in candidates]
        words = [Placed(c.own, c.near, c.far, heading) for c, heading in zip(candidates, headings, strict=True)]
        self._field, self._words_of = Field(words, library.pool), words
        kept = [list(own) or [0] for own in rows]
        self._rows = np.array([row for own in kept for row in own], dtype=np.intp)
        self._first = np.array([0, *np.cumsum([len(own) for own in kept])[:-1]], dtype=np.intp)
        numbers = {document: number for number, document in enumerate(dict.fromkeys(documents))}
        self._document = np.array([numbers[document] for document in documents], dtype=np.intp)
        titles = [compact_words(library.documents[document].metadata.title) for document in numbers]
        self._titles = Field([Placed(title, "", "", "") for title in titles], library.pool)
        self._heading_length = np.maximum(np.array([len(heading) for heading in headings]), 1)
        self._known = KnownTraits(candidates, headings, lexicon, self._concept_rarity)

    def read(self, asked: Asked, chosen: NDArray[np.intp]) -> Evidence:
        """The evidence for the candidates at the positions ``chosen``."""
        columns: dict[str, Numbers] = {}
        own, around = self._words(asked, chosen, columns)
        self._search(asked, chosen, columns)
        self._known.read(chosen)
        self._case(asked, chosen, columns)
        self._question(asked, chosen, columns)
        present = own | around
        subjects = np.array([term.may_be_subject for term in asked.terms], dtype=np.bool_)
        new = _new_subjects(asked.inquiry)
        is_new = np.array([term.surface in new for term in asked.terms], dtype=np.bool_)
        columns.update(self._wordings.read(asked, chosen, present, is_new))
        columns["strange"] = _float(np.asarray(~present[is_new].any(axis=0))) if new else np.zeros(len(chosen))
        numbers = np.zeros((len(chosen), len(NAMES)))
        for column, name in enumerate(NAMES):
            numbers[:, column] = columns[name]
        coverage = (asked.rarity @ present) / asked.whole
        absent = (asked.rarity * subjects) @ ~present / asked.whole
        surfaces = [term.surface for term in asked.terms]

        def missing(row: int) -> tuple[str, ...]:
            return tuple(word for word, there in zip(surfaces, present[:, row], strict=True) if not there)

        return Evidence(numbers, coverage, absent, missing)

    @cached_property
    def _wordings(self) -> Wordings:
        return Wordings(self._words_of)

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
        columns["lead"] = lead(covered)
        return own, around

    def _absent(self, asked: Asked, present: Mask, inside: Mask, columns: dict[str, Numbers]) -> None:
        rarity, whole = asked.rarity, asked.whole
        plain = np.array([term.number is None for term in asked.terms], dtype=np.bool_)
        subject = np.array([self._is_subject(term) for term in asked.terms], dtype=np.bool_)
        measure = np.array([self._is_measure(term) for term in asked.terms], dtype=np.bool_)
        columns["absent_measure"] = (rarity * measure) @ ~present / whole
        columns["absent_plain"] = (rarity * plain) @ ~present / whole
        here = np.zeros(len(asked.terms), dtype=np.bool_)
        here[asked.segment] = True
        columns["absent_here"] = (rarity * subject * here) @ ~present / whole
        columns["absent_aside"] = (rarity * subject * ~here) @ ~present / whole
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

    def _case(self, asked: Asked, chosen: NDArray[np.intp], columns: dict[str, Numbers]) -> None:
        inquiry, known, count = asked.inquiry, self._known, len(chosen)
        for name in HOLDS:
            wanted = name in inquiry.turn.expects
            columns[f"holds_{name}"] = known.flag(f"holds_{name}", chosen) if wanted else np.zeros(count)
        columns["precision"] = known.precision(chosen, asked.concepts)
        unwanted = [word for words in asked.negated for word in words]
        columns["negated"] = (
            _each(known, chosen, lambda k: any(word in k.own for word in unwanted)) if unwanted else np.zeros(count)
        )
        says_first = any("首次" in term.alternatives for term in inquiry.terms)
        columns["novelty"] = np.zeros(count) if says_first else known.flag("first", chosen)
        levels, wanted_levels = known.levels(chosen), known.bits(set(inquiry.levels))
        columns["same_level"] = _float(levels & wanted_levels != 0)
        columns["other_level"] = _float((levels != 0) & (levels & wanted_levels == 0) & bool(wanted_levels))
        columns.update(stated_evidence(asked, known, chosen, self._lexicon))
        columns["class"] = np.full(count, _NO_CLASS)
        for place, traits in known.having("classes", chosen):
            columns["class"][place] = max(_mentions(text, inquiry.terms) for text in traits.classes)
        doubted = inquiry.doubted if inquiry.intent is Intent.CLAUSE else frozenset()
        columns["demanded"] = _each(known, chosen, lambda k: demands(k.own, doubted)) if doubted else np.zeros(count)

    def _question(self, asked: Asked, chosen: NDArray[np.intp], columns: dict[str, Numbers]) -> None:
        inquiry, known, count = asked.inquiry, self._known, len(chosen)
        for name in ("rules", "unread", "supports"):
            columns[name] = known.flag(name, chosen)
        aspects = asked.aspects
        told = known.tells(chosen) & known.bits(aspects) != 0
        columns["tells_aspect"] = _float(told)
        columns["lacks_aspect"] = _float(~told & bool(aspects))
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
        for act, likely in zip(ACTS, asked.acts, strict=True):
            alone[f"asks_{act}"] = likely
        columns.update((name, np.full(count, value)) for name, value in alone.items())

    def _concept_rarity(self, number: int) -> float:
        return inverse_frequency(self._lexicon.concepts[number].searchable, self._library)


def _new_subjects(inquiry: Inquiry) -> set[str]:
    """What a conversation has come to be about after it was about something else; empty where it was not."""
    if not inquiry.follow_up or inquiry.only_adds or inquiry.turn.intent not in (Intent.AMOUNT, Intent.CLAUSE):
        return set()
    if all(term.age == 0 for term in inquiry.terms if term.may_be_subject):
        return set()
    return {term.surface for term in inquiry.terms if term.may_be_subject and term.age == 0}


def _held_pairs(pairs: Sequence[tuple[str, float]], library: Library) -> NDArray[np.float32]:
    """For each passage the share of the pairs, by rarity, that it or its headings hold."""
    held = np.zeros(len(library.texts), dtype=np.float32)
    whole = sum(rarity for _, rarity in pairs)
    for token, rarity in pairs:
        held[library.index.lexical.rows(token)] += rarity / whole
    return held


def _mentions(text: str, terms: Sequence[Term]) -> float:
    covered = {position for term in terms for word in term.alternatives for position in positions(word, text)}
    return len(covered) / len(text) if text else 0.0


def _standardised(values: Numbers) -> Numbers:
    """Values in standard deviations above their mean."""
    spread = float(values.std()) if values.size else 0.0
    return np.asarray((values - values.mean()) / spread if spread > 0 else np.zeros_like(values), dtype=np.float64)


def _each(known: KnownTraits, chosen: NDArray[np.intp], number: Callable[[Traits], float]) -> Numbers:
    return np.array([float(number(known.of(position))) for position in chosen.tolist()], dtype=np.float64)


def _float(mask: Mask) -> Numbers:
    return mask.astype(np.float64)
