"""Names of places: recognising them in a text and the other names they go by.

``places.csv`` lists the provinces and the cities of prefecture and county rank of China with their romanised names
(official divisions of 2023); the districts and counties are those of ``corpus.counties``. One that is not listed (since
merged or renamed) is recognised by its suffix alone (静海县).
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from corpus.counties import County, counties_named, find_counties


class Place(NamedTuple):
    """A place named in a text: its shortest usual name in Simplified characters, and where it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    full_name: str
    province: str  # empty for a province
    city: str  # the prefecture-level city that a city of county rank belongs to
    romanised: tuple[str, ...]
    abbreviation: str  # one character, only where it is no part of everyday words
    needs_suffix: bool  # the bare name is an everyday word: 白银, 日照, 朝阳


# Everyday words in which the name of a city is hidden; they come first in the pattern and use up the characters.
_HIDDEN = (
    "[形建构促达完变组]成都市(?!政府)|三明治|[最重扩较更]大连|宁德时代|北海道|[出入]海口|中山[装路陵]|长沙发|非常州|东南平|西南平|华南平|孙中山"
    "|[平舞后前柜]台[北中南]|南京[东西]?路|北京[东西]?路|深圳[东西]路|上海[东西]路|四平方|海南[亚路]|黄石[子头]|和田玉|河南岸|江北海"
)
_CHARACTER = "\u4e00-\u9fff"
# What stands in front of 区, 县 or 旗 without naming one.
_GENERIC = re.compile(
    "收件|直管|[的和在为对全各是等有及个到与或其给予由以下上位于省市区县镇]|^[将让从向把被按经得已该哪每某跨分这那外内老园社地特主含]"
    "|鼓励|支持|推动|推进|落实|实现|符合|结合|征求|均指|收购|办公|获得|入选|相关|有关|所属|制造|工程|引导|组织|协调|加快|建设|打造|提升|完善"
    "|培育|享受|注册|落户|入驻|投资|补贴|奖励|申请|企业|政府|现代|发展"
    "|(?:开发|高新|经开|试验|示范|功能|集聚|核心|先导|引领|行政|经济|工业|产业|园|社|片|景|郊|辖|保税|自贸|合作|自治|库|校|矿|林|牧|灾|小|街|专|港|创新"
    "|科技|科创|生态|旅游|服务|度假|保护|商务|协同|加工|贸易|先行|实验|管理|什么|贫困|脱贫|地|(?:主|老|新|中心|旧|古)城|(?:困|深|大|石)山)$"
)
_SUFFIXED = re.compile(
    rf"(?:^|(?<=[^{_CHARACTER}])|(?<=[在于到去来为是我由及和与省市州盟、]))([{_CHARACTER}]{{2,3}}?)(新区|自治县|区|县|旗)(?!级|域|别|块|间|市|长|县|位|\()"
)
_AFTER_PLACE = re.compile(rf"([{_CHARACTER}]{{2,3}}?)(新区|区|县|旗)(?!级|域|县)")
_AFTER_PROVINCE = re.compile(rf"([{_CHARACTER}]{{2,3}}?)(市)(?!级|场|民)")
# A city of county rank, which the list does not hold: 义乌市. Much else ends in 市.
_COUNTY_CITY = re.compile(rf"(?:^|(?<=[^{_CHARACTER}])|(?<=[在到于]))([{_CHARACTER}]{{2}})(市)(?![级场民县区值外盈面])")
_NO_CITY = re.compile(r"[上超股城都门楼入夜集菜辖级后收开罢闹早花灯黑互]$")
_SETTLED = "新区"
_SHORT = 200  # characters; a title or an issuer, not a text
_OWN_LEVEL = re.compile(r"(?:我|本|全)(省|市|区|县)(?!级)")
_OUR_LEVEL = re.compile(r"我[省市]")
_TAIWAN = re.compile(r"新台币|行政院|中华民国[一二三四五六七八九十百]{1,4}年")


@cache
def _entries() -> tuple[_Entry, ...]:
    with resources.files("corpus").joinpath("places.csv").open(encoding="utf-8") as file:
        return tuple(
            _Entry(
                name=row["name"],
                full_name=row["full_name"],
                province=row["province"],
                city=row["city"],
                romanised=tuple(filter(None, row["romanised"].split("|"))),
                abbreviation=row["abbreviation"],
                needs_suffix=row["recognised"] == "suffix",
            )
            for row in csv.DictReader(file)
        )


