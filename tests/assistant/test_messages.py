"""Fixed phrases and number formats in three languages."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.messages import Phrases
from assistant.question import Language
from corpus.quantities import Polarity

ZH, HANT, EN = Phrases(Language.CHINESE), Phrases(Language.TRADITIONAL), Phrases(Language.ENGLISH)


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        ("0", "0元", "RMB 0"),
        ("999", "999元", "RMB 999"),
        ("1000", "1,000元", "RMB 1,000"),
        ("9999", "9,999元", "RMB 9,999"),
        ("10000", "1万元", "RMB 10,000"),
        ("31500", "3.15万元", "RMB 31,500"),
        ("3600000", "360万元", "RMB 3.6 million"),
        ("100000000", "1亿元", "RMB 100 million"),
        ("250000000", "2.5亿元", "RMB 250 million"),
        ("1000000000", "10亿元", "RMB 1 billion"),
        ("299999.5", "299,999.5元", "RMB 299,999.5"),
        ("3600000.0000", "360万元", "RMB 3.6 million"),
        ("1E+6", "100万元", "RMB 1 million"),
    ],
)
def test_money(amount: str, chinese: str, english: str) -> None:
    assert ZH.money(Decimal(amount)) == chinese
    assert EN.money(Decimal(amount)) == english


def test_money_in_traditional_script() -> None:
    assert HANT.money(Decimal(3_600_000)) == "360萬元"
    assert HANT.money(Decimal(100_000_000)) == "1億元"


def test_other_currencies_are_named() -> None:
    assert ZH.money(Decimal(5_000_000), "USD") == "500万美元"
    assert EN.money(Decimal(5_000_000), "USD") == "USD 5 million"


@given(st.integers(min_value=0, max_value=10**13))
def test_money_loses_nothing(amount: int) -> None:
    shown = ZH.money(Decimal(amount)).removesuffix("元").replace(",", "")
    factor = {"万": 10**4, "亿": 10**8}.get(shown[-1], 1)
    assert Decimal(shown.rstrip("万亿")) * factor == amount


@pytest.mark.parametrize(("share", "text"), [("0.015", "1.5%"), ("0.2", "20%"), ("1", "100%"), ("0.0005", "0.05%")])
def test_percent(share: str, text: str) -> None:
    assert ZH.percent(Decimal(share)) == text


def test_per() -> None:
    assert (ZH.per("年"), ZH.per(None), EN.per("人"), HANT.per("场次")) == ("/年", "", " per person", "/場次")


def test_units_in_english_are_words_with_spaces() -> None:
    step = EN.step("units", {"units": Decimal(3), "unit": "1美元", "price": Decimal(2), "amount": Decimal(6)})
    assert step == "3 × RMB 2 per US dollar = RMB 6"
    assert (EN.measured(Decimal(6), "month"), ZH.measured(Decimal(6), "month")) == ("6 months", "6个月")
    assert (EN.words("[1].", "Also"), ZH.words("[1]。", "还须")) == ("[1]. Also", "[1]。还须")
    assert EN.bounded("RMB 5", Polarity.LESS_THAN) == "less than RMB 5"
    assert (ZH.bounded("5元", Polarity.AT_MOST), ZH.bounded("5元", Polarity.EXACTLY)) == ("不超过5元", "5元")


def test_day() -> None:
    assert (ZH.day(date(2022, 12, 31)), EN.day(date(2022, 12, 31))) == ("2022年12月31日", "31 December 2022")


def test_traditional_is_traditional_in_the_phrase_and_in_the_words_of_the_clause() -> None:
    assert HANT.say("region", region="成都市关于支持企业发展") == "成都市關於支持企業發展："
    assert "沒有" in HANT.say("no_others")


@pytest.mark.parametrize("phrases", [ZH, EN], ids=["zh", "en"])
def test_a_step_shows_its_whole_sum(phrases: Phrases) -> None:
    text = phrases.step("share", {"base": Decimal(18_000_000), "rate": Decimal("0.2"), "amount": Decimal(3_600_000)})
    assert text in ("1800万元 × 20% = 360万元", "RMB 18 million × 20% = RMB 3.6 million")


def test_the_parts_of_a_sum_are_shown() -> None:
    values = {"parts": "1200000|900000", "total": Decimal(2_100_000)}
    assert ZH.step("sum", values) == "120万元 + 90万元 = 210万元"


def test_units_of_a_step_are_numbers() -> None:
    values = {"units": Decimal(12), "unit": "人", "price": Decimal(1000), "amount": Decimal(12_000)}
    assert ZH.step("units", values) == "12人 × 1,000元 = 1.2万元"
    assert EN.step("units", values) == "12 × RMB 1,000 per person = RMB 12,000"


@pytest.mark.parametrize("phrases", [ZH, HANT, EN], ids=["zh", "zh-Hant", "en"])
@pytest.mark.parametrize("op", [">=", ">", "<=", "<", "=="])
def test_every_comparison_has_words(phrases: Phrases, op: str) -> None:
    assert phrases.operator(op)
