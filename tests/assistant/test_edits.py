"""A fact changed beside an answer: what the conversation holds from then on."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, ConversationState, EditedFact
from assistant.language.lexicon import shipped_lexicon
from assistant.question.edits import with_edits
from assistant.question.situation import read_facts

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant


def edit(fact: str, was: str, value: str, unit: str = "yuan") -> EditedFact:
    return EditedFact(fact=fact, unit=unit, was=Decimal(was), value=Decimal(value))


def held(said: str, *edits: EditedFact) -> list[str]:
    facts = with_edits(read_facts(said, shipped_lexicon()), edits, shipped_lexicon(), 0)
    return sorted(f"{fact.value.normalize():f} {fact.unit}" for fact in facts)


def changed(answer: Answer, value: str) -> ConversationState:
    """The conversation after the answer's one fact was changed."""
    (fact,) = answer.facts
    return answer.state.with_edits((edit(fact.fact, str(fact.value), value, fact.unit),))


def test_the_changed_value_takes_the_place_of_the_one_that_was_said() -> None:
    assert held("项目投入1800万元,租金30万元", edit("项目投入", "18000000", "9000000")) == [
        "300000 yuan",
        "9000000 yuan",
    ]


def test_two_values_can_change_places() -> None:
    edits = edit("电费", "1000000", "2000000"), edit("运费", "2000000", "1000000")
    facts = with_edits(read_facts("电费100万元,运费200万元", shipped_lexicon()), edits, shipped_lexicon(), 0)
    assert {fact.words: fact.value for fact in facts} == {"电费": 2000000, "运费": 1000000}


def test_a_fact_that_is_not_held_any_more_is_stated_anew() -> None:
    assert held("租金30万元", edit("职工", "20", "50", "person")) == ["300000 yuan", "50 person"]


def test_a_vague_value_becomes_certain_when_it_is_typed() -> None:
    (fact,) = with_edits(
        read_facts("投入大约1800万元", shipped_lexicon()),
        [edit("项目投入", "18000000", "17500000")],
        shipped_lexicon(),
        0,
    )
    assert fact.certain


@pytest.mark.parametrize(
    ("first", "second", "after"),
    [
        ("智能工厂改造投了1800万能补多少?", "那能补多少呢?", "2000000"),
        ("成都租用创业基地场地一年租金30万能补多少?", "那能补多少呢?", "300000"),
        (
            "We invested RMB 18 million in a smart factory retrofit. What is the subsidy?",
            "So how much is it?",
            "2000000",
        ),
    ],
)
def test_the_next_question_knows_the_changed_value(
    assistant: "PolicyAssistant", first: str, second: str, after: str
) -> None:
    answer = assistant.ask(first)
    answer = assistant.ask(second, state=changed(answer, "10000000"))
    assert str(answer.figures[0].amount.normalize().to_integral_value()) == str(Decimal(after).normalize())


def test_what_is_said_after_the_change_counts_more(assistant: "PolicyAssistant") -> None:
    answer = assistant.ask("智能工厂改造投了1800万能补多少?")
    answer = assistant.ask("不对，是投了500万", state=changed(answer, "10000000"))
    assert answer.figures[0].amount == 1_000_000


def test_the_answer_that_is_repeated_holds_the_changed_value(assistant: "PolicyAssistant") -> None:
    answer = assistant.ask("智能工厂改造投了1800万能补多少?")
    answer = assistant.ask("刚才第一条再说一遍", state=changed(answer, "10000000"))
    assert answer.figures[0].amount == 2_000_000


def test_the_change_stays_in_the_conversation(assistant: "PolicyAssistant") -> None:
    answer = assistant.ask("智能工厂改造投了1800万能补多少?")
    answer = assistant.ask("由哪个部门负责?", state=changed(answer, "10000000"))
    assert assistant.ask("那能补多少?", state=answer.state).figures[0].amount == 2_000_000
