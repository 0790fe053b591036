"""Which rules of a grant apply, and what plainly rules the asker out: over documents written for these tests."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Status, WarningCode
from assistant.answering.composition import Composer
from assistant.answering.messages import Phrases
from assistant.clause.grant import Grant, grants_of
from assistant.clause.rule import Bound
from assistant.figures.calculation import Result
from assistant.figures.entitlement import entitlement
from assistant.figures.outcome import Entitlement
from assistant.language.lexicon import shipped_lexicon
from assistant.matching.exclusion import size_conflict
from assistant.question.conversation import Inquiry, put_together, with_age
from assistant.question.places import PlaceFinder
from corpus.collection import load_document

Ask = Callable[..., Entitlement]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """What the only grant of a clause gives to who asks."""

    def ask(clause: str, question: str, *history: str) -> Entitlement:
        return entitlement(_grant(tmp_path, clause), _inquiry(question, *history), shipped_lexicon())

    return ask


def _grant(folder: Path, clause: str) -> Grant:
    path = folder / "measures.txt"
    path.write_text(f"某市支持企业发展若干措施\n一、支持政策\n(一)奖励办法。{clause}\n", encoding="utf-8")
    grants = [grant for grant in grants_of(load_document(path)) if grant.rules or grant.unread]
    assert len(grants) == 1, clause
    return grants[0]


def _inquiry(question: str, *history: str) -> Inquiry:
    return put_together(question, history, shipped_lexicon(), PlaceFinder(()))


def amounts(found: Entitlement) -> list[Decimal]:
    return [outcome.sums[0].amount for outcome in found.outcomes if outcome.sums]


LADDER = "对年度营业收入首次突破1亿元、5亿元、10亿元的企业,分别给予50万元、100万元、200万元奖励。"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("营收1.01亿元,奖多少", 500_000),
        ("营收4.99亿元,奖多少", 500_000),
        ("营收5.01亿元,奖多少", 1_000_000),
        ("营收突破5亿,奖多少", 1_000_000),
        ("营收9.99亿元,奖多少", 1_000_000),
        ("营收12亿元,奖多少", 2_000_000),
    ],
)
def test_the_highest_rung_that_is_reached_counts(ask: Ask, text: str, amount: int) -> None:
    found = ask(LADDER, text)
    assert amounts(found) == [amount]
    assert not found.ladder


@pytest.mark.parametrize("text", ["营收9999万元,奖多少", "营收刚好1亿元,奖多少"])
def test_below_the_first_rung_there_is_nothing(ask: Ask, text: str) -> None:
    (outcome,) = ask(LADDER, text).outcomes
    assert outcome.result is Result.NOT_ELIGIBLE
    assert outcome.sums == ()


def test_without_revenue_every_rung_is_shown(ask: Ask) -> None:
    found = ask(LADDER, "营收上台阶奖多少")
    assert found.ladder
    assert amounts(found) == [500_000, 1_000_000, 2_000_000]


def test_investment_does_not_choose_a_rung_of_revenue(ask: Ask) -> None:
    found = ask(LADDER, "投了6亿,奖多少")
    assert found.ladder


LEVELS = "对新认定为国家级、省级、市级企业技术中心的,分别给予100万元、50万元、20万元奖励。"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("刚评上国家级企业技术中心,奖多少", 1_000_000),
        ("刚评上省级企业技术中心,奖多少", 500_000),
        ("省里新认定的企业技术中心,奖多少", 500_000),
        ("a newly certified provincial-level technology centre: how much?", 500_000),
        ("刚评上市级企业技术中心,奖多少", 200_000),
    ],
)
def test_the_asked_level_is_chosen(ask: Ask, text: str, amount: int) -> None:
    assert amounts(ask(LEVELS, text)) == [amount]


def test_a_level_the_clause_does_not_name_is_refused(ask: Ask) -> None:
    clause = "对新认定为国家级、省级企业技术中心的,分别给予100万元、50万元奖励。"
    found = ask(clause, "刚评上市级企业技术中心,奖多少")
    assert found.refusal is not None
    assert found.refusal.code == "wrong_level"
    assert amounts(found) == []


def test_without_a_level_all_are_shown(ask: Ask) -> None:
    assert amounts(ask(LEVELS, "企业技术中心奖多少")) == [1_000_000, 500_000, 200_000]


@pytest.mark.parametrize("text", ["去年就已经是省级企业技术中心了,奖多少", "第二次认定省级企业技术中心,奖多少"])
def test_what_is_not_new_gets_no_award_for_the_new(ask: Ask, text: str) -> None:
    found = ask(LEVELS, text)
    assert found.refusal is not None
    assert found.refusal.code == "not_new"


def test_small_enterprises_only(ask: Ask) -> None:
    clause = "对租用创业基地的小微企业,按照租金的50%给予补助,最高30万元。"
    refused = ask(clause, "我们是大型企业,租金40万补多少")
    assert refused.refusal is not None
    assert refused.refusal.code == "wrong_size"
    assert amounts(ask(clause, "我们是小微企业,租金40万补多少")) == [200_000]


@pytest.mark.parametrize(
    ("own", "sizes", "code"),
    [
        ("支持小微企业", ("大型企业",), "wrong_size"),
        ("支持小微企业", ("中型企业",), "wrong_size"),
        ("支持小微企业", ("小微企业",), None),
        ("支持小微企业", (), None),
        ("支持中小企业", ("大型企业",), "wrong_size"),
        ("支持中小企业", ("中型企业",), None),
        ("支持中小企业", ("小微企业",), None),
        ("支持工业企业", ("大型企业",), None),
    ],
)
def test_size_conflict(own: str, sizes: tuple[str, ...], code: str | None) -> None:
    conflict = size_conflict(own, sizes)
    assert (conflict.code if conflict else None) == code


def test_one_who_says_not_to_be_on_the_list_is_refused(ask: Ask) -> None:
    clause = "对纳入中小企业成长工程培育名单的企业,按照固定资产投入的10%给予补助,最高100万元。"
    found = ask(clause, "我们没列入培育名单,固定资产投了500万,补多少")
    assert found.refusal is not None
    assert found.refusal.code == "not_member"
    assert amounts(ask(clause, "我们列入了培育名单,固定资产投了500万,补多少")) == [500_000]


def test_a_follow_up_changes_the_figure(ask: Ask) -> None:
    clause = "对技术改造项目,按照设备投资的20%给予补助,最高500万元。"
    assert amounts(ask(clause, "投了900万呢", "技术改造设备投资1800万补多少")) == [1_800_000]
    assert amounts(ask(clause, "投了3000万呢", "技术改造设备投资1800万补多少")) == [5_000_000]


def test_a_ceiling_is_recognised(ask: Ask) -> None:
    (outcome,) = ask("对智能工厂给予最高500万元补助。", "智能工厂投了800万补多少").outcomes
    assert outcome.sums[0].bound is Bound.AT_MOST
    assert outcome.sums[0].amount == 5_000_000


def test_a_ceiling_per_event_stays_within_the_ceiling_of_the_year(ask: Ask) -> None:
    clause = "对举办展会的单位,每场给予不超过5万元补助,同一单位每年累计不超过30万元。"
    found = ask(clause, "办了12场补多少")
    assert max(amounts(found)) <= 300_000


@pytest.mark.parametrize(
    "clause",
    ["对获评单位给予约50万元奖励。", "对获得省级资金的项目按1:1给予配套。", "对符合条件的单位给予不少于20万元奖励。"],
)
def test_money_that_is_not_read_with_certainty_gives_no_figure_and_is_no_silence(clause: str, ask: Ask) -> None:
    found = ask(clause, "我们能补多少")
    assert found.grant.unread
    assert not amounts(found)


def test_the_answer_says_that_the_amount_has_to_be_read_in_the_clause(tmp_path: Path) -> None:
    inquiry = _inquiry("获评后奖励多少")
    grant = _grant(tmp_path, "对获评单位给予约50万元奖励。")
    composer = Composer(Phrases(inquiry.turn.language), date(2024, 5, 1))
    piece = composer.grant(entitlement(grant, inquiry, shipped_lexicon()), inquiry)
    assert piece.status is Status.ANSWERED
    assert not piece.figures
    assert [warning.code for warning in piece.warnings] == [WarningCode.UNREADABLE_AMOUNT]
    assert "约50万元" in piece.citations[0].text


def test_a_sum_beside_a_limit_that_is_not_read_is_only_a_ceiling(tmp_path: Path) -> None:
    inquiry = _inquiry("获评后奖励多少")
    grant = _grant(tmp_path, "对获评企业奖励50万元,不高于投入的50%。")
    composer = Composer(Phrases(inquiry.turn.language), date(2024, 5, 1))
    piece = composer.grant(entitlement(grant, inquiry, shipped_lexicon()), inquiry)
    assert [(figure.amount, figure.bound) for figure in piece.figures] == [(500_000, Bound.AT_MOST)]


# ── classes and sizes side by side ──

CLASSES = "对引进博士、硕士的企业，按每人8万元、3万元标准给予引才补助。"


@pytest.mark.parametrize(
    ("turns", "amount"),
    [
        (("引进了两个博士、三个硕士,一共补多少",), 250_000),
        (("我们引进了两个博士", "还有三个硕士,合一起多少"), 250_000),
        (("引进了4名硕士,补多少",), 120_000),
    ],
)
def test_numbers_of_several_classes_are_each_paid_at_their_own_price(
    ask: Ask, turns: tuple[str, ...], amount: int
) -> None:
    found = ask(CLASSES, turns[-1], *turns[:-1])
    assert amounts(found)[0] == amount
    assert found.outcomes[0].result is Result.COMPUTED


@pytest.mark.parametrize("question", ["引进了五个人,补多少", "引进了两个博士、三个别的人,补多少"])
def test_a_number_of_no_certain_class_is_not_multiplied(ask: Ask, question: str) -> None:
    assert all(outcome.result is not Result.COMPUTED for outcome in ask(CLASSES, question).outcomes)


BUILDINGS = "首次认定为3000万元、6000万元和1亿元税收楼宇，且入驻率达到60%以上的，分别给予运营单位10万元、30万元、60万元的一次性奖励。"


def test_what_is_recognised_for_the_first_time_is_measured_by_the_noun_behind(ask: Ask) -> None:
    found = ask(BUILDINGS, "大楼一年税收8000万,第一次认定,入驻率70%,奖多少")
    assert amounts(found) == [300_000]


def test_an_open_demand_that_all_rungs_make_does_not_hide_the_rung(ask: Ask) -> None:
    found = ask(BUILDINGS, "大楼一年税收8000万,第一次认定,奖多少")
    assert amounts(found) == [300_000]
    assert [condition.metric for condition in found.outcomes[0].open_conditions] == ["入驻率"]


def test_a_demand_that_is_missed_rules_out_every_rung(ask: Ask) -> None:
    found = ask(BUILDINGS, "核了一遍,入驻率只有55%,还能拿吗", "大楼一年税收8000万,第一次认定,入驻率70%,奖多少")
    assert found.outcomes[0].result is Result.NOT_ELIGIBLE
    assert found.outcomes[0].failed_value == 55


SHARES = "对购置进口设备、列入绿色工厂名单的，分别按照投资额的10%、12%补助。"


def test_shares_by_class_give_the_largest_as_a_ceiling_when_the_class_is_not_said(ask: Ask) -> None:
    found = ask(SHARES, "我们投了200万,补多少")
    assert (amounts(found), found.outcomes[0].sums[0].bound) == ([240_000], Bound.AT_MOST)
    assert found.outcomes[0].result is Result.NEEDS_FACTS


ABROAD = "在美国、日本取得专利的，每件资助3万元；在其他国家取得专利的，每件资助1万元。"


def test_things_of_which_some_may_be_of_another_class_are_not_multiplied(tmp_path: Path) -> None:
    path = tmp_path / "patents.txt"
    path.write_text(f"某市支持企业发展若干措施\n一、支持政策\n(一)专利资助。{ABROAD}\n", encoding="utf-8")
    first = next(grant for grant in grants_of(load_document(path)) if grant.rules)
    inquiry = _inquiry("three patents: one in the US, one in Japan, one in Canada. How much in total?")
    (outcome,) = entitlement(first, inquiry, shipped_lexicon()).outcomes
    assert (outcome.result, outcome.sums[0].amount, outcome.sums[0].per) == (Result.STATED, 30_000, "件")


BANDS = (
    "对2023年度产值5亿元以上的企业，给予50万元奖励；对2023年度产值1亿元至5亿元的企业，给予20万元奖励；"
    "对2023年度产值3000万元至1亿元的企业，给予5万元奖励。"
)


@pytest.mark.parametrize(
    ("question", "amount"),
    [("23年产值6亿,奖多少", 500_000), ("23年产值2亿,奖多少", 200_000), ("23年产值大约2亿,奖多少", 200_000)],
)
def test_a_value_of_another_band_of_the_clause_takes_the_grant_for_that_band(
    tmp_path: Path, question: str, amount: int
) -> None:
    path = tmp_path / "bands.txt"
    path.write_text(f"某市支持企业发展若干措施\n一、支持政策\n(一)奖励办法。{BANDS}\n", encoding="utf-8")
    grants = [grant for grant in grants_of(load_document(path)) if grant.rules]
    found = entitlement(grants[0], _inquiry(question), shipped_lexicon(), grants)
    assert amounts(found) == [amount]


@pytest.mark.parametrize(
    "text", ["营收远不止5亿元,奖多少", "营收约10亿元,奖多少", "our revenue is at least 600 million, what award"]
)
def test_a_value_that_may_lie_on_a_higher_rung_leaves_the_rung_open(ask: Ask, text: str) -> None:
    found = ask(LADDER, text)
    assert found.ladder
    assert amounts(found) == [1_000_000, 2_000_000]


@pytest.mark.parametrize(
    "text", ["营收过了5亿,约5.8亿元,奖多少", "our revenue went past 500 million, to about 580 million: what award"]
)
def test_an_approximate_value_between_two_rungs_decides_the_rung(ask: Ask, text: str) -> None:
    found = ask(LADDER, text)
    assert not found.ladder
    assert amounts(found) == [1_000_000]


# ── rungs named by the last turn, and rungs added up ──

STAGES = "完成“小升规”“规改股”“股上市”的企业，依次奖励8万元、18万元、45万元。"
CARRIERS = "认定为国家级、省级、市级孵化载体的,每家分别支持90万元、45万元、25万元。"


@pytest.mark.parametrize(
    ("question", "history", "amount"),
    [
        ("后来又完成股改了,这一步给多少", ("小升规奖多少", "我们去年已经升规了"), 180_000),
        ("那股上市呢,给多少", ("小升规奖多少", "规改股又奖多少"), 450_000),
        ("後來上市了,股上市這一步獎多少", ("小升規獎多少",), 450_000),
        ("能给多少", ("我们完成了规改股",), 180_000),
    ],
)
def test_the_rung_that_the_last_turn_names_counts(
    ask: Ask, question: str, history: tuple[str, ...], amount: int
) -> None:
    assert amounts(ask(STAGES, question, *history)) == [amount]


def test_rungs_named_in_one_turn_are_all_given(ask: Ask) -> None:
    assert amounts(ask(STAGES, "小升规和股上市各奖多少")) == [80_000, 450_000]


TWO_LEVELS = "孵化载体先评上市级的,后来又评上国家级的,两回加起来给多少"


@pytest.mark.parametrize(
    ("rule", "text", "sums"),
    [
        ("同一级别只支持一次,不同级别叠加支持。", TWO_LEVELS, [1_150_000]),
        ("不同级别可累加。", "孵化載體先評上市級,又評上國家級,合計給多少", [1_150_000]),
        ("不同级别叠加支持。", "our incubator is recognised at municipal-level and at national-level, how much in total", [1_150_000]),
        ("不同级别叠加支持。", "孵化载体市级和国家级各给多少", [900_000, 250_000]),
        ("", TWO_LEVELS, [900_000, 250_000]),
        ("不同级别不叠加,按就高原则支持。", TWO_LEVELS, [900_000, 250_000]),
        ("不同级别叠加支持。", "孵化载体一共给多少", [900_000, 450_000, 250_000]),
    ],
)  # fmt: skip
def test_rungs_are_added_only_where_the_clause_lets_them_add_up(
    ask: Ask, rule: str, text: str, sums: list[int]
) -> None:
    assert amounts(ask(CARRIERS + rule, text)) == sums


# ── classes named a sentence earlier, and one year of the support ──

BY_YEAR = (
    "孵化器分为领航类、培育类两种扶持,扶持总额不超过1800万元。"
    "第一年分别给予不超过900万元、240万元扶持,第二、三年每年分别给予不超过450万元、120万元扶持。"
)


@pytest.mark.parametrize(
    ("question", "history", "most"),
    [
        ("领航类头一年最多多少", (), [9_000_000]),
        ("領航類的孵化器第一年最多拿多少", (), [9_000_000]),
        ("那头一年最多能到手多少", ("孵化器怎么支持", "我们想报领航类,不是培育类"), [9_000_000]),
        ("培育类第二年最多多少", (), [1_200_000]),
        ("培育类第三年最多多少", (), [1_200_000]),
        ("领航类次年最多多少", (), [4_500_000]),
        ("孵化器最多支持多少", (), [18_000_000]),
        ("孵化器第四年最多支持多少", (), [18_000_000]),
    ],
)
def test_the_part_for_the_year_asked_counts(
    tmp_path: Path, question: str, history: tuple[str, ...], most: list[int]
) -> None:
    grants = _grants_of(tmp_path, BY_YEAR)
    found = entitlement(grants[0], _inquiry(question, *history), shipped_lexicon(), grants)
    assert amounts(found) == most


def _grants_of(folder: Path, clause: str) -> list[Grant]:
    path = folder / "measures.txt"
    path.write_text(f"某市支持企业发展若干措施\n一、支持政策\n(一)奖励办法。{clause}\n", encoding="utf-8")
    return [grant for grant in grants_of(load_document(path)) if grant.rules]


# ── whom a clause plainly does not cover ──

LEADERS = "对牵头制定行业标准的企业,给予30万元一次性奖励。"


@pytest.mark.parametrize(
    "text",
    [
        "行业标准我们只是参编单位,奖多少",
        "行标是别家牵头的,我们配合,能拿30万吗",
        "we were just one of the co-drafters of the industry standard: how much?",
    ],
)
def test_who_only_takes_part_gets_nothing_meant_for_who_leads(ask: Ask, text: str) -> None:
    found = ask(LEADERS, text)
    assert found.refusal is not None
    assert found.refusal.code == "not_leading"
    assert amounts(found) == []


@pytest.mark.parametrize("text", ["我们牵头制定行业标准,两家单位参与,奖多少", "制定行业标准奖多少"])
def test_who_leads_is_paid(ask: Ask, text: str) -> None:
    assert amounts(ask(LEADERS, text)) == [300_000]


@pytest.mark.parametrize(
    "clause",
    [
        "对牵头或参与制定行业标准的企业,给予30万元奖励。",
        "对属于主导产业的企业,给予30万元奖励。",
        "对能独立承担民事责任的机构,给予30万元奖励。",
    ],
)
def test_a_clause_that_does_not_ask_for_leading_rules_no_participant_out(ask: Ask, clause: str) -> None:
    assert amounts(ask(clause, "行业标准我们只是参编单位,奖多少")) == [300_000]


def test_who_takes_part_is_given_the_grant_for_those_who_do(tmp_path: Path) -> None:
    path = tmp_path / "standards.txt"
    clause = "对牵头制定国家标准的企业,给予50万元奖励;对参与制定国家标准的企业,给予20万元奖励。"
    path.write_text(f"某市支持企业发展若干措施\n一、支持政策\n(一)奖励办法。{clause}\n", encoding="utf-8")
    grants = [grant for grant in grants_of(load_document(path)) if grant.rules]
    found = entitlement(grants[0], _inquiry("国家标准我们只是参与单位,奖多少"), shipped_lexicon(), grants)
    assert amounts(found) == [200_000]


def test_who_takes_part_is_not_given_a_grant_for_something_else(tmp_path: Path) -> None:
    path = tmp_path / "standards.txt"
    clause = "对牵头制定国家标准的企业,给予50万元奖励;对参与境外展会的企业,给予20万元奖励。"
    path.write_text(f"某市支持企业发展若干措施\n一、支持政策\n(一)奖励办法。{clause}\n", encoding="utf-8")
    grants = [grant for grant in grants_of(load_document(path)) if grant.rules]
    found = entitlement(grants[0], _inquiry("国家标准我们只是参与单位,奖多少"), shipped_lexicon(), grants)
    assert found.refusal is not None


@pytest.mark.parametrize(
    ("clause", "text", "amount"),
    [
        ("对列入市级以上(含市级)名录的平台,给予60万元补助。", "平台列入了省级名录,补多少", 600_000),
        ("对省级及以上绿色工厂,给予60万元补助。", "刚评上国家级绿色工厂,补多少", 600_000),
    ],
)
def test_a_level_and_above_covers_the_levels_above(ask: Ask, clause: str, text: str, amount: int) -> None:
    assert amounts(ask(clause, text)) == [amount]


@pytest.mark.parametrize(
    ("clause", "text", "code"),
    [
        ("对列入市级以上名录的平台,给予60万元补助。", "平台只列入区里的名录,市级还没有,能补多少", "wrong_level"),
        ("对新认定省级绿色工厂,给予60万元补助。", "市级绿色工厂有了,省里的还没评,能领60万吗", "wrong_level"),
        ("对新认定省级绿色工厂,给予60万元补助。", "绿色工厂省级还没评上,能领60万吗", "level_lacked"),
        (
            "对新认定省级绿色工厂,给予60万元补助。",
            "our green factory is not yet at provincial level: how much do we get?",
            "level_lacked",
        ),
    ],
)
def test_who_lacks_the_level_is_refused(ask: Ask, clause: str, text: str, code: str) -> None:
    found = ask(clause, text)
    assert found.refusal is not None
    assert found.refusal.code == code


def test_who_asks_what_the_level_would_bring_is_told(ask: Ask) -> None:
    clause = "对新认定省级绿色工厂,给予60万元补助。"
    assert amounts(ask(clause, "绿色工厂省级还没评上,要是评上了给多少")) == [600_000]
    assert amounts(ask(clause, "那评上省级以后呢", "省级绿色工厂还没评上,能领多少")) == [600_000]


OFFICES = "市财政对市级行业主管部门举办的对接活动,每场给予不高于3万元补助。"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("我们是县工信局,办了4场对接会,补多少", True),
        ("I work for a county-level bureau. How much does a matchmaking event of ours get?", True),
        ("我们是市工信局,办了4场对接会,补多少", False),
        ("对接会市里一场给多少", False),
    ],
)
def test_an_office_of_another_level_is_refused(ask: Ask, text: str, refused: bool) -> None:
    refusal = ask(OFFICES, text).refusal
    assert (refusal is not None and refusal.code in {"wrong_office", "wrong_level"}) is refused


DEADLINE = "对在签约一年内开工建设的项目,给予最高200万元补助。"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("签约以后拖了一年零两个月才开工,能补多少", True),
        ("签约后13个月才动工,那200万还能给吧", True),
        ("签约一年多了才开工,能补多少", True),
        ("it took us a year and a half after signing to break ground: what do we get?", True),
        ("签约后11个月就动工了,能补多少", False),
        ("公司成立五年了,签约后半年开工,能补多少", False),
        ("公司成立五年了,项目能补多少", False),
        ("签约后一年开工,能补多少", False),
    ],
)
def test_a_deadline_is_judged_by_the_time_from_the_signing(ask: Ask, text: str, refused: bool) -> None:
    (outcome,) = ask(DEADLINE, text).outcomes
    assert (outcome.result is Result.NOT_ELIGIBLE) is refused


WORKERS = "对输送劳动者稳定就业6个月以上的机构,按800元/人标准给予补助。"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("送了90个工人,才干4个月就走光了,补多少", True),
        ("we placed 90 workers, but every one of them left after four months: how much?", True),
        ("送了90个工人,都干了一年零一个月,补多少", False),
        ("我们机构成立4个月了,送了90个工人,补多少", False),
    ],
)
def test_work_that_did_not_last_is_not_paid(ask: Ask, text: str, refused: bool) -> None:
    (outcome,) = ask(WORKERS, text).outcomes
    assert (outcome.result is Result.NOT_ELIGIBLE) is refused


YOUNG = "自成立起三年内,给予每个联盟60万元/年的经费补助。"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("联盟成立五年了,经费补多少", True),
        ("联盟2017年就成立了,经费补多少", True),
        ("the alliance was founded back in 2018: how much a year?", True),
        ("联盟成立两年了,经费补多少", False),
        ("联盟2020年成立,经费补多少", False),
        ("联盟去年成立,经费补多少", False),
        ("联盟经费补多少", False),
    ],
)
def test_how_old_the_asker_is_counts_to_the_day_of_the_question(tmp_path: Path, text: str, refused: bool) -> None:
    inquiry = with_age(_inquiry(text), date(2023, 7, 15))
    (outcome,) = entitlement(_grant(tmp_path, YOUNG), inquiry, shipped_lexicon()).outcomes
    assert (outcome.result is Result.NOT_ELIGIBLE) is refused


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("送了120个工人 80个干满半年了还在干 剩40个四个月就走了 能领多少", 80),
        ("往工厂送工人 一共180个 有30个没干到6个月就跑了 能领多少", 150),
        ("送了180个工人,30个没干满半年就走了,补多少", 150),
        ("送了120个工人,80个干满七个月,剩下40个干了8个月才走,补多少", 120),
        ("送了120个工人,其中20个没干满,补多少", 100),
        (
            "we placed 120 workers: 80 have stayed half a year, the other 40 left after four months. How much do we get?",
            80,
        ),
        ("we placed 120 workers, 20 of whom left before six months. How much do we get?", 100),
    ],
)
def test_only_those_who_stayed_long_enough_are_paid_for(ask: Ask, text: str, paid: int) -> None:
    assert amounts(ask(WORKERS, text)) == [800 * paid]


def test_who_counts_depends_on_how_long_the_clause_demands(ask: Ask) -> None:
    clause = WORKERS.replace("6个月", "3个月")
    assert amounts(ask(clause, "送了120个工人 80个干满半年了还在干 剩40个四个月就走了 能领多少")) == [800 * 120]


@pytest.mark.parametrize(
    "text",
    [
        "送了120个工人,80个干满五个月了还在干,剩40个四个月就走了,补多少",
        "送了120个工人,80个干满半年,20个四个月就走了,补多少",
        "送了100个工人,80个干满半年,40个四个月就走了,补多少",
    ],
)
def test_a_number_that_is_not_certain_is_not_multiplied(ask: Ask, text: str) -> None:
    assert amounts(ask(WORKERS, text)) in ([], [800])


def test_where_nobody_stayed_nothing_is_paid(ask: Ask) -> None:
    (outcome,) = ask(WORKERS, "送了60个工人,60个四个月就走了,补多少").outcomes
    assert outcome.result is Result.NOT_ELIGIBLE


def test_people_of_another_number_are_no_part(ask: Ask) -> None:
    assert amounts(ask(WORKERS, "工厂有300个人,我们送了90个人,干了7个月了,补多少")) == [72_000]


FIRST = "本地企业首次成为我市整车企业配套厂家的,给予30万元奖励。"


@pytest.mark.parametrize(
    "text",
    [
        "前年起就一直是某整车厂的配套厂,奖多少",
        "2021年开始就一直给本地整车厂做配套企业,奖多少",
        "我们一直都是整车厂的供应商,奖多少",
        "已经是整车厂的配套企业好几年了,奖多少",
        "we have been a supplier to a local carmaker since 2021: how much is the reward?",
    ],
)
def test_what_has_been_so_for_years_is_not_new(ask: Ask, text: str) -> None:
    found = ask(FIRST, text)
    assert found.refusal is not None
    assert found.refusal.code == "not_new"


@pytest.mark.parametrize(
    "text",
    [
        "我们一直是本地企业,成为整车厂配套厂家奖多少",
        "我们一直是零件厂,今年首次成为整车厂的配套厂,奖多少",
        "给外地整车厂做了五年了,第一次成为本市整车厂的配套厂,奖多少",
        "we have been in business since 2015 and became a supplier to a carmaker: how much is the reward?",
    ],
)
def test_something_else_that_lasts_takes_no_newness_away(ask: Ask, text: str) -> None:
    assert amounts(ask(FIRST, text)) == [300_000]


BEDS = "新建床位每张补助8000元;改造床位每张补助4500元。仅限非营利性养老机构。"


def joint(tmp_path: Path, clause: str, question: str) -> Entitlement:
    """What the first grant of a clause gives, with the others of the clause beside it."""
    path = tmp_path / "measures.txt"
    path.write_text(f"某市支持企业发展若干措施\n一、支持政策\n(一)奖励办法。{clause}\n", encoding="utf-8")
    grants = [grant for grant in grants_of(load_document(path)) if grant.rules]
    return entitlement(grants[0], _inquiry(question), shipped_lexicon(), grants)


def test_classes_of_several_grants_are_added_and_all_of_them_cited(tmp_path: Path) -> None:
    found = joint(tmp_path, BEDS, "新建床位60张、改造床位20张,一共补多少")
    assert amounts(found) == [570_000]  # 60 × 8000 + 20 × 4500
    assert "4500" in found.grant.document.text[found.grant.start : found.grant.end]


def test_awards_are_not_added_for_someone_who_misses_one(tmp_path: Path) -> None:
    clause = "对研发费用达到500万元的企业奖励20万元;对新建实验室面积达到1000平方米的企业奖励30万元。"
    found = joint(tmp_path, clause, "研发费用300万元,新建实验室面积1200平方米,研发费用奖励和新建实验室奖励一共多少")
    assert 500_000 not in amounts(found)


def test_a_sum_over_classes_keeps_what_is_still_open(tmp_path: Path) -> None:
    clause = "对入住率达到60%的养老院,新建床位每张补助8000元,改造床位每张补助4500元。"
    found = joint(tmp_path, clause, "新建床位60张、改造床位20张,一共补多少")
    (outcome,) = found.outcomes
    assert amounts(found) == [570_000]
    assert "入住率" in " ".join(condition.metric for condition in outcome.open_conditions) + found.grant.own
