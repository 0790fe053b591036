"""Lines of JSON in, lines of JSON out: the batch forms of ``ask`` and ``extract``."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from assistant.validation import describe_fault, parse_date
from corpus.errors import InputError, OperatorError, PolicyError


def _day(value: object) -> object:
    """A day in the one form that is documented; pydantic alone would also take numbers as seconds since 1970."""
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError("a date is a text such as 2021-04-01")
    try:
        return parse_date(value)
    except InputError as error:
        raise ValueError(str(error)) from None


def _turns(value: object) -> object:
    return () if value is None else value


class _Line(BaseModel):
    # Further keys are ignored, so that a file of questions may carry notes of its own.
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: str | None = None


class AskLine(_Line):
    """One question: ``history`` holds the earlier turns of the user, ``as_of`` the day it is asked on."""

    question: str
    history: Annotated[tuple[str, ...], BeforeValidator(_turns)] = ()
    as_of: Annotated[date | None, BeforeValidator(_day)] = None
    region: str | None = None


class ExtractLine(_Line):
    """One clause text to read rules from."""

    text: str


LineT = TypeVar("LineT", bound=_Line)


def process(lines: Iterable[bytes], model: type[LineT], handle: Callable[[LineT], str]) -> Iterator[str | PolicyError]:
    """For each line that is not blank, what ``handle`` makes of it, or the error with its line number.

    A fault of the program itself is told with its line too: one line must not cost the answers to all others.
    """
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            yield handle(_parse(raw, model))
        except InputError as error:
            yield InputError(f"line {number}: {error}")
        except OperatorError:
            raise
        except Exception as error:
            yield PolicyError(f"line {number}: a fault of this program, please report it: {error!r}")


def _parse(raw: bytes, model: type[LineT]) -> LineT:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("it is not UTF-8 text; save the file as UTF-8.") from None
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise InputError(f"{describe_fault(error)}; a valid line is {_example(model)}.") from None


def _example(model: type[_Line]) -> str:
    return '{"id": "1", "text": "…"}' if model is ExtractLine else '{"id": "1", "question": "…"}'
