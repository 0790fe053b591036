"""Increments: what a sum for each step is counted in, read from the clause's words (产值每增加300万元, 超过10%的每超过1个百分点)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.clause.rule import Condition, SubsidyRule
from assistant.language.timing import When, when_of
from corpus.script import fold

_STEP_OF = re.compile(r"^(?P<what>.*)每(?P<verb>[^每]*)$")
_BEYOND = re.compile(r"^再|^多|^超[过出]?|^高出")
_GROWN = re.compile(r"^(?:净|新)?(?:增加|增长|增|提高|提升|上升|新增)")
_WHOLE = re.compile(r"^(?:投入|投资|完成|实现|缴纳|销售|出口|进口)")
_GROWTH = re.compile(r"同比|环比|增长|增速|增幅|增加|[比较](?:上|去|前)一?年")
_POINTS = re.compile(r"百分点|%")
_FILLING = re.compile(r"同比|环比|年均|[比较](?:上|去|前)一?年(?:度)?|增长|增速|增幅|增加|率|每|再|[的之]")
_COMPARED = re.compile(r"同比|环比|[比较][上去前]")
_YEAR = re.compile(r"20\d\d年(?:度)?")


class StepBy(StrEnum):
    """What the steps of a rule are counted over."""

    BEYOND = "beyond"  # what lies over a threshold of the rule
    GROWN = "grown"  # what was added to an earlier value
    WHOLE = "whole"  # all of a value


@dataclass(frozen=True, slots=True)
class StepOf:
    """What a step is of: ``metric`` in the clause's words, empty where only the rule's threshold names it."""

    by: StepBy | None
    metric: str
    verb: str
    points: bool  # steps are percentage points, not yuan


def step_of(rule: SubsidyRule) -> StepOf | None:
    """What the steps of a rule are of; None where its words do not say."""
    match = _STEP_OF.match(rule.step_of)
    if match is None:
        return None
    tests = ((StepBy.BEYOND, _BEYOND), (StepBy.WHOLE, _WHOLE), (StepBy.GROWN, _GROWN))
    by = next((by for by, pattern in tests if pattern.match(match["verb"])), None)
    return StepOf(by, _metric(rule, match["what"]), match["verb"], in_points(rule))


def in_points(rule: SubsidyRule) -> bool:
    """Whether a rule's steps are percentage points."""
    return _POINTS.search(rule.per) is not None


def missing_words(rule: SubsidyRule) -> str:
    """What the asker has to say, in the clause's words: 产值增加."""
    return rule.step_of.replace("每再", "").replace("每", "") or rule.per


def bare_metric(words: str) -> str:
    """What grows, without the words that say so: 产值 for 产值同比增长率."""
    return _FILLING.sub("", words)


def undated(words: str) -> str:
    """What grows, without the year it is of too."""
    return _YEAR.sub("", bare_metric(fold(words)))


def growth_condition(rule: SubsidyRule) -> Condition | None:
    """The first threshold of a rule on a growth rate."""
    return next((c for c in rule.conditions if c.unit == "percent" and _GROWTH.search(c.metric)), None)


def speaks_of_growth(rule: SubsidyRule) -> bool:
    """Whether the rule is about growth over an earlier time; else "每增加1000万元" may be counted from its threshold."""
    return growth_condition(rule) is not None or _COMPARED.search(rule.step_of) is not None


def threshold_of_steps(rule: SubsidyRule, points: bool, floors: Sequence[Condition]) -> Condition | None:
    """The only one of some thresholds that is on what the steps are counted in."""
    fitting = [floor for floor in floors if _is_of_steps(floor, rule, points)]
    return fitting[0] if len(fitting) == 1 else None


def metric_of(rule: SubsidyRule) -> str:
    """The only thing that a rule bounds in yuan; empty where there is none, or several."""
    return _metric(rule, "")


def time_of(rule: SubsidyRule) -> When:
    """The latest time that the conditions name: of 2022年度产值 and 2023年第一季度产值 the steps are of the second."""
    times = [when_of(fold(condition.metric)) for condition in rule.conditions]
    said = [time for time in times if time.year is not None or time.part is not None]
    return When(None, max(said, key=lambda time: time.year or 0).part) if said else When()


def _metric(rule: SubsidyRule, what: str) -> str:
    """What grows, in the clause's words; where the increment does not name it, the only sum the rule measures."""
    words = bare_metric(what)
    if len(words) >= 2:
        return words
    money = {condition.metric for condition in rule.conditions if condition.unit == "yuan"}
    return money.pop() if len(money) == 1 else ""


def _is_of_steps(condition: Condition, rule: SubsidyRule, points: bool) -> bool:
    if points:
        return _GROWTH.search(condition.metric) is not None or not _GROWTH.search(rule.step_of)
    what = bare_metric(rule.step_of)
    return not what or what in condition.metric or condition.metric in what
