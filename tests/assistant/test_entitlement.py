"""Which rules of a grant apply, and what plainly rules the asker out: over documents written for these tests."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Status, WarningCode
from assistant.composition import Composer
from assistant.conversation import Inquiry, put_together
from assistant.entitlement import Entitlement, entitlement, is_ceiling, size_conflict
from assistant.lexicon import shipped_lexicon
from assistant.library import Grant, _grants
from assistant.messages import Phrases
from assistant.places import PlaceFinder
from assistant.subsidies.calculation import Result
from assistant.subsidies.rule import Bound
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
    grants = [grant for grant in _grants(load_document(path)) if grant.rules or grant.unread]
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
    assert is_ceiling(outcome)
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
