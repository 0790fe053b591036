"""Standing: what askers say of their own part, office and past, which decides whom a clause covers.

Only what is said plainly is read: one who asks about leading and taking part, or leads with others taking part, is no
mere participant.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.language.grammar import Reading, reading_of
from assistant.language.levels import levels_lacked, levels_left
from corpus.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Standing:
    """What one turn, or a conversation, says of the asker."""

    takes_part: bool = False  # others lead; the asker only takes part
    left: tuple[str, ...] = ()  # levels that they had before a higher one
    lacks: tuple[str, ...] = ()  # levels of recognition they say not to have (yet)
    office: str | None = None  # the level of the government office that asks
    for_years: tuple[str, ...] = ()  # what they say has been so for years, in their words

    def followed_by(self, later: "Standing", *, leads: bool, new_level: bool) -> "Standing":
        """The standing after a further turn, which may say that they lead after all or name another level."""
        return replace(
            later,
            takes_part=later.takes_part or (self.takes_part and not leads),
            left=later.left or (() if new_level else self.left),
            lacks=later.lacks or (() if new_level else self.lacks),
            office=later.office or self.office,
        )


UNSAID = Standing()
_LONGEST = 24  # characters of what is said to have been so for years


def read_standing(folded: str) -> Standing:
    """What a folded turn says plainly of the asker's part, level and office."""
    reading = reading_of(folded)
    office = reading.all("office")
    return Standing(
        takes_part="takes_part" in reading.values("part") and not _leads(reading),
        left=levels_left(folded),
        lacks=levels_lacked(folded),
        office=office[0].value if office else None,
        for_years=() if "newly" in reading.values("lasting") else tuple(_said_for_years(folded, reading)),
    )


def _said_for_years(folded: str, reading: Reading) -> Iterator[str]:
    for finding in reading.all("lasting"):
        short = any(isinstance(token, Quantity) and not _is_of_years(token) for token in finding.tokens)
        if finding.words is not None and not short:
            start, end = finding.words
            yield folded[start : min(end, start + _LONGEST)]


def _is_of_years(amount: Quantity) -> bool:
    return amount.unit == "year" and amount.value >= 1


def says_to_lead(folded: str) -> bool:
    """Whether a turn says that the asker leads, whoever else takes part."""
    return _leads(reading_of(folded))


def _leads(reading: Reading) -> bool:
    said = reading.all("part")
    denied = [finding for finding in said if finding.value != "leads"]
    return any(
        finding.value == "leads" and not any(one.start < finding.end and finding.start < one.end for one in denied)
        for finding in said
    )
