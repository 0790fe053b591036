"""Saved web pages: the page's own words, tables with spans, entities and what is not seen."""

import html
from pathlib import Path

import pytest

from corpus.collection import Collection, load_collection
from corpus.readers.source import BlockKind
from corpus.readers.web import read_web_archive, read_web_page

ARTICLE = "<p>会展业若干政策</p><p>一、支持办展。给予20万元补助。</p><p>二、附则。本政策自2024年1月1日起施行，有效期五年。</p>"


def lines(page: str, encoding: str = "utf-8") -> list[str]:
    return read_web_page(page.encode(encoding)).text.splitlines()


def test_menus_scripts_and_what_is_hidden_are_left_out() -> None:
    page = (
        "<html><head><title>网站</title><style>p{}</style></head><body><nav><a href=x>首页</a></nav>"
        "<ul><li><a href=x>政策法规</a></li><li><a href=y>办事服务</a></li></ul><script>var x='奖励90万元'</script>"
        f"<div style='display: none'>奖励80万元</div><div id=main>{ARTICLE}</div><aside>热门</aside></body></html>"
    )

    assert lines(page) == [
        "会展业若干政策",
        "一、支持办展。给予20万元补助。",
        "二、附则。本政策自2024年1月1日起施行，有效期五年。",
    ]


def test_a_body_that_a_script_would_show_is_read() -> None:
    assert len(lines(f"<body style='visibility: hidden'>{ARTICLE}")) == 3


def test_entities_and_characters_of_which_nothing_is_seen_do_not_stand_in_a_sum() -> None:
    assert lines("<p>按投资额的1&#8203;0%&nbsp;给予补助，最高&yen;50&ensp;万元&amp;牌匾</p>") == [
        "按投资额的10% 给予补助，最高¥50 万元&牌匾"
    ]


def test_rows_and_columns_that_span_are_carried_to_each_row() -> None:
    table = (
        "<table><tr><th rowspan=2>类别<th rowspan=2>级别<th colspan=2>奖励（万元）<tr><th>首次<th>再次"
        "<tr><td rowspan=2>工程中心<td>国家级<td>50<td>20<tr><td>省级<td>20<td>-</table>"
    )

    source = read_web_page(f"<p>奖励标准</p>{table}".encode())

    assert source.text.splitlines() == [
        "奖励标准", "工程中心，国家级：首次奖励50万元，再次奖励20万元", "工程中心，省级：首次奖励20万元",
    ]  # fmt: skip
    assert [(block.kind, block.row) for block in source.blocks[1:]] == [(BlockKind.ROW, 3), (BlockKind.ROW, 4)]


def test_the_unit_above_a_table_holds_for_its_bare_numbers() -> None:
    table = "<table><tr><th>级别<th>奖励<tr><td>国家级<td>50<tr><td>省级<td>20</table>"

    assert lines(f"<p>单位：万元</p>{table}")[1:] == ["国家级：奖励50万元", "省级：奖励20万元"]


def test_a_table_without_a_header_reads_name_and_value() -> None:
    assert lines("<table><tr><td>补贴标准<td>10000元<tr><td>主管部门<td>市科技局</table>") == [
        "补贴标准：10000元", "主管部门：市科技局",
    ]  # fmt: skip


def test_a_table_that_only_arranges_the_page_is_read_as_paragraphs() -> None:
    assert len(lines(f"<table><tr><td>{ARTICLE}</td></tr></table>")) == 3


def test_numbers_that_a_browser_prints_are_read_and_bullets_are_not() -> None:
    assert lines("<ol><li>申报表<li>营业执照</ol><ul><li>原件核验</ul>") == ["1.申报表", "2.营业执照", "原件核验"]


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "gb18030", ""])
def test_a_page_in_gb18030_is_read_whatever_it_calls_itself(declared: str) -> None:
    meta = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'>" if declared else ""

    assert lines(f"<head>{meta}</head>{ARTICLE}镕", "gb18030")[1] == "一、支持办展。给予20万元补助。"


def test_a_page_saved_in_one_file_is_read() -> None:
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n"

    source = read_web_archive(f"{head}Content-Transfer-Encoding: 8bit\n\n{ARTICLE}\n--b--\n".encode())

    assert len(source.text.splitlines()) == 3


def test_a_page_nested_without_end_is_read_or_said() -> None:
    deep = "<div>" * 50_000 + "给予20万元补助"

    assert "20万元" in read_web_page((ARTICLE + deep).encode()).text


def test_the_shipped_documents_as_web_pages_have_the_clause_tree_of_their_text(
    collection: Collection, tmp_path: Path
) -> None:
    for document in collection.documents:
        body = "".join(f"<p>{html.escape(line)}</p>" for line in document.text.splitlines())
        (tmp_path / f"{document.id}.html").write_text(f"<meta charset=utf-8>{body}", encoding="utf-8")

    pages = load_collection(tmp_path).documents

    assert len(pages) == len(collection.documents) == 5
    for page, text in zip(pages, collection.documents, strict=True):
        assert [(c.id, c.kind, c.address) for c in page.clauses] == [(c.id, c.kind, c.address) for c in text.clauses]
        assert ["".join(c.text.split()) for c in page.leaves] == ["".join(c.text.split()) for c in text.leaves]
