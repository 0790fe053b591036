"""What English counts and measures: every line of the file, and numbers in words."""

from decimal import Decimal

import pytest

from assistant.language.amounts import read_amounts
from assistant.language.english_numerals import value_of
from assistant.language.english_units import EnglishUnit, english_units, parse_units
from corpus.errors import SettingsError
from corpus.script import fold


def units(text: str) -> set[tuple[str, str]]:
    return {(amount.unit, amount.counted) for amount in read_amounts(fold(text))}


def read_as(unit: EnglishUnit) -> tuple[str, str]:
    return ("count" if unit.unit == "people" else unit.unit, unit.counted)


@pytest.mark.parametrize("unit", english_units(), ids=lambda unit: unit.nouns[0])
def test_each_noun_counts_in_its_example_and_not_in_its_counter_example(unit: EnglishUnit) -> None:
    assert read_as(unit) in units(unit.example)
    assert read_as(unit) not in units(unit.counter_example)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twelve and a half million", 12_500_000),
        ("half a billion", 500_000_000),
        ("two hundred thousand", 200_000),
        ("one hundred and twenty", 120),
        ("ninety-five", 95),
        ("half a dozen", 6),
        ("12 thousand", 12_000),
        ("two million five hundred thousand", 2_500_000),
    ],
)
def test_a_number_in_words_has_its_value(text: str, value: int) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("We spent twelve and a half million yuan", [12_500_000]),
        ("RMB eight hundred thousand of rent", [800_000]),
        ("half a billion yuan of revenue", [500_000_000]),
        ("two thousand trees", []),
    ],
)
def test_a_sum_may_be_written_in_words(text: str, yuan: list[int]) -> None:
    assert [amount.value for amount in read_amounts(fold(text)) if amount.unit == "yuan"] == [Decimal(y) for y in yuan]


@pytest.mark.parametrize(
    "text", ["two standard workshops", "RMB 300 machines", "2025 graduates", "5 million yuan on machines"]
)
def test_a_number_before_another_noun_counts_nothing(text: str) -> None:
    assert not {unit for unit, _ in units(text)} & {"count", "person"}


def test_a_noun_that_stands_in_two_lines_is_refused() -> None:
    line = "machine\t\tcount\t台\tsix machines\t"
    with pytest.raises(SettingsError, match="twice"):
        parse_units(f"{line}\n{line}", "units.tsv")
