"""Calculating: editing a fact gives what asking again would give, and the curve says the same as the figure."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, ConversationState, Exchange, Status
from assistant.answering.calculating import StatedFact, Task, Worked, calculation
from assistant.answering.worked import Calculation
from assistant.clause.rule import Bound
from assistant.figures.curve import Curve
from assistant.finding.library import PolicyTexts
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Language
from assistant.question.places import PlaceFinder
from corpus.collection import Collection, load_document
from corpus.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

SMART_FACTORY = "chengdu-2020-chain-stabilising#四.(八)"
AUGUST_2020 = date(2020, 8, 1)


def _state(*questions: str) -> ConversationState:
    return ConversationState(exchanges=tuple(Exchange(question=question) for question in questions))


def _stated(**facts: str) -> tuple[StatedFact, ...]:
    return tuple(StatedFact(fact=name, value=Decimal(value)) for name, value in facts.items())


def _edited(assistant: "PolicyAssistant", answer: Answer, *questions: str, value: str) -> Worked:
    """The main figure of an answer after its one fact was changed."""
    citation, (fact,) = answer.citations[0], _facts_of(assistant, answer, questions)
    task = Task(
        citation.clause_id,
        (StatedFact(fact=fact, value=Decimal(value)),),
        start=citation.start + citation.focus.start,
        end=citation.start + citation.focus.end,
        state=_state(*questions),
    )
    (worked,) = assistant.calculate(task).results
    return worked


def _facts_of(assistant: "PolicyAssistant", answer: Answer, questions: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the facts that the main figure was worked out from."""
    citation = answer.citations[0]
    start = citation.start + citation.focus.start
    task = Task(citation.clause_id, start=start, end=start + 1, state=_state(*questions))
    return tuple(fact.fact for fact in assistant.calculate(task).results[0].facts)


# ── as the answer ──


@pytest.mark.parametrize(
    "questions",
    [
        ("智能工厂改造能补多少?", "投了1800万呢?"),
        ("成都租用场地一年租金30万能补多少?",),
        ("成都集成电路材料企业年营业收入首次突破6亿元奖励多少?",),
        ("How much subsidy is there for a smart factory retrofit of RMB 18 million?",),
    ],
)
def test_without_a_change_the_calculation_is_the_answer(
    assistant: "PolicyAssistant", questions: tuple[str, ...]
) -> None:
    answer = assistant.ask(questions[-1], history=questions[:-1], as_of=AUGUST_2020)
    assert answer.figures
    citation = answer.citations[0]
    task = Task(
        citation.clause_id,
        start=citation.start + citation.focus.start,
        end=citation.start + citation.focus.end,
        state=_state(*questions),
        as_of=AUGUST_2020,
    )
    (worked,) = assistant.calculate(task).results
    assert worked.figures == tuple(figure for figure in answer.figures if figure.citation == 1)
    assert worked.status is answer.status


@pytest.mark.parametrize("millions", [1, 10, 25, 26, 90])
def test_editing_a_fact_gives_what_asking_again_would_give(assistant: "PolicyAssistant", millions: int) -> None:
    questions = ("智能工厂改造能补多少?", "投了1800万呢?")
    before = assistant.ask(questions[1], history=questions[:1])
    worked = _edited(assistant, before, *questions, value=str(millions * 1_000_000))
    asked = assistant.ask(f"智能工厂改造投了{millions * 100}万能补多少?")
    assert worked.figures[0].amount == asked.figures[0].amount == min(millions * 200_000, 5_000_000)
    assert worked.figures[0].steps == asked.figures[0].steps


def test_a_clause_without_conversation_is_worked_out_by_rule_number(assistant: "PolicyAssistant") -> None:
    (worked,) = assistant.calculate(Task(SMART_FACTORY, _stated(项目投入="18000000"), rule=8)).results
    assert (worked.rules, worked.status) == ((8,), Status.ANSWERED)
    assert worked.figures[0].amount == 3_600_000
    assert worked.figures[0].bound is Bound.AT_MOST
    assert [(fact.fact, fact.value) for fact in worked.facts] == [("项目投入", 18_000_000)]


def test_without_facts_it_says_which_are_missing_and_in_which_unit(assistant: "PolicyAssistant") -> None:
    (worked,) = assistant.calculate(Task(SMART_FACTORY, rule=8)).results
    assert worked.status is Status.NEEDS_FACTS
    assert [(missing.fact, missing.unit) for missing in worked.missing] == [("项目投入", "yuan")]
    assert worked.figures[0].bound is Bound.AT_MOST


def test_a_fact_of_something_else_is_not_taken(assistant: "PolicyAssistant") -> None:
    (worked,) = assistant.calculate(Task(SMART_FACTORY, _stated(房租="18000000"), rule=8)).results
    assert worked.status is Status.NEEDS_FACTS
    assert worked.facts == ()


