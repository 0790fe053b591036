"""The interface in three languages: the browser's, one named in the address, one chosen on the page."""

from typing import Any

import pytest

TITLES = {"zh-CN": "政策问答", "zh-TW": "政策問答", "en-GB": "Policy answers", "fr-FR": "政策问答"}


@pytest.mark.parametrize(("language", "title"), TITLES.items(), ids=TITLES)
def test_the_browsers_language_is_the_pages(visit: Any, language: str, title: str) -> None:
    visitor = visit(language=language)
    assert visitor.page.locator("h1").inner_text() == title
    assert visitor.page.title() == title


def test_the_language_of_the_address_comes_first(visit: Any) -> None:
    visitor = visit("?lang=en", language="zh-CN")
    assert visitor.page.locator("h1").inner_text() == "Policy answers"
    assert visitor.page.evaluate("document.documentElement.lang") == "en"


def test_switching_keeps_the_conversation_and_is_remembered(visit: Any) -> None:
    visitor = visit().ask("智能工厂改造能补多少?")
    visitor.page.get_by_role("button", name="English").click()
    visitor.see("h1", "Policy answers")
    visitor.see(".figure-main .figure-bound", "Ceiling, not an entitlement")
    assert "上限为500万元" in visitor.turns.first.inner_text()
    visitor.page.get_by_role("button", name="繁體").click()
    visitor.see("h1", "政策問答")
    visitor.open()
    assert visitor.page.locator("h1").inner_text() == "政策問答"


def test_an_english_question_is_answered_in_english(visit: Any) -> None:
    visitor = visit(language="en-US").ask("What subsidy is there for smart factory retrofit?")
    assert visitor.figure == "up to RMB 5 million"
    visitor.page.get_by_label("What is your 项目投入").fill("18")
    visitor.page.get_by_role("button", name="Work it out").click()
    visitor.see(".figure-main .figure-amount", "RMB 3.6 million")


def test_a_traditional_question_finds_the_simplified_clause(visit: Any) -> None:
    visitor = visit(language="zh-HK").ask("智能工廠改造能補多少?")
    assert visitor.figure == "最高 500萬元"
    visitor.see("blockquote", "不超过500万元补助")
