"""The clause search: words, filters, pages and files."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest


def search(visitor: Any, words: str) -> None:
    with visitor.page.expect_response("**/component_server/"):
        visitor.page.fill("#search-text", words)
        visitor.page.press("#search-text", "Enter")
    visitor.page.wait_for_function("!document.querySelector('.results').hasAttribute('aria-busy')")


def found(visitor: Any) -> int:
    return int("".join(c for c in visitor.page.locator(".found").inner_text() if c.isdigit()) or 0)


@pytest.fixture
def searching(visit: Any) -> Any:
    visitor = visit("?tab=search")
    visitor.see(".clauses")
    return visitor


def test_found_words_are_marked_in_their_clause(searching: Any) -> None:
    search(searching, "壮大贷")
    row = searching.see(".clauses tbody tr", "壮大贷")
    assert "壮大贷" in row.locator("mark").all_inner_texts()
    assert "成办发〔2020〕59号" in row.inner_text()


def test_a_filter_narrows_the_search_at_once(searching: Any) -> None:
    search(searching, "财政局")
    everywhere = found(searching)
    searching.page.locator(".filters").get_by_label("地区").select_option("三明")
    searching.page.wait_for_function(f"!document.querySelector('.found').textContent.includes('{everywhere}')")
    assert 0 < found(searching) < everywhere
    assert all("三明" in text for text in searching.page.locator(".clauses td:nth-child(3)").all_inner_texts())


def test_a_department_is_one_click_away(searching: Any) -> None:
    search(searching, "补助")
    facet = searching.page.locator(".facet").first
    count = int(facet.locator(".count").inner_text())
    facet.click()
    searching.page.wait_for_function(f"document.querySelector('.found').textContent.includes('{count}')")
    assert found(searching) == count


def test_the_results_have_pages(searching: Any) -> None:
    first = searching.page.locator(".clauses .rank").nth(1).inner_text()
    searching.page.get_by_role("button", name="下一页").click()
    searching.see(".pager", "第 2 /")
    assert (first, searching.page.locator(".clauses .rank").nth(1).inner_text()) == ("1", "11")


def test_nothing_found_is_said(searching: Any) -> None:
    search(searching, "“航天飞机发射场”")
    searching.see(".found", "没有符合的条款")


def test_an_unknown_department_is_told_in_a_sentence(searching: Any) -> None:
    searching.page.locator(".filters").get_by_label("责任单位").fill("不存在的部门")
    searching.page.keyboard.press("Enter")
    searching.see(".results .fault", "检索条件无法使用")


def download(visitor: Any, name: str) -> bytes:
    with visitor.page.expect_download() as coming:
        visitor.page.get_by_role("link", name=name).click()
    path = coming.value.path()
    assert coming.value.suggested_filename.endswith(name.lower())
    return Path(path).read_bytes()


def test_the_results_are_exported_as_csv(searching: Any) -> None:
    search(searching, "壮大贷")
    rows = list(csv.reader(io.StringIO(download(searching, "CSV").decode("utf-8-sig"))))
    assert rows[0][:4] == ["序号", "地区", "文件", "文号"]
    assert len(rows) == 1 + found(searching)
    assert any("壮大贷" in cell for cell in rows[1])


def test_the_results_are_exported_as_xlsx(searching: Any) -> None:
    from openpyxl import load_workbook

    search(searching, "壮大贷")
    sheet = load_workbook(io.BytesIO(download(searching, "XLSX"))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("序号", "地区", "文件", "文号")
    assert len(rows) == 1 + found(searching)


def test_the_results_are_exported_as_docx(searching: Any) -> None:
    from docx import Document

    search(searching, "壮大贷")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(download(searching, "DOCX"))).paragraphs)
    assert "壮大贷" in text
    assert "成办发〔2020〕59号" in text