def test_all_grants_of_a_clause_are_worked_out_where_none_is_named(assistant: "PolicyAssistant") -> None:
    results = assistant.calculate(Task(SMART_FACTORY)).results
    assert [worked.rules for worked in results] == [(1, 2, 3), (4,), (5,), (6, 7), (8,)]


def test_the_words_are_in_the_language_asked_for(assistant: "PolicyAssistant") -> None:
    done = assistant.calculate(Task(SMART_FACTORY, _stated(项目投入="18000000"), rule=8, language=Language.ENGLISH))
    assert done.language == "en"
    assert "RMB 3.6 million" in done.results[0].text


def test_an_ended_policy_is_worked_out_with_a_warning(assistant: "PolicyAssistant") -> None:
    (late,) = assistant.calculate(Task(SMART_FACTORY, rule=8)).results
    (then,) = assistant.calculate(Task(SMART_FACTORY, rule=8, as_of=AUGUST_2020)).results
    assert [warning.code for warning in late.warnings] == ["expired"]
    assert then.warnings == ()


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (Task(SMART_FACTORY, rule=99), "has no rule 99; its rules are numbered 1 to 8"),
        (Task(SMART_FACTORY, (*_stated(投入="1"), *_stated(投入="2"))), 'fact "投入" is given twice'),
        (Task("xiangyang-2021-chain-chiefs#文首1"), "grants nothing that can be worked out"),
    ],
)
def test_what_cannot_be_calculated_is_told(assistant: "PolicyAssistant", task: Task, said: str) -> None:
    with pytest.raises(InputError, match=said):
        assistant.calculate(task)


def test_an_unknown_clause_is_told_with_near_ones(assistant: "PolicyAssistant") -> None:
    with pytest.raises(UnknownNameError, match="near it: chengdu-2020"):
        assistant.calculate(Task("chengdu-2020-chain-stabilising#四.(八"))


# ── clauses made for it ──

Calculate = Callable[..., Worked]


@pytest.fixture
def calculate(tmp_path: Path) -> Calculate:
    """Works out the one grant of a clause that a test writes."""

    def calculate(text: str, **facts: str) -> Worked:
        path = tmp_path / "added.txt"
        path.write_text(f"关于支持企业的若干措施\n一、支持投资\n{text}\n", encoding="utf-8")
        document = load_document(path)
        texts = PolicyTexts(Collection((document,)))
        leaf = next(grant.clause for grant in texts.grants if grant.rules)
        stated = tuple(StatedFact(fact=name, value=Decimal(value)) for name, value in facts.items())
        done: Calculation = calculation(Task(leaf.id, stated), texts, shipped_lexicon(), PlaceFinder((document,)))
        (worked,) = done.results
        return worked

    return calculate


def _corners(curve: Curve | None) -> list[tuple[int, int]]:
    assert curve is not None
    return [(int(point.base), int(point.subsidy)) for point in curve.points]


def test_the_condition_that_fails_is_named_with_the_value_it_was_judged_by(calculate: Calculate) -> None:
    worked = calculate(
        "对固定资产投资1000万元以上的企业,按固定资产投资的10%给予补助,最高300万元。", 固定资产投资="9999999"
    )
    assert worked.status is Status.NOT_ELIGIBLE
    assert worked.failed is not None
    assert (worked.failed.condition.value, worked.failed.stated) == (10_000_000, 9_999_999)
    assert worked.figures == ()


def test_the_curve_has_threshold_cap_and_the_askers_own_point(calculate: Calculate) -> None:
    clause = "对固定资产投资1000万元以上的企业,按固定资产投资的10%给予补助,最高300万元。"
    curve = calculate(clause, 固定资产投资="20000000").curve
    assert _corners(curve) == [
        (0, 0),
        (10_000_000, 0),
        (10_000_000, 1_000_000),
        (30_000_000, 3_000_000),
        (45_000_000, 3_000_000),
    ]
    assert curve is not None
    assert (curve.threshold, curve.cap, curve.cap_from) == (10_000_000, 3_000_000, 30_000_000)
    assert curve.own is not None
    assert (curve.own.base, curve.own.subsidy) == (20_000_000, 2_000_000)
    assert curve.unit == "yuan"


def test_the_curve_is_there_before_the_base_is_known_and_when_the_asker_fails(calculate: Calculate) -> None:
    clause = "对固定资产投资1000万元以上的企业,按固定资产投资的10%给予补助,最高300万元。"
    known = calculate(clause, 固定资产投资="20000000").curve
    open_curve = calculate(clause).curve
    assert _corners(open_curve) == _corners(known)
    assert open_curve is not None
    assert open_curve.own is None
    assert _corners(calculate(clause, 固定资产投资="9999999").curve) == _corners(known)


