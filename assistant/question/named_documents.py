"""Documents that a question names: by number, by a stretch of the title, by the year."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Document
from corpus.script import fold

_DOCUMENT_WORD = re.compile(
    r"方案|计划|措施|政策|文件|办法|通知|意见|细则|规定|条|plan|measures|policy|document|notice|scheme"
)
_BOILERPLATE = re.compile(
    r"关于|印发|的通知|通知|人民政府|办公厅|办公室|实施方案|行动方案|行动计划|若干|支持|推动|加快|发展|企业|制造业|产业|工业|重点|年"
)
# Looked ahead, so that "2020年和2023年的计划" gives both years.
_YEAR = re.compile(
    r"(20\d\d)年?(?=(?:的|那|这|版|出台|发布|印发|\s|个|批|份){0,3}[^,。;?!]{0,12}?(?:方案|计划|政策|文件|措施|行动|通知|办法))"
)
# Beside a document named otherwise only a year that itself names one: 2023年那批计划, not "2023年按政策".
_YEAR_OF_ANOTHER = re.compile(
    r"(20\d\d)年?(?:的|那|这|版|出台|发布|印发|\s|[个批份几套\d一二三四五六七八九十两])*(?:行动|实施|工作|支持)?(?:方案|计划|政策|文件|措施|办法)"
)
_YEAR_EN = re.compile(
    r"\b(20\d\d)(?:'s)? (?:[a-z-]+ ){0,2}?(?:plans?|polic(?:y|ies)|measures?|schemes?|documents?|notices?)\b"
    r"|\b(?:plans?|polic(?:y|ies)|measures?|schemes?|documents?|notices?) (?:of|from|issued in|published in) (20\d\d)\b"
)
_NUMBER = re.compile(r"[^\s,。;?!《》\"“”]{1,12}[〔\[(（【]?(20\d\d)[〕\])）】]?(\d{1,4})号")
_NAMED_AFTER = ("方案", "行动", "计划", "措施", "办法", "政策", "文件", "这份", "那份")
_NAME_LENGTH = 4  # characters of a title that a question must share to name its document
_SHORT_NAME = 3  # as few are enough right before 方案, 措施 …: "链长制方案"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a turn that names documents: one, or several that it does not tell apart."""

    documents: frozenset[str]
    start: int
    end: int

    def joined(self, other: "Mention") -> "Mention":
        """Both mentions as one, of the documents that both may mean."""
        return Mention(self.documents & other.documents, min(self.start, other.start), max(self.end, other.end))


class DocumentFinder:
    """Finds the collection's documents in folded text."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)
        self._titles = {document.id: _title_grams(document) for document in documents}
        self._by_gram: dict[str, list[str]] = {}  # ids of the documents with a gram in their titles
        for document_id, grams in self._titles.items():
            for gram in grams:
                self._by_gram.setdefault(gram, []).append(document_id)

    def mentions(self, folded: str, regions: Sequence[str]) -> list[Mention]:
        """What one folded turn names documents by, in order; ``regions`` are the regions that it names."""
        if numbered := self._numbered(folded):
            return numbered
        if not _DOCUMENT_WORD.search(folded):
            return []
        titled = list(self._titled_stretches(folded))
        if not titled:
            return _apart([*self._of_years(_YEAR, folded, regions), *self._of_years(_YEAR_EN, folded, regions)])
        named = self.titled(folded)
        theirs = {document.metadata.region for document in self._documents if document.id in named}
        others = self._of_years(_YEAR_OF_ANOTHER, folded, regions or tuple(theirs))
        return _apart([*titled, *(year for year in others if not any(_overlap(year, named) for named in titled))])

    def titled(self, folded: str) -> frozenset[str]:
        """Ids of the documents whose title a text shares a distinctive stretch with."""
        return frozenset(
            document_id for gram, _, _ in self._title_places(folded) for document_id in self._by_gram[gram]
        )

    def title_spans(self, folded: str, documents: Iterable[str]) -> list[tuple[int, int]]:
        """Where the text names one of the documents by its title: those words say which, not what about."""
        grams = {gram for document_id in documents for gram in self._titles[document_id]}
        return [(at, at + len(gram)) for gram in grams if (at := folded.find(gram)) >= 0]

    def _numbered(self, folded: str) -> list[Mention]:
        found = []
        for match in _NUMBER.finditer(folded):
            year, number = match.group(1), f"{match.group(2)}号"
            ids = frozenset(
                document.id
                for document in self._documents
                if year in document.metadata.document_number and number in document.metadata.document_number
            )
            if ids:
                found.append(Mention(ids, match.start(1), match.end()))
        return _apart(found)

    def _titled_stretches(self, folded: str) -> Iterator[Mention]:
        """Each stretch of title words with the documents that share the most of it."""
        places: dict[str, set[int]] = {}
        for gram, start, end in self._title_places(folded):
            for document_id in self._by_gram[gram]:
                places.setdefault(document_id, set()).update(range(start, end))
        for start, end in _runs(set().union(*places.values())):
            shares = {document_id: len(held & set(range(start, end))) for document_id, held in places.items()}
            most = max(shares.values())
            yield Mention(frozenset(i for i, share in shares.items() if share == most), start, end)

    def _title_places(self, folded: str) -> Iterator[tuple[str, int, int]]:
        """The grams of titles that a text holds, short ones only where they are named as a title, and where they stand."""
        for length in (_NAME_LENGTH, _SHORT_NAME):
            for start in range(len(folded) - length + 1):
                end = start + length
                gram = folded[start:end]
                if gram in self._by_gram and (length == _NAME_LENGTH or folded.startswith(_NAMED_AFTER, end)):
                    yield gram, start, end

    def _of_years(self, pattern: re.Pattern[str], folded: str, regions: Sequence[str]) -> Iterator[Mention]:
        for match in pattern.finditer(folded):
            year = int(next(group for group in match.groups() if group))
            ids = frozenset(
                document.id
                for document in self._documents
                if (not regions or document.metadata.region in regions)
                and year in _years(document.metadata.issued, document.metadata.title)
            )
            if ids:
                yield Mention(ids, *match.span())


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in order, those that may mean the same document made one."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda mention: mention.start):
        same = [other for other in found if other.documents & mention.documents]
        for other in same:
            found.remove(other)
            mention = other.joined(mention)
        found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _runs(positions: set[int]) -> Iterator[tuple[int, int]]:
    """Stretches of positions side by side."""
    start = end = -1
    for position in sorted(positions):
        if position != end:
            if end > start:
                yield start, end
            start = position
        end = position + 1
    if end > start:
        yield start, end


def _years(issued: date | None, title: str) -> set[int]:
    years = {int(year) for year in re.findall(r"20\d\d", title)[:1]}
    return years | ({issued.year} if issued else set())


def _title_grams(document: Document) -> frozenset[str]:
    """Stretches of ``_NAME_LENGTH`` characters by which a question names the document: not of the boilerplate."""
    grams: set[str] = set()
    for title in (document.metadata.title, *document.metadata.parts):
        for piece in _BOILERPLATE.split(re.sub(r"[^\u4e00-\u9fff]", "|", fold(title))):
            for run in piece.split("|"):
                for length in (_SHORT_NAME, _NAME_LENGTH):
                    grams.update(run[at : at + length] for at in range(len(run) - length + 1))
    names = [fold(name) for name in (document.metadata.region, *document.metadata.region_aliases) if name]
    return frozenset(gram for gram in grams if not any(name in gram for name in names if len(name) > 1))
