"""Places and documents that a question names."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from assistant.question.named_documents import DocumentFinder, Mention
from corpus.document import Document
from corpus.places import Place, cities_of, find_places, province_of
from corpus.script import fold

# That what is asked is asked of each place or document for itself, where a turn names several.
_EACH = re.compile(
    r"各(?![区县级类项地部单有市种产行条])|分别|另外?一?[个份边]|[两二三]者|两(?:边|份|地|个(?:地方|城市|市|文件|方案|计划))"
    r"|(?<![成首新])都(?![江市])|对比|相比|比较|区别|差别|差异|不同|哪(?:一)?[份边]"
    r"|哪(?:一)?[个家](?=[^,。;?!]{0,2}(?:写|给|定|更|高|低|多|少|有|补|奖|划算|文件|方案|城市|地方|市))"
    r"|\b(?:both|each|either|respectively|which (?:one|city|plan|document)|compare[ds]?|comparison|versus|vs|difference)\b"
)
_ASKING = re.compile(
    r"多少|几[成个家项条万年]|多大|怎么|怎样|什么|啥|哪|吗|呢|有没有|\b(?:how|what|which|does|is there)\b"
)
_AND = re.compile(
    r"(?:的|那|这|版|出台|发布|印发|\s|[个批份几套\d一二三四五六七八九十两])*(?:工业|产业|制造业|行动|实施|工作|支持|发展)*"
    r"(?:方案|计划|措施|政策|文件|办法|意见|通知)?(?:里面?|的|中)*\s*(?:和|跟|与|同|及|以及|还是|、|/|\band\b|\bor\b)[^,。;?!]{0,6}"
)
# What stands beside a place's English name and belongs to it: our Chengdu site.
_SITE = re.compile(r" (?:site|branch|office|location|subsidiary|operations?)s?\b")


@dataclass(frozen=True, slots=True)
class Side:
    """One of several that are asked about: a place with its documents, or one document of a place."""

    region: str
    documents: frozenset[str] | None  # None for all of the region
    start: int  # where the turn names it
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """Places and documents of one turn."""

    regions: tuple[str, ...]
    elsewhere: tuple[str, ...]
    documents: frozenset[str] | None
    spans: tuple[tuple[int, int], ...]  # of place names in the folded text
    named: tuple[tuple[str, int, int], ...]  # (region, start, end) in order, each region once
    sides: tuple[Side, ...] = ()  # where several places or documents are asked about, each for itself
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
        self._finder = DocumentFinder(documents)
        self._regions = {document.id: document.metadata.region for document in documents}

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
        # another place beside a region is part of what is asked; 烟台 and 山东 beside 莱山 only say where that is
        said = [(place.start, place.end) for place in silent if not named or place.name in over]
        mentions = [self._in_regions(mention, regions) for mention in self._finder.mentions(folded, regions)]
        titles = self._finder.title_spans(folded, (i for mention in mentions for i in mention.documents))
        spans = [*map(partial(_with_site, folded), spans), *said, *titles, *((m.start, m.end) for m in mentions)]
        if elsewhere and not regions:
            mentions = []  # "天津的稳链补链方案" is another city's document of the same name
        sides = self._sides(folded, tuple(named.values()), mentions)
        if mentions and not sides:
            theirs = self._regions_of(mentions)
            regions = theirs if not set(theirs) & set(regions) or len(theirs) == 1 else regions
        elif sides:
            regions = tuple(dict.fromkeys(side.region for side in sides))
        documents = self._documents_meant(mentions, regions)
        by_city = bool(around) and regions == around
        return Found(regions, elsewhere, documents, tuple(spans), tuple(named.values()), sides, by_city)

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
        return self._finder.titled(folded)

    def _in_regions(self, mention: Mention, regions: Sequence[str]) -> Mention:
        """A mention without the documents of regions that the turn does not name, where it can be meant without."""
        within = frozenset(i for i in mention.documents if self._regions[i] in regions)
        return replace(mention, documents=within) if within else mention

    def _regions_of(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._regions[i] for mention in mentions for i in sorted(mention.documents)))

    def _documents_meant(self, mentions: Sequence[Mention], regions: Sequence[str]) -> frozenset[str] | None:
        """The documents named, and all of each region of which none is named; None where none is named at all."""
        if not mentions:
            return None
        theirs = set(self._regions_of(mentions))
        others = (i for i, region in self._regions.items() if region in regions and region not in theirs)
        return frozenset(others).union(*(mention.documents for mention in mentions))

    def _sides(
        self, folded: str, named: Sequence[tuple[str, int, int]], mentions: Sequence[Mention]
    ) -> tuple[Side, ...]:
        """The places or documents that are asked about each for itself, in the order they are named."""
        sides: list[Side] = []
        for mention in mentions:
            for region in self._regions_of([mention]):
                theirs = frozenset(i for i in mention.documents if self._regions[i] == region)
                sides.append(Side(region, theirs, mention.start, mention.end))
        for region, start, end in named:
            own = [side for side in sides if side.region == region]
            if not own:
                sides.append(Side(region, None, start, end))
            elif start < own[0].start:
                sides[sides.index(own[0])] = replace(own[0], start=start)
        sides.sort(key=lambda side: side.start)
        if len(sides) < 2:
            return ()
        alike = len({side.documents is None for side in sides}) == 1  # else a document may speak of the other place
        places = len({side.region for side in sides}) == len(sides)
        return tuple(sides) if (alike and places) or _set_apart(folded, sides) else ()

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


def _set_apart(folded: str, sides: Sequence[Side]) -> bool:
    """Whether a turn asks of each side for itself: by a word, by "A和B", or by a question beside each."""
    if _EACH.search(folded):
        return True
    gaps = [folded[one.end : other.start] for one, other in pairwise(sides)]
    if all(_AND.fullmatch(gap) for gap in gaps):
        return True
    before, behind = folded[: sides[0].start], folded[sides[-1].end :]
    return all(map(asks_something, [*gaps, behind])) or all(map(asks_something, [before, *gaps]))


def asks_something(folded: str) -> bool:
    """Whether a stretch of a turn holds a question of its own."""
    return _ASKING.search(folded) is not None


def _with_site(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    """A place name with the word for the asker's own place there: "our Chengdu site"."""
    site = _SITE.match(folded, span[1])
    return (span[0], site.end()) if site and folded[span[0] : span[1]].isascii() else span


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
