"""What the five documents say about themselves, and what other documents do."""

from collections.abc import Callable
from datetime import date

import pytest

from corpus.collection import Collection, load_document, read_document, shipped_documents
from corpus.document import Document

# title, number, issuer, region, issued, valid from, valid to, planning from, planning to, number of parts
SHIPPED = {
    "chengdu-2020-chain-stabilising": (
        "成都市人民政府办公厅关于印发成都市工业稳链补链行动方案(2020-2022年)的通知",
        "成办发〔2020〕59号",
        "成都市人民政府办公厅",
        "成都",
        date(2020, 6, 22),
        date(2020, 7, 24),
        date(2022, 12, 31),
        2020,
        2022,
        0,
    ),
    "chengdu-2023-six-plans": (
        "成都市人民政府办公厅关于印发成都市制造业创新驱动行动计划等6个行动计划的通知",
        "",
        "成都市人民政府办公厅",
        "成都",
        date(2023, 3, 23),
        None,
        None,
        None,
        None,
        6,
    ),
    "chongqing-2021-five-plans": (
        "重慶市人民政府辦公廳關于印發重慶市推動制造業高質量發展重點專項實施方案的通知",
        "渝府辦發〔2021〕80號",
        "重慶市人民政府辦公廳",
        "重庆",
        date(2021, 8, 13),
        None,
        None,
        2021,
        2025,
        5,
    ),
    "sanming-2020-twelve-measures": (
        "三明市人民政府办公室关于印发三明市畅通产业循环市场循环支持制造业企业加快发展十二条措施的通知",
        "",
        "三明市人民政府办公室",
        "三明",
        None,
        None,
        date(2020, 12, 31),
        None,
        None,
        0,
    ),
    "xiangyang-2021-chain-chiefs": (
        "襄阳市先进制造业产业链链长制行动方案(2021-2023年)",
        "",
        "",
        "襄阳",
        None,
        None,
        None,
        2021,
        2023,
        0,
    ),
}


def facts(document: Document) -> tuple[object, ...]:
    known = document.metadata
    return (
        known.title,
        known.document_number,
        known.issuer,
        known.region,
        known.issued,
        known.valid_from,
        known.valid_to,
        known.planning_from,
        known.planning_to,
        len(known.parts),
    )


@pytest.mark.parametrize("document_id", sorted(SHIPPED))
def test_metadata_of_a_shipped_document(collection: Collection, document_id: str) -> None:
    assert facts(collection.document(document_id)) == SHIPPED[document_id]


@pytest.mark.parametrize("document_id", sorted(SHIPPED))
def test_the_text_alone_says_the_same(document_id: str) -> None:
    """As for a document that a user adds, without sources.toml."""
    document = load_document(shipped_documents() / f"{document_id}.txt")

    assert facts(document) == SHIPPED[document_id]


def test_names_a_question_may_use_for_the_region(collection: Collection) -> None:
    assert collection.document("chengdu-2023-six-plans").metadata.region_aliases == ("成都市", "蓉", "Chengdu")
    assert collection.regions == ("三明", "成都", "襄阳", "重庆")


def test_a_document_is_in_force_on_its_first_and_its_last_day(collection: Collection) -> None:
    known = collection.document("chengdu-2020-chain-stabilising").metadata

    assert known.in_force(date(2020, 7, 24))
    assert known.in_force(date(2022, 12, 31))
    assert not known.in_force(date(2020, 7, 23))
    assert not known.in_force(date(2023, 1, 1))


def test_metadata_of_a_district_s_measures(document_of: Callable[[str], Document]) -> None:
    document = document_of(
        "广州市天河区青年创业服务局 广州市天河区数字经济局\n"
        "关于印发广州市天河区支持青年手作工坊暂行办法的通知\n"
        "穗天青规字〔2023〕5号\n"
        "区属各单位：\n"
        "《广州市天河区支持青年手作工坊暂行办法》经区政府批准，现予公布。\n"
        "2023年8月9日\n"
        "第一条 为扶持手作工坊，制定本办法。\n"
        "第二条 开张补贴。给予一次性3万元补贴。\n"
        "第三条 本办法自印发之日起施行，有效期3年。\n"
    )

    assert document.metadata.document_number == "穗天青规字〔2023〕5号"
    assert document.metadata.region == "天河"
    assert document.metadata.issued == date(2023, 8, 9)
    assert (document.metadata.valid_from, document.metadata.valid_to) == (date(2023, 8, 9), date(2026, 8, 8))


def test_a_number_that_is_only_referred_to_is_not_the_document_s(document_of: Callable[[str], Document]) -> None:
    document = document_of(
        "关于组织申报手作工坊的通知\n各有关企业：\n按照《培育细则》(霁府办〔2019〕6号)，现将申报工作安排如下：\n"
        "一、申报对象\n我市制造企业。\n"
    )

    assert document.metadata.document_number == ""


def test_a_document_without_a_title_is_called_by_its_file(document_of: Callable[[str], Document]) -> None:
    document = document_of(
        "六、鼓励企业添置叉车。\n对添置叉车的给予补助。\n七、鼓励企业投保。\n按保费的25%给予奖励。\n"
    )

    assert document.metadata.title == "added"


@pytest.mark.parametrize(
    ("first_line", "title"),
    [
        ("前言:本站為你精心整理了縣屬重點企業扶持辦法范文,希望能有參考價值。", "縣屬重點企業扶持辦法"),
        ("小编给大家分享一份外贸企业奖励实施细则全文,欢迎阅读。", "外贸企业奖励实施细则"),
        ("经研究,现将《某县促进会展业发展若干措施(试行)》印发给你们。", "某县促进会展业发展若干措施(试行)"),
        ("对参加展会的企业按照《展会管理办法》给予补助。", "page"),
    ],
)
def test_a_page_without_a_title_line_may_introduce_the_document_by_name(first_line: str, title: str) -> None:
    text = f"{first_line}\n一、对企业给予10万元补助。\n二、对项目给予20万元补助。\n"

    assert read_document("page", text, text.encode()).metadata.title == title
