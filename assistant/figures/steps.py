"""Increments: a sum for every full step that something grew by, or lies beyond a threshold (运量每增加400吨奖励2万元).

A step is counted only where clause and asker both say what it is a step of; half a step gives nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from assistant.clause.rule import Condition, Operator, SubsidyRule
from assistant.language.lexicon import Lexicon
from assistant.language.things import Dimension
from assistant.language.timing import When, when_of
from assistant.language.unify import things_in
from assistant.matching import binding
from assistant.question.situation import Fact
from corpus.script import fold

_STEP_OF = re.compile(r"^(?P<what>.*)每(?P<verb>[^每]*)$")
_BEYOND = re.compile(r"^再|^超[过出]?|^高出")
_GROWN = re.compile(r"^(?:净|新)?(?:增加|增长|增|提高|提升|上升|新增)")
_WHOLE = re.compile(r"^(?:投入|投资|完成|实现|缴纳|销售|出口|进口)")
_GROWTH = re.compile(r"同比|环比|增长|增速|增幅|增加|[比较](?:上|去|前)一?年")
_POINTS = re.compile(r"百分点|%")
_FILLING = re.compile(r"同比|环比|年均|[比较](?:上|去|前)一?年(?:度)?|增长|增速|增幅|增加|率|每|再|[的之]")
_LOWER = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})


@dataclass(frozen=True, slots=True)
class Increment:
    """What steps are counted in: ``part`` lies beyond ``lower``; yuan, or a fraction where ``points``."""

    part: Decimal
    lower: Decimal
    whole: Decimal
    points: bool
    facts: tuple[Fact, ...]

    def steps(self, size: Decimal) -> Decimal:
        """Whole steps of a size (percent where ``points``); none when nothing was added."""
        scale = 100 if self.points else 1
        return max(Decimal(0), (self.part * scale / size).to_integral_value(ROUND_FLOOR))


def is_stepped(rule: SubsidyRule) -> bool:
    """Whether a sum is given for each increment of something, and not for each thing counted."""
    return rule.step is not None and (rule.step != 1 or _POINTS.search(rule.per) is not None)


def missing_words(rule: SubsidyRule) -> str:
    """What the asker has to say, in the clause's words: 产值增加."""
    return rule.step_of.replace("每再", "").replace("每", "") or rule.per


