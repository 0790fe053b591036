"""Turns that lean on the one before, over the shipped documents."""

from datetime import date

import pytest

from assistant.answer import Answer, Status
from assistant.service import PolicyAssistant

DAY = date(2020, 10, 1)


def last(assistant: PolicyAssistant, *turns: str) -> Answer:
    return assistant.ask(turns[-1], history=turns[:-1], as_of=DAY)


# ── who pays ──


@pytest.mark.parametrize(
    "question",
    [
        "那这笔钱到底哪级政府掏?",
        "這筆錢由邊級政府出?",
        "这个钱市里出还是县里出",
        "谁来买单",
        "And who pays for it, the city or the county?",
    ],
)
def test_who_bears_the_money_is_said_by_the_document(assistant: PolicyAssistant, question: str) -> None:
    answer = last(assistant, "三明新入规的工业企业奖多少", question)
    assert "谁受益、谁负担" in answer.citations[0].text
    assert not answer.figures


def test_who_pays_for_something_named_is_a_question_of_its_own(assistant: PolicyAssistant) -> None:
    answer = last(assistant, "三明新入规的工业企业奖多少", "那手拉手活动的补助由哪级财政出")
    assert "手拉手" in answer.citations[0].text


# ── another subject ──


def test_another_subject_is_asked_who_is_responsible_for(assistant: PolicyAssistant) -> None:
    answer = last(assistant, "三明林竹产品手拉手活动谁牵头", "校服、课桌椅的呢")
    assert "由市教育局牵头" in answer.citations[0].text
    assert "负责部门" in answer.text


def test_how_often_is_a_question_of_its_own(assistant: PolicyAssistant) -> None:
    answer = last(assistant, "重庆领军企业培育工作组办公室设在哪个部门", "那多久梳理一次进展?")
    assert "每季度梳理" in answer.citations[0].text
    assert "负责部门" not in answer.text


@pytest.mark.parametrize("question", ["税收那头呢?", "那税收呢", "and tax per mu?"])
def test_a_clause_goes_on(assistant: PolicyAssistant, question: str) -> None:
    answer = last(assistant, "成都2023年那批行动计划里,到2025年园区亩均营收要做到多少?", question)
    assert "亩均税收30万元以上" in answer.citations[0].text


def test_a_number_that_is_asked_for_goes_before_a_clause_without_one(assistant: PolicyAssistant) -> None:
    answer = last(assistant, "成都2023年那批行动计划里,到2025年园区亩均营收要做到多少?")
    assert "亩均营收650万元以上" in answer.citations[0].text


# ── what the asker makes ──


@pytest.mark.parametrize(
    ("business", "question", "amount"),
    [
        (
            "We are a medical device company in Chengdu.",
            "And for what we make ourselves, what is the cap per year?",
            6_000_000,
        ),
        ("我们是成都做医疗器械的企业", "那我们自己做的每年最高多少?", 6_000_000),
        ("我们在成都生产首台套装备", "那自家产品最高补多少?", 3_000_000),
    ],
)
def test_what_the_asker_makes_is_remembered(
    assistant: PolicyAssistant, business: str, question: str, amount: int
) -> None:
    answer = last(assistant, business, "新药研发每年最高资助多少?", question)
    assert [figure.amount for figure in answer.figures] == [amount]


# ── another place, document, number ──


@pytest.mark.parametrize(
    "turns",
    [
        ("How much does Sanming pay a newly recognised provincial single-product champion?", "and in Chongqing?"),
        ("三明对新认定的单项冠军奖多少", "那重庆呢"),
    ],
)
def test_another_place_that_names_no_sum_is_quoted(assistant: PolicyAssistant, turns: tuple[str, ...]) -> None:
    answer = last(assistant, *turns)
    assert answer.status is Status.NO_AMOUNT_STATED
    assert "單項冠軍" in answer.citations[0].text


@pytest.mark.parametrize(
    "turns",
    [
        ("成都小微企业租创业基地场地,房租40万,补多少", "那三明呢?"),
        ("三明供应链核心企业奖多少", "那重庆呢"),
        ("襄阳产业链工作调度多久一次", "那三明呢"),
    ],
)
def test_what_the_documents_do_not_have_is_not_found(assistant: PolicyAssistant, turns: tuple[str, ...]) -> None:
    answer = last(assistant, *turns)
    assert answer.status is Status.NOT_FOUND
    assert not answer.citations


def test_another_document_of_the_place_is_asked_the_same(assistant: PolicyAssistant) -> None:
    answer = last(assistant, "成都2020年稳链补链方案里,首台套产品补多少?", "换成2023年的方案呢")
    assert {citation.document_id for citation in answer.citations} == {"chengdu-2023-six-plans"}
    assert answer.status is Status.NO_AMOUNT_STATED


def test_another_number_is_worked_out(assistant: PolicyAssistant) -> None:
    answer = last(assistant, "成都给重点企业送工人的人力资源机构补多少,送了300人", "如果是500人呢")
    assert answer.figures[0].amount == 500_000


def test_a_level_that_the_clause_does_not_name_gets_nothing(assistant: PolicyAssistant) -> None:
    answer = last(assistant, "三明市级部门办手拉手活动,每场补多少", "那县里办的呢")
    assert answer.status is Status.NOT_ELIGIBLE
    assert not answer.figures


def test_the_places_of_a_comparison_are_asked_the_next_thing_too(assistant: PolicyAssistant) -> None:
    answer = last(assistant, "成都和三明对绿色工厂各补多少", "那单项冠军呢")
    assert {row.region for row in answer.comparison} == {"成都", "三明"}
    assert [figure.amount for figure in answer.figures] == [500_000]


def test_the_papers_of_what_was_answered_are_said_not_to_be_stated(assistant: PolicyAssistant) -> None:
    answer = last(assistant, "三明供应链核心企业奖多少", "那要交什么材料?")
    assert (answer.status, answer.aspect) == (Status.NOT_STATED, "materials")
    assert "供应链核心企业" in answer.citations[0].text
