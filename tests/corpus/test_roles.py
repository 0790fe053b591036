"""Parts of guides and cards are typed by their headings."""

from collections.abc import Callable

import pytest

from corpus.document import Document
from corpus.roles import Role, RoleWords, role_of, role_words


@pytest.mark.parametrize("line", role_words(), ids=lambda line: line.role)
def test_each_heading_of_the_data_has_its_role_and_what_looks_alike_has_not(line: RoleWords) -> None:
    assert [role_of(heading) for heading in line.examples] == [line.role] * len(line.examples)
    assert line.role not in [role_of(heading) for heading in line.counter_examples]


def test_every_role_has_words() -> None:
    assert {line.role for line in role_words()} == set(Role)


def test_what_stands_below_a_heading_has_its_role(document_of: Callable[[str], Document]) -> None:
    document = document_of(
        "岚溪县设施农业补助申报指南\n一、申报条件\n（一）在本县登记注册；\n（二）种植面积20亩以上。\n二、申报材料\n1.申请表；\n2.营业执照。\n"
        "三、申报时间\n每年3月1日至3月31日。\n四、联系方式\n县农业农村局。\n"
    )

    assert {clause.id.partition("#")[2]: clause.role for clause in document.leaves if clause.role} == {
        "一.题": Role.CONDITIONS,
        "一.(一)": Role.CONDITIONS,
        "一.(二)": Role.CONDITIONS,
        "二.题": Role.MATERIALS,
        "二.1": Role.MATERIALS,
        "二.2": Role.MATERIALS,
        "三.题": Role.DEADLINE,
        "三.段1": Role.DEADLINE,
        "四.题": Role.CONTACT,
        "四.段1": Role.CONTACT,
    }


def test_a_part_on_one_line_has_the_role_of_its_own_heading(document_of: Callable[[str], Document]) -> None:
    document = document_of(
        "岚溪县创业补贴\n一、一次性创业补贴\n补贴对象：首次创业人员。\n补贴标准：8000元。\n申请渠道：县就业中心。\n补贴期限：一次性。\n"
    )

    roles = {clause.text.partition("：")[0]: clause.role for clause in document.leaves}
    assert (roles["补贴标准"], roles["申请渠道"], roles["补贴期限"]) == (Role.AMOUNT, Role.WINDOW, Role.PERIOD)
