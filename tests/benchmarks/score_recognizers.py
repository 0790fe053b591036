"""Score the number readers on Microsoft's Chinese cases: ``python tests/benchmarks/score_recognizers.py PATH``.

PATH is the folder that holds ``Number`` and ``NumberWithUnit`` (specs of Recognizers-Text, MIT). A case counts as right
when all its values are. Cases whose convention differs from policy language are counted as wrong and say why.
"""

import argparse
import json
import sys
from collections.abc import Callable
from decimal import Decimal, InvalidOperation, localcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus.numerals import find_numbers
from corpus.quantities import MONEY_UNITS, Polarity, find_quantities

# Inputs whose expected reading is not what policy language means by them.
CONVENTIONS = {
    "人民币 美元": "names of currencies without a sum are no quantity",
    "人民币美元": "names of currencies without a sum are no quantity",
    "两百点两": "两 is not a decimal digit",
    "2222.2222.22222.222": "a number with several points (a version, an address) is not read",
    "你可以访问一下 https://www.test.com/search?q=30%25%2020%": "web addresses",
    "我们有 202107211321363588510367 美元": "more than 15 digits are compared as a rounded float",
    "10日元5日本銭": "a sum in two currency units; a sen occurs in no policy",
    "7 2 折": "digits apart are two numbers: joining them could make 72% of 7 and 2",
    "半折": "折 with 半 is read as a half of one tenth, the spec means half price",
    "百 分 之  ５２.５ k": "a share of 52,500 is none in policy text; k is not read behind 百分之",
    "-1.1^--23": "powers are not read",
    "一美元": "the spec leaves the number to its currency model; one reader finds both here",
    "两美刀": "the spec leaves the number to its currency model; one reader finds both here",
    "苹果折扣一美元": "the spec leaves the number to its currency model; one reader finds both here",
    "苹果折扣一折": "the spec leaves the number to its percent model; one reader finds both here",
    "这台电脑两美刀": "the spec leaves the number to its currency model; one reader finds both here",
    "陽光九九是食物品牌": "a number in a brand name cannot be told from one in 三十九项",
}
# Every other miss of the range cases has this one reason: a policy's bounds stand beside a unit.
RANGE_REASON = (
    "bounds without a unit, or in two clauses, are read as two quantities or left alone; policy bounds carry units"
)
CURRENCY_CODES = {
    "yuan": "CNY",
    "usd": "USD",
    "hkd": "HKD",
    "twd": "TWD",
    "eur": "EUR",
    "jpy": "JPY",
    "gbp": "GBP",
    "chf": "CHF",
    "ngn": "NGN",
}

Reader = Callable[[str], list[Any]]


def decimal(text: str | None) -> Decimal | None:
    """A spec's value as a number rounded to the specs' precision."""
    if text is None:
        return None
    try:
        return rounded(Decimal(text.rstrip("%")))
    except InvalidOperation:
        return None


def rounded(value: Decimal) -> Decimal:
    """Fifteen significant digits, as the specs are written."""
    with localcontext() as context:
        context.prec = 60
        return round(Decimal(f"{value:.13e}"), 12).normalize()


def read_currency(text: str) -> list[Any]:
    money = [quantity for quantity in find_quantities(text) if quantity.unit in MONEY_UNITS and not quantity.bare]
    return [
        (rounded(quantity.value), "" if text[quantity.start] == "$" else CURRENCY_CODES.get(quantity.unit, ""))
        for quantity in money
    ]


def read_percent(text: str) -> list[Any]:
    found = []
    for quantity in find_quantities(text):
        if quantity.unit in {"percent", "points"}:
            found.append(rounded((quantity.upper or quantity.value) * 100))
    return found


def read_numbers(text: str) -> list[Any]:
    return [rounded(number.value) for number in find_numbers(text)]


def read_ranges(text: str) -> list[Any]:
    """Bounds (lower, upper) of every bounded number; whether a bound is open is a convention and not compared."""
    found: list[Any] = []
    for quantity in find_quantities(text):
        value = rounded(quantity.value * (100 if quantity.unit == "percent" else 1))
        if quantity.upper is not None:
            found.append((value, rounded(quantity.upper)))
        elif quantity.polarity in {Polarity.AT_LEAST, Polarity.MORE_THAN, Polarity.ABOUT}:
            found.append((value, None))
        elif quantity.polarity in {Polarity.AT_MOST, Polarity.LESS_THAN}:
            found.append((None, value))
    return found


def expected_currency(results: list[dict[str, Any]]) -> list[Any]:
    return [(decimal(r["Resolution"].get("value")), r["Resolution"].get("isoCurrency", "")) for r in results]


def expected_values(results: list[dict[str, Any]]) -> list[Any]:
    return [decimal(result["Resolution"]["value"]) for result in results]


def expected_ranges(results: list[dict[str, Any]]) -> list[Any]:
    bounds = [result["Resolution"]["value"].strip("[]()").split(",") for result in results]
    return [(decimal(lower or None), decimal(upper or None)) for lower, upper in bounds]


FILES = {
    "currency": ("NumberWithUnit/CurrencyModel.json", read_currency, expected_currency),
    "percent": ("Number/PercentModel.json", read_percent, expected_values),
    "number": ("Number/NumberModel.json", read_numbers, expected_values),
    "range": ("Number/NumberRangeModel.json", read_ranges, expected_ranges),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    summary = []
    for name, (file, read, expected) in FILES.items():
        cases = json.loads((arguments.path / file).read_text(encoding="utf-8-sig"))
        right = 0
        for case in cases:
            wanted, got = expected(case["Results"]), read(case["Input"])
            if wanted == got:
                right += 1
            else:
                reason = CONVENTIONS.get(case["Input"].strip(), RANGE_REASON if name == "range" else "")
                print(
                    f"{name}: {case['Input']}\n    wanted {show(wanted)}\n    got    {show(got)}{'  # ' + reason if reason else ''}"
                )
        summary.append(f"{name}: {right}/{len(cases)} = {right / len(cases):.3f}")
    print("\n".join(summary))


def show(values: list[Any]) -> str:
    return ", ".join(str(value) for value in values) or "nothing"


if __name__ == "__main__":
    main()
