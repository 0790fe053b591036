"""Reading polarity: the words around a number that say in which direction it bounds."""

import re

from corpus.quantity import Polarity
from corpus.reading_units import Unit
from corpus.units import (
    DISTANT,
    NEGATED,
    NEGATION_WINDOW,
    POLARITY_TRIGGER,
    PREFIX,
    PREFIX_WINDOW,
)


def suffix_fits(suffix: re.Match[str], unit: Unit) -> bool:
    return (
        not suffix[0].endswith("内")
        or suffix[0].endswith("以内")
        or suffix[0].endswith("之内")
        or unit.name in {"year", "month", "day", "hour"}
    )


def suffix_polarity(suffix: re.Match[str]) -> Polarity:
    if suffix["least"]:
        return Polarity.AT_LEAST
    return Polarity.AT_MOST if suffix["most"] else Polarity.ABOUT


_GROUPS = {
    "least": Polarity.AT_LEAST,
    "more": Polarity.MORE_THAN,
    "less": Polarity.LESS_THAN,
    "most": Polarity.AT_MOST,
    "about": Polarity.ABOUT,
}


def polarity_before(text: str, start: int, floor: int) -> tuple[Polarity, int]:
    """Polarity set by the words in front, and where they begin; ``floor`` is the end of the quantity before."""
    window = max(floor, start - PREFIX_WINDOW)
    if not POLARITY_TRIGGER.search(text, window, start):
        return Polarity.EXACTLY, start
    match = PREFIX.search(text, window, start)
    if match is not None and not (match["least"] == "上" and text[start : start + 1] not in set("亿千百")):
        for name, polarity in _GROUPS.items():
            if match[name]:
                return _unless_negated(text, polarity, match.start(), floor)
    distant = DISTANT.search(text, window, start)
    if distant is not None:
        if distant["more"]:
            return Polarity.MORE_THAN, distant.start()
        return (Polarity.AT_MOST if distant["most"] else Polarity.AT_LEAST), distant.start()
    return Polarity.EXACTLY, start


_COMPLEMENTS = {
    Polarity.AT_LEAST: Polarity.LESS_THAN,
    Polarity.LESS_THAN: Polarity.AT_LEAST,
    Polarity.MORE_THAN: Polarity.AT_MOST,
    Polarity.AT_MOST: Polarity.MORE_THAN,
}
_NOT_DENIED = ("最", "至", "上限", "限额", "封顶", "控制")  # 最高, 至少: a word before them denies something else


def _unless_negated(text: str, polarity: Polarity, start: int, floor: int) -> tuple[Polarity, int]:
    """The polarity of a word that begins at ``start``, or its complement where the word before denies it."""
    denied = NEGATED.search(text, max(floor, start - NEGATION_WINDOW), start)
    if denied is None or text.startswith(_NOT_DENIED, start) or polarity not in _COMPLEMENTS:
        return polarity, start
    return _COMPLEMENTS[polarity], denied.start()


def corrected(polarity: Polarity, includes: bool | None) -> Polarity:
    """(含) and (不含) decide whether the bound itself belongs to it."""
    if includes is None:
        return polarity
    closed = {Polarity.MORE_THAN: Polarity.AT_LEAST, Polarity.LESS_THAN: Polarity.AT_MOST}
    opened = {Polarity.AT_LEAST: Polarity.MORE_THAN, Polarity.AT_MOST: Polarity.LESS_THAN}
    return (closed if includes else opened).get(polarity, polarity)
