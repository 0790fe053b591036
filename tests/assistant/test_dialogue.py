"""Conversations of several turns over the shipped documents, with the state that travels between them."""

from datetime import date

import pytest

from assistant.answer import Answer, ConversationState, Status, WarningCode
from assistant.service import PolicyAssistant
from corpus.errors import InputError

DAY = date(2020, 10, 1)


def talk(assistant: PolicyAssistant, *turns: str) -> list[Answer]:
    """The answers to the turns of one conversation; the state goes through JSON as between two computers."""
    state, answers = ConversationState(), []
    for turn in turns:
        answers.append(assistant.ask(turn, state=state, as_of=DAY))
        state = ConversationState.model_validate_json(answers[-1].state.model_dump_json())
    return answers


def test_the_state_holds_what_was_said_and_what_it_was_answered_with(assistant: PolicyAssistant) -> None:
    first, second = talk(assistant, "三明绿色工厂补多少", "省级的呢")
    assert second.state.questions == ("三明绿色工厂补多少", "省级的呢")
    assert [reference.clause_id for reference in second.state.exchanges[0].cited or ()] == [
        citation.clause_id for citation in first.citations
    ]


def test_the_state_of_an_answer_and_the_turns_alone_give_the_same_answer(assistant: PolicyAssistant) -> None:
    turns = ("成都智能工厂改造能补多少", "投了1800万呢", "有没有别的", "刚才第一条再说一遍", "谁负责")
    for number, answer in enumerate(talk(assistant, *turns)):
        alone = assistant.ask(turns[number], history=turns[:number], as_of=DAY)
        assert alone.model_copy(update={"state": answer.state}) == answer


def test_state_and_history_together_are_refused(assistant: PolicyAssistant) -> None:
    state = assistant.ask("三明绿色工厂补多少", as_of=DAY).state
    with pytest.raises(InputError, match="either as state or as history"):
        assistant.ask("省级的呢", state=state, history=["三明绿色工厂补多少"])


def test_what_was_said_can_be_heard_again_by_its_number(assistant: PolicyAssistant) -> None:
    several, again = talk(assistant, "成都和三明对新纳入规模以上的企业分别奖励多少", "刚才第一条再说一遍")
    assert again.citations[0].clause_id == several.citations[0].clause_id
    assert again.figures[:1] == several.figures[:1]


def test_a_number_counts_over_the_conversation_where_the_last_answer_had_fewer(assistant: PolicyAssistant) -> None:
    first, second, again = talk(assistant, "三明绿色工厂补多少", "三明新纳入规上的企业奖多少", "刚才第二条再说一遍")
    assert first.citations[0].clause_id != second.citations[0].clause_id
    assert again.citations[0].clause_id == second.citations[0].clause_id


def test_a_number_that_was_never_given_is_said_to_be_missing(assistant: PolicyAssistant) -> None:
    _, again = talk(assistant, "三明绿色工厂补多少", "刚才第九条再说一遍")
    assert again.status is Status.NOT_FOUND
    assert "没有这一条" in again.text


def test_anything_else_never_gives_what_was_given(assistant: PolicyAssistant) -> None:
    first, more = talk(assistant, "成都技术改造项目补多少", "有没有别的")
    given = {(c.clause_id, c.start + c.focus.start) for c in first.citations}
    assert not given & {(c.clause_id, c.start + c.focus.start) for c in more.citations}


def test_anything_else_after_a_sum_lists_what_else_the_place_grants(assistant: PolicyAssistant) -> None:
    first, last = talk(assistant, "三明绿色工厂补多少", "有没有别的")
    assert last.status is Status.ANSWERED
    assert not last.figures
    assert {citation.region for citation in last.citations} == {"三明"}
    assert first.citations[0].text not in {citation.text for citation in last.citations}


def test_who_and_until_when_are_asked_of_the_clause_before(assistant: PolicyAssistant) -> None:
    first, who, until = talk(assistant, "三明绿色工厂补多少", "谁负责", "到什么时候")
    assert who.citations[0].clause_id == first.citations[0].clause_id
    assert "负责部门" in who.text
    assert until.citations[0].document_id == first.citations[0].document_id
    assert "2020年12月31日" in until.text


def test_a_day_set_in_the_question_is_the_day_of_the_answer(assistant: PolicyAssistant) -> None:
    later, today = talk(assistant, "2023年6月的时候,成都技术改造项目还能补多少", "现在呢")
    assert [warning.code for warning in later.warnings] == [WarningCode.EXPIRED]
    assert not later.citations[0].in_force
    assert not today.warnings


def test_small_talk_keeps_the_subject(assistant: PolicyAssistant) -> None:
    first, thanks, more = talk(assistant, "成都智能工厂改造能补多少", "谢谢", "投了1800万呢")
    assert thanks.status is Status.NOT_FOUND
    assert "不客气" in thanks.text
    assert more.citations[0].clause_id == first.citations[0].clause_id
    assert more.figures[0].amount == 3_600_000


