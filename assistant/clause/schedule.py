"""Schedules: the years of the support that a grant's own words state their sum or share for (前两年…, 后三年…, 第三年…)."""

import re
from collections.abc import Sequence

from corpus.numerals import evaluate

_DIGIT = "一二两三四五六七八九十1-9"
_NAMED = re.compile(
    rf"第(?P<numbers>[{_DIGIT}](?:年?[、和及至到-]第?[{_DIGIT}])*)个?年(?!级)"
    rf"|(?P<lead>[前头首])(?P<many>[{_DIGIT}])个?年|(?P<first>首年|当年(?=[^,。;]{{0,8}}次年))|(?P<next>次年)"
    rf"|(?P<rest>后|其余|之后|此后|随后)(?P<rest_many>[{_DIGIT}])个?年"
)
_ONE = re.compile(rf"[{_DIGIT}]")
_RANGE = re.compile(r"[至到-]")


def years_named(own: str) -> frozenset[int]:
    """The years of the support, from 1, that folded words name; those that follow others (后三年) are none by themselves.

    >>> sorted(years_named("前两年")), sorted(years_named("第三至五年"))
    ([1, 2], [3, 4, 5])
    """
    return _years(own, 0)


def schedule(owns: Sequence[str]) -> tuple[frozenset[int], ...]:
    """The years that each of a clause's grants is for, in reading order: 后三年 are those after the ones before it."""
    found: list[frozenset[int]] = []
    last = 0
    for own in owns:
        years = _years(own, last)
        last = max(years, default=last)
        found.append(years)
    return tuple(found)


def _years(own: str, last: int) -> frozenset[int]:
    years: set[int] = set()
    for match in _NAMED.finditer(own):
        if match["numbers"]:
            numbers = [int(evaluate(number) or 0) for number in _ONE.findall(match["numbers"])]
            spread = _RANGE.search(match["numbers"]) is not None
            years.update(range(numbers[0], numbers[-1] + 1) if spread else numbers)
        elif match["many"]:
            years.update(range(1, int(evaluate(match["many"]) or 0) + 1))
        elif match["rest_many"]:
            start = max(years, default=last)
            years.update(range(start + 1, start + int(evaluate(match["rest_many"]) or 0) + 1) if start else ())
        else:
            years.add(1 if match["first"] else 2)
    return frozenset(years)