def increment(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Increment | None:
    """What the steps of ``rule`` are counted in, in the asker's situation; None when that is not certain."""
    match = _STEP_OF.match(rule.step_of)
    if match is None or rule.additional:
        return None
    points = _POINTS.search(rule.per) is not None
    if _BEYOND.match(match["verb"]):
        return _beyond(rule, points, facts, lexicon)
    if points:
        return None  # points over what, the clause does not say
    metric = _metric(rule, match["what"])
    if _WHOLE.match(match["verb"]):
        bound = binding.bind(metric or match["verb"], facts, lexicon)
        sure = bound is not None and bound.affinity >= binding.BOUND
        return Increment(bound.value, Decimal(0), bound.value, False, bound.facts) if bound and sure else None
    if _GROWN.match(match["verb"]) and metric and _speaks_of_growth(rule):
        return rise(metric, _time(rule), facts, lexicon)
    return None


def with_growth(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Sequence[Fact]:
    """The facts, and where this year's and last year's value are both stated, the growth rate between them."""
    wanted = [c for c in rule.conditions if c.unit == "percent" and _GROWTH.search(c.metric)]
    if not wanted or any(fact.unit == "percent" for fact in facts):
        return facts
    condition = wanted[0]
    metric = _FILLING.sub("", condition.metric) or _metric(rule, "")
    found = rise(metric, _time(rule), facts, lexicon) if metric else None
    if found is None or found.lower <= 0:
        return facts
    words = fold(condition.metric)
    concepts = lexicon.concepts_in(words)
    rate = replace(found.facts[-1], value=found.part / found.lower, unit="percent", words=words, concepts=concepts)
    return (*facts, replace(rate, things=things_in("增长率"), named=True))


def rise(metric: str, when: When, facts: Sequence[Fact], lexicon: Lexicon) -> Increment | None:
    """By how much a value grew: as stated, or from an earlier and a later value, where only one pair can be meant."""
    money = [fact for fact in facts if fact.unit == "yuan" and not when.differs(when_of(fact.words))]
    grown = [fact for fact in money if fact.change and _names(metric, fact, lexicon)]
    former = [fact for fact in money if fact.past and not fact.change and _names(metric, fact, lexicon)]
    now = [fact for fact in money if not fact.past and not fact.change and _measures(metric, fact, lexicon)]
    if not former and len(now) == 2:
        former, now = _years_in_order(now)
    if any(not fact.certain for fact in (*grown, *former, *now)):
        return None
    if when.part not in (None, "year") and not any(
        when_of(fact.words).part == when.part for fact in (*grown, *former, *now)
    ):
        return None  # the clause is about a quarter: sums of which none says so may be of the year
    if len(grown) == 1:
        return Increment(grown[0].value, Decimal(0), grown[0].value, False, (grown[0],))
    if grown or len(former) != 1:
        return None
    if len(now) == 1:
        part = now[0].value - former[0].value
        return Increment(part, former[0].value, now[0].value, False, (former[0], now[0]))
    rates = [fact for fact in facts if fact.unit == "percent" and _is_growth(fact)]
    if now or len(rates) != 1 or not rates[0].certain or rates[0].value <= 0:
        return None
    whole = former[0].value * (1 + rates[0].value)
    return Increment(whole - former[0].value, former[0].value, whole, False, (former[0], rates[0]))


def _years_in_order(facts: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Two values that name a year and the next one, the earlier first; nothing where they do not."""
    ordered = sorted(facts, key=lambda fact: when_of(fact.words).year or 0)
    first, second = (when_of(fact.words).year for fact in ordered)
    if first is None or second is None or second != first + 1:
        return [], list(facts)
    return ordered[:1], ordered[1:]


def _beyond(rule: SubsidyRule, points: bool, facts: Sequence[Fact], lexicon: Lexicon) -> Increment | None:
    """What lies beyond the one threshold that the rule names in the unit of its steps."""
    unit = "percent" if points else "yuan"
    floors = [c for c in rule.conditions if c.unit == unit and c.op in _LOWER and _is_of_steps(c, rule, points)]
    if len(floors) != 1:
        return None
    floor = floors[0]
    bound = binding.bind(floor.metric, facts, lexicon, unit)
    if bound is None or bound.affinity < binding.BOUND:
        return None
    lower = floor.value / 100 if points else floor.value
    return Increment(bound.value - lower, lower, bound.value, points, bound.facts)


def _is_of_steps(condition: Condition, rule: SubsidyRule, points: bool) -> bool:
    """Whether a threshold is one on what the steps are counted in."""
    if points:
        return _GROWTH.search(condition.metric) is not None or not _GROWTH.search(rule.step_of)
    what = _FILLING.sub("", rule.step_of)
    return not what or what in condition.metric or condition.metric in what


def _metric(rule: SubsidyRule, what: str) -> str:
    """What grows, in the clause's words; where the increment does not name it, the only sum the rule measures."""
    words = _FILLING.sub("", what)
    if len(words) >= 2:
        return words
    money = {condition.metric for condition in rule.conditions if condition.unit == "yuan"}
    return money.pop() if len(money) == 1 else ""


def _speaks_of_growth(rule: SubsidyRule) -> bool:
    """Whether the rule is about growth over an earlier time; else "每增加1000万元" may be counted from its threshold."""
    said = [condition.metric for condition in rule.conditions if condition.unit == "percent"]
    return (
        any(_GROWTH.search(words) for words in said) or re.search(r"同比|环比|[比较][上去前]", rule.step_of) is not None
    )


def _time(rule: SubsidyRule) -> When:
    """The latest time that the conditions name: of 2022年度产值 and 2023年第一季度产值 the steps are of the second."""
    times = [when_of(fold(condition.metric)) for condition in rule.conditions]
    said = [time for time in times if time.year is not None or time.part is not None]
    return When(None, max(said, key=lambda time: time.year or 0).part) if said else When()


def _names(metric: str, fact: Fact, lexicon: Lexicon) -> bool:
    """Whether a sum is of the metric, or names nothing but its time ("上年同期9000万")."""
    return not fact.things or _measures(metric, fact, lexicon)


def _measures(metric: str, fact: Fact, lexicon: Lexicon) -> bool:
    bare = _FILLING.sub("", fold(metric))
    plain = replace(fact, change=False)
    return binding.affinity(re.sub(r"20\d\d年(?:度)?", "", bare), plain, lexicon) >= binding.BOUND


def _is_growth(fact: Fact) -> bool:
    return any(thing.dimension is Dimension.GROWTH for thing in fact.things)
