"""The role of a part: whether a heading announces conditions, materials, steps, a deadline, a contact …

The words are in ``roles.tsv``, each role with headings that have it and headings that look alike and do not.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from corpus.layout import squeeze
from corpus.script import fold

_LONGEST_HEADING = 16  # characters; a longer heading is about a thing, not about a part of the procedure
_NUMBERING = re.compile(r"^(?:第?[一二三四五六七八九十\d]+[、.章节条]|\([一二三四五六七八九十\d]+\)|[、:]+)+")
# 新材料 and 服务平台建设 are things that are supported.
_THING = re.compile(
    r"新材料|材料(?:工业|产业|企业)|流程工业|标准厂房|建设|奖励$|补贴$|营销|制度$|(?<!申报)(?<!申请)(?<!补贴)支持$"
)


class Role(StrEnum):
    """What a part of a guide, a card or a notice says."""

    CONDITIONS = "conditions"
    BENEFICIARIES = "beneficiaries"
    AMOUNT = "amount"
    MATERIALS = "materials"
    STEPS = "steps"
    DEADLINE = "deadline"  # when to apply
    PERIOD = "period"  # for how long it is paid or in force
    CONTACT = "contact"
    WINDOW = "window"  # where to apply
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A line of ``roles.tsv``."""

    role: Role
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@cache
def role_words() -> tuple[RoleWords, ...]:
    """Every role with the words that tell it, in the order they are tried."""
    return tuple(_read())


def _read() -> Iterator[RoleWords]:
    with resources.files("corpus").joinpath("roles.tsv").open(encoding="utf-8") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        for role, pattern, examples, others in rows:
            yield RoleWords(Role(role), re.compile(pattern), tuple(examples.split("|")), tuple(others.split("|")))


@lru_cache(maxsize=4096)
def role_of(heading: str) -> Role | None:
    """The role that a heading announces; None for one that names a thing."""
    words = _NUMBERING.sub("", squeeze(fold(heading)).strip("[]【】")).rstrip(":。")
    if not 2 <= len(words) <= _LONGEST_HEADING or _THING.search(words):
        return None
    return next((line.role for line in role_words() if line.pattern.search(words)), None)


def nearest_role(headings: Iterable[str]) -> Role | None:
    """The role of the last heading that has one, of headings from the outside in."""
    return next((role for heading in reversed(tuple(headings)) if (role := role_of(heading))), None)
