"""Acts: what a user turn does (asks for money, for a date, corrects, leaves the subject …), learned from labelled turns.

A logistic regression on the character 1- to 4-grams of the folded turn, one for each act, so that a turn may do
several things at once. The weights are written by ``tests/benchmarks/train_acts.py``; a new wording is taught there,
by a line of ``tests/cases/turns.tsv``, and never by a pattern here.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, Self, TypeVar

if TYPE_CHECKING:  # commands that read no question need not wait for numpy
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 4  # characters of an n-gram
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SPACE = re.compile(r"\s+")
CLAUSE = re.compile(r"[^,.;:?!。、~…\n]+[,.;:?!。、~…\n]*")  # with the marks that end it
_WORD = re.compile(r"[a-z][a-z']*")


class Act(StrEnum):
    """One thing that a turn does."""

    MONEY = "money"  # asks for support money: how much, whether any, whether the asker gets it
    VALIDITY = "validity"  # asks whether, since when or until when a document is in force
    DEPARTMENT = "department"  # asks who is responsible
    APPLY = "apply"  # asks how, where or with what papers to apply
    ELIGIBLE = "eligible"  # asks whether the asker is covered
    MAXIMUM = "maximum"  # asks what is stated at most, or which document states a sum
    SHARE = "share"  # asks for a percentage, not for the sum it comes to
    TOTAL = "total"  # asks for the whole sum, not for the unit price
    WHOLE_PERIOD = "whole_period"  # asks for the sum over all years, not for one year's
    WHO_PAYS = "who_pays"  # asks which government's money it is
    NUMBER = "number"  # the answer should hold a number
    DATE = "date"  # the answer should hold a date
    LIST = "list"  # the answer should hold a list
    HOW_OFTEN = "how_often"  # the answer should say how often
    ORIGINAL = "original"  # asks for the wording, or where it is written
    COMPARES = "compares"  # sets places, documents or levels side by side
    WHICH_PLACES = "which_places"  # asks which of several places
    ASKS = "asks"  # asks at all; a bare statement does not
    LEANS = "leans"  # is understood only with the turn before
    CORRECTS = "corrects"  # takes back something said before
    LEAVES_SUBJECT = "leaves_subject"  # drops the subject of the turns before
    AGAIN = "again"  # wants to see once more what was answered
    OTHERS = "others"  # wants more of the same
    NOT_NEW = "not_new"  # says that something is not for the first time
    CHAT = "chat"  # is about nothing that a policy document could hold
    OWN_CASE = "own_case"  # asks for the state of the asker's own application
    ENTITLED = "entitled"  # asks for all that a case may get, or that a place or a document grants
    SUMMARY = "summary"  # asks what a document says as a whole
    ISSUED = "issued"  # asks when or by whom a document was issued
    COVERAGE = "coverage"  # asks which documents or places there are
    SUCCESSOR = "successor"  # asks what holds now in the place of what has ended
    ON_BEHALF = "on_behalf"  # wants something written, handed in or decided for them
    COMPLAINS = "complains"  # is dissatisfied with the answers
    THANKS = "thanks"  # thanks, and asks nothing
    HEARD = "heard"  # asks whether what they heard or believe is so


def ngrams(folded: str) -> dict[str, float]:
    """The features of a turn: the character n-grams of each of its clauses, and its Latin words and pairs of them.

    ``^`` and ``$`` mark both ends of the turn. The n-grams of a clause share a length of 1, so that "…, who is in
    charge?" weighs as much behind a long story as alone, and those of the turn another one. A number is one digit: what
    is asked does not hang on how much it is.
    """
    features: dict[str, float] = {}
    for clause in CLAUSE.findall(f"^{_SPACE.sub(' ', _DIGITS.sub('0', folded)).strip()}$"):
        grams = {clause[i : i + n] for n in range(1, LONGEST + 1) for i in range(len(clause) - n + 1)}
        words = _WORD.findall(clause)
        grams.update(f"{word} " for word in words)
        grams.update(f"{first} {second} " for first, second in pairwise(words))
        share = len(grams) ** -0.5
        features.update((gram, share) for gram in grams if features.get(gram, 0.0) < share)
    whole = len(features) ** -0.5
    return {gram: share + whole for gram, share in features.items()}


Kind = TypeVar("Kind", bound=StrEnum)


class TurnReader(Generic[Kind]):
    """Tells the kinds of a turn by weights that were learned."""

    kinds: tuple[Kind, ...]

    def __init__(
        self, grams: Mapping[str, int], weights: "NDArray[np.float32]", constants: "NDArray[np.float32]"
    ) -> None:
        """``weights`` has a row for each n-gram and a column for each kind, in their order."""
        self._grams = grams
        self._weights = weights
        self._constants = constants

    @classmethod
    def load(cls, data: "Mapping[str, NDArray[np.generic]]") -> Self:
        """The reader of a file that the training wrote: whole numbers, and one scale for each kind."""
        import numpy as np

        grams = {gram: row for row, gram in enumerate(str(data["grams"]).split("\n"))}
        weights = data["weights"].astype(np.float32) * data["scales"].astype(np.float32)
        return cls(grams, weights, data["constants"].astype(np.float32))

    def probabilities(self, folded: str) -> dict[Kind, float]:
        """How likely a folded turn is of each kind, 0 to 1."""
        import numpy as np

        found = [(row, value) for gram, value in ngrams(folded).items() if (row := self._grams.get(gram)) is not None]
        rows, values = [row for row, _ in found], np.array([value for _, value in found], np.float32)
        logits = np.clip(values @ self._weights[rows] + self._constants, -30, 30)
        return dict(zip(self.kinds, (1 / (1 + np.exp(-logits))).tolist(), strict=True))


class ActReader(TurnReader[Act]):
    """Tells the acts of a turn."""

    kinds = tuple(Act)


@lru_cache(maxsize=256)
def likely_acts(folded: str) -> Mapping[Act, float]:
    """How likely a turn is to do each thing by the shipped reader, remembered: several readers of a turn want it."""
    return shipped_acts().probabilities(folded)


@cache
def shipped_acts() -> ActReader:
    """The reader with the weights that ship with the package, loaded once."""
    import numpy as np

    with (files("assistant.question") / "data" / "acts.npz").open("rb") as file, np.load(file) as data:
        return ActReader.load(data)
