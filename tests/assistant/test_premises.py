"""What a sum rests on, in whole phrases: without lead-in, without the award, without half a bracket."""

import tomllib
from importlib import resources

import pytest

from assistant.answer import ClauseCondition, ConditionState
from assistant.answering.premises import bare, premise, put_together, said_at_once
from assistant.clause.extraction import extract_rules
from corpus.clause import Clause, ClauseKind

WORDS = tomllib.loads(resources.files("assistant.answering").joinpath("premises.toml").read_text(encoding="utf-8"))
EXAMPLES = WORDS["examples"]


@pytest.mark.parametrize(("stretch", "before_money", "condition"), EXAMPLES)
def test_each_example_of_the_words(stretch: str, before_money: bool, condition: str) -> None:
    assert bare(stretch, before_money) == condition


@pytest.mark.parametrize(("condition", "who", "holds"), WORDS["premises"])
def test_a_condition_is_said_as_who_the_asker_is_and_what_holds_of_them(condition: str, who: str, holds: str) -> None:
    asked = premise(condition)
    assert (asked.who, asked.holds) == (who, holds)


@pytest.mark.parametrize("words", WORDS["refers"])
def test_a_word_that_only_points_elsewhere_is_no_condition(words: str) -> None:
    assert bare(words, False) == ""


def test_no_word_is_without_an_example_of_what_it_must_leave_alone() -> None:
    assert sum(stretch == condition for stretch, _, condition in EXAMPLES) >= 5


def clause_of(text: str) -> Clause:
    """A clause that stands at 100 in its document."""
    return Clause("d#1", "d", ClauseKind.PARAGRAPH, "", "", ("1",), text, 100, 100 + len(text), None, (), (), "")


def open_at(clause: Clause, words: str, state: ConditionState = ConditionState.OPEN) -> ClauseCondition:
    start = clause.start + clause.text.index(words)
    return ClauseCondition(text=words, state=state, start=start, end=start + len(words))


def texts(clause: Clause, *words: str) -> list[str]:
    conditions = [open_at(clause, one) for one in words]
    return [one.text for one in put_together(conditions, clause, extract_rules(clause.text))]


def test_the_words_of_the_award_are_no_condition() -> None:
    clause = clause_of("对通过评审的企业,按规定给予不超过总投入30%的补助。")
    assert texts(clause, "对通过评审的企业", "按规定给予不超过总投入") == ["通过评审的企业"]


def test_a_bracket_that_a_comma_cuts_is_put_together_again() -> None:
    clause = clause_of("对领军人才(甲类人才,名单另发)给予50万元奖励。")
    assert texts(clause, "对领军人才(甲类人才", "名单另发)") == ["领军人才(甲类人才,名单另发)"]


def test_half_a_bracket_is_left_out() -> None:
    clause = clause_of("对领军人才(甲类人才,给予50万元奖励。")
    assert texts(clause, "对领军人才(甲类人才") == ["领军人才"]


def test_what_is_met_stays_as_it_is() -> None:
    clause = clause_of("对通过评审的企业,给予50万元奖励。")
    met = open_at(clause, "对通过评审的企业", ConditionState.MET)
    assert put_together([met], clause, extract_rules(clause.text)) == (met,)


def test_two_short_conditions_are_said_with_the_sum_and_the_others_under_it() -> None:
    long = "在本市登记注册满一年并且依法纳税、未列入失信名单、近三年没有安全生产事故的独立法人企业"
    assert said_at_once(["经认定", long, "签订合同", "通过验收"]) == (("经认定", "签订合同"), (long, "通过验收"))


def test_a_single_condition_is_said_with_the_sum_though_it_is_long() -> None:
    long = "在本市登记注册满一年并且依法纳税、未列入失信名单的独立法人企业"
    assert said_at_once([long]) == ((long,), ())
