"""Places and documents that a question names."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from corpus.document import Document
from corpus.places import Place, cities_of, find_places, province_of
from corpus.script import fold

_DOCUMENT_WORD = re.compile(
    r"方案|计划|措施|政策|文件|办法|通知|意见|细则|规定|条|plan|measures|policy|document|notice|scheme"
)
_BOILERPLATE = re.compile(
    r"关于|印发|的通知|通知|人民政府|办公厅|办公室|实施方案|行动方案|行动计划|若干|支持|推动|加快|发展|企业|制造业|产业|工业|重点|年"
)
_YEAR = re.compile(
    r"(20\d\d)年?(?:的|那|这|版|出台|发布|印发|\s|个|批|份){0,3}[^,。;?!]{0,12}?(?:方案|计划|政策|文件|措施|行动|通知|办法)"
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
class Found:
    """Places and documents of one turn."""

    regions: tuple[str, ...]
    elsewhere: tuple[str, ...]
    documents: frozenset[str] | None
    spans: tuple[tuple[int, int], ...]  # of place names in the folded text
    named: tuple[tuple[str, int, int], ...]  # (region, start, end) in order, each region once
    around: bool = False  # no region is named itself, but the city that it lies in (宁波 for 象山) or a part of it


class PlaceFinder:
    """Finds the collection's regions and documents in folded text, and places that no document is from."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)
        names: dict[str, str] = {}
        for document in documents:
            metadata = document.metadata
            english = any(alias.isascii() for alias in metadata.region_aliases)
            romanised = "" if english else _romanised(metadata.region)
            for name in (metadata.region, *metadata.region_aliases, romanised):
                if name:
                    names.setdefault(fold(name), metadata.region)
        self._names = names
        self.english = {region: name.title() for name, region in reversed(names.items()) if name.isascii()}
        ordered = sorted(names, key=len, reverse=True)
        parts = [re.escape(name) if not name.isascii() else rf"\b{re.escape(name)}\b" for name in ordered]
        self._pattern = re.compile("|".join(parts)) if parts else None
        self._text = "".join(fold(document.text) for document in documents)
        self._cities = _cities(documents)
        self._titles = {document.id: _title_grams(document) for document in documents}

    def find(self, folded: str) -> Found:
        """Places and documents that one folded turn names."""
        places = find_places(folded)
        spans = [match.span() for match in self._pattern.finditer(folded)] if self._pattern else []
        spans = [span for span in spans if self._is_region(folded, span, places)]
        named: dict[str, tuple[str, int, int]] = {}
        for start, end in spans:
            region = self._names[folded[start:end]]
            named.setdefault(region, (region, start, end))
        places = [place for place in places if not any(place.start < end and start < place.end for start, end in spans)]
        around = () if named else self._around({place.name for place in places})
        regions = tuple(named) or around
        over = {place for region in regions for place in self._over(region)}
        silent = [place for place in places if not self._is_spoken_of(folded, place)]
        elsewhere = tuple(
            dict.fromkeys(p.name for p in silent if p.name not in over and not cities_of(p.name) & set(regions))
        )
        documents = self._documents_named(folded, regions)
        titles = self._title_spans(folded, documents or frozenset())
        if elsewhere and not regions:
            documents = None  # "天津的稳链补链方案" is another city's document of the same name
        elif documents is not None:
            theirs = tuple(dict.fromkeys(self._region(i) for i in sorted(documents)))
            if not set(theirs) & set(regions) or (len(regions) > 1 and len(theirs) == 1):
                regions = theirs
        # another place beside a region is part of what is asked; 烟台 and 山东 beside 莱山 only say where that is
        said = [(place.start, place.end) for place in silent if not named or place.name in over]
        by_city = bool(around) and regions == around
        return Found(regions, elsewhere, documents, (*spans, *said, *titles), tuple(named.values()), by_city)

    def _around(self, places: Set[str]) -> tuple[str, ...]:
        """The regions meant where none is named: that of which a part is, or those in a city of which no part is."""
        parts = {place: cities_of(place) for place in places}
        split = {city for cities in parts.values() for city in cities}
        return tuple(
            region
            for region in dict.fromkeys(self._names.values())
            if any(cities == {region} for cities in parts.values()) or self._cities[region] & (places - split)
        )

    def _over(self, region: str) -> frozenset[str]:
        """The cities and the provinces that a region lies in."""
        cities = self._cities[region]
        return cities | {province for place in (region, *cities) if (province := province_of(place))}

    def titled(self, folded: str) -> frozenset[str]:
        """Ids of the documents whose title a text shares a distinctive stretch with."""
        return frozenset(
            document_id
            for document_id, grams in self._titles.items()
            if any(gram in folded for gram in grams if len(gram) == _NAME_LENGTH)
            or any(gram + word in folded for gram in grams if len(gram) == _SHORT_NAME for word in _NAMED_AFTER)
        )

    def _title_spans(self, folded: str, documents: frozenset[str]) -> list[tuple[int, int]]:
        """Where the text names one of the documents by its title: those words say which, not what about."""
        grams = {gram for document_id in documents for gram in self._titles[document_id]}
        return [(at, at + len(gram)) for gram in grams if (at := folded.find(gram)) >= 0]

    def _region(self, document_id: str) -> str:
        return next(document.metadata.region for document in self._documents if document.id == document_id)

    def _is_region(self, folded: str, span: tuple[int, int], places: Sequence[Place]) -> bool:
        """Whether a region's name means it. Not that of the same name in another city (南京鼓楼 is not 徐州's), and a
        one-character abbreviation (蓉, 渝) only beside 在/来/到 or a company."""
        start, end = span
        region = self._names[folded[start:end]]
        in_front = {place.name for place in places if place.end == start}
        if in_front & (cities_of(region) - self._cities[region]):
            return False
        before, after = folded[max(0, start - 1) : start], folded[end : end + 2]
        return end - start > 1 or before in set("在来到赴驻") or after[:1] in set("企市府")

    def _is_spoken_of(self, folded: str, place: Place) -> bool:
        """Whether a place is a region's namesake or a district that the documents speak of."""
        printed = folded[place.start : place.end]
        of_county_rank = bool(cities_of(place.name)) or printed.endswith(("区", "县", "旗"))
        return fold(place.name) in self._names or (of_county_rank and printed in self._text)

    def _documents_named(self, folded: str, regions: tuple[str, ...]) -> frozenset[str] | None:
        by_number = {
            document.id
            for document in self._documents
            for match in _NUMBER.finditer(folded)
            if match.group(1) in document.metadata.document_number
            and f"{match.group(2)}号" in document.metadata.document_number
        }
        if by_number:
            return frozenset(by_number)
        if not _DOCUMENT_WORD.search(folded):
            return None
        by_title = self.titled(folded)
        if by_title:
            return by_title
        years = {int(match.group(1)) for match in _YEAR.finditer(folded)}
        years |= {int(match.group(1) or match.group(2)) for match in _YEAR_EN.finditer(folded)}
        if not years:
            return None
        by_year = {
            document.id
            for document in self._documents
            if (not regions or document.metadata.region in regions)
            and years & _years(document.metadata.issued, document.metadata.title)
        }
        others = {
            d.id
            for d in self._documents
            if regions and d.metadata.region in regions and d.metadata.region not in {self._region(i) for i in by_year}
        }
        return frozenset(by_year | others) if by_year else None


def _cities(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    """For each region the city it lies in; of several of its name, the one that a document speaks of."""
    cities: dict[str, frozenset[str]] = {}
    for document in documents:
        metadata = document.metadata
        texts = (fold(metadata.title), fold(metadata.issuer), fold(document.text))
        cities[metadata.region] = cities.get(metadata.region, frozenset()) | cities_of(metadata.region, texts)
    return cities


def _romanised(region: str) -> str:
    """A region's name in pinyin ("Tianhe"), as English questions write districts that have no English name."""
    from pypinyin import lazy_pinyin  # half a second of tables, needed only for places without an English name

    return "".join(lazy_pinyin(region)) if region else ""


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
