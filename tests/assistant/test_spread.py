"""What the asker only bounded: it meets what lies below it, gives no share, and decides nothing near its ends."""

from decimal import Decimal

import pytest

from assistant.clause.rule import Bound, Condition, Operator, RuleKind, SubsidyRule
from assistant.figures.calculation import Outcome, Result, calculate
from assistant.language.lexicon import shipped_lexicon
from assistant.matching.judging import judge
from assistant.matching.spread import Spread, spread_of
from assistant.question.situation import Fact, read_facts
from corpus.script import fold

TENTH = SubsidyRule(kind=RuleKind.RATE, rate=Decimal("0.1"), base="实际投入", cap=Decimal(1_000_000))


def facts_of(text: str) -> list[Fact]:
    return read_facts(fold(text), shipped_lexicon())


def given(text: str, rule: SubsidyRule = TENTH) -> Outcome:
    return calculate(rule, facts_of(text), shipped_lexicon())


def holds(text: str, op: str, limit: int, metric: str = "年度营业收入") -> bool | None:
    condition = Condition(metric=metric, op=Operator(op), value=Decimal(limit), unit="yuan")
    return judge(condition, facts_of(text), shipped_lexicon()).holds


@pytest.mark.parametrize(
    "text",
    [
        "买设备花的远不止五十万",
        "设备投资不止50万",
        "設備投資何止50萬",
        "设备投了五十万都不止",
        "设备投资至少50万",
        "设备投资起码五十万",
        "设备投了50万以上",
        "设备投了五十多万",
        "设备投了50余万元",
        "设备投了五十万出头",
        "设备投资超过50万",
        "we invested over 500k in equipment",
        "we invested at least RMB 500,000",
        "we spent well over 500k on equipment",
        "we invested upwards of RMB 500,000",
        "we invested RMB 500,000 or more",
        "we invested RMB 500k+",
    ],
)
def test_no_share_is_taken_of_a_lower_end(text: str) -> None:
    outcome = given(text)
    assert outcome.result is Result.NEEDS_FACTS
    assert [(total.amount, total.bound) for total in outcome.sums] == [(1_000_000, Bound.AT_MOST)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("设备投资达到50万", 50_000),
        ("设备投资满50万", 50_000),
        ("设备投了五十万", 50_000),
        ("设备投了五十多万,准确讲设备投资52.3万", 52_300),
        ("设备投资刚过50万,实际投了51万", 51_000),
        ("we invested RMB 500,000+", None),
    ],
)
def test_a_share_is_taken_of_what_was_reached(text: str, amount: int | None) -> None:
    outcome = given(text)
    assert (outcome.sums[0].amount if outcome.result is Result.COMPUTED else None) == amount


@pytest.mark.parametrize("text", ["设备投资远不止2000万", "设备投了两千多万", "we invested well over RMB 20 million"])
def test_a_lower_end_whose_share_passes_the_ceiling_gives_the_ceiling(text: str) -> None:
    outcome = given(text)
    assert outcome.result is Result.COMPUTED
    assert (outcome.sums[0].amount, outcome.sums[0].bound) == (1_000_000, Bound.EXACT)


@pytest.mark.parametrize(
    ("text", "op", "limit", "held"),
    [
        ("营收远不止5亿", ">=", 500_000_000, True),
        ("营收远不止5亿", ">", 500_000_000, True),
        ("营收远不止5亿", ">=", 1_000_000_000, None),
        ("营收远不止5亿", "<=", 1_000_000_000, None),
        ("营收远不止5亿", "<=", 500_000_000, False),
        ("营收至少5亿", ">=", 500_000_000, True),
        ("营收至少5亿", ">", 500_000_000, None),
        ("营收五亿多", ">=", 500_000_000, True),
        ("营收五亿多", ">=", 600_000_000, False),
        ("营收五亿多", ">=", 550_000_000, None),
        ("营收5.2亿多", ">=", 550_000_000, False),
        ("营收一个多亿", "<", 200_000_000, True),
        ("营收一百多万", ">=", 2_000_000, False),
        ("营收一百多万", ">=", 1_500_000, None),
        ("营收500到800万", ">=", 4_000_000, True),
        ("营收500到800万", ">=", 8_500_000, False),
        ("营收500到800万", ">=", 6_000_000, None),
        ("营收过了5个亿", ">=", 1_000_000_000, False),
        ("营收不是5亿", ">=", 100_000_000, None),
        ("our revenue is at least 500 million", ">=", 500_000_000, True),
        ("our revenue is at least 500 million", "<=", 800_000_000, None),
        ("our revenue went past RMB 100m for the first time, to about 130m", ">", 100_000_000, True),
        ("our revenue went past RMB 100m for the first time, to about 130m", ">", 500_000_000, False),
        ("营收首次突破1亿,大约1.3亿", ">", 100_000_000, True),
        ("營收首次突破1億,大約1.3億", ">", 500_000_000, False),
        ("营收约5.6亿", ">", 500_000_000, True),
        ("营收约5.2亿", ">", 500_000_000, None),
        ("营收五百多万,就是523万", ">=", 5_200_000, True),
        ("今年头一次过亿", ">", 100_000_000, True),
        ("今年头一次过亿", ">", 500_000_000, False),
        ("去年八千多w,今年頭一回破1億", ">", 100_000_000, True),
        ("厂房过亿", ">", 100_000_000, None),
    ],
)
def test_a_bounded_value_decides_only_what_lies_beyond_its_ends(
    text: str, op: str, limit: int, held: bool | None
) -> None:
    assert holds(text, op, limit) is held


@pytest.mark.parametrize("text", ["每月产值约500万", "没有500到800万"])
def test_what_is_no_value_of_its_own_has_no_ends(text: str) -> None:
    assert [spread_of(fact) for fact in facts_of(text) if fact.unit == "yuan"] == [None]


def test_ends_just_above_and_below_a_number_compare_as_such() -> None:
    above, below = Spread((Decimal(5), 1), (Decimal(9), 0)), Spread((Decimal(1), 0), (Decimal(5), -1))
    assert above.decides(Operator.MORE_THAN, Decimal(5)) is True
    assert below.decides(Operator.LESS_THAN, Decimal(5)) is True
    assert below.decides(Operator.EQUAL, Decimal(5)) is False


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("电费180万,气费30万,运费90万", True),
        ("电费180万,气费30万,柴油25万,运费10万", None),
        ("电费180万,柴油25万", None),
        ("电费和运费合计不到200万", False),
    ],
)
def test_parts_of_a_sum_do_not_miss_a_threshold_one_by_one(text: str, held: bool | None) -> None:
    assert holds(text, ">=", 2_000_000, "年度用能费用和物流费用") is held
