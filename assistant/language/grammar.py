"""The grammar: what stands how around a number, or in a sentence, read by rules that are data.

A rule has a name, says of which dimension its value is (how a number bounds, how an asker stands to it, which event a
time runs from …), and is worded over words and typed tokens. The rules stand in ``data/grammar/*.toml``, each with examples
that it reads and counter-examples that it does not; ``wordings`` tells their notation. The layout is Duckling's
(https://github.com/facebook/duckling): a name, a pattern over words and tokens, a production.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.language.amounts import read_amounts
from assistant.language.dimensions import EXCLUSIVE, VALUES
from assistant.language.tokens import Kind, Token, Tokens, tokenise
from assistant.language.wordings import WordingError, compile_wordings
from corpus.errors import SettingsError
from corpus.quantities import Quantity
from corpus.script import fold

_WORDS = "words.toml"
_KEYS = {"name", "reads", "value", "wordings", "examples", "counter_examples"}
_IN_BRACES = re.compile(r"\{([a-z|]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the data; ``kinds`` are the tokens without which none of its wordings can be there."""

    name: str
    reads: str
    value: str
    wordings: tuple[str, ...]
    pattern: re.Pattern[str]
    kinds: frozenset[Kind]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    source: str  # file that it stands in


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of a folded text that a rule reads, and the tokens that it says something of."""

    rule: str
    reads: str
    value: str
    start: int  # in the folded text
    end: int
    tokens: tuple[Token, ...]
    words: tuple[int, int] | None = None  # in the folded text, of the free words that the wording leaves open


class Reading:
    """All that the grammar finds in one text, by dimension and by token."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_dimension: dict[str, list[Finding]] = {}
        self._by_token: dict[tuple[str, Token], list[Finding]] = {}
        for finding in sorted(findings, key=lambda finding: (finding.start, finding.end)):
            self._by_dimension.setdefault(finding.reads, []).append(finding)
            for token in finding.tokens:
                self._by_token.setdefault((finding.reads, token), []).append(finding)

    def all(self, reads: str) -> Sequence[Finding]:
        """The findings of a dimension, in order of place."""
        return self._by_dimension.get(reads, ())

    def values(self, reads: str) -> frozenset[str]:
        """The values found of a dimension, wherever they stand."""
        return frozenset(finding.value for finding in self.all(reads))

    def of(self, token: Token, reads: str) -> frozenset[str]:
        """What a dimension says of a token; of an exclusive one the value of the longest wording around it."""
        around = self._by_token.get((reads, token), [])
        if reads in EXCLUSIVE and around:
            around = [max(around, key=lambda finding: finding.end - finding.start)]
        return frozenset(finding.value for finding in around)

    def within(self, reads: str, start: int, end: int) -> list[Finding]:
        """The findings of a dimension that lie in a stretch of the folded text."""
        found = self.all(reads)
        first = bisect_left(found, start, key=lambda finding: finding.start)
        last = bisect_left(found, end + 1, key=lambda finding: finding.start)
        return [finding for finding in found[first:last] if finding.end <= end]


