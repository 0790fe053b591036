"""The policy check-up over a document written for these tests and over the shipped ones."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from assistant.answering.checkup import Checkup, Group, Match, check
from assistant.clause.rule import Bound
from assistant.finding.library import PolicyTexts
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Language
from assistant.question.profile import Profile, Size
from corpus.collection import Collection, load_collection, read_document

DAY = date(2021, 4, 1)
TEXT = """某市支持企业发展若干措施
一、支持政策
(一)租金补助。对租用创业基地场地的小微企业,按照场地租金实际支出给予50%、最高30万元的补助。
(二)用工补助。对向重点工业企业输送劳动者的人力资源服务机构,按1000元/人标准给予补助。
(三)配套补助。向世界500强企业提供产品,年度配套额达到1000万元(含)以上的企业,按照配套额的2%给予最高100万元补助。
(四)认定奖励。对新认定的省级专精特新企业,给予10万元奖励。
"""
STACKING = "\n(五)其他。同一企业可叠加享受以上政策。\n"
NO_STACKING = "\n(五)其他。同一企业按就高不重复原则享受以上政策。\n"


def texts_of(text: str) -> PolicyTexts:
    return PolicyTexts(Collection((read_document("measures", text, text.encode()),)))


Run = Callable[..., Checkup]


@pytest.fixture
def run() -> Run:
    def run(profile: dict[str, object], text: str = TEXT, day: date = DAY) -> Checkup:
        return check(Profile.model_validate(profile), texts_of(text), shipped_lexicon(), day)

    return run


def amounts(checkup: Checkup, group: Group) -> list[Decimal]:
    return [match.figures[0].amount for match in checkup.group(group) if match.figures]


RENTING = {"industry": ["创业基地 场地"], "size": "小型", "rent": 400_000}


def test_a_match_quotes_the_clause_and_works_out_the_sum(run: Run) -> None:
    checkup = run(RENTING)
    matches = [match for match in checkup.matches if "租金" in match.citation.text]
    assert [(f.amount, f.bound) for match in matches for f in match.figures] == [(200_000, Bound.EXACT)]
    assert TEXT[matches[0].citation.start : matches[0].citation.end] == matches[0].citation.text


@pytest.mark.parametrize(("rent", "amount"), [(599_998, 299_999), (600_000, 300_000), (600_002, 300_000)])
def test_the_cap_holds(run: Run, rent: int, amount: int) -> None:
    checkup = run({**RENTING, "rent": rent})
    assert amount in [figure.amount for match in checkup.matches for figure in match.figures]


def test_a_large_enterprise_gets_no_grant_for_small_ones(run: Run) -> None:
    checkup = run({**RENTING, "size": "大型"})
    refused = [match for match in checkup.group(Group.NOT_ELIGIBLE) if "租金" in match.citation.text]
    assert len(refused) == 1
    assert refused[0].reason
    assert refused[0].figures == ()


@pytest.mark.parametrize(
    ("amount", "group", "figure"),
    [(9_999_999, Group.NOT_ELIGIBLE, None), (10_000_000, None, 200_000), (50_000_001, None, 1_000_000)],
)
def test_supplies_below_at_and_far_above_the_threshold(
    run: Run, amount: int, group: Group | None, figure: int | None
) -> None:
    checkup = run({"sales": [{"customer": "世界500强企业", "amount": amount}]})
    (match,) = [match for match in checkup.matches if "配套额" in match.citation.text]
    if group is not None:
        assert match.group is group
    assert [f.amount for f in match.figures] == ([] if figure is None else [figure])


def test_revenue_alone_is_not_multiplied_as_supply(run: Run) -> None:
    checkup = run({"revenue": 800_000_000})
    (match,) = [match for match in checkup.matches if "配套额" in match.citation.text]
    assert match.group is not Group.ELIGIBLE
    assert all(figure.bound is Bound.AT_MOST for figure in match.figures)


def test_workers_supplied_are_multiplied(run: Run) -> None:
    checkup = run({"industry": ["人力资源服务机构"], "workers_supplied": 12})
    (match,) = [match for match in checkup.matches if "1000元/人" in match.citation.text]
    assert match.figures[0].amount == 12_000


def test_the_companys_own_headcount_is_not_multiplied(run: Run) -> None:
    checkup = run({"industry": ["人力资源服务机构"], "headcount": 50})
    assert 50_000 not in [figure.amount for match in checkup.matches for figure in match.figures]


def test_an_empty_profile_is_eligible_for_nothing(run: Run) -> None:
    checkup = run({})
    assert checkup.group(Group.ELIGIBLE) == ()
    assert checkup.certain_total == 0


def test_the_groups_come_in_order_and_the_most_relevant_first(run: Run) -> None:
    matches = run(RENTING).matches
    order = [list(Group).index(match.group) for match in matches]
    assert order == sorted(order)
    for group in Group:
        relevance = [match.relevance for match in matches if match.group is group]
        assert relevance == sorted(relevance, reverse=True)


BOTH = {**RENTING, "sales": [{"customer": "世界500强企业", "amount": 30_000_000}]}


def test_what_a_document_forbids_to_combine_is_not_added(run: Run) -> None:
    forbidden = run(BOTH, TEXT + NO_STACKING)
    assert forbidden.certain_total == max(amounts(forbidden, Group.ELIGIBLE), default=Decimal(0))
    assert any("就高不重复" in sentence for sentence in forbidden.stacking)


def test_what_a_document_says_nothing_of_is_added_since_each_grant_is_for_something_else(run: Run) -> None:
    clauses = "对省级专精特新企业,给予10万元奖励。\n(二)小微企业。对小微企业,给予5万元奖励。"
    checkup = run(HOLDING, ONE.format(clauses))
    assert checkup.certain_total == 150_000
    assert checkup.stacking == ()


def test_what_a_document_allows_to_combine_is_added(run: Run) -> None:
    checkup = run(BOTH, TEXT + STACKING)
    assert checkup.certain_total == sum(
        f.figures[0].amount for f in checkup.group(Group.ELIGIBLE) if f.figures[0].bound is Bound.EXACT
    )
    assert any("可叠加享受" in sentence for sentence in checkup.stacking)


def test_the_certain_total_is_never_above_the_possible(run: Run) -> None:
    for text in (TEXT, TEXT + STACKING, TEXT + NO_STACKING):
        checkup = run(BOTH, text)
        assert 0 <= checkup.certain_total <= checkup.possible_total


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2020, 7, 23), False),
        (date(2020, 7, 24), True),
        (date(2022, 12, 31), True),
        (date(2023, 1, 1), False),
    ],
)
def test_out_of_force_nothing_applies(day: date, in_force: bool) -> None:
    checkup = check(Profile.model_validate(RENTING), PolicyTexts(load_collection()), shipped_lexicon(), day, "成都")
    of_2020 = [m for m in checkup.matches if m.citation.document_id == "chengdu-2020-chain-stabilising"]
    assert of_2020
    assert {match.citation.region for match in checkup.matches} == {"成都"}
    applying = [match for match in of_2020 if match.group is not Group.NOT_ELIGIBLE]
    assert bool(applying) is in_force
    if not in_force:
        assert all(match.reason and not match.figures for match in of_2020)


# ── what makes certain, and what does not ──

LADDER = """某市支持企业发展若干措施
一、支持政策
(一)规模奖励。对年度营业收入突破1亿元、5亿元、10亿元的软件企业,分别给予100万元、200万元、400万元奖励。
"""


def test_of_a_ladder_only_the_highest_rung_reached_is_paid(run: Run) -> None:
    profile = {"industry": ["软件"], "revenue": 600_000_000}
    for text in (LADDER, LADDER + "(二)其他。同一企业可叠加享受以上政策。\n"):
        checkup = run(profile, text)
        assert amounts(checkup, Group.ELIGIBLE) == [2_000_000]
        assert checkup.certain_total == 2_000_000


def test_a_first_time_is_never_taken_for_granted(run: Run) -> None:
    text = LADDER.replace("突破1亿元", "首次突破1亿元")
    checkup = run({"industry": ["软件"], "revenue": 600_000_000}, text)
    assert checkup.group(Group.ELIGIBLE) == ()
    assert any("首次" in words for m in checkup.group(Group.ELIGIBLE_IF) for words in m.open_conditions)


ONE = "某市措施\n一、支持政策\n(一)支持企业。{}\n"
HOLDING = {"size": "小型", "certificates": ["省级专精特新企业"]}


@pytest.mark.parametrize(
    ("clause", "eligible"),
    [
        ("对省级专精特新企业,给予10万元奖励。", True),
        ("对获省级专精特新企业称号的,给予10万元奖励。", True),  # by what way it is held says nothing more
        ("对获省级专精特新企业复核通过的,给予10万元奖励。", False),  # unknown words cost certainty
        ("对国家级专精特新企业,给予10万元奖励。", False),
        ("对新认定的省级专精特新企业,给予10万元奖励。", False),
        ("对列入培育名单的省级专精特新企业,给予10万元奖励。", False),
        ("对省级专精特新企业,注册满三年的,给予10万元奖励。", False),
        ("对省级专精特新企业,给予10万元奖励,奖励须经验收合格后拨付。", False),
        ("对物流企业,给予10万元奖励。", False),
        ("对小微企业,给予10万元奖励。", True),
    ],
)
def test_eligible_is_only_what_the_profile_accounts_for_word_by_word(run: Run, clause: str, eligible: bool) -> None:
    checkup = run(HOLDING, ONE.format(clause))
    assert [match.group for match in checkup.matches] == [Group.ELIGIBLE if eligible else Group.ELIGIBLE_IF]
    assert checkup.certain_total == (100_000 if eligible else 0)
    assert eligible or all(match.open_conditions for match in checkup.matches)


def test_open_conditions_are_in_the_clauses_own_words(run: Run) -> None:
    clause = "对列入培育名单的省级专精特新企业,给予10万元奖励。"
    (match,) = run(HOLDING, ONE.format(clause)).matches
    assert match.open_conditions == ("列入培育名单的省级专精特新企业",)


def test_the_money_of_one_project_is_not_multiplied_for_another(run: Run) -> None:
    text = ONE.format("对新型显示材料生产项目,按实际投入的10%给予最高800万元补助。")
    profile = {"industry": ["新型显示"], "projects": [{"name": "智能工厂改造", "investment": 18_000_000}]}
    (match,) = run(profile, text).matches
    assert [(figure.amount, figure.bound) for figure in match.figures] == [(8_000_000, Bound.AT_MOST)]


def test_revenue_is_not_multiplied_as_the_sales_of_one_product(run: Run) -> None:
    text = ONE.format("对新能源汽车零部件企业,配套产品年销售额在1000万元以上的,按照年销售额的5%给予最高200万元奖励。")
    (match,) = run({"industry": ["新能源汽车零部件"], "revenue": 30_000_000}, text).matches
    assert [(figure.amount, figure.bound) for figure in match.figures] == [(2_000_000, Bound.AT_MOST)]


@pytest.mark.parametrize(
    "sentence",
    [
        "同一企业不可叠加享受以上政策。",
        "同一企业不能叠加享受以上政策。",
        "同一项目不得同时享受。",
        "同一企业不予重复奖励。",
        "同一企业只能享受其中一项。",
        "本政策可与国家、省级政策叠加享受。",
        "第二条可叠加享受。",
    ],
)
def test_words_that_do_not_allow_to_combine_do_not_add_up(run: Run, sentence: str) -> None:
    clauses = "对省级专精特新企业,给予10万元奖励。\n(二)小微企业。对小微企业,给予5万元奖励。\n(三)其他。"
    checkup = run(HOLDING, ONE.format(clauses + sentence))
    assert sorted(amounts(checkup, Group.ELIGIBLE)) == [50_000, 100_000]
    assert checkup.certain_total == 100_000
    allowed = run(HOLDING, ONE.format(clauses + "同一企业可叠加享受以上政策。"))
    assert allowed.certain_total == 150_000


def test_dollars_are_not_added_to_yuan(run: Run) -> None:
    clauses = "对小微企业,给予5万美元奖励。\n(二)小微企业。对小微企业,给予3万元奖励。"
    checkup = run(HOLDING, ONE.format(clauses))
    assert checkup.certain_total == 30_000


@pytest.mark.parametrize(
    ("language", "reason", "step", "missing"),
    [
        (Language.CHINESE, "按您说的情况不符合条件：条款面向小微企业", "条款写明上限 30万元", "场地租金实际支出"),
        (Language.TRADITIONAL, "按您說的情況不符合條件：條款面向小微企業", "條款寫明上限 30萬元", "场地租金实际支出"),
        (
            Language.ENGLISH,
            "On what you say, the condition is not met: the clause is for 小微企业",
            "the clause states a ceiling of RMB 300,000",
            "场地租金实际支出 (rent)",
        ),
    ],
)
def test_its_sentences_are_in_the_language_asked_for(language: Language, reason: str, step: str, missing: str) -> None:
    def rent(size: str) -> Match:
        profile = Profile(size=Size(size), industry=("创业基地场地",))
        checkup = check(profile, texts_of(TEXT), shipped_lexicon(), DAY, language=language)
        return next(match for match in checkup.matches if "租金" in match.citation.text)

    assert rent("大型").reason.startswith(reason)
    (figure,) = rent("小型").figures
    assert figure.steps == (step,)
    assert rent("小型").missing == (missing,)


def test_what_a_profile_says_not_to_have_is_refused_with_the_demand(run: Run) -> None:
    (match,) = run({**RENTING, "industry": [], "certificates": ["写字楼办公,不在创业基地"]}).group(Group.NOT_ELIGIBLE)
    assert "租用创业基地场地" in match.reason


def test_a_bare_demand_to_meet_the_conditions_stays_open(run: Run) -> None:
    text = "某市支持企业发展若干措施\n一、支持政策\n(一)租金补助。对符合条件的企业,按照场地租金实际支出给予50%、最高30万元的补助。\n"
    (match,) = run({"rent": 400_000}, text).matches
    assert match.group is Group.ELIGIBLE_IF
    assert any("符合条件" in condition for condition in match.open_conditions)


# ── a case is judged by what it says, however it says it ──


def groups(checkup: Checkup) -> list[Group]:
    return [match.group for match in checkup.matches]


@pytest.mark.parametrize(
    ("certificate", "group"),
    [
        ("列入远洋培育名单", Group.ELIGIBLE),
        ("远洋培育名单正在申报", Group.ELIGIBLE_IF),
        ("未列入远洋培育名单", Group.NOT_ELIGIBLE),
        ("不在远洋培育名单里", Group.NOT_ELIGIBLE),
    ],
)
def test_what_is_held_pending_or_denied_decides_the_group(run: Run, certificate: str, group: Group) -> None:
    assert groups(run({"certificates": [certificate]}, ONE.format("对列入远洋培育名单的企业,给予10万元奖励。"))) == [
        group
    ]


def test_of_an_enumeration_one_member_with_what_all_share_is_enough(run: Run) -> None:
    clause = "对新获批建设的省级渔业中心、水产中心、海洋中心,给予10万元奖励。"
    assert groups(run({"certificates": ["新获批建设省级水产中心"]}, ONE.format(clause))) == [Group.ELIGIBLE]
    assert groups(run({"certificates": ["省级水产中心"]}, ONE.format(clause))) == [Group.ELIGIBLE_IF]
    assert groups(run({"certificates": ["新获批建设市级水产中心"]}, ONE.format(clause))) == [Group.ELIGIBLE_IF]


def test_what_is_new_or_high_of_one_thing_is_not_so_of_another(run: Run) -> None:
    profile = {"certificates": ["新认定省级绿色牧场", "海洋牧场"]}
    assert groups(run(profile, ONE.format("对新认定省级海洋牧场,给予10万元奖励。"))) == [Group.ELIGIBLE_IF]


def test_who_only_takes_part_is_refused_what_is_for_those_who_lead(run: Run) -> None:
    clause = "支持企业牵头承担海洋重大专项,给予30万元奖励。"
    (match,) = run({"certificates": ["参与海洋重大专项,非牵头"]}, ONE.format(clause)).matches
    assert match.group is Group.NOT_ELIGIBLE
    assert "牵头" in match.reason
    assert groups(run({"certificates": ["主持承担海洋重大专项"]}, ONE.format(clause))) == [Group.ELIGIBLE]


def test_who_runs_the_policy_is_no_condition(run: Run) -> None:
    clause = "由市农业局牵头,对新认定的省级绿色牧场,给予10万元奖励。"
    assert groups(run({"certificates": ["新认定省级绿色牧场"]}, ONE.format(clause))) == [Group.ELIGIBLE]


def test_sales_to_several_customers_of_one_class_add_up(run: Run) -> None:
    sales = [
        {"customer": "一家世界500强企业", "amount": 6_000_000},
        {"customer": "另一家世界500强企业", "amount": 7_000_000},
        {"customer": "本地渔场", "amount": 50_000_000},
    ]
    (match,) = [match for match in run({"sales": sales}).matches if "配套额" in match.citation.text]
    assert [(figure.amount, figure.bound) for figure in match.figures] == [(260_000, Bound.EXACT)]


def test_actual_investment_behind_a_threshold_is_of_the_thing_that_the_threshold_is_on(run: Run) -> None:
    clause = "对信息化投资达到20万元以上的企业,按照实际投入的10%给予补助,最高100万元。"
    project = {"name": "信息化车间改造", "investment": 12_000_000}
    (match,) = run({"informatization": 260_000, "projects": [project]}, ONE.format(clause)).matches
    assert [figure.amount for figure in match.figures] == [26_000]


def test_a_grant_without_a_sum_may_be_claimed_where_the_profile_speaks_of_it(run: Run) -> None:
    text = ONE.format("对组织渔民赴境外参展给予经费补贴。")
    (match,) = run({"certificates": ["组织渔民赴境外参展"]}, text).group(Group.ELIGIBLE)
    assert match.figures == ()
    assert run({"certificates": ["绿色牧场"]}, text).group(Group.ELIGIBLE) == ()


def test_everyday_words_mean_the_condition_they_are_closest_to_and_a_part_of_it_does_not(run: Run) -> None:
    clauses = (
        "对租用海洋创业园场地的企业,给予10万元奖励。\n(二)用工。对受疫情影响不裁员的企业,给予20万元奖励。"
        "\n(三)出海。对新建远洋渔船的企业,给予30万元奖励。\n(四)参展。对组织渔民赴境外参展的企业,给予5万元奖励。"
    )
    checkup = run({"certificates": ["疫情影响很大,但一个人也没裁"], "rent": 300_000}, ONE.format(clauses))
    assert amounts(checkup, Group.ELIGIBLE) == [200_000]


def test_that_policies_have_ended_is_said_first_with_the_day_they_held() -> None:
    profile = Profile.model_validate(RENTING)
    texts = PolicyTexts(load_collection())
    checkup = check(profile, texts, shipped_lexicon(), date(2026, 1, 1), "成都")
    assert checkup.held_on == date(2022, 12, 31)
    assert "2022年12月31日" in checkup.notice
    assert check(profile, texts, shipped_lexicon(), DAY, "成都").notice == ""