def test_a_turn_that_leaves_the_subject_takes_nothing_of_it_along(assistant: PolicyAssistant) -> None:
    _, other = talk(assistant, "三明的企业,合同500万,供应链核心企业奖多少", "算了,另外问一下,三明绿色工厂补多少")
    assert not other.facts
    assert "绿色工厂" in other.citations[0].text


def test_a_comparison_is_a_table_by_region(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "绿色工厂的补助,成都和三明比较一下")
    rows = {row.region: row for row in answer.comparison}
    assert set(rows) == {"成都", "三明"}
    assert "50万元" in rows["三明"].sum
    assert rows["三明"].in_force
    assert not rows["成都"].sum
    assert {row.citation for row in answer.comparison} == {citation.marker for citation in answer.citations}


def test_which_cities_looks_at_all_of_them(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "哪些城市对绿色工厂有补贴")
    assert {"成都", "三明"} <= {row.region for row in answer.comparison}
    assert answer.figures[0].amount == 500_000


def test_everything_a_place_grants_is_listed_with_its_sums(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "三明有哪些补贴")
    assert answer.status is Status.ANSWERED
    assert len(answer.citations) > 5
    assert {citation.region for citation in answer.citations} == {"三明"}
    assert "最多50万元" in answer.text


def test_an_english_answer_names_regions_in_english(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "Compare the awards for green factories in Chengdu and Sanming")
    assert [row.region for row in answer.comparison] == ["Sanming", "Chengdu"]
    assert "Sanming: " in answer.text


def test_a_refusal_names_the_nearest_thing_without_citing_it(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "杭州的智能工厂改造补多少")
    assert answer.status is Status.NOT_FOUND
    assert not answer.citations
    assert answer.nearest is not None
    assert "智能工厂" in answer.nearest.text
    assert "相近的规定" in answer.text


def test_a_refusal_of_another_subject_names_nothing(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "养一只猫一个月要花多少钱")
    assert answer.status is Status.NOT_FOUND
    assert answer.nearest is None


def test_a_figure_says_which_fact_it_was_worked_out_from(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "成都的小微企业租创业基地场地,房租40万,补多少")
    assert [(fact.value, fact.unit) for fact in answer.facts] == [(400_000, "yuan")]
    assert "租金" in answer.facts[0].fact


def test_a_citation_shows_what_the_rule_was_read_from(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "成都的小微企业租创业基地场地补多少")
    citation = answer.citations[0]
    shown = {highlight.field: citation.text[highlight.start : highlight.end] for highlight in citation.highlights}
    assert "50%" in shown["rate"]
    assert "30万元" in shown["cap"]


def test_a_threshold_passed_in_an_earlier_year_is_not_passed_for_the_first_time(assistant: PolicyAssistant) -> None:
    question = "成都做集成电路设备的,2021年营收就已经5.6亿了,2022年做到8.7亿,核心团队能拿奖吗"
    assert assistant.ask(question, as_of=date(2022, 12, 1)).status is Status.NOT_ELIGIBLE


def test_a_follow_up_on_something_new_is_not_answered_with_the_old(assistant: PolicyAssistant) -> None:
    _, other = talk(assistant, "成都智能工厂改造能补多少,投了1800万", "低空经济的呢")
    assert not other.figures


def test_after_another_city_a_whole_question_is_asked_of_the_documents_there_are(assistant: PolicyAssistant) -> None:
    first, second = talk(assistant, "深圳的智能工厂补多少", "小微企业租创业基地场地,房租40万,补多少")
    assert first.status is Status.NOT_FOUND
    assert second.figures[0].amount == 200_000


def test_a_share_that_is_asked_for_is_the_answer(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "三明不裁员的中小微企业,上年度失业保险费返还比例是多少")
    assert answer.status is Status.ANSWERED
    assert "100%" in answer.text


def test_each_place_is_answered_with_what_stands_before_it_in_english(assistant: PolicyAssistant) -> None:
    (answer,) = talk(
        assistant,
        "We won a national key laboratory at our Chengdu site and were listed as a green factory at our Sanming site. "
        "What does each city pay?",
    )
    assert {row.region for row in answer.comparison} == {"Chengdu", "Sanming"}
    assert {figure.amount for figure in answer.figures} >= {3_000_000, 500_000}


def test_another_level_is_asked_of_the_subject_last_named(assistant: PolicyAssistant) -> None:
    *_, national = talk(assistant, "三明供应链核心企业最高奖多少?", "那单项冠军呢", "国家级的有吗")
    assert national.status is Status.NOT_ELIGIBLE
    assert "单项冠军" in national.citations[0].text


def test_anything_else_after_who_is_responsible_goes_on_with_the_subject(assistant: PolicyAssistant) -> None:
    *_, last = talk(assistant, "三明绿色工厂补多少", "谁负责", "有没有别的")
    assert "所指的规定" not in last.text


def test_words_typed_as_into_a_search_box_ask_for_the_money(assistant: PolicyAssistant) -> None:
    first, worked = talk(assistant, "成都房租补贴小微企业创业基地", "一年房租55万")
    assert (first.status, first.figures[0].amount) == (Status.NEEDS_FACTS, 300_000)
    assert worked.figures[0].amount == 275_000


