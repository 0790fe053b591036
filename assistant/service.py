"""The service: everything loaded once; each question answered from the turns that come with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from assistant.answer import Answer, ConversationState, Exchange, too_much_said
from assistant.answering.answering import Answerer, Asked
from assistant.answering.explaining import Explanation, ReadRule, explain, read_rules
from assistant.finding.library import Library
from assistant.finding.ranking import Ranker
from assistant.finding.search_query import SearchFilters, SearchPage, SearchQuery, make_query
from assistant.language.lexicon import Lexicon, shipped_lexicon
from assistant.question import Language
from assistant.question.places import PlaceFinder
from assistant.question.profile import Profile
from assistant.settings import Settings
from assistant.validation import check_region, clean_question, unknown_name
from corpus.clause import Clause
from corpus.collection import Collection, read_folder
from corpus.document import Document
from corpus.errors import InputError
from corpus.readers.store import TextStore
from corpus.script import to_traditional
from index.embedding import load_embedder
from index.hybrid import HybridIndex
from index.snapshot import load as load_snapshot

if TYPE_CHECKING:
    from assistant.answering.checkup import Checkup
    from assistant.answering.worked import Calculation, Task
    from assistant.finding.clause_search import ClauseSearch


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
        self.answerer = Answerer(self.library, self.ranker, self.places, self.lexicon)

    @classmethod
    def open(cls, settings: Settings | None = None) -> "PolicyAssistant":
        """The assistant over the collection and snapshot that the settings name.

        Raises SnapshotError when the snapshot is missing, damaged or of another collection or model.
        """
        settings = settings or Settings.load()
        store = TextStore(settings.texts_dir)
        collection = read_folder(settings.documents_dir, settings.reading_limits, store).collection
        embedder = load_embedder(settings.embedder)
        return cls(collection, load_snapshot(settings.index_dir, embedder, collection.digest))

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that documents are from, each once."""
        return tuple(dict.fromkeys(d.metadata.region for d in self._collection.documents if d.metadata.region))

    def region_names(self, language: Language) -> dict[str, str]:
        """What the regions are called in a language: 成都 is Chengdu in English, 重庆 is 重慶 in Traditional script."""
        if language is Language.ENGLISH:
            return {region: self.places.english.get(region, region) for region in self.regions}
        traditional = language is Language.TRADITIONAL
        return {region: to_traditional(region) if traditional else region for region in self.regions}

    def documents(self) -> tuple[Document, ...]:
        """The documents of the collection, by id."""
        return tuple(self._collection.documents)

    @property
    def embedding_seconds(self) -> float:
        """Seconds spent on embedding questions since the assistant was opened."""
        return self.library.index.embedding_seconds

    # ── asking ──

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        state: ConversationState | None = None,
        as_of: date | None = None,
        region: str | None = None,
        id: str | None = None,
    ) -> Answer:
        """Answer a question in a conversation: ``state`` of the answer before, or the earlier user turns alone.

        ``as_of`` is the day the question is asked for (default: today); ``region`` limits the answer to one
        region unless the question names another. Raises InputError for a question that is none.
        """
        question = clean_question(question)
        if state is not None and history:
            raise InputError("A conversation is given either as state or as history, not as both; leave one out.")
        if fault := too_much_said(history):
            raise InputError(f"{fault[0].upper()}{fault[1:]}; leave the oldest out.")
        past = state.exchanges if state is not None else tuple(Exchange(question=turn) for turn in history)
        past = tuple(turn.model_copy(update={"question": clean_question(turn.question)}) for turn in past)
        if region is not None:
            region = check_region(region, self.regions)
        answer = self.answerer.answer(Asked(question, past, as_of, region))
        return answer.model_copy(update={"id": id}) if id is not None else answer

    # ── looking things up ──

    def search(
        self, query: str | SearchQuery = "", *, limit: int | None = None, **filters: Unpack[SearchFilters]
    ) -> SearchPage:
        """The clauses that a query and filters ask for, one page of them; ``limit`` is another name of ``page_size``.

        Without words all clauses that pass the filters, in document order. Nothing found is a page without
        items. Raises InputError for a search that is none or a page beyond the last, and UnknownNameError,
        with near names, for a filter that names nothing.
        """
        if limit is not None:
            filters["page_size"] = limit
        return self._clause_search.search(make_query(query, filters))

    @cached_property
    def _clause_search(self) -> "ClauseSearch":
        from assistant.finding.clause_search import ClauseSearch  # not needed to answer questions

        return ClauseSearch(self.library, self.ranker, self.lexicon, self.places)

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

    def calculate(self, task: "Task") -> "Calculation":
        """A clause worked out from facts, with the curve over its base; see ``calculating.calculation`` for errors."""
        from assistant.answering.calculating import calculation  # not needed to answer questions

        return calculation(task, self.library, self.lexicon, self.places)

    def match(
        self,
        profile: Profile,
        as_of: date | None = None,
        region: str | None = None,
        language: Language = Language.CHINESE,
    ) -> "Checkup":
        """Every rule held against an enterprise profile on a day (default: today), said in a language.

        ``region`` comes before the profile's own; with neither all regions are looked at.
        """
        from assistant.answering.checkup import match  # not needed to answer questions

        return match(profile, self.library, self.lexicon, as_of, region, language)
