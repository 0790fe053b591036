"""Quantities: what a phrase measures, in which unit, and in which direction it bounds."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import Quantity, find_dates, find_quantities
from corpus.script import to_traditional

# phrase, value, unit, polarity, upper end of a range
PHRASES = [
    ("补助50万元", "500000", "yuan", "exactly", None),
    ("补助80万元整", "800000", "yuan", "exactly", None),
    ("奖励5000元", "5000", "yuan", "exactly", None),
    ("奖励0.5万元", "5000", "yuan", "exactly", None),
    ("奖励 30 万元", "300000", "yuan", "exactly", None),
    ("奖励1,200万元", "12000000", "yuan", "exactly", None),
    ("奖励3，000万元", "30000000", "yuan", "exactly", None),
    ("奖励１２０万元", "1200000", "yuan", "exactly", None),
    ("奖励2O万元", "200000", "yuan", "exactly", None),
    ("奖励1oo万元", "1000000", "yuan", "exactly", None),
    ("总投资1.5亿元", "150000000", "yuan", "exactly", None),
    ("总投资2亿", "200000000", "yuan", "exactly", None),
    ("资助二十万元", "200000", "yuan", "exactly", None),
    ("资助一千五百万元", "15000000", "yuan", "exactly", None),
    ("资助壹佰万元", "1000000", "yuan", "exactly", None),
    ("资助两千元", "2000", "yuan", "exactly", None),
    ("资助三万五千元", "35000", "yuan", "exactly", None),
    ("资助3万5千元", "35000", "yuan", "exactly", None),
    ("資助五十萬元", "500000", "yuan", "exactly", None),
    ("人民币10万元", "100000", "yuan", "exactly", None),
    ("10万元人民币", "100000", "yuan", "exactly", None),
    ("¥300", "300", "yuan", "exactly", None),
    ("50元6角三分", "50.63", "yuan", "exactly", None),
    ("新台幣二百萬元", "2000000", "twd", "exactly", None),
    ("港币80万元", "800000", "hkd", "exactly", None),
    ("80万港元", "800000", "hkd", "exactly", None),
    ("出口500万美元", "5000000", "usd", "exactly", None),
    ("最高100万元", "1000000", "yuan", "at_most", None),
    ("最高不超过100万元", "1000000", "yuan", "at_most", None),
    ("最高可达100万元", "1000000", "yuan", "at_most", None),
    ("最高可补助100万元", "1000000", "yuan", "at_most", None),
    ("最高奖励10万元", "100000", "yuan", "at_most", None),
    ("最高给予主办单位20万元", "200000", "yuan", "at_most", None),
    ("不超过60万元", "600000", "yuan", "at_most", None),
    ("不高于60万元", "600000", "yuan", "at_most", None),
    ("不得超过60万元", "600000", "yuan", "at_most", None),
    ("上限为60万元", "600000", "yuan", "at_most", None),
    ("以30万元为上限", "300000", "yuan", "at_most", None),
    ("30万元封顶", "300000", "yuan", "at_most", None),
    ("封顶30万元", "300000", "yuan", "at_most", None),
    ("30万元以内", "300000", "yuan", "at_most", None),
    ("30万元以下", "300000", "yuan", "at_most", None),
    ("低于30万元", "300000", "yuan", "less_than", None),
    ("不足30万元", "300000", "yuan", "less_than", None),
    ("不满30万元", "300000", "yuan", "less_than", None),
    ("30万元以下(不含)", "300000", "yuan", "less_than", None),
    ("小于30万元(含)", "300000", "yuan", "at_most", None),
    ("不低于500万元", "5000000", "yuan", "at_least", None),
    ("不少于500万元", "5000000", "yuan", "at_least", None),
    ("至少500万元", "5000000", "yuan", "at_least", None),
    ("达到500万元", "5000000", "yuan", "at_least", None),
    ("500万元以上", "5000000", "yuan", "at_least", None),
    ("500万元(含)以上", "5000000", "yuan", "at_least", None),
    ("500万元及以上", "5000000", "yuan", "at_least", None),
    ("500万元以上(不含)", "5000000", "yuan", "more_than", None),
    ("超过500万元", "5000000", "yuan", "more_than", None),
    ("首次突破500万元", "5000000", "yuan", "more_than", None),
    ("超500万元", "5000000", "yuan", "more_than", None),
    ("大于500万元", "5000000", "yuan", "more_than", None),
    ("超过500万元(含)", "5000000", "yuan", "at_least", None),
    ("投资额亿元以上", "100000000", "yuan", "at_least", None),
    ("约20万元", "200000", "yuan", "about", None),
    ("20万元左右", "200000", "yuan", "about", None),
    ("20余万元", "200000", "yuan", "about", None),
    ("30-50万元", "300000", "yuan", "exactly", "500000"),
    ("30万元-50万元", "300000", "yuan", "exactly", "500000"),
    ("30万元至50万元", "300000", "yuan", "exactly", "500000"),
    ("30～50万元", "300000", "yuan", "exactly", "500000"),
    ("8000元至1万元", "8000", "yuan", "exactly", "10000"),
    ("5000万元-2亿元", "50000000", "yuan", "exactly", "200000000"),
    ("0.2~0.4万元", "2000", "yuan", "exactly", "4000"),
    ("800万-1500万(不含)美元", "8000000", "usd", "exactly", "15000000"),
    ("20%", "0.2", "percent", "exactly", None),
    ("１５％", "0.15", "percent", "exactly", None),
    ("3‰", "0.003", "percent", "exactly", None),
    ("百分之十", "0.1", "percent", "exactly", None),
    ("千分之五", "0.005", "percent", "exactly", None),
    ("设备投资额的二分之一", "0.5", "percent", "exactly", None),
    ("不超过总经费1/4为原则", "0.25", "percent", "at_most", None),
    ("不超过总开支的一半", "0.5", "percent", "at_most", None),
    ("三成", "0.3", "percent", "exactly", None),
    ("不超过实际投入的10%", "0.1", "percent", "at_most", None),
    ("最高30%", "0.3", "percent", "at_most", None),
    ("10%以内", "0.1", "percent", "at_most", None),
    ("增长15%以上", "0.15", "percent", "at_least", None),
    ("不低于投资额的30%", "0.3", "percent", "at_least", None),
    ("10%~15%", "0.1", "percent", "exactly", "0.15"),
    ("10-15%", "0.1", "percent", "exactly", "0.15"),
    ("2个百分点", "0.02", "points", "exactly", None),
    ("50个基点", "0.005", "points", "exactly", None),
    ("连续三年", "3", "year", "exactly", None),
    ("不超过2年", "2", "year", "at_most", None),
    ("满1年", "1", "year", "at_least", None),
    ("6个月以上", "6", "month", "at_least", None),
    ("一年半", "1.5", "year", "exactly", None),
    ("六年半", "6.5", "year", "exactly", None),
    ("三到六年半", "3", "year", "exactly", "6.5"),
    ("签约一年内开工", "1", "year", "at_most", None),
    ("20人以上", "20", "person", "at_least", None),
    ("3场次", "3", "count", "exactly", None),
    ("100-200亩", "100", "mu", "exactly", "200"),
    ("2000平方米以下", "2000", "sqm", "at_most", None),
    ("500吨", "500", "ton", "exactly", None),
    ("权重30以上", "30", "plain", "at_least", None),
]


def only(text: str) -> Quantity:
    found = list(find_quantities(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("text", "value", "unit", "polarity", "upper"), PHRASES, ids=[phrase[0] for phrase in PHRASES])
def test_phrase_is_read(text: str, value: str, unit: str, polarity: str, upper: str | None) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.unit, quantity.polarity.value) == (Decimal(value), unit, polarity)
    assert quantity.upper == (None if upper is None else Decimal(upper))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2万/5万/10万元", [20000, 50000, 100000]),
        ("分别给予50万元20万元和10万元", [500000, 200000, 100000]),
        ("分别奖励2、5、10万元", [20000, 50000, 100000]),
        ("50万20万元", [500000, 200000]),
        ("每增加20万元奖励0.6万元", [200000, 6000]),
    ],
)
def test_enumerated_sums_keep_their_own_values(text: str, values: list[int]) -> None:
    assert [quantity.value for quantity in find_quantities(text)] == values


def test_shared_points_are_spread_over_the_enumeration() -> None:
    assert [quantity.value for quantity in find_quantities("分别提高3、2、1个百分点")] == [
        Decimal("0.03"),
        Decimal("0.02"),
        Decimal("0.01"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2020-2022年",
        "第三年",
        "统一标准",
        "补贴20万一次性发放的一次性",
        "2020年6月22日",
        "v2.5.3",
        "上一年",
        "千亿级产业",
    ],
)
def test_what_only_looks_like_a_quantity_is_left_alone(text: str) -> None:
    assert [q for q in find_quantities(text) if q.unit not in {"plain"} and not q.bare] == []


@pytest.mark.parametrize("text", ["1，200万元", "数十万元", "若干万元", "000万元"])
def test_an_uncertain_sum_is_not_read(text: str) -> None:
    assert [quantity for quantity in find_quantities(text) if quantity.unit == "yuan"] == []


def test_a_damaged_decimal_point_is_read_as_a_point() -> None:
    assert only("2\ue0100亿元").value == Decimal(200_000_000)


def test_offsets_point_into_the_given_text() -> None:
    text = "最高　不超过 1,000 万元。"
    quantity = only(text)
    assert text[quantity.start : quantity.end] == "1,000 万元"
    assert text[quantity.context_start : quantity.context_end] == "最高　不超过 1,000 万元"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("自2023年7月1日起", date(2023, 7, 1), date(2023, 7, 1)),
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("到2025年底", date(2025, 12, 31), date(2025, 12, 31)),
        ("2026年", date(2026, 1, 1), date(2026, 12, 31)),
        ("发布日期:2023-08-09", date(2023, 8, 9), date(2023, 8, 9)),
        ("二〇二二年十月三十日", date(2022, 10, 30), date(2022, 10, 30)),
    ],
)
def test_dates_are_bounded(text: str, first: date, last: date) -> None:
    assert [(found.first, found.last) for found in find_dates(text)] == [(first, last)]


def test_an_impossible_date_is_left_out() -> None:
    assert list(find_dates("2023年13月45日")) == []


DIGITS = "零一二三四五六七八九"


def chinese_numeral(value: int) -> str:
    """An integer below 10,000 in Chinese numerals."""
    text, pending_zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            text += ("零" if pending_zero and text else "") + DIGITS[digit] + name
            pending_zero = False
        else:
            pending_zero = True
    return text


WRITINGS = {
    "yuan": lambda yuan: f"{yuan}元",
    "thousands": lambda yuan: f"{yuan:,}元",
    "ten thousands": lambda yuan: f"{Decimal(yuan) / 10000:f}万元",
    "spaced": lambda yuan: f"{yuan} 元",
    "full width": lambda yuan: f"{yuan}元".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "traditional": lambda yuan: to_traditional(f"{Decimal(yuan) / 10000:f}万元"),
}


@given(st.integers(min_value=1, max_value=9_999_999_999), st.sampled_from(sorted(WRITINGS)))
def test_any_amount_reads_back_as_the_same_yuan(yuan: int, writing: str) -> None:
    quantity = only("给予" + WRITINGS[writing](yuan) + "奖励")
    assert (quantity.value, quantity.unit) == (yuan, "yuan")


@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["元", "万元", "亿元"]))
def test_any_chinese_numeral_reads_back(value: int, unit: str) -> None:
    scale = {"元": 1, "万元": 10**4, "亿元": 10**8}[unit]
    assert only("资助" + chinese_numeral(value) + unit).value == value * scale


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for quantity in find_quantities(text):
        assert 0 <= quantity.context_start <= quantity.start < quantity.end <= quantity.context_end <= len(text)


@given(st.lists(st.sampled_from("最高不超过万亿元%百分之一二三123.,，以上至-年个月人(含)、"), max_size=60).map("".join))
def test_fragments_of_policy_language_keep_offsets_in_order(text: str) -> None:
    ends = [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    assert all(first[1] <= second[0] for first, second in pairwise(ends))
