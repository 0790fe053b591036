"""The service: everything loaded once; each question answered from the turns that come with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation
from assistant.citing import cite
from assistant.composition import Composer, Piece
from assistant.confidence import ACCEPTED_GRANT, ACCEPTED_PASSAGE
from assistant.conversation import Inquiry, date_of, put_together
from assistant.entitlement import entitlement
from assistant.explaining import Explanation, ReadRule, explain, read_rules
from assistant.lexicon import Lexicon, shipped_lexicon
from assistant.library import Library, Text
from assistant.messages import Phrases
from assistant.places import PlaceFinder
from assistant.profile import Profile
from assistant.question import Intent
from assistant.ranking import Ranked, Ranker
from assistant.settings import Settings
from assistant.validation import check_region, clean_question, unknown_name
from corpus.clause import Clause, ClauseKind
from corpus.collection import Collection, load_collection
from corpus.document import Document
from corpus.script import fold
from index.embedding import load_embedder
from index.hybrid import HybridIndex, ScoreTable
from index.snapshot import load as load_snapshot

if TYPE_CHECKING:
    from assistant.checkup import Checkup

SURE = 0.8  # confidence from which a second grant is worth showing beside the best
TIE = 0.06  # score by which the best may lead and still not be the only reading
SUPPORT_COVERAGE = 0.62  # share of the question's words that a passage must cover to be what supports it without a sum
_VALIDITY_CLAUSE = re.compile(r"施行|有效期|适用期|起执行|起实施|实施期限|有效至|截至.{0,12}止?日|废止")
_SUPPORTS = re.compile(r"支持|鼓励|给予|补助|奖励|补贴|资助|贴息|扶持")
_LEADING = re.compile(r"牵头|领头|\blead")
_LISTING = re.compile(
    r"哪些条|哪几条|哪些任务|哪些工作|负责(?:的|了|哪)|牵头(?:的|了|哪)|负责哪|所有条款|全部条款|which clauses|what is .* responsible for"
)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One passage found by ``search``; offsets are into the source."""

    clause_id: str
    document: str
    document_id: str
    region: str
    address: str
    text: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause in its document, with the leaves before and after it."""

    clause: Clause
    previous: Clause | None
    next: Clause | None
    document: Document


class PolicyAssistant:
    """Answers questions about one collection of policy documents."""

    def __init__(self, collection: Collection, index: HybridIndex, lexicon: Lexicon | None = None) -> None:
        self._collection = collection
        self.lexicon = lexicon or shipped_lexicon()
        self.library = Library(collection, index)
        self.ranker = Ranker(self.library, self.lexicon)
        self.places = PlaceFinder(collection.documents)
        self._departments = sorted(
            {name for document in collection.documents for clause in document.leaves for name in clause.departments},
            key=lambda name: (-len(name), name),
        )

    @classmethod
    def open(cls, settings: Settings | None = None) -> "PolicyAssistant":
        """The assistant over the collection and snapshot that the settings name.

        Raises SnapshotError when the snapshot is missing, damaged or of another collection or model.
        """
        settings = settings or Settings.load()
        collection = load_collection(settings.documents_dir)
        embedder = load_embedder(settings.embedder)
        return cls(collection, load_snapshot(settings.index_dir, embedder, collection.digest))

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that documents are from, each once."""
        return tuple(dict.fromkeys(d.metadata.region for d in self._collection.documents if d.metadata.region))

    def documents(self) -> tuple[Document, ...]:
        """The documents of the collection, by id."""
        return tuple(self._collection.documents)

    # ── asking ──

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: date | None = None,
        region: str | None = None,
        id: str | None = None,
    ) -> Answer:
        """Answer the last of the user turns ``(*history, question)``.

        ``as_of`` is the day the question is asked for (default: today); ``region`` limits the answer to one
        region unless the question names another. Raises InputError for a question that is none.
        """
        question = clean_question(question)
        history = [clean_question(turn) for turn in history]
        if region is not None:
            region = check_region(region, self.regions)
        answer = self._ask(question, history, as_of, region)
        return answer.model_copy(update={"id": id}) if id is not None else answer

    def _ask(self, question: str, history: Sequence[str], as_of: date | None, region: str | None) -> Answer:
        inquiry = put_together(question, history, self.lexicon, self.places, region)
        day = date_of(inquiry, as_of)
        composer = Composer(Phrases(inquiry.turn.language), day)
        if inquiry.turn.off_topic or (inquiry.elsewhere and not inquiry.regions):
            return composer.not_found(inquiry, self.regions)
        if inquiry.follow_up and inquiry.intent in (Intent.VALIDITY, Intent.DEPARTMENT) and not _has_subject(inquiry):
            pieces = self._about_previous(question, history, inquiry, composer, day, region)
        else:
            pieces = self._pieces(inquiry, composer, day)
        if not pieces:
            return composer.not_found(inquiry, self.regions)
        return composer.whole(pieces, by_region=len({piece.region for piece in pieces}) > 1)

    def _pieces(self, inquiry: Inquiry, composer: Composer, day: date) -> list[Piece]:
        if len(inquiry.regions) > 1 and inquiry.intent is not Intent.VALIDITY:
            return self._compare(inquiry, composer, day)
        if inquiry.intent is Intent.VALIDITY:
            return list(self._validity(inquiry, composer, day))
        if listed := self._department_list(inquiry, composer, day):
            return [listed]
        table = self.ranker.scores(inquiry)
        if inquiry.intent is Intent.AMOUNT or self._is_about_money(inquiry, table):
            return self._amount(inquiry, table, composer, day)
        piece = self._text(inquiry, table, composer, day)
        return [piece] if piece else []

    def _compare(self, inquiry: Inquiry, composer: Composer, day: date) -> list[Piece]:
        """The same question (or each region's own part of it) answered for each region; those with figures first."""
        own = dict(inquiry.parts)
        found: list[Piece] = []
        for region in inquiry.regions:
            part = replace(inquiry, regions=(region,), terms=own.get(region, inquiry.terms))
            found.extend(self._pieces(part, composer, day))
        return sorted(found, key=lambda piece: not piece.figures)

    def _is_about_money(self, inquiry: Inquiry, table: ScoreTable) -> bool:
        """Whether "how much" is asked of something that a clause grants, in whatever words ("能支持多少")."""
        if not inquiry.asks_how_much or inquiry.turn.wants_original or inquiry.intent is not Intent.CLAUSE:
            return False
        grants, passages = self.ranker.grants(inquiry, table), self.answering_passages(inquiry, table)
        if not grants or not passages or grants[0].confidence < ACCEPTED_GRANT:
            return False
        return passages[0].item.row in self.library.rows_of(grants[0].item)

    def _amount(self, inquiry: Inquiry, table: ScoreTable, composer: Composer, day: date) -> list[Piece]:
        """What the best grant gives, and beside it a second one that fits as well and gives something else."""
        grants = self.ranker.grants(inquiry, table)
        if grants and grants[0].confidence >= ACCEPTED_GRANT:
            best = composer.grant(entitlement(grants[0].item, inquiry, self.lexicon), inquiry)
            for rival in grants[1:4]:
                if rival.confidence >= SURE and grants[0].score - rival.score <= TIE:
                    other = composer.grant(entitlement(rival.item, inquiry, self.lexicon), inquiry)
                    if best.figures and other.figures and best.figures[0].amount != other.figures[0].amount:
                        return [best, composer.as_rival(other, same_region=best.region == other.region)]
            return [best]
        passages = self.ranker.passages(inquiry, table)
        if passages and passages[0].coverage >= SUPPORT_COVERAGE and _SUPPORTS.search(passages[0].item.own):
            return [composer.no_amount(self._cite(passages[0].item, day))]
        return []

    def _text(self, inquiry: Inquiry, table: ScoreTable, composer: Composer, day: date) -> Piece | None:
        best = self._best_passage(inquiry, table)
        if best is None:
            return None
        return composer.clause(self._cite(best.item, day), departments=inquiry.intent is Intent.DEPARTMENT)

    def answering_passages(self, inquiry: Inquiry, table: ScoreTable) -> list[Ranked[Text]]:
        """Passages that may be an answer, best first: not the title block, nor lines that only name departments."""
        ranked = self.ranker.passages(inquiry, table)
        return [r for r in ranked if r.item.passage.kind not in (ClauseKind.TITLE, ClauseKind.RESPONSIBILITY)]

    def _best_passage(self, inquiry: Inquiry, table: ScoreTable) -> Ranked[Text] | None:
        ranked = self.answering_passages(inquiry, table)
        return ranked[0] if ranked and ranked[0].confidence >= ACCEPTED_PASSAGE else None

    def _about_previous(
        self, question: str, history: Sequence[str], inquiry: Inquiry, composer: Composer, day: date, region: str | None
    ) -> list[Piece]:
        """ "这个政策还有效吗", "谁负责": about the clause that the turn before was answered with."""
        previous = self._ask(history[-1], history[:-1], day, region)
        if not previous.citations:
            return []
        citation = previous.citations[0]
        if inquiry.intent is Intent.VALIDITY:
            document = self.library.documents[citation.document_id]
            return [self._validity_piece(document, composer, day)]
        return [composer.clause(citation, departments=True)]

    def _validity(self, inquiry: Inquiry, composer: Composer, day: date) -> Iterator[Piece]:
        documents = [
            d
            for d in self._collection.documents
            if (inquiry.documents is None or d.id in inquiry.documents)
            and (not inquiry.regions or d.metadata.region in inquiry.regions)
        ]
        titled = [d for d in documents if d.id in self.places.titled(inquiry.turn.folded)]
        if titled:
            documents = titled
        elif len(documents) > 1 and inquiry.documents is None:
            subject = replace(inquiry, terms=tuple(t for t in inquiry.terms if t.surface not in ("有效", "到期")))
            best = self._best_passage(subject, self.ranker.scores(subject))
            documents = [d for d in documents if best is not None and d.id == best.item.passage.document_id]
        for document in documents[:3]:
            yield self._validity_piece(document, composer, day)

    def _validity_piece(self, document: Document, composer: Composer, day: date) -> Piece:
        return composer.validity(document, self._validity_citation(document, day))

    def _validity_citation(self, document: Document, day: date) -> Citation | None:
        """The closing clause that states dates in force, else the text that states a planning period."""
        for leaf in reversed(document.leaves):
            match = _VALIDITY_CLAUSE.search(fold(leaf.text))
            if match and re.search(r"\d{4}|之日|年", leaf.text):
                return cite(document, leaf, leaf.start + match.start(), leaf.start + match.end(), day)
        return None

    def _department_list(self, inquiry: Inquiry, composer: Composer, day: date) -> Piece | None:
        folded = inquiry.turn.folded
        named = next((name for name in self._departments if fold(name) in folded), None)
        if named is None or not _LISTING.search(folded):
            return None
        leads = _LEADING.search(folded) is not None
        citations = [
            cite(document, leaf, leaf.start, leaf.end, day)
            for document in self._collection.documents
            if (inquiry.documents is None or document.id in inquiry.documents)
            and (not inquiry.regions or document.metadata.region in inquiry.regions)
            for leaf in document.leaves
            if named in (leaf.departments[:1] if leads else leaf.departments)
            and leaf.kind not in (ClauseKind.RESPONSIBILITY, ClauseKind.HEADING)
        ]
        return composer.department_list(named, citations) if citations else None

    def _cite(self, text: Text, day: date) -> Citation:
        document = self.library.documents[text.passage.document_id]
        return cite(document, document.clauses_by_id[text.passage.clause_id], text.passage.start, text.passage.end, day)

    # ── looking things up ──

    def search(
        self, query: str, *, region: str | None = None, document: str | None = None, limit: int = 10
    ) -> tuple[SearchResult, ...]:
        """Passages for a query, best first, at most ``limit``; restricted to a region or a document id."""
        query = clean_question(query)
        if region is not None:
            check_region(region, self.regions)
        if document is not None and document not in self.library.documents:
            raise unknown_name("document", document, list(self.library.documents))
        inquiry = put_together(query, (), self.lexicon, self.places, region)
        if document is not None:
            inquiry = replace(inquiry, documents=frozenset({document}), regions=())
        ranked = self.ranker.passages(inquiry, self.ranker.scores(inquiry))
        return tuple(self._result(candidate) for candidate in ranked[:limit])

    def _result(self, candidate: Ranked[Text]) -> SearchResult:
        passage = candidate.item.passage
        document = self.library.documents[passage.document_id]
        clause = document.clauses_by_id[passage.clause_id]
        return SearchResult(
            clause.id,
            document.metadata.title,
            document.id,
            passage.region,
            " › ".join(clause.address),
            passage.text,
            passage.start,
            passage.end,
            candidate.score,
        )

    def clause(self, clause_id: str) -> ClauseView:
        """A clause with its neighbours; UnknownNameError names near ids."""
        for document in self._collection.documents:
            if clause_id in document.clauses_by_id:
                previous, following = self._collection.neighbours(clause_id)
                return ClauseView(document.clauses_by_id[clause_id], previous, following, document)
        raise unknown_name("clause", clause_id, [c.id for d in self._collection.documents for c in d.clauses])

    # ── the rules themselves ──

    def rules(self, document: str | None = None, region: str | None = None) -> tuple[ReadRule, ...]:
        """Every rule read from the collection, or from one document id or region; UnknownNameError if not there."""
        return read_rules(self._collection, document, region)

    def explain(self, clause_id: str) -> tuple[Explanation, ...]:
        """What each stretch of a clause became, one explanation for each leaf; UnknownNameError names near ids."""
        return explain(self._collection, clause_id)

    def match(self, profile: Profile, as_of: date | None = None, region: str | None = None) -> "Checkup":
        """Every rule held against an enterprise profile on a day (default: today).

        ``region`` comes before the profile's own; with neither all regions are looked at.
        """
        from assistant.checkup import match  # not needed to answer questions

        return match(profile, self.library, self.lexicon, as_of, region)


def _has_subject(inquiry: Inquiry) -> bool:
    """Whether the last turn says by itself what it is about."""
    return any(term.number is None for term in inquiry.terms if term.weight >= 1.0)
