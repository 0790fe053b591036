"""Numbers from outside: extremes are refused where they come in, with one sentence, before anything is worked out."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from assistant.answer import EditedFact
from assistant.answering.worked import StatedFact
from assistant.faces.page.profiling import read_profile
from assistant.faces.page.requests import Value
from assistant.figures.calculation import rounded_to_fen
from assistant.question.profile import Profile, load_profile
from corpus.errors import InputError
from corpus.numerals import find_numbers

EXTREMES = (
    "1e-999999999",
    "9e999999999",
    "0e-999999999",
    "1e-9999999999999999999",
    "1" * 5000,
    "0." + "1" * 5000,
    "NaN",
    "-1",
)


def _fact(value: Any) -> BaseModel:
    return StatedFact(fact="项目投入", value=value)


def _edited(value: Any) -> BaseModel:
    return EditedFact(fact="项目投入", unit="yuan", was=Decimal(1), value=value)


def _edited_from(value: Any) -> BaseModel:
    return EditedFact(fact="项目投入", unit="yuan", was=value, value=Decimal(1))


def _profile(value: Any) -> BaseModel:
    return Profile.model_validate({"projects": [{"name": "智能工厂", "investment": value}]})


def _typed(value: Any) -> BaseModel:
    return Value(value=value, unit="wan")


@pytest.mark.parametrize("extreme", EXTREMES, ids=lambda text: text[:20])
@pytest.mark.parametrize(
    "border", [_fact, _edited, _edited_from, _profile, _typed], ids=lambda f: f.__name__.strip("_")
)
def test_a_number_of_no_size_to_calculate_with_is_refused_where_it_comes_in(border: Any, extreme: str) -> None:
    with pytest.raises(ValidationError) as refused:
        border(extreme)
    assert len(str(refused.value)) < 2000


@pytest.mark.parametrize("value", ["0", "18000000", "0.01", "1e7", "100000000000000", 18000000, 0.5, Decimal(1) / 3])
def test_a_number_that_means_something_is_taken(value: Any) -> None:
    assert all(border(value) is not None for border in (_fact, _edited, _edited_from, _profile, _typed))


def test_a_profile_file_with_an_extreme_is_told_with_its_field(tmp_path: Path) -> None:
    file = tmp_path / "profile.json"
    file.write_text(json.dumps({"revenue": "1e-999999999"}), encoding="utf-8")
    with pytest.raises(InputError, match=r"revenue.*cannot be calculated|revenue.*no size"):
        load_profile(file)


@pytest.mark.parametrize("typed", ["1e-999999999", "9e999999999", "1e-20", "9" * 100])
def test_a_form_field_with_an_extreme_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        read_profile({"revenue": typed}, "zh")


def test_a_sum_of_any_size_is_cut_to_fen() -> None:
    assert rounded_to_fen(Decimal(10) ** 30 + Decimal("0.129")) == Decimal(10) ** 30 + Decimal("0.12")


@pytest.mark.parametrize("text", ["1e999999999", "9e99^999", "1e-999999999", "9" * 200 + "e99^999"])
def test_a_power_in_a_text_never_overflows(text: str) -> None:
    assert all(number.value.is_finite() for number in find_numbers(text))


def test_the_year_after_the_last_day_is_the_last_year() -> None:
    from assistant.language.asked_day import read_days

    assert [day.on(date(9999, 12, 31)).year for day in read_days("明年底")] == [9999]
    assert [day.on(date(1, 1, 1)).year for day in read_days("大前年")] == [1]
