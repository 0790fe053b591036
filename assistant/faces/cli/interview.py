"""The interview: a profile asked for field by field; a wrong entry is asked again."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from assistant.language.decimals import in_yuan
from assistant.question.profile import Profile
from corpus.errors import InputError

Ask = Callable[[str], str]
Tell = Callable[[str], None]
ModelT = TypeVar("ModelT", bound=BaseModel)

_INTRODUCTION = (
    "Enter skips a question. Money is written as 1800万, 1.2亿 or 18000000 (yuan); several words are separated by 、"
)
_SEPARATOR = re.compile(r"[、,，;；]")


def interview(ask: Ask, tell: Tell) -> Profile:
    """The profile that the answers to ``ask`` give; ``tell`` says what is wrong with an entry before it is asked again."""
    tell(_INTRODUCTION)
    return Profile.model_validate(_asked(Profile, ask, tell))


def read_money(text: str) -> Decimal:
    """One sum in yuan, such as 1800万, 1.2亿元 or 18,000,000; InputError for anything else."""
    try:
        return Decimal(in_yuan(text.strip()))
    except ValueError as error:
        raise InputError(f"{error}.") from None


def _asked(model: type[BaseModel], ask: Ask, tell: Tell) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        part = _part(field)
        value = _several(part, name, field, ask, tell) if part else _one(model, name, field, ask, tell)
        if value not in (None, []):
            values[name] = value
    return values


def _part(field: FieldInfo) -> type[BaseModel] | None:
    """The model of a field that holds several (sales, projects)."""
    members = [member for member in get_args(field.annotation) if isinstance(member, type)]
    return next((member for member in members if issubclass(member, BaseModel)), None)


def _several(part: type[BaseModel], name: str, field: FieldInfo, ask: Ask, tell: Tell) -> list[dict[str, Any]]:
    """One after the other until the first question is skipped."""
    found: list[dict[str, Any]] = []
    (first, first_field), *others = part.model_fields.items()
    while True:
        lead = f"{name} {len(found) + 1}, "
        value = _one(part, first, first_field, ask, tell, lead, needed=False)
        if value is None:
            return found
        values = {first: value}
        for other, other_field in others:
            answer = _one(part, other, other_field, ask, tell, lead)
            if answer is not None:
                values[other] = answer
        found.append(values)


def _one(
    model: type[BaseModel],
    name: str,
    field: FieldInfo,
    ask: Ask,
    tell: Tell,
    lead: str = "",
    needed: bool | None = None,
) -> Any:
    """The value of one field, asked for until it can be used; None when it is skipped."""
    question = f"{lead}{name} {field.title} ({field.description})"
    needed = field.is_required() if needed is None else needed
    while True:
        entry = ask(question).strip()
        if not entry and not needed:
            return None
        try:
            value = _value(entry, field)
            _check(model, name, value)
        except InputError as error:
            tell(f"{error}")
        else:
            return value


def _value(entry: str, field: FieldInfo) -> Any:
    kinds = str(field.annotation)
    if "Decimal" in kinds:
        return read_money(entry)
    if kinds.startswith("tuple"):
        return [word.strip() for word in _SEPARATOR.split(entry) if word.strip()]
    return entry


def _check(model: type[BaseModel], name: str, value: Any) -> None:
    """InputError with what pydantic finds wrong with this field; other fields are asked for later."""
    try:
        model.model_validate({name: value})
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            if fault["loc"][:1] == (name,):
                raise InputError(f"{fault['msg'].rstrip('.')}.") from None
