"""No input invents a figure: zero, signs, currencies, negated thresholds, stated borders and extremes, case by case.

The cases stand in tests/cases/figure_*.jsonl; ``computed`` is what the main figure was worked out to from the asker's
own amounts, null where nothing may be worked out, a list where either is right.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.clause.extraction import extract_rules, unread_money
from assistant.clause.rule import SubsidyRule, decimal_text
from assistant.figures.calculation import calculate
from assistant.language.lexicon import shipped_lexicon
from assistant.question.situation import fact_for
from corpus.quantities import find_quantities

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

CASES = Path(__file__).resolve().parent.parent / "cases"


def cases(name: str) -> list[Any]:
    lines = (CASES / f"figure_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case.get("id") or case["text"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", cases("questions"))
def test_a_question_computes_only_from_a_sum_that_was_stated(
    case: dict[str, Any], assistant: "PolicyAssistant"
) -> None:
    as_of = case.get("as_of")
    answer = assistant.ask(case["question"], as_of=date.fromisoformat(as_of) if as_of else date(2021, 4, 1))
    if "computed" in case:
        worked_out = decimal_text(answer.figures[0].amount) if answer.facts else None
        allowed = case["computed"] if isinstance(case["computed"], list) else [case["computed"]]
        assert worked_out in allowed, answer.text
    if "status" in case:
        assert answer.status.value == case["status"], answer.text
    if case.get("computed") is None and answer.status.value == "needs_facts":
        assert not answer.figures or answer.figures[0].bound.value == "at_most"  # a ceiling, and nothing owed


DIALOGUES = [
    ("智能工厂改造投了1800万能补多少?", "不对,是200万欧元", None),
    ("智能工厂改造投了1800万能补多少?", "投了-500万呢?", None),
    ("智能工厂改造投了1800万能补多少?", "再加200万欧元呢?", None),
    ("智能工厂改造投了1800万能补多少?", "那1亿亿亿亿元呢?", None),
    ("智能工厂改造投了1800万能补多少?", "如果是0万元呢?", "0"),
    ("智能工厂改造投了1800万能补多少?", "听说能补600万啊", "3600000"),
    ("智能工厂改造投了200万英镑能补多少?", "也就是1800万元", "3600000"),
    (
        "We invested 2 million euros in smart factory renovation, how much subsidy do we get?",
        "sorry, RMB 18 million",
        "3600000",
    ),
]


@pytest.mark.parametrize(("first", "then", "computed"), DIALOGUES)
def test_a_later_turn_takes_the_place_of_a_sum_in_any_currency(
    assistant: "PolicyAssistant", first: str, then: str, computed: str | None
) -> None:
    state = assistant.ask(first, as_of=date(2021, 4, 1)).state
    answer = assistant.ask(then, state=state, as_of=date(2021, 4, 1))
    assert (decimal_text(answer.figures[0].amount) if answer.facts else None) == computed


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("智能工厂改造投了200万英镑能补多少?", "请以人民币（元）给出"),
        ("智能工廠改造投了200萬英鎊能補多少?", "請以人民幣（元）給出"),
        ("We invested 2 million euros in smart factory renovation, how much subsidy?", "please give it in yuan"),
        ("智能工厂改造投了-1800万能补多少?", "金额不能是负数"),
        ("智能工厂改造投了1亿亿亿亿元能补多少?", "不能用来计算"),
        ("智能工厂改造投了0万元能补多少?", "没有补贴可拿"),
    ],
)
def test_it_says_why_a_sum_is_not_calculated_with(assistant: "PolicyAssistant", question: str, said: str) -> None:
    assert said in assistant.ask(question, as_of=date(2021, 4, 1)).text


def conditions_of(rule: SubsidyRule) -> list[str]:
    return [f"{c.op.value} {decimal_text(c.value)} {c.unit}" for c in rule.conditions if c.unit != "category"]


@pytest.mark.parametrize("case", cases("clauses"))
def test_a_clause_is_read_with_its_signs_borders_and_currencies(case: dict[str, Any]) -> None:
    rules = extract_rules(case["text"])
    read: dict[str, Any] = {
        "rates": [decimal_text(rule.rate) for rule in rules if rule.rate is not None],
        "amounts": [decimal_text(rule.amount) for rule in rules if rule.amount is not None],
        "caps": [decimal_text(rule.cap) for rule in rules if rule.cap is not None],
        "currencies": [rule.currency for rule in rules],
        "conditions": [condition for rule in rules for condition in conditions_of(rule)],
        "bands": [[c.removesuffix(" yuan") for c in conditions_of(rule)] for rule in rules],
    }
    expected = {name: value for name, value in case.items() if name in read}
    assert expected, "a case has to say what is read"
    assert {name: read[name] for name in expected} == expected


def test_a_denied_threshold_is_named_without_its_denial() -> None:
    (rule,) = extract_rules("对从业人员没有超过50人的企业,给予5万元奖励。")
    assert [condition.metric for condition in rule.conditions] == ["从业人员"]


def test_a_negative_share_is_pointed_out_as_not_read() -> None:
    assert unread_money("对企业按项目投入的-20%给予补贴。")


def test_a_share_of_yuan_is_not_held_under_a_ceiling_in_dollars() -> None:
    (rule,) = extract_rules("对企业按项目投入的20%给予补贴,最高10万美元。")
    outcome = calculate(rule, [fact_for("项目投入", Decimal(18_000_000), "yuan", shipped_lexicon())], shipped_lexicon())
    assert [(total.amount, total.bound.value) for total in outcome.sums] == [(100_000, "at_most")]


@pytest.mark.parametrize("case", cases("quantities"))
def test_a_quantity_is_read_with_its_sign_and_direction(case: dict[str, Any]) -> None:
    read = [f"{q.polarity.value} {decimal_text(q.value)} {q.unit}" for q in find_quantities(case["text"])]
    assert read == case["read"]


def test_every_kind_has_its_cases() -> None:
    assert sum(len(cases(name)) for name in ("questions", "clauses", "quantities")) >= 140
