"""Merging: the facts of a conversation after a further turn."""

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.language.unify import are_of_one
from assistant.question.fact import COUNTED, HEADS_COUNTED, SUMS, Fact

# The name of a rate at the end of the words before it: 税收属地率, 入驻率, 占比.
_RATE_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:率|占比|比例|比重|增速|增幅|涨幅)")


def merge_facts(earlier: Iterable[Fact], later: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts after a further turn: a later value replaces an earlier one of the same measure, or is added to it.

    A later sum that does not say what it measures corrects the last sum ("不对,是1310万").
    """
    merged = list(earlier)
    for fact in later:
        if fact.left_out:
            counted = [old for old in reversed(merged) if old.unit in COUNTED and old.value > fact.value]
            whole = next((old for old in counted if old.unit == fact.unit), counted[0] if counted else None)
            merged = [
                replace(old, value=old.value - fact.value, unit=fact.unit) if old is whole else old for old in merged
            ]
            continue
        replaced = [old for old in merged if _same_measure(old, fact) or _same_rate(old, fact)]
        if fact.also and fact.unit in COUNTED and fact.named:
            replaced = []  # "还有三个副高的": beside those counted before
        elif not replaced and not fact.named:
            replaced = [old for old in merged if _same_kind(old, fact)][-1:]
        if replaced and not fact.things:
            last = replaced[-1]
            fact = replace(fact, words=last.words, concepts=last.concepts, things=last.things, named=last.named)
            if fact.unit in COUNTED:
                fact = replace(fact, unit=last.unit, counted=last.counted)
        if replaced and fact.unit == replaced[-1].unit and (fact.added or (fact.also and fact.unit in COUNTED)):
            fact = replace(fact, value=fact.value + replaced[-1].value)
        merged = [old for old in merged if old not in replaced]
        merged.append(fact)
    return tuple(merged)


def _same_rate(old: Fact, new: Fact) -> bool:
    """Whether a later share has the name of an earlier one, or the end of it: 税收属地率 and 属地率."""
    if old.unit != new.unit or old.unit != "percent" or old.turn == new.turn:
        return False
    names = [found[-1] if (found := _RATE_NAME.findall(fact.words)) else "" for fact in (old, new)]
    return all(names) and (names[0].endswith(names[1]) or names[1].endswith(names[0]))


def _same_kind(old: Fact, new: Fact) -> bool:
    """Whether one may be said in the other's place: sums in any currency may, and "三个" in that of three people."""
    if old.unit == new.unit or {old.unit, new.unit} <= SUMS:
        return True
    return {old.unit, new.unit} <= COUNTED and {old.counted[:1], new.counted[:1]} <= HEADS_COUNTED | {"人"}


def _same_measure(old: Fact, new: Fact) -> bool:
    return _same_kind(old, new) and old.turn != new.turn and are_of_one(old.things, new.things)
