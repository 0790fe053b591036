"""Durations: how long ago something was, how long it lasts, and how old somebody is, as a clause and an asker state it.

A duration counts only beside the event that it runs from (``data/events.tsv``): 毕业六年半 is judged by 毕业5年内 and never
by 成立5年内. An age says itself what it is of.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from assistant.language.amounts import read_amounts
from assistant.language.bounds import polarity_of
from assistant.language.grammar import shipped_grammar
from corpus.errors import SettingsError
from corpus.quantities import Polarity, Quantity
from corpus.script import fold

AGE = "age"
_BOUND = frozenset({"bound"})
_COLUMNS, _NO_EVENT = 5, "-"
_MONTHS = {"year": Decimal(12), "month": Decimal(1), AGE: Decimal(12)}
_MARKS = ",。;:?!\n、"
_BEFORE, _BEHIND = 8, 6  # characters between an event and its duration, in front of it and behind it
_ENDLESS = Decimal("Infinity")
# An age whose 岁 is left out: 我今年47, aged 47.
_BARE_AGE = re.compile(r"(?:今年|年龄|现年|\baged)\s*(?:是|为|已)?(?P<years>[1-9]\d)(?![\d.万亿%年个人家岁周月])")


@dataclass(frozen=True, slots=True)
class Duration:
    """An event and the months since it, or that it lasts, from ``low`` to ``high``, both included; ``text[start:end]``."""

    event: str
    low: Decimal
    high: Decimal
    polarity: Polarity
    start: int
    end: int

    def misses(self, wanted: "Duration") -> bool:
        """Whether no value that is meant lies between the ends that are wanted."""
        return self.event == wanted.event and (self.high < wanted.low or self.low > wanted.high)


@cache
def event_words() -> dict[str, frozenset[str]]:
    """The events that come with the product, by each of their words."""
    words: dict[str, set[str]] = {}
    text = (files("assistant.language") / "data" / "events.tsv").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise SettingsError(f"events.tsv, line {number}: an event has {_COLUMNS} columns separated by tabs.")
        for word in (fold(w) for w in (*columns[1].split("、"), *columns[2].split("|")) if w):
            words.setdefault(word, set()).add(columns[0])
    return {word: frozenset(events) for word, events in words.items()}


@lru_cache(maxsize=2048)  # a conversation's words are held against every grant
def durations_in(folded: str) -> tuple[Duration, ...]:
    """The durations of known events, and the ages, that a folded text states."""
    found: list[Duration] = []
    amounts = read_amounts(folded)
    reading = shipped_grammar().read(folded, amounts, _BOUND)
    for amount in amounts:
        if amount.unit not in _MONTHS:
            continue
        start, end = _segment(folded, amount)
        before, after = folded[start : amount.start], folded[amount.end : end]
        polarity = polarity_of(amount, reading)
        if polarity is Polarity.EXACTLY:
            polarity = amount.polarity
        low, high = _ends(amount, polarity)
        events = frozenset({AGE}) if amount.unit == AGE else _events_beside(before, after)
        found += [Duration(event, low, high, polarity, amount.start, amount.end) for event in sorted(events)]
    for match in _BARE_AGE.finditer(folded):
        if any(one.start <= match.start("years") < one.end for one in found):
            continue
        months = Decimal(match["years"]) * 12
        found.append(Duration(AGE, months, months, Polarity.EXACTLY, match.start("years"), match.end("years")))
    return tuple(found)


def _segment(folded: str, amount: Quantity) -> tuple[int, int]:
    start = max(folded.rfind(mark, 0, amount.start) for mark in _MARKS) + 1
    ends = [place for mark in _MARKS if (place := folded.find(mark, amount.end)) >= 0]
    return start, min(ends, default=len(folded))


def _events_beside(before: str, after: str) -> frozenset[str]:
    """The events that the words next to a duration name: those before it (毕业5年), else those behind it (三年以上劳动合同)."""
    before, after = _without_names(before), _without_names(after)
    ahead = [(at + len(word), events) for word, events in _events().items() if (at := before.rfind(word)) >= 0]
    last = max((end for end, _ in ahead), default=-1)
    if last >= 0 and len(before) - last <= _BEFORE:
        return frozenset[str]().union(*(events for end, events in ahead if end == last))
    behind = [(at, events) for word, events in _events().items() if (at := after.find(word)) >= 0]
    first = min((at for at, _ in behind), default=-1)
    if 0 <= first <= _BEHIND:
        return frozenset[str]().union(*(events for at, events in behind if at == first))
    return frozenset()


def _without_names(folded: str) -> str:
    """A text without the words that only hold an event's: 毕业生."""
    for word in (word for word, events in event_words().items() if _NO_EVENT in events):
        folded = folded.replace(word, " " * len(word))
    return folded


@cache
def _events() -> dict[str, frozenset[str]]:
    return {word: events for word, events in event_words().items() if _NO_EVENT not in events}


def _ends(amount: Quantity, polarity: Polarity) -> tuple[Decimal, Decimal]:
    """The months between which a duration lies; a whole number of years that have passed is not passed by a year."""
    unit = _MONTHS[amount.unit]
    value = amount.value * unit
    low, high = {
        Polarity.AT_MOST: (-_ENDLESS, value),
        Polarity.LESS_THAN: (-_ENDLESS, value.next_minus()),
        Polarity.AT_LEAST: (value, _ENDLESS),
        Polarity.MORE_THAN: (value.next_plus(), _ENDLESS),
    }.get(polarity, (value, value))
    return (low, amount.upper * unit) if amount.upper is not None else (low, high)
