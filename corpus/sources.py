"""Metadata that people state in ``sources.toml`` beside the documents.

One table per file, named by the file. Only what the text does not say, or what a person has corrected,
stands there; an empty string takes back a value that was read wrongly.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from corpus.document import Metadata
from corpus.errors import DocumentError
from corpus.files import check_entry, list_folder, read_bytes

FILE_NAME = "sources.toml"
_LARGEST = 1_000_000  # bytes; enough for thousands of files
_EXAMPLE = '["plan.txt"] with region = "成都" below it'

Stated = Mapping[str, object]

_TEXTS = ("title", "document_number", "issuer", "region", "url", "superseded_by")
_LISTS = ("region_aliases", "parts")
_DATES = ("issued", "valid_from", "valid_to")
_YEARS = ("planning_from", "planning_to")
_FORMS = {
    **dict.fromkeys(_TEXTS, ("a text", 'title = "…通知"')),
    **dict.fromkeys(_LISTS, ("a list of texts", 'region_aliases = ["成都市", "Chengdu"]')),
    **dict.fromkeys(_DATES, ("a date", "valid_to = 2022-12-31")),
    **dict.fromkeys(_YEARS, ("a year", "planning_to = 2025")),
}


def read_sources(folder: Path, files: frozenset[str] = frozenset()) -> Mapping[str, Stated]:
    """The tables of a folder's ``sources.toml`` by file name; empty when there is none.

    ``files`` are the names of files below the folder and in its archives ("2024/plan.pdf"), which a table may name too.

    Raises DocumentError when it cannot be read, is not valid TOML, names a file that is not there, or a key or value
    that is not known.
    """
    entries = {path.name: path for path in list_folder(folder)}
    path = entries.get(FILE_NAME)
    if path is None:
        return {}
    check_entry(path, folder)
    try:
        content = tomllib.loads(read_bytes(path, _LARGEST).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{FILE_NAME} is not valid TOML: byte {error.start} is no UTF-8; save it as text in UTF-8."
        ) from error
    except ValueError as error:  # also whole numbers too long to be read
        raise DocumentError(f"{FILE_NAME} is not valid TOML: {error}; a table reads {_EXAMPLE}.") from error
    except RecursionError as error:
        raise DocumentError(
            f"{FILE_NAME} is nested too deeply; it holds one table for each file: {_EXAMPLE}."
        ) from error
    for name, table in content.items():
        if not isinstance(table, dict):
            raise DocumentError(f'{FILE_NAME}: {name!r} stands outside a table; begin one with ["<file name>"].')
        if name not in entries and name not in files:
            raise DocumentError(
                f'{FILE_NAME}: there is no file {name!r} in this folder; name a table like ["plan.txt"].'
            )
        check_stated(table, f"{FILE_NAME}, {name}")
    return content


def check_stated(stated: Stated, where: str) -> None:
    """Raise DocumentError for a key that is not known or a value of the wrong type."""
    for key, value in stated.items():
        if key not in _FORMS:
            known = ", ".join(field.name for field in fields(Metadata))
            raise DocumentError(f"{where}: {key!r} is not known; use one of {known}.")
        if value != "" and not _fits(key, value):
            form, example = _FORMS[key]
            raise DocumentError(f"{where}: {key} must be {form}, for example {example}.")


def _fits(key: str, value: object) -> bool:
    if key in _TEXTS:
        return isinstance(value, str)
    if key in _LISTS:
        return isinstance(value, list | tuple) and all(isinstance(item, str) and item for item in value)
    if key in _DATES:
        return type(value) is date
    return type(value) is int and 1900 <= value <= 2200


def apply_stated(read: Metadata, stated: Stated, where: str) -> Metadata:
    """``read`` with what a person states put in its place. Raises DocumentError as ``check_stated`` does."""
    check_stated(stated, where)
    changes: dict[str, object] = {}
    for key, value in stated.items():
        if value == "":
            changes[key] = "" if key in _TEXTS else () if key in _LISTS else None
        else:
            changes[key] = tuple(value) if isinstance(value, list) else value
    corrected: Metadata = replace(read, **changes)  # type: ignore[arg-type]  # types were checked above
    if corrected.valid_from and corrected.valid_to and corrected.valid_to < corrected.valid_from:
        raise DocumentError(f"{where}: valid_to {corrected.valid_to} lies before valid_from {corrected.valid_from}.")
    return corrected
