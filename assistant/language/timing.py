"""Timing: the year and the part of it that a figure is of, so that 2022's output is never taken for a quarter's of 2023."""

import re
from dataclasses import dataclass
from functools import lru_cache

_YEAR = re.compile(r"(?<!\d)(?P<full>20[1-4]\d)(?!\d)|(?<![\d满])(?P<short>1[5-9]|2\d|3[0-5])年")
_PARTS = (
    ("q1", r"第?[一1]季度|首季|[头前首](?:三|3)个月|1-3月|\bq1\b|first quarter"),
    ("q2", r"第?[二2]季度|\bq2\b|second quarter"),
    ("q3", r"第?[三3]季度|\bq3\b|third quarter"),
    ("q4", r"第?[四4]季度|\bq4\b|fourth quarter"),
    ("h1", r"上半年|[头前](?:六|6)个月|\bh1\b|first half"),
    ("h2", r"下半年|\bh2\b|second half"),
    ("year", r"全年|年度(?!第|[一二三四上下])|整年|full[ -]year|annual|whole year"),
)
_PART = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PARTS))


@dataclass(frozen=True, slots=True)
class When:
    """A year and a part of a year, either of which may not be said."""

    year: int | None = None
    part: str | None = None

    def differs(self, other: "When") -> bool:
        """Whether both say a year, or both a part of one, and not the same."""
        years = self.year is not None and other.year is not None and self.year != other.year
        return years or (self.part is not None and other.part is not None and self.part != other.part)


@lru_cache(maxsize=1024)  # the words of a fact are held against every rule
def when_of(folded: str) -> When:
    """The time that folded words name last."""
    year = part = None
    for match in _YEAR.finditer(folded):
        year = int(match["full"]) if match["full"] else 2000 + int(match["short"])
    for match in _PART.finditer(folded):
        part = match.lastgroup
    return When(year, part)
