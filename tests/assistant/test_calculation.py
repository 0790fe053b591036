"""What one rule gives in one situation: below, at and above each boundary. Sums are worked out by hand."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clause.rule import Bound, Condition, Operator, RuleKind, SubsidyRule
from assistant.figures.calculation import Outcome, Result, calculate, rounded_to_fen
from assistant.language.lexicon import shipped_lexicon
from assistant.question.situation import Fact, merge_facts, read_facts
from corpus.script import fold

EXACT, AT_MOST = Bound.EXACT, Bound.AT_MOST


def facts_of(*turns: str) -> tuple[Fact, ...]:
    facts: tuple[Fact, ...] = ()
    for number, turn in enumerate(turns):
        facts = merge_facts(facts, read_facts(fold(turn), shipped_lexicon(), number))
    return facts


def work_out(rule: SubsidyRule, *turns: str) -> Outcome:
    return calculate(rule, facts_of(*turns), shipped_lexicon())


def main(outcome: Outcome) -> tuple[Decimal, Bound, str | None] | None:
    """The main sum: amount, bound and what it is for."""
    return (outcome.sums[0].amount, outcome.sums[0].bound, outcome.sums[0].per) if outcome.sums else None


def condition(metric: str, op: str, value: int, unit: str = "yuan", *, alternative: bool = False) -> Condition:
    return Condition(metric=metric, op=Operator(op), value=Decimal(value), unit=unit, alternative=alternative)


def rate(share: str, *, base: str = "实际投入", cap: int | None = None, **more: object) -> SubsidyRule:
    values = {"kind": RuleKind.RATE, "rate": Decimal(share), "base": base, "cap": cap, **more}
    return SubsidyRule.model_validate(values)


def fixed(amount: int, *conditions: Condition, **more: object) -> SubsidyRule:
    return SubsidyRule.model_validate({"kind": RuleKind.FIXED, "amount": amount, "conditions": conditions, **more})


def per_unit(amount: int, per: str, **more: object) -> SubsidyRule:
    return SubsidyRule.model_validate({"kind": RuleKind.PER_UNIT, "amount": amount, "per": per, **more})


# ── a share of a base: 20%, at most 500万元 ──

RETROFIT = rate("0.2", cap=5_000_000)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        pytest.param("投了1800万", 3_600_000, id="below the cap: 1800万 x 20% = 360万"),
        pytest.param("投了2499万", 4_998_000, id="just below: 2499万 x 20% = 499.8万"),
        pytest.param("投了2500万", 5_000_000, id="at the cap: 2500万 x 20% = 500万"),
        pytest.param("投了2501万", 5_000_000, id="just above: 500.2万 is cut to 500万"),
        pytest.param("投了3个亿", 5_000_000, id="far above"),
        pytest.param("投了100万亿", 5_000_000, id="absurdly above"),
        pytest.param("投了1元", Decimal("0.2"), id="one yuan"),
        pytest.param("投了0元", 0, id="nothing"),
    ],
)
def test_a_share_is_cut_at_its_cap(text: str, amount: Decimal) -> None:
    outcome = work_out(RETROFIT, text)
    assert outcome.result is Result.COMPUTED
    assert main(outcome) == (amount, EXACT, None)


def test_a_share_without_cap_is_the_whole_share() -> None:
    assert main(work_out(rate("0.2"), "投了3个亿")) == (60_000_000, EXACT, None)


def test_a_share_without_its_base_gives_the_ceiling_and_asks() -> None:
    outcome = work_out(RETROFIT)
    assert outcome.result is Result.NEEDS_FACTS
    assert main(outcome) == (5_000_000, AT_MOST, None)
    assert outcome.missing == ("实际投入",)


def test_a_share_without_base_or_cap_gives_no_figure() -> None:
    outcome = work_out(rate("0.2"))
    assert outcome.result is Result.NEEDS_FACTS
    assert outcome.sums == ()


def test_not_more_than_a_share_is_a_ceiling() -> None:
    rule = rate("0.035", cap=8_000_000, rate_bound=AT_MOST)
    assert main(work_out(rule, "投了1.2亿")) == (4_200_000, AT_MOST, None)  # 1.2亿 x 3.5% = 420万


def test_a_range_of_shares_gives_its_upper_end_as_a_ceiling() -> None:
    rule = rate("0.15", rate_min="0.1", cap=5_000_000)
    assert main(work_out(rule, "投了1000万")) == (1_500_000, AT_MOST, None)


def test_revenue_is_never_the_base_of_a_share_of_investment() -> None:
    outcome = work_out(RETROFIT, "营收5亿")
    assert outcome.result is Result.NEEDS_FACTS
    assert main(outcome) == (5_000_000, AT_MOST, None)


@pytest.mark.parametrize("text", ["营收5亿,投了1800万", "投了1800万,营收5亿", "营收5亿、投了1800万"])
def test_of_revenue_and_investment_the_investment_counts(text: str) -> None:
    assert main(work_out(RETROFIT, text)) == (3_600_000, EXACT, None)


def test_foreign_money_is_not_multiplied_as_yuan() -> None:
    assert main(work_out(RETROFIT, "投了500万美元")) == (5_000_000, AT_MOST, None)


def test_a_share_the_asker_claims_changes_nothing() -> None:
    assert main(work_out(RETROFIT, "听说按30%补,投了1000万")) == (2_000_000, EXACT, None)


def test_a_hoped_for_sum_is_no_base() -> None:
    assert work_out(RETROFIT, "能补500万吗").result is Result.NEEDS_FACTS


@pytest.mark.parametrize(
    "text",
    [
        "投了500到800万",
        "投了不到1000万",
        "投了几百万",
        "投了800万左右",
        "投了一个多亿",
        "注册资本500万",
        "被罚款50万",
        "工资总额300万",
        "一期投了500万,二期投了800万",
        "原来说投800万,改成1000万",
    ],
)
def test_no_exact_figure_of_a_base_that_is_not_known(text: str) -> None:
    uncapped = rate("0.2")
    wrong = {fact.value * Decimal("0.2") for fact in facts_of(text)}
    right = {Decimal(2_600_000), Decimal(2_000_000)} if "二期" in text or "改成" in text else set()
    outcome = work_out(uncapped, text)
    assert not [s for s in outcome.sums if s.bound is EXACT and s.amount in wrong - right]


@pytest.mark.parametrize(
    ("earlier", "later", "amount"),
    [
        ("投了1800万", "投了900万呢", 1_800_000),
        ("投了1800万", "不对,是900万", 1_800_000),
        ("投了1800万", "营收5亿呢", 3_600_000),
        ("投了1800万", "能拿500万吗", 3_600_000),
        ("投了1800万", "每人3000元呢", 3_600_000),
        ("投了800万", "再加200万呢", 2_000_000),
    ],
)
def test_a_further_turn_changes_only_what_it_says(earlier: str, later: str, amount: int) -> None:
    assert main(work_out(RETROFIT, earlier, later)) == (amount, EXACT, None)


# ── a share of a sum of two costs with a threshold: together 200万元 or more, 1.5%, at most 100万元 ──

COSTS = rate("0.015", base="", cap=1_000_000, conditions=(condition("年度用能费用和物流费用", ">=", 2_000_000),))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        pytest.param("电费100万,运费100万", 30_000, id="at the threshold: 200万 x 1.5% = 3万"),
        pytest.param("电费120万,运费90万", 31_500, id="above: 210万 x 1.5% = 3.15万"),
        pytest.param("电费3000万,运费3666万", 999_900, id="below the cap: 6666万 x 1.5% = 99.99万"),
        pytest.param("电费3000万,运费3667万", 1_000_000, id="above the cap: 100.005万 is cut"),
        ("电费100万、运费100万", 30_000),
        ("电费一年100万、运费100万", 30_000),
        ("电费一年120万,运费90万", 31_500),
        ("电费150万,气费60万,没有运费", 31_500),
    ],
)
def test_costs_that_count_together(text: str, amount: Decimal) -> None:
    assert main(work_out(COSTS, text)) == (amount, EXACT, None)


def test_below_the_threshold_there_is_no_sum() -> None:
    outcome = work_out(COSTS, "电费100万,运费99万")
    assert outcome.result is Result.NOT_ELIGIBLE
    assert outcome.sums == ()
    assert outcome.failed_value == 1_990_000


def test_a_months_bill_does_not_fail_a_years_threshold() -> None:
    assert work_out(COSTS, "每月电费20万").result is not Result.NOT_ELIGIBLE


def test_an_investment_is_not_energy_cost() -> None:
    assert work_out(COSTS, "设备投资3000万").result is Result.NEEDS_FACTS


# ── a share of supplies to a customer: 1000万元 (含) or more, 2%, at most 100万元 ──

SUPPLY = rate("0.02", base="配套额", cap=1_000_000, conditions=(condition("年度配套额", ">=", 10_000_000),))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("配套额999万", None),
        ("配套额1000万", 200_000),
        ("配套额4999万", 999_800),
        ("配套额5000万", 1_000_000),
        ("配套额5001万", 1_000_000),
        ("营收8亿,配套额3000万", 600_000),
        ("配套额接近1000万", None),
    ],
)
def test_supplies(text: str, amount: int | None) -> None:
    assert main(work_out(SUPPLY, text)) == (None if amount is None else (amount, EXACT, None))


def test_the_whole_revenue_is_not_what_one_customer_bought() -> None:
    outcome = work_out(SUPPLY, "我们营收8亿")
    assert outcome.result is not Result.COMPUTED


# ── rent: 50%, at most 30万元 ──

RENT = rate("0.5", base="场地租金实际支出", cap=300_000)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("房租40万", 200_000), ("房租599999元", Decimal("299999.5")), ("房租60万", 300_000), ("房租61万", 300_000)],
)
def test_rent(text: str, amount: Decimal) -> None:
    assert main(work_out(RENT, text)) == (amount, EXACT, None)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("每月租金5万", 25_000),
        ("月租3万,去年一共付了36万", 15_000),
        ("装修花了40万", 200_000),
        ("租金不到60万", 300_000),
    ],
)
def test_rent_is_not_worked_out_from_something_else(text: str, wrong: int) -> None:
    outcome = work_out(RENT, text)
    assert main(outcome) != (wrong, EXACT, None)


# ── conditions ──


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [(">=", False, True, True), (">", False, False, True), ("<=", True, True, False), ("<", True, False, False)],
)
def test_each_comparison_on_both_sides_of_its_limit(op: str, below: bool, at: bool, above: bool) -> None:
    rule = fixed(200_000, condition("营业收入", op, 50_000_000))
    for text, holds in (("营收4999万", below), ("营收5000万", at), ("营收5001万", above)):
        assert work_out(rule, text).result is (Result.STATED if holds else Result.NOT_ELIGIBLE), text


def test_passing_a_threshold_that_must_be_passed() -> None:
    rule = fixed(5_000_000, condition("年度营业收入", ">", 500_000_000))
    assert work_out(rule, "营收刚好5亿").result is Result.NOT_ELIGIBLE
    assert work_out(rule, "营收突破5亿").result is Result.STATED


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("营收不到5亿", Result.NOT_ELIGIBLE),
        ("营收接近5亿", Result.NOT_ELIGIBLE),
        ("营收不超过4亿", Result.NOT_ELIGIBLE),
        ("营收不超过5亿", Result.NEEDS_FACTS),
        ("营收不到6亿", Result.NEEDS_FACTS),
        ("营收大约5亿", Result.NEEDS_FACTS),
    ],
)
def test_an_upper_end_below_a_threshold_does_not_reach_it(text: str, result: Result) -> None:
    outcome = work_out(fixed(5_000_000, condition("年度营业收入", ">=", 500_000_000)), text)
    assert outcome.result is result
    assert bool(outcome.open_conditions) is (result is Result.NEEDS_FACTS)


@pytest.mark.parametrize(
    ("text", "figure"), [("投了超过1000万", (5_000_000, AT_MOST, None)), ("投了超过3000万", (5_000_000, EXACT, None))]
)
def test_a_share_of_a_lower_end_is_exact_only_above_the_cap(text: str, figure: tuple[int, Bound, str | None]) -> None:
    assert main(work_out(RETROFIT, text)) == figure


def test_not_passing_a_threshold_that_must_be_passed() -> None:
    rule = fixed(5_000_000, condition("年度营业收入", ">", 500_000_000))
    assert work_out(rule, "营收不超过5亿").result is not Result.STATED


def test_a_condition_nothing_is_said_about_stays_open() -> None:
    outcome = work_out(fixed(200_000, condition("营业收入", ">=", 50_000_000)))
    assert outcome.result is Result.STATED
    assert [c.metric for c in outcome.open_conditions] == ["营业收入"]


def test_the_first_failing_condition_is_named() -> None:
    rule = fixed(200_000, condition("营业收入", ">=", 50_000_000), condition("研发投入", ">=", 1_000_000))
    outcome = work_out(rule, "营收6000万,研发投入90万")
    assert outcome.failed is not None
    assert (outcome.failed.metric, outcome.failed_value) == ("研发投入", 900_000)


EITHER = rate(
    "0.1",
    cap=1_000_000,
    rate_bound=AT_MOST,
    conditions=(
        condition("固定资产投入", ">=", 500_000, alternative=True),
        condition("信息化投资", ">=", 200_000, alternative=True),
    ),
)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("固定资产投入50万", Result.COMPUTED),
        ("信息化投资20万", Result.COMPUTED),
        ("固定资产投入49万,信息化投资20万", Result.COMPUTED),
        ("固定资产投入49万,信息化投资19万", Result.NOT_ELIGIBLE),
    ],
)
def test_of_alternatives_one_suffices(text: str, result: Result) -> None:
    assert work_out(EITHER, text).result is result


def test_alternatives_still_open_are_named() -> None:
    outcome = work_out(EITHER, "固定资产投入49万")
    assert outcome.result is not Result.NOT_ELIGIBLE
    assert [c.metric for c in outcome.open_conditions] == ["信息化投资"]


def test_fixed_assets_below_their_limit_do_not_meet_the_other_limit() -> None:
    outcome = work_out(EITHER, "固定资产49.9万")
    assert outcome.open_conditions or outcome.result is Result.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("text", "eligible"),
    [
        ("研发投入占比3%", True),
        ("研发投入占比2.9%", False),
        ("营收5000万,研发占比2.9%", False),
    ],
)
def test_a_share_is_held_against_a_limit_in_percent(text: str, eligible: bool) -> None:
    outcome = work_out(fixed(200_000, condition("研发投入占比", ">=", 3, "percent")), text)
    assert (outcome.result is Result.STATED) is eligible


@pytest.mark.parametrize(("text", "open_"), [("干满6个月,送了12人", False), ("干满半年,送了12人", False)])
def test_months_and_years_are_the_same_time(text: str, open_: bool) -> None:
    rule = per_unit(1000, "人", conditions=(condition("稳定就业", ">=", 6, "month"),))
    assert bool(work_out(rule, text).open_conditions) is open_


def test_five_months_of_six_give_nothing() -> None:
    rule = per_unit(1000, "人", conditions=(condition("向重点企业输送劳动者稳定就业", ">=", 6, "month"),))
    assert work_out(rule, "送了12个工人,干了5个月").result is Result.NOT_ELIGIBLE


# ── fixed sums ──


@pytest.mark.parametrize("text", ["", "投了1800万", "营收5亿,送了12人", "能拿900万吗"])
def test_a_fixed_sum_does_not_depend_on_sums_stated(text: str) -> None:
    assert main(work_out(fixed(500_000), text)) == (500_000, EXACT, None)


@pytest.mark.parametrize(
    ("per", "shown"), [("年", "年"), ("每年", "年"), ("家", None), ("每户企业", None), ("亩", "亩")]
)
def test_what_a_fixed_sum_is_for(per: str, shown: str | None) -> None:
    assert main(work_out(fixed(800_000, per=per))) == (800_000, EXACT, shown)


def test_a_yearly_sum_over_three_years_is_shown_beside() -> None:
    outcome = work_out(fixed(800_000, per="年", years=3))
    assert [(s.amount, s.bound, s.per) for s in outcome.sums] == [(800_000, EXACT, "年"), (2_400_000, EXACT, None)]


def test_a_one_off_sum_paid_over_years_is_not_multiplied() -> None:
    rule = fixed(1_000_000, years=3, schedule=("0.4", "0.3", "0.3"))
    assert [s.amount for s in work_out(rule).sums] == [1_000_000]


def test_the_sum_over_years_stays_within_the_total_cap() -> None:
    outcome = work_out(fixed(800_000, per="年", years=3, total_cap=2_000_000))
    assert max(s.amount for s in outcome.sums) <= 2_000_000


def test_a_fixed_sum_stays_within_its_cap() -> None:
    outcome = work_out(fixed(800_000, cap=500_000))
    assert max(s.amount for s in outcome.sums) <= 500_000


# ── sums per unit ──


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        pytest.param("办了5场", 250_000, id="below the cap: 5 x 5万"),
        pytest.param("办了6场", 300_000, id="at the cap"),
        pytest.param("办了7场", 300_000, id="above the cap: 35万 is cut"),
        pytest.param("办了0场", 0, id="none"),
    ],
)
def test_units_are_multiplied_and_cut(text: str, amount: int) -> None:
    assert main(work_out(per_unit(50_000, "场", cap=300_000), text)) == (amount, EXACT, None)


def test_without_a_count_the_unit_price_is_stated() -> None:
    outcome = work_out(per_unit(1000, "人"))
    assert outcome.result is Result.STATED
    assert main(outcome) == (1000, EXACT, "人")
    assert outcome.missing == ("人",)


def test_the_unit_price_is_shown_beside_the_total() -> None:
    outcome = work_out(per_unit(1000, "人"), "送了12名工人")
    assert [(s.amount, s.per) for s in outcome.sums] == [(12_000, None), (1000, "人")]


@pytest.mark.parametrize(("text", "amount"), [("送了49人", 98_000), ("送了50人", 100_000), ("送了51人", 100_000)])
def test_no_more_units_than_the_clause_pays_for(text: str, amount: int) -> None:
    assert main(work_out(per_unit(2000, "人", max_units=50), text)) == (amount, EXACT, None)


def test_steps_are_not_multiplied_as_units() -> None:
    outcome = work_out(per_unit(5000, "10万元", step=100_000, cap=500_000), "新增投资800万")
    assert outcome.result is Result.NEEDS_FACTS
    assert main(outcome) == (500_000, AT_MOST, None)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("我们公司50个员工", 50_000),
        ("送了10到20人", 20_000),
        ("送了大约300人", 300_000),
        ("送了约20人", 20_000),
    ],
)
def test_people_who_are_not_known_to_count_are_not_multiplied(text: str, wrong: int) -> None:
    rule = per_unit(1000, "人", conditions=(condition("输送劳动者稳定就业", ">=", 6, "month"),))
    assert main(work_out(rule, text)) != (wrong, EXACT, None)


def test_people_said_not_to_count_are_not_paid_for() -> None:
    assert main(work_out(per_unit(1000, "人"), "送了12个人,其中3个没干满半年")) == (9_000, EXACT, None)


@pytest.mark.parametrize("text", ["招了20人", "招了20人,干了3个月", "招了20人,每人干了12个月"])
def test_a_sum_per_person_and_month_is_not_whole_for_one_month(text: str) -> None:
    rule = per_unit(500, "人·月", months=6)
    assert main(work_out(rule, text)) != (10_000, EXACT, None)


def test_units_stay_within_a_second_ceiling_per_year() -> None:
    outcome = work_out(per_unit(50_000, "场", annual_cap=300_000), "办了12场")
    assert max(s.amount for s in outcome.sums) <= 300_000


# ── ceilings ──


@pytest.mark.parametrize("text", ["", "投了1800万", "投了3个亿", "按20%算,投了1000万", "营收5亿"])
def test_a_ceiling_stays_a_ceiling_whatever_is_stated(text: str) -> None:
    rule = SubsidyRule(kind=RuleKind.CAP_ONLY, cap=Decimal(5_000_000))
    assert main(work_out(rule, text)) == (5_000_000, AT_MOST, None)


def test_a_ceiling_per_event_is_multiplied_and_stays_a_ceiling() -> None:
    rule = SubsidyRule(kind=RuleKind.CAP_ONLY, cap=Decimal(50_000), cap_per="场次")
    assert main(work_out(rule, "办了12场")) == (600_000, AT_MOST, None)
    assert main(work_out(rule)) == (50_000, AT_MOST, "场次")


def test_a_yearly_ceiling_is_a_year() -> None:
    rule = SubsidyRule(kind=RuleKind.CAP_ONLY, cap=Decimal(2_000_000), cap_per="每年", years=Decimal(3))
    outcome = work_out(rule)
    assert [(s.amount, s.bound, s.per) for s in outcome.sums] == [
        (2_000_000, AT_MOST, "年"),
        (6_000_000, AT_MOST, None),
    ]


def test_a_multiplied_ceiling_stays_within_the_second_one() -> None:
    rule = SubsidyRule(kind=RuleKind.CAP_ONLY, cap=Decimal(50_000), cap_per="场次", annual_cap=Decimal(300_000))
    assert max(s.amount for s in work_out(rule, "办了12场").sums) <= 300_000


# ── interest and uplift ──


@pytest.mark.parametrize(
    ("text", "amount"), [("付了利息80万", 400_000), ("付了利息100万", 500_000), ("付了利息101万", 500_000)]
)
def test_a_share_of_interest(text: str, amount: int) -> None:
    rule = rate("0.5", base="实际支付利息", cap=500_000, **{"kind": RuleKind.INTEREST})
    assert main(work_out(rule, text)) == (amount, EXACT, None)


def test_the_loan_is_not_the_interest() -> None:
    rule = rate("0.5", base="实际支付利息", cap=500_000, kind=RuleKind.INTEREST)
    assert main(work_out(rule, "贷款1000万")) == (500_000, AT_MOST, None)


def test_percentage_points_are_not_multiplied_with_a_loan() -> None:
    rule = rate("0.02", base="贷款", cap=1_000_000, rate_points=True, kind=RuleKind.INTEREST)
    outcome = work_out(rule, "贷款1000万")
    assert outcome.result is Result.NEEDS_FACTS
    assert main(outcome) == (1_000_000, AT_MOST, None)


def test_a_share_of_the_loan_prime_rate_is_not_multiplied() -> None:
    rule = rate("0.5", base="同期LPR", cap=1_000_000, kind=RuleKind.INTEREST)
    assert main(work_out(rule, "贷款1000万,利息50万")) == (1_000_000, AT_MOST, None)


def test_an_uplift_raises_the_share() -> None:
    # 投 500万 x 10% = 50万, raised by 20% = 60万
    assert main(work_out(rate("0.1", uplift="0.2"), "投了500万")) == (600_000, EXACT, None)


def test_an_uplift_alone_gives_no_sum() -> None:
    outcome = work_out(SubsidyRule(kind=RuleKind.RATE, uplift=Decimal("0.2")), "投了500万")
    assert outcome.result is Result.UNKNOWN
    assert outcome.sums == ()


# ── properties ──

MONEY = st.integers(min_value=0, max_value=10**12)
SHARES = st.decimals(min_value="0.0001", max_value="1", places=4)


@given(base=MONEY, share=SHARES, cap=st.integers(min_value=1, max_value=10**10), at_most=st.booleans())
def test_a_figure_is_never_above_its_cap_and_never_negative(base: int, share: Decimal, cap: int, at_most: bool) -> None:
    rule = rate(str(share), cap=cap, rate_bound=AT_MOST if at_most else EXACT)
    outcome = work_out(rule, f"实际投入{base}元")
    assert outcome.sums
    assert all(0 <= s.amount <= cap for s in outcome.sums)
    assert outcome.sums[0].amount == min(Decimal(base) * share, Decimal(cap))


@given(st.tuples(MONEY, MONEY), SHARES, st.none() | st.integers(min_value=1, max_value=10**10))
def test_a_share_grows_with_its_base(bases: tuple[int, int], share: Decimal, cap: int | None) -> None:
    rule = rate(str(share), cap=cap)
    less, more = (work_out(rule, f"实际投入{base}元").sums[0].amount for base in sorted(bases))
    assert less <= more


@given(
    units=st.integers(min_value=0, max_value=10**6),
    price=st.integers(min_value=1, max_value=10**6),
    cap=st.none() | st.integers(min_value=1, max_value=10**9),
)
def test_a_sum_per_unit_is_never_above_its_cap(units: int, price: int, cap: int | None) -> None:
    outcome = work_out(per_unit(price, "人", cap=cap), f"送了{units}名工人")
    total = outcome.sums[0]
    assert total.per == ("人" if units == 1 else None)  # for one, the price is the whole
    assert total.amount == (units * price if cap is None else min(units * price, cap))


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(st.integers(min_value=1, max_value=99_999))
def test_spaces_script_and_width_do_not_change_a_figure(number: int) -> None:
    plain = f"技改投入{number}万元"
    expected = main(work_out(RETROFIT, plain))
    assert expected is not None
    assert expected[0] == min(number * 2_000, 5_000_000)
    for variant in (_wide(plain), plain.replace("万", "萬"), f"技改投入 {number} 万元", f"技改投入{number}万元。"):
        assert main(work_out(RETROFIT, variant)) == expected, variant


@given(st.permutations(["营收7亿", "投了1800万", "纳税300万", "贷款2000万"]))
def test_the_order_of_named_sums_does_not_matter(parts: Sequence[str]) -> None:
    assert main(work_out(RETROFIT, ",".join(parts))) == (3_600_000, EXACT, None)


@given(st.decimals(min_value=0, max_value=10**12, places=6))
def test_rounding_never_rounds_up(amount: Decimal) -> None:
    rounded = rounded_to_fen(amount)
    assert 0 <= amount - rounded < Decimal("0.01")


# ── by the month, by the area, by the year ──

MONTHLY_AREA = per_unit(3, "月•平方米", cap=500_000, cap_per="每家企业年度")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("租了1000平方米,每年能补多少", (36_000, EXACT, "年")),  # 3 × 12 × 1000
        ("we rent 20,000 sqm. Yearly subsidy?", (500_000, EXACT, "年")),  # 720,000, held at the ceiling
        ("租了1000平方米,租了5个月", (15_000, EXACT, None)),
        ("租了1000平方米", (3, EXACT, "月•平方米")),  # for how long is not said
        ("每年能补多少", (3, EXACT, "月•平方米")),  # of what area is not said
    ],
)
def test_a_price_by_month_and_area_needs_both(text: str, figure: tuple[int, Bound, str | None]) -> None:
    assert main(work_out(MONTHLY_AREA, text)) == figure


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("we hosted an intern for 4 months", (12_000, EXACT, None)),
        ("来了3个实习生,每人干了4个月", (12_000, EXACT, "人")),  # interns by 个: each of them
        ("实习了9个月", (18_000, EXACT, "人")),  # six months at most
        ("公司成立9个月", (3000, EXACT, "人·月")),  # how old the enterprise is, not how long it is paid
    ],
)
def test_a_price_by_person_and_month(text: str, figure: tuple[int, Bound, str | None]) -> None:
    assert main(work_out(per_unit(3000, "人·月", months=6), text)) == figure


def test_rent_by_the_month_is_paid_for_the_months_stated() -> None:
    rent = rate("0.5", base="场地租金", cap=300_000)
    assert main(work_out(rent, "每个月租金4万,租满一年")) == (240_000, EXACT, None)
    assert main(work_out(rent, "每个月租金4万")) == (300_000, AT_MOST, None)
    monthly = rate("0.5", base="月租金", cap=300_000)
    assert main(work_out(monthly, "每个月租金4万,租满一年")) == (300_000, AT_MOST, None)


def test_every_year_stays_under_its_own_ceiling() -> None:
    yearly = rate("0.5", base="年度实际投入", cap=2_000_000, period="每年", years=3)
    outcome = work_out(yearly, "三年分别投了180万、390万、450万")
    assert main(outcome) == (4_850_000, EXACT, None)  # 90万 + 195万 + 200万
    assert main(work_out(yearly, "两年分别投了180万、390万、450万")) == (2_000_000, AT_MOST, "年")


# ── what is only about so much, or stated twice ──


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("营收大约8亿", Result.NOT_ELIGIBLE),  # far from 10亿
        ("营收大约9.5亿", Result.NEEDS_FACTS),  # perhaps: the condition stays open
        ("营收大约13亿", Result.STATED),
    ],
)
def test_a_value_about_so_large_decides_only_what_is_far_away(text: str, result: Result) -> None:
    outcome = work_out(fixed(500_000, condition("年度营业收入", ">=", 1_000_000_000)), text)
    assert outcome.result is result


@pytest.mark.parametrize(
    ("limit", "result"),
    [
        (500_000_000, Result.STATED),
        (1_000_000_000, Result.STATED),
        (1_050_000_000, None),
        (2_000_000_000, Result.NOT_ELIGIBLE),
    ],
)
def test_two_values_of_one_thing_decide_what_both_decide_alike(limit: int, result: Result | None) -> None:
    rule = fixed(500_000, condition("年度营业收入", ">", limit))
    outcome = work_out(rule, "we just crossed 1 billion yuan in annual revenue (1.07bn)")
    if result is None:
        assert outcome.open_conditions
    else:
        assert (outcome.result, outcome.open_conditions) == (result, ())


@pytest.mark.parametrize(
    ("text", "result"),
    [("建个100吨的冷库", Result.STATED), ("建个500吨的冷库", Result.UNKNOWN), ("建个冷库", Result.STATED)],
)
def test_a_sum_for_one_size_is_never_given_for_another(text: str, result: Result) -> None:
    outcome = work_out(fixed(100_000, condition("", "==", 100, "ton")), text)
    assert outcome.result is result
    assert bool(outcome.sums) is (result is Result.STATED)


def test_last_years_value_is_not_taken_for_this_years() -> None:
    rule = fixed(500_000, condition("2023年度产值", ">=", 100_000_000))
    assert work_out(rule, "22年产值2亿").open_conditions
    assert not work_out(rule, "23年产值2亿").open_conditions
    assert work_out(rule, "23年一季度产值2亿").open_conditions
