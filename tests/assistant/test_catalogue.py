"""Which turns ask for everything that a place grants."""

import pytest

from assistant.question.catalogue import asks_for_catalogue
from corpus.script import fold


@pytest.mark.parametrize(
    "turn",
    [
        "有哪些补贴",
        "有什么惠企政策?",
        "企业可以申请哪些奖励",
        "列出所有扶持措施",
        "What subsidies are there?",
        "list all grants for companies",
    ],
)
def test_a_turn_that_names_no_subject_asks_for_all(turn: str) -> None:
    assert asks_for_catalogue(fold(turn), ())


@pytest.mark.parametrize(
    "turn",
    [
        "绿色工厂有哪些补贴",
        "研发有什么奖励",
        "What subsidies are there for green factories?",
        "补贴多少",
        "有哪些条款",
        "",
    ],
)
def test_a_turn_that_names_a_subject_or_lists_nothing_does_not(turn: str) -> None:
    assert not asks_for_catalogue(fold(turn), ())


def test_the_name_of_a_place_is_no_subject() -> None:
    assert asks_for_catalogue("三明有哪些补贴", ((0, 2),))
    assert not asks_for_catalogue("三明有哪些补贴", ())
