"""For everybody: keyboard alone, a screen reader, a small screen, a dark one."""

from typing import Any

import pytest

QUESTION = "智能工厂改造能补多少?"
TABS = ("ask", "search", "checkup", "library")


def serious(visitor: Any) -> list[str]:
    """What axe-core finds wrong and calls serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(visitor.page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def fill_all(visitor: Any) -> None:
    """Bring something into every tab."""
    visitor.ask(QUESTION).ask("投了1800万呢?")
    visitor.tab("search").see(".clauses")
    visitor.tab("checkup").page.locator("[data-action=checkup-example]").click()
    visitor.page.locator("form.profile .primary").click()
    visitor.see(".totals")
    visitor.tab("library").page.locator("button.document").first.click()
    visitor.see(".tree")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious_on_any_tab(visit: Any, dark: bool, width: int) -> None:
    visitor = visit(dark=dark, width=width)
    assert serious(visitor) == []
    fill_all(visitor)
    faults = {tab: serious(visitor.tab(tab)) for tab in TABS}
    assert faults == {tab: [] for tab in TABS}
    visitor.tab("ask").page.locator("[data-action=context]").first.click()
    visitor.see("dialog[open]")
    assert serious(visitor) == []


@pytest.mark.parametrize("language", ["zh-TW", "en-GB"])
def test_axe_finds_nothing_serious_in_the_other_languages(visit: Any, language: str) -> None:
    visitor = visit(language=language).ask(QUESTION)
    assert serious(visitor) == []


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en-GB"])
def test_nothing_is_wider_than_a_small_screen(visit: Any, language: str) -> None:
    visitor = visit(width=360, language=language)
    fill_all(visitor)
    assert {tab: visitor.tab(tab).width_needed() for tab in TABS} == dict.fromkeys(TABS, 360)


def test_a_small_screen_shows_the_whole_way_from_question_to_clause(visit: Any) -> None:
    visitor = visit(width=360).ask(QUESTION)
    visitor.turns.first.get_by_role("button", name="查看依据").click()
    assert visitor.figure == "最高 500万元"
    visitor.page.get_by_role("button", name="上下文").first.click()
    assert visitor.see("dialog[open] .wanted").is_visible()


def test_the_page_has_one_main_heading_and_named_parts(visit: Any) -> None:
    page = visit().page
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("log", name="对话").is_visible()
    assert page.get_by_role("tab", name="问答", selected=True).is_visible()
    assert page.get_by_role("region", name="依据").is_visible()


def focused(visitor: Any) -> str:
    return str(visitor.page.evaluate("document.activeElement.innerText || document.activeElement.id"))


def go_to(visitor: Any, text: str, limit: int = 60) -> None:
    """Press Tab until what has the focus reads like this."""
    for _ in range(limit):
        visitor.page.keyboard.press("Tab")
        if text in focused(visitor):
            return
    pytest.fail(f"{text!r} cannot be reached with the Tab key")


def test_everything_can_be_done_with_the_keyboard_alone(visit: Any) -> None:
    visitor = visit()
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    assert focused(visitor) == "跳到提问框"
    keyboard.press("Enter")
    assert focused(visitor) == "question"
    keyboard.type(QUESTION)
    keyboard.press("Enter")
    visitor.turns.first.wait_for()
    go_to(visitor, "上下文")
    keyboard.press("Enter")
    visitor.see("dialog[open]")
    keyboard.press("Escape")
    assert focused(visitor) == "上下文"
    visitor.page.locator("#tab-ask").focus()
    keyboard.press("ArrowRight")
    assert focused(visitor) == "条款检索"
    assert visitor.page.locator("#panel-search").is_visible()
    keyboard.press("End")
    assert focused(visitor) == "政策库"
    go_to(visitor, "襄阳市先进制造业")
    keyboard.press("Enter")
    visitor.see(".document-head", "襄阳市先进制造业")


def test_shift_and_enter_begin_a_new_line_and_do_not_send(visit: Any) -> None:
    visitor = visit()
    visitor.page.fill("#question", "智能工厂")
    visitor.page.press("#question", "Shift+Enter")
    assert visitor.page.input_value("#question") == "智能工厂\n"
    assert visitor.turns.count() == 0


def test_what_has_the_focus_can_be_seen(visit: Any) -> None:
    visitor = visit()
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Tab")
    style = visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert style == "solid"


def test_a_changed_figure_is_told_to_a_screen_reader(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    visitor.page.get_by_role("textbox", name="项目投入").fill("1000")
    said = visitor.see("[role=status].notice", "已重新计算")
    assert "200万元" in said.inner_text()
