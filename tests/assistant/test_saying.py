"""How an answer is said: the sum and what it rests on in one sentence, in the reader's language and script."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import ClauseCondition, ConditionState, Status
from assistant.answering.calculating import StatedFact, Task, Worked, calculation
from assistant.answering.composition import Composer
from assistant.answering.messages import Phrases
from assistant.answering.phrasebook import phrases_of
from assistant.answering.worked import DecidedCondition
from assistant.finding.library import PolicyTexts
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Language
from assistant.question.places import PlaceFinder
from assistant.service import PolicyAssistant
from corpus.collection import Collection, load_document

SHARE = "对通过评审的企业,按设备投入的20%给予补助,最高不超过500万元。"
AWARD = "对通过年度考核的孵化基地,给予一次性奖励30万元。"
MANY = (
    "对在本县依法登记并且连续经营三年以上的农产品加工企业,通过绿色认证,建有追溯体系,与农户签订收购合同,"
    "给予一次性奖励30万元。"
)
LEVELS = "对新认定的国家级、省级、市级示范基地,分别给予100万元、50万元、20万元奖励。"

Say = Callable[..., Worked]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """What the one grant of a clause comes to, with facts, and with conditions set as met or not met."""

    def say(clause: str, *decided: DecidedCondition, language: Language = Language.CHINESE, **facts: str) -> Worked:
        path = tmp_path / "added.txt"
        path.write_text(f"云桥县支持企业的若干措施\n一、支持措施\n{clause}\n", encoding="utf-8")
        document = load_document(path)
        texts = PolicyTexts(Collection((document,)))
        leaf = next(grant.clause for grant in texts.grants if grant.rules)
        stated = tuple(StatedFact(fact=name, value=Decimal(value)) for name, value in facts.items())
        task = Task(leaf.id, stated, decided, language=language)
        (worked,) = calculation(task, texts, shipped_lexicon(), PlaceFinder((document,))).results
        return worked

    return say


def first_line(worked: Worked) -> str:
    return worked.text.partition("\n")[0]


def as_decided(condition: ClauseCondition, state: ConditionState) -> DecidedCondition:
    return DecidedCondition(text=condition.text, start=condition.start, end=condition.end, state=state)


# ── the first sentence ──


def test_the_sum_and_what_it_rests_on_are_in_one_sentence(say: Say) -> None:
    assert first_line(say(AWARD)) == "标准为30万元[1]，前提：通过年度考核的孵化基地。"


def test_two_short_conditions_are_in_it_and_the_others_are_listed_below(say: Say) -> None:
    lines = say(MANY).text.splitlines()
    assert (
        lines[0]
        == "标准为30万元[1]，前提：您是农产品加工企业，在本县依法登记并且连续经营三年以上；通过绿色认证，另有2项见下。"
    )
    assert lines[1] == "另须符合："
    assert len(lines) == 4


def test_what_the_asker_says_is_named_only_where_it_was_worked_with(say: Say) -> None:
    assert first_line(say(SHARE, 设备投入="10000000")).startswith("按您说的情况，可得200万元[1]")
    assert "按您说的情况" not in say(AWARD).text
    assert "按您说的情况" not in say(SHARE).text


def test_the_ceiling_without_the_fact_rests_on_its_conditions_too(say: Say) -> None:
    assert first_line(say(SHARE)) == "上限为500万元[1]，前提：通过评审；按20%计，具体金额要看设备投入。"


def test_an_ended_policy_is_said_before_its_figure(assistant: PolicyAssistant) -> None:
    answer = assistant.ask("成都智能工厂改造投了1800万能补多少?", as_of=date(2026, 3, 1))
    assert answer.text.startswith("这项政策已于2022年12月31日失效，以下只是有效期内的标准：")
    assert "失效" not in assistant.ask("成都智能工厂改造投了1800万能补多少?", as_of=date(2021, 3, 1)).text


# ── languages ──


def test_a_traditional_answer_is_traditional_in_the_words_of_the_clause_too(say: Say) -> None:
    worked = say(AWARD, language=Language.TRADITIONAL)
    assert first_line(worked) == "標準為30萬元[1]，前提：通過年度考核的孵化基地。"
    assert worked.conditions[0].text == "通过年度考核的孵化基地"  # the contract keeps the clause's own words


def test_an_english_answer_quotes_the_condition_and_says_what_the_glossary_knows_of_it(say: Say) -> None:
    text = first_line(say(AWARD, language=Language.ENGLISH))
    assert text.startswith("The sum stated is RMB 300,000 [1], provided that: “通过年度考核的孵化基地” (")


# ── levels ──


def test_every_level_has_a_name_of_its_own(say: Say) -> None:
    lines = say(LEVELS).text.splitlines()
    names = [line.partition("：")[0] for line in lines if line.endswith("万元")]
    assert len(names) == 3
    assert all(names)
    assert len(set(names)) == 3


def test_the_sentence_before_the_levels_says_how_many_and_the_most(say: Say) -> None:
    assert first_line(say(LEVELS)).startswith("条款分3档，最多100万元[1]")


# ── conditions that are set ──


def test_a_sum_is_conditional_while_a_condition_is_open(say: Say) -> None:
    worked = say(AWARD)
    assert [one.state for one in worked.conditions] == [ConditionState.OPEN]
    assert worked.figures[0].conditional


def test_a_condition_set_as_met_leaves_the_sum_bare(say: Say) -> None:
    (condition,) = say(AWARD).conditions
    worked = say(AWARD, as_decided(condition, ConditionState.MET))
    assert worked.text == "标准为30万元[1]。"
    assert (worked.figures[0].amount, worked.figures[0].conditional) == (300_000, False)
    assert [(one.state, one.decided_from) for one in worked.conditions] == [(ConditionState.MET, "您所选")]
    assert worked.open_conditions == ()


def test_a_condition_set_as_not_met_gives_no_sum_and_no_curve(say: Say) -> None:
    (condition,) = say(SHARE, 设备投入="10000000").conditions
    worked = say(SHARE, as_decided(condition, ConditionState.FAILED), 设备投入="10000000")
    assert (worked.status, worked.figures, worked.curve) == (Status.NOT_ELIGIBLE, (), None)
    assert worked.text == "按您所选，不符合条件[1]：条款要求通过评审。"


def test_a_condition_of_another_clause_settles_nothing(say: Say) -> None:
    other = DecidedCondition(text="通过评审的企业", start=0, end=7, state=ConditionState.FAILED)
    assert say(AWARD, other).figures[0].amount == 300_000


def test_the_curve_stays_where_a_condition_is_met(say: Say) -> None:
    (condition,) = say(SHARE, 设备投入="10000000").conditions
    assert say(SHARE, as_decided(condition, ConditionState.MET), 设备投入="10000000").curve is not None


def test_a_level_that_is_not_known_to_be_the_askers_is_conditional_though_all_else_is_met(say: Say) -> None:
    decided = [as_decided(one, ConditionState.MET) for one in say(LEVELS).conditions]
    assert all(figure.conditional for figure in say(LEVELS, *decided).figures)


# ── what is not in the clause ──


@pytest.mark.parametrize("language", list(Language))
def test_every_aspect_of_a_grant_that_may_be_missing_is_said(language: Language, assistant: PolicyAssistant) -> None:
    citation = assistant.ask("成都智能工厂改造能补多少?", as_of=date(2021, 3, 1)).citations[0]
    composer = Composer(Phrases(language), date(2021, 3, 1))
    for aspect in phrases_of("aspect", "zh"):
        piece = composer.not_stated(citation, [aspect])
        assert piece.status is Status.NOT_STATED
        assert phrases_of("aspect", language)[aspect] in piece.text


def test_every_kind_of_answer_has_a_name_in_every_language() -> None:
    assert all(set(phrases_of("status", language)) == set(Status) for language in Language)


def test_that_a_policy_is_over_is_said_once(assistant: PolicyAssistant) -> None:
    text = assistant.ask("成都想拿满500万的智能化改造补助得投多少", as_of=date(2026, 1, 1)).text
    assert "2500万元" in text
    assert text.count("已于2022年12月31日失效") == 1