@cache
def _by_spelling() -> Mapping[str, str]:
    """Every spelling a place is recognised by, to its name."""
    spellings: dict[str, str] = {}
    for entry in _entries():
        spellings.setdefault(entry.full_name, entry.name)
        if not entry.needs_suffix:
            spellings.setdefault(entry.name, entry.name)
        for romanised in entry.romanised:
            spellings.setdefault(romanised, entry.name)
    return spellings


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_by_spelling(), key=len, reverse=True)
    chinese = "|".join(re.escape(word) for word in longest_first if not word.isascii())
    latin = "|".join(re.escape(word) for word in longest_first if word.isascii())
    return re.compile(rf"(?P<hidden>{_HIDDEN})|(?P<chinese>{chinese})|(?<![a-z])(?P<latin>{latin})(?![a-z])")


def find_places(folded_text: str) -> list[Place]:
    """The places a folded text names, in reading order, whether or not a document is about them."""
    spellings = _by_spelling()
    matches = list(_pattern().finditer(folded_text))
    known = [
        Place(spellings[match.group()], match.start(), match.end()) for match in matches if match.lastgroup != "hidden"
    ]
    # A county's name may begin with its city's (长沙县), never within another name or a word that hides one.
    inside = {offset for match in matches for offset in range(match.start() + (match["hidden"] is None), match.end())}
    ends = {place.end: place.name for place in known}
    counties = [Place(*found) for found in find_counties(folded_text, ends, inside)]
    taken = {offset for place in counties for offset in range(place.start, place.end)}
    begun = {place.start + 1 for place in counties}  # 枣庄 and its 市中区 share the character
    known = [place._replace(end=place.end - 1) if place.end in begun else place for place in known]
    cities = [place for place in known if _is_free(place, taken)]
    districts = [place for place in _districts(folded_text, set(ends)) if _is_free(place, taken)]
    return sorted([*counties, *cities, *districts], key=lambda place: place.start)


def _districts(text: str, ends: set[int]) -> Iterable[Place]:
    """Districts and counties: by their suffix, at the start of a phrase or behind a known place."""
    position = 0
    while match := _SUFFIXED.search(text, position):
        stem, suffix = match.groups()
        if _GENERIC.search(stem) is None:
            yield Place(stem + suffix if suffix == _SETTLED else stem, match.start(), match.end())
            position = match.end()
        else:
            position = match.start() + 1
    for match in _COUNTY_CITY.finditer(text):
        if _GENERIC.search(match.group(1)) is None and _NO_CITY.search(match.group(1)) is None:
            yield Place(match.group(1), match.start(), match.end())
    for end in ends:
        pattern = _AFTER_PROVINCE if text[end - 1] == "省" else _AFTER_PLACE
        after = pattern.match(text, end) or _AFTER_PLACE.match(text, end)
        if after and _GENERIC.search(after.group(1)) is None:
            name = after.group() if after.group(2) == _SETTLED else after.group(1)
            yield Place(name, after.start(), after.end())


def _is_free(place: Place, taken: set[int]) -> bool:
    """Whether no place stands at any of its offsets yet; claims them."""
    offsets = range(place.start, place.end)
    if not taken.isdisjoint(offsets):
        return False
    taken.update(offsets)
    return True


def cities_of(name: str, texts: Iterable[str] = ()) -> frozenset[str]:
    """The city that a place of county rank is in: {宁波} for 余姚 and for 鄞州, {北京} for 海淀; empty for any other place.

    A name that several districts bear has the cities of them all, unless ``texts`` (folded) name one of those.
    """
    listed = [entry for entry in _entries() if entry.name == name]
    if listed:
        return frozenset(entry.city for entry in listed[:1] if entry.city)
    return frozenset(county.parent for county in meant_counties(name, texts))


def province_of(name: str) -> str:
    """The province a city is in (福建 for 三明); empty for a province and for a place that is not listed."""
    return next((entry.province for entry in _entries() if entry.name == name), "")


def meant_counties(name: str, texts: Iterable[str] = ()) -> tuple[County, ...]:
    """The districts and counties of a name; where texts name the city of one, or else its province, only that one."""
    counties = counties_named(name)
    if len(counties) > 1:
        joined = "\n".join(texts)
        for named in (
            [county for county in counties if _stands_for(county.parent, joined)],
            [county for county in counties if county.province in joined],
        ):
            if named:
                return tuple(named)
    return counties


