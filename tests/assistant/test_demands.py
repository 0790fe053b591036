import pytest

from assistant.language.amounts import read_amounts
from assistant.question.demands import demands, doubted_units
from corpus.script import fold


def doubted(text: str) -> frozenset[str]:
    folded = fold(text)
    return doubted_units(folded, read_amounts(folded))


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("设备一共投了320万,能报示范项目吗", {"yuan"}),
        ("场地150平方米够不够", {"sqm"}),
        ("公司成立2年,員工只有40個人,能認定嗎", {"person"}),
        ("We have run for 3 years but our hall is only 150 square metres. Can we be certified?", {"sqm"}),
    ],
)
def test_what_may_be_too_little_is_what_is_asked_about(question: str, units: set[str]) -> None:
    assert doubted(question) == units


@pytest.mark.parametrize("question", ["投了320万补多少", "示范项目能报吗", "认定要多少平方米"])
def test_nothing_is_doubted_without_a_sum_or_a_doubt(question: str) -> None:
    assert doubted(question) == frozenset()


def test_a_clause_demands_what_it_sets_a_floor_for() -> None:
    assert demands("具有300平方米以上的场地", frozenset({"sqm"}))
    assert demands("设备投入不低于500万元", frozenset({"yuan"}))
    assert not demands("最高不超过500万元", frozenset({"yuan"}))
    assert not demands("教师不少于5人", frozenset({"sqm"}))
