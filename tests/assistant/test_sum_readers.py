"""What figures are put together from, read once: units, years of a schedule, stacking, what is asked for, prices and loans."""

from decimal import Decimal

import pytest

from assistant.clause.rule import RuleKind, SubsidyRule
from assistant.clause.schedule import schedule, years_named
from assistant.clause.stacking import Stacking, stacking_of
from assistant.clause.units import unit_of
from assistant.figures.calculation import calculate
from assistant.language.lexicon import shipped_lexicon
from assistant.matching.classes import class_named
from assistant.question.extent import Extent, read_extent
from assistant.question.loans import read_loan
from assistant.question.months import months_lasted
from assistant.question.situation import Fact, read_facts
from assistant.question.unit_prices import priced_for
from corpus.script import fold


def said(text: str) -> list[Fact]:
    return read_facts(fold(text), shipped_lexicon())


def asked(text: str) -> Extent:
    return read_extent(fold(text), said(text))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("人", "人"),
        ("单台", "台"),
        ("单台(套)", "台"),
        ("每人每年", "人·年"),
        ("人·月", "人·月"),
        ("平方米·月", "平方米·月"),
        ("单个企业每年", "年"),
        ("年度", "年"),
        ("单个项目", None),
        ("每户", None),
        ("同一", None),
        ("", None),
    ],
)
def test_a_unit_is_a_thing_and_a_time_and_never_who_is_given_the_sum(words: str, name: str | None) -> None:
    assert unit_of(words).name == name


@pytest.mark.parametrize(
    ("own", "years"),
    [
        ("前两年全额补贴", {1, 2}),
        ("第三年补50%", {3}),
        ("第四、第五年补30%", {4, 5}),
        ("第二至四年", {2, 3, 4}),
        ("首年补贴80%", {1}),
        ("次年补贴40%", {2}),
        ("毕业五年内的博士", set()),
        ("后三年补50%", set()),  # after which years, these words alone do not say
    ],
)
def test_a_grant_names_the_years_it_is_for(own: str, years: set[int]) -> None:
    assert years_named(own) == years


def test_later_years_follow_those_before_them() -> None:
    assert schedule(["前两年全额", "后三年减半"]) == (frozenset({1, 2}), frozenset({3, 4, 5}))


@pytest.mark.parametrize(
    ("far", "stacking"),
    [
        ("同一企业按就高不重复原则执行", Stacking.HIGHEST),
        ("由低等级升为高等级的补足差额", Stacking.HIGHEST),
        ("各项奖励不得重复享受", Stacking.ONE),
        ("不同级别可叠加支持", Stacking.ADDS),
        ("奖励不叠加", Stacking.ONE),
        ("对获评的企业奖励20万元", Stacking.UNSAID),
    ],
)
def test_a_clause_says_whether_its_awards_add_up(far: str, stacking: Stacking) -> None:
    assert stacking_of(far) is stacking


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("三年一共多少", Extent(years=Decimal(3), together=True)),
        ("第三年能拿多少", Extent(year=3)),
        ("全年补贴多少", Extent(yearly=True)),
        ("两项加起来多少", Extent(awards=Decimal(2), together=True)),
        ("甲级比丙级多给多少", Extent(difference=True)),
        ("能补多少", Extent()),
    ],
)
def test_a_turn_says_over_what_it_wants_a_sum(text: str, extent: Extent) -> None:
    assert asked(text) == extent


@pytest.mark.parametrize(
    ("before", "after", "each"),
    [
        ("每台购置费", "", ("台",)),
        ("保费每人每年", "", ("人", "年")),
        ("每年租金", "", ("年",)),
        ("培训费", "/人", ("人",)),
        ("the premium is ", " per person", ("人",)),
        ("每个月租金", "", ()),
        ("设备一共花了", "", ()),
    ],
)
def test_a_sum_is_said_to_be_for_each_or_for_all(before: str, after: str, each: tuple[str, ...]) -> None:
    assert priced_for(before, after) == each


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("干了10个月", 10),
        ("都干满一年", 12),
        ("租满两年", 24),
        ("公司成立三年了", None),
        ("毕业两年", None),
        ("一年能补多少", None),
    ],
)
def test_how_long_it_went_on_is_told_from_other_times(text: str, months: int | None) -> None:
    assert months_lasted(said(text)) == months


def test_a_loan_has_a_principal_a_rate_and_a_term() -> None:
    loan = read_loan(said("贷款300万元,年利率4%,贷了18个月"))
    assert loan is not None
    assert (loan.principal.value, loan.rate and loan.rate.value, loan.months) == (3_000_000, Decimal("0.04"), 18)


@pytest.mark.parametrize(
    "text",
    [
        "贷款300万元,年利率4%",  # for how long?
        "贷款300万元,月利率0.4%,贷了一年",  # of a year it is not
        "贷款200万元,还有一笔贷款100万元,年利率4%,贷了一年",  # which of the two?
        "贷款大概300万元,年利率4%,贷了一年",
    ],
)
def test_a_loan_with_an_open_factor_is_none(text: str) -> None:
    assert read_loan(said(text)) is None


@pytest.mark.parametrize(
    ("names", "text", "place"),
    [
        (["正高级", "副高级"], "副高", 1),
        (["技师", "高级技师证书"], "考到技师", 0),
        (["技师", "高级技师证书"], "考到高级技师", 1),
        (["绿色食品认证", "有机食品认证"], "食品认证", None),
        (["新建", "改造"], "床位", None),
    ],
)
def test_a_class_is_told_by_what_no_other_has(names: list[str], text: str, place: int | None) -> None:
    assert class_named(names, text) == place


def test_two_numbers_at_once_are_not_taken_for_the_one_that_is_paid_for() -> None:
    rule = SubsidyRule(kind=RuleKind.PER_UNIT, amount=Decimal(500), per="台")
    outcome = calculate(rule, said("买了3台新的、8台旧的"), shipped_lexicon())
    assert [(total.amount, total.per) for total in outcome.sums] == [(500, "台")]


def test_a_monthly_sum_without_an_end_is_not_paid_for_years() -> None:
    rule = SubsidyRule(kind=RuleKind.PER_UNIT, amount=Decimal(500), per="人·月")
    outcome = calculate(rule, said("4名工人都干满三年"), shipped_lexicon())
    assert [(total.amount, total.per) for total in outcome.sums] == [(500, "人·月")]
