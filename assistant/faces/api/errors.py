"""What a request that cannot be answered gets: a problem in JSON (RFC 9457) with one clear sentence.

400, 405, 413, 415, 422  the caller can correct it: the problem names each field, what came and what is valid
404                      there is no such clause, document, region or address
429                      this client asks too often: Retry-After says when it may again
503, 504                 the service is starting, busy, or the request took too long: try again
500                      a fault of ours; the details are in the log and not in the answer
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from itertools import islice
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.serving.clients import TooOften
from assistant.serving.feedback import FeedbackFull
from assistant.serving.workers.pool import Busy, TookTooLong, WorkerLost
from corpus.errors import InputError, OperatorError, UnknownNameError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "2"  # s; a full queue is worked off in about that
_SHOWN = 100  # characters of what came that are repeated
_FAULTS = 20  # that are told of one request
_SENTENCE = 1000  # characters of a detail
_TITLES = {
    400: "Bad request",
    404: "Not found",
    405: "Method not allowed",
    413: "Too large",
    415: "Unsupported media type",
    422: "Not valid",
    429: "Too many requests",
    500: "Internal error",
    503: "Not available",
    504: "Took too long",
}


class FieldFault(BaseModel):
    """One thing wrong with a request."""

    model_config = ConfigDict(frozen=True)

    where: str = Field(description="body, query or path")
    field: str = Field(description="name of the field, for example facts[0].value; empty for the whole")
    came: str = Field(description="what was sent, shortened")
    message: str = Field(description="what is wrong with it")
    valid: str = Field(description="what a valid value is")


class Problem(BaseModel):
    """Why a request was not answered (RFC 9457)."""

    model_config = ConfigDict(frozen=True)

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="one sentence for a person")
    errors: tuple[FieldFault, ...] = Field(default=(), description="what is wrong with which field")


def problem(
    status: int, detail: str, errors: Sequence[FieldFault] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """The response for a request that is not answered."""
    title = _TITLES.get(status, "Error")
    body = Problem(title=title, status=status, detail=_shortened(detail, _SENTENCE), errors=tuple(errors))
    return Response(body.model_dump_json(), status, headers, media_type=MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The statuses of a route for its OpenAPI description; every route may be refused for its size, time or client."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": _TITLES[status], "content": content}
        for status in sorted({*statuses, 413, 422, 429, 503, 504})
    }


def install(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(UnknownNameError, _unknown)
    app.add_exception_handler(InputError, _input)
    app.add_exception_handler(OperatorError, _operator)
    app.add_exception_handler(Busy, _busy)
    app.add_exception_handler(FeedbackFull, _full)
    app.add_exception_handler(TooOften, _too_often)
    app.add_exception_handler(TookTooLong, _late)
    app.add_exception_handler(WorkerLost, _lost)
    app.add_exception_handler(Exception, _fault)


async def _not_valid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    faults = [_fault_of(one) for one in found[:_FAULTS]]
    first = faults[0]
    name = f"{first.where} field {first.field}" if first.field else f"The {first.where}"
    listed = "in errors" if len(found) <= _FAULTS else f"of which errors lists {_FAULTS - 1}"
    more = f" ({len(found) - 1:,} more {listed})" if len(found) > 1 else ""
    return problem(422, f"{name[0].upper()}{name[1:]}: {first.message}; {first.valid}{more}.", faults)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = str(error.detail)
    if error.status_code == 404 and detail == HTTPStatus.NOT_FOUND.phrase:  # no route said what is not there
        detail = f"There is nothing at {_shortened(request.url.path)}; the addresses are listed at /docs."
    return problem(error.status_code, detail, headers=error.headers)


async def _unknown(_: Request, error: Exception) -> Response:
    return problem(404, str(error))


async def _input(_: Request, error: Exception) -> Response:
    return problem(422, str(error))


async def _operator(_: Request, error: Exception) -> Response:
    logger.error("%s", error)
    return problem(503, "The service has to be put right by whoever runs it; the reason is in its log.")


async def _busy(_: Request, error: Exception) -> Response:
    return problem(503, str(error), headers={"Retry-After": RETRY_AFTER})


async def _full(_: Request, error: Exception) -> Response:
    return problem(429, str(error), headers={"Retry-After": "3600"})


async def _too_often(_: Request, error: Exception) -> Response:
    assert isinstance(error, TooOften)
    return problem(429, str(error), headers={"Retry-After": str(error.seconds)})


async def _late(_: Request, error: Exception) -> Response:
    return problem(504, str(error))


async def _lost(_: Request, error: Exception) -> Response:
    return problem(500, str(error))


async def _fault(_: Request, error: Exception) -> Response:
    # Starlette logs the traceback itself
    return problem(500, "Something went wrong on our side; it has been logged.")


# ── what is wrong with a field ──


def _fault_of(error: Mapping[str, Any]) -> FieldFault:
    where, *path = error["loc"]
    kind, context = str(error["type"]), error.get("ctx") or {}
    came = "nothing" if kind == "missing" else _shortened(error.get("input"))
    if kind == "json_invalid":
        path, came = [], "text that is no JSON"
    own = _WRONG.get(kind)
    message = (
        own.format(**context) if own else _begun_small(str(error["msg"]).removeprefix("Value error, ").rstrip("."))
    )
    return FieldFault(
        where=str(where),
        field=_shortened(_path(path)) if path else "",
        came=came,
        message=_shortened(message, _SENTENCE // 2),
        valid=_valid(kind, context),
    )


def _begun_small(message: str) -> str:
    return message if message[1:2].isupper() else message[:1].lower() + message[1:]


def _path(parts: Sequence[object]) -> str:
    """facts, 0, value → facts[0].value."""
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _shortened(value: object, length: int = _SHOWN) -> str:
    if isinstance(value, bytes):
        value = value[: 4 * length].decode("utf-8", "replace")
    text = value or '""' if isinstance(value, str) else _represented(value, length)
    text = text if len(text) <= length else text[: length - 1] + "…"
    return text.encode("utf-8", "replace").decode()  # a lone surrogate has no UTF-8


def _represented(value: object, length: int) -> str:
    """The beginning of what a value looks like; one of many parts is not written out for that."""
    if isinstance(value, Mapping):
        value = dict(islice(value.items(), length))
    elif isinstance(value, list | tuple):
        value = list(islice(value, length))
    return repr(value)


# What is wrong, where pydantic's own words only say what is valid, which stands beside it.
_WRONG = {
    "json_invalid": "it is not JSON ({error})",
    "model_attributes_type": "it is not a JSON object",
    "string_too_short": "it is too short",
    "string_too_long": "it is too long",
    "too_long": "it holds too many",
    "too_short": "it holds too few",
    "enum": "there is no such value",
    "literal_error": "there is no such value",
    "greater_than": "it is too small",
    "greater_than_equal": "it is too small",
    "less_than": "it is too large",
    "less_than_equal": "it is too large",
}
_VALID = {
    "missing": "it is needed",
    "json_invalid": 'send one JSON object, such as {{"question": "智能工厂改造能补多少?"}}',
    "model_attributes_type": "send one JSON object with Content-Type application/json",
    "extra_forbidden": "leave it out; the fields are described at /docs",
    "string_type": 'send text in quotes, such as "成都"',
    "string_too_short": "{min_length} or more characters",
    "string_too_long": "at most {max_length} characters",
    "too_long": "at most {max_length} of them",
    "too_short": "at least {min_length} of them",
    "enum": "one of {expected}",
    "literal_error": "one of {expected}",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number from {ge} up",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number up to {le}",
    "decimal_parsing": 'a number in digits, such as "18000000"',
    "decimal_type": 'a number in digits, such as "18000000"',
    "finite_number": "a finite number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "tuple_type": "a list in square brackets",
}


def _valid(kind: str, context: Mapping[str, Any]) -> str:
    if kind.startswith("date_") or kind == "date_type":
        return "a day such as 2021-04-01"
    try:
        return _VALID[kind].format(**context)
    except KeyError:
        return "see /docs for what is valid"
