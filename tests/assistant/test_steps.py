"""A sum for every full increment: counted only where clause and asker both say what it is a step of."""

from decimal import Decimal

import pytest

from assistant.clause.extraction import extract_rules
from assistant.clause.rule import Bound
from assistant.figures.calculation import Outcome, Result, calculate
from assistant.language.lexicon import shipped_lexicon
from assistant.question.situation import Fact, merge_facts, read_facts
from corpus.script import fold

LEXICON = shipped_lexicon()
GROWTH = "对产值达到500万元且同比增长10%以上的企业，产值每增加200万元奖励3万元，每家企业最高奖励25万元。"
POINTS = "对工业产值同比增长8%以上的企业，按同比每再增加1个百分点予以4万元奖励，每家企业最高奖励40万元。"
QUARTER = "对2024年第一季度产值同比增长10%以上的企业，产值每增加200万元奖励3万元，每家企业最高奖励25万元。"


def facts_of(*turns: str) -> tuple[Fact, ...]:
    facts: tuple[Fact, ...] = ()
    for number, turn in enumerate(turns):
        facts = merge_facts(facts, read_facts(fold(turn), LEXICON, number))
    return facts


def gives(clause: str, *turns: str) -> Outcome:
    (rule,) = extract_rules(clause)
    return calculate(rule, facts_of(*turns), LEXICON)


def main(outcome: Outcome) -> tuple[Decimal | int, Bound] | None:
    return (outcome.sums[0].amount, outcome.sums[0].bound) if outcome.sums else None


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        pytest.param("今年产值3000万,去年2000万", 150_000, id="1000万 more are five steps of 200万"),
        pytest.param("去年产值2000万,今年3000万", 150_000, id="in the other order"),
        pytest.param("产值从2000万涨到3000万", 150_000, id="from … to"),
        pytest.param("our output went from RMB 20m to RMB 30m", 150_000, id="in English"),
        pytest.param("今年产值2399万,去年2000万", 30_000, id="one yuan short of two steps is one"),
        pytest.param("今年产值2400万,去年2000万", 60_000, id="two steps exactly"),
        pytest.param("今年产值9000万,去年2000万", 250_000, id="35 steps, held at the ceiling"),
        pytest.param("2023年产值2000万,2024年产值3000万", 150_000, id="two years in a row"),
        pytest.param("去年产值2000万,今年增长了50%", 150_000, id="last year and the rate: 1000万 more"),
    ],
)
def test_full_steps_of_what_was_added_are_paid(said: str, amount: int) -> None:
    outcome = gives(GROWTH, said)
    assert outcome.result is Result.COMPUTED
    assert main(outcome) == (amount, Bound.EXACT)


@pytest.mark.parametrize(
    "said",
    [
        "能奖多少",
        "今年产值3000万",  # what it was before is not said
        "去年产值2000万",
        "今年产值3000万左右,去年2000万",  # about
        "产值从2000万涨到了两三千万",
        "今年产值3000万,去年营收2000万",  # another thing
        "产值3000万,产值4000万,去年产值2000万",  # which of the two
    ],
)
def test_without_a_certain_increase_there_is_the_ceiling_and_a_question(said: str) -> None:
    outcome = gives(GROWTH, said)
    assert outcome.result is Result.NEEDS_FACTS
    assert main(outcome) == (250_000, Bound.AT_MOST)
    assert outcome.missing == ("产值增加",)


def test_growth_below_what_the_clause_asks_for_is_seen_from_the_two_values() -> None:
    outcome = gives(GROWTH, "今年产值2100万,去年2000万")
    assert outcome.result is Result.NOT_ELIGIBLE
    assert outcome.failed_value == 5  # percent


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("工业产值同比增长13%", 200_000),  # five points beyond 8%
        ("工业产值同比增长13.9%", 200_000),  # five full ones
        ("工业产值同比增长8%", 0),
        ("工业产值同比增长30%", 400_000),  # the ceiling
    ],
)
def test_points_are_counted_from_the_threshold_that_the_clause_names(said: str, amount: int) -> None:
    assert main(gives(POINTS, said)) == (amount, Bound.EXACT)


def test_points_of_growth_without_a_word_from_where_are_not_counted() -> None:
    clause = "对工业产值同比增长8%以上的企业，增速每提高1个百分点奖励4万元，每家企业最高奖励40万元。"
    outcome = gives(clause, "工业产值同比增长13%")
    assert (outcome.result, main(outcome)) == (Result.NEEDS_FACTS, (400_000, Bound.AT_MOST))


def test_every_increment_that_may_be_counted_from_a_threshold_is_not_counted_from_last_year() -> None:
    clause = "对营业收入达到1亿元的企业，营业收入每增加1000万元奖励5万元，每家企业最高奖励60万元。"
    outcome = gives(clause, "今年营收1.5亿,去年1.2亿")
    assert (outcome.result, main(outcome)) == (Result.NEEDS_FACTS, (600_000, Bound.AT_MOST))


@pytest.mark.parametrize(
    ("said", "computed"),
    [
        ("24年一季度产值3000万,上年同期2000万", True),
        ("Q1 2024 output went from RMB 20m to RMB 30m", True),
        ("去年全年产值1.2亿,今年一季度产值3000万", False),  # a year against a quarter
        ("今年产值3000万,去年2000万", False),  # perhaps of the year
    ],
)
def test_a_clause_about_a_quarter_is_not_worked_out_from_a_year(said: str, computed: bool) -> None:
    outcome = gives(QUARTER, said)
    assert (outcome.result is Result.COMPUTED) is computed
    assert main(outcome) == ((150_000, Bound.EXACT) if computed else (250_000, Bound.AT_MOST))


def test_an_increase_is_not_taken_for_the_whole() -> None:
    clause = "对年度营业收入达到1000万元的企业，按营业收入的1%给予奖励，最高50万元。"
    outcome = gives(clause, "营收比去年增加了2000万")
    assert (outcome.result, main(outcome)) == (Result.NEEDS_FACTS, (500_000, Bound.AT_MOST))
