"""Every character of a document is in exactly one leaf, is page furniture, or is blank."""

import pytest

from corpus.collection import Collection, shipped_documents
from corpus.layout import is_blank

DOCUMENTS = sorted(path.stem for path in shipped_documents().glob("*.txt"))

# Read by hand in the five files. Anything else that is left out makes the test fail.
FURNITURE = {
    "chengdu-2020-chain-stabilising": [
        "行业政策",
        "1. 来源:成都市人民政府",
        "2. 发布时间:2020-7-3",
        "3. 浏览次数:831",
        "Copyright © 2019-2020 联系我们-腾龙公司在线客服 版权所有",
        "四川省成都市高新区和乐二街171号AI创新中心B6栋2单元7楼 联系电话:028-85217606/85085280",
        "技术支持:成都兰迪科技",
        "蜀ICP备19016507号-1",
    ],
    "chengdu-2023-six-plans": ["新闻详情", "首页 > 政策与政府引导", "2023.07.12"],
    "chongqing-2021-five-plans": ["相關稿件"],
    "sanming-2020-twelve-measures": [],
    "xiangyang-2021-chain-chiefs": [
        "文章搜索",
        "您当前的位置:首页 > 政策法规",
        "信息中心",
        "发布日期:2021-07-26 查看次数:22437 次",
        "网站首页   平台简介   服务范围   合作伙伴   联系我们",
        "主办单位:湖北省中小企业服务中心",
        "地址:武汉市武昌区徐东大街338号中小企业服务大楼3楼 邮箱:Smehub@163.com",
        "邮编:430077  鄂ICP备13003460号-3",
        "鄂公网安备 42010602001713号",
    ],
}


def test_five_documents_are_shipped() -> None:
    assert sorted(FURNITURE) == DOCUMENTS


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_leaves_and_furniture_tile_the_text(collection: Collection, document_id: str) -> None:
    document = collection.document(document_id)
    spans = sorted((span.start, span.end) for span in (*document.leaves, *document.furniture))

    position = 0
    for start, end in spans:
        assert start >= position, f"{document.text[start:end]!r} is held twice"
        assert all(is_blank(character) for character in document.text[position:start]), document.text[position:start]
        position = end
    assert all(is_blank(character) for character in document.text[position:])


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_nothing_but_the_known_furniture_is_left_out(collection: Collection, document_id: str) -> None:
    document = collection.document(document_id)

    assert [document.text[span.start : span.end] for span in document.furniture] == FURNITURE[document_id]
    assert all(span.reason for span in document.furniture)


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_a_clause_quotes_the_source_and_begins_and_ends_with_a_character(
    collection: Collection, document_id: str
) -> None:
    document = collection.document(document_id)

    for clause in document.clauses:
        assert document.text[clause.start : clause.end] == clause.text
        assert not is_blank(clause.text[0])
        assert not is_blank(clause.text[-1])


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_parents_come_first_and_span_their_children(collection: Collection, document_id: str) -> None:
    document = collection.document(document_id)
    seen: set[str] = set()

    for clause in document.clauses:
        assert clause.parent_id is None or clause.parent_id in seen
        seen.add(clause.id)
        children = [document.clauses_by_id[child_id] for child_id in clause.child_ids]
        assert all(child.parent_id == clause.id for child in children)
        if children:
            assert (clause.start, clause.end) == (children[0].start, children[-1].end)
    assert len(seen) == len(document.clauses)