def test_a_ladder_is_drawn_with_its_steps(calculate: Calculate) -> None:
    curve = calculate(
        "年销售收入首次突破1亿元、5亿元的企业,分别给予100万元、300万元奖励。", 年销售收入="600000000"
    ).curve
    assert curve is not None
    heights = [subsidy for _, subsidy in _corners(curve)]
    assert heights == sorted(heights)
    assert set(heights) == {0, 1_000_000, 3_000_000}
    assert curve.threshold == 100_000_000


def test_a_large_own_base_is_on_the_chart(calculate: Calculate) -> None:
    curve = calculate("按实际投入的20%给予补助,最高500万元。", 实际投入="900000000").curve
    assert curve is not None
    assert curve.own is not None
    assert curve.points[-1].base > curve.own.base
    assert curve.own.subsidy == 5_000_000


def test_a_ceiling_alone_has_no_curve(calculate: Calculate) -> None:
    assert calculate("对新认定的企业给予最高60万元一次性补助。").curve is None


@pytest.mark.parametrize("base", ["0", "1", "9999999", "10000000", "17000000", "30000000", "44000000"])
def test_every_point_of_the_curve_is_what_the_calculation_gives(calculate: Calculate, base: str) -> None:
    clause = "对固定资产投资1000万元以上的企业,按固定资产投资的10%给予补助,最高300万元。"
    curve = calculate(clause).curve
    assert curve is not None
    worked = calculate(clause, 固定资产投资=base)
    amount = worked.figures[0].amount if worked.figures else Decimal(0)
    assert _height(curve, Decimal(base)) == amount


def _height(curve: Curve, base: Decimal) -> Decimal:
    """The curve at a base, between its points; at a jump the point that stands last."""
    at = [point.subsidy for point in curve.points if point.base == base]
    if at:
        return at[-1]
    left = [point for point in curve.points if point.base < base][-1]
    right = next(point for point in curve.points if point.base > base)
    return left.subsidy + (right.subsidy - left.subsidy) * (base - left.base) / (right.base - left.base)


def test_people_are_counted_in_steps(calculate: Calculate) -> None:
    worked = calculate("企业新招用员工,每人给予1000元补贴,最高10万元。", 人="30")
    assert worked.figures[0].amount == 30_000
    assert worked.curve is not None
    assert worked.curve.unit == "person"
    assert worked.curve.cap == 100_000


def test_one_rung_of_a_ladder_is_worked_out_with_the_others(calculate: Calculate, assistant: "PolicyAssistant") -> None:
    """Rule 1 pays from 1亿元 on; at 6亿元 it is rule 2 that pays, and naming rule 1 must not give less."""
    (worked,) = assistant.calculate(Task(SMART_FACTORY, _stated(年度营业收入="600000000"), rule=1)).results
    assert worked.rules == (2,)
    assert worked.figures[0].amount == 5_000_000


def test_one_band_of_a_scale_is_worked_out_with_the_others(tmp_path: Path) -> None:
    path = tmp_path / "added.txt"
    path.write_text(
        "关于支持企业的若干措施\n一、支持投资\n对年度投资额1000万元以下的部分按10%给予补助，1000万元至5000万元的部分按5%给予补助，超过5000万元的部分按2%给予补助，最高500万元。\n",
        encoding="utf-8",
    )
    document = load_document(path)
    texts = PolicyTexts(Collection((document,)))
    leaf = next(grant.clause for grant in texts.grants if grant.rules)
    stated = (StatedFact(fact="年度投资额", value=Decimal(30_000_000)),)
    figures = [
        calculation(Task(leaf.id, stated, rule=rule), texts, shipped_lexicon(), PlaceFinder((document,)))
        .results[0]
        .figures
        for rule in (None, 1, 2, 3)
    ]
    assert [found[0].amount for found in figures] == [2_000_000] * 4


def test_every_curve_of_the_shipped_documents_says_what_the_calculation_gives(assistant: "PolicyAssistant") -> None:
    drawn = 0
    for read in dict.fromkeys(rule.clause_id for rule in assistant.rules()):
        for number in range(1, 1 + len(assistant.explain(read)[0].rules)):
            (worked,) = assistant.calculate(Task(read, rule=number)).results
            curve = worked.curve
            if curve is None:
                continue
            drawn += 1
            for base in {point.base for point in curve.points}:
                fact = StatedFact(fact=curve.base, value=base, unit=curve.unit)
                (again,) = assistant.calculate(Task(read, (fact,), rule=number)).results
                amount = again.figures[0].amount if again.figures else Decimal(0)
                assert amount in {point.subsidy for point in curve.points if point.base == base}, (read, number, base)
    assert drawn > 10
