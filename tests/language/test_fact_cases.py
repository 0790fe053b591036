"""What turns state, read from ``tests/cases/facts.tsv``: each line is a turn and all the facts it states."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from assistant.language.asked_day import StatedDay
from assistant.language.lexicon import shipped_lexicon
from assistant.question.founding import read_founding
from assistant.question.situation import HEADS, SUMS, Fact, read_facts
from corpus.quantities import Polarity
from corpus.script import fold

FILE = Path(__file__).resolve().parent.parent / "cases" / "facts.tsv"
ROWS = [
    tuple(line.split("\t"))
    for line in FILE.read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
_SIGNS = {
    Polarity.EXACTLY: "=",
    Polarity.LESS_THAN: "<",
    Polarity.AT_MOST: "<=",
    Polarity.MORE_THAN: ">",
    Polarity.AT_LEAST: ">=",
    Polarity.ABOUT: "~",
}
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
_EXPECTED = re.compile(
    r"(?P<what>\S+) (?:(?P<sign>[<>=~]+) )?(?P<low>[\d.]+)(?P<scale>[万亿]?)(?:\.\.(?P<high>[\d.]+)(?P<scale2>[万亿]))?(?: (?P<unit>\w+))?"
)
# Units of which a wrong number could be multiplied or held against a threshold.
_CALCULATED = SUMS | {"person", "count", "year", "month", "day", "age"}


def said(what: str, fact: Fact) -> bool:
    """Whether a fact is of the thing or event named."""
    names = {thing.name for thing in fact.things}
    dimensions = {str(thing.dimension) for thing in fact.things}
    if what in fact.since or what in names or what == "*":
        return True
    return (what == "人员" and fact.unit == "person") or (what == "对接会" and "events" in dimensions)


def holds(expected: str, fact: Fact) -> bool:
    match = _EXPECTED.fullmatch(expected)
    assert match is not None, expected
    unit = match["unit"] or "yuan"
    low = Decimal(match["low"]) * _SCALES[match["scale"]]
    same = (fact.value, fact.unit) == (low, unit)
    if {unit, fact.unit} == {"year", "month"}:
        same = fact.value * (12 if fact.unit == "year" else 1) == low * (12 if unit == "year" else 1)
    if not same or not said(match["what"], fact):
        return False
    if match["high"]:
        return fact.upper == Decimal(match["high"]) * _SCALES[match["scale2"]] and not fact.certain
    sign = _SIGNS[fact.polarity]
    return sign == match["sign"] and fact.certain is (sign == "=" or fact.unit in {"year", "month", "day"})


def founded_as(expected: str, day: StatedDay | None) -> bool:
    year, _, month = expected.removeprefix("founded ").removeprefix("-").partition("-")
    if day is None:
        return False
    wanted = -int(year) if expected.startswith("founded -") else int(year)
    return day.year == wanted and (day.month or 0) == int(month or 0)


def faults(turn: str, stated: str) -> list[str]:
    """What is wrong with the facts of a turn: those it lacks, and those that it has too many."""
    folded = fold(turn)
    facts = read_facts(folded, shipped_lexicon())
    expected = [] if stated == "none" else stated.split("; ")
    days = [one for one in expected if one.startswith("founded ")]
    amounts = [one for one in expected if not one.startswith("founded ")]
    found = [f"no {one}" for one in days if not founded_as(one, read_founding(folded))]
    found += [f"no {one}" for one in amounts if not any(holds(one, fact) for fact in facts)]
    for fact in facts:
        usable = fact.certain and not fact.change and not fact.past and fact.unit in _CALCULATED - {HEADS}
        if usable and fact.unit in SUMS | {"person", "count"} and not any(holds(one, fact) for one in amounts):
            found.append(f"{fact.value} {fact.unit} of {fact.words}")
    return found


def test_there_are_cases_of_every_kind() -> None:
    assert len(ROWS) >= 120


def with_its_gap(row: tuple[str, ...]) -> ParameterSet:
    """A case; one with a third column is not read so yet, and the column says why."""
    turn, stated, *gap = row
    marks = [pytest.mark.xfail(strict=True, reason=reason) for reason in gap]
    return pytest.param(turn, stated, marks=marks, id=turn)


@pytest.mark.parametrize(("turn", "stated"), [with_its_gap(row) for row in ROWS])
def test_a_turn_states_these_facts_and_no_others(turn: str, stated: str) -> None:
    assert faults(turn, stated) == []
