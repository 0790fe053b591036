"""Until when a document, or one plan in it, is in force, and what is said of an earlier day."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Answer, WarningCode
from assistant.answering.validity import part_named
from assistant.service import PolicyAssistant
from corpus.clause import Clause, ClauseKind
from corpus.collection import load_collection
from corpus.metadata import part_metadata
from corpus.script import fold

ASKED = date(2026, 11, 22)


def ask(assistant: PolicyAssistant, question: str) -> Answer:
    return assistant.ask(question, as_of=ASKED)


@pytest.mark.parametrize(
    "question",
    [
        "重庆培育领军企业的那份实施方案管到哪一年?",
        "重慶製造業領軍企業培育方案管的是哪幾年?",
        "重庆领军企业培育行动方案还有效吗",
    ],
)
def test_the_plan_that_is_meant_says_its_own_term(assistant: PolicyAssistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.text.startswith("重慶市制造業領軍企業培育行動實施方案")
    assert "實施期限為2021—2025年" in answer.citations[0].text


def test_a_plan_is_known_by_words_of_its_title_alone() -> None:
    document = next(d for d in load_collection().documents if d.id == "chongqing-2021-five-plans")
    assert "領軍企業" in (part_named(document, "培育领军企业的那份方案") or "")
    assert part_named(document, "重庆的实施方案管到哪一年") is None


def test_a_plan_with_a_term_of_its_own_has_that_term() -> None:
    document = load_collection().documents[0]
    text = "本方案自2021年3月1日起施行,有效期至2023年6月30日。"
    clause = Clause("x#1", "x", ClauseKind.CLOSING, "", "", (), text, 0, len(text), None, (), (), "某行动方案")
    metadata = part_metadata(document.metadata, "某行动方案", [clause])
    assert (metadata.title, metadata.valid_from, metadata.valid_to) == (
        "某行动方案",
        date(2021, 3, 1),
        date(2023, 6, 30),
    )


def test_a_plan_without_a_term_has_that_of_its_document() -> None:
    whole = next(d for d in load_collection().documents if d.id == "chengdu-2020-chain-stabilising").metadata
    assert part_metadata(whole, "某行动方案", []) == replace(whole, title="某行动方案")


@pytest.mark.parametrize(
    ("question", "then", "codes"),
    [
        (
            "我们有件事是2020年7月15号办的,那天成都稳链补链方案施行了没有?",
            "尚未生效",
            {WarningCode.NOT_YET_IN_FORCE, WarningCode.EXPIRED},
        ),
        ("2021年5月3号办的事,那天成都稳链补链方案施行了没有?", "仍然有效", {WarningCode.EXPIRED}),
        ("Was Chengdu's chain-stabilising plan of 2020 in force on 3 May 2021?", "it still is", {WarningCode.EXPIRED}),
        ("站在2021年5月来看,成都稳链补链方案有效吗", "仍然有效", set()),
    ],
)
def test_an_earlier_day_is_answered_for_that_day_and_says_what_ended_since(
    assistant: PolicyAssistant, question: str, then: str, codes: set[WarningCode]
) -> None:
    answer = ask(assistant, question)
    assert then in answer.text
    assert {warning.code for warning in answer.warnings} == codes
    assert any("2022" in warning.message for warning in answer.warnings) is (WarningCode.EXPIRED in codes)


def test_money_of_an_earlier_day_is_worked_out_with_the_warning(assistant: PolicyAssistant) -> None:
    answer = ask(assistant, "我们2021年5月3号申报的,成都小微企业租创业基地场地,房租40万,能补多少")
    assert [figure.amount for figure in answer.figures] == [200_000]
    assert answer.citations[0].in_force
    (warning,) = answer.warnings
    assert warning.code is WarningCode.EXPIRED
    assert "2021年5月3日有效" in warning.message
    assert fold("此后已于2022年12月31日失效") in fold(warning.message)
