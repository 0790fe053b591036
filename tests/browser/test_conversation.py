"""Asking, asking on, changing a fact, judging an answer."""

import sqlite3
from pathlib import Path
from typing import Any

QUESTION = "智能工厂改造能补多少?"


def test_a_question_shows_the_answer_the_figure_and_the_clause(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    assert "500万元" in visitor.turns.first.inner_text()
    assert visitor.figure == "最高 500万元"
    visitor.see(".figure-main .figure-bound", "上限，非应得金额")
    card = visitor.see(".citation", "成办发〔2020〕59号")
    assert "给予项目投入最高20%、不超过500万元补助" in card.locator("blockquote").inner_text()
    assert "已失效" in card.locator(".badge").inner_text()


def test_what_a_rule_was_read_from_is_highlighted_and_named_in_the_legend(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    visitor.see("mark.hl-rate", "20%")
    visitor.see("mark.hl-cap", "500万元")
    assert {"比例", "上限"} <= set(visitor.page.locator(".legend mark").all_inner_texts())


def test_a_second_turn_is_answered_from_the_first(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    assert visitor.figure == "最高 360万元"
    assert "1800万元 × 20% = 360万元" in visitor.page.locator(".figure-main .steps").inner_text()


def test_changing_a_fact_works_the_figure_out_again(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    value = visitor.page.get_by_role("textbox", name="项目投入")
    assert value.input_value() == "1800"
    value.fill("1000")
    visitor.see(".figure-main .figure-amount", "最高 200万元")
    visitor.see(".chart-notes li", "1000万元")
    value.fill("9,000")
    visitor.see(".figure-main .figure-amount", "最高 500万元")


def test_the_unit_of_a_fact_can_be_changed(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    visitor.page.get_by_label("单位", exact=True).select_option("元")
    visitor.see(".figure-main .figure-amount", "最高 360元")


def test_a_fact_that_is_no_number_is_refused_and_the_figure_stays(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    visitor.page.get_by_role("textbox", name="项目投入").fill("很多")
    visitor.see(".facts .fault", "请输入不小于 0 的数")
    assert visitor.figure == "最高 360万元"
    assert visitor.page.get_by_role("textbox", name="项目投入").get_attribute("aria-invalid") == "true"


def test_a_missing_fact_is_asked_for_in_a_form(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    visitor.page.get_by_role("textbox", name="项目投入是多少").fill("1800")
    visitor.page.get_by_role("button", name="按此计算").click()
    visitor.see(".figure-main .figure-amount", "最高 360万元")
    assert visitor.turns.count() == 2


def test_the_chart_shows_the_cap_and_the_visitors_own_point(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    picture = visitor.page.locator(".chart > svg")
    assert picture.locator("circle.own").count() == 1
    assert picture.locator("line.cap").count() == 1
    assert "您的情况：1800万元，最高 360万元" in (picture.get_attribute("aria-label") or "")


def test_a_suggestion_asks_the_next_question(visit: Any) -> None:
    visitor = visit().ask("2021年6月的时候," + QUESTION)
    visitor.page.get_by_role("button", name="这个政策还有效吗？").click()
    visitor.turns.nth(1).wait_for()
    assert "2022年12月31日" in visitor.turns.nth(1).inner_text()


def test_an_earlier_answer_brings_its_evidence_back(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    visitor.turns.first.get_by_role("button", name="查看依据").click()
    visitor.see(".figure-main .figure-amount", "最高 500万元")
    assert visitor.turns.first.get_by_role("button", name="查看依据").get_attribute("aria-pressed") == "true"


def test_the_evidence_stays_while_the_next_answer_is_worked_out(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    held: list[Any] = []
    visitor.page.route("**/component_server/", lambda route: held.append(route))
    visitor.page.fill("#question", "投了1800万呢?")
    visitor.page.press("#question", "Enter")
    visitor.see(".turn.pending", "投了1800万呢?")
    assert visitor.figure == "最高 500万元"
    visitor.page.wait_for_timeout(100)
    held[0].continue_()
    visitor.see(".figure-main .figure-amount", "最高 360万元")


def test_a_refusal_is_said_as_one(visit: Any) -> None:
    visitor = visit().ask("上海的人才补贴有多少?")
    visitor.see(".status-not_found", "文件中没有规定")
    assert visitor.page.locator(".figure").count() == 0


def test_a_server_that_is_gone_is_told_and_the_question_kept(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    visitor.page.route("**/component_server/", lambda route: route.abort())
    visitor.page.fill("#question", "投了1800万呢?")
    visitor.page.press("#question", "Enter")
    visitor.see(".failed [role=alert]", "连接不上服务器")
    assert visitor.page.input_value("#question") == "投了1800万呢?"
    visitor.faults.clear()  # the browser says itself that the connection failed


def test_the_conversation_outlives_a_reload_and_ends_when_a_new_one_begins(visit: Any) -> None:
    visitor = visit().ask(QUESTION)
    visitor.open()
    assert visitor.figure == "最高 500万元"
    visitor.ask("投了1800万呢?")
    assert visitor.figure == "最高 360万元"
    visitor.page.get_by_role("button", name="新对话").click()
    visitor.see(".welcome")
    assert visitor.turns.count() == 0


def test_a_region_and_a_day_narrow_the_question(visit: Any) -> None:
    visitor = visit()
    visitor.page.get_by_label("按哪一天", exact=True).fill("2021-06-01")
    visitor.ask(QUESTION)
    visitor.see(".citation .badge", "现行有效")
    visitor.page.locator(".composer").get_by_label("地区").select_option("三明")
    visitor.ask("供应链金融有什么支持?")
    assert "三明" in visitor.page.locator(".citation h4").first.inner_text()


def test_a_judgement_is_stored_with_its_comment(visit: Any, feedback_file: Path) -> None:
    visitor = visit().ask(QUESTION)
    visitor.page.get_by_role("button", name="没有帮助").click()
    visitor.page.get_by_label("补充说明").fill("想知道怎么申报")
    visitor.page.get_by_role("button", name="提交").click()
    visitor.see(".notice", "已记录")
    with sqlite3.connect(feedback_file) as database:
        rows = database.execute(
            "select question, rating, comment from feedback where comment = '想知道怎么申报'"
        ).fetchall()
    assert rows == [(QUESTION, "down", "想知道怎么申报")]


def test_a_judgement_without_a_comment_is_stored_when_the_visitor_asks_on(visit: Any, feedback_file: Path) -> None:
    visitor = visit().ask("给重点工业企业输送工人有没有补助")
    visitor.page.get_by_role("button", name="有帮助", exact=True).click()
    visitor.ask("去了30个人呢?")
    visitor.see(".notice", "已记录")
    with sqlite3.connect(feedback_file) as database:
        rows = database.execute("select rating, comment from feedback where question like '给重点%'").fetchall()
    assert rows == [("up", "")]


def edited(visitor: Any, value: str, figure: str) -> None:
    """Change the project's cost and wait for the figure."""
    visitor.page.get_by_role("textbox", name="项目投入").fill(value)
    visitor.see(".figure-main .figure-amount", figure)


def test_a_changed_fact_says_what_it_was_and_can_be_put_back(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    edited(visitor, "1000", "最高 200万元")
    visitor.see(".figure-main .figure-label", "按修改后的情况")
    visitor.see(".facts .changed", "已修改：项目投入由1800万元改为1000万元。")
    assert "最多可得200万元" in visitor.turns.nth(1).locator(".amended").inner_text()
    visitor.page.get_by_role("button", name="恢复原值").click()
    visitor.see(".figure-main .figure-amount", "最高 360万元")
    assert visitor.page.get_by_role("textbox", name="项目投入").input_value() == "1800"
    assert visitor.page.locator(".changed").count() == 0
    assert visitor.turns.nth(1).locator(".amended").inner_text() == ""


def test_the_next_question_knows_the_changed_fact(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    edited(visitor, "1000", "最高 200万元")
    visitor.ask("那智能工厂改造能补多少?")
    assert visitor.figure == "最高 200万元"


def test_a_changed_fact_outlives_a_reload_another_language_and_a_look_elsewhere(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    edited(visitor, "1000", "最高 200万元")
    visitor.open()
    assert visitor.figure == "最高 200万元"
    visitor.page.get_by_role("button", name="English").click()
    visitor.see(".facts .changed", "Restore")
    assert visitor.figure == "最高 200万元"
    visitor.turns.first.get_by_role("button", name="Show the evidence").click()
    visitor.see(".figure-main .figure-amount", "最高 500万元")
    visitor.turns.nth(1).get_by_role("button", name="Show the evidence").click()
    visitor.see(".figure-main .figure-amount", "最高 200万元")


def test_changing_a_fact_moves_nothing_under_the_hand(visit: Any) -> None:
    visitor = visit().ask(QUESTION).ask("投了1800万呢?")
    field = visitor.page.get_by_role("textbox", name="项目投入")
    field.scroll_into_view_if_needed()  # as the hand that types in it has done
    before = field.bounding_box()
    edited(visitor, "1000", "最高 200万元")
    assert field.bounding_box() == before


def test_an_earlier_answer_keeps_the_day_it_was_asked_for(visit: Any) -> None:
    visitor = visit()
    day = visitor.page.get_by_label("按哪一天", exact=True)
    day.fill("2021-06-01")
    visitor.ask(QUESTION)
    day.fill("")
    visitor.ask("投了1800万呢?")
    visitor.see(".citation .badge", "已失效")
    visitor.turns.first.get_by_role("button", name="查看依据").click()
    visitor.see(".citation .badge", "现行有效")


def test_where_nothing_is_found_the_documents_are_shown(visit: Any) -> None:
    visitor = visit().ask("上海的人才补贴有多少?")
    visitor.see(".evidence .shelf", "襄阳市先进制造业")


CONDITIONAL = "2021年6月的时候,成都给重点工业企业输送12个工人能补多少?"  # on a day on which the policy held


def decide(visitor: Any, button: str) -> None:
    """Settle the first condition that can be settled."""
    visitor.page.locator(".conditions").get_by_role("button", name=button, exact=True).first.click()


def test_a_sum_with_an_open_condition_is_called_conditional_and_never_exact(visit: Any) -> None:
    visitor = visit().ask(CONDITIONAL)
    visitor.see(".figure-main.figure-conditional .figure-bound", "有前提")
    visitor.see(".conditions li", "您还没有说：")
    assert visitor.page.locator(".figure-main.figure-exact").count() == 0


def test_a_click_settles_a_condition_and_the_sum_is_worked_out_again(visit: Any) -> None:
    visitor = visit().ask(CONDITIONAL)
    before = visitor.figure
    while visitor.page.locator(".conditions [aria-pressed=true]").count() < visitor.page.locator(".choice").count():
        pressed = visitor.page.locator(".conditions [aria-pressed=true]").count()
        open_one = visitor.page.locator(".conditions .condition-open").first
        open_one.get_by_role("button", name="符合", exact=True).click()
        visitor.page.wait_for_function(
            "n => document.querySelectorAll('.conditions [aria-pressed=true]').length > n", arg=pressed
        )
    visitor.see(".figure-main.figure-exact .figure-bound", "准确金额")
    assert visitor.figure == before
    assert "您已选择：符合" in visitor.turns.first.locator(".amended").inner_text()


def test_a_condition_that_is_not_met_takes_the_sum_away_and_can_be_taken_back(visit: Any) -> None:
    visitor = visit().ask(CONDITIONAL)
    before = visitor.figure
    decide(visitor, "不符合")
    visitor.see(".status", "不符合条件")
    assert visitor.page.locator(".figure").count() == 0
    visitor.see(".evidence .note", "按您所选，不符合条件：条款要求")
    decide(visitor, "不符合")
    visitor.see(".figure-main .figure-bound", "有前提")
    assert visitor.figure == before


def test_a_choice_outlives_a_reload(visit: Any) -> None:
    visitor = visit().ask(CONDITIONAL)
    decide(visitor, "不符合")
    visitor.see(".status", "不符合条件")
    visitor.open()
    visitor.see(".status", "不符合条件")
    assert visitor.page.locator(".conditions [aria-pressed=true]").inner_text() == "不符合"


def test_conditions_and_their_buttons_fit_a_telephone(visit: Any) -> None:
    visitor = visit(width=360).ask(CONDITIONAL)
    visitor.see(".conditions li")
    assert visitor.width_needed() <= 360
    sizes = [box for one in visitor.page.locator(".choice button").all() if (box := one.bounding_box())]
    assert sizes
    assert all(box["height"] >= 32 and box["x"] + box["width"] <= 360 for box in sizes)


def test_on_a_phone_that_a_policy_is_over_stands_above_its_sum_and_no_green_over_it(visit: Any) -> None:
    visitor = visit(width=360).ask("成都小企业创业基地的小微企业,一年租金50万,能补多少?")
    note = visitor.see(".figure-main .figure-ended", "已于2022年12月31日失效")
    amount = visitor.see(".figure-main .figure-amount", "25万元")
    assert note.bounding_box()["y"] < amount.bounding_box()["y"]
    green = visitor.page.evaluate(
        "getComputedStyle(document.querySelector('.policy')).getPropertyValue('--exact').trim()"
    )
    shown = visitor.page.evaluate("getComputedStyle(document.querySelector('.figure-main .figure-amount')).color")
    assert visitor.page.locator(".figure-main.figure-exact, .figure-main.figure-conditional").count() == 0
    assert shown != _rgb(green)


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"
