"""When a firm was founded, and how old it is on the day of the question."""

from datetime import date

import pytest

from assistant.question.founding import age_on, read_founding
from corpus.script import fold

ASKED = date(2023, 7, 15)


@pytest.mark.parametrize(
    ("text", "months", "at_least"),
    [
        ("我们公司成立于2019年", 42, True),
        ("2020年3月在本地注册的公司", 39, True),
        ("公司2021年7月16日成立", 23, False),
        ("公司2021年7月15日成立", 24, False),
        ("联盟是前年成立的", 18, True),
        ("our alliance was founded back in 2018", 54, True),
        ("we founded our small alliance in 2018", 54, True),
        ("the firm was established in May 2022", 13, True),
    ],
)
def test_the_age_of_a_firm(text: str, months: int, at_least: bool) -> None:
    founded = read_founding(fold(text))
    assert founded is not None
    age = age_on(founded, ASKED, 0)
    assert age is not None
    assert (age.value, age.over) == (months, at_least)


@pytest.mark.parametrize(
    "text",
    [
        "2021年投了500万",
        "2019年的政策还有效吗",
        "2020年成立后投了一个亿的子公司基金",
        "2022年成立子公司",
        "we invested in 2019",
    ],
)
def test_other_days_are_no_founding(text: str) -> None:
    assert read_founding(fold(text)) is None


def test_a_firm_not_yet_founded_has_no_age() -> None:
    founded = read_founding(fold("公司2024年5月成立"))
    assert founded is not None
    assert age_on(founded, ASKED, 0) is None
