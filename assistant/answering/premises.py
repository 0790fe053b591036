"""Premises: of the conditions that a sum rests on, what is said with the sum and what under it, in whole phrases.

A condition is read from a stretch of a clause between commas. What leads in to it ("对于…") and what is the award itself
("…,按照规定给予") says nothing of the recipient and is left out; a bracket that a comma cut is put together again.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from assistant.answer import ClauseCondition, ConditionState
from assistant.clause.rule import SubsidyRule
from corpus.clause import Clause
from corpus.script import repair_glyphs

SAID_AT_ONCE = 2  # conditions in the sentence with the sum
_CLASS = 12  # characters of a condition that is nothing but who it is of
SHORT = 40  # characters of a condition that a sentence still carries
_BRACKETS = (("（", "）"), ("(", ")"), ("〔", "〕"), ("“", "”"), ("《", "》"))
_REACHES = 2  # characters between a stretch and the money that it runs up to
_MONEY = ("rate", "rate_min", "base", "amount", "amount_min", "cap", "per", "uplift", "annual_cap", "total_cap")
_EDGES = "、,，;；:：。. \u3000"


@dataclass(frozen=True, slots=True)
class _Words:
    lead: tuple[str, ...]
    whole: tuple[str, ...]
    award: tuple[str, ...]
    award_if_no_recipient: tuple[str, ...]
    recipients: tuple[str, ...]
    begins_award: tuple[str, ...]
    payer: tuple[str, ...]
    dangling: tuple[str, ...]
    dealt_by: tuple[str, ...]
    dealt_ends: tuple[str, ...]
    refers: tuple[str, ...]
    anyone: tuple[str, ...]
    of_a_thing: tuple[str, ...]
    whole_with: tuple[str, ...]


@cache
def _words() -> _Words:
    read = tomllib.loads(resources.files(__package__).joinpath("premises.toml").read_text(encoding="utf-8"))
    return _Words(**{field.name: tuple(sorted(read[field.name], key=len, reverse=True)) for field in fields(_Words)})


def bare(words: str, before_money: bool) -> str:
    """What a stretch of a clause demands of the recipient, without lead-in and award; empty where it is all award."""
    known = _words()
    words = _without_lead_in(words.strip(_EDGES))
    if words in known.refers:
        return ""
    if words.startswith(known.begins_award) and not words.endswith(tuple(f"的{who}" for who in known.recipients)):
        return ""
    if words.startswith(known.dealt_by) and words.endswith(known.dealt_ends):
        return ""
    if before_money:
        words = words[: _award_begins(words)].strip(_EDGES)
        if words.endswith(known.payer):
            return ""
    return words


def ended_before_award(words: str) -> str:
    """A stretch that runs up to the money, without the award and without the words that only lead to it (分别, 再)."""
    words = bare(words, before_money=True)
    known = _words().dangling
    while words.endswith(known):
        words = words.removesuffix(next(word for word in known if words.endswith(word))).strip(_EDGES)
    return words


@dataclass(frozen=True, slots=True)
class Premise:
    """A condition as it is said to the asker: what they or their thing have to be, and what has to hold of it."""

    who: str  # 小微企业; empty where anybody may be meant
    holds: str  # 租用示范楼宇开展经营; empty where being so is all
    is_a_thing: bool = False  # 项目, 产品: not the asker, but what they have


def premise(condition: str) -> Premise:
    """A condition of a clause, taken apart at the 的 before who it is of; whole where there is none such."""
    known = _words()
    holds, of, who = condition.rpartition("的")
    if not who and of:
        return Premise("", holds)
    if who in known.anyone:
        return Premise("", holds)
    if not who.endswith(known.recipients) or (of and len(holds) < 2):
        return Premise("", condition)
    if not of and not condition.endswith(known.recipients):
        return Premise("", condition)
    if any(word in holds for word in known.whole_with):
        return Premise("", condition)
    if any(word in who for word in "，,；;、和或及") or (not of and len(who) > _CLASS):
        return Premise("", condition)
    holds = "" if holds in known.refers else holds
    return Premise(who, holds, is_a_thing=who.endswith(known.of_a_thing))


def _award_begins(words: str) -> int:
    """Where the award begins in a stretch that runs up to the money; its length where it does not."""
    known = _words()
    places = [place for word in known.award if (place := words.find(word)) >= 0]
    for word in known.award_if_no_recipient:
        place = words.find(word)
        if place >= 0 and not any(who in words[place:] for who in known.recipients):
            places.append(place)
    return min(places, default=len(words))


def _without_lead_in(words: str) -> str:
    known = _words()
    while not words.startswith(known.whole):
        lead = next((word for word in known.lead if words.startswith(word)), "")
        if not lead:
            break
        words = words.removeprefix(lead).strip(_EDGES)
    return words


def put_together(
    conditions: Sequence[ClauseCondition], clause: Clause, rules: Iterable[SubsidyRule]
) -> tuple[ClauseCondition, ...]:
    """The conditions in whole phrases; those read from words that are the award itself are left out.

    What was read as a number or as a class stays as it is.
    """
    money = [(span.start, span.end) for rule in rules for name in _MONEY if (span := rule.spans.get(name)) is not None]
    found: list[ClauseCondition] = []
    for condition in _joined(conditions, clause):
        start, end = condition.start - clause.start, condition.end - clause.start
        in_words = condition.text in repair_glyphs(" ".join(clause.text[start:end].split()))
        if condition.state is not ConditionState.OPEN or not in_words:
            found.append(condition)
            continue
        runs_up = any(first < end + _REACHES and start < last for first, last in money)
        text = bare(condition.text, runs_up)
        if len(text) > 1:
            found.append(condition.model_copy(update={"text": text}))
    return tuple(dict.fromkeys(found))


def _joined(conditions: Sequence[ClauseCondition], clause: Clause) -> list[ClauseCondition]:
    """The conditions; one whose bracket is closed in the next is one with it, else the open bracket is left out."""
    joined: list[ClauseCondition] = []
    for condition in conditions:
        last = joined[-1] if joined else None
        if last is not None and _is_open(last.text) and 0 <= condition.start - last.end <= 1:
            words = clause.text[last.start - clause.start : condition.end - clause.start]
            text = repair_glyphs(" ".join(words.split()))[max(0, words.find(last.text[:4])) :]
            joined[-1] = last.model_copy(update={"text": text, "end": condition.end})
        else:
            joined.append(condition)
    return [one.model_copy(update={"text": closed}) for one in joined if (closed := _closed(one.text))]


def _is_open(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in _BRACKETS)


def _closed(text: str) -> str:
    """A text without a bracket that is not closed or not opened in it."""
    for left, right in _BRACKETS:
        if text.count(left) > text.count(right):
            text = text[: text.rfind(left)]
        elif text.count(right) > text.count(left):
            text = text.replace(right, "")
    return text


def said_at_once(conditions: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The conditions for the sentence with the sum, two short ones at most, and those for the lines under it."""
    if len(conditions) == 1 and len(conditions[0]) <= 2 * SHORT:
        return tuple(conditions), ()
    short = tuple(text for text in conditions if len(text) <= SHORT)[:SAID_AT_ONCE]
    return short, tuple(text for text in conditions if text not in short)
