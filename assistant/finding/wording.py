"""Wording: how far each candidate is put in the asker's own characters, whatever words a dictionary cuts them into."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.finding.asked import Asked
from assistant.finding.characters import Holders, Numbers, characters_in, pairs_in
from assistant.finding.field import Mask, Placed

NAMES: Final = (
    # the asker's characters that the candidate's own text has, and by how much more than any other; the candidate's
    # that the asker, or the documents' words for what they say, has
    *("characters", "characters_lead", "characters_meant"),
    # words that stand nowhere in or around it, as far as their characters do not either
    *("foreign", "foreign_own", "rarest_foreign", "strange_foreign"),
)
_FROM = 2  # characters of a Chinese word that may be put otherwise; one alone is there or not


class Wordings:
    """The characters of all candidates of one kind."""

    def __init__(self, candidates: Sequence[Placed]) -> None:
        own = [characters_in(c.own) for c in candidates]
        self._own, self._pairs = Holders(own), Holders([frozenset(pairs_in(c.own)) for c in candidates])
        around = (characters_in(c.near + c.far + c.heading) for c in candidates)
        self._whole = Holders([characters | other for characters, other in zip(own, around, strict=True)])

    def read(self, asked: Asked, chosen: NDArray[np.intp], present: Mask, new: Mask) -> dict[str, Numbers]:
        """The columns of ``NAMES``; ``present`` says which terms each chosen candidate has, ``new`` which are new."""
        wording = asked.inquiry.wording
        pairs = [pair for stretch in wording for pair in pairs_in(stretch)]
        current = [term for term in asked.terms if term.age == 0]  # what a conversation was about before is not meant
        official = [*wording, *(word for term in current for word in term.alternatives[:3])]
        columns = {
            "characters": self._own.share_held(characters_in("".join(wording)))[chosen],
            "characters_meant": self._own.share_meant(characters_in("".join(official)))[chosen],
        }
        columns["characters_lead"] = lead(columns["characters"] + self._pairs.share_held(pairs)[chosen])
        count = len(chosen)
        whole, own = np.zeros((len(asked.terms), count)), np.zeros((len(asked.terms), count))
        for number, term in enumerate(asked.terms):
            for word in term.alternatives[:4]:
                if len(characters_in(word)) >= _FROM:
                    whole[number] = np.maximum(whole[number], self._whole.share_of(word)[chosen])
                    own[number] = np.maximum(own[number], self._own.share_of(word)[chosen])
        lacking = np.where(present, 0.0, 1 - whole)
        subjects = np.array([term.may_be_subject for term in asked.terms], dtype=np.bool_)
        columns["foreign"] = (asked.rarity * subjects) @ lacking / asked.whole
        columns["foreign_own"] = (asked.rarity * subjects) @ np.where(present, 0.0, 1 - own) / asked.whole
        named = asked.rarity * np.array([t.may_be_subject and t.age == 0 for t in asked.terms], dtype=np.bool_)
        rarest = float(asked.rarity.max(initial=0.0)) or 1.0
        columns["rarest_foreign"] = (named[:, None] * lacking).max(axis=0, initial=0.0) / rarest
        columns["strange_foreign"] = lacking[new].min(axis=0) if new.any() else np.zeros(count)
        return columns


def lead(covered: Numbers) -> Numbers:
    """By how much each candidate covers more than the best of all others."""
    if covered.size < 2:
        return covered
    second, first = np.partition(covered, -2)[-2:]
    return np.asarray(covered - np.where(covered >= first, second, first), dtype=np.float64)
