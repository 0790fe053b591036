"""The policy check-up: the form, the groups, the totals."""

from typing import Any

import pytest


def test_the_example_gives_a_report_in_three_groups_with_totals(visit: Any) -> None:
    visitor = visit("?tab=checkup")
    visitor.page.get_by_role("button", name="填入示例").click()
    visitor.page.get_by_role("button", name="开始体检").click()
    visitor.see(".total-exact dd", "150万元")
    assert [text.split()[0] for text in visitor.page.locator(".group > h3").all_inner_texts()] == [
        "可以享受",
        "满足以下条件可以享受",
        "不能享受",
    ]
    eligible = visitor.see(".group-eligible .match", "智能工厂")
    visitor.see(".group-not_eligible .match-reason", "牵头")
    assert "1800万元 × 20% = 360万元" in eligible.inner_text()


def test_a_filled_in_field_changes_what_is_found(visit: Any) -> None:
    visitor = visit("?tab=checkup")
    form = visitor.page.locator("form.profile")
    form.get_by_label("所在地区").select_option("成都")
    form.get_by_label("按哪一天核对").fill("2021-06-01")
    form.get_by_label("年用能费用").fill("300")
    visitor.page.get_by_role("button", name="开始体检").click()
    visitor.see(".match", "4.5万元")


def test_policies_that_have_ended_are_said_first_and_checked_for_their_last_day(visit: Any) -> None:
    visitor = visit("?tab=checkup")
    visitor.page.get_by_role("button", name="填入示例").click()
    visitor.page.locator("form.profile").get_by_label("按哪一天核对").fill("2026-01-01")
    visitor.page.get_by_role("button", name="开始体检").click()
    visitor.see(".ended-first", "2022年12月31日")
    visitor.page.get_by_role("button", name="按2022年12月31日再核对一次").click()
    visitor.see(".total-exact dd", "150万元")


def test_a_project_can_be_added_and_removed(visit: Any) -> None:
    visitor = visit("?tab=checkup")
    visitor.page.get_by_role("button", name="添加项目").click()
    row = visitor.page.locator("[data-row=projects]")
    assert row.count() == 1
    row.get_by_role("button", name="移除").click()
    assert row.count() == 0


def test_a_field_that_cannot_be_used_is_named(visit: Any) -> None:
    visitor = visit("?tab=checkup")
    visitor.page.locator("form.profile").get_by_label("年营业收入").fill("一个亿左右")
    visitor.page.get_by_role("button", name="开始体检").click()
    visitor.see("form.profile .fault", "年营业收入：请填写不小于 0 的金额")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_only_the_report_is_printed_dark_on_white(visit: Any, dark: bool) -> None:
    visitor = visit("?tab=checkup", dark=dark)
    visitor.page.get_by_role("button", name="填入示例").click()
    visitor.page.get_by_role("button", name="开始体检").click()
    visitor.see(".totals")
    visitor.page.emulate_media(media="print")
    assert visitor.page.locator(".report-head").is_visible()
    assert not visitor.page.locator("form.profile").is_visible()
    assert not visitor.page.locator("[role=tablist]").is_visible()
    colours = "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
    assert visitor.page.locator(".match").first.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_in_english_only_what_clauses_say_is_chinese(visit: Any) -> None:
    visitor = visit("?tab=checkup", language="en-GB")
    assert "Chengdu" in visitor.page.locator("form.profile select[name=region]").inner_text()
    visitor.page.get_by_role("button", name="Fill in an example").click()
    visitor.page.get_by_role("button", name="Run the check-up").click()
    visitor.see(".report-head", "Chengdu")
    steps = visitor.see(".group-eligible .steps", "RMB 18 million")
    assert steps.inner_text().splitlines() == [
        "RMB 18 million × 20% = RMB 3.6 million",
        "RMB 3.6 million is within the cap of RMB 5 million",
        "the clause says not more than 20%, so this is a ceiling",
    ]
    visitor.see(".match-reason", "On what you say, the condition is not met")
