"""What a typed search means: filters lifted out of its text, and the words that remain."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.finding.department_names import Departments
from assistant.finding.search_query import SearchQuery, lift_phrases
from assistant.finding.search_text import squeeze, to_searched
from assistant.language.lexicon import Lexicon
from assistant.language.terms import Term, read_terms
from assistant.question.places import PlaceFinder
from assistant.validation import check_region, unknown_name
from corpus.document import Document
from corpus.quantities import MONEY_UNITS, find_quantities
from index.tokens import WORD, is_dictionary_word, tokenize

_NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{0,8})\s*(?:\(\s*)?(?P<year>(?:19|20)\d\d)\s*(?:年\s*)?(?:\)\s*)?(?:第\s*)?(?P<number>\d{1,4})\s*号"
)
_TITLE = re.compile(r"《([^《》]+)》")
# Says that a department is meant as the one responsible, and not as a word of the clause.
_RESPONSIBLE = re.compile(
    r"(?:牵头|主办|分管|主管|归口|责任|承担|配合|参与|组织|负责)(?:负责|单位|部门|落实|实施|办理|主办)?|归[^,。;?]{0,12}管|管(?:的|哪|什么)|落实的?"
    r"|\bresponsib\w+(?: for)?|\bin charge(?: of)?|\b(?:is |are )?(?:led|run|handled|administered) by\b|\bleads?\b|\bhandles?\b"
)
_LEADS = re.compile(r"牵头|领头|主办|\bleads?\b|\bled by\b")
_SUPPORTS = re.compile(r"配合|参与|协办|协助")
_AGENCY = re.compile(r"[局委办厅部院署]$|委员会$|政府$|中心$")
_JOINTLY = re.compile(r"共同|联合|会同|\bjointly\b|\bboth\b")
_CALLED = (
    re.compile(r"(?:由|归)\s*([^,。;?\s由归]{2,24}?)来?(?:牵头|主办|负责|主管|管|承担)"),
    re.compile(r"^([^,。;?\s]{2,24}?)(?:牵头|负责|主管|分管)"),
)
_WHO = re.compile(
    r"(?:是|由|归|该)*(?:谁|(?:哪|什么)[个些]?(?:部门|单位|局|机构))(?:来|在)?(?:负责|牵头|主管|承担|管)?(?:的|呢)?"
    r"|(?:责任|牵头|主管|负责)(?:单位|部门)(?:是)?(?:谁|哪[个些]?|什么)"
    r"|\bwho(?: is|'s)? (?:responsible|in charge)(?: (?:of|for))?|\bwhich (?:department|bureau)s? (?:is|are) responsible(?: for)?"
)
# Beside a department these only say that clauses are wanted ("负责的条款有哪些", "牵头的工作任务").
_CLAUSE_WORDS = frozenset(
    re.split(
        r"\s+",
        "条款 条文 条目 任务 重点任务 工作 工作任务 事项 政策 措施 政策措施 职责 职能 内容 规定 部门 单位 负责 责任 责任单位 谁负责 "
        "牵头 牵头单位 配合 参与 共同 联合 会同 列出 列举 列表 清单 一览 所有 全部 有关 相关 涉及 查找 查询 查看 显示 事情 哪些 "
        "list all show find clause clauses task tasks measure measures article articles department bureau office work",
    )
)
_CLAUSES_WANTED = re.compile(
    r"条款|条文|条目|任务|工作|事项|职责|职能|措施|政策|有关|相关|涉及|哪些|\bclauses?\b|\btasks?\b|\bmeasures?\b"
)
_CHUNK = re.compile(r"[^\s,。;:?!、/()\"'《》]+")
_HAN_RUN = re.compile(r"[\u3007\u3400-\u9fff]{2,}")
_TITLE_LENGTH = 4  # characters from which a piece of a title names a document or plan


@dataclass(frozen=True, slots=True)
class Understood:
    """A search understood."""

    query: SearchQuery  # its filters complete, its text without what became one of them
    documents: frozenset[str] | None  # ids; None for all
    parts: frozenset[str] | None  # titles of plans; None for all
    departments: tuple[frozenset[str], ...]  # for each asked for, the searched forms of its printed names
    terms: tuple[Term, ...]
    literals: tuple[str, ...]  # the pieces of the text as typed; a clause that holds them so comes first
    phrases: tuple[tuple[str, str], ...]  # as typed, and as searched


class QueryReader:
    """Reads searches over one collection. ``stands`` says whether a searched text stands in any clause."""

    def __init__(
        self,
        documents: Sequence[Document],
        lexicon: Lexicon,
        places: PlaceFinder,
        departments: Departments,
        stands: Callable[[str], bool],
    ) -> None:
        self._documents = tuple(documents)
        self._lexicon = lexicon
        self._places = places
        self._departments = departments
        self._stands = stands
        self._regions = tuple(dict.fromkeys(d.metadata.region for d in documents if d.metadata.region))
        self._parts = tuple(dict.fromkeys(part for d in documents for part in d.metadata.parts))

    def read(self, query: SearchQuery) -> Understood:
        """The search with its filters resolved. Raises UnknownNameError, with near names, for one that is not there."""
        text, quoted = lift_phrases(query.text)
        query = query.model_copy(update={"phrases": tuple(dict.fromkeys((*query.phrases, *quoted)))})
        text, query = self._lift_titles(text, query)
        text, query = self._lift_numbers(text, query)
        regions = tuple(dict.fromkeys(self._region(name) for name in query.region))
        query = query.model_copy(update={"region": regions})
        text, query, names = self._lift_departments(text, query)
        text, query = self._lift_regions(text, query)
        terms = self._terms(text, listing=bool(query.department) and not names) if text.strip() or not names else ()
        query = query.model_copy(update={"text": " ".join((*names, *text.split())) if terms or names else ""})
        literals = tuple(squeeze(chunk) for chunk in _CHUNK.findall(to_searched(text))) if terms else ()
        return Understood(
            query,
            self._document_ids(query),
            self._part_titles(query),
            tuple(self._department_names(query)),
            (*(Term(squeeze(name), (squeeze(name),)) for name in names), *terms),
            (*map(squeeze, names), *literals),
            tuple((phrase, squeeze(phrase)) for phrase in query.phrases),
        )

    # ── filters out of the text ──

    def _lift_titles(self, text: str, query: SearchQuery) -> tuple[str, SearchQuery]:
        """《…》 names a document or a plan of the collection; the title of anything else is a phrase."""
        update: dict[str, tuple[str, ...]] = {"phrases": query.phrases}
        for match in _TITLE.finditer(text):
            title = match.group(1)
            parts = self._parts_named(title)
            documents = self._documents_titled(title)
            if len(parts) == 1 and not query.part:
                update["part"] = tuple(parts)
            elif len(documents) == 1 and not query.document:
                update["document"] = tuple(documents)
            else:
                update["phrases"] = (*update["phrases"], title)
        return " ".join(_TITLE.sub(" ", text).split()), query.model_copy(update=update)

    def _lift_numbers(self, text: str, query: SearchQuery) -> tuple[str, SearchQuery]:
        """A document's number chooses it; the number of another document is a phrase that clauses may cite."""
        folded = to_searched(text)
        for match in reversed(list(_NUMBER.finditer(folded))):
            known = {} if query.document else dict(self._numbered(match))
            issuer = max(known.values(), default=0) if known else self._cited_issuer(match)
            start = match.end("issuer") - issuer
            if known:
                query = query.model_copy(update={"document": tuple(known)})
            else:
                query = query.model_copy(update={"phrases": (*query.phrases, text[start : match.end()])})
            text = f"{text[:start]} {text[match.end() :]}"
        return text, query

    def _numbered(self, match: "re.Match[str]") -> Iterator[tuple[str, int]]:
        """Documents with the number, and how much of the characters before it names their issuer."""
        for document in self._documents:
            own = _NUMBER.fullmatch(squeeze(document.metadata.document_number))
            if own is None or (own["year"], int(own["number"])) != (match["year"], int(match["number"])):
                continue
            if not match["issuer"]:
                yield document.id, 0
            elif match["issuer"].endswith(own["issuer"]):
                yield document.id, len(own["issuer"])

    def _cited_issuer(self, match: "re.Match[str]") -> int:
        """How many characters before an unknown number belong to it: as many as some clause prints before it."""
        rest = match.group()[len(match["issuer"]) :]
        for length in range(len(match["issuer"]), -1, -1):
            if self._stands(squeeze(match["issuer"][len(match["issuer"]) - length :] + rest)):
                return length
        return len(match["issuer"])

    def _lift_departments(self, text: str, query: SearchQuery) -> tuple[str, SearchQuery, tuple[str, ...]]:
        """Text, query and the department names that are words of it: with 负责 or 牵头 a name becomes the filter."""
        folded = to_searched(text)
        spans = self._departments.in_text(folded)
        rest = _blank(text, spans)
        responsible = _RESPONSIBLE.search(to_searched(rest))
        if query.department or not (spans or responsible):
            return text, query, ()
        if not spans:
            called = next((match for pattern in _CALLED if (match := pattern.search(folded))), None)
            known = called is not None and self._departments.named(called.group(1))
            if called is None or not (known or _AGENCY.search(called.group(1))):
                return text, query, ()
            spans = [called.span(1)]
            rest = _blank(text, spans)
            if not known:  # no clause says it is responsible; it may still be spoken of
                return "", query, (text[slice(*called.span(1))],)
        names = tuple(dict.fromkeys(text[start:end] for start, end in spans))
        if responsible is None and not self._wants_clauses(rest):
            return rest, query, names
        leads = query.lead_only or (
            _LEADS.search(to_searched(rest)) is not None and not _SUPPORTS.search(to_searched(rest))
        )
        masked = _blank(rest, [match.span() for match in _RESPONSIBLE.finditer(to_searched(rest))])
        jointly = query.jointly or (len(names) > 1 and _JOINTLY.search(folded) is not None)
        return masked, query.model_copy(update={"department": names, "lead_only": leads, "jointly": jointly}), ()

    def _wants_clauses(self, rest: str) -> bool:
        """Whether what stands beside a department only says that clauses are wanted: 与市科技局有关的条款."""
        folded = to_searched(rest)
        words = {term.surface for term in read_terms(folded, self._lexicon)}
        return _CLAUSES_WANTED.search(folded) is not None and words <= _CLAUSE_WORDS

    def _lift_regions(self, text: str, query: SearchQuery) -> tuple[str, SearchQuery]:
        found = self._places.find(to_searched(text))
        if query.region or not found.named:
            return text, query
        regions = tuple(region for region, _, _ in found.named)
        names = [(start, end) for _, start, end in found.named]
        return _blank(text, names), query.model_copy(update={"region": regions})

    # ── filters that name something ──

    def _region(self, name: str) -> str:
        named = self._places.find(to_searched(name)).named
        return named[0][0] if named and name not in self._regions else check_region(name, self._regions)

    def _document_ids(self, query: SearchQuery) -> frozenset[str] | None:
        if not query.document:
            return None
        ids = [document.id for document in self._documents]
        found: set[str] = set()
        for name in query.document:
            number = _NUMBER.fullmatch(to_searched(name))
            numbered = [document_id for document_id, _ in self._numbered(number)] if number else []
            chosen = [name] if name in ids else numbered or self._documents_titled(name)
            if not chosen:
                raise unknown_name("document", name, ids)
            found.update(chosen)
        return frozenset(found)

    def _documents_titled(self, title: str) -> list[str]:
        wanted = squeeze(title)
        if len(wanted) < _TITLE_LENGTH:
            return []
        return [document.id for document in self._documents if wanted in squeeze(document.metadata.title)]

    def _part_titles(self, query: SearchQuery) -> frozenset[str] | None:
        if not query.part:
            return None
        found: set[str] = set()
        for name in query.part:
            chosen = self._parts_named(name)
            if not chosen:
                raise unknown_name("part", name, self._parts)
            found.update(chosen)
        return frozenset(found)

    def _parts_named(self, title: str) -> list[str]:
        wanted = squeeze(title)
        exact = [part for part in self._parts if squeeze(part) == wanted]
        return exact or [part for part in self._parts if len(wanted) > 1 and wanted in squeeze(part)]

    def _department_names(self, query: SearchQuery) -> Iterator[frozenset[str]]:
        for name in query.department:
            chosen = self._departments.named(name)
            if not chosen:
                raise unknown_name("department", name, list(self._departments.printed.values()))
            yield chosen

    # ── words ──

    def _terms(self, text: str, listing: bool) -> tuple[Term, ...]:
        """The words to look for: glossary words with their synonyms, plain words, sums, and what stands literally."""
        folded = to_searched(text)
        if (bare := _WHO.sub(lambda match: " " * len(match.group()), folded)).strip():
            folded = bare  # who is responsible is seen in each clause found; what for is what is looked for
        sums = [
            (quantity.start, quantity.end)
            for quantity in find_quantities(folded)
            if quantity.unit in MONEY_UNITS or quantity.unit == "percent"
        ]
        terms = [Term(squeeze(folded[start:end]), (squeeze(folded[start:end]),)) for start, end in sums]
        terms += read_terms(_blank(folded, sums), self._lexicon)
        rest = _blank(folded, sums)
        for term in terms:
            rest = rest.replace(term.surface, " " * len(term.surface))
        terms += self._literal_terms(_blank(folded, sums), rest)
        if listing:
            terms = [term for term in terms if term.surface not in _CLAUSE_WORDS]
        elif not terms:
            terms = [Term(chunk, (chunk,)) for chunk in dict.fromkeys(_CHUNK.findall(folded))]
        unique = {term.alternatives: _searched(term) for term in terms}
        return tuple(unique.values())

    def _literal_terms(self, folded: str, rest: str) -> Iterator[Term]:
        """What no dictionary knows and clauses hold as typed: 稳链, and a word typed by itself that elsewhere only asks."""
        for chunk in _CHUNK.finditer(folded):
            left = rest[chunk.start() : chunk.end()]
            if left == chunk.group() and len(left) > 1 and self._stands(left):
                yield Term(left, (left,))
                continue
            for run in _HAN_RUN.findall(left):
                words = [token.removeprefix(WORD) for token in tokenize(run) if token.startswith(WORD)]
                if any(len(w) > 1 and not is_dictionary_word(w) for w in words) and self._stands(run):
                    yield Term(run, (run,))


def _searched(term: Term) -> Term:
    return replace(term, alternatives=tuple(dict.fromkeys(squeeze(word) for word in term.alternatives)))


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with blanks where the spans are."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)
