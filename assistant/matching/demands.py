"""Demands: the stretches of a clause that say whom a grant is for, and on which condition, in the clause's words.

They stand before the money, and behind it where a word like 不得 or 除外 states a condition or refuses somebody.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.clause.grant import Grant
from assistant.clause.rule import SubsidyRule
from assistant.clause.vocabulary import words
from assistant.language.amounts import read_amounts
from assistant.language.signs import Sign, signs_in
from assistant.matching.requirements import recipient_stretches
from corpus.quantities import MONEY_UNITS
from corpus.script import fold

_RECIPIENTS = words("recipients")
_GRANT_WORDS = words("grant_verbs", "grant_nouns")
_ENDS = ";。!?"
_MARKS = ",:" + _ENDS


@dataclass(frozen=True, slots=True)
class Demand:
    """A stretch of a folded clause, ``folded[start:end]``."""

    start: int
    end: int
    refuses: bool = False  # whoever it describes gets nothing
    inherited: bool = False  # said of whom the first item of an enumeration is for, and left out of this one


def demands_of(grant: Grant, rule: SubsidyRule | None) -> tuple[Demand, ...]:
    """What the clause says of whom a rule of a grant is for, in the order of its text; ``rule`` None for a grant without sums."""
    folded = fold(grant.clause.text)
    stretches = list(recipient_stretches(grant, rule, folded))
    own = [
        Demand(start, end) for start, end in stretches if end > start and not _pays_others(grant, folded, start, end)
    ]
    return (*_inherited(grant, folded, own), *own, *_behind(grant, folded))


def _pays_others(grant: Grant, folded: str, start: int, end: int) -> bool:
    """Whether a stretch in front of a grant is the award of the one before it: "轻度失能的每人每月260元,重度失能的…"."""
    in_front = end <= grant.start - grant.clause.start
    units = {amount.unit for amount in read_amounts(folded[start:end])}
    share = "percent" in units and any(folded[start:end].endswith(word) for word in _GRANT_WORDS)
    return in_front and (share or bool(units & set(MONEY_UNITS)))


def _inherited(grant: Grant, folded: str, own: list[Demand]) -> Iterator[Demand]:
    """What the first item says of the recipient, where this one names none: "民办园新建…的,…;改扩建…的,…"."""
    if not own or own[0].start == 0 or any(_names_recipient(folded, one) for one in own):
        return
    sentence = folded.rfind("。", 0, own[0].start) + 1
    mark = _next(folded, sentence, _MARKS)
    if mark < own[0].start and folded[: own[0].start].rstrip()[-1:] == ";":
        yield Demand(sentence, mark, inherited=True)


def _names_recipient(folded: str, demand: Demand) -> bool:
    return any(word in folded[demand.start : demand.end] for word in _RECIPIENTS)


def _next(folded: str, start: int, marks: str) -> int:
    """The place of the first of some marks from a place on; the end of the text when there is none."""
    return next((place for place in range(start, len(folded)) if folded[place] in marks), len(folded))


def _behind(grant: Grant, folded: str) -> Iterator[Demand]:
    """Conditions and refusals in the sentences behind the money, up to the next that grants something."""
    begin = min(grant.end - grant.clause.start, len(folded))
    others = [rule.spans["sentence"].start for rule in grant.rules if rule.spans["sentence"].start >= begin]
    stop = min(others, default=len(folded))
    while begin < stop:
        end = min(_next(folded, begin, _ENDS) + 1, stop)
        if _grants(folded[begin:end]):
            break
        yield from _of_sentence(folded, begin, end)
        begin = end
    yield from _of_all_items(folded, begin)


def _of_all_items(folded: str, begin: int) -> Iterator[Demand]:
    """Who is left out behind the last of several awards side by side: "甲级奖励10万元;乙级奖励5万元;房地产企业除外"."""
    stop = min(_next(folded, begin, "。") + 1, len(folded))
    start = folded.rfind(";", begin, stop) + 1
    if start > 0 and signs_in(folded[start:stop], "except") and not _grants(folded[start:stop]):
        yield Demand(start, stop)


def _of_sentence(folded: str, begin: int, end: int) -> Iterator[Demand]:
    sentence = folded[begin:end]
    refusing = signs_in(sentence, "refuse")
    if refusing:
        yield Demand(begin, begin + refusing[0].start, refuses=True)
        return
    if signs_in(sentence, "demand", "except", "left-out"):
        yield Demand(begin, end)


def _grants(sentence: str) -> bool:
    """Whether a sentence states money of its own; what it refuses is none."""
    units = {amount.unit for amount in read_amounts(sentence)}
    return bool(units & {*MONEY_UNITS, "percent"}) and not signs_in(sentence, "refuse", "except")


def excluded_in(folded: str, demand: Demand) -> tuple[tuple[int, int], ...]:
    """The stretches of a demand that are left out of it: 人才招聘会除外, 不含房地产企业."""
    text = folded[demand.start : demand.end]
    if demand.refuses:
        return ((demand.start, demand.end),)
    found = [(_back(text, sign), sign.start) for sign in signs_in(text, "except")]
    found += [(sign.end, len(text)) for sign in signs_in(text, "left-out")]
    return tuple((demand.start + start, demand.start + end) for start, end in found)


def _back(text: str, sign: Sign) -> int:
    return max(text.rfind(mark, 0, sign.start) for mark in ",;。(") + 1
