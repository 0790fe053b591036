"""Where a document tells papers, steps, deadlines, contacts and payment of what it grants."""

from pathlib import Path

import pytest

from assistant.clause.procedure import readings, told_near
from assistant.question.aspects import Aspect
from corpus.collection import load_document
from corpus.document import Document
from corpus.script import fold

DOCUMENTS = Path(__file__).resolve().parents[1] / "cases" / "applying" / "documents"
EXAMPLES = [(name, text) for name, reading in readings().items() for text in reading.examples]
COUNTER_EXAMPLES = [(name, text) for name, reading in readings().items() for text in reading.counter_examples]


@pytest.mark.parametrize(("aspect", "sentence"), EXAMPLES)
def test_each_example_tells_its_aspect(aspect: str, sentence: str) -> None:
    assert readings()[aspect].is_told_in(fold(sentence))


@pytest.mark.parametrize(("aspect", "sentence"), COUNTER_EXAMPLES)
def test_no_counter_example_tells_it(aspect: str, sentence: str) -> None:
    assert not readings()[aspect].is_told_in(fold(sentence))


def test_every_aspect_but_the_department_has_a_reading() -> None:
    assert set(readings()) == set(Aspect) - {Aspect.RESPONSIBLE}


def told(document: Document, beginning: str, aspect: Aspect) -> list[str]:
    granting = {leaf.id for leaf in document.leaves if "补" in leaf.text or "奖励" in leaf.text}
    clause = next(leaf for leaf in document.leaves if beginning in leaf.text)
    return [one.words for one in told_near(document, clause, aspect, granting)]


@pytest.fixture(scope="module")
def measures() -> Document:
    return load_document(DOCUMENTS / "lanxi-port-measures.txt")


@pytest.fixture(scope="module")
def notice() -> Document:
    return load_document(DOCUMENTS / "lanxi-commerce-notice.txt")


def test_a_sentence_of_the_clause_tells_deadline_office_and_papers(measures: Document) -> None:
    sentence = "企业应于每年3月31日前向市交通运输局提交申请报告、船舶建造合同和验收证明。"
    for aspect in (Aspect.DEADLINE, Aspect.MATERIALS, Aspect.PLACE):
        assert told(measures, "新建新能源船舶", aspect) == [sentence]


def test_what_another_grant_says_of_its_own_is_not_told_of_this_one(measures: Document) -> None:
    assert told(measures, "航运代理企业", Aspect.DEADLINE) == []
    assert told(measures, "船舶管理公司", Aspect.PAID) == []


def test_the_telephone_of_a_site_is_no_contact(measures: Document) -> None:
    assert told(measures, "一类船长证书", Aspect.CONTACT) == []


def test_the_term_of_a_document_is_no_closing_date(measures: Document) -> None:
    assert told(measures, "适任证书", Aspect.DEADLINE) == []


def test_the_parts_of_a_notice_tell_of_every_grant_in_it(notice: Document) -> None:
    assert len(told(notice, "仓租的30%", Aspect.MATERIALS)) == 4
    assert told(notice, "仓租的30%", Aspect.DEADLINE) == ["2024年9月2日至9月30日,逾期不予受理。"]
    assert "0000-8871203" in told(notice, "直播基地", Aspect.CONTACT)[0]
    assert "20个工作日" in told(notice, "直播基地", Aspect.PAID)[0]
    assert told(notice, "直播基地", Aspect.STACKING) == ["同一项目已获得省级同类资金支持的,不重复享受。"]
