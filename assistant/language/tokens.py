"""Tokens: a folded text as the grammar sees it, each number with its unit, and each day, one typed character."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.language.amounts import UNUSABLE
from assistant.language.asked_day import StatedDay, read_days
from corpus.quantities import MONEY_UNITS, Quantity

Token = Quantity | StatedDay


class Kind(StrEnum):
    """What a token is of; the names are those that a wording writes in braces."""

    SUM = "sum"  # money, usable or not
    SHARE = "share"  # percent, 四成, 一半
    TIME = "time"  # how long
    PERSON = "person"
    COUNT = "count"
    MEASURE = "measure"  # areas, weights, ages and whatever else has a unit
    DAY = "day"  # of the calendar, or a year or month of it


_FIRST = 0xF500  # of a private range that no document was seen to use
CHARACTER = {kind: chr(_FIRST + place) for place, kind in enumerate(Kind)}
ANY = "".join(CHARACTER.values())
# What a gap in a wording may pass over: when and how long say nothing of which number is meant.
PASSED = CHARACTER[Kind.TIME] + CHARACTER[Kind.DAY]
_KINDS = {"percent": Kind.SHARE, "points": Kind.SHARE, "person": Kind.PERSON, "count": Kind.COUNT, UNUSABLE: Kind.SUM}
_KINDS |= dict.fromkeys(MONEY_UNITS, Kind.SUM) | dict.fromkeys(("year", "month", "day"), Kind.TIME)
# A currency beside a sum belongs to it.
_CURRENCY_BEFORE = re.compile(r"(?:\b(?:rmb|cny)|¥|人民币)\s*$")
_CURRENCY_BEHIND = re.compile(r"元|块钱?|\s*\b(?:yuan|rmb)\b")
_OURS = re.compile(f"[{ANY}]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text with its tokens; ``text`` has one character for each, the other characters are the folded text's own."""

    text: str
    tokens: tuple[Token, ...]
    kinds: frozenset[Kind]
    _offsets: tuple[int, ...]  # in the folded text, of each character of ``text`` and of its end
    _places: tuple[int, ...]  # in ``text``, of each token

    def within(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens in ``text[start:end]``."""
        return tuple(token for place, token in zip(self._places, self.tokens, strict=True) if start <= place < end)

    def last_within(self, start: int, end: int) -> int | None:
        """The place of the last token in ``text[start:end]``; None where there is none."""
        return max((place for place in self._places if start <= place < end), default=None)

    def origin(self, place: int) -> int:
        """The offset in the folded text of a character of ``text``, or of its end."""
        return self._offsets[place]


def kind_of(token: Token) -> Kind:
    """What a token is of."""
    return Kind.DAY if isinstance(token, StatedDay) else _KINDS.get(token.unit, Kind.MEASURE)


def tokenise(folded: str, amounts: Sequence[Quantity] = ()) -> Tokens:
    """The text with its amounts, as read by ``read_amounts``, and its days as tokens."""
    folded = _OURS.sub(" ", folded)
    spans = sorted(_spans(folded, amounts), key=lambda span: span[:2])
    text: list[str] = []
    offsets: list[int] = []
    tokens: list[Token] = []
    places: list[int] = []
    position = 0
    for start, end, token in spans:
        if start < position:
            continue
        text.extend(folded[position:start])
        offsets.extend(range(position, start))
        places.append(len(text))
        tokens.append(token)
        text.append(CHARACTER[kind_of(token)])
        offsets.append(start)
        position = end
    text.extend(folded[position:])
    offsets.extend(range(position, len(folded) + 1))
    return Tokens("".join(text), tuple(tokens), frozenset(map(kind_of, tokens)), tuple(offsets), tuple(places))


def _spans(folded: str, amounts: Sequence[Quantity]) -> Iterator[tuple[int, int, Token]]:
    for amount in amounts:
        start, end = amount.start, amount.end
        if kind_of(amount) is Kind.SUM:
            before = _CURRENCY_BEFORE.search(folded, max(0, start - 5), start)
            behind = _CURRENCY_BEHIND.match(folded, end)
            start, end = before.start() if before else start, behind.end() if behind else end
        yield start, end, amount
    for day in read_days(folded):
        start, end = day.span
        if day.relative and day.month is None:
            continue  # 去年 stays a word
        if not any(amount.start < end and start < amount.end for amount in amounts):
            yield start, end, day