def test_until_when_can_be_asked_of_another_place(assistant: PolicyAssistant) -> None:
    _, _, sanming = talk(assistant, "成都技术改造项目补多少", "这个政策还有效吗", "那三明呢")
    assert sanming.citations[0].region == "三明"
    assert "2020年12月31日" in sanming.text


def test_those_who_stayed_too_short_are_taken_off(assistant: PolicyAssistant) -> None:
    _, fewer = talk(assistant, "送了30个工人给成都重点工业企业,干满7个月,补多少", "其中5个只干了3个月")
    assert fewer.figures[0].amount == 25_000


def test_those_who_left_are_taken_off_a_number_stated_before(assistant: PolicyAssistant) -> None:
    *_, fewer = talk(
        assistant,
        "成都给重点工厂送工的人力公司,补贴怎么算?",
        "一共送了60个",
        "里头有15个没干到半年就走了,刨掉他们该领多少",
    )
    assert fewer.figures[0].amount == 45_000


def test_the_user_of_a_thing_is_found_by_another_word(assistant: PolicyAssistant) -> None:
    first, buyer = talk(
        assistant, "How much does Chengdu give for a first set of major technical equipment?", "and for the buyer?"
    )
    assert first.citations[0].clause_id == buyer.citations[0].clause_id
    assert buyer.figures[0].amount == 3_000_000


def test_a_subject_without_a_place_is_answered_by_region(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "绿色工厂能补多少")
    assert answer.text.startswith("三明：")
    assert {citation.region for citation in answer.citations} == {"三明", "成都", "重庆"}
    assert {figure.citation for figure in answer.figures} == {1}


def test_a_subject_with_a_place_is_answered_for_that_place_alone(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "三明绿色工厂能补多少")
    assert {citation.region for citation in answer.citations} == {"三明"}
    assert not answer.text.startswith("三明：")


# ── comparison ──


@pytest.mark.parametrize(
    "question",
    [
        "工厂做智能化改造,成都稳链补链方案和襄阳的链长制方案,哪个写了给钱?",
        "智能化改造,成都穩鏈補鏈方案跟襄陽鏈長制方案,邊份寫明金額?",
        "稳链补链方案和链长制方案,智能化改造分别给多少",
    ],
)
def test_a_named_document_limits_only_its_own_place(assistant: PolicyAssistant, question: str) -> None:
    (answer,) = talk(assistant, question)
    assert [row.region for row in answer.comparison] == ["成都", "襄阳"]
    assert [figure.amount for figure in answer.figures] == [5_000_000]
    assert "智能化改造" in answer.citations[1].text


def test_each_place_is_asked_its_own_where_one_is_named_by_its_document(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "成都稳链补链方案对租创业基地场地最高补多少,三明对新入规的企业最高奖多少?")
    assert [figure.amount for figure in answer.figures] == [300_000, 50_000]


def test_a_place_that_states_no_sum_is_quoted_on_the_subject(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "单项冠军,三明和襄阳哪个写了奖多少钱?")
    assert answer.status is Status.ANSWERED
    assert [citation.region for citation in answer.citations] == ["三明", "襄阳"]
    assert "没有写明金额" in answer.text
    assert "单项冠军企业5家" in answer.text


def test_targets_of_two_places_are_both_quoted(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "工業能耗到2025年要降幾成,成都跟重慶哪邊訂得高?")
    assert [citation.region for citation in answer.citations] == ["成都", "重庆"]
    assert not answer.figures


@pytest.mark.parametrize(
    "question",
    [
        "首台套产品的补助,成都2020年稳链补链方案和2023年那批行动计划,哪份写了具体钱数?",
        "成都2020年和2023年的两份政策,对首台套产品各补多少?",
        "Which document states the sum for first-set equipment, Chengdu's 2020 plan or its plans of 2023?",
    ],
)
def test_documents_of_one_place_are_set_apart(assistant: PolicyAssistant, question: str) -> None:
    (answer,) = talk(assistant, question)
    assert len({row.document for row in answer.comparison}) == 2
    assert [(figure.amount, figure.citation) for figure in answer.figures] == [(3_000_000, 1)]
    assert "成都市工业稳链补链行动方案(2020-2022年)" in answer.text
    assert {citation.document_id for citation in answer.citations} == {
        "chengdu-2020-chain-stabilising",
        "chengdu-2023-six-plans",
    }


def test_a_place_inside_what_a_document_says_is_not_compared(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "成都2023年的行动计划提到和重庆共建什么")
    assert not answer.comparison
    assert {citation.region for citation in answer.citations} == {"成都"}


def test_nothing_is_quoted_for_a_subject_that_no_place_has(assistant: PolicyAssistant) -> None:
    (answer,) = talk(assistant, "成都稳链补链方案和三明十二条,养猫哪个给钱?")
    assert answer.status is Status.NOT_FOUND
