"""Kinds of clause wording, and every word of the clause vocabulary, read into the rules they state.

The kinds stand in tests/cases/clause_readings.jsonl, the words with their sentences in assistant/clause/data/words.toml. A rule
is written short: ``sum 8000 per 个托位 [新建]`` is 8000 yuan for each 托位 of the class 新建, ``share 0.02 of 实缴资本 cap 2600000
years 3 parts 0.5/0.3/0.2`` a share with its ceiling, duration and instalments, ``sum 30000 each 家`` a sum for each recipient.
"""

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from assistant.clause.extraction import extract_rules, grants_without_amount
from assistant.clause.rule import Condition, RuleKind, SubsidyRule, decimal_text
from assistant.clause.vocabulary import any_of, words

CASES = Path(__file__).resolve().parent.parent / "cases" / "clause_readings.jsonl"
LISTS: dict[str, dict[str, Any]] = tomllib.loads(
    (files("assistant.clause") / "data" / "words.toml").read_text(encoding="utf-8")
)
FRAMED = {name: entry for name, entry in LISTS.items() if "frame" in entry}


def brief(rule: SubsidyRule) -> str:
    """The money of a rule, per what, and its conditions."""
    named = [("share", rule.rate), ("up", rule.uplift), ("sum", rule.amount), ("cap", rule.cap)]
    found = [f"{name} {decimal_text(value)}" for name, value in named if value is not None]
    found[1:1] = [f"of {rule.base}"] if rule.base and rule.rate is not None else []
    per = rule.per or (rule.cap_per if rule.rate is None else "")
    if per:
        found.append(f"each {per}" if rule.kind is RuleKind.FIXED else f"per {per}")
    if rule.years is not None:
        found.append(f"years {decimal_text(rule.years)}")
    if rule.schedule:
        found.append("parts " + "/".join(decimal_text(part) for part in rule.schedule))
    found += ["more"] if rule.additional else []
    return " ".join([*found, *(f"[{told(condition)}]" for condition in rule.conditions)])


def told(condition: Condition) -> str:
    """A condition as ``营业收入>=5000000 yuan``; a class by its name alone."""
    if condition.unit == "category":
        return condition.metric
    end = " or" if condition.alternative else ""
    return f"{condition.metric}{condition.op.value}{decimal_text(condition.value)} {condition.unit}{end}"


def read(text: str) -> list[str]:
    rules = [brief(rule) for rule in extract_rules(text)]
    return rules or (["no sum"] if grants_without_amount(text) else [])


def cases() -> list[Any]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [pytest.param(case["text"], case["reads"], id=case["kind"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize(("text", "reads"), cases())
def test_a_clause_states_its_rules_with_their_conditions(text: str, reads: list[str]) -> None:
    assert read(text) == reads


def test_every_list_of_words_says_what_they_do() -> None:
    assert len(FRAMED) > 15
    assert all(entry["what"] and entry["words"] for entry in LISTS.values())


@pytest.mark.parametrize("name", FRAMED)
def test_each_word_of_a_list_is_read_as_the_list_says(name: str) -> None:
    entry = FRAMED[name]
    own = entry.get("own", {})
    assert set(own) <= set(words(name)), "a sentence for a word that the list does not have"
    wrong = {}
    for word in words(name):
        sentence, *reads = own.get(word, [entry["frame"], *entry["reads"]])
        sentence = sentence.replace("{}", word)
        assert word in sentence
        found = read(sentence)
        if found != [each.replace("{}", word) for each in reads]:
            wrong[sentence] = found
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name, entry in LISTS.items() if "but" in entry])
def test_where_the_words_of_a_list_do_something_else(name: str) -> None:
    for sentence, *reads in LISTS[name]["but"]:
        assert any(word in sentence for word in words(name)), sentence
        assert read(sentence) == reads, sentence


def test_the_longer_of_two_words_is_read() -> None:
    alternatives = any_of("recipients").removeprefix("(?:").removesuffix(")").split("|")
    assert alternatives.index("家庭农场") < alternatives.index("家庭")


def test_a_list_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such_list"):
        any_of("no_such_list")