def _stands_for(city: str, text: str) -> bool:
    """Whether a text names a city, if only by its one character (留甬)."""
    entry = next((entry for entry in _entries() if entry.name == city), None)
    return city in text or (entry is not None and entry.abbreviation != "" and entry.abbreviation in text)


def other_names(name: str, suffixed: str = "", texts: Iterable[str] = ()) -> tuple[str, ...]:
    """Names a question may use for a place beside its own: 成都市, 蓉, Chengdu for 成都.

    ``suffixed`` is how a place that no list holds is printed; ``texts`` say which of several districts of a name it is.
    """
    for entry in _entries():
        if entry.name == name:
            names = (
                entry.full_name,
                entry.abbreviation,
                *(romanised.title().replace("'A", "'a") for romanised in entry.romanised),
            )
            return tuple(other for other in names if other and other != name)
    counties = meant_counties(name, texts)
    if not counties:
        return (suffixed,) if suffixed and suffixed != name else ()
    words = (*(county.full_name for county in counties), *(county.romanised.title() for county in counties))
    return tuple(word for word in dict.fromkeys(words) if word != name)


def main_place(folded_texts: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The place a document is about and its other names; empty when none of the texts names one.

    The texts come in the order of their weight (title, issuer, text). In each the first place counts, at its
    narrowest (天河 for 广州市天河区); in a long text the place named most often.
    """
    texts = tuple(folded_texts)
    for text in texts:
        places = find_places(text)
        if len(text) < _SHORT and not places and _is_national(text):
            return ("台湾", other_names("台湾")) if _TAIWAN.search(texts[-1]) else ("", ())
        if len(text) >= _SHORT and _TAIWAN.search(text):
            return "台湾", other_names("台湾")
        if not places:
            continue
        name = _narrowest(places) if len(text) < _SHORT else _of_level(_most_named(text, places), places, text)
        if not any(place.name == name for place in places):
            return name, other_names(name, "", texts)
        printed = next(text[place.start : place.end] for place in places if place.name == name)
        return name, other_names(name, printed, texts)
    return "", ()


@cache
def _national_bodies() -> re.Pattern[str]:
    names = resources.files("corpus").joinpath("national_bodies.txt").read_text(encoding="utf-8").split()
    return re.compile(rf"^[《\s]*(?:中华人民共和国)?(?:{'|'.join(map(re.escape, names))})")


def _is_national(text: str) -> bool:
    """Whether a title or an issuer begins with a body of the whole country: what it lays down is of no one place."""
    return _national_bodies().match(text) is not None


def _of_level(name: str, places: list[Place], text: str) -> str:
    """The place named most often, or the city or province around it where the text speaks of 我市 or 我省 as its own."""
    own = {match.group(1) for match in _OWN_LEVEL.finditer(text)}
    if len(own) != 1 or not _OUR_LEVEL.search(text):
        return name
    level = own.pop()
    entry = next((entry for entry in _entries() if entry.name == name), None)
    if level == "市" and entry is None:
        cities = cities_of(name, [text])
        named = {place.name for place in places}
        return next(iter(cities)) if len(cities) == 1 and cities & (named | cities) else name
    if level == "省" and entry is not None and entry.province:
        return entry.province
    return name


def _most_named(text: str, places: list[Place]) -> str:
    """The place named most often; a district counts wherever its suffixed name stands."""
    counted = Counter(place.name for place in places)
    suffixed = {
        (place.name, printed)
        for place in places
        if (printed := text[place.start : place.end]).endswith(("区", "县", "旗"))
    }
    stretches = _stretches(text, {len(printed) for _, printed in suffixed})
    for name, printed in suffixed:
        counted[name] = max(counted[name], stretches[printed])
    return counted.most_common(1)[0][0]


def _stretches(text: str, lengths: Iterable[int]) -> Counter[str]:
    """How often each stretch of these lengths that ends like a district stands in a text, counted in one pass."""
    ends = [position + 1 for position, character in enumerate(text) if character in "区县旗"]
    return Counter(text[end - length : end] for length in lengths for end in ends if end >= length)


def _narrowest(places: list[Place]) -> str:
    """The last of the places that follow each other without a gap."""
    chosen = places[0]
    for place in places[1:]:
        if place.start != chosen.end:
            break
        chosen = place
    return chosen.name
