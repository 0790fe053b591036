"""What people do: type too much or nothing, mistype, change the language half-way, reload. Nothing they typed is lost."""

from typing import Any

import httpx
import pytest

QUESTION = "智能工厂改造能补多少?"


def test_an_empty_question_is_told_and_sends_nothing(visit: Any) -> None:
    visitor = visit()
    visitor.page.fill("#question", "   ")
    visitor.page.press("#question", "Enter")
    visitor.see(".composer .fault", "请先输入问题。")
    assert visitor.page.locator(".turn").count() == 0
    visitor.page.locator("#question").press_sequentially("智")
    assert visitor.page.locator(".composer .fault").inner_text() == ""


def test_a_question_that_is_too_long_is_told_with_its_length_and_stays(visit: Any) -> None:
    visitor = visit()
    visitor.page.fill("#question", "补" * 10_000)
    visitor.page.press("#question", "Enter")
    visitor.see(".composer .fault", "最多 2000 字，现在有 10000 字")
    assert len(visitor.page.input_value("#question")) == 10_000
    visitor.tab("search").page.fill("#search-text", "补" * 10_000)
    visitor.page.press("#search-text", "Enter")
    visitor.see(".results .fault", "最多 2000 字")


@pytest.mark.parametrize("question", ["😀😀😀", "？？？"])
def test_what_holds_no_words_is_told_and_stays(visit: Any, question: str) -> None:
    visitor = visit()
    visitor.page.fill("#question", question)
    visitor.page.press("#question", "Enter")
    visitor.see(".failed [role=alert]", "请用文字提问")
    assert visitor.page.input_value("#question") == question


def test_a_second_question_sent_too_early_stays_in_the_box(visit: Any) -> None:
    visitor = visit()
    visitor.page.fill("#question", QUESTION)
    visitor.page.press("#question", "Enter")
    visitor.page.press("#question", "Enter")
    visitor.page.fill("#question", "投了1800万呢?")
    visitor.page.press("#question", "Enter")
    visitor.turns.first.wait_for()
    if visitor.turns.count() == 1:  # the first was not answered yet when the second came
        assert visitor.page.input_value("#question") in ("投了1800万呢?", "")
    assert visitor.page.locator(".failed").count() == 0


def test_a_suggestion_leaves_what_was_typed(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    visitor.page.fill("#question", "我还想问")
    visitor.page.locator(".suggestion").last.click()
    visitor.turns.nth(1).wait_for()
    assert visitor.page.input_value("#question") == "我还想问"


def test_another_language_keeps_what_was_typed_on_every_tab(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    page = visitor.page
    page.fill("#question", "我还想问")
    page.get_by_role("textbox", name="项目投入是多少").fill("1800")
    visitor.tab("search").page.fill("#search-text", "贷款贴息")
    visitor.tab("checkup")
    form = page.locator("form.profile")
    form.get_by_label("年营业收入").fill("12,000")
    form.get_by_label("设备购置").fill("0.7")
    page.get_by_role("button", name="添加项目").click()
    form.get_by_label("项目名称").fill("智能工厂改造")
    form.get_by_label("项目实际投入").fill("1800")
    page.get_by_role("button", name="开始体检").click()
    visitor.see(".report .totals")
    page.get_by_role("button", name="English").click()
    visitor.see(".report-head", "Policy check-up report")
    assert form.get_by_label("Operating revenue").input_value() == "120"  # RMB million now
    assert form.get_by_label("Equipment bought").input_value() == "0.007"
    assert form.get_by_label("Actual investment").input_value() == "18"
    assert page.input_value("#search-text") == "贷款贴息"
    visitor.tab("ask")
    assert page.input_value("#question") == "我还想问"
    assert page.locator("[data-missing]").first.input_value() == "1800"
    page.get_by_role("button", name="简体").click()
    page.get_by_role("tab", name="政策体检").click()
    assert form.get_by_label("设备购置").input_value() == "0.7"


def test_a_reload_keeps_what_was_typed_but_nothing_of_the_enterprise(visit: Any) -> None:
    visitor = visit()
    visitor.page.fill("#question", "我还想问")
    visitor.tab("search").page.fill("#search-text", "贷款贴息")
    visitor.tab("checkup").page.locator("form.profile").get_by_label("年营业收入").fill("12000")
    visitor.page.reload()
    visitor.page.wait_for_selector("#question", state="attached")
    assert visitor.page.input_value("#question") == "我还想问"
    assert visitor.page.input_value("#search-text") == "贷款贴息"
    assert visitor.page.locator("form.profile").get_by_label("年营业收入").input_value() == ""


def test_back_and_forward_go_between_a_clause_and_the_conversation(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    visitor.page.get_by_role("link", name="条款链接").first.click()
    visitor.see("#panel-library .wanted")
    visitor.page.go_back()
    visitor.see("#panel-ask .figure-main")
    visitor.page.go_forward()
    visitor.see("#panel-library .wanted")


@pytest.mark.parametrize(
    ("typed", "told"), [("-5", "请输入不小于 0 的数"), ("一千", "请输入不小于 0 的数"), ("9" * 20, "这个数太大")]
)
def test_a_fact_that_cannot_be_is_told(visit: Any, typed: str, told: str) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    visitor.page.get_by_role("textbox", name="项目投入").fill(typed)
    visitor.see(".facts .fault", told)
    assert visitor.figure == "最高 360万元"


def test_a_missing_fact_that_is_no_number_is_told_and_not_asked(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    visitor.page.get_by_role("textbox", name="项目投入是多少").fill("很多")
    visitor.page.get_by_role("button", name="按此计算").click()
    visitor.see(".missing .fault", "请输入不小于 0 的数")
    assert visitor.turns.count() == 1


def test_a_project_without_a_name_is_told_and_not_dropped(visit: Any) -> None:
    visitor = visit("?tab=checkup")
    visitor.page.get_by_role("button", name="添加项目").click()
    visitor.page.locator("form.profile").get_by_label("项目实际投入").fill("1800")
    visitor.page.get_by_role("button", name="开始体检").click()
    visitor.see("form.profile .fault", "项目名称：填了其他各项，还请填写这一项。")


def test_two_windows_hold_two_conversations(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    other = visitor.page.context.new_page()
    other.goto(visitor.address)
    other.wait_for_selector(".welcome")
    assert visitor.turns.count() == 1


@pytest.mark.parametrize(
    ("language", "told"), [("zh-CN", "提问太频繁了，请过一会儿再试。"), ("en-GB", "Too many requests from here")]
)
def test_who_asks_too_often_is_told_and_keeps_what_was_typed(
    visit: Any, serve: Any, assistant: Any, built_settings: Any, language: str, told: str
) -> None:
    strict = {"trusted_proxies": (), "rate_limit": 1, "rate_burst": 600, "client_at_once": 200, "feedback_url": ""}
    with serve(assistant, built_settings.model_copy(update=strict)) as address:
        visitor = visit(at=address, language=language).ask(QUESTION)
        with httpx.Client() as other:  # from the same address
            assert any(other.get(f"{address}api/documents").status_code == 429 for _ in range(601))
        visitor.page.fill("#question", f"{QUESTION} 2")
        visitor.page.press("#question", "Enter")
        visitor.see(".failed [role=alert]", told)
        assert visitor.page.input_value("#question") == f"{QUESTION} 2"
        visitor.faults[:] = [fault for fault in visitor.faults if "429" not in fault]  # the browser's own report
