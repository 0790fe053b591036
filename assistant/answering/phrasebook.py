"""The phrase book: every fixed phrase of the product in its three languages, read once from ``phrases.toml``.

Nothing else holds words for people to read. A table is a part of the product (``say``, ``label``, ``page`` …), a row is a
phrase, its columns are Simplified Chinese, Traditional Chinese and English.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

LANGUAGES = ("zh", "zh-Hant", "en")


@cache
def _tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    read = tomllib.loads(resources.files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8"))
    tables = {name: {row: tuple(columns) for row, columns in rows.items()} for name, rows in read.items()}
    for name, rows in tables.items():
        for row, columns in rows.items():
            if len(columns) != len(LANGUAGES):
                raise ValueError(f"phrases.toml: [{name}] {row} has {len(columns)} columns and needs {len(LANGUAGES)}")
    return MappingProxyType({name: MappingProxyType(rows) for name, rows in tables.items()})


def tables() -> tuple[str, ...]:
    """The names of the tables, in the order of the file."""
    return tuple(_tables())


@cache
def phrases_of(table: str, language: str) -> Mapping[str, str]:
    """A table in a language of ``LANGUAGES``, by the names of its rows; Simplified Chinese for any other language."""
    column = LANGUAGES.index(language) if language in LANGUAGES else 0
    return MappingProxyType({row: columns[column] for row, columns in _tables()[table].items()})
