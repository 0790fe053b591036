"""A clause in its document: the dialog, the link, the library."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

CLAUSE = "chengdu-2020-chain-stabilising#四.(八)"
WORDS = "智能制造领域,对采用智能装备"


def test_the_context_shows_a_clause_between_its_neighbours(visit: Any) -> None:
    visitor = visit().ask("智能工厂改造能补多少?")
    visitor.page.get_by_role("button", name="上下文").click()
    dialog = visitor.see("dialog[open]", "四、政策措施 › (八)支持重点领域加快发展")
    assert WORDS in dialog.locator(".wanted mark").inner_text()
    neighbours = dialog.locator(".neighbour").all_inner_texts()
    assert [text[:3] for text in neighbours] == ["(七)", "(九)"]
    visitor.page.get_by_role("button", name="前一条").click()
    visitor.see("dialog[open] .wanted", "(七)支持产业生态圈联盟发展")
    visitor.page.keyboard.press("Escape")
    assert visitor.page.locator("dialog[open]").count() == 0


def test_the_context_leads_to_the_clause_in_the_library(visit: Any) -> None:
    visitor = visit().ask("智能工厂改造能补多少?")
    visitor.page.get_by_role("button", name="上下文").click()
    visitor.page.get_by_role("button", name="在政策库中打开").click()
    assert visitor.see(".tree .wanted", WORDS).is_visible()
    assert parse_qs(urlsplit(visitor.page.url).query)["clause"] == [CLAUSE]


def test_a_link_opens_the_page_at_its_clause(visit: Any) -> None:
    visitor = visit(f"?clause={quote(CLAUSE)}")
    assert visitor.see(".tree .wanted", WORDS).is_visible()
    assert visitor.page.locator("#tab-library").get_attribute("aria-selected") == "true"
    assert visitor.page.evaluate("document.activeElement.dataset.clauseId") == CLAUSE


def test_a_link_to_a_clause_that_is_gone_says_so(visit: Any) -> None:
    visitor = visit("?clause=chengdu-2020-chain-stabilising%23九十九")
    visitor.see(".document-view .fault", "条款不存在")


def test_the_address_of_a_citation_is_a_link_that_can_be_shared(visit: Any) -> None:
    visitor = visit().ask("智能工厂改造能补多少?")
    link = visitor.page.get_by_role("link", name="条款链接").first.evaluate("link => link.href")
    visitor.page.goto(link)
    assert visitor.see(".tree .wanted", WORDS).is_visible()


def test_a_clause_is_copied_with_its_reference(visit: Any) -> None:
    visitor = visit().ask("智能工厂改造能补多少?")
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.page.get_by_role("button", name="复制并注明出处").first.click()
    visitor.see(".notice", "已复制")
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert WORDS in copied
    assert "（成办发〔2020〕59号），四、政策措施 › (八)支持重点领域加快发展" in copied


def test_the_library_shows_a_documents_validity_and_clauses(visit: Any) -> None:
    visitor = visit().tab("library")
    visitor.page.get_by_role("button", name="三明市人民政府办公室").click()
    head = visitor.see(".document-head", "三明市畅通产业循环")
    assert "2020-12-31" in head.inner_text()
    visitor.page.get_by_role("button", name="全部展开").click()
    visitor.see(".tree .leaf-text", "首贷户")
    visitor.page.get_by_role("button", name="全部收起").click()
    assert not visitor.page.locator(".tree .leaf-text", has_text="首贷户").first.is_visible()


def test_the_back_button_returns_to_where_the_visitor_was(visit: Any) -> None:
    visitor = visit().ask("智能工厂改造能补多少?")
    visitor.page.get_by_role("link", name="条款链接").first.click()
    visitor.see(".tree .wanted")
    visitor.page.go_back()
    assert visitor.see(".figure-main .figure-amount").is_visible()
