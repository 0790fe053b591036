"""Clause search for officials: full text with filters, exact phrases, highlights, facets and pages."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.finding.certainty import ACCEPTED
from assistant.finding.department_names import Departments
from assistant.finding.library import Library
from assistant.finding.search_query import (
    ClauseHit,
    FacetCount,
    Facets,
    FoundBy,
    SearchPage,
    SearchQuery,
    Sort,
)
from assistant.finding.search_reading import QueryReader, Understood
from assistant.finding.search_text import Column, best_snippet, marks_in, squeeze
from assistant.language.lexicon import Lexicon
from assistant.language.terms import Term
from assistant.question.conversation import put_together
from assistant.question.places import PlaceFinder
from corpus.clause import Clause, ClauseKind
from corpus.document import Document
from corpus.errors import InputError
from corpus.quantities import MONEY_UNITS, find_quantities

if TYPE_CHECKING:
    from assistant.finding.ranking import Ranker

ALL_WORDS = 2  # a query of so few words wants them all; of a longer one a clause may lack a little
MOST = 0.75  # share of a longer query's words, by rarity, that a clause must hold
HALF = 0.5  # share below which what remains of a query is another query
BY_MEANING = 10  # clauses found by meaning at most
LITERAL = 0.25  # score for holding the query as typed, beside ranking scores of about 0.5 to 1.6
UNRANKED = 0.5  # score of a clause that holds all words but is too far down for the ranking to look at


@dataclass(frozen=True, slots=True)
class _Entry:
    """A leaf clause made ready for search."""

    row: int
    document: Document
    clause: Clause
    departments: tuple[str, ...]  # as searched, lead first
    bare: bool  # a heading with text under it, or a line that only names departments: of interest only as text


@dataclass(frozen=True, slots=True)
class _Match:
    entry: _Entry
    found_by: FoundBy
    score: float


class ClauseSearch:
    """Searches the clauses of one library."""

    def __init__(self, library: Library, ranker: "Ranker", lexicon: Lexicon, places: PlaceFinder) -> None:
        self._library, self._ranker, self._lexicon, self._places = library, ranker, lexicon, places
        documents = library.collection.documents
        ranked = {text.passage.clause_id for text in library.texts}
        leaves = [(document, leaf) for document in documents for leaf in document.leaves]
        self._entries = tuple(
            _Entry(
                row,
                document,
                leaf,
                tuple(map(squeeze, leaf.departments)),
                leaf.id not in ranked or leaf.kind is ClauseKind.RESPONSIBILITY,
            )
            for row, (document, leaf) in enumerate(leaves)
        )
        self._texts = Column([squeeze(leaf.text) for _, leaf in leaves])
        self._named = Column(["\t".join(entry.departments) for entry in self._entries])
        self._above = Column([squeeze("\t".join((d.metadata.title, leaf.part, *leaf.address))) for d, leaf in leaves])
        names = [name for d in documents for name in (d.metadata.region, *d.metadata.region_aliases) if name]
        self._departments = Departments([name for _, leaf in leaves for name in leaf.departments], names)
        self._reader = QueryReader(documents, lexicon, places, self._departments, self._stands)

    def search(self, query: SearchQuery, on: date | None = None) -> SearchPage:
        """The page of clauses that a query asks for; without text, all that pass its filters, in document order.

        ``in_force`` is said for the query's day, else for ``on`` (default: today). Nothing found is a page
        without items. Raises UnknownNameError, with near names, for a filter that names nothing, and InputError
        for a page beyond the last.
        """
        asked = self._reader.read(query)
        allowed = [entry for entry in self._entries if self._passes(entry, asked)]
        found, all_words = self._matches(asked, allowed)
        matches = self._sorted(found, asked.query.sort)
        page, size = query.page, query.page_size
        pages = math.ceil(len(matches) / size)
        if page > max(pages, 1):
            raise InputError(f"There is no page {page}; {_counted(len(matches), size)}.")
        day = query.in_force_on or on or date.today()
        first = (page - 1) * size
        shown = enumerate(matches[first : first + size], start=first + 1)
        return SearchPage(
            query=asked.query,
            words=tuple(dict.fromkeys(term.surface for term in asked.terms)),
            unknown_words=tuple(term.surface for term in asked.terms if not self._holding(term)),
            all_words=all_words,
            on=day,
            total=len(matches),
            page=page,
            pages=pages,
            items=tuple(self._hit(rank, match, asked, day) for rank, match in shown),
            facets=self._facets([match.entry for match in matches], asked.query),
        )

    # ── which clauses ──

    def _passes(self, entry: _Entry, asked: Understood) -> bool:
        query, data = asked.query, entry.document.metadata
        return (
            (not query.region or data.region in query.region)
            and (asked.documents is None or entry.document.id in asked.documents)
            and (asked.parts is None or entry.clause.part in asked.parts)
            and (not query.kind or entry.clause.kind in query.kind)
            and (query.in_force_on is None or data.in_force(query.in_force_on))
            and (not asked.departments or self._is_responsible(entry, asked))
            and (query.has_money is None or (entry.row in self._with_money) is query.has_money)
            and not (entry.bare and not query.kind and (asked.terms and not asked.phrases))
        )

    @staticmethod
    def _is_responsible(entry: _Entry, asked: Understood) -> bool:
        if entry.bare and not asked.query.kind:
            return False  # the clauses it speaks of are listed themselves
        named = entry.departments[:1] if asked.query.lead_only else entry.departments
        held = [not departments.isdisjoint(named) for departments in asked.departments]
        return all(held) if asked.query.jointly else any(held)

    @cached_property
    def _with_money(self) -> frozenset[int]:
        """Rows of the clauses that state a sum of money."""
        return frozenset(
            entry.row
            for entry in self._entries
            if any(quantity.unit in MONEY_UNITS for quantity in find_quantities(entry.clause.text))
        )

    def _stands(self, searched: str) -> bool:
        return next(self._texts.rows(searched), None) is not None

    def _holding(self, term: Term) -> set[int]:
        """Rows of the clauses that hold a term in their text or among their departments."""
        columns = (self._texts, self._named)
        return {row for word in term.alternatives for column in columns for row in column.rows(word)}

    def _matches(self, asked: Understood, allowed: Sequence[_Entry]) -> tuple[list[_Match], bool]:
        """The clauses that match, in no order, and whether all words of the query stand in some of them."""
        if not asked.phrases and not asked.terms:
            return [_Match(entry, FoundBy.FILTER, 0.0) for entry in allowed], True
        rows = {entry.row for entry in allowed}
        for _, phrase in asked.phrases:
            rows &= set(self._texts.rows(phrase))
        found_by = FoundBy.PHRASE if asked.phrases else FoundBy.WORDS
        coverage = dict.fromkeys(rows, 1.0)
        complete = True
        if asked.terms:
            coverage, complete = self._covering(asked.terms, rows)
        confident, scores = self._ranked(asked, allowed) if coverage or not asked.phrases else ({}, {})
        literal = {row for words in asked.literals for row in self._texts.rows(words)}
        found = [
            _Match(
                self._entries[row],
                found_by,
                scores.get(row, UNRANKED * covered) + (LITERAL if row in literal else 0.0),
            )
            for row, covered in coverage.items()
        ]
        if not complete and not asked.phrases:
            others = [row for row in confident if row not in coverage][:BY_MEANING]
            found += [_Match(self._entries[row], FoundBy.MEANING, scores[row]) for row in others]
        return found, complete

    def _covering(self, terms: Sequence[Term], rows: set[int]) -> tuple[dict[int, float], bool]:
        """The clauses that hold enough of the words, with the share they hold, and whether any holds all.

        A word may stand in the headings above a clause, one of them at least in the clause itself.
        """
        own = [self._holding(term) for term in terms]
        above = [{row for word in term.alternatives for row in self._above.rows(word)} for term in terms]
        rarity = [self._rarity(term, held) for term, held in zip(terms, own, strict=True)]
        whole = sum(rarity)
        inside = set().union(*own) & rows
        candidates = inside or set().union(*above) & rows
        coverage = {
            row: sum(r for r, o, a in zip(rarity, own, above, strict=True) if row in o or row in a) / whole
            for row in candidates
        }
        best = max(coverage.values(), default=0.0)
        complete = math.isclose(best, 1.0)
        needed = (1.0 if len(terms) <= ALL_WORDS else MOST) if complete else max(HALF, min(best, MOST))
        return {row: share for row, share in coverage.items() if share >= needed - 1e-9}, complete

    def _rarity(self, term: Term, held: set[int]) -> float:
        """BM25's inverse document frequency (Robertson and Zaragoza 2009) over the clauses, times the term's weight."""
        total = len(self._entries)
        return term.weight * math.log(1 + (total - len(held) + 0.5) / (len(held) + 0.5))

    def _ranked(self, asked: Understood, allowed: Sequence[_Entry]) -> tuple[dict[int, float], dict[int, float]]:
        """Confidence of the clauses that answer by meaning, best first, and the ranking scores of the best clauses."""
        text = " ".join((asked.query.text, *asked.query.phrases)).strip()
        inquiry = put_together(text, (), self._lexicon, self._places)
        phrases = tuple(Term(phrase, (phrase,)) for _, phrase in asked.phrases)
        inquiry = replace(
            inquiry,
            terms=(*asked.terms, *phrases),
            facts=(),
            regions=(),
            documents=frozenset(entry.document.id for entry in allowed),
        )
        row_of = {entry.clause.id: entry.row for entry in allowed}
        confident: dict[int, float] = {}
        scores: dict[int, float] = {}
        for ranked in self._ranker.passages(self._ranker.asked(inquiry, self._ranker.scores(inquiry))):
            row = row_of.get(ranked.item.passage.clause_id)
            if row is None:
                continue
            scores.setdefault(row, ranked.certainty)
            if ranked.certainty >= ACCEPTED:
                confident.setdefault(row, ranked.certainty)
        return confident, scores

    @staticmethod
    def _sorted(matches: Iterable[_Match], order: Sort) -> list[_Match]:
        keys: dict[Sort, Callable[[_Match], tuple[float, ...]]] = {
            Sort.RELEVANCE: lambda match: (-match.score, match.entry.row),
            Sort.DOCUMENT: lambda match: (match.entry.row,),
            Sort.DATE: lambda match: (-_issued(match.entry.document), match.entry.row),
        }
        return sorted(matches, key=keys[order])

    # ── how they are shown ──

    def _hit(self, rank: int, match: _Match, asked: Understood, day: date) -> ClauseHit:
        entry = match.entry
        clause, data = entry.clause, entry.document.metadata
        words = [(name, phrase) for name, phrase in asked.phrases]
        words += [(word, word) for word in asked.literals if len(word) > 1]
        words += [(term.surface, word) for term in asked.terms for word in term.alternatives]
        named = frozenset().union(*asked.departments)
        responsible = [
            (name, printed)
            for name, found in zip(asked.query.department, asked.departments, strict=True)
            for printed in found
        ]
        address = " › ".join(clause.address)
        wanted = {word for _, word in words}
        matched = [
            printed
            for printed, searched in zip(clause.departments, entry.departments, strict=True)
            if searched in named or any(word in searched for word in wanted if len(word) > 2)
        ]
        return ClauseHit(
            rank=rank,
            clause_id=clause.id,
            document=data.title,
            document_id=entry.document.id,
            document_number=data.document_number,
            region=data.region,
            part=clause.part,
            address=address,
            kind=clause.kind,
            departments=clause.departments,
            matched_departments=tuple(matched),
            issued=data.issued,
            in_force=data.in_force(day),
            valid_from=data.valid_from,
            valid_to=data.valid_to,
            planning_to=data.planning_to,
            has_money=entry.row in self._with_money,
            text=clause.text,
            start=clause.start,
            end=clause.end,
            snippet=best_snippet(clause.text, marks_in(clause.text, words)),
            highlights=marks_in(clause.text, [*words, *responsible]),
            address_highlights=marks_in(address, words),
            found_by=match.found_by,
            score=round(match.score, 4),
        )

    def _facets(self, entries: Sequence[_Entry], query: SearchQuery) -> Facets:
        """Counts over all matches; a department counts for each name that finds it, so a count is what its filter gives."""
        departments: Counter[str] = Counter()
        printed: set[str] = set()
        for entry in entries:
            if entry.bare and not query.kind:
                continue
            named = entry.departments[:1] if query.lead_only else entry.departments
            departments.update({name for searched in named for name in self._departments.found_by(searched)})
            printed.update(named)
        titles = {entry.document.id: entry.document.metadata.title for entry in entries}
        return Facets(
            region=_counts(Counter(e.document.metadata.region for e in entries)),
            document=_counts(Counter(entry.document.id for entry in entries), titles),
            part=_counts(Counter(entry.clause.part for entry in entries)),
            department=_counts(Counter({self._departments.printed[name]: departments[name] for name in printed})),
            kind=_counts(Counter(entry.clause.kind.value for entry in entries)),
        )


def _counts(counter: "Counter[str]", labels: dict[str, str] | None = None) -> tuple[FacetCount, ...]:
    ordered = sorted(
        ((value, count) for value, count in counter.items() if value), key=lambda pair: (-pair[1], pair[0])
    )
    named = labels or {}
    return tuple(FacetCount(value=value, label=named.get(value, value), count=count) for value, count in ordered)


def _issued(document: Document) -> int:
    return document.metadata.issued.toordinal() if document.metadata.issued else 0


def _counted(total: int, size: int) -> str:
    if total == 0:
        return "nothing was found"
    pages = math.ceil(total / size)
    return f"{total} {'clause' if total == 1 else 'clauses'} at {size} a page make {pages} {'page' if pages == 1 else 'pages'}"
