"""Yearly: which year of the support a turn asks for or a sum is of, and what sums of further years measure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.question.fact import Fact
from corpus.numerals import evaluate

# One year of the support: 头一年能拿多少.
_YEAR_ASKED = re.compile(
    r"(?:第|头)(?P<number>[一二三四五1-5])个?年(?!级)|(?P<first>首年|头年|第1年)|(?P<next>次年)|\b(?P<english>first|second|third|fourth|fifth) year\b"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


def year_named(folded: str) -> int | None:
    """The year of the support that words name: 3 for 第三年; None where they name none or several."""
    named = {_ordinal(match) for match in _YEAR_ASKED.finditer(folded)}
    return named.pop() if len(named) == 1 else None


def year_said(fact: Fact) -> int | None:
    """The year of the support that a fact is of: 3 for 第三年租金36万; None where its words name none or several."""
    return year_named(fact.words)


def named_like_the_first(facts: Sequence[Fact]) -> list[Fact]:
    """ "第一年租金40万、第二年60万": the sums of further years measure what that of the first does."""
    return list(_named(facts))


def _named(facts: Sequence[Fact]) -> Iterator[Fact]:
    first: Fact | None = None
    for fact in facts:
        year = year_said(fact) if fact.unit == "yuan" else None
        if first is not None and year is not None and year != year_said(first) and not fact.things:
            words = f"{fact.words} {_YEAR_ASKED.sub('', first.words).strip()}"
            fact = replace(fact, words=words, things=first.things, concepts=first.concepts, named=True)
        elif year is not None and fact.things:
            first = fact
        yield fact


def _ordinal(match: re.Match[str]) -> int:
    if match["english"]:
        return _ORDINALS[match["english"]]
    return int(evaluate(match["number"]) or 0) if match["number"] else (1 if match["first"] else 2)
