"""The day that a question sets."""

from datetime import date

import pytest

from assistant.language.asked_day import read_asked_day
from corpus.script import fold

ASKED = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "of_validity", "day"),
    [
        ("2021年6月的时候,技改能补多少", False, date(2021, 6, 30)),
        ("2021年3月5日申报的话能补多少", False, date(2021, 3, 5)),
        ("假如现在是2022年初,还能拿吗", False, date(2022, 1, 1)),
        ("截至2022年12月31日政策有效吗", True, date(2022, 12, 31)),
        ("2022年底還有效嗎", True, date(2022, 12, 31)),
        ("去年还能用吗", True, date(2025, 12, 31)),
        ("明年3月还管用吗", True, date(2027, 3, 31)),
        ("2020年的支持方案2023年还有效吗", True, date(2023, 12, 31)),
        ("As of March 2022, how much is it?", False, date(2022, 3, 31)),
        ("Was it still in force on 3 May 2021?", True, date(2021, 5, 3)),
        ("Suppose it's already February 2024: what would we get?", False, date(2024, 2, 29)),
    ],
)
def test_a_day_set_for_the_question_is_read(question: str, of_validity: bool, day: date) -> None:
    stated = read_asked_day(fold(question), of_validity=of_validity)
    assert stated is not None
    assert stated.on(ASKED) == day


@pytest.mark.parametrize(
    ("question", "of_validity"),
    [
        ("2021年投了500万,能补多少", False),
        ("到2025年的目标是多少", False),
        ("2023年行动计划还有效吗", True),
        ("三明那个2020年的政策现在还管用吗", True),
        ("今年还有效吗", True),
        ("We invested 5 million in 2021. What do we get?", False),
        ("2021年13月还有效吗", True),
        ("Our alliance was founded back in 2016. Can it still claim?", False),
        ("The plant was opened here back in May 2018: how much?", False),
    ],
)
def test_a_date_of_something_else_sets_no_day(question: str, of_validity: bool) -> None:
    stated = read_asked_day(fold(question), of_validity=of_validity)
    assert stated is None or stated.on(ASKED) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("question", "of_validity", "moves"),
    [
        ("截至2021年3月,这个方案有效吗", True, True),
        ("2021年6月的时候,技改能补多少", False, True),
        ("2021年3月5日申报的话能补多少", False, True),
        ("As of March 2022, was the city's 2020 industrial plan still in force?", True, True),
        ("In March 2021, could a company still claim it?", False, True),
        ("我们2021年3月5号申报的,能补多少", False, False),
        ("2021年5月3号那天方案施行了没有", True, False),
        ("2021年5月初办的事,当时的方案在有效期里吗", True, False),
        ("Was it in force on 3 May 2021?", True, False),
    ],
)
def test_a_question_is_put_on_a_day_or_asks_now_of_what_happened_then(
    question: str, of_validity: bool, moves: bool
) -> None:
    stated = read_asked_day(fold(question), of_validity=of_validity)
    assert stated is not None
    assert stated.moves is moves


def test_the_day_of_the_question_goes_before_the_year_of_a_document() -> None:
    question = "As of March 2022, was the city's 2020 industrial chain-stabilising plan still in force?"
    stated = read_asked_day(question.lower(), of_validity=True)
    assert stated is not None
    assert stated.on(ASKED) == date(2022, 3, 31)
