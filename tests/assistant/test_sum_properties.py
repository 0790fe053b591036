"""Sums hold what arithmetic holds: twice as many is twice as much, more is never less, and no ceiling is passed."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.clause.rule import Bound, Condition, Operator, RuleKind, SubsidyRule
from assistant.figures.calculation import calculate, calculate_scale
from assistant.figures.counted import of_classes
from assistant.figures.outcome import Outcome, Result
from assistant.language.lexicon import shipped_lexicon
from assistant.question.extent import Extent
from assistant.question.situation import Fact, read_facts
from corpus.script import fold

COUNTS = st.integers(min_value=2, max_value=5_000)
PRICES = st.integers(min_value=1, max_value=1_000_000)
SUMS = st.integers(min_value=1, max_value=10**9)
SHARES = st.integers(min_value=1, max_value=100).map(lambda percent: Decimal(percent) / 100)
MONTHS = st.integers(min_value=1, max_value=120)


def said(text: str) -> list[Fact]:
    return read_facts(fold(text), shipped_lexicon())


def worked(rule: SubsidyRule, text: str, extent: Extent | None = None) -> Outcome:
    return calculate(rule, said(text), shipped_lexicon(), extent)


def main(outcome: Outcome) -> Decimal:
    return outcome.sums[0].amount


def price(amount: int, per: str, **more: object) -> SubsidyRule:
    return SubsidyRule.model_validate({"kind": RuleKind.PER_UNIT, "amount": amount, "per": per, **more})


def kind_of(name: str, amount: int, **more: object) -> SubsidyRule:
    held = Condition(metric=name, op=Operator.EQUAL, value=Decimal(1), unit="category")
    return price(amount, "台", conditions=(held,), ladder=True, **more)


@given(COUNTS, PRICES)
def test_twice_as_many_is_twice_as_much_where_there_is_no_ceiling(count: int, amount: int) -> None:
    rule = price(amount, "亩")
    assert main(worked(rule, f"种了{2 * count}亩")) == 2 * main(worked(rule, f"种了{count}亩")) == 2 * count * amount


@given(COUNTS, COUNTS, PRICES, SUMS)
def test_more_is_never_less_and_never_more_than_the_ceiling(one: int, other: int, amount: int, cap: int) -> None:
    rule = price(amount, "亩", cap=cap)
    less, more = (main(worked(rule, f"种了{count}亩")) for count in sorted((one, other)))
    assert less <= more <= cap


@given(COUNTS, MONTHS, PRICES, MONTHS)
def test_a_sum_by_the_month_stops_at_the_months_that_are_paid_for(
    count: int, months: int, amount: int, most: int
) -> None:
    rule = price(amount, "人·月", months=most)
    outcome = worked(rule, f"用了{count}名工人,干了{months}个月")
    assert main(outcome) == count * min(months, most) * amount


@given(COUNTS, COUNTS, PRICES, PRICES)
def test_the_sum_of_classes_is_the_sum_of_each_alone(steel: int, wood: int, first: int, second: int) -> None:
    rules = [kind_of("钢架", first), kind_of("木架", second)]
    names = ["钢架", "木架"]
    both = of_classes(rules, names, said(f"钢架{steel}台、木架{wood}台"), Extent())
    alone = [of_classes(rules, names, said(text), Extent()) for text in (f"钢架{steel}台", f"木架{wood}台")]
    assert both is not None
    assert main(both) == sum(main(one) for one in alone if one is not None) == steel * first + wood * second


@given(COUNTS, COUNTS, PRICES, PRICES, SUMS)
def test_the_sum_of_classes_stays_under_the_ceiling_of_all(a: int, b: int, first: int, second: int, cap: int) -> None:
    rules = [kind_of("钢架", first, cap=cap, cap_per="单个企业"), kind_of("木架", second, cap=cap, cap_per="单个企业")]
    both = of_classes(rules, ["钢架", "木架"], said(f"钢架{a}台、木架{b}台"), Extent())
    assert both is not None
    assert main(both) == min(cap, a * first + b * second)


@given(COUNTS, COUNTS)
def test_a_number_of_no_class_is_not_added_up(a: int, b: int) -> None:
    rules = [kind_of("钢架", 3), kind_of("木架", 5)]
    assert of_classes(rules, ["钢架", "木架"], said(f"钢架{a}台、别的{b}台"), Extent()) is None


@given(COUNTS, SUMS, SHARES, PRICES)
def test_a_share_of_each_piece_stays_under_the_ceiling_of_each(count: int, cost: int, rate: Decimal, cap: int) -> None:
    rule = SubsidyRule(kind=RuleKind.RATE, rate=rate, base="设备购置费", cap=Decimal(cap), cap_per="单台")
    outcome = worked(rule, f"买了{count}台设备,每台设备购置费{cost}元")
    assert outcome.sums[0].bound is Bound.EXACT
    assert main(outcome) == min(count * cost * rate, Decimal(cap * count))


@given(COUNTS, SUMS, SHARES, PRICES)
def test_a_share_of_the_whole_is_no_exact_sum_where_pieces_may_differ(
    count: int, cost: int, rate: Decimal, cap: int
) -> None:
    rule = SubsidyRule(kind=RuleKind.RATE, rate=rate, base="设备购置费", cap=Decimal(cap), cap_per="单台")
    outcome = worked(rule, f"买了{count}台设备,设备购置费一共{cost}元")
    assert main(outcome) == min(cost * rate, Decimal(cap * count))
    assert (outcome.sums[0].bound is Bound.EXACT) == (cost * rate <= cap)


@given(SUMS, SHARES, PRICES)
def test_without_the_number_of_pieces_the_ceiling_is_that_of_one(cost: int, rate: Decimal, cap: int) -> None:
    rule = SubsidyRule(kind=RuleKind.RATE, rate=rate, base="设备购置费", cap=Decimal(cap), cap_per="单台")
    outcome = worked(rule, f"设备购置费一共{cost}元")
    if cost * rate > cap:
        assert (outcome.result, outcome.sums[0].bound, outcome.sums[0].per) == (
            Result.NEEDS_FACTS,
            Bound.AT_MOST,
            "台",
        )


@given(SUMS, st.integers(min_value=1, max_value=200), MONTHS, SHARES, SUMS)
def test_interest_stays_under_the_ceiling_of_each_year(
    principal: int, tenths: int, months: int, share: Decimal, cap: int
) -> None:
    rule = SubsidyRule(
        kind=RuleKind.INTEREST, rate=share, base="实际支付利息", cap=Decimal(cap), cap_per="每年", years=Decimal(3)
    )
    outcome = worked(rule, f"贷款{principal}元,年利率{Decimal(tenths) / 10}%,贷了{months}个月")
    paid = min(months, 36)
    whole = Decimal(principal) * tenths / 1000 * paid / 12 * share
    assert outcome.result is Result.COMPUTED
    assert main(outcome) <= whole + Decimal("0.000001")
    assert main(outcome) <= cap * Decimal(-(-paid // 12))


@given(SUMS, SUMS)
def test_a_marginal_scale_never_falls(one: int, other: int) -> None:
    rules = [
        SubsidyRule(kind=RuleKind.RATE, rate=Decimal("0.05"), base="成交额1000万元以下部分"),
        SubsidyRule(kind=RuleKind.RATE, rate=Decimal("0.02"), base="成交额超过1000万元部分"),
    ]
    sums = []
    for value in sorted((one, other)):
        outcome = calculate_scale(rules, said(f"成交额{value}元"), shipped_lexicon())
        assert outcome is not None
        sums.append(main(outcome))
    assert sums[0] <= sums[1]
