"""What English counts and measures ("forty containers", "9,000 cubic metres"), by the nouns of ``data/english_units.tsv``."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from corpus.errors import SettingsError
from corpus.script import fold

_COLUMNS = 6
_UNCHANGED = "="  # behind a word that has no plural of its own


@dataclass(frozen=True, slots=True)
class EnglishUnit:
    """A line of the file: the noun with its other forms, the unit, how a clause counts it, and what shows it."""

    nouns: tuple[str, ...]  # folded, as they stand behind one …
    plurals: tuple[str, ...]  # … and behind other numbers; those of measures are alike
    unit: str
    counted: str  # the classifier; empty for a measure
    example: str
    counter_example: str


def parse_units(text: str, source: str) -> tuple[EnglishUnit, ...]:
    """The lines of a file; SettingsError names one that is not of the columns, or a noun that two of them have."""
    found: list[EnglishUnit] = []
    known: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise SettingsError(f"{source}, line {number}: a noun has {_COLUMNS} columns separated by tabs.")
        noun, others, unit, counted, example, counter = columns
        words = [fold(word) for word in (noun, *others.split("|")) if word]
        nouns = tuple(word.removesuffix(_UNCHANGED) for word in words)
        plurals = tuple(w.removesuffix(_UNCHANGED) if w.endswith(_UNCHANGED) or not counted else f"{w}s" for w in words)
        if twice := known.intersection(nouns):
            raise SettingsError(f"{source}, line {number}: {min(twice)} stands there twice; leave it in one line.")
        known.update(nouns)
        found.append(
            EnglishUnit(
                nouns, (*plurals, *(f"{word}s" for word in nouns if not counted)), unit, counted, example, counter
            )
        )
    return tuple(found)


@cache
def english_units() -> tuple[EnglishUnit, ...]:
    """The nouns that come with the product."""
    source = files("assistant.language") / "data" / "english_units.tsv"
    return parse_units(source.read_text(encoding="utf-8"), "english_units.tsv")


@cache
def _by_form() -> dict[str, tuple[EnglishUnit, bool]]:
    """Each form of each noun, with whether it stands behind one rather than behind other numbers."""
    singular = {noun: (unit, True) for unit in english_units() for noun in unit.nouns if unit.counted}
    return singular | {plural: (unit, False) for unit in english_units() for plural in unit.plurals}


def unit_of(noun: str, number: Decimal) -> EnglishUnit | None:
    """The line of a noun as ``nouns_pattern`` matches it, where it stands in the form that follows the number.

    Behind another number than one the singular only goes before a noun: two standard workshops are no standards.
    """
    form = noun if noun in _by_form() else re.sub(r"[\s-]+", " ", noun)
    unit, alone = _by_form()[form]
    return unit if number == 1 or not alone else None


def nouns_pattern(*, measures: bool) -> str:
    """A pattern for the nouns that are measures, or for those that count, in all their forms, the longest first."""
    forms = [form for form, (unit, _) in _by_form().items() if (not unit.counted) == measures]
    words = (re.escape(form).replace(r"\ ", r"[\s-]") for form in sorted(forms, key=len, reverse=True))
    return "(?:" + "|".join(words) + ")(?![a-z])"
