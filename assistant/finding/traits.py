"""Traits: what is read of a grant or passage once, whatever is asked."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from assistant.clause.grant import Grant, compact_words
from assistant.figures.calculation import base_words
from assistant.finding.aspects import told_aspects
from assistant.finding.library import Library, Text
from assistant.language.levels import levels_in
from assistant.language.lexicon import Lexicon
from assistant.language.things import Thing
from assistant.language.unify import things_in
from assistant.question.fact import MONEY
from corpus.script import fold

HOLDS: Final = {
    "number": re.compile(r"\d"),
    "share": re.compile(r"\d%|百分之|个百分点|\d‰|\d:\d"),
    "date": re.compile(r"\d{4}年|每(?:年|季|月)|年(?:底|内|末)|日"),
    "often": re.compile(r"每(?:半?年|季|个?月|周|旬|日|天)|[一二两](?:年|月|季|周)[一两]|按(?:年|季|月|周)|定期"),
    "list": re.compile(r"(?:[^、]{1,16}、){3}"),
}
SUPPORTS: Final = re.compile(r"支持|鼓励|给予|补助|奖励|补贴|资助|贴息|扶持|加大[^,。;]{0,14}力度")


@dataclass(frozen=True, slots=True)
class Traits:
    """What is read of a candidate once, whatever is asked."""

    own: str
    concepts: frozenset[int]
    levels: frozenset[str]
    holds: frozenset[str]
    metrics: frozenset[str]
    things: tuple[frozenset[Thing], ...]
    classes: tuple[str, ...]
    has_rules: bool
    unread: bool
    supports: bool  # speaks of support, with or without a sum
    tells: frozenset[str]  # aspects
    pers: tuple[str, ...]  # what sums are for each of
    pays_share: bool
    asks_money: bool  # has a condition on a sum

    @classmethod
    def of(cls, words: Grant | Text, heading: str, lexicon: Lexicon) -> "Traits":
        rules = words.rules if isinstance(words, Grant) else ()
        metrics = {m for rule in rules for m in (base_words(rule), *(c.metric for c in rule.conditions)) if m}
        return cls(
            words.own,
            lexicon.concepts_in(words.own),
            frozenset(levels_in(words.own)),
            frozenset(name for name, pattern in HOLDS.items() if pattern.search(words.own)),
            frozenset(metrics),
            tuple(things for metric in metrics if (things := things_in(fold(metric)))),
            tuple(compact_words(c.metric) for rule in rules for c in rule.conditions if c.unit == "category"),
            bool(rules),
            isinstance(words, Grant) and words.unread,
            SUPPORTS.search(words.own) is not None,
            told_aspects(words.own + heading),
            tuple({per for rule in rules for per in (rule.per, rule.step_of) if per}),
            any(rule.rate is not None or rule.implicit_rate for rule in rules),
            any(c.unit in MONEY for rule in rules for c in rule.conditions),
        )


def heading_of(candidate: Grant | Text, library: Library) -> str:
    """The nearest heading above a candidate, or of its own clause, as words are matched against it."""
    if isinstance(candidate, Grant):
        clause, document = candidate.clause, candidate.document
    else:
        document = library.documents[candidate.passage.document_id]
        clause = document.clauses_by_id[candidate.passage.clause_id]
    while not clause.heading and clause.parent_id is not None:
        clause = document.clauses_by_id[clause.parent_id]
    return compact_words(clause.heading)


def holds_expected(own: str, expects: Collection[str]) -> bool:
    """Whether a text holds everything that an answer should: a number, a date, a list, how often."""
    return all(HOLDS[name].search(own) for name in expects)
