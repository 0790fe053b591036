"""A row of a table is read as a rule: its cells with the words of its columns and of the line above it."""

from decimal import Decimal

import pytest

from assistant.clause.grant import grants_of
from assistant.clause.rows import rules_in
from corpus.collection import read_document
from corpus.document import Document


def document(table: str) -> Document:
    text = f"岚溪县支持企业创牌若干措施\n一、总体要求\n坚持企业自愿、政府引导。\n二、创牌\n{table}三、其他\n本措施由县经信局负责解释。\n"
    return read_document("added", text, text.encode())


def amounts(table: str) -> list[tuple[str, Decimal | None, Decimal | None, Decimal | None, str]]:
    return [
        (clause.heading, rule.rate, rule.amount, rule.cap, rule.per)
        for clause in document(table).leaves
        if clause.row is not None
        for rule in rules_in(clause)
    ]


def test_a_level_and_its_sum_are_a_rule_for_that_level() -> None:
    read = amounts("级别\n奖励标准\n国家级\n50万元\n省级\n20万元\n")

    assert read == [("国家级", None, Decimal(500000), None, ""), ("省级", None, Decimal(200000), None, "")]


def test_a_bare_number_takes_the_unit_of_its_column() -> None:
    read = amounts("| 名称 | 奖励金额（万元） |\n| 国家级绿色工厂 | 50 |\n| 省级绿色工厂 | 20 |\n")

    assert [amount for _, _, amount, _, _ in read] == [Decimal(500000), Decimal(200000)]


def test_a_bare_number_takes_the_unit_of_the_line_above_the_table() -> None:
    read = amounts("按下表补贴（单位：元/人）。\n序号\n工种\n初级\n高级\n1\n钳工\n800\n1600\n2\n茶艺师\n700\n1500\n")

    assert read[1] == ("钳工", None, Decimal(1600), None, "人")


def test_a_bare_number_without_any_unit_is_no_rule() -> None:
    assert amounts("级别\n奖励标准\n国家级\n50\n省级\n20\n") == []


def test_a_share_is_bounded_by_the_column_of_its_ceiling() -> None:
    read = amounts("类别\n补助比例\n补助上限\n设备更新\n20%\n300万元\n数字化改造\n30%\n200万元\n")

    assert read[1] == ("数字化改造", Decimal("0.30"), None, Decimal(2000000), "")


def test_a_column_of_ceilings_alone_states_no_exact_sum() -> None:
    read = amounts("类别\n最高补助额\n设备更新\n300万元\n数字化改造\n200万元\n")

    assert read[0] == ("设备更新", None, None, Decimal(3000000), "")


def test_a_threshold_in_a_column_is_a_condition() -> None:
    rules = [
        rule
        for clause in document(
            "类别\n年营业收入\n奖励金额\n小巨人\n5000万元以上\n30万元\n龙头\n2亿元以上\n80万元\n"
        ).leaves
        if clause.row
        for rule in rules_in(clause)
    ]

    assert [rule.amount for rule in rules] == [Decimal(300000), Decimal(800000)]
    assert [condition.value for condition in rules[1].conditions] == [Decimal(200000000)]


def test_what_a_rule_was_read_from_is_quoted_from_its_own_cell() -> None:
    clause = next(leaf for leaf in document("级别\n奖励标准\n国家级\n50万元\n省级\n20万元\n").leaves if leaf.row)
    rule = rules_in(clause)[0]

    span = rule.spans["amount"]
    assert clause.text[span.start : span.end] == "50万元"


@pytest.mark.parametrize("lead", ["按下表标准给予奖励：\n"])
def test_the_line_that_leads_to_the_table_is_no_grant_without_a_sum(lead: str) -> None:
    grants = list(grants_of(document(lead + "级别\n奖励标准\n国家级\n50万元\n省级\n20万元\n")))

    assert [len(grant.rules) for grant in grants] == [1, 1]
