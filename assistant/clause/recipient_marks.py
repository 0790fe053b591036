"""Marks: the stretches of a clause that are read as demands of its recipient, or as something that demands nothing."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.clause.recipient import Demand, Interval, Mood
from assistant.clause.rule import Condition, Operator, SubsidyRule, TextSpan
from corpus.script import fold, repair_glyphs

_DENIED = re.compile(r"(?:从未|尚未|未曾|未被|未|没有?|无|非|不是|不属于|不具有|不存在)(?:有|被|列入)?$")
_BOUND_BEHIND = re.compile(r"(?:\(含\)|及?以上|及?以下|以内|内)*")
_NEAR = 8  # characters that may stand between the words of a condition and its figure
_FIGURE = re.compile(r"[\d.]+(?:万|亿)?元?|[、和及]")  # the rungs of a ladder in front of a later one
_TERMS = frozenset({"year", "month", "day", "quarter"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the clause that is read: as a demand, or as something that demands nothing."""

    start: int
    end: int
    demand: Demand | None = None
    alternative: bool = False


@cache
def _traits() -> tuple[re.Pattern[str], dict[str, tuple[str, Mood]]]:
    """A pattern for every word of data/traits.toml, the longest first, and the list and mood of each."""
    table = tomllib.loads((files("assistant.clause") / "data" / "traits.toml").read_text(encoding="utf-8"))
    named = {word: (name, Mood(entry["as"])) for name, entry in table.items() for word in entry["words"].split()}
    return re.compile("|".join(map(re.escape, sorted(named, key=lambda word: (-len(word), word))))), named


def covers(marks: Sequence[Mark], start: int, end: int) -> bool:
    return any(mark.start < end and start < mark.end for mark in marks)


def figure_marks(
    folded: str, text: str, start: int, end: int, rule: SubsidyRule | None, rules: Sequence[SubsidyRule]
) -> list[Mark]:
    """The rule's own figures and base; those of other rules are of other recipients."""
    found: dict[tuple[int, int], Mark] = {}
    for other in rules:
        for condition in other.conditions:
            span = condition.span
            if span is None or not start <= span.start < end:
                continue
            own = other is rule
            mark = _mark(folded, text, start, condition, span) if own else Mark(span.start, span.end)
            place = (span.start, span.end)
            former = found.get(place)
            if own and former is not None and former.demand is not None:
                found[place] = _narrowed(former, condition)
            elif own or former is None:
                found[place] = mark
    if rule is not None and (base := rule.spans.get("base")) is not None and start <= base.start < end:
        found.setdefault((base.start, base.end), Mark(base.start, base.end))
    return list(found.values())


def _mark(folded: str, text: str, start: int, condition: Condition, span: TextSpan) -> Mark:
    metric = fold(condition.metric)
    place = folded.rfind(metric, start, span.start) if metric else -1
    reach = _FIGURE.sub("", folded[place + len(metric) : span.start]) if place >= 0 else ""
    begin = place if place >= 0 and len(reach) <= _NEAR else span.start
    mood = Mood.TERM if condition.unit in _TERMS else Mood.MEASURE
    behind = _BOUND_BEHIND.match(folded, span.end)
    end = behind.end() if behind is not None else span.end
    whole = TextSpan(start=begin, end=end)
    demand = Demand(
        mood, repair_glyphs(text[begin:end]), condition.metric, _interval(condition), condition.unit, span=whole
    )
    return Mark(begin, end, demand, condition.alternative)


def _interval(condition: Condition) -> Interval:
    value = condition.value
    match condition.op:
        case Operator.AT_LEAST | Operator.MORE_THAN:
            return Interval(lower=value, with_lower=condition.op is Operator.AT_LEAST)
        case Operator.AT_MOST | Operator.LESS_THAN:
            return Interval(upper=value, with_upper=condition.op is Operator.AT_MOST)
        case Operator.EQUAL:
            return Interval(value, value)


def _narrowed(mark: Mark, condition: Condition) -> Mark:
    """Both ends of a range as one interval."""
    assert mark.demand is not None
    assert mark.demand.interval is not None
    one, other = mark.demand.interval, _interval(condition)
    interval = Interval(
        one.lower if one.lower is not None else other.lower,
        one.upper if one.upper is not None else other.upper,
        one.with_lower and other.with_lower,
        one.with_upper and other.with_upper,
    )
    return replace(mark, demand=replace(mark.demand, interval=interval))


def with_traits(folded: str, text: str, start: int, end: int, marks: list[Mark]) -> list[Mark]:
    """The marks of a stretch with those of the words that the lists know, in reading order."""
    pattern, named = _traits()
    found = list(marks)
    for match in pattern.finditer(folded, start, end):
        if covers(found, *match.span()):
            continue
        name, mood = named[match[0]]
        denied = _DENIED.search(folded[start : match.start()])
        begin = start + denied.start() if denied is not None else match.start()
        span = TextSpan(start=begin, end=match.end())
        demand = Demand(mood, text[match.start() : match.end()], name, holds=denied is None, span=span)
        found.append(Mark(begin, match.end(), demand))
    return sorted(found, key=lambda mark: mark.start)
