from dataclasses import replace

import pytest

from corpus.clause import ClauseKind
from index.passage import make_passages, split_departments

GRANT = "对新认定的国家级专精特新企业一次性给予五十万元的奖励。"
LOAN = "对获得技术改造贷款的企业按贷款利息的一半给予贴息支持。"


def test_a_passage_is_a_stretch_of_the_source(make_document) -> None:
    document = make_document("a", "支持政策", GRANT + LOAN, LOAN)
    for passage in make_passages(document):
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.id == f"{passage.clause_id}@{passage.start}"


def test_a_passage_points_at_one_sentence_of_its_clause(make_document) -> None:
    passages = make_passages(make_document("a", "支持政策", GRANT + LOAN))
    assert [passage.text for passage in passages] == [GRANT, LOAN]
    assert {passage.clause_id for passage in passages} == {"a#一.1"}


def test_the_same_sentence_in_two_clauses_is_two_passages(make_document) -> None:
    passages = make_passages(make_document("a", "支持政策", GRANT, GRANT))
    assert [passage.clause_id for passage in passages] == ["a#一.1", "a#一.2"]
    assert len({passage.id for passage in passages}) == 2


def test_the_context_names_plan_and_headings_in_folded_form(make_document) -> None:
    (passage,) = make_passages(make_document("a", "資金 支持Ａ", GRANT, part="專項方案"))
    assert passage.context == "专项方案 资金支持a"


def test_a_heading_line_is_the_context_of_its_siblings_not_a_passage(make_document) -> None:
    document = make_document("a", "支持政策", (ClauseKind.HEADING, "一、支持政策"), GRANT)
    assert [passage.text for passage in make_passages(document)] == [GRANT]


def test_a_heading_that_stands_alone_can_be_found(make_document) -> None:
    document = make_document("a", "支持政策", (ClauseKind.HEADING, "一、支持政策"))
    assert [passage.text for passage in make_passages(document)] == ["一、支持政策"]


def test_titles_and_department_lines_are_passages_that_say_what_they_are(make_document) -> None:
    title = (ClauseKind.TITLE, "某市人民政府办公厅关于印发工业稳增长若干措施的通知")
    departments = (ClauseKind.RESPONSIBILITY, "责任单位:市经济和信息化局、市财政局、各区人民政府、各功能区")
    kinds = [passage.kind for passage in make_passages(make_document("a", "总则", title, GRANT, departments))]
    assert kinds == [ClauseKind.TITLE, ClauseKind.PARAGRAPH, ClauseKind.RESPONSIBILITY]


def test_a_passage_knows_its_region(make_document) -> None:
    (passage,) = make_passages(make_document("a", "总则", GRANT, region="某市"))
    assert passage.region == "某市"


def test_an_empty_leaf_gives_no_passage(make_document) -> None:
    document = make_document("a", "总则", GRANT)
    blank = replace(document.clauses[-1], text="  \n ")
    empty = replace(document, clauses=(document.clauses[0], blank))
    assert make_passages(empty) == ()


@pytest.mark.parametrize(
    "departments",
    ["(责任单位:市经信局、市财政局)", "［责任单位：市經信局］", "责任部门:市经信局", "【牵头单位:市商务局】"],
)
def test_the_departments_behind_a_sentence_are_told_from_it(departments: str) -> None:
    assert split_departments(GRANT + departments) == (GRANT, departments)


@pytest.mark.parametrize("text", [GRANT, "责任单位:市经信局", "各责任单位要加强配合。"])
def test_a_text_without_departments_behind_it_stays_whole(text: str) -> None:
    assert split_departments(text) == (text, "")
