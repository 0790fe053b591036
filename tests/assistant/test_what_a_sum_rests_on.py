"""What a figure rests on: which sum is of the thing that the clause measures, and which conditions are met or open."""

import pytest

from assistant.answer import ConditionState
from assistant.clause.extraction import extract_rules
from assistant.clause.rule import Bound
from assistant.figures.calculation import Outcome, Result, calculate
from assistant.language.lexicon import shipped_lexicon
from assistant.question.situation import read_facts
from assistant.service import PolicyAssistant
from corpus.script import fold

RETROFIT = "对设备投入达到500万元以上的智能工厂改造项目,按实际设备投入的20%给予补助,最高不超过500万元。"
OUTPUT = "对年产值达到1亿元以上的企业,给予一次性奖励50万元。"
BOTH = "对年营业收入2000万元以上且研发费用占比不低于5%的企业,给予一次性奖励25万元。"


def worked_out(clause: str, question: str) -> Outcome:
    (rule,) = extract_rules(clause)
    return calculate(rule, read_facts(fold(question), shipped_lexicon()), shipped_lexicon())


def exact(outcome: Outcome) -> int | None:
    computed = outcome.result in (Result.COMPUTED, Result.STATED) and outcome.sums[0].bound is Bound.EXACT
    return int(outcome.sums[0].amount) if computed else None


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("设备投了1800万", 3_600_000),
        ("总共投了1800万,其中设备800万", 1_600_000),
        ("总投资1800万,设备占60%", 2_160_000),
        ("总投资1800万元,五成是设备", 1_800_000),
        ("整个项目投了1800万,除了厂房建设500万以外全是设备投入", 2_600_000),
        ("总投资1800万,盖厂房500万,剩下的都是设备", 2_600_000),
        ("设备投入报了1666万,审计只认1333万", 2_666_000),
        ("设备投入预算1666万,真正花了1333万", 2_666_000),
        ("刚才说设备投入1600万说错了,应该是900万", 1_800_000),
        ("the whole project cost RMB 18 million, 60% of it was equipment", 2_160_000),
    ],
)
def test_what_was_spent_on_the_thing_that_is_measured_is_worked_with(question: str, amount: int) -> None:
    assert exact(worked_out(RETROFIT, question)) == amount


@pytest.mark.parametrize(
    "question",
    [
        "厂房建设投了1800万",
        "土建花了1800万",
        "买地花了1800万",
        "打广告花了1800万",
        "整个项目总投资1800万,设备投入能补多少",
        "our factory construction cost was RMB 18 million",
    ],
)
def test_what_was_spent_on_something_else_or_on_all_of_it_gives_no_sum(question: str) -> None:
    outcome = worked_out(RETROFIT, question)
    assert exact(outcome) is None
    assert outcome.result is Result.NEEDS_FACTS


@pytest.mark.parametrize("question", ["今年出口额2亿", "营收2亿", "利润2亿", "产值大概1亿左右", "产值不到2亿"])
def test_a_threshold_that_is_spoken_of_and_not_decided_is_asked_for(question: str) -> None:
    outcome = worked_out(OUTPUT, question)
    assert (outcome.result, outcome.missing) == (Result.NEEDS_FACTS, ("年产值",))
    assert outcome.sums[0].bound is Bound.AT_MOST


@pytest.mark.parametrize(("question", "result"), [("产值没到1亿", Result.NOT_ELIGIBLE), ("产值1.2亿", Result.STATED)])
def test_a_threshold_that_is_decided_is_not(question: str, result: Result) -> None:
    assert worked_out(OUTPUT, question).result is result


def test_of_two_thresholds_the_one_left_out_is_asked_for() -> None:
    assert worked_out(BOTH, "营收有3600万").result is Result.NEEDS_FACTS
    assert worked_out(BOTH, "营收有3600万,研发费用占比6%").result is Result.STATED
    assert worked_out(BOTH, "这个奖多少钱").result is Result.STATED


def test_a_general_word_is_taken_for_the_thing_and_the_answer_says_so() -> None:
    assert worked_out(RETROFIT, "我们投了1800万").assumed == "实际设备投入"
    assert worked_out(RETROFIT, "设备投入1800万").assumed == ""


def test_a_sum_whose_conditions_nobody_spoke_of_names_them(assistant: PolicyAssistant) -> None:
    answer = assistant.ask("成都租厂房80万能补多少")
    assert [figure.amount for figure in answer.figures] == [300_000]
    (condition,) = answer.conditions
    assert condition.state is ConditionState.OPEN
    assert "小微企业" in condition.text
    assert "前提：您是小微企业，租用成都市小企业创业基地场地" in answer.text
    document = next(d for d in assistant.documents() if d.id == answer.citations[0].document_id)
    assert "创业基地" in document.text[condition.start : condition.end]


def test_what_was_said_is_met_and_no_longer_named(assistant: PolicyAssistant) -> None:
    answer = assistant.ask("我们是成都的小微企业,租用成都市小企业创业基地场地开展生产经营活动,租金80万能补多少")
    assert not [one for one in answer.conditions if one.state is ConditionState.OPEN]
    assert "前提" not in answer.text


def test_a_threshold_that_is_met_says_from_what(assistant: PolicyAssistant) -> None:
    answer = assistant.ask("成都给世界500强配套,年度配套额6000万能拿多少")
    met = [one for one in answer.conditions if one.state is ConditionState.MET]
    assert ("年度配套额不低于1000万元", "6000万元") in [(one.text, one.decided_from) for one in met]
    assert '"from":"6000万元"' in answer.model_dump_json()


def test_how_a_ladder_is_dealt_out_is_no_condition(assistant: PolicyAssistant) -> None:
    answer = assistant.ask("三明省级绿色工厂奖多少")
    assert answer.conditions
    assert not [one.text for one in answer.conditions if one.text.startswith("分别")]