class Grammar:
    """The rules of some files."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)

    def read(self, folded: str, amounts: Sequence[Quantity] = (), only: frozenset[str] | None = None) -> Reading:
        """What the rules find in a folded text with its amounts; ``only`` limits them to some dimensions."""
        tokens = tokenise(folded, amounts)
        rules = (rule for rule in self.rules if only is None or rule.reads in only)
        found = [finding for rule in rules for finding in _findings(rule, tokens)]
        return Reading(found)


def _findings(rule: Rule, tokens: Tokens) -> Iterator[Finding]:
    if not rule.kinds <= tokens.kinds:
        return
    place = 0
    while (match := rule.pattern.search(tokens.text, place)) is not None:
        start, end = match.span()
        free = next((match.span(name) for name, text in match.groupdict().items() if text is not None), None)
        words = None if free is None else (tokens.origin(free[0]), tokens.origin(free[1]))
        first, last_end = tokens.origin(start), tokens.origin(end)
        yield Finding(rule.name, rule.reads, rule.value, first, last_end, tokens.within(start, end), words)
        last = tokens.last_within(start, end)  # which may be the first of the next: 180万、390万、450万
        place = last if last is not None and last > start else max(end, start + 1)


def parse_grammar(sources: Mapping[str, str]) -> Grammar:
    """The rules of files by their names; SettingsError names the file and the entry that is wrong, and why."""
    tables = {name: _table(text, name) for name, text in sources.items()}
    classes = {
        name: tuple(fold(word) for word in words) for name, words in tables.pop(_WORDS, {}).get("words", {}).items()
    }
    rules = [_rule(entry, source, classes) for source, table in tables.items() for entry in table.get("rule", [])]
    grammar = Grammar(rules)
    _check_names(rules)
    _check_agreement(grammar)
    return grammar


def _table(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{source}: not TOML ({error}).") from None


def _rule(entry: Mapping[str, object], source: str, classes: Mapping[str, Iterable[str]]) -> Rule:
    name = entry.get("name", "without a name")
    if set(entry) - {"counter_examples"} != _KEYS - {"counter_examples"}:
        raise SettingsError(f"{source}, rule {name}: a rule has {', '.join(sorted(_KEYS))}, and nothing else.")
    reads, value = str(entry["reads"]), str(entry["value"])
    if value not in VALUES.get(reads, frozenset()):
        known = ", ".join(sorted(VALUES.get(reads, frozenset()))) or f"nothing; it may read {', '.join(sorted(VALUES))}"
        raise SettingsError(f"{source}, rule {name}: {reads} cannot be {value}; it can be {known}.")
    wordings = tuple(fold(str(wording)) for wording in _list(entry, "wordings"))
    try:
        pattern = compile_wordings(wordings, classes)
    except WordingError as error:
        raise SettingsError(f"{source}, rule {name}: {error}.") from None
    examples, counter_examples = (
        tuple(fold(str(text)) for text in _list(entry, key)) for key in ("examples", "counter_examples")
    )
    if not examples:
        raise SettingsError(f"{source}, rule {name}: a rule needs an example of what it reads.")
    kinds = frozenset.intersection(*(_kinds(wording) for wording in wordings))
    return Rule(str(name), reads, value, wordings, pattern, kinds, examples, counter_examples, source)


def _list(entry: Mapping[str, object], key: str) -> list[object]:
    found = entry.get(key, [])
    return found if isinstance(found, list) else [found]


def _kinds(wording: str) -> frozenset[Kind]:
    """The kinds of token that a wording cannot do without, as far as they are written plainly."""
    plain = re.sub(r"\[[^\]]*\]|\([^)]*\)|!\([^)]*\)", "", wording)
    names = [match[1] for match in _IN_BRACES.finditer(plain) if match[1] in set(Kind) - {Kind.DAY}]
    return frozenset(Kind(name) for name in names)


def _check_names(rules: Sequence[Rule]) -> None:
    names = [rule.name for rule in rules]
    for rule in rules:
        if names.count(rule.name) > 1:
            raise SettingsError(f"{rule.source}: two rules have the name {rule.name}; give each its own.")


def _check_agreement(grammar: Grammar) -> None:
    """SettingsError where two entries give one stretch of an example different values of one dimension."""
    for rule in grammar.rules:
        for example in rule.examples if rule.reads in EXCLUSIVE else ():
            found = grammar.read(example, read_amounts(example), only=frozenset({rule.reads})).all(rule.reads)
            by_span: dict[tuple[int, int], Finding] = {}
            for finding in found:
                other = by_span.setdefault((finding.start, finding.end), finding)
                if other.value != finding.value:
                    raise SettingsError(
                        f'{rule.source}: the rules {other.rule} and {finding.rule} read "{example[finding.start : finding.end]}" '
                        f"as {other.value} and as {finding.value}; leave it with one of them."
                    )


@lru_cache(maxsize=64)
def reading_of(folded: str) -> Reading:
    """All that the shipped grammar reads in a turn and its amounts, remembered: a turn is read for many things."""
    return shipped_grammar().read(folded, read_amounts(folded))


@cache
def shipped_grammar() -> Grammar:
    """The grammar that comes with the product."""
    folder = files("assistant.language") / "data" / "grammar"
    named = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".toml"))
    return parse_grammar({name: file.read_text(encoding="utf-8") for name, file in named})
