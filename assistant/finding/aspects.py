"""Aspects: what may be asked about a grant beside its sum (a deadline, papers, steps …), and which texts tell it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.script import fold


@dataclass(frozen=True, slots=True)
class AspectWords:
    """The words by which one side, a question or a clause, names an aspect, with what shows them."""

    aspect: str
    side: str  # question or clause
    words: tuple[str, ...]  # folded
    example: str
    counter_example: str

    def name(self, folded: str) -> bool:
        """Whether a folded text holds one of the words; a clause's may stand with spaces between characters."""
        return any(map(folded.__contains__, self.words))


@cache
def shipped_aspects() -> tuple[AspectWords, ...]:
    """The lines of ``finding/data/aspects.tsv``. Raises ValueError for a line that is not of the five columns."""
    text = (files("assistant.finding") / "data" / "aspects.tsv").read_text(encoding="utf-8")
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[AspectWords]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            aspect, side, words, example, counter = line.split("\t")
            folded = tuple(fold(word.replace("_", " ")) for word in words.split())
            yield AspectWords(aspect, side, folded, example, counter)


def asked_aspects(folded: str) -> frozenset[str]:
    """The aspects that a folded question names."""
    return frozenset(line.aspect for line in shipped_aspects() if line.side == "question" and line.name(folded))


def told_aspects(folded: str) -> frozenset[str]:
    """The aspects that a folded clause tells."""
    return frozenset(line.aspect for line in shipped_aspects() if line.side == "clause" and line.name(folded))
