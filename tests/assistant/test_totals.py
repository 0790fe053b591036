"""A sum over years or over enterprises: exactly those asked, never more than the grant is paid for."""

from decimal import Decimal

import pytest

from assistant.clause.rule import Bound, RuleKind, SubsidyRule
from assistant.figures.calculation import Outcome, calculate
from assistant.figures.totals import known_whole, summed
from assistant.language.lexicon import shipped_lexicon
from assistant.question.extent import read_extent
from assistant.question.situation import read_facts
from corpus.script import fold

RUNNING_COSTS = SubsidyRule(kind=RuleKind.FIXED, amount=Decimal(800_000), per="年", period="年", years=Decimal(3))
HALF = SubsidyRule(
    kind=RuleKind.RATE, rate=Decimal("0.5"), base="实际投入", cap=Decimal(2_000_000), cap_per="年", period="年", years=Decimal(3)
)  # fmt: skip
FIRST_TIME = SubsidyRule(kind=RuleKind.CAP_ONLY, cap=Decimal(50_000))
AWARD = SubsidyRule(kind=RuleKind.FIXED, amount=Decimal(100_000))
YEARLY_WITHOUT_END = SubsidyRule(kind=RuleKind.FIXED, amount=Decimal(800_000), per="年", period="年")


def asked(rule: SubsidyRule, text: str) -> Outcome:
    facts = read_facts(fold(text), shipped_lexicon())
    extent = read_extent(fold(text), facts)
    return summed(calculate(rule, facts, shipped_lexicon(), extent), extent)


def sums(outcome: Outcome) -> list[tuple[int, str | None]]:
    return [(int(total.amount), total.per) for total in outcome.sums]


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("运行经费三年加一块是多少", 2_400_000),
        ("三年合起来该补多少", 2_400_000),
        ("三个年度总共多少", 2_400_000),
        ("到现在满两年了,这两年加起来该有多少", 1_600_000),
        ("两年一共能拿多少", 1_600_000),
        ("一共兩年能拿多少", 1_600_000),
        ("俩年拢共好多", 1_600_000),
        ("五年加起来多少", 2_400_000),
        ("how much do we get for two years in total", 1_600_000),
        ("what is the total for both years", 1_600_000),
        ("how much over the two years", 1_600_000),
    ],
)
def test_a_sum_over_years_is_over_those_asked_and_paid_for(text: str, total: int) -> None:
    assert sums(asked(RUNNING_COSTS, text)) == [(total, None), (800_000, "年")]


def test_the_sum_over_years_is_of_the_share_worked_out() -> None:
    found = asked(HALF, "三个年度每年都投了310万,三年合起来该补多少")
    assert sums(found) == [(4_650_000, None), (1_550_000, "年")]


@pytest.mark.parametrize(
    "text",
    ["每年给多少", "联盟成立满两年了,能给多少", "第二年多少", "干了两年,一年能拿多少", "三年总共投了900万,能给多少"],
)
def test_without_a_sum_asked_for_the_yearly_sum_comes_first(text: str) -> None:
    assert sums(asked(RUNNING_COSTS, text))[0] == (800_000, "年")


def test_a_grant_without_an_end_is_not_multiplied() -> None:
    assert sums(asked(YEARLY_WITHOUT_END, "五年加起来多少")) == [(800_000, "年")]


@pytest.mark.parametrize(
    "text",
    [
        "集团有三家子公司,都是第一次纳入规上,三家合起来最多多少",
        "我们三家公司都入规了,一共能拿多少",
        "我名下三家厂今年都升规了,三家加起来多少",
        "旗下三間公司都入規,三間合計最多多少",
        "our three subsidiaries all qualify, how much for the three companies in total",
    ],
)
def test_a_sum_for_each_enterprise_is_multiplied_and_keeps_its_bound(text: str) -> None:
    found = asked(FIRST_TIME, text)
    assert [(int(total.amount), total.bound) for total in found.sums] == [(150_000, Bound.AT_MOST)]
    assert sums(asked(AWARD, text)) == [(300_000, None)]


@pytest.mark.parametrize(
    "text",
    [
        "集团有三家子公司,每家给多少",
        "集团有三家子公司,其中两家入规了,合起来多少",
        "给三家客户供货,一共能拿多少",
        "我们公司给三家新上规企业供货,一共奖励多少",
        "我们推荐了三家企业,一共奖励多少",
        "办了三场活动,一共多少",
        "我们公司入规了,一共能拿多少",
    ],
)
def test_a_sum_is_not_multiplied_by_what_does_not_receive_it(text: str) -> None:
    assert sums(asked(FIRST_TIME, text)) == [(50_000, None)]


def whole(rule: SubsidyRule, text: str, *, by_year: bool = False) -> Outcome:
    facts = read_facts(fold(text), shipped_lexicon())
    return known_whole(asked(rule, text), read_extent(fold(text), facts), facts, by_year=by_year)


@pytest.mark.parametrize(
    "text", ["留下了4名博士,奖励加起来多少", "3个人的奖励一共多少", "we hired 4 people, how much altogether"]
)
def test_a_stated_sum_that_was_not_multiplied_is_not_called_the_whole_of_so_many(text: str) -> None:
    assert whole(AWARD, text).sums == ()


@pytest.mark.parametrize("text", ["奖励一共多少", "留下了4名博士,每人奖励多少", "留下了1名博士,奖励一共多少"])
def test_a_stated_sum_stays_where_nothing_says_that_it_is_a_part(text: str) -> None:
    assert sums(whole(AWARD, text)) == [(100_000, None)]


def test_one_year_of_a_schedule_is_not_called_the_sum_of_all_years() -> None:
    assert whole(AWARD, "五年里总共补多少", by_year=True).sums == ()
    assert whole(AWARD, "第一年补多少", by_year=True).sums != ()
