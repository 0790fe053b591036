"""Aspects: what a turn asks of a grant beside its sum (papers, steps, a deadline …), learned from labelled turns.

The same regression as for the acts (``assistant/question/acts.py``), with a table and weights of its own: a new wording
is taught by a line of ``tests/cases/aspect_turns.tsv``, and ``tests/benchmarks/train_aspects.py`` writes the weights.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from assistant.question.acts import CLAUSE, TurnReader

_LIKELY = 0.2  # probability from which an aspect is asked for; turns that ask for none are seldom above 0.1
_SURELY = 0.85  # of a clause of a turn, from which the turn asks for what the clause does, were it alone
_HARDLY = 0.02  # of the turn, below which a clause of it does not count
# Probability of an aspect from which a word by itself is one that asks: for what the turn asks, and for another.
_NAMES, _NAMES_ANOTHER = 0.1, 0.12
_ASKS = 0.5  # share of the turn's probability from which a clause of it asks by itself
# Share of an aspect's probability that a turn keeps without a word that does not ask for it: one that the glossary
# knows as a thing, and another.
_CARRIES, _CARRIES_WITHOUT = 0.5, 0.8


class Aspect(StrEnum):
    """One thing that may be asked of a grant beside its sum."""

    MATERIALS = "materials"
    DEADLINE = "deadline"  # when to apply
    STEPS = "steps"
    CONTACT = "contact"  # a telephone, a person
    PLACE = "place"  # a window, an address, a platform
    PAID = "paid"  # when and in how many parts it is paid
    STACKING = "stacking"  # whether it may be had together with other grants
    REVIEW = "review"  # how long the review takes
    RESPONSIBLE = "responsible"  # who is responsible, who examines


class AspectReader(TurnReader[Aspect]):
    """Tells the aspects that a turn asks for."""

    kinds = tuple(Aspect)


@cache
def shipped_reader() -> AspectReader:
    """The reader with the weights that ship with the package, loaded once."""
    import numpy as np

    with (files("assistant.question") / "data" / "aspects.npz").open("rb") as file, np.load(file) as data:
        return AspectReader.load(data)


@lru_cache(maxsize=256)
def aspects_asked(folded: str) -> tuple[Aspect, ...]:
    """The aspects that a folded turn asks for, the likeliest first; none where it asks for none."""
    whole = shipped_reader().probabilities(folded)
    parts = [shipped_reader().probabilities(match.group()) for match in CLAUSE.finditer(folded)]
    likely = {aspect: max((part[aspect] for part in parts), default=0.0) for aspect in Aspect}
    asked = (a for a in Aspect if whole[a] >= _LIKELY or (whole[a] >= _HARDLY and likely[a] >= _SURELY))
    return tuple(sorted(asked, key=lambda aspect: -whole[aspect]))


def may_ask(folded: str) -> bool:
    """Whether a folded turn may ask for an aspect at all, however it is put."""
    return _likeliest(folded, tuple(Aspect)) >= _HARDLY


def asking_spans(folded: str, subjects: Sequence[str], others: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The stretches of a folded turn that ask for its aspects and name nothing that is asked about.

    Those are the clauses that ask by themselves, where another clause holds one of the words, but for such words in them
    as ask for nothing; else those of the words without which the turn would hardly ask. ``subjects`` ask more seldom
    than ``others``.
    """
    asked = aspects_asked(folded)
    if not asked:
        return ()
    words = [*((word, _CARRIES) for word in subjects), *((word, _CARRIES_WITHOUT) for word in others)]
    clauses = [match.span() for match in CLAUSE.finditer(folded)]
    whole = _likeliest(folded, asked)
    asking = [span for span in clauses if _likeliest(folded[slice(*span)], asked) >= _ASKS * whole]
    rest = "".join(folded[slice(*span)] for span in clauses if span not in asking)
    if asking and any(word in rest for word, _ in words):
        return tuple(stretch for span in asking for stretch in _without_things(folded, span, words, asked))
    return tuple(
        (start, start + len(word))
        for word, kept in words
        for start in ((folded.find(word),) if _asks_alone(word) else _places(folded, word, kept, asked))
        if start >= 0
    )


def _without_things(
    folded: str, span: tuple[int, int], words: Sequence[tuple[str, float]], asked: Sequence[Aspect]
) -> list[tuple[int, int]]:
    """A clause that asks, in stretches between the words of it that ask for nothing, alone or there."""
    clause, start = folded[slice(*span)], span[0]
    kept = [
        (start + at, start + at + len(word))
        for word, share in words
        if (at := clause.find(word)) >= 0
        and not _places(clause, word, share, asked)
        and _likeliest(word, asked) < _NAMES
        and not _asks_alone(word)
    ]
    stretches, begin = [], start
    for first, last in sorted(kept):
        stretches.append((begin, max(begin, first)))
        begin = max(begin, last)
    return [*stretches, (begin, span[1])]


def _asks_alone(word: str) -> bool:
    """Whether a word is one of procedures, whatever it stands in: papers, 窗口, 电话."""
    return _likeliest(word, tuple(Aspect)) >= _NAMES_ANOTHER


def _places(folded: str, word: str, kept: float, asked: Sequence[Aspect]) -> tuple[int, ...]:
    """Where a word stands without which a text keeps less than a share of how likely it asks; nowhere where it asks still."""
    start = folded.find(word)
    without = folded.replace(word, " " * len(word))
    return (start,) if start >= 0 and _likeliest(without, asked) < kept * _likeliest(folded, asked) else ()


def _likeliest(folded: str, aspects: Sequence[Aspect]) -> float:
    likely = shipped_reader().probabilities(folded)
    return max(likely[aspect] for aspect in aspects)
